"""Polarity and subjectivity of words, as TextBlob counts them and in a variant for news; apart for the outlet's own and the quoted words.

TextBlob's lexicon and constants are read from the installed package: nothing of it is copied. What it computes is computed here in
another order of work. A text falls into chunks (at white space, around quotation marks, before ``n't``); how a chunk falls into
tokens depends on the chunk alone, so that every chunk is looked at once and remembered as the few operations it stands for. Most
stand for none. The rare emoticon that reaches over several chunks sends the whole text down the slow way, :func:`_trace`, which
follows TextBlob token by token and also explains where every number comes from.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress
from typing import Any, Literal, get_args

from framing.article import Article
from framing.errors import InputError, MissingLexiconError
from framing.resources import load_words
from framing.text import Span

Variant = Literal["textblob", "news"]
VARIANTS: tuple[Variant, ...] = get_args(Variant)
Part = Literal["body", "headline", "lead", "own_words", "quoted"]
PARTS: tuple[Part, ...] = get_args(Part)


@dataclass(frozen=True, slots=True)
class Tone:
    """Mean polarity and subjectivity of the scored words.

    Attributes
    ----------
    polarity : float
        From -1 (negative words) to 1 (positive words); NaN where no word could be scored.
    subjectivity : float
        From 0 (plain) to 1 (opinionated); NaN where no word could be scored.
    n_scored : int
        Number of contributions the means are over. Below about ten, they say little.
    """

    polarity: float
    subjectivity: float
    n_scored: int


UNSCORED = Tone(math.nan, math.nan, 0)


@dataclass(frozen=True, slots=True)
class ToneWord:
    """One contribution to a tone: a word of the lexicon with what modifies it.

    Attributes
    ----------
    span : Span
        From the first to the last of these words ("!" left aside, which may stand far behind the word it raises).
    words : tuple of str
        In lower case and in the order in which they were taken up: ``("not", "very", "good")``.
    polarity : float
        From -1 to 1, after modifiers and negation.
    subjectivity : float
        From 0 to 1.
    """

    span: Span
    words: tuple[str, ...]
    polarity: float
    subjectivity: float


# --- What is read from TextBlob -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _TextBlob:
    """TextBlob's data, in the shape used here."""

    scores: dict[str, tuple[float, float, float]]  # polarity, subjectivity, intensity
    modifiers: dict[str, bool]  # adverbs; True where one also passes a negation on that stands behind it ("really not")
    negations: frozenset[str]
    punctuation: str  # without the full stop
    abbreviations: frozenset[str]
    end_of_sentence: str
    emoticons: dict[str, float]  # in lower case
    emoticon: re.Pattern[str]
    sarcasm: re.Pattern[str]
    inner: frozenset[str]  # what may stand in an emoticon behind its first character
    splits: dict[str, tuple[tuple[str, str], ...]]  # two characters met at a gap -> emoticons cut at that place


@cache
def _textblob() -> _TextBlob:
    try:
        from textblob import _text as source
        from textblob.en import sentiment

        n_words = len(sentiment)  # loads it
        entries: dict[str, Mapping[str | None, Sequence[float]]] = dict(dict.items(sentiment))
        scores = {word: (float(e[None][0]), float(e[None][1]), float(e[None][2])) for word, e in entries.items() if None in e}
        modifiers = {word: bool(sentiment.modifier(word)) for word, e in entries.items() if any(map(e.__contains__, sentiment.modifiers))}
        negations = frozenset(sentiment.negations)
        punctuation = source.PUNCTUATION.replace(".", "")
        faces = [(face, float(polarity)) for (_, polarity), group in source.EMOTICONS.items() for face in group]
        abbreviations, end, emoticon, sarcasm = frozenset(source.ABBREVIATIONS), source.EOS, source.RE_EMOTICONS, source.RE_SARCASM
    except (ImportError, AttributeError, KeyError, TypeError, IndexError) as error:
        raise MissingLexiconError(
            f"tone needs the package textblob (0.18 or later) with its English lexicon, which could not be read: {error!r}"
        ) from error
    if not n_words or negations & scores.keys():
        problem = f"scores the negations {sorted(negations & scores.keys())}" if n_words else "is empty"
        raise MissingLexiconError(f"tone cannot use the lexicon of the installed textblob, because it {problem}")
    emoticons: dict[str, float] = {}
    inner: set[str] = set()
    splits: dict[str, list[tuple[str, str]]] = {}
    for face, polarity in faces:
        emoticons.setdefault(face.lower(), polarity)
    for face in [face for face, _ in faces] + ["(!)"]:
        inner |= {face[i:j] for i in range(1, len(face)) for j in range(i + 1, len(face) + 1)}
        for i in range(1, len(face)):
            splits.setdefault(face[i - 1 : i + 1], []).append((face[:i], face[i:]))
    return _TextBlob(
        scores, modifiers, negations, punctuation, abbreviations, end, emoticons, emoticon, sarcasm,
        frozenset(inner), {pair: tuple(cut) for pair, cut in splits.items()},
    )  # fmt: skip


