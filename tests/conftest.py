"""Shared fixtures. Everything here is invented, but for the paths to gold data and the seed page, which a clone need not have."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def gold_dir() -> Path:
    """Folder of hand-coded news; tests that need it skip where nothing names it."""
    return _named("FRAMING_GOLD", "hand-coded news")


@pytest.fixture(scope="session")
def seed_path() -> Path:
    """The founding article, a page that is not part of the project."""
    return sorted(_named("FRAMING_SEED", "the founding article").glob("*.txt"))[0]


def _named(variable: str, what: str) -> Path:
    """The folder that an environment variable names, and no other; a name that leads nowhere is a mistake."""
    if variable not in os.environ:
        pytest.skip(f"{what} is needed: set {variable} to its folder")
    folder = Path(os.environ[variable])
    if not folder.is_dir():
        pytest.fail(f"{variable} names no folder: {folder}")
    return folder
