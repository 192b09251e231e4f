"""What lies over the words of an article: marks in layers, and the text cut into pieces over which the same marks hold."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from framing.article import Article, Paragraph
from framing.english import sentences
from framing.text import Span

if TYPE_CHECKING:
    from framing.measuring.attribution import Attribution
    from framing.measuring.names import Name
    from framing.measuring.notices import Notice
    from framing.measuring.tone import LoadedWord, TargetTone, ToneWord


@dataclass(frozen=True, slots=True)
class Layer:
    """One kind of mark: its name in style sheets, and the element by which a reader without the style still sees it."""

    name: str
    element: str
    meaning: str
    shown_first: bool = True


LAYERS = {
    layer.name: layer
    for layer in (
        Layer("source", "cite", "sources"),
        Layer("cue", "em", "cue words"),
        Layer("content", "mark", "what they say"),
        Layer("loaded", "u", "loaded words"),
        Layer("target", "span", "names with tone ▲▼"),
        Layer("tone", "u", "tone words + −", shown_first=False),
        Layer("notice", "small", "notices"),
        Layer("mention", "b", "named in a notice"),
    )
}
UNKNOWN = "speaker not named"
SIGNS = {"negative": "▼", "neutral": "", "positive": "▲"}


def label_of(name: str) -> str:
    """A name from the tables as words: ``"civil_society"`` becomes ``"civil society"``."""
    return name.replace("_", " ")


def signed(value: float, digits: int = 2) -> str:
    """A number with its sign, a true minus; zero has none."""
    shown = f"{value:+.{digits}f}".replace("-", "−")
    return shown if any(digit in shown for digit in "123456789") else shown[1:]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text with what is said of it.

    ``title`` is what a pointer over it tells besides the lists. ``number`` is that of its attribution and stands before it, ``sign``
    stands behind it; ``place`` is its speaker's place in :func:`speakers`, which gives colour and line.
    """

    span: Span
    layer: str
    title: str
    number: int | None = None
    place: int | None = None
    sign: str = ""


@dataclass(slots=True)
class Speaker:
    """Somebody cited: the name, the kind of source that is commonest, and the numbers of the attributions."""

    name: str
    kinds: Counter[str]
    numbers: list[int]

    @property
    def kind(self) -> str:
        kind = label_of(self.kinds.most_common(1)[0][0])
        return "kind unknown" if kind == "unknown" else kind


def who(article: Article, found: Attribution) -> str:
    """The speaker's name, the words that stand for the source, or :data:`UNKNOWN`."""
    return found.speaker or article.words_at(found.source) or UNKNOWN


def speakers(article: Article, attributions: Sequence[Attribution]) -> dict[str, Speaker]:
    """Who is cited, in the order of their first attribution, by their names in lower case."""
    cited: dict[str, Speaker] = {}
    for number, found in enumerate(attributions, 1):
        name = who(article, found)
        speaker = cited.setdefault(name.casefold(), Speaker(name, Counter(), []))
        speaker.kinds[found.source_type] += 1
        speaker.numbers.append(number)
    return cited


def manner(found: Attribution) -> str:
    """How somebody is quoted: the form, then what is out of the ordinary ("direct, doubting", "indirect, asked not to be named")."""
    stance = "" if found.stance == "neutral" else f", {found.stance}"
    return f"{found.form}{stance}{', asked not to be named' if found.anonymity == 'requested' else ''}"


def notice_words(notice: Notice) -> str:
    """What a notice is, in words: its kind, label, subjects, law and who requires it."""
    pieces = [label_of(notice.kind)]
    if notice.label:
        pieces.append(label_of(notice.label))
    if notice.subjects:
        pieces.append("; ".join(notice.subjects))
    if notice.jurisdiction:
        pieces.append(notice.jurisdiction)
    if notice.mandated:
        pieces.append(f"required by {notice.mandated}")
    return ", ".join(pieces)


def target_names(article: Article, names: Sequence[Name], targets: Sequence[TargetTone]) -> list[str]:
    """The full name of each target: that of ``names`` where they are given, else its words."""
    if len(names) == len(targets):
        return [name.name for name in names]
    return [article.words_at(target.target) for target in targets]


def by_name(names: Sequence[str], targets: Sequence[TargetTone]) -> list[tuple[str, float, list[TargetTone]]]:
    """Each name with its mean tone and its mentions, those with the strongest tone first."""
    mentions: dict[str, list[TargetTone]] = defaultdict(list)
    for name, target in zip(names, targets, strict=True):
        mentions[name].append(target)
    means = {name: sum(t.score for t in here) / len(here) for name, here in mentions.items()}
    return [(name, means[name], mentions[name]) for name in sorted(means, key=lambda name: -abs(means[name]))]


