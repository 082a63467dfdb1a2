"""The furniture of unknown sites, in several languages, and news that looks like it."""

from __future__ import annotations

import pytest

from corpus.cutting.furniture import mark_furniture
from corpus.cutting.lines import read_lines
from corpus.cutting.page import cut_page

ZH = (
    "本报讯（记者周宁）7月3日，城东新学校落成，约三百名市民来到现场，孩子们合唱了歌曲。",
    "学校有三十六个班，教学楼的屋顶铺了太阳能板，食堂的厨房可以隔着玻璃看见。",
)
EN = (
    "The new school on East Street opened on Monday, and three hundred neighbours came to see its rooms.",
    "It has thirty-six classes, a roof of solar panels and a kitchen behind glass, the head teacher said.",
)
RU = (
    "В понедельник на Восточной улице открылась новая школа, на праздник пришли триста жителей города.",
    "В здании тридцать шесть классов, на крыше стоят солнечные батареи, а кухня видна через стекло.",
)
DE = (
    "Am Montag ist die neue Schule an der Oststraße eröffnet worden, dreihundert Nachbarn sahen sie sich an.",
    "Sie hat sechsunddreißig Klassen, ein Dach mit Solarzellen und eine gläserne Küche, so die Leiterin.",
)
FR = (
    "La nouvelle école de la rue de l'Est a ouvert lundi, et trois cents voisins sont venus la visiter.",
    "Elle compte trente-six classes, un toit de panneaux solaires et une cuisine vitrée, dit la directrice.",
)
ES = (
    "La nueva escuela de la calle del Este abrió el lunes, y unos trescientos vecinos acudieron a visitarla.",
    "Tiene treinta y seis aulas, un tejado de placas solares y una cocina acristalada, dijo la directora.",
)


def taken(lines: list[str]) -> list[str]:
    """Return the lines that are furniture."""
    marks = mark_furniture(read_lines("\n".join(lines)))
    return [line for line, mark in zip(lines, marks, strict=True) if mark is not None]


@pytest.mark.parametrize(
    ("above", "story", "below"),
    [
        (
            ["下载客户端", "登录", "春江网 新闻 社会 视频 专题"],
            ["城东新学校落成", *ZH],
            ["查看更多", "大家都在看", "老桥翻修月底完工", "周末去哪儿看花", "换一换"],
        ),
        (
            ["Skip to content", "Subscribe", "Log in", "News Sports Opinion Obituaries"],
            ["New school opens on East Street", *EN],
            ["Share this", "Latest Stories", "12 hours ago in Sports", "Old bridge closes for repairs"],
        ),
        (
            ["Главная", "Поиск по сайту", "05.03.2021, 14:01", "318"],
            ["На Восточной улице открылась школа", *RU],
            ["Поделиться", "Лента новостей", "Старый мост закрыли на ремонт"],
        ),
        (
            ["Startseite", "Volltextsuche", "Kontrast", "Schriftgröße"],
            ["Neue Schule an der Oststraße eröffnet", *DE],
            ["Voriger Artikel", "Alte Brücke wird saniert", "Meistgelesen", "Wo am Wochenende Blumen blühen"],
        ),
        (
            ["Accueil", "Se connecter", "Publié le 5 mars 2021 à 08h15"],
            ["La nouvelle école de la rue de l'Est", *FR],
            ["Partager cet article", "À lire aussi", "Le vieux pont fermé pour travaux"],
        ),
        (
            ["Inicio", "Iniciar sesión", "Publicado el 5 de marzo de 2021"],
            ["Abre la nueva escuela de la calle del Este", *ES],
            ["Compartir en Facebook", "Lo más leído", "El puente viejo cierra por obras"],
        ),
    ],
    ids=["zh", "en", "ru", "de", "fr", "es"],
)
def test_what_frames_a_story_goes_and_the_story_stays(
    above: list[str], story: list[str], below: list[str]
) -> None:
    assert taken([*above, *story, *below]) == [*above, *below]


def test_a_teaser_under_a_heading_of_links_goes() -> None:
    below = ["Read next", "Old bridge closes for repairs", "The bridge of 1911 will be closed, from May on…"]
    assert taken(["Subscribe", "New school opens on East Street", *EN, *EN, *below])[1:] == below


