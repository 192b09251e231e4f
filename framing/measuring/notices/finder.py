"""All notices of an article, in text order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, replace

from framing.article import Article
from framing.measuring.notices.inline_labels import inline_labels
from framing.measuring.notices.label_reading import STEMS_BAN, STEMS_CLASS, STEMS_NAMING, Reading
from framing.measuring.notices.paragraphs import TAIL, Surroundings, kind_by_wording, split_notes, whole_notice
from framing.measuring.notices.subjects import Mentions, Name, forms_of, label_law, names_before, same_name
from framing.measuring.notices.whole_labels import WholeLabel, leading_mark, own_label, whole_label
from framing.measuring.notices.wordings import MAX_CHARACTERS, Kind, Label, Notice, Placement
from framing.measuring.page import Page, as_page
from framing.text import Quotation, Span, quotations

ADJECTIVES_IN = 20_000  # characters of an article in which the place behind "Calderran law" is looked for
_TAIL_START = re.compile(r"(?<=[.!?…”\"’')\]])\s+(?=[\[(*_©A-ZÀ-Þ])")
_CLOSING = re.compile(r"[*_]{0,3}")
_SENTENCE = re.compile(r"[.;]\s+(?=(?:[Tt]he\s)?[A-ZÀ-ÞА-Я«“\"])")


def find_notices(article: Article | Page | str) -> tuple[Notice, ...]:
    """Everything printed with a report that is not reported, in text order.

    Parameters
    ----------
    article : Article, Page or str
        A string is taken as an article whose paragraphs are all body.

    Returns
    -------
    tuple of Notice
        Whole paragraphs, and inside body paragraphs legal labels and notices glued to the paragraph's end.

    Raises
    ------
    InputError
        If ``article`` is neither an Article nor a str.

    Notes
    -----
    *Legal labels.* A label states a legal status beside a name; four placements are told apart: ``footnote`` (a paragraph of its own),
    ``inline_bracket``, ``apposition`` and ``marked_footnote`` (a mark behind a name in the body and the words under that mark below).
    A clause with a past tense, an agent or a day ("the government banned the group on Tuesday") is news. So is whatever stands
    between quotation marks, unless it is in a bracket, which nobody speaks.

    *Who mandates a label.* ``mandated`` names the state whose law makes outlets print it:

    1. the cited jurisdiction, if ``places.tsv`` knows a law there that obliges outlets to label (Russia, Belarus);
    2. none, if that table knows that there is no such law (the United States keep lists, but ask no outlet to print them);
    3. for any other state: the jurisdiction where the label is set apart from the sentence (footnote, bracket, mark), or names a
       class in law (terrorist, extremist, foreign agent, undesirable) beside a word of banning; else None.

    An outlet's label about itself is ``outlet_label``, known by its wording or because its subject is ``Article.outlet``.

    *Time.* Linear in the text.

    Examples
    --------
    >>> for notice in find_notices("The Grey Tide (a terrorist organisation banned in Calderra) denied it. The Tide's leader fled."):
    ...     print(notice.kind, notice.subjects, notice.label, notice.jurisdiction, notice.placement, notice.mandated)
    legal_label ('Grey Tide',) terrorist Calderra inline_bracket Calderra
    """
    return _Finder(as_page(article).article).notices()


class _Quotes:
    """Quotations of single paragraphs, found when first asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.known: dict[Span, list[Quotation]] = {}

    def contain(self, paragraph: Span, span: Span) -> bool:
        if paragraph not in self.known:
            self.known[paragraph] = quotations(self.text, [paragraph])
        known = self.known[paragraph]
        before = bisect_right(known, span.start, key=lambda q: q.inner.start) - 1
        return before >= 0 and known[before].inner.covers(span)


@dataclass
class _Draft:
    """A legal label whose subjects are not yet linked to the body."""

    span: Span
    reading: Reading
    names: list[Name]
    placement: Placement
    mark: str | None = None
    kind: Kind = "legal_label"
    label: Label | None = None  # of an outlet's own label, which may name no class


