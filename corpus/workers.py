"""Reads files in several processes at once, in the order of the files and with the same result as one.

Cutting and dating are Python from end to end, so threads don't help. joblib's processes start anew (nothing
is inherited from a process that runs threads) and don't run the caller's script a second time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Final, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

FEWEST: Final = 120
"""Items from which on a second process reads sooner than its start takes."""
CHUNK: Final = 20
"""Items handed to a process at a time: enough that handing over costs nothing, few enough to share evenly."""


def count_cores() -> int:
    """Number of processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def each_in_order(
    do: Callable[[Item], Result], items: Iterable[Item], *, count: int, workers: int | None = None
) -> Iterator[Result]:
    """Yield `do(item)` for every item, in the order of `items`, while later ones are still being done.

    Neither items nor results are gathered: both are held for as long as they are under way.

    Parameters
    ----------
    do
        A function of a module (it is sent to other processes by name), or a `partial` of one.
    items
        What it is called with; they may be made while they are asked for (also from another thread).
    count
        How many there are; with fewer than `FEWEST` no process is started, unless `workers` is given.
    workers
        Processes; by default as many as there are cores. With 1 everything runs in this process.

    Raises
    ------
    ValueError
        If `workers` is less than 1. What `do` raises is raised here, and what was not begun is not done.
    """
    if workers is not None and workers < 1:
        raise ValueError(f"workers must be 1 or more, not {workers}")
    chosen = workers or (count_cores() if count >= FEWEST else 1)
    if chosen == 1 or count < 2:
        return map(do, items)
    return _in_processes(do, items, chosen)


def _in_processes(do: Callable[[Item], Result], items: Iterable[Item], workers: int) -> Iterator[Result]:
    from joblib import Parallel, delayed

    waiting = iter(items)
    chunks = iter(lambda: list(islice(waiting, CHUNK)), [])
    pool = Parallel(n_jobs=workers, return_as="generator", batch_size=1, pre_dispatch="3 * n_jobs")
    results = pool(delayed(partial(_do_all, do))(chunk) for chunk in chunks)
    try:
        for chunk in results:
            yield from chunk
    finally:
        results.close()
        _end_processes()


def _end_processes() -> None:
    """Let joblib's processes go, which would otherwise wait for more for five minutes."""
    from joblib.externals.loky import get_reusable_executor

    get_reusable_executor().shutdown(wait=True)


def _do_all(do: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    return [do(item) for item in items]
