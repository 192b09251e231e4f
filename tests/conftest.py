"""Shared fixtures. Everything here is invented, but for the paths to gold data and the seed page, which a clone need not have."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def gold_dir() -> Path:
    """Folder of hand-coded news; tests that need it skip where it is absent."""
    folder = Path(os.environ.get("FRAMING_GOLD", PROJECT.parent / "shared" / "gold"))
    if not folder.is_dir():
        pytest.skip("gold data not found: set FRAMING_GOLD to its folder")
    return folder


@pytest.fixture(scope="session")
def seed_path() -> Path:
    """The founding article, a page that is not part of the project."""
    folder = Path(os.environ.get("FRAMING_SEED", PROJECT.parent / "shared" / "seed"))
    pages = sorted(folder.glob("*.txt"))
    if not pages:
        pytest.skip("seed article not found: set FRAMING_SEED to its folder")
    return pages[0]
