"""What one row of a coding sheet is: an article, a sentence, an attribution or a mention, and the words shown for it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from framing.article import Article, Corpus
from framing.choices import Engine
from framing.coding.variables import UnitKind
from framing.compare.bootstrap import HasTables
from framing.compare.ratios import statements_of
from framing.measuring.attribution import find_attributions
from framing.measuring.attribution.types import statements
from framing.measuring.names import find_names
from framing.measuring.page import Page
from framing.text import Span

_LETTERS = "bcdfghjkmnpqrstvwxzy"  # no vowels, no digits: nothing a spreadsheet takes for a number, a date or a word


@dataclass(frozen=True)
class Unit:
    """One thing to code: where it is, and what (``about``) coders are asked about."""

    id: str
    article: Article
    start: int
    end: int
    about: str = ""


def letters(*parts: object, n: int) -> str:
    """``n`` letters that depend on the parts alone."""
    number = int.from_bytes(hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")).digest())
    drawn = []
    for _ in range(n):
        number, place = divmod(number, len(_LETTERS))
        drawn.append(_LETTERS[place])
    return "".join(drawn)


def unit_id(kind: UnitKind, article_id: str, start: int = 0, end: int = 0, source: str = "") -> str:
    """The name of a unit, which tells coders nothing; ``source`` (words) parts attributions of the same stretch.

    An article's is made of its id alone, that of others of their place too.
    """
    return letters(kind, article_id, *(() if kind == "article" else (start, end, source)), n=10)


def find_units(corpus: Corpus, kind: UnitKind, *, tables: HasTables | None, engine: Engine) -> Iterator[Unit]:
    """All units of a kind, by article; of several that share their place and source, the first.

    Of attributions statements alone: no refusals, and nothing from the headline.
    """
    seen = set()
    for unit in _attributions(corpus, tables, engine) if kind == "attribution" else _others(corpus, kind):
        if unit.id not in seen:
            seen.add(unit.id)
            yield unit


def _others(corpus: Corpus, kind: UnitKind) -> Iterator[Unit]:
    for article in corpus:
        if kind == "article":
            yield Unit(unit_id(kind, article.id), article, 0, len(article.text))
        elif kind == "sentence":
            for span in Page(article).sentences:
                yield Unit(unit_id(kind, article.id, span.start, span.end), article, span.start, span.end)
        else:
            for name in find_names(article):
                start, end = name.span.start, name.span.end
                yield Unit(unit_id(kind, article.id, start, end), article, start, end, name.name)


def _attributions(corpus: Corpus, tables: HasTables | None, engine: Engine) -> Iterator[Unit]:
    if tables is not None:
        rows: pd.DataFrame = tables.attributions  # type: ignore[attr-defined]
        for row in statements_of(rows[rows["article_id"].isin([article.id for article in corpus])]).to_dict("records"):
            yield _attribution(corpus[row["article_id"]], row["start"], row["end"], row["source"], row["cue"], row["content"])
        return
    for article in corpus:
        for found in statements(find_attributions(article, engine=engine)):
            every = sorted(found.source + found.cue + found.content)
            words = (article.words_at(part) for part in (found.source, found.cue, found.content))
            yield _attribution(article, every[0].start, max(span.end for span in every), *words)


def _attribution(article: Article, start: int, end: int, source: str, cue: str, content: str) -> Unit:
    about = f"who: {source or '(nobody is named)'}\nhow: {cue or '(no such word)'}\nwhat: {content}"
    return Unit(unit_id("attribution", article.id, start, end, source), article, start, end, about)


def shown(unit: Unit, kind: UnitKind) -> tuple[str, str]:
    """The words of a unit, and up to two sentences before and one after it.

    A mention or attribution is shown in its whole sentences, between ``[[`` and ``]]``. An article is its headline, body and
    notices, such as legal labels.
    """
    article = unit.article
    if kind == "article":
        headline = f"{article.headline}\n\n" if article.headline else ""
        return headline + "\n\n".join(article.plain[span.start : span.end] for span in article.spans("body", "notice")), ""
    sentences = Page(article).sentences
    mine = [n for n, span in enumerate(sentences) if span.start < unit.end and unit.start < span.end]
    plain = article.plain
    if not mine:  # outside the body, such as a name in a headline
        return f"[[{plain[unit.start : unit.end]}]]", ""
    first, last = mine[0], mine[-1]
    whole = Span(min(sentences[first].start, unit.start), max(sentences[last].end, unit.end))
    parts = plain[whole.start : unit.start], plain[unit.start : unit.end], plain[unit.end : whole.end]
    words = parts[1] if kind == "sentence" else "{}[[{}]]{}".format(*parts)
    before = " ".join(plain[span.start : span.end] for span in sentences[max(0, first - 2) : first])
    after = " ".join(plain[span.start : span.end] for span in sentences[last + 1 : last + 2])
    context = "\n".join(part for part in (f"before: {before}" * bool(before), f"after: {after}" * bool(after)) if part)
    return _spaced(words), _spaced(context)


def _spaced(words: str) -> str:
    return re.sub(r"[^\S\n]+", " ", words).strip()


def digest(words: str) -> str:
    """What is left of a text after a spreadsheet, a wrong encoding and other line ends: its first 300 plain letters and digits, hashed."""
    plain = re.sub(r"_x005[Ff]_(?=x[0-9A-Fa-f]{4}_)", "_", words)
    return letters(re.sub(r"[^a-z0-9]+", "", plain[:5000].lower())[:300], n=8)
