"""What was done to a report: the bundled wire corpus, whose edits are known, and small cases for each kind of change."""

from __future__ import annotations

import math
import time
from pathlib import Path

import pytest

import framing as fr
from framing.compare.versions import FATES, compare_versions, version_table
from framing.errors import InputError

HARBOUR = Path(__file__).parents[2] / "corpora" / "harbour"


@pytest.fixture(scope="module")
def harbour() -> dict[str, fr.Article]:
    return {str(article.outlet): article for article in fr.read_corpus(HARBOUR)}


# What the README of the corpus says was left out, moved and added; cut and added sentences by their first words.
EDITS: dict[str, tuple[list[str], list[str], list[str]]] = {
    "The Vantry Herald": (
        ['"We take our orders', '"Mostly we are seeing', "Thirty-four ships", '"We are following events', "The union said its members"],
        [],
        ["Prime Minister Tobias Renk said", "President Ilse Maren"],
    ),
    "Meridian International": (
        ["Thirty-four ships", "Prime Minister Tobias Renk said", "President Ilse Maren"],
        ["Calderra's coast, which was", "Courts have named the Front"],
        [],
    ),
    "Republic Today": (
        [
            "Twenty-three people",
            "The dockers' union has denied",
            '"They came with gas',
            '"We take our orders',
            "They had met",
            "At St Brigid's Hospital",
            '"Mostly we are seeing',
            "The Civic Union party",
            '"A government that sends',
            "The dockers stopped work",
            "Port Sallow Terminals",
            "Lena Horvat",
            "It gave no evidence",
            '"We are following events',
            "President Ilse Maren",
            "The union said its members",
        ],
        ["Four members of the force", "The extremists had used", "Every honest employer"],
        [],
    ),
}


@pytest.mark.parametrize("outlet", EDITS)
def test_every_edit_of_the_bundled_wire_report(harbour: dict[str, fr.Article], outlet: str) -> None:
    original, version = harbour["Continental Press"], harbour[outlet]
    found = compare_versions(original, version)
    cut, added, moved = EDITS[outlet]
    frame = found.to_frame()
    for fate, column, expected in (("cut", "original", cut), ("added", "version", added)):
        sentences = list(frame.loc[frame["fate"] == fate, column])
        assert len(sentences) == len(expected), sentences
        assert all(one.startswith(begins) for one, begins in zip(sentences, expected, strict=True)), sentences
    assert [one[: len(begins)] for one, begins in zip(frame.loc[frame["moved"], "version"], moved, strict=True)] == moved


def test_words_that_came_and_went(harbour: dict[str, fr.Article]) -> None:
    found = compare_versions(harbour["Continental Press"], harbour["Republic Today"])
    reworded = {" ".join(c.words_out): " ".join(c.words_in) for c in found.changes if c.fate == "reworded"}
    assert reworded["a movement that seeks self-rule for the coast and was banned in November 2023,"] == ""
    assert any("illegal seizure" in words for words in reworded.values())
    assert "Bram Tolliver" in found.names_out
    assert "Bram Tolliver" in found.sources_out
    assert "extremists" in found.loaded_in
    assert found.notices_added == ("legal_label", "legal_label")
    assert "Restored:" in found.headline_in
    assert "6 percent" in found.figures_out
    assert "2023" in found.figures_out


def test_a_version_of_its_own_original_is_kept(harbour: dict[str, fr.Article]) -> None:
    original = harbour["Continental Press"]
    found = compare_versions(original, original)
    assert {change.fate for change in found.changes} == {"kept"}
    assert found.shares == {"kept": 1, "reworded": 0, "cut": 0, "cut_from_end": 0, "added": 0}
    assert found.summary() == [f"{len(found.changes)} sentences kept; 0 moved"]


SMALL = [  # original, version, fates in the order of the version
    ("The port reopened. Ships left at noon.", "Ships left at noon. The port reopened.", ["kept", "kept"]),
    ("“It is over,” he said. Ships left.", "'It is over,' he said. Ships left.", ["kept", "kept"]),
    ("Ships left the port at noon on Monday.", "Ships left the harbour at noon on Monday.", ["reworded"]),
    (
        "Ships left the port at noon, and the crews cheered on the quay.",
        "Ships left the port at noon. The crews cheered on the quay.",
        ["reworded"] * 2,
    ),
    ("Ships left.", "Nobody had expected any of this to happen.", ["added", "cut"]),
    ("", "Ships left.", ["added"]),
    ("Ships left.", "", ["cut"]),
    ("", "", []),
    ("Yes. Yes. Yes.", "Yes. Yes.", ["kept", "kept", "cut"]),
]


@pytest.mark.parametrize(("original", "version", "fates"), SMALL, ids=[row[1][:30] for row in SMALL])
def test_small_cases(original: str, version: str, fates: list[str]) -> None:
    found = compare_versions(original, version, engine="rules")
    assert sorted(change.fate for change in found.changes) == sorted(fates)
    assert all(change.fate in FATES for change in found.changes)
    shown = {c.version.start for c in found.changes if c.version}
    assert shown == {s.start for s in fr.Page(fr.Article("a", version)).sentences}, "every sentence of the version has its row"


def test_a_sentence_that_changes_places_is_moved() -> None:
    found = compare_versions("One went. Two stayed here. Three came back.", "Three came back. One went. Two stayed here.", engine="rules")
    assert [(change.fate, change.moved) for change in found.changes] == [("kept", True), ("kept", False), ("kept", False)]


def test_shares_of_no_words_are_missing() -> None:
    assert all(math.isnan(share) for share in compare_versions("", "").shares.values())


def test_hostile_words_are_escaped_where_they_are_shown() -> None:
    found = compare_versions("<b>Ships left the port.</b>", "<script>alert(1)</script> Ships left the \u202eport.")
    assert "<script>" not in found._repr_html_()
    assert "<b>" not in found._repr_html_()
    assert "\u202e" not in found._repr_html_() + str(found) + repr(found)


def test_a_table_of_versions(harbour: dict[str, fr.Article]) -> None:
    table = version_table(harbour["Continental Press"], harbour.values())
    assert "continental-press" not in table.index
    assert (
        table.loc["meridian", "kept"]
        > table.loc["vantry-herald", "kept"]
        > table.loc["republic-today", "kept"]
        > table.loc["open-ledger", "kept"]
    )
    assert (table[["kept", "reworded", "cut"]].sum(axis=1).round(9) == 1).all()
    assert table.loc["vantry-herald", "n_moved"] == 2
    assert len(version_table(harbour["Continental Press"], [])) == 0


@pytest.mark.parametrize("wrong", [None, 7, ["a"]])
def test_what_is_no_article(wrong: object) -> None:
    with pytest.raises(InputError, match="version must be an article, got"):
        compare_versions("Ships left.", wrong)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="versions must hold articles, got"):
        version_table("Ships left.", [wrong])  # type: ignore[list-item]


def test_time_grows_with_the_number_of_sentences() -> None:
    def seconds(n: int) -> float:
        before = " ".join(f"Ship number {i} left port {i % 97} with cargo {i * 7} at noon." for i in range(n))
        after = " ".join(f"Ship number {i} left port {i % 97} with freight {i * 7} at dawn." for i in range(n))
        pages = [fr.Page(fr.Article(id=text[:9], text=text), "rules") for text in (before, after)]
        for page in pages:
            assert page.sentences
            page.__dict__.update(attributions=(), names=())
        begun = time.process_time()
        compare_versions(*pages)
        return time.process_time() - begun

    seconds(50)
    assert seconds(1200) < 12 * max(seconds(300), 0.05)
