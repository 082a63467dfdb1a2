"""What the lines of a site's page are like, in numbers: their form, words, place, and what is beside them.

The numbers are what `corpus.cutting.post_model` weighs. Each is between 0 and 1, but for logarithms of widths
and distances, which are below 4.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from itertools import accumulate
from typing import Final

from corpus.cutting.bylines import is_byline
from corpus.cutting.captions import is_caption, is_credit_line
from corpus.cutting.lines import Line, clause_marks, ends_sentence, is_dense, is_prose
from corpus.cutting.openings import opens_story
from corpus.cutting.site_evidence import SITE, WIDEST, has_day_and_time
from corpus.cutting.site_stamps import stamp_score
from corpus.cutting.site_words import count_requests, read_words
from corpus.cutting.words import grams

Numbers = dict[str, float]

_LOOK: Final = 300
"""Characters of a line that are looked at."""
_STAMPED: Final = 0.5
_NEAR: Final = 3
_BESIDE: Final = ("width", "sentence", "short", "menu", "stamp", "plain", "mark")
"""What of the lines beside it is told of a line."""
_AROUND: Final = (5, 10)
_LEAD: Final = 4
_TOLD: Final = 12
_KEY: Final = 6
"""Letters that a line needs to be looked for in others."""
_STRANGE: Final = 0.13
_TITLE: Final = (6.0, 45.0)
_LAST: Final = (0.9, 0.97)
_CREDIT: Final = re.compile(
    r"(?<!\w)(?:photos?|images?|fotos?|bild|crédits?|credits?|courtesy|getty|pixabay|reuters|afp)(?!\w)|图[：:/]|[摄攝]",
    re.IGNORECASE,
)
_AUTHOR: Final = re.compile(r"(?:by|von|par|por|di|от|автор|author|文|记者|記者|作者)(?!\w)", re.IGNORECASE)
_OWN: Final = re.compile(r"©|copyright|[版著][权權]|ICP", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"https?://|www\.|@|\.(?:com|org|net|cn)(?!\w)")
_PARTS: Final = re.compile(r"[|｜>»›·•/]|\s-\s")
_VISITOR: Final = re.compile(
    r"您|本站|本网|(?<!\w)(?:you|your|our|us|sie|ihre?|wir|uns|vous|votre|nous|su|вы|ваш|мы|наш)(?!\w)",
    re.IGNORECASE,
)
_CAPITAL: Final = re.compile(r"(?<!\w)[^\W\d_a-zа-яäöüéèñ]")
_WORD: Final = re.compile(r"\w+")
_MARKS: Final = re.compile(r"\W+")


def describe(lines: list[Line], marks: list[str | None]) -> list[Numbers]:
    """Return the numbers of each line, by name; `marks` are what the rules took for furniture."""
    own = [_form(line) | _words(line, mark) for line, mark in zip(lines, marks, strict=True)]
    for index, numbers in enumerate(_places(lines, marks, own)):
        own[index] |= numbers
    for index, numbers in enumerate(_relations(lines, marks)):
        own[index] |= numbers
    beside = [_beside(own, index) for index in range(len(own))]
    return [numbers | others for numbers, others in zip(own, beside, strict=True)]


def _form(line: Line) -> Numbers:
    """How a line is set."""
    text, width = line.text[:_LOOK], line.width
    letters = sum(map(str.isalpha, text))
    words = _WORD.findall(text)
    stop, clauses = ends_sentence(line.text), clause_marks(line.text)
    return {
        "width": math.log1p(width) / 3,
        "tiny": float(width < 3),
        "very short": float(width < 6),
        "short": float(width < 10),
        "as a label": float(width < 16),
        "as a headline": float(_TITLE[0] <= width <= _TITLE[1]),
        "below a line": float(width < 24),
        "long": float(width >= 60),
        "stop": float(stop),
        "sentence": float(stop and width >= 14),
        "clauses": min(clauses, 4) / 4,
        "plain": float(clauses == 0),
        "digits": sum(map(str.isdigit, text)) / len(text),
        "letters": letters / len(text),
        "no letters": float(letters == 0),
        "capitals": len(_CAPITAL.findall(text)) / max(1, len(words)),
        "shouted": float(letters > 2 and text.upper() == text != text.lower()),
        "parts": min(3, len(_PARTS.findall(text))) / 3,
        "colon": float(":" in text[:40] or "：" in text[:40]),
        "colon at end": float(text[-1] in ":："),
        "question": float(text[-1] in "?？"),
        "cut off": float(text.endswith(("...", "…"))),
        "bullet": float(text[0] in "•·▪■◆-*>»▶→●"),
        "quoted": float(text[0] in '"“„«「『‘'),
        "gap": float(line.gap > 0),
    }


def _words(line: Line, mark: str | None) -> Numbers:
    """What the words of a line are."""
    text = line.text
    reading = read_words(text[:_LOOK])
    short = line.width <= WIDEST
    return {
        "site's words": reading.site,
        "menu": reading.menu,
        "known": reading.known,
        "menu words": min(reading.words, 5) / 5,
        "heads a list": float(reading.lists),
        "turns": float(reading.turns),
        "requests": min(2, count_requests(text)) / 2,
        "stamp": stamp_score(text) if short else 0.0,
        "day and time": float(has_day_and_time(text[:_LOOK])),
        "byline": float(is_byline(text)),
        "author": float(line.width < 30 and _AUTHOR.match(text) is not None),
        "caption": float(is_caption(text)),
        "credit": float(is_credit_line(text) or (short and _CREDIT.search(text) is not None)),
        "opens": float(opens_story(text)),
        "rights": float(_OWN.search(text[:_LOOK]) is not None),
        "address": float(_ADDRESS.search(text[:_LOOK]) is not None),
        "visitor": float(_VISITOR.search(text[:_LOOK]) is not None),
        "mark": float(mark is not None),
        "site's mark": float(mark in SITE),
    }


def _places(lines: list[Line], marks: list[str | None], own: list[Numbers]) -> list[Numbers]:
    """Where lines stand: in the page, among its text, below a stamp."""
    n = len(lines)
    prose = [marks[i] is None and is_prose(lines[i]) for i in range(n)]
    told = list(accumulate(line.width if text else 0.0 for line, text in zip(lines, prose, strict=True)))
    total = told[-1] or 1.0
    stamped = [numbers["stamp"] >= _STAMPED for numbers in own]
    seen, marked = list(accumulate(stamped)), list(accumulate(mark is not None for mark in marks))
    above, below = _distances(prose), _distances(prose[::-1])[::-1]
    found = []
    for i, line in enumerate(lines):
        before = told[i] - line.width * prose[i]
        numbers = {
            "place": i / n,
            "prose": float(prose[i]),
            "told": told[i] / total,
            "nothing told": float(before <= 0.02 * total),
            "little told": float(before <= 0.15 * total),
            "nearly all told": float(told[i] > _LAST[0] * total),
            "all told": float(told[i] > _LAST[1] * total),
            "text above": math.log1p(above[i]) / 3 if above[i] else 1.0,
            "text below": math.log1p(below[i]) / 3 if below[i] else 1.0,
            "over text": float(below[i] == 1),
            "under text": float(above[i] == 1),
            "over a stamp": float(any(stamped[i + 1 : i + 1 + _NEAR])),
            "under a stamp": float(any(stamped[max(0, i - _NEAR) : i])),
            "stamp so far": float(seen[i] > stamped[i]),
            "marks above": marked[i] / max(1, marked[-1]),
            "lines": math.log1p(n) / 6,
            "marks": math.log1p(marked[-1]) / 4,
        }
        found.append(numbers | _around(own, prose, i))
    return found


def _distances(prose: list[bool]) -> list[int]:
    """How far above each line the nearest text is; 0 where there is none."""
    found, since = [], 0
    for text in prose:
        found.append(since)
        since = 1 if text else since + (since > 0)
    return found


def _around(own: list[Numbers], prose: list[bool], index: int) -> Numbers:
    """How much of what stands above and below is text, short, of a menu."""
    found: Numbers = {}
    for reach in _AROUND:
        for side, part in (
            ("above", range(max(0, index - reach), index)),
            ("below", range(index + 1, min(len(own), index + 1 + reach))),
        ):
            found[f"text in {reach} {side}"] = sum(prose[i] for i in part) / reach
            found[f"short in {reach} {side}"] = sum(own[i]["short"] for i in part) / reach
            found[f"menu in {reach} {side}"] = sum(own[i]["menu"] > 0.5 for i in part) / reach
    return found


def _relations(lines: list[Line], marks: list[str | None]) -> list[Numbers]:
    """What lines have in common with the text below and above them, and with other lines."""
    found = [frozenset(grams(line.text[:_LOOK])) for line in lines]
    prose = [i for i, line in enumerate(lines) if marks[i] is None and is_prose(line)]
    keys = [_MARKS.sub("", line.text[:_LOOK]).casefold() for line in lines]
    count = Counter(keys)
    dense = is_dense("\n".join(lines[i].text[:200] for i in prose[:20]) or lines[0].text)
    near = _Near(found, prose)
    long = [key for key in count if len(key) >= _KEY]
    return [
        near.shared(i) | _repeated(keys[i], count, long) | {"other script": _is_alien(line, dense=dense)}
        for i, line in enumerate(lines)
    ]


class _Near:
    """The words of the paragraphs that stand next below a line, and of those next above it."""

    def __init__(self, found: list[frozenset[str]], prose: list[int]) -> None:
        self._found, self._prose, self._text = found, prose, frozenset(prose)
        self._said = [found[i] for i in prose]

    def shared(self, index: int) -> Numbers:
        """The share of a line's words that the text below has, and that the text above has."""
        own, told = self._found[index], index in self._text
        place = bisect_left(self._prose, index)
        ahead = self._said[place + told :][:_LEAD]
        above = frozenset().union(*self._said[max(0, place - _TOLD) : place])
        below = frozenset().union(*ahead)
        again = _share(own, above)
        block = [_share(words, above) for words in [*([own] if told else []), *ahead[:3]] if words]
        return {
            "shared below": _share(own, below),
            "shared above": again,
            "words below": min(1.0, len(own & below) / 6),
            "strange text": float(told and again < _STRANGE),
            "text goes on": sum(block) / len(block) if block and place else 0.5,
            "no words": float(not own),
        }


