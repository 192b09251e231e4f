from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from plot_data import (
    CHARTS,
    NAMES,
    dots,
    labels,
    make_articles,
    make_correction,
    make_labels,
    make_naming,
    make_profile,
    make_stances,
    make_tables,
    make_target_tones,
    make_voice_tones,
    make_words,
)

from framing import plot
from framing.article import Article
from framing.choices import NAMINGS, SOURCE_TYPES
from framing.compare import Comparison, compare_measures, compare_outlets
from framing.compare.labels import labels_for
from framing.errors import InputError
from framing.measuring.attribution import STANCES
from framing.plot.style import NAMING_LOOK

mpl.use("Agg")  # no window, whatever the machine


@pytest.fixture
def ax() -> Axes:
    return Figure(figsize=(8, 6), layout="constrained").subplots()


@pytest.fixture(autouse=True)
def no_figure_left() -> Iterator[None]:
    yield
    import matplotlib.pyplot as plt

    plt.close("all")


# --- what holds for every chart ---


@pytest.mark.parametrize("name", CHARTS)
def test_axes_in_axes_out(name: str, ax: Axes) -> None:
    before = dict(mpl.rcParams)
    assert CHARTS[name](make_articles(), ax=ax) is ax
    assert ax.get_title() == ""
    assert ax.figure.get_axes() == [ax]
    assert tuple(ax.figure.get_size_inches()) == (8, 6)
    assert dict(mpl.rcParams) == before
    import matplotlib.pyplot as plt

    assert plt.get_fignums() == []


@pytest.mark.parametrize("name", CHARTS)
def test_without_axes_makes_one_figure(name: str) -> None:
    import matplotlib.pyplot as plt

    made = CHARTS[name](make_articles())
    assert plt.get_fignums() == [made.figure.number]


@pytest.mark.parametrize("name", CHARTS)
def test_axis_label_carries_a_unit(name: str, ax: Axes) -> None:
    label = CHARTS[name](make_articles(), ax=ax).get_xlabel()
    assert re.search(
        r"polarity|share|Share|%|z of the log-odds|Date of publication|−1 all negative|standard deviations|Articles|Difference in", label
    ), label


BLOCKS = ("target_profile", "voice_profile", "robustness")  # rows under headings


@pytest.mark.parametrize("name", [name for name in CHARTS if name not in ("distinctive_words", "fingerprint")])
def test_tick_labels_carry_n(name: str, ax: Axes) -> None:
    CHARTS[name](make_articles(), ax=ax)
    named = [tick.get_text() for tick in ax.get_yticklabels() if name not in BLOCKS or tick.get_fontweight() != "bold"]
    assert named
    assert all(re.search(r"\(n=\d+", label) for label in named)


def test_an_outlet_keeps_its_colour_and_marker() -> None:
    frame = make_articles(6)
    palette = plot.outlet_colours(frame["outlet"])
    few = frame[frame["outlet"].isin(NAMES[3:6])]
    for part in (frame, few):
        made = plot.compare(compare_outlets(part, "polarity", n_resamples=100), palette=palette)
        looks = {label.partition(" (")[0]: dot[2:] for label, dot in zip(labels(made.yaxis), dots(made), strict=True)}
        assert {name: look[1] for name, look in looks.items()} == {name: palette[name] for name in looks}
        assert looks["Open Ledger"][0] == plot.MARKERS[sorted(NAMES[:6]).index("Open Ledger")]


def test_article_order_changes_nothing(ax: Axes) -> None:
    frame = make_articles()
    shuffled = frame.sample(frac=1, random_state=3)
    for chart in (plot.source_mix, plot.topics_by_outlet):
        one, other = (chart(f, ax=Figure().subplots()) for f in (frame, shuffled))
        assert labels(one.yaxis) == labels(other.yaxis)
        assert [t.get_text() for t in one.texts] == [t.get_text() for t in other.texts]


# --- single charts ---


def test_compare_draws_means_and_intervals(ax: Axes) -> None:
    comparison = compare_outlets(make_articles(), "polarity", n_resamples=200)
    plot.compare(comparison, ax=ax)
    estimates = comparison.estimates
    assert [x for x, *_ in dots(ax)] == pytest.approx(estimates["mean"].tolist())
    assert [y for _, y, *_ in dots(ax)] == [0, 1, 2]
    bars = [line for line in ax.lines if len(line.get_xdata()) == 2 and line.get_linewidth() > 2]
    assert [float(x) for line in bars for x in line.get_xdata()] == pytest.approx(estimates[["low", "high"]].to_numpy().ravel().tolist())
    low, high = ax.get_xlim()
    assert low < min(0, estimates["low"].min())
    assert high > estimates["high"].max()
    assert ax.get_ylim() == (2.5, -0.5)
    assert [line.get_xdata()[0] for line in ax.lines if line.get_gid() == "zero"] == [0]
    assert "dot: mean, line: 95 % interval" in ax.get_xlabel()


def test_shares_start_at_zero_and_show_per_cent(ax: Axes) -> None:
    CHARTS["compare"](make_articles(), ax=ax)
    assert ax.get_xlim()[0] == 0
    assert ax.xaxis.get_major_formatter()(0.25, None) == "25 %"
    assert ax.get_xlabel().startswith("Attributions to officials (share of attributions)")


def test_a_group_that_could_not_be_measured_is_said_so(ax: Axes) -> None:
    comparison = compare_outlets(make_articles(), "polarity", n_resamples=100)
    estimates = comparison.estimates.copy()
    estimates.iloc[1, [estimates.columns.get_loc(c) for c in ("mean", "low", "high")]] = np.nan
    plot.compare(replace(comparison, estimates=estimates), ax=ax)
    assert [y for _, y, *_ in dots(ax)] == [0, 2]
    assert [(t.get_text(), t.get_position()[1]) for t in ax.texts] == [("could not be measured", 1)]


