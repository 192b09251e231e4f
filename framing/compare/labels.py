"""Which outlet calls the same people what: the nouns and adjectives used for a name, or which of several near-synonyms is chosen."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import pandas as pd

from framing.article import Article, Corpus, as_corpus
from framing.english import sentence_at, sentences
from framing.english.grammar import word_class
from framing.english.tokens import HYPHENATED
from framing.errors import InputError, UnknownNameError
from framing.resources import load_table
from framing.tables.analysis import per_1k
from framing.text import Span, count_words, quotations

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
        nouns and adjectives that the text uses for it. Or the name of a starter group ("fighters", see :func:`label_groups`), a word in
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

        ``attrs`` holds ``target``, ``words`` (what was looked for) and ``n_left_out``.

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
    if isinstance(n_examples, bool) or not isinstance(n_examples, int) or n_examples < 0:
        raise InputError(f"n_examples must be a whole number, 0 or more, got {n_examples!r}")
    words, named = _target(target)
    articles = sorted(as_corpus(corpus), key=lambda article: article.id)
    if not articles:
        raise InputError("the corpus has no articles to look for labels in")
    groups = {article.id: article.group(by) for article in articles}
    if not any(groups.values()):
        raise UnknownNameError(f"no article has {by!r}; accepted: {', '.join(_fields(articles))}")
    finder = _NameFinder(words) if named else _WordFinder(words)
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


def label_groups() -> pd.DataFrame:
    """The starter groups of contested names.

    Returns
    -------
    pandas.DataFrame
        Index ``group``; columns ``words`` (tuple), ``note`` (what the choice says) and ``documented`` (where research has shown that it
        differs or matters; empty where no work is known for certain).

    Examples
    --------
    >>> label_groups().loc["estate tax", "words"]
    ('estate tax', 'death tax', 'inheritance tax', 'estate duty')
    """
    rows = [{**row, "words": tuple(row["words"].split("|"))} for row in load_table("compare/label_groups")]
    return pd.DataFrame(rows, columns=["group", "words", "note", "documented"]).set_index("group")


def _target(target: str | Sequence[str]) -> tuple[list[str], bool]:
    """What to look for, each once, and whether it is a name."""
    if isinstance(target, str):
        group = next((row for row in load_table("compare/label_groups") if row["group"] == target.strip()), None)
        words = group["words"].split("|") if group else [target]
        named = group is None and target != target.lower()
    elif isinstance(target, Sequence) and target and all(isinstance(word, str) for word in target):
        words = list(target)
        named = all(word != word.lower() for word in words)
    else:
        raise InputError(f"target must be a name, a group of label_groups() or words, got {target!r}")
    words = list(dict.fromkeys(" ".join(word.split()) for word in words))
    if not all(HYPHENATED.search(word) for word in words):
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
class _Label:
    """One occurrence: the words used, and the span from the first to the last of them."""

    span: Span
    modifiers: tuple[str, ...]
    head: str


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a label stands."""

    article: Article
    span: Span
    sentence: Span
    quoted: bool

    def example(self) -> tuple[str, int, int, str]:
        return self.article.id, self.span.start, self.span.end, self.article.words_at(self.sentence)


class _Tally:
    """Labels by group, gathered article by article."""

    def __init__(self, own_words_only: bool, modifiers: bool) -> None:
        self.own_words_only, self.modifiers = own_words_only, modifiers
        self.n_words: dict[str, int] = defaultdict(int)
        self.found: dict[tuple[str, str], list[_Place]] = defaultdict(list)
        self.keys: dict[str, _Key] = {}

    def add(self, group: str, article: Article, finder: _NameFinder | _WordFinder) -> None:
        text, body = article.plain, article.spans()
        quoted = [quotation.span for quotation in quotations(text, body)]
        n_quoted = sum(count_words(text, span) for span in quoted) if self.own_words_only else 0
        self.n_words[group] += sum(count_words(text, span) for span in body) - n_quoted
        for paragraph in body:
            if not finder.rule.search(text, paragraph.start, paragraph.end):
                continue
            bounds = sentences(text, paragraph)
            for label in finder.find(text, bounds):
                inside = _inside(quoted, label.span)
                if (inside and self.own_words_only) or not (self.modifiers or label.head):
                    continue
                sentence = sentence_at(bounds, label.span.start) or paragraph
                key = _Key(" ".join(label.modifiers) if self.modifiers else "", label.head)
                self._keep(key)
                self.found[group, key.label].append(_Place(article, label.span, sentence, inside))

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
                        "quoted": sum(place.quoted for place in places),
                        "examples": tuple(place.example() for place in _spread(places)[:n_examples]),
                    }
                )
        types = dict.fromkeys((by, "label", "head", "modifiers"), "str") | dict.fromkeys(("count", "n_articles", "quoted"), "int64")
        return pd.DataFrame(rows, columns=[by, *COLUMNS]).astype({**types, "per_1k": "float64", "share": "float64", "examples": "object"})


