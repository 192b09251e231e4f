"""What the words of a source say: its kind, by word lists, and a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, cast

from framing.choices import SOURCE_TYPES, SourceType
from framing.english.clauses import GENITIVE, GRAMMAR
from framing.english.cues import cues
from framing.english.grammar import word_class
from framing.english.names import NAME_WORD, PARTICLE, TITLE
from framing.english.people import given_names, known_people
from framing.english.tokens import DESCRIBED
from framing.resources import load_table, load_words

WORDS = "measuring/attribution/words"
Sort = Literal["person", "people", "body", "text", ""]

_DOTTED_TITLE = re.compile(rf"\b({TITLE})\.")
NAME = re.compile(rf"{NAME_WORD}(?:[ \n]{{1,2}}(?:(?:{PARTICLE})[ \n])?{NAME_WORD}){{0,6}}")
_HEAD_ENDS = re.compile(r",|\s(?:who|that|which|of|for|in|at|from|with|on|to|and)\s|\s\(")
_TAIL = re.compile(r"\s(?:of|for|in|at|on|to|with|about|against|by)\s")
_OPPOSING = re.compile(r"\b(?:critics?|detractors?|enemies|foes?|opponents?|proponents?|sceptics?|skeptics?)\b", re.IGNORECASE)
_AGED = re.compile(r"(?:,\s|\()(?:aged\s)?[1-9]\d\b(?!\s?%|[,.:]\d| percent)|\b\d\d?-year-old\b|\baged \d\d?\b")
_DOCTOR = re.compile(r"\bDr\b")
_PRESIDENT = re.compile(r"\b(?:vice[ -])?presidents?(?: and [\w ]{1,30})? (?:of|at|for) (?:the )?(?=[^\W\d_a-z])", re.IGNORECASE)
_ASIDE = re.compile(
    r",?\s(?:whose|which|who(?!\s(?:is|was|are|were|has been|heads?|headed|leads?|led|chairs?|chaired|teaches|directs?))(?:['’]\w+)?)\s.*",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Described:
    """What the words of a source say, seen alone."""

    kind: SourceType = "unknown"
    sort: Sort = ""  # of the first listed word
    role: str = ""  # the first listed word
    leans: bool = False  # is the word one that only an institution or a person beside it explains ("spokesman")?


@cache
def roles() -> dict[str, tuple[str, Sort]]:
    """Listed roles with their type and sort."""
    return {row["word"]: (row["type"], cast("Sort", row["sort"])) for row in load_table("measuring/attribution/roles")}


@cache
def _institutions() -> tuple[dict[str, str], frozenset[str]]:
    """Listed institutions with their types, and those that count only as the whole source."""
    rows = load_table("measuring/attribution/institutions")
    return {row["name"]: row["type"] for row in rows}, frozenset(row["name"] for row in rows if row["note"])


@cache
def _first_words() -> tuple[frozenset[str], frozenset[str]]:
    return tuple(frozenset(w.split()[0] for w in known) for known in (roles(), _institutions()[0]))  # type: ignore[return-value]


@cache
def well_known() -> dict[str, SourceType]:
    """Well-known people with their types, by full name and by first and last."""
    people = {name: as_type(kind) for name, kind in known_people().items()}
    return people | {f"{name.split()[0]} {name.split()[-1]}": kind for name, kind in people.items()}


def institutions() -> dict[str, str]:
    """Listed institutions with their types."""
    return _institutions()[0]


def listed(words: Sequence[str], which: int) -> Iterator[tuple[int, str]]:
    """(position, entry) of the listed roles (0) or institutions (1) in lower-case words, the longest at each place; plurals count."""
    known, first = (roles(), _institutions()[0])[which], _first_words()[which]
    i = 0
    while i < len(words):
        word = words[i]
        if word in first or word.rstrip(".") in first or (word[-1] == "s" and (word[:-1] in first or word[:-2] in first)):
            for n in (4, 3, 2, 1):
                phrase = " ".join(words[i : i + n])
                forms = (phrase, phrase.rstrip("."), phrase.removesuffix("s"), phrase.removesuffix("es"))
                if i + n <= len(words) and (entry := next((form for form in forms if form in known), "")):
                    yield i, entry
                    i += n - 1
                    break
        i += 1


def split(words: str) -> list[str]:
    """Lower-case words without genitive endings."""
    return [word.removesuffix("s").rstrip("'’") if word.endswith(GENITIVE) else word for word in DESCRIBED.findall(words.lower()[:400])]


def kind_of_source(words: str) -> SourceType:
    """Kind of source by the words it is named with, seen alone; "unknown" where the lists say nothing.

    Notes
    -----
    The first listed role counts (of words without a name the last, if it is a text); "spokeswoman" or "head" take the kind of
    the institution beside them. With no role, "Dr" before a name makes an expert, and an age beside a person an ordinary
    citizen. A person is never a document.

    Examples
    --------
    >>> kind_of_source("Colonel Jan Roe, a spokesman for the army")
    'official'
    >>> kind_of_source("a spokeswoman for Sallow Shipping Inc"), kind_of_source("people familiar with the talks")
    ('business', 'unknown')
    >>> kind_of_source("Moscow"), kind_of_source("Jane Roe"), kind_of_source("Jane Roe, 67"), kind_of_source("Dr. Jane Roe")
    ('official', 'unknown', 'citizen', 'expert')
    """
    return describe(words).kind


@lru_cache(maxsize=16384)
def describe(words: str) -> Described:
    """Kind of source, whether a person or an institution, and the word that told."""
    words = words.strip()[:400]
    institutions, alone = _institutions()
    low = split(words)
    whole = " ".join(low[1:] if low[:1] == ["the"] else low)
    if whole in institutions:
        return Described(as_type(institutions[whole]), "body")
    name = person(words)
    if name:
        low = split((words if name in words else _DOTTED_TITLE.sub(r"\1 ", words)).replace(name, " ", 1))
    elif len(low) == 1 and words[:1].isupper() and roles().get(low[0], ("", ""))[0] == "citizen" and roles()[low[0]][1] == "person":
        return Described()  # "Baker said"
    known = list(listed(low, 0))
    if aside := _ASIDE.search(words):  # "Jan Roe, who learnt it from her grandmother"
        words = words[: aside.start()]
        low = low[: len(low) - len(split(aside.group()))]
    head = _TAIL.split(words, maxsplit=1)[0]
    if not name and _OPPOSING.search(head):
        return Described(sort="people")
    n_head = len(split(head))
    institution = list(listed(low, 1))
    covered = {at + k for at, entry in institution if entry not in alone for k in range(len(entry.split()))}
    found = [
        (at, entry, *roles()[entry])
        for at, entry in free(known, words)
        if at + len(entry.split()) <= len(low)
        and at not in covered
        and (roles()[entry][1] != "text" or (not name and (at < n_head or low[0] in ("one", "some", "all", "most", "many", "several"))))
    ]
    named = [institutions[entry] for _, entry in institution if entry not in alone]
    sort: Sort = "person" if name else found[0][3] if found else "body" if named else ""
    role = found[0][1] if found else ""
    if sort == "person" and not name and low and any(w == role + "s" or w == role.split()[-1] + "s" for w in low):
        sort = "people"
    last = next((entry for at, entry, *_ in reversed(found) if at < n_head), "") if not name else ""
    if last and roles()[last][1] == "text" and low[n_head - 1].removesuffix("s") == last.split()[-1].removesuffix("s"):
        return Described("document", "text", last)  # "a university study"
    if role == "deputy" and name and f"deputy {name}".lower() in words.lower():
        return Described("politician", "person", role)  # a member of parliament
    leans = bool(found) and found[0][2] == "by_institution"
    if named and (not found or leans):
        return Described(as_type(named[0]), sort, role)
    if own := next((kind for _, _, kind, _ in found if kind != "by_institution"), None):
        if role in ("vice president", "vice-president") and name and not named and f" {role} {name}" in words:
            return Described(sort="person", role=role)  # "Vantry Steel vice president Jan Roe"
        if role.endswith("president") and own == "official" and (of := _PRESIDENT.search(words)):
            own = _presides(words[of.end() :], named)
        return Described(as_type(own), sort, role)
    if found and any(entry in alone and as_type(institutions[entry]) == "official" for _, entry in institution):
        return Described("official", sort, role)  # "a leader in Vantry"
    if name and _DOCTOR.search(words):
        return Described("expert", "person", "dr")
    if (name or (words[:1].isupper() and " " not in words.split(",")[0])) and _AGED.search(words):
        return Described("citizen", "person")
    return Described("unknown", sort, role, leans)


def free(found: Sequence[tuple[int, str]], words: str) -> list[tuple[int, str]]:
    """Without the listed roles that only say whose the next one is: the "miners" of "the miners' federation"."""
    kept = []
    for i, (at, entry) in enumerate(found):
        following = found[i + 1] if i + 1 < len(found) else (-1, "")
        beside = following[0] == at + len(entry.split()) and roles()[following[1]][0] != "by_institution"
        if not (beside and (roles()[entry][1] != "body" or entry in ("family", "families")) and _is_genitive(entry, words)):
            kept.append((at, entry))
    return kept


def _is_genitive(entry: str, words: str) -> bool:
    return re.search(rf"\b{re.escape(entry)}(?:s|es)?['’]s?\s", words, re.IGNORECASE) is not None


def _presides(over: str, named: Sequence[str]) -> str:
    """Kind of "president of ...": of a state official, of an institution that institution's."""
    if named:
        return named[0]
    low = split(over.split(",")[0])
    if low and any(entry in _institutions()[1] for _, entry in listed(low[:3], 1)):
        return "official"
    kind = next((roles()[entry][0] for _, entry in listed(low, 0)), "unknown")
    return "unknown" if kind in ("by_institution", "document") else kind


