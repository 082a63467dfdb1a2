"""Progress bars: widgets in a notebook that can show them, plain lines everywhere else."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any


def progress_bar(
    items: Iterable[Any] | None = None, *, total: int, doing: str, unit: str, shown: bool = True
) -> Any:
    """A bar of tqdm over `items`, or to be moved on by `.update(n)`; it is gone when it is done.

    tqdm warns in a notebook without ipywidgets, and a warning is no progress: there the plain bar is taken.

    Parameters
    ----------
    items
        What is gone through; None where the caller moves the bar on.
    total
        How many there are.
    doing
        What is done to them, one word.
    unit
        What one of them is, in the singular.
    shown
        Without this nothing is shown.
    """
    if find_spec("ipywidgets") is None:
        from tqdm.std import tqdm
    else:
        from tqdm.auto import tqdm

    return tqdm(items, total=total, desc=doing, unit=unit, disable=not shown, leave=False)


@contextmanager
def widgets_not_missed() -> Iterator[None]:
    """Keep quiet what tqdm says in a notebook without ipywidgets when a library loads it for bars of its own.

    It says it once, when it is loaded: so it is loaded here, and libraries that do so later say nothing.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="IProgress not found")
        import tqdm.auto  # noqa: F401

        yield
