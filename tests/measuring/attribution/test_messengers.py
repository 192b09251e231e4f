"""Fields of experts and kinds of messenger."""

from __future__ import annotations

import gzip
import json
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.article import as_article
from framing.choices import SOURCE_TYPES
from framing.english.people import only_bearers
from framing.measuring.attribution import find_attributions
from framing.measuring.attribution.messengers import FIELDS, MESSENGERS, field_of, messengers
from framing.measuring.attribution.source_types import kind_of_source, well_known
from framing.resources import load_table

FIELD_OF = [
    ("Lena Horvat, professor of economics at Vantry University", "economy"),
    ("Greta Hollin, an epidemiologist", "medicine"),
    ("a glaciologist in Port Sallow", "science"),
    ("Jan Roe, a political scientist", "society"),
    ("two constitutional lawyers", "law"),
    ("Maud Tillery, a defence analyst", "security"),
    ("climate researchers", "science"),
    ("a professor", None),
    ("experts", None),
    ("the mayor", None),
    ("", None),
]
MESSENGERS_OF = [
    ("the mayor of Port Sallow", "official", {"public_official"}),
    ("Anders Quill, leader of the Civic Union", "politician", {"public_official"}),
    ("Sallow Shipping", "business", {"economic_expert"}),
    ("Lena Horvat, an economist", "expert", {"economic_expert"}),
    ("a marine biologist", "expert", {"natural_scientist"}),
    ("Jan Roe, a sociologist", "expert", {"social_scientist"}),
    ("a surgeon", "expert", {"health_expert"}),
    ("a professor", "expert", set()),  # of what?
    ("the attorney general", "official", {"public_official", "legal_expert"}),
    ("NOAA", "official", {"natural_scientist"}),
    ("one official", "official", {"public_official"}),
    ("people familiar with the talks", "unknown", set()),
    ("Canada", "official", set()),  # a state or government that acts is nobody who speaks
    ("France and Germany", "official", set()),
    ("the federal government", "official", set()),
    ("a government spokesman", "official", {"public_official"}),
    ("Health Minister Karla Voss", "official", {"public_official", "health_expert"}),
    ("the finance minister", "official", {"public_official", "economic_expert"}),
    ("Jan Roe, a biologist and the former deputy minister", "expert", {"public_official", "natural_scientist"}),
    ("a gynecologist", "expert", {"health_expert"}),
    ("the White House", "official", {"public_official"}),
    ("the harbour pastor", "civil_society", {"activist"}),
    ("the protesters", "citizen", {"activist"}),
    ("a baker", "citizen", set()),
    ("the report", "document", set()),
    ("The Vantry Herald", "media", set()),
    ("Nobody Inparticular", "unknown", set()),
]


@pytest.mark.parametrize(("words", "field"), FIELD_OF)
def test_field_of_an_expert(words: str, field: str | None) -> None:
    assert field_of(words) == field


@pytest.mark.parametrize(("words", "source_type", "kinds"), MESSENGERS_OF)
def test_messengers_of_a_source(words: str, source_type: str, kinds: set[str]) -> None:
    assert messengers(words, source_type) == kinds


def test_lists_are_in_order() -> None:
    words = [word for row in load_table("measuring/attribution/fields") for word in row["words"].split()]
    assert [row["field"] for row in load_table("measuring/attribution/fields")] == list(FIELDS)
    assert len(words) == len(set(words))
    for row in load_table("measuring/attribution/fields"):
        assert row["words"].split() == sorted(row["words"].split())
    people = load_table("english/people")
    assert {row["note"] for row in people} == {"", "full"}
    assert [row["name"] for row in people] == sorted(row["name"] for row in people)
    assert all(" " in row["name"] for row in people)


def test_common_last_names_stand_for_nobody() -> None:
    known, last = well_known(), only_bearers()
    assert known["Kim Campbell"] == "politician"
    assert "Campbell" not in last
    assert last["Merkel"] == "Angela Merkel"
    assert "Clinton" not in last  # two of them
    assert known["Ursula Leyen"] == known["Ursula von der Leyen"] == "politician"


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Health Canada", "official"),
        ("Jan Roe, a research scientist", "expert"),
        ("the deputy premier", "official"),
        ("Greta Hollin, a youth activist", "civil_society"),
        ("the soprano Maud Tillery", "celebrity"),
        ("Moody", "business"),
        ("Ada Moody", "unknown"),
        ("Jan Leger", "unknown"),
    ],
)
def test_newer_entries_of_the_lists(words: str, kind: str) -> None:
    assert kind_of_source(words) == kind


@given(st.text(alphabet=st.sampled_from("Jan Roe said the mayor. \"'’“”\n,;:aZ9%&é🙂"), max_size=200))
def test_any_words_have_kinds(words: str) -> None:
    assert all(messengers(words, kind) <= set(MESSENGERS) for kind in SOURCE_TYPES)


def test_floor_on_coded_units(gold_dir: Path) -> None:
    """Floors on the half that the lists were made on; the other half is measured by benchmarks/attribution.py alone."""
    with gzip.open(gold_dir / "ccf_units.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if int(sha256(str(row["id"]).encode()).hexdigest(), 16) % 2 == 0]
    assert len(rows) == 462
    pairs = []
    for row in rows:
        article = as_article(row["text"])
        found = find_attributions(article)
        pairs.append((set().union(*(messengers(article.words_at(a.source), a.source_type) for a in found)), set(row["sources"])))
    official = [("public_official" in a, "public_official" in b) for a, b in pairs]
    assert 2 * sum(a and b for a, b in official) / sum(a + b for a, b in official) > 0.70
    assert 2 * sum(len(a & b) for a, b in pairs) / sum(len(a) + len(b) for a, b in pairs) > 0.60