def test_intervals_are_explained_only_where_they_are_drawn() -> None:
    own, quoted = (compare_outlets(make_articles(), f"polarity_{voice}", n_resamples=100) for voice in ("own", "quoted"))
    bare = [replace(c, estimates=c.estimates.assign(low=np.nan, high=np.nan)) for c in (own, quoted)]
    for chart, with_lines in (
        (lambda ax: plot.compare(own, ax=ax), True),
        (lambda ax: plot.compare(bare[0], ax=ax), False),
        (lambda ax: plot.own_vs_quoted((bare[0], quoted), ax=ax), True),
        (lambda ax: plot.own_vs_quoted((bare[0], bare[1]), ax=ax), False),
    ):
        assert ("interval" in chart(Figure().subplots()).get_xlabel()) is with_lines


def test_an_estimate_without_interval_is_a_dot_alone(ax: Axes) -> None:
    comparison = compare_outlets(make_articles(), "polarity", n_resamples=100)
    plot.compare(replace(comparison, estimates=comparison.estimates.assign(low=np.nan, high=np.nan)), ax=ax)
    assert len(dots(ax)) == 3
    assert not [line for line in ax.lines if line.get_linewidth() > 2]


def test_tone_by_outlet_takes_tables(ax: Axes) -> None:
    frame = make_articles()
    plot.tone_by_outlet(frame, measure="polarity_headline", ax=ax)
    assert ax.get_xlabel().startswith("Tone of headlines (polarity, −1 negative to +1 positive)")
    assert [x for x, *_ in dots(ax)] == pytest.approx(frame.groupby("outlet")["polarity_headline"].mean().tolist(), abs=0.2)


def test_own_vs_quoted_fills_own_and_hollows_quoted(ax: Axes) -> None:
    frame = make_articles(2)
    frame.loc[frame.index[0], "polarity_quoted"] = np.nan
    own, quoted = (compare_outlets(frame, f"polarity_{voice}", n_resamples=100) for voice in ("own", "quoted"))
    plot.own_vs_quoted((own, quoted), ax=ax)
    drawn = dots(ax)
    page = to_hex(ax.get_facecolor())
    assert [x for x, *_ in drawn] == pytest.approx(np.column_stack([own.estimates["mean"], quoted.estimates["mean"]]).ravel().tolist())
    assert [colour == page for *_, colour in drawn] == [False, True, False, True]
    names = {text.get_text(): text.get_position() for text in ax.texts}
    assert list(names) == ["outlet's own words", "quoted words"]  # beside the marks of the first outlet
    assert ax.get_legend() is None
    assert [y for _, y in names.values()] == [y for _, y, *_ in drawn[:2]]
    assert names["quoted words"][0] > quoted.estimates["high"].iloc[0]
    assert labels(ax.yaxis)[1].replace("\n", " ") == "The Vantry Herald (n=6 own, 5 quoted)"


def test_source_mix_bars_sum_to_one_and_mean_over_articles(ax: Axes) -> None:
    frame = make_articles()
    frame.loc[frame.index[0], [f"share_{kind}" for kind in SOURCE_TYPES]] = np.nan  # an article without an attribution
    plot.source_mix(frame, ax=ax)
    bars = [p for p in ax.patches if isinstance(p, Rectangle)]
    for y in range(3):
        assert sum(b.get_width() for b in bars if abs(b.get_y() + b.get_height() / 2 - y) < 0.1) == pytest.approx(1)
    assert bars[0].get_width() == pytest.approx(frame[frame["outlet"] == "Republic Today"]["share_official"].mean())
    assert labels(ax.yaxis) == ["Republic Today (n=6)", "The Daily Lantern (n=6)", "The Vantry Herald (n=5)"]
    assert ax.get_xlim() == (0, 1)
    assert [t.get_text() for t in ax.get_legend().get_texts()] == [kind.replace("_", " ") for kind in SOURCE_TYPES]
    looks = [(to_hex(b.get_facecolor()), b.get_hatch()) for b in bars[: len(SOURCE_TYPES)]]
    assert all(one[0] != other[0] and one[1] != other[1] for one, other in itertools.pairwise(looks[:-1]))


def test_source_mix_lets_the_caller_colour_a_type(ax: Axes) -> None:
    plot.source_mix(make_articles(), ax=ax, palette={"official": "#123456"})
    assert to_hex(ax.patches[0].get_facecolor()) == "#123456"


def test_topics_grid_shows_means_in_per_cent(ax: Axes) -> None:
    frame = make_articles()
    plot.topics_by_outlet(frame, ax=ax)
    columns = [c for c in frame.columns if c.startswith("topic_")]
    means = frame.groupby("outlet")[columns].mean()
    means = means[sorted(columns, key=lambda c: -frame[c].mean())]
    assert [int(t.get_text()) for t in ax.texts] == (means * 100).round().astype(int).to_numpy().ravel().tolist()
    assert labels(ax.xaxis)[0].split()[:3] == ["port", "strike", f"wage{means.columns[0][-1]}"]


def test_topics_of_an_outlet_without_any_are_a_dash(ax: Axes) -> None:
    frame = make_articles()
    frame.loc[frame["outlet"] == "Republic Today", [c for c in frame.columns if c.startswith("topic_")]] = np.nan
    plot.topics_by_outlet(frame, ax=ax)
    assert [t.get_text() for t in ax.texts][:4] == ["–"] * 4
    assert labels(ax.yaxis)[0] == "Republic Today (n=0)"


def test_distinctive_words_of_one_group(ax: Axes) -> None:
    plot.distinctive_words(make_words(), group="The Vantry Herald", n_words=3, ax=ax)
    assert labels(ax.yaxis) == ["word0 (20 : 0)", "word1 (19 : 1)", "word2 (18 : 2)"]
    assert [x for x, *_ in dots(ax)] == [5, 4, 3]
    assert ax.get_xlim()[0] == 0


def test_distinctive_words_of_several_groups_have_headings(ax: Axes) -> None:
    plot.distinctive_words(make_words(2), n_words=2, ax=ax)
    assert labels(ax.yaxis) == [
        "The Daily Lantern",
        "word0 (20 : 0)",
        "word1 (19 : 1)",
        "The Vantry Herald",
        "word0 (20 : 0)",
        "word1 (19 : 1)",
    ]
    assert [label.get_fontweight() for label in ax.get_yticklabels()] == ["bold", "normal", "normal"] * 2


