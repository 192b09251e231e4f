"""The form of the hand-coded names: offsets and kinds alone, chosen by the rule that the file states, ending where words end."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from conftest import PROJECT

CODED = PROJECT / "benchmarks" / "names_coded.tsv"


@pytest.fixture(scope="module")
def coded() -> pd.DataFrame:
    return pd.read_csv(CODED, sep="\t", comment="#")


@pytest.fixture(scope="module")
def rows(gold_dir: Path) -> list[dict[str, Any]]:
    """Every article that the rule of choice looks at, in its order."""
    with gzip.open(gold_dir / "allsides_sample.jsonl.gz", "rt", encoding="utf-8") as lines:
        found = [row for row in map(json.loads, lines) if 250 <= len(row["text"].split()) <= 600]
    return sorted(found, key=lambda row: hashlib.sha256(row["id"].encode()).hexdigest())


def test_the_head_says_what_by_whom_and_how() -> None:
    head = [line for line in CODED.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    for opening in ("# Texts: ", "# By: ", "# Chosen: ", "# Guidelines", "# texts: "):
        assert sum(line.startswith(opening) for line in head) == 1


def test_rows_hold_ids_numbers_and_kinds_alone(coded: pd.DataFrame) -> None:
    lines = [line for line in CODED.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert lines[0] == "article_id\tstart\tend\tkind\tentity"
    wrong = [line for line in lines[1:] if not re.fullmatch(r"\w{16}\t\d+\t\d+\t(person|organisation|place|group)\t\d+", line)]
    assert wrong == []
    assert len(coded) == len(lines) - 1
    assert coded["article_id"].nunique() == 30


def test_spans_are_in_order_and_never_overlap(coded: pd.DataFrame) -> None:
    assert (coded["start"] < coded["end"]).all()
    for _, some in coded.groupby("article_id"):
        assert (some["end"].to_numpy()[:-1] <= some["start"].to_numpy()[1:]).all()
    changes = (coded["article_id"] != coded["article_id"].shift()).sum()
    assert changes == 30


def test_entities_count_from_one_and_have_one_kind(coded: pd.DataFrame) -> None:
    for _, some in coded.groupby("article_id"):
        assert list(dict.fromkeys(some["entity"])) == list(range(1, some["entity"].nunique() + 1))
        assert (some.groupby("entity")["kind"].nunique() == 1).all()


def test_articles_are_those_of_the_rule(coded: pd.DataFrame, rows: list[dict[str, Any]]) -> None:
    seen: Counter[str] = Counter()
    first: list[str] = []
    for row in rows:
        seen[row["outlet"]] += 1
        if seen[row["outlet"]] <= 2 and len(first) < 31:
            first.append(row["id"])
    chosen = list(dict.fromkeys(coded["article_id"]))
    assert [key for key in first if key in set(chosen)] == chosen
    assert len(set(first) - set(chosen)) == 1


def test_spans_hold_whole_words_of_the_texts_that_were_coded(coded: pd.DataFrame, rows: list[dict[str, Any]]) -> None:
    texts = {row["id"]: row["text"] for row in rows}
    digest = hashlib.sha256("\0".join(texts[key] for key in dict.fromkeys(coded["article_id"])).encode()).hexdigest()
    assert f"# texts: {digest}\n" in CODED.read_text(encoding="utf-8")
    wrong = []
    for key, start, end in zip(coded["article_id"], coded["start"], coded["end"], strict=True):
        text = texts[key]
        name, before, after = text[start:end], text[max(0, start - 1) : start], text[end : end + 1]
        cut = (before.isalnum() and name[0].isalnum()) or (after.isalnum() and name[-1].isalnum())
        genitive = re.search(r"['’]s?$", name)
        if cut or genitive or name != name.strip() or "\n" in name or not any(c.isupper() for c in name) or name.lower().startswith("the "):
            wrong.append((key, start, end))
    assert wrong == []


def test_same_words_of_one_kind_are_mostly_one_entity(coded: pd.DataFrame, rows: list[dict[str, Any]]) -> None:
    texts = {row["id"]: row["text"] for row in rows}
    names = [texts[key][start:end] for key, start, end in zip(coded["article_id"], coded["start"], coded["end"], strict=True)]
    n_entities = coded.assign(name=names).groupby(["article_id", "kind", "name"])["entity"].nunique()
    assert (n_entities > 1).sum() == 1  # one slip of the pen, where a family name stands for somebody else
