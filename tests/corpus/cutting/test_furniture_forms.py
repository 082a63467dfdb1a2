"""Every form of furniture that a single line can have, and why it is left out."""

from __future__ import annotations

import pytest

from corpus.cutting.furniture import mark_furniture
from corpus.cutting.line_rules import furniture
from corpus.cutting.lines import read_lines

DATE = "2021年3月10日"
FORMS = {
    "web address": [
        "www.example.org/a",
        "网址：https://www.example.org/a",
        "原文链接：http://example.org",
        "URL: http://example.org",
        "白鹭新闻网：www.example.org",
    ],
    "another headline": [
        "（原标题：老磨坊又转起来了）",
        "原標題：老磨坊又轉起來了",
        "本文原标题：《老磨坊又转起来了！》",
        "（原题为《老磨坊又转起来了》）",
        "原标题为“老磨坊又转起来了”",
    ],
    "markup": [
        '<a href="https://example.org/ad"><img src="a.png"></a>',
        "<img src='a.png'",
        "<IFRAME src=x />",
    ],
    "link to the source": ["[原文](https://example.org/a.html)"],
    "breadcrumb": [
        "您的位置：首页",
        "您当前所在的位置：新闻",
        "现在的位置",
        "所在位置：要闻",
        "你的位置：要闻",
        "當前位置：要聞",
        "首頁 > 要聞",
        "网站首页 | 新闻",
        "Home &gt; News",
        "Главная / Новости",
        "新闻 > 本地 > 教育",
        "新闻 › 本地 › 教育 >",
        "白鹭网>>教育",
        "白鹭网»教育",
        "白鹭日报 > 第03版",
    ],
    "date and source line": [
        "发布日期：2021-03-10",
        "发表时间：昨天",
        "更新时间：09:12",
        "更新时间戳：09:12",
        "日期：3月10日",
        "时间：2021年3月",
        "来源：白鹭日报",
        "2021-03-10 稿件来源：白鹭日报",
        "發布時間：昨天",
        "來源：白鷺日報",
        "字号：大 中 小",
        "【字体：大",
        "浏览次数：12",
        "阅读次数 12",
        "阅读：12",
        "点击数：12",
        "访问量：12",
        "Source: The Averley Courier",
        "Updated: Monday",
        "Last updated: Monday",
        "Источник: Вестник",
        "Опубликовано: вчера",
        "Posted on Monday",
        "Published at noon",
    ],
    "date line": [
        "星期三",
        "周日",
        "Wednesday",
        "среда",
        "Воскресенье",
        f"白鹭日报 {DATE}",
        f"白鹭发布 {DATE}",
        f"白鹭客户端 {DATE}",
        "2021/3/10",
        "2021.03.10 09:32:11",
        "2021-03-10 周三 09：32",
        "二〇二一年三月十日",
        "一九八四年十月一日",
        "March 10, 2021",
        "10 March 2021",
        "Sept. 3 2021",
        "12 апреля 2019",
        f"{DATE} 星期三",
        "2021-03-10 来源白鹭日报",
    ],
    "masthead": [
        "星期三 2021年3月10日 白鹭日报",
        "Wednesday, March 10, 2021",
        "12 апреля 2019 г. № 14",
        "March 10, 2021   The Courier   No. 311",
        "Vol. 12   March 10, 2021",
        f"白鹭日报 {DATE} 第 4 版",
        f"白鹭日报 {DATE} 第12期",
        f"A4版 要闻 {DATE}",
        f"{DATE} 农历正月廿七",
        f"《白鹭日报》（{DATE} 第4版）",
    ],
    "page label": [
        "第A3版",
        "12版",
        "第十二版",
        "B5",
        "第3版（经济）",
        "4版：要闻",
        "白鹭日报 第3版",
        "白鹭日报 第3版 要闻",
        "Page 3",
        "стр. 3",
        "P. A3",
        "— 3 —",
        "12",
    ],
    "advertisement label": ["广告", "广告 广告"],
    "weather": ["白鹭天气：多云，21~28℃"],
    "section label": [
        "白鹭消息（文字实录）：",
        "专栏：海边人家",
        "版名：",
        "要闻",
        "综合新闻",
        "国际新闻",
        "今日导读",
        "简讯",
        "体育版",
        "一句话新闻",
        "国际联播快讯",
        "News in brief",
        "IN BRIEF",
        "Коротко",
        "【教育速览】",
        "◆ 文化短波",
        "●城市简讯",
    ],
    "editors' line": [
        "责编：周宁",
        "责任编辑：周宁",
        "本版编辑 周宁 李岚",
        "美编／周宁",
        "版式：周宁",
        "校对：周宁",
        "图编：周宁",
        "主编：周宁",
        "总编辑：周宁",
        "值班编委：周宁",
        "一审：周宁",
        "终审：周宁",
        "新媒体编辑：周宁",
        "监制：周宁",
        "审校：周宁",
        "设计｜周宁",
        "制图：周宁",
        "Editor: Laura Whitfield",
        "Layout: Tom Ray",
        "Редактор: Иван Петров",
        "Главный редактор: Иван Петров",
    ],
    "imprint": [
        "中共白鹭县委机关报",
        "白鹭市委主管",
        "白鹭县委员会主办",
        "国内统一刊号：CN00-0001",
        "ISSN 1000-0001",
        "邮发代号 1-1",
        "新闻热线：0000-8888888",
        "广告电话 0000-8888888",
        "投稿邮箱 a@example.org",
        "编辑部信箱 a@example.org",
        "社址：白鹭县人民路1号",
        "报社地址：白鹭县人民路1号",
        "传真：0000-8888888",
        "邮编：000000",
        "E-mail: a@example.org",
        "Tel: 0000 8888888",
        "零售每份1.5元",
        "全年定价360元",
        "印刷厂：白鹭印务",
        "总第 4123 期",
        "第4123号",
    ],
    "copyright": [
        "版权声明",
        "版权归本网",
        "版權所有",
        "Copyright 2021",
        "© 2021 The Courier",
        "(c) 2021 The Courier",
        "All rights reserved",
        "ALL RIGHTS RESERVED",
        "Все права защищены",
        "白ICP备00000000号",
        "ICP证000000",
        "白公网安备 000000号",
        "网站标识码：0000",
        "互联网新闻信息服务许可证 000000",
        "增值电信业务经营许可证 000000",
        "主办：白鹭县人民政府",
        "承办单位：白鹭县信息中心",
        "技术支持：白鹭软件",
    ],
    "site links": [
        "下一篇：老桥翻修",
        "上一条：老桥翻修",
        "下一条",
        "上一版",
        "返回顶部",
        "返回首页",
        "返回列表",
        "打印",
        "打印本页",
        "关闭窗口",
        "分享",
        "分享到：",
        "扫一扫",
        "扫码",
        "相关新闻",
        "相关推荐：",
        "推荐阅读",
        "延伸阅读",
        "热门新闻",
        "点击排行",
        "联系我们",
        "关于我们 | 广告",
        "网站地图",
        "设为首页",
        "加入收藏",
        "收藏本站",
        "登录 注册",
        "我要评论",
        "网友评论",
        "PDF版下载",
        "放大 缩小",
        "参与互动",
        "大字号",
        "字体大小",
        "朗读",
        "听新闻",
        "语音播报",
        "阅读原文",
        "点赞",
        "举报",
        "纠错",
        "版面导航",
        "标题导航",
        "展开全文",
        "加载更多",
        "客户端下载",
        "下载客户端",
        "手机版",
        "无障碍阅读",
        "跳至正文",
        "跳转到主要内容",
        "按Enter到主内容",
        "Powered by Press",
        "不支持Flash",
        "匿名发表",
        "发表评论",
        "最新更新",
        "回首頁",
        "网站导航",
        "欢迎访问白鹭新闻网",
        "后台管理",
        "友情链接",
        "附件下载",
        "bridge_01.jpg",
        "长按",
        "识别图中二维码",
        "关注我们",
        "喜欢此内容的人还看过",
        "更多精彩",
        "微信扫码",
        "往期精彩",
        "精彩回顾",
        "分享让更多人看到",
        "发表于白鹭",
        "打开白鹭客户端",
        "- END -",
        "The End",
        "原创 周宁 18:30",
        "留言 1.2万",
        "在看 12 点赞 3",
        "觉得不错点个赞",
        "Share this",
        "Subscribe",
        "Sign in",
        "Read more",
        "Most read",
        "Advertisement",
        "About us",
        "Menu",
        "Читайте также",
        "Реклама",
    ],
    "closing line": [
        "（以上内容由听友整理）",
        "以上就是今天的全部内容",
        "今天的节目播送完了",
        "本次节目到这里就结束",
        "感谢您的收听",
        "谢谢观看",
    ],
    "links": ["要闻 | 教育 | 体育", "要闻｜教育｜体育｜视频"],
    "contents": [
        "主要内容：",
        "内容提要",
        "本期导读：",
        "今日看点",
        "节目单如下：",
        "目录",
        "以下为节目全文：",
        "下面是实录：",
        "《晚间新闻》 20210310",
        "2021年3月10日晚间新闻文字版",
        "晚间新闻文字稿 2021年3月10日",
        "晚间新闻 2021-03-10 全文",
    ],
    "rule": ["* * *", "————", "…………", "=== ==="],
}
CASES = [(line, reason) for reason, lines in FORMS.items() for line in lines]
TOO_LONG = {
    "link to the source": "[" + "白" * 25 + "](https://example.org/a.html)",
    "page label": "第3版（" + "白" * 25 + "）",
    "section label": "专栏：" + "白鹭" * 20,
    "imprint": "新闻热线：" + "白鹭" * 80,
    "links": "要闻" * 8 + " | 教育 | 体育",
}


