"""The look of every figure, in one file: sizes, colours, markers, fonts and matplotlib's settings.

Change it here, or in a style file of your own, and every figure changes. Nothing outside `look` is touched:
matplotlib's global settings are the same after a figure as before it, and no figure passes through pyplot.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, cast

from pydantic import AfterValidator, ConfigDict, Field, ValidationError
from pydantic.dataclasses import dataclass

from figures.errors import StyleError
from figures.fonts import FONT_FAMILY, family_of, register_fonts

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MM: Final = 1 / 25.4
"""Inches in a millimetre: matplotlib measures paper in inches, journals in millimetres."""
NARROW: Final = 120.0
"""Below so many millimetres a figure is laid out for one column of a page: fewer panels in a row."""


def _colour(value: str) -> str:
    """Refuse what matplotlib doesn't know as a colour."""
    from matplotlib.colors import is_color_like

    if not is_color_like(value):
        raise ValueError("expected a colour such as #0b5394")
    return value


Colour = Annotated[str, AfterValidator(_colour)]
Points = Annotated[float, Field(ge=4, le=24)]


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class Style:
    """What a journal asks of a figure; everything that is drawn takes its look from here.

    Parameters
    ----------
    width, tallest
        Millimetres: the width of every figure, and the height that still leaves room for a caption.
    dpi
        Resolution of a PNG.
    font_size, small, tiny
        Sizes of text in points; nothing is set smaller than `tiny`.
    ink, grey, light
        Colours of text, of axes and lesser marks, and of what is hardly there.
    accent, contrast
        The one line of a panel that holds one line, and what must be told from it: a change point, a second
        line.
    palette
        Colours of groups in the order they are given out. Any two are 15 or more apart by CIEDE2000 for full
        sight and for each kind of colour-blindness, neighbours are 20 apart in lightness, so that they are
        also told apart in grey, and none is so light that it vanishes on paper.
    markers
        Marker of each colour of the palette: shape carries what colour cannot.
    sequence
        From little to much; lightness falls all the way, so that it survives grey print.
    fonts
        Font files of your own, asked for a glyph before the packaged ones.
    """

    width: float = Field(default=183.0, ge=60, le=420)
    tallest: float = Field(default=235.0, ge=60, le=594)
    dpi: int = Field(default=200, ge=72, le=1200)
    font_size: Points = 7.0
    small: Points = 6.0
    tiny: Points = 5.0
    ink: Colour = "#1a1a1a"
    grey: Colour = "#767676"
    light: Colour = "#c9c9c9"
    accent: Colour = "#0b5394"
    contrast: Colour = "#d55e00"
    palette: tuple[Colour, ...] = Field(
        default=("#0b5394", "#e69f00", "#6a2203", "#c8aefa", "#3d3d3d", "#4c7fd3", "#5ed99e", "#b6522d"),
        min_length=2,
    )
    markers: tuple[str, ...] = Field(default=("o", "s", "^", "D", "v", "P", "X", "<"), min_length=2)
    sequence: tuple[Colour, ...] = Field(
        default=("#f2f6fa", "#cfe0ee", "#9dc3de", "#5f9cc7", "#2c72a8", "#0d4a80", "#062a4d"), min_length=3
    )
    fonts: tuple[Path, ...] = ()

    @property
    def narrow(self) -> bool:
        """Whether figures are laid out for one column."""
        return self.width < NARROW

    @property
    def font_family(self) -> tuple[str, ...]:
        """Names of the fonts, in the order in which they are asked for a glyph."""
        return (*map(family_of, self.fonts), *FONT_FAMILY)


TWO_COLUMN: Final = Style()
ONE_COLUMN: Final = Style(width=89.0)
STYLES: Final = {"two-column": TWO_COLUMN, "one-column": ONE_COLUMN}
"""The styles that have a name."""
_CURRENT: ContextVar[Style] = ContextVar("style", default=TWO_COLUMN)
_SCRIPTS: ContextVar[tuple[str, ...]] = ContextVar("scripts", default=())


def now() -> Style:
    """The style in which figures are drawn now; see `using`."""
    return _CURRENT.get()


@contextmanager
def using(style: Style, scripts: tuple[str, ...] = ()) -> Iterator[Style]:
    """Draw in `style` inside this context, with these fonts after its own; see `fonts.families_for`."""
    tokens = _CURRENT.set(style), _SCRIPTS.set(scripts)
    try:
        yield style
    finally:
        _CURRENT.reset(tokens[0])
        _SCRIPTS.reset(tokens[1])


