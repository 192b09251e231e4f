"""Hedges, boosters, passives and nominalisations: tables of sentences, including those that must yield nothing."""

from __future__ import annotations

import math
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.article import Article, Paragraph
from framing.errors import InputError
from framing.measuring.page import Page
from framing.measuring.wording import KINDS, Wording, find_wording
from framing.measuring.wording.measure import WORDING
from framing.resources import load_table
from framing.text import Span, quotations

HEDGES = [
    ("The strike may end on Monday.", ["may"]),
    ("The strike might end soon.", ["might"]),
    ("Ships could sail tonight.", ["could"]),
    ("She could not reach the quay.", ["could"]),
    ("It is likely that the port will close.", ["It is likely that"]),
    ("A deal is unlikely.", ["unlikely"]),
    ("Perhaps the ministry knew.", ["Perhaps"]),
    ("The board reportedly met twice and allegedly took money.", ["reportedly", "allegedly"]),
    ("Police held an alleged member of the Tide.", ["alleged"]),
    ("The quay appears to have sunk.", ["appears"]),
    ("It appears the crane fell.", ["appears"]),
    ("The union seems ready to talk.", ["seems"]),
    ("Two dockers are believed to be missing.", ["believed to"]),
    ("About 20 people came.", ["About"]),
    ("It cost about $5 million and some 300 jobs.", ["about", "some"]),
    ("They waited for about a dozen hours.", ["about"]),
    ("Around half of them left.", ["Around"]),
    ("A year or so later they met.", ["or so"]),
    ("It is possible that he knew.", ["It is possible that"]),
    ("I think the mayor is right.", ["I think"]),
    ("It is not clear who paid.", ["not clear"]),
    ("Nobody is sure; the mayor was not sure either.", ["not sure"]),
    ("The result is rather weak.", ["rather"]),
    ("It was sort of funny.", ["sort of"]),
    ("A spokesman said the boat was almost new.", ["almost"]),
    # none of these hedges
    ("On May 5 Theodora May and the May fair met.", []),
    ("The army showed its military might on the quay.", []),
    ("They feared the might of the navy.", []),
    ("Renk spoke about the war and about a third-party offer.", []),
    ("They sailed around the island.", []),
    ("Some people left, some of them early.", []),
    ("A certain number of ships sailed; certain goods are banned.", []),
    ("The mayor appeared in court.", []),
    ("Come as soon as possible.", []),
    ("The grant made it possible to build.", []),
    ("He alleged that the money was gone.", []),
    ("They would rather strike than talk, rather than wait.", []),
    ("This kind of crane is new, that sort of thing.", []),
    ("The port will close; it should open in June and would then grow.", []),
    ("The minister suggested a pause and claimed success.", []),
]
BOOSTERS = [
    ("There is no doubt about it.", ["no doubt"]),
    ("In fact, the port never closed.", ["In fact", "never"]),
    ("The ministry clearly knew, of course.", ["clearly", "of course"]),
    ("He is certain to win.", ["certain"]),
    ("It is certain that he knew.", ["certain"]),
    ("Renk made it clear that talks were over.", ["clear"]),
    ("The aim is clear.", ["clear"]),
    ("She is sure that it floats.", ["sure"]),
    ("They must have known about the leak.", ["must"]),
    ("The fact that he paid is known.", ["The fact that"]),
    ("That is undoubtedly the largest one.", ["undoubtedly"]),
    # none of these boosts
    ("The company must pay by Friday.", []),
    ("The strike will end and the port will open.", []),
    ("Police moved to clear the street.", []),
    ("Workers were told to clear out of the hall.", []),
    ("Make sure that the door is shut.", []),
    ("A certain Mr Brandt called; certain ships were late.", []),
    ("The mayor is not sure.", []),
    ("It isn't really a crane.", []),
    ("A clear sky and an obvious mistake.", []),
]
PASSIVES = [
    ("He was shot.", [("was shot", False)]),
    ("Two dockers were killed.", [("were killed", False)]),
    ("Mistakes were made.", [("were made", False)]),
    ("She has been arrested.", [("been arrested", False)]),
    ("The deal is being investigated.", [("is being investigated", False)]),
    ("The report is to be released soon.", [("be released", False)]),
    ("It had not yet been fully paid.", [("been fully paid", False)]),
    ("The men weren't told.", [("weren't told", False)]),
    ("He got fired on Monday.", [("got fired", False)]),
    ("He was arrested and charged.", [("was arrested", False), ("charged", False)]),
    ("They were put in a van and driven away.", [("were put", False), ("driven", False)]),
    ("Was he warned?", [("Was he warned", False)]),
    ("The men were “taken” away.", [("were “taken", False)]),
    ("The boat was seized by the coast guard.", [("was seized", True)]),
    ("The law was drafted by 26-year-old Vic Brandt.", [("was drafted", True)]),
    ("It was signed on Monday by Renk.", [("was signed", True)]),
    ("The plan was opposed by a majority of members.", [("was opposed", True)]),
    ("She was robbed and beaten by two men.", [("was robbed", True), ("beaten", True)]),
    ("It was written by 22 members of the board.", [("was written", True)]),
    ("Wages were cut by 10 percent.", [("were cut", False)]),
    ("The hall was cleared by Friday.", [("was cleared", False)]),
    ("The hall was cleared by the end of March.", [("was cleared", False)]),
    ("The fire was put out by using sand.", [("was put", False)]),
    ("It was hit by mistake.", [("was hit", False)]),
    ("She was given a letter signed by Renk.", [("was given", False)]),
    ("He was freed after police, who were paid by Renk, left.", [("was freed", False), ("were paid", True)]),
    ("Cranes are used to lift boxes, a rope can be used to pull.", [("be used", False)]),
    # none of these is a passive of a deed
    ("She was interested, concerned and tired.", []),
    ("He was born in Vantry.", []),
    ("The firm is based in Port Sallow and was located on the quay.", []),
    ("The money is gone.", []),
    ("He was used to the noise.", []),
    ("The man shot by police is a docker.", []),
    ("It was a well-known, court-ordered sale.", []),
    ("Opinions are deeply divided.", []),
    ("The guards were unarmed.", []),
    ("The dockers had walked out and said so.", []),
    ("There were a hundred of them and it is indeed a need.", []),
    ("He is supposed to come and set to win; she got married.", []),
    ("What was that? The killers were. Charged batteries stood there.", []),
]
NOMINALISATIONS = [
    ("The killing of strikers shocked the town.", ["The killing of"]),
    ("They condemned the shooting of a docker.", ["the shooting of"]),
    ("The eviction of families went on.", ["The eviction of"]),
    ("The town mourned the deaths of two men.", ["the deaths of"]),
    ("Shells led to the total destruction of the quay.", ["destruction of"]),
    ("It called for an investigation of the tender.", ["an investigation of"]),
    ("Police warned of looting of shops.", ["looting of"]),
    ("The privatisation of the port began.", ["The privatisation of"]),
    ("The dredging of the canal began.", ["The dredging of"]),
    # none of these leaves out who did it, or tells of a deed
    ("The city of Vantry lies inland.", []),
    ("The election of 2016 was close.", []),
    ("The shooting of May 5 is over.", []),
    ("Their killing of strikers shocked the town.", []),
    ("Renk's sudden dismissal of the board surprised us.", []),
    ("The dockers' rejection of the offer was firm.", []),
    ("The seizure of boats by Tessmark went on.", []),
    ("The police shooting of a docker was filmed.", []),
    ("The government of Calderra made a statement of fact.", []),
    ("A meeting of ministers in the building of the bank.", []),
    ("The question of money and the position of the union.", []),
    ("They spoke of it, thinking of home, accused of lying.", []),
    ("In violation of the law, they sailed.", []),
    ("The killing was filmed.", []),
]


