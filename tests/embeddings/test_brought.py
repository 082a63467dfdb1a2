"""Vectors that the user brings."""

from contextlib import suppress
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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


FLOATS = st.floats(width=32) | st.sampled_from([0.0, 1e38, -1e38, float("nan"), float("inf"), 1e-30])


@settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.lists(FLOATS, min_size=0, max_size=3), min_size=1, max_size=4), st.booleans())
def test_any_numbers_are_brought_to_length_one_or_refused(
    tmp_path: Path, rows: list[list[float]], npz: bool
) -> None:
    ids = [f"a{number}" for number in range(len(rows))]
    if npz and len({len(row) for row in rows}) == 1:
        path = tmp_path / "v.npz"
        np.savez(path, article_id=np.array(ids), vector=np.array(rows, dtype=np.float32))
    else:
        path = tmp_path / "v.parquet"
        pd.DataFrame({"article_id": ids, "vector": rows}).to_parquet(path)
    with suppress(VectorsError):
        found = read_vectors(path, ids)
        assert found.shape == (len(rows), len(rows[0]))
        assert np.linalg.norm(found, axis=1) == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize("suffix", [".npz", ".parquet"])
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.binary(max_size=200), st.integers(0, 2000))
def test_a_damaged_file_is_an_error_of_ours(tmp_path: Path, suffix: str, bytes_: bytes, place: int) -> None:
    whole = tmp_path / f"v{suffix}"
    if suffix == ".npz":
        np.savez(whole, article_id=IDS, vector=VECTORS)
    else:
        pd.DataFrame({"article_id": IDS, "vector": VECTORS.tolist()}).to_parquet(whole)
    content = whole.read_bytes()
    at = place % len(content)
    whole.write_bytes(content[:at] + bytes_ + content[at + len(bytes_) :])
    with suppress(VectorsError):
        found = read_vectors(whole, ["a", "b"])
        assert np.linalg.norm(found, axis=1) == pytest.approx(1.0, abs=1e-5)


def test_objects_are_not_unpickled(tmp_path: Path) -> None:
    class Deed:
        def __reduce__(self) -> tuple[object, ...]:
            return (Path.touch, (tmp_path / "unpickled",))

    np.savez(tmp_path / "v.npz", article_id=np.array(["a", Deed()], dtype=object), vector=VECTORS[:2])
    with pytest.raises(VectorsError, match="allow_pickle"):
        read_vectors(tmp_path / "v.npz", ["a"])
    assert not (tmp_path / "unpickled").exists()
