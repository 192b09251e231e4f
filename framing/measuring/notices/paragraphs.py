"""Which kind of notice a paragraph is, seen alone and where it stands in a text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from framing.measuring.notices.label_reading import STEMS_BAN, STEMS_CLASS
from framing.measuring.notices.whole_labels import whole_label
from framing.measuring.notices.wordings import MAX_CHARACTERS, Candidates, Kind, Wording, clean, is_set_apart, load_wordings
from framing.text import Span

EDGE_FIRST, EDGE_LAST = 3, 10  # paragraphs at either end of an article, where house notices are printed
# These wordings also open ordinary paragraphs ("Ada Finn is a professor ..."), so they count at an article's edges only.
EDGE_ONLY = frozenset(
    {"author_bio", "disclosure", "opinion_disclaimer", "syndication", "wire_credit", "other", "editor_note", "machine_made", "sponsored"}
)
BIO_LAST = 6  # a writer's note stands among the last paragraphs, or first of all
TAIL = 700  # characters at a paragraph's end in which a notice glued to it is looked for
_NOT_GLUED = frozenset({"author_bio", "promo", "method_note", "disclosure", "other"})  # never told from reporting by a sentence alone
_SAID = re.compile(r",[\"”’]?\s+(?:\w+\s+){1,5}?(?:said|says|told|wrote|writes|joked|added|announced|tweeted|insisted)\b[^,]{0,60}\Z")
_SPEAKABLE = frozenset(
    {"correction", "update", "disclosure", "machine_made", "sponsored", "opinion_disclaimer", "editor_note", "outlet_label"}
)
_TITLE = re.compile(r"[\"“«][^\"”»,.!?]{2,40}[\"”»]\s+\w")
_PIECE = re.compile(r"(?:[\r\n]+|;\s*|\.\s+)(?=\\?(?:\*{1,4}|†{1,2}|‡{1,2}|✱{1,3}|[¹²³⁴⁵⁶⁷⁸⁹]|\[\d{1,2}\])\s*[-–—\w])")


def whole_notice(paragraph: str) -> Kind | None:
    """Which kind of notice a paragraph is as a whole, seen alone; None for reporting.

    Parameters
    ----------
    paragraph : str
        One paragraph. Markdown emphasis, list marks and brackets around it do not matter.

    Returns
    -------
    str or None
        One of :data:`~framing.measuring.notices.KINDS`.

    Notes
    -----
    Seen alone, "Ada Finn is a fellow at the Quay Institute" can be the writer's note or the report's own words; it is taken for the
    former. :func:`find_notices` knows where the paragraph stands and whether the person is named in the report.

    Examples
    --------
    >>> whole_notice("(Reporting by Mira Sand in Vantry; editing by Otto Kell)")
    'wire_credit'
    >>> whole_notice("* - an armed group banned in Calderra")
    'legal_label'
    >>> whole_notice("The government banned the group on Tuesday, the minister said.") is None
    True
    """
    if len(paragraph) > MAX_CHARACTERS:
        return None
    kind = kind_by_wording(paragraph)
    if kind in (None, "other", "editor_note", "promo"):
        pieces = split_notes(paragraph, Span(0, len(paragraph)))
        if all(whole_label(piece.of(paragraph)) for piece in pieces):
            return "legal_label"
    return kind


def kind_by_wording(paragraph: str, wordings: Sequence[Wording] | None = None, *, set_apart: bool | None = None) -> Kind | None:
    """The kind of a paragraph by ``wordings.tsv`` alone (or by those of its rows that an article can fit).

    ``set_apart`` says whether it is printed in italics, bold or brackets; None to see for itself.
    """
    words = clean(paragraph)
    if not words or (words[0] in '"“”«' and not _TITLE.match(words)):
        return None
    lowered = words.lower()
    n_words = lowered.count(" ") + 1
    for wording in load_wordings("measuring/notices/wordings") if wordings is None else wordings:
        if wording.where == "set_apart":
            set_apart = is_set_apart(paragraph) if set_apart is None else set_apart
            if not set_apart:
                continue
        if n_words <= wording.max_words and any(need in lowered for need in wording.needs) and wording.fits(words, n_words):
            kind: Kind = wording.kind  # type: ignore[assignment]
            return None if kind in _SPEAKABLE and _SAID.search(words) else kind
    return None


def same_length_lower(text: str) -> str:
    """Lower case with the same offsets (a few letters would grow)."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(low if len(low := c.lower()) == 1 else c for c in text)


