"""One article, every measure once, in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Group

from framing.article import Article
from framing.choices import Engine, SourceType
from framing.errors import Problem
from framing.measuring.attribution import Attribution
from framing.measuring.attribution.measure import first_with_source
from framing.measuring.attribution.types import statements
from framing.measuring.measure import Measure
from framing.measuring.names import Name
from framing.measuring.notices import Notice
from framing.measuring.page import OUTLET, Page, Voice, as_page
from framing.measuring.tone import Loaded, TargetTone, Tone, ToneWord
from framing.measuring.wording import Wording
from framing.render import article_html, article_text
from framing.tables.columns import checked
from framing.text import Span, how_many
from framing.threads import one_thread


@dataclass(frozen=True, repr=False, eq=False)
class Analysis:
    """One article with everything found in it. In a notebook it shows itself as the text, coloured by layer.

    Attributes
    ----------
    page : Page
        The article as it was read: sentences, quotations, names, and who speaks at each character.
    found : mapping of str to tuple
        Findings by the name of their measure.
    measures : dict of str to float
        The numbers of one row of ``Tables.articles``; NaN where something could not be measured.
    used : tuple of Measure
        What was asked for.
    topics : dict of str to float
        Share of each topic, where the article was analyzed as part of a corpus.
    problems : tuple of Problem
        Doubts met in reading this article.
    story : str or None
        The event it reports, where the article was analyzed as part of a corpus.
    """

    page: Page
    found: Mapping[str, tuple[Any, ...]]
    measures: dict[str, float]
    used: tuple[Measure, ...] = field(repr=False)
    topics: dict[str, float] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    story: str | None = None

    @property
    def article(self) -> Article:
        return self.page.article

    @property
    def engine(self) -> Engine:
        """Which engine was used: of "rules", the attributions; targets and loaded words are then by "fast"."""
        return self.page.engine

    @property
    def sentences(self) -> tuple[Span, ...]:
        """Of the body."""
        return self.page.sentences

    @property
    def quoted(self) -> tuple[Span, ...]:
        """What stands between quotation marks in the body, without the marks."""
        return self.page.quoted

    @property
    def notices(self) -> tuple[Notice, ...]:
        return self.found.get("notices", ())

    @property
    def attributions(self) -> tuple[Attribution, ...]:
        """Who is said to say what; refusals and the headline's are among them and count in no number."""
        return self.found.get("attribution", ())

    @property
    def names(self) -> tuple[Name, ...]:
        """People, organisations, places and groups named in the body."""
        return tuple(mention.name for mention in self.found.get("target_tone", ()))

    @property
    def targets(self) -> tuple[TargetTone, ...]:
        """Tone toward each of ``names``."""
        return tuple(mention.toward for mention in self.found.get("target_tone", ()))

    @property
    def loaded(self) -> Loaded:
        """Loaded sentences and words of the body."""
        sentences = self.found.get("loaded_language", ())
        return Loaded(max((s.probability for s in sentences), default=float("nan")), sentences)

    @property
    def wording(self) -> tuple[Wording, ...]:
        """Hedges, boosters, passives and nominalisations."""
        return self.found.get("wording", ())

    @property
    def tone(self) -> dict[str, Tone]:
        """By part (body, headline, lead, own_words, quoted), as TextBlob scores it."""
        return {found.part: found.tone for found in self.found.get("tone", ()) if found.variant == "textblob"}

    @property
    def tone_news(self) -> dict[str, Tone]:
        """By part, in the variant repaired for news."""
        return {found.part: found.tone for found in self.found.get("tone", ()) if found.variant == "news"}

    @property
    def tone_voices(self) -> dict[str, Tone]:
        """By voice, in the variant for news: ``outlet`` (what is ascribed to nobody), each kind of source that is said to say something,
        ``quoted`` (between quotation marks, but ascribed to nobody).
        """
        return {found.part: found.tone for found in self.found.get("tone_by_voice", ())}

    @property
    def voices(self) -> NDArray[np.int8]:
        """Number in ``VOICES`` of who speaks at each character of the text; :meth:`voices_at` gives names."""
        return self.page.voices

    @property
    def first_source_type(self) -> SourceType | None:
        """Kind of the source that speaks first in the body; None where nobody does."""
        first = first_with_source(self.attributions)
        return first.source_type if first else None

    def tone_words(self) -> tuple[ToneWord, ...]:
        """The words that made the body's tone (news variant), so that a reader can disagree."""
        return self.page.tone_words

    def voice_words(self, voice: Voice = OUTLET) -> tuple[ToneWord, ...]:
        """Of :meth:`tone_words`, those of one voice: "outlet", a kind of source, or "quoted".

        Where a negation or an adverb stands on the other side of a quotation mark, the numbers of ``tone_voices`` do not hear it.
        """
        found = self.tone_words()
        voices = self.voices_at([word.span.start for word in found])
        return tuple(word for word, mine in zip(found, voices, strict=True) if mine == voice)

    def voices_at(self, offsets: Sequence[int]) -> list[Voice]:
        """Who speaks at these offsets of the text: the innermost source whose content holds them, "quoted" or "outlet"."""
        return self.page.voices_at(offsets)

    def voice_of(self, span: Span) -> Voice:
        """Who says most of the words of a span, such as a sentence."""
        return self.page.voice_of(span)

    def __repr__(self) -> str:
        found = (how_many(len(statements(self.attributions)), "attribution"), how_many(len(self.notices), "notice"))
        return f"<Analysis of {self.article.id!r}: {', '.join(found)}, {how_many(self.page.n_words, 'word')}>"

    def _repr_html_(self) -> str:
        return self.to_html()

    def __rich__(self) -> Group:
        return article_text(self.page, self.found, self.used)

    def to_html(self, *, anchor: str | None = None, standalone: bool = False, style: bool = True) -> str:
        """The text with everything found in it, as a notebook shows it; the options are those of :func:`framing.render.article_html`.

        Parameters
        ----------
        anchor : str, optional
            Gives each sentence of the body the id ``<anchor>-s<number>``.
        standalone : bool
            A whole page.
        style : bool
            Include the style sheet.

        Returns
        -------
        str
        """
        return article_html(self.page, self.found, self.used, anchor=anchor, standalone=standalone, style=style)

    def to_dict(self) -> dict[str, Any]:
        """Plain values for one JSON object; every offset is into the text as it was given, NaN becomes None."""
        article = self.article
        return {
            "id": article.id,
            "outlet": article.outlet,
            "agency": article.agency,
            "date": article.date.isoformat() if article.date else None,
            "headline": article.headline,
            "url": article.url,
            "story": self.story,
            "n_words": self.page.n_words,
            "engine": self.engine,
            "paragraphs": [{"start": p.span.start, "end": p.span.end, "role": p.role} for p in article.paragraphs],
            **{key: value for measure in self.used for key, value in measure.json(self.page, self.found[measure.name]).items()},
            "topics": {name: None if np.isnan(share) else share for name, share in self.topics.items()},
            "problems": [problem.reason for problem in self.problems],
        }


