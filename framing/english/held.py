"""Who held which office when: what kind of source a well-known office-holder is at the date of an article."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache

from framing.choices import SourceType
from framing.resources import load_table
from framing.text import unaccented

_POLITICIANS = frozenset(("candidate", "opposition leader", "party chairman", "party leader", "representative", "senator", "speaker"))
_ALSO_CALLED = {"representative": "congressman", "secretary-general": "secretary general"}


@dataclass(frozen=True, slots=True)
class Term:
    """One stretch in one office; ``start`` and ``end`` are months such as "2017-01", ``end`` "" while it lasts."""

    office: str
    of: str
    party: str
    start: str
    end: str

    @property
    def kind(self) -> SourceType:
        return "politician" if self.office in _POLITICIANS else "official"

    def covers(self, month: str) -> bool:
        return self.start <= month and (not self.end or month <= self.end)


@cache
def _held() -> dict[tuple[str, str], tuple[Term, ...]]:
    """Terms in order by first and last name."""
    found: dict[tuple[str, str], list[Term]] = {}
    for row in load_table("english/held"):
        term = Term(row["office"], row["of"], row["party"], row["start"], row["end"])
        for form in (row["name"], *filter(None, row["also"].split("|"))):
            found.setdefault(_key(form), []).append(term)
    return {key: tuple(sorted(terms, key=lambda term: (term.start, term.office))) for key, terms in found.items()}


def _key(name: str) -> tuple[str, str]:
    """First and last name in lower case without accents; "Jr." belongs to the last."""
    parts = unaccented(name.casefold()).replace(".", "").split() or [""]
    last = " ".join(parts[-2:]) if parts[-1] in ("jr", "sr", "ii", "iii", "iv") else parts[-1]
    return parts[0], last


@cache
def offices() -> frozenset[str]:
    """The offices in the list."""
    return frozenset(term.office for terms in _held().values() for term in terms)


def terms_of(name: str) -> tuple[Term, ...]:
    """The offices that somebody of this name has held, in order; empty where the list has nobody of this first and last name.

    Examples
    --------
    >>> [(term.office, term.start) for term in terms_of("Angela Merkel")]
    [('chancellor', '2005-11')]
    """
    return _held().get(_key(name), ())


def offices_at(name: str, date: datetime.date | None) -> tuple[Term, ...]:
    """The offices held at a date; without a date none."""
    month = f"{date:%Y-%m}" if date else ""
    return tuple(term for term in terms_of(name) if month and term.covers(month))


def holds(name: str, office: str, date: datetime.date | None) -> bool:
    """Does somebody of this name hold an office so called at a date?

    Examples
    --------
    >>> from datetime import date
    >>> holds("Angela Merkel", "chancellor", date(2015, 3, 1)), holds("Angela Merkel", "chancellor", date(2023, 3, 1))
    (True, False)
    """
    return any(office in (term.office, _ALSO_CALLED.get(term.office)) for term in offices_at(name, date))


def kind_at(name: str, date: datetime.date | None) -> tuple[SourceType | None, bool]:
    """Kind of source at a date, and whether an office is held then.

    Executive and judicial offices make an official, seats in a legislature, candidacies and offices of a party a politician; a
    president who runs again stays an official. Who holds nothing any more is what the last office was. None where the list has nobody
    of this name, where the first office comes later, or where without a date the offices are of both kinds.

    Examples
    --------
    >>> from datetime import date
    >>> kind_at("Angela Merkel", date(2015, 3, 1)), kind_at("Angela Merkel", None), kind_at("Nadia Orlo", None)
    (('official', True), ('official', False), (None, False))
    """
    terms = terms_of(name)
    if date is None or not terms:
        kinds = {term.kind for term in terms}
        return (next(iter(kinds)), False) if len(kinds) == 1 else (None, False)
    now = offices_at(name, date)
    if any(term.office == "president" for term in now):
        return "official", True
    if now:
        running = any(term.office == "candidate" for term in now)
        return ("politician" if running else now[-1].kind), True
    month = f"{date:%Y-%m}"
    past = [term for term in terms if term.end and term.end < month]
    return (max(past, key=lambda term: term.end).kind, False) if past else (None, False)
