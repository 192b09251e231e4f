"""How a source that the article does not name is kept unnamed, and the reason the article gives."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from framing.choices import Naming
from framing.english.grammar import any_of
from framing.measuring.attribution.source_types import Sort, roles
from framing.resources import load_table
from framing.text import Span

WINDOW = 400  # characters on either side of a source in which its anonymity can be told
_ANCHORS = ("anonym", "named", "identif", "uthori", " name", "quoted", "cited", "permi", "allowed", "background", "attribution", "record")
_REASON_ENDS = re.compile(r"[,;:—–()\[\]\"“”\n]|\s(?:said|says|told|tells|added|confirmed|described|and (?:who|asked|spoke|said))\b|\s-\s")
_BECAUSE = re.compile(r"(?:because|since|as|saying|noting)\s(?:that\s)?(?:he|she|they|it)\s$", re.IGNORECASE)
_VAGUE = frozenset(("some", "others", "many", "several", "few", "a few", "most", "many others", "some others", "several others"))
_ONE = frozenset(("one", "another", "one of them", "a second", "a third", "the other"))
_SET = re.compile(
    r"(?:a|an|the)\s(?:\w+\s)?(?:group|number|handful|couple|dozen|majority|crowd|pair|trio|series|chorus|host|mix|array|range|variety|flurry|cadre|coalition)\sof\s(?=\w+)"
)
_OF_SEVERAL = re.compile(
    r"((?:one|two|three|four|five|six|some|many|most|several|few|all|none|each|both|half|neither|either|any|another|more|dozens|scores|hundreds|"
    rf"thousands|\d+)\b(?:\s\w+)?)\sof\s(?=(?:the|those|these|them|{any_of('owner_outside')})\s)"
)
_HEAD_ENDS = re.compile(
    r"[,(]|\s(?:who|that|which|whose|of|for|in|at|from|with|on|to|about|against|by|near|familiar|close(?=\sto\s)|briefed|present|themselves|interviewed|surveyed|gathered|aboard|alike|involved|outside|across|around|throughout|inside|beyond|among|within|without|along|under|behind|during|before|after|since|amid|over)\b"
)
_GOES_ON = re.compile(  # what can follow the noun of a source that no preposition follows
    r"(?:\w{3,}ing|\w{2,}ed|around|this|last|as|we|they|he|she|here|there|who|now|"
    rf"{any_of('weekday', 'near_day')})$",
    re.IGNORECASE,
)
_LONGEST = 10  # words of a source in which its noun is looked for
_VAGUE_OF = re.compile(
    r"(?:(?:so\s)?many|some|most|several|all|both|a\sfew|few|a\slot|lots|plenty|much|others|those|half|none|neither|each|everyone|everybody|anyone"
    r"|anybody|no\sone|nobody)(?:\sothers|\ssides)?(?=$|\s(?:of|who|whose|on|in|at|around|else|with|from|involved|here|there|we|they)\b)",
    re.IGNORECASE,
)
_PEOPLE = re.compile(r"(?:[a-z]{2}ers|ists|ians|crats|[a-z]{2}ees|tors|people|folk|workers|women)$")
_DEFINITE = re.compile(
    rf"(?:the|both|{any_of('demonstrative', 'owner_outside')})\s|"
    r"(?:the\s)?(?:[^\W\d_][\w.-]*\s){0,4}[^\W\d_][\w.-]*(?:['’]s|s['’])\s"
)
_CONTINUES = re.compile(
    r"[\"“]?(?:the (?:\w+\s)?(?:official|source|person|people|aide|advis[eo]r|diplomat|spokes\w+|man|woman|lawmaker|lawyer|employee|worker|"
    r"resident|officer|individual|operative|staffer|executive|donor|strategist|insider|two|three|four)s?|"
    r"he|she|they|both|all|like others|neither|none|each)\b",
    re.IGNORECASE,
)


@cache
def _listed(use: str) -> frozenset[str]:
    return frozenset(row["pattern"] for row in load_table("measuring/attribution/anonymity") if row["use"] == use)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """(asked for or granted, what says it and the reason at once, what opens a reason)."""
    built = []
    for uses in (("requested", "granted"), ("granted",), ("reason",)):
        rows = [row["pattern"].replace(" ", r"\s") for row in load_table("measuring/attribution/anonymity") if row["use"] in uses]
        built.append(re.compile(rf"\b(?:{'|'.join(rows)})", re.IGNORECASE))
    return built[0], built[1], built[2]


@cache
def _withheld() -> re.Pattern[str]:
    """Descriptions of a source whose name is kept back."""
    rows = sorted(_listed("withheld"))
    return re.compile(rf"(?:(?:the|an?|one of the|some|several|many|two|three|four|other)\s)?(?:{'|'.join(rows)})".replace(" ", r"\s"))


@dataclass(frozen=True, slots=True)
class Head:
    """The noun of a source, before its prepositions and clauses."""

    words: tuple[str, ...] = ()
    sort: Sort = ""
    plural: bool = False

    @property
    def noun(self) -> str:
        return self.words[-1].removesuffix("s") if self.words else ""


@lru_cache(maxsize=16384)
def head_of(words: str) -> Head:
    """The noun that a source without a name turns on: the "spokesman" of "a campaign spokesman for the party".

    Examples
    --------
    >>> head_of("two senior officials in the ministry")
    Head(words=('two', 'senior', 'officials'), sort='people', plural=True)
    >>> head_of("a campaign spokesman")
    Head(words=('a', 'campaign', 'spokesman'), sort='person', plural=False)
    """
    low = re.sub(r"(?:['’]s?)$", "", words.lower()[:200])
    found = _SET.match(low)
    of_several = _OF_SEVERAL.match(low)
    begins = found.end() if found else of_several.end() if of_several else 0
    head = tuple(_HEAD_ENDS.split(low[begins:], maxsplit=1)[0].split())
    if not head or head[0] in ("which", "what", "whatever"):
        return Head()
    sort, plural = _sort_of(head)
    if not sort:  # "reporters traveling with her", "one lawmaker this week"
        for n in range(1, min(len(head), _LONGEST)):
            if _GOES_ON.match(head[n]) and _sort_of(head[:n])[0] in ("person", "people"):
                head = head[:n]
                sort, plural = _sort_of(head)
                break
    one = head[0] in ("one", "another", "a", "an") or (of_several and of_several.group(1) in ("one", "another", "neither", "either"))
    if one and not found and sort == "people":
        sort, plural = "person", False  # "one of the officials", "a police"
    return Head(head, sort, plural)


def _sort_of(head: Sequence[str]) -> tuple[Sort, bool]:
    """Sort of the last noun, and whether there are several."""
    noun = head[-1]
    for n in (3, 2, 1):
        phrase = " ".join(head[-n:])
        for entry in (phrase, phrase.removesuffix("s"), phrase.removesuffix("es"), f"{phrase[:-3]}y" if phrase.endswith("ies") else phrase):
            if len(head) >= n and entry in roles():
                sort = roles()[entry][1]
                plural = (noun.endswith("s") and not noun.endswith(("ss", "us"))) or sort == "people"
                return ("people" if plural and sort == "person" else sort), plural
    if noun in _listed("person"):
        return "person", False
    if noun in _listed("people") or (_PEOPLE.search(noun) and noun not in _listed("things")):
        return "people", True
    return "", False


def is_vague(words: str) -> bool:
    """Is this "some", "others", "one" or the like, with no noun at all?"""
    return words.lower() in _VAGUE | _ONE


def form_of(words: str, *, known_before: bool = False) -> Naming | None:
    """How people without a name are described; None for an institution, a text, an office, a share of people.

    Parameters
    ----------
    words : str
        The source, which must not contain the name of the person who speaks.
    known_before : bool
        Has the article spoken of such a person without a name before? Only then "the driver" is one.

    Examples
    --------
    >>> for words in ("a senior official", "officials", "the mayor", "police", "a spokesman for the port", "some"):
    ...     print(form_of(words))
    anonymous
    unnamed_group
    None
    None
    unnamed_person
    unnamed_group
    """
    low = words.lower()
    if low in _VAGUE | _ONE:
        return "unnamed_group" if low in _VAGUE else "unnamed_person"
    head = head_of(words)
    if _VAGUE_OF.match(low) and head.sort in ("", "people"):
        return "unnamed_group"
    if head.sort not in ("person", "people") or any(
        (word[0].isdigit() and "%" in word) or word in _listed("nobody") for word in head.words
    ):
        return None
    noun = head.words[-1]
    if noun in _listed("institution"):
        return None
    if _withheld().match(low):
        return "anonymous"
    if head.plural:
        return "unnamed_group"
    definite = _DEFINITE.match(low) is not None
    if noun in _listed("office") or " ".join(head.words[-2:]) in _listed("office"):
        return None if definite or len(head.words) == 1 else "unnamed_person"
    if re.match(r"the \d\d-year-old", low):
        return None  # whoever was introduced with that age
    if low.startswith(("the ", "this ", "that ")) and low.split()[1:2] != ["one"] and "'" not in low and "’" not in low:
        return "unnamed_person" if known_before or noun in _listed("always") else None
    return "unnamed_person"


def can_tell(text: str, source: Span) -> bool:
    """Does a word that tells of anonymity stand near this source? A quick look before :func:`asked`."""
    window = text[max(0, source.start - WINDOW) : source.end + WINDOW].lower()
    return any(anchor in window for anchor in _ANCHORS)


def asked(text: str, source: Span, sentence_spans: Sequence[Span]) -> tuple[bool, Span | None]:
    """Was anonymity asked for or granted in the sentence of this source or, where that speaks of the same people, the next; and why?

    Parameters
    ----------
    text : str
    source : Span
    sentence_spans : sequence of Span
        Sentences of the paragraph, in order.
    """
    low, high = max(0, source.start - WINDOW), min(len(text), source.end + WINDOW)
    number = bisect_right(sentence_spans, source.start, key=lambda s: s.end)
    for k in (number, number + 1):
        if k >= len(sentence_spans):
            break
        begins, ends = max(sentence_spans[k].start, low), min(sentence_spans[k].end, high + WINDOW)
        if k != number and not _CONTINUES.match(text, begins, ends):
            continue
        for found in _patterns()[0].finditer(text, begins, ends):
            return True, _reason(text, found.start(), found.end(), begins, ends)
    return False, None


def _reason(text: str, start: int, end: int, begins: int, ends: int) -> Span | None:
    """The words that give the reason, in the sentence from ``begins`` to ``ends``, for the request at ``start`` to ``end``."""
    _, both, opening = _patterns()
    if both.match(text, start, ends):
        before = _BECAUSE.search(text, max(begins, start - 24), start)
        return _closed(text, before.start() if before else start, end, ends)
    after = opening.search(text, end, min(ends, end + 120))
    if after and not re.search(r"[.;\"“”]\s", text[end : after.start()]):
        return _closed(text, after.start(), after.end(), ends)
    if granted := both.search(text, end, min(ends, end + 120)):
        return _closed(text, granted.start(), granted.end(), ends)
    earlier = re.compile(r"(?:citing|fearing|for fear of)\b", re.IGNORECASE).match(text, begins, start)
    return _closed(text, earlier.start(), earlier.end(), start) if earlier else None


def _closed(text: str, start: int, at: int, ends: int) -> Span | None:
    """From ``start`` to the end of the clause that goes on at ``at``."""
    closing = _REASON_ENDS.search(text, at, ends)
    span = Span(start, closing.start() if closing else ends).trim(text)
    while len(span) and text[span.end - 1] in ".!?'’":
        span = Span(span.start, span.end - 1)
    return span if len(span) else None
