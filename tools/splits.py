"""How gold data is split: by article, event or outlet, never by sentence."""

import gzip
import json
from pathlib import Path

from framing.validate.floors import group as group
from framing.validate.floors import kept_back as kept_back
from framing.validate.floors import part as part

OUTLETS = (("alternet", "reuters"), ("breitbart", "usa-today"), ("msnbc", "fox-news"), ("federalist", "huffpost"))  # four folds of BABE


def read(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def fold_of(sentence_id: str) -> int:
    """Which of four folds a sentence of NewsMTSC is in."""
    return part(group(sentence_id) + "fold", 4)
