"""Copies the pictures of README and documentation from a run: `python docs/copy_images.py RUN_DIR`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

IMAGES = Path(__file__).parent / "images"
SHOWN = ("trend_by_theme", "change_points", "article_map")
"""The figures that pages show."""


def main(run_dir: str) -> None:
    """Copy the figures of a run that pages show; one that the run lacks is an error."""
    IMAGES.mkdir(exist_ok=True)
    for name in SHOWN:
        shutil.copyfile(Path(run_dir) / "figures" / f"{name}.png", IMAGES / f"{name}.png")
        sys.stdout.write(f"{IMAGES / name}.png\n")


if __name__ == "__main__":
    main(sys.argv[1])
