"""What articles are about: topics by non-negative factors of word weights, the same on every run and in every order."""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer

from framing.article import Article, as_corpus
from framing.errors import InputError, NotFittedError
from framing.resources import load_words
from framing.text import word_strings
from framing.threads import one_thread

_LONGEST_WORD = 40
_SWEEPS = 200
"""Coordinate steps over all topics when an article is weighed: a fixed number, so that no article's weights depend on its neighbours'."""


class TopicModel(BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """Topics as groups of words that articles use together, and each article's share in them.

    Parameters
    ----------
    n_topics : int, default 10
        Number of topics, 2 or more; at most the number of articles with known words.
    seed : int, default 0
        Seeds the decomposition that the factors start from. Results hardly depend on it.
    n_label_words : int, default 3
        Words in a label.
    max_features : int, default 10000
        At most this many words are known: those in most articles.
    max_iter : int, default 400
        Most steps of the factorisation; :attr:`converged_` says whether they sufficed.

    Attributes
    ----------
    labels_ : list of str
        Like ``"harbour · strike · dockers"``. No word stands in two labels.
    top_words_ : pandas.DataFrame
        Columns topic (number from 0), label, word, rank (from 1), weight (share of the word in the topic, 0 to 1); 15 words a topic.
    components_ : ndarray of float, shape (n_topics, n_words)
        Word shares of each topic; rows sum to 1.
    vocabulary_ : dict of str to int
        Column of each known word.
    n_articles_ : int
        Articles with at least one known word that the model was fitted on.
    converged_ : bool

    Notes
    -----
    Words are read from the body of an article (:attr:`framing.Article.body`: no captions, notices or links), in lower case, without
    possessive endings, stop words (``framing/english/stopwords.tsv``), numbers and words under three letters. A word must stand in at
    least 2 articles (3 from 200 articles, 5 from 1,000) and, from 20 articles, at most in 70 % of them; where a corpus is too small for
    that, in at least one. Weights are ``(1 + ln n) * (ln((1 + N) / (1 + df)) + 1)``, scaled to unit length, and factored by NMF from an
    NNDSVDa start. The factors are scaled to sum to 1, an article's non-negative least-squares weights on them likewise. So a topic's
    share is the share of the *modelled* word weight, not of the words. Topics come in order of their total share in the corpus.

    Articles are sorted by id before anything is computed, and each is weighed by itself: neither order nor company changes a number.
    Short articles contain few known words and get unsteady shares. A topic is a pattern of words; its subject is for the reader to judge.

    References
    ----------
    Lee and Seung (1999), Learning the parts of objects by non-negative matrix factorization.
    Boutsidis and Gallopoulos (2008), SVD based initialization: a head start for nonnegative matrix factorization.

    Examples
    --------
    >>> texts = ["Dockers strike at the harbour.", "Harbour strike: dockers walk out.", "Budget vote in the Assembly.",
    ...          "Assembly vote: budget passed.", "A second harbour strike: dockers block the gate."]
    >>> pages = [Article(f"page{number}", text) for number, text in enumerate(texts)]
    >>> model = TopicModel(n_topics=2).fit(pages)
    >>> model.labels_
    ['dockers · harbour · strike', 'assembly · budget · vote']
    >>> model.transform(pages).round(2).loc["page0"].tolist()
    [1.0, 0.0]
    """

    def __init__(
        self, n_topics: int = 10, *, seed: int = 0, n_label_words: int = 3, max_features: int = 10_000, max_iter: int = 400
    ) -> None:
        self.n_topics = n_topics
        self.seed = seed
        self.n_label_words = n_label_words
        self.max_features = max_features
        self.max_iter = max_iter

    @one_thread
    def fit(self, corpus: Iterable[Article], y: object = None) -> Self:
        """Learn the topics.

        Parameters
        ----------
        corpus : Corpus or iterable of Article
        y : ignored

        Raises
        ------
        InputError
            If an option is out of range, or the corpus has fewer articles with known words, or fewer words, than topics.
        """
        for name, least in (("n_topics", 2), ("n_label_words", 1), ("max_features", 2), ("max_iter", 1)):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < least:
                raise InputError(f"{name} must be a whole number, {least} or more, got {value!r}")
        articles = as_corpus(corpus)
        vectorizer, weights = self._weigh(sorted(articles, key=lambda article: article.id))
        known = np.diff(weights.indptr) > 0
        n_known, n_words = int(known.sum()), weights.shape[1]
        if min(n_known, n_words) < self.n_topics:
            most = min(n_known, n_words)
            accepted = f"n_topics from 2 to {most}" if most > 1 else "no number"
            raise InputError(
                f"n_topics={self.n_topics} needs at least as many articles and as many known words, got {n_known} articles with known "
                f"words (of {len(articles)}) and {n_words} words; accepted here: {accepted}"
            )
        model = NMF(self.n_topics, init="nndsvda", random_state=self.seed, max_iter=self.max_iter, tol=1e-3)
        with warnings.catch_warnings(), np.errstate(invalid="ignore"):  # the error of a perfect fit may round below 0
            warnings.simplefilter("ignore", ConvergenceWarning)  # told by converged_
            model.fit(weights[known])
        components = np.asarray(model.components_, dtype=float)
        totals = components.sum(axis=1, keepdims=True)
        components = np.divide(components, totals, out=np.zeros_like(components), where=totals > 0)
        shares = _shares(weights[known], components)
        order = np.argsort(-np.nan_to_num(shares).sum(axis=0), kind="stable")
        self.components_: NDArray[np.float64] = components[order]
        self.vocabulary_: dict[str, int] = {str(word): int(column) for word, column in vectorizer.vocabulary_.items()}
        self.n_articles_ = n_known
        self.converged_ = bool(model.n_iter_ < self.max_iter)
        self._vectorizer = vectorizer
        words = vectorizer.get_feature_names_out()
        label_words = _label_words(self.components_, words, self.n_label_words)
        self.labels_ = [" · ".join(chosen) if chosen else f"topic {number + 1}" for number, chosen in enumerate(label_words)]
        self._names = _column_names(label_words)
        self.top_words_ = self._top_words(words)
        return self

    @one_thread
    def transform(self, corpus: Iterable[Article]) -> pd.DataFrame:
        """Each article's share in each topic.

        Returns
        -------
        pandas.DataFrame of float, shape (n_articles, n_topics)
            Index ``article_id`` in the order of the corpus, columns as :meth:`get_feature_names_out`. From 0 to 1, rows sum to 1. NaN in
            the whole row where an article has no word that any topic knows.

        Raises
        ------
        NotFittedError
            Before :meth:`fit`.
        """
        columns = self.get_feature_names_out()
        articles = as_corpus(corpus)
        index = pd.Index([article.id for article in articles], dtype="str", name="article_id")
        shares = np.empty((0, len(columns)))
        if articles:
            shares = _shares(self._vectorizer.transform([article.body for article in articles]), self.components_)
        return pd.DataFrame(shares, index=index, columns=pd.Index(columns))

    def fit_transform(self, corpus: Iterable[Article], y: object = None) -> pd.DataFrame:
        """:meth:`fit`, then :meth:`transform` of the same corpus."""
        articles = as_corpus(corpus)
        return self.fit(articles).transform(articles)

    def get_feature_names_out(self, input_features: object = None) -> NDArray[np.object_]:
        """Column names like ``topic_harbour_strike_dockers``: unique, letters, digits and underscores only.

        Raises
        ------
        NotFittedError
            Before :meth:`fit`.
        """
        if not hasattr(self, "components_"):
            raise NotFittedError("this TopicModel knows no topics yet: call fit(corpus) first")
        return np.array(self._names, dtype=object)

    def _weigh(self, articles: list[Article]) -> tuple[Any, Any]:
        """A fitted vectorizer and the weights of the articles."""
        bodies = [article.body for article in articles]
        wanted = 5 if len(bodies) >= 1000 else 3 if len(bodies) >= 200 else 2
        for least, most in ((wanted, 0.7 if len(bodies) >= 20 else 1.0), (2, 1.0), (1, 1.0)):
            vectorizer = TfidfVectorizer(
                analyzer=_content_words, min_df=least, max_df=most, max_features=self.max_features, sublinear_tf=True, dtype=np.float64
            )
            try:
                weights = vectorizer.fit_transform(bodies)
            except ValueError:  # no words left at these limits
                continue
            if min(int((np.diff(weights.indptr) > 0).sum()), weights.shape[1]) >= self.n_topics or least == 1:
                return vectorizer, weights
        raise InputError(f"n_topics={self.n_topics} needs at least as many articles with known words, got none (of {len(articles)})")

    def _top_words(self, words: NDArray[np.object_], n_words: int = 15) -> pd.DataFrame:
        rows = []
        for topic, weights in enumerate(self.components_):
            best = [column for column in np.lexsort((words.astype(str), -weights))[:n_words] if weights[column] > 0]
            rows += [
                (topic, self.labels_[topic], str(words[column]), rank, float(weights[column])) for rank, column in enumerate(best, start=1)
            ]
        return pd.DataFrame(rows, columns=["topic", "label", "word", "rank", "weight"])


@lru_cache(maxsize=1 << 16)
def _term(word: str) -> str:
    """What a word counts as; empty for stop words, numbers and what is no word."""
    if len(word) > _LONGEST_WORD:
        return ""
    word = word.lower().replace("’", "'").removesuffix("'s")
    return word if len(word) > 2 and not word[0].isdigit() and word not in load_words("english/stopwords") else ""


def _content_words(text: str) -> list[str]:
    return [term for word in word_strings(text) if len(word) <= _LONGEST_WORD and (term := _term(word))]


def _shares(weights: Any, components: NDArray[np.float64]) -> NDArray[np.float64]:
    """Non-negative least-squares weights of each row on the components, as shares; NaN where all are 0."""
    gram = np.einsum("iw,jw->ij", components, components)
    target: NDArray[np.float64] = np.asarray(weights @ components.T)
    found = np.zeros_like(target)
    for _ in range(_SWEEPS):
        for topic in range(len(components)):
            if gram[topic, topic] > 0:
                step = (target[:, topic] - (found * gram[topic]).sum(axis=1)) / gram[topic, topic]
                found[:, topic] = np.maximum(found[:, topic] + step, 0.0)
    totals = found.sum(axis=1, keepdims=True)
    shares: NDArray[np.float64] = np.divide(found, totals, out=np.full_like(found, np.nan), where=totals > 0)
    return shares


def _label_words(components: NDArray[np.float64], words: NDArray[np.object_], n_words: int) -> list[list[str]]:
    """For each topic its strongest words, each given to the topic it is strongest in (weight times the topic's part of the word)."""
    totals = components.sum(axis=0)
    scores = components * np.divide(components, totals, out=np.zeros_like(components), where=totals > 0)
    used: set[str] = set()
    chosen: list[list[str]] = []
    owner = np.argmax(components, axis=0)
    for topic, row in enumerate(scores):
        mine: list[str] = []
        for column in np.lexsort((words.astype(str), -row)):
            word = str(words[column])
            if row[column] <= 0 or len(mine) == n_words:
                break
            if owner[column] == topic and word not in used and not any(_alike(word, other) for other in mine):
                mine.append(word)
        used.update(mine)
        chosen.append(mine)
    return chosen


def _alike(one: str, other: str) -> bool:
    """Singular and plural of one word, which would waste a place in a label."""
    short, long = sorted((one, other), key=len)
    return long in (short + "s", short + "es", short[:-1] + "ies")


def _column_names(label_words: list[list[str]]) -> list[str]:
    names: list[str] = []
    for number, chosen in enumerate(label_words):
        plain = (unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode() for word in chosen)
        safe = [word for word in (re.sub(r"[^a-z0-9]+", "", word.lower()) for word in plain) if word]
        name = "_".join(["topic", *safe]) if safe else f"topic_{number + 1}"
        while name in names:
            name += f"_{number + 1}"
        names.append(name)
    return names
