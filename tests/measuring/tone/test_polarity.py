"""Tone: the numbers of TextBlob to the last bit, the news variant, and the words behind both."""

from __future__ import annotations

import gzip
import json
import math
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from textblob import TextBlob

from framing.article import Article, Paragraph
from framing.errors import FramingError, InputError, MissingLexiconError
from framing.measuring.tone import PARTS, UNSCORED, VARIANTS, Tone, Variant, measure_tone, operations, tone_by_part, tone_words
from framing.measuring.tone.lexicon import lexicon
from framing.measuring.tone.tokens import CHUNK, NOT, NOTS, chunks_of
from framing.resources import load_table
from framing.text import Span

relaxed = settings(deadline=None, max_examples=400)

WORDS = [
    "good", "bad", "Terrible", "GREAT", "very", "really", "especially", "real", "extremely", "hardly", "not", "no", "never",
    "n't", "isn't", "can't", "won’t", "don't", "nʼt", "a", "is", "an", "the", "it", "minister", "x", "more", "fucking",
    "END-OF-SENTENCE", "U.S.", "Mr.", "p.m.", "e.g.", "w/", "T.", "Xbz.", "3", "8", "2018",
]  # fmt: skip
MARKS = [*".,;:!?()[]{}`'\"@#$^&*+-|=~_<>/\\%°♥“”‘’…—–«", "...", "....", "(!)", "( ! )", "!!", "''", "``", "'s", "'t", "--"]
FACES = [
    ":)", ": )", ":-)", "8)", "(page 8)", ":D", ": D", "x D", "<3", "< 3", ":'(", ": ' (", ":'''(", "o_O", "o .O", "o. O",
    ">.>", ":-.", ": - .", ":o)", ":c", "*-)", "=/", "°O°", "XD",
]  # fmt: skip
SPACES = [*["", " "] * 3, "  ", "\n", "\n\n", "\n \n", "\r\n", "\r\n\r\n", "\r\r\n\n", "\t", "\u2028", "\x1c", "\xa0", "\u200b", "\x00"]
piece = st.sampled_from(WORDS) | st.sampled_from(MARKS) | st.sampled_from(FACES) | st.text(max_size=4)
texts = st.lists(st.tuples(piece, st.sampled_from(SPACES)), max_size=30).map(lambda pairs: "".join(a + b for a, b in pairs))
glued = st.lists(st.sampled_from([*MARKS, *"oODscbPX83A", "good", "bcd", " ", " ", "\n\n"]), max_size=40).map("".join)


def same_as_textblob(text: str) -> bool:
    theirs, ours = TextBlob(text).sentiment, measure_tone(text)
    if not ours.n_scored:
        return ours == UNSCORED and tuple(theirs) == (0.0, 0.0) and not TextBlob(text).sentiment_assessments.assessments
    return (ours.polarity.hex(), ours.subjectivity.hex()) == (float(theirs.polarity).hex(), float(theirs.subjectivity).hex())


@relaxed
@given(texts)
@example("good" + "!" * 30)
@example("not good ( \n\n!) very")
@example("fine: \n\n) bad")
@example("fine :\n\n( bad")
@example("very END-OF-SENTENCE : END-OF-SENTENCE ) good")
@example("really not good")
@example("very no good")
@example("o .O o. O > .> >. > x. D max D")
def test_textblob_to_the_last_bit(text: str) -> None:
    assert same_as_textblob(text)


@relaxed
@given(glued)
def test_textblob_on_punctuation_without_end(text: str) -> None:
    assert same_as_textblob(text)


@relaxed
@given(texts)
def test_the_words_are_textblobs_words(text: str) -> None:
    theirs = TextBlob(text).sentiment_assessments.assessments
    assert [(list(word.words), word.polarity, word.subjectivity) for word in tone_words(text)] == [(w, p, s) for w, p, s, _ in theirs]


@relaxed
@given(texts | glued, st.sampled_from(VARIANTS))
def test_tone_is_the_mean_over_its_words(text: str, variant: Variant) -> None:
    found, measured = tone_words(text, variant=variant), measure_tone(text, variant=variant)
    polarity = subjectivity = 0.0
    for word in found:
        polarity += word.polarity
        subjectivity += word.subjectivity
        assert 0 <= word.span.start < word.span.end <= len(text)
        assert -1 <= word.polarity <= 1
        assert 0 <= word.subjectivity <= 1
    assert measured.n_scored == len(found)
    if found:
        assert (measured.polarity, measured.subjectivity) == (polarity / len(found), subjectivity / len(found))


@relaxed
@given(texts)
def test_the_span_of_a_plain_word_is_that_word(text: str) -> None:
    for word in tone_words(text):
        if len(word.words) == 1 and word.words[0].isalpha():
            assert word.span.of(text).lower() == word.words[0]


@relaxed
@given(texts | glued, st.sampled_from(VARIANTS))
def test_both_ways_of_cutting_a_text_agree(text: str, variant: Variant) -> None:
    pieces = [match.group() for match in CHUNK[variant].finditer(text)]
    if variant == "news":
        pieces = [NOT if p in NOTS else p for p in pieces]
    assert pieces == chunks_of(text, variant)


