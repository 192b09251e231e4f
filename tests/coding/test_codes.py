from __future__ import annotations

import csv
import datetime as dt
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from coding_data import csv_cells
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

import framing as fr
from framing.coding import codes_from_table
from framing.coding.codes import read_cell

BLAME = fr.coding.Variable("blame", "Is somebody blamed?", values=("yes", "no"))
DEGREE = fr.coding.Variable("degree", "How far?", level="ordinal", values=("1", "2", "3"))
LENGTH = fr.coding.Variable("length", "How long?", level="interval", low=0, high=10)

Table = list[list[Any]]


def page(n: int) -> str:
    words = ("ships", "coal", "schools", "floods", "buses", "harbours")
    return f"Report {n} is about {words[n % 6]} and number {n * 7}.\n\n-- A dash begins this line; “quoted” words, £5 and 3 % — end it."


@pytest.fixture(scope="module")
def corpus() -> fr.Corpus:
    return fr.Corpus(fr.Article(f"a{n}", page(n), outlet=("Herald", "Lantern")[n % 2]) for n in range(12))


@pytest.fixture
def sheet(corpus: fr.Corpus, tmp_path: Path) -> fr.coding.CodingSheet:
    return fr.coding_sheet(corpus, variables=[BLAME, DEGREE, LENGTH], n=12, path=tmp_path / "sheet")


def answers(n: int = 12, shift: int = 0) -> Table:
    return [[("yes", "no")[(k + shift) % 2], str((k + shift) % 3 + 1), (k + shift) % 11] for k in range(n)]


def fill_xlsx(sheet: fr.coding.CodingSheet, name: str, change: Callable[[Any], None] = lambda page: None, shift: int = 0) -> Path:
    """A copy of the workbook with every cell coded, then changed."""
    path = sheet.paths["xlsx"].with_name(name)
    book = load_workbook(sheet.paths["xlsx"])
    coding = book["Coding"]
    for row, codes in enumerate(answers(shift=shift), start=2):
        for column, code in zip("CDE", codes, strict=True):
            coding[f"{column}{row}"] = code
    change(coding)
    book.save(path)
    return path


def fill_csv(
    sheet: fr.coding.CodingSheet,
    name: str,
    change: Callable[[Table], Table] = lambda rows: rows,
    *,
    separator: str = ",",
    encoding: str = "utf-8-sig",
    shift: int = 0,
) -> Path:
    rows: Table = csv_cells(sheet.paths["csv"])
    for row, codes in zip(rows[1:], answers(shift=shift), strict=True):
        row[2:5] = [str(code) for code in codes]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(change(rows))
    path = sheet.paths["csv"].with_name(name)
    path.write_bytes(out.getvalue().encode(encoding, "replace"))
    return path


def found(codes: fr.coding.Codes) -> dict[tuple[str, str, str], str | None]:
    return {(row.coder, row.unit, row.variable): row.code for row in codes.table.itertuples()}


def expected(sheet: fr.coding.CodingSheet, coder: str, shift: int = 0) -> dict[tuple[str, str, str], str]:
    return {
        (coder, unit, name): str(code)
        for unit, codes in zip(sheet.units.index, answers(shift=shift), strict=True)
        for name, code in zip(("blame", "degree", "length"), codes, strict=True)
    }


def test_there_and_back_in_both_formats(sheet: fr.coding.CodingSheet) -> None:
    codes = fr.read_codes(fill_xlsx(sheet, "ann.xlsx"), fill_csv(sheet, "ben.csv", shift=1), key=sheet)
    assert codes.problems == ()
    assert found(codes) == expected(sheet, "ann") | expected(sheet, "ben", shift=1)
    assert codes.coders == ("ann", "ben")
    assert repr(codes) == "<Codes: 2 coders, 12 articles, 3 variables>"
    about = codes.table.drop_duplicates("unit").set_index("unit")
    assert about["article_id"].to_dict() == sheet.units["article_id"].to_dict()
    assert about["outlet"].to_dict() == sheet.units["outlet"].to_dict()
    assert codes.progress()["coded"].tolist() == [12] * 6
    assert codes.variables == (BLAME, DEGREE, LENGTH)


