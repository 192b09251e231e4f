"""How well and how fast stories are found: B-cubed on coded events beside trivial baselines, and seconds on a large collection.

Run as ``python benchmarks/stories.py [FOLDER]``; FOLDER holds the hand-coded news, by default that of FRAMING_GOLD
next to the checkout. One half of the events (by hash of the event's id) chose the settings; the other half, and the second collection,
did not.
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
import sys
import time
from collections import Counter
from pathlib import Path

from gold import gold_folder

from framing.article import Article
from framing.measuring.stories import find_stories


def rows_of(folder: Path, name: str) -> list[dict]:
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def day_of(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None


def b_cubed(gold: list[str], found: list[str]) -> tuple[float, float, float]:
    """Precision, recall and F1, averaged over articles."""
    in_gold, in_found, both = Counter(gold), Counter(found), Counter(zip(gold, found, strict=True))
    pairs = list(zip(gold, found, strict=True))
    precision = sum(both[pair] / in_found[pair[1]] for pair in pairs) / len(pairs)
    recall = sum(both[pair] / in_gold[pair[0]] for pair in pairs) / len(pairs)
    return precision, recall, 2 * precision * recall / (precision + recall)


def in_tuning_half(event: str) -> bool:
    return int(hashlib.sha256(event.encode()).hexdigest(), 16) % 2 == 0


def show(name: str, data: list[tuple[Article, str]]) -> None:
    articles, gold = [article for article, _ in data], [event for _, event in data]
    start = time.perf_counter()
    found = find_stories(articles).tolist()
    seconds = time.perf_counter() - start
    undated = [Article(a.id, a.text, headline=a.headline) for a in articles]
    for what, answer in (
        ("found", found),
        ("found, dates removed", find_stories(undated).tolist()),
        ("every article alone", [article.id for article in articles]),
        ("same date = same story", [str(article.date) for article in articles]),
    ):
        precision, recall, f1 = b_cubed(gold, answer)
        print(f"{name:34} {what:24} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  {len(set(answer)):4} of {len(set(gold))} stories")
    print(f"{name:34} {len(articles)} articles in {seconds:.2f} s")


def main() -> None:
    folder = gold_folder(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    events = [
        (Article(f"{event['id']}-{n}", page["text"], headline=page["title"], date=day_of(event["date"])), str(event["id"]))
        for event in rows_of(folder, "allsides_events")
        for n, page in enumerate(event["articles"])
    ]
    basil = [
        (Article(p["id"], "\n".join(s["text"] for s in p["sentences"]), headline=p["title"], date=day_of(p["date"])), str(p["event"]))
        for p in rows_of(folder, "basil_1_50")
    ]
    show("allsides_events, tuning half", [pair for pair in events if in_tuning_half(pair[1])])
    show("allsides_events, held-out half", [pair for pair in events if not in_tuning_half(pair[1])])
    show("allsides_events, all", events)
    show("basil_1_50", basil)
    sample = [Article(p["id"], p["text"], headline=p["title"], date=day_of(p["date"])) for p in rows_of(folder, "allsides_sample")]
    start = time.perf_counter()
    sizes = Counter(Counter(find_stories(sample)).values())
    print(f"allsides_sample: {len(sample)} articles in {time.perf_counter() - start:.1f} s; stories by size {dict(sorted(sizes.items()))}")


if __name__ == "__main__":
    main()
