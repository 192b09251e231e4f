"""Legal labels that are a paragraph by themselves: footnotes, and what an outlet prints about itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from framing.english.grammar import any_of
from framing.english.tokens import IN_LABEL
from framing.measuring.notices.inline_labels import appositions
from framing.measuring.notices.label_reading import ACTIVE, CLASSES, DAY, STEMS_BAN, STEMS_CLASS, Reading, read_label, says_enough
from framing.measuring.notices.subjects import Name, find_places, is_word, names_before, recased, split_names, words_of
from framing.measuring.notices.wordings import Label

MAX_WORDS = 90
MARK = re.compile(
    r"\A\s*(?P<mark>(?:\\?\*){1,4}|†{1,2}|‡{1,2}|✱{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,2}|"
    r"\[\d{1,2}\]|\(\d{1,2}\)|\d{1,2}[.)](?=\s)|\[\*{1,3}\]|\(\*{1,3}\))\s*(?:[-–—:]\s*)?"
)
_EMPHASIS = re.compile(r"\A\s*(?P<open>[*_]{1,3})(?=[^\s*_])(?P<inner>.{3,}?)(?<!\\)(?P<close>[*_]{1,3})[\s.]*\Z", re.DOTALL)
_COPULA = re.compile(
    r"\s+(?:is|are|remains?|(?:has|have)\s+been|является|являются|je|су|је)\s+|\s+(?=performs?\s+the\s+functions?\s)", re.IGNORECASE
)
_ANYBODY = frozenset({"ARTIST", "AUTHOR", "PERFORMER", "WRITER", "ORGANISATION", "ORGANIZATION", "PERSON", "SINGER", "CHANNEL", "SOURCE"})


def leading_mark(raw: str) -> str | None:
    """The mark with which a footnote opens, by its words with their markup: "*\\*\\* Banned in Calderra.*" opens with "**"."""
    words = raw.strip()
    for _ in range(3):
        italic = _EMPHASIS.match(words)
        if italic is None or italic.group("open") != italic.group("close")[::-1]:
            break
        words = italic.group("inner").strip()
    marked = MARK.match(words)
    return marked.group("mark").replace("\\", "") if marked else None


@dataclass(frozen=True, slots=True)
class WholeLabel:
    """A paragraph that is a label as a whole."""

    reading: Reading
    mark: str | None  # the footnote's mark, if it opens with one
    set_apart: bool  # in brackets or in italics, or marked
    names: tuple[Name, ...]


def whole_label(paragraph: str, *, article_text: str = "", mark: str | None = None) -> WholeLabel | None:
    """A paragraph that is a legal label as a whole, or None.

    ``mark`` is a footnote's mark known from outside (where it was blanked as markup).
    """
    if not 6 < len(paragraph) < 900:
        return None
    lowered = paragraph.lower()
    if not any(stem in lowered for stem in (*STEMS_BAN, *STEMS_CLASS)):
        return None
    words, mark, set_apart = _stripped(" ".join(paragraph.split()), mark)
    if not words or (words[0] in "\"“'‘" and re.search(r"[\"”’'],?\s+\w+\s*(?:said|says|told)?", words[1:]) and not set_apart):
        return None
    reading = read_label(words, article_text=article_text)
    if reading is None or reading.n_words > MAX_WORDS:
        return None
    if words_of("speech").search(words) or words_of("works").search(words) or "?" in words or ACTIVE.search(" " + words):
        return None
    all_capitals = words.isupper()
    if not (says_enough(reading) or (all_capitals and reading.named and reading.status)):
        return None
    if not set_apart and DAY.search(words):
        return None
    listed = _with_list(words, article_text)
    if listed is not None:
        return WholeLabel(listed[0], mark, set_apart, listed[1])
    copula = _COPULA.search(words)
    near = copula if copula and copula.start() <= 200 else None
    names = _names_of_subject(words[: near.start()]) if near else []
    if copula and words[: copula.start()].count("(") != words[: copula.start()].count(")"):
        if not set_apart:
            return None  # the verb stands in a bracket of the sentence
        names = []
    if all_capitals:
        names = [name for name in names if name.words.upper() not in _ANYBODY]
    inner = read_label(words[near.end() :], article_text=article_text) if near else reading
    tail = appositions(words, 0, len(words), article_text)
    between = words[copula.end() : tail[0].span[0]] if tail and copula else ""
    if tail and not any(words_of(part).search(between) for part in (*CLASSES, "ban", "naming")):
        names = list(tail[0].names)  # "* Lumo is a product of Halden, an organisation recognised as ...": Halden, not Lumo
    if set_apart:
        if reading.n_other > max(4, 0.45 * reading.n_words):
            return None
        return WholeLabel(reading, mark, set_apart, tuple(names))
    if copula is None or not inner or not (names or all_capitals) or ("(" in words[: copula.start()] and not names):
        return None
    if not reading.named or inner.n_other > 2 or not (inner.status and (inner.named or (inner.barred and inner.places))):
        return None
    if not _is_subject(words[: copula.start()]) or re.search(r"(?:[.!?]\s+\S.*){2}", words):
        return None
    return WholeLabel(reading, mark, False, tuple(names))


def _stripped(words: str, mark: str | None) -> tuple[str, str | None, bool]:
    """A paragraph's words without emphasis, mark and brackets around them, the mark, and whether there was any of these."""
    set_apart = mark is not None
    for _ in range(4):  # in any order
        italic = _EMPHASIS.match(words)
        marked = None if italic else MARK.match(words)
        if italic and italic.group("open") == italic.group("close")[::-1]:
            words, set_apart = italic.group("inner").strip(), True
        elif marked:
            mark, words, set_apart = mark or marked.group("mark").replace("\\", ""), words[marked.end() :], True
        elif words[:1] in ("(", "[") and words[-1:] in (")", "]") and words[1:].count(words[0]) == words[:-1].count(words[-1]):
            words, set_apart = words[1:-1].strip(), True
        else:
            break
        words = words.strip().lstrip("-–—•⦁ ").strip()
    return words.lstrip("-–—•⦁ ").rstrip("*_ "), mark, set_apart


