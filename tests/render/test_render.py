from __future__ import annotations

import datetime as dt
import re
from io import StringIO
from itertools import pairwise, product
from typing import Any

import pytest
from found_data import html_of, text_of
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html
from parsed_page import ParsedPage as Page
from rich.console import Console

from framing.article import Article, Paragraph
from framing.english import sentences
from framing.measuring.attribution import Attribution
from framing.measuring.names import Name
from framing.measuring.notices import Notice
from framing.measuring.page import as_page
from framing.measuring.tone import LoadedWord, TargetTone, Tone, ToneWord
from framing.render import article_css
from framing.render.layers import layers_of
from framing.render.page import HUES, LINES
from framing.render.sources import about
from framing.text import Span, even, how_many
from framing.text.escaping import safe_link, visible

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


def parsed(page: str) -> lxml_html.HtmlElement:
    return lxml_html.fromstring(f"<div>{page}</div>")


def marks(page: str) -> list[tuple[str, str, str]]:
    """Every mark in the text: element, class, words."""
    return [(e.tag, e.get("class"), e.text_content()) for e in parsed(page).xpath("//p[@dir]//*[@class]") if e.get("class") != "fr-role"]


LOADED = LoadedWord(*at("stays", 20), 0.8)
TARGET = TargetTone(
    at("Harbour Front"), at("The Harbour Front did not comment."), "negative", {"negative": 0.7, "neutral": 0.2, "positive": 0.1}
)
NAME = Name(TARGET.span, "Harbour Front", "organisation")
ALL = {"notices": [LABEL], "attributions": [QUOTE], "loaded": [LOADED], "names": [NAME], "targets": [TARGET]}


def test_layers_carry_element_class_title_and_number() -> None:
    page = html_of(ARTICLE, **ALL)
    assert not Page(page).inside, "elements left open"
    assert marks(page) == [
        ("mark", "fr-content fr-h0 fr-l0", "1“The port stays shut,”"),
        ("u", "fr-loaded", "stays"),
        ("em", "fr-cue", "said"),
        ("cite", "fr-source fr-h0 fr-l0", "1Nadia Orlo, the mayor"),
        ("b", "fr-mention", "Harbour Front▼"),
        ("span", "fr-target fr-negative", "Harbour Front▼"),
        ("small", "fr-notice", "The Harbour Front is an extremist organisation banned in Calderra."),
    ]
    titles = {e.get("class").split()[0]: e.get("title") for e in parsed(page).xpath("//p[@dir]//*[@title]")}
    assert titles["fr-source"] == "Nadia Orlo (official), direct"
    assert titles["fr-content"] == "Nadia Orlo"
    assert titles["fr-target"] == "Harbour Front: negative −0.60"
    assert titles["fr-notice"] == "notice: legal label, extremist, Harbour Front, Calderra, required by Calderra"
    link = parsed(page).xpath("//p[@class='fr-about']/a")[0]
    assert dict(link.attrib) == {"href": ARTICLE.url, "rel": "noreferrer noopener nofollow"}


def test_what_colour_and_title_tell_is_also_written() -> None:
    page = parsed(html_of(ARTICLE, tone={"body": Tone(-0.25, 0.5, 4)}, tone_words=[ToneWord(at("shut"), ("shut",), -0.2, 0.1)], **ALL))
    summary = " ".join(page.xpath("//p[@class='fr-sum']")[0].text_content().split())
    assert summary == "Cited: Nadia Orlo (official) 1×. Tone from −1 to +1: body −0.25. Loaded words: 1. Notices: legal label."
    lists = {e[0].text: " ".join(e[1].text_content().split()) for e in page.xpath("//details[@class='fr-found']")}
    assert lists == {
        "1 attribution": "Nadia Orlo, official, direct: “The port stays shut,”",
        "Tone toward 1 name": "Harbour Front −0.60: ▼ negative",
        "1 loaded word": "stays 0.80",
        "1 tone word": "shut −0.20",
        "1 notice": f"legal label, extremist, Harbour Front, Calderra, required by Calderra: {FOOTNOTE.of(TEXT)}",
    }


