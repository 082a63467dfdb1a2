"""Legal words under a story, on a site's page and elsewhere."""

from __future__ import annotations

import pytest

from corpus.cutting.furniture import mark_furniture
from corpus.cutting.legal import mark_legal
from corpus.cutting.lines import read_lines

STORY = (
    "白鹭县八座旧桥年内修完",
    "本报讯（记者周宁）昨天，白鹭县公布旧桥维修计划，八座旧桥将在年内修完，其中三座下月封闭施工。",
    "县交通局负责人说，施工期间渡船加开早晚两班，沿岸学生凭学生证免票。",
)


def marks(*lines: str) -> list[str | None]:
    return mark_furniture(read_lines("\n".join(lines)))[len(STORY) :]


def test_a_ban_on_reprints_over_two_lines_is_no_story() -> None:
    below = (
        "本稿件所含文字、图片资料，版权均属",
        "白鹭晚报所有，任何媒体未经授权不得转载，违者将依法追究责任。",
    )
    assert marks(*STORY, *below) == ["copyright", "copyright"]


def test_a_declaration_takes_all_below_it() -> None:
    below = (
        "白鹭网版权与免责声明",
        "1、本网所有作品均已授权白鹭网发布，其他媒体使用时须写明出处，并经书面同意。",
        "2、如因作品内容和其它问题可联系本网，本网确认后将在24小时内移除有争议的内容。",
    )
    assert marks(*STORY, *below) == ["copyright"] * 3


def test_a_notices_telephone_and_a_firms_declaration_stay() -> None:
    below = (
        "郑重声明",
        "本公司从未委托任何人收取押金，发现者请拨打举报电话：0000-0000000。",
        "白鹭县渡运公司",
    )
    assert marks(*STORY, *below) == [None, None, None]


@pytest.mark.parametrize(
    "line",
    [
        "法院审理认为，被告未经作者许可擅自转载原告的三十篇文章，应当承担赔偿损失的责任。",
        "该批作品的版权归原告所有，法院对此予以确认，双方均表示不再上诉。",
        "公安机关将依法追究其刑事责任，绝不姑息，案件正在进一步办理之中。",
        "举报电话：0000-8888888，市民发现线索可以随时拨打，经查实的给予奖励。",
        "Police said the man had entered the building without permission and was arrested at once.",
    ],
)
@pytest.mark.parametrize("site", [False, True])
def test_a_storys_own_words_on_rights_and_crimes_stay(line: str, site: bool) -> None:
    lines = read_lines("\n".join((*STORY, line)))
    found: list[str | None] = [None] * len(lines)
    mark_legal(lines, found, site=site)
    assert found == [None] * len(lines)


def test_a_bank_that_publishes_a_declaration_is_news_and_the_next_story_stays() -> None:
    below = (
        "多家银行发布免责声明",
        "本报讯（记者周宁）多家银行昨天发布免责声明，提醒储户不要相信陌生来电。",
        "小学生走进博物馆",
        "本报讯（记者赵青）昨天，二百名小学生走进县博物馆，听讲解员讲白鹭河的故事。",
    )
    assert marks(*STORY, *below) == [None] * 4


def test_two_legal_phrases_are_a_declaration_on_any_page() -> None:
    below = "以上文章仅代表作者个人观点，本网只是转载，如涉及版权问题，请联系我们。"
    assert marks(*STORY, below) == ["copyright"]


def test_the_lines_around_a_ban_go_with_it() -> None:
    below = (
        "凡本网注明“来源：白鹭网”的作品，未经授权不得转载。",
        "凡本网注明“来源：其他”的作品，均转载自其他媒体，并不代表本网赞同其观点。",
    )
    assert marks(*STORY, *below) == ["copyright", "copyright"]


def test_a_long_paragraph_that_tells_of_rights_stays() -> None:
    told = "县里说，违者将依法追究责任。" + "渡船公司与沿岸村民商量了票价，也商量了班次，大家都说可行。" * 12
    assert marks(*STORY, told) == [None]


def test_a_platforms_declaration_and_one_in_traditional_writing_go() -> None:
    platform = "特别声明：以上内容为自媒体平台用户上传并发布，本平台仅提供信息存储服务。"
    assert marks(*STORY, platform) == ["copyright"]
    traditional = "本網站所刊載信息，不代表本社觀點。未經授權禁止轉載、摘編、複製及建立鏡像，違者依法必究。"
    assert marks(*STORY, traditional) == ["copyright"]
