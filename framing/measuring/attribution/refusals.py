"""Who is said not to answer: "declined to comment", "could not be reached", "calls to the port were not returned"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter

from framing.english import sentences
from framing.english.clauses import AUXILIARY, PERSONAL, MaskedSentence, first_phrase, is_adverb, is_finite, phrase_after, subject_before
from framing.english.grammar import word_class
from framing.measuring.attribution.types import Found
from framing.resources import load_table
from framing.text import Span

CONFIDENCE = 0.9  # set by hand: what the list finds was read in news
LONGEST = 160  # characters between the first words and the verb in "calls to ... were not returned"

_SIGN = re.compile(  # in lower case; a paragraph without it holds no refusal, and most are not looked at further
    r"decli|refus|ignor|rejec|turn(?:ed|s|ing)\sdown|unava|unrea|unsuc|unans|unret|unabl|in\svain|n['’]t\s|not\s|never\s|yet\sto|failed\sto|neither"
    r"|no\s(?:\w{1,20}\s){0,3}(?:comment|response)|cannot"
)
_TRIGGER = re.compile(  # the same for a sentence
    r"\b(?:declin(?:e|ed|es|ing)|refus(?:e|ed|es|ing)|(?:ignor|reject)(?:ed|es|s|ing)|turn(?:ed|s|ing)\sdown|un(?:available|reachable|successful|answered|returned)"
    r"|unable\sto\sbe|in\svain|(?:not|\w{2,6}n['’]t|never|yet\sto|failed\sto|neither|no|cannot)(?:\s\w{1,20}){0,3}?\s(?:respon|repl|react|return|answer|comment"
    r"|sa[iy]|specif|disclos|explain|make\sclear|elaborat|be\s|discuss|speculat|tak|speak|confirm|provid|offer|give|issu|ma[kd]e|have|available|reachable))",
    re.IGNORECASE,
)
_OVER = re.compile(r",(?!\s(?:or|if|and\sif)\b)|[;:()\[\]—–\ue000]|\s-|\s(?:but|although|though|while|whereas|because|since)\s")
_WITHIN = re.compile(
    r"\s(?:to|with|for|at|reach|contact)\s+(?!comments?\b|an?\s|interviews?\b|more\b|further\b|(?:reach|contact|be)\b)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Phrase:
    use: str
    verb: re.Pattern[str]
    following: re.Pattern[str]


@cache
def _phrases() -> tuple[_Phrase, ...]:
    rows = load_table("measuring/attribution/refusals")
    parts = {f"<{row['name']}>": row["verb"] for row in rows if row["use"] == "part"}

    def pattern(words: str) -> re.Pattern[str]:
        while found := re.search(r"(?<!\?P)<\w+>", words):
            words = words.replace(found.group(), parts[found.group()])
        return re.compile(words.replace(" ", r"\s"), re.IGNORECASE)

    return tuple(_Phrase(row["use"], pattern(rf"\b{row['verb']}"), pattern(row["following"])) for row in rows if row["use"] != "part")


def refusals(text: str, paragraphs: Sequence[Span], masked: str, flat: str, found: Sequence[Found]) -> Iterator[Found]:
    """Refusals in these paragraphs, in text order.

    Parameters
    ----------
    masked, flat : str
        The text with its quotations masked and flattened, see :func:`framing.measuring.attribution.rules.mask`.
    found : sequence of Found
        What an engine found: who speaks in a sentence is asked of it first.
    """
    sources = sorted({f.source[0] for f in found if f.source})
    at = 0
    for paragraph in paragraphs:
        if not _SIGN.search(paragraph.of(masked).lower()):
            continue
        for sentence in sentences(flat, paragraph):
            while at < len(sources) and sources[at].start < sentence.start:
                at += 1
            if _TRIGGER.search(masked, *sentence):
                last = at
                while last < len(sources) and sources[last].start < sentence.end:
                    last += 1
                yield from _in_sentence(text, masked, sentence, sources[at:last])


def _in_sentence(text: str, masked: str, sentence: Span, sources: Sequence[Span]) -> Iterator[Found]:
    matches = sorted(
        (verb.start(), -following.end(), phrase.use, verb.end(), following.start())
        for phrase in _phrases()
        for verb in phrase.verb.finditer(masked, *sentence)
        if (following := _behind(phrase, masked, verb.end(), sentence.end))
    )
    if not matches:
        return
    s, done = MaskedSentence(masked, sentence), sentence.start
    for start, minus_end, use, verb_end, second in matches:
        if start < done:
            continue
        end = _end(s, masked, -minus_end, sentence.end) if use == "before" else -minus_end
        token = bisect_left(s.start, start)
        source, cue, content = None, Span(start, verb_end).trim(text), Span(start, end).trim(text)
        if use == "before":
            source = _refuser(s, token, masked, sources)
        elif use == "behind":
            source = _phrase_at(s, -minus_end)
        else:
            place = _WITHIN.search(masked, start, second)
            source = _phrase_at(s, place.end(), second) if place else None
            cue = content = Span(second, -minus_end)
        if source is None and use == "before":
            continue
        if cue.end < content.end:
            content = Span(cue.end, content.end).trim(text)
        done = content.end
        if source is None or not is_author(source.of(text)):
            yield Found([source] if source else [], [cue], [content], CONFIDENCE, refusal=True)


def _behind(phrase: _Phrase, masked: str, at: int, end: int) -> re.Match[str] | None:
    """What must follow the verb, right behind it or, in "calls to the port were not returned", a few words on."""
    if phrase.use == "within":
        return phrase.following.search(masked, at, min(end, at + LONGEST))
    while phrase.following.pattern and at < end and masked[at].isspace():
        at += 1
    return phrase.following.match(masked, at, end)


def _end(s: MaskedSentence, masked: str, at: int, end: int) -> int:
    """Where the words of refusing end: at a mark, or where another clause begins."""
    over = _OVER.search(masked, at, end)
    end = over.start() if over else max(at, s.end[s.stop - 1]) if s.stop else end
    for i in range(bisect_right(s.start, at), bisect_left(s.start, end)):
        if s.low[i] == "and" and i + 1 < s.stop:
            behind = i + 1 + is_adverb(s.low[i + 1])
            if s.word(behind) in PERSONAL | AUXILIARY or (behind < s.stop and is_finite(s, behind)):
                return s.end[i - 1]
    return end


def _refuser(s: MaskedSentence, token: int, masked: str, sources: Sequence[Span]) -> Span | None:
    """Who stands before the refusing verb: its subject, as an engine marked it or as the rules read it."""
    before = s.word(token - 1)
    subject = None if s.word(token).endswith("ing") else subject_before(s, token)
    if subject:
        span = s.span(*subject)
        if {*s.low[slice(*subject)]} & word_class("reached", "measuring/attribution/words"):
            return None  # "a deal could not be reached"
        place = bisect_left(sources, s.start[token], key=attrgetter("start"))
        return next(
            (source for source in sources[max(0, place - 3) : place] if source.overlaps(span) and source.end <= s.start[token]), span
        )
    if before in ("and", "but", "or", ",", "then", "while", "by", "before") or is_adverb(before) or token == 0:
        place = bisect_right(sources, s.start[token], key=attrgetter("end")) if token else len(sources)
        if place:
            return sources[place - 1]
        first = first_phrase(s, token)
        return s.span(*first) if first else None
    return None


def _phrase_at(s: MaskedSentence, at: int, end: int | None = None) -> Span | None:
    """The noun phrase that begins behind offset ``at``."""
    token = bisect_left(s.start, at)
    stop = phrase_after(s, token) if token < s.stop else token
    while end is not None and stop > token and s.end[stop - 1] > end:
        stop -= 1
    for i in range(token + 1, stop):
        if s.low[i] in ("on", "seeking", "for", "requesting", "asking", "about") or s.low[i] in AUXILIARY:
            stop = i
            break
    return s.span(token, stop) if stop > token else None


def is_author(words: str) -> bool:
    """Are these words "I" or "we"? Outside quotations that is the author."""
    return words.lower() in word_class("author", "measuring/attribution/words")
