"""The lists of roles and institutions, and which of their entries stand in the words of a source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from framing.choices import SOURCE_TYPES, SourceType
from framing.english.clauses import GENITIVE
from framing.english.grammar import word_class
from framing.english.people import known_people
from framing.english.tokens import DESCRIBED
from framing.resources import load_table

WORDS = "measuring/attribution/words"
Sort = Literal["person", "people", "body", "text", ""]


@dataclass(frozen=True, slots=True)
class Role:
    """A role or institution found in the words of a source."""

    at: int  # position among the words
    entry: str
    kind: str  # one of SOURCE_TYPES or "by_institution"
    sort: Sort

    @property
    def end(self) -> int:
        return self.at + len(self.entry.split())

    @property
    def as_kind(self) -> SourceType:
        return as_type(self.kind)

    def leans_on(self, before: Role) -> bool:
        """Is this what the role before it is ("party official"), rather than a person of its own ("party historian")?"""
        return self.kind == "by_institution" or (self.entry.removesuffix("s") in yielding(True) and before.kind != "citizen")


@cache
def roles() -> dict[str, tuple[str, Sort]]:
    """Listed roles with their type and sort."""
    return {row["word"]: (row["type"], cast("Sort", row["sort"])) for row in load_table("measuring/attribution/roles")}


@cache
def institution_lists() -> tuple[dict[str, str], frozenset[str]]:
    """Listed institutions with their types, and those that count only as the whole source."""
    rows = load_table("measuring/attribution/institutions")
    return {row["name"]: row["type"] for row in rows}, frozenset(row["name"] for row in rows if row["note"])


@cache
def _first_words() -> tuple[frozenset[str], frozenset[str]]:
    return tuple(frozenset(w.split()[0] for w in known) for known in (roles(), institution_lists()[0]))  # type: ignore[return-value]


@cache
def well_known() -> dict[str, SourceType]:
    """Well-known people with their types, by full name and by first and last."""
    people = {name: as_type(kind) for name, kind in known_people().items()}
    return people | {f"{name.split()[0]} {name.split()[-1]}": kind for name, kind in people.items()}


def institutions() -> dict[str, str]:
    """Listed institutions with their types."""
    return institution_lists()[0]


def listed(words: Sequence[str], which: int) -> Iterator[tuple[int, str]]:
    """(position, entry) of the listed roles (0) or institutions (1) in lower-case words, the longest at each place; plurals count."""
    known, first = (roles(), institution_lists()[0])[which], _first_words()[which]
    i = 0
    while i < len(words):
        word = words[i]
        if (
            word in first
            or word.rstrip(".") in first
            or (word[-1] == "s" and not first.isdisjoint((word[:-1], word[:-2], _singular(word))))
        ):
            for n in (4, 3, 2, 1):
                phrase = " ".join(words[i : i + n])
                forms = (phrase, phrase.rstrip("."), phrase.removesuffix("s"), phrase.removesuffix("es"), _singular(phrase))
                if i + n <= len(words) and (entry := next((form for form in forms if form in known), "")):
                    yield i, entry
                    i += n - 1
                    break
        i += 1


def _singular(plural: str) -> str:
    """The singular of a plural in -ies ("agencies")."""
    return f"{plural[:-3]}y" if plural.endswith("ies") else plural


def split(words: str) -> list[str]:
    """Lower-case words without genitive endings, and without "ex-" and "then-"."""
    known = roles()
    found = (
        word if word in known else word.removeprefix("ex-").removeprefix("then-")  # "ex-soldier" is listed, "ex-minister" is not
        for word in DESCRIBED.findall(words.lower()[:400])
    )
    return [word.removesuffix("s").rstrip("'’") if word.endswith(GENITIVE) else word for word in found]


def occupations(low: Sequence[str]) -> list[Role]:
    """Listed roles, and scholars whom an ending tells ("ethnobotanist"), in order."""
    found = [Role(at, entry, *roles()[entry]) for at, entry in listed(low, 0)]
    taken = {role.at + k for role in found for k in range(len(role.entry.split()))}
    for at, word in enumerate(low):
        one = word.removesuffix("s")
        if at not in taken and len(one) > 7 and one.endswith(_scholars()) and one not in word_class("no_expert", WORDS):
            found.append(Role(at, one, "expert", "person"))
    return sorted(found, key=lambda role: role.at)


@cache
def _scholars() -> tuple[str, ...]:
    return tuple(sorted(word_class("expert_ending", WORDS)))


@cache
def yielding(behind: bool) -> frozenset[str]:
    """Offices that are what the institution beside them is; ``behind`` adds those that are so only where it stands before them."""
    words = word_class("yields", WORDS) | (word_class("yields_behind", WORDS) if behind else frozenset())
    return frozenset(word.replace("_", " ") for word in words)


@cache
def peoples() -> dict[str, SourceType]:
    """Adjectives of states and parties, in lower case, with the kind of who speaks for them."""
    return {
        form.lower(): "politician" if row["kind"] == "party" else "official"
        for row in load_table("english/sides")
        for form in row["people"].split("|")
        if form
    }


def free(found: Sequence[tuple[int, str]], words: str) -> list[tuple[int, str]]:
    """Without the listed roles that only say whose the next one is: the "miners" of "the miners' federation"."""
    kept = []
    for i, (at, entry) in enumerate(found):
        following = found[i + 1] if i + 1 < len(found) else (-1, "")
        beside = following[0] == at + len(entry.split()) and _known_as(following[1])[0] != "by_institution"
        if not (beside and (_known_as(entry)[1] != "body" or entry in ("family", "families")) and _is_genitive(entry, words)):
            kept.append((at, entry))
    return kept


def _known_as(entry: str) -> tuple[str, Sort]:
    """Type and sort of a listed role, or of a scholar whom only the ending tells."""
    return roles().get(entry, ("expert", "person"))


def _is_genitive(entry: str, words: str) -> bool:
    return re.search(rf"\b{re.escape(entry)}(?:s|es)?['’]s?\s", words, re.IGNORECASE) is not None


def is_named(entry: str) -> bool:
    """Does this listed institution count wherever its name stands?"""
    return entry not in institution_lists()[1]


def as_type(word: str) -> SourceType:
    return next(kind for kind in SOURCE_TYPES if kind == word)
