"""Who wrote it: names, agencies and outlets in bylines, datelines and credit lines."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from framing.english.grammar import any_of, word_class
from framing.english.names import PARTICLE_MORE
from framing.readers.dates import find_date, is_date_line, starts_with_date
from framing.readers.hosts import is_known_outlet
from framing.resources import load_table


@cache
def _printed_names() -> tuple[dict[str, str], dict[str, str]]:
    exact, folded = {}, {}
    for row in load_table("readers/agencies"):
        printed = row["printed"]
        if len(printed) <= 5 and printed.isupper():
            exact[printed] = row["agency"]
        else:
            folded[printed.casefold()] = row["agency"]
    return exact, folded


def agency_name(words: str) -> str | None:
    """The short name of a news agency, from any name it is printed under; None for anything else.

    Examples
    --------
    >>> agency_name("The Associated Press"), agency_name("Agence France-Presse"), agency_name("Jane Doe")
    ('AP', 'AFP', None)
    """
    words = words.strip(" .,;:*_-–—()[]©/")
    exact, folded = _printed_names()
    return exact.get(words) or folded.get(words.casefold()) or folded.get(words.casefold().removeprefix("the "))


@dataclass(frozen=True)
class Byline:
    """What a byline says.

    Attributes
    ----------
    authors : tuple of str
        Persons, as printed.
    agency, outlet : str or None
    date : datetime.date or None
    """

    authors: tuple[str, ...] = ()
    agency: str | None = None
    outlet: str | None = None
    date: dt.date | None = None


_BY = re.compile(r"(?:written |reported |story |analysis |text |words )?by:?\s+|from\s+(?=[A-Z])", re.IGNORECASE)
_SEGMENT = re.compile(r"\s*[|•·]\s*|\s+[–—-]{1,2}\s+|\s*[\r\n]+\s*")
_PIECE = re.compile(r"\s*[,;]\s*(?:and\s+)?|\s+(?:and|&|with)\s+|\s+/\s+", re.IGNORECASE)
_FOR = re.compile(r"\s+(?:for|of|at)\s+(?=(?:the\s+)?[A-Z])")
_PLACE = re.compile(r"\s+in\s+[A-Z].{0,60}$")
_NAME = re.compile(rf"(?:(?:[A-ZÀ-ÞŁŚŽČŠĐİ][\w.'’-]*|{PARTICLE_MORE}|dal|ten|ter|y|zu|af|av)(?:\s+|$)){{1,6}}")
_NO_NAME = word_class("weekday").union(
    word_class("month"),
    word_class("article"),
    word_class("demonstrative"),
    word_class("owner"),
    ("today", "now", "then", "it", "in", "on", "at", "no", "all"),
)
_SUFFIX = re.compile(rf" (?:{any_of('suffix_dotted', capital=True)})\.\Z")
_JOB = re.compile(
    rf"\b(?:{any_of('suffix_dotted')}|staff|writers?|reporters?|correspondents?|editors?|bureau|columnists?|contributors?|contributing|special|our|desk|newsroom|team|agenc(?:y|ies)"
    r"|editorial board|opinion|analyst|freelance|producers?|wire|reports?|exclusive|chief|ph\.?d|m\.?d|agents)\b",
    re.IGNORECASE,
)
_PUBLICATION = re.compile(
    r"^The\s|\b(?:News|Times|Post|Herald|Tribune|Journal|Today|Press|Gazette|Guardian|Observer|Chronicle|Mail|Express|Telegraph|Star|Sun|Globe|Standard"
    r"|Lantern|Ledger|International|Daily|Weekly|Review|Mirror|Magazine|Broadcasting|Radio|Television|TV|Network|Media|Courier|Bulletin|Monitor|Independent)\b"
    r"|\.(?:com|org|net|co|io|example)\b"
)


def read_byline(line: str) -> Byline | None:
    """Authors, agency, outlet and date of a byline; None if the line is no byline.

    A line is one if it opens with "By" and every part of it is a name, an agency, an outlet, a job ("staff writer") or a date, or if it is
    made of such parts with bars between them ("Jane Doe | The Daily Lantern | 3 March 2024"), or of names and an agency, or is an agency's
    name alone. A date may stand before the "By".

    Examples
    --------
    >>> read_byline("By Jane Doe and John Roe, Continental Press")
    Byline(authors=('Jane Doe', 'John Roe'), agency='CP', outlet=None, date=None)
    >>> read_byline("By Tuesday the strike had spread to the mines.") is None
    True
    """
    line = " ".join(line.split())
    if not 2 <= len(line) <= 300:
        return None
    opening = _BY.match(line)
    if opening is None and agency_name(line):
        return Byline(agency=agency_name(line))
    if opening is None and (dated := starts_with_date(line)) and dated[1][:3].lower() == "by ":  # "5 March 2024 by Max Penn"
        byline = read_byline(dated[1])
        return replace(byline, date=byline.date or dated[0]) if byline else None
    segments = [s for s in _SEGMENT.split(line[opening.end() if opening else 0 :]) if s]
    if opening is None:
        telling = segments[1:] or line.rsplit(",", 1)[1:]  # "Jane Doe | The Daily Lantern | 3 March", "Jane Doe, Continental Press"
        if not any(agency_name(s) or (len(segments) > 1 and (is_date_line(s) or is_known_outlet(s))) for s in telling):
            return None
    return _put_together(segments)


def _put_together(segments: list[str]) -> Byline | None:
    authors: list[str] = []
    agency = outlet = date = None
    for number, segment in enumerate(segments):
        if is_date_line(segment):
            date = date or _date(segment)
            continue
        if number and is_known_outlet(segment):
            outlet = outlet or segment
            continue
        if number == 0 and (printed := find_date(segment)) and segment[: printed[1]].rstrip().endswith((",", "on", "Published")):
            date, segment = printed[0], segment[: printed[1]].rstrip(", ")
        for place, piece in enumerate(_pieces(segment)):
            if known := agency_name(piece):
                agency = agency or known
            elif is_date_line(piece):
                date = date or _date(piece)
            elif is_known_outlet(piece) or ((number or place) and _PUBLICATION.search(piece)):
                outlet = outlet or piece
            elif _JOB.search(piece) and len(piece) <= 60:
                continue
            elif _is_name(piece):
                if number == 0:
                    authors.append(piece)
            elif not (number and len(piece) <= 40):  # a place or section after a bar; in the names themselves it means: no byline
                return None
    if not (authors or agency or outlet or date) and not _JOB.search(" ".join(segments)):
        return None
    return Byline(tuple(dict.fromkeys(authors)), agency, outlet, date)


def _date(words: str) -> dt.date | None:
    found = find_date(words)
    return found[0] if found else None


def _pieces(segment: str) -> list[str]:
    pieces = []
    for piece in _PIECE.split(segment):
        whole = piece.strip(" .*_()[]") if not _SUFFIX.search(piece) else piece.strip()
        name, *employers = _FOR.split(whole)
        for part in (_PLACE.sub("", name), *employers):
            if part.strip() and "@" not in part:
                pieces.append(part.strip())
    return pieces


def _is_name(words: str) -> bool:
    return bool(_NAME.fullmatch(words)) and len(words) <= 60 and words.split()[0].strip(".,").lower() not in _NO_NAME


def split_authors(given: Iterable[str]) -> tuple[tuple[str, ...], str | None]:
    """Persons and the agency out of author fields ("Jane Doe, John Roe", "By AFP", "Jane Doe, Associated Press").

    Examples
    --------
    >>> split_authors(["Jane Doe and Reuters"])
    (('Jane Doe',), 'Reuters')
    """
    authors: list[str] = []
    agency = None
    for entry in given:
        entry = " ".join(entry.split())
        opening = _BY.match(entry)
        for piece in _PIECE.split(entry[opening.end() if opening else 0 :]):
            piece = piece.strip()
            if known := agency_name(piece):
                agency = agency or known
            elif piece and not re.match(
                r"(?i)https?:|(?:none|nan|null|n/a)$|(?:our )?(?:staff|newsroom|editors?)(?: writer| reporter)?s?$", piece
            ):
                authors.append(piece)
    return tuple(dict.fromkeys(authors)), agency


# "VANTRY (CP) — ", "PORT SALLOW, March 3 (Reuters) - ", "(AFP) – "
_DATELINE = re.compile(r"[\"“'(\[]?[^()\r\n]{0,80}\(([^()\r\n]{2,40})\)\s{0,2}(?:[—–:-]|--)")
_OWNED = re.compile(r"(?:©|\(c\)|copyright)[\s©]{0,3}(?:\d{4}[\s,]{0,2})?(?:by\s+)?(.{2,40}?)(?:[.,;]|\s+all rights|$)", re.IGNORECASE)


def dateline_agency(paragraph: str) -> str | None:
    """The agency in the brackets of a dateline that opens a paragraph.

    Examples
    --------
    >>> dateline_agency("VANTRY (CP) — Dockers went back to work on Tuesday.")
    'CP'
    """
    opening = _DATELINE.match(paragraph[:140])
    return agency_name(opening.group(1)) if opening else None


def closing_agency(paragraph: str) -> str | None:
    """The agency a closing line names as the author or owner of the text: "AFP", "— Reuters", "© 2024 Continental Press".

    Examples
    --------
    >>> closing_agency("Copyright 2024 The Associated Press. All rights reserved.")
    'AP'
    >>> closing_agency("Continental Press contributed to this report.") is None
    True
    """
    line = " ".join(paragraph[:320].split())
    if len(line) > 300:
        return None
    owned = _OWNED.match(line.lstrip("*_( "))
    return agency_name(owned.group(1)) if owned else agency_name(line)
