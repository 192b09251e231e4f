"""What the words of a source say: its kind, by word lists, and a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from framing.choices import SourceType
from framing.english.clauses import GENITIVE, GRAMMAR
from framing.english.cues import cues
from framing.english.grammar import any_of, word_class
from framing.english.names import NAME_WORD, PARTICLE, TITLE
from framing.english.people import given_names
from framing.english.tokens import DESCRIBED_APART
from framing.measuring.attribution.role_lists import (
    WORDS,
    Role,
    Sort,
    as_type,
    free,
    institution_lists,
    institutions,
    is_named,
    listed,
    occupations,
    peoples,
    roles,
    split,
    well_known,
    yielding,
)
from framing.resources import load_words

__all__ = [
    "NAME",
    "WORDS",
    "Described",
    "Sort",
    "apposed_office",
    "are_states",
    "as_type",
    "describe",
    "free",
    "institutions",
    "is_institution",
    "is_named",
    "kind_of_source",
    "listed",
    "name_in",
    "own_name",
    "person",
    "polled",
    "roles",
    "split",
    "well_known",
]


_DOTTED_TITLE = re.compile(rf"\b({TITLE})\.")
NAME = re.compile(rf"{NAME_WORD}(?:[ \n]{{1,2}}(?:(?:{PARTICLE})[ \n])?{NAME_WORD}){{0,6}}")
_HEAD_ENDS = re.compile(r",|\s(?:who|that|which|of|for|in|at|from|with|on|to|and)\s|\s\(")
_TAIL = re.compile(
    r"\s(?:of|for|in|at|on|to|with|about|against|by|acquired|compiled|conducted|filed|issued|obtained|posted|published|released|sent|signed)"
    r"(?:\s|$)"
)
_OF_A_NAME = re.compile(r"(?:[Tt]he\s|[Aa]n?\s)?(?:[A-Z][\w.’'-]*\s)+of\s(?:the\s)?(?:[A-Z][\w.’'-]*\s)+(?:[a-z][\w-]*\s){0,2}[a-z][\w-]*")
_OPPOSING = re.compile(r"\b(?:critics?|detractors?|enemies|foes?|opponents?|proponents?|sceptics?|skeptics?)\b", re.IGNORECASE)
_AGED = re.compile(r"(?:,\s|\()(?:aged\s)?[1-9]\d\b(?!\s?%|[,.:]\d| percent)|\b\d\d?-year-old\b|\baged \d\d?\b")
_DOCTOR = re.compile(r"\bDr\b")
_PRESIDENT = re.compile(r"\b(?:vice[ -])?presidents?(?: and [\w ]{1,30})? (?:of|at|for) (?:the )?(?=[^\W\d_a-z])", re.IGNORECASE)
_LOOSE = re.compile(  # behind a source: "the president himself", "the White House on Friday"
    rf"\s(?:himself|herself|themselves|itself|(?:on )?(?:{any_of('weekday', 'near_day')})|(?:last|this) (?:week|month|year))$",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"^an?\s(?:\w+\s)?(?:number|handful|series|couple|variety|slew|lot|body|flood|string|host)\sof\s", re.IGNORECASE)
_UNTOLD = re.compile(  # who they are is left open: "people familiar with the talks"
    r"(?:the\s|an?\s|one\s|two\s|some\s|several\s|many\s|other\s)*(?:people|persons?|those|someone|somebody|anyone|individuals?|sources?)\s"
    r"(?:who\s\w+\s|directly\s|with\s(?:\w+\s){0,2}knowledge\b|\w+ly\s)*(?:familiar|close|briefed|privy|involved|acquainted|knowledge)\b",
    re.IGNORECASE,
)
_SETS = (["one"], ["some"], ["all"], ["most"], ["many"], ["several"])
_OF = ("of", "at", "for", "from", "with", "in")
_NUMBER = r"(?:\d[\d.,]*|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[- ]\w+)?|one|two|three|four|five|six|seven|eight|nine|ten)"
_ABOUT = (
    r"(?:about|nearly|almost|roughly|some|only|just|more than|fewer than|less than|over|under|at least|a mere|a whopping|around"
    r"|approximately|an estimated|another|fully|the(?= vast)|an?(?: (?:slim|narrow|solid|large|overwhelming|growing|record))?) "
)
_SHARE = re.compile(  # of people who were asked
    rf"(?:{_ABOUT})*(?:{_NUMBER} ?(?:%|(?:percent|per cent)\b)|{_NUMBER}[- ](?:thirds?|quarters?|fourths?|fifths?|tenths?)\b"
    rf"|(?:half|third|quarter|fifth)\b|{_NUMBER} (?:in|out of) (?:every )?{_NUMBER}\b|(?:vast )?(?:majority|plurality|minority)(?= of\b))"
    r"(?:,? \d+ ?%,?)?(?: \([^)]*\))?(?: of\b)?",
    re.IGNORECASE,
)
_STATES = re.compile(r"(?:[\w.]+ ){0,5}(?:states|countries|nations|governments|provinces|allies|partners)")
_PAPER = re.compile(r"(?:[Tt]he\s)?((?:[A-Z][\w.’'-]*\s){1,3})([A-Z][\w-]+)")
_OWNER = re.compile(r"(?:[Tt]he\s)?([\w.& -]{2,30})['’]s\s(?=[^\W\d_a-z])")
_PARTY_TAG = re.compile(r"\((?:D|R|I)(?:[-–]|\))|,\s(?:D|R|I)[-–][A-Z]")
_ASIDE = re.compile(
    r",?\s(?:whose|which|who(?!\s(?:is|was|are|were|has been|heads?|headed|leads?|led|chairs?|chaired|teaches|directs?))(?:['’]\w+)?)\s.*",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Described:
    """What the words of a source say, seen alone."""

    kind: SourceType = "unknown"
    sort: Sort = ""  # of the first listed word
    role: str = ""  # the first listed word
    leans: bool = False  # is the word one that only an institution or a person beside it explains ("spokesman")?


def kind_of_source(words: str) -> SourceType:
    """Kind of source by the words it is named with, seen alone; "unknown" where the lists say nothing.

    Notes
    -----
    The first listed role counts (of words without a name the last, if it is a text); "spokeswoman" or "head" take the kind of
    the institution beside them. With no role, "Dr" before a name makes an expert, and an age beside a person an ordinary
    citizen. A person is never a document.

    Examples
    --------
    >>> kind_of_source("Colonel Jan Roe, a spokesman for the army")
    'official'
    >>> kind_of_source("a spokeswoman for Sallow Shipping Inc"), kind_of_source("people familiar with the talks")
    ('business', 'unknown')
    >>> kind_of_source("Moscow"), kind_of_source("Jane Roe"), kind_of_source("Jane Roe, 67"), kind_of_source("Dr. Jane Roe")
    ('official', 'unknown', 'citizen', 'expert')
    """
    return describe(words).kind


@lru_cache(maxsize=16384)
def describe(words: str) -> Described:
    """Kind of source, whether a person or an institution, and the word that told."""
    words = _SEVERAL.sub("", _LOOSE.sub("", words.strip()[:400]).strip())
    institutions, alone = institution_lists()
    low = split(words)
    whole = " ".join(low[1:] if low[:1] == ["the"] else low)
    if whole in institutions:
        return Described(as_type(institutions[whole]), "body")
    if told := polled(words) or _as_a_whole(words, whole):
        return told
    name = own_name(words)
    printed = (words if name in words else _DOTTED_TITLE.sub(r"\1 ", words)).replace(name, " _ ", 1) if name else words
    if name:
        low = split(printed)
    elif len(low) == 1 and words[:1].isupper() and (roles().get(low[0]) == ("citizen", "person") or low[0] in given_names()):
        return Described()  # "Baker said", "Bill said"
    known = [role for role in occupations(low) if not _is_other(role.entry, low[role.at], words)]
    if aside := _ASIDE.search(words):  # "Jan Roe, who learnt it from her grandmother"
        words = words[: aside.start()]
        low = low[: len(low) - len(split(aside.group()))]
    head = _TAIL.split(words, maxsplit=1)[0]
    if not name and (_UNTOLD.match(words) or _opposes(known, head)):
        return Described(sort="people")
    n_head = len(split(head))
    institution = [(at, entry) for at, entry in listed(low, 1) if not entry.startswith("the ") or _is_capital(entry, words)]
    covered = [(at, _end_of_name(at, entry, low)) for at, entry in institution if entry not in alone or " " in entry]
    kept = dict(free([(role.at, role.entry) for role in known], words))
    texts_count = not name and (low[:1] in _SETS or _OF_A_NAME.fullmatch(words))
    found = [
        role
        for role in known
        if role.at in kept
        and role.end <= len(low)
        and not any(start < role.at < end or (start == role.at and role.end <= end) for start, end in covered)
        and (role.sort != "text" or texts_count or (not name and role.at < n_head))
    ]
    named = [Role(at, entry, institutions[entry], "body") for at, entry in institution if entry not in alone]
    if _OF_A_NAME.fullmatch(words):
        n_head = len(low)  # "the University of Vantry data"
    if not name and (text := _text_of(found, low[:n_head])):
        return Described("document", "text", text)  # "a university study"
    found = _heads_of_compounds(found, _behind_commas(printed))
    return _kind_of(words, low, name, found, named)


def _kind_of(words: str, low: Sequence[str], name: str, found: Sequence[Role], named: Sequence[Role]) -> Described:
    """Kind by the roles and institutions found in the words."""
    first = found[0] if found else None
    sort: Sort = "person" if name else first.sort if first else "body" if named else ""
    role = first.entry if first else ""
    if sort == "person" and not name and any(word in (role + "s", role.split()[-1] + "s") for word in low):
        sort = "people"
    if role == "deputy" and name and f"deputy {name}".lower() in words.lower():
        return Described("politician", "person", role)  # a member of parliament
    leans = first is not None and first.kind == "by_institution"
    if named and (not first or leans):
        return Described(named[0].as_kind, sort, role)
    if first and leans and (of := _of_a_people(first, low)):
        return Described(of, sort, role)
    if own := next((role for role in found if role.kind != "by_institution"), None):
        if role in ("vice president", "vice-president") and name and not named and f" {role} {name}" in words:
            return Described(sort="person", role=role)  # "Vantry Steel vice president Jan Roe"
        kind = own.kind
        if own is first:
            if own.sort == "body" and (of_name := next((other for other in named if other.end == own.at), None)):
                return Described(of_name.as_kind, sort, role)  # "the Tass agency"
            kind = _beside(own, [*found[1:], *named], low) or kind
            if role.endswith("president") and kind == "official" and (of_words := _PRESIDENT.search(words)):
                kind = _presides(words[of_words.end() :], [institution.kind for institution in named])
            if kind == "citizen" and (office := apposed_office(words)):
                kind = office
        return Described(as_type(kind), sort, role)
    if first and _of_a_place(first, low, words):
        return Described("official", sort, role)  # "a leader in Vantry"
    if first and _sells(first, low):
        return Described("business", sort, role)
    if (owner := _OWNER.match(words)) and institutions().get(owner.group(1).lower()) == "media":
        return Described("media", sort, role)  # "Slate's Jan Roe"
    if _PARTY_TAG.search(words):
        return Described("politician", sort or "person", role)
    if name and _DOCTOR.search(words):
        return Described("expert", "person", "dr")
    if (name or (words[:1].isupper() and " " not in words.split(",")[0])) and _AGED.search(words):
        return Described("citizen", "person")
    return Described("unknown", sort, role, leans)


def _opposes(known: Sequence[Role], head: str) -> bool:
    """Are these "critics" or "opponents" of somebody, and no more is told of them ("Republican critics")?"""
    if not (found := _OPPOSING.search(head)):
        return False
    n_before = len(split(head[: found.end()]))
    persons = (role for role in known if role.at < n_before and role.sort in ("person", "people") and role.kind != "by_institution")
    return all(
        re.search(rf"\b{re.escape(role.entry)}(?:s['’]|['’]s)", head, re.IGNORECASE) for role in persons
    )  # "the president's opponents"


def _is_other(role: str, word: str, words: str) -> bool:
    """Is this a first name ("her husband Bill"), part of a name ("Harbour Opinion Partners") or a leaning ("a conservative critic")?"""
    if role in word_class("leaning", WORDS) and word == role:
        return role.capitalize() not in words
    if roles().get(role, ("", ""))[1] == "text" and re.search(rf"[A-Z]\w+\s{re.escape(role.capitalize())}\s[A-Z]\w+$", words):
        return True
    name = rf"(?<!\b[Tt]he )(?<!\b[Aa] )\b{re.escape(role.capitalize())}(?=$|,|\s[A-Z]|['’])"
    return role in given_names() and re.search(name, words) is not None


def _is_capital(institution: str, words: str) -> bool:
    """Is this printed as a name ("the Guardian", but not "the guardian of the child")?"""
    return re.search(rf"\b[Tt]he {re.escape(institution.removeprefix('the ').capitalize())}", words) is not None


def _end_of_name(at: int, entry: str, low: Sequence[str]) -> int:
    """Where the name of an institution ends that goes on behind its listed words: "Campaign for | Smoke-Free Kids"."""
    end = at + len(entry.split())
    if entry.endswith((" for", " against", " to")):
        while end < len(low) and low[end] not in ("a", "an", "who", "_"):
            end += 1
    return end


def _text_of(found: Sequence[Role], head: Sequence[str]) -> str:
    """The text that these words without a name turn on: the last of them."""
    last = next((role for role in reversed(found) if role.at < len(head)), None)
    if last and last.sort == "text" and head[-1].removesuffix("s") == last.entry.split()[-1].removesuffix("s"):
        return last.entry
    return ""


def _behind_commas(words: str) -> frozenset[int]:
    """Positions of the words that stand behind a comma."""
    at, found = 0, set()
    for token in DESCRIBED_APART.findall(words.lower()[:400]):
        if token[0] in ",(;—–[":
            found.add(at)
        else:
            at += 1
    return frozenset(found)


def _heads_of_compounds(found: Sequence[Role], apart: frozenset[int]) -> list[Role]:
    """Without what only says which kind of person the next one is: the "military" of "military experts"."""
    kept = []
    for i, role in enumerate(found):
        after = found[i + 1] if i + 1 < len(found) else None
        if not (
            after
            and role.end == after.at
            and after.at not in apart
            and role.kind != "by_institution"
            and after.sort != "text"
            and not after.leans_on(role)
        ):
            kept.append(role)
    return kept


def _beside(office: Role, others: Sequence[Role], low: Sequence[str]) -> str:
    """Kind of the institution right before an office or named right behind it ("the founder of a charity"); "" if there is none."""
    if office.entry.removesuffix("s") not in yielding(False):
        return ""
    for other in sorted(others, key=lambda role: role.at):
        if other.sort != "body" or other.kind == "by_institution":
            continue
        if other.end == office.at or (0 < office.at - other.end < 5 and low[other.end] in ("of", "for")):
            return other.kind
        between = low[office.end : other.at]
        if 0 < len(between) < 8 and between[0] in _OF and word_class("not_of", WORDS).isdisjoint(between):
            return other.kind
    return ""


def _of_a_people(office: Role, low: Sequence[str]) -> SourceType | None:
    """Kind of who speaks for a state or party whose adjective stands before: "French negotiators", "two senior Russian aides"."""
    if office.entry.split()[-1].removesuffix("s") not in word_class("of_states", WORDS):
        return None
    return next((peoples()[word] for word in low[max(0, office.at - 2) : office.at] if word in peoples()), None)


def _of_a_place(office: Role, low: Sequence[str], words: str) -> bool:
    """Does a place stand before or follow at once: "a leader in Vantry", but not "head of the Nature Centre in Vantry"?"""
    return any(
        (at < office.at or at <= office.end + 2)
        and entry in institution_lists()[1]
        and institutions()[entry] == "official"
        and (at < office.at or _stands_alone(entry, words))
        for at, entry in listed(low, 1)
    )


def _stands_alone(place: str, words: str) -> bool:
    """Is a place more than the first word of a longer name ("Vantry Steel")?"""
    return re.search(rf"\b(?i:{re.escape(place)})\b\.?(?!\s[^\W\d_a-z])", words) is not None


def _sells(office: Role, low: Sequence[str]) -> bool:
    """Is this a vice-president or director of what only a company has ("of sales"), or a senior one?"""
    if office.entry in ("senior vice president", "senior vice-president", "executive vice president", "executive vice-president"):
        return True
    beside = low[max(0, office.at - 1) : office.end + 3]
    return office.kind == "by_institution" and office.sort == "person" and not word_class("business_of", WORDS).isdisjoint(beside)


def apposed_office(words: str) -> str:
    """Kind of an office that stands behind a comma after a word for ordinary people: "Roe's former student, Prime Minister Jan Poe"."""
    for part in re.split(r", | and ", words)[1:]:
        low = split(_TAIL.split(part)[0])
        kind = next((roles()[entry][0] for _, entry in listed(low, 0) if roles()[entry][1] == "person"), "")
        if kind in ("official", "politician"):
            return kind
    return ""


def _presides(over: str, named: Sequence[str]) -> str:
    """Kind of "president of ...": of a state official, of an institution that institution's."""
    if named:
        return named[0]
    low = split(over.split(",")[0])
    if low and any(entry in institution_lists()[1] and _stands_alone(entry, over) for _, entry in listed(low[:3], 1)):
        return "official"
    kind = next((roles()[entry][0] for _, entry in listed(low, 0)), "unknown")
    return "unknown" if kind in ("by_institution", "document") else kind


