"""Measuring, wrapping and placing text, so that no label is cut and none lies on another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Boxes = NDArray[np.float64]
"""(n, 4) rectangles: left, bottom, right, top, in pixels."""

_WIDE = r"\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_PIECE = re.compile(rf"[{_WIDE}]|[^\s{_WIDE}]+?(?:[-/]|(?=[\s{_WIDE}])|$)|\s+")
"""What a line is made of: a Chinese, Japanese or Korean character, a word up to its hyphen, or a space."""


def size_of(
    figure: Figure, text: str, *, size: float | None = None, **properties: Any
) -> tuple[float, float]:
    """Width and height in pixels of `text` set at `size` points, the style's own size by default."""
    artist = figure.text(0, 0, text, fontsize=size, **properties)
    extent = artist.get_window_extent()
    artist.remove()
    return float(extent.width), float(extent.height)


def shorten(figure: Figure, text: str, width: float, *, size: float | None = None, tail: float = 0.0) -> str:
    """`text`, or as much of it as is no wider than `width` pixels, with an ellipsis.

    `tail` is how much of what is kept comes from the end of the text, where names often differ.
    """
    if size_of(figure, text, size=size)[0] <= width:
        return text
    shorter = ""
    low, high = 0, len(text) - 1
    while low <= high:
        middle = (low + high) // 2
        end = int(middle * tail)
        tried = text[: middle - end].rstrip(" ,;·、，") + "…" + (text[-end:].lstrip() if end else "")
        if size_of(figure, tried, size=size)[0] <= width:
            shorter, low = tried, middle + 1
        else:
            high = middle - 1
    return shorter


def wrap(
    figure: Figure, text: str, width: float, *, size: float | None = None, lines: int = 2, after: str = ""
) -> str:
    """`text` in at most `lines` lines no wider than `width` pixels, shortened in its last line if it must be.

    `after` follows the last line and is never shortened, such as a number in brackets.
    """
    done: list[str] = []
    current = ""
    pieces = _PIECE.findall(text)
    for number, piece in enumerate(pieces):
        last = len(done) == lines - 1
        tried = current + piece + (after if number == len(pieces) - 1 else "")
        if last or not current.strip() or size_of(figure, tried.strip(), size=size)[0] <= width:
            current += piece
        else:
            done.append(current.strip())
            current = piece
    room = width - (size_of(figure, after, size=size)[0] if after else 0.0)
    whole = [shorten(figure, line, width, size=size) for line in done]
    whole.append(shorten(figure, current.strip(), room, size=size, tail=0.35) + after)
    return "\n".join(whole)


def overlaps(box: NDArray[np.float64], others: Boxes) -> NDArray[np.bool_]:
    """Which of `others` share area with `box`."""
    return np.asarray(
        (others[:, 0] < box[2]) & (others[:, 2] > box[0]) & (others[:, 1] < box[3]) & (others[:, 3] > box[1])
    )


def place(
    anchors: NDArray[np.float64],
    sizes: NDArray[np.float64],
    frame: NDArray[np.float64],
    points: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Centres for labels near their anchors, none on another, all in the frame, hiding few points.

    Labels are placed one after the other, each at the best of the free places on rings around its anchor: the
    cost of a place is its distance, in label heights, and the points it would hide.

    Parameters
    ----------
    anchors
        (n, 2) where the labels belong, in pixels; the first is placed first.
    sizes
        (n, 2) width and height of each label in pixels.
    frame
        left, bottom, right, top in pixels.
    points
        (m, 2) the points that should stay visible.

    Returns
    -------
    (n, 2) centres of the labels; a row of NaN where no free place was left.
    """
    centres = np.full(anchors.shape, np.nan)
    taken = np.empty((0, 4))
    for index, (anchor, size) in enumerate(zip(anchors, sizes, strict=True)):
        candidates = _rings(anchor, size)
        boxes = np.hstack([candidates - size / 2, candidates + size / 2])
        inside = (boxes[:, :2] >= frame[:2]).all(axis=1) & (boxes[:, 2:] <= frame[2:]).all(axis=1)
        free = inside & np.array([not overlaps(box, taken).any() for box in boxes])
        if not free.any():
            continue
        costs = np.array([_cost(box, anchor, size, points) for box in boxes[free]])
        best = boxes[free][int(np.argmin(costs))]
        centres[index] = (best[:2] + best[2:]) / 2
        taken = np.vstack([taken, best])
    return centres


def _rings(anchor: NDArray[np.float64], size: NDArray[np.float64]) -> NDArray[np.float64]:
    """Places to try for the centre of a label: the anchor, then rings around it that grow with the label."""
    turns = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    circle = np.column_stack([np.cos(turns), np.sin(turns)])
    steps = np.concatenate([np.arange(1, 9), np.arange(10, 42, 3)]) * size[1]
    reach = [circle * (step + np.array([size[0] / 2, 0])) for step in steps]
    return np.asarray(anchor + np.vstack([np.zeros((1, 2)), *reach]))


def _cost(
    box: NDArray[np.float64],
    anchor: NDArray[np.float64],
    size: NDArray[np.float64],
    points: NDArray[np.float64],
) -> float:
    """How bad a place is: distance from the anchor in label heights plus a charge for hidden points."""
    gap = np.maximum(np.maximum(box[:2] - anchor, anchor - box[2:]), 0.0)
    hidden = int(((points >= box[:2]) & (points <= box[2:])).all(axis=1).sum())
    return float(np.hypot(*gap) / size[1] + 0.25 * hidden)


def fit_titles(
    figure: Figure, axes: list[Axes], *, size: float | None = None, lines: int = 2, pad: float | None = None
) -> None:
    """Wrap the left titles of the panels to the width of their panels."""
    figure.draw_without_rendering()
    for ax in axes:
        title = ax.get_title(loc="left")
        fitted = wrap(figure, title, ax.get_window_extent().width, size=size, lines=lines)
        ax.set_title(fitted, loc="left", pad=pad)
