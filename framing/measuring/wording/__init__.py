"""How sure a text sounds and whom it leaves out: hedges, boosters, passives without an agent, deeds turned into nouns.

A text is cut into words and what stands between them. What a word can start ("may", "no" of "no doubt", a form of "be", a noun of
action) depends on the word alone and is remembered, so that only those words are looked at with their neighbours.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, compress, count
from typing import Literal, get_args

from framing.article import Article, as_article
from framing.english.grammar import word_class
from framing.english.tokens import TILES
from framing.errors import InputError
from framing.resources import load_table
from framing.text import Span, merged

Kind = Literal["hedge", "booster", "passive", "nominalisation"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Wording:
    """One hedge, booster, passive or nominalisation.

    Attributes
    ----------
    span : Span
        Into ``Article.text``. A passive runs from its form of "be" or "get" to the participle; where one form serves two participles
        ("was arrested and charged"), the second is found by itself. A nominalisation runs from its article or the noun to "of".
    kind : {"hedge", "booster", "passive", "nominalisation"}
    words : str
        As they stand in the text without its markup, white space made single.
    agent : bool or None
        For a passive, whether a by-phrase names who did it; None for other kinds.
    """

    span: Span
    kind: Kind
    words: str
    agent: bool | None = None


def find_wording(article: Article | str, *, outside: Sequence[Span] = ()) -> tuple[Wording, ...]:
    """Hedges, boosters, passives and nominalisations of the body, in text order.

    Parameters
    ----------
    article : Article or str
        Of an article the body paragraphs are read.
    outside : sequence of Span, optional
        Stretches that do not count, such as quotations: what overlaps one is left out. Without their words in ``n_words``,
        :func:`wording_measures` then describes the outlet's own words.

    Returns
    -------
    tuple of Wording
        One passage can have two ("is believed to": a hedge and a passive).

    Raises
    ------
    InputError
        If ``article`` is neither an Article nor a str.

    Notes
    -----
    *Hedge*: a word that withholds full commitment ("may", "reportedly", "about 20"). *Booster*: one that closes the question ("clearly",
    "no doubt"); "will" and the "must" of duty are none, "must have known" is. *Passive*: a form of "be" or "get", perhaps adverbs, and
    a past participle that tells of a deed; states ("was interested", "is based in", "were born") and participles without "be" ("the
    man shot by police") are left out. *Nominalisation*: a noun of action with its object behind "of" and nobody who does it: "the killing
    of", but neither "their killing of" nor "the killing of X by Y". Word lists in ``measuring/wording/*.tsv`` say what is in and why.

    The rules look at a few neighbours and know no grammar. Short texts hold few of any kind: rates over fewer than some thousand words are
    rough.

    References
    ----------
    Hyland (2005), Metadiscourse: exploring interaction in writing. Hedges and boosters; the lists differ from his as their heads say.
    Holmes (1984), Modifying illocutionary force.
    Fowler (1991), Language in the news: discourse and ideology in the press. Passives and nominalisations that leave out who acts.
    Fausey and Boroditsky (2010), Subtle linguistic cues influence perceived blame and financial liability.

    Examples
    --------
    >>> page = "Two dockers were shot. Mistakes were clearly made, and the killing of strikers may have been ordered by the ministry."
    >>> for one in find_wording(page):
    ...     print(one.kind, one.words, one.agent, sep=" | ")
    passive | were shot | False
    passive | were clearly made | False
    booster | clearly | None
    nominalisation | the killing of | None
    hedge | may | None
    passive | been ordered | True
    """
    page = as_article(article)
    text, out = page.plain, merged(outside)
    line = _Line(text, page.spans())
    found = []
    for start, end, kind, agent in (*_phrases(line), *_passives(line), *_nominalisations(line)):
        span = Span(line.starts[start], line.starts[end - 1] + len(line.words[end - 1]))
        if not (out and _touches(out, span)):
            found.append(Wording(span, kind, " ".join(text[span.start : span.end].split()), agent))
    return tuple(sorted(found, key=lambda one: (one.span.start, one.span.end, one.kind)))


def wording_measures(found: Iterable[Wording], n_words: int) -> dict[str, float]:
    """Hedges, boosters, agentless passives and nominalisations per thousand words.

    Parameters
    ----------
    found : iterable of Wording
        From :func:`find_wording`.
    n_words : int
        Words of the text they were found in, without the words that were ``outside``.

    Returns
    -------
    dict of str to float
        ``hedges_per_1k``, ``boosters_per_1k``, ``agentless_passives_per_1k`` and ``nominalisations_per_1k``: 0 or more, NaN where
        ``n_words`` is 0; higher means more of them. ``share_passives_agentless``: of all passives, those that name no agent, from 0 to 1;
        NaN where there is no passive.

    Raises
    ------
    InputError
        If ``n_words`` is no whole number of 0 or more.

    Examples
    --------
    >>> text = "Mistakes were made. The boat was seized by the coast guard and may be sold."
    >>> wording_measures(find_wording(text), 16)["share_passives_agentless"]
    0.6666666666666666
    """
    if isinstance(n_words, bool) or not isinstance(n_words, int) or n_words < 0:
        raise InputError(f"n_words must be a whole number, 0 or more, got {n_words!r}")
    counts = dict.fromkeys(KINDS, 0)
    n_passives = 0
    for one in found:
        n_passives += one.kind == "passive"
        counts[one.kind] += not one.agent
    rate = 1000 / n_words if n_words else math.nan
    return {
        "hedges_per_1k": counts["hedge"] * rate,
        "boosters_per_1k": counts["booster"] * rate,
        "agentless_passives_per_1k": counts["passive"] * rate,
        "nominalisations_per_1k": counts["nominalisation"] * rate,
        "share_passives_agentless": counts["passive"] / n_passives if n_passives else math.nan,
    }


def _touches(outside: Sequence[Span], span: Span) -> bool:
    """Whether one of these sorted, separate spans overlaps ``span``."""
    i = bisect_right(outside, span.start, key=lambda one: one.start) - 1
    return (i >= 0 and outside[i].end > span.start) or (i + 1 < len(outside) and outside[i + 1].start < span.end)


# --- Words and what they can be -----------------------------------------------------------------------------------------------------

_PHRASE, _BE, _NOUN, _PARTICIPLE, _FILLER, _SECOND, _ING = (1 << bit for bit in range(7))
_END = "."  # put behind the last word of a paragraph, so that nothing reads on
_REMEMBERED, _LONGEST = 200_000, 30


@cache
def _class(name: str) -> frozenset[str]:
    return word_class(name, "measuring/wording/grammar")


def _listed(name: str, kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in load_table(name) if row["kind"] == kind)


class _Codes(dict[str, int]):
    """What a word can be, by its form, looked up once."""

    def __init__(self) -> None:
        super().__init__()
        self.phrases = frozenset(_phrase_table())
        self.be = _class("be") | _class("get")
        self.fillers = _class("filler") | _class("degree")
        self.no_adverbs = _class("no_adverb")
        self.irregular = _listed("measuring/wording/participles", "irregular") | _listed("measuring/wording/participles", "irregular_only")
        self.only = _listed("measuring/wording/participles", "irregular_only")
        self.never = _listed("measuring/wording/participles", "adjective") | _listed("measuring/wording/participles", "no_participle")
        self.by_only = _listed("measuring/wording/participles", "adjective_unless_by")
        self.action, self.not_ing = _listed("measuring/wording/nouns", "action"), _listed("measuring/wording/nouns", "not_ing")

    def __missing__(self, word: str) -> int:
        if len(word) > _LONGEST:
            return 0
        lower = word.lower()
        code = (lower in self.phrases) * _PHRASE + (lower in self.be) * _BE
        participle = lower in self.irregular or (lower.endswith("ed") and len(lower) > 3 and not _un_adjective(lower))
        code += (participle and lower not in self.never) * _PARTICIPLE + (lower in self.only) * _SECOND
        ly = lower.endswith("ly") and len(lower) > 4 and lower not in self.no_adverbs
        code += (lower in self.fillers or ly) * _FILLER
        listed = lower in self.action or lower.endswith(("isation", "ization", "ification"))
        ing = lower.endswith("ing") and len(lower) > 5 and lower not in self.not_ing
        code += (listed or ing) * _NOUN + (ing and not listed) * _ING
        if len(self) >= _REMEMBERED:
            self.clear()
        self[word] = code
        return code


_UN_VERBS = ("under", "unit", "unveil", "uncover", "unleash", "unload", "unlock", "unearth", "unti", "unfold", "unravel", "unifi")


def _un_adjective(lower: str) -> bool:
    """Whether a word is like "unarmed", "unmarked": no deed was done."""
    return lower.startswith("un") and not lower.startswith(_UN_VERBS)


@cache
def _codes() -> _Codes:
    return _Codes()


class _Line:
    """The words of a text, apostrophes straight, where each begins, and what stands behind it; outside the paragraphs a word is nothing."""

    __slots__ = ("codes", "gaps", "starts", "words")

    def __init__(self, text: str, paragraphs: Sequence[Span]) -> None:
        first, last = (paragraphs[0].start, paragraphs[-1].end) if paragraphs else (0, 0)
        pieces = TILES.findall(text.replace("’", "'"), first, last)
        starts = list(accumulate(map(len, pieces), initial=first))
        skip = 1 if pieces and not (pieces[0][0].isalnum() or pieces[0][0] == "_") else 0
        self.words: list[str] = pieces[skip::2]
        self.gaps: list[str] = pieces[skip + 1 :: 2]
        self.starts = starts[skip::2]
        self.codes = list(map(_codes().__getitem__, self.words))
        if len(self.gaps) < len(self.words):
            self.gaps.append(_END)
        done = 0
        for paragraph in paragraphs:
            begin = bisect_left(self.starts, paragraph.start, done, len(self.words))
            self.codes[done:begin] = [0] * (begin - done)
            done = bisect_left(self.starts, paragraph.end, begin, len(self.words))
            if done > begin:
                self.gaps[done - 1] = _END
                if begin:
                    self.gaps[begin - 1] = _END

    def hits(self, kind: int) -> Iterator[int]:
        """Places of the words that can be of this kind."""
        return compress(count(), map(kind.__and__, self.codes))

    def __len__(self) -> int:
        return len(self.words)

    def word(self, i: int) -> str:
        """Word ``i`` in lower case, or an empty string beyond the ends."""
        return self.words[i].lower() if 0 <= i < len(self.words) else ""

    def joined(self, i: int) -> bool:
        """Whether only white space stands between word ``i`` and the next."""
        return 0 <= i < len(self.words) - 1 and (self.gaps[i] == " " or self.gaps[i].isspace())

    def before(self, i: int) -> str:
        """The word before ``i``, if nothing but white space or quotation marks stands between."""
        return self.word(i - 1) if i > 0 and _soft(self.gaps[i - 1]) else ""

    def after(self, i: int) -> str:
        """The word behind ``i``, if nothing but white space or quotation marks stands between."""
        return self.word(i + 1) if i < len(self.words) - 1 and _soft(self.gaps[i]) else ""


_MARKS = " \t\n\r\xa0\"“”‘’'`"


def _soft(gap: str) -> bool:
    return gap == " " or not gap.strip(_MARKS)


_Found = tuple[int, int, Kind, bool | None]


# --- Hedges and boosters --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase of the lists, looked for where its ``key``-th word stands."""

    words: tuple[str, ...]
    key: int
    length: int
    when: str
    kind: Kind


@cache
def _phrase_table() -> dict[str, tuple[_Phrase, ...]]:
    """Word -> the phrases looked for at it, longest first. Of a phrase, the first word that is not everywhere ("fact" of "in fact")."""
    everywhere = _class("function") - {"may", "might", "could"}
    found: dict[str, list[_Phrase]] = {}
    tables: tuple[tuple[Kind, str], ...] = (("hedge", "measuring/wording/hedges"), ("booster", "measuring/wording/boosters"))
    for kind, name in tables:
        for row in load_table(name):
            words = tuple(row["words"].split())
            key = next((k for k, word in enumerate(words) if word not in everywhere), len(words) - 1)
            found.setdefault(words[key], []).append(_Phrase(words, key, len(words), row["when"], kind))
    return {word: tuple(sorted(phrases, key=lambda phrase: -len(phrase.words))) for word, phrases in found.items()}


def _phrases(line: _Line) -> Iterator[_Found]:
    table, words, n, at = _phrase_table(), line.words, len(line), 0
    for i in line.hits(_PHRASE):
        if i < at:
            continue
        for phrase in table[words[i].lower()]:
            start = i - phrase.key
            end = start + phrase.length
            if start < at or end > n or not (phrase.length == 1 or _reads(line, start, phrase.words)):
                continue
            if phrase.when and not _WHEN[phrase.when](line, start, end):
                continue
            if phrase.kind == "booster" and phrase.length == 1 and _negated(line, i):
                continue
            yield start, end, phrase.kind, None
            at = end
            break


def _reads(line: _Line, start: int, words: Sequence[str]) -> bool:
    """Whether these words stand at ``start``, with white space between."""
    if line.words[start].lower() != words[0]:
        return False
    found = (word.lower() for word in line.words[start : start + len(words)])
    return all(map(str.__eq__, found, words)) and all(map(line.joined, range(start, start + len(words) - 1)))


def _negated(line: _Line, i: int) -> bool:
    before = line.before(i)
    return before.endswith("n't") or (before in _class("negation") and not (before == "no" and line.word(i) == "doubt"))


def _modal(line: _Line, i: int, end: int) -> bool:
    if not line.words[i].islower() or not line.joined(i):
        return False
    return line.word(i) == "may" or not (line.before(i) in _class("might_noun") and line.after(i) not in _class("after_modal"))


def _number(line: _Line, i: int, end: int) -> bool:
    gap, following = line.gaps[end - 1], line.word(end)
    if not following or gap.strip(" \t\n\r\xa0$£€~"):
        return False
    if following in ("a", "an"):
        return line.after(end) in _class("number") and not line.gaps[end + 1].startswith("-")
    if line.word(i) == "some" and following in _class("number"):
        return line.after(end) != "of" and not following.endswith("s") and following not in ("half", "third", "quarter")
    return following[0].isdigit() or following in _class("number")


def _prenominal(line: _Line, i: int, end: int) -> bool:
    following, before = line.after(end - 1), line.before(i)
    if not following or following in _class("function") or line.gaps[end - 1].startswith("-"):
        return False
    return before not in _class("subject") and not line.codes[i - 1] & _BE if i else True


def _after_be(line: _Line, i: int, end: int) -> bool:
    k = i - 1
    while k > 0 and line.codes[k] & _FILLER and not line.codes[k] & _BE and i - k < 4:
        k -= 1
    return k >= 0 and (bool(line.codes[k] & _BE) or line.word(k).endswith(("'s", "'re", "'m")))


def _opens(line: _Line, i: int, end: int) -> bool:
    if i and line.codes[i - 1] & _FILLER and line.before(i) == "newly":
        return False
    return line.after(i) in _class("opens") or (line.before(i) == "it" and line.after(i) not in ("in", "on", "at"))


def _possible(line: _Line, i: int, end: int) -> bool:
    if line.before(i) in ("as", "if", "where", "wherever", "whenever", "not", "n't", "everything", "isn't", "wasn't"):
        return False
    near = {line.word(k) for k in range(i - 3, i)}
    return not near & {"make", "makes", "made", "making"} and "as" not in (line.word(i - 2), line.word(i - 3))


def _degree(line: _Line, i: int, end: int) -> bool:
    after = line.after(i)
    return (
        bool(after)
        and after != "than"
        and line.before(i) not in ("would", "or", "but", "i'd", "he'd", "she'd", "they'd", "we'd", "you'd", "not")
    )


def _slack(line: _Line, i: int, end: int) -> bool:
    before = line.before(i)
    blocked = before in _class("determiner") or before in _class("possessive") or before in ("what", "which", "of")
    return (
        bool(line.after(end - 1))
        and (before in _class("subject") or bool(i and line.codes[i - 1] & (_BE | _FILLER)) or line.after(end - 1) == "like")
        and not blocked
    )


def _predicate(line: _Line, i: int, end: int) -> bool:
    after, word = line.after(i), line.word(i)
    if word == "sure" and line.before(i) in ("make", "makes", "made", "making", "making"):
        return False
    if after == "that" or (after == "to" and word in ("certain", "sure")):
        return line.before(i) not in ("to", "of", "from", "by")
    k = i - 1
    while k > 0 and i - k < 4 and line.codes[k] & _FILLER and _soft(line.gaps[k]):
        k -= 1
    if k < 0 or not _soft(line.gaps[k]):
        return False
    if word in ("clear", "obvious", "evident") and line.word(k) in ("it", "that", "this", "things") and line.word(k - 1) in _MAKE:
        return True
    linked = bool(line.codes[k] & _BE) or line.word(k) in _class("link")
    if word == "clear" and (after in ("of", "from", "and", "skies") or line.word(k) in ("get", "got", "gets")):
        return False
    return linked and (not after or after in _class("after_predicate"))


_MAKE = frozenset({"make", "makes", "made", "making"})


def _have(line: _Line, i: int, end: int) -> bool:
    if line.after(i) != "have":
        return False
    k = i + 2
    while k < len(line) and line.codes[k] & _FILLER and k - i < 4:
        k += 1
    return k < len(line) and (
        bool(line.codes[k] & _PARTICIPLE) or line.word(k) in ("been", "had", "gone", "come", "become", "felt", "known")
    )


_WHEN: Mapping[str, Callable[[_Line, int, int], bool]] = {
    "modal": _modal,
    "number": _number,
    "prenominal": _prenominal,
    "after_be": _after_be,
    "opens": _opens,
    "possible": _possible,
    "degree": _degree,
    "slack": _slack,
    "predicate": _predicate,
    "have": _have,
}


# --- Passives -------------------------------------------------------------------------------------------------------------------------


def _passives(line: _Line) -> Iterator[_Found]:
    at = -1  # the participle found last: "has been being built" is one passive, though three words could open it
    for i in line.hits(_BE):
        if i < at:
            continue
        j = _participle(line, i)
        if j is None:
            continue
        yield i, j + 1, "passive", _has_agent(line, j)
        at = j
        for k in _further(line, j):
            yield k, k + 1, "passive", _has_agent(line, k)
            at = k


def _participle(line: _Line, i: int) -> int | None:
    """Where the participle stands that the form of "be" or "get" at ``i`` takes."""
    get, degree = line.word(i) in _class("get"), False
    for j in range(i + 1, min(i + 7, len(line))):
        gap, code = line.gaps[j - 1], line.codes[j]
        if not _soft(gap) and not (gap == ", " and (code & _FILLER or line.codes[j - 1] & _FILLER)):
            return None
        if code & _PARTICIPLE:
            stative = (
                (line.word(j) in _codes().by_only and line.after(j) != "by")
                or degree
                or line.gaps[j].startswith("-")
                or (get and line.word(j) in ("lost", "left", "done", "hidden"))
            )
            return None if stative or _idiom(line, i, j) else j
        inverted = j == i + 1 and not get and line.word(j) in _class("subject")
        if not (code & _FILLER or inverted or (code & _BE and line.word(j) in ("been", "being"))):
            return None
        degree = (line.word(j) in _class("degree") and line.word(j) not in ("more", "so")) or (
            line.word(j) == "well" and line.word(j + 1) == "known"
        )
    return None


def _idiom(line: _Line, i: int, j: int) -> bool:
    """Whether "be" with this participle is no passive: "is set to", "is left with", "is made up of"; or there is a person "he called"."""
    word, after = line.word(j), line.after(j)
    return (
        (word == "used" and after == "to" and line.word(i) not in ("be", "been", "being"))
        or (word == "set" and after in ("to", "in"))
        or (word == "made" and after == "up")
        or (word == "left" and after == "of")
        or (word == "said" and line.word(i) in ("been", "get"))
        or (word == "known" and after == "to" and line.word(j + 2) not in ("be", "have"))
        or (word == "done" and after == "with")
    )


def _further(line: _Line, j: int) -> Iterator[int]:
    """Participles that share the form of "be" of the one at ``j``: "seized, searched and towed", "put in a van and driven away"."""
    k = j
    while (joined := _next_joined(line, k)) is not None:
        k = joined
        yield k
    if k == j:
        yield from _far(line, j)


def _next_joined(line: _Line, k: int) -> int | None:
    """The participle right behind the one at ``k``, parted by a comma or "and" alone."""
    if k + 1 >= len(line):
        return None
    gap, nxt = line.gaps[k], k + 1
    if line.word(nxt) in ("and", "or", "then", "but") and gap in (" ", ", "):
        nxt += 1
    elif gap != ", ":
        return None
    while nxt < len(line) and nxt - k < 5 and line.codes[nxt] & _FILLER and not line.codes[nxt] & _PARTICIPLE:
        nxt += 1
    if nxt >= len(line) or not line.codes[nxt] & _PARTICIPLE or not all(map(_soft, line.gaps[k + 1 : nxt])):
        return None
    active = line.word(nxt) in ("said", "told", "died", "happened", "left") or line.after(nxt) in _class("likely_object")
    return None if active else nxt


def _far(line: _Line, j: int) -> Iterator[int]:
    """A participle that can be nothing else behind "and" further on: "was put in a van and driven away"."""
    for k in range(j + 1, min(j + 12, len(line) - 1)):
        if not _soft(line.gaps[k - 1]) or line.codes[k] & _BE or line.word(k) in _class("finite"):
            return
        if line.word(k) in ("and", "or") and line.codes[k + 1] & _SECOND and line.codes[k + 1] & _PARTICIPLE:
            yield k + 1
            return


def _has_agent(line: _Line, j: int) -> bool:
    """Whether a by-phrase behind the participle at ``j`` names who did it, before its clause ends."""
    ends = _class("boundary") | _class("finite")
    for k in range(j + 1, min(j + 16, len(line))):
        gap, word, code = line.gaps[k - 1], line.word(k), line.codes[k]
        if _closes(line, k - 1) or ("," in gap and word != "by" and not code & (_FILLER | _PARTICIPLE)):
            return False
        if word == "by":
            if k - 1 > j and line.codes[k - 1] & _PARTICIPLE and not _coordinated(line, j, k - 1):
                return False  # "was given a letter signed by Renk"
            if _agent_phrase(line, k):
                return True
        elif word in ends:
            return False
    return False


def _closes(line: _Line, i: int) -> bool:
    """Whether a clause ends behind word ``i``; "in St. Orm by" goes on."""
    gap, word = line.gaps[i], line.words[i]
    if _soft(gap) or gap.strip() in (",", "-", "$", "%", ".-", "%,"):
        return False
    return not (gap.strip() == "." and len(word) <= 3 and word[0].isupper())


def _coordinated(line: _Line, j: int, k: int) -> bool:
    return any(line.word(n) in ("and", "or") for n in range(j + 1, k))


def _agent_phrase(line: _Line, k: int) -> bool:
    """Whether "by" at ``k`` opens a phrase that can name who did it, not a time, measure or manner."""
    head, i = line.after(k), k + 1
    if not head:
        return False
    if head[0].isdigit() or head in _class("number"):
        if line.gaps[i].startswith("-"):
            return True  # "by 26-year-old Vic Brandt"
        unit = line.after(i)
        return (
            bool(unit)
            and unit not in _class("unit")
            and unit not in _class("number")
            and unit not in ("and", "or", "to", "in", "on", "at", "of")
        )
    capital = line.words[i][0].isupper()
    if head in ("the", "a", "an", "his", "her", "its", "their", "this", "that", "some"):
        return line.after(i) not in _class("time_head")
    if head.endswith("ing") and not capital and len(head) > 4:
        return False
    return head not in _class("no_agent") or (capital and head not in _class("calendar") and head in ("state", "will", "may", "law"))


# --- Nominalisations ------------------------------------------------------------------------------------------------------------------


def _nominalisations(line: _Line) -> Iterator[_Found]:
    n, words = len(line) - 1, line.words
    for i in line.hits(_NOUN):
        if i >= n or words[i + 1].lower() != "of" or not line.joined(i) or not line.joined(i + 1):
            continue
        before, earlier = line.before(i), line.before(i - 1)
        if before == "in" or _names_doer(line, i) or not _has_object(line, i + 2):
            continue
        determined = before in _class("determiner") or (earlier in _class("determiner") and before not in _class("function"))
        if line.codes[i] & _ING and not determined:
            continue  # "speaking of", "thinking of"
        if line.words[i][0].isupper() and i and line.words[i - 1][0].isupper() and before not in _class("function"):
            continue  # a name: "Security Administration of", "Free Movement of"
        yield i - (before in ("the", "a", "an")), i + 2, "nominalisation", None


def _names_doer(line: _Line, i: int) -> bool:
    """Whether a possessor or a by-phrase says who did it: "Renk's sudden dismissal of", "the seizure of boats by Tessmark"."""
    for k in range(i - 1, max(i - 7, -1), -1):
        word, gap = line.word(k), line.gaps[k]
        if word in _class("possessive") or word.endswith("'s") or (word.endswith("s") and gap[:1] == "'"):
            return True
        if not (_soft(gap) or gap == "-") or (word != "and" and word in _class("function")) or word in _class("determiner"):
            break
    if line.before(i) in _class("doer"):
        return True
    for k in range(i + 2, min(i + 14, len(line))):
        if k > i + 2 and not _soft(line.gaps[k - 1]) and line.gaps[k - 1].strip() not in ("-", "'"):
            return False
        word = line.word(k)
        if word == "by":
            return not line.codes[k - 1] & _PARTICIPLE and _agent_phrase(line, k)
        if word in _class("boundary") or word in _class("finite"):
            return False
    return False


def _has_object(line: _Line, i: int) -> bool:
    """Whether a thing or person stands at ``i``, not a year, a day or a clause."""
    word = line.word(i)
    if not word or word in _class("calendar") or (len(word) == 4 and word.isdigit() and "1500" <= word <= "2100"):
        return False
    return word not in ("course", "when", "how", "whether", "if", "what", "who")