# --- Text into chunks, chunks into tokens -------------------------------------------------------------------------------------------

_NOT = "nʼt"  # what the news variant makes of every n't (the apostrophe is a letter here, so nothing splits it)
_NOTS = ("n't", "n’t", "nʼt", "N'T", "N’T", "NʼT")
_QUOTES = "“”‘’'\""
_JOINTS = "—–…„«»"  # the news variant parts words here; TextBlob reads "grim—and" as one word, which it does not know
_GAP = "\0\0\0"  # stands between pieces that were not neighbours; a word in no list, so that nothing reaches over it

_CHUNK: dict[Variant, re.Pattern[str]] = {
    "textblob": re.compile(rf"[{_QUOTES}]|n(?='t)|(?:(?!n't)[^\s{_QUOTES}])+"),
    "news": re.compile(rf"{'|'.join(_NOTS)}|[{_QUOTES}{_JOINTS}]|--|(?:(?!{'|'.join(_NOTS)}|--)[^\s{_QUOTES}{_JOINTS}])+"),
}


def _chunks(text: str, variant: Variant) -> list[str]:
    """The same chunks as those of ``_CHUNK``, faster."""
    if variant == "textblob":
        text = text.replace("n't", " n't")
    else:
        for form in _NOTS:
            text = text.replace(form, f" {_NOT} ")
        text = text.replace("--", " -- ")
        for mark in _JOINTS:
            text = text.replace(mark, f" {mark} ")
    for mark in _QUOTES:
        text = text.replace(mark, f" {mark} ")
    return text.split()


_Token = tuple[str, int, int]
_ALTERNATING = re.compile(r"(?:[A-Za-z]\.)*")  # U.S.
_CONSONANTS = re.compile(r"[A-Z][bcdfghjklmnpqrstvwxz|]+")  # Mr, Sgt


def _split(chunk: str, source: _TextBlob) -> list[_Token]:
    """A chunk's tokens, with their places in it: punctuation is split from both ends, the stop of an abbreviation is not.

    Several stops are one token. Linear also where half of a long chunk is punctuation.
    """
    core = chunk.lstrip(source.punctuation)
    start, end = len(chunk) - len(core), len(chunk)
    tokens = [(mark, place, place + 1) for place, mark in enumerate(chunk[:start])]
    tail: list[_Token] = []
    alternating = consonants = -1
    while end > start and (chunk[end - 1] == "." or chunk[end - 1] in source.punctuation):
        if chunk[end - 1] != ".":
            end -= 1
            tail.append((chunk[end], end, end + 1))
        if chunk.endswith("...", start, end):
            stops, end = end, end - 3
            while end > start and chunk[end - 1] == ".":
                end -= 1
            tail.append(("...", end, stops))
        if end > start and chunk[end - 1] == ".":
            if alternating < 0:
                alternating = _ALTERNATING.match(core).end()  # type: ignore[union-attr]
                match = _CONSONANTS.match(core)
                consonants = match.end() if match else 0
            length = end - start
            if (
                (length % 2 == 0 and length <= alternating)
                or length - 1 == consonants
                or (length < 12 and chunk[start:end] in source.abbreviations)
            ):
                break
            end -= 1
            tail.append((".", end, end + 1))
    if end > start:
        tokens.append((chunk[start:end], start, end))
    return tokens + tail[::-1]


_RUNS_ON = frozenset("'\"”’.!?)") | {"..."}  # what may still belong to a sentence behind its end


