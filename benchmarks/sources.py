"""Who speaks, against 106 hand-coded articles: the right person or nobody, how the reader is told, on whose behalf, of what kind.

    python benchmarks/sources.py [GOLD_FOLDER] [--half fresh|report|build] [--engine encoder|fast|rules] [--errors N]

Reads ``allsides_sample.jsonl.gz`` and ``polnear_dev.jsonl.gz`` from GOLD_FOLDER (default: the one in FRAMING_GOLD), and the codes from
``sources_coded.tsv`` beside this file, whose head says how the articles were chosen and coded.

An attribution found is compared with the coded one whose content shares most words with it (Jaccard of .3 or more, or the same cue).
Of these pairs:

- wrong person: somebody is named who is not the coded speaker; left open: a speaker is coded, and nobody is named;
- naming: accuracy over the six kinds and "none";
- speaks_for: precision, recall and F1, documents left out;
- kinds: accuracy where both are known, share unknown where the coded one is known and over all, officials and politicians as one;
- offices ("the president") and pronouns apart.

Intervals are 95 % over articles drawn with replacement.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from gold import gold_folder

from framing.article import Article
from framing.choices import Engine
from framing.measuring.attribution import Attribution
from framing.measuring.page import Page
from framing.readers.dates import read_date
from framing.text import Span, words

HERE = Path(__file__).resolve().parent
CODED = HERE / "sources_coded.tsv"
N_RESAMPLES = 2000
SAME = 0.3  # Jaccard of the words of two contents


@dataclass(frozen=True)
class Coded:
    """One coded attribution; ``speaker`` and ``speaks_for`` are the words in the article and, where the finder has one there, its name."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speaker: frozenset[str]
    naming: str
    speaks_for: frozenset[str]
    source_type: str
    flags: str
    is_office: bool  # somebody whom the article names is called only by an office or a description ("the president")


def spans(cell: str) -> tuple[Span, ...]:
    """ "3-9;12-20" as spans."""
    return tuple(Span(*map(int, part.split("-"))) for part in cell.removeprefix("t:").split(";") if part)


def plain(words: str) -> str:
    """A name for comparing: lower case, without "the", stops, genitive and curly marks."""
    return words.casefold().replace("’", "'").removesuffix("'s").replace(".", "").removeprefix("the ").strip(" ,:'\"")


def same(found: str | None, coded: frozenset[str]) -> bool:
    """Do these name the same: equal, or the words of one are words of the other, the last one alike?"""
    if not found:
        return not coded
    mine = plain(found)
    for name in coded:
        other = plain(name)
        a, b = set(mine.split()), set(other.split())
        if mine == other or ((a <= b or b <= a) and a and b):
            return True
    return False


