"""One article, every measure once, in order."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from framing.article import Article, as_article
from framing.attribution import SOURCE_TYPES, Attribution, Engine, find_attributions
from framing.errors import Problem
from framing.notices import Notice, find_notices
from framing.render import article_html
from framing.text import Span, count_words, how_many, quotations, sentences
from framing.tone import Tone, ToneWord, tone_by_part, tone_words


@dataclass(frozen=True, repr=False)
class Analysis:
    """One article with everything found in it. In a notebook it shows itself as the text, coloured by layer.

    Attributes
    ----------
    article : Article
    notices : tuple of Notice
    attributions : tuple of Attribution
    sentences : tuple of Span
        Of the body.
    quoted : tuple of Span
        What stands between quotation marks in the body, without the marks.
    tone, tone_news : dict of str to Tone
        By part (body, headline, lead, own_words, quoted): TextBlob's, and the variant repaired for news.
    measures : dict of str to float
        The numbers of one row of ``Tables.articles``; NaN where something could not be measured.
    engine : str
        Which attribution engine was used.
    topics : dict of str to float
        Share of each topic, where the article was analyzed as part of a corpus.
    problems : tuple of Problem
        Doubts met in reading this article.
    """

    article: Article
    notices: tuple[Notice, ...]
    attributions: tuple[Attribution, ...]
    sentences: tuple[Span, ...]
    quoted: tuple[Span, ...]
    tone: dict[str, Tone]
    tone_news: dict[str, Tone]
    measures: dict[str, float]
    engine: Engine
    topics: dict[str, float] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def tone_words(self) -> tuple[ToneWord, ...]:
        """The words that made the body's tone (news variant), so that a reader can disagree."""
        return tone_words(self.article, variant="news")

    def __repr__(self) -> str:
        found = (how_many(len(self.attributions), "attribution"), how_many(len(self.notices), "notice"))
        return f"<Analysis of {self.article.id!r}: {', '.join(found)}, {how_many(int(self.measures['n_words']), 'word')}>"

    def _repr_html_(self) -> str:
        return article_html(self.article, notices=self.notices, attributions=self.attributions)

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
            "n_words": int(self.measures["n_words"]),
            "engine": self.engine,
            "paragraphs": [{"start": p.span.start, "end": p.span.end, "role": p.role} for p in article.paragraphs],
            "notices": [
                {
                    "kind": n.kind,
                    "start": n.span.start,
                    "end": n.span.end,
                    "label": n.label,
                    "subjects": list(n.subjects),
                    "jurisdiction": n.jurisdiction,
                    "placement": n.placement,
                    "mandated": n.mandated,
                    "mentions": _pairs(n.mentions),
                }
                for n in self.notices
            ],
            "attributions": [
                {
                    "source": _pairs(a.source),
                    "cue": _pairs(a.cue),
                    "content": _pairs(a.content),
                    "form": a.form,
                    "speaker": a.speaker,
                    "source_type": a.source_type,
                    "confidence": round(a.confidence, 3),
                }
                for a in self.attributions
            ],
            "tone": {part: _tone(tone) for part, tone in self.tone.items()},
            "tone_news": {part: _tone(tone) for part, tone in self.tone_news.items()},
            "targets": [],
            "topics": {name: _number(share) for name, share in self.topics.items()},
            "problems": [problem.reason for problem in self.problems],
        }


def analyze(article: Article | str, *, engine: Engine = "rules") -> Analysis:
    """Find notices, attributions and tone in one article, and count them.

    Parameters
    ----------
    article : Article or str
        A plain string is taken as an article whose paragraphs are all body.
    engine : str
        The attribution engine.

    Returns
    -------
    Analysis

    Raises
    ------
    InputError
        If ``article`` is neither, or no such engine exists.

    Examples
    --------
    >>> found = analyze("“The port stays shut,” said Nadia Orlo, the mayor. Ships turned back.")
    >>> found.attributions[0].speaker, found.measures["share_direct"]
    ('Nadia Orlo', 1.0)
    """
    article = as_article(article)
    body = article.spans()
    quoted = tuple(q.inner for q in quotations(article.plain, body) if len(q.inner))
    notices = find_notices(article)
    attributions = find_attributions(article, engine=engine)
    body_sentences = tuple(s for paragraph in body for s in sentences(article.plain, paragraph))
    tone = tone_by_part(article, quoted=quoted, variant="textblob")
    tone_news = tone_by_part(article, quoted=quoted, variant="news")
    n_words = sum(count_words(article.plain, span) for span in body)
    n_quoted = sum(count_words(article.plain, span) for span in quoted)
    measures: dict[str, float] = {
        "n_words": n_words,
        "n_sentences": len(body_sentences),
        "n_paragraphs": len(body),
        "n_notices": len(notices),
        "n_legal_labels": sum(n.kind == "legal_label" for n in notices),
        **_tone_columns(tone, ""),
        **_tone_columns(tone_news, "news_"),
        **source_measures(attributions, article),
        "share_quoted_words": n_quoted / n_words if n_words else math.nan,
    }
    return Analysis(article, notices, attributions, body_sentences, quoted, tone, tone_news, measures, engine)


def source_measures(attributions: tuple[Attribution, ...], article: Article) -> dict[str, float]:
    """Counts and shares of an article's sources.

    Shares are of all attributions (so one official quoted three times counts three times), from 0 to 1, NaN where there is none.
    ``n_sources`` counts each speaker once: by name where the speaker is known, else by the words of the source.
    """
    n = len(attributions)
    speakers = {a.speaker or article.words_at(a.source).lower() for a in attributions if a.speaker or a.source}
    shares = {f"share_{kind}": sum(a.source_type == kind for a in attributions) for kind in SOURCE_TYPES}
    shares["share_direct"] = sum(a.form == "direct" for a in attributions)
    return {
        "n_attributions": n,
        "n_sources": len(speakers),
        **{name: count / n if n else math.nan for name, count in shares.items()},
    }


_SUFFIX = {"body": "", "headline": "_headline", "lead": "_lead", "own_words": "_own", "quoted": "_quoted"}


def _tone_columns(tone: dict[str, Tone], prefix: str) -> dict[str, float]:
    return {
        f"{prefix}{name}{_SUFFIX[part]}": getattr(tone[part], name) for part in _SUFFIX for name in ("polarity", "subjectivity", "n_scored")
    }


def _pairs(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]


def _tone(tone: Tone) -> dict[str, float | None]:
    return {"polarity": _number(tone.polarity), "subjectivity": _number(tone.subjectivity), "n_scored": tone.n_scored}


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value
