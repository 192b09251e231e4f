from __future__ import annotations

import base64
import datetime as dt
import hashlib
import itertools
import json
import re
from collections import Counter
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from parsed_page import ParsedPage

from framing.article import Article, Corpus, Paragraph
from framing.compare import compare_outlets
from framing.errors import InputError, Problem
from framing.measuring import attribution, measures
from framing.measuring.attribution import Attributions
from framing.measuring.attribution.types import statements
from framing.report import draw, findings, numbers, report_path, show, summarise, trace, write_report
from framing.tables import Analysis, Tables, analyze, analyze_corpus
from framing.text import paragraph_spans
from framing.text.escaping import visible
from framing.text.templates import fill

VOICES = {
    "Republic Today": ("Karla Voss, the interior minister, said", "wonderful"),
    "The Daily Lantern": ("Bram Tolliver, a docker, said", "terrible"),
    "Open Ledger": ("Prof. Lena Horvat, an economist, said", "plain"),
}
PLACES = ("quay", "lighthouse", "tramway", "orchard", "reservoir", "museum")


def make_article(outlet: str, story: int, /, **changes: Any) -> Article:
    said, adjective = VOICES.get(outlet, VOICES["Open Ledger"])
    place = PLACES[story % len(PLACES)]
    paragraphs = [
        f"A {adjective} day at the {place}",
        f"The {place} in Port Sallow closed on Monday after a dispute over wages, and number {story} on the list was next.",
        f"“The {place} will open again,” {said}. “We have a {adjective} plan for the {place}.”",
    ]
    if outlet == "Republic Today":
        paragraphs.append("The Harbour Front is an extremist organisation banned in Calderra.")
    text = "\n\n".join(paragraphs)
    spans = paragraph_spans(text)
    roles = ["headline", "body", "body", "notice"]
    fields: dict[str, Any] = {
        "outlet": outlet,
        "headline": paragraphs[0],
        "date": dt.date(2026, 3, 1) + dt.timedelta(days=7 * story),
        "url": f"https://{outlet.lower().replace(' ', '')}.example/{story}",
        "paragraphs": tuple(Paragraph(span, role) for span, role in zip(spans, roles, strict=False)),  # type: ignore[arg-type]
        "meta": {"story": place},
    }
    return Article(**{"id": f"{outlet}-{story}", "text": text, **fields, **changes})


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    problems = [Problem("folder/empty.md", "the file is empty", lost=True), Problem("folder/x.md", "no date was found", lost=False)]
    articles = [make_article(outlet, story) for outlet in VOICES for story in range(6)]
    return Corpus(articles[:-1], problems=problems, name="harbour")  # one outlet leaves out one story


@pytest.fixture(scope="module")
def tables(corpus: Corpus) -> Tables:
    return analyze_corpus(corpus, engine="rules")


