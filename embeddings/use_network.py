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

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from embeddings.exact import DIGIT_LIMIT, IntegerProduct, exact_product, row_sums, split_digits
from embeddings.use_weights import ORDERS, Matrix, UseWeights

if TYPE_CHECKING:
    import torch

    from embeddings.encoder import Embeddings

LEFT: Final = (0, 1, 2)
"""Tokens to the left that the windows of `ORDERS` reach; the rest is to the right."""
REACH: Final = 2
"""The farthest a window reaches either way; texts lie this many silent rows apart."""
BLOCK: Final = 252
"""Rows a block: with its margins, what fits a processor's second-level cache."""
WIDTH: Final = 256
"""Columns of a branch."""
_X_STEP: Final = 2.0**-9
_H_STEP: Final = 2.0**-7
_JOB_TOKENS: Final = 4096
"""Tokens of texts that one thread works on at a time."""


@dataclass(frozen=True)
class _Stream:
    """The tokens of many texts in one row each, `silence` between; text i begins at `starts[i]`."""

    tokens: NDArray[np.int64]
    starts: NDArray[np.int64]
    silence: int

    @classmethod
    def from_texts(cls, texts: Sequence[Sequence[int]], *, silence: int) -> _Stream:
        lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
        starts = np.cumsum(lengths + REACH) - lengths
        tokens = np.full(int(starts[-1] + lengths[-1]) + REACH, silence, dtype=np.int64)
        for start, text in zip(starts, texts, strict=True):
            tokens[start : start + len(text)] = text
        return cls(tokens, starts, silence)

    def window(self, first: int, rows: int) -> NDArray[np.int64]:
        """Cut `rows` rows from row `first` on, which may lie outside; outside is silence."""
        window = np.full(rows, self.silence, dtype=np.int64)
        begin, end = max(first, 0), min(first + rows, len(self.tokens))
        window[begin - first : end - first] = self.tokens[begin:end]
        return window


class _Convolution:
    """The window products of the three branches, side by side, with ReLU.

    `step` is what one unit of the integer input stands for.
    """

    def __init__(
        self, matrices: Sequence[Matrix], biases: Sequence[NDArray[np.float32]], step: float
    ) -> None:
        import torch

        self._products = [IntegerProduct(matrix.integers) for matrix in matrices]
        steps = np.repeat([matrix.step * step for matrix in matrices], WIDTH)
        self._steps = torch.from_numpy(steps.astype(np.float32))
        self._bias = torch.from_numpy(np.concatenate(biases))

    def __call__(self, digits: torch.Tensor) -> torch.Tensor:
        """Return `REACH` rows less at either end than `digits` (high and low, rows, columns) has."""
        import torch

        _, rows, width = digits.shape
        kept = rows - 2 * REACH
        sums = torch.empty((kept, width), dtype=torch.int32)
        for branch, (order, left, product) in enumerate(zip(ORDERS, LEFT, self._products, strict=True)):
            windows = digits.as_strided(
                (2, kept, order, WIDTH),
                (rows * width, width, width, 1),
                (REACH - left) * width + branch * WIDTH,
            )
            both = product(windows.reshape(2 * kept, order * WIDTH))
            columns = slice(branch * WIDTH, (branch + 1) * WIDTH)
            torch.add(both[kept:], both[:kept], alpha=128, out=sums[:, columns])
        return sums.float().mul_(self._steps).add_(self._bias).relu_()


