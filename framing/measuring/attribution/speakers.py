"""Who a source is: the full name behind "he", "Roe" and "the mayor", and what the article tells elsewhere about that source."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from framing.choices import SourceType
from framing.english import sentences
from framing.english.grammar import word_class, words_of_class
from framing.english.names import SAINT
from framing.english.people import PRONOUN_GENDER, TITLE_GENDER, gender_of, given_names, only_bearers
from framing.measuring.attribution.anonymity import Head, asked, can_tell, form_of, head_of, is_vague
from framing.measuring.attribution.bodies import Bodies
from framing.measuring.attribution.people import People, owned_by
from framing.measuring.attribution.sides import metonym
from framing.measuring.attribution.source_types import (
    NAME,
    Described,
    Sort,
    describe,
    free,
    is_institution,
    is_named,
    listed,
    name_in,
    person,
    roles,
    split,
    well_known,
)
from framing.measuring.attribution.types import Who
from framing.text import Span

_REACH = 2  # paragraphs that a pronoun looks back
_GENDER = TITLE_GENDER | {"he": "m", "she": "f"}
_THING = dict.fromkeys(words_of_class("it"), False) | dict.fromkeys(words_of_class("they"), True)
_POSSESSIVE = re.compile(r"(his|her|its|their)\s+(?=\S)", re.IGNORECASE)
_GENITIVE = re.compile(r"['’]s?\s+(?=[a-z])")
_OF_SOMEBODY = re.compile(r"\b(?:for|to|of)\s+(?=[^\W\d_a-z])")
_APPOSED = re.compile(r"(?:(?!,\s)[^()\n]){2,120}?,\s+(?:\d\d,\s)?(?=[^\W\d_a-z])")
_CALLED = re.compile(r"(?:the|our|that|this)\s((?:[\w’'-]+\s){0,3}[\w’'-]+)(?=$|,|\s\(|\s(?:who|of|for|from|in|himself|herself)\b)")
_FIRST_PART = re.compile(r",|\s\(|\s(?:who|that|which|whose|of|in|at|for|from|with|on|to|as|by|including)\s")
_JOINT = re.compile(r"(.{2,80}?),?\s(?:and|or|&)\s(?=\S)")
_TITLES_JOINED = re.compile(r"(?:(?!,\s)[^()\n]){2,80}?\sand\s")
_THIS_ONE = re.compile(
    r"[Tt]h(?:e|at|is)\s(?:\w+\s)?(?:man|woman|worker|employee|resident|lawyer|officer|soldier|student|teacher|nurse|staffer|executive)\b"
)
_AGAIN = re.compile(r"(?:the|that|this|both|these|those)\s(?:[\w-]+\s)?[\w-]+$")
_PRINTED_NAME = re.compile(
    r"(?!(?:A|An|The|Some|Many|Most|Other|One|Two|Three)\s)(?:[^\W\d_a-z][\w.’'-]*\s){1,4}[^\W\d_a-z][\w’'-]+(?:,|$)"
)
_NAME_BEFORE = re.compile(r"((?:[^\W\d_a-z][\w.’'-]*\s){1,4}[^\W\d_a-z][\w’'-]+),\s$")
_TAGGED = re.compile(r"[DRI][-–][A-Z]")  # "Sen. Jan Roe, R-Ohio"
_SAINT = re.compile(rf"(?:{SAINT})\.\s")  # "St. Paul"
_NOT_SPEAKERS = word_class("demonstrative").union(
    ("i", "me", "we", "us", "you", "many", "some", "most", "others", "few", "all", "both", "each", "none")
)


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody who has spoken: what a later pronoun can stand for."""

    at: int
    paragraph: int
    who: Who
    sort: Sort
    gender: str = ""
    nested: bool = False  # quoted by somebody else: "Roe said that Poe denied it"

    @property
    def again(self) -> Who:
        """What a pronoun that stands for this source says: a place is not named again."""
        return replace(self.who, metonym=False) if self.who.metonym else self.who


