# ruff: noqa: E501 - a page stands on one line of the table
"""Invented pages that print their paper and day, and pages that only mention papers, with the truth of each.

The names, places and days are made up; the forms are those of mastheads, imprints, footers, web pages,
bulletins and exports. A page is one of these edges above or below the same body.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Imprint(NamedTuple):
    """What a page prints at its edge, where it stands, and what is to be read from the page."""

    edge: str
    source: str | None
    day: str | None
    where: str = "above"

    def page(self) -> str:
        """The page: its edge and a body of its language."""
        body = _BODIES[_language(self.edge)]
        return f"{body}\n\n{self.edge}\n" if self.where == "below" else f"{self.edge}\n\n{body}\n"


_BODIES: Final = {
    "zh": (
        "村口新桥通车\n\n"
        "本报讯（记者 周宁 通讯员 李岚）新桥昨日通车，两岸居民出行更便捷。据《东岭晚报》报道，这座桥用了三年。\n\n"
        "老街修缮完成\n\n"
        "新华社记者 何平\n老街的修缮工程日前全部完成，沿街店铺陆续开张。游客们在茶馆里歇脚，听老人讲从前的故事。"
    ),
    "en": (
        "Bridge opens after three years\n\nThe new bridge opened to the public after three years of work.\n\n"
        "Old street restored\n\nShops along the old street have opened again, the council said, and visitors came."
    ),
    "ru": (
        "Новый мост открыт\n\nНовый мост через реку открыли после трёх лет работ, сообщили в администрации района.\n\n"
        "Старая улица\n\nНа старой улице снова работают магазины и чайные, гостей стало больше, говорят жители."
    ),
}


def _language(edge: str) -> str:
    if any("\u4e00" <= character <= "\u9fff" for character in edge):
        return "zh"
    return "ru" if any("\u0400" <= character <= "\u04ff" for character in edge) else "en"


_ONE_LINE: Final = (
    Imprint("QINGXI WEEKLY 青溪周报", "青溪周报", None),
    Imprint("2023年7月4日 星期二 8 青溪日报", "青溪日报", "2023-07-04"),
    Imprint("青溪日报 2023年7月4日 星期二 要闻 2", "青溪日报", "2023-07-04"),
    Imprint("2 要闻 2019年3月14日 星期四 责任编辑：周宁 美编：李岚 东岭晚报", "东岭晚报", "2019-03-14"),
    Imprint("A05 民生 青溪都市报 2016.11.08 星期二", "青溪都市报", "2016-11-08"),
    Imprint("青 溪 日 报  2018年5月6日  星期日  第三版", "青溪日报", "2018-05-06"),
    Imprint("青溪报 第3127期 2015年9月2日", "青溪报", "2015-09-02"),
    Imprint("东岭周刊 2021年10月15日 总第486期", "东岭周刊", "2021-10-15"),
    Imprint("2020年6月12日 农历庚子年闰四月廿一 青溪晨报 今日16版", "青溪晨报", "2020-06-12"),
    Imprint("二〇一九年八月二十日 星期二 青溪日报", "青溪日报", "2019-08-20"),
    Imprint("青溪日报/2014年/2月/11日/第005版", "青溪日报", "2014-02-11"),
    Imprint("4版·综合 | 青溪法制报 | 2017年12月1日 星期五 | 编辑 周宁 校对 何平", "青溪法制报", "2017-12-01"),
    Imprint("《青溪日报》（2013年4月9日 第1版）", "青溪日报", "2013-04-09"),
    Imprint("東嶺日報 2012年3月5日 星期一 A3", "東嶺日報", "2012-03-05"),
    Imprint("１９９８年１２月３日 星期四 青溪工人报 第二版", "青溪工人报", "1998-12-03"),
    Imprint("青溪日报2011年8月19日星期五第7版", "青溪日报", "2011-08-19"),
    Imprint("07 专题 QINGXI DAILY 青溪日报 2022年1月25日 星期二", "青溪日报", "2022-01-25"),
    Imprint("THE AVERLEY COURIER   Monday, 11 January 2021   Page 6", "THE AVERLEY COURIER", "2021-01-11"),
    Imprint("Page 3 | Thursday, March 14, 2019 | The Harbour Gazette", "The Harbour Gazette", "2019-03-14"),
    Imprint("The Marlow Free Press, Sat., Aug. 3, 1963, p. 2", "The Marlow Free Press", "1963-08-03"),
    Imprint("A4 • AVERLEY EVENING NEWS • FRIDAY, OCTOBER 9, 2009", "AVERLEY EVENING NEWS", "2009-10-09"),
    Imprint("Заречная правда  № 45 (10231)  12 июня 2020 года", "Заречная правда", "2020-06-12"),
    Imprint("«Вечерний Заречье-Курьер» • 5 марта 2018 г. • № 12", "Вечерний Заречье-Курьер", "2018-03-05"),
    Imprint("№ 7 (512) | 21 февраля 2014 года, пятница | Заречный вестник", "Заречный вестник", "2014-02-21"),
    Imprint("Советское Заречье, 9 мая 1965 г., воскресенье, стр. 2", "Советское Заречье", "1965-05-09"),
)
_SEVERAL_LINES: Final = (
    Imprint("青溪报\n中共青溪县委主办\n国内统一连续出版物号CN 51-0098", "青溪报", None),
    Imprint(
        "青溪报\n中共青溪县委主办\n国内统一连续出版物号CN 51-0098\n2016年4月7日 星期四",
        "青溪报",
        "2016-04-07",
    ),
    Imprint("青\n溪\n日\n报\n2019年3月14日\n星期四\n第2版", "青溪日报", "2019-03-14"),
    Imprint("东\n岭\n晚\n报\n\n2020年9月1日 星期二 农历庚子年七月十四", "东岭晚报", "2020-09-01"),
    Imprint("青 溪 日 报\n\n2018年5月6日\n星期日\n农历戊戌年三月廿一\n第12034期", "青溪日报", "2018-05-06"),
    Imprint("青溪\n日报\nQINGXI DAILY\n2017年6月30日 星期五", "青溪日报", "2017-06-30"),
    Imprint("星期二\n2021年11月\n9\n青溪日报\n要闻", "青溪日报", "2021-11-09"),
    Imprint("2021年\n11月9日\n星期二\n青溪日报", "青溪日报", "2021-11-09"),
    Imprint(
        "今日8版\n总第5120期\n2015年1月28日\n星期三\n甲午年十二月初九\n东岭日报", "东岭日报", "2015-01-28"
    ),
    Imprint(
        "青溪商报\n2014年7月22日 星期二\n国内统一刊号：CN51-0123\n邮发代号：61-88", "青溪商报", "2014-07-22"
    ),
    Imprint(
        "要闻\n2\n2023年7月4日 星期二\n责任编辑：周宁\n电话：0000-1234567\n青溪日报", "青溪日报", "2023-07-04"
    ),
    Imprint("青溪县融媒体中心主办\n青溪新报\n2022年12月8日", "青溪新报", "2022-12-08"),
    Imprint("綠島時報\n中華民國一百零二年五月六日 星期一", "綠島時報", "2013-05-06"),
    Imprint("THE HARBOUR GAZETTE\nThursday, March 14, 2019\nPage 3", "THE HARBOUR GAZETTE", "2019-03-14"),
    Imprint(
        "THE\nMARLOW\nCHRONICLE\nFriday, June 5, 1987\nVol. 12 No. 34", "THE MARLOW CHRONICLE", "1987-06-05"
    ),
    Imprint(
        "The Averley Mercury\nEstablished 1874\nWednesday 2 May 2012\nPrice 60p",
        "The Averley Mercury",
        "2012-05-02",
    ),
    Imprint("H A R B O U R   H E R A L D\nTuesday, July 4, 2023", "HARBOUR HERALD", "2023-07-04"),
    Imprint(
        "ЗАРЕЧНАЯ ЖИЗНЬ\nОбщественно-политическая газета района\n№ 33 (9120)\n14 августа 2015 года\nпятница",
        "ЗАРЕЧНАЯ ЖИЗНЬ",
        "2015-08-14",
    ),
    Imprint(
        "Газета «Голос Заречья»\nОсновано в 1931 году\nЧетверг, 3 сентября 2009 г.",
        "Голос Заречья",
        "2009-09-03",
    ),
)
_FOOTERS: Final = (
    Imprint("责任编辑：周宁  版式：李岚  校对：何平\n青溪日报", "青溪日报", None, "below"),
    Imprint("本报地址：青溪大道8号 邮编：000000\n青溪日报社出版 印刷：青溪印务", "青溪日报", None, "below"),
    Imprint("青溪日报 2019年3月14日 星期四 第3版", "青溪日报", "2019-03-14", "below"),
    Imprint("主办：东岭日报社 国内统一连续出版物号：CN 51-0007 总编辑：何平", "东岭日报", None, "below"),
    Imprint(
        "出版：青溪晚报社 地址：青溪市中心路1号 总第2210期 2010年5月20日", "青溪晚报", "2010-05-20", "below"
    ),
    Imprint("《青溪教育报》编辑部 投稿邮箱：someone@example.org", "青溪教育报", None, "below"),
    Imprint(
        "THE HARBOUR GAZETTE, THURSDAY, MARCH 14, 2019   7", "THE HARBOUR GAZETTE", "2019-03-14", "below"
    ),
    Imprint(
        "Учредитель: администрация района. Газета «Заречные вести». Тираж 2100",
        "Заречные вести",
        None,
        "below",
    ),
)
_WEB: Final = (
    Imprint("村口新桥通车\n原创 清河发布 清河发布 2022-04-15 18:30 发表于河北", "清河发布", "2022-04-15"),
    Imprint("原创\n周宁\n青溪日报\n2021-09-08 07:02\n发表于四川", "青溪日报", "2021-09-08"),
    Imprint("老街修缮完成\n东岭日报 2023-02-11 20:15 发表于湖南", "东岭日报", "2023-02-11"),
    Imprint("老街修缮完成\n周宁 青溪融媒 2022年6月1日 09:00", "青溪融媒", "2022-06-01"),
    Imprint(
        "青溪市人民政府门户网站\n首页 > 政务动态\n发布时间：2021-05-18 09:20 信息来源：市生态环境局 浏览次数：120",
        "市生态环境局",
        "2021-05-18",
    ),
    Imprint(
        "当前位置：首页 > 新闻\n村口新桥通车\n2020-10-22 来源：东岭日报 作者：周宁 字号：大 中 小",
        "东岭日报",
        "2020-10-22",
    ),
    Imprint("村口新桥通车\n来源： 青溪新闻网  时间： 2019-12-03 11:08", "青溪新闻网", "2019-12-03"),
    Imprint("村口新桥通车\n2018年09月17日08:33\n来源：\n东岭在线\n字号", "东岭在线", "2018-09-17"),
    Imprint("村口新桥通车\n稿件来源：青溪日报（2017-03-30 第2版）", "青溪日报", "2017-03-30"),
    Imprint(
        "http://www.qingxi.example/news/2019/0802/1.html\n村口新桥通车\n稿源：青溪广播电视台",
        "青溪广播电视台",
        "2019-08-02",
    ),
    Imprint(
        "Bridge opens\nSource: The Harbour Gazette | Published: March 14, 2019 08:30",
        "The Harbour Gazette",
        "2019-03-14",
    ),
    Imprint(
        "Мост открыт\nИсточник: Заречные вести\nОпубликовано: 12.06.2020 10:15",
        "Заречные вести",
        "2020-06-12",
    ),
)
_BULLETINS: Final = (
    Imprint("中国之声《新闻和报纸摘要》全文（2019年3月2日）", "新闻和报纸摘要", "2019-03-02"),
    Imprint("央视新闻联播完整版（2016年1月2日）", "新闻联播", "2016-01-02"),
    Imprint(
        "新闻联播文字完整版 2020年5月12日\n\n央视网消息（新闻联播）：湖北武汉一座新桥今天通车。",
        "新闻联播",
        "2020-05-12",
    ),
    Imprint(
        "《新闻联播》 20190314 19:00\n\n央视网消息（新闻联播）：新桥今天通车。", "新闻联播", "2019-03-14"
    ),
    Imprint(
        "新闻和报纸摘要 2018年9月20日\n\n据中央广播电视总台中国之声《新闻和报纸摘要》报道：湖北省武汉市新桥通车。",
        "新闻和报纸摘要",
        "2018-09-20",
    ),
    Imprint(
        "2017年8月9日《新闻联播》文字版\n\n本期节目主要内容：\n1.新桥通车；\n2.老街开张。",
        "新闻联播",
        "2017-08-09",
    ),
    Imprint("2021年2月3日新闻联播文字稿\n\n今天是2月3日星期三。", "新闻联播", "2021-02-03"),
)
PRINTED: Final = (*_ONE_LINE, *_SEVERAL_LINES, *_FOOTERS, *_WEB, *_BULLETINS)
"""Pages that print their source, and mostly their day."""

MENTIONED: Final = (
    "据《人民日报》报道，今年的收成不错。",
    "据青溪日报报道，新桥已经通车。",
    "本报讯（记者 周宁）新桥昨日通车。",
    "新华社青溪1月10日电（记者 周宁）新桥10日通车。",
    "新华社西安1月10日电 铁路部门介绍，旅客增加。新华社西安1月10日电 西安的游客也多了。",
    "中新社武汉3月4日电 代表们从武汉出发。中新社武汉3月4日电 武汉今天下雨。",
    "本报武汉5月6日电（记者 周宁）东湖边的樱花开了，武汉市民前去观看。",
    "（转载自《东岭晚报》）新桥昨日通车。",
    "接受《东岭晚报》记者采访时，他说很高兴。",
    "他每天看青溪日报，订阅东岭晚报已经二十年。",
    "青溪日报社社长出席座谈会并讲话。",
    "东岭晚报记者采访团来到村里，受到欢迎。",
    "社区里，《青溪日报》《东岭晚报》成了老人们的伙伴。",
    "图为读者在阅读青溪日报。新华社记者 周宁 摄",
    "新华社记者 何平\n老街开张了。",
    "数据来源：国家统计局。新桥已经通车。",
    "图片来源：东岭晚报",
    "记者从青溪日报创刊七十周年座谈会上获悉，新桥通车。",
    "武汉、长沙、西安、成都的代表参加了会议。会议在西安举行，西安市代表发言，西安的企业介绍经验。",
    "央视网消息（新闻联播）：湖北武汉一座新桥今天通车。武汉市民说很方便，湖北省的司机也来了。\n四川成都的老街开张。",
    "The mayor told the Harbour Gazette that the bridge would open in May.",
    "According to The Morning Herald, sales rose. The Times reported the same.",
    "Как сообщила газета «Заречные вести», мост открыли в мае.",
)
"""Texts that speak of papers, agencies and places without being from there."""
