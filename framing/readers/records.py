"""A row of a table or an object of a JSON file, made an article: which field stands under which name."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from framing.article import Article
from framing.errors import InputError, Problem, ReadingError
from framing.readers.about import About, find_agency, notes, read_given_date
from framing.readers.bylines import agency_name, split_authors
from framing.readers.cells import as_list, as_text, as_words, is_missing
from framing.readers.dates import settle_order
from framing.readers.encoding import note_mojibake
from framing.readers.files import Findings, Found, Options
from framing.readers.hosts import host_of, outlet_of
from framing.readers.paragraphs import join_broken
from framing.readers.roles import assign_roles
from framing.text import paragraph_spans

# Names as databases and extractors write them, in lower case without spaces and signs; the first that is there is taken.
# They cover trafilatura, newspaper4k, news-please, fundus, NewsCatcher, NewsAPI, NELA-GT, GDELT, Media Cloud and ProQuest.
FIELDS: dict[str, tuple[str, ...]] = {
    "id": ("id", "articleid", "docid", "documentid", "uid", "uuid", "guid", "proquestdocumentid"),
    "text": (
        "text",
        "fulltext",
        "maintext",
        "plaintext",
        "articletext",
        "articlebody",
        "bodytext",
        "body",
        "content",
        "article",
        "rawtext",
    ),
    "headline": ("headline", "title", "articletitle", "headlinemain", "titlepage"),
    "outlet": (
        *(
            "outlet",
            "outletname",
            "medianame",
            "sitename",
            "sourcehostname",
            "sourcename",
            "publication",
            "publicationtitle",
            "publisher",
            "newspaper",
        ),
        *("medium", "metasitename", "source", "sourcedomain", "hostname", "domain", "domainurl", "fulldomainurl"),
    ),
    "agency": ("agency", "newsagency", "wireagency"),
    "authors": ("authors", "author", "byline", "bylines", "creator", "writers"),
    "date": (
        *(
            "date",
            "publishdate",
            "publisheddate",
            "datepublished",
            "datepublish",
            "publicationdate",
            "publishedat",
            "publishingdate",
            "published",
        ),
        *("pubdate", "pubdatetime", "publishedutc", "seendate", "datetime", "timestamp"),
    ),
    "url": ("url", "link", "articleurl", "canonicallink", "canonicalurl", "weburl", "permalink", "originalurl"),
    "language": ("language", "lang", "languagecode"),
    "story": ("story", "event", "storyid", "storyname", "eventid", "eventname"),
}
_DOMAINS = frozenset({"source", "sourcedomain", "hostname", "domain", "domainurl", "fulldomainurl"})
_CUT = re.compile(r"(?:\[\+\d{1,9} chars\]|\[\.{3}\]|\[…\])\s*$")


@cache
def normal_name(name: str) -> str:
    """A column's name for comparison: ``publishedat`` for ``publishedAt``, ``Published at`` and ``published_at``."""
    return re.sub(r"[\W_]+", "", name).lower()


def check_columns(columns: Mapping[str, str] | None) -> dict[str, str]:
    """The caller's mapping of fields to columns.

    Raises
    ------
    InputError
        If it maps something that is no field; the message lists the fields.
    """
    for name in columns or {}:
        if name not in FIELDS:
            raise InputError(
                f"columns: {name!r} is not a field of an article; the fields are {', '.join(FIELDS)} (as in columns={{'text': 'Body'}})"
            )
    return dict(columns or {})


class WrongColumnError(ReadingError):
    """A column that the caller names is not in the table."""


def _check_named(names: Sequence[str], columns: Mapping[str, str]) -> None:
    for field, column in columns.items():
        if column not in names:
            raise WrongColumnError(f"no column {column!r} (named for {field}); the columns found are {_listed(names)}")


def _listed(names: Sequence[str]) -> str:
    return (", ".join(repr(name) for name in names[:40]) + (f" and {len(names) - 40} more" if len(names) > 40 else "")) or "none"


