"""The field of an expert, and kinds of messenger as climate communication research codes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Literal, get_args

from framing.english.grammar import word_class
from framing.english.people import only_bearers
from framing.measuring.attribution.source_types import (
    NAME,
    apposed_office,
    are_states,
    institutions,
    is_named,
    listed,
    split,
    well_known,
)
from framing.resources import load_table

Field = Literal["science", "society", "medicine", "law", "security", "economy"]
FIELDS: tuple[Field, ...] = get_args(Field)
Messenger = Literal[
    "public_official",
    "natural_scientist",
    "social_scientist",
    "health_expert",
    "legal_expert",
    "security_expert",
    "economic_expert",
    "activist",
    "cultural_or_sport",
]
MESSENGERS: tuple[Messenger, ...] = get_args(Messenger)

_OF_FIELD: dict[str, Messenger] = {
    "science": "natural_scientist",
    "society": "social_scientist",
    "medicine": "health_expert",
    "law": "legal_expert",
    "security": "security_expert",
    "economy": "economic_expert",
}
_OF_TYPE: dict[str, Messenger] = {
    "official": "public_official",
    "politician": "public_official",
    "business": "economic_expert",
    "civil_society": "activist",
    "celebrity": "cultural_or_sport",
}
_TITLES = word_class("title_dotted") | {"president", "minister", "premier", "mayor", "senator", "governor", "chancellor"}
_HOUSES = frozenset(("white house", "pentagon", "capitol hill", "downing street"))
_GOVERNMENT = re.compile(r"(?:[\w.’'-]+\s){0,5}governments?(?:\s(?:of|in)\s[^,]*)?", re.IGNORECASE)
_PROTESTS = frozenset(("protester", "protesters", "demonstrator", "demonstrators", "marcher", "marchers", "striker", "strikers"))


@cache
def _fields() -> dict[str, Field]:
    return {
        word.replace("_", " "): _field(row["field"]) for row in load_table("measuring/attribution/fields") for word in row["words"].split()
    }


def _field(word: str) -> Field:
    return next(field for field in FIELDS if field == word)


def _fields_at(low: Sequence[str]) -> dict[int, Field]:
    """Position -> field of the listed words of a field, the longest at each place."""
    known, found, i = _fields(), dict[int, Field](), 0
    while i < len(low):
        for n in (3, 2, 1):
            phrase = " ".join(low[i : i + n])
            forms = (phrase, phrase.rstrip("."), phrase.removesuffix("s"), phrase.removesuffix("es"))
            if i + n <= len(low) and (entry := next((form for form in forms if form in known), "")):
                found[i] = known[entry]
                i += n - 1
                break
        i += 1
    return found


def field_of(words: str) -> Field | None:
    """Field of an expert by the words of the source; None where they tell none ("a professor", "an expert").

    Examples
    --------
    >>> field_of("Lena Horvat, professor of economics at Vantry University"), field_of("a Tessmark glaciologist")
    ('economy', 'science')
    >>> field_of("Professor Lena Horvat") is None
    True
    """
    return next(iter(_fields_at(split(words)).values()), None)


def messengers(words: str, source_type: str) -> frozenset[Messenger]:
    """The coded kinds of a source with these words and of this type; empty for a citizen, a text or an expert of open field.

    A state, city or government is no messenger, an official without a name is one. A scientific office ("noaa") counts as natural
    scientist although it is official; an official of law, medicine, economy or security counts twice ("the attorney general", "the
    health minister"), as the codebook of the Canadian climate corpus has it, and so does a scholar who was in office. Kinds are
    therefore to be compared as sets. A source of unknown kind counts if a list knows the name in it.

    Examples
    --------
    >>> sorted(messengers("the mayor", "official")), sorted(messengers("Lena Horvat, an economist", "expert"))
    (['public_official'], ['economic_expert'])
    >>> sorted(messengers("the attorney general", "official")), sorted(messengers("a baker", "citizen"))
    (['legal_expert', 'public_official'], [])
    """
    low = split(words)
    if source_type == "expert":
        office = {_OF_TYPE["official"]} if apposed_office(words) else set()
        return frozenset(office | {_OF_FIELD[field] for field in list(_fields_at(low).values())[:1]})
    if source_type == "citizen" and _PROTESTS & set(low):
        return frozenset(("activist",))
    if source_type == "unknown":
        return frozenset(_known_people(words))
    if " ".join(low[1:] if low[:1] == ["the"] else low) in _places() or are_states(words) or _GOVERNMENT.fullmatch(words):
        return frozenset()
    if source_type == "official" and any(entry in _offices() for _, entry in listed(low, 1)):
        return frozenset(("natural_scientist",))
    kinds = {_OF_TYPE[source_type]} if source_type in _OF_TYPE else set()
    if source_type == "official":
        kinds |= {_OF_FIELD[field] for field in _fields_at(low).values() if field in ("law", "medicine", "economy", "security")}
    return frozenset(kinds)


@cache
def _places() -> frozenset[str]:
    """States and cities that stand for a government; the buildings where a press office sits are left out."""
    return frozenset(name for name in institutions() if not is_named(name)) - _HOUSES


@cache
def _offices() -> frozenset[str]:
    """Official institutions whose words are science ("noaa")."""
    return frozenset(name for name, kind in institutions().items() if kind == "official" and _fields().get(name) == "science")


def _known_people(words: str) -> Iterator[Messenger]:
    """Kinds of the people of the list in these words, by their full names, or by last names that stand alone or behind a title."""
    people, last = well_known(), only_bearers()
    for match in NAME.finditer(words):
        parts = re.sub(r"['’]s?$", "", match.group()).split()
        pairs = (f"{a} {b}" for a, b in pairwise(parts))
        titled = len(parts) == 1 or (len(parts) == 2 and parts[0].lower().rstrip(".") in _TITLES)
        who = next((pair for pair in pairs if pair in people), last.get(parts[-1], "") if titled and parts[-1] != "May" else "")
        if who and people[who] in _OF_TYPE:
            yield _OF_TYPE[people[who]]