class _Finder:
    def __init__(self, article: Article) -> None:
        self.article = article
        self.text = article.plain
        self.paragraphs = [p for p in article.paragraphs if p.role not in ("headline", "metadata", "related") and len(p.span)]
        self.around = Surroundings(self.text, [p.span for p in self.paragraphs], article.authors, raw=article.text)
        self.at_head = True  # no body paragraph met yet
        self.lowered = self.around.lowered
        classes = any(stem in self.lowered for stem in STEMS_CLASS)
        bans = tuple(stem for stem in STEMS_BAN if stem in self.lowered)
        self.stems = bans + (tuple(stem for stem in STEMS_NAMING if stem in self.lowered) if classes else ())
        self.labelled = self._paragraphs_with({*bans, *STEMS_CLASS} if bans or classes else set())
        self.bare = any(word in self.lowered for word in ("агент", "agent", "undesirable"))
        self.head = self.text[:ADJECTIVES_IN]
        self.quotes = _Quotes(self.text)
        self.drafts: list[_Draft] = []

    def _paragraphs_with(self, stems: set[str]) -> set[int]:
        """Numbers of the paragraphs in which a word of banning or a class stands: no label does without."""
        starts = self.around.candidates.starts
        found = set()
        for stem in stems:
            at = self.lowered.find(stem)
            while at >= 0:
                number = bisect_right(starts, at) - 1
                if number >= 0:
                    found.add(number)
                    at = max(at, self.paragraphs[number].span.end - 1)
                at = self.lowered.find(stem, at + 1)
        return found

    def notices(self) -> tuple[Notice, ...]:
        found: list[Notice] = []
        n = len(self.paragraphs)
        for number, paragraph in enumerate(self.paragraphs):
            span = paragraph.span
            kind = self.around.kind(number)
            legal = number in self.labelled
            maybe = legal and len(span) <= MAX_CHARACTERS and kind in (None, "other", "editor_note", "promo")
            if maybe and self._whole_labels(span, number, n):
                continue
            if kind is None and paragraph.role in ("notice", "promo"):
                kind = "promo" if paragraph.role == "promo" else whole_notice(span.of(self.text)) or "other"
            if kind == "outlet_label":
                self._own_label(span)
                continue
            if kind is not None:
                found += self._one_or_two(kind, span)
                continue
            if legal:
                self._inline_labels(span)
            if paragraph.role == "body":
                found += self._glued(span, number, n)
                self.at_head = False
        return tuple(sorted([*found, *self._linked()], key=lambda one: (one.span, one.kind)))

    def _whole_labels(self, span: Span, number: int, n: int) -> bool:
        raw = self.article.text
        drafts = []
        for piece in split_notes(self.text, span):
            mark = None
            if self.article.markup:  # a reader may have blanked the mark as a list's bullet
                start = max(raw.rfind("\n", 0, piece.start) + 1, piece.start - 6)
                mark = leading_mark(raw[start : piece.end] + _CLOSING.match(raw, piece.end).group())  # type: ignore[union-attr]
            whole = whole_label(piece.of(self.text), article_text=self.head, mark=mark)
            if whole is None or (not whole.set_apart and not (self.at_head or number < 2 or number >= n - 5)):
                return False
            for part, one in self._sentences(piece, whole):
                drafts.append(_Draft(part, one.reading, list(one.names), "footnote" if number else "paragraph", one.mark))
        self.drafts += drafts
        return True

    def _sentences(self, piece: Span, whole: WholeLabel) -> list[tuple[Span, WholeLabel]]:
        """The sentences of a note that are a label each, about somebody else each; else the note as it is."""
        starts = [piece.start, *(m.end() for m in _SENTENCE.finditer(self.text, piece.start, piece.end))]
        if not 1 < len(starts) <= 6:
            return [(piece, whole)]
        found: list[tuple[Span, WholeLabel]] = []
        for start, end in zip(starts, [*starts[1:], piece.end], strict=True):
            part = Span(start, end).trim(self.text)
            one = whole_label(part.of(self.text), article_text=self.head, mark=whole.mark)
            if one is None or not one.names:
                return [(piece, whole)]
            if found and not one.reading.places:  # "... in Calderra. Open Ledger is listed by the country's Justice Ministry."
                one = replace(one, reading=replace(one.reading, places=found[-1][1].reading.places))
            found.append((part, one))
        return found

    def _own_label(self, span: Span) -> None:
        """An outlet's label about itself, known by its wording."""
        outlet = self.article.outlet
        words = span.of(self.text)
        label, places = own_label(words, outlet=outlet, article_text=self.head)
        named = outlet is not None and outlet.removeprefix("The ").casefold() in words.casefold()
        names = [Name(outlet, span.start)] if outlet and named else []
        reading = Reading(label or "banned", places, label is not None, False, True, 0, 0)
        self.drafts.append(_Draft(span, reading, names, "paragraph", kind="outlet_label", label=label))

    def _one_or_two(self, kind: Kind, span: Span) -> list[Notice]:
        """A notice, or two where a note on how the work was done ends in saying who paid for it."""
        if kind == "method_note":
            for start in reversed([m.end() for m in _TAIL_START.finditer(self.text, span.start, span.end)]):
                if kind_by_wording(self.text[start : span.end], set_apart=True) == "disclosure":
                    return [Notice(kind, Span(span.start, start).trim(self.text)), Notice("disclosure", Span(start, span.end))]
        return [Notice(kind, span)]

    def _inline_labels(self, span: Span) -> None:
        for label in inline_labels(
            self.text, span.start, span.end, self.lowered, self.stems, article_text=self.head, bare_classes=self.bare
        ):
            words = Span(*label.span)
            if label.bracket or not self.quotes.contain(span, words):
                self.drafts.append(_Draft(words, label.reading, list(label.names), "inline_bracket" if label.bracket else "apposition"))

    def _glued(self, span: Span, number: int, n: int) -> list[Notice]:
        """A notice that begins with one of the last sentences of a body paragraph."""
        wordings = self.around.glueable(number)
        legal = number in self.labelled and number >= n - 3
        if not wordings and not legal:
            return []
        tails = [w for w in wordings if w.where == "tail"]
        anywhere = [w for w in wordings if w.where == "any"]
        starts = [m.end() for m in _TAIL_START.finditer(self.text, max(span.start, span.end - TAIL), span.end)]
        for start, after in zip(starts, [*starts[1:], span.end], strict=False):
            words = self.text[start : span.end]
            if legal and (whole := whole_label(words, article_text=self.head)):
                rest = Span(start, span.end)
                if not any(d.span.overlaps(rest) for d in self.drafts[-3:]) and not self.quotes.contain(span, rest):
                    self.drafts.append(_Draft(rest, whole.reading, list(whole.names), "footnote", whole.mark))
                return []
            if words[-1] in '"”' and not any(mark in words[:-1] for mark in '"“'):
                continue  # the end of somebody's words
            kind = kind_by_wording(words, tails) if tails else None
            if kind is None and anywhere:
                kind = kind_by_wording(self.text[start:after], anywhere)
            if kind is not None and not self.quotes.contain(span, Span(start, span.end)):
                return [Notice(kind, Span(start, span.end), placement="inline_bracket" if words[0] in "([" else "footnote")]
        return []

    def _linked(self) -> list[Notice]:
        self._resolve_marks()
        every = [tuple(forms_of(name) for name in draft.names) for draft in self.drafts]
        number = {forms: i for i, forms in enumerate(dict.fromkeys(forms for names in every for forms in names))}
        whole = {draft.span for draft in self.drafts if draft.placement in ("footnote", "marked_footnote", "paragraph")}
        body = [span for span in self.article.spans() if span not in whole] if number else []
        mentions = Mentions(self.text, body, list(number))
        together: dict[tuple[tuple[str, ...], ...], tuple[Span, ...]] = {}
        found = []
        for draft, names in zip(self.drafts, every, strict=True):
            if names not in together:  # labels of one group share their mentions
                together[names] = tuple(sorted({m for forms in names for m in mentions.of(number[forms])}))
            spans = _without(together[names], draft.span)
            subjects = tuple(dict.fromkeys(name.words for name in draft.names))
            kind: Kind = "outlet_label" if subjects and all(self._is_outlet(subject) for subject in subjects) else draft.kind
            places = draft.reading.places
            found.append(
                Notice(
                    kind,
                    draft.span,
                    subjects,
                    draft.label if draft.kind == "outlet_label" else draft.reading.label,
                    "; ".join(places) or None,
                    draft.placement,
                    mandated_by(draft.reading, draft.placement),
                    spans,
                )
            )
        return found

    def _is_outlet(self, subject: str) -> bool:
        outlet = (self.article.outlet or "").casefold().removeprefix("the ")
        return bool(outlet) and subject.casefold().removeprefix("the ") == outlet

    def _resolve_marks(self) -> None:
        """Give marked footnotes the names that carry their mark in the body."""
        marked = [draft for draft in self.drafts if draft.mark]
        notes = {draft.span for draft in marked}
        times = Counter(draft.mark for draft in marked)
        by_mark: dict[str, list[Name]] = {}
        for mark in {draft.mark for draft in marked if draft.mark}:
            pattern = _mark_pattern(mark)
            names: dict[str, Name] = {}
            for paragraph in self.article.spans("body", "headline", "caption", "pull_quote"):
                if paragraph in notes:
                    continue
                for match in pattern.finditer(self.article.text, paragraph.start, paragraph.end):
                    for name in names_before(self.text, match.start(), low=paragraph.start)[0]:
                        before = self.article.text[name.start - 1 : name.start]
                        if before not in ("*", "_"):  # emphasis, not a mark
                            names.setdefault(name.words, name)
            by_mark[mark] = list(names.values())
        for draft in marked:
            carried = by_mark.get(draft.mark or "", [])
            alone = times[draft.mark or ""] == 1
            carried = [next((n for n in draft.names if _ends_in(name, n)), name) for name in carried]
            if carried and (alone or not draft.names):
                own = [name for name in draft.names if not any(same_name(name.words, other.words) for other in carried)]
                draft.names = [*carried, *own]
            if carried:
                draft.placement = "marked_footnote"


