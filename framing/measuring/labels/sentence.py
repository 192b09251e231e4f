"""The words of one sentence, and which of them read as what modifies a noun."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from framing.english import grammar
from framing.english.tokens import HYPHENATED
from framing.text import Span

_SOFT = " \t\n\r\xa0\"“”‘’'*"
_SUFFIXES = ("ist", "ic", "ical", "al", "ive", "ous", "ese", "ish", "less", "ful", "ary", "ian", "ean", "ible", "able")
_MOST = 3
_QUOTE = re.compile(r"(?<![\w'’])(?P<opens>['‘])(?=\w)|(?<=[\w.,!?…*])['’](?!['’\w])")
_OWNS = re.compile(r"\*{0,2}['’]\*{0,2}(?:\s+[\"“‘'(*]*|-)")  # what stands between "workers" and "movement"


@cache
def word_class(name: str) -> frozenset[str]:
    """The words of a class of ``grammar.tsv``."""
    return grammar.word_class(name, "measuring/labels/grammar")


@dataclass(frozen=True, slots=True)
class Label:
    """One occurrence: the words used, and the span from the first to the last of them."""

    span: Span
    modifiers: tuple[str, ...]
    head: str


class Sentence:
    """Words of one sentence with what stands between them."""

    def __init__(self, text: str, span: Span) -> None:
        self.text = text
        matches = list(HYPHENATED.finditer(text, span.start, span.end))
        self.spans = [Span(*m.span()) for m in matches]
        self.words = [m.group() for m in matches]
        self.lower = [word.lower().replace("’", "'") for word in self.words]
        ends = [*(one.start for one in self.spans[1:]), span.end]
        self.gaps = [text[one.end : end] for one, end in zip(self.spans, ends, strict=True)]
        perhaps = [i for i, gap in enumerate(self.gaps[:-1]) if self.lower[i].endswith("s") and _OWNS.fullmatch(gap)]
        self.possessives = self._possessives(text, span, perhaps) if perhaps else frozenset()

    def _possessives(self, text: str, span: Span, perhaps: Sequence[int]) -> frozenset[int]:
        """Which of these plurals own what follows ("workers' movement"); the others end a quotation ("the 'rebels' seized it")."""
        no_noun = word_class("copula") | word_class("verb_sign") | word_class("preposition")
        places = {text.index(self.gaps[i].strip("*")[0], self.spans[i].end): i for i in perhaps if self.at(i + 1) not in no_noun}
        found: set[int] = set()
        opened, waiting = False, list[int]()
        for mark in _QUOTE.finditer(text, span.start, span.end):
            if mark["opens"] or mark.start() not in places:
                found.update(waiting[1:] if opened and mark["opens"] else waiting)  # with no other end, the first ends the quotation
                opened, waiting = bool(mark["opens"]), []
            else:
                waiting.append(places[mark.start()])
        return frozenset(found.union(waiting[1:] if opened else waiting))

    def at(self, i: int) -> str:
        """Word ``i`` in lower case; empty beyond the ends."""
        return self.lower[i] if 0 <= i < len(self.lower) else ""

    def joined(self, i: int) -> bool:
        """Whether nothing but white space, quotation marks or the stop of an abbreviation stands between word ``i`` and the next."""
        if not 0 <= i < len(self.words) - 1:
            return False
        gap = self.gaps[i].strip(_SOFT)
        return not gap or (gap == "." and self.lower[i] in word_class("abbreviation"))

    def capital(self, i: int) -> bool:
        """Whether word ``i`` has a capital that is not due to the beginning of the sentence."""
        return 0 < i < len(self.words) and self.words[i][0].isupper()

    def label(self, modifiers: Sequence[int], head: int | None, name: str | None = None) -> Label:
        """A label of these words; ``name`` instead of the head as it stands."""
        places = [*modifiers, *([] if head is None else [head])]
        span = Span(self.spans[min(places)].start, self.spans[max(places)].end)
        shown = tuple(f"{self.lower[i]}'" if i in self.possessives else self.lower[i] for i in modifiers)
        return Label(span, shown, name or ("" if head is None else self.lower[head]))

    def is_verb(self, i: int, first: bool) -> bool:
        """Whether a word before a noun is rather its verb; ``first`` if it opens what stands behind a determiner."""
        word = self.lower[i]
        if word in word_class("adjective") or word in word_class("head") or "-" in word or self.capital(i):
            return False
        if word in word_class("verb"):
            return not (first and word.endswith(("ed", "ing")))
        plural = word.endswith("s") and not word.endswith(("ss", "ous", "us", "is"))
        return plural or (word.endswith(("ed", "ing")) and not first)

    def is_adjective(self, i: int) -> bool:
        """Whether a word reads as an adjective or a name, seen alone."""
        word = self.lower[i]
        return word in word_class("adjective") or "-" in word or self.capital(i) or (len(word) > 5 and word.endswith(_SUFFIXES))

    def before(self, i: int) -> list[int]:
        """Places of the modifiers directly before the noun at ``i``, at most three."""
        run: list[int] = []
        k = i - 1
        while k >= 0 and self.joined(k) and not self._ends_phrase(k) and len(run) <= _MOST:
            run.insert(0, k)
            k -= 1
        opens = self.at(k) if k >= 0 and self.joined(k) else ""
        determined = (
            opens in word_class("determiner") - {"that", "which", "what"} or opens in word_class("possessive") or opens.endswith("'s")
        )
        licensed = (determined or opens in word_class("preposition")) and len(run) <= _MOST
        cut = next((n + 1 for n in range(len(run) - 1, -1, -1) if self.is_verb(run[n], determined and n == 0)), 0)
        run = run[cut:]
        if not licensed or cut:
            kept = len(run)
            while kept and self._is_modifier(run[kept - 1], last=kept == len(run)):
                kept -= 1
            run = run[kept:]
        return [] if run and self.lower[run[-1]].endswith("ly") and "-" not in self.lower[run[-1]] else run[-_MOST:]

    def _is_modifier(self, i: int, *, last: bool) -> bool:
        return self.is_adjective(i) or self._is_opening_title(i) or (not last and self.lower[i].endswith("ly"))

    def _is_opening_title(self, i: int) -> bool:
        return i == 0 and self.words[0][0].isupper() and self.lower[0] in word_class("head")

    def _ends_phrase(self, k: int) -> bool:
        word = self.lower[k]
        classes = ("determiner", "possessive", "preposition", "stop")
        return word[0].isdigit() or word.endswith("'s") or any(word in word_class(name) for name in classes)
