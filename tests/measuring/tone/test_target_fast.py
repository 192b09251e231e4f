"""Tone toward a target without the encoder."""

from __future__ import annotations

import gzip
import json
import math
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.measuring.tone import target_fast, vectors
from framing.measuring.tone.target_fast import BEFORE, POLARITIES, WINDOW, probabilities, windows
from framing.text import Span


def place(text: str, target: str) -> tuple[Span, Span]:
    start = text.index(target)
    return Span(0, len(text)), Span(start, start + len(target))


@pytest.mark.parametrize(
    ("text", "target", "expected"),
    [
        ("Voss is a corrupt liar who betrayed the dockers.", "Voss", "negative"),
        ("Critics accused Renk of fraud and called for his resignation.", "Renk", "negative"),
        ("Orlo was praised for her courage and her honest, tireless work.", "Orlo", "positive"),
        ("“Horvat is a brilliant economist and a wonderful colleague,” Quill said.", "Horvat", "positive"),
        ("Tolliver said the meeting would start at nine.", "Tolliver", "neutral"),
        ("“The ferry leaves from the second pier on Tuesday,” said Stahl.", "Stahl", "neutral"),
    ],
)
def test_plain_cases(text: str, target: str, expected: str) -> None:
    chances = probabilities(text, [place(text, target)])[0]
    assert POLARITIES[chances.argmax()] == expected


def test_target_decides() -> None:
    text = "Quill praised Orlo for her courage, but Renk is a coward and a liar, he said."
    quill, orlo, renk = probabilities(text, [place(text, name) for name in ("Quill", "Orlo", "Renk")])
    assert orlo[2] > renk[2]
    assert renk[0] > orlo[0]
    assert renk[0] > quill[0]


@pytest.mark.parametrize("text", ["{} accused the mayor of lying.", "Many voters admire {} for it.", "“We trust {},” residents said."])
def test_names_do_not_count(text: str) -> None:
    found = [probabilities(text.format(name), [place(text.format(name), name)])[0] for name in ("Maren", "Tolliver", "Trump", "Clinton")]
    for chances in found[1:]:
        np.testing.assert_array_equal(chances, found[0])


def test_no_party_or_person_is_a_known_word() -> None:
    known = vectors.known().lookup.known
    for word in ("trump", "obama", "clinton", "putin", "republican", "republicans", "democrat", "democrats", "israel", "russia", "muslim"):
        assert word not in known


def test_none_and_empty() -> None:
    assert probabilities("", []).shape == (0, 3)
    chances = probabilities("...", [(Span(0, 0), Span(0, 0))])
    assert chances.shape == (1, 3)
    assert chances.sum() == pytest.approx(1)
    assert np.isfinite(probabilities("Voss", [(Span(0, 4), Span(0, 4))])).all()


def test_offsets_do_not_count() -> None:
    text = "Voss lied to the dockers."
    behind = "The port is open.  " + text
    shift = len(behind) - len(text)
    here = probabilities(text, [place(text, "Voss")])
    there = probabilities(behind, [(Span(shift, len(behind)), Span(shift, shift + 4))])
    np.testing.assert_array_equal(here, there)


def test_places_together_and_alone() -> None:
    text = "Quill praised Orlo. Renk, who had lied, was booed by the dockers and by their families in Port Sallow."
    places = [(Span(0, 19), Span(0, 5)), (Span(0, 19), Span(14, 18)), (Span(20, len(text)), Span(20, 24))] * 60
    together = probabilities(text, places)
    alone = np.concatenate([probabilities(text, [one]) for one in places[:3]])
    np.testing.assert_allclose(together, np.tile(alone, (60, 1)), atol=1e-5)


def test_windows() -> None:
    text = "“No,” Renk told Orlo."
    seen = windows(text, [place(text, "Renk")])
    assert seen.places.tolist() == [[7, 5, 3, 1, 0, 2, 4, 6]]  # “ No , ” Renk told Orlo .
    assert seen.words[seen.at[0]].tolist()[4] == vectors.NAME
    quoted_as_target = dict(zip(vectors.read(text, Span(0, len(text))).forms, seen.same[0].tolist(), strict=True))
    assert quoted_as_target["No"] == 0
    assert quoted_as_target["told"] == 1


