"""Later articles placed among the topics that a saved model has found, whose numbers stay as they are.

Nothing is fitted. An article gets the topic that its nearest fitted articles vote for; how far it lies from
them says whether the topics still fit.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from safetensors.numpy import load_file

from analysis.schema import MAP_COLUMNS, OUTLIER, TOPIC, TOPIC_STRENGTH
from analysis.topics.communities import CLUSTERER_FILE, GraphCommunities, share_of_first, vote
from analysis.topics.neighbours import Indices, nearest, quantise
from corpus.engine import THIS_PROCESS, Engine
from corpus.schema import ARTICLE_ID
from embeddings import Embeddings

FAR: Final = "far"
"""Whether an article lies farther from the fitted ones than all but a twentieth of these do."""
USUALLY_FAR: Final = 0.05
"""The share of articles that are `far` when later ones are like the fitted ones."""
_REFERENCE: Final = 2_000
"""Fitted articles whose neighbourhoods say what is usual."""
_MAP_NEIGHBOURS: Final = 5
_ROWS: Final = 20_000
"""Articles placed at once, so that memory doesn't grow with their number."""


@dataclass(frozen=True)
class FittedTopics:
    """What articles are placed among.

    Attributes
    ----------
    clusterer
        The saved model's clusterer.
    runs
        article_id, topic, and topics under other seeds, of the study's articles in their order.
    map
        `MAP_COLUMNS` of the same.
    seed
        Of the draw of articles that say what is usual.
    """

    clusterer: GraphCommunities
    runs: pd.DataFrame
    map: pd.DataFrame
    seed: int = 0

    @classmethod
    def load(cls, model: str | Path, runs: pd.DataFrame, map_: pd.DataFrame, *, seed: int) -> FittedTopics:
        """Open the clusterer in a run's `model` folder; BERTopic is not needed.

        Raises
        ------
        FileNotFoundError
            There is no clusterer in the folder.
        """
        path = Path(model) / CLUSTERER_FILE
        if not path.is_file():
            raise FileNotFoundError(f"{model} holds no topic model; give the folder that Topics.save wrote")
        return cls(GraphCommunities.from_arrays(load_file(str(path))), runs, map_, seed)


@dataclass(frozen=True)
class Neighbourhoods:
    """The nearest fitted points of articles that were not fitted.

    Attributes
    ----------
    neighbours
        Positions among the clusterer's points, nearest first, (articles, neighbours).
    cosines
        To the same.
    known
        Which articles have the very vector of their nearest point.
    """

    neighbours: NDArray[np.int32]
    cosines: Embeddings
    known: NDArray[np.bool_]

    @classmethod
    def among(
        cls,
        vectors: Embeddings,
        clusterer: GraphCommunities,
        *,
        rows: Indices | None = None,
        engine: Engine = THIS_PROCESS,
    ) -> Neighbourhoods:
        """Look them up for all rows of the vectors or some, in blocks that the engine works through.

        Raises
        ------
        VectorError
            The vectors can't be compared with those of the clusterer.
        """
        n = len(vectors) if rows is None else len(rows)
        parts = [slice(start, start + _ROWS) for start in range(0, n, _ROWS)]
        blocks = (quantise(vectors[part] if rows is None else vectors[rows[part]]) for part in parts)
        found = cls(
            np.empty((n, clusterer.k_), dtype=np.int32),
            np.empty((n, clusterer.k_), dtype=np.float32),
            np.empty(n, dtype=bool),
        )
        look_up = partial(_nearest, points=clusterer.points_, k=clusterer.k_)
        for part, one in zip(parts, engine.map(look_up, blocks), strict=True):
            found.neighbours[part] = one.neighbours
            found.cosines[part] = one.cosines
            found.known[part] = one.known
        return found

    def vote(self, labels: Indices) -> tuple[Indices, NDArray[np.float64]]:
        """Return the label that each article's neighbours vote for, and its share of the votes.

        `labels` are those of the points; an article that is a point has the point's own label.
        """
        winners = np.empty(len(self.known), dtype=np.int64)
        shares = np.empty(len(self.known), dtype=np.float64)
        for start in range(0, len(self.known), _ROWS):
            part = slice(start, start + _ROWS)
            near, cosines, known = labels[self.neighbours[part]], self.cosines[part], self.known[part]
            chosen, share = vote(near, cosines)
            winners[part] = np.where(known, near[:, 0], chosen)
            shares[part] = np.where(known, share_of_first(near, cosines), share)
        return winners, shares


