"""The people whom one article names: full names behind last names, what they are introduced as, and whether "he" or "she" fits."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from framing.choices import SourceType
from framing.english.clauses import is_adverb
from framing.english.cues import cues
from framing.english.names import OFFICE, SUFFIX, stop_of_none, title_stop
from framing.english.people import HE_OR_SHE, gender_of, given_names, one_office
from framing.measuring.attribution.sides import is_people, owner, party_tag, side_of
from framing.measuring.attribution.source_types import NAME, describe, is_institution, listed, name_in, person, roles, split, well_known
from framing.text import Span

_MENTIONS = 6  # mentions of a person that are searched for an introduction
_NAMESAKES = 20  # of one last name, beyond which it is left open
_TITLE_DOT = re.compile(title_stop())
_INTRODUCED = re.compile(
    r"(?:['’]s)?\s*(?:\([^()\n]{1,40}\))?(?:(,\s+(?:aged\s)?\d\d\b),?(?:\s+)?)?"
    r"(?:,?\s*((?:an?|the|who|former|his|her|its|our|[a-z]{3,20})\b[^.;“”\"\n]{2,80}|(?:[^\W\d_a-z][\w.’'-]*\s){1,4}[a-z][^.;,“”\"\n]{2,60}))?"
)
_BREAKS = re.compile(rf"[,;:()“”\"\n]|{stop_of_none(OFFICE)}")
_CLAUSE = re.compile(r"\b(?:about|after|against|and|as|at|before|by|for|from|in|of|on|that|to|told|when|while|with)\s")
_OF_A_PERSON = re.compile(r",? (?:who|whose)\b|, [1-9]\d\b")
_STATES = re.compile(r"(?:is|was)\s+(?=an?\b|the\b)")
_COPULA = re.compile(r"(?:an?|the|who|former|his|her|its|our|of|from|at|is|was|one)\b")
_OF_SOMEBODY = re.compile(r"(?:[^\W\d_a-z][\w-]*\s){0,3}[^\W\d_a-z][\w-]*['’]s\s(?=\S)")
_SUFFIX = re.compile(rf"\s(?:{SUFFIX})\.?$")
_COMPOUND = re.compile(r"-[a-z]{3,}$")
_NO_LONGER = re.compile(r"\b(?:former|ex|late|onetime|retired|then|candidate|nominee|hopeful)\b", re.IGNORECASE)
_NOT_ALONE = ("vice", "deputy", "prime", "assistant", "former", "first")
_AGES = (*"0123456789", "-year-old")
_FILLERS = frozenset(("then", "new", "own", "current", "outgoing", "longtime", "veteran", "same", "incumbent"))


def owned_by(words: str) -> str:
    """The name behind a genitive ("Jan Roe" of "CP's Jan Roe"); "" if there is none."""
    found = _OF_SOMEBODY.match(words)
    return person(words[found.end() :]) if found else ""


class People:
    """What one article tells about the people in it.

    Parameters
    ----------
    text : str
    paragraphs : sequence of Span
        Where people are looked for.
    quoted : sequence of Span
        Quotations: who is named inside them is nobody's "he" outside.
    """

    def __init__(self, text: str, paragraphs: Sequence[Span], quoted: Sequence[Span] = ()) -> None:
        self.text = text
        self.known: set[str] = set()  # names that are a person's beyond doubt
        self.gender: dict[str, str] = {}
        self.order: list[tuple[int, str]] = []  # mentions outside quotations, in text order
        self.others: list[tuple[int, int]] = []  # capitalised words that are no full name of a person
        self._quoted, self._quoted_starts = quoted, [q.start for q in quoted]
        self._full: dict[str, dict[str, str]] = {}  # last name -> first name -> full name as first printed
        self._first: dict[str, set[str]] = {}  # first name -> full names
        self._count: Counter[str] = Counter()  # full name -> times printed in full
        self._mentions: dict[str, list[tuple[int, int]]] = {}
        self._words: dict[str, list[str]] = {}  # full name -> titles and appositions beside it
        self._types: dict[str, SourceType] = {}
        self._sides: dict[str, str | None] = {}
        self._by_role: dict[str, list[tuple[int, str]]] = {}  # role -> (where it was given, to whom; "" for somebody without a name)
        self._noted: list[tuple[int, str, str, str]] = []  # what is to be put into _by_role when somebody asks
        self._by_age: dict[str, str] = {}
        self._read(paragraphs)
        self._vote(paragraphs)

    # ---- reading the article --------------------------------------------------------------------------------------------------------

    def _read(self, paragraphs: Sequence[Span]) -> None:
        found: list[tuple[int, int, str]] = []
        singles: list[tuple[int, int, str]] = []
        plain = _TITLE_DOT.sub(" ", self.text)
        for paragraph in paragraphs:
            for match in NAME.finditer(plain, paragraph.start, paragraph.end):
                words = match.group()
                several = " " in words or "\n" in words
                if name := person(words) if several else "":
                    found.append((match.start(), match.end(), _SUFFIX.sub("", name)))
                    continue
                if several and (owned := _OF_SOMEBODY.match(words)) and (name := person(words[owned.end() :])):
                    found.append((match.start() + owned.end(), match.end(), _SUFFIX.sub("", name)))  # "CP's Jan Roe"
                    continue
                if several or words.isupper() or plain.startswith(" of ", match.end()):
                    self.others.append(match.span())
                if single := name_in(words):
                    singles.append((match.start(), match.end(), single))
        printed = Counter(name for _, _, name in found)
        for start, end, name in found:
            parts = name.split()
            if len(parts) > 2 and printed[" ".join(parts[-2:])] and parts[0].lower() not in given_names():
                name, parts = " ".join(parts[-2:]), parts[-2:]  # "Leadership Jan Roe"
            if len(parts) < 2 or _COMPOUND.search(parts[-1]) or (is_people(parts[-1]) and parts[0].lower() not in given_names()):
                continue  # "White House-era", "African American"
            self._see(self._as_printed(parts, name), parts[0], start, end, plain)
        for start, end, single in singles:
            if full := self.who(single, start):
                self.order.append((start, full))
                self.known.add(full)  # places are not shortened to their last words
                titled = self._mentions[full]
                if " " in plain[start:end].strip() and len(titled) < _MENTIONS:
                    titled.append((start, end))  # "President Roe"
        self.order = sorted((start, full) for start, full in self.order if not self.is_quoted(start))
        for full, mentions in self._mentions.items():
            for words, at in self._introductions(full, mentions):
                self._words.setdefault(full, []).append(words)
                self.note(full, words, at)

    def _as_printed(self, parts: Sequence[str], name: str) -> str:
        """The full name under which this person goes: as first printed, a short form of the first name counting as the same."""
        namesakes = self._full.setdefault(parts[-1], {})
        first = parts[0]
        if first not in namesakes and len(namesakes) < _NAMESAKES:
            short = next((other for other in namesakes if min(len(other), len(first)) > 2 and _same(other, first)), first)
            if short != first:
                namesakes[first] = namesakes[short]  # "Tim Roe", "Timothy Roe"
        return namesakes.setdefault(first, name)

    def _see(self, full: str, first: str, start: int, end: int, plain: str) -> None:
        """Count one printing of a full name."""
        self._first.setdefault(first, set()).add(full)
        self._count[full] += 1
        mentions = self._mentions.setdefault(full, [])
        if len(mentions) < _MENTIONS:
            mentions.append((start, end))
        if first.lower() in given_names() or _OF_A_PERSON.match(plain, end) or _said_before(plain, start):
            self.known.add(full)
        if full not in self.gender and (gender := given_names().get(first.lower())):
            self.gender[full] = gender
        self.order.append((start, full))

    def is_quoted(self, at: int) -> bool:
        i = bisect_right(self._quoted_starts, at) - 1
        return i >= 0 and at < self._quoted[i].end

    def _vote(self, paragraphs: Sequence[Span]) -> None:
        """Gender by the pronouns that follow, where no other person was named since."""
        votes: dict[str, Counter[str]] = {}
        starts = [start for start, _ in self.order]
        for paragraph in paragraphs:
            for match in HE_OR_SHE.finditer(self.text, paragraph.start, paragraph.end):
                i = bisect_left(starts, match.start()) - 1
                low = bisect_left(starts, max(paragraph.start, match.start() - 200))
                if i < low or self.order[i][1] not in self.known or self.is_quoted(match.start()):
                    continue
                if len({full for _, full in self.order[max(low, i - 8) : i + 1]}) == 1:
                    votes.setdefault(self.order[i][1], Counter())["m" if match.group(1) else "f"] += 1
        for full, count in votes.items():
            (gender, n), *rest = count.most_common()
            if full not in self.gender and (not rest or n > 2 * rest[0][1]):
                self.gender[full] = gender

    def _introductions(self, full: str, mentions: Sequence[tuple[int, int]]) -> Iterator[tuple[str, int]]:
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
            before = _BREAKS.split(self.text[max(0, start - 40) : end])[-1]
            title = " ".join(before.split()[-7:])
            if " " in title and title != full:
                yield title, start
            if apposed:
                yield apposed.split(",")[0], start
            if age:
                yield f"{self.text[start:end]}{age}", start
            if party_tag(following):
                yield following[:6], start

    def note(self, full: str, words: str, at: int) -> None:
        """Remember the roles by which a person is introduced, for "the mayor" later on; ``full`` is "" for one without a name."""
        described = describe(words)
        if described.sort in ("person", "people") and described.role:
            if full:
                self.known.add(full)
            if not (full and _NO_LONGER.search(words)):
                self._noted.append((at, full, words, described.role))
        if full and full not in self.gender and (gender := gender_of(words)):
            self.gender[full] = gender
        if full and words.endswith(_AGES) and (age := re.search(r"\b([1-9]\d)(?:-year-old)?$", words)):
            self._by_age[age.group(1)] = "" if self._by_age.get(age.group(1), full) != full else full

    # ---- what it tells ----------------------------------------------------------------------------------------------------------------

    def who(self, single: str, at: int, gender: str = "") -> str:
        """The person called ``single``, a last or (where nobody has it as last name) first name; "" if that is open."""
        namesakes = self._full.get(single, {})
        if len(namesakes) >= _NAMESAKES:
            return ""
        several = [name for name in dict.fromkeys(namesakes.values()) if not gender or self.gender.get(name, gender) == gender]
        if len(several) > 1:
            (name, n), (_, following) = Counter({name: self._count[name] for name in several}).most_common(2)
            known = [name for name in several if name.split()[0].lower() in given_names()]
            return name if n >= 3 * following else known[0] if len(known) == 1 else ""
        if several:
            return several[0]
        first = self._first.get(single, ()) if single not in self._full else ()
        return next(iter(first)) if len(first) == 1 else ""

    def full_name(self, name: str, at: int, gender: str = "") -> str:
        """The person's full name; "" if this is no person or the article gives it to nobody, or to several."""
        if not name or is_institution(name):
            return ""
        if name.isupper() and len(name) > 3:
            name = self._lowered(name)
        name = _SUFFIX.sub("", name)
        if " " not in name:
            return self.who(name, at, gender)
        several = self._full.get(name.split()[-1], {})
        return several.get(name.split()[0], "")

    def has_last_name(self, name: str) -> bool:
        return bool(self._full.get(name))

    def is_name(self, words: str) -> bool:
        """Is one of these words a first or last name of somebody in the article?"""
        return any(word in self._full or word in self._first for word in words.split())

    def _lowered(self, name: str) -> str:
        """LARS EIDER as the article prints it elsewhere, else with capitals at the beginning of words if the first is a given name."""
        lowered = " ".join(part.capitalize() for part in name.split())
        first, last = lowered.split()[0], lowered.split()[-1]
        if " " in lowered and last not in self._full and first.lower() in given_names():
            self._full.setdefault(last, {})[first] = lowered
            self.gender[lowered] = given_names()[first.lower()]
        return lowered

    def called(self, words: str, at: int) -> str | None:
        """The one person whom the article has called so before ("the mayor", "the city's mayor"); None if it is open or nobody."""
        if age := re.match(r"(\d\d)-year-old\b", words):
            return self._by_age.get(age.group(1)) or None
        parts = [part for part in words.split() if part not in _FILLERS]
        for n in range(len(parts), 0, -1):
            role = " ".join(parts[-n:])
            if found := self._bearers(role):
                return self._bearer(found, parts[:-n], at)
        return None

    def _bearers(self, role: str) -> Sequence[tuple[int, str]]:
        """Where the article gave this role, and to whom."""
        for at, full, words, first in self._noted:
            for entry in _roles_in(words, first):
                given = self._by_role.setdefault(entry, [])
                if not given or given[-1][1] != full:
                    given.append((at, full))
        self._noted.clear()
        return self._by_role.get(one_office().get(role, role), ())

    def _bearer(self, found: Sequence[tuple[int, str]], modifiers: Sequence[str], at: int) -> str | None:
        """Of those who had a role the one before ``at`` whose introductions contain the other words."""
        who: str | None = None
        for where, full in found[:8]:
            told = " ".join(self._words.get(full, ())).lower()
            if where >= at or full == who or not all(word in told for word in modifiers):
                continue
            if who is not None:
                return None
            who = full
        return who or None

    def bears(self, role: str) -> bool:
        """Is anybody with a name called so, at any place of the article?"""
        return any(full for _, full in self._bearers(role)[:8])

    def type(self, full: str) -> SourceType:
        """Kind of source of a person by the introductions anywhere in the article."""
        if full not in self._types:
            kind: SourceType = "unknown"
            for words in self._words.get(full, ()):
                found = describe(words)
                if found.kind in ("document", "unknown") or (kind != "unknown" and not found.role):
                    continue
                if kind == "unknown" or kind == "citizen" != found.kind:
                    kind = found.kind
            if kind != "official":
                kind = well_known().get(f"{full.split()[0]} {full.split()[-1]}", kind)
            self._types[full] = kind
        return self._types[full]

    def learn_type(self, full: str, kind: SourceType, *, better: bool) -> None:
        """Take a kind that the words of a source gave, where introductions gave none (or only an age)."""
        if self.type(full) == "unknown" or (self._types[full] == "citizen" and better):
            self._types[full] = kind

    def side(self, full: str) -> str | None:
        """Country or camp of a person by the introductions anywhere in the article."""
        if full not in self._sides:
            kind = self.type(full)
            name = full.split()[-1]
            beside = (w for w in self._words.get(full, ()) if name in w or party_tag(w) or describe(w).sort in ("person", "people"))
            told = (self.side_in(_title(words, full), kind) for words in beside)  # not "Roe, the Russian plan"
            self._sides[full] = next(filter(None, told), None)
        return self._sides[full]

    def side_in(self, words: str, kind: SourceType) -> str | None:
        """The side these words give, a genitive of a place that no list knows included ("Calderra's prime minister")."""
        if side := side_of(words, kind):
            return None if self.is_name(side) and side in words else side  # "Rep. Jordan"
        owned = owner(words)
        return owned if owned and not self.is_name(owned) and not is_institution(owned) else None

    def learn_side(self, full: str, side: str | None) -> None:
        if side and not self.side(full):
            self._sides[full] = side


