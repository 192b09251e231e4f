"""Sentences by offset."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from messy_text import HOSTILE, assert_linear, messy, relaxed

from framing.english import sentence_at, sentences
from framing.text import Span, blank


@relaxed
@given(messy)
def test_sentences_are_in_order_and_cover_all_words(text: str) -> None:
    found = sentences(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(len(s) and s.of(text) == s.of(text).strip() for s in found)
    assert blank(text, found).strip() == ""


@relaxed
@given(messy)
def test_a_paragraph_as_span_is_covered_too(text: str) -> None:
    found = sentences(text, Span(0, len(text)))
    assert blank(text, found).strip() == ""


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Mr. Renk left. Ms. Voss stayed.", ["Mr. Renk left.", "Ms. Voss stayed."]),
        ("The U.S. Senate met. It rose.", ["The U.S. Senate met.", "It rose."]),
        ("She moved to the U.S. The firm stayed.", ["She moved to the U.S.", "The firm stayed."]),
        ("At 5 p.m. Monday he left.", ["At 5 p.m. Monday he left."]),
        ("It ended at 5 p.m. The doors shut.", ["It ended at 5 p.m.", "The doors shut."]),
        ("Prof. L. K. Horvat spoke. She left.", ["Prof. L. K. Horvat spoke.", "She left."]),
        ("There is no plan B. The crowd left.", ["There is no plan B.", "The crowd left."]),
        ("No. 5 won. The answer was no. Talks ended.", ["No. 5 won.", "The answer was no.", "Talks ended."]),
        ("She fell ill. Doctors came.", ["She fell ill.", "Doctors came."]),
        ("It was heard in Renk v. Quill. Both came.", ["It was heard in Renk v. Quill.", "Both came."]),
        ("Sgt. Stahl Jr. spoke. (He left.) Then rain.", ["Sgt. Stahl Jr. spoke.", "(He left.)", "Then rain."]),
        ("Wait... what? No! Yes.", ["Wait... what?", "No!", "Yes."]),
        ("He said “Go.” She went.", ["He said “Go.”", "She went."]),
        ("He said ``Go.'' She went.", ["He said ``Go.''", "She went."]),
        ("“Go!” she said. “Now?”", ["“Go!” she said.", "“Now?”"]),
        ("It cost 3.5 million. 400 came.", ["It cost 3.5 million.", "400 came."]),
        ("A headline\n\nA first line\nruns on. Then more.", ["A headline", "A first line\nruns on.", "Then more."]),
        ("We met on Quay St. Ships left.", ["We met on Quay St.", "Ships left."]),
        ("They live in Port St. Anna. Rain fell.", ["They live in Port St. Anna.", "Rain fell."]),
        ("Jill St. Clair left. It is on 4th St. Rain fell.", ["Jill St. Clair left.", "It is on 4th St.", "Rain fell."]),
        ("I. K. Horn built it. I. D. Quill paid.", ["I. K. Horn built it.", "I. D. Quill paid."]),
        ("It was I. They left.", ["It was I.", "They left."]),
        ("Horn et al. [2019] wrote it. Rain fell.", ["Horn et al. [2019] wrote it.", "Rain fell."]),
        ("»We go. It is late.« That was all. „Now?“ he asked.", ["»We go.", "It is late.«", "That was all.", "„Now?“ he asked."]),
        ("no capital. follows here", ["no capital. follows here"]),
        ("", []),
        (" \n\n \t", []),
    ],
)
def test_sentence_table(text: str, expected: list[str]) -> None:
    assert [s.of(text) for s in sentences(text)] == expected


@pytest.mark.xfail(reason="an initial before a word that opens sentences looks like the end of one", strict=True)
def test_initial_before_a_surname_that_opens_sentences() -> None:
    text = "The verdict on Bram A. The came late."
    assert len(sentences(text)) == 1


def test_sentence_at() -> None:
    text = "One here.  Two there."
    found = sentences(text)
    assert sentence_at(found, 0) == found[0]
    assert sentence_at(found, 9) is None
    assert sentence_at(found, 11) == found[1]
    assert sentence_at(found, 99) is None
    assert sentence_at([], 0) is None


def test_kept_sentences_are_the_callers_own() -> None:
    text = "The port is shut. It opens at nine."
    whole = Span(0, len(text))
    sentences(text, whole).clear()
    assert sentences(text, whole) == [Span(0, 17), Span(18, 35)]
    long = text + " " * 100_000
    assert sentences(long, whole) == sentences(text, whole)


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_grows_with_length_only(unit: str) -> None:
    assert_linear(sentences, unit)
