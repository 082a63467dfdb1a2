"""The legal words under a site's story: who owns it, who may reprint it, who is to be asked."""

from __future__ import annotations

import re
from typing import Final

from corpus.cutting.lines import Line, ends_sentence
from corpus.cutting.openings import opens_story
from corpus.cutting.writing import simplified

_LAST: Final = 12
_LONGEST: Final = 300.0
_PHRASES: Final = 2
"""So many legal phrases together are a site's declaration, whatever else the page has."""
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
    r"|凡(?:本[网站报]|注明|转载)\S{0,8}(?:注明|来源|转载)"
    r"|信息(?:存储|发布)(?:空间)?(?:服务|平台)|(?:用户|自媒体)\S{0,8}上传"
    r"|information storage|uploaded and posted by"
    r"|(?:文章|内容|信息|作品)\S{0,4}均为?转载|仅供\S{0,8}参考|[只仅僅]代表(?:作者)?(?:本人|[个個]人)[观觀]点?點?|只是[转轉][载載]|(?:版[权權]|稿酬)\S{0,6}[问問][题題]|不代表本\S{1,3}立场"
    r"|перепечатк|использовани[ея] материалов",
    re.IGNORECASE,
)
_HEADING: Final = re.compile(
    r"(?:\S{0,12}[网報报社台站刊])?\s?(?:版权与)?(?:免责声明|版权声明|版权说明|法律声明)\s?[:：]?"
)
"""The heading of a site's own declaration: its name before it, or alone. (A bank may publish one too.)"""
_OF_ITSELF: Final = re.compile(
    r"本[网網站报報刊社台平]|转载|轉載|侵权|侵權|免责|版[权權]|перепечатк|использовани", re.IGNORECASE
)
"""A declaration speaks of the one who makes it; a story about rules for the web has legal phrases too."""
_OWNS: Final = re.compile(r"版权|著作权|所有权")


def mark_legal(lines: list[Line], marks: list[str | None], *, site: bool) -> None:
    """Mark the legal words at a page's end as copyright: from their heading on, else the last lines.

    On a `site`'s page that is whatever has such words, and all under their heading; elsewhere only lines that
    forbid reprinting or heap up legal phrases, with the legal lines around them, and what is under a heading
    up to the next story.
    """
    start = max(1, len(lines) - _LAST)
    headed = next((i for i in range(start, len(lines)) if _HEADING.fullmatch(lines[i].text)), len(lines))
    for index in range(headed, len(lines)):
        if not site and opens_story(lines[index].text):
            break
        marks[index] = marks[index] or "copyright"
    found = _legal_run(lines, marks, start, headed)
    told = simplified("\n".join(lines[index].text for index in found))
    heaped = len(set(_LEGAL.findall(told))) >= _PHRASES and _OF_ITSELF.search(told)
    if site or _REPRINT.search(told) or heaped:
        for index in found:
            marks[index] = "copyright"


def _legal_run(lines: list[Line], marks: list[str | None], start: int, end: int) -> list[int]:
    """Return the lines with legal words at the end of the page, up to the last sentence that has none."""
    found: list[int] = []
    for index in range(end - 1, start - 1, -1):
        if marks[index] is not None:
            continue
        below = index + 1 < len(lines) and (index + 1 in found or marks[index + 1] == "copyright")
        legal = lines[index].width <= _LONGEST and _LEGAL.search(simplified(lines[index].text)) is not None
        if legal or (below and _leads_in(lines, index)):
            found.append(index)
        elif ends_sentence(lines[index].text):
            break
    return found


def _leads_in(lines: list[Line], index: int) -> bool:
    """Tell whether a line is the first half of a legal sentence that the line below ends."""
    text = lines[index].text
    return lines[index + 1].gap == 0 and not ends_sentence(text) and bool(_OWNS.search(text))
