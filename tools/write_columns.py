"""Writes docs/columns.md: every number of ``Tables.articles``, every table of findings and the JSON, read off the measures.

python tools/write_columns.py
"""

from __future__ import annotations

from pathlib import Path

from framing.measuring import measures
from framing.measuring.measure import Field
from framing.tables import analyze
from framing.tables.corpus import columns_of

PAGE = Path(__file__).resolve().parents[1] / "docs" / "columns.md"
FOLDER = Path(__file__).resolve().parents[1] / "framing"


def written() -> str:
    """The page as Markdown."""
    cards = {path.stem.removeprefix("card_"): path for path in FOLDER.rglob("card_*.md")}
    lines = [
        "# What is measured",
        "",
        "Written by `tools/write_columns.py` from the measures themselves (`fr.measures()`).",
        "",
        "## Numbers of an article: columns of `tables.articles`",
        "",
        "Units: polarity from -1 to +1; share and fraction from 0 to 1; rate per 1,000 words; count and words per article; nats 0 or more.",
        "In bold: what the report asks about.",
        "",
        "| column | what it is | unit | an outlet that scores higher | card |",
        "|---|---|---|---|---|",
    ]
    for measure in measures():
        for column in measure.all_columns:
            name = f"**`{column.name}`**" if column.report else f"`{column.name}`"
            card = f"[{column.card}](../{cards[column.card].relative_to(FOLDER.parent).as_posix()})"
            lines.append(f"| {name} | {column.title or 'words scored'} | {column.unit or 'count'} | {column.more} | {card} |")
    lines += ["", "## Findings: one table each", "", "| table | one row | columns |", "|---|---|---|"]
    for measure in measures():
        if measure.table_name:
            columns = ", ".join(f"`{name}`" for name in columns_of(measure))
            lines.append(f"| `tables.{measure.table_name}` | {measure.row} | {columns} |")
    return "\n".join([*lines, *_json(), ""])


_VALUES = {
    "span": "[start, end] or null",
    "spans": "list of [start, end]",
    "names": "list of text",
    "number": "number",
    "flag": "true or false",
}


def _json() -> list[str]:
    """What one line of ``framing analyze --jsonl`` holds."""
    keys = ", ".join(f"`{key}`" for key in analyze("Ships waited.", engine="rules").to_dict())
    lines = [
        "",
        "## JSON of an article: a line of `framing analyze --jsonl`, `Analysis.to_dict()`",
        "",
        f"One object an article, with the keys {keys}.",
        "Offsets count characters of the text as it was given. What could not be measured is null. `tone`, `tone_news` and `tone_voices`",
        "hold polarity, subjectivity and n_scored by part or by voice; the others are lists of objects:",
        "",
        "| list | keys of one object (text where nothing else is said) |",
        "|---|---|",
    ]
    for measure in measures():
        told = [field for field in measure.all_fields if field.key is not None and field.kind != "position"]
        if told and not measure.to_json:
            of_fields = ", ".join("`start`, `end`" if field.kind == "place" else _key(field) for field in told)
            lines.append(f"| `{measure.key or measure.table or measure.name}` | {of_fields} |")
    return [
        *lines,
        "",
        "Attributions with `refusal` or `headline` true are no statements: of the numbers of an article only `n_refusals` counts "
        "refusals, those of the body.",
    ]


def _key(field: Field) -> str:
    value = _VALUES.get(field.kind, "")
    return f"`{field.key or field.name}`" + (f" ({value})" if value else "")


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
