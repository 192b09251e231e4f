"""How long an article is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from framing.measuring.measure import Column, Measure
from framing.measuring.page import Page


def _numbers(page: Page, findings: Sequence[Any]) -> dict[str, float]:
    return {"n_words": page.n_words, "n_sentences": len(page.sentences), "n_paragraphs": len(page.body)}


LENGTH = Measure(
    name="length",
    numbers=_numbers,
    columns=(
        Column("n_words", "Length of articles", "words", "writes longer articles", "writes shorter articles", report=True),
        Column("n_sentences", "Sentences per article", "count", "writes more sentences per article", "writes fewer sentences per article"),
        Column(
            "n_paragraphs", "Paragraphs per article", "count", "writes more paragraphs per article", "writes fewer paragraphs per article"
        ),
    ),
)
