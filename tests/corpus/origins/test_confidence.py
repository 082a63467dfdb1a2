"""The confidence of a source goes with it into the table and out of it again."""

from __future__ import annotations

from pathlib import Path

import pytest

import corpus
from corpus.export import write_articles
from corpus.origins.evidence import CONFIDENCE


@pytest.mark.parametrize("suffix", [".parquet", ".jsonl", ".csv"])
def test_the_confidence_of_a_source_is_kept(tmp_path: Path, suffix: str) -> None:
    page = tmp_path / "page.txt"
    page.write_text(
        "青溪日报 2023年7月4日 星期二 第2版\n\n新桥通车\n\n新桥昨日通车，居民出行方便。\n", encoding="utf-8"
    )
    given = tmp_path / "given.jsonl"
    given.write_text(
        '{"text": "老街开张。", "source": "东岭晚报"}\n{"text": "没有来源。"}\n', encoding="utf-8"
    )
    articles = corpus.read([page, given]).articles
    target = write_articles(articles, tmp_path / f"out{suffix}")
    again = corpus.read([target]).articles
    for table in (articles, again):
        sure = dict(zip(table["source"].fillna("-"), table["source_confidence"], strict=True))
        assert sure["青溪日报"] == CONFIDENCE["dated masthead"]
        assert sure["东岭晚报"] == 1.0
        assert sure["-"] != sure["-"]  # NaN
