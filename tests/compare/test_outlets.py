"""What may be compared with what: any table, denominators, groups, dates, pairs within stories, families; and how it prints."""

from __future__ import annotations

import csv
import io
import math
import re
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from compare_data import row
from scipy import stats

from framing.compare import Comparison, compare_measures, compare_outlets, detectable_difference
from framing.compare.export import latex_text, markdown_text
from framing.compare.permutation import adjust, dealt_differences, dealt_units
from framing.errors import InputError, UnknownNameError
from framing.tables.safe_writing import safe_cell


def world(n_stories: int = 12, seed: int = 0) -> SimpleNamespace:
    """Three outlets, one article a story and outlet, with one to four attributions each."""
    rng = np.random.default_rng(seed)
    articles, attributions = [], []
    for story in range(n_stories):
        for outlet, official in (("Herald", 0.8), ("Lantern", 0.3), ("Tribune", 0.5)):
            key = f"{outlet}{story}"
            kinds = ["official" if rng.random() < official else "citizen" for _ in range(int(rng.integers(1, 5)))]
            attributions += [{"article_id": key, "source_type": kind, "n_words": int(rng.integers(3, 30))} for kind in kinds]
            articles.append(
                {
                    "article_id": key,
                    "outlet": outlet,
                    "story": f"s{story}",
                    "date": pd.Timestamp("2026-01-01") + pd.Timedelta(days=story),
                    "n_attributions": len(kinds),
                    "share_official": kinds.count("official") / len(kinds),
                    "polarity": rng.normal() + story / 10,
                }
            )
    return SimpleNamespace(articles=pd.DataFrame(articles).set_index("article_id"), attributions=pd.DataFrame(attributions))


def test_rows_of_another_table_count_alike_and_cluster_in_stories() -> None:
    tables = world()
    comparison = compare_outlets(tables, "source_type=official", table="attributions", n_resamples=300)
    joined = tables.attributions.join(tables.articles["outlet"], on="article_id")
    wanted = joined.groupby("outlet")["source_type"].agg(lambda kinds: (kinds == "official").mean())
    assert comparison.estimates["mean"].tolist() == pytest.approx(wanted.tolist())
    assert comparison.estimates["n_rows"].tolist() == joined.groupby("outlet").size().tolist()
    assert comparison.estimates["n_articles"].tolist() == [12, 12, 12]
    assert comparison.share
    assert "attributions in 36 articles of 12 stories (column story)" in comparison.method


def test_a_denominator_makes_a_share_of_all_attributions() -> None:
    tables = world()
    weighted = compare_outlets(tables, "share_official", weight="n_attributions", n_resamples=300)
    rows = compare_outlets(tables, "source_type=official", table="attributions", n_resamples=300)
    for column in ("mean", "low", "high", "weight", "se"):
        assert weighted.estimates[column].tolist() == pytest.approx(rows.estimates[column].tolist())
    assert weighted.differences["p"].tolist() == pytest.approx(rows.differences["p"].tolist())
    assert "sums over sums of n_attributions" in weighted.method


def test_rows_of_a_plain_frame() -> None:
    tables = world()
    frame = tables.attributions.join(tables.articles[["outlet", "story"]], on="article_id")
    one = compare_outlets(frame, "n_words", table="rows", n_resamples=200)
    other = compare_outlets(tables, "n_words", table="attributions", n_resamples=200)
    pd.testing.assert_frame_equal(one.estimates, other.estimates)
    with pytest.raises(InputError, match=r"stands twice; rows that are parts of articles need table='rows'"):
        compare_outlets(frame, "n_words")
    with pytest.raises(InputError, match="pass its rows with table='rows'"):
        compare_outlets(frame, "n_words", table="attributions")


def test_an_outlet_without_rows_is_shown() -> None:
    tables = world()
    tables.attributions = tables.attributions[~tables.attributions.article_id.str.startswith("Tribune")]
    comparison = compare_outlets(tables, "n_words", table="attributions", n_resamples=200)
    assert comparison.estimates.loc["Tribune", "n_articles"] == 0
    assert math.isnan(comparison.estimates.loc["Tribune", "mean"])


