"""The specification curve: what each specification leaves out, and how it is drawn."""

from __future__ import annotations

from types import SimpleNamespace

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest

mpl.use("Agg")
from matplotlib import pyplot as plt

from framing import plot
from framing.article import Article, Corpus
from framing.compare import compare_outlets, robustness
from framing.errors import InputError


def made() -> SimpleNamespace:
    rng = np.random.default_rng(3)
    rows = []
    for story in range(10):
        for outlet, tone in (("Herald", 0.2), ("Lantern", -0.1), ("Tribune", 0.0)):
            rows.append(
                {
                    "article_id": f"{outlet}{story}",
                    "outlet": outlet,
                    "story": f"s{story}",
                    "agency": "CP" if story < 2 and outlet == "Tribune" else None,
                    "n_notices": int(story == 4),
                    "n_words": 100 * story + 50,
                    "polarity": tone + rng.normal(0, 0.05) + (2.0 if (outlet, story) == ("Lantern", 7) else 0.0),
                    "polarity_own": tone / 2 + rng.normal(0, 0.05),
                }
            )
    notices = pd.DataFrame({"article_id": ["Herald9"], "kind": ["wire_credit"]})
    return SimpleNamespace(articles=pd.DataFrame(rows).set_index("article_id"), notices=notices)


def test_specifications_leave_out_what_they_say() -> None:
    tables = made()
    frame = robustness(tables, "polarity", n_resamples=200)
    counts = frame.drop_duplicates("specification").set_index("specification")["n_left_out"].to_dict()
    odd = "without story s7 (moves Herald the most)"
    assert counts.pop("all articles") == 0
    assert counts.pop("without wire copy") == 3
    assert counts.pop("without articles that carry notices") == 3
    assert counts.pop("the outlet's own words") == 0
    assert counts.pop("without the longest tenth") == 3
    assert counts == {odd: 3}  # the story of Lantern's outlier moves all three
    assert frame.attrs["not_made"] == {}
    kept = tables.articles[~tables.articles.story.eq("s7")]
    wanted = compare_outlets(kept, "polarity", n_resamples=200).differences
    mine = frame[frame.specification == odd]
    assert mine["difference"].tolist() == pytest.approx(wanted.loc[wanted.b == "all", "difference"].tolist())
    assert mine["low"].tolist() == pytest.approx(wanted.loc[wanted.b == "all", "low"].tolist())
    assert frame.loc[frame.specification == "the outlet's own words", "measure"].eq("polarity_own").all()
    lantern = frame[frame.a == "Lantern"].set_index("specification")
    assert lantern.loc["all articles", "change"] == 0
    assert (lantern.loc["all articles", "difference"] > 0) == (lantern.loc[odd, "holds"] == 0)


def test_a_pair_is_shown_as_asked() -> None:
    frame = robustness(made(), "polarity", pair=("Tribune", "Herald"), n_resamples=200)
    assert set(zip(frame.a, frame.b, strict=True)) == {("Tribune", "Herald")}
    assert (frame["low"] < frame["difference"]).all()
    assert (frame["difference"] < frame["high"]).all()
    found = compare_outlets(made(), "polarity", n_resamples=200).differences
    assert frame["difference"].iloc[0] == pytest.approx(-found[(found.a == "Herald") & (found.b == "Tribune")]["difference"].iloc[0])


def test_what_is_not_known_is_not_made_and_said() -> None:
    frame = robustness(made().articles[["outlet", "story", "polarity"]], "polarity", n_resamples=200)
    assert set(frame.attrs["not_made"]) == {
        "without wire copy",
        "without articles that carry notices",
        "the outlet's own words",
        "without the longest tenth",
    }


def test_rows_of_another_table_drop_their_articles() -> None:
    tables = made()
    rows = [
        {"article_id": key, "voice": voice, "loaded": 0.1 * place}
        for key in tables.articles.index
        for place, voice in enumerate(("outlet", "citizen"))
    ]
    tables.sentences = pd.DataFrame(rows)
    frame = robustness(tables, "loaded", table="sentences", n_resamples=200)
    counts = frame.drop_duplicates("specification").set_index("specification")["n_left_out"].to_dict()
    assert counts["without wire copy"] == 6
    assert counts["the outlet's own words"] == 30


def test_a_corpus_is_analyzed_with_its_notices_blanked() -> None:
    label = "The Harbour Front (an extremist organisation banned in Calderra) walked out."
    pages = [Article(f"{outlet}{n}", f"{label} The mayor said it was good.", outlet=outlet) for n in range(7) for outlet in ("A", "B")]
    frame = robustness(
        Corpus(pages, name="few"), "n_words", stories=pd.Series({page.id: page.id[1:] for page in pages}), engine="rules", n_resamples=100
    )
    assert "notices blanked out" in set(frame["specification"])


def test_a_specification_that_leaves_a_group_empty_is_not_made() -> None:
    tables = made()
    tables.articles.loc[tables.articles["outlet"] == "Tribune", "n_notices"] = 1
    for options in ({"pair": ("Tribune", "Herald")}, {"only": ["Tribune", "Herald"]}):
        frame = robustness(tables, "polarity", n_resamples=100, **options)
        assert "without articles that carry notices" not in set(frame["specification"])
        assert "Tribune" in frame.attrs["not_made"]["without articles that carry notices"]


def test_bad_pairs() -> None:
    for pair, message in (
        (("Herald",), "pair must name two groups of Herald, Lantern, Tribune"),
        (("Herald", "Ledger"), "no group 'Ledger'; there are Herald, Lantern, Tribune"),
    ):
        with pytest.raises(InputError, match=message):
            robustness(made(), "polarity", pair=pair)
    with pytest.raises(InputError, match="there is one group only"):
        robustness(made(), "polarity", only=["Herald"])


def test_the_curve_has_a_row_a_specification_and_a_zero_line() -> None:
    frame = robustness(made(), "polarity", n_resamples=200)
    ax = plot.robustness(frame)
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert len(labels) == len(frame) + 3
    assert labels[0] == "Herald less the mean of all"
    assert labels[1] == "all articles (n=10)"
    assert any(np.allclose(line.get_xdata(), 0) for line in ax.lines)
    assert ax.get_xlim()[0] < min(frame["low"].min(), 0) < max(frame["high"].max(), 0) < ax.get_xlim()[1]
    plt.close(ax.figure)
    with pytest.raises(InputError, match=r"expected the DataFrame that framing.robustness returns, got a DataFrame without specification"):
        plot.robustness(frame.drop(columns="specification"))


def test_a_pair_leaves_out_only_its_own_oddest_stories() -> None:
    rng = np.random.default_rng(1)
    frame = pd.DataFrame({"outlet": list("ABC") * 10, "story": np.repeat(range(10), 3), "polarity": rng.normal(size=30)})
    frame.loc[frame["outlet"] == "C", "polarity"] *= 10
    found = robustness(frame, "polarity", pair=("A", "B"), n_resamples=100)
    moves = [name for name in found["specification"].unique() if "moves" in name]
    assert moves
    assert not [name for name in moves if "moves C" in name]
