"""What printed names are made of: capitalised words, titles and particles, as pieces of patterns."""

from __future__ import annotations

from itertools import groupby

from framing.english.grammar import any_of, printed, words_of_class

INITIALS = r"[^\W\d_a-z]\.(?:[^\W\d_a-z]\.)*"  # "J.", "U.S."
CAPITALISED = r"[^\W\d_a-z][\w'’-]*"
NAME_WORD = rf"(?:{INITIALS}|{CAPITALISED})"
TITLE = any_of("title_dotted", capital=True)
OFFICE = any_of("title_office", capital=True)  # of these titles those that tell a role
SAINT = any_of("saint", capital=True)
PARTICLE = any_of("particle")
PARTICLE_MORE = any_of("particle_more")
SUFFIX = any_of("suffix", capital=True)


def title_stop() -> str:
    """A pattern for the stop of a title. It begins with what is rare and looks back, which is several times faster than a list of words."""
    titles = sorted(map(printed, words_of_class("title_dotted")), key=len)
    looks = (rf"(?<=\b(?:{'|'.join(several)})\.)" for _, several in groupby(titles, key=len))
    return rf"\.(?:{'|'.join(looks)})"


def stop_of_none(titles: str) -> str:
    """A pattern for a stop that does not belong to one of these alternatives."""
    return "".join(rf"(?<!\b{title})" for title in titles.split("|")) + r"\."
