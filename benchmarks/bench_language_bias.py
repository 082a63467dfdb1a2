"""Whether topics follow the language, over eight languages, with and without the languages' means taken out.

    python -m benchmarks language_bias            one row a corpus, as the other benchmarks
    python -m benchmarks.bench_language_bias      a Markdown table, language by language

Data: NTREX-128 and SIB-200 in eight languages, all of them translations of each other (see
`bench_topic_agreement` for where they are looked for). Topics are found with the number that is chosen by
itself, on all languages together, with as many seeds as `BROADSHEET_SEEDS` says (3).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.bench_topic_agreement import data_folder, encoded

CORPORA: Final = {"NTREX, 123 stories": "ntrex", "SIB-200, 1,004 sentences": "sib200"}
MARK: Final = 0.9
"""Share of the pairs of translations that are to be in one topic."""


@dataclass(frozen=True)
class Bias:
    """What was found on one corpus, means over the seeds.

    Attributes
    ----------
    pairs
        Share of the pairs of translations that are in one topic, of all and of each language with the others.
    follows
        Adjusted mutual information of topic and language.
    one_language
        Share of the topics with nine tenths of their articles in one language.
    excess
        How much more often neighbours share a language than by chance.
    topics
        Number of topics, seed by seed.
    """

    pairs: dict[str, float]
    follows: float
    one_language: float
    excess: float
    topics: tuple[int, ...]


def run() -> Iterator[dict[str, Any]]:
    """Yield one row a corpus: pairs of translations in one topic, centred as ours, as encoded as the peer."""
    for name, table, raw, centred in _corpora():
        ours, peer = (measure(table, vectors) for vectors in (centred, raw))
        counts = f"{_range(ours.topics)} topics; mark {MARK:.2f}, topic and language AMI {ours.follows:.3f}"
        yield {
            "name": f"{name}, 8 languages, not centred as peer: {counts}",
            "ours": ours.pairs["all"],
            "peer": peer.pairs["all"],
            "ratio": ours.pairs["all"] / peer.pairs["all"],
            "unit": "pairs in one topic",
        }


def measure(table: pd.DataFrame, vectors: NDArray[np.float32]) -> Bias:
    """Find topics with every seed and measure how far they follow the language."""
    from analysis.topics.communities import GraphCommunities
    from embeddings import language_leakage, topics_and_languages

    langs, stories = table["lang"].tolist(), table["parallel_id"].tolist()
    seeds = range(int(os.environ.get("BROADSHEET_SEEDS", "3")))
    found = [GraphCommunities(seed=seed).fit_predict(vectors) for seed in seeds]
    told = [topics_and_languages(topics.tolist(), langs, parallel_ids=stories) for topics in found]
    pairs = [_pairs(table, topics) for topics in found]
    return Bias(
        pairs={name: float(np.mean([one[name] for one in pairs])) for name in pairs[0]},
        follows=float(np.mean([one["ami"] for one in told])),
        one_language=float(np.mean([one["one_language_topics"] for one in told])),
        excess=float(language_leakage(vectors, langs)["excess"] or 0.0),
        topics=tuple(int(topics.max()) + 1 for topics in found),
    )


def _pairs(table: pd.DataFrame, topics: NDArray[np.int64]) -> dict[str, float]:
    """Return the share of pairs of translations in one topic, of all and of each language with the others."""
    wide = table.assign(topic=topics).pivot(index="parallel_id", columns="lang", values="topic")
    shares = {}
    for lang in wide:
        others = wide.drop(columns=lang)
        shares[str(lang)] = float(others.eq(wide[lang], axis=0).to_numpy().mean())
    return {"all": float(np.mean(list(shares.values()))), **shares}


def _corpora() -> Iterator[tuple[str, pd.DataFrame, NDArray[np.float32], NDArray[np.float32]]]:
    """Yield name, texts, vectors as encoded and centred of every corpus that is there."""
    import embeddings

    for name, file in CORPORA.items():
        if not (data_folder() / f"{file}.jsonl.gz").is_file():
            print(f"{name}: no data in {data_folder()}; set BROADSHEET_DATA to measure it", file=sys.stderr)
            continue
        table, vectors = encoded(file, ())
        yield name, table, vectors, embeddings.centre_languages(vectors, table["lang"].tolist())


def _range(numbers: Sequence[int]) -> str:
    low, high = min(numbers), max(numbers)
    return f"{low}–{high}" if low < high else str(low)


def main() -> None:
    """Print the Markdown table: a row a corpus and kind of vectors, a column a language."""
    head: list[str] = []
    for name, table, raw, centred in _corpora():
        for kind, vectors in (("centred", centred), ("as encoded", raw)):
            bias = measure(table, vectors)
            if not head:
                langs = [lang for lang in bias.pairs if lang != "all"]
                names = ["pairs", *langs, "topic–language AMI", "one-language topics", "excess", "topics"]
                head = [f"| corpus | vectors | {' | '.join(names)} |", "|---" * (len(names) + 2) + "|"]
                print("\n".join(head))
            cells = [
                *(f"{share:.3f}" for share in bias.pairs.values()),
                f"{bias.follows:.3f}",
                f"{bias.one_language:.2f}",
                f"{bias.excess:.3f}",
                _range(bias.topics),
            ]
            print(f"| {name} | {kind} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
