"""The fonts of the figures: which there are, where their files lie, and which is asked for a glyph first.

matplotlib sets each run of text in the first font of the list that has its characters, and shapes it (joined
Arabic letters, Thai and Indic marks, right to left) through HarfBuzz. All fonts come with Python packages.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

SCRIPTS: Final = (
    "Thai",
    "Devanagari",
    "Bengali",
    "Gurmukhi",
    "Gujarati",
    "Oriya",
    "Tamil",
    "Telugu",
    "Kannada",
    "Malayalam",
    "Sinhala",
    "Khmer",
    "Myanmar",
    "Ethiopic",
)
"""Scripts that have a Noto Sans of their own, in packages of their own."""
FONT_FAMILY: Final = ("Noto Sans CJK SC", "DejaVu Sans", *(f"Noto Sans {script}" for script in SCRIPTS))
"""Fonts in the order in which they are asked for a glyph. The first covers Latin, Greek, Cyrillic, Chinese,
Japanese and Korean; the second, which comes with matplotlib, adds Arabic, Hebrew, Armenian, Georgian and Lao.

Arabic is DejaVu's because its letters are one glyph each: in Noto the dots are marks of their own, which
matplotlib 3.11 misplaces in a PDF where a run begins with one.
"""
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


@lru_cache(maxsize=1)
def register_fonts() -> None:
    """Make the packaged fonts known to matplotlib, once a process; no setting is changed by it."""
    from matplotlib import font_manager

    known = {entry.name for entry in font_manager.fontManager.ttflist}
    for family, path in _packaged().items():
        if family not in known:
            font_manager.fontManager.addfont(str(path))


def _packaged() -> dict[str, Path]:
    """Family → file of the fonts that packages ship."""
    import manimgx_fonts
    import noto_cjk_sans_otc

    folder = Path(manimgx_fonts.__file__).parent
    files = {f"Noto Sans {script}": folder / f"NotoSans{script}[wght].ttf" for script in SCRIPTS}
    return {FONT_FAMILY[0]: Path(noto_cjk_sans_otc.FONT_PATH), **files}


def font_files() -> dict[str, Path]:
    """Font family → the file it is read from."""
    from matplotlib import font_manager

    register_fonts()
    return {
        family: Path(str(font_manager.findfont(family, fallback_to_default=False))) for family in FONT_FAMILY
    }


@lru_cache(maxsize=16)
def family_of(path: Path) -> str:
    """Make a font file known to matplotlib, and tell the name of its family."""
    from matplotlib import font_manager

    font_manager.fontManager.addfont(str(path))
    return str(font_manager.get_font(str(path)).family_name)