@pytest.mark.parametrize(
    "groups", [{"Herald": "paper", "Lantern": "tabloid", "Tribune": "paper"}, {"paper": ["Herald", "Tribune"], "tabloid": ["Lantern"]}]
)
def test_groups_of_outlets(groups: dict) -> None:
    comparison = compare_outlets(world(), "polarity", groups=groups, n_resamples=200)
    assert comparison.estimates["n_articles"].to_dict() == {"paper": 24, "tabloid": 12}


def test_before_and_after_a_day() -> None:
    tables = world()
    tables.articles.loc["Herald0", "date"] = pd.NaT
    comparison = compare_outlets(tables, "polarity", split_at="2026-01-07", n_resamples=200)
    assert comparison.estimates["n_articles"].to_dict() == {"before 2026-01-07": 17, "from 2026-01-07": 18}
    assert comparison.notes[0] == "1 article without date left out"
    assert comparison.by == "date"
    assert row(comparison, "before 2026-01-07", "from 2026-01-07").n_shared == 0
    with pytest.raises(InputError, match="split_at must be a date"):
        compare_outlets(tables, "polarity", split_at="soon")


def test_paired_is_the_mean_of_differences_within_stories() -> None:
    frame = pd.DataFrame(
        {
            "outlet": ["A", "A", "B", "A", "B", "A", "B", "A", "B", "A", "B", "A", "B", "A"],
            "story": [1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7],
            "x": [1.0, 3, 1, 2, 1, 4, 2, 3, 3, 5, 2, 2, 1, 99],
        }
    )
    comparison = compare_outlets(frame, "x", paired=True, n_resamples=20_000)
    within = np.array([2 - 1, 2 - 1, 4 - 2, 3 - 3, 5 - 2, 2 - 1])
    found = row(comparison, "A", "B")
    assert found.difference == pytest.approx(within.mean())
    assert found.se == pytest.approx(within.std(ddof=1) / math.sqrt(6), rel=0.02)
    assert found.n_shared == 6
    assert found.p == pytest.approx(2 / 64 * 2, abs=0.01)  # signs of 6, one of them 0, all on one side
    assert comparison.estimates.loc["A", ["n_articles", "n_stories"]].tolist() == [7, 6]
    with pytest.raises(InputError, match="a paired comparison takes two groups, got 3"):
        compare_outlets(world(), "polarity", paired=True)
    assert compare_outlets(world(), "polarity", paired=True, only=["Herald", "Lantern"], n_resamples=200).paired


def test_within_stories_a_beat_plays_no_part() -> None:
    frame = pd.DataFrame(
        {
            "outlet": ["A", "A", "B", "A", "B", "C", "B", "C", "A", "C", "A", "B", "A"],
            "story": [1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 5, 6],
            "x": [1.0, 3, 1, 10, 12, 14, 5, 7, 20, 22, 3, 4, 999],
        }
    )
    comparison = compare_outlets(frame, "x", within="story", n_resamples=200)
    of_story = {1: 1.5, 2: 12, 3: 6, 4: 21, 5: 3.5}  # of the outlets' means, each counting alike
    kept = frame[frame["story"] < 6]
    expected = (kept["x"] - kept["story"].map(of_story)).groupby(kept["outlet"]).mean()
    assert comparison.estimates["mean"].to_dict() == pytest.approx(expected.to_dict())
    assert comparison.estimates["n_articles"].to_dict() == {"A": 5, "B": 4, "C": 3}
    assert "1 story that one group alone reports left out" in comparison.notes[0]
    assert comparison.within == "story"
    assert "less the mean of its story" in comparison.method
    assert "differences from the mean of their story" in comparison.methods()


def test_within_stories_a_common_shift_of_an_event_changes_nothing() -> None:
    tables = world()
    shifted = tables.articles.copy()
    shifted["polarity"] += shifted["story"].map(lambda story: len(str(story)) % 7 + int(str(story)[-1], 36) % 5 / 10)
    one = compare_outlets(tables.articles, "polarity", within="story", n_resamples=200)
    other = compare_outlets(shifted, "polarity", within="story", n_resamples=200)
    pd.testing.assert_frame_equal(one.estimates, other.estimates)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"within": "outlet"}, "within must be one of story, got 'outlet'"),
        ({"within": "story", "paired": True}, "give paired or within, not both"),
        ({"within": "story", "share": True}, "share=True does not go with within='story'"),
    ],
)
def test_what_does_not_go_with_within(options: dict, message: str) -> None:  # type: ignore[type-arg]
    with pytest.raises(InputError, match=re.escape(message)):
        compare_outlets(world(), "polarity", **options)


