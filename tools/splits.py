"""How gold data is split: by article, event or outlet, never by sentence."""

import gzip
import hashlib
import json
import re
from pathlib import Path

OUTLETS = (("alternet", "reuters"), ("breitbart", "usa-today"), ("msnbc", "fox-news"), ("federalist", "huffpost"))  # four folds of BABE


def read(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def group(sentence_id: str) -> str:
    """What a sentence of NewsMTSC is split by: the event (AllSides) or the article (POLUSA) it is from."""
    parts = re.sub("^polusa_v1", "polusa", sentence_id).split("_")
    return f"{parts[0]} {parts[2] if parts[0] == 'allsides' else parts[1]}"


def part(name: str, n: int) -> int:
    """One of ``n`` parts of about equal size, the same on every machine."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") % n


def kept_back(sentence_id: str) -> bool:
    """An eighth of NewsMTSC's groups is kept back from training the shipped encoder."""
    return part(group(sentence_id), 8) == 0


def fold_of(sentence_id: str) -> int:
    """Which of four folds a sentence of NewsMTSC is in."""
    return part(group(sentence_id) + "fold", 4)
