"""Findings written by hand, as the readers of an article take them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from framing.article import Article
from framing.measuring.names import Name
from framing.measuring.page import Page
from framing.measuring.tone import LoadedSentence, LoadedWord, TargetTone, Tone, ToneWord
from framing.measuring.tone.measure import Mention, PartTone
from framing.render import article_html, article_text


def found_in(
    article: Article,
    *,
    tone: Mapping[str, Tone] | None = None,
    tone_words: Sequence[ToneWord] = (),
    loaded: Sequence[LoadedWord] = (),
    names: Sequence[Name] = (),
    targets: Sequence[TargetTone] = (),
    notices: Sequence[Any] = (),
    attributions: Sequence[Any] = (),
) -> tuple[Page, dict[str, Sequence[Any]]]:
    page = Page(article)
    page.__dict__["tone_words"] = tuple(tone_words)
    named = names or [Name(target.span, article.words_at(target.span), "person") for target in targets]
    return page, {
        "notices": notices,
        "attribution": attributions,
        "loaded_language": [LoadedSentence(word, word.probability, (word,)) for word in loaded],
        "target_tone": [Mention(name, target) for name, target in zip(named, targets, strict=True)],
        "tone": [PartTone(part, value) for part, value in (tone or {}).items()],
    }


def html_of(article: Article, *, anchor: str | None = None, standalone: bool = False, style: bool = True, **found: Any) -> str:
    return article_html(*found_in(article, **found), anchor=anchor, standalone=standalone, style=style)


def text_of(article: Article, **found: Any) -> Any:
    return article_text(*found_in(article, **found))
