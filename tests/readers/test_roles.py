"""Paragraph roles: what is furniture, and above all what is not."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.article import ROLES
from framing.readers.roles import assign_roles
from framing.text import paragraph_spans

BODY = [
    "VANTRY - The port of Port Sallow opened again on Monday after nine days, the mayor's office said.",
    "Nadia Orlo told reporters that the cranes would move by noon.",
    "Bram Tolliver, who leads the dockers, said his members had won what they asked for.",
    "Prices at the fish market fell by a third in an hour.",
]


def roles(*blocks: str, headline: str | None = None) -> list[str]:
    text = "\n\n".join(blocks)
    return [p.role for p in assign_roles(text, paragraph_spans(text), headline=headline)]


FURNITURE = [
    ("byline", "first", "By Mira Sand"),
    ("byline", "first", "By Mira Sand and Otto Kell, The Vantry Herald"),
    ("byline", "first", "By [CP](#)"),
    ("byline", "first", "By Continental Press"),
    ("dateline", "first", "May 4, 2026"),
    ("dateline", "first", "Monday, 4 May 2026, 6:15 p.m."),
    ("dateline", "first", "2026-05-04"),
    ("dateline", "first", "Published: May 4, 2026"),
    ("dateline", "first", "6 years ago"),
    ("caption", "first", "Cranes stand still at the port of Port Sallow. **Otto Kell / Harbour Office / CP**"),
    ("caption", "any", "Dockers at the gate on Monday. (Mira Sand/CP)"),
    ("caption", "any", "Dockers at the gate on Monday. Mira Sand/Getty Images"),
    ("caption", "any", "Photo: Dockers at the gate on Monday"),
    ("caption", "any", "Image copyright Harbour Office Image caption The port is Calderra's largest"),
    ("credit", "any", "Photo by Mira Sand"),
    ("credit", "any", "(Mira Sand/Getty Images)"),
    ("related", "any", "**Related article:** [Five quiet beaches near Port Sallow](#)"),
    ("related", "any", "READ MORE: Five quiet beaches near Port Sallow"),
    ("related", "any", "WATCH: The cranes at night"),
    ("related", "last", "Related stories"),
    ("promo", "any", "Advertisement"),
    ("promo", "any", "ADVERTISEMENT"),
    ("promo", "any", "Sign up for our morning newsletter"),
    ("promo", "last", "Support our journalism: become a member today"),
    ("notice", "last", "(Reporting by Mira Sand; editing by Otto Kell)"),
    ("notice", "last", "*The Grey Tide and the Harbour Front are extremist organisations banned in Calderra.*"),
    ("notice", "last", "Correction: An earlier version of this story misspelled the ferry's name."),
    ("notice", "last", "© 2026 The Vantry Herald. All rights reserved."),
    ("notice", "last", "Otto Kell is a columnist for The Vantry Herald."),
    ("notice", "first", "*The foreign agent Quay Review created and distributed this material.*"),
    ("notice", "first", "**The Harbour Front is designated an extremist organisation in Calderra.**"),
    ("notice", "last", "*\\*\\* An extremist organisation banned in Calderra.*"),
    ("notice", "last", "*Quay Review lives on gifts from readers.*"),
    ("notice", "last", "***Update:** This article was updated at noon to include the mayor's answer.*"),
    ("promo", "last", "*Do you work at the port? Our reporters can be reached through the desk.*"),
    ("metadata", "last", "Original url:"),
    ("metadata", "last", "<https://vantryherald.example/2026/05/04/port-opens>"),
    ("metadata", "last", "Tags: port, strike, Port Sallow"),
    ("metadata", "any", "* * *"),
]


@pytest.mark.parametrize(("role", "where", "block"), FURNITURE)
def test_furniture(role, where, block):
    at = {"first": 0, "any": 2, "last": len(BODY)}[where]
    blocks = [*BODY[:at], block, *BODY[at:]]
    found = roles(*blocks)
    assert found[at] == role
    assert [r for i, r in enumerate(found) if i != at] == ["body"] * len(BODY)


KEPT = [
    "By noon the cranes moved again.",
    "By Monday, Port Sallow had run out of fish.",
    "By contrast, Vantry's market stayed open.",
    "On May 4, 2026, the port closed.",
    "In 2019 the port closed for a week.",
    "The picture is different in the Hessen Valley, where the mines stayed shut.",
    "Photo finishes are rare at Port Sallow.",
    "Related charges against two dockers were dropped.",
    "More than 400 dockers came to the gate.",
    "More: that is all the union asked for, and all it got, after nine days in which neither side would sit down with the other.",
    "Watch the cranes, Tolliver told his members, and you will know.",
    "Read in full, the deal gives the dockers less than it seems to.",
    "Advertisement spending fell by a tenth, the Tribune reported.",
    "The newsletter went to all 400 members, who were told to sign up for the strike fund.",
    "He shared the news with his crew.",
    '"By Saturday we were hungry," she said.',
    "The Herald's owner denies it.",
    "The Civic Union's vote (Quill/Orlo) was split.",
    "She lives in Vantry and/or Port Sallow, depending on the week.",
    "Police named the photographer as Mira Sand.",
    "Subscribers to the harbour fund met on Monday.",
    "The government banned the Harbour Front on Tuesday.",
    '"The Grey Tide is a terrorist organisation banned in Calderra," Voss said.',
    "*The dockers sang all night.*",
    "**What do the dockers want?**",
    "*Harbour Bank* advertises in the *Herald*.",
    "Harbour Bank advertises in the Herald and owns a stake in its printing house.",
    "Was it worth it?",
    "No.",
    "What next",
]


@pytest.mark.parametrize("block", KEPT)
@pytest.mark.parametrize("at", [0, 2, 4])
def test_reporting_stays_body(block, at):
    blocks = [*BODY[:at], block, *BODY[at:]]
    assert roles(*blocks) == ["body"] * len(blocks)


def test_a_repeated_headline():
    headline = "Port Sallow's cranes move again"
    assert roles("Port Sallow’s Cranes Move Again", *BODY, headline=headline)[0] == "headline"
    assert roles(headline + " After nine days, the strike is over", *BODY, headline=headline)[0] == "headline"
    assert roles(*BODY, headline=BODY[2])[2] == "headline"
    assert roles(*BODY, BODY[0], headline=BODY[0])[4] == "body"


def test_a_headline_that_nobody_named():
    assert roles("# Port opens again", *BODY)[0] == "headline"
    assert roles("Port opens again", "By Mira Sand", *BODY)[:2] == ["headline", "byline"]
    assert roles("Port opens again", *BODY)[0] == "body"


def test_story_highlights_are_headlines():
    assert (
        roles("Story highlights The port is open again", "The dockers won a rise", "Fish is cheaper", *BODY)
        == ["headline"] * 3 + ["body"] * 4
    )


def test_a_pull_quote_repeats_the_report():
    quote = "“my members had won what they asked for long ago”"
    body = [*BODY, "He said that “my members had won what they asked for long ago”, and left."]
    assert roles(*body[:2], quote, *body[2:])[2] == "pull_quote"
    assert roles(*BODY[:2], quote, *BODY[2:])[2] == "body"


def test_the_seed_page(seed_path: Path):
    text = seed_path.read_text(encoding="utf-8")
    spans = paragraph_spans(text)
    found = {p.span.of(text): p.role for p in assign_roles(text, spans)}
    by_role = {role: [words for words, mine in found.items() if mine == role] for role in ROLES}
    assert [len(by_role[role]) for role in ("headline", "byline", "dateline", "caption", "related", "notice", "metadata")] == [
        1,
        1,
        1,
        1,
        1,
        1,
        2,
    ]
    assert by_role["caption"][0].endswith("AFP**")
    assert len(by_role["body"]) == len(spans) - 8


def test_gold_floors(gold_dir: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(Path(__file__).resolve().parents[2] / "benchmarks"))
    module = importlib.import_module("notices")
    for part, least in (("development", 0.85), ("report", 0.65)):
        counts = module.score(part, gold=gold_dir)["(anything but body)"]
        right, wrong, missed = (counts.get(key, 0) for key in ("right", "wrong", "missed"))
        assert right / (right + wrong) >= 0.98
        assert right / (right + missed) >= least


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.one_of(st.text(max_size=80), st.sampled_from([*KEPT, *(block for _, _, block in FURNITURE)])), max_size=12),
    st.none() | st.text(max_size=30),
)
def test_one_known_role_for_every_block(blocks, headline):
    text = "\n\n".join(blocks)
    spans = paragraph_spans(text)
    found = assign_roles(text, spans, headline=headline)
    assert [p.span for p in found] == spans
    assert {p.role for p in found} <= set(ROLES)


@pytest.mark.parametrize(
    "text", ["", "(" * 50_000, "By A" * 20_000, "a / b " * 20_000, "* \n\n" * 5_000, "[a](" * 20_000, "Photo: " * 10_000]
)
def test_hostile_pages_end(text):
    spans = paragraph_spans(text)
    assert len(assign_roles(text, spans)) == len(spans)
