"""What is a statement and what is none: refusals, deeds, hedges, web furniture, the author; quotations that go on; headlines."""

from __future__ import annotations

import time

import pytest

from framing.article import Article, Paragraph
from framing.choices import Engine
from framing.english import sentences
from framing.measuring.attribution import Attribution, find_attributions, rules
from framing.measuring.attribution.further import around, go_on
from framing.measuring.attribution.measure import source_measures
from framing.measuring.attribution.refusals import refusals
from framing.measuring.attribution.statements import settle
from framing.measuring.attribution.types import Found
from framing.measuring.page import Page
from framing.text import Span, paragraph_spans, quotations

ENGINES: tuple[Engine, ...] = ("encoder", "fast", "rules")
LEARNED: tuple[Engine, ...] = ("encoder", "fast")


def words(text: str, spans: tuple[Span, ...] | list[Span]) -> str:
    return " … ".join(span.of(text) for span in spans)


def told(text: str, found: tuple[Attribution, ...]) -> list[tuple[str, str, str]]:
    return [(words(text, a.source), words(text, a.cue), words(text, a.content)) for a in found]


def span(text: str, part: str, after: str = "") -> Span:
    start = text.index(part, text.index(after))
    return Span(start, start + len(part))


# ---- refusals -----------------------------------------------------------------------------------------------------------------

REFUSALS = [
    ("The harbour office declined to comment on the tender.", "The harbour office", "declined", "to comment on the tender"),
    (
        "A spokesman for the ferry line, Jan Roe, declined to say whether the deck was safe.",
        "Roe",
        "declined",
        "to say whether the deck was safe",
    ),
    ("Quill refused to discuss the letter.", "Quill", "refused", "to discuss the letter"),
    ("Quill would not say who had paid.", "Quill", "would not say", "who had paid"),
    ("Quill wouldn’t discuss it.", "Quill", "wouldn’t discuss", "it"),
    (
        "The union did not immediately respond to a request for comment.",
        "The union",
        "did not immediately respond",
        "to a request for comment",
    ),
    ("The union has yet to reply to our questions.", "The union", "has yet to reply", "to our questions"),
    ("The clinic did not return several calls seeking comment.", "The clinic", "did not return", "several calls seeking comment"),
    ("Renk could not be reached for comment on Sunday.", "Renk", "could not be reached", "for comment on Sunday"),
    ("Renk could not be reached.", "Renk", "could not be reached", "could not be reached"),
    ("Renk was not available for an interview.", "Renk", "was not available", "for an interview"),
    ("The palace had no immediate comment.", "The palace", "had no", "immediate comment"),
    ("The army would neither confirm nor deny the raid.", "The army", "would neither", "confirm nor deny the raid"),
    ("There was no comment from the palace.", "the palace", "There was no comment", "from"),
    ("Calls to the shipyard were not returned.", "the shipyard", "were not returned", "were not returned"),
    ("Efforts to reach the captain were unsuccessful.", "the captain", "were unsuccessful", "were unsuccessful"),
    ("The bank turned down requests for an interview.", "The bank", "turned down", "requests for an interview"),
    ("The ministry closed the road, and it declined to give details.", "it", "declined", "to give details"),
    ("The mayor left the hall, refusing to answer questions.", "The mayor", "refusing", "to answer questions"),
]


@pytest.mark.parametrize(("text", "source", "cue", "content"), REFUSALS, ids=[row[0][:50] for row in REFUSALS])
@pytest.mark.parametrize("engine", ENGINES)
def test_refusals(engine: Engine, text: str, source: str, cue: str, content: str) -> None:
    found = [a for a in find_attributions(text, engine=engine) if a.refusal]
    assert len(found) == 1
    assert source in words(text, found[0].source)
    assert (words(text, found[0].cue), words(text, found[0].content)) == (cue, content)


NO_REFUSALS = [
    "The patient did not respond to the drug.",
    "A deal could not be reached on Sunday.",
    "The court declined to hear the case.",
    "The house refused to pass the bill.",
    "The number of calls declined to nine.",
    "The village ignored the calls for reform.",
    "The ferry did not return to port.",
    "I declined to comment.",
    "The boat was not available in blue.",
    '"We declined to comment," the song goes.',
    "Prices would not fall for a year.",
]


@pytest.mark.parametrize("text", NO_REFUSALS)
def test_what_is_no_refusal(text: str) -> None:
    paragraphs = paragraph_spans(text)
    assert list(refusals(text, paragraphs, *rules.mask(text, quotations(text, paragraphs)), [])) == []


