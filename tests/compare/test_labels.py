"""Which outlet calls the same people what: tables of counts, errors."""

from __future__ import annotations

import math
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.article import Article, Paragraph
from framing.compare.labels import COLUMNS, contested_words, labels_for
from framing.errors import InputError, UnknownNameError
from framing.readers import read_corpus
from framing.text import Span

CORPORA = Path(__file__).resolve().parents[2] / "corpora"

PAGES = [
    Article("a1", "The dockers met. “The thugs left,” he said. Angry dockers sang.", outlet="Herald", meta={"desk": "home"}),
    Article("a2", "Dockers left.", outlet="Herald", meta={"desk": "home"}),
    Article("b1", "The strikers met here today.", outlet="Today", meta={"desk": "world"}),
    Article("c1", "Nothing happened.", outlet="Zebra"),
    Article("d1", "Dockers everywhere."),
]


def test_counts_by_outlet() -> None:
    frame = labels_for(PAGES, ["dockers", "strikers", "thugs"])
    assert list(frame.columns) == ["outlet", *COLUMNS]
    assert len(frame) == 3 * 4
    assert list(frame["outlet"].unique()) == ["Herald", "Today", "Zebra"]
    herald = frame[frame["outlet"] == "Herald"].set_index("label")
    assert list(herald.index) == ["dockers", "angry dockers", "thugs", "strikers"]
    assert herald["count"].tolist() == [2, 1, 1, 0]
    assert herald["share"].tolist() == [0.5, 0.25, 0.25, 0.0]
    assert herald["quoted"].tolist() == [0, 0, 1, 0]
    assert herald["n_articles"].tolist() == [2, 1, 1, 0]
    assert herald["head"].tolist() == ["dockers", "dockers", "thugs", "strikers"]
    assert herald["modifiers"].tolist() == ["", "angry", "", ""]
    assert herald.loc["dockers", "per_1k"] == 1000 * 2 / 13
    assert frame.attrs["n_left_out"] == 1
    assert frame.attrs["words"] == ("dockers", "strikers", "thugs")
    zebra = frame[frame["outlet"] == "Zebra"]
    assert zebra["count"].tolist() == [0, 0, 0, 0]
    assert zebra["per_1k"].tolist() == [0.0] * 4
    assert zebra["share"].isna().all()


def test_one_row_a_label() -> None:
    """ "Extremist" as an adjective and as a noun, and a phrase listed and met with a quotation mark inside."""
    pages = [
        Article("a", "The Harbour Front is extremist. “Mara Quell is extremist.”", outlet="H"),
        Article("b", "Extremist Mara Quell met.", outlet="H"),
        Article("c", "Mara Quell is extremist.", outlet="T"),
    ]
    frame = labels_for(pages, ["Mara Quell", "Harbour Front"])
    assert frame[["outlet", "label", "head", "modifiers", "count", "share", "n_articles", "quoted"]].values.tolist() == [
        ["H", "extremist", "extremist", "", 3, 1.0, 2, 1],
        ["T", "extremist", "extremist", "", 1, 1.0, 1, 0],
    ]
    assert [example[0] for example in frame["examples"][0]] == ["a", "b", "a"]
    alone = labels_for(pages[2:], "Mara Quell")
    assert alone[["label", "head", "modifiers"]].values.tolist() == [["extremist", "", "extremist"]]
    assert labels_for(pages, ["Mara Quell"], modifiers=False)["count"].tolist() == [1, 0]
    phrase = labels_for([Article("a", "A terrorist attack, a terrorist “attack”.", outlet="H")], ["terrorist attack", "attack"])
    assert phrase[["label", "head", "count"]].values.tolist() == [["terrorist attack", "terrorist attack", 2], ["attack", "attack", 0]]


def test_apostrophes_are_shown() -> None:
    row = labels_for([Article("a", "The dockers’ strike ended.", outlet="H")], ["strike"]).iloc[0]
    assert (row["label"], row["modifiers"], row["head"]) == ("dockers' strike", "dockers'", "strike")


def test_own_words_alone() -> None:
    frame = labels_for(PAGES, ["dockers", "thugs"], own_words_only=True).set_index(["outlet", "label"])
    assert frame["quoted"].sum() == 0
    assert frame.loc[("Herald", "thugs"), "count"] == 0
    assert frame.loc[("Herald", "dockers"), "per_1k"] == 1000 * 2 / 10


def test_heads_alone() -> None:
    frame = labels_for(PAGES, ["dockers"], modifiers=False).set_index("outlet")
    assert frame["count"].to_dict() == {"Herald": 3, "Today": 0, "Zebra": 0}
    assert len(labels_for([Article("a", "The banned Harbour Front met.", outlet="H")], "Harbour Front", modifiers=False)) == 0


def test_groups_by_other_fields() -> None:
    frame = labels_for(PAGES, ["dockers"], by="desk", modifiers=False)
    assert frame["desk"].tolist() == ["home", "world"]
    assert frame["count"].tolist() == [3, 0]
    assert frame.attrs["n_left_out"] == 2


def test_examples_lead_back_to_the_text() -> None:
    by_id = {page.id: page for page in PAGES}
    frame = labels_for(PAGES, ["dockers", "thugs"], modifiers=False, n_examples=2)
    for row in frame.itertuples():
        assert len(row.examples) == min(row.count, 2)
        for article_id, start, end, sentence in row.examples:
            assert by_id[article_id].text[start:end].lower().endswith(row.head)
            assert by_id[article_id].text[start:end] in sentence
    dockers = frame.set_index(["outlet", "label"]).loc[("Herald", "dockers"), "examples"]
    assert [example[0] for example in dockers] == ["a1", "a2"]


