"""Writes docs/columns.md: every number of ``Tables.articles`` and every table of findings, read off the measures.

python tools/write_columns.py
"""

from __future__ import annotations

from pathlib import Path

from framing.measuring import measures

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
            columns = ", ".join(f"`{name}`" for name in ("article_id", "outlet", "story", *measure.schema))
            lines.append(f"| `tables.{measure.table_name}` | {measure.row} | {columns} |")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
