"""What the head of an article tells already, and so need not be shown again below it."""

from __future__ import annotations

import re

from framing.article import Article
from framing.text import Span

_FRONT_MATTER = re.compile(r"---[ \t]*[\r\n]")
_FIELD = re.compile(r"(?!https?:)[A-Za-z][\w .-]{0,40}:[ \t]+\S")
_LABEL = re.compile(r"[^\W\d_][\w ()-]{0,40}:")
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def told_above(article: Article, span: Span) -> bool:
    """Whether a paragraph of metadata is front matter, the article's own address, a label for it, or a rule without words."""
    raw = span.of(article.plain).strip().strip("<>")
    if not any(char.isalnum() for char in raw):
        return True
    first = not article.plain[: span.start].strip("\ufeff \t\r\n")
    if first and (_FRONT_MATTER.match(raw) or all(_FIELD.match(line) for line in raw.splitlines() if line.strip())):
        return True
    if not article.url:
        return False
    label = _LABEL.match(raw)
    rest = raw[label.end() :].strip(" \t\r\n<>") if label and not _ADDRESS.match(raw) else raw
    if rest:
        return bool(_ADDRESS.fullmatch(rest)) and _bare(rest) == _bare(article.url)
    below = _ADDRESS.match(article.plain[span.end : span.end + 5000].lstrip("\ufeff \t\r\n<(["))
    linked = _ADDRESS.search(span.of(article.text))  # a label that is the link itself
    return any(found is not None and _bare(article.url) in _bare(found.group()) for found in (below, linked))


def _bare(address: str) -> str:
    """An address without what differs between two ways of writing it."""
    return address.strip("<>()[].,; \t\r\n").lower().partition("://")[2].removeprefix("www.").rstrip("/")
