from __future__ import annotations

import math
import warnings

import krippendorff
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import framing as fr
from framing.coding import alpha, codes_from_table
from framing.coding.reliability import ordinal_weights

NAN = math.nan

# Krippendorff (2011), Computing Krippendorff's alpha-reliability: sections A (binary), B (nominal, two observers), C and D (any number of
# observers, missing data, other metrics).
BINARY = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]
TWO_OBSERVERS = ["aabbdccceddad"[:12], "babbbcccedddd"[:12]]
FOUR_OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
    [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
]


def coded(matrix: list[list[object]], variable: fr.coding.Variable, **more: object) -> fr.coding.Codes:
    """Codes from coders x units."""
    rows = [
        {"coder": f"c{c}", "unit": f"u{u:03}", "variable": variable.name, "code": code, **more}
        for c, row in enumerate(matrix)
        for u, code in enumerate(row)
    ]
    return codes_from_table(pd.DataFrame(rows), [variable])


def yes_no(*words: str) -> fr.coding.Codes:
    names = {"y": "yes", "n": "no", ".": None}
    return coded(
        [[names[letter] for letter in word] for word in words], fr.coding.Variable("blame", "Is somebody blamed?", values=("yes", "no"))
    )


def scale(level: str, n: int = 5) -> fr.coding.Variable:
    if level in ("interval", "ratio"):
        return fr.coding.Variable("degree", "How much?", level=level, low=0, high=100)  # type: ignore[arg-type]
    return fr.coding.Variable("degree", "How much?", level=level, values=tuple(str(k) for k in range(1, n + 1)))  # type: ignore[arg-type]


@pytest.mark.parametrize("level, expected", [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)])
def test_published_example_with_missing_codes(level: str, expected: float) -> None:
    assert round(alpha(FOUR_OBSERVERS, level), 3) == expected  # type: ignore[arg-type]
    row = fr.agreement(coded(FOUR_OBSERVERS, scale(level)), n_resamples=200).iloc[0]
    assert round(row.alpha, 3) == expected
    assert (row.level, row.n_coders, row.n_units, row.n_single, row.n_pairable) == (level, 4, 11, 1, 40)
    assert row.alpha_low < expected < row.alpha_high


def test_published_examples_of_two_observers() -> None:
    assert round(alpha(BINARY), 3) == 0.095
    letters = fr.coding.Variable("kind", "Which?", values=tuple("abcde"))
    row = fr.agreement(coded([list(word) for word in TWO_OBSERVERS], letters)).iloc[0]
    assert round(row.alpha, 3) == 0.692


def test_same_as_the_package_on_random_matrices() -> None:
    rng = np.random.default_rng(2026)
    compared = 0
    for number in range(200):
        n_coders, n_units, n_values = rng.integers(2, 6), rng.integers(4, 40), rng.integers(2, 8)
        truth = rng.integers(1, n_values + 1, size=n_units)
        guess = rng.integers(1, n_values + 1, size=(n_coders, n_units))
        matrix = np.where(rng.random((n_coders, n_units)) < rng.random(), guess, truth).astype(float)
        matrix[rng.random(matrix.shape) < rng.choice([0, 0.1, 0.4])] = NAN
        level = ("nominal", "ordinal", "interval", "ratio")[number % 4]
        mine = alpha(matrix, level)  # type: ignore[arg-type]
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                theirs = krippendorff.alpha(reliability_data=matrix, level_of_measurement=level)
        except (ValueError, AssertionError):
            theirs = NAN
        if math.isnan(mine):
            pairable = matrix[:, (~np.isnan(matrix)).sum(axis=0) > 1]
            assert len(np.unique(pairable[~np.isnan(pairable)])) <= 1
            continue
        assert mine == pytest.approx(theirs, abs=1e-9), (number, level)
        compared += 1
    assert compared >= 195


# AC1 by hand. Two coders, ten units: both yes 1, both no 7, apart 2. pa = .8; pi(yes) = 4 / 20 = .2, pe = 2 * .2 * .8 = .32;
# (.8 - .32) / .68 = .70588.
def test_ac1_by_hand() -> None:
    row = fr.agreement(yes_no("yynnnnnnnn", "ynynnnnnnn")).iloc[0]
    assert row.share_agree == pytest.approx(0.8)
    assert row.ac1 == pytest.approx(0.48 / 0.68)
    assert math.isnan(row.ac2)
    assert (row.commonest, row.share_commonest, row.rarest, row.share_rarest) == ("no", 0.8, "yes", 0.2)


