"""The look of every figure, in one file: sizes, colours, markers, fonts and matplotlib's settings.

Change it here and every figure changes. Nothing outside `look` is touched: matplotlib's global settings are
the same after a figure as before it, and no figure passes through pyplot.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MM: Final = 1 / 25.4
"""Inches in a millimetre: matplotlib measures paper in inches, journals in millimetres."""
ONE_COLUMN: Final = 89.0
TWO_COLUMNS: Final = 183.0
"""Widths in millimetres of one and two columns of a journal page."""
TALLEST: Final = 235.0
"""Height in millimetres that still leaves room for a caption on the page."""

DPI: Final = 200
FONT_SIZE: Final = 7.0
SMALL: Final = 6.0
TINY: Final = 5.0
"""Sizes of text in points; nothing is set smaller than `TINY`."""

FONT_FAMILY: Final = ("Noto Sans CJK SC", "DejaVu Sans")
"""Fonts in the order in which they are asked for a glyph. The first covers Latin, Greek, Cyrillic, Chinese,
Japanese and Korean; the second, which comes with matplotlib, adds Arabic, Hebrew, Armenian and Georgian."""

SVG_FAMILY: Final = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans",
    "Arial",
    "DejaVu Sans",
    "sans-serif",
)
"""What an SVG names instead: its text is set by the reader's machine, which may lack the first of them."""

INK: Final = "#1a1a1a"
GREY: Final = "#767676"
LIGHT: Final = "#c9c9c9"
ACCENT: Final = "#0b5394"
"""The one line of a panel that holds one line."""
CONTRAST: Final = "#d55e00"
"""What must be told from the accent: a change point, a second line."""

PALETTE: Final = (
    "#0b5394",
    "#e69f00",
    "#008a63",
    "#cc79a7",
    "#7a1f0e",
    "#56b4e9",
    "#3d3d3d",
    "#9bbf3b",
)
"""Colours of groups in the order they are given out, after Okabe and Ito (2008), neighbours apart in
lightness so that they are also told apart in grey; yellow is left out because it vanishes on white paper."""
MARKERS: Final = ("o", "s", "^", "D", "v", "P", "X", "<")
"""Marker of each colour of `PALETTE`: shape carries what colour cannot."""
SEQUENCE: Final = ("#f2f6fa", "#cfe0ee", "#9dc3de", "#5f9cc7", "#2c72a8", "#0d4a80", "#062a4d")
"""From little to much; lightness falls all the way, so that it survives grey print."""

RC: Final[dict[str, Any]] = {
    "axes.axisbelow": True,
    "axes.edgecolor": GREY,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.labelcolor": INK,
    "axes.labelsize": FONT_SIZE,
    "axes.linewidth": 0.5,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlepad": 3.0,
    "axes.titlesize": FONT_SIZE,
    "axes.unicode_minus": True,
    "figure.constrained_layout.h_pad": 0.03,
    "figure.constrained_layout.w_pad": 0.03,
    "figure.dpi": DPI,
    "figure.facecolor": "white",
    "font.enable_last_resort": False,
    "font.family": [*FONT_FAMILY, "sans-serif"],
    "font.sans-serif": [FONT_FAMILY[-1]],
    "font.size": FONT_SIZE,
    "grid.color": "#e4e4e4",
    "grid.linewidth": 0.4,
    "hatch.color": LIGHT,
    "hatch.linewidth": 0.4,
    "legend.fontsize": SMALL,
    "legend.frameon": False,
    "lines.linewidth": 1.1,
    "patch.linewidth": 0.5,
    # Type 3, not 42: the collection holds CFF outlines, which matplotlib writes into a Type 42 font that
    # Ghostscript (and so many a printer's workflow) leaves blank. Type 3 embeds the glyphs too, and its text
    # can be searched.
    "pdf.fonttype": 3,
    "savefig.dpi": DPI,
    "savefig.facecolor": "white",
    "svg.fonttype": "none",
    "svg.hashsalt": "broadsheet",
    "text.color": INK,
    "text.parse_math": False,
    "xtick.color": GREY,
    "xtick.labelcolor": INK,
    "xtick.labelsize": SMALL,
    "xtick.major.size": 2.0,
    "xtick.major.width": 0.5,
    "ytick.color": GREY,
    "ytick.labelcolor": INK,
    "ytick.labelsize": SMALL,
    "ytick.major.size": 2.0,
    "ytick.major.width": 0.5,
}
"""matplotlib's settings inside `look`, on top of its defaults."""


@lru_cache(maxsize=1)
def register_fonts() -> None:
    """Make the packaged font known to matplotlib, once a process; no setting is changed by it."""
    import noto_cjk_sans_otc
    from matplotlib import font_manager

    known = {entry.name for entry in font_manager.fontManager.ttflist}
    if FONT_FAMILY[0] not in known:
        font_manager.fontManager.addfont(str(noto_cjk_sans_otc.FONT_PATH))


def font_files() -> dict[str, Path]:
    """Font family → the file it is read from."""
    from matplotlib import font_manager

    register_fonts()
    return {
        family: Path(str(font_manager.findfont(family, fallback_to_default=False))) for family in FONT_FAMILY
    }


@contextmanager
def look() -> Iterator[None]:
    """Draw in the house style inside this context, whatever the caller's settings, and restore them after."""
    import matplotlib as mpl

    register_fonts()
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(cast("Any", RC))
        yield


def new_figure(*, width: float = TWO_COLUMNS, height: float) -> Figure:
    """Empty figure of `width` × `height` millimetres, outside pyplot, laid out so that no label is cut.

    Call it inside `look`.
    """
    from figures.shown import ShownFigure

    return ShownFigure(figsize=(width * MM, min(height, TALLEST) * MM), layout="constrained")
