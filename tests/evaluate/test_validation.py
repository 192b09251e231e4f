from __future__ import annotations

import csv
import math
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from coding_data import csv_cells
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import precision_recall_fscore_support

import framing as fr
from framing.coding import codes_from_table, unit_id
from framing.evaluate.validation import consensus

BLAME = fr.coding.Variable("blame", "Is somebody blamed?", values=("yes", "no"), column="blames", threshold=1)
TONE = fr.coding.Variable("tone", "How?", level="ordinal", values=("bad", "plain", "good"), column="tone")


def tables(answers: list[Any], *, column: str = "tone", outlets: list[str] | None = None, stories: list[str] | None = None) -> Any:
    n = len(answers)
    articles = pd.DataFrame(
        {column: answers, "outlet": outlets or ["Herald"] * n, "story": stories or [f"s{k}" for k in range(n)]},
        index=pd.Index([f"a{k}" for k in range(n)], name="article_id"),
    )
    return SimpleNamespace(articles=articles)


def codes(*coders: list[str | None], variable: fr.coding.Variable = TONE, weights: list[float] | None = None) -> fr.coding.Codes:
    rows = [
        {"coder": f"c{c}", "unit": unit_id("article", f"a{k}"), "variable": variable.name, "code": code, "article_id": f"a{k}"}
        | ({"weight": weights[k]} if weights else {})
        for c, given in enumerate(coders)
        for k, code in enumerate(given)
    ]
    return codes_from_table(pd.DataFrame(rows), [variable])


def cell(frame: pd.DataFrame, code: str, group: str = "all") -> pd.Series:
    return frame[(frame["code"] == code) & (frame["outlet"] == group)].iloc[0]


# Ten articles, by hand. Coders: bad 4, plain 5, good 1. The measure: bad 3 (2 right), plain 7 (5 right), good never.
CODED = ["bad"] * 4 + ["plain"] * 5 + ["good"]
SAID = ["bad", "bad", "plain", "plain"] + ["plain"] * 5 + ["bad"]


def test_by_hand() -> None:
    frame = fr.validate(tables(SAID), codes(CODED))
    bad, plain, good, macro = (cell(frame, code) for code in ("bad", "plain", "good", "(macro)"))
    assert (bad.n, bad.n_coders, bad.n_tool, bad.n_both) == (10, 4, 3, 2)
    assert (bad.precision, bad.recall, bad.f1) == pytest.approx((2 / 3, 2 / 4, 4 / 7))
    assert bad.specificity == pytest.approx(5 / 6)
    assert (bad.prevalence, bad.share_tool, bad.bias) == pytest.approx((0.4, 0.3, -0.1))
    assert (plain.precision, plain.recall, plain.bias) == pytest.approx((5 / 7, 1, 0.2))
    assert math.isnan(good.precision)
    assert (good.recall, good.f1, good.bias) == (0, 0, pytest.approx(-0.1))
    assert good.reason.startswith("the measure never said 'good': no precision")
    assert macro.f1 == pytest.approx((4 / 7 + 10 / 12 + 0) / 3)
    assert macro.accuracy == pytest.approx(0.7)
    assert macro.accuracy_baseline == 0.5
    assert plain.f1_baseline == pytest.approx(2 / 3)
    assert (bad.f1_baseline, macro.f1_baseline) == (0, pytest.approx(2 / 9))


def test_same_as_scikit_learn() -> None:
    rng = np.random.default_rng(5)
    coded, said = (rng.choice(TONE.values, size=300).tolist() for _ in range(2))
    frame = fr.validate(tables(said), codes(coded), n_resamples=100)
    theirs = precision_recall_fscore_support(coded, said, labels=TONE.values)
    for place, code in enumerate(TONE.values):
        assert (cell(frame, code).precision, cell(frame, code).recall, cell(frame, code).f1) == pytest.approx(
            [part[place] for part in theirs[:3]]
        )


def test_bias_by_outlet() -> None:
    """The measure finds blame in all articles of the Herald and misses half of the Ledger's."""
    outlets = ["Herald"] * 20 + ["Ledger"] * 20
    coded = ["yes", "no"] * 20
    said = [1, 0] * 10 + [1, 0, 0, 0] * 5
    frame = fr.validate(tables(said, column="blames", outlets=outlets), codes(coded, variable=BLAME))
    assert frame["outlet"].unique().tolist() == ["all", "Herald", "Ledger"]
    herald, ledger = cell(frame, "yes", "Herald"), cell(frame, "yes", "Ledger")
    assert (herald.recall, ledger.recall) == (1, 0.5)
    assert (herald.bias, ledger.bias) == (0, -0.25)
    assert ledger.bias_low < -0.25 < ledger.bias_high < 0
    assert math.isnan(herald.bias_low)
    assert "no interval of precision, recall" in herald.reason
    assert {"variable", "code", "outlet", "precision", "recall", "specificity", "n"} <= set(frame.columns)


