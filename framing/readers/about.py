"""What pages and rows say of an article beside its text, and the article made of it: the same for every format."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from framing.article import Article, Paragraph
from framing.errors import Problem
from framing.readers.bylines import agency_name, closing_agency, dateline_agency, glued_agency, read_byline
from framing.readers.cells import is_missing
from framing.readers.dates import EXAMPLES, note_order, read_date
from framing.text import Span

_LANGUAGES = {
    "english": "en",
    "german": "de",
    "french": "fr",
    "spanish": "es",
    "italian": "it",
    "portuguese": "pt",
    "russian": "ru",
    "eng": "en",
}


@dataclass
class About:
    """What a page or a row says of its article, gathered bit by bit; ``language`` as it is written there."""

    headline: str | None = None
    outlet: str | None = None
    agency: str | None = None
    authors: tuple[str, ...] = ()
    date: dt.date | None = None
    url: str | None = None
    language: str | None = None
    meta: dict[str, str] = field(default_factory=dict)

    def article(self, article_id: str, text: str, paragraphs: Iterable[Paragraph], *, markup: Iterable[Span] = ()) -> Article:
        """The article. Its agency is none if that is itself the outlet (an AP report at apnews.com has no other author)."""
        itself = self.agency and self.outlet and self.agency == (agency_name(self.outlet) or self.outlet)
        return Article(
            id=article_id,
            text=text,
            outlet=self.outlet,
            agency=None if itself else self.agency,
            headline=self.headline,
            authors=self.authors,
            date=self.date,
            url=self.url,
            paragraphs=tuple(paragraphs),
            language=language_code(self.language),
            markup=tuple(markup),
            meta=self.meta,
        )


def notes(where: str, reasons: Iterable[str | None], article_id: str, *, line: int | None = None) -> list[Problem]:
    """The reasons that there are, as problems that lose nothing."""
    return [Problem(where, reason, line=line, article_id=article_id, lost=False) for reason in reasons if reason]


def read_given_date(given: Any, url: str | None, *, day_first: bool | None = None) -> tuple[Any, str | None]:
    """The date of a field, else the one in the url's path; and what to say if a date was given that is none.

    Without ``day_first`` nothing is known of the order of day and month, and a date that could be read either way is told.
    """
    date = None if is_missing(given) else read_date(given, day_first=bool(day_first))
    if date and day_first is None and (doubt := note_order(given)):
        return date, doubt
    doubt = (
        f"no date could be read from {str(given)[:80]!r}; accepted are forms like {EXAMPLES}"
        if date is None and not is_missing(given)
        else None
    )
    if date is None and url and (in_path := re.search(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/-])", url[:500])):
        date = read_date("-".join(in_path.groups()))
    return date, doubt


def find_agency(text: str, paragraphs: Sequence[Paragraph]) -> str | None:
    """The agency that wrote a text, from its byline, its dateline, or a credit line at its end."""
    for paragraph in paragraphs[:6]:
        byline = read_byline(paragraph.span.of(text)) if paragraph.role == "byline" and len(paragraph.span) <= 300 else None
        if byline and byline.agency:
            return byline.agency
    openings = itertools.islice((p.span for p in paragraphs if p.role == "body"), 3)  # a summary or caption may stand above the dateline
    for span in openings:
        if agency := dateline_agency(text[span.start : min(span.end, span.start + 200)]):
            return agency
    for paragraph in paragraphs[:-4:-1]:
        span = paragraph.span
        if len(span) <= 300 and (agency := closing_agency(span.of(text))):
            return agency
    last = next((p.span for p in reversed(paragraphs) if p.role == "body"), None)
    return glued_agency(text[max(last.start, last.end - 80) : last.end]) if last else None


def language_code(words: str | None) -> str:
    """Two letters: ``en`` for ``en-GB``, ``English`` or nothing."""
    if not words:
        return "en"
    code = re.split(r"[-_]", words.strip().lower())[0]
    return _LANGUAGES.get(code, code[:2] if code.isalpha() and len(code) <= 3 else "en")
