"""What everything works on: an article's text as it was given, its paragraphs with their roles, and corpora of articles."""

from __future__ import annotations

import datetime as dt
import hashlib
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, get_args, overload

from framing.english.inserts import inserts
from framing.errors import InputError, Problem, UnknownNameError, items_of
from framing.text import Span, blank, even, how_many, paragraph_spans
from framing.text.escaping import visible
from framing.text.notebook import Bullets, Rows, in_notebook

Role = Literal["headline", "byline", "dateline", "caption", "credit", "related", "promo", "notice", "pull_quote", "metadata", "body"]
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of the text and what it is there for.

    The span may hold an empty line where a page broke one paragraph in two. ``role`` is one of :data:`ROLES`;
    ``metadata`` is page furniture such as "Original url:".
    """

    span: Span
    role: Role = "body"


@dataclass(frozen=True, repr=False)
class Article:
    """One article. Every offset found in it points into ``text``, which is never rewritten.

    Attributes
    ----------
    id : str
        Unique within its corpus.
    text : str
        The text as it was given (for HTML: as it was extracted).
    outlet : str or None
        Who published it.
    agency : str or None
        Who wrote it, where that is a news agency and not the outlet.
    headline : str or None
        As plain words, whether or not it also stands in ``text``.
    authors : tuple of str
        People named in the byline.
    date : datetime.date or None
        Day of publication.
    url : str or None
    paragraphs : tuple of Paragraph
        In text order, never overlapping. All body if not given.
    language : str
        Two-letter code.
    markup : tuple of Span
        Characters of ``text`` that are markup (``**``, link targets), which no measure reads.
    meta : mapping
        Whatever else the source gave (``story``, ``section``, ``lean`` ...), as text.
    """

    id: str
    text: str
    outlet: str | None = None
    agency: str | None = None
    headline: str | None = None
    authors: tuple[str, ...] = ()
    date: dt.date | None = None
    url: str | None = None
    paragraphs: tuple[Paragraph, ...] = ()
    language: str = "en"
    markup: tuple[Span, ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.paragraphs:
            object.__setattr__(self, "paragraphs", tuple(Paragraph(span) for span in paragraph_spans(self.text)))

    def __repr__(self) -> str:
        facts = [str(fact) for fact in (self.outlet, self.date, self.headline) if fact]
        return visible(f"<Article {self.id!r}: {', '.join([*facts, how_many(len(self.text), 'character')])}>")

    @cached_property
    def plain(self) -> str:
        """``text`` as measures read it, of the same length: markup and what a page inserts into sentences blanked, odd characters evened.

        See :func:`framing.text.even` for soft hyphens, no-break spaces and accents that stand apart.
        """
        hidden = [*self.markup, *inserts(self.text)]
        return even(blank(self.text, hidden) if hidden else self.text)

    def spans(self, *roles: Role) -> list[Span]:
        """Spans of the paragraphs with one of these roles (of the body if none is named), in text order."""
        wanted = roles or ("body",)
        return [p.span for p in self.paragraphs if p.role in wanted]

    def group(self, by: str) -> str | None:
        """What the article is grouped by: its ``"outlet"``, ``"agency"`` or ``"language"``, else what ``meta`` holds under ``by``.

        None where that is missing or empty.
        """
        value: Any = getattr(self, by) if by in ("outlet", "agency", "language") else self.meta.get(by)
        if value is None or (isinstance(value, float) and math.isnan(value)):
            return None
        return str(value).strip() or None

    @cached_property
    def body(self) -> str:
        """The body paragraphs as plain words, joined by empty lines; for reading, not for offsets."""
        return "\n\n".join(self.plain[s.start : s.end] for s in self.spans())

    def words_at(self, spans: Span | Iterable[Span]) -> str:
        """The plain words under one span or several, runs of white space as single spaces."""
        several = [spans] if isinstance(spans, Span) else spans
        return " … ".join(" ".join(self.plain[s.start : s.end].split()) for s in several)


def as_article(source: Article | str) -> Article:
    """An article as it is, or a plain string taken as one whose paragraphs are all body.

    Raises
    ------
    InputError
        If ``source`` is neither.
    """
    if isinstance(source, Article):
        return source
    if isinstance(source, str):
        return Article(id=content_id(source), text=source)
    raise InputError(f"expected an Article or a str, got {type(source).__name__}")


def content_id(text: str) -> str:
    """A short id that depends on the text alone."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


