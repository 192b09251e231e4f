"""Names beside a label: whom it labels, what else they are called, and which state's law it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from framing.english.grammar import any_of, words_of_class
from framing.english.tokens import LABELLED
from framing.resources import load_table
from framing.text import Span

PARTS = ("foreign_agent", "undesirable", "terrorist", "extremist", "ban", "naming", "group", "filler", "works", "opener")


@cache
def words_of(part: str) -> re.Pattern[str]:
    """One expression for all words of a part of ``label_words.tsv``."""
    forms = [row["form"] for row in load_table("measuring/notices/label_words") if row["part"] == part]
    forms += words_of_class("month") + words_of_class("weekday") if part == "opener" else ()
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(forms, key=len, reverse=True))})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def is_word(part: str, word: str) -> bool:
    """Whether a word belongs to a part of ``label_words.tsv``."""
    return words_of(part).fullmatch(word) is not None


@dataclass(frozen=True, slots=True)
class Name:
    """A name as printed, with what else it is called beside it ("Islamic State (ISIL, also known as Daesh)")."""

    words: str
    start: int
    aliases: tuple[str, ...] = ()


_PARTICLE = re.compile(
    rf"(?:{any_of('particle', 'particle_arabic')}|as|ash|at|az|ur|e|i|y)\Z|(?:{any_of('particle_arabic')}|as|ash|at|az|аль|ан|аш|ал)-",
    re.IGNORECASE,
)
_INNER = frozenset({"of", "for", "the", "and", "&", "in", "и"})
_ALIAS_SPLIT = re.compile(
    r"\s*(?:[,;/]|\b(?:also known as|a\.?k\.?a\.?|formerly known as|formerly|previously|known as|also|or|and|previously known as)\b)\s*",
    re.I,
)
_ENDS_SENTENCE = re.compile(r"[.!?…]\Z")
_SHORT = re.compile(rf"(?:[A-Z]\.)+\Z|(?:{any_of('company', 'saint', 'title_dotted', capital=True)})\.\Z")


def _capital(word: str) -> bool:
    return word[0].isupper() or (word[0].isdigit() and len(word) < 4) or bool(re.match(r"(?:al|el|as|an|ash|at|аль|ан|ал)-[A-ZА-Я]", word))


def split_aliases(bracket: str) -> tuple[str, ...]:
    """What a bracket behind a name calls it besides: "ISIL, also known as Daesh" is ISIL and Daesh."""
    found = [piece.strip(" \"'“”«»‘’.") for piece in _ALIAS_SPLIT.split(bracket)]
    return tuple(piece for piece in found if piece and _capital(piece) and len(piece) <= 50 and not words_of("ban").search(piece))


def names_before(text: str, end: int, *, low: int, several: bool = False) -> tuple[list[Name], list[str]]:
    """Names that stand right before ``end``, in text order, and the lower-case group words between them and ``end``.

    Parameters
    ----------
    text : str
    end : int
        Where the label (or its bracket) begins.
    low : int
        Where the paragraph begins; at most 200 characters are read.
    several : bool
        Take all names that are joined by commas and "and"; otherwise the last alone.
    """
    tokens = [(m.group(), m.start()) for m in LABELLED.finditer(text, max(low, end - 200), end)]
    behind = _taken_from_end(tokens)
    several = several or any(is_word("group", word) and word.endswith("s") for word in behind)
    names = [_name(text, group, also) for group, also in _groups(tokens, several)]
    return [name for name in names if name is not None][::-1], behind


_Token = tuple[str, int]  # a word, a mark or a whole bracket, and where it begins


def _taken_from_end(tokens: list[_Token]) -> list[str]:
    """Takes the group words behind a name from the end of ``tokens``, and returns them in lower case."""
    behind: list[str] = []
    while tokens and (tokens[-1][0][0].islower() or tokens[-1][0] in "\"”»'’,") and not _PARTICLE.match(tokens[-1][0]):
        word = tokens[-1][0]
        if word in "\"”»'’":
            tokens.pop()
            break
        if word == "," and behind:
            break
        if word != "," and not any(is_word(part, word) for part in ("group", "terrorist", "extremist", "filler")):
            break
        if word in ("and", "or", "of", "in", "by", "the", "is", "are"):
            break
        behind.insert(0, word.lower())
        tokens.pop()
    return behind


def _groups(tokens: Sequence[_Token], several: bool) -> Iterator[tuple[list[_Token], list[str]]]:
    """The words of each name with what a bracket calls it besides, read from the end; one name alone unless ``several``."""
    groups: list[list[_Token]] = [[]]
    alias_of: list[list[str]] = [[]]
    i = len(tokens) - 1
    while i >= 0:
        word, start = tokens[i]
        if word[0] == "(":
            if groups[-1]:
                break
            alias_of[-1] = list(split_aliases(word[1:-1]))
        elif word[0] in "*†‡✱¹²³⁴⁵⁶⁷⁸⁹":
            if groups[-1]:
                break
        elif (word in "\"”»'’" and not groups[-1]) or (word in "\"“«'‘„" and groups[-1]):
            pass
        elif word[0].isalnum() and _capital(word):
            if _ENDS_SENTENCE.search(word) and not _SHORT.search(word) and groups[-1]:
                break
            groups[-1].insert(0, (word, start))
        elif groups[-1] and (word.lower() in _INNER or _PARTICLE.match(word)) and i > 0:
            before = tokens[i - 1][0]
            if word in ("and", "&", "и") and several:
                groups.append([])
                alias_of.append([])
            elif word in ("and", "и") or word == "in":
                break
            elif _PARTICLE.match(word) or (before[0].isalnum() and (_capital(before) or before in _INNER)):
                groups[-1].insert(0, (word, start))
            else:
                break
        elif word == "," and several and groups[-1]:
            groups.append([])
            alias_of.append([])
        elif (word == "the" and groups[-1]) or (word.lower() in ("both", "either") and groups[-1]):
            break
        else:
            break
        i -= 1
    return zip(groups, alias_of, strict=True)


def _name(text: str, group: list[_Token], also: Sequence[str]) -> Name | None:
    """A name of these words without what only leads to it or trails behind."""
    while group and (group[0][0].lower() in _INNER or is_word("opener", group[0][0])):
        if is_word("opener", group[0][0]) and group[0][0].lower() not in _INNER and len(group) > 1 and group[1][0] in ("of", "from"):
            group = group[1:]
        group = group[1:]
    while group and group[-1][0].lower() in _INNER:
        group = group[:-1]
    if not group:
        return None
    words = " ".join(text[group[0][1] : group[-1][1] + len(group[-1][0])].split()).strip('"“”«»„')
    return Name(words.removesuffix("'s").removesuffix("’s"), group[0][1], tuple(also))


_SPLIT = re.compile(r"\s*,\s*(?:and\s+|as well as\s+)?|\s+and\s+(?:the\s+)?|\s+as well as\s+|\s*;\s*|\s+и\s+|\s*&\s*")
_LEADING = re.compile(
    r"\A(?:(?:both|the|all|groups?|organi[sz]ations?|movements?|compan(?:y|ies)|social networks?|"
    r"terrorists?|extremists?|militants?|jihadists?|groupings?|an?|movement|so-called|of)\s+)+",
    re.I,
)
_TRAILING = re.compile(
    r"(?:[\s,]+(?:(?:extremist|terrorist|terror|militant|armed|jihadist|separatist|international|social|political|religious|"
    r"news|media|both|all|also|"
    r"groups?|organi[sz]ations?|movements?|groupings?|networks?|compan(?:y|ies)|parties|websites?|outlets?|platforms?|which|who|that)))+\Z"
)


def split_names(words: str) -> list[Name]:
    """Names in a subject such as "Islamic State (ISIL, also known as Daesh) and al-Qaeda"."""
    found: list[Name] = []
    brackets: list[str] = []

    def keep(match: re.Match[str]) -> str:
        brackets.append(match.group(1))
        return f" \x00{len(brackets) - 1}\x00"

    words = words.replace("\x00", " ")  # the mark of a bracket taken out
    flat = re.sub(r"\s*[(\[]([^()\[\]]{1,120})[)\]]", keep, words)
    for at, piece in enumerate(_SPLIT.split(flat)):
        also: tuple[str, ...] = ()
        for number in re.findall("\x00(\\d+)\x00", piece):
            also += split_aliases(brackets[int(number)])
        piece = re.sub("\\s*\x00\\d+\x00", "", piece)
        piece = _TRAILING.sub("", _LEADING.sub("", piece.strip(" \t\n-–—:*\"'“”«»‘’„")))
        piece = piece.strip(" \t\n-–—:*†‡✱\"'“”«»‘’„.,")
        if piece and len(piece) <= 90 and any(_capital(word) for word in piece.split()):
            found.append(Name(" ".join(piece.split()), at, also))
    return found


_TITLE = r"(?:(?-i:[A-ZÀ-Þ])\.){2,}|(?-i:[A-ZÀ-ÞА-ЯЁЂІЈЉЊЋЏ])[\w’'-]*"
_ONE = rf"(?:the\s+)?(?:{_TITLE})(?:\s+(?:of\s+(?:the\s+)?)?(?:{_TITLE})){{0,3}}"
_SEVERAL = re.compile(
    r"(?<!\w)(?:in|by|within|throughout|across|under|on|including|from|inside|at|outside|в|у|на|u)\s+"
    r"(?:(?:the\s+)?(?:whole\s+|entire\s+)?territory\s+of\s+|all\s+of\s+|территории\s+|территорији\s+)?"
    rf"(?P<places>{_ONE}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s+as\s+well\s+as\s+|\s+и\s+)(?:in\s+)?{_ONE}){{0,6}})",
    re.IGNORECASE,
)
_EACH = re.compile(r"\s*,\s*(?:and\s+)?(?:in\s+)?|\s+and\s+(?:in\s+)?|\s+as\s+well\s+as\s+(?:in\s+)?|\s+и\s+(?:в\s+)?")
_NOT_PLACES = re.compile(
    rf"{any_of('month', 'weekday')}|"
    r"congress|parliament|court|olympics?|senate|ministry.*|.*\b(?:court|ministry|law|act|code)|assembly|tverskoy.*",
    re.IGNORECASE,
)
_OFFICIAL = re.compile(r"\A(?:(?:Republic|Kingdom|State|Commonwealth|Federation|Principality)\s+of\s+(?:the\s+)?)")
_OFFICE_OF = re.compile(  # "the Supreme Court of Calderra" stands for Calderra
    r"\A(?:[A-ZÀ-Þ][\w'’-]*\s+){0,3}(?:Courts?|Ministry|Government|Assembly|Parliament|Prosecutor|Office|Council|Senate|"
    r"Department|Committee|Authorities|Laws?|Act|Code|Register|Registry)"
    r"(?:\s+of\s+(?:Justice|Information|Interior|Foreign Affairs|the\s+Interior))?\s+of\s+(?:the\s+)?(?=[A-ZÀ-Þ])"
)
_POSSESSIVE = re.compile(r"(?<!\w)(?:by|under|of|from|in)\s+(?:the\s+)?(?P<place>[A-ZÀ-Þ][\w-]+(?:\s+[A-ZÀ-Þ][\w-]+){0,2})(?:['’]s|['’])\s")
_LAW_OF = re.compile(
    r"\b(?i:laws?|legislation|courts?|ministry|justice|authorities|government|parliament|register|registry|territory)\s+of\s+(?:the\s+)?"
    r"(?P<place>[A-ZÀ-Þ][\w-]+(?:\s+(?:of\s+(?:the\s+)?)?[A-ZÀ-Þ][\w-]+){0,2})"
)
_ADJECTIVE = re.compile(
    r"(?<!\w)(?:under|by|in|a|the)\s+(?P<place>[A-ZÀ-Þ]\w{3,})\s+(?:\w+\s+){0,2}(?:laws?|legislation|courts?|authorities|"
    r"government|territory|register|registry|ministry|[Mm]inistry of \w+|(?:[A-Z]\w+ ){0,2}(?:Ministry|Court|Government))\b"
)


@cache
def _places() -> dict[str, tuple[str, str]]:
    table = {}
    for row in load_table("measuring/notices/places"):
        form = row["form"]
        table[form if form.isupper() else form.casefold()] = (row["place"], row["label_law"] or "")
    return table


def known_place(words: str) -> tuple[str, str] | None:
    """The table's name for a place and whether its law makes outlets print labels; None for a place not in it."""
    table = _places()
    return table.get(words) or table.get(words.casefold()) or (table.get(words.casefold().rstrip(".")))


