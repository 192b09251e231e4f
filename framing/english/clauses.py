"""A sentence as tokens, and the phrases around a verb, as far as they can be read without a parser."""

from __future__ import annotations

from functools import lru_cache

from framing.english.cues import cues
from framing.english.grammar import word_class
from framing.english.tokens import CLAUSE, QUOTED
from framing.text import Span

REACH = 40  # tokens looked at on either side of a cue: keeps the work linear in the text

AUXILIARY, BE = (word_class(name) | {word.replace("'", "’") for word in word_class(name)} for name in ("auxiliary", "be"))
ADVERB, NO_ADVERB, PREPOSITION, DETERMINER, PERSONAL = (
    word_class(f"clause_{name}") for name in ("adverb", "no_adverb", "preposition", "determiner", "personal")
)
SUBJECT, OBJECT, POSSESSIVE, BREAK, TIME, ADVERBIAL, WH, SUBORDINATE, PLURAL = (
    word_class(name) for name in ("subject", "object", "possessive", "break", "time", "adverbial", "wh", "subordinate", "plural")
)
GRAMMAR = AUXILIARY.union(
    BE, ADVERB, NO_ADVERB, SUBJECT, PERSONAL, OBJECT, DETERMINER, POSSESSIVE, BREAK, PREPOSITION, TIME, ADVERBIAL, WH, SUBORDINATE, PLURAL
)
CLAUSE_END = frozenset(";:—–")
GENITIVE = ("'s", "’s", "s'", "s’")


@lru_cache(maxsize=4096)
def _kind(first: str) -> str:
    """Kind of a token, by its first character."""
    if first == QUOTED:
        return "q"
    if first.isalpha():
        return "C" if first.isupper() else "w"
    return "n" if first.isdigit() else "p"


class MaskedSentence:
    """Tokens of one sentence of a masked text; a quotation is one token.

    Parallel lists: ``low`` (lower case), ``kind`` (w word, C capitalised, n number, q quotation, p mark), ``start``, ``end``
    (offsets). ``stop`` is the number of tokens without the marks at the end.
    """

    __slots__ = ("end", "kind", "low", "start", "stop")

    def __init__(self, masked: str, span: Span) -> None:
        matches = list(CLAUSE.finditer(masked, span.start, span.end))
        words = [match.group() for match in matches]
        self.low: list[str] = ['"' if word[0] == QUOTED else word.lower() for word in words]
        self.kind: list[str] = [_kind(word[0]) for word in words]
        self.start: list[int] = [match.start() for match in matches]
        self.end: list[int] = [match.end() for match in matches]
        self.stop = len(self.low)
        while self.stop and self.kind[self.stop - 1] == "p":
            self.stop -= 1

    def span(self, start: int, end: int) -> Span:
        """Characters from token ``start`` up to token ``end``."""
        return Span(self.start[start], self.end[end - 1])

    def word(self, i: int) -> str:
        """Token ``i`` in lower case, "" outside the sentence."""
        return self.low[i] if 0 <= i < len(self.low) else ""

    def is_quote(self, i: int) -> bool:
        return 0 <= i < len(self.kind) and self.kind[i] == "q"

    def find_back(self, word: str, start: int, low: int) -> int:
        """Last token before ``start`` (and after ``low``) that is ``word``; -1 if none."""
        return next((i for i in range(start - 1, low, -1) if self.low[i] == word), -1)


def is_adverb(word: str) -> bool:
    return word in ADVERB or (word.endswith("ly") and len(word) > 4 and word not in NO_ADVERB)


def is_finite(s: MaskedSentence, i: int) -> bool:
    """Does this look like the verb of a clause: an auxiliary, a cue word, or a word in -ed with no article before?"""
    word = s.low[i]
    if word in AUXILIARY:
        return True
    if s.kind[i] != "w" or s.word(i - 1) in DETERMINER or word.endswith("ing"):
        return False
    if cue := cues().get(word):
        return "noun" not in cue.takes or word not in (cue.lemma, cue.lemma + "s")
    return word.endswith("ed") and len(word) > 4


def has_verb(s: MaskedSentence, start: int, end: int) -> bool:
    return any(is_finite(s, i) for i in range(start, min(end, start + REACH)))


def is_plural(s: MaskedSentence, start: int, end: int) -> bool:
    """Can this phrase be the subject of a verb without -s?"""
    return s.low[end - 1] in PLURAL or any(
        word == "and" or (word.endswith("s") and not word.endswith(("'s", "’s", "ss", "us", "is"))) for word in s.low[start:end]
    )


