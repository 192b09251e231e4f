"""What a notice is, and which paragraphs are notices as a whole."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from framing.english.calendar import MONTH, WEEKDAY, WEEKDAY_SHORT
from framing.resources import load_table
from framing.text import Span

Kind = Literal[
    "legal_label",
    "outlet_label",
    "wire_credit",
    "correction",
    "update",
    "editor_note",
    "opinion_disclaimer",
    "disclosure",
    "rights",
    "sponsored",
    "syndication",
    "machine_made",
    "affiliate",
    "promo",
    "method_note",
    "author_bio",
    "other",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
Label = Literal["terrorist", "extremist", "foreign_agent", "undesirable", "banned"]
LABELS: tuple[Label, ...] = get_args(Label)
Placement = Literal["footnote", "inline_bracket", "apposition", "marked_footnote", "paragraph"]
PLACEMENTS: tuple[Placement, ...] = get_args(Placement)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something printed with a report that is not reported.

    Attributes
    ----------
    kind : str
        One of :data:`KINDS`.
    span : Span
        The notice's words in ``Article.text``; of a label inside a sentence, the label's words only.
    subjects : tuple of str
        For legal labels: the names labelled, as first printed.
    label : str or None
        For legal labels: one of :data:`LABELS`; ``banned`` where no class is named.
    jurisdiction : str or None
        Whose law is cited, normalised ("the Russian Federation" is "Russia"); several are joined by "; ".
    placement : str
        One of :data:`PLACEMENTS`.
    mandated : str or None
        Who requires the notice to be printed; None if nobody does, as far as the text shows.
    mentions : tuple of Span
        Body spans that name the subjects.
    """

    kind: Kind
    span: Span
    subjects: tuple[str, ...] = ()
    label: Label | None = None
    jurisdiction: str | None = None
    placement: Placement = "paragraph"
    mandated: str | None = None
    mentions: tuple[Span, ...] = ()


# Where these begin in a paragraph's second half, most of it is something else, and they are looked for as glued to its end.
_BEGIN_EARLY = frozenset({"rights", "opinion_disclaimer", "promo", "machine_made", "syndication"})


_SENTENCE_END = re.compile(r"[.!?]\s+[A-Z]")


@dataclass(frozen=True, slots=True)
class Wording:
    """One row of ``wordings.tsv`` (or another table of that form), compiled."""

    kind: str
    where: str
    max_words: int
    needs: tuple[str, ...]
    pattern: re.Pattern[str]
    edge: str = "any"  # where in an article it counts, for tables that say so

    def fits(self, words: str, n_words: int) -> bool:
        """Whether a cleaned paragraph is worded so."""
        if n_words > self.max_words:
            return False
        if self.where == "whole":
            return self.pattern.fullmatch(words) is not None
        if self.where in ("any", "set_apart"):
            found = self.pattern.search(words)
            return found is not None and self._opens(words, found.start())
        return self.pattern.match(words) is not None

    def _opens(self, words: str, start: int) -> bool:
        """Whether words that begin at ``start`` make the paragraph a notice: not in a quotation, and not below something else."""
        before = words[:start]
        if before.count("“") > before.count("”") or before.count('"') % 2:
            return False
        if self.kind == "method_note":  # "The survey of ... has a margin of error of ...": the whole paragraph, from its first sentence on
            return _SENTENCE_END.search(before) is None
        return start <= len(words) // 2 or self.kind not in _BEGIN_EARLY


_CALENDAR = {"weekday": f"(?:{WEEKDAY})", "weekday_short": f"(?:{WEEKDAY_SHORT})", "month": rf"(?:{MONTH})\.?"}  # terms too


@cache
def load_wordings(name: str) -> tuple[Wording, ...]:
    """A table of wordings with its ``{terms}`` filled in."""
    terms = {row["term"]: row["expression"] for row in load_table("measuring/notices/terms")} | _CALENDAR

    def fill(pattern: str) -> str:
        for _ in range(3):  # terms may use terms
            pattern = re.sub(r"\{([a-z_]+)\}", lambda m: terms[m.group(1)], pattern)
        return pattern

    return tuple(
        Wording(
            kind=row.get("kind") or row["role"],
            where=row["where"],
            max_words=int(row["max_words"]),
            needs=tuple(need for need in row["needs"].split("|") if need) or (row["needs"],),
            edge=row.get("edge", "any"),
            pattern=re.compile(fill(row["pattern"]), re.IGNORECASE),
        )
        for row in load_table(name)
    )


MAX_CHARACTERS = 1600  # a longer paragraph is no notice
_MARKS_BEFORE, _MARKS_AFTER = " *_#>•⦁▪■●\\–—-\u200b\ufeff", " *_\\\u200b"
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_EMPHASIS_WITHIN = re.compile(r"\*{2,3}|_{2,3}")
_EMPHASISED = re.compile(r"(?P<open>\*{1,3}|_{1,3})(?=[^\s*_])(?P<inner>.*[^\s\\*_])(?P<close>\*{1,3}|_{1,3})", re.DOTALL)
_RUN = re.compile(r"(?<!\\)(?:\*+|_+)")


def is_set_apart(paragraph: str) -> bool:
    """Whether a paragraph is printed in italics, bold or brackets as a whole, as notes of the house are.

    Examples
    --------
    >>> is_set_apart("*Open Ledger lives on gifts.*"), is_set_apart("***Update:** two names were added.*"), is_set_apart("*So* it *is*")
    (True, True, False)
    """
    if len(paragraph) > MAX_CHARACTERS:
        return False
    words = paragraph.strip()
    if words[:1] in _PAIRS and words[-1:] == _PAIRS[words[0]]:
        return words.count(words[0]) == 1
    whole = _EMPHASISED.fullmatch(words)
    if whole is None:
        return False
    opens, closes = whole["open"], whole["close"]
    within = [run for run in _RUN.findall(whole["inner"]) if run[0] == opens[0]]
    if len(opens) == len(closes):
        return opens not in within
    return opens[0] == closes[0] and len(opens) == 3 and [len(run) for run in within] == [3 - len(closes)]


