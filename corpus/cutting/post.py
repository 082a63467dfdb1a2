"""The one story of a site's page: its headline, where its text begins and where it ends.

The lines of such a page come in five parts, in this order: what is above the headline, the headline, what is
between it and the text, the text, and what is below. `post_model` says how surely a line is of each kind; the
best sequence of parts is found by Viterbi's algorithm. A page on which that would leave out much text, which
isn't surely the site's, has several stories, or none that is known so: only what is surely the site's goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.cutting.closings import closes_story
from corpus.cutting.lines import Line, clause_marks, ends_sentence, is_prose
from corpus.cutting.openings import opens_story
from corpus.cutting.post_ends import settle_ends
from corpus.cutting.post_lines import Numbers, describe
from corpus.cutting.post_model import KINDS, SITE_KINDS, Matrix, Weights, package_weights
from corpus.cutting.site import is_site
from corpus.cutting.site_chain import REASON as WORDS

REASON: Final = "beside the story"
_ABOVE, _HEADLINE, _HEAD, _TEXT, _BELOW = range(5)
_PARTS: Final = (
    {"above": 0.0, "byline": -1.5},
    {"headline": 0.0},
    {"head": 0.0, "byline": -1.0},
    {"text": 1.0, "within": -2.0, "byline": -2.0},
    {"below": 0.0},
)
"""The kinds of lines that each part may have, and what speaks for them there.

To lose text is worse than to let a line in; bylines and furniture are rare amid the text.
"""
_STEPS: Final = {
    _ABOVE: {_ABOVE: 0.0, _HEADLINE: 0.0, _TEXT: -2.0},
    _HEADLINE: {_HEADLINE: 0.0, _HEAD: 0.0, _TEXT: 0.0},
    _HEAD: {_HEAD: 0.0, _TEXT: 0.0},
    _TEXT: {_TEXT: 0.0, _BELOW: -2.0},
    _BELOW: {_BELOW: 0.0},
}
_FIRST: Final = (_ABOVE, _HEADLINE, _TEXT)
_LAST: Final = (_TEXT, _BELOW)
_LINES: Final = range(4, 1_500)
"""How many lines a page of one story has."""
_EVIDENCE: Final = 1.4
"""What speaks for a site in the mean of the lines no rule knows, as log-odds, where a page is a site's."""
_SURE_EVIDENCE: Final = 3.0
"""The same, where a page is surely a site's, even one of short lines, as hard-wrapped ones are."""
_MOST_EACH: Final = 4.0
_SURE: Final = 6.0
"""What speaks against a line of the story's where a rule is sure that it is furniture, and the reverse."""
_NEVER: Final = 20.0
"""What speaks against a headline where a rule is sure that it is furniture."""
_HARDLY: Final = 1.5
"""What speaks against a headline where a rule took it for furniture, or it is a paragraph by its form."""
_TAKEN: Final = 3.0
"""What speaks against text or byline where a rule took it for furniture."""
_WRAPPED: Final = 10.0
_EDGE: Final = 6
_EDGE_SHORT: Final = 5
_SHORT: Final = 24.0
_PARAGRAPH: Final = 45.0
_PARAGRAPHS: Final = 2
_WIDE: Final = 0.5
"""Share of a page's text in lines wider than a short one, below which it is one of short lines."""
_MOST: Final = 0.35
"""Share of the page's text that may be left out, but for lines that are surely the site's."""
_SURELY: Final = 2.0
"""What speaks for the site, as log-odds, where a line is surely its."""
_TOLD: Final = 4
"""Paragraphs of a story from which on any line is: briefs with one or two are much like teasers."""
_SITE: Final = np.array([kind in SITE_KINDS for kind in KINDS])
_SOFT: Final = frozenset({WORDS, "site links", "links"})
"""Reasons that are given up for a line of the story."""


@dataclass(frozen=True, slots=True)
class Post:
    """A site's page of one story.

    Attributes
    ----------
    marks
        For each line the reason why it is none of the story's, or None.
    kinds
        For each line number the kind of its line, one of `post_model.KINDS`.
    """

    marks: list[str | None]
    kinds: dict[int, str]

    @property
    def apart(self) -> frozenset[int]:
        """Places of the lines that begin a block of their own: all but text under text."""
        kinds = list(self.kinds.values())
        return frozenset(i for i in range(1, len(kinds)) if {kinds[i - 1], kinds[i]} != {"text"})


@dataclass(frozen=True, slots=True)
class WeighedPage:
    """A site's page whose lines were weighed.

    Attributes
    ----------
    post
        Its one story; None where much text would be left out: there are several, or none that is known.
    marks
        For each line the reason why it is no story's, or None, whatever the stories are: what the rules took
        for furniture and, where the page is surely a site's, the lines that are surely its.
    """

    post: Post | None
    marks: list[str | None]


def weigh_page(
    lines: list[Line], marks: list[str | None], weights: Weights | None = None
) -> WeighedPage | None:
    """Return what the weights tell of a site's page; None for other pages.

    `marks` are what the rules took for furniture; the lines of the one story are given back to it. `weights`
    are the package's by default.
    """
    known = WORDS in marks or is_site(lines, marks)
    if len(lines) not in _LINES or not (known or _may_be_site(lines)):
        return None
    numbers = describe(lines, marks)
    scores = (weights or package_weights()).score(numbers)
    odds = _site_odds(scores)
    evidence = np.inf if known else _evidence(odds, marks)
    if evidence < (_EVIDENCE if _is_wide(lines) else _SURE_EVIDENCE):
        return None
    _hold_to(lines, marks, numbers, scores)
    sure = [
        mark or (REASON if evidence >= _SURE_EVIDENCE and value >= _SURELY else None)
        for mark, value in zip(marks, _site_odds(scores).tolist(), strict=True)
    ]
    kinds = settle_ends(lines, marks, scores, _kinds(scores))
    if "text" not in kinds or _leaves_out_much(lines, marks, kinds, odds):
        return WeighedPage(None, sure)
    told = [
        (mark or REASON) if kind in SITE_KINDS else (None if mark in _SOFT else mark)
        for mark, kind in zip(marks, kinds, strict=True)
    ]
    return WeighedPage(Post(told, {line.number: kind for line, kind in zip(lines, kinds, strict=True)}), sure)


