"""Dates of publication, in the forms that pages and databases print them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any, Literal

from framing.english.calendar import MONTH, WEEKDAY, WEEKDAY_SHORT, month_number

_MONTH = rf"(?P<month>{MONTH})\b\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1[6-9]\d\d|20\d\d)"
_CLOCK = r"(?:[T ,]{1,2}\d{1,2}:\d\d(?::\d\d)?)?"

# In this order; the first that yields a day of the calendar is taken.
_FORMS = tuple(
    re.compile(rf"(?<![\d.]){form}(?!\d)", re.IGNORECASE)
    for form in (
        rf"{_YEAR}-(?P<month>\d\d?)-(?P<day>\d\d?)",
        rf"{_YEAR}[/.](?P<month>\d\d?)[/.](?P<day>\d\d?)",
        rf"{_YEAR}(?P<month>[01]\d)(?P<day>[0-3]\d)(?:T?\d{{6}}Z?|T\d{{4}}Z?)?",
        rf"{_MONTH} ?{_DAY}{_CLOCK},? {{0,2}}{_YEAR}",  # September 22, 2021; the clock before the year is Unix's and Twitter's
        rf"{_DAY}[ -](?:of )?{_MONTH}[ ,-]{{1,2}}{_YEAR}",
        rf"{_MONTH} ?{_DAY}{_CLOCK}(?: ?[+-]\d{{4}}| [A-Z]{{3,4}}) {_YEAR}",  # Wed Sep 22 10:15:00 +0000 2021
        rf"{_YEAR}[ ,-]{{1,2}}{_MONTH}[ -]{_DAY}",
        r"(?P<day>\d\d?)\.[ ]?(?P<month>\d\d?)\.[ ]?(?P<year>\d{4}|\d\d)",
        r"(?P<a>\d\d?)(?P<sep>[/-])(?P<b>\d\d?)(?P=sep)(?P<year>\d{4}|\d\d)",
    )
)
_SECONDS = re.compile(r"\d{10}(?:\.\d+)?|\d{13}")
_SECONDS_SINCE_1990, _SECONDS_UNTIL_2100 = 631_152_000, 4_102_444_800

# What may stand around a date on a line that is nothing but a date.
_AROUND = re.compile(
    r"\b(?:(?:first |last |originally )?(?:published|posted|updated|modified|created|issued|filed)(?: (?:on|at|online))?|publication|dated?"
    rf"|on|at|and|{WEEKDAY}|{WEEKDAY_SHORT}|[ap]\.?m\.?|noon|midnight|local time"
    r"|\d+ min(?:ute)?s? read"
    r"|(?:utc|gmt|cet|cest|eet|eest|bst|msk|est|edt|et|cst|cdt|ct|mst|mdt|mt|pst|pdt|pt|ist|z)(?:[+-]\d{1,2}(?::?\d\d)?)?)(?!\w)"
    r"|\d{1,2}[:.h]\d\d(?:[:.]\d\d(?:\.\d+)?)?|T(?=\d)|[+-]\d\d:?\d\d\b",
    re.IGNORECASE,
)
_CUE = re.compile(r"\b(?:(updated|modified|retrieved|accessed)|published|posted|created|first)\b", re.IGNORECASE)

EXAMPLES = "'2021-09-22', '2021-09-22T10:15:00Z', 'September 22, 2021', '22 Sept 2021', '9/22/2021' or '20210922'"


def read_date(value: Any, *, day_first: bool = False) -> dt.date | None:
    """The day that a value names, or None where it names none.

    Parameters
    ----------
    value : str, int, float, datetime.date, datetime.datetime, pandas.Timestamp, numpy.datetime64 or None
        Text may have a weekday, a time, a time zone or words like "Updated" around the date; 10 or 13 digits that fall in 1990-2100
        are seconds or milliseconds since 1970 (UTC).
    day_first : bool
        How ``9/6/17`` is read: True for 9 June, False for September 6.

    Returns
    -------
    datetime.date or None
        The day as printed: a time zone never moves it to another day.

    Notes
    -----
    ``9/6/17`` is read as in the United States, month first, unless ``day_first``, and so is ``9-6-17``; where one of the numbers
    cannot be a month (``22/9/2021``) it is the day. With points (``6.9.2017``) the day is always first. Years of two digits are
    1969-2068. A month without a day is no date. Where a text holds several dates, one that follows "updated" is taken only if there
    is no other.

    Examples
    --------
    >>> read_date("Sept. 22, 2021 9:20 AM GMT")
    datetime.date(2021, 9, 22)
    >>> read_date("9/6/17"), read_date("6.9.2017")
    (datetime.date(2017, 9, 6), datetime.date(2017, 9, 6))
    >>> read_date("next Tuesday") is None
    True
    """
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, dt.datetime):  # pandas.NaT is one, too
        return None if value != value else dt.date(value.year, value.month, value.day)
    if isinstance(value, dt.date):
        return value
    text = (str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)).strip()
    if _SECONDS.fullmatch(text):
        return _since_1970(text)
    found = _find(text[:200], day_first)
    return found[0] if found else None


def find_date(text: str) -> tuple[dt.date, int, int] | None:
    """The date in a short text and where it stands in it (start, end); None where there is none."""
    found = _find(text)
    return (found[0], found[1].start(), found[1].end()) if found else None


def date_order(value: Any) -> Literal["day", "month", "either"] | None:
    """Which comes first in a numeric date with strokes or hyphens, or "either" where both are possible; None for all other values.

    Examples
    --------
    >>> date_order("25/12/2024"), date_order("12/25/2024"), date_order("3/4/24"), date_order("3/3/24"), date_order("2024-03-04")
    ('day', 'month', 'either', None, None)
    """
    if not isinstance(value, str) or not _FORMS[-1].search(value[:200]):
        return None
    found = _find(value.strip()[:200])
    parts = found[1].groupdict() if found else {}
    if "a" not in parts or int(parts["a"]) == int(parts["b"]):
        return None
    return "day" if int(parts["a"]) > 12 else "month" if int(parts["b"]) > 12 else "either"


def note_order(value: Any) -> str | None:
    """What to tell of a single date that could be read with the day or the month first; None for any other.

    Examples
    --------
    >>> note_order("3/4/24")
    "the date '3/4/24' could have the day or the month first; it is read with the month first, as 2024-03-04"
    """
    if date_order(value) != "either":
        return None
    return f"the date {value.strip()[:80]!r} could have the day or the month first; it is read with the month first, as {read_date(value)}"


def settle_order(column: str, values: Iterable[tuple[int, Any]]) -> tuple[bool, tuple[int, str] | None]:
    """Whether the numeric dates of a table's column have the day first, and what is in doubt about it.

    Parameters
    ----------
    column : str
    values : iterable of (int, value)
        The cells, each with its line.

    Returns
    -------
    day_first : bool
        True if some date can only be read so and none only the other way.
    doubt : (int, str) or None
        A line and what to tell: that nothing in the column settles it, or that its dates contradict each other.

    Examples
    --------
    >>> settle_order("date", [(2, "3/4/24"), (3, "25/12/2024")])
    (True, None)
    """
    first: dict[str, tuple[int, str]] = {}
    n_open = 0
    for line, value in values:
        if order := date_order(value):
            first.setdefault(order, (line, value.strip()[:40]))
            n_open += order == "either"
    if "day" in first and "month" in first:
        (_, day), (_, month) = first["day"], first["month"]
        told = (
            f"the dates in the column {column!r} contradict each other: {day!r} has the day first, {month!r} the month;"
            f" {n_open:,} that could be either are read with the month first"
        )
        return False, (max(first["day"][0], first["month"][0]), told)
    if "either" in first and len(first) == 1:
        line, example = first["either"]
        told = (
            f"nothing in the column {column!r} tells whether the day or the month is first in its dates: {n_open:,} like {example!r} are"
            f" read with the month first, this one as {read_date(example)}; to settle it, give them as YYYY-MM-DD"
            f" (pandas.to_datetime(frame[{column!r}], dayfirst=True) reads the day first)"
        )
        return False, (line, told)
    return "day" in first, None


def _find(text: str, day_first: bool = False) -> tuple[dt.date, re.Match[str]] | None:
    later = None
    matches = sorted((m for form in _FORMS for m in form.finditer(text)), key=lambda m: (m.start(), -m.end()))
    for match in matches:
        day = _day(match, day_first)
        if day is None:
            continue
        cues = _CUE.findall(text, max(0, match.start() - 60), match.start())
        if not cues or not cues[-1]:
            return day, match
        later = later or (day, match)
    return later


def starts_with_date(line: str) -> tuple[dt.date, str] | None:
    """The date that opens a line (with a weekday, a time or "Published" around it) and the words behind it.

    Examples
    --------
    >>> starts_with_date("Published 5 March 2024, 9:20 by Max Penn")
    (datetime.date(2024, 3, 5), 'by Max Penn')
    """
    found = find_date(line[:100])
    if found is None or re.search(r"\w", _AROUND.sub(" ", line[: found[1]])):
        return None
    return found[0], re.sub(r"^[\W_]+", "", _AROUND.sub(" ", line[found[2] :][:60]) + line[found[2] :][60:])


def is_date_line(line: str) -> bool:
    """Whether a line is a date and nothing more than a weekday, a time and words like "Published" around it.

    Examples
    --------
    >>> is_date_line("Published: Wednesday, September 22, 2021, 9:20 a.m. GMT")
    True
    >>> is_date_line("On September 22, 2021, the dockers went back.")
    False
    """
    if not 6 <= len(line) <= 160:
        return False
    found = find_date(line)
    while found:
        line = f"{line[: found[1]]} {line[found[2] :]}"
        found = find_date(line)
        if not found:
            return not re.search(r"\w", _AROUND.sub(" ", line))
    return False


def _day(match: re.Match[str], day_first: bool) -> dt.date | None:
    parts = match.groupdict()
    year = int(parts["year"])
    if year < 100:
        year += 1900 if year > 68 else 2000
    if "a" in parts:
        month, day = int(parts["a"]), int(parts["b"])
        if month > 12 or (day_first and day <= 12):
            month, day = day, month
    else:
        named = parts["month"]
        month, day = int(named) if named.isdigit() else month_number(named), int(parts["day"])
    try:
        return dt.date(year, month, day) if 1600 <= year <= 2100 else None
    except ValueError:
        return None


def _since_1970(digits: str) -> dt.date | None:
    seconds = float(digits) / (1000 if len(digits) == 13 else 1)
    if not _SECONDS_SINCE_1990 <= seconds <= _SECONDS_UNTIL_2100:
        return None
    return dt.datetime.fromtimestamp(seconds, dt.UTC).date()
