"""The formulas that open a story: datelines, 本报讯, the names of reporters in brackets.

Here and in `bylines`, `closings`, `captions`, `jumps` and `items`, each function looks at the beginning or
the end of a text only, so a line of a million characters costs no more than a short one.
"""

from __future__ import annotations

import re

from corpus.cutting.bylines import is_byline

_HEAD = 160
_MARK = r"[\s\u3000]*(?:[■□●○◎◆◇▲△▼▶★☆※✦◼]\s*)?"
_AGENCY = (
    r"(?:新华社|中新社|中新网|央视网|央广网|人民网|新华网|法新社|路透社|美联社|塔斯社|共同社"
    r"|本台|本网|本刊|本报"
    r"|新華社|中央社|[\u4e00-\u9fff]{2,8}(?:日报|晚报|早报|时报|商报|都市报|晨报|周报|日報"
    r"|晚報|時報|网|网讯|客户端|融媒))"
)
_OPENING = [
    re.compile(
        _MARK
        + r"[【\[（(]?"
        + _AGENCY
        + r"[^。，,\n]{0,24}?(?:[讯訊]|[電电](?![话影视力器子动脑商梯线信台源网池费机缆竞報报])"
        r"|消息(?=[\s（(：:])|报道(?=[（(：:]))"
    ),
    re.compile(
        _MARK + r"(?:综合|据)[\u4e00-\u9fff]{0,8}(?:社|网|报|台)[^。，]{0,14}?(?:[讯訊]|[電电](?![话影视力器"
        r"子动脑商]))"
    ),
    re.compile(_MARK + r"[\u4e00-\u9fff]{1,10}讯\s*[（(【]?\s*(?:记者|通讯员|见习|特约|实习|全媒体)"),
    re.compile(
        _MARK + r"[（(【](?:本报|首席|特派|驻[\u4e00-\u9fff]{1,8})?(?:全媒体?)?(?:记者|通讯员)[^）)】]{1,40"
        r"}[）)】]\S"
    ),
    re.compile(
        r"[\s\u3000]*[（(〔【\[［](?:中央社|本報|本报|新華社|路透|法新社|美聯社)?(?:記者|记者"
        r"|特派員)[^）)〕】\]］]{2,40}(?:報導|报道|報道|電|电|訊|讯|攝影)?[）)〕】\]］]\s*\S"
    ),
    re.compile(r"[（(【\[][가-힣]{2,8}=[^）)】\]]{2,20}[）)】\]]"),
    re.compile(
        # The look-behind keeps a run of capitals from being tried as every possible row of words.
        r"(?:(?<![\w.'’-])[A-Z][\w.'’-]*[ ,]*){1,6}(?:,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}))?"
        r"(?: ?\((?:[A-Z][\w’' /.-]{1,30})\))? ?(?:—|–|--| - |- )\s?\S"
    ),
    re.compile(r"[А-ЯЁ][А-ЯЁа-яё\- ]{2,30}, \d{1,2} [а-я]{3,9}(?: \d{4})?[.,]? ?(?:[/—–\-(]|г\.)"),
    re.compile(r"[А-ЯЁ][А-ЯЁ\- ]{3,30}\.? ?[—–/]\s?\S|[А-ЯЁ]{4,}(?:[- ][А-ЯЁ]{3,})?\. [А-ЯЁ«]"),
]
_AGENCY_LATIN = re.compile(
    r"\((?:Reuters|AP|AFP|Xinhua|TASS|UPI|EFE|dpa|ANSA|PTI|IANS|Bernama|CNA|Kyodo|Yonhap|BBC"
    r"|CNN)[^)]{0,20}\)",
    re.I,
)
_UPPER_PLACE = re.compile(r"[A-Z][A-Z.' ]{2,}")
_EMBEDDED = re.compile(
    r"(?:(?<=[\s\u3000”！？])|(?<=[\u4e00-\u9fff]))(?:本报讯|本報訊|本报[\u4e00-\u9fff\d]{2,14}[电電"
    r"](?=\s*[（(])|新华社[\u4e00-\u9fff\d]{2,14}[电電]"
    r"|[\u4e00-\u9fff]{2,4}(?:日报|晚报)讯)(?=\s*[（(：:\s])"
)


def opens_story(text: str) -> bool:
    """Tell whether a paragraph begins with a dateline or the paper's opening formula (本报讯, LONDON —)."""
    head = text[:_HEAD].lstrip()
    if any(pattern.match(head) for pattern in _OPENING[:6]):
        return not _byline_alone(head)
    if len(text) < 60 or head.isupper():
        return False
    if _OPENING[6].match(head):
        return _UPPER_PLACE.match(head) is not None or _AGENCY_LATIN.search(head) is not None
    return any(pattern.match(head) for pattern in _OPENING[7:])


def headline_before_opening(text: str) -> str | None:
    """Return the headline that stands on one line with the opening formula after it, or None."""
    found = _EMBEDDED.search(text[:_HEAD])
    if not found or not 5 <= found.start() <= 60:
        return None
    title = text[: found.start()].strip()
    return None if len(title) < 5 or re.search(r"[。，；]$|。", title) else title


def opening_names(text: str) -> str | None:
    """Return the names in the brackets of an opening formula, as printed, or None."""
    found = re.match(
        r"[^。\n]{0,40}?[（(]([^（）()]{0,60}?(?:记者|通讯员|記者|作者|实习生)[^（）()]{0,60})[）)]",
        text[:_HEAD],
    )
    return found.group(1).strip() if found and found.start() == 0 else None


def _byline_alone(head: str) -> bool:
    """Tell whether the text is a byline that stands alone."""
    return len(head) <= 60 and is_byline(head)
