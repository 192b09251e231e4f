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
    "Column": "framing.measuring.measure",
    "Comparison": "framing.compare",
    "Corpus": "framing.article",
    "Field": "framing.measuring.measure",
    "FramingError": "framing.errors",
    "InputError": "framing.errors",
    "Layer": "framing.measuring.measure",
    "Measure": "framing.measuring.measure",
    "Name": "framing.measuring.names",
    "Notice": "framing.measuring.notices",
    "Page": "framing.measuring.page",
    "Paragraph": "framing.article",
    "Span": "framing.text",
    "Tables": "framing.tables",
    "Tone": "framing.measuring.tone",
    "TopicModel": "framing.measuring.topics",
    "agreement": "framing.coding",
    "analyze": "framing.tables",
    "analyze_corpus": "framing.tables",
    "cards": "framing.tables.cards",
    "coding_sheet": "framing.coding",
    "compare_measures": "framing.compare",
    "compare_outlets": "framing.compare",
    "compare_versions": "framing.compare",
    "cue_stances": "framing.compare.sources",
    "describe_measure": "framing.tables.columns",
    "distinctive_words": "framing.compare",
    "find_attributions": "framing.measuring.attribution",
    "find_names": "framing.measuring.names",
    "find_notices": "framing.measuring.notices",
    "find_stories": "framing.measuring.stories",
    "find_wording": "framing.measuring.wording",
    "labels_for": "framing.compare.labels",
    "loaded_language": "framing.measuring.tone",
    "measure_tone": "framing.measuring.tone",
    "measures": "framing.measuring",
    "naming_profile": "framing.compare.sources",
    "read_article": "framing.readers",
    "read_codes": "framing.coding",
    "read_corpus": "framing.readers",
    "regress": "framing.compare",
    "robustness": "framing.compare.robustness",
    "source_profile": "framing.compare.sources",
    "target_profile": "framing.compare.tones",
    "tone_toward": "framing.measuring.tone",
    "validate": "framing.evaluate.validation",
    "version_table": "framing.compare",
    "voice_profile": "framing.compare.tones",
    "write_report": "framing.report",
}
_MODULES = ("coding", "compare", "errors", "evaluate", "plot", "text")
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
    from framing import coding as coding
    from framing import compare as compare
    from framing import errors as errors
    from framing import evaluate as evaluate
    from framing import plot as plot
    from framing import text as text
    from framing.article import Article as Article
    from framing.article import Corpus as Corpus
    from framing.article import Paragraph as Paragraph
    from framing.coding import agreement as agreement
    from framing.coding import coding_sheet as coding_sheet
    from framing.coding import read_codes as read_codes
    from framing.compare import Comparison as Comparison
    from framing.compare import compare_measures as compare_measures
    from framing.compare import compare_outlets as compare_outlets
    from framing.compare import compare_versions as compare_versions
    from framing.compare import distinctive_words as distinctive_words
    from framing.compare import regress as regress
    from framing.compare import version_table as version_table
    from framing.compare.labels import labels_for as labels_for
    from framing.compare.robustness import robustness as robustness
    from framing.compare.sources import cue_stances as cue_stances
    from framing.compare.sources import naming_profile as naming_profile
    from framing.compare.sources import source_profile as source_profile
    from framing.compare.tones import target_profile as target_profile
    from framing.compare.tones import voice_profile as voice_profile
    from framing.errors import FramingError as FramingError
    from framing.errors import InputError as InputError
    from framing.evaluate.validation import validate as validate
    from framing.measuring import measures as measures
    from framing.measuring.attribution import Attribution as Attribution
    from framing.measuring.attribution import find_attributions as find_attributions
    from framing.measuring.measure import Column as Column
    from framing.measuring.measure import Field as Field
    from framing.measuring.measure import Layer as Layer
    from framing.measuring.measure import Measure as Measure
    from framing.measuring.names import Name as Name
    from framing.measuring.names import find_names as find_names
    from framing.measuring.notices import Notice as Notice
    from framing.measuring.notices import find_notices as find_notices
    from framing.measuring.page import Page as Page
    from framing.measuring.stories import find_stories as find_stories
    from framing.measuring.tone import Tone as Tone
    from framing.measuring.tone import loaded_language as loaded_language
    from framing.measuring.tone import measure_tone as measure_tone
    from framing.measuring.tone import tone_toward as tone_toward
    from framing.measuring.topics import TopicModel as TopicModel
    from framing.measuring.wording import find_wording as find_wording
    from framing.readers import read_article as read_article
    from framing.readers import read_corpus as read_corpus
    from framing.report import write_report as write_report
    from framing.tables import Analysis as Analysis
    from framing.tables import Tables as Tables
    from framing.tables import analyze as analyze
    from framing.tables import analyze_corpus as analyze_corpus
    from framing.tables.cards import cards as cards
    from framing.tables.columns import describe_measure as describe_measure
    from framing.text import Span as Span
