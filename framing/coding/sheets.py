"""Sheets for human coders: units drawn by strata, written as a spreadsheet that survives spreadsheets."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal, get_args

import pandas as pd
from markupsafe import Markup

from framing.article import Article, Corpus, as_corpus
from framing.choices import Engine
from framing.coding.units import Unit, digest, find_units, letters, shown
from framing.coding.variables import TABLES, TEXT_COLUMN, UnitKind, Variable, as_variables
from framing.coding.workbook import instructions, split_text, write_workbook
from framing.compare.bootstrap import HasTables
from framing.errors import InputError, UnknownNameError, check_choice, check_whole
from framing.tables.safe_writing import write_csv
from framing.text import how_many
from framing.text.escaping import visible
from framing.text.notebook import Bullets, in_notebook

Allocation = Literal["equal", "proportional"]
NOBODY = "(none)"
"""The stratum of articles without a value in the column that makes the strata."""


@dataclass(frozen=True, eq=False)
class CodingSheet:
    """A sample to be coded, and the files it was written to.

    Attributes
    ----------
    name : str
        A short name of this sample and its variables; the same sample has the same name.
    unit : {"article", "sentence", "attribution", "mention"}
        What one row is.
    variables : tuple of Variable
    units : pandas.DataFrame
        One row a unit, in the order of the sheet, indexed by ``unit`` (a name that tells coders nothing): article_id, outlet, stratum,
        start, end (offsets into the article's text), weight (units of the corpus that stand behind this one: those of its stratum by those
        drawn).
    strata : pandas.DataFrame
        Indexed by ``stratum``: n_units (in the corpus), n_drawn, n_articles (from which they are), weight.
    notes : tuple of str
        What is out of the ordinary: strata taken whole, texts that were cut into several cells, characters that had to be replaced.
    paths : mapping
        ``xlsx`` and ``csv`` (the sheet, for coders), ``instructions`` (to go with the CSV) and ``key`` (for :func:`read_codes`; not for
        coders).
    """

    name: str
    unit: UnitKind
    variables: tuple[Variable, ...]
    units: pd.DataFrame
    strata: pd.DataFrame
    notes: tuple[str, ...]
    paths: Mapping[str, Path]

    def __repr__(self) -> str:
        asked = ", ".join(variable.name for variable in self.variables)
        parts = [f"<CodingSheet {self.name}: {how_many(len(self.units), self.unit)}, to be coded for {asked}>", self.strata.to_string()]
        parts += [f"Note: {note}" for note in self.notes]
        return visible("\n".join([*parts, *(f"{what}: {path}" for what, path in self.paths.items())]))

    def _repr_html_(self) -> str:
        head, *_ = repr(self).splitlines()
        rest = [*(f"Note: {note}" for note in self.notes), *(f"{what}: {path}" for what, path in self.paths.items())]
        return in_notebook(head, Markup(self.strata.to_html(escape=True, border=0)), Bullets(rest))


def coding_sheet(
    corpus: Corpus | Iterable[Article],
    *,
    variables: Iterable[Variable | str],
    n: int = 200,
    by: str | None = "outlet",
    allocation: Allocation = "equal",
    blind: bool = True,
    path: str | Path = "coding-sheet",
    tables: HasTables | None = None,
    engine: Engine = "encoder",
    seed: int = 0,
) -> CodingSheet:
    """Draw units of the corpus by strata and write them as a spreadsheet for human coders.

    Parameters
    ----------
    corpus : Corpus or iterable of Article
    variables : iterable of Variable or str
        What is asked; names are those of :data:`framing.coding.VARIABLES`. All must be about units of one kind, which are the rows.
    n : int, default 200
        Units in all. At least one a stratum.
    by : str or None, default "outlet"
        What makes the strata: "outlet", "agency", "language" or a key of ``article.meta``; articles without it are a stratum "(none)".
        None: no strata.
    allocation : {"equal", "proportional"}
        "equal": as many units from every stratum, which is best for comparing outlets. "proportional": as many as the stratum's share of
        the units, at least one, which is best for figures on the corpus as a whole. A stratum with fewer units than its share is taken
        whole, the others fill up, and a note says so.
    blind : bool, default True
        Leave outlet, date and headline out of the sheet, so that coders are not told whom they read. An outlet's name inside a text stays;
        a note counts such texts.
    path : str or Path, default "coding-sheet"
        Without extension. Written are ``<path>.xlsx``, ``<path>.csv``, ``<path>-instructions.md`` and ``<path>.key.json``. None of them may
        exist: a sheet that somebody has filled in is never written over.
    tables : Tables, optional
        Attributions are taken from here. Without it they are looked for with ``engine``.
    engine : {"encoder", "fast", "rules"}
    seed : int, default 0

    Returns
    -------
    CodingSheet

    Raises
    ------
    InputError
        If the corpus has no unit of this kind, ``n`` is less than the number of strata, an option is unknown, the variables do not fit
        together, or one of the files exists.
    UnknownNameError
        If ``by`` or a variable is not known.

    Notes
    -----
    A unit is drawn if the hash of its id and the seed is among the smallest of its stratum: the same sample whatever the order of the
    articles. Rows are in random order, so that outlets are mixed. Units of one article are not independent; :func:`framing.validate`
    draws whole stories for its intervals.

    Sentences are all sentences of the body, so that they show what a measure misses as well as what it finds wrongly. Attributions and
    mentions are those that the library found: they show precision, not what was missed.

    A spreadsheet holds 32,767 characters and 253 line ends in a cell. Longer texts go on in columns ``text (2)``, ``text (3)`` ... and a
    note counts them. Control characters, which no xlsx file can hold, are shown as U+FFFD and counted. What a spreadsheet might take for
    a formula is stored as text in the xlsx, and after ``'`` in the CSV. In the xlsx the cells for codes alone can be
    changed (there is no password), so that nothing is sorted or moved by mistake; :func:`read_codes` checks it again.
    """
    corpus, variables = as_corpus(corpus), as_variables(variables)
    kind = variables[0].unit
    _check(n, allocation, seed)
    n, seed = int(n), int(seed)
    paths = _paths(path)
    if tables is not None and not isinstance(getattr(tables, TABLES["attribution"], None), pd.DataFrame):
        raise InputError(f"expected Tables (see analyze_corpus), got {type(tables).__name__}")
    strata = _strata(corpus, kind, by, tables, engine)
    shares, whole = _allocate({name: len(units) for name, units in strata.items()}, n, allocation)
    drawn = {name: sorted(units, key=lambda unit: _draw(seed, "drawn", unit))[: shares[name]] for name, units in strata.items()}
    rows = sorted(((name, unit) for name, units in drawn.items() for unit in units), key=lambda row: _draw(seed, "order", row[1]))
    name = letters(kind, *sorted(unit.id for _, unit in rows), *(json.dumps(v.to_dict(), sort_keys=True) for v in variables), n=6)

    notes = [
        f"all {how_many(shares[stratum], kind)} of {stratum} taken: fewer than its share; the others fill up" for stratum in sorted(whole)
    ]
    if not blind:
        notes.append("coders see the outlet")
    cells, found = _cells(name, kind, rows, variables, blind=blind)
    notes += found
    weights = {stratum: len(units) / shares[stratum] for stratum, units in strata.items()}
    about = [(unit.id, unit.article.id, unit.article.outlet, stratum, unit.start, unit.end, weights[stratum]) for stratum, unit in rows]
    units = pd.DataFrame(about, columns=list(_UNIT_TYPES), dtype=object).astype(_UNIT_TYPES).set_index("unit")
    counts = [
        (stratum, len(units), shares[stratum], len({unit.article.id for unit in drawn[stratum]}), weights[stratum])
        for stratum, units in strata.items()
    ]
    table = pd.DataFrame(counts, columns=list(_STRATUM_TYPES), dtype=object).astype(_STRATUM_TYPES).set_index("stratum")
    sheet = CodingSheet(name, kind, variables, units, table, tuple(notes), paths)
    _write(sheet, cells, by=by, blind=blind, seed=seed)
    return sheet


_UNIT_TYPES = {"unit": "object", "article_id": "object", "outlet": "object", "stratum": "object"}
_UNIT_TYPES |= {"start": "int64", "end": "int64", "weight": "float64"}
_STRATUM_TYPES = {"stratum": "object", "n_units": "int64", "n_drawn": "int64", "n_articles": "int64", "weight": "float64"}


def _check(n: int, allocation: str, seed: int) -> None:
    check_whole("n", n, 1)
    check_whole("seed", seed, 0)
    check_choice("allocation", allocation, get_args(Allocation))


def _paths(path: str | Path) -> dict[str, Path]:
    given = Path(path)
    stem = given.with_suffix("") if given.suffix.lower() in (".xlsx", ".csv") else given
    endings = {"xlsx": ".xlsx", "csv": ".csv", "instructions": "-instructions.md", "key": ".key.json"}
    paths = {what: stem.with_name(stem.name + ending) for what, ending in endings.items()}
    if there := [str(one) for one in paths.values() if one.exists()]:
        raise InputError(f"{', '.join(there)} exists and is never written over; give another path, or move it away")
    return paths


def _draw(seed: int, purpose: str, unit: Unit) -> bytes:
    return hashlib.sha256(f"{seed}:{purpose}:{unit.id}".encode()).digest()


def _strata(corpus: Corpus, kind: UnitKind, by: str | None, tables: HasTables | None, engine: Engine) -> dict[str, list[Unit]]:
    names = {article.id: "all" if by is None else article.group(by) for article in corpus}
    if by is not None and len(corpus) and all(name is None for name in names.values()):
        keys = sorted({"outlet", "agency", "language", *(key for article in corpus for key in article.meta)})
        raise UnknownNameError(f"no article has a value in {by!r} to draw by; there are {', '.join(keys)}, or None")
    strata: dict[str, list[Unit]] = defaultdict(list)
    for unit in find_units(corpus, kind, tables=tables, engine=engine):
        strata[names[unit.article.id] or NOBODY].append(unit)
    if not strata:
        raise InputError(f"{corpus.name} has no {kind} to code in its {how_many(len(corpus), 'article')}")
    return dict(sorted(strata.items()))


def _allocate(sizes: Mapping[str, int], n: int, allocation: Allocation) -> tuple[dict[str, int], list[str]]:
    """How many units of each stratum, and which were taken whole because they hold less than their share."""
    if n < len(sizes):
        raise InputError(f"n must be at least {len(sizes)}, one unit for each stratum ({', '.join(sorted(sizes))}), got {n}")
    claims = {name: Fraction(1 if allocation == "equal" else size) for name, size in sizes.items()}
    shares: dict[str, int] = {}
    open_names, left = sorted(sizes), n
    while open_names:
        total = sum(claims[name] for name in open_names)
        quota = {name: left * claims[name] / total for name in open_names}
        small = [name for name in open_names if sizes[name] <= quota[name]]
        tiny = [name for name in open_names if quota[name] < 1] if not small else []
        for name in small or tiny:
            shares[name] = sizes[name] if small else 1
            left -= shares[name]
            open_names.remove(name)
        if not small and not tiny:
            shares |= {name: int(quota[name]) for name in open_names}
            rest = left - sum(shares[name] for name in open_names)
            for name in sorted(open_names, key=lambda name: (int(quota[name]) - quota[name], name))[:rest]:
                shares[name] += 1
            break
    first = {name: n * claims[name] / sum(claims.values()) for name in sizes}
    return shares, [name for name in sizes if sizes[name] < first[name]]


def _cells(
    sheet: str, kind: UnitKind, rows: Sequence[tuple[str, Unit]], variables: tuple[Variable, ...], *, blind: bool
) -> tuple[pd.DataFrame, list[str]]:
    """The sheet as coders see it, with every cell as it can be stored; and what had to be done to the texts."""
    pieces, about, contexts, n_replaced, n_named = [], [], [], 0, 0
    for _, unit in rows:
        words, context = shown(unit, kind)
        parts = [_storable(part) for part in (words, unit.about, context)]
        n_replaced += sum(n for _, n in parts)
        pieces.append(split_text(parts[0][0]))
        about.append(split_text(parts[1][0]))
        contexts.append(split_text(parts[2][0]))
        outlet = unit.article.outlet
        n_named += bool(outlet and any(outlet.casefold() in part.casefold() for part, _ in parts))
    frame = pd.DataFrame({"unit": [unit.id for _, unit in rows]})
    if not blind:
        frame["outlet"] = [_storable(unit.article.outlet or "")[0][:1000] for _, unit in rows]
        frame["date"] = [str(unit.article.date or "") for _, unit in rows]
        frame["headline"] = [_storable(unit.article.headline or "")[0][:30000] for _, unit in rows]
    n_long = sum(len(parts) > 1 for parts in pieces)
    for title, column in (("about", about), ("text", pieces), ("context", contexts)):
        if title != "text" and not any(parts[0] for parts in column):
            continue
        for place in range(max(len(parts) for parts in column)):
            frame[title if place == 0 else f"{title} ({place + 1})"] = [parts[place] if place < len(parts) else "" for parts in column]
    for variable in variables:
        frame[variable.name] = ""
    frame["note"] = ""
    frame["check"] = [letters(sheet, unit.id, n=6) for _, unit in rows]
    notes = []
    if n_long:
        notes.append(
            f"{how_many(n_long, 'text')} longer than a cell can hold (32,767 characters, 253 line ends) go on in the columns 'text (2)' ..."
        )
    if n_replaced:
        notes.append(f"{how_many(n_replaced, 'character')} that no spreadsheet can hold are shown as U+FFFD")
    if blind and n_named:
        notes.append(f"{how_many(n_named, 'text')} of {len(rows)} name their own outlet, which the sheet does not hide")
    return frame, notes


_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def _storable(words: str) -> tuple[str, int]:
    """Words as an xlsx file can hold them, and how many characters it cannot."""
    return _ILLEGAL.subn("\ufffd", re.sub(r"\r\n?", "\n", words).strip("\n"))


def _write(sheet: CodingSheet, cells: pd.DataFrame, *, by: str | None, blind: bool, seed: int) -> None:
    sheet.paths["xlsx"].parent.mkdir(parents=True, exist_ok=True)
    pages = instructions(sheet.variables, sheet.unit, n=len(cells), name=sheet.name)
    write_workbook(sheet.paths["xlsx"], cells, sheet.variables, pages)
    # The mark at the beginning (utf-8-sig) makes spreadsheets read it as UTF-8.
    write_csv(cells, sheet.paths["csv"], encoding="utf-8-sig", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    sheet.paths["instructions"].write_text(
        "\n\n".join(f"{'## ' * (not text)}{title}" + f": {text}" * bool(text) for title, text in pages) + "\n", encoding="utf-8"
    )
    texts = [column for column in cells.columns if TEXT_COLUMN.fullmatch(column)]
    digests = [digest("".join(row)) for row in cells[texts].itertuples(index=False, name=None)]
    key: dict[str, Any] = {
        "format": 1,
        "sheet": sheet.name,
        "unit": sheet.unit,
        "by": by,
        "blind": blind,
        "seed": seed,
        "variables": [variable.to_dict() for variable in sheet.variables],
        "units": [{**row, "digest": words} for row, words in zip(sheet.units.reset_index().to_dict("records"), digests, strict=True)],
    }
    sheet.paths["key"].write_text(json.dumps(key, ensure_ascii=True, indent=1) + "\n", encoding="utf-8")
