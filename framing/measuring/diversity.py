"""How evenly counts are spread over kinds: Shannon, evenness, Simpson, and what a smaller sample would show."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from framing.errors import InputError, as_float, check_whole, items_of, told


def shannon(counts: Iterable[float]) -> float:
    """Shannon's entropy: how uncertain the kind of the next item is.

    Parameters
    ----------
    counts : iterable of float
        How often each kind was met, 0 or more; kinds that were not met change nothing.

    Returns
    -------
    float
        In nats, from 0 (one kind alone) to ln S for S kinds met alike; higher is more diverse. NaN where nothing was counted.

    Raises
    ------
    InputError
        If a count is negative, infinite or NaN.

    Notes
    -----
    ``H = -sum p ln p``. It grows with the number of items, because rare kinds are met late: compare samples of unequal size by
    :func:`rarefied_shannon`. exp(H) is the number of kinds, all alike, that would give the same value.

    References
    ----------
    Shannon (1948), A mathematical theory of communication. Natural logarithms here.

    Examples
    --------
    >>> round(shannon([1, 1, 1, 1]), 4), shannon([7]), shannon([])
    (1.3863, 0.0, nan)
    """
    met, n = _met(counts)
    return sum(-(c / n) * math.log(c / n) for c in met) + 0.0 if n else math.nan


def evenness(counts: Iterable[float]) -> float:
    """Pielou's evenness: Shannon's entropy as a fraction of what the same number of kinds could reach.

    Parameters
    ----------
    counts : iterable of float
        See :func:`shannon`.

    Returns
    -------
    float
        Above 0, up to 1 (all kinds met alike). NaN with fewer than two kinds, where nothing can be even or uneven.

    Raises
    ------
    InputError
        If a count is negative, infinite or NaN.

    Notes
    -----
    ``J = H / ln S`` with S the kinds met. Where every kind is met once, J is 1 whatever S is.

    References
    ----------
    Pielou (1966), The measurement of diversity in different types of biological collections.

    Examples
    --------
    >>> round(evenness([3, 1]), 4), evenness([2, 2]), evenness([5])
    (0.8113, 1.0, nan)
    """
    met, _ = _met(counts)
    return min(1.0, shannon(met) / math.log(len(met))) if len(met) > 1 else math.nan


def simpson(counts: Iterable[float]) -> float:
    """Simpson's diversity: how likely two items, drawn with replacement, are of different kinds.

    Parameters
    ----------
    counts : iterable of float
        See :func:`shannon`.

    Returns
    -------
    float
        From 0 (one kind alone) to 1 - 1/S; higher is more diverse. NaN where nothing was counted.

    Raises
    ------
    InputError
        If a count is negative, infinite or NaN.

    Notes
    -----
    ``1 - sum p^2``; common kinds weigh most. Drawn without replacement, the probability is ``rarefied_richness(counts, 2) - 1``, which does
    not depend on the size of the sample.

    References
    ----------
    Simpson (1949), Measurement of diversity. His index is the sum of squares; its complement is given here.

    Examples
    --------
    >>> simpson([3, 1]), simpson([4]), simpson([1, 1, 1, 1])
    (0.375, 0.0, 0.75)
    """
    met, n = _met(counts)
    return 1.0 - sum((c / n) ** 2 for c in met) if n else math.nan


def rarefied_richness(counts: Iterable[int], n_items: int) -> float:
    """The number of kinds in a random part of the sample, on average.

    Parameters
    ----------
    counts : iterable of int
        How often each kind was met.
    n_items : int
        Size of the part, 1 or more.

    Returns
    -------
    float
        From 1 to the number of kinds met; higher is more diverse. NaN where fewer than ``n_items`` were counted.

    Raises
    ------
    InputError
        If a count is no whole number of 0 or more, or ``n_items`` is below 1.

    Notes
    -----
    ``sum_i 1 - C(N - N_i, m) / C(N, m)``, m items drawn from N without replacement. Samples of unequal size are compared at the size
    of the smallest. Items are taken to be independent; speakers who come in bursts make a sample look less diverse than it is.

    References
    ----------
    Hurlbert (1971), The nonconcept of species diversity: a critique and alternative parameters.

    Examples
    --------
    Of two items from (2, 1), the pair of the first kind comes up once in three times:

    >>> round(rarefied_richness([2, 1], 2), 4), rarefied_richness([2, 1], 3), rarefied_richness([2, 1], 4)
    (1.6667, 2.0, nan)
    """
    met, n = _whole(counts, n_items)
    if n < n_items:
        return math.nan
    rest = n - met
    possible = rest >= n_items  # else every part of this size contains the kind
    missed = np.exp(_log_choose(rest[possible], n_items) - _log_choose(np.array([n]), n_items))
    return float(len(met) - missed.sum())


def rarefied_shannon(counts: Iterable[int], n_items: int) -> float:
    """Shannon's entropy of a random part of the sample, on average.

    Parameters
    ----------
    counts, n_items
        See :func:`rarefied_richness`.

    Returns
    -------
    float
        In nats, 0 or more; higher is more diverse. NaN where fewer than ``n_items`` were counted. With as many as were counted it is
        :func:`shannon`.

    Raises
    ------
    InputError
        If a count is no whole number of 0 or more, or ``n_items`` is below 1.

    Notes
    -----
    ``sum_i sum_k -(k/m) ln(k/m) P(k)``, with P the hypergeometric probability that k of m items drawn without replacement are of kind i.

    References
    ----------
    Chao et al. (2014), Rarefaction and extrapolation with Hill numbers. They give the exponential of this sum.

    Examples
    --------
    Of two items from (2, 1), two of the three pairs are mixed, with an entropy of ln 2:

    >>> round(rarefied_shannon([2, 1], 2), 4), round(2 / 3 * math.log(2), 4)
    (0.4621, 0.4621)
    """
    met, n = _whole(counts, n_items)
    if n < n_items:
        return math.nan
    total = 0.0
    sizes, times = np.unique(met, return_counts=True)
    whole = _log_choose(np.array([n]), n_items)
    for size, many in zip(sizes.tolist(), times.tolist(), strict=True):
        drawn = np.arange(max(1, n_items - (n - size)), min(size, n_items) + 1)
        probability = np.exp(_log_choose(np.array([size]), drawn) + _log_choose(np.array([n - size]), n_items - drawn) - whole)
        part = drawn / n_items
        total += many * float((-part * np.log(part) * probability).sum())
    return max(0.0, total)


def _met(counts: Iterable[float]) -> tuple[list[float], float]:
    """The counts above 0, largest first so that their order changes no sum, and their sum."""
    given = items_of(counts)
    if given is None or (bad := [c for c in given if not 0 <= as_float(c) < math.inf]):
        raise InputError(f"counts must be finite numbers, 0 or more, got {told(counts if given is None else bad[0])}")
    met = sorted((c for c in given if c), reverse=True)
    return met, sum(met)


def _whole(counts: Iterable[int], n_items: int) -> tuple[NDArray[np.int64], int]:
    check_whole("n_items", n_items, 1)
    met, n = _met(counts)
    if bad := [c for c in met if c != int(c)]:
        raise InputError(f"counts must be whole numbers to draw from, got {bad[0]!r}")
    return np.array(met, dtype=np.int64), int(n)


def _log_choose(n: NDArray[np.int64], k: int | NDArray[np.int64]) -> NDArray[np.float64]:
    logs: NDArray[np.float64] = gammaln(n + 1.0) - gammaln(np.asarray(k) + 1.0) - gammaln(n - k + 1.0)
    return logs
