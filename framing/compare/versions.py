"""What one outlet made of a report: sentences kept, moved, reworded, cut and added, and what came and went with them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Literal, get_args

import pandas as pd

from framing.article import Article
from framing.choices import ENGINES, Engine
from framing.errors import InputError, check_choice, told
from framing.measuring.attribution.types import statements
from framing.measuring.notices import find_notices
from framing.measuring.page import Page, as_page
from framing.measuring.tone import loaded_language
from framing.text import Span, how_many, words
from framing.text.escaping import one_line, visible
from framing.text.templates import fill

Fate = Literal["kept", "reworded", "cut", "added"]
FATES: tuple[Fate, ...] = get_args(Fate)

_ALIKE = 0.5  # least ratio of two sentences for one to be the other reworded
_INSIDE = 0.75  # of the words of a shorter sentence that a longer one holds in order, for one to be a part of the other
_LEAST = 4  # words of a sentence that is looked for inside another
_CANDIDATES = 12  # sentences that share most words with one, which are compared with it
_FIGURE = re.compile(
    r"(?<![\w.])[$£€]?\d(?:[\d,.]*\d)?%?(?:\s(?:percent|per cent|million|billion|thousand))?"
    r"|\b(?:dozens?|scores|hundreds|thousands|millions)\b"
)
_MARKS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"'})


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one sentence.

    Attributes
    ----------
    fate : {"kept", "reworded", "cut", "added"}
    original, version : Span or None
        Where it stands in each text; None in the version of what was cut, in the original of what was added.
    words_out, words_in : tuple of str
        Words of a reworded sentence that went and came, in order.
    moved : bool
        Whether it stands in another order than in the original.
    """

    fate: Fate
    original: Span | None
    version: Span | None
    words_out: tuple[str, ...] = ()
    words_in: tuple[str, ...] = ()
    moved: bool = False