def test_the_key_beside_the_sheet_is_found(sheet: fr.coding.CodingSheet, tmp_path: Path) -> None:
    path = fill_xlsx(sheet, "ann.xlsx")
    assert len(fr.read_codes(path).table) == 36
    shutil.copy(sheet.paths["key"], tmp_path / "other.key.json")
    with pytest.raises(fr.FramingError, match=r"Give key=; beside ann.xlsx lies other.key.json, sheet.key.json"):
        fr.read_codes(path)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_whatever_a_spreadsheet_writes(sheet: fr.coding.CodingSheet, separator: str, encoding: str) -> None:
    codes = fr.read_codes(fill_csv(sheet, "ann.csv", separator=separator, encoding=encoding), key=sheet)
    assert found(codes) == expected(sheet, "ann")
    assert not [problem for problem in codes.problems if problem.lost]
    assert all("not UTF-8" in problem.reason for problem in codes.problems)


def test_sorted_rows_and_more_columns_do_no_harm(sheet: fr.coding.CodingSheet) -> None:
    def change(rows: Table) -> Table:
        return [["my number", *rows[0]]] + [[str(k), *row] for k, row in enumerate(sorted(rows[1:]))]

    codes = fr.read_codes(fill_csv(sheet, "ann.csv", change), key=sheet)
    assert codes.problems == ()
    assert found(codes) == expected(sheet, "ann")


def test_rows_above_the_header_and_a_renamed_page(sheet: fr.coding.CodingSheet) -> None:
    def change(coding: Any) -> None:
        coding.insert_rows(1, 2)
        coding["A1"] = "Coded by Ann"
        coding.title = "Sheet of Ann"

    codes = fr.read_codes(fill_xlsx(sheet, "ann.xlsx", change), key=sheet)
    assert found(codes) == expected(sheet, "ann")
    assert codes.table["row"].min() == 4


@pytest.mark.parametrize(
    "cell, value, reason",
    [
        ("C5", "maybe", "column C (blame): 'maybe' is no code of the scale; accepted: yes, no"),
        ("C5", 7, "column C (blame): '7' is no code of the scale; accepted: yes, no"),
        ("C5", True, "column C (blame): 'True' is no code of the scale; accepted: yes, no"),
        ("D5", "4", "column D (degree): '4' is no code of the scale; accepted: 1, 2, 3"),
        ("D5", 1.5, "column D (degree): '1.5' is no code of the scale; accepted: 1, 2, 3"),
        (
            "D5",
            dt.datetime(2026, 1, 2),
            "column D (degree): the date or time 2026-01-02 00:00:00 (a spreadsheet made it of what was typed); accepted: 1, 2, 3",
        ),
        ("D5", "=1+1", "column D (degree): the formula '=1+1'; accepted: 1, 2, 3"),
        ("E5", 11, "column E (length): 11 is outside the scale; accepted: a number from 0 to 10"),
        ("E5", "long", "column E (length): 'long' is no number; accepted: a number from 0 to 10"),
        ("E5", "nan", "column E (length): 'nan' is no number; accepted: a number from 0 to 10"),
        ("E5", "1_0", "column E (length): '1_0' is no number; accepted: a number from 0 to 10"),
    ],
)
def test_a_bad_cell_is_named_and_the_rest_read(sheet: fr.coding.CodingSheet, cell: str, value: object, reason: str) -> None:
    def change(coding: Any) -> None:
        coding[cell] = value

    path = fill_xlsx(sheet, "ann.xlsx", change)
    codes = fr.read_codes(path, key=sheet)
    unit = sheet.units.index[3]
    assert codes.problems == (fr.errors.Problem(str(path), reason, line=5, article_id=sheet.units.loc[unit, "article_id"]),)
    bad = codes.table[codes.table["state"] == "bad"]
    assert bad[["unit", "code"]].values.tolist() == [[unit, None]]
    assert (codes.table["state"] == "coded").sum() == 35
    assert str(codes.problems[0]).startswith(f"{path}:5: column")


