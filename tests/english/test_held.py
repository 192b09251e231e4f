"""Offices by date: the list is sound, and says what somebody is on a day."""

from __future__ import annotations

import re
from datetime import date

import pytest

from framing.english.held import holds, kind_at, offices_at, terms_of
from framing.resources import load_table


def test_the_list_is_sound() -> None:
    rows = load_table("english/held")
    assert [(row["name"], row["start"], row["office"]) for row in rows] == sorted(
        (row["name"], row["start"], row["office"]) for row in rows
    )
    for row in rows:
        assert re.fullmatch(r"\d{4}-\d\d", row["start"]), row
        assert re.fullmatch(r"(\d{4}-\d\d)?", row["end"]), row
        assert not row["end"] or row["start"] <= row["end"], row
        assert row["office"] == row["office"].lower(), row
        assert " " in row["name"] or row["name"] in ("Hu Jintao",), row


AT = [
    ("Barack Obama", date(2006, 5, 1), "politician", True),
    ("Barack Obama", date(2012, 5, 1), "official", True),
    ("Barack Obama", date(2019, 5, 1), "official", False),
    ("Donald Trump", date(2016, 5, 1), "politician", True),
    ("Donald J. Trump", date(2018, 5, 1), "official", True),
    ("Donald Trump", date(2010, 5, 1), None, False),
    ("Recep Tayyip Erdoğan", date(2016, 5, 1), "official", True),
    ("Donald Trump Jr.", date(2018, 5, 1), None, False),
    ("Nadia Orlo", date(2018, 5, 1), None, False),
    ("", None, None, False),
]


@pytest.mark.parametrize(("name", "day", "kind", "now"), AT, ids=[f"{row[0]} {row[1]}" for row in AT])
def test_kind_at_a_date(name: str, day: date | None, kind: str | None, now: bool) -> None:
    assert kind_at(name, day) == (kind, now)


def test_offices() -> None:
    assert holds("Angela Merkel", "chancellor", date(2015, 1, 1))
    assert not holds("Angela Merkel", "chancellor", None)
    assert [term.office for term in offices_at("Theresa May", date(2018, 1, 1))] == ["prime minister"]
    assert terms_of("Theresa May")
