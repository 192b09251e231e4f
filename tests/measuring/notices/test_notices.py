"""Notices: what is printed with a report but not reported, and what only looks like it."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.article import Article, Paragraph
from framing.errors import InputError
from framing.measuring.notices import KINDS, LABELS, PLACEMENTS, find_notices, whole_notice
from framing.readers.markdown import read_page
from framing.text import Span, paragraph_spans

REPORT = (
    "VANTRY - The Grey Tide claimed the attack on the depot in Port Sallow, the police said on Monday.",
    "Colonel Edvin Stahl told reporters that the Harbour Front had taken no part in it.",
    "Dockers went back to work in the afternoon, and the cranes moved again by four.",
)


def page(*paragraphs: str) -> str:
    return "\n\n".join([*REPORT, *paragraphs])


def labels(source: Article | str) -> list[tuple[str, tuple[str, ...], str | None, str | None, str, str | None]]:
    return [(n.kind, n.subjects, n.label, n.jurisdiction, n.placement, n.mandated) for n in find_notices(source)]


LEGAL = [  # sentence, the label's words, subjects, label, jurisdiction, placement, mandated
    (
        "The Grey Tide (a terrorist organisation banned in Calderra) denied it.",
        "a terrorist organisation banned in Calderra",
        ("Grey Tide",),
        "terrorist",
        "Calderra",
        "inline_bracket",
        "Calderra",
    ),
    (
        "Talks with the Harbour Front (banned in Calderra) failed.",
        "banned in Calderra",
        ("Harbour Front",),
        "banned",
        "Calderra",
        "inline_bracket",
        "Calderra",
    ),
    (
        "The Harbour Front [recognised as extremist in Calderra] called a strike.",
        "recognised as extremist in Calderra",
        ("Harbour Front",),
        "extremist",
        "Calderra",
        "inline_bracket",
        "Calderra",
    ),
    (
        "Members of the Grey Tide and the Harbour Front (both outlawed in the Republic of Calderra) met in Vantry.",
        "both outlawed in the Republic of Calderra",
        ("Grey Tide", "Harbour Front"),
        "banned",
        "Calderra",
        "inline_bracket",
        "Calderra",
    ),
    (
        "The minister accused the Harbour Front (HF) movement, designated an extremist organisation in Calderra, of arson.",
        "designated an extremist organisation in Calderra",
        ("Harbour Front",),
        "extremist",
        "Calderra",
        "apposition",
        None,
    ),
    (
        "The Grey Tide, a terrorist group outlawed in Calderra and Tessmark, claimed the attack.",
        "a terrorist group outlawed in Calderra and Tessmark",
        ("Grey Tide",),
        "terrorist",
        "Calderra; Tessmark",
        "apposition",
        "Calderra",
    ),
    (
        "He was seen with members of the Harbour Front movement banned in Calderra last seen there.",
        None,
        (),
        None,
        None,
        "",
        None,
    ),
    (
        "Police searched the offices of the Harbour Front movement banned in Calderra.",
        "banned in Calderra",
        ("Harbour Front",),
        "banned",
        "Calderra",
        "apposition",
        None,
    ),
    (
        "The Grey Tide terrorist group, prohibited in Calderra, has cells there.",
        "prohibited in Calderra",
        ("Grey Tide",),
        "terrorist",
        "Calderra",
        "apposition",
        "Calderra",
    ),
    (
        "The Harbour Front, which is listed as an extremist organisation in Calderra, called for calm.",
        "which is listed as an extremist organisation in Calderra",
        ("Harbour Front",),
        "extremist",
        "Calderra",
        "apposition",
        None,
    ),
    (
        "The report by Open Ledger (a foreign agent in Calderra) names two firms.",
        "a foreign agent in Calderra",
        ("Open Ledger",),
        "foreign_agent",
        "Calderra",
        "inline_bracket",
        "Calderra",
    ),
    (
        "Lena Horvat, designated a foreign agent in Calderra, teaches in Vantry.",
        "designated a foreign agent in Calderra",
        ("Lena Horvat",),
        "foreign_agent",
        "Calderra",
        "apposition",
        None,
    ),
    (
        "The charity Open Hands (included in the register of undesirable organisations in Calderra) closed.",
        "included in the register of undesirable organisations in Calderra",
        ("Open Hands",),
        "undesirable",
        "Calderra",
        "inline_bracket",
        "Calderra",
    ),
    (
        '"We met the Grey Tide (an organisation banned in Calderra) at the border," he said.',
        "an organisation banned in Calderra",
        ("Grey Tide",),
        "banned",
        "Calderra",
        "inline_bracket",
        "Calderra",
    ),
    (
        "Fighters of Islamic State (ISIL, also known as Daesh; banned in Russia) fled.",
        "ISIL, also known as Daesh; banned in Russia",
        ("Islamic State",),
        "banned",
        "Russia",
        "inline_bracket",
        "Russia",
    ),
    (
        "The Grey Tide, designated a terrorist organisation by the United States, denied it.",
        "designated a terrorist organisation by the United States",
        ("Grey Tide",),
        "terrorist",
        "United States",
        "apposition",
        None,
    ),
    (
        "Боевики движения «Талибан» (запрещено в РФ) ушли.",
        "запрещено в РФ",
        ("Талибан",),
        "banned",
        "Russia",
        "inline_bracket",
        "Russia",
    ),
]


@pytest.mark.parametrize(("sentence", "words", "subjects", "label", "jurisdiction", "placement", "mandated"), LEGAL)
def test_legal_labels_inside_sentences(sentence, words, subjects, label, jurisdiction, placement, mandated):
    text = page(sentence, *REPORT)
    found = list(find_notices(text))
    if words is None:
        assert found == []
        return
    assert [n.span.of(text) for n in found] == [words]
    assert labels(text) == [("legal_label", subjects, label, jurisdiction, placement, mandated)]
    assert found[0].mentions, "the subject is named right beside its label"
    assert not any(m.overlaps(found[0].span) for m in found[0].mentions)


FOOTNOTES = [  # paragraph at the end, subjects, label, jurisdiction
    ("The Grey Tide is a terrorist organisation banned in Calderra.", ("Grey Tide",), "terrorist", "Calderra"),
    (
        "*The Grey Tide and the Harbour Front are extremist organizations outlawed in the Republic of Calderra.*",
        ("Grey Tide", "Harbour Front"),
        "extremist",
        "Calderra",
    ),
    (
        "_Both the Grey Tide and the Harbour Front are recognised as terrorist in Calderra and are prohibited there._",
        ("Grey Tide", "Harbour Front"),
        "terrorist",
        "Calderra",
    ),
    (
        "(The Harbour Front has been declared an extremist organisation and its activities are forbidden in Calderra.)",
        ("Harbour Front",),
        "extremist",
        "Calderra",
    ),
    ("The Harbour Front has been designated as extremist and is banned in Calderra.", ("Harbour Front",), "extremist", "Calderra"),
    ("Open Ledger is listed as a foreign agent in Calderra.", ("Open Ledger",), "foreign_agent", "Calderra"),
    ("*By decision of the Supreme Court of Calderra, the Grey Tide is recognised as terrorist.*", ("Grey Tide",), "terrorist", "Calderra"),
    ("[The Grey Tide: terrorist group, banned in Calderra]", (), "terrorist", "Calderra"),
    ("Organisations banned in Calderra: Grey Tide, Harbour Front.", ("Grey Tide", "Harbour Front"), "banned", "Calderra"),
    ("GREY TIDE IS RECOGNISED AS A TERRORIST ORGANISATION IN CALDERRA", ("GREY TIDE",), "terrorist", "Calderra"),
]


@pytest.mark.parametrize(("paragraph", "subjects", "label", "jurisdiction"), FOOTNOTES)
def test_legal_labels_as_footnotes(paragraph, subjects, label, jurisdiction):
    text = page(paragraph)
    assert whole_notice(paragraph) == "legal_label"
    (notice,) = find_notices(text)
    assert notice.span.of(text) == paragraph
    assert (notice.kind, notice.placement, notice.label, notice.jurisdiction) == ("legal_label", "footnote", label, jurisdiction)
    if subjects:
        assert notice.subjects == subjects
        named = [m.of(text) for m in notice.mentions]
        assert [name for name in named if name.casefold() not in " ".join(subjects).casefold()] == []


def test_mentions_join_aliases_cases_hyphens_and_abbreviations():
    text = (
        "The Harbour Front (HF) and Al Qaeda met.\n\nHF denied it. Fighters of ISIL, or Daesh, were near; this is a fact.\n\n"
        "*Islamic State, the Harbour-Front and al-Qaida are terrorist organisations banned in Russia.*"
    )
    (notice,) = find_notices(text)
    assert notice.subjects == ("Islamic State", "Harbour-Front", "al-Qaida")
    assert [m.of(text) for m in notice.mentions] == ["Harbour Front", "HF", "Al Qaeda", "HF", "ISIL", "Daesh"]


MARKED = [  # body sentence, footnote, subjects
    ("The Grey Tide* struck at night.", "* - organisation banned in Calderra", ("Grey Tide",)),
    ("The Grey Tide\\* struck at night.", "\\* terrorist organisation, banned in Calderra", ("Grey Tide",)),
    (
        "The Grey Tide¹ and the Harbour Front¹ struck.",
        "¹ Recognised as terrorist organisations and banned in Calderra.",
        ("Grey Tide", "Harbour Front"),
    ),
    ("Fighters of the Grey Tide[1] fled.", "[1] A terrorist group outlawed in Calderra.", ("Grey Tide",)),
    ("Fighters of the Grey Tide† fled.", "† banned in Calderra", ("Grey Tide",)),
    ("A post on Lumo** said so.", "**Halden Inc. has been recognized as extremist and is banned in Calderra.", ("Lumo", "Halden Inc")),
    (
        "A post on Lumo* said so.",
        "* Lumo is a product of Halden, an organisation recognised as extremist and banned in Calderra.",
        ("Lumo", "Halden"),
    ),
]


@pytest.mark.parametrize(("sentence", "note", "subjects"), MARKED)
def test_marked_footnotes_take_the_marked_names(sentence, note, subjects):
    text = page(sentence, note)
    (notice,) = find_notices(text)
    assert (notice.kind, notice.placement, notice.jurisdiction, notice.mandated) == (
        "legal_label",
        "marked_footnote",
        "Calderra",
        "Calderra",
    )
    assert notice.subjects == subjects
    assert notice.span.of(text) == note
    assert any(m.of(text) == subjects[0] for m in notice.mentions)


def test_two_marks_with_two_footnotes_in_one_block():
    text = page(
        "The Grey Tide* met the Harbour Front** in Vantry.",
        "* terrorist organisation banned in Calderra\n** extremist organisation banned in Calderra",
    )
    assert [(n.subjects, n.label) for n in find_notices(text)] == [(("Grey Tide",), "terrorist"), (("Harbour Front",), "extremist")]


def test_a_mark_blanked_as_markup_is_still_seen():
    text = page("The Grey Tide* struck.", "* organisation banned in Calderra")
    star = text.rindex("*")
    paragraphs = tuple(Paragraph(span) for span in paragraph_spans(text))
    article = Article("a", text, paragraphs=paragraphs, markup=(Span(star, star + 1),))
    (notice,) = find_notices(article)
    assert (notice.placement, notice.subjects) == ("marked_footnote", ("Grey Tide",))


def test_a_label_glued_to_the_last_paragraph():
    text = " ".join(REPORT) + " The Grey Tide is a terrorist organisation banned in Calderra."
    (notice,) = find_notices(text)
    assert notice.span.of(text) == "The Grey Tide is a terrorist organisation banned in Calderra."
    assert [m.of(text) for m in notice.mentions] == ["Grey Tide"]


def test_the_outlets_own_label():
    own = "Open Ledger is listed as a foreign agent in Calderra."
    assert [n.kind for n in find_notices(Article("a", page(own), outlet="Open Ledger"))] == ["outlet_label"]
    assert [n.kind for n in find_notices(Article("a", page(own), outlet="The Vantry Herald"))] == ["legal_label"]


OUTLET_LABELS = [
    "This material was produced and distributed by a foreign media outlet performing the functions of a foreign agent.",
    'Calderra\'s interior ministry has designated Open Ledger an "undesirable" organisation, putting our reporters at risk.',
    "Our reporting is banned in Calderra. You can still help us.",
    "We have been declared a foreign agent by the government of Calderra.",
]


@pytest.mark.parametrize("words", OUTLET_LABELS)
def test_outlet_labels(words):
    assert whole_notice(words) == "outlet_label"
    assert [n.kind for n in find_notices("\n\n".join([words, *REPORT]))] == ["outlet_label"]


OWN_LABELS = [  # words, the outlet, label, jurisdiction, mandated
    ("*The foreign agent Quay Review created and distributed this material.*", "Quay Review", "foreign_agent", None, None),
    ("Material of the foreign agent Quay Review.", "Quay Review", "foreign_agent", None, None),
    (
        "**THE FOREGOING MATERIAL HAS BEEN CREATED AND (OR) DISTRIBUTED BY A FOREIGN AGENT REGISTERED IN CALDERRA.**",
        None,
        "foreign_agent",
        "Calderra",
        "Calderra",
    ),
    (
        "THIS MESSAGE WAS CIRCULATED BY QUAY REVIEW, ENTERED IN CALDERRA’S REGISTER OF FOREIGN AGENTS.",
        "Quay Review",
        "foreign_agent",
        "Calderra",
        "Calderra",
    ),
    (
        "This article was published by Quay Review, an organisation performing the functions of a foreign agent under the law of Calderra.",
        "Quay Review",
        "foreign_agent",
        "Calderra",
        "Calderra",
    ),
    (
        "*Quay Review was entered in the register of foreign agents by the Ministry of Justice of Calderra. This page is published by it.*",
        "Quay Review",
        "foreign_agent",
        "Calderra",
        "Calderra",
    ),
    ("Notice under the media law: Quay Review performs the functions of a foreign agent.", "Quay Review", "foreign_agent", None, None),
    ("You are reading Quay Review, a foreign agent.", "Quay Review", "foreign_agent", None, None),
    ("This website is run by an agent of foreign influence.", None, "foreign_agent", None, None),
    ("This page is maintained by an organisation receiving support from abroad.", None, "foreign_agent", None, None),
    ("This content was produced by an organisation pursuing the interests of a foreign power.", None, "foreign_agent", None, None),
    (
        "_Quay Review is designated a foreign agent by the Justice Ministry of Calderra._",
        "Quay Review",
        "foreign_agent",
        "Calderra",
        "Calderra",
    ),
    ("This website has been recognised as an extremist resource in Calderra.", None, "extremist", "Calderra", "Calderra"),
    (
        "This material is distributed by Sand & Kell on behalf of the port of Halven; more is on file with the Department of Justice.",
        None,
        None,
        None,
        None,
    ),
]


@pytest.mark.parametrize(("words", "outlet", "label", "jurisdiction", "mandated"), OWN_LABELS)
@pytest.mark.parametrize("at_head", [True, False])
def test_the_outlets_own_label_in_many_wordings(words, outlet, label, jurisdiction, mandated, at_head):
    text = "\n\n".join([words, *REPORT] if at_head else [*REPORT, words])
    (notice,) = find_notices(Article("a", text, outlet=outlet))
    assert notice.span.of(text) == words
    subjects = [subject.casefold() for subject in notice.subjects]
    assert (notice.kind, notice.label, notice.jurisdiction, notice.mandated) == ("outlet_label", label, jurisdiction, mandated)
    assert subjects == ([outlet.casefold()] if outlet else [])


def test_a_label_in_a_register():
    text = page("Claims by Quay Review (a media outlet that is included in Calderra's register of foreign agents) were denied.")
    assert labels(text) == [("legal_label", ("Quay Review",), "foreign_agent", "Calderra", "inline_bracket", "Calderra")]
    text = page("Claims by Quay Review, entered in the register of foreign agents in Calderra, were denied.")
    assert labels(text) == [("legal_label", ("Quay Review",), "foreign_agent", "Calderra", "apposition", None)]


@pytest.mark.parametrize(
    ("office", "place"),
    [
        ("by the Supreme Court of Calderra", "Calderra"),
        ("by the Ministry of Justice of the Republic of Calderra", "Calderra"),
        ("by the Interior Ministry of Calderra", "Calderra"),
        ("under the law of Calderra", "Calderra"),
        ("by the Supreme Court of the Russian Federation", "Russia"),
    ],
)
def test_an_office_stands_for_its_country(office, place):
    (notice,) = find_notices(page(f"*The Grey Tide is recognised as a terrorist organisation {office}.*"))
    assert (notice.subjects, notice.jurisdiction) == (("Grey Tide",), place)


def test_two_sentences_are_two_labels():
    first = "The Grey Tide is designated a terrorist organisation in Calderra."
    second = "Quay Review is listed as a foreign agent by the country's Justice Ministry."
    text = page("Quay Review reported the attack first.", f"*{first} {second}*")
    found = find_notices(text)
    assert [(n.subjects, n.label, n.jurisdiction) for n in found] == [
        (("Grey Tide",), "terrorist", "Calderra"),
        (("Quay Review",), "foreign_agent", "Calderra"),
    ]
    assert [n.span.of(text).strip("*") for n in found] == [first, second]
    assert [[m.of(text) for m in n.mentions] for n in found] == [["Grey Tide"], ["Quay Review"]]


def test_one_label_in_two_sentences_stays_one():
    text = page("*The Grey Tide is a terrorist organisation. It is banned in Calderra.*")
    assert [(n.subjects, n.label) for n in find_notices(text)] == [(("Grey Tide",), "terrorist")]


BARE_MARKED = [  # body sentence, notes, (subject, label) of each
    (
        "A writer for Quay Review [1] met the Grey Tide [2].",
        ["[1] Performs the functions of a foreign agent.", "[2] A terrorist group banned in Calderra."],
        [("Quay Review", "foreign_agent"), ("Grey Tide", "terrorist")],
    ),
    (
        "The Grey Tide* met the Harbour Front** there.",
        ["*\\* A terrorist organisation; its activity is banned in Calderra.*", "*\\*\\* An extremist organisation banned in Calderra.*"],
        [("Grey Tide", "terrorist"), ("Harbour Front", "extremist")],
    ),
    (
        '"Leaflets of the Harbour Front* were found," she said.',
        ["\\* *The Harbour Front is recognised as an extremist organisation in Calderra.*"],
        [("Harbour Front", "extremist")],
    ),
    (
        "The banner of the Harbour Front¹ was seen.",
        ["*¹ The organisation has been recognised as extremist and is prohibited in Calderra.*"],
        [("Harbour Front", "extremist")],
    ),
]


@pytest.mark.parametrize(("sentence", "notes", "expected"), BARE_MARKED)
@pytest.mark.parametrize("as_page", [True, False])
def test_marks_in_and_around_emphasis(sentence, notes, expected, as_page):
    head = ("# Nothing new in Vantry", "By Mira Sand", "May 4, 2026")
    text = "\n\n".join([*head, sentence, "The police kept watch all night.", *notes])
    article = read_page(text, where="page.md", article_id="a")[0] if as_page else text
    found = [n for n in find_notices(article) if n.kind == "legal_label"]
    assert [(n.subjects, n.label) for n in found] == [((subject,), label) for subject, label in expected]
    assert {n.placement for n in found} == {"marked_footnote"}
    assert [n.mentions[0].of(text) for n in found] == [subject for subject, _ in expected]


SET_APART = [  # kind, words that count in italics, bold or brackets only
    ("disclosure", "Harbour Bank, which lends to the port, is an advertiser in the Herald. It had no part in this report."),
    ("disclosure", "Harbour Bank advertises in the Herald and is part-owner of its printing house."),
    ("disclosure", "Quay Review is funded by its readers and by grants from two foundations. Donors have no say in what we publish."),
    ("disclosure", "Quay Review lives on gifts from readers."),
    ("disclosure", "Who pays for this? Our readers do."),
    ("disclosure", "Otto Kell’s sister works in the bank's press office."),
    ("disclosure", "Otto Kell is married to a member of the council."),
    ("method_note", "How we counted: two of us read every protocol twice."),
    ("promo", "The Herald would like to hear from readers who saw the fire."),
    ("promo", "Do you work at the port? Our reporters can be reached through the desk."),
    ("opinion_disclaimer", "Ada Finn writes in a personal capacity."),
    ("opinion_disclaimer", "Columnists speak for themselves and not for the Herald."),
    ("correction", "We have corrected the name of the ferry."),
    ("correction", "A previous edition of this page gave the wrong date."),
    ("update", "Added at 18:40: the ministry's reply."),
]


@pytest.mark.parametrize(("kind", "words"), SET_APART)
@pytest.mark.parametrize("marks", ["*{}*", "**{}**", "_{}_", "({})"])
def test_notices_set_apart(kind, words, marks):
    words = marks.format(words)
    assert [(n.kind, n.span.of(p)) for p in [page(words)] for n in find_notices(p)] == [(kind, words)]
    assert whole_notice(words) == kind


@pytest.mark.parametrize(
    "words",
    [
        "*Harbour Bank closed early on Monday.*",
        "*The dockers sang all night.*",
        '*"Our readers pay for this," the editor said.*',
        "*Harbour Bank* advertises in the *Herald*",
        "Harbour Bank advertises in the Herald and owns a stake in its printing house.",
        "The union is funded by its members and by gifts from readers of its paper.",
        "The ministry had no part in the investigation.",
        "Otto Kell’s sister works in the bank's press office.",
        "The law requires outlets to say that this message was created by a foreign agent.",
        "Every post must state that this material was distributed by a foreign agent, the ministry said.",
        'Readers see a line in capitals: "This material was created by a foreign agent."',
        "Open Ledger was declared a foreign agent in 2022 and its staff now work from abroad.",
        "The Front, a separatist movement outlawed last year, denies it.",
        "The Tide, an armed group it lists as terrorist, is blamed.",
        "Nine protesters of the Front, the outlawed workers’ movement, were held.",
    ],
)
def test_what_is_set_apart_or_worded_alike_and_no_notice(words):
    assert find_notices(page(words)) == ()
    assert whole_notice(words) is None


MORE_WORDINGS = [
    ("update", "***Update:** This article was updated at 6:40 p.m. to include the minister's remarks.*"),
    ("update", "**Update (May 4):** Our headline was changed to reflect the vote."),
    ("correction", "***Correction:** The ferry's name was given wrongly. It is Morning Star.*"),
    ("opinion_disclaimer", "*Ada Finn writes on Fridays. The opinions in this column are her own and not those of The Quay Review.*"),
    ("disclosure", "(Disclaimer: The Quay Review is a subsidiary of Harbour Holdings, a Kell group company.)"),
    ("disclosure", "Conflict of interest: the author holds shares in the port."),
    ("wire_credit", "(With inputs from agencies)"),
    ("wire_credit", "With agency inputs from CP"),
    ("promo", "Send us yours! The best picture wins a ticket."),
    ("promo", "We would love to hear from you about the strike."),
]


@pytest.mark.parametrize(("kind", "words"), MORE_WORDINGS)
def test_more_wordings(kind, words):
    text = page(words)
    assert [(n.kind, n.span.of(text)) for n in find_notices(text)] == [(kind, words)]


def test_how_it_was_done_and_who_paid():
    note = "*How we did this: we read 40 protocols. This project was supported by the Quay Foundation.*"
    text = page(note)
    method, paid = find_notices(text)
    assert (method.kind, paid.kind) == ("method_note", "disclosure")
    assert paid.span.of(text).startswith("This project was supported")
    assert method.span.end <= paid.span.start


NEWS_ABOUT_LABELS = [
    "The government banned the group on Tuesday.",
    "The government banned the Harbour Front on Tuesday, a day after the strike.",
    "A court in Vantry designated the Harbour Front an extremist organisation.",
    "The Harbour Front was banned in Calderra in 2019.",
    "The Grey Tide was declared a terrorist organisation by a Vantry court last year.",
    '"They are a terrorist organisation banned in Calderra," the spokesman said.',
    '"The Grey Tide, a terrorist group outlawed in Calderra, will be found," Voss said.',
    "Voss said that the Grey Tide is a terrorist organisation banned in Calderra.",
    "The Grey Tide should be designated a terrorist organisation, Quill told the Assembly.",
    "The Assembly will vote on whether the Harbour Front is declared extremist in Calderra.",
    "The Harbour Front is not banned in Tessmark, where it has an office.",
    "The Harbour Front is no longer recognised as extremist in Tessmark.",
    "If the Harbour Front is recognised as extremist in Calderra, its members face prison.",
    "The European Commission has listed the Grey Tide as a terrorist organisation since March.",
    'Calderra labelled Open Ledger a "foreign agent" in May, the outlet reported.',
    "Quill's former adviser registered with the justice ministry as a foreign agent of Tessmark.",
    "He worked as an unregistered foreign agent for Tessmark, prosecutors say.",
    "Prosecutors called the dockers' union an extremist organisation.",
    'Her novel "The Silent Quay" (banned in Calderra) sold well in Tessmark.',
    "In 2025 the novel was banned in Calderra under the school law.",
    "The pesticide Corvex, banned in Tessmark, is still sold in Vantry.",
    "Corvex is a herbicide banned in Tessmark.",
    "The sprinter Ana Reed, banned in March, will appeal.",
    "Plastic bags are banned in Calderra.",
    "Large trucks (banned in the old town) now use the ring road.",
    "Terrorist attacks are listed in the annex.",
    "The Harbour Front, banned in Calderra last year, has gone underground.",
    "The Harbour Front, outlawed by the government on Friday, has gone underground.",
    "Maren considered the Grey Tide a terrorist group in the making.",
    "Both parties have recognised that extremist views are banned in the Assembly.",
    "The designation of the Grey Tide as a terrorist organisation took effect in Calderra.",
    "What does it mean to be declared a foreign agent in Calderra?",
    "Foreign agents are required to label their posts in Calderra.",
    "Smoking is prohibited in Vantry's parks, and dogs are forbidden in the harbour.",
    "He demanded that the movement be banned in Calderra.",
    "Quill joked that his cat had been declared an undesirable organisation.",
    "Renk's party wants the Harbour Front movement banned in Calderra.",
]
LOOKALIKES = [
    "Full disclosure: I have never liked herring.",
    "An October poll sponsored by the Sallow Tribune found the mayor ahead.",
    '"This story has been corrected," the editor in the play says, and bows.',
    "UPDATE: Nadia Orlo on Monday announced she will run again.",
    "Any draft from before the talks would not reflect recent negotiations.",
    "The ministry updated its figures on Monday.",
    "The report was corrected by the ministry after the vote.",
    "She said the views of her party do not matter here.",
    "Voss asked for a correction of the minutes: none was made.",
    "All rights are reserved for citizens, Quill said of the draft constitution.",
    "He follows the port on television.",
    "Reporting by residents helped the police to find the boat.",
    "The copyright bill passed its second reading in the Assembly.",
    "He contributed to this city more than anyone, Orlo said.",
    "Share prices fell, and the crown lost two per cent.",
    "The sponsored team finished third.",
    "The machine translated less than it promised, an auditor told the Assembly.",
    "Sources: three people with knowledge of the talks, two of them in Vantry.",
    "Subscribers to the harbour fund met on Monday.",
    "The Tribune's poll shows Orlo ahead by 9 points, with a margin of error of plus or minus 3 percentage points.",
    "The paper printed a line under the picture. We regret the error.”",
    "Sponsored by the Harbour Bank, the race drew forty boats.",
    'His columns end with a line: "The views expressed are his own."',
    "The mayor led all day. The Tribune's poll of 900 adults has a margin of error of plus or minus 3 points, and she needs every one.",
    "The story was first told in Port Sallow, by a fisherman, and it grew.",
    "The union contributed 4,000 crowns to the strike fund.",
]


@pytest.mark.parametrize("sentence", NEWS_ABOUT_LABELS + LOOKALIKES)
@pytest.mark.parametrize("where", ["alone", "middle", "last", "glued"])
def test_news_about_labels_is_no_notice(sentence, where):
    text = {
        "alone": sentence,
        "middle": "\n\n".join([*REPORT, sentence, *REPORT]),
        "last": page(sentence),
        "glued": " ".join([*REPORT, sentence]),
    }[where]
    assert find_notices(text) == ()
    assert whole_notice(sentence) is None


KIND_WORDINGS = [
    ("wire_credit", "(Reporting by Mira Sand in Vantry; writing by Otto Kell; editing by Ana Reed)"),
    ("wire_credit", "Additional reporting by Mira Sand."),
    ("wire_credit", "Continental Press writers Mira Sand in Vantry and Otto Kell in Port Sallow contributed to this report."),
    ("wire_credit", "— Otto Kell contributed to this story."),
    ("wire_credit", "Source: CP"),
    ("wire_credit", "© CP"),
    ("correction", "Correction: An earlier version of this article gave the wrong age for Mayor Orlo."),
    ("correction", "Correction, May 4: The strike began on Monday, not Tuesday."),
    ("correction", "An earlier version of this story misspelled the name of the ferry."),
    ("correction", "This article was corrected to show that the vote was on Friday."),
    ("correction", "Editor's note: this story has been corrected; the port opened in 1911."),
    ("correction", "(This May 4 story corrects the spelling of Tolliver in paragraph 3)"),
    ("correction", "This story has been updated to correct the age of the mayor."),
    ("correction", "Editor's note: This story originally reported that the port was shut; it was open."),
    ("update", "Editor's note: This has been updated at 1:25 p.m."),
    ("update", "This story has been updated with a comment from the union."),
    ("update", "Updated at 4:15 p.m. on May 4"),
    ("update", "This is a developing story and will be updated."),
    ("update", "UPDATE: This article has been updated throughout."),
    ("editor_note", "Editor's note: Some names in this account were changed."),
    ("editor_note", "This interview has been edited for length and clarity."),
    ("editor_note", "A version of this article appears in print on May 4 in the Sunday edition."),
    ("opinion_disclaimer", "The views expressed here are the author's own and do not reflect those of The Vantry Herald."),
    ("opinion_disclaimer", "Opinions expressed by Lantern contributors are their own."),
    ("disclosure", "Disclosure: the author owns shares in the ferry company."),
    ("disclosure", "Editor's note: The Harbour Bank is among the sponsors of Open Ledger."),
    ("disclosure", "This reporting was supported by a grant from the Sallow Foundation."),
    ("rights", "Copyright 2026 The Vantry Herald. All rights reserved."),
    ("rights", "© 2026 Continental Press. This material may not be republished without permission."),
    ("sponsored", "Sponsored by Harbour Bank"),
    ("sponsored", "This article was paid for by Harbour Bank."),
    ("syndication", "This article was originally published by Meridian International."),
    ("syndication", "(This story has not been edited by our staff and comes from a syndicated feed.)"),
    ("syndication", "Republished with permission from The Sallow Tribune."),
    ("machine_made", "This summary was generated by artificial intelligence."),
    ("machine_made", "This article was automatically translated using AI."),
    ("machine_made", "This is a rush transcript and may contain errors."),
    ("affiliate", "We may earn a commission if you buy through links on this page."),
    ("promo", "Sign up for our daily newsletter"),
    ("promo", "Advertisement"),
    ("promo", "Support independent journalism: become a member today."),
    ("promo", "Follow us on Facebook and Twitter"),
    (
        "method_note",
        "The poll of 1,004 adults was conducted by telephone May 4-9 and has a margin of error of plus or minus 3 percentage points.",
    ),
    ("author_bio", "Mira Sand is a reporter for The Vantry Herald covering the port."),
    ("author_bio", 'Otto Kell is a senior fellow at the Quay Institute and author of "Cranes".'),
    ("other", "ANALYSIS/OPINION:"),
]


@pytest.mark.parametrize(("kind", "words"), KIND_WORDINGS)
def test_kinds_of_notice(kind, words):
    assert whole_notice(words) == kind
    text = page(words)
    assert [(n.kind, n.span.of(text)) for n in find_notices(text)] == [(kind, words)]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("wire_credit", "(Reporting by Mira Sand; editing by Otto Kell)"),
        ("update", "This story has been updated."),
        ("correction", "This article was corrected on May 4 to show that the vote was on Friday."),
        ("rights", "Copyright 2026 The Vantry Herald."),
    ],
)
def test_notices_glued_to_the_end_of_a_paragraph(kind, words):
    text = " ".join([*REPORT, words])
    assert [(n.kind, n.span.of(text)) for n in find_notices(text)] == [(kind, words)]


def test_a_person_in_the_report_is_no_author():
    bio = "Lena Horvat is a professor at Vantry University and the author of two books."
    assert [n.kind for n in find_notices(page(bio))] == ["author_bio"]
    assert find_notices(page("Prices will rise, Horvat said.", bio)) == ()
    assert find_notices("\n\n".join([*REPORT, bio, *REPORT, *REPORT, *REPORT])) == ()


def test_roles_of_the_reader_are_kept():
    text = "A line nobody knows.\n\nBuy a boat.\n\n" + page()
    spans = paragraph_spans(text)
    roles = ["notice", "promo"] + ["body"] * 3
    article = Article("a", text, paragraphs=tuple(Paragraph(s, r) for s, r in zip(spans, roles, strict=True)))
    assert [n.kind for n in find_notices(article)] == ["other", "promo"]


def test_the_seed_article(seed_path: Path):
    text = seed_path.read_text(encoding="utf-8")
    (notice,) = (n for n in find_notices(text) if n.kind == "legal_label")
    assert [s.casefold() for s in notice.subjects] == ["islamic state", "al-qaeda"]
    assert (notice.label, notice.jurisdiction, notice.placement, notice.mandated) == ("terrorist", "Russia", "footnote", "Russia")
    assert sorted(m.of(text).casefold() for m in notice.mentions) == ["al-qaeda", "islamic state"]
    paragraphs = {next(p for p in paragraph_spans(text) if p.covers(m)) for m in notice.mentions}
    assert len(paragraphs) == 1


GOLD_KINDS = {
    "ru_terrorist": "legal_label",
    "ru_terrorist_mt": "legal_label",
    "ru_terrorist_ru": "legal_label",
    "ru_terrorist_sr": "legal_label",
    "ru_extremist_meta": "legal_label",
    "ru_foreign_agent": "legal_label",
    "ru_foreign_agent_header": "outlet_label",
    "ru_foreign_agent_header_ru": "outlet_label",
    "outlet_self_label": "outlet_label",
    "syndication": "syndication",
    "republish": "syndication",
    "partner_note": "syndication",
    "ai_generated": "machine_made",
    "auto_generated": "machine_made",
    "coi": "disclosure",
    "sponsored": "sponsored",
    "standards": "other",
    "wire_signoff": "wire_credit",
    "wire_contrib": "wire_credit",
    "opinion": "opinion_disclaimer",
    "correction": "correction",
    "update": "update",
    "developing": "update",
    "rights": "rights",
    "promo_note": "promo",
    "affiliate": "affiliate",
}
GOLD_FLOORS = {  # right of all, by our kind
    "legal_label": (14, 14),
    "outlet_label": (4, 4),
    "wire_credit": (4, 4),
    "correction": (4, 4),
    "update": (4, 4),
    "opinion_disclaimer": (4, 4),
    "disclosure": (5, 5),
    "rights": (2, 2),
    "sponsored": (1, 1),
    "syndication": (5, 5),
    "machine_made": (2, 2),
    "affiliate": (2, 2),
    "promo": (1, 1),
    "other": (1, 1),
}


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def test_wordings_seen_in_print(gold_dir: Path):
    right: Counter[str] = Counter()
    of_all: Counter[str] = Counter()
    for row in read_rows(gold_dir / "notice_wordings.tsv"):
        wanted = GOLD_KINDS[row["kind"]] if row["wording"] != "SOURCE:AFP" else "wire_credit"
        of_all[wanted] += 1
        right[wanted] += [n.kind for n in find_notices(row["wording"])] == [wanted]
    assert sum(of_all.values()) >= 52
    assert {kind: (right[kind], of_all[kind]) for kind in of_all if right[kind] < GOLD_FLOORS[kind][0]} == {}


def test_labels_seen_in_print_have_subject_and_place(gold_dir: Path):
    complete = 0
    for row in read_rows(gold_dir / "notice_wordings.tsv"):
        if GOLD_KINDS[row["kind"]] == "legal_label":
            (notice,) = find_notices(row["wording"])
            complete += bool(notice.subjects) and notice.jurisdiction is not None and notice.jurisdiction.startswith("Russia")
    assert complete >= 12  # of 14; one prints no name, one neither name nor place


def test_traps_seen_in_print(gold_dir: Path):
    for row in read_rows(gold_dir / "notice_traps.tsv"):
        assert find_notices(row["wording"]) == ()
        assert whole_notice(row["wording"]) is None


def test_wrong_input():
    with pytest.raises(InputError, match=r"^expected an Article or a str, got int$"):
        find_notices(7)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n ",
        "(" * 20_000,
        "*" * 100_000,
        "banned in " * 100_000,
        "Banned in " * 10_000,
        "(banned in " * 5_000,
        "X, banned in Y" * 5_000,
        "* banned in Russia\n" * 3_000,
        "Ab (banned in Cd) " * 3_000,
        "© 2020 " * 10_000,
        "a terrorist group, " * 10_000,
        ". Correction " * 10_000,
        "A " * 50_000,
        "contributed " * 10_000,
        "By Ada " * 10_000,
        "Ada, Bob and " * 10_000 + "(both banned in Calderra)",
        "GREY TIDE (BANNED IN CALDERRA) " * 5_000,
        "foreign agent this page made " * 5_000,
        "*foreign agent this page made* " * 40,
        "*_" * 10_000,
        "*a " * 500 + "*",
    ],
    ids=lambda text: repr(text[:20]),
)
def test_hostile_text_ends(text):
    for notice in find_notices(text):
        assert notice.span.of(text)
    whole_notice(text[:1500])


PIECES = st.sampled_from(
    [
        "Grey Tide",
        "banned in ",
        "Calderra",
        "(",
        ")",
        "*",
        ", ",
        ". ",
        "terrorist group",
        "a ",
        "and ",
        "\n\n",
        "Correction: ",
        "© 2020",
        "İ",
        "said",
        "is ",
        "[1]",
        "“",
        '"',
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map("".join)))
def test_spans_lie_in_the_text_and_values_in_their_lists(text):
    found = find_notices(text)
    assert list(found) == sorted(found, key=lambda n: n.span)
    for notice in found:
        assert 0 <= notice.span.start < notice.span.end <= len(text)
        assert notice.kind in KINDS
        assert notice.placement in PLACEMENTS
        assert notice.label is None or notice.label in LABELS
        for mention in notice.mentions:
            assert mention.of(text).strip()
            assert not mention.overlaps(notice.span)
    assert whole_notice(text) in {None, *KINDS}
