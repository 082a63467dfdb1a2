"""What stands under a site's story, over its menu, and beside its text in another script."""

from __future__ import annotations

import pytest

from corpus.cutting.page import cut_page
from tests.corpus.cutting.test_site_chain import EN, ES, ZH, taken

TOP = ["首页>城东>教育>正文", "城东新学校落成", *ZH]
LINKS = ["老桥翻修月底完工", "周末去哪儿看花", "渡口加开夜班船", "茶农忙采头茬茶", "县剧团下乡演出"]


def test_headlines_with_no_text_below_are_links() -> None:
    assert taken([*TOP, "编辑:李宁", *LINKS]) == ["首页>城东>教育>正文", "编辑:李宁", *LINKS]


@pytest.mark.parametrize(
    "below",
    [
        ["1. 城东区教育局", "2. 城东区财政局", "3. 城东区住建局"],
        ["周宁 李江 王渡", "周宁 文/图", "（周宁）"],
        ["学校有操场。", "学校有食堂。", "学校有礼堂。"],
    ],
    ids=["a list", "names", "sentences"],
)
def test_a_list_names_and_sentences_under_the_text_stay(below: list[str]) -> None:
    assert taken([*TOP, *below]) == TOP[:1]


def test_a_list_that_the_text_announces_stays() -> None:
    told = "首批开放报名的学校有下面几所，家长可以在网上登记，名单由城东区教育局在周一公布："
    assert taken([*TOP, told, *LINKS]) == TOP[:1]


def test_two_lines_under_the_text_are_no_list() -> None:
    assert taken([*TOP, "学校食堂向家长开放", "屋顶太阳能板供电"]) == TOP[:1]


TEASERS = [
    "Sucesos",
    "El último robo se cometió en Murcia durante octubre y los ladrones huyeron con miles de euros.",
    "Fútbol",
    "El portero renueva su contrato",
    "Las negociaciones empezaron hace meses y terminaron anoche tras otra reunión con su representante.",
]


def test_texts_of_other_stories_under_a_sites_own_line_go() -> None:
    story = ["Abre la nueva escuela de la calle del Este", *ES, *ES]
    page = ["Inicio", "Iniciar sesión", *story, "Publicidad", *TEASERS]
    assert taken(page) == ["Inicio", "Iniciar sesión", "Publicidad", *TEASERS]


def test_a_story_goes_on_under_an_advertisement_in_its_own_words() -> None:
    story = ["Abre la nueva escuela de la calle del Este", *ES, *ES]
    rest = ["La directora", f"Según la directora, {ES[1]}", "Las aulas", f"Los vecinos, {ES[0]}"]
    page = ["Inicio", "Iniciar sesión", *story, "Publicidad", *rest]
    assert taken(page) == ["Inicio", "Iniciar sesión", "Publicidad"]


def test_a_dated_story_under_a_sites_own_line_stays() -> None:
    story = ["Abre la nueva escuela de la calle del Este", *ES, *ES]
    second = ["Publicado el 5 de marzo de 2021", "El portero renueva", "Otro año más", TEASERS[-1]]
    assert TEASERS[-1] not in taken(["Inicio", "Iniciar sesión", *story, "Publicidad", *second])


def test_a_greeting_over_the_menu_goes() -> None:
    greeting = "欢喜读书的朋友，每个清晨都能在邮箱里收到一份小小的礼物，愿你天天都有好心情。"
    menu = ["要闻", "财经", "体育", "娱乐", "科技", "教育", "健康"]
    assert taken([greeting, *menu, "城东新学校落成", *ZH]) == [greeting, *menu]


def test_a_lead_over_a_sites_lines_stays() -> None:
    menu = ["要闻", "财经", "体育", "娱乐", "科技", "教育", "健康"]
    page = ["城东新学校落成", ZH[0], *menu, f"{ZH[1]}城东新学校落成时，市民来到现场，孩子们合唱歌曲。", ZH[1]]
    assert ZH[0] not in taken(page)


def test_a_line_in_another_script_beside_the_text_goes() -> None:
    assert taken(["chunjiangnews", *TOP]) == ["chunjiangnews", TOP[0]]


def test_a_story_in_two_scripts_keeps_its_lines() -> None:
    page = ["Subscribe", "Log in", "New school opens on East Street", EN[0], "城东新学校", EN[1]]
    assert taken(page) == ["Subscribe", "Log in"]


def test_no_story_of_a_site_ends_on_a_headline() -> None:
    page = "\n".join(["当前位置：首页 > 教育", *TOP[1:], "学校食堂向家长开放"])
    (story,) = cut_page(page).segments
    assert story.title == "城东新学校落成"


def test_a_papers_name_alone_beside_the_date_goes() -> None:
    stamped = ["城东新学校落成", "春江新闻", "2021-10-04 21:40", *ZH, "编辑/李宁", "最新评论"]
    assert taken(stamped) == ["春江新闻", "2021-10-04 21:40", "编辑/李宁", "最新评论"]


def test_short_lines_that_come_twice_go_where_a_template_was_left_unfilled() -> None:
    frame = ["Neustadt", "wetter-neustadt", "Leserreise"]
    story = ["New school opens on East Street", *EN]
    page = ["{k}/{n}", *frame, *story, *frame, "Artikel {k} von {n}"]
    assert taken(page) == ["{k}/{n}", *frame, *frame, "Artikel {k} von {n}"]


def test_text_printed_twice_is_no_site() -> None:
    assert taken(["新学校落成", *ZH, "学校有操场", "屋顶有电板", "食堂有玻璃"] * 2) == []


def test_a_long_headline_without_a_stop_is_no_text() -> None:
    title = (
        "New school on East Street opens with solar panels on its roof and a kitchen that all can look into"
    )
    page = cut_page("\n".join(["Subscribe", "Log in", title, *EN, "Share this"]))
    assert [story.title for story in page.segments] == [title]
