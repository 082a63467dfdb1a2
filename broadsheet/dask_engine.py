"""Dask as an engine: blocks as tasks of a cluster, results in their order, what died done again.

The only module that knows Dask. A task is known by the number of its block, so that a block whose result was
there and got lost with its worker is computed anew under the same name and never counted twice. Workers of a
local cluster have one thread each (the sums of an encoder don't depend on it, the speed does) and a nanny
that starts another where one dies; those of an existing cluster are that cluster's business.
"""

from __future__ import annotations

import logging
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any, Final
from uuid import uuid4

import dask
from distributed import Client, KilledWorker, LocalCluster, WorkerPlugin
from distributed.client import FutureCancelledError

from broadsheet.config import ClusterSettings
from broadsheet.engines import EngineFailed, EngineUnavailable
from broadsheet.fingerprints import code_fingerprint
from corpus.engine import Block, Result
from corpus.workers import count_cores

_AHEAD: Final = 2
"""Blocks a thread that are under way at a time: one that it works at, and one that waits for it."""
_SETTINGS: Final = {
    # What a task holds (vectors, texts of a block) is what it is meant to hold.
    "distributed.admin.large-graph-warning-threshold": "1GB",
    "distributed.comm.timeouts.connect": "10s",
    # Known before a worker begins, which else says on the standard error stream whom it is connected with;
    # what goes wrong with a block is raised where its result is waited for.
    "distributed.nanny.pre-spawn-environ.DASK_LOGGING__DISTRIBUTED": "critical",
    # Dask has glibc give back every array at once and map it anew for the next: an encoder spends three
    # fifths of its time on that.
    "distributed.nanny.pre-spawn-environ.MALLOC_TRIM_THRESHOLD_": None,
}
_WAIT: Final = 30
"""Seconds that an existing cluster may take to show its first worker."""


class DaskEngine:
    """An engine on a Dask cluster, known by its client."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def __str__(self) -> str:
        """The engine in a few words, for people."""
        n = len(self._threads())
        return f"Dask with {n} {'worker' if n == 1 else 'workers'}"

    def map(self, do: Callable[[Block], Result], blocks: Iterable[Block]) -> Iterator[Result]:
        """Yield `do(block)` for every block, in order; see `corpus.engine.Engine`."""
        name = f"broadsheet-{uuid4().hex}"
        self._client.register_plugin(_Tool(name, do), name=name)
        ahead = _AHEAD * max(1, sum(self._threads().values()))
        waiting: deque[Any] = deque()
        try:
            for number, block in enumerate(blocks):
                waiting.append(self._client.submit(_done, name, block, key=f"{name}-{number}", pure=False))
                if len(waiting) >= ahead:
                    yield _result(waiting.popleft())
            while waiting:
                yield _result(waiting.popleft())
        finally:
            # A `map` that is let go of after its cluster has nothing to give back.
            if self._client.status == "running":
                self._client.cancel(waiting)
                self._client.unregister_worker_plugin(name)

    def _threads(self) -> dict[str, int]:
        """The threads of each worker."""
        return dict(self._client.nthreads())


@contextmanager
def open_dask(settings: ClusterSettings) -> Iterator[DaskEngine]:
    """Start a cluster of processes on this machine, or join the one whose scheduler is named.

    Raises
    ------
    EngineUnavailable
        The scheduler doesn't answer or has no worker, or a worker has another version of the code.
    """
    with dask.config.set(_SETTINGS):
        if settings.scheduler is None:
            workers = settings.workers or count_cores()
            with (
                TemporaryDirectory(prefix="broadsheet-") as scratch,
                _local_cluster(workers, scratch) as cluster,
                Client(cluster) as client,
            ):
                client.register_plugin(_LeavesCtrlC())
                yield DaskEngine(client)
        else:
            with _joined(settings.scheduler) as client:
                yield DaskEngine(client)


def _local_cluster(workers: int, scratch: str) -> LocalCluster:
    """Start so many processes, which put what doesn't fit their memory below `scratch`."""
    return LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        local_directory=scratch,
        dashboard_address="127.0.0.1:0",
        silence_logs=logging.CRITICAL,
    )


def _joined(scheduler: str) -> Client:
    """A client of an existing cluster whose workers run the code that this process runs."""
    try:
        client = Client(scheduler, timeout=_SETTINGS["distributed.comm.timeouts.connect"])
    except (OSError, ValueError) as error:
        raise EngineUnavailable(
            f"cluster.scheduler = {scheduler!r} doesn't answer ({error}); start it with 'dask scheduler', or "
            "leave the setting out for a cluster on this machine"
        ) from error
    try:
        client.wait_for_workers(1, timeout=_WAIT)
        _refuse_other_code(client)
    except TimeoutError as error:
        client.close()
        raise EngineUnavailable(
            f"the cluster at {scheduler!r} has no worker; start some with 'dask worker {scheduler}'"
        ) from error
    except EngineUnavailable:
        client.close()
        raise
    return client


def _refuse_other_code(client: Client) -> None:
    """Raise if a worker has other sources or versions: its part of a table would not be ours."""
    found = client.run(code_fingerprint, on_error="return")
    if not found:
        raise TimeoutError("the last worker left before it was asked")
    for worker, fingerprint in found.items():
        if fingerprint != code_fingerprint():
            why = f" ({fingerprint})" if isinstance(fingerprint, Exception) else ""
            raise EngineUnavailable(
                f"the worker {worker} hasn't the same Broadsheet, Python and libraries as this process{why}; "
                "install there what requirements.lock has here"
            )


class _LeavesCtrlC(WorkerPlugin):
    """Lets a worker on this machine ignore Ctrl-C, which a terminal sends to all: this process ends it."""

    def setup(self, worker: object) -> None:
        """Ignore the signal from now on."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)


_tools: Final[dict[str, Callable[[Any], Any]]] = {}
"""In a worker: what the blocks of each `map` are done with."""


class _Tool(WorkerPlugin):
    """Brings to each worker once, and to every one that comes later, what all blocks are done with.

    So an encoder is loaded once by a worker, and no task depends on what only some workers have.
    """

    def __init__(self, name: str, do: Callable[[Any], Any]) -> None:
        self._name = name
        self._do = do

    def setup(self, worker: object) -> None:
        """Put it where tasks find it."""
        _tools[self._name] = self._do

    def teardown(self, worker: object) -> None:
        """Let go of it."""
        _tools.pop(self._name, None)


def _done(name: str, block: Any) -> Any:
    """The task of one block."""
    return _tools[name](block)


def _result(future: Any) -> Any:
    """Wait for a block's result.

    Raises
    ------
    EngineFailed
        The block took its worker down again and again, or the cluster is gone.
    """
    try:
        return future.result()
    except KilledWorker as error:
        raise EngineFailed(
            f"{error.allowed_failures + 1} workers died one after the other at the same block of articles, "
            "most often for want of memory; set fewer workers under [cluster], or take a larger machine"
        ) from error
    except FutureCancelledError as error:
        raise EngineFailed(
            f"the cluster has given up the run ({error}); what is done is kept: run the study again"
        ) from error
