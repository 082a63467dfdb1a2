"""How much a block looks like a line of a headline, and which line of a headline block is the title."""

from __future__ import annotations

import re
from typing import Final

from corpus.cutting.lines import CLOSERS, clause_marks, ends_sentence, is_dense, join, width
from corpus.cutting.roles import deck_score, kicker_score, runs_over
from corpus.cutting.words import Grams, coverage, grams

_DECK: Final = re.compile(r"^\s*(?:[—―－-]{2,}|——|—|–\s)")
_FLAG: Final = re.compile(
    r"(?:进行时|在行动|看点|回望\d{2,4}|专栏|专题|系列报道|特稿|时评|短评|速递|简讯|短讯|快讯"
    r"|快报|之窗|连载|访谈|手记|"
    r"核心提示|编者按|阅读提示|来信)$|[·•]\S{1,6}\d{4}|^[【\[〔].{2,14}[】\]〕]$|^[（(][^（）()]{2,"
    r"24}[）)]$|[①-⑳]$|之[一二三四五六七八九十]+$"
)
_COLUMN: Final = re.compile(
    r"^\S{2,6}(?:观察|视点|视角|追踪|回访|周刊|印象|一线|前沿|新论|漫谈|那些[事人]|[周月]末版)$"
)
_INSTITUTION: Final = re.compile(
    r"^[^进進入到为為让讓给給送助获獲建创創办辦访訪在与與]{2,14}(?:小学|中学|学校|大学|学院|幼儿园|医院|公司|集团|街道|社区|派出所"
    r"|支队|大队|银行|法院|检察院|办公室|委员会|小學|中學|學校|大學|學院|幼兒園|醫院|銀行|公安局)$"
)
"""The name of a school, office or company, and no deed of its: it stands over the headline of a brief."""
_SLOGAN: Final = re.compile(
    r"^(?:学习贯彻|深入学习|贯彻落实|深入贯彻|学习宣传|培育和践行|弘扬|认真学习|全面贯彻)\S{4,}$"
)
_SUBTITLE: Final = re.compile(
    r"^记[\u4e00-\u9fff]{3,}|^看\S{3,}(?:如何|怎[么样])|(?:见闻|纪实|侧记|走笔|掠影|札记|素描|纪事|巡礼|扫描|透视|综述|侧影)$"
)
_FLOOR: Final = -6.0
_KICKER: Final = 1.0
_DECK_WEIGHT: Final = 1.1
_MIDDLE: Final = 0.5
_JOINED: Final = 0.4
_SURE: Final = 1.5
_SIZE: Final = 0.06
_SIZE_MOST: Final = 0.3
_SLACK: Final = 3.0
_LARGE: Final = 22.0
_WORDS: Final = 3
"""A line of fewer words, in a script with spaces, is mostly the name of a section over the headline."""
_LABEL: Final = 0.9
_NAME_ALONE: Final = 2.0
_LEADS_UP: Final = 0.8
_SLIGHT: Final = 0.25
_SPLIT: Final = re.compile(r"[ \u3000]+")
_LIST: Final = re.compile(r"^(?:[\d.,%\s:：/-]+|[A-Za-z]?\d+[.、])$")
_TELEPHONE: Final = re.compile(r"\d{3,4}[-－ ]?\d{7,8}|1\d{10}")
_SPEAKER: Final = re.compile(r"(?:问|答|记者|主持人|[QAВО])\s?[：:]\s?\S")
_HASHES: Final = re.compile(r"#{1,6}\s+\S.{0,120}$")
_MARKED: Final = 9.0
"""Score of a line that is marked as a headline, as Markdown does it."""
_NOUNISH: Final = re.compile(r"[省市县区州乡镇村校院局厅委会部厂司队]")


def headline_score(text: str) -> float:
    """Return a log-odds-like score that a block is a line of a headline (or a subhead), and no body text."""
    if "\t" in text or _TELEPHONE.search(text[:200]) or _LIST.match(text) or _SPEAKER.match(text):
        return -4.0
    if _HASHES.match(text):
        return _MARKED
    return max(_FLOOR, _dense_score(text) if is_dense(text) else _spaced_score(text))


