"""What the engine of a page finds in some of its paragraphs, before it is known what of it is a statement and who speaks."""

from __future__ import annotations

from collections.abc import Sequence

from framing.measuring.attribution import encoded, fast, learned, rules
from framing.measuring.attribution.types import Found
from framing.measuring.encoder import read_spans
from framing.measuring.page import Page
from framing.text import Quotation, Span


def find(page: Page, paragraphs: Sequence[Span], quotes: Sequence[Quotation], masked: str, flat: str) -> list[Found]:
    """Attributions in the body, or in other paragraphs read by themselves.

    Parameters
    ----------
    masked, flat : str
        The text with these quotations masked and flattened, see :func:`framing.measuring.attribution.rules.mask`.
    """
    text = page.text
    if page.engine == "rules":
        return rules.find(text, paragraphs, quotes, masked, flat)
    if page.engine == "encoder":
        tokens, scores = encoded.scores(page.reading if paragraphs is page.body else read_spans(text, paragraphs))
    else:
        tokens, scores = fast.scores(text, paragraphs, quotes)
    return learned.read(text, paragraphs, quotes, tokens, scores, engine=page.engine)
