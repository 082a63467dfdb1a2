"""The legal words under a site's story: who owns it, who may reprint it, who is to be asked."""

from __future__ import annotations

import re
from typing import Final

from corpus.cutting.lines import Line, ends_sentence

_LAST: Final = 12
_LEGAL: Final = re.compile(
    r"未经\S{0,10}(?:授权|许可|同意)\S{0,12}(?:转载|使用|复制|摘编|镜像)|不代表本\S{1,3}(?:观点|立场)|免责声明"
    r"|转载(?:请|须|时)?(?:务必)?注明|如有侵权|如因\S{0,6}版权|侵权\S{0,8}(?:联系|删除)|版权归|依法追究|不良信息举报"
    r"|举报(?:电话|邮箱)[：:]|务经书面授权|without (?:prior )?(?:written )?permission|перепечатк"
    r"|использовани[ея] материалов",
    re.IGNORECASE,
)
_REPRINT: Final = re.compile(
    r"未经\S{0,10}(?:授权|许可|同意)\S{0,12}(?:转载|复制|摘编|镜像)|转载(?:请|须|时)?(?:务必)?注明|版权(?:归|均?属)"
    r"|without (?:prior )?(?:written )?permission",
    re.IGNORECASE,
)
"""What a paper prints of its own rights nowhere but at a story's end."""
_HEADING: Final = re.compile(r"\S{0,16}(?:免责声明|版权声明|版权与免责声明|版权说明)\s?[:：]?")
_OWNS: Final = re.compile(r"版权|著作权|所有权")


def mark_legal(lines: list[Line], marks: list[str | None], *, site: bool) -> None:
    """Mark the legal words at a page's end as copyright: from their heading on, else the last lines.

    On a `site`'s page that is whatever has such words; elsewhere only lines that forbid reprinting.
    """
    start = max(1, len(lines) - _LAST)
    headed = next((i for i in range(start, len(lines)) if _HEADING.fullmatch(lines[i].text)), len(lines))
    for index in range(headed, len(lines)):
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
