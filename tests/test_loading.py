"""Names are loaded when they are first asked for: one table says where from, and what asks for little loads little."""

from __future__ import annotations

import ast
import importlib
import json
import pickle
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

import framing
from framing.cli import main

PROJECT = Path(framing.__file__).resolve().parents[1]
LIMIT = 0.3  # seconds of processor time, the interpreter's own start included


def run(code: str, *arguments: str) -> str:
    """What a fresh Python prints."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *arguments], capture_output=True, text=True, encoding="utf-8", cwd=PROJECT, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_type_checkers_read_the_same_table() -> None:
    tree = ast.parse(Path(framing.__file__).read_text(encoding="utf-8"))
    blocks = [node for node in tree.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"]
    told = {}
    for node in blocks[-1].body:
        assert isinstance(node, ast.ImportFrom)
        for alias in node.names:
            assert alias.asname == alias.name, f"{alias.name} is not passed on to others"
            told[alias.name] = node.module
    assert told == framing._MODULE_OF | dict.fromkeys(framing._MODULES, "framing")


def test_the_tables_are_in_order_and_nothing_stands_in_both() -> None:
    assert list(framing._MODULE_OF) == sorted(framing._MODULE_OF)
    assert list(framing._MODULES) == sorted(framing._MODULES)
    assert framing.__all__ == sorted({*framing._MODULE_OF, *framing._MODULES})


@pytest.mark.parametrize("name", framing.__all__)
def test_every_public_name_is_there(name: str) -> None:
    if name in framing._MODULES:
        assert getattr(framing, name) is importlib.import_module(f"framing.{name}")
    else:
        assert getattr(framing, name) is getattr(importlib.import_module(framing._MODULE_OF[name]), name)
        assert callable(getattr(framing, name))


def test_every_public_name_is_listed_and_can_be_imported() -> None:
    assert set(framing.__all__) <= set(dir(framing))
    space: dict[str, object] = {}
    exec(f"from framing import {', '.join(framing.__all__)}", space)
    star: dict[str, object] = {}
    exec("from framing import *", star)
    assert {name: space[name] for name in framing.__all__} == {name: star[name] for name in framing.__all__}


def test_names_are_listed_before_they_are_loaded() -> None:
    listed = json.loads(run("import framing, json; print(json.dumps(dir(framing)))"))
    assert set(framing.__all__) <= set(listed)


@pytest.mark.parametrize("first", ["forwards", "backwards", "modules"])
def test_the_order_of_asking_changes_nothing(first: str) -> None:
    """A module of the same name, loaded before or after, hides no function."""
    code = """
import importlib, pkgutil, sys, types
import framing
if sys.argv[1] == "modules":
    for module in pkgutil.walk_packages(framing.__path__, "framing."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
names = framing.__all__ if sys.argv[1] != "backwards" else framing.__all__[::-1]
modules = [name for _ in range(2) for name in names if isinstance(getattr(framing, name), types.ModuleType)]
print(*sorted(modules))
"""
    assert run(code, first).split() == sorted([*framing._MODULES] * 2)


def test_what_is_pickled_is_found_again_by_a_fresh_process() -> None:
    things = [framing.analyze, framing.Article, framing.Span(1, 2), framing.InputError("what"), framing.validate, framing.cards]
    code = "import pickle, sys; print(*map(repr, pickle.loads(bytes.fromhex(sys.argv[1]))), sep='\\n')"
    shown = run(code, pickle.dumps(things).hex()).splitlines()
    assert shown[2:4] == ["Span(start=1, end=2)", "InputError('what')"]
    assert [line.split(" at ")[0].removeprefix("<function ") for line in (shown[0], *shown[4:])] == ["analyze", "validate", "cards"]


def called(*command: str) -> str:
    """Code that gives the command line a call which ends by itself."""
    return f"from framing.cli import main\ntry: main({list(command)})\nexcept SystemExit as end: status = end.code"


LIGHT = {
    "import framing": "import framing",
    "article": "from framing import Article, Corpus, FramingError, Span, text; list(text.words('Ships wait.'))",
    "--help": called("--help"),
    "--version": called("--version"),
    "report --help": called("report", "--help"),
    "python -m framing": "import runpy, sys\nsys.argv[1:] = ['--help']\n"
    "try: runpy.run_module('framing', run_name='__main__')\nexcept SystemExit: pass",
}


@pytest.mark.parametrize("code", LIGHT.values(), ids=LIGHT)
def test_what_asks_for_little_loads_no_other_package(code: str) -> None:
    before = "import sys; before = set(sys.modules)\n"
    after = "\nprint('loaded:', *{name.partition('.')[0] for name in set(sys.modules) - before} - sys.stdlib_module_names)"
    assert run(before + code + after).splitlines()[-1].split()[1:] == ["framing"]


@pytest.mark.parametrize("code", LIGHT.values(), ids=LIGHT)
def test_what_asks_for_little_costs_little(code: str) -> None:
    """The best of some runs: a busy machine makes one of them slow, and not a library that loads little."""
    best = min(float(run(f"import time\n{code}\nprint(time.process_time())").splitlines()[-1]) for _ in range(5))
    assert best <= LIMIT


@pytest.mark.parametrize("command", [["divine"], ["analyze"], ["report", "x", "--jobs", "0"], ["analyze", "x", "--engine", "magic"]])
def test_a_slip_on_the_command_line_loads_nothing_either(command: list[str]) -> None:
    code = f"import sys\nsys.stderr = sys.stdout\n{called(*command)}\nprint(status, 'pandas' in sys.modules)"
    assert run(code).splitlines()[-1] == "2 False"


def test_the_version_stands_in_one_way(capsys: pytest.CaptureFixture[str]) -> None:
    assert framing.__version__ == metadata.version("media-framing")
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"framing {framing.__version__}\n"
