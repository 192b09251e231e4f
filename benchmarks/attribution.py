"""Attributions against hand-coded articles.

    python benchmarks/attribution.py [--split dev|train] [--engine rules] [--predictions FILE]
    python benchmarks/attribution.py --kinds test|develop
    python benchmarks/attribution.py --unknown

The first gives the figures of the shared scorer and articles a second; the second, precision and recall of kinds of messenger on
one half of the hand-coded units of climate news (lists and weights were made on "develop"); the third, how many attributions keep
the kind "unknown" or have a speaker in 120 training articles and in the bundled corpora.

Reads the folder in ``FRAMING_GOLD`` .
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import importlib.util
import json
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

from gold import gold_folder

from framing.article import Article
from framing.measuring.attribution import Attribution, Engine, find_attributions
from framing.measuring.attribution.messengers import MESSENGERS, messengers
from framing.readers import read_corpus
from framing.readers.dates import read_date
from framing.resources import load_table

SURE = 0.8  # chosen on the half "develop"


def load_scorer(folder: Path) -> ModuleType:
    """The scorer of record, imported by its path."""
    spec = importlib.util.spec_from_file_location("score_attribution", folder / "score_attribution.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"no score_attribution.py in {folder}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def as_row(key: str, attributions: tuple[Attribution, ...]) -> dict[str, Any]:
    """One line of a predictions file."""
    roles = ("source", "cue", "content")
    return {"id": key, "attributions": [{role: [list(span) for span in getattr(a, role)] for role in roles} for a in attributions]}


def read_rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def is_to_develop(key: object) -> bool:
    """Half of the units, by a hash of their numbers."""
    return int(hashlib.sha256(str(key).encode()).hexdigest(), 16) % 2 == 0


def print_kinds(part: str, engine: Engine, gold: Path) -> None:
    """Precision, recall and F1 of each kind of messenger over units, by the attributions found in them.

    A source may be of several kinds (a finance minister is an official and an economic expert): what is coded and what is found in a
    unit are compared as sets.
    """
    rows = [row for row in read_rows(gold / "ccf_units.jsonl.gz") if is_to_develop(row["id"]) == (part == "develop")]
    coded = [set(row["sources"]) for row in rows]
    articles = [Article(str(row["id"]), row["text"], date=read_date(row["date"]) if row["date"] else None) for row in rows]
    attributions = [find_attributions(article, engine=engine) for article in articles]
    print(f"{len(rows)} units, {sum(map(bool, coded))} with a coded kind of messenger, engine {engine}")
    by_source = [kinds_of(row["text"], found) for row, found in zip(rows, attributions, strict=True)]
    print(f"{'':32} {'coded':>6} {'found':>6} {'P':>6} {'R':>6} {'F1':>6}")
    pairs = list(zip(by_source, coded, strict=True))
    scores = [print_line(kind, [(kinds & {kind}, given & {kind}) for kinds, given in pairs]) for kind in MESSENGERS]
    print(f"{'macro over the nine kinds':32} {'':27} {sum(scores) / len(scores):6.1f}")
    print_line("all kinds", pairs)
    official = [("public_official" in kinds, "public_official" in given) for kinds, given in pairs]
    neither = sum(not a and not b for a, b in official)
    without = 200 * neither / (sum(not a for a, _ in official) + sum(not b for _, b in official))
    print(f"public_official, mean of F1 for units with and without: {(scores[0] + without) / 2:.1f}")
    print_line("baseline: official in every unit", [({"public_official"}, given & {"public_official"}) for given in coded])


def kinds_of(text: str, found: Sequence[Attribution]) -> set[str]:
    """Kinds of messenger of whoever speaks; beliefs, wishes and deeds count only where the finder is sure."""
    return {kind for a in found if speaks(text, a) for kind in messengers(" ".join(span.of(text) for span in a.source), a.source_type)}


def speaks(text: str, found: Attribution) -> bool:
    speech = {form for row in load_table("english/cues") if row["class"] == "speech" for form in row["forms"].split()}
    cue = " ".join(span.of(text) for span in found.cue).lower().replace(",", " ").split()
    return found.form != "indirect" or not speech.isdisjoint(cue) or found.confidence >= SURE


def print_line(name: str, pairs: list[tuple[set[str], set[str]]]) -> float:
    hits, n_found, n_coded = (sum(map(len, sets)) for sets in ([a & b for a, b in pairs], [a for a, _ in pairs], [b for _, b in pairs]))
    p, r = hits / n_found if n_found else float("nan"), hits / n_coded if n_coded else float("nan")
    f1 = 200 * hits / (n_found + n_coded) if n_found + n_coded else 0.0
    print(f"{name:32} {n_coded:6} {n_found:6} {100 * p:6.1f} {100 * r:6.1f} {f1:6.1f}")
    return f1


def print_unknown(gold: Path) -> None:
    """Shares of attributions of kind unknown, and with a speaker."""
    train = random.Random(7).sample(read_rows(gold / "polnear_train.jsonl.gz"), 120)
    corpora = Path(__file__).resolve().parents[1] / "corpora"
    several = {
        "120 training articles": [Article(id=row["id"], text=row["text"]) for row in train],
        **{name: list(read_corpus(corpora / name)) for name in ("harbour", "ten-stories")},
    }
    for name, articles in several.items():
        found = [a for article in articles for a in find_attributions(article)]
        unknown, named = sum(a.source_type == "unknown" for a in found), sum(a.speaker is not None for a in found)
        print(
            f"{name:24} {len(found):5} attributions, unknown {100 * unknown / len(found):.1f} %, speaker {100 * named / len(found):.1f} %"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--split", choices=("dev", "train"), default="dev")
    parser.add_argument("--engine", choices=get_args(Engine), default="encoder")
    parser.add_argument("--predictions", type=Path, help="also write the predictions here, as JSON lines")
    parser.add_argument("--kinds", choices=("test", "develop"), help="kinds of source on one half of the climate units")
    parser.add_argument("--unknown", action="store_true", help="shares of unknown kinds and of named speakers")
    options = parser.parse_args()
    gold = gold_folder()
    if options.kinds or options.unknown:
        print_kinds(options.kinds, options.engine, gold) if options.kinds else print_unknown(gold)
        return
    rows = read_rows(gold / f"polnear_{options.split}.jsonl.gz")
    articles = [Article(id=row["id"], text=row["text"]) for row in rows]
    find_attributions(articles[0], engine=options.engine)  # word lists are read at first use
    began, began_cpu = time.perf_counter(), time.process_time()
    predicted = {a.id: as_row(a.id, find_attributions(a, engine=options.engine)) for a in articles}
    wall, cpu = time.perf_counter() - began, time.process_time() - began_cpu
    if options.predictions:
        options.predictions.write_text("".join(json.dumps(row) + "\n" for row in predicted.values()), encoding="utf-8")
    for name, f in load_scorer(gold).score({row["id"]: row for row in rows}, predicted).items():
        print(f"{name:24} P {f['p']:5.1f}  R {f['r']:5.1f}  F1 {f['f1']:5.1f}")
    n_words = sum(len(a.text.split()) for a in articles)
    print(f"{len(rows)} articles of {n_words / len(rows):.0f} words")
    print(f"{len(rows) / wall:.0f} articles/s by the clock, {len(rows) / cpu:.0f} by CPU time")


if __name__ == "__main__":
    sys.exit(main())
