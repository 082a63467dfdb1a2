"""Small multiples: a grid of panels without empty ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from figures.style import new_figure

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
    return n if n <= 3 else 2 if n == 4 else 3 if n <= 9 else 4
