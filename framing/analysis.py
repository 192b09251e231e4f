"""One article, every measure once, in order."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from rich.console import Group

from framing import encoder
from framing.article import Article, as_article
from framing.attribution import SOURCE_TYPES, STANCES, Attribution, Engine, SourceType, find_attributions
from framing.diversity import evenness, shannon, simpson
from framing.errors import Problem
from framing.names import Name, find_names
from framing.notices import Notice, find_notices
from framing.render import article_html, article_text
from framing.text import Span, count_words, how_many, merged, quotations, touched, words
from framing.threads import one_thread
from framing.tone import (
    OUTLET,
    Loaded,
    TargetTone,
    Tone,
    ToneEngine,
    ToneWord,
    loaded_language,
    tone_by_part,
    tone_by_voice,
    tone_words,
    tones_toward,
)
from framing.wording import Wording, find_wording, wording_measures

Voice = Literal["outlet", "quoted"] | SourceType
VOICES: tuple[Voice, ...] = ("outlet", *SOURCE_TYPES, "quoted")


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
    tone_voices : dict of str to Tone
        By voice, in the variant for news: ``outlet`` (what is ascribed to nobody), each kind of source that is said to say something,
        ``quoted`` (between quotation marks, but ascribed to nobody).
    names : tuple of Name
        People, organisations, places and groups named in the body.
    targets : tuple of TargetTone
        Tone toward each of ``names``.
    loaded : Loaded
        Loaded sentences and words of the body.
    wording : tuple of Wording
        Hedges, boosters, passives and nominalisations.
    measures : dict of str to float
        The numbers of one row of ``Tables.articles``; NaN where something could not be measured.
    engine : str
        Which engine was used: of "rules", the attributions; targets and loaded words are then by "fast".
    voices : int array
        Number in ``VOICES`` of who speaks at each character of the text; :meth:`voices_at` gives names.
    topics : dict of str to float
        Share of each topic, where the article was analyzed as part of a corpus.
    problems : tuple of Problem
        Doubts met in reading this article.
    story : str or None
        The event it reports, where the article was analyzed as part of a corpus.
    """

    article: Article
    notices: tuple[Notice, ...]
    attributions: tuple[Attribution, ...]
    sentences: tuple[Span, ...]
    quoted: tuple[Span, ...]
    tone: dict[str, Tone]
    tone_news: dict[str, Tone]
    tone_voices: dict[str, Tone]
    names: tuple[Name, ...]
    targets: tuple[TargetTone, ...]
    loaded: Loaded
    wording: tuple[Wording, ...]
    measures: dict[str, float]
    engine: Engine
    voices: NDArray[np.int8] = field(compare=False)
    topics: dict[str, float] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    story: str | None = None

    @property
    def first_attribution(self) -> Attribution | None:
        """The first attribution in the body that has a source; None where nobody speaks."""
        return _first_with_source(self.attributions)

    @property
    def first_source_type(self) -> SourceType | None:
        """Kind of the source that speaks first in the body; None where nobody does."""
        first = self.first_attribution
        return first.source_type if first else None

    def tone_words(self) -> tuple[ToneWord, ...]:
        """The words that made the body's tone (news variant), so that a reader can disagree."""
        return tone_words(self.article, variant="news")

    def voice_words(self, voice: Voice = "outlet") -> tuple[ToneWord, ...]:
        """Of :meth:`tone_words`, those of one voice: "outlet", a kind of source, or "quoted".

        Where a negation or an adverb stands on the other side of a quotation mark, the numbers of ``tone_voices`` do not hear it.
        """
        found = self.tone_words()
        voices = self.voices_at([word.span.start for word in found])
        return tuple(word for word, mine in zip(found, voices, strict=True) if mine == voice)

    def voices_at(self, offsets: Sequence[int]) -> list[Voice]:
        """Who speaks at these offsets of the text: the innermost source whose content holds them, "quoted" or "outlet"."""
        return [VOICES[number] for number in self.voices[list(offsets)]]

    def voice_of(self, span: Span) -> Voice:
        """Who says most of the words of a span, such as a sentence."""
        return VOICES[_most(self.voices, self.article, span)]

    def __repr__(self) -> str:
        found = (how_many(len(self.attributions), "attribution"), how_many(len(self.notices), "notice"))
        return f"<Analysis of {self.article.id!r}: {', '.join(found)}, {how_many(int(self.measures['n_words']), 'word')}>"

    def _repr_html_(self) -> str:
        return self.to_html()

    def __rich__(self) -> Group:
        return article_text(self.article, tone=self.tone_news, **self._layers)

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
        options: dict[str, Any] = {"anchor": anchor, "standalone": standalone, "style": style}
        return article_html(self.article, tone=self.tone_news, tone_words=self.tone_words(), **self._layers, **options)

    @property
    def _layers(self) -> dict[str, Any]:
        """What both readers show."""
        return {
            "notices": self.notices,
            "attributions": self.attributions,
            "loaded": self.loaded.words,
            "names": self.names,
            "targets": self.targets,
        }

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
                    "stance": a.stance,
                    "side": a.side,
                    "metonym": a.metonym,
                    "anonymity": a.anonymity,
                    "anonymity_reason": list(a.anonymity_reason) if a.anonymity_reason else None,
                }
                for a in self.attributions
            ],
            "tone": {part: _tone(tone) for part, tone in self.tone.items()},
            "tone_news": {part: _tone(tone) for part, tone in self.tone_news.items()},
            "tone_voices": {voice: _tone(tone) for voice, tone in self.tone_voices.items()},
            "targets": [
                {
                    "name": name.name,
                    "kind": name.kind,
                    "start": name.span.start,
                    "end": name.span.end,
                    "voice": voice,
                    "tone": target.label,
                    **{label: round(p, 3) for label, p in target.probabilities.items()},
                }
                for name, target, voice in zip(
                    self.names, self.targets, self.voices_at([name.span.start for name in self.names]), strict=True
                )
            ],
            "loaded": [
                {
                    "start": sentence.span.start,
                    "end": sentence.span.end,
                    "probability": round(sentence.probability, 3),
                    "words": _pairs(sentence.words),
                }
                for sentence in self.loaded.sentences
            ],
            "wording": [{"kind": w.kind, "start": w.span.start, "end": w.span.end, "agent": w.agent} for w in self.wording],
            "topics": {name: _number(share) for name, share in self.topics.items()},
            "problems": [problem.reason for problem in self.problems],
        }