def _inside(quoted: Sequence[Span], span: Span) -> bool:
    """Whether one of these sorted, separate quotations overlaps ``span``."""
    i = bisect_right(quoted, span.start, key=lambda one: one.start) - 1
    return (i >= 0 and quoted[i].end > span.start) or (i + 1 < len(quoted) and quoted[i + 1].start < span.end)


def _spread(places: Sequence[_Place]) -> list[_Place]:
    """The first of every article, then the second, and so on."""
    seen: dict[str, int] = defaultdict(int)
    ranked = []
    for place in places:
        ranked.append((seen[place.article.id], place))
        seen[place.article.id] += 1
    return [place for _, place in sorted(ranked, key=lambda pair: pair[0])]


# --- Words of a sentence --------------------------------------------------------------------------------------------------------------

_SOFT = " \t\n\r\xa0\"“”‘’'*"
_SUFFIXES = ("ist", "ic", "ical", "al", "ive", "ous", "ese", "ish", "less", "ful", "ary", "ian", "ean", "ible", "able")
_MOST = 3
_QUOTE = re.compile(r"(?<![\w'’])(?P<opens>['‘])(?=\w)|(?<=[\w.,!?…*])['’](?!['’\w])")
_OWNS = re.compile(r"\*{0,2}['’]\*{0,2}(?:\s+[\"“‘'(*]*|-)")  # what stands between "workers" and "movement"


@cache
def _class(name: str) -> frozenset[str]:
    return word_class(name, "compare/labels_grammar")


