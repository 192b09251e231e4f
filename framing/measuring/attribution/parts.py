"""A source taken apart: who of the article's names it is, and whose it is ("Roe's lawyer", "a spokesman for the port")."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from framing.english.grammar import any_of, word_class
from framing.measuring.names.types import Name
from framing.text import Span

_PREPOSITIONS = (
    r"of|in|at|for|from|with|on|to|as|by|about|against|near|behind|across|amid|representing|"
    r"including|inside|within|outside|under|like|among|during|after|before|since|until|throughout|without"
)
_ENDS = re.compile(
    rf",(?=\s|$)|\s\((?![A-Z][\w.&-]{{1,8}}\)\s[A-Z])|\s[—–-]\s?|\s(?:who|that|which|whose|{_PREPOSITIONS})(?=\s)", re.IGNORECASE
)
_CLAUSE = re.compile(r"\s(?:who|that|which|whose)\s|,\s(?:who|which|whose)\b", re.IGNORECASE)
_GENITIVE = re.compile(r"['’]s?(?=\s)")
_JOINED = re.compile(r"(?:['’]s)?(?:\s\([^()]{1,40}\))?,?\s(?:and|or|&)\s")
_AND_OTHERS = re.compile(r",\sand\s(?:other|others|several|many|some|two|three|four)\b")  # "Jan Roe, an economist, and other experts"
_LINK = re.compile(
    r"(?:^|\s)(of|for|to|with|by|from|at|in|on|about|against|and|or|representing|like|after|before|during|since|until|throughout|without)$",
    re.IGNORECASE,
)
_TITLE_WORD = re.compile(r"(?:^|\s)(?:[^\W\d_a-z][\w’'.-]*|the|then|former|acting|late|ex)$")
_DESCRIBED = re.compile(r"(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|[Oo]ne|[Aa]nother|[^\W\d_a-z][\w’'.-]*['’]s?)\s")
_TAGGED = re.compile(r"[DRI][-–][A-Z]")  # "Sen. Jan Roe, R-Ohio"
_AFTERWARDS = re.compile(
    rf"(?:himself|herself|itself|(?:{any_of('suffix')})\.?|alone|too|also|later|then|now|again|yesterday|today|tonight|"
    r"(?:this|last|next) \w+|"
    rf"{any_of('weekday')})"
)
_GAP = re.compile(r",\s|\s")
_ENDINGS = ("'s", "’s", "'", "’")
_TITLES = word_class("title_dotted") | word_class("title_office")


def is_genitive(text: str, end: int) -> bool:
    """Does a genitive ending stand behind a name that ends here?"""
    return _GENITIVE.match(text, end) is not None


@dataclass(frozen=True, slots=True)
class Parts:
    """What stands in the words of one source."""

    words: str
    named: Name | None = None  # who or what it is, where it is named
    owner: Name | None = None  # whose it is: a genitive, or a name before the noun
    behind: Name | None = None  # the first name behind a preposition, and that preposition
    link: str = ""
    joint: bool = False  # several, one of them named
    head: str = ""  # the noun phrase before its first preposition, comma or clause
    owned: str = ""  # that phrase without the owner: "lawyer" of "Roe's lawyer"
    rest: Span = field(default_factory=lambda: Span(0, 0))  # what stands behind the head


class Named:
    """The names of an article by place.

    Parameters
    ----------
    text : str
    names : sequence of Name
        In text order.
    """

    def __init__(self, text: str, names: Sequence[Name]) -> None:
        self.text, self.names = text, names
        self._starts = [name.span.start for name in names]

    def within(self, span: Span) -> list[Name]:
        """Names that overlap a span, in text order."""
        at = max(0, bisect_left(self._starts, span.start) - 1)
        found = []
        while at < len(self.names) and self.names[at].span.start < span.end:
            if self.names[at].span.end > span.start:
                found.append(self.names[at])
            at += 1
        return found

    def starting(self, low: int, high: int) -> Name | None:
        """The first name that begins at ``low`` or behind it and before ``high``."""
        at = bisect_left(self._starts, low)
        return self.names[at] if at < len(self.names) and self._starts[at] < high else None

    def ending(self, at: int) -> Name | None:
        """The name that ends just here."""
        before = bisect_right(self._starts, at) - 1
        return self.names[before] if before >= 0 and self.names[before].span.end == at else None

    # ---- one source -----------------------------------------------------------------------------------------------------------------

    def read(self, source: Span) -> Parts:
        """Take a source apart."""
        text = self.text
        inside = self.within(source)
        words = " ".join(source.of(text).split())
        end = self._head_end(source, inside)
        head = [name for name in inside if name.span.start < end]
        named = self._named(source, inside, head, end)
        if named is not None:
            joint = self._is_joint(source, inside, named)
            owner = None if joint else next((name for name in reversed(inside) if name.span.end <= named.span.start), None)
            title = re.sub(r"^['’]s?\s+", "", text[owner.span.end if owner else source.start : named.span.start]).strip(" ,")
            rest = Span(min(max(named.span.end, source.start), source.end), source.end)
            return Parts(words, named, owner, *self._behind(inside, named.span.end), joint, text[source.start : end], title, rest)
        owner = head[-1] if head else None
        if owner is not None and owner.span.end >= end:  # the phrase ends with a name that is nobody: "Republicans"
            owner = head[-2] if len(head) > 1 and self._owns(head[-2]) else None
        begins = owner.span.end if owner else source.start
        owned = re.sub(r"^['’]s?\s+", "", text[begins:end]).strip()
        rest = Span(end, source.end)
        return Parts(
            words, None, owner, *self._behind(inside, end), joint=False, head=text[source.start : end].strip(), owned=owned, rest=rest
        )

    def _head_end(self, source: Span, inside: Sequence[Name]) -> int:
        """Where the noun phrase ends that opens the source; marks and prepositions inside a name don't count."""
        for match in _ENDS.finditer(self.text, source.start, source.end):
            if not any(name.span.start < match.start() + 1 and match.end() <= name.span.end for name in inside):
                return max(match.start(), source.start)
        return source.end

    def _owns(self, name: Name) -> bool:
        return is_genitive(self.text, name.span.end)

    def _named(self, source: Span, inside: Sequence[Name], head: Sequence[Name], end: int) -> Name | None:
        """The name that the source is: the last of its noun phrase, or one in apposition to it."""
        text = self.text
        if whole := next((name for name in head if self._is_whole(name, head, end)), None):
            return whole
        comma = text.find(", ", source.start, source.end)
        for name in inside:  # "Secretary of State Jan Roe", "the head of its port authority Ida Poe"
            first = name.kind == "person" and end < name.span.start and (comma < 0 or name.span.start < comma) and not self._owns(name)
            beside = first and any(other.span.end == name.span.start - 1 and other.kind == "organisation" for other in inside)
            if first and (beside or not self._is_behind(source, name)) and text[name.span.start - 1] == " ":
                return name
        while comma >= 0:
            described = _DESCRIBED.match(text, source.start) or text[source.start : end].rpartition(" ")[2][:1].islower()
            if described and (found := self._apposed(comma + 2, source.end, inside)):
                return found  # "Its leader, Anders Quill"
            comma = text.find(", ", comma + 2, source.end) if end <= comma else -1
        return None

    def _is_whole(self, name: Name, head: Sequence[Name], end: int) -> bool:
        """Does the noun phrase end with this name, or go on with others joined to it?"""
        rest = self.text[name.span.end : end]
        if name.kind == "group" or (self._owns(name) and rest.strip(" ,") not in _ENDINGS):
            return False
        if not rest.strip(" .,'’\"”)").removeprefix("s") or _AFTERWARDS.fullmatch(rest.strip(" ,").lower()):
            return True
        return _JOINED.match(rest) is not None and not self._is_behind(Span(head[0].span.start, end), name)

    def _is_behind(self, source: Span, name: Name) -> bool:
        """Does a preposition before its titles make the name somebody else's ("a lawyer for Gov. Roe")?"""
        before = self.text[source.start : name.span.start].rstrip()
        for _ in range(8):
            if link := _LINK.search(before):
                earlier = before[: link.start()].rstrip()
                if link.group(1).lower() == "of" and _TITLE_WORD.search(earlier) and earlier[-1:].isalpha() and " " not in earlier[-2:]:
                    before = earlier
                    continue
                return True
            if title := _TITLE_WORD.search(before):
                before = before[: title.start()].rstrip()
                continue
            word = before.rpartition(" ")[2].lower().rstrip(".")
            if word not in _TITLES:
                return False
            before = before.rpartition(" ")[0]
        return False

    def _apposed(self, at: int, end: int, inside: Sequence[Name]) -> Name | None:
        """A person named right behind a comma, titles between allowed."""
        name = next((name for name in inside if name.span.start >= at and not (name.kind == "place" and name.span.start == at)), None)
        if name is None or name.kind != "person" or name.span.end > end or self._owns(name):
            return None
        between = self.text[at : name.span.start]
        follows = self.text[name.span.end : name.span.end + 4]
        if follows[:1] not in ("", ",", ".", ")", "\n") and not follows.startswith((" of ", " (")) and name.span.end < end:
            return None
        return name if between.count(" ") < 4 and between[:1] == between[:1].upper() else None

    def _is_joint(self, source: Span, inside: Sequence[Name], named: Name) -> bool:
        """Is another one joined to the name ("Roe and Poe", "Roe and his wife")?"""
        if (found := _JOINED.match(self.text, named.span.end, source.end)) and found.end() < source.end:
            return True
        after = [name for name in inside if name.span.start >= named.span.end]
        if after and named.kind == after[0].kind == "person" and self.text[named.span.end : after[0].span.start] == ", ":
            return any(_JOINED.match(self.text, name.span.end, source.end) for name in after[:6])  # "Sens. Roe, Poe and Quill"
        if (
            after
            and named.kind == "person"
            and any(name.kind == "person" and self.text.endswith(", and ", 0, name.span.start) for name in after[:6])
        ):
            return True  # "lawyers Jan Roe, of Vantry, and Ida Poe, of Tessmark"
        if named.kind == "person" and _AND_OTHERS.search(self.text, named.span.end, source.end):
            return True
        first = next((name for name in inside if name.kind in ("person", "organisation")), named)
        between = self.text[first.span.end : named.span.start]
        return first is not named and not self._owns(first) and _JOINED.match(between) is not None and not self._is_behind(source, first)

    def _behind(self, inside: Sequence[Name], end: int) -> tuple[Name | None, str]:
        """The first name behind the head, and the preposition before it."""
        for name in inside:
            if name.span.start >= end:
                before = self.text[end : name.span.start]
                if _CLAUSE.search(before):
                    return None, ""
                links = re.findall(rf"\b({_PREPOSITIONS})\b", before, re.IGNORECASE)
                near = links[0 if name.kind == "place" else -1].lower() if links else ""  # "in the state of Vantry" is in Vantry
                return name, near
        return None, ""

    def before(self, source: Span) -> Name | None:
        """The person whose apposition the source is: "Jan Roe, a spokesman for the port, said"."""
        if self.text[source.start - 2 : source.start] == " (" and _TAGGED.match(self.text, source.start):
            name = self.ending(source.start - 2)
            return name if name is not None and name.kind == "person" else None
        if self.text[source.start - 2 : source.start] != ", ":
            return None
        name = self.ending(source.start - 2)
        following = self.text[source.end : source.end + 1]
        closed = following == "," or self.text[source.end - 1] == "," or _TAGGED.match(self.text, source.start) is not None
        return name if name is not None and name.kind == "person" and closed else None

    def after(self, source: Span) -> Name | None:
        """The person in apposition to a source that was cut before the name: "the mayor", "Nadia Orlo, said"."""
        gap = _GAP.match(self.text, source.end)
        if gap is None:
            return None
        name = self.starting(gap.end(), gap.end() + 24)
        if name is None or name.kind != "person":
            return None
        between = self.text[gap.end() : name.span.start]
        if gap.group() == " ":
            return name if not between and self.text[source.start].isupper() else None
        closes = self.text[name.span.end : name.span.end + 1] in (",", ".", "")
        titles = all(_TITLE_WORD.search(word) or word.lower().rstrip(".") in _TITLES for word in between.split())
        return name if closes and titles else None
