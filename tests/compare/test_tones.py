"""Tone by voice and toward targets, one outlet beside another: worked by hand on tables made for it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pytest

import framing as fr
from framing.compare.tones import target_profile, voice_profile
from framing.errors import InputError, UnknownNameError


@dataclass
class Made:
    articles: pd.DataFrame
    attributions: pd.DataFrame
    mentions: pd.DataFrame
    targets: pd.DataFrame


def made(n: int = 8) -> Made:
    """Herald and Tribune write ``n`` stories; the Herald is grim itself and lets officials be warm, the Tribune is the reverse."""
    articles, attributions, mentions = [], [], []
    for story in range(n):
        for outlet, sign in (("Herald", -1), ("Tribune", 1)):
            key = f"{outlet}{story}"
            articles.append(
                {
                    "article_id": key, "outlet": outlet, "story": f"s{story}", "news_polarity_outlet": 0.5 * sign + 0.01 * story,
                    "news_subjectivity_outlet": 0.5, "news_n_scored_outlet": 4 if story else 0,
                }
            )  # fmt: skip
            attributions.append(
                {
                    "article_id": key,
                    "source_type": "official",
                    "content_polarity": -0.2 * sign,
                    "content_subjectivity": 0.4,
                    "content_n_scored": 2,
                    "refusal": False,
                    "headline": False,
                }
            )
            attributions.append(
                {
                    "article_id": key,
                    "source_type": "citizen",
                    "content_polarity": math.nan,
                    "content_subjectivity": math.nan,
                    "content_n_scored": 0,
                    "refusal": False,
                    "headline": False,
                }
            )
            for voice, tone in (("outlet", 0.6 * sign), ("official", 0.2 * sign), ("quoted", 0.1 * sign)):
                label = "positive" if tone > 0.5 else "negative" if tone < -0.5 else "neutral"
                mentions.append({"article_id": key, "target": "Nadia Orlo", "kind": "person", "voice": voice, "label": label, "tone": tone})
        mentions.append(
            {"article_id": f"Herald{story}", "target": "Vantry", "kind": "place", "voice": "outlet", "label": "neutral", "tone": 0.0}
        )
    return Made(
        pd.DataFrame(articles).set_index("article_id"), pd.DataFrame(attributions), pd.DataFrame(mentions),
        pd.DataFrame({"target": ["Vantry", "Nadia Orlo"]}),
    )  # fmt: skip


def cells(frame: pd.DataFrame, **where: str) -> dict[str, Any]:
    found = frame.loc[(frame[list(where)] == pd.Series(where)).all(axis=1)]
    assert len(found) == 1
    return {str(k): v for k, v in found.iloc[0].items()}


def test_voices_by_hand() -> None:
    tones = voice_profile(made(), n_resamples=200)
    assert list(tones["voice"]) == ["outlet", "sources", "official"] * 2  # citizens have no scored word
    own = cells(tones, outlet="Herald", voice="outlet")
    assert own["polarity"] == pytest.approx(-0.5 + 0.01 * 4)  # story 0 has no scored word; the mean of 1 to 7 is 4
    assert (own["n_scored"], own["n_articles"]) == (28, 7)
    assert own["low"] < own["polarity"] < own["high"]
    official = cells(tones, outlet="Herald", voice="official")
    assert (official["polarity"], official["subjectivity"], official["n_scored"]) == (pytest.approx(0.2), pytest.approx(0.4), 16)
    assert math.isnan(official["low"])  # every story says the same: no interval can be drawn
    assert tones.attrs == {"level": 0.95, "n_resamples": 200, "seed": 0}


@pytest.mark.parametrize("aside", ["refusal", "headline"])
def test_refusals_and_the_headline_are_no_voice(aside: str) -> None:
    tables = made()
    more = tables.attributions.assign(content_polarity=0.9, content_n_scored=5, **{aside: True})
    tables.attributions = pd.concat([tables.attributions, more], ignore_index=True)
    pd.testing.assert_frame_equal(voice_profile(tables, n_resamples=100), voice_profile(made(), n_resamples=100))


def test_targets_by_hand() -> None:
    tones = target_profile(made(), n_resamples=200)
    assert list(zip(tones["target"], tones["outlet"], strict=True)) == [
        ("Nadia Orlo", "Herald"),
        ("Nadia Orlo", "Tribune"),
        ("Vantry", "Herald"),
    ]
    herald = cells(tones, target="Nadia Orlo", outlet="Herald")
    assert herald["tone"] == pytest.approx(-0.3)
    assert herald["tone_outlet"] == pytest.approx(-0.6)
    assert herald["tone_sources"] == pytest.approx(-0.15)
    assert (herald["share_negative"], herald["share_neutral"], herald["share_positive"]) == pytest.approx((1 / 3, 2 / 3, 0))
    assert (herald["n_mentions"], herald["n_outlet"], herald["n_articles"], herald["n_stories"]) == (24, 8, 8, 8)


def test_chosen_targets_and_unknown_ones() -> None:
    assert set(target_profile(made(), targets=["Vantry"])["target"]) == {"Vantry"}
    with pytest.raises(UnknownNameError, match=r"no article names 'Renk'; the most named are Nadia Orlo, Vantry"):
        target_profile(made(), targets=["Renk"])
    with pytest.raises(UnknownNameError, match="no column 'paper' to group by"):
        voice_profile(made(), by="paper")
    with pytest.raises(InputError, match="expected Tables"):
        voice_profile(pd.DataFrame())  # type: ignore[arg-type]


def test_nothing_to_count() -> None:
    tables = made()
    tables.mentions = tables.mentions.iloc[:0]
    tables.targets = tables.targets.iloc[:0]
    tables.attributions = tables.attributions.assign(content_n_scored=0)
    tables.articles = tables.articles.assign(news_n_scored_outlet=0)
    assert list(target_profile(tables).columns) == list(target_profile(made()).columns)
    assert target_profile(tables).empty
    assert voice_profile(tables).empty
    assert list(voice_profile(tables).dtypes) == list(voice_profile(made()).dtypes)


def test_from_articles_to_numbers() -> None:
    pages = [
        fr.Article(
            "h", "Nadia Orlo is a corrupt liar. “Orlo has done wonderful work,” said Karla Voss, the interior minister.", outlet="Herald"
        ),
        fr.Article("t", "Nadia Orlo opened the pier. Orlo spoke to reporters.", outlet="Tribune"),
    ]
    tables = fr.analyze_corpus(pages, engine="fast")
    tones = target_profile(tables, targets=["Nadia Orlo"])
    herald = cells(tones, outlet="Herald")
    assert herald["tone_outlet"] < 0 < herald["tone_sources"]
    mine = tables.mentions[tables.mentions["target"] == "Nadia Orlo"]
    assert herald["tone"] == pytest.approx(mine[mine["article_id"] == "h"]["tone"].mean())
    for row in mine.to_dict("records"):
        page = pages[0] if row["article_id"] == "h" else pages[1]
        assert page.text[row["start"] : row["end"]] == row["words"]
        assert row["words"] in row["sentence"]
