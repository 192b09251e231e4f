"""Characters and offsets, in no language: spans, words, paragraphs, quotation marks; and text made fit to be shown."""

from framing.text.odd import as_printed, even, unaccented
from framing.text.quotations import Quotation, quotations, unpaired
from framing.text.spans import Span, blank, merged, touched
from framing.text.words import count_words, how_many, paragraph_spans, word_strings, words

__all__ = [
    "Quotation",
    "Span",
    "as_printed",
    "blank",
    "count_words",
    "even",
    "how_many",
    "merged",
    "paragraph_spans",
    "quotations",
    "touched",
    "unaccented",
    "unpaired",
    "word_strings",
    "words",
]
