"""Lines that belong to the page or the site and to no story: mastheads, breadcrumbs, footers.

What is furniture goes to the ledger with its reason. A line shows itself by its form (`line_rules`), or by
where it stands: in the frame of a web page (`site`), in a list of contents (`contents`), at the page's edge.
"""

from __future__ import annotations

import re
from typing import Final

from corpus.cutting.archive_labels import mark_archive
from corpus.cutting.bulletin import mark_bulletin
from corpus.cutting.contents import mark_issue, mark_summary, spread_contents, spread_label
from corpus.cutting.line_rules import FLASHES, furniture
from corpus.cutting.lines import Line, ends_sentence
from corpus.cutting.previews import mark_previews
from corpus.cutting.rubrics import mark_rubric
from corpus.cutting.site import frame_article, mark_menus, spread_footer, spread_links
from corpus.cutting.site_chain import mark_site_words
from corpus.cutting.site_rows import mark_subjects, row_reason

_EDGE: Final = 6
_NAMEPLATE: Final = re.compile(
    r"^《?[\u4e00-\u9fff]{2,8}(?:日报|晚报|早报|时报|商报|晨报|周报|都市报|导报|日報|晚報|時報"
    r"|周刊)》?$|^[\u4e00-\u9fff]{1,2}[^\W通播举预汇喜捷警战续简情公快]报$"
    r"|^[A-Z][A-Z'’ ]{2,24} (?:RIBAO|WANBAO|DAILY|NEWS|TIMES)$"
    r"|^[\u4e00-\u9fff]{2,8}(?:数字报|电子报|电子版|新闻网首页|网首页)$"
    r"|^The [A-Z]\w+(?: [A-Z]\w+)? (?:Times|Post|Herald|Gazette|Tribune|Chronicle|Journal|News"
    r"|Daily|Observer|Courier)$"
)


def mark_furniture(lines: list[Line]) -> list[str | None]:
    """Return for each line the reason why it is furniture, or None; a footer takes the rest of the page."""
    marks = [furniture(line) or row_reason(line) for line in lines]
    for index, line in enumerate(lines):
        at_edge = index < _EDGE or index >= len(lines) - _EDGE
        if marks[index] is None and at_edge and line.width <= 20 and _NAMEPLATE.match(line.text):
            marks[index] = "masthead"
    mark_subjects(lines, marks)
    _name_flashes(lines, marks)
    mark_previews(lines, marks)
    mark_bulletin(lines, marks)
    spread_label(lines, marks)
    mark_menus(lines, marks)
    spread_links(lines, marks)
    frame_article(lines, marks)
    spread_footer(lines, marks)
    mark_site_words(lines, marks)
    mark_rubric(lines, marks)
    mark_summary(lines, marks)
    spread_contents(lines, marks)
    mark_issue(lines, marks)
    mark_archive(lines, marks)
    return marks


def _name_flashes(lines: list[Line], marks: list[str | None]) -> None:
    """Over running text, the label of a bulletin's short items is their headline: no other stands there."""
    for index, line in enumerate(lines[:-1]):
        if FLASHES.match(line.text) and ends_sentence(lines[index + 1].text):
            marks[index] = None
