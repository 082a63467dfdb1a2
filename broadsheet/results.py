"""A finished run, opened: its tables as DataFrames, its figures, its report."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from broadsheet import manifest
from corpus.rich_display import numbered, show_html
from figures.tables import RunFolder, read_run, read_table

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class Run:
    """A finished run.

    Parameters
    ----------
    folder
        The run folder.

    Raises
    ------
    NotARunError
        The folder holds no finished run.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.manifest: dict[str, Any] = manifest.read(self.folder)

    @cached_property
    def _contents(self) -> RunFolder:
        """Everything in the folder, read when it is first asked for."""
        return read_run(self.folder)

    @property
    def articles(self) -> pd.DataFrame:
        """One row an article: where it stood, what it says, when and where it was published."""
        return self._contents.tables["articles"]

    @property
    def dropped(self) -> pd.DataFrame:
        """The ledger: everything that was left out, and why."""
        return self._contents.tables["dropped"]

    @property
    def assignments(self) -> pd.DataFrame:
        """One row an article: its topic, its theme, and a probability for every theme."""
        return self._contents.tables["assignments"]

    @property
    def topics(self) -> pd.DataFrame:
        """One row a topic: size, label, terms in each language, its commonest theme."""
        return self._contents.tables["topics"]

    @property
    def themes(self) -> pd.DataFrame:
        """One row a theme of the codebook: size, share, terms that carry it."""
        return self._contents.tables["themes"]

    @property
    def trends(self) -> pd.DataFrame:
        """One row a theme, source and period: share and interval."""
        return self._contents.tables["trends"]

    @property
    def tests(self) -> pd.DataFrame:
        """One row a theme and source: change a year, p, q, and whether there is a season."""
        return self._contents.tables["tests"]

    @property
    def change_points(self) -> pd.DataFrame:
        """One row a theme and source: the likeliest date of a step, its interval, p and q."""
        return self._contents.tables["change_points"]

    def comparison(self, name: str) -> pd.DataFrame:
        """A table beside the trends: `sources`, `bursts`, `emerging`, `events` or `drift`.

        And `topic_trends` and `topic_tests`: the shares and tests of the topics that the model found.

        Raises
        ------
        ValueError
            There is no table of that name.
        RunFolderError
            The run folder lacks it: it was made by an earlier version.
        """
        from broadsheet.run_files import COMPARISONS, TOPIC_TABLES

        known = COMPARISONS | TOPIC_TABLES
        if name not in known:
            raise ValueError(f"no table {name!r} beside the trends; there are {', '.join(known)}")
        return read_table(self.folder / known[name])

    @property
    def columns(self) -> pd.DataFrame:
        """What every column of every table of the run folder means: file, column, meaning."""
        from broadsheet.data_dictionary import data_dictionary

        return data_dictionary()

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What this corpus can't support, in plain words."""
        return tuple(self.manifest["notes"])

    @property
    def report(self) -> Path:
        """The report, one HTML file."""
        return self.folder / "report.html"

    def figure(self, name: str) -> Figure:
        """Draw a figure from the run's tables; `figures.names()` lists them."""
        import figures

        contents = self._contents
        style = figures.read_style(contents.style)
        return figures.draw(name, contents.tables, lang=contents.lang, names=contents.names, style=style)

    def __repr__(self) -> str:
        return (
            f"Run({str(self.folder)!r}: {len(self.articles)} articles, {len(self.themes)} themes, "
            f"{len(self.topics)} topics)"
        )

    def _repr_html_(self) -> str:
        """Show a run in a notebook: what it is, its caveats, its themes."""
        counts = ", ".join(
            (
                numbered(len(self.articles), "article"),
                numbered(len(self.themes), "theme"),
                numbered(len(self.topics), "topic"),
            )
        )
        head = f"{self.manifest['title']}: {counts} · {self.folder}"
        themes = self.themes.drop(columns="terms").sort_values("share", ascending=False, kind="stable")
        return show_html(head, themes, notes=self.notes, rows=15, whole="run.themes")