def test_words_below_the_threshold_are_not_drawn(ax: Axes) -> None:
    words = make_words(2)
    words.loc[words["group"] == "The Daily Lantern", "z"] = 1.95  # such as a word used 3 : 0 in a small corpus
    plot.distinctive_words(words, ax=ax)
    assert labels(ax.yaxis) == ["The Daily Lantern", "nothing distinctive", "The Vantry Herald"] + [
        f"word{n} ({20 - n} : {n})" for n in range(4)
    ]
    assert [label.get_fontstyle() for label in ax.get_yticklabels()][:2] == ["normal", "italic"]
    assert all(x >= plot.DISTINCTIVE for x, *_ in dots(ax))
    alone = plot.distinctive_words(words, group="The Daily Lantern", ax=Figure().subplots())
    assert labels(alone.yaxis) == ["nothing distinctive"]
    assert dots(alone) == []


def test_timeline_counts_one_story_as_one(ax: Axes) -> None:
    plot.story_timeline(make_articles(1, 1), ax=ax)
    assert labels(ax.yaxis) == ["Story 0 as told here\n(n=1, 1 of 1 outlet)"]
    assert "\n1 story; n: articles" in ax.get_xlabel()


def test_timeline_has_a_marker_for_each_dated_article(ax: Axes) -> None:
    frame = make_articles()
    frame.loc[frame.index[0], "date"] = pd.NaT
    plot.story_timeline(frame, ax=ax, links={article: f"#{article}" for article in frame.index})
    assert sum(len(c.get_offsets()) for c in ax.collections) == len(frame) - 1
    assert sorted(url for c in ax.collections for url in c.get_urls()) == sorted(f"#{article}" for article in frame.index[1:])
    assert labels(ax.yaxis)[:2] == ["Story 0 as told here\n(n=2, 2 of 3 outlets)", "Story 1 as told here\n(n=3, 3 of 3 outlets)"]
    heights = [round(float(y) % 1, 3) for c in ax.collections for y in c.get_offsets()[:, 1]]
    assert len(set(heights)) == 3  # one height an outlet, so that none hides another


def test_timeline_prefers_stories_of_many_outlets(ax: Axes) -> None:
    frame = make_articles()
    frame = frame[~((frame["story"] == "s0") & (frame["outlet"] != "Republic Today"))]
    plot.story_timeline(frame, ax=ax, max_stories=5)
    assert [label.partition(" as")[0] for label in labels(ax.yaxis)] == [f"Story {n}" for n in range(1, 6)]
    assert "5 of 6 stories, those that most outlets reported" in ax.get_xlabel()


def test_names_are_no_formulas_and_show_control_characters(ax: Axes) -> None:
    frame = make_articles(2).replace({"outlet": {NAMES[0]: "$\\frac{$ \u202ex", NAMES[1]: "a\nb"}})
    plot.tone_by_outlet(frame, ax=ax)
    ax.figure.canvas.draw()
    assert labels(ax.yaxis) == [r"\$\frac{\$ ⟨RLO⟩x (n=6)", "a b (n=6)"]


# --- nothing to draw ---


def without(*columns: str) -> pd.DataFrame:
    return make_articles().drop(columns=list(columns))


@pytest.mark.parametrize(
    ("chart", "data", "message"),
    [
        (plot.compare, 7, "expected a Comparison, as compare_outlets returns it, got int"),
        (plot.tone_by_outlet, 7, "expected Tables or their articles as a DataFrame, got int"),
        (plot.source_mix, make_articles().iloc[:0], "the table has no articles, so there is nothing to draw"),
        (
            plot.story_timeline,
            make_articles().assign(date=pd.NaT),
            "no article has an outlet, a story and a date, so there is no timeline to draw",
        ),
        (
            plot.source_mix,
            make_articles().assign(outlet=None),
            "no article names its outlet, so outlets cannot be drawn; give read_corpus an outlet",
        ),
        (
            plot.source_mix,
            make_articles().assign(**{f"share_{kind}": np.nan for kind in SOURCE_TYPES}),
            "no article has an attribution, so there is no source mix to draw",
        ),
        (
            plot.topics_by_outlet,
            make_articles().filter(regex="^(?!topic_)"),
            "the table has no topic_ columns with values; give analyze_corpus a TopicModel",
        ),
        (plot.distinctive_words, 7, "expected the DataFrame that framing.distinctive_words returns, got int"),
        (
            plot.distinctive_words,
            make_words().drop(columns="z"),
            "expected the DataFrame that framing.distinctive_words returns, got a DataFrame without z",
        ),
        (
            plot.distinctive_words,
            make_words().assign(z=-1.0),
            "no word sets a group apart (z of 1.96 or more), so there is nothing to draw",
        ),
        (plot.own_vs_quoted, (1, 2), "expected Tables, a DataFrame, or a pair of Comparison (own words, quoted words)"),
    ],
)
def test_nothing_to_draw(chart: Any, data: Any, message: str) -> None:
    with pytest.raises(InputError) as caught:
        chart(data)
    assert str(caught.value) == message
    import matplotlib.pyplot as plt

    assert plt.get_fignums() == []


def test_missing_columns_are_named() -> None:
    with pytest.raises(InputError, match="the table has no column story, date; it has outlet, headline"):
        plot.story_timeline(without("story", "date"))


def test_comparison_without_estimates(ax: Axes) -> None:
    comparison = compare_outlets(make_articles(), "polarity", n_resamples=100)
    empty: Comparison = replace(comparison, estimates=comparison.estimates.assign(mean=np.nan))
    with pytest.raises(InputError, match="the comparison of polarity holds no estimate, so there is nothing to draw"):
        plot.compare(empty, ax=ax)


def test_wrong_arguments(ax: Axes) -> None:
    with pytest.raises(InputError, match="ax must be a matplotlib Axes, got str"):
        plot.source_mix(make_articles(), ax="ax")  # type: ignore[arg-type]
    with pytest.raises(
        InputError, match=re.escape("no group 'X' among the words; groups are Republic Today, The Daily Lantern, The Vantry Herald")
    ):
        plot.distinctive_words(make_words(), group="X", ax=ax)
    with pytest.raises(InputError, match="variant must be textblob or news, got 'x'"):
        plot.own_vs_quoted(make_articles(), variant="x", ax=ax)
    with pytest.raises(InputError, match="max_stories must be at least 1, got 0"):
        plot.story_timeline(make_articles(), max_stories=0, ax=ax)


