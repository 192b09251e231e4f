"""What a page says of itself before it begins: a block between ``---`` lines, or lines like ``Title: ...``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from framing.readers.records import FIELDS, normal_name
from framing.text import Span

_FENCED = re.compile(r"\s{0,20}---[ \t]*(?:\r\n|\r|\n)")
_KEY = re.compile(r"([A-Za-z][\w .-]{0,40}?)[ \t]*:(?:[ \t]+|$)(.*)")
_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_KNOWN = {usual: name for name, names in FIELDS.items() if name != "text" for usual in names} | {"by": "authors"}
_BLANK = re.compile(r"\s{0,1000}")
_MAX_LINES = 200


@dataclass
class FrontMatter:
    """Known fields under their usual names (``FIELDS``), the rest in ``other``; ``span`` is empty if there is none."""

    span: Span
    known: dict[str, str] = field(default_factory=dict)
    other: dict[str, str] = field(default_factory=dict)


def read_front_matter(text: str) -> FrontMatter:
    """The front matter of a page. It is simple YAML: one key a line, values quoted or not, lists in brackets or with dashes.

    Without ``---`` lines, the page's first lines are front matter while they are ``Key: value`` with a known key (or, right below a known
    one, any key).
    """
    opening = _FENCED.match(text)
    if opening:
        found = _fenced(text, opening.end())
        if found:
            return found
    return _plain(text)


def _fenced(text: str, start: int) -> FrontMatter | None:
    found = FrontMatter(Span(0, 0))
    key = ""
    at = start
    for _ in range(_MAX_LINES):
        line = _LINE.match(text, at)
        if line is None or at >= len(text):
            return None
        at = line.end()
        words = line.group(1).strip()
        if words in ("---", "..."):
            found.span = Span(0, at).trim(text)
            return found
        pair = _KEY.match(words)
        if words.startswith("- ") and key:
            _put(found, key, words[2:])
        elif pair and not line.group(1).startswith((" ", "\t")):
            key = pair.group(1)
            for value in _values(pair.group(2)):
                _put(found, key, value)
        elif words and not words.startswith("#") and not key:
            return None  # a rule above an ordinary page
    return None


def _plain(text: str) -> FrontMatter:
    found = FrontMatter(Span(0, 0))
    at = _BLANK.match(text).end()  # type: ignore[union-attr]  # it always matches
    below_known = False
    for _ in range(_MAX_LINES):
        line = _LINE.match(text, at)
        if line is None or at >= len(text):
            break
        words = line.group(1).strip() if len(line.group(1)) <= 1000 else "-"
        pair = _KEY.match(words)
        if not words:
            below_known = False
        elif pair and pair.group(2) and normal_name(pair.group(1)) in _KNOWN and normal_name(pair.group(1)) != "source":
            _put(found, pair.group(1), _unquoted(pair.group(2)))
            found.span = Span(found.span.start, at + len(line.group(1).rstrip()))
            below_known = True
        elif pair and pair.group(2) and below_known and len(pair.group(1).split()) <= 2:
            _put(found, pair.group(1), _unquoted(pair.group(2)))
            found.span = Span(found.span.start, at + len(line.group(1).rstrip()))
        else:
            break
        at = line.end()
    found.span = found.span.trim(text)
    return found


def _put(found: FrontMatter, key: str, value: str) -> None:
    value = _unquoted(value)
    known = _KNOWN.get(normal_name(key))
    place, name = (found.known, known) if known else (found.other, key)
    if value and name:
        place[name] = f"{place[name]}; {value}" if name in place else value


def _values(value: str) -> list[str]:
    value = value.strip()
    if value.startswith("[") and value.endswith("]"):
        return [item for item in (piece.strip() for piece in value[1:-1].split(",")) if item]
    return [value]


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value.strip("<>") if re.match(r"<https?://", value) else value
