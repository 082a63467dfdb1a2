"""A whole run on a cluster of two processes: from a data set at an address, with a worker killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import fsspec
import psutil
import pyarrow as pa
import pyarrow.dataset
import pytest

import broadsheet as bs
from broadsheet.config import Study
from broadsheet.engines import open_engine
from broadsheet.plan import plan_run
from broadsheet.sample.study import compose_articles
from broadsheet.storage import hashes
from corpus.engine import Engine
from tests.broadsheet.test_engines import KillsAWorker

pytestmark = pytest.mark.xdist_group("engine")
SETTINGS = """
inputs = ["{inputs}"]
{engine}
[corpus]
reprints = false
[topics]
fit_on = 300
resolution = 1.0
[figures]
formats = ["png"]
"""
ENGINE = 'engine = "dask"\n[cluster]\nworkers = 2'


def write_articles(folder: Path, n: int) -> None:
    """Write articles as a data set, partitioned by source and year; every second has no date of its own."""
    articles = compose_articles(n, lang="zh", characters=60).drop(columns=["theme", "secondary"])
    articles["year"] = articles["date"].str.slice(0, 4)
    articles["source"] = [("晨报", "晚报")[row % 2] for row in range(n)]
    articles.loc[articles.index % 2 == 1, "date"] = None
    parts = pa.schema([("source", pa.string()), ("year", pa.string())])
    pa.dataset.write_dataset(
        pa.Table.from_pandas(articles, preserve_index=False),
        folder,
        format="parquet",
        partitioning=pa.dataset.partitioning(parts, flavor="hive"),
    )


@pytest.fixture
def killing(monkeypatch: pytest.MonkeyPatch) -> list[KillsAWorker]:
    """Let the engine of a run lose a worker in the middle of its first `map`, which embeds."""
    opened: list[KillsAWorker] = []

    @contextmanager
    def open_killing(study: Study) -> Iterator[Engine]:
        with open_engine(study) as engine:
            if study.engine == "dask":
                opened.append(KillsAWorker(engine))
            yield opened[0] if opened else engine

    monkeypatch.setattr("broadsheet.study.open_engine", open_killing)
    return opened


def test_a_run_on_an_engine_that_loses_a_worker_has_the_bytes_of_the_local_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, killing: list[KillsAWorker]
) -> None:
    monkeypatch.setattr("embeddings.embedding._TEXTS_AT_ONCE", 64)
    write_articles(tmp_path / "news", 450)
    memory = fsspec.filesystem("memory")
    memory.put(str(tmp_path / "news"), "/news", recursive=True)
    runs = {}
    for name, inputs, engine in (("local", "news", ""), ("dask", "memory://news", ENGINE)):
        monkeypatch.setenv("BROADSHEET_CACHE", str(tmp_path / f"cache of {name}"))
        path = tmp_path / f"{name}.toml"
        path.write_text(SETTINGS.format(inputs=inputs, engine=engine), "utf-8")
        runs[name] = bs.run(config=path, out=tmp_path / name, quiet=True)
    assert [len(one.killed) for one in killing] == [1]
    local, dask = (
        {name: digest for name, digest in hashes(runs[key].folder).items() if name != "report.html"}
        for key in ("local", "dask")
    )
    assert dask == local
    assert len(runs["dask"].topics) > 1
    assert set(runs["dask"].articles["source"]) == {"晨报", "晚报"}
    study = Study.from_toml(tmp_path / "dask.toml")
    assert study.inputs == ("memory://news",)
    assert all(stage.kept for stage in plan_run(study, runs["dask"].folder))
    again = Study.from_dict(runs["dask"].manifest["config"]).relative_to(runs["dask"].folder)
    assert again == study
    memory.rm(memory.find("/news")[0])
    assert not plan_run(study, runs["dask"].folder)[0].kept


def test_a_run_on_an_engine_that_is_interrupted_ends_with_its_workers(tmp_path: Path) -> None:
    write_articles(tmp_path / "news", 1_200)
    path, log = tmp_path / "study.toml", tmp_path / "run" / "run.log"
    path.write_text(SETTINGS.format(inputs="news", engine=ENGINE), "utf-8")
    command = [sys.executable, "-m", "broadsheet", "run", "-c", str(path), "-o", str(tmp_path / "run"), "-q"]
    settings = os.environ | {"BROADSHEET_CACHE": str(tmp_path / "cache")}
    running = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, start_new_session=True, env=settings
    )
    while running.poll() is None and not (log.is_file() and "begin: embedding" in log.read_text("utf-8")):
        time.sleep(0.01)
    assert running.poll() is None, "the run ended before it could be interrupted"
    workers = psutil.Process(running.pid).children(recursive=True)
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=120)
    assert running.returncode == 130, said
    assert "interrupted; finished stages are kept, so the same command goes on from there" in said
    assert "Traceback" not in said
    assert len(workers) >= 2
    assert psutil.wait_procs(workers, timeout=30)[1] == []
