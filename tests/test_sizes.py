"""No module longer than 500 lines, no function longer than 60 without its docstring, unless the docstring says why."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import framing

PACKAGE = Path(framing.__file__).parent
MOST_OF_MODULE, MOST_OF_FUNCTION = 500, 60
REASON = re.compile(r"(?:^|[.:)]\s+|\n\s*)Long because\b")

# What is still to be split. Entries go, none come.
MODULES: set[str] = set()
FUNCTIONS: set[str] = set()

FILES = sorted(PACKAGE.rglob("*.py"))


def reasoned(node: ast.Module | ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return REASON.search(ast.get_docstring(node) or "") is not None


def lines_without_docstring(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    lines = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    return lines - ((first.end_lineno or 0) - first.lineno + 1) if ast.get_docstring(function) is not None else lines


def too_long(source: str) -> tuple[bool, list[str]]:
    """Whether a module is too long, and its functions that are."""
    tree = ast.parse(source)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = [node.name for node in functions if lines_without_docstring(node) > MOST_OF_FUNCTION and not reasoned(node)]
    return len(source.splitlines()) > MOST_OF_MODULE and not reasoned(tree), long


def test_nothing_is_too_long() -> None:
    modules, functions = set(), set()
    for path in FILES:
        name = path.relative_to(PACKAGE).as_posix()
        module, long = too_long(path.read_text(encoding="utf-8"))
        modules |= {name} if module else set()
        functions |= {f"{name}: {function}" for function in long}
    assert sorted(modules - MODULES) == [], "split it, or say in its docstring why it is 'Long because ...'"
    assert sorted(functions - FUNCTIONS) == [], "split it, or say in its docstring why it is 'Long because ...'"
    assert (sorted(MODULES - modules), sorted(FUNCTIONS - functions)) == ([], []), "no longer too long: take it off the list"


LINES = "    x = 1\n" * 59
DEEPER = "        x = 1\n" * 60


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (f"def f():\n{LINES}", (False, [])),
        (f"def f():\n{LINES}    x = 1\n", (False, ["f"])),
        (f'def f():\n    """One\n    two."""\n{LINES}', (False, [])),
        (
            f'class A:\n    def f(self):\n        """Long. Long because it counts."""\n{DEEPER}',
            (False, []),
        ),
        (f'def f():\n    """Not so long because it counts."""\n{LINES}    x = 1\n', (False, ["f"])),
        (f"def f():\n    def g():\n{DEEPER}", (False, ["f", "g"])),
        ("x = 1\n" * 500, (False, [])),
        ("x = 1\n" * 501, (True, [])),
        ('"""Words.\n\nLong because they are many.\n"""\n' + "x = 1\n" * 500, (False, [])),
    ],
)
def test_what_is_too_long(source: str, expected: tuple[bool, list[str]]) -> None:
    assert too_long(source) == expected
