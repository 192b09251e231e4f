from __future__ import annotations

import datetime as dt
import json
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from coding_data import csv_cells
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

import framing as fr
from framing.coding import VARIABLES, unit_id, units
from framing.coding.sheets import _allocate
from framing.coding.units import digest
from framing.coding.variables import TABLES
from framing.coding.workbook import split_text
from framing.compare.ratios import statements_of

BLAME = fr.coding.Variable("blame", "Is somebody blamed by name?", values=("yes", "no"), meanings=("at least one", "nobody"))
DEGREE = fr.coding.Variable("degree", "How far?", level="interval", low=0, high=10)
PAGE = """Interior Minister Karla Voss called the strikers thugs. Bram Tolliver, who leads the union, said nobody had been hurt.

The port stays shut. Ships turned back all day. Residents said it was a terrible morning."""


def article(number: int, outlet: str | None, text: str = PAGE, **other: object) -> fr.Article:
    return fr.Article(
        f"{outlet}-{number}", f"{text} Number {number}.", outlet=outlet, headline="Port shut", date=dt.date(2024, 5, 1), **other
    )  # type: ignore[arg-type]


@pytest.fixture
def corpus() -> fr.Corpus:
    return fr.Corpus([article(n, ("Herald", "Lantern", "Ledger")[n % 3]) for n in range(24)] + [article(99, "Gazette"), article(98, None)])


def cells(path: Path) -> list[list[object]]:
    return [list(row) for row in load_workbook(path)["Coding"].iter_rows(values_only=True)]


def test_what_is_written(corpus: fr.Corpus, tmp_path: Path) -> None:
    sheet = fr.coding_sheet(corpus, variables=[BLAME, DEGREE], n=20, path=tmp_path / "round1")
    assert {what: path.name for what, path in sheet.paths.items()} == {
        "xlsx": "round1.xlsx",
        "csv": "round1.csv",
        "instructions": "round1-instructions.md",
        "key": "round1.key.json",
    }
    assert sheet.strata.n_drawn.to_dict() == {"(none)": 1, "Gazette": 1, "Herald": 6, "Lantern": 6, "Ledger": 6}
    assert sheet.strata.weight["Herald"] == pytest.approx(8 / 6)
    assert "all 1 article of Gazette taken: fewer than its share; the others fill up" in sheet.notes
    assert sheet.units.groupby("stratum").weight.sum().to_dict() == pytest.approx(
        {"(none)": 1, "Gazette": 1, "Herald": 8, "Lantern": 8, "Ledger": 8}
    )
    rows = cells(sheet.paths["xlsx"])
    assert rows[0] == ["unit", "text", "blame", "degree", "note", "check"]
    assert [row[0] for row in rows[1:]] == list(sheet.units.index)
    assert [[value or "" for value in row] for row in rows] == csv_cells(sheet.paths["csv"])
    assert sheet.paths["csv"].read_bytes().startswith(b"\xef\xbb\xbf")
    guide = sheet.paths["instructions"].read_text(encoding="utf-8")
    assert "Is somebody blamed by name?" in guide
    assert "Codes: a number from 0 to 10\n" in guide


def test_as_a_coder_sees_it(corpus: fr.Corpus, tmp_path: Path) -> None:
    sheet = fr.coding_sheet(corpus, variables=[BLAME, DEGREE], n=8, path=tmp_path / "a.xlsx")
    book = load_workbook(sheet.paths["xlsx"])
    assert book.sheetnames == ["Instructions", "Coding", "Codes"]
    page = book["Coding"]
    assert page.freeze_panes == "B2"
    assert page.protection.sheet
    assert (page["A2"].protection.locked, page["B2"].protection.locked, page["F2"].protection.locked) == (True, True, True)
    assert (page["C2"].protection.locked, page["D2"].protection.locked, page["E2"].protection.locked) == (False, False, False)
    assert page["B2"].alignment.wrap_text
    assert (page["C2"].number_format, page["D2"].number_format) == ("@", "General")
    rules = {str(rule.sqref): rule for rule in page.data_validations.dataValidation}
    assert (rules["C2:C9"].type, rules["C2:C9"].formula1) == ("list", "'Codes'!$A$2:$A$3")
    assert (rules["D2:D9"].type, rules["D2:D9"].formula1, rules["D2:D9"].formula2) == ("decimal", "0.0", "10.0")
    assert [book["Codes"][f"A{n}"].value for n in (1, 2, 3)] == ["blame", "yes", "no"]
    guide = {row[0]: row[1] for row in book["Instructions"].iter_rows(values_only=True)}
    assert guide["yes"] == "at least one"
    assert guide["Your task"].startswith("Each of the 8 rows is one article. Read its text, then fill in 'blame' and 'degree'.")
    assert "Context" not in guide
    filled = [row[0].value for row in book["Instructions"].iter_rows() if row[1].fill.fill_type]
    assert filled == [f"Coding sheet {sheet.name}", "blame", "degree"]


