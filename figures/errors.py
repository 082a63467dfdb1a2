"""How a figure can fail: the tables cannot carry it, no font can write it, or there is none of that name."""

from __future__ import annotations

from collections.abc import Iterable


class FigureNotDrawn(ValueError):  # noqa: N818 - the name is part of the interface, and it says what happened
    """The tables cannot support this figure; the message is the plain reason, fit to be shown to a reader."""


class UnknownFigure(ValueError):  # noqa: N818 - likewise
    """No figure has this name; the message says the nearest right one, or all."""


class MissingGlyph(ValueError):  # noqa: N818 - likewise
    """No font of the style has these characters, so the figure would show boxes in their place.

    Parameters
    ----------
    characters
        The characters without a glyph.
    text
        A text of the figure in which the first of them stands.
    """

    def __init__(self, characters: Iterable[str], *, text: str) -> None:
        self.characters = tuple(sorted(set(characters)))
        named = ", ".join(f"{character} (U+{ord(character):04X})" for character in self.characters)
        super().__init__(
            f"no font of the style has a glyph for {named}, needed for {text!r}; "
            'give a style file that names a font which has them (fonts = ["MyFont.ttf"])'
        )


class FiguresFailed(ValueError):  # noqa: N818 - likewise
    """Some figures could not be drawn because of an error; the others were written.

    Parameters
    ----------
    failures
        Name of the figure → the error that stopped it.
    """

    def __init__(self, failures: dict[str, Exception]) -> None:
        self.failures = failures
        told = "; ".join(f"{name}: {type(error).__name__}: {error}" for name, error in failures.items())
        super().__init__(f"{len(failures)} of the figures failed ({told})")


class StyleError(OSError):
    """A style file is missing, or holds what a style can't have."""
