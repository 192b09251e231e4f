"""Loaded language without the encoder."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.english import sentences
from framing.measuring.tone import loaded_fast, vectors
from framing.measuring.tone.loaded_fast import STRETCH, read
from framing.resources import load_table
from framing.text import Span


def read_one(text: str) -> tuple[float, list[str]]:
    ((probability, words),) = read(text, [Span(0, len(text))])
    return probability, [word.of(text) for word, _ in words]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The corrupt regime brutally silenced its critics.", "corrupt"),
        ("Renk's shameless cronies slammed the heroic dockers.", "shameless"),
        ("The so-called reform is a disgraceful giveaway to greedy elites.", "disgraceful"),
        ("Left-wing thugs rampaged through the city while the feckless mayor cowered.", "thugs"),
    ],
)
def test_loaded(text: str, word: str) -> None:
    probability, words = read_one(text)
    assert probability > 0.5
    assert word in words


@pytest.mark.parametrize(
    "text",
    [
        "The council meets on Tuesday.",
        "The Assembly voted 61 to 38 on Monday to extend the port law by two years.",
        "Prices rose 2.1 percent in May, the statistics office said.",
    ],
)
def test_plain(text: str) -> None:
    probability, words = read_one(text)
    assert probability < 0.5
    assert words == []


@pytest.mark.parametrize(
    ("loaded", "plain"),
    [
        ("The regime slammed the radical mob.", "The government criticised the crowd of activists."),
        ("Voss bragged that thugs had been crushed.", "Voss said that suspects had been arrested."),
        ("The outrageous tax grab sparked fury.", "The tax rise led to criticism."),
    ],
)
def test_loaded_words_raise_the_probability(loaded: str, plain: str) -> None:
    assert read_one(loaded)[0] > read_one(plain)[0]


@pytest.mark.parametrize("text", ["{} slammed the corrupt plan.", "The voters of {} met on Tuesday."])
def test_names_do_not_count(text: str) -> None:
    found = [read(text.format(name), [Span(0, len(text.format(name)))])[0][0] for name in ("Maren", "Trump", "Clinton")]
    assert found[0] == pytest.approx(found[1]) == pytest.approx(found[2])


def test_none_and_empty() -> None:
    assert read("", []) == []
    ((probability, words),) = read("  ", [Span(1, 1)])
    assert 0 <= probability <= 1
    assert words == []


def test_together_and_alone() -> None:
    text = " ".join(["The brazen liar slammed the plan.", "The ferry leaves at nine.", "“Shameful,” said one docker."] * 120)
    spans = sentences(text)
    together, alone = read(text, spans), [read(text, [span])[0] for span in spans]
    for (p, words), (q, others) in zip(together, alone, strict=True):
        assert p == pytest.approx(q, abs=1e-5)
        assert [word for word, _ in words] == [word for word, _ in others]


def test_words_of_a_very_long_sentence() -> None:
    text = "word " * (3 * STRETCH) + "a disgraceful shameless corrupt regime"
    ((_, words),) = read(text, [Span(0, len(text))])
    assert {"disgraceful", "shameless", "corrupt"} & {word.of(text) for word, _ in words}
    assert all(word.of(text) != "word" for word, _ in words)


def test_scare_quotes() -> None:
    text = "The “reform” failed. He said “we will stay in the port”."
    short, long = (vectors.read(text, span) for span in sentences(text))
    seen = loaded_fast.stretches(text, sentences(text), [short, long])
    assert seen.quoted[: len(short.forms)].tolist() == [0, 0, 2, 0, 0, 0]
    assert 2 not in seen.quoted[len(short.forms) :]


def test_weights_fit_the_words() -> None:
    with np.load(Path(loaded_fast.__file__).with_name("loaded_fast.npz"), allow_pickle=False) as data:
        assert all(np.isfinite(data[name]).all() for name in data.files)
        assert data["itself"].shape[0] == vectors.known().rows.shape[1]
        assert float(data["scale"]) > 0
        assert float(data["word_scale"]) > 0


@given(st.lists(st.text(alphabet=st.sampled_from(" .,\"'“”aI corrupt thugs9é\ud800!?"), max_size=60), max_size=4))
@settings(max_examples=150, deadline=None)
def test_any_text(pieces: list[str]) -> None:
    text, spans = "", []
    for piece in pieces:
        spans.append(Span(len(text), len(text) + len(piece)))
        text += piece + "\n"
    found = read(text, spans)
    assert len(found) == len(spans)
    for span, (probability, words) in zip(spans, found, strict=True):
        assert 0 <= probability <= 1
        assert [word for word, _ in words] == sorted(word for word, _ in words)
        assert all(span.covers(word) and 0.5 <= p <= 1 and word.of(text)[0].isalpha() for word, p in words)


@pytest.mark.parametrize("piece", ["a", " ", '"', "“a” ", "'", "A", "thugs "])
def test_long_text_is_read_in_linear_time(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    began = time.perf_counter()
    read(text, [Span(0, len(text))])
    assert time.perf_counter() - began < 10


def test_lists() -> None:
    loaded = load_table("measuring/tone/loaded")
    assert len({row["word"] for row in loaded}) == len(loaded)
    assert {row["class"] for row in loaded} == {"person", "saying", "fighting", "acting", "matter", "judgement", "degree", "group"}
    assert all(row["word"] == row["word"].strip().lower() and row["plain"] != row["word"] for row in loaded)
    directed = load_table("measuring/tone/directed")
    assert len({row["word"] for row in directed}) == len(directed)
    assert {row[side] for row in directed for side in ("before", "behind")} == {"-1", "0", "1"}
    assert vectors.listed("accused")[:2] == (0, -1)
    assert vectors.listed("table") == (0,) * len(vectors.LISTED)
