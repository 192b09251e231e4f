"""What a column of the article table is called in a chart, in which unit, and how a difference in it is said."""

from __future__ import annotations

from framing.attribution import STANCES
from framing.lexicons import load_table
from framing.plot.text import plain
from framing.render import label_of

MEASURES = {row["measure"]: row for row in load_table("measures")}


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


UNITS = {
    "polarity": "polarity, −1 negative to +1 positive",
    "share": "share of attributions",
    "fraction": "from 0 to 1",
    "count": "mean per article",
    "words": "mean number of words",
    "nats": "entropy in nats, mean per article",
    "rate": "mean per 1,000 words",
}


def axis_label(measure: str) -> str:
    about = describe_measure(measure)
    name, unit = plain(about["name"]), UNITS.get(about["unit"], "mean")
    if "=" in measure:
        unit = "share of rows"
    elif measure == "share_quoted_words":
        unit = "share of words"
    elif measure == "share_passives_agentless":
        name, unit = "Passives without an agent", "share of passives, from 0 to 1"
    elif measure.startswith("share_words_"):
        unit = "share of words ascribed"
    elif measure == "first_is_official":
        unit = "share of articles"
    elif measure.removeprefix("share_") in STANCES:
        unit = "share of cues"
    elif measure.startswith("topic_"):
        unit = "share of the text"
    if about["unit"] in ("count", "rate") and " per " in name:  # "Hedges per 1,000 words" says it
        return name
    return f"{name[:-1]}; {unit})" if name.endswith(")") else f"{name} ({unit})"
