"""One article as a page or in a terminal: its text with its layers, so that a reader sees what was found and where."""

from framing.render.layers import label_of
from framing.render.page import CONTENT_POLICY, article_css, article_html
from framing.render.terminal import article_text
from framing.text.escaping import safe_link, visible

__all__ = ["CONTENT_POLICY", "article_css", "article_html", "article_text", "label_of", "safe_link", "visible"]
