"""Language bias is found where there is some, and taken out where it can be."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from embeddings import Embeddings, LanguageCentres, centre_languages, language_leakage
from embeddings.loading import UseEncoder

SHARED = Path(__file__).parents[2].parent / "shared" / "data"


def biased(sizes: dict[str, int], *, bias: float, seed: int = 0) -> tuple[Embeddings, list[str], list[int]]:
    """Subjects shared by all languages, plus an offset of length `bias` a language; returns the truth too."""
    generator = np.random.default_rng(seed)
    subjects = generator.normal(size=(8, 64))
    subjects /= np.linalg.norm(subjects, axis=1, keepdims=True)
    rows: list[NDArray[np.float64]] = []
    langs: list[str] = []
    ids: list[int] = []
    for lang, size in sizes.items():
        offset = generator.normal(size=64)
        offset *= bias / np.linalg.norm(offset)
        subject = np.arange(size) % 8
        rows.append(subjects[subject] + offset + generator.normal(scale=0.06, size=(size, 64)))
        langs += [lang] * size
        ids += subject.tolist()
    vectors = np.concatenate(rows)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors.astype(np.float32), langs, ids


def test_no_bias_no_leakage() -> None:
    vectors, langs, _ = biased({"zh": 300, "en": 200, "ru": 100}, bias=0)
    found = language_leakage(vectors, langs)
    assert abs(float(found["excess"] or 0)) < 0.05
    assert str(found["verdict"]).startswith("languages mix")


def test_bias_is_found_and_taken_out() -> None:
    vectors, langs, ids = biased({"zh": 300, "en": 200, "ru": 100}, bias=1)
    before = language_leakage(vectors, langs, parallel_ids=ids, clusters=8)
    after = language_leakage(centre_languages(vectors, langs), langs, parallel_ids=ids, clusters=8)
    assert float(before["excess"] or 0) > 0.95
    assert "topics will follow languages" in str(before["verdict"])
    assert float(after["excess"] or 0) < 0.1
    assert float(after["parallel_nearest"] or 0) > 0.99
    assert float(before["parallel_same_cluster"] or 1) < 0.5 < float(after["parallel_same_cluster"] or 0)


def test_few_articles_keep_their_subject() -> None:
    """Three articles of one subject must not lose it: their mean is mostly subject, not language."""
    vectors, langs, ids = biased({"zh": 400, "en": 400}, bias=0.2)
    few = np.flatnonzero(np.array(ids[:400]) == 3)[:3]
    tags = langs.copy()
    for row in few:
        tags[row] = "fr"
    moved = centre_languages(vectors, tags)
    others = [row for row in range(400) if ids[row] == 3 and row not in few]
    strangers = [row for row in range(400) if ids[row] != 3]
    near = (moved[few] @ moved[others].T).mean()
    far = (moved[few] @ moved[strangers].T).mean()
    assert near > far + 0.3


def test_centred_rows_have_length_one_and_input_is_untouched() -> None:
    vectors, langs, _ = biased({"zh": 30, "en": 1}, bias=1)
    copy = vectors.copy()
    moved = centre_languages(vectors, [*langs[:-2], None, langs[-1]])
    np.testing.assert_allclose(np.linalg.norm(moved, axis=1), 1, atol=1e-6)
    assert moved.dtype == np.float32
    assert np.array_equal(copy, vectors)


def test_nothing_to_centre() -> None:
    vectors, langs, _ = biased({"zh": 20}, bias=1)
    assert np.array_equal(centre_languages(vectors, langs), vectors)
    assert np.array_equal(centre_languages(vectors, [float("nan")] * 20), vectors)  # type: ignore[list-item]
    assert centre_languages(vectors[:0], []).shape == (0, 64)
    same = np.repeat(vectors[:1], 4, axis=0)
    assert np.array_equal(centre_languages(same, ["zh", "zh", "en", "en"]), same)


def test_singletons_only() -> None:
    vectors, _, _ = biased({"zh": 3}, bias=1)
    moved = centre_languages(vectors, ["zh", "en", "ru"])
    assert np.isfinite(moved).all()


def test_order_of_rows_does_not_matter() -> None:
    vectors, langs, ids = biased({"zh": 120, "en": 80}, bias=0.5)
    order = np.random.default_rng(1).permutation(200)
    shuffled = language_leakage(
        vectors[order], [langs[row] for row in order], parallel_ids=[ids[row] for row in order], clusters=8
    )
    straight = language_leakage(vectors, langs, parallel_ids=ids, clusters=8)
    assert {**shuffled, "parallel_same_cluster": 0} == {**straight, "parallel_same_cluster": 0}


def test_order_of_equally_near_rows_does_not_matter() -> None:
    vectors, _, _ = biased({"zh": 12}, bias=0)
    vectors = np.repeat(vectors, 20, axis=0)
    langs = ["zh" if row % 20 < 12 else "en" for row in range(240)]
    found = [
        language_leakage(vectors[order], [langs[row] for row in order])
        for order in (np.arange(240), np.arange(240)[::-1], np.random.default_rng(4).permutation(240))
    ]
    assert found[0] == found[1] == found[2]
    # 19 copies of an article share its ten places: 11 of 19 are Chinese for 12 of 20, 7 of 19 English for 8.
    assert found[0]["same_language"] == pytest.approx((0.6 * 11 + 0.4 * 7) / 19, abs=1e-4)


def test_one_language_gives_no_verdict() -> None:
    vectors, langs, _ = biased({"zh": 20}, bias=1)
    found = language_leakage(vectors, langs)
    assert found["verdict"] is None
    assert found["excess"] is None
    assert found["articles"] == 20
    assert json.loads(json.dumps(found)) == found


def test_two_articles() -> None:
    vectors, _, _ = biased({"zh": 2}, bias=1)
    found = language_leakage(vectors, ["zh", "en"])
    assert (found["neighbours"], found["same_language"], found["chance"]) == (1, 0, 0)


def test_same_seed_same_sample() -> None:
    vectors, langs, _ = biased({"zh": 200, "en": 200}, bias=0.1)
    first = language_leakage(vectors, langs, sample=50, seed=1)
    assert first == language_leakage(vectors, langs, sample=50, seed=1)
    assert first != language_leakage(vectors, langs, sample=50, seed=2)


def test_bad_input() -> None:
    vectors, langs, _ = biased({"zh": 4, "en": 4}, bias=1)
    with pytest.raises(ValueError, match="8 vectors but 7 languages"):
        centre_languages(vectors, langs[:7])
    with pytest.raises(ValueError, match="must be 1 or more"):
        language_leakage(vectors, langs, neighbours=0)


def test_parallel_sentences_of_eight_languages_mix(encoder: UseEncoder) -> None:
    path = SHARED / "sib200.jsonl.gz"
    if not path.is_file():
        pytest.skip(f"{path} is not there")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        sentences = [json.loads(line) for line in lines]
    chosen = set(sorted({sentence["parallel_id"] for sentence in sentences})[:60])
    sentences = [sentence for sentence in sentences if sentence["parallel_id"] in chosen]
    found = language_leakage(
        encoder.encode([sentence["text"] for sentence in sentences]),
        [sentence["lang"] for sentence in sentences],
        parallel_ids=[sentence["parallel_id"] for sentence in sentences],
    )
    assert float(found["excess"] or 0) < 0.1
    assert float(found["parallel_nearest"] or 0) > 0.98
    assert float(found["parallel_same_cluster"] or 0) > 0.85


def test_offsets_are_kept_for_articles_that_come_later(tmp_path: Path) -> None:
    vectors, langs, _ = biased({"zh": 300, "en": 200, "ru": 100}, bias=1)
    first, later = np.arange(len(vectors)) % 3 > 0, np.arange(len(vectors)) % 3 == 0
    tags = np.array(langs, dtype=object)
    centres = LanguageCentres.of(vectors[first], tags[first].tolist())
    assert centres is not None
    centres.save(tmp_path / "centres.safetensors")
    again = LanguageCentres.load(tmp_path / "centres.safetensors")
    moved = again.take_out(vectors[later], tags[later].tolist())
    assert np.array_equal(moved, centres.take_out(vectors[later], tags[later].tolist()))
    assert np.array_equal(
        centres.take_out(vectors[first], tags[first].tolist()),
        centre_languages(vectors[first], tags[first].tolist()),
    )
    before = language_leakage(vectors[later], tags[later].tolist())["excess"]
    after = language_leakage(moved, tags[later].tolist())["excess"]
    assert isinstance(before, float)
    assert isinstance(after, float)
    assert after < before / 2
    unknown = again.take_out(vectors[later][:1], ["xx"])
    assert np.array_equal(unknown, again.take_out(vectors[later][:1], [None]))
    assert LanguageCentres.of(vectors, ["en"] * len(vectors)) is None
