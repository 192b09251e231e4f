"""Which of several near-synonyms a text chooses, and what modifies it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from framing.measuring.labels.sentence import Label, Sentence, word_class
from framing.text import Span


def _forms(word: str) -> set[str]:
    """A word or phrase, singular and plural."""
    *rest, last = word.split(" ")
    forms = {last}
    if last.endswith("men"):
        forms.add(f"{last[:-2]}an")
    elif last.endswith("man"):
        forms.add(f"{last[:-2]}en")
    elif last.endswith("ies"):
        forms.add(f"{last[:-3]}y")
    elif last.endswith("s") and not last.endswith("ss"):
        forms.add(last[:-1])
        if last.endswith(("shes", "ches", "xes", "sses")):
            forms.add(last[:-2])
    elif last.endswith("y") and last[-2:-1] not in "aeou":
        forms.add(f"{last[:-1]}ies")
    else:
        forms.add(f"{last}es" if last.endswith(("s", "sh", "ch", "x")) else f"{last}s")
    return {" ".join([*rest, form]) for form in forms}


class WordFinder:
    """Finds near-synonyms with what modifies them."""

    def __init__(self, words: Sequence[str]) -> None:
        self.listed: dict[str, str] = {}
        for word in words:
            for form in _forms(word.lower()):
                self.listed.setdefault(form, word.lower())
        self.capitals = {word.lower() for word in words if word != word.lower()}
        every = sorted({*self.listed, *(word.lower() for word in words)}, key=len, reverse=True)
        alternatives = "|".join(r"\s+".join(map(re.escape, word.split(" "))) for word in every)
        self.rule = re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])", re.IGNORECASE)

    def labels(self, sentence: Sentence, hits: Sequence[Span]) -> Iterator[Label]:
        """Near-synonyms of a sentence, by the places where ``rule`` found them."""
        starts = {span.start: i for i, span in enumerate(sentence.spans)}
        ends = {span.end: i for i, span in enumerate(sentence.spans)}
        for hit in hits:
            first, last = starts.get(hit.start), ends.get(hit.end)
            if first is None or last is None:
                continue
            listed = self.listed[" ".join(hit.of(sentence.text).lower().split())]
            if self._is_other(sentence, first, last, listed):
                continue
            modifiers = sentence.before(first)
            label = sentence.label(modifiers, last, listed)
            start = sentence.spans[modifiers[0] if modifiers else first].start
            yield Label(Span(start, label.span.end), label.modifiers, listed)

    def _is_other(self, sentence: Sentence, first: int, last: int, listed: str) -> bool:
        """Whether the word is a verb here, part of a name, or belongs to another noun ("rebel leader", "rebels' leader")."""
        if last in sentence.possessives:
            return True
        if sentence.capital(first) and sentence.joined(first - 1) and listed not in self.capitals:
            return True
        if first == last and sentence.joined(first - 1) and sentence.at(first - 1) in word_class("verb_sign"):
            return True
        singular, after = not sentence.lower[last].endswith(("s", "men")), sentence.at(last + 1)
        if not singular or sentence.lower[last] == listed.split(" ")[-1]:
            return False
        if sentence.lower[last] in word_class("adjective"):  # "separatist violence", "that is illegal"
            named = sentence.joined(last) and not any(after in word_class(name) for name in ("stop", "preposition", "end", "verb"))
            ends = word_class("stop") | word_class("determiner")
            k = next((k for k in range(first - 1, max(first - 5, -1), -1) if sentence.at(k) in ends), -1)
            return named or sentence.at(k) not in word_class("determiner")
        return sentence.joined(last) and after in word_class("head")
