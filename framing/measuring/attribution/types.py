"""Who says what: the types every engine returns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, Self, get_args

from framing.article import Article
from framing.choices import Naming, SourceType
from framing.text import Span, how_many
from framing.text.escaping import clipped, one_line
from framing.text.notebook import Rows, in_notebook

Form = Literal["direct", "indirect", "mixed"]
Stance = Literal["neutral", "doubting", "endorsing", "conceding", "emotive", "forward"]
STANCES: tuple[Stance, ...] = get_args(Stance)


@dataclass(frozen=True, slots=True)
class Who:
    """What the article tells about one source. See :class:`Attribution` for the fields."""

    speaker: str | None = None
    source_type: SourceType = "unknown"
    side: str | None = None
    metonym: bool = False
    naming: Naming | None = None
    speaks_for: str | None = None
    title: str | None = None
    qualification: Span | None = None
    anonymity_reason: Span | None = None
    speaker_confidence: float = 0.0


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
        Who it is: the fullest form by which the article names this person, organisation or document; None where the words leave that open.
    naming : str or None
        How the reader is told who it is, one of :data:`NAMINGS`: "anonymous" where the name is kept back on purpose ("a senior official",
        "people familiar with the talks", "on condition of anonymity"), "unnamed_person" and "unnamed_group" where it is only not given.
        None without a source, for several joined ones and for a pronoun that stays open.
    source_type : str
        What kind of source it is, one of :data:`SOURCE_TYPES`; of a spokeswoman, an aide or an official of somebody what that one is.
    speaks_for : str or None
        On whose behalf: the "port" of "a spokesman for the port"; of a document its maker.
    confidence : float
        In (0, 1]: how often an attribution found this way is right.
    stance : {"neutral", "doubting", "endorsing", "conceding", "emotive", "forward"}
        What the cue says of the writer's stance: "said", "claimed", "confirmed", "admitted", "slammed", "promised".
    side : str or None
        The country or camp the source speaks for, where its words give one ("Russian officials", "a Republican aide").
    metonym : bool
        True where a place or building stands for who speaks ("Moscow", "the Kremlin").
    title : str or None
        Office or trade as the article gives it to a named person at this place or elsewhere ("mayor", "an economist at Vantry College").
    qualification : Span or None
        The words that say why this source may know ("who treated the wounded", "an economist at Vantry College").
    anonymity_reason : Span or None
        The words that give the reason for withholding a name ("because the talks are private").
    speaker_confidence : float
        In [0, 1]: how often a speaker told this way is right; 0 without a speaker.
    refusal : bool
        True where the source is only said not to answer ("declined to comment"); the content is then these words. It is no statement
        and counts in no number but ``n_refusals``.
    headline : bool
        True where it stands in the headline, which no number of the body counts.
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
    naming: Naming | None = None
    speaks_for: str | None = None
    title: str | None = None
    qualification: Span | None = None
    anonymity_reason: Span | None = None
    speaker_confidence: float = 0.0
    refusal: bool = False
    headline: bool = False

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


def statements(attributions: Iterable[Attribution]) -> list[Attribution]:
    """Without refusals and the headline: what the numbers of an article count."""
    return [a for a in attributions if not (a.refusal or a.headline)]


@dataclass(slots=True)
class Found:
    """An attribution under construction, before it is known who the source is."""

    source: list[Span]
    cue: list[Span]
    content: list[Span]
    confidence: float
    is_transcript: bool = False
    refusal: bool = False
    headline: bool = False
