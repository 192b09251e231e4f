"""Comparisons: hand-worked formulas, coverage and error rates by simulation, and what must not change a result."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from compare_data import row
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.article import Article, Corpus, Paragraph
from framing.compare import compare_outlets, distinctive_words
from framing.compare.bootstrap import limits, resample
from framing.compare.permutation import adjust, dealt_differences, dealt_units
from framing.errors import InputError, UnknownNameError
from framing.text import Span

MEASURE = "polarity"
DIFFERENCES = ["a", "b", "difference", "low", "high", "standardised", "p", "p_adjusted", "se", "mdd", "n_stories", "n_shared"]


def make_frame(values: dict[str, list[float]], stories: dict[str, list[object]] | None = None) -> pd.DataFrame:
    rows = [
        (f"{outlet}-{n}", outlet, stories[outlet][n] if stories else n, value)
        for outlet, several in values.items()
        for n, value in enumerate(several)
    ]
    return pd.DataFrame(rows, columns=["article_id", "outlet", "story", MEASURE]).set_index("article_id")


PAIRED = {
    "Herald": [0.5, 0.6, 0.7, 0.5, 0.6, 0.8, 0.4, 0.7],
    "Lantern": [0.2, 0.4, 0.1, 0.3, 0.3, 0.2, 0.3, 0.2],
    "Tribune": [0.5, 0.5, 0.6, 0.6, 0.5, 0.7, 0.5, 0.6],
}


def test_estimates_are_plain_means_with_their_counts() -> None:
    frame = make_frame({"Herald": [0.2, 0.4, math.nan, math.inf], "Lantern": [1.0, 0.0, 0.5, 0.1]})
    estimates = compare_outlets(frame, MEASURE, n_resamples=200).estimates
    assert list(estimates.columns) == ["mean", "low", "high", "n_articles", "n_stories", "n_missing", "n_rows", "weight", "se"]
    assert estimates.index.name == "group"
    assert estimates.loc["Herald", "mean"] == pytest.approx(0.3)
    assert estimates.loc["Herald", ["n_articles", "n_stories", "n_missing"]].tolist() == [2, 2, 2]
    assert estimates.loc["Lantern", "mean"] == pytest.approx(0.4)


def test_differences_hold_each_group_against_all_and_every_pair() -> None:
    comparison = compare_outlets(make_frame(PAIRED), MEASURE, n_resamples=500)
    assert list(comparison.differences.columns) == DIFFERENCES
    assert list(zip(comparison.differences.a, comparison.differences.b, strict=True)) == [
        ("Herald", "all"),
        ("Lantern", "all"),
        ("Tribune", "all"),
        ("Herald", "Lantern"),
        ("Herald", "Tribune"),
        ("Lantern", "Tribune"),
    ]
    means = {outlet: np.mean(values) for outlet, values in PAIRED.items()}
    assert row(comparison, "Herald", "Lantern").difference == pytest.approx(means["Herald"] - means["Lantern"])
    assert row(comparison, "Lantern", "all").difference == pytest.approx(means["Lantern"] - np.mean(list(means.values())))
    pooled = math.sqrt(np.mean([np.var(values, ddof=1) for values in PAIRED.values()]))  # groups of one size
    assert row(comparison, "Herald", "Lantern").standardised == pytest.approx((means["Herald"] - means["Lantern"]) / pooled)
    assert row(comparison, "Herald", "Lantern").low > 0
    assert "6 comparisons" in comparison.method
    assert "seed 0" in comparison.method
    assert comparison.overall["mean"] == pytest.approx(np.mean(list(means.values())))
    assert comparison.overall["p"] == pytest.approx(1 / 501)


def test_p_is_the_share_of_relabellings() -> None:
    """Eight stories with one article each: of 256 ways to swap the labels, 2 are as extreme where one outlet is always higher."""
    p = row(compare_outlets(make_frame({"A": PAIRED["Herald"], "B": PAIRED["Lantern"]}), MEASURE, n_resamples=20_000), "A", "B").p
    assert p == pytest.approx(2 / 256, abs=0.0025)


def test_pairing_within_stories_narrows_a_difference() -> None:
    rng = np.random.default_rng(5)
    story = rng.normal(0, 5, 30)
    frame = make_frame({"A": list(story + rng.normal(0, 0.1, 30)), "B": list(story + 0.5 + rng.normal(0, 0.1, 30))})
    paired = row(compare_outlets(frame, MEASURE, n_resamples=500), "A", "B")
    apart = row(compare_outlets(frame.drop(columns="story"), MEASURE, n_resamples=500), "A", "B")
    assert paired.high - paired.low < 0.11 < 2 < apart.high - apart.low
    assert paired.p < 0.01
    assert apart.p > 0.3


def test_adjusted_p_is_benjamini_and_hochbergs() -> None:
    assert adjust(np.array([0.01, 0.04, 0.03, 0.005, math.nan])) == pytest.approx([0.02, 0.04, 0.04, 0.02, math.nan], nan_ok=True)


def test_stories_may_be_given_and_articles_without_one_stand_alone() -> None:
    frame = make_frame(PAIRED).drop(columns="story")
    stories = pd.Series({f"{outlet}-{n}": f"s{n}" for outlet in PAIRED for n in range(7)})
    comparison = compare_outlets(frame, MEASURE, stories=stories, n_resamples=200)
    assert comparison.overall["n_stories"] == 7 + 3
    assert comparison.notes == ("3 articles have no story and count as one each",)
    assert compare_outlets(frame, MEASURE, n_resamples=200).overall["n_stories"] == 24


def test_ids_may_be_a_column_and_tables_an_object() -> None:
    class Tables:
        articles = make_frame(PAIRED).reset_index()

    one = compare_outlets(Tables(), MEASURE, n_resamples=200)
    other = compare_outlets(make_frame(PAIRED), MEASURE, n_resamples=200)
    pd.testing.assert_frame_equal(one.differences, other.differences)


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False), st.booleans())
def test_order_of_rows_changes_nothing(random: object, with_stories: bool) -> None:
    frame = make_frame(PAIRED, {"Herald": list("aabbccdd"), "Lantern": list("abcdefgh"), "Tribune": [None, "a", *"bcdefg"]})
    if not with_stories:
        frame = frame.drop(columns="story")
    order = list(frame.index)
    random.shuffle(order)  # type: ignore[attr-defined]
    one, other = (compare_outlets(each, MEASURE, n_resamples=100) for each in (frame, frame.loc[order]))
    pd.testing.assert_frame_equal(one.estimates, other.estimates, check_exact=True)
    pd.testing.assert_frame_equal(one.differences, other.differences, check_exact=True)


def test_global_generator_is_left_alone_and_the_seed_decides() -> None:
    np.random.seed(1)
    before = np.random.get_state()[1].copy()
    frame = make_frame(PAIRED)
    one = compare_outlets(frame, MEASURE, n_resamples=200, seed=3)
    assert (np.random.get_state()[1] == before).all()
    pd.testing.assert_frame_equal(one.estimates, compare_outlets(frame, MEASURE, n_resamples=200, seed=3).estimates)
    assert not one.estimates.equals(compare_outlets(frame, MEASURE, n_resamples=200, seed=4).estimates)


def test_one_story_gives_no_interval_and_says_why() -> None:
    frame = make_frame({"A": [0.1, 0.2, 0.3], "B": [0.4, 0.5, 0.7]}, {"A": ["x"] * 3, "B": ["x"] * 3})
    comparison = compare_outlets(frame, MEASURE, n_resamples=200)
    assert comparison.estimates[["low", "high"]].isna().all(axis=None)
    assert comparison.differences[["low", "high"]].isna().all(axis=None)
    assert comparison.notes[0] == "no interval for A, B: an interval at 95% needs at least 6 stories"
    assert row(comparison, "A", "B").p == pytest.approx(2 / 20, abs=0.07)  # 20 ways to deal three of six


@pytest.mark.parametrize("level,least", [(0.5, 2), (0.8, 4), (0.9, 5), (0.95, 6), (0.99, 8)])
def test_stories_needed_for_an_interval(level: float, least: int) -> None:
    values = [0.1, 0.5, 0.2, 0.9, 0.4, 0.3, 0.8, 0.6]
    for n, there in ((least - 1, False), (least, True)):
        frame = make_frame({"A": values[:n], "B": values[:n][::-1]})
        low = compare_outlets(frame, MEASURE, level=level, n_resamples=200).estimates["low"]
        assert low.notna().all() == there


def test_one_outlet_has_estimates_and_no_differences() -> None:
    comparison = compare_outlets(make_frame({"A": PAIRED["Herald"]}), MEASURE, n_resamples=200)
    assert comparison.differences.empty
    assert list(comparison.differences.columns) == DIFFERENCES
    assert comparison.estimates["low"].notna().all()
    assert comparison.notes == ("there is one group only (A), so nothing to compare it with",)
    assert "nothing to compare" in repr(comparison)


def test_an_outlet_with_one_article_has_a_mean_and_no_interval() -> None:
    comparison = compare_outlets(make_frame({**PAIRED, "Single": [0.9]}), MEASURE, n_resamples=200)
    assert comparison.estimates.loc["Single", "mean"] == pytest.approx(0.9)
    assert math.isnan(comparison.estimates.loc["Single", "low"])
    assert math.isnan(row(comparison, "Herald", "Single").low)
    assert 0 < row(comparison, "Herald", "Single").p <= 1
    assert any("Single" in note for note in comparison.notes)


def test_a_constant_measure_is_not_called_certain() -> None:
    comparison = compare_outlets(make_frame({"A": [0.3] * 9, "B": [0.3] * 9}), MEASURE, n_resamples=200)
    assert comparison.estimates["low"].isna().all()
    assert comparison.differences["standardised"].isna().all()
    assert (comparison.differences["p"] == 1).all()
    assert "no resample differs from another" in comparison.notes[0]


def test_all_missing_is_nan_throughout_and_counted() -> None:
    comparison = compare_outlets(make_frame({"A": [math.nan] * 3, "B": [math.nan] * 4}), MEASURE, n_resamples=200)
    assert comparison.estimates["mean"].isna().all()
    assert comparison.estimates["n_missing"].tolist() == [3, 4]
    assert comparison.differences[["difference", "low", "p", "p_adjusted"]].isna().all(axis=None)
    assert comparison.notes[0] == "no interval for A, B: no article has a value"


def test_one_group_missing_leaves_the_others_alone() -> None:
    with_gap = compare_outlets(make_frame({**PAIRED, "Void": [math.nan]}), MEASURE, n_resamples=300)
    without = compare_outlets(make_frame(PAIRED), MEASURE, n_resamples=300)
    assert math.isnan(with_gap.estimates.loc["Void", "mean"])
    pd.testing.assert_frame_equal(
        with_gap.estimates.loc[list(PAIRED)].drop(columns="n_missing"), without.estimates.drop(columns="n_missing")
    )
    assert with_gap.differences["p"].notna().sum() == 6


def test_articles_without_a_group_are_counted() -> None:
    frame = make_frame(PAIRED)
    frame.iloc[0, 0] = None
    assert compare_outlets(frame, MEASURE, n_resamples=200).notes == ("1 article without outlet left out",)


def test_many_groups_are_compared_with_all_only() -> None:
    frame = make_frame({f"outlet {n:02}": [0.1 * n % 1, 0.5, 0.7, 0.2, 0.9, 0.4] for n in range(14)})
    comparison = compare_outlets(frame, MEASURE, n_resamples=100)
    assert len(comparison.differences) == 14
    assert comparison.notes[-1] == "pairs of groups were not compared (14 groups); pairwise=True does it"
    assert len(compare_outlets(frame, MEASURE, n_resamples=100, pairwise=True).differences) == 14 + 91


def test_unknown_measure_lists_the_numeric_columns() -> None:
    frame = make_frame(PAIRED)
    with pytest.raises(UnknownNameError) as caught:
        compare_outlets(frame, "polarty")
    assert str(caught.value) == "measure 'polarty' is not there; did you mean 'polarity'? numeric columns are story, polarity"
    with pytest.raises(UnknownNameError) as caught:
        compare_outlets(frame, "outlet")
    assert str(caught.value) == "measure 'outlet' is not numeric; numeric columns are story, polarity"
    with pytest.raises(UnknownNameError) as caught:
        compare_outlets(frame, MEASURE, by="owner")
    assert str(caught.value) == "no column 'owner' to group by; columns are outlet, story, polarity"


@pytest.mark.parametrize(
    "options,message",
    [
        ({"level": 95}, "level must be at least 0.5 and below 1, got 95"),
        ({"level": math.nan}, "level must be at least 0.5 and below 1, got nan"),
        ({"n_resamples": 10}, "n_resamples must be a whole number, 100 or more, got 10"),
        ({"seed": -1}, "seed must be a whole number, 0 or more, got -1"),
    ],
)
def test_options_out_of_range(options: dict[str, object], message: str) -> None:
    with pytest.raises(InputError) as caught:
        compare_outlets(make_frame(PAIRED), MEASURE, **options)  # type: ignore[arg-type]
    assert str(caught.value) == message


def test_repeated_ids_and_no_groups_are_errors() -> None:
    frame = make_frame(PAIRED)
    with pytest.raises(InputError, match="article ids must differ, but 'Herald-0' stands twice"):
        compare_outlets(pd.concat([frame, frame.iloc[:1]]), MEASURE)
    with pytest.raises(InputError, match="stories must have one row an article, but 'x' stands twice"):
        compare_outlets(frame, MEASURE, stories=pd.Series(["a", "b"], index=["x", "x"]))
    with pytest.raises(InputError, match="no article has a value in 'outlet', so there are no groups"):
        compare_outlets(frame.assign(outlet=None), MEASURE)


def test_comparison_shows_itself_escaped() -> None:
    comparison = compare_outlets(make_frame({"<script>": PAIRED["Herald"], "B&B": PAIRED["Lantern"]}), MEASURE, n_resamples=200)
    page = comparison._repr_html_()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "B&amp;B" in page
    assert repr(comparison).startswith("<Comparison of polarity by outlet, 95% intervals>")
    assert comparison.method in repr(comparison)


def test_to_frame_is_one_tidy_table() -> None:
    comparison = compare_outlets(make_frame(PAIRED), MEASURE, n_resamples=200)
    frame = comparison.to_frame()
    assert frame["kind"].tolist() == ["estimate"] * 3 + ["difference"] * 6
    assert (frame["measure"] == MEASURE).all()
    assert frame.loc[0, ["a", "value", "n_articles"]].tolist() == ["Herald", pytest.approx(0.6), 8]
    assert compare_outlets(make_frame({"A": PAIRED["Herald"]}), MEASURE, n_resamples=200).to_frame()["kind"].tolist() == ["estimate"]


@pytest.mark.parametrize("n_stories", [20, 60])
def test_intervals_cover_the_truth(n_stories: int) -> None:
    """Three outlets that share stories, each with an effect of its own; plain percentiles cover too rarely where stories are few."""
    rng = np.random.default_rng(n_stories)
    truth, n_runs = np.array([0.2, 0.0, -0.1]), 400
    wanted = np.array([truth[0], truth[0] - truth[1], truth[0] - truth.mean()])
    hits, plain_hits = np.zeros(3), np.zeros(3)
    for _ in range(n_runs):
        counts = rng.integers(1, 3, size=(n_stories, 3)).astype(float)
        sums = counts * (truth + 0.7 * rng.normal(size=(n_stories, 1))) + np.sqrt(counts) * rng.normal(size=(n_stories, 3))
        means = resample(sums, counts, 800, rng)
        samples = np.column_stack([means[:, 0], means[:, 0] - means[:, 1], means[:, 0] - means.mean(axis=1)])
        low, high = limits(samples, np.full(3, n_stories), 0.95, 1.0)
        hits += (low <= wanted) & (wanted <= high)
        low, high = np.quantile(samples, [0.025, 0.975], axis=0)
        plain_hits += (low <= wanted) & (wanted <= high)
    coverage, plain = hits / n_runs, plain_hits / n_runs
    assert (coverage >= 0.915).all()  # 0.95 less three standard errors of 400 runs
    assert (coverage <= 0.983).all()
    assert coverage.mean() > plain.mean()
    assert abs(coverage.mean() - 0.95) < 0.02


@pytest.mark.parametrize("shared", [True, False])
def test_p_is_uniform_where_outlets_do_not_differ(shared: bool) -> None:
    """Articles of one story resemble each other; p must not take that for a difference of outlets."""
    rng = np.random.default_rng(11)
    found = []
    for _ in range(400):
        if shared:  # 12 stories in both outlets
            cluster = np.repeat(np.arange(12), 4)
            group = np.tile([0, 0, 1, 1], 12)
        else:  # 24 stories, each in one outlet
            cluster = np.repeat(np.arange(24), 2)
            group = np.repeat(np.arange(24) % 2, 2)
        value = rng.normal(size=cluster.max() + 1)[cluster] + rng.normal(size=len(cluster))
        units = dealt_units(value[:, None], np.ones((len(value), 1)), group, cluster)
        observed = abs(value[group == 0].mean() - value[group == 1].mean())
        found.append((1 + (abs(dealt_differences(units, 99, rng)[:, 0]) >= observed - 1e-12).sum()) / 100)
    p = np.array(found)
    for limit in (0.05, 0.2, 0.5, 0.8):
        assert (p <= limit).mean() == pytest.approx(limit, abs=3.5 * math.sqrt(limit * (1 - limit) / 400))


# ---- distinctive words


def corpus_of(texts: dict[str, list[str]]) -> Corpus:
    return Corpus(Article(f"{outlet}{n}", text, outlet=outlet) for outlet, several in texts.items() for n, text in enumerate(several))


HAND = {"A": ["strike strike harbour", "strike vote"], "B": ["vote vote harbour", "vote calm calm calm calm"]}
"""A: strike 3, harbour 1, vote 1 of 5 words; B: vote 3, harbour 1, calm 4 of 8."""


def word_row(frame: pd.DataFrame, group: str, word: str) -> pd.Series:
    found = frame[(frame.group == group) & (frame.word == word)]
    assert len(found) == 1
    return found.iloc[0]


def test_hand_worked_figures() -> None:
    frame = distinctive_words(corpus_of(HAND), prior=13.0, min_articles=1)
    vote = word_row(frame, "A", "vote")
    # the prior of 13 words is spread as the 13 words of the corpus: 4 for vote
    log_odds = math.log((1 + 4) / (5 + 13 - 5)) - math.log((3 + 4) / (8 + 13 - 7))
    assert vote.log_odds == pytest.approx(log_odds)
    assert vote.z == pytest.approx(log_odds / math.sqrt(1 / 5 + 1 / 7))
    assert vote.log_ratio == pytest.approx(math.log2((1 / 5) / (3 / 8)))
    assert (vote["count"], vote.count_others, vote.n_articles) == (1, 3, 1)
    assert (vote.per_1k, vote.per_1k_others) == (pytest.approx(200), pytest.approx(375))
    observed = np.array([[1, 4], [3, 5]])
    expected = observed.sum(axis=1, keepdims=True) * observed.sum(axis=0) / observed.sum()
    assert vote.g2 == pytest.approx(2 * (observed * np.log(observed / expected)).sum())
    # A's articles hold 3/5 and 2/5 of its words; strike stands there 2/3 and 1/3, vote 0 and 1
    assert word_row(frame, "A", "strike").dispersion == pytest.approx(0.5 * (abs(2 / 3 - 3 / 5) + abs(1 / 3 - 2 / 5)))
    assert vote.dispersion == pytest.approx(0.5 * (3 / 5 + 3 / 5))
    assert word_row(frame, "A", "strike").log_ratio == pytest.approx(math.log2((3 / 5) / (0.5 / 8)))


def test_g2_of_a_published_kind_of_table() -> None:
    """A word 10 times in 1,000 words against 30 in 1,000: all four cells, as Dunning defines it."""
    texts = {"A": ["x " * 10 + "y " * 990], "B": ["x " * 30 + "y " * 970]}
    x = word_row(distinctive_words(corpus_of(texts), min_articles=1), "A", "x")
    cells = [(10, 20), (30, 20), (990, 980), (970, 980)]
    assert x.g2 == pytest.approx(2 * sum(o * math.log(o / e) for o, e in cells))


def test_positive_means_more_in_the_group_and_order_is_by_z() -> None:
    texts = {"A": ["dockers strike at dawn"] * 5, "B": ["thugs strike at dawn"] * 5, "C": ["workers strike at dawn"] * 5}
    frame = distinctive_words(corpus_of(texts))
    assert frame["group"].is_monotonic_increasing
    for group, word in (("A", "dockers"), ("B", "thugs"), ("C", "workers")):
        mine = frame[frame.group == group]
        assert mine.z.is_monotonic_decreasing
        assert mine.word.iloc[0] == word
        assert (mine.iloc[0][["z", "log_odds", "log_ratio"]].astype(float) > 0).all()
    assert word_row(frame, "A", "strike").log_odds == pytest.approx(0, abs=1e-12)


def test_one_article_makes_no_word_distinctive() -> None:
    texts = {
        "A": ["kite " * 6, "harbour news", "harbour day", "harbour calm"],
        "B": ["harbour vote", "vote day", "vote news", "vote calm"],
    }
    frame = distinctive_words(corpus_of(texts), min_articles=3)
    assert "kite" not in set(frame.word)
    assert word_row(frame, "A", "harbour").n_articles == 3
    assert word_row(frame, "B", "harbour").z < 0  # listed for B on the evidence of A's three articles


def test_absent_words_are_listed_where_that_is_more_than_chance() -> None:
    texts = {"A": ["calm day " * 40] * 6, "B": ["calm day " * 40 + "strike " * 8] * 6}
    absent = word_row(distinctive_words(corpus_of(texts)), "A", "strike")
    assert absent["count"] == 0
    assert absent.z <= -1.96
    assert math.isnan(absent.dispersion)


def test_words_come_from_the_body_in_lower_case_with_straight_apostrophes() -> None:
    text = "Strike\n\nThe union isn’t done. THE Union"
    paragraphs = (Paragraph(Span(0, 6), "headline"), Paragraph(Span(8, len(text)), "body"))
    pages = [Article("a", text, outlet="A", paragraphs=paragraphs), Article("b", "calm", outlet="B"), Article("c", "lost")]
    frame = distinctive_words(pages, min_articles=1)
    assert set(frame[frame.group == "A"].word) == {"the", "union", "isn't", "done"}
    assert frame.attrs["n_left_out"] == 1


def test_groups_may_come_from_meta() -> None:
    pages = [Article(str(n), text, meta={"owner": owner}) for n, (text, owner) in enumerate([("a b", "state"), ("a c", "private")] * 3)]
    assert set(distinctive_words(pages, by="owner")["group"]) == {"state", "private"}
    with pytest.raises(InputError) as caught:
        distinctive_words(pages)
    assert str(caught.value) == "distinctive words need at least two groups with words, got 0 (none); 6 articles have no outlet"


def test_bad_options_of_distinctive_words() -> None:
    with pytest.raises(InputError, match="prior must be a finite number above 0, got 0"):
        distinctive_words(corpus_of(HAND), prior=0)
    with pytest.raises(InputError, match="min_articles must be a whole number, 1 or more, got 0"):
        distinctive_words(corpus_of(HAND), min_articles=0)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("AB"), st.lists(st.sampled_from(["harbour", "strike", "isn’t", "7,5", "Ä"]), max_size=8)), max_size=8
    ),
    st.randoms(use_true_random=False),
)
def test_random_corpora(articles: list[tuple[str, list[str]]], random: object) -> None:
    pages = [Article(str(n), " ".join(several), outlet=outlet) for n, (outlet, several) in enumerate(articles)]
    if len({outlet for outlet, several in articles if several}) < 2:
        with pytest.raises(InputError):
            distinctive_words(pages)
        return
    frame = distinctive_words(pages, min_articles=1)
    assert (frame.g2 >= 0).all()
    assert frame.dispersion.dropna().between(0, 1).all()
    assert (frame["count"].groupby(frame["group"]).sum() > 0).all()
    random.shuffle(pages)  # type: ignore[attr-defined]
    pd.testing.assert_frame_equal(frame, distinctive_words(pages, min_articles=1), check_exact=True)