class UseNetwork:
    """Token numbers in, vectors of length 1 out.

    Texts are shared out over as many threads as torch is set to use (`torch.set_num_threads`, or the variable
    `OMP_NUM_THREADS`), each with all its products on one thread.

    Parameters
    ----------
    weights
        What `use_weights` read from the package or from a saved model.
    """

    dimension: Final = 512

    def __init__(self, weights: UseWeights) -> None:
        self.weights = weights
        self._first = _Convolution(weights.first, weights.first_bias, _X_STEP)
        self._second = _Convolution(weights.second, weights.second_bias, _H_STEP)
        # A row a token and, last, silence: zeros. Untouched pages cost no memory: only tokens that occur do.
        self._x = np.zeros((len(weights.table) + 1, len(ORDERS) * WIDTH), dtype=np.int16)
        self._known = np.zeros(len(self._x), dtype=np.bool_)
        self._known[-1] = True
        self._lock = Lock()

    def encode(self, texts: Sequence[Sequence[int]]) -> Embeddings:
        """Encode texts given as token numbers (with their <s> and </s>); every text has at least one."""
        import torch

        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        jobs = list(_jobs(texts))
        threads = min(torch.get_num_threads(), len(jobs))
        if threads == 1:
            return np.concatenate([self._encode_alone(job) for job in jobs])
        with ThreadPoolExecutor(threads) as pool:
            return np.concatenate(list(pool.map(self._encode_alone, jobs)))

    def __getstate__(self) -> dict[str, Any]:
        return {"weights": self.weights}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(state["weights"])  # type: ignore[misc]

    def _encode_alone(self, texts: Sequence[Sequence[int]]) -> Embeddings:
        """Encode on this thread alone: threads that wait for each other in products lose to busy cores."""
        import torch

        torch.get_num_threads()  # torch sets up a thread at its first call, and would undo the limit
        with self._openmp.limit(limits=1), torch.inference_mode():
            stream = _Stream.from_texts(texts, silence=len(self.weights.table))
            self._learn_tokens(stream.tokens)
            lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
            return self._finish(self._pool(stream), lengths)

    @cached_property
    def _openmp(self) -> Any:
        """The thread pool of torch's products."""
        from threadpoolctl import ThreadpoolController

        return ThreadpoolController().select(user_api="openmp")

    @cached_property
    def _projection(self) -> torch.Tensor:
        """The three projections side by side, as floats that hold integers."""
        import torch

        integers = np.concatenate([matrix.integers for matrix in self.weights.projection], axis=1)
        return torch.from_numpy(integers).float()

    def _learn_tokens(self, tokens: NDArray[np.int64]) -> None:
        """Compute x for the tokens that were never met before."""
        with self._lock:
            new = np.unique(tokens[~self._known[tokens]])
            if len(new):
                self._x[new] = self._project(new)
                self._known[new] = True

    def _project(self, tokens: NDArray[np.int64]) -> NDArray[np.int16]:
        """First projection and layer normalisation, in steps of `_X_STEP`."""
        import torch

        weights = self.weights
        # 63 * 127 * 512 < 2**24: float32 holds every partial sum exactly.
        counts = torch.from_numpy(weights.table[tokens]).float() @ self._projection
        low, scale = self._table_terms(tokens)
        ones = self._projection.sum(dim=0).double().numpy()
        steps = np.repeat([matrix.step for matrix in weights.projection], WIDTH)
        x = (counts.double().numpy() * scale + ones * low) * steps + weights.projection_bias
        x -= row_sums(x)[:, None] / x.shape[1]
        variance = row_sums(x * x) / x.shape[1]
        x /= np.sqrt(variance + weights.epsilon)[:, None]
        x = x * weights.projection_gain + weights.projection_shift
        return np.asarray(np.clip(np.rint(x / _X_STEP), -DIGIT_LIMIT, DIGIT_LIMIT), dtype=np.int16)

    def _table_terms(self, tokens: NDArray[np.int64]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Offset and scale of the embeddings of `tokens`, as columns."""
        chunk = tokens % len(self.weights.table_scale)
        return self.weights.table_low[chunk][:, None], self.weights.table_scale[chunk][:, None]

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
        """Normalised features [e, c] of `size` rows, zero in silence, without gain and shift."""
        import torch

        tokens = stream.window(first - 2 * REACH, size + 4 * REACH)
        x = torch.from_numpy(np.take(self._x, tokens, axis=0))
        weights, columns = self.weights, self.weights.table.shape[1]
        features = torch.empty((size, len(weights.gain)), dtype=torch.float32)
        h = x[REACH:-REACH].float().mul_(_X_STEP)
        h += self._first(split_digits(x))
        silent = tokens == stream.silence
        h.index_fill_(0, torch.from_numpy(np.flatnonzero(silent[REACH:-REACH])), 0.0)
        fixed = (h * (1 / _H_STEP)).round_().clamp_(-DIGIT_LIMIT, DIGIT_LIMIT).short()
        c = self._second(split_digits(fixed))
        torch.add(c, h[REACH:-REACH], out=features[:, columns:])
        middle = slice(2 * REACH, 2 * REACH + size)
        heard = np.minimum(tokens[middle], stream.silence - 1)
        low, scale = self._table_terms(heard)
        embedding = torch.from_numpy(np.take(weights.table, heard, axis=0)).float()
        embedding.mul_(torch.from_numpy(scale)).add_(torch.from_numpy(low))
        features[:, :columns] = embedding
        return _normalise(features, ~silent[middle], weights.epsilon)

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


def _jobs(texts: Sequence[Sequence[int]]) -> Iterator[Sequence[Sequence[int]]]:
    """Cut the texts into consecutive parts of about `_JOB_TOKENS` tokens."""
    first = n_tokens = 0
    for index, text in enumerate(texts):
        n_tokens += len(text)
        if n_tokens >= _JOB_TOKENS:
            yield texts[first : index + 1]
            first, n_tokens = index + 1, 0
    if first < len(texts):
        yield texts[first:]


def _normalise(features: torch.Tensor, heard: NDArray[np.bool_], epsilon: float) -> NDArray[np.float32]:
    """Layer normalisation of the rows, zero where not `heard`."""
    import torch

    width = features.shape[1]
    mean = row_sums(features).numpy().astype(np.float64) / width
    variance = row_sums(features * features).numpy().astype(np.float64) / width - mean**2
    factor = np.where(heard, 1 / np.sqrt(np.maximum(variance, 0) + epsilon), 0.0)
    features.sub_(torch.from_numpy(mean.astype(np.float32))[:, None])
    features.mul_(torch.from_numpy(factor.astype(np.float32))[:, None])
    return np.asarray(features.numpy(), dtype=np.float32)
