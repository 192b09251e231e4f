"""Draw the README's picture from the bundled corpus.

python tools/draw_readme_picture.py
"""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt

import framing as fr

PROJECT = Path(__file__).resolve().parent.parent


def main() -> None:
    tables = fr.analyze_corpus(fr.read_corpus(PROJECT / "corpora" / "ten-stories"))
    figure, (left, right) = plt.subplots(1, 2, figsize=(14, 4.6), layout="constrained", gridspec_kw={"width_ratios": [1.25, 1]})
    fr.plot.source_mix(tables, ax=left)
    fr.plot.tone_by_outlet(fr.compare_outlets(tables, "share_official"), ax=right)
    target = PROJECT / "docs" / "who-speaks.png"
    target.parent.mkdir(exist_ok=True)
    figure.savefig(target, dpi=130, metadata={"Software": None})
    print(f"wrote {target.relative_to(PROJECT)}")


if __name__ == "__main__":
    main()
