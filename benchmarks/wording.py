"""Hedges, boosters, passives and nominalisations against hand-coded sentences, and their speed.

    python benchmarks/wording.py [--part report|development] [--errors] [--articles 300] [--rounds 5]

Reads the folder in ``FRAMING_GOLD`` and ``wording_coded.tsv`` beside this file, whose head says how the sentences were drawn. A finding is
right if it overlaps a coded passage of the same kind (for passives: with or without an agent alike) that no earlier one has taken.
Baselines: as hedges every word of likelihood or modality a first look would list; as passives every form of "be" with a word in -ed behind
it; as nominalisations every word of these endings before "of".
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
import re
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from gold import gold_folder
from textblob import TextBlob

from framing.article import Article
from framing.measuring.wording import KINDS, find_wording
from framing.text import Span, count_words

CODED = Path(__file__).with_name("wording_coded.tsv")
BASELINES = {
    "hedge": re.compile(
        r"\b(?:may|might|could|would|should|likely|possibly|perhaps|probably|seems?|seemed|appears?|appeared|about)\b", re.I
    ),
    "booster": re.compile(
        r"\b(?:will|must|always|never|clear|clearly|certain|certainly|sure|surely|obviously|definitely|very|really)\b", re.I
    ),
    "passive": re.compile(r"\b(?:is|are|was|were|be|been|being) \w+ed\b", re.I),
    "nominalisation": re.compile(r"\b\w+(?:ions?|ments?|ings?|als?|ances?|ures?) of\b", re.I),
}


class Coded(NamedTuple):
    """One coded passage or drawn sentence."""

    file: str
    article_id: str
    span: Span
    kind: str
    agent: bool | None


class Passage(NamedTuple):
    """One finding, ours or a baseline's."""

    span: Span
    kind: str
    agent: bool | None = None


def half(article_id: str) -> str:
    """``development`` or ``report``: which half an article's sentences belong to."""
    return "development" if hashlib.sha256(article_id.encode()).digest()[0] % 2 == 0 else "report"


def coded(part: str) -> list[Coded]:
    lines = [line for line in CODED.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    agents = {"yes": True, "no": False}
    rows = csv.DictReader(lines, delimiter="\t")
    every = (Coded(r["file"], r["article_id"], Span(int(r["start"]), int(r["end"])), r["kind"], agents.get(r["agent"])) for r in rows)
    return [row for row in every if half(row.article_id) == part]


def texts_of(rows: Iterable[Coded], gold: Path) -> dict[str, str]:
    """Texts of these articles, by id."""
    wanted = {row.article_id for row in rows}
    found = {}
    for name in sorted({row.file for row in rows}):
        with gzip.open(gold / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            found |= {row["id"]: row["text"] for row in map(json.loads, lines) if row["id"] in wanted}
    return found


def baseline(text: str, sentence: Span) -> list[Passage]:
    return [Passage(Span(*m.span()), kind) for kind, rule in BASELINES.items() for m in rule.finditer(text, sentence.start, sentence.end)]


def score(part: str, *, gold: Path, ours: bool = True, errors: bool = False) -> dict[str, tuple[int, int, int]]:
    """Right, wrong and missed by kind; ``passive, no agent`` is right only if the agent is judged right too."""
    rows = coded(part)
    texts = texts_of(rows, gold)
    names = (*KINDS, "passive, no agent", "nominalisation, all", "nominalisation, drawn with of")
    counts = {name: [0, 0, 0] for name in names}
    for sentence in (row for row in rows if row.kind.startswith("sentence")):
        text = texts[sentence.article_id]
        if ours:
            found = [Passage(one.span, one.kind, one.agent) for one in find_wording(Article("a", text)) if sentence.span.covers(one.span)]
        else:
            found = baseline(text, sentence.span)
        gold_here = [r for r in rows if r.article_id == sentence.article_id and r.kind in KINDS and sentence.span.covers(r.span)]
        whole = sentence.kind == "sentence"
        for name in names:
            if name.startswith("nominalisation, ") and (whole and "drawn" in name):
                continue
            if not whole and not name.startswith("nominalisation, "):
                continue
            kind = name.split(",")[0]
            bare = name == "passive, no agent"
            left = [r for r in gold_here if r.kind == kind and not (bare and r.agent)]
            for one in (f for f in found if f.kind == kind and not (bare and f.agent)):
                match = next((r for r in left if r.span.overlaps(one.span)), None)
                if match is not None:
                    left.remove(match)
                counts[name][0 if match is not None else 1] += 1
                if errors and match is None:
                    print(f"wrong  {name:20} [{one.span.of(text)}] in: {' '.join(sentence.span.of(text).split())[:150]}")
            counts[name][2] += len(left)
            for row in left if errors else ():
                print(f"missed {name:20} [{row.span.of(text)}] in: {' '.join(sentence.span.of(text).split())[:150]}")
    return {name: (right, wrong, missed) for name, (right, wrong, missed) in counts.items()}


def show(title: str, table: dict[str, tuple[int, int, int]]) -> None:
    print(f"\n{title}\n{'kind':32}{'coded':>7}{'found':>7}{'right':>7}{'precision':>11}{'recall':>8}{'F1':>7}")
    for name, (right, wrong, missed) in table.items():
        precision = right / (right + wrong) if right + wrong else float("nan")
        recall = right / (right + missed) if right + missed else float("nan")
        f1 = 2 * right / (2 * right + wrong + missed) if right + wrong + missed else float("nan")
        print(f"{name:32}{right + missed:7}{right + wrong:7}{right:7}{precision:11.2f}{recall:8.2f}{f1:7.2f}")


def speed(n_articles: int, n_rounds: int, gold: Path) -> None:
    with gzip.open(gold / "allsides_sample.jsonl.gz", "rt", encoding="utf-8") as lines:
        pages = [Article(str(number), json.loads(line)["text"]) for number, line in zip(range(n_articles), lines, strict=False)]
    find_wording("warm")
    TextBlob("good").sentiment  # noqa: B018  (loads its lexicon)
    jobs = {"TextBlob(text).sentiment": lambda page: TextBlob(page.text).sentiment, "find_wording": find_wording}
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(n_rounds):
        for name, job in jobs.items():
            start = time.perf_counter()
            for page in pages:
                job(page)
            taken[name].append(time.perf_counter() - start)
    n_words = np.mean([count_words(page.text) for page in pages])
    print(f"\n{len(pages)} articles of {n_words:.0f} words, {n_rounds} rounds: milliseconds an article (first, median, best)")
    for name, seconds in taken.items():
        figures = (seconds[0], float(np.median(seconds)), min(seconds))
        print(f"{name:28}" + "".join(f"{1000 * figure / len(pages):8.3f}" for figure in figures))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=["report", "development"], default="report")
    parser.add_argument("--errors", action="store_true", help="print what was wrong or missed")
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    gold = gold_folder()
    show(f"{options.part} half", score(options.part, gold=gold, errors=options.errors))
    show("baselines", score(options.part, gold=gold, ours=False))
    if options.articles and options.rounds:
        speed(options.articles, options.rounds, gold)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
