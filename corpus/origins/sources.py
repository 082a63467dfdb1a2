"""The newspaper or site a page comes from: as it is printed, else inferred from the places it writes about.

Printed are a web page's `来源：`, a masthead, the paper's name before `讯` or `记者`, and the file's
name. `新华社记者` and the like name an agency, not the paper, and don't count.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from corpus.dating.expressions import find_full_dates
from corpus.dating.printed import WEEKDAY, find_printed_date
from corpus.origins.inference import infer_source

_KIND: Final = (
    "日报|晚报|时报|早报|晨报|都市报|商报|周报|快报|青年报|少年报|导报|特区报|法治报|法制报|农民报|农村报|工人报|教育报|监察报|经济报|消费报|"
    "科技报|文化报|文艺报|健康报|卫生报|环境报|公安报|检察报|法院报|文摘报|参考报|参考消息|侨报|党报|新报|民报|公报|政协报|妇女报|交通报|石油报|"
    "铁道报|电力报|市场报|证券报|金融报|旅游报|体育报|广播电视报|生活报|文汇报|解放军报|大公报|观察报|日報|晚報|時報|新報|導報|民報"
)
_PAPER: Final = rf"(?<![\u4e00-\u9fff《])(?P<name>[\u4e00-\u9fff]{{1,8}}?(?:{_KIND}))"
_LABELLED: Final = re.compile(
    r"(?:(?<![\u4e00-\u9fff])(?:信息|文章|稿件|新闻|本文)?(?:来\s?源|來源|稿源|出处)|转自|source|источник|quelle|fuente)\s?[:：]\s{0,3}《?(?P<name>[^\s|，。；;<>《》（）()【】\[\]]{2,30})",
    re.I,
)
_LABELLED_LATIN: Final = re.compile(
    r"(?:source|источник|quelle|fuente)\s?[:：]\s{0,3}(?P<name>[^\n|,;<>()\[\]]{2,40})", re.I
)
_ENDS_LABEL: Final = re.compile(
    r"本报讯|本网讯|(?:作者|编辑|责编|记者|发布|时间|日期|浏览|点击|字号)[:：]?|\d{4}[-年]"
)
_NO_SOURCE: Final = re.compile(
    r"(?:本站|本网|原创|网络|互联网|未知|不详|佚名|转载|其他|本报|admin|unknown|internet)+(?:整理)?", re.I
)
_TOLD: Final = re.compile(_PAPER + r"(?:客户端|[-—－][\u4e00-\u9fff]{2,6})?讯\s?[（(，记通]")
_REPORTER: Final = re.compile(
    _PAPER
    + r"(?:全媒体?|融媒体?|客户端)?(?:首席|特派|特约|见习|实习)?(?:记者|评论员|通讯员|实习生)[\s：:、]?"
)
_HOUSE: Final = re.compile(_PAPER + r"社(?:出版|主办|编辑|印刷|社址|地址|承办)")
_ALONE: Final = re.compile(rf"《?(?P<name>[\u4e00-\u9fff]{{1,8}}(?:{_KIND}))》?")
_BESIDE_DATE: Final = re.compile(r"(?P<name>[\u4e00-\u9fff]{1,7}(?:报|報|新聞|周末|新闻网|在线))")
"""Names without a kind that we know count only beside the page's own date."""
_SECTION: Final = re.compile(
    r"本报|海报|简报|通报|喜报|捷报|战报|公报|专报|情报|(?<!文)汇报|申报|举报|墙报|黑板报|填报|上报|预报|见报|电报|要闻|综合新闻"
)
_LATIN_PAPER: Final = re.compile(
    r"(?P<name>(?:the\s)?(?:[^\W\d_][\w'’.&-]*\s){0,4}?(?:times|post|daily|news|herald|tribune|gazette|guardian|journal|mirror|chronicle|observer|"
    r"telegraph|star|sun|courier|examiner|inquirer|independent|standard|express|dispatch|record|register|argus|echo|press|"
    r"bulletin|sentinel|globe|mail|advertiser|citizen|leader|monitor|zeitung|nachrichten|gaceta|diario|"
    r"газета|известия|правда|ведомости|вестник|новости|вечерняя|комсомолец|труд)(?:\s[^\W\d_][\w'’-]*){0,2})",
    re.I,
)
_PAGE_SIGN: Final = re.compile(
    r"第?\s?[A-Z]?\d{1,3}\s?版|要闻|综合新闻|本版|责编|主办|国内统一|第\s?\d+\s?期"
)
"""What stands beside a paper's name in a masthead without a date."""
_EDGE: Final = 6
"""Lines from the top and the bottom of a page in which a masthead may stand."""
_LONGEST_MASTHEAD: Final = 60


