"""Names against 30 hand-coded articles, beside two baselines; which mentions are of the same one; and speed.

    python benchmarks/names.py [GOLD_FOLDER] [--errors N] [--no-speed] [--articles 240] [--rounds 3]

Reads ``allsides_sample.jsonl.gz`` from GOLD_FOLDER (default: the one in FRAMING_GOLD), and offsets, kinds and entities from
``names_coded.tsv`` beside this file, whose head says how the articles were chosen and what counts as a name.

A name is right, strictly, if its span and kind are; leniently, if its kind is and it ends at the same word (so that the spans overlap).
Intervals are 95 % over articles drawn with replacement. The baselines know no kinds and call every name a person: runs of capitalised
words that do not begin a sentence, and runs of words that TextBlob's tagger calls proper nouns.

Entities are scored by B-cubed F1 over mentions of people and organisations: once over the mentions that are right leniently (joining
alone), once over all (one missed or made up scores 0). Beside it: mentions joined by the same string, and by the same last word.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from gold import gold_folder
from numpy.typing import NDArray
from textblob import TextBlob
from textblob.en import tag

from framing.article import Article
from framing.compare.bootstrap import drawn, limits
from framing.english import sentences
from framing.measuring.names import find_names

HERE = Path(__file__).resolve().parent
KINDS = ("person", "organisation", "place", "group")
JOINED = ("person", "organisation")
SLICES: dict[str, tuple[str, ...]] = {**{kind: (kind,) for kind in KINDS}, "person + organisation": JOINED, "all kinds": KINDS}
N_RESAMPLES = 2000


@dataclass(frozen=True)
class Mention:
    """One name in a text; ``entity`` is equal for mentions of the same one."""

    start: int
    end: int
    kind: str
    entity: Hashable = None


def last_word_end(text: str, mention: Mention) -> int:
    """Where the last letter or digit of a mention ends: a closing bracket or a last dot makes no difference."""
    end = mention.end
    while end > mention.start and not text[end - 1].isalnum():
        end -= 1
    return end


def read_coded(gold: Path) -> list[tuple[str, str, list[Mention]]]:
    """Id, text and coded names of each article, in the order of the coded file.

    Raises
    ------
    SystemExit
        If a text differs from the one that was coded.
    """
    path = HERE / "names_coded.tsv"
    rows = pd.read_csv(path, sep="\t", comment="#")
    ids = list(dict.fromkeys(rows["article_id"]))
    with gzip.open(gold / "allsides_sample.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = {row["id"]: row["text"] for row in map(json.loads, lines) if row["id"] in set(ids)}
    digest = hashlib.sha256("\0".join(texts.get(key, "") for key in ids).encode()).hexdigest()
    if f"# texts: {digest}\n" not in path.read_text(encoding="utf-8"):
        raise SystemExit(f"the articles in {gold} are not the ones that were coded: the digest of their texts differs from {path.name}'s")
    by_article = {str(key): some for key, some in rows.groupby("article_id")}
    columns = ["start", "end", "kind", "entity"]
    return [(key, texts[key], [Mention(*row) for row in by_article[key][columns].itertuples(index=False)]) for key in ids]


def found_names(text: str) -> list[Mention]:
    """What the library finds."""
    return [Mention(n.span.start, n.span.end, n.kind, (n.kind, n.name)) for n in find_names(Article("coded", text))]


_CAPITALISED_WORD = r"(?:(?:[A-Z]\.)+|[A-Z][\w&]*(?:['’][A-Z]\w+)*(?:-\w+)*)"
_CAPITALISED_RUN = re.compile(rf"(?<![\w@#’'-]){_CAPITALISED_WORD}(?:[ \t]+{_CAPITALISED_WORD})*")
_BEFORE_FIRST_WORD = re.compile(r"\W*")


def capitalised_runs(text: str) -> list[Mention]:
    """Runs of capitalised words that do not begin a sentence, cut at stops and genitives: all persons."""
    starts = {match.end() for span in sentences(text) if (match := _BEFORE_FIRST_WORD.match(text, span.start))}
    runs = (match for match in _CAPITALISED_RUN.finditer(text) if match.group() != "I" and match.start() not in starts)
    return [Mention(*match.span(), "person") for match in runs]


def tagged_runs(text: str) -> list[Mention]:
    """Runs of words tagged NNP or NNPS by TextBlob's tagger: all persons. Tokens that it changed are left out."""
    found: list[Mention] = []
    at, in_run = 0, False
    for word, kind in tag(text):
        start = text.find(word, at, at + len(word) + 40)
        if start < 0:
            continue
        gap, at = text[at:start], start + len(word)
        if in_run and kind.startswith("NNP") and gap == " ":
            found[-1] = Mention(found[-1].start, at, "person")
        elif kind.startswith("NNP"):
            found.append(Mention(start, at, "person"))
        in_run = kind.startswith("NNP")
    return found


