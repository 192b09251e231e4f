from __future__ import annotations

import datetime as dt
from html.parser import HTMLParser
from io import StringIO
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from framing.article import Article, Paragraph
from framing.attribution import Attribution
from framing.notices import Notice
from framing.render import article_html, article_text, safe_link, visible
from framing.text import Span, how_many
from framing.tone import Tone, ToneWord

TEXT = (
    "Port stays shut\n\nBy Continental Press\n\n“The port stays shut,” said Nadia Orlo, the mayor.\n\n"
    "The Harbour Front did not comment.\n\nThe Harbour Front is an extremist organisation banned in Calderra."
)


def at(words: str, start: int = 0) -> Span:
    begin = TEXT.index(words, start)
    return Span(begin, begin + len(words))


FOOTNOTE = at("The Harbour Front is an extremist organisation banned in Calderra.")
ARTICLE = Article(
    "a1",
    TEXT,
    outlet="Republic Today",
    agency="CP",
    headline="Port stays shut",
    date=dt.date(2026, 3, 4),
    url="https://republictoday.example/port",
    paragraphs=(
        Paragraph(at("Port stays shut"), "headline"),
        Paragraph(at("By Continental Press"), "byline"),
        Paragraph(at("“The port stays shut,” said Nadia Orlo, the mayor.")),
        Paragraph(at("The Harbour Front did not comment.")),
        Paragraph(FOOTNOTE, "notice"),
    ),
)
QUOTE = Attribution((at("Nadia Orlo, the mayor"),), (at("said"),), (at("“The port stays shut,”"),), "direct", "Nadia Orlo", "official", 0.9)
LABEL = Notice(
    "legal_label",
    FOOTNOTE,
    subjects=("Harbour Front",),
    label="extremist",
    jurisdiction="Calderra",
    placement="footnote",
    mandated="Calderra",
    mentions=(at("Harbour Front"),),
)


