"""Try kills and full disks, and print what came of them.

python -m benchmarks.robustness [KILLS] [DISKS]
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.robustness import full_disk, kills, study


def main(n_kills: int, n_disks: int) -> None:
    """Print one line a kind; exit with 1 if a run did not come out as it should."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small = study.make(folder)
        killed = kills.kill_and_resume(small, folder, kills=n_kills)
        whole = ", ".join(f"{n} stages whole: {count}" for n, count in sorted(killed.whole_stages.items()))
        print(f"{killed.tried} kills, {killed.hit} of a running process ({whole}); same bytes {killed.same}")
        filled = full_disk.fill_disks(small, folder, disks=n_disks)
        codes = dict(Counter(disk.code for disk in filled))
        print(f"{len(filled)} full disks, exit codes {codes}; same bytes {sum(disk.same for disk in filled)}")
    if killed.same < killed.tried or not all(disk.same and disk.code == 2 for disk in filled):
        raise SystemExit(1)


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(*(given + [100, 20][len(given) :]))
