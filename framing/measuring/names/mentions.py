"""The names in one article: mentions from its runs of capitals, told apart and joined by what the whole article says."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from framing.article import Article
from framing.english.cues import cues
from framing.english.grammar import word_class, words_of_class
from framing.english.people import is_given_name, is_kin
from framing.measuring.names.fullest import fullest
from framing.measuring.names.lists import demonyms, famous, gender, group, is_ordinary, known, ordinary
from framing.measuring.names.pieces import NO_NAME, Cutter, Piece
from framing.measuring.names.runs import is_noise, is_shouted, particle_before, tokens
from framing.measuring.names.types import Kind, Name
from framing.measuring.page import Page, as_page
from framing.text import Span

_SUFFIXES = word_class("suffix")
_AGED = re.compile(r",? \(?(?:aged )?[1-9]\d\b(?![%.:\d]| percent)")
_AFTER = re.compile(r"['’]?s?,? ?[a-z][\w-]*")
_OWN = re.compile(r" (campaign|administration)\b")
_STATE_AFTER = re.compile(r", (?=[A-Z])")
_ACRONYM = re.compile(r"[A-Z][A-Z&]{2,4}$")
_DEFINED = re.compile(r",? \((?:the |or )?[“\"']?([A-Z][A-Za-z&.-]{1,9})[”\"']?\)")
_INSIDE = ("in", "near", "across", "throughout", "outside", "inside")
_NAMESAKES = 20  # of one last name, beyond which it is left open
_MASCULINE, _FEMININE = (
    tuple(f"{word}{stop}" for word in words_of_class(name) for stop in (".", "")) for name in ("title_man", "title_woman")
)


def find_names(article: Article | Page | str) -> tuple[Name, ...]:
    """Names of people, organisations, places and groups in an article's body.

    Parameters
    ----------
    article : Article, Page or str
        A string is taken as an article whose paragraphs are all body.

    Returns
    -------
    tuple of Name
        Every mention in text order; spans are offsets into ``article.text``, lie in body paragraphs and never overlap.

    Raises
    ------
    InputError
        If ``article`` is neither an Article nor a str.

    Notes
    -----
    Days, holidays, laws, events, works, products, languages and offices are no names here, nor are adjectives ("a Russian baker");
    "Russians" is a group. What a place stands for is not asked: "Washington" is a place, "the White House" an organisation.
    Headlines inside the body and lines in capitals give only names that are listed or clear from given names, and a line of more than
    50,000 characters in which most words have capitals gives none. The work is linear in the text.

    Examples
    --------
    >>> text = "Mayor Nadia Orlo met the Harbour Workers' Union (HWU) in Port Sallow. Orlo said the HWU had agreed."
    >>> for found in find_names(text):
    ...     print(found.span.of(text), "|", found.name, "|", found.kind)
    Nadia Orlo | Nadia Orlo | person
    Harbour Workers' Union | Harbour Workers' Union | organisation
    HWU | Harbour Workers' Union | organisation
    Port Sallow | Port Sallow | place
    Orlo | Nadia Orlo | person
    HWU | Harbour Workers' Union | organisation
    """
    return as_page(article).names


def names_on(page: Page) -> tuple[Name, ...]:
    """What :func:`find_names` gives, for :attr:`Page.names`."""
    text = page.text
    pieces: list[Piece] = []
    storms: set[str] = set()
    for paragraph in page.body:
        found = [] if is_noise(text, paragraph) else tokens(text, paragraph)
        if found:
            cutter = Cutter(text, paragraph, found, is_shouted(text, paragraph, found))
            pieces += cutter.cut()
            storms |= cutter.storms
    return _Reader(text, pieces, storms).names()


@cache
def _verbs() -> frozenset[str]:
    return frozenset((*cues(), *group("after_person")))


class _Reader:
    """What one article tells about its names."""

    def __init__(self, text: str, pieces: list[Piece], storms: set[str]) -> None:
        self.text, self.pieces, self.storms = text, pieces, storms
        self.people: dict[tuple[str, str, str], str] = {}  # (first, last, suffix) -> full name
        self.by_tail: dict[str, list[tuple[str, str, str]]] = {}  # the end of a full name in lower case -> who bears it
        self.by_suffixed: dict[str, set[tuple[str, str, str]]] = {}  # last name in lower case -> who bears it with "Jr." or "III"
        self.relatives: set[str] = set()  # who is introduced as somebody's wife or son
        self.titled: set[str] = set()  # last names that stand behind "President" and the like, in lower case
        self.namesakes: dict[tuple[str, str], list[tuple[str, str, str]]] = {}  # (last, suffix) -> who bears it
        self.by_first: dict[str, list[tuple[str, str, str]]] = {}
        self.middle: dict[tuple[str, str, str], str] = {}  # initials between them, as first printed
        self.count: Counter[tuple[str, str, str]] = Counter()
        self.bodies: dict[str, str] = {}  # short forms of organisations, and their names in lower case -> the full name
        self.first_word: dict[str, set[str]] = {}  # first word of organisations -> their names
        self.last_word: dict[str, set[str]] = {}  # last word of newspapers in lower case -> their names

    def names(self) -> tuple[Name, ...]:
        self._decide_runs()
        for piece in self.pieces:
            if piece.kind == "person" and len(piece.words) > 1:
                self._meet(piece)
            elif piece.kind == "organisation":
                self._note_body(piece)
            if piece.titled and len(piece.words) == 1 and self._title(piece) not in _FEMININE:
                self.titled.add(piece.words[0].lower())
        self._join_tails()
        open_words = self._decide_words()
        found: list[Name] = []
        for piece in self.pieces:
            if name := self._name(piece, open_words):
                if found and name.span.start < found[-1].span.end:
                    continue
                found.append(name)
        return tuple(fullest(found))

    # ---- runs of several words that no list knows -----------------------------------------------------------------------------------

    def _decide_runs(self) -> None:
        """Give every run of several words a kind by how often the places where it stands speak for one."""
        votes: dict[tuple[str, ...], Counter[Kind]] = {}
        alone = Counter(piece.words[0] for piece in self.pieces if len(piece.words) == 1 and piece.kind is None)
        titled = {piece.words[-1] for piece in self.pieces if piece.titled and len(piece.words) == 1}
        several = [piece for piece in self.pieces if piece.kind is None and len(piece.words) > 1]
        for piece in several:
            count = votes.setdefault(piece.words, Counter())
            if not count:
                self._by_form(piece.words, alone, titled, count)
            if not piece.shouted:
                self._by_place(piece, count)
        for piece in several:
            piece.kind = _chosen(votes[piece.words])

    def _by_form(self, words: tuple[str, ...], alone: Counter[str], titled: set[str], count: Counter[Kind]) -> None:
        low = [word.lower() for word in words]
        plain = sum(map(is_ordinary, low))
        count["place"] -= plain
        count["organisation"] -= plain == len(low)
        if low[0].rstrip(".") in group("place_prefix") and low[0] not in group("side") and not plain > 1:
            count["place"] += 4
        if words[-1] in titled:
            count["person"] += 3
        elif alone[words[-1]] and low[-1] not in ordinary():
            count["person"] += 1
        if any(word.isupper() and len(word) > 2 for word in words) or any(any(c.isdigit() for c in word) for word in words):
            count["person"] -= 2
        if len(words) > 3:
            count["person"] -= 1
        if len(words) in (2, 3) and not plain:
            count["person"] += 1
        count["person"] -= plain
        if low[-1] in group("organisation_head") or low[-1] in group("thing_head"):
            count["person"] -= 1

    def _by_place(self, piece: Piece, count: Counter[Kind]) -> None:
        """What stands beside a run says what it is."""
        text = self.text
        before = text[max(0, piece.start - 24) : piece.start].split()
        last = before[-1].lower().strip("“\"'‘(") if before and text[piece.start - 1 : piece.start] in " \n" else ""
        if last in group("before_person") or last in _verbs():
            count["person"] += 2
        elif last in group("before_body"):
            count["organisation"] += 3
        elif last == "the":
            count["organisation"] += 1
            count["person"] -= 3
        elif last in ("a", "an", "this", "that", "every", "each", "some", "no"):
            count["person"] -= 2
        elif last in group("in_place"):
            count["place"] += 2 if last in ("in", "near") else 1
        if _AGED.match(text, piece.end):
            count["person"] += 3
        elif match := _AFTER.match(text, piece.end):
            word = match.group().rsplit(" ", 1)[-1]
            if word in _verbs() or word in ("who", "whose"):
                count["person"] += 2
            elif word in group("after_body") and match.group().startswith(" "):
                count["organisation"] += 2
        elif _STATE_AFTER.match(text, piece.end):
            following = text[piece.end + 2 : piece.end + 20].split(",")[0].split()
            node = known().get(following[0].rstrip(".") if following else "") or known().get(following[0] if following else "")
            if node is not None and node.sort == "place":
                count["place"] += 3

    # ---- people ---------------------------------------------------------------------------------------------------------------------

    def _meet(self, piece: Piece) -> None:
        words = [word for word in piece.words if word != ","]
        suffix = words.pop().lower().rstrip(".") if words[-1].lower().rstrip(".") in _SUFFIXES else ""
        if len(words) < 2:
            return
        key = self._key(words, suffix)
        full = " ".join(piece.words).replace(" ,", "")
        namesakes = self.namesakes.setdefault(key[1:], [])
        if key not in self.people and len(namesakes) < _NAMESAKES:
            namesakes.append(key)
            if same := next((other for other in namesakes if other in self.people and _same(other[0], key[0])), None):
                self.people[key] = self.people[same]
        if key not in self.people:
            self.people[key] = full
            if suffix:
                self.by_suffixed.setdefault(words[-1].lower(), set()).add(key)
            else:
                for i in range(1, len(words)):
                    tail = " ".join(words[i:]).lower()
                    for form in (tail, tail[3:]) if tail[:3] in ("al-", "el-") else (tail,):
                        bearers = self.by_tail.setdefault(form, [])
                        if len(bearers) < _NAMESAKES:
                            bearers.append(key)
                first = self.by_first.setdefault(words[0].lower(), [])
                if len(first) < 3:
                    first.append(key)
        elif len(full) > len(self.people[key]) and full.split()[0] == self.people[key].split()[0]:
            self.people[key] = full
        self.count[key] += 1
        if self.count[key] == 1 and is_kin(self.text, piece.start):
            self.relatives.add(self.people[key])

    def _join_tails(self) -> None:
        """Two last names without the first ones are who bears them: "López Obrador" for "Andrés Manuel López Obrador"."""
        for first, several in list(self.by_first.items()):
            if is_given_name(first):
                continue
            for key in several:
                low = self.people[key].lower()
                longer = {self.people[other] for other in self.by_tail.get(low, ()) if other != key}
                if len(longer) == 1:
                    self.people[key] = longer.pop()

    def _key(self, words: list[str], suffix: str) -> tuple[str, str, str]:
        """First name, last name, suffix; where the article has two of them ("Jan P. Roe", "Jan Q. Roe"), the second with its initials."""
        key = (words[0], words[-1], suffix)
        middle = " ".join(word for word in words[1:-1] if word[1:2] == ".")
        if not middle or self.middle.setdefault(key, middle) == middle:
            return key
        return (f"{words[0]} {middle}", words[-1], suffix)

    def _bearer(self, low: str, before: str) -> str:
        """The full name of the person whose name ends in these words; "" if nobody's or several people's does."""
        several = self.by_tail.get(low) or (list(self.by_suffixed[low]) if len(self.by_suffixed.get(low, ())) == 1 else None)
        if several is None:
            return ""
        names = list(dict.fromkeys(self.people[key] for key in several))
        famed = famous().get(low.capitalize(), "")
        if famed and famed not in names:
            sexes = {gender(name.split()[0]) for name in names}
            if before == "president" or (before in _MASCULINE and sexes == {"f"}) or (before in _FEMININE and sexes == {"m"}):
                return famed  # "President Obama" where only his wife's full name is printed
        if len(names) > 1 and before in (*_MASCULINE, *_FEMININE):
            wrong = "f" if before in _MASCULINE else "m"
            names = [name for name in names if gender(name.split()[0]) != wrong] or names
        elif names and gender(names[0].split()[0]) == ("f" if before in _MASCULINE else "m" if before in _FEMININE else "none"):
            return ""  # "Mr. Roe" where only a woman of that name is printed in full
        if before not in _FEMININE and (apart := [name for name in names if name not in self.relatives]) != names:
            if apart or (low in self.titled and before not in _MASCULINE):
                names = apart
            if not names:
                return ""  # "President Roe" where the article prints only his wife in full
        if len(names) > 1:
            counted: Counter[str] = Counter()
            for key in several:
                counted[self.people[key]] += self.count[key]
            names = [name for name, _ in counted.most_common() if name in names]
        return names[0]

    # ---- organisations --------------------------------------------------------------------------------------------------------------

    def _note_body(self, piece: Piece) -> None:
        full = piece.name or self._printed(piece)
        if full.endswith((" Campaign", " Administration")) and len(piece.words) == 2 and piece.words[0].lower() not in ordinary():
            full = f"{piece.words[0]} {piece.words[1].lower()}"  # "the Roe Administration"
        full = self.bodies.setdefault(full.lower(), full)
        if len(piece.words) > 1:
            self.bodies.setdefault(self._printed(piece).lower(), full)
            capitals = "".join(part[0] for word in piece.words for part in word.split("-") if part[:1].isupper())
            if len(capitals) > 2 and capitals not in known():
                self.bodies.setdefault(capitals, full)
            first = piece.words[0]
            if (
                first.lower() not in ordinary()
                and first not in demonyms()
                and first not in known()
                and first.lower() not in group("adjective")
            ):
                self.first_word.setdefault(first, set()).add(full)
        if match := _DEFINED.match(self.text, piece.end):
            short = match.group(1).replace(".", "")
            if short[0] == full[0] or short[0] == piece.words[0][0]:
                self.bodies[short] = full

    def _printed(self, piece: Piece) -> str:
        """The name as printed, white space made single and apostrophes straight."""
        return " ".join(self.text[piece.start : piece.end].replace("’", "'").split())

    # ---- single words ---------------------------------------------------------------------------------------------------------------

    def _decide_words(self) -> dict[str, Kind]:
        """Kinds of single words that nothing else explains."""
        votes: dict[str, Counter[Kind]] = {}
        for piece in self.pieces:
            if len(piece.words) != 1 or piece.kind is not None or piece.shouted or piece.name:
                continue
            word = piece.words[0]
            low = word.lower()
            if word not in votes and (low in self.by_tail or not self._is_open(word, low)):
                continue
            count = votes.setdefault(word, Counter())
            if piece.titled:
                count["person"] += 4
            if piece.initial and not count and not is_ordinary(low) and self._is_said(piece):
                count["person"] += 2  # "Roe said"
            if not piece.initial or count:
                before = count["organisation"]
                self._by_place(piece, count)
                count["organisation"] -= count["organisation"] - before == 1  # "the Haves"
        decided: dict[str, Kind] = {}
        for word, count in votes.items():
            count["person"] -= 1
            if kind := _chosen(count):
                decided[word] = kind
        return decided

    def _is_said(self, piece: Piece) -> bool:
        match = _AFTER.match(self.text, piece.end)
        return match is not None and match.group().rsplit(" ", 1)[-1] in group("after_person")

    def _acts(self, piece: Piece) -> bool:
        """Does a verb or an adverb, no preposition and no noun, follow a first name that opens a sentence?"""
        match = _AFTER.match(self.text, piece.end)
        versus = self.text[max(0, piece.start - 3) : piece.start] == "v. "
        word = match.group().rsplit(" ", 1)[-1] if match and match.group().startswith(" ") and not versus else ""
        return word in _verbs() or word in group("acts")

    @staticmethod
    def _is_open(word: str, low: str) -> bool:
        """Can a single word that no list knows be a name?"""
        bare = low.rstrip(".")
        listed = any(bare in group(heads) for heads in ("organisation_head", "place_head", "thing_head", "title", "never", "place_prefix"))
        return not (
            listed
            or (word[:3].isupper() and not word.isupper())  # "GOPers"
            or low.endswith(("ism", "phobia", "ology", "gate", "mania"))
            or is_ordinary(low)
            or word in demonyms()
            or "." in low
            or any(part in demonyms() for part in word.split("-"))
        )

    # ---- what a piece comes to ------------------------------------------------------------------------------------------------------

    def _name(self, piece: Piece, open_words: dict[str, Kind]) -> Name | None:
        if piece.kind == "person":
            return self._person(piece)
        if piece.kind is not None:
            return self._listed(piece, piece.kind)
        low = " ".join(piece.words).lower()
        before = self._title(piece)
        if full := self._bearer(low, before):
            if self._is_plain_word(piece, low):
                return None
            return self._own(piece, full)
        if len(piece.words) > 1 or piece.name == NO_NAME:
            return None
        return self._word(piece, low, before, open_words)

    def _title(self, piece: Piece) -> str:
        """The last word of the title before a name, in lower case; "" if it has none."""
        before = self.text[max(0, piece.start - 16) : piece.start].split() if piece.titled else []
        return before[-1].lower() if before else ""

    def _is_plain_word(self, piece: Piece, low: str) -> bool:
        """Is this a common word at the head of a sentence ("Young people ..."), not the name that it also is?"""
        if piece.titled or low not in ordinary():
            return False
        if piece.shouted or not piece.initial or piece.genitive:
            return piece.shouted
        match = _AFTER.match(self.text, piece.end)
        word = match.group().rsplit(" ", 1)[-1] if match else ""
        return word not in _verbs() and word not in group("after_name")

    def _person(self, piece: Piece) -> Name:
        words = [word for word in piece.words if word != ","]
        suffix = words[-1].lower().rstrip(".") if words[-1].lower().rstrip(".") in _SUFFIXES else ""
        if piece.name:
            return self._own(piece, (self._bearer(words[0].lower(), "") if len(words) == 1 else "") or piece.name)
        if suffix and len(words) == 2:  # "Roe Jr."
            bearers = self.namesakes.get((words[0], suffix), ())
            return self._own(piece, self.people[bearers[0]] if bearers else " ".join(words))
        key = self._key(words[:-1] if suffix else words, suffix)
        return self._own(piece, self.people.get(key, " ".join(words)))

    def _own(self, piece: Piece, full: str) -> Name:
        """A mention of a person, or of the campaign that goes by the name."""
        start, end = piece.start, piece.end
        if not piece.genitive and (own := _OWN.match(self.text, end)):
            return Name(Span(start, own.end()), f"{full.split()[-1]} {own.group(1)}", "organisation")
        if (
            len(piece.words) == 1
            and (particle := particle_before(self.text, start))
            and f" {particle} {piece.words[0]}".lower() in f" {full}".lower()
        ):
            start -= len(particle) + 1
        return Name(Span(start, end), full, "person")

    def _listed(self, piece: Piece, kind: Kind) -> Name:
        """A mention whose kind is known; a place or company that bears a person's name gives way to the person."""
        low = " ".join(piece.words).lower()
        if len(piece.words) == 1 and piece.name and not piece.words[0].isupper() and (full := self._bearer(low, "")):
            before = self.text[max(0, piece.start - 12) : piece.start].split()
            if kind == "organisation" or not (before and before[-1].lower() in _INSIDE):
                return self._own(piece, full)
        if kind == "organisation":
            words = self._printed(piece)
            name = self.bodies.get(words) or self.bodies.get(words.lower()) or piece.name or words
            return Name(Span(self._start(piece, name), piece.end), name, "organisation")
        return Name(Span(self._start(piece, ""), piece.end), piece.name or self._printed(piece), kind)

    def _start(self, piece: Piece, name: str) -> int:
        """Where a name begins: with the particle before it ("al Qaeda"), without "The"."""
        if len(piece.words) > 1 and piece.words[0] == "The" and piece.words[1] not in ("Hague", "Gambia"):
            following = self.text[piece.start + 3 : piece.end]
            return piece.end - len(following.lstrip())
        particle = particle_before(self.text, piece.start) if name[:3].lower() in ("al ", "al-") else ""
        return piece.start - len(particle) - 1 if particle == "al" else piece.start

    def _word(self, piece: Piece, low: str, before: str, open_words: dict[str, Kind]) -> Name | None:
        """A single word that no list and no full name explains."""
        word = piece.words[0]
        span = Span(piece.start, piece.end)
        following = self.text[piece.end : piece.end + 3]
        if (low in group("never") and not piece.titled) or word in self.storms or following == " v." or following[1:2].isdigit():
            return None  # "Roe v. Poe", "Ward 8"
        if low in group("family_first") and len(own := {self.people[key] for key in self.by_first.get(low, ())}) == 1:
            return self._own(piece, own.pop())  # "Mr. Wang" for "Wang Yi"
        if word in self.bodies:
            return None if self._is_plain_word(piece, low) else Name(span, self.bodies[word], "organisation")
        if low in ordinary() and not piece.titled and (piece.initial or piece.shouted):
            return None
        if (full := famous().get(word)) and (piece.titled or low not in ordinary()):
            return self._own(piece, full)
        if _ACRONYM.match(word):
            ticker = self.text[piece.start - 1 : piece.start] == "(" and self.text[piece.end : piece.end + 1] == ")"
            loose = ticker or piece.shouted or low in ordinary() or low in group("title") or word.capitalize() in known()
            return None if loose else Name(span, word, "organisation")
        if piece.titled and (before.endswith(".") or before in _MASCULINE or before in _FEMININE or self._is_open(word, low)):
            return self._own(piece, word)
        first = self.by_first.get(low, ())
        if first and low not in ordinary() and len({self.people[key] for key in first}) == 1:
            return self._own(piece, self.people[first[0]])
        if low in group("press") and not piece.initial:
            named = self.last_word.get(low, set())
            if not named and self.text[max(0, piece.start - 4) : piece.start].lower() == "the ":
                named = {word}  # "the Times"
            return Name(span, next(iter(named)), "organisation") if len(named) == 1 else None
        if word.endswith(("ian", "ish")) and word[:-3] in famous():
            return None  # "Trumpian"
        if word[-1] == "s" and (word[:-1] in famous() or low[:-1] in self.by_tail):
            return None  # "the Roes"
        bodies = self.first_word.get(word, ())
        if len(bodies) == 1:
            return Name(span, next(iter(bodies)), "organisation")
        if piece.shouted or low in ordinary():
            return None
        if is_given_name(low) and not self.storms and (not piece.initial or self._acts(piece)):
            return self._own(piece, word)
        if kind := open_words.get(word):
            return Name(span, word, kind) if kind != "person" else self._own(piece, word)
        return None


def _chosen(count: Counter[Kind]) -> Kind | None:
    """The kind with most votes; a person needs one, a place or an organisation two."""
    kind, n = max(count.items(), key=lambda item: (item[1], item[0]), default=("person", 0))
    return kind if n > (0 if kind == "person" else 1) else None


def _same(first: str, other: str) -> bool:
    """Is one of two first names the short form of the other?"""
    if first == other or " " in first or " " in other:
        return False
    return min(len(first), len(other)) > 2 and (first.startswith(other) or other.startswith(first)) and gender(first) == gender(other)
