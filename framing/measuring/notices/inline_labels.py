"""Legal labels inside a sentence, in a bracket or as an apposition: "(a terrorist organisation banned in ...)"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from framing.english.grammar import any_of
from framing.english.tokens import IN_LABEL
from framing.measuring.notices.label_reading import ACTIVE, CLASSES, DAY, Reading, read_label, says_enough
from framing.measuring.notices.subjects import Name, is_word, names_before, words_of

MAX_BRACKET = 300
_DATED = re.compile(
    r"\s*,?\s*(?:since|in (?:early |late |mid-)?(?:19|20)\d\d|on \w+day|on (?:\d|[A-Z][a-z]+ \d)|last|this (?:week|month|year)|"
    r"earlier|yesterday|today|recently|"
    r"(?:\w+ )?(?:days?|weeks?|months?|years?|decades?) ago|"
    rf"in (?:{any_of('month', capital=True)})|"
    r"after|following|during|from|until|for (?!extrem|terror))\b"
)


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
    return _unmatched(text, range(at - 1, low - 1, -1), "([", ")]")


def _close_bracket(text: str, at: int, high: int) -> int | None:
    return _unmatched(text, range(at, min(high, at + MAX_BRACKET)), ")]", "([")


def _unmatched(text: str, places: range, wanted: str, other: str) -> int | None:
    """The first of these places with a ``wanted`` bracket that belongs to no ``other`` met before it."""
    depth = 0
    for i in places:
        if text[i] in other:
            depth += 1
        elif text[i] in wanted:
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
    if not (says_enough(reading) or only_class):
        return None
    if reading.n_other > max(3, 0.35 * reading.n_words) or words_of("works").search(content):
        return None
    if DAY.search(content) or (re.search(r"\bin (?:19|20)\d\d\b", content) and not reading.named) or ACTIVE.search(" " + content):
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


def appositions(text: str, low: int, high: int, article_text: str) -> list[InlineLabel]:
    """Labels that stand beside a name without a bracket, in order."""
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
    for relative in _left_frames(left):
        label = _framed(text, relative, window, stop, low, article_text)
        if label is not None:
            return label
    return _behind_group(text, left, start, stop, low, article_text)


def _framed(text: str, relative: re.Match[str], window: int, stop: int, low: int, article_text: str) -> InlineLabel | None:
    """A label between commas or dashes behind the name: "the Front, a separatist group banned in", "the Front, which is banned in".

    A noun phrase, if there is one, opens with the last determiner behind a comma (or a dash, or "which is").
    """
    at = window + relative.start()
    np, clause, comma = relative.group("np") or "", relative.group("clause") or "", relative.group("comma") or ""
    if not comma and (np or not clause):
        return None
    np_words = IN_LABEL.findall(np)
    np_group = any(is_word("group", w) for w in np_words)
    np_class = any(words_of(c).search(np) for c in CLASSES)
    if np and (not (np_group or np_class) or any(is_word("works", w) for w in np_words)):
        return None
    names, behind = names_before(text, at, low=low, several=_PLURAL.search(np + clause) is not None)
    if not names or any(is_word("works", w) for w in behind):
        return None
    if np and _VERB.search(np):
        return None
    first = at + len(comma)
    if clause and not np:
        first = at + len(relative.group()) - len(relative.group().lstrip(" ,—–-\n"))
    reading = read_label(text[first:stop], article_text=article_text)
    if reading is None or not says_enough(reading):
        return None
    behind_group = any(is_word("group", w) for w in behind) or any(is_word(p, w) for w in behind for p in ("terrorist", "extremist"))
    if not (reading.named or np_group or behind_group or _ORGANISATION.search(names[-1].words)):
        return None
    if not reading.places and reading.label not in ("foreign_agent", "undesirable"):
        return None
    return InlineLabel((first, stop), _with_class(reading, behind), tuple(names), bracket=False)


def _behind_group(text: str, left: str, start: int, stop: int, low: int, article_text: str) -> InlineLabel | None:
    """A label right behind the group's noun: "the X movement banned in Y"."""
    if not re.search(r"[\w”\"»)]\s*,?\s+\Z", left):
        return None
    comma_end = re.search(r",?\s+\Z", left)
    at = start - len(left) + (comma_end.start() if comma_end else len(left))
    names, behind = names_before(text, at, low=low)
    if not names or not any(is_word("group", w) for w in behind) or any(is_word("works", w) for w in behind):
        return None
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