def _dense_score(text: str) -> float:
    """Score a line of Chinese or Japanese text."""
    parts = [part for part in _SPLIT.split(text.strip()) if part]
    clauses = 2 <= len(parts) <= 4 and all(width(part) >= 2.5 for part in parts)
    ems = width(text)
    if ems > 60:
        return -6.0
    if clauses:
        ems = max(width(part) for part in parts) + 0.2 * ems
    score = 2.6 if ems <= 26 else 2.6 - 0.16 * (ems - 26)
    last = text.rstrip(CLOSERS + " ")[-1:]
    if last in "。．":
        score -= 6.0
    elif last in "，,；;、":
        score -= 4.0
    elif last in "？?！!…":
        score -= 0.9
    elif last in "：:":
        score -= 0.3 if ems <= 14 else 2.2
    if "。" in text[:-2]:
        score -= 3.5
    commas = len(re.findall(r"[，,；;]", text))
    score -= 0.7 * max(0, commas - 1) + (0.3 if commas else 0.0)
    score += 0.8 * clauses
    if _DECK.match(text):
        score += 2.0
    if ems < 3:
        score -= 2.0
    return score


def _spaced_score(text: str) -> float:
    """Score a line of text in a script with spaces."""
    if len(text) > 170:
        return -6.0
    score = 2.4 if len(text) <= 70 else 2.4 - 0.05 * (len(text) - 70)
    last = text.rstrip(CLOSERS + " ")[-1:]
    if last == "." and not re.search(r"\b(?:[A-Z]\.)+$|\.\.\.$", text):
        score -= 4.5
    elif last in ",;":
        score -= 4.0
    elif last in "?!…:":
        score -= 1.5
    if re.search(r"[.!?] [A-ZА-ЯЁ«“\"]", text):
        score -= 2.0
    words = re.findall(r"[^\W\d_]+", text)
    if text[:1].islower():
        score -= 2.5
    if len(words) >= 3 and _title_case(text):
        score += 1.2
    if len(words) < 2 and len(text) < 4:
        score -= 2.0
    return score


def is_deck(text: str) -> bool:
    """Tell whether a line is a second deck by its dash."""
    return bool(_DECK.match(text))


def is_flag(text: str) -> bool:
    """Tell whether a line of a headline block looks like a column flag or standing slogan."""
    return bool(_FLAG.search(text) or _SLOGAN.match(text))


def choose_title(
    rows: list[str], lead: Grams, rare: dict[str, float], *, tight: list[bool]
) -> tuple[int, ...] | None:
    """Return which of the headline lines `rows` make the title.

    `tight[i]` says that row i stands directly under the row before, with no blank line. `lead` are the
    grams of the text under the headline. Returns a tuple of indices in order (lines broken by the
    column are one title), or None when there is no line.
    """
    units = _units(rows, tight)
    if not units:
        return None
    texts = [_joined(rows, unit) for unit in units]
    roles = _roles(texts, [len(unit) > 1 for unit in units])
    best = max(
        range(len(units)),
        key=lambda i: (_title_score(texts[i], i, len(units), lead, rare) + roles[i], -i),
    )
    return units[best]


def _roles(texts: list[str], joined: list[bool]) -> list[float]:
    """Return what each line loses for being a kicker over a headline or a deck under one.

    A headline that had to be joined from several lines (`joined`) is the one set in large type.
    """
    n = len(texts)
    if n < 2 or not all(is_dense(text) for text in texts):
        return [0.0] * n
    decks = [deck_score(text) + 2.0 * is_deck(text) for text in texts]
    kickers = [kicker_score(text) * (not whole) for text, whole in zip(texts, joined, strict=True)]
    if n > 1 and kickers[0] >= _LEADS_UP and decks[1] < 1.0:
        decks[1] *= 0.5  # what a kicker leads up to may well be full of figures
    sizes = [width(text) for text in texts]
    usual = sum(sizes) / n
    roles: list[float] = []
    for place in range(n):
        waits = _leads_on(texts, decks, place, sure=kickers[place] >= _SURE)
        role = -min(_SIZE_MOST, _SIZE * max(0.0, sizes[place] - usual - _SLACK))
        role -= _KICKER * kickers[place] * waits
        role -= _DECK_WEIGHT * decks[place] * (place > 0)
        role += _MIDDLE * (0 < place < n - 1 and decks[place] < _SLIGHT) + _JOINED * joined[place]
        roles.append(role)
    return roles


