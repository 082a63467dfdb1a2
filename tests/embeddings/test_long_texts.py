"""Splitting by tokens and pooling by them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings.long_texts import encode_in_parts, pool, split_by_tokens


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.integers(1, 50))
def test_parts_fit_and_join_to_the_text(text: str, limit: int) -> None:
    parts = split_by_tokens(text, limit=limit, count=len)
    assert "".join(parts) == text
    assert all(len(part) <= limit for part in parts)


def test_texts_are_cut_between_sentences_where_that_is_near_the_middle() -> None:
    text = "一二三四五六七八。九十一二三四五六，七八九十。"
    assert split_by_tokens(text, limit=15, count=len) == ["一二三四五六七八。", text[9:]]
    words = "one two three four five six"
    parts = split_by_tokens(words, limit=4, count=lambda part: len(part.split()))
    assert parts == ["one two three ", "four five six"]


def test_halves_are_alike_in_size() -> None:
    sizes = [len(part) for part in split_by_tokens("字" * 1001, limit=100, count=len)]
    assert max(sizes) - min(sizes) <= 1


def test_pooled_vectors_are_the_mean_over_tokens() -> None:
    vectors = np.eye(3, dtype=np.float32)
    pooled = pool(vectors, [3, 4, 9], [0, 0, 1], n_texts=2)
    assert pooled[0] == pytest.approx([0.6, 0.8, 0.0])
    assert pooled[1].tobytes() == vectors[2].tobytes()


def test_a_text_that_fits_keeps_its_vector_to_the_bit() -> None:
    def encode(parts: list[str]) -> np.ndarray:
        rows = np.array([[len(part), 1.0] for part in parts], dtype=np.float32)
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)

    found = encode_in_parts(["abc", "x" * 20], limit=10, count=len, encode=encode)
    assert found[0].tobytes() == encode(["abc"])[0].tobytes()
    assert found[1] == pytest.approx(encode(["x" * 10])[0])
