"""Who a source is: the full name behind "he", "Roe" and "the mayor", and what the article tells elsewhere about that person."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from framing.attribution.clauses import cues, is_adverb
from framing.attribution.sources import (
    NAME,
    Described,
    Sort,
    describe,
    free,
    given_names,
    is_institution,
    is_named,
    listed,
    name_in,
    person,
    roles,
    split,
    well_known,
)
from framing.attribution.types import SourceType, Who
from framing.text import Span, sentences

_REACH = 2  # paragraphs that a pronoun looks back
_MENTIONS = 6  # mentions of a person that are searched for an introduction
_GENDER = {"he": "m", "mr": "m", "sir": "m", "lord": "m", "she": "f", "mrs": "f", "ms": "f", "miss": "f", "lady": "f", "dame": "f"}
_PRONOUN = re.compile(r"\b(?:(he|his|him|himself)|(?:she|her|hers|herself))\b", re.IGNORECASE)
_MAN = re.compile(r"\b(?:\w+[^o\W]man|father|husband|son|brother|widower|king|actor|boy|landlord)\b")
_WOMAN = re.compile(r"\b(?:\w*woman|mother|wife|daughter|sister|widow|queen|actress|girl|landlady)\b")
_POSSESSIVE = re.compile(r"(his|her|its|their)\s+(?=\S)", re.IGNORECASE)
_GENITIVE = re.compile(r"['’]s?\s+(?=[a-z])")
_OF_SOMEBODY = re.compile(r"\b(?:for|to|of)\s+(?=[^\W\d_a-z])")
_APPOSED = re.compile(r"(?:(?!,\s)[^()\n]){2,120}?,\s+(?:\d\d,\s)?(?=[^\W\d_a-z])")
_INTRODUCED = re.compile(
    r"(?:['’]s)?\s*(?:\([^()\n]{1,40}\))?(?:(,\s+(?:aged\s)?\d\d\b),?(?:\s+)?)?"
    r"(?:,?\s*((?:an?|the|who|former|his|her|its|our|[a-z]{3,20})\b[^.;“”\"\n]{2,80}|(?:[^\W\d_a-z][\w.’'-]*\s){1,4}[a-z][^.;,“”\"\n]{2,60}))?"
)
_OF_A_PERSON = re.compile(r",? (?:who|whose)\b|, [1-9]\d\b")
_STATES = re.compile(r"(?:is|was)\s+(?=an?\b|the\b)")
_COPULA = re.compile(r"(?:an?|the|who|former|his|her|its|our|of|from|at|is|was|one)\b")
_NOT_SPEAKERS = frozenset(
    ("i", "me", "we", "us", "you", "many", "some", "most", "others", "few", "all", "both", "each", "none", "those", "these", "this", "that")
)


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody who has spoken: what a later pronoun can stand for."""

    at: int
    paragraph: int
    speaker: str | None
    kind: SourceType
    sort: Sort
    gender: str = ""
    nested: bool = False  # quoted by somebody else: "Roe said that Poe denied it"


