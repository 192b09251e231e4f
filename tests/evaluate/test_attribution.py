"""Scores against hand-coded rows: worked by hand, and equal to the scorer of record where the gold data is at hand."""

from __future__ import annotations

import gzip
import importlib.util
import json
import math
from pathlib import Path

import pandas as pd
import pytest

import framing as fr
from framing.errors import InputError, ReadingError
from framing.evaluate import read_gold, score_attributions

TEXT = "Nadia Orlo said ships would sail. “Not today,” Bram Tolliver replied. The council backed a new pier, and residents hope for “work.”"


def coded(source: str, cue: str, content: str) -> dict[str, list[list[int]]]:
    return {
        role: [[TEXT.index(words), TEXT.index(words) + len(words)]] if words else []
        for role, words in (("source", source), ("cue", cue), ("content", content))
    }


GOLD = [
    coded("Nadia Orlo", "said", "ships would sail"),
    coded("Bram Tolliver", "replied", "“Not today,”"),
    coded("The council", "backed", "a new pier"),
    coded("residents", "hope", "for “work.”"),
]


def row(key: str = "a", attributions: list[dict[str, list[list[int]]]] | None = None, **other: object) -> dict[str, object]:
    return {"id": key, "text": TEXT, "attributions": GOLD if attributions is None else attributions, **other}


def figures(gold: list[dict[str, object]], predicted: dict[str, list[dict[str, list[list[int]]]]], **options: int) -> pd.DataFrame:
    return score_attributions(gold, predicted, n_resamples=100, **options).set_index(["by", "group", "figure"])


def prf(frame: pd.DataFrame, *part: str) -> list[float]:
    return frame.loc[part, ["precision", "recall", "f1"]].tolist()


def test_all_found() -> None:
    found = figures([row()], {"a": GOLD})
    assert (found[["precision", "recall", "f1"]] == 1).all(axis=None)


def test_worked_by_hand() -> None:
    predicted = [
        coded("Nadia Orlo", "said", "ships would sail"),  # right
        coded("Nadia Orlo", "", "“Not today,”"),  # content right, source wrong, no cue
        coded("", "backed", "new pier"),  # two of three words, no source
        coded("Tolliver", "hope", "a new pier, and residents hope for “work.”"),  # meets the third at 3 of 8 words: too little
    ]
    found = figures([row(outlet="Herald")], {"a": predicted})
    assert prf(found, "all", "all", "content") == pytest.approx([3 / 4, 3 / 4, 3 / 4])
    assert found.loc[("all", "all", "content"), ["n_gold", "n_predicted", "n_articles"]].tolist() == [4, 4, 1]
    # sources: of the three predicted one is right; of the four coded one is found
    assert prf(found, "all", "all", "who said what") == pytest.approx([1 / 3, 1 / 4, 2 / 7])
    # source words: coded Nadia Orlo, Bram Tolliver, The council, residents (7); given Nadia Orlo, Tolliver (3)
    assert prf(found, "all", "all", "source words") == pytest.approx([1, 3 / 7, 0.6])
    assert prf(found, "outlet", "Herald", "source words") == pytest.approx([1, 3 / 7, 0.6])
    assert prf(found, "quotation", "quoted", "content") == pytest.approx([1 / 2, 1 / 2, 1 / 2])
    assert prf(found, "cue", "speech", "content") == [1, 1, 1]  # "replied" counts as found: its content is
    assert prf(found, "cue", "other", "content") == pytest.approx([1 / 2, 1 / 2, 1 / 2])
    assert prf(found, "cue", "none", "content") == pytest.approx([1, math.nan, math.nan], nan_ok=True)
    assert prf(found, "form", "direct", "content") == [1, 1, 1]
    assert found.loc[("form", "indirect", "content"), "n_gold"] == 2
    assert found.loc[("form", "mixed", "content"), "n_gold"] == 1


def test_pairs_are_one_to_one_best_first() -> None:
    close, exact = coded("", "", "ships would"), coded("", "", "ships would sail")
    gold = [coded("", "", "ships would sail")]
    assert prf(figures([row(attributions=gold)], {"a": [close, exact]}), "all", "all", "content") == pytest.approx([1 / 2, 1, 2 / 3])


def test_according_is_speech_and_no_word_no_attribution() -> None:
    text = "According to the mayor, ships sail. —"
    gold = {"source": [[13, 22]], "cue": [[0, 12]], "content": [[24, 34]]}
    dash = {"source": [], "cue": [], "content": [[36, 37]]}
    found = score_attributions([{"id": "a", "text": text, "attributions": [gold, dash]}], {}, n_resamples=100)
    assert found[["by", "group"]].drop_duplicates().to_numpy().tolist() == [["all", "all"], ["cue", "speech"], ["form", "indirect"]]
    assert found["recall"].eq(0).all()
    assert found["precision"].isna().all()


def test_attributions_and_rows_are_scored_alike() -> None:
    found = fr.find_attributions(TEXT, engine="rules")
    plain = [{role: [list(span) for span in getattr(a, role)] for role in ("source", "cue", "content")} for a in found]
    one, other = (score_attributions([row()], {"a": several}, n_resamples=100) for several in (found, plain))
    pd.testing.assert_frame_equal(one, other)


