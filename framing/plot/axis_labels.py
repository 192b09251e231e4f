"""What stands along the axis of a measure."""

from __future__ import annotations

from framing.measuring.attribution import STANCES
from framing.plot.lettering import plain
from framing.tables.columns import describe_measure

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
