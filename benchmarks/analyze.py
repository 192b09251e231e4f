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
    word = re.compile(r"\w+")

    def parts(article: fr.Article) -> None:
        quoted = [q.inner for q in quotations(article.plain, article.spans())]
        tone_by_part(article, quoted=quoted, variant="textblob")
        tone_by_part(article, quoted=quoted, variant="news")

    few = articles[:: max(1, len(articles) // 60)]  # enough for the engine that takes longest
    tasks: dict[str, tuple[Callable[[fr.Article], object], list[fr.Article]]] = {
        "bare \\w+ scan": (lambda article: word.findall(article.body), articles),
        "TextBlob sentiment": (lambda article: TextBlob(article.body).sentiment, articles),
        "measure_tone": (fr.measure_tone, articles),
        "tone, 5 parts x 2 variants": (parts, articles),
        "sentences": (lambda article: [sentences(article.plain, span) for span in article.spans()], articles),
        "find_notices": (fr.find_notices, articles),
        "find_attributions, encoder": (fr.find_attributions, few),
        "find_attributions, fast": (lambda article: fr.find_attributions(article, engine="fast"), articles),
        "find_attributions, rules": (lambda article: fr.find_attributions(article, engine="rules"), articles),
        "analyze, encoder": (fr.analyze, few),
        "analyze, fast": (lambda article: fr.analyze(article, engine="fast"), articles),
    }
    each = dict.fromkeys(tasks, float("inf"))  # seconds an article
    for _ in range(options.rounds):
        for name, (task, some) in tasks.items():
            began = time.perf_counter()
            for article in some:
                task(article)
            each[name] = min(each[name], (time.perf_counter() - began) / len(some))

    n_words = sum(len(article.body.split()) for article in articles) / len(articles)
    print(f"{len(articles)} articles of {n_words:.0f} words on one core; best of {options.rounds} interleaved rounds")
    print(f"{'':28}{'articles/s':>12}{'x TextBlob':>12}")
    print(f"{'read_corpus (JSON lines)':28}{reading:12,.0f}")
    for name, seconds in each.items():
        print(f"{name:28}{1 / seconds:12,.1f}{each['TextBlob sentiment'] / seconds:12.3f}")


if __name__ == "__main__":
    main()