def match_columns(names: Sequence[str], columns: Mapping[str, str]) -> dict[str, str]:
    """Which column holds which field: as the caller says, else by the usual names.

    Raises
    ------
    WrongColumnError
        If a column the caller names is not there; the message lists the columns found.
    ReadingError
        If none holds the text.
    """
    _check_named(names, columns)
    by_normal: dict[str, str] = {}
    for name in names:
        by_normal.setdefault(normal_name(name), name)
    matched = dict(columns)
    claimed = set(columns.values())
    for field, usual in FIELDS.items():
        if field not in matched:
            free = (by_normal[name] for name in usual if name in by_normal and by_normal[name] not in claimed)
            if first := next(free, None):
                matched[field] = first
                claimed.add(first)
    if "text" not in matched:
        raise ReadingError(
            f"no column with the text; the columns found are {_listed(names)}; name it with columns={{'text': ...}} (--column text=...)"
        )
    return matched


def read_rows(rows: Iterable[tuple[int, Mapping[str, Any]]], *, where: str, stem: str, options: Options) -> Findings:
    """Articles from rows, each with its line; rows without text become problems, missing dates, outlets and headlines are counted.

    The order of day and month in numeric dates is settled by the whole column (:func:`framing.readers.dates.settle_order`).

    Raises
    ------
    WrongColumnError
        If no row has a column the caller names; before the first article.
    """
    table = list(rows)
    columns = list(dict.fromkeys(itertools.chain.from_iterable(row for _, row in table)))
    if table:
        _check_named(columns, options.columns)
    matched = {names: _matched(names, options.columns) for names in dict.fromkeys(tuple(row) for _, row in table)}
    orders = _date_orders(table, matched)
    for _, doubt in orders.values():
        if doubt:
            yield Problem(where, doubt[1], line=doubt[0], lost=False)
    lacks = _Lacks()
    for number, (line, row) in enumerate(table, start=1):
        fields = matched[tuple(row)]
        if isinstance(fields, str):
            yield Problem(where, fields, line=line)
            continue
        day_first = "date" in fields and orders[fields["date"]][0]
        article, problems = article_from(
            row, fields, where=where, line=line, article_id=f"{stem}-{number}", outlet=options.outlet, day_first=day_first
        )
        yield from problems
        if article is not None:
            yield Found(article, line)
            lacks.note(article, line, row, fields, outlet_given=options.outlet is not None)
    claimed = {field: column for fields in matched.values() if isinstance(fields, dict) for field, column in fields.items()}
    yield from lacks.problems(where, len(table), columns, claimed)


def _matched(names: Sequence[str], given: Mapping[str, str]) -> dict[str, str] | str:
    """Which of a row's columns holds which field, or why none holds the text. An object of a JSON file may lack a key that others have."""
    try:
        return match_columns([*names, *(column for column in given.values() if column not in names)], given)
    except ReadingError as error:
        return str(error)


def _date_orders(
    table: Sequence[tuple[int, Mapping[str, Any]]], matched: Mapping[tuple[str, ...], dict[str, str] | str]
) -> dict[str, tuple[bool, tuple[int, str] | None]]:
    """For each column with dates: whether the day stands first, and perhaps a doubt with its line."""
    cells: dict[str, list[tuple[int, Any]]] = {}
    for line, row in table:
        fields = matched[tuple(row)]
        if isinstance(fields, dict) and "date" in fields:
            cells.setdefault(fields["date"], []).append((line, row.get(fields["date"])))
    return {column: settle_order(column, values) for column, values in cells.items()}


