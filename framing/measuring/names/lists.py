"""What the word lists know of names."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Literal, cast

from framing.english.grammar import word_class
from framing.english.people import given_names, known_people, only_bearers
from framing.measuring.names.types import Kind
from framing.resources import load_table

Sort = Kind | Literal["title", "nothing"]
_ARMED = ("Hamas", "Hezbollah", "Islamic State", "NATO", "Taliban", "European Union")
_PEOPLES = ("Danes", "Poles", "Finns", "Turks", "Scots", "Spaniards", "Britons", "Swedes", "Croats", "Serbs", "Czechs", "Thais", "Kurds")


@dataclass(slots=True)
class Node:
    """A place in the tree of listed names: what ends here, and what may follow (what stands between included)."""

    sort: Sort | None = None
    name: str = ""
    after: dict[str, Node] = field(default_factory=dict)
    tails: dict[str, tuple[Sort, str]] = field(default_factory=dict)  # words in lower case that end a name: "New York magazine"


@cache
def group(name: str) -> frozenset[str]:
    """One group of the word list."""
    return word_class(name, "measuring/names/words")


@cache
def ordinary() -> frozenset[str]:
    """Words that are no names in lower case."""
    return frozenset(word for row in load_table("measuring/names/ordinary") for word in row["words"].split())


def is_ordinary(word: str) -> bool:
    """Is this such a word, or made of such words with hyphens?"""
    return word in ordinary() or ("-" in word and all(part in ordinary() for part in word.split("-")))


@cache
def demonyms() -> frozenset[str]:
    """Adjectives of peoples ("Russian"), each of one or two words."""
    forms = (form for row in load_table("english/sides") if row["kind"] == "country" for form in row["people"].split("|"))
    found = {form for form in forms if form and not form.isupper() and "." not in form and form not in _ARMED}
    return frozenset(found | {form.split()[1] for form in found if " " in form and form.rstrip("s").endswith(("an", "ese"))})


@cache
def known() -> dict[str, Node]:
    """The listed names as a tree of words."""
    root: dict[str, Node] = {}
    for row in load_table("english/sides"):
        if row["kind"] != "country":
            continue
        sort: Kind = "group" if row["side"] in ("Kurds", "Houthis") else "organisation" if row["side"] in _ARMED else "place"
        for form in (row["side"], *row["place"].split("|")):
            _grow(root, form.removeprefix("the "), sort, row["side"])
        for form in row["people"].split("|"):
            if form in _PEOPLES or (form.endswith("s") and form[:-1] in demonyms()):
                _grow(root, form, "group", form)
    for name in known_people():
        _grow(root, name, "person", name)
    for row in load_table("measuring/names/known"):
        for form in (row["name"], *row["forms"].split("|")):
            _grow(root, form, cast("Sort", row["kind"]), row["name"])
    return root


def _grow(root: dict[str, Node], form: str, sort: Sort, name: str) -> None:
    """Put one printed form into the tree. Between two capitalised words stands a space or what stands there in print."""
    words = form.replace("’", "'").split(" ")
    if not words[0] or not is_capital(words[0]):
        return
    tail: list[str] = []
    while not is_capital(words[-1]):
        tail.insert(0, words.pop())
    node = root.setdefault(words[0].rstrip(","), Node())
    gap = ", " if words[0].endswith(",") else " "
    for word in words[1:]:
        if is_capital(word) or word[0].isdigit():
            node = node.after.setdefault(gap + word.rstrip(","), Node())
            gap = ", " if word.endswith(",") else " "
        else:
            gap += word + " "
    if tail:
        node.tails[" ".join(tail)] = (sort, name)
    elif node.sort is None or not node.name:
        node.sort, node.name = sort, name


def is_capital(word: str) -> bool:
    """Does this word begin with a capital, or with a particle and one ("al-Roe")?"""
    return word[:1].isupper() or (word[:1] in "aeiu" and any(letter.isupper() for letter in word[1:4]))


@cache
def famous() -> dict[str, str]:
    """Last names that mean one well-known person only, with the full name."""
    return {last: full for last, full in only_bearers().items() if last.lower().replace("’", "'") in group("alone")}


@cache
def gender(first: str) -> str:
    return given_names().get(first.lower(), "")
