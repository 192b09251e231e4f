"""Loaded language: which sentences and words, in order and by offset, whatever the text."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import framing as fr
from framing.choices import TONE_ENGINES
from framing.errors import InputError
from framing.measuring.page import Page

LOADED = [
    "The corrupt regime's thugs brutally crushed the brave dockers.",
    "Renk's shameful, disastrous plan is a slap in the face of every decent worker.",
    "The radical extremists of the so-called union ranted about their absurd demands.",
]
PLAIN = [
    "The port opens at nine on Monday.",
    "The ministry published the figures for March on its website.",
    "Ferries leave from the north pier every two hours, the operator said.",
]


@pytest.mark.parametrize("engine", TONE_ENGINES)
def test_loaded_sentences_rank_above_plain_ones(engine: str) -> None:
    loaded, plain = ([fr.loaded_language(text, engine=engine).probability for text in texts] for texts in (LOADED, PLAIN))  # type: ignore[arg-type]
    assert min(loaded) > max(plain)
    assert min(loaded) >= 0.5 > max(plain)


@pytest.mark.parametrize("engine", TONE_ENGINES)
@pytest.mark.parametrize(
    ("text", "word"), [(LOADED[0], "thugs"), (LOADED[1], "shameful"), (LOADED[1], "disastrous"), (LOADED[2], "absurd")]
)
def test_the_words_that_do_it(text: str, word: str, engine: str) -> None:
    found = fr.loaded_language(text, engine=engine).words  # type: ignore[arg-type]
    assert word in [w.of(text) for w in found]
    assert all(0.5 <= w.probability <= 1 for w in found)


@pytest.mark.parametrize("engine", TONE_ENGINES)
def test_every_sentence_has_its_own(engine: str) -> None:
    article = fr.Article("a", f"{PLAIN[0]} {LOADED[0]}\n\n{PLAIN[1]}")
    found = fr.loaded_language(article, engine=engine)  # type: ignore[arg-type]
    assert [s.span.of(article.text) for s in found.sentences] == [PLAIN[0], LOADED[0], PLAIN[1]]
    assert found.probability == found.sentences[1].probability == max(s.probability for s in found.sentences)
    assert found.words == found.sentences[1].words
    assert next(w.of(article.text) for w in found.words) in LOADED[0]


def test_a_reading_at_hand_changes_nothing() -> None:
    article = fr.Article("a", LOADED[0])
    assert fr.loaded_language(Page(article)) == fr.loaded_language(article)


@pytest.mark.parametrize("engine", TONE_ENGINES)
def test_nothing_to_judge(engine: str) -> None:
    found = fr.loaded_language("", engine=engine)  # type: ignore[arg-type]
    assert math.isnan(found.probability)
    assert found.sentences == () == found.words


def test_wrong_calls() -> None:
    with pytest.raises(InputError, match="unknown engine 'rules'; accepted: 'encoder', 'fast'"):
        fr.loaded_language("Ships sail.", engine="rules")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="expected an Article or a str, got NoneType"):
        fr.loaded_language(None)  # type: ignore[arg-type]


@pytest.mark.parametrize("engine", TONE_ENGINES)
@given(text=st.text(st.sampled_from("Ab .“”\n'é🙂\u202e"), max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_text(engine: str, text: str) -> None:
    found = fr.loaded_language(text, engine=engine)  # type: ignore[arg-type]
    assert all(0 <= s.probability <= 1 for s in found.sentences)
    for sentence in found.sentences:
        assert list(sentence.words) == sorted(sentence.words)
        for word in sentence.words:
            assert sentence.span.covers(word)
            assert word.of(text).strip()


@pytest.mark.parametrize("engine", TONE_ENGINES)
def test_no_word_of_a_name_is_loaded(engine: str) -> None:
    text = "The thugs of the Savage Tide brutally beat the dockers."
    name = fr.Span(text.index("Savage"), text.index(" brutally"))
    found = fr.loaded_language(text, engine=engine, names=[name])  # type: ignore[arg-type]
    words = {word.of(text) for word in found.words}
    assert "thugs" in words
    assert not {"Savage", "Tide"} & words
    assert found.probability == fr.loaded_language(text, engine=engine).probability  # type: ignore[arg-type]


def test_an_article_has_no_loaded_word_in_a_name() -> None:
    article = fr.Article("a", "Fear of the Grey Tide spread. Members of the Grey Tide brutally beat a docker, Karla Voss said.")
    found = fr.analyze(article, engine="fast")
    assert "Grey Tide" in {name.name for name in found.names}
    assert "Tide" not in {word.of(article.text) for word in found.loaded.words}
