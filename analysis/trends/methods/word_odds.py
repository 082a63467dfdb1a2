"""Log-odds of words in two sets of articles, with errors clustered by issue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.trends.panel import Floats
from analysis.trends.periods import Integers


@dataclass(frozen=True)
class WordCounts:
    """Words of G issues.

    `counts` (G, V) sparse; `later` and `source` (G,); `words` (V,); `weights` (G, 2): what the words of the
    issue's source weigh on the earlier and on the later side, so that both have the same mix of sources.
    """

    counts: Any
    later: NDArray[np.bool_]
    source: Integers
    words: tuple[str, ...]
    weights: Floats

    @classmethod
    def of(
        cls, lists: Sequence[Sequence[str]], later: NDArray[np.bool_], source: Integers, issue: Integers
    ) -> WordCounts:
        """Count words by issue: `lists` of articles with the side, source and issue of each."""
        from scipy.sparse import csr_matrix

        lengths = np.array([len(words) for words in lists])
        flat = [word for words in lists for word in words]
        vocabulary = tuple(sorted(set(flat)))
        place = {word: column for column, word in enumerate(vocabulary)}
        # An issue lies on one side: it is one source on one day.
        _, first, code = np.unique(issue, return_index=True, return_inverse=True)
        rows, columns = np.repeat(code, lengths), np.array([place[word] for word in flat], dtype=np.int64)
        shape = (len(first), len(vocabulary))
        counts = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)
        of_issue = np.asarray(source[first], dtype=np.int64)
        return cls(counts, later[first], of_issue, vocabulary, _mix_weights(later, source)[of_issue])


def log_odds(
    later: Floats, earlier: Floats, *, prior: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return Monroe, Colaresi & Quinn's log-odds ratio of V words and its variance if words were independent.

    Parameters
    ----------
    later, earlier
        (V,) counts.
    prior
        α, spread over the words by their frequency in both together.
    """
    alpha = prior * (later + earlier) / (later + earlier).sum()
    sides = []
    for count in (later, earlier):
        on = count + alpha
        sides.append(np.log(on) - np.log(count.sum() + prior - on))
    variance = 1 / (later + alpha) + 1 / (earlier + alpha)
    return np.asarray(sides[0] - sides[1]), np.asarray(variance)


def compare_words(counts: WordCounts, *, prior: float, level: float, least: int) -> dict[str, NDArray[Any]]:
    """Return word, before, after, log_odds, low, high, z and p of the words that stand in `least` issues."""
    from scipy.stats import t

    own = np.where(counts.later, counts.weights[:, 1], counts.weights[:, 0])
    table = counts.counts.multiply(own[:, None]).tocsr()
    table.eliminate_zeros()
    holding = table.getnnz(axis=0)
    totals, spread, fourth = [], [], []
    for side in (counts.later, ~counts.later):
        mine = table[np.flatnonzero(side)]
        total = np.asarray(mine.sum(axis=0)).ravel()
        words_of_issue = np.asarray(mine.sum(axis=1)).ravel()
        share = total / total.sum()
        around, around_fourth = (_moment(mine, words_of_issue, share, order) for order in (2, 4))
        issues = side.sum()
        alpha = prior * np.asarray(table.sum(axis=0)).ravel() / table.sum()
        pull = 1 / (total + alpha) + 1 / (total.sum() + prior - total - alpha)
        totals.append(total)
        # A word that a side hasn't got has no variance there of its own to show.
        spread.append(np.maximum(around * pull**2 * issues / max(issues - 1, 1), 1 / (total + alpha)))
        fourth.append(around_fourth * pull**4)
    estimate, _ = log_odds(totals[0], totals[1], prior=prior)
    variance = spread[0] + spread[1]
    kept = np.flatnonzero((holding >= least) & (variance > 0))
    error = np.sqrt(variance[kept])
    z = estimate[kept] / error
    clumps = 3 * variance[kept] ** 2 / np.maximum(fourth[0] + fourth[1], 1e-300)[kept]
    degrees = np.maximum(np.minimum(holding[kept] - 1.0, clumps), 1.0)
    reach = t.ppf((1 + level) / 2, degrees) * error
    return {
        "word": np.array(counts.words, dtype=object)[kept],
        "before": 1000 * totals[1][kept] / totals[1].sum(), "after": 1000 * totals[0][kept] / totals[0].sum(),
        "log_odds": estimate[kept], "low": estimate[kept] - reach, "high": estimate[kept] + reach,
        "z": z, "p": 2 * t.sf(np.abs(z), degrees),
    }  # fmt: skip


def _moment(table: Any, words: Floats, share: Floats, order: int) -> Floats:
    """Return (V,) sums over issues of (count - share · words of the issue) to an even power."""
    from scipy.special import comb

    total = share**order * (words**order).sum()
    for power in range(1, order + 1):
        mixed = np.asarray(table.power(power).T @ words ** (order - power)).ravel()
        total = total + comb(order, power) * (-share) ** (order - power) * mixed
    return np.asarray(np.maximum(total, 0.0))


def divergence_p(counts: WordCounts, permutations: int, rng: np.random.Generator) -> tuple[float, float]:
    """Return the Jensen–Shannon divergence of the two sides in bits, and its p by permuting issues' sides."""
    sides = np.empty((permutations + 1, len(counts.later)), dtype=bool)
    sides[0] = counts.later
    for code in np.unique(counts.source):
        mine = np.flatnonzero(counts.source == code)
        sides[1:, mine] = rng.permuted(np.tile(counts.later[mine], (permutations, 1)), axis=1)
    after = np.asarray((sides * counts.weights[:, 1]) @ counts.counts)
    before = np.asarray((~sides * counts.weights[:, 0]) @ counts.counts)
    found = _divergence(after, before)
    reached = (found[1:] >= found[0] - 1e-12).sum()
    return float(found[0]), float((1 + reached) / (1 + permutations))


def _divergence(one: Floats, other: Floats) -> Floats:
    """Return (B,) Jensen–Shannon divergences in bits of (B, V) counts."""
    from scipy.special import xlogy

    p, q = (np.maximum(part, 0.0) / part.sum(axis=1, keepdims=True) for part in (one, other))
    middle = (p + q) / 2
    safe = np.where(middle > 0, middle, 1.0)
    return np.asarray((xlogy(p, p / safe) + xlogy(q, q / safe)).sum(axis=1) / 2 / np.log(2))


def _mix_weights(later: NDArray[np.bool_], source: Integers) -> Floats:
    """Return (S, 2) weights that give each source its part of all articles on both sides, 0 if it has one."""
    size = int(source.max()) + 1
    sides = np.column_stack([np.bincount(source[side], minlength=size) for side in (~later, later)])
    both = np.asarray((sides > 0).all(axis=1))
    if not both.any():
        return np.ones((size, 2))
    total = np.where(both, sides.sum(axis=1), 0.0)
    wanted = total[:, None] / total.sum() * sides[both].sum(axis=0)
    return np.asarray(np.divide(wanted, sides, out=np.zeros((size, 2)), where=both[:, None]))