def test_order_of_articles_changes_nothing() -> None:
    one, other = (labels_for(pages, ["dockers", "strikers"]) for pages in (PAGES, PAGES[::-1]))
    assert one.equals(other)


def test_body_alone_is_read() -> None:
    text = "Rebels left\n\nPhoto: rebels"
    page = Article("a", text, outlet="H", paragraphs=(Paragraph(Span(0, 11)), Paragraph(Span(13, len(text)), "caption")))
    assert labels_for([page], ["rebels"])["count"].tolist() == [1]


def test_outlet_without_words() -> None:
    frame = labels_for([Article("a", "", outlet="Empty"), *PAGES], ["dockers"], modifiers=False).set_index("outlet")
    assert math.isnan(frame.loc["Empty", "per_1k"])
    assert frame.loc["Empty", "count"] == 0


def test_name_that_nobody_labels() -> None:
    frame = labels_for(PAGES, "Grey Tide")
    assert len(frame) == 0
    assert list(frame.columns) == ["outlet", *COLUMNS]
    assert frame.dtypes.astype(str).to_dict() == labels_for(PAGES, ["dockers"]).dtypes.astype(str).to_dict()


def test_starter_groups() -> None:
    groups = contested_words()
    assert len(groups) >= 30
    assert groups.index.is_unique
    assert list(groups.columns) == ["words", "note", "documented"]
    assert groups["note"].str.len().min() > 0
    for words in groups["words"]:
        assert len(words) == len(set(words)) >= 2
    by_group = labels_for(PAGES, "strikers", modifiers=False)
    assert by_group.attrs["words"] == groups.loc["strikers", "words"]
    assert by_group[by_group["outlet"] == "Herald"].set_index("label")["count"]["dockers"] == 3
    assert set(labels_for(PAGES, ["strikers"])["label"]) == {"strikers"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([], "Renk"), "the corpus has no articles to look for labels in"),
        ((PAGES, ""), "target must hold words, got ''"),
        ((PAGES, ["dockers", "?"]), "target must hold words, got ['dockers', '?']"),
        ((PAGES, []), "target must be a name, a group of contested_words() or words, got []"),
        ((PAGES, 7), "target must be a name, a group of contested_words() or words, got 7"),
        (("corpora", "Renk"), "expected a Corpus or articles, got str; read files with read_corpus first"),
    ],
)
def test_bad_input(arguments: tuple[object, object], message: str) -> None:
    with pytest.raises(InputError) as caught:
        labels_for(*arguments)  # type: ignore[arg-type]
    assert str(caught.value) == message


def test_bad_options() -> None:
    with pytest.raises(UnknownNameError) as unknown:
        labels_for(PAGES, "Renk", by="section")
    assert str(unknown.value) == "no article has 'section'; accepted: outlet, language, desk"
    with pytest.raises(InputError) as wrong:
        labels_for(PAGES, "Renk", n_examples=-1)
    assert str(wrong.value) == "n_examples must be a whole number, 0 or more, got -1"


WORDS_OF_TEXT = """the a banned Harbour Front , ( ) is as known movement group separatist rebels rebel armed of members "quoted" “ ” .
Sen. and Renk ’s 's * ¹ - — İ ß 😀 such like not Minister who
which lists rebels' ‘rebels’ extremist"""
PIECES = WORDS_OF_TEXT.split()


@settings(max_examples=150)
@given(st.one_of(st.text(max_size=120), st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join)))
def test_any_text_is_read(text: str) -> None:
    page = Article("a", text, outlet="H")
    for target in ("Harbour Front", ["rebels", "movement"]):
        frame = labels_for([page], target, n_examples=1000)
        for row in frame.itertuples():
            assert len(row.examples) == row.count
            assert 0 <= row.quoted <= row.count
            for _, start, end, _ in row.examples:
                assert 0 <= start < end <= len(text)
        assert frame["label"].is_unique
        assert frame["share"].sum() == pytest.approx(1.0 if frame["count"].sum() else 0.0)


@pytest.mark.parametrize(
    "piece",
    ["the banned Harbour Front, a ", "Harbour Front ", "Minister ", "rebels ", "the ", "armed ", ", ", "x", "rebels' ", "'rebels' "],
)
def test_time_grows_with_length_alone(piece: str) -> None:
    def seconds(n: int) -> float:
        page = Article("a", piece * n + " the Harbour Front rebels", outlet="H")
        start = time.process_time()
        labels_for([page], "Harbour Front")
        labels_for([page], ["rebels"])
        return time.process_time() - start

    seconds(500)
    assert seconds(16_000) < 40 * max(seconds(2_000), 0.02)


def test_bundled_outlets_differ_as_they_were_written_to() -> None:
    stories = read_corpus(CORPORA / "ten-stories")
    front = labels_for(stories, "Harbour Front")
    counts = front.set_index(["outlet", "label"])["count"]
    assert counts["Meridian International", "separatist movement"] == 4
    assert counts["Republic Today", "separatist movement"] == 0
    assert counts["Republic Today", "extremist organisation"] >= 1
    assert counts["Open Ledger", "outlawed workers' movement"] == 2
    tide = labels_for(stories, "Grey Tide").set_index(["outlet", "label"])["count"]
    assert tide["Meridian International", "armed group"] == 3
    assert tide["Republic Today", "terrorist organisation"] == 1
    strikers = labels_for(stories, "strikers", modifiers=False)
    assert set(strikers["outlet"]) == set(stories.outlets)
    workers = labels_for(stories, ["workers"]).set_index(["outlet", "label"])["count"]
    assert ("Open Ledger", "outlawed workers") not in workers.index
