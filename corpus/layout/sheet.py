"""One page as geometry: lines of type, rules, frames and pictures.

Lengths are in points for PDF and in pixels for images; y grows downwards. Nothing here depends on the unit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; `top` is smaller than `bottom`."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Horizontal extent."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Vertical extent."""
        return self.bottom - self.top

    def shared_width(self, other: Box) -> float:
        """Length of the horizontal stretch that both cover; negative: how far they are apart."""
        return min(self.right, other.right) - max(self.left, other.left)

    def shared_height(self, other: Box) -> float:
        """Length of the vertical stretch that both cover; negative: how far they are apart."""
        return min(self.bottom, other.bottom) - max(self.top, other.top)

    def stands_over(self, other: Box, *, least: float = 0.3) -> bool:
        """Tell whether both share at least `least` of the narrower one's width."""
        return self.shared_width(other) > least * min(self.width, other.width)

    def holds_middle_of(self, other: Box) -> bool:
        """Tell whether the middle of `other` lies inside."""
        x, y = (other.left + other.right) / 2, (other.top + other.bottom) / 2
        return self.left <= x <= self.right and self.top <= y <= self.bottom


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box that holds all of `boxes`, of which there is at least one."""
    found = list(boxes)
    return Box(
        min(box.left for box in found),
        min(box.top for box in found),
        max(box.right for box in found),
        max(box.bottom for box in found),
    )


@dataclass(frozen=True, slots=True)
class TypeLine:
    """One line of type within one column: where it stands, its text, its type size, whether it is bold."""

    box: Box
    text: str
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page.

    Attributes
    ----------
    number
        1-based number in its file.
    width, height
        Size of the page.
    lines
        Its lines of type, in no order.
    rules
        Horizontal and vertical lines, as thin boxes.
    frames
        Drawn or tinted boxes that may enclose a story.
    pictures
        Where images stand.
    exact
        Whether sizes are the typesetter's own (PDF), or measured on an image and so only roughly known.
    turned
        Characters set sideways, upside down or off the page, which are in no line.
    nameless
        How many characters the file draws without saying which they are.
    """

    number: int
    width: float
    height: float
    lines: tuple[TypeLine, ...]
    rules: tuple[Box, ...] = ()
    frames: tuple[Box, ...] = ()
    pictures: tuple[Box, ...] = ()
    exact: bool = True
    turned: str = ""
    nameless: int = 0
