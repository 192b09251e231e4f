"""Hand-coded news lies where ``FRAMING_GOLD`` says: nothing looks for it beside the checkout."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import PROJECT


def test_nothing_names_a_folder_beside_the_checkout() -> None:
    beside = "sha" + "red"  # not found in this file
    files = [path for folder in ("tests", "benchmarks", "tools", "notebooks", "framing") for path in (PROJECT / folder).rglob("*")]
    sources = {path: path.read_text(encoding="utf-8") for path in files if path.suffix in (".py", ".ipynb", ".md")}
    assert len(sources) > 200
    assert not [str(path) for path, source in sources.items() if f'/ "{beside}"' in source or f"{beside}/" in source]


def test_benchmarks_find_it_in_one_way() -> None:
    sources = {path.stem: path.read_text(encoding="utf-8") for path in (PROJECT / "benchmarks").glob("*.py") if path.stem != "gold"}
    assert {name for name, source in sources.items() if ".jsonl" in source or "rows_of" in source} <= {
        name for name, source in sources.items() if "gold_folder(" in source
    }
    assert not [name for name, source in sources.items() if 'environ.get("FRAMING_GOLD' in source]


def test_the_folder_of_gold_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(PROJECT / "benchmarks"))
    monkeypatch.delenv("FRAMING_GOLD", raising=False)
    from gold import gold_folder

    with pytest.raises(SystemExit, match=r"^hand-coded news is needed: set FRAMING_GOLD to its folder$"):
        gold_folder()
    monkeypatch.setenv("FRAMING_GOLD", str(tmp_path / "none"))
    with pytest.raises(SystemExit, match=r"^no folder .*none: set FRAMING_GOLD to that of the hand-coded news$"):
        gold_folder()
    assert gold_folder(tmp_path) == tmp_path
    monkeypatch.setenv("FRAMING_GOLD", str(tmp_path))
    assert gold_folder() == tmp_path


def test_a_benchmark_without_gold_data_ends_in_a_line(tmp_path: Path) -> None:
    script = PROJECT / "benchmarks" / "stories.py"
    run = subprocess.run([sys.executable, script, str(tmp_path / "none")], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (1, f"no folder {tmp_path / 'none'}: set FRAMING_GOLD to that of the hand-coded news\n")
