"""The words of a text in a line, what each of them can be, and what stands between them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, compress, count

from framing.english.tokens import TILES
from framing.measuring.wording.lists import listed, phrase_table, word_class
from framing.text import Span

PHRASE, BE, NOUN, PARTICIPLE, FILLER, SECOND, ING = (1 << bit for bit in range(7))
_END = "."  # put behind the last word of a paragraph, so that nothing reads on
_REMEMBERED, _LONGEST = 200_000, 30


class _Codes(dict[str, int]):
    """What a word can be, by its form, looked up once."""

    def __init__(self) -> None:
        super().__init__()
        self.phrases = frozenset(phrase_table())
        self.be = word_class("be") | word_class("get")
        self.fillers = word_class("filler") | word_class("degree")
        self.no_adverbs = word_class("no_adverb")
        self.irregular = listed("measuring/wording/participles", "irregular") | listed("measuring/wording/participles", "irregular_only")
        self.only = listed("measuring/wording/participles", "irregular_only")
        self.never = listed("measuring/wording/participles", "adjective") | listed("measuring/wording/participles", "no_participle")
        self.by_only = listed("measuring/wording/participles", "adjective_unless_by")
        self.action, self.not_ing = listed("measuring/wording/nouns", "action"), listed("measuring/wording/nouns", "not_ing")

    def __missing__(self, word: str) -> int:
        if len(word) > _LONGEST:
            return 0
        lower = word.lower()
        code = (lower in self.phrases) * PHRASE + (lower in self.be) * BE
        participle = lower in self.irregular or (lower.endswith("ed") and len(lower) > 3 and not _un_adjective(lower))
        code += (participle and lower not in self.never) * PARTICIPLE + (lower in self.only) * SECOND
        ly = lower.endswith("ly") and len(lower) > 4 and lower not in self.no_adverbs
        code += (lower in self.fillers or ly) * FILLER
        listed = lower in self.action or lower.endswith(("isation", "ization", "ification"))
        ing = lower.endswith("ing") and len(lower) > 5 and lower not in self.not_ing
        code += (listed or ing) * NOUN + (ing and not listed) * ING
        if len(self) >= _REMEMBERED:
            self.clear()
        self[word] = code
        return code


_UN_VERBS = ("under", "unit", "unveil", "uncover", "unleash", "unload", "unlock", "unearth", "unti", "unfold", "unravel", "unifi")


def _un_adjective(lower: str) -> bool:
    """Whether a word is like "unarmed", "unmarked": no deed was done."""
    return lower.startswith("un") and not lower.startswith(_UN_VERBS)


@cache
def word_codes() -> _Codes:
    """Word -> what it can be, as a sum of ``PHRASE``, ``BE`` and so on."""
    return _Codes()


class Line:
    """The words of a text, apostrophes straight, where each begins, and what stands behind it; outside the paragraphs a word is nothing."""

    __slots__ = ("codes", "gaps", "starts", "words")

    def __init__(self, text: str, paragraphs: Sequence[Span]) -> None:
        first, last = (paragraphs[0].start, paragraphs[-1].end) if paragraphs else (0, 0)
        pieces = TILES.findall(text.replace("’", "'"), first, last)
        starts = list(accumulate(map(len, pieces), initial=first))
        skip = 1 if pieces and not (pieces[0][0].isalnum() or pieces[0][0] == "_") else 0
        self.words: list[str] = pieces[skip::2]
        self.gaps: list[str] = pieces[skip + 1 :: 2]
        self.starts = starts[skip::2]
        self.codes = list(map(word_codes().__getitem__, self.words))
        if len(self.gaps) < len(self.words):
            self.gaps.append(_END)
        done = 0
        for paragraph in paragraphs:
            begin = bisect_left(self.starts, paragraph.start, done, len(self.words))
            self.codes[done:begin] = [0] * (begin - done)
            done = bisect_left(self.starts, paragraph.end, begin, len(self.words))
            if done > begin:
                self.gaps[done - 1] = _END
                if begin:
                    self.gaps[begin - 1] = _END

    def hits(self, kind: int) -> Iterator[int]:
        """Places of the words that can be of this kind."""
        return compress(count(), map(kind.__and__, self.codes))

    def __len__(self) -> int:
        return len(self.words)

    def word(self, i: int) -> str:
        """Word ``i`` in lower case, or an empty string beyond the ends."""
        return self.words[i].lower() if 0 <= i < len(self.words) else ""

    def joined(self, i: int) -> bool:
        """Whether only white space stands between word ``i`` and the next."""
        return 0 <= i < len(self.words) - 1 and (self.gaps[i] == " " or self.gaps[i].isspace())

    def before(self, i: int) -> str:
        """The word before ``i``, if nothing but white space or quotation marks stands between."""
        return self.word(i - 1) if i > 0 and soft(self.gaps[i - 1]) else ""

    def after(self, i: int) -> str:
        """The word behind ``i``, if nothing but white space or quotation marks stands between."""
        return self.word(i + 1) if i < len(self.words) - 1 and soft(self.gaps[i]) else ""


_MARKS = " \t\n\r\xa0\"“”‘’'`"


def soft(gap: str) -> bool:
    """Whether nothing but white space and quotation marks stands in a gap."""
    return gap == " " or not gap.strip(_MARKS)
