"""The founding page, read as a careful human coder reads it. The page is not part of the project; without it these tests skip."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

import framing as fr


@pytest.fixture(scope="module")
def page(seed_path: Path) -> fr.Analysis:
    return fr.analyze(fr.read_article(seed_path))


def words(page: fr.Analysis, role: str) -> list[str]:
    return [page.article.words_at(p.span) for p in page.article.paragraphs if p.role == role]


@pytest.fixture(scope="module")
def coded(seed_path: Path) -> dict[str, str]:
    """The human coder's table: what is coded, and its value."""
    table = (seed_path.parent / "README.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| (\w+) \| (.*?) \|$", table, flags=re.M))


def test_who_when_and_what(page: fr.Analysis, coded: dict[str, str]) -> None:
    article = page.article
    assert article.outlet == "The Moscow Times"
    assert article.agency == "AFP"
    assert article.authors == ()
    assert article.date == dt.date(2021, 9, 22)
    assert article.headline == coded["headline"]
    assert article.url is not None
    assert article.url.startswith("https://www.themoscowtimes.com/2021/09/22/")


def test_roles(page: fr.Analysis) -> None:
    before = ["headline", "byline", "dateline", "caption", "body", "body", "related"]
    after = ["notice", "metadata", "metadata"]
    assert [p.role for p in page.article.paragraphs] == before + ["body"] * 9 + after
    (caption,) = words(page, "caption")
    assert caption.endswith("/ DoD / AFP")
    body = words(page, "body")
    assert body[0].startswith("The U.S. and Russian")
    assert body[-1].endswith("announced a pullback.")
    assert sum("since December 2019" in text for text in body) == 1  # the caption says it too, and is not counted


def test_broken_paragraph_is_one_with_one_quotation(page: fr.Analysis) -> None:
    (broken,) = (p for p in page.article.spans() if "\n\n" in p.of(page.article.text))
    assert page.article.words_at(broken).startswith('"The meeting was a continuation')
    assert len([q for q in page.quoted if broken.covers(q)]) == 1


def test_notice(page: fr.Analysis) -> None:
    (notice,) = page.notices
    assert (notice.kind, notice.label, notice.jurisdiction, notice.placement) == ("legal_label", "terrorist", "Russia", "footnote")
    assert {name.lower() for name in notice.subjects} == {"islamic state", "al-qaeda"}
    assert [m.of(page.article.text) for m in notice.mentions] == ["Al-Qaeda", "Islamic State"]
    assert notice.mandated is not None


EXPECTED = [
    ("the Pentagon", "said in a statement", "", "indirect", "Chairman of the", "since December 2019"),
    ("Colonel Dave Butler, spokesperson for Milley", "said", "Dave Butler", "direct", '"The meeting was', 'de-confliction,"'),
    ("He", "saying", "Dave Butler", "indirect", "the two sides", "conversation private"),
    ("the U.S. military", "has said", "", "mixed", "it will maintain", "is perceived"),
    ("Moscow", "announced", "", "indirect", "a pullback", "a pullback"),
]


@pytest.mark.parametrize("source, cue, speaker, form, first, last", EXPECTED)
def test_attributions(page: fr.Analysis, source: str, cue: str, speaker: str, form: str, first: str, last: str) -> None:
    text = page.article.words_at
    (found,) = (a for a in page.attributions if text(a.source) == source and cue in text(a.cue))
    assert found.form == form
    assert text(found.content).startswith(first)
    assert text(found.content).endswith(last)
    assert found.source_type == "official"
    if speaker:
        assert found.speaker == speaker


def test_every_speaking_source_is_official(page: fr.Analysis) -> None:
    assert {a.source_type for a in page.attributions if a.source} == {"official"}
    assert page.measures["share_unnamed"] == 0
