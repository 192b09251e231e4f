"""Measurement error: hand-worked corrections, clipping, intervals with both uncertainties, codes that put a biased measure right."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from framing.compare import correct_for_rates, correct_with_codes
from framing.errors import InputError, UnknownNameError


def found(shares: dict[str, float], n_stories: int = 40) -> pd.DataFrame:
    """Ten articles a story and outlet; the given share of all of them has the thing, unevenly over stories."""
    rows = []
    for outlet, share in shares.items():
        hits = np.zeros(10 * n_stories)
        hits[: round(share * len(hits))] = 1
        hits = np.random.default_rng(len(outlet)).permutation(hits)
        rows += [(outlet, story, hit) for story, hit in zip(np.repeat(range(n_stories), 10), hits, strict=True)]
    return pd.DataFrame(rows, columns=["outlet", "story", "direct"])


RATES = pd.DataFrame({"outlet": ["Herald", "Lantern"], "sensitivity": [0.9, 0.6], "specificity": [0.95, 0.95], "n": [400, 400]})


def test_rogan_and_gladen_by_hand() -> None:
    correction = correct_for_rates(found({"Herald": 0.39, "Lantern": 0.27}), "direct", RATES)
    assert correction.estimates["corrected"].tolist() == pytest.approx([(0.39 - 0.05) / 0.85, (0.27 - 0.05) / 0.55])  # both .4
    row = correction.differences.iloc[0]
    assert row.low > 0
    assert row.corrected_low < 0 < row.corrected_high
    assert row.changes
    assert row.corrected_high - row.corrected_low > row.high - row.low


def test_precision_and_recall_by_hand() -> None:
    rates = pd.DataFrame({"outlet": ["Lantern", "all"], "precision": [0.8, 0.9], "recall": [0.4, 0.9], "n": [100, 100]})
    correction = correct_for_rates(found({"Herald": 0.3, "Lantern": 0.2}), "direct", rates)
    assert correction.estimates["corrected"].tolist() == pytest.approx([0.3 * 0.9 / 0.9, 0.2 * 0.8 / 0.4])
    assert correction.estimates["n_coded"].tolist() == [100, 100]


def test_fewer_coded_cases_make_it_wider() -> None:
    data, widths = found({"Herald": 0.39, "Lantern": 0.27}), []
    for n in (30, 300, None):
        rates = RATES.assign(n=n) if n else RATES.drop(columns="n")
        correction = correct_for_rates(data, "direct", rates)
        widths.append(float((correction.estimates["corrected_high"] - correction.estimates["corrected_low"]).sum()))
        assert ("rates without n are taken as exact, so that intervals are too narrow" in correction.notes) == (n is None)
    assert widths[0] > 1.5 * widths[1] > widths[2]


def test_what_leaves_0_to_1_is_cut_and_said() -> None:
    correction = correct_for_rates(found({"Herald": 0.02, "Lantern": 0.27}), "direct", RATES)
    assert correction.estimates["corrected"].iloc[0] == 0
    assert correction.estimates["clipped"].tolist() == [True, False]
    assert "corrected shares outside 0 to 1 were cut for Herald: rates and shares do not fit each other" in correction.notes


def test_a_measure_no_better_than_chance_gives_nothing() -> None:
    correction = correct_for_rates(found({"Herald": 0.4, "Lantern": 0.27}), "direct", RATES.assign(sensitivity=[0.05, 0.6]))
    assert math.isnan(correction.estimates["corrected"].iloc[0])
    assert any(note.startswith("no correction for Herald") for note in correction.notes)


def test_bad_rates() -> None:
    data = found({"Herald": 0.4, "Lantern": 0.3})
    with pytest.raises(InputError, match="no rates for 'Lantern'; there are rates for Herald"):
        correct_for_rates(data, "direct", RATES.iloc[:1])
    with pytest.raises(InputError, match=r"sensitivity must be within 0 to 1, got 90"):
        correct_for_rates(data, "direct", RATES.assign(sensitivity=[90, 60]))
    with pytest.raises(InputError, match="'Herald' stands twice"):
        correct_for_rates(data, "direct", pd.concat([RATES, RATES]))
    with pytest.raises(
        UnknownNameError, match="rates need precision and recall, or sensitivity and specificity; columns are n, sensitivity"
    ):
        correct_for_rates(data, "direct", RATES.drop(columns="specificity"))
    with pytest.raises(InputError, match="n must be above 0, got 0"):
        correct_for_rates(data, "direct", RATES.assign(n=[0, 5]))
    with pytest.raises(InputError, match="direct is no share"):
        correct_for_rates(data.assign(direct=data.direct * 3), "direct", RATES)


def scored(seed: int, n_stories: int = 60) -> tuple[pd.DataFrame, pd.Series]:
    """A measure that is .3 too low in one outlet, and its truth, which is the same in both."""
    rng = np.random.default_rng(seed)
    story, second = np.repeat(np.arange(n_stories), 4), np.tile([False, False, True, True], n_stories)
    truth = rng.normal(size=n_stories)[story] * 0.3 + rng.normal(size=len(story)) * 0.5
    measured = truth - 0.3 * second + rng.normal(size=len(story)) * 0.2
    ids = [f"a{n}" for n in range(len(story))]
    frame = pd.DataFrame({"outlet": np.where(second, "B", "A"), "story": story, "tone": measured}, index=pd.Index(ids, name="article_id"))
    return frame, pd.Series(truth, index=ids)


def test_codes_put_a_biased_measure_right() -> None:
    frame, truth = scored(1)
    codes = truth.sample(frac=0.4, random_state=2)
    correction = correct_with_codes(frame, "tone", codes)
    row = correction.differences.iloc[0]
    assert row.low > 0
    assert row.corrected_low < 0 < row.corrected_high
    mine = codes.index[(frame.loc[codes.index, "outlet"] == "A").to_numpy()]
    by_hand = frame.loc[frame.outlet == "A", "tone"].mean() + (codes[mine] - frame.loc[mine, "tone"]).mean()
    assert correction.estimates.loc["A", "corrected"] == pytest.approx(by_hand)
    assert correction.estimates["n_coded"].sum() == len(codes)


def test_chances_of_being_coded_are_weighed() -> None:
    frame = pd.DataFrame({"outlet": ["A"] * 4, "tone": [0.0, 0, 0, 0]}, index=list("abcd"))
    codes = pd.DataFrame({"article_id": ["a", "b"], "tone": [1.0, 0.0], "probability": [0.25, 0.75]})
    assert correct_with_codes(frame, "tone", codes, n_resamples=100).estimates["corrected"].iloc[0] == pytest.approx(4 / (4 + 4 / 3))


def test_corrected_intervals_cover() -> None:
    hits = np.zeros(2)
    for seed in range(60):
        frame, truth = scored(seed)
        row = correct_with_codes(frame, "tone", truth.sample(frac=0.4, random_state=seed), n_resamples=200).differences.iloc[0]
        hits += [row.low <= 0 <= row.high, row.corrected_low <= 0 <= row.corrected_high]
    assert hits[0] <= 5
    assert hits[1] >= 52


def test_bad_codes() -> None:
    frame, truth = scored(1)
    with pytest.raises(InputError, match=r"codes are for 'x', which is no article here \(1 such id of 1\)"):
        correct_with_codes(frame, "tone", pd.Series({"x": 1.0}))
    with pytest.raises(InputError, match="but 'a0' stands twice"):
        correct_with_codes(frame, "tone", pd.concat([truth, truth]))
    with pytest.raises(InputError, match="probability must be above 0 and at most 1"):
        correct_with_codes(frame, "tone", pd.DataFrame({"article_id": ["a0"], "tone": [1.0], "probability": [0.0]}))
    only_a = truth[(frame.outlet == "A").to_numpy()]
    correction = correct_with_codes(frame, "tone", only_a, n_resamples=100)
    assert math.isnan(correction.estimates.loc["B", "corrected"])
    assert "no coded article of B, so no correction there" in correction.notes


def test_rates_may_be_rows_of_validate() -> None:
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({"outlet": ["A", "B"] * 60, "story": np.repeat(range(60), 2), "direct": rng.integers(0, 2, 120)})
    counts = {"n": [200, 200], "n_tool": [40, 50], "n_coders": [60, 30]}
    rates = pd.DataFrame({"outlet": ["A", "B"], "precision": [0.9, 0.8], "recall": [0.6, 0.7], "specificity": [0.95, 0.9], **counts})
    by_hand = rates[["outlet", "precision", "recall"]].assign(n_precision=[40, 50], n_recall=[60, 30])
    both = rates[["outlet", "recall", "specificity"]].assign(n_recall=[60, 30], n_specificity=[140, 170])
    for given, same in ((rates, by_hand), (rates.drop(columns="precision"), both)):
        found, wanted = (correct_for_rates(frame, "direct", some).estimates for some in (given, same))
        pd.testing.assert_frame_equal(found, wanted)
