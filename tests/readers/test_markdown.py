"""Pages as people save them. All of them invented, but for the seed page, which is read from its own folder."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.errors import Problem
from framing.readers import read_article
from framing.readers.blocks import split_blocks
from framing.readers.markdown import read_page
from framing.readers.markup import find_markup
from framing.readers.paragraphs import join_broken
from framing.text import Span, blank, paragraph_spans


def read(text, **options):
    article, _ = read_page(text, where="page.md", article_id="page", **options)
    assert article is not None
    assert len(article.plain) == len(article.text) == len(text)
    return article


def roles(article):
    return [(p.role, article.words_at(p.span)) for p in article.paragraphs]


PAGE = """# Dockers return to work

By **Jane Doe** and John Roe, Continental Press

March 4, 2024

![Dockers at the gate](gate.jpg)

Dockers went back to work on Monday. *Mira Lund / CP*

PORT SALLOW (CP) — Dockers went **back** to [work](https://x.example/a_b_c) on Monday, the *union* said.

**Read more:** [Harbour chief to step down](https://x.example/1)

"We are glad that this is over and that the port can

open again tomorrow," the mayor said.

## What happens next

> The port can open again tomorrow

> The ministry did not answer questions.

See also

- [Timeline of the strike](#)
- [Who owns the port](#)

*The Harbour Front is an extremist organisation banned in Calderra.*

---

Original url: <https://www.sallowtribune.example/2024/03/04/dockers>
"""


def test_a_whole_page():
    article = read(PAGE)
    assert (article.headline, article.outlet, article.agency) == ("Dockers return to work", "The Sallow Tribune", "CP")
    assert article.authors == ("Jane Doe", "John Roe")
    assert article.date == dt.date(2024, 3, 4)
    assert article.url == "https://www.sallowtribune.example/2024/03/04/dockers"
    assert roles(article) == [
        ("headline", "Dockers return to work"),
        ("byline", "By Jane Doe and John Roe, Continental Press"),
        ("dateline", "March 4, 2024"),
        ("caption", "Dockers at the gate"),
        ("caption", "Dockers went back to work on Monday. Mira Lund / CP"),
        ("body", "PORT SALLOW (CP) — Dockers went back to work on Monday, the union said."),
        ("related", "Read more: Harbour chief to step down"),
        ("body", '"We are glad that this is over and that the port can open again tomorrow," the mayor said.'),
        ("body", "What happens next"),
        ("pull_quote", "The port can open again tomorrow"),
        ("body", "The ministry did not answer questions."),
        ("related", "See also"),
        ("related", "Timeline of the strike"),
        ("related", "Who owns the port"),
        ("notice", "The Harbour Front is an extremist organisation banned in Calderra."),
        ("metadata", ""),
        ("metadata", "Original url: https://www.sallowtribune.example/2024/03/04/dockers"),
    ]


@pytest.mark.parametrize("line_break", ["\r\n", "\r"])
def test_other_line_breaks_give_the_same_words(line_break):
    text = PAGE.replace("\n", line_break)
    assert roles(read(text)) == roles(read(PAGE))
    assert read(text).text == text


def test_order_of_the_top_lines_is_free():
    lines = ["By Jane Doe, The Vantry Herald", "May 3, 2024", "# Rail talks collapse", "Passengers wait on Friday. *Jane Roe*"]
    body = "Rail talks collapsed on Friday after the ministry walked out, the union said."
    for order in ([0, 1, 2, 3], [2, 3, 1, 0], [1, 2, 0, 3], [2, 1, 3, 0]):
        article = read("\n\n".join([lines[i] for i in order] + [body]))
        assert (article.headline, article.outlet, article.authors) == ("Rail talks collapse", "The Vantry Herald", ("Jane Doe",))
        assert article.date == dt.date(2024, 5, 3)
        assert article.words_at(article.spans("caption")) == "Passengers wait on Friday. Jane Roe"
        assert article.body == body


def test_front_matter_between_rules():
    article = read(
        "---\n"
        'title: "Rail talks: what now"\n'
        "outlet: Open Ledger\n"
        "date: 2024-05-03T08:00:00+01:00\n"
        "url: https://openledger.example/rail\n"
        "authors:\n  - Nora Finch\n  - Jane Doe\n"
        "story: rail-talks\n"
        "section: Transport\n"
        "# a remark\n"
        "---\n\n# Rail talks: what now\n\nRail talks collapsed on Friday, three officials said.\n"
    )
    assert (article.headline, article.outlet, article.date) == ("Rail talks: what now", "Open Ledger", dt.date(2024, 5, 3))
    assert article.authors == ("Nora Finch", "Jane Doe")
    assert article.meta == {"story": "rail-talks", "section": "Transport"}
    assert [p.role for p in article.paragraphs] == ["metadata", "headline", "body"]


def test_front_matter_as_lines():
    article = read(
        "Title: Rail talks collapse\nOutlet: Open Ledger\nDate: 3 May 2024\nAuthor: AFP\nTopic: rail\n\n"
        "Note: this is the first line of the body, and it is a long one."
    )
    assert (article.headline, article.outlet, article.agency, article.authors) == ("Rail talks collapse", "Open Ledger", "AFP", ())
    assert article.meta == {"Topic": "rail"}
    assert article.paragraphs[0].role == "metadata"
    assert article.words_at(article.paragraphs[1].span).startswith("Note: this")


def test_a_rule_above_a_page_is_no_front_matter():
    article = read("---\n\nDockers went back to work on Monday, the union said.\n\nThe ministry did not answer.\n")
    assert article.body.startswith("Dockers went back")


def test_setext_headings_and_deck():
    article = read(
        "Rail talks collapse\n===================\n\nMinistry walks out\n------------------\n\n"
        "By Jane Doe | The Daily Lantern | 3 May 2024\n\n"
        "Talks collapsed on Friday after the ministry walked out.\n"
    )
    assert [p.role for p in article.paragraphs] == ["headline", "headline", "byline", "body"]
    assert (article.headline, article.outlet, article.date) == ("Rail talks collapse", "The Daily Lantern", dt.date(2024, 5, 3))


def test_plain_text_page_with_lines_at_the_top():
    article = read(
        "Rail talks collapse as ministry walks out\nBy Nora Finch, Continental Press\nSept. 22, 2021 9:20 AM GMT\n\n"
        "VANTRY (CP) -- Rail talks collapsed on Friday after the\nministry walked out.\n\n"
        "The ministry did not answer.\n\nhttps://meridian.example/rail\n"
    )
    assert [p.role for p in article.paragraphs] == ["headline", "byline", "dateline", "body", "body", "metadata"]
    assert (article.agency, article.authors, article.outlet) == ("CP", ("Nora Finch",), "Meridian International")
    assert "the ministry walked out." in article.words_at(article.spans())


def test_page_without_empty_lines():
    article = read(
        "Rail talks collapse\nBy Jane Doe\nMay 3, 2024\nRail talks collapsed on Friday, the union said.\nThe ministry did not answer.\n"
    )
    assert [p.role for p in article.paragraphs] == ["headline", "byline", "dateline", "body", "body"]


def test_footnote_stars_stay_visible():
    article = read(
        "# Rally\n\nSupporters of the Harbour Front* and the Grey Tide** met on Monday, the police said.\n\n"
        "* The Harbour Front is an extremist organisation banned in Calderra.\n\n"
        "** The Grey Tide is a terrorist organisation banned in Calderra."
    )
    assert "Front* and the Grey Tide** met" in article.plain
    assert [p.role for p in article.paragraphs] == ["headline", "body", "notice", "notice"]
    assert article.plain[article.paragraphs[2].span.start] == "*"


@pytest.mark.parametrize(
    ("paragraph", "role"),
    [
        ("Dockers wait at the gate. **Mira Lund / CP**", "caption"),
        ("Dockers wait at the gate on Monday. *Photo: Mira Lund*", "caption"),
        ("Dockers wait at the gate on Monday. (Photo by Mira Lund/Continental Press)", "caption"),
        ("Dockers wait at the gate on Monday. Mira Lund / CP", "caption"),
        ("![gate](a.jpg) Dockers wait at the gate on Monday.", "caption"),
        ("Photo: Mira Lund / CP", "credit"),
        ("Related: Harbour chief to step down", "related"),
        ("Read also: [Harbour chief to step down](#)", "related"),
        ("[Harbour chief to step down](#)", "related"),
        ("The strike hurt everybody, and above all the **Harbour Front**", "body"),
        ("The minister said he was *very* angry. He left by car.", "body"),
        ("Background: The dispute began in May, when the owners of the port cut the night shift.", "body"),
        ("Reading the report, [the minister](#) saw that it was late.", "body"),
        ("By Tuesday the strike had spread to the mines.", "body"),
        ("Related companies also closed, the union said.", "body"),
        ("1. The owners must pay.", "body"),
    ],
)
def test_roles_of_single_paragraphs(paragraph, role):
    top = "# Headline here\n\nMarch 4, 2024\n\nThe strike began on Monday at noon, the union said."
    article = read(f"{top}\n\n{paragraph}\n\nThe last paragraph of this report ends here.")
    assert article.paragraphs[3].role == role, roles(article)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a **bold** word", "a bold word"),
        ("an *italic* and _other_ word", "an italic and other word"),
        ("***both*** here", "both here"),
        ("[words](http://x.example/a_(b)_c) end", "words end"),
        ('[words](http://x.example "title") end', "words end"),
        ("![alt *x*](u) end", "alt x end"),
        ("[![alt](u)](v) end", "alt end"),
        ("<https://x.example/a_b_c>", "https://x.example/a_b_c"),
        ("snake_case_name stays", "snake_case_name stays"),
        ("2 * 3 * 4 stays", "2 * 3 * 4 stays"),
        ("Front* said. Tide* said.", "Front* said. Tide* said."),
        ("*Front said nothing.", "*Front said nothing."),
        ("``We won,'' he said", "``We won,'' he said"),
        ("a <em>b</em> c &amp; d", "a b c & d"),
        ("a < b and c > d", "a < b and c > d"),
        (r"a\* b", "a * b"),
        ("[sic] and [the port]", "[sic] and [the port]"),
    ],
)
def test_markup(text, words):
    plain = blank(text, find_markup(text, [Span(0, len(text))]).marks)
    assert len(plain) == len(text)
    assert plain.split() == words.split()


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("The union wants to talk with\n\nthe new owners of the port.", 1),
        ('"The union wants to talk,\n\nand it will," he said.', 1),
        ("The union wants to talk.\n\nthe new owners do not.", 2),
        ("The union wants to talk\n\nThe owners do not.", 2),
        ("What we know\n\ntoggle caption Mira Lund", 2),
        ("Next page\n\nthe new owners of the port.", 2),
    ],
)
def test_broken_paragraphs(text, n):
    assert len(join_broken(text, paragraph_spans(text))) == n


marks = st.text(alphabet=st.sampled_from(list('ab .,*_[]()!<>#-=`~\\&\n\r:/1"“\u2028')), max_size=300)


@settings(max_examples=300)
@given(st.one_of(marks, st.text(max_size=200)))
def test_any_page_keeps_its_text_and_covers_its_words(text):
    article, _ = read_page(text, where="page.md", article_id="page")
    if article is None:
        return
    assert article.text == text
    assert len(article.plain) == len(text)
    at = 0
    for paragraph in article.paragraphs:
        assert at <= paragraph.span.start <= paragraph.span.end <= len(text)
        assert not text[at : paragraph.span.start].strip(), "words between paragraphs"
        at = paragraph.span.end
    assert not text[at:].strip()


@given(marks)
def test_blocks_cover_the_text_in_order(text):
    at = 0
    for block in split_blocks(text):
        assert not text[at : block.span.start].strip()
        assert block.span.of(text).strip() == block.span.of(text)
        at = block.span.end
    assert not text[at:].strip()


@pytest.mark.parametrize(
    "piece", ["*", "* ", "a*", "*a ", "[", "[a](", "![", "<", "<a ", "<!--", "_a", "> ", "&", "\\", '"', "By ", "Title: ", "A "]
)
def test_hostile_pages_take_linear_time(piece):
    text = piece * (100_000 // len(piece))
    article, problems = read_page(text, where="page.md", article_id="page")
    assert (article is None) == (not any(c.isalnum() for c in piece))
    assert problems


TOP = "# Cranes stand still\n\nBy Mira Sand\n\nMay 4, 2026\n\n"
REST = "\n\nDockers left the quay at noon, the port said.\n\nThe cranes moved again by four in the afternoon."


@pytest.mark.parametrize(
    "caption",
    [
        "Cranes at the quay on Monday. **Interior Ministry of Calderra**",
        "Cranes at the quay on Monday. *Federation press service*",
        "Lew Garrity, who looked for work. **Garrity family**",
        "Cranes at the quay on Monday. **The Quay Review**",
        "Cranes at the quay on Monday. **Meridian**",
    ],
)
@pytest.mark.parametrize("notice", ["", "*This page was made by a foreign agent, the Quay Review.*\n\n"])
def test_a_picture_credit_that_names_an_institution(caption, notice):
    article = read(TOP + notice + caption + REST)
    assert article.words_at(article.spans("caption")) == " ".join(caption.replace("*", "").split())
    assert len(article.spans()) == 2
    assert len(article.spans("notice")) == bool(notice)


@pytest.mark.parametrize(
    "paragraph",
    [
        "Dockers were tired. Nobody sang *The Song of the Cranes*",
        "Dockers were tired. **Nobody sang. Nobody cheered.**",
        "Dockers were tired of waiting for **the Interior Ministry**",
        "**Vantry** - Dockers were tired of waiting.",
    ],
)
def test_emphasis_that_is_no_credit(paragraph):
    article = read(TOP + paragraph + REST)
    assert not article.spans("caption")
    assert len(article.spans()) == 3


def test_a_credit_stands_above_the_report_only():
    article = read(TOP + "Dockers left the quay at noon.\n\nThen it was quiet. **Nothing moved**" + REST)
    assert not article.spans("caption")
    assert len(article.spans()) == 4


def test_the_stars_of_footnotes_are_no_emphasis():
    notes = "\n\n*\\* A group banned in Calderra.*\n\n*\\*\\* A party banned in Calderra.*"
    article = read(TOP + "The Grey Tide* met the Harbour Front** there." + notes)
    assert "Tide* met the Harbour Front** there" in article.plain
    one, two = (span.of(article.plain).split() for span in article.spans("notice"))
    assert one == ["*", "A", "group", "banned", "in", "Calderra."]
    assert two == ["*", "*", "A", "party", "banned", "in", "Calderra."]


def test_a_date_line_that_could_be_read_two_ways_is_told(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Port shut\n\nBy Dara Finch\n\n3/4/24\n\nShips wait outside the harbour.\n", encoding="utf-8")
    problems: list[Problem] = []
    article = read_article(page, outlet="Herald", problems=problems)
    assert article.date == dt.date(2024, 3, 4)
    assert [p.reason for p in problems] == [
        "the date '3/4/24' could have the day or the month first; it is read with the month first, as 2024-03-04"
    ]


@pytest.mark.parametrize(
    "text, words",
    [
        ("***Correction:** The port is open.*", "Correction: The port is open."),
        ("***Correction:* The port** is open.", "Correction: The port is open."),
        ("***The port*** is open.", "The port is open."),
        ("The port*** is open.**", "The port*** is open.**"),
    ],
)
def test_emphasis_in_emphasis(text: str, words: str) -> None:
    marks = find_markup(text, [Span(0, len(text))]).marks
    assert " ".join(blank(text, marks).split()) == words
