"""Attribution as a measure: who gets to speak in an article, in findings, numbers and marks."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from framing.choices import POLITICAL, SOURCE_TYPES, UNNAMED
from framing.measuring.attribution.cited import UNKNOWN, manner, speakers, who
from framing.measuring.attribution.messengers import field_of
from framing.measuring.attribution.types import STANCES, Attribution, statements
from framing.measuring.diversity import evenness, shannon, simpson
from framing.measuring.measure import Column, Field, Layer, Mark, Measure, Trail, share
from framing.measuring.page import Page
from framing.text import Span, count_words
from framing.text.escaping import clip, label_of

FORMS = ("direct", "indirect", "mixed")
_OPEN_PRONOUNS = frozenset({"he", "she", "they", "it", "i", "we", "you", "who", "which", "that", "this", "these", "those"})
_MOST = 80  # characters of the words that a trail shows


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


def source_measures(page: Page, attributions: Sequence[Attribution]) -> dict[str, float]:
    """Who gets to speak in one article, in numbers.

    Parameters
    ----------
    page : Page
    attributions : sequence of Attribution
        In text order, as :func:`framing.find_attributions` gives them.

    Returns
    -------
    dict of str to float
        ``n_attributions``; ``n_sources``: different sources, see :func:`source_name`.

        ``share_<kind>``: attributions to sources of this kind, of all (an official quoted three times counts three times);
        ``share_political``: to officials and politicians together; ``share_unnamed``: attributions whose source the reader does not
        learn by name, of those that have a source; ``share_anonymous``: of the same, those whose name is kept back on purpose;
        ``n_refusals``: how often somebody is said not to answer, which is no attribution;
        ``share_direct``: attributions quoted directly, of all; ``share_words_<kind>``: words ascribed to sources of this kind, of all words
        ascribed (a content inside another counts in both). From 0 to 1; NaN where nothing is attributed.

        ``share_neutral`` and ``share_<stance>`` for the other stances: cues of this stance, of all attributions that have a cue. From 0
        to 1; NaN where none has.

        ``first_is_official``: 1 where the source that speaks first is an official, 0 where it is of another kind, NaN where nobody
        speaks or the kind is unknown.

        ``source_shannon``, ``source_evenness``, ``source_simpson``: how evenly attributions are spread over sources;
        ``source_type_shannon`` and so on: over kinds of source, the unknown left out. Higher is more diverse; NaN where not
        defined, see :mod:`framing.measuring.diversity`.
    """
    refused = sum(a.refusal and not a.headline for a in attributions)
    attributions = statements(attributions)
    n = len(attributions)
    sources = Counter(name for a in attributions if (name := source_name(a.speaker, page.words_at(a.source))))
    types = Counter(a.source_type for a in attributions)
    words: Counter[str] = Counter()
    for a in attributions:
        words[a.source_type] += _content_words(page, a)
    stances = Counter(a.stance for a in attributions if a.cue)
    naming = Counter(a.naming for a in attributions)
    with_source = sum(bool(a.source or a.speaker) for a in attributions)
    first = first_with_source(attributions)
    return {
        "n_attributions": n,
        "n_sources": len(sources),
        **{f"share_{kind}": share(types[kind], n) for kind in SOURCE_TYPES},
        "share_political": share(sum(types[kind] for kind in POLITICAL), n),
        "share_unnamed": share(sum(naming[kind] for kind in UNNAMED), with_source),
        "share_anonymous": share(naming["anonymous"], with_source),
        "n_refusals": refused,
        "share_direct": share(sum(a.form == "direct" for a in attributions), n),
        **{f"share_words_{kind}": share(words[kind], words.total()) for kind in SOURCE_TYPES},
        **{f"share_{stance}": share(stances[stance], stances.total()) for stance in STANCES},
        "first_is_official": math.nan if first is None or first.source_type == "unknown" else float(first.source_type == "official"),
        **_diversity("source", list(sources.values())),
        **_diversity("source_type", [count for kind, count in types.items() if kind != "unknown"]),
    }


def _numbers(page: Page, attributions: Sequence[Attribution]) -> dict[str, float]:
    return {**source_measures(page, attributions), "share_quoted_words": share(page.count_words(page.quoted), page.n_words)}


def first_with_source(attributions: Sequence[Attribution]) -> Attribution | None:
    """The first attribution that has a source; None where nobody speaks."""
    return next((a for a in statements(attributions) if a.source or a.speaker), None)


def _content_words(page: Page, attribution: Attribution) -> int:
    return sum(count_words(page.text, span) for span in attribution.content)


def _diversity(name: str, counts: list[int]) -> dict[str, float]:
    return {f"{name}_shannon": shannon(counts), f"{name}_evenness": evenness(counts), f"{name}_simpson": simpson(counts)}


# --- findings ---


def _sentence(page: Page, a: Attribution) -> Span:
    return page.sentence_at((a.cue or a.content)[0].start) or Span(0, 0)


_FIELDS = (
    Field("source", "spans"),
    Field("cue", "spans"),
    Field("content", "spans"),
    "form",
    "speaker",
    "source_type",
    Field("expert_field", of=lambda page, a: field_of(page.words_at(a.source)) if a.source_type == "expert" else None, key=None),
    Field("confidence", "number"),
    "stance",
    "side",
    Field("metonym", "flag"),
    "naming",
    "speaks_for",
    "title",
    Field("qualification", "span"),
    Field("anonymity_reason", "span"),
    Field("speaker_confidence", "number"),
    Field("refusal", "flag"),
    Field("headline", "flag"),
    Field("n_words", "count", _content_words, key=None),
    Field("content_polarity", "number", lambda page, a: page.tone_of(a.content).polarity, key=None),
    Field("content_subjectivity", "number", lambda page, a: page.tone_of(a.content).subjectivity, key=None),
    Field("content_n_scored", "count", lambda page, a: page.tone_of(a.content).n_scored, key=None),
    Field("start", "count", lambda page, a: a.span.start, key=None),
    Field("end", "count", lambda page, a: a.span.end, key=None),
    Field("sentence", "span", _sentence, key=None),
)


def _marks(page: Page, attributions: Sequence[Attribution]) -> Iterator[Mark]:
    places = {name: place for place, name in enumerate(speakers(page.article, attributions))}
    for number, found in enumerate(attributions, 1):
        name = who(page.article, found)
        place = None if name == UNKNOWN else places[name.casefold()]
        titles = {"source": f"{name} ({label_of(found.source_type)}), {manner(found)}", "content": name}
        for layer, spans in (("source", found.source), ("cue", found.cue), ("content", found.content)):
            told = (None, None) if layer == "cue" else (number, place)
            yield from (Mark(span, layer, titles.get(layer, ""), *told) for span in spans)


# --- columns ---


def _trail_rows(page: Page, attributions: Sequence[Attribution]) -> Iterator[tuple[int | str, ...]]:
    first = first_with_source(attributions)
    for a in statements(attributions):
        name, cue = who(page.article, a), page.words_at(a.cue)
        words = clip(f"{name}: “{cue}”" if cue else name, _MOST)
        codes = (SOURCE_TYPES.index(a.source_type), FORMS.index(a.form), STANCES.index(a.stance) if cue else -1, int(a is first))
        naming = (*_naming_codes(a), int(a.source_type in POLITICAL))
        yield (page.sentence_number((a.cue or a.content)[0].start), words, *codes, *naming)


def _quoted_rows(page: Page, attributions: Sequence[Attribution]) -> Iterator[tuple[int | str, ...]]:
    for span in page.quoted:
        yield page.sentence_number(span.start), ""


def _refusal_rows(page: Page, attributions: Sequence[Attribution]) -> Iterator[tuple[int | str, ...]]:
    for a in attributions:
        if a.refusal and not a.headline:
            cue = a.cue or a.content
            yield page.sentence_number(cue[0].start), clip(f"{who(page.article, a)}: “{page.words_at(cue)}”", _MOST)


def _naming_codes(a: Attribution) -> tuple[int, int]:
    """Is the source without a name, and is it so on purpose? -1 where there is none."""
    return (int(a.naming in UNNAMED), int(a.naming == "anonymous")) if a.source or a.speaker else (-1, -1)


_TRAIL = Trail("attributions", "attribution", _trail_rows, ([label_of(kind) for kind in SOURCE_TYPES], FORMS, STANCES))
_KIND, _FORM, _STANCE, _FIRST, _UNNAMED, _ANONYMOUS, _OFFICE = 2, 3, 4, 5, 6, 7, 8  # places in a row of the trail
_SOURCES = {
    "official": "officials",
    "politician": "politicians",
    "expert": "experts",
    "business": "business",
    "civil_society": "civil society",
    "citizen": "citizens",
    "celebrity": "celebrities",
    "media": "other media",
    "document": "documents",
    "unknown": "sources of unknown type",
}


def _share_columns() -> Iterator[Column]:
    for code, (kind, sources) in enumerate(_SOURCES.items()):
        more, less = f"relies more on {sources}", f"relies less on {sources}"
        if kind == "unknown":
            more, less = f"has more {sources}", f"has fewer {sources}"
        title = f"Attributions to {sources}"
        yield Column(f"share_{kind}", title, "share", more, less, report=kind != "unknown", trail=_TRAIL, where=(_KIND, code))


def _word_columns() -> Iterator[Column]:
    for code, (kind, sources) in enumerate(_SOURCES.items()):
        more, less = f"gives {sources} more of the words it ascribes", f"gives {sources} fewer of the words it ascribes"
        if kind == "unknown":
            more, less = f"ascribes more words to {sources}", f"ascribes fewer words to {sources}"
        title = f"Words ascribed to {sources}"
        column = Column(f"share_words_{kind}", title, "share", more, less, report=kind == "official", card="sources", trail=_TRAIL)
        yield replace(column, where=(_KIND, code), axis=f"{title} (share of words ascribed)")


def _stance_column(stance: str, more: str, less: str, *, report: bool = False) -> Column:
    title = {"forward": "Forward-looking cues"}.get(stance, f"{stance.capitalize()} cues")
    where = (_STANCE, STANCES.index(stance))
    axis = f"{title} (share of cues)"
    return Column(f"share_{stance}", title, "share", more, less, report, "sources", axis, trail=_TRAIL, where=where)


def _diversity_columns(name: str, what: str, *, report: bool = False) -> tuple[Column, ...]:
    more, less = f"lets more {what} speak, or more evenly", f"lets fewer {what} speak, or less evenly"
    evenly = (f"lets {what} speak more evenly", f"lets {what} speak less evenly")
    mixed = (f"mixes {what} more", f"mixes {what} less")
    trail = _TRAIL if report else None
    return (
        Column(f"{name}_shannon", f"Diversity of {what}", "nats", more, less, card="sources"),
        Column(f"{name}_evenness", f"Evenness of {what}", "fraction", *evenly, card="sources"),
        Column(f"{name}_simpson", f"Diversity of {what} (Simpson)", "fraction", *mixed, report=report, card="sources", trail=trail),
    )


ATTRIBUTION = Measure(
    name="attribution",
    find=lambda page: page.attributions,
    table="attributions",
    row="somebody who is said to say something",
    fields=(Field("number", "position"), *_FIELDS),
    numbers=_numbers,
    columns=(
        Column(
            "n_attributions",
            "Attributions per article",
            "count",
            "has more attributions per article",
            "has fewer attributions per article",
        ),
        Column(
            "n_sources",
            "Sources per article",
            "count",
            "names more sources per article",
            "names fewer sources per article",
            report=True,
            trail=_TRAIL,
        ),
        *_share_columns(),
        Column(
            "share_political",
            "Attributions to officials and politicians",
            "share",
            "relies more on officials and politicians",
            "relies less on officials and politicians",
            report=True,
            trail=_TRAIL,
            where=(_OFFICE, 1),
        ),
        Column(
            "share_unnamed",
            "Attributions to sources without a name",
            "share",
            "relies more on sources it does not name",
            "relies less on sources it does not name",
            report=True,
            axis="Attributions to sources without a name (share of those with a source)",
            trail=_TRAIL,
            where=(_UNNAMED, 1),
        ),
        Column(
            "share_anonymous",
            "Attributions to sources whose name is kept back",
            "share",
            "keeps the names of more sources back",
            "keeps the names of fewer sources back",
            report=True,
            axis="Attributions to sources whose name is kept back (share of those with a source)",
            trail=_TRAIL,
            where=(_ANONYMOUS, 1),
        ),
        Column(
            "n_refusals",
            "Refusals to comment per article",
            "count",
            "reports more refusals",
            "reports fewer refusals",
            trail=Trail("refusals", "refusal", _refusal_rows),
        ),
        Column(
            "share_direct",
            "Attributions quoted directly",
            "share",
            "quotes more directly",
            "quotes less directly",
            report=True,
            trail=_TRAIL,
            where=(_FORM, FORMS.index("direct")),
        ),
        *_word_columns(),
        _stance_column("neutral", "presents sources more neutrally (“said”)", "presents sources less neutrally (“said”)"),
        _stance_column(
            "doubting", "presents sources with more doubt (“claimed”)", "presents sources with less doubt (“claimed”)", report=True
        ),
        _stance_column("endorsing", "endorses sources more (“confirmed”)", "endorses sources less (“confirmed”)", report=True),
        _stance_column("conceding", "has more sources concede (“admitted”)", "has fewer sources concede (“admitted”)"),
        _stance_column(
            "emotive", "presents sources more emotively (“slammed”)", "presents sources less emotively (“slammed”)", report=True
        ),
        _stance_column("forward", "has more sources look ahead (“promised”)", "has fewer sources look ahead (“promised”)"),
        Column(
            "first_is_official",
            "Articles in which an official speaks first",
            "share",
            "lets officials speak first more often",
            "lets officials speak first less often",
            report=True,
            card="sources",
            axis="Articles in which an official speaks first (share of articles)",
            trail=_TRAIL,
            where=(_FIRST, 1),
        ),
        *_diversity_columns("source", "sources"),
        *_diversity_columns("source_type", "kinds of source", report=True),
        Column(
            "share_quoted_words",
            "Body words between quotation marks",
            "share",
            "gives more of its text to quotations",
            "gives less of its text to quotations",
            report=True,
            axis="Body words between quotation marks (share of words)",
            trail=Trail("quoted", "quotation", _quoted_rows),
        ),
    ),
    layer=(Layer("source", "cite", "sources"), Layer("cue", "em", "cue words"), Layer("content", "mark", "what they say")),
    marks=_marks,
)