_WAYS = ("of attributions", "mean over articles", "of words ascribed")


# --- who speaks, and how ---


def test_three_ways_of_counting_a_kind(ax: Axes) -> None:
    profile = make_profile()
    plot.source_shares(profile, kind="political", ax=ax)
    drawn = dots(ax)
    for y, (name, row) in enumerate(profile.iterrows()):
        mine = sorted((dot for dot in drawn if abs(dot[1] - y) < 0.4), key=lambda dot: dot[1])
        assert [dot[0] for dot in mine] == pytest.approx([row[f"{way}_political"] for way in ("share", "mean_share", "share_words")])
        colour = plot.outlet_colours(profile.index)[str(name)]
        assert [dot[3] for dot in mine] == [colour, to_hex(ax.get_facecolor()), colour]
    assert labels(ax.yaxis)[0].endswith("(n=22)")
    assert ax.get_xlim()[0] == 0
    assert [text.get_text() for text in ax.texts] == [*_WAYS]
    assert [text.get_position()[1] for text in ax.texts] == [dot[1] for dot in drawn[:3]]
    assert ax.get_xlabel() == "Share of political sources\ndot: share, line: 95 % interval, n: attributions"


def test_shares_without_interval_or_value(ax: Axes) -> None:
    profile = make_profile()
    profile[[c for c in profile if c.endswith(("_low", "_high"))]] = np.nan
    profile.loc[profile.index[1], [c for c in profile if c.endswith("_official")]] = np.nan
    plot.source_shares(profile, ax=ax)
    assert "interval" not in ax.get_xlabel()
    assert len(dots(ax)) == 6
    assert [text.get_text() for text in ax.texts] == ["could not be measured", *_WAYS]


def stance_bars(ax: Axes) -> list[tuple[str, float, float, float]]:
    bars = [patch for patch in ax.patches if isinstance(patch, Rectangle) and str(patch.get_gid()).startswith("stance-")]
    return [(str(b.get_gid()).rpartition("-")[2], b.get_y() + b.get_height() / 2, b.get_x(), b.get_width()) for b in bars]


def test_stances_stack_from_zero_to_what_is_not_neutral(ax: Axes) -> None:
    stances = make_stances()
    plot.cue_stances(stances, ax=ax)
    cells = stances[stances["source_type"] == "all"].set_index(["outlet", "stance"])
    for y, name in enumerate(sorted(NAMES[:3])):
        mine = [bar for bar in stance_bars(ax) if bar[1] == pytest.approx(y)]
        assert {bar[0]: bar[3] for bar in mine} == pytest.approx({s: cells.loc[(name, s), "share"] for s in STANCES if s != "neutral"})
        assert min(bar[2] for bar in mine) == 0
        assert max(bar[2] + bar[3] for bar in mine) == pytest.approx(1 - cells.loc[(name, "neutral"), "share"])
    intervals = [line.get_xdata() for line in ax.lines if line.get_gid() == "interval"]
    first = cells.loc[(sorted(NAMES[:3])[0], "neutral")]
    assert list(intervals[0]) == pytest.approx([1 - first["high"], 1 - first["low"]])
    assert len(intervals) == 3
    assert ax.get_xlim()[0] == 0


def test_stances_of_several_kinds_are_rows_under_their_outlet(ax: Axes) -> None:
    stances = make_stances(2)
    stances = stances[(stances["outlet"] != "The Daily Lantern") | (stances["source_type"] != "citizen")]
    plot.cue_stances(stances, source_types=("official", "citizen"), ax=ax)
    shown = [re.sub(r"\d+", "_", label) for label in labels(ax.yaxis)]
    assert shown == ["The Daily Lantern", "official (n=_)", "The Vantry Herald", "official (n=_)", "citizen (n=_)"]
    assert {round(bar[1]) for bar in stance_bars(ax)} == {1, 3, 4}


def test_only_neutral_cues(ax: Axes) -> None:
    stances = make_stances(1)
    stances["share"] = (stances["stance"] == "neutral").astype(float)
    stances["n"] = stances["share"].astype(int)
    plot.cue_stances(stances.assign(low=np.nan, high=np.nan), ax=ax)
    assert not stance_bars(ax)
    assert [text.get_text() for text in ax.texts] == ["neutral cues only"]
    assert "interval" not in ax.get_xlabel()


def test_colours_of_stances(ax: Axes) -> None:
    plot.cue_stances(make_stances(), palette={"doubting": "red"}, ax=ax)
    assert {to_hex(p.get_facecolor()) for p in ax.patches if str(p.get_gid()).endswith("-doubting")} == {"#ff0000"}


def test_ways_of_naming_fill_the_bar(ax: Axes) -> None:
    naming = make_naming()
    plot.naming_profile(naming, ax=ax)
    cells = naming[naming["source_type"] == "all"].set_index(["outlet", "naming"])
    outlets = sorted(set(naming["outlet"]))
    for y, outlet in enumerate(outlets):
        mine = [patch for patch in ax.patches if str(patch.get_gid()).startswith(f"naming-{y}-")]
        drawn = {str(patch.get_gid()).split("-")[2]: patch for patch in mine}
        shares = {way: float(cells.loc[(outlet, way), "share"]) for way in (*NAMINGS, "unknown")}
        assert list(drawn) == [way for way, share in shares.items() if share]
        assert {way: patch.get_width() for way, patch in drawn.items()} == pytest.approx({w: s for w, s in shares.items() if s})
        assert sum(patch.get_width() for patch in mine) == pytest.approx(1)
        assert {way: to_hex(p.get_facecolor()) for way, p in drawn.items()} == {way: NAMING_LOOK[way][0].lower() for way in drawn}
    assert labels(ax.yaxis) == [f"{name} (n={cells.loc[(name, 'unknown'), 'n_attributions']})" for name in outlets]
    assert ax.get_xlim() == (0, 1)
    assert ax.get_xlabel() == "Share of attributions that have a source, by how it is named\nn: attributions with a source"


