r"""The forward pass of the Universal Sentence Encoder, in whole numbers where it matters.

For tokens :math:`t = 1 … T` of a text with embeddings :math:`e_t`, the network computes

.. math:: x_t = LN(e_t P), \quad
          h_t = x_t + ReLU(\textstyle\sum_k x_{t+k} A_k), \quad
          c_t = h_t + ReLU(\textstyle\sum_k h_{t+k} B_k)

in three branches (windows of 2, 3 and 5 tokens), then
:math:`T^{-1/2} \sum_t LN([e_t, c_t]) W`, two residual dense layers, tanh, and length 1
(Yang et al. 2020, Multilingual Universal Sentence Encoder for Semantic Retrieval, arXiv:1907.04307).

Two properties set this implementation apart from a plain one:

*Exact products.* The weights are 8-bit integers (`use_weights`). Activations are rounded to fixed point and
written as two digits of 7 and 8 bits, so that every matrix product is a sum of small integers, which is the
same in any order. Everything else is done element by element or in a fixed order. A text therefore gets the
same bytes alone or in any batch, with any number of threads, by 8-bit instructions (VNNI, AMX) or by float32
ones; only the rounding costs: cosine with the float32 network is above 0.9999.

*Work a token needs once.* :math:`x_t` depends on the token alone; it is computed the first time a token is
met and kept (1.5 KB a distinct token).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from threading import Lock
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from embeddings.exact import IntegerProduct, exact_product, row_sums, split_digits
from embeddings.use_weights import ORDERS, UseWeights

if TYPE_CHECKING:
    import torch

    from embeddings.encoder import Embeddings

LEFT: Final = (0, 1, 2)
"""Tokens to the left that the windows of `ORDERS` reach; the rest is to the right."""
REACH: Final = 2
"""The farthest a window reaches either way; texts lie this many zero rows apart."""
BLOCK: Final = 508
"""Rows a block: with its margins, what fits a processor's second-level cache."""
WIDTH: Final = 256
"""Columns of a branch."""
_X_STEP: Final = 2.0**-9
_H_STEP: Final = 2.0**-7
_TOKENS_AT_ONCE: Final = 4096


