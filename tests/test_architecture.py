"""The rooms and the one way through them: a module imports only what stands above it."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import framing

PACKAGE = Path(framing.__file__).parent
ORDER = (
    "errors",
    "escaping",
    "progress",
    "lexicons",
    "threads",
    "cards",
    "text",
    "article",
    "notices",
    "roles",
    "readers",
    "encoder",
    "attribution",
    "names",
    "tone",
    "wording",
    "topics",
    "stories",
    "render",
    "diversity",
    "analysis",
    "tables",
    "resampling",
    "compare",
    "voices",
    "tones",
    "labels",
    "coding",
    "validate",
    "plot",
    "report",
    "cli",
)
MEASURES = {"notices", "attribution", "tone", "wording", "topics", "stories"}


def room(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Rooms this file imports, and top-level names of other packages as ``other:<name>``."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names = [f"framing.{a.name}" for a in node.names] if node.module == "framing" else [node.module or ""]
        for name in names:
            parts = name.split(".")
            found.add(parts[1] if parts[0] == "framing" and len(parts) > 1 else f"other:{parts[0]}")
    return found


FILES = sorted(p for p in PACKAGE.rglob("*.py") if p.name not in ("__init__.py", "__main__.py") or p.parent != PACKAGE)


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_run_one_way(path: Path) -> None:
    here = room(path)
    assert here in ORDER, f"{here} has no place in the order of rooms"
    rooms = {name for name in imported(path) if not name.startswith("other:")} - {here, "__version__"}
    below = {name for name in rooms if ORDER.index(name) > ORDER.index(here)}
    assert not below, f"{here} imports {below}, which stand below it"
    if here in MEASURES:
        assert not rooms & MEASURES, f"{here} imports another measure: {rooms & MEASURES}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_only_charts_know_matplotlib(path: Path) -> None:
    if room(path) not in ("plot", "report"):
        assert "other:matplotlib" not in imported(path)


def test_nothing_reads_pickles_or_the_network() -> None:
    banned = {f"other:{name}" for name in ("pickle", "urllib.request", "requests", "httpx", "socket", "torch")}
    assert not {(p.name, name) for p in FILES for name in imported(p) & banned}


def test_import_is_silent_and_leaves_settings_alone() -> None:
    code = (
        "import numpy, pandas, sys; state = numpy.random.get_state()[1].tolist(); errors = numpy.geterr();"
        "import framing; assert numpy.random.get_state()[1].tolist() == state and numpy.geterr() == errors;"
        "assert 'matplotlib' not in sys.modules, 'charts loaded too early'"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_every_public_name_exists() -> None:
    assert sorted(framing.__all__) == list(framing.__all__)
    for name in framing.__all__:
        assert getattr(framing, name) is not None


def test_unknown_name() -> None:
    with pytest.raises(AttributeError, match="module 'framing' has no attribute 'nothing'"):
        framing.nothing  # noqa: B018
