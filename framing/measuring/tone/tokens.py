"""A text into chunks, a chunk into tokens, as TextBlob cuts them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from framing.measuring.tone.lexicon import Lexicon, lexicon
from framing.measuring.tone.types import Variant

NOT = "nʼt"  # what the news variant makes of every n't (the apostrophe is a letter here, so nothing splits it)
NOTS = ("n't", "n’t", "nʼt", "N'T", "N’T", "NʼT")
_QUOTES = "“”‘’'\""
_JOINTS = "—–…„«»"  # the news variant parts words here; TextBlob reads "grim—and" as one word, which it does not know
GAP = "\0\0\0"  # stands between pieces that were not neighbours; a word in no list, so that nothing reaches over it

CHUNK: dict[Variant, re.Pattern[str]] = {
    "textblob": re.compile(rf"[{_QUOTES}]|n(?='t)|(?:(?!n't)[^\s{_QUOTES}])+"),
    "news": re.compile(rf"{'|'.join(NOTS)}|[{_QUOTES}{_JOINTS}]|--|(?:(?!{'|'.join(NOTS)}|--)[^\s{_QUOTES}{_JOINTS}])+"),
}


def chunks_of(text: str, variant: Variant) -> list[str]:
    """The same chunks as those of ``CHUNK``, faster."""
    if variant == "textblob":
        text = text.replace("n't", " n't")
    else:
        for form in NOTS:
            text = text.replace(form, f" {NOT} ")
        text = text.replace("--", " -- ")
        for mark in _JOINTS:
            text = text.replace(mark, f" {mark} ")
    for mark in _QUOTES:
        text = text.replace(mark, f" {mark} ")
    return text.split()


Token = tuple[str, int, int]
_ALTERNATING = re.compile(r"(?:[A-Za-z]\.)*")  # U.S.
_CONSONANTS = re.compile(r"[A-Z][bcdfghjklmnpqrstvwxz|]+")  # Mr, Sgt


def split_chunk(chunk: str, source: Lexicon) -> list[Token]:
    """A chunk's tokens, with their places in it: punctuation is split from both ends, the stop of an abbreviation is not.

    Several stops are one token. Linear also where half of a long chunk is punctuation.
    """
    core = chunk.lstrip(source.punctuation)
    start, end = len(chunk) - len(core), len(chunk)
    tokens = [(mark, place, place + 1) for place, mark in enumerate(chunk[:start])]
    tail: list[Token] = []
    alternating = consonants = -1
    while end > start and (chunk[end - 1] == "." or chunk[end - 1] in source.punctuation):
        if chunk[end - 1] != ".":
            end -= 1
            tail.append((chunk[end], end, end + 1))
        if chunk.endswith("...", start, end):
            stops, end = end, end - 3
            while end > start and chunk[end - 1] == ".":
                end -= 1
            tail.append(("...", end, stops))
        if end > start and chunk[end - 1] == ".":
            if alternating < 0:
                alternating = _ALTERNATING.match(core).end()  # type: ignore[union-attr]
                match = _CONSONANTS.match(core)
                consonants = match.end() if match else 0
            length = end - start
            if (
                (length % 2 == 0 and length <= alternating)
                or length - 1 == consonants
                or (length < 12 and chunk[start:end] in source.abbreviations)
            ):
                break
            end -= 1
            tail.append((".", end, end + 1))
    if end > start:
        tokens.append((chunk[start:end], start, end))
    return tokens + tail[::-1]


_RUNS_ON = frozenset("'\"”’.!?)") | {"..."}  # what may still belong to a sentence behind its end


def join_emoticons(tokens: list[Token], source: Lexicon) -> list[Token]:
    """Tokens with the pieces of an emoticon joined (": )"), and without the marks for an empty line.

    TextBlob searches its emoticons in whole sentences, without a word boundary on their left: "page 8 )" becomes "page 8)", a smiley.
    A match cannot reach over a token that stands inside no emoticon, nor over the end of a sentence, so the stretches between are enough.
    """
    windows: list[list[Token]] = []
    apart = True
    for token in tokens:
        word = token[0]
        if word == source.end_of_sentence:
            apart = True
            continue
        if windows and word in source.inner and (not apart or word in _RUNS_ON):
            windows[-1].append(token)
        else:
            windows.append([token])
        apart = word == "."
    found: list[Token] = []
    for window in windows:
        if len(window) == 1:
            found += window
            continue
        joined = source.sarcasm.sub("(!)", " ".join(word for word, _, _ in window))
        joined = source.emoticon.sub(lambda m: m.group(1).replace(" ", "") + m.group(2), joined)
        at = 0
        for word in joined.split():
            first, length = at, 0
            while length < len(word):
                length += len(window[at][0])
                at += 1
            found.append((word, window[first][1], window[at - 1][2]))
    return found


def tokens_of(text: str, variant: Variant) -> Iterator[Token]:
    """Tokens of a text with their places in it, and TextBlob's mark where the text has an empty line."""
    source = lexicon()
    at = 0
    for match in CHUNK[variant].finditer(text):
        start, end = match.span()
        if start > at and "\n\n" in text[at:start].replace("\r\n", "\n"):
            yield source.end_of_sentence, at, at
        at = end
        if variant == "news" and match.group() in NOTS:
            yield NOT, start, end
        else:
            for word, a, b in split_chunk(match.group(), source):
                yield word, start + a, start + b
