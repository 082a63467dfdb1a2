"""Other machines, as far as one machine can play them: threads, cores, and a lesser processor.

The libraries choose their routines by the processor. OpenBLAS, numpy, torch, oneDNN and MKL can each be told
to take it for an older one, and then add up in another order, as they would there.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final


def _older(blas: str, kept: tuple[str, ...], torch: str, onednn: str, mkl: str) -> dict[str, str]:
    """The environment that makes the libraries take the processor for an older one."""
    from numpy._core._multiarray_umath import __cpu_dispatch__  # what numpy can leave out

    return {
        "OPENBLAS_CORETYPE": blas,
        "NPY_DISABLE_CPU_FEATURES": " ".join(name for name in __cpu_dispatch__ if name not in kept),
        "ATEN_CPU_CAPABILITY": torch,
        "ONEDNN_MAX_CPU_ISA": onednn,
        "MKL_ENABLE_INSTRUCTIONS": mkl,
    }


def threads(count: int) -> dict[str, str]:
    """The environment that gives every library so many threads."""
    names = ("OMP", "OPENBLAS", "MKL", "NUMBA", "ARROW")
    return {f"{name}_NUM_THREADS": str(count) for name in names}


def processor(name: str) -> dict[str, str]:
    """The environment of a processor: `this`, `AVX2` (from about 2013) or `SSE` (from about 2008)."""
    if name == "this":
        return {}
    if name == "AVX2":
        return _older("Haswell", ("X86_V3",), "avx2", "AVX2", "AVX2")
    return _older("Prescott", (), "default", "SSE41", "SSE4_2")


PROCESSORS: Final = ("this", "AVX2", "SSE")


def on_cores(command: list[str], cores: int) -> list[str]:
    """A command that is kept to the first cores; one worker process a core is what reading starts."""
    mine = sorted(os.sched_getaffinity(0))[:cores]
    return ["taskset", "--cpu-list", ",".join(map(str, mine)), *command]


def clean(environment: Mapping[str, str]) -> dict[str, str]:
    """An environment without settings of threads and processors that are there by chance."""
    ours = {*threads(1), *processor("SSE")}
    return {name: value for name, value in environment.items() if name not in ours}
