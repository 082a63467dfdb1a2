"""What updates changed, in the report: sizes of themes and topics before, of what was added, and after."""

from __future__ import annotations

from analysis.schema import ADVICE
from figures.report.findings import Cells, Record, listing
from figures.report.listing import (
    NOTHING,
    Listing,
    figure_of,
    number,
    points,
    share,
    words_of,
)
from figures.report.material import Material


def shifts(material: Material) -> list[Listing]:
    """The table of shifts, the last update first and the greatest change first; none without updates."""
    table = material.beside("shifts")
    if table is None:
        return []
    table = table.assign(whole=table["kind"] != "all", size=-table["change"].abs())
    table = table.sort_values(["update", "whole", "size"], ascending=[False, True, True], kind="stable")
    kinds, advice = material.words["kinds_of_shift"], material.words["advice"]
    headings = [("update", "n"), ("what", ""), ("name", ""), ("added", "n"), ("share_before", "n")]
    more = [("share_added", "n"), ("share_after", "n"), ("change", "n"), ("far", "n"), ("advice", "")]

    def cells(row: Record) -> Cells:
        said = row[ADVICE] if isinstance(row[ADVICE], str) else None
        return [
            figure_of(row["update"], number(row["update"], 0)),
            words_of(kinds.get(row["kind"], row["kind"])),
            words_of(_name(material, row)),
            figure_of(row["n_new"], number(row["n_new"], 0)),
            figure_of(row["share_before"], share(row["share_before"])),
            figure_of(row["share_new"], share(row["share_new"])),
            figure_of(row["share_after"], share(row["share_after"])),
            figure_of(row["change"], points(row["change"])),
            figure_of(row["far"], share(row["far"])),
            words_of(advice.get(said, said) if said else NOTHING),
        ]

    return [listing(material, "shifts", table, [*headings, *more], cells)]


def _name(material: Material, row: Record) -> str:
    """What a row is about: a theme by its name, a topic by number and label."""
    if row["kind"] == "theme":
        return material.voice.theme(row["what"])
    label = row["label"] if isinstance(row["label"], str) else ""
    return f"{row['what']} {label}".strip() if isinstance(row["what"], str) else NOTHING
