"""Articles grouped into topics by one of the methods, and the BERTopic of them, made when it is asked for.

Importing BERTopic takes five seconds and half a gigabyte, which topics, terms and trends can do without.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from analysis.topics.communities import GraphCommunities
from analysis.topics.neighbours import Indices
from analysis.topics.representations import Representation
from analysis.words.cut_texts import CutTexts

if TYPE_CHECKING:
    from analysis.topics.adapter import PressBERTopic
    from embeddings import Embeddings, Encoder


@dataclass(frozen=True)
class Groups:
    """Articles grouped into topics.

    Attributes
    ----------
    numbers, strength
        Topic (-1: none) and strength of every article.
    clusterer
        What predicts for the model after it was saved.
    model
        Makes the fitted BERTopic, which has neither representative documents nor labels yet.
    """

    numbers: Indices
    strength: Embeddings
    clusterer: GraphCommunities
    model: Callable[[], PressBERTopic]


def group_by_graph(
    texts: Sequence[str],
    vectors: Embeddings,
    words: CutTexts,
    communities: GraphCommunities,
    *,
    representation: Representation,
    encoder: Encoder | None,
) -> Groups:
    """Return the communities as topics."""

    def model() -> PressBERTopic:
        from analysis.topics.adapter import fit_graph

        return fit_graph(
            texts, vectors, words, clusterer=communities, representation=representation, encoder=encoder
        )

    strength = communities.probabilities_.astype(np.float32)
    return Groups(communities.labels_, strength, communities, model)


def groups_of_model(model: PressBERTopic, vectors: Embeddings) -> Groups:
    """Return the topics that a BERTopic found in its own way."""
    from analysis.topics.adapter import strengths, topic_numbers

    clusterer = GraphCommunities.from_labels(vectors, np.asarray(model.hdbscan_model.labels_, dtype=np.int64))
    return Groups(topic_numbers(model), strengths(model, len(vectors)), clusterer, lambda: model)


def model_of(
    groups: Groups, *, shown: Mapping[int, Sequence[str]], labels: Mapping[int, str]
) -> Callable[[], PressBERTopic]:
    """Return what makes the BERTopic of the groups, once, with labels and the documents that show them."""

    @cache
    def make() -> PressBERTopic:
        model = groups.model()
        model.show(shown)
        if labels:
            model.set_topic_labels(dict(labels))
        return model

    return make
