"""Progress in a notebook and in a pipe."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from framing import progress
from framing.progress import track


def test_a_notebook_gets_a_plain_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(progress, "Console", lambda **options: SimpleNamespace(is_jupyter=True))
    assert list(track(range(1000), "Reading", total=1000)) == list(range(1000))
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\r") == 20
    assert told.err.endswith("\rReading: 1,000 of 1,000\n")


def test_few_items_and_none(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(progress, "Console", lambda **options: SimpleNamespace(is_jupyter=True))
    assert list(track(iter("ab"), "Reading", total=2)) == ["a", "b"]
    assert capsys.readouterr().err == "\rReading: 1 of 2\rReading: 2 of 2\n"
    assert list(track([], "Reading", total=0)) == []


def test_nothing_is_shown_where_nobody_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(track("abc", "Reading", total=3, shown=False)) == ["a", "b", "c"]
    assert capsys.readouterr() == ("", "")


def test_a_pipe_gets_no_escape_codes(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(track("abc", "Reading", total=3)) == ["a", "b", "c"]
    assert "\x1b" not in capsys.readouterr().err
