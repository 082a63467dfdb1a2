"""Body text: openings and closings of several houses, subheads, captions, and how lines are set."""

from __future__ import annotations

import re
import textwrap
from random import Random

from tests.corpus.simulator.layout import Layout
from tests.corpus.simulator.material import Material

OPENINGS = {
    "zh": (
        "本报讯（记者{r}）",
        "本报讯（记者 {r} 通讯员 {c}）",
        "本报讯(记者{r}、通讯员{c})",
        "本报讯（通讯员{c}）",
        "本报讯 （记者{r}）",
        "柳浦日报讯（全媒体记者{r}）",
        "本报澜津4月16日电（记者{r}）",
        "本报澜津4月16日电 （记者{r}、{c}）",
        "新华社澜津4月16日电（记者{r}）",
        "新华社澜津4月16日电 题：",
        "据新华社澜津4月16日电 ",
        "本报澜津电 ",
        "【本报澜津十六日电】",
        "中新网澜津4月16日电 (记者 {r})",
        "本报讯 ",
        "晨报讯 记者{r}报道：",
    ),
    "en": ("PORT AVERLEY — ", "AVERLEY (Reuters) - ", "PORT AVERLEY, April 16 — ", "AVERLEY -- "),
    "ru": ("КАМЕННОБОРСК, 16 апреля. /ТАСС/. ", "КАМЕННОБОРСК. ", "КАМЕННОБОРСК — "),
}
CLOSINGS = {
    "zh": ("（{r}）", "（{r} {c}）", "（记者{r}）", "（记者{r} 通讯员{c}）", "(通讯员 {c})"),
    "en": ("(Reporting by {r})", "({r})"),
    "ru": ("({r})",),
}
CREDITS = {
    "zh": (" {r} 摄", "（{r} 摄）", "（记者{r}摄）", " 本报记者 {r} 摄影报道", "\n新华社记者 {r}摄", ""),
    "en": (" (Photo: {r})", " Photo by {r}", " / Reuters"),
    "ru": (" Фото: {r}", " (Фото: {r})"),
}
_HALF = str.maketrans("，：；？！（）", ",:;?!()")
_CLOSERS = "，。、；：？！）”』》,.;:?!)"
_STOP = re.compile(r"(?<=[。！？”])")


def written(article: Material, layout: Layout, rng: Random, *, dateline: bool) -> tuple[list[str], set[int]]:
    """The paragraphs in the house style, and which of them are subheads."""
    paragraphs = list(article.paragraphs)
    if dateline:
        paragraphs[0] = _filled(rng.choice(OPENINGS[article.lang]), article) + paragraphs[0]
    elif rng.random() < layout.closing:
        closing = _filled(rng.choice(CLOSINGS[article.lang]), article)
        if rng.random() < 0.4:
            paragraphs.append(closing)
        else:
            paragraphs[-1] += closing if article.dense else f" {closing}"
    subheads: set[int] = set()
    if rng.random() < layout.subheads and len(paragraphs) >= 4:
        for place, line in zip((len(paragraphs) - 1, len(paragraphs) // 2), article.subheads, strict=False):
            paragraphs.insert(place, line)
        subheads = {i for i, text in enumerate(paragraphs) if text in article.subheads}
    return paragraphs, subheads


def caption_of(article: Material, rng: Random) -> list[str]:
    """A caption with or without credit, on one line or two."""
    text = article.caption
    if article.dense and not text.startswith("图为") and rng.random() < 0.4:
        text = "图为" + text
    return (text + _filled(rng.choice(CREDITS[article.lang]), article)).split("\n")


def _filled(pattern: str, article: Material) -> str:
    return pattern.format(r=article.reporter, c=article.correspondent)


def mix_marks(lines: list[str], rng: Random) -> list[str]:
    """Full-width marks become half-width ones, all in some stories and a third in others."""
    share = rng.choice((1.0, 0.3))
    return [
        "".join(mark.translate(_HALF) if rng.random() < share else mark for mark in line) for line in lines
    ]


def set_body(
    paragraphs: list[str], subheads: set[int], layout: Layout, rng: Random, *, indent: bool
) -> list[str]:
    """Set paragraphs as physical lines; an empty line is a blank one."""
    wide = rng.randint(*layout.width)
    lines: list[str] = []
    for place, text in enumerate(paragraphs):
        if layout.setting == "spaced" and lines:
            lines.append("")
        if layout.setting == "wrapped" and place not in subheads:
            lines += wrap(text, wide, lang=layout.lang, indent=indent)
        elif layout.setting == "indented" and (place not in subheads or rng.random() < 0.7):
            lines.append(("　　" if layout.lang == "zh" else "    ") + text)
        else:
            lines.append(text)
    return lines


def wrap(text: str, width: int, *, lang: str, indent: bool = False) -> list[str]:
    """Break a paragraph at the column's width; no Chinese line begins with a closing mark."""
    if lang != "zh":
        return textwrap.wrap(text, width * 3, initial_indent="  " if indent else "", break_long_words=False)
    rest = ("　　" if indent else "") + text
    lines = []
    while rest:
        cut = _fit(rest, width)
        lines.append(rest[:cut])
        rest = rest[cut:]
    return lines


def _fit(text: str, width: int) -> int:
    """How many characters fit into `width` ems: a number or Latin letter is half an em."""
    ems, cut = 0.0, 0
    while cut < len(text) and ems + (step := 0.5 if text[cut].isascii() else 1.0) <= width:
        ems, cut = ems + step, cut + 1
    while cut < len(text) and text[cut] in _CLOSERS:
        cut += 1
    return max(1, cut)


def break_in_sentence(lines: list[str], rng: Random, *, wrapped: bool, dense: bool) -> int | None:
    """Break the body in mid-sentence; return the index of the line after the break, None if nowhere.

    The lines are changed where a paragraph has to be parted; no blank line is put in.
    """
    if wrapped:
        places = [
            i
            for i in range(2, len(lines))
            if lines[i - 1] and lines[i] and lines[i - 1][-1] not in "。！？”.!?"
        ]
        return rng.choice(places) if places else None
    long = [i for i, line in enumerate(lines) if len(line) > (40 if dense else 120)]
    if not long:
        return None
    place = rng.choice(long)
    text = lines[place]
    at = rng.randint(len(text) // 4, len(text) * 3 // 4)
    while at < len(text) - 4 and (text[at - 1] in "。！？”.!?；，,（ " or text[at] in _CLOSERS):
        at += 1
    if not dense:
        at = text.find(" ", at) if text.find(" ", at) > 0 else at
    lines[place : place + 1] = [text[:at].rstrip(), text[at:].lstrip()]
    return place + 1
