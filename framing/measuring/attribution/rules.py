"""Attributions by rules: cue words, the clause around them, and the quotations of the paragraph."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from framing.english import sentences
from framing.english.clauses import (
    ADVERBIAL,
    AUXILIARY,
    BE,
    CLAUSE_END,
    DETERMINER,
    GENITIVE,
    OBJECT,
    PERSONAL,
    PREPOSITION,
    REACH,
    SUBJECT,
    SUBORDINATE,
    TIME,
    WH,
    MaskedSentence,
    first_phrase,
    has_verb,
    is_adverb,
    is_finite,
    is_plural,
    phrase_after,
    subject_before,
)
from framing.english.cues import Cue, cues
from framing.english.tokens import QUOTED, QUOTED_ON
from framing.measuring.attribution.layout import posted, speaker_label
from framing.measuring.attribution.types import Found
from framing.resources import load_table
from framing.text import Quotation, Span, merged


@cache
def _precision() -> dict[str, float]:
    return {row["rule"]: float(row["precision"]) for row in load_table("measuring/attribution/rules")}


@dataclass(slots=True)
class Draft:
    """An attribution under construction."""

    source: list[Span]
    cue: list[Span]
    content: list[Span]
    rule: str
    paragraph: int = -1
    lemma: str = ""

    def done(self) -> Found:
        """With the share of the attributions this rule found in the training articles that were right."""
        return Found(self.source, self.cue, self.content, _precision().get(self.rule, 0.5), self.rule == "colon")

    @property
    def is_quotation(self) -> bool:
        return self.rule.startswith(("quote", "colon"))


@dataclass(slots=True)
class Candidate:
    """A cue word in its sentence: verb group from token ``group`` to ``last`` (exclusive) and its subject."""

    at: int
    group: int
    last: int
    cue: Cue
    use: str  # finite, participle, infinitive, passive, according
    subject: tuple[int, int] | None = None

    @property
    def clause(self) -> int:
        """First token of its clause."""
        return self.subject[0] if self.subject and self.use == "finite" else self.group


_ACCORDING = Cue("according", "speech", frozenset(), frozenset())
_COMPLEMENTISER = frozenset(("that", "those", "these", "some", "many", "most"))


def _candidates(s: MaskedSentence) -> Iterator[Candidate]:
    known = cues()
    for i, word in enumerate(s.low):
        if word == "according" and s.word(i + 1) == "to":
            yield Candidate(i, i, i + 2, _ACCORDING, "according")
        if word not in known or s.kind[i] == "q":
            continue
        cue, capital = known[word], s.kind[i] == "C" and i > 0
        if capital and s.kind[i - 1 : i + 2] == ["C", "C", "C"] and cue.lemma != "say":
            continue  # inside a name
        group = i
        while group > max(0, i - 8) and (s.low[group - 1] in AUXILIARY or is_adverb(s.low[group - 1])):
            group -= 1
        edge = group
        while group < i and s.low[group] not in AUXILIARY:
            group += 1
        helpers, before = s.low[group:i], s.word(edge - 1)
        if not helpers and (before in DETERMINER - _COMPLEMENTISER or before.endswith(GENITIVE)):
            continue  # "his claims", "the port's plans"
        if before == "to":
            yield Candidate(i, group, i + 1, cue, "infinitive")
        elif word.endswith("ing") and not helpers:
            yield Candidate(i, group, i + 1, cue, "participle", subject_before(s, edge))
        elif BE & set(helpers) and word != cue.lemma and not word.endswith("ing"):
            yield Candidate(i, group, i + 1, cue, "passive")
        else:
            subject = subject_before(s, edge)
            if word == cue.lemma and (capital or (not helpers and subject and not is_plural(s, *subject))):
                continue  # "her private email", "the state senate"
            if "noun" in cue.takes and word in (cue.lemma, cue.lemma + "s") and not helpers and subject:
                head = subject[1] - 1
                if not (s.kind[head] == "C" or s.low[head] in SUBJECT or s.low[subject[0]] in DETERMINER):
                    continue  # "according to company documents"
            yield Candidate(i, group, i + 1, cue, "finite", subject)


# ---- what follows a cue -------------------------------------------------------------------------------------------------------


def _complement(s: MaskedSentence, c: Candidate) -> tuple[str, int, int]:
    """What follows the cue: (kind, first token of the content, end of the cue). Kind "none" where nothing is ascribed after it."""
    j, end, takes = c.last, c.last, c.cue.takes
    if s.low[j : j + 2] in (["in", "a"], ["in", "the"], ["in", "an"]) and "statement" in (s.word(j + 2), s.word(j + 3)):
        j = end = j + (3 if s.word(j + 2) == "statement" else 4)
    while j < min(s.stop, c.last + 4) and (is_adverb(s.low[j]) or s.low[j] in TIME - {"this", "may", "last", "next"}):
        j += 1
    if "told" in takes:
        j = _behind_addressee(s, j)
    if j >= s.stop:
        return "none", j, end
    word, following = s.low[j], s.word(j + 1)
    that, quote = bool({"clause", "that"} & takes), "quote" in takes
    if word in c.cue.particles:
        if j + 1 >= s.stop:
            return "none", j, end
        if word == "out":  # "pointed out that"
            return "none" if following == "," else "that" if following == "that" else "clause", j + 1, j + 1
        return "object", j + 1, j + 1
    if word == "that":
        return "that" if that else "none", j, end
    if s.is_quote(j):
        if "told" in takes and that and following == "that":
            return "that", j + 1, end  # told Calderra's "Morning Hour" that
        return "quote" if quote else "object" if "object" in takes else "none", j, end
    if word in (",", ":") and s.is_quote(j + 1):
        return "quote" if quote else "none", j + 1, end
    if word == ":" and quote:
        return "colon", j + 1, end
    if word == "to" and "to" in takes:
        return "to", j, end
    if word in WH:
        asks = word in ("whether", "if") and c.cue.lemma in ("ask", "wonder")
        return "wh" if asks or ("clause" in takes and word in ("how", "why", "what", "whether")) else "none", j, end
    if s.kind[j] == "p" and word not in "$£€#@‘“'":
        return "none", j, end
    if word in ADVERBIAL or word in TIME:
        return (*_behind_setting(s, j, that, quote), end)
    clause, thing = "clause" if "clause" in takes else "", "object" if "object" in takes else ""
    if word in PERSONAL or has_verb(s, j + 1, min(j + 9, s.stop)):
        return clause or thing or "none", j, end
    return thing or clause or "none", j, end


def _behind_addressee(s: MaskedSentence, j: int) -> int:
    """First token after "reporters", "him", "the Herald" in "told ... that"."""
    if j >= s.stop or s.is_quote(j) or s.low[j] in WH | ADVERBIAL | {"that", ",", ":"}:
        return j
    first, j = j, j + 1
    if s.low[first] in OBJECT:
        return j
    while j < min(s.stop, first + 8) and s.kind[j] not in "pq" and s.low[j] not in WH | PERSONAL | ADVERBIAL | {"that"}:
        new_phrase = s.low[j] in ("the", "his", "her", "their") and s.low[j - 1] not in PREPOSITION | {"and"}
        if new_phrase or (s.kind[first] == "C" and s.kind[j] != "C"):
            break
        j += 1
    return j


def _behind_setting(s: MaskedSentence, j: int, that: bool, quote: bool) -> tuple[str, int]:
    """The content after "in an interview on Friday": (kind, first token)."""
    for k in range(j + 1, min(s.stop, j + 14)):
        if that and s.low[k] == "that" and s.low[k - 1] not in PREPOSITION:
            return "that", k
        if quote and s.is_quote(k) and s.low[k - 1] in (",", ":"):
            return "quote", k
        if quote and s.low[k] == ":":
            return "colon", k + 1
        if s.low[k] in ",;" or is_finite(s, k) or not (that or quote):
            break
    return "none", j


def _content_end(s: MaskedSentence, start: int, kind: str, following: Iterable[Candidate] = ()) -> int:
    """End (token) of a content that begins at token ``start``: the sentence's end, or the clause of the next source."""
    end = min(s.stop, start + 4 * REACH)
    for other in following:
        edge = other.clause
        if other.at > start and edge > start + 1 and edge <= end:
            before = s.word(edge - 1)
            if before == "," or (before in ("and", "but", "while", "as") and s.word(edge - 2) == ","):
                end = edge - 1 if before == "," else edge - 2
                break
            if kind in ("object", "to") and before in ("and", "but") and other.use == "finite" and not other.subject:
                end = edge - 1  # "denied the charge and accused the union"
                break
    if kind in ("object", "to"):
        for i in range(start + 1, min(end, start + REACH)):
            tail = s.low[i] == "," and (s.word(i + 1) in SUBORDINATE or s.word(i + 1).endswith("ing"))
            if tail or (s.low[i] in CLAUSE_END and s.low[i] != ":"):
                end = i
                break
    while end > start + 1 and s.kind[end - 1] == "p" and s.low[end - 1] not in ")%":
        end -= 1
    return end


