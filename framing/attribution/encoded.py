"""The encoder engine's head: label scores from the encoder's vectors."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from framing.attribution.tagger import Tokens
from framing.encoder import Reading


@cache
def _head() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    with (files("framing") / "data" / "attribution_head.npz").open("rb") as file, np.load(file) as arrays:
        return arrays["weight"], arrays["bias"]


def scores(reading: Reading) -> tuple[Tokens, NDArray[np.float32]]:
    """Word pieces and one score a label for each, shape (n_pieces, 7)."""
    weight, bias = _head()
    pieces = reading.pieces
    return Tokens(pieces.starts, pieces.ends, pieces.first()), reading.vectors @ weight + bias
