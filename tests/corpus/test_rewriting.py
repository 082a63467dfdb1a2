"""Sentences in another order and words exchanged throughout, against what editors and scanners do."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from corpus.alignment import align
from corpus.reprints import ReprintOptions, find_reprints, same_text
from corpus.rewriting import displaced, exchanged_throughout

LEAD = "昨日清晨码头边的旧灯塔重新亮起光来许多住户推窗张望"
LONG_LEAD = LEAD + "有人提了灯笼往堤上走也有人端着饭碗站在门槛边看"
OTHER_LEAD = "上月廿三县里修堤的民夫从沙洲挖出一口铁钟抬回祠堂众人围看半日方散钟上铸字已经锈得难以辨认"
BODY = (
    "守塔人{name}沿着铁梯爬到顶层擦净了每一块玻璃",
    "船工们把缆绳盘成圆圈晾在石阶上等着潮水退去",
    "学堂的孩子画了满墙帆影先生说画得比真船还要稳当",
    "修表铺的掌柜记得当年雾大全凭这束光认路回家",
    "{name}说往后每逢起雾便会敲钟三遍替晚归的人引路",
    "渔市收摊以后街面用井水冲洗干净猫儿蹲在檐下打盹",
    "入夜风停海面平得像一匹蓝布远处只剩零星几点渔火",
)
PLAIN = ReprintOptions()


def story(name: str, *, lead: str = LEAD, order: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)) -> str:
    return lead + "".join(BODY[place].format(name=name) for place in order)


def found(one: str, other: str, *, days: int = 3) -> bool:
    first = date(2023, 3, 1)
    days_of = [first.isoformat(), (first + timedelta(days=days)).isoformat()]
    columns = {"article_id": ["a", "b"], "text": [one, other], "date": days_of, "date_start": days_of}
    return bool(find_reprints(pd.DataFrame(columns).astype("str")).notna().any())


def test_a_passage_that_stands_elsewhere_is_displaced_and_a_stock_phrase_is_not() -> None:
    other = story("方子期")
    assert displaced([BODY[5]], other, unspaced=True) == len(BODY[5])
    assert displaced(["井水冲洗干净", "谁也没有见过这样的事"], other, unspaced=True) == 0


def test_sentences_in_another_order_are_no_reprint_and_a_cut_tail_is() -> None:
    original = story("方子期")
    assert found(original, story("方子期", order=(0, 1, 2, 3, 4)))
    assert found(original, story("方子期", order=(0, 1, 3, 4, 5, 6)))
    assert not found(original, story("方子期", order=(0, 5, 1, 2, 6, 3, 4)))


def test_what_is_displaced_counts_against_what_is_covered() -> None:
    one = story("方子期", order=(0, 1, 2, 5, 3, 4))
    alignment = align(one, story("方子期"), opening=60)
    lacking = len(BODY[5]) / len(one)
    assert alignment.whole == pytest.approx(1 - 2 * lacking, abs=0.02)


def test_a_passage_of_its_own_is_not_covered() -> None:
    own = "此处另起一段讲的是山中采药人的旧事与灯塔毫无干系"
    one = story("方子期", order=(0, 1)) + own + BODY[2] + BODY[3]
    alignment = align(one, story("方子期"), opening=60)
    assert alignment.whole == pytest.approx(1 - len(own) / len(one), abs=0.03)


def test_a_name_exchanged_wherever_it_stands_is_counted_once() -> None:
    one, other = story("方子期"), story("陆鸣皋")
    assert exchanged_throughout([("方子期", "陆鸣皋")] * 2, one, other, unspaced=True) == 1
    assert align(one, other, opening=60).renamed == 1


def test_a_name_misread_is_not_exchanged() -> None:
    one = story("方子期")
    once = one.replace("方子期", "万孑斯", 1)
    throughout = one.replace("方子期", "万子期")
    assert align(once, one, opening=60).renamed == 0
    assert align(throughout, one, opening=60).renamed == 0
    assert found(one, once)
    assert found(one, throughout)


def test_another_person_in_the_same_sentences_is_another_event() -> None:
    one, other = story("方子期"), story("陆鸣皋")
    assert not same_text(one, other, options=PLAIN).soon
    assert same_text(one, other, options=ReprintOptions(renamed=0.0)).soon


def test_one_name_in_a_long_text_may_be_withheld() -> None:
    rest = "".join(chr(0x4E00 + 37 * place % 4000) for place in range(900))
    assert found(story("方子期") + rest, story("某先生") + rest)


def test_another_headline_is_a_reprint_but_another_lead_with_another_name_is_not() -> None:
    order = (1, 2, 4, 3, 5, 6)
    original = story("方子期", lead=LONG_LEAD, order=order)
    assert found(original, "灯塔重明" + original)
    assert found(original, "灯塔重明" + original.replace("方子期", "方先生"))
    assert found(original, story("方子期", lead=OTHER_LEAD, order=order))
    assert not found(original, story("陆鸣皋", lead=OTHER_LEAD, order=order))


def test_what_comes_back_after_a_season_has_its_lead() -> None:
    original, other = story("方子期", lead=LONG_LEAD), story("方子期", lead=OTHER_LEAD)
    assert found(original, original, days=200)
    assert found(original, other)
    assert not found(original, other, days=200)