def test_within_where_no_story_is_shared() -> None:
    frame = pd.DataFrame({"outlet": ["A", "B", "A"], "story": [1, 2, 3], "x": [1.0, 2, 3]})
    comparison = compare_outlets(frame, "x", within="story", n_resamples=100)
    assert comparison.estimates["mean"].isna().all()
    assert comparison.notes[0].startswith("3 stories that one group alone reports left out")


def test_a_family_differs_in_the_adjustment_alone() -> None:
    tables = world()
    tables.articles.loc["Herald3", "polarity"] = math.nan
    family = compare_measures(tables, ["polarity", "share_official", "n_attributions"], n_resamples=300)
    p = []
    for comparison in family:
        alone = compare_outlets(tables, comparison.measure, n_resamples=300)
        pd.testing.assert_frame_equal(comparison.estimates, alone.estimates)
        pd.testing.assert_frame_equal(comparison.differences.drop(columns="p_adjusted"), alone.differences.drop(columns="p_adjusted"))
        p.append(comparison.differences["p"])
    assert family.family_size == 18
    assert family.to_frame()["p_adjusted"].dropna().tolist() == pytest.approx(stats.false_discovery_control(np.concatenate(p)).tolist())
    assert "18 comparisons of 3 measures" in family["polarity"].method
    with pytest.raises(UnknownNameError, match="no measure 'tone' here; there are polarity, share_official, n_attributions"):
        family["tone"]
    for wrong in ([], ["polarity", "polarity"]):
        with pytest.raises(InputError, match="one measure or more, each once"):
            compare_measures(tables, wrong)
    with pytest.raises(InputError, match="compare_measures takes several"):
        compare_outlets(tables, ["polarity"])  # type: ignore[arg-type]


def test_a_share_of_a_few_is_wide_and_never_missing() -> None:
    frame = pd.DataFrame({"outlet": ["A"] * 3 + ["B"] * 9 + ["C"], "share_x": [0.0] * 3 + [1.0, 0, 0, 1, 0, 1, 0, 0, 1] + [1.0]})
    frame["story"] = [*range(3), *range(9), 0]
    comparison = compare_outlets(frame, "share_x", n_resamples=300)
    assert comparison.estimates.loc["A", ["low", "high"]].tolist() == pytest.approx(
        [0, 1 - 0.025 ** (1 / 3)]
    )  # 0 of 3, by Clopper and Pearson
    assert comparison.estimates.loc["C", ["low", "high"]].tolist() == pytest.approx([0.025, 1])
    assert comparison.differences[["low", "high"]].notna().all(axis=None)
    assert row(comparison, "A", "C").low == -1
    assert "a wide interval for A, C: fewer than 6 stories say little about a share" in comparison.notes
    assert compare_outlets(frame, "share_x", share=False, n_resamples=300).estimates.loc["A", "low"] != 0


def test_share_must_be_one() -> None:
    with pytest.raises(InputError, match="polarity is no share: values run from"):
        compare_outlets(world(), "polarity", share=True)


@pytest.mark.parametrize("interval", ["t", "percentile", "bca"])
def test_every_kind_of_interval_holds_its_estimate(interval: str) -> None:
    comparison = compare_outlets(world(), "polarity", interval=interval, n_resamples=500)  # type: ignore[arg-type]
    for frame, value in ((comparison.estimates, "mean"), (comparison.differences, "difference")):
        assert (frame["low"] < frame[value]).all()
        assert (frame[value] < frame["high"]).all()


def test_detectable_difference_is_blooms() -> None:
    found = row(compare_outlets(world(), "polarity", n_resamples=300), "Herald", "Lantern")
    assert found.mdd == pytest.approx((stats.t.ppf(0.975, 11) + stats.t.ppf(0.8, 11)) * found.se)
    assert found.high - found.difference == pytest.approx(stats.t.ppf(0.975, 11) * found.se)
    assert np.isnan(detectable_difference(np.array([0.0, math.nan, 1.0]), np.array([5, 5, 0]))).all()
    with pytest.raises(InputError, match=r"power must be between 0 and 1, got 80"):
        detectable_difference(np.ones(1), np.ones(1), power=80)


