"""Tone against TextBlob and hand-coded tone: ``python benchmarks/tone.py [speed] [same] [meaning] [targets]`` (all if none is named).

speed    ``measure_tone`` beside ``TextBlob(text).sentiment`` and a bare word scan, in one process, turn by turn
same     how many texts get other numbers than TextBlob's: every article, and random texts full of emoticons and odd white space
meaning  share of articles above zero; against the author's sentiment (BASIL) and the tone toward targets (NewsMTSC)
targets  mean tone of an article toward an entity against the author's sentiment toward it (BASIL), with article polarity beside it

Reads the folder in ``FRAMING_GOLD``.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import re
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from gold import gold_folder
from scipy.stats import spearmanr
from sklearn.metrics import f1_score
from textblob import TextBlob

from framing.article import Article, as_article
from framing.choices import TONE_ENGINES
from framing.measuring.names import find_names
from framing.measuring.tone import VARIANTS, measure_tone, tone_by_part, tone_toward_each
from framing.measuring.tone.operations import CODES
from framing.text import quotations

SIGN = {"negative": -1, "neutral": 0, "positive": 1}
PIECES = [
    *".,;:!?()[]{}`'\"@#$^&*+-|=~_<>/\\%°♥“”‘’…—oODscbPX83A", "...", "....", "(!)", "( ! )", "''", "n't", "isn't", "can't", "'s",
    "good", "Bad", "very", "not", "no", "never", "really", "especially", "more", "terrible", "a", "is", "the", "minister", "U.S.",
    "Mr.", "END-OF-SENTENCE", ":)", ": )", ":-)", "8)", ":'(", ": ' (", "o_O", ">.>", "o .O", ":-.", "x D", "<3",
    *[" "] * 5, "\n", "\n\n", "\r\n\r\n", "\t", "\u2028", "\x1c", "\xa0", "\u200b", "\x00",
]  # fmt: skip


def read(name: str, limit: int | None = None) -> list[dict[str, Any]]:
    with gzip.open(gold_folder() / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for number, line in enumerate(lines) if limit is None or number < limit]


def speed(n_articles: int, n_rounds: int) -> None:
    texts = [row["text"] for row in read("allsides_sample", n_articles)]
    pages = [Article(id=str(number), text=text) for number, text in enumerate(texts)]
    quoted = [[quotation.inner for quotation in quotations(text)] for text in texts]
    word = re.compile(r"\w+")

    def parts(number: int) -> None:
        for variant in VARIANTS:
            tone_by_part(pages[number], quoted=quoted[number], variant=variant)

    jobs: dict[str, Callable[[int], object]] = {
        "TextBlob(text).sentiment": lambda number: TextBlob(texts[number]).sentiment,
        "measure_tone": lambda number: measure_tone(texts[number]),
        "measure_tone, news": lambda number: measure_tone(texts[number], variant="news"),
        "tone_by_part, both variants": parts,
        r"bare \w+ scan": lambda number: sum(1 for _ in word.finditer(texts[number])),
    }
    numbers = range(len(texts))
    TextBlob("good").sentiment  # noqa: B018  (loads the lexicon, which both read)
    measure_tone("good")
    for codes in CODES.values():
        codes.clear()
    seconds: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(n_rounds):
        for name, job in jobs.items():
            start = time.perf_counter()
            for number in numbers:
                job(number)
            seconds[name].append(time.perf_counter() - start)
    n_words = sum(len(word.findall(text)) for text in texts) / len(texts)
    print(f"{len(texts)} articles of {n_words:.0f} words on average, {n_rounds} rounds, milliseconds an article")
    base = seconds["TextBlob(text).sentiment"]
    print(f"{'':30}{'first':>8}{'median':>8}{'best':>8}   times TextBlob's speed (first, median, best)")
    for name, taken in seconds.items():
        figures = [taken[0], float(np.median(taken)), min(taken)]
        ratios = [base[0] / taken[0], float(np.median([b / t for b, t in zip(base, taken, strict=True)])), min(base) / min(taken)]
        print(f"{name:30}" + "".join(f"{1000 * f / len(texts):8.3f}" for f in figures) + "   " + "".join(f"{r:7.1f}" for r in ratios))


def same(n_random: int) -> int:
    rng = random.Random(0)
    texts = [row["text"] for row in read("allsides_sample")]
    n_articles = len(texts)
    for _ in range(n_random):
        between = rng.choice(["", " ", None])
        chosen = rng.choices(PIECES, k=rng.randint(0, 60))
        texts.append("".join(p + rng.choice(["", " "]) for p in chosen) if between is None else between.join(chosen))
    wrong = 0
    for text in texts:
        theirs, ours = TextBlob(text).sentiment, measure_tone(text)
        if ours.n_scored:
            wrong += (ours.polarity, ours.subjectivity) != tuple(theirs)
        else:
            wrong += tuple(theirs) != (0.0, 0.0)
    print(f"{n_articles} articles and {n_random} random texts: {wrong} with other numbers than TextBlob's")
    return wrong


def half(key: str) -> int:
    return hashlib.sha256(key.encode()).digest()[0] % 2


def best_threshold(scores: np.ndarray, labels: np.ndarray) -> float:
    grid = np.arange(0, 0.5, 0.01)
    return float(grid[int(np.argmax([macro_f1(scores, labels, t) for t in grid]))])


def macro_f1(scores: np.ndarray, labels: np.ndarray, threshold: float) -> float:
    guess = np.where(scores > threshold, 1, np.where(scores < -threshold, -1, 0))
    return float(f1_score(labels, guess, average="macro", labels=[-1, 0, 1], zero_division=0.0))


def meaning() -> None:
    texts = [row["text"] for row in read("allsides_sample")]
    basil = read("basil_1_50")
    author = np.array([np.mean([SIGN[v.lower()] for v in row["author_sentiment"].values()]) for row in basil])
    events = np.array([row["event"] for row in basil])
    bodies = ["\n\n".join(sentence["text"] for sentence in row["sentences"]) for row in basil]
    rows = read("newsmtsc_train")
    pairs = [(row["text"], SIGN[t["polarity"]], "_".join(re.split(r"_", row["id"])[:3])) for row in rows for t in row["targets"]]
    labels = np.array([label for _, label, _ in pairs])
    part = np.array([half(key) for _, _, key in pairs])
    print(
        f"NewsMTSC: {len(pairs)} targets; always the commonest class {macro_f1(np.full((part == 1).sum(), -1.0), labels[part == 1], 0):.3f}"
    )
    for variant in VARIANTS:
        polarity = np.array([measure_tone(text, variant=variant).polarity for text in texts])
        above, none = np.mean(polarity > 0), np.mean(np.isnan(polarity))
        print(f"{variant}: {above:.1%} of {len(texts)} articles above zero, {none:.1%} NaN, mean {np.nanmean(polarity):.3f}")
        scores = np.array([measure_tone(text, variant=variant).polarity for text in bodies])
        apart = [values - group_means(values, events) for values in (scores, author)]
        for name, (a, b) in {"all articles": (scores, author), "within events": tuple(apart)}.items():
            low, high = interval(a, b, events)
            print(
                f"  BASIL, {name}: Spearman {spearmanr(a, b).statistic:.3f} (95 % over events {low:.3f} to {high:.3f}), {len(a)} articles"
            )
        sentence = np.nan_to_num(np.array([measure_tone(text, variant=variant).polarity for text, _, _ in pairs]))
        threshold = best_threshold(sentence[part == 0], labels[part == 0])
        reported = macro_f1(sentence[part == 1], labels[part == 1], threshold)
        print(f"  NewsMTSC: threshold {threshold:.2f}, macro F1 {reported:.3f} on {int((part == 1).sum())} targets")


def targets() -> None:
    """One value a pair of article and entity that coders judged; an entity's mentions are names that share its last word."""
    rows = read("basil_1_50")
    values: dict[str, list[float]] = {"author": [], "encoder": [], "fast": [], "polarity": []}
    events, groups = [], []
    for row in rows:
        article = as_article("\n\n".join(sentence["text"] for sentence in row["sentences"] if sentence["text"].strip()))
        names = find_names(article)
        scores = {
            engine: [t.score for t in tone_toward_each(article, [name.span for name in names], engine=engine)] for engine in TONE_ENGINES
        }
        polarity = measure_tone(article).polarity
        for entity, sentiment in row["author_sentiment"].items():
            last = entity.split()[-1].casefold()
            mine = [i for i, name in enumerate(names) if last in name.name.casefold().split()]
            if entity == "main-event" or not mine or sentiment.lower() not in SIGN:
                continue
            values["author"].append(SIGN[sentiment.lower()])
            values["polarity"].append(polarity)
            for engine, found in scores.items():
                values[engine].append(float(np.mean([found[i] for i in mine])))
            events.append(row["event"])
            groups.append((row["event"], entity))
    of_event, of_group = np.array(events), np.array([sorted(set(groups)).index(group) for group in groups])
    shared = np.bincount(of_group)[of_group] > 1
    author = np.array(values.pop("author"))
    print(f"BASIL: {len(author)} articles x entities in {len(set(events))} events, {shared.sum()} of entities that 2 or 3 outlets name")
    for name, given in values.items():
        score = np.array(given)
        apart = [(v - group_means(v, of_group))[shared] for v in (score, author)]
        for which, a, b, of in (("all", score, author, of_event), ("within event and entity", *apart, of_event[shared])):
            low, high = interval(a, b, of)
            print(f"  {name}, {which}: Spearman {spearmanr(a, b).statistic:.3f} (95 % over events {low:.3f} to {high:.3f})")


def group_means(values: np.ndarray, groups: np.ndarray) -> np.ndarray:
    means = {group: values[groups == group].mean() for group in set(groups)}
    return np.array([means[group] for group in groups])


def interval(a: np.ndarray, b: np.ndarray, groups: np.ndarray) -> Sequence[float]:
    """Percentiles of Spearman's coefficient over 1,000 draws of whole events."""
    rng = np.random.default_rng(0)
    names = sorted(set(groups))
    members = {name: np.flatnonzero(groups == name) for name in names}
    drawn = []
    for _ in range(1000):
        chosen = np.concatenate([members[names[i]] for i in rng.integers(len(names), size=len(names))])
        drawn.append(spearmanr(a[chosen], b[chosen]).statistic)
    return np.percentile(drawn, [2.5, 97.5])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", choices=["speed", "same", "meaning", "targets", []], default=[])
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--random", type=int, default=5000)
    options = parser.parse_args()
    wanted = options.what or ["speed", "same", "meaning", "targets"]
    if "speed" in wanted:
        speed(options.articles, options.rounds)
    wrong = same(options.random) if "same" in wanted else 0
    if "meaning" in wanted:
        meaning()
    if "targets" in wanted:
        targets()
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
