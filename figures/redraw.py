"""Regeneration: every figure of a run from its saved tables alone, the same bytes each time."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from figures import registry
from figures.errors import FigureNotDrawn, FiguresFailed
from figures.style import DPI, FONT_FAMILY, SVG_FAMILY, look
from figures.tables import RunFolder, read_run

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORMATS: Final = ("png", "svg", "pdf")
_METADATA: Final[dict[str, dict[str, str | None]]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
"""What would tell when and with which release of matplotlib a file was written is left out."""
_OWN_FONTS, _SVG_FONTS = (
    ", ".join(name if name == "sans-serif" else f"'{name}'" for name in family).encode("ascii")
    for family in ((*FONT_FAMILY, "sans-serif"), SVG_FAMILY)
)
"""The list of fonts as matplotlib writes it into an SVG, and as it is to stand there."""
NOT_DRAWN: Final = "not_drawn.csv"
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


def to_bytes(figure: Figure, file_format: str) -> bytes:
    """A figure as a PNG, SVG or PDF file; the same figure gives the same bytes."""
    stream = io.BytesIO()
    with look():
        figure.savefig(stream, format=file_format, dpi=DPI, metadata=_METADATA[file_format])
    content = stream.getvalue()
    return content.replace(_OWN_FONTS, _SVG_FONTS) if file_format == "svg" else content


def write_atomically(path: Path, content: bytes) -> Path:
    """Write a file so that a reader never sees half of it."""
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    part.replace(path)
    return path


def redraw(
    run_dir: str | Path,
    *,
    only: str | Iterable[str] | None = None,
    out: str | Path | None = None,
    formats: Sequence[str] = FORMATS,
    lang: str | None = None,
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
        Language of the labels; the study's own by default.
    progress
        Show a progress bar on standard error.

    Returns
    -------
    The files written: NAME.png, .svg, .pdf and .csv of each figure drawn and, last, `not_drawn.csv`, which
    lists the figures that the tables don't support, with the reason. Files of a figure that is not drawn are
    removed.

    Raises
    ------
    FiguresFailed
        A figure could not be drawn because of an error; the others have been written.
    """
    names = _chosen(only)
    _check_formats(formats)
    run = read_run(run_dir)
    folder = Path(out) if out is not None else run.path / "figures"
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    reasons: list[tuple[str, str]] = []
    failures: dict[str, Exception] = {}
    for name in _with_progress(names, progress):
        try:
            written += _write_one(name, run, folder, formats, lang or run.lang)
        except FigureNotDrawn as reason:
            reasons.append((name, str(reason)))
            _remove(name, folder)
        except FAILURES as error:
            failures[name] = error
            _remove(name, folder)
    written.append(_write_not_drawn(reasons, names, folder))
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


def _check_formats(formats: Sequence[str]) -> None:
    """Raise unless every format is one we write."""
    wrong = [name for name in formats if name not in FORMATS]
    if wrong:
        raise ValueError(f"figures are written as {', '.join(FORMATS)}, not as {', '.join(map(repr, wrong))}")


def _with_progress(names: list[str], progress: bool) -> Iterable[str]:
    """The names, behind a bar when one is wanted."""
    from tqdm.auto import tqdm

    bar: Iterable[str] = tqdm(names, desc="drawing", unit="figure", disable=not progress, leave=False)
    return bar


def _write_one(name: str, run: RunFolder, folder: Path, formats: Sequence[str], lang: str) -> list[Path]:
    """Draw one figure and write its files; nothing is written unless all of them could be made."""
    data: pd.DataFrame = registry.find(name).data(run.tables)
    figure = registry.draw_data(name, data, lang=lang, names=run.names)
    contents = {suffix: to_bytes(figure, suffix) for suffix in formats}
    paths = [write_atomically(folder / f"{name}.{suffix}", content) for suffix, content in contents.items()]
    return [*paths, _write_table(data, folder / f"{name}.csv")]


def _write_table(table: pd.DataFrame, path: Path) -> Path:
    text: Callable[..., str] = table.to_csv
    return write_atomically(path, text(index=False, lineterminator="\n").encode("utf-8"))


def _write_not_drawn(reasons: list[tuple[str, str]], names: list[str], folder: Path) -> Path:
    """Write which figures were not drawn and why; figures that were not asked for keep their line."""
    path = folder / NOT_DRAWN
    now = pd.DataFrame(reasons, columns=["figure", "reason"])
    if path.exists():
        before = pd.read_csv(path, dtype=str)
        now = pd.concat([now, before[~before["figure"].isin(names)]])
    order = {name: number for number, name in enumerate(registry.names())}
    return _write_table(now.sort_values("figure", key=lambda column: column.map(order)), path)


def _remove(name: str, folder: Path) -> None:
    """Remove the files of a figure that an earlier run drew and these tables don't support."""
    for suffix in (*FORMATS, "csv"):
        (folder / f"{name}.{suffix}").unlink(missing_ok=True)