@pytest.fixture(scope="module")
def written(corpus: Corpus, tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("report") / "deep" / "report.html"
    assert write_report(corpus, path, tables=tables, n_resamples=300) == path
    return path.read_text(encoding="utf-8")


class Page(ParsedPage):
    """A report, with its script passed over and white space as it is shown."""

    SILENT = frozenset({"style", "script"})

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    def all(self, name: str, attribute: str) -> list[str]:
        return [value for element, attributes in self.elements if element == name and (value := attributes.get(attribute)) is not None]


SHOWN = {
    *("html", "head", "meta", "title", "style", "body", "header", "nav", "main", "section", "h1", "h2", "h3", "h4", "p", "div", "span"),
    *(
        "a",
        "ul",
        "ol",
        "li",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "b",
        "u",
        "em",
        "strong",
        "small",
        "cite",
        "mark",
        "code",
    ),
    *("details", "summary", "figure", "figcaption", "svg", "g", "path", "defs", "use", "text", "tspan", "desc", "pattern", "rect"),
    "clippath",
    *("article", "fieldset", "legend", "label", "input", "sup", "strong"),  # of the reader
    "script",
}


class Undrawn:
    """A report whose charts, which take most of the time, are not drawn: its summary, its page, and what would be said below the charts."""

    def __init__(self, corpus: Corpus, tables: Tables | None = None, *, engine: str = "rules", **options: Any) -> None:
        self.found: list[Analysis] = []
        made = analyze_corpus(corpus, engine=engine, each=self.found.append)  # type: ignore[arg-type]
        self.found.sort(key=lambda one: (one.article.outlet is None, one.article.outlet or "", one.article.id))
        self.tables = tables or made
        self.summary = summarise.summarise(corpus, self.tables, **{"n_resamples": 100, **options})

    @cached_property
    def page(self) -> str:
        anchors = {one.article.id: f"a{number}" for number, one in enumerate(self.found, 1)}
        return show.page(self.summary, {"measures": [], "stories": [], "words": []}, self.found, anchors=anchors, version="0")

    @property
    def text(self) -> str:
        return Page(self.page).text

    @property
    def charts(self) -> str:
        plans = [*draw._of_measures(self.summary, {}), *draw._of_articles(self.summary, self.tables.articles)]
        return "\n".join(f"{plan.title}: {plan.shows} {plan.limits}" for plan in plans)


def scripts(written: str) -> list[str]:
    """What stands between script tags, as a browser reads it: up to the first closing tag."""
    return re.findall(r"<script[^>]*>(.*?)</script", written, flags=re.DOTALL)


def data_of(written: str) -> Any:
    return json.loads(scripts(written)[0])


# --- the whole page ---


def test_page_is_whole_and_self_contained(written: str) -> None:
    page = Page(written)
    assert not page.inside, "elements left open"
    assert {name for name, _ in page.elements} <= SHOWN
    assert page.all("html", "lang") == ["en"]
    policy = next(a["content"] for name, a in page.elements if name == "meta" and a.get("http-equiv") == "Content-Security-Policy")
    digest = base64.b64encode(hashlib.sha256(scripts(written)[1].encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; script-src 'sha256-{digest}'"
    assert not [
        key for _, attributes in page.elements for key in attributes if key.startswith("on") or key in ("src", "srcset", "xlink:href")
    ]
    assert "@import" not in written
    assert set(re.findall(r"url\((.)", written)) <= {"#"}


def test_every_link_leads_somewhere(written: str) -> None:
    page = Page(written)
    ids = [attributes["id"] for _, attributes in page.elements if attributes.get("id")]
    assert len(ids) == len(set(ids)), "an id is used twice"
    hrefs = page.all("a", "href") + page.all("use", "href")
    assert {h[1:] for h in hrefs if h.startswith("#")} <= set(ids)
    assert all(h.startswith(("#", "https://", "http://")) for h in hrefs)
    labelled = [i for _, a in page.elements for i in (a.get("aria-labelledby") or "").split()]
    assert labelled
    assert set(labelled) <= set(ids)


def test_headings_are_in_order(written: str) -> None:
    levels = [int(name[1]) for name, _ in Page(written).elements if re.fullmatch(r"h\d", name)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))


def test_first_screen_says_what_was_compared(written: str, corpus: Corpus, tables: Tables) -> None:
    text = Page(written).text
    n_words = f"{int(tables.articles['n_words'].sum()):,} body words"
    assert "How the outlets of “harbour” differ" in text
    assert "17 articles from 3 outlets, 2026-03-01 to 2026-04-05, on 6 stories, all of them reported by more than one outlet." in text
    assert n_words in text
    assert "1 input that could not be read" in text
    assert "Republic Today66" in text.replace(" ", "").replace("RepublicToday", "Republic Today")


def test_problems_are_told(written: str) -> None:
    text = Page(written).text
    assert "left out folder/empty.md: the file is empty" in text
    assert "note folder/x.md: no date was found" in text


def test_every_article_is_there_and_linked(written: str, corpus: Corpus) -> None:
    page = Page(written)
    links = page.all("a", "href")
    anchors = [a["id"] for name, a in page.elements if name == "div" and a.get("class") == "target"]
    assert len(anchors) == len(corpus)
    assert {f"#{anchor}" for anchor in anchors} <= set(links)  # from the story table
    for article in corpus:
        assert article.url in links
    assert page.text.count("number 3 on the list was next") == 2 * len(VOICES)  # in its event and as an article


def test_a_story_left_out_is_a_gap(written: str) -> None:
    assert written.count(">not found<") == 1


def test_notices_lead_to_their_articles(written: str, tables: Tables) -> None:
    labels = tables.notices[tables.notices["kind"] == "legal_label"]
    assert len(labels) == 6
    assert "legal label: extremist" in Page(written).text


def test_charts_are_described_and_keep_their_text(written: str) -> None:
    page = Page(written)
    charts = [attributes for name, attributes in page.elements if name == "svg"]
    assert len(charts) >= 5
    assert [a["aria-labelledby"] for a in charts if a["role"] == "group"] == ["timeline-title timeline-description"]  # it holds links
    assert all(a["role"] in ("img", "group") and a["aria-labelledby"] for a in charts)
    assert "Republic Today (n=6)" in page.text  # a tick label, as text
    assert "#010203" not in written
    assert "#fcfdfe" not in written
    assert "currentColor" in written


def test_same_input_same_bytes_whatever_is_given(corpus: Corpus, written: str, tmp_path: Path) -> None:
    """In another order, without tables, and with other settings of matplotlib."""
    backwards = Corpus(reversed(corpus.articles), problems=corpus.problems, name=corpus.name)
    with mpl.rc_context({"font.size": 30, "axes.facecolor": "red", "svg.fonttype": "path"}):
        before = dict(mpl.rcParams)
        again = write_report(backwards, tmp_path / "report.html", n_resamples=300, engine="rules")
        assert dict(mpl.rcParams) == before, "the report changed the caller's settings"
    assert plt.get_fignums() == []
    assert again.read_text(encoding="utf-8") == written


def test_the_order_of_tables_changes_nothing(corpus: Corpus, tables: Tables) -> None:
    backwards = tables.articles.loc[[article.id for article in reversed(corpus.articles)]]
    turned = Tables(**{**{f: getattr(tables, f) for f in tables.__dataclass_fields__}, "articles": backwards})
    assert Undrawn(corpus, turned).page == Undrawn(corpus, tables).page


# --- hostile and poor input ---

HOSTILE = (
    "</style></title><script>alert(1)</script><img src=x onerror=alert(1)>]]>--><a href='javascript:alert(1)'>x</a> $x$ "
    "\u202egnp \x1b[31m \x00 \u2028 <!-- "
)
HOSTILE_OUTLET = visible(HOSTILE)


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    articles = []
    for story in range(4):
        for outlet in (HOSTILE, "Open Ledger", '" onload="x'):
            changes = {
                "id": f"{HOSTILE}{outlet}{story}",
                "text": f"{HOSTILE}\n\n“{HOSTILE}” said {HOSTILE}.\n\nCorrection: {HOSTILE}",
                "headline": HOSTILE,
                "url": f"javascript:{HOSTILE}" if outlet == HOSTILE else 'https://x.example/"><script>',
                "agency": HOSTILE,
                "authors": (HOSTILE,),
                "paragraphs": (),
                "meta": {"story": f"{HOSTILE}{story}"},
            }
            articles.append(make_article(outlet, story, **changes))
    corpus = Corpus(articles, problems=[Problem(HOSTILE, HOSTILE)], name=HOSTILE)
    path = write_report(corpus, tmp_path / "report.html", title=HOSTILE, n_resamples=100, engine="fast")
    written = path.read_text(encoding="utf-8")
    page = Page(written)
    assert not page.inside
    assert {name for name, _ in page.elements} <= SHOWN
    assert [a for name, a in page.elements if name == "script"] == [{"type": "application/json", "id": "data"}, {}]
    assert not set("<>&\u2028") & set(scripts(written)[0])
    assert HOSTILE_OUTLET in data_of(written)["outlets"]
    assert not [key for _, attributes in page.elements for key in attributes if key.startswith("on") or key == "src"]
    hrefs = page.all("a", "href") + page.all("use", "href")
    assert all(h.startswith("#") for h in hrefs)
    assert not set("\u202e\x1b\x00") & set(written)
    assert "<script>alert(1)</script>" in page.text
    assert "⟨RLO⟩" in page.text


@pytest.mark.parametrize(
    ("articles", "said"),
    [
        ([make_article("Open Ledger", 0)], "There is nothing to compare: only Open Ledger was read."),
        ([make_article("Open Ledger", 0, outlet=None)], "There is nothing to compare: no article names its outlet."),
        (
            [make_article("Open Ledger", n, outlet=None, date=None, url=None, headline=None) for n in range(3)],
            "3 articles without an outlet",
        ),
        ([make_article("Open Ledger", n, outlet=None, date=None) for n in range(3)], "3 articles, on 3 stories. Gaps: 3 articles without"),
        ([make_article("Open Ledger", n, outlet=f"Outlet {n}", date=None) for n in range(2)], "2 articles without a date"),
        ([Article("empty", "", outlet="A"), Article("blank", " \n\n ", outlet="B")], "2 articles from 2 outlets"),
    ],
)
def test_poor_corpora(articles: list[Article], said: str, tmp_path: Path) -> None:
    path = write_report(Corpus(articles), tmp_path / "report.html", n_resamples=100, engine="rules")
    text = Page(path.read_text(encoding="utf-8")).text
    assert said in text
    assert "None: every input was read." in text


def test_articles_without_outlet_stand_apart_from_an_outlet_of_that_name() -> None:
    outlets = {"a": "No outlet", "b": "Open Ledger", "c": None}
    page = Page(Undrawn(Corpus(make_article("Republic Today", 0, id=i, outlet=o) for i, o in outlets.items())).page)
    ids = [a["id"] for _, a in page.elements if a.get("id")]
    assert len(ids) == len(set(ids))
    notices = page.text[page.text.index("Notices by outlet, in articles") : page.text.index("Who reported which story")]
    assert re.search(r"Notice ?For example ?No outlet ?Open Ledger ?All others", notices)
    assert notices.strip().endswith("banned in Calderra. 1 1 1")  # one article in each column


def test_more_outlets_than_compared() -> None:
    corpus = Corpus([make_article("Open Ledger", n, id=f"x{n}", outlet=f"Outlet {n % 5}") for n in range(10)])
    page = Page(Undrawn(corpus, max_outlets=3).page)
    assert "The comparison covers the 3 outlets with the most articles (6 articles); all are listed below." in page.text
    assert "Outlet 4" in page.text
    assert "All others" in page.text


def test_wrong_arguments(corpus: Corpus, tables: Tables, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=re.escape(f"path must be a file such as report.html, got the folder {tmp_path}")):
        write_report(corpus, tmp_path, tables=tables)
    with pytest.raises(InputError, match="max_outlets must be at least 1, got 0"):
        write_report(corpus, tmp_path / "x.html", tables=tables, max_outlets=0)
    with pytest.raises(InputError, match="tables must be of this corpus: their article ids differ from those of the corpus"):
        write_report(corpus[:3], tmp_path / "x.html", tables=tables)
    assert not (tmp_path / "x.html").exists()


@pytest.mark.parametrize("given", ["corpora/harbour", Path("corpora/harbour")])
def test_a_path_is_no_corpus(given: Any, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"expected a Corpus or articles, got .*; read files with read_corpus first"):
        write_report(given, tmp_path / "x.html")


def test_the_path_is_looked_at_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("calm", encoding="utf-8")
    never = iter(lambda: pytest.fail("the corpus was read"), None)
    for path, said in (
        (tmp_path, f"got the folder {tmp_path}"),
        (f"{tmp_path}/new/", f"got the folder {tmp_path}/new/"),
        ("", "got the folder ."),
        (tmp_path / "file" / "report.html", f"got {tmp_path}/file/report.html, but {tmp_path}/file is a file and no folder"),
        (tmp_path / "file" / "deep" / "report.html", f"but {tmp_path}/file is a file and no folder"),
        (7, "got int"),
        ("a\0b", "got one with a null character"),
    ):
        with pytest.raises(InputError, match=re.escape(said)):
            write_report(never, path)  # type: ignore[arg-type]
    assert [p.name for p in tmp_path.iterdir()] == ["file"]
    assert report_path(tmp_path / "new" / "report.html") == tmp_path / "new" / "report.html"
    assert not (tmp_path / "new").exists()


def test_size_grows_by_less_than_30_kb_an_article() -> None:
    said = [
        f"“The port stays shut,” said Nadia Orlo, the mayor, on day {n}. Ships waited outside the harbour until dusk." for n in range(25)
    ]
    sizes = []
    for n_articles in (3, 6):
        articles = [
            Article(f"a{n}", "\n\n".join([*said, f"{n}."]), outlet=f"Outlet {n % 3}", headline=f"Day {n}", meta={"story": "s"})
            for n in range(n_articles)
        ]
        sizes.append(len(Undrawn(Corpus(articles)).page.encode()))
    assert (sizes[1] - sizes[0]) / 3 < 30_000  # so 500 articles stay under 15 MB


# --- what it says ---


def make_frame(effect: float) -> pd.DataFrame:
    rng = np.random.default_rng(0)
    rows = [
        {"outlet": outlet, "story": f"s{story}", "share_official": 0.3 + effect * (outlet == "A") + rng.normal(0, 0.02)}
        for story in range(20)
        for outlet in ("A", "B", "C")
    ]
    return pd.DataFrame(rows, index=[f"a{n}" for n in range(60)])


def test_findings_name_the_outlet_the_direction_and_the_numbers() -> None:
    comparison = compare_outlets(make_frame(0.3), "share_official", n_resamples=1000)
    found = [f for f in findings.find_differences([comparison]) if f["outlet"] == "A"]
    assert [(f["higher"], f["what"]) for f in found] == [(True, "relies more on officials")]
    shown = Page(fill("report/templates/finding.html", finding={**found[0], "caution": ""}, outlets=["A", "B", "C"]))
    assert re.sub(r"\d\d", "NN", shown.text) == (
        "A relies more on officials: NN % against NN % in the mean of all outlets "
        "(+NN points, NN % interval +NN to +NN points; NN articles on NN stories)."
    )
    assert [a for name, a in shown.elements if name == "a"] == [
        {"href": "#outlet-0", "data-outlet": "0", "data-measure": "share_official", "class": "trace"}
    ]


def few_stories(n_stories: int, outlets: tuple[str, ...] = tuple(VOICES)) -> Corpus:
    return Corpus([make_article(outlet, story) for outlet in outlets for story in range(n_stories)], name="few")


def test_too_few_stories_are_said_so() -> None:
    report = Undrawn(few_stories(1))
    text, charts = report.text, report.charts
    assert "Too few stories to tell how these outlets differ (1 of 6 needed)." in text
    assert "on 1 story, reported by more than one outlet." in text
    for wrong in ("No clear difference", "5 in 100", "where lines overlap", "▲", "on 1 stories", "nan to nan"):
        assert wrong not in text + charts, wrong
    assert "there are too few stories to test differences, however the lines lie" in charts  # shares have limits all the same
    assert "Mean over articles and 95 % interval, where one can be given; n where fewer" in text
    assert "Here no outlet has the 6 stories that a test needs." in text


def test_an_outlet_with_too_few_stories_is_named(written: str) -> None:
    text = Page(written).text
    assert "Too few stories to tell: Open Ledger (5 of 6 needed)" in text


def test_captions_mention_intervals_where_they_are_drawn() -> None:
    said = "“The port stays shut,” said Nadia Orlo, the mayor."
    corpus = Corpus(
        Article(f"{o}{n}", f"{'Ships waited. ' * (1 + n * len(o))}{said}", outlet=o, meta={"story": f"s{n}"})
        for o in ("Herald", "Ledger", "Open Sea")
        for n in range(6)
    )
    report = Undrawn(corpus)
    one = {**report.summary, "comparisons": {"n_words": report.summary["comparisons"]["n_words"]}, "targets": None, "words": None}
    drawn = {chart.name: chart for chart in draw.draw(one, report.tables.articles.iloc[:0], links={})["measures"]}
    assert "line: 95 % interval" in drawn["n_words"].svg
    assert "where lines overlap much" in drawn["n_words"].shows
    text = report.text + report.charts
    assert "Mean over articles and 95 % interval" in text
    assert "too few stories" not in text


def test_too_few_stories_make_no_finding() -> None:
    rng = np.random.default_rng(0)
    rows = [
        {"outlet": outlet, "story": f"s{n % 5}", "share_official": 0.5 * (outlet == "A") + rng.normal(0, 0.01)}
        for n in range(60)
        for outlet in "AB"
    ]
    comparison = compare_outlets(pd.DataFrame(rows), "share_official", n_resamples=1000)
    assert comparison.differences["p"].min() < 0.01
    assert findings.find_differences([comparison]) == []
    untested = findings.find_untested([comparison], level=0.95)
    assert (untested["needed"], untested["most"]) == (6, 5)
    assert [row["outlet"] for row in untested["outlets"]] == ["A", "B"]
    assert [row["measure"] for row in untested["measures"]] == ["share_official"]


def test_nothing_is_said_of_chance_where_nothing_is_listed() -> None:
    alike = Corpus([make_article("Open Ledger", n, id=f"{o}{n}", outlet=o) for o in ("A", "B", "C") for n in range(6)])
    text = Undrawn(alike).text
    assert "No clear difference between these outlets was found in any of" in text
    assert "5 in 100" not in text
    assert "A difference that is not listed may still be there" in text


def test_one_outlet_is_not_compared() -> None:
    text = Undrawn(few_stories(1, ("Open Ledger",))).text
    assert text.count("What Open Ledger prints") == 2  # title and heading
    assert "1 article from 1 outlet, 2026-03-01, on 1 story." in text
    for wrong in ("How the outlets", "How do these outlets differ?", "The comparison in charts", "What was compared"):
        assert wrong not in text, wrong
    assert "What Open Ledger prints" not in Undrawn(few_stories(1, ("Open Ledger",)), title="Ledger").text


@pytest.mark.parametrize("outlets", [("Open Ledger",), tuple(VOICES)])
def test_every_measure_that_is_named_has_its_card(outlets: tuple[str, ...]) -> None:
    report = Undrawn(few_stories(2, outlets))
    shown = {card["name"] for card in report.summary["cards"]}
    assert {"attribution", "tone", "notices", "stories", "length"} <= shown
    assert {summarise.describe_measure(m)["card"] for m in report.summary["comparisons"]} <= shown
    assert ("comparison" in shown) is (len(outlets) > 1)
    assert "Attribution: who says what" in report.text


def test_findings_on_sources_tell_how_many_are_unknown() -> None:
    finding = {"measure": "share_official", "outlet": "A", "against": "all"}
    said = findings.caution(finding, {"A": 0.38, "B": 0.06, "C": 0.08})
    assert said == "Of its attributions 38 % have no known kind, against 7 % elsewhere; so unequal, they can look like a difference."
    pair = {**finding, "against": "B"}
    assert findings.caution(pair, {"A": 0.28, "B": 0.06}).startswith("Of its attributions 28 % have no known kind, against 6 % in B;")
    assert findings.caution(pair, {"A": 0.08, "B": 0.06}) == ""  # not unequal enough to look like a difference
    assert findings.caution({**finding, "measure": "share_words_expert"}, {"A": 0.38, "B": 0.06}) != ""
    assert findings.caution({**finding, "measure": "polarity_own"}, {"A": 0.38, "B": 0.06}) == ""
    assert findings.caution({**finding, "measure": "share_quoted_words"}, {"A": 0.38, "B": 0.06}) == ""


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ({}, ""),
        ({"A": 0.0, "B": 0.0}, "Every attribution was given a kind."),
        ({"A": 0.2}, "Of the attributions 20 % have no known kind; they could be of any."),
        ({"A": 0.2, "B": 0.2}, "In every outlet 20 % of attributions have no known kind; they could be of any."),
        ({"A": 0.38, "B": 0.07}, "The attributions without a known kind are from 7 % (B) to 38 % (A); they could be of any kind, "),
    ],
)
def test_source_charts_tell_how_many_are_unknown(shares: dict[str, float], said: str) -> None:
    assert draw._unknown(shares).startswith(said)
    assert bool(draw._unknown(shares)) is bool(said)