_MOST_SHOWN = 50  # outlets and problems, in a notebook


class Corpus(Sequence[Article]):
    """Articles in a fixed order, with the problems met in reading them.

    Parameters
    ----------
    articles : iterable of Article
        Ids must differ.
    problems : iterable of Problem
    name : str

    Raises
    ------
    InputError
        If two articles share an id; the message names it.
    """

    def __init__(self, articles: Iterable[Article], *, problems: Iterable[Problem] = (), name: str = "corpus") -> None:
        self.articles = tuple(articles)
        self.problems = tuple(problems)
        self.name = name
        self._position: dict[str, int] = {}
        for position, article in enumerate(self.articles):
            if article.id in self._position:
                raise InputError(
                    f"two articles have the id {article.id!r} (numbers {self._position[article.id]} and {position}); ids must differ"
                )
            self._position[article.id] = position

    def __len__(self) -> int:
        return len(self.articles)

    @overload
    def __getitem__(self, key: int | str) -> Article: ...
    @overload
    def __getitem__(self, key: slice) -> Corpus: ...
    def __getitem__(self, key: int | str | slice) -> Article | Corpus:
        """An article by position or id, or a smaller corpus by slice."""
        if isinstance(key, slice):
            return Corpus(self.articles[key], problems=self.problems, name=self.name)
        if isinstance(key, str):
            if key not in self._position:
                raise UnknownNameError(
                    f"no article {key!r} in {self.name}; ids are like {', '.join(list(self._position)[:3]) or '(the corpus is empty)'}"
                )
            return self.articles[self._position[key]]
        return self.articles[key]

    def __iter__(self) -> Iterator[Article]:
        return iter(self.articles)

    def filter(self, keep: Callable[[Article], bool]) -> Corpus:
        """The articles for which ``keep`` is true, in the same order."""
        return Corpus(filter(keep, self.articles), problems=self.problems, name=self.name)

    @property
    def outlets(self) -> tuple[str, ...]:
        """Names of the outlets, sorted; articles without one are left out."""
        return tuple(sorted({a.outlet for a in self.articles if a.outlet}))

    def __repr__(self) -> str:
        dates = sorted(a.date for a in self.articles if a.date)
        lost = sum(p.lost for p in self.problems)
        facts = [how_many(len(self), "article"), how_many(len(self.outlets), "outlet")]
        facts += [f"{dates[0]} to {dates[-1]}"] if dates else []
        facts += [f"{lost} not read"] if lost else []
        return visible(f"<Corpus {self.name!r}: {', '.join(facts)}>")

    def _repr_html_(self) -> str:
        by_outlet: dict[str, list[Article]] = {}
        for article in self.articles:
            by_outlet.setdefault(article.outlet or "(no outlet)", []).append(article)
        rows = []
        for outlet in sorted(by_outlet)[:_MOST_SHOWN]:
            dates = sorted(a.date for a in by_outlet[outlet] if a.date)
            of_agencies = sum(a.agency is not None for a in by_outlet[outlet])
            rows.append([outlet, len(by_outlet[outlet]), of_agencies, dates[0] if dates else "–", dates[-1] if dates else "–"])
        more = f"and {how_many(len(by_outlet) - len(rows), 'more outlet')}" if len(by_outlet) > len(rows) else ""
        told = [f"{'left out' if p.lost else 'note'}: {p}" for p in self.problems[:_MOST_SHOWN]]
        problems = Bullets(told, title=f"{how_many(len(self.problems), 'problem')} in reading")
        return in_notebook(repr(self), Rows(["outlet", "articles", "by an agency", "first", "last"], rows), more, problems)


def as_corpus(source: Corpus | Iterable[Article]) -> Corpus:
    """A corpus as it is, or articles gathered into one.

    Raises
    ------
    InputError
        If ``source`` is something else, such as a path.
    """
    if isinstance(source, Corpus):
        return source
    articles = items_of(source)
    if articles is not None and all(isinstance(article, Article) for article in articles):
        return Corpus(articles)
    wrong: object = source if articles is None else next(article for article in articles if not isinstance(article, Article))
    hint = "; read files with read_corpus first" if isinstance(wrong, str | bytes) or hasattr(wrong, "__fspath__") else ""
    raise InputError(f"expected a Corpus or articles, got {type(wrong).__name__}{hint}")
