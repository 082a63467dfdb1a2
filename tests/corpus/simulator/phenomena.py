"""The layouts that are measured, one a phenomenon, and one where everything happens at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tests.corpus.simulator.furniture import SITES
from tests.corpus.simulator.layout import Layout

_CHINESE: Final = Layout()
_WRAPPED: Final = Layout(setting="wrapped", masthead=0.5, editors=0.3)
_BRIEFS: Final = Layout(
    kind="briefs", stories=(6, 14), characters=(60, 160), opening=0.2, masthead=0.5, flag=0.5, apart=(0, 0)
)
_BULLETIN: Final = Layout(kind="bulletin", stories=(8, 16), characters=(150, 500))

CHINESE: Final[dict[str, Layout]] = {
    "a plain page": _CHINESE,
    "kicker, deck, byline in any order": replace(
        _CHINESE, kicker=0.7, deck=0.7, byline=0.7, any_order=0.4, flag=0.15, opening=0.4
    ),
    "headline blocks of the press": replace(_CHINESE, press=1.0),
    "the same, no opening or byline": replace(_CHINESE, press=1.0, opening=0.0, byline=0.0, closing=0.0),
    "the same, hard-wrapped": replace(_WRAPPED, press=1.0, opening=0.3),
    "two headlines on one line": replace(_CHINESE, one_line_head=1.0, kicker=0.0, deck=0.6),
    "a title on two lines": replace(_CHINESE, two_line_title=0.8),
    "no blank line anywhere": replace(_CHINESE, setting="plain", apart=(0, 0), tight_head=1.0),
    "indented, no blank line": replace(_CHINESE, setting="indented", apart=(0, 0), tight_head=1.0),
    "no opening, closing or byline": replace(_CHINESE, opening=0.0, closing=0.0, byline=0.0),
    "the same, without blank lines": replace(
        _CHINESE, opening=0.0, closing=0.0, byline=0.0, setting="plain", apart=(0, 0), tight_head=1.0
    ),
    "names in brackets at the end": replace(_CHINESE, opening=0.0, byline=0.0, closing=0.9),
    "subheads": replace(_CHINESE, subheads=0.7, characters=(700, 1600)),
    "subheads, no opening or blank line": replace(
        _CHINESE,
        subheads=0.5,
        characters=(700, 1600),
        opening=0.0,
        setting="plain",
        apart=(0, 0),
        tight_head=1.0,
    ),
    "captions": replace(_CHINESE, caption=0.5),
    "captions that cut a sentence": replace(_CHINESE, interrupting=0.5),
    "a body without a headline": replace(_CHINESE, headless=0.4),
    "headlines behind their bodies": replace(_CHINESE, displaced=0.4, opening=0.9),
    "the same, few openings": replace(_CHINESE, displaced=0.4, opening=0.4),
    "a heap of headlines": replace(_CHINESE, heap=1.0, opening=0.9),
    "the same, no openings": replace(_CHINESE, heap=1.0, opening=0.0, closing=0.7),
    "orphan columns": replace(_CHINESE, orphan=0.3),
    "orphan columns, hard-wrapped": replace(_WRAPPED, orphan=0.3),
    "column breaks in mid-sentence": replace(_CHINESE, column_break=0.7),
    "lost text": replace(_CHINESE, lost=0.5),
    "jump lines": replace(_CHINESE, jump=0.4),
    "text printed twice": replace(_CHINESE, twice=0.6),
    "half-width marks": replace(_CHINESE, mixed_marks=0.7),
    "OCR noise of 2 %": replace(_CHINESE, noise=0.02),
    "notices and tables": replace(_CHINESE, notice=1.0),
    "masthead and editors' line": replace(_CHINESE, masthead=1.0, editors=1.0),
    "hard-wrapped": _WRAPPED,
    "hard-wrapped, breaks, captions": replace(_WRAPPED, column_break=0.5, caption=0.3, interrupting=0.2),
    "hard-wrapped, headlines behind bodies": replace(_WRAPPED, displaced=0.5, opening=0.9),
    "hard-wrapped, a heap of headlines": replace(_WRAPPED, heap=1.0, opening=0.9),
    "hard-wrapped, no openings": replace(_WRAPPED, opening=0.0, closing=0.3),
    "briefs under headlines": _BRIEFS,
    "briefs, hard-wrapped": replace(_BRIEFS, setting="wrapped"),
    "briefs with run-in headlines": replace(_BRIEFS, brief="run-in"),
    "briefs with bullets": replace(_BRIEFS, brief="bullet", opening=0.0),
    "briefs with numbers": replace(_BRIEFS, brief="number", opening=0.0),
    "a news bulletin": _BULLETIN,
    "a bulletin with contents and briefs": replace(_BULLETIN, contents=1.0, flag=1.0),
    "an archive's page": replace(
        _CHINESE, kind="archive", kicker=0.5, deck=0.6, opening=0.6, characters=(120, 900)
    ),
    **{
        f"web page: {name}": replace(_CHINESE, site=name, subheads=0.2)
        for name in SITES
        if name not in {"english", "russian"}
    },
    "everything at once": Layout(
        kicker=0.4, deck=0.4, byline=0.4, any_order=0.2, one_line_head=0.1, subheads=0.15, caption=0.15,
        interrupting=0.1, headless=0.1, displaced=0.1, orphan=0.05, column_break=0.2, lost=0.05, jump=0.05,
        twice=0.05, mixed_marks=0.2, notice=0.3, masthead=0.5, editors=0.4, noise=0.003, apart=(1, 2),
    ),
    "everything at once, hard-wrapped": Layout(
        setting="wrapped", kicker=0.4, deck=0.4, byline=0.4, any_order=0.2, subheads=0.1, caption=0.15,
        interrupting=0.1, headless=0.1, displaced=0.1, orphan=0.05, column_break=0.3, lost=0.05, jump=0.05,
        mixed_marks=0.2, notice=0.3, masthead=0.7, editors=0.4, noise=0.003, apart=(1, 2),
    ),
}  # fmt: skip


def _other(lang: str, long: tuple[int, int]) -> dict[str, Layout]:
    """The phenomena that other scripts share."""
    plain = Layout(lang=lang, characters=long, closing=0.0)
    wrapped = replace(plain, setting="wrapped", masthead=0.5)
    site = {"en": "english", "ru": "russian"}[lang]
    return {
        "a plain page": plain,
        "kicker, deck and byline": replace(plain, kicker=0.5, deck=0.6, byline=0.7, opening=0.3),
        "no blank line anywhere": replace(plain, setting="plain", apart=(0, 0), tight_head=1.0),
        "no opening or byline": replace(plain, opening=0.0, byline=0.0),
        "captions": replace(plain, caption=0.5),
        "captions that cut a sentence": replace(plain, interrupting=0.5),
        "a heap of headlines": replace(plain, heap=1.0, opening=0.9),
        "column breaks in mid-sentence": replace(plain, column_break=0.7),
        "hard-wrapped": wrapped,
        "hard-wrapped, breaks, captions": replace(wrapped, column_break=0.5, caption=0.3),
        "briefs": replace(
            plain, kind="briefs", stories=(6, 12), characters=(150, 420), opening=0.1, flag=0.5, apart=(0, 1)
        ),
        "masthead and editors' line": replace(plain, masthead=1.0, editors=1.0),
        "web page": replace(plain, site=site),
    }


ENGLISH: Final = _other("en", (600, 2200))
RUSSIAN: Final = _other("ru", (600, 2200))
PHENOMENA: Final = {"zh": CHINESE, "en": ENGLISH, "ru": RUSSIAN}
