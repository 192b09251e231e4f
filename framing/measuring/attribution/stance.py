"""How a cue presents what it ascribes: neutrally, with doubt, as true, as given up, with feeling, or as something to come."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import cast

from framing.english.grammar import word_class
from framing.english.tokens import HYPHENATED
from framing.measuring.attribution.types import Stance
from framing.resources import load_table

_NEGATION = word_class("negation") | {"without", "cannot"}


@cache
def _stances() -> dict[str, Stance]:
    found: dict[str, Stance] = {}
    for row in load_table("measuring/attribution/stances"):
        found |= dict.fromkeys(row["words"].split(), cast("Stance", row["stance"]))
    for row in load_table("english/cues"):
        found |= dict.fromkeys(row["forms"].split(), cast("Stance", row["stance"]))
    return found


@lru_cache(maxsize=16384)
def cue_stance(cue: str) -> Stance:
    """Stance of the words of a cue: that of its first listed word that is not neutral.

    A negated word of doubt, endorsement, concession or announcement says nothing of the kind ("did not confirm") and counts as neutral; a
    negated emotive one ("did not complain") too.

    Examples
    --------
    >>> [cue_stance(cue) for cue in ("said in a statement", "has claimed", "did not confirm", "promised", "slammed")]
    ['neutral', 'doubting', 'neutral', 'forward', 'emotive']
    """
    known = _stances()
    negated = False
    for word in HYPHENATED.findall(cue.lower()[:300]):
        if word in _NEGATION or word.endswith(("n't", "n’t")):
            negated = True
        stance = known.get(word, "neutral")
        if stance != "neutral":
            return "neutral" if negated else stance
    return "neutral"