def test_real_articles(gold_dir: Path) -> None:
    with gzip.open(gold_dir / "allsides_sample.jsonl.gz", "rt", encoding="utf-8") as lines:
        articles = [json.loads(line)["text"] for number, line in enumerate(lines) if number % 20 == 0]
    assert len(articles) > 200
    assert [text[:60] for text in articles if not same_as_textblob(text)] == []
    for text in articles[:60]:
        for variant in VARIANTS:
            found, measured = tone_words(text, variant=variant), measure_tone(text, variant=variant)
            assert measured.n_scored == len(found)
            assert measured.polarity == pytest.approx(math.fsum(w.polarity for w in found) / len(found), abs=1e-12)


@pytest.mark.parametrize(
    "text, textblob, news",
    [
        ("The plan is good.", 0.7, 0.7),
        ("The plan isn't good.", 0.7, -0.35),
        ("The plan isn’t good.", 0.7, -0.35),
        ("The plan ISN'T GOOD.", 0.7, -0.35),
        ("The plan cannot be good.", 0.7, -0.35),
        ("The plan is not a good one.", -0.35, -0.35),
        ("The plan isn't the best.", 1.0, -0.5),
        ("It won't be easy.", 0.43333333333333335, -0.21666666666666667),
        ("The mayor wasn't there. Good weather.", 0.7, 0.7),
        ("He said no. Good weather.", -0.35, 0.7),
        ("The report (page 8) is out.", 0.5, None),
        ("More than 400 came, many of them first.", (0.5 + 0.5 + 0.25) / 3, None),
        ("A very good plan.", 0.9099999999999999, 0.9099999999999999),
        ("Not very good.", -0.2692307692307692, -0.2692307692307692),
        ("Very late.", -0.39, None),
        ("No more good news.", (0.5 * -0.5 + 0.7) / 2, -0.35),
        ("Yahoo! The good years are over!", 0.875, 0.7),
        ("A grim—and terrible—winter.", None, -1.0),
        ("A grim--and terrible--winter.", None, -1.0),
        ("The black and white flag.", -0.08333333333333333, None),
        ("The ferry sails at noon.", None, None),
        ("Isn't it?", None, None),
    ],
)
def test_variants(text: str, textblob: float | None, news: float | None) -> None:
    for variant, expected in (("textblob", textblob), ("news", news)):
        polarity = measure_tone(text, variant=variant).polarity  # type: ignore[arg-type]
        assert math.isnan(polarity) if expected is None else polarity == pytest.approx(expected, abs=1e-12), variant


def test_words_of_the_news_variant() -> None:
    text = "It isn't very good, and most of it can’t be real."
    found = [(word.span.of(text), word.words) for word in tone_words(text, variant="news")]
    assert found == [("n't very good", ("n't", "very", "good")), ("n’t be real", ("n't", "real"))]


def test_nothing_to_score_is_nan() -> None:
    for text in ("", " ", "…", "The ferry sails at noon.", "\x00"):
        assert measure_tone(text) == UNSCORED
        assert tone_words(text) == ()
    assert math.isnan(UNSCORED.polarity)
    assert TextBlob("").sentiment.polarity == 0.0


PAGE = """A Great Headline

A grim start, "a wonderful ship," said Orlo.

Related: bad story

Not good. "We had perfect

weather," she said, happily.
"""


def page(**more: object) -> Article:
    starts = [PAGE.index(words) for words in ("A Great", "A grim", "Related", "Not good")]
    spans = [Span(a, b).trim(PAGE) for a, b in zip(starts, [*starts[1:], len(PAGE)], strict=True)]
    roles = ("headline", "body", "related", "body")
    return Article(id="1", text=PAGE, paragraphs=tuple(Paragraph(s, r) for s, r in zip(spans, roles, strict=True)), **more)  # type: ignore[arg-type]


def test_an_article_is_scored_by_its_body() -> None:
    article = page(headline="A Great Headline")
    assert measure_tone(article) == measure_tone(article.body)
    assert [word.span.of(PAGE) for word in tone_words(article)] == ["grim", "wonderful", "Not good", "perfect", "happily"]
    words = tone_words(article)
    assert measure_tone(article).polarity == pytest.approx(sum(w.polarity for w in words) / len(words), abs=1e-12)


def test_markup_is_not_read() -> None:
    text = "A [good](bad) ship."
    article = Article(id="1", text=text, markup=(Span(2, 3), Span(7, 13)))
    assert [word.span.of(text) for word in tone_words(article)] == ["good"]


