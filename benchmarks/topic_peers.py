"""Topics by the peers, in an environment of their own: `python topic_peers.py PEER VECTORS.npy SEED`.

Run by the interpreter of that environment, so it imports nothing of Broadsheet. Prints one line of JSON: the
topic of every vector (-1: none), and the seconds it took. Each peer runs as it comes, its seed given; the
words, which don't bear on the groups, are left out where a peer allows it.
"""

from __future__ import annotations

import json
import sys
import time
import warnings

import numpy as np


def bertopic(vectors: np.ndarray, seed: int) -> np.ndarray:
    """BERTopic's defaults (UMAP to 5 dimensions, HDBSCAN), UMAP's random state given."""
    from bertopic import BERTopic
    from umap import UMAP

    umap = UMAP(
        n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", low_memory=False, random_state=seed
    )
    model = BERTopic(umap_model=umap)
    return np.asarray(model.fit_transform(_numbered(len(vectors)), vectors)[0])


def topeax(vectors: np.ndarray, seed: int) -> np.ndarray:
    """Turftopic's Topeax: t-SNE at perplexity 50, density peaks, a mixture with their means."""
    from sklearn.manifold import TSNE
    from turftopic.models.topeax import Peax

    places = TSNE(2, metric="cosine", perplexity=50, random_state=seed).fit_transform(vectors)
    return np.asarray(Peax().fit(places))


def topica_hdbscan(vectors: np.ndarray, seed: int) -> np.ndarray:
    """Topica's BERTopic with its defaults: its own UMAP, HDBSCAN."""
    return _topica(vectors, seed, "hdbscan")


def topica_leiden(vectors: np.ndarray, seed: int) -> np.ndarray:
    """Topica's BERTopic, UMAP and its Leiden."""
    return _topica(vectors, seed, "leiden")


def _topica(vectors: np.ndarray, seed: int, clusterer: str) -> np.ndarray:
    import topica

    model = topica.BERTopic(clusterer=clusterer, seed=seed)
    model.fit([text.split() for text in _numbered(len(vectors))], vectors.astype(np.float64))
    return np.asarray(model.labels)


def _numbered(n: int) -> list[str]:
    """Texts that differ, since vectors are given and words don't bear on the groups."""
    return [f"article word{at % 97} number{at}" for at in range(n)]


PEERS = {
    "bertopic": bertopic,
    "topeax": topeax,
    "topica-hdbscan": topica_hdbscan,
    "topica-leiden": topica_leiden,
}
"""What the peers are called, here and in the table."""

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    name, path, seeds = sys.argv[1], sys.argv[2], [int(seed) for seed in sys.argv[3:]]
    rows = np.load(path)
    for one in seeds:
        start = time.perf_counter()
        found = PEERS[name](rows, one)
        seconds = time.perf_counter() - start
        print(json.dumps({"topics": [int(t) for t in found], "seconds": seconds, "seed": one}), flush=True)
