"""Which articles report one event: candidates from an index of rare words, similarity of their leads, no chains."""

from __future__ import annotations

import datetime as dt
import heapq
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from framing.article import Article, as_corpus
from framing.english.grammar import singular
from framing.errors import InputError
from framing.resources import load_words
from framing.text import word_strings

THRESHOLD = 0.18
"""Least mean cosine between the articles of one story; best on the tuning half of the event collection (see the card)."""

UNDATED_RATIO = 0.25 / 0.18
"""How much stricter two articles are compared where the date of one is unknown; best on the same half with its dates removed."""

LEAD_WORDS = 200
"""Content words of the body that count: the event stands at the top, and long and short articles come on one scale."""

HEADLINE_WEIGHT = 2.0
"""A word of the headline counts as often as this many in the body."""

INDEX_TERMS = 25
"""Most characteristic words of an article that look for its companions."""

INDEX_REACH = 60
"""How many neighbours (by date) on the list of one word an article is compared with; bounds the work."""

MEMBERS_ASKED = 30
"""Of how many articles of a large group it is asked whether they resemble another group."""

BACKGROUND_ARTICLES, BACKGROUND_RATE = 1000, 0.01
"""Articles imagined beside the corpus, and the share of them that contain any given word, so that weights make sense in a corpus of six."""

_LONGEST_WORD = 40


def find_stories(corpus: Iterable[Article], *, window_days: int = 3, threshold: float = THRESHOLD) -> pd.Series[str]:
    """Which articles report the same event.

    Parameters
    ----------
    corpus : Corpus or iterable of Article
        A story named by the source, in ``article.meta["story"]`` or ``article.meta["event"]``, wins: articles with the same name are
        one story and articles with different names never are. Articles without one may join a named story.
    window_days : int, default 3
        No story found here spans more days than this. Must be 0 or more.
    threshold : float, default 0.18
        Least mean cosine similarity between two groups of articles for them to be one story, above 0, at most 1. Higher: smaller and
        purer stories.

    Returns
    -------
    pandas.Series of str
        Named ``story``, indexed by ``article_id`` in the order of the corpus. A found story is called ``story-`` and the id of its
        earliest article; an article alone is a story of its own.

    Raises
    ------
    InputError
        If an option is out of range, or ids are not unique.

    Notes
    -----
    Each article is a tf-idf vector of its headline and the first 200 content words of its body: ``(1 + ln n) * ln((N + 1000) / (df +
    10))``, which takes the corpus as if 1,000 further articles were there, one in a hundred of which contains any given word. Candidates
    come from an index of each article's 25 heaviest words, in which it meets at most 60 neighbours in time a word, so the work grows
    with the number of articles and not with its square. Candidates are joined by average linkage, most similar first, and only if more
    than two thirds of the articles on each side are on average at least half as similar to the other side as ``threshold`` asks, so that
    an article on two events does not chain them together. An article without a date is compared whatever the window, but must be 1.39
    times as similar. The order of the articles changes nothing.

    Words that stand in every article say little, so weights, and with them borderline decisions, depend on the rest of the corpus; an
    event that fills a corpus of several hundred articles makes its own words common and falls apart.

    References
    ----------
    Sokal and Michener (1958), A statistical method for evaluating systematic relationships (average linkage).
    Bagga and Baldwin (1998), Algorithms for scoring coreference chains (the B-cubed score in the card).

    Examples
    --------
    >>> import datetime as dt
    >>> day = dt.date(2026, 3, 2)
    >>> pages = [
    ...     Article("a", "Dockers in Port Sallow walked out on Monday over night shifts.", date=day),
    ...     Article("b", "Port Sallow dockers walked out, refusing night shifts.", date=day),
    ...     Article("c", "A kite festival filled the beach at Hessen with colour.", date=day),
    ... ]
    >>> find_stories(pages).to_dict()
    {'a': 'story-a', 'b': 'story-a', 'c': 'story-c'}
    """
    if isinstance(window_days, bool) or not isinstance(window_days, (int, np.integer)) or window_days < 0:
        raise InputError(f"window_days must be a whole number of days, 0 or more, got {window_days!r}")
    if not 0 < threshold <= 1:
        raise InputError(f"threshold must be above 0 and at most 1, got {threshold!r}")
    given = as_corpus(corpus)
    articles = sorted(given, key=lambda article: article.id)
    names = [_given_story(article) for article in articles]
    days = np.array([math.nan if article.date is None else article.date.toordinal() for article in articles], dtype=float)
    clusters = _Clusters(_vectors(articles), days, names, window_days, threshold)
    clusters.join()
    story = _name(articles, names, clusters.members.values())
    index = pd.Index([article.id for article in given], dtype="str", name="article_id")
    return pd.Series([story[article.id] for article in given], index=index, name="story", dtype="str")


