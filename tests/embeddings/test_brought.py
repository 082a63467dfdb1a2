"""Vectors that the user brings."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from embeddings import VectorsError, read_vectors

IDS = np.array(["b", "a", "c"])
VECTORS = np.array([[0.0, 2.0], [3.0, 4.0], [1.0, 0.0]])


def test_both_kinds_of_file_come_in_the_order_of_the_articles(tmp_path: Path) -> None:
    np.savez(tmp_path / "v.npz", article_id=IDS, vector=VECTORS)
    pd.DataFrame({"article_id": IDS, "vector": VECTORS.tolist()}).to_parquet(tmp_path / "v.parquet")
    for name in ("v.npz", "v.parquet"):
        found = read_vectors(tmp_path / name, ["a", "b"])
        assert found.dtype == np.float32
        assert found == pytest.approx(np.array([[0.6, 0.8], [0.0, 1.0]]))


def test_what_cannot_be_used_is_named(tmp_path: Path) -> None:
    def saved(ids: object, vectors: object) -> Path:
        np.savez(tmp_path / "v.npz", article_id=np.array(ids), vector=np.array(vectors))
        return tmp_path / "v.npz"

    with pytest.raises(VectorsError, match="1 of 2 articles have no vector, 'z' among them"):
        read_vectors(saved(IDS, VECTORS), ["a", "z"])
    with pytest.raises(VectorsError, match="'a' has two vectors"):
        read_vectors(saved(["a", "a"], VECTORS[:2]), ["a"])
    with pytest.raises(VectorsError, match="vector of 'a' is zero or holds NaN"):
        read_vectors(saved(["a"], [[0.0, 0.0]]), ["a"])
    with pytest.raises(VectorsError, match="3 ids and vectors of shape"):
        read_vectors(saved(IDS, VECTORS[:2]), ["a"])
    with pytest.raises(VectorsError, match="no such file"):
        read_vectors(tmp_path / "nowhere.npz", ["a"])
    (tmp_path / "v.csv").write_text("a,1")
    with pytest.raises(VectorsError, match=r"come as .parquet or .npz"):
        read_vectors(tmp_path / "v.csv", ["a"])
    pd.DataFrame({"id": ["a"]}).to_parquet(tmp_path / "w.parquet")
    with pytest.raises(VectorsError, match="needs the columns article_id and vector"):
        read_vectors(tmp_path / "w.parquet", ["a"])
