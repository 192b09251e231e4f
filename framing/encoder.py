"""One small shipped encoder: text in, one vector a word piece out. Measures put their heads on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from framing.text import Span, quotations

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WINDOW = 254  # pieces the encoder reads at a time, without the two that open and close every window
BREAK = "[unused0]"  # stands between two paragraphs
N_SHAPES = 8


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of some paragraphs of a text.

    Attributes
    ----------
    ids : int array, shape (n_pieces,)
        Row of each piece in the encoder's vocabulary. A break between two paragraphs is a piece without characters.
    starts, ends : int array, shape (n_pieces,)
        Half-open character offsets into the text.
    shapes : int array, shape (n_pieces,)
        0 break, 1 no capital, 2 first letter a capital, 3 all capitals; 4 more between quotation marks. The encoder's vocabulary has
        no capitals.
    """

    ids: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    shapes: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ids)


@cache
def tokenizer() -> Tokenizer:
    from tokenizers import Tokenizer

    return Tokenizer.from_str((files("framing") / "data" / "encoder_tokenizer.json").read_text(encoding="utf-8"))


_STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "`": "'"})


def pieces(text: str, paragraphs: Sequence[Span]) -> Pieces:
    """Cut paragraphs into word pieces, all quotation marks made straight; offsets are into ``text``."""
    marks = quotations(text, paragraphs)
    straight = text.translate(_STRAIGHT)
    inside = np.zeros(len(text) + 1, dtype=np.int64)
    parts, at = [], 0
    for mark in marks:
        inside[mark.inner.start] += 1
        inside[mark.inner.end] -= 1
        for start, end in ((mark.span.start, mark.inner.start), (mark.inner.end, mark.span.end)):
            if end - start in (1, 2) and start >= at:
                parts += [straight[at:start], '" '[: end - start]]
                at = end
    straight = "".join([*parts, straight[at:]])
    inside = np.cumsum(inside) > 0
    cut = tokenizer()
    gap = cut.token_to_id(BREAK)
    ids: list[int] = []
    offsets: list[tuple[int, int]] = []
    for paragraph, encoded in zip(
        paragraphs, cut.encode_batch([straight[p.start : p.end] for p in paragraphs], add_special_tokens=False), strict=True
    ):
        if ids:
            ids.append(gap)
            offsets.append((paragraph.start, paragraph.start))
        ids += encoded.ids
        offsets += [(start + paragraph.start, end + paragraph.start) for start, end in encoded.offsets]
    starts, ends = np.array(offsets, dtype=np.int64).reshape(-1, 2).T
    shapes = [_shape(text[start:end]) for start, end in offsets]
    return Pieces(np.array(ids, dtype=np.int64), starts, ends, np.array(shapes, dtype=np.int64) + 4 * inside[starts])


def _shape(piece: str) -> int:
    return 0 if not piece else 3 if len(piece) > 1 and piece.isupper() else 2 if piece[0].isupper() else 1


def windows(found: Pieces) -> list[tuple[int, int]]:
    """Stretches of at most ``WINDOW`` pieces that together hold every piece once, cut between paragraphs where that is possible.

    A paragraph longer than a window is cut where the window ends.
    """
    n = len(found)
    breaks = np.flatnonzero(found.starts == found.ends)
    cuts, at = [0], 0
    while n - at > WINDOW:
        last = int(np.searchsorted(breaks, at + WINDOW, side="right")) - 1
        at = int(breaks[last]) if last >= 0 and breaks[last] > at + WINDOW // 3 else at + WINDOW
        cuts.append(at)
    return list(zip(cuts, [*cuts[1:], n], strict=True)) if n else []
