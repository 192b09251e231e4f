"""What somebody or something is called in one article: labels of a name, or which of several near-synonyms is chosen.

A ``NameFinder`` or ``WordFinder`` says what is looked for; :func:`find_labels` reads an article with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from framing.article import Article
from framing.english import sentences
from framing.measuring.labels.names import NameFinder
from framing.measuring.labels.near_synonyms import WordFinder
from framing.measuring.labels.sentence import Label, Sentence
from framing.text import Span, quotations, touched

__all__ = ["Label", "LabelFinder", "LabelUse", "NameFinder", "WordFinder", "find_labels"]

LabelFinder = NameFinder | WordFinder


@dataclass(frozen=True, slots=True)
class LabelUse:
    """A label where it stands."""

    label: Label
    sentence: Span
    quoted: bool


def find_labels(article: Article, finder: LabelFinder) -> Iterator[LabelUse]:
    """Labels in the body of an article, sentence by sentence.

    Examples
    --------
    >>> page = Article("1", "The Harbour Front, a separatist movement, met. “The banned Front lost,” said Renk.")
    >>> for use in find_labels(page, NameFinder(["Harbour Front", "Front"])):
    ...     print(use.label.modifiers, use.label.head or None, use.quoted)
    ('separatist',) movement False
    ('banned',) None True
    """
    text, body = article.plain, article.spans()
    quoted = [quotation.span for quotation in quotations(text, body)]
    for paragraph in body:
        if not finder.rule.search(text, paragraph.start, paragraph.end):
            continue
        for bound in sentences(text, paragraph):
            if hits := [Span(*match.span()) for match in finder.rule.finditer(text, bound.start, bound.end)]:
                for label in finder.labels(Sentence(text, bound), hits):
                    yield LabelUse(label, bound, touched(quoted, label.span))
