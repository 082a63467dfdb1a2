"""How well reprints are found among simulated ones, by language, length and noise.

    python -m benchmarks.reprint_accuracy                 texts of the bundled sample's bank
    python -m benchmarks.reprint_accuracy FILE.jsonl.gz   texts of your own: `text` and `lang` a line

One row a corpus: articles, pairs of one family, precision and recall of the pairs said to be one text,
families that hold only what belongs together, and reprints traced to their family's first print.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Final

import pandas as pd

import corpus
from benchmarks.reprint_simulation import Conditions, Simulated, simulate

_LENGTHS: Final = ((150, 400), (400, 1000), (1000, 3000))
_LANGUAGES: Final = ("zh", "en", "ru")


@dataclass(frozen=True)
class Accuracy:
    """What was found against the truth: counts that can be added up over corpora."""

    articles: int
    pairs: int
    pairs_said: int
    pairs_right: int
    families_said: int
    families_pure: int
    reprints: int
    traced: int
    wrong: Counter[tuple[str, str]]

    @property
    def precision(self) -> float:
        """Share of the pairs said to be one text that are."""
        return self.pairs_right / max(1, self.pairs_said)

    @property
    def recall(self) -> float:
        """Share of the pairs that are one text that were said to be."""
        return self.pairs_right / max(1, self.pairs)

    @property
    def purity(self) -> float:
        """Share of the families said to be one that hold nothing else."""
        return self.families_pure / max(1, self.families_said)

    @property
    def trace(self) -> float:
        """Share of the reprints for which the family's first print was named."""
        return self.traced / max(1, self.reprints)


def measure(made: Simulated) -> Accuracy:
    """Find the reprints of a simulated corpus and compare them with its truth."""
    table = made.table()
    found = corpus.find_reprints(table)
    said = _groups(found.fillna(table["article_id"]))
    truth = _groups(made.families)
    right = Counter(frozenset(pair) for group in said for pair in combinations(group, 2))
    wanted = {frozenset(pair) for group in truth for pair in combinations(group, 2)}
    wrong = [tuple(sorted(made.kinds[place] for place in pair)) for pair in right if pair not in wanted]
    first = {
        made.families[group[0]]: min(group, key=lambda p: (made.dates[p], table["article_id"][p]))
        for group in truth
    }
    again = [
        place for place, family in enumerate(made.families) if family in first and first[family] != place
    ]
    return Accuracy(
        articles=len(table),
        pairs=len(wanted),
        pairs_said=len(right),
        pairs_right=sum(pair in wanted for pair in right),
        families_said=len(said),
        families_pure=sum(len({made.families[place] for place in group}) == 1 for group in said),
        reprints=len(again),
        traced=sum(found[place] == table["article_id"][first[made.families[place]]] for place in again),
        wrong=Counter((pair[0], pair[1]) for pair in wrong),
    )


def _groups(names: Iterable[object]) -> list[list[int]]:
    """The places of equal names, where there are two or more."""
    groups: dict[object, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        groups[name].append(place)
    return [group for group in groups.values() if len(group) > 1]


def stories_of_the_sample(lang: str) -> list[str]:
    """Texts of the bundled sample's bank."""
    from broadsheet.sample import compose_articles

    texts: list[str] = compose_articles(120, lang=lang, characters=2000, seed=91)["text"].tolist()
    return texts


def stories_of(paths: Sequence[Path]) -> dict[str, list[str]]:
    """Texts by language, from JSONL files."""
    frames = [pd.read_json(path, lines=True) for path in paths]
    table = pd.concat(frames, ignore_index=True)
    return {str(lang): group["text"].tolist() for lang, group in table.groupby("lang")}


def report(stories: Mapping[str, list[str]], *, noises: Sequence[tuple[float, float]], seed: int) -> None:
    """Print the table."""
    heads = (
        "lang",
        "characters",
        "noise",
        "of first",
        "articles",
        "pairs",
        "precision",
        "recall",
        "pure",
        "traced",
    )
    sys.stdout.write("| " + " | ".join(heads) + " |\n" + "|---" * len(heads) + "|\n")
    for lang, texts in stories.items():
        for lengths in _LENGTHS:
            for noise, noise_of_first in noises:
                conditions = Conditions(noise=noise, noise_of_first=noise_of_first, lengths=lengths)
                found = measure(simulate(texts, lang=lang, conditions=conditions, seed=seed))
                cells = [lang, f"{lengths[0]}–{lengths[1]}", f"{noise:.0%}", f"{noise_of_first:.0%}"]
                cells += [str(found.articles), str(found.pairs)]
                cells += [
                    f"{value:.3f}" for value in (found.precision, found.recall, found.purity, found.trace)
                ]
                wrong = ", ".join(f"{'–'.join(kinds)} {count}" for kinds, count in found.wrong.most_common(3))
                sys.stdout.write("| " + " | ".join(cells) + f" | {wrong}\n")
                sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--languages", nargs="*", default=None)
    parser.add_argument("--stories", type=int, default=120)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    given = (
        stories_of(chosen.files)
        if chosen.files
        else {lang: stories_of_the_sample(lang) for lang in _LANGUAGES}
    )
    kept = {
        lang: texts[: chosen.stories] for lang, texts in given.items() if lang in (chosen.languages or given)
    }
    report(kept, noises=((0.0, 0.0), (0.05, 0.0), (0.1, 0.0), (0.1, 0.1)), seed=chosen.seed)
