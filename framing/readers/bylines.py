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
_FOR = re.compile(r"\s+(?:for|of|at|FOR)\s+(?=(?:[Tt]he\s+|THE\s+)?[A-Z])|^for\s+(?=(?:the\s+)?[A-Z])")
_STAFF = re.compile(
    r"\s+(?:staff|wire|newsroom|desk|bureau|reporters?|writers?|correspondents?|service)(?:\s(?:writers?|reporters?|services?))?$",
    re.IGNORECASE,
)
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
    line = " | ".join(" ".join(part.split()) for part in line.splitlines() if part.strip())
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
        if number and is_known_outlet(segment) and not agency_name(segment):
            outlet = outlet or segment
            continue
        if number == 0 and (printed := find_date(segment)) and segment[: printed[1]].rstrip().endswith((",", "on", "Published")):
            date, segment = printed[0], segment[: printed[1]].rstrip(", ")
        for place, (piece, employs) in enumerate(_pieces(segment)):
            if known := agency_name(_STAFF.sub("", piece)):
                agency = agency or known
            elif is_date_line(piece):
                date = date or _date(piece)
            elif employs or is_known_outlet(piece) or ((number or place) and _PUBLICATION.search(piece)):
                outlet = outlet or (piece.removeprefix("the ") if not _JOB.search(piece) else None)
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


def _pieces(segment: str) -> list[tuple[str, bool]]:
    """The parts of a byline, each with whether it is whom somebody writes for ("Jane Doe for the Lantern")."""
    pieces = []
    for piece in _PIECE.split(segment):
        whole = piece.strip(" .*_()[]") if not _SUFFIX.search(piece) else piece.strip()
        name, *employers = _FOR.split(whole)
        for part in (_PLACE.sub("", name), *employers):
            if part.strip() and "@" not in part:
                pieces.append((part.strip(), part in employers))
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
    lines = (" ".join(line.split()) for entry in given for line in entry.splitlines() if line.strip())
    for entry in lines:
        if all(_JOB.fullmatch(word) for word in entry.split()):
            continue  # "Staff Writer" on a line of its own
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


# "VANTRY (CP) — ", "PORT SALLOW, March 3 (Reuters) - ", "(AFP) – ", "VANTRY (AP) _ "
_DATELINE = re.compile(r"[\"“'(\[]?[^()\r\n]{0,80}\(([^()\r\n]{2,40})\)\s{0,2}(?:[—–:_-]|--)")
_DATED = re.compile(r"[\"“]?[A-ZÀ-Þ][\w.,' -]{1,60}?,?\s\(([A-Z][\w.]{1,11})\)\s+(?=[A-ZÀ-Þ“\"])")  # "New Vantry, Mar 4 (PTI) The port"
_SLASHED = re.compile(r"[A-ZÀ-Þ][^/\r\n]{1,80}?[.,]?\s{0,2}/([A-Z][\w. -]{1,30})/[.,:]?\s")  # "MOSCOW, March 4. /TASS/. The port"
_OWNED = re.compile(r"(?:©|\(c\)|copyright)[\s©]{0,3}(?:\d{4}[\s,]{0,2})?(?:by\s+)?(.{2,40}?)(?:[.,;]|\s+all rights|$)", re.IGNORECASE)
_SOURCE = re.compile(r"\(?(?:news\s)?source\s?[:–—-]\s?(.{2,40}?)\)?\.?$", re.IGNORECASE)
_SIGNED = re.compile(r"(?:[a-zäöüß]{1,4}(?:\s?[/,]\s?[a-zäöüß]{1,4}){0,4}\s)?\(([^()]{2,60})\)\.?$")  # "jsi/rt (AFP, Reuters)"
_FIRST_SENT = re.compile(r"this (?:report|story|article) (?:by|from) (.{2,40}?) was (?:first |originally )?published\b", re.IGNORECASE)
_GLUED = re.compile(r"[.!?][\"”’']?\s{0,3}(?:[(\[]\s?([^()\[\]]{2,40}?)\s?[)\]]|[—–]\s?([A-Z][\w ]{1,30}))\.?\s*$")  # "... parts. (AFP)"
_AND = re.compile(r"\s*[,;/&+]\s*|\s+and\s+")


def dateline_agency(paragraph: str) -> str | None:
    """The agency in the brackets of a dateline that opens a paragraph.

    Examples
    --------
    >>> dateline_agency("VANTRY (CP) — Dockers went back to work on Tuesday.")
    'CP'
    """
    head = paragraph[:140]
    found = (pattern.match(head) for pattern in (_DATELINE, _DATED, _SLASHED))
    return next((agency for opening in found if opening and (agency := agency_name(opening.group(1)))), None)


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
    bare = line.lstrip("*_( ")
    if owned := _OWNED.match(bare) or _FIRST_SENT.match(bare):
        return agency_name(owned.group(1))
    return agency_name(line) or (agency_credit(line) if len(line) <= 80 else None)


def agency_credit(line: str) -> str | None:
    """The agency, of several the first, of a line that names nothing but agencies: "Source: AFP", "(PTI)", "jsi/rt (AFP, Reuters)".

    Examples
    --------
    >>> agency_credit("jsi/rt (AFP, Reuters)"), agency_credit("Source: the ministry")
    ('AFP', None)
    """
    line = line.strip(" *_\t\r\n")
    found = _SOURCE.match(line) or _SIGNED.match(line)
    named = [agency_name(part) for part in _AND.split(found.group(1) if found else line)]
    return named[0] if all(named) else None


def glued_agency(end: str) -> str | None:
    """The agency in brackets or behind a dash at the end of a last paragraph: "... short of spare parts. (AFP)".

    Examples
    --------
    >>> glued_agency("run short of spare parts. (AFP)"), glued_agency("He runs the bank (AFP).")
    ('AFP', None)
    """
    found = _GLUED.search(end)
    return agency_name(found.group(1) or found.group(2)) if found else None
