"""Precision and recall of notices and paragraph roles on hand-coded paragraphs: ``python benchmarks/notices.py [--errors]``.

Reads ``notices_dev.jsonl`` and ``allsides_sample.jsonl.gz`` from the folder in ``FRAMING_GOLD``. The coded articles are split by a
hash of their ids: wordings were written while looking at the development half only.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from gold import gold_folder

from framing.article import Article
from framing.measuring.notices import Notice, find_notices
from framing.readers.roles import assign_roles
from framing.text import Span

# The coders' labels, and what of ours counts as the same: roles (for paragraphs) and kinds (for notices).
ROLES_FOR = {
    "body": {"body", "pull_quote"},
    "headline": {"headline"},
    "byline": {"byline"},
    "dateline_only": {"dateline"},
    "caption": {"caption", "credit"},
    "related": {"related"},
    "promo": {"promo"},
    "author_bio": {"notice"},
    "wire_credit": {"notice"},
    "editor_note": {"notice"},
    "rights": {"notice"},
    "correction": {"notice"},
    "opinion_disclaimer": {"notice"},
    "method_note": {"notice"},
    "disclosure": {"notice"},
    "other_boilerplate": {"notice", "metadata"},
}
KINDS_FOR = {
    "promo": {"promo"},
    "rights": {"rights"},
    "author_bio": {"author_bio"},
    "wire_credit": {"wire_credit"},
    "editor_note": {"editor_note", "update", "syndication"},
    "correction": {"correction"},
    "opinion_disclaimer": {"opinion_disclaimer"},
    "method_note": {"method_note"},
    "disclosure": {"disclosure"},
    "other_boilerplate": {"other"},
}


def half(article_id: str) -> str:
    """``development`` or ``report``: which half of the coded articles an id belongs to."""
    return "development" if hashlib.sha256(article_id.encode()).digest()[0] % 2 == 0 else "report"


def coded(gold: Path) -> Iterator[tuple[dict, dict]]:
    """Coded articles with their texts."""
    rows = [json.loads(line) for line in (gold / "notices_dev.jsonl").read_text(encoding="utf-8").split("\n") if line]
    wanted = {row["id"] for row in rows}
    texts = {}
    with gzip.open(gold / "allsides_sample.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            if article["id"] in wanted:
                texts[article["id"]] = article
    for row in rows:
        yield row, texts[row["id"]]


def line_spans(text: str) -> list[Span]:
    """The coders' unit: lines that are not blank."""
    found, at = [], 0
    for line in text.splitlines(keepends=True):
        span = Span(at, at + len(line)).trim(text)
        at += len(line)
        if len(span):
            found.append(span)
    return found


def predictions(article: dict) -> tuple[dict[tuple[int, int], str], list[Notice]]:
    """Our role of every line, and our notices, as a reader would make them: headline known, roles assigned, notices found."""
    text = article["text"]
    spans = line_spans(text)
    paragraphs = assign_roles(text, spans, headline=article["title"])
    roles = {tuple(p.span): p.role for p in paragraphs}
    notices = find_notices(Article(article["id"], text, outlet=article["outlet"], paragraphs=paragraphs))
    return roles, list(notices)


def coders_label(role: str, kind: str | None) -> str:
    """The coders' label that a role and a kind of ours come to."""
    by_kind = (label for label, kinds in KINDS_FOR.items() if kind in kinds)
    by_role = (label for label, roles in ROLES_FOR.items() if label != "body" and label not in KINDS_FOR and role in roles)
    return next(by_kind, None) or next(by_role, "body")


def score(part: str | None, *, gold: Path, lenient: bool = True, errors: bool = False) -> dict[str, dict[str, int]]:
    """Counts of right, wrong and missed by coders' label; ``part`` is a half, or None for both.

    With ``lenient`` a line is also right under one of the coders' ``alt`` labels.
    """
    table: dict[str, Counter[str]] = {}

    def count(name: str, what: str) -> None:
        table.setdefault(name, Counter())[what] += 1

    for row, article in coded(gold):
        if part is not None and half(row["id"]) != part:
            continue
        roles, notices = predictions(article)
        kinds = {tuple(n.span): n.kind for n in notices}
        for unit in row["labels"]:
            span = Span(unit["start"], unit["end"]).trim(article["text"])
            role, kind = roles.get(tuple(span), "body"), kinds.get(tuple(span))
            accepted = [unit["label"], *(unit.get("alt", []) if lenient else [])]
            truth_body, ours_body = unit["label"] == "body", role in ROLES_FOR["body"]
            others = [label for label in accepted if label != "body"]
            body_ok = ours_body == truth_body or (ours_body and "body" in accepted) or (not ours_body and bool(others))
            if not ours_body:
                count("(anything but body)", "right" if body_ok else "wrong")
            elif not truth_body and not body_ok:
                count("(anything but body)", "missed")
            mine = coders_label(role, kind)
            if mine in accepted:
                count(mine, "right")
            else:
                count(mine, "wrong")
                if "body" not in accepted or mine == "body":
                    count(unit["label"], "missed")
            if errors and (not body_ok or mine not in accepted):
                print("BODY" if body_ok else "KIND", accepted, "->", role, kind, "|", " ".join(span.of(article["text"])[:160].split()))
    return {name: dict(counts) for name, counts in sorted(table.items())}


def show(title: str, table: dict[str, dict[str, int]]) -> None:
    """Print one table of scores."""
    print(f"\n{title}")
    print(f"{'label':22}{'gold':>6}{'ours':>6}{'right':>7}{'precision':>11}{'recall':>8}")
    for name, counts in table.items():
        right, wrong, missed = (counts.get(key, 0) for key in ("right", "wrong", "missed"))
        precision = f"{right / (right + wrong):.2f}" if right + wrong else "-"
        recall = f"{right / (right + missed):.2f}" if right + missed else "-"
        print(f"{name:22}{right + missed:6}{right + wrong:6}{right:7}{precision:>11}{recall:>8}")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--errors", action="store_true", help="print the development half's errors")
    options = arguments.parse_args()
    gold = gold_folder()
    show("development half (wordings were written on it)", score("development", gold=gold, errors=options.errors))
    show("report half, alternatives of the coders accepted", score("report", gold=gold))
    show("report half, strict", score("report", gold=gold, lenient=False))


if __name__ == "__main__":
    main()
