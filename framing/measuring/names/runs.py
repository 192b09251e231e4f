"""Capitalised words and the runs they make."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from framing.english.grammar import any_of, printed, words_of_class
from framing.english.names import PARTICLE_MORE
from framing.english.tokens import CAPITALISED
from framing.measuring.names.lists import group, ordinary
from framing.text import Span

_ARABIC = tuple(f"{word}-" for word in words_of_class("particle_arabic"))
_GENITIVE = re.compile(r"(?:['’][sS]?)+$")
_PARTICLES = rf"(?:{PARTICLE_MORE})(?: (?:{any_of('particle_second')}))?"
_BETWEEN = re.compile(
    rf"[ \n]{{1,4}}|[ \n](?:of|for|on|in|at)(?: the)? |[ \n](?:and|&)[ \n]|, (?:and )?|[ \n]{_PARTICLES}[ \n]",
)
_PARTICLE = re.compile(rf"(?:^|[ \n(“\"])({_PARTICLES}) $", re.IGNORECASE)
_BEFORE_SENTENCE = frozenset(".!?:;—–-•*|…>")
_SPEAKS = "|".join(sorted(group("after_person") - {"who", "whose"}))
_BESIDE = re.compile(rf",? \(?(?:aged )?[1-9]\d\b(?![%.:\d]| percent| million)|,? (?:(?:also|then|later) )?(?:{_SPEAKS})\b")
_LONG, _SAMPLE = 50_000, 20_000  # characters
_CAPITAL = re.compile(r"\b[^\W\d_a-z]")
_SKIPPED = " \n\t\xa0\"'“”‘’([`"


@dataclass(slots=True)
class Token:
    """A capitalised word.

    ``word`` is without a genitive ending and with a straight apostrophe, ``low`` the same in lower case; ``gap`` is what stands between
    it and the next one ("" if that is more than a link such as " of "), ``end`` its end without the genitive.
    """

    start: int
    end: int
    word: str
    low: str
    genitive: bool
    gap: str = ""


@cache
def _abbreviated() -> frozenset[str]:
    return frozenset(map(printed, group("abbreviated")))


def tokens(text: str, paragraph: Span) -> list[Token]:
    """The capitalised words of a paragraph in order."""
    found: list[Token] = []
    abbreviated = _abbreviated()
    last = 0
    for match in CAPITALISED.finditer(text, paragraph.start, paragraph.end):
        start, end = match.span()
        word = match.group()
        if word in abbreviated and text[end : end + 1] == ".":
            word += "."
            end += 1
        elif text[start - 1 : start] == "-":
            if text[start - 3 : start] not in _ARABIC or text[start - 4 : start - 3].isalpha():
                continue
            start -= 3
            word = text[start:end]
        genitive = False
        if ("'" in word or "’" in word) and (ending := _GENITIVE.search(word)):
            word, genitive = word[: ending.start()], True
        stop = start + len(word)
        word = word.replace("’", "'")
        if not genitive and word[-1] == "s" and text[end : end + 1] in ("'", "’") and text[end + 1 : end + 2].isspace():
            genitive = True  # "the workers' union"
            end += 1
        gap = text[last:start] if start - last <= 12 else ""
        if found and (gap == " " or _BETWEEN.fullmatch(gap)):
            found[-1].gap = "" if "\n\n" in gap else " " if gap.isspace() else gap.replace("\n", " ")
        found.append(Token(start, stop, word, word.lower(), genitive))
        last = end
    return found


def is_compound(word: str) -> bool:
    """An adjective or a party's tag: "Roe-era", "U.S.-led", "D-Ohio"."""
    if "-" not in word:
        return False
    first, _, rest = word.partition("-")
    if first.islower():
        return False
    last = rest.rpartition("-")[2]
    return (
        (last[:1].islower() and (len(last) > 3 or last in ordinary()) and rest[:1].islower())
        or first in ("D", "R", "I")
        or first in ("U.S.", "US", "Non")
    )


def opens_sentence(text: str, start: int, paragraph: Span) -> bool:
    """Does a sentence, a quotation or a line begin here?"""
    at = start - 1
    floor = max(paragraph.start, start - 8)
    while at >= floor and text[at] in _SKIPPED:
        if text[at] in '“"‘([`' or (text[at] == "\n" and at > 0 and text[at - 1] == "\n"):
            return True
        at -= 1
    return at < paragraph.start or text[at] in _BEFORE_SENTENCE


def speaks_beside(text: str, start: int, end: int) -> bool:
    """Does what stands right before or behind say that this is a person: "said ...", "..., 45", "... told"?"""
    if _BESIDE.match(text, end):
        return True
    before = text[max(0, start - 12) : start].split()
    return bool(before) and text[start - 1] in " \n" and before[-1].lower().strip("“\"'‘(,") in group("after_person")


def particle_before(text: str, start: int) -> str:
    """The particle in lower case that stands right before ("de" of "de Roe"); "" if none does."""
    found = _PARTICLE.search(text, max(0, start - 10), start)
    return found.group(1).lower() if found else ""


def is_shouted(text: str, paragraph: Span, found: Sequence[Token]) -> bool:
    """Is this a headline or a line in capitals: most words begin with one?"""
    n_words = text.count(" ", paragraph.start, paragraph.end) + 1
    return n_words >= 5 and len(found) > 0.6 * n_words


def is_noise(text: str, paragraph: Span) -> bool:
    """Is this one endless line of capitalised words, longer than any headline or list of names in the news?"""
    if len(paragraph) < _LONG:
        return False
    stop = paragraph.start + _SAMPLE
    return len(_CAPITAL.findall(text, paragraph.start, stop)) > 0.6 * (text.count(" ", paragraph.start, stop) + 1)
