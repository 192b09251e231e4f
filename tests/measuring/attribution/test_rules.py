"""Who says what: tables of sentences with what must be found in them, and properties that hold for any text."""

from __future__ import annotations

import importlib.util
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.article import Article, Paragraph
from framing.choices import SOURCE_TYPES
from framing.measuring import attribution
from framing.measuring.attribution import Attribution, kind_of_source
from framing.resources import load_table
from framing.text import Span

Row = tuple[str, str, list[str], str]  # source, cue, contents, form


def find_attributions(article: Article | str) -> tuple[Attribution, ...]:
    return attribution.find_attributions(article, engine="rules")


def read(text: str, found: tuple[Attribution, ...]) -> list[Row]:
    return [
        (
            " … ".join(s.of(text) for s in a.source),
            " … ".join(s.of(text) for s in a.cue),
            [s.of(text) for s in a.content],
            a.form,
        )
        for a in found
    ]


ONE = [
    # quotations: speaker after, before, between
    (
        '"The port will reopen on Monday," Mayor Nadia Orlo said.',
        "Mayor Nadia Orlo",
        "said",
        ['"The port will reopen on Monday,"'],
        "direct",
    ),
    ("“We lost the vote,” Quill admitted.", "Quill", "admitted", ["“We lost the vote,”"], "direct"),
    ("''We lost the vote,'' Quill admitted.", "Quill", "admitted", ["''We lost the vote,''"], "direct"),
    ('"Will the port reopen?" Quill asked.', "Quill", "asked", ['"Will the port reopen?"'], "direct"),
    ('"Enough!" shouted one of the dockers.', "one of the dockers", "shouted", ['"Enough!"'], "direct"),
    (
        '"The port will reopen," said Nadia Orlo, the mayor of Port Sallow.',
        "Nadia Orlo, the mayor of Port Sallow",
        "said",
        ['"The port will reopen,"'],
        "direct",
    ),
    (
        '"It was a mistake," said Lena Horvat, an economist at Vantry University, in an interview on Friday.',
        "Lena Horvat, an economist at Vantry University",
        "said",
        ['"It was a mistake,"'],
        "direct",
    ),
    ('Orlo said: "The port will reopen on Monday."', "Orlo", "said", ['"The port will reopen on Monday."'], "direct"),
    ('Orlo told reporters, "The port will reopen on Monday."', "Orlo", "told", ['"The port will reopen on Monday."'], "direct"),
    ('"The port," Orlo said, "will reopen on Monday."', "Orlo", "said", ['"The port,"', '"will reopen on Monday."'], "direct"),
    ('"It is over," he told the Herald. "We are tired of it."', "he", "told", ['"It is over,"', '"We are tired of it."'], "direct"),
    ('"It is over," Renk wrote on Monday.', "Renk", "wrote", ['"It is over,"'], "direct"),
    ('"Nobody is above the law," read the statement.', "the statement", "read", ['"Nobody is above the law,"'], "direct"),
    # indirect speech
    ("Renk said that the port would reopen.", "Renk", "said", ["that the port would reopen"], "indirect"),
    ("Renk said the port would reopen on Monday.", "Renk", "said", ["the port would reopen on Monday"], "indirect"),
    ("The port would reopen on Monday, Renk said.", "Renk", "said", ["The port would reopen on Monday"], "indirect"),
    ("It was, Orlo said, the worst night of her life.", "Orlo", "said", ["It was", "the worst night of her life"], "indirect"),
    (
        "The port would reopen on Monday, said Tobias Renk, the prime minister.",
        "Tobias Renk, the prime minister",
        "said",
        ["The port would reopen on Monday"],
        "indirect",
    ),
    (
        "According to the interior ministry, four people were arrested.",
        "the interior ministry",
        "According to",
        ["four people were arrested"],
        "indirect",
    ),
    (
        "Four people were arrested, according to the interior ministry.",
        "the interior ministry",
        "according to",
        ["Four people were arrested"],
        "indirect",
    ),
    ("Voss told CNN that the strike was over.", "Voss", "told", ["that the strike was over"], "indirect"),
    ("Voss told reporters the strike was over.", "Voss", "told", ["the strike was over"], "indirect"),
    ("Voss told him he was wrong.", "Voss", "told", ["he was wrong"], "indirect"),
    (
        "The ministry said in a statement on Friday that four people had been arrested.",
        "The ministry",
        "said in a statement",
        ["that four people had been arrested"],
        "indirect",
    ),
    (
        "Four people had been arrested, the ministry said in a statement.",
        "the ministry",
        "said in a statement",
        ["Four people had been arrested"],
        "indirect",
    ),
    (
        "In a statement, the ministry said four people had been arrested.",
        "the ministry",
        "said",
        ["four people had been arrested"],
        "indirect",
    ),
    ("On Thursday Renk announced that he would resign.", "Renk", "announced", ["that he would resign"], "indirect"),
    (
        "Stahl, the police chief, said four people had been arrested.",
        "Stahl, the police chief",
        "said",
        ["four people had been arrested"],
        "indirect",
    ),
    ("Senator Jan Roe (Civic Union) said the law was void.", "Senator Jan Roe (Civic Union)", "said", ["the law was void"], "indirect"),
    ("Roe, Poe and Doe said the law was void.", "Roe, Poe and Doe", "said", ["the law was void"], "indirect"),
    ("Critics say the law is too vague.", "Critics", "say", ["the law is too vague"], "indirect"),
    ("Vantry later announced a pullback.", "Vantry", "announced", ["a pullback"], "indirect"),
    ("The president vowed to rebuild the port.", "The president", "vowed", ["to rebuild the port"], "indirect"),
    ("The mayor urged residents to stay at home.", "The mayor", "urged", ["residents to stay at home"], "indirect"),
    ("Roe warned of further delays.", "Roe", "warned of", ["further delays"], "indirect"),
    (
        "As Horvat pointed out, the crown has lost a fifth of its value.",
        "Horvat",
        "pointed out",
        ["the crown has lost a fifth of its value"],
        "indirect",
    ),
    ("Voss has repeatedly said that nobody was hurt.", "Voss", "has repeatedly said", ["that nobody was hurt"], "indirect"),
    ("She offered no dates, saying the unions would keep talking.", "She", "saying", ["the unions would keep talking"], "indirect"),
    ("Union leader Bram Tolliver called for a vote.", "Union leader Bram Tolliver", "called for", ["a vote"], "indirect"),
    ("Horvat asked why the crown had fallen.", "Horvat", "asked", ["why the crown had fallen"], "indirect"),
    # beliefs, wishes, findings
    ("The dockers hope that talks will resume.", "The dockers", "hope", ["that talks will resume"], "indirect"),
    ("Horvat believes the crown will fall.", "Horvat", "believes", ["the crown will fall"], "indirect"),
    (
        "A survey by Vantry University found that most residents back the strike.",
        "A survey by Vantry University",
        "found",
        ["that most residents back the strike"],
        "indirect",
    ),
    # mixed
    (
        'The army has said it will keep an "over the hills" force in the valley.',
        "The army",
        "has said",
        ['it will keep an "over the hills" force in the valley'],
        "mixed",
    ),
    (
        'Tolliver, who leads the union, called the plan "a betrayal of every docker".',
        "Tolliver, who leads the union",
        "called",
        ['the plan "a betrayal of every docker"'],
        "mixed",
    ),
    ('Orlo said the night was "the worst of my life."', "Orlo", "said", ['the night was "the worst of my life."'], "mixed"),
    # transcripts
    ("ORLO: No, I will not resign.", "ORLO", ":", ["No, I will not resign."], "indirect"),
]


