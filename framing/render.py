"""One article as a page or in a terminal: its text coloured by layer, so that a reader sees what was found and where.

The text is hostile. Everything is escaped, links are shown as text unless they are plain web addresses, and characters that steer a
screen or reverse the reading direction are shown as visible marks. Layers are told apart by line and border as well as by colour.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import islice
from typing import TYPE_CHECKING

from rich.console import Group
from rich.panel import Panel
from rich.text import Text

from framing.article import Article, Paragraph
from framing.text import Span, how_many

if TYPE_CHECKING:
    from framing.attribution import Attribution
    from framing.notices import Notice
    from framing.tone import Tone, ToneWord

_STEERING = {
    # Zero-width joiners stay: scripts and emoji need them. Marks that reorder the line around them do not.
    **{code: f"⟨{name}⟩" for code, name in zip(range(0x202A, 0x202F), ("LRE", "RLE", "PDF", "LRO", "RLO"), strict=True)},
    **{code: f"⟨{name}⟩" for code, name in zip(range(0x2066, 0x206A), ("LRI", "RLI", "FSI", "PDI"), strict=True)},
    0x200E: "⟨LRM⟩",
    0x200F: "⟨RLM⟩",
    0x061C: "⟨ALM⟩",
}
_VISIBLE: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n\r"},
    0x7F: "␡",
    **{code: f"⟨{code:02X}⟩" for code in range(0x80, 0xA0)},
    **dict.fromkeys(range(0xD800, 0xE000), "�"),
    **dict.fromkeys((0xFFFE, 0xFFFF), "�"),
    **_STEERING,
}


def visible(text: str) -> str:
    """The text with control characters, direction overrides and broken halves of characters shown as marks.

    Tabs and line breaks stay.

    Examples
    --------
    >>> visible("a\\x1b[31mb\\u202ec")
    'a␛[31mb⟨RLO⟩c'
    """
    return text.translate(_VISIBLE)


def safe_link(url: str | None) -> str | None:
    """The address if it is a plain http or https one, else None (``javascript:``, ``data:``, white space or quotes inside).

    Examples
    --------
    >>> safe_link("https://vantryherald.example/a?b=1")
    'https://vantryherald.example/a?b=1'
    >>> safe_link("javascript:alert(1)") is None
    True
    """
    if not url or not url.lower().startswith(("https://", "http://")):
        return None
    if any(char.isspace() or char in "\"'<>`\\" or not char.isprintable() for char in url):
        return None
    return url


def label_of(name: str) -> str:
    """A name from the tables as words: ``"civil_society"`` becomes ``"civil society"``."""
    return name.replace("_", " ")


@dataclass(frozen=True, slots=True)
class _Layer:
    name: str
    element: str  # what a reader without the style still sees: italics, highlight, small print
    meaning: str


_LAYERS = {
    layer.name: layer
    for layer in (
        _Layer("source", "cite", "who is cited"),
        _Layer("cue", "em", "the words that say so"),
        _Layer("content", "mark", "what is attributed"),
        _Layer("notice", "small", "printed, not reported"),
        _Layer("mention", "b", "named in a notice"),
        _Layer("tone", "u", "a word that counts"),
    )
}
_TOP = ("cue", "source", "tone", "mention", "notice", "content")  # the element of a piece is that of the first of its layers


@dataclass(frozen=True, slots=True)
class _Mark:
    span: Span
    layer: str
    title: str
    number: int | None = None


def _manner(found: Attribution) -> str:
    """How somebody is quoted: the form, then what is out of the ordinary ("direct, doubting", "indirect, asked not to be named")."""
    stance = "" if found.stance == "neutral" else f", {found.stance}"
    return f"{found.form}{stance}{', asked not to be named' if found.anonymity == 'requested' else ''}"


def _marks(notices: Sequence[Notice], attributions: Sequence[Attribution], tone_words: Sequence[ToneWord]) -> Iterator[_Mark]:
    for number, found in enumerate(attributions, 1):
        about = f"{number}: {found.speaker or 'speaker not named'} ({label_of(found.source_type)}), {_manner(found)}"
        for layer, spans in (("source", found.source), ("cue", found.cue), ("content", found.content)):
            for span in spans:
                yield _Mark(span, layer, f"{layer} {about}", number if layer != "cue" else None)
    for notice in notices:
        yield _Mark(notice.span, "notice", f"notice: {_notice_words(notice)}")
        for span in notice.mentions:
            yield _Mark(span, "mention", f"named in a notice: {_notice_words(notice)}")
    for word in tone_words:
        yield _Mark(word.span, "tone", f"polarity {word.polarity:+.2f}, subjectivity {word.subjectivity:.2f}")


def _notice_words(notice: Notice) -> str:
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


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of text over which the same marks hold, the innermost first."""

    span: Span
    marks: tuple[_Mark, ...]


