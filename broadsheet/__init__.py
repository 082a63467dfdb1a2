"""Broadsheet: newspaper pages to articles, articles to themes, themes to trends across sources and dates.

This package is the study itself; the four stages are packages of their own (`corpus`, `embeddings`,
`analysis`, `figures`), each usable alone. Read in this order: `study` (the run from end to end), `stages`
(each of its steps), `config` (its settings), `engines` (what works through the articles), `results` (a
finished run, opened), `manifest` and `storage` (the run folder), `updating` and `staging` (later pages),
`caveats` (what a corpus can't support), `cli`, `doctor` and `verify` (the command line), `sample` (the
bundled study).

>>> import broadsheet as bs
>>> run = bs.run("pages/", out="runs/first")  # doctest: +SKIP
>>> run.trends  # doctest: +SKIP
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from broadsheet.config import Study
    from broadsheet.results import Run
    from broadsheet.study import run
    from broadsheet.updating import update

__all__ = ["Run", "Study", "run", "update"]

_HOMES = {
    "Run": "broadsheet.results",
    "Study": "broadsheet.config",
    "run": "broadsheet.study",
    "update": "broadsheet.updating",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used: `broadsheet --help` must not wait for pandas."""
    if name not in _HOMES:
        raise AttributeError(f"module 'broadsheet' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