@pytest.mark.parametrize("cell, value, code", [("D5", 2.0, "2"), ("D5", 2, "2"), ("E5", 2.50, "2.5"), ("E5", 3.0, "3")])
def test_numbers_as_spreadsheets_store_them(sheet: fr.coding.CodingSheet, cell: str, value: object, code: str) -> None:
    def change(coding: Any) -> None:
        coding[cell] = value

    codes = fr.read_codes(fill_xlsx(sheet, "ann.xlsx", change), key=sheet)
    assert codes.problems == ()
    name = {"D": "degree", "E": "length"}[cell[0]]
    assert found(codes)["ann", sheet.units.index[3], name] == code


@pytest.mark.parametrize(
    "variable, value, code, doubt",
    [
        (BLAME, "yes ", "yes", "'yes ' taken as 'yes'"),
        (BLAME, "\xa0YES\n", "yes", "'\\xa0YES\\n' taken as 'yes'"),
        (BLAME, "'no", "no", "\"'no\" taken as 'no'"),
        (DEGREE, "1.0", "1", "'1.0' taken as '1'"),
        (DEGREE, "1,0", "1", "'1,0' taken as '1'"),
        (LENGTH, "2,5", "2.5", "'2,5' taken as '2.5'"),
        (LENGTH, "2.5", "2.5", None),
        (BLAME, "", None, None),
        (BLAME, " \xa0", None, None),
        (BLAME, None, None, None),
        (BLAME, float("nan"), None, None),
    ],
)
def test_one_cell(variable: fr.coding.Variable, value: object, code: str | None, doubt: str | None) -> None:
    cell = read_cell(value, variable)
    assert (cell.code, cell.doubt, cell.fault) == (code, doubt, None)


def test_doubts_are_told_once_a_column(sheet: fr.coding.CodingSheet) -> None:
    def change(rows: Table) -> Table:
        return [rows[0]] + [[*row[:2], f" {row[2].upper()} ", *row[3:]] for row in rows[1:]]

    codes = fr.read_codes(fill_csv(sheet, "ann.csv", change), key=sheet)
    assert found(codes) == expected(sheet, "ann")
    (problem,) = codes.problems
    assert (problem.line, problem.lost) == (2, False)
    assert problem.reason == "column C (blame): 12 cells not written as in the scale, here ' YES ' taken as 'yes'"


def test_problems_stand_in_the_order_of_the_rows(sheet: fr.coding.CodingSheet) -> None:
    def change(rows: Table) -> Table:
        rows[3][2], rows[8][2] = "perhaps", "perhaps"
        rows[5][-1] = "shift"
        return rows

    codes = fr.read_codes(fill_csv(sheet, "ann.csv", change), key=sheet)
    assert [problem.line for problem in codes.problems] == [4, 6, 9]


def test_empty_cells_are_missing_not_bad(sheet: fr.coding.CodingSheet) -> None:
    def change(coding: Any) -> None:
        coding["C3"] = None
        coding["D4"] = " "

    codes = fr.read_codes(fill_xlsx(sheet, "ann.xlsx", change), key=sheet)
    assert codes.problems == ()
    assert (codes.table["state"] == "empty").sum() == 2
    assert codes.progress()["empty"].tolist() == [1, 1, 0]


@pytest.mark.parametrize("first", [0, 1])
def test_shifted_rows_are_left_out(sheet: fr.coding.CodingSheet, first: int) -> None:
    """The unit alone, or the unit with its text, slid down by a row within rows 4 to 8; codes and check stayed."""

    def change(rows: Table) -> Table:
        moved = [row[: first + 1] for row in rows[3:8]]
        for row, left in zip(rows[3:8], moved[-1:] + moved[:-1], strict=True):
            row[: first + 1] = left
        return rows

    codes = fr.read_codes(fill_csv(sheet, "ann.csv", change), key=sheet)
    assert [problem.line for problem in codes.problems] == [4, 5, 6, 7, 8]
    assert all("cells were shifted; the row is left out" in problem.reason and problem.lost for problem in codes.problems)
    right = expected(sheet, "ann")
    assert {key: code for key, code in found(codes).items() if right[key] != code} == {}
    assert codes.table["unit"].nunique() == 7


