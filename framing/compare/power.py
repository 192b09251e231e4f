"""How small a difference the corpus at hand could have shown."""

from __future__ import annotations

import math

import numpy as np
from scipy import stats

from framing.compare.bootstrap import Floats
from framing.compare.options import Resampling
from framing.errors import InputError, as_float, told

POWER = 0.8
"""The conventional power, at which detectable differences are given."""


def detectable_difference(errors: Floats, freedom: Floats, *, level: float = Resampling.level, power: float = POWER) -> Floats:
    """The least true difference that a test at ``1 - level`` would find with this power, in the unit of the measure.

    Parameters
    ----------
    errors : array
        Standard errors of differences, from resampling.
    freedom : array
        Degrees of freedom: stories less one.
    level : float, default 0.95
    power : float, default 0.8

    Returns
    -------
    array
        NaN where there is no standard error or no degree of freedom.

    Raises
    ------
    InputError
        If ``level`` or ``power`` is not between 0 and 1, or ``errors`` and ``freedom`` are no arrays of numbers whose shapes fit.

    Notes
    -----
    ``(t_{(1 + level) / 2} + t_{power}) * standard error`` (Bloom 1995), 2.80 standard errors at 95 %, 80 % and many stories. It is for
    one comparison alone: an adjustment for many comparisons raises it.

    References
    ----------
    Bloom (1995), Minimum detectable effects: a simple way to report the statistical power of experimental designs.

    Examples
    --------
    >>> detectable_difference(np.array([1.0]), np.array([1e6])).round(2).tolist()
    [2.8]
    """
    for name, value in (("level", level), ("power", power)):
        if not 0 < as_float(value) < 1:
            raise InputError(f"{name} must be between 0 and 1, got {told(value)}")
    level, power = float(level), float(power)
    try:
        errors, freedom = np.broadcast_arrays(np.asarray(errors, dtype=float), np.asarray(freedom, dtype=float))
    except (TypeError, ValueError, OverflowError) as wrong:
        raise InputError(f"errors and freedom must be arrays of numbers whose shapes fit: {wrong}") from wrong
    least = np.full(errors.shape, math.nan)
    known = (freedom > 0) & np.isfinite(errors) & (errors > 0)
    least[known] = (stats.t.ppf((1 + level) / 2, freedom[known]) + stats.t.ppf(power, freedom[known])) * errors[known]
    return least