def test_unknown_names_list_what_there_is() -> None:
    tables = world()
    for options, message in (
        ({"table": "quotes"}, "no table 'quotes'; tables are articles, attributions"),
        ({"weight": "n_quotes"}, "no numeric column 'n_quotes' to weigh by; numeric columns are n_attributions, share_official, polarity"),
        ({"only": ["Heraldo"]}, "no group 'Heraldo'; there are Herald, Lantern, Tribune"),
        ({"groups": {"Heraldo": "A"}}, "no article has outlet 'Heraldo'; there are Herald, Lantern, Tribune"),
    ):
        with pytest.raises(UnknownNameError) as caught:
            compare_outlets(tables, "polarity", **options)  # type: ignore[arg-type]
        assert str(caught.value) == message
    with pytest.raises(UnknownNameError) as caught:
        compare_outlets(tables, "source_type=expert", table="attributions")
    assert str(caught.value) == "no row has 'expert' in 'source_type'; values are citizen, official"
    with pytest.raises(InputError, match="interval must be one of t, percentile, bca, got 'normal'"):
        compare_outlets(tables, "polarity", interval="normal")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="weights must be 0 or more and finite, but 'n_attributions' holds -1"):
        compare_outlets(tables.articles.assign(n_attributions=-1), "polarity", weight="n_attributions")
    with pytest.raises(InputError, match="'Herald' stands in two groups"):
        compare_outlets(tables, "polarity", groups={"A": ["Herald"], "B": ["Herald"]})


HOSTILE = ["=cmd|' /C calc'!A0", "50% & more_$x$ #1 {a} \\input{x} ~^", "A|B\n| C <script>", "@SUM(1)", "  +1"]


def hostile() -> Comparison:
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({"outlet": np.tile(HOSTILE, 8), "story": np.repeat(range(8), 5), "polarity": rng.normal(size=40)})
    return compare_outlets(frame, "polarity", n_resamples=100)


def test_hostile_names_are_escaped_in_csv() -> None:
    rows = list(csv.reader(io.StringIO(hostile().to_csv())))
    cells = [cell for line in rows[1:] for cell in line[3:5] if cell]
    assert {cell for cell in cells if cell != "all"} == {f"'{name}" if not name.startswith(("5", "A")) else name for name in HOSTILE}
    assert all(len(line) == len(rows[0]) for line in rows)
    assert safe_cell("\t=1") == "'\t=1"
    assert safe_cell(-1.5) == -1.5


def test_hostile_names_are_escaped_in_markdown() -> None:
    table = hostile().to_markdown()
    lines = [line for line in table.split("\n") if line.startswith("|")]
    counts = {line.replace("\\|", "").count("|") for line in lines}
    assert counts == {7, 9}
    assert "<script>" not in table
    assert markdown_text("a*b_c`d") == r"a\*b\_c\`d"


def test_hostile_names_are_escaped_in_latex() -> None:
    table = hostile().to_latex()
    assert r"\input" not in table
    assert table.count("\\\\\n") == 1 + 5 + 1 + 5 + 10
    body = [line for line in table.split("\n") if line.endswith(r"\\")]
    assert {line.replace(r"\&", "").count("&") for line in body} == {5, 7}
    assert latex_text("x\n\n\\end{table}") == r"x \textbackslash{}end\{table\}"


def test_methods_say_what_a_reviewer_asks() -> None:
    family = compare_measures(world(), ["polarity", "share_official"], n_resamples=200)
    text = family.methods()
    for said in (
        "2 measures (polarity, share_official) between 3 groups by outlet (Herald, Lantern, Tribune)",
        "36 articles with a value from 12 stories",
        "200 times",
        "family of 12 comparisons by Benjamini and Hochberg",
        "80% power",
        "seed 0",
        "Computed with framing ",
    ):
        assert said in text, said
    assert "no stories were known" in compare_outlets(world().articles.drop(columns="story"), "polarity", n_resamples=100).methods()


def test_files_hold_what_is_returned(tmp_path) -> None:  # type: ignore[no-untyped-def]
    comparison = compare_outlets(world(), "polarity", n_resamples=100)
    for name in ("to_csv", "to_markdown", "to_latex"):
        path = tmp_path / name
        text = getattr(comparison, name)(path)
        assert path.read_bytes().decode() == text


