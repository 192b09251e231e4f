"""How a cue presents what it ascribes."""

from __future__ import annotations

import pytest

from framing.measuring.attribution import STANCES
from framing.measuring.attribution.stance import cue_stance
from framing.resources import load_table

STANCE = [
    ("said", "neutral"),
    ("told reporters on Monday", "neutral"),
    ("according to", "neutral"),
    ("claimed", "doubting"),
    ("has alleged", "doubting"),
    ("confirmed", "endorsing"),
    ("admitted", "conceding"),
    ("slammed", "emotive"),
    ("promised", "forward"),
    ("warned", "forward"),
    ("said in a warning", "forward"),
    ("'s claim", "doubting"),
    ("fears", "emotive"),
    ("did not confirm", "neutral"),
    ("never promised", "neutral"),
    ("DIDN’T ADMIT", "neutral"),
    ("", "neutral"),
    (":", "neutral"),
]


@pytest.mark.parametrize(("cue", "stance"), STANCE)
def test_stance(cue: str, stance: str) -> None:
    assert cue_stance(cue) == stance


def test_the_lists_are_sound() -> None:
    rows = load_table("measuring/attribution/stances")
    words = [word for row in rows for word in row["words"].split()]
    assert {row["stance"] for row in rows} == set(STANCES) - {"neutral"}
    assert len(words) == len(set(words)), sorted(word for word in words if words.count(word) > 1)
    assert all(row["words"].split() == sorted(row["words"].split()) for row in rows)
    assert {row["stance"] for row in load_table("english/cues")} <= set(STANCES)
