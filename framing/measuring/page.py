"""An article read once: what several measures need of it, worked out when first asked for and kept."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from framing.article import Article, as_article
from framing.choices import ENGINES, SOURCE_TYPES, Engine, SourceType, ToneEngine
from framing.english import sentence_at, sentences
from framing.errors import InputError, Problem
from framing.text import Quotation, Span, as_printed, count_words, how_many, merged, quotations, touched, unpaired, words
from framing.text.escaping import clipped

if TYPE_CHECKING:
    from framing.measuring.attribution import Attribution
    from framing.measuring.encoder import Reading
    from framing.measuring.names import Name
    from framing.measuring.tone import Tone, ToneWord

Voice = Literal["outlet", "quoted"] | SourceType
OUTLET: Voice = "outlet"  # the voice of what is ascribed to nobody
VOICES: tuple[Voice, ...] = (OUTLET, *SOURCE_TYPES, "quoted")
_start = attrgetter("start")
_Found = TypeVar("_Found", "Name", "Attribution")


class Page:
    """One article, read with one engine. What a measure needs of another one is here, so that nothing is read or cut twice.

    Parameters
    ----------
    article : Article
    engine : {"encoder", "fast", "rules"}
        See :func:`framing.analyze`.
    """

    def __init__(self, article: Article, engine: Engine = "encoder") -> None:
        if engine not in ENGINES:
            raise InputError(f"unknown engine {engine!r}; accepted: {', '.join(map(repr, ENGINES))}")
        self.article = article
        self.engine = engine
        self._tone_of: tuple[tuple[Span, ...], Tone] | None = None

    def __getstate__(self) -> dict[str, Any]:
        """Without the encoder's vectors, which are large and made again if they are asked for."""
        return {name: value for name, value in self.__dict__.items() if name != "reading"}

    def forget(self) -> None:
        """Let go of the encoder's vectors; they are made again if they are asked for."""
        self.__dict__.pop("reading", None)

    def __repr__(self) -> str:
        return f"<Page of {self.article.id!r}, engine {self.engine}>"

    @property
    def text(self) -> str:
        """The article's text with its markup blanked; every offset is into it."""
        return self.article.plain

    @property
    def tone_engine(self) -> ToneEngine:
        """What finds tone toward targets and loaded words: "rules" has no rules for these."""
        return "encoder" if self.engine == "encoder" else "fast"

    @cached_property
    def body(self) -> tuple[Span, ...]:
        """Body paragraphs, in text order."""
        return tuple(self.article.spans())

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Sentences of the body, in text order."""
        return tuple(sentence for paragraph in self.body for sentence in sentences(self.text, paragraph))

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """What stands between quotation marks in the body."""
        return tuple(quotations(self.text, self.body))

    @cached_property
    def quoted(self) -> tuple[Span, ...]:
        """The same without the marks; those that hold nothing are left out."""
        return tuple(q.inner for q in self.quotations if len(q.inner))

    def problems(self) -> tuple[Problem, ...]:
        """Doubts about the text itself: quotations whose closing mark is missing."""
        if not (lost := unpaired(self.quotations)):
            return ()
        first = " ".join(lost[0].span.of(self.text).split())
        reason = (
            f"{how_many(len(lost), 'quotation')} without a closing mark, the first {clipped(first, 60)!r}: each is read to the end of its "
            "sentence or short paragraph; check the marks"
        )
        return (Problem(self.article.id, reason, article_id=self.article.id, lost=False),)

    @cached_property
    def n_words(self) -> int:
        """Words of the body."""
        return self.count_words(self.body)

    @cached_property
    def reading(self) -> Reading:
        """What the encoder makes of the body."""
        from framing.measuring import encoder

        return encoder.read(self.article)

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """People, organisations, places and groups named in the body."""
        return tuple(_printed(self.article.text, self.plain_names))

    @cached_property
    def plain_names(self) -> tuple[Name, ...]:
        """The same with spans of :attr:`text`, which differ where a word holds odd characters: see :func:`framing.text.as_printed`."""
        from framing.measuring.names.mentions import names_on

        return names_on(self)

    @cached_property
    def attributions(self) -> tuple[Attribution, ...]:
        """Who is said to say what in the body."""
        from framing.measuring.attribution import attributions_on

        found = attributions_on(self)
        return type(found)(_printed(self.article.text, found), self.article)

    @cached_property
    def said(self) -> dict[Voice, list[Span]]:
        """What each kind of source is said to say; "quoted" for quotations that are ascribed to nobody.

        A refusal is nobody's words, and the headline is no part of the body.
        """
        from framing.measuring.attribution.types import statements

        found: dict[Voice, list[Span]] = {}
        for a in statements(self.attributions):
            found.setdefault(a.source_type, []).extend(a.content)
        ascribed = merged(span for spans in found.values() for span in spans)
        free = [q for q in self.quoted if not touched(ascribed, q)]
        ordered: dict[Voice, list[Span]] = {kind: found[kind] for kind in SOURCE_TYPES if kind in found}
        return ordered | ({"quoted": free} if free else {})

    @cached_property
    def n_words_outlet(self) -> int:
        """Words of the body that are ascribed to nobody."""
        ascribed = merged(span for spans in self.said.values() for span in spans)
        return max(0, self.n_words - self.count_words(ascribed))

    @cached_property
    def voices(self) -> NDArray[np.int8]:
        """Number in ``VOICES`` of who speaks at each character of the text: the innermost content counts."""
        who = np.zeros(len(self.article.text) + 1, dtype=np.int8)
        found = [(len(span), span, VOICES.index(kind)) for kind, spans in self.said.items() for span in spans]
        for _, span, voice in sorted(found, reverse=True):
            who[span.start : span.end] = voice
        return who

    def voices_at(self, offsets: Sequence[int]) -> list[Voice]:
        """Who speaks at these offsets of the text: the innermost source whose content holds them, "quoted" or "outlet"."""
        return [VOICES[number] for number in self.voices[list(offsets)]]

    def voice_of(self, span: Span) -> Voice:
        """Who says most of the words of a span, such as a sentence."""
        starts = [word.start for word in words(self.text, span)] or [span.start]
        return VOICES[int(np.bincount(self.voices[starts]).argmax())]

    def tone_of(self, spans: tuple[Span, ...]) -> Tone:
        """Tone of the words under these spans, in the variant for news; that of the last ones is kept."""
        from framing.measuring.tone import UNSCORED, measure_tone

        if self._tone_of is None or self._tone_of[0] != spans:
            said = self.words_at(spans)
            self._tone_of = spans, measure_tone(said, variant="news") if said else UNSCORED
        return self._tone_of[1]

    @cached_property
    def tone_words(self) -> tuple[ToneWord, ...]:
        """The words that make the tone of the body, in the variant for news."""
        from framing.measuring.tone import tone_words

        return tone_words(self.article, variant="news")

    def count_words(self, spans: Iterable[Span]) -> int:
        """Words under these spans."""
        return sum(count_words(self.text, span) for span in spans)

    def words_at(self, spans: Span | Iterable[Span]) -> str:
        """The plain words under one span or several, runs of white space as single spaces."""
        return self.article.words_at(spans)

    def sentence_at(self, offset: int) -> Span | None:
        """The sentence of the body that holds an offset; None where none does."""
        return sentence_at(self.sentences, offset)

    def sentence_number(self, offset: int) -> int:
        """Number of the body's sentence at an offset, counted from 1 in text order; 0 outside of them."""
        at = bisect_right(self.sentences, offset, key=_start)
        return at if at and offset < self.sentences[at - 1].end else 0


def as_page(source: Article | Page | str, engine: Engine | None = None) -> Page:
    """The one door of every public function: what callers hand in becomes a Page here and nowhere else.

    Parameters
    ----------
    source : Article, Page or str
        A string is taken as an article whose paragraphs are all body.
    engine : {"encoder", "fast", "rules"}, optional
        Of the page; "encoder" where neither the caller nor a Page says which. A Page of another engine is read anew.

    Raises
    ------
    InputError
        If ``source`` is none of these, or no such engine exists.
    """
    if not isinstance(source, Page):
        return Page(as_article(source), engine or "encoder")
    return source if engine in (None, source.engine) else Page(source.article, engine)


def _printed(text: str, found: Sequence[_Found]) -> Sequence[_Found]:
    """What was found in the plain text, with its spans as the same words are printed in ``text``."""
    if not found or (printed := as_printed(text)) is None:
        return found
    names = [field.name for field in fields(found[0])]
    return [replace(one, **{name: _moved(getattr(one, name), printed) for name in names}) for one in found]


def _moved(value: Any, printed: Callable[[Span], Span]) -> Any:
    if isinstance(value, Span):
        return printed(value)
    return tuple(_moved(one, printed) for one in value) if isinstance(value, tuple) else value