@dataclass(frozen=True)
class _Stream:
    """The tokens of many texts in one row each, zero rows between; `starts[i]` is where text i begins."""

    tokens: NDArray[np.int64]
    real: NDArray[np.bool_]
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]

    @classmethod
    def from_texts(cls, texts: Sequence[Sequence[int]]) -> _Stream:
        lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
        starts = np.cumsum(lengths + REACH) - lengths
        rows = int(starts[-1] + lengths[-1]) + REACH
        tokens, real = np.zeros(rows, dtype=np.int64), np.zeros(rows, dtype=np.bool_)
        for start, text in zip(starts, texts, strict=True):
            tokens[start : start + len(text)] = text
            real[start : start + len(text)] = True
        return cls(tokens, real, starts, lengths)

    def window(self, first: int, rows: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Cut `rows` rows from row `first` on, which may lie outside; what is outside is not real."""
        at = np.arange(first, first + rows)
        inside = (at >= 0) & (at < len(self.tokens))
        at = np.where(inside, at, 0)
        return self.tokens[at], self.real[at] & inside


class UseNetwork:
    """Token numbers in, vectors of length 1 out.

    Parameters
    ----------
    weights
        What `use_weights` read from the package or from a saved model.
    """

    dimension: Final = 512

    def __init__(self, weights: UseWeights) -> None:
        self.weights = weights
        self._projection = np.concatenate([m.integers for m in weights.projection], axis=1).astype(np.float32)
        steps = [np.full(WIDTH, matrix.step) for matrix in weights.projection]
        self._projection_step = np.concatenate(steps)
        self._first = [IntegerProduct(matrix.integers) for matrix in weights.first]
        self._second = [IntegerProduct(matrix.integers) for matrix in weights.second]
        n_tokens = len(weights.table)
        # Untouched pages of an empty array cost no memory: only tokens that occur do.
        self._x = np.empty((n_tokens, len(ORDERS) * WIDTH), dtype=np.int16)
        self._known = np.zeros(n_tokens, dtype=np.bool_)
        self._lock = Lock()

    def encode(self, texts: Sequence[Sequence[int]]) -> Embeddings:
        """Encode texts given as token numbers (with their <s> and </s>); every text has at least one."""
        import torch

        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        stream = _Stream.from_texts(texts)
        self._learn_tokens(stream.tokens)
        with torch.inference_mode():
            pooled = self._pool(stream)
        return self._finish(pooled, stream.lengths)

    def _learn_tokens(self, tokens: NDArray[np.int64]) -> None:
        """Compute x for the tokens that were never met before."""
        with self._lock:
            new = np.unique(tokens[~self._known[tokens]])
            for first in range(0, len(new), _TOKENS_AT_ONCE):
                part = new[first : first + _TOKENS_AT_ONCE]
                self._x[part] = self._project(part)
                self._known[part] = True

    def _project(self, tokens: NDArray[np.int64]) -> NDArray[np.int16]:
        """First projection and layer normalisation, in steps of `_X_STEP`."""
        weights = self.weights
        # 63 * 127 * 512 < 2**24: float32 holds every partial sum exactly.
        sums = (weights.table[tokens].astype(np.float32) @ self._projection).astype(np.float64)
        low, scale = self._table_terms(tokens)
        x = sums * scale + self._projection.sum(axis=0, dtype=np.float64) * low
        x = x * self._projection_step + weights.projection_bias
        x -= row_sums(x)[:, None] / x.shape[1]
        variance = row_sums(x * x) / x.shape[1]
        x /= np.sqrt(variance + weights.epsilon)[:, None]
        x = x * weights.projection_gain + weights.projection_shift
        return np.asarray(np.clip(np.rint(x / _X_STEP), -16319, 16319), dtype=np.int16)

    def _table_terms(self, tokens: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Offset and scale of the embeddings of `tokens`, as columns."""
        chunk = tokens % len(self.weights.table_scale)
        low = self.weights.table_low[chunk].astype(np.float64)[:, None]
        return low, self.weights.table_scale[chunk].astype(np.float64)[:, None]

    def _pool(self, stream: _Stream) -> NDArray[np.float64]:
        """Sum the normalised features of each text's tokens, block by block."""
        rows = len(stream.tokens)
        size = min(BLOCK, -(-rows // 32) * 32 - 4)
        pooled = np.zeros((len(stream.starts), len(self.weights.gain)), dtype=np.float64)
        carry = np.zeros(len(self.weights.gain), dtype=np.float32)
        for first in range(0, rows, size):
            features = self._block(stream, first, size)
            # A text that runs on from the block before goes on from its sum so far, token by token, so that
            # where the blocks are cut changes nothing.
            begins = np.searchsorted(stream.starts, [first, first + size])
            cuts = [0, *(stream.starts[begins[0] : begins[1]] - first), size]
            if cuts[1] > 0:
                features[0] += carry
            for text, (start, stop) in enumerate(pairwise(cuts), start=int(begins[0]) - 1):
                total = np.add.reduce(features[start:stop], axis=0) if stop > start else carry
                if text >= 0:
                    pooled[text] = total
                carry = total
        return pooled

    def _block(self, stream: _Stream, first: int, size: int) -> NDArray[np.float32]:
        """Normalised features [e, c] of `size` rows, zero where there is no token, without gain and shift."""
        import torch

        tokens, real = stream.window(first - 2 * REACH, size + 4 * REACH)
        x = torch.from_numpy(np.where(real[:, None], self._x[tokens], np.int16(0)))
        middle = slice(2 * REACH, 2 * REACH + size)
        low, scale = self._table_terms(tokens[middle])
        features = torch.empty((size, len(self.weights.gain)), dtype=torch.float32)
        embedding = features[:, : self.weights.table.shape[1]]
        embedding.copy_(torch.from_numpy(self.weights.table[tokens[middle]]))
        embedding.mul_(torch.from_numpy(scale.astype(np.float32)))
        embedding.add_(torch.from_numpy(low.astype(np.float32)))
        silent = torch.from_numpy(np.flatnonzero(~real[REACH:-REACH]))
        for branch in range(len(ORDERS)):
            column = self.weights.table.shape[1] + branch * WIDTH
            self._branch(branch, x, silent, features[:, column : column + WIDTH])
        return _normalise(features, real[middle], self.weights.epsilon)

    def _branch(self, branch: int, x: torch.Tensor, silent: torch.Tensor, out: torch.Tensor) -> None:
        """Both convolutions of one branch; `x` has a margin of 2 * REACH rows, `out` none."""
        weights, order, left = self.weights, ORDERS[branch], LEFT[branch]
        mine = x[:, branch * WIDTH : (branch + 1) * WIDTH].contiguous()
        digits = split_digits(mine)
        step = weights.first[branch].step * _X_STEP
        h = _convolve(digits, self._first[branch], order, left, step, weights.first_bias[branch])
        h += mine[REACH:-REACH].float().mul_(_X_STEP)
        h.index_fill_(0, silent, 0.0)
        digits = split_digits((h * (1 / _H_STEP)).round_().clamp_(-16319, 16319).short())
        step = weights.second[branch].step * _H_STEP
        c = _convolve(digits, self._second[branch], order, left, step, weights.second_bias[branch])
        out.copy_(c.add_(h[REACH:-REACH]))

    def _finish(self, pooled: NDArray[np.float64], lengths: NDArray[np.int64]) -> Embeddings:
        """Output projection, dense layers, tanh and length 1, in float64 on integers (exact products)."""
        weights = self.weights
        root = np.sqrt(lengths.astype(np.float64))[:, None]
        mean = exact_product(pooled * weights.gain / root + root * weights.shift, weights.output)
        mean += root * weights.output_bias
        d0, d1, p1, d2, d3, p3 = weights.dense
        first = np.maximum(exact_product(mean, d0), 0)
        first = np.maximum(exact_product(mean, p1) + exact_product(first, d1), 0)
        second = np.maximum(exact_product(first, d2), 0)
        z = np.tanh(exact_product(first, p3) + exact_product(second, d3))
        z /= np.sqrt(np.maximum(row_sums(z * z), weights.epsilon))[:, None]
        return z.astype(np.float32)


def _convolve(
    digits: torch.Tensor,
    product: IntegerProduct,
    order: int,
    left: int,
    step: float,
    bias: NDArray[np.float32],
) -> torch.Tensor:
    """ReLU of the window products; the result has `REACH` rows less at either end than `digits`."""
    import torch

    _, rows, width = digits.shape
    kept = rows - 2 * REACH
    windows = digits.as_strided(
        (2, kept, order, width), (rows * width, width, width, 1), (REACH - left) * width
    ).reshape(2 * kept, order * width)
    sums = product(windows)
    result = sums[:kept].float().mul_(128.0).add_(sums[kept:])
    return result.mul_(step).add_(torch.from_numpy(bias)).relu_()


def _normalise(features: torch.Tensor, real: NDArray[np.bool_], epsilon: float) -> NDArray[np.float32]:
    """Layer normalisation of the rows, zero where not `real`."""
    import torch

    width = features.shape[1]
    mean = row_sums(features).numpy().astype(np.float64) / width
    variance = row_sums(features * features).numpy().astype(np.float64) / width - mean**2
    factor = np.where(real, 1 / np.sqrt(np.maximum(variance, 0) + epsilon), 0.0)
    features.sub_(torch.from_numpy(mean.astype(np.float32))[:, None])
    features.mul_(torch.from_numpy(factor.astype(np.float32))[:, None])
    return np.asarray(features.numpy(), dtype=np.float32)
