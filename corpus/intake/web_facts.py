"""What a saved web page says of its article: headline, author, site, date; each with the words that say it.

Chinese government sites name these in meta elements of their own (`ArticleTitle`, `PubDate`, `ContentSource`,
`SiteName`); others as Open Graph or JSON-LD, which trafilatura and htmldate read. What is printed between
headline and text counts where the metadata is silent.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Final

from corpus.dating.given import GivenDate, parse_date
from corpus.dating.publication import Publication, find_publication
from corpus.intake.markup import VisibleText
from corpus.origins.evidence import Source, source_by
from corpus.origins.sources import find_source

_META: Final = re.compile(r"<meta\b(?P<attributes>[^>]*)>", re.I)
_ATTRIBUTE: Final = re.compile(
    r"(?P<key>name|property|itemprop|http-equiv|content)\s*=\s*(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)'|(?P<c>[^\s\"'>]+))",
    re.I,
)
_JSON_LD: Final = re.compile(
    r"<script\b[^>]*type\s*=\s*[\"']?application/ld\+json.*?(?:</script\s*>|\Z)", re.S | re.I
)
_TITLE: Final = re.compile(r"<title\b[^>]*>(.*?)</title", re.S | re.I)
_TITLE_BREAK: Final = re.compile(r"\s*[_|｜—–]+\s*|\s*-{1,2}\s*|\s+[·•:：]\s+")
_SITE: Final = re.compile(r"(?:网|网站|日报|晚报|时报|数字报|电子版|门户|客户端|在线)\s*$")
_SITE_KEYS: Final = ("sitename", "og:site_name")
_SOURCE_KEYS: Final = ("contentsource", "source", "article:source")
_NO_SOURCE: Final = re.compile(
    r"(?:本站|本网|原创|网络|互联网|未知|不详|转载|其他|其它|admin|unknown|none|null|internet)?", re.I
)
_AUTHOR: Final = re.compile(r"(?:作者|撰文|文/|记者)\s?[:：]\s{0,3}(?P<name>[^\s|｜，。；;:：]{2,20})")
_LATEST: Final = "2199-12-31"
"""The last day that metadata may name: a fixed one, so that a page is dated alike on every day."""


@dataclass(frozen=True)
class Metadata:
    """The meta elements of a page by name (in lower case), its `<title>`, and its JSON-LD as it stands."""

    named: dict[str, str]
    title: str | None
    json_ld: tuple[str, ...]

    @classmethod
    def from_source(cls, source: str) -> Metadata:
        """Read the metadata of an HTML source; of a name that comes twice, the first counts."""
        named: dict[str, str] = {}
        for meta in _META.finditer(source):
            values = {
                one["key"].lower(): html.unescape(one["a"] or one["b"] or one["c"] or "").strip()
                for one in _ATTRIBUTE.finditer(meta["attributes"])
            }
            key = values.get("name") or values.get("property") or values.get("itemprop")
            if key and values.get("content"):
                named.setdefault(key.lower(), values["content"])
        title = _TITLE.search(source)
        words = " ".join(html.unescape(title[1]).split()) if title else ""
        return cls(named, words or None, tuple(match[0] for match in _JSON_LD.finditer(source)))

    def first(self, *keys: str) -> tuple[str, str] | None:
        """The first of `keys` that is there, with its content."""
        return next(((key, self.named[key]) for key in keys if key in self.named), None)


def find_headline(metadata: Metadata, visible: VisibleText, *, guess: str | None) -> str | None:
    """The headline: the longest part of what metadata calls the title that is printed on the page itself.

    The part before the site's name is tried first, alone on its line and then anywhere; then what follows it.
    """
    given = metadata.first("articletitle", "og:title", "twitter:title")
    titles = [title for title in (given and given[1], metadata.title, guess) if title]
    for title in titles:
        cuts = [0, *(match.end() for match in _TITLE_BREAK.finditer(title))]
        heads = [title, *(title[: match.start()] for match in reversed([*_TITLE_BREAK.finditer(title)]))]
        heads = [head for head in heads if head.strip() and (head == title or not _SITE.search(head))]
        alone = [part for part in heads if visible.whole_block(part)]
        amid = [part for part in heads if "".join(part.split()) in visible.characters]
        tails = [title[cut:] for cut in cuts if visible.whole_block(title[cut:])]
        if found := [*alone, *amid, *tails]:
            return " ".join(found[0].split())
    return _TITLE_BREAK.split(titles[0])[0].strip() or None if titles else None


def find_web_date(metadata: Metadata, printed: str, *, name: str, given: GivenDate | None) -> Publication:
    """When a page was published: by its metadata, else as `find_publication` reads what is printed.

    Parameters
    ----------
    metadata
        The page's metadata.
    printed
        What stands around the article and in it, without the site's furniture.
    name, given
        File name, and the date given for the run.
    """
    day = _metadata_date(metadata)
    if day is None:
        return find_publication(printed, name=name, given=given)
    return Publication(day, day, day, "metadata", _evidence(metadata, day))


def find_web_source(
    metadata: Metadata, printed: str, *, site: str | None, name: str, given: str | None
) -> Source:
    """The paper a page comes from: as metadata or the page names it, else the site, else as inferred."""
    stated = metadata.first(*_SOURCE_KEYS)
    if stated and not _NO_SOURCE.fullmatch(stated[1]) and len(stated[1]) <= 40 and "//" not in stated[1]:
        return source_by("metadata", stated[1], f"metadata: {stated[0]}")
    found = find_source(printed, name=name)
    if found.evidence and found.evidence.startswith("explicit"):
        return found
    if own := metadata.first(*_SITE_KEYS):
        return source_by("site", own[1], f"metadata: {own[0]}")
    if site:
        return source_by("site", site, "metadata: site name")
    if given is not None and not (found.evidence or "").startswith("file name"):
        return source_by("given", given, "metadata: given for the run")
    return found


def find_author(metadata: Metadata, printed: str, *, guess: str | None, source: str | None) -> str | None:
    """The author that metadata names, else the one that is printed as `作者：`."""
    named = metadata.first("author", "article:author", "byl")
    label = _AUTHOR.search(printed)
    for name in (named and named[1], guess, label and label["name"]):
        if name and name != source and not _NO_SOURCE.fullmatch(name) and "//" not in name:
            return " ".join(name.split())
    return None


def _metadata_date(metadata: Metadata) -> str | None:
    """The day that metadata gives: `PubDate`, else what htmldate makes of meta elements and JSON-LD."""
    stated = metadata.first("pubdate", "publishdate", "article:published_time", "datepublished")
    if stated and (at := parse_date(stated[1])) and at.day:
        return at.day
    if not metadata.named and not metadata.json_ld:
        return None
    from htmldate import find_date
    from trafilatura import load_html

    metas = "".join(
        f'<meta name="{html.escape(key)}" property="{html.escape(key)}" content="{html.escape(value)}">'
        for key, value in metadata.named.items()
    )
    head = load_html(f"<html><head>{metas}{''.join(metadata.json_ld)}</head><body></body></html>")
    day: str | None = find_date(head, original_date=True, extensive_search=False, max_date=_LATEST)
    return day


def _evidence(metadata: Metadata, day: str) -> str:
    """The meta element that names the day."""
    for key, value in metadata.named.items():
        if (found := parse_date(value)) and found.day == day:
            return f"meta {key}: {value}"
    return "JSON-LD of the page" if metadata.json_ld else "metadata of the page"
