"""Words as the fast measures of tone see them: a number, a short vector and what the hand-written lists say; names are all one word.

The vectors are those of the shipped encoder's base (the rows of its table of word pieces), with fewer numbers. Nobody's name is among the
words: whoever is written about, the same sentence is read alike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from framing.english.tokens import SCORED_TONE
from framing.measuring.tone.lexicon import lexicon
from framing.resources import load_arrays, load_table
from framing.text import Span
from framing.threads import one_thread

SPECIAL = ("<gap>", "<number>", "<name>", "<word>", "<mark>")
GAP, NUMBER, NAME, WORD, MARK = range(5)
MARKS = tuple("\".,;:!?-—()'…$%&/")
LISTED = ("before", "behind", "loaded", "polarity", "subjectivity", "negation", "passive")  # what the lists say of a word, one number each
# The weights were trained with these lists: they stay as they are, whatever english/grammar.tsv says.
NEGATIONS = frozenset(
    {"barely", "cannot", "hardly", "neither", "never", "no", "nobody", "none", "nor", "not", "nothing", "scarcely", "without"}
)
PRONOUNS = frozenset(
    {
        "he",
        "her",
        "hers",
        "him",
        "his",
        "i",
        "it",
        "its",
        "me",
        "my",
        "our",
        "ours",
        "she",
        "their",
        "theirs",
        "them",
        "they",
        "us",
        "we",
        "who",
        "whom",
        "whose",
        "you",
        "your",
        "yours",
    }
)
FIRST_PERSON = frozenset({"i", "i'd", "i'll", "i'm", "i've", "me", "mine", "my", "our", "ours", "us", "we", "we're", "we've"})
PASSIVE = frozenset({"am", "are", "be", "been", "being", "get", "gets", "getting", "got", "is", "was", "were"})

_PLAIN = dict.fromkeys("“”„«»", '"') | dict.fromkeys("‘’`", "'") | {"–": "—"}
_OPEN, _CLOSE, _EITHER = frozenset("“„«"), frozenset("”»"), frozenset('"')


def listed(word: str) -> tuple[float, ...]:
    """What the lists say of a word in lower case, in the order of ``LISTED``; 0 where they say nothing."""
    directed, loaded = _lists()
    polarity, subjectivity, _ = lexicon().scores.get(word, (0.0, 0.0, 0.0))
    before, behind = directed.get(word, (0.0, 0.0))
    negation = word in NEGATIONS or word.endswith("n't")
    return (before, behind, float(word in loaded), polarity, subjectivity, float(negation), float(word in PASSIVE))


@cache
def _lists() -> tuple[dict[str, tuple[float, float]], frozenset[str]]:
    directed = {row["word"]: (float(row["before"]), float(row["behind"])) for row in load_table("measuring/tone/directed")}
    return directed, frozenset(row["word"] for row in load_table("measuring/tone/loaded"))


Stretch = tuple[tuple[str, ...], tuple[int, ...]]  # words and marks, and their numbers
_forms: Callable[[Stretch], tuple[str, ...]] = itemgetter(0)
_numbers: Callable[[Stretch], tuple[int, ...]] = itemgetter(1)


class Lookup(dict[str, Stretch]):
    """What stands between white space ("it’s,") -> its words and marks, and the number of each; worked out once.

    Forgets everything when full; never remembers what is long.
    """

    MOST = 100_000
    LONGEST = 40

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__()
        self.known = {word: number for number, word in enumerate(words)}

    def __missing__(self, stretch: str) -> Stretch:
        forms = tuple(SCORED_TONE.findall(stretch))
        found = forms, tuple(map(self._number, forms))
        if len(stretch) <= self.LONGEST:
            if len(self) >= self.MOST:
                self.clear()
            self[stretch] = found
        return found

    def _number(self, form: str) -> int:
        low = _PLAIN.get(form, form).lower().replace("’", "'")
        number = self.known.get(low)
        if number is None and low.endswith("'s"):
            number = self.known.get(low[:-2])
        if number is not None:
            return number
        first = form[0]
        return NUMBER if first.isdigit() else NAME if first.isupper() else WORD if first.isalpha() else MARK


@dataclass(frozen=True, slots=True)
class Words:
    """The known words.

    Attributes
    ----------
    lookup : Lookup
        Words and marks between white space -> their numbers.
    rows : float array, shape (n_words, n_numbers)
        A vector for each, ``LISTED`` behind it.
    """

    lookup: Lookup
    rows: NDArray[np.float32]


@cache
def known() -> Words:
    """The shipped words."""
    data = load_arrays("measuring/tone/words")
    words = SPECIAL + MARKS + tuple(bytes(data["words"]).decode("utf-8").split("\n"))
    vectors = data["vectors"].astype(np.float32) * data["scale"]
    lists = np.array([listed(word) for word in words], dtype=np.float32)
    return Words(Lookup(words), np.concatenate([vectors, lists], axis=1))


class NumberedSentence:
    """Words and marks of a sentence: form and number of each, where it begins, and whether it stands between quotation marks.

    A closing mark that nothing opened ends a quotation that began before the sentence; one left open runs to the sentence's end.
    """

    __slots__ = ("_starts", "forms", "numbers", "quoted", "text")

    def __init__(self, text: str, lookup: Lookup) -> None:
        self.text = text
        found = list(map(lookup.__getitem__, text.split()))
        self.forms = tuple(chain.from_iterable(map(_forms, found)))
        self.numbers = tuple(chain.from_iterable(map(_numbers, found)))
        self._starts: list[int] | None = None
        mark = lookup.known['"']
        self.quoted = self._between(mark) if mark in self.numbers else (False,) * len(self.forms)

    @property
    def starts(self) -> list[int]:
        """Where each word begins, counted from the sentence's begin; looked for when first asked."""
        if self._starts is None:
            self._starts = []
            at, find = 0, self.text.find
            for form in self.forms:  # only white space stands between them
                at = find(form, at)
                self._starts.append(at)
                at += len(form)
        return self._starts

    def _between(self, mark: int) -> tuple[bool, ...]:
        text, forms = self.text, self.forms
        quoted = [False] * len(forms)
        opened = 0  # the first mark may close what an earlier sentence opened
        for i, number in enumerate(self.numbers):
            if number != mark:
                continue
            at = self.starts[i]
            before = text[at - 1] if at else " "
            after = text[at + 1] if at + 1 < len(text) else " "
            opens = forms[i] in _OPEN or (forms[i] in _EITHER and not after.isspace() and (before.isspace() or before in "([—–-'‘"))
            if not opens and opened >= 0:
                quoted[opened:i] = [True] * (i - opened)
            opened = i + 1 if opens else -1
        if opened > 0:
            quoted[opened:] = [True] * (len(forms) - opened)
        return tuple(quoted)


