"""The report: one HTML file that works offline, from the caveats to the articles behind each point.

`write_report(run_dir)` makes it. Read `page` first (what goes where), then `listing` (how a table is told)
and one room of tables, such as `findings`; `articles` packs the articles, `series` the trends, `library` the
plots, `gallery` the printed figures. The page's own files are in `assets/`: a template, a style, and the
script, one idea a file. The words are in `words/`, a file a language.
"""

from figures.report.page import NAME, render, write_report

__all__ = ["NAME", "render", "write_report"]
