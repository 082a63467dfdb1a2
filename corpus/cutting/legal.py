"""The legal words under a site's story: who owns it, who may reprint it, who is to be asked."""

from __future__ import annotations

import re
from typing import Final

from corpus.cutting.lines import Line, ends_sentence
from corpus.cutting.openings import opens_story

_LAST: Final = 12
_BAN: Final = (
    r"未经\S{0,10}(?:授权|许可|同意)[，,]?\S{0,8}(?:不得|禁止|严禁|请勿|谢绝)\S{0,8}(?:转载|使用|复制|摘编|镜像)"
    r"|(?:reproduc|reprint|republish|redistribut|cop(?:y|ied))[^.]{0,80}\bwithout\b[^.]{0,30}permission"
)
"""Nobody may print it again. (A story may tell of one who did so without permission.)"""
_REPRINT: Final = re.compile(
    rf"{_BAN}|转载(?:请|须|时)?(?:务必)?注明|版权(?:均?[归属]于?)(?:本[网报站刊台]|\S{{0,12}}[网報报社台刊站]所有|$)",
    re.IGNORECASE,
)
"""What a paper prints of its own rights nowhere but at a story's end."""
_LEGAL: Final = re.compile(
    rf"{_REPRINT.pattern}|不代表本\S{{1,3}}(?:观点|立场)|免责声明|如有侵权|如因\S{{0,6}}版权|侵权\S{{0,8}}(?:联系|删除)"
    r"|违者\S{0,10}追究|(?:不良信息|违法\S{0,8}信息|本[网站])\S{0,8}举报|务经书面授权"
    r"|перепечатк|использовани[ея] материалов",
    re.IGNORECASE,
)
_HEADING: Final = re.compile(
    r"(?:\S{0,12}[网報报社台站刊])?\s?(?:版权与)?(?:免责声明|版权声明|版权说明|法律声明)\s?[:：]?"
)
"""The heading of a site's own declaration: its name before it, or alone. (A bank may publish one too.)"""
_OWNS: Final = re.compile(r"版权|著作权|所有权")


def mark_legal(lines: list[Line], marks: list[str | None], *, site: bool) -> None:
    """Mark the legal words at a page's end as copyright: from their heading on, else the last lines.

    On a `site`'s page that is whatever has such words, and all under their heading; elsewhere only lines that
    forbid reprinting, and what is under a heading up to the next story.
    """
    start = max(1, len(lines) - _LAST)
    headed = next((i for i in range(start, len(lines)) if _HEADING.fullmatch(lines[i].text)), len(lines))
    for index in range(headed, len(lines)):
        if not site and opens_story(lines[index].text):
            break
        marks[index] = marks[index] or "copyright"
    rule = _LEGAL if site else _REPRINT
    for index in range(headed - 1, start - 1, -1):
        if marks[index] is not None:
            continue
        if not rule.search(lines[index].text) and not _leads_in(lines, marks, index):
            if ends_sentence(lines[index].text):
                return
            continue
        marks[index] = "copyright"


def _leads_in(lines: list[Line], marks: list[str | None], index: int) -> bool:
    """Tell whether a line is the first half of a legal sentence that the line below ends."""
    text = lines[index].text
    below = index + 1 < len(lines) and marks[index + 1] == "copyright" and lines[index + 1].gap == 0
    return below and not ends_sentence(text) and bool(_OWNS.search(text))