def marks_of(
    article: Article,
    *,
    notices: Sequence[Notice] = (),
    attributions: Sequence[Attribution] = (),
    tone_words: Sequence[ToneWord] = (),
    loaded: Sequence[LoadedWord] = (),
    names: Sequence[Name] = (),
    targets: Sequence[TargetTone] = (),
) -> list[Mark]:
    """Everything found, as marks."""
    marks: list[Mark] = []
    places = {name: place for place, name in enumerate(speakers(article, attributions))}
    for number, found in enumerate(attributions, 1):
        name = who(article, found)
        place = None if name == UNKNOWN else places[name.casefold()]
        titles = {"source": f"{name} ({label_of(found.source_type)}), {manner(found)}", "content": name}
        for layer, spans in (("source", found.source), ("cue", found.cue), ("content", found.content)):
            told = (None, None) if layer == "cue" else (number, place)
            marks += [Mark(span, layer, titles.get(layer, ""), *told) for span in spans]
    for notice in notices:
        marks.append(Mark(notice.span, "notice", f"notice: {notice_words(notice)}"))
        marks += [Mark(span, "mention", f"named in a notice: {notice_words(notice)}") for span in notice.mentions]
    for name, target in zip(target_names(article, names, targets), targets, strict=True):
        title = f"{name}: {target.label} {signed(target.score)}"
        marks.append(Mark(target.target, "target", title, sign=SIGNS[target.label]))
    for word in loaded:
        marks.append(Mark(Span(word.start, word.end), "loaded", f"loaded {word.probability:.2f}"))
    for scored in tone_words:
        title = f"polarity {signed(scored.polarity)}, subjectivity {scored.subjectivity:.2f}"
        marks.append(Mark(scored.span, "tone", title, sign="+" if scored.polarity > 0 else "−" if scored.polarity < 0 else ""))
    return marks


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text over which the same marks hold, the outermost first."""

    span: Span
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence of the body with its number in the article, or what lies between sentences (None)."""

    number: int | None
    pieces: tuple[Piece, ...]


_MOST_MARKS = 6  # over one piece: of deeper nesting the innermost are shown, so that output stays linear in the text


def _cut(stretch: Span, marks: Sequence[Mark]) -> Iterator[Piece]:
    """``stretch`` cut wherever a mark begins or ends; marks may nest and overlap as they like."""
    if not marks:
        yield Piece(stretch, ())
        return
    opening: dict[int, list[Mark]] = defaultdict(list)
    closing: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        start, end = max(mark.span.start, stretch.start), min(mark.span.end, stretch.end)
        if start < end:
            opening[start].append(mark)
            closing[end].append(mark)
    active: dict[Mark, None] = {}
    at = stretch.start
    for offset in sorted({*opening, *closing, stretch.end}):
        if at < offset:
            yield Piece(Span(at, offset), tuple(islice(reversed(active), _MOST_MARKS))[::-1])
        for mark in closing.get(offset, ()):
            active.pop(mark, None)
        active.update(dict.fromkeys(opening.get(offset, ())))
        at = offset


def _paragraphs(article: Article) -> Iterator[Paragraph]:
    """Paragraphs in text order, and words that stand in no paragraph, so that nothing is left out."""
    at = 0
    for paragraph in sorted(article.paragraphs, key=lambda p: p.span):
        if paragraph.span.start > at and article.plain[at : paragraph.span.start].strip():
            yield Paragraph(Span(at, paragraph.span.start), "metadata")
        if paragraph.span.end > at:
            yield Paragraph(Span(max(at, paragraph.span.start), paragraph.span.end), paragraph.role)
        at = max(at, paragraph.span.end)
    if article.plain[at:].strip():
        yield Paragraph(Span(at, len(article.text)), "metadata")


def _sentences(article: Article, paragraph: Paragraph, before: int) -> Iterator[tuple[int | None, Span]]:
    """A body paragraph as sentences, numbered on from ``before``, and the gaps between them."""
    at = paragraph.span.start
    for number, span in enumerate(sentences(article.plain, paragraph.span), before + 1):
        if at < span.start:
            yield None, Span(at, span.start)
        yield number, span
        at = span.end
    if at < paragraph.span.end:
        yield None, Span(at, paragraph.span.end)


def cut(article: Article, marks: Iterable[Mark], *, by_sentence: bool = False) -> Iterator[tuple[Paragraph, list[Stretch]]]:
    """Each paragraph in pieces, those of the body by sentence if asked for.

    One pass over sorted marks: a mark is looked at only in the stretches it touches.
    """
    waiting = sorted(marks, key=lambda m: (m.span.start, -m.span.end))
    position = n_sentences = 0
    open_marks: list[Mark] = []
    for paragraph in _paragraphs(article):
        parts: list[tuple[int | None, Span]] = [(None, paragraph.span)]
        if by_sentence and paragraph.role == "body":
            parts = list(_sentences(article, paragraph, n_sentences))
            n_sentences = max([n_sentences, *(number for number, _ in parts if number)])
        stretches = []
        for number, span in parts:
            while position < len(waiting) and waiting[position].span.start < span.end:
                open_marks.append(waiting[position])
                position += 1
            open_marks = [m for m in open_marks if m.span.end > span.start]
            stretches.append(Stretch(number, tuple(_cut(span, open_marks))))
        yield paragraph, stretches
