"""The tables of a run as figures take them, and how they are read from a run folder."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias

import pandas as pd

from corpus.spreadsheets import unguard_cells
from figures.words import Names

Tables: TypeAlias = Mapping[str, pd.DataFrame]
"""Name of a table → the table: a key of `FILES` or `EXTRA_FILES`, or `validation`."""

FILES: Final = {
    "articles": "articles.parquet",
    "assignments": "assignments.parquet",
    "map": "map.parquet",
    "topics": "topics.csv",
    "themes": "themes.csv",
    "trends": "trends.csv",
    "tests": "tests.csv",
    "change_points": "change_points.csv",
    "dropped": "dropped.csv",
}
EXTRA_FILES: Final = {
    "decomposition": "decomposition.csv",
    "emerging": "emerging.csv",
    "events": "events.csv",
    "reprints": "reprints.csv",
    "levels": "model/levels.csv",
    "agreement": "coding/agreement.csv",
    "theme_scores": "coding/theme_scores.csv",
}
"""Tables that a run may have beside those of the contract; `coding-score` writes the last two. A table
`validation` is made of validation.json."""
_TEXT: Final = frozenset(
    {
        "theme",
        "source",
        "label",
        "labels",
        "terms",
        "period_start",
        "period_end",
        "status",
        "date",
        "file",
        "lines",
    }
    | {"reason", "text"}
    | {"what", "from_source", "to_source"}
    | {"kind", "start", "end", "peak", "state", "since", "event", "lang", "word", "advice"}
)
_DATES: Final = {"change_points": ("low", "high")}
"""Columns that are numbers in other tables and dates in this one."""
_TRUTH: Final = {"True": True, "False": False}


class RunFolderError(OSError):
    """A run folder lacks a file of the contract, or holds one that can't be read."""


@dataclass(frozen=True)
class RunFolder:
    """What a report and its figures are made from.

    `manifest` and `validation` are empty where the run has none; `names` are the themes' names; `level` is
    the coverage of the intervals, None where the manifest doesn't say.
    """

    path: Path
    tables: Tables
    manifest: Mapping[str, Any] = field(default_factory=dict)
    validation: Mapping[str, Any] = field(default_factory=dict)
    names: Names = field(default_factory=dict)
    level: float | None = None
    lang: str = "en"
    style: str = "two-column"


def read_run(run_dir: str | Path, *, home: str | Path | None = None) -> RunFolder:
    """Read the tables of a run folder and what its manifest says about the study.

    Paths of the manifest start from `home`, by default the folder itself.

    Raises
    ------
    RunFolderError
        The folder or a table of the contract is missing or unreadable. The manifest, the validation and the
        map may be absent.
    """
    folder = Path(run_dir)
    if not folder.is_dir():
        raise RunFolderError(f"{folder}: no such run folder")
    tables = {
        name: read_table(folder / file)
        for name, file in FILES.items()
        if name != "map" or (folder / file).exists()
    }
    tables |= {
        name: read_table(folder / file) for name, file in EXTRA_FILES.items() if (folder / file).exists()
    }
    validation = _read_json(folder / "validation.json")
    if validation:
        tables["validation"] = flat(validation)
    manifest = _read_json(folder / "manifest.json")
    config = manifest.get("config", {})
    return RunFolder(
        path=folder,
        tables=tables,
        manifest=manifest,
        validation=validation,
        names=_theme_names(manifest, config),
        level=config.get("trends", {}).get("level"),
        lang=config.get("figures", {}).get("lang", "en"),
        style=_style(Path(home) if home else folder, config),
    )


def _style(folder: Path, config: Mapping[str, Any]) -> str:
    """The study's style: its name, or the way to its file, which the manifest gives as seen from the run."""
    style = str(config.get("figures", {}).get("style", "two-column"))
    return str(folder / style) if style.endswith(".toml") else style


def read_table(path: Path) -> pd.DataFrame:
    """Read one table of a run folder; in a CSV only an empty field is missing: a source may be called NA."""
    if not path.is_file():
        raise RunFolderError(f"{path}: missing; a run folder has it, so run the study again")
    try:
        if path.suffix == ".parquet":
            return pd.read_parquet(path)
        table = unguard_cells(pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""]))
    except (ValueError, OSError) as error:
        raise RunFolderError(f"{path}: not readable as a table ({error}); run the study again") from error
    for column in table.columns:
        if column == "seasonal":
            table[column] = table[column].map(_TRUTH)
        elif column not in _TEXT and column not in _DATES.get(path.stem, ()):
            table[column] = _numbers(table[column], path)
    return table


def _numbers(column: pd.Series[str], path: Path) -> pd.Series[float]:
    """A column as numbers; a value that is none is an error with its row."""
    numbers = pd.to_numeric(column, errors="coerce")
    wrong = numbers.isna() & column.notna()
    if wrong.any():
        row = int(wrong.to_numpy().argmax())
        raise RunFolderError(
            f"{path}: row {row + 2}, column {column.name}: {column.iloc[row]!r} is not a number"
        )
    return numbers


def flat(values: Mapping[str, Any]) -> pd.DataFrame:
    """The numbers of a nested mapping as a table; what is no number, such as a sentence, is left out.

    `measure` holds the keys on the way to a number, joined by dots, `value` the number.
    """
    rows = list(_numbers_in(values, ""))
    return pd.DataFrame(rows, columns=["measure", "value"]).astype({"value": "float64"})


def _numbers_in(values: Mapping[str, Any], way: str) -> Iterator[tuple[str, float]]:
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _numbers_in(value, f"{way}{key}.")
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield f"{way}{key}", float(value)


def _read_json(path: Path) -> dict[str, Any]:
    """A JSON object of the run folder, or an empty one when there is no such file."""
    if not path.exists():
        return {}
    try:
        content = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise RunFolderError(f"{path}: not readable as JSON ({error}); run the study again") from error
    if not isinstance(content, dict):
        raise RunFolderError(f"{path}: holds {type(content).__name__}, expected a JSON object")
    return content


def _theme_names(manifest: Mapping[str, Any], config: Mapping[str, Any]) -> Names:
    """Names of the themes: those the manifest keeps, else those of the bundled codebook that the run used."""
    if "theme_names" in manifest:
        names: Names = manifest["theme_names"]
        return names
    codebook = config.get("themes", {}).get("codebook", "")
    from analysis.themes.codebook import BUNDLED, load_codebook

    if not codebook or not (BUNDLED / f"{codebook}.toml").is_file():
        return {}
    return {theme.id: dict(theme.names) for theme in load_codebook(codebook).themes}
