"""The right mouth, the right kind, on whose behalf: articles with their sources in braces, each for a kind of fault met in real news."""

from __future__ import annotations

import datetime
import time

import pytest

from framing.measuring.attribution import find_attributions
from tests.measuring.attribution.test_speakers import told

MOUTHS: list[tuple[str, list[str | None]]] = [
    (
        "President Marek Dorn blamed the press on Monday. In a letter, {the first lady, Lucia Dorn}, doubted Ms. Vey's wits. "
        "{Mr. Dorn} said it was a plot.",
        ["Lucia Dorn", "Marek Dorn"],
    ),
    ("The first lady, Lucia Dorn, came. {Mr. Dorn} said it was a plot.", ["Dorn"]),
    (
        "President Ilves met Speaker Karl Brandt on Sunday. Brandt scolded Ilves on Friday. "
        '"We must stop," {the president} said. {The speaker} left.',
        ["Ilves", "Karl Brandt"],
    ),
    (
        "Mr. Dorn went in early, hoping the quarrel would help him as it did President Tom Hale in 1994. "
        '"We spoke of that today," {he} told reporters.',
        ["Dorn"],
    ),
    ("Dorn's stand on tariffs annoyed Rosen, who often calls for open borders. {He} called Dorn's budget a sham.", ["Rosen"]),
    ('"I was told to wait," {one person close to the talks} said, according to {Mr. McColl}.', [None, "McColl"]),
    ("Jan Roe Jr. met his father, Jan Roe. {Roe} said no. {Jan Roe Jr.} agreed.", ["Jan Roe", "Jan Roe Jr."]),
    ("Martin Poe III came. {Mr. Poe} said no.", ["Martin Poe III"]),
    ("Bill Tarn and Hilda Tarn came. {Mrs. Tarn} said no. {Mr. Tarn} agreed.", ["Hilda Tarn", "Bill Tarn"]),
    (
        "Former minister Marta Fox spoke. {Fox} said no. Mayor Otto Bloomberg came. {Bloomberg} said he agreed.",
        ["Marta Fox", "Otto Bloomberg"],
    ),
    ("Judge Ida Hall ruled. {Hall} said no.", ["Ida Hall"]),
    ("John Roe and Susan Poe came. {John} said no. {Susan} agreed.", ["John Roe", "Susan Poe"]),
    ("Tyra McClenney spoke. {McLenney} said no.", ["Tyra McClenney"]),  # misspelt once
    ("{A spokesman for Mayor Ida Poe} said no. {Poe} left. {Her spokeswoman, Jan Roe,} agreed.", [None, "Ida Poe", "Jan Roe"]),
    ("{The mayor of the town, Nadia Orlo,} said no. {Its council leader, Ida Poe,} agreed.", ["Nadia Orlo", "Ida Poe"]),
    ("The Sallow Port Authority (SPA) met. {The authority} said no. Tessmark's {army} agreed.", ["Sallow Port Authority", "army"]),
    ("{The woman} left. {She} said no. Nadia Orlo came.", [None, None]),
]


@pytest.mark.parametrize(("marked", "expected"), MOUTHS, ids=[row[0][:50] for row in MOUTHS])
def test_the_right_mouth(marked: str, expected: list[str | None]) -> None:
    assert [who.speaker for who in told(marked)[1]] == expected


KINDS: list[tuple[str, list[tuple[str, str | None, str | None]]]] = [
    ("Former minister Marta Fox came. {Fox} said no.", [("official", "named_person", None)]),
    (
        "Rep. Jan Ryan came. {A Ryan spokesman} said no. {Ryan's office} agreed.",
        [("politician", "unnamed_person", "Jan Ryan"), ("politician", "named_organisation", "Jan Ryan")],
    ),
    (
        "{A senior administration official} said no. {Senior officials} agreed. {People briefed on the talks} came. {Officials} left.",
        [
            ("official", "anonymous", "administration"),
            ("official", "anonymous", None),
            ("unknown", "anonymous", None),
            ("official", "unnamed_group", None),
        ],
    ),
    ("{Dora Wells, the vice-president of tea at Brill Tea Company,} said so.", [("business", "named_person", None)]),
    ("{Anton Reed's independent report for the World Sports Agency} said officials knew.", [("document", "document", "Anton Reed")]),
    (
        "{A study by the Brook Foundation} says so. {Polls} agree.",
        [("document", "document", "Brook Foundation"), ("document", "document", None)],
    ),
    ("{Mr. Tarn} said we must act. Mr. Tarn, 51, is an independent journalist.", [("media", "named_person", None)]),
    ("{PPD spokesperson Ina Holt} said no.", [("politician", "named_person", "PPD")]),
    ("{Military experts} say so. {Various players} disagree.", [("expert", "unnamed_group", None), ("unknown", "unnamed_group", None)]),
    (
        "{U.S. officials} said no. {Police} agreed.",
        [("official", "unnamed_group", "United States"), ("official", "named_organisation", None)],
    ),
    ("Jan Roe came with {his lawyer, Ida Poe}. {Poe} said no.", [("expert", "named_person", "Jan Roe")] * 2),
    ("{White House press secretary Ida Poe} spoke. {Poe} said no.", [("official", "named_person", "White House")] * 2),
]


