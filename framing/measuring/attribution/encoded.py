"""The encoder engine's head: label scores from the encoder's vectors."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from framing.measuring.attribution.tagger import Tokens
from framing.measuring.encoder import Reading
from framing.resources import load_arrays
from framing.threads import one_thread


@one_thread
def scores(reading: Reading) -> tuple[Tokens, NDArray[np.float32]]:
    """Word pieces and one score a label for each, shape (n_pieces, 7)."""
    head = load_arrays("measuring/attribution/head")
    pieces = reading.pieces
    return Tokens(pieces.starts, pieces.ends, pieces.first()), reading.vectors @ head["weight"] + head["bias"]
