"""The visible characters of an HTML source, each with the source line it stands on.

What a reader sees is found without building the page, so that a paragraph that a library took out of it can
be traced to its lines, and whatever no paragraph accounts for can be told.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from corpus.ledger import Ranges

_TOKEN: Final = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<hidden>script|style|template|title|noscript)\b.*?(?:</(?P=hidden)\s*>|\Z)"
    r"|</?(?P<tag>[a-zA-Z][a-zA-Z0-9:]*)[^>]*(?:>|\Z)|<[!?][^>]*(?:>|\Z)",
    re.S | re.I,
)
_INLINE: Final = re.compile(
    r"abbr|acronym|a|bdo|big|b|cite|code|del|dfn|em|font|ins|i|kbd|mark|q|samp|small|span|strike|strong|sub|sup|s"
    r"|tt|u|var|wbr",
    re.I,
)
_ENDS: Final = 12
"""Characters by which the beginning and the end of a paragraph are found if it doesn't stand there whole."""


@dataclass(frozen=True)
class Span:
    """A piece of the visible characters: from `begin` to before `end`."""

    begin: int
    end: int


@dataclass(frozen=True)
class VisibleText:
    """The characters of a page other than white space, the line of each, and where blanks and breaks stood.

    Attributes
    ----------
    characters
        All of them in one string.
    lines
        For each, the source line it stands on, counted from 1.
    before
        For each, what stood before it: nothing, a blank or a line end.
    """

    characters: str
    lines: list[int]
    before: list[str]

    def find(self, text: str, start: int = 0) -> Span | None:
        """Where `text` stands from `start` on, white space apart; at least its beginning and its end."""
        wanted = "".join(text.split())
        if not wanted:
            return None
        begin = self.characters.find(wanted, start)
        if begin >= 0:
            return Span(begin, begin + len(wanted))
        begin = self.characters.find(wanted[:_ENDS], start)
        end = self.characters.find(wanted[-_ENDS:], begin + len(wanted) // 2) if begin >= 0 else -1
        if end < 0 or end - begin > 2 * len(wanted) + _ENDS:
            return None
        return Span(begin, end + len(wanted[-_ENDS:]))

    def whole_block(self, text: str, *, before: int | None = None) -> Span | None:
        """The last block that is `text` and nothing else, white space apart, and ends before a character."""
        wanted = "".join(text.split())
        begin = self.characters.rfind(wanted, 0, before) if wanted else -1
        while begin >= 0:
            end = begin + len(wanted)
            starts = begin == 0 or self.before[begin] == "\n"
            if starts and (end == len(self.characters) or self.before[end] == "\n"):
                return Span(begin, end)
            begin = self.characters.rfind(wanted, 0, end - 1)
        return None

    def blocks(self, texts: Iterable[str]) -> list[Span]:
        """The whole blocks (paragraphs, cells, list items) on which `texts` stand, in order, each once."""
        starts = [place for place, gap in enumerate(self.before) if gap == "\n" or place == 0]
        touched: set[int] = set()
        reached = 0
        for text in texts:
            place = self.find(text, reached) or self.find(text)
            if place is None:
                continue
            reached = place.end
            first, last = bisect_right(starts, place.begin) - 1, bisect_right(starts, place.end - 1) - 1
            touched.update(range(first, last + 1))
        ends = [*starts[1:], len(self.characters)]
        return [Span(starts[number], ends[number]) for number in sorted(touched)]

    def words(self, begin: int, end: int) -> str:
        """The text from `begin` to before `end`, with its blanks and line ends."""
        pieces = zip(self.before[begin:end], self.characters[begin:end], strict=True)
        return "".join(before + character for before, character in pieces).strip()

    def ranges(self, spans: Iterable[Span]) -> Ranges:
        """The source lines that `spans` stand on, as ranges in order; ranges that touch are joined."""
        found: list[tuple[int, int]] = []
        for first, last in sorted((self.lines[span.begin], self.lines[span.end - 1]) for span in spans):
            if found and first <= found[-1][1] + 1:
                found[-1] = (found[-1][0], max(last, found[-1][1]))
            else:
                found.append((first, last))
        return tuple(found)

    def gaps(self, spans: Iterable[Span]) -> list[Span]:
        """What lies between `spans`, before the first and after the last of them."""
        gaps = []
        reached = 0
        for span in sorted(spans, key=lambda one: one.begin):
            if span.begin > reached:
                gaps.append(Span(reached, span.begin))
            reached = max(reached, span.end)
        if reached < len(self.characters):
            gaps.append(Span(reached, len(self.characters)))
        return gaps


def visible_text(source: str) -> VisibleText:
    """Read what is visible in an HTML source; scripts, styles, comments and tags are not, and aren't run."""
    ends = [match.start() for match in re.finditer("\n", source)]
    characters: list[str] = []
    lines: list[int] = []
    before: list[str] = []
    gap = ""
    for chunk, offset, mark in _chunks(source):
        gap = max(gap, mark, key=_strength)
        line = bisect_right(ends, offset - 1) + 1
        for character in html.unescape(chunk):
            line += character == "\n"
            if character.isspace():
                gap = gap or " "
                continue
            characters.append(character)
            lines.append(line)
            before.append(gap)
            gap = ""
    return VisibleText("".join(characters), lines, before)


def _chunks(source: str) -> Iterable[tuple[str, int, str]]:
    """The pieces of text between tags, where each begins, and the mark that the tag before it leaves."""
    reached, mark = 0, ""
    for token in _TOKEN.finditer(source):
        yield source[reached : token.start()], reached, mark
        reached = token.end()
        tag = token["tag"]
        mark = "\n" if tag and not _INLINE.fullmatch(tag) else ""
    yield source[reached:], reached, mark


def _strength(gap: str) -> int:
    return ("", " ", "\n").index(gap)