def _may_be_site(lines: list[Line]) -> bool:
    """Tell quickly whether a page has paragraphs on a line each, and short lines above and below."""
    edges = [*lines[:_EDGE], *lines[max(_EDGE, len(lines) - _EDGE) :]]
    short = sum(line.width <= _SHORT and not ends_sentence(line.text) for line in edges)
    return short >= _EDGE_SHORT and sum(line.width >= _PARAGRAPH for line in lines) >= _PARAGRAPHS


def _is_wide(lines: list[Line]) -> bool:
    """Tell whether a page's text stands mostly in lines wider than those of a column or a menu."""
    wide = sum(line.width for line in lines if line.width > _SHORT)
    return wide >= _WIDE * sum(line.width for line in lines)


def _evidence(odds: NDArray[np.float64], marks: list[str | None]) -> float:
    """Return how much the lines that no rule knows speak for a site, as a mean over them."""
    unknown = np.array([mark is None for mark in marks])
    return float(odds[unknown].clip(0.0, _MOST_EACH).mean()) if unknown.any() else 0.0


def _site_odds(scores: Matrix) -> NDArray[np.float64]:
    """Return by how much the likeliest of the site's kinds is likelier than the likeliest of the story's."""
    return np.asarray(scores[:, _SITE].max(axis=1) - scores[:, ~_SITE].max(axis=1))


def _hold_to(lines: list[Line], marks: list[str | None], numbers: Sequence[Numbers], scores: Matrix) -> None:
    """Hold the scores to what rules are sure of: furniture by its form, a story's opening or closing."""
    headline, text, byline = (KINDS.index(kind) for kind in ("headline", "text", "byline"))
    for index, (line, mark) in enumerate(zip(lines, marks, strict=True)):
        if mark is not None and mark not in _SOFT:
            scores[index, ~_SITE] -= _SURE
            scores[index, headline] -= _NEVER
        elif mark is not None:
            scores[index, headline] -= _HARDLY if numbers[index]["shared below"] else _SURE
            scores[index, [text, byline]] -= _TAKEN
        elif is_prose(line) and line.text.endswith((".", "。")):
            scores[index, headline] -= _HARDLY
        if mark is None and (opens_story(line.text) or closes_story(line.text)):
            scores[index, _SITE] -= _SURE


def _leaves_out_much(
    lines: list[Line], marks: list[str | None], kinds: list[str], odds: NDArray[np.float64]
) -> bool:
    """Tell whether much of the page's text would be left out that isn't surely the site's."""
    paragraphs = sum(kind == "text" and is_prose(line) for line, kind in zip(lines, kinds, strict=True))
    surely = _SURELY if paragraphs >= _TOLD else np.inf
    doubted = [
        kind in SITE_KINDS and value < surely for kind, value in zip(kinds, odds.tolist(), strict=True)
    ]
    return _share_of_text(lines, marks, doubted) > _MOST


def _share_of_text(lines: list[Line], marks: list[str | None], chosen: list[bool]) -> float:
    """Return which share of the page's text stands in the chosen lines."""
    text = [
        (line.width, one)
        for line, mark, one in zip(lines, marks, chosen, strict=True)
        if mark is None and (is_prose(line) or _runs_on(line))
    ]
    total = sum(width for width, _ in text)
    return sum(width for width, one in text if one) / total if total else 1.0


def _runs_on(line: Line) -> bool:
    """Tell whether a line is one of hard-wrapped text: long enough, with clauses, and broken off."""
    return line.width >= _WRAPPED and clause_marks(line.text) > 0 and not ends_sentence(line.text)


def _kinds(scores: Matrix) -> list[str]:
    """Return the kind of each line on the best sequence of parts."""
    fits, best = _fits(scores)
    now = np.full(len(_PARTS), -np.inf)
    now[list(_FIRST)] = fits[0, list(_FIRST)]
    backs: list[list[int]] = []
    for row in fits[1:]:
        steps = [max((now[left] + _STEPS[left][part], left) for left in _before(part)) for part in _STEPS]
        now = np.array([value for value, _ in steps]) + row
        backs.append([left for _, left in steps])
    part = max(_LAST, key=lambda last: now[last])
    path = [part]
    for came in reversed(backs):
        path.append(came[path[-1]])
    return [best[index][part] for index, part in enumerate(reversed(path))]


def _before(part: int) -> list[int]:
    """Return the parts that may stand over a line of a part."""
    return [left for left, steps in _STEPS.items() if part in steps]


def _fits(scores: Matrix) -> tuple[NDArray[np.float64], list[list[str]]]:
    """Return how well each line fits each part, and as what kind."""
    fits: list[NDArray[np.float64]] = []
    kinds: list[list[str]] = []
    for part in _PARTS:
        own = scores[:, [KINDS.index(kind) for kind in part]] + list(part.values())
        fits.append(own.max(axis=1))
        kinds.append([list(part)[place] for place in own.argmax(axis=1).tolist()])
    return np.stack(fits, axis=1), [list(row) for row in zip(*kinds, strict=True)]
