"""Every pattern that cuts English text into words, and what needs it in this form and no other.

They differ in hyphens, apostrophes, numbers and marks, and each is kept as it is by weights that were trained on its words, by published
figures, or by lists that are looked up with its words: another form changes what the library finds. Words that are only counted need no
language: :func:`framing.text.words`. Two more stand elsewhere: the encoder's word pieces (``measuring/encoder/tokenizer.json``) and the
chunks of ``measuring/tone/polarity.py``, which are TextBlob's to the last mark.
"""

from __future__ import annotations

import re

from framing.english.grammar import any_of

_WORD = r"\w+(?:['’]\w+)*"

TAGGED = re.compile(rf"{_WORD}|''|``|[^\w\s]")
"""Words and marks. The weights of the fast engine of attribution were trained on these (``measuring/attribution/fast.onnx``)."""

SCORED_TONE = re.compile(rf"{_WORD}|[^\w\s]")
"""Words and marks. The weights of the fast measures of tone were trained on these (``measuring/tone/words.npz``)."""

COMPARED = re.compile(rf"\d+(?:[.,:]\d+)*|{_WORD}")
"""Words. Figures of attribution count these, so that they stay comparable with published ones, which part "20th" ("20", "th")."""

HYPHENATED = re.compile(r"\w+(?:[-'’]\w+)*")
"""Words, hyphens kept. Lists of labels and of stances are looked up with these ("far-right")."""

TILES = re.compile(rf"{_WORD}|\W+")
"""Words and what stands between them, which together are the text. Lists of wording are looked up with these."""

_DESCRIBED = r"[\w&]+(?:[.'’-]+[\w&]+)*\.?"
DESCRIBED = re.compile(rf"{_DESCRIBED}|%")
"""Words that describe a source, stops and hyphens kept. Roles and institutions are looked up with these ("sen.", "u.s.", "ap-npr")."""

DESCRIBED_APART = re.compile(rf"{_DESCRIBED}|[,(\[;—–]")
"""The same words, and the marks that part a description from the next."""

QUOTED, QUOTED_ON = "\ue000", "\ue001"  # first and further characters of a quotation in a masked text
CLAUSE = re.compile(
    rf"{QUOTED}{QUOTED_ON}*|(?:[^\W\d_]\.){{2,}}|(?:{any_of('clause_stop', capital=True)})\."
    r"|\d+(?:[.,:]\d+)*%?|\w+(?:['’&-]\w+)*['’]?|[^\w\s]"
)
"""Words and marks of a masked text, a quotation as one. The precision of the rules of attribution was measured with these."""

CAPITALISED = re.compile(
    r"[^\W\d_a-z](?<![\w@#.&].)(?:\.(?:-?[^\W\d_a-z]\.)*(?:[^\W\d_a-z]\b(?!['’.]))?(?:-\w+)*(?:['’]s)?|"
    r"\w*(?:(?:[-'’&]|\.(?=com\b|org\b|gov\b|net\b))\w+)*)"
)
"""Capitalised words, of which names are made. It begins with what a word begins with and looks back from there: several times faster."""

LABELLED = re.compile(
    r"\([^()]{1,90}\)"  # a bracket behind a name
    r"|(?:\*{1,4}|[†‡✱¹²³⁴⁵⁶⁷⁸⁹]+)"  # a footnote's mark behind a name
    r"|[^\W_](?:[\w·]|[.'’&/-](?=\w))*\.?"  # a word
    r"|[^\s\w]"
)
"""Words, brackets and marks around a name that a legal label is about."""

IN_LABEL = re.compile(r"[^\W_][\w'’.-]*")
"""Words of a legal label, counted against those that no label has."""