def test_window_is_bounded() -> None:
    text = "word " * 1000 + "Voss " + "word " * 1000
    seen = windows(text, [place(text, "Voss")])
    assert seen.at.shape == (1, WINDOW)
    assert int(np.flatnonzero(seen.places[0] == 0)[0]) == BEFORE


def test_weights_fit_the_words() -> None:
    with np.load(Path(target_fast.__file__).with_name("target_fast.npz"), allow_pickle=False) as data:
        assert all(np.isfinite(data[name]).all() for name in data.files)
        assert data["itself"].shape[0] == vectors.known().rows.shape[1]
        assert 0.5 < float(data["temperature"]) < 2
    assert not vectors.known().rows[vectors.GAP].any()


@given(
    st.text(alphabet=st.sampled_from(" \n.,\"'“”‘’aVoss liar not's9é\ud800İ\u200b-"), max_size=80), st.integers(0, 80), st.integers(0, 80)
)
@settings(max_examples=150, deadline=None)
def test_any_text(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    chances = probabilities(text, [(Span(0, len(text)), Span(start, end))])
    assert chances.shape == (1, 3)
    assert (chances >= 0).all()
    assert math.isclose(chances.sum(), 1, abs_tol=1e-6)


@given(st.text(max_size=120))
@settings(max_examples=150, deadline=None)
def test_words_slice_back(text: str) -> None:
    sentence = vectors.read(text, Span(0, len(text)))
    assert [text[start : start + len(form)] for form, start in zip(sentence.forms, sentence.starts, strict=True)] == list(sentence.forms)
    assert "".join(sentence.forms) == "".join(text.split())
    assert len(sentence.quoted) == len(sentence.numbers) == len(sentence.forms)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “it is over” on Monday.", "it is over"),
        ('He said "it is over" on Monday.', "it is over"),
        ("we lost,” he said.", "we lost ,"),
        ("He said: “We will stay.", "We will stay ."),
        ("The dockers' union isn't bound.", ""),
        ('A 12" pipe burst.', "A 12"),  # taken for a closing mark: nothing tells an inch from one
    ],
)
def test_quoted(text: str, expected: str) -> None:
    sentence = vectors.read(text, Span(0, len(text)))
    assert " ".join(form for form, quoted in zip(sentence.forms, sentence.quoted, strict=True) if quoted) == expected


@pytest.mark.parametrize("piece", ["a", " ", '"', "“", "'", "a'", "é.", "\n", "Voss "])
def test_long_text_is_read_in_linear_time(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    began = time.perf_counter()
    probabilities(text, [(Span(0, len(text)), Span(i, i + 1)) for i in range(0, 1000, 100)])
    assert time.perf_counter() - began < 10


def test_better_than_textblob_on_gold(gold_dir: Path) -> None:
    """Coded sentences it was trained on: what fails here is the file, not the measure."""
    right = n = 0
    with gzip.open(gold_dir / "newsmtsc_train.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row, _ in zip(map(json.loads, lines), range(400), strict=False):
            whole = Span(0, len(row["text"]))
            chances = probabilities(row["text"], [(whole, Span(t["start"], t["end"])) for t in row["targets"]])
            right += sum(POLARITIES[c.argmax()] == t["polarity"] for c, t in zip(chances, row["targets"], strict=True))
            n += len(chances)
    assert right / n > 0.7


def test_lookup_forgets_and_skips_what_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors.Lookup, "MOST", 3)
    lookup = vectors.Lookup((*vectors.SPECIAL, "it's", ","))
    assert lookup["It’s,"] == (("It’s", ","), (5, 6))
    for i in range(10):
        assert lookup["a" * 41 + str(i)] == (("a" * 41 + str(i),), (vectors.WORD,))
    assert set(lookup) == {"It’s,"}
    for i in range(10):
        assert lookup[str(i)] == ((str(i),), (vectors.NUMBER,))
        assert len(lookup) <= 3
