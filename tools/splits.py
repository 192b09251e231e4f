"""Gold data as the trainers read it: its rows, what coders marked, and how it is split (by article, event or outlet, never by sentence)."""

import gzip
import json
import re
from pathlib import Path

from framing.evaluate.floors import group as group
from framing.evaluate.floors import kept_back as kept_back
from framing.evaluate.floors import part as part

OUTLETS = (("alternet", "reuters"), ("breitbart", "usa-today"), ("msnbc", "fox-news"), ("federalist", "huffpost"))  # four folds of BABE
OPINIONS = {"Entirely factual": 0.0, "Somewhat factual but also opinionated": 0.5, "Expresses writer’s opinion": 1.0}


def read(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def fold_of(sentence_id: str) -> int:
    """Which of four folds a sentence of NewsMTSC is in."""
    return part(group(sentence_id) + "fold", 4)


def biased_words(row: dict) -> list[tuple[int, int]] | None:
    """Where the words stand that coders marked in a sentence of BABE; None where words were not coded."""
    if row["biased"] and not row["biased_words"]:
        return None
    words = [re.escape(word.strip()) for word in row["biased_words"] if word.strip()]
    return [match.span() for word in words for match in re.finditer(word, row["text"], re.IGNORECASE)]


def lexical_bias(sentence: dict) -> list[tuple[int, int]]:
    """Where coders found lexical bias in a sentence of BASIL."""
    return [(bias["start"], bias["end"]) for bias in sentence["bias"] if bias["bias"] == "Lexical"]