def test_context_and_order_are_explained(corpus: fr.Corpus, tmp_path: Path) -> None:
    sheet = fr.coding_sheet(corpus, variables=["target_tone"], n=5, path=tmp_path / "a", engine="rules")
    guide = sheet.paths["instructions"].read_text(encoding="utf-8")
    assert "Context: 'context' shows the sentences before and after, so that you see what is meant. Code the text alone." in guide
    assert "Codes: negative, neutral, positive (from lowest to highest)" in guide


def test_blind_or_not(corpus: fr.Corpus, tmp_path: Path) -> None:
    sheet = fr.coding_sheet(corpus, variables=[BLAME], n=8, path=tmp_path / "blind")
    seen = sheet.paths["csv"].read_text(encoding="utf-8-sig") + sheet.paths["instructions"].read_text(encoding="utf-8")
    with zipfile.ZipFile(sheet.paths["xlsx"]) as archive:
        seen += "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    assert not [name for name in ("Herald", "Lantern", "Ledger", "Gazette", "2024-05-01") if name in seen]
    shown = fr.coding_sheet(corpus, variables=[BLAME], n=8, path=tmp_path / "open", blind=False)
    assert cells(shown.paths["xlsx"])[0][:4] == ["unit", "outlet", "date", "headline"]
    assert "coders see the outlet" in shown.notes
    assert list(shown.units.index) == list(sheet.units.index)


def test_a_text_that_names_its_outlet(tmp_path: Path) -> None:
    corpus = fr.Corpus([article(1, "Herald", "She told the Herald that she had left."), article(2, "Lantern")])
    sheet = fr.coding_sheet(corpus, variables=[BLAME], n=2, path=tmp_path / "a")
    assert "1 text of 2 name their own outlet, which the sheet does not hide" in sheet.notes


def test_same_sample_whatever_the_order(corpus: fr.Corpus, tmp_path: Path) -> None:
    first = fr.coding_sheet(corpus, variables=[BLAME], n=9, path=tmp_path / "a")
    other = fr.coding_sheet(list(corpus)[::-1], variables=[BLAME], n=9, path=tmp_path / "b")
    seeded = fr.coding_sheet(corpus, variables=[BLAME], n=9, path=tmp_path / "c", seed=1)
    assert first.name == other.name
    assert first.paths["csv"].read_bytes() == other.paths["csv"].read_bytes()
    assert set(first.units.index) != set(seeded.units.index)
    assert first.units["stratum"].tolist() != sorted(first.units["stratum"])  # outlets are mixed


@pytest.mark.parametrize(
    "sizes, n, allocation, expected, whole",
    [
        ({"a": 10, "b": 10}, 6, "equal", {"a": 3, "b": 3}, []),
        ({"a": 2, "b": 10, "c": 10}, 12, "equal", {"a": 2, "b": 5, "c": 5}, ["a"]),
        ({"a": 2, "b": 3, "c": 10}, 12, "equal", {"a": 2, "b": 3, "c": 7}, ["a", "b"]),
        ({"a": 4, "b": 4, "c": 4}, 10, "equal", {"a": 4, "b": 3, "c": 3}, []),
        ({"a": 10, "b": 90}, 10, "proportional", {"a": 1, "b": 9}, []),
        ({"a": 1, "b": 999}, 10, "proportional", {"a": 1, "b": 9}, []),
        ({"a": 3, "b": 4}, 50, "proportional", {"a": 3, "b": 4}, ["a", "b"]),
        ({"a": 3, "b": 4}, 50, "equal", {"a": 3, "b": 4}, ["a", "b"]),
    ],
)
def test_allocation(sizes: dict[str, int], n: int, allocation: str, expected: dict[str, int], whole: list[str]) -> None:
    shares, taken = _allocate(sizes, n, allocation)  # type: ignore[arg-type]
    assert (shares, taken) == (expected, whole)


