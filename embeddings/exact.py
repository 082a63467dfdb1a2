"""Matrix products and sums that give the same bits in any order, on any number of threads.

Floating-point addition rounds, so a library that adds in another order (another batch size, another
processor) gives other bits. Sums of integers don't round as long as they fit: int8 products are added in
int32, float32 holds integers up to 2**24 exactly, and float64 up to 2**53.
"""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import torch

    from embeddings.use_weights import Matrix

Rows = TypeVar("Rows", NDArray[np.float64], "torch.Tensor")
_FIXED_POINT: Final = 2.0**18
_LIMIT: Final = 2.0**34
_FLOAT32_INTEGERS: Final = 2**24
DIGIT_LIMIT: Final = 16_319
"""The largest number `split_digits` takes, either way."""
_int8_is_best: list[bool] = []


def exact_product(values: NDArray[np.float64], matrix: Matrix) -> NDArray[np.float64]:
    """Multiply `values`, rounded to 2**-18, by an integer matrix, without a further rounding error.

    35-bit values times 7-bit weights, added at most 1,280 times, stay below 2**53.
    """
    import torch

    fixed = np.clip(np.rint(values * _FIXED_POINT), -_LIMIT, _LIMIT)
    product = torch.from_numpy(fixed) @ torch.from_numpy(matrix.integers).double()
    return np.asarray(product.numpy() * (matrix.step / _FIXED_POINT))


def row_sums(rows: Rows) -> Rows:
    """Sum each row of an array or tensor pairwise, in an order that depends on the width alone."""
    while rows.shape[1] > 1:
        half = rows.shape[1] // 2
        folded = rows[:, :half] + rows[:, half : 2 * half]
        if rows.shape[1] % 2:
            folded[:, 0] += rows[:, -1]
        rows = folded
    return rows[:, 0]


def split_digits(values: torch.Tensor) -> torch.Tensor:
    """Write int16 values between -16,319 and 16,319 as `128 * high + low`, stacked, both int8."""
    import torch

    digits = torch.empty((2, *values.shape), dtype=torch.int8)
    shifted = values + 64
    digits[0] = shifted >> 7
    digits[1] = shifted.bitwise_and_(127).sub_(64)
    return digits


class IntegerProduct:
    """Multiplies int8 rows by one int8 matrix, exactly, by the faster of two ways this processor has."""

    def __init__(self, integers: NDArray[np.int8]) -> None:
        import torch

        if int(np.abs(integers.astype(np.int64)).sum(axis=0).max()) * 128 >= _FLOAT32_INTEGERS:
            raise ValueError("the sums of this matrix don't fit the integers that float32 holds")
        self._integers = torch.from_numpy(np.ascontiguousarray(integers))
        self._floats = None if int8_is_best() else self._integers.float()

    def __call__(self, rows: torch.Tensor) -> torch.Tensor:
        """Return `rows @ matrix` for int8 `rows`, in int32."""
        import torch

        if self._floats is None:
            return torch._int_mm(rows, self._integers)
        return (rows.float() @ self._floats).int()


def int8_is_best() -> bool:
    """Whether this processor multiplies int8 matrices correctly and faster than float32 (asked once)."""
    if not _int8_is_best:
        _int8_is_best.append(_try_int8())
    return _int8_is_best[0]


def _try_int8() -> bool:
    """Compare both ways on values that overflow where 16-bit intermediate sums saturate."""
    import torch

    generator = torch.Generator().manual_seed(0)
    rows = torch.randint(-128, 128, (512, 512), generator=generator, dtype=torch.int8)
    matrix = torch.randint(-127, 128, (512, 256), generator=generator, dtype=torch.int8)
    rows[:128], matrix[:, :64] = 127, 127
    rows[128:256] = -128
    floats, float_matrix = rows.float(), matrix.float()
    try:
        same = torch.equal(torch._int_mm(rows, matrix).double(), rows.double() @ matrix.double())
    except RuntimeError:  # built without an int8 kernel for this processor
        return False
    return same and _seconds(lambda: torch._int_mm(rows, matrix)) < _seconds(lambda: floats @ float_matrix)


def _seconds(work: Any) -> float:
    """Fastest of five runs."""
    best = float("inf")
    for _ in range(5):
        start = perf_counter()
        work()
        best = min(best, perf_counter() - start)
    return best
