"""A page: what is found in the evened text slices back as it is printed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from framing import find_attributions, find_names
from framing.choices import Engine

SENTENCES = "The port’s owner, Renée Tolliver, was angry. “We stay,” she said on Monday. Otto Brückner told reporters that ships were due."


def _hyphenated(text: str) -> str:
    return " ".join(word[:3] + "\u00ad" + word[3:5] + "\u00ad" + word[5:] if len(word) > 6 else word for word in text.split(" "))


@pytest.mark.parametrize("engine", ["rules", "fast", "encoder"])
@pytest.mark.parametrize("odd", [_hyphenated, lambda text: unicodedata.normalize("NFD", text)], ids=["soft hyphens", "NFD"])
def test_odd_characters_change_nothing_that_is_found(odd: Callable[[str], str], engine: Engine) -> None:
    text = odd(SENTENCES)
    assert text != SENTENCES

    def read(span_text: str) -> str:
        return unicodedata.normalize("NFC", span_text.replace("\u00ad", ""))

    assert [(n.name, n.kind, read(n.span.of(text))) for n in find_names(text)] == [
        (n.name, n.kind, n.span.of(SENTENCES)) for n in find_names(SENTENCES)
    ]
    found, expected = find_attributions(text, engine=engine), find_attributions(SENTENCES, engine=engine)
    assert [a.speaker for a in found] == [a.speaker for a in expected] == ["Renée Tolliver", "Otto Brückner"]
    for one, other in zip(found, expected, strict=True):
        for role in ("source", "cue", "content"):
            assert [read(s.of(text)) for s in getattr(one, role)] == [s.of(SENTENCES) for s in getattr(other, role)]