@pytest.mark.parametrize("engine", ENGINES)
def test_a_refusal_stands_in_place_of_a_statement_and_counts_in_no_number(engine: Engine) -> None:
    text = 'Mayor Nadia Orlo declined to comment. "The port is safe," Tobias Renk said. The union said it had no comment.'
    page = Page(Article(id="a", text=text), engine)
    assert [(words(text, a.source), a.refusal) for a in page.attributions] == [
        ("Mayor Nadia Orlo", True),
        ("Tobias Renk", False),
        ("The union", True),
    ]
    measures = source_measures(page, page.attributions)
    assert (measures["n_attributions"], measures["n_refusals"], measures["n_sources"]) == (1, 2, 1)
    assert [span.of(text) for spans in page.said.values() for span in spans] == ['"The port is safe,"']


def test_a_quotation_that_is_no_comment_is_a_refusal() -> None:
    text = '"No comment," Quill said.'
    for engine in ENGINES:
        assert [(words(text, a.source), a.refusal) for a in find_attributions(text, engine=engine)] == [("Quill", True)]


# ---- what is no statement -----------------------------------------------------------------------------------------------------

Parts = tuple[str, str, str]
JUDGED: list[tuple[str, Parts, bool]] = [
    ("The council imposed sanctions.", ("The council", "imposed", "sanctions"), False),
    (
        "The council imposed sanctions that bar trade with all its ports.",
        ("The council", "imposed", "sanctions that bar trade with all its ports"),
        True,
    ),
    ("The board voted against the plan.", ("The board", "voted against", "the plan"), False),
    ("The board voted to close the bridge.", ("The board", "voted", "to close the bridge"), True),
    ("Quill signed the bill.", ("Quill", "signed", "the bill"), False),
    ("Image caption The dam at dawn.", ("", "caption", "The dam at dawn"), False),
    ("Nobody wants the dam to break.", ("Nobody", "wants", "the dam to break"), False),
    ("Quill put a new offer on the table.", ("Quill", "put", "a new offer on the table"), False),
    ("A phone captured the crash.", ("A phone", "captured", "the crash"), False),
    ("Quill took aim at the bank.", ("Quill", "took aim at", "the bank"), True),
    ("Quill backed the plan.", ("Quill", "backed", "the plan"), True),
    ('The law imposed "a tax on bread".', ("The law", "imposed", '"a tax on bread"'), True),
    ("The tide is expected to rise.", ("", "is expected", "to rise"), False),
    ("The gale is considered the worst.", ("", "is considered", "the worst"), False),
    ("The dam was supposed to hold.", ("", "was supposed", "to hold"), False),
    ("The loss is not yet understood.", ("", "is not yet understood", "The loss"), False),
    ("Renk was told that he had won.", ("", "was told", "that he had won"), True),
    ("Renk was accused of theft.", ("", "was accused of", "theft"), True),
    ("Renk is said to be ill.", ("", "is said", "to be ill"), True),
    ("Renk has reportedly left.", ("", "reportedly", "Renk has … left"), True),
    ('It is called "the cage".', ("", "is called", '"the cage"'), False),
    ('The sign read "keep out".', ("", "read", '"keep out"'), True),
    ("More has been requested.", ("", "has been requested", "More"), False),
    ("SEE ALSO: Renk says the dam will hold", ("Renk", "says", "the dam will hold"), False),
    ("READ MORE: Renk says the dam will hold", ("Renk", "says", "the dam will hold"), False),
    ("Photos: Renk says the dam will hold", ("Renk", "says", "the dam will hold"), False),
    ("Renk watched: the guard says the dam will hold", ("the guard", "says", "the dam will hold"), True),
    ("The dam broke. (Photo: Jan Roe said it was late)", ("Jan Roe", "said", "it was late"), False),
    ("Why would Renk say that the dam will hold?", ("Renk", "say", "that the dam will hold"), False),
    ('"Why did Renk say that the dam will hold?"', ("Renk", "say", "that the dam will hold"), True),
    ("Renk asked how long the dam will hold.", ("Renk", "asked", "how long the dam will hold"), True),
    ("I suspect that the dam will break.", ("I", "suspect", "that the dam will break"), False),
    ('"I suspect that the dam will break."', ("I", "suspect", "that the dam will break"), True),
    ('I said "the dam will break".', ("I", "said", '"the dam will break"'), True),
    ("Tobias Renk\n\nThe guard says the dam will hold.", ("Tobias Renk", "says", "the dam will hold"), False),
]


