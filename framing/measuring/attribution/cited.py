"""Who is cited in one article, told in words: what readers of the article and the report show of attributions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from framing.article import Article
from framing.measuring.attribution.types import Attribution
from framing.text.escaping import label_of

UNKNOWN = "speaker not named"


@dataclass(slots=True)
class Speaker:
    """Somebody cited: the name, the kind of source that is commonest, and the numbers of the attributions."""

    name: str
    kinds: Counter[str]
    numbers: list[int]

    @property
    def kind(self) -> str:
        kind = label_of(self.kinds.most_common(1)[0][0])
        return "kind unknown" if kind == "unknown" else kind


def who(article: Article, found: Attribution) -> str:
    """The speaker's name, the words that stand for the source, or :data:`UNKNOWN`."""
    return found.speaker or article.words_at(found.source) or UNKNOWN


def speakers(article: Article, attributions: Sequence[Attribution]) -> dict[str, Speaker]:
    """Who is cited, in the order of their first attribution, by their names in lower case."""
    cited: dict[str, Speaker] = {}
    for number, found in enumerate(attributions, 1):
        name = who(article, found)
        speaker = cited.setdefault(name.casefold(), Speaker(name, Counter(), []))
        speaker.kinds[found.source_type] += 1
        speaker.numbers.append(number)
    return cited


def manner(found: Attribution) -> str:
    """How somebody is quoted: the form, then what is out of the ordinary ("direct, doubting", "indirect, name kept back")."""
    stance = "" if found.stance == "neutral" else f", {found.stance}"
    return f"{found.form}{stance}{', name kept back' if found.naming == 'anonymous' else ''}"