@dataclass(frozen=True, eq=False)
class Versions:
    """Two articles of which one was made from the other, as :func:`framing.compare.compare_versions` returns it.

    Attributes
    ----------
    original, version : Article
    changes : tuple of Change
        In the order of the version, what was cut at the place where it stood.
    headline_out, headline_in : tuple of str
        Words of the headline that went and came.
    notices_added : tuple of str
        Kinds of the notices that only the version carries.
    sources_out, sources_in, names_out, names_in, figures_out, figures_in, loaded_out, loaded_in : tuple of str
        Who speaks, who is named, which figures and loaded words stand in one alone, in text order.
    """

    original: Article
    version: Article
    changes: tuple[Change, ...]
    headline_out: tuple[str, ...]
    headline_in: tuple[str, ...]
    notices_added: tuple[str, ...]
    sources_out: tuple[str, ...]
    sources_in: tuple[str, ...]
    names_out: tuple[str, ...]
    names_in: tuple[str, ...]
    figures_out: tuple[str, ...]
    figures_in: tuple[str, ...]
    loaded_out: tuple[str, ...]
    loaded_in: tuple[str, ...]

    @cached_property
    def shares(self) -> dict[str, float]:
        """Shares of the original's words kept, reworded and cut (they sum to 1), cut from its end, and of the version's words added.

        NaN where the article has no words.
        """
        of: Counter[str] = Counter()
        for change in self.changes:
            of[change.fate] += _n_words(self.original, change.original)
            of["added words"] += _n_words(self.version, change.version) if change.fate == "added" else 0
            of["all added"] += _n_words(self.version, change.version)
        n, last = sum(of[fate] for fate in FATES), 0
        ends = sorted((c.original, c.fate) for c in self.changes if c.original is not None)
        for span, fate in reversed(ends):
            if fate != "cut":
                break
            last += _n_words(self.original, span)
        shares = {name: of[name] / n if n else float("nan") for name in ("kept", "reworded", "cut")}
        shares["cut_from_end"] = last / n if n else float("nan")
        return shares | {"added": of["added words"] / of["all added"] if of["all added"] else float("nan")}

    def to_frame(self) -> pd.DataFrame:
        """One row a change: fate, moved, original and version (the sentences), words_out, words_in, and offsets into both texts."""
        rows = []
        for change in self.changes:
            before, after = change.original, change.version
            rows.append(
                {
                    "fate": change.fate,
                    "moved": change.moved,
                    "original": self.original.words_at(before) if before else None,
                    "version": self.version.words_at(after) if after else None,
                    "words_out": " ".join(change.words_out),
                    "words_in": " ".join(change.words_in),
                    "original_start": before.start if before else None,
                    "version_start": after.start if after else None,
                }
            )
        columns = ["fate", "moved", "original", "version", "words_out", "words_in", "original_start", "version_start"]
        return pd.DataFrame(rows, columns=columns).astype({"original_start": "Int64", "version_start": "Int64"})

    def summary(self) -> list[str]:
        """What was done, in sentences."""
        n = Counter(change.fate for change in self.changes)
        told_of = [f"{how_many(n[fate], 'sentence')} {fate}" for fate in FATES if n[fate]]
        lines = [f"{', '.join(told_of) or 'nothing to compare'}; {sum(c.moved for c in self.changes)} moved"]
        for name, gone, come in (
            ("headline", self.headline_out, self.headline_in),
            ("sources", self.sources_out, self.sources_in),
            ("names", self.names_out, self.names_in),
            ("figures", self.figures_out, self.figures_in),
            ("loaded words", self.loaded_out, self.loaded_in),
            ("notices", (), self.notices_added),
        ):
            parts = [f"{sign} {', '.join(several)}" for sign, several in (("-", gone), ("+", come)) if several]
            if parts:
                lines.append(f"{name}: {'; '.join(parts)}")
        return lines

    def __str__(self) -> str:
        """The version under the original's marks: "=" kept, "~" reworded ([-out-] {+in+}), "-" cut, "+" added, ">" moved."""
        head = f"{self.original.outlet or self.original.id} -> {self.version.outlet or self.version.id}"
        lines = [head, *self.summary(), ""]
        for change in self.changes:
            moved = ">" if change.moved else " "
            pieces = list(self._pieces(change))
            words_of = pieces[0][1] if len(pieces) == 1 else "".join(_plain_piece(sign, piece) for sign, piece in pieces)
            lines.append(f"{_SIGNS[change.fate]}{moved} {one_line(words_of)}")
        return visible("\n".join(lines))

    def __repr__(self) -> str:
        return visible(f"<Versions: {self.summary()[0]}>")

    def _repr_html_(self) -> str:
        rows = [(change, _SIGNS[change.fate], list(self._pieces(change))) for change in self.changes]
        return str(
            fill(
                "compare/templates/versions.html",
                rows=rows,
                lines=self.summary(),
                original=self.original.outlet or self.original.id,
                version=self.version.outlet or self.version.id,
            )
        )

    def _pieces(self, change: Change) -> Iterator[tuple[str, str]]:
        """The words of a change in order, each stretch with "=", "-" or "+"."""
        if change.original is None or change.version is None:
            article, span = (self.version, change.version) if change.version else (self.original, change.original)
            yield _SIGNS[change.fate], article.words_at(span or Span(0, 0))
            return
        before, after = self.original.words_at(change.original).split(), self.version.words_at(change.version).split()
        for sign, gone, come in _runs(before, after):
            if sign == "=":
                yield "=", " ".join(come)
            else:
                yield from ((mark, " ".join(several)) for mark, several in (("-", gone), ("+", come)) if several)


_COUNTED = ("notices_added", "sources_out", "sources_in", "loaded_out", "loaded_in")  # in a version, for version_table
_SIGNS: dict[str, str] = {"kept": "=", "reworded": "~", "cut": "-", "added": "+"}


def compare_versions(original: Article | Page | str, version: Article | Page | str, *, engine: Engine = "fast") -> Versions:
    """What an outlet did to a report that it took over, sentence by sentence.

    Parameters
    ----------
    original, version : Article, Page or str
        The report, such as an agency's, and what was made of it. Their bodies and headlines are compared; captions and credits are not.
    engine : {"fast", "encoder", "rules"}
        That finds sources and loaded words; a Page keeps its own.

    Returns
    -------
    Versions

    Raises
    ------
    InputError
        If either is none of these.

    Notes
    -----
    Sentences with the same words are the same, whatever their quotation marks and capitals. Of the others the pair that is most alike
    comes first, by the share of words in common runs (``2 M / T`` of Ratcliff and Obershelp), at least half; what is left of a sentence
    that was cut in two, or put into another, goes to the one that holds three quarters of its words in order. A sentence is moved if it is
    not in the longest series of pairs that are in the original's order. The work grows with the number of sentences, not with its square:
    each is compared with the twelve that share most of its rarer words.

    References
    ----------
    Ratcliff and Metzener (1988), Pattern matching: the Gestalt approach. The ratio.

    Examples
    --------
    >>> found = compare_versions("The port reopened. Ships left at noon.", "Ships sailed at noon. Nobody cheered.")
    >>> [(change.fate, change.words_out, change.words_in) for change in found.changes]
    [('cut', (), ()), ('reworded', ('left',), ('sailed',)), ('added', (), ())]
    """
    before, after = _read("original", original, engine), _read("version", version, engine)
    pairs = _paired(_tokens(before), _tokens(after))
    changes = tuple(_changes(before, after, pairs))
    heads = [(page.article.headline or "").split() for page in (before, after)]
    headline_out, headline_in = _differing(*heads)
    kinds = [Counter(notice.kind for notice in find_notices(page.article)) for page in (before, after)]
    parts = [
        _alone([a.speaker or page.words_at(a.source) for a in statements(page.attributions) if a.source] for page in (before, after)),
        _alone([name.name for name in page.names] for page in (before, after)),
        _alone([found.group() for span in page.body for found in _FIGURE.finditer(page.text, *span)] for page in (before, after)),
        _alone(_loaded(page) for page in (before, after)),
    ]
    return Versions(
        before.article,
        after.article,
        changes,
        headline_out,
        headline_in,
        tuple(sorted((kinds[1] - kinds[0]).elements())),
        *(several for part in parts for several in part),
    )


