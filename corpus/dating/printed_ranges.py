"""The days a weekly prints as its own: `2016年10月8日—10月14日` in a masthead, `（11月3～9日）` in a title.

A weekly is dated by the days it covers: one that looks ahead (its masthead) by the first, one that looks back
(a review of the week) by the last. Such a range is the page's own only at its edge, on a short line that is
nothing but the range, or has the words of a masthead or a digest beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from corpus.dating.day_axis import real_date
from corpus.dating.expressions import western_figures

_EDGE: Final = 6
"""Lines from the top and the bottom of a page in which a range may be its date."""
_LONGEST: Final = 60
_MOST_DAYS: Final = 31
_RANGE: Final = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2})\s?[年./]\s?(?P<month>[0-9]{1,2})\s?[月./]\s?(?P<day>[0-9]{1,2})\s?日?"
    r"\s?(?:—|―|–|-|~|～|〜|至|到){1,2}\s?"
    r"(?:(?P<last_year>(?:19|20)[0-9]{2})\s?[年./]\s?)?(?:(?P<last_month>[0-9]{1,2})\s?[月./]\s?)?(?P<last>[0-9]{1,2})\s?日?"
    r"(?![0-9])"
)
_PERIODICAL: Final = re.compile(
    r"一周|每周|本周|周报|周刊|星期|旬|第\s?\d+\s?期|总第|日报|晚报|时报|早报|[报刊]$|版"
)
_LOOKS_BACK: Final = re.compile(r"回顾|盘点|综述|要闻|热点|大事|汇总|摘要")
_MARKS: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class PrintedRange:
    """The days of a weekly: the one it is dated by, the first and the last, and the words."""

    day: date
    first: date
    last: date
    words: str


def find_printed_range(text: str) -> PrintedRange | None:
    """The range of days that a page prints as its own; None if it prints none."""
    filled = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    edge = dict.fromkeys([*range(min(_EDGE, len(filled))), *range(max(0, len(filled) - _EDGE), len(filled))])
    for place in edge:
        line = filled[place]
        match = _RANGE.search(western_figures(line)) if len(line) <= _LONGEST else None
        days = _days(match) if match else None
        if match is None or days is None:
            continue
        rest = line[: match.start()] + line[match.end() :]
        if re.search(r"[，。；！？]", rest):
            continue
        back = _LOOKS_BACK.search(rest) is not None
        if back or _PERIODICAL.search(rest) or not _MARKS.sub("", rest):
            return PrintedRange(days[1] if back else days[0], days[0], days[1], line)
    return None


def _days(match: re.Match[str]) -> tuple[date, date] | None:
    """The first and last day of a range, if they are real and at most a month apart."""
    year, month = int(match["year"]), int(match["month"])
    first = real_date(year, month, int(match["day"]))
    last_month = int(match["last_month"] or month)
    last_year = int(match["last_year"] or (year + 1 if last_month < month else year))
    last = real_date(last_year, last_month, int(match["last"]))
    if first is None or last is None or not 0 < (last - first).days < _MOST_DAYS:
        return None
    return first, last
