"""What a cell of a table or a value of a JSON file says: words, names, a text, or nothing."""

from __future__ import annotations

import json
import re
from typing import Any

_NOTHING = frozenset({"", "none", "nan", "null", "nat", "n/a", "<na>"})


def parse_json(text: str, *, strict: bool = True) -> Any:
    """What ``json.loads`` gives; where a number has more digits than Python converts (4,300), all numbers of the text are left as words."""
    try:
        return json.loads(text, strict=strict)
    except json.JSONDecodeError:
        raise
    except ValueError:
        return json.loads(text, strict=strict, parse_int=str)


def is_missing(value: Any) -> bool:
    """Whether nothing is said: no cell, white space, "none", NaN and the like."""
    if value is None or (isinstance(value, str) and value.strip().lower() in _NOTHING):
        return True
    if isinstance(value, (list, tuple, dict, str)) or hasattr(value, "__len__"):
        return False
    try:
        return bool(value != value)  # NaN and NaT
    except TypeError:  # pandas.NA
        return True


def as_words(value: Any) -> str | None:
    """A cell as text: None if empty, lists joined with "; ", nested objects as JSON."""
    if is_missing(value):
        return None
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))  # ids that pandas turned into floats because one was missing
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        if all(isinstance(item, (str, int, float)) for item in value):
            return "; ".join(str(item) for item in value) or None
        return json.dumps(value, ensure_ascii=False, default=str)
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, dict) else str(value)


def as_list(value: Any) -> list[str]:
    """Names in a cell: a list's items (of objects their ``name``), or the cell itself."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, dict):
        value = [value]
    if isinstance(value, (list, tuple)):
        return [words for item in value if (words := as_words(item.get("name") if isinstance(item, dict) else item))]
    words = as_words(value)
    return [words.strip("[]").replace("'", "") if re.fullmatch(r"\['.*'\]", words) else words] if words else []


def as_text(value: Any) -> str:
    """The text of a cell as it stands; paragraphs or sections given as a list are joined by empty lines."""
    if isinstance(value, str):
        return value
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return "\n\n".join(piece for item in value if (piece := as_text(item)).strip())
    if isinstance(value, dict):
        return as_text([value[part] for part in ("summary", "headline", "text", "paragraphs", "sections") if part in value])
    return "" if is_missing(value) else str(value)
