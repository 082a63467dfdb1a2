"""A page's text as the dating of pages reads it.

Words are struck out once read; what stands around them tells whether a day is past or to come.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np

from corpus.dating.expressions import western_figures
from corpus.dating.lag import LogLikelihood

_WRAPPED_DATE: Final = re.compile(
    r"(?<=[年月])[^\S\n]?\n{1,2}(?=[0-9])|(?<=[0-9])[^\S\n]?\n{1,2}(?=[年月日])"
)
_AHEAD_BEFORE: Final = re.compile(
    r"(?:将于|将在|定于|拟于|拟在|预计|计划于|有望|即日起至|截止|时间[为:：]?|日期[为:：]?|力争到?|确保到?|开始?至"
    r"|[持延]续[至到]|直[至到]|will .{0,30}|on or before |until |by |до |состоится .{0,12})\s?$"
)
_AHEAD_AFTER: Final = re.compile(r"^(?:之?前|起(?:正式)?(?:施|实|执)行|起实施|止|截止|将)")
_PAST_DEADLINE: Final = re.compile(r"截至\s?$")
_RANGE_BEFORE: Final = re.compile(r"[日0-9月](?:至|到|[-–—~])\s?$")
_OPENING: Final = "。！？）)】”」』：讯电\n"
_YEAR_IN_FULL: Final = re.compile(r"(?<![0-9])((?:18|19|20)[0-9]{2})年")


@dataclass(frozen=True)
class Cue:
    """Something on the page that bears on its date.

    Attributes
    ----------
    words
        As they stand there.
    log
        Log-likelihood of each day of the axis.
    key
        What was said: two cues with the same key say the same thing.
    """

    words: str
    log: LogLikelihood = field(repr=False, compare=False)
    key: tuple[object, ...]

    @cached_property
    def sharpness(self) -> float:
        """How far its likeliest day stands out."""
        return float(self.log.max() - np.median(self.log))


class Reader:
    """A page's text, with western figures and unbroken dates, and what is left of it to read."""

    def __init__(self, text: str) -> None:
        self.text = _WRAPPED_DATE.sub("", western_figures(text))
        self.left = self.text

    def take(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Yield matches among the words that are left, and strike them out."""
        for match in list(pattern.finditer(self.left)):
            yield match
            self.strike(match.start(), match.end())

    def strike(self, begin: int, end: int) -> None:
        """Strike out words: they become `#`, so that places stay the same."""
        self.left = self.left[:begin] + "#" * (end - begin) + self.left[end:]

    def before(self, place: int, width: int = 14) -> str:
        """The text before `place`."""
        return self.text[max(0, place - width) : place]

    def after(self, place: int, width: int = 24) -> str:
        """The text after `place`."""
        return self.text[place : place + width]

    def opens_sentence(self, place: int) -> bool:
        """Whether a sentence begins at `place`: a day that opens a sentence is mostly the day of the news."""
        before = self.text[max(0, place - 4) : place].rstrip(" \t\u3000")
        return not before or before[-1] in _OPENING

    def is_ahead(self, begin: int, end: int) -> bool:
        """Whether the day named from `begin` to `end` is spoken of as to come."""
        before = self.before(begin, 40)
        if _PAST_DEADLINE.search(before):
            return False
        return bool(_AHEAD_BEFORE.search(before) or _AHEAD_AFTER.search(self.after(end)))

    def ends_range(self, place: int) -> bool:
        """Whether the day at `place` is the end of a span, which may be past or to come."""
        return bool(_RANGE_BEFORE.search(self.before(place)))

    def year_nearby(self, place: int, width: int = 150) -> int | None:
        """The last year that was named in full shortly before `place`."""
        years = _YEAR_IN_FULL.findall(self.text[max(0, place - width) : place])
        return int(years[-1]) if years else None
