"""Files that steer a run: codebooks, study files, vectors, and run folders of strangers."""

from __future__ import annotations

import json
import pickle
import random
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.robustness.cases.case import Case, Kind, command, damaged, retyped, written

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

    whole = (BUNDLED / "local_governance.toml").read_text("utf-8")
    content = retyped(generator, whole) if generator.random() < 0.7 else damaged(generator, whole.encode())
    return Case(_load_codebook, written(folder, "book.toml", content))


def _load_codebook(path: Path) -> None:
    command("codebook", "check", str(path))


def _study(generator: random.Random, folder: Path) -> Case:
    written(folder, "a.jsonl", '{"text": "The council met."}')
    content = retyped(generator, _STUDY) if generator.random() < 0.7 else damaged(generator, _STUDY.encode())
    return Case(_load_study, written(folder, "study.toml", content))


def _load_study(path: Path) -> None:
    command("run", "--config", str(path), "--out", str(path.parent / "run"), "--dry-run")


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


def _load_vectors(path: Path) -> None:
    import embeddings

    embeddings.read_vectors(path, ["a", "b", "c"])


def _run_folder(generator: random.Random, folder: Path) -> Case:
    """A run folder whose manifest, tables or model are not what they seem."""
    manifest: dict[str, Any] = {
        "status": "finished",
        "config": {"inputs": ["a.jsonl"], "figures": {"lang": "en", "formats": ["png"]}},
        "theme_names": {"health": {"en": "Health"}},
        "versions": {"python": "3.11"},
        "notes": [],
        "title": "T",
        "inputs": [{"file": "a.jsonl", "sha256": "0" * 64}],
        "outputs": {"trends.csv": "0" * 64},
    }
    if generator.random() < 0.7:
        key = generator.choice(list(manifest))
        manifest[key] = generator.choice((None, 1, "x", [], {}, [[]], {"a": [1]}, "finished", ["../../etc"]))
    content = json.dumps(manifest).encode()
    run = written(
        folder, "run/manifest.json", damaged(generator, content) if generator.random() < 0.3 else content
    )
    written(folder, "run/a.jsonl", '{"text": "The council met."}')
    for name in generator.sample(
        ("articles.parquet", "trends.csv", "model/topics.json", "validation.json"), 2
    ):
        written(folder, f"run/{name}", generator.choice((pickle.dumps(_Deed()), b"", b"{", b"a,b\n1")))
    return Case(generator.choice((_open_run, _redraw, _repeat, _differ)), run.parent)


def _open_run(path: Path) -> None:
    from broadsheet.results import Run

    run = Run(path)
    _ = run.articles, run.trends, run.notes


def _redraw(path: Path) -> None:
    command("figures", str(path), "--only", "trend_by_theme", "--quiet")


def _repeat(path: Path) -> None:
    command("run", "--from", str(path / "manifest.json"), "--dry-run", "--quiet")


def _differ(path: Path) -> None:
    command("diff", str(path), str(path))


def _model(generator: random.Random, folder: Path) -> Case:
    for name in ("topics.json", "config.json", "ctfidf.safetensors", "communities.safetensors"):
        written(folder, f"model/{name}", generator.choice((pickle.dumps(_Deed()), b"", b"{}", b"[1]")))
    return Case(_load_model, folder / "model")


def _load_model(path: Path) -> None:
    import analysis

    analysis.load_model(path)


SETTINGS: dict[str, Kind] = {
    "codebooks, damaged": _codebook,
    "study files, damaged": _study,
    "vectors: NaN, shapes, pickled objects": _vectors,
    "run folders of strangers": _run_folder,
    "models of strangers": _model,
}