def is_named(entry: str) -> bool:
    """Does this listed institution count wherever its name stands?"""
    return entry not in _institutions()[1]


def as_type(word: str) -> SourceType:
    return next(kind for kind in SOURCE_TYPES if kind == word)


@cache
def _no_names() -> frozenset[str]:
    """Capitalised words that open a sentence or stand before a name and are no part of it."""
    titles = (word.rstrip(".") for role in load_words("measuring/attribution/roles") for word in role.split()[-1:])
    opening = ("former", "retired", "acting", "following", "speaking", "meanwhile", "unlike", "maybe", "perhaps", "asked", "when")
    return GRAMMAR.union(word_class("label", WORDS), titles, cues(), word_class("honorific"), opening)


@lru_cache(maxsize=16384)
def name_in(words: str) -> str:
    """The name a source is called by, without titles; "" if it has none ("the government in Vantry", "Vantry officials")."""
    head, single = _HEAD_ENDS.split(_DOTTED_TITLE.sub(r"\1 ", words).strip(), maxsplit=1)[0].rstrip(), ""
    for match in reversed(list(NAME.finditer(head[:200]))):
        parts = match.group().split()
        given = [part.lower() in given_names() for part in parts]
        title = max((i for i, part in enumerate(parts[:-1]) if part.lower() in _no_names() and not given[i]), default=-1)
        name = re.sub(r"['’]s?$", "", " ".join(parts[title + 1 :]))
        surname = len(parts) > 1 and given[-2]  # "Jane Baker"
        if (parts[-1].lower() in _no_names() and not surname) or any(part.endswith(GENITIVE) for part in parts[title + 1 : -1]):
            continue
        if len(parts) - title > 2:
            return name  # of several the last: "Port Authority chief Jan Roe"
        if match.end() == len(head) and len(name) > 1:
            single = name
    return single


@lru_cache(maxsize=16384)
def person(words: str) -> str:
    """A full name of a person in these words; "" for single words and institutions."""
    name = name_in(words)
    return name if " " in name and not is_institution(name) else ""


@lru_cache(maxsize=16384)
def is_institution(name: str) -> bool:
    """Is this a listed institution or place, or a name with one in it ("Clean Energy Fund")? "Jordan Roe" and "Emily Post" are people."""
    institutions, alone = _institutions()
    low = split(name)
    if " ".join(low) in institutions:
        return True
    if len(low) == 2 and low[0] in given_names():
        return low[1] in word_class("thing", WORDS)
    if low and (low[-1] in word_class("thing", WORDS) or (low[0] in alone and low[0] not in given_names())):
        return True
    return any(entry not in alone or at + len(entry.split()) == len(low) for at, entry in listed(low, 1))
