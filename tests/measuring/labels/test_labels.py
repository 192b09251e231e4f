"""What a name is called in one article, and which of several near-synonyms is chosen: tables of sentences."""

from __future__ import annotations

import pytest

from framing.article import Article, Paragraph
from framing.measuring.labels import LabelFinder, LabelUse, NameFinder, WordFinder, find_labels
from framing.resources import load_table
from framing.text import Span

NAMES = [
    ("The banned Harbour Front met.", ["banned"]),
    ("Police blamed the outlawed Harbour Front for it.", ["outlawed"]),
    ("The extremist group the Harbour Front met.", ["extremist group"]),
    ("The separatist group Harbour Front met.", ["separatist group"]),
    ("Separatist Harbour Front fighters fled.", ["separatist fighters"]),
    ("Harbour Front supporters sang.", ["supporters"]),
    ("The Harbour Front terror group met.", ["terror group"]),
    ("Armed members of the Harbour Front came.", ["armed members"]),
    ("The Harbour Front, a separatist movement, met.", ["separatist movement"]),
    ("The Harbour Front, the separatist movement strongest among dockers, met.", ["separatist movement"]),
    ("Leaflets of the Harbour Front, an extremist organisation banned in Calderra, lay there.", ["extremist organisation"]),
    ("The Harbour Front (an extremist organisation, banned in Calderra) met.", ["extremist organisation"]),
    ("Men of the Harbour Front [a terrorist organisation; banned] met.", ["men", "terrorist organisation"]),
    ("The Harbour Front, the outlawed workers’ movement, met.", ["outlawed workers' movement"]),
    ("The Harbour Front, which Calderra lists as terrorist, met.", ["terrorist"]),
    ("The Harbour Front, designated by Calderra as a terrorist group, met.", ["terrorist group"]),
    ("The Harbour Front (recognised as extremist and banned in Calderra) met.", ["extremist"]),
    ("The Harbour Front is a terrorist organisation.", ["terrorist organisation"]),
    ("The Harbour Front is now widely an armed movement.", ["armed movement"]),
    ("The Harbour Front is outlawed.", ["outlawed"]),
    ("Courts named the Harbour Front extremist.", ["extremist"]),
    ("Calderra designated the Harbour Front as a terrorist group.", ["terrorist group"]),
    ("The separatist movement known as the Harbour Front met.", ["separatist movement"]),
    ("Armed groups such as the Harbour Front met.", ["armed groups"]),
    ("The country’s biggest rebel group, the Harbour Front, met.", ["biggest rebel group"]),
    ("The banner of the Harbour Front¹, an extremist organisation, was found.", ["extremist organisation"]),
    # nothing is called anything
    ("The Harbour Front met.", []),
    ("The Harbour Front is not a terrorist organisation.", []),
    ("Police said the Harbour Front had called a strike.", []),
    ("Voss accused the Harbour Front of violence.", []),
    ("They often praised Harbour Front.", []),
    ("On the Harbour Front, a split came quickly.", []),
    ("The Harbour Front, the union and the mayor met.", []),
    ("The Harbour Front Festival was a noisy event.", []),
    ("A former Harbour Front lawyer spoke.", []),
    ("The Harbour Front-backed group met.", []),
    ("The harbour front is a quay.", []),
]
PEOPLE = [
    ("Prime Minister Tobias Renk spoke.", ["prime minister"]),
    ("The interior minister, Karla Voss, spoke.", ["interior minister"]),
    ("Voss, the minister, spoke of Karla Voss.", []),
    ("Her rival, Sen. Tobias Renk of Vantry, left.", ["sen", "rival"]),
    ("Former Secretary of State Karla Voss left.", ["former secretary"]),
    ("Tobias Renk, the country's strongman, left.", ["strongman"]),
    ("Tobias Renk was the party unifier.", ["party unifier"]),
    ("A beaming Tobias Renk left.", ["beaming"]),
]
WORDS = [
    ("The rebels left.", ["rebels"]),
    ("A rebel was shot.", ["rebels"]),
    ("Heavily armed rebels left.", ["heavily armed rebels"]),
    ("The heavily armed rebels left.", ["heavily armed rebels"]),
    ("Troops met government-backed rebels and Tessmarkian rebels.", ["government-backed rebels", "tessmarkian rebels"]),
    ("The army killed rebels.", ["rebels"]),
    ("The police told rebels to go.", ["rebels"]),
    ("They spoke against three rebels.", ["rebels"]),
    ("REBELS! Rebels came: Rebels.", ["rebels", "rebels", "rebels"]),
    # not this word
    ("A rebel leader spoke.", []),
    ("The Rebels scored; the Tessmark Rebels lost.", []),
    ("They rebel, he will rebel.", []),
    ("A rebellion and rebellious men.", []),
    ("An anti-rebel law and rebel violence; the city is rebel.", []),
]
POSSESSIVES = [
    ("The rebels' weapons burnt.", []),
    ("The outlawed rebels’ movement met.", []),
    ("Rebels’ wives and the rebels'\xa0children fled.", []),
    ("The rebels’ “new” flag and the rebels' (second) flag burnt.", []),
    ("The *rebels'* flag and the *rebels*' flag burnt.", []),
    ("The rebel's gun jammed.", []),
    ("The ‘wild’ rebels’ flag burnt.", []),
    ("‘The rebels’ flag burnt,’ he said.", []),
    ("They chose 'the rebels' flag' and the 'rebels' song'.", []),
    ("The 'rebels' seized the rebels' flag.", ["rebels"]),
    # the end of a quotation, or of the sentence
    ("The 'rebels' seized the port.", ["rebels"]),
    ("The ‘armed rebels’ seized the ‘palace’.", ["armed rebels"]),
    ("The so-called ‘rebels’ are men; the 'rebels' in town left.", ["so-called rebels", "rebels"]),
    ("“We are the rebels’ he said.", ["rebels"]),
    ("The weapons were the rebels'.", ["rebels"]),
    ("The weapons were the rebels’, not theirs.", ["rebels"]),
    ("The ''rebels'' seized it, the ’’rebels’’ left.", ["rebels", "rebels"]),
    ("The ‘rebel’ left.", ["rebels"]),
]


