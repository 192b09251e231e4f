"""Small tables for the tests of charts, and every chart drawn from them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex

from framing import plot
from framing.choices import NAMINGS, SOURCE_TYPES
from framing.compare import Comparison, Correction, compare_measures, correct_for_rates
from framing.measuring.attribution import STANCES
from framing.tables import Tables

NAMES = (
    "The Vantry Herald",
    "The Daily Lantern",
    "Republic Today",
    "The Sallow Tribune",
    "Open Ledger",
    "Meridian International",
    "The Hessen Valley Miners' and Farmers' Weekly Intelligencer",
    "Tessmark Evening Post",
    "$x$ & <b>$y",
    "Harbourandquaysideworkersindependentvoice",
    "Coast Watch",
    "Ö",
)
LONG = tuple(
    f"The Great Northern and Hessen Valley {name} Daily Newspaper of all Calderra"
    for name in ("Port", "Mine", "Farm", "Hill", "Lake", "Mill", "Coal", "Ship", "Corn", "Wool", "Salt", "Iron")
)


def make_articles(n_outlets: int = 3, per_outlet: int = 6, seed: int = 1) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    rows = []
    for number in range(n_outlets * per_outlet):
        story = number // n_outlets
        row: dict[str, Any] = {
            "article_id": f"a{number}",
            "outlet": NAMES[number % n_outlets],
            "story": f"s{story}",
            "date": pd.Timestamp("2026-03-01") + pd.Timedelta(days=3 * story + number % 2),
            "headline": f"Story {story} as told here",
            "agency": "CP" if number % 5 == 0 else None,
            "n_words": 300 + number,
            "polarity": rng.normal(0.1, 0.1),
            "polarity_headline": rng.normal(-0.1, 0.2),
            "polarity_own": rng.normal(0.05, 0.05),
            "polarity_quoted": rng.normal(-0.05, 0.1),
        }
        row |= {f"share_{kind}": share for kind, share in zip(SOURCE_TYPES, rng.dirichlet(np.ones(len(SOURCE_TYPES))), strict=True)}
        row |= {f"topic_port, strike, wage{place}": share for place, share in enumerate(rng.dirichlet(np.ones(4)))}
        rows.append(row)
    return pd.DataFrame(rows).set_index("article_id")


def make_words(n_groups: int = 3) -> pd.DataFrame:
    rows = [
        {"word": f"word{place}", "group": name, "count": 20 - place, "count_others": place, "z": 5.0 - place}
        for name in NAMES[:n_groups]
        for place in range(8)
    ]
    return pd.DataFrame(rows)


def make_profile(n_outlets: int = 3) -> pd.DataFrame:
    rng = np.random.default_rng(2)
    columns: dict[str, Any] = {"n_articles": 6, "n_attributions": range(20, 20 + n_outlets)}
    for way in ("share", "mean_share", "share_words"):
        for kind in (*SOURCE_TYPES, "political"):
            share = rng.uniform(0.1, 0.6, n_outlets)
            columns |= {f"{way}_{kind}": share, f"{way}_{kind}_low": share - 0.1, f"{way}_{kind}_high": share + 0.1}
    return pd.DataFrame(columns, index=pd.Index(NAMES[:n_outlets], name="outlet")).sort_index()


def make_naming(n_outlets: int = 3) -> pd.DataFrame:
    """The last outlet names everybody; officials of none are anonymous."""
    rng = np.random.default_rng(4)
    rows = []
    for place, name in enumerate(sorted(NAMES[:n_outlets])):
        for kind in ("all", "official", "citizen"):
            counts = dict(zip((*NAMINGS, "unknown"), [20, *rng.integers(1, 9, len(NAMINGS))], strict=True))
            if place == n_outlets - 1:
                counts = dict.fromkeys(counts, 0) | {"named_person": 20}
            counts["anonymous"] *= kind != "official"
            for way, n in counts.items():
                share = n / sum(counts.values())
                rows.append((name, kind, way, n, sum(counts.values()), share, share - 0.05, share + 0.05, 3))
    return pd.DataFrame(rows, columns=["outlet", "source_type", "naming", "n", "n_attributions", "share", "low", "high", "n_articles"])


def make_stances(n_outlets: int = 3) -> pd.DataFrame:
    rng = np.random.default_rng(3)
    rows = []
    for name in sorted(NAMES[:n_outlets]):
        for kind in ("all", "official", "citizen"):
            counts = [60, *rng.integers(1, 9, len(STANCES) - 1)]
            for stance, n in zip(STANCES, counts, strict=True):
                share = n / sum(counts)
                rows.append((name, kind, stance, n, sum(counts), share, share - 0.05, share + 0.05, 1.0, 3))
    return pd.DataFrame(rows, columns=["outlet", "source_type", "stance", "n", "n_cues", "share", "low", "high", "per_1k", "n_articles"])


def make_labels(n_outlets: int = 3, quoted: int = 0) -> pd.DataFrame:
    """Outlet i says "separatist movement" i times, "rebels" twice and the other words once each."""
    words = {"separatist movement": "movement", "rebels": "rebels", "armed group": "group", "banned": "", "gunmen": "gunmen"}
    rows = []
    for place, name in enumerate(NAMES[:n_outlets]):
        counts = [place, 2, 1, 1, 0]
        for (label, head), count in zip(words.items(), counts, strict=True):
            rows.append((name, label, head, count, count / sum(counts), min(count, quoted)))
    frame = pd.DataFrame(rows, columns=["outlet", "label", "head", "count", "share", "quoted"]).sort_values("outlet", kind="stable")
    frame.attrs["target"] = "Harbour Front"
    return frame


def make_target_tones(n_outlets: int = 3) -> pd.DataFrame:
    rows = [
        (target, "person", name, sign * (0.1 + 0.05 * place), sign * 0.1 - 0.2, sign * 0.1 + 0.3, 4 + place)
        for target, sign in (("Nadia Orlo", 1), ("Tobias Renk", -1))
        for place, name in enumerate(sorted(NAMES[:n_outlets]))
    ]
    return pd.DataFrame(rows, columns=["target", "kind", "outlet", "tone", "low", "high", "n_mentions"])


def make_voice_tones(n_outlets: int = 3) -> pd.DataFrame:
    rows = [
        (name, voice, 0.1 * place - shift, 0.1 * place - shift - 0.1, 0.1 * place - shift + 0.1, 29 + place)
        for place, name in enumerate(sorted(NAMES[:n_outlets]))
        for shift, voice in enumerate(("outlet", "sources", "official"))
    ]
    return pd.DataFrame(rows, columns=["outlet", "voice", "polarity", "low", "high", "n_scored"])


def labels(axis: Any) -> list[str]:
    return [tick.get_text() for tick in axis.get_ticklabels()]


def dots(ax: Axes) -> list[tuple[float, float, str, str]]:
    """x, y, marker and face colour of each single marker."""
    found = (line for line in ax.lines if line.get_marker() not in ("None", "", None) and len(line.get_xdata()) == 1)
    return [(line.get_xdata()[0], line.get_ydata()[0], str(line.get_marker()), to_hex(line.get_markerfacecolor())) for line in found]


def make_robustness(n_outlets: int = 3) -> pd.DataFrame:
    choices = ("all articles", "without wire copy", "weighted by the words of an article", "without story s3 (moves the Herald the most)")
    rows = [
        (choice, "polarity", name, "all", 0.1 - 0.05 * place, -0.2 - 0.05 * place, 0.3, 18 - place)
        for name in sorted(NAMES[:n_outlets])[:3]
        for place, choice in enumerate(choices)
    ]
    return pd.DataFrame(rows, columns=["specification", "measure", "a", "b", "difference", "low", "high", "n_articles"])


def make_tables(n_outlets: int = 3) -> Tables:
    """Every outlet corrects itself in each third article; the first prints a prescribed label in all of its six, and twice in one."""
    articles = make_articles(n_outlets)
    printed = [(i, row.outlet, "correction", None) for n, (i, row) in enumerate(articles.iterrows()) if n // n_outlets % 3 == 0]
    first = articles.index[articles["outlet"] == NAMES[0]]
    printed += [(i, NAMES[0], "legal_label", "Calderra") for i in [*first, first[0]]]
    notices = pd.DataFrame(printed, columns=["article_id", "outlet", "kind", "mandated"])
    others = {name: pd.DataFrame() for name in ("targets", "paragraphs", "problems")}
    return Tables(articles=articles, findings={"notices": notices}, **others)


def make_correction(n_outlets: int = 3) -> Correction:
    """The share of officials; the measure finds all of them in the first outlet by name, and half of them in the others."""
    names = sorted(NAMES[:n_outlets])
    recall = [1.0, *[0.5] * (n_outlets - 1)]
    rates = pd.DataFrame({"outlet": names, "precision": 0.9, "recall": recall, "n": range(40, 40 + n_outlets)})
    return correct_for_rates(make_articles(n_outlets), "share_official", rates, n_resamples=100)


MEASURES = ("polarity", "share_official", "polarity_headline", "n_words")
_made: dict[Any, Any] = {}


def compared(frame: pd.DataFrame, *measures: str) -> list[Comparison]:
    """Comparisons of :func:`make_articles`, made once."""
    key = (tuple(frame["outlet"]), measures)
    if key not in _made:
        _made[key] = list(compare_measures(frame, measures, n_resamples=100, pairwise=False))
    return _made[key]


def _counted(make: Callable[[int], Any], draw: Callable[..., Axes]) -> Callable[..., Axes]:
    """A chart of a table that is made for as many outlets as the articles have."""
    return lambda frame, **options: draw(make(frame["outlet"].nunique()), **options)


CHARTS: dict[str, Callable[..., Axes]] = {
    "compare": lambda frame, **options: plot.compare(*compared(frame, "share_official"), **options),
    "tone_by_outlet": lambda frame, **options: plot.tone_by_outlet(*compared(frame, "polarity"), **options),
    "own_vs_quoted": lambda frame, **options: plot.own_vs_quoted(tuple(compared(frame, "polarity_own", "polarity_quoted")), **options),
    "correction": _counted(make_correction, lambda data, **options: plot.correction(data, known=data.estimates["mean"] + 0.01, **options)),
    "fingerprint": lambda frame, **options: plot.fingerprint(compared(frame, *MEASURES), **options),
    "source_mix": plot.source_mix,
    "source_shares": _counted(make_profile, plot.source_shares),
    "naming_profile": _counted(make_naming, plot.naming_profile),
    "cue_stances": _counted(make_stances, plot.cue_stances),
    "topics_by_outlet": plot.topics_by_outlet,
    "distinctive_words": _counted(make_words, plot.distinctive_words),
    "story_timeline": plot.story_timeline,
    "coverage": plot.coverage,
    "target_profile": _counted(make_target_tones, plot.target_profile),
    "voice_profile": _counted(make_voice_tones, plot.voice_profile),
    "labels": _counted(make_labels, plot.labels),
    "notices": _counted(make_tables, plot.notices),
    "robustness": _counted(make_robustness, plot.robustness),
}