def _with_list(words: str, article_text: str) -> tuple[Reading, tuple[Name, ...]] | None:
    """A label with those whom it labels behind a colon: "Organisations banned in Calderra: Grey Tide, Harbour Front"."""
    listed = re.match(r"(?P<label>[^:]{5,140}):\s*(?P<names>.{2,400}?)\.?\Z", words)
    if not listed or not (reading := read_label(listed.group("label"), article_text=article_text)):
        return None
    if not says_enough(reading) or reading.n_other > 2:
        return None
    names = split_names(listed.group("names"))
    if not names or len(IN_LABEL.findall(listed.group("names"))) > 8 * len(names):
        return None
    rest = listed.group("names")
    for name in names:
        rest = rest.replace(name.words, " ")
    return None if re.search(r"\b[a-z]{4,}\b", rest) else (reading, tuple(names))


def _names_of_subject(subject: str) -> list[Name]:
    """Whom a label labels, by what stands before its verb."""
    relative = re.search(r",?\s+(?:which|who|that|whose\s+\w+)\Z", subject)
    if relative:  # "the site is owned by Quay Media, which is ..."
        return names_before(subject, relative.start(), low=0)[0]
    if words_of("ban").search(subject):
        return []
    if any(words_of(label).search(subject) for label in CLASSES if label != "foreign_agent"):
        return split_names(subject)  # the label stands before its verb: "The extremist movement X is banned in ..."
    return split_names(_BY_DECISION.sub("", subject))


_PERSONAL = re.compile(rf"\A(?:{any_of('personal', 'owner', 'demonstrative')}|there)\b", re.IGNORECASE)


def _is_subject(words: str) -> bool:
    """Whether these words are names with at most a group's noun around them, and no clause."""
    if re.search(r"[.!?]\s", words) or _PERSONAL.match(words):
        return False
    bare = re.sub(r"[(\[][^()\[\]]{0,120}[)\]]", " ", words)
    if bare.isupper():
        return True
    others = [
        w
        for w in IN_LABEL.findall(bare)
        if w[0].islower() and not any(is_word(p, w) for p in ("group", "filler", "terrorist", "extremist")) and "-" not in w
    ]
    return len(others) <= 1


_BY_DECISION = re.compile(r"\A(?:by|under|in|according to|pursuant to|following|on the basis of)\s[^,]{3,100},\s+(?=\S)", re.IGNORECASE)
_MADE_BY = re.compile(
    r"\b(?:created|produced|prepared|made|published|issued|disseminated|distributed|circulated|spread|compiled|released|posted|operated|run)\s+"
    r"by\s+(?:the\s+)?[A-ZÀ-Þ][\w’'-]*(?:\s+[A-ZÀ-Þ][\w’'-]*){0,3}"
)


def own_label(paragraph: str, *, outlet: str | None = None, article_text: str = "") -> tuple[Label | None, tuple[str, ...]]:
    """The class and the jurisdictions that an outlet's label about itself names."""
    words = " ".join(paragraph.split())
    firsts = [(m.start(), label) for label in CLASSES if (m := words_of(label).search(words))]
    if words.isupper():
        words = recased(words, article_text)
    if outlet:
        words = re.sub(rf"\b{re.escape(outlet)}\b", "it", words, flags=re.IGNORECASE)
    places = find_places(_MADE_BY.sub(" ", words), article_text=article_text)
    barred = words_of("ban").search(words) is not None
    return (min(firsts)[1] if firsts else "banned" if barred else None), places
