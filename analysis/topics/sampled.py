"""Topics that were found in a sample, spread over all articles of a corpus."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.schema import N_ARTICLES, OUTLIER, TOPIC, TOPIC_STRENGTH
from analysis.topics.communities import GraphCommunities
from analysis.topics.neighbours import Indices
from analysis.topics.placing import Neighbourhoods, first_rows
from analysis.topics.result import Topics, others_than
from analysis.topics.tables import assignment_table, map_table
from embeddings import Embeddings


def place_others(
    found: Topics, clusterer: GraphCommunities, articles: pd.DataFrame, vectors: Embeddings, sample: Indices
) -> Topics:
    """Return the topics of all articles, those outside of the sample by vote of their nearest in it.

    Parameters
    ----------
    found
        The topics of the sample.
    clusterer
        What found them; it is told which articles the fitted rows are.
    articles, vectors
        All of them.
    sample
        Positions of the sample.
    """
    clusterer.rows_ = sample
    others = others_than(sample, len(articles))
    near = Neighbourhoods.among(vectors[others], clusterer)
    numbers = np.empty(len(articles), dtype=np.int64)
    strength = np.zeros(len(articles), dtype=np.float32)
    numbers[sample] = found.assignments[TOPIC]
    strength[sample] = found.assignments[TOPIC_STRENGTH]
    numbers[others], strength[others] = near.vote(numbers[first_rows(clusterer)])
    strength[numbers == OUTLIER] = 0.0
    sizes = np.bincount(numbers[numbers != OUTLIER], minlength=int(found.topics[TOPIC].max()) + 1)
    return replace(
        found,
        assignments=assignment_table(articles, numbers, strength),
        topics=found.topics.assign(**{N_ARTICLES: sizes[found.topics[TOPIC].to_numpy()]}),
        map=map_table(articles, vectors, seed=found.parameters.seed),
        sample=sample,
        _others=near,
    )
