"""The bundled corpora are what their READMEs say."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

import framing as fr

CORPORA = Path(__file__).resolve().parent.parent / "corpora"
OUTLETS = {"The Vantry Herald", "The Daily Lantern", "Republic Today", "The Sallow Tribune", "Open Ledger", "Meridian International"}


@pytest.fixture(scope="module")
def ten() -> fr.Corpus:
    return fr.read_corpus(CORPORA / "ten-stories")


@pytest.fixture(scope="module")
def harbour() -> fr.Corpus:
    return fr.read_corpus(CORPORA / "harbour")


def test_ten_stories_in_six_outlets(ten: fr.Corpus) -> None:
    assert not ten.problems
    assert set(ten.outlets) == OUTLETS
    cells = Counter((a.meta["story"], a.outlet) for a in ten)
    assert len(cells) == 60
    assert set(cells.values()) == {1}


def test_harbour_is_one_event_and_its_wire_report(harbour: fr.Corpus) -> None:
    assert not harbour.problems
    assert set(harbour.outlets) == OUTLETS | {"Continental Press"}
    assert len({a.meta["story"] for a in harbour}) == 1


@pytest.mark.parametrize("name", ["ten", "harbour"])
def test_every_article_is_whole(name: str, request: pytest.FixtureRequest) -> None:
    corpus: fr.Corpus = request.getfixturevalue(name)
    for article in corpus:
        n_words = len(article.body.split())
        assert article.headline, article.id
        assert article.date, article.id
        assert article.url, article.id
        assert article.spans("byline"), f"{article.id}: no byline"
        assert 240 <= n_words <= 650, f"{article.id}: {n_words} words of body"
        assert "Original url" not in article.body, article.id
        assert "](" not in article.body, f"{article.id}: markup in the body"
        assert not re.search(r"(?<!\w)\*\*", article.body), f"{article.id}: markup in the body"  # "Front**" is a footnote's mark
    headlines = [a.headline for a in corpus]
    assert len(set(headlines)) == len(headlines)


LEGAL_LABELS = {  # of each article: subject, label, placement of every legal label about a third party
    "01-harbour-cranes/republic-today": {
        ("Open Ledger", "foreign_agent", "inline_bracket"),
        ("Harbour Front", "extremist", "marked_footnote"),
    },
    "03-fuel-tax-budget/republic-today": {("Harbour Front", "extremist", "marked_footnote")},
    "04-seized-boat/republic-today": {("Grey Tide", "terrorist", "inline_bracket")},
    "04-seized-boat/vantry-herald": {("Grey Tide", "terrorist", "apposition")},
    "05-hospital-closures/republic-today": {("Harbour Front", "extremist", "marked_footnote")},
    "05-hospital-closures/vantry-herald": {("Harbour Front", "extremist", "apposition")},
    "06-journalist-pardon/republic-today": {
        ("Open Ledger", "foreign_agent", "marked_footnote"),
        ("Grey Tide", "terrorist", "marked_footnote"),
    },
    "06-journalist-pardon/vantry-herald": {("Grey Tide", "terrorist", "footnote"), ("Open Ledger", "foreign_agent", "footnote")},
    "07-water-rationing/republic-today": {("Harbour Front", "extremist", "inline_bracket")},
    "07-water-rationing/vantry-herald": {("Harbour Front", "extremist", "footnote")},
    "08-language-law/republic-today": {
        ("Harbour Front", "extremist", "inline_bracket"),
        ("Open Ledger", "foreign_agent", "inline_bracket"),
    },
    "09-cup-final/republic-today": {("Harbour Front", "extremist", "marked_footnote")},
    "09-cup-final/vantry-herald": {("Harbour Front", "extremist", "apposition")},
    "10-regional-election/republic-today": {
        ("Grey Tide", "terrorist", "marked_footnote"),
        ("Harbour Front", "extremist", "marked_footnote"),
    },
    "10-regional-election/vantry-herald": {("Grey Tide", "terrorist", "apposition")},
    "vantry-herald": {("Harbour Front", "extremist", "apposition"), ("Grey Tide", "terrorist", "apposition")},
    "republic-today": {("Harbour Front", "extremist", "footnote"), ("Grey Tide", "terrorist", "inline_bracket")},
    "daily-lantern": {("Harbour Front", "extremist", "marked_footnote")},
    "sallow-tribune": {("Harbour Front", "extremist", "inline_bracket")},
}
OTHER_NOTICES = {  # of each article: kinds of its other notices, in text order
    "01-harbour-cranes/open-ledger": ["correction", "disclosure"],
    "01-harbour-cranes/vantry-herald": ["disclosure"],
    "02-hessen-mine-flood/daily-lantern": ["correction"],
    "02-hessen-mine-flood/meridian": ["wire_credit", "update"],
    "02-hessen-mine-flood/open-ledger": ["promo", "disclosure"],
    "02-hessen-mine-flood/sallow-tribune": ["editor_note"],
    "03-fuel-tax-budget/daily-lantern": ["promo"],
    "03-fuel-tax-budget/open-ledger": ["disclosure"],
    "03-fuel-tax-budget/sallow-tribune": ["opinion_disclaimer"],
    "03-fuel-tax-budget/vantry-herald": ["correction"],
    "04-seized-boat/meridian": ["wire_credit"],  # "Meridian adds: ..." is report, and stays body
    "04-seized-boat/open-ledger": ["disclosure"],
    "04-seized-boat/sallow-tribune": ["disclosure"],
    "05-hospital-closures/daily-lantern": ["correction"],
    "05-hospital-closures/open-ledger": ["disclosure"],
    "06-journalist-pardon/meridian": ["editor_note"],
    "06-journalist-pardon/open-ledger": ["disclosure"],
    "07-water-rationing/sallow-tribune": ["disclosure"],
    "07-water-rationing/vantry-herald": ["update"],
    "08-language-law/open-ledger": ["correction"],
    "08-language-law/vantry-herald": ["opinion_disclaimer"],
    "09-cup-final/sallow-tribune": ["correction"],
    "09-cup-final/vantry-herald": ["disclosure"],
    "10-regional-election/open-ledger": ["method_note", "disclosure"],
    "10-regional-election/sallow-tribune": ["editor_note"],
    "meridian": ["wire_credit"],
    "open-ledger": ["disclosure"],
    "sallow-tribune": ["promo"],
}


@pytest.mark.parametrize("name", ["ten", "harbour"])
def test_legal_labels_are_those_of_the_design(name: str, request: pytest.FixtureRequest) -> None:
    corpus: fr.Corpus = request.getfixturevalue(name)
    for article in corpus:
        labels = [notice for notice in fr.find_notices(article) if notice.kind == "legal_label"]
        found = Counter((subject, notice.label, notice.placement) for notice in labels for subject in notice.subjects)
        assert found == Counter(LEGAL_LABELS.get(article.id, set())), article.id
        for notice in labels:
            assert len(notice.subjects) == 1, article.id
            assert notice.jurisdiction in ("Calderra", None), article.id
            assert (notice.jurisdiction is None) == (notice.mandated is None), article.id
            assert notice.mentions, f"{article.id}: nothing in the body is linked to {notice.subjects}"


@pytest.mark.parametrize("name", ["ten", "harbour"])
def test_other_notices_are_those_of_the_design(name: str, request: pytest.FixtureRequest) -> None:
    corpus: fr.Corpus = request.getfixturevalue(name)
    for article in corpus:
        notices = [notice for notice in fr.find_notices(article) if notice.kind != "legal_label"]
        own = [notice for notice in notices if notice.kind == "outlet_label"]
        assert len(own) == (article.outlet == "Open Ledger"), article.id
        assert all((n.label, n.subjects) == ("foreign_agent", ("Open Ledger",)) for n in own), article.id
        assert all(n.jurisdiction in ("Calderra", None) for n in own), article.id
        assert [n.kind for n in notices if n.kind != "outlet_label"] == OTHER_NOTICES.get(article.id, []), article.id


@pytest.mark.parametrize("name", ["ten", "harbour"])
def test_no_caption_is_left_in_the_body(name: str, request: pytest.FixtureRequest) -> None:
    corpus: fr.Corpus = request.getfixturevalue(name)
    for article in corpus:
        for span in article.spans():
            assert not re.search(r"[.!?]\s+\*\*[^*]{3,60}\*\*\Z", span.of(article.text)), f"{article.id}: {span.of(article.text)}"