def test_captions_of_source_charts_tell_of_unknown_kinds(corpus: Corpus, tables: Tables) -> None:
    articles = tables.articles.assign(share_unknown=np.where(tables.articles["outlet"] == "Open Ledger", 0.38, 0.07))
    changed = Tables(**{**{f: getattr(tables, f) for f in tables.__dataclass_fields__}, "articles": articles})
    text = Undrawn(corpus, changed).charts
    assert text.count("from 7 % (The Daily Lantern) to 38 % (Open Ledger)") + text.count("from 7 % (Republic Today) to 38 %") == 2


def test_outlets_without_distinctive_words_are_said_so() -> None:
    words = pd.DataFrame({"word": ["quay", "sea"], "group": ["A", "B"], "count": [9, 3], "count_others": [0, 0], "z": [2.5, 1.9]})
    charts = draw._words(words, ["A", "B", "C"], {})
    assert ["<svg" in chart.svg for chart in charts] == [True, False, False]
    values = {"outlets": ["A", "B", "C"], "least_z": 1.96, "distinctive": []}
    assert fill("report/templates/words.html", charts={"words": charts}, **values).count("Nothing distinctive.") == 2
    none = fill("report/templates/words.html", charts={"words": charts[1:]}, **values)
    assert none.strip() == "<p>Nothing distinctive: no word of any outlet reaches a z of 1.96.</p>"


