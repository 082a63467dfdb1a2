"""How much of a line is made of the words that web sites put around a story, in a dozen languages.

The words stand in `corpus/data/site_words.toml`. Words of Han, kana and Hangul are looked for wherever they
stand, the longest first, for menus run together on a line; others word by word.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import add
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_DENSE: Final = re.compile(r"[\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_TOKEN: Final = re.compile(r"[^\W_]+(?:['’.&+-][^\W_]+)*\+?")
_APART: Final = re.compile(r"(?<=[\u3400-\u9fff])[ \u3000](?=[\u3400-\u9fff](?:\W|$))")

_REQUEST: Final = 260

BUTTON: Final = 1
LIST: Final = 2
STAMP: Final = 4
SECTION: Final = 8
TURN: Final = 16
_KINDS: Final = {"buttons": BUTTON, "lists": LIST, "stamps": STAMP, "sections": SECTION, "turns": TURN}
_SITES: Final = BUTTON | LIST | TURN
_MENU: Final = _SITES | SECTION
_KNOWN: Final = _MENU | STAMP
_ROWS: Final = ((6, 0.6), (4, 0.7))
"""How many words of a menu are a row of it at what share of the letters: the site's name is among them."""
_HEADING: Final = 30
_LED: Final = 0.8


@dataclass(frozen=True, slots=True)
class Reading:
    """What a line's words are.

    Attributes
    ----------
    letters
        How many letters it has.
    site, menu, known
        Share of them in words that only sites use; in those or names of sections; in any words known.
    words
        How many words of a menu were found.
    lists, turns
        Whether it is the heading of links to other stories, or of one, the next or the one before.
    """

    letters: int
    site: float
    menu: float
    known: float
    words: int
    lists: bool
    turns: bool


@dataclass(frozen=True, slots=True)
class _Words:
    """The words by kind: dense ones whole, with their lengths by first letter; others by their first word."""

    dense: dict[str, int]
    sizes: dict[str, tuple[int, ...]]
    starts: frozenset[str]
    spaced: dict[str, list[tuple[tuple[str, ...], int]]]


@cache
def _languages() -> dict[str, dict[str, list[str]]]:
    """Read the words that ship with the package: language → list → words."""
    return tomllib.loads((files("corpus") / "data" / "site_words.toml").read_text("utf-8"))


@cache
def _words() -> _Words:
    """Return the words by kind."""
    kinds: dict[str, int] = {}
    for lists in _languages().values():
        for name, kind in _KINDS.items():
            for word in lists[name]:
                kinds[word] = kinds.get(word, 0) | kind
    dense: dict[str, int] = {}
    spaced: dict[tuple[str, ...], int] = {}
    for word, kind in kinds.items():
        if _DENSE.search(word):
            dense["".join(word.split()).casefold()] = kind
            continue
        tokens = tuple(_TOKEN.findall(word.casefold()))
        if tokens:
            spaced[tokens] = spaced.get(tokens, 0) | kind
    by_first: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for tokens in sorted(spaced, key=lambda item: (-len(item), item)):
        by_first.setdefault(tokens[0], []).append((tokens, spaced[tokens]))
    sizes: dict[str, set[int]] = {}
    for word in dense:
        sizes.setdefault(word[0], set()).add(len(word))
    ordered = {first: tuple(sorted(lengths, reverse=True)) for first, lengths in sizes.items()}
    return _Words(dense, ordered, frozenset(word[:2] for word in dense), by_first)


def may_be_site(text: str) -> bool:
    """Tell quickly whether a site's words could be most of a line: one begins in its first half."""
    words, low = _words(), text.casefold()
    half = low[: len(low) // 2 + 2]
    if _DENSE.search(half):
        return not words.starts.isdisjoint(map(add, half, half[1:]))
    tokens = _TOKEN.findall(low)
    return any(token in words.spaced for token in tokens[: len(tokens) // 2 + 1])


def read_words(text: str) -> Reading:
    """Return what the words of a line are; a word of several kinds counts for each."""
    text = _APART.sub("", text.casefold().replace("’", "'"))
    letters = sum(map(str.isalpha, text))
    if not letters:
        return Reading(0, 0.0, 0.0, 0.0, 0, lists=False, turns=False)
    found = _find_dense(text) + _find_spaced(_DENSE.sub(" ", text))
    sums = [sum(size for size, kind in found if kind & kinds) for kinds in (_SITES, _MENU, _KNOWN)]
    site, menu, known = (min(1.0, total / letters) for total in sums)
    lists = sum(size for size, kind in found if kind & LIST) * 2 > letters
    if not lists and letters <= _HEADING and _leads_list(text):
        lists, site, menu = True, max(site, _LED), max(menu, _LED)
    turns = sum(size for size, kind in found if kind & TURN) * 2 > letters
    return Reading(letters, site, menu, known, sum(bool(kind & _MENU) for _, kind in found), lists, turns)


def _leads_list(text: str) -> bool:
    """Tell whether a line begins as headings of lists do that name their subject: “More from Sport”."""
    tokens = _TOKEN.findall(text)
    phrases = _words().spaced.get(tokens[0], ()) if len(tokens) > 2 else ()
    return any(
        kind & LIST and len(phrase) > 1 and tuple(tokens[: len(phrase)]) == phrase for phrase, kind in phrases
    )


def _find_dense(text: str) -> list[tuple[int, int]]:
    """Return length and kind of the words in runs of a dense script."""
    words, found = _words(), []
    for run in _DENSE.findall(text):
        place = 0
        while place < len(run):
            for size in words.sizes.get(run[place], ()):
                kind = words.dense.get(run[place : place + size])
                if kind is not None and place + size <= len(run):
                    found.append((size, kind))
                    place += size
                    break
            else:
                place += 1
    return found


def _find_spaced(text: str) -> list[tuple[int, int]]:
    """Return letters and kind of the words and phrases of scripts with spaces."""
    words, found = _words().spaced, []
    tokens = _TOKEN.findall(text)
    place = 0
    while place < len(tokens):
        for phrase, kind in words.get(tokens[place], ()):
            if tuple(tokens[place : place + len(phrase)]) == phrase:
                found.append((sum(map(str.isalpha, "".join(phrase))), kind))
                place += len(phrase)
                break
        else:
            place += 1
    return found


def is_menu(reading: Reading) -> bool:
    """Tell whether a line is a row of a menu's words."""
    return any(reading.words >= words and reading.menu >= share for words, share in _ROWS)


@cache
def _requests() -> AhoCorasick:
    """Return what finds all parts of sentences that a site says of itself at once."""
    from ahocorasick_rs import AhoCorasick

    return AhoCorasick({phrase for lists in _languages().values() for phrase in lists["requests"]})


def count_requests(text: str) -> int:
    """Count the known parts of sentences in which sites ask something of visitors or tell their rules."""
    if len(text) > _REQUEST:
        return 0
    clean = text.lower().encode("utf-8", "replace").decode("utf-8")  # it takes no lone surrogate
    return len({phrase for phrase, _, _ in _requests().find_matches_as_indexes(clean, overlapping=True)})


def is_request(text: str) -> bool:
    """Tell whether a line asks something of the visitor, or tells a site's rules, in a known sentence."""
    return count_requests(text) > 0
