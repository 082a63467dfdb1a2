"""Topics that were found in a sample, spread over all articles of a corpus."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.schema import N_ARTICLES, OUTLIER, TOPIC, TOPIC_STRENGTH
from analysis.topics.neighbours import Indices
from analysis.topics.placing import Neighbourhoods, first_rows
from analysis.topics.result import Topics, others_than
from analysis.topics.tables import assignment_table
from corpus.engine import THIS_PROCESS, Engine
from embeddings import Embeddings


def place_others(
    found: Topics,
    articles: pd.DataFrame,
    vectors: Embeddings,
    sample: Indices,
    *,
    engine: Engine = THIS_PROCESS,
) -> Topics:
    """Return the topics of all articles, those outside of the sample by vote of their nearest in it.

    The map that `found` lays out is that of all articles already.

    Parameters
    ----------
    found
        The topics of the sample; what found them is told which articles the fitted rows are.
    articles, vectors
        All of them.
    sample
        Positions of the sample.
    engine
        What looks up neighbours, block for block.
    """
    clusterer = found._clusterer
    if clusterer is None:
        raise ValueError("there are no topics to place articles among")
    clusterer.rows_ = sample
    others = others_than(sample, len(articles))
    near = Neighbourhoods.among(vectors, clusterer, rows=others, engine=engine)
    numbers = np.empty(len(articles), dtype=np.int64)
    strength = np.zeros(len(articles), dtype=np.float32)
    numbers[sample] = found.assignments[TOPIC]
    strength[sample] = found.assignments[TOPIC_STRENGTH]
    numbers[others], strength[others] = near.vote(numbers[first_rows(clusterer)])
    strength[numbers == OUTLIER] = 0.0
    counts = pd.Series(numbers).value_counts()
    sizes = [int(counts.get(topic, 0)) for topic in found.topics[TOPIC]]
    return replace(
        found,
        assignments=assignment_table(articles, numbers, strength),
        topics=found.topics.assign(**{N_ARTICLES: sizes}),
        sample=sample,
        _others=near,
    )