# Three coders, four units, the last with one code: yyy, yyn, nn., y.. -- pairs agreeing 1, 1/3, 1: pa = 7/9.
# pi(yes) = (1 + 2/3 + 0 + 1) / 4 = 2/3; pe = 2 * 2/3 * 1/3 = 4/9; (7/9 - 4/9) / (5/9) = .6.
def test_ac1_by_hand_with_missing_codes() -> None:
    row = fr.agreement(yes_no("yyny", "yyn.", "yn..")).iloc[0]
    assert row.share_agree == pytest.approx(7 / 9)
    assert row.ac1 == pytest.approx(0.6)
    assert (row.n_units, row.n_single, row.n_pairable) == (3, 1, 8)


# Three ordered codes, four units: 11, 22, 12, 13. Ordinal weights: 1, 2/3 (one apart), 0 (two apart). pa = (1 + 1 + 2/3 + 0) / 4 = 2/3.
# pi = 4/8, 3/8, 1/8; sum pi (1 - pi) = .25 + .234375 + .109375 = .59375; sum of weights 3 + 4 * 2/3 = 17/3; pe = 17/18 * .59375.
def test_ac2_by_hand() -> None:
    row = fr.agreement(coded([list("1211"), list("1223")], scale("ordinal", 3)), n_resamples=100).iloc[0]
    chance = 17 / 18 * 0.59375
    assert row.ac2 == pytest.approx((2 / 3 - chance) / (1 - chance))
    assert ordinal_weights(4)[0].tolist() == pytest.approx([1, 5 / 6, 3 / 6, 0])


def test_all_codes_equal_is_not_agreement() -> None:
    row = fr.agreement(yes_no("n" * 11, "n" * 11)).iloc[0]
    assert math.isnan(row.alpha)
    assert math.isnan(row.ac1)
    assert (row.share_agree, row.share_commonest) == (1, 1)
    assert row.reason.startswith("all 22 codes are 'no': nothing tells agreement from chance")


# Eleven yes against eleven no: Do = 1, De = 2 * 11 * 11 / (22 * 21) = .5238; alpha = 1 - 1 / .5238 = -.90909. AC1: pa 0, pe .5: -1.
def test_eleven_against_none() -> None:
    row = fr.agreement(yes_no("y" * 11, "n" * 11)).iloc[0]
    assert row.alpha == pytest.approx(-10 / 11)
    assert row.ac1 == pytest.approx(-1)
    assert row.share_agree == 0
    assert math.isnan(row.alpha_low)
    assert "resamples do not differ" in row.reason


# One coder says yes once in a hundred, the other never: 99 % agreement, alpha 0: nothing known of the rare code.
def test_a_rare_code_nobody_agrees_on() -> None:
    codes = yes_no("y" + "n" * 99, "n" * 100)
    row = fr.agreement(codes).iloc[0]
    assert row.share_agree == 0.99
    assert row.alpha == pytest.approx(0, abs=1e-12)
    assert row.ac1 > 0.98
    assert math.isnan(row.alpha_low)
    assert "no interval of alpha: 3" in row.reason  # a unit is missed by (1 - 1/100)^100 = 37 % of the resamples
    rare = fr.coding.code_shares(codes).set_index("code")
    assert rare.loc["yes", ["n", "n_units", "n_agreed", "specific_agreement"]].tolist() == [1, 1, 0, 0]
    assert rare.loc["no", "specific_agreement"] == pytest.approx(198 / 199)


def test_perfect_agreement_has_no_interval() -> None:
    row = fr.agreement(yes_no("yn" * 10, "yn" * 10)).iloc[0]
    assert (row.alpha, row.ac1) == (1, 1)
    assert math.isnan(row.alpha_low)


@pytest.mark.parametrize(
    "words, reason",
    [
        (("ynyn",), "no unit has two codes"),
        (("yn..", "..yn"), "no unit has two codes"),
        (("....", "...."), "no unit has two codes"),
        (("ynyn", "ynnn"), "no intervals from 4 drawn; 6 are needed"),
    ],
)
def test_too_little(words: tuple[str, ...], reason: str) -> None:
    row = fr.agreement(yes_no(*words)).iloc[0]
    assert row.reason == reason
    assert math.isnan(row.alpha_low)