@dataclass(frozen=True)
class Source:
    """A paper's name, and the words it was read from with how (`explicit`, `inferred` or `metadata`)."""

    name: str | None
    evidence: str | None


def find_source(text: str, *, name: str = "", given: str | None = None) -> Source:
    """Find the paper that printed this page.

    Parameters
    ----------
    text
        The whole page.
    name
        The file's name, with its folders: a paper's name in it counts after what the page prints.
    given
        The source given for the run, for pages that don't say.
    """
    for find in (_labelled, _in_masthead, _in_bylines):
        if found := find(text):
            return found
    if named := _in_file_name(name):
        return named
    if given is not None:
        return Source(given, "metadata: given for the run")
    guess = infer_source(text)
    return Source(guess.paper, guess.evidence) if guess else Source(None, None)


def _labelled(text: str) -> Source | None:
    for line in text.split("\n"):
        if len(line) > 200:
            continue
        match = _LABELLED_LATIN.search(line) or _LABELLED.search(line)
        name = _ENDS_LABEL.split(match["name"])[0].strip(" .：:-—") if match else ""
        if name and not _NO_SOURCE.fullmatch(name):
            return Source(name, f"explicit: “{' '.join(line.split())[:80]}”")
    return None


def _in_masthead(text: str) -> Source | None:
    """A paper's name alone on a line, or on the line of the page's own date, or beside it."""
    filled = [line.strip() for line in text.split("\n") if line.strip()]
    printed = find_printed_date(text)
    edge = {*range(min(_EDGE, len(filled))), *range(max(0, len(filled) - _EDGE), len(filled))}
    dated = {
        place
        for place, line in enumerate(filled)
        if printed and " ".join(line.split()).startswith(printed.words)
    }
    beside = {near for place in dated for near in (place - 1, place, place + 1) if 0 <= near < len(filled)}
    for place in [*sorted(dated), *sorted(beside - dated), *sorted(edge - beside)]:
        line = filled[place]
        if len(line) > _LONGEST_MASTHEAD:
            continue
        if name := _paper_in_line(line, near_date=place in beside):
            return Source(name, f"explicit: masthead “{' '.join(line.split())}”")
    return None


def _paper_in_line(line: str, *, near_date: bool) -> str | None:
    """The name in a line that may be a masthead: between dates, page numbers and section names."""
    undated = line
    for found in reversed(find_full_dates(line)):
        undated = f"{undated[: found.begin]}  {undated[found.end :]}"
    if not re.search(r"[\u4e00-\u9fff]", line):
        return _latin_paper(undated) if near_date else None
    known = _BESIDE_DATE if near_date else _ALONE
    for part in re.split(r"[\s|·•:：/\-—_\d]+", undated):
        match = known.fullmatch(part.strip("《》【】"))
        if match is None or _SECTION.search(match["name"]):
            continue
        if near_date or line.strip("《》") == match["name"] or _PAGE_SIGN.search(line):
            return match["name"]
    return None


def _latin_paper(undated: str) -> str | None:
    for part in re.split(r"\s{2,}|[|·•,:/]|\s[-–—]\s|\d+", WEEKDAY.sub("  ", undated)):
        match = _LATIN_PAPER.fullmatch(part.strip('«»"“”.,() -—'))
        if match:
            return match["name"]
    return None


def _in_bylines(text: str) -> Source | None:
    """The name that stands most often before `讯`, `记者` or `社出版`."""
    counts: Counter[str] = Counter()
    words: dict[str, str] = {}
    for pattern in (_TOLD, _REPORTER, _HOUSE):
        for match in pattern.finditer(text):
            name = match["name"]
            if not _SECTION.search(name):
                counts[name] += 1
                words.setdefault(name, " ".join(match[0].split()))
    if not counts:
        return None
    best = max(counts, key=lambda name: (counts[name], -text.find(name)))
    return Source(best, f"explicit: “{words[best]}” ({counts[best]} ×)")


def _in_file_name(name: str) -> Source | None:
    for part in reversed(re.split(r"[/_\s.\-]+", name)):
        bare = re.sub(r"\d+", "", part)
        match = _ALONE.fullmatch(bare)
        if match and not _SECTION.search(bare):
            return Source(match["name"], f"file name: {name}")
    return None
