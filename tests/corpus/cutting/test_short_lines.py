"""Posts that are set line by line, without a sentence's stop."""

from __future__ import annotations

from corpus.cutting.page import cut_page

LINES = (
    "近日，这样一座渡口",
    "让无数网友点赞：",
    "清晨五点的石桥镇",
    "第一班渡船已经开了",
    "船上坐的全是学生",
    "镇里免了他们的船票",
    "还给渡口装上了路灯",
    "小渡口里有大民生",
)


def test_a_post_of_short_lines_is_one_story() -> None:
    page = "\n\n".join(
        [
            "首页 > 资讯 > 正文",
            "渡口的灯亮了！",
            "时间：2023-06-12 08:30  来源：白鹭网",
            *LINES,
            "关于我们 | 版权声明",
        ]
    )
    (story,) = cut_page(page).segments
    assert story.title == "渡口的灯亮了！"
    assert story.text.split("\n") == list(LINES)


def test_a_page_with_prose_is_cut_as_ever() -> None:
    text = "本报讯（记者周宁）石桥镇渡口昨天装上路灯，清晨五点的第一班渡船不再摸黑，镇里还免了学生的船票。"
    stamp = "时间：2023-06-12 08:30  来源：白鹭网"
    page = "\n".join(["首页 > 资讯 > 正文", "渡口的灯亮了", stamp, text, text[12:], "关于我们 | 版权声明"])
    (story,) = cut_page(page).segments
    assert "a site's page of short lines" not in story.why


def test_a_post_needs_no_date_line() -> None:
    page = "\n".join(["渡口的灯亮了！", *LINES, "编辑：周宁", "上一篇："])
    (story,) = cut_page(page).segments
    assert story.title == "渡口的灯亮了！"
