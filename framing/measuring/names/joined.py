"""Names joined across the articles of a corpus."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from framing.english.grammar import any_of, word_class
from framing.measuring.names.types import Kind, Name
from framing.text import unaccented

_LEADING = re.compile(rf"^(?:the|{any_of('title_dotted')}|president)\.?\s+", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+|[^\W\d_]")
_COMMON = 2  # articles that must print a full name before a short one of other articles is joined to it
_SHARE = 0.8  # of the articles that print a full name with this ending
_FOLDED = 5  # letters of a word of which spellings are folded
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "’": "'"})

Key = tuple[Kind, str]


@dataclass(frozen=True, slots=True)
class Joined:
    """A name as a corpus knows it.

    Attributes
    ----------
    name : str
        The form that most articles print.
    id : str
        The same for all forms and spellings, in this corpus and mostly in others: in lower case, without accents, titles and middle names.
    """

    name: str
    id: str


def join_names(found: Mapping[str, Sequence[Name]]) -> dict[str, dict[str, str]]:
    """Names that articles of a corpus have in common.

    Parameters
    ----------
    found : mapping of str to sequence of Name
        Article id -> its names, as :func:`find_names` gives them.

    Returns
    -------
    dict of str to dict of str to str
        Article id -> {name in this article: name in the corpus}.

    Notes
    -----
    Names of several words are one where they are equal up to case, accents, titles, middle names and initials, a leading "the", and "U.S."
    for "US"; in words of at least five letters also up to doubled letters and the ending -y, -iy, -ii or -yi ("Zelenskyy", "Zelensky").
    Initials for first names ("J. D.", "JD") are one, and two of them join the only full name whose first and middle name they fit. Where
    middle initials differ ("Jan P. Roe", "Jan Q. Roe") there are two, and so with "Jr.". The form that most articles print stands for all.
    A last name or an abbreviation alone joins a full name of other articles only if at least two articles print it and no other comes near
    it in number. The order of the articles changes nothing.

    Examples
    --------
    >>> from framing.text import Span
    >>> one, other, short = (Name(Span(0, 3), name, "person") for name in ("Jan Roe", "Jan P. Roe", "Roe"))
    >>> join_names({"a": [one], "b": [other], "c": [one], "d": [short]})["d"]
    {'Roe': 'Jan Roe'}
    """
    return {article: {name: one.name for name, one in mine.items()} for article, mine in joined_names(found).items()}


def joined_names(found: Mapping[str, Sequence[Name]]) -> dict[str, dict[str, Joined]]:
    """The same with an id beside each name."""
    every: dict[Key, Counter[str]] = defaultdict(Counter)
    for names in found.values():
        for name, kind in {(mention.name, mention.kind) for mention in names}:
            every[kind, _key(name, kind)][name] += 1
    keys, articles = _told_apart(_with_initials(every))
    printed = {key: _best(forms) for key, forms in articles.items()}
    spread = {key: sum(forms.values()) for key, forms in articles.items()}
    shorter = _short_forms(printed, spread)
    joined: dict[str, dict[str, Joined]] = {}
    for article, names in found.items():
        mine: dict[str, Joined] = {}
        for mention in names:
            key = keys[mention.kind, mention.name]
            key = shorter.get(key, key)
            mine.setdefault(mention.name, Joined(printed[key], key[1]))
        joined[article] = mine
    return joined


def _with_initials(every: dict[Key, Counter[str]]) -> dict[Key, Counter[str]]:
    """Names with initials for first names ("jd roe") put to the only full name that they fit ("james roe")."""
    by_last: dict[str, list[Key]] = defaultdict(list)
    short: list[Key] = []
    for kind, key in sorted(every):
        if kind == "person" and " " in key:
            first, last = key.split(" ", 1)
            if all(_is_initialled(form) for form in every[kind, key]):
                short.append((kind, key))
            else:
                by_last[last].append((kind, key))
    joined: dict[Key, Counter[str]] = {key: Counter(forms) for key, forms in every.items()}
    for short_key in short:
        first, last = short_key[1].split(" ", 1)
        fitting = [other for other in by_last[last] if _fit(first, other[1].split(" ", 1)[0], every[other])]
        if len(fitting) == 1:
            joined[fitting[0]] += joined.pop(short_key)
    return joined


def _fit(initials: str, first: str, forms: Iterable[str]) -> bool:
    """Can these initials stand for a first name and a middle one? One initial tells too little: "R. Roe"."""
    middles = {fold(part)[:1] for form in forms for part in form.split()[1:2] if len(form.split()) > 2}
    return len(initials) > 1 and initials[0] == first[0] and initials[1] in middles


def _told_apart(every: Mapping[Key, Counter[str]]) -> tuple[dict[Key, Key], dict[Key, Counter[str]]]:
    """Keys of all names, and how many articles print each form: "Jan P. Roe" and "Jan Q. Roe" are two, "Jan Roe" is the commoner."""
    keys: dict[Key, Key] = {}
    articles: dict[Key, Counter[str]] = defaultdict(Counter)
    for (kind, key), forms in every.items():
        middles: Counter[str] = Counter()
        for form, n in forms.items():
            if kind == "person" and (middle := _middle(form)):
                middles[middle] += n
        common = max(middles, key=lambda middle: (middles[middle], middle), default="")
        for form, n in forms.items():
            middle = _middle(form) or common
            mine = (kind, key if middle == common else f"{middle} {key}")
            keys[kind, form] = mine
            articles[mine][form] += n
    return keys, articles


def _middle(name: str) -> str:
    """The initials inside a name: "p." of "Jan P. Roe", but none of "J. D. Roe"."""
    if _is_initialled(name):
        return ""
    return " ".join(part for part in name.lower().split()[1:-1] if part[1:2] == ".")


@lru_cache(maxsize=16384)
def fold(word: str) -> str:
    """A word without case and accents; a long one with one spelling for doubled letters and the endings -y, -iy, -ii, -yi and -ij.

    Examples
    --------
    >>> fold("Zelenskyy") == fold("Zelenskiy") == fold("Zelensky"), fold("Erdoğan"), fold("Roe"), fold("Lee")
    (True, 'erdogan', 'roe', 'lee')
    """
    low = unaccented(word.lower().translate(_PLAIN))
    if len(low) < _FOLDED or not low.isalpha():
        return low
    single = "".join(c for i, c in enumerate(low) if i == 0 or c != low[i - 1])
    return re.sub(r"(?:iy|yi|ij|i)$", "y", single)


def _is_initialled(name: str) -> bool:
    """Does the name open with initials: "J. D. Roe", "JD Roe", but not "JAN ROE"?"""
    parts = name.split()
    first = parts[0]
    return len(parts) > 1 and (
        _INITIALS.fullmatch(first) is not None or (len(first) in (2, 3) and first.isupper() and not parts[-1].isupper())
    )


def _key(name: str, kind: Kind) -> str:
    """What equal names have in common."""
    low = name.replace("’", "'")
    while (stripped := _LEADING.sub("", low)) != low and stripped:
        low = stripped
    if kind != "person":
        low = low.lower().replace("u.s.", "us").replace("u.n.", "un").replace("u.k.", "uk")
        return " ".join(map(fold, low.split()))
    parts, initials = low.split(), ""
    if _is_initialled(low):
        initials = parts.pop(0)
        while len(parts) > 1 and _INITIALS.fullmatch(parts[0]):
            initials += parts.pop(0)
        parts.insert(0, initials.replace(".", ""))
    if len(parts) > 2:
        suffix = [parts.pop().rstrip(".")] if parts[-1].lower().rstrip(".") in word_class("suffix") else []
        particles = [part for part in parts[1:-1] if part.lower() in word_class("particle_more")]
        parts = [parts[0], *particles, parts[-1], *suffix] if len(parts) > 1 else [*parts, *suffix]
    return " ".join(map(fold, parts))


def _best(forms: Counter[str]) -> str:
    return max(forms, key=lambda form: (forms[form], len(form), form))


def _short_forms(printed: Mapping[Key, str], spread: Mapping[Key, int]) -> dict[Key, Key]:
    """Last names and abbreviations with the one full name that they mean in this corpus."""
    bearers: dict[Key, Counter[str]] = defaultdict(Counter)
    for kind, key in printed:
        parts = key.split()
        if len(parts) < 2:
            continue
        if kind == "person":
            bearers[kind, parts[-1]][key] += spread[kind, key]
        elif kind == "organisation":
            letters = "".join(part[0] for part in re.split(r"[\s-]", printed[kind, key]) if part[:1].isupper()).lower()
            if len(letters) > 2:
                bearers[kind, letters][key] += spread[kind, key]
    shorter: dict[Key, Key] = {}
    for (kind, short), full in bearers.items():
        if (kind, short) not in printed or (kind == "organisation" and not printed[kind, short].isupper()):
            continue
        name, n = max(full.items(), key=lambda item: (item[1], item[0]))
        if n >= _COMMON and n >= _SHARE * sum(full.values()):
            shorter[kind, short] = (kind, name)
    return shorter
