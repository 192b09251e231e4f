"""Legal labels about third parties: "(a terrorist organisation banned in ...)", as footnote, bracket, apposition or marked footnote.

What separates a label from news about one is grammar. A label is a state: a noun phrase, a reduced relative clause ("a group banned
in ..."), or, in a paragraph of its own, a present "is" or "has been". News is an event: a tensed clause with an agent or a day ("the
government banned ...", "was banned on Tuesday"), or somebody's words (between quotation marks, or under a verb of saying).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from framing.english.grammar import any_of
from framing.english.tokens import IN_LABEL
from framing.measuring.notices.subjects import Name, find_places, is_word, names_before, recased, split_names, words_of
from framing.measuring.notices.wordings import Label

STEMS_BAN = ("banned", "outlawed", "prohibited", "proscribed", "forbidden", "blacklisted", "запрещ", "заборон", "забрањ", "zabranj")
STEMS_NAMING = (
    "recogni",
    "designated",
    "listed",
    "declared",
    "label",
    "classified",
    "deemed",
    "branded",
    "considered",
    "признан",
    "включ",
    "внес",
    "проглаш",
    "объявл",
    "included in",
    "entered in",
    "placed on",
    "added to",
    "performs the",
    "performing the",
)
STEMS_CLASS = (
    "terror",
    "extremis",
    "foreign agent",
    "foreign-agent",
    "foreign media agent",
    "foreign influence",
    "foreign power",
    "foreign representative",
    "undesirable",
    "агент",
    "террорист",
    "терорист",
    "экстремист",
    "нежелат",
    "teroris",
)
CLASSES: tuple[Label, ...] = ("foreign_agent", "undesirable", "terrorist", "extremist")
MAX_BRACKET = 300
MAX_WORDS = 90


@dataclass(frozen=True, slots=True)
class Reading:
    """What a stretch of words says as a label."""

    label: Label
    places: tuple[str, ...]
    named: bool  # a class (terrorist, ...) is named
    barred: bool  # a word of banning stands in it
    status: bool  # a word of banning or naming stands in it
    n_words: int
    n_other: int  # lower-case words that are no label's


@cache
def _stopped() -> re.Pattern[str]:
    status = f"(?:{words_of('ban').pattern}|{words_of('naming').pattern})"
    return re.compile(
        rf"(?:\b(?:was|were|had been|would be|could be|will be|should be|must be|may be|might be|to be|being|got|get|isn['’]t|"
        rf"aren['’]t|not|never|no longer|if|whether|until|wants?|want it|was also|была?|были|будет)\s+(?:\w+\s+){{0,3}}?{status})",
        re.IGNORECASE,
    )


_DAY = re.compile(
    rf"\b(?:{any_of('weekday', 'near_day')}|"
    r"last (?:week|month|year|night|spring|summer|autumn|fall|winter)|"
    r"this (?:week|month|year|morning)|(?:earlier|later) this|(?:a|two|three|four|five|\d+) (?:days?|weeks?|months?|years?|decades?) ago|"
    r"next (?:week|month|year)|recently)\b",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\s*,?\s*(?:since|in (?:early |late |mid-)?(?:19|20)\d\d|on \w+day|on (?:\d|[A-Z][a-z]+ \d)|last|this (?:week|month|year)|"
    r"earlier|yesterday|today|recently|"
    r"(?:\w+ )?(?:days?|weeks?|months?|years?|decades?) ago|"
    rf"in (?:{any_of('month', capital=True)})|"
    r"after|following|during|from|until|for (?!extrem|terror))\b"
)


def read_label(content: str, *, article_text: str = "") -> Reading | None:
    """What these words say as a label, or None if they cannot be one (no status and no class, or an event's verb)."""
    barred = words_of("ban").search(content) is not None
    naming = words_of("naming").search(content) is not None
    firsts = [(m.start(), label) for label in CLASSES if (m := words_of(label).search(content))]
    if not firsts and not barred:
        return None
    if _stopped().search(content):
        return None
    label: Label = min(firsts)[1] if firsts else "banned"
    places = find_places(content, article_text=article_text)
    blanked = content
    for part in (*CLASSES, "ban", "naming", "group"):
        blanked = words_of(part).sub(" ", blanked)
    others = [
        word
        for word in IN_LABEL.findall(blanked)
        if not word[0].isdigit() and (word[0].islower() or content.isupper()) and not is_word("filler", word.rstrip("."))
    ]
    n_words = len(IN_LABEL.findall(content))
    return Reading(label, places, bool(firsts), barred, barred or naming, n_words, len(others))


def _says_enough(reading: Reading) -> bool:
    return (reading.named and (reading.status or bool(reading.places))) or (reading.barred and bool(reading.places))


# ---------------------------------------------------------------- whole paragraphs

MARK = re.compile(
    r"\A\s*(?P<mark>(?:\\?\*){1,4}|†{1,2}|‡{1,2}|✱{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,2}|"
    r"\[\d{1,2}\]|\(\d{1,2}\)|\d{1,2}[.)](?=\s)|\[\*{1,3}\]|\(\*{1,3}\))\s*(?:[-–—:]\s*)?"
)
_EMPHASIS = re.compile(r"\A\s*(?P<open>[*_]{1,3})(?=[^\s*_])(?P<inner>.{3,}?)(?<!\\)(?P<close>[*_]{1,3})[\s.]*\Z", re.DOTALL)
_COPULA = re.compile(
    r"\s+(?:is|are|remains?|(?:has|have)\s+been|является|являются|je|су|је)\s+|\s+(?=performs?\s+the\s+functions?\s)", re.IGNORECASE
)
_ACTIVE = re.compile(
    r"(?<![,.])\s(?!been|is|are|and|also|be\b)(?:[A-ZÀ-Þ]\w+|government|court|courts|ministry|parliament|"
    r"authorities|officials|police|it|he|she|they|has|have|had)\s+"
    r"(?:\w+ly\s+|also\s+|now\s+)?(?:banned|outlawed|prohibited|proscribed|recogni[sz]ed|designated|listed|declared|"
    r"label+ed|classified|branded|blacklisted)\s+"
    r"(?:the|it|them|him|her|its|his|their|all|a|an|two|three|several|[A-ZÀ-Þ])"
)


_ANYBODY = frozenset({"ARTIST", "AUTHOR", "PERFORMER", "WRITER", "ORGANISATION", "ORGANIZATION", "PERSON", "SINGER", "CHANNEL", "SOURCE"})


def leading_mark(raw: str) -> str | None:
    """The mark with which a footnote opens, by its words with their markup: "*\\*\\* Banned in Calderra.*" opens with "**"."""
    words = raw.strip()
    for _ in range(3):
        italic = _EMPHASIS.match(words)
        if italic is None or italic.group("open") != italic.group("close")[::-1]:
            break
        words = italic.group("inner").strip()
    marked = MARK.match(words)
    return marked.group("mark").replace("\\", "") if marked else None


@dataclass(frozen=True, slots=True)
class WholeLabel:
    """A paragraph that is a label as a whole."""

    reading: Reading
    mark: str | None  # the footnote's mark, if it opens with one
    set_apart: bool  # in brackets or in italics, or marked
    names: tuple[Name, ...]


def whole_label(paragraph: str, *, article_text: str = "", mark: str | None = None) -> WholeLabel | None:
    """A paragraph that is a legal label as a whole, or None.

    ``mark`` is a footnote's mark known from outside (where it was blanked as markup).
    """
    if not 6 < len(paragraph) < 900:
        return None
    lowered = paragraph.lower()
    if not any(stem in lowered for stem in (*STEMS_BAN, *STEMS_CLASS)):
        return None
    words = " ".join(paragraph.split())
    set_apart = mark is not None
    for _ in range(4):  # emphasis, mark and brackets in any order
        italic = _EMPHASIS.match(words)
        marked = None if italic else MARK.match(words)
        if italic and italic.group("open") == italic.group("close")[::-1]:
            words, set_apart = italic.group("inner").strip(), True
        elif marked:
            mark, words, set_apart = mark or marked.group("mark").replace("\\", ""), words[marked.end() :], True
        elif words[:1] in ("(", "[") and words[-1:] in (")", "]") and words[1:].count(words[0]) == words[:-1].count(words[-1]):
            words, set_apart = words[1:-1].strip(), True
        else:
            break
        words = words.strip().lstrip("-–—•⦁ ").strip()
    words = words.lstrip("-–—•⦁ ").rstrip("*_ ")
    if not words or (words[0] in "\"“'‘" and re.search(r"[\"”’'],?\s+\w+\s*(?:said|says|told)?", words[1:]) and not set_apart):
        return None
    reading = read_label(words, article_text=article_text)
    if reading is None or reading.n_words > MAX_WORDS:
        return None
    if words_of("speech").search(words) or words_of("works").search(words) or "?" in words or _ACTIVE.search(" " + words):
        return None
    all_capitals = words.isupper()
    if not (_says_enough(reading) or (all_capitals and reading.named and reading.status)):
        return None
    if not set_apart and _DAY.search(words):
        return None
    listed = re.match(r"(?P<label>[^:]{5,140}):\s*(?P<names>.{2,400}?)\.?\Z", words)
    if listed and (inner := read_label(listed.group("label"), article_text=article_text)) and _says_enough(inner) and inner.n_other <= 2:
        names = split_names(listed.group("names"))
        if (
            names
            and len(IN_LABEL.findall(listed.group("names"))) <= 8 * len(names)
            and not re.search(r"\b[a-z]{4,}\b", _lower_rest(listed.group("names"), names))
        ):
            return WholeLabel(inner, mark, set_apart, tuple(names))
    copula = _COPULA.search(words)
    names = []
    predicate = words
    if copula and copula.start() <= 200:
        subject, predicate = words[: copula.start()], words[copula.end() :]
        relative = re.search(r",?\s+(?:which|who|that|whose\s+\w+)\Z", subject)
        if relative:  # "the site is owned by Quay Media, which is ..."
            names = names_before(subject, relative.start(), low=0)[0]
            predicate = words[copula.end() :]
        elif words_of("ban").search(subject) or any(words_of(label).search(subject) for label in CLASSES if label != "foreign_agent"):
            # the label stands before its verb: "The extremist movement X is banned in ..."
            names = split_names(subject) if not words_of("ban").search(subject) else []
        else:
            names = split_names(_BY_DECISION.sub("", subject))
    if copula and words[: copula.start()].count("(") != words[: copula.start()].count(")"):
        if not set_apart:
            return None  # the verb stands in a bracket of the sentence
        names = []
    if all_capitals:
        names = [name for name in names if name.words.upper() not in _ANYBODY]
    inner = read_label(predicate, article_text=article_text) if predicate is not words else reading
    tail = _appositions(words, 0, len(words), article_text)
    between = words[copula.end() : tail[0].span[0]] if tail and copula else ""
    if tail and not any(words_of(part).search(between) for part in (*CLASSES, "ban", "naming")):
        names = list(tail[0].names)  # "* Lumo is a product of Halden, an organisation recognised as ...": Halden, not Lumo
    if set_apart:
        if reading.n_other > max(4, 0.45 * reading.n_words):
            return None
        return WholeLabel(reading, mark, set_apart, tuple(names))
    if copula is None or not inner or not (names or all_capitals) or ("(" in words[: copula.start()] and not names):
        return None
    if not reading.named or inner.n_other > 2 or not (inner.status and (inner.named or (inner.barred and inner.places))):
        return None
    if not _is_subject(words[: copula.start()]) or re.search(r"(?:[.!?]\s+\S.*){2}", words):
        return None
    return WholeLabel(reading, mark, False, tuple(names))


_PERSONAL = re.compile(rf"\A(?:{any_of('personal', 'owner', 'demonstrative')}|there)\b", re.IGNORECASE)


def _is_subject(words: str) -> bool:
    """Whether these words are names with at most a group's noun around them, and no clause."""
    if re.search(r"[.!?]\s", words) or _PERSONAL.match(words):
        return False
    bare = re.sub(r"[(\[][^()\[\]]{0,120}[)\]]", " ", words)
    if bare.isupper():
        return True
    others = [
        w
        for w in IN_LABEL.findall(bare)
        if w[0].islower() and not any(is_word(p, w) for p in ("group", "filler", "terrorist", "extremist")) and "-" not in w
    ]
    return len(others) <= 1


def _lower_rest(words: str, names: list[Name]) -> str:
    for name in names:
        words = words.replace(name.words, " ")
    return words


_BY_DECISION = re.compile(r"\A(?:by|under|in|according to|pursuant to|following|on the basis of)\s[^,]{3,100},\s+(?=\S)", re.IGNORECASE)
_MADE_BY = re.compile(
    r"\b(?:created|produced|prepared|made|published|issued|disseminated|distributed|circulated|spread|compiled|released|posted|operated|run)\s+"
    r"by\s+(?:the\s+)?[A-ZÀ-Þ][\w’'-]*(?:\s+[A-ZÀ-Þ][\w’'-]*){0,3}"
)


def own_label(paragraph: str, *, outlet: str | None = None, article_text: str = "") -> tuple[Label | None, tuple[str, ...]]:
    """The class and the jurisdictions that an outlet's label about itself names."""
    words = " ".join(paragraph.split())
    firsts = [(m.start(), label) for label in CLASSES if (m := words_of(label).search(words))]
    if words.isupper():
        words = recased(words, article_text)
    if outlet:
        words = re.sub(rf"\b{re.escape(outlet)}\b", "it", words, flags=re.IGNORECASE)
    places = find_places(_MADE_BY.sub(" ", words), article_text=article_text)
    barred = words_of("ban").search(words) is not None
    return (min(firsts)[1] if firsts else "banned" if barred else None), places


# ---------------------------------------------------------------- labels inside a paragraph


@dataclass(frozen=True, slots=True)
class InlineLabel:
    """A label inside a sentence: its words, whom it labels, and how it stands there."""

    span: tuple[int, int]
    reading: Reading
    names: tuple[Name, ...]
    bracket: bool


def _open_bracket(text: str, at: int, low: int) -> int | None:
    """Where the bracket opens that ``at`` stands in, at most ``MAX_BRACKET`` characters before."""
    low = max(low, at - MAX_BRACKET)
    if text.rfind("(", low, at) < 0 and text.rfind("[", low, at) < 0:
        return None
    depth = 0
    for i in range(at - 1, low - 1, -1):
        if text[i] in ")]":
            depth += 1
        elif text[i] in "([":
            if depth == 0:
                return i
            depth -= 1
    return None


def _close_bracket(text: str, at: int, high: int) -> int | None:
    high = min(high, at + MAX_BRACKET)
    depth = 0
    for i in range(at, high):
        if text[i] in "([":
            depth += 1
        elif text[i] in ")]":
            if depth == 0:
                return i
            depth -= 1
    return None


_PLURAL = re.compile(
    r"\b(?:both|all|are|have been|organi[sz]ations|groups|movements|entities|groupings|networks|обе|оба|организации)\b", re.I
)
_WORK_BEFORE = re.compile(r"([\w-]+)\s+[\"“«'‘„]?\Z")


def _bracket_label(text: str, opened: int, closed: int, low: int, article_text: str) -> InlineLabel | None:
    content = text[opened + 1 : closed]
    reading = read_label(content, article_text=article_text)
    if reading is None or reading.n_words > 45 or words_of("speech").search(content):
        return None
    only_class = reading.named and reading.label in ("foreign_agent", "undesirable") and reading.n_other == 0
    if not (_says_enough(reading) or only_class):
        return None
    if reading.n_other > max(3, 0.35 * reading.n_words) or words_of("works").search(content):
        return None
    if _DAY.search(content) or (re.search(r"\bin (?:19|20)\d\d\b", content) and not reading.named) or _ACTIVE.search(" " + content):
        return None
    if re.match(r"\s*(?:which|who|whom)\s+(?!is\b|are\b|has been|have been)", content):
        return None
    names, behind = names_before(text, opened, low=low, several=_PLURAL.search(content) is not None)
    if not reading.named:
        if not names:
            return None
        before = _WORK_BEFORE.search(text, max(low, names[0].start - 40), names[0].start)
        if before and is_word("works", before.group(1)):
            return None
        if any(is_word("works", word) for word in behind):
            return None
        if text[opened - 2 : opened - 1] in '"”' and not any(
            is_word("group", word) for word in [*behind, *(before.groups() if before else ())]
        ):
            return None  # a title: "The Silent Quay" (banned in ...)
    start = opened + 1 + len(content) - len(content.lstrip())
    return InlineLabel((start, start + len(content.strip())), _with_class(reading, behind), tuple(names), bracket=True)


_ADVERB = r"(?:(?:officially|also|currently|legally|formally|now|both|all|itself|previously|jointly|long|since)\s+){0,2}"
_RELATIVE = re.compile(
    r"(?P<comma>\s*,\s+|\s+[—–-]{1,2}\s+)?"
    rf"(?P<np>(?:an?|the|both|all|two|three|another)\s+(?:[\w“”\"'’·-]+\s+){{0,6}}?(?:[\w’-]+[”\"]?,?\s+))?"
    r"(?P<clause>(?:(?:which|who|that)\s+(?:is|are|has\s+been|have\s+been)\s+|"
    r"(?:and\s+)?whose\s+(?:\w+\s+){1,2}(?:is|are|has\s+been|have\s+been)\s+))?"
    rf"{_ADVERB}\Z",
    re.IGNORECASE,
)
_VERB = re.compile(r"\b(?:is|are|was|were|be|been|has|have|had|will|would|said|says)\b")
_WANTS = re.compile(
    r"\b(?:want(?:s|ed|ing)?|ha(?:ve|s|d|ving)|gets?|got|getting|sees?|saw|seen|"
    r"keeps?|kept|needs?|needed|finds?|found|like|likes)\s+(?:to\s+(?:have|see|get)\s+)?\Z"
)
_CLASS_PHRASE = (
    r"(?:(?:\s+(?:in|into|on|to)\s+(?:the\s+|an?\s+|[A-ZÀ-Þ][\w-]+['’]s\s+)?(?:\w+\s+){0,2}?(?:register|registry|list)\s+of)?\s+(?:as\s+)?(?:an?\s+|the\s+)?[“\"'‘]?(?:(?:both|officially|international|armed|and|or)\s+){0,2}"
    r"(?:terrorists?|terror|extremists?|undesirable|foreign(?:\s+media)?[- ]agents?)[”\"'’]?"
    r"(?:\s+(?:and|or)\s+(?:an?\s+)?(?:terrorist|extremist|undesirable|illegal|banned))?"
    r"(?:\s+(?:organi[sz]ations?|groups?|movements?|entit(?:y|ies)|compan(?:y|ies)|groupings?|networks?|association|community))?)"
)
_PLACE_WORD = r"(?!(?:banned|outlawed|prohibited|forbidden|proscribed)\b)(?:(?-i:[A-ZÀ-Þ])\.){2,}|(?-i:[A-ZÀ-ÞА-ЯЁ])[\w-]*"
_PLACE = rf"(?:the\s+)?(?:{_PLACE_WORD})(?:\s+(?:of\s+(?:the\s+)?)?(?:{_PLACE_WORD})){{0,3}}"
_PLACES = (
    r"(?:\s+(?:in|by|on|within|throughout|across)\s+(?:(?:the\s+)?(?:whole\s+|entire\s+)?territory\s+of\s+)?"
    r"(?:(?:many|several|some|various|a\s+(?:number|range)\s+of)\s+(?:other\s+)?(?:countries|states|nations)"
    r"(?:\s+(?:around|across)\s+the\s+world)?,?\s+(?:including|such\s+as)\s+)?"
    rf"{_PLACE}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s+as\s+well\s+as\s+)(?:in\s+)?{_PLACE}){{0,4}}"
    r"(?:\s+and\s+(?:a\s+(?:range|number)\s+of|several|many|some)\s+(?:other\s+)?(?:countries|states|nations)|\s+and\s+elsewhere)?)"
)
_AND_STATUS = r"(?:\s+(?:and|or)\s+(?:is\s+|are\s+)?(?:banned|outlawed|prohibited|proscribed|forbidden|recogni[sz]ed|designated))?"
_GOES_ON = re.compile(
    r"\s+(?:(?:in|by|on|within|throughout|across)\s+(?:the\s|many|several|some|various|a\s|(?!banned|outlawed)(?-i:[A-ZÀ-ÞА-ЯЁ]))|"
    r"as\b|an?\b|and\b|or\b|the\b|[“\"'‘]|terror|extrem|undes|foreign)",
    re.IGNORECASE,
)
_TAIL = re.compile(rf"{_CLASS_PHRASE}?{_AND_STATUS}(?P<places>{_PLACES})?{_CLASS_PHRASE}?", re.IGNORECASE)
_OFFICE = re.compile(
    r"['’]s?\b|\s+(?:authorities|government|court|courts|law|officials|parliament|ministry|justice|president|police|administration)\b"
)
_ORGANISATION = re.compile(
    r"\b(?:Front|Party|Movement|Group|State|Army|Union|Brotherhood|League|Organi[sz]ation|Foundation|Council|Congress|"
    r"Brigades?|Battalion|Militia|Network|Society|Committee|Inc\.?|Corp\.?|Platforms|Church|Sect|Alliance|Guard|Corps|Jihad)\b"
)


def _anchors(text: str, low: int, high: int, lowered: str, stems: tuple[str, ...]) -> list[tuple[int, int]]:
    """Words of banning and naming between two offsets, in order."""
    found = []
    for stem in stems:
        at = lowered.find(stem, low, high)
        while at >= 0:
            for part in ("ban", "naming"):
                match = words_of(part).match(text, at, min(high, at + 30))
                if match:
                    found.append(match.span())
                    break
            at = lowered.find(stem, at + len(stem), high)
    return sorted(set(found))


def _appositions(text: str, low: int, high: int, article_text: str, anchors: list[tuple[int, int]] | None = None) -> list[InlineLabel]:
    if anchors is None:
        anchors = [m.span() for part in ("ban", "naming") for m in words_of(part).finditer(text, low, high)]
    found: list[InlineLabel] = []
    for start, end in sorted(anchors):
        if found and start < found[-1].span[1]:
            continue
        label = _apposition(text, start, end, low, high, article_text)
        if label:
            found.append(label)
    return found


def _apposition(text: str, start: int, end: int, low: int, high: int, article_text: str) -> InlineLabel | None:
    if not _GOES_ON.match(text, end, min(high, end + 60)):
        return None
    tail = _TAIL.match(text, end, min(high, end + 260))
    if tail is None or tail.end() == end:
        return None
    stop = tail.end()
    if tail.group("places") is None and not any(words_of(c).search(tail.group()) for c in CLASSES):
        return None
    if _DATED.match(text, stop, min(high, stop + 40)) or _OFFICE.match(text, stop, min(high, stop + 20)):
        return None
    window = max(low, start - 150)
    left = text[window:start]
    # a noun phrase, if there is one, opens with the last determiner behind a comma (or a dash, or "which is")
    for relative in _left_frames(left):
        np, clause, comma = relative.group("np") or "", relative.group("clause") or "", relative.group("comma") or ""
        at = window + relative.start()
        if not np and not clause and not comma:
            continue
        if np and not comma and not clause:
            continue
        np_words = IN_LABEL.findall(np)
        np_group = any(is_word("group", w) for w in np_words)
        np_class = any(words_of(c).search(np) for c in CLASSES)
        if np and (not (np_group or np_class) or any(is_word("works", w) for w in np_words)):
            continue
        names, behind = names_before(text, at, low=low, several=_PLURAL.search(np + clause) is not None)
        if not names or any(is_word("works", w) for w in behind):
            continue
        if np and (not comma or _VERB.search(np)):
            continue
        first = window + relative.start() + len(comma)
        if clause and not np:
            first = window + relative.start() + len(relative.group()) - len(relative.group().lstrip(" ,—–-\n"))
        label_words = text[first:stop]
        reading = read_label(label_words, article_text=article_text)
        if reading is None or not _says_enough(reading):
            continue
        behind_group = any(is_word("group", w) for w in behind) or any(is_word(p, w) for w in behind for p in ("terrorist", "extremist"))
        if not (reading.named or np_group or behind_group or _ORGANISATION.search(names[-1].words)):
            continue
        if not reading.places and reading.label not in ("foreign_agent", "undesirable"):
            continue
        if not reading.named:
            reading = _with_class(reading, behind)
        return InlineLabel((first, stop), reading, tuple(names), bracket=False)
    # "the X movement banned in Y": the group's noun right before
    if not re.search(r"[\w”\"»)]\s*,?\s+\Z", left):
        return None
    comma_end = re.search(r",?\s+\Z", left)
    at = window + (comma_end.start() if comma_end else len(left))
    names, behind = names_before(text, at, low=low)
    if names and behind and any(is_word("group", w) for w in behind) and not any(is_word("works", w) for w in behind):
        determiner = re.search(r"(?:\b(?:the|both|and|,)\s+|[«“\"]|\A)\s*\Z", text[max(low, names[0].start - 12) : names[0].start], re.I)
        reading = read_label(text[start:stop], article_text=article_text)
        opens = names[0].start - (len(determiner.group()) if determiner else 0)
        if _WANTS.search(text[max(low, opens - 30) : opens].rstrip() + " "):
            return None  # "wants the X movement banned in Y" asks for an event
        headline = names[0].start == low and not any(is_word(p, w) for w in behind for p in ("terrorist", "extremist"))
        if reading and reading.places and (determiner or reading.named) and not headline:
            return InlineLabel((start, stop), _with_class(reading, behind), tuple(names), bracket=False)
    return None


def _left_frames(left: str) -> Iterator[re.Match[str]]:
    """Readings of what stands before a status word: the shortest frame first, then longer noun phrases."""
    for tried, match in enumerate(re.finditer(r"(?:\s*,\s+|\s+[—–-]{1,2}\s+)|\s(?=(?:which|who|that)\s+(?:is|are|has|have)\s)", left)):
        if tried == 12:
            return
        frame = _RELATIVE.fullmatch(left, match.start())
        if frame is None and match.group() == " ":
            frame = _RELATIVE.fullmatch(left, match.end())
        if frame is not None:
            yield frame


def _with_class(reading: Reading, behind: list[str]) -> Reading:
    if reading.named:
        return reading
    for word in behind:
        for label in CLASSES:
            if is_word(label, word):
                return Reading(label, reading.places, True, reading.barred, reading.status, reading.n_words, reading.n_other)
    return reading


def inline_labels(
    text: str, low: int, high: int, lowered: str, stems: tuple[str, ...], *, article_text: str = "", bare_classes: bool = True
) -> list[InlineLabel]:
    """Labels inside one paragraph, in order. ``lowered`` is ``text`` in lower case with the same offsets.

    ``bare_classes`` says whether "foreign agent" or "undesirable" stand in the article, which label in a bracket without a verb.
    """
    found: list[InlineLabel] = []
    taken = low
    for start, end in _anchors(text, low, high, lowered, stems):
        if start < taken:
            continue
        opened = _open_bracket(text, start, low)
        label = None
        if opened is not None:
            closed = _close_bracket(text, end, high)
            if closed is not None:
                label = _bracket_label(text, opened, closed, low, article_text)
                taken = closed if label else taken
        if label is None and opened is None:
            label = _apposition(text, start, end, low, high, article_text)
        if label is not None:
            found.append(label)
            taken = max(taken, label.span[1])
    bare = []
    for match in _BARE_CLASS.finditer(text, low, high) if bare_classes else ():
        inner = _bracket_label(text, match.start(), match.end() - 1, low, article_text)
        if inner:
            bare.append(inner)
    for inner in bare:
        after = bisect_right(found, inner.span[0], key=lambda one: one.span[0])
        near = found[max(0, after - 1) : after + 1]
        if not any(other.span[0] < inner.span[1] and inner.span[0] < other.span[1] for other in near):
            found.insert(after, inner)
    return found


_BARE_CLASS = re.compile(
    r"[(\[][^()\[\]]{0,120}(?:foreign(?: media)?[- ]agents?|undesirable|иностранн\w+ агент|иноагент)[^()\[\]]{0,60}[)\]]", re.I
)
