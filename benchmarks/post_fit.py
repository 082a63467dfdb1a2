"""Learn the weights by which the one story of a site's page is found (`corpus.cutting.post_model`).

    python -m benchmarks.post_pages FOLDER          fetch the pages that the package's were learned from
    python -m benchmarks.post_fit FOLDER            cross-validated figures, and the weights into the package
    python -m benchmarks.post_fit FOLDER --score    the figures of the package's weights on these pages

Each page is learned from whole, cut to 25 lines around its story, cut to a few lines around it, and with a
story of a few lines; simulated pages are added. FOLDER has pages (`NAME.txt`) and their labels
(`NAME.lab`, rows of `FIRST-LAST LETTER` by line number, each line that isn't blank in one row): T headline, K
kicker or deck, A text, B byline, S the site's; or the row `skip` alone. `NAME.json` may hold `{"site": …}`:
pages of one site stay together in cross-validation.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from random import Random
from typing import Final

import numpy as np
from joblib import Parallel, delayed

import corpus
from benchmarks.post_examples import Labelled, cut_around, cut_narrow, cut_short, read_labelled, simulated
from corpus.cutting.lines import is_dense
from corpus.cutting.page import cut_page
from corpus.cutting.post_model import BIAS, KINDS, Weights, package_weights

WEIGHTS: Final = Path(corpus.__file__).parent / "data" / "post_weights.csv"
_REGULARISATION: Final = 0.02
_PRIOR: Final = 0.7
"""How much of each kind's share is taken out, so that the sequence and not the share decides."""
_HEADLINE: Final = 3.0
"""What a headline weighs beside another line: there is one a page."""
_FOLDS: Final = 5
_SEED: Final = 3


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
    """Learn the weights on some pages; ValueError where a kind of lines is in none of them."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    names = tuple(pages[0].numbers[0])
    values = np.array([[line[name] for name in names] for page in pages for line in page.numbers])
    kinds = np.array([KINDS.index(kind) for page in pages for kind in kinds_of(page.letters)])
    if missing := sorted({*KINDS} - {KINDS[kind] for kind in kinds}):
        raise ValueError(f"no page has a line of the kind {missing[0]!r}; label more of them")
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
    """What came out on a page.

    Attributes
    ----------
    let_in
        Share of the site's characters that are in a piece; None where there is none of the site.
    lost
        Share of the story's characters that are in no piece.
    headline
        Whether the piece with most of the story has its headline; None where the page shows none.
    whole
        Share of the story's characters that are in one piece.
    pieces
        How many pieces the page was cut into.
    """

    let_in: float | None
    lost: float
    headline: bool | None
    whole: float
    pieces: int


def rules_alone() -> Weights:
    """Return weights by which no line is a story's text, so that no page is taken for a post."""
    bias = np.where(np.array(KINDS) == "text", -np.inf, 0.0)
    return Weights((), np.empty((0, len(KINDS))), bias)


