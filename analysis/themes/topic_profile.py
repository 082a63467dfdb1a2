"""What each topic is about in terms of the codebook: a profile of themes."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from analysis.schema import N_ARTICLES, OUTLIER, P_PREFIX, SHARE, THEME, TOPIC, UNMAPPED
from corpus.schema import require_columns

LIFT: Final = "lift"
PROFILE_COLUMNS: Final = (TOPIC, THEME, N_ARTICLES, SHARE, LIFT)


def topic_theme_profile(assignments: pd.DataFrame) -> pd.DataFrame:
    """Profile every topic over the themes.

    Parameters
    ----------
    assignments
        With topic, theme and the probability columns of the themes.

    Returns
    -------
    DataFrame
        `PROFILE_COLUMNS`, a row for each topic and theme and for `unmapped`, topics in order, themes in the
        codebook's. `n_articles`: articles of the topic whose theme it is. `share`: for a theme its mean
        probability over the topic's articles (an expected share; the shares of a topic need not add up to
        one), for `unmapped` the share of articles without a theme. `lift`: `share` over the same of all
        articles; NaN where that is 0. Articles in no topic count in the lift alone.
    """
    require_columns(assignments, (TOPIC, THEME), name="the table of assignments")
    columns = [column for column in assignments.columns if column.startswith(P_PREFIX)]
    themes = [column.removeprefix(P_PREFIX) for column in columns]
    values = assignments[columns].set_axis(themes, axis=1)
    values = values.assign(**{UNMAPPED: (assignments[THEME] == UNMAPPED).astype(float)})
    overall = values.mean()
    rows = []
    for topic, group in assignments[assignments[TOPIC] != OUTLIER].groupby(TOPIC):
        shares, counts = values.loc[group.index].mean(), group[THEME].value_counts()
        for theme in values.columns:
            lift = shares[theme] / overall[theme] if overall[theme] > 0 else np.nan
            rows.append((topic, theme, int(counts.get(theme, 0)), float(shares[theme]), float(lift)))
    return pd.DataFrame(rows, columns=list(PROFILE_COLUMNS))
