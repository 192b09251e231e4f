"""TextBlob's lexicon and constants, read from the installed package: nothing of it is copied."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from framing.errors import MissingLexiconError


@dataclass(frozen=True)
class Lexicon:
    """TextBlob's data, in the shape used here."""

    scores: dict[str, tuple[float, float, float]]  # polarity, subjectivity, intensity
    modifiers: dict[str, bool]  # adverbs; True where one also passes a negation on that stands behind it ("really not")
    negations: frozenset[str]
    punctuation: str  # without the full stop
    abbreviations: frozenset[str]
    end_of_sentence: str
    emoticons: dict[str, float]  # in lower case
    emoticon: re.Pattern[str]
    sarcasm: re.Pattern[str]
    inner: frozenset[str]  # what may stand in an emoticon behind its first character
    splits: dict[str, tuple[tuple[str, str], ...]]  # two characters met at a gap -> emoticons cut at that place


@cache
def lexicon() -> Lexicon:
    """The lexicon of the installed textblob.

    Raises
    ------
    MissingLexiconError
        If it cannot be read, is empty or scores a negation.
    """
    try:
        from textblob import _text as source
        from textblob.en import sentiment

        n_words = len(sentiment)  # loads it
        entries: dict[str, Mapping[str | None, Sequence[float]]] = dict(dict.items(sentiment))
        scores = {word: (float(e[None][0]), float(e[None][1]), float(e[None][2])) for word, e in entries.items() if None in e}
        modifiers = {word: bool(sentiment.modifier(word)) for word, e in entries.items() if any(map(e.__contains__, sentiment.modifiers))}
        negations = frozenset(sentiment.negations)
        punctuation = source.PUNCTUATION.replace(".", "")
        faces = [(face, float(polarity)) for (_, polarity), group in source.EMOTICONS.items() for face in group]
        abbreviations, end, emoticon, sarcasm = frozenset(source.ABBREVIATIONS), source.EOS, source.RE_EMOTICONS, source.RE_SARCASM
    except (ImportError, AttributeError, KeyError, TypeError, IndexError) as error:
        raise MissingLexiconError(
            f"tone needs the package textblob (0.18 or later) with its English lexicon, which could not be read: {error!r}"
        ) from error
    if not n_words or negations & scores.keys():
        problem = f"scores the negations {sorted(negations & scores.keys())}" if n_words else "is empty"
        raise MissingLexiconError(f"tone cannot use the lexicon of the installed textblob, because it {problem}")
    emoticons: dict[str, float] = {}
    inner: set[str] = set()
    splits: dict[str, list[tuple[str, str]]] = {}
    for face, polarity in faces:
        emoticons.setdefault(face.lower(), polarity)
    for face in [face for face, _ in faces] + ["(!)"]:
        inner |= {face[i:j] for i in range(1, len(face)) for j in range(i + 1, len(face) + 1)}
        for i in range(1, len(face)):
            splits.setdefault(face[i - 1 : i + 1], []).append((face[:i], face[i:]))
    return Lexicon(
        scores, modifiers, negations, punctuation, abbreviations, end, emoticons, emoticon, sarcasm,
        frozenset(inner), {pair: tuple(cut) for pair, cut in splits.items()},
    )  # fmt: skip
