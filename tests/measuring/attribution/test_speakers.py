"""Who is meant, for which side, and how the nameless are kept so: articles with their sources in braces, and what must be told of each."""

from __future__ import annotations

import datetime
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.article import Article
from framing.choices import UNNAMED
from framing.measuring.attribution.anonymity import form_of
from framing.measuring.attribution.sides import metonym, side_of
from framing.measuring.attribution.speakers import Speakers
from framing.measuring.attribution.types import Who
from framing.measuring.page import Page, as_page
from framing.resources import load_table
from framing.text import Span, paragraph_spans


def unmarked(marked: str) -> tuple[str, list[Span]]:
    """The text without its braces, and what stood between them."""
    text, spans, opened = "", [], 0
    for piece in re.split(r"([{}])", marked):
        if piece == "{":
            opened = len(text)
        elif piece == "}":
            spans.append(Span(opened, len(text)))
        else:
            text += piece
    return text, spans


def told(marked: str, date: datetime.date | None = None) -> tuple[str, list[Who]]:
    text, spans = unmarked(marked)
    speakers = Speakers(Page(Article("a", text, date=date), "rules"))
    speakers.meet(spans)
    return text, [speakers.resolve(s) for s in spans]


SPEAKERS: list[tuple[str, list[str | None]]] = [
    # one person under many names
    (
        '"They agreed," said {Colonel Edvin Stahl, spokesman for the ministry}. {He} gave no details.\n\n'
        "{Stahl} said the talks were private. {The spokesman} added that {Col. Stahl} would not say more.",
        ["Edvin Stahl"] * 5,
    ),
    (
        "Mayor Nadia Orlo met Interior Minister Karla Voss. {The mayor} said no. {The interior minister} agreed.",
        ["Nadia Orlo", "Karla Voss"],
    ),
    ("Interior Minister Karla Voss met the press. {The minister} said no. {The finance minister} agreed.", ["Karla Voss", None]),
    ("Gov. Ida Poe spoke. Former Gov. Jan Roe left. {The governor} said no.", ["Ida Poe"]),
    ("Mayor Nadia Orlo spoke. {A mayor} from Tessmark said no. {The mayor} said yes.", [None, None]),
    ("{Tim Roe, a baker,} came. {Timothy Roe} said no.", ["Tim Roe", "Tim Roe"]),
    ("{Jan Roe} and {Janet Roe} came. {Roe} said no.", ["Jan Roe", "Janet Roe", None]),
    ("{Karel Quill Jr.} came. {Quill} said no.", ["Karel Quill Jr.", "Karel Quill Jr."]),
    ("Mayor Nadia Orlo came. It was late in {her} view, and to {his} mind early.", ["Nadia Orlo", None]),
    ("Maud Tillery, 67, was first in line. {The 67-year-old pensioner} said no.", ["Maud Tillery"]),
    ("Mayor and party leader {Nadia Orlo} came. {Baker and best-selling author Ida Poe} said no.", ["Nadia Orlo", "Ida Poe"]),
    ("Jan Roe, {a spokesman for the port}, said no. He met Ida Poe, {an aide} said.", ["Jan Roe", None]),
    ("{CP's Jan Roe} said no. {Roe} said it again.", ["Jan Roe", "Jan Roe"]),
    # two at once are no one speaker
    ("Jan Roe met Ida Poe. {Roe and Poe} said no. {Jan Roe and his wife} said so.", [None, None]),
    # institutions: one name with and without "the", abbreviated, shortened
    (
        "{The Harbour Workers' Union (HWU)} called a strike. {The HWU} said no. {HWU} agreed. {The union} would wait. {It} had time.",
        ["Harbour Workers' Union"] * 5,
    ),
    ("{The Harbour Workers' Union} met the Vantry Teachers' Union. {The union} said no.", ["Harbour Workers' Union", None]),
    (
        "{The Vantry City Council} met. {The council} said no. {The city council} said yes. {The town council} left.",
        ["Vantry City Council"] * 3 + [None],
    ),
    ("The Harbour Workers' Union met. {A rival union} said no. {The union} said yes.", [None, None]),
    ("The Civic Union met. {The dockers' union} said no. {The union} said yes.", [None, None]),
    ("{The Commission for Harbour Safety} said no. {The commission} said yes.", ["Commission for Harbour Safety"] * 2),
    ("{The Orlo campaign} said no. {Orlo's campaign} said yes.", ["Orlo campaign"] * 2),
    ("{The Roe campaign} said no. {Roe} said yes.", ["Roe campaign", None]),
    ("{The ministry} said no. {Officials} said yes. {Police} said so. {Some Tessmarkers} too.", [None, None, "police", None]),
    ("{Tull} said no.", ["Tull"]),
    # a place is no person, a person no place
    ("Ada Paul came. {The St. Paul City Council} said no. {St. Paul} said yes.", ["St. Paul City Council", None]),
    ("Paulette Washington came. {Washington} said no.", ["Paulette Washington"]),
    ("{Vantry-era documents} said no. Grand Vantry-era plans said so.", [None]),
]


