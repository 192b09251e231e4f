"""What coders are asked: a question, a scale, and the column of a table that answers the same question by machine."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from framing.choices import NAMINGS, SOURCE_TYPES
from framing.errors import InputError, UnknownNameError
from framing.measuring.attribution import STANCES
from framing.measuring.tone import LABELS
from framing.tables.safe_writing import is_formula

Level = Literal["nominal", "ordinal", "interval", "ratio"]
UnitKind = Literal["article", "sentence", "attribution", "mention"]
TABLES: dict[UnitKind, str] = {"article": "articles", "sentence": "sentences", "attribution": "attributions", "mention": "mentions"}
"""The table of :class:`framing.Tables` that has one row a unit of this kind."""

RESERVED = frozenset({"unit", "outlet", "date", "headline", "about", "text", "context", "note", "check"})
"""Columns of a sheet that no variable may be called."""

TEXT_COLUMN = re.compile(r"text( \(\d+\))?")
"""Names of the columns that hold the text of a unit, which may need several cells."""

_ANYTHING_ELSE, _MISSING = "*", ""


@dataclass(frozen=True)
class Variable:
    """One question to coders.

    Attributes
    ----------
    name : str
        Column of the sheet; unlike the sheet's own columns (``unit``, ``text`` ...).
    question : str
        What coders are asked, with the rules they need.
    level : {"nominal", "ordinal", "interval", "ratio"}
    values : tuple of str
        Accepted codes, two or more, for ``ordinal`` from lowest to highest. Empty for ``interval`` and ``ratio``, whose codes are numbers.
    meanings : tuple of str
        What each code means, in the same order; empty, or one for each.
    low, high : float or None
        Lowest and highest number accepted (``interval`` and ``ratio``).
    unit : {"article", "sentence", "attribution", "mention"}
        What one row of the sheet is.
    column : str or None
        Column of the table of such units (see :data:`TABLES`) that answers the question by machine; None where none does.
    threshold : float or None
        For a numeric ``column`` and two values: the first value from this number on, else the second.
    recode : tuple of (str, str)
        What the machine's answers are called by coders. ``"*"`` stands for all other answers, ``""`` for a missing one; an
        answer that is not named stays as it is.

    Raises
    ------
    InputError
        If these do not fit each other, or a spreadsheet would change a name or value (it begins with ``=``, ``+`` or ``@``, holds a line
        break, or has white space around it), or two values differ in case alone or are the same number.

    Examples
    --------
    >>> blame = Variable("blame", "Does the article blame somebody by name?", values=("yes", "no"))
    >>> blame.unit, blame.level
    ('article', 'nominal')
    """

    name: str
    question: str
    level: Level = "nominal"
    values: tuple[str, ...] = ()
    meanings: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    unit: UnitKind = "article"
    column: str | None = None
    threshold: float | None = None
    recode: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if isinstance(self.values, str) or isinstance(self.meanings, str):
            raise InputError(f"values and meanings of {self.name!r} must be several strings, got one")
        for name in ("values", "meanings"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        object.__setattr__(self, "recode", tuple((str(a), str(b)) for a, b in self.recode))
        for fault in _faults(self):
            raise InputError(f"variable {self.name!r}: {fault}")

    @property
    def is_number(self) -> bool:
        """Whether codes are numbers (interval, ratio) and not words of a list."""
        return self.level in ("interval", "ratio")

    @property
    def accepted(self) -> str:
        """The codes a cell may hold, in words."""
        if not self.is_number:
            return ", ".join(self.values)
        ends = [f"from {self.low:g}"] * (self.low is not None) + [f"to {self.high:g}"] * (self.high is not None)
        return " ".join(["a number", *ends])

    def of_tool(self, answer: Any) -> str | None:
        """The code that stands for a machine's answer; None where there is no answer or none of the codes fits it.

        Examples
        --------
        >>> VARIABLES["loaded"].of_tool(0.7), VARIABLES["voice"].of_tool("official")
        ('yes', 'source')
        """
        missing = answer is None or (isinstance(answer, float) and math.isnan(answer))
        names = dict(self.recode)
        if missing:
            return names.get(_MISSING)
        if self.threshold is not None:
            return self.values[0] if float(answer) >= self.threshold else self.values[1]
        code = names.get(str(answer), names.get(_ANYTHING_ELSE, str(answer)))
        return code if code in self.values else None

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)


def _faults(variable: Variable) -> Iterable[str]:
    if not isinstance(variable.name, str) or not variable.name.strip():
        yield "it needs a name"
    if variable.name.casefold() in RESERVED or TEXT_COLUMN.fullmatch(variable.name.casefold()):
        yield f"a sheet has a column of this name already; taken are {', '.join(sorted(RESERVED))}"
    if not variable.question.strip():
        yield "it needs a question"
    for option, kinds in (("level", get_args(Level)), ("unit", get_args(UnitKind))):
        if getattr(variable, option) not in kinds:
            yield f"{option} must be one of {', '.join(kinds)}, got {getattr(variable, option)!r}"
    for words in (variable.name, *variable.values):
        if (
            not isinstance(words, str)
            or not words
            or words != words.strip()
            or (is_formula(words) and (words == variable.name or re.fullmatch(r"-(?:\d+(?:\.\d+)?)?", words) is None))
            or re.search(r"[\x00-\x1f\x7f]", words)
        ):
            yield f"a spreadsheet would change {words!r}; use words without =, +, -, @, | or % in front, line breaks or white space around"
    if variable.is_number:
        yield from _number_faults(variable)
    else:
        yield from _value_faults(variable)


def _number_faults(variable: Variable) -> Iterable[str]:
    if variable.values or variable.threshold is not None:
        yield f"{variable.level} codes are numbers: give low and high, not values or a threshold"
    ends = [end for end in (variable.low, variable.high) if end is not None]
    if any(not math.isfinite(end) for end in ends) or ends != sorted(ends):
        yield f"low and high must be numbers in this order, got {variable.low!r} and {variable.high!r}"
    if variable.level == "ratio" and (variable.low is None or variable.low < 0):
        yield "a ratio scale begins at 0: give a low of 0 or more"


def _value_faults(variable: Variable) -> Iterable[str]:
    values = variable.values
    if len(values) < 2:
        yield f"{variable.level} needs two values or more, got {len(values)}"
    if variable.low is not None or variable.high is not None:
        yield "low and high are for interval and ratio"
    numbers = [number for value in values if (number := as_number(value)) is not None]
    if len({value.casefold() for value in values}) < len(values) or len(set(numbers)) < len(numbers):
        yield "two values are the same, or the same but for case or as numbers"
    if variable.meanings and len(variable.meanings) != len(values):
        yield f"{len(variable.meanings)} meanings for {len(values)} values"
    if variable.threshold is not None and len(values) != 2:
        yield f"a threshold parts two values, got {len(values)}"
    if foreign := [code for _, code in variable.recode if code not in values]:
        yield f"recode leads to {foreign[0]!r}, which is none of the values {', '.join(values)}"


def as_number(words: str) -> float | None:
    """The number that these words write; None if they write none, or nothing finite."""
    try:
        number = float(words)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


_SOURCES = {
    "official": "government, ministries, police, army, courts, agencies: in office and speaking for it",
    "politician": "parties, members of parliament, candidates: not speaking for the government",
    "expert": "scholars, analysts, doctors, lawyers asked for what they know",
    "business": "companies, banks, trade bodies",
    "civil_society": "unions, churches, charities, campaigners",
    "citizen": "residents, witnesses, victims, relatives",
    "celebrity": "known for sport, film, music or the like",
    "media": "other papers, broadcasters, agencies, journalists",
    "document": "a report, a law, a study, a statement without a speaker",
    "unknown": "none of these can be told",
}
_NAMINGS = {
    "named_person": "a person whose name the article tells, here or elsewhere",
    "named_organisation": "a company, ministry, union or other body that has a name, or a place that stands for one",
    "document": "a report, a law, a study, a letter, a post",
    "unnamed_person": "one person, told by a description alone ('a neighbour', 'her lawyer')",
    "unnamed_group": "several people, told by a description alone ('residents', 'critics', 'port officials')",
    "anonymous": "the name is kept back on purpose ('on condition of anonymity', 'a senior official', 'people familiar with the talks')",
    "unknown": "nobody is named or described, several are joined, or it cannot be told who 'he' or 'they' are",
}
_STANCES = {
    "neutral": "said, told, wrote, according to",
    "doubting": "claimed, alleged, so-called",
    "endorsing": "showed, confirmed, pointed out",
    "conceding": "admitted, acknowledged",
    "emotive": "slammed, raged, boasted",
    "forward": "promised, warned, threatened",
}

VARIABLES: Mapping[str, Variable] = {
    variable.name: variable
    for variable in (
        Variable(
            "target_tone",
            "How does the marked sentence present the person or group named under 'about'? Judge how the sentence puts it, not whether "
            "the news is bad, and not what you think of them.",
            level="ordinal",
            values=LABELS,
            meanings=("in a bad light", "neither, or both alike", "in a good light"),
            unit="mention",
            column="label",
        ),
        Variable(
            "loaded",
            "Do words of this sentence judge where a plain word exists ('thugs' for 'men', 'slammed' for 'criticised')? Words in quotation "
            "marks count like others.",
            values=("yes", "no"),
            unit="sentence",
            column="loaded",
            threshold=0.5,
        ),
        Variable(
            "voice",
            "Whose words or thoughts does the sentence begin with: the outlet's own, or those of somebody it quotes or reports?",
            values=("outlet", "source"),
            meanings=("told by the outlet itself", "said, written or thought by somebody else, quoted or not"),
            unit="sentence",
            column="voice",
            recode=(("outlet", "outlet"), ("*", "source")),
        ),
        Variable(
            "source_type",
            "What kind of source is named under 'about'? Judge by what the article tells.",
            values=SOURCE_TYPES,
            meanings=tuple(_SOURCES[kind] for kind in SOURCE_TYPES),
            unit="attribution",
            column="source_type",
        ),
        Variable(
            "naming",
            "Does the reader learn who the source named under 'about' is? Never mind what kind of source it is: a minister can be named, "
            "described or kept back. Of 'he' or 'she' judge the person who is meant.",
            values=(*NAMINGS, "unknown"),
            meanings=tuple(_NAMINGS[naming] for naming in (*NAMINGS, "unknown")),
            unit="attribution",
            column="naming",
            recode=(("", "unknown"),),
        ),
        Variable(
            "form",
            "Is what the source said in quotation marks?",
            values=("direct", "indirect", "mixed"),
            meanings=("all of it", "nothing of it", "a part of it"),
            unit="attribution",
            column="form",
        ),
        Variable(
            "stance",
            "How does the word that ascribes it ('said', 'claimed', 'admitted') present what the source said? Leave empty where there "
            "is no such word.",
            values=STANCES,
            meanings=tuple(_STANCES[stance] for stance in STANCES),
            unit="attribution",
            column="stance",
        ),
        Variable(
            "first_source",
            "What kind of source is the first that the article quotes or reports?",
            values=(*SOURCE_TYPES, "none"),
            meanings=(*(_SOURCES[kind] for kind in SOURCE_TYPES), "nobody is quoted or reported"),
            unit="article",
            column="first_source_type",
            recode=(("", "none"),),
        ),
        Variable(
            "legal_label",
            "Does the article carry a label that a law asks for, such as 'an extremist organisation banned in ...'?",
            values=("yes", "no"),
            unit="article",
            column="n_legal_labels",
            threshold=1,
        ),
    )
}
"""Ready-made variables for what this library measures, by name."""


def as_variables(variables: Iterable[Variable | str]) -> tuple[Variable, ...]:
    """Variables, those given by name taken from :data:`VARIABLES`.

    Raises
    ------
    UnknownNameError
        If no ready-made variable has the name.
    InputError
        If there is none, two have one name, or they ask about units of different kinds.
    """
    if isinstance(variables, str | Variable):
        variables = (variables,)
    found = []
    for variable in variables:
        if isinstance(variable, str) and variable not in VARIABLES:
            raise UnknownNameError(f"no ready-made variable {variable!r}; there are {', '.join(VARIABLES)}")
        if not isinstance(variable, str | Variable):
            raise InputError(f"variables must be Variable or names, got {type(variable).__name__}")
        found.append(VARIABLES[variable] if isinstance(variable, str) else variable)
    if not found:
        raise InputError(f"there is no variable to code; ready-made are {', '.join(VARIABLES)}")
    names = [variable.name.casefold() for variable in found]
    if twice := [variable.name for variable, name in zip(found, names, strict=True) if names.count(name) > 1]:
        raise InputError(f"variables must differ in name, but {twice[0]!r} stands twice")
    if len({variable.unit for variable in found}) > 1:
        kinds = ", ".join(f"{variable.name} ({variable.unit})" for variable in found)
        raise InputError(f"all variables of a sheet must be about units of one kind; make one sheet for each: {kinds}")
    return tuple(found)