# ---- what stands before a cue -------------------------------------------------------------------------------------------------


def _clause_start(s: MaskedSentence, end: int) -> int:
    """First token of the clause that ends before token ``end``, for a content that comes before its source."""
    low = max(0, end - 4 * REACH)
    start = max(low, s.find_back(";", end, low) + 1)
    while start < end and s.low[start] in ("but", "and", ",", "still", "so"):
        start += 1
    return start


def _quotation_before(s: MaskedSentence, stop: int) -> Span:
    """The quotation that ends before token ``stop``, with the words of its own clause that lead into it."""
    start, first = _clause_start(s, stop), stop - 1
    while first > start and (s.is_quote(first - 1) or (s.low[first - 1] == "," and s.is_quote(first - 2))):
        first -= 1
    alone = first <= start or s.low[first - 1] in (",", ":") or first - start > REACH
    return s.span(first if alone else start, stop)


def _resumed(s: MaskedSentence, tag_end: int) -> list[Span]:
    """The quotation that goes on after the tag: '"...," Roe said on Monday, "..."'."""
    for i in range(tag_end, min(s.stop, tag_end + 16)):
        if s.is_quote(i):
            return [s.span(i, i + 1)] if s.low[i - 1] in ",:.—–-" else []
        if s.low[i] == ";":
            break
    return []


