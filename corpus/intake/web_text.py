"""The article in a saved web page: main text by trafilatura, then lines of site furniture taken out of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from corpus.cutting.page import cut_page

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from trafilatura.settings import Document

_PROSE_IN_CELL: Final = 80
"""Characters in one cell from which a table lays out a page, and doesn't hold data."""
_SHORTEST: Final = 15
"""Characters of the shortest text that counts as an article."""
_SENTENCE: Final = re.compile(r"[。！？!?؟।]|\.(?:\s|$|[”\"’])")
_TABLE_TAGS: Final = ("table", "tbody", "thead", "tfoot", "tr", "td", "th")


def extract(source: str) -> Document | None:
    """Main text and metadata of an HTML source as trafilatura finds them; None if it finds no text.

    Nothing is fetched, and no script is run.
    """
    import trafilatura

    tree = trafilatura.load_html(source)
    if tree is None:
        return None
    _unwrap_layout_tables(tree)
    found = trafilatura.bare_extraction(tree, with_metadata=True, include_comments=False)
    if found is None or isinstance(found, dict):
        return None
    return found


def pieces(text: str) -> list[str]:
    """The paragraphs of a text of trafilatura's, and the cells of tables in it."""
    rows = (
        re.split(r"\s*(?<!\\)\|\s*", line) if line.startswith("|") else [line] for line in text.split("\n")
    )
    return [piece for row in rows for piece in row if piece.strip(" -|")]


def article_lines(lines: list[str], title: str | None) -> list[int]:
    """Which lines of a main text are the article, and no headline, date line, sharing links or imprint."""
    wanted = _squeeze(title or "")
    page = cut_page("\n".join(lines))
    furniture = {number - 1 for first, last, _ in page.boilerplate for number in range(first, last + 1)}
    return [
        place
        for place, line in enumerate(lines)
        if place not in furniture and (not wanted or _squeeze(line) != wanted)
    ]


def is_article(lines: list[str]) -> bool:
    """Whether lines hold at least a sentence, and not just the words of links."""
    text = "\n".join(lines)
    return len(_squeeze(text)) >= _SHORTEST and bool(_SENTENCE.search(text))


def printed_byline(lines: list[str], title: str | None) -> str | None:
    """The byline that stands in the text itself, as the cutter reads it."""
    segments = cut_page("\n".join([*([title, ""] if title else []), *lines])).segments
    return next((segment.byline for segment in segments if segment.byline), None)


def is_byline_of(line: str, author: str) -> bool:
    """Whether a line is nothing but the author's name."""
    return bool(re.fullmatch(rf"(?:by|von|par|por|作者[:：]?)?\s*{re.escape(author)}\s*", line, re.I))


def _unwrap_layout_tables(tree: HtmlElement) -> None:
    """Turn tables that lay out the page into plain blocks."""
    for table in list(tree.iter("table")):
        cells = table.xpath("./tr/td | ./tbody/tr/td")
        prose = any(len(_squeeze(cell.text_content())) > _PROSE_IN_CELL for cell in cells)
        if prose or table.xpath(".//table") or len(cells) <= 1:
            for element in [table, *table.xpath("./*|./*/*|./*/*/*")]:
                if element.tag in _TABLE_TAGS and element is not table:
                    element.tag = "p" if element.tag in ("td", "th") and not len(element) else "div"
            table.tag = "div"


def _squeeze(text: str) -> str:
    return "".join(text.split())
