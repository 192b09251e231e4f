"""Regression: equal to what statsmodels and hand-worked cases give; small-sample correction; what cannot be told."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from framing.compare import regress
from framing.compare.regression import cr2
from framing.errors import InputError, UnknownNameError


def made(n_stories: int = 20, seed: int = 0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    story = np.repeat(np.arange(n_stories), 4)
    frame = pd.DataFrame(
        {
            "outlet": np.tile(["Herald", "Lantern", "Herald", "Tribune"], n_stories),
            "story": story,
            "n_words": rng.integers(200, 900, len(story)),
            "section": rng.choice(["news", "sport"], len(story)),
            "agency": np.where(rng.random(len(story)) < 0.3, "CP", None),
            "date": pd.Timestamp("2026-01-01") + pd.to_timedelta(story, unit="D"),
        }
    )
    noise = rng.normal(0, 0.2, n_stories)[story] + rng.normal(0, 0.1, len(story))
    frame["polarity"] = 0.3 * (frame.outlet == "Lantern") + 0.001 * frame.n_words + 0.2 * frame.agency.notna() + noise
    return frame


def test_singletons_give_hc2_and_bell_mccaffrey_freedom() -> None:
    """With a row a cluster, CR2 is HC2; for a difference of two means its freedom is Welch's under equal variances (Bell and McCaffrey)."""
    rng = np.random.default_rng(1)
    y = rng.normal(size=17)
    second = np.repeat([0.0, 1.0], [5, 12])
    x = np.column_stack([np.ones(17), second])
    fit = np.linalg.lstsq(x, y, rcond=None)[0]
    covariance, freedom = cr2(x, y - x @ fit, np.arange(17))
    a, b = y[second == 0], y[second == 1]
    assert covariance[1, 1] == pytest.approx(a.var(ddof=1) / 5 + b.var(ddof=1) / 12)
    assert freedom[1] == pytest.approx((1 / 5 + 1 / 12) ** 2 / (1 / (25 * 4) + 1 / (144 * 11)))


def test_a_covariate_of_whole_stories_is_a_test_between_stories() -> None:
    """Two rows of equal weight a story: the difference of story means, with its t-test of equal group sizes."""
    rng = np.random.default_rng(2)
    story, second = np.repeat(np.arange(10), 2), np.repeat([0.0, 1.0], 10)
    y = rng.normal(size=10)[story] + rng.normal(size=20)
    x = np.column_stack([np.ones(20), second])
    fit = np.linalg.lstsq(x, y, rcond=None)[0]
    covariance, freedom = cr2(x, y - x @ fit, story)
    means = y.reshape(10, 2).mean(axis=1)
    assert freedom[1] == pytest.approx(8)
    assert fit[1] / math.sqrt(covariance[1, 1]) == pytest.approx(-stats.ttest_ind(means[:5], means[5:]).statistic)


def test_covariates_of_every_kind() -> None:
    found = regress(made(), "polarity", covariates=["n_words", "section", "wire", "date"], reference="Herald")
    terms = found.coefficients.index.tolist()
    assert terms[:4] == ["(constant)", "outlet=Lantern", "outlet=Tribune", "n_words"]
    assert terms[4] in ("section=news", "section=sport")
    assert terms[5:] == ["wire", "date (days)"]
    for term, truth in (("outlet=Lantern", 0.3), ("outlet=Tribune", 0.0), ("n_words", 0.001), ("wire", 0.2)):
        assert found.coefficients.loc[term, "low"] < truth < found.coefficients.loc[term, "high"]
    assert (found.n_rows, found.n_clusters, found.n_missing) == (80, 20, 0)
    assert "CR2, Satterthwaite" in found.method
    assert "statsmodels" in found.methods()


@pytest.mark.parametrize("model", ["mixed", "logit"])
def test_other_models_find_the_same_direction(model: str) -> None:
    frame = made()
    frame["polarity"] = frame["polarity"].clip(0, 1)
    found = regress(frame, "polarity", reference="Herald", model=model, covariates=["n_words"])  # type: ignore[arg-type]
    assert found.coefficients.loc["outlet=Lantern", "estimate"] > 0
    assert found.coefficients.loc["outlet=Lantern", "p"] < 0.05
    df = found.coefficients["df"].iloc[0]
    assert df == (math.inf if model == "mixed" else 19)


def test_few_stories_are_said_so() -> None:
    found = regress(made(n_stories=5), "polarity", reference="Herald")
    assert found.notes[0] == "only 5 stories: errors by story need more, and these may be too small"


def test_missing_rows_are_left_out_and_counted() -> None:
    frame = made()
    frame.loc[3, "n_words"] = np.nan
    frame.loc[5, "polarity"] = np.nan
    found = regress(frame, "polarity", covariates=["n_words"])
    assert (found.n_rows, found.n_missing) == (78, 2)


def test_order_of_rows_changes_nothing() -> None:
    frame = made()
    frame.index = [f"a{n}" for n in range(len(frame))]
    one = regress(frame, "polarity", covariates=["n_words"])
    other = regress(frame.sample(frac=1, random_state=1), "polarity", covariates=["n_words"])
    pd.testing.assert_frame_equal(one.coefficients, other.coefficients, check_exact=True)


def test_what_cannot_be_told() -> None:
    frame = made()
    with pytest.raises(InputError, match="a regression needs two groups with complete rows, got 1"):
        regress(frame[frame.outlet == "Herald"], "polarity")
    with pytest.raises(InputError, match="so that their parts cannot be told apart"):
        regress(frame.assign(owner=np.where(frame.outlet == "Lantern", "state", "private")), "polarity", covariates=["owner"])
    with pytest.raises(InputError, match="a regression needs two stories, got 1"):
        regress(frame.assign(story="one"), "polarity")
    with pytest.raises(InputError, match="the measure is 1 in every row"):
        regress(frame.assign(polarity=1.0), "polarity")
    with pytest.raises(InputError, match="model 'logit' takes values within 0 to 1"):
        regress(frame, "n_words", model="logit")
    with pytest.raises(InputError, match="a mixed model needs stories with several rows"):
        regress(frame.drop(columns="story"), "polarity", model="mixed")
    with pytest.raises(UnknownNameError, match="no covariate 'length'; columns are outlet"):
        regress(frame, "polarity", covariates=["length"])
    with pytest.raises(UnknownNameError, match="no group 'Ledger' with complete rows; there are Herald, Lantern, Tribune"):
        regress(frame, "polarity", reference="Ledger")
    with pytest.raises(InputError, match="model must be one of cluster, mixed, logit, got 'ols'"):
        regress(frame, "polarity", model="ols")  # type: ignore[arg-type]