def _ending_quote(s: MaskedSentence, at: int) -> int:
    """Token of the quotation that ends right before token ``at``, a comma between allowed; -1 if none does."""
    return at - 1 if s.is_quote(at - 1) else at - 2 if s.word(at - 1) == "," and s.is_quote(at - 2) else -1


# ---- one attribution a cue ----------------------------------------------------------------------------------------------------


def in_sentence(s: MaskedSentence) -> Iterator[Draft]:
    """Attributions of one sentence, in the order of their cues."""
    several = list(_candidates(s))
    last_source: list[Span] = []
    for number, c in enumerate(several):
        following = several[number + 1 : number + REACH]
        found = None
        if c.use == "according":
            found = _according(s, c)
        elif c.use == "participle":
            found = _participle(s, c, following, last_source)
        elif c.use == "finite":
            found = _inverted(s, c) or _verb(s, c, following, last_source)
            last_source = found.source if found else last_source
        if found:
            found.lemma = c.cue.lemma
            yield found


def _according(s: MaskedSentence, c: Candidate) -> Draft | None:
    opens = c.group < 2 or s.word(c.group - 1) in ("but", "and")
    end = phrase_after(s, c.last)
    if opens:
        end = next((i for i in range(c.last, end) if s.low[i] == "," and s.word(i + 1) not in ("who", "a", "an", "the")), end)
    start = end + (s.word(end) == ",") if opens else _clause_start(s, c.group)
    stop = _content_end(s, start, "clause") if opens else c.group - (s.word(c.group - 1) in (",", "-", "—", "–"))
    if end <= c.last or start >= min(stop, s.stop):
        return None
    return Draft([s.span(c.last, end)], [s.span(c.group, c.last)], [s.span(start, stop)], "according_to")


def _main_subject(s: MaskedSentence, before: int, last_source: list[Span]) -> list[Span]:
    """Who spoke last in this sentence, else its first noun phrase."""
    first = None if last_source else first_phrase(s, before)
    return last_source or ([s.span(*first)] if first else [])


def _participle(s: MaskedSentence, c: Candidate, following: list[Candidate], last_source: list[Span]) -> Draft | None:
    """ "He left, saying that ..." """
    kind, start, cue_end = _complement(s, c)
    if s.word(c.group - 1) in (",", "by", "and") or s.is_quote(c.group - 1):
        source = _main_subject(s, c.group, last_source)
    else:  # "a statement saying that ..."
        source = [s.span(*c.subject)] if c.subject and kind in ("that", "quote", "colon") else []
    if kind == "none" or not source or start >= s.stop:
        return None
    return Draft(source, [s.span(c.group, cue_end)], [s.span(start, _content_end(s, start, kind, following))], f"participle_{kind}")


