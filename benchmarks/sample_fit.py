"""How well topics fitted on a sample agree with topics fitted on all articles, and with the truth.

    python -m benchmarks.sample_fit [N] [FIT_ON …]         10,000 articles; samples of 1,000, 2,000 and 5,000

On a corpus of `benchmarks.scale_corpus`, whose subjects are known. One row a sample: adjusted mutual
information with the topics of all articles and with the subjects, over all articles and over those outside
of the sample, numbers of topics, and seconds. As measure of what chance does, the last row has topics of all
articles under another seed.
"""

from __future__ import annotations

import sys
import time
from typing import Final

import numpy as np

from benchmarks.scale_corpus import make_corpus

_N: Final = 10_000
_SAMPLES: Final = (1_000, 2_000, 5_000)


def run(n: int = _N, samples: tuple[int, ...] = _SAMPLES) -> None:
    """Print the table."""
    from sklearn.metrics import adjusted_mutual_info_score

    from analysis import Topics, fit_topics

    made = make_corpus(n)
    articles = made.articles.rename(columns={"id": "article_id"})

    def fitted(seed: int, fit_on: int) -> tuple[Topics, float]:
        begun = time.process_time()
        found = fit_topics(articles, made.vectors, seed=seed, fit_on=fit_on)
        return found, time.process_time() - begun

    whole, seconds = fitted(0, n)
    numbers = whole.assignments["topic"].to_numpy()
    heads = (
        "fitted on",
        "topics",
        "AMI with all",
        "AMI with subjects",
        "… outside of it",
        "processor seconds",
    )
    sys.stdout.write("| " + " | ".join(heads) + " |\n" + "|---" * len(heads) + "|\n")
    truth = adjusted_mutual_info_score(made.subjects, numbers)
    _row(f"all {n:,}", [f"{len(whole.topics)}", "1", f"{truth:.3f}", "", f"{seconds:.0f}"])
    for name, seed, fit_on in [*((f"{k:,}", 0, k) for k in samples), ("all, other seed", 1, n)]:
        found, seconds = fitted(seed, fit_on)
        other = found.assignments["topic"].to_numpy()
        outside = np.ones(n, dtype=bool)
        outside[found.sample if found.sample is not None else np.arange(n)] = False
        scores = [adjusted_mutual_info_score(kept, other) for kept in (numbers, made.subjects)]
        beyond = adjusted_mutual_info_score(made.subjects[outside], other[outside]) if outside.any() else None
        shown = "" if beyond is None else f"{beyond:.3f}"
        _row(name, [f"{len(found.topics)}", *(f"{score:.3f}" for score in scores), shown, f"{seconds:.0f}"])


def _row(name: str, cells: list[str]) -> None:
    sys.stdout.write(f"| {name} | " + " | ".join(cells) + " |\n")
    sys.stdout.flush()


if __name__ == "__main__":
    given = [int(value) for value in sys.argv[1:]]
    run(given[0] if given else _N, tuple(given[1:]) or _SAMPLES)
