"""Tone: polarity of words, by part and by voice; tone toward a named target; loaded language."""

from framing.choices import TONE_ENGINES, ToneEngine
from framing.tone.loaded import Loaded, LoadedSentence, LoadedWord, loaded_language
from framing.tone.polarity import (
    OUTLET,
    PARTS,
    UNSCORED,
    VARIANTS,
    Part,
    Tone,
    ToneWord,
    Variant,
    measure_tone,
    tone_by_part,
    tone_by_voice,
    tone_words,
)
from framing.tone.target import LABELS, Label, TargetTone, tone_toward, tones_toward

__all__ = [
    "LABELS",
    "OUTLET",
    "PARTS",
    "TONE_ENGINES",
    "UNSCORED",
    "VARIANTS",
    "Label",
    "Loaded",
    "LoadedSentence",
    "LoadedWord",
    "Part",
    "TargetTone",
    "Tone",
    "ToneEngine",
    "ToneWord",
    "Variant",
    "loaded_language",
    "measure_tone",
    "tone_by_part",
    "tone_by_voice",
    "tone_toward",
    "tone_words",
    "tones_toward",
]
