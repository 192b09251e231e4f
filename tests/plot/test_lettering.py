"""Labels: short enough, told apart, never formulas."""

from __future__ import annotations

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure
from plot_data import LONG, NAMES, labels, make_articles

from framing import plot
from framing.plot.lettering import distinct, end_cut, room_for, width_of, wrapped

mpl.use("Agg")

FEW = [f"The Hessen Valley Miners' and Farmers' Weekly {name}" for name in ("Herald", "Tribune", "Post", "Ledger", "Star", "Echo")]


@pytest.mark.parametrize("names", [(*FEW, *LONG[:4], "a  b", "a b"), ("x" * 80, "x" * 81), ("$" * 60, "$" * 61, "", " ")])
@pytest.mark.parametrize(("width", "lines"), [(24, 2), (22, 1), (34, 1)])
def test_no_two_labels_are_alike(names: tuple[str, ...], width: int, lines: int) -> None:
    short = distinct(names, width, lines=lines)
    assert len({" ".join(label.split()) for label in short}) == len(names)
    for label in short:
        assert all(len(line.replace(r"\$", "$")) <= width + 4 for line in label.splitlines())  # [1] where they are alike throughout
        assert label.count("\n") < lines
        assert label.replace(r"\$", "").count("$") == 0


def test_long_names_keep_their_start_and_end() -> None:
    for label, name in zip(distinct(FEW, 24), ("Herald", "Tribune", "Post", "Ledger", "Star", "Echo"), strict=True):
        assert label.startswith("The Hessen")
        assert label.endswith(name)
    assert all(name in label for name, label in zip(("Port", "Mine", "Farm", "Hill"), distinct(LONG[:4], 24, lines=2), strict=True))


def test_long_names_differ_in_every_chart() -> None:
    names = [*FEW, *LONG[:4]]
    frame = make_articles(len(names))
    frame["outlet"] = frame["outlet"].map(dict(zip(NAMES, names, strict=False)))
    for chart in (plot.source_mix, plot.topics_by_outlet):
        assert len(set(labels(chart(frame, ax=Figure().subplots()).yaxis))) == len(names)
    legend = plot.story_timeline(frame, ax=Figure().subplots()).get_legend()
    assert len({text.get_text() for text in legend.get_texts()}) == len(names)


def test_a_cut_keeps_whole_words_where_they_end_near() -> None:
    assert end_cut("Miracle Hope for Five Men", 18) == "Miracle Hope for…"
    assert end_cut("Miraclehopeforfivemen", 11) == "Miraclehop…"
    assert end_cut("short", 5) == "short"


def test_widths_count_the_letters_and_not_their_number() -> None:
    assert width_of("WWWW", 10) > 2 * width_of("iiii", 10)
    assert width_of("a\nlonger", 10) == width_of("longer", 10)
    assert width_of(r"\$5", 10) == width_of("$5", 10)
    assert room_for(["WWWW"], 100, 10) < room_for(["iiii"], 100, 10)


def test_lines_break_where_they_are_full() -> None:
    text = "dot: mean, line: 95 % interval, n: articles\nand more"
    assert wrapped(text, 1000, 10) == text
    lines = wrapped(text, 120, 10).splitlines()
    assert " ".join(lines) == text.replace("\n", " ")
    assert lines[-1] == "and more"
    assert all(width_of(line, 10) <= 120 for line in lines)