@lru_cache(maxsize=16384)
def _roles_in(words: str, first: str) -> tuple[str, ...]:
    """The roles in these words under the names by which they are looked up; ``first`` is one of them."""
    head = re.split(r"\s(?:for|of|to|at|in|who)\s", words, maxsplit=1)[0]
    found = {first, *(entry for _, entry in listed(split(head), 0) if roles()[entry][1] in ("person", "people"))}
    named = {one_office().get(role, role) for role in found}
    return tuple(sorted(named | {role.split()[-1] for role in named if " " in role and not role.startswith(_NOT_ALONE)}))


def _title(words: str, full: str) -> str:
    """What stands before a name without the name and without the clause before it: "he told the Russians that President Roe"."""
    name = full.split()[-1]
    return _CLAUSE.split(words.rpartition(name)[0])[-1].replace(full.split()[0], " ") if name in words else words


def _same(first: str, other: str) -> bool:
    """Is one of two first names the short form of the other ("Tim", "Timothy", but not "Jan", "Janet")?"""
    if not (first.startswith(other) or other.startswith(first)):
        return False
    genders = given_names().get(first.lower()), given_names().get(other.lower())
    return None in genders or genders[0] == genders[1]


def _said_before(text: str, at: int) -> bool:
    """Is the word before one of saying ("said Corran Ness")?"""
    before = text[max(0, at - 20) : at].split()
    return bool(before) and before[-1] in cues()
