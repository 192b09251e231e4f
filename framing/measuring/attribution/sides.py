"""Which country or camp the words of a source say that it speaks for, and whether a place stands for who speaks."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from framing.choices import SourceType
from framing.english.grammar import word_class
from framing.english.tokens import DESCRIBED_APART
from framing.resources import load_table

_PARTY_TAG = re.compile(r"(?:\s?[(\[]|,\s)\s?([DRI])(?:[-–—][A-Z]|[)\]])")
_TAGS = {"D": "Democratic", "R": "Republican", "I": "Independent"}
_NAMED_PARTY = re.compile(r"\b((?:[^\W\d_a-z][\w’'-]*\s){1,3})[Pp]arty\b")
_BESIDE = re.compile(r"\s(?:who|which|that|whose|whom|where)\b")
_PREPOSITIONS = word_class("preposition_near") | {"to", "toward", "towards"}
_OFFICES = (
    r"(?:prime|foreign|defen[cs]e|interior|finance|justice|health|home|trade|energy|economy)?\s?minist(?:er|ry)s?|premier|government|parliament|"
    r"army|armed forces|military|regime|junta|opposition leader|negotiators?|envoys?|embassy|delegation|supreme leader|security council"
)
_OWNED = re.compile(rf"(?:the\s)?((?:[^\W\d_a-z][\w-]*\s){{0,2}}[^\W\d_a-z][\w-]*)['’]s?\s(?:[\w-]+\s){{0,3}}?(?:{_OFFICES})\b")
_AMERICANS = frozenset(("african", "asian", "native", "latin", "mexican", "italian", "irish", "black", "arab", "indigenous", "first"))
_OTHER_PARTIES = frozenset(
    ("social", "christian", "liberal", "national", "new", "free", "people's", "people’s", "irish", "islamic", "fine")
)
_COMMON = frozenset(("Conservative", "Conservatives", "Green", "Greens", "Labour", "Libertarian", "Libertarians"))
_PARTISANS = frozenset(
    ("party", "mp", "mps", "leader", "leaders", "peer", "peers", "minister", "candidate", "spokesman", "spokeswoman", "government")
)
_QUANTITIES = frozenset(("the", "some", "many", "most", "other", "two", "three", "several"))
_OFFICE_WORDS = frozenset(  # "Tessmark police", but not "a Tessmark war veteran"
    ("president", "prime", "foreign", "defense", "defence", "government", "police", "army", "military", "official", "officials", "minister")
    + (
        "ministers",
        "parliament",
        "ambassador",
        "embassy",
        "premier",
        "chancellor",
        "regime",
        "leader",
        "leaders",
        "spokesman",
        "spokeswoman",
    )
)
_SPEAK_FOR: frozenset[SourceType] = frozenset(("official", "politician"))
_ALSO_SPEAK: frozenset[SourceType] = frozenset(("media", "civil_society", "unknown"))  # "Russian media", but not "American Express"
_NO_OWNERS = word_class("weekday").union(word_class("month"), word_class("near_day"), ("congress", "parliament", "it", "he", "she", "who"))


@cache
def _forms() -> dict[str, tuple[str, str, bool, bool]]:
    """Printed form -> (side, kind of side, is it a place, is it an adjective or a people)."""
    found: dict[str, tuple[str, str, bool, bool]] = {}
    for row in load_table("english/sides"):
        for column in ("side", "place", "people"):
            for form in filter(None, row[column].split("|")):
                form = form.removeprefix("the ")
                if form == "Georgia":
                    continue  # mostly the American state
                *_, place, people = found.get(form, ("", "", False, False))
                found[form] = (row["side"], row["kind"], place or column != "people", people or column == "people")
    for row in load_table("measuring/attribution/metonyms"):
        if row["kind"] == "building" and row["side"]:
            found.setdefault(row["name"], (row["side"], "country", True, True))  # "a Kremlin spokesman"
    return found


@cache
def _first_words() -> frozenset[str]:
    return frozenset(form.split()[0] for form in _forms())


@cache
def _places() -> dict[str, str | None]:
    """Places and buildings that can stand for who speaks, in lower case, with their side."""
    found: dict[str, str | None] = {
        row["name"]: None
        for row in load_table("measuring/attribution/institutions")
        if row["note"] == "metonym" and row["name"] != "the west"
    }
    for form, (side, kind, place, _) in _forms().items():
        if (
            kind == "country"
            and place
            and side not in ("European Union", "Hamas", "Hezbollah", "Islamic State", "NATO", "Taliban", "Houthis")
        ):
            found[form.lower()] = side
    for row in load_table("measuring/attribution/metonyms"):
        found[row["name"].lower()] = row["side"] or None
    return found


def is_people(word: str) -> bool:
    """Is this an adjective or noun for a people or party ("American", "Democrat")?"""
    return word in _forms() and _forms()[word][3]


def metonym(words: str) -> tuple[bool, str | None]:
    """Does a place or building stand for who speaks, and for which side?

    Only where the place is the whole source.

    Examples
    --------
    >>> metonym("the Kremlin"), metonym("Moscow's"), metonym("a shopkeeper in Moscow")
    ((True, 'Russia'), (True, 'Russia'), (False, None))
    """
    if len(words) > 60 or not words[:1].isalpha():
        return False, None
    name = re.split(r",\s(?=[a-z])|,$|\s(?:which|itself)\b", words, maxsplit=1)[0].removeprefix("the ").removeprefix("The ")
    if not (name[:1].isupper() or name[:1].isdigit()):
        return False, None
    low = re.sub(r"['’]s?$", "", name).lower()
    if low in ("us", "may") and not name.startswith("US"):
        return False, None
    places = _places()
    return (True, places[low]) if low in places else (False, None)


def party_tag(words: str) -> str | None:
    """Party from the tag that stands right here: "(D-Ohio)", ", R-Ohio"."""
    return _TAGS[found.group(1)] if (found := _PARTY_TAG.match(words)) else None


def owner(words: str) -> str | None:
    """The capitalised owner of a government, army or ministry: "Calderra" of "Calderra's prime minister"; a person's name is one too."""
    if "'" not in words and "’" not in words:
        return None
    found = _OWNED.match(words)
    if not found or found.group(1).lower().split()[-1] in _NO_OWNERS:
        return None
    return found.group(1).removeprefix("The ")


