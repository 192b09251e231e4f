"""Words that options and tables accept, apart from the code that acts on them, so that they can be listed without loading it."""

from __future__ import annotations

from typing import Literal, get_args

Engine = Literal["encoder", "fast", "rules"]
ENGINES: tuple[Engine, ...] = get_args(Engine)
ToneEngine = Literal["encoder", "fast"]
TONE_ENGINES: tuple[ToneEngine, ...] = get_args(ToneEngine)
Format = Literal["csv", "parquet"]
FORMATS: tuple[Format, ...] = get_args(Format)
SourceType = Literal[
    "official",
    "politician",
    "expert",
    "business",
    "civil_society",
    "citizen",
    "celebrity",
    "media",
    "document",
    "unknown",
]
SOURCE_TYPES: tuple[SourceType, ...] = get_args(SourceType)
POLITICAL: tuple[SourceType, ...] = ("official", "politician")  # many questions do not need the line between them

Naming = Literal["named_person", "named_organisation", "document", "unnamed_person", "unnamed_group", "anonymous"]
NAMINGS: tuple[Naming, ...] = get_args(Naming)
UNNAMED: tuple[Naming, ...] = ("unnamed_person", "unnamed_group", "anonymous")  # the reader does not learn who it is