def test_intervals_over_articles() -> None:
    gold = [row(f"a{n}", outlet="Herald" if n < 16 else "Lantern") for n in range(20)]
    predicted = {f"a{n}": GOLD if n % 2 else GOLD[:1] for n in range(20)}
    found = score_attributions(gold, predicted, seed=3)
    overall = found[(found.by == "all") & (found.figure == "content")].iloc[0]
    assert overall.recall == pytest.approx(5 / 8)
    assert overall.recall_low < 5 / 8 < overall.recall_high
    assert math.isnan(overall.precision_low)  # always 1: the spread cannot be told
    assert found[found.group == "Lantern"].filter(regex="_low|_high").isna().all(axis=None)  # four articles
    assert found[found.group == "Lantern"]["f1"].notna().all()
    pd.testing.assert_frame_equal(found, score_attributions(gold[::-1], predicted, seed=3))
    assert not found.equals(score_attributions(gold, predicted, seed=4))


def test_nothing_predicted_and_nothing_coded() -> None:
    assert prf(figures([row()], {}), "all", "all", "content") == pytest.approx([math.nan, 0, 0], nan_ok=True)
    bare = figures([row(attributions=[])], {"a": GOLD, "elsewhere": GOLD})
    assert prf(bare, "all", "all", "content") == pytest.approx([0, math.nan, math.nan], nan_ok=True)
    assert bare.loc[("all", "all", "content"), "n_predicted"] == 4


def test_bad_calls() -> None:
    with pytest.raises(InputError, match="there is no gold row to score against"):
        score_attributions([], {})
    with pytest.raises(InputError, match="gold rows must differ in their ids, but 'a' stands twice"):
        score_attributions([row(), row()], {})
    with pytest.raises(InputError, match="n_resamples must be a whole number, 100 or more, got 3"):
        score_attributions([row()], {}, n_resamples=3)


# --- files ---

BAD = [
    ("{", "not JSON (column 2: Expecting property name enclosed in double quotes)"),
    ("[1]", "not an object but list"),
    ('{"text": "x", "attributions": []}', "no 'id'; a row needs id, text and attributions"),
    ('{"id": 7, "text": "x", "attributions": []}', "'id' must be a string, got int"),
    ('{"id": "b", "text": null, "attributions": []}', "'text' must be a string, got NoneType"),
    ('{"id": "b", "text": "x", "attributions": {}}', "'attributions' must be a list, got dict"),
    ('{"id": "b", "text": "x", "attributions": [3]}', "attribution 0 is not an object but int"),
    ('{"id": "b", "text": "x", "attributions": [{"source": [], "cue": []}]}',
     "attribution 0: 'content' must be a list of [start, end], got NoneType"),
    ('{"id": "b", "text": "four", "attributions": [{"source": [], "cue": [], "content": [[2, 5]]}]}',
     "attribution 0: content has [2, 5], which is no [start, end] within the text's 4 characters"),
    ('{"id": "b", "text": "four", "attributions": [{"source": [], "cue": [[true, 2]], "content": []}]}',
     "attribution 0: cue has [true, 2], which is no [start, end] within the text's 4 characters"),
    ('{"id": "b", "text": "\\ud800", "attributions": []}', "the text holds half a character (a lone surrogate)"),
    ('{"id": "a", "text": "x", "attributions": []}', "the id 'a' stands in an earlier line too"),
    ("[" * 100_000, "the JSON is nested too deep"),
]  # fmt: skip


@pytest.mark.parametrize("packed", [False, True])
def test_bad_rows_are_named_and_the_rest_goes_on(tmp_path: Path, packed: bool) -> None:
    lines = [json.dumps(row("a")), *(line for line, _ in BAD), "", json.dumps(row("z", outlet="Herald"), ensure_ascii=False)]
    data = "\n".join(lines).encode()
    path = tmp_path / ("gold.jsonl.gz" if packed else "gold.jsonl")
    path.write_bytes(gzip.compress(data) if packed else data)
    rows, problems = read_gold(path)
    assert [r["id"] for r in rows] == ["a", "z"]
    assert [(p.line, p.reason) for p in problems] == [(number, reason) for number, (_, reason) in enumerate(BAD, start=2)]
    assert all(p.lost and p.where == str(path) for p in problems)


def test_other_bytes_and_marks(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(row()).encode() + b'\r\n{"id": "caf\xe9"}\n')
    rows, problems = read_gold(path)
    assert len(rows) == 1
    assert [(p.line, p.reason) for p in problems] == [(2, "not UTF-8")]


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="cannot be opened"):
        read_gold(tmp_path / "nowhere.jsonl")


# --- the scorer of record ---


def test_figures_are_those_of_the_scorer_of_record(gold_dir: Path) -> None:
    spec = importlib.util.spec_from_file_location("score_attribution", gold_dir / "score_attribution.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    rows, problems = read_gold(gold_dir / "polnear_dev.jsonl.gz")
    assert not problems
    found = {r["id"]: fr.find_attributions(r["text"], engine="rules") for r in rows}
    plain = {
        key: {"attributions": [{role: [list(span) for span in getattr(a, role)] for role in ("source", "cue", "content")} for a in several]}
        for key, several in found.items()
    }
    ours = score_attributions(rows, found, n_resamples=100).set_index(["by", "group", "figure"])
    parts = {"all": ("all", "all"), "quoted": ("quotation", "quoted")}
    theirs = scorer.score({r["id"]: r for r in rows}, plain)
    assert len(theirs) == 7
    for name, figure in theirs.items():
        what, _, part = name.partition(", ")
        mine = ours.loc[(*parts[part or "all"], what)]
        assert [round(100 * mine[c], 1) for c in ("precision", "recall", "f1")] == [figure["p"], figure["r"], figure["f1"]], name
