"""Characters and offsets, in no language: spans, words, paragraphs, quotation marks; and text made fit to be shown."""

from framing.text.quotations import Quotation, quotations
from framing.text.spans import Span, blank, merged, touched
from framing.text.words import count_words, how_many, paragraph_spans, word_strings, words

__all__ = [
    "Quotation",
    "Span",
    "blank",
    "count_words",
    "how_many",
    "merged",
    "paragraph_spans",
    "quotations",
    "touched",
    "word_strings",
    "words",
]
