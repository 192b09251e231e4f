"""Hedges and boosters: phrases of the lists, where what stands around them lets them be meant so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from framing.measuring.wording.line import BE, FILLER, PARTICIPLE, PHRASE, Line, soft
from framing.measuring.wording.lists import phrase_table, word_class
from framing.measuring.wording.types import Found

_MAKE = frozenset({"make", "makes", "made", "making"})


def phrases(line: Line) -> Iterator[Found]:
    """Hedges and boosters; of those that begin at one word, the longest."""
    table, words, n, at = phrase_table(), line.words, len(line), 0
    for i in line.hits(PHRASE):
        if i < at:
            continue
        for phrase in table[words[i].lower()]:
            start = i - phrase.key
            end = start + phrase.length
            if start < at or end > n or not (phrase.length == 1 or _reads(line, start, phrase.words)):
                continue
            if phrase.when and not _WHEN[phrase.when](line, start, end):
                continue
            if phrase.kind == "booster" and phrase.length == 1 and _negated(line, i):
                continue
            yield start, end, phrase.kind, None
            at = end
            break


def _reads(line: Line, start: int, words: Sequence[str]) -> bool:
    """Whether these words stand at ``start``, with white space between."""
    if line.words[start].lower() != words[0]:
        return False
    found = (word.lower() for word in line.words[start : start + len(words)])
    return all(map(str.__eq__, found, words)) and all(map(line.joined, range(start, start + len(words) - 1)))


def _negated(line: Line, i: int) -> bool:
    before = line.before(i)
    return before.endswith("n't") or (before in word_class("negation") and not (before == "no" and line.word(i) == "doubt"))


def _modal(line: Line, i: int, end: int) -> bool:
    if not line.words[i].islower() or not line.joined(i):
        return False
    return line.word(i) == "may" or not (line.before(i) in word_class("might_noun") and line.after(i) not in word_class("after_modal"))


def _number(line: Line, i: int, end: int) -> bool:
    gap, following = line.gaps[end - 1], line.word(end)
    if not following or gap.strip(" \t\n\r\xa0$£€~"):
        return False
    if following in ("a", "an"):
        return line.after(end) in word_class("number") and not line.gaps[end + 1].startswith("-")
    if line.word(i) == "some" and following in word_class("number"):
        return line.after(end) != "of" and not following.endswith("s") and following not in ("half", "third", "quarter")
    return following[0].isdigit() or following in word_class("number")


def _prenominal(line: Line, i: int, end: int) -> bool:
    following, before = line.after(end - 1), line.before(i)
    if not following or following in word_class("function") or line.gaps[end - 1].startswith("-"):
        return False
    return before not in word_class("subject") and not line.codes[i - 1] & BE if i else True


def _after_be(line: Line, i: int, end: int) -> bool:
    k = i - 1
    while k > 0 and line.codes[k] & FILLER and not line.codes[k] & BE and i - k < 4:
        k -= 1
    return k >= 0 and (bool(line.codes[k] & BE) or line.word(k).endswith(("'s", "'re", "'m")))


def _opens(line: Line, i: int, end: int) -> bool:
    if i and line.codes[i - 1] & FILLER and line.before(i) == "newly":
        return False
    return line.after(i) in word_class("opens") or (line.before(i) == "it" and line.after(i) not in ("in", "on", "at"))


def _possible(line: Line, i: int, end: int) -> bool:
    if line.before(i) in ("as", "if", "where", "wherever", "whenever", "not", "n't", "everything", "isn't", "wasn't"):
        return False
    near = {line.word(k) for k in range(i - 3, i)}
    return not near & _MAKE and "as" not in (line.word(i - 2), line.word(i - 3))


def _degree(line: Line, i: int, end: int) -> bool:
    after = line.after(i)
    return (
        bool(after)
        and after != "than"
        and line.before(i) not in ("would", "or", "but", "i'd", "he'd", "she'd", "they'd", "we'd", "you'd", "not")
    )


def _slack(line: Line, i: int, end: int) -> bool:
    before = line.before(i)
    blocked = before in word_class("determiner") or before in word_class("possessive") or before in ("what", "which", "of")
    return (
        bool(line.after(end - 1))
        and (before in word_class("subject") or bool(i and line.codes[i - 1] & (BE | FILLER)) or line.after(end - 1) == "like")
        and not blocked
    )


def _predicate(line: Line, i: int, end: int) -> bool:
    after, word = line.after(i), line.word(i)
    if word == "sure" and line.before(i) in _MAKE:
        return False
    if after == "that" or (after == "to" and word in ("certain", "sure")):
        return line.before(i) not in ("to", "of", "from", "by")
    k = i - 1
    while k > 0 and i - k < 4 and line.codes[k] & FILLER and soft(line.gaps[k]):
        k -= 1
    if k < 0 or not soft(line.gaps[k]):
        return False
    if word in ("clear", "obvious", "evident") and line.word(k) in ("it", "that", "this", "things") and line.word(k - 1) in _MAKE:
        return True
    linked = bool(line.codes[k] & BE) or line.word(k) in word_class("link")
    if word == "clear" and (after in ("of", "from", "and", "skies") or line.word(k) in ("get", "got", "gets")):
        return False
    return linked and (not after or after in word_class("after_predicate"))


def _have(line: Line, i: int, end: int) -> bool:
    if line.after(i) != "have":
        return False
    k = i + 2
    while k < len(line) and line.codes[k] & FILLER and k - i < 4:
        k += 1
    return k < len(line) and (
        bool(line.codes[k] & PARTICIPLE) or line.word(k) in ("been", "had", "gone", "come", "become", "felt", "known")
    )


_WHEN: Mapping[str, Callable[[Line, int, int], bool]] = {
    "modal": _modal,
    "number": _number,
    "prenominal": _prenominal,
    "after_be": _after_be,
    "opens": _opens,
    "possible": _possible,
    "degree": _degree,
    "slack": _slack,
    "predicate": _predicate,
    "have": _have,
}
