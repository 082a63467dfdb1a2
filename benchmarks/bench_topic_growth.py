"""How the number of topics grows with the corpus, ours and that of BERTopic's defaults, on the same vectors.

    python -m benchmarks topic_growth FILE

FILE has one speech a line (`text`; gzipped JSON lines); without it, `ungd_25.jsonl.gz` in the folder of the
other data sets is taken. A document is a paragraph of 120 characters or more, and a sample of a size is drawn
from all paragraphs with seed 0, the smaller samples being part of the larger. Sizes beyond the file are cut
down to it. With `BROADSHEET_PASSAGES=300` a document is a passage: longer paragraphs are halved between
sentences until no part has more characters, and parts of 120 or more count, so that a file of speeches makes
more of them; all sizes are then drawn from passages. For each size also the diversity of the terms and their
NPMI over the sample's own documents; last, the factor between the most and the fewest topics. Ours are found
as in a study: of more than 20,000 documents on a sample of as many, among which the others are placed.
`BROADSHEET_GROWTH` names other sizes (`1000,5000`).
"""

from __future__ import annotations

import gzip
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.bench_topic_agreement import data_folder
from benchmarks.bench_topic_terms import PEER, Side, peer_terms, term_rows, topics_and_terms

SIZES: Final = (1_000, 5_000, 20_000, 70_000)
_SHORTEST: Final = 120


def run(file: str | None = None) -> Iterator[dict[str, Any]]:
    """Yield rows of every size: topics, diversity and NPMI; last the factor of growth."""
    import embeddings

    path = Path(file) if file else data_folder() / "ungd_25.jsonl.gz"
    if not path.is_file():
        print(f"topic growth: no file {path}; name one, or set BROADSHEET_DATA", file=sys.stderr)
        return
    found = paragraphs(path)
    counts: dict[str, list[int]] = {"ours": [], "peer": []}
    for size in sizes(len(found)):
        texts = found[:size]
        vectors = embeddings.embed(texts, embeddings.load_encoder(), cache=embeddings.default_cache())
        sides: dict[str, Side] = {
            "ours": topics_and_terms(texts, vectors, lang="en"),
            "peer": peer_terms(texts, vectors, lang="en"),
        }
        for side, (terms, _) in sides.items():
            counts[side].append(len(terms))
        ours, peer = counts["ours"][-1], counts["peer"][-1]
        name = f"topics of {size:,} paragraphs, BERTopic as peer"
        yield {"name": name, "ours": ours, "peer": peer, "ratio": peer / ours, "unit": "topics"}
        yield from term_rows(f"terms of {size:,} paragraphs, {PEER}", sides["ours"], sides["peer"])
    mine, theirs = (max(counts[side]) / min(counts[side]) for side in counts)
    name = "most topics over fewest, all sizes"
    yield {"name": name, "ours": mine, "peer": theirs, "ratio": theirs / mine, "unit": "factor"}


def sizes(n_paragraphs: int) -> list[int]:
    """Return the sizes of the samples, none beyond the number of paragraphs."""
    given = os.environ.get("BROADSHEET_GROWTH")
    wanted = [int(size) for size in given.split(",")] if given else list(SIZES)
    return sorted({min(size, n_paragraphs) for size in wanted})


def paragraphs(path: Path) -> list[str]:
    """Return the paragraphs of a file of speeches in an order drawn at random, each once."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [part.strip() for line in lines for part in json.loads(line)["text"].split("\n")]
    longest = int(os.environ.get("BROADSHEET_PASSAGES", "0"))
    if longest:
        from embeddings.long_texts import split_by_tokens

        parts = (split_by_tokens(text, limit=longest, count=len) for text in texts)
        texts = [part.strip() for pieces in parts for part in pieces]
    long = list(dict.fromkeys(part for part in texts if len(part) >= _SHORTEST))
    return [long[at] for at in np.random.default_rng(0).permutation(len(long))]
