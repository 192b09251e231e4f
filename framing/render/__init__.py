"""One article as a page or in a terminal: its text with its layers, so that a reader sees what was found and where."""

from framing.render.page import CONTENT_POLICY, article_css, article_html
from framing.render.terminal import article_text

__all__ = ["CONTENT_POLICY", "article_css", "article_html", "article_text"]