def test_no_difference_is_an_answer() -> None:
    assert findings.find_differences([compare_outlets(make_frame(0.0), "share_official", n_resamples=1000)]) == []


def test_two_outlets_are_compared_once() -> None:
    frame = make_frame(0.3)
    found = findings.find_differences([compare_outlets(frame[frame["outlet"] != "C"], "share_official", n_resamples=1000)])
    assert len(found) == 1
    assert {found[0]["outlet"], found[0]["against"]} == {"A", "B"}
    sentence = Page(fill("report/templates/finding.html", finding={**found[0], "caution": "Mind."}, outlets=["A", "B"])).text
    assert sentence.startswith(f"A relies more on officials than {found[0]['against']}: ")
    assert sentence.endswith("stories). Mind.")


@pytest.mark.parametrize(
    ("p", "low", "high", "clear"),
    [
        (0.01, -1.0, 1.0, True),
        (0.20, 0.1, 1.0, False),
        (np.nan, 0.1, 1.0, True),
        (np.nan, -1.0, -0.1, True),
        (np.nan, -0.1, 0.1, False),
        (np.nan, np.nan, np.nan, False),
    ],
)
def test_is_clear(p: float, low: float, high: float, clear: bool) -> None:
    assert findings.is_clear({"p_adjusted": p, "low": low, "high": high}, 0.05) is clear


