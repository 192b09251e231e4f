"""What comes out for the bundled corpora is what came out before: tables, JSON lines, the report's trail from numbers to sentences.

Where a difference is meant, ``python tests/golden/digest.py`` writes the files anew (a minute). They were written on a processor with
AVX2 and without VNNI. Where the encoder's 8-bit arithmetic differs, learned numbers of the engine "encoder" may, all over and a little.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from digest import ENGINES, FULL, NAMES, Table, collect, compare, from_frame, from_records, pack, path_of, read, write

MOST = 40  # lines of a failure


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", NAMES)
def test_what_comes_out(name: str, engine: str) -> None:
    lines = compare(read(path_of(name, engine)), collect(name, engine))
    if lines:
        more = [f"... and {len(lines) - MOST} columns more"] if len(lines) > MOST else []
        told = [f"{name}, engine {engine}: other numbers or words than before.", *lines[:MOST], *more]
        pytest.fail("\n".join([*told, "If all of this is meant: python tests/golden/digest.py writes the files anew."]), pytrace=False)


# --- that it would be seen ---


def made() -> dict[str, Table]:
    sentences = [
        {"article_id": article, "voice": voice, "loaded": 0.25 + number / 7, "sentence": f"{number} " * FULL, "quoted": number > 1}
        for article in ("a", "b", "c")
        for number, voice in enumerate(("outlet", "official", "outlet"))
    ]
    frame = pd.DataFrame(sentences)
    objects = {article: {"id": article, "tone": {"body": 1 / 3}, "names": ["Orlo", "Voss"]} for article in ("a", "b", "c")}
    articles = pd.DataFrame({"worst": [0.1, 0.2, 0.3], "best": [0.7, None, 0.9], "shown": ["0.12", "41 %", "n=3"]}, index=["a", "b", "c"])
    return {
        "articles": from_frame(articles, ["a", "b", "c"]),
        "sentences": from_frame(frame.drop(columns="article_id"), list(frame["article_id"])),
        "objects": from_records(objects),
    }


def change(table: str, column: str, group: str, cells: list[Any]) -> dict[str, Table]:
    found = made()
    found[table][column][group] = cells
    return found


def without(table: str, column: str) -> dict[str, Table]:
    found = made()
    found[table].pop(column)
    return found


def turned() -> dict[str, Table]:
    found = made()
    return {**found, "articles": dict(reversed(found["articles"].items()))}


SEEN = [
    (change("articles", "worst", "b", [0.200001]), []),
    (change("articles", "worst", "b", [0.20001]), ["articles.worst differs in b (of 3); first row 0: expected 0.2, got 0.20001"]),
    (change("articles", "best", "b", [0.0]), ["articles.best differs in b (of 3); first row 0: expected None, got 0.0"]),
    (change("articles", "shown", "a", ["0.13"]), []),
    (change("articles", "shown", "a", ["0.14"]), ["articles.shown differs in a (of 3); first row 0: expected '0.12', got '0.14'"]),
    (change("articles", "shown", "b", ["42 %"]), []),
    (change("articles", "shown", "c", ["n=4"]), ["articles.shown differs in c (of 3); first row 0: expected 'n=3', got 'n=4'"]),
    (
        change("sentences", "voice", "c", ["outlet", "outlet", "outlet"]),
        ["sentences.voice differs in c (of 3); first row 1: expected 'official', got 'outlet'"],
    ),
    (
        change("sentences", "quoted", "a", [False, False, 1]),
        ["sentences.quoted differs in a (of 3); first row 2: expected True, got 1"],
    ),
    (
        change("sentences", "sentence", "a", ["“no”"]),
        ["sentences.sentence differs in a (of 3); first other cells than kept (a hash); got [\"“no”\"]"],
    ),
    (change("objects", "tone.body", "a", [0.334]), []),
    (change("objects", "tone.body", "a", [0.336]), ["objects.tone.body differs in a (of 3); first row 0: expected 0.333, got 0.336"]),
    (
        change("objects", "names[]", "b", ["Voss", "Orlo"]),
        ["objects.names[] differs in b (of 3); first row 0: expected 'Orlo', got 'Voss'"],
    ),
    (without("sentences", "voice"), ["sentences: column 'voice' is gone"]),
    (turned(), ["articles: columns in another order; expected 'worst', got 'shown'"]),
]  # fmt: skip


def test_what_is_kept_reads_back_without_a_difference(tmp_path: Any) -> None:
    write(pack(made()), tmp_path / "made.json")
    assert read(tmp_path / "made.json") == pack(made())
    assert {sort for table in pack(made()).values() for column in table["columns"].values() for sort in column} == {
        *("numbers", "cells", "codes", "of", "hashes")
    }
    assert compare(pack(made()), made()) == []


@pytest.mark.parametrize("found, lines", SEEN)
def test_a_difference_is_told(found: dict[str, Table], lines: list[str]) -> None:
    assert compare(pack(made()), found) == lines


def test_swapped_columns_are_told() -> None:
    found = made()
    articles = found["articles"]
    articles["worst"], articles["best"] = articles["best"], articles["worst"]
    assert compare(pack(made()), found) == [
        "articles.worst differs in a, b, c (of 3); first row 0: expected 0.1, got 0.7",
        "articles.best differs in a, b, c (of 3); first row 0: expected 0.7, got 0.1",
    ]


def test_doubled_rows_are_told() -> None:
    found = made()
    found["sentences"] = {name: {group: 2 * cells for group, cells in column.items()} for name, column in found["sentences"].items()}
    lines = compare(pack(made()), found)
    assert len(lines) == 4
    assert lines[0].startswith(
        'sentences.voice differs in a, b, c (of 3); first expected 3 rows, got 6: ["outlet", "official", "outlet"], got ["outlet", "off'
    )


def test_other_articles_and_tables_are_told() -> None:
    found = made()
    for column in found["articles"].values():
        column.pop("b")
    assert compare(pack(made()), found)[0] == "articles: other groups: gone ['b'], new [], 3 expected, got 2"
    assert compare(pack(made()), {"articles": made()["articles"]}) == ["sentences: no such table now", "objects: no such table now"]
    assert compare(pack({}), made())[0] == "articles: a new table"
