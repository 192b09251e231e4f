"""A row of a table or an object of a JSON file, made an article: which field stands under which name."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from framing.article import Article, Paragraph
from framing.errors import InputError, Problem, ReadingError
from framing.readers.bylines import agency_name, closing_agency, dateline_agency, read_byline, split_authors
from framing.readers.dates import EXAMPLES, note_order, read_date, settle_order
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
_NOTHING = frozenset({"", "none", "nan", "null", "nat", "n/a", "<na>"})
_DOMAINS = frozenset({"source", "sourcedomain", "hostname", "domain", "domainurl", "fulldomainurl"})
_CUT = re.compile(r"(?:\[\+\d{1,9} chars\]|\[\.{3}\]|\[…\])\s*$")
_LANGUAGES = {
    "english": "en",
    "german": "de",
    "french": "fr",
    "spanish": "es",
    "italian": "it",
    "portuguese": "pt",
    "russian": "ru",
    "eng": "en",
}


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
    matched: dict[tuple[str, ...], dict[str, str] | str] = {}
    cells: dict[str, list[tuple[int, Any]]] = {}  # of the columns with dates
    for line, row in table:
        names = tuple(row)
        if names not in matched:
            try:  # an object of a JSON file may lack a key that others have
                matched[names] = match_columns([*names, *(c for c in options.columns.values() if c not in row)], options.columns)
            except ReadingError as error:
                matched[names] = str(error)
        fields = matched[names]
        if isinstance(fields, dict) and "date" in fields:
            cells.setdefault(fields["date"], []).append((line, row.get(fields["date"])))
    orders = {column: settle_order(column, values) for column, values in cells.items()}
    for _, doubt in orders.values():
        if doubt:
            yield Problem(where, doubt[1], line=doubt[0], lost=False)

    without: dict[str, list[int]] = {"date": [], "outlet": [], "headline": []}
    hosts: list[tuple[int, str]] = []
    n_named = 0
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
        if article is None:
            continue
        yield Found(article, line)
        if article.date is None and _missing(row.get(fields.get("date", ""))):
            without["date"].append(line)
        for field in ("outlet", "headline"):
            if getattr(article, field) is None:
                without[field].append(line)
        if article.outlet and not options.outlet and article.outlet == host_of(article.url) and _missing(row.get(fields.get("outlet", ""))):
            hosts.append((line, article.outlet))
        else:
            n_named += article.outlet is not None

    claimed = {field: column for fields in matched.values() if isinstance(fields, dict) for field, column in fields.items()}
    spare = set(columns) - set(claimed.values())
    for field, lines in without.items():
        if not lines or (field == "headline" and not (spare and "headline" not in claimed)):
            continue  # a headline may be missing; it is told only where a column might hold it
        if field in claimed:
            hint = f"the column {claimed[field]!r} is empty there"
        else:
            also = " or give outlet=... (--outlet)" if field == "outlet" else ""
            hint = (
                f"the columns found are {_listed(columns)}; name the one with it in columns={{{field!r}: ...}} (--column {field}=...){also}"
            )
        yield Problem(where, f"no {field} in {_rows(len(lines), len(table))}; {hint}", line=lines[0], lost=False)
    if hosts and n_named:
        reason = (
            f"no outlet named in {_rows(len(hosts), len(table))}: the host of the url ({hosts[0][1]!r}) stands for it, beside the names"
            " that other rows give; an outlet that has both counts as two"
        )
        yield Problem(where, reason, line=hosts[0][0], lost=False)


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
    authors, author_agency = split_authors(as_list(value("authors")))
    outlet = outlet or given_outlet(as_words(value("outlet")), matched.get("outlet")) or outlet_of(url)
    agency = as_words(value("agency"))
    agency = (agency_name(agency) or agency) if agency else author_agency or find_agency(text, paragraphs)
    claimed = set(matched.values()) - {matched.get("story")}
    meta = {str(name): words for name, cell in row.items() if name not in claimed and (words := as_words(cell)) is not None}
    if story := as_words(value("story")):
        meta["story"] = story
    article = Article(
        id=article_id,
        text=text,
        outlet=outlet,
        agency=apart_from(outlet, agency),
        headline=headline,
        authors=authors,
        date=date,
        url=url,
        paragraphs=paragraphs,
        language=language_code(as_words(value("language"))),
        meta=meta,
    )
    return article, [Problem(where, doubt, line=line, article_id=article_id, lost=False) for doubt in doubts if doubt]


def read_given_date(given: Any, url: str | None, *, day_first: bool | None = None) -> tuple[Any, str | None]:
    """The date of a field, else the one in the url's path; and what to say if a date was given that is none.

    Without ``day_first`` nothing is known of the order of day and month, and a date that could be read either way is told.
    """
    date = None if _missing(given) else read_date(given, day_first=bool(day_first))
    if date and day_first is None and (doubt := note_order(given)):
        return date, doubt
    doubt = (
        f"no date could be read from {str(given)[:80]!r}; accepted are forms like {EXAMPLES}"
        if date is None and not _missing(given)
        else None
    )
    if date is None and url and (in_path := re.search(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/-])", url[:500])):
        date = read_date("-".join(in_path.groups()))
    return date, doubt


def given_outlet(words: str | None, column: str | None) -> str | None:
    """An outlet as given; a web address, or a host in a column for hosts, is looked up."""
    if words and (words.startswith(("http://", "https://")) or (column and normal_name(column) in _DOMAINS and host_of(words))):
        return outlet_of(words)
    return words


def find_agency(text: str, paragraphs: Sequence[Paragraph]) -> str | None:
    """The agency that wrote a text, from its byline, its dateline, or a credit line at its end."""
    for paragraph in paragraphs[:6]:
        byline = read_byline(paragraph.span.of(text)) if paragraph.role == "byline" and len(paragraph.span) <= 300 else None
        if byline and byline.agency:
            return byline.agency
    openings = itertools.islice((p.span for p in paragraphs if p.role == "body"), 3)  # a summary or caption may stand above the dateline
    for span in openings:
        if agency := dateline_agency(text[span.start : min(span.end, span.start + 200)]):
            return agency
    for paragraph in paragraphs[:-4:-1]:
        span = paragraph.span
        if len(span) <= 300 and (agency := closing_agency(span.of(text))):
            return agency
    return None


def apart_from(outlet: str | None, agency: str | None) -> str | None:
    """The agency, unless it is itself the outlet (an AP report at apnews.com has no other author)."""
    return None if agency and outlet and agency == (agency_name(outlet) or outlet) else agency


def language_code(words: str | None) -> str:
    """Two letters: ``en`` for ``en-GB``, ``English`` or nothing."""
    if not words:
        return "en"
    code = re.split(r"[-_]", words.strip().lower())[0]
    return _LANGUAGES.get(code, code[:2] if code.isalpha() and len(code) <= 3 else "en")


def _missing(value: Any) -> bool:
    if value is None or (isinstance(value, str) and value.strip().lower() in _NOTHING):
        return True
    if isinstance(value, (list, tuple, dict, str)) or hasattr(value, "__len__"):
        return False
    try:
        return bool(value != value)  # NaN and NaT
    except TypeError:  # pandas.NA
        return True


def as_words(value: Any) -> str | None:
    """A cell as text: None if empty, lists joined with "; ", nested objects as JSON."""
    if _missing(value):
        return None
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))  # ids that pandas turned into floats because one was missing
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        if all(isinstance(item, (str, int, float)) for item in value):
            return "; ".join(str(item) for item in value) or None
        return json.dumps(value, ensure_ascii=False, default=str)
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, dict) else str(value)


def as_list(value: Any) -> list[str]:
    """Names in a cell: a list's items (of objects their ``name``), or the cell itself."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, dict):
        value = [value]
    if isinstance(value, (list, tuple)):
        return [words for item in value if (words := as_words(item.get("name") if isinstance(item, dict) else item))]
    words = as_words(value)
    return [words.strip("[]").replace("'", "") if re.fullmatch(r"\['.*'\]", words) else words] if words else []


def as_text(value: Any) -> str:
    """The text of a cell as it stands; paragraphs or sections given as a list are joined by empty lines."""
    if isinstance(value, str):
        return value
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return "\n\n".join(piece for item in value if (piece := as_text(item)).strip())
    if isinstance(value, dict):
        return as_text([value[part] for part in ("summary", "headline", "text", "paragraphs", "sections") if part in value])
    return "" if _missing(value) else str(value)


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
