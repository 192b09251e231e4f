"""What measures are called in charts."""

from __future__ import annotations

import re

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from plot_data import make_articles

from framing import plot
from framing.choices import SOURCE_TYPES
from framing.compare import compare_outlets
from framing.measuring import measures
from framing.plot.axis_labels import UNITS, axis_label
from framing.plot.style import SOURCE_LOOK
from framing.tables.cards import cards

MEASURES = {column.name: column for measure in measures() for column in measure.all_columns if column.title}

mpl.use("Agg")


@pytest.mark.parametrize(
    ("measure", "name", "unit"),
    [
        ("polarity_headline", "Tone of headlines", "polarity"),
        ("news_polarity_own", "Tone in the outlet's own words (news variant)", "polarity"),
        ("topic_port_strike", "Topic: port strike", "share"),
        ("n_of_something", "N of something", ""),
    ],
)
def test_describe_measure(measure: str, name: str, unit: str) -> None:
    about = plot.describe_measure(measure)
    assert (about["name"], about["unit"]) == (name, unit)


@pytest.mark.parametrize(
    ("measure", "label"),
    [
        ("hedges_per_1k", "Hedges per 1,000 words"),
        ("loaded_outlet_per_1k", "Loaded words per 1,000 of the outlet's own words"),
        ("n_notices", "Notices per article"),
        ("n_words", "Length of articles (mean number of words)"),
        ("share_passives_agentless", "Passives without an agent (share of passives, from 0 to 1)"),
        ("share_official", "Attributions to officials (share of attributions)"),
        ("source_simpson", "Diversity of sources (Simpson; from 0 to 1)"),
        ("news_polarity_own", "Tone in the outlet's own words (news variant; polarity, −1 negative to +1 positive)"),
        ("n_of_something", "N of something (mean)"),
    ],
)
def test_axis_labels_of_measures(measure: str, label: str) -> None:
    assert axis_label(measure) == label


def test_every_unit_is_known() -> None:
    assert {column.unit for column in MEASURES.values()} <= set(UNITS)


@pytest.mark.parametrize("measure", sorted(MEASURES, key=lambda measure: len(axis_label(measure)))[-3:])
def test_longest_axis_labels_fit_the_figure(measure: str) -> None:
    frame = make_articles().assign(**{measure: np.linspace(0.1, 0.9, 18)})
    made = plot.compare(compare_outlets(frame, measure, n_resamples=200))
    made.figure.canvas.draw()
    box = made.xaxis.label.get_window_extent()
    assert made.figure.bbox.x0 <= box.x0
    assert box.x1 <= made.figure.bbox.x1
    plt.close(made.figure)


def test_every_measure_has_a_card_that_is_shipped() -> None:
    for measure in MEASURES:
        card = plot.describe_measure(measure)["card"]
        assert card in cards().index, measure


def test_every_source_type_has_a_row_and_a_look() -> None:
    for kind in SOURCE_TYPES:
        assert plot.describe_measure(f"share_{kind}")["card"] == "attribution"
        assert kind in SOURCE_LOOK


MORE = re.compile(r"\b(more|longer)\b(?! negative)")
LESS = re.compile(r"\b(less|fewer|shorter|more negative(ly)?)\b")
TURNED = {"share_passives_agentless"}  # the more passives without an agent, the fewer that name one


@pytest.mark.parametrize("measure", sorted(MEASURES))
def test_more_says_more_and_less_says_less(measure: str) -> None:
    more, less = MEASURES[measure].more, MEASURES[measure].less
    if measure in TURNED:
        more, less = less, more
    assert MORE.search(more), more
    assert not LESS.search(more), more
    assert LESS.search(less), less
    assert not MORE.search(less), less