def _join_emoticons(tokens: list[_Token], source: _TextBlob) -> list[_Token]:
    """Tokens with the pieces of an emoticon joined (": )"), and without the marks for an empty line.

    TextBlob searches its emoticons in whole sentences, without a word boundary on their left: "page 8 )" becomes "page 8)", a smiley.
    A match cannot reach over a token that stands inside no emoticon, nor over the end of a sentence, so the stretches between are enough.
    """
    windows: list[list[_Token]] = []
    apart = True
    for token in tokens:
        word = token[0]
        if word == source.end_of_sentence:
            apart = True
            continue
        if windows and word in source.inner and (not apart or word in _RUNS_ON):
            windows[-1].append(token)
        else:
            windows.append([token])
        apart = word == "."
    found: list[_Token] = []
    for window in windows:
        if len(window) == 1:
            found += window
            continue
        joined = source.sarcasm.sub("(!)", " ".join(word for word, _, _ in window))
        joined = source.emoticon.sub(lambda m: m.group(1).replace(" ", "") + m.group(2), joined)
        at = 0
        for word in joined.split():
            first, length = at, 0
            while length < len(word):
                length += len(window[at][0])
                at += 1
            found.append((word, window[first][1], window[at - 1][2]))
    return found


# --- A token as an operation --------------------------------------------------------------------------------------------------------
# Negations and modifiers wait for the next scored word. An unknown word of one letter lets both wait, one of two letters ends a
# negation's wait, a longer one ends both.

_PLAIN, _MODIFIER, _ADVERB, _SILENT, _SILENT_ADVERB, _FORGET, _RESET, _NO, _NEVER, _BOOST, _FACE, _JOIN = range(12)
_Op = tuple[int, float, float, float, str]
_OP_FORGET: _Op = (_FORGET, 0.0, 0.0, 0.0, "")
_OP_RESET: _Op = (_RESET, 0.0, 0.0, 0.0, "")
_CANNOT = frozenset({"cannot", _NOT})
_REACHED_OVER = frozenset({"an", "the", "be", "been", "being"})  # TextBlob's negation reaches over "a" only: "isn't the best"
_ENDS = frozenset(".!?") | {"..."}


def _operations(word: str, variant: Variant, source: _TextBlob) -> tuple[_Op, ...]:
    """What one token does to the count."""
    w = word.lower()
    if variant == "news":
        if w in _muted():
            if w not in source.modifiers:
                return ()
            return ((_SILENT_ADVERB if source.modifiers[w] else _SILENT, *source.scores[w], w),)
        if w in _CANNOT:
            return ((_NEVER, 0.0, 0.0, 0.0, w),)
        if w in _REACHED_OVER:
            return ()
        if w in _ENDS:
            return (_OP_RESET,)
    if (score := source.scores.get(w)) is not None:
        kind = _PLAIN if w not in source.modifiers else _ADVERB if source.modifiers[w] else _MODIFIER
        return ((kind, *score, w),)
    if w in source.negations:
        return ((_NEVER if len(w) > 2 else _NO, 0.0, 0.0, 0.0, w),)
    ops: tuple[_Op, ...] = (_OP_RESET,) if len(w) > 2 else (_OP_FORGET,) if len(w) == 2 else ()
    if variant == "textblob":
        if w == "!":
            return (*ops, (_BOOST, 0.0, 0.0, 0.0, w))
        if w == "(!)":
            return (*ops, (_FACE, 0.0, 1.0, 1.0, w))
        if len(w) <= 5 and not w.isalpha() and w in source.emoticons and w not in source.punctuation + ".":
            return (*ops, (_FACE, source.emoticons[w], 1.0, 1.0, w))
    return ops


@cache
def _muted() -> frozenset[str]:
    return load_words("measuring/tone/muted")


@cache
def _known() -> frozenset[str]:
    """Whatever is more than an unknown word, in either variant."""
    source = _textblob()
    return frozenset(source.scores) | source.negations | _CANNOT | _REACHED_OVER | _muted()


_Code = tuple[_Op, ...] | int | None  # None: only _RESET; 0: only _FORGET; (): nothing


