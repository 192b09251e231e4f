"""Who says what: the types every engine returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from framing.text import Span

Form = Literal["direct", "indirect", "mixed"]
SourceType = Literal[
    "official",
    "politician",
    "expert",
    "business",
    "civil_society",
    "citizen",
    "celebrity",
    "media",
    "document",
    "unnamed",
    "unknown",
]
SOURCE_TYPES: tuple[SourceType, ...] = get_args(SourceType)


@dataclass(frozen=True, slots=True)
class Attribution:
    """One source saying, thinking or wanting one thing.

    Attributes
    ----------
    source : tuple of Span
        Whom it is ascribed to, with title and apposition where they stand beside the name. Empty where nobody is named.
    cue : tuple of Span
        The words that ascribe it ("said in a statement", "according to"). Empty for a quotation that stands alone.
    content : tuple of Span
        What is ascribed, quotation marks included; several spans where the cue or another sentence divides it. Never empty.
    form : {"direct", "indirect", "mixed"}
        Wholly between quotation marks, wholly without, or with a quoted fragment in it.
    speaker : str or None
        The source by its full name where the article gives one and only one person fits; None where that is open.
    source_type : str
        One of :data:`SOURCE_TYPES`.
    confidence : float
        In (0, 1]: how often an attribution found this way is right.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    form: Form
    speaker: str | None = None
    source_type: SourceType = "unknown"
    confidence: float = 1.0

    @property
    def start(self) -> int:
        """Offset at which the content begins."""
        return self.content[0].start