@pytest.mark.parametrize(("marked", "expected"), SPEAKERS, ids=[row[0][:50] for row in SPEAKERS])
def test_speakers(marked: str, expected: list[str | None]) -> None:
    assert [who.speaker for who in told(marked)[1]] == expected


METONYMS = [
    ("Moscow", True, "Russia"),
    ("the Kremlin", True, "Russia"),
    ("Washington's", True, "United States"),
    ("The Pentagon", True, "United States"),
    ("Downing Street", True, "United Kingdom"),
    ("Brussels", True, "European Union"),
    ("Vantry", True, "Calderra"),
    ("Tessmark, which has no port,", True, "Tessmark"),
    ("Wall Street", True, None),
    ("a shopkeeper in Moscow", False, None),
    ("Moscow residents", False, None),
    ("Washington Post", False, None),
    ("the Kremlin spokesman", False, None),
    ("us", False, None),
    ("", False, None),
]


@pytest.mark.parametrize(("words", "stands", "side"), METONYMS, ids=[row[0] for row in METONYMS])
def test_metonyms(words: str, stands: bool, side: str | None) -> None:
    assert metonym(words) == (stands, side)


def test_a_metonym_is_told_of_the_place_and_not_of_the_pronoun() -> None:
    _, (place, pronoun, keeper) = told("{Moscow} announced a pullback. {It} gave no date. {A shopkeeper in Moscow} shrugged.")
    assert (place.speaker, place.source_type, place.side, place.metonym) == ("Moscow", "official", "Russia", True)
    assert (pronoun.speaker, pronoun.side, pronoun.metonym) == ("Moscow", "Russia", False)
    assert (keeper.speaker, keeper.side, keeper.metonym, keeper.naming) == (None, None, False, "unnamed_person")


def test_what_a_relative_pronoun_stands_for_is_told_without_the_metonym() -> None:
    _, (found,) = told("In the end, Moscow, {which} said no, was late.")
    assert (found.speaker, found.side, found.metonym) == ("Moscow", "Russia", False)


SIDES: list[tuple[str, list[str | None]]] = [
    (
        "{Russian officials} met {Ukraine's foreign minister}, {U.S. officials} and {a British diplomat}.",
        ["Russia", "Ukraine", "United States", "United Kingdom"],
    ),
    ("{The Kremlin} and {a White House spokesman} agreed with {the Taliban}.", ["Russia", "United States", "Taliban"]),
    ("{A Republican senator} met {Democrats} and {a GOP aide}.", ["Republican", "Democratic", "Republican"]),
    (
        "{Sen. Jan Roe (D-Ohio)} met {Rep. Ida Poe, R-Tex.,} on Friday. {Roe} and {Poe} smiled.",
        ["Democratic", "Republican", "Democratic", "Republican"],
    ),
    ("Sen. Jan Roe (R-Ohio) came. {He} said no.", ["Republican"]),
    ("{Calderra's prime minister, Tobias Renk,} came. {Renk} said no. {He} left.", ["Calderra"] * 3),
    ("{Ostmark's prime minister} came. {Ostmark's baker} left.", ["Ostmark", None]),  # a country that no list knows
    ("Jan Roe came. {Roe's foreign minister} left.", [None]),
    ("{Friday's army} came.", [None]),
    ("{The foreign minister of Tessmark} met {the ambassador to Tessmark}.", ["Tessmark", None]),
    ("{Anders Quill, leader of the Harbour Party,} came. {Quill} said no.", ["Harbour", "Harbour"]),
    ("{A spokesman for the Social Democratic Party} spoke.", ["Social Democratic"]),  # not the American party
    ("Russian President Vasil Poe came. {Poe} said no.", ["Russia"]),
    ("{The envoy for Tessmark} met {a spokesman for Tessmark} and {the government of Tessmark}.", [None, "Tessmark", "Tessmark"]),
    ("He told the Russian leader that President Ida Poe came. {Poe} left.", [None]),
    ("{Rep. Dutch Tull} came. {Tull} left.", [None, None]),
    ("Rep. Ada Jordan came. {Rep. Jordan} left.", [None]),
    # whose country is no side, or not theirs
    ("{A Russian baker} met {critics of the Russian government}.", [None, None]),
    ("{American Express} and {an African American official} spoke of {pro-Russian rebels}.", [None, None, None]),
    ("{Tull} spoke.", [None]),
]