def keys(text: str, mentions: Iterable[Mention], *, strict: bool, kinds: Sequence[str], any_kind: bool = False) -> set[Hashable]:
    """What makes two mentions the same: span and kind, or last word and kind."""
    return {
        ((m.start, m.end) if strict else last_word_end(text, m), None if any_kind else m.kind)
        for m in mentions
        if any_kind or m.kind in kinds
    }


def figures(counts: NDArray[np.float64]) -> tuple[list[float], list[tuple[float, float]]]:
    """Precision, recall, F1 and their limits from right, found and coded (columns) by article (rows)."""

    def ratios(sums: NDArray[np.float64]) -> NDArray[np.float64]:
        right, found, coded = sums[:, 0], sums[:, 1], sums[:, 2]
        tops = np.column_stack([right, right, 2 * right])
        bottoms = np.column_stack([found, coded, found + coded])
        return np.divide(tops, bottoms, out=np.full(tops.shape, np.nan), where=bottoms > 0)

    samples = np.full((N_RESAMPLES, 3), np.nan)
    for rows, times in drawn(len(counts), N_RESAMPLES, np.random.default_rng(0)):
        samples[rows] = ratios(times @ counts)
    low, high = limits(samples, np.full(3, len(counts)), 0.95, 1.0)
    return list(ratios(counts.sum(axis=0, keepdims=True))[0]), list(zip(low, high, strict=True))


def show_scores(title: str, coded: list[tuple[str, str, list[Mention]]], found: list[list[Mention]], *, knows_kinds: bool) -> None:
    """Print precision, recall and F1, by kind where the finder knows kinds."""
    print(f"\n{title}\n{'':24}{'coded':>6}{'found':>6}   {'precision':19}{'recall':19}F1")
    slices = [*((name, kinds, False) for name, kinds in SLICES.items()), ("any kind, span alone", KINDS, True)]
    for name, kinds, any_kind in slices if knows_kinds else [slices[0], slices[-1]]:
        for strict in (True, False):
            counts = []
            for (_, text, truth), ours in zip(coded, found, strict=True):
                gold, mine = (keys(text, some, strict=strict, kinds=kinds, any_kind=any_kind) for some in (truth, ours))
                counts.append([len(gold & mine), len(mine), len(gold)])
            table = np.array(counts, dtype=float)
            values, ranges = figures(table)
            cells = "".join(f"{value:5.2f} [{low:.2f}, {high:.2f}] " for value, (low, high) in zip(values, ranges, strict=True))
            sums = table.sum(axis=0)
            print(f"{name if strict else '  lenient':24}{sums[2]:6.0f}{sums[1]:6.0f}  {cells}")


def b_cubed(coded: Mapping[Hashable, Hashable], joined: Mapping[Hashable, Hashable]) -> tuple[float, float, int, int]:
    """Sums of B-cubed precision and recall over mentions, and how many there are of each.

    Both map a mention to its entity. A mention that only one side has scores 0 there (Bagga and Baldwin 1998; all-mentions variant).
    """
    both = coded.keys() & joined.keys()
    shared = Counter((coded[key], joined[key]) for key in both)
    in_coded, in_joined = Counter(coded.values()), Counter(joined.values())
    precision = sum(shared[coded[key], joined[key]] / in_joined[joined[key]] for key in both)
    recall = sum(shared[coded[key], joined[key]] / in_coded[coded[key]] for key in both)
    return precision, recall, len(joined), len(coded)


def last_word(text: str, mention: Mention) -> str:
    """The last word of a mention, in small letters."""
    end = last_word_end(text, mention)
    return text[mention.start : end].lower().split()[-1] if end > mention.start else ""


def joined_by(way: str, text: str, mentions: Iterable[Mention]) -> dict[Hashable, Hashable]:
    """Entities of the people and organisations among mentions, by last word and kind of the mention."""

    def entity(mention: Mention) -> Hashable:
        if way == "same string":
            return mention.kind, text[mention.start : mention.end].lower()
        return (mention.kind, last_word(text, mention)) if way == "same last word" else mention.entity

    return {(last_word_end(text, m), m.kind): entity(m) for m in mentions if m.kind in JOINED}


