from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from framing.article import Article, Corpus, Paragraph, as_article, as_corpus
from framing.errors import InputError, Problem, UnknownNameError
from framing.text import Span


def article(id: str, outlet: str | None = "The Vantry Herald", **other: object) -> Article:
    return Article(id=id, text="Ships wait.\n\nCranes stand still.", outlet=outlet, **other)  # type: ignore[arg-type]


def test_without_paragraphs_all_is_body() -> None:
    assert [p.span.of("Ships wait.\n\nCranes stand still.") for p in article("a").paragraphs] == ["Ships wait.", "Cranes stand still."]
    assert {p.role for p in article("a").paragraphs} == {"body"}


def test_markup_is_blanked_without_moving_offsets() -> None:
    text = "The **Harbour Front** left."
    marked = Article(id="a", text=text, markup=(Span(4, 6), Span(19, 21)))
    assert marked.plain == "The   Harbour Front   left."
    assert marked.text is text
    assert marked.words_at(Span(0, 27)) == "The Harbour Front left."


def test_measures_read_the_body_unless_told_otherwise() -> None:
    text = "Port shut\n\nShips wait."
    page = Article(id="a", text=text, paragraphs=(Paragraph(Span(0, 9), "headline"), Paragraph(Span(11, 22))))
    assert page.spans() == [Span(11, 22)]
    assert page.spans("headline") == [Span(0, 9)]
    assert page.body == "Ships wait."


def test_strings_become_articles_whose_id_depends_on_the_text() -> None:
    assert as_article("Ships wait.").id == as_article("Ships wait.").id != as_article("Ships sail.").id
    with pytest.raises(InputError, match="expected an Article or a str, got int"):
        as_article(3)  # type: ignore[arg-type]


def test_corpus_is_a_sequence_with_ids() -> None:
    corpus = Corpus([article("a", date=dt.date(2024, 3, 4)), article("b", outlet=None), article("c", outlet="Meridian")], name="port")
    assert len(corpus) == 3
    assert corpus["b"] is corpus[1]
    assert corpus[1:].outlets == ("Meridian",)
    assert [a.id for a in corpus.filter(lambda a: a.outlet is not None)] == ["a", "c"]
    assert repr(corpus) == "<Corpus 'port': 3 articles, 2 outlets, 2024-03-04 to 2024-03-04>"


def test_corpus_tells_what_was_not_read() -> None:
    corpus = Corpus([article("a")], problems=[Problem("x.md", "empty file"), Problem("y.md", "no date", lost=False)])
    assert repr(corpus) == "<Corpus 'corpus': 1 article, 1 outlet, 1 not read>"


def test_corpus_refuses_an_id_twice() -> None:
    with pytest.raises(InputError) as caught:
        Corpus([article("a"), article("b"), article("a")])
    assert str(caught.value) == "two articles have the id 'a' (numbers 0 and 2); ids must differ"


def test_corpus_names_ids_when_one_is_unknown() -> None:
    with pytest.raises(UnknownNameError) as caught:
        Corpus([article("a"), article("b")], name="port")["c"]
    assert str(caught.value) == "no article 'c' in port; ids are like a, b"


def test_problem_says_where() -> None:
    assert str(Problem("x.csv", "no text", line=4)) == "x.csv:4: no text"
    assert str(Problem("x.md", "empty file")) == "x.md: empty file"


@pytest.mark.parametrize("start, end", [(-1, 3), (4, 3)])
def test_spans_are_checked(start: int, end: int) -> None:
    with pytest.raises(InputError, match=f"a span needs 0 <= start <= end, got start={start}, end={end}"):
        Span(start, end)


def test_articles_become_a_corpus() -> None:
    corpus = Corpus([article("a")])
    assert as_corpus(corpus) is corpus
    assert [a.id for a in as_corpus(iter([article("a"), article("b")]))] == ["a", "b"]


@pytest.mark.parametrize(
    "source, message",
    [
        ("corpora/port", "expected a Corpus or articles, got str; read files with read_corpus first"),
        (Path("port"), "expected a Corpus or articles, got .*Path; read files with read_corpus first"),
        (article("a"), "expected a Corpus or articles, got Article$"),
        ([article("a"), 3], "expected a Corpus or articles, got int$"),
    ],
)
def test_no_corpus(source: object, message: str) -> None:
    with pytest.raises(InputError, match=message):
        as_corpus(source)  # type: ignore[arg-type]


def test_articles_show_themselves_in_a_line() -> None:
    assert repr(article("a", date=dt.date(2024, 3, 4), headline="Port shut")) == (
        "<Article 'a': The Vantry Herald, 2024-03-04, Port shut, 32 characters>"
    )
