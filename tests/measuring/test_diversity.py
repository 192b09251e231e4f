"""Diversity: values worked by hand, rarefaction against every possible sample, and what cannot be measured."""

from __future__ import annotations

import math
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.errors import InputError
from framing.measuring.diversity import evenness, rarefied_richness, rarefied_shannon, shannon, simpson

COUNTS = st.lists(st.integers(0, 40), max_size=12)


@pytest.mark.parametrize(
    "counts, entropy, even, gini",
    [
        ([], math.nan, math.nan, math.nan),
        ([0, 0], math.nan, math.nan, math.nan),
        ([5], 0, math.nan, 0),
        ([5, 0], 0, math.nan, 0),
        ([1, 1], math.log(2), 1, 0.5),
        ([3, 1], 0.75 * math.log(4 / 3) + 0.25 * math.log(4), (0.75 * math.log(4 / 3) + 0.25 * math.log(4)) / math.log(2), 0.375),
        ([2, 1, 1], 1.5 * math.log(2), 1.5 * math.log(2) / math.log(3), 1 - (4 + 1 + 1) / 16),
        ([7, 7, 7, 7], math.log(4), 1, 0.75),
    ],
)
def test_hand_worked(counts: list[int], entropy: float, even: float, gini: float) -> None:
    assert shannon(counts) == pytest.approx(entropy, nan_ok=True)
    assert evenness(counts) == pytest.approx(even, nan_ok=True)
    assert simpson(counts) == pytest.approx(gini, nan_ok=True)


def samples(counts: list[int], n_items: int) -> list[list[int]]:
    """The counts of every part of the sample, items told apart."""
    items = [kind for kind, count in enumerate(counts) for _ in range(count)]
    return [[drawn.count(kind) for kind in range(len(counts))] for drawn in combinations(items, n_items)]


@pytest.mark.parametrize("counts", [[2, 1], [3, 2, 1], [5, 1, 1], [4, 4], [1, 1, 1, 1], [6, 0, 2]])
def test_rarefaction_is_the_mean_over_every_part(counts: list[int]) -> None:
    for n_items in range(1, sum(counts) + 1):
        parts = samples(counts, n_items)
        assert rarefied_richness(counts, n_items) == pytest.approx(sum(sum(c > 0 for c in part) for part in parts) / len(parts))
        assert rarefied_shannon(counts, n_items) == pytest.approx(sum(shannon(part) for part in parts) / len(parts), abs=1e-12)
    assert math.isnan(rarefied_richness(counts, sum(counts) + 1))
    assert math.isnan(rarefied_shannon(counts, sum(counts) + 1))


def test_two_items_differ_as_often_as_simpson_says_without_replacement() -> None:
    counts = [6, 3, 1]
    assert rarefied_richness(counts, 2) - 1 == pytest.approx(1 - (6 * 5 + 3 * 2) / (10 * 9))


def test_large_samples_keep_their_digits() -> None:
    counts = [50_000, 30_000, 15_000, *[1] * 200]
    assert rarefied_richness(counts, sum(counts)) == pytest.approx(203)
    assert rarefied_shannon(counts, sum(counts)) == pytest.approx(shannon(counts), rel=1e-6)
    assert rarefied_richness(counts, 100) == pytest.approx(3 + 200 * 100 / sum(counts), rel=1e-4)


@given(COUNTS)
def test_ranges_and_order(counts: list[int]) -> None:
    n_kinds = sum(c > 0 for c in counts)
    backwards = counts[::-1]
    for measure, top in ((shannon, math.log(max(1, n_kinds))), (evenness, 1.0), (simpson, 1 - 1 / max(1, n_kinds))):
        value = measure(counts)
        assert math.isnan(value) or 0 <= value <= top + 1e-12
        assert value == measure(backwards) or math.isnan(value)
        assert value == measure([*counts, 0]) or math.isnan(value)
    assert math.isnan(shannon(counts)) == (n_kinds == 0)
    assert math.isnan(evenness(counts)) == (n_kinds < 2)


@given(COUNTS.filter(lambda counts: sum(counts) > 1))
def test_smaller_parts_hold_fewer_kinds(counts: list[int]) -> None:
    n = sum(counts)
    whole, half, one = (rarefied_richness(counts, m) for m in (n, max(1, n // 2), 1))
    assert one == pytest.approx(1)
    assert one - 1e-9 <= half <= whole + 1e-9
    assert whole == pytest.approx(sum(c > 0 for c in counts))
    assert -1e-9 <= rarefied_shannon(counts, max(1, n // 2)) <= rarefied_shannon(counts, n) + 1e-9


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda: shannon([1, -2]), "counts must be finite numbers, 0 or more, got -2"),
        (lambda: simpson([math.nan]), "counts must be finite numbers, 0 or more, got nan"),
        (lambda: evenness([math.inf]), "counts must be finite numbers, 0 or more, got inf"),
        (lambda: rarefied_richness([1.5], 1), "counts must be whole numbers to draw from, got 1.5"),
        (lambda: rarefied_richness([2], 0), "n_items must be a whole number, 1 or more, got 0"),
        (lambda: rarefied_shannon([2], True), "n_items must be a whole number, 1 or more, got True"),
    ],
)
def test_bad_input(call: object, message: str) -> None:
    with pytest.raises(InputError) as caught:
        call()  # type: ignore[operator]
    assert str(caught.value) == message
