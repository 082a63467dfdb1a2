"""A study's topics by the peers, in their own environment: `python study_peers.py PEER FOLDER`.

Run by the interpreter of that environment, so it imports nothing of Broadsheet. Prints one line of JSON: the
seconds from vectors to results, without imports, and the most megabytes the process held. FOLDER holds
`articles.jsonl` and `vectors.npy`.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np


def bertopic(articles: list[dict[str, str]], vectors: np.ndarray) -> Callable[[], object]:
    """BERTopic as its documentation has it for Chinese: jieba's words, its defaults, and topics over time."""
    import jieba
    import pandas as pd
    from bertopic import BERTopic
    from sklearn.feature_extraction.text import CountVectorizer

    texts = [article["text"] for article in articles]
    months = list(pd.to_datetime([article["date"][:7] for article in articles]))

    def study() -> object:
        words = CountVectorizer(tokenizer=jieba.lcut, token_pattern=None)
        model = BERTopic(vectorizer_model=words, language="multilingual")
        model.fit(texts, vectors)
        return model.topics_over_time(texts, months)

    return study


def topica(articles: list[dict[str, str]], vectors: np.ndarray) -> Callable[[], object]:
    """Topica's BERTopic with its defaults, the fit alone; words are cut before."""
    import jieba
    import topica as package

    words = [jieba.lcut(article["text"]) for article in articles]
    wide = vectors.astype(np.float64)
    return lambda: package.BERTopic(seed=0).fit(words, wide)


def _peak() -> float:
    """The most megabytes that this process held; `getrusage` counts what held the process that began it."""
    lines = Path("/proc/self/status").read_text("ascii", "replace").splitlines()
    return next(float(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith("VmHWM:"))


PEERS = {"bertopic": bertopic, "topica": topica}

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    name, folder = sys.argv[1], Path(sys.argv[2])
    with (folder / "articles.jsonl").open(encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    study = PEERS[name](articles, np.load(folder / "vectors.npy"))
    start = time.perf_counter()
    study()
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "MB": _peak()}), flush=True)