def test_an_advertisement_between_paragraphs_goes() -> None:
    assert taken(["Anmelden", "Neue Schule eröffnet", DE[0], "Anzeige", DE[1], "Kommentare"]) == [
        "Anmelden",
        "Anzeige",
        "Kommentare",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "摸清家底",
        "食堂看得见",
        "分享经济走进校园",
        "登录火星第一课",
        "关注每一个孩子",
        "“打印”出来的教学楼",
        "最新一批学位开放申请",
        "评论家谈新学校",
        "搜索引擎进课堂",
        "（周宁）",
        "周宁 文/图",
        "图为新学校的食堂。",
    ],
)
def test_subheads_signatures_and_captions_on_a_sites_page_stay(line: str) -> None:
    lines = ["登录", "下载客户端", "城东新学校落成", ZH[0], line, ZH[1], ZH[1], "分享到", "猜你喜欢"]
    assert taken(lines) == ["登录", "下载客户端", "分享到", "猜你喜欢"]


@pytest.mark.parametrize(
    "line",
    [
        "Search for a head teacher ends",
        "Home at last",
        "Police share new video",
        "More room for sport",
        "Subscribers to the fund are thanked",
    ],
)
def test_english_subheads_on_a_sites_page_stay(line: str) -> None:
    lines = [
        "Log in",
        "Subscribe",
        "New school opens on East Street",
        EN[0],
        line,
        EN[1],
        EN[0],
        "Share this",
    ]
    assert taken(lines) == ["Log in", "Subscribe", "Share this"]


@pytest.mark.parametrize(
    "title",
    [
        "多彩视频分享会走进城东",
        "首页改版以后",
        "Search for lost hiker ends",
        "Sports, news and weather: a school radio begins",
        "Поиск школы закончен",
        "Anzeige gegen Unbekannt",
    ],
)
def test_a_title_in_a_sites_words_stays(title: str) -> None:
    story = EN if title.isascii() else RU if "ш" in title else DE if "A" in title else ZH
    cut = cut_page("\n".join(["登录", "Subscribe", "Log in", title, *story, *story, "Share this", "分享到"]))
    assert cut.segments[0].title == title


def test_two_stories_of_a_site_stay_both() -> None:
    lines = ["登录 注册", "城东新学校落成", *ZH, *ZH, "分享到", "老桥翻修月底完工"]
    more = "本报讯（记者周宁）昨天，老桥翻修工程通过验收，施工方介绍，桥面月底恢复通车，两侧新增步道。"
    assert taken([*lines, more, more, more, "查看更多"]) == ["登录 注册", "分享到", "查看更多"]


def test_teasers_at_the_pages_end_need_no_heading() -> None:
    below = ["老桥翻修月底完工...", "施工方介绍，桥面月底恢复通车，两侧新增步道...", "湿地迎来首批候鸟..."]
    assert taken(["城东新学校落成", *ZH, *ZH, *below]) == below


def test_one_phrase_at_the_pages_edge_is_enough() -> None:
    assert taken(["La nouvelle école de la rue de l'Est", *FR, *FR, "Déposer un commentaire"])[-1:] == [
        "Déposer un commentaire"
    ]


def test_who_edited_the_page_goes_and_who_wrote_stays() -> None:
    lines = [
        "城东新学校落成",
        "来源：春江网",
        "2021-03-05 15:10",
        *ZH,
        "记者：周宁",
        "流程编辑 周宁",
        "扫码关注",
    ]
    assert [line for line in lines if line not in taken(lines)] == ["城东新学校落成", *ZH, "记者：周宁"]


def test_a_label_takes_its_value_on_the_next_line() -> None:
    lines = ["发布时间:", "2021-03-05", "作者:", "来源:", "春江镇党政办", "分享到:"]
    assert taken(["城东新学校落成", *lines, *ZH]) == lines


def test_a_path_of_one_step_goes() -> None:
    lines = ["下载客户端", "春江网 > 滚动播报", "城东新学校落成", *ZH, "（责任编辑：周宁）"]
    assert taken(lines) == [lines[0], lines[1], lines[-1]]


