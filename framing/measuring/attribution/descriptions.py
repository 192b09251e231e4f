"""Whom "the Ohio Republican", "the former governor" and "the tycoon" mean: a person of the article described in other words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise

from framing.english.grammar import word_class
from framing.english.held import offices_at, terms_of
from framing.english.people import gender_of
from framing.measuring.attribution.anonymity import head_of
from framing.measuring.attribution.people import People
from framing.measuring.attribution.pronouns import Source
from framing.measuring.attribution.source_types import describe
from framing.resources import load_table

_WORDS = "measuring/attribution/words"
_NOUN_ENDS = re.compile(r",|\s\(|\s(?:who|whose|himself|herself)\b")
_TAG = re.compile(r"\s*[,(]\s?(?:[A-Za-z]+ )?([DRI])[-–]([A-Z][\w. ]{1,15}?)(?=[,);]|\s\()")
_FROM = re.compile(r",?\s(?:of|from)\s((?:[A-Z]\w+\s?){1,2})")
_LONGEST = 7  # words of a description
_BEFORE = 40  # characters before a name in which the state stands ("Ohio Sen. Jan Roe")
_MENTIONS = 4  # of one person that are read for a state
_POLITICAL = ("official", "politician")
_NOMINEE = re.compile(r"(?:the|The)\s(?:\d{4}\s)?(GOP|Republican|Democratic)\s(?:presidential\s)?(?:nominee|candidate|standard-bearer)")
_PARTISANS = ("republican", "democrat")
_PARTIES = {"D": "democrat", "R": "republican", "I": "independent"}


@cache
def _states() -> dict[str, str]:
    """Printed forms of the states of the United States with their codes."""
    rows = load_table("english/states")
    return {form: row["code"] for row in rows for form in (row["name"], row["printed"], row["of_there"], row["code"]) if form}


@cache
def _state_opening() -> re.Pattern[str]:
    forms = sorted((re.escape(form) for form in _states() if len(form) > 2), key=len, reverse=True)
    return re.compile(rf"(?:[Tt]he|[Tt]hat|[Tt]his)\s(?:[a-z][\w-]*\s){{0,2}}({'|'.join(forms)})\b(?:\s|$)")


class Descriptions:
    """The people of one article by what else they are called.

    Parameters
    ----------
    text : str
    people : People
    """

    def __init__(self, text: str, people: People) -> None:
        self.text, self.people = text, people
        self._homes: dict[str, tuple[frozenset[str], str]] = {}
        self._by_state: dict[str, list[str]] = {}

    def from_state(self, words: str, at: int, spoke: Sequence[Source]) -> str | None:
        """The person from a state ("the Ohio Republican"), or a party's candidate, meant at an offset; None if nobody or several fit.

        Parameters
        ----------
        words : str
            The source as printed.
        at : int
        spoke : sequence of Source
            Those who have spoken in this paragraph and the one before, in text order.
        """
        phrase = _phrase(words)
        if runs := _NOMINEE.fullmatch(phrase):
            return self._candidate(runs.group(1).lower())
        opening = _state_opening().match(phrase)
        if opening is None:
            return None
        rest = phrase[opening.end() :].split()
        noun = rest[-1].lower() if rest else ""
        if rest and (noun not in word_class("from_a_state", _WORDS) or (rest[-1][0].isupper() and noun not in _PARTISANS)):
            return None
        fitting = [full for full in self._from(_states()[opening.group(1)]) if noun not in _PARTISANS or self._home(full)[1] in ("", noun)]
        if len(fitting) < 2:
            return fitting[0] if fitting else None
        return next((s.who.speaker for s in reversed(spoke) if s.who.speaker in fitting), None) or self.people.nearest(fitting, at)

    def _candidate(self, party: str) -> str | None:
        """The one person of the article who runs for president for this party at its date."""
        party = "republican" if party == "gop" else party.removesuffix("ic")
        fitting = [
            full
            for full in self.people.everybody()
            if any(term.office == "candidate" and len(term.of) > 2 for term in offices_at(full, self.people.date))
            and self._home(full)[1] == party
        ]
        return fitting[0] if len(fitting) == 1 else None

    def again(self, words: str, at: int, before: Callable[[str], Source | None]) -> str | None:
        """The one just spoken of, called by something that he or she can be, where nobody else was named since; None if it is open.

        ``before`` gives whom "he" ("m"), "she" ("f") or either ("") would mean at the offset.
        """
        phrase = _phrase(words)
        head = head_of(phrase)
        again = head.noun in word_class("called_again", _WORDS)
        described = describe(phrase)
        if head.plural or len(phrase.split()) > _LONGEST or not (again or (head.sort == "person" and described.role)):
            return None
        last = before(gender_of(phrase))
        full = last.who.speaker if last else None
        if full is None:
            return None
        kind = self.people.type(full)
        if not again and not (described.kind == kind or (described.kind in _POLITICAL and kind in _POLITICAL)):
            return None
        if (opening := _state_opening().match(phrase)) and _states()[opening.group(1)] not in self._home(full)[0]:
            return None
        return None if any(name != full for _, name in self.people.since(full, at)) else full

    # ---- where people are from ------------------------------------------------------------------------------------------------------

    def _from(self, state: str) -> Sequence[str]:
        if not self._by_state:
            for full in self.people.everybody():
                for home in self._home(full)[0]:
                    self._by_state.setdefault(home, []).append(full)
        return self._by_state.get(state, ())

    def _home(self, full: str) -> tuple[frozenset[str], str]:
        """The states that somebody is from, and the party: by the offices held and by what stands beside the name."""
        if full not in self._homes:
            terms = offices_at(full, self.people.date) or terms_of(full)
            states = {term.of for term in terms if term.of in _states()}
            party = next((term.party.lower().removesuffix("ic") for term in (*terms, *terms_of(full)) if term.party), "")
            for span in self.people.spans(full)[:_MENTIONS]:
                if tag := _TAG.match(self.text, span.end):
                    party = _PARTIES[tag.group(1)]
                    states.add(_states().get(tag.group(2).strip(), ""))
                elif (found := _FROM.match(self.text, span.end)) and (code := _states().get(found.group(1).strip())):
                    states.add(code)
                before = self.text[max(0, span.start - _BEFORE) : span.start].split()[-5:]
                states.update(_states().get(word, "") for word in (*before, *(f"{a} {b}" for a, b in pairwise(before))))
            self._homes[full] = frozenset(states - {""}), party
        return self._homes[full]


def _phrase(words: str) -> str:
    """The words before an apposition or a clause."""
    return _NOUN_ENDS.split(words, maxsplit=1)[0]
