"""A slip in an option is told by an error of the library that names the option, whatever the function and whatever the slip."""

from __future__ import annotations

import datetime as dt
import inspect
import math
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

import framing as fr
from framing import coding, compare, evaluate
from framing.compare.options import MOST_RESAMPLES
from framing.errors import FramingError, InputError
from framing.evaluate.validation import consensus
from framing.measuring import diversity

SAYS = "The winter was grim. “We had wonderful help,” said Karla Voss, the interior minister. Mayor Nadia Orlo said ships would sail."


@cache
def world() -> SimpleNamespace:
    """Two outlets on seven events, their tables, codes of them and gold rows."""
    pages = [fr.Article(f"{outlet}{story}", f"{SAYS} {'It rained. ' * story}", outlet=outlet) for story in range(7) for outlet in "HL"]
    stories = pd.Series({page.id: f"s{page.id[1:]}" for page in pages})
    tables = fr.analyze_corpus(fr.Corpus(pages), stories=stories, engine="fast")
    variable = fr.coding.Variable("long", "Is it long?", values=("yes", "no"), column="n_words", threshold=30)
    coded = [
        {
            "coder": coder,
            "unit": coding.unit_id("article", page.id),
            "variable": "long",
            "code": code,
            "article_id": page.id,
            "outlet": page.outlet,
        }
        for place, page in enumerate(pages)
        for coder, code in (("ann", ("yes", "no")[place % 2]), ("ben", ("yes", "no")[place % 3 == 0]))
    ]
    table = pd.DataFrame(coded, columns=["coder", "unit", "variable", "code", "article_id", "outlet"])
    gold = [{"id": page.id, "text": page.text, "attributions": [], "targets": [], "biased": True} for page in pages]
    return SimpleNamespace(
        pages=pages,
        tables=tables,
        measured=pd.Series(np.linspace(0, 1, len(pages)), index=tables.articles.index),
        codes=coding.codes_from_table(table, [variable]),
        gold=gold,
    )


FUNCTIONS: dict[str, Callable[..., Any]] = {
    **{one.__name__: one for one in (compare.compare_outlets, compare.compare_measures, compare.regress, compare.robustness)},
    **{one.__name__: one for one in (compare.correct_for_rates, compare.correct_with_codes, compare.detectable_difference)},
    **{one.__name__: one for one in (fr.labels_for, fr.compare_versions, fr.version_table)},
    **{
        one.__name__: one
        for one in (fr.source_profile, fr.naming_profile, fr.cue_stances, fr.voice_profile, fr.target_profile, fr.distinctive_words)
    },
    **{one.__name__: one for one in (coding.agreement, coding.code_shares, coding.alpha, consensus, fr.validate)},
    **{one.__name__: one for one in (evaluate.score_attributions, evaluate.score_loaded, evaluate.score_target_tones)},
    **{one.__name__: one for one in (evaluate.validate_gold, evaluate.read_gold)},
    **{one.__name__: one for one in (diversity.shannon, diversity.evenness, diversity.simpson)},
    **{one.__name__: one for one in (diversity.rarefied_richness, diversity.rarefied_shannon)},
    **{f"Comparison.{one.__name__}": one for one in (compare.Comparison.to_csv, compare.Comparison.to_markdown)},
    **{f"Comparisons.{one.__name__}": one for one in (compare.Comparisons.to_latex, compare.Comparisons.__getitem__)},
}


@cache
def accepted(name: str) -> dict[str, Any]:
    """Arguments that the function takes."""
    w = world()
    given: dict[str, Any] = {
        "tables": w.tables, "source": w.tables, "corpus": w.pages, "measure": "n_words", "measures": ["share_official", "n_words"],
        "target": "Nadia Orlo",
        "rates": rates(), "codes": w.codes, "errors": np.ones(2), "freedom": np.ones(2), "data": [[1, 2, 3], [1, 2, 2]],
        "gold_rows": w.gold, "predicted": {}, "folder": Path(__file__).parent, "path": None, "counts": [1, 2], "n_items": 2,
        "n_resamples": 100, "original": w.pages[0], "version": w.pages[1],
        "versions": w.pages[1:3],
    }  # fmt: skip
    if name.startswith("correct_"):
        given |= {"measure": "share_official"} | ({"codes": w.measured} if name == "correct_with_codes" else {})
    if name == "read_gold":
        given |= {"measure": "tone", "path": Path(__file__)}
    if name.startswith("Comparison"):
        made = compare.compare_measures(w.tables, ["n_words"], n_resamples=100)
        given["self"] = made if name.startswith("Comparisons") else made["n_words"]
    return {option: value for option, value in given.items() if option in inspect.signature(FUNCTIONS[name]).parameters}


