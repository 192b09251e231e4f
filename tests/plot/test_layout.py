"""Geometry: in every size, with few and many outlets and with long names, no text of a chart covers another or leaves the figure."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import plot_data
import pytest
from matplotlib.axes import Axes
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from plot_data import CHARTS, LONG, make_articles

from framing import plot

mpl.use("Agg")


@pytest.fixture(autouse=True)
def settings_restored() -> Iterator[None]:
    with mpl.rc_context():
        yield
    plt.close("all")


def texts(ax: Axes) -> list[tuple[str, Bbox]]:
    """What can be read on a chart, and where it stands."""
    low, high = sorted(ax.get_xlim())
    ticks = [label for x, label in zip(ax.get_xticks(), ax.get_xticklabels(), strict=True) if low <= x <= high]
    legend = ax.get_legend()
    found: list[Text] = [*ticks, *ax.get_yticklabels(), ax.xaxis.label, *ax.texts, *(legend.get_texts() if legend else [])]
    return [(text.get_text(), text.get_window_extent()) for text in found if text.get_text()]


@pytest.mark.parametrize("outlets", ["3", "12", "12 long"])
@pytest.mark.parametrize("size", ["screen", "column", "slide"])
@pytest.mark.parametrize("name", CHARTS)
def test_no_text_covers_another_or_leaves_the_figure(name: str, size: str, outlets: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plot.set_size(size)  # type: ignore[arg-type]
    if outlets.endswith("long"):
        monkeypatch.setattr(plot_data, "NAMES", LONG)
    ax = CHARTS[name](make_articles(int(outlets.partition(" ")[0])))
    ax.figure.draw_without_rendering()
    page = ax.figure.bbox
    found = texts(ax)
    for words, box in found:
        assert page.x0 - 1 <= box.x0 and box.x1 <= page.x1 + 1 and page.y0 - 1 <= box.y0 and box.y1 <= page.y1 + 1, f"{words!r} is cut"  # noqa: PT018
    corners = np.array([box.extents for _, box in found])
    low, high = (corner(corners[:, None], corners) for corner in (np.maximum, np.minimum))
    overlap = np.triu((high[..., 2:] - low[..., :2]).min(axis=2), k=1)  # the shorter side of what any two have in common
    one, other = np.unravel_index(overlap.argmax(), overlap.shape)
    assert overlap.max() < 1.5, f"{found[one][0]!r} and {found[other][0]!r}"


@pytest.mark.parametrize("size", ["column", "slide"])
def test_charts_on_the_callers_axes_keep_to_their_half(size: str) -> None:
    plot.set_size(size)  # type: ignore[arg-type]
    figure, halves = plt.subplots(1, 2, layout="constrained", figsize=(14, 6) if size == "slide" else (7, 3))
    for ax, name in zip(halves, ("compare", "source_mix"), strict=True):
        CHARTS[name](make_articles(), ax=ax)
    figure.draw_without_rendering()
    left, right = ([box for _, box in texts(ax)] for ax in halves)
    assert max(box.x1 for box in left) < min(box.x0 for box in right)
    assert tuple(figure.get_size_inches()) == ((14, 6) if size == "slide" else (7, 3))


def test_a_row_is_as_high_as_its_text_needs() -> None:
    """Twelve outlets take more room than three, and the same chart on a slide more than on a screen."""
    heights = {}
    for size, n in itertools.product(("screen", "slide"), (3, 12)):
        plot.set_size(size)  # type: ignore[arg-type]
        ax = CHARTS["compare"](make_articles(n))
        ax.figure.draw_without_rendering()
        heights[size, n] = ax.bbox.height / n / ax.figure.dpi
    assert heights["screen", 3] == pytest.approx(heights["screen", 12], rel=0.6)
    assert heights["slide", 3] > 1.5 * heights["screen", 3]


def test_height_can_be_fitted_to_a_chart_on_given_axes() -> None:
    figure, ax = plt.subplots(figsize=(6, 1), layout="constrained")
    plot.fit_height(CHARTS["source_mix"](make_articles(12), ax=ax))
    figure.draw_without_rendering()
    assert figure.get_figwidth() == 6
    assert ax.bbox.height / figure.dpi > 12 * 0.4
