"""Institutions by name: "the HWU", "the union" and "Harbour Workers' Union" as one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from framing.english.clauses import ADVERB, BREAK, DETERMINER, GENITIVE, PREPOSITION, SUBJECT, SUBORDINATE
from framing.english.grammar import any_of
from framing.english.names import NAME_WORD, SAINT, TITLE
from framing.measuring.attribution.source_types import is_institution, roles
from framing.resources import load_table

_WORD = rf"(?:(?:{SAINT})\.|{NAME_WORD})"
_WEEKDAY = any_of("weekday", capital=True)
_RUN = rf"{_WORD}(?:\s(?:&\s)?{_WORD}){{0,7}}"
_NAME = re.compile(
    rf"{_RUN}(?:\s(?:of|for|on(?!\s(?:{_WEEKDAY})))\s(?:the\s)?{_RUN}(?:,?\s(?:and|&)\s{_WORD}(?:\s{_WORD}){{0,2}}){{0,2}}){{0,2}}"
)
_ARTICLE = re.compile(rf"(?:{any_of('article', 'owner_outside')}|this|that)\s+", re.IGNORECASE)
_ENDS = re.compile(r",\s?|\s\(|\s(?:who|which|that|whose|in|at|from|with|by|itself|each|both)(?=\s|$)")
_OPENERS = ADVERB | BREAK | DETERMINER | PREPOSITION | SUBJECT | SUBORDINATE  # capitalised where they open a sentence
_ABBREVIATED = re.compile(r"\s\((?:the\s|or\s|known as\s)?[“\"']?([^\W\d_a-z][\w.&-]{1,9})[”\"']?\)")
_ACRONYM = re.compile(r"[A-Z][A-Z&]{1,6}s?$|[A-Z]{2,4}-[A-Z\d]{1,3}$")
_OWNED = re.compile(rf"((?:(?:{TITLE})\.?\s)?{_WORD}(?:\s{_WORD}){{0,3}})\s((?:[a-z][\w-]+\s)?[a-z][\w-]+)$")
_PLAIN = re.compile(r"(?:the|this|that|The|This|That)\s((?:[\w’'-]+\s){0,2}[\w’'-]+)$")
_OF = re.compile(r"\s(?:of|for|on)\s")
_SAINT = re.compile(rf"(?:{SAINT})\. $")


@cache
def _heads() -> frozenset[str]:
    """Last words of listed institutions of one or several words: "ministry", "union"."""
    return frozenset(word.split()[-1] for word, (_, sort) in roles().items() if sort == "body")


@cache
def _bearers() -> frozenset[str]:
    """Last names of well-known people: "Roe" is not short for the "Roe Foundation"."""
    return frozenset(row["name"].split()[-1] for row in load_table("english/people"))


def _initials(name: str) -> str:
    return "".join(part[0] for part in re.split(r"[\s-]", name) if part[:1].isupper())


class Bodies:
    """The institutions that one article names.

    Parameters
    ----------
    text : str
    runs : iterable of (int, int)
        Where runs of capitalised words begin and end, in text order; only what begins there is looked at.
    """

    def __init__(self, text: str, runs: Iterable[tuple[int, int]]) -> None:
        self._text, self._runs = text, runs
        self._ready = False
        self._printed: dict[str, str] = {}  # in lower case -> as first printed
        self._short: dict[str, str] = {}  # abbreviation -> full name
        self._by_head: dict[str, list[tuple[int, str]]] = {}  # "union" -> where each such name stood first
        self._by_word: dict[str, set[str]] = {}  # first or last word -> names

    # ---- what the article prints ------------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        """Collect names and abbreviations; done at the first question, for many articles ask none."""
        self._ready = True
        for start, end in self._runs:
            if saint := _SAINT.search(self._text, max(0, start - 5), start):
                start = saint.start()
            found = _NAME.match(self._text, start, min(len(self._text), end + 80))
            if found and self._is_body(name := _clean(found.group())):
                self._add(name, start)
                short = _ABBREVIATED.match(self._text, max(found.end(), end), max(found.end(), end) + 30)
                if short and _spells(letters := short.group(1).replace(".", ""), name):
                    self._short.setdefault(letters, self._printed[name.lower()])

    def _is_body(self, name: str) -> bool:
        head = _OF.split(name, maxsplit=1)[0].split()
        owned = any(part.endswith(GENITIVE[:2]) for part in name.split()[:-1])  # "CP's Jan Roe"
        return " " in name and (head[-1].lower() in _heads() or (is_institution(name) and not owned))

    def _add(self, name: str, at: int) -> str:
        """Remember a name; its form as first printed."""
        low = name.lower()
        if low in self._printed:
            return self._printed[low]
        self._printed[low] = name
        if " " in name:
            initials = _initials(name)
            if len(initials) > 2:
                self._short.setdefault(initials, name)
            parts = _OF.split(name, maxsplit=1)[0].split()
            self._by_head.setdefault(parts[-1].lower(), []).append((at, name))
            for word in {parts[0], parts[-1]} - _bearers() if parts[-1][0].isupper() else ():  # "Roe campaign" is not called "Roe"
                several = self._by_word.setdefault(word, set())
                if len(several) < 3:
                    several.add(name)
        return name

    def other(self, head: str, at: int) -> None:
        """An institution without a name ("a rival union", "the dockers' union"): from here on "the union" is open."""
        if self._ready or self._runs:
            self._by_head.setdefault(head, []).append((at, ""))

    # ---- which one is meant -----------------------------------------------------------------------------------------------------------

    def name(self, words: str, at: int, *, listed: bool = True) -> str | None:
        """The name, as the article first prints it in full, of the institution called ``words`` at offset ``at``; None if it has none.

        ``listed`` says that the word lists know ``words`` as an institution: only then may lower-case words belong to its name.
        """
        if not self._ready:
            self._read()
        head = _ENDS.split(words, maxsplit=1)[0].strip()
        bare = _ARTICLE.sub("", head, count=1)
        definite = bare == head or head[:4].lower() in ("the ", "this", "that")
        if not bare or not definite:
            return None
        full = _NAME.fullmatch(bare)
        if full:
            return self._capitalised(_clean(bare), at, words, listed=listed, inside=bare != head and head[:1].islower())
        if listed and (owned := _OWNED.match(re.sub(r"['’]s?\s", " ", bare))) and owned.group(2).split()[-1] in _heads():
            owner = re.sub(rf"^(?:{TITLE})\.?\s", "", owned.group(1))
            return self._add(f"{owner} {owned.group(2)}", at)
        if plain := _PLAIN.match(head):
            return self._headed(plain.group(1).lower(), at)
        return None

    def _capitalised(self, name: str, at: int, words: str, *, listed: bool, inside: bool) -> str | None:
        """The institution of this capitalised name; ``inside`` says that no sentence begins with it."""
        if name.lower() in self._printed:
            return self._printed[name.lower()]
        letters = name.replace(".", "")
        if letters in self._short and letters.isupper():
            return self._short[letters]
        if " " in name:
            return self._add(name, at) if self._is_body(name) or listed else None
        longer = [full for full in self._by_word.get(name, ()) if full.endswith(name) or not is_institution(name)]
        if longer:
            return longer[0] if len(longer) == 1 else None
        if is_institution(name):
            return self._add(name, at)
        if _ACRONYM.match(name):
            beside = self._text[max(0, at - 30) : at + len(words) + 30]
            shouted = beside.upper() == beside or self._text[at + len(words) : at + len(words) + 1] == ":"
            return None if shouted else self._add(name, at)
        return name if inside and name.lower() in _heads() else None

    def _headed(self, words: str, at: int) -> str | None:
        """The one institution before ``at`` that "the city council" can be; None if there is none, or several."""
        *modifiers, head = words.split()
        found = self._by_head.get(head, ()) if head in _heads() else ()
        fitting = ""
        for where, name in found[:8]:
            if where > at or not all(word in name.lower() for word in modifiers):
                continue
            if not name or fitting:
                return None
            fitting = name
        return fitting or None


def _clean(name: str) -> str:
    """Without line breaks, a leading article or other such word, and a genitive at the end."""
    parts = name.split()
    while len(parts) > 1 and parts[0].lower() in _OPENERS:
        del parts[0]
    name = " ".join(parts)
    return name.removesuffix("'s").removesuffix("’s") if name.endswith(GENITIVE[:2]) else name


def _spells(letters: str, name: str) -> bool:
    """Do these letters stand in this order at the beginnings of words, the first as the first?"""
    words = [part for part in re.split(r"[\s-]", name.upper()) if part]
    wanted = letters.upper().replace("&", "")
    if not words or not wanted or words[0][0] != wanted[0]:
        return any(words[i : i + 1] and "".join(w[0] for w in words[i:]) == wanted for i in range(len(words)))
    at = 0
    for word in words:
        if at < len(wanted) and word[0] == wanted[at]:
            at += 1
    return at >= max(2, len(wanted) - 1) or " ".join(words).replace(" ", "").startswith(wanted)