@one_thread
def analyze(article: Article | Page | str, *, engine: Engine | None = None, measures: Iterable[Measure] | None = None) -> Analysis:
    """Find notices, attributions, names, tone, loaded words and wording in one article, and count them.

    Parameters
    ----------
    article : Article, Page or str
        A plain string is taken as an article whose paragraphs are all body.
    engine : {"encoder", "fast", "rules"}, default "encoder", or that of the Page
        "encoder" reads the article once with a small language model, for attributions, tone toward targets and loaded words. "fast" does
        without it; "rules" is "fast" with attributions by rules.
    measures : iterable of Measure, optional
        All of :func:`framing.measures` if not given. Add your own to them.

    Returns
    -------
    Analysis

    Raises
    ------
    InputError
        If ``article`` is none of these, no such engine exists, or two measures have a name in common.

    Examples
    --------
    >>> found = analyze("“The port stays shut,” said Nadia Orlo, the mayor. Ships turned back.")
    >>> found.attributions[0].speaker, found.measures["share_direct"]
    ('Nadia Orlo', 1.0)
    """
    page = as_page(article, engine)
    used = checked(measures)
    found = {measure.name: measure.found_on(page) for measure in used}
    numbers = {name: value for measure in used for name, value in measure.measured(page, found[measure.name]).items()}
    page.forget()
    return Analysis(page, found, numbers, used, problems=page.problems())
