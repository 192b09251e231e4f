"""What pages say of themselves: YAML, YAML that is broken, and YAML that means harm."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.errors import Problem
from framing.readers.frontmatter import read_front_matter
from framing.readers.markdown import read_page

DOUBT = (
    "the front matter is not plain YAML ({}); it is read line by line, without what is nested or folded in it; a value with ': ' inside, or"
    " with a sign like * or @ in front, wants quotes"
)


def fenced(*lines: str) -> str:
    return "\n".join(["---", *lines, "---", "", "Dockers went back to work on Monday, the union said.", ""])


@pytest.mark.parametrize(
    "lines, known, other",
    [
        (["authors:", "  - name: Jane Doe", "  - name: Ann Lee"], {"authors": "Jane Doe; Ann Lee"}, {}),
        (["author:", "  name: Jane Doe"], {"authors": "Jane Doe"}, {}),
        (["authors: [Jane Doe, {name: Ann Lee}]"], {"authors": "Jane Doe; Ann Lee"}, {}),
        (
            ["authors:", "- name: Jane Doe", "  email: j@x.example"],
            {"authors": "Jane Doe"},
            {"authors": '[{"name": "Jane Doe", "email": "j@x.example"}]'},
        ),
        (["author:", "  first: Jane", "  last: Doe"], {}, {"author": '{"first": "Jane", "last": "Doe"}'}),
        (["source:", "  name: Open Ledger", "  place: Vantry"], {"outlet": "Open Ledger"}, {"source.place": "Vantry"}),
        (["publisher: {name: Open Ledger}"], {"outlet": "Open Ledger"}, {}),
        (["a: {b: {c: {d: x}}}"], {}, {"a.b.c": '{"d": "x"}'}),
        (
            ["title: >", "  Rail talks", "  collapse", "deck: |", "  One.", "  Two."],
            {"headline": "Rail talks collapse"},
            {"deck": "One.\nTwo."},
        ),
        (["title: |", "  Rail talks", "  collapse"], {"headline": "Rail talks collapse"}, {}),
        (["title:", "  Rail talks", "  collapse"], {"headline": "Rail talks collapse"}, {}),
        (["title: 'It''s over'", 'deck: "\\"Over\\", he said"'], {"headline": "It's over"}, {"deck": '"Over", he said'}),
        (["deck: over # a remark"], {}, {"deck": "over"}),
        (["title: Pier #2 burns", "tag: #MeToo"], {"headline": "Pier #2 burns"}, {"tag": "#MeToo"}),
        (["tags: [rail, port]", "places:", "- Vantry", "- Port Sallow"], {}, {"tags": "rail; port", "places": "Vantry; Port Sallow"}),
        (["tag: rail", "tag: port"], {}, {"tag": "rail; port"}),
        (["agency: null", "url: ~", "title: None", "deck:"], {}, {}),
        (["url: <https://openledger.example/rail>"], {"url": "https://openledger.example/rail"}, {}),
        (
            ["date: 2024-03-04", "at: 12:30", "paid: no", "n: 1.0", "octal: 010"],
            {"date": "2024-03-04"},
            {"at": "12:30", "paid": "no", "n": "1.0", "octal": "010"},
        ),
        (["# only a remark"], {}, {}),
    ],
)
def test_values_are_the_words_that_stand_there(lines: list[str], known: dict[str, str], other: dict[str, str]) -> None:
    found = read_front_matter(fenced(*lines))
    assert found.doubt is None
    assert (found.known, found.other) == (known, other)


def test_nested_authors_reach_the_article() -> None:
    page = fenced("title: >-", "  Rail talks", "  collapse", "authors:", "  - name: Jane Doe", "  - name: AFP", "date: 4 March 2024")
    article, problems = read_page(page, where="page.md", article_id="page", outlet="Open Ledger")
    assert article is not None
    assert (article.headline, article.authors, article.agency, article.date) == (
        "Rail talks collapse",
        ("Jane Doe",),
        "AFP",
        dt.date(2024, 3, 4),
    )
    assert problems == []
    assert article.text == page


@pytest.mark.parametrize(
    "lines, line, reason, headline",
    [
        (["title: Rail talks: now", "author: Jane Doe"], 2, "mapping values are not allowed here", "Rail talks: now"),
        (["author: Jane Doe", "title: *Now* news"], 3, "expected alphabetic or numeric character, but found '*'", "*Now* news"),
        (["author: Jane Doe", "title: *Breaking"], 3, "anchors (&), aliases (*) and tags (!) are not read", "*Breaking"),
        (["author: Jane Doe", "title: !Kung return"], 3, "anchors (&), aliases (*) and tags (!) are not read", "!Kung return"),
        (["author: Jane Doe", "title: @desk"], 3, "found character '@' that cannot start any token", "@desk"),
        (["author: Jane Doe", "title: bell\x07"], 3, "unacceptable character #x0007: special characters are not allowed", "bell\x07"),
        (["author: Jane Doe", "tags: " + "[" * 20], 3, "nested deeper than 10", None),
        (["author: Jane Doe", "tags: " + "x" * 50_000], 2, "more than 50,000 characters", None),
    ],
)
def test_what_is_no_yaml_is_read_by_lines_and_told(lines: list[str], line: int, reason: str, headline: str | None) -> None:
    article, problems = read_page(fenced(*lines, "date: 2024-03-04"), where="page.md", article_id="page", outlet="Open Ledger")
    assert problems == [Problem("page.md", DOUBT.format(reason), line=line, article_id="page", lost=False)]
    assert article is not None
    assert (article.headline, article.authors, article.date) == (headline, ("Jane Doe",), dt.date(2024, 3, 4))
    assert article.body == "Dockers went back to work on Monday, the union said."


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_line_of_a_problem_in_any_file(end: str) -> None:
    found = read_front_matter(("\n\n" + fenced("author: Jane Doe", "title: Rail: now")).replace("\n", end))
    assert (found.line, found.known) == (5, {"authors": "Jane Doe", "headline": "Rail: now"})


def test_front_matter_without_an_end_is_told() -> None:
    page = "---\ntitle: Rail talks\n\nDockers went back to work on Monday, the union said.\n"
    article, problems = read_page(page, where="page.md", article_id="page", outlet="Open Ledger")
    reason = "front matter begins here and no line '---' among the next 1,000 ends it; it is not read"
    assert problems[0] == Problem("page.md", reason, line=1, article_id="page", lost=False)
    assert article is not None
    assert article.body.endswith("the union said.")
    assert read_front_matter("---\nUpdate: the port is open.\n\nDockers went back.\n").doubt is None


def test_a_rule_inside_folded_text_is_no_end() -> None:
    found = read_front_matter(fenced("deck: |", "  One.", "  ---", "  Two.", "title: Rail talks"))
    assert (found.known, found.other) == ({"headline": "Rail talks"}, {"deck": "One.\n---\nTwo."})


HARM = {
    "a billion laughs": ["a: &a [ha, ha]", *(f"{y}: &{y} [*{x}, *{x}, *{x}]" for x, y in zip("abcdefgh", "bcdefghi", strict=True))],
    "itself": ["a: &a", "  - *a"],
    "deep lists": ["a: " + "[" * 40_000],
    "deep mappings": ["a: " + "{a: " * 10_000],
    "deep dashes": ["a:", "- " * 20_000],
    "many keys": [f"k{n}: v" for n in range(990)],
    "a long list": ["a: [" + "b, " * 9_000 + "b]"],
    "many signs": ["a: b" + " #" * 20_000],
    "a huge line": ["a: " + "b" * 5_000_000],
    "many lines": ["a: b"] * 200_000,
    "objects": ["a: !!python/object/apply:os.system [ls]"],
}


@pytest.mark.parametrize("name", HARM)
def test_harm_is_bounded(name: str) -> None:
    page = fenced("title: Rail talks", *HARM[name])
    began = time.process_time()
    found = read_front_matter(page)
    assert time.process_time() - began < 3
    assert sum(map(len, [*found.known.values(), *found.other.values()])) <= len(page)


@given(st.text("ab:-[]{}'\"#>|&*!%@~?,. \n\t\r\x07\u2028é", max_size=80))
def test_any_front_matter_gives_an_article(block: str) -> None:
    page = f"---\ntitle: x\n{block}\n---\n\nDockers went back to work on Monday.\n"
    found = read_front_matter(page)
    assert all(isinstance(value, str) for value in [*found.known.values(), *found.other.values()])
    article, _ = read_page(page, where="page.md", article_id="page")
    assert article is not None
    assert article.text == page