class Unspeakable:
    """Cannot even say what it is."""

    def __repr__(self) -> str:
        raise RuntimeError


NOBODY = Unspeakable()
TWICE = pd.DataFrame([[1, 2, "H"], [3, 4, "L"]], columns=["story", "story", "outlet"], index=["a", "b"])
LAYERS = pd.DataFrame([[1, "H"]], columns=pd.MultiIndex.from_tuples([("x", "n_words"), ("x", "outlet")]))
EMPTY = pd.DataFrame()
PAIR = np.array(["t", "bca"])
NUMBERS = [None, "95", [0.95], {}, True, math.nan, math.inf, -math.inf, np.array([0.9, 0.95]), Decimal("0.95"), 1j, 10**5000, NOBODY]
WHOLE = [*NUMBERS, -1, 1.5, 200.0, np.float64(200), np.bool_(True), "200"]
NAMES = [5, 1.5, True, ["outlet"], ("outlet",), {"outlet": 1}, b"outlet", "nothing", " ", EMPTY, PAIR, NOBODY]
CHOICES = [None, 5, True, "nothing", "", ["t"], PAIR, EMPTY, NOBODY]
SEVERAL = [5, 1.5, True, "n_words", {"n_words": 1}, [None], [["n_words"]], ["nothing"], b"n_words", np.array("n_words"), NOBODY]
FLAGS = ["no", 1, 0, 1.0, [], [True], np.array([True, False]), pd.NA, NOBODY]
TABLES = [None, 5, "tables", [], {}, SimpleNamespace(articles=5), LAYERS, TWICE, SimpleNamespace(articles=TWICE), NOBODY]
CODES = [None, 5, "codes", ["yes"], EMPTY, NOBODY]
GROUPS = [{}, [], "H", 5, True, {"H": None}, {"H": 5}, {"a": [None]}, {"a": {"H": 1}}, {None: "a"}, {("H",): "a"}]
MATRICES = ["x", ["x"], [[1], [2, 3]], {}, NOBODY]
ROWS = [None, 5, "rows", EMPTY.assign(id=["a"]), NOBODY]


def rates(**columns: object) -> pd.DataFrame:
    return pd.DataFrame({"precision": [0.9], "recall": [0.8]} | columns, index=["all"])


