"""A page as the tests of the reader and of the report look at it."""

from __future__ import annotations

from html.parser import HTMLParser


class ParsedPage(HTMLParser):
    """What a browser would make of it: elements with their attributes, and the words outside what is not shown.

    Fails where an element is closed that is not the last one opened.
    """

    SILENT = frozenset({"style"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.inside: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "input"):
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.inside.pop() == tag, tag

    def handle_data(self, data: str) -> None:
        if not self.SILENT & set(self.inside):
            self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)