def test_naming_of_several_kinds_of_source(ax: Axes) -> None:
    naming = make_naming()
    naming = naming[(naming["outlet"] != "The Daily Lantern") | (naming["source_type"] != "citizen")]
    plot.naming_profile(naming, source_types=("official", "citizen"), ax=ax, palette={"anonymous": "red"})
    shown = [label.split(" (")[0] for label in labels(ax.yaxis)]
    assert shown == ["Republic Today", "official", "citizen", "The Daily Lantern", "official", "The Vantry Herald", "official", "citizen"]
    red = [str(p.get_gid()) for p in ax.patches if to_hex(p.get_facecolor()) == "#ff0000"]
    assert red == ["naming-2-anonymous"]  # of officials no name is kept back, and the last outlet names everybody


@pytest.mark.parametrize(
    "draw, message",
    [
        (lambda: plot.naming_profile(3), "expected the DataFrame that framing.naming_profile returns, got int"),
        (
            lambda: plot.naming_profile(make_naming()[["outlet", "n"]]),
            "expected the DataFrame that framing.naming_profile returns, got a DataFrame without source_type, naming, n_attributions",
        ),
        (
            lambda: plot.naming_profile(make_naming()[:0]),
            "no outlet has an attribution with a source of these kinds, so there is nothing to draw",
        ),
        (
            lambda: plot.naming_profile(make_naming(), source_types=()),
            f"source_types must be of all, {', '.join(SOURCE_TYPES)}; got 'nothing'",
        ),
        (
            lambda: plot.naming_profile(make_naming(), palette="tab10"),
            "the palette of naming_profile must map ways of naming to colours, such as {'anonymous': '#B5400F'}",
        ),
        (lambda: plot.source_shares(make_profile(), kind="king"), f"kind must be one of {', '.join(SOURCE_TYPES)}, political; got 'king'"),
        (lambda: plot.source_shares([]), "expected the DataFrame that framing.source_profile returns, got list"),
        (
            lambda: plot.source_shares(make_articles()),
            "expected the DataFrame that framing.source_profile returns, got a DataFrame without n_attributions, n_articles, "
            "share_official_low",
        ),
        (
            lambda: plot.source_shares(make_profile() * np.nan),
            "no outlet attributes anything, so there are no shares to draw",
        ),
        (lambda: plot.cue_stances(3), "expected the DataFrame that framing.cue_stances returns, got int"),
        (
            lambda: plot.cue_stances(make_stances()[["outlet", "n"]]),
            "expected the DataFrame that framing.cue_stances returns, got a DataFrame without source_type, stance, n_cues",
        ),
        (lambda: plot.cue_stances(make_stances()[:0]), "no outlet has a cue of these kinds of source, so there is nothing to draw"),
        (
            lambda: plot.cue_stances(make_stances(), source_types=("king",)),
            f"source_types must be of all, {', '.join(SOURCE_TYPES)}; got 'king'",
        ),
        (
            lambda: plot.cue_stances(make_stances(), palette="tab10"),
            "the palette of cue_stances must map stances to colours, such as {'doubting': '#E69F00'}",
        ),
    ],
)
def test_bad_calls_of_the_source_charts(draw: Any, message: str) -> None:
    with pytest.raises(InputError) as caught:
        draw()
    assert str(caught.value) == message


# --- tone toward targets, by voice; labels ---


def faint(ax: Axes) -> list[bool]:
    return [line.get_alpha() is not None for line in ax.lines if line.get_marker() not in ("None", "") and len(line.get_xdata()) == 1]


def test_target_tones_are_blocks_of_outlets(ax: Axes) -> None:
    tones = make_target_tones()
    plot.target_profile(tones, ax=ax)
    outlets = [f"{name} (n={4 + place})" for place, name in enumerate(sorted(NAMES[:3]))]
    assert labels(ax.yaxis) == ["Nadia Orlo", *outlets, "Tobias Renk", *outlets]
    assert [label.get_fontweight() for label in ax.get_yticklabels()] == ["bold", "normal", "normal", "normal"] * 2
    assert [dot[:2] for dot in dots(ax)] == [(pytest.approx(tone), y) for tone, y in zip(tones["tone"], (1, 2, 3, 5, 6, 7), strict=True)]
    assert [dot[2:] for dot in dots(ax)[:3]] == [dot[2:] for dot in dots(ax)[3:]]  # an outlet looks the same in every block
    assert faint(ax) == [True, False, False] * 2
    assert ax.get_xlim() == (-1.04, 1.04)
    assert [line for line in ax.lines if line.get_gid() == "zero"]
    assert "line: 95 % interval" in ax.get_xlabel()


def test_target_tones_of_some_targets_without_intervals(ax: Axes) -> None:
    tones = make_target_tones().assign(low=np.nan, high=np.nan)
    plot.target_profile(tones, targets=["Tobias Renk"], ax=ax)
    assert labels(ax.yaxis)[0] == "Tobias Renk"
    assert len(dots(ax)) == 3
    assert "interval" not in ax.get_xlabel()
    assert labels(plot.target_profile(tones, targets=1, ax=Figure().subplots()).yaxis)[0] == "Nadia Orlo"


def test_voice_tones_are_blocks_in_the_order_asked_for(ax: Axes) -> None:
    tones = make_voice_tones()
    plot.voice_profile(tones, voices=("official", "outlet", "expert"), ax=ax)
    outlets = [f"{name} (n={29 + place})" for place, name in enumerate(sorted(NAMES[:3]))]
    assert labels(ax.yaxis) == ["words of official sources", *outlets, "outlet's own words", *outlets]  # experts have no scored word
    assert [dot[0] for dot in dots(ax)] == pytest.approx([-2.0, -1.9, -1.8, 0.0, 0.1, 0.2])
    assert faint(ax) == [True, False, False] * 2
    assert [line for line in ax.lines if line.get_gid() == "zero"]


def cell_texts(ax: Axes) -> dict[tuple[int, int], str]:
    """Column and row of each number."""
    return {(int(text.get_position()[0] + 0.5), round(text.get_position()[1] + 0.05)): text.get_text() for text in ax.texts}