@settings(max_examples=80, deadline=None)
@given(
    sizes=st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(1, 40), min_size=1, max_size=6),
    more=st.integers(0, 120),
    allocation=st.sampled_from(["equal", "proportional"]),
)
def test_allocation_uses_all_there_is(sizes: dict[str, int], more: int, allocation: str) -> None:
    n = len(sizes) + more
    shares, _ = _allocate(sizes, n, allocation)  # type: ignore[arg-type]
    assert sum(shares.values()) == min(n, sum(sizes.values()))
    assert all(1 <= shares[name] <= sizes[name] for name in sizes)


HOSTILE = [
    '=HYPERLINK("http://x.example","click")',
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "'quoted'",
    "bell \x07 and nul \x00 here",
    "\x7f\x80\x9f\x85",
    "half a character \ud83d here",
    "_x0041_ is not an A",
    "<b>&amp;</b> ]]> \u202e",
    "",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts(text: str, tmp_path: Path) -> None:
    corpus = fr.Corpus([fr.Article("a", text + "\n\nNumber 1.", outlet=text.strip() or "x", headline=text), article(2, "Herald")])
    sheet = fr.coding_sheet(corpus, variables=[BLAME], n=2, path=tmp_path / "a", blind=False)
    page = load_workbook(sheet.paths["xlsx"])["Coding"]
    assert {cell.data_type for row in page.iter_rows() for cell in row if cell.value is not None} == {"s"}
    with zipfile.ZipFile(sheet.paths["xlsx"]) as archive:
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name)]
    for row in csv_cells(sheet.paths["csv"]):
        assert not [value for value in row if value[:1] and value[0] in "=+-@\t\r"]
    key = json.loads(sheet.paths["key"].read_text(encoding="utf-8"))
    digests = {unit["unit"]: unit["digest"] for unit in key["units"]}
    for rows in (cells(sheet.paths["xlsx"]), csv_cells(sheet.paths["csv"])):
        place = rows[0].index("text")
        assert {row[0]: digest(str(row[place])) for row in rows[1:]} == digests


def test_replaced_characters_are_counted(tmp_path: Path) -> None:
    corpus = fr.Corpus([article(1, "Herald", "bell \x07 and \x0b here")])
    assert (
        "2 characters that no spreadsheet can hold are shown as U+FFFD"
        in fr.coding_sheet(corpus, variables=[BLAME], n=1, path=tmp_path / "a").notes
    )


def test_long_texts_lose_nothing(tmp_path: Path) -> None:
    long = "\n\n".join(f"Sentence {n} of a very long report from Port Sallow, 🙂 and on." for n in range(1500))
    corpus = fr.Corpus([article(1, "Herald", long), article(2, "Herald")])
    sheet = fr.coding_sheet(corpus, variables=[BLAME], n=2, path=tmp_path / "a")
    rows = cells(sheet.paths["xlsx"])
    texts = [place for place, name in enumerate(rows[0]) if str(name).startswith("text")]
    assert len(texts) > 2
    joined = {"".join(str(row[place] or "") for place in texts) for row in rows[1:]}
    assert any(long in text for text in joined)
    for row in rows[1:]:
        for place in texts:
            words = str(row[place] or "")
            assert len(words.encode("utf-16-le")) // 2 <= 32_767
            assert words.count("\n") <= 253
    assert "1 text longer than a cell can hold (32,767 characters, 253 line ends) go on in the columns 'text (2)' ..." in sheet.notes