def label_law(place: str) -> str:
    """Whether a place's law makes outlets print labels: "yes", "no", or "" where the table does not know."""
    known = known_place(place)
    return known[1] if known else ""


def place_name(words: str) -> str:
    """A place's name as used in tables: "the Russian Federation" is "Russia", "the Republic of Calderra" is "Calderra"."""
    words = " ".join(words.split()).removeprefix("the ").removeprefix("The ").strip(" ,;:")
    if words.casefold() != "us" and not re.fullmatch(r"(?:\w\.){2,}", words):
        words = words.rstrip(".")
    known = known_place(words)
    if known:
        return known[0]
    words = _OFFICIAL.sub("", _OFFICE_OF.sub("", words))
    if len(words) > 4 and words.isupper():
        words = words.title()
    words = words.removesuffix("'s").removesuffix("’s")
    known = known_place(words)
    return known[0] if known else words


def find_places(content: str, *, article_text: str = "") -> tuple[str, ...]:
    """Jurisdictions a label cites, normalised, without repeats, in text order."""
    if content.isupper():
        content = recased(content, article_text)
    found: list[str] = []
    for match in _SEVERAL.finditer(content):
        if content[match.end() : match.end() + 2] in ("'s", "’s"):
            continue
        for piece in _EACH.split(match.group("places")):
            bare = re.sub(r"\Athe\s+", "", piece.strip(), flags=re.I)
            bare = _OFFICE_OF.sub("", bare)
            if bare and not _NOT_PLACES.fullmatch(bare) and bare[0].isupper() and not words_of("ban").fullmatch(bare):
                if bare.endswith(("'s", "’s")):
                    continue
                found.append(place_name(bare))
    if not found:
        for pattern in (_POSSESSIVE, _LAW_OF, _ADJECTIVE):
            for match in pattern.finditer(content):
                words = match.group("place")
                if _NOT_PLACES.fullmatch(words):
                    continue
                known = known_place(words)
                stem = re.match(r"(.{4,}?)(?:n|an|ian|i|ese|ish)\Z", words)
                if known:
                    found.append(known[0])
                elif pattern is not _ADJECTIVE:
                    found.append(place_name(words))
                elif stem and (place := re.search(rf"\b{re.escape(stem.group(1))}\w{{0,2}}\b(?!\s+(?:law|court))", article_text)):
                    found.append(place.group() if place.group() != words else words)
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=4)
def _lower_words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\b[^\W\d_A-Z][^\W\d_]{3,}\b", text))


