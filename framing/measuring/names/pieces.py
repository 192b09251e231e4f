"""One paragraph's runs of capitalised words, cut into mentions."""

from __future__ import annotations

from dataclasses import dataclass

from framing.english.grammar import word_class
from framing.english.people import is_given_name
from framing.measuring.names.lists import Node, Sort, demonyms, famous, group, is_ordinary, known, ordinary
from framing.measuring.names.runs import Token, is_compound, opens_sentence, speaks_beside
from framing.measuring.names.types import Kind
from framing.text import Span

NO_NAME = "-"  # the name of a piece that lists know as no name
_SUFFIXES = word_class("suffix") | {f"{word}." for word in word_class("suffix")}
_PARTICLES = frozenset(
    f" {one}{two} " for one in word_class("particle_more") for two in ("", *(f" {word}" for word in word_class("particle_second")))
)
_MONTHS, _LAST_NAMES = word_class("month_given"), word_class("month_last")
_ABBREVIATIONS = frozenset(f"{word}." for word in (*word_class("month_short"), "no", "vs"))
_COMPASS = frozenset(("north", "south", "east", "west", "northern", "southern", "eastern", "western", "new", "national", "federal"))
_TRADES = ("er", "or", "ist", "man", "woman", "eer", "ian")
_COLOURS = frozenset(("black", "brown", "green", "white"))
_STORMS = frozenset(("hurricane", "storm", "typhoon", "cyclone", "superstorm"))
_BODIES = frozenset(
    ("House", "Senate", "Congress", "Parliament", "Cabinet", "Pentagon", "Kremlin", "Vatican", "Fed", "Treasury", "Army", "Navy", "Marines")
)
_LONGEST = 7  # words of one name


@dataclass(slots=True)
class Piece:
    """A stretch that may be a mention. ``kind`` is None where only the whole article can tell."""

    start: int
    end: int
    words: tuple[str, ...]
    kind: Kind | None
    name: str = ""  # from the lists
    titled: bool = False
    initial: bool = False  # a sentence begins with it
    shouted: bool = False  # in a headline or a line in capitals
    genitive: bool = False


