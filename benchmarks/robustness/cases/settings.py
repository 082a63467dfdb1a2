"""Files that steer a run: codebooks, study files, vectors, and run folders of strangers."""

from __future__ import annotations

import json
import pickle
import random
from pathlib import Path

import numpy as np

from benchmarks.robustness.cases.case import Case, Kind, damaged, written

_STUDY = """title = "T"
inputs = ["a.jsonl"]
seed = 3
[corpus]
source = "The Courier"
[trends]
period = "month"
events = [{ name = "Reform", date = "2021-07-01" }]
[figures]
formats = ["png"]
"""


class _Deed:
    """An object that leaves a trace when it is unpickled."""

    def __reduce__(self) -> tuple[object, ...]:
        return (Path.touch, (Path("unpickled"),))


def _codebook(generator: random.Random, folder: Path) -> Case:
    from analysis.themes.codebook import BUNDLED

    content = damaged(generator, (BUNDLED / "local_governance.toml").read_bytes())
    return Case(_load_codebook, written(folder, "book.toml", content))


def _load_codebook(path: Path) -> object:
    import analysis

    return analysis.load_codebook(path)


def _study(generator: random.Random, folder: Path) -> Case:
    return Case(_load_study, written(folder, "study.toml", damaged(generator, _STUDY.encode())))


def _load_study(path: Path) -> object:
    from broadsheet.config import Study

    return Study.from_toml(path)


def _vectors(generator: random.Random, folder: Path) -> Case:
    ids, rows = np.array(["a", "b", "c"]), np.ones((3, 4), dtype=np.float32)
    spoilt = generator.choice((np.nan, np.inf, -np.inf, 0.0, 1e38))
    rows[generator.randrange(3)] = spoilt
    path = folder / "v.npz"
    how = generator.choice(("values", "shape", "objects", "damaged", "few"))
    if how == "shape":
        rows = rows.reshape(generator.choice(((4, 3), (12,), (3, 2, 2))))
    if how == "objects":
        ids = np.array(["a", "b", _Deed()], dtype=object)
    np.savez(path, article_id=ids[:2] if how == "few" else ids, vector=rows)
    if how == "damaged":
        path.write_bytes(damaged(generator, path.read_bytes()))
    return Case(_load_vectors, path)


def _load_vectors(path: Path) -> object:
    import embeddings

    return embeddings.read_vectors(path, ["a", "b", "c"])


def _run_folder(generator: random.Random, folder: Path) -> Case:
    """A run folder whose manifest, tables or model are not what they seem."""
    manifest = {"status": "finished", "config": {"figures": {"lang": "en"}}, "notes": [], "title": "T"}
    content = json.dumps(manifest).encode()
    run = written(
        folder, "run/manifest.json", damaged(generator, content) if generator.random() < 0.5 else content
    )
    for name in generator.sample(
        ("articles.parquet", "trends.csv", "model/topics.json", "validation.json"), 2
    ):
        written(folder, f"run/{name}", generator.choice((pickle.dumps(_Deed()), b"", b"{", b"a,b\n1")))
    return Case(_open_run, run.parent)


def _open_run(path: Path) -> object:
    from broadsheet.results import Run

    run = Run(path)
    return run.articles, run.trends, run.notes


def _model(generator: random.Random, folder: Path) -> Case:
    for name in ("topics.json", "config.json", "ctfidf.safetensors", "communities.safetensors"):
        written(folder, f"model/{name}", generator.choice((pickle.dumps(_Deed()), b"", b"{}", b"[1]")))
    return Case(_load_model, folder / "model")


def _load_model(path: Path) -> object:
    import analysis

    return analysis.load_model(path)


SETTINGS: dict[str, Kind] = {
    "codebooks, damaged": _codebook,
    "study files, damaged": _study,
    "vectors: NaN, shapes, pickled objects": _vectors,
    "run folders of strangers": _run_folder,
    "models of strangers": _model,
}
