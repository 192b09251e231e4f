"""A measure is plain data: what a toy one declares is found wherever measures are used."""

from __future__ import annotations

import json
import pickle
import re
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from rich.console import Console

import framing as fr
from framing.errors import InputError
from framing.measuring import measures
from framing.measuring.measure import Column, Field, Layer, Measure
from framing.measuring.page import Page, as_page
from framing.report.summarise import report_measures
from framing.report.trace import trace
from framing.tables.columns import describe_measure
from framing.text import Span


@dataclass(frozen=True)
class Ship:
    span: Span
    kind: str


def find_ships(page: Page) -> list[Ship]:
    return [
        Ship(Span(*m.span()), m.group().lower()) for p in page.body for m in re.compile(r"(?i)\b(?:ships?|ferry)\b").finditer(page.text, *p)
    ]


SHIPS = Measure(
    name="ships",
    find=find_ships,
    row="a ship",
    fields=("kind", Field("span", "place"), Field("sentence", "span", lambda page, ship: page.sentence_at(ship.span.start), key=None)),
    columns=(
        Column("n_ships", "Ships per article", "count", "names more ships", "names fewer ships", count=bool),
        Column(
            "ships_per_1k",
            "Ships per 1,000 words",
            "rate",
            "prints more ships",
            "prints fewer ships",
            report=True,
            own_voice=True,
            count=lambda ship: ship.kind != "ferry",
            one="ship",
        ),
    ),
    layer=Layer("ship", "u", "ship"),
)
ALL = (*measures(), SHIPS)
BOATS_COLUMN = Measure("boats", columns=(Column("n_ships", count=bool),))
BOATS_TABLE = Measure("boats", fields=("kind",), table="ships")
TEXT = "Two ships waited. “The ships must leave,” said Nadia Orlo, the mayor. The ferry sailed."


def corpus() -> fr.Corpus:
    words = {
        "Herald": "A ship and a ship came.",
        "Lantern": "The quay was calm and quite empty.",
        "Tribune": "A ship waited all night there.",
    }
    return fr.Corpus(
        fr.Article(f"{outlet}{story}", f"{text} It was day {story}.", outlet=outlet, meta={"story": f"s{story}"})
        for story in range(7)
        for outlet, text in words.items()
    )


@pytest.fixture(scope="module")
def tables() -> fr.Tables:
    some = corpus()
    stories = pd.Series({article.id: article.meta["story"] for article in some})
    return fr.analyze_corpus(some, stories=stories, engine="rules", measures=ALL)


@pytest.fixture(scope="module")
def found() -> fr.Analysis:
    return fr.analyze(TEXT, engine="rules", measures=ALL)


def test_numbers_are_made_of_the_findings(found: fr.Analysis) -> None:
    assert [ship.span.of(TEXT) for ship in found.found["ships"]] == ["ships", "ships", "ferry"]
    assert found.measures["n_ships"] == 3
    assert found.measures["ships_per_1k"] == pytest.approx(2000 / 15)  # the ferry is not counted
    assert found.measures["ships_outlet_per_1k"] == pytest.approx(1000 / 11)  # the mayor's four words left out
    assert np.isnan(fr.analyze("", engine="rules", measures=ALL).measures["ships_per_1k"])


def test_json(found: fr.Analysis) -> None:
    assert json.loads(json.dumps(found.to_dict(), allow_nan=False))["ships"] == [
        {"kind": "ships", "start": 4, "end": 9},
        {"kind": "ships", "start": 23, "end": 28},
        {"kind": "ferry", "start": 74, "end": 79},
    ]


def test_table_and_its_schema(tables: fr.Tables, tmp_path: Path) -> None:
    assert tables.ships.dtypes.astype(str).to_dict() == {
        **dict.fromkeys(("article_id", "outlet", "story", "kind"), "object"),
        "start": "int64",
        "end": "int64",
        "sentence": "object",
    }
    assert tables.ships["sentence"].iloc[0] == "A ship and a ship came."
    assert len(tables.ships) == 7 * 3
    none = fr.analyze_corpus([fr.Article("a", "Calm.")], engine="rules", measures=[SHIPS])
    assert none.ships.dtypes.equals(tables.ships.dtypes)
    assert list(none.articles.filter(like="ships")) == ["n_ships", "ships_per_1k", "ships_outlet_per_1k"]
    tables.write(tmp_path)
    assert len(pd.read_csv(tmp_path / "ships.csv")) == len(tables.ships)
    assert "a ship" in tables._repr_html_()


def test_processes_change_nothing(tables: fr.Tables) -> None:
    stories = tables.articles["story"]
    again = fr.analyze_corpus(corpus(), stories=stories, engine="rules", measures=ALL, n_jobs=2)
    pd.testing.assert_frame_equal(again.ships, tables.ships)
    pd.testing.assert_frame_equal(again.articles, tables.articles)


