"""What a stretch of words says as a legal label, and whether it can be one.

What separates a label from news about one is grammar. A label is a state: a noun phrase, a reduced relative clause ("a group banned
in ..."), or, in a paragraph of its own, a present "is" or "has been". News is an event: a tensed clause with an agent or a day ("the
government banned ...", "was banned on Tuesday"), or somebody's words (between quotation marks, or under a verb of saying).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from framing.english.grammar import any_of
from framing.english.tokens import IN_LABEL
from framing.measuring.notices.subjects import find_places, is_word, words_of
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


DAY = re.compile(
    rf"\b(?:{any_of('weekday', 'near_day')}|"
    r"last (?:week|month|year|night|spring|summer|autumn|fall|winter)|"
    r"this (?:week|month|year|morning)|(?:earlier|later) this|(?:a|two|three|four|five|\d+) (?:days?|weeks?|months?|years?|decades?) ago|"
    r"next (?:week|month|year)|recently)\b",
    re.IGNORECASE,
)
ACTIVE = re.compile(
    r"(?<![,.])\s(?!been|is|are|and|also|be\b)(?:[A-ZÀ-Þ]\w+|government|court|courts|ministry|parliament|"
    r"authorities|officials|police|it|he|she|they|has|have|had)\s+"
    r"(?:\w+ly\s+|also\s+|now\s+)?(?:banned|outlawed|prohibited|proscribed|recogni[sz]ed|designated|listed|declared|"
    r"label+ed|classified|branded|blacklisted)\s+"
    r"(?:the|it|them|him|her|its|his|their|all|a|an|two|three|several|[A-ZÀ-Þ])"
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


def says_enough(reading: Reading) -> bool:
    return (reading.named and (reading.status or bool(reading.places))) or (reading.barred and bool(reading.places))
