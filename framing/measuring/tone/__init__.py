"""Tone: polarity of words, by part and by voice; tone toward a named target; loaded language."""

from framing.measuring.tone.loaded import Loaded, LoadedSentence, LoadedWord, loaded_language
from framing.measuring.tone.polarity import OUTLET, measure_tone, tone_by_part, tone_by_voice, tone_words
from framing.measuring.tone.target import LABELS, Label, TargetTone, tone_toward, tone_toward_each
from framing.measuring.tone.types import PARTS, UNSCORED, VARIANTS, Part, Tone, ToneWord, Variant

__all__ = [
    "LABELS",
    "OUTLET",
    "PARTS",
    "UNSCORED",
    "VARIANTS",
    "Label",
    "Loaded",
    "LoadedSentence",
    "LoadedWord",
    "Part",
    "TargetTone",
    "Tone",
    "ToneWord",
    "Variant",
    "loaded_language",
    "measure_tone",
    "tone_by_part",
    "tone_by_voice",
    "tone_toward",
    "tone_toward_each",
    "tone_words",
]
