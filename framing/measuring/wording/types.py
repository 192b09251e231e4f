"""What is found: hedges, boosters, passives, nominalisations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from framing.text import Span

Kind = Literal["hedge", "booster", "passive", "nominalisation"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Wording:
    """One hedge, booster, passive or nominalisation.

    Attributes
    ----------
    span : Span
        Into ``Article.text``. A passive runs from its form of "be" or "get" to the participle; where one form serves two participles
        ("was arrested and charged"), the second is found by itself. A nominalisation runs from its article or the noun to "of".
    kind : {"hedge", "booster", "passive", "nominalisation"}
    words : str
        As they stand in the text without its markup, white space made single.
    agent : bool or None
        For a passive, whether a by-phrase names who did it; None for other kinds.
    """

    span: Span
    kind: Kind
    words: str
    agent: bool | None = None


Found = tuple[int, int, Kind, bool | None]  # first word, the one behind the last, kind, agent