def split_notes(text: str, span: Span) -> list[Span]:
    """A block of several marked footnotes, one by one; any other paragraph as it is."""
    starts = [span.start, *(m.end() for m in _PIECE.finditer(text, span.start, span.end))]
    return [Span(a, b).trim(text) for a, b in zip(starts, [*starts[1:], span.end], strict=True)]


class Surroundings:
    """A text with its paragraphs, and which wordings can fit which of them.

    Parameters
    ----------
    text : str
    spans : sequence of Span
        Its paragraphs, in order.
    authors : sequence of str
        Names from the byline.
    raw : str, optional
        The text with its markup, at the same offsets, if ``text`` is without.
    """

    def __init__(self, text: str, spans: Sequence[Span], authors: Sequence[str] = (), *, raw: str | None = None) -> None:
        self.text = text
        self.raw = text if raw is None else raw
        self.lowered = same_length_lower(text)
        self.spans = spans
        self.authors = authors
        self.may_label = any(stem in self.lowered for stem in (*STEMS_BAN, *STEMS_CLASS))
        self.candidates = Candidates(
            self.lowered, spans, "measuring/notices/wordings", outer_kinds=EDGE_ONLY, first=EDGE_FIRST, last=EDGE_LAST
        )

    def inner(self, number: int) -> bool:
        """Whether a paragraph stands in an article's middle."""
        return EDGE_FIRST <= number < len(self.spans) - EDGE_LAST

    def kind(self, number: int) -> Kind | None:
        """The kind of a paragraph where it stands; legal labels apart."""
        span = self.spans[number]
        if len(span) > MAX_CHARACTERS:
            return None
        wordings = self.candidates.of(number)
        inner = self.inner(number)
        if inner:
            wordings = [w for w in wordings if w.kind not in EDGE_ONLY]
        if not wordings:
            return None
        words = span.of(self.text)
        kind = kind_by_wording(words, wordings, set_apart=not inner and is_set_apart(span.of(self.raw)))
        return None if kind == "author_bio" and not self._is_bio(words, number) else kind

    def glueable(self, number: int) -> list[Wording]:
        """Wordings of notices that can be glued to the end of a paragraph."""
        inner = self.inner(number)
        candidates = self.candidates.of(number)
        if not candidates:
            return []
        tail = self.lowered[max(self.spans[number].start, self.spans[number].end - TAIL) : self.spans[number].end]
        return [
            w
            for w in candidates
            if (w.where == "tail" or (w.where == "any" and w.kind not in _NOT_GLUED))
            and not (inner and w.kind in EDGE_ONLY)
            and any(need in tail for need in w.needs)
        ]

    def _is_bio(self, words: str, number: int) -> bool:
        """A note on the writer, and not on somebody in the report: at the end, about a person who is not named elsewhere."""
        span, n = self.spans[number], len(self.spans)
        if 0 < number < n - BIO_LAST:
            return False
        name = _BIO_NAME.search(words)
        if name is None or n == 1 or _BIO_CONTACT.match(clean(words)):
            return True
        last = name.group("last")
        if any(last in author for author in self.authors):
            return True
        rest = self.text[: span.start] + " " + self.text[span.end : span.end + 20_000]
        named = re.findall(rf"\b{re.escape(last)}\b", rest[-60_000:])
        bylined = re.search(rf"\b[Bb]y [^\n]{{0,80}}\b{re.escape(last)}\b", rest[:3000])
        return not named or (bylined is not None and len(named) <= 1)


_BIO_CONTACT = re.compile(r"(?:you can |also )*(?:contact|follow|write to|e-?mail|reach)\b", re.IGNORECASE)
_BIO_NAME = re.compile(r"(?:[A-ZÀ-Þ][\w.'’-]*\s+){1,3}(?P<last>[A-ZÀ-Þ][\w'’-]+)")