class _Sentence:
    """Words of one sentence with what stands between them."""

    def __init__(self, text: str, span: Span) -> None:
        matches = list(HYPHENATED.finditer(text, span.start, span.end))
        self.spans = [Span(*m.span()) for m in matches]
        self.words = [m.group() for m in matches]
        self.lower = [word.lower().replace("’", "'") for word in self.words]
        ends = [*(one.start for one in self.spans[1:]), span.end]
        self.gaps = [text[one.end : end] for one, end in zip(self.spans, ends, strict=True)]
        perhaps = [i for i, gap in enumerate(self.gaps[:-1]) if self.lower[i].endswith("s") and _OWNS.fullmatch(gap)]
        self.possessives = self._possessives(text, span, perhaps) if perhaps else frozenset()

    def _possessives(self, text: str, span: Span, perhaps: Sequence[int]) -> frozenset[int]:
        """Which of these plurals own what follows ("workers' movement"); the others end a quotation ("the 'rebels' seized it")."""
        no_noun = _class("copula") | _class("verb_sign") | _class("preposition")
        places = {text.index(self.gaps[i].strip("*")[0], self.spans[i].end): i for i in perhaps if self.at(i + 1) not in no_noun}
        found: set[int] = set()
        opened, waiting = False, list[int]()
        for mark in _QUOTE.finditer(text, span.start, span.end):
            if mark["opens"] or mark.start() not in places:
                found.update(waiting[1:] if opened and mark["opens"] else waiting)  # with no other end, the first ends the quotation
                opened, waiting = bool(mark["opens"]), []
            else:
                waiting.append(places[mark.start()])
        return frozenset(found.union(waiting[1:] if opened else waiting))

    def at(self, i: int) -> str:
        """Word ``i`` in lower case; empty beyond the ends."""
        return self.lower[i] if 0 <= i < len(self.lower) else ""

    def joined(self, i: int) -> bool:
        """Whether nothing but white space, quotation marks or the stop of an abbreviation stands between word ``i`` and the next."""
        if not 0 <= i < len(self.words) - 1:
            return False
        gap = self.gaps[i].strip(_SOFT)
        return not gap or (gap == "." and self.lower[i] in _class("abbreviation"))

    def capital(self, i: int) -> bool:
        """Whether word ``i`` has a capital that is not due to the beginning of the sentence."""
        return 0 < i < len(self.words) and self.words[i][0].isupper()

    def label(self, modifiers: Sequence[int], head: int | None, name: str | None = None) -> _Label:
        """A label of these words; ``name`` instead of the head as it stands."""
        places = [*modifiers, *([] if head is None else [head])]
        span = Span(self.spans[min(places)].start, self.spans[max(places)].end)
        shown = tuple(f"{self.lower[i]}'" if i in self.possessives else self.lower[i] for i in modifiers)
        return _Label(span, shown, name or ("" if head is None else self.lower[head]))

    def is_verb(self, i: int, first: bool) -> bool:
        """Whether a word before a noun is rather its verb; ``first`` if it opens what stands behind a determiner."""
        word = self.lower[i]
        if word in _class("adjective") or word in _class("head") or "-" in word or self.capital(i):
            return False
        if word in _class("verb"):
            return not (first and word.endswith(("ed", "ing")))
        plural = word.endswith("s") and not word.endswith(("ss", "ous", "us", "is"))
        return plural or (word.endswith(("ed", "ing")) and not first)

    def is_adjective(self, i: int) -> bool:
        """Whether a word reads as an adjective or a name, seen alone."""
        word = self.lower[i]
        return word in _class("adjective") or "-" in word or self.capital(i) or (len(word) > 5 and word.endswith(_SUFFIXES))

    def before(self, i: int) -> list[int]:
        """Places of the modifiers directly before the noun at ``i``, at most three."""
        run: list[int] = []
        k = i - 1
        while k >= 0 and self.joined(k) and not self._ends_phrase(k) and len(run) <= _MOST:
            run.insert(0, k)
            k -= 1
        opens = self.at(k) if k >= 0 and self.joined(k) else ""
        determined = opens in _class("determiner") - {"that", "which", "what"} or opens in _class("possessive") or opens.endswith("'s")
        licensed = (determined or opens in _class("preposition")) and len(run) <= _MOST
        cut = next((n + 1 for n in range(len(run) - 1, -1, -1) if self.is_verb(run[n], determined and n == 0)), 0)
        run = run[cut:]
        if not licensed or cut:
            kept = len(run)
            while kept and self._is_modifier(run[kept - 1], last=kept == len(run)):
                kept -= 1
            run = run[kept:]
        return [] if run and self.lower[run[-1]].endswith("ly") and "-" not in self.lower[run[-1]] else run[-_MOST:]

    def _is_modifier(self, i: int, *, last: bool) -> bool:
        return self.is_adjective(i) or self._is_opening_title(i) or (not last and self.lower[i].endswith("ly"))

    def _is_opening_title(self, i: int) -> bool:
        return i == 0 and self.words[0][0].isupper() and self.lower[0] in _class("head")

    def _ends_phrase(self, k: int) -> bool:
        word = self.lower[k]
        classes = ("determiner", "possessive", "preposition", "stop")
        return word[0].isdigit() or word.endswith("'s") or any(word in _class(name) for name in classes)


# --- Near-synonyms --------------------------------------------------------------------------------------------------------------------