def of_kind(text: str, kind: str) -> list[Wording]:
    return [one for one in find_wording(text) if one.kind == kind]


@pytest.mark.parametrize(("text", "expected"), HEDGES)
def test_hedges(text: str, expected: list[str]) -> None:
    assert [one.words for one in of_kind(text, "hedge")] == expected


@pytest.mark.parametrize(("text", "expected"), BOOSTERS)
def test_boosters(text: str, expected: list[str]) -> None:
    assert [one.words for one in of_kind(text, "booster")] == expected


@pytest.mark.parametrize(("text", "expected"), PASSIVES)
def test_passives(text: str, expected: list[tuple[str, bool]]) -> None:
    assert [(one.words, one.agent) for one in of_kind(text, "passive")] == expected


@pytest.mark.parametrize(("text", "expected"), NOMINALISATIONS)
def test_nominalisations(text: str, expected: list[str]) -> None:
    assert [one.words for one in of_kind(text, "nominalisation")] == expected


@pytest.mark.xfail(strict=True, reason="'s is more often 'has' or a possessive than 'is', so no participle is looked for behind it")
def test_contracted_is() -> None:
    assert of_kind("He's accused of fraud.", "passive")


@pytest.mark.xfail(strict=True, reason="'may' of permission cannot be told from 'may' of possibility by its neighbours")
def test_may_of_permission() -> None:
    assert not of_kind("The court decides whether he may leave.", "hedge")


def test_curly_apostrophes_read_like_straight_ones() -> None:
    straight, curly = (find_wording(f"It isn{mark}t clear. They weren{mark}t told. I don{mark}t think so.") for mark in "'’")
    assert [(one.span, one.kind) for one in straight] == [(one.span, one.kind) for one in curly]
    assert len(straight) == 3


def test_body_paragraphs_alone_are_read_and_nothing_reads_over_their_ends() -> None:
    text = "It may rain\n\nPhoto: he was\n\nshot. In\n\nfact it did"
    spans = [Span(0, 11), Span(13, 26), Span(28, 36), Span(38, len(text))]
    page = Article("a", text, paragraphs=(Paragraph(spans[0]), Paragraph(spans[1], "caption"), Paragraph(spans[2]), Paragraph(spans[3])))
    assert [one.words for one in find_wording(page)] == ["may"]
    assert find_wording(Article("b", "He may go", paragraphs=(Paragraph(Span(0, 9), "caption"),))) == ()