def recased(content: str, article_text: str) -> str:
    """Words in capitals as they would be printed in a sentence: a name is what the article never has in lower case."""
    lowered = content.lower()
    vocabulary = sorted(match.span() for part in PARTS for match in words_of(part).finditer(lowered))
    taken = 0

    def one(match: re.Match[str]) -> str:
        nonlocal taken
        while taken < len(vocabulary) and vocabulary[taken][1] <= match.start():
            taken += 1
        word = match.group()
        if len(word) < 4 or any(start <= match.start() < end for start, end in vocabulary[taken : taken + 8]):
            return word
        return word if word in in_lower_case else word.capitalize()

    in_lower_case = _lower_words(article_text)
    return re.sub(r"[^\W\d_]+", one, lowered)


@cache
def _alias_table() -> dict[str, tuple[str, ...]]:
    table = {}
    for row in load_table("measuring/notices/aliases"):
        forms = tuple(row["forms"].split("|"))
        for form in forms:
            table[_key(form)] = forms
    return table


def _key(name: str) -> str:
    name = re.sub(r"\A(?:the|группировка|движение)\s+", "", name.strip(), flags=re.I)
    return re.sub(r"[\s\W_]+", " ", name.replace("·", "").replace("'", "").replace("’", "")).casefold().strip()