def test_interval_covers_the_value_of_many_units() -> None:
    """The truth: alpha of 20,000 units. Seeds stated; 50 samples of 60 units, three coders who see the right code in 80 of 100."""

    def draw(n_units: int, rng: np.random.Generator) -> list[list[object]]:
        truth = rng.random(n_units) < 0.3
        right = rng.random((3, n_units)) < 0.8
        return np.where(np.where(right, truth, ~truth), "yes", "no").tolist()

    variable = fr.coding.Variable("blame", "Is somebody blamed?", values=("yes", "no"))
    big = np.array(draw(20_000, np.random.default_rng(1))) == "yes"
    target = alpha(big.astype(float))
    hits = 0
    for seed in range(50):
        row = fr.agreement(coded(draw(60, np.random.default_rng([7, seed])), variable), n_resamples=200, seed=seed).iloc[0]
        hits += row.alpha_low <= target <= row.alpha_high
    assert hits >= 43  # 95 % less three standard errors of 50 samples; benchmarks/agreement.py has more


def test_by_group_and_by_article() -> None:
    codes = yes_no("yynnnnnnnnyn", "ynynnnnnnnyn")
    table = codes.table.assign(
        outlet=["Herald" if unit < "u006" else "Ledger" for unit in codes.table["unit"]], article_id=codes.table["unit"].str[:3]
    )
    codes = fr.coding.Codes(table, codes.variables, codes.unit)
    frame = fr.agreement(codes, by="outlet")
    assert frame["group"].tolist() == ["all", "Herald", "Ledger"]
    assert frame["n_units"].tolist() == [12, 6, 6]
    assert frame["alpha"].iloc[2] == 1
    assert fr.agreement(codes, draw="article")["reason"].iloc[0] == "no intervals from 2 drawn; 6 are needed"
    with pytest.raises(fr.errors.UnknownNameError, match="no column 'paper' to group by; columns are coder, unit, variable"):
        fr.agreement(codes, by="paper")


def test_same_seed_same_figures() -> None:
    codes = yes_no("yynnnynnnn", "ynynnynnnn")
    pd.testing.assert_frame_equal(fr.agreement(codes, seed=3), fr.agreement(codes, seed=3))


def test_wrong_arguments() -> None:
    with pytest.raises(fr.FramingError, match=r"expected Codes \(see read_codes\), got DataFrame"):
        fr.agreement(pd.DataFrame())  # type: ignore[arg-type]
    with pytest.raises(fr.FramingError, match="draw must be one of unit, article, got 'story'"):
        fr.agreement(yes_no("yn", "yn"), draw="story")  # type: ignore[arg-type]
    with pytest.raises(fr.FramingError, match="a ratio scale has no numbers below 0, got -1"):
        alpha([[-1, 2], [1, 2]], "ratio")
    with pytest.raises(fr.FramingError, match="data must be coders x units, got 1 dimensions"):
        alpha([1, 2])  # type: ignore[list-item]


MATRICES = st.integers(2, 4).flatmap(
    lambda n: st.lists(st.lists(st.sampled_from([1.0, 2.0, 3.0, NAN]), min_size=n, max_size=n), min_size=1, max_size=12)
)


@settings(max_examples=60, deadline=None)
@given(matrix=MATRICES, level=st.sampled_from(["nominal", "ordinal", "interval", "ratio"]), seed=st.integers(0, 99))
def test_neither_order_of_coders_nor_of_units_counts(matrix: list[list[float]], level: str, seed: int) -> None:
    data = np.array(matrix).T
    rng = np.random.default_rng(seed)
    first, other = alpha(data, level), alpha(rng.permutation(rng.permutation(data, axis=0), axis=1), level)  # type: ignore[arg-type]
    assert first == pytest.approx(other, nan_ok=True)
    assert math.isnan(first) or first <= 1 + 1e-12


@settings(max_examples=60, deadline=None)
@given(matrix=MATRICES, names=st.permutations([1.0, 2.0, 3.0]))
def test_names_of_nominal_codes_do_not_count(matrix: list[list[float]], names: list[float]) -> None:
    data = np.array(matrix).T
    renamed = np.select([data == 1, data == 2, data == 3], names, NAN)
    assert alpha(data) == pytest.approx(alpha(renamed), nan_ok=True)


@settings(max_examples=60, deadline=None)
@given(matrix=MATRICES, factor=st.floats(0.1, 50), shift=st.floats(-50, 50))
def test_interval_scale_may_be_stretched_and_ordinal_turned(matrix: list[list[float]], factor: float, shift: float) -> None:
    data = np.array(matrix).T
    assert alpha(data, "interval") == pytest.approx(alpha(data * factor + shift, "interval"), nan_ok=True, abs=1e-6)
    assert alpha(data, "ordinal") == pytest.approx(alpha(-(data**3), "ordinal"), nan_ok=True)