def test_each_layer_has_a_box_that_the_style_sheet_knows() -> None:
    page = parsed(html_of(ARTICLE, tone_words=[ToneWord(at("shut"), ("shut",), -0.2, 0.1)], **ALL))
    boxes = page.xpath("//fieldset[@class='fr-key']/label/input[@type='checkbox']")
    names = [box.get("class").removeprefix("fr-see fr-see-") for box in boxes]
    assert names == [*layers_of(), "other"]
    assert [name for name, box in zip(names, boxes, strict=True) if "checked" not in box.attrib] == ["tone"]
    for name, box in zip(names, boxes, strict=True):
        assert "hidden" in box.attrib, "without the style sheet a box could switch nothing"
        assert box.getparent().text_content().strip()
        assert f".framing-article:has(.fr-see-{name}:not(:checked)) .fr-{name}" in article_css()
    assert page.xpath("//fieldset/legend")[0].text == "Layers"
    assert not parsed(html_of(Article("a", "Ships waited."))).xpath("//fieldset")


def test_nothing_on_a_page_has_an_id_without_an_anchor() -> None:
    assert not parsed(html_of(ARTICLE, **ALL)).xpath("//@id | //@for | //@name")


def test_what_a_sanitiser_leaves_is_readable() -> None:
    """JupyterLab takes style sheets and ARIA from output it does not trust, and keeps classes, ``hidden`` and these elements."""
    page = parsed(html_of(ARTICLE, **ALL))
    kept = {"article", "p", "strong", "a", "b", "fieldset", "legend", "label", "input", "cite", "em", "mark", "u", "span", "small", "sup"}
    kept |= {"details", "summary", "ol", "ul", "li", "div"}
    assert {e.tag for e in page.iter()} - {"style"} <= kept


def test_speakers_differ_by_colour_or_line_and_keep_theirs() -> None:
    several = HUES * LINES
    many = [Attribution((), (), (Span(i, i + 1),), "indirect", f"Speaker {i}") for i in range(several)]
    assert len({classes for _, classes, _ in marks(html_of(Article("a", "x" * several), attributions=many))}) == several
    text = "Roe said a. Poe said b. Roe said c. They said d."
    spans = [(Span(i, i + 3), Span(i + 9, i + 10)) for i in (0, 12, 24)]
    found = [
        Attribution((who,), (), (what,), "indirect", name)
        for (who, what), name in zip(spans, ("Jan Roe", "Ida Poe", "Jan Roe"), strict=True)
    ]
    found.append(Attribution((), (), (Span(len(text) - 2, len(text) - 1),), "indirect"))
    contents = [classes for tag, classes, _ in marks(html_of(Article("a", text), attributions=found)) if tag == "mark"]
    assert contents == ["fr-content fr-h0 fr-l0", "fr-content fr-h1 fr-l1", "fr-content fr-h0 fr-l0", "fr-content"]


def test_sentences_have_ids_in_text_order_and_lists_lead_to_them() -> None:
    page = parsed(html_of(ARTICLE, anchor="port", **ALL))
    found = {e.get("id"): e for e in page.xpath("//*[@id]")}
    body = [s.of(TEXT) for span in ARTICLE.spans() for s in sentences(TEXT, span)]
    assert list(found) == [f"port-s{n}" for n in range(1, len(body) + 1)]
    for element, words in zip(found.values(), body, strict=True):
        for sup in element.xpath(".//sup"):
            sup.text = ""
        assert element.text_content() == words
    links = [a.get("href") for a in page.xpath("//details//a")]
    assert links == ["#port-s1", "#port-s2", "#port-s1"]
    assert {link.removeprefix("#") for link in links} <= set(found)


