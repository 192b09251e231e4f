"""Where the hand-coded news is that benchmarks read: in the folder that ``FRAMING_GOLD`` names, or that is given, and nowhere else."""

from __future__ import annotations

import os
from pathlib import Path


def gold_folder(given: Path | None = None) -> Path:
    """The folder given, else that of ``FRAMING_GOLD``; without either, or without the folder, the script ends and says so."""
    named = given or os.environ.get("FRAMING_GOLD")
    if not named:
        raise SystemExit("hand-coded news is needed: set FRAMING_GOLD to its folder")
    if not Path(named).is_dir():
        raise SystemExit(f"no folder {named}: set FRAMING_GOLD to that of the hand-coded news")
    return Path(named)
