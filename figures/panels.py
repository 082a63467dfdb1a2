"""Small multiples, a grid of panels without empty ones; and the names of the rows of a table of cells."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

import numpy as np

from figures.style import new_figure, now
from figures.text import wrap

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Sharing = Literal["none", "row", "col", "all"]


def grid(
    n: int, *, columns: int, panel_height: float = 30.0, extra: float = 8.0, share: Sharing = "row"
) -> tuple[Figure, list[Axes]]:
    """Figure of two columns' width with `n` panels in rows of `columns`, time along the bottom.

    Parameters
    ----------
    n
        Number of panels.
    columns
        Panels in a row; fewer when there are fewer panels.
    panel_height, extra
        Height in millimetres of a row, and of what stands outside the rows.
    share
        Which panels have one vertical scale.
    """
    columns = min(columns, n)
    rows = -(-n // columns)
    figure = new_figure(height=rows * panel_height + extra)
    cells = figure.subplots(rows, columns, squeeze=False, sharex=True, sharey=share).ravel()
    for spare in cells[n:]:
        spare.remove()
    panels: list[Axes] = list(cells[:n])
    for ax in panels[-columns:]:
        ax.tick_params(labelbottom=True)
    return figure, panels


def columns_for(n: int) -> int:
    """Panels in a row for `n` panels: as square as the page allows."""
    if now().narrow:
        return min(n, 2)
    return n if n <= 3 else 2 if n == 4 else 3 if n <= 9 else 4


def most_panels() -> int:
    """Panels of one figure at most, so that they fit a page."""
    return 12 if now().narrow else 16


def name_rows(figure: Figure, ax: Axes, names: list[str], totals: Iterable[int], *, roomy: bool) -> None:
    """Name the rows of cells on the left, each with its number of articles; in two lines where `roomy`."""
    wide = figure.get_window_extent().width * (0.24 if roomy else 0.3)
    labels = [
        wrap(figure, name, wide, lines=2 if roomy else 1, after=f" ({n:,})")
        for name, n in zip(names, totals, strict=True)
    ]
    ax.set_yticks(np.arange(len(names)) + 0.5, labels, fontsize=now().font_size if roomy else now().small)


def name_lines(figure: Figure, *, solid: str, dashed: str) -> None:
    """Say above the panels which line is which: the solid one with points, and the dashed one."""
    from matplotlib.lines import Line2D

    lines = [
        Line2D([], [], color=now().contrast, linewidth=0.8, linestyle=(0, (3, 1.5)), label=dashed),
        Line2D([], [], color=now().accent, marker="o", markersize=2.4, label=solid),
    ]
    figure.legend(handles=lines, loc="outside upper right", ncols=2)