_MOST_MARKS = 6  # over one piece: nesting deeper than this is not shown, so that output stays linear in the text


def _cut(stretch: Span, marks: Iterable[_Mark]) -> Iterator[_Piece]:
    """``stretch`` cut wherever a mark begins or ends; marks may nest and overlap as they like."""
    opening: dict[int, list[_Mark]] = defaultdict(list)
    closing: dict[int, list[_Mark]] = defaultdict(list)
    for mark in marks:
        start, end = max(mark.span.start, stretch.start), min(mark.span.end, stretch.end)
        if start < end:
            opening[start].append(mark)
            closing[end].append(mark)
    active: dict[_Mark, None] = {}
    at = stretch.start
    for offset in sorted({*opening, *closing, stretch.end}):
        if at < offset:
            yield _Piece(Span(at, offset), tuple(islice(reversed(active), _MOST_MARKS)))
        for mark in closing.get(offset, ()):
            active.pop(mark, None)
        active.update(dict.fromkeys(opening.get(offset, ())))
        at = offset


def _stretches(article: Article) -> Iterator[tuple[Paragraph, bool]]:
    """Paragraphs in text order, and words that stand in no paragraph (with ``False``), so that nothing is left out."""
    at = 0
    for paragraph in sorted(article.paragraphs, key=lambda p: p.span):
        if paragraph.span.start > at and article.plain[at : paragraph.span.start].strip():
            yield Paragraph(Span(at, paragraph.span.start), "metadata"), False
        if paragraph.span.end > at:
            yield Paragraph(Span(max(at, paragraph.span.start), paragraph.span.end), paragraph.role), True
        at = max(at, paragraph.span.end)
    if article.plain[at:].strip():
        yield Paragraph(Span(at, len(article.text)), "metadata"), False


def _pieces(article: Article, marks: Iterable[_Mark]) -> Iterator[tuple[Paragraph, list[_Piece]]]:
    """Each paragraph with its pieces. One pass over sorted marks: a mark is looked at only in the paragraphs it touches."""
    waiting = sorted(marks, key=lambda m: (m.span.start, -m.span.end))
    position = 0
    open_marks: list[_Mark] = []
    for paragraph, _ in _stretches(article):
        while position < len(waiting) and waiting[position].span.start < paragraph.span.end:
            open_marks.append(waiting[position])
            position += 1
        open_marks = [m for m in open_marks if m.span.end > paragraph.span.start]
        yield paragraph, list(_cut(paragraph.span, open_marks))


# --- HTML ---


@cache
def article_css() -> str:
    """The style sheet of :func:`article_html`; every rule is bound to ``.framing-article``."""
    return resources.files("framing").joinpath("data", "article.css").read_text(encoding="utf-8")


def article_html(
    article: Article,
    *,
    notices: Sequence[Notice] = (),
    attributions: Sequence[Attribution] = (),
    tone_words: Sequence[ToneWord] = (),
    standalone: bool = False,
    style: bool = True,
) -> str:
    """One article as HTML: its text coloured by layer, a legend above it and the sources found below it.

    Sources, cues and content carry the number of their attribution; a pointer over them tells speaker, kind of source and form.
    Paragraphs that are no body (caption, related link, notice ...) are greyed and named. There is no script and no address that
    loads anything.

    Parameters
    ----------
    article : Article
    notices, attributions, tone_words : sequence
        What was found in it.
    standalone : bool
        A whole page; otherwise one ``<div class="framing-article">``, as for a notebook.
    style : bool
        Include the style sheet. False where the page has :func:`article_css` already.

    Returns
    -------
    str

    Examples
    --------
    >>> page = article_html(Article("a", "<b>Calm</b> returned to Port Sallow."))
    >>> "&lt;b&gt;Calm&lt;/b&gt;" in page
    True
    """
    marks = list(_marks(notices, attributions, tone_words))
    out = [] if not style or standalone else [f"<style>{article_css()}</style>"]
    out.append(f'<div class="framing-article" lang="{_attribute(article.language)}">')
    if article.headline and not article.spans("headline"):
        out.append(f'<p class="fr-title" dir="auto">{_escape(article.headline)}</p>')
    if about := _about(article):
        out.append(f'<p class="fr-about">{about}</p>')
    used = {mark.layer for mark in marks}
    if used:
        keys = (
            f'<span><{x.element} class="fr-{x.name}">{x.name}</{x.element}> {x.meaning}</span>' for x in _LAYERS.values() if x.name in used
        )
        numbers = ' <span data-n="n">stands before source and content of attribution n</span>' if used & {"source", "content"} else ""
        out.append(f'<p class="fr-legend">{" ".join(keys)}{numbers}</p>')
    for paragraph, pieces in _pieces(article, marks):
        words = "".join(_piece_html(article, piece) for piece in pieces)
        if paragraph.role == "body":
            out.append(f'<p dir="auto">{words}</p>')
        else:
            name = label_of(paragraph.role)
            kind = "fr-other fr-headline" if paragraph.role == "headline" else "fr-other"
            out.append(f'<p class="{kind}" dir="auto"><span class="fr-role">{name}</span>{words}</p>')
    if attributions:
        found = "".join(
            f"<li>{_escape(_who(article, a))}: {_escape(label_of(a.source_type))}, {_escape(_manner(a))}</li>" for a in attributions
        )
        count = how_many(len(attributions), "attribution")
        out.append(f'<details class="fr-found"><summary>{count}, by number</summary><ol>{found}</ol></details>')
    out.append("</div>")
    inner = "\n".join(out)
    if not standalone:
        return inner
    title = _escape(article.headline or article.id)
    return (
        f'<!DOCTYPE html>\n<html lang="{_attribute(article.language)}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{CONTENT_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">'
        f"<title>{title}</title><style>body{{margin:2rem auto;padding:0 1rem;max-width:48rem}}{article_css()}</style></head>\n"
        f"<body>\n{inner}\n</body></html>\n"
    )


