"""Time, memory and agreement of graph topics against BERTopic's defaults (UMAP, HDBSCAN) on the same vectors.

Texts and vectors are made here, with known topics of unequal size. Each side runs in a process of its own, is
warmed up on a small corpus (numba compiles), and is measured from vectors to a fitted BERTopic with its
terms. The ratio says how many times less time and memory we take, and how many times more agreement with the
truth.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from broadsheet.stopwatch import peak_memory_mb

N_ARTICLES = 3_000
N_TOPICS = 25
_SYLLABLES = [first + second for first in "bdklmnrstv" for second in "aeo"]


def make_corpus(n: int, *, seed: int = 0) -> tuple[list[str], NDArray[np.float32], NDArray[np.int64]]:
    """Return texts of 120 words, unit vectors and topics of all articles; topics differ tenfold in size."""
    random = np.random.default_rng(seed)
    words = np.array(["".join(random.choice(_SYLLABLES, 3)) for _ in range(4_000)])
    sizes = np.geomspace(1.0, 0.1, N_TOPICS)
    topics = random.choice(N_TOPICS, n, p=sizes / sizes.sum())
    weights = (
        random.dirichlet(np.full(len(words), 0.05), N_TOPICS) * 0.5
        + random.dirichlet(np.ones(len(words))) * 0.5
    )
    texts = [" ".join(random.choice(words, 120, p=weights[topic])) for topic in topics]
    centres = random.normal(size=(N_TOPICS, 512))
    vectors = centres[topics] + random.normal(size=(n, 512)) * random.uniform(2.0, 9.0, size=(n, 1))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return texts, vectors.astype(np.float32), topics


def fit_ours(texts: list[str], vectors: NDArray[np.float32]) -> list[int]:
    """Return the topics of graph communities."""
    from analysis.topics.adapter import fit_graph
    from analysis.topics.communities import GraphCommunities
    from analysis.words.cut_texts import cut_texts

    words = cut_texts(texts, ["en"] * len(texts))
    found = GraphCommunities().fit(vectors)
    model = fit_graph(texts, vectors, words, clusterer=found, representation="c-tf-idf", encoder=None)
    return list(model.topics_)


def fit_peer(texts: list[str], vectors: NDArray[np.float32]) -> list[int]:
    """Return the topics of BERTopic as it comes."""
    from bertopic import BERTopic

    return list(BERTopic().fit(texts, vectors).topics_)


def measure(side: str) -> dict[str, float]:
    """Fit one side and return its seconds, peak memory in MB, and agreement with the truth (AMI)."""
    from sklearn.metrics import adjusted_mutual_info_score

    fit = {"ours": fit_ours, "peer": fit_peer}[side]
    texts, vectors, topics = make_corpus(N_ARTICLES)
    fit(texts[:400], vectors[:400])
    start, busy = time.perf_counter(), time.process_time()
    found = fit(texts, vectors)
    seconds, cpu = time.perf_counter() - start, time.process_time() - busy
    peak = peak_memory_mb()
    agreement = float(adjusted_mutual_info_score(topics, found))
    return {"seconds": seconds, "CPU seconds": cpu, "MB": peak, "AMI": agreement}


def run() -> Iterator[dict[str, Any]]:
    """Yield one row a quantity: name, ours, peer, ratio, unit."""
    ours, peer = (_in_own_process(side) for side in ("ours", "peer"))
    names = {
        "seconds": "fit",
        "CPU seconds": "work to fit",
        "MB": "peak memory",
        "AMI": "agreement with the known topics",
    }
    for unit, name in names.items():
        ratio = ours[unit] / peer[unit] if unit == "AMI" else peer[unit] / ours[unit]
        label = f"topics of {N_ARTICLES:,} articles, BERTopic's defaults as peer: {name}"
        yield {"name": label, "ours": ours[unit], "peer": peer[unit], "ratio": ratio, "unit": unit}


def _in_own_process(side: str) -> dict[str, float]:
    """Return what `measure` finds in a fresh process, whose peak memory is its own."""
    command = [sys.executable, "-m", "benchmarks.bench_topics", side]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(sys.argv[1])))
    else:
        for row in run():
            ours, peer, ratio = (f"{row[key]:.3g}" for key in ("ours", "peer", "ratio"))
            print(f"{row['name']}: {ours} to {peer} {row['unit']}, ratio {ratio}")