def test_consensus_ties_and_single_coders() -> None:
    coded = codes(["bad", "bad", "bad", None], ["bad", "plain", "plain", "good"], ["plain", "good", "plain", None])
    agreed = consensus(coded).set_index("article_id").sort_index()
    assert agreed["code"].tolist() == ["bad", None, "plain", "good"]
    assert agreed["tie"].tolist() == [False, True, False, False]
    frame = fr.validate(tables(["bad", "bad", "bad", "good"]), coded)
    assert cell(frame, "bad")[["n", "n_ties"]].tolist() == [3, 1]
    assert frame.attrs["notes"] == ("tone: the code of one coder alone stands for the consensus of 1 unit",)
    assert "no intervals from fewer than 6 stories (3)" in cell(frame, "bad").reason


def test_units_the_measure_has_no_answer_for() -> None:
    found = tables(["bad", None, "strange", "good"])
    found.articles = found.articles.iloc[:3]
    row = cell(fr.validate(found, codes(["bad", "bad", "bad", "good"])), "bad")
    assert (row.n, row.n_unmatched) == (1, 3)


def test_weights_make_the_sample_speak_for_the_corpus() -> None:
    """Two articles of a small outlet and two of one with nine times as many."""
    said, coded = ["good", "good", "bad", "bad"], ["bad", "bad", "bad", "bad"]
    mine = codes(coded, weights=[1, 1, 9, 9])
    found = tables(said, outlets=["S", "S", "L", "L"])
    assert cell(fr.validate(found, mine), "bad").recall == pytest.approx(0.9)
    assert cell(fr.validate(found, mine, weighted=False), "bad").recall == pytest.approx(0.5)
    assert cell(fr.validate(found, mine), "bad", "S").recall == 0


def test_eleven_of_eleven_is_no_proof() -> None:
    row = cell(fr.validate(tables([1] * 11, column="blames"), codes(["yes"] * 11, variable=BLAME)), "yes")
    assert (row.precision, row.recall, row.f1, row.bias) == (1, 1, 1, 0)
    assert math.isnan(row.precision_low)
    assert math.isnan(row.specificity)
    never = cell(fr.validate(tables([0] * 11, column="blames"), codes(["yes"] * 11, variable=BLAME)), "yes")
    assert math.isnan(never.precision)
    assert (never.recall, never.f1, never.bias) == (0, 0, -1)
    assert never.f1_baseline == 1


def test_whole_stories_are_drawn() -> None:
    """Forty articles of two stories are two draws, not forty."""
    said, coded = ["bad", "plain"] * 20, ["bad", "bad"] * 20
    one = fr.validate(tables(said, stories=["s1"] * 20 + ["s2"] * 20), codes(coded))
    assert math.isnan(cell(one, "bad").recall_low)
    assert cell(one, "bad").n_stories == 2
    many = fr.validate(tables(said), codes(coded))
    assert cell(many, "bad").recall_low < 0.5 < cell(many, "bad").recall_high
    given = fr.validate(tables(said), codes(coded), stories=pd.Series("s", index=[f"a{k}" for k in range(40)]))
    assert cell(given, "bad").n_stories == 1


def test_the_interval_holds_the_truth() -> None:
    """Recall .7 in 40 stories of 3 articles; 40 samples, seeds stated."""
    hits = 0
    for seed in range(40):
        rng = np.random.default_rng([11, seed])
        coded = np.where(rng.random(120) < 0.5, "yes", "no")
        said = np.where(coded == "yes", rng.random(120) < 0.7, rng.random(120) < 0.1).astype(int)
        found = tables(said.tolist(), column="blames", stories=[f"s{k // 3}" for k in range(120)])
        row = cell(fr.validate(found, codes(coded.tolist(), variable=BLAME), n_resamples=200, seed=seed), "yes")
        hits += row.recall_low <= 0.7 <= row.recall_high
    assert hits >= 34  # 95 % less three standard errors


