"""Tone toward a target: what it says of plain sentences, one pass for all targets, clear errors, and figures on gold data kept back."""

from __future__ import annotations

import math
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import framing as fr
from framing.choices import TONE_ENGINES
from framing.errors import InputError
from framing.evaluate import score_target_tones
from framing.measuring.page import Page
from framing.measuring.tone import LABELS, TargetTone, heads, tone_toward_each
from framing.text import even


def toward(text: str, words: str, engine: str = "encoder") -> TargetTone:
    at = text.index(words)
    return fr.tone_toward(text, fr.Span(at, at + len(words)), engine=engine)  # type: ignore[arg-type]


CLEAR = [
    ("Orlo lied to the dockers and betrayed her own voters.", "Orlo", "negative"),
    ("Prosecutors accused Stahl of taking bribes.", "Stahl", "negative"),
    ("Critics slammed Renk as a corrupt and incompetent liar.", "Renk", "negative"),
    ("Voss was widely praised for her courage and her honest work.", "Voss", "positive"),
    ("The brilliant Horvat won a prestigious award for her discovery.", "Horvat", "positive"),
    ("Maren arrived in Vantry on Tuesday for a meeting.", "Maren", "neutral"),
    ("Quill told reporters that the vote is on Monday.", "Quill", "neutral"),
]


@pytest.mark.parametrize("engine", TONE_ENGINES)
@pytest.mark.parametrize(("text", "words", "label"), CLEAR)
def test_clear_cases(text: str, words: str, label: str, engine: str) -> None:
    assert toward(text, words, engine).label == label


@pytest.mark.parametrize("engine", TONE_ENGINES)
def test_two_targets_of_one_sentence_differ(engine: str) -> None:
    text = "Tolliver, a hero to the dockers, denounced Voss as a shameless liar and a disgrace."
    assert toward(text, "Voss", engine).score < toward(text, "Tolliver", engine).score


@pytest.mark.parametrize("engine", TONE_ENGINES)
def test_several_targets_are_as_one_by_one(engine: str) -> None:
    article = fr.Article("a", "Renk praised Orlo.\n\nVoss blamed Tolliver for the riot. Orlo wept.")
    spans = [fr.Span(at, at + len(name)) for name in ("Renk", "Orlo", "Voss", "Tolliver") for at in [article.text.index(name)]]
    several = tone_toward_each(article, spans, engine=engine)  # type: ignore[arg-type]
    for one, span in zip(several, spans, strict=True):
        assert one.probabilities == pytest.approx(fr.tone_toward(article, span, engine=engine).probabilities, abs=1e-5)  # type: ignore[arg-type]
    assert [tone.sentence.of(article.text) for tone in several[:2]] == ["Renk praised Orlo."] * 2


def test_a_reading_at_hand_changes_nothing() -> None:
    article = fr.Article("a", "Renk praised Orlo for her courage.")
    assert fr.tone_toward(Page(article), fr.Span(13, 17)) == fr.tone_toward(article, fr.Span(13, 17))


def test_no_target_no_tone() -> None:
    assert tone_toward_each("Ships sail.", []) == ()


@pytest.mark.parametrize(
    ("text", "span", "told"),
    [
        ("Orlo lied.", fr.Span(4, 5), "'' at 4 to 5"),
        ("Orlo lied.", fr.Span(4, 4), "'' at 4 to 4"),
        ("Orlo lied.", fr.Span(40, 44), "'' at 40 to 44"),
    ],
)
def test_a_span_without_words(text: str, span: fr.Span, told: str) -> None:
    with pytest.raises(InputError, match=f"a target must hold words and stand in a sentence of the body; {told} of article"):
        fr.tone_toward(text, span)


def test_a_target_outside_the_body() -> None:
    text = "Orlo wins\n\nShips sail at noon."
    page = fr.Article("p", text, paragraphs=(fr.Paragraph(fr.Span(0, 9), "headline"), fr.Paragraph(fr.Span(11, 30))))
    with pytest.raises(InputError, match="'Orlo' at 0 to 4 of article 'p'"):
        fr.tone_toward(page, fr.Span(0, 4))


def test_wrong_calls() -> None:
    with pytest.raises(InputError, match="unknown engine 'rules'; accepted: 'encoder', 'fast'"):
        fr.tone_toward("Orlo lied.", fr.Span(0, 4), engine="rules")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="a target is a Span of the text, got tuple"):
        fr.tone_toward("Orlo lied.", (0, 4))  # type: ignore[arg-type]
    with pytest.raises(InputError, match="expected an Article or a str, got int"):
        fr.tone_toward(3, fr.Span(0, 4))  # type: ignore[arg-type]


@pytest.mark.parametrize("engine", TONE_ENGINES)
@given(text=st.text(st.sampled_from("Ab .“”\n'é🙂\u202e"), min_size=1, max_size=60), data=st.data())
@settings(max_examples=60, deadline=None)
def test_probabilities_of_any_text(engine: str, text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start, len(text)))
    try:
        tone = fr.tone_toward(text, fr.Span(start, end), engine=engine)  # type: ignore[arg-type]
    except InputError:
        return
    assert tuple(tone.probabilities) == LABELS
    assert math.isclose(sum(tone.probabilities.values()), 1, abs_tol=1e-9)
    assert all(0 <= p <= 1 for p in tone.probabilities.values())
    assert tone.probabilities[tone.label] == max(tone.probabilities.values())
    assert tone.sentence.start <= start or not even(text)[start : tone.sentence.start].strip()


def test_a_sentence_longer_than_a_window() -> None:
    text = "Orlo " + "very " * 600 + "bravely sailed."
    assert fr.tone_toward(text, fr.Span(0, 4)).sentence.end == len(text)


def test_hidden_layer_by_hand() -> None:
    assert heads.gelu(heads.np.array([0.0, 1.0, -1.0], dtype="float32")).round(4).tolist() == pytest.approx([0, 0.8413, -0.1587], abs=1e-4)
    assert heads.softmax(heads.np.array([0.0, math.log(3)])).tolist() == pytest.approx([0.25, 0.75])


FLOORS = {"encoder": 0.72, "fast": 0.72}  # macro F1; the shipped fast network has learned from these sentences


@pytest.mark.parametrize("engine", TONE_ENGINES)
def test_figures_on_sentences_kept_back(engine: str, gold_dir: Path) -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "tools"))
    from splits import kept_back, read  # type: ignore[import-not-found]

    rows = [row for row in read(gold_dir / "newsmtsc_train.jsonl.gz") if kept_back(row["id"])]
    rows = rows if engine == "fast" else rows[::4]
    found = {
        row["id"]: tone_toward_each(row["text"], [fr.Span(t["start"], t["end"]) for t in row["targets"]], engine=engine)  # type: ignore[arg-type]
        for row in rows
    }
    figures = score_target_tones(rows, found, n_resamples=100).set_index("method")["macro_f1"]
    assert figures["framing"] >= FLOORS[engine]
    assert figures["commonest"] < 0.25 < figures["TextBlob"] < 0.5


def test_a_sentence_of_which_the_encoder_sees_nothing() -> None:
    """Found by the property above: a mark of direction alone in its sentence, and a target that reaches into the next."""
    assert sum(fr.tone_toward(" \u202e\nA", fr.Span(0, 4), engine="encoder").probabilities.values()) == pytest.approx(1)