@pytest.mark.parametrize(("line", "reason"), CASES)
def test_forms(line: str, reason: str) -> None:
    assert furniture(read_lines(line)[0]) == reason


@pytest.mark.parametrize(("line", "reason"), CASES)
def test_a_heading_of_markdown_is_furniture_as_well(line: str, reason: str) -> None:
    if reason not in {"rule", "editors' line"}:
        assert furniture(read_lines(f"## {line}")[0]) == reason


@pytest.mark.parametrize("line", [line for line, why in CASES if why not in {"imprint", "copyright"}])
def test_in_a_sentence_they_are_text(line: str) -> None:
    sentence = f"记者昨天在白鹭县的老街上看到“{line}”几个字，问了好几位老人，谁也说不出它是哪一年写上去的。"
    assert furniture(read_lines(sentence)[0]) is None


@pytest.mark.parametrize(("reason", "line"), TOO_LONG.items())
def test_what_is_too_long_for_its_form_is_text(reason: str, line: str) -> None:
    assert furniture(read_lines(line)[0]) != reason


@pytest.mark.parametrize(
    "line",
    [
        "原题为《渡船》的小说在本报连载以后，",
        "原标题《渡船》的剧本昨日获奖，作者王明出席了颁奖礼。",
        "原題為《雨》的詩集昨日出版。",
        "原题：甲乙两人从两地相向而行，问几小时相遇？",
        "原题《渡船》的小说改编成电影",
        "<img src=a.png>渡船昨天重新开航，三百名乘客坐船过江。",
        '<a href="/x">渡船</a>昨天开了，乘客很多。',
        "<p>渡船昨天重新开航。</p>",
    ],
)
def test_what_goes_on_behind_a_title_or_a_tag_is_text(line: str) -> None:
    assert furniture(read_lines(line)[0]) is None


