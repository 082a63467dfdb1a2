"""Many tests at once: the false discovery rate of a table of p-values."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def false_discovery_rates(p: ArrayLike) -> NDArray[np.float64]:
    """Return the Benjamini–Hochberg q-value of each p-value.

    `q` is the smallest false discovery rate at which a test would be among the discoveries:
    `q_(i) = min over j ≥ i of m p_(j) / j`, p sorted upwards, m the number of tests made.

    Parameters
    ----------
    p
        p-values. NaN marks a test that could not be made: it stays NaN and does not count in m.

    Returns
    -------
    NDArray
        As long as `p`.

    Notes
    -----
    Benjamini & Hochberg (1995), *J. R. Stat. Soc. B* 57, 289. It holds for independent tests and for
    positively dependent ones, as the test of all sources and those of each source are (Benjamini & Yekutieli
    2001). Do not use it on p-values that were picked by their size beforehand.
    """
    from scipy.stats import false_discovery_control

    values = np.asarray(p, dtype=np.float64)
    rates = np.full(values.shape, np.nan)
    made = ~np.isnan(values)
    if made.any():
        rates[made] = false_discovery_control(values[made], method="bh")
    return rates
