from __future__ import annotations

import pytest

import framing as fr
from framing.measuring import measures


def test_every_card_has_every_section() -> None:
    found = fr.cards()
    assert len(found) >= 14
    assert found.notna().all().all()
    assert (found.map(len) > 0).all().all()
    assert not found["title"].str.startswith("#").any()


def test_every_measure_names_a_card_that_is_there() -> None:
    named = {column.card for measure in measures() for column in measure.all_columns}
    assert named <= set(fr.cards().index)


def test_cards_in_the_order_asked_for() -> None:
    found = fr.cards("tone", "attribution")
    assert found.index.tolist() == ["tone", "attribution"]
    assert found.loc["attribution", "title"] == "Attribution: who says what"
    assert "PolNeAR" in found.loc["attribution", "tested_on"]


def test_an_unknown_card_names_those_there_are() -> None:
    with pytest.raises(fr.errors.UnknownNameError, match=r"no card 'sentiment'; there are attribution, .*tone"):
        fr.cards("sentiment")
