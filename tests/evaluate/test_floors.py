from __future__ import annotations

import gzip
import json
import math
import shutil
from pathlib import Path

import pandas as pd
import pytest

from framing.errors import InputError
from framing.evaluate import validate_gold


def made(folder: Path) -> Path:
    """A gold folder with one file, of our own sentences."""
    rows = [
        {"id": f"allsides_0_{i}_1_2", "text": text, "targets": [{"start": 0, "end": 4, "polarity": polarity}]}
        for i, (text, polarity) in enumerate([("Orlo lied to the dockers.", "negative"), ("Renk was praised by all.", "positive")] * 20)
    ]
    with gzip.open(folder / "newsmtsc_train.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    return folder


def test_other_data_has_figures_but_no_floor(tmp_path: Path) -> None:
    found = validate_gold(made(tmp_path), engine="fast").set_index("measure")
    tone = found.loc["target_tone"]
    assert 0 < tone["n"] < 40  # the part kept back
    assert 0 <= tone["value"] <= 1
    assert math.isnan(tone["floor"])
    assert pd.isna(tone["holds"])
    assert tone["note"] == "learned from; other data than the floor's"
    missing = found.loc["loaded_language"]
    assert math.isnan(missing["value"])
    assert missing["note"] == "learned from; file not found"


def test_wrong_calls(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="unknown engine 'rules'; accepted: 'encoder', 'fast'"):
        validate_gold(tmp_path, engine="rules")  # type: ignore[arg-type]
    with pytest.raises(InputError, match=r"no gold data in .*: expected a folder with babe_sg1"):
        validate_gold(tmp_path)


def test_floors_hold(gold_dir: Path, tmp_path: Path) -> None:
    for name in ("newsmtsc_train", "babe_sg1"):  # attribution has its own test
        shutil.copy(gold_dir / f"{name}.jsonl.gz", tmp_path)
    found = validate_gold(tmp_path, engine="fast")
    told = found[found["value"].notna()]
    assert set(told["measure"]) == {"target_tone", "loaded_language"}
    assert told["holds"].all(), told.to_string()
    assert (told["value"] > told["baseline"]).all()