@pytest.mark.parametrize(("text", "parts", "kept"), JUDGED, ids=[row[0][:60] for row in JUDGED])
def test_statements(text: str, parts: Parts, kept: bool) -> None:
    paragraphs = paragraph_spans(text)
    quotes = quotations(text, paragraphs)
    source, cue, content = ([span(text, part) for part in several.split(" … ")] if several else [] for several in parts)
    found = [Found(source, cue, content, 0.45)]
    assert bool(settle(text, paragraphs, quotes, found, *rules.mask(text, quotes))) is kept


def test_the_authors_own_voice_is_kept_where_an_engine_is_sure() -> None:
    text = "I suspect that the dam will break."
    paragraphs = paragraph_spans(text)
    found = [Found([Span(0, 1)], [Span(2, 9)], [Span(10, 33)], 0.9)]
    assert settle(text, paragraphs, [], found, *rules.mask(text, [])) == found


# ---- quotations that go on, attributions around others ------------------------------------------------------------------------

GOING_ON = [
    ('Poe said it was over. "We lost," he wrote. "Go home."', ['"We lost,"', '"Go home."']),
    ('"We lost," he wrote. "It hurts. It will go on." The hall was empty.', ['"We lost,"', '"It hurts. It will go on."']),
    ('"We lost," he wrote. "It hurts." "It will go on."', ['"We lost,"', '"It hurts."', '"It will go on."']),
    ('"We lost," he wrote.\n\n"It hurts a lot. It will go on."', ['"We lost,"', '"It hurts a lot. It will go on."']),
    ('"We lost," he wrote.\n\nThe hall was empty.\n\n"It hurts a lot."', ['"We lost,"']),
    ('"We lost," he wrote. The hall was empty. "It hurts a lot."', ['"We lost,"']),
    ('"We lost," he wrote. The "great hall" was empty.', ['"We lost,"']),
    ('"We lost," he wrote.\n\n"It hurts a lot," the guard said.', ['"We lost,"']),
    ('"We lost," he wrote.\n\n"It hurts a lot." Then the guard left.', ['"We lost,"', '"It hurts a lot."']),
]


@pytest.mark.parametrize(("text", "expected"), GOING_ON, ids=[row[0][:60] for row in GOING_ON])
def test_a_quotation_goes_on_with_its_speaker(text: str, expected: list[str]) -> None:
    paragraphs = paragraph_spans(text)
    quotes = quotations(text, paragraphs)
    found = [Found([span(text, "he", "lost")], [span(text, "wrote")], [span(text, '"We lost,"')], 0.9)]
    if "guard said" in text:
        found.append(Found([span(text, "the guard")], [span(text, "said", "guard")], [span(text, '"It hurts a lot,"')], 0.9))
    go_on(text, paragraphs, quotes, found, rules.mask(text, quotes)[1])
    assert [content.of(text) for content in found[0].content] == expected


@pytest.mark.parametrize("engine", ENGINES)
def test_all_of_it_is_the_same_speakers(engine: Engine) -> None:
    text = 'Mara Elm told us that the vote was lost. "They were more," she wrote. "Let us rest."'
    assert told(text, find_attributions(text, engine=engine)) == [
        ("Mara Elm", "told", "that the vote was lost"),
        ("she", "wrote", '"They were more," … "Let us rest."'),
    ]


@pytest.mark.parametrize("engine", ENGINES)
def test_an_attribution_inside_another_keeps_both(engine: Engine) -> None:
    text = '"They made me sign," a clerk at the yard said, asking not to be named, according to Mr. Holt.'
    found = {cue: (source, content) for source, cue, content in told(text, find_attributions(text, engine=engine))}
    assert found["said"][0] == "a clerk at the yard"
    assert found["said"][1].startswith('"They made me sign,"')
    assert found["according to"][0] == "Mr. Holt"
    assert found["according to"][1].startswith('"They made me sign," a clerk at the yard said')


def test_around_needs_another_attribution_inside() -> None:
    text = "The yard will close, according to Mr. Holt."
    masked, flat = rules.mask(text, [])
    paragraphs = paragraph_spans(text)
    assert list(around(paragraphs, [], masked, flat)) == []
    inside = Found([], [], [Span(0, 8)], 0.5)
    assert [found.source[0].of(text) for found in around(paragraphs, [inside], masked, flat)] == ["Mr. Holt"]


