"""What leads from a number back to its sentences: for every article, which of its sentences hold what was counted.

Text is not repeated: a sentence is its number in the article, whose words the page holds already.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from framing.report.numbers import show_number
from framing.tables import Analysis
from framing.tables.columns import describe_measure, known_columns
from framing.text.escaping import visible


def trace(analyses: Sequence[Analysis], measures: Sequence[str], outlets: Sequence[str]) -> dict[str, Any]:
    """What the page's script needs to show the articles and sentences behind a number.

    Parameters
    ----------
    analyses : sequence of Analysis
        In the order they stand on the page.
    measures : sequence of str
        Columns of the article table.
    outlets : sequence of str
        Those compared.

    Returns
    -------
    dict
        ``outlets``: names. ``articles``: for each the number of its outlet, -1 for one that is not compared. ``measures``: by name,
        ``name``, ``values`` (as shown, one an article), ``layer`` (what it counts) and ``where`` (place and value in the rows that
        count; left out where all do). ``layers``: by name, ``one`` (what a row is called), ``labels`` (of each column of codes) and
        ``rows``: for each article rows of sentence number (from 1; 0 for none), words to show and codes (-1 for a row that is not
        counted among them: of cues, what has none).
    """
    place = {name: number for number, name in enumerate(outlets)}
    known = known_columns()
    columns = {name: known[name] for name in measures if name in known}
    finder = {column.name: measure.name for found in analyses[:1] for measure in found.used for column in measure.all_columns}
    trails = {column.trail.name: (column.trail, finder[name]) for name, column in columns.items() if column.trail and name in finder}
    shown: dict[str, dict[str, Any]] = {}
    for measure in measures:
        about = describe_measure(measure)
        values = [show_number(float(found.measures[measure]), about["unit"]) for found in analyses]
        trail = columns[measure].trail if measure in columns else None
        where = columns[measure].where if trail else None
        shown[measure] = {"name": visible(about["name"]), "values": values, "layer": trail.name if trail else None, "where": where}
    return {
        "outlets": [visible(name) for name in outlets],
        "articles": [place.get(found.article.outlet or "", -1) for found in analyses],
        "measures": shown,
        "layers": {
            name: {
                "one": trail.one,
                "labels": list(trail.labels),
                "rows": [list(trail.rows(found.page, found.found[of])) for found in analyses],
            }
            for name, (trail, of) in trails.items()
        },
    }
