"""The people whom one article names: who bears which title when, what kind of source they are, and whether "he" or "she" fits."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from framing.choices import SourceType
from framing.english.clauses import is_adverb
from framing.english.cues import cues
from framing.english.grammar import word_class
from framing.english.held import holds, kind_at, offices, offices_at
from framing.english.names import OFFICE, stop_of_none
from framing.english.people import HE_OR_SHE, TITLE_GENDER, gender_of, given_names, is_kin, one_office
from framing.measuring.attribution.sides import owner, party_tag, side_of
from framing.measuring.attribution.source_types import describe, is_institution, listed, roles, split, well_known
from framing.measuring.names.types import Name
from framing.text import Span

_MENTIONS = 6  # mentions of a person that are searched for an introduction
_SEARCHED = 60  # mentions that are looked at until so many of them are found to have one
_INTRODUCED = re.compile(
    r"(?:['’]s)?\s*(?:\([^()\n]{1,40}\))?(?:(,\s+(?:aged\s)?\d\d\b),?(?:\s+)?)?"
    r"(?:,?\s*((?:an?|the|who|former|his|her|its|our|[a-z]{3,20})\b[^.;“”\"\n]{2,80}|(?:[^\W\d_a-z][\w.’'-]*\s){1,4}[a-z][^.;,“”\"\n]{2,60}))?"
)
_BREAKS = re.compile(rf"[,;:()“”\"\n]|{stop_of_none(OFFICE)}")
_CLAUSE = re.compile(r"\b(?:about|after|against|and|as|at|before|by|for|from|in|of|on|that|to|told|when|while|with)\s")
_STATES = re.compile(r"(?:is|was)\s+(?=an?\b|the\b)")
_IS_A = re.compile(r"\s+(?:is|was)\s+((?:an?|the)\s[^.;:,“”\"\n]{3,80})")
_COPULA = re.compile(r"(?:an?|the|who|former|his|her|its|our|of|from|at|is|was|one)\b")
_NO_LONGER = re.compile(r"\b(?:former|ex|late|onetime|retired|then|candidate|nominee|hopeful|elect)\b", re.IGNORECASE)
_NOT_ALONE = ("vice", "deputy", "prime", "assistant", "former", "first")
_FORMER = re.compile(r"(?:former|ex|onetime|retired)\b", re.IGNORECASE)
_LOOSE = re.compile(r"-|^\d|^(?:embattled|outgoing|newly|elected|term|first|second|powerful|popular|conservative|liberal|moderate)$")
_AGES = (*"0123456789", "-year-old")
_FILLERS = word_class("filler", "measuring/attribution/words")
_SUFFIXES = word_class("suffix")
_SURELY_MORE = 3  # times as often as any namesake must a person be printed in full for the last name alone to mean this one
_NEAR = 600  # characters within which of several bearers of an office the one named there is meant
_APART = 150  # characters between the first mentions of two of one name, beyond which they are not introduced together
_LISTED = frozenset(
    (
        "vice president",
        "prime minister",
        "president",
        "chancellor",
        "premier",
        "minister",
        "senator",
        "congressman",
        "congresswoman",
        "governor",
        "speaker",
    )
)
_SHORT = 4  # letters of a last name that is not looked for misspelt
_BEARERS = 20  # of one office, and mentions, that are looked at


class People:
    """What one article tells about the people in it.

    Parameters
    ----------
    text : str
    names : sequence of Name
        Of the article, as :func:`framing.find_names` gives them: nobody else speaks.
    paragraphs : sequence of Span
    quoted : sequence of Span
        Quotations: who is named inside them is nobody's "he" outside.
    date : datetime.date or None
        Of the article: who holds an office then is called by it.
    """

    def __init__(
        self, text: str, names: Sequence[Name], paragraphs: Sequence[Span], quoted: Sequence[Span] = (), date: datetime.date | None = None
    ) -> None:
        self.text, self.date = text, date
        self.mentions = [name for name in names if name.kind == "person"]
        self._starts = [name.span.start for name in self.mentions]
        self._quoted, self._quoted_starts = quoted, [q.start for q in quoted]
        self.order = [(name.span.start, name.name) for name in self.mentions if not self.is_quoted(name.span.start)]
        self.gender: dict[str, str] = {}
        self._by_last: dict[str, Counter[str]] = {}  # last name -> who bears it, with how often in full
        self._first: set[str] = set()  # first names in lower case
        self._at: dict[str, list[Span]] = {}
        self._words: dict[str, list[str]] = {}  # person -> titles and appositions beside the name
        self._told: dict[str, list[tuple[Span, bool]]] = {}  # person -> where they stand, and whether before the name
        self._types: dict[str, SourceType] = {}
        self._sides: dict[str, str | None] = {}
        self._by_role: dict[tuple[str, bool], list[tuple[int, str]]] = {}  # role, also former bearers? -> (where given, to whom or "")
        self._noted: list[tuple[int, str, str]] = []  # what is to be put into _by_role when somebody asks
        self._by_age: dict[str, str] = {}
        self._shorter: dict[str, list[str]] = {}  # last names and what one letter less leaves of them -> last names
        self._holding: dict[str, list[str]] = {}  # office -> who holds it at the article's date
        self._read()
        self._vote(paragraphs)

    # ---- reading the article --------------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        for mention in self.mentions:
            full = mention.name
            several = self._at.setdefault(full, [])
            several.append(mention.span)
            printed = mention.span.of(self.text)
            in_full = " " in printed or " " not in full
            self._first.add(full.split()[0].casefold())
            self._by_last.setdefault(last_name(full), Counter())[full] += in_full
            if full not in self.gender:
                told = self._title_gender(mention.span.start)
                if told := told or given_names().get(full.split()[0].lower(), "") if " " in full else told:
                    self.gender[full] = told
        for full, spans in self._at.items():
            told_by = 0
            for span in spans[:_SEARCHED]:
                found = list(self._introductions(span, self._told.setdefault(full, [])))
                told_by += bool(found)
                for words, at in found:
                    self._words.setdefault(full, []).append(words)
                    self.note(full, words, at)
                if told_by >= _MENTIONS:
                    break

    def _title_gender(self, at: int) -> str:
        """ "m" or "f" by a title such as "Mrs." right before an offset; "" without one."""
        before = self.text[max(0, at - 10) : at].split()
        return TITLE_GENDER.get(before[-1].lower().rstrip(".").lstrip("“\"'("), "") if before else ""

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
                if i < low or self.is_quoted(match.start()):
                    continue
                if len({full for _, full in self.order[max(low, i - 8) : i + 1]}) == 1:
                    votes.setdefault(self.order[i][1], Counter())["m" if match.group(1) else "f"] += 1
        for full, count in votes.items():
            (gender, n), *rest = count.most_common()
            if full not in self.gender and (not rest or n > 2 * rest[0][1]):
                self.gender[full] = gender

    def _introductions(self, mention: Span, told: list[tuple[Span, bool]]) -> Iterator[tuple[str, int]]:
        """(words, offset) of the apposition after and the title before a mention; ``told`` takes in where they stand."""
        start, end = mention
        after = end
        while self.text.startswith("  ", after):
            after += 1  # over what a page inserted there
        following = self.text[after : after + 160]
        found = _INTRODUCED.match(following)
        age, apposed = (found.group(1), found.group(2)) if found else (None, None)
        if apposed and "," not in following[: found.start(2) if found else 0] and not _COPULA.match(apposed):
            apposed = None  # "Jan Roe walked to the mayor"
        if apposed and ((first := apposed.split(maxsplit=1)[0]) in cues() or is_adverb(first) or first.endswith("ing")):
            apposed = None  # "Jan Roe, told reporters", "Jan Roe, bluntly calling"
        if apposed and (states := _STATES.match(apposed)):
            apposed = apposed[states.end() :]
        i = bisect_left(self._starts, start) - 1
        earlier = self.mentions[i].span.end if i >= 0 else 0
        whole = _BREAKS.split(self.text[max(0, start - 60) : end])[-1]
        before = whole[max(0, earlier - (end - len(whole))) :]
        title = " ".join(before.split()[-8:])
        if " " in title and title != self.text[start:end]:
            told.append((Span(end - len(whole), end).trim(self.text), True))
            yield title, start
        if apposed and found:
            apposed = apposed.split(",")[0]
            begins = self.text.find(apposed, after, after + 160)
            told.append((Span(begins, begins + len(apposed)), False))
            yield apposed, start
        if age:
            yield f"{self.text[start:end]}{age}", start
            if is_a := _IS_A.match(following, len(age) + 1):
                yield is_a.group(1), start  # "Mr. Roe, 51, is a journalist"
        elif is_a := _IS_A.match(following):
            yield is_a.group(1), start
        if party_tag(following):
            yield following[:6], start

    def note(self, full: str, words: str, at: int) -> None:
        """Remember the roles by which a person is introduced, for "the mayor" later on; ``full`` is "" for one without a name."""
        self._noted.append((at, full, words))
        if full and full not in self.gender and (gender := gender_of(words)):
            self.gender[full] = gender
        if full and words.endswith(_AGES) and (age := re.search(r"\b([1-9]\d)(?:-year-old)?$", words)):
            self._by_age[age.group(1)] = "" if self._by_age.get(age.group(1), full) != full else full

    def learn(self, full: str, words: str, at: int) -> None:
        """Take the words of a source that is this person as an introduction."""
        known = self._words.setdefault(full, [])
        if words not in known and len(known) < 4 * _MENTIONS:
            known.append(words)
            self.note(full, words, at)

    # ---- what it tells ----------------------------------------------------------------------------------------------------------------

    def sure(self, mention: Name) -> str | None:
        """Whom a mention means; None where only a last name is printed that several bear and neither title nor number tells."""
        printed = mention.span.of(self.text)
        if " " in printed.strip():
            return mention.name
        if printed == mention.name and (full := self.misspelt(printed)):
            return full
        return self.bearer(printed, mention.span.start, mention.name)

    def bearer(self, last: str, at: int, named: str = "") -> str | None:
        """The one person called by this last name at ``at``."""
        several = self._by_last.get(last.casefold(), Counter())
        if len(several) < 2:
            return named or next(iter(several), None)
        title = self._title_gender(at)
        fitting = [full for full in several if not title or self.gender.get(full, title) == title]
        plain = [full for full in fitting if not has_suffix(full)]
        fitting = plain or fitting  # of a father and his son "Jr." the father
        if len(fitting) > 1:
            apart = [full for full in fitting if not self._is_relative(full)]
            fitting = apart or fitting
        if len(fitting) > 1:
            fitting = [full for full in fitting if self._at[full][0].start <= at] or fitting
        if len(fitting) < 2:
            return fitting[0] if fitting else None
        ranked = Counter({full: several[full] for full in fitting}).most_common(2)
        if ranked[0][1] >= _SURELY_MORE * max(1, ranked[1][1]):
            return ranked[0][0]
        main, other, *_ = sorted(fitting, key=lambda full: self._at[full][0].start)
        ahead = self._at[other][0].start - self._at[main][0].start
        if several[main] >= max(several[full] for full in fitting) and main == named and ahead > _APART:
            return main  # whom the article introduces first and names most in full
        end = bisect_left(self.order, (at, ""))
        near = [full for where, full in self.order[max(0, end - 3) : end] if full in fitting and where >= at - _NEAR // 2]
        in_full = [full for full in near if self._printed_in_full(full, at)]
        return in_full[-1] if len(set(in_full)) == 1 else None

    def misspelt(self, word: str) -> str | None:
        """The one person whose last name this is with one letter wrong ("McLenney" for "McClenney"); None for short words."""
        low = word.casefold()
        if len(low) <= _SHORT:
            return None
        if not self._shorter:  # words one letter apart share a form with one letter less, or are that form of each other
            for last in self._by_last:
                for form in _one_less(last):
                    self._shorter.setdefault(form, []).append(last)
        alike = dict.fromkeys(last for form in _one_less(low) for last in self._shorter.get(form, ()))
        near = [last for last in alike if last[0] == low[0] and _one_off(last, low)]
        return self.bearer(near[0], len(self.text)) if len(near) == 1 else None

    def _printed_in_full(self, full: str, at: int) -> bool:
        """Was the full name printed not long before?"""
        spans = self._at[full]
        i = bisect_left(spans, Span(at, at))
        return any(" " in span.of(self.text) and span.start >= at - _NEAR // 2 for span in spans[max(0, i - 3) : i])

    def _is_relative(self, full: str) -> bool:
        """Is this somebody's wife, son or the like, so that the last name alone is somebody else?"""
        return is_kin(self.text, self._at[full][0].start)

    def is_name(self, words: str) -> bool:
        """Is one of these words a last or first name of somebody in the article?"""
        if " " not in words:
            return words.casefold() in self._by_last or words.casefold() in self._first
        return any(word.casefold() in self._by_last for word in words.split())

    def mention_at(self, at: int) -> Span | None:
        """The mention of a person that begins here."""
        i = bisect_left(self._starts, at)
        return self.mentions[i].span if i < len(self.mentions) and self._starts[i] == at else None

    def called(self, words: str, at: int, owner: Name | None = None) -> str | None:
        """The one person whom the article calls so ("the mayor", "the city's mayor"); None if it is open or nobody.

        ``owner`` is whose it is ("Tessmark's mayor"): it must stand in an introduction of that person.
        """
        if age := re.match(r"(\d\d)-year-old\b", words):
            return self._by_age.get(age.group(1)) or None
        former = _FORMER.match(words) is not None
        parts = [part for part in words.split() if part.lower() not in _FILLERS]
        if not former and (holder := self._holder(parts, owner, at)):
            return holder
        for n in range(len(parts), 0, -1):
            role = " ".join(parts[-n:]).lower()
            if found := self._bearers(role, former=former):
                return self._bearer(found, [*parts[:-n], *([owner.name.split()[-1]] if owner else ())], at)
        return None

    def _holder(self, parts: Sequence[str], owner: Name | None, at: int) -> str | None:
        """The one person of the article who holds this office at its date, of the country where one is told ("Mexico's president")."""
        low = [part.lower() for part in parts]
        several = (" ".join(low[-n:]) for n in range(min(4, len(low)), 1, -1))
        role = next((role for role in several if one_office().get(role, role) in offices()), low[-1] if low else "")
        if self.date is None or not (role in _LISTED or (owner and role in offices())):
            return None
        wanted = one_office().get(role, role)
        of = side_of(f"{owner.name}'s {role}" if owner else " ".join(parts), "official")
        if wanted not in self._holding:
            self._holding[wanted] = [full for full in self._at if " " in full and holds(full, wanted, self.date)]
        known = self._holding[wanted]
        if of or role not in _LISTED:
            known = [full for full in known if any(term.of == of for term in offices_at(full, self.date))]
        return known[0] if len(known) == 1 else self.nearest(known, at)

    def nearest(self, several: Collection[str], at: int) -> str | None:
        """The only one of several people named shortly before an offset."""
        end = bisect_left(self.order, (at, ""))
        near = {full for where, full in self.order[max(0, end - _BEARERS) : end] if where >= at - _NEAR and full in several}
        return next(iter(near)) if len(near) == 1 else None

    def _bearers(self, role: str, *, former: bool = False) -> Sequence[tuple[int, str]]:
        """Where the article gave this role, and to whom; those who hold it no longer or not yet only if ``former``."""
        for at, full, words in self._noted:
            described = describe(words)
            past = bool(full) and _NO_LONGER.search(words) is not None
            known = described.sort in ("person", "people") and described.role
            for entry in _roles_in(words, described.role) if known else ():
                for also_former in (True,) if past else (True, False):
                    given = self._by_role.setdefault((entry, also_former), [])
                    if not given or given[-1][1] != full:
                        given.append((at, full))
        self._noted.clear()
        return self._by_role.get((one_office().get(role, role), former), ())

    def _bearer(self, found: Sequence[tuple[int, str]], modifiers: Sequence[str], at: int) -> str | None:
        """Of those who had a role the one before ``at`` whose introductions contain the other words; of several the one named close by."""
        telling = [word.lower() for word in modifiers if word[:1].islower() and not _LOOSE.search(word)]
        loose = [word.lower() for word in modifiers if word.lower() not in telling]
        fitting: dict[str, None] = {}
        for here in (True, False):  # who is called so before, else the one who is so later
            close: dict[str, None] = {}
            for where, full in found[:_BEARERS]:
                told = " ".join(self._words.get(full, ())).lower()
                if (where < at) is here and all(word in told for word in telling) and (full or not loose):
                    fitting[full] = None
                    if loose and all(word in told for word in loose):
                        close[full] = None
            fitting = close or fitting
            if fitting or not modifiers:
                break
        if len(fitting) > 1 and "" not in fitting:
            nearest = self.nearest(fitting, at)
            fitting = {nearest: None} if nearest else fitting
        return (next(iter(fitting)) or None) if len(fitting) == 1 else None

    def bears(self, role: str) -> bool:
        """Is anybody with a name called so, at any place of the article?"""
        return any(full for _, full in self._bearers(role)[:8])

    def introductions(self, full: str) -> Sequence[tuple[Span, bool]]:
        """Where titles (True) and appositions (False) of a person stand, in text order."""
        return self._told.get(full, ())

    def between(self, start: int, end: int) -> Sequence[tuple[int, str]]:
        """The first people named outside quotations from one offset to another."""
        return self.order[bisect_left(self.order, (start, "")) : bisect_left(self.order, (end, ""))][:20]

    def since(self, full: str, at: int) -> Sequence[tuple[int, str]]:
        """The first people named outside quotations from the last mention of one before an offset up to it."""
        spans = self._at[full]
        last = bisect_left(spans, Span(at, at)) - 1
        return self.between(spans[last].start if last >= 0 else at, at)

    def spans(self, full: str) -> Sequence[Span]:
        """Where a person is named, in text order."""
        return self._at[full]

    def everybody(self) -> Collection[str]:
        """The names of all people of the article."""
        return self._at.keys()

    def type(self, full: str) -> SourceType:
        """Kind of source of a person: one in the whole article, by the introductions anywhere in it."""
        if full not in self._types:
            kind: SourceType = "unknown"
            for words in self._words.get(full, ()):
                found = describe(words)
                if found.kind in ("document", "unknown") or (kind != "unknown" and not found.role):
                    continue
                if kind == "unknown" or kind == "citizen" != found.kind:
                    kind = found.kind
            parts = full.split()
            if kind != "official" and not has_suffix(full):
                kind = well_known().get(f"{parts[0]} {parts[-1]}", kind)
            held, now = kind_at(full, self.date) if len(parts) > 1 else (None, False)
            if held and (now or kind in ("unknown", "official", "politician")):
                kind = held
            self._types[full] = kind
        return self._types[full]

    def learn_type(self, full: str, kind: SourceType) -> None:
        """Take the kind of those for whom somebody speaks, where nothing else tells one."""
        if self.type(full) == "unknown":
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


def last_name(full: str) -> str:
    """The last name, in lower case, without "Jr." or "III"."""
    parts = full.casefold().split()
    while len(parts) > 1 and parts[-1].rstrip(".") in _SUFFIXES:
        parts.pop()
    return parts[-1]


def _one_less(word: str) -> list[str]:
    """A word, and all that is left of it without one of its letters."""
    return [word, *dict.fromkeys(word[:i] + word[i + 1 :] for i in range(len(word)))]


def _one_off(one: str, other: str) -> bool:
    """Do two words differ in one letter only, changed, missing or added?"""
    i = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one != other and any(one[i + a :] == other[i + b :] for a, b in ((1, 1), (0, 1), (1, 0)))


def has_suffix(full: str) -> bool:
    return full.casefold().split()[-1].rstrip(".") in _SUFFIXES


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
