"""Whether the fonts of the style have every character that a figure writes."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from figures.errors import MissingGlyph
from figures.fonts import characters
from figures.style import families

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


@lru_cache(maxsize=8)
def _covered(fonts: tuple[str, ...]) -> frozenset[int]:
    """Code points for which some font of these has a glyph."""
    return frozenset().union(*map(characters, fonts))


def missing(text: str) -> list[str]:
    """Characters of `text` that would be drawn as boxes, each once, in order of appearance."""
    have = _covered(families())
    lacking = (c for c in text if ord(c) not in have and unicodedata.category(c) not in _UNSEEN)
    return list(dict.fromkeys(lacking))


def clean(text: str) -> str:
    """`text` without what no font draws: control and format characters, variation selectors, doubled spaces.

    Joiners stay: Arabic and Indic scripts need them to be written right.
    """
    kept = []
    for character in text:
        if character in "\u200c\u200d":
            kept.append(character)
        elif "\ufe00" <= character <= "\ufe0f" or unicodedata.category(character) == "Cf":
            continue
        else:
            kept.append(" " if unicodedata.category(character) in {"Cc", "Zs", "Zl", "Zp"} else character)
    return " ".join("".join(kept).split())


def check(figure: Figure) -> None:
    """Raise `MissingGlyph` if a visible text of the figure needs a character that no font has."""
    from matplotlib.text import Text

    lacking: dict[str, str] = {}
    for artist in figure.findobj(Text):
        if isinstance(artist, Text) and artist.get_visible():
            text = artist.get_text()
            for character in missing(text):
                lacking.setdefault(character, text)
    if lacking:
        raise MissingGlyph(lacking, text=next(iter(lacking.values())))
