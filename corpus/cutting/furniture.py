"""Lines that belong to the page or the site and to no story: mastheads, breadcrumbs, footers.

What is furniture goes to the ledger with its reason. The rules are about form, never about one paper's
words.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from corpus.cutting.lines import Line

_DATE: Final = (
    r"(?:\d{4}\s*[年/.\-]\s*\d{1,2}\s*[月/.\-]\s*\d{1,2}\s*日?"
    r"|[二一][〇○零九\d][〇○零一二三四五六七八九]{2}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日)"
)
_WEEKDAY: Final = (
    r"(?:星期[一二三四五六日天]|周[一二三四五六日]|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|[Пп]онедельник|[Вв]торник|[Сс]реда|[Чч]етверг|[Пп]ятница|[Сс]уббота|[Вв]оскресенье)"
)
_MONTH: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember"
    r")?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
    r"|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)"
)
_LATIN_DATE: Final = rf"(?:{_MONTH}\.? \d{{1,2}},? \d{{4}}|\d{{1,2}} {_MONTH}\.? \d{{4}})"

_RULES: Final[tuple[tuple[str, float, re.Pattern[str]], ...]] = (
    ("web address", 300, re.compile(r"^(?:网址|链接|URL|原文链接)?[：:\s]*(?:https?://|www\.)\S+$", re.I)),
    (
        "breadcrumb",
        80,
        re.compile(
            r"^[\s\W]*(?:您?(?:当前|现在|目前|所在)的?(?:所在)?位置|您的位置|所在位置|你的位置"
            r"|當前位置)|^(?:首页|首頁|网站首页|Home|Главная)\s*(?:[>＞»›→/|｜-]|&gt;)|^\S{1,10}(?:"
            r"\s*[>＞»›]\s*\S{1,14}){2,}\s*[>＞»›]?$"
        ),
    ),
    (
        "date and source line",
        100,
        re.compile(
            r"(?:发布时间|发布日期|发表时间|更新时间|发布于|日期(?=\s*[：:]\s*\d)|时间(?=\s*[：:]\s"
            r"*\d{4})|来源|信息来源|稿件来源|發布時間|來源)\s*[：:]\s*\S.{0,60}$"
            r"|^[【\[]?(?:字号|字体|浏览次数|浏览量|阅读次数|点击数|点击率|访问量|阅读)\s*[：:\d]"
            r"|^(?:Source|Published|Updated|Posted|Last updated|Источник|Опубликовано|Дата)\s*[:：]"
            r"|^(?:Published|Updated|Posted) (?:on|at) "
        ),
    ),
    (
        "date line",
        30,
        re.compile(
            rf"^(?:{_DATE}|{_LATIN_DATE})[\s日,]*(?:{_WEEKDAY})?\s*(?:\d{{1,2}}[:：]\d{{2}}(?:[:：]\d"
            rf"{{2}})?)?\s*(?:来源[：:]?\s*\S{{1,20}})?$"
        ),
    ),
    (
        "masthead",
        70,
        re.compile(
            rf"(?:{_DATE}.{{0,16}}{_WEEKDAY}|{_WEEKDAY}.{{0,10}}(?:{_DATE}|{_LATIN_DATE})|{_LATIN_DATE}"
            rf".{{0,30}}(?:Page|No\.|Vol\.|№|стр\.)|(?:Page|№|Vol\.).{{0,24}}{_LATIN_DATE}"
            rf"|{_DATE}.{{0,12}}第\s?\d+\s?[版期]|第?\s*[A-Z]?\d{{1,3}}\s*版.{{0,20}}{_DATE}"
            rf"|{_DATE}.{{0,8}}农历)"
        ),
    ),
    (
        "page label",
        24,
        re.compile(
            r"^(?:第\s*[A-Z]?\d{1,3}\s*版|[A-Z]?\d{1,2}\s*版|第[一二三四五六七八九十]{1,3}版"
            r"|[A-Z]\d{1,2})\s*(?:[（(].*[）)]|[：:·\s]?\s*\S{0,8})$"
            r"|^\S{1,8}[报報]\s+第\s*[A-Z]?\d{1,3}\s*版(?:\s+\S{1,8})?$|^(?:Page|стр\.?|Стр\.?"
            r"|P\.) ?[A-Z]?\d{1,3}$|^[-—–\s]*[A-Z]?\d{1,3}[-—–\s]*$"
        ),
    ),
    (
        "section label",
        24,
        re.compile(
            r"^(?:专栏|栏目|版面|版名)\s*[：:]\s*\S{0,14}$|^(?:要闻|国内|国际|综合|综合新闻"
            r"|广告|副刊|理论|体育|时政|经济|社会|文化|本版|头版|今日导读|导读|简讯|短讯|快讯"
            r"|快报|简报|新闻速递|要闻速递|简明新闻|一句话新闻|国内联播快讯|国际联播快讯|联播快讯"
            r"|图片新闻|News in brief|NEWS IN BRIEF|Briefs|BRIEFS|In brief|IN BRIEF|Коротко)(?:版"
            r"|新闻)?$|^[◎●■◆○☆★▲□【\[《\s]*\S{0,4}(?:速览|短波|短讯|简讯|快讯|简明新闻|集锦|集萃)[】\]》\s]*$"
        ),
    ),
    (
        "editors' line",
        90,
        re.compile(
            r"^[\s\W]*(?:本版|本期|今日|值班|责任|执行|编|版|美术|文字|图片|视觉|新媒体|一审"
            r"|二审|三审|审)?\s*(?:(?:责任)?编\s?辑|责\s?编|编委|图\s?编|编审|主编|总编|总编辑|校\s?对|检校"
            r"|版\s?式|排版|组版|版面设计|美\s?编|设\s?计|审\s?[读核校签]|制\s?图|初审|复审"
            r"|终审|一审|二审|三审|总值班|监制)\s*(?:[：:/／|｜]\s*\S|\s+[\u4e00-\u9fff]{1,4}(?:[\s、]+[\u4e00-\u9fff]{1,4}){0,6}$)"
            r"|^(?:Editors?|Layout|Proofreader|Редактор|Вёрстка|Корректор|Главный редактор)\s*[:：]"
        ),
    ),
    (
        "imprint",
        160,
        re.compile(
            r"(?:委员会|市委|省委|县委|区委|州委)(?:机关报|主管|主办)|国内统一(?:连续出版物"
            r"|刊号)|CN\s?\d{2}-\d{4}|ISSN\s?\d|邮发代号|(?:新闻|广告|发行|订报|报料|爆料|投稿"
            r"|订阅|服务|编辑部)(?:热线|电话|邮箱|信箱)|^(?:社址|地址|报社地址|本报地址)\s*[：:]"
            r"|^(?:电话|传真|邮编|邮政编码|电子邮箱|投稿邮箱|E-?mail|Email|Tel)\s*[：:]|(?:零售"
            r"|全年)(?:价|每份|定价).{0,10}元|印刷(?:厂)?[：:]|总第\s?\d+\s?期|第\s?\d{3,}\s?[期号]"
            r"|\d{6}\s*[年月]?.{0,6}邮编"
        ),
    ),
    (
        "copyright",
        260,
        re.compile(
            r"版权(?:所有|声明|归)|版權所有|Copyright|©|\(c\) ?\d{4}|All [Rr]ights [Rr]eserved"
            r"|ALL RIGHTS RESERVED|Все права защищены|ICP\s?[备证]|公网安备|网站标识码|(?:互联网新闻"
            r"信息服务|增值电信业务)\S{0,8}许可证|^(?:主办|承办|协办)(?:单位)?\s*[：:]\s*\S+"
            r"|技术支持\s*[：:]"
        ),
    ),
    (
        "site links",
        140,
        re.compile(
            r"^[\s\W]*(?:上一篇|下一篇|上一条|下一条|上一版|下一版|返回(?:顶部|首页|目录|列表)"
            r"|打印(?:本页|文章)?|关闭(?:窗口|本页)?|分享(?:到|至|本文)?|扫一扫|扫码|相关(?:新闻"
            r"|链接|阅读|文章|报道|推荐)|推荐阅读|延伸阅读|热门(?:推荐|新闻|文章)|点击排行"
            r"|联系我们|关于我们|网站地图|设为首页|加入收藏|收藏本站|登录|注册|我要评论|网友评论"
            r"|PDF(?:版)?(?:下载)?|放大|缩小|默认)(?:$|[\s：:】\]|｜>，,／/]|$)"
            r"|^(?:Share(?: this| on)?|Subscribe|Sign up|Sign in|Log in|Read more|Related|Most read"
            r"|Advertisement|Newsletter|Contact us|About us|Privacy|Terms of|Print|Home|Menu"
            r"|Search|Читайте также|Поделиться|Подписаться|Реклама)\b[^.]{0,60}$"
        ),
    ),
    ("links", 200, re.compile(r"^[^|｜。]{1,14}(?:\s*[|｜]\s*[^|｜。]{1,14}){2,}$")),
    (
        "contents",
        60,
        re.compile(
            r"(?:主要内容|内容提要|今日导读|本期导读|要闻导读|今日看点|节目单|目录)(?:有|如下)?\s*["
            r"：:]?\s*$|^(?:以下(?:为|是)|下面是).{0,12}(?:全文|文字|内容|实录).{0,6}[：:]?$"
            r"|^\d{4}年\d{1,2}月\d{1,2}日\S{2,8}(?:文字版|文字稿|文字实录|完整版)?$"
        ),
    ),
    ("rule", 400, re.compile(r"^[\W_]+$")),
)
_FOOTER: Final = frozenset({"copyright", "site links", "imprint"})
_ENTRY: Final = (4, 50)
_CONTENTS_LINES: Final = 3
_LONG: Final = 30
_MENU_WIDTH: Final = 5.0
_MENU_LINES: Final = 5
_EDGE: Final = 6
_NAMEPLATE: Final = re.compile(
    r"^《?[\u4e00-\u9fff]{2,8}(?:日报|晚报|早报|时报|商报|晨报|周报|都市报|导报|日報|晚報|時報"
    r"|周刊)》?$|^[\u4e00-\u9fff]{2,3}报$|^[A-Z]{3,} (?:RIBAO|WANBAO|DAILY)$"
    r"|^The [A-Z]\w+(?: [A-Z]\w+)? (?:Times|Post|Herald|Gazette|Tribune|Chronicle|Journal|News"
    r"|Daily|Observer|Courier)$"
)
_RELATED: Final = re.compile(
    r"相关(?:新闻|链接|阅读|文章|报道|推荐)|推荐阅读|延伸阅读|热门|点击排行|Related|Most read"
    r"|Read more|Читайте также"
)
_ENDING: Final = re.compile(r"[。！？!?…]$")


def furniture(line: Line) -> str | None:
    """Return the reason why `line` is furniture, or None."""
    text = line.text
    if len(text) > 300:
        return None
    for reason, most, pattern in _RULES:
        if line.width > most or not pattern.search(text):
            continue
        if reason == "rule" and re.fullmatch(r"[？?！!“”\"'（）()。]+", text):
            return None
        if _ENDING.search(text) and reason not in {
            "copyright",
            "web address",
            "imprint",
            "breadcrumb",
            "rule",
        }:
            continue
        return reason
    return None


def mark_furniture(lines: list[Line]) -> list[str | None]:
    """Return for each line the reason why it is furniture, or None; a footer takes the rest of the page."""
    marks = [furniture(line) for line in lines]
    for index, line in enumerate(lines):
        at_edge = index < _EDGE or index >= len(lines) - _EDGE
        if marks[index] is None and at_edge and line.width <= 20 and _NAMEPLATE.match(line.text):
            marks[index] = "masthead"
    _mark_menus(lines, marks)
    _spread_links(lines, marks)
    _spread_footer(lines, marks)
    _spread_contents(lines, marks)
    return marks


def _mark_menus(lines: list[Line], marks: list[str | None]) -> None:
    """Mark the menus of a site: runs of very short lines before the first long line or after the last."""
    long = [index for index, line in enumerate(lines) if line.width >= _LONG]
    if not long:
        return
    for place in (range(long[0]), range(long[-1] + 1, len(lines))):
        run: list[int] = []
        for index in [*place, -1]:
            if index >= 0 and lines[index].width <= _MENU_WIDTH and not _ENDING.search(lines[index].text):
                run.append(index)
                continue
            if len(run) >= _MENU_LINES:
                for item in run:
                    marks[item] = marks[item] or "site links"
            run = []


def _spread_links(lines: list[Line], marks: list[str | None]) -> None:
    """Under “related news” near the page's end, lines that are no sentences are links."""
    start = next(
        (i for i, line in enumerate(lines) if marks[i] == "site links" and _RELATED.search(line.text)), None
    )
    if start is None or start < len(lines) // 3:
        return
    for index in range(start + 1, len(lines)):
        if marks[index] is None:
            if lines[index].width > 46 or _ENDING.search(lines[index].text):
                return
            marks[index] = "site links"