def _forms(word: str) -> set[str]:
    """A word or phrase, singular and plural."""
    *rest, last = word.split(" ")
    forms = {last}
    if last.endswith("men"):
        forms.add(f"{last[:-2]}an")
    elif last.endswith("man"):
        forms.add(f"{last[:-2]}en")
    elif last.endswith("ies"):
        forms.add(f"{last[:-3]}y")
    elif last.endswith("s") and not last.endswith("ss"):
        forms.add(last[:-1])
        if last.endswith(("shes", "ches", "xes", "sses")):
            forms.add(last[:-2])
    elif last.endswith("y") and last[-2:-1] not in "aeou":
        forms.add(f"{last[:-1]}ies")
    else:
        forms.add(f"{last}es" if last.endswith(("s", "sh", "ch", "x")) else f"{last}s")
    return {" ".join([*rest, form]) for form in forms}


class _WordFinder:
    """Finds near-synonyms with what modifies them."""

    def __init__(self, words: Sequence[str]) -> None:
        self.listed: dict[str, str] = {}
        for word in words:
            for form in _forms(word.lower()):
                self.listed.setdefault(form, word.lower())
        self.capitals = {word.lower() for word in words if word != word.lower()}
        every = sorted({*self.listed, *(word.lower() for word in words)}, key=len, reverse=True)
        alternatives = "|".join(r"\s+".join(map(re.escape, word.split(" "))) for word in every)
        self.rule = re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])", re.IGNORECASE)

    def find(self, text: str, bounds: Sequence[Span]) -> Iterator[_Label]:
        for bound in bounds:
            hits = list(self.rule.finditer(text, bound.start, bound.end))
            if not hits:
                continue
            sentence = _Sentence(text, bound)
            starts = {span.start: i for i, span in enumerate(sentence.spans)}
            ends = {span.end: i for i, span in enumerate(sentence.spans)}
            for hit in hits:
                first, last = starts.get(hit.start()), ends.get(hit.end())
                if first is None or last is None:
                    continue
                listed = self.listed[" ".join(hit.group().lower().split())]
                if self._is_other(sentence, first, last, listed):
                    continue
                modifiers = sentence.before(first)
                label = sentence.label(modifiers, last, listed)
                start = sentence.spans[modifiers[0] if modifiers else first].start
                yield _Label(Span(start, label.span.end), label.modifiers, listed)

    def _is_other(self, sentence: _Sentence, first: int, last: int, listed: str) -> bool:
        """Whether the word is a verb here, part of a name, or belongs to another noun ("rebel leader", "rebels' leader")."""
        if last in sentence.possessives:
            return True
        if sentence.capital(first) and sentence.joined(first - 1) and listed not in self.capitals:
            return True
        if first == last and sentence.joined(first - 1) and sentence.at(first - 1) in _class("verb_sign"):
            return True
        singular, after = not sentence.lower[last].endswith(("s", "men")), sentence.at(last + 1)
        if not singular or sentence.lower[last] == listed.split(" ")[-1]:
            return False
        if sentence.lower[last] in _class("adjective"):  # "separatist violence", "that is illegal"
            named = sentence.joined(last) and not any(after in _class(name) for name in ("stop", "preposition", "end", "verb"))
            k = next((k for k in range(first - 1, max(first - 5, -1), -1) if sentence.at(k) in _class("stop") | _class("determiner")), -1)
            return named or sentence.at(k) not in _class("determiner")
        return sentence.joined(last) and after in _class("head")


# --- Names ----------------------------------------------------------------------------------------------------------------------------

_APPOSITION = re.compile(r"\s*[*\d]*\s*(?:,|\(|\[|–|—|--| - )\s*[\"“‘']*")
_CLOSES = re.compile(r"\s*[\"”’*]*[,.;:()\]–—!?]|\s+-")
_DETERMINERS = ("a", "an", "the", "one", "its", "another")


