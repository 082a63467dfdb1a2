"""Tells a text misread by a scanner from one whose words were exchanged, by how the differences lie.

A hidden Markov model with two states walks along an alignment. In the *text* every character differs with
one probability e, whatever stands beside it: that is scanning. In a *slot* nearly every character differs:
that is another word. The model's likelihood is taken for every e of a grid and for shares of slots that an
editor's hand leaves (at most 2 %) and those of a pattern filled in anew (5 % and more); which of the two
explains the alignment better decides (Rabiner 1989 for the model and its forward algorithm).

Numbers are weighed under the same e, digit by digit: in a reprint some of its digits were misread, and it
hardly ever is another; a pattern filled in anew has another one, of which few digits are the same by chance,
in a fifth of the places and more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from corpus.alignment import Run

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NOISE: Final = (0.001, 0.01, 0.03, 0.06, 0.1, 0.14, 0.18, 0.22, 0.27)
_REPRINT: Final = (0.0, 0.01, 0.02)
_PATTERN: Final = (0.05, 0.1, 0.2, 0.35, 0.5)
_SHARES: Final = _REPRINT + _PATTERN
_DIFFERS: Final = {True: 0.93, False: 0.72}
"""Probability that a character of a slot differs, in scripts without spaces and in others: where many edits
are needed, the fewest leave chance equals."""
_LENGTH: Final = {True: 4.0, False: 9.0}
"""Mean length of a slot, in characters."""
_LONGEST: Final = 64
_CORRECTED: Final = 0.02
"""Share of the numbers that are others in a reprint, misreading aside."""
_FILLED: Final = (0.2, 0.5, 0.8)
"""Shares of the numbers that a pattern filled in anew has others of."""
_OTHER_DIGIT: Final = 0.85
"""Probability that a digit differs where another number stands: the fewest edits leave chance equals."""
_RARER: Final = 12.0
"""Nats by which an e of 1 would be rarer than none: scans are seldom misread at every tenth character."""
_FEW: Final = 2.0
"""Log-likelihood that numbers filled in anew must gain to count: one or two that differ prove nothing."""


@dataclass(frozen=True)
class Verdict:
    """What the likelihoods say.

    Attributes
    ----------
    evidence
        Log-likelihood of a pattern filled in anew less that of a reprint: above 0 the pattern is likelier.
    any_slot
        Log-likelihood of a share of slots of 2 % or more less that of none.
    noise
        The e of the likeliest reprint.
    """

    evidence: float
    any_slot: float
    noise: float


def judge(
    runs: Sequence[Run],
    *,
    unspaced: bool,
    kept: Sequence[int] = (),
    changed: Sequence[int] = (),
    edits: Sequence[int] = (),
) -> Verdict:
    """Weigh a pattern against a reprint for an alignment's runs, and its numbers.

    Of the numbers these are the lengths of those that both texts have, of those that are others, and how
    many digits of each of these differ; all, if it isn't said.
    """
    likelihoods = _log_likelihoods(runs, unspaced=unspaced).reshape(len(_NOISE), len(_SHARES))
    likelihoods -= _RARER * np.array(_NOISE)[:, None]
    lengths = np.array([*kept, *changed], dtype=np.float64)
    differing = np.array([*([0] * len(kept)), *(edits or changed)], dtype=np.float64)
    corrected, filled = _of_figures(lengths, differing)
    reprint = (likelihoods[:, : len(_REPRINT)] + corrected[:, None]).max(axis=1)
    pattern = (likelihoods[:, len(_REPRINT) :] + filled[:, None]).max(axis=1)
    best = likelihoods.max(axis=0)
    any_slot = float(best[len(_REPRINT) - 1 :].max()) - float(best[0])
    return Verdict(float(pattern.max() - reprint.max()), any_slot, _NOISE[int(reprint.argmax())])


def _of_figures(
    lengths: NDArray[np.float64], differing: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Log-likelihoods of the numbers under every e: of a reprint, and of a pattern.

    In how many ways so many digits can differ is left out: it is the same for both.
    """
    shares = np.array([_CORRECTED, *_FILLED])[:, None, None]
    noise = np.array(_NOISE)[:, None]
    misread = differing * np.log(noise) + (lengths - differing) * np.log1p(-noise)
    another = differing * np.log(_OTHER_DIGIT) + (lengths - differing) * np.log1p(-_OTHER_DIGIT)
    total = np.logaddexp(np.log1p(-shares) + misread, np.log(shares) + another).sum(axis=2)
    return total[0], np.maximum(total[0], total[1:].max(axis=0) - _FEW)


def _log_likelihoods(runs: Sequence[Run], *, unspaced: bool) -> NDArray[np.float64]:
    """Log-likelihood of the runs under every e and share, by the forward algorithm, a run at a step."""
    steps = _steps(unspaced=unspaced)
    state = np.zeros((len(_NOISE) * len(_SHARES), 1, 2))
    state[:, 0, 0] = 1.0
    total = np.zeros(len(state))
    for run in runs:
        left = run.size
        while left:
            size = min(left, _LONGEST)
            state = state @ steps[int(run.equal), size]
            scale = state.sum(axis=2, keepdims=True)
            total += np.log(scale[:, 0, 0])
            state = state / scale
            left -= size
    return total


@cache
def _steps(*, unspaced: bool) -> NDArray[np.float64]:
    """Matrices of 0 to `_LONGEST` steps of differing (0) and equal (1) characters, for every e and share."""
    noise = np.repeat(_NOISE, len(_SHARES))
    share = np.tile(_SHARES, len(_NOISE))
    leave = 1 / _LENGTH[unspaced]
    enter = share * leave / (1 - share)
    moves = np.array([[1 - enter, enter], [np.full_like(share, leave), np.full_like(share, 1 - leave)]])
    differs = np.array([noise, np.full_like(share, _DIFFERS[unspaced])])
    found = np.empty((2, _LONGEST + 1, len(share), 2, 2))
    for equal, emission in enumerate((differs, 1 - differs)):
        step = np.moveaxis(moves * emission, 2, 0)
        found[equal, 0] = np.eye(2)
        for size in range(1, _LONGEST + 1):
            found[equal, size] = found[equal, size - 1] @ step
    return found
