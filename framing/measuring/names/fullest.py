"""One form for all mentions of a person in an article: the fullest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from framing.english.grammar import word_class
from framing.measuring.names.types import Name

_SUFFIXES = word_class("suffix")


def fullest(found: list[Name]) -> Iterator[Name]:
    """The mentions, those of one person under the fullest form that any of them has: "Jan P. Roe" for "Jan Roe" too.

    Forms whose middle names differ are of different people.
    """
    forms: dict[tuple[str, str, str], set[str]] = {}
    for name in found:
        if name.kind == "person" and (key := _first_and_last(name.name)):
            forms.setdefault(key, set()).add(name.name)
    one: dict[str, str] = {}
    for several in forms.values():
        middles = {tuple(part[0] for part in form.split()[1:-1] if part[0].isupper()) for form in several} - {()}
        if len(several) > 1 and len(middles) < 2:
            one |= dict.fromkeys(several, max(several, key=lambda form: (len(form), form)))
    for name in found:
        yield replace(name, name=one[name.name]) if name.name in one else name


def _first_and_last(full: str) -> tuple[str, str, str] | None:
    parts = full.casefold().split()
    suffix = parts.pop().rstrip(".") if len(parts) > 2 and parts[-1].rstrip(".") in _SUFFIXES else ""
    return (parts[0], parts[-1], suffix) if len(parts) > 1 else None