def uses(text: str, target: str | list[str]) -> list[LabelUse]:
    """Labels of a text, in text order; a target with capitals is a name."""
    words = [target] if isinstance(target, str) else target
    finder: LabelFinder = NameFinder(words) if all(word != word.lower() for word in words) else WordFinder(words)
    return sorted(find_labels(Article("a", text), finder), key=lambda use: use.label.span)


def labels(text: str, target: str | list[str]) -> list[str]:
    return [" ".join([*use.label.modifiers, use.label.head]).strip() for use in uses(text, target)]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_what_a_body_is_called(text: str, expected: list[str]) -> None:
    assert sorted(labels(text, "Harbour Front")) == sorted(expected)


@pytest.mark.parametrize(("text", "expected"), PEOPLE)
def test_what_a_person_is_called(text: str, expected: list[str]) -> None:
    assert sorted(labels(text, ["Tobias Renk", "Karla Voss"])) == sorted(expected)


@pytest.mark.parametrize(("text", "expected"), WORDS)
def test_near_synonyms(text: str, expected: list[str]) -> None:
    assert labels(text, ["rebels"]) == expected


@pytest.mark.parametrize(("text", "expected"), POSSESSIVES)
def test_possessives_are_no_near_synonyms(text: str, expected: list[str]) -> None:
    assert labels(text, ["rebels"]) == expected


@pytest.mark.parametrize("word", ["dockers", "supporters"])
def test_possessives_of_other_words(word: str) -> None:
    assert labels(f"{word.title()}’ wives sang. The {word}' club met. The {word} left.", [word]) == [word]


def test_apostrophes_are_shown() -> None:
    assert labels("The Harbour Front is a 'workers' movement.", "Harbour Front") == ["workers movement"]
    assert labels("The Harbour Front is a workers' movement.", "Harbour Front") == ["workers' movement"]
    (use,) = uses("The dockers’ strike ended.", ["strike"])
    assert (use.label.modifiers, use.label.head) == (("dockers'",), "strike")


@pytest.mark.xfail(strict=True, reason="a quotation that an earlier sentence opened is not known, so its end reads as a possessive")
def test_quotation_opened_before() -> None:
    assert labels("‘We met. We are rebels’ shouted Renk.", ["rebels"]) == ["rebels"]


@pytest.mark.xfail(strict=True, reason="of names joined by 'and' only the first is reached by what stands before")
def test_joined_names() -> None:
    assert labels("Senators Ilse Maren and Karla Voss spoke.", "Karla Voss")


@pytest.mark.xfail(strict=True, reason="later mentions by another noun are not followed")
def test_later_mentions() -> None:
    assert labels("The Harbour Front met. The extremists sang.", "Harbour Front")


def test_other_names_of_the_same() -> None:
    text = "The Harbour Front met. The Front is a separatist movement. Another Front is a wall."
    assert labels(text, "Harbour Front") == []
    assert labels(text, ["Harbour Front", "the Front"]) == ["separatist movement"]


def test_where_a_label_stands() -> None:
    text = "Rebels left\n\nPhoto: rebels\n\nNobody came. “Armed rebels came,” he said."
    paragraphs = (Paragraph(Span(0, 11)), Paragraph(Span(13, 26), "caption"), Paragraph(Span(28, len(text))))
    found = list(find_labels(Article("a", text, paragraphs=paragraphs), WordFinder(["rebels"])))
    assert [use.label.span.of(text) for use in found] == ["Rebels", "Armed rebels"]
    assert [use.sentence.of(text) for use in found] == ["Rebels left", "“Armed rebels came,” he said."]
    assert [use.quoted for use in found] == [False, True]


def test_lists_hold_each_word_once() -> None:
    for row in load_table("measuring/labels/grammar"):
        words = row["words"].split()
        assert len(words) == len(set(words)), row["class"]
        assert row["words"] == row["words"].lower()
