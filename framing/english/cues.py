"""Words that ascribe what is said, thought, wanted or shown to somebody."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from framing.resources import load_table


@dataclass(frozen=True, slots=True)
class Cue:
    """One row of the list of cue words."""

    lemma: str
    kind: str
    takes: frozenset[str]
    particles: frozenset[str]


@cache
def cues() -> dict[str, Cue]:
    """Every form of every cue word, with what the list says about it."""
    found: dict[str, Cue] = {}
    for row in load_table("english/cues"):
        takes = row["takes"].split()
        plain, particles = frozenset(t for t in takes if t[0] != "+"), frozenset(t[1:] for t in takes if t[0] == "+")
        found |= dict.fromkeys(row["forms"].split(), Cue(row["lemma"], row["class"], plain, particles))
    return found
