"""What a measure is: how it finds, what a finding tells, which numbers it gives, how a reader sees it. Plain data."""

from __future__ import annotations

import copyreg
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal, get_args

from framing.errors import InputError
from framing.measuring.page import OUTLET, Page
from framing.text import Span
from framing.text.escaping import clip, label_of

Unit = Literal["polarity", "share", "fraction", "nats", "count", "words", "rate", ""]
FieldKind = Literal["text", "names", "number", "count", "flag", "span", "spans", "place", "position"]
_DTYPES = {"number": "float64", "count": "int64", "position": "int64", "flag": "bool"}
_MOST = 80  # characters of the words that a trail shows


@dataclass(frozen=True)
class Field:
    """One thing that a finding tells: a column of its table, a value of its JSON.

    Attributes
    ----------
    name : str
        Of the column; and of the attribute of the finding, unless ``of`` says otherwise.
    kind : {"text", "names", "number", "count", "flag", "span", "spans", "place", "position"}
        ``names`` is several texts, joined by "; " in the table. ``span`` and ``spans`` are words in the table and offsets in JSON.
        ``place`` is the finding's own span: ``start`` and ``end`` in both. ``position`` is its place among the findings, counted from 0.
    of : callable, optional
        (page, finding) -> value.
    key : str or None
        Name in JSON, that of the column if not given; None leaves it out.
    table : bool
        Whether the table has it.
    """

    name: str
    kind: FieldKind = "text"
    of: Callable[[Page, Any], Any] | None = None
    key: str | None = ""
    table: bool = True

    def value(self, page: Page, finding: Any) -> Any:
        return self.of(page, finding) if self.of else getattr(finding, self.name)

    @property
    def dtypes(self) -> dict[str, str]:
        """Column(s) of the table with their types."""
        if not self.table:
            return {}
        return {"start": "int64", "end": "int64"} if self.kind == "place" else {self.name: _DTYPES.get(self.kind, "object")}

    def cells(self, page: Page, finding: Any, position: int) -> dict[str, Any]:
        """What the table holds."""
        if self.kind == "position":
            return {self.name: position}
        value = self.value(page, finding)
        if self.kind == "place":
            return {"start": value.start, "end": value.end}
        if self.kind in ("span", "spans") and value is not None:
            value = page.words_at(value)
        return {self.name: "; ".join(value) if self.kind == "names" else value}

    def json(self, page: Page, finding: Any) -> dict[str, Any]:
        """What the JSON object holds; numbers to three digits, NaN as None."""
        if self.key is None or self.kind == "position":
            return {}
        value = self.value(page, finding)
        if self.kind == "place":
            return {"start": value.start, "end": value.end}
        if self.kind == "spans":
            value = [list(span) for span in value]
        elif self.kind in ("span", "names"):
            value = None if value is None else list(value)
        elif self.kind == "number":
            value = None if math.isnan(value) else round(value, 3)
        return {self.key or self.name: value}


@dataclass(frozen=True)
class Trail:
    """What leads from a number to its sentences.

    Attributes
    ----------
    name : str
        Columns whose numbers count the same things name the same trail.
    one : str
        What one of these things is called ("attribution").
    rows : callable
        (page, findings) -> rows of sentence number (from 1; 0 for none), words to show and codes (-1 for a row that is not counted).
    labels : tuple of sequences of str
        What the codes mean: for each place of a row behind the second, words by code.
    """

    name: str
    one: str
    rows: Callable[[Page, Sequence[Any]], Iterable[tuple[int | str, ...]]]
    labels: tuple[Sequence[str], ...] = ()


