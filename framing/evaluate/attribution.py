"""How well attributions are found, measured on hand-coded articles of the user's own."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from framing.compare.bootstrap import Floats, limits, redrawn
from framing.compare.options import Resampling
from framing.english.tokens import COMPARED
from framing.evaluate.gold import ROLES, check_predicted, sorted_rows
from framing.measuring.attribution import Attribution
from framing.resources import load_table
from framing.text import quotations

FIGURES = ("who said what", "content", "source words", "cue words", "content words")
_MIN_JACCARD = 0.5
_QUOTATION_MARKS = frozenset('"“”')

Predicted = Mapping[str, Sequence[Attribution | Mapping[str, Any]]]


def score_attributions(
    gold_rows: Iterable[Mapping[str, Any]],
    predicted: Predicted,
    *,
    level: float = Resampling.level,
    n_resamples: int = 1000,
    seed: int = Resampling.seed,
) -> pd.DataFrame:
    """Precision, recall and F1 of attributions against hand-coded ones: over all, and by quotation, cue, form and outlet.

    Parameters
    ----------
    gold_rows : iterable of mapping
        One an article, with ``id``, ``text``, ``attributions`` and perhaps ``outlet``. Each attribution has three lists, ``source``,
        ``cue`` and ``content``, of ``[start, end]`` offsets into the text; a list may be empty.
    predicted : mapping
        Attributions by article id: :class:`framing.Attribution` or mappings as in gold. An article without any counts as
        one in which nothing was found; articles that gold does not hold are passed over.
    level, n_resamples, seed
        As in :func:`framing.compare_outlets`; whole articles are drawn.

    Returns
    -------
    pandas.DataFrame
        One row a figure and part. Columns: ``by`` and ``group`` (the part: all/all, quotation/quoted, cue/speech, cue/other,
        cue/none, form/direct, form/indirect, form/mixed, outlet/<name>); ``figure``: who said what, content, and over all and by
        outlet also source words, cue words and content words; ``n_articles`` (that hold any), ``n_gold``, ``n_predicted``; ``precision``,
        ``recall``, ``f1``, each from 0 to 1 (1: all as coded) with ``_low`` and ``_high``. NaN where there is nothing to divide by (f1:
        where nothing is coded).
        ``attrs`` holds ``level``, ``n_resamples`` and ``seed``.

    Raises
    ------
    InputError
        If an option is out of range, there is no gold row, or two have one id.

    Notes
    -----
    *content*: each coded content is matched with at most one that was found, largest Jaccard overlap of their words first, from .5 on.
    *who said what*: of the attributions that have a source, those paired whose two sources share a word. *words*: overlap of all words
    that the role covers, article by article. Punctuation is no word. Attributions whose content has no word are not counted.

    Recall counts gold attributions of a part, precision predicted ones. *quoted*: a double quotation mark in the content or right
    before it. *speech*: a word of the cue is listed as a speech cue (``english/cues.tsv``) or is "according"; *none*: no cue. *direct*:
    all words of the content stand between quotation marks, *indirect*: none.

    Intervals draw whole articles with replacement; percentiles, expanded for few articles (Hesterberg 2015), and NaN
    with fewer than 6 articles (at 95 %). They tell how much hangs on the choice of articles, not how well coders agree.

    References
    ----------
    Newell, Margolin and Ruths (2018), An Attribution Relations Corpus for Political News: the roles.

    Examples
    --------
    >>> from framing import find_attributions
    >>> text = "Nadia Orlo said ships would sail."
    >>> coded = {"id": "a", "text": text, "attributions": [{"source": [[0, 10]], "cue": [[11, 15]], "content": [[16, 32]]}]}
    >>> figures = score_attributions([coded], {"a": find_attributions(text, engine="rules")})
    >>> figures.loc[figures.by == "all", ["figure", "n_gold", "precision", "recall", "f1"]]
              figure  n_gold  precision  recall   f1
    0  who said what       1        1.0     1.0  1.0
    1        content       1        1.0     1.0  1.0
    2   source words       2        1.0     1.0  1.0
    3      cue words       1        1.0     1.0  1.0
    4  content words       3        1.0     1.0  1.0
    """
    resampling = Resampling(level, n_resamples, seed)
    rows = sorted_rows(gold_rows, "attributions")
    check_predicted(predicted, (Attribution, Mapping))
    counted = [_count(row, predicted.get(row["id"], ())) for row in rows]
    parts = sorted({part for counts in counted for part in counts}, key=_place)
    table = np.array([[counts.get(part, (0, 0, 0, 0)) for part in parts] for counts in counted], dtype=float)
    table = table.reshape(len(rows), len(parts), 4)
    n_articles = (table[:, :, :2].sum(axis=2) > 0).sum(axis=0)
    estimates = _figures(table.sum(axis=0))

    def figures(times: Floats) -> Floats:
        return _figures((times @ table.reshape(len(rows), -1)).reshape(-1, len(parts), 4))

    samples = redrawn(figures, len(rows), resampling.n_resamples, resampling.generator(1))
    frame = pd.DataFrame(parts, columns=["by", "group", "figure"])
    frame["n_articles"] = n_articles
    frame["n_gold"], frame["n_predicted"] = table.sum(axis=0)[:, :2].astype(np.int64).T
    for place, name in enumerate(("precision", "recall", "f1")):
        low, high = limits(samples[:, :, place], n_articles, resampling.level, 1.0)
        frame[name], frame[f"{name}_low"], frame[f"{name}_high"] = estimates[:, place], low, high
    frame.attrs |= resampling.attrs
    return frame


_Part = tuple[str, str, str]  # by, group, figure
_Counts = tuple[int, int, int, int]  # gold, predicted, gold hit, predicted hit
_KNOWN = {name: place for place, name in enumerate(("all", "quotation", "cue", "form", "outlet"))}
_GROUPS = {name: place for place, name in enumerate(("all", "quoted", "speech", "other", "none", "direct", "indirect", "mixed"))}


def _place(part: _Part) -> tuple[int, int, str, int]:
    by, group, figure = part
    return _KNOWN[by], 0 if by == "outlet" else _GROUPS[group], group, FIGURES.index(figure)


def _figures(counts: Floats) -> Floats:
    """Precision, recall and F1 (last axis) from the four counts (last axis)."""
    gold, found, gold_hit, found_hit = np.moveaxis(counts, -1, 0)
    blank = np.full(gold.shape, math.nan)
    precision = np.divide(found_hit, found, out=blank.copy(), where=found > 0)
    recall = np.divide(gold_hit, gold, out=blank.copy(), where=gold > 0)
    p, r = np.nan_to_num(precision), np.nan_to_num(recall)
    f1 = np.divide(2 * p * r, p + r, out=np.zeros_like(p), where=p + r > 0)
    return np.stack([precision, recall, np.where(gold > 0, f1, math.nan)], axis=-1)


class _Words:
    """The words of one text by number, so that spans can be compared as sets."""

    def __init__(self, text: str) -> None:
        spans = [m.span() for m in COMPARED.finditer(text)]
        self.starts, self.ends = [start for start, _ in spans], [end for _, end in spans]

    def covered(self, spans: Iterable[tuple[int, int]]) -> frozenset[int]:
        found: set[int] = set()
        for start, end in spans:
            at = bisect_right(self.ends, start)
            while at < len(self.starts) and self.starts[at] < end:
                found.add(at)
                at += 1
        return frozenset(found)


@dataclass(frozen=True)
class _Coded:
    """One attribution as sets of words, with the parts of the corpus that it counts in."""

    source: frozenset[int]
    content: frozenset[int]
    parts: tuple[tuple[str, str], ...]


_Spans = tuple[tuple[int, int], ...]


def _spans(attribution: Attribution | Mapping[str, Any]) -> dict[str, _Spans]:
    if isinstance(attribution, Attribution):
        return {role: tuple((s.start, s.end) for s in getattr(attribution, role)) for role in ROLES}
    return {role: tuple((int(start), int(end)) for start, end in attribution.get(role, ())) for role in ROLES}


def _count(row: Mapping[str, Any], predicted: Sequence[Attribution | Mapping[str, Any]]) -> dict[_Part, _Counts]:
    """What is found and missed in one article, by part and figure."""
    text = str(row["text"])
    words = _Words(text)
    quoted = words.covered((q.inner.start, q.inner.end) for q in quotations(text))
    outlet = row.get("outlet")
    wholes = [("all", "all"), *([("outlet", outlet)] if isinstance(outlet, str) and outlet.strip() else [])]
    raw = [[_spans(a) for a in several] for several in (row["attributions"], predicted)]
    gold, found = ([_coded(a, text, words, quoted, wholes) for a in several if words.covered(a["content"])] for several in raw)
    pairs = _best_pairs([a.content for a in gold], [a.content for a in found])
    back = {j: i for i, j in pairs.items()}
    counts: dict[_Part, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for side, mine, others, partner in ((0, gold, found, pairs), (1, found, gold, back)):
        for number, attribution in enumerate(mine):
            paired = others[partner[number]] if number in partner else None
            for part in attribution.parts:
                counts[(*part, "content")][side] += 1
                counts[(*part, "content")][side + 2] += paired is not None
                if attribution.source:
                    counts[(*part, "who said what")][side] += 1
                    counts[(*part, "who said what")][side + 2] += paired is not None and bool(attribution.source & paired.source)
    for role in ROLES:
        coded, given = (words.covered(span for a in several for span in a[role]) for several in raw)
        for part in wholes:
            both = len(coded & given)
            counts[(*part, f"{role} words")] = [len(coded), len(given), both, both]
    return {part: (n[0], n[1], n[2], n[3]) for part, n in counts.items()}


def _coded(spans: Mapping[str, _Spans], text: str, words: _Words, quoted: Collection[int], wholes: Sequence[tuple[str, str]]) -> _Coded:
    content = words.covered(spans["content"])
    n_quoted = len(content.intersection(quoted))
    form = "indirect" if not n_quoted else "direct" if n_quoted == len(content) else "mixed"
    parts = [*wholes, ("form", form), ("cue", _cue_class(text, spans["cue"]))]
    if _is_quoted(text, spans["content"]):
        parts.append(("quotation", "quoted"))
    return _Coded(words.covered(spans["source"]), content, tuple(parts))


def _is_quoted(text: str, content: _Spans) -> bool:
    before = text[max(0, content[0][0] - 1) : content[0][0]]
    return before in ('"', "“") or any(not _QUOTATION_MARKS.isdisjoint(text[start:end]) for start, end in content)


@cache
def _speech_forms() -> frozenset[str]:
    listed = (row["forms"].split() for row in load_table("english/cues") if row["class"] == "speech")
    return frozenset({"according"}.union(*listed))


def _cue_class(text: str, cue: _Spans) -> str:
    found = [word.lower() for start, end in cue for word in COMPARED.findall(text, start, end)]
    return "none" if not found else "other" if _speech_forms().isdisjoint(found) else "speech"


def _best_pairs(gold: Sequence[frozenset[int]], found: Sequence[frozenset[int]]) -> dict[int, int]:
    """For coded attributions the one found that fits best, by number, one to one: the largest overlap of contents is paired first."""
    holders: dict[int, list[int]] = defaultdict(list)
    for j, content in enumerate(found):
        for word in content:
            holders[word].append(j)
    scored = []
    for i, content in enumerate(gold):
        shared: dict[int, int] = defaultdict(int)
        for word in content:
            for j in holders.get(word, ()):
                shared[j] += 1
        for j, n in shared.items():
            overlap = n / (len(content) + len(found[j]) - n)
            if overlap >= _MIN_JACCARD:
                scored.append((overlap, -i, -j))
    partner: dict[int, int] = {}
    free = set(range(len(found)))
    for _, minus_i, minus_j in sorted(scored, reverse=True):
        if -minus_j in free and -minus_i not in partner:
            partner[-minus_i] = -minus_j
            free.discard(-minus_j)
    return partner
