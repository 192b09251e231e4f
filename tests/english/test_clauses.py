"""Tokens of a masked sentence, and phrases around a verb."""

from __future__ import annotations

import pytest

from framing.english.clauses import AUXILIARY, MaskedSentence, first_phrase, is_adverb, is_finite, phrase_after, phrase_before
from framing.english.tokens import QUOTED, QUOTED_ON
from framing.text import Span


def sentence(text: str) -> MaskedSentence:
    return MaskedSentence(text, Span(0, len(text)))


def test_a_quotation_is_one_token() -> None:
    text = f"{QUOTED}{QUOTED_ON * 8} Sen. Roe said at 5:30."
    found = sentence(text)
    assert found.low == ['"', "sen.", "roe", "said", "at", "5:30", "."]
    assert "".join(found.kind) == "qCCwwnp"
    assert (found.stop, found.is_quote(0), found.is_quote(1), found.word(99)) == (6, True, False, "")
    assert found.span(1, 3).of(text) == "Sen. Roe"
    assert (found.find_back("roe", 5, 0), found.find_back("roe", 5, 2)) == (2, -1)


@pytest.mark.parametrize(("word", "expected"), [("also", True), ("quickly", True), ("weekly", False), ("family", False), ("fly", False)])
def test_adverbs(word: str, expected: bool) -> None:
    assert is_adverb(word) == expected


def test_negated_forms_have_either_apostrophe() -> None:
    assert {"isn't", "isn’t", "won’t", "'ll", "’ll"} <= AUXILIARY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor of Vantry said", "The mayor of Vantry"),
        ("On Monday Roe said", "Roe"),
        ("He claimed it and Roe said", "Roe"),
        ("Senator Roe (Civic Union) said", "Senator Roe (Civic Union)"),
        ("of said", ""),
    ],
)
def test_phrase_before_a_verb(text: str, expected: str) -> None:
    found = sentence(text)
    verb = len(found.low) - 1
    start = phrase_before(found, verb)
    assert (found.span(start, verb).of(text) if start < verb else "") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("said Jan Roe, an economist at the bank.", "Jan Roe, an economist at the bank"),
        ("said Jan Roe on Monday.", "Jan Roe"),
        ("said Jan Roe, adding that it was late.", "Jan Roe"),
    ],
)
def test_phrase_after_a_verb(text: str, expected: str) -> None:
    found = sentence(text)
    assert found.span(1, phrase_after(found, 1)).of(text) == expected


def test_first_phrase_and_finite_verbs() -> None:
    text = "But after the strike, the union asked for talks."
    found = sentence(text)
    assert found.span(*(first_phrase(found, len(found.low)) or (0, 1))).of(text) == "the union"
    assert [found.low[i] for i in range(found.stop) if is_finite(found, i)] == ["asked"]
