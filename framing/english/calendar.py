"""Weekdays and months as they are printed."""

from __future__ import annotations

from framing.english.grammar import any_of, words_of_class

WEEKDAY = any_of("weekday")
WEEKDAY_SHORT = any_of("weekday_short")
MONTH = any_of("month", "month_short")
"""Alternatives of a regular expression, in lower case and without a group or the stop of an abbreviation."""


def month_number(printed: str) -> int:
    """Number of a month from 1, by its name or abbreviation without a stop.

    Examples
    --------
    >>> month_number("September"), month_number("sept"), month_number("Jan")
    (9, 9, 1)
    """
    first = printed[:3].casefold()  # "ſept" and "Aprıl" match case-blind patterns too
    return next(number for number, name in enumerate(words_of_class("month"), start=1) if name.startswith(first))