def test_marks_over_several_sentences_are_reopened_in_each() -> None:
    article = Article("a", "One came. Two left. Three stayed.")
    found = [Attribution((), (), (Span(4, 24),), "indirect")]
    page = html_of(article, attributions=found, anchor="a")
    assert not Page(page).inside
    assert [words for _, classes, words in marks(page) if classes == "fr-content"] == ["1came.", " ", "Two left.", " ", "Thre"]


def test_headline_stands_on_top() -> None:
    elements = [e.get("class") or "" for e in parsed(html_of(ARTICLE, **ALL)).xpath("//article/*")]
    assert elements[0] == "fr-title"
    whole = lxml_html.document_fromstring(html_of(ARTICLE, standalone=True))
    assert [e.text_content() for e in whole.xpath("//main//h1")] == ["Port stays shut"]


def luminance(colour: str) -> float:
    colour = colour if len(colour) == 6 else "".join(2 * digit for digit in colour)
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def themes() -> list[dict[str, str]]:
    blocks = re.findall(r"\{([^{}]*--fr-ink:[^{}]*)\}", article_css())
    return [dict(re.findall(r"--fr-(\w+): (?:var\(--jp-layout-color0,)?#([0-9a-f]+)", block)) for block in blocks]


def test_both_dark_themes_are_one() -> None:
    light, by_system, by_jupyter = themes()
    assert by_system == by_jupyter
    assert light.keys() == by_system.keys()


@pytest.mark.parametrize("theme", themes()[:2], ids=["light", "dark"])
def test_contrast_is_that_of_wcag_aa(theme: dict[str, str]) -> None:
    grounds = [theme["page"], theme["here"], *(theme[f"t{n}"] for n in range(HUES + 1))]
    texts = ["ink", "soft", "bad", "good", *(f"h{n}" for n in range(HUES + 1))]
    low = {(text, ground): round(ratio, 2) for text, ground in product(texts, grounds) if (ratio := contrast(theme[text], ground)) < 4.5}
    assert not low


@pytest.mark.parametrize("article", [ARTICLE, Article("a", "Ships waited.", headline="Port stays shut")])
def test_headline_is_shown_once(article: Article) -> None:
    assert parsed(html_of(article, style=False)).text_content().count("Port stays shut") == 1


def test_front_matter_and_the_own_address_are_not_repeated() -> None:
    page = Page(html_of(paged(("---\nstory: port\n---", "metadata"), ("Ships waited.", "body"), (ADDRESS, "metadata"))))
    assert "story: port" not in page.text
    assert page.text.count(ADDRESS) == 1


def test_markup_is_not_shown_and_words_outside_paragraphs_are() -> None:
    article = Article("a", "Ships **waited** outside. Left over.", paragraphs=(Paragraph(Span(0, 25)),), markup=(Span(6, 8), Span(14, 16)))
    page = Page(html_of(article))
    assert "**" not in page.text
    assert "Left over." in page.text


def test_overlapping_spans_nest() -> None:
    article = Article("a", "one two three four")
    first = Attribution((), (), (Span(0, 13),), "indirect")
    second = Attribution((Span(8, 18),), (), (Span(4, 7),), "indirect", "X", "expert")
    page = html_of(article, attributions=[first, second], style=False)
    text = page[page.index('<p dir="auto">') : page.index("<details")].strip()
    source = '<cite class="fr-source fr-h1 fr-l1" title="X (expert), indirect">'
    assert text == (
        '<p dir="auto"><mark class="fr-content" title="speaker not named"><sup>1</sup>one '
        '<mark class="fr-content fr-h1 fr-l1" title="X"><sup>2</sup>two</mark> '
        f"{source}<sup>2</sup>three</cite></mark>{source} four</cite></p>"
    )


