"""A sample of articles that stands for all of them: the same whatever the order they come in."""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from corpus.schema import ARTICLE_ID, DATE, DATE_START, LANG, REPRINT_OF, SOURCE

FIT_ON: Final = 20_000
"""Beyond so many different articles, what is fitted is fitted on a sample of as many."""
_STRATA: Final = (SOURCE, LANG)


def stratified_sample(
    articles: pd.DataFrame, n: int, *, seed: int, copies: NDArray[np.int64] | None = None
) -> NDArray[np.int64]:
    """Return the positions of a sample of `n` articles, in the order of the articles.

    Each source in each year and language gives its share, rounded by largest remainders, but at least one
    article while there are as many places as such groups. Within a group the articles are taken whose ids
    hash lowest with the seed. Of copies one is in the sample at most, and reprints are left out, unless there
    are fewer than `n` other articles.

    Parameters
    ----------
    articles
        Needs article_id, each different; source, lang, date (or date_start) and reprint_of are used where
        they are. A missing value is a group of its own.
    n
        Size of the sample; with no more articles than that, all of them.
    seed
        Another seed draws other articles.
    copies
        A number for every article, the same for those that are copies of each other; None: there are none.

    Raises
    ------
    ValueError
        If `n` is below 1.
    """
    if n < 1:
        raise ValueError(f"a sample of {n} articles: n must be at least 1")
    if len(articles) <= n:
        return np.arange(len(articles))
    draws = _draws(articles[ARTICLE_ID], seed)
    originals = _are_originals(articles)
    copies = np.arange(len(articles)) if copies is None else copies
    kept = _one_of_each(np.flatnonzero(originals), copies, draws)
    if len(kept) <= n:
        new = ~originals & ~np.isin(copies, copies[kept])
        others = _one_of_each(np.flatnonzero(new), copies, draws)
        more = others[np.argsort(draws[others], kind="stable")[: n - len(kept)]]
        return np.sort(np.concatenate([kept, more]))
    groups = _strata(articles.iloc[kept])
    sizes = _shares(np.bincount(groups), n)
    order = np.lexsort((draws[kept], groups))
    starts = np.concatenate([[0], np.cumsum(np.bincount(groups))[:-1]])
    rank = np.arange(len(kept)) - starts[groups[order]]
    return np.sort(kept[order[rank < sizes[groups[order]]]])


def _one_of_each(
    rows: NDArray[np.int64], copies: NDArray[np.int64], draws: NDArray[np.uint64]
) -> NDArray[np.int64]:
    """Return of the rows that are copies of each other the one that is drawn lowest, in the order of rows."""
    order = rows[np.lexsort((draws[rows], copies[rows]))]
    return np.sort(order[np.diff(copies[order], prepend=-1) != 0])


def _draws(ids: pd.Series[str], seed: int) -> NDArray[np.uint64]:
    """Return the number that each id hashes to with the seed."""
    key = str(seed).encode()
    digests = b"".join(
        blake2b(str(name).encode("utf-8", "surrogatepass"), digest_size=8, key=key).digest() for name in ids
    )
    return np.frombuffer(digests, dtype=">u8").astype(np.uint64)


def _are_originals(articles: pd.DataFrame) -> NDArray[np.bool_]:
    """Tell of every article whether it is no reprint of another."""
    if REPRINT_OF not in articles:
        return np.ones(len(articles), dtype=bool)
    first = articles[REPRINT_OF]
    return np.asarray(first.isna() | (first == ""), dtype=bool)


def _strata(articles: pd.DataFrame) -> NDArray[np.int64]:
    """Return the number of each article's source, year and language together, in the order of their names."""
    parts = {name: articles[name].fillna("").astype("str") for name in _STRATA if name in articles}
    dates = articles[DATE].astype("str") if DATE in articles else pd.Series("", index=articles.index)
    if DATE_START in articles:
        dates = dates.fillna(articles[DATE_START].astype("str"))
    parts["year"] = dates.fillna("").str.slice(0, 4)
    codes = pd.DataFrame(parts).groupby(list(parts), sort=True).ngroup()
    return np.asarray(codes, dtype=np.int64)


def _shares(sizes: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    """Return how many of `n` places each group gets: its share of those that the rare ones leave."""
    exact, rare = sizes * (n / sizes.sum()), np.zeros(len(sizes), dtype=bool)
    while n >= len(sizes) and (exact[~rare] < 1).any():
        rare |= exact < 1
        exact = np.where(rare, 1.0, sizes * ((n - rare.sum()) / max(int(sizes[~rare].sum()), 1)))
    given = np.minimum(np.floor(exact + 1e-9).astype(np.int64), sizes)
    open_ = np.lexsort((np.arange(len(sizes)), -sizes, -np.round(exact - given, 9)))
    open_ = open_[given[open_] < sizes[open_]]
    given[open_[: n - int(given.sum())]] += 1
    return np.asarray(given)