@lru_cache(maxsize=16384)
def side_of(words: str, kind: SourceType) -> str | None:
    """The country or camp that a source of this kind speaks for, where its words give one.

    A party outranks a country. A country counts before an office or a group that speaks for it, in the genitive and after "of": a
    baker's country is not a side, nor is that of a company or a study.

    Examples
    --------
    >>> side_of("Russian officials", "official"), side_of("Ukraine's foreign minister", "official")
    ('Russia', 'Ukraine')
    >>> side_of("a Republican senator from Ohio", "politician"), side_of("Sen. Jan Roe, D-Ohio,", "politician")
    ('Republican', 'Democratic')
    >>> side_of("a critic of the Russian government", "unknown"), side_of("a Russian baker", "citizen")
    (None, None)
    """
    words = words[:300]
    if kind == "document" or words.islower():
        return None
    if tag := _PARTY_TAG.search(words):
        return _TAGS[tag.group(1)]
    beside = _BESIDE.search(words)
    tokens = DESCRIBED_APART.findall(words[: beside.start()] if beside else words)
    country = None
    i = 0
    office = False  # has this part of the source a noun before its first preposition?
    behind = ""  # the preposition that we are behind
    while i < len(tokens):
        token = tokens[i]
        if token in ",([;—–":
            behind, office = "", False
        elif token in _PREPOSITIONS:
            behind = token
        elif not behind:
            office = office or token[:1].islower() or i > 0
        n = 1
        if token[:1].isupper():
            n, found = _form_at(tokens, i)
            if found and (side := _counts(found, tokens, i, n, behind, kind, office)):
                if found[1] == "party":
                    return side
                country = country or side
        i += n
    if kind == "politician" and (party := _NAMED_PARTY.search(words)) and party.group(1).split()[-1].lower() not in ("the", "a", "ruling"):
        named = party.group(1).removeprefix("The ").strip()
        return "Tea Party" if named == "Tea" else named
    return country


def _form_at(tokens: list[str], i: int) -> tuple[int, tuple[str, str, bool, bool] | None]:
    """(number of tokens, listed form) at token ``i``, the longest."""
    if re.sub(r"['’]s?$", "", tokens[i]).rstrip(".") not in _first_words() and tokens[i] not in _first_words():
        return 1, None
    for n in (4, 3, 2, 1):
        if i + n > len(tokens):
            continue
        phrase = " ".join(tokens[i : i + n])
        for form in (phrase, re.sub(r"['’]s?$", "", phrase)):
            if found := _forms().get(form):
                return n, found
    return 1, None


def _counts(
    found: tuple[str, str, bool, bool], tokens: list[str], i: int, n: int, behind: str, kind: SourceType, office: bool
) -> str | None:
    """The side of a listed form if it says at this place for whom the source speaks."""
    side, what, place, people = found
    last, following = tokens[i + n - 1], tokens[i + n] if i + n < len(tokens) else ""
    before = tokens[i - 1].lower() if i else ""
    genitive = last.endswith(("'s", "’s", "s'", "s’"))
    if following.endswith(("'s", "’s")):
        return None  # "the British capital's mayor"
    if what == "party":
        if before in _OTHER_PARTIES or (behind and not (behind in ("of", "for", "from") and office and kind == "politician")):
            return None
        if tokens[i] in _COMMON and i == 0 and following.lower() not in _PARTISANS:
            return None
        return None if following.lower().startswith(("opponent", "critic", "republic")) else side
    if side == "United States" and before in _AMERICANS:
        return None
    if kind not in _SPEAK_FOR and not (
        kind in _ALSO_SPEAK and (following[:1].islower() or (i + n == len(tokens) and before in ("", "the")))
    ):
        return None
    if behind:  # "the government of Tessmark", but not "the envoy for Tessmark"
        speaks = behind == "of" or (behind == "for" and any(token.lower().startswith(("spokes", "minist")) for token in tokens[:i]))
        return side if place and speaks and kind in _SPEAK_FOR and office and following[:1] in ("", ",", "(", "[") else None
    if genitive and place:
        return side if kind in _SPEAK_FOR else None
    if what == "country" and last.endswith("s") and is_people(last[:-1]) and not (i == 0 or (i == 1 and before in _QUANTITIES)):
        return None  # "Roe, the Ukrainians had heard"
    if people and (following or tokens[i].endswith("s") or kind in _SPEAK_FOR):
        return side
    whole = i == 0 and not following
    return side if place and kind in _SPEAK_FOR and (whole or following.lower() in _OFFICE_WORDS) else None
