r"""What vectors say about the language of an article rather than its subject: take it out, and measure it.

Multilingual encoders give every language an offset of its own. Where it is large, topics found on the vectors
are languages. `centre_languages` removes it, `embeddings.language_centres` keeps it for articles that come
later, `language_leakage` says how much there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Embeddings
from embeddings.language_centres import LanguageCentres, language_tags

Leakage = dict[str, float | int | str | None]
"""What `language_leakage` found, ready for JSON."""

_GRID: Final = 2048.0
_ROWS_AT_ONCE: Final = 512
_MIXED: Final = 0.2
_APART: Final = 0.3


def centre_languages(vectors: Embeddings, langs: Sequence[str | None]) -> Embeddings:
    r"""Move the articles of every language to a common centre, and make the vectors 1 long again.

    From each vector the mean of all, :math:`m`, and the offset of its language are subtracted. The mean of a
    few articles is their subject more than their language; the offset of language :math:`l` with mean
    :math:`m_l` of :math:`n_l` articles is therefore shrunk by the positive-part factor of James and Stein
    (1961), where :math:`W` is the variance within languages summed over the dimensions:

    .. math:: v' = v - m - \max\left(0,\; 1 - \frac{W / n_l}{\lVert m_l - m \rVert^2}\right) (m_l - m)

    Do not use it to compare what the languages' papers write about: if they write about other things
    throughout, that difference is in the offset too and is taken out with it.

    Parameters
    ----------
    vectors
        One row an article.
    langs
        Language of each row. Rows without one (None or NaN) are moved by the mean of all alone.

    Returns
    -------
    Embeddings
        Rows of length 1. With fewer than two languages there is nothing to take out: a copy of `vectors`.
        A row that lies on the centre itself, so that nothing is left of it, stays what it was.

    Raises
    ------
    ValueError
        The lengths of `vectors` and `langs` differ.
    """
    centres = LanguageCentres.of(vectors, langs)
    return vectors.copy() if centres is None else centres.take_out(vectors, langs)


def language_leakage(
    vectors: Embeddings,
    langs: Sequence[str | None],
    *,
    parallel_ids: Sequence[object] | None = None,
    neighbours: int = 10,
    sample: int = 5000,
    clusters: int = 20,
    seed: int = 0,
) -> Leakage:
    """Measure how much more often an article's nearest neighbours share its language than chance.

    Parameters
    ----------
    vectors
        One row an article, of length 1.
    langs
        Language of each row; rows without one (None or NaN) are left out.
    parallel_ids
        The same for rows that are translations of each other. Only with these can an encoder's bias be told
        from papers that write about different things in different languages.
    neighbours
        Nearest neighbours (by cosine) to look at; at most all the others.
    sample
        Articles whose neighbours are looked up, drawn without replacement if there are more.
    clusters
        Clusters for `parallel_same_cluster`.
    seed
        For the sample and the clusters.

    Returns
    -------
    dict
        `articles`, `languages`, `neighbours`: how many. `same_language`: share of neighbours in the article's
        own language; `chance`: the same if neighbours were drawn at random; `excess`: `(same - chance) /
        (1 - chance)`, 0 for none, 1 if no neighbour ever is of another language, below 0 where translations
        attract each other. `parallel_nearest`: share of texts whose nearest neighbour in another language is
        a translation; `parallel_same_cluster`: share of pairs of translations in the same k-means cluster.
        `verdict`: in words. What can't be measured (one language, no parallel texts) is None.

    Raises
    ------
    ValueError
        Lengths differ, or `neighbours` is below 1.
    """
    tags = language_tags(vectors, langs)
    if neighbours < 1:
        raise ValueError(f"neighbours is {neighbours}; it must be 1 or more")
    kept = tags != ""
    result: Leakage = {
        "articles": int(kept.sum()),
        "languages": len(set(tags[kept])),
        "neighbours": None,
        "same_language": None,
        "chance": None,
        "excess": None,
        "parallel_nearest": None,
        "parallel_same_cluster": None,
        "verdict": None,
    }
    if len(set(tags[kept])) < 2:
        return result
    rows, tags = vectors[kept], tags[kept]
    same, chance, count = _neighbourhood(rows, tags, neighbours=neighbours, sample=sample, seed=seed)
    excess = (same - chance) / (1 - chance)
    result |= {"neighbours": count, "same_language": _round(same), "chance": _round(chance)}
    result |= {"excess": _round(excess), "verdict": _verdict(same, chance, excess, count)}
    if parallel_ids is not None:
        ids = _group_numbers([key for key, keep in zip(parallel_ids, kept, strict=True) if keep])
        result["parallel_nearest"] = _parallel_nearest(rows, tags, ids)
        result["parallel_same_cluster"] = _same_cluster(rows, ids, clusters=clusters, seed=seed)
    return result


def _grid(vectors: Embeddings) -> NDArray[np.float32]:
    """Round to steps of 1/2048: the products of two such vectors of length 1 are exact in float32.

    Neighbours then don't depend on the order a library adds in.
    """
    return np.asarray(np.rint(vectors * _GRID), dtype=np.float32)


def _neighbourhood(
    vectors: Embeddings, tags: NDArray[np.str_], *, neighbours: int, sample: int, seed: int
) -> tuple[float, float, int]:
    """Share of neighbours of the same language, the share by chance, and how many neighbours were used.

    Of articles that are equally near, where not all are among the neighbours, each counts in part.
    """
    count = min(neighbours, len(vectors) - 1)
    asked = np.arange(len(vectors))
    if len(asked) > sample:
        asked = np.sort(np.random.default_rng(seed).choice(len(asked), size=sample, replace=False))
    _, number, sizes = np.unique(tags, return_inverse=True, return_counts=True)
    chance = float(((sizes[number[asked]] - 1) / (len(tags) - 1)).mean())
    points = _grid(vectors)
    same = 0.0
    for first in range(0, len(asked), _ROWS_AT_ONCE):
        part = asked[first : first + _ROWS_AT_ONCE]
        likeness = points[part] @ points.T
        likeness[np.arange(len(part)), part] = -np.inf
        farthest = np.partition(likeness, -count, axis=1)[:, -count, None]
        nearer, tied = likeness > farthest, likeness == farthest
        own = number[part][:, None] == number[None, :]
        room = count - nearer.sum(axis=1)
        same += float(((nearer & own).sum(axis=1) + room * (tied & own).sum(axis=1) / tied.sum(axis=1)).sum())
    return same / (len(asked) * count), chance, count


def _group_numbers(keys: Sequence[object]) -> NDArray[np.int64]:
    """Number the distinct keys in order of appearance."""
    numbers: dict[object, int] = {}
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)


def _parallel_nearest(vectors: Embeddings, tags: NDArray[np.str_], ids: NDArray[np.int64]) -> float | None:
    """Share of the texts that have a translation whose nearest text of another language is one."""
    pairs = {(int(key), str(lang)) for key, lang in zip(ids, tags, strict=True)}
    n_langs = np.bincount([key for key, _ in pairs])
    asked = np.flatnonzero(n_langs[ids] > 1)
    points, hits = _grid(vectors), 0
    for first in range(0, len(asked), _ROWS_AT_ONCE):
        part = asked[first : first + _ROWS_AT_ONCE]
        likeness = points[part] @ points.T
        likeness[tags[part][:, None] == tags[None, :]] = -np.inf
        hits += int((ids[likeness.argmax(axis=1)] == ids[part]).sum())
    return _round(hits / len(asked)) if len(asked) else None


def _same_cluster(vectors: Embeddings, ids: NDArray[np.int64], *, clusters: int, seed: int) -> float | None:
    """Share of pairs of translations that k-means puts together."""
    from sklearn.cluster import KMeans

    model = KMeans(min(clusters, len(vectors)), n_init=3, random_state=seed)
    found = model.fit_predict(vectors)
    total = _pairs(np.bincount(ids))
    both = np.unique(np.stack([ids, found]), axis=1, return_counts=True)[1]
    return _round(_pairs(both) / total) if total else None


def _pairs(counts: NDArray[np.int64]) -> int:
    """Number of pairs within groups of these sizes."""
    return int((counts * (counts - 1) // 2).sum())


def _verdict(same: float, chance: float, excess: float, count: int) -> str:
    """Say in words how far languages lie apart."""
    facts = (
        f"{same:.0%} of an article's {count} nearest neighbours are in its own language, "
        f"{chance:.0%} would be by chance"
    )
    if excess < _MIXED:
        return f"languages mix: {facts}"
    if excess < _APART:
        return f"languages lean apart: {facts}; compare topics across languages with care"
    return f"languages lie apart: {facts}; topics will follow languages unless the papers differ that much"


def _round(value: float) -> float:
    """Round to four digits: no more is meant."""
    return round(float(value), 4)
