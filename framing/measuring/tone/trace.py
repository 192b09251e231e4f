"""Every contribution to the tone of a text, token by token as TextBlob goes: the slow way, which also says where a number comes from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from framing.measuring.tone.lexicon import lexicon
from framing.measuring.tone.operations import ADVERB, BOOST, FORGET, MODIFIER, NEVER, RESET, SILENT, SILENT_ADVERB, operations
from framing.measuring.tone.tokens import NOT, Token, join_emoticons, tokens_of
from framing.measuring.tone.types import UNSCORED, Tone, Variant


@dataclass(slots=True)
class Contribution:
    words: list[str]
    places: list[tuple[int, int]]
    polarity: float
    subjectivity: float
    intensity: float
    negated: bool = False
    scored: bool = True


def trace(text: str, variant: Variant) -> list[Contribution]:
    """Every contribution to the tone of a text, token by token as TextBlob goes. :func:`score` adds up the same, faster."""
    source = lexicon()
    found: list[Contribution] = []
    tokens: Iterable[Token] = tokens_of(text, variant)
    if variant == "textblob":
        tokens = join_emoticons(list(tokens), source)
    modifier = 0
    negation: tuple[str, tuple[int, int]] | None = None
    for token, start, end in tokens:
        place = (start, end)
        for kind, p, s, x, word in operations(token, variant, source) if token != source.end_of_sentence else ():
            shown = "n't" if word == NOT else word
            if kind <= SILENT_ADVERB:
                silent = kind >= SILENT
                if not modifier:
                    found.append(Contribution([], [], p, s, x, scored=not silent))
                elif not silent:
                    found[-1].polarity = max(-1.0, min(p * found[-1].intensity, +1.0))
                    found[-1].subjectivity = max(-1.0, min(s * found[-1].intensity, +1.0))
                    found[-1].scored = True
                latest = found[-1]
                latest.words.append(shown)
                latest.places.append(place)
                latest.intensity = x
                if negation:
                    latest.words.insert(0, negation[0])
                    latest.places.append(negation[1])
                    latest.intensity = 1.0 / latest.intensity
                    latest.negated, negation = True, None
                modifier = kind if not silent else ADVERB if kind == SILENT_ADVERB else MODIFIER
            elif kind == RESET:
                modifier, negation = 0, None
            elif kind == FORGET:
                negation = None
            elif kind <= NEVER:
                negation = (shown, place)
                if modifier == ADVERB:
                    found[-1].words.append(shown)
                    found[-1].places.append(place)
                    found[-1].negated, negation = True, None
                elif kind == NEVER:
                    modifier = 0
            elif kind == BOOST:
                if found:
                    found[-1].words.append(shown)
                    found[-1].polarity = max(-1.0, min(found[-1].polarity * 1.25, +1.0))
            else:
                found.append(Contribution([shown], [place], p, s, x))
    for contribution in found:
        if contribution.negated:
            contribution.polarity *= -0.5
    return [contribution for contribution in found if contribution.scored]


def mean(contributions: Sequence[Contribution]) -> Tone:
    polarity = subjectivity = 0.0
    for contribution in contributions:  # not sum(): from Python 3.12 on it rounds differently from TextBlob's loop
        polarity += contribution.polarity
        subjectivity += contribution.subjectivity
    n = len(contributions)
    return Tone(polarity / float(n), subjectivity / float(n), n) if n else UNSCORED