@pytest.mark.parametrize(("sentence", "source", "cue", "content", "form"), ONE, ids=[row[0][:60] for row in ONE])
def test_one_attribution(sentence: str, source: str, cue: str, content: list[str], form: str) -> None:
    assert read(sentence, find_attributions(sentence)) == [(source, cue, content, form)]


SEVERAL = [
    (
        '"It is over," he said, adding that nobody was hurt.',
        [("he", "said", ['"It is over,"'], "direct"), ("he", "adding", ["that nobody was hurt"], "indirect")],
    ),
    (
        "Stahl denied the charge and accused the Harbour Front of lying.",
        [("Stahl", "denied", ["the charge"], "indirect"), ("Stahl", "accused", ["the Harbour Front of lying"], "indirect")],
    ),
    (
        "Renk said that Voss denied the report.",
        [("Renk", "said", ["that Voss denied the report"], "indirect"), ("Voss", "denied", ["the report"], "indirect")],
    ),
    (
        '"We left," said Jan Roe. "We had no choice at all," said Ida Poe.',
        [("Jan Roe", "said", ['"We left,"'], "direct"), ("Ida Poe", "said", ['"We had no choice at all,"'], "direct")],
    ),
    (  # a quotation that goes on in the next paragraph, the first left open
        '"We left," said Roe. "It was so bad that we had to go.\n\n"Nobody helped us."',
        [("Roe", "said", ['"We left,"', '"It was so bad that we had to go.', '"Nobody helped us."'], "direct")],
    ),
    (
        '"We left the port," Roe said.\n\n"Nobody helped us at all."',
        [("Roe", "said", ['"We left the port,"', '"Nobody helped us at all."'], "direct")],
    ),
    (
        "REPORTER: Will you resign now?\n\nORLO: No, I will not.",
        [("REPORTER", ":", ["Will you resign now?"], "indirect"), ("ORLO", ":", ["No, I will not."], "indirect")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL, ids=[row[0][:60] for row in SEVERAL])
def test_several_attributions(text: str, expected: list[Row]) -> None:
    assert read(text, find_attributions(text)) == expected


NONE = [
    "",
    "She said goodbye.",
    "The statement was long.",
    'The so-called "reform" passed on Tuesday.',
    'Her novel "The Long Harbour" won a prize.',
    'The bill is known as the "harbour law".',
    "He has been said to be rich.",
    "The port's plans for a new pier were shelved.",
    "His claims cost the city a fortune.",
    "The state senate meets on Monday.",
    "The port is expected to reopen on Monday.",
    "They seemed to be tired.",
    "Four ships lay at the pier. Nobody came.",
    "Photo: Ida Poe, Continental Press agency",
]


@pytest.mark.parametrize("sentence", NONE)
def test_nothing_is_attributed(sentence: str) -> None:
    assert find_attributions(sentence) == ()


FAILURES = [
    pytest.param(
        'The mayor was blunt. "We lost the harbour to people who never worked a day in it."',
        "The mayor",
        marks=pytest.mark.xfail(reason="a speaker named only by the sentence before, without a cue word, is not found", strict=True),
    ),
    pytest.param(
        "Horvat's claim that the crown would fall was mocked.",
        "Horvat",
        marks=pytest.mark.xfail(reason="nouns as cues are left out: a third of them were right in the training articles", strict=True),
    ),
    pytest.param(
        "To the dockers, the deal is a betrayal.",
        "the dockers",
        marks=pytest.mark.xfail(reason="attributions without any cue word are not looked for", strict=True),
    ),
    pytest.param(
        "The deal was backed by the dockers.",
        "the dockers",
        marks=pytest.mark.xfail(reason="passive sentences with 'by' are not read", strict=True),
    ),
]


@pytest.mark.parametrize(("sentence", "source"), FAILURES)
def test_known_failures(sentence: str, source: str) -> None:
    assert [a.source[0].of(sentence) for a in find_attributions(sentence) if a.source] == [source]


KINDS = [
    ("the Pentagon", "official"),
    ("Moscow", "official"),
    ("the Kremlin", "official"),
    ("Colonel Edvin Stahl", "official"),
    ("a spokesman for the interior ministry", "official"),
    ("police", "official"),
    ("the United Nations", "official"),
    ("U.S. officials", "official"),
    ("Senator Jan Roe", "politician"),
    ("opposition leader Anders Quill", "politician"),
    ("lawmakers", "politician"),
    ("Prof. Lena Horvat", "expert"),
    ("Lena Horvat, an economist at Vantry University", "expert"),
    ("analysts", "expert"),
    ("a spokeswoman for Sallow Shipping Inc", "business"),
    ("the company", "business"),
    ("union leader Bram Tolliver", "civil_society"),
    ("the Red Cross", "civil_society"),
    ("Human Rights Watch", "civil_society"),
    ("residents", "citizen"),
    ("one of the dockers", "citizen"),
    ("a witness", "citizen"),
    ("the singer Ida Poe", "celebrity"),
    ("Reuters", "media"),
    ("the newspaper", "media"),
    ("a report", "document"),
    ("the indictment", "document"),
    ("sources", "unknown"),
    ("people familiar with the talks", "unknown"),
    ("an official who spoke on condition of anonymity", "official"),
    ("a senior official", "official"),
    ("a ministry official who asked not to be quoted", "official"),
    ("a diplomat", "official"),
    ("the deputy head of the commission", "official"),
    ("the district council", "official"),
    ("the weather service", "official"),
    ("Jan Roe, the head of the rescue operation", "official"),
    ("the inspectorate", "official"),
    ("the deputy speaker of the Assembly", "politician"),
    ("the hauliers' chairman", "business"),
    ("the utility", "business"),
    ("landlord Jan Roe", "business"),
    ("the dockers' union", "civil_society"),
    ("Jan Roe of the Valley Miners' Federation", "civil_society"),
    ("the families' lawyer", "expert"),
    ("Dr. Jane Roe", "expert"),
    ("Dr Jane Roe, the health minister", "official"),
    ("Maud Tillery, 67", "citizen"),
    ("the librarian, Abel Mott", "citizen"),
    ("Jan Roe, a nurse of 58", "citizen"),
    ("the striker", "celebrity"),
    ("the minutes", "document"),
    ("a table on page 31", "document"),
    ("a recent university study", "document"),
    ("the president of Sallow Shipping Inc", "business"),
    ("the president of France", "official"),
    ("Jan Roe, 58 percent of voters", "citizen"),
    # a vice-president or founder is what the company, charity or union is
    ("Ida Poe, the vice-president of coffee at Port Roasters", "business"),
    ("the senior vice president Tobias Renk", "business"),
    ("Sallow Dockers' Union president Bram Tolliver", "civil_society"),
    ("the chief executive of a children's charity", "civil_society"),
    ("Jan Roe, the founder of Renk Freight", "business"),
    ("an official at the shipping company", "business"),
    ("an official briefed on the company's plans", "official"),
    ("the president of Vantry Cement", "unknown"),
    ("Secretary of Agriculture Karla Voss", "official"),
    # the last noun tells
    ("military historians", "expert"),
    ("a police psychologist", "expert"),
    ("hospital patients", "citizen"),
    ("Republican voters", "citizen"),
    ("a Republican pollster", "expert"),
    ("Republican officials", "politician"),
    ("government lawyers", "official"),
    ("the company's workers", "citizen"),
    ("a high school teacher", "citizen"),
    ("Legal experts, government officials and others", "expert"),
    # scholars by their ending
    ("palaeoclimatologist Mara Lind", "expert"),
    ("two ethnomusicologists", "expert"),
    ("the apologist", "unknown"),
    # texts, whoever made them
    ("Anton Reed's long report for the Rowing Federation", "document"),
    ("a book by Ida Poe", "document"),
    ("Harbour Department data released in March", "document"),
    ("a copy of the timetable obtained by the Herald", "document"),
    ("the Voting Act", "document"),
    ("Anton Reed's lawyer", "expert"),
    ("Bill", "unknown"),
    # players, authors and producers of what?
    ("various players", "unknown"),
    ("a tennis player", "celebrity"),
    ("NBA players", "celebrity"),
    ("the writers", "unknown"),
    ("the authors of the study", "expert"),
    ("the novelist Ida Poe", "celebrity"),
    ("a writer for the National Review", "media"),
    # shares of people who were asked
    ("59 percent", "citizen"),
    ("nearly three in five", "citizen"),
    ("70 percent of Republicans", "citizen"),
    ("half of Senate Republicans", "politician"),
    ("two thirds of economists", "expert"),
    ("half of Roe's report", "document"),
    # states and parties
    ("Calderra and Tessmark", "official"),
    ("Texas and 12 other states", "official"),
    ("French negotiators", "official"),
    ("the French", "official"),
    ("PPD spokesperson Ina Holt", "politician"),
    ("Fred Roe (R-Ohio)", "politician"),
    ("Republican critics of the bill", "politician"),
    ("a conservative critic of the bill", "unknown"),
    ("a Conservative backer of the bill", "politician"),
    ("conservatives", "politician"),
    ("the president's opponents in the city", "unknown"),
    ("Harbour Opinion Partners", "unknown"),
    ("the rebels", "politician"),
    # institutions
    ("the sheriff's office", "official"),
    ("the Vantry Unified School District", "official"),
    ("an appeals court", "official"),
    ("Rowena Till, director of the Center for Harbour Studies", "expert"),
    ("the Campaign for Smoke-Free Kids", "civil_society"),
    ("the Vantry Bankers Association", "business"),
    ("FIFA", "celebrity"),
    ("The Sallow Gazette", "media"),
    ("Slate's Jan Roe", "media"),
    ("Russia's Tass agency", "media"),
    ("the guardian of the boy", "citizen"),
    ("agencies", "official"),
    ("ex-minister Karla Voss", "official"),
    ("Jan Roe, an ex-soldier", "citizen"),
    # more than one thing
    ("Renk's former student, Prime Minister Jan Roe", "official"),
    ("Ida Poe, a teacher and city councillor", "politician"),
    ("a neighbour of the mayor", "citizen"),
    ("the White House on Tuesday", "official"),
    ("the president himself", "official"),
    ("Rue Holm, executive director of the Nature Center in Vantry", "civil_society"),
    # what the lists must not take for a kind
    ("Critics of the government", "unknown"),
    ("Nadia Orlo, who learnt the trade from a baker", "unknown"),
    ("Baker", "unknown"),
    ("Jane Baker", "unknown"),
    ("Jan Roe of the Register", "unknown"),
    ("Jan Gazette", "unknown"),
    ("Cousins and critics of the mayor", "citizen"),
    ("a person close to the mayor", "unknown"),
    ("Jane Roe", "unknown"),
    ("he", "unknown"),
    ("", "unknown"),
]


@pytest.mark.parametrize(("words", "kind"), KINDS)
def test_kind_of_source(words: str, kind: str) -> None:
    assert kind_of_source(words) == kind


def speakers(text: str) -> list[tuple[str | None, str]]:
    return [(a.speaker, a.source_type) for a in find_attributions(text)]


def test_a_role_given_once_holds_for_later_mentions() -> None:
    text = (
        '"The crown is falling," said Lena Horvat, an economist at Vantry University.\n\n'
        "Horvat said the bank had waited too long. She added that rates would rise.\n\n"
        "Ms. Horvat told reporters that she was worried."
    )
    assert speakers(text) == [("Lena Horvat", "expert")] * 4


def test_a_role_before_the_first_mention_is_remembered() -> None:
    text = "Mayor Nadia Orlo opened the new pier on Monday.\n\nThe pier was safe, Orlo said."
    assert speakers(text) == [("Nadia Orlo", "official")]


def test_two_people_of_one_name_stay_open() -> None:
    text = "Jan Roe and Ida Roe met on Monday.\n\nRoe said the talks went well."
    assert speakers(text) == [(None, "unknown")]


def test_a_pronoun_of_the_other_sex_is_not_resolved() -> None:
    text = '"It is late," Mr. Tobias Renk said.\n\nShe said the talks went well.'
    assert speakers(text) == [("Tobias Renk", "unknown"), (None, "unknown")]


SPEAKERS = [
    # a person only introduced, not yet quoted, is who "she" is
    ('Greta Hollin, a pensioner, was first at the gate. "We will stay," she said.', [("Greta Hollin", "citizen")]),
    ('Greta Hollin, 71, was first at the gate.\n\n"We will stay all night," she said.', [("Greta Hollin", "citizen")]),
    ('Mayor Nadia Orlo met Jan Roe on Friday. "The talks went well," she said.', [("Nadia Orlo", "official")]),
    (
        "Jan Roe said that Ida Poe denied it. He added that she was wrong.",
        [("Jan Roe", "unknown"), ("Ida Poe", "unknown"), ("Jan Roe", "unknown")],
    ),
    # an institution
    ("The ministry said the port was safe. It added that ships were due.", [(None, "official")] * 2),
    ("The dockers' union met on Friday. It said that nobody would work.", [(None, "civil_society")]),
    ("Officials said the port was safe. They added that ships were due.", [(None, "official")] * 2),
    # what belongs to somebody
    ("Mayor Nadia Orlo was away on Friday. Her office said the port was safe.", [(None, "official")]),
    ("The Civic Union lost the vote. Its leader, Anders Quill, said the law was void.", [("Anders Quill", "politician")]),
    ("The mayor's wife, Ida Poe, said the port was safe.", [("Ida Poe", "citizen")]),
    # names without titles
    ("Interior Minister Karla Voss said the strike was over.", [("Karla Voss", "official")]),
    ("Dr. Alma Reyne said the strike was over.", [("Alma Reyne", "expert")]),
    ("Police Col. Edvin Stahl said the strike was over.", [("Edvin Stahl", "official")]),
    ("Landlady Jean Moffat said the strike was over.", [("Jean Moffat", "citizen")]),
    ("The chief of police, Col. Edvin Stahl, said the strike was over.", [("Edvin Stahl", "official")]),
    ("DEPUTY LARS EIDER: I will ask the minister about it.", [("LARS EIDER", "politician")] * 2),
    # "the mayor" once named; open where two are called so
    ("Mayor Nadia Orlo came home. The port was safe, the mayor said.", [("Nadia Orlo", "official")]),
    ("Mayor Nadia Orlo met Mayor Jan Roe. The port was safe, the mayor said.", [(None, "official")]),
    # no speaker: a last name alone, a place for "she", nobody, a dateline
    ("Tull said the port was safe.", [("Tull", "unknown")]),
    ('The boat left Hessen Valley at noon. "It was cold on the water," she said.', [(None, "unknown")]),
    ("Nobody said that the port was safe.", []),
    ("VANTRY (CP) — Police said the port was safe.", [("police", "official")]),
]


@pytest.mark.parametrize(("text", "expected"), SPEAKERS, ids=[row[0][:60] for row in SPEAKERS])
def test_speakers(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert speakers(text) == expected


def test_a_pronoun_far_from_its_speaker_stays_open() -> None:
    text = '"It is late," Tobias Renk said.\n\nA ship came.\n\nA ship left.\n\nA ship sank.\n\nHe said the talks went well.'
    assert speakers(text)[-1] == (None, "unknown")


def test_only_the_body_is_read_and_markup_is_not() -> None:
    text = 'Renk says port is safe\n\n"The **port** is safe," Renk said.\n\n*Renk said this is a note.*'
    paragraphs = (Paragraph(Span(0, 22), "headline"), Paragraph(Span(24, 58)), Paragraph(Span(60, len(text)), "notice"))
    article = Article(id="a", text=text, paragraphs=paragraphs, markup=(Span(29, 31), Span(35, 37)))
    found = find_attributions(article)
    assert [(a.content[0].of(text), article.words_at(a.content), a.form, a.headline) for a in found] == [
        ("port is safe", "port is safe", "indirect", True),
        ('"The **port** is safe,"', '"The port is safe,"', "direct", False),
    ]


def test_a_quotation_over_a_broken_paragraph_is_one() -> None:
    text = '"The meeting went on\n\nuntil midnight," said Jan Roe, a diplomat.'
    article = Article(id="a", text=text, paragraphs=(Paragraph(Span(0, len(text))),))
    assert [(len(a.content), a.speaker, a.source_type, a.form) for a in find_attributions(article)] == [
        (1, "Jan Roe", "official", "direct")
    ]


def test_word_lists_are_sound() -> None:
    forms = [form for row in load_table("english/cues") for form in row["forms"].split()]
    assert len(forms) == len(set(forms))
    assert {row["class"] for row in load_table("english/cues")} <= {"speech", "belief", "desire", "evidence"}
    assert {row["stance"] for row in load_table("english/cues")} <= {
        "neutral",
        "doubting",
        "endorsing",
        "conceding",
        "emotive",
        "forward",
    }
    assert all(0 < float(row["precision"]) <= 1 for row in load_table("measuring/attribution/rules"))
    assert {row["type"] for row in load_table("measuring/attribution/roles")} <= {*SOURCE_TYPES, "by_institution"}
    assert {row["type"] for row in load_table("measuring/attribution/institutions")} <= set(SOURCE_TYPES)
    assert {row["type"] for row in load_table("english/people")} <= set(SOURCE_TYPES)
    assert {row["sort"] for row in load_table("measuring/attribution/roles")} == {"person", "people", "body", "text"}
    assert {row["note"] for row in load_table("measuring/attribution/institutions")} == {"", "metonym", "whole"}
    for name, column in (
        ("measuring/attribution/roles", "word"),
        ("measuring/attribution/institutions", "name"),
        ("english/people", "name"),
    ):
        entries = [row[column] for row in load_table(name)]
        assert len(entries) == len(set(entries)), name


WORDS = "Roe|the mayor|said|says|told reporters|that|according to|he|she|who|Jan Roe|adding|claims|in a statement|the port|was|ORLO:|late"
MARKS = "\"|“|”|''|,|.|:|?|;|and|\n\n|\n|(|)|—|İ|ß|\x00|\ue000|\ue001"
PIECES = st.sampled_from([*WORDS.split("|"), *MARKS.split("|")])


def check(text: str) -> None:
    found = find_attributions(text)
    article = Article(id="a", text=text)
    body = article.spans()
    assert found == find_attributions(article)
    assert [a.content for a in found] == sorted(a.content for a in found)
    for a in found:
        assert a.content
        assert a.source_type in SOURCE_TYPES
        assert 0 < a.confidence <= 1
        for span in (*a.source, *a.cue, *a.content):
            assert span.end <= len(text)
            assert span.of(text).strip()
            assert any(paragraph.covers(span) for paragraph in body)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=60).map(" ".join))
def test_properties_on_news_like_text(text: str) -> None:
    check(text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_properties_on_any_text(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "unit",
    [
        '"',
        "said ",
        "Roe said ",
        '"No," said ',
        "adding ",
        "Roe, a man, said that ",
        '"It was bad. ',
        "Jan Roe, ",
        "( ",
        "word ",
        "Mayor Jan Roe met Ida Poe. He said no. ",
        "Its head, the mayor, said. It said no. ",
    ],
    ids=repr,
)
def test_work_grows_with_the_text_not_its_square(unit: str) -> None:
    def seconds(n: int) -> float:
        text = unit * n
        began = time.process_time()
        find_attributions(text)
        return time.process_time() - began

    find_attributions(unit * 50)  # word lists are read at first use
    small, large = (min(seconds(n) for _ in range(3)) for n in (1_000, 16_000))
    assert large < 80 * max(small, 0.002)  # 16 if linear, 256 if quadratic


def test_figures_on_hand_coded_articles(gold_dir: Path) -> None:
    spec = importlib.util.spec_from_file_location("score_attribution", gold_dir / "score_attribution.py")
    assert spec
    assert spec.loader
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    gold: dict[str, Any] = scorer.read_rows(gold_dir / "polnear_dev.jsonl.gz")
    predicted = {
        key: {
            "attributions": [{role: [list(s) for s in getattr(a, role)] for role in scorer.ROLES} for a in find_attributions(row["text"])]
        }
        for key, row in gold.items()
    }
    figures = scorer.score(gold, predicted)
    assert figures["who said what, all"]["f1"] >= 61
    assert figures["who said what, quoted"]["f1"] >= 78
    assert figures["content, all"]["f1"] >= 62
