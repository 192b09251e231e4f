"""What a page says of itself before it begins: YAML between ``---`` lines, or lines like ``Title: ...``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from framing.readers.cells import as_list, as_words
from framing.readers.records import FIELDS, flat, normal_name
from framing.text import Span

_OPENS = re.compile(r"\s{0,20}---[ \t]*(?:\r\n|\r|\n)")
_CLOSES = re.compile(r"(?:---|\.\.\.)[ \t]*\Z")
_KEY = re.compile(r"([A-Za-z][\w .-]{0,40}?)[ \t]*:(?:[ \t]+|$)(.*)")
_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_LINE_END = re.compile(r"\r\n|\r|\n")
_NOT_A_REMARK = re.compile(r"[ \t]*#\S[^\r\n]*")
_KNOWN = {usual: name for name, names in FIELDS.items() if name != "text" for usual in names} | {"by": "authors"}
_BLANK = re.compile(r"\s{0,1000}")
_MAX_LINES, _MAX_CHARACTERS, _MAX_DEPTH = 1000, 50_000, 10


@dataclass
class FrontMatter:
    """What was found.

    Attributes
    ----------
    span : Span
        Empty if there is no front matter.
    known : dict
        Fields of an article under their usual names (``FIELDS``); several values are joined with ``"; "``.
    other : dict
        All else, the parts of something nested under names with dots.
    doubt, line : str and int, or None
        What to tell of it, and where.
    """

    span: Span
    known: dict[str, str] = field(default_factory=dict)
    other: dict[str, str] = field(default_factory=dict)
    doubt: str | None = None
    line: int | None = None


def read_front_matter(text: str) -> FrontMatter:
    """The front matter of a page: YAML between ``---`` lines, every value as the words that stand there (a date, ``no`` and ``1.0`` too).

    What is not YAML is read line by line as ``key: value``, and a doubt says so. Anchors, aliases and tags count as that: they make a
    huge text of a short one, and in front matter they are mostly words that lack their quotation marks (``*Breaking*``).

    Without ``---`` lines, the page's first lines are front matter while they are ``Key: value`` with a known key (or, right below a known
    one, any key).
    """
    opening = _OPENS.match(text)
    if opening is None:
        return _plain(text)
    start = after = opening.end()
    first: re.Match[str] | None = None
    for _ in range(_MAX_LINES):
        line = _LINE.match(text, after)
        if line is None or after >= len(text):
            break
        if _CLOSES.match(line.group(1)):
            return _fenced(text, Span(start, after), Span(0, line.end()).trim(text))
        if first is None and line.group(1).strip() and not line.group(1).startswith("#"):
            first = _KEY.match(line.group(1))
            if first is None:
                return _plain(text)  # a rule above an ordinary page
        after = line.end()
    found = _plain(text)
    if first is not None and normal_name(first.group(1)) in _KNOWN:
        found.doubt = f"front matter begins here and no line '---' among the next {_MAX_LINES:,} ends it; it is not read"
        found.line = _line_at(text, start) - 1
    return found


def _line_at(text: str, place: int) -> int:
    return len(_LINE_END.findall(text, 0, place)) + 1


def _fenced(text: str, inside: Span, span: Span) -> FrontMatter:
    found = FrontMatter(span)
    block = inside.of(text)
    try:
        if len(block) > _MAX_CHARACTERS:
            raise yaml.YAMLError(f"more than {_MAX_CHARACTERS:,} characters")
        pairs = list(_pairs(block))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        found.line = _line_at(text, inside.start + (mark.index if mark else getattr(error, "position", 0)))
        why = getattr(error, "problem", None) or str(error).splitlines()[0]
        found.doubt = (
            f"the front matter is not plain YAML ({why}); it is read line by line, without what is nested or folded in it; a value with"
            " ': ' inside, or with a sign like * or @ in front, wants quotes"
        )
        pairs = list(_line_pairs(block))
    for key, value in pairs:
        _put(found, key, value)
    return found


class _Loader(yaml.BaseLoader):  # type: ignore[misc]
    """YAML without anchors, aliases and tags, nested no deeper than ten."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()
        if isinstance(event, yaml.AliasEvent) or event.anchor or event.tag:
            raise yaml.composer.ComposerError(None, None, "anchors (&), aliases (*) and tags (!) are not read", event.start_mark)
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise yaml.composer.ComposerError(None, None, f"nested deeper than {_MAX_DEPTH}", event.start_mark)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def _pairs(block: str) -> Iterator[tuple[str, Any]]:
    """Keys and values of a YAML mapping, repeated keys too; a value is a str, or a list or dict of such."""
    node = yaml.compose(block, Loader=_Loader)
    if node is None:
        return
    if not isinstance(node, yaml.MappingNode):
        raise yaml.YAMLError("no keys with values")
    for key, value in node.value:
        yield str(_content(key, block)), _content(value, block)


def _content(node: yaml.Node, block: str) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return [_content(item, block) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return {str(_content(key, block)): _content(value, block) for key, value in node.value}
    if node.style is not None:  # quoted or folded
        return node.value
    # A remark has a space behind its sign; "#MeToo" and "Pier #2" are words.
    words = _NOT_A_REMARK.match(block, node.end_mark.index)
    return "" if node.value in ("~", "null") else node.value + (words.group() if words else "")


def _line_pairs(block: str) -> Iterator[tuple[str, str]]:
    """Keys and values of lines like ``key: value``, and of the ``- value`` below them."""
    key = ""
    for line in _LINE_END.split(block):
        words = line.strip()
        pair = _KEY.match(words)
        if words.startswith("- ") and key:
            yield key, _unquoted(words[2:])
        elif pair and not line.startswith((" ", "\t")):
            key, value = pair.groups()
            listed = value.startswith("[") and value.endswith("]")
            yield from ((key, _unquoted(item)) for item in (value[1:-1].split(",") if listed else [value]))


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


def _put(found: FrontMatter, key: str, value: Any) -> None:
    known = _KNOWN.get(normal_name(key))
    if known == "authors" and isinstance(value, (dict, list)):
        people = value if isinstance(value, list) else [value]
        _add(found, key, "; ".join(as_list(people)))
        if any(isinstance(person, (dict, list)) and set(person) != {"name"} for person in people):
            found.other[key] = as_words(value) or ""  # more than their names
    elif isinstance(value, dict):
        for name, part in flat({key: value}).items():
            _add(found, key if known and name == f"{key}.name" else name, as_words(part))
    else:
        _add(found, key, as_words(value))


def _add(found: FrontMatter, key: str, value: str | None) -> None:
    known = _KNOWN.get(normal_name(key))
    place, name = (found.known, known) if known else (found.other, key)
    if value and name:
        value = value.strip("<>") if re.match(r"<https?://", value) else value
        value = " ".join(value.split()) if known and "\n" in value else value
        place[name] = f"{place[name]}; {value}" if name in place else value


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'" else value
