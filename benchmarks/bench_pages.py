"""How well pages are cut, on simulated pages of which the truth is known, against a rule of a few lines.

    python -m benchmarks pages
    python -m benchmarks.bench_pages 1000

The first prints a row a language; the second the table of every phenomenon in Markdown, from so many
pages each (the table in `docs/page_reading.md`). The pages are those of `tests.corpus.simulator`, with
other seeds than the tests use. The rule is what one would write in ten minutes: a short line without a stop
begins a story.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from joblib import Parallel, delayed

from corpus.cutting.page import Page, Segment, cut_page
from tests.corpus.simulator.layout import Layout
from tests.corpus.simulator.phenomena import PHENOMENA
from tests.corpus.simulator.scoring import Score, mean, score
from tests.corpus.simulator.sheets import simulate

Row = dict[str, str | float]

PAGES = 5
SEED = 100_000
_SHORT = 30
_STOPS = "。！？.!?，,；;”"


def cut_by_rule(text: str) -> Page:
    """Begin a story at every short line without a stop that follows a longer one, or the page's top."""
    segments: list[list[int]] = []
    titles: list[str] = []
    above = ""
    for number, raw in enumerate(text.split("\n"), start=1):
        line = raw.strip()
        if not line:
            continue
        if not segments or (_is_short(line) and not _is_short(above)):
            segments.append([])
            titles.append(line)
        segments[-1].append(number)
        above = line
    return Page(
        tuple(
            Segment("article", tuple((n, n) for n in lines), title, None, "")
            for lines, title in zip(segments, titles, strict=True)
        ),
        (),
    )


def _is_short(line: str) -> bool:
    return 0 < len(line) <= _SHORT and line[-1] not in _STOPS


def measure(layout: Layout, *, pages: int, first: int = SEED) -> tuple[Score, Score]:
    """Mean scores of the cutter and of the rule over `pages` pages of a layout, from the seed `first` on."""
    ours, rule = [], []
    for seed in range(first, first + pages):
        sheet = simulate(layout, seed=seed)
        ours.append(score(sheet, cut_page(sheet.text)))
        rule.append(score(sheet, cut_by_rule(sheet.text)))
    return mean(ours), mean(rule)


def run() -> list[Row]:
    """Rows of the benchmark: name, unit, ours, peer, ratio."""
    rows: list[Row] = []
    for lang, layouts in PHENOMENA.items():
        measured = [measure(layout, pages=PAGES) for layout in layouts.values()]
        ours, rule = (mean(pair[k] for pair in measured) for k in (0, 1))
        name = f"{PAGES * len(layouts)} simulated pages cut, {lang} (peer: a rule)"
        rows.append(_row(f"b-cubed F1 of {name}", ours.b3, rule.b3))
        rows.append(_row(f"titles found on {name}", ours.title or 0.0, rule.title or 0.0))
    return rows


def _row(name: str, ours: float, peer: float) -> Row:
    return {"name": name, "unit": "share", "ours": ours, "peer": peer, "ratio": ours / (peer or 1e-9)}


def table(pages: int) -> Iterator[str]:
    """Yield the lines of the Markdown table of every phenomenon, measured on two processes."""
    jobs = [(lang, name, layout) for lang, layouts in PHENOMENA.items() for name, layout in layouts.items()]
    scores = Parallel(n_jobs=2, return_as="generator")(
        delayed(measure)(layout, pages=pages) for _, _, layout in jobs
    )
    yield "| | b3 | p | r | title | noise | rule: b3 | title |"
    yield "|---|---|---|---|---|---|---|---|"
    for (lang, name, _), (ours, rule) in zip(jobs, scores, strict=True):
        cells = (ours.b3, ours.precision, ours.recall, ours.title, ours.noise, rule.b3, rule.title)
        yield f"| {lang}: {name} | {' | '.join(_cells(cells))} |"


def _cells(values: Iterable[float | None]) -> Iterator[str]:
    return ("" if value is None else f"{value:.3f}".lstrip("0") for value in values)


if __name__ == "__main__":
    for line in table(int(sys.argv[1]) if len(sys.argv) > 1 else 100):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
