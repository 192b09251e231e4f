"""What readers of an article are told of its sources, in words; who is counted, and who is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from framing.choices import UNNAMED
from framing.measuring.attribution import Attribution
from framing.measuring.attribution.cited import UNKNOWN, manner, speakers, who
from framing.measuring.attribution.types import statements
from framing.measuring.page import Page
from framing.text import how_many, word_strings
from framing.text.escaping import clipped, label_of, one_line

_MOST = 120  # characters of one thing that is told
_SHORT = 3  # letters of words that tell nothing new ("a", "the", "for")
_KEPT_BACK, _NOT_GIVEN = "name kept back", "no name given"


def about(page: Page, found: Attribution) -> str:
    """What the article tells of the source of one attribution besides its name, and how it is quoted.

    Title, kind, on whose behalf, whether the name is given, why it may know, how it is quoted. What the words shown for the source tell
    already is not repeated.
    """
    return ", ".join(one_line(clipped(words, _MOST)) for words in _told(page, found))


def _told(page: Page, found: Attribution) -> Iterator[str]:
    name = who(page.article, found)
    known = _telling(name)
    title, behalf = found.title or "", found.speaks_for or ""
    reason, why = (page.words_at(span) if span else "" for span in (found.anonymity_reason, found.qualification))
    why = why if _telling(why) - known - _telling(title) - _telling(behalf) - _telling(reason) else ""
    if _telling(title) - known - _telling(why):
        yield title
    kind = label_of(found.source_type)
    yield "kind unknown" if kind == "unknown" else kind
    if _telling(behalf) - known:
        yield f"{'by' if found.naming == 'document' else 'for'} {behalf}"
    if naming := _not_named(found):
        yield naming
    if reason:
        yield f"reason given: “{reason}”"
    if why:
        yield f"introduced as “{why}”"
    if found.refusal:
        yield "no answer (not counted)"
    else:
        yield manner(found).removesuffix(f", {_KEPT_BACK}")
    if found.headline:
        yield "in the headline" if found.refusal else "in the headline (not counted)"


def _not_named(found: Attribution) -> str:
    if found.naming == "anonymous":
        return _KEPT_BACK
    return _NOT_GIVEN if found.naming in UNNAMED else ""


def _telling(words: str) -> set[str]:
    return {word for word in word_strings(words.casefold()) if len(word) > _SHORT}


def cited(page: Page, attributions: Sequence[Attribution]) -> list[tuple[str, str, int]]:
    """Who is cited by name or in words, the most cited first: name, kind with a name that is not given, number of statements."""
    counted = statements(attributions)
    known = [speaker for speaker in speakers(page.article, counted).values() if speaker.name != UNKNOWN]
    naming = {who(page.article, found).casefold(): f", {told}" for found in counted if (told := _not_named(found))}
    return [
        (speaker.name, f"{speaker.kind}{naming.get(speaker.name.casefold(), '')}", len(speaker.numbers))
        for speaker in sorted(known, key=lambda s: -len(s.numbers))
    ]


def silent(page: Page, attributions: Sequence[Attribution]) -> list[tuple[str, int]]:
    """Who is said not to answer, and how often, in text order."""
    return list(Counter(who(page.article, found) for found in attributions if found.refusal).items())


def how_many_counted(attributions: Sequence[Attribution]) -> str:
    """How many statements there are, and what is shown beside them without being counted."""
    refusals = sum(found.refusal for found in attributions)
    headline = sum(found.headline and not found.refusal for found in attributions)
    beside = [how_many(refusals, "refusal")] * bool(refusals) + [f"{headline} in the headline"] * bool(headline)
    counted = how_many(len(statements(attributions)), "attribution")
    return f"{counted}; not counted: {', '.join(beside)}" if beside else counted
