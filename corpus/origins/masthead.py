"""The paper's name in a masthead, an imprint or a footer, on one line or spread over several.

A name counts alone on a line at the page's edge, and beside the page's own date or an imprint (issue
number, publisher, registration) also in forms that running text uses for other things. Names set one
character a line, spaced out, or over two or three lines are put together first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from corpus.dating.printed import WEEKDAY, find_printed_date
from corpus.origins.evidence import Kind, Source, source_by
from corpus.origins.paper_names import ALONE, KIND, NOT_A_PAPER, paper_in_line

_EDGE: Final = 6
"""Lines from the top and the bottom of a page in which a masthead may stand."""
_MOST_EDGE: Final = 24
"""Lines of an edge before what is spread over several is put together."""
_LONGEST: Final = 60
_IMPRINT: Final = re.compile(
    r"国内统一(?:连续出版物|刊)号|CN\s?\d\d-\d{3,4}|邮发代号|(?:主办|主管|承办)(?:单位)?(?:[:：]|$)"
    r"|总第\s?\d+\s?期|第\s?\d{2,6}\s?期"
    r"|\bvol(?:ume)?\.?\s\d+|№\s?\d+|\best(?:ablished|d)\b|основан|учредител|тираж|издаётся|общественно-политическ",
    re.I,
)
_PASSING: Final = re.compile(
    r"[\u4e00-\u9fff]?要闻|综合|\d{1,3}|[A-Z]\d{1,3}|今日\s?\d+\s?版|第?\s?[A-Z]?[\d一二三四五六七八]{1,3}\s?版"
    r"|(?:农历|農曆)?.{0,5}年?.{1,3}月(?:初|十|廿|卅)?.{0,2}"
    r"|责任?编辑?.{0,20}|电话.{0,20}|price .{1,10}|page \d+",
    re.I,
)
_HOUSE: Final = re.compile(
    rf"(?<![\u4e00-\u9fff])(?P<name>[\u4e00-\u9fff]{{1,8}}?(?:{KIND}))社(?:出版|主办|编辑|印刷|社址|地址|承办)"
    rf"|(?:主办|出版|承办|主管)(?:单位)?\s?[:：]\s?(?P<house>[\u4e00-\u9fff]{{1,8}}?(?:{KIND}|报))社(?![\u4e00-\u9fff])"
    rf"|^《(?P<desk>[\u4e00-\u9fff]{{1,8}}(?:{KIND}))》编辑部"
    rf"|^(?P<owner>[\u4e00-\u9fff]{{1,8}}(?:{KIND}))(?:社|报业集团)?版权所有"
    rf"|^(?P<digital>[\u4e00-\u9fff]{{1,8}}(?:{KIND}))[ \t]?(?:数字|电子|多媒体)(?:报纸?|版|数字[报版])\s*$"
    r"|газет[аы]\s?[«“\"](?P<gazette>[^«»“”\"\n]{3,40})[»”\"].{0,30}тираж",
    re.I | re.M,
)
_SPACED: Final = re.compile(
    r"(?<![\u4e00-\u9fff])(?:[\u4e00-\u9fff][ \t\u3000]{1,3}){2,9}[\u4e00-\u9fff](?![\u4e00-\u9fff])"
)
_SPACED_LATIN: Final = re.compile(r"(?:[A-ZА-Я] ){3,}[A-ZА-Я](?: {2,}(?:[A-ZА-Я] )+[A-ZА-Я])*")
_DESCRIBES: Final = re.compile(r"общественно-политическ|учредител|основан|\bestablished\b", re.I)
"""Lines of a masthead that tell of the paper and have its kind in them, not its name."""
_ADDRESS: Final = re.compile(r"[:：]\s?(?:https?://|www\.)")
"""A site's name with its address behind, which many mastheads have under the paper's own."""
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_CAPITALS: Final = re.compile(r"[A-Z][A-Z'’&.-]*(?: [A-Z][A-Z'’&.-]*)?")


def find_in_masthead(text: str) -> Source | None:
    """Find the paper's name at the page's edges."""
    lines = _edges([line.strip() for line in text.split("\n") if line.strip()])
    printed = find_printed_date(text)
    dated = [place for place, (line, _) in enumerate(lines) if printed and _holds(line, printed.words)]
    imprints = [
        place for place, (line, _) in enumerate(lines) if _IMPRINT.search(line) and len(line) <= _LONGEST
    ]
    beside_date, beside_imprint = _around(dated, lines), _around(imprints, lines)
    edge = [place for place, (_, from_edge) in enumerate(lines) if from_edge < _EDGE]
    for place in _chinese_first(dict.fromkeys([*dated, *beside_date, *beside_imprint, *edge]), lines):
        line, _ = lines[place]
        if len(line) > _LONGEST or _DESCRIBES.search(line) or _ADDRESS.search(line):
            continue
        in_masthead = place in beside_date or place in beside_imprint
        if name := paper_in_line(line, beside_date=in_masthead):
            kind: Kind = "dated masthead" if place in beside_date else "masthead"
            return source_by(kind, name, f"explicit: masthead “{' '.join(line.split())}”")
    return None


def _chinese_first(places: Iterable[int], lines: list[tuple[str, int]]) -> list[int]:
    """Where a masthead has its name in two scripts, the Chinese one counts."""
    return sorted(places, key=lambda place: not _HAN.search(lines[place][0]))


def find_in_imprint(text: str) -> Source | None:
    """Find the paper that says it publishes this page (`青溪日报社出版`)."""
    for match in _HOUSE.finditer(text):
        name = next(found for found in match.groups() if found)
        if not NOT_A_PAPER.search(name):
            return source_by("imprint", name.strip(), f"explicit: “{' '.join(match[0].split())}”")
    return None


def _edges(filled: list[str]) -> list[tuple[str, int]]:
    """The lines, with names put together that are spread over several, and each one's distance to an edge."""
    if len(filled) <= 2 * _MOST_EDGE:
        lines = _put_together(filled)
    else:
        middle = filled[_MOST_EDGE:-_MOST_EDGE]
        lines = [*_put_together(filled[:_MOST_EDGE]), *middle, *_put_together(filled[-_MOST_EDGE:])]
    return [(line, min(place, len(lines) - 1 - place)) for place, line in enumerate(lines)]