def label_bars(ax: Axes, gid: str) -> list[tuple[int, int, float]]:
    """Column, row and length of the bars."""
    bars = [patch for patch in ax.patches if isinstance(patch, Rectangle) and patch.get_gid() == gid]
    return [(int(bar.get_x() + 0.5), int(bar.get_y() + bar.get_height() / 2), bar.get_width()) for bar in bars]


def test_labels_are_counts_shares_and_bars(ax: Axes) -> None:
    plot.labels(make_labels(), ax=ax)
    assert labels(ax.yaxis) == ["rebels (n=6)", "armed group (n=3)", "banned (n=3)", "separatist movement (n=3)"]
    assert labels(ax.xaxis) == ["Republic Today\n(n=6)", "The Daily Lantern\n(n=5)", "The Vantry Herald\n(n=4)"]
    assert cell_texts(ax)[0, 0] == "2 · 33 %"
    assert cell_texts(ax)[2, 3] == "0"
    assert len(cell_texts(ax)) == 12
    lengths = {(x, y): length for x, y, length in label_bars(ax, "own")}
    assert len(lengths) == 11  # none for the zero
    assert lengths[0, 0] / lengths[0, 1] == pytest.approx(2)
    assert lengths[2, 0] == pytest.approx(0.92 / 2)  # the whole column would be 0.92
    assert ax.get_xlabel().startswith("Harbour Front: count")
    assert ax.get_xlabel().endswith("found nowhere: gunmen")
    colours = plot.outlet_colours(NAMES[:3])
    assert {to_hex(bar.get_facecolor()) for bar in ax.patches} == set(colours.values())


def test_labels_beyond_the_first_are_one_row(ax: Axes) -> None:
    plot.labels(make_labels(), labels=2, ax=ax)
    assert labels(ax.yaxis) == ["rebels (n=6)", "armed group (n=3)", "2 other labels (n=6)"]
    assert cell_texts(ax)[0, 2] == "3 · 50 %"
    plot.labels(make_labels(), labels=["gunmen", "banned"], ax=(other := Figure().subplots()))
    assert labels(other.yaxis) == ["gunmen (n=0)", "banned (n=3)", "3 other labels (n=12)"]
    assert "nowhere" not in other.get_xlabel()


def test_labels_in_quotation_marks_are_hatched(ax: Axes) -> None:
    plot.labels(make_labels(quoted=1), ax=ax)
    own, quoted = label_bars(ax, "own"), label_bars(ax, "quoted")
    assert [bar for bar in quoted if bar[:2] == (0, 0)] == [(0, 0, pytest.approx(0.92 / 6))]
    assert [bar for bar in own if bar[:2] == (0, 0)] == [(0, 0, pytest.approx(0.92 / 6))]
    assert not [bar for bar in own if bar[:2] == (0, 1)]  # said once, in quotation marks
    assert all(patch.get_hatch() for patch in ax.patches if patch.get_gid() == "quoted")
    assert "hatched: in quotation marks" in ax.get_xlabel()
    assert "hatched" not in plot.labels(make_labels(), ax=Figure().subplots()).get_xlabel()


def test_labels_of_an_outlet_with_few_are_faint_and_with_none_dashes(ax: Axes) -> None:
    made = make_labels()
    silent = made["outlet"] == "Republic Today"
    made.loc[silent, ["count", "quoted"]] = 0
    made.loc[silent, "share"] = np.nan
    plot.labels(made, ax=ax)
    assert {cell_texts(ax)[0, y] for y in range(4)} == {"–"}
    assert labels(ax.xaxis)[0].endswith("(n=0)")
    alphas = {int(bar.get_x() + 0.5): bar.get_alpha() for bar in ax.patches}
    assert alphas == {1: 1.0, 2: 0.4}


def test_labels_said_alike_are_one(ax: Axes) -> None:
    """Two rows of a hand-made table with one name; a word found under modifiers was found."""
    made = make_labels().replace({"label": {"banned": "rebels", "armed group": "masked gunmen"}, "head": {"group": "gunmen"}})
    plot.labels(made, ax=ax)
    assert labels(ax.yaxis)[0] == "rebels (n=9)"
    assert cell_texts(ax)[0, 0] == "3 · 50 %"
    assert "nowhere" not in ax.get_xlabel()


@pytest.mark.parametrize(("n_outlets", "rotation"), [(3, 0), (12, 90)])
def test_headings_stand_where_columns_are_narrow(ax: Axes, n_outlets: int, rotation: int) -> None:
    plot.labels(make_labels(n_outlets), ax=ax)
    assert {heading.get_rotation() for heading in ax.get_xticklabels()} == {rotation}
    assert ("share of the outlet’s labels\n" in ax.get_xlabel()) is (n_outlets == 3)  # narrow columns have no room for it as a number
    assert (" %" in cell_texts(ax)[0, 0]) is (n_outlets == 3)


def test_labels_take_what_labels_for_returns(ax: Axes) -> None:
    pages = [
        Article("h", "The $x$ Harbour Front, a separatist movement, met.", outlet="Herald"),
        Article("t", "The banned Harbour Front met.", outlet="Today"),
    ]
    plot.labels(labels_for(pages, "Harbour Front"), ax=ax)
    assert labels(ax.yaxis) == ["banned (n=1)", "separatist movement (n=1)"]
    assert list(cell_texts(ax).values()) == ["0", "1 · 100 %", "1 · 100 %", "0"]


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda: plot.labels(3), "expected the DataFrame that framing.labels_for returns, got int"),
        (
            lambda: plot.labels(make_labels().drop(columns=["head", "quoted"])),
            "expected the DataFrame that framing.labels_for returns, got a DataFrame without head, quoted",
        ),
        (lambda: plot.labels(make_labels().assign(count=0)), "no label was found in any outlet, so there is nothing to draw"),
        (lambda: plot.labels(make_labels(), labels=0), "no label is asked for, so there is nothing to draw"),
        (
            lambda: plot.labels(make_labels(), labels="thugs"),
            "no label 'thugs' in the data; the first are rebels, armed group, banned, separatist movement",
        ),
        (lambda: plot.target_profile(3), "expected the DataFrame that framing.target_profile returns, got int"),
        (
            lambda: plot.target_profile(make_target_tones().drop(columns="tone")),
            "expected the DataFrame that framing.target_profile returns, got a DataFrame without tone",
        ),
        (lambda: plot.target_profile(make_target_tones()[:0]), "no target is named, so there is nothing to draw"),
        (
            lambda: plot.target_profile(make_target_tones(), targets="Karla Voss"),
            "no target 'Karla Voss' in the data; the first are Nadia Orlo, Tobias Renk",
        ),
        (lambda: plot.voice_profile(3), "expected the DataFrame that framing.voice_profile returns, got int"),
        (
            lambda: plot.voice_profile(make_voice_tones(), voices="expert"),
            "none of these voices has a scored word, so there is nothing to draw",
        ),
        (
            lambda: plot.voice_profile(make_voice_tones(), voices="king"),
            f"voices must be of outlet, sources, {', '.join(SOURCE_TYPES)}; got 'king'",
        ),
    ],
)
def test_bad_calls_of_the_charts_of_tones_and_labels(draw: Any, message: str) -> None:
    with pytest.raises(InputError) as caught:
        draw()
    assert str(caught.value) == message