@pytest.mark.parametrize(("marked", "expected"), KINDS, ids=[row[0][:50] for row in KINDS])
def test_kind_naming_and_behalf(marked: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    assert [(who.source_type, who.naming, who.speaks_for) for who in told(marked)[1]] == expected


DESCRIBED = [  # (marked sources, who each is)
    ("{Rep. Ida Poe, D-Ohio}, said no. {Rep. Jan Roe (R-Maine)} said yes. {The Ohio Democrat} went on.", ["Ida Poe", "Jan Roe", "Ida Poe"]),
    ("{Rep. Ida Poe, D-Ohio}, met Rep. Ada Quill, R-Ohio. {The Ohio Republican} said no.", ["Ida Poe", "Ada Quill"]),
    ("{Rep. Ida Poe, D-Ohio}, said no. {The Texas Republican} said yes.", ["Ida Poe", None]),
    ("{Jan Roe} of Tessmark said no. {The tycoon} also said that wages fell. {He} left.", ["Jan Roe"] * 3),
    ("{Jan Roe} said no to Ida Poe. {The tycoon} said that wages fell.", ["Jan Roe", None]),
    ("{A tycoon} paid. {Jan Roe} said no. {The tycoon} said that wages fell.", [None, "Jan Roe", None]),
    ("{Jan Roe} said no. {The suspects' uncle} said yes. {The company spokesman} said so too.", ["Jan Roe", None, None]),
    ("{Sens. Jan Roe, Ida Poe and Ada Quill} said they could vote for it.", [None]),
    ("{The union} said no. {It} was reported on Monday that police had come.", ["union", None]),
    (
        "{The Tessmark defence ministry} said no. {Jan Roe} said yes. {The ministry} warned him.",
        ["Tessmark defence ministry", "Jan Roe", "Tessmark defence ministry"],
    ),
    ("{Lawyers Jan Roe, of Vantry Steel, and Ida Poe, of Orlo Bank}, said no.", [None]),
    ("They met Rep. Jan Roe (D-Ohio), chairman of the harbour panel, {who} said no.", ["Jan Roe"]),
    ("{U.S. Ambassador to the United Nations Ida Poe} said no.", ["Ida Poe"]),
    ("{One centrist, Tessmark's Ida Poe}, said no. {Tessmark mediator, Foreign Minister Jan Roe}, agreed.", ["Ida Poe", "Jan Roe"]),
    ("{Jan Roe} said no. {The Texas Republican} said that it was over.", ["Jan Roe", None]),
    ("{Jan Roe during the meeting} said no. {Iran in the past} has said no.", ["Jan Roe", "Iran"]),
]


@pytest.mark.parametrize(("marked", "expected"), DESCRIBED, ids=[row[0][:60] for row in DESCRIBED])
def test_who_is_called_again_in_other_words(marked: str, expected: list[str | None]) -> None:
    assert [who.speaker for who in told(marked)[1]] == expected


BEHALF = [
    ("President Marek Dorn came. {Jan Roe, counsel to the president}, said no.", "Marek Dorn"),
    ("{The campaign manager for Ida Poe} said no.", "Ida Poe"),
    ("{Ida Poe's campaign manager Jan Roe} said no.", "Ida Poe"),
    ("{Tessmark foreign ministry spokesman Jan Roe} said no.", "Tessmark foreign ministry"),
    ("{The intelligence officials} said no.", None),
    ("{A strategist in the state of Vantry} said no.", None),
]


@pytest.mark.parametrize(("marked", "behalf"), BEHALF, ids=[row[0][:60] for row in BEHALF])
def test_on_whose_behalf(marked: str, behalf: str | None) -> None:
    assert [who.speaks_for for who in told(marked)[1]] == [behalf]


def test_the_nominee_of_a_party_at_the_date() -> None:
    marked = "Reporters met Donald Trump and Hillary Clinton. {The GOP presidential nominee} said no. {The Democratic nominee} said yes."
    assert [who.speaker for who in told(marked, datetime.date(2016, 9, 8))[1]] == ["Donald Trump", "Hillary Clinton"]
    assert [who.speaker for who in told(marked, datetime.date(2014, 9, 8))[1]] == [None, None]


def test_an_office_with_its_country_goes_to_who_holds_it() -> None:
    marked = "{Iran's foreign minister} spoke. Reporters asked Javad Zarif. {Tessmark's foreign minister} did not speak."
    assert [who.speaker for who in told(marked, datetime.date(2020, 1, 3))[1]] == ["Javad Zarif", None]


def test_a_spokesman_whose_name_comes_later() -> None:
    lead = "The works will close, a spokesman for Vantry Steel said."
    text = f'{lead}\n\n"We had no choice," said Otto Kell on Monday. Kell added that it was over.'
    found = find_attributions(text, engine="rules")
    assert [(a.speaker, a.speaks_for) for a in found] == [("Otto Kell", "Vantry Steel")] * 3
    told_of = text.replace("said Otto Kell on Monday", "said Otto Kell, a welder, on Monday")
    assert [a.speaker for a in find_attributions(told_of, engine="rules")][:1] == [None]


NAMING = [
    ("57 percent of those asked", "unnamed_group"),
    ("Nearly half", "unnamed_group"),
    ("Reporters travelling with her", "unnamed_group"),
    ("One lawmaker this week", "unnamed_person"),
    ("Those who saw it", "unnamed_group"),
    ("Both sides", "unnamed_group"),
    ("The public", "unnamed_group"),
    ("They", "unnamed_group"),
    ("An activist working with the family", "unnamed_person"),
]


@pytest.mark.parametrize(("source", "naming"), NAMING, ids=[row[0] for row in NAMING])
def test_naming_of_people_without_a_name(source: str, naming: str) -> None:
    assert [who.naming for who in told(f"{{{source}}} said no.")[1]] == [naming]


def test_one_person_is_of_one_kind_by_the_office_held_at_the_date() -> None:
    marked = "{Angela Merkel} met leaders of her party. {The chancellor} stayed. {Merkel} left."
    (_, then), (_, later) = told(marked, datetime.date(2015, 3, 1)), told(marked)
    assert [(who.speaker, who.source_type) for who in then] == [("Angela Merkel", "official")] * 3
    assert [who.source_type for who in later] == ["official"] * 3
    beside = told("{Angela Merkel} met Nadia Orlo. {The chancellor} stayed.")[1]
    assert [who.speaker for who in beside] == ["Angela Merkel", None]  # nothing tells who held the office


def test_title_and_qualification() -> None:
    marked = "{Jan Roe, a surgeon who treated the wounded}, said no. {Mayor Ida Poe} said no. {A nurse who was there} agreed."
    text, found = told(marked)
    assert [who.title for who in found] == ["surgeon", "Mayor", None]
    assert [who.qualification and who.qualification.of(text) for who in found] == [
        "a surgeon who treated the wounded",
        None,
        "who was there",
    ]


def test_ten_thousand_names_and_one_name_five_thousand_times() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    several = (f"Jan R{a}{b}{c} said the port was safe." for a in letters for b in letters for c in letters[:8])
    alone = (f"K{a}{b}{c}on said the port was safe." for a in letters for b in letters for c in letters[:15])
    offices = (f"President Jan K{a}{b}on said the port was safe. The president said no to it." for a in letters for b in letters)
    for text in (" ".join(several), " ".join(alone), " ".join(offices) * 4, "Jan Roe said the port was safe. " * 5_000):
        began = time.process_time()
        assert len(find_attributions(text, engine="rules")) > 4_000
        assert time.process_time() - began < 60


@pytest.mark.parametrize("text", ["Jan Roe Ida Poe Nadia Orlo", "Roe", "said", "The president", "—", "Jan Roe’s", "said Jan Roe, Jr."])
def test_odd_texts(text: str) -> None:
    find_attributions(text, engine="rules")
