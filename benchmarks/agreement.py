"""How often the intervals of alpha and AC1 hold the truth: simulated coders, the truth from 200,000 units.

python benchmarks/agreement.py [--runs 400] [--resamples 500] [--seed 2026]
"""

from __future__ import annotations

import argparse

import numpy as np

from framing.coding.reliability import agreement_figures
from framing.coding.variables import Variable
from framing.compare import Resampling

BLAME = Variable("blame", "Is somebody blamed?", values=("no", "yes"))


def draw(n_units: int, n_coders: int, share: float, skill: float, missing: float, rng: np.random.Generator) -> np.ndarray:
    """Counts (units x codes) of coders who see the right code with probability ``skill``; each leaves out a share ``missing``."""
    truth = rng.random(n_units) < share
    says = np.where(rng.random((n_coders, n_units)) < skill, truth, ~truth)
    there = rng.random((n_coders, n_units)) >= missing
    return np.stack([(~says & there).sum(axis=0), (says & there).sum(axis=0)], axis=1).astype(float)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("runs", 400), ("resamples", 500), ("seed", 2026)):
        parser.add_argument(f"--{name}", type=int, default=default)
    options = parser.parse_args()
    print("units coders share skill missing | alpha: truth, covered, no interval | AC1: truth, covered, no interval")
    for n_units, n_coders, share, skill, missing in (
        (30, 2, 0.5, 0.9, 0.0),
        (100, 2, 0.5, 0.9, 0.0),
        (30, 2, 0.1, 0.95, 0.0),
        (100, 2, 0.1, 0.95, 0.0),
        (200, 2, 0.03, 0.98, 0.0),
        (60, 3, 0.3, 0.8, 0.2),
    ):
        rng = np.random.default_rng([options.seed, n_units, n_coders, int(1000 * share)])
        big = draw(200_000, n_coders, share, skill, missing, rng)
        big = big[big.sum(axis=1) > 0]
        truth = agreement_figures(BLAME, big, ["no", "yes"], np.zeros(len(big), dtype=np.int64), Resampling(0.95, 100, 0))
        row = f"{n_units:5} {n_coders:6} {share:5} {skill:5} {missing:7}"
        hits, none = {"alpha": 0, "ac1": 0}, {"alpha": 0, "ac1": 0}
        for run in range(options.runs):
            counts = draw(n_units, n_coders, share, skill, missing, rng)
            counts = counts[counts.sum(axis=1) > 0]
            found = agreement_figures(BLAME, counts, ["no", "yes"], np.arange(len(counts)), Resampling(0.95, options.resamples, run))
            for name in hits:
                low, high = found[f"{name}_low"], found[f"{name}_high"]
                none[name] += np.isnan(low)
                hits[name] += low <= truth[name] <= high
        for name in hits:
            given = options.runs - none[name]
            row += f" | {truth[name]:.3f} {hits[name] / max(1, given):.3f} {none[name] / options.runs:.3f}"
        print(row, flush=True)


if __name__ == "__main__":
    main()
