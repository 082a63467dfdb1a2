from __future__ import annotations

import pytest

from corpus.cutting import bylines, captions, closings, items, jumps, openings
from corpus.cutting.page import cut_page


@pytest.mark.parametrize(
    "text",
    [
        "本报讯（记者王林 通讯员李四）近日，县里开会。",
        "　　【本报讯】昨日，县里开会。",
        "新华社北京7月4日电（记者王林）全国会议4日召开。",
        "【新华社重庆十四日电】先遣部队本月九日抵达。",
        "本报临江7月3日电 （记者张三、李四）记者获悉。",
        "央视网消息（新闻联播）：今天上午，会议召开。",
        "临江日报讯（记者王林）7月3日，会议召开。",
        "（记者王林）昨天，市里召开会议，部署工作。",
        "〔記者方柏文／臨江報導〕停辦三年的夜市昨晚開張。",
        "LONDON (Reuters) - The bank said on Monday that it would raise rates again.",
        "GREENVALE — Apple growers in the district have begun to use drones this spring.",
        "МОСКВА, 4 июля. /ТАСС/. Правительство утвердило программу развития сельских дорог.",
    ],
)
def test_openings(text: str) -> None:
    assert openings.opens_story(text)


@pytest.mark.parametrize(
    "text",
    [
        "据一家广播公司报道，周一有雨。",
        "本报电话开通以来，读者反映了很多问题。",
        "环球网报道称，今天有雨。",
        "本报记者 王林",
        "He said — and this was important — that the bank would raise the rates again soon.",
        "记者从市民政局获悉，补贴本月发放。",
    ],
)
def test_not_openings(text: str) -> None:
    assert not openings.opens_story(text)


@pytest.mark.parametrize("run", ["A", "Aa", "A.", "Ab, "])
def test_a_long_run_of_capitals_is_read_at_once(run: str) -> None:
    assert not openings.opens_story(run * 100)


@pytest.mark.parametrize(
    "text",
    [
        "本报记者 王林 李芳",
        "□ 通讯员 陈白",
        "本报记者  尹  航  戚冬梅",
        "王林 李芳 张大海",
        "本报评论员",
        "“百村行”采访团记者 王林 李芳",
        "白鹭网·白鹭新闻记者 王林 石桥报道",
        "记者 王林 文/图",
        "By Laura Whitfield",
        "By Ann Lee and Tom Ray | June 4, 2019",
        "Jane Doe, Staff Writer",
        "Автор: Иван Петров",
    ],
)
def test_bylines(text: str) -> None:
    assert bylines.is_byline(text)


@pytest.mark.parametrize(
    "text",
    [
        "进山村 送戏曲 乐乡亲",
        "山水入城 步步有景",
        "记者走进山村看变化",
        "三十年老记者 一本采访账",
        "By the river",
        "王林说，天要下雨",
    ],
)
def test_not_bylines(text: str) -> None:
    assert not bylines.is_byline(text)


def test_closings() -> None:
    assert closings.closes_story("（王林 李芳）")
    assert closings.closes_story("(本报记者 王林)")
    assert closings.closes_story("（下转第3版）")
    assert not closings.closes_story("（图为活动现场，天下着大雨）")
    assert closings.ends_with_signature("活动持续到月底。（王林 李芳）")
    assert not closings.ends_with_signature("他去了三次（包括上周）。")


def test_captions() -> None:
    assert captions.is_caption("图为游客在公园划龙舟。")
    assert captions.is_caption("游客在公园划龙舟。 郑远 摄")
    assert not captions.is_caption("他爱上了摄影，每天都要出门拍照。")


def test_jumps() -> None:
    assert jumps.is_jump("（上接第1版）")
    assert jumps.is_jump("▲上接A1版")
    assert jumps.is_jump("Continued from page 1")
    assert not jumps.is_jump("（下转第3版）")
    assert jumps.jumps_out("会议要求抓好落实。（下转第三版）")


def test_titles_on_the_line_of_the_text() -> None:
    assert items.run_in_title("【石桥镇】7月1日，石桥镇组织党员到烈士陵园祭扫。") == "石桥镇"
    assert items.run_in_title("【本报讯】7月1日，石桥镇组织党员到烈士陵园祭扫。") is None
    found = openings.headline_before_opening("全市秋播进度过半 本报讯（记者袁圆）10月8日，记者获悉。")
    assert found == "全市秋播进度过半"
    assert openings.headline_before_opening("会议结束了。本报讯（记者袁圆）10月8日") is None


def test_names() -> None:
    assert openings.opening_names("本报讯（记者王林 通讯员李四）近日，县里开会。") == "记者王林 通讯员李四"
    assert closings.closing_names("活动持续到月底。（王林 李芳）") == "王林 李芳"
    assert openings.opening_names("近日，县里开会。") is None


@pytest.mark.parametrize("text", ["（存江）", "(江上云 渡口月)", "（江上云渡口月石桥柳）"])
def test_names_that_no_list_has(text: str) -> None:
    assert closings.is_pen_name(text)


@pytest.mark.parametrize("text", ["（下转第3版）", "（见右图，周宁摄）", "存江", "（一）"])
def test_what_is_no_pen_name(text: str) -> None:
    assert not closings.is_pen_name(text)


def test_a_signature_without_a_known_surname_stays_with_its_story() -> None:
    told = "石桥镇渡口昨天加开早晚两班渡船，沿岸学生凭学生证免票，镇里又修好了两座码头，行人不再绕路。"
    page = f"渡口加开早晚班\n{told}\n（存江）\n\n夜市迁进老粮仓\n{told}"
    assert [segment.lines for segment in cut_page(page).segments] == [((1, 3),), ((5, 6),)]


def test_a_caption_with_its_credit_is_no_bare_credit() -> None:
    assert not captions.is_credit_line("渡口开航现场（宣传部 周宁摄）")
    assert captions.is_credit_line("本报记者 周宁 摄")
    assert captions.is_caption("渡口开航现场（宣传部 周宁摄）")


def test_an_apprentice_signs_as_well() -> None:
    assert bylines.is_byline("周宁  李岚(实习)")
