"""What became of a share: how much because sources wrote otherwise, how much because their mix changed."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.schema import DECOMPOSITION_COLUMNS
from analysis.trends.panel import Floats, Panel
from analysis.trends.shares import Shares

_TEXT: Final = DECOMPOSITION_COLUMNS[:3]


def decompose(panel: Panel, shares: Shares, *, level: float) -> pd.DataFrame:
    """Split each change of the share of all sources into a part within sources and one between them.

    With v(s, t) the source's part of all articles and π(s, t) its share of the theme, the change from one
    period to the next that holds articles is, without a remainder,

        within  = Σ over s of (v(s, t₀) + v(s, t₁)) / 2 · (π(s, t₁) - π(s, t₀))
        between = Σ over s of (v(s, t₁) - v(s, t₀)) · (π(s, t₀) + π(s, t₁)) / 2

    (Kitagawa 1955, *J. Am. Stat. Assoc.* 50, 1168; for shares this is the twofold decomposition of Oaxaca and
    Blinder at the mean weights). A source that is there in one of the two periods only counts with its share
    there for both: that it came or went is a change of the mix, all of it between. Parts add up: summed over
    periods they are the parts of the whole change, along the way it took.

    Intervals are the normal ones, from the variances of sources' shares (`estimate_shares`) at the volumes as
    they were, and independent between periods. Assumption: as in `estimate_shares`. Don't read `between` as
    the effect of a source's coming on the others, and don't use the normal limits where a source has a
    handful of articles a period: the parts are right, the limits are then rough. For the level that the share
    would have had at a fixed mix see `standardise`, which models the sources that are absent.

    Returns
    -------
    pandas.DataFrame
        `DECOMPOSITION_COLUMNS`; one row a theme and period from the second that holds articles on. Shares,
        0.01 being a percentage point.
    """
    from scipy.stats import norm

    held = np.flatnonzero(shares.articles[0] > 0)
    articles = shares.articles[1:, held]
    volume = (articles / articles.sum(axis=0))[:, :, None]
    there = (articles > 0)[:, :, None]
    share = np.where(there, shares.share[1:, held], 0.0)
    variance = np.where(there, np.nan_to_num(shares.variance[1:, held]), 0.0)
    early, late = _filled(share, there)
    both = there[:, 1:] & there[:, :-1]
    mean_volume, moved = (volume[:, 1:] + volume[:, :-1]) / 2, volume[:, 1:] - volume[:, :-1]
    within = (mean_volume * (late - early)).sum(axis=0)
    between = (moved * (late + early) / 2).sum(axis=0)
    unsure = np.where(both, variance[:, 1:] + variance[:, :-1], 0.0)
    alone = np.where(both, 0.0, variance[:, 1:] + variance[:, :-1])
    reach = norm.ppf((1 + level) / 2)
    within_reach = reach * np.sqrt((mean_volume**2 * unsure).sum(axis=0))
    between_reach = reach * np.sqrt((moved**2 * (unsure / 4 + alone)).sum(axis=0))
    starts = panel.calendar.starts.astype(str).astype(object)[held]
    themes, count = np.array(panel.themes, dtype=object), max(len(held) - 1, 0)
    columns = (
        np.repeat(themes, count), np.tile(starts[1:], len(themes)), np.tile(starts[:-1], len(themes)),
        *(_rows(values) for values in (
            within + between, within, within - within_reach, within + within_reach,
            between, between - between_reach, between + between_reach,
        )),
    )  # fmt: skip
    table = pd.DataFrame(dict(zip(DECOMPOSITION_COLUMNS, columns, strict=True)))
    return table.astype(dict.fromkeys(_TEXT, "str"))


def _filled(share: Floats, there: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Return (S, T - 1, K) shares before and after; a source that is absent has the share of the other."""
    early, late = share[:, :-1], share[:, 1:]
    return np.where(there[:, :-1], early, late), np.where(there[:, 1:], late, early)


def _rows(values: Floats) -> Floats:
    """Lay (periods, themes) out by theme, then period."""
    return np.asarray(values.T.ravel())
