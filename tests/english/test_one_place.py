"""Weekdays, months, titles and particles stand in one list, and in no module or list beside it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import framing
from framing.english.grammar import word_class
from framing.resources import load_table

PACKAGE = Path(framing.__file__).parent
FILES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent.name != "english")
CALENDAR = (word_class("weekday") | word_class("month")) - {"may", "march", "august"}  # these are words and names too
TITLES = {"mr", "mrs", "sen", "gov", "prof", "capt", "sgt", "adm", "jr", "iii"}  # "rep", "gen", "col" and the like are other things too
PARTICLES = {"ibn", "von", "della"}
STEMS = ("tues", "wednes", "thurs", "satur", "febr", "septem", "octo", "novem", "decem")  # as in "(?:tues|wednes)day"
ALLOWED = {
    ("readers/dates.py", "september"): "an example in a message",
    ("readers/dates.py", "sept"): "an example in a message",
}
LISTED = {("measuring/names/words", "tuesday"): "'Super Tuesday' is a thing"}
OF_NAMES = {"measuring/attribution/institutions", "measuring/names/known"}  # "The Sunday Times"


def literals(path: Path) -> str:
    """All strings of a module but its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documents = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return "\n".join(
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents
    )


def found_in(text: str) -> set[str]:
    words = CALENDAR | TITLES | PARTICLES | {"sept"}
    return {m.group().lower() for m in re.finditer(rf"\b(?:{'|'.join((*words, *STEMS))})\b", text, re.IGNORECASE)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_has_words_of_its_own(path: Path) -> None:
    name = str(path.relative_to(PACKAGE))
    assert {word for word in found_in(literals(path)) if (name, word) not in ALLOWED} == set()


def test_every_exception_is_needed() -> None:
    assert {(name, word) for name, _ in ALLOWED for word in found_in(literals(PACKAGE / name))} == set(ALLOWED)


@pytest.mark.parametrize(
    "pattern",
    ['"(?:mon|tues|wednes|thurs)day"', '"on Monday"', '("mrs", "ms")', 'f"{x} Sgt"', '"de|van|von|der"', '"jan(?:uary)?|febr(?:uary)?"'],
)
def test_what_is_looked_for_is_found(pattern: str, tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(f'"""On Monday, Mrs. Roe."""\n\nx = {pattern}\n', encoding="utf-8")
    assert found_in(literals(module))
    module.write_text('"""On Monday, Mrs. Roe."""\n\n"""The same in an attribute\'s."""\n', encoding="utf-8")
    assert not found_in(literals(module))


LISTS = sorted(str(path.relative_to(PACKAGE).with_suffix("")) for path in PACKAGE.rglob("*.tsv") if path.parent.name != "english")


@pytest.mark.parametrize("name", [name for name in LISTS if name not in OF_NAMES])
def test_no_list_has_weekdays_of_its_own(name: str) -> None:
    words = {word for row in load_table(name) for cell in row.values() for word in re.findall(r"\w+", cell.lower())}
    assert {word for word in words & word_class("weekday") if (name, word) not in LISTED} == set()


def test_given_names_stand_once() -> None:
    lists = [row["names"].split() for row in load_table("english/given_names")]
    every = [name for names in lists for name in names]
    assert len(every) == len(set(every))
    assert all(names == sorted(names) for names in lists)
    assert [row["gender"] for row in load_table("english/given_names")] == ["f", "m", "any"]
