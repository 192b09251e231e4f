"""Whom "he", "she", "it" and "they" mean: looked for backwards, sentence by sentence; None where two fit as well."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from framing.choices import SourceType
from framing.english import SentencesOf
from framing.english.people import gender_of
from framing.measuring.attribution.parts import Named, is_genitive
from framing.measuring.attribution.people import People
from framing.measuring.attribution.source_types import Sort, describe, free, is_named, listed, roles, split
from framing.measuring.attribution.types import Who
from framing.text import Span

_REACH = 2  # paragraphs that a pronoun looks back
_OBJECT = re.compile(
    r"\b(?:about|against|at|between|by|for|from|in|of|on|over|than|to|towards?|under|unlike|with|like|as|and)\s"
    r"(?:[^\W\d_a-z][\w.]*\s){0,3}$"
)
_SOMEBODY = re.compile(r"(?:The|A|An|This|That|One|Another)\s")


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody who has spoken: what a later pronoun can stand for."""

    who: Who
    sort: Sort
    gender: str = ""
    way: str = ""  # how the speaker was found, for the confidence
    nested: bool = False  # quoted by somebody else: "Roe said that Poe denied it"
    at: int = 0
    paragraph: int = 0

    @property
    def again(self) -> Who:
        """What a pronoun that stands for this source says: a place is not named again."""
        return replace(self.who, metonym=False, qualification=None, speaker_confidence=0.0)


