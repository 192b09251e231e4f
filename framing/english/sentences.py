"""Sentences by offset."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from operator import attrgetter

from framing.english.grammar import word_class
from framing.english.people import is_given_name
from framing.text import Span, paragraph_spans

# A stop with what closes behind it; possessive, so a row of stops is read once. The look behind comes second, because a pattern that begins
# with a set of characters is found faster.
_STOP = re.compile(r"""[.!?…](?<![.!?…].)[.!?…]*+["'”’»«“)\]]*+(?=\s)""")
_LAST_TOKEN = re.compile(r"([\w.'’&-]+)$")
_STREET = re.compile(
    r"\b(\d+(?:st|nd|rd|th)|(?!(?:Port|Fort|Mount|Bay|East|West|North|South|Lake|Point|Cape|Sault|The|In|At|On|Of|And)\b)[A-Z][a-z]{2,})\sSt$"
)  # "Main St", but not "Port St" of "Port St. Lucie"
_INITIAL = re.compile(r"\s[A-Z]\.")
_NEXT_TOKEN = re.compile(r"(\s+)(?:[\"'“‘„«»(\[]|``)*([\w'’]+|[-–—•])")


def sentences(text: str, span: Span | None = None) -> list[Span]:
    """Sentences of a text, or of one paragraph of it. They are in order, never overlap, and have no white space at their ends.

    A line break inside ``span`` counts as a space; without ``span`` every paragraph is split by itself, so no sentence runs over an
    empty line. Abbreviations and initials do not end one; "U.S." does before a word that commonly opens a sentence.
    """
    if span is None:
        return [s for paragraph in paragraph_spans(text) for s in sentences(text, paragraph)]
    found = _kept_sentences(text, span.start, span.end) if len(text) <= _KEPT else _sentences(text, span.start, span.end)
    return list(found)


_KEPT = 100_000  # characters; sentences of longer texts are not kept


def _sentences(text: str, start: int, end: int) -> tuple[Span, ...]:
    titles, abbreviations, also_words, openers = map(word_class, ("never_ends", "may_end", "also_word", "sentence_opener"))
    whole = Span(start, end).trim(text)
    found, at = [], whole.start
    for stop in _STOP.finditer(text, start, end):
        following = _NEXT_TOKEN.match(text, stop.end(), end)
        if following is None:
            continue
        nxt = following.group(2)
        if not (nxt[0].isupper() or nxt[0].isdigit() or nxt[0] in "-–—•"):
            continue
        if stop.group().startswith(".") and not stop.group().startswith(".."):
            before = _LAST_TOKEN.search(text, max(at, stop.start() - 30), stop.start())
            token = before.group(1) if before else ""
            lowered, opens = token.lower().lstrip("'’"), nxt.lower() in openers
            if lowered == "st" and _is_street(text, max(at, stop.start() - 40), stop.start()):
                pass  # "The shop is on Main St. Police came."
            elif lowered in also_words and not nxt[0].isdigit() and (token == lowered or lowered == "no"):
                pass  # "She fell ill. Doctors came." "The answer was No. Talks ended."
            else:
                initial = len(token) == 1 and token.isupper() and (token != "I" or _INITIAL.match(text, stop.end(), end))
                if lowered in titles or (not opens and (initial or lowered in abbreviations or "." in token)):
                    continue
        found.append(Span(at, stop.end()))
        at = following.end(1)
    if at < whole.end:
        found.append(Span(at, whole.end))
    return tuple(found)


def _is_street(text: str, start: int, end: int) -> bool:
    found = _STREET.search(text, start, end)
    return found is not None and not is_given_name(found.group(1).lower())  # "Jill St. John"


class SentencesOf:
    """Sentences of a text's paragraphs, each cut when first asked for and kept: for many questions about one long paragraph."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[Span, list[Span]] = {}

    def __call__(self, paragraph: Span) -> list[Span]:
        if paragraph not in self._found:
            self._found[paragraph] = sentences(self._text, paragraph)
        return self._found[paragraph]


_kept_sentences = lru_cache(maxsize=256)(_sentences)  # one measure after the other asks for the same


_start = attrgetter("start")


def sentence_at(sentence_spans: Sequence[Span], offset: int) -> Span | None:
    """The sentence that holds ``offset``, from sorted sentences; None between them."""
    i = bisect_right(sentence_spans, offset, key=_start) - 1
    return sentence_spans[i] if i >= 0 and offset < sentence_spans[i].end else None
