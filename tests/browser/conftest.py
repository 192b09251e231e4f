"""A headless Chromium, pages that are watched while they are open, and what the tests open in it.

The browser is the one named in FRAMING_BROWSER, else Chromium or Chrome on the PATH; nothing is downloaded. Where there is none the
tests skip, unless FRAMING_REQUIRE_BROWSER is set: then they fail.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

import framing as fr
from browser.hostile import hostile_corpus
from browser.watched import Watched, watch

PROJECT = Path(__file__).resolve().parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Nothing but this machine can be reached, so that a request that should not be made fails as well as being seen.
ARGUMENTS = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1", "--disable-dev-shm-usage"]

Open = Callable[..., Watched]


REASONS: list[str] = []


def missing(what: str) -> None:
    if os.environ.get("FRAMING_REQUIRE_BROWSER"):
        pytest.fail(f"{what}, and FRAMING_REQUIRE_BROWSER is set", pytrace=False)
    REASONS.append(what)
    pytest.skip(f"tests in a browser not run: {what}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for what in REASONS:
        terminalreporter.write_line(f"Tests in a browser were not run: {what}.", yellow=True)


@pytest.fixture(scope="package")
def browser() -> Iterator[object]:
    """A headless browser, closed when the last test of this folder is done."""
    named = os.environ.get("FRAMING_BROWSER")
    found = shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        missing(f"FRAMING_BROWSER names {named!r}, which is no program" if named else "no Chromium or Chrome on the PATH")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("the package playwright is not installed (make test installs it)")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=ARGUMENTS, timeout=120_000)
        yield running
        running.close()


@pytest.fixture
def open_page(browser) -> Iterator[Open]:
    """Opens a file or an address in a page of its own; when the test is done every page must have been quiet.

    Keywords: ``script=False`` switches scripts off, ``dark=True`` asks for dark colours, ``width`` and ``height`` size the window.
    """
    with ExitStack() as pages:
        opened: list[Watched] = []

        def opener(where: Path | str, **options) -> Watched:
            opened.append(pages.enter_context(watch(browser, where, **options)))
            return opened[-1]

        yield opener
        for page in opened:
            page.check_quiet()


@pytest.fixture(scope="package")
def report(browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report on ten events in three outlets."""
    outlets = ("Republic Today", "Open Ledger", "The Daily Lantern")
    corpus = [article for article in fr.read_corpus(PROJECT / "corpora" / "ten-stories") if article.outlet in outlets]
    path = tmp_path_factory.mktemp("report") / "report.html"
    return fr.write_report(fr.Corpus(corpus, name="three outlets"), path, engine="fast", n_resamples=200)


@pytest.fixture(scope="package")
def hostile_report(browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report on articles that try to run."""
    return fr.write_report(hostile_corpus(), tmp_path_factory.mktemp("report") / "hostile.html", engine="fast", n_resamples=100)