def forms_of(name: Name) -> tuple[str, ...]:
    """Everything a labelled name may be called in the body: itself, the aliases beside it, and the table's."""
    own = (name.words, *name.aliases)
    return tuple(dict.fromkeys([*own, *(form for one in own for form in _alias_table().get(_key(one), ()))]))


def same_name(one: str, other: str) -> bool:
    """Whether two names are one group's ("ISIL", "Islamic State"; "Al Qaeda", "al-Qaeda")."""
    if _key(one) == _key(other):
        return True
    mine = _alias_table().get(_key(one))
    return mine is not None and mine == _alias_table().get(_key(other))


_FIRST = re.compile(r"[^\W¹²³⁴⁵⁶⁷⁸⁹⁰]+")  # a word without the number of its footnote
_GAP = frozenset(" \t\n\r\xa0·'’‐‑–—-.")
_ABBREVIATION = re.compile(r"\s*[(\[]([A-ZА-ЯЁ][A-ZА-ЯЁ-]{1,7})[)\]]")
_MOST_WORDS = 9  # in a name


class Mentions:
    """Where the body names the labelled: one pass over its words, however many names there are.

    Parameters
    ----------
    text : str
    spans : sequence of Span
        The body's paragraphs.
    names : sequence of tuple of str
        For each name all its forms (:func:`forms_of`).
    """

    def __init__(self, text: str, spans: Sequence[Span], names: Sequence[tuple[str, ...]]) -> None:
        forms = [list(one) for one in names]
        self.found = _scan(text, spans, forms)
        grown = False
        for mine, found in zip(forms, self.found, strict=True):
            for span in found:  # "the Harbour Front (HF)": from here on HF names it too
                short = _ABBREVIATION.match(text, span.end, span.end + 14)
                if short and short.group(1) not in mine and len(mine) < 60:
                    mine.append(short.group(1))
                    grown = True
        if grown:
            self.found = _scan(text, spans, forms)

    def of(self, number: int) -> list[Span]:
        """Mentions of the name with this number, in text order."""
        return self.found[number]


