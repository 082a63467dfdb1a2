"""What a run says of its memory."""

from __future__ import annotations

import subprocess
import sys

import numpy as np


def test_the_memory_of_what_began_a_process_is_not_its_own() -> None:
    held = np.ones(50_000_000)  # 400 MB here
    code = "from broadsheet.stopwatch import peak_memory_mb; print(peak_memory_mb())"
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert 5 < float(said) < 200
    assert held.sum() == 50_000_000
