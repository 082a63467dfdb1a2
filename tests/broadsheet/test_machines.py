"""Runs in another order or on one thread: the same bytes; as on an older processor: but for last digits."""

import json
import os
import subprocess
import sys
from pathlib import Path

import broadsheet as bs
from broadsheet.run_difference import compare_runs
from broadsheet.verify import compare_folders
from tests.broadsheet.test_resuming import study_file  # noqa: F401 - a fixture

OLDER = {
    "OPENBLAS_CORETYPE": "Prescott",
    "ATEN_CPU_CAPABILITY": "default",
    "ONEDNN_MAX_CPU_ISA": "SSE41",
    "MKL_ENABLE_INSTRUCTIONS": "SSE4_2",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS")
LAST_DIGITS = 1e-9
"""What differs between machines is below this part of a number's own size."""


def test_an_older_processor_gives_the_same_but_for_last_digits(
    study_file: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    older, this = tmp_path / "older", tmp_path / "this"
    command = [sys.executable, "-m", "broadsheet", "run", "-c", str(study_file), "-o", str(older), "-q"]
    done = subprocess.run(command, env=os.environ | OLDER, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    run = bs.run(config=study_file, out=this, quiet=True)
    files = compare_folders(older, this)
    assert len(files) > 40
    differing = {row.name: row for row in files if not row.same}
    for name, row in differing.items():
        assert row.by is not None, f"{name}: {row.difference}"
        assert 0 < row.by < LAST_DIGITS, f"{name}: {row.difference}"
    assert {"articles.parquet", "assignments.parquet", "topics.csv"}.isdisjoint(differing)
    assert not [name for name in differing if name.endswith((".png", ".safetensors"))]

    found = compare_runs(older, this)
    assert set(found["kind"]) <= {"machine", "tables"}
    assert set(found["what"]) == {name for name in differing if "/" not in name} | {
        name
        for name, value in run.manifest["machine"].items()
        if bs.Run(older).manifest["machine"][name] != value
    }


def test_order_threads_and_cache_change_no_byte(
    study_file: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    rows = (tmp_path / "a.jsonl").read_text("utf-8").splitlines(keepends=True)
    names = [f"part{number}.jsonl" for number in range(4)]
    for number, name in enumerate(names):
        (tmp_path / name).write_text("".join(rows[number::4]), "utf-8")
    settings = study_file.read_text("utf-8")
    runs = []
    for turn, (order, threads) in enumerate(((names, "2"), (names[::-1], "1"))):
        study_file.write_text(settings.replace('["a.jsonl"]', json.dumps(order)), "utf-8")
        runs.append(tmp_path / f"run{turn}")
        command = [
            sys.executable,
            "-m",
            "broadsheet",
            "run",
            "-c",
            str(study_file),
            "-o",
            str(runs[-1]),
            "-q",
        ]
        cache = {"BROADSHEET_CACHE": str(tmp_path / f"cache{turn}")}
        done = subprocess.run(
            command,
            env=os.environ | dict.fromkeys(THREADS, threads) | cache,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    assert [f"{row.name}: {row.difference}" for row in compare_folders(*runs) if not row.same] == []