def test_what_is_clear_depends_on_the_level() -> None:
    row = {"p_adjusted": 0.02, "low": 0.1, "high": 0.2}
    frame = make_frame(0.3)
    for level, clear in ((0.95, True), (0.99, False)):
        comparison = compare_outlets(frame, "share_official", n_resamples=500, level=level)
        assert findings.is_clear(row, comparison.alpha) is clear


@pytest.mark.parametrize(
    ("value", "unit", "number", "difference"),
    [
        (0.412, "share", "41 %", "+41 points"),
        (-0.004, "share", "−0 %", "−0.4 points"),
        (-0.123, "polarity", "−0.12", "−0.12"),
        (-0.001, "polarity", "0.00", "−0.00"),
        (1234.4, "words", "1,234", "+1,234"),
        (2.25, "count", "2.2", "+2.2"),
        (0.5, "fraction", "0.50", "+0.50"),
        (float("nan"), "share", "–", "–"),
    ],
)
def test_numbers(value: float, unit: str, number: str, difference: str) -> None:
    assert (numbers.show_number(value, unit), numbers.show_difference(value, unit)) == (number, difference)


def test_cards_that_are_shipped_are_read() -> None:
    found = summarise.cards_of(["nosuchcard", "tone"])
    assert [card["name"] for card in found] == ["tone"]
    for card in found:
        assert card["title"]
        assert any("measures" in head for head, _ in card["sections"])


# --- from a number to its sentences ---


def test_the_data_of_the_script_cannot_be_left() -> None:
    names = [f"{outlet} </script><!-- \u2028 &amp; é" for outlet in VOICES]
    inside = scripts(Undrawn(Corpus([make_article("Open Ledger", n, outlet=name) for n, name in enumerate(names)])).page)[0]
    assert not set("<>&\u2028é") & set(inside)
    assert json.loads(inside)["outlets"] == sorted(names)


def test_every_number_of_the_overview_leads_to_articles_and_sentences(written: str, tables: Tables) -> None:
    page, data = Page(written), data_of(written)
    traces = [a for name, a in page.elements if name == "a" and a.get("class") == "trace"]
    ids = {a["id"] for _, a in page.elements if a.get("id")}
    assert len(traces) > 50
    for link in traces:
        assert link["href"][1:] in ids  # what a reader without script follows
        if "data-outlet" in link:
            assert int(link["data-outlet"]) < len(data["outlets"])
        assert link.get("data-word") or link["data-measure"] in data["measures"]
    assert len(data["articles"]) == len(tables.articles)
    sentences = {int(i.split("-s")[1]) for i in ids if re.fullmatch(r"a1-s\d+", i)}
    shown = {row[0] for layer in data["layers"].values() for row in layer["rows"][0]}
    assert shown - {0} <= sentences