def _nearest(block: NDArray[np.int16], *, points: NDArray[np.int16], k: int) -> Neighbourhoods:
    """The neighbourhoods of one block of rounded vectors."""
    near, cosines = nearest(block, points, k)
    known = (block == points[near[:, 0]]).all(axis=1)
    return Neighbourhoods(near.astype(np.int32), cosines, known)


def place_articles(
    ids: pd.Series[str], vectors: Embeddings, fitted: FittedTopics, *, engine: Engine = THIS_PROCESS
) -> pd.DataFrame:
    """Give later articles a topic, a place on the map, and topics under other seeds.

    Parameters
    ----------
    ids
        Their article_ids.
    vectors
        Their vectors, row for row, centred by the fitted articles' languages if those were.
    fitted
        The topics.
    engine
        What looks up neighbours, block for block.

    Returns
    -------
    pandas.DataFrame
        article_id, topic, topic_strength (the topic's share of the votes), `topic_1` and on, x, y, and `far`:
        whether its mean cosine to its nearest fitted articles is lower than that of a twentieth of the fitted
        articles (2,000 at most are drawn) to theirs.

    Raises
    ------
    VectorError
        The vectors can't be compared with those of the model.
    """
    clusterer = fitted.clusterer
    near = Neighbourhoods.among(vectors, clusterer, engine=engine)
    topics, strength = near.vote(clusterer.point_labels_)
    first = first_rows(clusterer)
    table = pd.DataFrame({ARTICLE_ID: ids.to_numpy(), TOPIC: topics, TOPIC_STRENGTH: strength})
    for name in fitted.runs.columns.drop([ARTICLE_ID, TOPIC]):
        of_points = fitted.runs[name].to_numpy(dtype=np.int64)[first]
        table[name] = near.vote(of_points)[0]
    places = fitted.map[list(MAP_COLUMNS[1:])].to_numpy(dtype=np.float64)[first]
    table[list(MAP_COLUMNS[1:])] = _among(near, places).astype(np.float32)
    table[FAR] = near.cosines.mean(axis=1, dtype=np.float64) < _usual(clusterer, fitted.seed)
    table.loc[table[TOPIC] == OUTLIER, TOPIC_STRENGTH] = 0.0
    return table.astype({TOPIC: "int64", FAR: "bool"})


def first_rows(clusterer: GraphCommunities) -> Indices:
    """Return for every point the first article of the study that is it."""
    where = clusterer.where_
    first = np.empty(len(clusterer.points_), dtype=np.int64)
    first[where[::-1]] = np.arange(len(where))[::-1]
    return first if clusterer.rows_ is None else clusterer.rows_[first]


def _usual(clusterer: GraphCommunities, seed: int) -> float:
    """Return the mean cosine to its neighbours that a twentieth of the fitted articles are below."""
    points = clusterer.points_
    chosen = np.arange(len(points))
    if len(points) > _REFERENCE:
        chosen = np.sort(np.random.default_rng(seed).choice(len(points), _REFERENCE, replace=False))
    _, cosines = nearest(points[chosen], points, min(clusterer.k_ + 1, len(points)))
    return float(np.quantile(cosines[:, 1:].mean(axis=1, dtype=np.float64), USUALLY_FAR))


def _among(found: Neighbourhoods, places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean place on the map of the nearest fitted articles, weighted by nearness."""
    near = slice(0, _MAP_NEIGHBOURS)
    weights = 1.0 / (1e-6 + np.clip(1.0 - found.cosines[:, near].astype(np.float64), 0.0, None)) ** 2
    weights /= weights.sum(axis=1, keepdims=True)
    return np.asarray((places[found.neighbours[:, near]] * weights[:, :, None]).sum(axis=1))
