"""Drawing stories anew. That intervals cover what they should is tested in test_compare.py."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from framing.errors import InputError
from framing.resampling import divide, drawn, resample, row_mean, story_labels


def test_every_draw_has_as_many_units_as_there_are() -> None:
    rows = list(drawn(7, 500, np.random.default_rng(0)))
    times = np.concatenate([part for _, part in rows])
    assert times.shape == (500, 7)
    assert (times.sum(axis=1) == 7).all()
    assert times.mean(axis=0) == pytest.approx(np.ones(7), abs=0.2)


def test_ratios_of_stories_drawn_together() -> None:
    sums, counts = np.array([[2.0, 0.0], [4.0, 0.0]]), np.array([[2.0, 0.0], [4.0, 0.0]])
    ratios = resample(sums, counts, 100, np.random.default_rng(0))
    assert (ratios[:, 0] == 1).all()
    assert np.isnan(ratios[:, 1]).all()
    assert np.isnan(resample(np.zeros((0, 2)), np.zeros((0, 2)), 100, np.random.default_rng(0))).all()


def test_nothing_divided_by_nothing_is_missing() -> None:
    assert divide(np.array([0.0, 1.0]), np.array([0.0, 2.0])).tolist() == pytest.approx([math.nan, 0.5], nan_ok=True)
    assert row_mean(np.array([[1.0, math.nan], [math.nan, math.nan]])).tolist() == pytest.approx([1, math.nan], nan_ok=True)


def test_stories_from_the_caller_the_table_or_nowhere() -> None:
    frame = pd.DataFrame({"story": ["s", None, " "]}, index=["a", "b", "c"])
    story, known, origin = story_labels(frame, None)
    assert (story[0], list(known), origin) == ("s", [True, False, False], "column story")
    story, known, origin = story_labels(frame, pd.Series({"b": "t"}))
    assert (story[1], list(known), origin) == ("t", [False, True, False], "given")
    assert story_labels(frame.drop(columns="story"), None)[2] == "none known: every article is one"


def test_ids_must_differ() -> None:
    with pytest.raises(InputError, match="article ids must differ, but 'a' stands twice"):
        story_labels(pd.DataFrame(index=["a", "a"]), None)
    with pytest.raises(InputError, match="stories must have one row an article, but 'a' stands twice"):
        story_labels(pd.DataFrame(index=["a"]), pd.Series(["s", "t"], index=["a", "a"]))