@dataclass(frozen=True)
class Column:
    """One number of an article: a column of ``Tables.articles``.

    Attributes
    ----------
    name : str
        ``n_`` counts, ``share_`` fractions, ``_per_1k`` rates.
    title : str
        What charts and the report call it.
    unit : str
        polarity (-1 to +1), share (0 to 1), fraction (0 to 1, not a share of a whole), nats (0 or more), count (per article), words (per
        article), rate (per 1,000 words, 0 or more).
    more, less : str
        What an outlet does that scores higher, or lower: "hedges more".
    report : bool
        Whether the report asks about it when it compares outlets; of a column with ``own_voice``, about that of the outlet's own voice.
    card : str
        The card that tells how it is measured; that of the measure if not given.
    axis : str
        What stands along an axis, where title and unit do not say it.
    count : callable, optional
        finding -> whether (or how often) it counts. Then the number is made of the findings: of unit "rate" per 1,000 words of the body,
        else as it is.
    own_voice : bool or (str, str)
        Also gives ``<name>_outlet_per_1k`` for a name ending in ``_per_1k``: the findings in the outlet's own words, per 1,000 of these.
        Two texts say what an outlet does that scores higher or lower in that; by default ``more`` and ``less`` with "where it speaks
        itself".
    one : str
        What one finding that counts is called ("hedge"); the measure's name if not given.
    trail : Trail, optional
        What leads to its sentences; a column with ``count`` has one by itself.
    where : (int, int), optional
        Place in the trail's rows and code of the rows that count; all do if not given.
    """

    name: str
    title: str = ""
    unit: Unit = ""
    more: str = ""
    less: str = ""
    report: bool = False
    card: str = ""
    axis: str = ""
    count: Callable[[Any], int] | None = None
    own_voice: bool | tuple[str, str] = False
    one: str = ""
    trail: Trail | None = None
    where: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        if self.unit not in get_args(Unit):
            raise InputError(f"unit of column {self.name!r} must be one of {', '.join(filter(None, get_args(Unit)))}, got {self.unit!r}")
        if self.own_voice and not (self.count and self.name.endswith("_per_1k")):
            raise InputError(f"column {self.name!r} has own_voice, which needs a count and a name that ends in '_per_1k'")

    @property
    def in_own_voice(self) -> Column:
        """The same number in the outlet's own voice."""
        both = (f"{self.more} where it speaks itself", f"{self.less} where it speaks itself")
        more, less = self.own_voice if isinstance(self.own_voice, tuple) else both
        return replace(
            self,
            name=self.name.replace("_per_1k", "_outlet_per_1k"),
            title=self.title.replace("per 1,000 words", "per 1,000 of the outlet's own words"),
            more=more,
            less=less,
        )


@dataclass(frozen=True)
class Layer:
    """How a reader sees findings: the layer's name in style sheets, an element that shows without the style, and words for the key."""

    name: str
    element: str = "u"
    meaning: str = ""
    shown_first: bool = True


@dataclass(frozen=True)
class Mark:
    """A stretch of text with what is said of it.

    ``title`` is what a pointer over it tells besides the lists. ``number`` is that of its attribution and stands before it, ``sign``
    stands behind it; ``place`` is its speaker's place among the speakers, which gives colour and line.
    """

    span: Span
    layer: str
    title: str = ""
    number: int | None = None
    place: int | None = None
    sign: str = ""


