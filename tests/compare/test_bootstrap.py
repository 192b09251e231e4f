"""Drawing stories anew. What each kind of interval is, and that it covers what it should."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from framing.compare.bootstrap import (
    bca_limits,
    divide,
    drawn,
    left_out,
    limits,
    linearised_errors,
    resample,
    resample_with_errors,
    row_mean,
    share_limits,
    standard_errors,
    story_keys,
    story_labels,
    studentised_limits,
    t_limits,
)
from framing.errors import InputError


def test_every_draw_has_as_many_units_as_there_are() -> None:
    rows = list(drawn(7, 500, np.random.default_rng(0)))
    times = np.concatenate([part for _, part in rows])
    assert times.shape == (500, 7)
    assert (times.sum(axis=1) == 7).all()
    assert times.mean(axis=0) == pytest.approx(np.ones(7), abs=0.2)


def test_ratios_of_stories_drawn_together() -> None:
    sums, counts = np.array([[2.0, 0.0], [4.0, 0.0]]), np.array([[2.0, 0.0], [4.0, 0.0]])
    ratios = resample(sums, counts, 100, np.random.default_rng(0))
    assert (ratios[:, 0] == 1).all()
    assert np.isnan(ratios[:, 1]).all()
    assert np.isnan(resample(np.zeros((0, 2)), np.zeros((0, 2)), 100, np.random.default_rng(0))).all()


def test_nothing_divided_by_nothing_is_missing() -> None:
    assert divide(np.array([0.0, 1.0]), np.array([0.0, 2.0])).tolist() == pytest.approx([math.nan, 0.5], nan_ok=True)
    assert row_mean(np.array([[1.0, math.nan], [math.nan, math.nan]])).tolist() == pytest.approx([1, math.nan], nan_ok=True)


def test_stories_from_the_caller_the_table_or_nowhere() -> None:
    frame = pd.DataFrame({"story": ["s", None, " "]}, index=["a", "b", "c"])
    story, known, origin = story_labels(frame, None)
    assert (story[0], list(known), origin) == ("s", [True, False, False], "column story")
    story, known, origin = story_labels(frame, pd.Series({"b": "t"}))
    assert (story[1], list(known), origin) == ("t", [False, True, False], "given")
    assert story_labels(frame.drop(columns="story"), None)[2] == "none known: every article is one"


def test_an_article_without_a_story_is_drawn_by_itself() -> None:
    frame = pd.DataFrame({"article_id": ["a", "b", "c"], "story": ["s", None, "s"]})
    assert story_keys(frame, None).tolist() == ["story s", "article b", "story s"]
    assert story_keys(frame, pd.Series({"b": "a"})).tolist() == ["article a", "story a", "article c"]


def test_each_story_is_left_out_in_turn() -> None:
    sums, counts = np.array([[1.0, 0.3], [3.0, 0.0], [8.0, 0.0]]), np.array([[1.0, 0.1], [1.0, 0.0], [2.0, 0.0]])
    assert left_out(sums, counts)[:, 0].tolist() == pytest.approx([11 / 3, 9 / 3, 4 / 2])
    assert left_out(sums, counts)[:, 1].tolist() == pytest.approx([math.nan, 3, 3], nan_ok=True)


def test_ids_must_differ() -> None:
    with pytest.raises(InputError, match="article ids must differ, but 'a' stands twice"):
        story_labels(pd.DataFrame(index=["a", "a"]), None)
    with pytest.raises(InputError, match="stories must have one row an article, but 'a' stands twice"):
        story_labels(pd.DataFrame(index=["a"]), pd.Series(["s", "t"], index=["a", "a"]))


def drawn_runs(kind: str, n_stories: int, n_outlets: int, n_runs: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, float]:
    """Sums and counts of articles (stories x (runs x outlets)) that share an effect of their story, and the mean of all outlets."""
    counts = rng.poisson(1.5, size=(n_stories, n_runs, n_outlets)).astype(float)
    if kind == "exponential":
        sums = counts * 0.7 * rng.exponential(size=(n_stories, n_runs, 1)) + rng.gamma(np.maximum(counts, 1e-9))
        sums, truth = np.where(counts > 0, sums, 0.0), 1.7
    else:
        sums, truth = rng.binomial(counts.astype(int), rng.beta(0.6, 2.4, size=(n_stories, n_runs, 1))).astype(float), 0.2
    return sums.reshape(n_stories, -1), counts.reshape(n_stories, -1), truth


@pytest.mark.parametrize("n_stories,kind,n_outlets", [(20, "exponential", 2), (60, "exponential", 4), (20, "share", 4), (60, "share", 2)])
def test_intervals_cover_skewed_measures_and_shares(n_stories: int, kind: str, n_outlets: int) -> None:
    rng = np.random.default_rng([n_stories, n_outlets])
    n_runs = 400
    sums, counts, truth = drawn_runs(kind, n_stories, n_outlets, n_runs, rng)
    samples, sample_errors = resample_with_errors(sums, counts, 400, rng)
    means, errors, n = divide(sums.sum(axis=0), counts.sum(axis=0)), linearised_errors(sums, counts), (counts > 0).sum(axis=0)
    if kind == "share":
        alike = divide(counts.sum(axis=0) ** 2, (counts**2).sum(axis=0))
        low, high = share_limits(means, standard_errors(samples, n), n, alike, 0.95)
    else:
        low, high = studentised_limits(means, errors, samples, sample_errors, n, 0.95, 1.0)
    first = np.arange(n_runs) * n_outlets
    assert 0.91 <= ((low <= truth) & (truth <= high))[first].mean() <= 0.985  # .95 and three standard errors of 400 runs
    pair, fewer = samples[:, first] - samples[:, first + 1], np.minimum(n[first], n[first + 1])
    low, high = t_limits(means[first] - means[first + 1], standard_errors(pair, fewer), fewer - 1.0, 0.95)
    assert 0.92 <= ((low <= 0) & (high >= 0)).mean() <= 0.98


def test_standard_errors_of_a_plain_mean() -> None:
    values = np.random.default_rng(0).normal(size=(30, 1))
    samples, _ = resample_with_errors(values, np.ones((30, 1)), 20_000, np.random.default_rng(1))
    wanted = values.std(ddof=1) / math.sqrt(30)
    assert standard_errors(samples, np.array([30])) == pytest.approx(wanted, rel=0.03)
    assert linearised_errors(values, np.ones((30, 1))) == pytest.approx(wanted * math.sqrt(29 / 30))


def test_limits_of_shares_are_clopper_and_pearsons_where_stories_weigh_alike() -> None:
    none = np.array([math.nan])
    for share, n, wanted in ((0.0, 7, (0, 1 - 0.025 ** (1 / 7))), (1.0, 4, (0.025**0.25, 1)), (0.5, 1, None)):
        low, high = share_limits(np.array([share]), none, np.array([n]), np.array([float(n)]), 0.95)
        if wanted:
            assert (low[0], high[0]) == pytest.approx(wanted)
        assert 0 <= low[0] <= share <= high[0] <= 1
    assert np.isnan(share_limits(none, none, np.array([0]), np.array([0.0]), 0.95)[0]).all()


def test_bca_of_a_symmetric_sample_is_the_expanded_percentile() -> None:
    half = np.random.default_rng(0).normal(size=15)
    values = np.concatenate([half, -half])[:, None]
    samples = resample(values, np.ones((30, 1)), 20_000, np.random.default_rng(1))
    left_out = (values.sum() - values) / 29
    mine = bca_limits(np.zeros(1), samples, left_out, np.array([30]), 0.95, 1.0)
    plain = limits(samples, np.array([30]), 0.95, 1.0)
    assert mine[0] == pytest.approx(plain[0], abs=0.02)
    assert mine[1] == pytest.approx(plain[1], abs=0.02)
    skewed = np.random.default_rng(2).exponential(size=(30, 1)) ** 2
    samples = resample(skewed, np.ones((30, 1)), 5000, np.random.default_rng(1))
    mine = bca_limits(skewed.mean(axis=0), samples, (skewed.sum() - skewed) / 29, np.array([30]), 0.95, 1.0)
    assert mine[1] > limits(samples, np.array([30]), 0.95, 1.0)[1]  # reaches further toward the long tail
