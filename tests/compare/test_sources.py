"""Profiles of outlets and stances of cues, on small tables whose numbers can be worked out by hand."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

import framing as fr
from framing.choices import NAMINGS, SOURCE_TYPES, UNNAMED
from framing.compare.sources import cue_stances, naming_profile, source_profile
from framing.errors import InputError, UnknownNameError
from framing.measuring.attribution import STANCES
from framing.measuring.diversity import rarefied_richness, rarefied_shannon, shannon


@dataclass
class Both:
    articles: pd.DataFrame
    attributions: pd.DataFrame


def said(article: str, kind: str, speaker: str | None = None, *, words: str = "", n_words: int = 10, **other: object) -> dict[str, object]:
    row = {"article_id": article, "source_type": kind, "speaker": speaker, "source": words or speaker or "", "n_words": n_words}
    row |= {"form": "indirect", "cue": "said", "stance": "neutral", "naming": "named_person" if speaker else None}
    return {**row, "refusal": False, "headline": False, **other}


def tables(rows: list[dict[str, object]], articles: dict[str, tuple[str | None, str | None]]) -> Both:
    """Articles (id: outlet, story) with the shares that their attributions make."""
    attributions = pd.DataFrame(rows, columns=list(said("", "official")))
    about = []
    for article, (outlet, story) in articles.items():
        mine = attributions[(attributions.article_id == article) & ~attributions.refusal & ~attributions.headline]
        shares = {f"share_{kind}": (mine.source_type == kind).mean() if len(mine) else math.nan for kind in SOURCE_TYPES}
        shares["share_political"] = shares["share_official"] + shares["share_politician"]
        named = mine[mine.source != ""].naming
        shares["share_unnamed"] = named.isin(UNNAMED).mean() if len(named) else math.nan
        shares["share_anonymous"] = (named == "anonymous").mean() if len(named) else math.nan
        first = math.nan if mine.empty else float(mine.source_type.iloc[0] == "official")
        about.append({"article_id": article, "outlet": outlet, "story": story, "n_words": 500, "first_is_official": first, **shares})
    return Both(pd.DataFrame(about).set_index("article_id"), attributions)


SMALL = tables(
    [
        said("h1", "official", "Karla Voss", n_words=30),
        said("h1", "official", "Karla Voss", n_words=10, form="direct"),
        said("h1", "politician", words="an aide", n_words=10, naming="anonymous"),
        said("h2", "citizen", words="Residents", n_words=50, stance="doubting", cue="claimed", naming="unnamed_group"),
        said("h2", "business", "Tessmark", n_words=4, cue="declined", naming="named_organisation", refusal=True),
        said("h3", "expert", "Lena Horvat", n_words=9, headline=True),
        said("t1", "citizen", words="residents", naming="unnamed_group"),
        said("t1", "citizen", words="She"),
        said("t2", "citizen", words="Residents", cue="", naming="unnamed_group"),
        said("t2", "unknown", form="direct", cue=""),
        said("x", "expert", "Lena Horvat"),
    ],
    {"h1": ("Herald", "a"), "h2": ("Herald", "b"), "h3": ("Herald", "c"), "t1": ("Tribune", "a"), "t2": ("Tribune", "b"), "x": (None, "a")},
)


def test_the_three_ways_of_counting() -> None:
    profile = source_profile(SMALL, n_resamples=100)
    herald = profile.loc["Herald"]
    assert profile.index.name == "outlet"
    assert list(profile.index) == ["Herald", "Tribune"]
    assert herald[["n_articles", "n_stories", "n_words", "n_attributions"]].tolist() == [3, 3, 1500, 4]
    assert herald["share_official"] == pytest.approx(2 / 4)
    assert herald["mean_share_official"] == pytest.approx((2 / 3 + 0) / 2)  # the article without attributions counts in neither
    assert herald["share_words_official"] == pytest.approx(40 / 100)
    assert (herald["share_political"], herald["mean_share_political"]) == pytest.approx((3 / 4, 1 / 2))
    assert herald["share_words_political"] == pytest.approx(50 / 100)
    assert herald["share_direct"] == pytest.approx(1 / 4)
    assert herald["share_first_official"] == pytest.approx(1 / 2)
    for prefix in ("share", "mean_share", "share_words"):
        assert profile[[f"{prefix}_{kind}" for kind in SOURCE_TYPES]].sum(axis=1).tolist() == pytest.approx([1, 1])


def test_names_are_one_source_everywhere_and_words_one_an_article() -> None:
    profile = source_profile(SMALL, n_resamples=100)
    assert profile.loc["Herald", "n_sources"] == 3  # Voss, an aide, residents
    assert profile.loc["Tribune", "n_sources"] == 2  # residents of two articles; "She" stays open
    again = tables([said("a", "official", "Karla Voss"), said("b", "official", "Karla Voss")], {"a": ("Herald", "s"), "b": ("Herald", "t")})
    assert source_profile(again, n_resamples=100).loc["Herald", "n_sources"] == 1


def test_sources_without_a_name_by_outlet() -> None:
    profile = source_profile(SMALL, n_resamples=100)
    assert profile["share_unnamed"].tolist() == pytest.approx([2 / 4, 2 / 3])  # the pronoun has a source, the bare quotation has none
    assert profile["share_anonymous"].tolist() == pytest.approx([1 / 4, 0])
    assert profile["mean_share_unnamed"].tolist() == pytest.approx([(1 / 3 + 1) / 2, (1 / 2 + 1) / 2])
    assert profile["mean_share_anonymous"].tolist() == pytest.approx([(1 / 3 + 0) / 2, 0])


def test_naming_by_kind_of_source() -> None:
    naming = naming_profile(SMALL, n_resamples=100)
    assert list(naming) == ["outlet", "source_type", "naming", "n", "n_attributions", "share", "low", "high", "n_articles"]
    cells = naming.set_index(["outlet", "source_type", "naming"])
    numbers = ["n", "n_attributions", "share", "n_articles"]
    assert cells.loc[("Herald", "all", "named_person"), numbers].tolist() == [2, 4, 0.5, 1]
    assert cells.loc[("Herald", "politician", "anonymous"), numbers].tolist() == [1, 1, 1, 1]
    assert cells.loc[("Tribune", "all", "unnamed_group"), numbers].tolist() == [2, 3, pytest.approx(2 / 3), 2]
    assert cells.loc[("Tribune", "citizen", "unknown"), numbers].tolist() == [1, 3, pytest.approx(1 / 3), 1]  # "She"
    assert ("Tribune", "unknown", "unknown") not in cells.index  # nobody is named at all
    assert ("Herald", "business", "named_organisation") not in cells.index  # who refused to speak
    assert naming.groupby(["outlet", "source_type"])["share"].sum().tolist() == pytest.approx([1] * 6)
    assert naming["naming"].tolist()[:7] == [*NAMINGS, "unknown"]


def test_intervals_of_naming_are_those_of_other_shares() -> None:
    both = large()
    both.attributions["naming"] = np.where(both.attributions.source_type == "official", "named_person", "anonymous")
    cells = naming_profile(both, n_resamples=300).set_index(["outlet", "source_type", "naming"])
    profile = source_profile(both, n_resamples=300)
    for end in ("", "_low", "_high"):
        named = cells.loc[("Herald", "all", "named_person"), end.removeprefix("_") or "share"]
        assert named == pytest.approx(profile.loc["Herald", f"share_official{end}"])
    assert profile.loc["Herald", "share_anonymous"] == pytest.approx(1 - profile.loc["Herald", "share_official"])


def test_refusals_and_headlines_count_nowhere() -> None:
    """The same numbers with and without them."""
    rows = SMALL.attributions
    bare = Both(SMALL.articles, rows[~rows.refusal & ~rows.headline])
    assert len(bare.attributions) == len(rows) - 2
    for count in (source_profile, naming_profile, cue_stances):
        pd.testing.assert_frame_equal(count(SMALL, n_resamples=100), count(bare, n_resamples=100))


def test_tables_that_do_not_tell_what_is_a_statement() -> None:
    old = Both(SMALL.articles, SMALL.attributions.drop(columns="refusal"))
    with pytest.raises(InputError) as caught:
        source_profile(old)
    assert str(caught.value) == "the table of attributions has no column 'refusal', so what is no statement cannot be left out"


def test_diversity_at_the_size_of_the_smallest() -> None:
    profile = source_profile(SMALL, n_resamples=100)
    assert profile["n_rarefied"].tolist() == [2, 2]  # the Tribune's named sources
    assert profile.loc["Herald", "rarefied_sources"] == pytest.approx(rarefied_richness([2, 1, 1], 2))
    assert profile.loc["Herald", "rarefied_shannon"] == pytest.approx(rarefied_shannon([2, 1, 1], 2))
    assert profile.loc["Tribune", "rarefied_sources"] == pytest.approx(2)
    assert profile.loc["Herald", "source_shannon"] == pytest.approx(shannon([2, 1, 1]))
    assert profile.loc["Herald", "source_type_shannon"] == pytest.approx(shannon([2, 1, 1]))
    assert profile.loc["Tribune", "source_type_simpson"] == 0
    more = source_profile(SMALL, n_rarefied=3, n_resamples=100)
    assert more["rarefied_sources"].tolist() == pytest.approx([rarefied_richness([2, 1, 1], 3), math.nan], nan_ok=True)


def large(seed: int = 0, n_stories: int = 12) -> Both:
    rng = np.random.default_rng(seed)
    rows, articles = [], {}
    for story in range(n_stories):
        for outlet, official in (("Herald", 0.7), ("Lantern", 0.2)):
            key = f"{outlet}{story}"
            articles[key] = (outlet, f"s{story}")
            for _ in range(int(rng.integers(1, 9))):
                kind = "official" if rng.random() < official else str(rng.choice(["citizen", "expert", "unknown"]))
                stance = "neutral" if rng.random() < 0.7 else "emotive"
                naming = "named_person" if kind == "official" else "unnamed_person"
                row = said(key, kind, f"P{rng.integers(30)}", n_words=int(rng.integers(3, 40)), stance=stance, naming=naming)
                rows.append(row)
    return tables(rows, articles)


def test_intervals_are_those_of_compare_outlets() -> None:
    both = large()
    profile = source_profile(both, n_resamples=500, seed=4)
    estimates = fr.compare_outlets(both.articles, "share_official", interval="percentile", n_resamples=500, seed=4).estimates
    for ours, theirs in (("mean_share_official", "mean"), ("mean_share_official_low", "low"), ("mean_share_official_high", "high")):
        assert profile[ours].tolist() == pytest.approx(estimates[theirs].tolist())


def test_intervals_hold_their_estimates_and_narrow_with_stories() -> None:
    widths = []
    for n_stories in (8, 60):
        profile = source_profile(large(n_stories=n_stories), n_resamples=300)
        for column in ("share_official", "mean_share_official", "share_words_official", "source_type_shannon", "source_type_simpson"):
            assert (profile[f"{column}_low"] < profile[column]).all()
            assert (profile[column] < profile[f"{column}_high"]).all()
        widths.append((profile["share_official_high"] - profile["share_official_low"]).mean())
    assert widths[1] < 0.6 * widths[0]


def test_too_few_stories_have_no_interval() -> None:
    profile = source_profile(SMALL, n_resamples=100)
    assert profile.filter(regex="_(low|high)$").isna().all(axis=None)


def test_order_and_seed() -> None:
    both = large()
    turned = Both(both.articles.iloc[::-1], both.attributions.iloc[::-1])
    for count in (source_profile, naming_profile, cue_stances):
        pd.testing.assert_frame_equal(count(both, n_resamples=100), count(turned, n_resamples=100))
        assert not count(both, n_resamples=100).equals(count(both, n_resamples=100, seed=1))


def test_other_groups_and_stories() -> None:
    both = large()
    both.articles["wire"] = np.where(both.articles.index.str.endswith(("0", "1")), "CP", None)
    profile = source_profile(both, by="wire", n_resamples=100)
    assert profile.index.tolist() == ["CP"]
    assert profile.loc["CP", "n_articles"] == 8
    one = pd.Series("s", index=both.articles.index)
    assert source_profile(both, stories=one, n_resamples=100)["n_stories"].tolist() == [1, 1]


def test_stances_by_kind_of_source() -> None:
    stances = cue_stances(SMALL, n_resamples=100)
    assert list(stances) == ["outlet", "source_type", "stance", "n", "n_cues", "share", "low", "high", "per_1k", "n_articles"]
    cells = stances.set_index(["outlet", "source_type", "stance"])
    assert cells.loc[("Herald", "all", "neutral"), ["n", "n_cues", "share", "n_articles"]].tolist() == [3, 4, 0.75, 1]
    assert cells.loc[("Herald", "citizen", "doubting"), ["n", "n_cues", "share", "per_1k"]].tolist() == [1, 1, 1, pytest.approx(1 / 1.5)]
    assert cells.loc[("Tribune", "citizen", "neutral"), "n_cues"] == 2  # the quotation without a cue has no stance
    assert ("Herald", "expert", "neutral") not in cells.index
    assert stances.groupby(["outlet", "source_type"])["share"].sum().tolist() == pytest.approx([1] * 6)
    assert stances.groupby(["outlet", "source_type"])["stance"].agg(list).iloc[0] == list(STANCES)
    assert stances["source_type"].tolist()[: len(STANCES)] == ["all"] * len(STANCES)


def test_intervals_of_stances() -> None:
    both = large()
    cells = cue_stances(both, n_resamples=300).set_index(["outlet", "source_type", "stance"])
    row = cells.loc[("Herald", "all", "emotive")]
    assert 0 <= row["low"] < row["share"] < row["high"] <= 1
    assert cells.loc[("Herald", "all", "emotive"), "low"] == pytest.approx(1 - cells.loc[("Herald", "all", "neutral"), "high"])


def test_nothing_attributed() -> None:
    silent = tables([], {f"{outlet}{n}": (outlet, f"s{n}") for outlet in ("Herald", "Lantern") for n in range(7)})
    profile = source_profile(silent, n_resamples=100)
    assert profile["n_attributions"].tolist() == profile["n_rarefied"].tolist() == [0, 0]
    assert profile.drop(columns=["n_articles", "n_stories", "n_words", "n_attributions", "n_sources", "n_rarefied"]).isna().all(axis=None)
    for count in (cue_stances, naming_profile):
        empty, full = count(silent, n_resamples=100), count(SMALL, n_resamples=100)
        assert empty.empty
        assert (empty.dtypes == full.dtypes).all()


def test_on_tables_of_real_pages() -> None:
    pages = [
        fr.Article(id=f"a{n}", outlet="Herald", text=f"Karla Voss claimed ship {n} was safe. Residents said they had not been asked.")
        for n in range(6)
    ]
    found = fr.analyze_corpus(pages, stories=pd.Series({page.id: page.id for page in pages}), engine="rules")
    profile = fr.source_profile(found, n_resamples=100)
    assert profile.loc["Herald", "n_attributions"] == 12
    counted = found.articles[[f"share_words_{kind}" for kind in SOURCE_TYPES]].mean()
    assert profile.loc["Herald", list(counted.index)].tolist() == pytest.approx(counted.tolist())
    assert set(fr.cue_stances(found, n_resamples=100)["stance"]) == set(STANCES)


@pytest.mark.parametrize("count", [source_profile, naming_profile, cue_stances])
def test_bad_calls(count: object) -> None:
    with pytest.raises(UnknownNameError, match="no column 'paper' to group by; columns are outlet, story"):
        count(SMALL, by="paper")  # type: ignore[operator]
    with pytest.raises(InputError, match=r"expected Tables \(see analyze_corpus\), got list"):
        count([])  # type: ignore[operator]
    with pytest.raises(InputError, match=r"level must be at least 0.5 and below 1, got 1"):
        count(SMALL, level=1)  # type: ignore[operator]
    nobody = Both(SMALL.articles.assign(outlet=None), SMALL.attributions)
    with pytest.raises(InputError, match="no article has a value in 'outlet', so there are no groups"):
        count(nobody)  # type: ignore[operator]


def test_bad_rarefaction() -> None:
    with pytest.raises(InputError, match="n_rarefied must be a whole number, 1 or more, got 0"):
        source_profile(SMALL, n_rarefied=0)
