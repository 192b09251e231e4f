"""JSON and JSON lines: one object an article, or an object that wraps a list of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from framing.errors import Problem, ReadingError
from framing.readers.cells import parse_json
from framing.readers.encoding import decode
from framing.readers.files import Findings, Options, Source
from framing.readers.records import FIELDS, flat, normal_name, read_rows

_WRAPPERS = ("articles", "results", "data", "items", "docs", "documents", "records", "stories", "hits", "response", "newsdata")
_OF_THE_ANSWER = frozenset({"status", "totalresults", "totalhits", "page", "pagesize", "totalpages"})
_Row = tuple[int, dict[str, Any]]


def read_json(source: Source, options: Options) -> Findings:
    """Articles of a JSON file: a list, one object, or a list inside an object (``articles``, ``results`` ...); or JSON lines after all.

    The line of a problem is the number of the object, counted from 1 (for JSON lines: the line).

    Raises
    ------
    ReadingError
        If it is not JSON; the message gives the line.
    """
    decoded = decode(source.data)
    yield from decoded.problems(source.where)
    text = decoded.text
    try:
        whole = parse_json(text)
    except RecursionError as error:
        raise ReadingError("not read: the JSON is nested too deep") from error
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and _is_json(text[: text.find("\n")]):
            yield from _read_lines(text, source, options)
            return
        raise ReadingError(f"not JSON (line {error.lineno}, column {error.colno}: {error.msg})") from error
    rows = list(enumerate(_unwrap(whole, options.columns.get("text")), start=1))
    if not rows:
        raise ReadingError("no objects in the JSON; accepted are an object, a list of objects, or an object with such a list as 'articles'")
    yield from read_rows(rows, where=source.where, stem=source.stem, options=options)


def read_json_lines(source: Source, options: Options) -> Findings:
    """Articles of a file with one JSON object a line; a broken line is a problem, and the others are read."""
    decoded = decode(source.data)
    yield from decoded.problems(source.where)
    yield from _read_lines(decoded.text, source, options)


def _read_lines(text: str, source: Source, options: Options) -> Findings:
    problems: list[Problem] = []
    for found in read_rows(
        _line_rows(text, source.where, options.columns.get("text"), problems), where=source.where, stem=source.stem, options=options
    ):
        yield from problems
        problems.clear()
        yield found
    yield from problems


def _line_rows(text: str, where: str, text_column: str | None, problems: list[Problem]) -> Iterator[_Row]:
    for number, match in enumerate(re.finditer(r"[^\n]*\n|[^\n]+\Z", text), start=1):  # not splitlines: JSON may hold U+2028 as it is
        line = match.group().strip()
        if not line:
            continue
        try:
            value = parse_json(line)
        except json.JSONDecodeError as error:
            problems.append(Problem(where, f"not JSON (column {error.colno}: {error.msg})", line=number))
            continue
        except RecursionError:
            problems.append(Problem(where, "not read: the JSON is nested too deep", line=number))
            continue
        rows = list(_unwrap(value, text_column))
        if not rows:
            problems.append(Problem(where, f"not an object but {type(value).__name__}", line=number))
        yield from ((number, row) for row in rows)


def _is_json(text: str) -> bool:
    try:
        parse_json(text)
    except (json.JSONDecodeError, RecursionError):
        return False
    return True


def _unwrap(value: Any, text_column: str | None) -> Iterator[dict[str, Any]]:
    """The objects that stand for articles. Those in a wrapper inherit its plain fields (an event's date, a query's language)."""
    if isinstance(value, list):
        for item in value:
            yield from _unwrap(item, text_column)
        return
    if not isinstance(value, dict) or not value:
        return
    row = flat(value)
    if text_column in row or any(normal_name(name) in FIELDS["text"] and row[name] for name in row):
        yield row
        return
    inner = next((value[name] for name in value if normal_name(name) in _WRAPPERS and isinstance(value[name], (list, dict))), None)
    if inner is None and all(isinstance(item, dict) for item in value.values()):
        inner = [item if "id" in item else {"id": key, **item} for key, item in value.items()]  # objects by id
    if inner is None:
        yield row
        return
    plain = {name: cell for name, cell in value.items() if isinstance(cell, (str, int, float)) and normal_name(name) not in _OF_THE_ANSWER}
    outer_id = plain.pop("id", None)
    for number, item in enumerate(_unwrap(inner, text_column), start=1):
        yield plain | ({} if outer_id is None else {"id": f"{outer_id}-{number}"}) | item
