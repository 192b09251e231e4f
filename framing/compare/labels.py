"""Which outlet calls the same people what: the nouns and adjectives used for a name, or which of several near-synonyms is chosen."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from framing.article import Article, Corpus, as_corpus
from framing.compare.options import check_flag, check_free
from framing.errors import InputError, UnknownNameError, check_name, check_whole, told
from framing.measuring.labels import LabelFinder, LabelUse, NameFinder, WordFinder, find_labels
from framing.measuring.measure import per_1k
from framing.resources import load_table
from framing.text import count_words, quotations

COLUMNS = ("label", "head", "modifiers", "count", "per_1k", "share", "n_articles", "quoted", "examples")


def labels_for(
    corpus: Corpus | Iterable[Article],
    target: str | Sequence[str],
    *,
    by: str = "outlet",
    own_words_only: bool = False,
    modifiers: bool = True,
    n_examples: int = 3,
) -> pd.DataFrame:
    """What each outlet calls the same people or things.

    Parameters
    ----------
    corpus : Corpus or iterable of Article
        The body paragraphs are read.
    target : str or sequence of str
        A name ("Harbour Front"), or several for the same ("Harbour Front", "the Front"): words with a capital in each. Found are the
        nouns and adjectives that the text uses for it. Or the name of a starter group ("fighters", see :func:`contested_words`), a word in
        lower case, or several near-synonyms ("strikers", "dockers"): found is each of them, singular or plural, with what stands before
        it. To look for one word that is also the name of a group, give a list of one.
    by : str, default "outlet"
        What makes the groups: "outlet", "agency", "language" or a key of ``article.meta``. Articles without one are left out;
        ``attrs["n_left_out"]`` counts them.
    own_words_only : bool, default False
        Leave out labels in quotation marks; rates are then per thousand words outside quotation marks.
    modifiers : bool, default True
        False: count heads alone, whatever stands before them ("armed rebels" as "rebels"); a label that is no noun ("banned") is left out.
    n_examples : int, default 3
        Examples a row, from different articles as far as there are.

    Returns
    -------
    pandas.DataFrame
        One row an outlet and label, every outlet with every label found anywhere (of near-synonyms: at least each word by itself), sorted
        by outlet, then count from high to low, then label. Columns:

        - ``outlet`` (called as ``by`` says);
        - ``label``: lower case, modifiers and head ("separatist movement", "banned", "workers' movement"), no two of an outlet alike;
          ``head``: the noun, as listed for near-synonyms, empty where there is none, the noun too where the same word is at times an
          adjective ("extremist"); ``modifiers``: the words before it, with spaces between;
        - ``count``: occurrences, 0 or more; ``per_1k``: for each thousand words of the outlet, NaN where it has none;
          ``share``: of the outlet's labels for this target, from 0 to 1, NaN where it has none; ``n_articles``: articles with the label;
        - ``quoted``: how many of ``count`` stand in quotation marks, so that ``count - quoted`` are the outlet's own words;
        - ``examples``: tuples of article id, start, end (of the label, in ``Article.text``) and the sentence.

        ``attrs`` contains ``target``, ``words`` (what was looked for) and ``n_left_out``.

    Raises
    ------
    InputError
        If there is no article, ``target`` is empty or no text, or an option is out of range.
    UnknownNameError
        If no article has the field ``by``; the message lists those that there are.

    Notes
    -----
    For a name these count: nouns and adjectives before it ("the banned Harbour Front", "separatist group the Harbour Front", "Harbour Front
    fighters", "members of the Harbour Front"), an apposition ("the Harbour Front, a separatist movement"), a predicate ("the Front is a
    terrorist organisation"; not if denied), and what it is called ("which Calderra lists as terrorist", "the movement known as the
    Harbour Front"). The rules know no grammar: see the card for how often they are right, and read the examples. Pronouns and later
    mentions by another noun ("the extremists had used ...") are not followed; ask for those words as near-synonyms.

    Of near-synonyms, words that belong to another noun are left out: singulars ("a rebel leader") and possessives ("workers' movement",
    "the regime's forces"). So is a capitalised one inside a sentence ("the Boston Marchers"), taken for a name. Whether a word stands
    for the same people in two outlets is for the reader to judge.

    References
    ----------
    Fowler (1991), Language in the news: discourse and ideology in the press. Naming as a choice. Each starter group names its own.

    Examples
    --------
    >>> pages = [Article("h", "The Harbour Front, a separatist movement, met.", outlet="Herald"),
    ...          Article("t", "The banned Harbour Front met. Dockers cheered.", outlet="Today")]
    >>> labels_for(pages, "Harbour Front")[["outlet", "label", "count", "share"]]
      outlet                label  count  share
    0 Herald  separatist movement      1    1.0
    1 Herald               banned      0    0.0
    2  Today               banned      1    1.0
    3  Today  separatist movement      0    0.0
    >>> labels_for(pages, ["dockers", "strikers"], modifiers=False)[["outlet", "label", "count"]]
      outlet     label  count
    0 Herald   dockers      0
    1 Herald  strikers      0
    2  Today   dockers      1
    3  Today  strikers      0
    """
    check_name("by", by)
    check_free(by, COLUMNS)
    check_flag("own_words_only", own_words_only)
    check_flag("modifiers", modifiers)
    n_examples = check_whole("n_examples", n_examples, 0)
    words, named = _target(target)
    articles = sorted(as_corpus(corpus), key=lambda article: article.id)
    if not articles:
        raise InputError("the corpus has no articles to look for labels in")
    groups = {article.id: article.group(by) for article in articles}
    if not any(groups.values()):
        raise UnknownNameError(f"no article has {by!r}; accepted: {', '.join(_fields(articles))}")
    finder = NameFinder(words) if named else WordFinder(words)
    tally = _Tally(own_words_only, modifiers)
    for article in articles:
        group = groups[article.id]
        if group is not None:
            tally.add(group, article, finder)
    known = [] if named else [_Key("", word) for word in words]
    frame = tally.frame(by, known, n_examples)
    frame.attrs |= {"target": target if isinstance(target, str) else tuple(target), "words": tuple(words)}
    frame.attrs["n_left_out"] = sum(group is None for group in groups.values())
    return frame


def contested_words() -> pd.DataFrame:
    """The starter groups of contested names.

    Returns
    -------
    pandas.DataFrame
        Index ``group``; columns ``words`` (tuple), ``note`` (what the choice says) and ``documented`` (where research has shown that it
        differs or matters; empty where no work is known for certain).

    Examples
    --------
    >>> contested_words().loc["estate tax", "words"]
    ('estate tax', 'death tax', 'inheritance tax', 'estate duty')
    """
    rows = [{**row, "words": tuple(row["words"].split("|"))} for row in load_table("measuring/labels/groups")]
    return pd.DataFrame(rows, columns=["group", "words", "note", "documented"]).set_index("group")


def _target(target: str | Sequence[str]) -> tuple[list[str], bool]:
    """What to look for, each once, and whether it is a name."""
    if isinstance(target, str):
        group = next((row for row in load_table("measuring/labels/groups") if row["group"] == target.strip()), None)
        words = group["words"].split("|") if group else [target]
        named = group is None and target != target.lower()
    elif isinstance(target, Sequence) and target and all(isinstance(word, str) for word in target):
        words = list(target)
        named = all(word != word.lower() for word in words)
    else:
        raise InputError(f"target must be a name, a group of contested_words() or words, got {told(target)}")
    words = list(dict.fromkeys(" ".join(word.split()) for word in words))
    if not all(re.search(r"\w", word) for word in words):
        raise InputError(f"target must hold words, got {target!r}")
    return words, named


def _fields(articles: Iterable[Article]) -> list[str]:
    """What articles can be grouped by."""
    found: dict[str, None] = {}
    for article in articles:
        found |= dict.fromkeys(name for name in ("outlet", "agency", "language", *article.meta) if article.group(name))
    return list(found)


# --- Counting -------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Key:
    modifiers: str
    head: str

    @property
    def label(self) -> str:
        return f"{self.modifiers} {self.head}".strip()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a label stands."""

    article: Article
    use: LabelUse

    def example(self) -> tuple[str, int, int, str]:
        return self.article.id, *self.use.label.span, self.article.words_at(self.use.sentence)


class _Tally:
    """Labels by group, gathered article by article."""

    def __init__(self, own_words_only: bool, modifiers: bool) -> None:
        self.own_words_only, self.modifiers = own_words_only, modifiers
        self.n_words: dict[str, int] = defaultdict(int)
        self.found: dict[tuple[str, str], list[_Place]] = defaultdict(list)
        self.keys: dict[str, _Key] = {}

    def add(self, group: str, article: Article, finder: LabelFinder) -> None:
        text, body = article.plain, article.spans()
        outside = [quotation.span for quotation in quotations(text, body)] if self.own_words_only else []
        self.n_words[group] += sum(count_words(text, span) for span in body) - sum(count_words(text, span) for span in outside)
        for use in find_labels(article, finder):
            if (use.quoted and self.own_words_only) or not (self.modifiers or use.label.head):
                continue
            key = _Key(" ".join(use.label.modifiers) if self.modifiers else "", use.label.head)
            self._keep(key)
            self.found[group, key.label].append(_Place(article, use))

    def _keep(self, key: _Key) -> None:
        """One key a label, that with the longest head: "extremist" is at times a noun, at times an adjective, which has none."""
        self.keys[key.label] = max(self.keys.get(key.label, key), key, key=lambda key: len(key.head))

    def frame(self, by: str, known: Iterable[_Key], n_examples: int) -> pd.DataFrame:
        for key in known:
            self._keep(key)
        rows = []
        for group in sorted(self.n_words):
            here = {label: self.found.get((group, label), []) for label in self.keys}
            total, n_words = sum(map(len, here.values())), self.n_words[group]
            for label, places in sorted(here.items(), key=lambda item: (-len(item[1]), item[0])):
                key, n = self.keys[label], len(places)
                rows.append(
                    {
                        by: group,
                        "label": label,
                        "head": key.head,
                        "modifiers": key.modifiers,
                        "count": n,
                        "per_1k": per_1k(n, n_words),
                        "share": n / total if total else math.nan,
                        "n_articles": len({place.article.id for place in places}),
                        "quoted": sum(place.use.quoted for place in places),
                        "examples": tuple(place.example() for place in _spread(places)[:n_examples]),
                    }
                )
        types = dict.fromkeys((by, "label", "head", "modifiers"), "str") | dict.fromkeys(("count", "n_articles", "quoted"), "int64")
        return pd.DataFrame(rows, columns=[by, *COLUMNS]).astype({**types, "per_1k": "float64", "share": "float64", "examples": "object"})


def _spread(places: Sequence[_Place]) -> list[_Place]:
    """The first of every article, then the second, and so on."""
    seen: dict[str, int] = defaultdict(int)
    ranked = []
    for place in places:
        ranked.append((seen[place.article.id], place))
        seen[place.article.id] += 1
    return [place for _, place in sorted(ranked, key=lambda pair: pair[0])]