@settings(max_examples=25, deadline=None)
@given(pairs=st.lists(st.tuples(st.sampled_from(TONE.values), st.sampled_from(TONE.values)), min_size=1, max_size=20))
def test_scores_stay_in_range(pairs: list[tuple[str, str]]) -> None:
    said, coded = map(list, zip(*pairs, strict=True))
    frame = fr.validate(tables(said), codes(coded), n_resamples=100)
    rows = frame[frame["outlet"] == "all"]
    for score in ("precision", "recall", "f1", "specificity", "prevalence", "accuracy"):
        assert rows[score].dropna().between(0, 1).all()
    by_code = rows[rows["code"] != "(macro)"]
    assert by_code["bias"].sum() == pytest.approx(0)
    assert by_code["prevalence"].sum() == pytest.approx(1)
    assert rows["accuracy"].iloc[-1] == pytest.approx(sum(a == b for a, b in pairs) / len(pairs))


@pytest.mark.parametrize(
    "options, message",
    [
        ({"by": "paper"}, "no column 'paper' to group by; columns are tone, outlet, story"),
        ({"columns": {"tone": "sound"}}, "'tone': no column 'sound' in tables.articles; there are tone, outlet, story"),
        ({"columns": {"mood": "tone"}}, "columns names the variable 'mood'; coded were tone"),
        ({"level": 2}, "level must be at least 0.5 and below 1, got 2"),
    ],
)
def test_wrong_options(options: dict[str, Any], message: str) -> None:
    with pytest.raises(fr.FramingError, match=message):
        fr.validate(tables(["bad"]), codes(["bad"]), **options)


def test_nothing_to_compare() -> None:
    with pytest.raises(fr.FramingError, match=r"expected Tables \(see analyze_corpus\), got int"):
        fr.validate(3, codes(["bad"]))  # type: ignore[arg-type]
    with pytest.raises(fr.FramingError, match="expected Codes"):
        fr.validate(tables(["bad"]), 3)  # type: ignore[arg-type]
    free = fr.coding.Variable("free", "What?", values=("a", "b"))
    with pytest.raises(fr.FramingError, match="no unit could be compared: free: not compared, no column answers it"):
        fr.validate(tables(["bad"]), codes(["a"], variable=free))
    degree = fr.coding.Variable("degree", "How far?", level="interval", column="tone")
    with pytest.raises(fr.FramingError, match="degree: not compared, its codes are numbers"):
        fr.validate(tables(["bad"]), codes(["3"], variable=degree))
    with pytest.raises(fr.FramingError, match="none of the coded units is in the tables"):
        fr.validate(tables([None]), codes(["bad"]))


def test_from_the_sheet_to_the_figures(tmp_path: Path) -> None:
    """A coder who repeats the measure's answers but for one; every kind of unit."""
    corpus = fr.read_corpus(Path(__file__).parents[2] / "corpora" / "ten-stories")[:12]
    found = fr.analyze_corpus(corpus, engine="rules")
    for name, table in (
        ("target_tone", "mentions"),
        ("voice", "sentences"),
        ("source_type", "attributions"),
        ("naming", "attributions"),
        ("legal_label", "articles"),
    ):
        sheet = fr.coding_sheet(corpus, variables=[name], n=12, path=tmp_path / name, engine="rules")
        variable, rows = sheet.variables[0], getattr(found, table)
        rows = rows.reset_index() if table == "articles" else rows
        sources = rows["source"] if table == "attributions" else [""] * len(rows)
        places = zip(rows["article_id"], rows.get("start", [0] * len(rows)), rows.get("end", [0] * len(rows)), sources, strict=True)
        said = {unit_id(sheet.unit, *place): variable.of_tool(answer) for place, answer in zip(places, rows[variable.column], strict=True)}
        filled = csv_cells(sheet.paths["csv"])
        column = filled[0].index(name)
        for row in filled[1:]:
            row[column] = str(said[row[0]])
        filled[1][column] = next(value for value in variable.values if value != filled[1][column])
        ann = tmp_path / f"{name}-ann.csv"
        with ann.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows(filled)
        read = fr.read_codes(ann, key=sheet)
        assert read.problems == ()
        frame = fr.validate(found, read, n_resamples=100, weighted=False)
        macro = frame[(frame["code"] == "(macro)") & (frame["outlet"] == "all")].iloc[0]
        assert (macro.n, macro.n_unmatched, macro.accuracy) == (12, 0, pytest.approx(11 / 12)), name
