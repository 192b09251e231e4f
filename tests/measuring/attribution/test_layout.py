"""Attributions that only the layout makes."""

from __future__ import annotations

import pytest

from framing.measuring.attribution.layout import by_layout
from framing.text import paragraph_spans, quotations

LAID_OUT = [
    ("LENA HORVAT: The numbers are wrong.", [("LENA HORVAT", ":", "The numbers are wrong.")]),
    ("Poll: Voters want the port to reopen", [("Poll", ":", "Voters want the port to reopen")]),
    ("Photo: The port of Port Sallow at night", []),
    ("Note: The port was closed all day", []),
    ("Horvat: No.", []),
    ("It was late: the port had closed for the night.", []),
    ('"It is ours."\n\n— Bram Tolliver, union leader', [("Bram Tolliver, union leader", "—", '"It is ours."')]),
    ('"It is ours." — Bram Tolliver', [("Bram Tolliver", "—", '"It is ours."')]),
    ("“It is ours.” -- Bram Tolliver", [("Bram Tolliver", "--", "“It is ours.”")]),
    ('He said "it is ours" — Tolliver and all the others who had come to the port that night heard it and they told it to everybody', []),
    ('"It is ours," he said — Bram Tolliver', []),
    ("It is ours.\n\n— Bram Tolliver", []),
]


@pytest.mark.parametrize(("text", "expected"), LAID_OUT, ids=[row[0][:50] for row in LAID_OUT])
def test_layout(text: str, expected: list[tuple[str, str, str]]) -> None:
    paragraphs = paragraph_spans(text)
    found = by_layout(text, paragraphs, quotations(text, paragraphs))
    assert [(f.source[0].of(text), f.cue[0].of(text), f.content[0].of(text)) for f in found] == expected
