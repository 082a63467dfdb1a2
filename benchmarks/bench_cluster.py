"""Embedding by two workers of the engine beside one: what a study on several processes gains.

    python -m benchmarks.bench_cluster [ARTICLES]

Chinese articles of 1,000 characters by the bundled encoder, without a cache. Workers have one thread each and
are started before they are timed; loading the encoder is part of it. The vectors must be those of this
process alone, to the last bit.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import embeddings

ARTICLES = 6_144


def run(n: int = ARTICLES) -> Iterator[dict[str, Any]]:
    """Yield one row: name, ours (two workers), peer (one worker), ratio, unit."""
    import embeddings
    from broadsheet.sample.study import compose_articles

    texts = compose_articles(n, lang="zh", characters=1_000)["text"].tolist()
    (one, first), (two, second) = (_timed(texts, workers) for workers in (1, 2))
    encoder = embeddings.load_encoder()
    sample = slice(0, n, max(1, n // 100))
    if not (np.array_equal(first, second) and np.array_equal(encoder.encode(texts[sample]), first[sample])):
        raise RuntimeError("the engine gave other vectors than this process")
    name = f"embedding {n:,} Chinese articles with two workers of the engine; one worker as peer"
    yield {"name": name, "ours": two, "peer": one, "ratio": one / two, "unit": "seconds"}


def _timed(texts: Sequence[str], workers: int) -> tuple[float, embeddings.Embeddings]:
    """Seconds that so many workers take, and their vectors."""
    import embeddings
    from broadsheet.config import ClusterSettings, Study
    from broadsheet.engines import open_engine

    with open_engine(Study(engine="dask", cluster=ClusterSettings(workers=workers))) as engine:
        start = time.perf_counter()
        vectors = embeddings.embed(texts, embeddings.load_encoder(), engine=engine)
        return time.perf_counter() - start, vectors


if __name__ == "__main__":
    for row in run(*map(int, sys.argv[1:])):
        print(
            f"{row['name']}: {row['ours']:.1f} to {row['peer']:.1f} {row['unit']}, ratio {row['ratio']:.2f}"
        )
