"""Learn the weights by which the one story of a site's page is found (`corpus.cutting.post_model`).

    python -m benchmarks.post_fit FOLDER            cross-validated figures, and the weights into the package
    python -m benchmarks.post_fit FOLDER --score    the figures of the package's weights on these pages

FOLDER has pages (`NAME.txt`) and their labels (`NAME.lab`, rows of `FIRST-LAST LETTER` by line number, each
line that isn't blank in one row): T headline, K kicker or deck, A text, B byline, S the site's; or the row
`skip` alone. `NAME.json` may hold `{"site": …}`: pages of one site stay together in cross-validation.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from corpus.cutting.furniture import mark_furniture
from corpus.cutting.lines import Line, read_lines
from corpus.cutting.post import find_post
from corpus.cutting.post_lines import describe
from corpus.cutting.post_model import BIAS, KINDS, Weights, package_weights

WEIGHTS: Final = Path("corpus/data/post_weights.csv")
_REGULARISATION: Final = 0.002
_PRIOR: Final = 0.7
"""How much of each kind's share is taken out, so that the sequence and not the share decides."""
_HEADLINE: Final = 3.0
"""What a headline weighs beside another line: there is one a page."""
_FOLDS: Final = 5


@dataclass(frozen=True)
class Labelled:
    """A page: its lines, the letter of each, its site, and the numbers of its lines."""

    site: str
    lines: list[Line]
    letters: list[str]
    numbers: list[dict[str, float]]


def read_labelled(folder: Path) -> Iterator[Labelled]:
    """Yield the pages of a folder that have a story."""
    for path in sorted(folder.glob("*.lab")):
        rows = path.read_text("utf-8").split("\n")
        if rows[0].strip() == "skip":
            continue
        letter: dict[int, str] = {}
        for row in filter(str.strip, rows):
            place, said = row.split()
            first, _, last = place.partition("-")
            letter |= dict.fromkeys(range(int(first), int(last or first) + 1), said)
        lines = read_lines(path.with_suffix(".txt").read_text("utf-8"))
        letters = [letter[line.number] for line in lines]
        known = path.with_suffix(".json")
        site = json.loads(known.read_text("utf-8"))["site"] if known.is_file() else path.stem
        if "A" in letters:
            yield Labelled(site, lines, letters, describe(lines, mark_furniture(lines)))


def kinds_of(letters: Sequence[str]) -> list[str]:
    """Return the kind of each line; what is the site's goes by where it stands."""
    text = [index for index, letter in enumerate(letters) if letter == "A"]
    title = letters.index("T") if "T" in letters else text[0]
    told = {"T": "headline", "A": "text", "K": "byline", "B": "byline"}
    return [
        told.get(letter)
        or ("above" if i < title else "head" if i < text[0] else "within" if i < text[-1] else "below")
        for i, letter in enumerate(letters)
    ]


def fit(pages: Sequence[Labelled]) -> Weights:
    """Learn the weights on some pages."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    names = tuple(pages[0].numbers[0])
    values = np.array([[line[name] for name in names] for page in pages for line in page.numbers])
    kinds = np.array([KINDS.index(kind) for page in pages for kind in kinds_of(page.letters)])
    weight = np.concatenate(
        [[np.sqrt(min(line.width, 60) + 6) / len(page.lines) ** 0.3 for line in page.lines] for page in pages]
    )
    weight *= np.where(kinds == KINDS.index("headline"), _HEADLINE, 1.0)
    scale = StandardScaler().fit(values)
    model = LogisticRegression(C=_REGULARISATION, max_iter=1_000)
    model.fit(scale.transform(values), kinds, sample_weight=weight)
    slopes = model.coef_ / scale.scale_
    share = np.bincount(kinds, weights=weight, minlength=len(KINDS)) / weight.sum()
    bias = model.intercept_ - slopes @ scale.mean_ - _PRIOR * np.log(share)
    return Weights(names, slopes.T, bias)


def write(weights: Weights, path: Path) -> None:
    """Write the table of weights."""
    with path.open("w", encoding="utf-8", newline="") as table:
        rows = csv.writer(table, lineterminator="\n")
        rows.writerow(["number", *KINDS])
        for name, values in zip([*weights.names, BIAS], [*weights.slopes, weights.bias], strict=True):
            rows.writerow([name, *(f"{value:.4g}" for value in values)])


@dataclass(frozen=True)
class Figures:
    """The share of the site's characters let in, and of the story's lost; whether the headline is known."""

    let_in: float | None
    lost: float
    headline: bool | None


def measure(page: Labelled, weights: Weights | None) -> Figures:
    """Hold the lines of a page against its labels, as some weights part them, or the rules alone (None)."""
    marks = mark_furniture(page.lines)
    post = find_post(page.lines, marks, weights) if weights else None
    kept = [mark is None for mark in (post.marks if post else marks)]
    size: Counter[tuple[str, bool]] = Counter()
    for line, letter, inside in zip(page.lines, page.letters, kept, strict=True):
        size[letter, inside] += len("".join(line.text.split()))
    site, story = size["S", True] + size["S", False], size["A", True] + size["A", False]
    titles = [line.number for line, letter in zip(page.lines, page.letters, strict=True) if letter == "T"]
    found = post.kinds[titles[-1]] == "headline" if post and titles else None
    return Figures(size["S", True] / site if site else None, size["A", False] / story, found)


def main() -> None:
    """Print the figures of all pages, each by weights of other sites' pages; write the weights of all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--score", action="store_true", help="the package's weights on these pages; write nothing"
    )
    chosen = parser.parse_args()
    pages = list(read_labelled(chosen.folder))
    _tell("rules alone", [measure(page, None) for page in pages])
    if chosen.score:
        _tell("the package's weights", [measure(page, package_weights()) for page in pages])
        return
    _tell("weights of other sites' pages", list(_cross_validated(pages)))
    write(fit(pages), WEIGHTS)


def _cross_validated(pages: Sequence[Labelled]) -> Iterator[Figures]:
    """Measure each page by weights that were learned without the pages of its site."""
    from sklearn.model_selection import GroupKFold

    sites = [page.site for page in pages]
    for train, held in GroupKFold(_FOLDS).split(pages, groups=sites):
        weights = fit([pages[index] for index in train])
        yield from (measure(pages[index], weights) for index in held)


def _tell(name: str, figures: Sequence[Figures]) -> None:
    """Print means over pages."""
    let_in = [each.let_in for each in figures if each.let_in is not None]
    titles = [each.headline for each in figures if each.headline is not None]
    let, lost = (sum(values) / len(values) for values in (let_in, [each.lost for each in figures]))
    told = f", headlines of {len(titles)} {sum(titles) / len(titles):.3f}" if titles else ""
    sys.stdout.write(f"{name}, {len(figures)} pages: let in {let:.3f}, lost {lost:.4f}{told}\n")


if __name__ == "__main__":
    main()
