"""Colours and sizes: outlets and segments stay apart for every eye and in grey; style sheets are shipped and set what they say."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from importlib import resources
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import matplotlib.style
import numpy as np
import pytest
from matplotlib.colors import to_rgb
from numpy.typing import NDArray
from plot_data import CHARTS, NAMES, make_articles

from framing import plot
from framing.choices import NAMINGS, SOURCE_TYPES
from framing.errors import InputError
from framing.measuring.attribution import STANCES
from framing.plot.style import NAMING_LOOK, SOURCE_LOOK, STANCE_LOOK

mpl.use("Agg")
SIZES = ("screen", "column", "slide")


@pytest.fixture(autouse=True)
def settings_restored() -> Iterator[None]:
    with mpl.rc_context():
        yield
    plt.close("all")


# Machado, Oliveira and Fernandes (2009), "A physiologically-based
# model for simulation of color vision deficiency", severity 1.0, on linear RGB.
EYES = {
    "all cones": np.eye(3),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "deuteranopia": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
}
TO_XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]])


def lab(colours: Any, eye: NDArray[np.float64] = EYES["all cones"]) -> NDArray[np.float64]:
    """CIE L*a*b* (D65) of sRGB colours as such an eye sees them."""
    rgb = np.array([to_rgb(colour) for colour in colours])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = np.clip(linear @ eye.T, 0, 1) @ TO_XYZ.T / TO_XYZ.sum(axis=1)
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.stack([116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])], axis=1)


def test_lab_is_lab() -> None:
    assert lab(["white", "black", "red"]) == pytest.approx(np.array([[100, 0, 0], [0, 0, 0], [53.24, 80.09, 67.20]]), abs=0.05)


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize(("n_outlets", "least"), [(3, 35), (6, 17), (12, 17)])
def test_colours_stay_apart(eye: str, n_outlets: int, least: float) -> None:
    """Lab distances; about 2 is the least that one sees side by side, 10 is seen at a glance."""
    seen = lab(plot.COLOURS[:n_outlets], EYES[eye])
    assert min(np.linalg.norm(one - other) for one, other in itertools.combinations(seen, 2)) > least


def test_colours_show_on_white_and_on_black() -> None:
    lightness = lab(plot.COLOURS)[:, 0]
    assert lightness.min() > 25
    assert lightness.max() < 80


@pytest.mark.parametrize(
    ("looks", "names"),
    [(SOURCE_LOOK, SOURCE_TYPES), (NAMING_LOOK, (*NAMINGS, "unknown")), (STANCE_LOOK, [s for s in STANCES if s != "neutral"])],
)
def test_any_two_segments_can_be_told_apart_in_grey(looks: dict[str, tuple[str, str]], names: list[str]) -> None:
    """Any two, as what lies between them may be missing from a bar."""
    assert set(looks) == set(names)
    lightness = dict(zip(looks, lab([colour for colour, _ in looks.values()])[:, 0], strict=True))
    for one, other in itertools.combinations(looks, 2):
        assert looks[one][1] != looks[other][1] or abs(lightness[one] - lightness[other]) >= 15, (one, other)


@pytest.mark.parametrize("eye", EYES)
def test_ways_of_naming_stay_apart(eye: str) -> None:
    seen = lab([colour for colour, _ in NAMING_LOOK.values()], EYES[eye])
    assert min(np.linalg.norm(one - other) for one, other in itertools.combinations(seen, 2)) > 25


# --- sizes ---


def test_sizes_set_width_and_text() -> None:
    for size, width, text in zip(SIZES, (8, 3.5, 13.3), (10, 7, 18), strict=True):
        plot.set_size(size)
        assert (mpl.rcParams["figure.figsize"][0], mpl.rcParams["font.size"]) == (width, text)
        assert CHARTS["source_mix"](make_articles()).figure.get_figwidth() == width


def test_every_size_sets_the_same_settings() -> None:
    """So that none is left over from the size before."""
    folder = resources.files("framing.plot")
    keys = [re.findall(r"^([\w.]+):", folder.joinpath(f"{size}.mplstyle").read_text(), flags=re.M) for size in SIZES]
    assert keys[0] == keys[1] == keys[2]
    assert len(keys[0]) > 10


def test_style_sheets_work_without_the_function() -> None:
    with matplotlib.style.context("framing.plot.column"):
        assert mpl.rcParams["font.size"] == 7
    assert mpl.rcParams["font.size"] != 7


def test_without_a_size_charts_are_eight_inches_wide() -> None:
    assert mpl.rcParams["figure.figsize"] == mpl.rcParamsDefault["figure.figsize"]
    assert CHARTS["compare"](make_articles()).figure.get_figwidth() == 8
    mpl.rcParams["figure.figsize"] = (5, 5)
    assert CHARTS["compare"](make_articles()).figure.get_figwidth() == 5


def test_bad_size() -> None:
    with pytest.raises(InputError) as caught:
        plot.set_size("poster")  # type: ignore[arg-type]
    assert str(caught.value) == "size must be one of screen, column, slide, got 'poster'"


# --- palettes ---


def test_twelve_outlets_have_twelve_looks() -> None:
    colours = plot.outlet_colours(NAMES)
    assert len(set(colours.values())) == 12
    assert len(set(plot.MARKERS)) == 12
    assert list(colours) == sorted(NAMES)


def test_palettes() -> None:
    assert plot.outlet_colours(["b", "a", None, float("nan"), "b"]) == {"a": "#0072b2", "b": "#d55e00"}
    assert plot.outlet_colours(["a", "b"], ["red", "#00ff00"]) == {"a": "#ff0000", "b": "#00ff00"}
    assert plot.outlet_colours(["a", "b"], "tab10") == {"a": "#1f77b4", "b": "#ff7f0e"}
    assert plot.outlet_colours(["a", "b"], {"b": "black", "z": "red"}) == {"a": "#9aa0a6", "b": "#000000"}
    assert len(set(plot.outlet_colours(NAMES, "viridis").values())) == 12


@pytest.mark.parametrize(
    ("palette", "message"),
    [
        ("nosuch", "palette must be a colour map's name (such as tab10 or viridis), colours or a mapping, got 'nosuch'"),
        ([], "palette must be a colour map's name, colours or a mapping, got []"),
        (7, "palette must be a colour map's name, colours or a mapping, got 7"),
        (["nocolour"], "palette holds 'nocolour', which is no colour; colours are like '#0072B2' or 'tab:blue'"),
        ({"a": "nocolour"}, "palette holds 'nocolour', which is no colour; colours are like '#0072B2' or 'tab:blue'"),
    ],
)
def test_bad_palettes(palette: Any, message: str) -> None:
    with pytest.raises(InputError) as caught:
        plot.outlet_colours(["a"], palette)
    assert str(caught.value) == message
