"""Let the disk be full: a run on a small disk stops with a clear word, and goes on when there is room.

Each size of the disk stops the run at another point. It needs root, to mount a disk in memory (tmpfs).
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from benchmarks.robustness.study import SmallStudy, contents

_ROOM = "200m"


@dataclass(frozen=True)
class FullDisk:
    """A disk of a size in KB: exit code and last words of the run on it, and whether the next ended well."""

    kilobytes: int
    code: int
    words: str
    same: bool


def fill_disks(study: SmallStudy, folder: Path, *, disks: int) -> list[FullDisk]:
    """Run on disks from nearly nothing to nearly enough, then give each room and run again.

    Raises
    ------
    PermissionError
        Only root may mount a disk.
    """
    if os.geteuid() != 0:
        raise PermissionError("full disks are tried by root only: they need a mounted tmpfs")
    whole = folder / "whole"
    study.run(whole)
    needed = sum(path.stat().st_size for path in whole.rglob("*") if path.is_file()) // 1024
    sizes = [max(needed * n // disks, 16) for n in range(1, disks)]
    return [_fill(study, folder, whole, size) for size in tqdm(sizes, desc="full disks", unit="disk")]


def _fill(study: SmallStudy, folder: Path, whole: Path, kilobytes: int) -> FullDisk:
    with _small_disk(folder / "disk", f"{kilobytes}k") as disk:
        out = disk / "run"
        stopped = study.run(out)
        subprocess.run(["mount", "-o", f"remount,size={_ROOM}", str(disk)], check=True)
        ended = study.run(out)
        words = stopped.stderr.strip().splitlines()[-1:] or [""]
        same = ended.returncode == 0 and contents(out) == contents(whole)
        return FullDisk(kilobytes, stopped.returncode, words[0], same)


@contextmanager
def _small_disk(path: Path, size: str) -> Iterator[Path]:
    path.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(path)], check=True)
    try:
        yield path
    finally:
        subprocess.run(["umount", str(path)], check=True)
