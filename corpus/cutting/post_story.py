"""Whether a site's page tells one story, and that story, whatever its subheads look like.

The page is cut as a printed one would be. Parts of one story share their words: where the parts that were
found share hardly any, and none is most of the page, they are stories of their own.
"""

from __future__ import annotations

from typing import Final

from corpus.cutting.clues import Clue
from corpus.cutting.lines import Block, ends_sentence
from corpus.cutting.post import Post
from corpus.cutting.stories import Story
from corpus.cutting.words import grams

_LOOK: Final = 400
"""Characters of a paragraph that are looked at."""
_PART: Final = 60
"""Characters that a part of the page has at least."""
_ALIKE: Final = 0.1
"""Share of their words that parts of one story repeat of those beside them, on average."""
_WHOLE: Final = 0.8
"""Share of the page's text from which on one part is its story."""
_OPENINGS: Final = 2
_WHY: Final = "a site's page of one story"
_PARAGRAPH: Final = 20.0
"""Width from which on a sentence is a paragraph."""


def has_several(stories: list[Story], blocks: list[Block], clues: list[Clue]) -> bool:
    """Tell whether what a page was cut into are several stories, and not the parts of one."""
    told = [story for story in stories if not story.caption and story.body]
    if sum(clues[story.body[0]].opening for story in told) >= _OPENINGS:
        return True
    texts = ["".join(blocks[index].text[:_LOOK] for index in story.body) for story in told]
    texts = [text for text in texts if len(text) >= _PART]
    total = sum(map(len, texts))
    if len(texts) < 2 or max(map(len, texts)) >= _WHOLE * total:
        return False
    words = [frozenset(grams(text)) for text in texts]
    shared = 0.0
    for place, own in enumerate(words):
        beside = frozenset[str]().union(*words[max(0, place - 1) : place], *words[place + 1 : place + 2])
        shared += len(texts[place]) * (len(own & beside) / len(own) if own else 0.0)
    return shared < _ALIKE * total


def _is_told(block: Block, clue: Clue) -> bool:
    """Tell whether a block over the text, a deck it may be, is a paragraph of it."""
    long = ends_sentence(block.text) and block.width >= _PARAGRAPH
    return (long and not clue.byline) or clue.opening


def as_post(stories: list[Story], blocks: list[Block], clues: list[Clue], post: Post) -> list[Story] | None:
    """Return what a page was cut into as one story, and its captions; None where that leaves no text."""
    told = [story for story in stories if not story.caption]
    captions = [story for story in stories if story.caption]
    members = sorted(index for story in told for index in story.blocks)
    kinds = {index: {post.kinds[line.number] for line in blocks[index].lines} for index in members}
    titles = [index for index in members if kinds[index] == {"headline"}]
    under = members if not titles else [index for index in members if index > titles[-1]]
    first = next((i for i in under if "text" in kinds[i] or _is_told(blocks[i], clues[i])), None)
    if first is None:
        return None
    heads = [index for index in members if index < first]
    body = [index for index in members if index >= first]
    why = [_WHY, *dict.fromkeys(reason for story in told for reason in story.why[1:])]
    return [Story(heads, body, titles, why=why), *captions]