def test_tone_words_carry_their_sign() -> None:
    page = html_of(Article("a", "A terrible night"), tone_words=[ToneWord(Span(2, 10), ("terrible",), -1.0, 1.0)])
    (word,) = parsed(page).xpath("//p//u")
    assert dict(word.attrib) == {"class": "fr-tone", "title": "polarity −1.00, subjectivity 1.00"}
    assert word.text_content() == "terrible−"


HOSTILE = (
    "</style><script>alert(1)</script><img src=x onerror=alert(1)>]]>--><!--\u202egnp.exe\x1b[31m\x00\ud800 \"'><svg onload=x>"
    "</textarea><a href='javascript:alert(1)'>x</a><input type=checkbox hidden>"
)
ALLOWED = {
    *("html", "head", "meta", "title", "style", "body", "main", "article", "h1", "p", "strong", "span", "sup"),
    *("cite", "em", "mark", "small", "b", "u", "details", "summary", "ol", "ul", "li", "fieldset", "legend", "label", "input"),
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
    found = {"loaded": [LoadedWord(8, 15, 0.9)], "names": [Name(Span(2, 9), HOSTILE, "group")]}
    found["targets"] = [TargetTone(Span(2, 9), Span(0, 20), "positive", TARGET.probabilities)]
    html = html_of(article, attributions=[attribution], notices=[notice], standalone=standalone, **found)
    page = Page(html)
    assert {tag for tag, _ in page.elements} <= ALLOWED
    assert {name for _, attributes in page.elements for name in attributes} <= {
        "class", "title", "dir", "lang", "aria-label", "charset", "http-equiv", "content", "name", "type", "checked", "hidden",
    }  # fmt: skip
    assert "a" not in {tag for tag, _ in page.elements}
    assert not set("\u202e\x1b\x00\ud800") & set(html)
    assert "⟨RLO⟩" in page.text
    assert "␛[31m" in page.text
    html.encode("utf-8")


WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n\t"), max_size=60)


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6)


@given(WORDS, SPANS, st.sampled_from([None, "a"]))
def test_every_word_is_shown_once_whatever_the_spans(text: str, pairs: list[tuple[int, int]], anchor: str | None) -> None:
    spans = [Span(min(pair), max(pair)) for pair in pairs]
    found = [Attribution((span,), (span,), (span,), "mixed") for span in spans]
    page = html_of(Article("a", text), attributions=found, loaded=[LoadedWord(*s, 0.7) for s in spans], anchor=anchor, style=False)
    assert not Page(page).inside
    body = re.sub(r"<sup>\d+</sup>", "", page[page.find("<p dir") : page.index("<details")] if found else page[page.find("<p dir") :])
    shown = Page(body.removesuffix("</article>")).text if "<p dir" in page else ""
    assert "".join(shown.split()) == "".join(visible(even(text)).split())


@given(st.text(st.sampled_from("<>&\"'/ab\x00\u202e\x1b="), max_size=80))
def test_whatever_the_text_only_our_elements_come_out(text: str) -> None:
    span = Span(0, len(text))
    found = [Attribution((span,), (), (span,), "mixed", text)]
    page = Page(html_of(Article(text, text, headline=text, outlet=text), attributions=found, anchor="a"))
    assert not page.inside
    assert {tag for tag, _ in page.elements} <= ALLOWED | {"a"}
    assert {attributes["href"] for tag, attributes in page.elements if tag == "a"} <= {"#a-s1", *(f"#a-s{n}" for n in range(80))}


def test_output_is_linear_in_hostile_text() -> None:
    sizes = [len(html_of(Article("a", "<b>" * n + "</b>" * n), style=False, anchor="a")) for n in (5_000, 10_000)]
    assert sizes[1] < 2.05 * sizes[0]


def test_many_nested_spans_stay_small() -> None:
    text = "word " * 2000
    found = [Attribution((), (), (Span(i, len(text) - i),), "indirect") for i in range(2000)]
    assert len(html_of(Article("a", text), attributions=found)) < 4_000_000


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
    Console(file=out, width=100, force_terminal=False).print(text_of(article, **found))  # type: ignore[arg-type]
    return out.getvalue()