def _leads_on(texts: list[str], decks: list[float], place: int, *, sure: bool) -> bool:
    """Tell whether a line under a kicker-like one can be the main headline: no deck, nor long as one."""
    below = range(place + 1, len(texts))
    if sure or place + 1 == len(texts):
        return place + 1 < len(texts)
    return any(decks[k] < 1.0 and _is_compact(texts[k]) for k in below)


def _is_compact(text: str) -> bool:
    """Tell whether a line is short enough, and of few enough clauses, to be set in large type."""
    return width(text) <= _LARGE and clause_marks(text) <= 1


def join_title(rows: list[str]) -> str:
    """Join the lines of one title."""
    title = rows[0] if rows else ""
    for row in rows[1:]:
        title = (
            join(title, row)
            if not is_dense(title) or title.endswith(("：", ":", "，", ",", "、", "—"))
            else f"{title} {row}"
        )
    return title


def _joined(rows: list[str], unit: tuple[int, ...]) -> str:
    return join_title([rows[i] for i in unit])


def _units(rows: list[str], tight: list[bool]) -> list[tuple[int, ...]]:
    """Group the rows into titles: a row that can't stand alone takes the next one."""
    units: list[tuple[int, ...]] = []
    open_ended = False
    for index, row in enumerate(rows):
        lowered = row[:1].islower() and index > 0
        if units and (open_ended or lowered or _is_broken(rows, index, tight)):
            units[-1] = (*units[-1], index)
        else:
            units.append((index,))
        stripped = row.rstrip()
        open_ended = stripped.endswith(("：", ":", "，", ",", "、", "；")) or _unclosed(row)
    return units


def _is_broken(rows: list[str], index: int, tight: list[bool]) -> bool:
    """Tell whether a row goes on with the main headline of the row above."""
    above, row = rows[index - 1], rows[index]
    if is_deck(row) or _FLAG.search(above):
        return False
    if is_dense(above) and is_dense(row):
        return runs_over(above, row)
    return tight[index] and _runs_on(above, row)


def _runs_on(above: str, row: str) -> bool:
    """Tell whether a headline in a script with spaces was broken by the column: both lines in title case."""
    if is_dense(above) or is_dense(row) or len(above) < 28 or ends_sentence(above) or is_deck(row):
        return False
    return _title_case(above) and _title_case(row)


def _title_case(text: str) -> bool:
    """Tell whether most longer words begin with a capital letter."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    return bool(words) and sum(word[0].isupper() for word in words) > 0.7 * len(words)


def _unclosed(row: str) -> bool:
    """Tell whether a quotation or bracket opens in the row and doesn't close there."""
    return any(row.count(a) > row.count(b) for a, b in ("“”", "《》", "『』", "「」", "（）", "【】"))


def _title_score(text: str, place: int, n: int, lead: Grams, rare: dict[str, float]) -> float:
    """Score a line as the main one: says what happened, who and where, in the words of the story's lead."""
    ems = width(text)
    own = grams(text)
    score = 1.2 * coverage(own, lead, rare) + 0.5 * min(1.0, len(own & lead) / 6)
    if is_deck(text):
        score -= 3.0
    if is_flag(text) or _COLUMN.match(text):
        score -= 1.6
    if _INSTITUTION.match(text):
        score -= _NAME_ALONE
    if _SUBTITLE.search(text):
        score -= 1.8
    if is_dense(text):
        score -= 0.13 * max(0.0, 11.5 - ems) + 0.03 * max(0.0, ems - 26)
        if "、" in text and clause_marks(text) >= 2:
            score -= 0.5
        score += 0.25 * bool(_NOUNISH.search(text[:5]))
    else:
        score -= 0.02 * max(0, 18 - len(text)) + _LABEL * (len(text.split()) < _WORDS)
    return score - 0.25 * place / max(1, n - 1) if n > 1 else score
