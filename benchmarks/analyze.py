"""How fast one core analyzes whole articles, beside TextBlob's sentiment alone and a bare word scan, in one run.

    python benchmarks/analyze.py [GOLD_FOLDER] [--articles 500] [--rounds 3]

Reads ``allsides_sample.jsonl.gz`` from GOLD_FOLDER (default: the one in FRAMING_GOLD). Processor time is taken, rounds are
interleaved, and of each article the best round counts, so that a busy machine slows all alike; take the ratios, not the absolute figures.
Set OMP_NUM_THREADS=1. Names, targets, loaded words and wording are measured each by itself and, in "the four together", one after the other
on the same article, as ``analyze`` does.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from gold import gold_folder
from textblob import TextBlob

import framing as fr
from framing.english import sentences
from framing.measuring.page import Page
from framing.measuring.tone import loaded_language, tone_by_part, tone_toward_each
from framing.text import Span, quotations

STAGES = ("reading", "attributions", "targets", "loaded words")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("gold", nargs="?", type=Path)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()

    began = time.process_time()
    corpus = fr.read_corpus(gold_folder(options.gold) / "allsides_sample.jsonl.gz")
    reading = len(corpus) / (time.process_time() - began)
    articles = list(corpus[: options.articles])
    named = {article.id: [name.span for name in fr.find_names(article)] for article in articles}
    word = re.compile(r"\w+")

    def parts(article: fr.Article) -> None:
        quoted = [q.inner for q in quotations(article.plain, article.spans())]
        tone_by_part(article, quoted=quoted, variant="textblob")
        tone_by_part(article, quoted=quoted, variant="news")

    def targets(article: fr.Article) -> None:
        tone_toward_each(article, named[article.id], engine="fast")

    def loaded(article: fr.Article) -> None:
        loaded_language(article, engine="fast")

    def together(article: fr.Article) -> None:
        for measure in (fr.find_names, targets, loaded, fr.find_wording):
            measure(article)

    few = articles[:: max(1, len(articles) // 60)]  # enough for the engine that takes longest
    tasks: dict[str, tuple[Callable[[fr.Article], object], list[fr.Article]]] = {
        "bare \\w+ scan": (lambda article: word.findall(article.body), articles),
        "TextBlob sentiment": (lambda article: TextBlob(article.body).sentiment, articles),
        "measure_tone": (fr.measure_tone, articles),
        "tone, 5 parts x 2 variants": (parts, articles),
        "sentences": (lambda article: [sentences(article.plain, span) for span in article.spans()], articles),
        "find_notices": (fr.find_notices, articles),
        "find_names": (fr.find_names, articles),
        "tone_toward_each, fast": (targets, articles),
        "loaded_language, fast": (loaded, articles),
        "find_wording": (fr.find_wording, articles),
        "the four together": (together, articles),
        "find_attributions, encoder": (fr.find_attributions, few),
        "find_attributions, fast": (lambda article: fr.find_attributions(article, engine="fast"), articles),
        "find_attributions, rules": (lambda article: fr.find_attributions(article, engine="rules"), articles),
        "analyze, encoder": (fr.analyze, few),
        "analyze, fast": (lambda article: fr.analyze(article, engine="fast"), articles),
    }
    for task, some in tasks.values():
        task(some[0])  # word lists and weights are read when first asked for
    best = {name: [float("inf")] * len(some) for name, (_, some) in tasks.items()}  # seconds
    staged = [dict.fromkeys(STAGES, float("inf")) for _ in few]
    for _ in range(options.rounds):
        for name, (task, some) in tasks.items():
            for i, article in enumerate(some):
                began = time.process_time()
                task(article)
                best[name][i] = min(best[name][i], time.process_time() - began)
        for article, of_article in zip(few, staged, strict=True):
            for stage, seconds in stages(article, named[article.id]).items():
                of_article[stage] = min(of_article[stage], seconds)
    each = {name: sum(seconds) / len(seconds) for name, seconds in best.items()}  # seconds an article

    n_words = sum(len(article.body.split()) for article in articles) / len(articles)
    print(f"{len(articles)} articles of {n_words:.0f} words on one core; best of {options.rounds} interleaved rounds")
    print(f"{'':28}{'articles/s':>12}{'x TextBlob':>12}{'time / TextBlob':>17}")
    print(f"{'read_corpus (JSON lines)':28}{reading:12,.0f}")
    textblob = each["TextBlob sentiment"]
    for name, seconds in each.items():
        print(f"{name:28}{1 / seconds:12,.1f}{textblob / seconds:12.3f}{seconds / textblob:17.3f}")

    cost = {stage: sum(of_article[stage] for of_article in staged) / len(few) for stage in STAGES}
    before = cost["reading"] + cost["attributions"]
    print(f"\nWith the encoder, {len(few)} articles\n{'':28}{'ms an article':>14}{'/ (reading + attributions)':>28}")
    for stage, seconds in (*cost.items(), ("targets + loaded words", cost["targets"] + cost["loaded words"])):
        print(f"{stage:28}{1000 * seconds:14.1f}{seconds / before:28.3f}")


def stages(article: fr.Article, names: list[Span]) -> dict[str, float]:
    """Seconds that each step with the encoder takes on one article that is read once."""
    marks = [time.process_time()]
    page = Page(article)
    assert len(page.reading.vectors)
    marks.append(time.process_time())
    fr.find_attributions(page)
    marks.append(time.process_time())
    tone_toward_each(page, names)
    marks.append(time.process_time())
    loaded_language(page)
    marks.append(time.process_time())
    return {stage: end - start for stage, (start, end) in zip(STAGES, pairwise(marks), strict=True)}


if __name__ == "__main__":
    main()