def central_headline(headlines: Iterable[object]) -> str | None:
    """The headline that shares most words with the others on an event, so that no outlet's manner names it; None if there is none.

    The measure is the mean Jaccard index of content words with each other headline; of equals the shorter, then the first in the alphabet.

    Examples
    --------
    >>> central_headline(["KEEP KNOCKING, BOYS!", "Five miners rescued from flooded mine", "Miners rescued alive from Hessen mine"])
    'Five miners rescued from flooded mine'
    """
    every = sorted({" ".join(words.split()) for words in headlines if isinstance(words, str) and words.strip()}, key=lambda h: (len(h), h))
    if not every:
        return None
    words = [frozenset(_content_words(headline)) for headline in every]

    def shared(mine: frozenset[str]) -> float:
        return sum(len(mine & other) / max(1, len(mine | other)) for other in words)

    return every[max(range(len(every)), key=lambda place: (shared(words[place]), -place))]


def _given_story(article: Article) -> str | None:
    for key in ("story", "event"):
        value: Any = article.meta.get(key)
        if value is None or (isinstance(value, float) and math.isnan(value)):
            continue
        if name := str(value).strip():
            return name
    return None


def _name(articles: list[Article], names: list[str | None], clusters: Iterable[list[int]]) -> dict[str, str]:
    """Story by article id."""
    taken = {name for name in names if name is not None}
    story = {}
    for members in clusters:
        name = next((names[i] for i in members if names[i] is not None), None)
        if name is None:
            first = min(members, key=lambda i: (articles[i].date or dt.date.max, articles[i].id))
            name = f"story-{articles[first].id}"
            while name in taken:  # the source used the very name for something else
                name += "+"
        story.update({articles[i].id: name for i in members})
    return story


