"""What a column of the article table is called in a chart, in which unit, and how a difference in it is said."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from framing.errors import InputError
from framing.measuring import measures
from framing.measuring.measure import Column, Measure
from framing.text.escaping import label_of

_added: dict[str, Column] = {}  # of measures that users brought, so that charts of their numbers can name them


def checked(wanted: Iterable[Measure] | None) -> tuple[Measure, ...]:
    """The measures asked for (all that there are if None); from then on :func:`describe_measure` knows their columns.

    Raises
    ------
    InputError
        If something else is among them, or two have one name, table, JSON key or column.
    """
    if wanted is None or wanted is measures():  # asked for every article
        return measures()
    found = tuple(wanted) if isinstance(wanted, Iterable) else (wanted,)
    for one in found:
        if not isinstance(one, Measure):
            raise InputError(f"measures must hold Measure, as fr.measures() does; got {type(one).__name__}")
    taken: dict[tuple[str, str], str] = {}
    for one in found:
        tables = [one.table_name] if one.table_name else []
        names = {"name": [one.name], "table": tables, "column": [column.name for column in one.all_columns]}
        for what, several in names.items():
            for name in several:
                if (what, name) in taken:
                    raise InputError(f"measures {taken[what, name]!r} and {one.name!r} both have the {what} {name!r}; they must differ")
                taken[what, name] = one.name
    if other := [name for what, name in taken if what == "table" and name in ("articles", "targets", "paragraphs", "problems")]:
        raise InputError(
            f"the table of measure {taken['table', other[0]]!r} cannot be called {other[0]!r}: the tables have one of that name"
        )
    _added.update((column.name, column) for one in found if one not in measures() for column in one.all_columns)
    return found


def known_columns() -> dict[str, Column]:
    """Columns of the article table by name: of all measures, and of those that users brought."""
    return _columns() | _added


@cache
def _columns() -> dict[str, Column]:
    return {column.name: column for measure in measures() for column in measure.all_columns}


def describe_measure(measure: str) -> dict[str, str]:
    """Name, unit and wording of a column of the article table, or of ``"column=value"``.

    Returns
    -------
    dict of str to str
        ``name``; ``unit`` (polarity, share, fraction, nats, count, words or rate; empty if not known); ``more``, ``less``: what an outlet
        does that scores higher or lower; ``card``: the card that tells how it is measured.

    Examples
    --------
    >>> describe_measure("share_official")["name"]
    'Attributions to officials'
    >>> describe_measure("voice=outlet")["name"], describe_measure("voice=outlet")["unit"]
    ('Voice: outlet', 'share')
    """
    column = known_columns().get(measure)
    if column and column.title:
        return {
            "measure": measure,
            "name": column.title,
            "unit": column.unit,
            "more": column.more,
            "less": column.less,
            "card": column.card,
        }
    if measure.startswith("topic_"):
        topic = topic_of(measure)
        return {
            "measure": measure,
            "name": f"Topic: {topic}",
            "unit": "share",
            "more": f"writes more on {topic}",
            "less": f"writes less on {topic}",
            "card": "topics",
        }
    name, equals, value = measure.partition("=")  # the share of rows that have this value
    words = f"{label_of(name)}: {value}" if equals else label_of(measure)
    return {
        "measure": measure,
        "name": words[:1].upper() + words[1:],
        "unit": "share" if equals else "",
        "more": f"is higher in {words}",
        "less": f"is lower in {words}",
        "card": "",
    }


def topic_of(column: str) -> str:
    return label_of(column.removeprefix("topic_"))
