"""Where the one story of a site's page begins and ends, put right after its lines were weighed."""

from __future__ import annotations

from typing import Final

from corpus.cutting.closings import closes_story
from corpus.cutting.lines import Line, ends_sentence
from corpus.cutting.openings import opens_story
from corpus.cutting.post_model import KINDS, Matrix

_DOUBT: Final = 3.0
"""What may speak against a last sentence, as log-odds."""
_SENTENCE: Final = 8.0
"""Width from which on a line that ends as one is a sentence."""
_LINK: Final = 24.0
"""Width from which on a line is hardly a link."""
_TAIL: Final = 3
"""Short lines under the last sentence from which on they are the site's, as links in a language unknown."""


def settle_ends(lines: list[Line], marks: list[str | None], scores: Matrix, kinds: list[str]) -> list[str]:
    """Return the kinds of a page's lines with what is wrong at the ends of its story put right."""
    kinds = _with_repeated_headline(lines, kinds)
    return _without_tail(lines, _with_last_sentence(lines, marks, scores, kinds))


def _with_last_sentence(
    lines: list[Line], marks: list[str | None], scores: Matrix, kinds: list[str]
) -> list[str]:
    """Give the text its last sentence, where that alone stands between it and the site's first sure line.

    It often says nothing that was said before.
    """
    last = max((index for index, kind in enumerate(kinds) if kind == "text"), default=len(kinds)) + 1
    if last >= len(kinds) or marks[last] is not None or not _is_sentence(lines[last]):
        return kinds
    doubt = scores[last, KINDS.index("below")] - scores[last, KINDS.index("text")]
    alone = last + 1 == len(kinds) or marks[last + 1] is not None
    return [*kinds[:last], "text", *kinds[last + 1 :]] if alone and doubt < _DOUBT else kinds


def _is_sentence(line: Line) -> bool:
    """Tell whether a line is a sentence."""
    return line.width >= _SENTENCE and ends_sentence(line.text)


def _with_repeated_headline(lines: list[Line], kinds: list[str]) -> list[str]:
    """Give the story a line under its headline that says the headline again, as some stories are pasted."""
    said = {line.text for line, kind in zip(lines, kinds, strict=True) if kind == "headline"}
    return [
        "byline" if kind == "head" and line.text in said else kind
        for line, kind in zip(lines, kinds, strict=True)
    ]


def _without_tail(lines: list[Line], kinds: list[str]) -> list[str]:
    """Leave to the site the short lines under the story's last sentence, if there are some but not many."""
    told = [index for index, kind in enumerate(kinds) if kind == "text"]
    sentences = [index for index in told if ends_sentence(lines[index].text)]
    tail = [index for index in told if sentences and index > sentences[-1]]
    if not _TAIL <= len(tail) <= 2 * len(sentences) or any(map(_is_storys, (lines[index] for index in tail))):
        return kinds
    return [*kinds[: tail[0]], *["below"] * (len(kinds) - tail[0])]


def _is_storys(line: Line) -> bool:
    """Tell whether a line is too long for a link, or opens or closes a story."""
    return line.width >= _LINK or opens_story(line.text) or closes_story(line.text)
