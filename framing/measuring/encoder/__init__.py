"""One small shipped encoder: text in, one vector a word piece out. Measures put their heads on it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from framing.article import Article
from framing.resources import load_weights
from framing.text import Span, quotations
from framing.text.escaping import whole_characters

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

SIZE = 384  # numbers in a vector
WINDOW = 254  # pieces the encoder reads at a time, without the two that open and close every window
BREAK = "[unused0]"  # stands between two paragraphs
N_SHAPES = 8
_OPENS, _CLOSES = 101, 102  # the pieces that open and close a window


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

    def first(self) -> NDArray[np.int64]:
        """The piece with which each paragraph begins; a break belongs to the paragraph behind it."""
        breaks = np.flatnonzero(self.starts == self.ends)
        return np.append(np.zeros(min(1, len(self)), dtype=np.int64), breaks)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the encoder read: the pieces and a vector for each, shape (n_pieces, 384)."""

    pieces: Pieces
    vectors: NDArray[np.float32]


@cache
def tokenizer() -> Tokenizer:
    from tokenizers import Tokenizer

    return Tokenizer.from_str(load_weights("measuring/encoder/tokenizer.json").decode("utf-8"))


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
    straight = whole_characters("".join([*parts, straight[at:]]))
    quoted = np.cumsum(inside) > 0
    cut = tokenizer()
    gap: int = cut.token_to_id(BREAK) or 0
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
    return Pieces(np.array(ids, dtype=np.int64), starts, ends, np.array(shapes, dtype=np.int64) + 4 * quoted[starts])


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


@cache
def network(name: str) -> InferenceSession:
    """A shipped network by its name, on one thread, so that its sums are made in the same order everywhere.

    Notes
    -----
    onnxruntime 1.32 writes a device id and a store of events into the user's cache, and after some seconds looks up its maker's host to
    send them. Only ``ORT_DISABLE_TELEMETRY``, set before its first import, stops that (``disable_telemetry_events()`` does not), so it
    is set here and stays set for the rest of the process and its children; a value that the user has set is left alone. If the user's
    own program imported onnxruntime earlier, this comes too late: set the variable before that import, or before Python starts.
    """
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return InferenceSession(load_weights(f"{name}.onnx"), options, providers=["CPUExecutionProvider"])


def vectors(found: Pieces) -> NDArray[np.float32]:
    """One vector a word piece, shape (n_pieces, 384).

    Notes
    -----
    Each window is read by itself, and its 8-bit arithmetic depends on nothing outside it: the vectors of an article are the same to the
    last bit whatever was read before it or is read beside it.
    """
    read = []
    for start, end in windows(found):
        ids = np.concatenate([[_OPENS], found.ids[start:end], [_CLOSES]])[np.newaxis]
        shapes = np.pad(found.shapes[start:end], 1)[np.newaxis]
        read.append(network("measuring/encoder/encoder").run(None, {"ids": ids, "shapes": shapes})[0][0, 1:-1])
    return np.concatenate(read) if read else np.zeros((0, SIZE), dtype=np.float32)


def read(article: Article) -> Reading:
    """One pass over an article's body; every head works on what it gives."""
    return read_spans(article.plain, article.spans())


def read_spans(text: str, paragraphs: Sequence[Span]) -> Reading:
    """One pass over these paragraphs alone, such as a headline."""
    found = pieces(text, paragraphs)
    return Reading(found, vectors(found))
