"""What invented pages print at their edges is read, and papers that are only mentioned name no source."""

from __future__ import annotations

import pytest

from corpus.dating.publication import find_publication
from corpus.origins.evidence import CONFIDENCE
from corpus.origins.sources import find_source
from tests.corpus.origins.imprints import MENTIONED, PRINTED, Imprint


@pytest.mark.parametrize("imprint", PRINTED, ids=lambda one: one.edge[:30])
def test_the_printed_source_and_day_are_read(imprint: Imprint) -> None:
    page = imprint.page()
    source = find_source(page)
    assert source.name == imprint.source
    assert source.confidence is not None
    assert source.confidence >= CONFIDENCE["masthead"]
    publication = find_publication(page)
    if imprint.day is None:
        assert publication.basis in ("inferred", "none")
    else:
        assert publication.date == imprint.day


@pytest.mark.parametrize("text", MENTIONED)
def test_a_paper_that_is_mentioned_is_not_the_source(text: str) -> None:
    assert find_source(text).name is None


@pytest.mark.parametrize(
    "text",
    [
        "新华社武汉1月10日电 我国东湖站通车。新华社武汉1月10日电 全省关注。武汉。",
        "我市召开会议。武汉、荆州、宜昌、黄冈的代表各自介绍了湖北经验，武汉、荆州、宜昌、黄冈轮流发言。",
        "武汉、荆州都下了雨，湖北农民高兴。武汉的湖泊涨水，武汉市民观景。",
    ],
)
def test_without_a_voice_and_a_margin_no_paper_is_inferred(text: str) -> None:
    assert find_source(text).name is None


def test_a_local_papers_reprint_of_a_national_one_does_not_name_it() -> None:
    reprint = (
        "本报讯（记者 周宁）我市新桥通车，荆州市荆州区、沙市区居民高兴。\n人民日报记者 何平\n沙市区老街开张。"
    )
    assert find_source(reprint).name == "荆州日报"
    assert find_source("人民日报记者 何平\n老街开张。").name == "人民日报"


def test_what_is_printed_is_surer_than_what_is_inferred() -> None:
    printed = find_source("荆州日报 2023年7月4日 星期二\n正文")
    guessed = find_source("我市召开会议。荆州区、沙市区、江陵县代表参加，荆州市委书记讲话。")
    assert printed.name == guessed.name == "荆州日报"
    assert (printed.confidence or 0) > (guessed.confidence or 1)
    assert find_source("没有来源的一页").confidence is None
    assert find_source("没有来源的一页", given="G").confidence == 1.0
