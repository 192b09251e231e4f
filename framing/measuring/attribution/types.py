"""Who says what: the types every engine returns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, Self, get_args

from framing.article import Article
from framing.choices import SourceType
from framing.text import Span, how_many
from framing.text.escaping import clipped, one_line
from framing.text.notebook import Rows, in_notebook

Form = Literal["direct", "indirect", "mixed"]
Stance = Literal["neutral", "doubting", "endorsing", "conceding", "emotive", "forward"]
STANCES: tuple[Stance, ...] = get_args(Stance)
Anonymity = Literal["requested", "described", "group"]


@dataclass(frozen=True, slots=True)
class Who:
    """What the article tells about one source. See :class:`Attribution` for the fields."""

    speaker: str | None = None
    source_type: SourceType = "unknown"
    side: str | None = None
    metonym: bool = False
    anonymity: Anonymity | None = None
    anonymity_reason: Span | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """One source saying, thinking or wanting one thing.

    Attributes
    ----------
    source : tuple of Span
        Whom it is ascribed to, with title and apposition where they stand beside the name. Empty where nobody is named.
    cue : tuple of Span
        The words that ascribe it ("said in a statement", "according to"). Empty for a quotation that stands alone.
    content : tuple of Span
        What is ascribed, quotation marks included; several spans where the cue or another sentence divides it. Never empty.
    form : {"direct", "indirect", "mixed"}
        Wholly between quotation marks, wholly without, or with a quoted fragment in it.
    speaker : str or None
        The source by its full name where the article gives one and only one person fits; None where that is open.
    source_type : str
        One of :data:`SOURCE_TYPES`.
    confidence : float
        In (0, 1]: how often an attribution found this way is right.
    stance : {"neutral", "doubting", "endorsing", "conceding", "emotive", "forward"}
        What the cue says of the writer's stance: "said", "claimed", "confirmed", "admitted", "slammed", "promised".
    side : str or None
        The country or camp the source speaks for, where its words give one ("Russian officials", "a Republican aide").
    metonym : bool
        True where a place or building stands for who speaks ("Moscow", "the Kremlin").
    anonymity : {"requested", "described", "group"} or None
        For unnamed sources: anonymity was asked for or granted, one person described without a name, or several. None for others.
    anonymity_reason : Span or None
        The words that give the reason ("because the talks are private").
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    form: Form
    speaker: str | None = None
    source_type: SourceType = "unknown"
    confidence: float = 1.0
    stance: Stance = "neutral"
    side: str | None = None
    metonym: bool = False
    anonymity: Anonymity | None = None
    anonymity_reason: Span | None = None

    @property
    def span(self) -> Span:
        """From the first to the last of its words."""
        every = (*self.source, *self.cue, *self.content)
        return Span(min(span.start for span in every), max(span.end for span in every))

    @property
    def start(self) -> int:
        """Offset at which the content begins."""
        return self.content[0].start


class Attributions(tuple[Attribution, ...]):
    """The attributions of one article: a tuple that shows itself with their words, as a list or a table."""

    article: Article | None

    def __new__(cls, found: Iterable[Attribution] = (), article: Article | None = None) -> Self:
        self = super().__new__(cls, found)
        self.article = article
        return self

    def __repr__(self) -> str:
        lines = (
            f"{number:>4}  {one_line(f'{who}, {kind}, {form}, {stance}: {said}')}" for number, who, kind, form, stance, said in self._rows()
        )
        return "\n".join([f"<{how_many(len(self), 'attribution')}>", *lines])

    def _repr_html_(self) -> str:
        head = ["", "speaker", "kind of source", "form", "stance", "what is said"]
        return in_notebook(Rows(head, self._rows(), n_names=len(head), caption=how_many(len(self), "attribution")))

    def _rows(self) -> Iterator[tuple[int, str, str, str, str, str]]:
        for number, a in enumerate(self, 1):
            source, said = (self.article.words_at(spans) if self.article else "" for spans in (a.source, a.content))
            who = a.speaker or source or "speaker not named"
            yield number, who, a.source_type.replace("_", " "), a.form, a.stance, clipped(said, 120)


@dataclass(slots=True)
class Found:
    """An attribution under construction, before it is known who the source is."""

    source: list[Span]
    cue: list[Span]
    content: list[Span]
    confidence: float
    is_transcript: bool = False