class Speakers:
    """What one article tells about its sources. They must be resolved in text order.

    Parameters
    ----------
    text : str
    paragraphs : sequence of Span
        The paragraphs in which people are looked for.
    quoted : sequence of Span
        Quotations: who is named inside them is nobody's "he" outside.
    flat : str, optional
        The text with its quotations flattened, for finding sentences.
    """

    def __init__(self, text: str, paragraphs: Sequence[Span], quoted: Sequence[Span] = (), flat: str = "") -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.people = People(text, paragraphs, quoted)
        self.bodies = Bodies(text, self.people.others)
        self._flat = flat or text
        self._said: list[Source] = []
        self._nameless: dict[str, tuple[Who, frozenset[str]]] = {}  # noun -> the last of them without a name, and all words used of them
        self._sentence_spans: dict[int, list[Span]] = {}

    def resolve(self, source: Span, number: int, *, nested: bool = False) -> Who:
        """Who stands at ``source`` in paragraph ``number``: full name (None if open), kind, side, metonym and form of anonymity.

        ``nested`` says that the source stands inside what somebody else is said to have said.
        """
        words = " ".join(source.of(self.text).split())
        low = words.lower()
        if low in ("who", "which", "that", "whose"):
            words, low = self._antecedent(source.start, number, low)
        if low in PRONOUN_GENDER:
            found = self._pronoun(PRONOUN_GENDER[low], source.start, number)
        elif low in _THING:
            found = self._thing(source.start, number, plural=_THING[low])
        elif low in _NOT_SPEAKERS or not low:
            return Who(naming=form_of(low))
        else:
            found = self._read(words, source, number)
        if not found:
            return Who()
        if source.of(self.text).strip().lower() in ("which", "that"):  # "the advocates' report, which"; "Moscow, which"
            found = replace(found, who=replace(found.again, naming=None, anonymity_reason=None))
        self._said.append(replace(found, nested=nested))
        return found.who

    def _antecedent(self, at: int, number: int, pronoun: str) -> tuple[str, str]:
        """What "who" or "that" refers to."""
        before = self.text[max(self.paragraphs[number].start, at - 100) : at].rstrip(" ,—–-")
        words = re.split(r"[.,;:()]\s|\b(?:while|and|but|as|to|in|by|from|with)\b", before)[-1].strip()
        if (
            pronoun == "who"
            and is_institution(words)
            and (behind := re.search(r"[\w'’-]+(?: [\w'’-]+)? (?:in|of|from|at|for|to) [^,;.]{1,40}$", before))
        ):
            words = re.sub(r"^(?:a|an|the|and|by|to|with) ", "", behind.group())
        if pronoun != "who" or person(words) or describe(words).kind != "unknown":
            return words, words.lower()
        order = self.people.order
        i = bisect_left(order, (at, "")) - 1
        near = i >= 0 and order[i][0] >= at - len(before) and not re.search(r"[.;:]\s", self.text[order[i][0] : at])
        return (order[i][1], order[i][1].lower()) if near else (words, words.lower())

    # ---- a source that is named or described ----------------------------------------------------------------------------------------

    def _read(self, words: str, source: Span, number: int) -> Source:
        at, low = source.start, words.lower()
        described = describe(words)
        gender = _GENDER.get(low.split()[0].rstrip("."), "")
        full = self._person(words, described, at, gender) or self._apposed(source)
        kind = self._kind(words, described, full or "", at, number)
        if self._is_joint(words, at):
            return Source(at, number, Who(None, kind), "people")
        if full:
            return self._known(words, described, full, kind, gender, at, number)
        name = name_in(words)
        if name and kind == "unknown" and described.sort != "people":
            known = only_bearers().get(name)
            if known and not self.people.has_last_name(name):
                who = Who(known, well_known()[known])
                return Source(at, number, who, "person", given_names().get(known.split()[0].lower(), ""))
        head = head_of(words)
        if head.sort == "body" or (described.sort in ("body", "") and head.sort not in ("person", "people")):
            stands, side = metonym(words)
            body = None if name and " " not in name and self.people.is_name(name) else self._body(words, head, at)
            if body or stands:
                if body and kind == "unknown":
                    kind = describe(body).kind
                side = side or self.people.side_in(words, kind) or (self.people.side_in(body, kind) if body else None)
                return Source(at, number, Who(body, kind, side, stands), "body")
        return self._unnamed(words, described, name, kind, gender or gender_of(low), source, number)

    def _person(self, words: str, described: Described, at: int, gender: str) -> str | None:
        """Full name of the person named by these words, or meant by "the mayor"."""
        if _SAINT.match(words):
            return None
        name = name_in(words)
        if apposed := _APPOSED.match(words):
            first, behind = words[: apposed.end()].split(",")[0], person(words[apposed.end() :])
            title = words[apposed.end() :].partition(behind)[0] if behind else "behind"
            titled = title.count(" ") < 3 and title == title.lstrip("abcdefghijklmnopqrstuvwxyz")
            if titled and not (name and first.endswith(name)) and (described.role or _POSSESSIVE.match(words)):
                name = behind  # "Its leader, Anders Quill"
        if not name and " and " in words and described.role and (joined := _TITLES_JOINED.match(words)):
            name = person(words[joined.end() :])  # "Mayor and party leader Jan Roe"
        name = name or owned_by(words)
        full = self.people.full_name(name, at, gender)
        if not full and name and " " not in name and (namesake := self.people.who(name, at, gender)) in self.people.known:
            return namesake  # a person called Washington
        if not full and not name and described.sort in ("person", "people", "") and (called := _CALLED.match(words.lower())):
            return self.people.called(called.group(1), at)
        return full or None

    def _apposed(self, source: Span) -> str | None:
        """The person whose apposition the source is, set off by commas: "Jan Roe, a spokesman for the port, said"."""
        following = self.text[source.end : source.end + 1]
        if self.text[source.start - 2 : source.start] != ", " or not (following == "," or _TAGGED.match(self.text, source.start)):
            return None
        before = _NAME_BEFORE.search(self.text, max(0, source.start - 60), source.start)
        return self.people.full_name(person(before.group(1)), source.start) or None if before else None

    def _kind(self, words: str, described: Described, full: str, at: int, number: int) -> SourceType:
        """Kind of source by its words, else by what the article tells of the person, else by whom it belongs to."""
        kind = described.kind
        if described.role.endswith("president") and _POSSESSIVE.match(words):
            beside = self._beside(words, Described(leans=True), at, number)
            kind = beside if beside != "unknown" else kind
        if kind == "unknown" and full:
            kind = self.people.type(full)
        return self._beside(words, described, at, number) if kind == "unknown" else kind

    def _is_joint(self, words: str, at: int) -> bool:
        """Are two named sources joined ("Roe and Poe", "Roe and his wife")?"""
        if " and " not in words and " or " not in words:
            return False
        found = _JOINT.match(_FIRST_PART.split(words, maxsplit=1)[0])
        if not found:
            return False
        first = name_in(found.group(1))
        return bool(self.people.full_name(first, at)) or first in only_bearers()

    def _known(self, words: str, described: Described, full: str, kind: SourceType, gender: str, at: int, number: int) -> Source:
        """A person whose full name the article gives."""
        people = self.people
        people.learn_type(full, kind, better=bool(described.role))
        if gender:
            people.gender[full] = gender
        if " " in words:
            people.note(full, words, at)
            people.learn_side(full, people.side_in(words.replace(full, full.split()[-1]), kind))
        return Source(at, number, Who(full, kind, people.side(full)), "person", people.gender.get(full, ""))

    def _body(self, words: str, head: Head, at: int) -> str | None:
        """Name of an institution."""
        name = self.bodies.name(words, at, listed=head.sort == "body" or describe(words).sort == "body") if len(words) < 200 else None
        if not name and head.sort == "body" and (head.words[0] != "the" or len(head.words) > 2):  # "a rival union", "the dockers' union"
            self.bodies.other(head.words[-1], at)
        return name

    def _unnamed(self, words: str, described: Described, name: str, kind: SourceType, gender: str, source: Span, number: int) -> Source:
        """A source without a name, or of whom only a last name is given."""
        at, head = source.start, head_of(words)
        sort = described.sort or ("person" if name else "people" if head.plural else "")
        who = Who(None, kind, self.people.side_in(words, kind))
        printed = _PRINTED_NAME.match(words) or (words[:1].isupper() and " " not in words and not described.role and not head.plural)
        if name or printed or (head.sort not in ("person", "people") and not is_vague(words)):
            return Source(at, number, who, sort, gender)
        before, known = self._nameless.get(head.noun, (None, frozenset[str]()))
        same = known.issuperset(head.words[1:-1]) or not (head.plural or self.people.bears(head.noun))
        if not (same and _AGAIN.match(words.lower())):
            before = None
        form = form_of(words, known_before=before is not None)
        told, reason = asked(self.text, source, self._near(source, number)) if form or _THIS_ONE.match(words) else (False, None)
        if form or told:
            if before:  # "the official" of whom the article spoke before
                told, reason = told or before.naming == "anonymous", reason or before.anonymity_reason
                who = replace(who, side=who.side or before.side)
            who = replace(who, naming="anonymous" if told else form, anonymity_reason=reason)
            self._nameless[head.noun] = who, known | set(head.words)
            if not (before or head.plural):
                self.people.note("", words, at)
        return Source(at, number, who, head.sort if form or told else sort, gender)

    def _beside(self, words: str, described: Described, at: int, number: int) -> SourceType:
        """Kind of source by whom it belongs to: "her office", "Roe's lawyer", "a spokesman for Roe", "its head"."""
        owner = _POSSESSIVE.match(words)
        if owner:
            pronoun = owner.group(1).lower()
            gender = PRONOUN_GENDER.get(pronoun, "")
            of = self._pronoun(gender, at, number) if gender else self._thing(at, number, plural=pronoun == "their")
            return of.who.source_type if of and described.leans else "unknown"
        if not described.leans:
            return "unknown"
        for pattern in (_GENITIVE, _OF_SOMEBODY):
            if match := pattern.search(words):
                of_words = words[: match.start()] if pattern is _GENITIVE else words[match.end() :]
                full = self.people.full_name(name_in(of_words), at)
                return self.people.type(full) if full else "unknown"
        if described.sort == "person" and described.role.startswith("spokes") and not name_in(words):
            of = self._thing(at, number, plural=False)
            return of.who.source_type if of else "unknown"
        return "unknown"

    # ---- pronouns -------------------------------------------------------------------------------------------------------------------

    def _sentences(self, number: int) -> list[Span]:
        if number not in self._sentence_spans:
            self._sentence_spans[number] = sentences(self._flat, self.paragraphs[number])
        return self._sentence_spans[number]

    def _near(self, source: Span, number: int) -> Sequence[Span]:
        """Sentences of the paragraph, found only where one near the source can tell of anonymity."""
        return self._sentences(number) if can_tell(self.text, source) else ()

    def _pronoun(self, gender: str, at: int, number: int) -> Source | None:
        """The person meant by "he" or "she": looked for sentence by sentence, backwards.

        In each sentence whoever speaks last without being quoted by another is tried, then who is named first; in an earlier
        paragraph who spoke last there.
        """
        for back in range(_REACH + 1):
            if number < back:
                break
            spoke = [s for s in self._said[-40:] if s.paragraph == number - back and s.at < at and self._fits(s, gender)]
            spans = self._sentences(number - back)
            if back and spoke:
                opens = max((s.start for s in spans if s.start <= spoke[-1].at), default=0)
                return self._as(_main(s for s in spoke if s.at >= opens), gender, at, number)
            last = bisect_right(spans, at, key=lambda s: s.start)
            for span in reversed(spans[max(0, last - 12) : last]):
                said = [s for s in spoke if span.start <= s.at]
                if said:
                    return self._as(_main(said), gender, at, number)
                named = [full for _, full in self._named(span.start, min(span.end, at)) if full in self.people.known]
                fitting = [full for full in named if self.people.gender.get(full, gender) == gender]
                if fitting:
                    full = next((full for full in fitting if full in self.people.gender), fitting[0])
                    who = Who(full, self.people.type(full), self.people.side(full))
                    return self._as(Source(at, number, who, "person"), gender, at, number)
        return None

    def _named(self, start: int, end: int) -> list[tuple[int, str]]:
        order = self.people.order
        return order[bisect_left(order, (start, "")) : bisect_left(order, (end, ""))][:20]

    def _fits(self, source: Source, gender: str) -> bool:
        known = self.people.gender.get(source.who.speaker or "", source.gender)
        return source.sort == "person" and known in ("", gender)

    def _as(self, source: Source, gender: str, at: int, number: int) -> Source:
        """The same source speaking again."""
        if source.who.speaker:
            self.people.gender.setdefault(source.who.speaker, gender)
        return Source(at, number, source.again, "person", gender)

    def _thing(self, at: int, number: int, *, plural: bool) -> Source | None:
        """The institution, text or group meant by "it" or "they": the last that spoke, else the first listed of the sentences before."""
        sorts: tuple[Sort, ...] = ("people", "body") if plural else ("body", "text")
        for back in range(2):
            if number < back:
                break
            spoke = [s for s in self._said[-20:] if s.paragraph == number - back and s.at < at and s.sort in sorts]
            spans = self._sentences(number - back)
            last = bisect_right(spans, at, key=lambda s: s.start)
            for span in reversed(spans[max(0, last - 3) : last]):
                said = [s for s in spoke if span.start <= s.at]
                if said:
                    return Source(at, number, said[-1].again, said[-1].sort)
                words = self.text[span.start : min(span.end, at, span.start + 200)]
                found = _opening_body(words, sorts)
                if found and not self.people.is_quoted(span.start):
                    name = self.bodies.name(found[0], span.start) if found[0] else None
                    return Source(at, number, Who(name, found[1]), "body")
            if spoke:
                return Source(at, number, spoke[-1].again, spoke[-1].sort)
        return None


