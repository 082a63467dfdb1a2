"""Diversity and coherence of Chinese topics' terms, ours and those of BERTopic's defaults with jieba.

Corpora: NTREX-128 and SIB-200 in Chinese (see `bench_topic_agreement` for where they are looked for) and 800
articles of the sample. Diversity is the share of different words among the ten terms of all topics. NPMI is
taken over documents of the corpus itself, each side's terms over its own words of the same texts. The peer
runs in the environment of `make peers`; where it can't, that is an error.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.words.table import WordTable
from benchmarks.bench_topic_agreement import data_folder, load, peers_interpreter

Vectors = NDArray[np.float32]
Side = tuple[list[list[str]], WordTable]
"""Terms of every topic, and the words of every text."""
PEER = "BERTopic as peer"
_ARTICLES = 800


def run() -> Iterator[dict[str, Any]]:
    """Yield one row a corpus and measure: name, ours, peer, ratio, unit."""
    for name, texts, vectors in _corpora():
        ours, peer = topics_and_terms(texts, vectors, lang="zh"), peer_terms(texts, vectors, lang="zh")
        counts = f"{len(ours[0])} to {len(peer[0])} topics"
        yield from term_rows(f"terms of {name}, BERTopic with jieba as peer: {counts}", ours, peer)


def term_rows(name: str, ours: Side, peer: Side) -> Iterator[dict[str, Any]]:
    """Yield a row for diversity and one for NPMI."""
    from analysis.topics.coherence import diversity, npmi

    for unit in ("diversity", "NPMI"):
        mine, theirs = (
            diversity(terms)
            if unit == "diversity"
            else float(np.nanmean([npmi(documents, found) for found in terms]))
            for terms, documents in (ours, peer)
        )
        ratio = mine / theirs if min(mine, theirs) > 0 else float("nan")
        yield {"name": name, "ours": mine, "peer": theirs, "ratio": ratio, "unit": unit}


def _corpora() -> Iterator[tuple[str, list[str], Vectors]]:
    """Yield name, texts and vectors of every corpus that is there."""
    import embeddings
    from broadsheet.sample import compose_articles

    for name, file in (("NTREX Chinese", "ntrex"), ("SIB-200 Chinese", "sib200")):
        if not (data_folder() / f"{file}.jsonl.gz").is_file():
            print(f"{name}: no data in {data_folder()}; set BROADSHEET_DATA to measure it", file=sys.stderr)
            continue
        table, vectors = load(file, ("zh",))
        yield name, table["text"].tolist(), vectors
    texts = compose_articles(_ARTICLES, lang="zh", characters=500)["text"].tolist()
    yield "the sample's Chinese articles", texts, embeddings.embed(texts, embeddings.load_encoder())


def topics_and_terms(texts: Sequence[str], vectors: Vectors, *, lang: str) -> Side:
    """Return terms of the topics that a study finds, and the words of the texts."""
    import pandas as pd

    import analysis
    from analysis.topics.terms import topic_terms
    from analysis.words.cut_texts import cut_texts
    from analysis.words.phrases import join_phrases

    langs = [lang] * len(texts)
    words = join_phrases(cut_texts(texts, langs))
    names = [f"text-{row:06d}" for row in range(len(texts))]
    articles = pd.DataFrame({"article_id": names, "text": list(texts), "lang": langs})
    topics = analysis.fit_topics(articles, vectors).assignments["topic"].to_numpy()
    terms = topic_terms(words, topics, langs)
    return [found[lang] for found in terms.values()], words


def peer_terms(texts: Sequence[str], vectors: Vectors, *, lang: str) -> Side:
    """Return terms of the peer's topics, and the words of the texts as it cuts them."""
    script = Path(__file__).with_name("topic_term_peer.py")
    with tempfile.TemporaryDirectory() as folder:
        saved = Path(folder)
        (saved / "texts.json").write_text(json.dumps(list(texts)), encoding="utf-8")
        np.save(saved / "vectors.npy", vectors)
        command = [str(peers_interpreter()), str(script), folder, lang]
        subprocess.run(command, check=True, capture_output=True)
        found = json.loads((saved / "found.json").read_text(encoding="utf-8"))
    return found["terms"], WordTable.from_documents(found["words"])