def _inverted(s: MaskedSentence, c: Candidate) -> Draft | None:
    """ "...," said Roe; the port is closed, said Roe."""
    if c.at != c.group or c.last >= s.stop or (c.subject and not has_verb(s, 0, c.group)):
        return None
    end, word, quote = phrase_after(s, c.last), s.low[c.last], _ending_quote(s, c.group)
    if end <= c.last or word in ADVERBIAL or word in ("that", ","):
        return None
    source, cue = [s.span(c.last, end)], [s.span(c.group, c.last)]
    if quote >= 0:
        if "quote" not in c.cue.takes:
            return None
        return Draft(source, cue, [_quotation_before(s, quote + 1), *_resumed(s, end)], "quote_inverted")
    start = _clause_start(s, c.group - 1)
    if s.word(c.group - 1) != "," or c.subject or "after" not in c.cue.takes or start >= c.group - 1:
        return None
    if has_verb(s, c.last, min(end, c.last + 12)):
        return None
    return Draft(source, cue, [s.span(start, c.group - 1), *_resumed(s, end)], "inverted")


def _verb(s: MaskedSentence, c: Candidate, following: list[Candidate], last_source: list[Span]) -> Draft | None:
    kind, start, cue_end = _complement(s, c)
    cue, takes = [s.span(c.group, cue_end)], c.cue.takes
    source = [s.span(*c.subject)] if c.subject else []
    if c.subject:
        quote = _ending_quote(s, c.clause)
        if quote >= 0 and "quote" in takes and (kind not in ("object", "clause") or "told" in takes):
            resumed = _resumed(s, cue_end) if kind in ("none", "quote") else []
            return Draft(source, cue, [_quotation_before(s, quote + 1), *resumed], "quote_after")
    elif s.word(c.group - 1) in ("and", "but", "or", ",", "then") or is_adverb(s.word(c.group - 1)):
        source = _main_subject(s, c.group, last_source)
    if not source:
        return None
    if kind == "none":
        content = _around(s, c, start, following) if c.subject and "after" in takes else []
        return Draft(source, cue, content, "postposed") if content else None
    if start >= s.stop:
        return None
    if kind == "quote":
        end = start + 1
        while s.is_quote(end) or (s.word(end) == "," and s.is_quote(end + 1)):
            end += 1
        if s.word(start - 1) not in (",", ":") and end < s.stop and s.kind[end] in "wCn":
            end = _content_end(s, start, "clause", following)  # said "no" to the plan
        return Draft(source, cue, [s.span(start, end)], "quote_before")
    end = _content_end(s, start, kind, following)
    if kind == "object" and end - start == 1 and "quote" in takes and s.kind[start] == "w" and s.low[start] not in OBJECT | SUBJECT:
        return None  # "said goodbye"
    return Draft(source, cue, [s.span(start, end)], f"{kind}_{c.cue.kind}")


def _around(s: MaskedSentence, c: Candidate, start: int, following: list[Candidate]) -> list[Span]:
    """The content before ", Roe said." and on both sides of ", Roe said,"; with "as Roe said" too."""
    comma = c.clause - 1 - (s.word(c.clause - 1) == "as")
    if s.word(comma) != "," and not (comma < 0 < c.clause):
        return []
    head, goes_on = _clause_start(s, max(0, comma)), s.word(start) == ","
    first, last = s.word(head), s.word(comma - 1)
    setting = first in SUBORDINATE | {"if"} or (
        not has_verb(s, head, comma) and (first in PREPOSITION | TIME | {"rather"} or is_adverb(first) or last in TIME | {"ago"})
    )
    content = []
    long = comma - head > 4
    if head < comma and (long and goes_on if setting else long or goes_on or has_verb(s, head, comma)):
        content.append(s.span(head, comma))
    rest = start + 1
    if goes_on and rest < s.stop and not s.low[rest].endswith("ing") and s.low[rest] not in SUBORDINATE:
        content.append(s.span(rest, _content_end(s, rest, "clause", following)))
    return content


# ---- paragraphs ---------------------------------------------------------------------------------------------------------------

_RUN = re.compile(r"\w+")


_DATELINE = re.compile(
    r"[A-Z][A-Z .'’-]{2,40}(?:,(?: [A-Z][\w.]{1,20}){1,3})?(?: ?\([^()\n]{1,30}\))?,?(?: [A-Z][a-z]{2,8}\.? \d{1,2})? ?(?:—|–|--?) ?(?=\S)"
)
_NOBODY = frozenset(("nobody", "neither", "no one", "no-one"))


def is_somebody(words: str) -> bool:
    return words.strip().lower() not in _NOBODY and any(letter.isalnum() for letter in words)


