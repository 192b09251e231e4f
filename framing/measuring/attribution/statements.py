"""What is a statement, and what only looks like one: deeds, hedges that name nobody, web furniture, the author's own voice."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from operator import attrgetter

from framing.english import SentencesOf, sentence_at
from framing.english.clauses import AUXILIARY, BE, PREPOSITION, is_adverb
from framing.english.cues import cues
from framing.english.grammar import word_class, words_of_class
from framing.english.tokens import HYPHENATED
from framing.measuring.attribution import rules
from framing.measuring.attribution.refusals import is_author, refusals
from framing.measuring.attribution.types import Found
from framing.text import Quotation, Span, merged, touched

# From which confidence on two kinds are kept that readers often take for wrong, where PolNeAR's coders mark them: attributions to
# the author's own "I" and "we", and those that name nobody by a noun or a verb of no speech, in the
# passive or not. Set so that F1 on the coded articles stays.
AUTHOR, UNSOURCED, PASSIVE = 0.6, 0.45, 0.6

BARE = 6  # words of a bare object at most
_OPENS = frozenset(("to", "that", "which", "who", "whether", "from"))
_TABLE = "measuring/attribution/statements"
_start = attrgetter("start")
_PICTURE = re.compile(r"[(\[](?:Photo|Image|Picture|Video|Graphic|Map|Credit|Source|File|AP Photo|Getty)\b[^()\[\]\n]{0,300}[)\]]")


def settle(
    text: str, paragraphs: Sequence[Span], quotes: Sequence[Quotation], found: Sequence[Found], masked: str, flat: str
) -> list[Found]:
    """What an engine found, without what is no statement, and with refusals in place of what it found there.

    Parameters
    ----------
    masked, flat : str
        The text with its quotations masked and flattened, see :func:`framing.measuring.attribution.rules.mask`.
    """
    judge = Judge(text, paragraphs, quotes, found)
    kept = [f for f in found if judge.is_statement(f)]
    return _with_refusals(text, kept, list(refusals(text, paragraphs, masked, flat, found)))


def _with_refusals(text: str, found: list[Found], refused: list[Found]) -> list[Found]:
    """Refusals in place of what an engine found in their words."""
    for f in found:
        if "no comment" in " ".join(re.findall(r"\w+", " ".join(span.of(text) for span in f.content).lower()[:40])) and _is_short(text, f):
            f.refusal = True
    starts = [f.content[0].start for f in refused]
    kept = []
    for f in found:
        place = bisect_right(starts, max(span.end for span in (*f.cue, *f.content[:1]))) - 1
        replaced = False
        for other in refused[max(0, place - 1) : place + 1]:
            replaced |= _replaces(other, f)
        if not replaced:
            kept.append(f)
    return [*kept, *refused]


def _replaces(refused: Found, f: Found) -> bool:
    """Is ``f`` what an engine made of the words of a refusal? Then who refuses is whom the engine found there, where that is more."""
    words = Span(min(refused.cue[0].start, refused.content[0].start), refused.content[0].end)
    clause = Span(min(words.start, refused.source[0].start), words.end) if refused.source else words
    of_cue = any(span.overlaps(words) for span in f.cue)
    if not of_cue and not all(clause.covers(span) for span in f.content):
        return False
    if not of_cue and refused.cue != refused.content and any(span.covers(refused.cue[0]) for span in f.content):
        refused.source, refused.content = f.source or refused.source, f.content  # "Roe said she had no comment"
    elif of_cue and f.source and (not refused.source or f.source[0].overlaps(refused.source[0])):
        refused.source = f.source
    return True


def _is_short(text: str, f: Found) -> bool:
    return sum(len(span.of(text).split()) for span in f.content) <= 3


class Judge:
    """Tells statements of one text from what is none."""

    def __init__(self, text: str, paragraphs: Sequence[Span], quotes: Sequence[Quotation], found: Sequence[Found]) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.sentences = SentencesOf(text)
        self.quoted = merged(q.span for q in quotes)
        self.spoken = merged([*self.quoted, *(span for f in found if f.is_transcript for span in f.content)])
        self.furniture = merged(_furniture(text, paragraphs))

    def is_statement(self, f: Found) -> bool:
        cue = self._cue_words(f)
        if touched(self.furniture, (f.cue or f.content)[0]) or (cue and _words("picture").issuperset(cue)):
            return False
        if f.source and not rules.is_somebody(f.source[0].of(self.text)):
            return False
        quoted = any(touched(self.quoted, span) for span in f.content)
        if f.source and f.cue:
            return not (self._is_heading(f) or self._is_author(f, quoted) or (not quoted and self._is_deed(f)) or self._asks(f))
        return bool(f.source) or (not self._asks(f) and self._is_supported(f, quoted))

    def _cue_words(self, f: Found) -> list[str]:
        return HYPHENATED.findall(" ".join(span.of(self.text) for span in f.cue).lower())

    def _is_heading(self, f: Found) -> bool:
        """Is the source a paragraph of its own, and the cue in another?"""
        source = f.source[0]
        paragraph = self.paragraphs[max(0, bisect_right(self.paragraphs, source.start, key=_start) - 1)]
        return paragraph.trim(self.text) == source and not paragraph.covers(f.cue[0])

    def _is_author(self, f: Found, quoted: bool) -> bool:
        """ "I" and "we" outside quotations, where nothing is quoted, are the author; an engine's sure ones are kept, see ``AUTHOR``."""
        return f.confidence < AUTHOR and not quoted and is_author(f.source[0].of(self.text)) and not touched(self.spoken, f.source[0])

    def _is_deed(self, f: Found) -> bool:
        """Does the cue say that somebody did something, and nothing of speech or thought?"""
        verbs = [word for word in self._cue_words(f) if word not in AUXILIARY and not is_adverb(word)]
        if not verbs or f.content[0].of(self.text).lower().startswith(("that ", "how ", "why ", "whether ")):
            return False
        if not all(word in PREPOSITION for word in verbs[1:]):
            return False
        words = [word for span in f.content for word in span.of(self.text).lower().split()]
        bare = len(words) <= BARE and _OPENS.isdisjoint(words)
        return verbs[0] in _words("deed") or (verbs[0] in _words("act") and bare)

    def _asks(self, f: Found) -> bool:
        """Does the attribution stand in a question that the author asks?"""
        place = (f.cue or f.content)[0]
        if touched(self.spoken, place):
            return False
        paragraph = self.paragraphs[max(0, bisect_right(self.paragraphs, place.start, key=_start) - 1)]
        end = self.text.find("?", place.end, min(paragraph.end, place.end + 400))
        if end < 0 or touched(self.quoted, Span(end, end + 1)):
            return False
        sentence = sentence_at(self.sentences(paragraph), place.start)
        if sentence is None or not sentence.of(self.text).rstrip("\"”' )").endswith("?"):
            return False
        first = HYPHENATED.search(self.text, *sentence)
        return first is not None and first.group().lower() in _words("asks") and first.start() <= place.start

    def _is_supported(self, f: Found, quoted: bool) -> bool:
        """Do the words support an attribution that names nobody?"""
        words = self._cue_words(f)
        if not words:
            return quoted
        if any(word in _words("hedge") for word in words) and not any(word in _words("told") for word in words):
            return False
        if BE.isdisjoint(words) or f.content[0].start > f.cue[0].start:
            speech = any(word in _words("told") or (word in cues() and cues()[word].kind == "speech") for word in words)
        else:
            speech = any(word in _words("told") for word in words)  # "more has been requested"
        return quoted or speech or f.confidence >= (UNSOURCED if BE.isdisjoint(words) else PASSIVE)


@cache
def _words(name: str) -> frozenset[str]:
    return word_class(name, _TABLE)


@cache
def _label() -> re.Pattern[str]:
    labels = sorted((label.replace("_", r"\s") for label in words_of_class("furniture", _TABLE)), key=len, reverse=True)
    return re.compile(rf"(?:[*•|>(\[]\s?)?(?i:{'|'.join(labels)})\s?[:|»>]")


def _furniture(text: str, paragraphs: Sequence[Span]) -> list[Span]:
    """Pointers to other pages and to pictures."""
    found = []
    for paragraph in paragraphs:
        if _label().match(text, *paragraph):
            found.append(paragraph)
        else:
            found += [Span(*m.span()) for m in _PICTURE.finditer(text, *paragraph)]
    return found
