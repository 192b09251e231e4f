"""Who says what, and what kind of source that is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from framing.article import Article
from framing.choices import Engine
from framing.measuring.attribution import engines, further, interviews, rules
from framing.measuring.attribution.headlines import find_in_headline
from framing.measuring.attribution.messengers import FIELDS, MESSENGERS, field_of, messengers
from framing.measuring.attribution.source_types import kind_of_source
from framing.measuring.attribution.speakers import Speakers
from framing.measuring.attribution.stance import cue_stance
from framing.measuring.attribution.statements import settle
from framing.measuring.attribution.types import STANCES, Attribution, Attributions, Form, Found, Stance, Who
from framing.measuring.page import Page, as_page
from framing.text import Span, merged

__all__ = [
    "FIELDS",
    "MESSENGERS",
    "STANCES",
    "Attribution",
    "Form",
    "Stance",
    "field_of",
    "find_attributions",
    "kind_of_source",
    "messengers",
]


def find_attributions(article: Article | Page | str, *, engine: Engine | None = None) -> tuple[Attribution, ...]:
    """Attributions in an article's body and headline: who is said to say, think, want or show what.

    Parameters
    ----------
    article : Article, Page or str
        A string is taken as an article whose paragraphs are all body.
    engine : {"encoder", "fast", "rules"}, default "encoder", or that of the Page
        "encoder" is a small language model, the most accurate. "fast" is a smaller network on surface features, for millions of
        articles. "rules" reads cue words ("said", "according to"), the clause around them and quotation marks.

    Returns
    -------
    tuple of Attribution
        In the order of their contents; it shows itself as a list. Spans are offsets into ``article.text`` and lie in body paragraphs, but
        for those of a headline that stands in the text: these carry ``headline=True``. They count in no number of the body, and no more do
        those with ``refusal=True`` ("declined to comment"), but for their own.

    Raises
    ------
    InputError
        If ``article`` is neither an Article nor a str, or ``engine`` is not known.

    Notes
    -----
    A content may contain another attribution ("Roe said that Poe denied it" gives two). The work is linear in the text.

    References
    ----------
    What counts as source, cue and content follows Newell, Margolin and Ruths (2018), "An Attribution Relations Corpus for
    Political News"; unlike there, hedges that name nobody ("seems to", "is expected to"), deeds ("voted against") and the author's own
    "I" outside quotations are left out.

    Examples
    --------
    >>> text = '"The port is open," said Nadia Orlo, the mayor. She told reporters that ships were due on Monday.'
    >>> for a in find_attributions(text):
    ...     print(a.speaker, a.source_type, a.form, [span.of(text) for span in a.content])
    Nadia Orlo official direct ['"The port is open,"']
    Nadia Orlo official indirect ['that ships were due on Monday']
    """
    return as_page(article, engine).attributions


def attributions_on(page: Page) -> Attributions:
    """What :func:`find_attributions` gives, for :attr:`Page.attributions`."""
    text, body, quotes = page.text, page.body, page.quotations
    masked, flat = rules.mask(text, quotes)
    found = engines.find(page, body, quotes, masked, flat)
    if page.engine != "rules":  # rules nest
        found += further.around(body, found, masked, flat)
    further.go_on(text, body, quotes, found, flat)
    found = settle(text, body, quotes, found, masked, flat) + interviews.answers(text, body, quotes)
    return _described(page, [*found, *find_in_headline(page)], flat)


def _described(page: Page, found: Sequence[Found], flat: str) -> Attributions:
    """What was found, with who each source is."""
    text, quotes = page.text, page.quotations
    quoted = [q.span for q in quotes]
    speakers = Speakers(page, flat)
    begins = [sentence.start for sentence in page.sentences]
    for f in found:
        if f.source and not f.headline:
            f.source = [_in_one_sentence(text, f, begins), *f.source[1:]]
    speakers.meet(f.source[0] for f in found if f.source and not f.headline)
    described: dict[int, Who] = {}
    contents = merged(span for f in found if not f.headline for span in f.content)
    answers = [f.content[0].start for f in found if _is_answer(text, f)]
    for f in sorted(found, key=_place):
        if _is_answer(text, f):
            described[id(f)] = speakers.interviewed(min(answers))
            continue
        if not f.source:
            continue
        source = f.source[0]
        if f.headline:
            described[id(f)] = speakers.outside(source.of(text))
            continue
        at = bisect_right(contents, source.start, key=lambda span: span.start) - 1
        nested = at >= 0 and contents[at].covers(source)
        about = speakers.said_of(f.content)
        described[id(f)] = speakers.resolve(source, nested=nested, about=about)
    _say_i(text, found, described)
    result = []
    for f in found:
        who = described.get(id(f), Who())
        if f.source and not f.headline:
            who = speakers.named_later.get(f.source[0].start, who)
        content = tuple(sorted(f.content))
        result.append(
            Attribution(
                tuple(f.source),
                tuple(f.cue),
                content,
                _form(content, quoted),
                who.speaker,
                who.source_type,
                f.confidence,
                cue_stance(" ".join(span.of(text) for span in f.cue)),
                who.side,
                who.metonym,
                who.naming,
                who.speaks_for,
                who.title,
                who.qualification,
                who.anonymity_reason,
                who.speaker_confidence,
                f.refusal,
                f.headline,
            )
        )
    return Attributions(sorted(result, key=lambda a: (a.content, a.cue)), page.article)


def _is_answer(text: str, f: Found) -> bool:
    """Is this an answer in an interview, whose source is the letter "A" or nothing?"""
    return f.is_transcript and (not f.source or f.source[0].of(text) == "A")


def _in_one_sentence(text: str, f: Found, begins: Sequence[int]) -> Span:
    """The source without what stands behind a full stop in it: "Jan Roe. Ida Poe" said one thing, not both."""
    source = f.source[0]
    at = bisect_right(begins, source.start)
    if at >= len(begins) or begins[at] >= source.end:
        return source
    cut = begins[at]
    beside = (f.cue or f.content)[0].start
    kept = Span(cut, source.end) if beside >= cut else Span(source.start, cut)
    kept = kept.trim(text)
    return Span(kept.start, kept.end - 1) if len(kept) > 1 and text[kept.end - 1] == "." and kept.end < source.end else kept


def _say_i(text: str, found: Sequence[Found], described: dict[int, Who]) -> None:
    """Who says "I" inside what somebody says is that one."""
    outer = sorted((span, number) for number, f in enumerate(found) for span in f.content if f.source and not f.headline)
    starts = [span.start for span, _ in outer]
    for f in found:
        if not f.source or f.source[0].of(text).lower() not in _I:
            continue
        at = bisect_right(starts, f.source[0].start) - 1
        for span, number in reversed(outer[max(0, at - 7) : at + 1]):
            if span.covers(f.source[0]) and found[number] is not f and found[number].source[0].of(text).lower() not in _I:
                who = described.get(id(found[number]), Who())
                described[id(f)] = replace(who, qualification=None)
                break


_I = ("i", "i'm", "i’m", "i've", "i’ve")


def _place(found: Found) -> tuple[bool, int, int]:
    """Where the cue stands: people are looked up in the order in which the reader meets them, the headline's last."""
    return found.headline, (found.cue or found.content)[0].start, found.content[0].start


def _form(content: Sequence[Span], quoted: Sequence[Span]) -> Form:
    """Direct, indirect or mixed, by how many characters of the content stand between quotation marks."""
    inside = free = 0
    for span in content:
        at = max(0, bisect_right(quoted, span.start, key=lambda q: q.start) - 1)
        covered = several = 0
        while at < len(quoted) and quoted[at].start < span.end:
            if quoted[at].overlaps(span):
                covered += min(span.end, quoted[at].end) - max(span.start, quoted[at].start)
                several += 1
            at += 1
        inside += covered
        free += max(0, len(span) - covered - several - 1)  # spaces and commas between quotations are no words
    return "indirect" if not inside else "mixed" if free else "direct"
