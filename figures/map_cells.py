"""A map of more articles than points can show: squares, each with how many lie in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.schema import N_ARTICLES, THEME

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CELLS: Final = 120
"""Squares along the longer side of the map."""
_FAINTEST: Final = 0.25
"""Opacity that a square of no article would have; that of the fullest is 1."""


def count_cells(table: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each square and theme: its middle (x, y), width, theme, group, and n_articles.

    Parameters
    ----------
    table
        A row an article: x, y, theme, and the group of the theme.
    """
    places = table[["x", "y"]].to_numpy(dtype=np.float64)
    low = places.min(axis=0)
    width = float((places.max(axis=0) - low).max()) / CELLS or 1.0
    cells = np.minimum(np.floor((places - low) / width), CELLS - 1)
    middles = low + (cells + 0.5) * width
    placed = table[[THEME, "group"]].assign(x=middles[:, 0], y=middles[:, 1])
    counts = placed.groupby(["x", "y", THEME, "group"], sort=True).size()
    counted = counts.rename(N_ARTICLES).reset_index().assign(width=width)
    return counted[["x", "y", "width", THEME, "group", N_ARTICLES]]


def draw_cells(ax: Axes, data: pd.DataFrame, colours: Mapping[str, str]) -> None:
    """Draw the squares of `count_cells`: the colour of the commonest group, opaque by the log of number."""
    from matplotlib.colors import to_rgb

    by_group = data.groupby(["x", "y", "group"], sort=True)[N_ARTICLES].sum().reset_index()
    totals = by_group.groupby(["x", "y"])[N_ARTICLES].transform("sum").to_numpy()
    order = np.lexsort((by_group["group"], -by_group[N_ARTICLES], by_group["y"], by_group["x"]))
    first = by_group.iloc[order].assign(total=totals[order]).drop_duplicates(["x", "y"])
    x, y = first["x"].to_numpy(), first["y"].to_numpy()
    step = float(data["width"].iloc[0])
    column = np.rint((x - x.min()) / step).astype(int)
    row = np.rint((y - y.min()) / step).astype(int)
    image = np.zeros((row.max() + 1, column.max() + 1, 4))
    image[row, column, :3] = [to_rgb(colours[group]) for group in first["group"]]
    strength = np.log1p(first["total"].to_numpy()) / np.log1p(first["total"].max())
    image[row, column, 3] = _FAINTEST + (1 - _FAINTEST) * strength
    half = step / 2
    extent = (x.min() - half, x.max() + half, y.min() - half, y.max() + half)
    ax.imshow(image, extent=extent, origin="lower", interpolation="nearest", gid="cells")
    ax.set_aspect("equal", adjustable="datalim")


def greatest_cell(points: NDArray[np.float64], counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the middle of the square with the most articles, where a label belongs."""
    return np.asarray(points[int(counts.argmax())])
