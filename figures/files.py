"""A figure as a file: PNG, SVG with its text as text, PDF with its fonts; the same figure, the same bytes."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from corpus.spreadsheets import guard_table
from figures.fonts import SVG_FAMILY
from figures.style import TWO_COLUMN, Style, look, using

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORMATS: Final = ("png", "svg", "pdf")
_METADATA: Final[dict[str, dict[str, str | None]]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
"""What would tell when and with which release of matplotlib a file was written is left out."""


def check_formats(formats: object) -> None:
    """Raise unless every format is one we write."""
    wrong = (
        [name for name in formats if name not in FORMATS] if isinstance(formats, (list, tuple)) else [formats]
    )
    if wrong:
        raise ValueError(f"figures are written as {', '.join(FORMATS)}, not as {', '.join(map(repr, wrong))}")


def to_bytes(figure: Figure, file_format: str) -> bytes:
    """A figure as a PNG, SVG or PDF file; the same figure gives the same bytes."""
    style: Style = getattr(figure, "style", TWO_COLUMN)
    scripts: tuple[str, ...] = getattr(figure, "scripts", ())
    stream = io.BytesIO()
    with using(style, scripts), look():
        figure.dpi = style.dpi
        try:
            # Not savefig: it draws everything twice, to learn of a layout that is settled by now.
            _writer(figure, file_format)(stream, metadata=_METADATA[file_format])
        finally:
            figure.dpi = style.dpi
    content = stream.getvalue()
    return _with_fonts_that_readers_have(content, style, scripts) if file_format == "svg" else content


def _writer(figure: Figure, file_format: str) -> Callable[..., Any]:
    """What writes a figure in this format."""
    if file_format == "svg":
        from matplotlib.backends.backend_svg import FigureCanvasSVG

        return FigureCanvasSVG(figure).print_svg
    if file_format == "pdf":
        from matplotlib.backends.backend_pdf import FigureCanvasPdf

        return FigureCanvasPdf(figure).print_pdf
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    return FigureCanvasAgg(figure).print_png


def _with_fonts_that_readers_have(svg: bytes, style: Style, scripts: tuple[str, ...]) -> bytes:
    """The SVG with the list of fonts that stands for ours on other machines."""
    own = style.font_family[: len(style.fonts)]
    written, wanted = (
        ", ".join(name if name == "sans-serif" else f"'{name}'" for name in families).encode()
        for families in (
            (*style.font_family, *scripts, "sans-serif"),
            (*own, *SVG_FAMILY[:-1], *scripts, "sans-serif"),
        )
    )
    return svg.replace(written, wanted)


def write_atomically(path: Path, content: bytes) -> Path:
    """Write a file so that a reader never sees half of it."""
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    part.replace(path)
    return path


def write_table(table: pd.DataFrame, path: Path) -> Path:
    """Write a table as CSV, the same bytes on every system."""
    text: Callable[..., str] = guard_table(table).to_csv
    return write_atomically(path, text(index=False, lineterminator="\n").encode("utf-8"))