@lru_cache(maxsize=512)
def _cut(text: str) -> NumberedSentence:
    return NumberedSentence(text, known().lookup)


def ends(text: str, span: Span) -> tuple[bool, bool]:
    """Whether a sentence is a question, and whether an exclamation; closing marks behind the last one are passed over."""
    last = text[max(span.start, span.end - 4) : span.end].rstrip("\"'”’) ")
    return last.endswith("?"), last.endswith("!")


LONG = 2000  # characters; longer sentences are not kept


def read(text: str, span: Span) -> NumberedSentence:
    """A sentence cut into known words. The latest are kept, because one measure after the other asks for the same."""
    sentence = text[span.start : span.end]
    return _cut(sentence) if len(sentence) <= LONG else NumberedSentence(sentence, known().lookup)


@one_thread
def load_weights(name: str) -> tuple[NDArray[np.float32], dict[str, NDArray[np.float32]]]:
    """A fast measure's tables, as :func:`units` takes them, and its other weights."""
    weights = {key: array.astype(np.float32) for key, array in load_arrays(name).items()}
    rows = known().rows
    return np.stack([rows @ weights.pop(part) for part in ("before", "itself", "behind", "passed")], axis=1), weights


def units(rows: NDArray[np.int64], tables: NDArray[np.float32], bias: NDArray[np.float32]) -> NDArray[np.float32]:
    """What each word of a row of words gives with its neighbours, shape (n_words, n_units).

    Parameters
    ----------
    rows : int array, shape (n_words,)
        Numbers of words, a ``GAP`` between sentences.
    tables : float array, shape (n_known, 4, n_units)
        What a word gives as the one before, the word itself and the one behind, and what it passes on.
    bias : float array, shape (n_units,) or (n_words, n_units)
    """
    given = tables.take(rows, axis=0)
    mixed = given[:, 1] + bias
    mixed[1:] += given[:-1, 0]
    mixed[:-1] += given[1:, 2]
    np.maximum(mixed, 0, out=mixed)
    mixed += given[:, 3]
    return mixed