class _NameFinder:
    """Finds what a name is called."""

    def __init__(self, names: Sequence[str]) -> None:
        bare = [re.sub(r"(?i)^the (?=\S)", "", name) for name in names]
        with_the = {name for name, full in zip(bare, names, strict=True) if name != full}
        alternatives = []
        for name in sorted(dict.fromkeys(bare), key=len, reverse=True):
            words = r"\s+".join(map(re.escape, name.split(" ")))
            # "the Front" is looked for with its article, which tells it from the Front of another name
            alternatives.append(rf"[Tt]he\s+{words}" if name in with_the else rf"(?:[Tt]he\s+)?{words}")
        self.rule = re.compile(rf"(?<![\w-])(?:{'|'.join(alternatives)})(?![^\W¹²³⁰⁴-⁹]|-\w)")  # a footnote's number may follow

    def find(self, text: str, bounds: Sequence[Span]) -> Iterator[_Label]:
        for bound in bounds:
            hits = list(self.rule.finditer(text, bound.start, bound.end))
            if not hits:
                continue
            sentence = _Sentence(text, bound)
            taken: set[Span] = set()
            for hit in hits:
                mention = _mention(sentence, Span(*hit.span()))
                for label in _labels(sentence, *mention) if mention else ():
                    if label.span not in taken:
                        taken.add(label.span)
                        yield label


def _mention(sentence: _Sentence, span: Span) -> tuple[int, int] | None:
    """First and last word of a mention, first names included; None where the name is part of a longer one."""
    first = bisect_right(sentence.spans, span.start, key=lambda one: one.end)
    last = bisect_left(sentence.spans, span.end, key=lambda one: one.start) - 1
    if sentence.joined(last) and sentence.capital(last + 1) and not sentence.words[last].endswith(("'s", "’s")):
        return None
    furthest = first - 3
    while first > max(furthest, 0) and sentence.at(first) != "the" and sentence.joined(first - 1) and _is_first_name(sentence, first - 1):
        first -= 1
    return first, last


def _is_first_name(sentence: _Sentence, i: int) -> bool:
    word = sentence.lower[i]
    classes = ("head", "adjective", "determiner", "possessive", "preposition", "stop")
    if not sentence.words[i][0].isupper() or "'" in word or any(word in _class(name) for name in classes):
        return False
    return not (
        word.endswith(("ian", "ish", "ese", "can", "ran")) or (i > 0 and word in ("prime", "vice", "deputy")) or word in ("prime", "vice")
    )


def _labels(sentence: _Sentence, first: int, last: int) -> Iterator[_Label]:
    behind = _behind(sentence, last)
    yield from _in_front(sentence, first, last, behind)
    yield from _members(sentence, first)
    if behind is None:
        if not (first == 1 and sentence.at(0) in _class("preposition")):  # "On the Grey Tide, a split"
            yield from _apposition(sentence, last)
        yield from _predicate(sentence, last)
        yield from _called(sentence, first, last)


def _behind(sentence: _Sentence, last: int) -> int | None:
    """The noun that a name modifies: "Harbour Front fighters", "the Grey Tide terror group"."""
    if not sentence.joined(last):
        return None
    described = sentence.joined(last + 1) and (sentence.at(last + 1) == "terror" or sentence.at(last + 1) in _class("adjective"))
    if described and sentence.at(last + 2) in _class("people"):
        return last + 2
    return last + 1 if sentence.at(last + 1) in _class("people") else None


def _in_front(sentence: _Sentence, first: int, last: int, behind: int | None) -> Iterator[_Label]:
    """Nouns and adjectives before a name: "separatist group the Harbour Front", "the banned Harbour Front"."""
    run = sentence.before(first) if sentence.joined(first - 1) else []
    heads = [i for i in run if sentence.lower[i] in _class("head")]
    if behind is not None:
        yield sentence.label([*([] if sentence.at(first) == "the" else run), *range(last + 1, behind)], behind)
    elif heads and heads[-1] == run[-1] and not _is_modifier(sentence, run):
        head = run.pop()
        if sentence.words[head][0].isupper():  # "the party convention Sen. Brandt"
            run = [i for i in run if sentence.words[i][0].isupper() or sentence.is_adjective(i)]
        while len(run) < 4 and sentence.words[head][0].isupper() and _is_title(sentence, k := (run or [head])[0] - 1):
            run.insert(0, k)  # "Prime" of "Prime Minister", which opens the sentence
        k = (run or [head])[0] - 1
        if sentence.at(k) == "of" and sentence.at(k - 1) in _class("head"):  # "Secretary of State"
            run, head = sentence.before(k - 1), k - 1
        yield sentence.label(run, head)
        first = (run or [head])[0]
        run = []
    elif run and sentence.at(first) != "the" and not (sentence.joined(last) and sentence.at(last + 1) in _class("head")):
        yield sentence.label(run, None)  # not "a former Harbour Front lawyer"
    if not run and first and "," in sentence.gaps[first - 1]:
        yield from _before_comma(sentence, first)
    yield from _introduced(sentence, first)


