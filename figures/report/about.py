"""How the study was made: the ledger, the manifest, and how to cite it and the software."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from corpus.schema import DROPPED_COLUMNS, LANG, SOURCE, count_left_out, require_columns
from figures.report.listing import NOTHING, Listing, Row, columns, figure_of, ranges, words_of
from figures.report.material import Material

LEDGER_ROWS: Final = 300
SOFTWARE: Final = {
    "title": "Broadsheet: newspaper pages to articles, themes and trends",
    "authors": "The Broadsheet authors",
    "license": "Apache-2.0",
}
"""What CITATION.cff says of the software; a test holds the two together."""


def facts(material: Material) -> list[tuple[str, str]]:
    """The corpus in a few numbers: name → value."""
    articles, words = material.run.tables["articles"], material.words["facts"]
    dates = articles["date"].replace("", pd.NA).dropna()
    langs = articles[LANG].fillna(words["unknown"]).value_counts().reset_index()
    langs = langs.sort_values(["count", LANG], ascending=[False, True])
    said = (f"{lang} {n:,}" for lang, n in zip(langs[LANG], langs["count"], strict=True))
    return [
        (words["articles"], f"{len(articles):,}"),
        (words["sources"], f"{articles[SOURCE].nunique():,}"),
        (words["period"], f"{dates.min()} – {dates.max()}" if len(dates) else words["no_dates"]),
        (words["undated"], f"{len(articles) - len(dates):,}"),
        (words["languages"], material.voice.listing(said)),
        (words["left_out"], f"{count_left_out(material.run.tables['dropped']):,}"),
    ]


def reasons(material: Material) -> Listing:
    """Why pieces of the input were left out, the commonest reason first."""
    table = _ledger(material)
    counts = table["reason"].fillna(NOTHING).value_counts().reset_index()
    counts = counts.sort_values(["count", "reason"], ascending=[False, True])
    rows = [
        Row((words_of(reason, "en"), figure_of(n, f"{n:,}")))
        for reason, n in zip(counts["reason"], counts["count"], strict=True)
    ]
    return _listing(material, "reasons", ("reason", "pieces"), ("", "n"), rows, len(rows))


def ledger(material: Material) -> Listing:
    """The first rows of the ledger."""
    table = _ledger(material)
    rows = [
        Row(
            (
                words_of(row["file"]),
                words_of(ranges(row["lines"])),
                words_of(row["reason"], "en"),
                words_of(row["text"]),
            )
        )
        for row in table.head(LEDGER_ROWS).to_dict("records")
    ]
    names, looks = ("file", "lines", "reason", "first_words"), ("file", "d", "", "")
    return _listing(material, "ledger", names, looks, rows, len(table))


def _ledger(material: Material) -> pd.DataFrame:
    table = material.run.tables["dropped"]
    require_columns(table, DROPPED_COLUMNS, name="dropped")
    return table


def _listing(
    material: Material,
    name: str,
    names: tuple[str, ...],
    looks: tuple[str, ...],
    rows: list[Row],
    total: int,
) -> Listing:
    said = material.words["tables"][name]
    heads = columns(material.words["columns"], names, looks)
    file = {"reasons": "dropped.csv", "ledger": "dropped.csv"}.get(name, "manifest.json")
    return Listing(
        name, said["title"], said["caption"], heads, tuple(rows), file, total, said.get("empty", "")
    )


def inputs(material: Material) -> Listing:
    """The files that went in, with their hashes."""
    entries = material.run.manifest.get("inputs", [])
    rows = []
    for entry in entries[:LEDGER_ROWS]:
        n = entry.get("n_articles")
        shown = NOTHING if n is None else f"{n:,}"
        rows.append(Row((words_of(entry.get("file")), figure_of(n, shown), words_of(entry.get("sha256")))))
    return _listing(
        material, "inputs", ("file", "articles", "sha256"), ("file", "n", "file"), rows, len(entries)
    )


def versions(material: Material) -> Listing:
    """The versions of all packages that the numbers depend on."""
    found = sorted(material.run.manifest.get("versions", {}).items())
    rows = [Row((words_of(name), words_of(version))) for name, version in found]
    return _listing(material, "versions", ("package", "version"), ("", ""), rows, len(rows))


def settings(material: Material) -> str:
    """The study's settings as JSON, empty where the manifest has none."""
    config = material.run.manifest.get("config", {})
    return json.dumps(config, ensure_ascii=False, indent=2) if config else ""


def citation(material: Material) -> str:
    """A sentence to cite the study by."""
    manifest, words = material.run.manifest, material.words["cite"]
    unknown = material.words["facts"]["unknown"]
    config = manifest.get("config", {})
    sentence: str = words["study"]
    return sentence.format(
        version=_version(manifest, unknown),
        title=manifest.get("title") or words["no_title"],
        codebook=config.get("themes", {}).get("codebook", unknown),
        encoder=config.get("embeddings", {}).get("encoder", unknown),
        seed=manifest.get("seed", unknown),
    )


def bibtex(material: Material) -> str:
    """The software as a BibTeX entry."""
    version = _version(material.run.manifest, material.words["facts"]["unknown"])
    fields = (
        ("author", f"{{{SOFTWARE['authors']}}}"),
        ("title", SOFTWARE["title"]),
        ("version", version),
        ("note", f"Licence: {SOFTWARE['license']}"),
    )
    inside = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields)
    return f"@software{{broadsheet,\n{inside}\n}}"


def _version(manifest: Mapping[str, Any], unknown: str) -> str:
    return str(manifest.get("versions", {}).get("broadsheet", unknown))
