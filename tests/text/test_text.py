"""Spans, words, paragraphs and quotation marks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from messy_text import HOSTILE, assert_linear, messy, relaxed

from framing.errors import InputError
from framing.text import Span, as_printed, blank, count_words, even, paragraph_spans, quotations, unpaired, words


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
        ('"One mark lost. He added: "Two," he said.', ['"One mark lost.', '"Two,"']),
        ("She gave “a list of wishes. Then he added: “No,” he said.", ["“a list of wishes.", "“No,”"]),
        ("“Joined here. It is one. “Two,” he said.", ["“Joined here. It is one.", "“Two,”"]),
        ("'It won't float,' said Ms Penn. 'We have known since '79.'", ["'It won't float,'", "'We have known since '79.'"]),
        ("‘Do you know’, said Kell, ‘what “dead wood” is?’", ["‘Do you know’", "‘what “dead wood” is?’"]),
        ("‘A quiet day’ for “the few,” he said.", ["“the few,”"]),
        ("»Here we are,« said Kell. »Go!«", ["»Here we are,«", "»Go!«"]),
        ("« Non », dit-il. « Oui ».", ["« Non »", "« Oui »"]),
        ('“It is a 9" nail,” said Kell, 5\' 2" tall. The 4" one broke.', ['“It is a 9" nail,”']),
        ('"It is a 9" nail," said Kell. The 4" one broke.', ['"It is a 9" nail,"']),
        ('It grew "by 12" he said.', ['"by 12"']),
        ('“It is mixed," she said. "Very.” So it was.', ['“It is mixed,"', '"Very.”']),
        ("“One.” “Two.”", ["“One.”", "“Two.”"]),
        ("The “Harbour Week“ opened.", ["“Harbour Week“"]),
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
    ("rest", "quoted"),
    [
        ("It is short.", "“The port stays shut. It is short."),  # the paragraph's end may be the quotation's
        ("It is long. " * 60, "“The port stays shut."),
    ],
)
def test_a_lost_mark_does_not_make_an_article_quotation(rest: str, quoted: str) -> None:
    text = f"He wrote: “The port stays shut. {rest}\n\nNobody said more, “and so it goes,” he wrote."
    found = quotations(text)
    assert [q.span.of(text) for q in found] == [quoted, "“and so it goes,”"]
    assert [q.span.of(text) for q in unpaired(found)] == [quoted]


def test_a_quotation_that_goes_on_is_not_unpaired() -> None:
    text = "“One.\n\n“Two.”\n\n“Three.\n\nFour."
    assert [q.span.of(text) for q in unpaired(quotations(text))] == ["“Three."]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("har\u00adbour work\u00aders, now", "harbour  workers,  now"),
        ("Mr.\u00a0Roe\u2009left", "Mr. Roe left"),
        ("Andre\u0301 Roe\u0301.", "André  Roé. "),
        ("a\u200bb\ufeff", "ab  "),
        ("“Tol\u00adli\u00adver,” he said", "“Tolliver,”   he said"),
        ("nothing odd", "nothing odd"),
        ("\u00ad\u00ad", "  "),
    ],
)
def test_odd_characters_are_evened_at_equal_length(text: str, plain: str) -> None:
    assert even(text) == plain
    assert len(even(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "word", "printed"),
    [
        ("said Tol\u00adli\u00adver.", "Tolliver", "Tol\u00adli\u00adver"),
        ("said Andre\u0301 Roe\u0301.", "André  Roé", "Andre\u0301 Roe\u0301"),
        ("(\u200bRoe\u0301\u200b’s wish)", "Roé", "Roe\u0301"),
        ("the har\u00adbour-mas\u00adter left", "master", "mas\u00adter"),
        ("a\u00adb Roe left", "Roe", "Roe"),
        ("na\u0308\u200b\u0301 x", "nä\u0301", "na\u0308\u200b\u0301"),
    ],
)
def test_what_is_found_in_the_evened_text_slices_back_as_printed(text: str, word: str, printed: str) -> None:
    plain = even(text)
    found = Span(plain.index(word), plain.index(word) + len(word))
    move = as_printed(text)
    assert move is not None
    assert move(found).of(text) == printed


@given(st.text(alphabet="ae\u0301\u00ad\u00a0 .\n“", max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_printed_spans_lie_further_on_and_hold_the_same_words(text: str, one: int, other: int) -> None:
    span = Span(*sorted((min(one, len(text)), min(other, len(text)))))
    if (move := as_printed(text)) is not None:
        moved = move(span)
        assert span.start <= moved.start
        assert moved.end <= len(text)
        if not text[moved.start : moved.end].startswith("\u0301"):
            assert even(moved.of(text)).split() == span.of(even(text)).split()


def test_without_odd_characters_inside_words_no_span_moves() -> None:
    assert as_printed("Mr.\u00a0Roe left") is None


@given(st.text(alphabet="ae\u0301\u00ad\u00a0 .\n“\u1100\u1161\u0958", max_size=30))
def test_evening_keeps_length_and_what_comes_after_white_space(text: str) -> None:
    plain = even(text)
    assert len(plain) == len(text)
    assert all(plain[i].isspace() for i, c in enumerate(text) if c.isspace())
    assert even(plain) == plain


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
@pytest.mark.parametrize("measure", [quotations, words, even])
def test_time_grows_with_length_only(measure, unit) -> None:  # type: ignore[no-untyped-def]
    assert_linear(measure, unit)
