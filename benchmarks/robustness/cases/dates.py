"""Dates: every year, every calendar, none."""

from __future__ import annotations

import json
import random
from pathlib import Path

from benchmarks.robustness.cases.case import WORDS, Case, Kind, read, written


def _a_date(generator: random.Random) -> str:
    year, month, day = generator.randint(0, 9999), generator.randint(0, 14), generator.randint(0, 33)
    forms = (
        f"{year:04d}-{month:02d}-{day:02d}",
        f"{year}年{month}月{day}日",
        f"{day}/{month}/{year}",
        f"{year}{month:02d}{day:02d}",
        f"{day}.{month}.{year}",
        f"令和{month}年{day}月{day}日",
        f"民國{year % 200}年{month}月{day}日",
        f"{year}-W{month:02d}",
        f"-{year}-01-01",
        f"{year}-{month}",
        "9" * 400,
        "今年",
        f"+{year}",
        f"{year}-{month}-{day}T25:61:61Z",
        "農曆正月初一",
        f"{generator.randrange(10**12)}",
        "NaT",
        "0000-00-00",
        f"{month}月{day}日上午",
        f"二〇{'〇' * (month % 5)}年",
    )
    return generator.choice(forms)


def _in_a_table(generator: random.Random, folder: Path) -> Case:
    rows = [{"text": generator.choice(WORDS), "date": _a_date(generator)} for _ in range(10)]
    return Case(read, written(folder, "a.jsonl", "\n".join(json.dumps(row) for row in rows)))


def _on_a_page(generator: random.Random, folder: Path) -> Case:
    text = [f"{_a_date(generator)} {generator.choice(WORDS)}{_a_date(generator)}" for _ in range(20)]
    return Case(read, written(folder, "a.txt", "\n".join(text)))


def _in_a_name(generator: random.Random, folder: Path) -> Case:
    name = f"报_{_a_date(generator).replace('/', '-')[:60]}.txt"
    return Case(_by_name, written(folder, f"pages/{name}", generator.choice(WORDS) * 3).parent)


def _by_name(path: Path) -> None:
    import corpus

    corpus.read(path, name_pattern="{source}_{date}", workers=1)


def _in_trends(generator: random.Random, folder: Path) -> Case:
    rows = [{"text": WORDS[1] + str(n), "date": _a_date(generator), "source": "a"} for n in range(30)]
    return Case(_trends, written(folder, "a.jsonl", "\n".join(json.dumps(row) for row in rows)))


def _trends(path: Path) -> None:
    import analysis
    import corpus

    articles = corpus.read(path, workers=1).articles.assign(theme="health")
    analysis.estimate_trends(articles, period="year")


DATES: dict[str, Kind] = {
    "dates in tables, years 0 to 9999": _in_a_table,
    "dates on pages": _on_a_page,
    "dates in file names": _in_a_name,
    "dates into trends": _in_trends,
}