def _ends_in(name: Name, shorter: Name) -> bool:
    """Whether a name is another with words before it: "Leaflets of the Harbour Front" and "Harbour Front"."""
    return name.words.casefold().endswith(" " + shorter.words.casefold())


def _without(spans: tuple[Span, ...], taken: Span) -> tuple[Span, ...]:
    """Sorted spans without those that overlap ``taken``; the same tuple if none does."""
    first = bisect_right(spans, taken.start, key=lambda span: span.end)
    last = first
    while last < len(spans) and spans[last].start < taken.end:
        last += 1
    return spans if first == last else spans[:first] + spans[last:]


_SUPERSCRIPT = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")


def _mark_pattern(mark: str) -> re.Pattern[str]:
    digits = re.sub(r"\D", "", mark.translate(_SUPERSCRIPT))
    if digits:
        superscript = digits.translate(str.maketrans("1234567890", "¹²³⁴⁵⁶⁷⁸⁹⁰"))
        return re.compile(rf"(?<=[\w»”\"’')\]])(?:{superscript}|\s?\[{digits}\]|\s?\({digits}\)|(?<=[^\W\d_]){digits})(?!\w)")
    bare = mark.strip("[]()")
    one = re.escape(bare[0])
    return re.compile(rf"(?<=[\w»”\"’')\]])\\?(?:{one}){{{len(bare)}}}(?!{one})(?!\w)")


def mandated_by(reading: Reading, placement: Placement) -> str | None:
    """The state whose law makes outlets print a label, as the Notes of :func:`find_notices` define it."""
    laws = {place: label_law(place) for place in reading.places}
    for place, law in laws.items():
        if law == "yes":
            return place
    for place, law in laws.items():
        if law == "" and (placement != "apposition" or (reading.named and reading.barred)):
            return place
    return None
