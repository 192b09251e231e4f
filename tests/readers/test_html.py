"""Saved web pages, all of them invented."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from framing.errors import ReadingError
from framing.readers import read_article, read_corpus
from framing.readers.html import read_page

LINKED = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Dockers return to work in Port Sallow",
    "datePublished": "2024-03-04T08:30:00+01:00",
    "author": [{"@type": "Person", "name": "Jane Doe"}, {"@type": "Organization", "name": "Continental Press"}],
    "publisher": {"@type": "Organization", "name": "Sallow Media Holding"},
    "isPartOf": {"@type": ["Newspaper", "CreativeWork"], "name": "The Sallow Tribune"},
    "articleSection": "Local",
    "inLanguage": "en-GB",
}
BODY = """
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article>
<h1>Dockers return to work in Port Sallow</h1>
<figure><img src="a.jpg"><figcaption>Dockers at the gate. Mira Lund / CP</figcaption></figure>
<p>PORT SALLOW (CP) &mdash; Dockers in Port Sallow went <b>back</b> to work on Monday after
a <a href="x">two-week strike</a>, the union said.</p>
<p>&ldquo;We are glad that this is over,&rdquo; said the mayor, who had called for talks<br>since the first day of the strike.</p>
<blockquote>We are glad that this is over</blockquote>
<h2>What happens next</h2>
<ul><li>The owners must answer by the end of the month.</li><li>The night shift stays as it was before the strike.</li></ul>
<p><i>The Harbour Front is an extremist organisation banned in Calderra.</i></p>
</article>
<footer>Imprint and privacy of the site</footer>
"""


def page(linked=LINKED, head="", body=BODY, lang="en-GB"):
    script = f'<script type="application/ld+json">{json.dumps(linked)}</script>' if linked else ""
    top = f'<meta charset="utf-8"><title>Dockers | Tribune</title>{script}{head}'
    return f'<!DOCTYPE html><html lang="{lang}"><head>{top}</head><body>{body}</body></html>'


def read(source, **options):
    article, problems = read_page(source, where="page.html", article_id="page", **options)
    return article, [problem.reason for problem in problems]


def test_a_page_with_linked_data(tmp_path):
    path = tmp_path / "dockers.html"
    path.write_text(page(head='<link rel="canonical" href="https://www.sallowtribune.example/1">'), encoding="utf-8")
    problems = []
    article = read_article(path, problems=problems)
    assert problems == []
    assert article.id == "dockers"
    assert article.headline == "Dockers return to work in Port Sallow"
    assert (article.outlet, article.agency, article.authors) == ("The Sallow Tribune", "CP", ("Jane Doe",))
    assert (article.date, article.language) == (dt.date(2024, 3, 4), "en")
    assert article.url == "https://www.sallowtribune.example/1"
    assert article.meta == {"section": "Local"}
    assert [(p.role, article.words_at(p.span)) for p in article.paragraphs] == [
        ("headline", "Dockers return to work in Port Sallow"),
        ("body", "PORT SALLOW (CP) — Dockers in Port Sallow went back to work on Monday after a two-week strike, the union said."),
        ("body", "“We are glad that this is over,” said the mayor, who had called for talks since the first day of the strike."),
        ("pull_quote", "We are glad that this is over"),
        ("body", "What happens next"),
        ("body", "The owners must answer by the end of the month."),
        ("body", "The night shift stays as it was before the strike."),
        ("notice", "The Harbour Front is an extremist organisation banned in Calderra."),
    ]


def test_linked_data_in_a_graph_with_references():
    graph = {
        "@graph": [
            {"@type": "WebSite", "@id": "#site", "name": "Open Ledger"},
            {"@type": "Person", "@id": "#nora", "name": "Nora Finch"},
            {"@type": "Organization", "@id": "#org", "name": "Ledger Foundation"},
            {
                "@type": ["ReportageNewsArticle"],
                "headline": "T",
                "author": {"@id": "#nora"},
                "publisher": {"@id": "#org"},
                "isPartOf": {"@id": "#site"},
                "datePublished": "2024-03-04",
            },
        ]
    }
    article, _ = read(page(graph))
    assert (article.headline, article.outlet, article.authors) == ("T", "Open Ledger", ("Nora Finch",))


@pytest.mark.parametrize(
    ("head", "date", "outlet"),
    [
        (
            '<meta property="article:published_time" content="2024-03-04T08:00:00Z"><meta property="og:site_name" content="Open Ledger">',
            dt.date(2024, 3, 4),
            "Open Ledger",
        ),
        (
            '<meta name="DC.date.issued" content="4 March 2024"><meta property="og:url" content="https://www.npr.org/1">',
            dt.date(2024, 3, 4),
            "NPR",
        ),
        ('<link rel="canonical" href="https://www.cnn.com/2024/03/04/world/dockers/index.html">', dt.date(2024, 3, 4), "CNN"),
        ("", None, None),
    ],
)
def test_a_page_with_meta_tags(head, date, outlet):
    article, problems = read(page(None, head))
    assert (article.date, article.outlet) == (date, outlet)
    assert len(problems) == (date is None) + (outlet is None)
    assert article.headline == "Dockers return to work in Port Sallow"


def test_details_of_the_page_itself():
    body = BODY.replace("<figure>", '<time datetime="2024-03-04T08:00">Monday</time><figure>')
    article, _ = read("<!-- saved from url=(0040)https://www.meridian.example/dockers -->" + page(None, body=body, lang="de"))
    assert (article.date, article.url, article.outlet, article.language) == (
        dt.date(2024, 3, 4),
        "https://www.meridian.example/dockers",
        "Meridian International",
        "de",
    )


def test_the_callers_outlet_wins():
    assert read(page(), outlet="Mine")[0].outlet == "Mine"


def test_a_date_that_is_none():
    article, problems = read(page(LINKED | {"datePublished": "soon"}))
    assert article.date is None
    assert problems[0].startswith("no date could be read from 'soon'; accepted are forms like '2021-09-22'")


@pytest.mark.parametrize(
    "script",
    ["{", "[]", "3", '{"@type": "NewsArticle"}', '{"@type": ["NewsArticle", 3], "author": {"name": null}, "publisher": []}', "[" * 50_000],
)
def test_broken_linked_data_is_no_obstacle(script):
    article, _ = read(page(None, f'<script type="application/ld+json">{script}</script>'))
    assert article.text.startswith("Dockers return")


def test_a_number_of_any_length_stops_nothing():
    article, _ = read(page({**LINKED, "wordCount": "many"}).replace('"many"', "7" * 5000))
    assert article.headline == LINKED["headline"]
    assert article.authors == ("Jane Doe",)


def test_the_text_of_linked_data_where_the_page_has_none():
    article, _ = read(page(LINKED | {"articleBody": "Dockers went back."}, body="<div id='app'></div>"))
    assert article.text == "Dockers went back."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_encodings(tmp_path, encoding):
    path = tmp_path / "a.html"
    declared = {"utf-8": "utf-8", "utf-16": "utf-16", "cp1252": "iso-8859-1"}[encoding]
    source = page().replace('charset="utf-8"', f'charset="{declared}"').replace("&mdash;", "—").replace("mayor", "maire élu")
    path.write_bytes(source.encode(encoding))
    corpus = read_corpus(path, outlet="X")
    assert "(CP) — Dockers" in corpus[0].text
    assert "maire élu" in corpus[0].text
    assert corpus.problems == ()


@pytest.mark.parametrize(
    "tags", [("<div>", "</div>"), ("<b>", "</b>"), ("<ul><li>", "</li></ul>"), ("<table><tr><td>", "</td></tr></table>")]
)
def test_ten_thousand_nested_tags(tags):
    opening, closing = tags
    deep = opening * 10_000 + "<p>What stands deepest of all.</p>" + closing * 10_000
    article, problems = read(page(body=deep))
    assert article is None
    assert problems == ["no article text found in the page; tags are nested deeper than 250; what stands deeper may be missing"]
    article, problems = read(page(body=BODY + deep))
    assert article.text.startswith("Dockers return")
    assert "tags are nested deeper than 250; what stands deeper may be missing" in problems


def test_a_paragraph_of_very_many_tags_is_read_in_linear_time():
    body = "<nav><p>Menu</p></nav><p>" + "Dockers went <b>back</b> to work. " * 20_000 + "</p>"
    article, problems = read(page(body=body))
    assert article.text.count("Dockers went back to work.") == 20_000
    assert "Menu" not in article.text
    assert "the main text could not be told from the rest of the page; all its paragraphs are taken" in problems


@pytest.mark.parametrize(
    ("source", "reason"),
    [("words without any tag", "no article text found in the page"), ("<html></html>", "no article text found in the page")],
)
def test_pages_without_an_article(source, reason):
    article, problems = read(source)
    assert article is None
    assert problems == [reason]


def test_a_page_without_elements(tmp_path):
    path = tmp_path / "a.html"
    path.write_text("<!-- nothing -->")
    with pytest.raises(ReadingError, match=r"a\.html: "):
        read_article(path)


LOOSE = """
<div class="menu"><a href="/">Home</a> <a href="/sport">Sport</a> <a href="/world">World</a></div>
<div><a href="/">News</a> | <a href="/s">Local</a> | <a href="/w">Weather</a><br><br>
<h1>Dockers return to work in Port Sallow</h1>
5 March 2024 by Max Penn<br><br>
Dockers in Port Sallow went <b>back</b> to work on Monday after a two-week strike,<br>the union said.<br>
<br>&ldquo;We are glad that this is over,&rdquo; said the mayor, who had called for talks since the first day.<br><br><br>
<i>Nobody</i> at the owners' office would answer. The night shift stays as it was before the strike.</div>
"""


def test_paragraphs_parted_by_line_breaks():
    article, problems = read(page(None, body=LOOSE))
    assert (article.headline, article.date, article.authors) == (
        "Dockers return to work in Port Sallow",
        dt.date(2024, 3, 5),
        ("Max Penn",),
    )
    assert [article.words_at(span) for span in article.spans()] == [
        "Dockers in Port Sallow went back to work on Monday after a two-week strike, the union said.",
        "“We are glad that this is over,” said the mayor, who had called for talks since the first day.",
        "Nobody at the owners' office would answer. The night shift stays as it was before the strike.",
    ]
    assert "Weather" not in article.text
    assert [p.role for p in article.paragraphs if "Max Penn" in p.span.of(article.text)] in ([], ["byline"])
    assert problems == ["no outlet found in JSON-LD, meta tags or a canonical url; give outlet=... (--outlet)"]


@pytest.mark.parametrize("tag", ["p", "span", "td", "font"])
def test_line_breaks_inside_other_tags(tag):
    opening = {"td": "<table><tr><td>"}.get(tag, f"<div><{tag}>")
    closing = {"td": "</td></tr></table>"}.get(tag, f"</{tag}></div>")
    text = "Dockers in Port Sallow went back to work on Monday after a strike of two weeks, the union said."
    article, _ = read(page(None, body=f"<h1>Dockers return</h1>{opening}{text}<br><br>{text.upper()}<br/> <br/>Yes: {text}{closing}"))
    assert [article.words_at(span) for span in article.spans()] == [text, text.upper(), f"Yes: {text}"]


@pytest.mark.parametrize(
    ("lines", "date", "authors"),
    [
        ("<div class='d'>5 March 2024</div><div>By Max Penn</div>", dt.date(2024, 3, 5), ("Max Penn",)),
        ("<p>By Max Penn<br>Published: 5 March 2024</p>", dt.date(2024, 3, 5), ("Max Penn",)),
        ("<aside><p>5 March 2024</p></aside>", None, ()),
        ("<p>The treaty of 5 March 2024 was signed by Max Penn and the mayor.</p>", None, ()),
    ],
)
def test_lines_below_the_headline(lines, date, authors):
    article, _ = read(page(None, body=BODY.replace("<figure>", lines + "<figure>")))
    assert (article.date, article.authors) == (date, authors)


def test_a_date_that_could_be_either_is_told():
    told = "the date '3/4/24' could have the day or the month first; it is read with the month first, as 2024-03-04"
    for source in (page(LINKED | {"datePublished": "3/4/24"}), page(None, body=BODY.replace("<figure>", "<p>Posted 3/4/24</p><figure>"))):
        article, problems = read(source, outlet="X")
        assert (article.date, problems) == (dt.date(2024, 3, 4), [told])


def test_very_many_line_breaks_are_read_in_linear_time():
    article, _ = read(page(None, body="<div>" + "Dockers went back to work.<br><br>" * 20_000 + "</div>"))
    assert article.text.count("Dockers went back to work.") > 0
