"""How do these outlets tell the same story differently?

Articles come in, spans are found in them, spans are counted into tables, tables are compared, comparisons are drawn; and from any
drawn number a reader gets back to the words it came from.

>>> import framing as fr
>>> fr.find_attributions("“We will stay,” said Bram Tolliver.")[0].speaker
'Bram Tolliver'
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from framing.article import Article, Corpus, Paragraph
from framing.coding import Codes, CodingSheet, Variable, agreement, code_shares, coding_sheet, read_codes
from framing.compare import (
    Comparison,
    Comparisons,
    Correction,
    Regression,
    compare_measures,
    compare_outlets,
    correct_for_rates,
    correct_with_codes,
    detectable_difference,
    distinctive_words,
    regress,
    robustness,
)
from framing.compare.labels import label_groups, labels_for
from framing.compare.sources import cue_stances, source_profile
from framing.compare.tones import target_tones, voice_tones
from framing.english import sentences
from framing.errors import (
    FramingError,
    InputError,
    MissingDataError,
    MissingLexiconError,
    NotFittedError,
    Problem,
    ReadingError,
    UnknownNameError,
)
from framing.evaluate import score_attributions, score_loaded, score_target_tones
from framing.evaluate.validation import validate
from framing.measuring.attribution import Attribution, find_attributions
from framing.measuring.names import Name, find_names
from framing.measuring.notices import Notice, find_notices
from framing.measuring.stories import find_stories
from framing.measuring.tone import (
    Loaded,
    LoadedSentence,
    LoadedWord,
    TargetTone,
    Tone,
    ToneWord,
    loaded_language,
    measure_tone,
    tone_by_part,
    tone_by_voice,
    tone_toward,
    tone_words,
    tones_toward,
)
from framing.measuring.topics import TopicModel
from framing.measuring.wording import Wording, find_wording
from framing.readers import read_article, read_corpus
from framing.tables import Analysis, Tables, analyze, analyze_corpus
from framing.tables.cards import cards
from framing.text import Quotation, Span, quotations, words

if TYPE_CHECKING:
    from framing import plot as plot
    from framing.report import write_report as write_report

__version__ = "0.1.0"
__all__ = [
    "Analysis",
    "Article",
    "Attribution",
    "Codes",
    "CodingSheet",
    "Comparison",
    "Comparisons",
    "Corpus",
    "Correction",
    "FramingError",
    "InputError",
    "Loaded",
    "LoadedSentence",
    "LoadedWord",
    "MissingDataError",
    "MissingLexiconError",
    "Name",
    "NotFittedError",
    "Notice",
    "Paragraph",
    "Problem",
    "Quotation",
    "ReadingError",
    "Regression",
    "Span",
    "Tables",
    "TargetTone",
    "Tone",
    "ToneWord",
    "TopicModel",
    "UnknownNameError",
    "Variable",
    "Wording",
    "agreement",
    "analyze",
    "analyze_corpus",
    "cards",
    "code_shares",
    "coding_sheet",
    "compare_measures",
    "compare_outlets",
    "correct_for_rates",
    "correct_with_codes",
    "cue_stances",
    "detectable_difference",
    "distinctive_words",
    "find_attributions",
    "find_names",
    "find_notices",
    "find_stories",
    "find_wording",
    "label_groups",
    "labels_for",
    "loaded_language",
    "measure_tone",
    "plot",
    "quotations",
    "read_article",
    "read_codes",
    "read_corpus",
    "regress",
    "robustness",
    "score_attributions",
    "score_loaded",
    "score_target_tones",
    "sentences",
    "source_profile",
    "target_tones",
    "tone_by_part",
    "tone_by_voice",
    "tone_toward",
    "tone_words",
    "tones_toward",
    "validate",
    "voice_tones",
    "words",
    "write_report",
]


def __getattr__(name: str) -> Any:
    """Charts and reports load matplotlib, so they wait until they are asked for."""
    if name == "plot":
        return importlib.import_module("framing.plot")
    if name == "write_report":
        return importlib.import_module("framing.report").write_report
    raise AttributeError(f"module 'framing' has no attribute {name!r}")