@settings(max_examples=50, deadline=None)
@given(st.text(st.sampled_from("ab \n🙂"), max_size=400).map(lambda s: s * 300))
def test_pieces_join_to_the_text(words: str) -> None:
    pieces = split_text(words)
    assert "".join(pieces) == words
    assert all(len(piece.encode("utf-16-le")) // 2 <= 32_767 and piece.count("\n") <= 253 for piece in pieces)


def test_units_of_each_kind(corpus: fr.Corpus, tmp_path: Path) -> None:
    tables = fr.analyze_corpus(corpus, engine="rules")
    for name, table in (("loaded", tables.sentences), ("target_tone", tables.mentions), ("source_type", tables.attributions)):
        sheet = fr.coding_sheet(corpus, variables=[name], n=10, path=tmp_path / name, engine="rules", tables=tables)
        if sheet.unit == "attribution":
            table = statements_of(table)
        rows = table["source"] if "source" in table else [""] * len(table)
        ids = {unit_id(sheet.unit, *place) for place in zip(table["article_id"], table["start"], table["end"], rows, strict=True)}
        assert set(sheet.units.index) <= ids
        assert sheet.strata["n_units"].sum() == len(ids)
    again = fr.coding_sheet(corpus, variables=["source_type"], n=10, path=tmp_path / "again", engine="rules")
    assert list(again.units.index) == list(sheet.units.index)
    shown = cells(tmp_path / "target_tone.xlsx")
    assert shown[0] == ["unit", "about", "text", "context", "target_tone", "note", "check"]
    for row in shown[1:]:
        marked = str(row[2]).split("[[")[1].split("]]")[0]
        assert marked in str(row[1]) or str(row[1]) in marked


def test_refusals_and_headlines_are_not_coded(corpus: fr.Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Found anew or in tables, the second and third statement are not among the units."""
    tables = fr.analyze_corpus(corpus, engine="rules")
    aside = tables.attributions.index[1:3]
    tables.attributions.loc[aside[0], "refusal"] = tables.attributions.loc[aside[1], "headline"] = True
    sheet = fr.coding_sheet(corpus, variables=["naming"], n=10, path=tmp_path / "of-tables", tables=tables)
    rows = tables.attributions
    ids = [unit_id("attribution", *place) for place in zip(rows["article_id"], rows["start"], rows["end"], rows["source"], strict=True)]
    assert sheet.strata["n_units"].sum() == len(set(ids) - set(ids[1:3]))

    def found(article: fr.Article, engine: str) -> tuple[fr.Attribution, ...]:
        one, *others = fr.find_attributions(article, engine="rules")
        return (replace(one, refusal=True), *others)

    monkeypatch.setattr(units, "find_attributions", found)
    left = fr.coding_sheet(corpus, variables=["naming"], n=10, path=tmp_path / "anew", engine="rules")
    assert left.strata["n_units"].sum() == len(set(ids)) - len(corpus)


def test_a_legal_label_is_shown(tmp_path: Path) -> None:
    page = "The Harbour Front called for a march.\n\n* The Harbour Front is an extremist organisation banned in Calderra."
    sheet = fr.coding_sheet(fr.Corpus([fr.Article("a", page, outlet="Herald")]), variables=["legal_label"], n=1, path=tmp_path / "a")
    assert "banned in Calderra" in str(cells(sheet.paths["xlsx"])[1][1])


def test_ready_made_variables_have_their_columns(corpus: fr.Corpus) -> None:
    tables = fr.analyze_corpus(corpus[:6], engine="rules")
    for variable in VARIABLES.values():
        assert variable.column in getattr(tables, TABLES[variable.unit]).columns
        assert len(variable.meanings) in (0, len(variable.values))


@pytest.mark.parametrize(
    "name, answer, code",
    [
        ("loaded", 0.5, "yes"),
        ("loaded", 0.49, "no"),
        ("loaded", float("nan"), None),
        ("voice", "outlet", "outlet"),
        ("voice", "quoted", "source"),
        ("first_source", None, "none"),
        ("first_source", "official", "official"),
        ("legal_label", 0, "no"),
        ("legal_label", 2, "yes"),
        ("source_type", "robot", None),
        ("naming", "anonymous", "anonymous"),
        ("naming", None, "unknown"),
        ("naming", "shy", None),
    ],
)
def test_what_the_measure_says_in_codes(name: str, answer: object, code: str | None) -> None:
    assert VARIABLES[name].of_tool(answer) == code


def test_nothing_is_written_over(corpus: fr.Corpus, tmp_path: Path) -> None:
    fr.coding_sheet(corpus, variables=[BLAME], n=5, path=tmp_path / "a")
    with pytest.raises(fr.FramingError, match="exists and is never written over; give another path, or move it away"):
        fr.coding_sheet(corpus, variables=[BLAME], n=5, path=tmp_path / "a.csv")


@pytest.mark.parametrize(
    "options, message",
    [
        ({"n": 3}, r"n must be at least 5, one unit for each stratum \(\(none\), Gazette, Herald, Lantern, Ledger\), got 3"),
        ({"n": True}, "n must be a whole number, 1 or more, got True"),
        ({"seed": -1}, "seed must be a whole number, 0 or more, got -1"),
        ({"allocation": "best"}, "allocation must be one of equal, proportional, got 'best'"),
        ({"by": "section"}, "no article has a value in 'section' to draw by; there are agency, language, outlet, or None"),
        ({"variables": ["tone"]}, "no ready-made variable 'tone'; there are target_tone, loaded"),
        ({"variables": []}, "there is no variable to code; ready-made are target_tone"),
        ({"variables": [BLAME, BLAME]}, "variables must differ in name, but 'blame' stands twice"),
        ({"variables": [BLAME, "loaded"]}, r"make one sheet for each: blame \(article\), loaded \(sentence\)"),
        ({"variables": [3]}, "variables must be Variable or names, got int"),
        ({"tables": 3}, "expected Tables"),
    ],
)
def test_wrong_options(corpus: fr.Corpus, tmp_path: Path, options: dict[str, object], message: str) -> None:
    with pytest.raises(fr.FramingError, match=message):
        fr.coding_sheet(corpus, **({"variables": [BLAME], "n": 10, "path": tmp_path / "a"} | options))  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


def test_nothing_to_code(tmp_path: Path) -> None:
    with pytest.raises(fr.FramingError, match="corpus has no mention to code in its 1 article"):
        fr.coding_sheet([fr.Article("a", "it rained all day.", outlet="x")], variables=["target_tone"], path=tmp_path / "a")
    with pytest.raises(fr.FramingError, match="corpus has no article to code in its 0 articles"):
        fr.coding_sheet([], variables=[BLAME], path=tmp_path / "a")


@pytest.mark.parametrize(
    "options, message",
    [
        ({"name": "text"}, "a sheet has a column of this name already"),
        ({"name": "text (2)"}, "a sheet has a column of this name already"),
        ({"name": "Text (3)"}, "a sheet has a column of this name already"),
        ({"name": "=a"}, "a spreadsheet would change '=a'"),
        ({"values": ("yes",)}, "nominal needs two values or more, got 1"),
        ({"values": ("yes", "Yes")}, "two values are the same"),
        ({"values": ("1", "1.0")}, "two values are the same"),
        ({"values": "yes"}, "must be several strings, got one"),
        ({"values": ("yes ", "no")}, "a spreadsheet would change 'yes '"),
        ({"values": ("@x", "no")}, "a spreadsheet would change '@x'"),
        ({"meanings": ("one",)}, "1 meanings for 2 values"),
        ({"level": "cardinal"}, "level must be one of nominal, ordinal, interval, ratio, got 'cardinal'"),
        ({"level": "interval"}, "interval codes are numbers: give low and high"),
        ({"level": "interval", "values": (), "low": 3, "high": 1}, "low and high must be numbers in this order"),
        ({"level": "ratio", "values": ()}, "a ratio scale begins at 0"),
        ({"low": 1}, "low and high are for interval and ratio"),
        ({"recode": (("a", "maybe"),)}, "recode leads to 'maybe', which is none of the values yes, no"),
        ({"threshold": 1, "values": ("a", "b", "c")}, "a threshold parts two values, got 3"),
        ({"question": " "}, "it needs a question"),
        ({"unit": "word"}, "unit must be one of article, sentence, attribution, mention, got 'word'"),
    ],
)
def test_wrong_variables(options: dict[str, object], message: str) -> None:
    with pytest.raises(fr.FramingError, match=message):
        fr.coding.Variable(**({"name": "blame", "question": "Blamed?", "values": ("yes", "no")} | options))  # type: ignore[arg-type]


def test_the_bundled_corpus(tmp_path: Path) -> None:
    corpus = fr.read_corpus(Path(__file__).parents[2] / "corpora" / "ten-stories")
    sheet = fr.coding_sheet(corpus, variables=["target_tone"], n=60, path=tmp_path / "tone")
    assert Counter(sheet.units["stratum"]) == dict.fromkeys(corpus.outlets, 10)
    assert repr(sheet).startswith(f"<CodingSheet {sheet.name}: 60 mentions, to be coded for target_tone>")
