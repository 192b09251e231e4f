"""Everything this library raises on purpose, and the record of what could not be read.

A message says what is wrong, what was received, what is accepted and where. Problems with single rows or files are
not raised but collected as :class:`Problem`, so that the rest of a run goes on and nothing is lost in silence. Options are checked
where they enter, by the functions ``check_...``.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from numbers import Integral, Real
from pathlib import Path
from typing import Any


class FramingError(Exception):
    """Base of all errors of this library."""


class InputError(FramingError, ValueError):
    """An argument or option that cannot be used; the message lists what is accepted."""


class ReadingError(FramingError, ValueError):
    """An input that cannot be read at all: no such file, no articles in it, an unknown format."""


class UnknownNameError(FramingError, KeyError):
    """A measure, outlet or article id that is not there; the message lists the available ones."""

    def __str__(self) -> str:  # KeyError would show the repr of the message
        return str(self.args[0]) if self.args else ""


class NotFittedError(FramingError, RuntimeError):
    """A model was asked for results before ``fit``."""


class MissingDataError(FramingError, RuntimeError):
    """A file that this library ships, a word list or weights, is missing or damaged."""


class MissingLexiconError(MissingDataError, ImportError):
    """TextBlob is not installed, or its sentiment lexicon is not where this library knows to find it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that could not be read, or was read with a doubt.

    Attributes
    ----------
    where : str
        The file (or other name of the input).
    reason : str
        What is wrong, what was found and what would be accepted.
    line : int or None
        Line or row in the file, counted from 1, where that is known.
    article_id : str or None
        The article concerned, where one was read.
    lost : bool
        True if an article was left out because of it; False if the article was read and only a detail is missing.
    """

    where: str
    reason: str
    line: int | None = None
    article_id: str | None = None
    lost: bool = True

    def __str__(self) -> str:
        place = self.where if self.line is None else f"{self.where}:{self.line}"
        return f"{place}: {self.reason}"


def told(value: object) -> str:
    """What was received, for a message: as Python writes it, or only its type where that is long."""
    try:
        words = repr(value)
    except Exception:  # a number of too many digits, or an object that cannot write itself
        words = ""
    return words if words and len(words) <= 120 and "\n" not in words else f"a {type(value).__name__}"


def as_float(value: object) -> float:
    """A number as a float; NaN, which fails every check of a range, for what is no number (True and False are none) or too large."""
    if isinstance(value, bool) or not isinstance(value, Real):
        return math.nan
    try:
        return float(value)
    except OverflowError:
        return math.nan


def check_whole(name: str, value: object, least: int, most: int = 2**63 - 1) -> int:
    """The value as an int; InputError, which names the option, unless it is a whole number from ``least`` to ``most``."""
    if isinstance(value, bool) or not isinstance(value, Integral) or int(value) < least:
        raise InputError(f"{name} must be a whole number, {least} or more, got {told(value)}")
    if int(value) > most:
        raise InputError(f"{name} must be at most {most:,}, got {told(value)}")
    return int(value)


def check_name(name: str, value: object) -> None:
    """Raise InputError, which names the option, unless its value is a string."""
    if not isinstance(value, str):
        raise InputError(f"{name} must be a name (a string), got {told(value)}")


def items_of(value: object) -> list[Any] | None:
    """What a list or another collection holds; None for a string, a mapping and what is no collection."""
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
        return None
    try:
        return list(value)
    except TypeError:  # an array without dimensions
        return None


def check_names(name: str, value: object, kinds: tuple[type, ...] = (str,)) -> list[Any]:
    """The names as a list; InputError, which names the option, unless it is a list or another collection of them."""
    names = items_of(value)
    if names is None or not all(isinstance(one, kinds) for one in names):
        raise InputError(f"{name} must be a list of names, got {told(value)}")
    return names


def check_path(name: str, value: object) -> Path:
    """The path; InputError, which names the option, unless it can be the name of a file."""
    try:
        encoded = os.fsencode(value) if isinstance(value, str | os.PathLike) else b"\0"
    except (TypeError, UnicodeError):
        encoded = b"\0"
    if b"\0" in encoded:
        raise InputError(f"{name} must be a path, got {told(value)}")
    return Path(os.fsdecode(encoded))


def check_choice(name: str, value: object, accepted: Iterable[str]) -> None:
    """Raise InputError, which names the option, unless its value is one of these."""
    if not isinstance(value, str) or value not in accepted:
        raise InputError(f"{name} must be one of {', '.join(accepted)}, got {told(value)}")
