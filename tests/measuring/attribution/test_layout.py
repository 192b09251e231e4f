"""Attributions that only the layout makes."""

from __future__ import annotations

import pytest

from framing.choices import Engine
from framing.measuring.attribution import find_attributions
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
    ("LENA HORVAT, DOCKERS' LEADER: The numbers are wrong.", [("LENA HORVAT", ":", "The numbers are wrong.")]),
    ("LENA HORVAT, HOST (on tape): The numbers are wrong.", [("LENA HORVAT", ":", "The numbers are wrong.")]),
    ("Quay open again. — Lena Horvat (@lenah) May 3, 2023", [("Lena Horvat", "—", "Quay open again.")]),
    ("Quay open again. — Lena Horvat (@lenah)", [("Lena Horvat", "—", "Quay open again.")]),
    ("She wrote it to — Lena Horvat (@lenah) saw it — and to others.", []),
    ("— Lena Horvat (@lenah) May 3, 2023", []),
]


@pytest.mark.parametrize(("text", "expected"), LAID_OUT, ids=[row[0][:50] for row in LAID_OUT])
def test_layout(text: str, expected: list[tuple[str, str, str]]) -> None:
    paragraphs = paragraph_spans(text)
    found = by_layout(text, paragraphs, quotations(text, paragraphs))
    assert [(f.source[0].of(text), f.cue[0].of(text), f.content[0].of(text)) for f in found] == expected


INTERVIEWS = [
    ("Lena Horvat leads the union.\n\nQ: Why now?\n\nA: Because we had to.\n\nIt was late.\n\nQ: And then?\n\nA: We go.", 2),
    ("Lena Horvat leads the union.\n\nWhat did you want?\n\nI wanted a room.\n\nAnd then?\n\nWe go on, and that is good.", 2),
    ("The virus spreads.\n\nWhat is it?\n\nA small thing.\n\nCan you get it twice?\n\nDoctors say no.", 0),  # the outlet answers
    ("The virus spreads.\n\nWhat can you do?\n\nWash.\n\nIs it bad?\n\n“I was ill,” said Roe.", 0),
    ("I read it twice.\n\nHe asks for trust. Who would give it to you?\n\nI would not.\n\nHe was late. Has he said why?\n\nWe wait.", 0),
    ("Why did you come?\n\nI like it.", 0),  # one question is none
]


@pytest.mark.parametrize(("text", "n"), INTERVIEWS, ids=[row[0][:40] for row in INTERVIEWS])
@pytest.mark.parametrize("engine", ["rules", "fast", "encoder"])
def test_answers_of_an_interview(text: str, n: int, engine: Engine) -> None:
    found = [a for a in find_attributions(text, engine=engine) if not a.source or a.source[0].of(text) == "A"]
    assert [a.speaker for a in found if len(a.content) and a.content[0].start in _paragraphs_of(text)] == ["Lena Horvat"] * n


def _paragraphs_of(text: str) -> set[int]:
    starts = {span.start for span in paragraph_spans(text)}
    return starts | {start + 3 for start in starts}


def test_of_several_people_nobody_is_the_one_interviewed() -> None:
    text = "Lena Horvat met Otto Kell.\n\nQ: Why now?\n\nA: Because we had to leave.\n\nQ: And then?\n\nA: We go home now."
    assert [a.speaker for a in find_attributions(text, engine="rules")] == [None, None]
