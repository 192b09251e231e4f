"""How do these outlets tell the same story differently?

Articles come in, spans are found in them, spans are counted into tables, tables are compared, comparisons are drawn; and from any
drawn number a reader gets back to the words it came from.

Nothing leaves the machine. onnxruntime would send word to its maker, but for ``ORT_DISABLE_TELEMETRY=1``, which is set before it is first
loaded; a program that imports onnxruntime earlier has to set it itself, ahead of that import.

>>> import framing as fr
>>> fr.find_attributions("“We will stay,” said Bram Tolliver.")[0].speaker
'Bram Tolliver'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

# Every public name and the module it comes from, loaded when the name is first asked for; then the modules that are public as such.
# Type checkers and editors read the same from the imports at the end.
_MODULE_OF = {
    "Analysis": "framing.tables",
    "Article": "framing.article",
    "Attribution": "framing.measuring.attribution",
    "Codes": "framing.coding",
    "CodingSheet": "framing.coding",
    "Comparison": "framing.compare",
    "Comparisons": "framing.compare",
    "Corpus": "framing.article",
    "Correction": "framing.compare",
    "FramingError": "framing.errors",
    "InputError": "framing.errors",
    "Loaded": "framing.measuring.tone",
    "LoadedSentence": "framing.measuring.tone",
    "LoadedWord": "framing.measuring.tone",
    "MissingDataError": "framing.errors",
    "MissingLexiconError": "framing.errors",
    "Name": "framing.measuring.names",
    "NotFittedError": "framing.errors",
    "Notice": "framing.measuring.notices",
    "Paragraph": "framing.article",
    "Problem": "framing.errors",
    "Quotation": "framing.text",
    "ReadingError": "framing.errors",
    "Regression": "framing.compare",
    "Span": "framing.text",
    "Tables": "framing.tables",
    "TargetTone": "framing.measuring.tone",
    "Tone": "framing.measuring.tone",
    "ToneWord": "framing.measuring.tone",
    "TopicModel": "framing.measuring.topics",
    "UnknownNameError": "framing.errors",
    "Variable": "framing.coding",
    "Wording": "framing.measuring.wording",
    "agreement": "framing.coding",
    "analyze": "framing.tables",
    "analyze_corpus": "framing.tables",
    "cards": "framing.tables.cards",
    "code_shares": "framing.coding",
    "coding_sheet": "framing.coding",
    "compare_measures": "framing.compare",
    "compare_outlets": "framing.compare",
    "correct_for_rates": "framing.compare",
    "correct_with_codes": "framing.compare",
    "cue_stances": "framing.compare.sources",
    "detectable_difference": "framing.compare",
    "distinctive_words": "framing.compare",
    "find_attributions": "framing.measuring.attribution",
    "find_names": "framing.measuring.names",
    "find_notices": "framing.measuring.notices",
    "find_stories": "framing.measuring.stories",
    "find_wording": "framing.measuring.wording",
    "label_groups": "framing.compare.labels",
    "labels_for": "framing.compare.labels",
    "loaded_language": "framing.measuring.tone",
    "measure_tone": "framing.measuring.tone",
    "quotations": "framing.text",
    "read_article": "framing.readers",
    "read_codes": "framing.coding",
    "read_corpus": "framing.readers",
    "regress": "framing.compare",
    "robustness": "framing.compare.robustness",
    "score_attributions": "framing.evaluate",
    "score_loaded": "framing.evaluate",
    "score_target_tones": "framing.evaluate",
    "sentences": "framing.english",
    "source_profile": "framing.compare.sources",
    "target_tones": "framing.compare.tones",
    "tone_by_part": "framing.measuring.tone",
    "tone_by_voice": "framing.measuring.tone",
    "tone_toward": "framing.measuring.tone",
    "tone_words": "framing.measuring.tone",
    "tones_toward": "framing.measuring.tone",
    "validate": "framing.evaluate.validation",
    "voice_tones": "framing.compare.tones",
    "words": "framing.text",
    "write_report": "framing.report",
}
_MODULES = ("plot",)
__all__ = sorted([*_MODULE_OF, *_MODULES])


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(f"framing.{name}")
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'framing' has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_MODULE_OF[name]), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


if TYPE_CHECKING:
    from framing import plot as plot
    from framing.article import Article as Article
    from framing.article import Corpus as Corpus
    from framing.article import Paragraph as Paragraph
    from framing.coding import Codes as Codes
    from framing.coding import CodingSheet as CodingSheet
    from framing.coding import Variable as Variable
    from framing.coding import agreement as agreement
    from framing.coding import code_shares as code_shares
    from framing.coding import coding_sheet as coding_sheet
    from framing.coding import read_codes as read_codes
    from framing.compare import Comparison as Comparison
    from framing.compare import Comparisons as Comparisons
    from framing.compare import Correction as Correction
    from framing.compare import Regression as Regression
    from framing.compare import compare_measures as compare_measures
    from framing.compare import compare_outlets as compare_outlets
    from framing.compare import correct_for_rates as correct_for_rates
    from framing.compare import correct_with_codes as correct_with_codes
    from framing.compare import detectable_difference as detectable_difference
    from framing.compare import distinctive_words as distinctive_words
    from framing.compare import regress as regress
    from framing.compare.labels import label_groups as label_groups
    from framing.compare.labels import labels_for as labels_for
    from framing.compare.robustness import robustness as robustness
    from framing.compare.sources import cue_stances as cue_stances
    from framing.compare.sources import source_profile as source_profile
    from framing.compare.tones import target_tones as target_tones
    from framing.compare.tones import voice_tones as voice_tones
    from framing.english import sentences as sentences
    from framing.errors import FramingError as FramingError
    from framing.errors import InputError as InputError
    from framing.errors import MissingDataError as MissingDataError
    from framing.errors import MissingLexiconError as MissingLexiconError
    from framing.errors import NotFittedError as NotFittedError
    from framing.errors import Problem as Problem
    from framing.errors import ReadingError as ReadingError
    from framing.errors import UnknownNameError as UnknownNameError
    from framing.evaluate import score_attributions as score_attributions
    from framing.evaluate import score_loaded as score_loaded
    from framing.evaluate import score_target_tones as score_target_tones
    from framing.evaluate.validation import validate as validate
    from framing.measuring.attribution import Attribution as Attribution
    from framing.measuring.attribution import find_attributions as find_attributions
    from framing.measuring.names import Name as Name
    from framing.measuring.names import find_names as find_names
    from framing.measuring.notices import Notice as Notice
    from framing.measuring.notices import find_notices as find_notices
    from framing.measuring.stories import find_stories as find_stories
    from framing.measuring.tone import Loaded as Loaded
    from framing.measuring.tone import LoadedSentence as LoadedSentence
    from framing.measuring.tone import LoadedWord as LoadedWord
    from framing.measuring.tone import TargetTone as TargetTone
    from framing.measuring.tone import Tone as Tone
    from framing.measuring.tone import ToneWord as ToneWord
    from framing.measuring.tone import loaded_language as loaded_language
    from framing.measuring.tone import measure_tone as measure_tone
    from framing.measuring.tone import tone_by_part as tone_by_part
    from framing.measuring.tone import tone_by_voice as tone_by_voice
    from framing.measuring.tone import tone_toward as tone_toward
    from framing.measuring.tone import tone_words as tone_words
    from framing.measuring.tone import tones_toward as tones_toward
    from framing.measuring.topics import TopicModel as TopicModel
    from framing.measuring.wording import Wording as Wording
    from framing.measuring.wording import find_wording as find_wording
    from framing.readers import read_article as read_article
    from framing.readers import read_corpus as read_corpus
    from framing.report import write_report as write_report
    from framing.tables import Analysis as Analysis
    from framing.tables import Tables as Tables
    from framing.tables import analyze as analyze
    from framing.tables import analyze_corpus as analyze_corpus
    from framing.tables.cards import cards as cards
    from framing.text import Quotation as Quotation
    from framing.text import Span as Span
    from framing.text import quotations as quotations
    from framing.text import words as words
