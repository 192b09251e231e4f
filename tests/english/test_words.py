"""The calendar, names and tokens as patterns."""

from __future__ import annotations

import re

import pytest

from framing.english import tokens
from framing.english.calendar import MONTH, WEEKDAY, WEEKDAY_SHORT, month_number
from framing.english.grammar import word_class, words_of_class
from framing.english.names import NAME_WORD, OFFICE, stop_of_none, title_stop
from framing.english.people import HE_OR_SHE, PRONOUN_GENDER, TITLE_GENDER, all_given_names, gender_of, given_names, one_office


def test_months_by_number() -> None:
    for number, name in enumerate(words_of_class("month"), start=1):
        assert month_number(name) == month_number(name.upper()) == month_number(name[:3]) == number
    assert {short: month_number(short) for short in ("sept", "may", "jun", "jul")} == {"sept": 9, "may": 5, "jun": 6, "jul": 7}
    assert (month_number("ſept"), month_number("aprıl")) == (9, 4)


@pytest.mark.parametrize("printed", ["January", "jan", "Sept", "september", "May", "JULY"])
def test_months_match(printed: str) -> None:
    assert re.fullmatch(rf"(?:{MONTH})", printed, re.IGNORECASE)


@pytest.mark.parametrize("printed", ["Monday", "thurs", "WED"])
def test_weekdays_match(printed: str) -> None:
    assert re.fullmatch(rf"(?:{WEEKDAY}|{WEEKDAY_SHORT})", printed, re.IGNORECASE)


def test_stops_of_titles() -> None:
    text = "Sen. Roe and Prof. Poe met Mrs. Quill. Adm. Renk left. A gen. Not"
    assert re.sub(title_stop(), "_", text) == "Sen_ Roe and Prof_ Poe met Mrs_ Quill. Adm_ Renk left. A gen. Not"
    assert re.split(stop_of_none(OFFICE), "Mr. Roe, Sen. Poe. And")[:-1] == ["Mr", " Roe, Sen. Poe"]


@pytest.mark.parametrize(("word", "is_one"), [("Roe", True), ("J.", True), ("J.R.", True), ("O'Roe", True), ("roe", False), ("7", False)])
def test_words_of_names(word: str, is_one: bool) -> None:
    assert (re.fullmatch(NAME_WORD, word) is not None) == is_one


def test_gender() -> None:
    assert [gender_of(words) for words in ("his widow", "a fisherman", "a woman", "the mayor")] == ["f", "m", "f", ""]
    assert (PRONOUN_GENDER["him"], PRONOUN_GENDER["herself"], TITLE_GENDER["mr"], TITLE_GENDER["dame"]) == ("m", "f", "m", "f")
    assert "dr" not in TITLE_GENDER
    found = [(m.group(), bool(m.group(1))) for m in HE_OR_SHE.finditer("He said she told her himself; the shed. HIS")]
    assert found == [("He", True), ("she", False), ("her", False), ("himself", True), ("HIS", True)]
    for pronoun in (*words_of_class("he"), *words_of_class("she")):
        assert (match := HE_OR_SHE.fullmatch(pronoun)) or pronoun == "herself"
        assert not match or ("m" if match.group(1) else "f") == PRONOUN_GENDER[pronoun]


def test_given_names() -> None:
    assert (given_names()["abigail"], given_names()["aaron"]) == ("f", "m")
    assert "alex" not in given_names()
    assert all_given_names() > given_names().keys() | {"alex"}


def test_offices_are_reached_in_one_step() -> None:
    assert not one_office().keys() & set(one_office().values())
    stops = {called.rstrip(".") for called in one_office() if called.endswith(".")}
    assert stops <= word_class("title_office")


TEXT = "Sen. O'Roe isn't far-right (HWU): “No. 5,” 3.5% of the 20th U.S. re--run, he said."
APART = {
    "TAGGED": "Sen . O'Roe isn't far - right ( HWU ) : “ No . 5 , ” 3 . 5 % of the 20th U . S . re - - run , he said .",
    "SCORED_TONE": "Sen . O'Roe isn't far - right ( HWU ) : “ No . 5 , ” 3 . 5 % of the 20th U . S . re - - run , he said .",
    "COMPARED": "Sen O'Roe isn't far right HWU No 5 3.5 of the 20 th U S re run he said",
    "HYPHENATED": "Sen O'Roe isn't far-right HWU No 5 3 5 of the 20th U S re run he said",
    "DESCRIBED": "Sen. O'Roe isn't far-right HWU No. 5 3.5 % of the 20th U.S. re--run he said.",
    "DESCRIBED_APART": "Sen. O'Roe isn't far-right ( HWU No. 5 , 3.5 of the 20th U.S. re--run , he said.",
    "CLAUSE": "Sen. O'Roe isn't far-right ( HWU ) : “ No. 5 , ” 3.5% of the 20 th U.S. re - - run , he said .",
    "CAPITALISED": "Sen O'Roe HWU No U.S.",
    "IN_LABEL": "Sen. O'Roe isn't far-right HWU No. 5 3.5 of the 20th U.S. re--run he said.",
    "LABELLED": "Sen. O'Roe isn't far-right (HWU) : “ No. 5 , ” 3.5 % of the 20th U.S. re - - run , he said.",
}


@pytest.mark.parametrize("name", APART)
def test_tokens(name: str) -> None:
    pattern = getattr(tokens, name)
    assert " ".join(pattern.findall(TEXT)) == APART[name]


def test_tiles_are_the_text() -> None:
    found = tokens.TILES.findall(TEXT)
    assert "".join(found) == TEXT
    assert found[:4] == ["Sen", ". ", "O'Roe", " "]


def test_ticks_are_one_mark_where_weights_have_them_so() -> None:
    assert tokens.TAGGED.findall("``No''") == ["``", "No", "''"]
    assert tokens.SCORED_TONE.findall("``No''") == ["`", "`", "No", "'", "'"]


def test_every_pattern_is_tried_and_says_what_needs_it() -> None:
    patterns = {name for name, value in vars(tokens).items() if isinstance(value, re.Pattern)}
    assert patterns == {*APART, "TILES"}