def _introduced(sentence: _Sentence, first: int) -> Iterator[_Label]:
    """A noun and "known as", "called", "such as" or "like" before a name: "groups such as the Harbour Front"."""
    k = first - 1
    long = sentence.at(k) == "as" and sentence.at(k - 1) in ("known", "such")
    head = k - 2 if long else k - 1
    introduces = sentence.joined(k) and (long or sentence.at(k) in ("called", "like")) and head >= 0
    if introduces and sentence.lower[head] in _class("head") and (sentence.joined(head) or sentence.gaps[head] == ", "):
        yield sentence.label(sentence.before(head), head)


def _is_title(sentence: _Sentence, i: int) -> bool:
    """Whether a capitalised word goes with the title behind it."""
    classes = ("determiner", "possessive", "preposition", "stop")
    return sentence.joined(i) and sentence.words[i][0].isupper() and not any(sentence.lower[i] in _class(name) for name in classes)


def _is_modifier(sentence: _Sentence, run: Sequence[int]) -> bool:
    """Whether a word that can be noun or adjective is an adjective: "the separatist Harbour Front", beside "separatist Mara Quell"."""
    return sentence.lower[run[-1]] in _class("adjective") and sentence.at(run[0] - 1) in ("the", "a")


def _before_comma(sentence: _Sentence, first: int) -> Iterator[_Label]:
    """A name in apposition to what it is: "the country's biggest rebel group, the Harbour Front,"."""
    head = first - 1
    if sentence.lower[head] in _class("head") and sentence.gaps[head].strip() == ",":
        modifiers = sentence.before(head)
        opens = sentence.at((modifiers[0] if modifiers else head) - 1)
        last = first
        while last - first < 5 and sentence.joined(last) and sentence.capital(last + 1):
            last += 1
        if (opens in ("a", "an", "the", *_class("possessive")) or opens.endswith("'s")) and (
            _CLOSES.match(sentence.gaps[last]) or sentence.at(last + 1) == "of"
        ):
            yield sentence.label(modifiers, head)


def _members(sentence: _Sentence, first: int) -> Iterator[_Label]:
    """People of a body: "armed members of the Harbour Front"."""
    k = first - 1
    if sentence.at(k) in ("of", "from") and sentence.joined(k) and sentence.joined(k - 1) and sentence.at(k - 1) in _class("people"):
        yield sentence.label(sentence.before(k - 1), k - 1)


def _apposition(sentence: _Sentence, last: int) -> Iterator[_Label]:
    """What stands behind a name between commas, dashes or brackets."""
    k = last + 1
    if k >= len(sentence.words) or not _APPOSITION.fullmatch(sentence.gaps[last]):
        return
    word = sentence.at(k)
    if word in _DETERMINERS:
        for label in _noun_phrase(sentence, k, strict=word not in ("a", "an")):
            behind = bisect_left(sentence.spans, label.span.end, key=lambda one: one.end)
            if word in ("a", "an") or sentence.at(behind + 1) != "and" or not sentence.joined(behind):
                yield label  # not "the Harbour Front, the union and the mayor"
    elif word in _class("head") and not sentence.capital(k) and sentence.at(k + 1) in ("of", "for", "at", "in"):
        yield sentence.label([], k)
    elif word in ("which", "who") and sentence.at(k + 1) in _class("copula") and sentence.at(k + 2) in _DETERMINERS:
        yield from _noun_phrase(sentence, k + 2, strict=True)
    else:
        yield from _named_as(sentence, k)