def test_what_it_is_called(tables: fr.Tables) -> None:
    assert len(tables.articles)
    assert describe_measure("ships_outlet_per_1k") == {
        "measure": "ships_outlet_per_1k",
        "name": "Ships per 1,000 of the outlet's own words",
        "unit": "rate",
        "more": "prints more ships where it speaks itself",
        "less": "prints fewer ships where it speaks itself",
        "card": "ships",
    }
    comparison = fr.compare_outlets(tables, "ships_outlet_per_1k", n_resamples=200)
    ax = fr.plot.compare(comparison)
    assert ax.get_xlabel().startswith("Ships per 1,000 of the outlet's own words")
    plt.close(ax.figure)  # type: ignore[arg-type]


def test_the_report_asks_about_it_and_leads_back(tables: fr.Tables, tmp_path: Path) -> None:
    assert {"ships_outlet_per_1k"} == {name for name in report_measures(tables.articles) if "ships" in name}
    analyses = [fr.analyze(article, engine="rules", measures=ALL) for article in corpus()][:2]
    led = trace(analyses, ["ships_outlet_per_1k"], ["Herald", "Lantern"])
    layer = led["layers"][led["measures"]["ships_outlet_per_1k"]["layer"]]
    assert (layer["one"], layer["rows"]) == ("ship", [[(1, "ship"), (1, "ship")], []])
    written = fr.write_report(corpus(), tmp_path / "report.html", tables=tables, n_resamples=200).read_text(encoding="utf-8")
    assert "Ships per 1,000 of the outlet" in written


def test_readers_show_its_layer(found: fr.Analysis) -> None:
    page = found.to_html()
    assert page.count('class="fr-ship"') == 3 + 1  # in the text, in the key
    assert "3 ships" in page
    assert ".framing-article:has(.fr-see-ship:not(:checked)) .fr-ship" in page
    out = StringIO()
    Console(file=out, width=100).print(found)
    assert "ships, ships, ferry" in out.getvalue()


def test_its_findings_can_be_compared(tables: fr.Tables) -> None:
    comparison = fr.compare_outlets(tables, "kind=ship", table="ships", n_resamples=200)
    assert comparison.estimates["n_rows"].to_dict() == {"Herald": 14, "Lantern": 0, "Tribune": 7}
    with pytest.raises(fr.errors.UnknownNameError, match=r"no table 'boats'; tables are articles, .*, ships, targets, paragraphs$"):
        fr.compare_outlets(tables, "kind=ship", table="boats")


def test_robustness_knows_the_outlets_own_voice(tables: fr.Tables) -> None:
    made = fr.robustness(tables, "ships_per_1k", n_resamples=200)
    assert "ships_outlet_per_1k" in set(made["measure"])


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ([*measures(), measures()[0]], "measures 'length' and 'length' both have the name 'length'"),
        (
            [SHIPS, BOATS_COLUMN],
            "measures 'ships' and 'boats' both have the column 'n_ships'",
        ),
        (
            [SHIPS, BOATS_TABLE],
            "measures 'ships' and 'boats' both have the table 'ships'",
        ),
        (
            [Measure("targets", fields=("kind",))],
            "the table of measure 'targets' cannot be called 'targets': the tables have one of that name",
        ),
        (["wording"], "measures must hold Measure, as fr.measures() does; got str"),
        (3, "measures must hold Measure, as fr.measures() does; got int"),
    ],
)
def test_measures_that_cannot_stand_together(wanted: object, message: str) -> None:
    with pytest.raises(InputError) as caught:
        fr.analyze("Calm.", engine="rules", measures=wanted)  # type: ignore[arg-type]
    assert str(caught.value).removesuffix("; they must differ") == message


def test_a_column_that_cannot_be() -> None:
    with pytest.raises(InputError, match=r"unit of column 'n' must be one of polarity, share, .* got 'miles'"):
        Column("n", unit="miles")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="column 'n_ships' has own_voice, which needs a count and a name that ends in '_per_1k'"):
        Column("n_ships", count=bool, own_voice=True)


def test_each_measure_keeps_its_word() -> None:
    page = as_page(TEXT, "rules")
    for measure in measures():
        found = measure.found_on(page)
        assert list(measure.measured(page, found)) == [column.name for column in measure.all_columns]
        for row in measure.rows(page, found):
            assert list(row) == list(measure.schema), measure.name
        layers = {layer.name for layer in measure.layers}
        assert {mark.layer for mark in measure.marks_on(page, found)} <= layers or not layers
        assert all(column.card in fr.cards().index for column in measure.all_columns)


def test_a_page_is_read_once_and_taken_everywhere() -> None:
    page = as_page("“The port stays shut,” said Nadia Orlo, the mayor.", "fast")
    assert page.attributions is fr.find_attributions(page)
    assert page.names is fr.find_names(page)
    assert as_page(page) is page
    assert as_page(page, "rules").engine == "rules"
    assert as_page(page, "fast") is page
    analysis = fr.analyze(page)
    assert analysis.page is page
    assert analysis.attributions == page.attributions


def test_what_holds_measures_can_be_pickled() -> None:
    analysis = fr.analyze(TEXT, engine="rules")
    again = pickle.loads(pickle.dumps(analysis))
    assert again.to_dict() == analysis.to_dict()
    assert again.used == measures()
    made = fr.analyze_corpus([fr.Article("a", TEXT)], engine="rules")
    pd.testing.assert_frame_equal(pickle.loads(pickle.dumps(made)).articles, made.articles)
