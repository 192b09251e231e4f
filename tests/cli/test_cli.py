"""The commands as a user types them, on pages written for the test."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from framing.cli import main

PAGE = """---
outlet: The Vantry Herald
---

# Port shut

By [Dara Finch](#)

May 14, 2024

“The port stays shut,” said Bram Tolliver, the union leader.

Ships turned back all day.

*The Harbour Front is an extremist organisation banned in Calderra.*
"""


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for name in ("one", "two"):
        (folder / f"{name}.md").write_text(PAGE.replace("all day", f"all day, number {name}"), encoding="utf-8")
    return folder


def test_show_reads_an_article_aloud(pages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", str(pages / "one.md")]) == 0
    out = capsys.readouterr().out
    for expected in ("Port shut", "Bram Tolliver", "legal label", "The Vantry Herald"):
        assert expected in out


def test_show_tells_who_is_not_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = "Two officials, speaking on condition of anonymity because the talks are private, said that a deal was near."
    (tmp_path / "shy.md").write_text(f"# Deal near\n\n{words} Residents said that they would march.\n", encoding="utf-8")
    assert main(["show", str(tmp_path / "shy.md"), "--engine", "fast"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "Two officials official, name kept back, reason given: “because the talks are private”, indirect" in out
    assert "Residents citizen, no name given, indirect" in out


def test_analyze_writes_tables_and_json(pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = tmp_path / "out.jsonl"
    assert main(["analyze", str(pages), "-o", str(tmp_path / "out"), "--jsonl", str(lines)]) == 0
    articles = pd.read_csv(tmp_path / "out" / "articles.csv")
    assert len(articles) == 2
    records = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
    assert [r["id"] for r in records] == ["one", "two"]
    assert [r["story"] for r in records] == list(articles["story"])
    notice = records[0]["notices"][0]
    assert (notice["kind"], notice["subjects"], notice["jurisdiction"]) == ("legal_label", ["Harbour Front"], "Calderra")
    assert "tables in" in capsys.readouterr().err


def test_json_on_standard_output_is_nothing_but_json(pages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyze", str(pages), "--jsonl", "-"]) == 0
    assert [json.loads(line)["outlet"] for line in capsys.readouterr().out.splitlines()] == ["The Vantry Herald"] * 2


def test_analyze_without_a_place_for_the_result(pages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyze", str(pages)]) == 2
    assert "-o FOLDER for tables" in capsys.readouterr().err


def test_what_is_left_out_is_told_and_sets_the_status(pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (pages / "three.md").write_text("", encoding="utf-8")
    assert main(["analyze", str(pages), "-o", str(tmp_path / "out"), "--quiet"]) == 1
    assert "left out:" in (err := capsys.readouterr().err)
    assert "three.md" in err
    problems = pd.read_csv(tmp_path / "out" / "problems.csv")
    assert problems.lost.tolist() == [True]
    assert len(pd.read_csv(tmp_path / "out" / "articles.csv")) == 2


def test_nothing_readable_still_writes_the_problems(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "x.md").write_text("", encoding="utf-8")
    assert main(["analyze", str(tmp_path / "in"), "-o", str(tmp_path / "out")]) == 1
    assert len(pd.read_csv(tmp_path / "out" / "problems.csv")) == 1


def test_no_such_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", str(tmp_path / "nowhere")]) == 1
    assert "nowhere" in capsys.readouterr().err


def test_columns_can_be_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "t.csv"
    table.write_text("Story text,Paper\nShips wait.,Herald\n", encoding="utf-8")
    assert main(["analyze", str(table), "--column", "text=Story text", "--column", "outlet=Paper", "--jsonl", "-", "--quiet"]) == 0
    assert json.loads(capsys.readouterr().out)["outlet"] == "Herald"


def test_stories(pages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stories", str(pages)]) == 0
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert rows[0] == ["story", "date", "outlet", "article_id", "headline"]
    assert rows[1][0] == rows[2][0]


def test_report_is_written(pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(pages), "-o", str(tmp_path / "r.html"), "--quiet"]) == 0
    assert "Port shut" in (tmp_path / "r.html").read_text(encoding="utf-8")


GOLD = [
    {
        "id": f"g{number}",
        "outlet": "[red]Herald",
        "text": "Nadia Orlo said ships would sail. Residents backed it.",
        "attributions": [
            {"source": [[0, 10]], "cue": [[11, 15]], "content": [[16, 32]]},
            {"source": [[34, 43]], "cue": [[44, 50]], "content": [[51, 53]]},
        ],
    }
    for number in range(7)
]


def test_validate_attribution(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold, csv = tmp_path / "gold.jsonl", tmp_path / "out" / "figures.csv"
    gold.write_text("\n".join(map(json.dumps, GOLD)), encoding="utf-8")
    assert main(["validate", "attribution", str(gold), "--engine", "rules", "--level", ".9", "--csv", str(csv)]) == 0
    out = capsys.readouterr().out
    rows = {line.split("  ")[0].strip(): line for line in out.splitlines()}
    assert rows["speech cue"].split()[-3:] == ["100.0", "100.0", "100.0"]
    assert rows["other cue"].split()[2:5] == ["7", "–", "0.0"]
    assert rows["[red]Herald"].split()[1:5] == ["14", "100.0", "50.0", "66.7"]
    assert "7 articles, engine rules; in brackets: 90 % interval" in " ".join(out.split())
    figures = pd.read_csv(csv)
    assert figures.loc[(figures.by == "all") & (figures.figure == "who said what"), "f1"].tolist() == pytest.approx([2 / 3])


def test_validate_names_bad_rows_and_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(GOLD[0]) + '\n{"id": "x"}\n', encoding="utf-8")
    assert main(["validate", "attribution", str(gold), "--engine", "rules", "--quiet"]) == 1
    shown = capsys.readouterr()
    assert shown.err == f"left out: {gold}:2: no 'text'; a row needs id, text and attributions\n"
    assert "1 article, engine rules" in shown.out


@pytest.mark.parametrize(
    "text, arguments, status, message",
    [
        ("{}\n", [], 1, "left out: {gold}:1: no 'id'; a row needs id, text and attributions"),
        ("", [], 1, "framing: the file is empty"),
        ("{}\n", ["--level", "2"], 2, "framing: level must be at least 0.5 and below 1, got 2.0"),
    ],
)
def test_validate_without_a_row(
    tmp_path: Path, text: str, arguments: list[str], status: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(text, encoding="utf-8")
    assert main(["validate", "attribution", str(gold), "--quiet", *arguments]) == status
    assert capsys.readouterr().err == message.format(gold=gold) + "\n"


def test_module_is_the_same_command(pages: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "framing", "stories", str(pages)], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0
    assert done.stdout.startswith("story\t")


def test_unknown_command() -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["divine", "x"])
    assert stopped.value.code == 2


@pytest.mark.parametrize(
    "more, message",
    [
        (["--column", "textBody", "--jsonl", "-"], "framing: --column needs FIELD=NAME, such as text=Body, got 'textBody'"),
        (["-o", "{page}"], "framing: cannot write {page}: File exists"),
        (["--jsonl", "{page}/x.jsonl"], "framing: cannot write {page}: File exists"),
    ],
)
def test_wrong_calls_end_in_one_line(pages: Path, more: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    page = str(pages / "one.md")
    assert main(["analyze", page, "--quiet", *(m.format(page=page) for m in more)]) == 2
    assert capsys.readouterr().err == message.format(page=page) + "\n"


@pytest.mark.parametrize(
    "arguments", [["analyze", "x", "--jobs", "0"], ["stories", "x", "--window", "-1"], ["analyze", "x", "--engine", "magic"]]
)
def test_options_out_of_range(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out.startswith("framing 0.")


def test_a_reader_that_has_seen_enough_is_no_error(pages: Path) -> None:
    command = f"{sys.executable} -m framing show {pages} {pages} | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
