"""Seconds of a study's first run and of those after a change of the codebook, of [trends] and of nothing.

    python -m benchmarks.bench_rerun [ARTICLES]

Articles of the bundled bank, Chinese, 1,000 characters each, in three sources; no vector is kept before.
After the codebook is changed (a word more in one theme), pages, vectors and topics are as they were: the run
should take less than a tenth of the first one's seconds.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import broadsheet as bs
from analysis.themes.codebook import BUNDLED
from broadsheet.sample.study import compose_articles

_CHARACTERS = 1_000
_SOURCES = ("云泽日报", "云泽晚报", "云泽晨报")


def write_study(folder: Path, n: int) -> Path:
    """Write a study of `n` articles with a codebook of its own; return the study file."""
    articles = compose_articles(n, lang="zh", characters=_CHARACTERS)
    articles["source"] = [_SOURCES[row % len(_SOURCES)] for row in range(n)]
    articles = articles.rename(columns={"article_id": "id"})[
        ["id", "title", "text", "date", "source", "lang"]
    ]
    rows = (json.dumps(row, ensure_ascii=False) for row in articles.to_dict("records"))
    (folder / "articles.jsonl").write_text("\n".join(rows) + "\n", "utf-8")
    (folder / "book.toml").write_text((BUNDLED / "local_governance.toml").read_text("utf-8"), "utf-8")
    study = folder / "study.toml"
    study.write_text('inputs = ["articles.jsonl"]\n[themes]\ncodebook = "book.toml"\n', "utf-8")
    return study


def timed(study: Path, out: Path) -> tuple[float, dict[str, float]]:
    """Run a study; the seconds in all and of each stage."""
    start = time.perf_counter()
    run = bs.run(config=study, out=out, quiet=True)
    stages = {stage["name"]: stage["seconds"] for stage in run.manifest["stages"]}
    return time.perf_counter() - start, stages


def run(n: int = 2_000) -> Iterator[dict[str, str | float]]:
    """Yield the seconds of a run after a change of the codebook beside the first one's."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["BROADSHEET_CACHE"] = str(folder / "cache")
        study = write_study(folder, n)
        first, _ = timed(study, folder / "run")
        _change_codebook(folder / "book.toml")
        second, _ = timed(study, folder / "run")
    name = f"a run of {n:,} articles after a change of the codebook; the first run as peer"
    yield {"name": name, "ours": second, "peer": first, "ratio": first / second, "unit": "seconds"}


def _change_codebook(book: Path) -> None:
    """Add a word to the first theme that has Chinese ones."""
    text = book.read_text("utf-8")
    changed = text.replace("zh = [", 'zh = ["巡回督导组", ', 1)
    if changed == text:
        raise RuntimeError("the codebook has no Chinese terms to add a word to")
    book.write_text(changed, "utf-8")


def main(n: int) -> None:
    """Print one line a run, with the stages that took a second or more."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["BROADSHEET_CACHE"] = str(folder / "cache")
        study = write_study(folder, n)
        first = _show("first run", *timed(study, folder / "run"))
        _change_codebook(folder / "book.toml")
        second = _show("another codebook", *timed(study, folder / "run"))
        print(f"{n:,} articles: the second run takes {second / first:.1%} of the first")
        study.write_text(study.read_text("utf-8") + "[trends]\nlevel = 0.9\n", "utf-8")
        _show("another level", *timed(study, folder / "run"))
        _show("nothing changed", *timed(study, folder / "run"))


def _show(what: str, seconds: float, stages: dict[str, float]) -> float:
    parts = "; ".join(f"{stage} {taken:.1f}" for stage, taken in stages.items() if taken >= 1)
    print(f"{what}: {seconds:.1f} s ({parts})", flush=True)
    return seconds


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
