"""On whose behalf a source speaks, what title a person bears, and the words that say why a source may know."""

from __future__ import annotations

import re

from framing.english.grammar import word_class
from framing.measuring.attribution.parts import Parts
from framing.measuring.attribution.source_types import roles
from framing.text import Span

_WORDS = "measuring/attribution/words"
_FOR = ("for", "of", "to", "from", "with", "at", "representing", "inside", "within", "in")
_PLAIN = re.compile(
    r"^\s*(?:for|of|to|from|with|at|representing)\s(?:the\s|an?\s|his\s|her\s|its\s|their\s|our\s)?"
    r"((?:[\w’'&.-]+\s){0,4}?[\w’'&-]+)(?=$|[,(;]|\s(?:who|which|that|in|on|at|by|of|and|said|told)\b)"
)
_CAMPAIGN = frozenset(("manager", "chairman", "chairwoman", "chair", "director", "co-chairman", "co-chair"))
_TITLE_ENDS = re.compile(r",|\s\(|\s(?:who|that|which|whose)\s")
_DROPPED = re.compile(r"^(?:the|an?|its|his|her|their|our)\s+", re.IGNORECASE)
_QUALIFIED = re.compile(r",?\s(?=(?:who|whose|an?|the|one of|former(?:ly)?|himself|herself)\s)")
_QUALIFICATION = re.compile(r"[^,.;:()“”\"\n—–]{3,160}(?:[,.;:()“”\"\n—–]|$)")
_FORMERLY = re.compile(r"\b(?:former|ex|past|onetime|late)\b", re.IGNORECASE)
_STATES = re.compile(r"\s(?:is|are|was|were|has|had|have|will|would)\s")
_QUANTITY = re.compile(
    r"^(?:(?:the|an?|some|many|most|several|other|two|three|these|those|all|former|senior|top|one|another)\s)+", re.IGNORECASE
)
_SAYS = re.compile(r"\s(?:said|says|told|tells|added|adds|wrote|argued|warned)\b")


def is_delegate(noun: str) -> bool:
    """Does a noun phrase end with a word for one who speaks for others ("press secretary", "aides")?"""
    low = noun.lower().strip(" ,").split()
    return bool(low) and (low[-1] in word_class("delegate", _WORDS) or " ".join(low[-2:]) in _TWO or " ".join(low[-3:]) in _TWO)


_TWO = frozenset(
    ("press secretary", "press officer", "press office", "chief of staff", "press secretaries", "legal team")
    + ("campaign manager", "campaign chairman", "campaign chairwoman", "campaign chair", "campaign director")
)


def is_body(word: str) -> bool:
    """Is this a common noun for an institution, rather than for a field ("intelligence officials")?"""
    known = roles().get(word, ("", ""))[1] == "body" or word in word_class("body_known", _WORDS)
    return known and word not in word_class("body_field", _WORDS)


def body_before(parts: Parts) -> tuple[str, str]:
    """The words before a delegate up to the last common noun for an institution, and that noun: "foreign ministry", "ministry"."""
    several = parts.owned.split()
    nouns = [i for i, word in enumerate(several[:-1]) if is_body(word.lower())] if is_delegate(parts.owned) else []
    if not nouns:
        return "", ""
    return _QUANTITY.sub("", " ".join(several[: nouns[-1] + 1])), several[nouns[-1]].lower()


def on_behalf(parts: Parts) -> str | None:
    """The name of the article on whose behalf a source speaks; None for none.

    Only delegates have one: spokespeople, press secretaries, lawyers, aides, advisers, officials, executives and staff of somebody.
    """
    noun = parts.owned
    if parts.owner and parts.owner.name.lower().endswith(("campaign", "administration")) and _CAMPAIGN & {*noun.lower().split()[-1:]}:
        return parts.owner.name
    if noun.endswith(("Representative", "Representatives")) and parts.named is not None:
        return None  # a member of parliament
    if not is_delegate(noun) or _FORMERLY.search(parts.head if parts.named is None else parts.words):
        return None
    if parts.owner is not None and not _between(parts):
        return parts.owner.name
    if parts.behind is not None and parts.link in _FOR and not (parts.behind.kind == "place" and parts.link not in ("for", "of")):
        return parts.behind.name
    return None


def _between(parts: Parts) -> bool:
    """Does another noun stand between the owner and the delegate ("Roe's brother's lawyer")?"""
    return "'s " in parts.owned or "’s " in parts.owned


def plain_behalf(text: str, parts: Parts) -> str | None:
    """The noun phrase behind "for" where no name stands there ("a spokesman for the port"), without its article."""
    if parts.behind is not None or not is_delegate(parts.owned) or not len(parts.rest) or parts.named is not None:
        return None
    found = _PLAIN.match(" ".join(parts.rest.of(text).split()))
    return found.group(1) if found else None


def title_in(words: str, *, before: bool) -> str | None:
    """The title in the words before a name (the name cut off) or in an apposition; None for "Mr." alone and words of no office or trade.

    Examples
    --------
    >>> title_in("The White House press secretary", before=True), title_in("an economist at Vantry College, who", before=False)
    ('White House press secretary', 'economist at Vantry College')
    """
    title = _TITLE_ENDS.split(words, maxsplit=1)[0].strip() if not before else words.strip()
    if not before and _STATES.search(title):
        return None
    parts = _DROPPED.sub("", title).split()
    if before:  # "reporters were told by former Mayor": what stands right before the name and can be part of a title
        begins = len(parts)
        while begins and _in_title(parts[begins - 1]):
            begins -= 1
        parts = parts[begins:]
        while parts and parts[0].lower() in _INSIDE:
            del parts[0]
    while parts and parts[-1].lower().rstrip(".") in word_class("honorific"):
        parts.pop()
    return " ".join(parts) or None


def _in_title(word: str) -> bool:
    low = word.lower().strip(".,'’")
    return word[:1].isupper() or low in _INSIDE or low in _BEFORE or low in roles() or low.removesuffix("s") in roles()


_INSIDE = ("of", "for", "the", "and", "on", "to")
_BEFORE = word_class("title_before", _WORDS)


def qualification(text: str, source: Span, parts: Parts, limit: int) -> Span | None:
    """The words that say why a source may know: the apposition or clause that stands with it ("who treated the wounded").

    Parameters
    ----------
    limit : int
        Where the paragraph ends.
    """
    if parts.named is not None:
        begins = max(source.start, parts.named.span.end)
        opens = _QUALIFIED.match(text, begins, limit) or re.compile(r",\s\d\d,\s").match(text, begins, limit)
        if opens is None:
            return None
        begins = opens.end()
    elif len(parts.rest):
        begins = parts.rest.start
        while begins < source.end and not text[begins].isalnum():
            begins += 1
    else:
        return None
    found = _QUALIFICATION.match(text, begins, min(limit if parts.named else source.end, begins + 170))
    if found is None:
        return None
    end = found.end() - (not found.group()[-1].isalnum())
    if said := _SAYS.search(text, begins, end):
        end = said.start()
    span = Span(begins, end).trim(text)
    return span if len(span) > 2 else None
