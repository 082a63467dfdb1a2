"""What a study hands to an engine, on Dask and on Ray Data, each with one and with two worker processes.

    python -m benchmarks.cluster_engines dask
    python -m benchmarks.cluster_engines ray            where Ray is installed: pip install 'ray[data]'

Embedding is by the bundled encoder; counting cuts texts into words; assignment looks for seed terms, and for
the nearest of 20,000 articles that topics were fitted on. Blocks are those of a run; both engines are used
through the same protocol, Dask as a study uses it, Ray Data as a pool of actors over a data set whose rows
are the blocks, with its order kept. Every result is held against that of this process alone.

Beside the seconds stand the processor seconds of the busiest worker: what they are with one worker over what
they are with two is how much sooner two would be done with a processor each, also where this machine is busy.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import psutil

from corpus.engine import THIS_PROCESS, Block, Engine, Result

EMBEDDED = 3_072
CUT = 10_000
PLACED = 80_000
FITTED = 20_000

Work = Callable[[Engine], Any]


class RayData:
    """Ray Data as an engine."""

    def __init__(self, workers: int) -> None:
        self._workers = workers

    def map(self, do: Callable[[Block], Result], blocks: Iterable[Block]) -> Iterator[Result]:
        """Yield `do(block)` for every block, in order."""
        import ray

        rows = [{"block": (block,)} for block in blocks]
        pool = ray.data.ActorPoolStrategy(size=self._workers)
        data = ray.data.from_items(rows, override_num_blocks=max(1, len(rows)))
        found = data.map(_Actor, fn_constructor_args=(do,), compute=pool, num_cpus=1)
        return (row["result"][0] for row in found.iter_rows())


class _Actor:
    """What a worker of Ray holds."""

    def __init__(self, do: Callable[[Any], Any]) -> None:
        self._do = do

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        """Do one block; a tuple keeps Ray from taking arrays apart."""
        return {"result": (self._do(row["block"][0]),)}


@contextmanager
def ray_data(workers: int) -> Iterator[Engine]:
    """Open Ray with so many processors."""
    import ray

    ray.init(num_cpus=workers, include_dashboard=False, logging_level="ERROR", log_to_driver=False)
    context = ray.data.DataContext.get_current()
    context.execution_options.preserve_order = True
    context.enable_progress_bars = False
    try:
        yield RayData(workers)
    finally:
        ray.shutdown()


@contextmanager
def dask(workers: int) -> Iterator[Engine]:
    """Open Dask as a study does."""
    from broadsheet.config import ClusterSettings, Study
    from broadsheet.engines import open_engine

    with open_engine(Study(engine="dask", cluster=ClusterSettings(workers=workers))) as engine:
        yield engine


def works(*, embedded: int = EMBEDDED, cut: int = CUT, placed: int = PLACED) -> dict[str, Work]:
    """What is timed, by name."""
    import analysis
    import embeddings
    from analysis.themes.seed_evidence import seed_evidence
    from analysis.topics.communities import GraphCommunities
    from analysis.topics.placing import Neighbourhoods
    from analysis.words.cut_texts import cut_texts
    from broadsheet.sample.study import compose_articles

    encoded = compose_articles(embedded, lang="zh", characters=1_000)["text"].tolist()
    articles = compose_articles(cut, lang="zh", characters=500)
    texts, langs = articles["text"].tolist(), articles["lang"].tolist()
    codebook, encoder = analysis.load_codebook("local_governance"), embeddings.load_encoder()
    vectors = np.random.default_rng(0).normal(size=(placed + FITTED, 512)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    fitted = GraphCommunities.from_labels(vectors[:FITTED], np.zeros(FITTED, dtype=np.int64))
    others = np.arange(FITTED, FITTED + placed)
    return {
        f"embedding {embedded:,}": lambda engine: embeddings.embed(encoded, encoder, engine=engine),
        f"counting: words of {cut:,}": lambda engine: cut_texts(texts, langs, engine=engine).table.ids,
        f"assignment: seed terms in {cut:,}": lambda engine: (
            seed_evidence(articles, langs, codebook, engine=engine).scores
        ),
        f"assignment: nearest of {placed:,}": lambda engine: (
            Neighbourhoods.among(vectors, fitted, rows=others, engine=engine).neighbours
        ),
    }


@dataclass(frozen=True)
class Took:
    """What some work took: seconds, and processor seconds of the busiest worker."""

    seconds: float
    busiest: float


def main(name: str, **sizes: int) -> None:
    """Print a row a piece of work: seconds (processor seconds of the busiest worker) with one and two."""
    todo = works(**sizes)
    alone = {what: work(THIS_PROCESS) for what, work in todo.items()}
    took: dict[int, dict[str, Took]] = {}
    for workers in (1, 2):
        start = time.perf_counter()
        with {"dask": dask, "ray": ray_data}[name](workers) as engine:
            list(engine.map(_wait, range(workers)))
            print(f"{name}, {workers}: ready in {time.perf_counter() - start:.1f} s; {_held()}", flush=True)
            took[workers] = {what: _timed(work, engine, alone[what]) for what, work in todo.items()}
    for what in todo:
        one, two = took[1][what], took[2][what]
        by_workers = " | ".join(f"{each.seconds:.1f} ({each.busiest:.1f})" for each in (one, two))
        sooner = f"{one.seconds / two.seconds:.2f} ({one.busiest / two.busiest:.2f})"
        print(f"{name} | {what} | {by_workers} | {sooner}", flush=True)


def _timed(work: Work, engine: Engine, expected: Any) -> Took:
    """Time some work, and refuse a result that is not that of this process alone."""
    start, before = time.perf_counter(), _processor_seconds()
    found = work(engine)
    seconds = time.perf_counter() - start
    after = _processor_seconds()
    if not np.array_equal(found, expected):
        raise RuntimeError("the engine's result is not that of this process alone")
    return Took(seconds, max(taken - before.get(pid, 0.0) for pid, taken in after.items()))


def _processor_seconds() -> dict[int, float]:
    """Processor seconds so far of each process below this one."""
    return {
        child.pid: sum(child.cpu_times()[:2])
        for child in psutil.Process().children(recursive=True)
        if child.is_running()
    }


def _wait(number: int) -> int:
    time.sleep(0.1)
    return number


def _held() -> str:
    """How many processes there are below this one, and the memory they hold."""
    children = psutil.Process().children(recursive=True)
    held = sum(child.memory_info().rss for child in children)
    return f"{len(children)} processes with {held / 1e6:,.0f} MB"


if __name__ == "__main__":
    main(sys.argv[1])
