"""What a text calls somebody or something that it names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from framing.measuring.labels.sentence import Label, Sentence, word_class
from framing.text import Span

_APPOSITION = re.compile(r"\s*[*\d]*\s*(?:,|\(|\[|–|—|--| - )\s*[\"“‘']*")
_CLOSES = re.compile(r"\s*[\"”’*]*[,.;:()\]–—!?]|\s+-")
_DETERMINERS = ("a", "an", "the", "one", "its", "another")


class NameFinder:
    """Finds what a name is called."""

    def __init__(self, names: Sequence[str]) -> None:
        bare = [re.sub(r"(?i)^the (?=\S)", "", name) for name in names]
        with_the = {name for name, full in zip(bare, names, strict=True) if name != full}
        alternatives = []
        for name in sorted(dict.fromkeys(bare), key=len, reverse=True):
            words = r"\s+".join(map(re.escape, name.split(" ")))
            # "the Front" is looked for with its article, which tells it from the Front of another name
            alternatives.append(rf"[Tt]he\s+{words}" if name in with_the else rf"(?:[Tt]he\s+)?{words}")
        self.rule = re.compile(rf"(?<![\w-])(?:{'|'.join(alternatives)})(?![^\W¹²³⁰⁴-⁹]|-\w)")  # a footnote's number may follow

    def labels(self, sentence: Sentence, hits: Sequence[Span]) -> Iterator[Label]:
        """What the name is called in a sentence, by the places where ``rule`` found it."""
        taken: set[Span] = set()
        for hit in hits:
            mention = _mention(sentence, hit)
            for label in _labels(sentence, *mention) if mention else ():
                if label.span not in taken:
                    taken.add(label.span)
                    yield label


def _mention(sentence: Sentence, span: Span) -> tuple[int, int] | None:
    """First and last word of a mention, first names included; None where the name is part of a longer one."""
    first = bisect_right(sentence.spans, span.start, key=lambda one: one.end)
    last = bisect_left(sentence.spans, span.end, key=lambda one: one.start) - 1
    if sentence.joined(last) and sentence.capital(last + 1) and not sentence.words[last].endswith(("'s", "’s")):
        return None
    furthest = first - 3
    while first > max(furthest, 0) and sentence.at(first) != "the" and sentence.joined(first - 1) and _is_first_name(sentence, first - 1):
        first -= 1
    return first, last


def _is_first_name(sentence: Sentence, i: int) -> bool:
    word = sentence.lower[i]
    classes = ("head", "adjective", "determiner", "possessive", "preposition", "stop")
    if not sentence.words[i][0].isupper() or "'" in word or any(word in word_class(name) for name in classes):
        return False
    return not (
        word.endswith(("ian", "ish", "ese", "can", "ran")) or (i > 0 and word in ("prime", "vice", "deputy")) or word in ("prime", "vice")
    )


def _labels(sentence: Sentence, first: int, last: int) -> Iterator[Label]:
    behind = _behind(sentence, last)
    yield from _in_front(sentence, first, last, behind)
    yield from _members(sentence, first)
    if behind is None:
        if not (first == 1 and sentence.at(0) in word_class("preposition")):  # "On the Grey Tide, a split"
            yield from _apposition(sentence, last)
        yield from _predicate(sentence, last)
        yield from _called(sentence, first, last)


def _behind(sentence: Sentence, last: int) -> int | None:
    """The noun that a name modifies: "Harbour Front fighters", "the Grey Tide terror group"."""
    if not sentence.joined(last):
        return None
    described = sentence.joined(last + 1) and (sentence.at(last + 1) == "terror" or sentence.at(last + 1) in word_class("adjective"))
    if described and sentence.at(last + 2) in word_class("people"):
        return last + 2
    return last + 1 if sentence.at(last + 1) in word_class("people") else None


def _in_front(sentence: Sentence, first: int, last: int, behind: int | None) -> Iterator[Label]:
    """Nouns and adjectives before a name: "separatist group the Harbour Front", "the banned Harbour Front"."""
    run = sentence.before(first) if sentence.joined(first - 1) else []
    heads = [i for i in run if sentence.lower[i] in word_class("head")]
    if behind is not None:
        yield sentence.label([*([] if sentence.at(first) == "the" else run), *range(last + 1, behind)], behind)
    elif heads and heads[-1] == run[-1] and not _is_modifier(sentence, run):
        head = run.pop()
        if sentence.words[head][0].isupper():  # "the party convention Sen. Brandt"
            run = [i for i in run if sentence.words[i][0].isupper() or sentence.is_adjective(i)]
        while len(run) < 4 and sentence.words[head][0].isupper() and _is_title(sentence, k := (run or [head])[0] - 1):
            run.insert(0, k)  # "Prime" of "Prime Minister", which opens the sentence
        k = (run or [head])[0] - 1
        if sentence.at(k) == "of" and sentence.at(k - 1) in word_class("head"):  # "Secretary of State"
            run, head = sentence.before(k - 1), k - 1
        yield sentence.label(run, head)
        first = (run or [head])[0]
        run = []
    elif run and sentence.at(first) != "the" and not (sentence.joined(last) and sentence.at(last + 1) in word_class("head")):
        yield sentence.label(run, None)  # not "a former Harbour Front lawyer"
    if not run and first and "," in sentence.gaps[first - 1]:
        yield from _before_comma(sentence, first)
    yield from _introduced(sentence, first)


def _introduced(sentence: Sentence, first: int) -> Iterator[Label]:
    """A noun and "known as", "called", "such as" or "like" before a name: "groups such as the Harbour Front"."""
    k = first - 1
    long = sentence.at(k) == "as" and sentence.at(k - 1) in ("known", "such")
    head = k - 2 if long else k - 1
    introduces = sentence.joined(k) and (long or sentence.at(k) in ("called", "like")) and head >= 0
    if introduces and sentence.lower[head] in word_class("head") and (sentence.joined(head) or sentence.gaps[head] == ", "):
        yield sentence.label(sentence.before(head), head)


def _is_title(sentence: Sentence, i: int) -> bool:
    """Whether a capitalised word goes with the title behind it."""
    classes = ("determiner", "possessive", "preposition", "stop")
    return sentence.joined(i) and sentence.words[i][0].isupper() and not any(sentence.lower[i] in word_class(name) for name in classes)


def _is_modifier(sentence: Sentence, run: Sequence[int]) -> bool:
    """Whether a word that can be noun or adjective is an adjective: "the separatist Harbour Front", beside "separatist Mara Quell"."""
    return sentence.lower[run[-1]] in word_class("adjective") and sentence.at(run[0] - 1) in ("the", "a")


def _before_comma(sentence: Sentence, first: int) -> Iterator[Label]:
    """A name in apposition to what it is: "the country's biggest rebel group, the Harbour Front,"."""
    head = first - 1
    if sentence.lower[head] in word_class("head") and sentence.gaps[head].strip() == ",":
        modifiers = sentence.before(head)
        opens = sentence.at((modifiers[0] if modifiers else head) - 1)
        last = first
        while last - first < 5 and sentence.joined(last) and sentence.capital(last + 1):
            last += 1
        if (opens in ("a", "an", "the", *word_class("possessive")) or opens.endswith("'s")) and (
            _CLOSES.match(sentence.gaps[last]) or sentence.at(last + 1) == "of"
        ):
            yield sentence.label(modifiers, head)


def _members(sentence: Sentence, first: int) -> Iterator[Label]:
    """People of a body: "armed members of the Harbour Front"."""
    k = first - 1
    if sentence.at(k) in ("of", "from") and sentence.joined(k) and sentence.joined(k - 1) and sentence.at(k - 1) in word_class("people"):
        yield sentence.label(sentence.before(k - 1), k - 1)


def _apposition(sentence: Sentence, last: int) -> Iterator[Label]:
    """What stands behind a name between commas, dashes or brackets."""
    k = last + 1
    if k >= len(sentence.words) or not _APPOSITION.fullmatch(sentence.gaps[last]):
        return
    word = sentence.at(k)
    if word in _DETERMINERS:
        for label in _noun_phrase(sentence, k, strict=word not in ("a", "an")):
            behind = bisect_left(sentence.spans, label.span.end, key=lambda one: one.end)
            if word in ("a", "an") or sentence.at(behind + 1) != "and" or not sentence.joined(behind):
                yield label  # not "the Harbour Front, the union and the mayor"
    elif word in word_class("head") and not sentence.capital(k) and sentence.at(k + 1) in ("of", "for", "at", "in"):
        yield sentence.label([], k)
    elif word in ("which", "who") and sentence.at(k + 1) in word_class("copula") and sentence.at(k + 2) in _DETERMINERS:
        yield from _noun_phrase(sentence, k + 2, strict=True)
    else:
        yield from _named_as(sentence, k)


def _named_as(sentence: Sentence, k: int) -> Iterator[Label]:
    """ "... which Calderra lists as a terrorist group", "... banned in Calderra as extremist", behind a name and a comma."""
    named = False
    for i in range(k, min(k + 9, len(sentence.words))):
        if i > k and re.search(r"[.;:)\]]", sentence.gaps[i - 1]):
            return
        named = named or sentence.lower[i] in word_class("naming")
        if named and sentence.lower[i] == "as" and i > k:
            yield from _complement(sentence, i + 1)
            return


def _complement(sentence: Sentence, k: int) -> Iterator[Label]:
    """What follows "as" or "is": a noun phrase or an adjective."""
    word = sentence.at(k)
    if word in _DETERMINERS:
        yield from _noun_phrase(sentence, k, strict=False)
    elif (
        word in word_class("head")
        and not (sentence.joined(k) and sentence.at(k + 1) in word_class("head"))
        and word not in word_class("adjective")
    ):
        yield sentence.label([], k)
    elif word in word_class("adjective"):
        if sentence.joined(k) and sentence.at(k + 1) in word_class("head"):
            yield sentence.label([k], k + 1)
        else:
            yield sentence.label([k], None)


def _predicate(sentence: Sentence, last: int) -> Iterator[Label]:
    """What a name is said to be; a denial says nothing."""
    k = last + 1
    after_comma = k < len(sentence.words) and sentence.gaps[last] == ", "  # "Carrier's parent, Brandt Works, is a contractor"
    if not (sentence.joined(last) or after_comma) or sentence.at(k) not in word_class("copula"):
        return
    k += 1
    while sentence.joined(k - 1) and (sentence.at(k).endswith("ly") or sentence.at(k) in ("also", "still", "now")):
        k += 1
    if sentence.joined(k - 1):
        yield from _complement(sentence, k)


def _called(sentence: Sentence, first: int, last: int) -> Iterator[Label]:
    """ "designated the Harbour Front (as) a terrorist group", "named the Front extremist"."""
    if not (sentence.joined(first - 1) and sentence.at(first - 1) in word_class("naming") and sentence.joined(last)):
        return
    k = last + 1
    if sentence.at(k) == "as" or (sentence.at(k) == "to" and sentence.at(k + 1) == "be"):
        k += 1 if sentence.at(k) == "as" else 2
    yield from _complement(sentence, k)


def _noun_phrase(sentence: Sentence, k: int, *, strict: bool) -> Iterator[Label]:
    """Head and modifiers of the phrase that the determiner at ``k`` opens; if ``strict``, only with a head from the list."""
    places: list[int] = []
    start = k + 1
    if sentence.at(k) == "one" and sentence.at(k + 1) == "of":
        start = k + 3
    for i in range(start, min(start + 7, len(sentence.words))):
        word = sentence.lower[i]
        opens = i == start and word in word_class("adjective")  # "the outlawed movement", beside "a movement outlawed"
        if not sentence.joined(i - 1) or (word in word_class("end") | word_class("preposition") | word_class("stop") and not opens):
            break
        if word.endswith("'s") or word == "s":
            places = []
            continue
        places.append(i)
    heads = [n for n, i in enumerate(places) if sentence.lower[i] in word_class("head")]
    nouns = [n for n in heads if sentence.lower[places[n]] not in word_class("adjective")] or heads
    if nouns:
        n = nouns[0]
        while n + 1 < len(places) and (n + 1 in nouns or _is_noun(sentence, places[n + 1])):  # "a rebel group leader", "the party unifier"
            n += 1
        places = places[: n + 1]
    elif strict or not places:
        return
    else:
        verb = next((n for n in range(1, len(places)) if sentence.lower[places[n]].endswith(("ed", "ing"))), len(places))
        places = places[:verb]
        while places and sentence.lower[places[-1]].endswith("ly"):
            places.pop()
        if not places or sentence.capital(places[-1]):  # "..., a Herald poll finds"
            return
    yield sentence.label(places[:-1][-4:], places[-1])


def _is_noun(sentence: Sentence, i: int) -> bool:
    """Whether a word behind a noun goes on with it, not with what is said of it: "a movement banned", "the group strongest"."""
    return not (sentence.lower[i].endswith(("ed", "ing", "est", "ly")) or sentence.capital(i) or sentence.is_adjective(i))
