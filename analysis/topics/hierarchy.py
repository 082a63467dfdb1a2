"""Broader topics: the levels above the topics, each half as many groups as the level below."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.schema import TOPIC
from analysis.topics.neighbours import Indices


def topic_levels(vectors: NDArray[np.floating] | NDArray[np.int16], labels: Indices) -> pd.DataFrame:
    """Return the group that each topic belongs to at each level.

    Topics are joined in pairs, nearest first, by average linkage of one less the cosine of their mean
    vectors. Level 1 has half as many groups as there are topics, level 2 half as many again, down to two.

    Parameters
    ----------
    vectors
        Of the articles, (n, dimension), all of one length.
    labels
        Topic of every article, 0 to the number of topics less 1.

    Returns
    -------
    DataFrame
        `topic`, `level_1`, `level_2` …; a group is called by its greatest topic (the least number). No level
        where there are fewer than four topics.
    """
    from scipy.cluster.hierarchy import fcluster, linkage

    n_topics = int(labels.max()) + 1
    table = pd.DataFrame({TOPIC: np.arange(n_topics, dtype=np.int64)})
    if n_topics < 4:
        return table
    means = [vectors[labels == topic].mean(axis=0, dtype=np.float64) for topic in range(n_topics)]
    tree = linkage(np.array(means), method="average", metric="cosine")
    groups, level = n_topics // 2, 1
    while groups >= 2:
        found = fcluster(tree, groups, criterion="maxclust")
        table[f"level_{level}"] = [int(np.flatnonzero(found == group)[0]) for group in found]
        groups, level = groups // 2, level + 1
    return table