def test_sentences_behind_a_share_are_those_counted(corpus: Corpus, tables: Tables) -> None:
    found = [analyze(article, engine="rules") for article in corpus]
    data = trace.trace(found, ["share_official", "share_quoted_words", "polarity_headline", "n_words"], ["Republic Today"])
    assert data["articles"] == [0 if article.outlet == "Republic Today" else -1 for article in corpus]
    official = data["measures"]["share_official"]
    place, code = official["where"]
    layer = data["layers"]["attributions"]
    assert layer["labels"][place - 2][code] == "official"
    for analysis, value, rows in zip(found, official["values"], layer["rows"], strict=True):
        counted = [row for row in rows if row[place] == code]
        said = statements(analysis.attributions)
        assert len(rows) == len(said)
        assert value == f"{100 * len(counted) / len(rows):.0f} %"
        for row, one in zip(rows, said, strict=True):
            sentence = analysis.sentences[row[0] - 1]
            assert sentence.start <= (one.cue or one.content)[0].start < sentence.end
    assert data["layers"]["tone"]["rows"][0][0] == (0, "wonderful +1.00 (subjectivity 1.00)", 0)
    assert data["measures"]["n_words"]["layer"] is None


def test_a_share_of_cues_counts_what_has_a_cue() -> None:
    found = analyze("“The port is shut,” claimed Jan Roe, a docker.", engine="rules")
    (claim,) = found.attributions
    found = replace(found, found={**found.found, "attribution": (claim, replace(claim, cue=(), stance="neutral"))})
    data = trace.trace([found], ["share_doubting"], [])
    place, code = data["measures"]["share_doubting"]["where"]
    (rows,) = data["layers"]["attributions"]["rows"]
    counted = [row for row in rows if row[place] >= 0]  # as the page's script does
    assert (len(rows), [row[place] for row in counted]) == (2, [code])
    assert data["measures"]["share_doubting"]["values"] == ["100 %"]


SHY = (
    "The {place} will close. A senior official, speaking on condition of anonymity, said that costs had doubled. "
    "Residents said that they would march. Jan Roe, a baker, said that bread would be dear. Tessmark Shipping refused to say more."
)


@pytest.fixture
def shy(monkeypatch: pytest.MonkeyPatch) -> Undrawn:
    """Two outlets on six events: one source is named, one described, one kept back, and one does not answer."""
    really = attribution.attributions_on

    def with_refusals(page: Any) -> Any:
        return Attributions((replace(one, refusal="refused" in page.words_at(one.cue)) for one in really(page)), page.article)

    monkeypatch.setattr(attribution, "attributions_on", with_refusals)
    pages = [
        Article(f"{name}{n}", SHY.format(place=place), outlet=name, headline=f"{place} to close", meta={"story": place})
        for n, place in enumerate(PLACES)
        for name in ("Herald", "Ledger")
    ]
    return Undrawn(Corpus(pages))


def test_report_tells_who_is_named_and_who_does_not_answer(shy: Undrawn) -> None:
    facts = shy.summary["facts"]
    assert {name: facts[name] for name in ("n_attributions", "n_described", "n_anonymous", "n_refusals")} == {
        "n_attributions": 36, "n_described": 12, "n_anonymous": 12, "n_refusals": 12,
    }  # fmt: skip
    text = " ".join(shy.text.split())
    assert "Readers do not learn a name in 24 attributions: 12 only describe the source, 12 keep the name back on purpose." in text
    assert "12 refusals to comment are no attribution and counted apart." in text
    assert "Quoted: citizen 2, official 1; without a name 2, of these kept back 1; no answer 1" in text
    assert "Sources without a name Names kept back Refusals per article" in text
    assert [facts["outlets"][0][name] for name in ("share_unnamed", "share_anonymous", "n_refusals")] == ["67 %", "33 %", "1.0"]
    led = re.findall(
        r'data-outlet="0" data-measure="(\w+)" class="trace">([^<]+)<', shy.page.split('id="compared"')[1].split("</table>")[0]
    )
    assert led == [("share_unnamed", "67 %"), ("share_anonymous", "33 %"), ("n_refusals", "1.0")]
    assert {"share_unnamed", "share_anonymous", "share_political"} <= set(shy.summary["comparisons"])
    assert {name for name, _ in led} <= set(shy.summary["measures"])
    assert "Do readers learn who speaks?: Each bar splits an outlet’s attributions by how their source is named" in shy.charts
    assert "Herald: named person 33 %, unnamed group 33 %, anonymous 33 %; Ledger: named" in draw._described_naming(shy.summary["naming"])


@pytest.mark.parametrize(
    ("measure", "value", "words"),
    [
        ("n_refusals", "1.0", ["Tessmark Shipping: “refused to say”"]),
        ("share_unnamed", "67 %", ["official", "Residents"]),
        ("share_anonymous", "33 %", ["official"]),
    ],
)
def test_names_kept_back_and_refusals_lead_to_their_sentences(shy: Undrawn, measure: str, value: str, words: list[str]) -> None:
    data = trace.trace(shy.found[:1], [measure], [])
    about = data["measures"][measure]
    assert about["values"] == [value]
    (rows,) = data["layers"][about["layer"]]["rows"]
    place, code = about["where"] or (0, None)
    counted = [row for row in rows if code is None or row[place] == code]
    assert len(counted) == len(words)
    for row, some in zip(counted, words, strict=True):
        assert some.split(":")[0] in row[1]
        assert some.split(":")[0] in shy.found[0].page.words_at(shy.found[0].sentences[row[0] - 1])


def test_values_by_article_without_those_that_are_missing() -> None:
    table = pd.DataFrame({"article_id": ["a", "a", "b", "c"], "naming": ["anonymous", None, None, "document"]})
    assert summarise._by_article(table, {"a", "b"}, "naming") == {"a": Counter(anonymous=1), "b": Counter()}


def test_no_chart_of_naming_where_everybody_has_a_name(corpus: Corpus) -> None:
    named = Undrawn(Corpus(one for one in corpus if one.outlet == "Republic Today"))
    assert named.summary["naming"] is None
    assert "Do readers learn who speaks?" not in named.charts
    assert "Readers do not learn a name" not in named.text
    assert "Names kept back" not in named.text