def test_false_discoveries_stay_rare_and_a_naive_test_errs() -> None:
    """Forty comparisons, thirty of them null, articles of one event alike: the mean share of false finds, beside a t-test's error."""
    rng = np.random.default_rng(4)
    n_tests, n_events = 40, 15
    group, cluster, null = np.tile([0, 0, 1], n_events), np.repeat(np.arange(n_events), 3), np.arange(n_tests) < 30
    falsely, wrong, naive = [], [], []
    for _ in range(80):
        value = np.repeat(rng.normal(size=(n_events, n_tests)), 3, axis=0) + rng.normal(size=(3 * n_events, n_tests))
        value[group == 1] += np.where(null, 0.0, 1.5)
        observed = np.abs(value[group == 0].mean(axis=0) - value[group == 1].mean(axis=0))
        drawn = dealt_differences(dealt_units(value, np.ones_like(value), group, cluster), 399, rng)
        p = (1 + (np.abs(drawn) >= observed - 1e-12).sum(axis=0)) / 400
        found = adjust(p) < 0.05
        falsely.append((found & null).sum() / max(found.sum(), 1))
        wrong.append((p[null] <= 0.05).mean())
        whole = rng.permutation(n_events)[:, None] % 2 == np.zeros(3)  # each event in one outlet
        one = np.repeat(rng.normal(size=n_events), 3) + rng.normal(size=3 * n_events)
        naive.append(stats.ttest_ind(one[whole.ravel()], one[~whole.ravel()]).pvalue <= 0.05)
    assert np.mean(falsely) <= 0.05
    assert 0.035 <= np.mean(wrong) <= 0.065
    assert np.mean(naive) > 0.1


def test_a_large_family_says_when_resamples_are_too_few() -> None:
    tables = world()
    for n in range(10):
        tables.articles[f"m{n}"] = np.random.default_rng(n).normal(size=36)
    family = compare_measures(tables, [f"m{n}" for n in range(10)], n_resamples=200)
    assert family["m0"].notes[-1] == (
        "200 resamples give no p below 0.005: alone among 60 comparisons it cannot reach .05 adjusted; take n_resamples=1,200"
    )
    assert not compare_measures(tables, ["m0"], n_resamples=200)["m0"].notes


def test_engines_are_told_and_mixed_ones_noted() -> None:
    articles = world().articles.assign(engine="fast")
    one = compare_outlets(articles, "polarity", n_resamples=100)
    assert one.engines == ("fast",)
    assert "Articles were read by framing's fast engine." in one.methods()
    assert not [note for note in one.notes if "engine" in note]
    articles.loc[articles["outlet"] == "Herald", "engine"] = "encoder"
    two = compare_outlets(articles, "polarity", n_resamples=100)
    assert "articles were read with different engines (encoder and fast), so that a difference may be one between engines" in two.notes
    assert compare_outlets(articles, "polarity", only=["Lantern", "Tribune"], n_resamples=100).engines == ("fast",)
    assert "engine" not in compare_outlets(world(), "polarity", n_resamples=100).methods()


@pytest.mark.parametrize("groups", [{"Herald": "big", "Lantern": "small"}, {"big": ["Herald"], "small": ["Lantern"]}])
def test_an_outlet_in_no_group_is_counted_and_noted_once(groups: dict) -> None:
    comparison = compare_outlets(world(), "polarity", groups=groups, n_resamples=100)
    assert [note for note in comparison.notes if "Tribune" in note or "without" in note] == ["12 articles of Tribune are in no group"]


@pytest.mark.parametrize("day", ["August", "1.8.2024", "2024-08", 5, 2024.5, "2024-08-01st"])
def test_a_day_is_written_in_one_way(day: object) -> None:
    with pytest.raises(InputError, match=r"split_at must be a date such as '2026-03-01', got "):
        compare_outlets(world(), "polarity", split_at=day, n_resamples=100)  # type: ignore[arg-type]


def test_a_slip_in_a_name_is_guessed() -> None:
    with pytest.raises(
        UnknownNameError, match=r"measure 'share_oficial' is not there; did you mean 'share_official'\? numeric columns are "
    ):
        compare_outlets(world(), "share_oficial", n_resamples=100)


def test_pairs_that_nobody_wanted_are_not_missed() -> None:
    assert compare_outlets(world(), "polarity", pairwise=False, n_resamples=100).notes == ()
