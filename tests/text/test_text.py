"""Spans, words, paragraphs and quotation marks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from messy_text import HOSTILE, assert_linear, messy, relaxed

from framing.errors import InputError
from framing.text import Span, blank, count_words, paragraph_spans, quotations, words


@relaxed
@given(messy)
def test_paragraphs_cover_all_words(text: str) -> None:
    found = paragraph_spans(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert blank(text, found).strip() == ""


@relaxed
@given(messy)
def test_quotations_are_in_order_and_hold_their_inner_words(text: str) -> None:
    found = quotations(text)
    paragraphs = paragraph_spans(text)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    for quotation in found:
        assert quotation.span.covers(quotation.inner)
        assert quotation.span.start < quotation.inner.start
        assert quotation.closed == (quotation.inner.end < quotation.span.end)
        assert sum(p.covers(quotation.span) for p in paragraphs) == 1


@relaxed
@given(messy)
def test_words_slice_back(text: str) -> None:
    found = words(text)
    assert count_words(text) == len(found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(w.of(text).strip() == w.of(text) != "" for w in found)


@relaxed
@given(messy, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted).map(lambda pair: Span(*pair)), max_size=5))
def test_blank_keeps_length_and_line_breaks(text: str, spans: list[Span]) -> None:
    cut = blank(text, [span for span in spans if span.end <= len(text)])
    assert len(cut) == len(text)
    assert [i for i, c in enumerate(cut) if c in "\r\n"] == [i for i, c in enumerate(text) if c in "\r\n"]


@pytest.mark.parametrize(
    "text, expected",
    [
        ('"We go," she said.', ['"We go,"']),
        ("“We go,” she said, “now.”", ["“We go,”", "“now.”"]),
        ("``We go,'' she said.", ["``We go,''"]),
        ("''We go,'' she said.", ["''We go,''"]),
        ("‘‘We go,’’ she said.", ["‘‘We go,’’"]),
        ("«We go», she said.", ["«We go»"]),
        ("„We go“, she said. „Now“, he said.", ["„We go“", "„Now“"]),
        ("„We go”, she said.", ["„We go”"]),
        ("“He said ‘no’ twice,” she said.", ["“He said ‘no’ twice,”"]),
        ("“He said “no” twice,” she said.", ["“He said “no” twice,”"]),
        ('“He said "no" twice,” she said.', ['“He said "no" twice,”']),
        ("‘It is late,’ she said. ‘We go.’", ["‘It is late,’", "‘We go.’"]),
        ("'It's late,' she said. 'We won't go.'", ["'It's late,'", "'We won't go.'"]),
        ("He wrote ‘the dockers’ union’ down.", ["‘the dockers’ union’"]),
        ("The dockers’ union and the mayors' office.", []),
        ("It’s the ’90s, 'tis said, rock 'n' roll.", []),
        ('A 12" pizza and a 5\'10" man.', []),
        ('"Never closed, she said.', ['"Never closed, she said.']),
        ('"One, she said. "Two," he said.', ['"One, she said.', '"Two,"']),
        ('a stray close" here', []),
    ],
)
def test_quotation_table(text: str, expected: list[str]) -> None:
    assert [q.span.of(text) for q in quotations(text)] == expected


@pytest.mark.parametrize("opening, closing", [("“", "”"), ('"', '"'), ("``", "''"), ("«", "»")])
def test_quotation_over_several_paragraphs(opening: str, closing: str) -> None:
    text = f"{opening}One.\n\n{opening}Two.\n\n{opening}Three,{closing} she said.\n\n{opening}Four.{closing}"
    found = quotations(text)
    assert [q.inner.of(text) for q in found] == ["One.", "Two.", "Three,", "Four."]
    assert [q.closed for q in found] == [False, False, True, True]
    assert [q.continues for q in found] == [False, True, True, False]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("isn't the mayor’s", ["isn't", "the", "mayor’s"]),
        ("Franco-German", ["Franco", "German"]),
        ("10,000 in the 1990s at 5:30, 3.5 per cent.", ["10,000", "in", "the", "1990s", "at", "5:30", "3.5", "per", "cent"]),
        ("the 2nd, G7", ["the", "2nd", "G7"]),
        ("--- ' “”", []),
    ],
)
def test_word_table(text: str, expected: list[str]) -> None:
    assert [w.of(text) for w in words(text)] == expected


@pytest.mark.parametrize("start, end", [(-1, 2), (3, 2)])
def test_a_span_that_cannot_be(start: int, end: int) -> None:
    with pytest.raises(InputError) as caught:
        Span(start, end)
    assert str(caught.value) == f"a span needs 0 <= start <= end, got start={start}, end={end}"


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("measure", [quotations, words])
def test_time_grows_with_length_only(measure, unit) -> None:  # type: ignore[no-untyped-def]
    assert_linear(measure, unit)