class Page(HTMLParser):
    """What a browser would make of it: elements with their attributes, and the words outside style sheets."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.inside: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.inside.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.inside:
            self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)


def test_layers_carry_class_title_and_number() -> None:
    page = Page(article_html(ARTICLE, notices=[LABEL], attributions=[QUOTE]))
    assert not page.inside, "elements left open"
    spans = {(tag, attributes.get("class")): attributes for tag, attributes in page.elements if "title" in attributes}
    assert set(spans) == {("cite", "fr-source"), ("em", "fr-cue"), ("mark", "fr-content"), ("small", "fr-notice"), ("b", "fr-mention")}
    assert spans["cite", "fr-source"] == {"class": "fr-source", "title": "source 1: Nadia Orlo (official), direct", "data-n": "1"}
    assert spans["mark", "fr-content"]["data-n"] == "1"
    assert "data-n" not in spans["em", "fr-cue"]
    assert spans["small", "fr-notice"]["title"] == "notice: legal label, extremist, Harbour Front, Calderra, required by Calderra"
    for words in ("headline", "byline", "written by CP", "2026-03-04", "who is cited", "Nadia Orlo: official, direct"):
        assert words in page.text
    assert ("a", {"href": ARTICLE.url, "rel": "noreferrer noopener nofollow"}) in page.elements


def test_headline_is_shown_once() -> None:
    assert article_html(ARTICLE).count("Port stays shut") == 1  # it stands in the text
    assert article_html(Article("a", "Ships waited.", headline="Port stays shut")).count("Port stays shut") == 1


def test_markup_is_not_shown_and_words_outside_paragraphs_are() -> None:
    article = Article("a", "Ships **waited** outside. Left over.", paragraphs=(Paragraph(Span(0, 25)),), markup=(Span(6, 8), Span(14, 16)))
    page = Page(article_html(article))
    assert "**" not in page.text
    assert "Left over." in page.text


def test_overlapping_spans_are_cut_into_pieces() -> None:
    article = Article("a", "one two three four")
    first = Attribution((), (), (Span(0, 13),), "indirect")
    second = Attribution((Span(8, 18),), (), (Span(4, 7),), "indirect", "X", "expert")
    page = Page(article_html(article, attributions=[first, second]))
    pieces = [(tag, a["class"], a["title"]) for tag, a in page.elements if "title" in a]
    assert pieces == [
        ("mark", "fr-content", "content 1: speaker not named (unknown), indirect"),
        ("mark", "fr-content", "content 2: X (expert), indirect; content 1: speaker not named (unknown), indirect"),
        ("mark", "fr-content", "content 1: speaker not named (unknown), indirect"),
        ("cite", "fr-source fr-content", "source 2: X (expert), indirect; content 1: speaker not named (unknown), indirect"),
        ("cite", "fr-source", "source 2: X (expert), indirect"),
    ]
    assert "one two three four" in page.text


def test_tone_words() -> None:
    article = Article("a", "A terrible night")
    html = article_html(article, tone_words=[ToneWord(Span(2, 10), ("terrible",), -1.0, 1.0)])
    assert '<u class="fr-tone" title="polarity -1.00, subjectivity 1.00">terrible</u>' in html


HOSTILE = "</style><script>alert(1)</script><img src=x onerror=alert(1)>]]>--><!--\u202egnp.exe\x1b[31m\x00\ud800 \"'><svg onload=x>"
ALLOWED = {
    *("html", "head", "meta", "title", "style", "body", "div", "p", "span", "a"),
    *("cite", "em", "mark", "small", "b", "u", "details", "summary", "ol", "li"),
}


@pytest.mark.parametrize("standalone", [False, True])
def test_hostile_text_stays_text(standalone: bool) -> None:
    article = Article(
        HOSTILE,
        HOSTILE,
        outlet=HOSTILE,
        agency=HOSTILE,
        headline=HOSTILE,
        authors=(HOSTILE,),
        url=f"javascript:{HOSTILE}",
        language='"><script>',
    )
    attribution = Attribution((Span(0, 12),), (), (Span(5, 40),), "direct", HOSTILE, "expert")
    notice = Notice("legal_label", Span(3, 20), subjects=(HOSTILE,), label="extremist", jurisdiction=HOSTILE, placement="footnote")
    html = article_html(article, attributions=[attribution], notices=[notice], standalone=standalone)
    page = Page(html)
    assert {tag for tag, _ in page.elements} <= ALLOWED
    assert {name for _, attributes in page.elements for name in attributes} <= {
        "class", "title", "data-n", "dir", "lang", "charset", "http-equiv", "content", "name",
    }  # fmt: skip
    assert "a" not in {tag for tag, _ in page.elements}
    assert not set("\u202e\x1b\x00\ud800") & set(html)
    assert "⟨RLO⟩" in page.text
    assert "␛[31m" in page.text
    html.encode("utf-8")


WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n\t"), max_size=60)


@given(WORDS, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6))
def test_every_word_is_shown_once_whatever_the_spans(text: str, pairs: list[tuple[int, int]]) -> None:
    spans = [Span(min(pair), max(pair)) for pair in pairs]
    found = [Attribution((span,), (), (span,), "mixed") for span in spans]
    page = Page(article_html(Article("a", text), attributions=found, style=False))
    shown = page.text.partition(f"{how_many(len(found), 'attribution')}, by number")[0] if found else page.text
    assert "".join(shown.split()).endswith("".join(visible(text).split()))


def test_many_nested_spans_stay_small() -> None:
    text = "word " * 2000
    found = [Attribution((), (), (Span(i, len(text) - i),), "indirect") for i in range(2000)]
    assert len(article_html(Article("a", text), attributions=found)) < 4_000_000


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://openledger.example/a?b=1&c=2", "https://openledger.example/a?b=1&c=2"),
        ("HTTP://openledger.example", "HTTP://openledger.example"),
        ("javascript:alert(1)", None),
        (" javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//openledger.example", None),
        ("https://openledger.example/a b", None),
        ('https://openledger.example/"onclick=x', None),
        ("https://openledger.example/\u202egnp", None),
        ("", None),
        (None, None),
    ],
)
def test_safe_link(url: str | None, link: str | None) -> None:
    assert safe_link(url) == link


def printed(article: Article, **found: object) -> str:
    out = StringIO()
    Console(file=out, width=100, force_terminal=False).print(article_text(article, **found))  # type: ignore[arg-type]
    return out.getvalue()


def test_terminal() -> None:
    tone = {"body": Tone(-0.25, 0.5, 4), "quoted": Tone(float("nan"), float("nan"), 0)}
    shown = printed(ARTICLE, notices=[LABEL], attributions=[QUOTE], tone=tone)
    assert shown.splitlines()[0].rstrip() == "Port stays shut"
    assert "[1]“The port stays shut,” said [1]Nadia Orlo, the mayor." in shown
    assert "╭─ legal label, extremist, Harbour Front, Calderra, required by Calderra" in shown
    assert "Sources (1 attribution)" in shown
    assert " [1] Nadia Orlo  official, direct" in shown
    assert " body       -0.25  0.50     4" in shown
    assert " quoted     nothing to score" in shown
    assert shown.count("The Harbour Front is an extremist") == 1


def test_stance_and_anonymity_stand_beside_the_form() -> None:
    text = "A sailor claimed that the port was shut."
    span = Span(0, 8), Span(9, 16), Span(17, len(text) - 1)
    found = Attribution(span[:1], span[1:2], span[2:], "indirect", source_type="unnamed", stance="doubting", anonymity="requested")
    assert "unnamed, indirect, doubting, asked not to be named" in printed(Article(id="a", text=text), attributions=(found,))


def test_legend_explains_the_numbers() -> None:
    page = Page(article_html(ARTICLE, attributions=[QUOTE]))
    assert "stands before source and content of attribution n" in page.text
    assert ("span", {"data-n": "n"}) in page.elements
    assert "1 attribution, by number" in page.text
    assert "of attribution n" not in Page(article_html(ARTICLE, notices=[LABEL])).text


ADDRESS = "https://republictoday.example/port"


def paged(*paragraphs: tuple[str, str], url: str | None = ADDRESS, headline: str | None = "Port stays shut") -> Article:
    text, spans = "", []
    for words, role in paragraphs:
        spans.append(Paragraph(Span(len(text), len(text) + len(words)), role))  # type: ignore[arg-type]
        text += f"{words}\n\n"
    return Article("port-1", text, outlet="Republic Today", headline=headline, url=url, paragraphs=tuple(spans))


@pytest.mark.parametrize(
    ("words", "first", "shown"),
    [
        ("---\noutlet: Republic Today\nstory: port\n---", True, False),
        ("Title: Port stays shut\nDate: 4 March 2026", True, False),
        ("Title: Port stays shut\nDate: 4 March 2026", False, True),
        ("Original url:", False, False),
        (f"Original url: {ADDRESS}/", False, False),
        (f"<{ADDRESS}>", True, False),
        (ADDRESS.upper(), False, False),
        ("Original url: https://elsewhere.example/port", False, True),
        ("https://elsewhere.example/port", True, True),
        ("* * *", False, False),
        ("Share: by post", False, True),
        ("Photograph by Nadia Orlo", False, True),
    ],
)
def test_terminal_leaves_out_what_the_head_tells(words: str, first: bool, shown: bool) -> None:
    paragraphs = [("Ships waited outside.", "body"), (words, "metadata"), (ADDRESS, "metadata")]
    if first:
        paragraphs[:2] = reversed(paragraphs[:2])
    out = printed(paged(*paragraphs))
    assert ("metadata: " in out) is shown
    assert out.count(ADDRESS) == 1
    assert "Ships waited outside." in out


def test_terminal_keeps_the_label_of_an_address_that_is_not_known() -> None:
    assert "metadata: Original url:" in printed(paged(("Original url:", "metadata"), ("Ships waited.", "body"), url=None))


def test_terminal_shows_the_notice_of_a_last_paragraph_that_is_left_out() -> None:
    article = paged(("Ships waited.", "body"), (ADDRESS, "metadata"))
    span = article.paragraphs[1].span
    assert "╭─ correction" in printed(article, notices=[Notice("correction", span, placement="paragraph")])


def test_terminal_heads_an_article_without_headline_by_its_id() -> None:
    lines = printed(paged(("Ships waited.", "body"), headline=None)).splitlines()
    assert [line.rstrip() for line in lines[:4]] == ["port-1", "Republic Today", ADDRESS, ""]
    assert printed(Article("", "Ships waited.")).splitlines()[0].rstrip() == "(no name)"


def test_terminal_gives_the_address_its_own_line() -> None:
    out = StringIO()
    Console(file=out, width=30, force_terminal=False).print(article_text(ARTICLE))
    lines = [line.rstrip() for line in out.getvalue().splitlines()]
    assert not any(line.endswith("·") and "https" in below for line, below in pairwise(lines))
    assert lines[lines.index("https://republictoday.example/") + 1] == "port"


def test_terminal_without_findings() -> None:
    shown = printed(Article("a", "Ships waited."))
    assert "Sources: none found" in shown
    assert "Notices: none found" in shown


def test_terminal_sends_no_escape_sequences_and_reads_no_markup() -> None:
    hostile = "[red]calm[/red] [/] \x1b]0;owned\x07 \x9b31m \u202eabc"
    attribution = Attribution((Span(0, 5),), (), (Span(6, 12),), "direct", hostile)
    notice = Notice("correction", Span(0, 5), subjects=(hostile,), placement="paragraph")
    shown = printed(Article("a", hostile, headline=hostile, outlet=hostile, url=hostile), attributions=[attribution], notices=[notice])
    assert not set("\x1b\x07\x9b\u202e") & set(shown)
    assert "calm[/red]" in shown


@pytest.mark.parametrize(
    ("n", "one", "shown"),
    [(0, "story", "0 stories"), (1, "story", "1 story"), (2, "outlet", "2 outlets"), (1, "word", "1 word"), (1200, "word", "1,200 words")],
)
def test_how_many(n: int, one: str, shown: str) -> None:
    assert how_many(n, one) == shown