@cache
def _printed_cues() -> frozenset[str]:
    """All forms as they may be printed: a sentence without one is not looked at."""
    return frozenset(case for form in (*cues(), "according") for case in (form, form.capitalize(), form.upper()))


@cache
def _tag_follows() -> re.Pattern[str]:
    """A tag after '?"': the sentence is not over."""
    verbs = "|".join(sorted(form for form, cue in cues().items() if "quote" in cue.takes))
    return re.compile(rf"\s+(?:[\w.'’-]{{1,30}}\s+){{1,5}}(?:{verbs})\b")


def mask(text: str, quotes: Sequence[Quotation]) -> tuple[str, str]:
    """The text with each quotation as one token, and the text with quotations flattened so that no sentence ends inside one."""
    if QUOTED in text or QUOTED_ON in text:
        text = text.translate({ord(QUOTED): " ", ord(QUOTED_ON): " "})
    tokens, flat, at = [], [], 0
    for q in quotes:
        between, inner = text[at : q.span.start], q.inner.of(text)
        tokens += [between, QUOTED, QUOTED_ON * (len(q.span) - 1)]
        if len(inner) > 2:
            asks = inner[-1] in "?!…" and _tag_follows().match(text, q.span.end)
            inner = inner[0] + "x" * (len(inner) - 2) + ("," if asks else inner[-1])
        flat += [between, text[q.span.start : q.inner.start], inner, text[q.inner.end : q.span.end]]
        at = q.span.end
    return "".join([*tokens, text[at:]]), "".join([*flat, text[at:]])


def find(text: str, paragraphs: Sequence[Span], quotes: Sequence[Quotation], masked: str, flat: str) -> list[Found]:
    """All attributions of these paragraphs.

    Parameters
    ----------
    text : str
    paragraphs : sequence of Span
        Where to look, in text order.
    quotes : sequence of Quotation
        The quotations of these paragraphs.
    masked, flat : str
        What :func:`mask` makes of the text and these quotations.
    """
    starts, printed = [q.span.start for q in quotes], _printed_cues()
    found: list[Draft] = []
    previous: list[Draft] = []
    for number, paragraph in enumerate(paragraphs):
        here: list[Draft] = []
        if label := speaker_label(masked, paragraph):
            name, colon, speech = label
            here.append(Draft([name], [colon], [speech], "colon"))
        elif post := posted(text, paragraph):
            here.append(Draft(post.source, post.cue, post.content, "colon"))
        for span in sentences(flat, paragraph):
            if span.start <= paragraph.start + 2 and (place := _DATELINE.match(text, span.start, span.end)):
                span = Span(place.end(), span.end)
            if not printed.isdisjoint(_RUN.findall(masked, span.start, span.end)):
                here += in_sentence(MaskedSentence(masked, span))
        here = [f for f in here if not f.source or is_somebody(f.source[0].of(text))]
        for f in here:
            f.paragraph = number
        mine = quotes[bisect_left(starts, paragraph.start) : bisect_left(starts, paragraph.end)]
        previous = _follow_up(text, paragraph, mine, here, previous) + here
        found += here
    return [draft.done() for draft in found]


def _follow_up(text: str, paragraph: Span, quotes: Sequence[Quotation], here: list[Draft], previous: list[Draft]) -> list[Draft]:
    """Give the paragraph's quotations that have no cue of their own to whoever spoke last; who that is, if from the paragraph before."""
    covered = merged(c for f in here for c in f.content)
    tags = sorted((f for f in here if f.is_quotation), key=lambda f: f.content[-1].end)
    latest: Draft | None = None
    carried: list[Draft] = []
    at = cover = 0
    for q in quotes:
        while at < len(tags) and tags[at].content[-1].end <= q.span.start:
            latest, at = tags[at], at + 1
        while cover < len(covered) and covered[cover].end <= q.span.start:
            cover += 1
        if cover < len(covered) and covered[cover].overlaps(q.span):
            continue
        before = text[max(paragraph.start, q.span.start - 3) : q.span.start].rstrip()
        if (before and before[-1] not in ".?!:,”\"'’") or len(q.inner.of(text).split(maxsplit=3)) < 3:
            continue  # a fragment in somebody's sentence
        if not latest and not here and q.span.start == paragraph.start:
            latest = next((f for f in reversed(previous) if f.is_quotation), None)
            carried = [latest] if latest else []
        if latest:
            latest.content.append(q.span)
    return carried
