"""Regeneration: every figure of a run from its saved tables alone, the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import pandas as pd

from corpus.spreadsheets import unguard_table
from figures import registry
from figures.errors import FigureNotDrawn, FiguresFailed
from figures.files import FORMATS, check_formats, to_bytes, write_atomically, write_table
from figures.style import Style, read_style
from figures.tables import RunFolder, read_run
from figures.words import LANGS

NOT_DRAWN: Final = "not_drawn.csv"
CAPTIONS: Final = "captions.csv"
FAILURES: Final = (
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What stops one figure and leaves the others; all are raised together at the end."""


def redraw(
    run_dir: str | Path,
    *,
    only: str | Iterable[str] | None = None,
    out: str | Path | None = None,
    formats: Sequence[str] = FORMATS,
    lang: str | None = None,
    style: str | Path | Style | None = None,
    progress: bool = False,
) -> list[Path]:
    """Draw the figures of a run again and write them with their data.

    Parameters
    ----------
    run_dir
        The run folder.
    only
        Name or names of the figures to draw; all by default.
    out
        Folder for the files; `figures` in the run folder by default.
    formats
        Any of `png`, `svg`, `pdf`; the data are always written as CSV.
    lang
        Language of the labels, `en` or `zh`; the study's own by default.
    style
        `two-column`, `one-column`, a style file or a style; the study's own by default.
    progress
        Show a progress bar on standard error.

    Returns
    -------
    The files written: NAME.png, .svg, .pdf and .csv of each figure drawn and, last, `captions.csv` with their
    captions in every language, and `not_drawn.csv`, which lists the figures that the tables don't support,
    with the reason. Files of a figure that is not drawn are removed.

    Raises
    ------
    FiguresFailed
        A figure could not be drawn because of an error; the others have been written.
    """
    names = _chosen(only)
    check_formats(formats)
    run = read_run(run_dir)
    lang = lang or run.lang
    chosen = style if isinstance(style, Style) else read_style(style or run.style)
    folder = Path(out) if out is not None else run.path / "figures"
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    captions: list[tuple[str, ...]] = []
    reasons: list[tuple[str, ...]] = []
    failures: dict[str, Exception] = {}
    for name in _with_progress(names, progress):
        try:
            written += _write_one(name, run, folder, formats, lang, chosen)
            captions.append((name, lang, *(_caption(name, run, each, chosen) for each in LANGS)))
        except FigureNotDrawn as reason:
            reasons.append((name, str(reason)))
            _remove(name, folder)
        except FAILURES as error:
            failures[name] = error
            _remove(name, folder)
    columns = ("figure", "drawn_in", *(f"caption_{each}" for each in LANGS))
    written.append(_write_rows(captions, columns, names, folder / CAPTIONS))
    written.append(_write_rows(reasons, ("figure", "reason"), names, folder / NOT_DRAWN))
    if failures:
        raise FiguresFailed(failures) from next(iter(failures.values()))
    return written


def _chosen(only: str | Iterable[str] | None) -> list[str]:
    """Names to draw, in the order of the report; an unknown name is an error."""
    if only is None:
        return list(registry.names())
    wanted = [only] if isinstance(only, str) else list(only)
    for name in wanted:
        registry.find(name)
    return [name for name in registry.names() if name in wanted]


def _with_progress(names: list[str], progress: bool) -> Iterable[str]:
    """The names, behind a bar when one is wanted."""
    from corpus.progress import progress_bar

    bar: Iterable[str] = progress_bar(names, total=len(names), doing="drawing", unit="figure", shown=progress)
    return bar


def _write_one(
    name: str, run: RunFolder, folder: Path, formats: Sequence[str], lang: str, style: Style
) -> list[Path]:
    """Draw one figure and write its files; nothing is written unless all of them could be made."""
    data = registry.data(name, run.tables, style=style)
    figure = registry.draw_data(name, data, lang=lang, names=run.names, style=style)
    contents = {suffix: to_bytes(figure, suffix) for suffix in formats}
    paths = [write_atomically(folder / f"{name}.{suffix}", content) for suffix, content in contents.items()]
    return [*paths, write_table(data, folder / f"{name}.csv")]


def _caption(name: str, run: RunFolder, lang: str, style: Style) -> str:
    """The caption of a figure in one language."""
    return registry.caption(name, run.tables, lang=lang, names=run.names, level=run.level, style=style)


def _write_rows(rows: list[tuple[str, ...]], columns: Sequence[str], names: list[str], path: Path) -> Path:
    """Write a line a figure; figures that were not asked for keep the line they have."""
    now = pd.DataFrame(rows, columns=list(columns))
    if path.exists():
        before = unguard_table(pd.read_csv(path, dtype=str))
        now = pd.concat([now, before[~before["figure"].isin(names)]])
    order = {name: number for number, name in enumerate(registry.names())}
    return write_table(now.sort_values("figure", key=lambda column: column.map(order)), path)


def saved_png(run: RunFolder, name: str, lang: str) -> bytes | None:
    """The figure's PNG in the run folder, if it is there in this language."""
    png, captions = (run.path / "figures" / file for file in (f"{name}.png", CAPTIONS))
    if not (png.is_file() and captions.is_file()):
        return None
    drawn = pd.read_csv(captions, dtype=str)
    here = (drawn["figure"] == name) & (drawn["drawn_in"] == lang)
    return png.read_bytes() if here.any() else None


def _remove(name: str, folder: Path) -> None:
    """Remove the files of a figure that an earlier run drew and these tables don't support."""
    for suffix in (*FORMATS, "csv"):
        (folder / f"{name}.{suffix}").unlink(missing_ok=True)