def phrase_before(s: MaskedSentence, end: int) -> int:
    """First token of the noun phrase that ends before token ``end``; ``end`` itself if there is none."""
    i, low = end - 1, max(0, end - REACH)
    if i < 0 or (s.low[i] in PREPOSITION and i):
        return end
    if s.low[i] in SUBJECT and s.kind[i] in "wC" and s.word(i - 1) not in ("of", "the"):
        return i
    joined = -1  # where an "and" was crossed
    while i >= low:
        word, kind = s.low[i], s.kind[i]
        if word == "," and joined > 0 and i > low and s.kind[i + 1] == s.kind[i - 1] == "C":
            i -= 1  # "Roe, Poe and Doe"
            continue
        if word == ")" and (opened := s.find_back("(", i, max(low, i - 8))) > 0:
            i = opened - 1  # "Senator Roe (Civic Union) said"
            continue
        if (kind in "pq" and word not in "-.'’$#&/") or word in BREAK or word in PERSONAL:
            break
        if word in ("and", "or"):
            if i == end - 1 or (joined > 0 and s.kind[i + 1] != "C"):
                break
            joined = i
        elif word in AUXILIARY or (
            kind == "w"
            and i < end - 1
            and s.word(i - 1) not in POSSESSIVE
            and (is_finite(s, i) or (word.endswith("ing") and word in cues()))
        ):
            i = max(i, joined)  # "He left and Roe said": the phrase begins behind the "and"
            break
        i -= 1
    start = i + 1
    while start < end and (s.low[start] in ("and", "or", "but", "still", "so", "then", "-", ".", "/") or is_adverb(s.low[start])):
        start += 1
    return _behind_adverbial(s, start, end) if start < end and s.low[start] in PREPOSITION else start


def _behind_adverbial(s: MaskedSentence, start: int, end: int) -> int:
    """Where the phrase begins after "On Thursday", "In a statement"; ``end`` if nothing is left."""
    at = start + 1
    while at < end and (s.low[at] in DETERMINER or s.low[at] in TIME or s.kind[at] == "n"):
        at += 1
    if start + 1 < at < end:
        return at
    for k in range(end - 1, start, -1):
        name = s.kind[k] == "C" and s.kind[k - 1] == "w" and s.low[k - 1] not in DETERMINER | PREPOSITION
        if name or (s.low[k] in DETERMINER and s.low[k - 1] not in PREPOSITION):
            return k
    return end


def subject_before(s: MaskedSentence, group: int) -> tuple[int, int] | None:
    """Token range of the subject of the verb group that begins at token ``group``, its apposition included."""
    if s.word(group - 1) != ",":
        start = phrase_before(s, group)
        return (start, group) if start < group else None
    low = max(0, group - REACH)
    comma = s.find_back(",", group - 1, low)
    while comma > 0:  # "Roe, a spokesman for the port, said"
        if not s.is_quote(comma - 1):
            start = phrase_before(s, comma)
            if start < comma and (s.word(start - 1) != "," or comma - start > 3 or s.kind[start] == "C"):
                return start, group - 1
        comma = s.find_back(",", comma, low)
    return None


def first_phrase(s: MaskedSentence, before: int) -> tuple[int, int] | None:
    """The noun phrase that opens the sentence: its subject, as far as one can tell without parsing."""
    i = max(0, before - 4 * REACH)
    while i < before and (s.low[i] in ("but", "and", "still", "so", "then", "yet", ",") or is_adverb(s.low[i]) or s.kind[i] == "q"):
        i += 1
    if i < before and s.low[i] in PREPOSITION | SUBORDINATE:
        comma = next((k for k in range(i, min(before, i + REACH)) if s.low[k] == ","), before)
        i = comma + 1
    end = i
    while end < min(before, i + REACH) and s.kind[end] not in "pq" and s.low[end] not in BREAK and not is_finite(s, end):
        if is_adverb(s.low[end]):
            break
        end += 1
        if s.low[end - 1] in PERSONAL:
            break
    return (i, end) if end > i else None


def phrase_after(s: MaskedSentence, start: int) -> int:
    """End of the noun phrase, with its appositions, that begins at token ``start`` ("said Jane Roe, an economist at the bank")."""
    i = start
    while i < min(s.stop, start + REACH):
        word, following = s.low[i], s.word(i + 1)
        if word in CLAUSE_END or word in ("(", ")") or (i > start and s.kind[i] == "q"):
            break
        if word == ",":
            going_on = following in SUBORDINATE - {"who", "whose"} or following in ADVERBIAL | PERSONAL or following == "according"
            if s.is_quote(i + 1) or going_on or following.endswith("ing"):
                break
        elif i > start:
            setting = following in TIME or following in ("a", "an") or (following == "the" and s.word(i + 2) in ("statement", "interview"))
            if word in TIME or word in BREAK - SUBJECT - {"and"} or word == "that" or (word in ("in", "on", "at") and setting):
                break
        i += 1
    while i > start and s.kind[i - 1] == "p" and s.low[i - 1] not in ".)":
        i -= 1
    return i
