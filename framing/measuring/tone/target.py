"""Tone toward a named target: negative, neutral or positive toward the person, group or country that a span names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from framing.article import Article
from framing.choices import TONE_ENGINES, ToneEngine
from framing.errors import InputError
from framing.measuring.page import Page, as_page
from framing.measuring.tone import heads, target_fast
from framing.resources import load_arrays
from framing.text import Span
from framing.threads import one_thread

Label = Literal["negative", "neutral", "positive"]
LABELS: tuple[Label, ...] = get_args(Label)
_HEADS = 4  # of the attention with which a target looks at its sentence


@dataclass(frozen=True, slots=True)
class TargetTone:
    """How a sentence speaks of one target in it.

    Attributes
    ----------
    span, sentence : Span
        The words that name the target, and the sentence that holds them.
    label : {"negative", "neutral", "positive"}
        The most probable one.
    probabilities : dict of str to float
        Of the three labels, in this order; they sum to 1.
    """

    span: Span
    sentence: Span
    label: Label
    probabilities: dict[Label, float]

    @property
    def score(self) -> float:
        """Probability of positive less that of negative, from -1 to 1."""
        return self.probabilities["positive"] - self.probabilities["negative"]


def tone_toward(article: Article | Page | str, span: Span, *, engine: ToneEngine | None = None) -> TargetTone:
    """Tone of a sentence toward the person, group or country that a span of it names.

    Parameters
    ----------
    article : Article, Page or str
        A string is taken as an article whose paragraphs are all body.
    span : Span
        The words that name the target ("Orlo", "the mayor", "she"), inside one sentence of the body.
    engine : {"encoder", "fast"}, default "encoder", or that of the Page
        "encoder" is a small language model, the more accurate; "fast" a small network over the words around the target.

    Returns
    -------
    TargetTone
        With the most probable ``label``, ``probabilities`` from 0 to 1 that sum to 1 (calibrated: of the sentences that get .7, about 70
        in 100 are so coded), and ``score`` from -1 to 1; higher means presented more positively.

    Raises
    ------
    InputError
        If ``article`` is neither an Article nor a str, ``engine`` is not known, ``span`` is no Span, or it holds no word or begins in no
        sentence of the body.

    Notes
    -----
    What is told is how the sentence presents the target, whoever says it: "Renk called Orlo a liar" is negative toward Orlo. Whose words
    they are is told by attributions; ``Tables.mentions`` has both. Trained on, and so good for, single sentences of U.S. political
    news; see the card ``target_tone`` for how good.

    With "encoder", the mean vector of the target's pieces, that of its sentence, and what the target picks from the sentence by attention
    go through one hidden layer into three scores, which one number makes sharper or softer. "fast" is described at
    :func:`framing.measuring.tone.target_fast.probabilities`; of a longer sentence it reads 96 words and marks around the target.

    References
    ----------
    Hamborg and Donnay (2021), NewsMTSC: (Multi-)Target-dependent Sentiment Classification in News Articles: the coding that was learned.
    Guo, Pleiss, Sun and Weinberger (2017), On Calibration of Modern Neural Networks: the one number, set on targets kept back.

    Examples
    --------
    >>> text = "Orlo lied to the dockers, but Renk kept his promise and was praised by all."
    >>> tone_toward(text, Span(0, 4)).label, tone_toward(text, Span(30, 34)).label
    ('negative', 'positive')
    """
    return tone_toward_each(article, [span], engine=engine)[0]


def tone_toward_each(article: Article | Page | str, spans: Sequence[Span], *, engine: ToneEngine | None = None) -> tuple[TargetTone, ...]:
    """Tone toward several targets of one text, read once; see :func:`tone_toward`.

    Parameters
    ----------
    article : Article, Page or str
    spans : sequence of Span
        One a target, each inside one sentence of the body; they may be equal or overlap.
    engine
        See :func:`tone_toward`.

    Returns
    -------
    tuple of TargetTone
        One a span, in the order of ``spans``; empty if there is none.

    Raises
    ------
    InputError
        As :func:`tone_toward`, if any of the spans is wrong.

    Examples
    --------
    >>> text = "Renk called Orlo a liar."
    >>> [found.label for found in tone_toward_each(text, [Span(12, 16)], engine="fast")]
    ['negative']
    """
    page = tone_page(article, engine)
    places = [(_sentence(page, span), span) for span in spans]
    if not places:
        return ()
    if page.tone_engine == "fast":
        probabilities = target_fast.probabilities(page.text, places)
    else:
        probabilities = _probabilities(heads.Read(page.reading), places)
    best = probabilities.argmax(axis=1).tolist()
    return tuple(
        TargetTone(span, sentence, LABELS[likeliest], dict(zip(LABELS, row, strict=True)))
        for (sentence, span), likeliest, row in zip(places, best, probabilities.tolist(), strict=True)
    )


def tone_page(source: Article | Page | str, engine: ToneEngine | None) -> Page:
    """:func:`as_page` for measures that have no rules."""
    if engine is not None and engine not in TONE_ENGINES:
        raise InputError(f"unknown engine {engine!r}; accepted: {', '.join(map(repr, TONE_ENGINES))}")
    return as_page(source, engine)


def _sentence(page: Page, span: Span) -> Span:
    if not isinstance(span, Span):
        raise InputError(f"a target is a Span of the text, got {type(span).__name__}")
    words = span.of(page.text)
    at = span.start + len(words) - len(words.lstrip())
    sentence = page.sentence_at(at)
    if not any(map(str.isalnum, words)) or sentence is None:
        shown = " ".join(words[:40].split())
        raise InputError(
            f"a target must hold words and stand in a sentence of the body; {shown!r} at {span.start} to {span.end} of article "
            f"{page.article.id!r} ({len(page.text)} characters) does not"
        )
    return sentence


@one_thread
def _probabilities(read: heads.Read, places: Sequence[tuple[Span, Span]]) -> NDArray[np.float64]:
    """Shape (n_places, 3). What a target asks of its sentence (attention) beside the means of both goes through one hidden layer."""
    w = load_arrays("measuring/tone/target_head")
    vectors = read.reading.vectors
    features = []
    shown: dict[tuple[int, int], tuple[heads.Floats, ...]] = {}
    for sentence, target in places:
        start, end = read.stretch(sentence)
        mean = read.mean(*read.stretch(target))
        if start == end:  # a sentence of which the encoder sees nothing: "\u202e"
            features.append(np.zeros(len(w["hidden"]), dtype=np.float32))
            continue
        if (start, end) not in shown:
            inside = vectors[start:end]
            shown[start, end] = (
                (inside @ w["show"]).reshape(end - start, _HEADS, -1),
                (inside @ w["tell"]).reshape(end - start, _HEADS, -1),
                read.mean(start, end),
            )
        keys, values, around = shown[start, end]
        asked = (mean @ w["look"]).reshape(_HEADS, -1)
        weight = heads.softmax(np.einsum("hd,nhd->nh", asked, keys) / np.sqrt(keys.shape[2]), axis=0)
        features.append(np.concatenate([mean, around, np.einsum("nh,nhd->hd", weight, values).ravel()]))
    hidden = heads.gelu(np.stack(features).astype(np.float32) @ w["hidden"] + w["hidden_bias"])
    return heads.softmax((hidden @ w["out"] + w["out_bias"]) * w["sharpness"])