def test_names_stand_over_the_first_bar_where_all_fit() -> None:
    """Five wide segments on eight inches: no legend."""
    stances = make_stances(2)
    stances["share"] = stances["stance"].map(dict(zip(STANCES, (0.0, 0.2, 0.2, 0.2, 0.2, 0.2), strict=True)))
    stances["n"] = 1
    wide = plot.cue_stances(stances.assign(low=np.nan, high=np.nan))
    assert wide.get_legend() is None
    over = {text.get_text(): text.get_position()[0] for text in wide.texts if text.get_gid() == "name"}
    assert over == pytest.approx({"doubting": 0.1, "endorsing": 0.3, "conceding": 0.5, "emotive": 0.7, "forward": 0.9})
    mpl.rcParams["figure.figsize"] = (3, 3)
    try:
        narrow = plot.cue_stances(stances.assign(low=np.nan, high=np.nan))
    finally:
        mpl.rcParams["figure.figsize"] = mpl.rcParamsDefault["figure.figsize"]
    assert [text.get_text() for text in narrow.get_legend().get_texts()] == list(over)


# --- coverage, notices, fingerprints ---


def bars(ax: Axes, gid: str) -> dict[tuple[int, int], float]:
    """Width of the bars of a kind by column and row."""
    found = (patch for patch in ax.patches if isinstance(patch, Rectangle) and patch.get_gid() == gid)
    return {(round(bar.get_x() + 0.4), round(bar.get_y() + bar.get_height() / 2 - 0.05)): bar.get_width() for bar in found}


def test_coverage_counts_articles_and_hatches_agencies(ax: Axes) -> None:
    frame = make_articles()
    frame = frame[~((frame["story"] == "s0") & (frame["outlet"] == "Republic Today"))]
    double = frame.iloc[[0]].assign(agency=None).rename(index={"a0": "again"})
    plot.coverage(pd.concat([frame, double]), ax=ax)
    assert labels(ax.yaxis)[0] == "Story 0 as told here (n=3)"
    assert labels(ax.xaxis) == ["Republic Today\n(n=5)", "The Daily Lantern\n(n=6)", "The Vantry Herald\n(n=7)"]
    numbers = {tuple(map(int, text.get_position())): text.get_text() for text in ax.texts}
    assert (numbers[0, 0], numbers[1, 0], numbers[2, 0]) == ("·", "1", "2")
    wired = frame[frame["agency"].notna()]
    assert len(bars(ax, "agency")) == len(wired)
    assert bars(ax, "agency")[2, 0] == pytest.approx(bars(ax, "own")[2, 0])  # one of two
    assert all(patch.get_hatch() for patch in ax.patches if patch.get_gid() == "agency")
    assert "hatched: written by an agency" in ax.get_xlabel()


def test_coverage_without_dates_agencies_and_headlines(ax: Axes) -> None:
    plot.coverage(without("date", "agency", "headline"), max_stories=2, ax=ax)
    assert labels(ax.yaxis) == ["s0 (n=3)", "s1 (n=3)"]
    assert "hatched" not in ax.get_xlabel()
    assert "2 of 6 stories" in ax.get_xlabel()


def test_notices_are_articles_that_carry_one(ax: Axes) -> None:
    plot.notices(make_tables(), ax=ax)
    assert labels(ax.yaxis) == ["correction (n=6)", "legal label (n=6)"]
    assert labels(ax.xaxis) == ["Republic Today\n(n=6)", "The Daily Lantern\n(n=6)", "The Vantry Herald\n(n=6)"]
    assert [cell_texts(ax)[2, y] for y in (0, 1)] == ["2 · 33 %", "6 · 100 %"]
    assert cell_texts(ax)[0, 1] == "0"
    assert label_bars(ax, "quoted") == [(2, 1, pytest.approx(0.92))]
    assert "hatched: prescribed by law" in ax.get_xlabel()
    plot.notices(make_tables(), kinds="correction", ax=(alone := Figure().subplots()))
    assert labels(alone.yaxis) == ["correction (n=6)"]
    assert "hatched" not in alone.get_xlabel()


def test_a_fingerprint_is_in_standard_deviations(ax: Axes) -> None:
    compared = compare_measures(make_articles(), ["polarity", "share_official"], n_resamples=200)
    plot.fingerprint(compared, ax=ax)
    assert labels(ax.yaxis) == ["", "Tone of the body", "Attributions to officials"]
    assert [text.get_text() for text in ax.texts] == [
        f"{name}\n(n=6)" for name in ("Republic Today", "The Daily Lantern", "The Vantry Herald")
    ]
    centres = [text.get_position()[0] for text in ax.texts]
    means = [c.differences[c.differences["b"] == "all"]["standardised"].to_numpy() for c in compared]
    for y, mean in enumerate(means, 1):
        assert [x for x, dot_y, *_ in dots(ax) if dot_y == y] == pytest.approx([c + m for c, m in zip(centres, mean, strict=True)])
    zeros = [line.get_xdata()[0] for line in ax.lines if line.get_gid() == "zero"]
    assert zeros == pytest.approx(centres)


