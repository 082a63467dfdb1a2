"""Who reprints whom: the reprints of an article table counted by the papers they run between."""

from __future__ import annotations

from typing import Final

import pandas as pd

from corpus.schema import ARTICLE_ID, DATE, REPRINT_OF, SOURCE, require_columns

FROM_SOURCE: Final = "from_source"
TO_SOURCE: Final = "to_source"
N: Final = "n"
MEDIAN_LAG_DAYS: Final = "median_lag_days"
NETWORK_COLUMNS: Final = (FROM_SOURCE, TO_SOURCE, N, MEDIAN_LAG_DAYS)


def reprint_network(articles: pd.DataFrame) -> pd.DataFrame:
    """Count reprints by the paper that printed a text first and the paper that printed it again.

    Parameters
    ----------
    articles
        A table with `article_id`, `source`, `date` and `reprint_of`.

    Returns
    -------
    pandas.DataFrame
        One row a pair of papers, the commonest first: `from_source` (of the first printing), `to_source`
        (missing where a paper isn't known; the same where a paper repeats itself), `n` reprints, and
        `median_lag_days` from the first printing, of those with both days known, missing if none has.

    Raises
    ------
    TableError
        If a column is missing.

    Notes
    -----
    It tells who printed first among the papers *of this corpus*: where both took a text from an agency that
    is not in it, the earlier one stands for the agency.
    """
    require_columns(articles, (ARTICLE_ID, SOURCE, DATE, REPRINT_OF), name="the article table")
    again = articles[articles[REPRINT_OF].notna()]
    first = articles.drop_duplicates(ARTICLE_ID).set_index(ARTICLE_ID).reindex(again[REPRINT_OF])
    days = pd.to_datetime(again[DATE]).to_numpy() - pd.to_datetime(first[DATE]).to_numpy()
    pairs = pd.DataFrame(
        {
            FROM_SOURCE: first[SOURCE].astype("str").to_numpy(),
            TO_SOURCE: again[SOURCE].astype("str").to_numpy(),
            MEDIAN_LAG_DAYS: pd.Series(days).dt.days.astype("float64").to_numpy(),
        }
    )
    grouped = pairs.groupby([FROM_SOURCE, TO_SOURCE], dropna=False, sort=True)[MEDIAN_LAG_DAYS]
    table = grouped.agg(**{N: "size", MEDIAN_LAG_DAYS: "median"}).reset_index()
    return table.sort_values([N, FROM_SOURCE, TO_SOURCE], ascending=[False, True, True], ignore_index=True)[
        list(NETWORK_COLUMNS)
    ]
