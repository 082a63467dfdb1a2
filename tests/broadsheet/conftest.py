"""One run of the bundled sample study, shared by the tests of this folder that need it."""

import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

import broadsheet as bs


@dataclass(frozen=True)
class SampleRun:
    run: bs.Run
    truth: dict[str, pd.DataFrame]
    cache: Path


@pytest.fixture(autouse=True)
def interrupts_are_heard() -> Iterator[None]:
    """Let Ctrl-C reach the processes that a test starts, also where a shell runs the tests in its background.

    Such a shell has SIGINT ignored, and whatever is started from there inherits that.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SampleRun]:
    """The sample study, run once with a cold cache of its own."""
    folder = tmp_path_factory.mktemp("sample")
    cache = folder / "cache"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BROADSHEET_CACHE", str(cache))
        run = bs.run(out=folder / "run", quiet=True)
        truth = {
            path.stem: pd.read_csv(path) for path in sorted((run.folder / "sample" / "truth").glob("*.csv"))
        }
        yield SampleRun(run, truth, cache)