def _main(said: Iterable[Source]) -> Source:
    """Of the sources of one sentence the last that is not itself quoted by another."""
    several = list(said)
    return next((s for s in reversed(several) if not s.nested), several[-1])


def _opening_body(words: str, sorts: Sequence[str]) -> tuple[str | None, SourceType] | None:
    """Name and kind of the institution that opens a sentence ("The Medical Association, whose members ...")."""
    if match := re.match(r"(?:[Tt]he\s+)?((?:[^\W\d_a-z][\w&.’'-]*\s){1,5})", words):
        name = match.group(1).strip(" ,")
        capitals = NAME.match(name)
        if capitals and (found := describe(capitals.group())).sort in sorts and found.kind != "unknown":
            return (capitals.group() if is_institution(capitals.group()) and not capitals.group().isupper() else None), found.kind
    low = split(words)[:8]
    for at, entry in free(list(listed(low, 0)), words):
        kind, sort = roles()[entry]
        if sort in sorts and kind != "by_institution":
            return None, describe(" ".join(low[at : at + len(entry.split())])).kind
        break
    for at, entry in listed(split(words)[:12], 1):  # "An amendment by the Civic Union was defeated. Its leader ..."
        if "body" in sorts and at and is_named(entry):
            return None, describe(entry).kind
    return None