def polled(words: str) -> Described | None:
    """A share of people ("58 percent of voters", "half of those asked"): ordinary ones, unless they are something else."""
    if not (share := _SHARE.match(words)):
        return None
    of = words[share.end() :].strip()
    found = describe(of) if of else Described("citizen")
    if found.role.removesuffix("s") in word_class("party_voters", WORDS) or found.kind == "unknown":
        return Described("citizen", "people")
    return Described(found.kind, "people" if found.sort == "person" else found.sort, found.role)


def _as_a_whole(words: str, whole: str) -> Described | None:
    """States joined ("France and Germany", "Texas and 19 other states"), or the name of a newspaper ("the Vantry Gazette")."""
    if are_states(words):
        return Described("official", "body")
    definite = words.startswith(("the ", "The "))
    if definite and all(part in peoples() for part in whole.split(" and ")):
        return Described(peoples()[whole.split(" and ")[0]], "people")  # "the French", "the Dutch and French"
    paper = _PAPER.fullmatch(words)
    if paper and paper.group(2).lower() in word_class("outlet", WORDS) and (definite or words.split()[0].lower() not in given_names()):
        return Described("media", "body")
    return None


def are_states(words: str) -> bool:
    """Are these several states that act ("France and Germany", "Texas and 19 other states")?"""
    parts = [re.sub(r"^(?:the|both) ", "", " ".join(split(part))) for part in re.split(r",? and |, ", words)]
    return len(parts) > 1 and all(institutions().get(part) == "official" or _STATES.fullmatch(part) for part in parts)


