"""The engine that a study asks for: this process, or Dask (`dask_engine`), opened and closed around a run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Final

from broadsheet.config import Study
from corpus.engine import THIS_PROCESS, Engine

NEEDED: Final = ("dask", "distributed")
INSTALL: Final = "pip install 'broadsheet[cluster]'"


class EngineUnavailable(OSError):  # noqa: N818 - says what is the matter
    """The engine that the study asks for can't be used here; the message says why, and what to do."""


class EngineFailed(OSError):  # noqa: N818 - says what is the matter
    """The engine stopped working in the middle of a run; the message says what was seen of it."""


def missing() -> list[str]:
    """The packages of the extra `cluster` that are not installed."""
    return [name for name in NEEDED if find_spec(name) is None]


@contextmanager
def open_engine(study: Study) -> Iterator[Engine]:
    """Open the engine of a study; in the end, however it ends, its processes are gone.

    Raises
    ------
    EngineUnavailable
        Its packages are not installed, or the cluster that the study names can't be used.
    """
    if study.engine == "local":
        yield THIS_PROCESS
        return
    if lacking := missing():
        raise EngineUnavailable(
            f"engine = {study.engine!r} needs {' and '.join(lacking)}; install the extra with: {INSTALL}"
        )
    from broadsheet.dask_engine import open_dask

    with open_dask(study.cluster) as engine:
        yield engine
