"""What is counted in one article, on attributions made by hand."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest

from framing.article import Article, Paragraph
from framing.choices import SOURCE_TYPES, Naming
from framing.measuring.attribution import STANCES, Attribution
from framing.measuring.attribution.measure import source_measures, source_name
from framing.measuring.attribution.types import statements
from framing.measuring.page import Page
from framing.tables import analyze
from framing.text import Span

TEXT = (
    "Karla Voss confirmed that the port would stay shut. Residents claimed nobody had asked them. "
    "“We will stay,” Tolliver said. She slammed the union. “Open the gates.” An aide, who feared for her job, warned of layoffs."
)


PAGE = Page(Article(id="a", text=TEXT))


def made(source: str, cue: str, content: str, source_type: str, **other: object) -> Attribution:
    def spans(words: str) -> tuple[Span, ...]:
        start = TEXT.index(words) if words else 0
        return (Span(start, start + len(words)),) if words else ()

    return Attribution(spans(source), spans(cue), spans(content), other.pop("form", "indirect"), source_type=source_type, **other)  # type: ignore[arg-type]


REASON = Span(TEXT.index("who feared"), TEXT.index(", warned"))
MADE = (
    made("Karla Voss", "confirmed", "that the port would stay shut", "official", speaker="Karla Voss", stance="endorsing"),
    made("Residents", "claimed", "nobody had asked them", "citizen", stance="doubting"),
    made("Tolliver", "said", "“We will stay,”", "civil_society", speaker="Bram Tolliver", form="direct"),
    made("She", "slammed", "the union", "official", stance="emotive"),
    made("", "", "“Open the gates.”", "unknown", form="direct"),
    made("An aide, who feared for her job", "warned", "of layoffs", "politician", stance="forward", side="Calderra",
         naming="anonymous", anonymity_reason=REASON, qualification=REASON, speaks_for="Harbour Front"),
)  # fmt: skip
ASIDE = (
    made("Karla Voss", "confirmed", "the port would stay shut", "official", speaker="Karla Voss", headline=True, naming="named_person"),
    made("Tolliver", "slammed", "the union", "business", form="direct", refusal=True, naming="named_person"),
)


def test_counts_and_shares_worked_by_hand() -> None:
    m = source_measures(PAGE, MADE)
    assert m["n_attributions"] == 6
    assert m["n_sources"] == 4  # Voss, residents, Tolliver, the aide; "She" stays open, one quotation has no source
    assert m["share_official"] == pytest.approx(2 / 6)
    assert m["share_direct"] == pytest.approx(2 / 6)
    assert m["share_political"] == pytest.approx(3 / 6)
    n_words = {"official": 6 + 2, "citizen": 4, "civil_society": 3, "unknown": 3, "politician": 2}
    for kind in SOURCE_TYPES:
        assert m[f"share_words_{kind}"] == pytest.approx(n_words.get(kind, 0) / 20)
    shares = {"neutral": 1, "doubting": 1, "endorsing": 1, "conceding": 0, "emotive": 1, "forward": 1}
    assert {stance: m[f"share_{stance}"] for stance in STANCES} == pytest.approx({s: n / 5 for s, n in shares.items()})
    assert m["first_is_official"] == 1
    assert m["source_shannon"] == pytest.approx(math.log(4))
    assert m["source_evenness"] == pytest.approx(1)
    assert m["source_simpson"] == pytest.approx(0.75)
    kinds = [2, 1, 1, 1]  # the unknown left out
    assert m["source_type_simpson"] == pytest.approx(1 - sum((n / 5) ** 2 for n in kinds))
    assert m["source_type_shannon"] == pytest.approx(-sum(n / 5 * math.log(n / 5) for n in kinds))


@pytest.mark.parametrize(
    "naming, unnamed, anonymous",
    [
        (("named_person", None, "named_person", None, None, "anonymous"), 1 / 5, 1 / 5),  # of five that have a source
        (("named_person", "unnamed_group", "named_person", None, None, "anonymous"), 2 / 5, 1 / 5),
        (("document", "unnamed_person", "named_organisation", "unnamed_group", None, "unnamed_person"), 3 / 5, 0),
        ((None,) * 6, 0, 0),
    ],
)
def test_sources_without_a_name(naming: tuple[Naming | None, ...], unnamed: float, anonymous: float) -> None:
    m = source_measures(PAGE, [replace(one, naming=way) for one, way in zip(MADE, naming, strict=True)])
    assert (m["share_unnamed"], m["share_anonymous"]) == pytest.approx((unnamed, anonymous))


def test_refusals_and_the_headline_change_no_number_but_one() -> None:
    plain, with_more = source_measures(PAGE, MADE), source_measures(PAGE, (*ASIDE, *MADE))
    assert (plain.pop("n_refusals"), with_more.pop("n_refusals")) == (0, 1)
    assert with_more == pytest.approx(plain)
    assert statements((*ASIDE, *MADE)) == list(MADE)
    alone = source_measures(PAGE, ASIDE)
    assert (alone["n_attributions"], alone["n_sources"]) == (0, 0)
    assert math.isnan(alone["first_is_official"])


def test_refusals_and_the_headline_are_nobodys_voice() -> None:
    page = Page(PAGE.article)
    page.__dict__["attributions"] = (*ASIDE, *MADE[1:3])
    assert {kind: page.words_at(spans) for kind, spans in page.said.items()} == {
        "citizen": "nobody had asked them",
        "civil_society": "“We will stay,”",
        "quoted": "Open the gates.",
    }
    places = [TEXT.index(words) for words in ("the port", "nobody", "the union")]
    assert page.voices_at(places) == ["outlet", "citizen", "outlet"]


@pytest.mark.parametrize(
    "attributions, expected",
    [
        ((), math.nan),
        (MADE[1:], 0),
        (MADE[4:5], math.nan),  # nobody is named
        ((made("Tolliver", "said", "“We will stay,”", "unknown"), MADE[0]), math.nan),  # somebody speaks, and it is not told what he is
        (MADE[4:], 0),  # the first that names a source
    ],
)
def test_who_speaks_first(attributions: tuple[Attribution, ...], expected: float) -> None:
    assert source_measures(PAGE, attributions)["first_is_official"] == pytest.approx(expected, nan_ok=True)


def test_nothing_attributed_is_missing_and_not_zero() -> None:
    m = source_measures(PAGE, ())
    assert (m.pop("n_attributions"), m.pop("n_sources"), m.pop("n_refusals")) == (0, 0, 0)
    assert all(math.isnan(value) for value in m.values())
    bare = source_measures(PAGE, MADE[4:5])
    assert math.isnan(bare["share_neutral"])  # no cue, no stance
    assert bare["share_unknown"] == bare["share_words_unknown"] == 1


def test_shares_of_one_sort_sum_to_one() -> None:
    m = source_measures(PAGE, MADE)
    for names in (SOURCE_TYPES, [f"words_{kind}" for kind in SOURCE_TYPES], STANCES):
        assert sum(m[f"share_{name}"] for name in names) == pytest.approx(1)


@pytest.mark.parametrize(
    "speaker, words, expected",
    [
        ("Nadia Orlo", "she", "Nadia Orlo"),
        (None, "Two  Officials", "two officials"),
        (None, "They", None),
        (None, "who", None),
        (None, "", None),
        ("", "the ministry", "the ministry"),
    ],
)
def test_what_a_source_counts_under(speaker: str | None, words: str, expected: str | None) -> None:
    assert source_name(speaker, words) == expected


def test_the_record_tells_what_the_article_tells_of_a_source() -> None:
    found = analyze(TEXT, engine="rules")
    whole = replace(found, found={**found.found, "notices": (), "attribution": (*MADE, *ASIDE)})
    assert whole.first_source_type == "official"
    records = json.loads(json.dumps(whole.to_dict(), allow_nan=False))["attributions"]
    told = {
        "stance": "forward",
        "side": "Calderra",
        "metonym": False,
        "speaker": None,
        "naming": "anonymous",
        "speaks_for": "Harbour Front",
        "title": None,
        "qualification": [REASON.start, REASON.end],
        "anonymity_reason": [REASON.start, REASON.end],
        "speaker_confidence": 0.0,
        "refusal": False,
        "headline": False,
    }
    assert {name: records[5][name] for name in told} == told
    assert [record["stance"] for record in records[:6]] == ["endorsing", "doubting", "neutral", "emotive", "neutral", "forward"]
    assert records[0]["anonymity_reason"] is None
    assert [(record["headline"], record["refusal"]) for record in records[6:]] == [(True, False), (False, True)]


def test_first_source_type_of_a_silent_article() -> None:
    assert analyze("Ships wait outside the harbour.", engine="rules").first_source_type is None


NESTED = (
    "Perhaps the port will open. "  # 5 words of the outlet, one of them a hedge
    "Minister Karla Voss said that residents claimed the thugs may be leaving. "  # 4 of the outlet, 3 of an official, 5 of citizens
    "The thugs brutally crushed the dockers."  # 6 of the outlet
)


def test_speech_in_speech_is_of_the_innermost_speaker() -> None:
    found = analyze(NESTED, engine="rules")
    outer, inner = found.attributions
    assert [(a.source_type, found.article.words_at(a.content)) for a in (outer, inner)] == [
        ("official", "that residents claimed the thugs may be leaving"),
        ("citizen", "the thugs may be leaving"),
    ]
    places = [NESTED.index(words) for words in ("said", "that residents", "claimed", "the thugs", "leaving", "The thugs")]
    assert found.voices_at(places) == ["outlet", "official", "official", "citizen", "citizen", "outlet"]
    assert [found.voice_of(sentence) for sentence in found.sentences] == ["outlet", "citizen", "outlet"]


def test_rates_of_the_outlets_own_words_count_speech_in_speech_once() -> None:
    found = analyze(NESTED, engine="rules")
    m = found.measures
    assert (m["n_words"], m["n_words_outlet"]) == (23, 5 + 4 + 6)
    assert [(w.kind, w.words) for w in found.wording] == [("hedge", "Perhaps"), ("hedge", "may")]
    assert m["hedges_per_1k"] == pytest.approx(1000 * 2 / 23)
    assert m["hedges_outlet_per_1k"] == pytest.approx(1000 * 1 / 15)  # "may" is in the residents' mouth
    loaded = [found.article.text[word.start : word.end] for word in found.loaded.words]
    assert loaded == ["thugs", "thugs", "brutally", "crushed"]
    assert m["loaded_per_1k"] == pytest.approx(1000 * 4 / 23)
    assert m["loaded_outlet_per_1k"] == pytest.approx(1000 * 3 / 15)
    first, second, third = (sentence.probability for sentence in found.loaded.sentences)
    assert m["mean_loaded"] == pytest.approx((first + second + third) / 3)
    assert m["mean_loaded_outlet"] == pytest.approx((first + third) / 2)  # most words of the second are the residents'


def test_a_quotation_that_nobody_is_said_to_say_is_not_the_outlets() -> None:
    text = "Ships waited at the quay. A banner read “We may stay for ever”. The mayor slept."
    found = analyze(text, engine="rules")
    assert not [a for a in found.attributions if a.source]
    assert found.voices_at([text.index("We"), text.index("The mayor")]) == ["quoted", "outlet"]
    assert (found.measures["n_words"], found.measures["n_words_outlet"]) == (16, 11)
    assert found.measures["hedges_outlet_per_1k"] == 0 < found.measures["hedges_per_1k"]


def test_only_the_body_is_counted_and_notices_by_kind() -> None:
    parts = {
        "headline": "Port shut",
        "caption": "Perhaps a ship",
        "body": "Ships waited outside. The Harbour Front (an extremist organisation banned in Calderra) walked out.",
        "notice": "Correction: an earlier version of this article misspelled a name.",
    }
    text = "\n\n".join(parts.values())
    spans = {role: Span(text.index(words), text.index(words) + len(words)) for role, words in parts.items()}
    m = analyze(Article("a", text, paragraphs=tuple(Paragraph(span, role) for role, span in spans.items())), engine="rules").measures  # type: ignore[arg-type]
    assert (m["n_paragraphs"], m["n_sentences"], m["hedges_per_1k"]) == (1, 2, 0)
    assert (m["n_notices"], m["n_legal_labels"]) == (2, 1)
