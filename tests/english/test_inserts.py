"""Headlines that a page's software prints behind a name."""

from __future__ import annotations

import pytest
from messy_text import assert_linear

import framing as fr
from framing.english.inserts import inserts

INSERTED = [
    ("Sen. Ida Poe Ida Marie PoePort strike ends Mayor to resign MORE (D-Ohio) said no.", "Sen. Ida Poe (D-Ohio) said no."),
    ("Speaker Jan Roe Jan Otto Roe Dockers win | Rain MORE (R-Wis.) said no.", "Speaker Jan Roe (R-Wis.) said no."),
    ("Mitt Quill Willard (Mitt) Mitt QuillTo the port MORE left.", "Mitt Quill left."),
    ("Rosa Vey-Horn Rosa Vey-HornVey-Horn wins MORE's office said no.", "Rosa Vey-Horn's office said no."),
    ("Jan Roe met Jan Roe. READ MORE about it.", "Jan Roe met Jan Roe. READ MORE about it."),
    ("We want MORE of it.", "We want MORE of it."),
    ("Jan Roe\n\nJan Otto Roe left MORE", "Jan Roe\n\nJan Otto Roe left MORE"),
]


@pytest.mark.parametrize(("text", "read"), INSERTED, ids=[row[0][:30] for row in INSERTED])
def test_headlines_behind_a_name_are_not_read(text: str, read: str) -> None:
    article = fr.Article(id="a", text=text)
    assert len(article.plain) == len(text)
    assert " ".join(article.plain.split()).replace(" '", "'") == " ".join(read.split())


def test_who_speaks_before_them() -> None:
    text = "Sen. Ida Poe Ida Marie PoePort strike ends Mayor to resign MORE (D-Ohio) said that the port would close. She left."
    assert [(a.speaker, a.source_type) for a in fr.find_attributions(text, engine="rules")] == [("Ida Poe", "politician")]


@pytest.mark.parametrize("unit", ["MORE ", "Roe Roe MORE ", "Abc Abc ", "A", "Ida (Ida) Roe "])
def test_time_grows_with_length_only(unit: str) -> None:
    assert_linear(lambda text: list(inserts(text)), unit)
