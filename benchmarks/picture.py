"""One picture of all ratios: a dot a row, on a logarithmic axis, right of one where ours is better."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_INCHES_A_ROW: Final = 0.34
_WIDTH: Final = 8.0
_CHARACTERS: Final = 68
_BETTER, _WORSE = "#0072b2", "#d55e00"


def draw(rows: Sequence[Mapping[str, Any]]) -> Figure:
    """Draw the rows that have a ratio, in their order from the top.

    Raises
    ------
    ValueError
        No row has a ratio over 0.
    """
    from matplotlib.figure import Figure
    from matplotlib.ticker import FuncFormatter, NullFormatter

    shown = [row for row in rows if isfinite(row["ratio"]) and row["ratio"] > 0]
    if not shown:
        raise ValueError("no row has a ratio to draw: were the peers there ('make peers')?")
    names = [textwrap.shorten(f"{row['name']} ({row['unit']})", 2 * _CHARACTERS) for row in shown]
    figure = Figure(figsize=(_WIDTH, 1.0 + _INCHES_A_ROW * len(shown)), layout="constrained")
    axes = figure.add_subplot()
    ratios = [float(row["ratio"]) for row in shown]
    places = list(range(len(shown)))
    colours = [_BETTER if ratio >= 1 else _WORSE for ratio in ratios]
    axes.hlines(places, 1.0, ratios, color=colours, linewidth=1.5)
    axes.scatter(ratios, places, color=colours, zorder=3)
    for place, ratio in zip(places, ratios, strict=True):
        side = 1 if ratio >= 1 else -1
        axes.annotate(
            f"{ratio:.3g}",
            (ratio, place),
            xytext=(6 * side, 0),
            textcoords="offset points",
            ha="left" if side > 0 else "right",
            va="center",
            fontsize=7,
        )
    axes.axvline(1.0, color="0.4", linewidth=0.8)
    axes.set_xscale("log")
    axes.margins(x=0.18)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.set_yticks(places, ["\n".join(textwrap.wrap(name, _CHARACTERS)) for name in names], fontsize=7)
    axes.set_ylim(len(shown) - 0.5, -0.5)
    axes.set_xlabel("ratio to the peer: over 1 ours takes less, or does more")
    axes.spines[["top", "right"]].set_visible(False)
    return figure


def save(rows: Sequence[Mapping[str, Any]], path: Path) -> None:
    """Write the picture (png)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draw(rows).savefig(path, dpi=200)