def test_a_fingerprint_fills_what_survives_the_adjusted_test(ax: Axes) -> None:
    comparison = compare_outlets(make_articles(), "polarity", n_resamples=100)
    p = [0.01, 0.049, 0.2]
    differences = comparison.differences.assign(p_adjusted=[*p, *[1.0] * (len(comparison.differences) - 3)])
    plot.fingerprint([replace(comparison, differences=differences)], ax=ax)
    page = to_hex(ax.get_facecolor())
    assert [colour == page for *_, colour in dots(ax)] == [False, False, True]


def test_a_fingerprint_says_what_could_not_be_measured(ax: Axes) -> None:
    one, other = compare_measures(make_articles(), ["polarity", "n_words"], n_resamples=100)
    gap = other.differences.copy()
    gap.loc[gap["a"] == "Republic Today", "difference"] = np.nan
    plot.fingerprint([one, replace(other, differences=gap)], ax=ax)
    assert [text.get_position()[1] for text in ax.texts if text.get_text() == "–"] == [2]
    assert len(dots(ax)) == 5


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda: plot.coverage(without("story")), "the table has no column story; it has outlet, date, headline"),
        (
            lambda: plot.coverage(make_articles().assign(story=None)),
            "no article has an outlet and a story, so there is no coverage to draw",
        ),
        (lambda: plot.coverage(make_articles(), max_stories=0), "max_stories must be at least 1, got 0"),
        (lambda: plot.notices(make_articles()), "expected Tables, as analyze_corpus returns them, got DataFrame"),
        (
            lambda: plot.notices(replace(make_tables(), findings={"notices": make_tables().notices[:0]})),
            "no article carries a notice, so there is nothing to draw",
        ),
        (
            lambda: plot.notices(make_tables(), kinds=["promo"]),
            "no notice of kind 'promo' in these articles; there are correction, legal_label",
        ),
        (lambda: plot.fingerprint(3), "expected Comparisons, as compare_measures returns them, got int"),
        (
            lambda: plot.fingerprint(compare_outlets(make_articles(), "polarity", n_resamples=100)),
            "expected Comparisons, as compare_measures returns them, got Comparison",
        ),
        (lambda: plot.fingerprint(["polarity"]), "expected Comparisons, as compare_measures returns them, got str among them"),
        (
            lambda: plot.fingerprint(compare_measures(make_articles(1), ["polarity"], n_resamples=100)),
            "no comparison has a difference from the mean of all, so there is nothing to draw",
        ),
    ],
)
def test_bad_calls_of_coverage_notices_and_fingerprints(draw: Any, message: str) -> None:
    with pytest.raises(InputError) as caught:
        draw()
    assert str(caught.value).startswith(message)


def test_a_correction_is_hollow_before_and_filled_after(ax: Axes) -> None:
    data = make_correction()
    plot.correction(data, known=pd.Series({"Republic Today": 0.3, "Coast Watch": 0.9}, name="true share"), ax=ax)
    drawn = [dot for dot in dots(ax) if dot[2] != "x"]
    assert [x for x, *_ in drawn] == pytest.approx(data.estimates[["mean", "corrected"]].to_numpy().ravel().tolist())
    assert [colour == to_hex(ax.get_facecolor()) for *_, colour in drawn] == [True, False] * 3
    bars = [float(x) for line in ax.lines if len(line.get_xdata()) == 2 and line.get_linewidth() > 2 for x in line.get_xdata()]
    assert bars == pytest.approx(data.estimates[["low", "high", "corrected_low", "corrected_high"]].to_numpy().ravel().tolist())
    assert [dot[:3] for dot in dots(ax) if dot[2] == "x"] == [(0.3, 0, "x")]  # a group that is not drawn has no cross
    assert labels(ax.yaxis)[0].replace("\n", " ") == "Republic Today (n=40 coded)"
    caption = ax.get_xlabel().replace("\n", " ")
    assert "line: 95 % interval, cross: true share, n: coded cases" in caption
    names = {text.get_text(): text.get_position() for text in ax.texts}
    assert list(names) == ["as measured", "corrected"]
    assert ax.get_legend() is None


def test_a_cross_does_not_bear_the_names_of_the_marks(ax: Axes) -> None:
    """They stand beside the first row whose cross lies within its intervals, or over the chart."""
    data = make_correction()
    plot.correction(data, known=pd.Series({"Republic Today": 0.9}), ax=ax)
    assert [round(text.get_position()[1]) for text in ax.texts] == [1, 1]
    beyond = plot.correction(data, known=data.estimates["high"] + 0.5, ax=Figure(figsize=(8, 4)).subplots())
    assert list(beyond.texts) == []
    assert [text.get_text() for text in beyond.get_legend().get_texts()] == ["as measured", "corrected"]


def test_a_correction_that_was_not_made_leaves_the_measured_value(ax: Axes) -> None:
    data = make_correction()
    estimates = data.estimates.copy()
    estimates.loc["Republic Today", ["corrected", "corrected_low", "corrected_high"]] = np.nan
    estimates.loc["The Vantry Herald", ["mean", "low", "high", "corrected", "corrected_low", "corrected_high"]] = np.nan
    plot.correction(replace(data, estimates=estimates), ax=ax)
    assert [round(y, 2) for _, y, *_ in dots(ax)] == [-0.16, 0.84, 1.16]
    assert [text.get_position()[1] for text in ax.texts if text.get_text() == "could not be measured"] == [2]
    assert "cross" not in ax.get_xlabel()


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda data: plot.correction(3), "expected a Correction, as correct_for_rates returns it, got int"),
        (
            lambda data: plot.correction(replace(data, estimates=data.estimates[:0])),
            "the correction of share_official holds no estimate, so there is nothing to draw",
        ),
        (lambda data: plot.correction(data, known=[0.5]), "known must be a Series of values by group, got list"),
        (
            lambda data: plot.correction(data, known=pd.Series({"Herald": 0.5})),
            "known has a value of none of the groups Republic Today, The Daily Lantern, The Vantry Herald; its index is Herald",
        ),
    ],
)
def test_bad_calls_of_the_chart_of_corrections(draw: Any, message: str) -> None:
    with pytest.raises(InputError) as caught:
        draw(make_correction())
    assert str(caught.value) == message
