"""The paper's name where its own people sign: before 讯, before 记者."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from corpus.origins.evidence import Kind, Source, source_by
from corpus.origins.paper_names import NOT_A_PAPER, PAPER

_TOLD: Final = re.compile(PAPER + r"(?:客户端|[-—－][\u4e00-\u9fff]{2,6})?[讯訊]\s?[（(，记記通】]")
_SITE_TOLD: Final = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<name>(?!本网|人民网|新华网|中新网|央视网|中国网)[\u4e00-\u9fff]{2,8}网)(?:快)?讯(?=[\s（(，,记通】])"
)
_SITE_DAY: Final = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<name>(?!本网|人民网|新华网|中新网|央视网|中国网)[\u4e00-\u9fff]{1,8}网)\s?\d{1,2}月\d{1,2}日[讯訊]"
)
_REPORTER: Final = re.compile(
    PAPER
    + r"(?:全媒体?|融媒体?|客户端)?(?:首席|特派|特约|见习|实习)?"
    + r"(?:记者(?!采访|团|站|协会|证|节|们|部|会|编辑)|评论员|通讯员|实习生)[\s：:、]?"
)
_NATIONAL: Final = re.compile(r"(?:人民|光明|经济|工人|农民|法治|法制|科技)日报|(?:解放军|中国.{1,4})报")
_LOCAL_VOICE: Final = re.compile(r"我[省市县区]|全[省市]")
_CALLS_ITSELF_OURS: Final = re.compile(r"本报讯|本报记者|央视网消息")


def find_in_bylines(text: str) -> Source | None:
    """The name that stands most often before `讯` or `记者`.

    One byline (but for `讯`) names nothing where the page calls its paper 本报, nor one of a national paper
    where it speaks as a place's own: those are reprints.
    """
    counts: Counter[str] = Counter()
    words: dict[str, str] = {}
    for pattern in (_TOLD, _SITE_TOLD, _SITE_DAY, _REPORTER):
        for match in pattern.finditer(text):
            name = match["name"]
            if not NOT_A_PAPER.search(name):
                counts[name] += 1
                words.setdefault(name, " ".join(match[0].split()))
    if _CALLS_ITSELF_OURS.search(text):
        told = {match["name"] for rule in (_TOLD, _SITE_TOLD) for match in rule.finditer(text)}
        counts = Counter({name: n for name, n in counts.items() if n > 1 or name in told})
    elif _LOCAL_VOICE.search(text):
        counts = Counter({name: n for name, n in counts.items() if n > 1 or not _NATIONAL.fullmatch(name)})
    if not counts:
        return None
    best = max(counts, key=lambda name: (counts[name], -text.find(name)))
    kind: Kind = "bylines" if counts[best] > 1 else "byline"
    return source_by(kind, best, f"explicit: “{words[best]}” ({counts[best]} ×)")
