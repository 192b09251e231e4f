"""Interviews printed as questions and answers: what is answered is said by the one who was asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from framing.measuring.attribution.layout import CONFIDENCE
from framing.measuring.attribution.types import Found
from framing.text import Quotation, Span, touched, word_strings

_LABEL = re.compile(r"\s*([QA])([:.])\s+(?=\S)")
_I, _WE = re.compile(r"\b(?:I|[Mm]y|me)\b(?!\.\w)"), re.compile(r"\b(?:[Ww]e|[Oo]ur|us)\b(?!\.\w)")
_YOU = re.compile(r"\b[Yy]ou(?:r|rs)?\b")
_STATED = re.compile(r"[.!…][”’\"]?\s+[“‘\"]?[A-Z]")  # a sentence that is no question
_LONGEST = 60  # words of a question that stands as a paragraph
_LEAST = 2  # questions that make an interview


def answers(text: str, paragraphs: Sequence[Span], quotes: Sequence[Quotation]) -> list[Found]:
    """What is answered, where the body is printed as an interview: "Q:" and "A:", or questions that are paragraphs of their own.

    Questions without a label count only if one says "you", an answer says "I" outside quotations and half of them "I" or "we": else they
    are the headings of an explainer, answered by the outlet itself. An answer's source is the "A", or nothing.
    """
    labels = [_LABEL.match(text, *paragraph) for paragraph in paragraphs]
    letters = {label.group(1) for label in labels if label}
    if letters == {"Q", "A"}:
        return _labelled(paragraphs, labels)
    asked = [_is_question(text, paragraph) for paragraph in paragraphs]
    if sum(asked) < _LEAST or not any(
        _YOU.search(text, *paragraph) for paragraph, question in zip(paragraphs, asked, strict=True) if question
    ):
        return []
    given = _unlabelled(paragraphs, asked)
    said = [quote.span for quote in quotes]
    i, we = ([_stands_free(form, text, f.content, said) for f in given] for form in (_I, _WE))
    return given if any(i) and 2 * sum(map(max, i, we)) >= len(given) else []


def _stands_free(form: re.Pattern[str], text: str, spans: Sequence[Span], quoted: Sequence[Span]) -> bool:
    """Does one of these words stand outside quotations?"""
    return any(not touched(quoted, Span(*found.span())) for span in spans for found in form.finditer(text, *span))


def _labelled(paragraphs: Sequence[Span], labels: Sequence[re.Match[str] | None]) -> list[Found]:
    found: list[Found] = []
    answering = False
    for paragraph, label in zip(paragraphs, labels, strict=True):
        if label:
            answering = label.group(1) == "A"
            if answering:
                content = Span(label.end(), paragraph.end)
                found.append(Found([Span(*label.span(1))], [Span(*label.span(2))], [content], CONFIDENCE, is_transcript=True))
        elif answering:
            found[-1].content.append(paragraph)
    return found


def _unlabelled(paragraphs: Sequence[Span], asked: Sequence[bool]) -> list[Found]:
    found: list[Found] = []
    answering = False
    for paragraph, question in zip(paragraphs, asked, strict=True):
        if not question and answering:
            found[-1].content.append(paragraph)
        elif not question and found:
            found.append(Found([], [], [paragraph], CONFIDENCE, is_transcript=True))
            answering = True
        elif question:
            found += [] if found else [Found([], [], [], CONFIDENCE)]  # opens the interview
            answering = False
    return [f for f in found if f.content]


def _is_question(text: str, paragraph: Span) -> bool:
    """Is this paragraph a question, outside quotation marks? What says more before it asks must say "you": else a column asks."""
    words = paragraph.of(text).strip()
    if not (words.endswith("?") and words[:1].isalnum() and len(word_strings(words)) <= _LONGEST):
        return False
    return _YOU.search(words) is not None or not _STATED.search(words)
