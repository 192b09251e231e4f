"""What is known of people by words: given names, well-known people, and who is a man or a woman."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from framing.english.grammar import any_of, words_of_class
from framing.resources import load_table
from framing.text import unaccented

HE_OR_SHE = re.compile(r"[hHsS](?<!\w.)(?:(?<=[hH])(?:(e|E|is|IS|im|IM|imself)|er|ER|ers|erself)|(?<=[sS])(?:he|HE))\b", re.DOTALL)
"""A pronoun of one person, the first group that of a man. It begins with what is rare and looks back: several times faster than a list."""
_MAN = re.compile(r"\b(?:\w+[^o\W]man|father|husband|son|brother|widower|king|actor|boy|landlord)\b")
_WOMAN = re.compile(r"\b(?:\w*woman|mother|wife|daughter|sister|widow|queen|actress|girl|landlady)\b")
PRONOUN_GENDER = dict.fromkeys(words_of_class("he"), "m") | dict.fromkeys(words_of_class("she"), "f")
TITLE_GENDER = {
    word: gender
    for gender, names in (("m", ("title_man", "title_lord")), ("f", ("title_woman", "title_lady")))
    for name in names
    for word in words_of_class(name)
}


def gender_of(words: str) -> str:
    """ "m" or "f" by nouns such as "widow"; "" if they say nothing."""
    low = words.lower()
    return "m" if _MAN.search(low) else "f" if _WOMAN.search(low) else ""


_KIN = re.compile(rf"\b(?:{any_of('kin')}),?\s(?:and\s)?$", re.IGNORECASE)


def is_kin(text: str, at: int) -> bool:
    """Is a name that begins here introduced as somebody's wife, son or the like ("his wife, Ida Roe")?"""
    return _KIN.search(text, max(0, at - 40), at) is not None


@cache
def given_names() -> dict[str, str]:
    """Given names in lower case with the gender, "m" or "f", of most people who bear them; names borne by both are left out."""
    return {name: row["gender"] for row in load_table("english/given_names") if row["gender"] != "any" for name in row["names"].split()}


@cache
def all_given_names() -> frozenset[str]:
    """Given names in lower case, those borne by women and men included."""
    return frozenset(name for row in load_table("english/given_names") for name in row["names"].split())


@lru_cache(maxsize=16384)
def is_given_name(low: str) -> bool:
    """Is a word in lower case a given name, with or without its accents?"""
    return low in all_given_names() or unaccented(low) in all_given_names()


@cache
def one_office() -> dict[str, str]:
    """What an office is called by a title or in another form, with the one name under which it is looked up."""
    return {row["called"]: row["office"] for row in load_table("english/offices")}


@cache
def known_people() -> dict[str, str]:
    """Well-known people with what kind of source they are, by full name."""
    return {row["name"]: row["type"] for row in load_table("english/people")}


@cache
def only_bearers() -> dict[str, str]:
    """Last names that mean only one of the well-known people, with the full name."""
    last: dict[str, list[str]] = {}
    for row in load_table("english/people"):
        if not row["note"]:
            last.setdefault(row["name"].split()[-1], []).append(row["name"])
    return {word: names[0] for word, names in last.items() if len(names) == 1}
