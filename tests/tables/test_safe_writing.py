"""Nothing that this library writes runs in a spreadsheet: one rule, and every writer beside it."""

from __future__ import annotations

import ast
import csv
import io
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

import framing as fr
from framing.cli import main
from framing.tables.safe_writing import csv_text, is_formula, map_text, original_cell, safe_cell, write_csv

HOSTILE = [
    '=HYPERLINK("http://x.example","click")',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "  =1+1",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\ttab",
    "\x00=1+1",
    "\u200b=1+1",
    "\ufeff+1",
    "\u202e=1+1",
    "\xa0-1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "﹦1",
    "|calc",
    "%0A=1",
    "'=1+1",
    "''@x",
]
HARMLESS = ["five", "a = b", "'tis", "2021-09-22", "1-2", "(-5)", "", " ", "“=1”", "#=1", "50 % off", "́=", "– a dash", "−5"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_marked_and_come_back(text: str) -> None:
    assert is_formula(text)
    assert safe_cell(text) == "'" + text
    assert original_cell("'" + text) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_texts_stay(text: str) -> None:
    assert safe_cell(text) == text == original_cell(text)


@given(st.text() | st.text("=+-@|%'＝ \t\r\n\u200bab"))
def test_every_text_comes_back(text: str) -> None:
    assert original_cell(safe_cell(text)) == text


@pytest.mark.parametrize("number", [-1, -1.5, np.float64(-2), np.int64(-3), Decimal("-4"), True, None, float("-inf")])
def test_numbers_stay_numbers(number: object) -> None:
    assert safe_cell(number) is number
    assert original_cell(number) is number


def test_what_is_no_text_is_judged_by_how_it_is_written() -> None:
    assert safe_cell(Path("=1+1")) == "'=1+1"
    assert safe_cell(Path("page.md")) == Path("page.md")
    assert safe_cell(pd.Timedelta(days=-1)) == "'-1 days +00:00:00"


def read_back(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("kind", [object, "string", "category"])
def test_cells_names_and_index_of_every_kind_of_column(kind: object) -> None:
    frame = pd.DataFrame({"=a": pd.Series(HOSTILE, dtype=kind), "n": -1.5}, index=pd.Index(HOSTILE, name="@id"))  # type: ignore[call-overload]
    frame["=a"] = pd.Series(HOSTILE, index=frame.index, dtype=kind)  # type: ignore[call-overload]
    head, *rows = read_back(csv_text(frame, index=True))
    assert head == ["'@id", "'=a", "n"]
    assert [row[:2] for row in rows] == [["'" + text] * 2 for text in HOSTILE]
    assert {row[2] for row in rows} == {"-1.5"}


def test_indexes_of_several_levels_and_columns_that_share_a_name() -> None:
    index = pd.MultiIndex.from_tuples([("=1", -1), ("b", 2)], names=["-outlet", "n"])
    columns = pd.MultiIndex.from_tuples([("@a", "x"), ("b", "+y")], names=["|one", None])
    out = map_text(pd.DataFrame([["=c", 1], ["d", 2]], index=index, columns=columns), safe_cell)
    assert list(out.index) == [("'=1", -1), ("b", 2)]
    assert list(out.index.names) == ["'-outlet", "n"]
    assert list(out.columns) == [("'@a", "x"), ("b", "'+y")]
    assert list(out.columns.names) == ["'|one", None]
    twice = pd.DataFrame([["=c", "d"], ["e", "@f"]], columns=["a", "a"])
    assert csv_text(twice) == "a,a\n'=c,d\ne,'@f\n"
    assert csv_text(pd.DataFrame(index=["=1"]), index=True) == '""\n\'=1\n'
    assert csv_text(pd.DataFrame({"=a": []})) == "'=a\n"


def test_dates_and_numbers_are_written_as_they_were(tmp_path: Path) -> None:
    frame = pd.DataFrame({"day": pd.to_datetime(["2024-03-04", None]), "n": [-1.5, None], "yes": [True, False], "mixed": [-1, "-1"]})
    write_csv(frame, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "day,n,yes,mixed\n2024-03-04,-1.5,True,-1\n,,False,'-1\n"
    assert frame["mixed"].tolist() == [-1, "-1"]  # the caller's frame stays


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_a_line_end_in_a_cell_begins_no_row(end: str, tmp_path: Path) -> None:
    frame = pd.DataFrame({"a": [f"a{end}=1+1", "b"], f"n{end}=1": [-1, 2]})
    write_csv(frame, tmp_path / "a.csv")
    rows = read_back((tmp_path / "a.csv").read_bytes().decode())
    assert rows == [["a", f"n{end}=1"], [f"a{end}=1+1", "-1"], ["b", "2"]]
    pd.testing.assert_frame_equal(pd.read_csv(tmp_path / "a.csv"), frame)
    assert read_back(csv_text(pd.DataFrame({"a": [1]}, index=[f"x{end}=1"]), index=True))[1] == [f"x{end}=1", "1"]


def test_half_a_character_stops_nothing(tmp_path: Path) -> None:
    write_csv(pd.DataFrame({"a": ["port \ud83d", "=\ud83d"]}, dtype=object), tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "a\nport \ufffd\n'=\ufffd\n"


# Every writer. Each gives the cells that it wrote.


def tables(folder: Path) -> Iterator[str]:
    """As text, id, outlet, headline, url, story, language, and what was found in the text."""
    problems = [fr.errors.Problem(text, text, article_id=text) for text in HOSTILE]
    articles = [
        fr.Article(
            f"{text} {n}",
            f"{text}\n\n{text} is what Karla Voss said. “{text},” said Bram Tolliver.\n\nNumber {n} sails.",
            outlet=text,
            headline=text,
            agency=text,
            url=text,
            language=text,
            meta={text: text},
        )
        for n, text in enumerate(HOSTILE)
    ]
    stories = pd.Series(HOSTILE, index=[a.id for a in articles])
    found = fr.analyze_corpus(fr.Corpus(articles, problems=problems), stories=stories, engine="rules")
    for path in found.write(folder / "=tables").glob("*.csv"):
        yield from (cell for row in read_back(path.read_text(encoding="utf-8")) for cell in row)


def frame() -> pd.DataFrame:
    rng = np.random.default_rng(0)
    n = len(HOSTILE)
    values = {"polarity": rng.normal(size=8 * n), "tone": rng.normal(size=8 * n), "=kind": rng.choice(["=a", "@b"], 8 * n)}
    return pd.DataFrame({"outlet": np.tile(HOSTILE, 8), "story": np.repeat(range(8), n), **values})


def comparison(folder: Path) -> Iterator[str]:
    fr.compare_outlets(frame(), "polarity", n_resamples=100).to_csv(folder / "a.csv")
    yield from cells_of(folder / "a.csv")


def comparisons(folder: Path) -> Iterator[str]:
    fr.compare_measures(frame(), ["polarity", "tone"], n_resamples=100).to_csv(folder / "a.csv")
    yield from cells_of(folder / "a.csv")


def regression(folder: Path) -> Iterator[str]:
    fr.regress(frame()[lambda data: data["outlet"].isin(HOSTILE[:4])], "polarity", by="=kind").to_csv(folder / "a.csv")
    yield from cells_of(folder / "a.csv")


def correction(folder: Path) -> Iterator[str]:
    rates = pd.DataFrame({"outlet": HOSTILE[:4], "precision": 0.9, "recall": 0.8, "n": 100})
    data = frame().assign(share=lambda table: (table["polarity"] > 0).astype(float))
    data = data[data["outlet"].isin(HOSTILE[:4])]
    fr.compare.correct_for_rates(data, "share", rates, n_resamples=100).to_csv(folder / "a.csv")
    yield from cells_of(folder / "a.csv")


def sheet(folder: Path) -> fr.coding.CodingSheet:
    articles = [fr.Article(f"a{n}", f"{text}\n\nNumber {n}.", outlet=text, headline=text) for n, text in enumerate(HOSTILE)]
    variable = fr.coding.Variable("blame", HOSTILE[0], values=("yes", "no"), meanings=(HOSTILE[1], HOSTILE[2]))
    return fr.coding_sheet(fr.Corpus(articles), variables=[variable], n=len(articles), path=folder / "=sheet", blind=False)


def coding_sheet(folder: Path) -> Iterator[str]:
    yield from cells_of(sheet(folder).paths["csv"])


def figures_of_validation(folder: Path) -> Iterator[str]:
    rows = [{"id": text, "text": "Karla Voss is a thug.", "outlet": text} for text in HOSTILE]
    targets = [{"start": 0, "end": 10, "polarity": "negative"}]
    lines = [json.dumps({**row, "targets": targets, "biased": n % 2 == 0}) for n, row in enumerate(rows)]
    gold = folder / "gold.jsonl"
    gold.write_text("\n".join(lines), encoding="utf-8")
    assert main(["validate", "tone", str(gold), "--engine", "fast", "--csv", str(folder / "=a.csv"), "--quiet"]) == 0
    yield from cells_of(folder / "=a.csv")
    yield from cells_of(folder / "=a-biased.csv")


def problems_of_a_run(folder: Path) -> Iterator[str]:
    """Of a run that found no article, and so has no tables."""
    pages = folder / "pages"
    pages.mkdir()
    for name in ("=1+1.md", "@SUM(A1).txt", "-2+3.html", "＝1.md"):
        (pages / name).write_text("***", encoding="utf-8")
    os.chdir(pages)  # back in the test
    main(["analyze", "=1+1.md", "@SUM(A1).txt", "./-2+3.html", "＝1.md", "-o", str(folder / "out"), "--quiet"])
    yield from cells_of(folder / "out" / "problems.csv")


def cells_of(path: Path) -> Iterator[str]:
    yield from (cell for row in read_back(path.read_text(encoding="utf-8-sig")) for cell in row)


WRITERS: list[Callable[..., Iterator[str]]] = [
    tables,
    comparison,
    comparisons,
    regression,
    correction,
    coding_sheet,
    figures_of_validation,
    problems_of_a_run,
]


def runs(cell: str) -> bool:
    """Whether a spreadsheet would run it; a number is none of that."""
    try:
        float(cell)
    except ValueError:
        return is_formula(cell) and not cell.startswith("'")
    return False


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.__name__)
def test_no_writer_lets_a_formula_through(writer: Callable[..., Iterator[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    written = list(writer(tmp_path))
    assert [cell for cell in written if runs(cell)] == []
    assert [cell for cell in written if cell.startswith("'") and is_formula(cell)], "nothing hostile was written: the test cannot fail"


def test_stories_printed_with_tabs_do_not_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "page.csv").write_text('id,outlet,headline,text\n=1,＝2,"  @SUM(A1)",Ships wait.\n', encoding="utf-8")
    assert main(["stories", str(tmp_path)]) == 0
    assert capsys.readouterr().out.splitlines()[1].split("\t")[2:] == ["'＝2", "'=1", "'@SUM(A1)"]


def test_every_cell_of_a_workbook_is_text_and_stays_it_when_edited(tmp_path: Path) -> None:
    made = sheet(tmp_path).paths["xlsx"]
    cells = [cell for page in load_workbook(made) for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.value for cell in cells if is_formula(cell.value)} >= {text for text in HOSTILE if text.isprintable()}
    assert all(cell.quotePrefix for cell in cells if is_formula(cell.value))
    with zipfile.ZipFile(made) as archive:
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name)]


CELL_WRITERS = {"to_csv", "to_excel", "writer", "writerow", "writerows", "DictWriter", "savetxt", "ExcelWriter"}


def other_writers(source: str) -> list[str]:
    """Calls in a module that write cells: of pandas, of csv, of openpyxl."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            found += [name] if name in CELL_WRITERS else []
        targets = node.targets if isinstance(node, ast.Assign) else []
        found += ["cell.value"] * sum(isinstance(target, ast.Attribute) and target.attr == "value" for target in targets)
    return sorted(found)


def test_nobody_writes_cells_but_by_the_rule() -> None:
    package = Path(fr.__file__).parent
    found = {
        path.relative_to(package).as_posix(): names
        for path in package.rglob("*.py")
        if (names := other_writers(path.read_text(encoding="utf-8")))
    }
    assert found == {"tables/safe_writing.py": ["to_csv"], "coding/workbook.py": ["cell.value"]}
    assert other_writers("import csv\ncsv.writer(file).writerow(row)\nframe.to_csv(path)") == ["to_csv", "writer", "writerow"]