class _Codes(dict[str, _Code]):
    """Chunk -> operations. Forgets everything when full, and never remembers a long chunk: memory stays bounded."""

    MOST = 100_000
    LONGEST = 40

    def __init__(self, variant: Variant) -> None:
        super().__init__()
        self.variant: Variant = variant

    def __missing__(self, chunk: str) -> _Code:
        word = chunk if chunk[-1].isalpha() else chunk[:-1]
        code: _Code = None  # most chunks: a long unknown word, perhaps with a mark behind it
        if len(word) < 5 or not word.isalpha() or chunk[-1] == "!" or word.lower() in _known():
            code = self._code(chunk)
        if len(chunk) <= self.LONGEST:
            if len(self) >= self.MOST:
                self.clear()
            self[chunk] = code
        return code

    def _code(self, chunk: str) -> _Code:
        source = _textblob()
        if self.variant == "news" and chunk == _NOT:
            tokens: list[_Token] = [(chunk, 0, len(chunk))]
        else:
            tokens = _split(chunk, source)
        ops: list[_Op] = []
        if self.variant == "textblob":
            if tokens and tokens[0][0] in source.inner:
                ops.append((_JOIN, 0.0, 0.0, 0.0, chunk[0]))
            if len(tokens) > 1 or chunk == source.end_of_sentence:
                tokens = _join_emoticons(tokens, source)
        for word, _, _ in tokens:
            ops += _operations(word, self.variant, source)
        if ops and all(op[0] in (_FORGET, _RESET) for op in ops):
            return None if _OP_RESET in ops else 0
        return tuple(ops)


_CODES: dict[Variant, _Codes] = {"textblob": _Codes("textblob"), "news": _Codes("news")}


# --- Scoring ------------------------------------------------------------------------------------------------------------------------


def _score(text: str, variant: Variant) -> Tone:
    """Tone of a text. The sums run in TextBlob's order, because the last bits of a sum of floats depend on it."""
    chunks = _chunks(text, variant)
    codes = list(map(_CODES[variant].__getitem__, chunks))
    if variant == "textblob" and _textblob().end_of_sentence in text:  # a page that prints TextBlob's own mark
        return _mean(_trace(text, variant))
    total_polarity = total_subjectivity = 0.0
    count = 0
    polarity = subjectivity = intensity = 0.0  # of the contribution that may still change
    scored = negated = negation = False
    modifier = last = 0
    for i in compress(range(len(codes)), codes):
        if (modifier or negation) and i > last + 1:
            for code in codes[last + 1 : i]:
                if code is None:
                    modifier, negation = 0, False
                    break
                if code == 0:
                    negation = False
        last = i
        for kind, p, s, x, word in codes[i]:  # type: ignore[union-attr]
            if kind <= _ADVERB:
                if modifier:
                    polarity = max(-1.0, min(p * intensity, +1.0))
                    subjectivity = max(-1.0, min(s * intensity, +1.0))
                else:
                    if scored:
                        total_polarity += polarity * -0.5 if negated else polarity
                        total_subjectivity += subjectivity
                        count += 1
                    polarity, subjectivity, negated = p, s, False
                intensity, scored = x, True
                if negation:
                    intensity = 1.0 / intensity
                    negated, negation = True, False
                modifier = kind
            elif kind == _RESET:
                modifier, negation = 0, False
            elif kind == _FORGET:
                negation = False
            elif kind == _JOIN:
                if i and chunks[i - 1][-1] + word in _textblob().splits and _reaches_over(chunks, i):
                    return _mean(_trace(text, variant))
            elif kind <= _SILENT_ADVERB:
                if not modifier:
                    if scored:
                        total_polarity += polarity * -0.5 if negated else polarity
                        total_subjectivity += subjectivity
                        count += 1
                    scored = negated = False
                intensity = x
                if negation:
                    intensity = 1.0 / intensity
                    negated, negation = True, False
                modifier = _MODIFIER if kind == _SILENT else _ADVERB
            elif kind <= _NEVER:
                negation = True
                if modifier == _ADVERB:
                    negated, negation = True, False
                elif kind == _NEVER:
                    modifier = 0
            elif kind == _BOOST:
                if scored:
                    polarity = max(-1.0, min(polarity * 1.25, +1.0))
            else:
                if scored:
                    total_polarity += polarity * -0.5 if negated else polarity
                    total_subjectivity += subjectivity
                    count += 1
                polarity, subjectivity, intensity, negated, scored = p, s, x, False, True
    if scored:
        total_polarity += polarity * -0.5 if negated else polarity
        total_subjectivity += subjectivity
        count += 1
    return Tone(total_polarity / float(count), total_subjectivity / float(count), count) if count else UNSCORED


def _reaches_over(chunks: list[str], i: int) -> bool:
    """Whether an emoticon may reach from the chunks before the i-th into it."""
    left, right = "".join(chunks[max(0, i - 4) : i])[-4:], "".join(chunks[i : i + 4])[:4]
    return any(left.endswith(a) and right.startswith(b) for a, b in _textblob().splits[left[-1] + right[0]])


