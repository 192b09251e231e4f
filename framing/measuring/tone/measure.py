"""Tone as four measures: words by part, words by voice, toward the names in an article, and loaded language."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from framing.measuring.measure import Column, Field, Layer, Mark, Measure, Trail, per_1k
from framing.measuring.names.types import Name
from framing.measuring.page import OUTLET, Page
from framing.measuring.tone.loaded import LoadedSentence, loaded_language
from framing.measuring.tone.polarity import tone_by_part, tone_by_voice, tone_words
from framing.measuring.tone.target import LABELS, Label, TargetTone, tone_toward_each
from framing.measuring.tone.types import VARIANTS, Tone, Variant
from framing.text import Span, touched
from framing.text.escaping import clip, signed

SIGNS: dict[Label, str] = {"negative": "▼", "neutral": "", "positive": "▲"}
_MOST = 80  # characters of the words that a trail shows
Rows = Iterator[tuple[int | str, ...]]

# --- words by part ---


@dataclass(frozen=True)
class PartTone:
    """Tone of one part of an article, or of one voice in it."""

    part: str
    tone: Tone
    variant: Variant = "news"


def _by_part(page: Page) -> Iterator[PartTone]:
    for variant in VARIANTS:
        tones = tone_by_part(page.article, quoted=page.quoted, variant=variant)
        yield from (PartTone(part, tone, variant) for part, tone in tones.items())


_PREFIX = {"textblob": "", "news": "news_"}
_SUFFIX = {"body": "", "headline": "_headline", "lead": "_lead", "own_words": "_own", "quoted": "_quoted"}


def _numbers_by_part(page: Page, parts: Sequence[PartTone]) -> dict[str, float]:
    return {
        f"{_PREFIX[found.variant]}{name}{_SUFFIX[found.part]}": getattr(found.tone, name)
        for found in parts
        for name in ("polarity", "subjectivity", "n_scored")
    }


def _json_by_part(page: Page, parts: Sequence[PartTone]) -> dict[str, Any]:
    return {key: tone_json(p for p in parts if p.variant == variant) for key, variant in (("tone", "textblob"), ("tone_news", "news"))}


def tone_json(parts: Iterable[PartTone]) -> dict[str, dict[str, float | None]]:
    return {
        found.part: {
            "polarity": None if math.isnan(found.tone.polarity) else found.tone.polarity,
            "subjectivity": None if math.isnan(found.tone.subjectivity) else found.tone.subjectivity,
            "n_scored": found.tone.n_scored,
        }
        for found in parts
    }


def _scored(words: str, polarity: float, subjectivity: float) -> str:
    return f"{clip(words, _MOST)} {signed(polarity)} (subjectivity {subjectivity:.2f})"


def _tone_rows(page: Page, parts: Sequence[PartTone]) -> Rows:
    quoted = sorted(page.quoted)
    headline = page.article.headline or ""
    for word in tone_words(headline):
        yield 0, _scored(word.span.of(headline), word.polarity, word.subjectivity), 0
    for word in tone_words(page.article):
        said = touched(quoted, Span(word.span.start, word.span.start + 1))
        yield page.sentence_number(word.span.start), _scored(page.words_at(word.span), word.polarity, word.subjectivity), 2 if said else 1


def _tone_marks(page: Page, parts: Sequence[PartTone]) -> Iterator[Mark]:
    for word in page.tone_words:
        title = f"polarity {signed(word.polarity)}, subjectivity {word.subjectivity:.2f}"
        yield Mark(word.span, "tone", title, sign="+" if word.polarity > 0 else "−" if word.polarity < 0 else "")


_TRAIL = Trail("tone", "scored word", _tone_rows, (("headline", "own words", "quoted words"),))
_PART = 2  # place in a row of the trail
_CODES = {"headline": 0, "own_words": 1, "quoted": 2}
_TOLD = {
    ("body", "polarity"): ("Tone of the body", "writes more positively", "writes more negatively"),
    ("body", "subjectivity"): ("Subjectivity of the body", "writes more subjectively", "writes less subjectively"),
    ("headline", "polarity"): ("Tone of headlines", "writes more positive headlines", "writes more negative headlines"),
    ("headline", "subjectivity"): ("Subjectivity of headlines", "writes more subjective headlines", "writes less subjective headlines"),
    ("lead", "polarity"): ("Tone of the lead", "opens more positively", "opens more negatively"),
    ("lead", "subjectivity"): ("Subjectivity of the lead", "opens more subjectively", "opens less subjectively"),
    ("own_words", "polarity"): (
        "Tone in the outlet's own words",
        "writes more positively in its own words",
        "writes more negatively in its own words",
    ),
    ("own_words", "subjectivity"): (
        "Subjectivity of the outlet's own words",
        "writes more subjectively in its own words",
        "writes less subjectively in its own words",
    ),
    ("quoted", "polarity"): ("Tone of quoted words", "quotes more positive words", "quotes more negative words"),
    ("quoted", "subjectivity"): ("Subjectivity of quoted words", "quotes more subjective words", "quotes less subjective words"),
}
_REPORTED = {("headline", "polarity"), ("own_words", "polarity"), ("quoted", "polarity"), ("own_words", "subjectivity")}


def _part_columns() -> Iterator[Column]:
    for variant in VARIANTS:
        for part, suffix in _SUFFIX.items():
            for name in ("polarity", "subjectivity"):
                title, more, less = _TOLD[part, name]
                asked = variant == "textblob" and (part, name) in _REPORTED
                yield Column(
                    f"{_PREFIX[variant]}{name}{suffix}",
                    f"{title} (news variant)" if variant == "news" else title,
                    "polarity" if name == "polarity" else "fraction",
                    more,
                    less,
                    report=asked,
                    trail=_TRAIL if asked else None,
                    where=(_PART, _CODES[part]) if asked else None,
                )
            yield Column(f"{_PREFIX[variant]}n_scored{suffix}")


TONE = Measure(
    name="tone",
    find=_by_part,
    columns=tuple(_part_columns()),
    numbers=_numbers_by_part,
    to_json=_json_by_part,
    layer=Layer("tone", "u", "tone words + −", shown_first=False),
    marks=_tone_marks,
)

# --- words by voice ---


def _by_voice(page: Page) -> Iterator[PartTone]:
    voices: dict[str, Sequence[Span]] = {str(voice): spans for voice, spans in page.said.items()}
    yield from (PartTone(voice, tone) for voice, tone in tone_by_voice(page.article, voices=voices).items())


def _numbers_by_voice(page: Page, voices: Sequence[PartTone]) -> dict[str, float]:
    own = next(found.tone for found in voices if found.part == OUTLET)
    return {
        "news_polarity_outlet": own.polarity,
        "news_subjectivity_outlet": own.subjectivity,
        "news_n_scored_outlet": own.n_scored,
        "n_words_outlet": page.n_words_outlet,
    }


def _own_rows(page: Page, voices: Sequence[PartTone]) -> Rows:
    speaking = page.voices_at([word.span.start for word in page.tone_words])
    for word, voice in zip(page.tone_words, speaking, strict=True):
        if voice == OUTLET:
            yield page.sentence_number(word.span.start), _scored(page.words_at(word.span), word.polarity, word.subjectivity)


TONE_BY_VOICE = Measure(
    name="tone_by_voice",
    find=_by_voice,
    numbers=_numbers_by_voice,
    to_json=lambda page, voices: {"tone_voices": tone_json(voices)},
    columns=(
        Column(
            "news_polarity_outlet",
            "Tone in the outlet's own voice (news variant)",
            "polarity",
            "writes more positively where it speaks itself",
            "writes more negatively where it speaks itself",
            report=True,
            card="tone",
            trail=Trail("voice", "scored word", _own_rows),
        ),
        Column(
            "news_subjectivity_outlet",
            "Subjectivity of the outlet's own voice (news variant)",
            "fraction",
            "writes more subjectively where it speaks itself",
            "writes less subjectively where it speaks itself",
            card="tone",
        ),
        Column("news_n_scored_outlet", card="tone"),
        Column(
            "n_words_outlet",
            "Words in the outlet's own voice",
            "words",
            "writes more words of its own",
            "writes fewer words of its own",
            card="length",
        ),
    ),
)

# --- toward names ---


@dataclass(frozen=True)
class Mention:
    """A name in a sentence, with the tone of that sentence toward it."""

    name: Name
    toward: TargetTone

    @property
    def span(self) -> Span:
        return self.name.span


def _mentions(page: Page) -> tuple[Mention, ...]:
    toward = tone_toward_each(page, [name.span for name in page.names])
    return tuple(Mention(name, tone) for name, tone in zip(page.names, toward, strict=True))


def _probability(label: Label) -> Field:
    return Field(label, "number", lambda page, mention: mention.toward.probabilities[label])


def by_name(mentions: Sequence[Mention]) -> list[tuple[str, float, list[Mention]]]:
    """Each name with its mean tone and its mentions, those with the strongest tone first."""
    of_name: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        of_name[mention.name.name].append(mention)
    means = {name: sum(m.toward.score for m in here) / len(here) for name, here in of_name.items()}
    return [(name, means[name], of_name[name]) for name in sorted(means, key=lambda name: -abs(means[name]))]


def _target_marks(page: Page, mentions: Sequence[Mention]) -> Iterator[Mark]:
    for mention in mentions:
        toward = mention.toward
        yield Mark(mention.span, "target", f"{mention.name.name}: {toward.label} {signed(toward.score)}", sign=SIGNS[toward.label])


TARGET_TONE = Measure(
    name="target_tone",
    find=_mentions,
    table="mentions",
    key="targets",
    row="a name in a sentence, with the tone toward it",
    fields=(
        Field("target", of=lambda page, mention: mention.name.name, key="name"),
        Field("kind", of=lambda page, mention: mention.name.kind),
        Field("words", "span", lambda page, mention: mention.span, key=None),
        Field("span", "place"),
        Field("voice", of=lambda page, mention: page.voices_at([mention.span.start])[0]),
        Field("label", of=lambda page, mention: mention.toward.label, key="tone"),
        Field("tone", "number", lambda page, mention: mention.toward.score, key=None),
        *map(_probability, LABELS),
        Field("sentence", "span", lambda page, mention: mention.toward.sentence, key=None),
    ),
    layer=Layer("target", "span", "names with tone ▲▼"),
    marks=_target_marks,
)

# --- loaded language ---


def _loaded(page: Page) -> tuple[LoadedSentence, ...]:
    return loaded_language(page, names=[name.span for name in page.names]).sentences


def _numbers_of_loaded(page: Page, sentences: Sequence[LoadedSentence]) -> dict[str, float]:
    words = [word for sentence in sentences for word in sentence.words]
    own = [sentence.probability for sentence in sentences if page.voice_of(sentence.span) == OUTLET]
    return {
        "mean_loaded": _mean([sentence.probability for sentence in sentences]),
        "mean_loaded_outlet": _mean(own),
        "loaded_per_1k": per_1k(len(words), page.n_words),
        "loaded_outlet_per_1k": per_1k(page.voices_at([word.start for word in words]).count(OUTLET), page.n_words_outlet),
    }


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else math.nan


def _own_words(page: Page, sentences: Sequence[LoadedSentence]) -> Rows:
    words = [word for sentence in sentences for word in sentence.words]
    for word, voice in zip(words, page.voices_at([word.start for word in words]), strict=True):
        if voice == OUTLET:
            yield page.sentence_number(word.start), clip(page.words_at(word), _MOST)


def _own_sentences(page: Page, sentences: Sequence[LoadedSentence]) -> Rows:
    for sentence in sorted(sentences, key=lambda s: (-s.probability, s.span.start)):
        if page.voice_of(sentence.span) == OUTLET:
            yield page.sentence_number(sentence.span.start), f"{sentence.probability:.2f}"


def _loaded_marks(page: Page, sentences: Sequence[LoadedSentence]) -> Iterator[Mark]:
    for sentence in sentences:
        for word in sentence.words:
            yield Mark(word.span, "loaded", f"loaded {word.probability:.2f}")


LOADED_LANGUAGE = Measure(
    name="loaded_language",
    find=_loaded,
    table="sentences",
    key="loaded",
    row="a sentence of the body",
    fields=(
        Field("number", "position"),
        Field("span", "place"),
        Field("n_words", "count", lambda page, sentence: page.count_words([sentence.span]), key=None),
        Field("voice", of=lambda page, sentence: page.voice_of(sentence.span), key=None),
        Field("loaded", "number", lambda page, sentence: sentence.probability, key="probability"),
        Field("loaded_words", "names", lambda page, sentence: [page.words_at(word) for word in sentence.words], key=None),
        Field("words", "spans", table=False),
        Field("sentence", "span", lambda page, sentence: sentence.span, key=None),
    ),
    numbers=_numbers_of_loaded,
    columns=(
        Column("mean_loaded", "How loaded sentences are", "fraction", "prints more loaded sentences", "prints less loaded sentences"),
        Column(
            "mean_loaded_outlet",
            "How loaded the outlet's own sentences are",
            "fraction",
            "writes more loaded sentences itself",
            "writes less loaded sentences itself",
            report=True,
            trail=Trail("loaded_sentences", "sentence", _own_sentences),
        ),
        Column("loaded_per_1k", "Loaded words per 1,000 words", "rate", "prints more loaded words", "prints fewer loaded words"),
        Column(
            "loaded_outlet_per_1k",
            "Loaded words per 1,000 of the outlet's own words",
            "rate",
            "uses more loaded words where it speaks itself",
            "uses fewer loaded words where it speaks itself",
            report=True,
            trail=Trail("loaded_words", "loaded word", _own_words),
        ),
    ),
    layer=Layer("loaded", "u", "loaded words"),
    marks=_loaded_marks,
)
