"""Which outlet a web address belongs to."""

from __future__ import annotations

import re
from functools import cache

from framing.resources import load_table

_HOST = re.compile(
    r"(?:[a-z][a-z0-9+.-]{0,20}:)?(?://)?(?:[^/@\s]{1,200}@)?([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})\.?(?::\d{1,5})?(?=[/?#]|$)", re.IGNORECASE
)
_FRONT = re.compile(r"^(?:(?:www\d?|m|mobile|amp|edition|eu|us|uk)\.)+(?=[^.]+\.[^.]+)")


@cache
def _known() -> dict[str, str]:
    return {row["host"]: row["outlet"] for row in load_table("readers/outlet_hosts")}


def host_of(address: str | None) -> str | None:
    """The host of a web address (or a bare host) in lower case, without ``www.`` or ``m.``; None if it is no address.

    Examples
    --------
    >>> host_of("https://www.vantryherald.example/2024/03/04/strike?x=1")
    'vantryherald.example'
    >>> host_of("The Vantry Herald") is None
    True
    """
    match = _HOST.match(address.strip()) if address else None
    if match is None:
        return None
    host = match.group(1).lower()
    return _FRONT.sub("", host) if not host.replace(".", "").isdigit() else None


def outlet_of(address: str | None) -> str | None:
    """The outlet's name from the table of known hosts (``framing/readers/outlet_hosts.tsv``), else the bare host.

    A host below a known one belongs to it: ``politics.blogs.cnn.com`` is CNN.

    Examples
    --------
    >>> outlet_of("https://www.nytimes.com/2020/01/02/world/story.html")
    'The New York Times'
    >>> outlet_of("http://www.smalltownnews.example/a")
    'smalltownnews.example'
    """
    host = host_of(address)
    if host is None:
        return None
    known = _known()
    above = host
    while "." in above:
        if above in known:
            return known[above]
        above = above.split(".", 1)[1]
    return host


def is_known_outlet(name: str) -> bool:
    """Whether a name is one of the table's outlets, with or without "The"."""
    return name.casefold().removeprefix("the ") in _outlets()


@cache
def _outlets() -> frozenset[str]:
    return frozenset(outlet.casefold().removeprefix("the ") for outlet in _known().values())
