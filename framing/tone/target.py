"""Tone toward a named target: negative, neutral or positive toward the person, group or country that a span names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from framing.article import Article, as_article
from framing.encoder import Reading
from framing.errors import InputError
from framing.lexicons import load_arrays
from framing.text import Span, sentence_at
from framing.threads import one_thread
from framing.tone import heads, target_fast

ToneEngine = Literal["encoder", "fast"]
TONE_ENGINES: tuple[ToneEngine, ...] = get_args(ToneEngine)
Label = Literal["negative", "neutral", "positive"]
LABELS: tuple[Label, ...] = get_args(Label)
_HEADS = 4  # of the attention with which a target looks at its sentence


@dataclass(frozen=True, slots=True)
class TargetTone:
    """How a sentence speaks of one target in it.

    Attributes
    ----------
    target, sentence : Span
        The words that name the target, and the sentence that holds them.
    label : {"negative", "neutral", "positive"}
        The most probable one.
    probabilities : dict of str to float
        Of the three labels, in this order; they sum to 1.
    """

    target: Span
    sentence: Span
    label: Label
    probabilities: dict[Label, float]

    @property
    def score(self) -> float:
        """Probability of positive less that of negative, from -1 to 1."""
        return self.probabilities["positive"] - self.probabilities["negative"]


def tone_toward(text: Article | str, span: Span, *, engine: ToneEngine = "encoder", reading: Reading | None = None) -> TargetTone:
    """Tone of a sentence toward the person, group or country that a span of it names.

    Parameters
    ----------
    text : Article or str
        A string is taken as an article whose paragraphs are all body.
    span : Span
        The words that name the target ("Orlo", "the mayor", "she"), inside one sentence of the body.
    engine : {"encoder", "fast"}
        "encoder" is a small language model, the more accurate; "fast" a small network over the words around the target.
    reading : Reading, optional
        What :func:`framing.encoder.read` made of this article, where it is at hand already.

    Returns
    -------
    TargetTone
        With the most probable ``label``, ``probabilities`` from 0 to 1 that sum to 1 (calibrated: of the sentences that get .7, about 70
        in 100 are so coded), and ``score`` from -1 to 1; higher means presented more positively.

    Raises
    ------
    InputError
        If ``text`` is neither an Article nor a str, ``engine`` is not known, ``span`` is no Span, or it holds no word or begins in no
        sentence of the body.

    Notes
    -----
    What is told is how the sentence presents the target, whoever says it: "Renk called Orlo a liar" is negative toward Orlo. Whose words
    they are is told by attributions; ``Tables.mentions`` has both. Trained on, and so good for, single sentences of U.S. political
    news; see the card ``target_tone`` for how good.

    With "encoder", the mean vector of the target's pieces, that of its sentence, and what the target picks from the sentence by attention
    go through one hidden layer into three scores, which one number makes sharper or softer. "fast" is described at
    :func:`framing.tone.target_fast.probabilities`; of a longer sentence it reads 96 words and marks around the target.

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
    return tones_toward(text, [span], engine=engine, reading=reading)[0]


def tones_toward(
    text: Article | str, spans: Sequence[Span], *, engine: ToneEngine = "encoder", reading: Reading | None = None
) -> tuple[TargetTone, ...]:
    """Tone toward several targets of one text, read once; see :func:`tone_toward`.

    Parameters
    ----------
    text : Article or str
    spans : sequence of Span
        One a target, each inside one sentence of the body; they may be equal or overlap.
    engine, reading
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
    >>> [found.label for found in tones_toward(text, [Span(12, 16)], engine="fast")]
    ['negative']
    """
    if engine not in TONE_ENGINES:
        raise InputError(f"unknown engine {engine!r}; accepted: {', '.join(map(repr, TONE_ENGINES))}")
    article = as_article(text)
    body = article.sentences()
    places = [(_sentence(article, body, span), span) for span in spans]
    if not places:
        return ()
    if engine == "fast":
        probabilities = target_fast.probabilities(article.plain, places)
    else:
        probabilities = _probabilities(heads.read(article, reading), places)
    best = probabilities.argmax(axis=1).tolist()
    return tuple(
        TargetTone(span, sentence, LABELS[likeliest], dict(zip(LABELS, row, strict=True)))
        for (sentence, span), likeliest, row in zip(places, best, probabilities.tolist(), strict=True)
    )


def _sentence(article: Article, body: Sequence[Span], span: Span) -> Span:
    if not isinstance(span, Span):
        raise InputError(f"a target is a Span of the text, got {type(span).__name__}")
    words = span.of(article.plain)
    at = span.start + len(words) - len(words.lstrip())
    sentence = sentence_at(body, at)
    if not any(map(str.isalnum, words)) or sentence is None:
        shown = " ".join(words[:40].split())
        raise InputError(
            f"a target must hold words and stand in a sentence of the body; {shown!r} at {span.start} to {span.end} of article "
            f"{article.id!r} ({len(article.text)} characters) does not"
        )
    return sentence


@one_thread
def _probabilities(read: heads.Read, places: Sequence[tuple[Span, Span]]) -> NDArray[np.float64]:
    """Shape (n_places, 3). What a target asks of its sentence (attention) beside the means of both goes through one hidden layer."""
    w = load_arrays("target_head")
    vectors = read.reading.vectors
    features = []
    shown: dict[tuple[int, int], tuple[heads.Floats, ...]] = {}
    for sentence, target in places:
        start, end = read.stretch(sentence)
        mean = read.mean(*read.stretch(target))
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