VOICED = (
    "A grim morning at the port. “The ship is wonderful and new,” said Nadia Orlo, the interior minister. "
    "Perhaps a nasty crowd was moved; it was watched by dockers. Orlo warned that the thugs may win and be cruel."
)
UNQUOTED = [
    "grim −1.00 (subjectivity 1.00)",
    "nasty −1.00 (subjectivity 1.00)",
    "win +0.80 (subjectivity 0.40)",
    "cruel −1.00 (subjectivity 1.00)",
]
LED_TO = {  # measure: its value, and the words that made it
    "share_official": (1.0, ["Nadia Orlo: “said”", "Nadia Orlo: “warned”"]),
    "share_words_official": (1.0, ["Nadia Orlo: “said”", "Nadia Orlo: “warned”"]),
    "share_citizen": (0.0, []),
    "share_neutral": (0.5, ["Nadia Orlo: “said”"]),
    "share_forward": (0.5, ["Nadia Orlo: “warned”"]),
    "share_direct": (0.5, ["Nadia Orlo: “said”"]),
    "first_is_official": (1.0, ["Nadia Orlo: “said”"]),
    "n_sources": (1, ["Nadia Orlo: “said”", "Nadia Orlo: “warned”"]),
    "share_quoted_words": (6 / 39, [""]),
    "polarity_headline": (-1.0, ["terrible −1.00 (subjectivity 1.00)"]),
    "polarity_own": ((-1 - 1 + 0.8 - 1) / 4, UNQUOTED),  # whoever says them
    "subjectivity_own": ((1 + 1 + 0.4 + 1) / 4, UNQUOTED),
    "polarity_quoted": ((1 + 3 / 22) / 2, ["wonderful +1.00 (subjectivity 1.00)", "new +0.14 (subjectivity 0.45)"]),
    "news_polarity_outlet": (-1.0, UNQUOTED[:2]),  # what nobody else says
    "loaded_outlet_per_1k": (1000 * 2 / 25, ["grim", "nasty"]),
    "hedges_outlet_per_1k": (1000 * 1 / 25, ["Perhaps"]),
    "agentless_passives_outlet_per_1k": (1000 * 1 / 25, ["was moved"]),
    "n_legal_labels": (0, []),
}


@pytest.mark.parametrize("measure", LED_TO)
def test_a_number_leads_to_the_words_that_made_it(measure: str) -> None:
    value, words = LED_TO[measure]
    found = analyze(Article("a", VOICED, headline="A terrible day"), engine="rules")
    assert found.measures[measure] == pytest.approx(value)
    data = trace.trace([found], [measure], [])
    about = data["measures"][measure]
    assert about["values"] == [numbers.show_number(value, summarise.describe_measure(measure)["unit"])]
    (rows,) = data["layers"][about["layer"]]["rows"]
    place, code = about["where"] or (0, None)
    counted = [row for row in rows if code is None or row[place] == code]
    assert [row[1] for row in counted] == words
    for number, shown, *_ in counted:
        said = shown.split(": “")[-1].split(" −")[0].split(" +")[0].rstrip("”")
        assert said in (found.sentences[number - 1].of(VOICED) if number else "A terrible day")


def test_notes_of_the_trace_show_steering_characters() -> None:
    found = analyze("“We stay,” said Nadia \u202eOrlo, the mayor.", engine="rules")
    data = trace.trace([found], ["share_official"], [])
    assert "\u202e" not in json.dumps(data, ensure_ascii=False)


def test_every_measure_of_the_report_has_its_sentences() -> None:
    columns = [column for measure in measures() for column in measure.all_columns if column.report]
    assert {column.name for column in columns if not column.trail} == {"n_words"}  # all words count


# --- what comes first ---


def make_finding(outlet: str, measure: str, size: float) -> dict[str, Any]:
    return {"outlet": outlet, "measure": measure, "standardised": size}


def test_the_largest_come_first_and_no_question_twice() -> None:
    every = [
        make_finding("A", "share_official", 3.0),
        make_finding("A", "share_words_official", 2.9),
        make_finding("A", "n_words", 2.5),
        make_finding("A", "n_sources", 2.4),
        make_finding("B", "share_official", -2.0),
    ]
    first = findings.most_important(every, most=4)
    assert [(f["outlet"], f["measure"]) for f in first] == [("A", "share_official"), ("A", "n_words"), ("B", "share_official")]
    assert findings.most_important([]) == []


def test_what_was_not_told_apart_comes_with_what_would_have_shown() -> None:
    alike = compare_outlets(make_frame(0.0), "share_official", n_resamples=1000)
    (row,) = findings.find_undecided([alike], [])
    least = alike.differences.loc[alike.differences["b"] == "all", "mdd"].max()
    assert row == {"measure": "share_official", "name": "Attributions to officials", "detectable": numbers.show_size(least, "share")}
    assert findings.find_undecided([alike], [{"measure": "share_official"}]) == []


def test_no_clear_difference_tells_what_would_have_shown() -> None:
    rng = np.random.default_rng(1)
    articles = []
    for n in range(8):
        for outlet in "ABC":
            extra = " ".join(["Ships waited."] * int(rng.integers(1, 9)))
            said = "“The port stays shut,” said Nadia Orlo, the mayor."
            articles.append(Article(f"{outlet}{n}", f"{extra} {said}", outlet=outlet, meta={"story": f"s{n}"}))
    text = Undrawn(Corpus(articles)).text
    assert "No clear difference between these outlets was found in any of" in text
    assert re.search(r"A single test finds a difference of about [\d,.]+ (points )?in .* in four of five such collections\.", text)