def measure(page: Labelled, weights: Weights) -> Figures:
    """Cut a page by some weights and hold it against its labels."""
    found = cut_page(page.text, weights).segments
    place = {n: i for i, each in enumerate(found) for a, b in each.lines for n in range(a, b + 1)}
    size: Counter[tuple[str, int | None]] = Counter()
    for line, letter in zip(page.lines, page.letters, strict=True):
        size[letter, place.get(line.number)] += len("".join(line.text.split()))
    story = {i: count for (letter, i), count in size.items() if letter == "A"}
    site = {i: count for (letter, i), count in size.items() if letter == "S"}
    told = {i: count for i, count in story.items() if i is not None}
    best = max(told, key=lambda i: told[i], default=None)
    said = [line.text for line, letter in zip(page.lines, page.letters, strict=True) if letter == "T"]
    accepted = {_letters(text) for text in (said[0], said[-1], "".join(said))} if said else set()
    title = found[best].title if best is not None else None
    total = sum(story.values())
    return Figures(
        let_in=1 - site.get(None, 0) / sum(site.values()) if site else None,
        lost=story.get(None, 0) / total,
        headline=_letters(title or "") in accepted if said else None,
        whole=max(told.values(), default=0) / total,
        pieces=len(found),
    )


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def main() -> None:
    """Print the figures of all pages, each by weights of other sites' pages; write the weights of all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--score", action="store_true", help="the package's weights on these pages; write nothing"
    )
    chosen = parser.parse_args()
    pages = list(read_labelled(chosen.folder))
    if not pages:
        raise SystemExit(f"{chosen.folder} has no labelled page with a story: NAME.txt and NAME.lab")
    sets = _cuts(pages)
    for name, examples in sets.items():
        _tell(f"{name}, rules alone", examples, _measured(examples, rules_alone()))
    if chosen.score:
        for name, examples in sets.items():
            _tell(f"{name}, the package's weights", examples, _measured(examples, package_weights()))
        return
    made = list(simulated())
    for name, figures in _cross_validated(sets, made).items():
        _tell(f"{name}, weights of other sites' pages", sets[name], figures)
    write(fit([*chain.from_iterable(sets.values()), *made]), WEIGHTS)


def _cuts(pages: Sequence[Labelled]) -> dict[str, list[Labelled]]:
    """Return the pages whole and cut in three ways; the same pages give the same cuts."""
    random = Random(_SEED)
    return {
        "whole": list(pages),
        "25 lines around": [cut_around(page) for page in pages],
        "a few lines around": [cut_narrow(page, random) for page in pages],
        "a short story": [cut_short(page, random) for page in pages],
    }


def _cross_validated(
    sets: Mapping[str, Sequence[Labelled]], made: Sequence[Labelled]
) -> dict[str, list[Figures]]:
    """Return the figures of the pages by weights that were learned without pages of their site."""
    from sklearn.model_selection import GroupKFold

    pages = next(iter(sets.values()))
    found: dict[str, dict[int, Figures]] = {name: {} for name in sets}
    for train, held in GroupKFold(_FOLDS).split(pages, groups=[page.site for page in pages]):
        weights = fit([*(examples[index] for examples in sets.values() for index in train), *made])
        for name, examples in sets.items():
            figures = _measured([examples[index] for index in held], weights)
            found[name] |= zip(held.tolist(), figures, strict=True)
    return {name: [figures[index] for index in range(len(pages))] for name, figures in found.items()}


def _measured(pages: Sequence[Labelled], weights: Weights) -> list[Figures]:
    """Measure pages on all cores; their numbers, which are large, stay here."""
    bare = (replace(page, numbers=[]) for page in pages)
    return list(Parallel(n_jobs=-1, batch_size=16)(delayed(measure)(page, weights) for page in bare))


def _tell(name: str, pages: Sequence[Labelled], figures: Sequence[Figures]) -> None:
    """Print means over pages: of all, and of those in scripts without spaces and the others."""
    dense = [is_dense(_story(page)) for page in pages]
    for which, chosen in (
        ("all", list(figures)),
        ("without spaces", [each for each, is_one in zip(figures, dense, strict=True) if is_one]),
        ("with spaces", [each for each, is_one in zip(figures, dense, strict=True) if not is_one]),
    ):
        means = {
            field: [value for each in chosen if (value := getattr(each, field)) is not None]
            for field in ("let_in", "lost", "headline", "whole", "pieces")
        }
        said = ", ".join(
            f"{field} {sum(values) / len(values):.3f}" for field, values in means.items() if values
        )
        sys.stdout.write(f"{name}, {which}: {len(chosen)} pages, {said}\n")


def _story(page: Labelled) -> str:
    """The beginning of a page's story."""
    told = (line.text for line, letter in zip(page.lines, page.letters, strict=True) if letter == "A")
    return "\n".join(told)[:3000]


if __name__ == "__main__":
    main()
