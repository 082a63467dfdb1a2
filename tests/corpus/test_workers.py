"""One process or two: the same result, in the same order."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import corpus
from broadsheet.sample import build
from corpus.workers import FEWEST, each_in_order


def square(number: int) -> tuple[int, int]:
    if number < 0:
        raise ValueError(f"{number} is below nothing")
    return number * number, os.getpid()


def test_results_come_in_order_from_more_than_one_process() -> None:
    found = list(each_in_order(square, range(200), count=200, workers=2))
    assert [value for value, _ in found] == [number * number for number in range(200)]
    assert len({process for _, process in found} | {os.getpid()}) > 2


def test_few_items_and_one_worker_stay_in_this_process() -> None:
    few = list(each_in_order(square, range(FEWEST - 1), count=FEWEST - 1))
    one = list(each_in_order(square, range(FEWEST + 1), count=FEWEST + 1, workers=1))
    assert {process for _, process in few + one} == {os.getpid()}


def test_an_error_in_a_worker_is_raised_here_as_it_was() -> None:
    with pytest.raises(ValueError, match="-1 is below nothing"):
        list(each_in_order(square, [*range(100), -1], count=101, workers=2))


def test_less_than_one_worker_is_refused() -> None:
    with pytest.raises(ValueError, match="workers must be 1 or more, not 0"):
        each_in_order(square, [1, 2], count=2, workers=0)


def test_two_processes_read_the_same_bytes_as_one(tmp_path: Path) -> None:
    pages = build(tmp_path).corpus / "lanjin_daily" / "2022"
    one, two = (corpus.read(pages, workers=workers) for workers in (1, 2))
    for number, read in enumerate((one, two)):
        corpus.write_articles(read.articles, tmp_path / f"{number}.parquet")
    assert (tmp_path / "0.parquet").read_bytes() == (tmp_path / "1.parquet").read_bytes()
    pd.testing.assert_frame_equal(one.dropped, two.dropped)
    pd.testing.assert_frame_equal(one.inputs, two.inputs)


def test_a_script_without_a_guard_is_not_run_again_by_its_workers(tmp_path: Path) -> None:
    script = tmp_path / "study.py"
    script.write_text(
        "import math\nfrom corpus.workers import each_in_order\nprint('begun')\n"
        "print(sum(each_in_order(math.isqrt, range(100), count=100, workers=2)))\n",
        "utf-8",
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, script],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert done.stdout.split() == ["begun", "615"]
    assert done.stderr == ""