@lru_cache(maxsize=1 << 16)
def _term(word: str) -> str:
    """What a word counts as: plural and possessive endings off; empty for stop words and what is no word."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    if not 2 <= len(word) <= _LONGEST_WORD or word in load_words("english/stopwords"):
        return ""
    return singular(word)


def _content_words(text: str) -> Iterator[str]:
    """Words that can tell one event from another."""
    return filter(None, map(_term, word_strings(text)))


def _vectors(articles: list[Article]) -> sparse.csr_array:
    """Unit tf-idf vectors, one row an article."""
    counts: list[dict[str, float]] = []
    for article in articles:
        count: dict[str, float] = dict(Counter(_opening(article)))
        for word in _content_words((article.headline or "")[:1000]):
            count[word] = count.get(word, 0.0) + HEADLINE_WEIGHT
        counts.append(count)
    frequency = Counter(word for count in counts for word in count)
    column = {word: number for number, word in enumerate(sorted(frequency))}
    rows, columns, weights = [], [], []
    for row, count in enumerate(counts):
        for word in sorted(count):
            rows.append(row)
            columns.append(column[word])
            rarity = math.log((len(articles) + BACKGROUND_ARTICLES) / (frequency[word] + BACKGROUND_ARTICLES * BACKGROUND_RATE))
            weights.append((1 + math.log(count[word])) * max(rarity, 0.0))
    matrix = sparse.csr_array(
        (np.array(weights, dtype=float), (np.array(rows, dtype=int), np.array(columns, dtype=int))), shape=(len(articles), len(column))
    )
    lengths = np.sqrt(np.asarray((matrix * matrix).sum(axis=1)).ravel())
    matrix.data /= np.repeat(np.where(lengths > 0, lengths, 1.0), np.diff(matrix.indptr))
    return matrix


def _opening(article: Article) -> Iterator[str]:
    """The first content words of the body."""
    found = (word for span in article.spans() for word in _content_words(article.plain[span.start : min(span.end, span.start + 5_000)]))
    return islice(found, LEAD_WORDS)


def _candidates(matrix: sparse.csr_array, days: NDArray[np.float64], window_days: float) -> NDArray[np.int64]:
    """Pairs of rows (first < second) that share one of their heaviest words and, where both are dated, lie within the window."""
    n_rows, n_columns = matrix.shape
    shared = np.bincount(matrix.indices, minlength=n_columns) >= 2
    documents, terms = [], []
    for row in range(n_rows):
        start, end = matrix.indptr[row], matrix.indptr[row + 1]
        columns, weights = matrix.indices[start:end], matrix.data[start:end]
        columns, weights = columns[shared[columns]], weights[shared[columns]]
        heaviest = np.lexsort((columns, -weights))[:INDEX_TERMS]
        documents.append(np.full(len(heaviest), row, dtype=np.int64))
        terms.append(columns[heaviest].astype(np.int64))
    if not documents:
        return np.empty((0, 2), dtype=np.int64)
    document, term = np.concatenate(documents), np.concatenate(terms)
    order = np.lexsort((document, days[document], term))  # NaN, an unknown date, sorts last
    document, term = document[order], term[order]
    day = days[document]
    found = []
    for step in range(1, min(INDEX_REACH, len(term) - 1) + 1):
        near = (term[step:] == term[:-step]) & ~(np.abs(day[step:] - day[:-step]) > window_days)
        one, other = document[:-step][near], document[step:][near]
        found.append(np.unique(np.minimum(one, other) * n_rows + np.maximum(one, other)))
    codes = np.unique(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)
    return np.stack([codes // max(n_rows, 1), codes % max(n_rows, 1)], axis=1)


class _Clusters:
    """Average linkage over the candidate pairs; a group of articles is known by a number."""

    def __init__(
        self, matrix: sparse.csr_array, days: NDArray[np.float64], names: list[str | None], window_days: int, threshold: float
    ) -> None:
        self.matrix, self.window, self.threshold = matrix, float(window_days), threshold
        self.members: dict[int, list[int]] = {row: [row] for row in range(len(names))}
        self.names: dict[int, str | None] = dict(enumerate(names))
        self.first: dict[int, float] = {row: math.inf if math.isnan(day) else day for row, day in enumerate(days)}
        self.last: dict[int, float] = {row: -math.inf if math.isnan(day) else day for row, day in enumerate(days)}
        self.vectors: dict[int, dict[int, float]] = {}
        self.sums: dict[int, dict[int, float]] = {row: {} for row in range(len(names))}  # similarity summed over pairs of members
        self.heap: list[tuple[float, int, int]] = []
        self.next_number = len(names)
        pairs = _candidates(matrix, days, self.window)
        for at in range(0, len(pairs), 50_000):
            block = pairs[at : at + 50_000]
            values = np.asarray((matrix[block[:, 0]] * matrix[block[:, 1]]).sum(axis=1)).ravel()
            for (one, other), value in zip(block[values >= threshold].tolist(), values[values >= threshold].tolist(), strict=True):
                self.sums[one][other] = self.sums[other][one] = value
        self._join_given()
        for one, near in self.sums.items():
            for other in near:
                if one < other:
                    self._offer(one, other)

    def _join_given(self) -> None:
        by_name: dict[str, int] = {}
        for row in list(self.members):
            name = self.names[row]
            if name is not None:
                by_name[name] = self._merge(by_name[name], row) if name in by_name else row

    def join(self) -> None:
        """Join the most similar groups until none are similar enough."""
        while self.heap:
            _, one, other = heapq.heappop(self.heap)
            if one in self.members and other in self.members and self._backed(one, other) and self._backed(other, one):
                merged = self._merge(one, other)
                for third in self.sums[merged]:
                    self._offer(third, merged)

    def _backed(self, one: int, other: int) -> bool:
        """Whether most articles of ``one``, not only a bridge among them, resemble ``other``."""
        members = self.members[one]
        asked = members[:: math.ceil(len(members) / MEMBERS_ASKED)]
        vector, least = self._vector(other), self.threshold / 2 * len(self.members[other])
        backing = 0
        for row in asked:
            start, end = self.matrix.indptr[row], self.matrix.indptr[row + 1]
            entries = zip(self.matrix.indices[start:end].tolist(), self.matrix.data[start:end].tolist(), strict=True)
            backing += sum(weight * vector.get(column, 0.0) for column, weight in entries) >= least
        return backing > len(asked) * 2 / 3

    def _offer(self, one: int, other: int) -> None:
        """Put a pair of groups on the heap if they may become one story."""
        if self.names[one] is not None and self.names[other] is not None:
            return
        dated = self.last[one] > 0 and self.last[other] > 0
        span = max(self.last[one], self.last[other]) - min(self.first[one], self.first[other])
        allowed = max(self.window, self.last[one] - self.first[one], self.last[other] - self.first[other])  # a given story may be longer
        mean = self.sums[one][other] / (len(self.members[one]) * len(self.members[other]))
        if (not dated or span <= allowed) and mean >= self.threshold * (1.0 if dated else UNDATED_RATIO):
            heapq.heappush(self.heap, (-mean, min(one, other), max(one, other)))

    def _merge(self, one: int, other: int) -> int:
        merged = self.next_number
        self.next_number += 1
        near_one, near_other = self.sums.pop(one), self.sums.pop(other)
        sums: dict[int, float] = {}
        for third in sorted(near_one.keys() | near_other.keys()):
            if third in (one, other):
                continue
            to_one = near_one[third] if third in near_one else self._dot(one, third)
            to_other = near_other[third] if third in near_other else self._dot(other, third)
            sums[third] = to_one + to_other
            near = self.sums[third]
            near.pop(one, None)
            near.pop(other, None)
            near[merged] = sums[third]
        self.sums[merged] = sums
        self.members[merged] = sorted(self.members[one] + self.members[other])
        self.names[merged] = self.names[one] if self.names[one] is not None else self.names[other]
        self.first[merged] = min(self.first[one], self.first[other])
        self.last[merged] = max(self.last[one], self.last[other])
        if one in self.vectors or other in self.vectors:
            short, long = sorted((self._vector(one), self._vector(other)), key=len)
            for column, weight in short.items():
                long[column] = long.get(column, 0.0) + weight
            self.vectors[merged] = long
        for gone in (one, other):
            self.vectors.pop(gone, None)
            self.members.pop(gone)
        return merged

    def _vector(self, group: int) -> dict[int, float]:
        if group not in self.vectors:
            vector: dict[int, float] = {}
            for row in self.members[group]:
                start, end = self.matrix.indptr[row], self.matrix.indptr[row + 1]
                for column, weight in zip(self.matrix.indices[start:end].tolist(), self.matrix.data[start:end].tolist(), strict=True):
                    vector[column] = vector.get(column, 0.0) + weight
            self.vectors[group] = vector
        return self.vectors[group]

    def _dot(self, one: int, other: int) -> float:
        """Similarity summed over all pairs of members."""
        short, long = sorted((self._vector(one), self._vector(other)), key=len)
        return sum(weight * long[column] for column, weight in short.items() if column in long)