BAD: dict[str, list[Any]] = {
    "level": [*NUMBERS, 95, 1, 1.0, 0.3, -0.95, Fraction(1)],
    "n_resamples": [*WHOLE, 99, 10**12, MOST_RESAMPLES + 1],
    "seed": WHOLE,
    "stories": [{"H0": "s"}, ["s"], "story", 5, TWICE, PAIR, pd.Series(["s"], index=pd.MultiIndex.from_tuples([("a", "b")]))],
    "by": [None, *NAMES],
    "measure": [None, *NAMES, "outlet", "outlet=Nobody"],
    "measures": [None, *SEVERAL, [], ["n_words", "n_words"]],
    "table": [None, *NAMES],
    "weight": [*NAMES, "outlet"],
    "groups": [*GROUPS, {"Nobody": "a"}, {"a": ["Nobody"]}, {"a": ["H"], "b": ["H"]}, pd.Series({"H": "a"}), EMPTY, NOBODY],
    "only": [1, 1.5, True, [], [None], [["H"]], {"H": 1}, "Nobody", ["H", "Nobody"], b"H", NOBODY],
    "split_at": ["", "soon", "1.8.2024", "2024-13-01", 5, 2024.5, True, [], ["2024-01-01"], pd.NaT, dt.time(1), EMPTY, NOBODY],
    "paired": [None, *FLAGS],
    "within": [value for value in CHOICES if value is not None],
    "original": [None, 5, [], {}, EMPTY, NOBODY],
    "version": [None, 5, [], {}, EMPTY, NOBODY],
    "versions": [None, 5, "pages", [5], [None], ["page"], EMPTY.assign(a=[1]), NOBODY],
    "share": FLAGS,
    "pairwise": FLAGS,
    "weighted": [None, *FLAGS],
    "interval": CHOICES,
    "model": CHOICES,
    "engine": CHOICES,
    "draw": CHOICES,
    "covariates": [None, *SEVERAL],
    "reference": NAMES,
    "pair": [5, True, "HL", "H", ["H"], ["H", "H"], ["H", "Nobody"], ["H", "L", "L"], {"H": 1, "L": 2}, [None, "H"], NOBODY],
    "targets": SEVERAL,
    "target": [None, 5, True, "", "...", [], [5], [""], {"a": 1}, b"Orlo", NOBODY],
    "own_words_only": [None, *FLAGS],
    "modifiers": [None, *FLAGS],
    "n_examples": WHOLE,
    "n_rarefied": [value for value in WHOLE if value is not None],
    "prior": [*NUMBERS, 0, -1],
    "min_articles": [*WHOLE, 0],
    "n_items": [*WHOLE, 0],
    "counts": [None, 5, "ab", [-1], [None], ["1"], [math.nan], [math.inf], [[1]], [1j], {"a": 1}, NOBODY],
    "power": [*NUMBERS, 0, 1, 80],
    "errors": [*MATRICES, np.ones(3)],
    "freedom": [*MATRICES, np.ones(3)],
    "columns": [5, True, "n_words", ["n_words"], {"long": 5}, {5: "n_words"}, {"long": "nothing"}, {"short": "n_words"}, EMPTY, NOBODY],
    "rates": [None, 5, "rates", [], {}, EMPTY, TWICE, rates(recall="x"), rates(n="x"), rates(precision=2), rates(n=0), NOBODY],
    "codes": CODES,
    "data": [*MATRICES, None, 5, [1, 2], [[math.inf, 1], [1, 1]]],
    "tables": TABLES,
    "source": TABLES,
    "corpus": [None, 5, "corpus", ["page"], [None], TWICE, NOBODY],
    "gold_rows": [*ROWS, [], [5], [{}], [{"id": "a"}], [{"id": "a", "text": 5}], {"id": "a"}],
    "predicted": [*ROWS, [], {"H0": 5}, {"H0": [5]}, {"H0": "x"}],
    "folder": [None, 5, "nowhere", [], NOBODY],
    "path": [None, 5, "nowhere", [], NOBODY],
    "digits": [*WHOLE, 10**6],
}
HERE: dict[tuple[str, str], list[Any]] = {
    **{(name, "by"): NAMES for name in ("agreement", "code_shares")},
    **{
        (f"{kind}.{name}", "path"): [5, [], NOBODY]
        for kind in ("Comparison", "Comparisons")
        for name in ("to_csv", "to_markdown", "to_latex")
    },
    ("alpha", "level"): CHOICES,
    ("detectable_difference", "level"): [*NUMBERS, 0, 1, 95],
    ("read_gold", "measure"): CHOICES,
    ("correct_with_codes", "measure"): [None, *NAMES, "outlet"],
    ("correct_with_codes", "codes"): [
        *CODES,
        pd.Series({"Nobody": 1.0}),
        pd.Series({"H0": "x"}),
        pd.Series([1.0, 1.0], index=["H0", "H0"]),
    ],
}
SAID = {"source": "table", "path": "cannot be opened", "folder": "gold data"}
ODD = [
    *(None, True, False, 0, 1, -1, 2, 0.5, -0.0, math.nan, math.inf, 10**400, 1j, Decimal(1), Fraction(1, 2)),
    *("", " ", "x", "outlet", "story", "\0", "\ud800", b"x", Path("x"), object(), NOBODY, int, len, lambda: 1, InputError("x")),
    *([], [1], [None], ["outlet"], [[]], (), ("H", "L"), {}, {"a": 1}, {"a": None}, {1: {2: 3}}, set(), {"H"}, frozenset("HL"), range(2)),
    *(dt.date(2024, 1, 1), dt.datetime(1, 1, 1), pd.Timestamp("2024-01-01", tz="UTC"), pd.NA, pd.NaT, iter("HL"), fr.Article("a", "b")),
    *(np.float64(0.9), np.int64(200), np.int8(1), np.str_("outlet"), np.array(1), np.array([]), np.array([1, 2]), np.array([["H"], ["L"]])),
    *(pd.Series(dtype=float), pd.Series({"H0": "s"}), pd.Series([None, []]), pd.Index(["H"]), EMPTY, TWICE, LAYERS),
]


def show(value: object) -> str:
    """The value in a failure's message; some cannot be written."""
    try:
        return f"{type(value).__name__} {value!r:.80}"
    except (RuntimeError, ValueError):
        return type(value).__name__