@dataclass(slots=True)
class _Contribution:
    words: list[str]
    places: list[tuple[int, int]]
    polarity: float
    subjectivity: float
    intensity: float
    negated: bool = False
    scored: bool = True


def _tokens(text: str, variant: Variant) -> Iterator[_Token]:
    """Tokens of a text with their places in it, and TextBlob's mark where the text has an empty line."""
    source = _textblob()
    at = 0
    for match in _CHUNK[variant].finditer(text):
        start, end = match.span()
        if start > at and "\n\n" in text[at:start].replace("\r\n", "\n"):
            yield source.end_of_sentence, at, at
        at = end
        if variant == "news" and match.group() in _NOTS:
            yield _NOT, start, end
        else:
            for word, a, b in _split(match.group(), source):
                yield word, start + a, start + b


def _trace(text: str, variant: Variant) -> list[_Contribution]:
    """Every contribution to the tone of a text, token by token as TextBlob goes. :func:`_score` adds up the same, faster."""
    source = _textblob()
    found: list[_Contribution] = []
    tokens: Iterable[_Token] = _tokens(text, variant)
    if variant == "textblob":
        tokens = _join_emoticons(list(tokens), source)
    modifier = 0
    negation: tuple[str, tuple[int, int]] | None = None
    for token, start, end in tokens:
        place = (start, end)
        for kind, p, s, x, word in _operations(token, variant, source) if token != source.end_of_sentence else ():
            shown = "n't" if word == _NOT else word
            if kind <= _SILENT_ADVERB:
                silent = kind >= _SILENT
                if not modifier:
                    found.append(_Contribution([], [], p, s, x, scored=not silent))
                elif not silent:
                    found[-1].polarity = max(-1.0, min(p * found[-1].intensity, +1.0))
                    found[-1].subjectivity = max(-1.0, min(s * found[-1].intensity, +1.0))
                    found[-1].scored = True
                latest = found[-1]
                latest.words.append(shown)
                latest.places.append(place)
                latest.intensity = x
                if negation:
                    latest.words.insert(0, negation[0])
                    latest.places.append(negation[1])
                    latest.intensity = 1.0 / latest.intensity
                    latest.negated, negation = True, None
                modifier = kind if not silent else _ADVERB if kind == _SILENT_ADVERB else _MODIFIER
            elif kind == _RESET:
                modifier, negation = 0, None
            elif kind == _FORGET:
                negation = None
            elif kind <= _NEVER:
                negation = (shown, place)
                if modifier == _ADVERB:
                    found[-1].words.append(shown)
                    found[-1].places.append(place)
                    found[-1].negated, negation = True, None
                elif kind == _NEVER:
                    modifier = 0
            elif kind == _BOOST:
                if found:
                    found[-1].words.append(shown)
                    found[-1].polarity = max(-1.0, min(found[-1].polarity * 1.25, +1.0))
            else:
                found.append(_Contribution([shown], [place], p, s, x))
    for contribution in found:
        if contribution.negated:
            contribution.polarity *= -0.5
    return [contribution for contribution in found if contribution.scored]


def _mean(contributions: Sequence[_Contribution]) -> Tone:
    polarity = subjectivity = 0.0
    for contribution in contributions:  # not sum(): from Python 3.12 on it rounds differently from TextBlob's loop
        polarity += contribution.polarity
        subjectivity += contribution.subjectivity
    n = len(contributions)
    return Tone(polarity / float(n), subjectivity / float(n), n) if n else UNSCORED


# --- What callers use ---------------------------------------------------------------------------------------------------------------


def _checked(source: Any, variant: Variant) -> Article | str:
    if variant not in VARIANTS:
        raise InputError(f"unknown variant {variant!r}; variants are {', '.join(VARIANTS)}")
    if not isinstance(source, (Article, str)):
        raise InputError(f"expected an Article or a str, got {type(source).__name__}")
    return source


