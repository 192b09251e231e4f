"""Everything this library raises on purpose, and the record of what could not be read.

A message says what is wrong, what was received, what is accepted and where. Problems with single rows or files are
not raised but collected as :class:`Problem`, so that the rest of a run goes on and nothing is lost in silence.
"""

from __future__ import annotations

from dataclasses import dataclass


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
