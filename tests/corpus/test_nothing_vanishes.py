"""Every line of a page that has anything on it is in one article or in one row of the ledger."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from corpus.cutting.page import Page, cut_page
from corpus.dating.given import GivenDate
from corpus.intake.files import InputFile
from corpus.intake.tables import Defaults
from corpus.ledger import Ledger
from corpus.pages import read_page
from corpus.schema import KEPT, LINES

SHARED = Path(__file__).parents[2].parent / "shared" / "pages"
DAY = GivenDate("2023-07-04", "2023-07-04")
FRAGMENTS = (
    "本报讯（记者周宁）7月3日，城东新学校落成，约三百名市民来到现场。孩子们合唱了歌曲。",
    "新学校在城东落成",
    "老桥翻修月底完工 公共汽车恢复通行",
    "2023年7月4日 星期二 3 春江日报",
    "责任编辑：周宁 版式：郑川",
    "（下转第三版）",
    "（上接第一版）继续推进老旧小区改造，",
    "周宁 摄",
    "图为孩子们在新学校合唱。",
    "遗失声明",
    "电话：0571-88881234",
    "首页 > 新闻 > 正文",
    "Council votes to keep old bridge",
    "By JANE ROE",
    "The city council voted on Monday night to keep the bridge open, and the mayor signed the",
    "Copyright © 2023 All rights reserved",
    "Мост через реку открыли в понедельник.",
    "",
    "   ",
    "\t",
    "\u3000\u3000",
    "\f",
    "□■◆",
    "1",
)
PAGES = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=60)), min_size=1, max_size=40).map(
    "\n".join
)


def check(text: str) -> None:
    """Count for every line with anything on it the articles and the ledger rows that name it: one."""
    ledger = Ledger()
    rows = read_page(InputFile("p.txt", "p.txt"), text, ledger, defaults=Defaults("春江日报", DAY))
    spans = [row[LINES] for row in rows]
    spans += [entry.lines for entry in ledger.entries if not entry.reason.startswith(KEPT)]
    told = Counter(line for ranges in spans for first, last in ranges for line in range(first, last + 1))
    physical = text.split("\n")
    assert set(told) <= set(range(1, len(physical) + 1))
    written = {number for number, line in enumerate(physical, 1) if line.strip()}
    characters = Counter(
        {number: len(line.strip()) for number, line in enumerate(physical, 1) if line.strip()}
    )
    assert sum(characters[number] * told[number] for number in told) == characters.total()
    once = {number for number in written if told[number] == 1}
    assert once == written, [
        (number, told[number], physical[number - 1]) for number in sorted(written - once)
    ]


def test_the_check_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of which the cutter loses its last segment, or names it twice, is found out."""
    import corpus.pages

    text = "新学校在城东落成\n\n本报讯（记者周宁）7月3日，城东新学校落成，孩子们合唱了歌曲。"
    for number in (0, 2):
        monkeypatch.setattr(
            corpus.pages,
            "cut_page",
            lambda page, times=number: Page(cut_page(page).segments[-1:] * times, ()),
        )
        with pytest.raises(AssertionError):
            check(text)


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(PAGES)
@example("\x1c\n本报讯\x85")
@example("\u2028\n\u200b\n新闻")
def test_random_pages(text: str) -> None:
    check(text.encode("utf-8", errors="replace").decode("utf-8"))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=1500))
def test_random_text(text: str) -> None:
    check(text)


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_real_pages(number: str) -> None:
    found = sorted(SHARED.glob(f"{number}_*.txt"))
    if not found:
        pytest.skip(f"the pages are not at {SHARED}")
    check(found[0].read_text("utf-8"))
