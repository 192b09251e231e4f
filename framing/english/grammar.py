"""Classes of words: the list of English ones, and the lists of measures that take from it."""

from __future__ import annotations

import re
from functools import cache

from framing.resources import load_table

ENGLISH = "english/grammar"


@cache
def words_of_class(name: str, table: str = ENGLISH) -> tuple[str, ...]:
    """The words of a class in the order of the list, each once.

    Parameters
    ----------
    name : str
        What the list's first column calls the class.
    table : str
        The list, a path without its ending: two columns, a class and its words. ``@name`` among the words stands for the words of
        another class of the same list or, where it has none, of the English one; in the row of that name always of the English one.
        ``-word`` behind takes a word out again.

    Raises
    ------
    KeyError
        If no such class is listed.

    Examples
    --------
    >>> words_of_class("possessive")
    ('his', 'her', 'its', 'their', 'our', 'my', 'your', 'whose')
    """
    listed = _rows(table)
    if name not in listed and table != ENGLISH:
        return words_of_class(name, ENGLISH)
    found: dict[str, None] = {}
    for word in listed[name]:
        if word[0] == "@":
            other = word[1:]
            found |= dict.fromkeys(words_of_class(other, ENGLISH if other == name else table))
        elif word[0] == "-":
            del found[word[1:]]
        else:
            found[word] = None
    return tuple(found)


@cache
def _rows(table: str) -> dict[str, list[str]]:
    return {name: words.split() for name, words in (row.values() for row in load_table(table))}


@cache
def word_class(name: str, table: str = ENGLISH) -> frozenset[str]:
    """The words of a class; see :func:`words_of_class`."""
    return frozenset(words_of_class(name, table))


def any_of(*names: str, capital: bool = False) -> str:
    """The words of classes as alternatives of a regular expression, without a group around them.

    Examples
    --------
    >>> any_of("article"), any_of("suffix", capital=True)
    ('the|a|an', 'Jr|Sr|II|III|IV')
    """
    several = dict.fromkeys(word for name in names for word in words_of_class(name))
    return "|".join(re.escape(printed(word) if capital else word) for word in several)


def printed(word: str) -> str:
    """A word of a list with the capitals it has in a name: "Sen", "III"."""
    return word.upper() if set(word) <= set("iv") else word.capitalize()


def singular(word: str) -> str:
    """A word without the ending of a plural, as far as its last letters tell.

    Examples
    --------
    >>> [singular(word) for word in ("dockers", "cities", "press", "crisis", "gas")]
    ['docker', 'city', 'press', 'crisis', 'gas']
    """
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