@pytest.mark.parametrize(("marked", "expected"), SIDES, ids=[row[0][:50] for row in SIDES])
def test_sides(marked: str, expected: list[str | None]) -> None:
    assert [who.side for who in told(marked)[1]] == expected


def test_a_party_outranks_a_country() -> None:
    assert side_of("a U.S. Republican senator", "politician") == "Republican"


FORMS = [
    ("a senior official", "anonymous"),
    ("a person familiar with the talks", "anonymous"),
    ("one of the officials", "unnamed_person"),
    ("a campaign spokesman", "unnamed_person"),
    ("her lawyer", "unnamed_person"),
    ("a former mayor", "unnamed_person"),
    ("the official", "anonymous"),
    ("officials", "unnamed_group"),
    ("critics", "unnamed_group"),
    ("people briefed on the matter", "anonymous"),
    ("two senators present", "unnamed_group"),
    ("a handful of aides", "unnamed_group"),
    ("some", "unnamed_group"),
    ("the mayor", None),
    ("Tessmark's foreign minister", None),
    ("its president", None),
    ("police", None),
    ("prosecutors", None),
    ("the driver", None),  # who may be anybody named before
    ("the ministry", None),
    ("a study", None),
    ("recent polls", None),
    ("newspapers", None),
    ("55 percent of voters", None),
    ("we", None),
    ("", None),
]


@pytest.mark.parametrize(("words", "form"), FORMS, ids=[row[0] for row in FORMS])
def test_forms_of_anonymity(words: str, form: str | None) -> None:
    assert form_of(words) == form


REQUESTED = [
    (
        "{A senior official, who spoke on condition of anonymity because she was not authorised to speak publicly,} said no.",
        "because she was not authorised to speak publicly",
    ),
    ("{Two aides} said no, citing the sensitivity of the talks. {Both} spoke on condition of anonymity.", None),
    ("{An aide} said no. The aide asked not to be named, citing the sensitivity of the talks.", "citing the sensitivity of the talks"),
    ("{A docker} who declined to give his name for fear of reprisals said no.", "for fear of reprisals"),
    ("{An official} said no, speaking on the condition of anonymity to discuss private talks.", "to discuss private talks"),
    ("{An official who was not authorized to speak publicly} said no.", "was not authorized to speak publicly"),
    ("Citing the risk to their jobs, {two clerks} requested anonymity.", "Citing the risk to their jobs"),
    ('"It is late," said {a clerk} who asked that her name not be used.', None),
    ("{A diplomat} told CP, on condition that he not be identified, that it was late.", None),
]


@pytest.mark.parametrize(("marked", "reason"), REQUESTED, ids=[row[0][:60] for row in REQUESTED])
def test_anonymity_asked_for_and_its_reason(marked: str, reason: str | None) -> None:
    text, (who, *_) = told(marked)
    assert (who.speaker, who.naming) == (None, "anonymous")
    assert (who.anonymity_reason.of(text) if who.anonymity_reason else None) == reason


def test_the_nameless_stay_so_when_mentioned_again() -> None:
    text, found = told(
        "{A Tessmark official} spoke on condition of anonymity because the talks are private.\n\n"
        "It rained.\n\n{The official} said no. {She} left."
    )
    assert [(w.naming, w.side, w.anonymity_reason and w.anonymity_reason.of(text)) for w in found] == [
        ("anonymous", "Tessmark", "because the talks are private")
    ] * 3


NOT_ANONYMOUS = [
    "{Nadia Orlo}, who asked not to be named in the report, said no.",
    "Mayor Nadia Orlo came. {The mayor} said no.",
    "{The interior ministry} said no on condition of anonymity.",
    "{Police} said no. {The report} agreed. {The Harbour Workers' Union} too.",
    "{Tull} said no.",
    "{Ida Baker, a nurse,} said no. {Baker} left.",
]


@pytest.mark.parametrize("marked", NOT_ANONYMOUS)
def test_not_anonymous(marked: str) -> None:
    assert not {who.naming for who in told(marked)[1]} & set(UNNAMED)