def clean(paragraph: str) -> str:
    """A paragraph without list marks, emphasis and brackets around it, white space as single spaces."""
    words = " ".join(paragraph.split()).lstrip(_MARKS_BEFORE).rstrip(_MARKS_AFTER)
    if "**" in words or "__" in words:  # "Update:** This article ..."
        words = _EMPHASIS_WITHIN.sub("", words)
    if words and words[0] in _PAIRS:
        closing = _PAIRS[words[0]]
        if closing == words[-1] and words.count(words[0]) == 1:
            words = words[1:-1].lstrip(_MARKS_BEFORE).rstrip(_MARKS_AFTER)
        elif closing not in words:  # the bracket closes in another paragraph
            words = words[1:].lstrip()
    return words


_BEGINNING = 4
_Literals = dict[str, tuple[tuple[str, tuple[int, ...]], ...]]  # a word's first letters -> literals that begin so -> numbers of wordings


def word_beginnings(lowered: str) -> set[str]:
    """The first letters of every word of a text: a literal that begins with none of them need not be searched for."""
    for mark in '—–-/("“‘[*_|:':
        if mark in lowered:
            lowered = lowered.replace(mark, " ")
    return {word[:_BEGINNING] for word in lowered.split()}


@cache
def _literals(name: str, outer_kinds: frozenset[str], outer: bool) -> _Literals:
    """Literals of a table's wordings (those of ``outer_kinds``, or the others); under "" those that must always be searched for."""
    by_need: dict[str, list[int]] = {}
    for number, wording in enumerate(load_wordings(name)):
        if wording.where != "whole" and (wording.kind in outer_kinds) == outer:
            for need in wording.needs:
                by_need.setdefault(need, []).append(number)
    by_beginning: dict[str, list[tuple[str, tuple[int, ...]]]] = {}
    for need, numbers in by_need.items():
        beginning = need[:_BEGINNING]
        sure = len(beginning) == _BEGINNING and beginning.isalnum()
        by_beginning.setdefault(beginning if sure else "", []).append((need, tuple(numbers)))
    return {beginning: tuple(needs) for beginning, needs in by_beginning.items()}


class Candidates:
    """Which wordings can fit which paragraph, by their literals alone: a few searches of the whole text instead of many of each paragraph.

    Parameters
    ----------
    lowered : str
        The text in lower case, with the same offsets.
    spans : sequence of Span
        Its paragraphs, in order.
    name : str
        A table of wordings.
    outer_kinds : frozenset of str
        Kinds that count only among the ``first`` and the ``last`` paragraphs, and are not looked for elsewhere.
    beginnings : set of str, optional
        :func:`word_beginnings` of the text, where they are known.
    """

    def __init__(
        self,
        lowered: str,
        spans: Sequence[Span],
        name: str,
        *,
        outer_kinds: frozenset[str] = frozenset(),
        first: int = 0,
        last: int = 0,
        beginnings: set[str] | None = None,
    ) -> None:
        self.lowered = lowered
        self.spans = spans
        self.beginnings = word_beginnings(lowered) if beginnings is None else beginnings
        self.wordings = load_wordings(name)
        self.short = [number for number, wording in enumerate(self.wordings) if wording.where == "whole"]
        self.longest_short = max((self.wordings[number].max_words for number in self.short), default=0) * 12
        self.of_paragraph: dict[int, set[int]] = {}
        self.known: dict[int, list[Wording]] = {}
        self.starts = [span.start for span in spans]
        beginnings = self.beginnings
        n = len(spans)
        self._search(_literals(name, outer_kinds, False), beginnings, 0, len(lowered))
        outside = _literals(name, outer_kinds, True)
        if n <= first + last:
            self._search(outside, beginnings, 0, len(lowered))
        elif outside:
            self._search(outside, beginnings, 0, spans[first - 1].end)
            self._search(outside, beginnings, spans[n - last].start, len(lowered))

    def _search(self, literals: _Literals, beginnings: set[str], low: int, high: int) -> None:
        find, starts, spans = self.lowered.find, self.starts, self.spans
        for beginning in ("", *(literals.keys() & beginnings)):
            for need, numbers in literals.get(beginning, ()):
                at = find(need, low, high)
                while at >= 0:
                    paragraph = bisect_right(starts, at) - 1
                    if paragraph >= 0 and at < spans[paragraph].end:
                        self.of_paragraph.setdefault(paragraph, set()).update(numbers)
                        at = spans[paragraph].end  # once in a paragraph is enough
                    else:
                        at += 1
                    at = find(need, at, high)

    def of(self, paragraph: int) -> list[Wording]:
        """Wordings to try on a paragraph, in the table's order."""
        known = self.known.get(paragraph)
        if known is None:
            known = self.known[paragraph] = self._of(paragraph)
        return known

    def _of(self, paragraph: int) -> list[Wording]:
        span = self.spans[paragraph]
        found = self.of_paragraph.get(paragraph, set())
        if span.end - span.start <= self.longest_short:
            n_words = self.lowered.count(" ", span.start, span.end) + 1
            short = [number for number in self.short if n_words <= self.wordings[number].max_words + 4]
            found = found.union(short) if short else found
        return [self.wordings[number] for number in sorted(found)]
