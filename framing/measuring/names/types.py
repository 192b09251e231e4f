"""What a mention of a name is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from framing.text import Span

Kind = Literal["person", "organisation", "place", "group"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Name:
    """One mention of a person, an organisation, a place or a group in an article.

    Attributes
    ----------
    span : Span
        The name as printed, in ``Article.text``: without titles, a leading "the" and a genitive ending.
    name : str
        The fullest form by which the article names this one: "Jan Roe" where the mention is "Roe".
    kind : {"person", "organisation", "place", "group"}
        A group is a people, a party's members or a faith ("Republicans", "Russians", "Muslims").
    """

    span: Span
    name: str
    kind: Kind