CONTENT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def _who(article: Article, found: Attribution) -> str:
    return found.speaker or article.words_at(found.source) or "speaker not named"


def _escape(text: str) -> str:
    return html.escape(visible(text))


def _attribute(text: str) -> str:
    return html.escape("".join(char for char in text if char.isalnum() or char == "-")[:20])


def _about(article: Article) -> str:
    pieces = [_escape(article.outlet)] if article.outlet else []
    if article.agency:
        pieces.append(f"written by {_escape(article.agency)}")
    pieces += [_escape(author) for author in article.authors]
    if article.date:
        pieces.append(article.date.isoformat())
    if article.url:
        link = safe_link(article.url)
        shown = _escape(article.url)
        pieces.append(f'<a href="{html.escape(link)}" rel="noreferrer noopener nofollow">{shown}</a>' if link else shown)
    return " · ".join(pieces)


def _piece_html(article: Article, piece: _Piece) -> str:
    words = _escape(piece.span.of(article.plain))
    if not piece.marks:
        return words
    layers = {mark.layer for mark in piece.marks}
    element = _LAYERS[next(name for name in _TOP if name in layers)].element
    classes = " ".join(f"fr-{name}" for name in _LAYERS if name in layers)
    title = _escape("; ".join(mark.title for mark in piece.marks))
    numbers = " ".join(str(m.number) for m in piece.marks if m.number is not None and m.span.start == piece.span.start)
    number = f' data-n="{numbers}"' if numbers else ""
    return f'<{element} class="{classes}" title="{title}"{number}>{words}</{element}>'


# --- terminal ---

_TERMINAL = {
    "source": "bold cyan underline",
    "cue": "italic magenta",
    "content": "yellow",
    "notice": "red",
    "mention": "underline red",
    "tone": "green underline",
}


