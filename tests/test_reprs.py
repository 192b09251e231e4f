"""How things show themselves in a notebook and in a terminal: what they hold, with every word escaped."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from lxml import html as lxml_html
from rich.console import Console

import framing as fr
from framing.errors import Problem
from framing.measuring.attribution.types import Attributions
from framing.text.notebook import Bullets, Rows, in_notebook

HOSTILE = "<script>alert(1)</script>\u202e\x1b[31m"
SHOWN = "<script>alert(1)</script>⟨RLO⟩␛[31m"
STEERING = set("\u202e\x1b")


def rows(page: str, table: int = 0) -> list[list[str]]:
    """The cells of one table of a page, heads included."""
    found = lxml_html.fromstring(f"<div>{page}</div>").xpath("//table")[table]
    return [[cell.text_content() for cell in row.xpath("./th | ./td")] for row in found.xpath(".//tr")]


@pytest.fixture(scope="module")
def corpus() -> fr.Corpus:
    texts = {
        "Herald": "“The port is open,” said Jan Roe.",
        "Lantern": "A brutal night. Ida Poe said that ships waited.",
        HOSTILE: "Ships wait.",
    }
    articles = [
        fr.Article(f"{outlet}-{day}", text, outlet=outlet, date=dt.date(2026, 3, day), agency="CP" if day == 2 else None)
        for outlet, text in texts.items()
        for day in (1, 2)
    ]
    return fr.Corpus([*articles, fr.Article("x", "No outlet.")], problems=[Problem("a.md", HOSTILE)], name=HOSTILE)


@pytest.fixture(scope="module")
def tables(corpus: fr.Corpus) -> fr.Tables:
    return fr.analyze_corpus(corpus, engine="fast")


def safe(page: str) -> bool:
    return not STEERING & set(page) and not lxml_html.fromstring(f"<div>{page}</div>").xpath("//script")


def test_a_corpus_shows_outlets_dates_and_problems(corpus: fr.Corpus) -> None:
    page = corpus._repr_html_()
    assert rows(page)[0] == ["outlet", "articles", "by an agency", "first", "last"]
    assert ["Herald", "2", "1", "2026-03-01", "2026-03-02"] in rows(page)
    assert ["(no outlet)", "1", "0", "–", "–"] in rows(page)
    assert "1 problem in reading" in page
    assert "left out: a.md: &lt;script&gt;" in page
    assert safe(page)
    assert not STEERING & set(repr(corpus) + repr(corpus[5]))


def test_tables_show_their_rows_and_columns(tables: fr.Tables) -> None:
    page = tables._repr_html_()
    sizes = {name: (int(n), int(m)) for name, _, n, m in rows(page)[1:]}
    assert sizes == {name: getattr(tables, name).shape for name in sizes}
    assert len(sizes) == 9
    assert [row[:2] for row in rows(page, 1)[1:]] == [[SHOWN, "2"], ["Herald", "2"], ["Lantern", "2"], ["(no outlet)", "1"]]
    assert safe(page)


def test_a_comparison_says_what_is_clear() -> None:
    frame = pd.DataFrame(
        {
            "outlet": ["Herald"] * 12 + [HOSTILE] * 12,
            "story": [f"s{n}" for n in range(12)] * 2,
            "polarity": [0.5 + n / 100 for n in range(12)] + [n / 100 for n in range(12)],
            "subjectivity": [n % 3 / 10 for n in range(24)],
        },
        index=pd.Index([f"a{n}" for n in range(24)], name="article_id"),
    )
    one = fr.compare_outlets(frame, "polarity", n_resamples=200)
    several = fr.compare_measures(frame, ["polarity", "subjectivity"], n_resamples=200)
    for shown in (repr(one), one._repr_html_()):
        assert "Clear (adjusted p below 0.05;" in shown
        assert "Herald above" in shown
        assert "as one family" in shown
        assert not STEERING & set(shown)
    assert safe(one._repr_html_())
    assert safe(several._repr_html_())
    assert "polarity of Herald above" in repr(several)
    assert [row[0] for row in rows(one._repr_html_())] == ["outlet", SHOWN, "Herald"]
    assert rows(one._repr_html_())[1][3:] == ["12", "12", "0"]
    flat = fr.compare_outlets(frame, "subjectivity", n_resamples=200)
    assert "No clear difference: of " in repr(flat)
    assert "No clear difference: of " in flat._repr_html_()


def test_corrections_and_regressions_show_no_steering_marks() -> None:
    frame = pd.DataFrame({"outlet": ["Herald", HOSTILE] * 20, "story": [n // 2 for n in range(40)], "direct": [0, 1, 1, 0, 1] * 8})
    rates = pd.DataFrame({"outlet": ["Herald", HOSTILE], "precision": 0.9, "recall": [0.9, 0.0]})
    for found in (fr.compare.correct_for_rates(frame, "direct", rates, n_resamples=100), fr.regress(frame, "direct")):
        assert "⟨RLO⟩" in found._repr_html_()
        assert safe(found._repr_html_())
        assert not STEERING & set(repr(found))


def test_a_coding_sheet_shows_no_steering_marks(corpus: fr.Corpus, tmp_path: Path) -> None:
    sheet = fr.coding_sheet(corpus, variables=["first_source"], n=6, path=tmp_path / "sheet")
    assert "⟨RLO⟩" in sheet._repr_html_()
    assert safe(sheet._repr_html_())
    assert not STEERING & set(repr(sheet))


def test_attributions_are_a_tuple_that_shows_itself() -> None:
    found = fr.find_attributions("“The port is open,” said Jan Roe. Ida Poe said that ships waited.", engine="rules")
    assert isinstance(found, tuple)
    assert found == tuple(found)
    assert repr(found).splitlines()[0] == "<2 attributions>"
    assert repr(found).splitlines()[1].split(": ", 1)[1] == "“The port is open,”"
    assert rows(found._repr_html_())[1] == ["1", "Jan Roe", found[0].source_type, "direct", "neutral", "“The port is open,”"]
    for same in (pickle.loads(pickle.dumps(found)), copy.deepcopy(found)):
        assert isinstance(same, Attributions)
        assert repr(same) == repr(found)
    hostile = Attributions([fr.Attribution((), (), (fr.Span(0, len(HOSTILE)),), "direct", HOSTILE)], fr.Article("a", HOSTILE))
    assert not STEERING & set(repr(hostile))
    assert safe(hostile._repr_html_())
    assert repr(Attributions()) == "<0 attributions>"


def test_an_analysis_shows_all_its_layers(corpus: fr.Corpus) -> None:
    found = fr.analyze(corpus["Lantern-1"], engine="fast")
    page = lxml_html.fromstring(found._repr_html_())
    for layer, things in {
        "source": found.attributions,
        "loaded": found.loaded.words,
        "tone": found.tone_words(),
        "target": found.targets,
    }.items():
        assert things
        assert len(page.xpath(f"//p[@dir]//*[starts-with(@class, 'fr-{layer}')]")) == len(things), layer
    whole = lxml_html.document_fromstring(found.to_html(standalone=True, anchor="a"))
    assert whole.xpath("//main/article//span[@class='fr-sentence']/@id") == ["a-s1", "a-s2"]
    out = StringIO()
    Console(file=out, width=80).print(found)
    assert "*brutal*" in out.getvalue()


def test_what_a_notebook_shows_is_escaped() -> None:
    page = in_notebook(HOSTILE, "", Rows(["a", "b", "n"], [[HOSTILE, "", 1200]], n_names=2, caption="<b>"), Bullets([HOSTILE], title="<b>"))
    assert rows(page) == [["a", "b", "n"], [SHOWN, "–", "1,200"]]
    assert safe(page)
    assert page.count("&lt;b&gt;") == 2
    assert page.count("⟨RLO⟩") == 3
    assert not in_notebook("", Bullets([])).strip()


def test_numbers_of_a_notebook_stand_right() -> None:
    page = lxml_html.fromstring(in_notebook(Rows(["a", "b", "n"], [["x", "y", 1]], n_names=2)))
    assert page.xpath("//td/@style | //th/@style") == [f"text-align:{side}" for side in ("left", "left", "right") * 2]
    assert [cell.get("scope") for cell in page.xpath("//tr[last()]/*")] == ["col", "col", "col", "row", None, None]