class Cutter:
    """Cuts the runs of one paragraph."""

    def __init__(self, text: str, paragraph: Span, found: list[Token], shouted: bool) -> None:
        self.text, self.paragraph, self.shouted = text, paragraph, shouted
        self.tokens = found
        self.pieces: list[Piece] = []
        self.storms: set[str] = set()  # what hurricanes are called
        self._looked_up: dict[int, tuple[int, Sort, str]] = {}
        self._titled = -1  # the index that stands right behind a title
        self._alone = False  # does that title stand before a last name alone?

    def cut(self) -> list[Piece]:
        at = 0
        while at < len(self.tokens):
            stop = at
            while self.tokens[stop].gap == " " and not self.tokens[stop].genitive and stop + 1 < len(self.tokens):
                stop += 1
            at = max(at + 1, self._run(at, stop + 1))
        return self.pieces

    # ---- one run --------------------------------------------------------------------------------------------------------------------

    def _run(self, at: int, stop: int) -> int:
        """Cut the run of tokens ``at`` to ``stop``; where to go on."""
        found = self.tokens
        titles, openers = group("title"), group("opener")
        while at < stop:
            token = found[at]
            low = token.low
            if low == "i" or is_compound(token.word):
                at += 1
                continue
            end, sort, name = self._listed(at)
            if end:
                at = self._known(at, end, max(stop, end), sort, name)
                continue
            bare = low.rstrip(".")
            if low in openers and (at + 1 == stop or not is_given_name(low) or found[at + 1].low in openers):
                at += 1
            elif (organised := self._headed(at, stop)) > at:
                at = organised
            elif bare in titles and not (is_given_name(bare) and self._is_name(at + 1, stop)):
                if at + 1 == stop:
                    self._single(at)
                self._entitle(at, bare in group("title_alone"))
                at += 1
            elif self._is_no_name(at, stop):
                if low in _MONTHS and at + 1 == stop and self._speaks(at):
                    self._single(at)  # "May said", if somebody in the article is called so
                at += 1
            else:
                at = self._named(at, stop)
        return at

    def _speaks(self, at: int) -> bool:
        """Does a verb of people follow?"""
        following = self.text[self.tokens[at].end : self.tokens[at].end + 20].split(maxsplit=1)
        return bool(following) and following[0] in group("after_person")

    def _is_no_name(self, at: int, stop: int) -> bool:
        """Is this a day, a month or an adjective, and no first name ("April Roe")?"""
        low = self.tokens[at].low
        if low in _ABBREVIATIONS or (low in group("never") and not (is_given_name(low) and self._is_name(at + 1, stop))):
            return True
        return self._is_adjective(at) and self._titled != at

    def _entitle(self, last: int, alone: bool) -> None:
        """What follows the title that ends with this token is a person's name."""
        token = self.tokens[last]
        if token.gap == " " and not token.genitive:
            self._titled, self._alone = last + 1, alone

    def _is_spoken_of(self, at: int, stop: int) -> bool:
        """Do two words of which the second is no listed or ordinary one stand where a person's name does?"""
        found = self.tokens
        if stop != at + 2 or found[at].genitive or self._listed(at + 1)[0] or is_ordinary(found[at + 1].low):
            return False
        return speaks_beside(self.text, found[at].start, found[at + 1].end)

    def _is_adjective(self, at: int) -> bool:
        token = self.tokens[at]
        return token.low in group("adjective") or token.word in demonyms()

    def _is_name(self, at: int, stop: int) -> bool:
        """Could the token be part of a person's name?"""
        if at >= stop:
            return False
        low = self.tokens[at].low
        return low not in group("never") and low not in group("opener") and low.rstrip(".") not in group("title")

    def _listed(self, at: int) -> tuple[int, Sort, str]:
        """(behind the last token, sort, name) of the longest listed name at ``at``; 0 if there is none."""
        if at not in self._looked_up:
            self._looked_up[at] = self._look_up(at)
        return self._looked_up[at]

    def _look_up(self, at: int) -> tuple[int, Sort, str]:
        found, listed = self.tokens, known()
        self._keep_genitive(at, listed, "")
        word = found[at].word
        node: Node | None = listed.get(word)
        if node is None and word[1:2] == "." and len(word) > 4:
            node = listed.get(word.replace(".", ""))  # "I.M.F."
        lowered = node is None and len(word) > 2 and word.isupper()
        if lowered:
            node = listed.get(word.capitalize())
        best: tuple[int, Sort, str] = (0, "nothing", "")
        begin = at
        while node is not None:
            token = found[at]
            if node.sort is not None and not (lowered and at == begin and (len(word) < 4 or token.low in ordinary())):
                best = (at + 1, node.sort, node.name)
            if node.tails and not token.genitive:
                following = self.text[token.end + 1 : token.end + 30]
                for tail, (sort, name) in node.tails.items():
                    if following.startswith(tail) and not following[len(tail) : len(tail) + 1].isalpha():
                        best = (at + 1, sort, name)
            if not token.gap or not node.after or token.genitive:
                break
            at += 1
            self._keep_genitive(at, node.after, token.gap)
            node = node.after.get(token.gap + (found[at].word.capitalize() if lowered else found[at].word))
        return best

    def _keep_genitive(self, at: int, listed: dict[str, Node], gap: str) -> None:
        """Make an ending part of the word where the lists have it so: "McDonald's", "Harbour Workers' Union"."""
        token = self.tokens[at]
        if not token.genitive or self.text[token.end : token.end + 2] not in ("'s", "’s"):
            return
        node = listed.get(f"{gap}{token.word}'s")
        following = self.tokens[at + 1].word if at + 1 < len(self.tokens) else ""
        if node is not None and (node.sort is not None or token.gap + following in node.after):
            token.word, token.low, token.end, token.genitive = f"{token.word}'s", f"{token.low}'s", token.end + 2, False

    def _known(self, at: int, end: int, stop: int, sort: Sort, name: str) -> int:
        """A listed name at ``at``: the mention it makes, or the longer one that it opens ("Chicago" "Police Department")."""
        found = self.tokens
        if sort == "title":
            self._entitle(end - 1, True)
            return end
        single = end == at + 1
        two = single and sort in ("organisation", "group") and end < stop and self._listed(end)[1] == "organisation"  # "GOP Senate"
        if end < stop and not found[end - 1].genitive and not two and (longer := self._headed(at, stop, past=end)) > end:
            return longer
        low = found[at].low
        named = single and end < stop and not found[at].genitive and sort != "group" and is_given_name(low)
        if named and self._is_name(end, stop) and not self._is_adjective(end) and not self._listed(end)[0]:
            return self._named(at, stop)  # "Chelsea Roe", "Austin Roe"
        if single and low in group("given_place") and self._is_spoken_of(at, stop):
            return self._named(at, stop)  # "Virginia Roe, 45", "said London Roe"
        if (
            single
            and self._titled == at
            and self._alone
            and found[at].word not in _BODIES
            and sort in ("place", "nothing", "organisation")
            and not found[at].word.isupper()
        ):
            return self._named(at, stop)  # "Sen. Warren", "Mr. Ford", "President Lincoln"
        if single and end < stop and found[end].low in _SUFFIXES:
            return self._named(at, stop)  # "Ford Jr."
        if sort != "nothing":
            self._add(at, end, sort, name)
        elif single and found[at].word.isalpha() and not found[at].word.isupper():
            self._single(at)  # a law, a storm, a language: no name unless somebody in the article is called so
            self.pieces[-1].name = NO_NAME
        return end

    def _headed(self, at: int, stop: int, past: int = 0) -> int:
        """Behind the organisation, place or thing that begins at ``at`` and ends in such a word ("... Committee"); ``at`` if none does."""
        found = self.tokens
        low = found[at].low
        if not past and at + 1 < stop and self._stands_before(at):
            return at
        if found[at].genitive and not self._binds(at):
            return at
        if low in group("thing_prefix") and at + 1 < stop:
            return self._thing(at, stop)
        head = self._head(at, past)
        if head < 0:
            if not (low in group("of_head") and self._links(at) and (found[at].gap[:3] == " of" or low in group("opening_head"))):
                return at
            head = at
        word = found[head].low.rstrip(".")
        if is_given_name(low) and word in group("surname_head") and all(len(found[i].word) == 2 for i in range(at + 1, head)):
            return at  # "Jan Park", "Jan P. Hall"
        if head == at + 1 and word in group("surname_head") and low not in ordinary():
            last = found[head]
            alone = not (past or last.genitive or last.gap == " " or word in group("organisation_head"))
            if self._titled == at or (alone and speaks_beside(self.text, found[at].start, last.end)):
                return at  # "Judge Ida Hall", "Thereza Lake said"
        if self.shouted and found[head].word.isupper() and len(found[head].word) > 3:
            return head + 1  # "TALKS OPEN AT CATHEDRAL"
        if self._titled == at and is_given_name(low):
            return at
        if head > at and (
            low in group("title")
            and self._titled != at
            and low not in ("general", "chief", "foreign", "prime", "first", "father", "king", "queen", "republican", "democrat")
        ):
            return at
        if word in group("thing_head") and word not in group("organisation_head") and word not in group("place_head"):
            return head + 1
        kind, end = self._kind(at, head)
        if self.shouted and end - at > 5:
            return end
        if head > at and all(found[i].low in group("opener") for i in range(at, head)):
            return end
        if head == at + 1 and end == head + 1 and word in group("weak_head") and all(is_ordinary(found[i].low) for i in range(at, head)):
            return end  # "Playing Field", "Social Media", "High School"
        self._add(at, end, kind, "")
        return end

    def _thing(self, at: int, stop: int) -> int:
        """Behind the words that a word for a thing opens ("Hurricane Ada"), which are no name."""
        found = self.tokens
        last = at + 1
        while last + 1 < stop and last - at < 3 and found[last + 1].low not in group("title") and not self._listed(last + 1)[0]:
            last += 1
        if found[at].low in _STORMS:
            self.storms.add(found[at + 1].word)
            return at + 2
        return last + 1

    def _head(self, at: int, past: int) -> int:
        """Where the word stands that says what the words from ``at`` on name ("Committee"), not before ``past``; -1 if there is none."""
        found, low = self.tokens, self.tokens[at].low
        titles, openers = group("title"), group("opener")
        bodies, places, things = group("organisation_head"), group("place_head"), group("thing_head")
        head = -1
        limit = min(len(found), at + _LONGEST)
        i = at
        while i < limit:
            if i > at:
                word = found[i].low.rstrip(".")
                if word in openers:
                    break
                if i >= past and ((word in titles and word not in bodies) or self._listed(i)[1] == "title"):
                    break
                if i >= past and not (found[i - 1].word.endswith(".") and len(found[i - 1].word) > 2 and low != "u.s."):
                    if word in bodies or word in places or word in things:
                        head = i
                    elif self._listed(i)[0] > i + 1 and head < 0:
                        break
            if i + 1 >= len(found) or (found[i].genitive and not self._binds(i)):
                break
            if found[i].gap != " ":
                words_joined = i + 2 < len(found) and found[i].low in ordinary() and found[i + 1].low in ordinary()
                if not (found[i].gap == " and " and head < 0 and words_joined and self._has_head(i + 1)):
                    break
            i += 1
        return head

    def _kind(self, at: int, head: int) -> tuple[Kind, int]:
        """Whether a name with this head is an organisation or a place, and where it ends."""
        word = self.tokens[head].low.rstrip(".")
        bodies, places = group("organisation_head"), group("place_head")
        kind: Kind = "organisation" if word in bodies else "place"
        if word in bodies and word in places:
            kind = "place"
        if word in ("state", "house") and self._listed(at)[1] == "place":
            kind = "organisation"  # "Iowa State", "the Texas House"
        end = head + 1
        if word in group("of_head") and self._links(head):
            end = self._object(head + 1)
            kind = "place" if word in group("place_of") else "organisation"
        return kind, end

    def _stands_before(self, at: int) -> bool:
        """Is this a word before a listed name and no part of it: "Democratic Senate", and "Retired Army" at the head of a sentence?"""
        token = self.tokens[at]
        apart = (self._is_adjective(at) or token.low in group("never")) and token.low not in _COMPASS
        if not apart and not (token.low in ordinary() and opens_sentence(self.text, token.start, self.paragraph)):
            return False
        return self._listed(at + 1)[0] > 0

    def _has_head(self, at: int) -> bool:
        """Does an organisation's head follow within three tokens of the same run?"""
        for i in range(at, min(len(self.tokens), at + 3)):
            if i > at and self.tokens[i].low in group("organisation_head"):
                return True
            if self.tokens[i].gap != " ":
                break
        return False

    def _binds(self, at: int) -> bool:
        """Does a genitive belong to a name: "Workers' Union", "Children's Hospital", but not "Vantry's Children's Hospital"?"""
        token = self.tokens[at]
        plural = self.text[token.end : token.end + 1] in ("'", "’") and not self.text[token.end + 1 : token.end + 2].isalpha()
        return (plural and is_ordinary(token.low)) or token.low in group("binder")

    def _links(self, at: int) -> bool:
        """Does the name go on behind this head ("Department of ...", "Center for ...", "Council on ...")?"""
        token = self.tokens[at]
        link = token.gap.removesuffix("the ").strip()
        if token.genitive or link not in ("of", "for", "on"):
            return False
        low = self.tokens[at + 1].low
        if link == "of":
            return low not in group("never") or low in ("american", "north", "south")
        heads = group("for_head") if link == "for" else group("on_head")
        return token.low in heads and low not in group("never") and low not in group("opener") and self._listed(at + 1)[1] != "place"

    def _object(self, at: int) -> int:
        """Behind what an institution is "of": a listed name or up to four words, "Health and Human Services" included."""
        found = self.tokens
        end = self._listed(at)[0]
        if end:
            return end
        end = at + 1
        while end < len(found) and end - at < 5 and not found[end - 1].genitive:
            gap, low = found[end - 1].gap, found[end].low
            if gap == " ":
                if low.rstrip(".") in group("title") or low in group("opener") or low in group("never") or is_given_name(low):
                    break
            elif not self._goes_on(at, end, gap, low):
                break
            end += 1
        return end

    def _goes_on(self, at: int, end: int, gap: str, low: str) -> bool:
        """Does a list of ordinary words go on ("Health and Human Services"), or "of" follow one ("Institute for the Study of Harbours")?"""
        before = self.tokens[end - 1].low
        if gap in (" of ", " of the "):
            return end == at + 1 and self.tokens[at].low in ordinary()
        if before not in ordinary() or low not in ordinary():
            return False
        if gap == ", ":
            return self.tokens[end].gap in (" and ", ", and ", ", ")
        return gap in (" and ", " & ") and low not in group("title")

    def _named(self, at: int, stop: int) -> int:
        """A person's name, or words of which only the article can tell what they name."""
        found = self.tokens
        token = found[at]
        titled = self._titled == at
        is_given = is_given_name(token.low) or (
            len(token.word) >= 2 and token.word[1] == "." and token.word not in ("U.S.", "U.K.", "U.N.")
        )
        initial = opens_sentence(self.text, token.start, self.paragraph)
        plain = token.low in ordinary()
        if (initial or self.shouted) and not is_given and not titled and plain and at + 1 < stop:
            return at + 1  # "Angry Republicans", "Meanwhile Roe"
        if initial and not is_given and at + 2 < stop and self._is_trade(at):
            self._entitle(at, alone=False)
            return at + 1  # "Pensioner Jan Roe"
        if token.low in _MONTHS and at + 1 < stop and not titled and (self._listed(at + 1)[0] or found[at + 1].word in famous()):
            return at + 1  # "in August Roe ..."
        if (
            plain
            and is_given
            and at + 1 < stop
            and ((initial and self._listed(at + 1)[0]) or (self.shouted and found[at + 1].low in ordinary()))
        ):
            return at + 1  # "Will Calderra ..."
        if token.word.isupper() and len(token.word) > 4 and at + 1 < stop and not self._is_shouted_name(at, is_given):
            return at + 1  # "WATCHED Roe"
        end = at + 1
        alone = token.word in famous() and not is_given and not titled
        while end < len(found) and end - at < 5 and not found[end - 1].genitive:
            gap, low = found[end - 1].gap, found[end].low
            if alone and low not in _SUFFIXES:
                break  # "Roe Wins"
            if not (gap == " " or (gap in _PARTICLES and (is_given or titled)) or (gap == ", " and low in _SUFFIXES)):
                break
            if low in _SUFFIXES:
                end += 1
                break
            if self._ends_before(at, end, is_given=is_given, titled=titled):
                break
            end += 1
        if end == at + 1:
            self._single(at, titled=titled and self._alone, initial=initial)
            return end
        ordinarily = all(is_ordinary(found[i].low) for i in range(at, end))
        kind: Kind | None = "person" if is_given or (titled and not ordinarily) else None
        self._put(at, end, kind, "", titled=titled, initial=initial)
        return end

    def _is_trade(self, at: int) -> bool:
        """Is this no first name but what somebody is ("Pensioner Jan Roe", "Ironworker Jan Roe")?"""
        low = self.tokens[at].low
        return low in group("before_person") or (low.endswith(_TRADES) and is_given_name(self.tokens[at + 1].low))

    def _is_shouted_name(self, at: int, is_given: bool) -> bool:
        """ "JAN ROE", but not "AUSTIN BOMBING"?"""
        return is_given and self.tokens[at + 1].word.isupper() and self.tokens[at].low not in group("given_place")

    def _ends_before(self, at: int, end: int, *, is_given: bool, titled: bool) -> bool:
        """Does the name that begins at ``at`` end before the token ``end``?"""
        found, token, low = self.tokens, self.tokens[at], self.tokens[end].low
        if (
            (low in group("never") and not (is_given and end == at + 1 and low in _LAST_NAMES))
            or (low in group("opener") and not is_given_name(low))
            or ("-" in low and low.split("-", 1)[1] in ordinary())
        ):
            return True
        if found[end - 1].word.endswith(".") and len(found[end - 1].word) > 2 and found[end - 1].word[1] != ".":
            return True
        if 1 < len(found[end].word) < 6 and found[end].word.isupper() and "." not in low and not token.word.isupper():
            return True  # "Sarah PAC"
        if token.word.isupper() and end > at + 1 and is_ordinary(low):
            return True  # "JAN ROE ARRIVES"
        named = is_given or titled or (end == at + 1 and low in _COLOURS and speaks_beside(self.text, token.start, found[end].end))
        first = all(len(between.word) == 2 for between in found[at + 1 : end])
        if low.rstrip(".") in group("title") and not (named and first and (end + 1 >= len(found) or found[end].gap != " ")):
            return True
        if listed := self._listed(end)[0]:
            behind_first = end == at + 1 or found[end - 1].word.endswith(".") or (end == at + 2 and found[end - 1].low in _COLOURS)
            rare = named and token.low not in ordinary() and token.word not in famous()
            if not (rare and listed == end + 1 and behind_first):
                return True
        surname = low in _COLOURS and found[end].gap != " "  # "Anna Poe White"
        return self._is_adjective(end) and not (named and (end == at + 1 or surname))

    def _single(self, at: int, *, titled: bool = False, initial: bool | None = None) -> None:
        token = self.tokens[at]
        if initial is None:
            initial = opens_sentence(self.text, token.start, self.paragraph)
        self._put(at, at + 1, None, "", titled=titled, initial=initial)

    def _add(self, at: int, end: int, kind: Kind, name: str) -> None:
        self._put(at, end, kind, name, titled=False, initial=opens_sentence(self.text, self.tokens[at].start, self.paragraph))

    def _put(self, at: int, end: int, kind: Kind | None, name: str, *, titled: bool, initial: bool) -> None:
        found = self.tokens
        words = tuple(token.word for token in found[at:end])
        if end - at > 1:
            gaps = [found[i].gap.strip() for i in range(at, end - 1)]
            if any(gaps):
                words = tuple(
                    part for i in range(at, end) for part in (found[i].word, gaps[i - at] if i < end - 1 else "") if part and part != ","
                )
        self.pieces.append(
            Piece(
                found[at].start,
                found[end - 1].end,
                words,
                kind,
                name,
                titled,
                initial,
                self.shouted,
                found[end - 1].genitive,
            )
        )