def article_text(
    article: Article,
    *,
    notices: Sequence[Notice] = (),
    attributions: Sequence[Attribution] = (),
    tone: Mapping[str, Tone] | None = None,
    tone_words: Sequence[ToneWord] = (),
) -> Group:
    """One article for a terminal: headline, text with its sources coloured, notices in boxes, sources and tone as lines.

    An article without a headline is headed by its id. Front matter and the article's own address are not repeated below the head.
    Escape sequences in the text are shown, never sent. Without colours (a file, a pipe) the numbers in brackets still tell which
    words belong to which source.

    Parameters
    ----------
    article : Article
    notices, attributions, tone_words : sequence
        What was found in it.
    tone : mapping of str to Tone, optional
        By part, as :func:`framing.tone.tone_by_part` gives it.

    Returns
    -------
    rich.console.Group
        Print it with ``rich.console.Console().print``.
    """
    shown: list[Text | Panel] = []
    headline = _one_line(article.headline or "")
    name = _one_line(article.id)
    shown.append(Text(headline or name or "(no name)", style="bold"))
    agency = f"written by {article.agency}" if article.agency else None
    about = [name if headline else None, article.outlet, agency, str(article.date) if article.date else None]
    if any(about):
        shown.append(Text(" · ".join(_one_line(piece) for piece in about if piece), style="dim"))
    if article.url:
        shown.append(Text(_one_line(article.url), style="dim", overflow="fold"))  # on its own line: addresses are long
    shown.append(Text())
    boxes = list(notices)
    for paragraph, pieces in _pieces(article, _marks(notices, attributions, tone_words)):
        if paragraph.role == "headline" and headline:
            continue
        if paragraph.role == "metadata" and _told_above(article, paragraph.span):
            continue
        inside = [n for n in boxes if n.span.start < paragraph.span.end]
        boxes = boxes[len(inside) :]
        words = _piece_text(article, pieces)
        if paragraph.role == "notice" and inside:
            shown.append(_box(inside[0], words))
            inside = inside[1:]
        elif paragraph.role == "body":
            shown.append(words)
        else:
            words.stylize("dim")
            shown.append(Text.assemble((f"{label_of(paragraph.role)}: ", "dim italic"), words))
        shown += [_box(n, Text(article_words(article, n.span))) for n in inside]
        shown.append(Text())
    shown += [_box(n, Text(article_words(article, n.span))) for n in boxes]  # those of a last paragraph that is not shown
    if attributions:
        shown.append(Text(f"Sources ({how_many(len(attributions), 'attribution')})", style="bold"))
        for number, found in enumerate(attributions, 1):
            speaker = _one_line(_who(article, found))
            shown.append(Text.assemble(f" [{number}] ", (speaker, "bold"), f"  {label_of(found.source_type)}, {_manner(found)}"))
    else:
        shown.append(Text("Sources: none found", style="dim"))
    if notices:
        shown.append(Text("Notices: " + " | ".join(_one_line(_notice_words(n)) for n in notices)))
    else:
        shown.append(Text("Notices: none found", style="dim"))
    if tone:
        shown.append(Text())
        shown.append(Text("Tone (polarity −1 to +1, subjectivity 0 to 1, words scored)", style="bold"))
        for part, value in tone.items():
            numbers = f"{value.polarity:+.2f}  {value.subjectivity:.2f}  {value.n_scored:>4}" if value.n_scored else "nothing to score"
            shown.append(Text(f" {label_of(part):<10} {numbers}"))
    return Group(*shown)


_FRONT_MATTER = re.compile(r"---[ \t]*[\r\n]")
_FIELD = re.compile(r"(?!https?:)[A-Za-z][\w .-]{0,40}:[ \t]+\S")
_LABEL = re.compile(r"[^\W\d_][\w ()-]{0,40}:")
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def _told_above(article: Article, span: Span) -> bool:
    """Whether a paragraph of metadata is front matter, the article's own address, a label for it, or a rule without words."""
    raw = span.of(article.plain).strip().strip("<>")
    if not any(char.isalnum() for char in raw):
        return True
    first = not article.plain[: span.start].strip("\ufeff \t\r\n")
    if first and (_FRONT_MATTER.match(raw) or all(_FIELD.match(line) for line in raw.splitlines() if line.strip())):
        return True
    if not article.url:
        return False
    label = _LABEL.match(raw)
    rest = raw[label.end() :].strip(" \t\r\n<>") if label and not _ADDRESS.match(raw) else raw
    if rest:
        return bool(_ADDRESS.fullmatch(rest)) and _bare(rest) == _bare(article.url)
    below = _ADDRESS.match(article.plain[span.end : span.end + 5000].lstrip("\ufeff \t\r\n<(["))
    linked = _ADDRESS.search(span.of(article.text))  # a label that is the link itself
    return any(found is not None and _bare(article.url) in _bare(found.group()) for found in (below, linked))


def _bare(address: str) -> str:
    """An address without what differs between two ways of writing it."""
    return address.strip("<>()[].,; \t\r\n").lower().partition("://")[2].removeprefix("www.").rstrip("/")


def article_words(article: Article, span: Span) -> str:
    """The plain words under a span, fit for a terminal."""
    return _one_line(article.words_at(span))


def _one_line(text: str) -> str:
    return " ".join(visible(text).split())


def _box(notice: Notice, words: Text) -> Panel:
    return Panel(words, title=Text(_one_line(_notice_words(notice))), title_align="left", border_style="red", expand=False)


def _piece_text(article: Article, pieces: Sequence[_Piece]) -> Text:
    out = Text()
    for piece in pieces:
        for mark in piece.marks:
            if mark.number is not None and mark.span.start == piece.span.start:
                out.append(f"[{mark.number}]", style="dim")
        words = visible(piece.span.of(article.plain))
        words = words if out.plain else words.lstrip()
        layers = {mark.layer for mark in piece.marks}
        out.append(_squeeze(words), style=" ".join(_TERMINAL[name] for name in reversed(_TOP) if name in layers))
    out.rstrip()
    return out


def _squeeze(words: str) -> str:
    """Runs of white space as one space, kept at both ends."""
    middle = " ".join(words.split())
    if not middle:
        return " " if words else ""
    return (" " if words[0].isspace() else "") + middle + (" " if words[-1].isspace() else "")