def measure_tone(source: Article | str, *, variant: Variant = "textblob") -> Tone:
    """Mean polarity and subjectivity of the words of a text that stand in TextBlob's lexicon.

    Parameters
    ----------
    source : Article or str
        Of an article, ``article.body`` is scored; a string is scored as it stands.
    variant : {"textblob", "news"}
        ``"textblob"`` gives exactly (to the last bit) the numbers of ``TextBlob(text).sentiment``. ``"news"`` repairs what is known
        to be wrong for news; see Notes.

    Returns
    -------
    Tone
        ``polarity`` from -1 (negative) to 1 (positive) and ``subjectivity`` from 0 to 1 (more opinion words), both means over
        ``n_scored`` contributions. NaN with ``n_scored=0`` where nothing could be scored; TextBlob says 0.0 there.

    Raises
    ------
    InputError
        If ``source`` or ``variant`` is none of the above.
    MissingLexiconError
        If TextBlob's lexicon cannot be read.

    Notes
    -----
    A contribution is a known word with the adverb and the negation in front of it: an adverb's intensity multiplies the word's
    scores, a negation multiplies its polarity by -0.5. Polarity and subjectivity are plain means, so they do not grow with length,
    but few contributions make them noisy.

    The news variant differs in this: ``n't`` and ``n’t`` and "cannot" negate ("isn't good"); a negation reaches over "the", "an",
    "be", "been" and "being" as it does over "a", and neither negation nor adverb reaches over the end of a sentence; emoticons,
    "(!)" and "!" are not scored ("(page 8)" is a smiley in TextBlob); words parted by a dash, an ellipsis or guillemets are two words;
    words of quantity, time and place, function words and topic words listed in ``measuring/tone/muted.tsv`` do not count by themselves,
    whereas an adverb among them ("very") still modifies the word behind it.

    The polarity of an article is not its author's stance: see the card ``tone``.

    References
    ----------
    Loria, S. (2013-). TextBlob. De Smedt, T. and Daelemans, W. (2012). Pattern for Python. JMLR 13, 2063-2067.

    Examples
    --------
    >>> measure_tone("The ferry is not very good.")
    Tone(polarity=-0.26923076923076916, subjectivity=0.46153846153846156, n_scored=1)
    >>> measure_tone("The ferry isn't good.").polarity, measure_tone("The ferry isn't good.", variant="news").polarity
    (0.7, -0.35)
    >>> measure_tone("The ferry sails at noon.")
    Tone(polarity=nan, subjectivity=nan, n_scored=0)
    """
    source = _checked(source, variant)
    return _score(source if isinstance(source, str) else source.body, variant)


def tone_words(source: Article | str, *, variant: Variant = "textblob") -> tuple[ToneWord, ...]:
    """The words that make up a tone, in text order: :func:`measure_tone` is the mean over them.

    Parameters
    ----------
    source : Article or str
    variant : {"textblob", "news"}

    Returns
    -------
    tuple of ToneWord
        Spans are offsets into the string, or into ``article.text``. Where a negation or an adverb at a paragraph's end reaches the
        next paragraph, its span covers what stands between.

    Raises
    ------
    InputError
        If ``source`` or ``variant`` is none of the above.
    MissingLexiconError
        If TextBlob's lexicon cannot be read.

    Examples
    --------
    >>> text = "A grim, never easy winter."
    >>> [(word.span.of(text), word.polarity) for word in tone_words(text)]
    [('grim', -1.0), ('never easy', -0.21666666666666667)]
    """
    source = _checked(source, variant)
    if isinstance(source, str):
        return tuple(_shown(contribution, 0) for contribution in _trace(source, variant))
    starts: list[int] = []  # of each paragraph in the body's string
    shifts: list[int] = []
    at = 0
    for span in source.spans():
        starts.append(at)
        shifts.append(span.start - at)
        at += len(span) + 2
    found = []
    for contribution in _trace(source.body, variant):
        contribution.places = [(a + (shift := shifts[bisect_right(starts, a) - 1]), b + shift) for a, b in contribution.places]
        found.append(_shown(contribution, 0))
    return tuple(found)


def _shown(contribution: _Contribution, shift: int) -> ToneWord:
    places = contribution.places
    span = Span(min(a for a, _ in places) + shift, max(b for _, b in places) + shift)
    return ToneWord(span, tuple(contribution.words), contribution.polarity, contribution.subjectivity)