def test_shared_stories_and_shared_names_are_what_two_outlets_have() -> None:
    said = {
        "Herald": "Karla Voss opened the pier in Vantry. Tobias Renk slept.",
        "Lantern": "Karla Voss opened the pier in Vantry. Nadia Orlo slept.",
    }
    articles = [Article(f"{outlet}0", words, outlet=outlet, meta={"story": "pier"}) for outlet, words in said.items()]
    alone = Article("Herald1", "Ships waited in the fog.", outlet="Herald", meta={"story": "fog"})
    corpus = Corpus([*articles, alone])
    summary = summarise.summarise(corpus, analyze_corpus(corpus, engine="fast"), n_resamples=100)
    assert (summary["facts"]["n_stories"], summary["facts"]["n_shared_stories"]) == (2, 1)
    assert [row["story"] for row in summary["stories"]] == ["pier"]
    assert list(summary["targets"]["target"]) == ["Karla Voss"] * 2  # Vantry is a place, Renk and Orlo are of one outlet each


def test_the_outlets_with_most_articles_are_compared() -> None:
    numbers_of = {"Anchor": 1, "Beacon": 3, "Compass": 2}
    corpus = Corpus(Article(f"{o}{n}", f"Ship {n} sails.", outlet=o) for o, several in numbers_of.items() for n in range(several))
    summary = summarise.summarise(corpus, analyze_corpus(corpus, engine="rules"), n_resamples=100, max_outlets=2)
    assert [(row["outlet"], row["n_articles"]) for row in summary["facts"]["outlets"]] == [("Beacon", 3), ("Compass", 2)]


# --- events ---


def test_events_set_the_outlets_side_by_side(written: str, tables: Tables) -> None:
    page = Page(written)
    assert [a["id"] for name, a in page.elements if name == "details" and a.get("class") == "event"] == [f"event-{n}" for n in range(1, 7)]
    assert {f"#event-{n}" for n in range(1, 7)} <= set(page.all("a", "href"))
    shown = page.text[page.text.index("Event by event") : page.text.index("Open an article to see")]
    first = shown[: shown.index("2026-03-08")]
    assert first.index("Open Ledger") < first.index("Republic Today") < first.index("The Daily Lantern")
    assert first.count("The quay in Port Sallow closed on Monday") == 3
    assert "Quoted: official 1 Tone: headline +1.00, own words" in first.replace("Tone", " Tone").replace("  ", " ")
    assert "legal label 1; " in first


def test_methods_are_those_of_a_paper(written: str) -> None:
    text = Page(written).text
    assert "We compared" in text
    assert "dealing the outlets' names anew within stories" in text
    assert "permutation tests" in text


# --- cards ---


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("One **bold** word & `code`.", "<p>One <strong>bold</strong> word &amp; <code>code</code>.</p>"),
        ("- one\n- two\n  more", "<ul> <li>one</li> <li>two more</li> </ul>"),
        ("a\nb\n\nc", "<p>a b</p> <p>c</p>"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("** open", "<p>** open</p>"),
        ("", ""),
    ],
)
def test_markdown(source: str, html: str) -> None:
    assert " ".join(show.markdown(source).split()) == html


def test_markdown_table() -> None:
    page = Page(show.markdown("| | kind | F1 |\n|---|---|---:|\n| a | label | .91 |"))
    assert not page.inside
    assert page.elements[0] == ("div", {"class": "scroll", "tabindex": "0", "role": "group", "aria-label": "Table"})
    assert [attributes for name, attributes in page.elements if name == "th"] == [{"scope": "col"}] * 2  # an empty head is none
    assert [attributes for name, attributes in page.elements if name == "td"] == [{}] * 4
    assert page.text == "kind F1 a label .91"


def test_of_two_outlets_the_one_that_has_more_is_told() -> None:
    frame = make_frame(0.3)
    frame = frame[frame["outlet"] != "C"]
    frame["outlet"] = frame["outlet"].map({"A": "Z", "B": "B"})  # Z has more, and stands behind B in the alphabet
    comparison = compare_outlets(frame, "share_official", n_resamples=1000)
    (found,) = findings.find_differences([comparison])
    assert (found["outlet"], found["against"], found["higher"]) == ("Z", "B", True)
    assert found["standardised"] > 0
    assert found["difference"].startswith("+")
    cells = summarise._overview_row("share_official", comparison, [found])["cells"]
    assert (cells["Z"]["mark"], cells["B"]["mark"]) == ("higher", "lower")


def test_a_measure_that_only_one_of_two_outlets_has_enough_of_is_named() -> None:
    frame = make_frame(0.3)
    frame = frame[frame["outlet"] != "C"].assign(n_words=1.0 + np.arange((frame["outlet"] != "C").sum()))
    few = frame["story"].isin(sorted(frame["story"].unique())[:3]) | (frame["outlet"] == "A")
    frame["polarity_headline"] = np.where(few, frame["share_official"], np.nan)
    measures = ["share_official", "polarity_headline"]
    untested = findings.find_untested([compare_outlets(frame, m, n_resamples=300) for m in measures], level=0.95)
    assert [(row["measure"], row["n_stories"]) for row in untested["measures"]] == [("polarity_headline", 3)]
    assert untested["outlets"] == []


def test_the_plainest_measure_of_a_question_is_told_first() -> None:
    loaded = {"outlet": "A", "measure": "loaded_outlet_per_1k", "standardised": 1.0}
    scored = {"outlet": "A", "measure": "mean_loaded_outlet", "standardised": 2.0}
    assert findings.most_important([scored, loaded]) == [loaded]
    assert findings.most_important([scored]) == [scored]


def test_the_report_tells_the_tone_toward_names() -> None:
    said = {
        "Herald": "Karla Voss saved the port, and the dockers praised Karla Voss.",
        "Lantern": "Karla Voss lied, and Karla Voss failed.",
    }
    corpus = Corpus(
        Article(f"{o}{n}", f"{words} Ships waited {n} days.", outlet=o, meta={"story": f"s{n}"})
        for o, words in said.items()
        for n in range(6)
    )
    report = Undrawn(corpus)
    assert "How they speak of the same people: " in report.charts
    assert "Tone toward a target" in report.text  # its card
    assert "How they speak of the same people" not in Undrawn(corpus.filter(lambda a: a.outlet == "Herald")).charts
