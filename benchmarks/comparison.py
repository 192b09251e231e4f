"""Do intervals cover, do tests keep their level, does the false discovery rate hold; and how long comparisons take.

Run as ``python benchmarks/comparison.py [--runs N] [--resamples R] [--seed S] [--only coverage,tests,fdr,correction,regression,speed]``.
Every figure is by simulation with a known truth; the seed is printed. Coverage resamples many data sets at once with the same draws of
stories, which leaves each data set's coverage unbiased. Articles: 1.5 an outlet and event on average, none in some (Poisson), with an
effect of the event that outlets share.
"""

from __future__ import annotations

import argparse
import itertools
import math
import time
from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy import stats

from framing.compare import compare_measures, correct_for_rates
from framing.compare.bootstrap import (
    bca_limits,
    divide,
    left_out,
    limits,
    linearised_errors,
    resample_with_errors,
    share_limits,
    standard_errors,
    studentised_limits,
    t_limits,
)
from framing.compare.permutation import adjust, dealt_differences, dealt_units
from framing.compare.regression import cr2

KINDS = ("normal", "exponential", "lognormal", "share .5", "share .3", "share .1", "share .05", "mean of shares")


def simulate(kind: str, n_events: int, n_outlets: int, n_runs: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, float]:
    """Sums and counts (runs x events x outlets), and the mean that all outlets share."""
    counts = rng.poisson(1.5, size=(n_runs, n_events, n_outlets))
    event = (n_runs, n_events, 1)
    if kind == "normal":
        return counts * 0.7 * rng.normal(size=event) + np.sqrt(counts) * rng.normal(size=counts.shape), counts.astype(float), 0.0
    if kind == "exponential":
        sums = counts * 0.7 * rng.exponential(size=event) + rng.gamma(np.maximum(counts, 1e-9))
        return np.where(counts > 0, sums, 0.0), counts.astype(float), 1.7
    if kind == "lognormal":
        own = np.zeros(counts.shape)
        for n in range(1, int(counts.max()) + 1):
            own += (counts >= n) * np.exp(0.7 * rng.normal(size=counts.shape))
        return np.exp(0.5 * rng.normal(size=event)) * own, counts.astype(float), math.exp(0.125 + 0.245)
    if kind == "mean of shares":  # of 1 to 6 attributions an article, 40 % by officials, more on some events
        chance = np.broadcast_to(rng.beta(0.4 * 4, 0.6 * 4, size=event), counts.shape)
        sums = np.zeros(counts.shape)
        for n in range(1, int(counts.max()) + 1):
            said = rng.integers(1, 7, size=counts.shape)
            sums += (counts >= n) * rng.binomial(said, chance) / said
        return sums, counts.astype(float), 0.4
    share = float(kind.removeprefix("share "))
    chance = np.broadcast_to(rng.beta(3 * share, 3 * (1 - share), size=event), counts.shape)
    return rng.binomial(counts, chance).astype(float), counts.astype(float), share


def coverage(kind: str, n_events: int, n_outlets: int, *, n_runs: int, n_resamples: int, seed: int) -> Iterator[dict[str, object]]:
    """How often each kind of interval holds the truth: a mean, a pair's difference, an outlet against the mean of all."""
    rng = np.random.default_rng([seed, n_events, n_outlets, KINDS.index(kind)])
    sums, counts, truth = simulate(kind, n_events, n_outlets, n_runs, rng)
    flat = [part.transpose(1, 0, 2).reshape(n_events, -1) for part in (sums, counts)]
    samples, sample_errors = resample_with_errors(*flat, n_resamples, rng)
    means, errors = divide(flat[0].sum(axis=0), flat[1].sum(axis=0)), linearised_errors(*flat)
    n_stories = (flat[1] > 0).sum(axis=0)

    def part(values: np.ndarray) -> np.ndarray:
        return values.reshape(*values.shape[:-1], n_runs, n_outlets)

    shaped = [part(values) for values in (means, samples, left_out(*flat))]
    first = np.arange(n_runs) * n_outlets
    few = part(n_stories)
    contrasts = {
        "mean": ([values[..., 0] for values in shaped], few[:, 0], truth),
        "pair": ([values[..., 0] - values[..., 1] for values in shaped], np.minimum(few[:, 0], few[:, 1]), 0.0),
        "all": ([values[..., 0] - values.mean(axis=-1) for values in shaped], few[:, 0], 0.0),
    }
    for name, ((estimate, drawn, jackknife), n, true) in contrasts.items():
        se = standard_errors(drawn, n)
        plain = np.nanquantile(drawn, [0.025, 0.975], axis=0)
        found = {
            "plain": (plain[0], plain[1]),
            "percentile": limits(drawn, n, 0.95, 1.0),
            "bca": bca_limits(estimate, drawn, jackknife, n, 0.95, 1.0),
        }
        if name != "mean":
            found["t"] = t_limits(estimate, se, n - 1.0, 0.95)
        elif "share" in kind:
            alike = divide(flat[1].sum(axis=0) ** 2, (flat[1] ** 2).sum(axis=0))[first]
            found["t"] = share_limits(estimate, se, n, alike, 0.95)
        else:
            found["t"] = studentised_limits(estimate, errors[first], drawn, sample_errors[:, first], n, 0.95, 1.0)
        row: dict[str, object] = {"kind": kind, "events": n_events, "outlets": n_outlets, "of": name}
        for how, (low, high) in found.items():
            there = np.isfinite(low) & np.isfinite(high)
            row[how] = float(((low <= true) & (true <= high))[there].mean()) if there.any() else math.nan
        row["none"] = float((~np.isfinite(found["t"][0])).mean())
        yield row