def read_rows(gold: Path, corpus: str, ids: set[str]) -> dict[str, dict[str, Any]]:
    with gzip.open(gold / f"{corpus}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return {str(row["id"]): row for row in map(json.loads, lines) if str(row["id"]) in ids}


def read_coded(gold: Path, half: str) -> Iterator[tuple[str, dict[str, Any], pd.DataFrame]]:
    """Id, row of the corpus and codes of each article.

    Raises
    ------
    SystemExit
        If a text differs from the one that was coded.
    """
    rows = pd.read_csv(CODED, sep="\t", comment="#", dtype=str, keep_default_na=False)
    keys = list(dict.fromkeys(zip(rows["corpus"], rows["article_id"], strict=True)))
    texts = {corpus: read_rows(gold, corpus, {key for of, key in keys if of == corpus}) for corpus in dict.fromkeys(of for of, _ in keys)}
    digest = hashlib.sha256("\0".join(texts[corpus][key]["text"] for corpus, key in keys if key in texts[corpus]).encode()).hexdigest()
    if f"# texts: {digest}\n" not in CODED.read_text(encoding="utf-8"):
        raise SystemExit(f"the articles in {gold} are not the ones that were coded: the digest of their texts differs from {CODED.name}'s")
    for (corpus, key), some in rows.groupby(["corpus", "article_id"], sort=False):
        if half in ("all", some["half"].iloc[0]):
            yield str(key), texts[str(corpus)][str(key)], some


def codes_of(row: dict[str, Any], codes: pd.DataFrame, page: Page) -> list[Coded]:
    """The coded attributions of the body."""

    def named(cell: str) -> frozenset[str]:
        if not cell:
            return frozenset()
        place = spans(cell)[0]
        if cell.startswith("t:"):
            return frozenset((place.of(row["title"]),))
        return frozenset((place.of(row["text"]), *(name.name for name in page.names if name.span.overlaps(place))))

    def is_office(codes: Any) -> bool:
        printed = " ".join(span.of(row["text"]) for span in spans(codes.source))
        return codes.naming == "named_person" and re.fullmatch(r"[Tt]he [a-z -]+", printed) is not None

    return [
        Coded(
            spans(c.source),
            spans(c.cue),
            spans(c.content),
            named(c.speaker),
            c.naming,
            named(c.speaks_for),
            c.source_type,
            c.flags,
            is_office(c),
        )
        for c in codes.itertuples()
        if "h" not in c.flags
    ]


def pairs(text: str, coded: Sequence[Coded], found: Sequence[Attribution]) -> list[tuple[Coded, Attribution]]:
    """Each coded attribution with the one found that is most like it, each used once."""

    def at(several: Sequence[Span]) -> frozenset[int]:
        return frozenset(word.start for span in several for word in words(text, span))

    mine, theirs = [at(c.content) for c in coded], [at(f.content) for f in found]
    ranked = []
    for i, a in enumerate(mine):
        for j, b in enumerate(theirs):
            if a & b:
                shared = len(a & b) / len(a | b)
                cue = any(x.overlaps(y) for x in coded[i].cue for y in found[j].cue)
                source = any(x.overlaps(y) for x in coded[i].source for y in found[j].source)
                if shared >= SAME or cue:
                    ranked.append((shared + cue + source, i, j))
    used: tuple[set[int], set[int]] = (set(), set())
    result = []
    for _, i, j in sorted(ranked, key=lambda row: (-row[0], row[1], row[2])):
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            result.append((i, j))
    return [(coded[i], found[j]) for i, j in sorted(result)]


def counts(coded: Coded, found: Attribution) -> Counter[str]:
    """What one pair counts."""
    n: Counter[str] = Counter(pairs=1)
    political = ("official", "politician")
    right = same(found.speaker, coded.speaker)
    wrong = found.speaker is not None and not right
    person = coded.naming == "named_person"
    opened = bool(coded.speaker) and found.speaker is None
    n["wrong"] = wrong
    n["wrong_person"] = wrong and found.naming == "named_person"
    n["open"], n["open_person"] = opened, opened and person
    n["speakers"], n["persons"] = bool(coded.speaker), person and bool(coded.speaker)
    n["speakers_right"], n["persons_right"] = bool(coded.speaker) and right, person and bool(coded.speaker) and right
    for is_so, name in ((coded.is_office, "offices"), ("p" in coded.flags, "pronouns")):
        if is_so:
            n[name], n[f"{name}_wrong"], n[f"{name}_open"] = 1, wrong, opened
    if coded.naming not in ("none", "joint"):
        n["namings"], n["naming_right"] = 1, coded.naming == found.naming
    if coded.naming != "document":
        n["for_coded"], n["for_found"] = bool(coded.speaks_for), bool(found.speaks_for)
        n["for_right"] = bool(coded.speaks_for and found.speaks_for and same(found.speaks_for, coded.speaks_for))
    n["unknown"] = found.source_type == "unknown"
    if coded.source_type != "unknown":
        n["kinds"], n["kinds_unknown"] = 1, found.source_type == "unknown"
        if found.source_type != "unknown":
            n["kinds_known"], n["kinds_right"] = 1, found.source_type == coded.source_type
            n["political_right"] = (found.source_type in political) == (coded.source_type in political)
    return n


FIGURES: dict[str, tuple[str, str]] = {
    "wrong person named": ("wrong_person", "pairs"),
    "wrong speaker named, of any sort": ("wrong", "pairs"),
    "speaker left open": ("open", "pairs"),
    "person left open": ("open_person", "pairs"),
    "speakers named rightly": ("speakers_right", "speakers"),
    "persons named rightly": ("persons_right", "persons"),
    "offices: wrong": ("offices_wrong", "offices"),
    "offices: left open": ("offices_open", "offices"),
    "pronouns: wrong": ("pronouns_wrong", "pronouns"),
    "pronouns: left open": ("pronouns_open", "pronouns"),
    "naming right": ("naming_right", "namings"),
    "speaks_for precision": ("for_right", "for_found"),
    "speaks_for recall": ("for_right", "for_coded"),
    "kind right, of the known": ("kinds_right", "kinds_known"),
    "official or politician right, of the known": ("political_right", "kinds_known"),
    "kind unknown, of those coded": ("kinds_unknown", "kinds"),
    "kind unknown, of all": ("unknown", "pairs"),
    "coded attributions found": ("pairs", "coded"),
    "refusals found as such": ("refusals_found", "refusals"),
}


def problems_of(coded: Coded, found: Attribution) -> list[str]:
    """What is wrong with one pair, in words."""
    told = []
    if not same(found.speaker, coded.speaker):
        told.append(f"speaker {found.speaker!r}, coded {sorted(coded.speaker)}")
    if coded.naming not in ("none", "joint") and coded.naming != found.naming:
        told.append(f"naming {found.naming}, coded {coded.naming}")
    if coded.naming != "document" and bool(found.speaks_for or coded.speaks_for) and not same(found.speaks_for, coded.speaks_for):
        told.append(f"for {found.speaks_for!r}, coded {sorted(coded.speaks_for)}")
    if found.source_type != coded.source_type and coded.source_type != "unknown":
        told.append(f"kind {found.source_type}, coded {coded.source_type}")
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="?", type=Path)
    parser.add_argument("--half", choices=("build", "report", "fresh", "all"), default="fresh")
    parser.add_argument("--engine", choices=("encoder", "fast", "rules"), default="encoder")
    parser.add_argument("--errors", type=int, default=0, help="how many wrong pairs to print")
    options = parser.parse_args()
    by_article: list[Counter[str]] = []
    shown = 0
    engine: Engine = options.engine
    for key, row, codes in read_coded(gold_folder(options.gold), options.half):
        article = Article(key, row["text"], headline=row["title"] or None, date=read_date(row["date"]) if row["date"] else None)
        page = Page(article, engine)
        coded = codes_of(row, codes, page)
        statements = [c for c in coded if "r" not in c.flags]
        found = [a for a in page.attributions if not a.headline]
        total: Counter[str] = Counter(coded=len(statements), refusals=len(coded) - len(statements))
        total["refusals_found"] = len(pairs(row["text"], [c for c in coded if "r" in c.flags], [a for a in found if a.refusal]))
        for c, f in pairs(row["text"], statements, [a for a in found if not a.refusal]):
            total += counts(c, f)
            if shown < options.errors and (told := problems_of(c, f)):
                shown += 1
                source = " ".join(span.of(row["text"]) for span in f.source)
                around = row["text"][max(0, f.start - 80) : f.span.end][:260].replace("\n", " ")
                print(f"{key} [{source}] {'; '.join(told)}\n      {around}")
        by_article.append(total)
    report(by_article)


