"""A site's page of one story: its headline and its ends, by weights that were learned from labelled pages."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from corpus.cutting.clues import clues_of
from corpus.cutting.furniture import mark_furniture
from corpus.cutting.lines import Line, read_lines
from corpus.cutting.page import cut_page
from corpus.cutting.post import REASON, Post, _share_of_text, weigh_page
from corpus.cutting.post_ends import settle_ends
from corpus.cutting.post_lines import describe
from corpus.cutting.post_model import KINDS, Weights, package_weights
from corpus.cutting.post_story import has_several
from corpus.cutting.stories import Story
from corpus.cutting.wrap import blocks_of

ABOVE = ["首页", "新闻", "视频", "登录/注册", "首页 > 新闻中心 > 正文"]
TITLE = "青石镇老磨坊修好了水轮"
UNDER = ["2021-05-14 09:31 来源：青石晚报 字号：大 中 小", "分享到："]
STORY = [
    "青石镇的老磨坊上周修好了水轮，停了三十年的石磨又转起来，镇上的人排着队来磨今年的新麦。",
    "磨坊的主人林守田今年七十二岁，水轮的木轴是他带着两个徒弟用一棵老槐树做的，前后花了八个月。",
    "第一袋面粉分给了帮过忙的邻居，林守田说，以后每个星期六磨坊都开门，水小的日子就歇一天。",
]
BELOW = [
    "责任编辑：何小满",
    "相关推荐",
    "北塘码头的渡船又开了",
    "西园茶会周末开张",
    "评论 3 条",
    "版权所有 青石网",
]
OTHERS = [
    [
        "城南图书馆夜里也开门",
        "城南图书馆从下月起开到半夜，二楼的自习室添了四十张桌子，门口的咖啡车守到十一点才收摊。",
        "馆长杜宁说，下夜班的护士和备考的学生来得最多，借书的机器夜里也能用。",
    ],
    [
        "果农把冷库搬进了山沟",
        "王家坪的桃子往年一下树就得贱卖，今年合作社在山沟里挖了三间冷库，桃子能放到中秋以后。",
        "收购商开着卡车上山，价钱比去年高出两成，运费由合作社出一半。",
    ],
]
GERMAN = [
    "Seit voriger Woche dreht sich am Mühlbach das Wasserrad, dreißig Jahre hatten die Steine gestanden.",
    "Der Müller Anton Weiß hieb die Achse mit zwei Lehrlingen aus einer Eiche, acht Monate brauchten sie.",
    "Den ersten Sack Mehl bekamen die Nachbarn, und samstags ist die Mühle von nun an für alle offen.",
]
LATVIAN = [
    "Sākums",
    "Ziņas",
    "Sports",
    "Laika ziņas",
    "Pieslēgties",
    "Vecajās dzirnavās atkal griežas ritenis",
    "Otrdiena, 14. maijs, 2021 09:31",
    "Dalīties",
    "Pagājušajā nedēļā pilsētas malā atjaunoja dzirnavu riteni, un trīsdesmit gadus klusie akmeņi atkal maļ.",
    "Saimnieks Andris Kalniņš stāsta, ka ozola vārpstu kopā ar diviem mācekļiem taisījis astoņus mēnešus.",
    "Pirmo maisu miltu viņš atdeva kaimiņiem, kas palīdzēja, un sestdienās dzirnavas būs vaļā visiem.",
    "Saistītie raksti",
    "Prāmis atkal kursē",
    "Tirgus sāksies sestdien",
    "Komentāri (3)",
    "Reklāma",
    "Par mums",
]


def page(*parts: list[str]) -> str:
    return "\n".join(line for part in parts for line in part)


def find_post(lines: list[Line], marks: list[str | None], weights: Weights | None = None) -> Post | None:
    """The one story of a page, or None."""
    weighed = weigh_page(lines, marks, weights)
    return weighed and weighed.post


def test_a_story_is_what_stands_between_headline_and_end() -> None:
    (story,) = cut_page(page(ABOVE, [TITLE], UNDER, STORY, BELOW)).segments
    assert (story.title, story.text.split("\n")) == (TITLE, STORY)


def test_a_headline_that_is_also_the_pages_name_is_given_once() -> None:
    (story,) = cut_page(page([f"{TITLE}_青石网", *ABOVE, TITLE], UNDER, STORY, BELOW)).segments
    assert (story.title, story.text.split("\n")) == (TITLE, STORY)


def test_subheads_part_no_story() -> None:
    told = [STORY[0], "八个月的木轴", STORY[1], "星期六开门", STORY[2]]
    (story,) = cut_page(page(ABOVE, [TITLE], UNDER, told, BELOW)).segments
    assert story.text.split("\n") == told


def test_a_page_of_several_stories_keeps_them_apart() -> None:
    told = [[other[0], f"本报讯（记者周宁）{other[1]}", *other[2:]] for other in ([TITLE, *STORY], *OTHERS)]
    found = cut_page(page(ABOVE, *told, BELOW)).segments
    assert [story.title for story in found] == [TITLE, *(other[0] for other in OTHERS)]


def test_a_site_in_a_language_without_word_lists_is_known_by_its_form() -> None:
    lines = read_lines("\n".join(LATVIAN))
    post = find_post(lines, mark_furniture(lines))
    assert post is not None
    assert [number for number, kind in post.kinds.items() if kind == "headline"] == [6]
    assert [number for number, kind in post.kinds.items() if kind == "text"] == [9, 10, 11]
    assert {post.marks[0], post.marks[11], post.marks[16]} == {REASON}


@pytest.mark.parametrize("stories", [[[TITLE, *STORY]], [[TITLE, *STORY], *OTHERS]])
def test_a_page_without_furniture_is_no_post(stories: list[list[str]]) -> None:
    lines = read_lines(page(*stories))
    assert find_post(lines, mark_furniture(lines)) is None


def test_an_opening_formula_is_the_storys_wherever_it_stands() -> None:
    opened = [f"本报讯（记者周宁）{STORY[0]}", *STORY[1:]]
    (story,) = cut_page(page(ABOVE, [TITLE], UNDER, opened, BELOW)).segments
    assert story.text.split("\n") == opened
    assert story.byline is not None
    assert "周宁" in story.byline


def test_the_last_sentence_before_the_sites_lines_stays() -> None:
    told = [*STORY, "天黑前，他把门锁上了。"]
    (story,) = cut_page(page(ABOVE, [TITLE], UNDER, told, BELOW)).segments
    assert story.text.split("\n") == told


def test_every_number_has_its_weights() -> None:
    lines = read_lines(page(ABOVE, [TITLE], UNDER, STORY, BELOW))
    numbers = describe(lines, mark_furniture(lines))
    weights = package_weights()
    assert set(weights.names) == set(numbers[0])
    assert weights.score(numbers).shape == (len(lines), len(KINDS))


def test_numbers_are_near_the_unit_interval_on_odd_lines() -> None:
    odd = ["—", "1", "…", "a" * 5_000, "\u200d", "https://a.example", "！！！", "12:30"]
    numbers = describe(read_lines("\n".join(odd)), [None] * len(read_lines("\n".join(odd))))
    assert all(-0.01 <= value <= 4 for line in numbers for value in line.values())


def test_every_line_of_a_post_is_in_one_piece_or_left_out() -> None:
    picture = "图为修好的水轮。 周宁 摄"
    text = page(ABOVE, [TITLE], UNDER, [STORY[0], picture, *STORY[1:]], BELOW)
    found = cut_page(text)
    ranges = [span for segment in found.segments for span in segment.lines]
    ranges += [(first, last) for first, last, _ in found.boilerplate]
    covered = sorted(number for first, last in ranges for number in range(first, last + 1))
    assert covered == list(range(1, text.count("\n") + 2))
    assert any(picture in segment.text for segment in found.segments)


@pytest.mark.parametrize("order", [["记者 周宁", TITLE], [TITLE, "记者 周宁"]])
def test_a_byline_over_or_under_the_headline_is_the_storys(order: list[str]) -> None:
    (story,) = cut_page(page(ABOVE, order, UNDER, STORY, BELOW)).segments
    assert (story.title, story.byline) == (TITLE, "记者 周宁")


def test_a_breadcrumb_is_no_headline() -> None:
    way = "Startseite > Politik"
    lines = [
        way,
        "14.05.2021, 09:31 Uhr",
        "Von Max Müller",
        "Die alte Mühle dreht sich wieder",
        *GERMAN,
        "Teilen",
    ]
    (story,) = cut_page("\n".join(lines)).segments
    assert story.title == "Die alte Mühle dreht sich wieder"


@pytest.mark.parametrize(("left", "share"), [(1, 1 / 3), (3, 1.0), (0, 0.0)])
def test_a_share_of_the_page_is_measured_by_its_text(left: int, share: float) -> None:
    lines = read_lines(page(ABOVE, [STORY[0]] * 2, [STORY[0][:-1]]))
    beside = [True] * (len(ABOVE) + left) + [False] * (3 - left)
    assert _share_of_text(lines, [None] * len(lines), beside) == pytest.approx(share, abs=0.01)


def test_hard_wrapped_text_stays() -> None:
    told = "".join(STORY * 2)
    wrapped = [told[first : first + 30] for first in range(0, len(told), 30)]
    cut = cut_page(page(ABOVE, [TITLE], UNDER, wrapped, BELOW))
    kept = "".join(segment.text for segment in cut.segments)
    assert sum(line in kept for line in wrapped) >= 0.6 * len(wrapped)


def test_a_page_of_fifteen_hundred_lines_is_no_post() -> None:
    lines = read_lines("\n".join([*ABOVE, TITLE, *STORY * 600][:1_500]))
    assert find_post(lines, mark_furniture(lines)) is None
    assert find_post(lines[:1_499], mark_furniture(lines[:1_499])) is not None


def several(*stories: list[str]) -> bool:
    """Whether some stories, each a headline and its paragraphs, are told to be several."""
    lines = read_lines(page(*stories))
    blocks = blocks_of(lines, [None] * len(lines), apart=frozenset(range(len(lines))))
    parts, start = [], 0
    for story in stories:
        parts.append(Story(heads=[start], body=list(range(start + 1, start + len(story)))))
        start += len(story)
    return has_several(parts, blocks, clues_of(blocks))


def test_stories_that_share_no_words_are_several() -> None:
    assert several([TITLE, *STORY[:2]], *OTHERS)


def test_parts_that_share_words_are_one_story() -> None:
    again = [line.replace("上周", "去年").replace("三十年", "很久") for line in STORY]
    assert not several([TITLE, *STORY], ["木轴怎么做", *again])


def test_a_short_part_beside_most_of_the_page_is_no_story_of_its_own() -> None:
    assert not several([TITLE, *STORY, *STORY, *STORY], OTHERS[1])


def test_two_opening_formulas_are_two_stories() -> None:
    opened = [[TITLE, f"本报讯（记者周宁）{STORY[0]}"], ["又一条", f"本报讯（记者周宁）{STORY[0]}"]]
    assert several(*opened)
    assert not several(*([head, text.partition("）")[2]] for head, text in opened))


def test_a_headline_pasted_again_over_the_text_is_the_storys() -> None:
    text = page(ABOVE, [TITLE], UNDER, [TITLE], STORY, BELOW)
    (story,) = cut_page(text).segments
    again = text.split("\n").index(TITLE, len(ABOVE) + 1) + 1
    assert any(first <= again <= last for first, last in story.lines)


def test_a_page_on_which_no_line_is_text_is_no_post() -> None:
    weights = package_weights()
    bias = np.where(np.array(KINDS) == "text", -np.inf, weights.bias)
    lines = read_lines(page(ABOVE, [TITLE], UNDER, STORY, BELOW))
    assert find_post(lines, mark_furniture(lines), replace(weights, bias=bias)) is None


def test_a_closing_signature_is_the_storys() -> None:
    (story,) = cut_page(page(ABOVE, [TITLE], UNDER, [*STORY, "（记者 周宁）"], BELOW)).segments
    assert "周宁" in f"{story.text}{story.byline}"


def test_why_a_post_was_cut_so_is_told() -> None:
    (story,) = cut_page(page(ABOVE, [TITLE], UNDER, STORY, BELOW)).segments
    assert story.why[0] == "a site's page of one story"


@pytest.mark.parametrize(
    ("paragraphs", "odds", "is_post"), [(4, 3.0, True), (4, 1.5, False), (3, 3.0, False)]
)
def test_long_comments_may_go_where_they_are_surely_the_sites(
    paragraphs: int, odds: float, is_post: bool
) -> None:
    told = [STORY[row % 3] for row in range(paragraphs)]
    comments = [STORY[row % 3].replace("磨坊", "茶馆") for row in range(2 * paragraphs)]
    lines = read_lines(page(ABOVE, [TITLE], UNDER, told, comments))
    kinds = ["above"] * len(ABOVE) + ["headline"] + ["head"] * len(UNDER) + ["text"] * paragraphs
    scores = np.full((len(lines), len(KINDS)), -20.0)
    for row in range(len(lines)):
        scores[row, KINDS.index(kinds[row] if row < len(kinds) else "below")] = 0.0
    scores[len(kinds) :, KINDS.index("text")] = -odds
    weights = cast("Weights", SimpleNamespace(score=lambda numbers: scores))
    assert (find_post(lines, [None] * len(lines), weights) is not None) is is_post


@pytest.mark.parametrize(("odds", "left_out"), [(2.5, True), (1.5, False)])
@pytest.mark.parametrize("opened", [False, True])
def test_what_is_surely_the_sites_is_left_out_of_a_page_of_several_stories(
    odds: float, left_out: bool, opened: bool
) -> None:
    promise = "本报讯（记者周宁）今天的天气" if opened else "关注青石，看见山外"
    text = page(ABOVE, [promise], [TITLE, *STORY], *OTHERS, BELOW)
    lines = read_lines(text)
    scores = np.full((len(lines), len(KINDS)), -20.0)
    scores[:, KINDS.index("text")] = 0.0
    scores[len(ABOVE), KINDS.index("above")] = odds
    last = len(ABOVE) + 1 + len([TITLE, *STORY])
    scores[last:, KINDS.index("below")] = 1.0
    weights = cast("Weights", SimpleNamespace(score=lambda numbers: scores))
    weighed = weigh_page(lines, mark_furniture(lines), weights)
    assert weighed is not None
    assert weighed.post is None
    assert (weighed.marks[len(ABOVE)] == REASON) is (left_out and not opened)
    assert weighed.marks[last : last + 3] == [None] * 3
    left = [first for first, _, why in cut_page(text, weights).boilerplate if why == REASON]
    assert (lines[len(ABOVE)].number in left) is (left_out and not opened)


@pytest.mark.parametrize(
    ("wrapped", "odds", "is_site"), [(12, 2.5, False), (12, 3.5, True), (0, 2.5, True), (0, 1.3, False)]
)
def test_a_page_of_short_lines_needs_more_evidence_to_be_a_sites(
    wrapped: int, odds: float, is_site: bool
) -> None:
    paragraphs = [STORY[0] + STORY[1], STORY[2] + STORY[0]]
    column = [STORY[row % 3][:20] for row in range(wrapped)]
    lines = read_lines(page([f"{name}队小胜" for name in "松竹梅兰菊"], column, paragraphs))
    scores = np.full((len(lines), len(KINDS)), -20.0)
    scores[:, KINDS.index("text")] = 0.0
    scores[:, KINDS.index("above")] = odds
    weights = cast("Weights", SimpleNamespace(score=lambda numbers: scores))
    assert (weigh_page(lines, [None] * len(lines), weights) is not None) is is_site


PRINTED = [
    ["The old mill by the bridge turned again on Saturday after thirty years in which it lay still."],
    ["The ferry to the north bank sails once more; three hundred crossed on the first day."],
]


@pytest.mark.parametrize(
    "above",
    [
        ["THE AVERLEY COURIER", "Saturday, May 3, 1952", "Price 2d", "No. 4,021", "Page 3", "LOCAL"],
        ["Sport", "Results", "Averley 3, Northbank 1", "Millbridge 2, Eastham 0", "Westport 1, Lowfield 1"],
        ["BIRTHS", "Smith, a son", "Jones, a daughter", "MARRIAGES", "Ames to Brown", "DEATHS"],
    ],
)
def test_a_printed_page_with_a_column_of_short_lines_is_no_post(above: list[str]) -> None:
    told = [["Mill turns again", *PRINTED[0] * 3], ["Ferry sails", *PRINTED[1] * 2]]
    lines = read_lines(page(above, *told, ["Classified", "Tel. 221"]))
    assert find_post(lines, mark_furniture(lines)) is None


@pytest.mark.parametrize("furniture", [[], ABOVE])
def test_only_a_page_that_is_surely_a_sites_loses_what_is_surely_its(furniture: list[str]) -> None:
    paragraphs = [STORY[0] + STORY[1], STORY[2] + STORY[0], OTHERS[0][1] * 2, OTHERS[1][1] * 2]
    results = [f"{name}队以{goals}球小胜" for name, goals in zip("松竹梅兰菊", "一二三四五", strict=True)]
    lines = read_lines(page(furniture, results, [TITLE], paragraphs))
    scores = np.full((len(lines), len(KINDS)), -20.0)
    scores[:, KINDS.index("text")] = 0.0
    scores[-10:-5, KINDS.index("above")] = 9.0
    scores[-3:, KINDS.index("below")] = 1.9
    weights = cast("Weights", SimpleNamespace(score=lambda numbers: scores))
    weighed = weigh_page(lines, mark_furniture(lines), weights)
    assert weighed is not None
    assert weighed.post is None
    assert [mark is not None for mark in weighed.marks[-10:]] == [bool(furniture)] * 5 + [False] * 5


LINKS = ["渡船又开了", "茶会周末开张", "书店添了灯"]


@pytest.mark.parametrize(
    ("tail", "kept"),
    [
        (LINKS, 0),
        (LINKS[:2], 2),
        ([*LINKS, "果农把冷库搬进山沟里去以后桃子可以放到中秋节再慢慢卖"], 4),
        ([*LINKS, "（记者 周宁）"], 4),
        (LINKS * 3, 9),
    ],
)
def test_short_lines_under_the_last_sentence_are_the_sites(tail: list[str], kept: int) -> None:
    lines = read_lines(page(STORY, tail, ["关于我们"]))
    kinds = ["text"] * (len(lines) - 1) + ["below"]
    found = settle_ends(lines, [None] * len(lines), np.zeros((len(lines), len(KINDS))), kinds)
    assert found.count("text") == len(STORY) + kept