def version_table(original: Article | Page | str, versions: Iterable[Article], *, engine: Engine = "fast") -> pd.DataFrame:
    """What several outlets did to one report.

    Parameters
    ----------
    original : Article, Page or str
    versions : iterable of Article
        The articles made from it; the original itself is passed over.
    engine : {"fast", "encoder", "rules"}

    Returns
    -------
    pandas.DataFrame
        One row a version, in the order given: article_id (index), outlet, the shares of :attr:`Versions.shares` (``kept``, ``reworded``,
        ``cut``, ``cut_from_end`` of the original's words, ``added`` of the version's), n_moved, same_headline, notices_added, sources_out,
        sources_in, loaded_out, loaded_in (counts).

    Raises
    ------
    InputError
        If ``original`` or one of ``versions`` is no article.
    """
    before = _read("original", original, engine)
    try:
        versions = list(versions)
    except TypeError:
        raise InputError(f"versions must be several articles, got {told(versions)}") from None
    rows = []
    for version in versions:
        if not isinstance(version, Article):
            raise InputError(f"versions must hold articles, got {told(version)}")
        if version.id == before.article.id and version.text == before.article.text:
            continue
        found = compare_versions(before, version, engine=engine)
        counted = {name: len(getattr(found, name)) for name in _COUNTED}
        moved = sum(change.moved for change in found.changes)
        same = not (found.headline_out or found.headline_in)
        rows.append(
            {"article_id": version.id, "outlet": version.outlet, **found.shares, "n_moved": moved, "same_headline": same, **counted}
        )
    columns = ["article_id", "outlet", "kept", "reworded", "cut", "cut_from_end", "added", "n_moved", "same_headline", *_COUNTED]
    return pd.DataFrame(rows, columns=columns).set_index("article_id")


def _read(option: str, given: object, engine: Engine) -> Page:
    check_choice("engine", engine, ENGINES)
    if not isinstance(given, Article | Page | str):
        raise InputError(f"{option} must be an article, got {told(given)}")
    return given if isinstance(given, Page) else as_page(given, engine)


# ---- sentences --------------------------------------------------------------------------------------------------------------------------


def _tokens(page: Page) -> list[tuple[str, ...]]:
    """The words of each sentence in lower case, marks made straight."""
    text = page.text.translate(_MARKS).lower()
    return [tuple(word.of(text) for word in words(text, sentence)) for sentence in page.sentences]


def _paired(before: Sequence[tuple[str, ...]], after: Sequence[tuple[str, ...]]) -> dict[int, tuple[int, bool]]:
    """Sentence of the version -> (sentence of the original that it is, whether word for word)."""
    pairs: dict[int, tuple[int, bool]] = {}
    waiting: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, sentence in enumerate(before):
        waiting[sentence].append(i)
    for j, sentence in enumerate(after):
        if sentence and waiting[sentence]:
            pairs[j] = waiting[sentence].pop(0), True
    used = {i for i, _ in pairs.values()}
    ranked = sorted(_alike(before, after, used, pairs), key=lambda row: (-row[0], row[2], row[1]))
    for ratio, i, j in ranked:
        if ratio >= _ALIKE and i not in used and j not in pairs:
            used.add(i)
            pairs[j] = i, False
    parts = sorted(((_held(before[i], after[j]), i, j) for _, i, j in ranked if j not in pairs), key=lambda row: (-row[0], row[2], row[1]))
    for share, i, j in parts:
        if share >= _INSIDE and j not in pairs:
            pairs[j] = i, False  # a part of a sentence that was cut in two
    return pairs