def test_a_request_far_away_or_of_somebody_else_does_not_count() -> None:
    far = "{A docker} said no. It rained. Nobody came. A clerk asked not to be named."
    assert told(far)[1][0].naming == "unnamed_person"
    named = "{A docker} said no. Nadia Orlo asked not to be named."
    assert told(named)[1][0].naming == "unnamed_person"


def test_lists_are_sound() -> None:
    sides = load_table("english/sides")
    assert {row["kind"] for row in sides} == {"country", "party"}
    assert len({row["side"] for row in sides}) == len(sides)
    people = [form for row in sides for form in row["people"].split("|")]
    assert len(people) == len(set(people))
    known = {row["side"] for row in sides}
    metonyms = load_table("measuring/attribution/metonyms")
    assert {row["kind"] for row in metonyms} == {"building", "city"}
    assert {row["side"] for row in metonyms} <= {*known, ""}
    assert len({row["name"] for row in metonyms}) == len(metonyms)
    rows = load_table("measuring/attribution/anonymity")
    assert {row["use"] for row in rows} == {
        "always",
        "granted",
        "institution",
        "nobody",
        "office",
        "people",
        "person",
        "reason",
        "requested",
        "things",
        "withheld",
    }
    assert len({(row["use"], row["pattern"]) for row in rows}) == len(rows)
    assert [(row["use"], row["pattern"]) for row in rows] == sorted((row["use"], row["pattern"]) for row in rows)


PEOPLE = "Roe|the mayor|said|Jan Roe|Mayor|he|they|HWU|(HWU)|Harbour Workers' Union|the union|Moscow|an official|prime minister|a group of"
MARKS = "\"|“|”|,|.|\n\n|and|because|on condition of anonymity|Russian|'s|’s|(D-Ohio)|ORLO:|אבג|\u202e|😀|İ|ß|\x00|%|of|, 67,"
PIECES = st.sampled_from([*PEOPLE.split("|"), *MARKS.split("|")])


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=40), st.data())
def test_any_text_is_read_and_spans_slice_back(pieces: list[str], data: st.DataObject) -> None:
    text = " ".join(pieces)
    paragraphs = paragraph_spans(text)
    if not paragraphs:
        return
    speakers = Speakers(as_page(text, "rules"))
    for paragraph in paragraphs:
        start = data.draw(st.integers(paragraph.start, paragraph.end - 1))
        end = data.draw(st.integers(start + 1, paragraph.end))
        who = speakers.resolve(Span(start, end))
        assert who.speaker is None or who.speaker.strip()
        assert who.naming not in UNNAMED or who.speaker is None
        if who.anonymity_reason:
            assert who.naming == "anonymous"
            assert who.anonymity_reason.of(text).strip() == who.anonymity_reason.of(text) != ""


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=200))
def test_any_characters(words: str) -> None:
    if not words.strip():
        return
    Speakers(as_page(words, "rules")).resolve(Span(0, len(words)))
    form_of(words)
    metonym(words)
    side_of(words, "official")


UNITS = [
    "{An official} said no on condition of anonymity. ",
    "{The Harbour Workers' Union (HWU)} met. {The union} said no. ",
    "Mayor Jan Roe met Mayor Ida Poe. {The mayor} said no. {He} left. ",
    "{A rival union} met. {The union} left. ",
    "{Jan Roe} ",
    "{Moscow} said no. {It} left.\n\n",
    "{Calderra's prime minister} said no ",
]


@pytest.mark.parametrize("unit", UNITS)
def test_work_grows_with_the_text_not_its_square(unit: str) -> None:
    def seconds(n: int) -> float:
        marked = unit * n
        text, spans = unmarked(marked)
        began = time.process_time()
        speakers = Speakers(as_page(text, "rules"))
        for span in spans:
            speakers.resolve(span)
        return time.process_time() - began

    seconds(20)  # word lists are read at first use
    small, large = min(seconds(500) for _ in range(3)), seconds(8_000)
    assert large < 80 * max(small, 0.002)  # 16 if linear, 256 if quadratic


def test_many_namesakes_are_not_compared_each_time() -> None:
    names = " ".join(f"J{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}{chr(97 + i // 676)} Roe met." for i in range(3_000))
    text, spans = unmarked(f"{names} " + "{Roe} said no. " * 3_000)
    began = time.process_time()
    speakers = Speakers(as_page(text, "rules"))
    assert {speakers.resolve(span).speaker for span in spans} == {None}
    assert time.process_time() - began < 20
