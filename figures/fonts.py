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
FONT_FAMILY: Final = ("Noto Sans CJK SC", "DejaVu Sans")
"""Fonts of every figure, in the order in which they are asked for a glyph. The first covers Latin, Greek,
Cyrillic, Chinese, Japanese and Korean; the second, which comes with matplotlib, adds Arabic, Hebrew,
Armenian, Georgian and Lao.

Arabic is DejaVu's because its letters are one glyph each: in Noto the dots are marks of their own, which
matplotlib 3.11 misplaces in a PDF where a run begins with one.
"""
SCRIPT_FAMILIES: Final = tuple(f"Noto Sans {script}" for script in SCRIPTS)
"""Fonts that follow where a figure has text that the others lack: matplotlib looks up every font of the list
for every text, and they would double the time that a figure takes."""
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
    files = [folder / f"NotoSans{script}[wght].ttf" for script in SCRIPTS]
    return {
        FONT_FAMILY[0]: Path(noto_cjk_sans_otc.FONT_PATH),
        **dict(zip(SCRIPT_FAMILIES, files, strict=True)),
    }


def font_files() -> dict[str, Path]:
    """Font family → the file it is read from."""
    from matplotlib import font_manager

    register_fonts()
    return {
        family: Path(str(font_manager.findfont(family, fallback_to_default=False)))
        for family in (*FONT_FAMILY, *SCRIPT_FAMILIES)
    }


@lru_cache(maxsize=32)
def characters(family: str) -> frozenset[int]:
    """Code points that a font has a glyph for."""
    from matplotlib import font_manager

    register_fonts()
    found = font_manager.findfont(font_manager.FontProperties(family=family), fallback_to_default=False)
    return frozenset(font_manager.get_font(found).get_charmap())


def families_for(text: str) -> tuple[str, ...]:
    """The script fonts that `text` needs beside the fonts of every figure."""
    points = {ord(character) for character in text}.difference(*map(characters, FONT_FAMILY))
    return tuple(family for family in SCRIPT_FAMILIES if points & characters(family)) if points else ()


@lru_cache(maxsize=16)
def family_of(path: Path) -> str:
    """Make a font file known to matplotlib, and tell the name of its family."""
    from matplotlib import font_manager

    font_manager.fontManager.addfont(str(path))
    return str(font_manager.get_font(str(path)).family_name)