def test_terminal() -> None:
    tone = {"body": Tone(-0.25, 0.5, 4), "quoted": Tone(float("nan"), float("nan"), 0)}
    shown = printed(ARTICLE, notices=[LABEL], attributions=[QUOTE], tone=tone)
    assert shown.splitlines()[0].rstrip() == "Port stays shut"
    assert "[1]“The port stays shut,” said [1]Nadia Orlo, the mayor." in shown
    assert "╭─ legal label: extremist ─" in shown
    assert " legal label, extremist, Harbour Front, Calderra, required by Calderra" in shown
    assert "Sources (1 attribution)" in shown
    assert " [1]  Nadia Orlo  official, direct" in shown
    assert " body    −0.25  0.50  4" in shown
    assert " quoted      –     –  0" in shown
    assert shown.count("The Harbour Front is an extremist") == 1


TOLD = (
    "Deal near, aides say\n\n"
    "Nadia Orlo, who ran the docks for years, said cranes stood idle. A spokeswoman for the port claimed that it was shut. "
    "Two aides, unnamed because the talks are private, said a deal was near. Residents doubted this. "
    "A study by the Harbour Fund found delays. Tessmark Shipping would not comment. Renk hung up."
)
_END = TOLD.index("\n\n")
TOLD_ARTICLE = Article(
    "a", TOLD, headline=TOLD[:_END], paragraphs=(Paragraph(Span(0, _END), "headline"), Paragraph(Span(_END + 2, len(TOLD)), "body"))
)


def told(source: str, cue: str, content: str, **other: Any) -> Attribution:
    def spans(words: str) -> tuple[Span, ...]:
        start = TOLD.index(words)
        return (Span(start, start + len(words)),)

    where = {name: spans(other.pop(name))[0] for name in ("qualification", "anonymity_reason") if name in other}
    return Attribution(spans(source), spans(cue), spans(content), "indirect", **other, **where)


SOURCES = (
    told("aides", "say", "Deal near", source_type="official", naming="unnamed_group", headline=True),
    told("Nadia Orlo, who ran the docks for years", "said", "cranes stood idle", speaker="Nadia Orlo", source_type="official",
         naming="named_person", title="harbour master", qualification="who ran the docks for years"),
    told("A spokeswoman for the port", "claimed", "that it was shut", source_type="business", naming="unnamed_person", stance="doubting",
         speaks_for="Sallow Port Authority", qualification="for the port"),
    told("Two aides", "said", "a deal was near", source_type="official", naming="anonymous",
         anonymity_reason="because the talks are private"),
    told("Residents", "doubted", "this", source_type="citizen", naming="unnamed_group"),
    told("A study by the Harbour Fund", "found", "delays", speaker="Delays in Ports", source_type="document", naming="document",
         speaks_for="Harbour Fund"),
    told("Tessmark Shipping", "would not comment", "comment", speaker="Tessmark Shipping", source_type="business",
         naming="named_organisation", refusal=True),
    told("Renk", "hung up", "hung up", speaker="Tobias Renk", naming="named_person", refusal=True),
)  # fmt: skip
ABOUT = (
    "official, no name given, indirect, in the headline (not counted)",
    "harbour master, official, introduced as “who ran the docks for years”, indirect",
    "business, for Sallow Port Authority, no name given, indirect, doubting",
    "official, name kept back, reason given: “because the talks are private”, indirect",
    "citizen, no name given, indirect",
    "document, by Harbour Fund, indirect",
    "business, no answer (not counted)",
    "kind unknown, no answer (not counted)",
)
NOT_COUNTED = "5 attributions; not counted: 2 refusals, 1 in the headline"


