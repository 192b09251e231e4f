"""Text as no newspaper prints it, for properties that hold whatever comes."""

from __future__ import annotations

import time
from collections.abc import Callable

from hypothesis import settings
from hypothesis import strategies as st

PIECES = [
    "The mayor", "said", "U.S.", "Mr.", "Renk", "p.m.", "No.", "no.", "A.", "…", "...", "?!", "!", ".", ",",
    '"', "“", "”", "„", "«", "»", "``", "''", "'", "‘", "’", "’’", "isn’t", "dockers’", "(", ")", "—",
    " ", "  ", "\n", "\n\n", "\r\n", "\r\n\r\n", "\u2028", "\x0b", "\x00", "3.5", "10,000", "é", "日本", "🙂", "\ud800",
]  # fmt: skip
pieces = st.sampled_from(PIECES)
relaxed = settings(deadline=None, max_examples=150)
messy = st.lists(pieces | st.text(max_size=3), max_size=40).map("".join) | st.lists(pieces, max_size=40).map(" ".join)

HOSTILE = {
    "straight marks": '"', "stops": ".", "no stops": "word ", "one word": "w", "stop and mark": '.")', "curly marks": "“",
    "opening singles": "'a ", "closing singles": "s’ ", "joined singles": "–'a", "open single": " ‘a b’s’ c", "ticks": "`",
    "line ends": "\n \n", "carriage returns": "\r ", "spaces": " ", "numbers": "1:", "initials": "U.S. ", "apostrophes": "a'",
    "stops and spaces": ".  ", "mark and letter": '. "A',
}  # fmt: skip


def assert_linear(measure: Callable[[str], object], unit: str) -> None:
    """Time must grow with the length of a text only, whatever it repeats."""

    def seconds(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size]
        start = time.process_time()
        measure(text)
        return time.process_time() - start

    small, large = seconds(30_000), seconds(240_000)
    assert large < 2.0 or large < 30 * small  # eight times the text; in squared time 240,000 characters take half a minute
