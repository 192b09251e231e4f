"""Links from numbers to what stands behind them.

Each leads to articles without any script; with it, what stands in its ``data-`` attributes opens the articles and sentences that count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from framing.report.markup import Html, tag, text


@dataclass(frozen=True, slots=True)
class Links:
    """Where things stand on the page.

    Attributes
    ----------
    anchors : mapping of str to str
        Fragment (without ``#``) of each article id.
    outlets : sequence of str
        Those compared.
    """

    anchors: Mapping[str, str]
    outlets: Sequence[str]

    def outlet_anchor(self, outlet: str | None) -> str | None:
        """Fragment of the list of an outlet's articles; None for none, and for an outlet that is not compared."""
        return f"outlet-{self.outlets.index(outlet)}" if outlet in self.outlets else None

    def to_article(self, article_id: str, shown: str, title: str | None = None) -> Html:
        anchor = self.anchors.get(article_id)
        return tag("a", shown, href=f"#{anchor}", title=title) if anchor else text(shown)

    def to_outlet(self, outlet: str, shown: str, *, measure: str | None = None, word: str | None = None) -> Html:
        """From a number of an outlet to its articles with their values of a measure, or with the sentences that hold a word."""
        anchor = self.outlet_anchor(outlet)
        if anchor is None or shown == "–":
            return text(shown)
        return tag(
            "a", shown, href=f"#{anchor}", data_outlet=anchor.removeprefix("outlet-"), data_measure=measure, data_word=word, class_="trace"
        )

    def to_sentences(self, article_id: str, shown: str, measure: str) -> Html:
        """From a number of an article to its sentences that count."""
        anchor = self.anchors.get(article_id)
        if anchor is None or shown == "–":
            return text(shown)
        return tag("a", shown, href=f"#{anchor}", data_article=anchor, data_measure=measure, class_="trace")