def test_terminal_tells_who_sources_are_and_whether_they_are_named() -> None:
    out = StringIO()
    Console(file=out, width=160, force_terminal=False).print(text_of(TOLD_ARTICLE, attributions=SOURCES))
    lines = [" ".join(line.split()) for line in out.getvalue().splitlines()]
    assert f"Sources ({NOT_COUNTED})" in lines
    named = [one.speaker or TOLD_ARTICLE.words_at(one.source) for one in SOURCES]
    assert [line for line in lines if re.match(r"\[\d\] ", line)] == [
        f"[{number}] {name} {about}" for number, (name, about) in enumerate(zip(named, ABOUT, strict=True), 1)
    ]


def test_page_tells_who_sources_are_and_puts_apart_what_does_not_count() -> None:
    page = html_of(TOLD_ARTICLE, attributions=SOURCES)
    shown = " ".join(lxml_html.fromstring(page).text_content().split())
    assert NOT_COUNTED in shown
    for words in ABOUT:
        assert f", {words}: " in shown
    cited = shown[shown.index("Cited:") : shown.index("Layers")].strip()
    assert cited == (
        "Cited: Nadia Orlo (official) 1×, A spokeswoman for the port (business, no name given) 1×, "
        "Two aides (official, name kept back) 1×, Residents (citizen, no name given) 1×, "
        "Delays in Ports (document) 1×. No answer from: Tessmark Shipping, Tobias Renk."
    )


def test_an_article_in_which_nobody_answers() -> None:
    shown = " ".join(lxml_html.fromstring(html_of(TOLD_ARTICLE, attributions=SOURCES[-2:])).text_content().split())
    assert "Cited: nobody. No answer from: Tessmark Shipping, Tobias Renk." in shown
    assert "0 attributions; not counted: 2 refusals" in shown


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"title": "harbour master"}, "harbour master, official, indirect"),
        ({"title": "Residents"}, "official, indirect"),  # the name tells it
        ({"speaks_for": "residents"}, "official, indirect"),
        (
            {"title": "dock worker", "qualification": "who ran the docks"},
            "dock worker, official, introduced as “who ran the docks”, indirect",
        ),
        ({"title": "docks", "qualification": "ran the docks"}, "docks, official, indirect"),
        ({"naming": "named_person"}, "official, indirect"),
        ({"naming": "unnamed_person"}, "official, no name given, indirect"),
        ({"naming": "anonymous", "stance": "emotive"}, "official, name kept back, indirect, emotive"),
        ({"refusal": True, "headline": True}, "official, no answer (not counted), in the headline"),
        ({"title": "mayor\n\u202eof <b>"}, "mayor ⟨RLO⟩of <b>, official, indirect"),
        ({"title": "x" * 500}, "x" * 119 + "…, official, indirect"),
    ],
)
def test_what_is_told_of_one_source(changes: dict[str, Any], expected: str) -> None:
    found = told("Residents", "doubted", "this", source_type="official", **changes)
    assert about(as_page(TOLD_ARTICLE), found) == expected


@pytest.mark.parametrize("width", [60, 80, 120])
def test_terminal_tells_every_layer_without_colour(width: int) -> None:
    out = StringIO()
    Console(file=out, width=width, force_terminal=False).print(text_of(ARTICLE, **ALL))
    lines = [line.rstrip() for line in out.getvalue().splitlines()]
    assert max(map(len, lines)) <= width
    shown = " ".join(" ".join(lines).split())
    assert "Signs: [1] who says what · *loaded word* · ▲ ▼ tone toward a name" in shown
    assert "[1]“The port *stays* shut,” said [1]Nadia Orlo, the mayor." in shown
    assert "The Harbour Front▼ did not comment." in shown
    assert "Harbour Front −0.60 1 ▼" in shown
    assert "Loaded words (0.5 to 1) stays 0.80" in shown


def test_terminal_has_no_signs_to_explain_where_nothing_was_found() -> None:
    assert "Signs:" not in printed(Article("a", "Ships waited."))


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
    Console(file=out, width=30, force_terminal=False).print(text_of(ARTICLE))
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
