"""The encoder engine's head: label scores from the encoder's vectors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from framing.measuring.attribution.tagger import Tokens
from framing.measuring.encoder import Reading, read_spans
from framing.resources import load_arrays
from framing.text import Span
from framing.threads import one_thread


@one_thread
def scores(reading: Reading) -> tuple[Tokens, NDArray[np.float32]]:
    """Word pieces and one score a label for each, shape (n_pieces, 7)."""
    return _scores(reading)


@one_thread
def scores_of(text: str, paragraphs: Sequence[Span]) -> tuple[Tokens, NDArray[np.float32]]:
    """The same for some paragraphs read by themselves, such as a headline."""
    return _scores(read_spans(text, paragraphs))


def _scores(reading: Reading) -> tuple[Tokens, NDArray[np.float32]]:
    head = load_arrays("measuring/attribution/head")
    pieces = reading.pieces
    return Tokens(pieces.starts, pieces.ends, pieces.first()), reading.vectors @ head["weight"] + head["bias"]