def _alike(
    before: Sequence[tuple[str, ...]], after: Sequence[tuple[str, ...]], used: set[int], pairs: dict[int, tuple[int, bool]]
) -> Iterator[tuple[float, int, int]]:
    """(ratio, sentence of the original, of the version) of those that share most of their rarer words."""
    places: dict[str, list[int]] = defaultdict(list)
    for i, sentence in enumerate(before):
        for word in dict.fromkeys(sentence):
            places[word].append(i)
    for j, sentence in enumerate(after):
        if j in pairs:
            continue
        shared: Counter[int] = Counter()
        for word in dict.fromkeys(sentence):
            if len(places[word]) <= max(8, len(before) // 8):
                shared.update(dict.fromkeys(places[word], 1))
        for i, _ in shared.most_common(_CANDIDATES):
            if i not in used:
                yield SequenceMatcher(None, before[i], sentence, autojunk=False).ratio(), i, j


def _held(before: tuple[str, ...], after: tuple[str, ...]) -> float:
    """Share of the shorter sentence's words that stand in the longer one in order."""
    shorter = min(len(before), len(after))
    if shorter < _LEAST:
        return 0.0
    matched = sum(block.size for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks())
    return matched / shorter


def _changes(before: Page, after: Page, pairs: dict[int, tuple[int, bool]]) -> Iterator[Change]:
    paired = sorted(pairs)
    steady = {j for j, keep in zip(paired, _longest_series([pairs[j][0] for j in paired]), strict=True) if keep}
    used = {i for i, _ in pairs.values()}
    gone = [i for i in range(len(before.sentences)) if i not in used]
    at = 0
    for j, sentence in enumerate(after.sentences):
        if j in steady:
            upto = bisect_left(gone, pairs[j][0])
            yield from (Change("cut", before.sentences[i], None) for i in gone[at:upto])
            at = max(at, upto)
        if j not in pairs:
            yield Change("added", None, sentence)
            continue
        i, same = pairs[j]
        out, come = ((), ()) if same else _differing(before.words_at(before.sentences[i]).split(), after.words_at(sentence).split())
        yield Change("kept" if same else "reworded", before.sentences[i], sentence, out, come, j not in steady)
    yield from (Change("cut", before.sentences[i], None) for i in gone[at:])


def _longest_series(numbers: Sequence[int]) -> list[bool]:
    """Which of these numbers make the longest series that never falls."""
    tails: list[int] = []  # the least last number of a series of each length
    ends: list[int] = []  # where it stands
    before = [-1] * len(numbers)
    for place, number in enumerate(numbers):
        length = bisect_right(tails, number)
        before[place] = ends[length - 1] if length else -1
        tails[length : length + 1] = [number]
        ends[length : length + 1] = [place]
    keep = [False] * len(numbers)
    at = ends[-1] if ends else -1
    while at >= 0:
        keep[at] = True
        at = before[at]
    return keep


# ---- words ------------------------------------------------------------------------------------------------------------------------------


def _runs(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, Sequence[str], Sequence[str]]]:
    """Stretches that both have ("=") or in which they differ ("~"); capitals and marks at the ends of words are no difference."""
    one, other = ([_plain(word).strip("!?()") for word in several] for several in (before, after))
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        yield "=" if tag == "equal" else "~", before[a:b], after[c:d]


def _differing(before: Sequence[str], after: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Words that went and that came."""
    runs = [(gone, come) for sign, gone, come in _runs(before, after) if sign != "="]
    return tuple(word for gone, _ in runs for word in gone), tuple(word for _, come in runs for word in come)


def _alone(several: Iterable[list[str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands in the first list alone, and in the second; each once, whatever its capitals and marks."""
    first, second = ({_plain(one): one for one in reversed(some)} for some in several)
    gone = tuple(one for plain, one in reversed(first.items()) if plain not in second)
    return gone, tuple(one for plain, one in reversed(second.items()) if plain not in first)


def _plain(words_of: str) -> str:
    return words_of.translate(_MARKS).casefold().strip(" .,;:\"'")


def _loaded(page: Page) -> list[str]:
    names = [name.span for name in page.names]
    found = loaded_language(page, engine=page.tone_engine, names=names).words
    return [page.words_at(Span(word.start, word.end)) for word in found]


def _plain_piece(sign: str, piece: str) -> str:
    return {"-": f"[-{piece}-] ", "+": f"{{+{piece}+}} "}.get(sign, f"{piece} ")


def _n_words(article: Article, span: Span | None) -> int:
    return len(words(article.plain, span)) if span else 0