def rejections(kind: str, n_events: int, shared: bool, *, n_runs: int, n_resamples: int, seed: int) -> dict[str, object]:
    """How often a true null is rejected at .05: permutation within events, and a t-test over articles as if they were independent."""
    rng = np.random.default_rng([seed, n_events, shared, KINDS.index(kind)])
    hits = np.zeros(2)
    for _ in range(n_runs):
        cluster = np.repeat(np.arange(n_events), 4)
        group = np.tile([0, 0, 1, 1], n_events) if shared else np.repeat(rng.permutation(np.arange(n_events) % 2), 4)
        effect = rng.normal(size=n_events) if kind == "normal" else rng.exponential(size=n_events)
        value = effect[cluster] + (rng.normal(size=len(cluster)) if kind == "normal" else rng.exponential(size=len(cluster)))
        units = dealt_units(value[:, None], np.ones((len(value), 1)), group, cluster)
        observed = abs(value[group == 0].mean() - value[group == 1].mean())
        p = (1 + (np.abs(dealt_differences(units, n_resamples, rng)[:, 0]) >= observed - 1e-12).sum()) / (n_resamples + 1)
        hits += [p <= 0.05, stats.ttest_ind(value[group == 0], value[group == 1]).pvalue <= 0.05]
    return {"kind": kind, "events": n_events, "shared": shared, "permutation": hits[0] / n_runs, "t-test over articles": hits[1] / n_runs}


def discoveries(share_null: float, *, n_runs: int, seed: int, n_tests: int = 60, n_events: int = 20, n_resamples: int = 4999) -> float:
    """Mean share of false ones among what Benjamini and Hochberg's procedure finds, over a family of permutation tests on shared events.

    With few resamples no p could reach .05 after adjustment, and the rate would be 0 for that reason alone.
    """
    rng = np.random.default_rng([seed, int(100 * share_null)])
    shares = []
    for _ in range(n_runs):
        null = np.arange(n_tests) < share_null * n_tests
        event = rng.normal(size=(n_events, n_tests))
        value = np.repeat(event, 2, axis=0) + rng.normal(size=(2 * n_events, n_tests))
        value[1::2] += np.where(null, 0.0, 1.2)
        group, cluster = np.tile([0, 1], n_events), np.repeat(np.arange(n_events), 2)
        dealt = dealt_differences(dealt_units(value, np.ones_like(value), group, cluster), n_resamples, rng)
        observed = np.abs(value[::2].mean(axis=0) - value[1::2].mean(axis=0))
        found = adjust((1 + (np.abs(dealt) >= observed - 1e-12).sum(axis=0)) / (n_resamples + 1)) < 0.05
        shares.append((found & null).sum() / max(found.sum(), 1))
    return float(np.mean(shares))


def regression_coverage(n_events: int, *, n_runs: int, seed: int) -> dict[str, object]:
    """How often the interval of a covariate that is one value an event holds the truth: CR2, and least squares as if independent."""
    rng = np.random.default_rng([seed, n_events, 7])
    cluster = np.repeat(np.arange(n_events), 4)
    hits = np.zeros(2)
    for _ in range(n_runs):
        x = np.column_stack([np.ones(len(cluster)), np.tile([0.0, 0.0, 1.0, 1.0], n_events), rng.exponential(size=n_events)[cluster]])
        y = rng.normal(size=n_events)[cluster] + rng.normal(size=len(cluster))
        fit = np.linalg.lstsq(x, y, rcond=None)[0]
        residuals = y - x @ fit
        covariance, freedom = cr2(x, residuals, cluster)
        naive = residuals @ residuals / (len(y) - 3) * np.linalg.inv(x.T @ x)[2, 2]
        for place, reach in enumerate((stats.t.ppf(0.975, freedom[2]) * math.sqrt(covariance[2, 2]), 1.96 * math.sqrt(naive))):
            hits[place] += abs(fit[2]) <= reach
    return {"events": n_events, "CR2": hits[0] / n_runs, "least squares": hits[1] / n_runs}


