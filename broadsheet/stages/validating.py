"""How good topics and themes are on this corpus, and how far vectors follow the language."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.schema import TOPIC
from analysis.topics.tables import optional_strings
from broadsheet.config import Study
from broadsheet.stages.reading import Vectors, told_articles
from broadsheet.storage import sha256, write_json
from corpus.schema import LANG

if TYPE_CHECKING:
    from analysis import Topics

_PARALLEL = "parallel_id"
"""A column that a corpus may bring: the same for articles that are translations of each other."""
_LABEL = "label"
"""Another: what people called each article's subject, to compare topics with."""


def validate_topics(study: Study, articles: pd.DataFrame, vectors: Vectors, topics: Topics) -> dict[str, Any]:
    """Measure topics and the languages' part in them, ready for JSON."""
    import analysis
    import embeddings

    told = told_articles(articles)
    parallel = _PARALLEL in articles
    found: dict[str, Any] = analysis.validate(
        articles[told].reset_index(drop=True),
        vectors.centred[told],
        topics,
        seed=study.seed,
        labels=optional_strings(articles.loc[told, _LABEL]) if _LABEL in articles else None,
    )
    for name, rows in (("language_leakage", vectors.centred), ("language_leakage_raw", vectors.raw)):
        found[name] = embeddings.language_leakage(
            rows,
            articles[LANG].tolist(),
            parallel_ids=articles[_PARALLEL].tolist() if parallel else None,
            seed=study.seed,
        )
    found["topics_and_languages"] = embeddings.topics_and_languages(
        topics.assignments[TOPIC].tolist(),
        articles.loc[told, LANG].tolist(),
        parallel_ids=articles.loc[told, _PARALLEL].tolist() if parallel else None,
    )
    return found


def write_validation(
    study: Study, folder: Path, topics: dict[str, Any], calibration: dict[str, Any]
) -> dict[str, Any]:
    """Write `validation.json`: what was measured of topics, and what the theme probabilities rest on."""
    found = topics | {"theme_calibration": calibration}
    if study.themes.coded is not None:
        coded = Path(study.themes.coded)
        found["theme_calibration"] |= {"coded": coded.name, "coded_sha256": sha256(coded)}
    write_json(found, folder / "validation.json")
    return found
