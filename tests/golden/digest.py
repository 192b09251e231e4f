"""Everything that comes out for the bundled corpora, kept in files that tell where something differs.

    python tests/golden/digest.py

writes the files anew; look at ``git diff`` and say in CHANGELOG.md which numbers move. A file is ``<corpus>-<engine>.json``. It has a
line a column; of each column a list for each article (or outlet, or measure: the table's groups), of one of four sorts:

- ``numbers``, to six decimals (of JSON objects, which hold the same numbers, to three). They are compared with a tolerance, because
  learned numbers differ in the seventh on another processor.
- ``cells``: text, whole numbers, true and false, compared as they are. In a text, such as "+0.23" or "41 %", a number may differ by one in
  its last decimal, for the same reason.
- ``codes``: the same, where a few cells return; ``of`` lists them.
- ``hashes``: of each list of cells, where they would take too much room.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import framing as fr
from framing.report.summarise import summarise
from framing.report.trace import trace

HERE = Path(__file__).resolve().parent
CORPORA = HERE.parent.parent / "corpora"
NAMES = ("harbour", "ten-stories")
ENGINES = ("encoder", "fast", "rules")

DECIMALS, TOLERANCE = 6, 2e-6  # absolute below 1, above it relative
OF_OBJECTS = 3, 1.6e-3  # some are rounded to three decimals already, where the last can tip over
FULL = 4_500  # characters of a column's cells from which on only hashes are kept
FULL_AGAIN = 800  # in tables whose cells mostly stand in others too
AGAIN = ("objects", "order", "trail", "summary: stories")
ALWAYS_FULL = ("columns", "summary: comparisons")
N_RESAMPLES = 1000
N_WORDS = 10  # of an outlet's distinctive words

Column = dict[str, list[Any]]  # cells by group
Table = dict[str, Column]  # columns by name


# --- what comes out ---


def collect(name: str, engine: Any) -> dict[str, Table]:
    """All tables, JSON objects, the report's trail and, with the default engine, its summary; each as a table of plain cells."""
    corpus = fr.read_corpus(CORPORA / name)
    analyses: list[fr.Analysis] = []
    tables = fr.analyze_corpus(corpus, engine=engine, each=analyses.append)
    frames = {field.name: getattr(tables, field.name) for field in dataclasses.fields(tables)}
    found: dict[str, Table] = {
        "columns": {name: {"": [f"{column} {_kind(kind)}" for column, kind in frame.dtypes.items()]} for name, frame in frames.items()},
        "order": {name: {"": list(dict.fromkeys(_ids(frame)))} for name, frame in frames.items()},
        **{name: from_frame(frame.drop(columns="article_id", errors="ignore"), _ids(frame)) for name, frame in frames.items()},
        "objects": from_records({a.article.id: json.loads(json.dumps(a.to_dict(), allow_nan=False)) for a in analyses}),
    }
    summary = summarise(corpus, tables, n_resamples=N_RESAMPLES)
    found |= _trail(analyses, summary)
    if engine == ENGINES[0]:  # of the others, this is the same, or adds nothing
        unnamed = [dataclasses.replace(article, meta={}) for article in corpus]  # the corpora name their stories
        found["stories"] = {"found": {key: [story] for key, story in fr.find_stories(unnamed).items()}}
        found["measures"] = from_records({column: fr.plot.describe_measure(column) for column in tables.articles})
        found |= _summary(summary)
    return found


def _trail(analyses: list[fr.Analysis], summary: Mapping[str, Any]) -> dict[str, Table]:
    outlets = [row["outlet"] for row in summary["facts"]["outlets"]]
    told = trace(analyses, summary["measures"], outlets)
    ids = [found.article.id for found in analyses]
    trail: Table = {"outlet": dict(zip(ids, ([number] for number in told["articles"]), strict=True))}
    for measure, about in told["measures"].items():
        trail[measure] = dict(zip(ids, ([value] for value in about.pop("values")), strict=True))
    for layer, about in told["layers"].items():
        rows = dict(zip(ids, about.pop("rows"), strict=True))
        for place in range(max((len(row) for mine in rows.values() for row in mine), default=0)):  # sentence, words and codes
            trail[f"{layer} {place}"] = {key: [row[place] for row in mine] for key, mine in rows.items()}
    return {"trail": trail, "trail: about": from_records({"outlets": told["outlets"], **told["measures"], **told["layers"]})}