def told(message: str, option: str, value: object) -> bool:
    """Whether the message names the option, or a name in its value that is not there."""
    parts = [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else [value]
    names = [name for part in parts for name in (part if isinstance(part, list) else [part]) if isinstance(name, str) and name]
    said = (option, option.replace("_", " ").rstrip("s"), SAID.get(option, option), *(name.split("=")[-1] for name in names))
    return any(word.lower() in message.lower() for word in said)


OPTIONS = [
    (name, option)
    for name, function in FUNCTIONS.items()
    for option in inspect.signature(function).parameters
    if option not in ("self", "watch")
]


@pytest.mark.parametrize("name,option", OPTIONS, ids=lambda part: part)
def test_a_bad_option_is_named(name: str, option: str) -> None:
    for value in HERE.get((name, option), BAD[option]):
        message = ""
        try:
            FUNCTIONS[name](**accepted(name) | {option: value})
        except FramingError as error:
            message = str(error)
        assert told(message, option, value), f"{name}({option}={show(value)}): {message or 'taken'}"


@pytest.mark.parametrize("name,option", OPTIONS, ids=lambda part: part)
def test_nothing_odd_ends_in_a_bare_exception(name: str, option: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # some of these are paths
    for value in ODD:
        try:
            FUNCTIONS[name](**accepted(name) | {option: value})
        except (FramingError, OSError):
            pass
        except Exception as error:
            raise AssertionError(f"{name}({option}={show(value)}): {type(error).__name__} {error}") from error


def test_no_function_is_left_out() -> None:
    rooms = ("framing.compare", "framing.evaluate", "framing.coding.reliability")
    names = [(part, name) for part in (fr, compare, coding, evaluate) for name in getattr(part, "__all__", dir(part))]
    public = [getattr(part, name) for part, name in names if name not in ("plot", "write_report")]
    wanted = {one.__name__ for one in public if inspect.isfunction(one) and one.__module__.startswith(rooms)}
    assert wanted - set(FUNCTIONS) == {"contested_words", "stories_needed"}


def test_numbers_of_numpy_and_fractions_are_numbers() -> None:
    tables = world().tables
    one = compare.compare_outlets(tables, "n_words", level=Fraction(9, 10), n_resamples=np.int16(100), seed=np.uint8(3))  # type: ignore[arg-type]
    other = compare.compare_outlets(tables, "n_words", level=0.9, n_resamples=100, seed=3)
    pd.testing.assert_frame_equal(one.differences, other.differences, check_exact=True)
    assert [type(value) for value in (one.level, one.n_resamples, one.seed)] == [float, int, int]
    assert one.method == other.method


def test_groups_may_be_named_by_what_is_no_string() -> None:
    articles = world().tables.articles.assign(year=[2023, 2024] * 7)
    assert compare.compare_outlets(articles, "n_words", by="year", only=[2024, 2023], n_resamples=100).estimates.index.tolist() == [
        "2023",
        "2024",
    ]
    found = compare.compare_outlets(articles, "n_words", by="year", groups={"late": (2024,), "early": {2023}}, n_resamples=100)
    assert found.estimates.index.tolist() == ["early", "late"]


def test_more_than_fits_in_memory_is_refused() -> None:
    frame = pd.DataFrame(np.ones((14, 100))).add_prefix("m").assign(outlet=[f"outlet {n}" for n in range(14)])
    said = "n_resamples must be at most 357,142 for 1,400 means or pairs, got 1,000,000: more would fill the memory"
    with pytest.raises(InputError, match=said):
        compare.compare_measures(frame, [f"m{n}" for n in range(100)], n_resamples=MOST_RESAMPLES)


@pytest.mark.parametrize(
    "name,by",
    [
        ("cue_stances", "share"),
        ("naming_profile", "naming"),
        ("voice_profile", "polarity"),
        ("target_profile", "kind"),
        ("validate", "code"),
        ("validate", "n_ties"),
        ("labels_for", "head"),
    ],
)
def test_a_group_is_not_called_as_another_column_of_the_result(name: str, by: str) -> None:
    given = accepted(name) | {"by": by}
    if "tables" in given:
        given["tables"] = replace(world().tables, articles=world().tables.articles.assign(**{by: "x"}))
    with pytest.raises(InputError, match=f"by must not be '{by}', which is another column of the result; rename the column"):
        FUNCTIONS[name](**given)


def test_columns_that_a_measure_needs_may_be_there_already() -> None:
    """The columns that a correction makes for itself never meet those of the caller."""
    articles = world().tables.articles.assign(**{"error of share_official": 1.0})
    one, other = (compare.correct_with_codes(t, "share_official", world().measured, n_resamples=100) for t in (articles, world().tables))
    pd.testing.assert_frame_equal(one.estimates, other.estimates, check_exact=True)
