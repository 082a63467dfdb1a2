"""Shows the cut of a page in a terminal: line numbers, a band of colour for each segment, and the reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from corpus.explain import BLANK, BODY, BOILERPLATE, TITLE, visible

if TYPE_CHECKING:
    from rich.console import Console

    from corpus.cutting.page import Segment
    from corpus.explain import ExplainedLine, ExplainedPage

COLOURS: Final = ("cyan", "yellow", "green", "magenta", "blue", "red")
_MOST_ROWS: Final = 3
"""Rows of the terminal that a line of body text may take; the rest is told by its length."""


def show_page(page: ExplainedPage, console: Console) -> None:
    """Print a page line by line: where each segment begins, its kind, title and reasons, then its lines.

    The text of the page is data: no markup in it is read, and its control characters are made visible.
    """
    width = len(str(len(page.lines)))
    rows = _of_the_page(page, console)
    current: int | str | None = None
    for line in page.lines:
        place = line.segment or (line.reason or "in no segment" if line.role == BOILERPLATE else None)
        if place is not None and place != current:
            current = place
            rows.extend(_heading(page, line, width, console))
        rows.extend(_rows(line, width, console))
    for row in rows:
        console.print(row, no_wrap=True, overflow="ignore", crop=True)


def _of_the_page(page: ExplainedPage, console: Console) -> list[Text]:
    """Source and date of the page, how sure they are, and the words they were read from."""
    rows = []
    sure, basis = page.certainty
    for name, value, how, evidence in (
        ("source", page.source, sure, page.source_evidence),
        ("date", page.day, basis, page.date_evidence),
    ):
        told = Text(f"{value or 'not known'}")
        told.append(f"   {how}" if how else "", style="italic")
        told.append(f"   {visible(evidence or '')}", style="dim")
        rows.extend(_hung(Text(f"{name:8}", style="bold"), told, console))
    return rows


def _hung(label: Text, body: Text, console: Console, *, below: Text | None = None) -> list[Text]:
    """`body` folded into rows, the first behind `label`, the others behind `below` (by default blanks)."""
    indent = below or Text(" " * label.cell_len)
    folded = list(body.wrap(console, max(20, console.width - label.cell_len)))
    return [Text.assemble(label if place == 0 else indent, part) for place, part in enumerate(folded)]


def _heading(page: ExplainedPage, line: ExplainedLine, width: int, console: Console) -> list[Text]:
    """The rows over a segment: number, kind, title, parts of its headline, why; or why lines are left out."""
    indent = " " * (width + 1)
    if line.segment is None:
        reason = Text(f"left out: {visible(line.reason or 'in no segment')}", style="dim italic")
        return _hung(Text(f"{indent}  "), reason, console)
    segment = page.segments[line.segment - 1]
    colour = colour_of(line.segment)
    goes_on = line.number != _first_line(segment)
    told = Text(f"{line.segment} {segment.kind}{' goes on' if goes_on else ''}", style=f"bold {colour}")
    told.append(f"  {visible(segment.title or 'without a headline')}")
    bar = Text.assemble(indent, ("┃ ", colour))
    rows = _hung(Text.assemble(indent, ("┏ ", colour)), told, console, below=bar)
    if not goes_on:
        for name, words in (("kicker", segment.kicker), ("deck", segment.deck), ("byline", segment.byline)):
            if words:
                rows += _hung(bar, Text(f"{name}: {visible(words)}", style="dim"), console, below=bar)
    if segment.why and not goes_on:
        rows += _hung(
            bar, Text("why: " + visible("; ".join(segment.why)), style="italic"), console, below=bar
        )
    return rows


def _first_line(segment: Segment) -> int:
    return min(first for first, _ in segment.lines)


def colour_of(segment: int) -> str:
    """The colour of a segment; neighbours differ."""
    return COLOURS[(segment - 1) % len(COLOURS)]


def _rows(line: ExplainedLine, width: int, console: Console) -> list[Text]:
    """A line as rows of the terminal, each behind its number and band."""
    band = ("┃ ", colour_of(line.segment)) if line.segment else ("  ", "")
    label = Text.assemble((f"{line.number:{width}} ", "dim"), band)
    if line.role == BLANK:
        return [label]
    below = Text.assemble(" " * (width + 1), band)
    style = {TITLE: "bold reverse", BODY: "", BOILERPLATE: "dim"}.get(line.role, "bold")
    rows = _hung(label, Text(visible(line.text.rstrip()), style=style), console, below=below)
    if len(rows) <= _MOST_ROWS + 1:
        return rows
    hidden = sum(len(row.plain) - len(below.plain) for row in rows[_MOST_ROWS:])
    return [*rows[:_MOST_ROWS], Text.assemble(below, (f"… {hidden:,} characters more", "dim"))]
