"""Articles full of markup that would run: nothing runs, nothing is fetched, and all of it is shown as text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import framing as fr
from browser.conftest import Open
from browser.hostile import ATTACKS, BIDI, hostile_corpus
from browser.watched import Watched
from framing.render import article_html

# Follows every number and opens every article behind it.
FOLLOW_ALL = """async () => {
    for (const link of document.querySelectorAll('a.trace')) {
        link.click()
        for (const entry of document.querySelectorAll('dialog details')) entry.open = true
        await new Promise(resolve => setTimeout(resolve))
    }
}"""


def check_harmless(watched: Watched, n_scripts: int = 0) -> None:
    """After every part was opened and focused: no side effect, no element that is not ours, no address that runs."""
    page = watched.page
    page.evaluate("() => document.querySelectorAll('details').forEach(part => { part.open = true })")
    page.evaluate("() => document.querySelectorAll('a, button, input, summary, [tabindex]').forEach(part => part.focus())")
    page.wait_for_timeout(200)
    assert page.evaluate("() => window.pwned") is None
    foreign = "iframe, object, embed, base, link, img, animate, a[href^='javascript' i], a[href^='data' i], meta[http-equiv=refresh]"
    assert page.locator(foreign).count() == 0
    assert page.locator("script").count() == n_scripts
    handlers = "() => [...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames()).filter(name => name.startsWith('on'))"
    assert page.evaluate(handlers) == []
    assert page.evaluate("() => getComputedStyle(document.body).display") != "none"
    assert page.evaluate("() => location.href").partition("#")[0] == watched.address
    shown = page.evaluate("() => document.body.textContent")
    assert not set(shown) & set(BIDI), "a direction override reaches the reader"
    assert "⟨RLO⟩" in shown
    watched.check_quiet()


def plain(attack: str) -> str:
    return " ".join(attack.split())


def test_hostile_report(open_page: Open, hostile_report: Path) -> None:
    watched = open_page(hostile_report)
    watched.page.evaluate(FOLLOW_ALL)
    assert watched.page.locator("dialog li").count(), "the panel is to be open"
    check_harmless(watched, n_scripts=2)
    shown = plain(watched.page.evaluate("() => document.body.textContent"))
    for attack in ATTACKS[:-1]:
        assert plain(attack) in shown, f"not shown as text: {attack}"


def test_hostile_report_without_its_policy(open_page: Open, hostile_report: Path, tmp_path: Path) -> None:
    """Escaping holds by itself: with the policy taken out, still nothing runs."""
    markup = hostile_report.read_text(encoding="utf-8")
    assert markup.count("Content-Security-Policy") == 1
    bare = tmp_path / "bare.html"
    bare.write_text(markup.replace("Content-Security-Policy", "x-nothing"), encoding="utf-8")
    watched = open_page(bare)
    watched.page.evaluate(FOLLOW_ALL)
    check_harmless(watched, n_scripts=2)


@pytest.fixture(scope="module")
def hostile_analyses() -> list[fr.Analysis]:
    """Analyses of all of them, with speakers that try to run too."""
    found = [(article, fr.analyze(article, engine="fast")) for article in hostile_corpus()]
    return [
        replace(one, found={**one.found, "attribution": tuple(replace(a, speaker=article.agency) for a in one.attributions)})
        for article, one in found
    ]


@pytest.mark.parametrize("dark", (False, True))
def test_hostile_reader(open_page: Open, hostile_analyses: list[fr.Analysis], tmp_path: Path, dark: bool) -> None:
    """No policy here: a notebook has none of ours."""
    written = tmp_path / "reader.html"
    readers = "\n".join(found._repr_html_() for found in hostile_analyses)
    written.write_text(f'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Readers</title><body>{readers}', encoding="utf-8")
    watched = open_page(written, dark=dark)
    check_harmless(watched)
    for found, shown in zip(hostile_analyses, watched.page.locator(".framing-article").all(), strict=True):
        text = plain(shown.text_content())
        for attack in ATTACKS[:-1]:
            if attack in found.article.text:
                assert text.count(plain(attack)) >= 4, f"not shown as text: {attack}"


def test_hostile_page(open_page: Open, hostile_analyses: list[fr.Analysis], tmp_path: Path) -> None:
    for number, found in enumerate(hostile_analyses[::7]):
        written = tmp_path / f"page-{number}.html"
        page = article_html(found.page, {name: found.found[name] for name in ("notices", "attribution")}, standalone=True)
        written.write_text(page, encoding="utf-8")
        check_harmless(open_page(written))