def show_joining(coded: list[tuple[str, str, list[Mention]]], found: list[list[Mention]]) -> None:
    """Print B-cubed figures of the finder's joining, and of joining what it found by string or last word."""
    print(f"\nwhich mentions are of the same person or organisation, B-cubed\n{'':38}{'mentions':>9}{'P':>7}{'R':>7}{'F1':>7}")
    for way in ("find_names", "same string", "same last word"):
        for scope in ("right ones", "all"):
            sums = np.zeros(4)
            for (_, text, truth), ours in zip(coded, found, strict=True):
                gold, mine = joined_by("coded", text, truth), joined_by(way, text, ours)
                if scope == "right ones":
                    both = gold.keys() & mine.keys()
                    gold, mine = {key: gold[key] for key in both}, {key: mine[key] for key in both}
                sums += b_cubed(gold, mine)
            precision, recall = (part / whole if whole else float("nan") for part, whole in zip(sums[:2], sums[2:], strict=True))
            f1 = 2 * precision * recall / (precision + recall) if precision + recall else float("nan")
            print(f"{way:24}{scope:14}{sums[3]:9.0f}{precision:7.3f}{recall:7.3f}{f1:7.3f}")


def show_errors(coded: list[tuple[str, str, list[Mention]]], found: list[list[Mention]], limit: int) -> None:
    """Print the first differences of each sort, with their surroundings; a lenient match of the same kind is no error."""

    def line(sort: str, key: str, text: str, mention: Mention) -> str:
        before, after = text[max(0, mention.start - 40) : mention.start], text[mention.end : mention.end + 30]
        return f"{sort:30} {key}  " + " ".join(f"{before}⟦{text[mention.start : mention.end]}⟧{after}".split())

    several: dict[str, list[str]] = {"missed": [], "made up": [], "other kind": [], "other span": []}
    for (key, text, truth), ours in zip(coded, found, strict=True):
        mine, gold = ({last_word_end(text, m): m for m in some} for some in (ours, truth))
        for end, mention in gold.items():
            other = mine.get(end)
            if other is None:
                several["missed"].append(line(f"missed {mention.kind}", key, text, mention))
            elif other.kind != mention.kind:
                several["other kind"].append(line(f"{mention.kind} -> {other.kind}", key, text, mention))
            elif (other.start, other.end) != (mention.start, mention.end):
                several["other span"].append(line(f"span of {mention.kind}", key, text, other))
        several["made up"] += [line(f"made up {m.kind}", key, text, m) for end, m in mine.items() if end not in gold]
    for sort, lines in several.items():
        print(f"\n{len(lines)} {sort}", *lines[:limit], sep="\n  ")


def show_speed(gold: Path, n_articles: int, n_rounds: int) -> None:
    """Print articles a second beside TextBlob's sentiment; interleaved rounds, best of each."""
    with gzip.open(gold / "allsides_sample.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows: list[dict[str, Any]] = [json.loads(line) for _, line in zip(range(n_articles), lines, strict=False)]
    articles = [Article(row["id"], row["text"]) for row in rows]
    tasks: dict[str, Callable[[Article], object]] = {
        "TextBlob sentiment": lambda article: TextBlob(article.text).sentiment,
        "find_names": find_names,
    }
    seconds = dict.fromkeys(tasks, float("inf"))
    for task in tasks.values():
        task(articles[0])  # lists are read at first use
    for _ in range(n_rounds):
        for name, task in tasks.items():
            began = time.perf_counter()
            for article in articles:
                task(article)
            seconds[name] = min(seconds[name], (time.perf_counter() - began) / len(articles))
    n_words = sum(len(article.text.split()) for article in articles) / len(articles)
    print(f"\n{len(articles)} articles of {n_words:.0f} words on one core; best of {n_rounds} interleaved rounds")
    for name, each in seconds.items():
        print(f"{name:24}{1 / each:8.0f} articles/s{1000 * each:8.2f} ms{seconds['TextBlob sentiment'] / each:8.2f} x TextBlob")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("gold", nargs="?", type=Path, help="folder of allsides_sample.jsonl.gz")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print the first N errors of each sort")
    parser.add_argument("--no-speed", action="store_true")
    parser.add_argument("--articles", type=int, default=240, help="how many articles to take the time of")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    gold = gold_folder(options.gold)
    coded = read_coded(gold)
    found = [found_names(text) for _, text, _ in coded]
    print(f"{len(coded)} articles, {sum(len(truth) for *_, truth in coded)} names coded")
    show_scores("find_names", coded, found, knows_kinds=True)
    show_scores("baseline: capitalised runs", coded, [capitalised_runs(text) for _, text, _ in coded], knows_kinds=False)
    show_scores("baseline: TextBlob's proper nouns", coded, [tagged_runs(text) for _, text, _ in coded], knows_kinds=False)
    show_joining(coded, found)
    if options.errors:
        show_errors(coded, found, options.errors)
    if not options.no_speed:
        show_speed(gold, options.articles, options.rounds)


if __name__ == "__main__":
    main()
