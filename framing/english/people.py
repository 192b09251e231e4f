"""What the lists know of people: given names, and well-known people."""

from __future__ import annotations

from functools import cache

from framing.resources import load_table


@cache
def given_names() -> dict[str, str]:
    """Given names in lower case with the gender, "m" or "f", of most people who bear them."""
    return {name: row["gender"] for row in load_table("english/given_names") for name in row["names"].split()}


@cache
def known_people() -> dict[str, str]:
    """Well-known people with what kind of source they are, by full name."""
    return {row["name"]: row["type"] for row in load_table("english/people")}


@cache
def only_bearers() -> dict[str, str]:
    """Last names that mean only one of the well-known people, with the full name."""
    last: dict[str, list[str]] = {}
    for row in load_table("english/people"):
        if not row["note"]:
            last.setdefault(row["name"].split()[-1], []).append(row["name"])
    return {word: names[0] for word, names in last.items() if len(names) == 1}
