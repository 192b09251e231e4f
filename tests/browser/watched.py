"""A page that is watched: what it asks of the network, what it logs, and whether it opens a dialog."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PATIENCE = 60_000  # milliseconds; long, so that a busy machine fails no test


@dataclass
class Watched:
    """A page and what it did.

    Attributes
    ----------
    page : playwright.sync_api.Page
    requests : list of str
        Every address asked for, the page's own included.
    complaints : list of str
        Dialogs; of a file also errors on the console and exceptions of scripts (what a server's own page logs is not ours).
    """

    page: Any
    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def check_quiet(self) -> None:
        """No error on the console, no dialog, no request but for the file itself."""
        assert not self.complaints, "\n".join(self.complaints)
        others = [asked for asked in self.requests if not self.expected(asked)]
        assert not others, f"the page asked for {others}"

    @property
    def served(self) -> bool:
        """Whether the page comes from a server and not from a file."""
        return self.address.startswith("http")

    def expected(self, asked: str) -> bool:
        """Whether a request stays within the file; of a page that is served, within its server."""
        server = "/".join(self.address.split("/")[:3]) + "/"
        return asked.startswith((server, "data:", "blob:")) if self.served else asked == self.address

    def faults(self, within: str | None = None) -> list[str]:
        """Serious and critical faults that axe-core finds in what is shown now, one line a fault."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page, context=within).response["violations"]
        return [
            f"{fault['id']} ({fault['impact']}): {fault['help']}: {len(fault['nodes'])} times, first {fault['nodes'][0]['html'][:300]} "
            f"{fault['nodes'][0].get('failureSummary', '')[:300]}"
            for fault in found
            if fault["impact"] in ("serious", "critical")
        ]

    def too_wide(self) -> list[str]:
        """What makes the page scroll sideways: the first words of elements that end beyond the window's right edge."""
        outside = "part => part.getBoundingClientRect().right > innerWidth + 1 && !part.closest('nav, .scroll, .chart')"
        words = "part => `${part.localName}.${part.className}: ${part.textContent.trim().slice(0, 40)}`"
        if self.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"):
            return []
        return self.page.evaluate(f"() => [...document.querySelectorAll('body *')].filter({outside}).slice(0, 5).map({words})") or ["?"]


@contextmanager
def watch(
    browser: Any, where: Path | str, *, script: bool = True, dark: bool = False, width: int = 1280, height: int = 900
) -> Iterator[Watched]:
    """A page of its own, with ``where`` opened in it; closed at the end."""
    address = where.as_uri() if isinstance(where, Path) else where
    context = browser.new_context(
        java_script_enabled=script, color_scheme="dark" if dark else "light", viewport={"width": width, "height": height}
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    watched = Watched(page, address)

    def dismiss(dialog: Any) -> None:
        watched.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("dialog", dismiss)
    if not watched.served:
        page.on("console", lambda message: message.type == "error" and watched.complaints.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: watched.complaints.append(f"script: {error}"))
    context.on("request", lambda request: watched.requests.append(request.url.partition("#")[0]))
    try:
        page.goto(address)
        yield watched
    finally:
        context.close()
