"""Agreement of topics with human labels, ours and the peers', on the same texts and vectors, mean of 5 seeds.

Data: SIB-200 and NTREX-128 as `sib200.jsonl.gz` and `ntrex.jsonl.gz` in `../shared/data` or in the folder
that `BROADSHEET_DATA` names. Where they are missing nothing is measured, and that is said. Peers run in an
environment of their own (`make peers` builds `build/peers`; `BROADSHEET_PEERS` names another interpreter);
one that can't run there is said by name. In a corpus of several languages all get the vectors with the
languages' means taken out.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.topic_peers import PEERS

SEEDS = (0, 1, 2, 3, 4)
STUDIES = {
    "SIB-200 Chinese": ("sib200", ("zh",), "label"),
    "SIB-200 English": ("sib200", ("en",), "label"),
    "SIB-200 Chinese and English": ("sib200", ("zh", "en"), "label"),
    "SIB-200 in 8 languages": ("sib200", (), "label"),
    "NTREX, parallel stories in 8 languages": ("ntrex", (), "parallel_id"),
}
"""Name → file, languages (none: all), and the column that topics are compared with."""


def load(file: str, langs: tuple[str, ...]) -> tuple[pd.DataFrame, NDArray[np.float32]]:
    """Return the documents of a study and their vectors, the languages' means taken out."""
    import embeddings

    table, vectors = encoded(file, langs)
    return table, embeddings.centre_languages(vectors, table["lang"].tolist())


def encoded(file: str, langs: tuple[str, ...]) -> tuple[pd.DataFrame, NDArray[np.float32]]:
    """Return the documents of a study and their vectors as encoded, from the cache where it has them."""
    import embeddings

    path = data_folder() / f"{file}.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        table = pd.DataFrame([json.loads(line) for line in lines])
    if langs:
        table = table[table["lang"].isin(langs)].reset_index(drop=True)
    return table, embeddings.embed(
        table["text"].tolist(), embeddings.load_encoder(), cache=embeddings.default_cache()
    )


def run() -> Iterator[dict[str, Any]]:
    """Yield one row a study and peer: name, ours, peer, ratio, unit."""
    if not (data_folder() / "sib200.jsonl.gz").is_file():
        print(f"topic agreement: no data in {data_folder()}; set BROADSHEET_DATA to measure it")
        return
    for study, (file, langs, column) in STUDIES.items():
        table, vectors = load(file, langs)
        ours = [_ours(vectors, seed) for seed in SEEDS]
        score = _agreement(table[column], ours)
        if table["parallel_id"].duplicated().any():
            shares = float(np.mean([same_topic(table["parallel_id"], found) for found in ours]))
            name = f"{study}: pairs of translations in one topic, .90 as mark"
            yield {"name": name, "ours": shares, "peer": 0.9, "ratio": shares / 0.9, "unit": "share"}
        for peer in PEERS:
            found = _peer(peer, vectors)
            if found is None:
                continue
            theirs = _agreement(table[column], found)
            counts = f"{_counts(ours)} topics to {_counts(found)}"
            name = f"{study}, {peer} as peer: {counts}"
            yield {"name": name, "ours": score, "peer": theirs, "ratio": score / theirs, "unit": "AMI"}


def same_topic(groups: pd.Series[Any], topics: NDArray[np.int64]) -> float:
    """Return the share of pairs of a group that are in the same topic."""
    table = pd.crosstab(groups.to_numpy(), topics).to_numpy()
    sizes = table.sum(axis=1)
    return float((table * (table - 1)).sum() / (sizes * (sizes - 1)).sum())


def _ours(vectors: NDArray[np.float32], seed: int) -> NDArray[np.int64]:
    from analysis.topics.communities import GraphCommunities

    return GraphCommunities(seed=seed).fit_predict(vectors)


def _peer(peer: str, vectors: NDArray[np.float32]) -> list[NDArray[np.int64]] | None:
    """Return the topics of a peer for every seed; None, said by name, where it can't run."""
    script = Path(__file__).with_name("topic_peers.py")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "vectors.npy"
        np.save(path, vectors)
        command = [str(peers_interpreter()), str(script), peer, str(path), *map(str, SEEDS)]
        try:
            done = subprocess.run(command, check=True, capture_output=True, text=True)
        except (OSError, subprocess.CalledProcessError) as error:
            reason = (getattr(error, "stderr", None) or str(error)).strip().splitlines()[-1]
            print(f"{peer} could not run in {peers_interpreter()}: {reason}", file=sys.stderr)
            return None
    lines = [line for line in done.stdout.splitlines() if line.startswith('{"topics"')]
    return [np.asarray(json.loads(line)["topics"]) for line in lines]


def _agreement(labels: pd.Series[Any], found: list[NDArray[np.int64]]) -> float:
    from sklearn.metrics import adjusted_mutual_info_score

    return float(np.mean([adjusted_mutual_info_score(labels, topics) for topics in found]))


def _counts(found: list[NDArray[np.int64]]) -> str:
    sizes = [len(set(topics.tolist()) - {-1}) for topics in found]
    return f"{min(sizes)}–{max(sizes)}" if min(sizes) < max(sizes) else str(min(sizes))


def data_folder() -> Path:
    """Return where the data sets are."""
    return Path(os.environ.get("BROADSHEET_DATA", "../shared/data"))


def peers_interpreter() -> Path:
    """Return the interpreter of the environment the peers are in."""
    return Path(os.environ.get("BROADSHEET_PEERS", "build/peers/bin/python"))
