"""The frame of a web page: what stands between furniture, under the date line, and below the text."""

from __future__ import annotations

from corpus.cutting.page import cut_page

TEXT = (
    "本报讯（记者周宁）7月3日，城东新学校落成，约三百名市民来到现场，孩子们合唱了歌曲。",
    "学校有三十六个班，教学楼的屋顶铺了太阳能板，食堂的厨房可以隔着玻璃看见。",
)
ABOVE = ("首页 > 新闻 > 教育 > 正文", "春江网")
BELOW = ("（责任编辑：周宁）", "上一篇：老桥翻修月底完工", "猜你喜欢", "周末去哪儿", "版权所有 春江网")


def test_only_title_and_text_stay() -> None:
    lines = [
        *ABOVE,
        "城东新学校落成迎来首批学生",
        "2023-07-04 08:30:12  来源：春江日报",
        "大字体 小字体",
        *TEXT,
        *BELOW,
    ]
    cut = cut_page("\n".join(lines))
    assert [segment.title for segment in cut.segments] == ["城东新学校落成迎来首批学生"]
    assert cut.segments[0].text == "\n".join(TEXT)


def test_an_account_over_the_date_is_no_headline() -> None:
    lines = [
        "城东新学校落成迎来首批学生",
        "城东发布",
        "2023-07-04 08:30",
        *TEXT,
        "阅读原文",
        "版权所有 春江网",
    ]
    (story,) = cut_page("\n".join(lines)).segments
    assert story.title == "城东新学校落成迎来首批学生"


def test_the_line_over_the_date_is_the_headline_though_a_caption_says_more() -> None:
    lines = [
        "首页 > 图片 > 正文",
        "镜头下的城东新学校",
        "2023-07-04 08:30  来源：春江网",
        "新学校落成 孩子们合唱歌曲",
        *TEXT,
    ]
    assert cut_page("\n".join(lines)).segments[0].title == "镜头下的城东新学校"


def test_a_short_title_is_known_by_its_words() -> None:
    lines = ["春江网>>教育", "2023-07-04 08:30  来源：春江日报", "新学校落成", "小字号", *TEXT, *BELOW]
    assert cut_page("\n".join(lines)).segments[0].title == "新学校落成"


def test_a_masthead_makes_no_web_page() -> None:
    lines = [
        "春江日报",
        "2023年7月4日 星期二",
        "城东新学校落成",
        *TEXT,
        "",
        "老桥翻修月底完工",
        TEXT[0],
        TEXT[1],
    ]
    assert len(cut_page("\n".join(lines)).segments) == 2


def test_legal_sentences_at_the_end_are_furniture() -> None:
    lines = [
        *ABOVE,
        "城东新学校落成迎来首批学生",
        "2023-07-04 08:30:12  来源：春江日报",
        *TEXT,
        "关于我们 | 联系我们 | 网站地图",
        "本网站所刊载信息，不代表本网观点，刊用本网站稿件，务经书面授权。",
    ]
    cut = cut_page("\n".join(lines))
    assert cut.segments[0].text == "\n".join(TEXT)
    assert cut.boilerplate[-1][:2] == (len(lines), len(lines)) or cut.boilerplate[-1][1] == len(lines)


def test_captions_and_bylines_among_the_furniture_stay() -> None:
    lines = [
        ABOVE[0],
        "城东新学校落成迎来首批学生",
        "2023-07-04 08:30:12  来源：春江日报",
        "文/周宁",
        "图①：孩子们走进校门",
        *TEXT,
        "食堂开饭了（来源：宣传部 周宁摄）",
        "校长说，秋天还要添两间音乐教室，家长可以在开放日来听课，名额在校门口的公告栏里登记。",
        BELOW[1],
    ]
    cut = cut_page("\n".join(lines))
    kept = {
        line for segment in cut.segments for first, last in segment.lines for line in range(first, last + 1)
    }
    assert {4, 5, 6, 7, 8, 9} <= kept
    titles = [segment.title for segment in cut.segments if segment.kind == "article"]
    assert titles == ["城东新学校落成迎来首批学生"]


def test_a_digital_papers_arrows_and_recommended_stories_go() -> None:
    below = (
        "3上一篇  下一篇4",
        "[值班推荐] 老桥翻修月底完工",
        "渡口夜市迁进老粮仓",
        "摊主们说，粮仓里不怕雨，灯也亮，一晚上能多卖三成，只是路远了些，还要等公交车加站。【详细】",
    )
    cut = cut_page("\n".join([ABOVE[0], "城东新学校落成迎来首批学生", *TEXT, *below]))
    assert [segment.lines for segment in cut.segments] == [((2, 4),)]
