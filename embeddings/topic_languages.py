"""Whether the topics found follow the languages of the articles, and whether parallel texts share one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pandas as pd

TopicLeakage = dict[str, float | None]
"""What `topics_and_languages` found, ready for JSON."""

_ONE: Final = 0.9


def topics_and_languages(
    topics: Sequence[int],
    langs: Sequence[str | None],
    *,
    parallel_ids: Sequence[object] | None = None,
    outlier: int = -1,
) -> TopicLeakage:
    """Measure whether topics follow languages, and whether parallel texts share a topic.

    Parameters
    ----------
    topics
        The topic of each article; `outlier` for none.
    langs
        Its language; articles without one (None or NaN) or without a topic are left out.
    parallel_ids
        The same for articles that are translations of each other.

    Returns
    -------
    dict
        `ami`: adjusted mutual information of topic and language (Vinh et al. 2010), 0 where a topic says no
        more about the language than chance, 1 where topics are languages; papers that write about different
        things raise it too. `one_language_topics`: share of the topics with nine tenths or more of their
        articles in one language. `parallel_same_topic`: share of pairs of translations in the same topic.
        None where there are fewer than two languages, no topics, or no parallel texts.
    """
    import pandas as pd
    from sklearn.metrics import adjusted_mutual_info_score

    table = pd.DataFrame({"topic": list(topics), "lang": list(langs)})
    table["parallel"] = None if parallel_ids is None else list(parallel_ids)
    table = table[(table["topic"] != outlier) & table["lang"].map(lambda lang: isinstance(lang, str))]
    found: TopicLeakage = {"ami": None, "one_language_topics": None, "parallel_same_topic": None}
    if table["lang"].nunique() < 2 or table["topic"].nunique() < 2:
        return found
    found["ami"] = round(float(adjusted_mutual_info_score(table["lang"], table["topic"])), 4)
    counts = pd.crosstab(table["topic"], table["lang"])
    found["one_language_topics"] = round(float((counts.max(axis=1) >= _ONE * counts.sum(axis=1)).mean()), 4)
    told = table[table["parallel"].notna()]
    total = _pairs(told.groupby("parallel").size())
    if total:
        found["parallel_same_topic"] = round(_pairs(told.groupby(["parallel", "topic"]).size()) / total, 4)
    return found


def _pairs(sizes: pd.Series[int]) -> int:
    """Number of pairs within groups of these sizes."""
    return int((sizes * (sizes - 1) // 2).sum())