def _summary(summary: Mapping[str, Any]) -> dict[str, Table]:
    found: dict[str, Table] = {}
    rest: dict[str, Any] = {}
    for key, value in summary.items():
        if key == "comparisons":
            for part in ("estimates", "differences"):
                frames = [getattr(c, part).reset_index().assign(measure=measure) for measure, c in value.items()]
                frame = pd.concat(frames, ignore_index=True)
                found[f"summary: {part}"] = from_frame(frame.drop(columns="measure"), list(frame["measure"]))
            told = {measure: {"overall": c.overall.to_dict(), "method": c.method, "notes": c.notes} for measure, c in value.items()}
            found["summary: comparisons"] = from_records(told)
        elif key == "words":
            few = value.groupby("group", sort=False).head(N_WORDS)
            found["summary: words"] = from_frame(few, list(few["group"]))
        elif key == "targets":
            found["summary: targets"] = from_frame(value, list(value["target"]))
        elif key == "cards":
            rest[key] = [card["name"] for card in value]
        elif key == "methods":
            rest[key] = value.partition(" Computed with framing ")[0]  # behind it: versions
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            found[f"summary: {key}"] = from_records({str(number): row for number, row in enumerate(value)})
        else:
            rest[key] = value
    return {"summary": from_records({"": rest}), **found}


# --- as plain cells ---


def from_frame(frame: pd.DataFrame, groups: list[str]) -> Table:
    table: Table = {}
    for name in frame.columns:
        column: Column = {group: [] for group in groups}
        for group, value in zip(groups, frame[name], strict=True):
            column[group].append(plain(value))
        table[str(name)] = column
    return table


def from_records(records: Mapping[str, Any]) -> Table:
    """Nested values, one record a group; a column a path, such as ``attributions[].content[][]``, with the lengths of lists."""
    table: Table = {}
    for group, record in records.items():
        for path, value in _leaves(record, ""):
            table.setdefault(path, {}).setdefault(group, []).append(value)
    return {path: {group: column.get(group, []) for group in records} for path, column in table.items()}


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list | tuple):
        yield f"{path} n", len(value)
        for inner in value:
            yield from _leaves(inner, f"{path}[]")
    else:
        yield path, plain(value)


def plain(value: Any) -> Any:
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float | np.floating) and math.isnan(value)):
        return None
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, int | np.integer):
        return int(value)
    if isinstance(value, float | np.floating):
        return float(value)
    return str(value)


def _ids(frame: pd.DataFrame) -> list[str]:
    return [str(key) for key in frame.get("article_id", frame.index)]


def _kind(kind: Any) -> str:
    return "date" if kind.kind == "M" else kind.name if kind.kind in "biuf" else "text"


# --- as a file ---


def pack(found: Mapping[str, Table]) -> dict[str, Any]:
    """Tables as they are kept."""
    packed: dict[str, Any] = {}
    for name, table in found.items():
        groups = list(next(iter(table.values()), {}))
        decimals = OF_OBJECTS[0] if name == "objects" else DECIMALS
        full = math.inf if name in ALWAYS_FULL else FULL_AGAIN if name in AGAIN else FULL
        packed[name] = {"groups": groups, "columns": {column: _pack(cells, decimals, full) for column, cells in table.items()}}
    return packed


def _pack(column: Column, decimals: int, full: float) -> dict[str, list[Any]]:
    lists = list(column.values())
    cells = [cell for several in lists for cell in several]
    if any(isinstance(cell, float) for cell in cells):
        return {"numbers": [[_rounded(cell, decimals) for cell in several] for several in lists]}
    places = {key: place for place, key in enumerate(dict.fromkeys(map(_line, cells)))}
    codes = {"of": [json.loads(key) for key in places], "codes": [[places[_line(cell)] for cell in several] for several in lists]}
    packed = min({"cells": lists}, codes, key=lambda packed: len(_line(packed)))
    shown = [cell for cell in cells if isinstance(cell, str)]
    if len(_line(packed)) <= full or (shown and all(map(_NUMBER.fullmatch, shown))):  # numbers as text are compared as such
        return packed
    return {"hashes": [_hash(several) for several in lists]}


def _rounded(cell: float | None, decimals: int) -> float | None:
    return cell if cell is None else int(cell) if cell == int(cell) else round(cell, decimals)


