"""The shipped encoder: pieces slice back, windows hold every piece once, vectors depend on nothing but the article."""

from __future__ import annotations

import random
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.article import Article
from framing.measuring import encoder
from framing.text import paragraph_spans

TEXT = "Ilse Maren said: “The PORT is safe.”\n\nDockers weren't convinced."


def test_pieces_slice_back_and_know_capitals_and_quotations() -> None:
    found = encoder.pieces(TEXT, paragraph_spans(TEXT))
    words = [TEXT[a:b] for a, b in zip(found.starts, found.ends, strict=True)]
    assert "".join(words) == "".join(TEXT.split())
    shapes = dict(zip(words, found.shapes.tolist(), strict=True))
    assert (shapes["said"], shapes["Mare"], shapes["n"]) == (1, 2, 1)
    assert (shapes["The"], shapes["PORT"], shapes["safe"]) == (6, 7, 5)
    assert words.count("") == 1  # the break between the paragraphs
    assert found.first().tolist() == [0, words.index("")]


@pytest.mark.parametrize("opened, closed", [("“", "”"), ("''", "''"), ("``", "''"), ("«", "»"), ("„", "“")])
def test_quotation_marks_are_made_straight(opened: str, closed: str) -> None:
    straight = encoder.pieces('Renk said "no way at all" to them.', [*paragraph_spans('Renk said "no way at all" to them.')])
    text = f"Renk said {opened}no way at all{closed} to them."
    found = encoder.pieces(text, paragraph_spans(text))
    assert found.ids.tolist() == straight.ids.tolist()
    assert found.shapes.tolist() == straight.shapes.tolist()


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_pieces_of_any_text(text: str) -> None:
    paragraphs = paragraph_spans(text)
    found = encoder.pieces(text, paragraphs)
    assert (found.starts <= found.ends).all()
    assert (np.diff(found.starts) >= 0).all()
    assert ((found.shapes >= 0) & (found.shapes < encoder.N_SHAPES)).all()
    assert all(any(p.start <= a and b <= p.end for p in paragraphs) for a, b in zip(found.starts, found.ends, strict=True))


def test_windows_hold_every_piece_once_and_end_between_paragraphs() -> None:
    rng = random.Random(0)
    for _ in range(50):
        text = "\n\n".join("port " * rng.randrange(1, 400) for _ in range(rng.randrange(1, 12)))
        found = encoder.pieces(text, paragraph_spans(text))
        cut = encoder.windows(found)
        assert [a for a, _ in cut[1:]] == [b for _, b in cut[:-1]]
        assert (cut[0][0], cut[-1][1]) == (0, len(found))
        assert all(0 < b - a <= encoder.WINDOW for a, b in cut)


def test_vectors_are_the_same_whatever_is_read_before_them() -> None:
    article, other = Article(id="a", text=TEXT), Article(id="b", text="A storm came. " * 300)
    alone = encoder.read(article).vectors
    encoder.read(other)
    assert (encoder.read(article).vectors == alone).all()
    assert alone.shape == (len(encoder.read(article).pieces), encoder.SIZE)
    assert np.isfinite(alone).all()


def test_an_article_without_words_has_no_vectors() -> None:
    assert encoder.read(Article(id="a", text=" \n")).vectors.shape == (0, encoder.SIZE)


def test_the_shipped_files_are_small() -> None:
    size = sum((files("framing") / "measuring/encoder" / name).stat().st_size for name in ("encoder.onnx", "tokenizer.json"))  # type: ignore[attr-defined]
    assert size < 25_000_000
