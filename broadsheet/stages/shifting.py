"""What each update changed: sizes of themes and topics before it, of what it brought, and after it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.schema import ADVICE, P_PREFIX, SHIFT_COLUMNS, TOPIC
from analysis.topics.placing import FAR, USUALLY_FAR
from analysis.trends.shares import binomial_interval
from corpus.schema import ARTICLE_ID

if TYPE_CHECKING:
    from broadsheet.stages.assigning import FoundTopics

REFIT = "find topics anew"
"""The advice where more of what an update brought lies far from the topics than chance explains."""
_MANY = 2 * USUALLY_FAR
_LEAST = 20
"""Fewest later articles that advice rests on."""


def find_shifts(
    articles: pd.DataFrame,
    updates: pd.Series[int],
    themes: pd.DataFrame,
    topics: FoundTopics,
    placed: pd.DataFrame,
) -> pd.DataFrame:
    """List how sizes and shares shifted.

    Parameters
    ----------
    articles
        article_id of all, in their order; `updates` says which update brought each (0: none).
    themes
        The assignments of all to themes, in the same order.
    topics
        Topics and assignments of all but notices.
    placed
        Of the later articles: article_id and whether each is far from every topic.

    Returns
    -------
    DataFrame
        `SHIFT_COLUMNS`: for every update a row of kind `all`, then a row a theme and a row a topic. Sizes of
        themes are sums of probabilities. `far` and `advice` stand where topics were found.
    """
    columns = [name for name in themes if name.startswith(P_PREFIX)]
    of_themes = themes.set_index(ARTICLE_ID).loc[articles[ARTICLE_ID], columns].to_numpy()
    topic = topics.assignments.set_index(ARTICLE_ID)[TOPIC].reindex(articles[ARTICLE_ID]).to_numpy()
    far = placed.set_index(ARTICLE_ID)[FAR].reindex(articles[ARTICLE_ID]).to_numpy()
    labels = dict(zip(topics.table[TOPIC].tolist(), topics.table["label"].fillna(""), strict=True))
    whole = {("theme", name.removeprefix(P_PREFIX), ""): of_themes[:, n] for n, name in enumerate(columns)}
    whole |= {("topic", str(number), labels[number]): topic == number for number in labels}
    rows = [
        row
        for update in range(1, int(updates.max()) + 1)
        for row in _rows_of(update, updates.to_numpy(), whole, pd.Series(far))
    ]
    return pd.DataFrame(rows, columns=list(SHIFT_COLUMNS)).astype(
        {"what": "str", "label": "str", ADVICE: "str"}
    )


def _rows_of(
    update: int, updates: Any, whole: dict[tuple[str, str, str], Any], far: pd.Series[Any]
) -> Iterator[tuple[Any, ...]]:
    """The rows of one update."""
    before, new = updates < update, updates == update
    n_before, n_new = int(before.sum()), int(new.sum())
    share, advice = _far(far[new])
    yield update, "all", "", "", n_before, n_new, n_before + n_new, None, None, None, None, share, advice
    for (kind, name, label), members in whole.items():
        one, other = float(members[before].sum()), float(members[new].sum())
        after = (one + other) / (n_before + n_new)
        then = one / n_before
        sizes = (round(one, 6), round(other, 6), round(one + other, 6))
        shares = (then, other / n_new if n_new else None, after, after - then)
        if kind == "theme":
            yield update, kind, name, label, *sizes, *shares, None, ""
        else:
            yield update, kind, name, label, *sizes, *shares, *_far(far[new & members.astype(bool)])


def _far(marks: pd.Series[Any]) -> tuple[float | None, str]:
    """The share that is far, and advice: where even the lower end of its interval is twice the usual."""
    known = marks.dropna().astype(float)
    if known.empty:
        return None, ""
    share = float(known.mean())
    low, _ = binomial_interval(np.array([known.sum()]), np.array([float(len(known))]), level=0.95)
    return share, REFIT if len(known) >= _LEAST and float(low[0]) > _MANY else ""
