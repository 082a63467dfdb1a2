"""Who wrote and which formula opens a story, pattern by pattern, and what looks like it and is news."""

from __future__ import annotations

import pytest

from corpus.cutting.bylines import is_byline
from corpus.cutting.openings import headline_before_opening, opens_story


@pytest.mark.parametrize(
    "text",
    [
        *(
            "本报特约评论员",
            "白鹭晚报评论员",
            "新华社评论员",
            "人民日报评论员",
            "本刊编辑部",
            "本报编辑部",
            "Staff Writer",
        ),
        *(
            "Staff reporters",
            "STAFF REPORTER",
            "Associated Press",
            "Соб. инф.",
            "Наш корр.",
            "ann.lee@example.org",
        ),
        *(
            "Story by Ann Lee",
            "Text By Tom Ray",
            "Written by Ann Lee of Greenvale",
            "Reported by Ann Lee",
            "BY ANN LEE",
        ),
        *(
            "Ann Lee, staff correspondent",
            "Ann Lee Reporter",
            "Ann Lee, Editor",
            "Tom Ray writer",
            "Текст: Иван Петров",
        ),
        *(
            "Корреспондент Иван Петров",
            "Беседовала Анна Ли",
            "Подготовили Анна Ли и Иван Петров",
            "（本报记者 王林）",
        ),
        *(
            "白鹭晚报首席记者 王林",
            "本报全媒体记者王林",
            "记者：王林",
            "特约撰稿/王林",
            "文图｜王林",
            "作者 王林",
            "編譯 王林",
        ),
        *("○ 王林", "□王林 李芳", "王林 李芳", "王 林 李 芳", "王林 李芳（实习生）"),
    ],
)
def test_who_wrote(text: str) -> None:
    assert is_byline(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "记者王林走了。",
            "记者 王林，",
            "记者 王林；",
            "记者 王林，李芳 周宁",
            "记者 王林。李芳",
            "王林 李芳 渡口封航",
            "王林",
        ),
        *(
            "by ann lee",
            "By ann lee",
            "Ann, staff",
            "Текстиль в моде",
            "记者走进渡口",
            "作者心中的渡口和江上来往的船",
            "渡口编译",
        ),
        # Whole paragraphs are no byline, whatever they begin with, and neither are rolls of names.
        "By Ann Lee, " + "Tom Ray, Jane Doe, " * 4 + "and Laura Whitfield",
        "Автор: " + "Иван Петров рассказывает о старой пристани и о людях, что построили её на реке " * 2,
        "记者 " + "王林 李芳 " * 12,
    ],
)
def test_who_did_not_write(text: str) -> None:
    assert not is_byline(text)


LATIN = "Greenvale growers have begun to use drones in the orchards this spring."


@pytest.mark.parametrize(
    "text",
    [
        *(
            "新华社临江7月3日电 渡口昨天封航三天。",
            "中新网7月3日讯 渡口封航三天。",
            "央广网临江7月3日消息（记者王林）渡口封航三天。",
            "本台消息：渡口封航三天。",
        ),
        *(
            "本报临江报道：渡口封航三天。",
            "■本报讯 渡口封航三天。",
            "临江商报讯 渡口封航三天。",
            "白鹭客户端讯 渡口封航三天。",
            "综合新华社讯 渡口封航三天。",
        ),
        *(
            "据白鹭网7月3日电 渡口封航三天。",
            "石桥讯（记者王林）渡口封航三天。",
            "石桥讯 通讯员陈白 渡口封航三天。",
            "（驻临江记者 王林）渡口封航三天。",
        ),
        *(
            "【全媒体记者 王林】渡口封航三天。",
            "（首席记者 王林）渡口封航三天。",
            "（通讯员 陈白）渡口封航三天。",
            "（記者方柏文／臨江報導）夜市昨晚開張。",
            "[본사=왕림 기자] 나루터",
        ),
        f"LONDON (Reuters) - {LATIN}",
        f"Greenvale (AP) — {LATIN}",
        f"Greenvale, Oct. 3 (Xinhua) -- {LATIN}",
        f"GREENVALE – {LATIN}",
        "МОСКВА, 4 июля 2019 г. Правительство утвердило программу развития сельских дорог.",
        "Нижний Новгород, 4 июля — правительство утвердило программу развития дорог.",
        "МОСКВА — Правительство утвердило новую программу развития сельских дорог.",
        "САНКТ-ПЕТЕРБУРГ. Правительство утвердило программу развития сельских дорог.",
    ],
)
def test_formulas_that_open_a_story(text: str) -> None:
    assert opens_story(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "本报电视周刊明天出版",
            "新华社电影频道开播",
            "本报消息灵通人士说",
            "本网报道称渡口封航",
            "据说电信公司明天开会",
            "（记者 王林）",
        ),
        *(
            "渡口的通讯员陈白说",
            "石桥讯息不通",
            "（王林）渡口封航",
            "GREENVALE — A ferry",
            "МОСКВА — город",
            "（记者）渡口封航",
        ),
        f"Greenvale growers — {LATIN}",
        f"London (the old town) - {LATIN}",
        "Москва и её жители всегда любили — и это известно всем — свои старые дворы.",
    ],
)
def test_formulas_that_open_none(text: str) -> None:
    assert not opens_story(text)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("全市秋播过半 本报讯（记者袁圆）10月8日，", "全市秋播过半"),
        ("全市秋播过半 本報訊（記者袁圓）10月8日，", "全市秋播过半"),
        ("全市秋播过半新华社临江电（记者袁圆）10月8日，", "全市秋播过半"),
        ("全市秋播过半了！ 临江日报讯（记者袁圆）10月8日，", "全市秋播过半了！"),
        ("秋播过半 本报讯（记者袁圆）10月8日，", None),
        ("全市秋播过半。 本报讯（记者袁圆）10月8日，", None),
        ("会开完了。全市秋播 本报讯（记者袁圆）10月8日，", None),
        ("全市秋播过半， 本报讯（记者袁圆）10月8日，", None),
        ("全市秋播过半； 本报讯（记者袁圆）10月8日，", None),
        ("　　秋播过半 本报讯（记者袁圆）10月8日，", None),
        ("全市秋播" * 16 + " 本报讯（记者袁圆）10月8日，", None),
    ],
)
def test_a_headline_on_the_line_of_the_formula(text: str, title: str | None) -> None:
    assert headline_before_opening(text) == title


@pytest.mark.parametrize(("size", "opens"), [(59, False), (60, True)])
def test_a_dateline_in_a_script_with_spaces_opens_a_paragraph_only(size: int, opens: bool) -> None:
    assert opens_story(f"GREENVALE — {LATIN}"[:size]) == opens