def test_parts() -> None:
    article = page(headline="A Great Headline")
    ship, weather = PAGE.index("a wonderful"), PAGE.index("We had")
    quoted = [Span(weather, PAGE.index("weather") + 8), Span(ship, ship + 17), Span(ship + 2, ship + 11), Span(0, 10)]
    for variant in VARIANTS:
        parts = tone_by_part(article, quoted=quoted, variant=variant)
        assert list(parts) == list(PARTS)
        assert parts["body"] == measure_tone(article, variant=variant)
        assert parts["headline"] == measure_tone("A Great Headline", variant=variant)
        assert parts["lead"] == measure_tone('A grim start, "a wonderful ship," said Orlo.', variant=variant)
        assert parts["quoted"] == Tone(1.0, 1.0, 2)
        assert parts["own_words"].n_scored == 3
        assert parts["own_words"].polarity == pytest.approx((-1.0 - 0.35 + 0.8) / 3)


def test_parts_that_are_not_there() -> None:
    nothing = tone_by_part(Article(id="1", text=""), quoted=[])
    assert set(nothing.values()) == {UNSCORED}
    plain = tone_by_part(page(), quoted=[])
    assert plain["headline"] == plain["quoted"] == UNSCORED
    assert plain["own_words"] == plain["body"] == measure_tone(page())


def test_a_quotation_over_several_paragraphs() -> None:
    text = "A bad day. “One good\n\nand one wonderful\n\nand one great,” she said. It was terrible."
    parts = tone_by_part(Article(id="1", text=text), quoted=[Span(text.index("“"), text.index("”") + 1)])
    assert parts["quoted"].n_scored == 3
    assert parts["own_words"].polarity == pytest.approx((-0.7 - 1.0) / 2)


def test_nothing_reaches_over_a_cut() -> None:
    text = "It was not “a surprise” good, and very “dull” happy."
    first, second = text.index("“"), text.rindex("“")
    parts = tone_by_part(Article(id="1", text=text), quoted=[Span(first, first + 12), Span(second, second + 6)])
    assert parts["own_words"].polarity == pytest.approx((0.7 + 0.2 + 0.8) / 3)


@relaxed
@given(texts, st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)).map(sorted), max_size=6))
def test_parts_of_anything(text: str, pairs: list[list[int]]) -> None:
    article = Article(id="1", text=text)
    spans = [Span(*pair) for pair in pairs]
    parts = tone_by_part(article, quoted=spans)
    assert parts["body"] == measure_tone(article)
    inside = [any(s.start <= i < s.end for s in spans) for i in range(len(text))]
    body = [any(s.start <= i < s.end for s in article.spans()) for i in range(len(text))]
    if not any(a and b for a, b in zip(inside, body, strict=True)):
        assert parts["quoted"] == UNSCORED
    if all(a for a, b in zip(inside, body, strict=True) if b):
        assert parts["own_words"] == UNSCORED


def test_memory_stays_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    codes = operations.Codes("textblob")
    monkeypatch.setattr(operations.Codes, "MOST", 50)
    monkeypatch.setitem(operations.CODES, "textblob", codes)
    text = " ".join(f"word{i} good{i}" for i in range(500)) + " good " + "x" * 1000
    assert measure_tone(text) == Tone(0.7, 0.6000000000000001, 1)
    assert len(codes) <= 50
    assert max(map(len, codes)) <= operations.Codes.LONGEST


def test_long_punctuation_takes_no_square_time() -> None:
    for unit in ("(", ".;", "A.", "'", ": ) ", "n't", "!"):
        text = "good " + unit * (50_000 // len(unit))
        assert measure_tone(text).n_scored >= 1


def test_muted_words_are_in_the_lexicon_and_explained() -> None:
    rows = load_table("measuring/tone/muted")
    assert len({row["word"] for row in rows}) == len(rows)
    assert {row["word"] for row in rows} <= lexicon().scores.keys()
    assert {row["class"] for row in rows} == {"quantity", "order", "function", "topic", "sense"}
    assert all(row["why"] and float(row["share_polarity"]) >= 0 and float(row["share_subjectivity"]) >= 0 for row in rows)
    assert not {"good", "bad", "best", "worst", "great", "terrible", "illegal", "win"} & {row["word"] for row in rows}


def test_what_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        measure_tone("good", variant="vader")  # type: ignore[arg-type]
    assert str(caught.value) == "unknown variant 'vader'; variants are textblob, news"
    for function in (measure_tone, tone_words):
        with pytest.raises(InputError) as caught:
            function(3)  # type: ignore[operator]
        assert str(caught.value) == "expected an Article or a str, got int"
    with pytest.raises(InputError) as caught:
        tone_by_part("good", quoted=[])  # type: ignore[arg-type]
    assert str(caught.value) == "tone_by_part needs an Article, got str; measure_tone takes strings"


def test_without_textblob(monkeypatch: pytest.MonkeyPatch) -> None:
    for cached in (lexicon, operations._known):
        cached.cache_clear()
    monkeypatch.setitem(sys.modules, "textblob.en", None)
    try:
        with pytest.raises(MissingLexiconError) as caught:
            measure_tone("never seen before: sesquipedalian")
        message = "tone needs the package textblob (0.18 or later) with its English lexicon, which could not be read: "
        assert str(caught.value).startswith(message)
        assert isinstance(caught.value, FramingError)
        assert isinstance(caught.value, ImportError)
    finally:
        lexicon.cache_clear()
