"""The fast engine: a small convolutional network on words, for millions of articles.

What a word looks like is looked up once and kept; an article is then one table look-up and six small matrix products.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from framing.english.tokens import TAGGED
from framing.measuring.attribution.tagger import Tokens
from framing.measuring.encoder import network
from framing.resources import load_weights
from framing.text import Quotation, Span

N_ENDINGS, N_BEGINNINGS = 4096, 2048
N_SHAPES = 6
STRETCH = 4096  # words read at a time
REACH = 64  # words on each side that a word's scores depend on, at most

_MARKS = dict.fromkeys(("“", "”", "„", "«", "»", "''", "``"), '"') | {"’": "'", "‘": "'", "–": "—"}


class Lookup:
    """From the form of a word to the row of its features, each form worked out once.

    Parameters
    ----------
    words : sequence of str
        Known words in lower case; the place of each is its number, and 0 stands for all others.
    """

    SIZE = 200_000  # forms kept; further ones are worked out anew each time

    def __init__(self, words: Sequence[str]) -> None:
        self.known = {word: place for place, word in enumerate(words)}
        self.seen: dict[str, tuple[int, int, int, int]] = {}

    def __getitem__(self, form: str) -> tuple[int, int, int, int]:
        """Numbers of the word, of its ending, of its beginning and of its shape."""
        found = self.seen.get(form)
        if found is None:
            low = normal(form)
            found = (
                self.known.get(low, 0),
                zlib.crc32(low[-3:].encode("utf-8", "surrogatepass")) % N_ENDINGS,
                zlib.crc32(low[:3].encode("utf-8", "surrogatepass")) % N_BEGINNINGS,
                _shape(form),
            )
            if len(self.seen) < self.SIZE:
                self.seen[form] = found
        return found


def normal(form: str) -> str:
    """A word in lower case with digits as 0, a mark by the plainest of its kind."""
    low = _MARKS.get(form, form).lower().replace("’", "'")
    return re.sub(r"\d", "0", low)[:20] if low[0].isdigit() else low


def _shape(form: str) -> int:
    if not form[0].isalnum():
        return 0
    if form[0].isdigit():
        return 1
    return 2 + 2 * (form.isupper() and len(form) > 1) + form[0].isupper()


def tokenize(text: str, paragraphs: Sequence[Span], quotes: Sequence[Quotation], lookup: Lookup) -> tuple[Tokens, NDArray[np.int64]]:
    """Words and marks of the paragraphs, and five numbers for each: word, ending, beginning, shape, and where it stands.

    The last is 0 in the text, 1 between quotation marks, and 2 more for the first word of a paragraph.
    """
    rows: list[tuple[int, int, int, int]] = []
    starts: list[int] = []
    ends: list[int] = []
    first: list[int] = []
    for paragraph in paragraphs:
        first.append(len(rows))
        for m in TAGGED.finditer(text, paragraph.start, paragraph.end):
            start, end = m.span()
            starts.append(start)
            ends.append(end)
            rows.append(lookup[m.group()])
    begins = np.array(starts, dtype=np.int64)
    inside = np.zeros(len(rows) + 1, dtype=np.int64)
    inner = np.array([tuple(q.inner) for q in quotes], dtype=np.int64).reshape(-1, 2)
    np.add.at(inside, np.searchsorted(begins, inner[:, 0]), 1)
    np.add.at(inside, np.searchsorted(begins, inner[:, 1]), -1)
    where = (np.cumsum(inside)[:-1] > 0).astype(np.int64)
    openers = np.array([i for i in first if i < len(rows)], dtype=np.int64)
    where[openers] += 2
    numbers = np.column_stack([np.array(rows, dtype=np.int64).reshape(-1, 4), where])
    return Tokens(begins, np.array(ends, dtype=np.int64), np.unique(openers)), numbers


@cache
def _lookup() -> Lookup:
    return Lookup(load_weights("measuring/attribution/fast_words.txt").decode("utf-8").split("\n"))


def scores(text: str, paragraphs: Sequence[Span], quotes: Sequence[Quotation]) -> tuple[Tokens, NDArray[np.float32]]:
    """Words and one score a label for each, shape (n_words, 7). A long text is read in stretches that overlap by what a word can see."""
    tokens, numbers = tokenize(text, paragraphs, quotes, _lookup())
    read = []
    for at in range(0, len(numbers), STRETCH):
        before = min(at, REACH)
        stretch = numbers[at - before : at + STRETCH + REACH]
        read.append(network("measuring/attribution/fast").run(None, {"numbers": stretch})[0][before : before + STRETCH])
    return tokens, np.concatenate(read) if read else np.zeros((0, 7), dtype=np.float32)
