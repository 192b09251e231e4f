"""Names joined across the articles of a corpus."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from framing.english.grammar import any_of, word_class
from framing.measuring.names.types import Kind, Name

_LEADING = re.compile(rf"^(?:the|{any_of('title_dotted')}|president)\.?\s+", re.IGNORECASE)
_COMMON = 2  # articles that must print a full name before a short one of other articles is joined to it
_SHARE = 0.8  # of the articles that print a full name with this ending


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
    Names of several words are one where they are equal up to case, titles, middle names and initials, a leading "the", and "U.S." for
    "US"; the form that most articles print stands for all. Where initials differ ("Jan P. Roe", "Jan Q. Roe") there are two. A last
    name or an abbreviation alone joins a full name of other articles only if at least two articles print it and no other comes near
    it in number. The order of the articles changes nothing.

    Examples
    --------
    >>> from framing.text import Span
    >>> one, other, short = (Name(Span(0, 3), name, "person") for name in ("Jan Roe", "Jan P. Roe", "Roe"))
    >>> join_names({"a": [one], "b": [other], "c": [one], "d": [short]})["d"]
    {'Roe': 'Jan Roe'}
    """
    every: dict[tuple[Kind, str], Counter[str]] = defaultdict(Counter)
    for names in found.values():
        for name, kind in {(mention.name, mention.kind) for mention in names}:
            every[kind, _key(name, kind)][name] += 1
    keys, articles = _told_apart(every)
    printed = {key: _best(forms) for key, forms in articles.items()}
    spread = {key: sum(forms.values()) for key, forms in articles.items()}
    shorter = _short_forms(printed, spread)
    joined: dict[str, dict[str, str]] = {}
    for article, names in found.items():
        mine: dict[str, str] = {}
        for mention in names:
            key = keys[mention.kind, mention.name]
            mine.setdefault(mention.name, printed[shorter.get(key, key)])
        joined[article] = mine
    return joined


def _told_apart(
    every: Mapping[tuple[Kind, str], Counter[str]],
) -> tuple[dict[tuple[Kind, str], tuple[Kind, str]], dict[tuple[Kind, str], Counter[str]]]:
    """Keys of all names, and how many articles print each form: "Jan P. Roe" and "Jan Q. Roe" are two, "Jan Roe" is the commoner."""
    keys: dict[tuple[Kind, str], tuple[Kind, str]] = {}
    articles: dict[tuple[Kind, str], Counter[str]] = defaultdict(Counter)
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
    """The initials inside a name: "p." of "Jan P. Roe"."""
    return " ".join(part for part in name.lower().split()[1:-1] if part[1:2] == ".")


def _key(name: str, kind: Kind) -> str:
    """What equal names have in common."""
    low = name.lower().replace("’", "'").replace("u.s.", "us").replace("u.n.", "un").replace("u.k.", "uk")
    while (stripped := _LEADING.sub("", low)) != low and stripped:
        low = stripped
    parts = low.split()
    if kind == "person" and len(parts) > 2:
        suffix = [parts.pop().rstrip(".")] if parts[-1].rstrip(".") in word_class("suffix") else []
        particles = [part for part in parts[1:-1] if part in word_class("particle_more")]
        parts = [parts[0], *particles, parts[-1], *suffix] if len(parts) > 1 else [*parts, *suffix]
    return " ".join(parts)


def _best(forms: Counter[str]) -> str:
    return max(forms, key=lambda form: (forms[form], len(form), form))


def _short_forms(
    printed: Mapping[tuple[Kind, str], str], spread: Mapping[tuple[Kind, str], int]
) -> dict[tuple[Kind, str], tuple[Kind, str]]:
    """Last names and abbreviations with the one full name that they mean in this corpus."""
    bearers: dict[tuple[Kind, str], Counter[str]] = defaultdict(Counter)
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
    shorter: dict[tuple[Kind, str], tuple[Kind, str]] = {}
    for (kind, short), full in bearers.items():
        if (kind, short) not in printed or (kind == "organisation" and not printed[kind, short].isupper()):
            continue
        name, n = max(full.items(), key=lambda item: (item[1], item[0]))
        if n >= _COMMON and n >= _SHARE * sum(full.values()):
            shorter[kind, short] = (kind, name)
    return shorter
