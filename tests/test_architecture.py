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
    "choices",
    "progress",
    "resources",
    "threads",
    "text",
    "english",
    "article",
    "measuring",
    "readers",
    "render",
    "tables",
    "compare",
    "coding",
    "evaluate",
    "plot",
    "report",
    "cli",
)
SHARED = {"measure", "page", "encoder", "diversity"}  # in measuring, but no measures


def room(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def modules(path: Path) -> set[str]:
    """Full names of what this file imports: the module, and the module with each name taken from it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {a.name for a in node.names}
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {str(node.module), *(f"{node.module}.{a.name}" for a in node.names)}
    return found


def imported(path: Path) -> set[str]:
    """Rooms this file imports, and top-level names of other packages as ``other:<name>``."""
    parts = [name.split(".") for name in modules(path)]
    return {some[1] if some[0] == "framing" else f"other:{some[0]}" for some in parts if some != ["framing"]}


FILES = sorted(p for p in PACKAGE.rglob("*.py") if p.name not in ("__init__.py", "__main__.py") or p.parent != PACKAGE)


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_run_one_way(path: Path) -> None:
    here = room(path)
    assert here in ORDER, f"{here} has no place in the order of rooms"
    rooms = {name for name in imported(path) if not name.startswith("other:")} - {here, "__version__"}
    below = {name for name in rooms if ORDER.index(name) > ORDER.index(here)}
    assert not below, f"{here} imports {below}, which stand below it"


@pytest.mark.parametrize(
    "path", [p for p in FILES if room(p) == "measuring" and p.parent.name != "measuring"], ids=lambda p: f"{p.parent.name}/{p.name}"
)
def test_no_measure_imports_another(path: Path) -> None:
    here = path.relative_to(PACKAGE).parts[1]
    names = [name.split(".") for name in modules(path) if name.startswith("framing.measuring.")]
    measures = {some[2] for some in names if some[3:4] != ["types"]}  # what a finding of another measure looks like may be known
    assert measures <= {here, *SHARED}


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
        "import framing; [getattr(framing, name) for name in framing.__all__ if name not in ('plot', 'write_report')];"
        "assert numpy.random.get_state()[1].tolist() == state and numpy.geterr() == errors;"
        "assert 'matplotlib' not in sys.modules, 'charts loaded too early'"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_unknown_name() -> None:
    with pytest.raises(AttributeError, match="module 'framing' has no attribute 'nothing'"):
        framing.nothing  # noqa: B018