@one_thread
def analyze(article: Article | str, *, engine: Engine = "encoder") -> Analysis:
    """Find notices, attributions, names, tone, loaded words and wording in one article, and count them.

    Parameters
    ----------
    article : Article or str
        A plain string is taken as an article whose paragraphs are all body.
    engine : {"encoder", "fast", "rules"}
        "encoder" reads the article once with a small language model, for attributions, tone toward targets and loaded words. "fast" does
        without it; "rules" is "fast" with attributions by rules.

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
    reading = encoder.read(article) if engine == "encoder" else None
    attributions = find_attributions(article, engine=engine, reading=reading)
    body_sentences = article.sentences()
    said = _said(attributions, quoted)
    who = _voices(article, said)
    tone = tone_by_part(article, quoted=quoted, variant="textblob")
    tone_news = tone_by_part(article, quoted=quoted, variant="news")
    tone_voices = tone_by_voice(article, voices=said)
    tone_engine: ToneEngine = "encoder" if reading else "fast"
    names = find_names(article)
    named = [name.span for name in names]
    targets = tones_toward(article, named, engine=tone_engine, reading=reading)
    loaded = loaded_language(article, engine=tone_engine, reading=reading, names=named)
    wording = find_wording(article)
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
        **_voice_measures(article, said, who, tone_voices, loaded, wording, n_words),
    }
    return Analysis(
        article, notices, attributions, body_sentences, quoted, tone, tone_news, tone_voices, names, targets, loaded, wording,
        measures, engine, who,
    )  # fmt: skip


def _said(attributions: Sequence[Attribution], quoted: Sequence[Span]) -> dict[str, list[Span]]:
    """What each kind of source is said to say; "quoted" for quotations that are ascribed to nobody."""
    said: dict[str, list[Span]] = {}
    for a in attributions:
        said.setdefault(a.source_type, []).extend(a.content)
    ascribed = merged(span for spans in said.values() for span in spans)
    free = [q for q in quoted if not touched(ascribed, q)]
    ordered: dict[str, list[Span]] = {kind: said[kind] for kind in SOURCE_TYPES if kind in said}
    return ordered | ({"quoted": free} if free else {})


def _voices(article: Article, said: Mapping[str, Sequence[Span]]) -> NDArray[np.int8]:
    """Number in ``VOICES`` of who speaks at each character of the text: the innermost content counts."""
    who = np.zeros(len(article.text) + 1, dtype=np.int8)
    found = [(len(span), span, VOICES.index(kind)) for kind, spans in said.items() for span in spans]
    for _, span, voice in sorted(found, reverse=True):
        who[span.start : span.end] = voice
    return who


def _most(who: NDArray[np.int8], article: Article, span: Span) -> int:
    return int(np.bincount(who[[word.start for word in words(article.plain, span)] or [span.start]]).argmax())


def _voice_measures(
    article: Article,
    said: Mapping[str, Sequence[Span]],
    who: NDArray[np.int8],
    tones: dict[str, Tone],
    loaded: Loaded,
    wording: Sequence[Wording],
    n_words: int,
) -> dict[str, float]:
    """How the outlet itself writes, apart from what it lets others say, and how loaded the language is; see the cards."""
    ascribed = merged(span for spans in said.values() for span in spans)
    n_own = max(0, n_words - sum(count_words(article.plain, span) for span in ascribed))
    own_wording = [w for w in wording if who[w.span.start] == 0]
    n_loaded_own = sum(int(who[word.start]) == 0 for word in loaded.words)
    judged = [sentence.probability for sentence in loaded.sentences]
    own_judged = [sentence.probability for sentence in loaded.sentences if _most(who, article, sentence.span) == 0]
    own = tones[OUTLET]
    return {
        "news_polarity_outlet": own.polarity,
        "news_subjectivity_outlet": own.subjectivity,
        "news_n_scored_outlet": own.n_scored,
        "n_words_outlet": n_own,
        "mean_loaded": sum(judged) / len(judged) if judged else math.nan,
        "mean_loaded_outlet": sum(own_judged) / len(own_judged) if own_judged else math.nan,
        "loaded_per_1k": per_1k(len(loaded.words), n_words),
        "loaded_outlet_per_1k": per_1k(n_loaded_own, n_own),
        **wording_measures(wording, n_words),
        **{
            name.replace("_per_1k", "_outlet_per_1k"): value
            for name, value in wording_measures(own_wording, n_own).items()
            if "per_1k" in name
        },
    }


def source_measures(attributions: tuple[Attribution, ...], article: Article) -> dict[str, float]:
    """Who gets to speak in one article, in numbers.

    Parameters
    ----------
    attributions : tuple of Attribution
        In text order, as :func:`framing.find_attributions` gives them.
    article : Article

    Returns
    -------
    dict of str to float
        ``n_attributions``; ``n_sources``: different sources, see :func:`source_name`.

        ``share_<kind>``: attributions to sources of this kind, of all (an official quoted three times counts three times);
        ``share_direct``: attributions quoted directly, of all; ``share_words_<kind>``: words ascribed to sources of this kind, of all words
        ascribed (a content inside another counts in both). From 0 to 1; NaN where nothing is attributed.

        ``share_neutral`` and ``share_<stance>`` for the other stances: cues of this stance, of all attributions that have a cue. From 0
        to 1; NaN where none has.

        ``first_is_official``: 1 where the source that speaks first is an official, 0 where it is of another kind, NaN where nobody
        speaks or the kind is unknown.

        ``source_shannon``, ``source_evenness``, ``source_simpson``: how evenly attributions are spread over sources;
        ``source_type_shannon`` and so on: over kinds of source, the unknown left out. Higher is more diverse; NaN where not
        defined, see :mod:`framing.diversity`.
    """
    n = len(attributions)
    sources = Counter(name for a in attributions if (name := source_name(a.speaker, article.words_at(a.source))))
    types = Counter(a.source_type for a in attributions)
    known_types = [count for kind, count in types.items() if kind != "unknown"]
    words: Counter[str] = Counter()
    for a in attributions:
        words[a.source_type] += content_words(a, article)
    stances = Counter(a.stance for a in attributions if a.cue)
    first = _first_with_source(attributions)
    return {
        "n_attributions": n,
        "n_sources": len(sources),
        **{f"share_{kind}": _share(types[kind], n) for kind in SOURCE_TYPES},
        "share_direct": _share(sum(a.form == "direct" for a in attributions), n),
        **{f"share_words_{kind}": _share(words[kind], words.total()) for kind in SOURCE_TYPES},
        **{f"share_{stance}": _share(stances[stance], stances.total()) for stance in STANCES},
        "first_is_official": math.nan if first is None or first.source_type == "unknown" else float(first.source_type == "official"),
        **_diversity("source", list(sources.values())),
        **_diversity("source_type", known_types),
    }


_OPEN_PRONOUNS = frozenset({"he", "she", "they", "it", "i", "we", "you", "who", "which", "that", "this", "these", "those"})


def source_name(speaker: str | None, words: str) -> str | None:
    """What a source is counted under: the speaker's name, else the words of the source in lower case.

    None for a pronoun whose person stays open (it is hardly a further source) and where nobody is named.

    Examples
    --------
    >>> source_name("Nadia Orlo", "the mayor"), source_name(None, "Residents"), source_name(None, "She"), source_name(None, "")
    ('Nadia Orlo', 'residents', None, None)
    """
    if speaker:
        return speaker
    lowered = " ".join(words.lower().split())
    return lowered if lowered and lowered not in _OPEN_PRONOUNS else None


def content_words(attribution: Attribution, article: Article) -> int:
    """Number of words that the attribution ascribes to its source."""
    return sum(count_words(article.plain, span) for span in attribution.content)


def _first_with_source(attributions: tuple[Attribution, ...]) -> Attribution | None:
    return next((a for a in attributions if a.source or a.speaker), None)


def per_1k(n: int, n_words: int) -> float:
    """A rate per 1,000 words; NaN where there is no word."""
    return 1000 * n / n_words if n_words else math.nan


def _share(part: int, whole: int) -> float:
    return part / whole if whole else math.nan


def _diversity(name: str, counts: list[int]) -> dict[str, float]:
    return {f"{name}_shannon": shannon(counts), f"{name}_evenness": evenness(counts), f"{name}_simpson": simpson(counts)}


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
