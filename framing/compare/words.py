"""The words that tell groups of articles apart: log-odds with a prior, Log Ratio, G2, dispersion."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from framing.article import Article, as_corpus
from framing.compare.bootstrap import Floats, Ints
from framing.errors import InputError, as_float, check_name, check_whole, told
from framing.text import word_strings


def distinctive_words(corpus: Iterable[Article], *, by: str = "outlet", prior: float = 500.0, min_articles: int = 3) -> pd.DataFrame:
    """Words that one group of articles uses more, or less, than all others together.

    Parameters
    ----------
    corpus : Corpus or iterable of Article
        Words are read from the body (quotations included), in lower case, as :func:`framing.text.words` finds them.
    by : str, default "outlet"
        What makes the groups: ``"outlet"``, ``"agency"``, ``"language"`` or a key of ``article.meta``. Articles without one are left
        out; ``attrs["n_left_out"]`` counts them.
    prior : float, default 500
        Words that are imagined in each group beside its own, spread as in the whole corpus. Higher: rare words count less. Above 0.
    min_articles : int, default 3
        A word is listed only where the side that uses it more has it in at least this many articles, so that no single article makes a
        word distinctive.

    Returns
    -------
    pandas.DataFrame
        One row a word and group, sorted by group, then ``z`` from high to low. Columns: word, group, count, count_others,
        per_1k, per_1k_others (per thousand words), log_odds, z, log_ratio, g2, n_articles (of the group, with the word), dispersion.
        In ``log_odds``, ``z`` and ``log_ratio`` positive means used *more* in the group. A word that the group never uses is listed
        where its absence is more than chance (``z <= -1.96``). ``dispersion`` is Gries's DP within the group: 0 spread as evenly as the
        articles are long, towards 1 all in one small article; NaN for a word that it never uses.

    Raises
    ------
    InputError
        If an option is out of range, or fewer than two groups have words.

    Notes
    -----
    With counts y, group sizes n, ``a_w = prior * share of w in the corpus`` and ``A = prior``: ``log_odds = ln((y + a_w) / (n + A - y -
    a_w)) - (the same for the others)``; ``z = log_odds / sqrt(1 / (y + a_w) + 1 / (y_others + a_w))``. ``log_ratio`` is the binary
    logarithm of the ratio of relative frequencies, a count of 0 taken as 0.5. ``g2`` is the log-likelihood ratio over the four cells
    word / other words by group / others, 0 or more, without a direction. ``z`` and ``g2`` treat words as independent draws, which they
    are not (articles repeat their words): read them as a ranking, and ``n_articles`` and ``dispersion`` beside them.

    References
    ----------
    Monroe, Colaresi and Quinn (2008), Fightin' words: lexical feature selection and evaluation for identifying the content of
    political conflict. The size of the prior is theirs.
    Hardie (2014), Log Ratio: an informal introduction.
    Dunning (1993), Accurate methods for the statistics of surprise and coincidence.
    Gries (2008), Dispersions and adjusted frequencies in corpora.

    Examples
    --------
    >>> pages = [Article(f"{outlet}{n}", text, outlet=outlet) for n in range(3)
    ...          for outlet, text in (("Tribune", "The dockers walked out."), ("Lantern", "The thugs walked out."))]
    >>> words = distinctive_words(pages)
    >>> words.loc[words.z > 0, ["group", "word", "count", "count_others", "log_ratio"]].round(2)
         group     word  count  count_others  log_ratio
    0  Lantern    thugs      3             0       2.58
    4  Tribune  dockers      3             0       2.58
    """
    check_name("by", by)
    if not 0 < as_float(prior) < math.inf:
        raise InputError(f"prior must be a finite number above 0, got {told(prior)}")
    prior = float(prior)
    check_whole("min_articles", min_articles, 1)
    articles = sorted(as_corpus(corpus), key=lambda article: article.id)
    labels = [article.group(by) for article in articles]
    n_left_out = sum(label is None for label in labels)
    pairs = [(article, label) for article, label in zip(articles, labels, strict=True) if label is not None]
    counts, vocabulary = _count_words(article for article, _ in pairs)
    sizes = np.asarray(counts.sum(axis=1)).ravel()
    groups = sorted({label for (_, label), size in zip(pairs, sizes, strict=True) if size > 0})
    if len(groups) < 2:
        got = f"got {len(groups)} ({', '.join(groups) or 'none'}); {n_left_out} articles have no {by}"
        raise InputError(f"distinctive words need at least two groups with words, {got}")
    total = np.asarray(counts.sum(axis=0)).ravel().astype(float)
    spread = np.bincount(counts.indices, minlength=len(vocabulary))
    member = np.array([label for _, label in pairs], dtype=object)
    parts = [_describe(group, counts[np.flatnonzero(member == group)], total, spread, vocabulary, prior, min_articles) for group in groups]
    frame = pd.concat(parts, ignore_index=True)
    frame.attrs["n_left_out"] = n_left_out
    return frame


def _count_words(articles: Iterable[Article]) -> tuple[sparse.csr_array, NDArray[np.object_]]:
    """Counts, one row an article, and the sorted words of the columns."""
    number: dict[str, int] = {}
    columns, data, ends = [], [], [0]
    for article in articles:
        count = Counter(word_strings(article.body.lower().replace("’", "'")))
        columns.append(np.fromiter((number.setdefault(word, len(number)) for word in count), dtype=np.int64, count=len(count)))
        data.append(np.fromiter(count.values(), dtype=np.int64, count=len(count)))
        ends.append(ends[-1] + len(count))
    words = np.array(sorted(number), dtype=object)
    place = np.empty(len(number), dtype=np.int64)
    for position, word in enumerate(words):
        place[number[word]] = position
    indices = place[np.concatenate(columns)] if ends[-1] else np.empty(0, dtype=np.int64)
    values = np.concatenate(data) if ends[-1] else np.empty(0, dtype=np.int64)
    return sparse.csr_array((values, indices, np.array(ends)), shape=(len(ends) - 1, len(words))), words


def _describe(
    group: str,
    counts: sparse.csr_array,
    total: Floats,
    spread: Ints,
    vocabulary: NDArray[np.object_],
    prior: float,
    min_articles: int,
) -> pd.DataFrame:
    """The rows of one group; ``total`` and ``spread`` are occurrences and articles of each word in the whole corpus."""
    own = np.asarray(counts.sum(axis=0)).ravel().astype(float)
    others = total - own
    n_own, n_others = own.sum(), others.sum()
    imagined = prior * total / total.sum()
    lone = total == total.sum()  # the only word there is: its odds are infinite on both sides
    rest, rest_others = n_own + prior - own - imagined + lone, n_others + prior - others - imagined + lone
    log_odds = np.where(lone, 0.0, np.log((own + imagined) / rest) - np.log((others + imagined) / rest_others))
    z = log_odds / np.sqrt(1 / (own + imagined) + 1 / (others + imagined))
    n_articles = np.bincount(counts.indices, minlength=len(vocabulary))
    evidence = np.where(log_odds > 0, n_articles, spread - n_articles)
    listed = np.flatnonzero((evidence >= min_articles) & ((own > 0) | (z <= -1.96)))
    listed = listed[np.argsort(-z[listed], kind="stable")]  # ties stay in order of the words
    own, others, z, log_odds = own[listed], others[listed], z[listed], log_odds[listed]
    return pd.DataFrame(
        {
            "word": pd.Series(vocabulary[listed], dtype="str"),
            "group": pd.Series([group] * len(listed), dtype="str"),
            "count": own.astype(np.int64),
            "count_others": others.astype(np.int64),
            "per_1k": 1000 * own / n_own,
            "per_1k_others": 1000 * others / n_others,
            "log_odds": log_odds,
            "z": z,
            "log_ratio": np.log2(np.maximum(own, 0.5) / n_own) - np.log2(np.maximum(others, 0.5) / n_others),
            "g2": _g2(own, others, n_own, n_others),
            "n_articles": n_articles[listed].astype(np.int64),
            "dispersion": _dispersion(counts)[listed],
        }
    )


def _g2(own: Floats, others: Floats, n_own: float, n_others: float) -> Floats:
    """Dunning's log-likelihood ratio of the 2 x 2 tables of each word."""
    n = n_own + n_others
    result = np.zeros(len(own))
    for observed, row, column in (
        (own, own + others, n_own),
        (others, own + others, n_others),
        (n_own - own, n - own - others, n_own),
        (n_others - others, n - own - others, n_others),
    ):
        expected = row * column / n
        ratio = np.divide(observed, expected, out=np.ones(len(own)), where=observed > 0)
        result += 2 * observed * np.log(ratio)
    return np.maximum(result, 0.0)


def _dispersion(counts: sparse.csr_array) -> Floats:
    """Gries's DP of each word over the articles (rows): half the summed difference of its shares from the articles' shares of words."""
    lengths = np.asarray(counts.sum(axis=1)).ravel().astype(float)
    occurrences = np.asarray(counts.sum(axis=0)).ravel().astype(float)
    expected = np.repeat(lengths / lengths.sum(), np.diff(counts.indptr))
    observed = counts.data / occurrences[counts.indices]
    # articles without the word contribute their share, which is 1 less the shares of those that have it
    extra = np.bincount(counts.indices, weights=np.abs(observed - expected) - expected, minlength=counts.shape[1])
    return np.where(occurrences > 0, np.clip(0.5 * (1 + extra), 0.0, 1.0), math.nan)