@pytest.mark.parametrize("line", ["？！", "“”", "（）", "。。"])
def test_marks_alone_are_no_rule(line: str) -> None:
    assert furniture(read_lines(line)[0]) is None


def test_a_line_of_three_hundred_characters_is_no_furniture() -> None:
    assert furniture(read_lines("—" * 300)[0]) == "rule"
    assert furniture(read_lines("—" * 301)[0]) is None


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("版权所有，未经授权不得转载。", "copyright"),
        ("新闻热线：0000-8888888，欢迎来电。", "imprint"),
        ("谢谢收看！", "closing line"),
        ("点个“在看”！", "site links"),
        ("关注我们！", "site links"),
        ("相关新闻！", None),
        ("中共白鹭县委机关报创刊四十年，老读者回到报社，看了印报的旧机器。", None),
        ("总第 4123 期，编辑部换了新址，老读者也来了。", None),
        ("总第 4123 期，定价两元，编辑部换了新址。", None),
    ],
)
def test_a_full_stop_makes_a_sentence_of_some(line: str, reason: str | None) -> None:
    assert furniture(read_lines(line)[0]) == reason


@pytest.mark.parametrize(
    "line",
    [
        "12345政务服务热线升级扩容",
        "去年12345政务服务热线受理群众诉求12万件，办结率达99%。",
        "居民拨打社区服务电话62345678后，网格员十分钟就赶到，帮老人换好了水管。",
        "版权归属引发争议",
        "法院判决：版权归原作者，被告停止侵权，赔偿十万元。",
        "技术支持：农技员进村送良方",
        "县委机关报创刊七十周年",
        "当前第3版图书销量大增",
        "本期共12版面设计大赛",
        "居民意见反馈热线开通三天接听千余次",
        "社区意见反馈信箱真管用",
        "Search this week ends in tragedy",
        "Terms of peace deal remain secret",
        "Read more books, pupils told",
        "Sign up for the army, says minister",
        "Privacy policy divides parliament",
        "Print today, read tomorrow",
    ],
)
def test_news_in_the_words_of_furniture_stays(line: str) -> None:
    assert furniture(read_lines(line)[0]) is None


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        ("铁路迎来返程高峰\n今天是10月7日，国庆假期最后一天，记者带您走进北京西站。\n旅客排队进站。", 3),
        (
            "网络谣言治理座谈会召开\n会议在市里召开，多家平台参加。\n各平台应设立违法和不良信息举报入口，"
            "及时受理。\n违者将依法追究责任，情节严重的移送公安机关处理。",
            4,
        ),
        (
            "# 会议纪要\n- 王局长：我不同意这个说法，因为群众没有得到实惠，钱也没有用在路上。\n"
            "- 李处长：应当先试点。\n## 修路\n村里修了路。\n## 治水\n河道清了淤。",
            7,
        ),
    ],
)
def test_pages_lose_no_news_to_greetings_legal_words_and_heads(page: str, kept: int) -> None:
    lines = read_lines(page)
    marks = mark_furniture(lines)
    assert [line.text for line, mark in zip(lines, marks, strict=True) if mark] == []
    assert len(lines) == kept
