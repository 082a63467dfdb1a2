"""Tables to pictures.

`draw(name, tables)` gives a matplotlib figure, `redraw(run_dir)` writes all of them from a run's saved
tables, and `write_report(run_dir)` writes the page that people read. Read `style` (the look), `fonts` and
`shares` (how a share over time is drawn) first, then one figure, such as `trend_by_theme`: each has its
`data`, `draw` and `caption` in a room of its own. `panels` and `rows` are the two kinds of layout, `text` and
`glyphs` see to labels; `registry` is the table of figures, `files` writes one, `redraw` is the loop over all,
`report` the page.
"""

from figures.errors import FigureNotDrawn, FiguresFailed, MissingGlyph
from figures.redraw import redraw
from figures.registry import caption, draw, names
from figures.report import write_report
from figures.style import Style, read_style
from figures.tables import RunFolderError

__all__ = [
    "FigureNotDrawn",
    "FiguresFailed",
    "MissingGlyph",
    "RunFolderError",
    "Style",
    "caption",
    "draw",
    "names",
    "read_style",
    "redraw",
    "write_report",
]
