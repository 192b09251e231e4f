"""Deeds turned into nouns, with their object and without who does them: "the killing of"."""

from __future__ import annotations

from collections.abc import Iterator

from framing.measuring.wording.line import ING, NOUN, PARTICIPLE, Line, soft
from framing.measuring.wording.lists import word_class
from framing.measuring.wording.passives import names_agent
from framing.measuring.wording.types import Found


def nominalisations(line: Line) -> Iterator[Found]:
    """Nouns of action before "of" and an object, where nothing near says who acts."""
    n, words = len(line) - 1, line.words
    for i in line.hits(NOUN):
        if i >= n or words[i + 1].lower() != "of" or not line.joined(i) or not line.joined(i + 1):
            continue
        before, earlier = line.before(i), line.before(i - 1)
        if before == "in" or _names_doer(line, i) or not _has_object(line, i + 2):
            continue
        determined = before in word_class("determiner") or (earlier in word_class("determiner") and before not in word_class("function"))
        if line.codes[i] & ING and not determined:
            continue  # "speaking of", "thinking of"
        if line.words[i][0].isupper() and i and line.words[i - 1][0].isupper() and before not in word_class("function"):
            continue  # a name: "Security Administration of", "Free Movement of"
        yield i - (before in ("the", "a", "an")), i + 2, "nominalisation", None


def _names_doer(line: Line, i: int) -> bool:
    """Whether a possessor or a by-phrase says who did it: "Renk's sudden dismissal of", "the seizure of boats by Tessmark"."""
    for k in range(i - 1, max(i - 7, -1), -1):
        word, gap = line.word(k), line.gaps[k]
        if word in word_class("possessive") or word.endswith("'s") or (word.endswith("s") and gap[:1] == "'"):
            return True
        if not (soft(gap) or gap == "-") or (word != "and" and word in word_class("function")) or word in word_class("determiner"):
            break
    if line.before(i) in word_class("doer"):
        return True
    for k in range(i + 2, min(i + 14, len(line))):
        if k > i + 2 and not soft(line.gaps[k - 1]) and line.gaps[k - 1].strip() not in ("-", "'"):
            return False
        word = line.word(k)
        if word == "by":
            return not line.codes[k - 1] & PARTICIPLE and names_agent(line, k)
        if word in word_class("boundary") or word in word_class("finite"):
            return False
    return False


def _has_object(line: Line, i: int) -> bool:
    """Whether a thing or person stands at ``i``, not a year, a day or a clause."""
    word = line.word(i)
    if not word or word in word_class("calendar") or (len(word) == 4 and word.isdigit() and "1500" <= word <= "2100"):
        return False
    return word not in ("course", "when", "how", "whether", "if", "what", "who")
