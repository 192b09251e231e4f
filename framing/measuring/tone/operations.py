"""A token as an operation on the count, and a chunk as its operations, remembered.

Negations and modifiers wait for the next scored word. An unknown word of one letter lets both wait, one of two letters ends a
negation's wait, a longer one ends both.
"""

from __future__ import annotations

from functools import cache

from framing.measuring.tone.lexicon import Lexicon, lexicon
from framing.measuring.tone.tokens import NOT, Token, join_emoticons, split_chunk
from framing.measuring.tone.types import Variant
from framing.resources import load_words

PLAIN, MODIFIER, ADVERB, SILENT, SILENT_ADVERB, FORGET, RESET, NO, NEVER, BOOST, FACE, JOIN = range(12)
_Op = tuple[int, float, float, float, str]
_OP_FORGET: _Op = (FORGET, 0.0, 0.0, 0.0, "")
_OP_RESET: _Op = (RESET, 0.0, 0.0, 0.0, "")
_CANNOT = frozenset({"cannot", NOT})
_REACHED_OVER = frozenset({"an", "the", "be", "been", "being"})  # TextBlob's negation reaches over "a" only: "isn't the best"
_ENDS = frozenset(".!?") | {"..."}


def operations(word: str, variant: Variant, source: Lexicon) -> tuple[_Op, ...]:
    """What one token does to the count."""
    w = word.lower()
    if variant == "news":
        if w in _muted():
            if w not in source.modifiers:
                return ()
            return ((SILENT_ADVERB if source.modifiers[w] else SILENT, *source.scores[w], w),)
        if w in _CANNOT:
            return ((NEVER, 0.0, 0.0, 0.0, w),)
        if w in _REACHED_OVER:
            return ()
        if w in _ENDS:
            return (_OP_RESET,)
    if (score := source.scores.get(w)) is not None:
        kind = PLAIN if w not in source.modifiers else ADVERB if source.modifiers[w] else MODIFIER
        return ((kind, *score, w),)
    if w in source.negations:
        return ((NEVER if len(w) > 2 else NO, 0.0, 0.0, 0.0, w),)
    ops: tuple[_Op, ...] = (_OP_RESET,) if len(w) > 2 else (_OP_FORGET,) if len(w) == 2 else ()
    if variant == "textblob":
        if w == "!":
            return (*ops, (BOOST, 0.0, 0.0, 0.0, w))
        if w == "(!)":
            return (*ops, (FACE, 0.0, 1.0, 1.0, w))
        if len(w) <= 5 and not w.isalpha() and w in source.emoticons and w not in source.punctuation + ".":
            return (*ops, (FACE, source.emoticons[w], 1.0, 1.0, w))
    return ops


@cache
def _muted() -> frozenset[str]:
    return load_words("measuring/tone/muted")


@cache
def _known() -> frozenset[str]:
    """Whatever is more than an unknown word, in either variant."""
    source = lexicon()
    return frozenset(source.scores) | source.negations | _CANNOT | _REACHED_OVER | _muted()


_Code = tuple[_Op, ...] | int | None  # None: only RESET; 0: only FORGET; (): nothing


class Codes(dict[str, _Code]):
    """Chunk -> operations. Forgets everything when full, and never remembers a long chunk: memory stays bounded."""

    MOST = 100_000
    LONGEST = 40

    def __init__(self, variant: Variant) -> None:
        super().__init__()
        self.variant: Variant = variant

    def __missing__(self, chunk: str) -> _Code:
        word = chunk if chunk[-1].isalpha() else chunk[:-1]
        code: _Code = None  # most chunks: a long unknown word, perhaps with a mark behind it
        if len(word) < 5 or not word.isalpha() or chunk[-1] == "!" or word.lower() in _known():
            code = self._code(chunk)
        if len(chunk) <= self.LONGEST:
            if len(self) >= self.MOST:
                self.clear()
            self[chunk] = code
        return code

    def _code(self, chunk: str) -> _Code:
        source = lexicon()
        if self.variant == "news" and chunk == NOT:
            tokens: list[Token] = [(chunk, 0, len(chunk))]
        else:
            tokens = split_chunk(chunk, source)
        ops: list[_Op] = []
        if self.variant == "textblob":
            if tokens and tokens[0][0] in source.inner:
                ops.append((JOIN, 0.0, 0.0, 0.0, chunk[0]))
            if len(tokens) > 1 or chunk == source.end_of_sentence:
                tokens = join_emoticons(tokens, source)
        for word, _, _ in tokens:
            ops += operations(word, self.variant, source)
        if ops and all(op[0] in (FORGET, RESET) for op in ops):
            return None if _OP_RESET in ops else 0
        return tuple(ops)


CODES: dict[Variant, Codes] = {"textblob": Codes("textblob"), "news": Codes("news")}
