"""The words that options accept, apart from the code that acts on them, so that the command line can list them without loading it."""

from __future__ import annotations

from typing import Literal, get_args

Engine = Literal["encoder", "fast", "rules"]
ENGINES: tuple[Engine, ...] = get_args(Engine)
ToneEngine = Literal["encoder", "fast"]
TONE_ENGINES: tuple[ToneEngine, ...] = get_args(ToneEngine)
Format = Literal["csv", "parquet"]
FORMATS: tuple[Format, ...] = get_args(Format)
