"""Dask as an engine: a real cluster of two processes, whose workers are killed, fail, and are not there."""

import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import cast

import numpy as np
import psutil
import pytest
from distributed import LocalCluster

import analysis
import embeddings
from analysis.themes.seed_evidence import seed_evidence
from analysis.words.cut_texts import cut_texts
from broadsheet.config import ClusterSettings, ConfigError, Study
from broadsheet.engines import EngineFailed, EngineUnavailable, open_engine
from broadsheet.sample.study import compose_articles
from corpus.engine import THIS_PROCESS, Block, Engine, Result
from embeddings.embedding import EncoderError
from embeddings.loading import SentenceTransformerEncoder, UseEncoder

pytestmark = pytest.mark.xdist_group("engine")
TWO = Study(engine="dask", cluster=ClusterSettings(workers=2))


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with open_engine(TWO) as opened:
        yield opened


def workers() -> list[psutil.Process]:
    """The processes of the cluster that this process has started."""
    children = [child for child in psutil.Process().children() if child.status() != psutil.STATUS_ZOMBIE]
    marks = ("spawn_main", "dask worker")  # with and without setproctitle
    return [child for child in children if any(mark in " ".join(child.cmdline()) for mark in marks)]


class KillsAWorker:
    """An engine that kills a worker when it has the first result, while others are at work."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.killed: list[psutil.Process] = []

    def map(self, do: Callable[[Block], Result], blocks: Iterable[Block]) -> Iterator[Result]:
        for result in self.engine.map(do, blocks):
            if not self.killed:
                self.killed = workers()[:1]
                self.killed[0].kill()
            yield result


def doubled(number: int, *, seconds: float = 0.0) -> tuple[int, int]:
    time.sleep(seconds)
    return 2 * number, os.getpid()


def written(number: int, *, folder: Path) -> int:
    """Leave a trace of each time that a block was done."""
    with (folder / "done").open("a") as stream:
        stream.write(f"{number}\n")
    time.sleep(0.05)
    return number


def refused(number: int) -> int:
    raise EncoderError(f"block {number} can't be done")


def deadly(number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return number


def endless() -> Iterator[int]:
    number = 0
    while True:
        yield number
        number += 1


def test_results_come_in_order_from_both_workers_and_none_of_this_process(engine: Engine) -> None:
    found = list(engine.map(partial(doubled, seconds=0.02), range(40)))
    assert [number for number, _ in found] == [2 * number for number in range(40)]
    assert len({place for _, place in found}) == 2
    assert os.getpid() not in {place for _, place in found}
    assert str(engine) == "Dask with 2 workers"
    assert list(engine.map(doubled, [])) == []


def test_workers_keep_memory_for_the_next_array_as_this_process_does(engine: Engine) -> None:
    """Told by Dask to trim, glibc gives back every array: an encoder takes twice as long and more."""
    asked = set(engine.map(os.environ.get, ["MALLOC_TRIM_THRESHOLD_"] * 4))
    assert asked == {os.environ.get("MALLOC_TRIM_THRESHOLD_")}


def test_blocks_are_made_while_they_are_asked_for(engine: Engine) -> None:
    asked: list[int] = []
    found = engine.map(doubled, (asked.append(number) or number for number in endless()))
    assert [next(found)[0] for _ in range(3)] == [0, 2, 4]
    assert len(asked) < 10


def test_a_killed_worker_is_replaced_and_every_block_counts_once(engine: Engine, tmp_path: Path) -> None:
    before = {worker.pid for worker in workers()}
    results = []
    for number in engine.map(partial(written, folder=tmp_path), range(60)):
        results.append(number)
        if number == 20:
            workers()[0].kill()
    assert results == list(range(60))
    done = Counter((tmp_path / "done").read_text().split())
    assert set(done) == {str(number) for number in range(60)}
    deadline = time.monotonic() + 60
    while str(engine) != "Dask with 2 workers" and time.monotonic() < deadline:
        time.sleep(0.1)
    after = {worker.pid for worker in workers()}
    assert len(before & after) == 1
    assert len(after - before) == 1


def test_an_error_in_a_worker_is_the_error_of_the_local_run(engine: Engine) -> None:
    for one in (engine, THIS_PROCESS):
        with pytest.raises(EncoderError, match=r"^block 0 can't be done$"):
            list(one.map(refused, range(3)))
    assert [number for number, _ in engine.map(doubled, range(3))] == [0, 2, 4]


def test_words_seed_terms_neighbours_and_trends_have_the_same_bytes(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("analysis.words.cut_texts._TEXTS", 30)
    monkeypatch.setattr("analysis.themes.seed_evidence._ARTICLES", 30)
    monkeypatch.setattr("analysis.topics.placing._ROWS", 30)
    monkeypatch.setattr("analysis.trends.partial_sums._ARTICLES", 30)
    articles = compose_articles(300, lang="zh", characters=120)
    langs = articles["lang"].tolist()
    codebook = analysis.load_codebook("local_governance")
    vectors = np.random.default_rng(0).normal(size=(300, 32)).astype(np.float32)
    some = articles.iloc[:280].reset_index(drop=True)
    dated = articles.assign(p_x=np.random.default_rng(1).random(300)).drop(columns="theme")
    there, here = (
        (
            cut_texts(articles["text"].tolist(), langs, engine=one),
            seed_evidence(articles, langs, codebook, engine=one),
            analysis.fit_topics(some, vectors[:280], fit_on=200, resolution=1.0, engine=one),
            analysis.estimate_trends(dated, engine=one),
        )
        for one in (engine, THIS_PROCESS)
    )
    assert there[0].table.vocabulary == here[0].table.vocabulary
    assert np.array_equal(there[0].table.ids, here[0].table.ids)
    assert np.array_equal(there[0].table.starts, here[0].table.starts)
    assert np.array_equal(there[1].scores, here[1].scores)
    assert there[1].hits.forms == here[1].hits.forms
    for column in ("form", "article", "evidence"):
        assert np.array_equal(getattr(there[1].hits, column), getattr(here[1].hits, column))
    assert there[2].sample is not None
    assert there[2].assignments.equals(here[2].assignments)
    assert there[2].under_other_seeds(2).equals(here[2].under_other_seeds(2))
    assert there[3].trends.equals(here[3].trends)
    assert there[3].tests.equals(here[3].tests)


def test_vectors_are_the_same_when_a_worker_dies_while_it_encodes(engine: Engine, tmp_path: Path) -> None:
    texts = [f"第{number}号：县里今天开会，讨论修路和学校的事。" for number in range(2_000)]
    encoder = embeddings.load_encoder()

    killing = KillsAWorker(engine)
    found = embeddings.embed(texts, encoder, cache=tmp_path / "vectors", engine=killing)
    assert len(killing.killed) == 1
    assert not killing.killed[0].is_running()
    assert np.array_equal(found, encoder.encode(texts))
    assert kept(tmp_path / "vectors") == 2_000


def test_another_encoder_goes_to_the_workers_with_its_weights(engine: Engine) -> None:
    bundled = embeddings.load_encoder()
    assert isinstance(bundled, UseEncoder)
    model = SentenceTransformerEncoder(bundled.model, name="mine", prompt="新闻：")
    texts = [f"第{number}号：县里今天开会。" for number in range(20)]
    found = embeddings.embed(texts, model, engine=engine)
    assert np.array_equal(found, model.encode(texts))
    assert not np.array_equal(found, bundled.encode(texts))


def kept(cache: Path) -> int:
    with embeddings.VectorCache(cache) as store:
        return sum(store.encoders().values())


def test_a_block_that_kills_every_worker_is_told_and_the_cluster_ends() -> None:
    others = set(workers())
    with open_engine(TWO) as own:
        assert len(set(workers()) - others) == 2
        unfinished = cast("Generator[tuple[int, int]]", own.map(doubled, endless()))
        assert next(unfinished)[0] == 0
        with pytest.raises(EngineFailed, match="4 workers died one after the other at the same block"):
            list(own.map(deadly, range(1)))
    assert set(workers()) == others
    unfinished.close()


def test_an_existing_cluster_is_joined_unless_it_has_other_code(monkeypatch: pytest.MonkeyPatch) -> None:
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address="127.0.0.1:0") as cluster:
        study = Study(engine="dask", cluster=ClusterSettings(scheduler=cluster.scheduler_address))
        with open_engine(study) as joined:
            assert [number for number, _ in joined.map(doubled, range(3))] == [0, 2, 4]
        with monkeypatch.context() as patch:
            patch.setattr("broadsheet.dask_engine.code_fingerprint", os.getpid)
            says = pytest.raises(EngineUnavailable, match="hasn't the same Broadsheet, Python and libraries")
            with says, open_engine(study):
                pass


def test_an_existing_cluster_without_a_worker_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("broadsheet.dask_engine._WAIT", 1)
    # Begun without one: a worker that is sent away may still be known when the client asks.
    with LocalCluster(n_workers=0, dashboard_address="127.0.0.1:0") as cluster:
        study = Study(engine="dask", cluster=ClusterSettings(scheduler=cluster.scheduler_address))
        says = pytest.raises(EngineUnavailable, match="has no worker; start some with 'dask worker tcp:")
        with says, open_engine(study):
            pass


def test_a_scheduler_that_is_not_there_is_told() -> None:
    study = Study(engine="dask", cluster=ClusterSettings(scheduler="tcp://127.0.0.1:9"))
    with pytest.raises(EngineUnavailable, match=r"'tcp://127\.0\.0\.1:9' doesn't answer"), open_engine(study):
        pass


def test_an_engine_without_its_packages_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("broadsheet.engines.NEEDED", ("dask", "a_package_that_is_nowhere"))
    says = pytest.raises(EngineUnavailable, match=r"a_package_that_is_nowhere; install .*\[cluster\]")
    with says, open_engine(TWO):
        pass


def test_a_cluster_needs_its_engine_and_has_one_kind_of_workers(tmp_path: Path) -> None:
    path = tmp_path / "study.toml"
    path.write_text("[cluster]\nworkers = 2\n", "utf-8")
    with pytest.raises(ConfigError, match="set engine = 'dask' to use it"):
        Study.from_toml(path)
    path.write_text('engine = "dask"\n[cluster]\nworkers = 2\nscheduler = "tcp://10.0.0.1:8786"\n', "utf-8")
    with pytest.raises(ConfigError, match="workers and scheduler are both given"):
        Study.from_toml(path)
    path.write_text('engine = "spark"\n', "utf-8")
    with pytest.raises(ConfigError, match=r"study\.toml:1: engine = 'spark'"):
        Study.from_toml(path)