def _disjoint(spans: Iterable[Span]) -> list[tuple[int, int]]:
    """The same characters in order and without overlap."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif start < end:
            found.append((start, end))
    return found


def tone_by_part(article: Article, *, quoted: Sequence[Span], variant: Variant = "textblob") -> dict[str, Tone]:
    """Tone of an article's body, headline and lead, and apart for the outlet's own words and the quoted words.

    Parameters
    ----------
    article : Article
    quoted : sequence of Span
        What others are quoted as saying, as offsets into ``article.text``, in any order; overlaps and what lies outside the body
        are allowed for.
    variant : {"textblob", "news"}

    Returns
    -------
    dict of str to Tone
        Always the keys ``body`` (as :func:`measure_tone` gives it), ``headline`` (NaN without one), ``lead`` (the first body
        paragraph), ``own_words`` (the body with the quoted spans taken out) and ``quoted`` (the words in them alone).

    Raises
    ------
    InputError
        If ``article`` is no article or ``variant`` is unknown.
    MissingLexiconError
        If TextBlob's lexicon cannot be read.

    Notes
    -----
    Parts are cut before they are scored, and neither negation nor modifier reaches over a cut: in *it was not "a good plan"* the
    quoted words are "a good plan". So the contributions of the own and of the quoted words need not add up to those of the body.

    Examples
    --------
    >>> page = Article(id="1", text='A grim winter, said Orlo. "We had good help."')
    >>> parts = tone_by_part(page, quoted=[Span(27, 44)])
    >>> parts["own_words"].polarity, parts["quoted"].polarity
    (-1.0, 0.7)
    """
    if not isinstance(_checked(article, variant), Article):
        raise InputError("tone_by_part needs an Article, got str; measure_tone takes strings")
    body = article.spans()
    own, said = _parted(article, quoted)
    whole = _score(article.body, variant)
    lead = article.plain[body[0].start : body[0].end] if body else ""
    return {
        "body": whole,
        "headline": _score(article.headline, variant) if article.headline else UNSCORED,
        "lead": _score(lead, variant),
        "own_words": _score(own, variant) if said else whole,
        "quoted": _score(said, variant) if said else UNSCORED,
    }


def tone_by_voice(article: Article, *, voices: Mapping[str, Sequence[Span]], variant: Variant = "news") -> dict[str, Tone]:
    """Tone of the outlet's own words apart from the words of each voice that it lets speak.

    Parameters
    ----------
    article : Article
    voices : mapping of str to sequence of Span
        What each voice (an official, a witness) is said to say, directly or not, as offsets into ``article.text``; overlaps and what lies
        outside the body are allowed for.
    variant : {"textblob", "news"}

    Returns
    -------
    dict of str to Tone
        ``outlet``: the body with the words of all voices taken out; then one entry a voice.

    Raises
    ------
    InputError
        If ``article`` is no article, ``variant`` is unknown or a voice is called "outlet".
    MissingLexiconError
        If TextBlob's lexicon cannot be read.

    Notes
    -----
    Parts are cut before they are scored, as in :func:`tone_by_part`.

    Examples
    --------
    >>> page = Article(id="1", text="A grim winter, said Orlo. The mayor said that help was good.")
    >>> tones = tone_by_voice(page, voices={"official": [Span(0, 13), Span(41, 59)]})
    >>> tones["official"].polarity, tones["outlet"].n_scored
    (-0.15000000000000002, 0)
    """
    if not isinstance(_checked(article, variant), Article):
        raise InputError("tone_by_voice needs an Article, got str; measure_tone takes strings")
    if OUTLET in voices:
        raise InputError(f"no voice can be called {OUTLET!r}: that is the outlet's own")
    own, _ = _parted(article, [span for spans in voices.values() for span in spans])
    said = {voice: _parted(article, spans)[1] for voice, spans in voices.items()}
    return {voice: _score(words, variant) if words else UNSCORED for voice, words in ({OUTLET: own} | said).items()}


OUTLET = "outlet"  # the voice of what is ascribed to nobody


def _parted(article: Article, spans: Sequence[Span]) -> tuple[str, str]:
    """The body without these spans, and the body under them; a word that nothing knows stands at every cut."""
    gap = f" {_GAP} "
    own: list[str] = []
    said: list[str] = []
    cuts = _disjoint(spans)
    for paragraph in article.spans():
        at = paragraph.start
        pieces = []
        for number in range(bisect_right(cuts, at, key=lambda cut: cut[1]), len(cuts)):
            start, end = cuts[number]
            if start >= paragraph.end:
                break
            pieces.append(article.plain[at : max(at, start)])
            said.append(article.plain[max(at, start) : min(end, paragraph.end)])
            at = min(end, paragraph.end)
        own.append(gap.join([*pieces, article.plain[at : paragraph.end]]))
    return "\n\n".join(own), gap.join(said)
