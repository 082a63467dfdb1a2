"""What a report is made from: the run folder, the tables beside the contract's, and the words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

import pandas as pd

from corpus.schema import LANG, SOURCE
from corpus.spreadsheets import unguard_cells
from figures.report.listing import Cell, words_of
from figures.tables import RunFolder, RunFolderError
from figures.words import Voice

WORDS_FOLDER: Final = Path(__file__).with_name("words")
_NUMBERS: Final[Mapping[str, frozenset[str]]] = {
    "effects": frozenset({"effect", "low", "high", "season_p", "season_q"}),
    "decomposition": frozenset(
        {"change", "within", "within_low", "within_high", "between", "between_low", "between_high"}
    ),
    "sources": frozenset({"effect", "low", "high", "points", "p", "q"}),
    "bursts": frozenset({"n_theme", "expected", "weight", "p", "q"}),
    "emerging": frozenset(
        {"effect", "low", "high", "before", "before_high", "recent", "recent_low", "p", "q"}
    ),
    "events": frozenset({"effect", "low", "high", "expected", "observed", "p", "q"}),
    "drift": frozenset({"before", "after", "log_odds", "low", "high", "z", "p", "q"}),
    "topic_themes": frozenset({"topic", "n_articles", "share", "lift"}),
    "reprints": frozenset({"n", "median_lag_days"}),
    "shifts": frozenset(
        {
            "update",
            "n_before",
            "n_new",
            "n_after",
            "share_before",
            "share_new",
            "share_after",
            "change",
            "far",
        }
    ),
}
"""Tables that a run writes beside the contract's, and which of their columns are numbers."""


@lru_cache(maxsize=2)
def load_words(lang: str) -> dict[str, Any]:
    """The fixed words of the report in a language."""
    return tomllib.loads((WORDS_FOLDER / f"{lang}.toml").read_text("utf-8"))


@dataclass(frozen=True)
class Material:
    """A run folder with the voice and the words of its report.

    Attributes
    ----------
    run
        The tables of the contract, the manifest, the validation.
    voice
        Language of the page, and the names that themes have in it.
    """

    run: RunFolder
    voice: Voice

    @cached_property
    def words(self) -> dict[str, Any]:
        """The fixed words."""
        return load_words(self.voice.lang)

    @cached_property
    def source_langs(self) -> dict[str, str]:
        """Source → the language of most of its articles, for the lang attribute of its name."""
        return source_languages(self.run.tables["articles"])

    def source_cell(self, source: Any) -> Cell:
        """A source's name in its language; all together where the row is about all."""
        if source is None:
            return words_of(self.words["columns"]["all_sources"], sort="")
        return words_of(self.voice.source(source), self.source_langs.get(source))

    def beside(self, name: str) -> pd.DataFrame | None:
        """A table beside the contract's, None where the run has not written it."""
        path = self.run.path / f"{name}.csv"
        return read_extra(path, _NUMBERS[name]) if path.is_file() else None


def read_extra(path: Path, numbers: frozenset[str]) -> pd.DataFrame:
    """Read one of the tables beside the contract's.

    Raises
    ------
    RunFolderError
        A column is missing, or a value of a column of numbers is none.
    """
    try:
        table = unguard_cells(pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""]))
        missing = sorted(numbers - set(table.columns))
        if missing:
            raise RunFolderError(f"{path}: lacks {', '.join(missing)}; run the study again")
        return table.assign(**{name: pd.to_numeric(table[name]) for name in sorted(numbers)})
    except ValueError as error:
        raise RunFolderError(f"{path}: not readable as a table ({error}); run the study again") from error


def source_languages(articles: pd.DataFrame) -> dict[str, str]:
    """Source → the language of most of its articles."""
    known = articles[[SOURCE, LANG]].dropna()
    if known.empty:
        return {}
    counts = known.value_counts().reset_index().sort_values(["count", LANG], ascending=[False, True])
    first = counts.drop_duplicates(SOURCE)
    return dict(zip(first[SOURCE], first[LANG], strict=True))