def _named_as(sentence: _Sentence, k: int) -> Iterator[_Label]:
    """ "... which Calderra lists as a terrorist group", "... banned in Calderra as extremist", behind a name and a comma."""
    named = False
    for i in range(k, min(k + 9, len(sentence.words))):
        if i > k and re.search(r"[.;:)\]]", sentence.gaps[i - 1]):
            return
        named = named or sentence.lower[i] in _class("naming")
        if named and sentence.lower[i] == "as" and i > k:
            yield from _complement(sentence, i + 1)
            return


def _complement(sentence: _Sentence, k: int) -> Iterator[_Label]:
    """What follows "as" or "is": a noun phrase or an adjective."""
    word = sentence.at(k)
    if word in _DETERMINERS:
        yield from _noun_phrase(sentence, k, strict=False)
    elif word in _class("head") and not (sentence.joined(k) and sentence.at(k + 1) in _class("head")) and word not in _class("adjective"):
        yield sentence.label([], k)
    elif word in _class("adjective"):
        if sentence.joined(k) and sentence.at(k + 1) in _class("head"):
            yield sentence.label([k], k + 1)
        else:
            yield sentence.label([k], None)


def _predicate(sentence: _Sentence, last: int) -> Iterator[_Label]:
    """What a name is said to be; a denial says nothing."""
    k = last + 1
    after_comma = k < len(sentence.words) and sentence.gaps[last] == ", "  # "Carrier's parent, Brandt Works, is a contractor"
    if not (sentence.joined(last) or after_comma) or sentence.at(k) not in _class("copula"):
        return
    k += 1
    while sentence.joined(k - 1) and (sentence.at(k).endswith("ly") or sentence.at(k) in ("also", "still", "now")):
        k += 1
    if sentence.joined(k - 1):
        yield from _complement(sentence, k)


def _called(sentence: _Sentence, first: int, last: int) -> Iterator[_Label]:
    """ "designated the Harbour Front (as) a terrorist group", "named the Front extremist"."""
    if not (sentence.joined(first - 1) and sentence.at(first - 1) in _class("naming") and sentence.joined(last)):
        return
    k = last + 1
    if sentence.at(k) == "as" or (sentence.at(k) == "to" and sentence.at(k + 1) == "be"):
        k += 1 if sentence.at(k) == "as" else 2
    yield from _complement(sentence, k)


def _noun_phrase(sentence: _Sentence, k: int, *, strict: bool) -> Iterator[_Label]:
    """Head and modifiers of the phrase that the determiner at ``k`` opens; if ``strict``, only with a head from the list."""
    places: list[int] = []
    start = k + 1
    if sentence.at(k) == "one" and sentence.at(k + 1) == "of":
        start = k + 3
    for i in range(start, min(start + 7, len(sentence.words))):
        word = sentence.lower[i]
        opens = i == start and word in _class("adjective")  # "the outlawed movement", beside "a movement outlawed"
        if not sentence.joined(i - 1) or (word in _class("end") | _class("preposition") | _class("stop") and not opens):
            break
        if word.endswith("'s") or word == "s":
            places = []
            continue
        places.append(i)
    heads = [n for n, i in enumerate(places) if sentence.lower[i] in _class("head")]
    nouns = [n for n in heads if sentence.lower[places[n]] not in _class("adjective")] or heads
    if nouns:
        n = nouns[0]
        while n + 1 < len(places) and (n + 1 in nouns or _is_noun(sentence, places[n + 1])):  # "a rebel group leader", "the party unifier"
            n += 1
        places = places[: n + 1]
    elif strict or not places:
        return
    else:
        verb = next((n for n in range(1, len(places)) if sentence.lower[places[n]].endswith(("ed", "ing"))), len(places))
        places = places[:verb]
        while places and sentence.lower[places[-1]].endswith("ly"):
            places.pop()
        if not places or sentence.capital(places[-1]):  # "..., a Herald poll finds"
            return
    yield sentence.label(places[:-1][-4:], places[-1])


def _is_noun(sentence: _Sentence, i: int) -> bool:
    """Whether a word behind a noun goes on with it, not with what is said of it: "a movement banned", "the group strongest"."""
    return not (sentence.lower[i].endswith(("ed", "ing", "est", "ly")) or sentence.capital(i) or sentence.is_adjective(i))