def test_shifted_texts_without_a_check_column(sheet: fr.coding.CodingSheet) -> None:
    def change(rows: Table) -> Table:
        rows[1][1], rows[2][1] = rows[2][1], rows[1][1]
        return [row[:-1] for row in rows]

    codes = fr.read_codes(fill_csv(sheet, "ann.csv", change), key=sheet)
    reasons = [problem.reason for problem in codes.problems]
    units = sheet.units.index
    assert reasons[0] == "no column 'check', so shifted rows are found by their texts alone"
    assert f"the text is that of unit {units[1]}, not of {units[0]}: cells were shifted; the row is left out" in reasons
    assert codes.table["unit"].nunique() == 10


def test_an_edited_text_is_a_doubt(sheet: fr.coding.CodingSheet) -> None:
    def change(coding: Any) -> None:
        coding["B4"] = "Something else"

    codes = fr.read_codes(fill_xlsx(sheet, "ann.xlsx", change), key=sheet)
    assert [(p.line, p.lost) for p in codes.problems] == [(4, False)]
    assert "is not the one given out" in codes.problems[0].reason
    assert found(codes) == expected(sheet, "ann")


def test_codes_moved_down_show_below_the_last_unit(sheet: fr.coding.CodingSheet) -> None:
    def change(coding: Any) -> None:
        for row in range(14, 5, -1):
            coding[f"C{row}"] = coding[f"C{row - 1}"].value
        coding["C5"] = None

    codes = fr.read_codes(fill_xlsx(sheet, "ann.xlsx", change), key=sheet)
    (problem,) = codes.problems
    assert (problem.line, problem.lost) == (14, True)
    assert problem.reason == (
        "column C (blame): a code below the last unit, so cells were moved down, nobody can tell from where; the column is left out"
    )
    assert codes.progress().set_index("variable")["coded"].to_dict() == {"blame": 0, "degree": 12, "length": 12}


def test_a_word_below_the_last_unit_is_only_told(sheet: fr.coding.CodingSheet) -> None:
    def change(coding: Any) -> None:
        coding["C15"] = "done!"

    codes = fr.read_codes(fill_xlsx(sheet, "ann.xlsx", change), key=sheet)
    assert [(p.line, p.reason) for p in codes.problems] == [(15, "column C (blame): 'done!' in a row without a unit")]
    assert found(codes) == expected(sheet, "ann")


def test_a_unit_that_stands_twice(sheet: fr.coding.CodingSheet) -> None:
    def change(rows: Table) -> Table:
        other = list(rows[2])
        other[2] = "yes" if other[2] == "no" else "no"
        return [*rows, list(rows[1]), other]

    codes = fr.read_codes(fill_csv(sheet, "ann.csv", change), key=sheet)
    one, two = sheet.units.index[:2]
    assert [(p.reason, p.lost) for p in codes.problems] == [
        (f"unit {one} stands in rows 2, 14 with the same codes; taken once", False),
        (f"unit {two} stands in rows 3, 15 with different codes; none is taken", True),
    ]
    assert set(codes.table["unit"]) == set(sheet.units.index) - {two}


def test_rows_gone_and_rows_foreign(sheet: fr.coding.CodingSheet) -> None:
    def change(rows: Table) -> Table:
        return [*rows[:-2], ["zzzzzzzzzz", *rows[-1][1:]]]

    codes = fr.read_codes(fill_csv(sheet, "ann.csv", change), key=sheet)
    first = sheet.units.index[10]
    assert [(p.line, p.lost, p.reason) for p in codes.problems] == [
        (12, True, f"unit 'zzzzzzzzzz' is not in sheet {sheet.name}; its codes are left out"),
        (None, False, f"2 rows of the sheet's 12 are missing, such as that of unit {first}"),
    ]


