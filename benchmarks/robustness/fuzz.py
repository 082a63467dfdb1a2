"""Give broken and hostile input to what reads it; each case ends in a result or an error of ours, in time.

    python -m benchmarks.robustness.fuzz 50                 cases of each kind
    python -m benchmarks.robustness.fuzz 50 --kinds "zip: links"    of some
    python -m benchmarks.robustness.fuzz 50 --words         also what the refused were told

Each case has a process of its own, in a folder of its own, with a limit on its time and its memory
(`SECONDS`, `MEMORY`), and is survived when what is called

- returns, and every line, row and file is in an article or the ledger (`benchmarks.robustness.accounts`), or
- ends with exit code 2 and words that begin with "error:", as the command line does for our errors.

Anything else is a failure and is listed: another error, a warning, a hang, a crash, a lost piece, and
whatever no reader of files has reason to do (`benchmarks.robustness.watching`).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from importlib import import_module
from pathlib import Path

import pandas as pd

from benchmarks.robustness.accounts import Accounts
from benchmarks.robustness.cases import KINDS
from benchmarks.robustness.cases.case import WORDS, Case
from benchmarks.robustness.forked import Ended, run_forked
from benchmarks.robustness.watching import watch

SECONDS = 60
"""Time that a case may take."""
MEMORY = 2_000_000_000
"""Bytes that a case may take beyond the program itself with its libraries."""
_REFUSED = 2
_MODELS = "models of strangers"
"""The kind that takes the library of topic models; importing that takes ten seconds, and unpickles what was
compiled for it, so it is done before."""


@dataclass
class Outcome:
    """What came of the cases of a kind: how many were read or refused, and how the others failed."""

    kind: str
    cases: int = 0
    read: int = 0
    refused: int = 0
    articles: int = 0
    left_out: int = 0
    lost: int = 0
    longest: float = 0.0
    peak_mb: float = 0.0
    failures: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    """What the refused were told."""


@dataclass(frozen=True)
class Report:
    """What the process of a case tells its parent: its accounts, and what it did that no reader does."""

    articles: int = 0
    left_out: int = 0
    lost: Sequence[str] = ()
    deeds: Sequence[str] = ()


def try_kind(kind: str, seeds: Sequence[int]) -> Outcome:
    """Try cases of a kind, each in a process of its own."""
    outcome = Outcome(kind)
    with _empty_folder() as home:
        for seed in seeds:
            folder = home / f"case{seed}"
            folder.mkdir()
            case = KINDS[kind](random.Random(f"{kind} {seed}"), folder)
            report = home / f"report{seed}.json"
            ended = run_forked(
                partial(_try, case, folder, report), home / f"words{seed}", seconds=SECONDS, memory=MEMORY
            )
            told = json.loads(report.read_text("utf-8")) if report.exists() else {}
            _count(outcome, seed, ended, Report(**told))
            shutil.rmtree(folder)
    return outcome


def _try(case: Case, folder: Path, report: Path) -> None:
    """In the case's process: call, and write what came of it."""
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
    os.chdir(folder)
    warnings.simplefilter("error")
    accounts = None
    try:
        with watch(folder) as deeds:
            accounts = _call(case)
    finally:
        told = Report(**(asdict(accounts) if accounts else {}), deeds=list(deeds))
        report.write_text(json.dumps(asdict(told)), "utf-8")


def _call(case: Case) -> Accounts | None:
    """Call what reads the case; an error that a user is meant to read ends as in the command line."""
    from rich.markup import escape

    from broadsheet import cli

    try:
        return case.call(case.path)
    except (ValueError, OSError) as error:
        if not cli._is_ours(error):
            raise
        cli._errors.print(f"error: {escape(cli._words(error))}")
        raise SystemExit(_REFUSED) from error


def _count(outcome: Outcome, seed: int, ended: Ended, told: Report) -> None:
    """Add one case to what came of its kind."""
    outcome.cases += 1
    outcome.longest = max(outcome.longest, round(ended.seconds, 2))
    outcome.peak_mb = max(outcome.peak_mb, round(ended.peak_mb))
    problems = [f"did {deed}" for deed in told.deeds[:3]] + [f"lost {piece}" for piece in told.lost[:3]]
    outcome.lost += len(told.lost)
    outcome.articles += told.articles
    outcome.left_out += told.left_out
    if ended.code == 0:
        outcome.read += 1
    elif ended.code == _REFUSED and ended.words.lstrip().startswith("error:"):
        outcome.refused += 1
        outcome.words.append(f"seed {seed}: {' '.join(ended.words.split())[:300]}")
    else:
        last = " | ".join(ended.words.strip().splitlines()[-4:])
        problems.append(f"ended with {ended.code}: {last[-400:]}")
    outcome.failures += [f"seed {seed}: {problem}" for problem in problems]


@contextmanager
def _empty_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
        yield Path(name)


def warm_up() -> None:
    """Import and load what the cases need, so that it is not done anew in each process."""
    import_module("pypdfium2")

    import analysis
    import broadsheet.study  # noqa: F401
    import corpus
    import corpus.layout

    _ = analysis.load_model, analysis.estimate_trends
    story = WORDS[1] * 9
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.txt").write_text("\n".join(WORDS * 3), "utf-8")
        (folder / "b.html").write_text(f"<html><body><h1>Road</h1><p>{story}</p></body></html>", "utf-8")
        (folder / "c.csv").write_bytes(f"text\n{WORDS[0]}\n{WORDS[3]}".encode("gb18030"))
        corpus.read(folder, workers=1)


def try_all(numbers: range, kinds: Sequence[str], *, words: bool = False) -> Iterator[Outcome]:
    """Try cases of each kind, by their numbers, and say what came of them as it comes."""
    warm_up()
    for kind in kinds:
        if kind == _MODELS:
            import_module("bertopic")
        found = try_kind(kind, numbers)
        print(
            f"{found.kind:38} {found.cases:5} cases, {found.read:5} read, {found.refused:5} refused, "
            f"{found.lost} lost, longest {found.longest:5.1f} s, {found.peak_mb:6.0f} MB, "
            f"{len(found.failures)} failed",
            flush=True,
        )
        for line in [*found.failures, *(found.words if words else [])]:
            print(f"    {line}", flush=True)
        yield found


def table(outcomes: Sequence[Outcome]) -> pd.DataFrame:
    """One row a kind."""
    rows = [asdict(one) | {"failures": len(one.failures)} for one in outcomes]
    return pd.DataFrame(rows).drop(columns="words")


def main() -> None:
    """Print one line a kind, and the failures under it; exit with 1 if there is one."""
    parser = argparse.ArgumentParser(description="Give broken and hostile input to what reads it.")
    parser.add_argument("count", type=int, nargs="?", default=50)
    parser.add_argument("--kinds", nargs="+")
    parser.add_argument("--words", action="store_true", help="say what the refused were told")
    given = parser.parse_args()
    outcomes = list(try_all(range(given.count), given.kinds or list(KINDS), words=given.words))
    if any(one.failures for one in outcomes):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