class Pronouns:
    """Who was named and who spoke in one article, for the pronouns that follow.

    Parameters
    ----------
    text : str
    paragraphs : sequence of Span
    people : People
    names : Named
    flat : str
        The text with its quotations flattened, for finding sentences.
    """

    def __init__(self, text: str, paragraphs: Sequence[Span], people: People, names: Named, flat: str) -> None:
        self.text, self.paragraphs, self.people, self.names = text, paragraphs, people, names
        self._sentences = SentencesOf(flat)
        self._said: list[Source] = []

    def remember(self, source: Source) -> None:
        self._said.append(source)

    def spoke(self, at: int, number: int) -> list[Source]:
        """Those who have spoken before an offset in its paragraph and the one before."""
        return [s for s in self._said[-40:] if s.paragraph >= number - 1 and s.at < at]

    def sentences(self, number: int) -> list[Span]:
        """Sentences of a paragraph."""
        return self._sentences(self.paragraphs[number])

    # ---- people ---------------------------------------------------------------------------------------------------------------------

    def person(self, gender: str, at: int, number: int, about: Collection[str] = ()) -> Source | None:
        """The person meant by "he" ("m"), "she" ("f") or a word for either ("") at an offset.

        ``about`` are people named in what the pronoun says, who are others.

        In each sentence whoever speaks last without being quoted by another is tried, then who is named as its subject; in an earlier
        paragraph who spoke last there.
        """
        for back in range(min(_REACH, number) + 1):
            spoke = [
                s
                for s in self._said[-40:]
                if s.paragraph == number - back and s.at < at and self._fits(s, gender) and s.who.speaker not in about
            ]
            spans = self.sentences(number - back)
            if back and spoke:
                opens = max((s.start for s in spans if s.start <= spoke[-1].at), default=0)
                return self._as(_main(s for s in spoke if s.at >= opens), gender, f"pronoun_{back}")
            last = bisect_right(spans, at, key=lambda s: s.start)
            for span in reversed(spans[max(0, last - 12) : last]):
                said = [s for s in spoke if span.start <= s.at]
                if said:
                    return self._as(_main(said), gender, f"pronoun_{back}")
                if found := self._subject(span.start, min(span.end, at), gender, about):
                    return found
        return None

    def _subject(self, start: int, end: int, gender: str, about: Collection[str]) -> Source | None:
        """Of the people named between two offsets the one whom the sentence is about."""
        if gender and gender_of(" ".join(self.text[start : start + 60].split()[:4])) == gender and _SOMEBODY.match(self.text, start):
            return Source(Who(), "person", gender)  # "The woman ...", whom nothing names
        ranked: dict[str, int] = {}
        for at, full in self.people.between(start, end):
            known = self.people.gender.get(full, "")
            if full in about or (gender and known not in ("", gender)):
                continue
            mention = self.people.mention_at(at)
            rank = 3 if known else 2
            if mention is not None and is_genitive(self.text, mention.end):
                rank -= 2
            elif _OBJECT.search(self.text, max(start, at - 40), at):
                rank -= 1
            ranked.setdefault(full, rank)
        if not ranked:
            return None
        best = max(ranked.values())
        first = next(full for full, rank in ranked.items() if rank == best)
        people = self.people
        who = Who(first, people.type(first), people.side(first), naming="named_person")
        way = "pronoun_named" if len(ranked) == 1 else "pronoun_several"
        return self._as(Source(who, "person"), gender, way)

    def _fits(self, source: Source, gender: str) -> bool:
        known = self.people.gender.get(source.who.speaker or "", source.gender)
        return source.sort == "person" and (not gender or known in ("", gender))

    def _as(self, source: Source, gender: str, way: str) -> Source:
        """The same source speaking again."""
        if source.who.speaker and gender:
            self.people.gender.setdefault(source.who.speaker, gender)
        return Source(source.again, "person", gender, way)

    # ---- institutions and groups ----------------------------------------------------------------------------------------------------

    def thing(self, at: int, number: int, *, plural: bool) -> Source | None:
        """The institution, text or group meant by "it" or "they": the last that spoke, else the one that opens a sentence before."""
        sorts: tuple[Sort, ...] = ("people", "body") if plural else ("body", "text")
        for back in range(min(1, number) + 1):
            spoke = [s for s in self._said[-20:] if s.paragraph == number - back and s.at < at and s.sort in sorts]
            spans = self.sentences(number - back)
            last = bisect_right(spans, at, key=lambda s: s.start)
            for span in reversed(spans[max(0, last - 3) : last]):
                said = [s for s in spoke if span.start <= s.at]
                if said:
                    return Source(said[-1].again, said[-1].sort, way="it")
                if not self.people.is_quoted(span.start) and (found := self._opening(span, at, sorts)):
                    return found
            if spoke:
                return Source(spoke[-1].again, spoke[-1].sort, way="it")
        return None

    def _opening(self, span: Span, at: int, sorts: Sequence[Sort]) -> Source | None:
        """The institution that opens a sentence ("The Medical Association, whose members ...")."""
        end = min(span.end, at, span.start + 200)
        if "body" in sorts:
            name = self.names.starting(span.start, min(end, span.start + 8))
            named = name is not None and name.kind == "organisation" and not is_genitive(self.text, name.span.end)
            if name is not None and named and (kind := describe(name.name).kind) != "document":
                return Source(Who(name.name, kind, naming="named_organisation"), "body", way="it")
        other = _opening_kind(self.text[span.start : end], sorts)
        return Source(Who(None, other), "body") if other else None


def _main(said: Iterable[Source]) -> Source:
    """Of the sources of one sentence the last that is not itself quoted by another."""
    several = list(said)
    return next((s for s in reversed(several) if not s.nested), several[-1])


def _opening_kind(words: str, sorts: Sequence[str]) -> SourceType | None:
    """Kind of the institution with a common noun that opens a sentence ("The ministry, which ...")."""
    low = split(words)[:8]
    for at, entry in free(list(listed(low, 0)), words):
        kind, sort = roles()[entry]
        if sort in sorts and kind != "by_institution":
            return describe(" ".join(low[at : at + len(entry.split())])).kind
        break
    for at, entry in listed(split(words)[:12], 1):  # "An amendment by the Civic Union was defeated. Its leader ..."
        if "body" in sorts and at and is_named(entry):
            return describe(entry).kind
    return None
