"""What stands along the axis of a measure."""

from __future__ import annotations

from framing.plot.lettering import plain
from framing.tables.columns import describe_measure, known_columns

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
    about, column = describe_measure(measure), known_columns().get(measure)
    if column and column.axis:
        return plain(column.axis)
    name, unit = plain(about["name"]), UNITS.get(about["unit"], "mean")
    if "=" in measure:
        unit = "share of rows"
    elif measure.startswith("topic_"):
        unit = "share of the text"
    if about["unit"] in ("count", "rate") and " per " in name:  # "Hedges per 1,000 words" says it
        return name
    return f"{name[:-1]}; {unit})" if name.endswith(")") else f"{name} ({unit})"