def _scan(text: str, spans: Sequence[Span], forms: Sequence[Sequence[str]]) -> list[list[Span]]:
    """For each name, where one of its forms stands: the same words, joined by spaces, hyphens or apostrophes."""
    numbers: dict[tuple[str, ...], list[int]] = {}
    capitals: dict[tuple[str, ...], bool] = {}  # whether every form of these words is in capitals
    lengths: dict[str, set[int]] = {}
    for number, mine in enumerate(forms):
        for form in mine:
            pieces = tuple(_FIRST.findall(form))
            key = tuple(piece.casefold() for piece in pieces)
            if not key or len(form) < 2 or len(key) > _MOST_WORDS:
                continue
            known = numbers.setdefault(key, [])
            if number not in known[-1:]:
                known.append(number)
            capitals[key] = form.isupper() and capitals.get(key, True)
            lengths.setdefault(key[0], set()).add(len(key))
    found: list[list[Span]] = [[] for _ in forms]
    for span in spans if numbers else ():
        for word in _FIRST.finditer(text, span.start, span.end):
            possible = lengths.get(word.group().casefold())
            if possible is None or text[word.start() - 1 : word.start()] in ("@", "#"):
                continue
            following_words, ends, at = [word.group()], [word.end()], word.end()
            for _ in range(max(possible) - 1):
                following = _FIRST.search(text, at, min(span.end, at + 60))
                if following is None or not 1 <= following.start() - at <= 2 or not _GAP.issuperset(text[at : following.start()]):
                    break
                following_words.append(following.group())
                at = following.end()
                ends.append(at)
            for n_words in sorted(possible, reverse=True):
                key = tuple(piece.casefold() for piece in following_words[:n_words])
                if (
                    n_words <= len(following_words)
                    and key in numbers
                    and (not capitals[key] or all(piece.isupper() for piece in following_words[:n_words]))
                ):
                    for number in numbers[key]:
                        here = found[number]
                        if not here or here[-1].end <= word.start():
                            here.append(Span(word.start(), ends[n_words - 1]))
    return found