def test_a_missing_column(sheet: fr.coding.CodingSheet) -> None:
    codes = fr.read_codes(fill_csv(sheet, "ann.csv", lambda rows: [row[:3] + row[4:] for row in rows]), key=sheet)
    assert [p.reason for p in codes.problems] == ["no column 'degree'; columns are unit, text, blame, length, note, check"]
    assert set(codes.table["variable"]) == {"blame", "length"}
    with pytest.raises(fr.errors.ReadingError, match=r"no row with the column names of a coding sheet \('unit' ...\)"):
        fr.read_codes(fill_csv(sheet, "bea.csv", lambda rows: [row[1:] for row in rows]), key=sheet)


def test_another_sheet(corpus: fr.Corpus, sheet: fr.coding.CodingSheet, tmp_path: Path) -> None:
    other = fr.coding_sheet(corpus, variables=["loaded"], n=12, path=tmp_path / "other")
    ann = fill_xlsx(sheet, "ann.xlsx")
    codes = fr.read_codes(ann, other.paths["xlsx"], key=sheet)
    assert [p.reason for p in codes.problems] == [
        "no column 'blame'; columns are unit, text, context, loaded, note, check",
        "no column 'degree'; columns are unit, text, context, loaded, note, check",
        "no column 'length'; columns are unit, text, context, loaded, note, check",
        f"none of its 12 units is in the key of sheet {sheet.name}: this is another sheet, or another key",
    ]
    assert codes.coders == ("ann",)


def test_a_coders_file_twice(sheet: fr.coding.CodingSheet, tmp_path: Path) -> None:
    ann = fill_csv(sheet, "ann.csv")
    shutil.copy(ann, tmp_path / "ben.csv")
    cleo = fill_xlsx(sheet, "cleo.xlsx")  # the same codes in another format
    (tmp_path / "round2").mkdir()
    again = shutil.copy(fill_csv(sheet, "dan.csv", shift=1), tmp_path / "round2" / "ann.csv")
    codes = fr.read_codes(ann, tmp_path / "ben.csv", cleo, again, key=sheet)
    assert [(Path(p.where).name, p.lost, p.reason) for p in codes.problems] == [
        ("ben.csv", True, f"this is {ann} once more, byte for byte; left out"),
        ("cleo.xlsx", False, f"all 36 codes are those of {ann}; if one is a copy of the other, agreement says nothing"),
        ("ann.csv", True, f"coder 'ann' was read from {ann} already; left out (name coders with coders=)"),
    ]
    assert codes.coders == ("ann", "cleo")
    named = fr.read_codes(ann, again, key=sheet, coders=["ann", "ann, later"])
    assert named.coders == ("ann", "ann, later")


def test_a_sheet_nobody_filled_in(sheet: fr.coding.CodingSheet) -> None:
    with pytest.raises(fr.errors.ReadingError, match=r"no sheet could be read: .*sheet.csv: no cell is filled in"):
        fr.read_codes(sheet.paths["csv"], key=sheet)