def report(by_article: Sequence[Counter[str]]) -> None:
    """Print every figure with its interval."""
    names = sorted({name for pair in FIGURES.values() for name in pair})
    table = np.array([[count[name] for name in names] for count in by_article], dtype=float)
    rng = np.random.default_rng(20261201)
    drawn = rng.integers(0, len(table), (N_RESAMPLES, len(table)))
    sums = np.stack([table[some].sum(axis=0) for some in drawn])
    print(f"{len(table)} articles, {int(table[:, names.index('coded')].sum())} coded attributions")
    for figure, (part, whole) in FIGURES.items():
        a, b = table[:, names.index(part)].sum(), table[:, names.index(whole)].sum()
        with np.errstate(invalid="ignore", divide="ignore"):
            low, high = np.nanpercentile(sums[:, names.index(part)] / sums[:, names.index(whole)], (2.5, 97.5)) if b else (np.nan, np.nan)
        print(f"{figure:45} {a / b if b else np.nan:6.3f} [{low:.3f}, {high:.3f}]  {int(a)} of {int(b)}")
    right, made, wanted = (table[:, names.index(name)].sum() for name in ("for_right", "for_found", "for_coded"))
    print(f"{'speaks_for F1':45} {2 * right / (made + wanted):6.3f}")


if __name__ == "__main__":
    main()