def _put_together(lines: list[str]) -> list[str]:
    whole: list[str] = []
    place = 0
    while place < len(lines):
        taken, line = _spread(lines, place)
        whole.append(line)
        place += taken
    return whole


def _spread(lines: list[str], place: int) -> tuple[int, str]:
    """How many lines from `place` on make one name, and that name; else the one line, without spacing."""
    run = place
    while run < len(lines) and re.fullmatch(r"[\u4e00-\u9fff]", lines[run]):
        run += 1
    if run - place >= 3 and ALONE.fullmatch(word := "".join(lines[place:run])):
        return run - place, word
    for count in (3, 2):
        parts = lines[place : place + count]
        if len(parts) < count:
            continue
        if all(re.fullmatch(r"[\u4e00-\u9fff]{1,4}", part) for part in parts) and not any(
            map(ALONE.fullmatch, parts)
        ):
            word = "".join(parts)
            if ALONE.fullmatch(word) and not NOT_A_PAPER.search(word) and re.fullmatch(KIND, parts[-1]):
                return count, word
        if parts[0] == "THE" and all(map(_CAPITALS.fullmatch, parts)):
            return count, " ".join(parts)
    return 1, _unspaced(lines[place])


def _unspaced(line: str) -> str:
    """`青 溪 日 报` → `青溪日报`; `H A R B O U R   H E R A L D` → `HARBOUR HERALD`."""
    if len(line) > _LONGEST:
        return line
    closed = _SPACED.sub(lambda match: re.sub(r"\s", "", match[0]), line)
    return _SPACED_LATIN.sub(
        lambda match: " ".join(word.replace(" ", "") for word in re.split(r" {2,}", match[0])), closed
    )


def _holds(line: str, words: str) -> bool:
    """Whether the page's own date stands in this line, or begins in it."""
    plain, wanted = "".join(line.split()), "".join(words.split())
    return plain.startswith(wanted) or (len(plain) >= 4 and wanted.startswith(plain))


def _around(places: list[int], lines: list[tuple[str, int]]) -> list[int]:
    """The places themselves, then those beside them, across lines that a masthead has between."""
    found = list(places)
    for place in places:
        for step in (-1, 1):
            near = place + step
            while 0 <= near < len(lines) and _passes(lines[near][0]) and abs(near - place) < _EDGE:
                found.append(near)
                near += step
            if 0 <= near < len(lines):
                found.append(near)
    return list(dict.fromkeys(found))


def _passes(line: str) -> bool:
    """Whether a line is a part of a masthead that has no name: a weekday, a page, an issue, a lunar date."""
    if len(line) > _LONGEST:
        return False
    rest = WEEKDAY.sub("", line).strip(" ,，.|")
    return not rest or bool(_PASSING.fullmatch(rest) or _IMPRINT.search(line))