def test_a_last_sentence_in_a_sites_words_stays() -> None:
    last = "群众如有线索，可拨打学校的举报电话，或者留言。(通讯员 周宁 赵敏 钱江)"
    assert taken(["登录", "城东新学校落成", *ZH, last, "分享到", "查看更多"]) == [
        "登录",
        "分享到",
        "查看更多",
    ]


def test_rows_of_short_cells_over_a_title_go() -> None:
    rows = [
        "春江老街 滨江新区 领导信箱 柳荫河畔 国内 国际",
        "行业窗口：",
        "江东集团 春江商会 柳荫实业 湿地公园 渡口",
    ]
    story = ["城东新学校落成", *ZH]
    assert taken(["下载客户端", *rows, "首页 > 城事 > 正文", *story]) == [
        "下载客户端",
        *rows,
        "首页 > 城事 > 正文",
    ]


def test_a_day_and_time_alone_at_the_head_are_enough() -> None:
    assert taken(["00:00, 5 марта 2021 года", "На Восточной улице открылась школа", *RU]) == [
        "00:00, 5 марта 2021 года"
    ]


@pytest.mark.parametrize("row", ["周宁 赵敏 钱江 孙悦 李强 周末", "首席记者 周宁 赵敏 摄影 钱江 孙悦"])
def test_rows_of_names_stay(row: str) -> None:
    lines = ["下载客户端", "登录", "城东新学校落成", row, *ZH, "分享到"]
    assert row not in taken(lines)


def test_decks_under_the_date_stay() -> None:
    decks = ["教室屋顶铺上太阳能板", "食堂厨房隔着玻璃看得见"]
    lines = ["登录", "城东新学校落成迎来首批学生", "2021-03-05 06:33 [我来说两句] [字号: ]", *decks, *ZH, *ZH]
    assert taken([*lines, "分享到"]) == ["登录", lines[2], "分享到"]


def test_a_sites_legal_words_at_the_end_are_enough() -> None:
    legal = "声明：部分图片来源于网络，版权归原作者所有，如有侵权，请联系删除。"
    assert taken(["城东新学校落成", *ZH, *ZH, legal]) == [legal]


def test_hard_wrapped_text_stays() -> None:
    wrapped = [
        "本报讯（记者周宁）7月3日，城东新学校",
        "落成。约三百名市民来到现场，孩子们合唱",
        "了歌曲。学校有三十六个班，教学楼的屋顶",
        "铺了太阳能板，食堂的厨房可以隔着玻璃看",
        "见。校门外新设了公交站。",
    ]
    lines = ["登录", "下载客户端", "城东新学校落成", *wrapped, "分享到", "猜你喜欢"]
    assert taken(lines) == ["登录", "下载客户端", "分享到", "猜你喜欢"]


def test_a_heap_of_headlines_under_a_sites_menu_stays() -> None:
    bridge = "昨天，老桥翻修工程通过验收，施工方介绍，老桥桥面月底恢复通车，两侧新增步道，老桥翻修完工。"
    heads = ["城东新学校落成迎来三百名市民", "老桥翻修工程月底完工恢复通车"]
    lines = ["登录", "下载客户端", *heads, *ZH, bridge, bridge, "分享到", "查看更多"]
    assert [head for head in heads if head in taken(lines)] == []


def test_a_newspapers_page_is_left_alone() -> None:
    lines = ["关注", "城东新学校落成", *ZH, "热点", "老桥翻修月底完工", *ZH, "读者评论", "食堂看得见", *ZH]
    assert taken(lines) == []


def test_one_word_of_a_site_makes_no_sites_page() -> None:
    assert (
        taken(["New school opens on East Street", *EN, "Share your thoughts", "Old bridge closes", *EN]) == []
    )


def test_a_paragraph_in_a_sites_words_stays_where_the_text_goes_on_about_them() -> None:
    told = "For parents, the school has a newsletter; sign up for our school news, the head teacher said."
    lines = ["Log in", "Subscribe", "New school opens on East Street", EN[0], told, EN[1], "Share this"]
    assert taken(lines) == ["Log in", "Subscribe", "Share this"]


def test_the_reason_is_told() -> None:
    lines = ["Volltextsuche", "Kontrast", "Neue Schule an der Oststraße eröffnet", *DE, "Merkliste"]
    assert {reason for _, _, reason in cut_page("\n".join(lines)).boilerplate} == {"site words"}
