"""Who a source is: one of the article's names behind "he", "Roe" and "the mayor", or nobody where the words leave that open."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import cache
from operator import attrgetter

from framing.choices import Naming, SourceType
from framing.english.grammar import word_class, words_of_class
from framing.english.people import PRONOUN_GENDER, TITLE_GENDER, gender_of
from framing.measuring.attribution.anonymity import asked, can_tell, form_of, head_of, is_vague
from framing.measuring.attribution.behalf import body_before, is_delegate, on_behalf, plain_behalf, qualification, title_in
from framing.measuring.attribution.bodies import Bodies
from framing.measuring.attribution.descriptions import Descriptions
from framing.measuring.attribution.parts import Named, Parts
from framing.measuring.attribution.people import People
from framing.measuring.attribution.pronouns import Pronouns, Source
from framing.measuring.attribution.sides import metonym
from framing.measuring.attribution.source_types import describe, polled, roles
from framing.measuring.attribution.types import Who
from framing.measuring.names.types import Name
from framing.measuring.page import Page
from framing.resources import load_table
from framing.text import Span

_GENDER = TITLE_GENDER | {"he": "m", "she": "f"}
_THING = dict.fromkeys(words_of_class("it"), False) | dict.fromkeys(words_of_class("they"), True)
_POSSESSIVE = re.compile(r"(his|her|its|their)\s+(?=\S)", re.IGNORECASE)
_CALLED = re.compile(
    r"(?:(?:the|our|that|this)\s)?((?:[\w’'-]+\s){0,3}[\w’'-]+)(?=$|,|\s\(|\s(?:who|of|for|from|in|himself|herself)\b)", re.IGNORECASE
)
_INDEFINITE = re.compile(r"(?:an?|one|another|some|any|every|each|no|several|many|two|three)\s")
_DEFINITE = re.compile(r"(?:the|our|that|this)\s", re.IGNORECASE)
_OWNED_BY = re.compile(r"(?:^|\s)(his|her)\s", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:(?:the|an?|this|that|its|his|her|their|our|one|another|some|any|recent|new|separate)\s+)+", re.IGNORECASE)
_TEXT_ENDS = re.compile(
    r",|\s\(|\s(?:who|that|which|whose|released|published|issued|obtained|in|on|at|from(?!\sthe\s[A-Z])|posted|sent|dated|last|this)(?=\s|$)"
)
_LINK = re.compile(r"\b(?:to|by|from|with|of|in|at|for)\s")
_LINK_TO = re.compile(r"\b(?:among|against|by|for|from|including|like|of|on|than|to|with)\s")
_APPOSED = re.compile(r"(?:\s*\([^()]{1,30}\))?,\s(?:an?|the|one|chair\w*|head|director|president|former|then)\s[^.;:“”\"]{2,140},\s")
_FOR_THE = re.compile(r"(?:^|,\s)(?:an?\s|the\s)?((?:[\w-]+\s){0,3}[\w-]+)\s(?:for|to|of)\sthe\s((?:[a-z][\w-]*\s){0,2}[a-z][\w-]*)(?=$|,)")
_KNOWN = re.compile(  # "police", "the Vantry police", "local police"
    r"(?:[Tt]he\s)?(?:(?:local|state|federal|city|county|national|[^\W\d_a-z][\w.’'-]*)\s){0,3}[\w-]+$"
)
_OWNED = re.compile(  # "the Roe campaign"
    r"^(?:[Tt]he\s)?(?!(?:The|An?|Some|Many|Most|Other|Several|Another|His|Her|Their|Its)\s)"
    r"[^\W\d_a-z][\w.’'-]*\s(?:[^\W\d_a-z][\w.’'-]*\s)*(?:[a-z][\w-]+\s)?[a-z][\w-]+$"
)
_THIS_ONE = re.compile(
    r"[Tt]h(?:e|at|is)\s(?:\w+\s)?(?:man|woman|worker|employee|resident|lawyer|officer|soldier|student|teacher|nurse|staffer|executive)\b"
)
_AGAIN = re.compile(r"(?:the|that|this|both|these|those)\s(?:[\w-]+\s)?[\w-]+$")
_NOT_SPEAKERS = word_class("demonstrative").union(
    ("i", "me", "we", "us", "you", "many", "some", "most", "others", "few", "all", "both", "each", "none")
)
_EXPLETIVE = re.compile(  # "it was reported that", "it is feared that"
    r"\s(?:is|was|were|has been|had been|['’]s been)\s(?:\w+ly\s|also\s|later\s|now\s)?"
    r"(?:\w{2,}ed|said|thought|known|understood|told|written|felt|held)\b(?!\sby\b)"
)
_PEOPLE = ("person", "people")
_LEAST = 0.5  # below this confidence nobody is named
_RELATIVE = ("who", "which", "that", "whose")
_WORDS = "measuring/attribution/words"


@cache
def _sure() -> dict[str, float]:
    """How often a speaker found this way was right, on the articles coded for building (see the card)."""
    return {row["way"]: float(row["right"]) for row in load_table("measuring/attribution/speaker_confidence")}


class Speakers:
    """What one article tells about its sources. They must be resolved in text order.

    Parameters
    ----------
    page : Page
    flat : str, optional
        The text with its quotations flattened, for finding sentences.
    """

    def __init__(self, page: Page, flat: str = "") -> None:
        self.text, self.paragraphs = page.text, page.body
        quoted = [q.span for q in page.quotations]
        self.names = Named(page.text, page.plain_names)
        self.people = People(page.text, page.plain_names, page.body, quoted, page.article.date)
        self.bodies = Bodies(page.plain_names)
        self.descriptions = Descriptions(page.text, self.people)
        self.pronouns = Pronouns(self.text, self.paragraphs, self.people, self.names, flat or page.text)
        self._nameless: dict[str, tuple[Who, frozenset[str]]] = {}  # noun -> the last of them without a name, and all words used of them
        self._parts: dict[Span, Parts] = {}
        self.named_later: dict[int, Who] = {}  # where a spokesman without a name stands -> who it is ("a spokesman said. ... said Jan Roe")
        self._delegate: tuple[int, int, Who] | None = None  # the last one without a name: offset, paragraph, who
        self._behalf: dict[str, str] = {}  # person -> on whose behalf, where only a pronoun tells ("her lawyer, Jan Roe")

    def meet(self, sources: Iterable[Span]) -> None:
        """Read all sources once before any is resolved: what one tells of a person holds for all."""
        for source in sources:
            parts = self._read(source)
            if parts.named is not None and parts.named.kind == "person" and not parts.joint and " " in parts.words:
                self.people.learn(parts.named.name, parts.words, source.start)
        for full in self.people.everybody():
            for span, _ in self.people.introductions(full)[:8] if self.people.type(full) == "unknown" else ():
                told = self._read(span)
                owner = told.owner or (told.behind if told.link in ("for", "of", "to", "with") else None)
                if owner is not None and owner.name != full and describe(told.owned).leans:
                    self.people.learn_type(full, self._kind_of(owner.name, owner.kind))

    def resolve(self, source: Span, *, nested: bool = False, about: Collection[str] = ()) -> Who:
        """Who stands at ``source``.

        Parameters
        ----------
        nested : bool
            Does the source stand inside what somebody else is said to have said?
        about : collection of str
            Names in what the source says: "he" is none of them.
        """
        number = self._paragraph(source.start)
        words = " ".join(source.of(self.text).split())
        low = words.lower()
        if low in _RELATIVE:
            source = self._antecedent(source.start, number, low) or source
            words = " ".join(source.of(self.text).split())
            found = self._described(source) if words.lower() not in _RELATIVE else None
            found = found and replace(found, who=replace(found.again, anonymity_reason=None))
        elif low in PRONOUN_GENDER:
            found = self.pronouns.person(PRONOUN_GENDER[low], source.start, number, about)
        elif low == "it" and _EXPLETIVE.match(self.text, source.end):
            return Who()
        elif low in _THING:
            found = self.pronouns.thing(source.start, number, plural=_THING[low])
        elif low in _NOT_SPEAKERS or not low:
            return Who(naming=form_of(low))
        else:
            found = self._described(source)
        if not found:
            return Who(naming="unnamed_group" if low == "they" else None)
        who = found.who
        if who.speaker and not who.speaker_confidence:
            sure = _sure()[found.way]
            who = replace(who, speaker_confidence=sure) if sure >= _LEAST else replace(who, speaker=None, naming=None)
        self.pronouns.remember(replace(found, who=who, nested=nested, at=source.start, paragraph=number))
        return who

    def interviewed(self, before: int) -> Who:
        """Who answers in an interview: the one person named before the first answer; open if there are several."""
        persons = {full for at, full in self.people.order[:200] if at < before}
        if len(persons) != 1:
            return Who()
        full, people = persons.pop(), self.people
        return Who(full, people.type(full), people.side(full), naming="named_person", speaker_confidence=_sure()["described"])

    def said_of(self, contents: Iterable[Span]) -> frozenset[str]:
        """The people named in what is said."""
        return frozenset(name.name for span in contents for name in self.names.within(span)[:50] if name.kind == "person")

    def outside(self, words: str) -> Who:
        """Who a source in the headline is: somebody whom the body names, by the last word or the whole."""
        bare = _ARTICLE.sub("", words.strip(" :,")).strip()
        name = self.people.bearer(bare.split()[-1].removesuffix("'s").removesuffix("’s"), -1) if bare else None
        if name is None:
            return Who(None, describe(words).kind, naming=form_of(words))
        return Who(name, self.people.type(name), self.people.side(name), naming="named_person", speaker_confidence=_sure().get("last", 0.0))

    # ---- a source that is named or described ----------------------------------------------------------------------------------------

    def _read(self, source: Span) -> Parts:
        if source not in self._parts:
            self._parts[source] = self.names.read(source)
        return self._parts[source]

    def _antecedent(self, at: int, number: int, pronoun: str) -> Span | None:
        """What "who" or "that" refers to: the noun phrase, or the person, just before."""
        begins = max(self.paragraphs[number].start, at - 200)
        before = self.text[begins:at].rstrip(" ,—–-(")
        clause = re.split(r"[.;:()“”\"]\s?|,\s|\b(?:while|and|but|as|said|says|told)\s", before)[-1]
        phrase = Span(begins + len(before) - len(clause), begins + len(before)).trim(self.text)
        persons = [name for name in self.names.within(Span(begins, begins + len(before))) if name.kind == "person"]
        if pronoun == "who" and persons and not re.search(r"[.;:]\s", self.text[persons[-1].span.end : at]):
            gap = self.text[persons[-1].span.end : at].strip(" ,—–-")
            apposed = _APPOSED.match(self.text, persons[-1].span.end, at)  # "Jan Roe (D-Ohio), chair of the panel, who said"
            if len(gap.split()) <= 6 or not len(phrase) or (apposed and apposed.end() == at):
                return persons[-1].span
        if pronoun != "who" and (link := _LINK.search(phrase.of(self.text))):
            phrase = Span(phrase.start + link.end(), phrase.end)
        if (
            pronoun == "who"
            and head_of(phrase.of(self.text)).sort not in _PEOPLE
            and (links := list(_LINK_TO.finditer(phrase.of(self.text))))
        ):
            phrase = Span(phrase.start + links[-1].end(), phrase.end)  # "she will lose among liberals, who ..."
        return phrase if len(phrase) > 1 else None

    def _described(self, source: Span) -> Source | None:
        parts = self._read(source)
        if parts.joint:
            return Source(Who(None, describe(parts.words).kind), "people")
        named = parts.named if parts.named is not None else self._beside(source, parts)
        if named is not None and named.kind == "person":
            full = self.people.sure(named) if parts.named is not None else named.name
            if full is None:
                return Source(Who(None, naming="named_person"), "person")
            way = "full" if " " in named.span.of(self.text) else "last"
            return self._known(full, way, source, parts)
        if named is not None:
            return self._institution(named, parts)
        spoke = self.pronouns.spoke(source.start, self._paragraph(source.start))
        if found := self.descriptions.from_state(parts.words, source.start, spoke):
            return self._known(found, "described", source, parts)
        if called := self._called(source, parts):
            return self._known(called, "role", source, parts)
        if described := self._described_again(source, parts):
            return self._known(described, "described", source, parts)
        return self._nobody(source, parts)

    def _beside(self, source: Span, parts: Parts) -> Name | None:
        """The person to whom the source stands in apposition."""
        described = describe(parts.words)
        if described.sort == "body" or described.sort == "text" or head_of(parts.words).plural:
            return None
        return self.names.before(source) or self.names.after(source)

    def _known(self, full: str, way: str, source: Span, parts: Parts) -> Source:
        """A person whom the article names."""
        people = self.people
        gender = _GENDER.get(parts.words.lower().split()[0].rstrip("."), "") or gender_of(parts.head)
        if gender:
            people.gender.setdefault(full, gender)
        if way == "full":
            self._is_delegate_named(full, source.start)
        kind = people.type(full)
        if kind == "unknown":
            kind = self._kind_by_owner(parts, source.start)
        who = Who(
            full,
            kind,
            people.side(full),
            naming="named_person",
            speaks_for=self._speaks_for(source, parts, full),
            title=self._title(full),
            qualification=self._why(source, parts),
        )
        return Source(who, "person", people.gender.get(full, ""), way=way)

    def _is_delegate_named(self, full: str, at: int) -> None:
        """Is somebody who speaks without being introduced the spokesman of whom the words before told?"""
        if self._delegate is None:
            return
        before, number, who = self._delegate
        if self.people.type(full) not in ("unknown", who.source_type) or " " in (self._title(full) or ""):
            return  # "Colonel" may be one who speaks for others, "chief financial officer" is not
        if self.people.spans(full)[0].start > before and self._paragraph(at) <= number + 1:
            self._behalf[full] = who.speaks_for or ""
            self.people.learn_type(full, who.source_type)
            self.named_later[before] = replace(who, speaker=full, naming="named_person", speaker_confidence=_sure()["described"])
        self._delegate = None

    def _institution(self, named: Name, parts: Parts) -> Source | None:
        """An organisation, or a place that stands for one."""
        stands, side = metonym(parts.head) if parts.head.strip() else metonym(parts.words)
        if named.kind == "place" and not stands and describe(parts.words).kind == "unknown":
            return None
        kind = describe(parts.words).kind
        if kind == "unknown":
            kind = describe(named.name).kind
        if kind == "document":
            return self._text(parts)
        side = side or self.people.side_in(parts.words, kind) or self.people.side_in(named.name, kind)
        who = Who(named.name, kind, side, stands, naming="named_organisation")
        return Source(who, "body", way="body")

    def _called(self, source: Span, parts: Parts) -> str | None:
        """The person meant by an office or a description used before ("the mayor", "Tessmark's foreign minister")."""
        described = describe(parts.words)
        low = parts.words.lower()
        if described.sort not in ("person", "") or _INDEFINITE.match(low) or head_of(parts.words).plural:
            return None
        possessive, definite = _POSSESSIVE.match(parts.words), _DEFINITE.match(low)
        if not (definite or parts.owner or possessive or (described.role and parts.words[0].isupper())):
            return None
        delegate = is_delegate(parts.owned)
        if (possessive and not delegate) or (parts.owner and delegate and not definite):
            return None
        phrase = parts.owned if parts.owner is not None else parts.words[possessive.end() :] if possessive else parts.words
        called = _CALLED.match(phrase)
        return self.people.called(called.group(1), source.start, parts.owner) if called else None

    def _described_again(self, source: Span, parts: Parts) -> str | None:
        """The person meant by a description used for the first time ("the tycoon", "the former governor")."""
        noun = head_of(parts.words).noun
        known = noun in self._nameless or self.people.bears(noun)
        if known or not _DEFINITE.match(parts.words) or is_delegate(parts.head) or any(mark in parts.head for mark in ("'", "’")):
            return None
        at, number = source.start, self._paragraph(source.start)
        return self.descriptions.again(parts.words, at, lambda gender: self.pronouns.person(gender, at, number))

    # ---- a source that is not named -------------------------------------------------------------------------------------------------

    def _nobody(self, source: Span, parts: Parts) -> Source:
        described, head = describe(parts.words), head_of(parts.words)
        if head.sort == "text" or (described.kind == "document" and head.sort not in ("person", "people", "body")):
            return self._text(parts)
        delegate = is_delegate(parts.owned)
        known = head.words[-1:] and head.words[-1] in word_class("body_known", _WORDS)
        by_owner = parts.owner is not None and head.sort == ""  # "Congress' little empire"
        if not delegate and (known or head.sort == "body" or (described.sort == "body" and not by_owner and head.sort not in _PEOPLE)):
            return self._body(source, parts)
        if delegate and parts.owner is not None and parts.owned.split()[-1] in ("office", "team", "campaign"):
            return self._body(source, parts)
        return self._unnamed(source, parts)

    def _text(self, parts: Parts) -> Source:
        """A document, by the words that tell which."""
        words = _ARTICLE.sub("", _TEXT_ENDS.split(parts.words, maxsplit=1)[0])
        maker = parts.owner or (
            parts.behind if parts.link in ("by", "from", "of") and parts.behind and parts.behind.kind != "place" else None
        )
        if maker is None and head_of(parts.words).plural and not _DEFINITE.match(parts.words):
            words = ""  # "studies"
        who = Who(words or None, "document", naming="document", speaks_for=maker.name if maker else None)
        return Source(who, "text", way="document")

    def _body(self, source: Span, parts: Parts) -> Source:
        """An institution called by a common noun."""
        at, words = source.start, parts.words
        bare = _TEXT_ENDS.split(words, maxsplit=1)[0].strip() or words
        noun = bare.split()[-1].lower()
        kind = describe(words).kind
        name: str | None = None
        called = behalf = None
        if parts.owner is not None:
            behalf = parts.owner.name if is_delegate(parts.owned) else None
            owner = parts.owner.name.split()[-1] if parts.owner.kind == "person" else parts.owner.name
            name = f"{owner} {parts.owned}" if parts.owned and len(parts.owned.split()) < 4 else None
            if kind == "unknown":
                kind = self._kind_of(parts.owner.name, parts.owner.kind)
        elif (called := self.bodies.called(bare, at)) is not None:
            name = called or None
            kind = described if called and (described := describe(called).kind) != "unknown" else kind
        elif _OWNED.search(bare) or (noun in word_class("body_known", _WORDS) and _KNOWN.match(bare)):
            name = re.sub(r"['’]s?\s", " ", _ARTICLE.sub("", bare))
            name = noun if name.lower() == noun else name  # "Police" opens a sentence
        elif not _DEFINITE.match(bare) or len(bare.split()) > 2:
            self.bodies.meet(noun, at)
        if name and " " in name and not called:
            self.bodies.meet(noun, at, name)
        side = self.people.side_in(words, kind) or (self.people.side_in(name, kind) if name else None)
        several = noun in word_class("body_people", _WORDS) or (head_of(words).plural and noun not in word_class("body_known", _WORDS))
        naming: Naming = "unnamed_group" if several or _INDEFINITE.match(words.lower()) else "named_organisation"
        return Source(Who(name, kind, side, naming=naming, speaks_for=behalf), "body", way="body_noun")

    def _unnamed(self, source: Span, parts: Parts) -> Source:
        """People without a name."""
        words, at, head = parts.words, source.start, head_of(parts.words)
        described = describe(words)
        kind = described.kind
        if kind == "unknown" or (described.leans and parts.owner is not None):
            kind = self._kind_by_owner(parts, at, kind)
        behalf = self._speaks_for(source, parts)
        if behalf and kind == "unknown":
            kind = self._kind_of(behalf)
        gender = _GENDER.get(words.lower().split()[0].rstrip("."), "") or gender_of(parts.head)
        sort = head.sort if head.sort in ("person", "people") else described.sort or ("people" if head.plural else "")
        who = Who(None, kind, self.people.side_in(words, kind), speaks_for=behalf)
        alone = parts.owner is None and words[:1].isupper() and " " not in words
        told_by = alone and not (described.role or head.plural or is_vague(words))
        if told_by and (full := self.people.bearer(words, at) or self.people.misspelt(words)):
            return self._known(full, "last", source, parts)
        if told_by or (head.sort not in ("person", "people") and not is_vague(words) and form_of(words) is None):
            naming: Naming | None = "unnamed_group" if (head.plural and words[:1].isupper()) or polled(words) else None
            return Source(replace(who, naming=naming), sort or ("person" if words[:1].isupper() and not naming else ""), gender)
        before, known = self._nameless.get(head.noun, (None, frozenset[str]()))
        same = known.issuperset(head.words[1:-1]) or not (head.plural or self.people.bears(head.noun))
        if before and behalf is None and head.plural and " " not in words:
            who = replace(who, speaks_for=before.speaks_for)  # "officials" after "ministry officials"
        if not (same and _AGAIN.match(words.lower())):
            before = None
        form = form_of(words, known_before=before is not None) or ("unnamed_person" if sort == "person" else "unnamed_group")
        near = self.pronouns.sentences(self._paragraph(source.start)) if can_tell(self.text, source) else ()
        told, reason = asked(self.text, source, near) if form or _THIS_ONE.match(words) else (False, None)
        if before:  # "the official" of whom the article spoke before
            told, reason = told or before.naming == "anonymous", reason or before.anonymity_reason
            who = replace(who, side=who.side or before.side, speaks_for=who.speaks_for or before.speaks_for)
            if who.source_type == "unknown":
                who = replace(who, source_type=before.source_type)
        why = self._why(source, parts)
        who = replace(who, naming="anonymous" if told else form, anonymity_reason=reason, qualification=why)
        self._nameless[head.noun] = who, known | set(head.words)
        if not (before or head.plural):
            self.people.note("", words, at)
            if behalf and who.naming == "unnamed_person" and is_delegate(parts.owned):
                self._delegate = at, self._paragraph(at), who
        return Source(who, "people" if head.plural else sort or "person", gender)

    # ---- whose it is ----------------------------------------------------------------------------------------------------------------

    def _kind_of(self, name: str, sort: str = "") -> SourceType:
        """Kind of what an article's name stands for."""
        if name in self.people.everybody() and sort in ("", "person"):
            return self.people.type(name)
        return describe(name).kind

    def _kind_by_owner(self, parts: Parts, at: int, kind: SourceType = "unknown") -> SourceType:
        """Kind of one who speaks for another: "a Ryan spokesman", "her office", "its head"; that of a lawyer is a lawyer's."""
        described = describe(parts.words)
        leans = described.leans or (described.role and roles().get(described.role, ("", ""))[0] == "by_institution")
        if kind != "unknown" and not leans:
            return kind
        if possessive := _POSSESSIVE.match(parts.words):
            of = self._owner(possessive.group(1), at)
            return of.who.source_type if of and leans else kind
        owner = parts.owner or (parts.behind if parts.link in ("for", "of", "to", "with", "from", "at") else None)
        if owner is not None and leans and (of_owner := self._kind_of(owner.name, owner.kind)) != "unknown":
            return of_owner
        if leans and parts.owned.lower().startswith("spokes") and owner is None:
            of = self._owner("its", at)
            return of.who.source_type if of else kind
        return kind

    def _speaks_for(self, source: Span, parts: Parts, full: str | None = None) -> str | None:
        """On whose behalf a source speaks; of a person, as any introduction in the article tells."""
        if parts.owner is not None and (behalf := self._by_noun(parts, source.start)):
            return behalf
        if behalf := on_behalf(parts):
            owner = parts.owner if parts.owner and parts.owner.kind == "person" and parts.owner.name == behalf else None
            return (self.people.sure(owner) if owner else None) or behalf
        if behalf := plain_behalf(self.text, parts):
            return self._institution_called(behalf, source.start)
        if full and (found := _FOR_THE.search(parts.words)) and is_delegate(found.group(1)):  # "Jan Roe, counsel to the president"
            return self.people.called(found.group(2), source.start) or self._institution_called(found.group(2), source.start)
        if is_delegate(parts.owned) and (possessive := _POSSESSIVE.match(parts.words)):
            of = self._owner(possessive.group(1), source.start, full)
            if full and of and of.who.speaker:
                self._behalf[full] = of.who.speaker
            return of.who.speaker if of else None
        if behalf := self._by_noun(parts, source.start):
            return behalf
        if full is None:
            return None
        if full in self._behalf:
            return self._behalf[full] or None
        for span, _ in self.people.introductions(full)[:8]:
            told = self._read(span)
            behalf = on_behalf(told)
            if behalf is None and (owned := _OWNED_BY.search(told.owned)) and is_delegate(told.owned):
                of = self._owner(owned.group(1), span.start, full)
                return of.who.speaker if of else None
            if behalf and behalf != full:
                return behalf
            if behalf := plain_behalf(self.text, told):
                return self._institution_called(behalf, span.start)
            if behalf := self._by_noun(told, span.start):
                return behalf
        return None

    def _by_noun(self, parts: Parts, at: int) -> str | None:
        """The institution that a common noun before the delegate means ("Tessmark foreign ministry spokesman")."""
        whole, noun = body_before(parts)
        if not noun:
            return None
        if parts.owner is not None:
            of_place = parts.owner.kind == "place" and f" {whole}" in parts.words
            return f"{parts.owner.span.of(self.text)} {whole}" if of_place else None
        in_full = whole[:1].isupper() and " " in whole
        return (self.bodies.called(f"the {whole}", at) or whole) if in_full else self._institution_called(noun, at)

    def _owner(self, possessive: str, at: int, other: str | None = None) -> Source | None:
        """Whom "his", "her", "its" or "their" at an offset means; not ``other``, who is somebody's."""
        pronoun, number = possessive.lower(), self._paragraph(at)
        if gender := PRONOUN_GENDER.get(pronoun):
            return self.pronouns.person(gender, at, number, (other,) if other else ())
        return self.pronouns.thing(at, number, plural=pronoun == "their")

    def _paragraph(self, at: int) -> int:
        return max(0, bisect_right(self.paragraphs, at, key=attrgetter("start")) - 1)

    def _institution_called(self, words: str, at: int) -> str:
        """The institution of the article that these words mean, else the words."""
        return self.bodies.called(f"the {words}", at) or words

    def _why(self, source: Span, parts: Parts) -> Span | None:
        return qualification(self.text, source, parts, self.paragraphs[self._paragraph(source.start)].end)

    def _title(self, full: str) -> str | None:
        """Office or trade of a person, by the first introduction that has one."""
        for span, before in self.people.introductions(full)[:6]:
            words = span.of(self.text)
            if before:
                mention = self.names.ending(span.end)
                words = self.text[span.start : mention.span.start] if mention else words
            described = describe(words)
            if described.role and (title := title_in(words, before=before)) and len(title) < 80:
                return title
        return None
