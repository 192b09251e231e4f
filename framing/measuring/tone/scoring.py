"""Tone of a text in one run over its chunks.

What TextBlob computes is computed here in another order of work. A text falls into chunks (at white space, around quotation marks, before
``n't``); how a chunk falls into tokens depends on the chunk alone, so that every chunk is looked at once and remembered as the few
operations it stands for. Most stand for none. The rare emoticon that reaches over several chunks sends the whole text down the slow way,
:func:`~framing.measuring.tone.trace.trace`.
"""

from __future__ import annotations

from itertools import compress

from framing.measuring.tone.lexicon import lexicon
from framing.measuring.tone.operations import ADVERB, BOOST, CODES, FORGET, JOIN, MODIFIER, NEVER, RESET, SILENT, SILENT_ADVERB
from framing.measuring.tone.tokens import chunks_of
from framing.measuring.tone.trace import mean, trace
from framing.measuring.tone.types import UNSCORED, Tone, Variant


def score(text: str, variant: Variant) -> Tone:
    """Tone of a text. The sums run in TextBlob's order, because the last bits of a sum of floats depend on it.

    Long because a call for every operation would cost more than the operation.
    """
    chunks = chunks_of(text, variant)
    codes = list(map(CODES[variant].__getitem__, chunks))
    if variant == "textblob" and lexicon().end_of_sentence in text:  # a page that prints TextBlob's own mark
        return mean(trace(text, variant))
    total_polarity = total_subjectivity = 0.0
    count = 0
    polarity = subjectivity = intensity = 0.0  # of the contribution that may still change
    scored = negated = negation = False
    modifier = last = 0
    for i in compress(range(len(codes)), codes):
        if (modifier or negation) and i > last + 1:
            for code in codes[last + 1 : i]:
                if code is None:
                    modifier, negation = 0, False
                    break
                if code == 0:
                    negation = False
        last = i
        for kind, p, s, x, word in codes[i]:  # type: ignore[union-attr]
            if kind <= ADVERB:
                if modifier:
                    polarity = max(-1.0, min(p * intensity, +1.0))
                    subjectivity = max(-1.0, min(s * intensity, +1.0))
                else:
                    if scored:
                        total_polarity += polarity * -0.5 if negated else polarity
                        total_subjectivity += subjectivity
                        count += 1
                    polarity, subjectivity, negated = p, s, False
                intensity, scored = x, True
                if negation:
                    intensity = 1.0 / intensity
                    negated, negation = True, False
                modifier = kind
            elif kind == RESET:
                modifier, negation = 0, False
            elif kind == FORGET:
                negation = False
            elif kind == JOIN:
                if i and chunks[i - 1][-1] + word in lexicon().splits and _reaches_over(chunks, i):
                    return mean(trace(text, variant))
            elif kind <= SILENT_ADVERB:
                if not modifier:
                    if scored:
                        total_polarity += polarity * -0.5 if negated else polarity
                        total_subjectivity += subjectivity
                        count += 1
                    scored = negated = False
                intensity = x
                if negation:
                    intensity = 1.0 / intensity
                    negated, negation = True, False
                modifier = MODIFIER if kind == SILENT else ADVERB
            elif kind <= NEVER:
                negation = True
                if modifier == ADVERB:
                    negated, negation = True, False
                elif kind == NEVER:
                    modifier = 0
            elif kind == BOOST:
                if scored:
                    polarity = max(-1.0, min(polarity * 1.25, +1.0))
            else:
                if scored:
                    total_polarity += polarity * -0.5 if negated else polarity
                    total_subjectivity += subjectivity
                    count += 1
                polarity, subjectivity, intensity, negated, scored = p, s, x, False, True
    if scored:
        total_polarity += polarity * -0.5 if negated else polarity
        total_subjectivity += subjectivity
        count += 1
    return Tone(total_polarity / float(count), total_subjectivity / float(count), count) if count else UNSCORED


def _reaches_over(chunks: list[str], i: int) -> bool:
    """Whether an emoticon may reach from the chunks before the i-th into it."""
    left, right = "".join(chunks[max(0, i - 4) : i])[-4:], "".join(chunks[i : i + 4])[:4]
    return any(left.endswith(a) and right.startswith(b) for a, b in lexicon().splits[left[-1] + right[0]])
