"""How fast one core analyzes whole articles, beside TextBlob's sentiment alone and a bare word scan, in one run.

    python benchmarks/analyze.py [GOLD_FOLDER] [--articles 500] [--rounds 3]

Reads ``allsides_sample.jsonl.gz`` from GOLD_FOLDER (default: FRAMING_GOLD, else ../shared/gold). Rounds are interleaved and the best of
each is taken, so that a busy machine slows all alike; take the ratios, not the absolute figures.
"""

from __future__ import annotations

import argparse
import os
import re
import time
from collections.abc import Callable
from pathlib import Path

from textblob import TextBlob

import framing as fr
from framing.text import quotations, sentences
from framing.tone import tone_by_part

PROJECT = Path(__file__).resolve().parent.parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("gold", nargs="?", type=Path, default=Path(os.environ.get("FRAMING_GOLD", PROJECT.parent / "shared" / "gold")))
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()

    began = time.perf_counter()
    corpus = fr.read_corpus(options.gold / "allsides_sample.jsonl.gz")
    reading = len(corpus) / (time.perf_counter() - began)
    articles = list(corpus[: options.articles])
    bodies = [article.body for article in articles]
    word = re.compile(r"\w+")

    def parts(article: fr.Article) -> None:
        quoted = [q.inner for q in quotations(article.plain, article.spans())]
        tone_by_part(article, quoted=quoted, variant="textblob")
        tone_by_part(article, quoted=quoted, variant="news")

    tasks: dict[str, Callable[[], object]] = {
        "bare \\w+ scan": lambda: [word.findall(body) for body in bodies],
        "TextBlob sentiment": lambda: [TextBlob(body).sentiment for body in bodies],
        "measure_tone": lambda: [fr.measure_tone(article) for article in articles],
        "tone, 5 parts x 2 variants": lambda: [parts(article) for article in articles],
        "sentences": lambda: [sentences(article.plain, span) for article in articles for span in article.spans()],
        "find_notices": lambda: [fr.find_notices(article) for article in articles],
        "find_attributions": lambda: [fr.find_attributions(article) for article in articles],
        "analyze, everything": lambda: [fr.analyze(article) for article in articles],
    }
    best = dict.fromkeys(tasks, float("inf"))
    for _ in range(options.rounds):
        for name, task in tasks.items():
            began = time.perf_counter()
            task()
            best[name] = min(best[name], time.perf_counter() - began)

    n_words = sum(len(body.split()) for body in bodies) / len(bodies)
    print(f"{len(articles)} articles of {n_words:.0f} words on one core; best of {options.rounds} interleaved rounds")
    print(f"{'':28}{'articles/s':>12}{'x TextBlob':>12}")
    print(f"{'read_corpus (JSON lines)':28}{reading:12,.0f}")
    for name, seconds in best.items():
        print(f"{name:28}{len(articles) / seconds:12,.0f}{best['TextBlob sentiment'] / seconds:12.2f}")


if __name__ == "__main__":
    main()
