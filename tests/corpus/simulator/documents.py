"""A simulated page as a document: HTML saved from a site, or columns for a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from tests.corpus.simulator.sheets import FURNITURE, Sheet


@dataclass(frozen=True)
class Told:
    """One story of a page: its headline (None: it has none) and its text, a paragraph a line."""

    title: str | None
    text: str


def stories_of(sheet: Sheet) -> list[Told]:
    """The stories of a page in the order of the truth; furniture is none."""
    lines = sheet.text.split("\n")
    told = []
    for segment in sheet.truth["segments"]:
        if segment["kind"] == FURNITURE:
            continue
        own = [lines[n - 1] for first, last in segment["lines"] for n in range(first, last + 1)]
        body = [line for line in own if line.strip() and line != segment["headline"]]
        told.append(Told(segment["headline"], "\n".join(body)))
    return told


def to_columns(sheet: Sheet, *, columns: int, gap: int = 20) -> str:
    """The stories as the body of an HTML page in columns, for a printer."""
    parts = [
        (f"<h2>{escape(story.title)}</h2>" if story.title else "")
        + "".join(f"<p>{escape(line)}</p>" for line in story.text.split("\n"))
        for story in stories_of(sheet)
    ]
    return f'<div style="columns:{columns};column-gap:{gap}px">{"".join(parts)}</div>'


def to_web_page(sheet: Sheet) -> str:
    """One article amid its furniture as HTML: what stands above is a header, what stands below a footer."""
    lines = sheet.text.split("\n")
    noise = sorted(
        n
        for segment in sheet.truth["segments"]
        if segment["kind"] == FURNITURE
        for first, last in segment["lines"]
        for n in range(first, last + 1)
    )
    story = stories_of(sheet)[0]
    written = [n for n, line in enumerate(lines, 1) if line.strip() and n not in noise]
    above = "".join(f"<a>{escape(lines[n - 1])}</a> " for n in noise if n < written[0])
    between = "".join(f"<span>{escape(lines[n - 1])}</span> " for n in noise if written[0] < n < written[-1])
    below = "".join(f"<div>{escape(lines[n - 1])}</div>" for n in noise if n > written[-1])
    text = "".join(f"<p>{escape(line)}</p>" for line in story.text.split("\n"))
    title = escape(story.title or "")
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>{title}</title></head><body>"
        f"<nav>{above}</nav><article><h1>{title}</h1><div class=info>{between}</div>{text}</article>"
        f"<footer>{below}</footer></body></html>"
    )
