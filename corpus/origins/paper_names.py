"""What a paper's name looks like, alone and within a line of a masthead."""

from __future__ import annotations

import re
from typing import Final

from corpus.dating.expressions import find_full_dates
from corpus.dating.printed import WEEKDAY

KIND: Final = (
    "日报|晚报|时报|早报|晨报|都市报|商报|周报|快报|青年报|少年报|导报|特区报|法治报|法制报|农民报|农村报|工人报|教育报|监察报|经济报|消费报|"
    "科技报|文化报|文艺报|健康报|卫生报|环境报|公安报|检察报|法院报|文摘报|参考报|参考消息|侨报|党报|新报|民报|公报|政协报|妇女报|交通报|石油报|"
    "铁道报|电力报|市场报|证券报|金融报|旅游报|体育报|广播电视报|生活报|文汇报|解放军报|大公报|观察报|日報|晚報|時報|新報|導報|民報"
)
"""Endings that make a Chinese name a paper's wherever it stands."""
_WHOLE: Final = "大公报|大公報|文汇报|文匯報|解放军报|参考消息"
"""Names that are whole as they stand."""
PAPER: Final = rf"(?<![\u4e00-\u9fff《])(?P<name>[\u4e00-\u9fff]{{1,8}}?(?:{KIND})|{_WHOLE})"
"""A paper's name within text, outside title marks."""
NOT_A_PAPER: Final = re.compile(
    r"本报|海报|简报|通报|喜报|捷报|战报|公报|专报|情报|(?<!文)汇报|申报|举报|墙报|黑板报|填报|上报|预报|见报|电报|要闻|综合新闻"
    r"|订阅|欢迎|阅读|今日|主办"
)
ALONE: Final = re.compile(rf"《?(?P<name>[\u4e00-\u9fff]{{1,8}}(?:{KIND})|{_WHOLE})》?")
_BESIDE_DATE: Final = re.compile(r"(?P<name>[\u4e00-\u9fff]{1,7}(?:报|報|新聞|周末|周刊|週刊|新闻网|在线))")
"""Names without a kind that we know count only beside the page's own date or imprint."""
_LATIN_PAPER: Final = re.compile(
    r"(?P<name>(?:the\s)?(?:[^\W\d_][\w'’.&-]*\s){0,4}?(?:times|post|daily|news|herald|tribune|gazette|guardian|journal|mirror|chronicle|observer|"
    r"telegraph|star|sun|courier|examiner|inquirer|independent|standard|express|dispatch|record|register|argus|echo|press|mercury|review|"
    r"bulletin|sentinel|globe|mail|advertiser|citizen|leader|monitor|messenger|zeitung|nachrichten|gaceta|diario|"
    r"газета|известия|правда|ведомости|вестник|вести|новости|вечерняя|вечерний|комсомолец|труд|жизнь|голос|знамя|заря|курьер|маяк|край)"
    r"(?:\s[^\W\d_][\w'’-]*){0,2})",
    re.I,
)
_LATIN_SECTION: Final = re.compile(
    r"(?:local|world|national|business|sports?|regional|city|breaking|latest|late|international|foreign)\s(?:news|edition)"
    r"|daily|news|press|mail|последние новости|новости",
    re.I,
)
_QUOTED: Final = re.compile(r"газет[аы]\s?[«“\"](?P<name>[^«»“”\"\n]{3,40})[»”\"]", re.I)
_PAGE_OR_ISSUE: Final = re.compile(
    r"\b(?:page|p\.|pp\.|стр\.?|vol\.?|no\.?|price|тираж)\s?[A-Z]?\d+|№\s?\d+(?:\s?\(\d+\))?|\(\d+\)", re.I
)
_ABBREVIATED: Final = re.compile(r"\b(?:mon|tues?|wed|thurs?|fri|sat|sun)\.(?=[\s,]|$)", re.I)
PAGE_SIGN: Final = re.compile(r"第?\s?[A-Z]?\d{1,3}\s?版|要闻|综合新闻|本版|责编|主办|国内统一|第\s?\d+\s?期")
"""What stands beside a paper's name in a masthead without a date."""
_PARTS: Final = re.compile(r"[\s|·•:：/\-—_\d（）()【】]+")
_LATIN_PARTS: Final = re.compile(r"\s{2,}|[|·•,:/]|\s[-–—]\s|\d+")
_LATIN_NAME: Final = re.compile(r"[A-Z][A-Z ]{4,}")
"""A name in capitals beside the Chinese one."""
_FAMILY: Final = re.compile(r"[^\W\d_][\w'’-]*(?:\s[^\W\d_][\w'’-]*){1,3}")


def paper_in_line(line: str, *, beside_date: bool) -> str | None:
    """The name in a line that may be a masthead: between dates, page numbers and section names."""
    undated = line
    for found in reversed(find_full_dates(line)):
        undated = f"{undated[: found.begin]}  {undated[found.end :]}"
    if not re.search(r"[\u4e00-\u9fff]", line):
        return latin_paper(undated, full=undated != line) if beside_date else None
    known = _BESIDE_DATE if beside_date else ALONE
    for part in _PARTS.split(WEEKDAY.sub(" ", undated)):
        match = known.fullmatch(part.strip("《》【】"))
        if match is None or NOT_A_PAPER.search(match["name"]):
            continue
        if beside_date or _LATIN_NAME.sub("", line).strip("《》 ") == match["name"] or PAGE_SIGN.search(line):
            return match["name"]
    return None


def latin_paper(undated: str, *, full: bool) -> str | None:
    """The name in a line of an alphabet; in a `full` one, with date and page, what is left of it."""
    if quoted := _QUOTED.search(undated):
        return quoted["name"].strip()
    signs = _PAGE_OR_ISSUE.search(undated) is not None
    bare = _ABBREVIATED.sub("  ", WEEKDAY.sub("  ", _PAGE_OR_ISSUE.sub("  ", undated)))
    parts = [part.strip(" .()—«»“”\"'-") for part in _LATIN_PARTS.split(bare)]
    for part in parts:
        if _LATIN_PAPER.fullmatch(part) and not _LATIN_SECTION.fullmatch(part):
            return part
    named = [part for part in parts if len(part) > 3]
    if full and signs and len(named) == 1 and _FAMILY.fullmatch(named[0]):
        words = named[0].split()
        return named[0] if all(word[0].isupper() for word in words) else None
    return None
