"""What holds for the articles of every format: characters that can be written, and the language the measures are made for."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import Any, TypeVar

from framing.article import Article
from framing.english.grammar import word_class
from framing.errors import Problem
from framing.readers.files import Findings
from framing.text.escaping import whole_characters

_T = TypeVar("_T", Article, Problem)

_LETTERS = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-z\u00aa-\u024f\u1e00-\u1eff]")
_MIN_WORDS = 25  # different ones; fewer are too few to tell by
_MIN_SHARE = 0.03  # of English words among the first; in English news 0.10 and more, in 7,000 articles never under 0.04
_ENGLISH = word_class("frequent")


def checked(where: str, findings: Findings) -> Findings:
    """The findings of one file, with lone surrogates made U+FFFD and articles told that are not in English.

    An article given as English, or not given as anything, whose words are clearly not English gets the language ``und``.
    """
    n_articles = 0
    foreign: list[tuple[int | None, Article]] = []
    for found in findings:
        if isinstance(found, Problem):
            yield mended(found)[0]
            continue
        article, damaged = mended(found.article)
        if damaged:
            reason = f"half a character (a lone surrogate) in {', '.join(damaged)}; U+FFFD is put in its place"
            yield Problem(whole_characters(where), reason, line=found.line, article_id=article.id, lost=False)
        if article.language == "en" and is_foreign(article):
            article = replace(article, language="und")
        n_articles += 1
        if article.language != "en":
            foreign.append((found.line, article))
        yield found._replace(article=article)
    if foreign:
        line, first = foreign[0]
        of = "the article is" if n_articles == 1 else f"{len(foreign):,} of {n_articles:,} articles (this is the first) are"
        how = "by its words" if first.language == "und" else f"its language is given as {first.language!r}"
        reason = f"{of} not in English ({how}); the measures are made for English and mean little here"
        yield Problem(whole_characters(where), reason, line=line, article_id=first.id, lost=False)


def is_foreign(article: Article) -> bool:
    """Whether the first 200 words of the body are clearly not English: in other letters, or without English function words.

    Examples
    --------
    >>> is_foreign(Article("a", "Докеры вернулись на работу в понедельник, сообщил профсоюз города."))
    True
    """
    words: list[str] = []
    for span in article.spans():
        words += _LETTERS.findall(article.plain, span.start, min(span.end, span.start + 4000))
        if len(words) >= 200:
            break
    letters = "".join(words[:200])
    if len(letters) >= 40 and len(_LATIN.findall(letters)) < len(letters) / 2:
        return True
    lowered = [word.lower() for word in words[:200]]
    return len(set(lowered)) >= _MIN_WORDS and sum(word in _ENGLISH for word in lowered) < _MIN_SHARE * len(lowered)


def mended(value: _T) -> tuple[_T, list[str]]:
    """An article or problem without lone surrogates, and the names of the fields that held some."""
    old: dict[str, Any] = {field.name: getattr(value, field.name) for field in fields(value)}
    new = {name: _mended(content) for name, content in old.items()}
    damaged = [name for name, content in old.items() if new[name] != content]
    return (replace(value, **new), damaged) if damaged else (value, damaged)


def _mended(content: Any) -> Any:
    if isinstance(content, str):
        return whole_characters(content)
    if isinstance(content, dict):
        return {_mended(key): _mended(cell) for key, cell in content.items()}
    if isinstance(content, tuple) and content and isinstance(content[0], str):
        return tuple(_mended(item) for item in content)
    return content