def _spread_footer(lines: list[Line], marks: list[str | None]) -> None:
    """After the copyright line of a page's last lines, short lines are footer too."""
    start = max(len(lines) * 2 // 3, len(lines) - 40)
    for index in range(start, len(lines)):
        if marks[index] in _FOOTER and (marks[index] == "copyright" or index >= len(lines) - 8):
            for later in range(index + 1, len(lines)):
                line = lines[later]
                if marks[later] is None and line.width <= 60 and not line.text.endswith("。"):
                    marks[later] = "footer"
            return


def _spread_contents(lines: list[Line], marks: list[str | None]) -> None:
    """A list of contents is furniture: each of its lines comes again, alone, further down the page."""
    keys = [entry_key(line.text) if _ENTRY[0] <= line.width <= _ENTRY[1] else "" for line in lines]
    places: dict[str, list[int]] = {}
    for index, key in enumerate(keys):
        if key:
            places.setdefault(key, []).append(index)
    announced = {key: found for key, found in places.items() if len(found) > 1}
    if len(announced) < _CONTENTS_LINES:
        return
    run = _contents_run(lines, keys, announced)
    again = [announced[keys[index]][1] for index in run if keys[index] in announced]
    # Where the second readings touch, a text is printed twice; under a list of contents each has its story.
    apart = sum(abs(b - a) > 1 for a, b in pairwise(again))
    if len(run) >= _CONTENTS_LINES and apart * 3 >= 2 * (len(again) - 1):
        for index in range(run[0], run[-1] + 1):
            marks[index] = marks[index] or "contents"


def _contents_run(lines: list[Line], keys: list[str], announced: dict[str, list[int]]) -> list[int]:
    """Return the lines of the list of contents: announced ones, with little else between them."""
    run: list[int] = []
    for index in range(min(len(lines), len(lines) // 2 + 2)):
        if keys[index] in announced:
            if announced[keys[index]][0] in run:
                break
            run.append(index)
        elif run and (
            lines[index].width > _ENTRY[1] or lines[index].text.endswith("。") or index - run[-1] > 2
        ):
            if len(run) >= _CONTENTS_LINES:
                break
            run = []
    return run


def entry_key(text: str) -> str:
    """Return what identifies an entry of a list of contents: its letters, without marks and number."""
    return re.sub(r"\W+", "", re.sub(r"^[\W\d_]+", "", text))
