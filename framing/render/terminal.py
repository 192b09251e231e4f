"""One article in a terminal: its text with its layers, and lists of what was found.

Every layer has a sign of its own, so that a file or a pipe without colours tells as much. Escape sequences in the text are shown, never
sent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from framing.article import Article
from framing.measuring.attribution import Attribution
from framing.measuring.attribution.cited import UNKNOWN, speakers, who
from framing.measuring.measure import Mark, Measure
from framing.measuring.notices import Notice
from framing.measuring.notices.measure import notice_words
from framing.measuring.page import Page, as_page
from framing.measuring.tone import Tone
from framing.measuring.tone.measure import SIGNS, Mention, by_name
from framing.render.head import told_above
from framing.render.layers import Stretch, cut, marks_of, others
from framing.render.sources import about, how_many_counted
from framing.text import Span
from framing.text.escaping import label_of, one_line, signed, visible

_HUES = ("cyan", "yellow", "green", "magenta", "blue", "bright_cyan", "bright_yellow")  # speakers take them in turn
_STYLES = {"cue": "italic", "loaded": "red underline", "tone": "underline", "notice": "red", "mention": "underline red"}
_TOWARD = {"▼": "bold red", "▲": "bold green"}
_KEY = {
    "source": "[1] who says what",
    "loaded": "*loaded word*",
    "target": "▲ ▼ tone toward a name",
    "tone": "(+) (−) tone word",
}


def article_text(
    article: Article | Page | str,
    found: Mapping[str, Sequence[Any]],
    measures: Sequence[Measure] | None = None,
    *,
    without: Collection[str] = ("tone",),
) -> Group:
    """One article for a terminal: headline, text with its layers, notices in boxes, then sources, names and tone as lists.

    An article without a headline is headed by its id. Front matter and the article's own address are not repeated below the head.
    Without colours (a file, a pipe) ``[1]`` still tells which words belong to which source, ``*`` stands around loaded words and
    ``▲`` or ``▼`` behind names that a sentence speaks well or badly of.

    Parameters
    ----------
    article, found, measures, without
        See :func:`framing.render.article_html`.

    Returns
    -------
    rich.console.Group
        Print it with ``rich.console.Console().print``.
    """
    page = as_page(article)
    article = page.article
    marks = marks_of(page, found, measures, without=without)
    notices = found.get("notices", ())
    shown: list[RenderableType] = [*_head(article), *_key(marks), Text()]
    boxes = list(notices)
    for paragraph, stretches in cut(article, marks):
        if paragraph.role == "headline" and article.headline:
            continue
        if paragraph.role == "metadata" and told_above(article, paragraph.span):
            continue
        inside = [n for n in boxes if n.span.start < paragraph.span.end]
        boxes = boxes[len(inside) :]
        words = _words(article, stretches)
        if paragraph.role == "notice" and inside:
            shown.append(_box(inside[0], words))
            inside = inside[1:]
        elif paragraph.role == "body":
            shown.append(words)
        else:
            words.stylize("dim")
            shown.append(Text.assemble((f"{label_of(paragraph.role)}: ", "dim italic"), words))
        shown += [_box(n, Text(_words_at(article, n.span))) for n in inside]
        shown.append(Text())
    shown += [_box(n, Text(_words_at(article, n.span))) for n in boxes]  # those of a last paragraph that is not shown
    shown += _sources(page, found.get("attribution", ()))
    shown += _notices(notices)
    if mentions := found.get("target_tone", ()):
        shown += _targets(mentions)
    if loaded := [word for sentence in found.get("loaded_language", ()) for word in sentence.words]:
        listed = ", ".join(f"{_words_at(article, word)} {word.probability:.2f}" for word in loaded)
        shown += _section("Loaded words (0.5 to 1)", [[listed]])
    for title, places in others(found, measures, without):
        shown += _section(label_of(title).capitalize(), [[", ".join(_words_at(article, span) for span, _ in places)]])
    if tone := {part.part: part.tone for part in found.get("tone", ()) if part.variant == "news"}:
        shown += _tones(tone)
    return Group(*shown)


def _head(article: Article) -> list[RenderableType]:
    headline, name = one_line(article.headline or ""), one_line(article.id)
    head: list[RenderableType] = [Text(headline or name or "(no name)", style="bold")]
    agency = f"written by {article.agency}" if article.agency else None
    about = [name if headline else None, article.outlet, agency, str(article.date) if article.date else None]
    if any(about):
        head.append(Text(" · ".join(one_line(piece) for piece in about if piece), style="dim"))
    if article.url:
        head.append(Text(one_line(article.url), style="dim", overflow="fold"))  # on its own line: addresses are long
    return head


def _key(marks: Sequence[Mark]) -> list[RenderableType]:
    """A line that explains the signs that are used."""
    used = {mark.layer for mark in marks if mark.layer != "target" or mark.sign}
    signs = [words for layer, words in _KEY.items() if layer in used]
    return [Text(f"Signs: {' · '.join(signs)}", style="dim")] if signs else []


def _box(notice: Notice, words: Text) -> Panel:
    title = label_of(f"{notice.kind}: {notice.label}" if notice.label else notice.kind)  # the rest stands in the list below
    return Panel(words, title=Text(title), title_align="left", border_style="red", expand=False)


def _words_at(article: Article, span: Span) -> str:
    return one_line(article.words_at(span))


# --- the text ---


def _words(article: Article, stretches: Iterable[Stretch]) -> Text:
    out = Text()
    for piece in (piece for stretch in stretches for piece in stretch.pieces):
        begun = [mark for mark in piece.marks if mark.span.start == piece.span.start]
        ended = [mark for mark in reversed(piece.marks) if mark.span.end == piece.span.end]
        for mark in begun:
            if mark.number is not None:
                out.append(f"[{mark.number}]", style="dim")
            elif mark.layer == "loaded":
                out.append("*", style="red")
        words = visible(piece.span.of(article.plain))
        words = words if out.plain else words.lstrip()
        out.append(_squeezed(words), style=" ".join(filter(None, map(_style, piece.marks))))
        for mark in ended:
            if mark.layer == "loaded":
                out.append("*", style="red")
            elif mark.sign:
                out.append(mark.sign if mark.layer == "target" else f"({mark.sign})", style=_TOWARD.get(mark.sign, "dim"))
    out.rstrip()
    return out


def _style(mark: Mark) -> str:
    if mark.layer == "target":
        return ""  # its sign carries the colour, so that a speaker's name keeps the speaker's
    if mark.layer in ("source", "content"):
        hue = _hue(mark.place)
        return f"bold underline {hue}" if mark.layer == "source" else hue
    return _STYLES.get(mark.layer, "underline")


def _hue(place: int | None) -> str:
    return "" if place is None else _HUES[place % len(_HUES)]


def _squeezed(words: str) -> str:
    """Runs of white space as one space, kept at both ends."""
    middle = " ".join(words.split())
    if not middle:
        return " " if words else ""
    return (" " if words[0].isspace() else "") + middle + (" " if words[-1].isspace() else "")


# --- the lists below it ---


def _section(title: str, rows: Iterable[Sequence[str | Text]], *, right: Sequence[int] = ()) -> list[RenderableType]:
    """A bold line and rows under it whose cells keep to their columns when they wrap; columns ``right`` hold numbers."""
    rows = [[cell if isinstance(cell, Text) else Text(cell) for cell in row] for row in rows]
    grid = Table.grid(padding=(0, 2, 0, 0))
    for column in range(max(map(len, rows), default=0)):
        grid.add_column(justify="right" if column in right else "left", no_wrap=column in right, overflow="fold")
    for row in rows:
        grid.add_row(*row)
    return [Text(title, style="bold"), Padding(grid, (0, 0, 0, 1), expand=False), Text()]


def _sources(page: Page, attributions: Sequence[Attribution]) -> list[RenderableType]:
    if not attributions:
        return [Text("Sources: none found", style="dim")]
    rows = []
    places = {name: place for place, name in enumerate(speakers(page.article, attributions))}
    for number, found in enumerate(attributions, 1):
        name = who(page.article, found)
        hue = _hue(None if name == UNKNOWN else places[name.casefold()])
        rows.append((f"[{number}]", Text(one_line(name), style=f"bold {hue}"), about(page, found)))
    return _section(f"Sources ({how_many_counted(attributions)})", rows, right=(0,))


def _notices(notices: Sequence[Notice]) -> list[RenderableType]:
    if not notices:
        return [Text("Notices: none found", style="dim"), Text()]
    return _section(f"Notices ({len(notices)})", [[one_line(notice_words(n))] for n in notices])


def _targets(mentions: Sequence[Mention]) -> list[RenderableType]:
    """Names with the mean tone toward them, those with the strongest tone first."""
    rows = [
        (one_line(name), signed(mean), str(len(here)), "".join(SIGNS[mention.toward.label] for mention in here))
        for name, mean, here in by_name(mentions)
    ]
    return _section("Tone toward names (mean −1 to +1, mentions, ▲ ▼)", rows, right=(1, 2))


def _tones(tone: Mapping[str, Tone]) -> list[RenderableType]:
    rows = []
    for part, t in tone.items():
        numbers = (signed(t.polarity), f"{t.subjectivity:.2f}", str(t.n_scored)) if t.n_scored else ("–", "–", "0")
        rows.append((label_of(part), *numbers))
    return _section("Tone (polarity −1 to +1, subjectivity 0 to 1, words scored)", rows, right=(1, 2, 3))
