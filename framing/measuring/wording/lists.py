"""What the word lists of this room say: classes of words, and phrases by the word at which they are looked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from framing.english import grammar
from framing.measuring.wording.types import Kind
from framing.resources import load_table


@cache
def word_class(name: str) -> frozenset[str]:
    """The words of a class of ``grammar.tsv``."""
    return grammar.word_class(name, "measuring/wording/grammar")


def listed(name: str, kind: str) -> frozenset[str]:
    """The words of one kind in a list."""
    return frozenset(row["word"] for row in load_table(name) if row["kind"] == kind)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of the lists, looked for where its ``key``-th word stands."""

    words: tuple[str, ...]
    key: int
    length: int
    when: str
    kind: Kind


@cache
def phrase_table() -> dict[str, tuple[Phrase, ...]]:
    """Word -> the phrases looked for at it, longest first. Of a phrase, the first word that is not everywhere ("fact" of "in fact")."""
    everywhere = word_class("function") - {"may", "might", "could"}
    found: dict[str, list[Phrase]] = {}
    tables: tuple[tuple[Kind, str], ...] = (("hedge", "measuring/wording/hedges"), ("booster", "measuring/wording/boosters"))
    for kind, name in tables:
        for row in load_table(name):
            words = tuple(row["words"].split())
            key = next((k for k, word in enumerate(words) if word not in everywhere), len(words) - 1)
            found.setdefault(words[key], []).append(Phrase(words, key, len(words), row["when"], kind))
    return {word: tuple(sorted(phrases, key=lambda phrase: -len(phrase.words))) for word, phrases in found.items()}