def families() -> tuple[str, ...]:
    """Names of the fonts that a glyph is taken from now, the first to be asked first."""
    return (*now().font_family, *_SCRIPTS.get())


def read_style(name: str | Path) -> Style:
    """The style of this name, or the one that a TOML file describes.

    The file gives any parameters of `Style`, and as `base` the name of the style it changes, two-column
    otherwise. Paths of fonts are taken relative to the file.

    Raises
    ------
    StyleError
        There is no such style or file, or it holds what a style can't have.
    """
    if str(name) in STYLES:
        return STYLES[str(name)]
    path = Path(name)
    if not path.is_file():
        raise StyleError(f"{name}: no such style; there are {', '.join(STYLES)}, or give a style file (TOML)")
    try:
        values = tomllib.loads(path.read_text("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise StyleError(f"{path}: not valid TOML: {error}") from error
    base = values.pop("base", "two-column")
    if base not in STYLES:
        raise StyleError(f"{path}: base: expected one of {', '.join(STYLES)}, got {base!r}")
    given = {field.name: getattr(STYLES[base], field.name) for field in fields(Style)} | values
    try:
        style = Style(**given)
    except ValidationError as error:
        raise StyleError("; ".join(f"{path}: {_told(fault)}" for fault in error.errors())) from error
    return _with_fonts_of(path, given, style)


def _with_fonts_of(path: Path, given: dict[str, Any], style: Style) -> Style:
    """The style with its fonts found beside the file that names them."""
    fonts = tuple(path.parent / font for font in style.fonts)
    for font in fonts:
        if not font.is_file():
            raise StyleError(f"{path}: fonts: there is no {font}")
    return Style(**{**given, "fonts": fonts})


def _told(fault: Any) -> str:
    """One fault of a style file."""
    where = ".".join(map(str, fault["loc"])) or "the file"
    return f"{where}: {fault['msg']}, got {fault['input']!r}"


def _settings(style: Style) -> dict[str, Any]:
    """Matplotlib's settings inside `look`, on top of its defaults."""
    ticks = {
        f"{axis}tick.{name}": value
        for axis in "xy"
        for name, value in {
            "color": style.grey,
            "labelcolor": style.ink,
            "labelsize": style.small,
            "major.size": 2.0,
            "major.width": 0.5,
        }.items()
    }
    return ticks | {
        "axes.axisbelow": True,
        "axes.edgecolor": style.grey,
        "axes.grid": True,
        "axes.grid.axis": "y",
        "axes.labelcolor": style.ink,
        "axes.labelsize": style.font_size,
        "axes.linewidth": 0.5,
        "axes.spines.right": False,
        "axes.spines.top": False,
        "axes.titlelocation": "left",
        "axes.titlepad": 3.0,
        "axes.titlesize": style.font_size,
        "axes.unicode_minus": True,
        "figure.constrained_layout.h_pad": 0.03,
        "figure.constrained_layout.w_pad": 0.03,
        "figure.dpi": style.dpi,
        "figure.facecolor": "white",
        "font.enable_last_resort": False,
        "font.family": [*families(), "sans-serif"],
        "font.sans-serif": ["DejaVu Sans"],
        "font.size": style.font_size,
        "grid.color": "#e4e4e4",
        "grid.linewidth": 0.4,
        "hatch.color": style.light,
        "hatch.linewidth": 0.4,
        "legend.fontsize": style.small,
        "legend.frameon": False,
        "lines.linewidth": 1.1,
        "patch.linewidth": 0.5,
        # Type 3, not 42: the collection holds CFF outlines, which matplotlib writes into a Type 42 font that
        # Ghostscript (and so many a printer's workflow) leaves blank. Type 3 embeds the glyphs too, and its
        # text can be searched.
        "pdf.fonttype": 3,
        "savefig.dpi": style.dpi,
        "savefig.facecolor": "white",
        "svg.fonttype": "none",
        "svg.hashsalt": "broadsheet",
        "text.color": style.ink,
        "text.parse_math": False,
    }


@contextmanager
def look() -> Iterator[None]:
    """Draw as the style says inside this context, whatever the caller's settings, and restore them after."""
    import matplotlib as mpl

    register_fonts()
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(cast("Any", _settings(now())))
        yield


def new_figure(*, height: float) -> Figure:
    """Empty figure of the style's width, `height` millimetres high, laid out so that no label is cut.

    Call it inside `look`.
    """
    from figures.shown import ShownFigure

    style = now()
    size = (style.width * MM, min(height, style.tallest) * MM)
    return ShownFigure(style, _SCRIPTS.get(), figsize=size, layout="constrained")
