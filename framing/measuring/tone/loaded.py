"""Loaded language: words that carry a judgement where a plain word exists, and the sentences that hold them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from framing.article import Article
from framing.choices import ToneEngine
from framing.measuring.page import Page
from framing.measuring.tone import heads, loaded_fast
from framing.measuring.tone.target import tone_page
from framing.resources import load_arrays
from framing.text import Span, merged, touched, words
from framing.threads import one_thread


@dataclass(frozen=True, order=True, slots=True)
class LoadedWord(Span):
    """A word that carries a judgement: a span with a probability.

    Attributes
    ----------
    start, end : int
        Half-open offsets into the text.
    probability : float
        From .5 to 1; higher is more loaded. A scale rather than a chance: coders mark few words, so .5 stands lower than at an even
        chance that they would mark this one.
    """

    probability: float

    @property
    def span(self) -> Span:
        """The word's place without its probability."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class LoadedSentence:
    """One sentence.

    Attributes
    ----------
    span : Span
    probability : float
        From 0 to 1, that coders would call it biased; see the Notes of :func:`loaded_language` on what it is calibrated for.
    words : tuple of LoadedWord
        Those from .5 on, in text order; they may be none in a biased sentence, whose bias then lies in what is said.
    """

    span: Span
    probability: float
    words: tuple[LoadedWord, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """Loaded language of a text.

    Attributes
    ----------
    probability : float
        From 0 to 1: of the most loaded sentence; NaN where there is no sentence.
    sentences : tuple of LoadedSentence
        All of them, in text order.
    """

    probability: float
    sentences: tuple[LoadedSentence, ...]

    @property
    def words(self) -> tuple[LoadedWord, ...]:
        """Loaded words of all sentences, in text order."""
        return tuple(word for sentence in self.sentences for word in sentence.words)


def loaded_language(article: Article | Page | str, *, engine: ToneEngine | None = None, names: Sequence[Span] = ()) -> Loaded:
    """How loaded the language of each sentence is, and which words make it so.

    Parameters
    ----------
    article : Article, Page or str
        Of an article the body; a string is taken as an article whose paragraphs are all body.
    engine : {"encoder", "fast"}, default "encoder", or that of the Page
        "encoder" is a small language model, the more accurate; "fast" a small network over words.
    names : sequence of Span, optional
        Names in the text, as :func:`framing.find_names` finds them: no word of a name is loaded ("Tide" of "Grey Tide").

    Returns
    -------
    Loaded
        ``probability`` (0 to 1, of the most loaded sentence; NaN where there is no sentence), ``sentences`` (all, in text order, each with
        its probability; higher is more loaded) and ``words`` (spans with probabilities from .5 on).

    Raises
    ------
    InputError
        If ``article`` is neither an Article nor a str, or ``engine`` is not known.

    Notes
    -----
    Quoted words are judged like all others: whose they are is told by attributions. The probability is calibrated for sentences as
    often biased as those of BABE (about half, drawn for debate); in a plain news report far fewer are, so take it as a scale to
    compare outlets by, not as a share of biased sentences. That of a text is a maximum and grows with its length: compare texts by the mean
    over sentences or by loaded words per 1,000 (``Tables.articles``).

    With "encoder", the mean vector of a sentence's pieces, a mean weighed by attention and the highest scores of its words go through one
    hidden layer; "fast" is described at :func:`framing.measuring.tone.loaded_fast.read`.
    How good they are: see the card ``loaded_language``.

    References
    ----------
    Spinde et al. (2021), Neural Media Bias Detection Using Distant Supervision With BABE: biased sentences and words. Fan et al. (2019), In
    Plain Sight: Media Bias Through the Lens of Factual Reporting (BASIL): lexical bias.

    Examples
    --------
    >>> loaded = loaded_language("The regime's thugs brutally crushed the brave dockers. The port opens at nine.")
    >>> [word.of("The regime's thugs brutally crushed the brave dockers.") for word in loaded.words][:2]
    ['thugs', 'brutally']
    >>> loaded.sentences[0].probability > loaded.sentences[1].probability
    True
    """
    page = tone_page(article, engine)
    body = page.sentences
    if not body:
        return Loaded(float("nan"), ())
    judged = loaded_fast.read(page.text, body) if page.tone_engine == "fast" else _judged(page.text, body, heads.Read(page.reading))
    named = merged(names)
    found = tuple(
        LoadedSentence(span, probability, tuple(LoadedWord(word.start, word.end, p) for word, p in marked if not touched(named, word)))
        for span, (probability, marked) in zip(body, judged, strict=True)
    )
    return Loaded(max(sentence.probability for sentence in found), found)


@one_thread
def _judged(text: str, body: Sequence[Span], read: heads.Read) -> list[tuple[float, list[tuple[Span, float]]]]:
    """Probability of every sentence, with the words from .5 on."""
    w = load_arrays("measuring/tone/loaded_head")
    vectors = read.reading.vectors
    by_piece = vectors @ w["words"] + w["words_bias"]
    weighed = vectors @ w["weigh"][:, 0]
    features = []
    for sentence in body:
        start, end = read.stretch(sentence)
        if start == end:
            features.append(np.zeros(2 * vectors.shape[1] + 2, dtype=np.float32))
            continue
        weight = heads.softmax(weighed[start:end])
        features.append(np.concatenate([read.mean(start, end), weight @ vectors[start:end], by_piece[start:end].max(axis=0)]))
    hidden = heads.gelu(np.stack(features).astype(np.float32) @ w["hidden"] + w["hidden_bias"])
    logits = (hidden @ w["out"][:, :1] + w["out_bias"][:1])[:, 0]  # the first of the outputs for sentences, and for words, is BABE's
    of_sentences = expit(logits * w["sentence_scale"] + w["sentence_offset"])
    of_pieces = by_piece[:, 0] * w["word_scale"] + w["word_offset"]
    result = []
    for sentence, probability in zip(body, of_sentences.tolist(), strict=True):
        start, end = read.stretch(sentence)
        marked = []
        if start < end and of_pieces[start:end].max() >= 0:
            for word in words(text, sentence):
                a, b = read.stretch(word)
                if a < b and (most := float(of_pieces[a:b].max())) >= 0:
                    marked.append((word, float(expit(most))))
        result.append((probability, marked))
    return result
