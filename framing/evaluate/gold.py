"""Files of hand-coded rows: JSON lines, each row checked before it is scored."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, get_args

from framing.errors import InputError, Problem, check_path, items_of, told
from framing.measuring.tone import LABELS
from framing.readers.files import load, stem_of

ROLES = ("source", "cue", "content")
Coded = Literal["attribution", "tone"]


def sorted_rows(gold_rows: Iterable[Mapping[str, Any]], *needed: str) -> list[Mapping[str, Any]]:
    """The rows by their ids.

    Raises
    ------
    InputError
        If one is no mapping with ``id``, ``text`` and what is ``needed``, there is none, or two have one id.
    """
    needed = ("id", "text", *needed)
    accepted, rows = f"gold_rows must be mappings with {', '.join(needed)}, got", items_of(gold_rows)
    if rows is None:
        raise InputError(f"{accepted} {told(gold_rows)}")
    for row in rows:
        if not (isinstance(row, Mapping) and set(needed) <= set(row) and isinstance(row["text"], str)):
            raise InputError(f"{accepted} {told(row)}")
    rows.sort(key=lambda row: str(row["id"]))
    if not rows:
        raise InputError("there is no gold row to score against")
    for one, other in pairwise(rows):
        if str(one["id"]) == str(other["id"]):
            raise InputError(f"gold rows must differ in their ids, but {one['id']!r} stands twice")
    return rows


def check_predicted(predicted: object, kinds: tuple[type, ...], *, several: bool = True) -> None:
    """Raise InputError unless ``predicted`` maps ids to something of these kinds, or to several of them."""
    accepted = f"predicted must map each id to {'a list of ' if several else ''}{' or '.join(kind.__name__ for kind in kinds)}"
    if not isinstance(predicted, Mapping):
        raise InputError(f"{accepted}, got {told(predicted)}")
    for key, value in predicted.items():
        given = value if several and isinstance(value, Sequence) else [value]
        if wrong := [one for one in given if not isinstance(one, kinds)]:
            raise InputError(f"{accepted}, got {told(wrong[0])} for {told(key)}")


def read_gold(path: str | Path, measure: Coded = "attribution") -> tuple[list[dict[str, Any]], list[Problem]]:
    """Hand-coded texts from a file of JSON lines.

    Parameters
    ----------
    path : str or Path
        ``.jsonl``, also ``.jsonl.gz``: one object a line, with ``id``, ``text`` and what is coded.
    measure : {"attribution", "tone"}
        What a row must have coded: ``attributions`` as for :func:`score_attributions`; or ``targets`` as for :func:`score_target_tones`,
        ``biased`` as for :func:`score_loaded`, or both.

    Returns
    -------
    rows : list of dict
        The rows that can be scored.
    problems : list of Problem
        One a row that cannot, with its line and the reason.

    Raises
    ------
    InputError
        If ``measure`` is unknown.
    ReadingError
        If the file cannot be opened, cannot be unpacked, or is empty.
    """
    if not isinstance(measure, str) or measure not in get_args(Coded):
        raise InputError(f"unknown measure {told(measure)}; accepted: {', '.join(map(repr, get_args(Coded)))}")
    path = check_path("path", path)
    source = load(path, stem_of(path))
    rows: dict[str, dict[str, Any]] = {}
    problems = []
    for number, line in enumerate(source.data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line.decode("utf-8"))
        except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
            problems.append(Problem(source.where, _why(error), line=number))
            continue
        reason = next(_row_faults(row, measure), None)
        if reason is None and row["id"] in rows:
            reason = f"the id {row['id']!r} stands in an earlier line too"
        if reason is None:
            rows[row["id"]] = row
        else:
            known = row.get("id") if isinstance(row, dict) else None
            problems.append(Problem(source.where, reason, line=number, article_id=known if isinstance(known, str) else None))
    return list(rows.values()), problems


def _why(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON (column {error.colno}: {error.msg})"
    return "not UTF-8" if isinstance(error, UnicodeDecodeError) else "the JSON is nested too deep"


_Faults = Callable[[dict[str, Any]], Iterator[str]]


def _row_faults(row: Any, measure: Coded) -> Iterator[str]:
    """Why a row cannot be scored, one reason after the other."""
    if not isinstance(row, dict):
        yield f"not an object but {type(row).__name__}"
        return
    for name in ("id", "text"):
        if name not in row:
            yield f"no {name!r}; a row needs id, text and {_CODED[measure]}"
        elif not isinstance(row[name], str):
            yield f"{name!r} must be a string, got {type(row[name]).__name__}"
    if any("\ud800" <= c <= "\udfff" for c in row["text"]):
        yield "the text holds half a character (a lone surrogate)"
    yield from _FAULTS[measure](row)


def _attribution_faults(row: dict[str, Any]) -> Iterator[str]:
    if "attributions" not in row:
        yield "no 'attributions'; a row needs id, text and attributions"
    elif not isinstance(row["attributions"], list):
        yield f"'attributions' must be a list, got {type(row['attributions']).__name__}"
    for number, attribution in enumerate(row["attributions"]):
        if not isinstance(attribution, dict):
            yield f"attribution {number} is not an object but {type(attribution).__name__}"
            continue
        for role in ROLES:
            spans = attribution.get(role)
            if not isinstance(spans, list):
                yield f"attribution {number}: {role!r} must be a list of [start, end], got {type(spans).__name__}"
                continue
            bad = [span for span in spans if not _is_span(span, len(row["text"]))]
            if bad:
                shown, within = json.dumps(bad[0], ensure_ascii=False)[:60], f"within the text's {len(row['text'])} characters"
                yield f"attribution {number}: {role} has {shown}, which is no [start, end] {within}"


def _tone_faults(row: dict[str, Any]) -> Iterator[str]:
    if "targets" not in row and "biased" not in row:
        yield "neither 'targets' nor 'biased'; a row needs id, text and targets or biased"
    if "biased" in row and not isinstance(row["biased"], bool):
        yield f"'biased' must be true or false, got {json.dumps(row['biased'], ensure_ascii=False)[:60]}"
    if not isinstance(row.get("targets", []), list):
        yield f"'targets' must be a list, got {type(row['targets']).__name__}"
    for number, target in enumerate(row.get("targets", [])):
        if not isinstance(target, dict):
            yield f"target {number} is not an object but {type(target).__name__}"
            continue
        span = [target.get("start"), target.get("end")]
        if not _is_span(span, len(row["text"])):
            shown = json.dumps(span, ensure_ascii=False)[:60]
            yield f"target {number}: {shown} is no start and end within the text's {len(row['text'])} characters"
        if target.get("polarity") not in LABELS:
            shown = json.dumps(target.get("polarity"), ensure_ascii=False)[:60]
            yield f"target {number}: polarity must be one of {', '.join(LABELS)}, got {shown}"


_CODED: dict[Coded, str] = {"attribution": "attributions", "tone": "targets or biased"}
_FAULTS: dict[Coded, _Faults] = {"attribution": _attribution_faults, "tone": _tone_faults}


def _is_span(span: Any, n_characters: int) -> bool:
    whole = isinstance(span, list) and len(span) == 2 and all(isinstance(x, int) and not isinstance(x, bool) for x in span)
    return whole and 0 <= span[0] < span[1] <= n_characters
