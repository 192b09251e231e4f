"""The cards: what each measure is, how it is made, what it was tested on, and where it fails.

A card is the file ``card_<name>.md`` beside the code of what it describes.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from framing.errors import UnknownNameError

SECTIONS = {"What it measures": "what", "How": "how", "Tested on": "tested_on", "Limits": "limits", "Sources": "sources"}


def cards(*names: str) -> pd.DataFrame:
    """The cards of measures, one row a card.

    Parameters
    ----------
    *names : str
        Cards wanted, in this order; all of them without any. ``plot.describe_measure(column)["card"]`` names the card of a column.

    Returns
    -------
    pandas.DataFrame
        Index ``card``; columns title, what, how, tested_on, limits, sources: text in Markdown, tables of figures in ``tested_on``.

    Raises
    ------
    UnknownNameError
        If there is no such card; the message lists those that there are.

    Examples
    --------
    >>> import framing as fr
    >>> fr.cards("tone").index.tolist(), fr.cards().columns.tolist()
    (['tone'], ['title', 'what', 'how', 'tested_on', 'limits', 'sources'])
    """
    shipped = {file.stem.removeprefix("card_"): file for file in Path(__file__).parents[1].rglob("card_*.md")}
    known = sorted(shipped)
    if unknown := [name for name in names if name not in known]:
        raise UnknownNameError(f"no card {unknown[0]!r}; there are {', '.join(known)}")
    rows = [_read(shipped[name].read_text(encoding="utf-8")) for name in names or known]
    return pd.DataFrame(rows, index=pd.Index(names or known, name="card"), columns=["title", *SECTIONS.values()])


def _read(card: str) -> dict[str, str]:
    title, *sections = card.split("\n## ")
    found = {"title": title.strip().removeprefix("# ")}
    for section in sections:
        heading, _, body = section.partition("\n")
        found[SECTIONS[heading.strip()]] = body.strip()
    return found
