"""The corpus that whole runs are measured on, and the model of their cost."""

from __future__ import annotations

import json

import numpy as np
import pytest

import corpus
import embeddings
from benchmarks.cost_model import CostModel, PowerLaw, exponents, held_back, told
from benchmarks.scale_corpus import make_corpus, write_study
from broadsheet.config import Study


def measured(n: int) -> dict[str, object]:
    """A run whose costs follow power laws."""
    stages = {"reading": 0.001 * n, "topics": 2.0 * n**0.5, "figures": 20.0}
    return {
        "articles": n,
        "processor": sum(stages.values()),
        "processor_stages": stages,
        "peak_mb": 1000 + 0.01 * n,
    }


def test_power_laws_are_found_and_extended():
    model = CostModel.fitted([measured(n) for n in (10_000, 30_000)])
    assert model.stages["reading"].exponent == pytest.approx(1.0)
    assert model.stages["figures"].exponent == pytest.approx(0.0, abs=1e-9)
    assert model.seconds(1e8) == pytest.approx(100_000 + 20_000 + 20)
    assert model.memory.at(1e8) == pytest.approx(1_001_000)
    assert model.lines["reading"].at(1e8) == pytest.approx(100_000)
    assert model.lines["topics"].at(1e8) > 20_000
    assert model.seconds_by_lines(1e8) == pytest.approx(sum(line.at(1e8) for line in model.lines.values()))


def test_what_falls_with_size_counts_as_even():
    law = PowerLaw.fitted([10, 100], [8.0, 2.0])
    assert law.exponent == 0
    assert law.at(1e6) == pytest.approx(4.0)
    with pytest.raises(ValueError, match="two sizes or more"):
        PowerLaw.fitted([10, 10], [1.0, 2.0])


def test_the_greatest_size_is_held_back():
    runs = [measured(n) for n in (10_000, 30_000, 100_000)]
    assert held_back(runs[:2]) is None
    size, seconds, memory = held_back(runs)
    assert size == 100_000
    assert (seconds, memory) == pytest.approx((0, 0), abs=1e-9)
    runs[2]["peak_mb"] *= 2
    assert held_back(runs)[2] == pytest.approx(-0.5)
    assert exponents(runs[:2])[1] == pytest.approx(np.log(1300 / 1100) / np.log(3))
    words = told(runs, size=10**8, machine="a machine", dollars=0.5)
    assert "dollars on a machine at 0.5 dollars an hour" in words
    assert "Held back, 100,000 articles" in words


def test_the_made_corpus_has_subjects_that_vectors_and_words_tell_apart():
    from sklearn.metrics import adjusted_mutual_info_score
    from sklearn.neighbors import KNeighborsClassifier

    made = make_corpus(3000, seed=1)
    assert np.linalg.norm(made.vectors, axis=1) == pytest.approx(1, abs=1e-5)
    lengths = made.articles["text"].str.split().str.len()
    assert lengths.between(50, 110).all()
    half = KNeighborsClassifier(5).fit(made.vectors[::2], made.subjects[::2]).predict(made.vectors[1::2])
    assert adjusted_mutual_info_score(made.subjects[1::2], half) > 0.95
    assert made.articles.equals(make_corpus(3000, seed=1).articles)


def test_the_study_has_its_vectors_in_file_and_cache(tmp_path):
    settings = write_study(tmp_path, 200)
    study = Study.from_toml(settings)
    articles = corpus.read(study.inputs).articles
    assert len(articles) == 200
    brought = embeddings.read_vectors(study.embeddings.vectors, articles["article_id"].tolist())
    texts = (articles["title"] + "\n" + articles["text"]).tolist()
    encoder = embeddings.load_encoder()
    encoder.encode = pytest.fail
    kept = embeddings.embed(texts, encoder, cache=tmp_path / "cache" / "vectors")
    same_text = articles.assign(text=texts).drop_duplicates("text").index
    assert np.allclose(brought[same_text], kept[same_text], atol=1e-6)
    json.dumps(study.to_dict())