def own_name(words: str) -> str:
    """The full name of the person who is the source; "" where the name only says whose it is: "Jan Roe's report", "a book by Jan Roe"."""
    name = person(words)
    if not name:
        return ""
    at = words.find(name)
    owned = at >= 0 and re.match(r"['’]s?\s(?:[\w-]+\s){0,3}[a-z]", words[at + len(name) :])
    by = at >= 0 and re.match(r"[^,]*\bby\s", words[:at]) and occupations(split(words[:at]))
    return "" if owned or by else name


@cache
def _no_names() -> frozenset[str]:
    """Capitalised words that open a sentence or stand before a name and are no part of it."""
    titles = (word.rstrip(".") for role in load_words("measuring/attribution/roles") for word in role.split()[-1:])
    opening = ("former", "retired", "acting", "following", "speaking", "meanwhile", "unlike", "maybe", "perhaps", "asked", "when")
    return GRAMMAR.union(word_class("label", WORDS), titles, cues(), word_class("honorific"), opening)


@lru_cache(maxsize=16384)
def name_in(words: str) -> str:
    """The name a source is called by, without titles; "" if it has none ("the government in Vantry", "Vantry officials")."""
    head, single = _HEAD_ENDS.split(_DOTTED_TITLE.sub(r"\1 ", words).strip(), maxsplit=1)[0].rstrip(), ""
    for match in reversed(list(NAME.finditer(head[:200]))):
        parts = match.group().split()
        given = [part.lower() in given_names() for part in parts]
        title = max((i for i, part in enumerate(parts[:-1]) if part.lower() in _no_names() and not given[i]), default=-1)
        name = re.sub(r"['’]s?$", "", " ".join(parts[title + 1 :]))
        surname = len(parts) > 1 and given[-2]  # "Jane Baker"
        if (parts[-1].lower() in _no_names() and not surname) or any(part.endswith(GENITIVE) for part in parts[title + 1 : -1]):
            continue
        if len(parts) - title > 2:
            return name  # of several the last: "Port Authority chief Jan Roe"
        if match.end() == len(head) and len(name) > 1:
            single = name
    return single


@lru_cache(maxsize=16384)
def person(words: str) -> str:
    """A full name of a person in these words; "" for single words and institutions."""
    name = name_in(words)
    return name if " " in name and not is_institution(name) else ""


@lru_cache(maxsize=16384)
def is_institution(name: str) -> bool:
    """Is this a listed institution or place, or a name with one in it ("Clean Energy Fund")? "Jordan Roe" and "Emily Post" are people."""
    institutions, alone = institution_lists()
    low = split(name)
    if " ".join(low) in institutions:
        return True
    if len(low) == 2 and low[0] in given_names():
        return low[1] in word_class("thing", WORDS)
    if low and (low[-1] in word_class("thing", WORDS) or (low[0] in alone and low[0] not in given_names())):
        return True
    return any(entry not in alone or at + len(entry.split()) == len(low) for at, entry in listed(low, 1))
