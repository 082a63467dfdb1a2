"""Long articles and encoders that read only so many tokens: parts of equal size, pooled by their tokens."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Embeddings

_BREAKS: Final = tuple(
    re.compile(pattern)
    for pattern in (r"\n+", r"[。！？!?؟।]+[”’」』）)]*\s*|\.\s+", r"[，,；;、]\s*|\s+", r"")
)
"""Where a text is cut, the best first: between paragraphs, sentences, clauses or words, anywhere."""
_MIDDLE: Final = 0.2
"""How far from its middle a text may be cut, as a share of its length."""
_TINY: Final = 1e-9


def split_by_tokens(text: str, *, limit: int, count: Callable[[str], int]) -> list[str]:
    """Split a text into parts of at most `limit` tokens, by halves, at the best break near the middle.

    Halving keeps the parts alike in size, so that no small rest gets a vector of its own.

    Parameters
    ----------
    text
        Any text.
    limit
        Tokens a part, at least 1.
    count
        How many tokens a text has.

    Returns
    -------
    list of str
        The parts, which joined are the text; a single character stays whole however many tokens it has.
    """
    if len(text) < 2 or count(text) <= limit:
        return [text]
    cut = _cut(text)
    parts = (text[:cut], text[cut:])
    return [piece for part in parts for piece in split_by_tokens(part, limit=limit, count=count)]


def pool(vectors: Embeddings, tokens: Sequence[int], owners: Sequence[int], *, n_texts: int) -> Embeddings:
    r"""Pool the vectors of parts: :math:`v = \sum_k n_k v_k / \lVert \sum_k n_k v_k \rVert`.

    The weights :math:`n_k` are the parts' tokens, so that every token of an article counts the same, as it
    would in one mean over all of them.

    Parameters
    ----------
    vectors
        One row a part, of length 1.
    tokens
        Tokens of each part.
    owners
        The text of each part, counted from 0.
    n_texts
        How many texts there are; each has at least one part.
    """
    weights: NDArray[np.float64] = np.maximum(np.asarray(tokens, dtype=np.float64), 1.0)
    total = np.zeros((n_texts, vectors.shape[1]))
    np.add.at(total, np.asarray(owners), vectors.astype(np.float64) * weights[:, None])
    lengths = np.maximum(np.linalg.norm(total, axis=1, keepdims=True), _TINY)
    alone = np.bincount(owners, minlength=n_texts) == 1
    pooled: Embeddings = (total / lengths).astype(np.float32)
    single = np.flatnonzero(alone[np.asarray(owners)])
    pooled[np.asarray(owners)[single]] = vectors[single]
    return pooled


def encode_in_parts(
    texts: Sequence[str],
    *,
    limit: int,
    count: Callable[[str], int],
    encode: Callable[[list[str]], Embeddings],
) -> Embeddings:
    """Split what is too long, encode all parts, and pool them; texts that fit get their vector untouched."""
    parts, owners = [], []
    for owner, text in enumerate(texts):
        for part in split_by_tokens(text, limit=limit, count=count):
            parts.append(part)
            owners.append(owner)
    vectors = encode(parts)
    return pool(vectors, [count(part) for part in parts], owners, n_texts=len(texts))


def _cut(text: str) -> int:
    """Where to cut a text: after the best kind of break within a fifth of the middle."""
    middle = len(text) // 2
    low, high = middle - int(len(text) * _MIDDLE), middle + int(len(text) * _MIDDLE)
    for pattern in _BREAKS[:-1]:
        ends = [match.end() for match in pattern.finditer(text, low, high)]
        ends = [end for end in ends if 0 < end < len(text)]
        if ends:
            return min(ends, key=lambda end: abs(end - middle))
    return middle
