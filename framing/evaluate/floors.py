"""Every learned measure on the gold data that its card reports, against figures that must not slip."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from framing.article import Article
from framing.choices import TONE_ENGINES, ToneEngine
from framing.errors import InputError, check_path, told
from framing.evaluate.attribution import score_attributions
from framing.evaluate.gold import read_gold
from framing.evaluate.tone import score_loaded, score_target_tones
from framing.measuring.attribution import find_attributions
from framing.measuring.tone import loaded_language, tone_toward_each
from framing.resources import load_table
from framing.text import Span

Rows = Sequence[Mapping[str, Any]]
Watch = Callable[[Rows, str], Rows]


def group(sentence_id: str) -> str:
    """What a sentence of NewsMTSC is split by: the event (AllSides) or the article (POLUSA) it is from."""
    parts = re.sub("^polusa_v1", "polusa", sentence_id).split("_")
    return f"{parts[0]} {parts[2] if parts[0] == 'allsides' else parts[1]}"


def part(name: str, n: int) -> int:
    """One of ``n`` parts of about equal size, the same on every machine."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") % n


def kept_back(sentence_id: str) -> bool:
    """Whether a sentence is in the eighth of NewsMTSC's groups that was kept back from training the shipped encoder."""
    return part(group(sentence_id), 8) == 0


def validate_gold(folder: str | Path, *, engine: ToneEngine = "encoder", watch: Watch | None = None) -> pd.DataFrame:
    """Run the learned measures on gold data and set what comes out against the floors that are shipped.

    Parameters
    ----------
    folder : str or Path
        Where the gold files lie: ``polnear_dev.jsonl.gz``, ``newsmtsc_train.jsonl.gz``, ``babe_sg1.jsonl.gz``.
    engine : {"encoder", "fast"}
    watch : callable, optional
        Gets the rows and what is done with them, and gives the rows back one by one: a progress bar.

    Returns
    -------
    pandas.DataFrame
        One row a figure: ``measure`` (the card), ``data``, ``figure``, ``n``, ``value`` with ``low`` and ``high`` (95 %, whole texts drawn
        anew; NaN where there is none), ``baseline`` (trivial; NaN where the card has none), ``floor`` (just below what was measured; NaN
        if the file is not the one it was measured on), ``holds`` (value is at least floor; missing where there is no floor) and ``note``:
        "learned from" where the shipped model has seen these texts, so that the figure guards against loss and tells nothing of how
        good the measure is; "file not found"; "other data than the floor's". All scores run from 0 to 1; higher is better.

    Raises
    ------
    InputError
        If ``folder`` is no folder, holds none of the files, or the engine is unknown.
    """
    folder = check_path("folder", folder)
    if not isinstance(engine, str) or engine not in TONE_ENGINES:
        raise InputError(f"unknown engine {told(engine)}; accepted: {', '.join(map(repr, TONE_ENGINES))}")
    floors = [row for row in load_table("evaluate/floors") if row["engine"] == engine]
    files = sorted({row["file"] for row in floors})
    if not any((folder / name).is_file() for name in files):
        raise InputError(f"no gold data in {folder}: expected a folder with {', '.join(files)}")
    watch = watch or (lambda rows, _: rows)
    found: dict[str, dict[str, dict[str, float]]] = {}
    digests = {}
    for name in files:
        if (folder / name).is_file():
            digests[name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()[:16]
            found[name] = _RUNS[name](folder / name, engine, watch)
    rows = []
    for row in floors:
        here, figure = row["file"] in found, found.get(row["file"], {}).get(row["figure"], {})
        same = digests.get(row["file"]) == row["digest"]
        value, floor = figure.get("value", math.nan), float(row["floor"]) if same else math.nan
        notes = [row["note"]] if here and same else [row["note"], "other data than the floor's" if here else "file not found"]
        rows.append(
            {
                "measure": row["measure"],
                "data": row["data"],
                "figure": row["figure"],
                **{column: figure.get(column, math.nan) for column in ("n", "value", "low", "high", "baseline")},
                "floor": floor,
                "holds": value >= floor if same else None,
                "note": "; ".join(note for note in notes if note),
            }
        )
    return pd.DataFrame(rows).astype({"n": "Int64", "holds": "boolean"})


def _attributions(path: Path, engine: ToneEngine, watch: Watch) -> dict[str, dict[str, float]]:
    rows, _ = read_gold(path)
    told = {row["id"]: find_attributions(Article(id=row["id"], text=row["text"]), engine=engine) for row in watch(rows, "Attributions")}
    figures = score_attributions(rows, told)
    return {
        f"{row['figure']}, {row['group']}": {"n": row["n_gold"], "value": row["f1"], "low": row["f1_low"], "high": row["f1_high"]}
        for row in figures.to_dict("records")
        if (row["by"], row["group"]) in (("all", "all"), ("quotation", "quoted"))
    }


def _targets(path: Path, engine: ToneEngine, watch: Watch) -> dict[str, dict[str, float]]:
    rows = [row for row in read_gold(path, "tone")[0] if kept_back(row["id"])]
    told = {}
    for row in watch(rows, "Tone toward targets"):
        told[row["id"]] = tone_toward_each(row["text"], [Span(t["start"], t["end"]) for t in row["targets"]], engine=engine)
    return {"macro F1": _macro(score_target_tones(rows, told), "TextBlob")}


def _biased(path: Path, engine: ToneEngine, watch: Watch) -> dict[str, dict[str, float]]:
    rows, _ = read_gold(path, "tone")
    told = {row["id"]: loaded_language(row["text"], engine=engine) for row in watch(rows, "Loaded language")}
    return {"macro F1": _macro(score_loaded(rows, told), "commonest")}


def _macro(figures: pd.DataFrame, baseline: str) -> dict[str, float]:
    by_method = {row["method"]: row for row in figures.to_dict("records") if row["by"] == "all"}
    ours, theirs = by_method["framing"], by_method[baseline]
    columns = {"n": "n", "value": "macro_f1", "low": "macro_f1_low", "high": "macro_f1_high"}
    return {name: ours[column] for name, column in columns.items()} | {"baseline": theirs["macro_f1"]}


_RUNS = {"polnear_dev.jsonl.gz": _attributions, "newsmtsc_train.jsonl.gz": _targets, "babe_sg1.jsonl.gz": _biased}
