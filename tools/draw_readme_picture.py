"""Draw the README's pictures from the bundled corpus.

python tools/draw_readme_picture.py
"""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.figure import Figure

import framing as fr

PROJECT = Path(__file__).resolve().parent.parent
MEASURES = (
    "share_official",
    "share_citizen",
    "share_unnamed",
    "share_quoted_words",
    "n_sources",
    "polarity_headline",
    "news_polarity_outlet",
    "loaded_outlet_per_1k",
    "n_legal_labels",
    "n_words",
)


def main() -> None:
    tables = fr.analyze_corpus(fr.read_corpus(PROJECT / "corpora" / "ten-stories"))
    save(who_speaks(tables), "who-speaks.png")
    save(how_they_differ(tables), "fingerprints.png")


def who_speaks(tables: fr.Tables) -> Figure:
    """Kinds of source, and the share of officials."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(14, 4.4), layout="constrained", gridspec_kw={"width_ratios": [1.25, 1]})
    fr.plot.source_mix(tables, ax=left)
    fr.plot.compare(fr.compare_outlets(tables, "share_official"), ax=right)
    return figure


def how_they_differ(tables: fr.Tables) -> Figure:
    """In which measures each outlet stands apart."""
    figure, ax = plt.subplots(figsize=(10, 4), layout="constrained")
    fr.plot.fingerprint(fr.compare_measures(tables, MEASURES), ax=ax)
    fr.plot.fit_height(ax)
    return figure


def save(figure: Figure, name: str) -> None:
    target = PROJECT / "docs" / name
    target.parent.mkdir(exist_ok=True)
    figure.savefig(target, dpi=130, metadata={"Software": None})
    print(f"wrote {target.relative_to(PROJECT)}")


if __name__ == "__main__":
    main()