@dataclass(frozen=True)
class Measure:
    """Everything that the rooms below know of one measure; see CONTRIBUTING for how to add one.

    Attributes
    ----------
    name : str
        Its card is called so, and what :attr:`Analysis.found` holds it under.
    find : callable, optional
        Page -> findings, each with its place as ``span``. Without it a measure has numbers only.
    fields : tuple of Field or str
        What a finding tells. A str is a field of kind "text".
    columns : tuple of Column
    layer : Layer or tuple of Layer
        How a reader of the article sees the findings; none if not given.
    numbers : callable, optional
        (page, findings) -> the numbers of those columns that have no ``count``.
    marks : callable, optional
        (page, findings) -> marks; the place of every finding in the first layer if not given.
    table, key : str
        Name of the table and of the list in JSON; ``name`` if not given. A measure without fields has neither.
    row : str
        What one row of the table is.
    to_json : callable, optional
        (page, findings) -> entries of the JSON object, in place of the list of findings.
    """

    name: str
    find: Callable[[Page], Iterable[Any]] | None = None
    fields: tuple[Field | str, ...] = ()
    columns: tuple[Column, ...] = ()
    layer: Layer | tuple[Layer, ...] = ()
    numbers: Callable[[Page, Sequence[Any]], Mapping[str, float]] | None = None
    marks: Callable[[Page, Sequence[Any]], Iterable[Mark]] | None = None
    table: str = ""
    key: str = ""
    row: str = ""
    to_json: Callable[[Page, Sequence[Any]], dict[str, Any]] | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        """A shipped measure travels by its name, so that what holds it can be pickled; any other as it is."""
        from framing.measuring import measures

        if any(self is measure for measure in measures()):
            return _shipped, (self.name,)
        return copyreg.__newobj__, (type(self),), dict(self.__dict__)  # type: ignore[attr-defined]

    @cached_property
    def layers(self) -> tuple[Layer, ...]:
        return (self.layer,) if isinstance(self.layer, Layer) else self.layer

    @cached_property
    def all_fields(self) -> tuple[Field, ...]:
        return tuple(Field(field) if isinstance(field, str) else field for field in self.fields)

    @cached_property
    def table_name(self) -> str:
        """Empty where it has no table."""
        return (self.table or self.name) if any(field.table for field in self.all_fields) else ""

    @cached_property
    def schema(self) -> dict[str, str]:
        """Columns of its table with their types, without those by which tables are joined."""
        return {name: kind for field in self.all_fields for name, kind in field.dtypes.items()}

    @cached_property
    def all_columns(self) -> tuple[Column, ...]:
        """Its columns, those in the outlet's own voice behind the others, each with its card and its trail."""
        own = [c.in_own_voice for c in self.columns if c.own_voice]
        plain = [replace(c, report=False) if c.own_voice else c for c in self.columns]
        return tuple(
            replace(c, card=c.card or self.name, trail=c.trail or self._trail(c, own_voice=place >= len(plain)))
            for place, c in enumerate([*plain, *own])
        )

    def _trail(self, column: Column, *, own_voice: bool) -> Trail | None:
        count = column.count
        if count is None:
            return None

        def rows(page: Page, findings: Sequence[Any]) -> Iterator[tuple[int | str, ...]]:
            for finding in findings:
                if count(finding) and (not own_voice or page.voices_at([finding.span.start]) == [OUTLET]):
                    yield page.sentence_number(finding.span.start), clip(page.words_at(finding.span), _MOST)

        return Trail(column.name, column.one or label_of(self.name), rows)

    def found_on(self, page: Page) -> tuple[Any, ...]:
        return tuple(self.find(page)) if self.find else ()

    def measured(self, page: Page, findings: Sequence[Any]) -> dict[str, float]:
        """Every column of this measure for one article."""
        values = dict(self.numbers(page, findings)) if self.numbers else {}
        voices = page.voices_at([f.span.start for f in findings]) if any(c.own_voice for c in self.columns) else []
        for column in self.columns:
            if column.count is None:
                continue
            counts = [int(column.count(finding)) for finding in findings]
            values[column.name] = per_1k(sum(counts), page.n_words) if column.unit == "rate" else sum(counts)
            if column.own_voice:
                own = sum(n for n, voice in zip(counts, voices, strict=True) if voice == OUTLET)
                values[column.in_own_voice.name] = per_1k(own, page.n_words_outlet)
        return {column.name: values[column.name] for column in self.all_columns}

    def rows(self, page: Page, findings: Sequence[Any]) -> Iterator[dict[str, Any]]:
        """Rows of its table for one article."""
        shown = [field for field in self.all_fields if field.table]
        for position, finding in enumerate(findings):
            yield {name: cell for field in shown for name, cell in field.cells(page, finding, position).items()}

    def json(self, page: Page, findings: Sequence[Any]) -> dict[str, Any]:
        """Its entries in the JSON object of one article."""
        if self.to_json:
            return self.to_json(page, findings)
        if not self.fields:
            return {}
        objects = [{key: v for field in self.all_fields for key, v in field.json(page, finding).items()} for finding in findings]
        return {self.key or self.table or self.name: objects}

    def marks_on(self, page: Page, findings: Sequence[Any]) -> list[Mark]:
        if self.marks:
            return list(self.marks(page, findings))
        return [Mark(finding.span, layer.name, layer.meaning or layer.name) for layer in self.layers[:1] for finding in findings]


def _shipped(name: str) -> Measure:
    from framing.measuring import measures

    return next(measure for measure in measures() if measure.name == name)


def per_1k(n: int, n_words: int) -> float:
    """A rate per 1,000 words; NaN where there is no word."""
    return 1000 * n / n_words if n_words else math.nan


def share(part: float, whole: float) -> float:
    """From 0 to 1; NaN where there is nothing to have a share of."""
    return part / whole if whole else math.nan