def corrected_coverage(*, n_runs: int, seed: int) -> dict[str, object]:
    """How often the difference of two shares is covered, with a recall of .9 in one outlet and .6 in the other: as found, and corrected."""
    rng = np.random.default_rng([seed, 11])
    hits, n_events, n_coded = np.zeros(2), 40, 150
    for _ in range(n_runs):
        chance = np.repeat(rng.beta(1.6, 2.4, size=n_events), 6)
        true = rng.random(len(chance)) < chance
        second = np.tile([False, False, False, True, True, True], n_events)
        sensitivity, specificity = np.where(second, 0.6, 0.9), 0.95
        seen = np.where(true, rng.random(len(true)) < sensitivity, rng.random(len(true)) > specificity)
        frame = pd.DataFrame({"outlet": np.where(second, "B", "A"), "story": np.repeat(np.arange(n_events), 6), "seen": seen.astype(float)})
        coded = [rng.binomial(n_coded, rate) / n_coded for rate in (0.9, 0.6, specificity, specificity)]
        rates = pd.DataFrame({"outlet": ["A", "B"], "sensitivity": coded[:2], "specificity": coded[2:], "n": n_coded})
        row = correct_for_rates(frame, "seen", rates, n_resamples=400).differences.iloc[0]
        hits += [row.low <= 0 <= row.high, row.corrected_low <= 0 <= row.corrected_high]
    return {"as found": hits[0] / n_runs, "corrected": hits[1] / n_runs}


def speed(n_articles: int = 5000, n_outlets: int = 8, n_measures: int = 40, n_resamples: int = 2000) -> dict[str, object]:
    """Seconds for forty measures, a fifth of them missing in some articles (five patterns), as one family."""
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(
        {
            "article_id": [f"a{n}" for n in range(n_articles)],
            "outlet": [f"outlet {n}" for n in rng.integers(0, n_outlets, n_articles)],
            "story": rng.integers(0, n_articles // 5, n_articles),
        }
    )
    gaps = [np.zeros(n_articles, dtype=bool), *(rng.random(n_articles) < 0.2 for _ in range(4))]
    values = {f"share_{m}": np.where(gaps[m % 5], math.nan, rng.beta(1, 2, n_articles)) for m in range(n_measures)}
    frame = pd.concat([frame, pd.DataFrame(values)], axis=1)
    start, used = time.perf_counter(), time.process_time()
    family = compare_measures(frame, list(values), n_resamples=n_resamples)
    return {
        "seconds": time.perf_counter() - start,
        "processor seconds": time.process_time() - used,
        "comparisons": family.family_size,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=2000)
    parser.add_argument("--resamples", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=20261123)
    parser.add_argument("--only", default="coverage,tests,fdr,regression,correction,speed")
    options = parser.parse_args()
    wanted, seed = options.only.split(","), options.seed
    print(f"{options.runs} runs, {options.resamples} resamples, seed {seed}", flush=True)
    if "coverage" in wanted:
        rows = []
        for n_events, n_outlets, kind in itertools.product((20, 60), (2, 4, 8), KINDS):
            mine = list(coverage(kind, n_events, n_outlets, n_runs=options.runs, n_resamples=options.resamples, seed=seed))
            print(pd.DataFrame(mine).round(3).to_string(index=False, header=not rows), flush=True)
            rows += mine
        frame = pd.DataFrame(rows)
        print(frame.groupby(["events", "of"])[["plain", "percentile", "bca", "t"]].agg(["min", "mean", "max"]).round(3).to_string())
    if "tests" in wanted:
        rows = [
            rejections(kind, n_events, shared, n_runs=options.runs, n_resamples=399, seed=seed)
            for kind in ("normal", "exponential")
            for n_events in (20, 60)
            for shared in (True, False)
        ]
        print(pd.DataFrame(rows).round(4).to_string(index=False), flush=True)
    if "fdr" in wanted:
        for share_null in (1.0, 0.8, 0.5):
            rate = discoveries(share_null, n_runs=max(options.runs // 5, 50), seed=seed)
            print(f"false discovery rate, {share_null:.0%} of 60 nulls true: {rate:.4f}", flush=True)
    if "regression" in wanted:
        print(pd.DataFrame([regression_coverage(n, n_runs=options.runs, seed=seed) for n in (10, 20, 60)]).round(3).to_string(index=False))
    if "correction" in wanted:
        print("coverage of a true difference of 0:", corrected_coverage(n_runs=max(options.runs // 5, 50), seed=seed), flush=True)
    if "speed" in wanted:
        print("40 measures x 8 outlets x 2,000 resamples on 5,000 articles:", speed(), flush=True)


if __name__ == "__main__":
    main()