# ---- headlines ----------------------------------------------------------------------------------------------------------------

BODY = 'Mayor Nadia Orlo met the union on Monday. "We will wait," Tobias Renk said.'


def with_headline(headline: str, body: str = BODY) -> Article:
    text = f"{headline}\n\n{body}"
    at = len(headline)
    rest = tuple(Paragraph(span) for span in paragraph_spans(text)[1:])
    return Article(id="a", text=text, paragraphs=(Paragraph(Span(0, at), "headline"), *rest))


HEADLINES = [
    ("Orlo: We will not pay", ("Orlo", ":", "We will not pay")),
    ("Orlo: 'The port is safe'", ("Orlo", ":", "'The port is safe'")),
    ("We will not pay: Orlo", ("Orlo", ":", "We will not pay")),
    ("Orlo says port fees will rise", ("Orlo", "says", "port fees will rise")),
    ("'It's over,' says Orlo", ("Orlo", "says", "'It's over,'")),
    ("Police: Man shot outside port", ("Police", ":", "Man shot outside port")),
    ("Study: Tea slows the ageing of bees", ("Study", ":", "Tea slows the ageing of bees")),
    ("Tea slows the ageing of bees, study finds", ("study", "finds", "Tea slows the ageing of bees")),
    ("Orlo vows to fight the port fees", ("Orlo", "vows", "to fight the port fees")),
    ("Orlo: a life in pictures", None),
    ("Port Sallow: what we know", None),
    ("Analysis: We will not pay", None),
    ("Vantry: Two hurt in a crash", None),
]


@pytest.mark.parametrize(("headline", "expected"), HEADLINES, ids=[row[0] for row in HEADLINES])
@pytest.mark.parametrize("engine", ENGINES)
def test_headlines(engine: Engine, headline: str, expected: Parts | None) -> None:
    article = with_headline(headline)
    found = [a for a in find_attributions(article, engine=engine) if a.headline]
    assert told(article.text, tuple(found)) == ([expected] if expected else [])
    if expected and expected[0] == "Orlo":
        assert found[0].speaker == "Nadia Orlo"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_headline_changes_nothing_in_the_body_and_counts_in_no_number(engine: Engine) -> None:
    article, without = with_headline("Orlo says port fees will rise"), with_headline("Port fees and their rise")
    pages = Page(article, engine), Page(without, engine)
    shift = len(without.text) - len(article.text)
    body, same = ([a for a in page.attributions if not a.headline] for page in pages)
    assert [(a.speaker, a.start + shift, a.confidence) for a in body] == [(a.speaker, a.start, a.confidence) for a in same]
    first, second = (source_measures(page, page.attributions) for page in pages)
    assert {name: repr(value) for name, value in first.items()} == {name: repr(value) for name, value in second.items()}
    assert pages[0].n_words_outlet == pages[1].n_words_outlet


@pytest.mark.parametrize("engine", ENGINES)
def test_a_headline_repeated_in_the_body_is_read_once(engine: Engine) -> None:
    headline = "Orlo says port fees will rise"
    found = find_attributions(with_headline(headline, f"{headline}\n\n{BODY}"), engine=engine)
    assert [a.headline for a in found] == [False, False]


# ---- time -----------------------------------------------------------------------------------------------------------------------

UNITS = [
    "Roe declined to comment, and ",
    '"We lost." ',
    '"Go on," he said. "Go home." ',
    "according to Roe, ",
    "calls to Roe ",
    "Why did Roe say that? ",
    "not ly ",
]


@pytest.mark.parametrize("unit", UNITS)
def test_work_grows_with_the_text_not_its_square(unit: str) -> None:
    def seconds(n: int) -> float:
        text = unit * n
        paragraphs = paragraph_spans(text)
        quotes = quotations(text, paragraphs)
        masked, flat = rules.mask(text, quotes)
        at = range(0, len(text) - len(unit), len(unit))
        found = [Found([Span(i, i + 1)], [Span(i + 1, i + 2)], [Span(i + 2, i + 4)], 0.9) for i in at]
        sentences(flat, paragraphs[0])
        began = time.process_time()
        go_on(text, paragraphs, quotes, found, flat)
        list(around(paragraphs, found, masked, flat))
        settle(text, paragraphs, quotes, found, masked, flat)
        return time.process_time() - began

    seconds(10)
    small, large = (min(seconds(n) for _ in range(2)) for n in (400, 4_000))
    assert large < 40 * max(small, 0.002)  # 10 if linear, 100 if quadratic
