"""Classes of words: the English list, and what lists of measures take from it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import framing
from framing.english.grammar import ENGLISH, any_of, printed, word_class, words_of_class
from framing.resources import load_table

PACKAGE = Path(framing.__file__).parent
LISTS = (ENGLISH, "measuring/attribution/words", "measuring/names/words", "measuring/wording/grammar", "measuring/labels/grammar")
ROWS = [(table, *row.values()) for table in LISTS for row in load_table(table)]


@pytest.mark.parametrize(("table", "name", "words"), ROWS, ids=[f"{table}-{name}" for table, name, _ in ROWS])
def test_each_word_is_written_once(table: str, name: str, words: str) -> None:
    """What a class that is taken in has is not written again; what is taken out was there."""
    taken: set[str] = set()
    for other in re.findall(r"@(\w+)", words):
        taken |= word_class(other, ENGLISH if other == name else table)
    out = {word[1:] for word in words.split() if word[0] == "-"}
    own = [word for word in words.split() if word[0] not in "@-"]
    assert len(own) == len(set(own))
    assert not taken & set(own)
    assert out <= taken
    assert word_class(name, table) == (taken - out) | set(own)
    assert words == words.lower()


@pytest.mark.parametrize("table", LISTS)
def test_each_class_has_one_row(table: str) -> None:
    names = [next(iter(row.values())) for row in load_table(table)]
    assert len(names) == len(set(names))


def test_each_english_class_is_asked_for() -> None:
    """By its name in a module, or by another class."""
    asked = {name for _, _, words in ROWS for name in re.findall(r"@(\w+)", words)}
    modules = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    named = {row["class"] for row in load_table(ENGLISH)}
    assert not {
        name for name in named - asked if f'"{name}"' not in modules and f"'{name}'" not in modules and not name.startswith("clause_")
    }


@pytest.mark.parametrize(
    ("name", "table", "has", "has_not"),
    [
        ("determiner", ENGLISH, ("the", "these", "several"), ("such", "my")),
        ("determiner", "measuring/wording/grammar", ("the", "such"), ("my", "what")),
        ("determiner", "measuring/labels/grammar", ("the", "such", "what"), ("my", "further")),
        ("clause_determiner", ENGLISH, ("the", "my", "two"), ("such",)),
        ("possessive", "measuring/wording/grammar", ("my", "whose"), ("the",)),  # not in that list, so the English one
        ("never", "measuring/names/words", ("monday", "feb"), ("jan",)),
        ("abbreviated", "measuring/names/words", ("sept", "gov", "ariz"), ("jun",)),
        ("title", "measuring/names/words", ("mr", "supt", "mayor", "actress"), ("monday",)),
    ],
)
def test_classes(name: str, table: str, has: tuple[str, ...], has_not: tuple[str, ...]) -> None:
    found = word_class(name, table)
    assert found.issuperset(has)
    assert found.isdisjoint(has_not)
    assert not any(word[0] in "@-" for word in found)


def test_order_is_that_of_the_list() -> None:
    assert words_of_class("weekday")[:2] == ("monday", "tuesday")
    assert words_of_class("month")[-1] == "december"
    assert len(words_of_class("month")) == 12


def test_unknown_class() -> None:
    for table in LISTS:
        with pytest.raises(KeyError):
            words_of_class("nothing", table)


@pytest.mark.parametrize(("word", "expected"), [("sen", "Sen"), ("ii", "II"), ("iv", "IV"), ("january", "January")])
def test_printed(word: str, expected: str) -> None:
    assert printed(word) == expected


def test_alternatives_are_plain_words() -> None:
    assert re.fullmatch(rf"(?:{any_of('saint', 'company')})", "ste")
    assert any_of("never_ends").count("e\\.g") == 1
