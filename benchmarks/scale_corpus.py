"""A corpus of short articles of any size, with vectors for all of them, for measuring whole runs.

English texts of 50 to 100 words: of the words of all, of a subject, and seed terms of the bundled codebook.
Each subject has stories, and the vectors lie about the middles of stories, which lie about those of subjects.
One article in thirty is a reprint in another paper.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

SUBJECTS: Final = 60
SETTINGS: Final = "study.toml"
_STORIES: Final = 12
_DIMENSION: Final = 512
_COMMON, _OWN = 4_000, 80
_SOURCES: Final = 20
_DAYS: Final = 730
_REPRINTED: Final = 30
_SYLLABLES: Final = [
    "".join(parts) for parts in product("bdfghklmnprstvwz", "aeiou", ["", "n", "r", "st", "l"])
]
_AT_ONCE: Final = 20_000


@dataclass(frozen=True)
class ScaleCorpus:
    """Articles with their vectors, and the subject that each was made of."""

    articles: pd.DataFrame
    vectors: NDArray[np.float32]
    subjects: NDArray[np.int64]


def make_corpus(n: int, *, seed: int = 0) -> ScaleCorpus:
    """Make `n` articles: id, title, text, date, source and lang, with unit vectors and subjects."""
    random = np.random.default_rng(seed)
    subjects = random.choice(SUBJECTS, n, p=_sizes())
    stories = random.integers(0, _STORIES, n)
    texts = _texts(subjects, stories, random)
    vectors = _vectors(subjects, stories, random)
    again = np.flatnonzero(random.integers(0, _REPRINTED, n) == 0)
    again = again[again > 0]
    first = (again * random.random(len(again))).astype(np.int64)
    for at, of in zip(again.tolist(), first.tolist(), strict=True):
        texts[at] = texts[of]
    vectors[again], subjects[again] = vectors[first], subjects[first]
    days = np.datetime64("2021-01-01") + random.integers(0, _DAYS, n)
    table = pd.DataFrame(
        {
            "id": [f"a{number:07d}" for number in range(n)],
            "title": [" ".join(text.split(" ", 6)[:6]).capitalize() for text in texts],
            "text": texts,
            "date": np.datetime_as_string(days),
            "source": [f"Paper {number:02d}" for number in random.integers(0, _SOURCES, n)],
            "lang": "en",
        }
    )
    return ScaleCorpus(table, vectors, subjects)


def write_study(folder: Path, n: int, *, seed: int = 0) -> Path:
    """Write a study of `n` articles with vectors given, and return its settings' file.

    The vectors also stand in the cache of the default encoder, as after an earlier run: themes always take
    the encoder's.
    """
    made = make_corpus(n, seed=seed)
    folder.mkdir(parents=True, exist_ok=True)
    made.articles.to_parquet(folder / "articles.parquet", index=False)
    np.savez(
        folder / "vectors.npz",
        article_id=made.articles["id"].to_numpy(dtype="U8"),
        vector=made.vectors,
    )
    _fill_cache(folder / "cache" / "vectors", made)
    settings = folder / SETTINGS
    settings.write_text(
        'title = "Scale"\ninputs = ["articles.parquet"]\n\n[embeddings]\nvectors = "vectors.npz"\n', "utf-8"
    )
    return settings


def _fill_cache(folder: Path, made: ScaleCorpus) -> None:
    """Keep the vectors as the default encoder's."""
    from embeddings import load_encoder
    from embeddings.cache import VectorCache, key_of

    name = load_encoder().name
    texts = (made.articles["title"] + "\n" + made.articles["text"]).tolist()
    with VectorCache(folder) as store:
        for start in range(0, len(texts), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            keys = [key_of(name, text) for text in texts[part]]
            store.put(dict(zip(keys, made.vectors[part], strict=True)), encoder=name)


def _sizes() -> NDArray[np.float64]:
    """The share of each subject: the greatest has some ten times the articles of the least."""
    weights = 1.0 / np.sqrt(1.0 + np.arange(SUBJECTS) * 1.7)
    return np.asarray(weights / weights.sum())


def _words(n: int, random: np.random.Generator) -> NDArray[np.str_]:
    """`n` made-up words that differ."""
    found: dict[str, None] = {}
    while len(found) < n:
        found["".join(random.choice(_SYLLABLES, random.integers(2, 5)))] = None
    return np.array(list(found), dtype=np.str_)


def _texts(subjects: NDArray[np.int64], stories: NDArray[np.int64], random: np.random.Generator) -> list[str]:
    """A text for each article: half of its words are all subjects', the rest its own and its story's."""
    from analysis import load_codebook

    words = _words(_COMMON + SUBJECTS * _OWN, random)
    common, own = words[:_COMMON], words[_COMMON:].reshape(SUBJECTS, _OWN)
    themes = load_codebook("local_governance").themes
    seeds = [[term.text.strip("*") for term in theme.terms.get("en", ())][:20] for theme in themes]
    chance = 1.0 / np.arange(1, _COMMON + 1)
    chance /= chance.sum()
    lengths = random.integers(50, 101, len(subjects))
    drawn = np.split(random.choice(common, lengths.sum(), p=chance), np.cumsum(lengths)[:-1])
    texts = []
    for subject, story, text in zip(subjects.tolist(), stories.tolist(), drawn, strict=True):
        at = random.random(len(text)) < 0.4
        place = (random.beta(1, 3, at.sum()) * _OWN + story * 5).astype(np.int64) % _OWN
        text[at] = own[subject][place]
        shown = text.tolist()
        if subject % 3:
            term = seeds[subject % len(seeds)]
            shown[random.integers(0, len(shown))] = term[random.integers(0, len(term))]
        texts.append(" ".join(shown) + ".")
    return texts


def _vectors(
    subjects: NDArray[np.int64], stories: NDArray[np.int64], random: np.random.Generator
) -> NDArray[np.float32]:
    """A unit vector for each article, about its story's middle."""
    shape = (SUBJECTS, _STORIES, _DIMENSION)
    middles = random.standard_normal((SUBJECTS, 1, _DIMENSION)) + 0.6 * random.standard_normal(shape)
    vectors = np.empty((len(subjects), _DIMENSION), dtype=np.float32)
    for start in range(0, len(subjects), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        rows = middles[subjects[part], stories[part]]
        rows = rows + 0.9 * random.standard_normal(rows.shape)
        vectors[part] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return vectors


if __name__ == "__main__":
    write_study(Path(sys.argv[1]), int(sys.argv[2]))
