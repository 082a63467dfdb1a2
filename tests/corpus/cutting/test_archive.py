"""Pages of an archive with a label over each story; every text here is invented."""

from __future__ import annotations

from corpus.cutting.page import cut_page

PAGE = """1983年4月11日临江日报 第6版

第6版()
专栏:

渔政船队出海巡查三百海里
林局长视察沿岸渔港赞扬船员的成绩
临江社白鹭4月10日电 渔政局在昨天发表的声明中说,巡查船队已航行三百海里,查获违规渔船二十条。
声明说,从三月三十一日到四月八日,船队多次进入近海养殖区。
临江社石桥4月9日电 渔政局局长林清今天上午到石桥渔港视察。
他说,禁渔期内一条船也不许下网。(附图片)
4月9日,林清在石桥渔港察看查获的渔网。
传真照片(临江社发)


第6版()
专栏:读者之声

老渡口何时通车
周宁
老渡口的桥修了三年,桥面早已铺好,两头却还堆着砂石,摩托车只好从泥里过。
"""


def test_between_two_labels_lies_one_story() -> None:
    cut = cut_page(PAGE)
    assert [segment.title for segment in cut.segments] == ["渔政船队出海巡查三百海里", "老渡口何时通车"]
    assert [segment.lines for segment in cut.segments] == [((6, 13),), ((19, 21),)]
    assert all("the archive's label over it" in segment.why for segment in cut.segments)


def test_a_label_in_front_of_the_text_parts_stories_too() -> None:
    page = """1994-04-23
第 1 版
1. 临江特大走私案告破五名案犯被捕赃物追回案件正在进一步审理之中有关责任人已停职检查
第1版(要闻)专栏: 临江特大走私案告破 五名案犯被捕 临江社白鹭4月22日电(记者周宁)缉私局昨天公布案情。
2. 白鹭机场通航
第1版(要闻)专栏:建设成就  白鹭机场通航 白鹭县修了两年的机场昨天通航,首架客机载着一百二十人飞往省城。
"""
    cut = cut_page(page)
    assert [segment.lines for segment in cut.segments] == [((3, 4),), ((5, 6),)]
    assert cut.segments[0].title is not None
    assert cut.segments[0].title.startswith("临江特大走私案告破五名案犯被捕")
    assert cut.segments[1].title == "白鹭机场通航"


def test_a_paper_without_such_labels_is_cut_by_its_stories() -> None:
    page = PAGE.replace("专栏:\n", "").replace("专栏:读者之声\n", "")
    assert all("the archive's label over it" not in segment.why for segment in cut_page(page).segments)


def test_a_markdown_headline_loses_its_marks() -> None:
    page = """# 《临江新闻》 (20221105)

## 详细新闻

### 白鹭县举行秋粮现场会

临江台消息：全市秋粮现场会5日在白鹭县举行，三十个乡镇的种粮大户到会观摩了机收作业。

[查看原文](https://example.org/2022/11/05/1.shtml)

### 石桥镇修复三座古桥

临江台消息：石桥镇三座古桥近日完成修复，桥面换上了当地的青石板，行人可以照常通行。

[查看原文](https://example.org/2022/11/05/2.shtml)
"""
    cut = cut_page(page)
    assert [segment.title for segment in cut.segments if segment.text] == [
        "白鹭县举行秋粮现场会",
        "石桥镇修复三座古桥",
    ]
    assert all("example.org" not in segment.text for segment in cut.segments)


def test_a_headline_above_the_label_belongs_to_the_story_below_it() -> None:
    page = """告示:采集本站数据请保持每秒一条的频率,滥采则封。谢谢!

1973-06-04第5版面所有文章内容

临江渔民旱季捕捞取得丰收 上岸七万担,修船百余条

第5版()
专栏:

临江渔民旱季捕捞取得丰收
上岸七万担,修船百余条
临江社六月三日讯 据渔业公司统计,临江渔民在上一个旱季里上岸鲜鱼七万八千担,修好渔船一百零一条。

林清谈白鹭县面临的形势和任务

第5版()
专栏:

林清谈白鹭县面临的形势和任务
临江社白鹭六月三日电 林清最近回答记者提问时,谈到了白鹭县当前的形势。
"""
    cut = cut_page(page)
    assert [segment.title for segment in cut.segments] == [
        "临江渔民旱季捕捞取得丰收",
        "林清谈白鹭县面临的形势和任务",
    ]
    assert [segment.lines for segment in cut.segments] == [((5, 5), (10, 12)), ((14, 14), (19, 20))]
    assert any(first <= 1 <= last for first, last, _ in cut.boilerplate)
