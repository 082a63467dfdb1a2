"""The cut of one page as a picture: its lines in columns, a band of colour for each segment, and why."""

from __future__ import annotations

import textwrap
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from corpus.explain import BLANK, HEADLINE, TITLE, visible
from figures.fonts import families_for
from figures.glyphs import check, missing
from figures.style import MM, TWO_COLUMN, look, using

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from corpus.explain import ExplainedLine, ExplainedPage

_STYLE: Final = TWO_COLUMN
ROW: Final = 2.6
"""Height of a line in millimetres."""
COLUMN: Final = 92.0
"""Width of a column in millimetres."""
_LEFT: Final = 9.0
"""Millimetres of a column before the text: the line number and the band."""
_EM: Final = _STYLE.small * 25.4 / 72
_LATIN: Final = 0.53
"""Width in ems of a Latin letter."""
_LACKING: Final = "\u25a1"


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the picture."""

    text: str
    colour: str = _STYLE.ink
    size: float = _STYLE.small
    number: str = ""
    band: str | None = None
    filled: bool = False


def draw_page(page: ExplainedPage) -> Figure:
    """Draw a page as it was cut: every line beside its number, its segment's band and, where one begins, why.

    Titles stand on their segment's colour, boilerplate is grey. Long lines are shortened. Characters that no
    font of the style has are drawn as boxes, for the page's text is data.
    """
    scripts = families_for("".join(line.text for line in page.lines))
    with using(_STYLE, scripts), look():
        return _drawn(_rows(page), scripts)


def _drawn(rows: list[_Row], scripts: tuple[str, ...]) -> Figure:
    """Set the rows in columns."""
    from figures.shown import ShownFigure

    per_column = int((_STYLE.tallest - 8) / ROW)
    columns = -(-len(rows) // per_column)
    deepest = min(len(rows), per_column)
    width, height = columns * COLUMN + 4, deepest * ROW + 8
    figure = ShownFigure(_STYLE, scripts, figsize=(width * MM, height * MM))
    ax = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    ax.set(xlim=(0, width), ylim=(height, 0))
    ax.axis("off")
    for place, row in enumerate(rows):
        _draw_row(ax, row, x=2 + place // per_column * COLUMN, y=4 + place % per_column * ROW)
    check(figure)
    return figure


def _rows(page: ExplainedPage) -> list[_Row]:
    rows = [
        _Row(
            f"{page.name}   {page.source or 'source not known'}   {page.day or 'date not known'}",
            size=_STYLE.font_size,
        ),
        _Row(f"source: {_ground(page.certainty[0], page.source_evidence)}", _STYLE.grey, _STYLE.tiny),
        _Row(f"date: {_ground(page.certainty[1], page.date_evidence)}", _STYLE.grey, _STYLE.tiny),
    ]
    current: int | str | None = None
    for line in page.lines:
        if line.role == BLANK:
            continue
        place = line.segment or line.reason or "in no segment"
        if place != current:
            current = place
            rows.extend(_heading(page, line))
        rows.append(_line_row(line))
    return rows


def _ground(certainty: str, evidence: str | None) -> str:
    """How sure something is, and the words it was read from."""
    return "; ".join(part for part in (certainty, evidence) if part) or "nothing"


def _heading(page: ExplainedPage, line: ExplainedLine) -> list[_Row]:
    if line.segment is None:
        return [_Row(""), _Row(f"left out: {line.reason or 'in no segment'}", _STYLE.grey, _STYLE.tiny)]
    segment = page.segments[line.segment - 1]
    colour = _colour(line.segment)
    goes_on = line.number != min(first for first, _ in segment.lines)
    first = f"{line.segment} {segment.kind}{' goes on' if goes_on else ''}: {segment.title or 'no headline'}"
    rows = [_Row(""), _Row(first, colour, _STYLE.font_size, band=colour)]
    if segment.why and not goes_on:
        rows += [
            _Row(told, _STYLE.grey, _STYLE.tiny, band=colour)
            for told in _folded("why: " + "; ".join(segment.why))
        ]
    return rows


def _folded(text: str) -> list[str]:
    """A text in small type over as many rows as it needs, parted between words."""
    return textwrap.wrap(text, int((COLUMN - _LEFT - 2) / (_STYLE.tiny / _STYLE.small * _EM) / _LATIN))


def _line_row(line: ExplainedLine) -> _Row:
    if line.segment is None:
        return _Row(line.text, _STYLE.grey, number=str(line.number))
    return _Row(
        line.text,
        number=str(line.number),
        size=_STYLE.font_size if line.role in (TITLE, HEADLINE) else _STYLE.small,
        band=_colour(line.segment),
        filled=line.role == TITLE,
    )


def _colour(segment: int) -> str:
    return _STYLE.palette[(segment - 1) % len(_STYLE.palette)]


def _draw_row(ax: Axes, row: _Row, *, x: float, y: float) -> None:
    from matplotlib.patches import Rectangle

    if row.band:
        wide = COLUMN - _LEFT - 1 if row.filled else 1.0
        ax.add_patch(Rectangle((x + _LEFT - 2.2, y), 1.0, ROW, color=row.band, lw=0))
        if row.filled:
            ax.add_patch(Rectangle((x + _LEFT - 0.6, y), wide, ROW, color=row.band, alpha=0.18, lw=0))
    middle = y + ROW / 2
    ax.text(
        x + _LEFT - 3.2, middle, row.number, color=_STYLE.grey, fontsize=_STYLE.tiny, ha="right", va="center"
    )
    room = (COLUMN - _LEFT - 2) / (row.size / _STYLE.small * _EM)
    ax.text(x + _LEFT, middle, _fitted(row.text, room), color=row.colour, fontsize=row.size, va="center")


def _fitted(text: str, room: float) -> str:
    """As much of a text as `room` ems hold, with what no font has drawn as boxes."""
    shown = visible(text.strip())
    lacking = set(missing(shown))
    taken = 0.0
    for place, character in enumerate(shown):
        taken += 1.0 if unicodedata.east_asian_width(character) in "WFA" else _LATIN
        if taken > room:
            shown = shown[: max(0, place - 1)] + "…"
            break
    return "".join(_LACKING if character in lacking else character for character in shown)