def _hash(cells: list[Any]) -> str:
    return hashlib.sha256(_line(cells).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def path_of(name: str, engine: str) -> Path:
    return HERE / f"{name}-{engine}.json"


def write(packed: Mapping[str, Any], path: Path) -> None:
    """One line a column, so that git shows which changed; groups that are the articles are not repeated."""
    articles = packed["articles"]["groups"]
    tables = []
    for name, table in packed.items():
        columns = ",\n".join(f"{_line(column)}:{_line(cells)}" for column, cells in table["columns"].items())
        groups = "articles" if name != "articles" and table["groups"] == articles else table["groups"]
        tables.append(f'{_line(name)}:{{"groups":{_line(groups)},"columns":{{\n{columns}\n}}}}')
    path.write_text("{\n" + ",\n".join(tables) + "\n}\n", encoding="utf-8", newline="\n")


def read(path: Path) -> dict[str, Any]:
    packed: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for table in packed.values():
        if table["groups"] == "articles":
            table["groups"] = packed["articles"]["groups"]
    return packed


# --- what differs ---

_NUMBER = re.compile(r"[-+−]?[\d,]+(?:\.\d+)?(?: %)?")
_INEXACT = re.compile(r"[-+−]?\d*\.\d+|[-+−]?\d+(?= (?:%|points?\b))")


def compare(kept: Mapping[str, Any], found: Mapping[str, Table]) -> list[str]:
    """A line for each column that differs: in which groups, and the first row that does."""
    lines = [f"{name}: no such table now" for name in kept if name not in found]
    for name, table in found.items():
        if name not in kept:
            lines.append(f"{name}: a new table")
            continue
        columns = kept[name]["columns"]
        lines += [f"{name}: column {column!r} is gone" for column in columns if column not in table]
        lines += [f"{name}: column {column!r} is new" for column in table if column not in columns]
        if set(columns) == set(table) and list(columns) != list(table):
            moved = next(pair for pair in zip(columns, table, strict=True) if pair[0] != pair[1])
            lines.append(f"{name}: columns in another order; expected {moved[0]!r}, got {moved[1]!r}")
        groups = kept[name]["groups"]
        now = list(next(iter(table.values()), {}))
        if groups != now:
            gone, new = [g for g in groups if g not in now], [g for g in now if g not in groups]
            lines.append(f"{name}: other groups: gone {gone[:5]}, new {new[:5]}, {len(groups)} expected, got {len(now)}")
        for column in columns:
            if column in table:
                lines += _different(f"{name}.{column}", name, columns[column], groups, table[column])
    return lines


def _different(where: str, table: str, kept: Mapping[str, Any], groups: list[str], found: Column) -> Iterator[str]:
    sort, lists = next((sort, kept[sort]) for sort in ("numbers", "cells", "codes", "hashes") if sort in kept)
    if sort == "codes":
        lists = [[kept["of"][code] for code in codes] for codes in lists]
    tolerance = (OF_OBJECTS[1] if table == "objects" else TOLERANCE) if sort == "numbers" else 0.0
    wrong: list[str] = []
    first = ""
    for group, expected in zip(groups, lists, strict=True):
        got = found.get(group, [])
        said = ""
        if sort == "hashes":
            if _hash(got) != expected:
                said = f"other cells than kept (a hash); got {_shown(got)}"
        elif len(expected) != len(got):
            said = f"expected {len(expected)} rows, got {len(got)}: {_shown(expected)}, got {_shown(got)}"
        else:
            rows = zip(expected, got, strict=True)
            row = next((n for n, (a, b) in enumerate(rows) if not _same(a, b, tolerance)), None)
            if row is not None:
                said = f"row {row}: expected {expected[row]!r}, got {got[row]!r}"
        if said:
            wrong.append(group)
            first = first or said
    if wrong:
        more = f" and {len(wrong) - 4} more" if len(wrong) > 4 else ""
        among = f" in {', '.join(wrong[:4])}{more} (of {len(groups)})" if len(groups) > 1 else ""
        yield f"{where} differs{among}; first {first}"


def _shown(cells: list[Any]) -> str:
    shown = json.dumps(cells[:6], ensure_ascii=False)
    return shown if len(shown) <= 200 else shown[:200] + "…"


def _same(expected: Any, got: Any, tolerance: float) -> bool:
    if isinstance(expected, str) and isinstance(got, str):
        return expected == got or _alike(expected, got)
    if tolerance and not isinstance(got, bool) and isinstance(expected, int | float) and isinstance(got, int | float):
        return abs(expected - got) <= tolerance * max(1.0, abs(expected))
    return type(expected) is type(got) and expected == got


def _alike(expected: str, got: str) -> bool:
    """The same text but for one in the last decimal of its inexact numbers."""
    if _INEXACT.sub("#", expected) != _INEXACT.sub("#", got):
        return False
    for one, other in zip(_INEXACT.findall(expected), _INEXACT.findall(got), strict=True):
        decimals = len(one.partition(".")[2])
        if decimals != len(other.partition(".")[2]):
            return False
        if abs(float(one.replace("−", "-")) - float(other.replace("−", "-"))) > 1.01 * 10**-decimals:
            return False
    return True


def main() -> None:
    for name in NAMES:
        for engine in ENGINES:
            path = path_of(name, engine)
            write(pack(collect(name, engine)), path)
            print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