def test_markup_is_not_read() -> None:
    text = "He was **shot** dead"
    page = Article("a", text, markup=(Span(7, 9), Span(13, 15)))
    assert [one.words for one in find_wording(page)] == ["was shot"]
    assert find_wording(text) == ()


def test_words_outside_do_not_count() -> None:
    text = "“It may rain and he was shot,” she said. It may snow."
    inside = [quotation.span for quotation in quotations(text)]
    assert [one.words for one in find_wording(text, outside=inside)] == ["may"]
    assert len(find_wording(text)) == 3
    assert find_wording(text, outside=[Span(0, 20), Span(10, len(text))]) == ()


def numbers(text: str) -> dict[str, float]:
    page = Page(Article("a", text), "rules")
    return WORDING.measured(page, find_wording(page))


def test_measures() -> None:
    text = "Mistakes were made. The boat was seized by the guard. It may clearly sink after the killing of two men."
    measures = numbers(text)
    assert {name: value for name, value in measures.items() if "outlet" not in name} == {
        "hedges_per_1k": 50.0,
        "boosters_per_1k": 50.0,
        "agentless_passives_per_1k": 50.0,
        "nominalisations_per_1k": 50.0,
        "share_passives_agentless": 0.5,
    }
    assert {name: value for name, value in numbers(f"“{text}” She left.").items() if "outlet" in name} == {
        "hedges_outlet_per_1k": 0.0,
        "boosters_outlet_per_1k": 0.0,
        "agentless_passives_outlet_per_1k": 0.0,
        "nominalisations_outlet_per_1k": 0.0,
    }


def test_measures_of_nothing() -> None:
    none = numbers("")
    assert len(none) == 9
    assert all(math.isnan(value) for value in none.values())
    measured = numbers("Ships sail at noon.")
    assert math.isnan(measured.pop("share_passives_agentless"))
    assert set(measured.values()) == {0.0}


def test_what_is_no_article_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        find_wording(7)  # type: ignore[arg-type]
    assert str(caught.value) == "expected an Article or a str, got int"


WORDS = """was were be been being isn't shot killed and by the of killing may May not sure about 20 no doubt in fact it is likely that must
have as or so Renk possible appears sort rather made clear used to got very destruction , . “ ” ' ’ ’s 's - — İ ß 😀"""
PIECES = [*WORDS.split(), "\x00", "\n", "\n\n"]


@given(
    st.one_of(
        st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join), st.lists(st.sampled_from(PIECES)).map("".join)
    )
)
def test_spans_slice_back(text: str) -> None:
    found = find_wording(text)
    assert list(found) == sorted(found, key=lambda one: (one.span.start, one.span.end, one.kind))
    for one in found:
        assert one.words == " ".join(one.span.of(text).split()) != ""
        assert one.kind in KINDS
        assert (one.agent is None) == (one.kind != "passive")
    for kind in KINDS:
        spans = [one.span for one in found if one.kind == kind]
        assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(math.isnan(value) or value >= 0 for value in numbers(text).values())
    assert find_wording(text, outside=[Span(0, len(text))]) == ()


@pytest.mark.parametrize(
    "piece",
    [
        "was ",
        "was shot and ",
        "killed, ",
        "not ",
        "the killing of ",
        "by ",
        "no ",
        "'",
        "as far as ",
        "x",
        "was very ",
        "is, ",
        "shot and killed ",
        "’s ",
    ],
)
def test_time_grows_with_length_alone(piece: str) -> None:
    def seconds(n: int) -> float:
        text = "was shot " + piece * n
        start = time.process_time()
        find_wording(text)
        return time.process_time() - start

    seconds(1000)
    assert seconds(80_000) < 40 * max(seconds(10_000), 0.01)


def test_lists_hold_each_entry_once_and_in_lower_case() -> None:
    hedges, boosters = load_table("measuring/wording/hedges"), load_table("measuring/wording/boosters")
    phrases = [row["words"] for row in (*hedges, *boosters)]
    words = [[row["word"] for row in load_table(name)] for name in ("measuring/wording/participles", "measuring/wording/nouns")]
    for entries in (phrases, *words):
        assert len(entries) == len(set(entries))
        assert all(entry == entry.lower().strip() != "" for entry in entries)


def test_coded_sentences(gold_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Floors on the half that was not developed on; the sentences were coded before the rules were run on them."""
    monkeypatch.syspath_prepend(str(Path(__file__).resolve().parents[3] / "benchmarks"))
    monkeypatch.delitem(sys.modules, "wording", raising=False)
    import wording

    table = wording.score("report", gold=gold_dir)
    monkeypatch.delitem(sys.modules, "wording", raising=False)
    floors = {"hedge": 0.90, "booster": 0.90, "passive": 0.95, "passive, no agent": 0.95, "nominalisation, all": 0.74}
    for name, floor in floors.items():
        right, wrong, missed = table[name]
        assert 2 * right / (2 * right + wrong + missed) >= floor, name