class Speakers:
    """What one article tells about the people in it. Sources must be resolved in text order.

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
        self._quoted, self._quoted_starts = quoted, [q.start for q in quoted]
        self._flat = flat or text
        self._full: dict[str, dict[str, str]] = {}  # last name -> first name -> full name as first printed
        self._first: dict[str, set[str]] = {}  # first name -> full names
        self._count: Counter[str] = Counter()  # full name -> times printed in full
        self._mentions: dict[str, list[tuple[int, int]]] = {}
        self._types: dict[str, SourceType] = {}
        self._gender: dict[str, str] = {}
        self._by_role: dict[str, list[tuple[int, str]]] = {}  # role -> (where it was given, to whom)
        self._said: list[Source] = []
        self._people: set[str] = set()  # names that are a person's beyond doubt
        self._order: list[tuple[int, str]] = []  # mentions outside quotations, in text order
        self._starts: dict[int, list[Span]] = {}
        self._read_names()

    # ---- who is in the article ----------------------------------------------------------------------------------------------------

    def _read_names(self) -> None:
        found: list[tuple[int, int, str]] = []
        singles: list[tuple[int, int, str]] = []
        plain = re.sub(r"\b(Sen|Rep|Gov|Gen|Adm|Col|Maj|Lt|Sgt|Capt|Dr|Prof|Rev|Mr|Mrs|Ms)\.", r"\1 ", self.text)
        for paragraph in self.paragraphs:
            for match in NAME.finditer(plain, paragraph.start, paragraph.end):
                words = match.group()
                if name := person(words) if len(words.split(maxsplit=1)) > 1 else "":
                    found.append((match.start(), match.end(), name))
                elif single := name_in(words):
                    singles.append((match.start(), match.end(), single))
        printed = Counter(name for _, _, name in found)
        for start, end, name in found:
            parts = name.split()
            if len(parts) > 2 and printed[" ".join(parts[-2:])] and parts[0].lower() not in given_names():
                name, parts = " ".join(parts[-2:]), parts[-2:]  # "Leadership Jan Roe"
            full = self._full.setdefault(parts[-1], {}).setdefault(parts[0], name)
            self._first.setdefault(parts[0], set()).add(full)
            self._count[full] += 1
            mentions = self._mentions.setdefault(full, [])
            if len(mentions) < _MENTIONS:
                mentions.append((start, end))
            if parts[0].lower() in given_names() or _OF_A_PERSON.match(plain, end) or _said_before(plain, start):
                self._people.add(full)
            if full not in self._gender and (gender := given_names().get(parts[0].lower())):
                self._gender[full] = gender
            self._order.append((start, full))
        for start, _, single in singles:
            if full := self._who(single, start):
                self._order.append((start, full))
                self._people.add(full)  # places are not shortened to their last words
        self._order = sorted((start, full) for start, full in self._order if not self._is_quoted(start))
        for full, mentions in self._mentions.items():
            for words, at in self._introductions(mentions):
                self._note(full, words, at)
        self._vote()

    def _is_quoted(self, at: int) -> bool:
        i = bisect_right(self._quoted_starts, at) - 1
        return i >= 0 and at < self._quoted[i].end

    def _vote(self) -> None:
        """Gender by the pronouns that follow, where no other person was named since."""
        votes: dict[str, Counter[str]] = {}
        starts = [start for start, _ in self._order]
        for paragraph in self.paragraphs:
            for match in _PRONOUN.finditer(self.text, paragraph.start, paragraph.end):
                i = bisect_left(starts, match.start()) - 1
                low = bisect_left(starts, max(paragraph.start, match.start() - 200))
                if i < low or self._order[i][1] not in self._people or self._is_quoted(match.start()):
                    continue
                if len({full for _, full in self._order[max(low, i - 8) : i + 1]}) == 1:
                    votes.setdefault(self._order[i][1], Counter())["m" if match.group(1) else "f"] += 1
        for full, count in votes.items():
            (gender, n), *rest = count.most_common()
            if full not in self._gender and (not rest or n > 2 * rest[0][1]):
                self._gender[full] = gender

    def _who(self, single: str, at: int, gender: str = "") -> str:
        """The person called ``single``, a last or (where nobody bears it as last name) first name; "" if that is open."""
        several = [name for name in self._full.get(single, {}).values() if not gender or self._gender.get(name, gender) == gender]
        if len(several) > 1:
            (name, n), (_, following) = Counter({name: self._count[name] for name in several}).most_common(2)
            known = [name for name in several if name.split()[0].lower() in given_names()]
            return name if n >= 3 * following else known[0] if len(known) == 1 else ""
        if several:
            return several[0]
        first = self._first.get(single, ()) if single not in self._full else ()
        return next(iter(first)) if len(first) == 1 else ""

    def _introductions(self, mentions: Sequence[tuple[int, int]]) -> Iterator[tuple[str, int]]:
        """(words, offset) of the apposition after and the title before a mention."""
        for start, end in mentions:
            following = self.text[end : end + 160]
            found = _INTRODUCED.match(following)
            age, apposed = (found.group(1), found.group(2)) if found else (None, None)
            if apposed and "," not in following[: found.start(2) if found else 0] and not _COPULA.match(apposed):
                apposed = None  # "Jan Roe walked to the mayor"
            if apposed and ((first := apposed.split(maxsplit=1)[0]) in cues() or is_adverb(first) or first.endswith("ing")):
                apposed = None  # "Jan Roe, told reporters", "Jan Roe, bluntly calling"
            if apposed and (states := _STATES.match(apposed)):
                apposed = apposed[states.end() :]
            before = re.split(r"[.,;:“”\"\n]", self.text[max(0, start - 40) : end])[-1]
            yield " ".join(before.split()[-7:]), start
            if apposed:
                yield apposed.split(",")[0], start
            if age:
                yield f"{self.text[start:end]}{age}", start

    def _note(self, full: str, words: str, at: int) -> None:
        """Remember the role by which a person is introduced, for "the mayor" later on."""
        described = describe(words)
        if described.sort in ("person", "people") and described.role:
            self._people.add(full)
            given = self._by_role.setdefault(described.role, [])
            if not given or given[-1][1] != full:
                given.append((at, full))
        low = words.lower()
        if full not in self._gender and (gender := "m" if _MAN.search(low) else "f" if _WOMAN.search(low) else ""):
            self._gender[full] = gender

    def _type(self, full: str) -> SourceType:
        """Kind of source of a person by the introductions anywhere in the article."""
        if full not in self._types:
            kind: SourceType = "unknown"
            for words, _ in self._introductions(self._mentions.get(full, ())):
                found = describe(words)
                if found.kind in ("document", "unnamed", "unknown") or (kind != "unknown" and not found.role):
                    continue
                if kind == "unknown" or kind == "citizen" != found.kind:
                    kind = found.kind
            if kind != "official":
                kind = well_known()[0].get(f"{full.split()[0]} {full.split()[-1]}", kind)
            self._types[full] = kind
        return self._types[full]

    # ---- who a source is ------------------------------------------------------------------------------------------------------------

    def resolve(self, source: Span, number: int, *, nested: bool = False) -> Who:
        """Full name (None if open), kind and whatever else the article tells of the source that stands at ``source`` in paragraph ``number``.

        ``nested`` says that the source stands inside what somebody else is said to have said.
        """
        words = " ".join(source.of(self.text).split())
        low = words.lower()
        if low in ("who", "which", "that", "whose"):
            words, low = self._antecedent(source.start, number, low)
        if low in ("he", "she"):
            found = self._pronoun(_GENDER[low], source.start, number)
        elif low in ("it", "they"):
            found = self._thing(source.start, number, plural=low == "they")
        elif low in _NOT_SPEAKERS or not low:
            return Who()
        else:
            found = self._read(words, source.start, number)
        if found:
            self._said.append(replace(found, nested=nested))
            return Who(found.speaker, found.kind)
        return Who()

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
        i = bisect_left(self._order, (at, "")) - 1
        near = i >= 0 and self._order[i][0] >= at - len(before) and not re.search(r"[.;:]\s", self.text[self._order[i][0] : at])
        return (self._order[i][1], self._order[i][1].lower()) if near else (words, words.lower())

    def _read(self, words: str, at: int, number: int) -> Source | None:
        """A source that is named or described."""
        described = describe(words)
        kind, sort, low = described.kind, described.sort, words.lower()
        name = name_in(words)
        if apposed := _APPOSED.match(words):
            first, behind = words[: apposed.end()].split(",")[0], person(words[apposed.end() :])
            title = words[apposed.end() :].partition(behind)[0] if behind else "behind"
            titled = title.count(" ") < 3 and title == title.lstrip("abcdefghijklmnopqrstuvwxyz")
            if titled and not (name and first.endswith(name)) and (described.role or _POSSESSIVE.match(words)):
                name = behind  # "Its leader, Anders Quill"
        gender = _GENDER.get(low.split()[0].rstrip("."), "")
        full = self._full_name(name, at, gender)
        if full:
            sort = "person"
        if not full and not name and (called := re.match(r"(?:the|our|that) ([\w’'-]+(?: [\w’'-]+){0,2})$", low)):
            full = self._called(called.group(1), at) or full
        if described.role.endswith("president") and _POSSESSIVE.match(words):
            beside = self._beside(words, Described(leans=True), at, number)
            kind = beside if beside != "unknown" else kind
        if kind == "unknown" and full:
            kind = self._type(full)
        if kind == "unknown":
            kind = self._beside(words, described, at, number)
        if full:
            if self._type(full) == "unknown" or (self._types[full] == "citizen" and described.role):
                self._types[full] = kind
            if gender:
                self._gender[full] = gender
            self._note(full, words, at)
            return Source(at, number, full, kind, "person", self._gender.get(full, ""))
        if name and kind == "unknown" and sort != "people":
            known = well_known()[1].get(name)
            if known and not self._full.get(name):
                return Source(at, number, known, well_known()[0][known], "person", given_names().get(known.split()[0].lower(), ""))
        if not sort and _MAN.search(low):
            gender = "m"
        gender = gender or ("m" if _MAN.search(low) else "f" if _WOMAN.search(low) else "")
        institution = name if name and is_institution(name) else ""
        if not institution and " " in name and sort in ("body", ""):
            institution = name
        if institution and sort in ("body", ""):
            return Source(at, number, institution, kind, "body")
        if name and not sort:
            sort = "person"
        return Source(at, number, None, kind, sort or ("people" if low.split()[0].endswith("s") else ""), gender)

    def _full_name(self, name: str, at: int, gender: str) -> str:
        """The person's full name; "" if this is no person or the article gives it to nobody, or to several."""
        if not name or is_institution(name):
            return ""
        if name.isupper() and len(name) > 3:
            name = self._lowered(name)
        if " " not in name:
            return self._who(name, at, gender)
        several = self._full.get(name.split()[-1], {})
        return several.get(name.split()[0], "")

    def _lowered(self, name: str) -> str:
        """LARS EIDER as the article prints it elsewhere, else with capitals at the beginning of words if the first is a given name."""
        lowered = " ".join(part.capitalize() for part in name.split())
        first, last = lowered.split()[0], lowered.split()[-1]
        if " " in lowered and last not in self._full and first.lower() in given_names():
            self._full.setdefault(last, {})[first] = lowered
            self._gender[lowered] = given_names()[first.lower()]
        return lowered

    def _called(self, role: str, at: int) -> str:
        """The one person whom the article has called so before."""
        found = next((self._by_role[entry] for entry in (role, role.split()[-1]) if entry in self._by_role), [])
        who = ""
        for where, full in found:
            if where < at and full != who:
                if who:
                    return ""
                who = full
        return who

    def _beside(self, words: str, described: Described, at: int, number: int) -> SourceType:
        """Kind of source by whom it belongs to: "her office", "Roe's lawyer", "a spokesman for Roe", "its head"."""
        owner = _POSSESSIVE.match(words)
        if owner:
            pronoun = owner.group(1).lower()
            gender = {"his": "m", "her": "f"}.get(pronoun, "")
            of = self._pronoun(gender, at, number) if gender else self._thing(at, number, plural=pronoun == "their")
            return of.kind if of and described.leans else "unknown"
        if not described.leans:
            return "unknown"
        for pattern in (_GENITIVE, _OF_SOMEBODY):
            if match := pattern.search(words):
                of_words = words[: match.start()] if pattern is _GENITIVE else words[match.end() :]
                full = self._full_name(name_in(of_words), at, "")
                return self._type(full) if full else "unknown"
        if described.sort == "person" and described.role.startswith("spokes") and not name_in(words):
            of = self._thing(at, number, plural=False)
            return of.kind if of else "unknown"
        return "unknown"

    # ---- pronouns -------------------------------------------------------------------------------------------------------------------

    def _sentences(self, number: int) -> list[Span]:
        if number not in self._starts:
            self._starts[number] = sentences(self._flat, self.paragraphs[number])
        return self._starts[number]

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
                named = [full for _, full in self._named(span.start, min(span.end, at)) if full in self._people]
                fitting = [full for full in named if self._gender.get(full, gender) == gender]
                if fitting:
                    full = next((full for full in fitting if full in self._gender), fitting[0])
                    return self._as(Source(at, number, full, self._type(full), "person"), gender, at, number)
        return None

    def _named(self, start: int, end: int) -> list[tuple[int, str]]:
        return self._order[bisect_left(self._order, (start, "")) : bisect_left(self._order, (end, ""))][:20]

    def _fits(self, source: Source, gender: str) -> bool:
        known = self._gender.get(source.speaker or "", source.gender)
        return source.sort == "person" and known in ("", gender)

    def _as(self, source: Source, gender: str, at: int, number: int) -> Source:
        """The same source speaking again."""
        if source.speaker:
            self._gender.setdefault(source.speaker, gender)
        return Source(at, number, source.speaker, source.kind, "person", gender)

    def _thing(self, at: int, number: int, *, plural: bool) -> Source | None:
        """The institution, text or group meant by "it" or "they": the last that spoke, else the first listed of the sentences before."""
        sorts = ("people", "body") if plural else ("body", "text")
        for back in range(2):
            if number < back:
                break
            spoke = [s for s in self._said[-20:] if s.paragraph == number - back and s.at < at and s.sort in sorts]
            spans = self._sentences(number - back)
            last = bisect_right(spans, at, key=lambda s: s.start)
            for span in reversed(spans[max(0, last - 3) : last]):
                said = [s for s in spoke if span.start <= s.at]
                if said:
                    return Source(at, number, said[-1].speaker, said[-1].kind, said[-1].sort)
                words = self.text[span.start : min(span.end, at, span.start + 200)]
                found = _opening_body(words, sorts)
                if found and not self._is_quoted(span.start):
                    return Source(at, number, found[0], found[1], "body")
            if spoke:
                return Source(at, number, spoke[-1].speaker, spoke[-1].kind, spoke[-1].sort)
        return None


def _said_before(text: str, at: int) -> bool:
    """Is the word before one of saying ("said Corran Ness")?"""
    before = text[max(0, at - 20) : at].split()
    return bool(before) and before[-1] in cues()


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
        if sort in sorts and kind not in ("by_institution", "unnamed"):
            return None, describe(" ".join(low[at : at + len(entry.split())])).kind
        break
    for at, entry in listed(split(words)[:12], 1):  # "An amendment by the Civic Union was defeated. Its leader ..."
        if "body" in sorts and at and is_named(entry):
            return None, describe(entry).kind
    return None
