"""How a cut compares with the truth of a page: B-cubed over lines, titles, boilerplate let in.

B-cubed: Bagga & Baldwin (1998), “Entity-based cross-document coreferencing using the vector space model”;
each line that holds text counts by its characters, and one that is in no article is a cluster of its own.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from corpus.cutting.page import Page, cut_page
from tests.corpus.simulator.sheets import Sheet

_HEADED = frozenset({"article", "caption", "continuation"})


@dataclass(frozen=True)
class Score:
    """Figures of one page, or means over pages; None where the truth has no headline, or no boilerplate."""

    b3: float
    precision: float
    recall: float
    title: float | None
    noise: float | None


def score(sheet: Sheet, page: Page | None = None) -> Score:
    """Cut a simulated page (or take its cut) and score it."""
    found = cut_page(sheet.text) if page is None else page
    lines = sheet.text.split("\n")
    cluster, noise, heads = _read(sheet.truth)
    weight = {n: max(1, len(lines[n - 1].strip())) for n in [*cluster, *noise]}
    placed = {n: i for i, segment in enumerate(found.segments) for n in expand(segment.lines)}
    precision, recall = _b_cubed(weight, cluster, placed)
    held: dict[str, Counter[int]] = defaultdict(Counter)
    for n, owner in cluster.items():
        if n in placed:
            held[owner][placed[n]] += weight[n]
    right = [
        bool(held[owner])
        and squeeze(found.segments[held[owner].most_common(1)[0][0]].title) in map(squeeze, accept)
        for owner, accept in heads
    ]
    let_in = sum(weight[n] for n in noise if n in placed)
    return Score(
        b3=2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        precision=precision,
        recall=recall,
        title=sum(right) / len(right) if right else None,
        noise=let_in / sum(weight[n] for n in noise) if noise else None,
    )


def mean(scores: Iterable[Score]) -> Score:
    """Means over pages, each figure over the pages that have it."""
    rows = list(scores)
    columns = {
        name: [value for row in rows if (value := getattr(row, name)) is not None]
        for name in ("b3", "precision", "recall", "title", "noise")
    }
    return Score(**{name: sum(of) / len(of) if of else None for name, of in columns.items()})  # type: ignore[arg-type]


def _read(truth: dict[str, Any]) -> tuple[dict[int, str], set[int], list[tuple[str, list[str]]]]:
    """Owner of each line, lines of boilerplate, and the headlines with their other readings."""
    cluster: dict[int, str] = {}
    noise: set[int] = set()
    heads: list[tuple[str, list[str]]] = []
    for segment in truth["segments"]:
        owner = segment.get("belongs_to") or segment["id"]
        for n in expand(segment["lines"]):
            if segment["kind"] == "boilerplate":
                noise.add(n)
            else:
                cluster[n] = owner
        if segment["kind"] in _HEADED and segment["headline"]:
            heads.append((owner, [segment["headline"], *segment["headline_accept"]]))
    return cluster, noise, heads


def _b_cubed(weight: dict[int, int], truth: dict[int, str], placed: dict[int, int]) -> tuple[float, float]:
    both: Counter[tuple[str, object]] = Counter()
    in_found: Counter[object] = Counter()
    in_truth: Counter[str] = Counter()
    for n, owner in truth.items():
        place: object = placed.get(n, ("nowhere", n))
        both[owner, place] += weight[n]
        in_found[place] += weight[n]
        in_truth[owner] += weight[n]
    total = sum(in_truth.values()) or 1
    precision = sum(count * count / in_found[place] for (_, place), count in both.items()) / total
    recall = sum(count * count / in_truth[owner] for (owner, _), count in both.items()) / total
    return precision, recall


def expand(ranges: Iterable[Iterable[int]]) -> list[int]:
    """Numbers of the lines of ranges."""
    return [n for first, last in ranges for n in range(first, last + 1)]


def squeeze(text: str | None) -> str:
    """A headline as it is compared: letters and figures, in one case."""
    return re.sub(r"[\W_]+", "", text or "").casefold()
