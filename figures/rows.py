"""Rows of dots: a name on the left, and in each panel a value with its interval, to compare many things."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from figures.style import new_figure, now
from figures.text import wrap

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Values = NDArray[np.float64]


def row_panels(
    names: Sequence[str], *, widths: Sequence[float], row: float = 5.2, extra: float = 18.0
) -> tuple[Figure, list[Axes]]:
    """Figure with a row for each name, the first on top, and panels of these relative widths beside them."""
    figure = new_figure(height=len(names) * row + extra)
    cells = figure.subplots(1, len(widths), squeeze=False, sharey=True, width_ratios=list(widths)).ravel()
    panels: list[Axes] = list(cells)
    for ax in panels:
        ax.grid(visible=False, axis="y")
        ax.grid(visible=True, axis="x")
        ax.set_ylim(len(names) - 0.4, -0.6)
        ax.tick_params(axis="y", length=0)
        ax.spines["left"].set_visible(False)
    wide = figure.get_window_extent().width * (0.3 if now().narrow else 0.26)
    size = now().small if now().narrow else now().font_size
    labels = [wrap(figure, name, wide, size=size, lines=2 if row >= 5 else 1) for name in names]
    panels[0].set_yticks(np.arange(len(names)), labels, fontsize=size)
    return figure, panels


def draw_dots(
    ax: Axes,
    value: Values,
    interval: tuple[Values, Values] | None = None,
    *,
    shift: float = 0.0,
    colour: str | None = None,
    hollow: bool = False,
    name: str = "dots",
) -> None:
    """A dot in each row that has a value, on its interval where it has one; `shift` moves them down."""
    shade = colour or now().accent
    at = np.arange(len(value)) + shift
    if interval is not None:
        low, high = interval
        known = np.isfinite(low) & np.isfinite(high)
        ax.hlines(at[known], low[known], high[known], color=shade, linewidth=0.9, gid=f"{name}:intervals")
    ax.plot(
        value,
        at,
        "o",
        color=shade,
        markersize=3.6,
        markerfacecolor="white" if hollow else shade,
        markeredgewidth=0.8,
        clip_on=False,
        zorder=3,
        gid=name,
    )


def name_dots(ax: Axes, *, filled: str, hollow: str, colours: tuple[str, str]) -> None:
    """Say above a panel what its filled and its hollow dots are."""
    from matplotlib.lines import Line2D

    dots = [
        Line2D(
            [], [], linestyle="", marker="o", markersize=3.6, color=colour, markerfacecolor=face, label=name
        )
        for name, colour, face in ((filled, colours[0], colours[0]), (hollow, colours[1], "white"))
    ]
    ax.legend(
        handles=dots,
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=2,
        borderpad=0,
        borderaxespad=0.3,
        handletextpad=0.1,
        columnspacing=1.0,
    )