def broken(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "name, data, reason",
    [
        ("x.xlsx", b"", "the file is empty"),
        ("x.xlsx", b"PK\x03\x04 and no more", "not a whole xlsx file"),
        ("x.xlsx", b"unit,text\n", "this is not an xlsx file though it is called so; save the sheet as .xlsx or .csv"),
        ("x.xls", b"\xd0\xcf\x11\xe0", "this is not an xlsx file; save the sheet as .xlsx or .csv"),
        ("x.csv", b"\x00\x01\x02\x03\x00", "not text: it holds NUL bytes"),
        ("x.csv", b"a,b\n1,2\n", "no row with the column names of a coding sheet"),
    ],
)
def test_files_that_are_no_sheet(sheet: fr.coding.CodingSheet, tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    codes = fr.read_codes(fill_csv(sheet, "ann.csv"), broken(tmp_path / name, data), tmp_path / "absent.csv", key=sheet)
    assert codes.problems[0].reason.startswith(reason)
    assert codes.problems[1].reason == "there is no such file"
    assert len(codes.table) == 36


@pytest.mark.parametrize("keep", [0.3, 0.9])
def test_a_torn_workbook(sheet: fr.coding.CodingSheet, tmp_path: Path, keep: float) -> None:
    data = fill_xlsx(sheet, "ann.xlsx").read_bytes()
    with pytest.raises(fr.errors.ReadingError, match="not a whole xlsx file"):
        fr.read_codes(broken(tmp_path / "torn.xlsx", data[: int(keep * len(data))]), key=sheet)


def test_wrong_arguments(sheet: fr.coding.CodingSheet, tmp_path: Path) -> None:
    ann = fill_csv(sheet, "ann.csv")
    with pytest.raises(fr.FramingError, match=r"name at least one filled-in sheet \(.xlsx or .csv\)"):
        fr.read_codes()
    with pytest.raises(fr.FramingError, match="coders must be one name for each of the 1 files, got 'ann'"):
        fr.read_codes(ann, coders="ann")
    with pytest.raises(fr.FramingError, match="key must be a path or a CodingSheet, got int"):
        fr.read_codes(ann, key=3)  # type: ignore[arg-type]
    with pytest.raises(fr.errors.ReadingError, match="the key cannot be opened"):
        fr.read_codes(ann, key=tmp_path / "no.json")
    for data in (
        b"[]",
        b"{",
        b'{"units": []}',
        json.dumps({"format": 1, "sheet": "a", "unit": "article", "variables": [], "units": [{}]}).encode(),
    ):
        with pytest.raises(fr.errors.ReadingError, match="this is no key written by coding_sheet"):
            fr.read_codes(ann, key=broken(tmp_path / "bad.json", data))


@settings(max_examples=10, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(data=st.data())
def test_random_codes_come_back(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    corpus = fr.Corpus(fr.Article(f"a{n}", data.draw(st.text(max_size=60)) + f" end {n}", outlet="Herald") for n in range(3))
    sheet = fr.coding_sheet(corpus, variables=[BLAME, DEGREE], n=3, path=tmp_path_factory.mktemp("s") / "s")
    cells = data.draw(st.lists(st.tuples(st.sampled_from(["yes", "no", ""]), st.sampled_from(["1", "2", "3", ""])), min_size=3, max_size=3))
    rows: Table = csv_cells(sheet.paths["csv"])
    book = load_workbook(sheet.paths["xlsx"])
    for number, codes in enumerate(cells):
        rows[number + 1][2:4] = codes
        for column, code in zip("CD", codes, strict=True):
            book["Coding"][f"{column}{number + 2}"] = code or None
    ann, ben = sheet.paths["csv"].with_name("ann.xlsx"), sheet.paths["csv"].with_name("ben.csv")
    book.save(ann)
    with ben.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    if not any(any(codes) for codes in cells):
        return
    read = fr.read_codes(ann, ben, key=sheet)
    assert not [p for p in read.problems if "all" not in p.reason]
    for coder in ("ann", "ben"):
        mine = {(u, v): c for (c_, u, v), c in found(read).items() if c_ == coder}
        assert mine == {
            (u, v): c or None
            for u, codes in zip(sheet.units.index, cells, strict=True)
            for v, c in zip(("blame", "degree"), codes, strict=True)
        }


def test_codes_from_a_table() -> None:
    table = pd.DataFrame({"coder": ["ann", "ben", "ann"], "unit": [1, 1, 2], "variable": "blame", "code": ["yes", "no", None]})
    codes = codes_from_table(table, [BLAME])
    assert codes.table["state"].tolist() == ["coded", "coded", "empty"]
    for change, message in (
        ({"code": ["yes", "no", "perhaps"]}, "row 2 of the table: 'perhaps' is no code of the scale; accepted for 'blame': yes, no"),
        ({"unit": 1}, "coder 'ann' has two codes for 'blame' of unit 1"),
        ({"variable": "shame"}, "variable 'shame' is not among the variables given: blame"),
    ):
        with pytest.raises(fr.FramingError, match=message):
            codes_from_table(table.assign(**change), [BLAME])
    with pytest.raises(fr.FramingError, match="no column 'coder'; needed are coder, unit, variable and code, there are unit"):
        codes_from_table(table[["unit"]], [BLAME])
