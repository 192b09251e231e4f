"""Institutions called by a common noun: "the union" for the Harbour Workers' Union, "the company" for the one firm named."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from framing.english.grammar import word_class
from framing.measuring.attribution.source_types import describe, roles
from framing.measuring.names.types import Name

_OF = re.compile(r"\s(?:of|for|on)\s")
_PLAIN = re.compile(r"(?:the|this|that|its|their|his|her)\s((?:[\w’'-]+\s){0,2}[\w’'-]+)$", re.IGNORECASE)
_NEAR = 800  # characters before, in which one of the kind is meant rather than another named earlier
_LOOKED_AT = 100  # mentions
_MOST = 8  # institutions of one noun that are compared
_WORDS = "measuring/attribution/words"


@cache
def _heads() -> frozenset[str]:
    """Last words of listed institutions of one or several words: "ministry", "union"."""
    return frozenset(word.split()[-1] for word, (_, sort) in roles().items() if sort == "body")


@cache
def _kinds_of() -> dict[str, tuple[str, ...]]:
    """Common nouns for an institution, and of what kinds it can be."""
    kinds = {"body_business": ("business",), "body_official": ("official", "politician"), "body_media": ("media",)}
    found = {word: several for name, several in kinds.items() for word in word_class(name, _WORDS)}
    return found | dict.fromkeys(word_class("body_group", _WORDS), ("civil_society", "unknown", "expert", "politician"))


class Bodies:
    """The institutions that one article names, by their common nouns.

    Parameters
    ----------
    names : sequence of Name
        In text order.
    """

    def __init__(self, names: Sequence[Name]) -> None:
        self._order = [(name.span.start, name.name) for name in names if name.kind == "organisation"]
        self._by_head: dict[str, list[tuple[int, str]]] = {}
        met = set()
        for at, name in self._order:
            if name not in met:
                met.add(name)
                self._by_head.setdefault(head_of_name(name), []).append((at, name))
        self._kinds: dict[str, str] = {}

    def meet(self, head: str, at: int, name: str = "") -> None:
        """An institution that no name names ("the Vantry defence ministry"), or one of many ("a rival union"): then "the union" is open."""
        self._by_head.setdefault(head, []).append((at, name))

    def called(self, words: str, at: int) -> str | None:
        """The one institution that "the city council" or "the company" can be at offset ``at``; "" if several fit, None if none does."""
        plain = _PLAIN.match(words)
        if plain is None:
            return None
        *modifiers, head = plain.group(1).lower().split()
        found = self._by_head.get(head, ()) if head in _heads() or head in self._by_head else ()
        fitting: list[str] = []
        for where, name in found[:_MOST]:
            if where <= at and all(word in name.lower() for word in modifiers) and name not in fitting:
                fitting.append(name)
        if fitting:
            return fitting[0] if len(fitting) == 1 else self._nearest(fitting, at) or ""
        return self._of_kind(head, at) if not modifiers else None

    def _nearest(self, fitting: Sequence[str], at: int) -> str | None:
        near = {name for where, name in self._before(at) if at - _NEAR <= where and name in fitting}
        return next(iter(near)) if len(near) == 1 and "" not in fitting else None

    def _of_kind(self, head: str, at: int) -> str | None:
        """The only institution of a kind before ``at``, or the only one near it."""
        kinds = _kinds_of().get(head)
        if kinds is None:
            return None
        before = {name: where for where, name in self._before(at) if self._kind(name) in kinds}
        if len(before) == 1:
            return next(iter(before))
        near = [name for name, where in before.items() if where >= at - _NEAR // 2]
        return near[0] if len(near) == 1 else None

    def _before(self, at: int) -> Sequence[tuple[int, str]]:
        """The mentions before an offset, no more than are worth looking at."""
        end = bisect_left(self._order, (at, ""))
        return self._order[max(0, end - _LOOKED_AT) : end]

    def _kind(self, name: str) -> str:
        if name not in self._kinds:
            self._kinds[name] = describe(name).kind
        return self._kinds[name]


def head_of_name(name: str) -> str:
    """The noun that a name turns on: "union" of "Harbour Workers' Union", "commission" of "Commission for Harbour Safety"."""
    return _OF.split(name, maxsplit=1)[0].split()[-1].lower()
