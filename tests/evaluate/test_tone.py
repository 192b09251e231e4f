"""Figures of tone against hand-coded rows: worked by hand, and equal to scikit-learn's."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import f1_score, roc_auc_score

import framing as fr
from framing.cli import main
from framing.errors import InputError
from framing.evaluate import read_gold, score_loaded, score_target_tones
from framing.evaluate.tone import _auc, calibration_error
from framing.measuring.tone import LABELS, Loaded, TargetTone

ORLO = fr.Span(0, 4)


def tone(label: str, p: float = 0.8) -> TargetTone:
    rest = dict.fromkeys(LABELS, (1 - p) / 2)
    return TargetTone(ORLO, ORLO, label, rest | {label: p})  # type: ignore[arg-type, operator]


def rows(labels: list[str], **other: object) -> list[dict[str, object]]:
    return [
        {"id": f"{i:02}", "text": "Orlo won.", "targets": [{"start": 0, "end": 4, "polarity": label}], **other}
        for i, label in enumerate(labels)
    ]


def test_targets_by_hand() -> None:
    gold = ["negative", "negative", "neutral", "positive", "positive", "positive"]
    guess = ["negative", "neutral", "neutral", "positive", "positive", "negative"]
    figures = score_target_tones(rows(gold), {f"{i:02}": [tone(label)] for i, label in enumerate(guess)}, n_resamples=100).set_index(
        "method"
    )
    ours = figures.loc["framing"]
    assert ours["macro_f1"] == pytest.approx(f1_score(gold, guess, average="macro"))
    assert [ours[f"f1_{label}"] for label in LABELS] == pytest.approx([0.5, 2 / 3, 0.8])
    assert ours["accuracy"] == pytest.approx(4 / 6)
    assert ours["calibration_error"] == pytest.approx(0.8 - 4 / 6)
    assert figures.loc["commonest", "macro_f1"] == pytest.approx((2 * 3 / 9) / 3)
    assert figures.loc["TextBlob", "accuracy"] == pytest.approx(1 / 6)  # no word of it is in TextBlob's lexicon: neutral
    assert ours["macro_f1_low"] <= ours["macro_f1"] <= ours["macro_f1_high"]


def test_a_target_without_an_answer_counts_as_neutral() -> None:
    figures = score_target_tones(rows(["neutral", "positive"]), {}, n_resamples=100).set_index("method")
    assert figures.loc["framing", "accuracy"] == 0.5


def test_loaded_by_hand() -> None:
    gold = [True, True, False, False, True, False, False]
    sure = [0.9, 0.4, 0.6, 0.2, 0.5, 0.1, 0.2]
    coded = [{"id": str(i), "text": "Orlo won.", "biased": biased, "outlet": "Herald"} for i, biased in enumerate(gold)]
    found = {str(i): Loaded(p, ()) for i, p in enumerate(sure)}
    figures = score_loaded(coded, found, n_resamples=100)
    ours = figures[figures["method"] == "framing"].set_index("by").loc["all"]
    guess = [p >= 0.5 for p in sure]
    assert ours["macro_f1"] == pytest.approx(f1_score(gold, guess, average="macro"))
    assert (ours["precision"], ours["recall"], ours["n_biased"]) == (pytest.approx(2 / 3), pytest.approx(2 / 3), 3)
    assert ours["auc"] == pytest.approx(roc_auc_score(gold, sure))
    assert set(figures["by"]) == {"all", "outlet"}


def test_auc_with_ties_and_weights() -> None:
    rng = np.random.default_rng(3)
    for _ in range(20):
        gold, score, times = rng.integers(0, 2, 30), rng.integers(0, 6, 30) / 6, rng.integers(0, 4, 30).astype(float)
        gold[:2], times[:2] = (0, 1), 1
        assert _auc(gold, score, times[None])[0] == pytest.approx(roc_auc_score(gold, score, sample_weight=times))
    assert math.isnan(_auc(np.array([1, 1]), np.array([0.1, 0.2]), np.ones((1, 2)))[0])


def test_calibration_error_of_nothing() -> None:
    assert math.isnan(calibration_error(np.array([math.nan]), np.array([True])))


def test_bad_rows_are_named_and_the_rest_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [
        {"id": "a", "text": "Orlo lied to the dockers.", "targets": [{"start": 0, "end": 4, "polarity": "negative"}], "biased": True},
        {"id": "b", "text": "Orlo won.", "targets": [{"start": 0, "end": 40, "polarity": "negative"}]},
        {"id": "c", "text": "Orlo won.", "targets": [{"start": 0, "end": 4, "polarity": "good"}]},
        {"id": "d", "text": "Orlo won."},
        {"id": "e", "text": "Orlo won.", "biased": "yes"},
        {"id": "f", "text": "Orlo won.", "targets": {}},
        {"id": "g", "text": "Orlo won.", "targets": [{"start": 4, "end": 5, "polarity": "neutral"}]},
        ["h"],
    ]
    gold = tmp_path / "gold.jsonl"
    gold.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    kept, problems = read_gold(gold, "tone")
    assert [row["id"] for row in kept] == ["a", "g"]
    assert [problem.reason for problem in problems] == [
        "target 0: [0, 40] is no start and end within the text's 9 characters",
        'target 0: polarity must be one of negative, neutral, positive, got "good"',
        "neither 'targets' nor 'biased'; a row needs id, text and targets or biased",
        "'biased' must be true or false, got \"yes\"",
        "'targets' must be a list, got dict",
        "not an object but list",
    ]
    csv = tmp_path / "out" / "figures.csv"
    assert main(["validate", "tone", str(gold), "--engine", "fast", "--quiet", "--csv", str(csv)]) == 1
    out, err = capsys.readouterr()
    assert "Tone toward targets" in out
    assert "Texts found biased" in out
    assert "its targets count as neutral" in err
    assert csv.exists()
    assert csv.with_name("figures-biased.csv").exists()


def test_wrong_measure(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="unknown measure 'mood'; accepted: 'attribution', 'tone'"):
        read_gold(tmp_path / "x.jsonl", "mood")  # type: ignore[arg-type]