def _share(own: frozenset[str], others: frozenset[str]) -> float:
    """Return the share of some words that are among others."""
    return len(own & others) / len(own) if own else 0.0


def _repeated(key: str, count: Counter[str], long: list[str]) -> Numbers:
    """Whether a line comes again, is part of another, or has another in it; `long` are the longer lines."""
    told = len(key) >= _KEY
    least, most = 0.35 * len(key), 3 * len(key) + 20
    return {
        "again": float(told and count[key] > 1),
        "again, short": float(count[key] > 1),
        "in another": float(told and any(len(key) < len(other) < most and key in other for other in long)),
        "has another": float(any(least < len(other) < len(key) and other in key for other in long)),
    }


def _is_alien(line: Line, *, dense: bool) -> float:
    """Tell whether a line has letters of another script than the page's text."""
    return float(any(map(str.isalpha, line.text[:_LOOK])) and is_dense(line.text) != dense)


def _beside(own: list[Numbers], index: int) -> Numbers:
    """The same of the two lines above and the two below."""
    found: Numbers = {}
    for offset in (-2, -1, 1, 2):
        place = index + offset
        there = own[place] if 0 <= place < len(own) else {}
        for name in _BESIDE:
            found[f"{name} {offset:+d}"] = there.get(name, 0.0)
        found[f"page ends {offset:+d}"] = float(not there)
    return found