class _Lacks:
    """What the rows of a table lack: the lines without a date, an outlet or a headline, and those whose outlet is but a host."""

    def __init__(self) -> None:
        self.without: dict[str, list[int]] = {"date": [], "outlet": [], "headline": []}
        self.hosts: list[tuple[int, str]] = []
        self.n_named = 0

    def note(self, article: Article, line: int, row: Mapping[str, Any], fields: Mapping[str, str], *, outlet_given: bool) -> None:
        if article.date is None and is_missing(row.get(fields.get("date", ""))):
            self.without["date"].append(line)
        for name in ("outlet", "headline"):
            if getattr(article, name) is None:
                self.without[name].append(line)
        outlet = article.outlet
        if outlet and not outlet_given and outlet == host_of(article.url) and is_missing(row.get(fields.get("outlet", ""))):
            self.hosts.append((line, outlet))
        else:
            self.n_named += outlet is not None

    def problems(self, where: str, n_rows: int, columns: Sequence[str], claimed: Mapping[str, str]) -> Iterator[Problem]:
        """A problem for each kind of lack, with its first line. ``claimed``: the column of each field."""
        spare = set(columns) - set(claimed.values())
        for name, lines in self.without.items():
            if not lines or (name == "headline" and not (spare and "headline" not in claimed)):
                continue  # a headline may be missing; it is told only where a column might hold it
            if name in claimed:
                hint = f"the column {claimed[name]!r} is empty there"
            else:
                also = " or give outlet=... (--outlet)" if name == "outlet" else ""
                option = f"columns={{{name!r}: ...}} (--column {name}=...)"
                hint = f"the columns found are {_listed(columns)}; name the one with it in {option}{also}"
            yield Problem(where, f"no {name} in {_rows(len(lines), n_rows)}; {hint}", line=lines[0], lost=False)
        if self.hosts and self.n_named:
            reason = (
                f"no outlet named in {_rows(len(self.hosts), n_rows)}: the host of the url ({self.hosts[0][1]!r}) stands for it, beside the"
                " names that other rows give; an outlet that has both counts as two"
            )
            yield Problem(where, reason, line=self.hosts[0][0], lost=False)


def _rows(n: int, n_rows: int) -> str:
    return f"{n:,} of {n_rows:,} rows (this is the first)"


def article_from(
    row: Mapping[str, Any],
    matched: Mapping[str, str],
    *,
    where: str,
    line: int | None,
    article_id: str,
    outlet: str | None,
    day_first: bool = False,
) -> tuple[Article | None, list[Problem]]:
    """One article from a row, or None with the problem that says why."""

    def value(field: str) -> Any:
        return row.get(matched[field]) if field in matched else None

    article_id = as_words(value("id")) or article_id
    text = as_text(value("text"))
    if not text.strip():
        return None, [Problem(where, f"no text in the column {matched['text']!r}", line=line, article_id=article_id)]
    if text.count("\x00"):
        return None, [Problem(where, "the text holds NUL characters (binary data in a cell?)", line=line, article_id=article_id)]

    url = as_words(value("url"))
    date, doubt = read_given_date(value("date"), url, day_first=day_first)
    doubts = [
        doubt,
        note_mojibake(text),
        "the text is cut at its end (the source gives only a part)" if _CUT.search(text, max(0, len(text) - 40)) else None,
    ]
    headline = as_words(value("headline"))
    spans = paragraph_spans(text)
    paragraphs = assign_roles(text, join_broken(text, spans), headline=headline)
    about = About(headline=headline, date=date, url=url, language=as_words(value("language")))
    about.authors, author_agency = split_authors(as_list(value("authors")))
    about.outlet = outlet or given_outlet(as_words(value("outlet")), matched.get("outlet")) or outlet_of(url)
    agency = as_words(value("agency"))
    about.agency = (agency_name(agency) or agency) if agency else author_agency or find_agency(text, paragraphs)
    claimed = set(matched.values()) - {matched.get("story")}
    about.meta = {str(name): words for name, cell in row.items() if name not in claimed and (words := as_words(cell)) is not None}
    if story := as_words(value("story")):
        about.meta["story"] = story
    return about.article(article_id, text, paragraphs), notes(where, doubts, article_id, line=line)


def given_outlet(words: str | None, column: str | None) -> str | None:
    """An outlet as given; a web address, or a host in a column for hosts, is looked up."""
    if words and (words.startswith(("http://", "https://")) or (column and normal_name(column) in _DOMAINS and host_of(words))):
        return outlet_of(words)
    return words


def flat(row: Mapping[str, Any], *, depth: int = 2) -> dict[str, Any]:
    """Nested objects as dotted names: ``{"source": {"name": "X"}}`` gives ``source.name``. A text's sections stay as they are."""
    flattened: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict) and value and depth and normal_name(name) not in FIELDS["text"]:
            for inner, inner_value in flat(value, depth=depth - 1).items():
                flattened.setdefault(f"{name}.{inner}", inner_value)
        else:
            flattened[str(name)] = value
    return flattened
