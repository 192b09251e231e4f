"""What the two heads on the encoder share: where things stand in a reading, and small layers in plain numpy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from framing.measuring.encoder import Reading
from framing.text import Span

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Read:
    """An article's reading, asked by stretch of pieces."""

    reading: Reading

    def stretch(self, span: Span) -> tuple[int, int]:
        """The pieces that a span touches, from and to."""
        pieces = self.reading.pieces
        start = int(np.searchsorted(pieces.ends, span.start, side="right"))
        return start, max(start, int(np.searchsorted(pieces.starts, span.end)))

    def mean(self, start: int, end: int) -> Floats:
        total: Floats = np.add.reduce(self.reading.vectors[start:end], axis=0)
        return total / np.float32(max(1, end - start))


def gelu(x: Floats) -> Floats:
    activated: Floats = (0.5 * x * (1 + special.erf(x / np.sqrt(2)))).astype(np.float32)
    return activated


def softmax(x: NDArray[np.floating], axis: int = -1) -> NDArray[np.float64]:
    shares: NDArray[np.float64] = special.softmax(np.asarray(x, dtype=np.float64), axis=axis)
    return shares
