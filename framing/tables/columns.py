"""What a column of the article table is called in a chart, in which unit, and how a difference in it is said."""

from __future__ import annotations

from framing.render import label_of
from framing.resources import load_table

MEASURES = {row["measure"]: row for row in load_table("tables/measures")}


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
    if measure in MEASURES:
        return dict(MEASURES[measure])
    if measure.startswith("news_") and measure[5:] in MEASURES:
        row = dict(MEASURES[measure[5:]])
        return {**row, "measure": measure, "name": f"{row['name']} (news variant)"}
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
    column, equals, value = measure.partition("=")  # the share of rows that have this value
    words = f"{label_of(column)}: {value}" if equals else label_of(measure)
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
