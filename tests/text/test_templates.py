"""Templates: every word that enters one is escaped, and none is let through by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

import framing
from framing.text.escaping import visible
from framing.text.templates import _environment, fill

PACKAGE = Path(framing.__file__).parent
TEMPLATES = sorted(str(path.relative_to(PACKAGE)) for path in PACKAGE.rglob("templates/*.html"))


@pytest.mark.parametrize("name", TEMPLATES)
def test_templates_compile_and_switch_no_escaping_off(name: str) -> None:
    _environment().get_template(name)
    source = (PACKAGE / name).read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe\b|autoescape|xmlattr|Markup", source)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{{ text }}", "&lt;b&gt;⟨RLO⟩␛"),
        ('<p title="{{ quoted }}">', '<p title="&#34; onload=&#39;x">'),
        ("{{ made ~ text }}", "<i>&lt;b&gt;⟨RLO⟩␛"),
        ("{{ [made, text]|join }}", "<i>&lt;b&gt;⟨RLO⟩␛"),
        ("{{ text|replace('b', made) }}", "&lt;<i>&gt;⟨RLO⟩␛"),
        ("{{ [text]|tojson }}", r'["\u003cb\u003e\u202e\u001b"]'),
        ("{% set one %}{{ text }}{% endset %}{{ one }}", "&lt;b&gt;⟨RLO⟩␛"),
    ],
)
def test_text_is_escaped_however_it_enters(source: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_environment(), "get_template", lambda name: _environment().from_string(source))
    assert fill("any", text="<b>\u202e\x1b", quoted="\" onload='x", made=Markup("<i>")) == shown


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="'parts' is undefined"):
        fill("text/templates/notebook.html")


def test_visible_is_the_same_for_long_and_short_text() -> None:
    """Text that can be printed takes a short way."""
    for code in (*range(0x250), *range(0x2000, 0x2100), 0xD800, 0xFFFE):
        assert visible(chr(code)) == visible(f"{chr(code)}\n")[:-1]
    assert visible("a\tb\r\nc\xa0d") == "a\tb\r\nc\xa0d"
