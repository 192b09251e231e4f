"""Figures of tone toward targets and of loaded language against hand-coded texts, with the trivial baselines beside them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from framing.compare.bootstrap import Floats, limits, redrawn
from framing.compare.options import Resampling
from framing.evaluate.gold import check_predicted, sorted_rows
from framing.measuring.tone import LABELS, Label, Loaded, TargetTone, measure_tone
from framing.text import count_words


def score_target_tones(
    gold_rows: Iterable[Mapping[str, Any]],
    predicted: Mapping[str, Sequence[TargetTone]],
    *,
    level: float = Resampling.level,
    n_resamples: int = 1000,
    seed: int = Resampling.seed,
) -> pd.DataFrame:
    """Tone toward targets against hand-coded targets.

    Parameters
    ----------
    gold_rows : iterable of mapping
        With ``id``, ``text`` and ``targets``, each with ``start``, ``end`` and ``polarity`` (negative, neutral or positive); rows without
        ``targets`` are passed over. Perhaps ``outlet``.
    predicted : mapping
        By id, one :class:`framing.measuring.tone.TargetTone` a target, in the order of ``targets``; targets without one count as neutral.
    level, n_resamples, seed
        As in :func:`framing.compare_outlets`; whole rows are drawn.

    Returns
    -------
    pandas.DataFrame
        One row a part (``by``, ``group``: all/all, outlet/<name>) and ``method``: "framing"; "TextBlob" (the sign of the text's polarity,
        the same for all its targets); "commonest" (always the commonest class of the part). Columns: n (targets), macro_f1 (mean F1 of
        the three classes, 0 to 1) with ``macro_f1_low`` and ``macro_f1_high``, f1_negative, f1_neutral, f1_positive, accuracy, and for
        "framing" calibration_error:
        the expected calibration error of the label's probability in ten bins (0: as often right as it says).

    Raises
    ------
    InputError
        If an option is out of range, there is no gold row, or two have one id.

    Notes
    -----
    A class that is neither coded nor found has an F1 of 0. Intervals draw whole rows; they are NaN with fewer than 6 rows (at 95 %).

    References
    ----------
    Hamborg and Donnay (2021), NewsMTSC. Naeini, Cooper and Hauskrecht (2015), Obtaining Well Calibrated Probabilities Using Bayesian
    Binning: the calibration error.

    Examples
    --------
    >>> from framing import Span
    >>> from framing.measuring.tone import tone_toward_each
    >>> coded = {"id": "a", "text": "Orlo lied to the dockers.", "targets": [{"start": 0, "end": 4, "polarity": "negative"}]}
    >>> found = {"a": tone_toward_each(coded["text"], [Span(0, 4)], engine="fast")}
    >>> score_target_tones([coded], found)[["method", "n", "f1_negative", "accuracy"]]
          method  n  f1_negative  accuracy
    0    framing  1          1.0       1.0
    1   TextBlob  1          0.0       0.0
    2  commonest  1          1.0       1.0
    """
    resampling = Resampling(level, n_resamples, seed)
    check_predicted(predicted, (TargetTone,))
    coded: list[tuple[int, int, int, int, float, str | None]] = []  # row, gold, framing, TextBlob, probability, outlet
    for number, row in enumerate(sorted_rows(gold_rows)):
        found = predicted.get(row["id"], ())
        sign = np.sign(measure_tone(row["text"]).polarity)
        blob = 1 if math.isnan(sign) else int(sign) + 1
        for place, target in enumerate(row.get("targets", ())):
            answer = found[place] if place < len(found) else None
            label: Label = answer.label if answer else "neutral"
            sure = answer.probabilities[label] if answer else math.nan
            coded.append((number, LABELS.index(target["polarity"]), LABELS.index(label), blob, sure, _outlet(row)))
    columns = ["row", "gold", "framing", "TextBlob", "sure", "outlet"]
    frame = pd.DataFrame(coded, columns=columns)
    rows = []
    for by, group, part in _parts(frame):
        wanted = part["gold"].to_numpy()
        commonest = int(np.bincount(wanted, minlength=3).argmax())
        for method in ("framing", "TextBlob", "commonest"):
            guess = np.full(len(part), commonest) if method == "commonest" else part[method].to_numpy()
            figures = _classes(part["row"].to_numpy(), wanted, guess, len(LABELS), resampling)
            rows.append(
                {
                    "by": by,
                    "group": group,
                    "method": method,
                    "n": len(part),
                    **figures,
                    "calibration_error": calibration_error(part["sure"].to_numpy(dtype=float), wanted == guess)
                    if method == "framing"
                    else math.nan,
                }
            )
    out = pd.DataFrame(rows).rename(columns={f"f1_{place}": f"f1_{label}" for place, label in enumerate(LABELS)})
    out.attrs |= resampling.attrs
    return out


def score_loaded(
    gold_rows: Iterable[Mapping[str, Any]],
    predicted: Mapping[str, Loaded],
    *,
    level: float = Resampling.level,
    n_resamples: int = 1000,
    seed: int = Resampling.seed,
) -> pd.DataFrame:
    """Loaded language against texts (mostly single sentences) that were coded as biased or not.

    Parameters
    ----------
    gold_rows : iterable of mapping
        With ``id``, ``text`` and ``biased`` (true or false), and perhaps ``outlet``; rows without ``biased`` are passed over.
    predicted : mapping
        By id, what :func:`framing.loaded_language` gives; a text without counts as not biased.
    level, n_resamples, seed
        As for :func:`score_target_tones`.

    Returns
    -------
    pandas.DataFrame
        One row a part (all/all, outlet/<name>) and ``method``: "framing" (biased from a probability of .5 on), "length" (longer than the
        median of all texts), "commonest". Columns: n, n_biased, macro_f1 with ``_low`` and ``_high``, precision, recall (of biased texts),
        accuracy, auc (probability that a biased text is ranked above another; .5 is chance) with ``auc_low`` and ``auc_high``;
        NaN where not defined.

    Raises
    ------
    InputError
        If an option is out of range, there is no gold row, or two have one id.

    References
    ----------
    Spinde et al. (2021), Neural Media Bias Detection Using Distant Supervision With BABE.

    Examples
    --------
    >>> from framing import loaded_language
    >>> texts = {"a": ("The corrupt regime's thugs crushed the brave dockers.", True), "b": ("The port opens at nine.", False)}
    >>> rows = [{"id": key, "text": text, "biased": biased} for key, (text, biased) in texts.items()]
    >>> found = {key: loaded_language(text, engine="fast") for key, (text, _) in texts.items()}
    >>> score_loaded(rows, found)[["method", "n", "n_biased", "macro_f1", "auc"]].head(1)
        method  n  n_biased  macro_f1  auc
    0  framing  2         1       1.0  1.0
    """
    resampling = Resampling(level, n_resamples, seed)
    check_predicted(predicted, (Loaded,), several=False)
    coded = []
    for number, row in enumerate(sorted_rows(gold_rows)):
        if "biased" in row:
            found = predicted.get(row["id"])
            sure = found.probability if found and not math.isnan(found.probability) else 0.0
            coded.append((number, int(row["biased"]), sure, count_words(row["text"]), _outlet(row)))
    frame = pd.DataFrame(coded, columns=["row", "gold", "framing", "length", "outlet"])
    median = frame["length"].median()
    rows = []
    for by, group, part in _parts(frame):
        wanted = part["gold"].to_numpy()
        commonest = int(np.bincount(wanted, minlength=2).argmax())
        for method in ("framing", "length", "commonest"):
            score = np.full(len(part), float(commonest)) if method == "commonest" else part[method].to_numpy(dtype=float)
            guess = (score > median).astype(int) if method == "length" else (score >= 0.5).astype(int)
            figures = _classes(part["row"].to_numpy(), wanted, guess, 2, resampling)
            both = int((wanted & guess).sum())
            ranked = partial(_auc, wanted, score)
            low, high = _drawn_limits(ranked, len(part), resampling)
            rows.append(
                {
                    "by": by,
                    "group": group,
                    "method": method,
                    "n": len(part),
                    "n_biased": int(wanted.sum()),
                    **{name: figures[name] for name in ("macro_f1", "macro_f1_low", "macro_f1_high")},
                    "precision": both / int(guess.sum()) if guess.any() else math.nan,
                    "recall": both / int(wanted.sum()) if wanted.any() else math.nan,
                    "accuracy": figures["accuracy"],
                    "auc": float(ranked(np.ones((1, len(part))))[0]),
                    "auc_low": low,
                    "auc_high": high,
                }
            )
    out = pd.DataFrame(rows)
    out.attrs |= resampling.attrs
    return out


def calibration_error(sure: Floats, right: Any, n_bins: int = 10) -> float:
    """Expected calibration error: how far the share that is right is from the probability, over bins of equal width, weighted by size.

    Examples
    --------
    >>> round(calibration_error(np.array([0.95, 0.95, 0.55, 0.55]), np.array([True, True, True, False])), 3)
    0.05
    """
    kept = ~np.isnan(sure)
    sure, hit = sure[kept], np.asarray(right)[kept]
    if not len(sure):
        return math.nan
    bins = np.minimum((sure * n_bins).astype(int), n_bins - 1)
    return sum(abs(float(hit[bins == b].mean()) - float(sure[bins == b].mean())) * int((bins == b).sum()) for b in np.unique(bins)) / len(
        sure
    )


def _outlet(row: Mapping[str, Any]) -> str | None:
    outlet = row.get("outlet")
    return outlet if isinstance(outlet, str) and outlet.strip() else None


def _parts(frame: pd.DataFrame) -> Iterable[tuple[str, str, pd.DataFrame]]:
    if len(frame):
        yield "all", "all", frame
    for outlet, part in frame.dropna(subset="outlet").groupby("outlet"):
        yield "outlet", str(outlet), part


def _drawn_limits(figure: Callable[[Floats], Floats], n: int, resampling: Resampling) -> tuple[float, float]:
    """Limits of a figure of ``n`` texts drawn anew."""
    samples = redrawn(figure, n, resampling.n_resamples, resampling.generator(1))
    low, high = limits(samples[:, None], np.array([n]), resampling.level, 1.0)
    return float(low[0]), float(high[0])


def _classes(rows: Any, wanted: Any, guess: Any, n: int, resampling: Resampling) -> dict[str, float]:
    """Macro F1 with its interval over whole rows, F1 of each class, accuracy."""
    _, place = np.unique(rows, return_inverse=True)
    tables = np.zeros((place.max() + 1, n * n))
    np.add.at(tables, (place, wanted * n + guess), 1.0)
    f1 = _f1(tables.sum(axis=0).reshape(1, n, n))[0]
    low, high = _drawn_limits(lambda times: _f1((times @ tables).reshape(-1, n, n)).mean(axis=1), len(tables), resampling)
    figures = {"macro_f1": float(f1.mean()), "macro_f1_low": low, "macro_f1_high": high}
    return figures | {f"f1_{k}": float(value) for k, value in enumerate(f1)} | {"accuracy": float((wanted == guess).mean())}


def _f1(tables: Floats) -> Floats:
    """F1 of each class, shape (n_tables, n), from tables of gold by guess."""
    hits = np.diagonal(tables, axis1=1, axis2=2)
    both = tables.sum(axis=1) + tables.sum(axis=2)
    f1: Floats = np.divide(2 * hits, both, out=np.zeros_like(hits), where=both > 0)
    return f1


def _auc(wanted: Any, score: Floats, times: Floats) -> Floats:
    """Area under the ROC curve with each text counted ``times`` (n_resamples x n); ties count half. NaN without both classes."""
    values, place = np.unique(score, return_inverse=True)
    positive, negative = (np.zeros((len(times), len(values))) for _ in range(2))
    for counts, kept in ((positive, wanted == 1), (negative, wanted == 0)):
        np.add.at(counts.T, place[kept], times[:, kept].T)
    below = np.cumsum(negative, axis=1) - negative / 2
    pairs = positive.sum(axis=1) * negative.sum(axis=1)
    auc: Floats = np.divide((positive * below).sum(axis=1), pairs, out=np.full(len(times), math.nan), where=pairs > 0)
    return auc
