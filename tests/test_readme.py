"""What the README shows is true: its code runs, its commands exist, its links lead somewhere."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

import framing as fr
from framing.cli import main

PROJECT = Path(__file__).resolve().parent.parent
README = (PROJECT / "README.md").read_text(encoding="utf-8")
COLUMNS = (PROJECT / "docs" / "columns.md").read_text(encoding="utf-8")


def test_five_minutes_in_a_notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plt.switch_backend("Agg")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpora").symlink_to(PROJECT / "corpora")
    (code,) = re.findall(r"```python\n(.*?)```", README, flags=re.S)
    names: dict[str, object] = {}
    exec(code, names)
    plt.close("all")
    shown = re.search(r"^# (<Corpus .*>)$", code, flags=re.M)
    assert shown is not None
    assert repr(names["corpus"]) == shown.group(1)
    assert (tmp_path / "report.html").stat().st_size > 100_000


@pytest.mark.parametrize("command", sorted(set(re.findall(r"^framing (\w+)", README, flags=re.M))))
def test_commands_exist(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])
    assert stopped.value.code == 0


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(((?!https?:)[^)#]+)\)", README))))
def test_links_lead_somewhere(target: str) -> None:
    assert (PROJECT / target).exists()


def test_the_list_of_columns_is_that_of_the_measures() -> None:
    names = runpy.run_path(str(PROJECT / "tools" / "write_columns.py"))
    assert names["PAGE"].read_text(encoding="utf-8") == names["written"](), "write it anew: python tools/write_columns.py"


def test_the_readme_names_every_card() -> None:
    assert [name for name in fr.cards().index if f"card_{name}.md" not in README + COLUMNS] == []
