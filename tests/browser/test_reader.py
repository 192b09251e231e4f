"""The article reader: layers without scripts, several readers on a page, dark and narrow, by keyboard, for a screen reader."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageStat

import framing as fr
from browser.conftest import PROJECT, Open
from browser.looks import layer_of, looks


@pytest.fixture(scope="module")
def analyses() -> list[fr.Analysis]:
    corpus = fr.read_corpus(PROJECT / "corpora" / "harbour")
    return [fr.analyze(article, engine="fast") for article in corpus]


@pytest.fixture(scope="module")
def several(analyses: list[fr.Analysis], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All readers on one page, as a notebook shows them one below the other, under a policy that lets no script run."""
    written = tmp_path_factory.mktemp("reader") / "several.html"
    readers = "\n".join(found._repr_html_() for found in analyses)
    written.write_text(
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>Readers</title>'
        '<meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" '
        f"content=\"default-src 'none'; style-src 'unsafe-inline'\"></head><body><main><h1>Readers</h1>{readers}</main></body></html>",
        encoding="utf-8",
    )
    return written


@pytest.fixture(scope="module")
def single(analyses: list[fr.Analysis], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of its own with every layer."""
    found = max(analyses, key=lambda one: len(one.notices))
    written = tmp_path_factory.mktemp("reader") / "single.html"
    page = found.to_html(standalone=True)
    written.write_text(page, encoding="utf-8")
    return written


@pytest.mark.parametrize("script", (True, False))
def test_layers_toggle(open_page: Open, single: Path, script: bool) -> None:
    """Each check box changes how its layer looks, and nothing else; a second click brings it back."""
    page = open_page(single, script=script).page
    reader = page.locator(".framing-article")
    boxes = reader.get_by_role("checkbox").all()
    assert len(boxes) >= 6
    for box in boxes:
        before, was, layer = looks(reader), box.is_checked(), layer_of(box)
        box.click()
        assert box.is_checked() is not was
        after = looks(reader)
        changed = [one for pair in zip(before, after, strict=True) if pair[0] != pair[1] for one in pair]
        assert changed, f"{layer}: nothing changed"
        classes = {line.split(" | ")[0] for line in changed}
        mine = reader.evaluate(
            "(root, name) => [...root.querySelectorAll(`.fr-${name}, .fr-${name} *, *:has(> .fr-${name})`)].map(part => part.className)",
            layer,
        )
        assert classes <= set(mine), f"{layer}: changes {classes - set(mine)}"
        box.click()
        assert looks(reader) == before


def test_words_stay_when_layers_go(open_page: Open, single: Path, analyses: list[fr.Analysis]) -> None:
    """With every layer of marks off, the body reads as it was written."""
    page = open_page(single, script=False).page
    reader = page.locator(".framing-article")
    for box in reader.get_by_role("checkbox").all():
        if layer_of(box) != "other":
            box.uncheck()
    article = max(analyses, key=lambda one: len(one.notices)).article
    shown = " ".join(reader.inner_text().split())
    for span in article.spans():
        assert " ".join(span.of(article.plain).split()) in shown


def test_several_readers_are_independent(open_page: Open, several: Path, analyses: list[fr.Analysis]) -> None:
    page = open_page(several, script=False).page
    readers = page.locator(".framing-article").all()
    assert len(readers) == len(analyses) > 2
    before = [looks(reader) for reader in readers]
    for box in readers[1].get_by_role("checkbox").all():
        box.click()
    after = [looks(reader) for reader in readers]
    assert [n for n in range(len(readers)) if before[n] != after[n]] == [1]
    ids = page.evaluate("() => [...document.querySelectorAll('[id]')].map(part => part.id)")
    assert len(ids) == len(set(ids))


def test_labels_toggle_too(open_page: Open, single: Path) -> None:
    """A click on the words beside a box counts as one on the box."""
    page = open_page(single, script=False).page
    for box in page.get_by_role("checkbox").all():
        was = box.is_checked()
        box.locator("xpath=ancestor::label").click()
        assert box.is_checked() is not was


def test_keyboard(open_page: Open, single: Path) -> None:
    """Tab reaches every check box in order, shows where it is, and Space switches."""
    page = open_page(single, script=False).page
    boxes = page.get_by_role("checkbox")
    reached: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        at = page.locator(":focus")
        if at.count() and at.get_attribute("type") == "checkbox":
            if layer_of(at) in reached:  # once around
                break
            reached.append(layer_of(at))
            assert at.evaluate("part => getComputedStyle(part).outlineStyle") != "none"
            was = at.is_checked()
            page.keyboard.press("Space")
            assert at.is_checked() is not was
    assert reached == [layer_of(box) for box in boxes.all()]


@pytest.mark.parametrize("width", (1280, 360))
@pytest.mark.parametrize("dark", (False, True))
def test_accessible(open_page: Open, single: Path, dark: bool, width: int) -> None:
    """axe-core finds no serious fault, contrast included, with every layer on; nothing sticks out of a narrow window."""
    watched = open_page(single, dark=dark, width=width)
    for box in watched.page.get_by_role("checkbox").all():
        box.check()
    watched.page.evaluate("() => document.querySelectorAll('details').forEach(part => { part.open = true })")
    assert watched.faults() == []
    assert watched.too_wide() == []


def test_several_readers_are_accessible(open_page: Open, several: Path) -> None:
    assert open_page(several, dark=True).faults() == []


def test_dark_is_dark(open_page: Open, single: Path) -> None:
    shown = (Image.open(io.BytesIO(open_page(single, dark=dark).page.screenshot())).convert("L") for dark in (False, True))
    light, dark = (ImageStat.Stat(picture).mean[0] for picture in shown)
    assert light > 200
    assert dark < 60


def test_prints_on_white(open_page: Open, single: Path) -> None:
    """Printed from a dark screen: dark ink on white, no check boxes."""
    page = open_page(single, dark=True).page
    page.emulate_media(media="print")
    colours = "part => { const style = getComputedStyle(part); return [style.backgroundColor, style.color] }"
    page_colour, ink = page.locator(".framing-article").evaluate(colours)
    assert page_colour in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
    assert all(int(part) < 80 for part in ink.removeprefix("rgb(").removesuffix(")").split(","))
    assert not [box for box in page.get_by_role("checkbox").all() if box.is_visible()]
