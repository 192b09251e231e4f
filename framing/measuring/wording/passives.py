"""Passives, and whether a by-phrase says who did it."""

from __future__ import annotations

from collections.abc import Iterator

from framing.measuring.wording.line import BE, FILLER, PARTICIPLE, SECOND, Line, soft, word_codes
from framing.measuring.wording.lists import word_class
from framing.measuring.wording.types import Found


def passives(line: Line) -> Iterator[Found]:
    """Passives, each by itself where several participles share one form of "be"."""
    at = -1  # the participle found last: "has been being built" is one passive, though three words could open it
    for i in line.hits(BE):
        if i < at:
            continue
        j = _participle(line, i)
        if j is None:
            continue
        yield i, j + 1, "passive", _has_agent(line, j)
        at = j
        for k in _further(line, j):
            yield k, k + 1, "passive", _has_agent(line, k)
            at = k


def _participle(line: Line, i: int) -> int | None:
    """Where the participle stands that the form of "be" or "get" at ``i`` takes."""
    get, degree = line.word(i) in word_class("get"), False
    for j in range(i + 1, min(i + 7, len(line))):
        gap, code = line.gaps[j - 1], line.codes[j]
        if not soft(gap) and not (gap == ", " and (code & FILLER or line.codes[j - 1] & FILLER)):
            return None
        if code & PARTICIPLE:
            stative = (
                (line.word(j) in word_codes().by_only and line.after(j) != "by")
                or degree
                or line.gaps[j].startswith("-")
                or (get and line.word(j) in ("lost", "left", "done", "hidden"))
            )
            return None if stative or _idiom(line, i, j) else j
        inverted = j == i + 1 and not get and line.word(j) in word_class("subject")
        if not (code & FILLER or inverted or (code & BE and line.word(j) in ("been", "being"))):
            return None
        degree = (line.word(j) in word_class("degree") and line.word(j) not in ("more", "so")) or (
            line.word(j) == "well" and line.word(j + 1) == "known"
        )
    return None


def _idiom(line: Line, i: int, j: int) -> bool:
    """Whether "be" with this participle is no passive: "is set to", "is left with", "is made up of"; or there is a person "he called"."""
    word, after = line.word(j), line.after(j)
    return (
        (word == "used" and after == "to" and line.word(i) not in ("be", "been", "being"))
        or (word == "set" and after in ("to", "in"))
        or (word == "made" and after == "up")
        or (word == "left" and after == "of")
        or (word == "said" and line.word(i) in ("been", "get"))
        or (word == "known" and after == "to" and line.word(j + 2) not in ("be", "have"))
        or (word == "done" and after == "with")
    )


def _further(line: Line, j: int) -> Iterator[int]:
    """Participles that share the form of "be" of the one at ``j``: "seized, searched and towed", "put in a van and driven away"."""
    k = j
    while (joined := _next_joined(line, k)) is not None:
        k = joined
        yield k
    if k == j:
        yield from _far(line, j)


def _next_joined(line: Line, k: int) -> int | None:
    """The participle right behind the one at ``k``, parted by a comma or "and" alone."""
    if k + 1 >= len(line):
        return None
    gap, nxt = line.gaps[k], k + 1
    if line.word(nxt) in ("and", "or", "then", "but") and gap in (" ", ", "):
        nxt += 1
    elif gap != ", ":
        return None
    while nxt < len(line) and nxt - k < 5 and line.codes[nxt] & FILLER and not line.codes[nxt] & PARTICIPLE:
        nxt += 1
    if nxt >= len(line) or not line.codes[nxt] & PARTICIPLE or not all(map(soft, line.gaps[k + 1 : nxt])):
        return None
    active = line.word(nxt) in ("said", "told", "died", "happened", "left") or line.after(nxt) in word_class("likely_object")
    return None if active else nxt


def _far(line: Line, j: int) -> Iterator[int]:
    """A participle that can be nothing else behind "and" further on: "was put in a van and driven away"."""
    for k in range(j + 1, min(j + 12, len(line) - 1)):
        if not soft(line.gaps[k - 1]) or line.codes[k] & BE or line.word(k) in word_class("finite"):
            return
        if line.word(k) in ("and", "or") and line.codes[k + 1] & SECOND and line.codes[k + 1] & PARTICIPLE:
            yield k + 1
            return


def _has_agent(line: Line, j: int) -> bool:
    """Whether a by-phrase behind the participle at ``j`` names who did it, before its clause ends."""
    ends = word_class("boundary") | word_class("finite")
    for k in range(j + 1, min(j + 16, len(line))):
        gap, word, code = line.gaps[k - 1], line.word(k), line.codes[k]
        if _closes(line, k - 1) or ("," in gap and word != "by" and not code & (FILLER | PARTICIPLE)):
            return False
        if word == "by":
            if k - 1 > j and line.codes[k - 1] & PARTICIPLE and not _coordinated(line, j, k - 1):
                return False  # "was given a letter signed by Renk"
            if names_agent(line, k):
                return True
        elif word in ends:
            return False
    return False


def _closes(line: Line, i: int) -> bool:
    """Whether a clause ends behind word ``i``; "in St. Orm by" goes on."""
    gap, word = line.gaps[i], line.words[i]
    if soft(gap) or gap.strip() in (",", "-", "$", "%", ".-", "%,"):
        return False
    return not (gap.strip() == "." and len(word) <= 3 and word[0].isupper())


def _coordinated(line: Line, j: int, k: int) -> bool:
    return any(line.word(n) in ("and", "or") for n in range(j + 1, k))


def names_agent(line: Line, k: int) -> bool:
    """Whether "by" at ``k`` opens a phrase that can name who did it, not a time, measure or manner."""
    head, i = line.after(k), k + 1
    if not head:
        return False
    if head[0].isdigit() or head in word_class("number"):
        if line.gaps[i].startswith("-"):
            return True  # "by 26-year-old Vic Brandt"
        unit = line.after(i)
        return (
            bool(unit)
            and unit not in word_class("unit")
            and unit not in word_class("number")
            and unit not in ("and", "or", "to", "in", "on", "at", "of")
        )
    capital = line.words[i][0].isupper()
    if head in ("the", "a", "an", "his", "her", "its", "their", "this", "that", "some"):
        return line.after(i) not in word_class("time_head")
    if head.endswith("ing") and not capital and len(head) > 4:
        return False
    named = capital and head not in word_class("calendar") and head in ("state", "will", "may", "law")
    return named or head not in word_class("no_agent")
