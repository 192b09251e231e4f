"""The command line: ``framing show | analyze | stories | report | validate`` (also ``python -m framing``)."""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framing import __version__
from framing.article import Article
from framing.choices import ENGINES, FORMATS, TONE_ENGINES
from framing.errors import FramingError, InputError, Problem
from framing.text import Span, how_many
from framing.text.escaping import one_line, visible

if TYPE_CHECKING:  # what a command needs it loads itself, so that help and slips cost no second
    import pandas as pd
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from framing.article import Corpus
    from framing.measuring.tone import Loaded, TargetTone
    from framing.tables import Analysis

EXIT_OK, EXIT_LOST, EXIT_USAGE = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns 0; 1 if anything was left out or could not be read; 2 for a wrong call or a place that cannot be written."""
    arguments = _parser().parse_args(argv)
    from rich.console import Console

    messages = Console(stderr=True, highlight=False)
    try:
        command: Callable[[argparse.Namespace, Console], int] = arguments.command
        return command(arguments, messages)
    except FramingError as error:
        messages.print(f"framing: {error}", markup=False, soft_wrap=True)
        return EXIT_USAGE if isinstance(error, InputError) else EXIT_LOST
    except BrokenPipeError:  # the reader of our output, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_OK
    except OSError as error:
        messages.print(f"framing: cannot write {error.filename}: {error.strerror}", markup=False, soft_wrap=True)
        return EXIT_USAGE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="framing", description="How do these outlets tell the same story differently?")
    parser.add_argument("--version", action="version", version=f"framing {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, run: Callable[[argparse.Namespace, Console], int], help: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=help, description=help)
        command.set_defaults(command=run)
        command.add_argument(
            "input", nargs="+", metavar="INPUT", help="folder, file or pattern: .md .txt .html .csv .tsv .json .jsonl .parquet, also .gz"
        )
        command.add_argument("--outlet", help="outlet of articles that do not name theirs")
        command.add_argument(
            "--column", action="append", default=[], metavar="FIELD=NAME", help="which column holds a field, such as text=Body (repeatable)"
        )
        return command

    def with_measures(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
        command.add_argument(
            "--engine",
            choices=ENGINES,
            default=ENGINES[0],
            help="encoder is the most accurate, fast the quickest, rules finds attributions by rules",
        )
        return command

    def with_jobs(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
        command.add_argument("--jobs", type=_processes, default=1, metavar="N", help="processes to use; -1 for all cores (default 1)")
        command.add_argument("--quiet", action="store_true", help="no progress, no summary; problems are still told")
        return command

    with_measures(add("show", _show, "read articles aloud: sources, notices and tone, in the terminal"))
    tables = with_jobs(with_measures(add("analyze", _analyze, "measure every article and write the tables")))
    tables.add_argument("-o", "--output", metavar="FOLDER", help="where the tables go")
    tables.add_argument("--format", choices=FORMATS, default="csv")
    tables.add_argument("--jsonl", metavar="FILE", help="also write one JSON object an article; - for standard output")
    stories = add("stories", _stories, "tell which articles report one event")
    stories.add_argument(
        "--window", type=_days, default=3, metavar="DAYS", help="days within which articles can report one event (default 3)"
    )
    report = with_jobs(with_measures(add("report", _report, "compare the outlets in one HTML file")))
    report.add_argument("-o", "--output", default="report.html", metavar="FILE")
    report.add_argument("--title")
    _add_validate(commands, with_measures)
    return parser


def _add_validate(commands: Any, with_measures: Callable[[argparse.ArgumentParser], argparse.ArgumentParser]) -> None:
    help = "measure on hand-coded articles how well something is found"
    kinds = commands.add_parser("validate", help=help, description=help).add_subparsers(required=True, metavar="WHAT")
    help = "who says what: precision, recall and F1 by cue, form and outlet"
    attribution = with_measures(kinds.add_parser("attribution", help=help, description=help))
    attribution.set_defaults(command=_validate_attribution)
    attribution.add_argument("gold", metavar="GOLD", help=".jsonl or .jsonl.gz: rows with id, text, attributions and perhaps outlet")
    attribution.add_argument("--level", type=float, default=0.95, help="level of the intervals, from 0.5 to below 1 (default .95)")
    attribution.add_argument("--csv", metavar="FILE", help="also write every figure here")
    attribution.add_argument("--quiet", action="store_true", help="no progress; problems are still told")
    help = "tone toward targets and biased sentences: macro F1, AUC and calibration beside trivial baselines"
    tone = kinds.add_parser("tone", help=help, description=help)
    tone.set_defaults(command=_validate_tone)
    tone.add_argument("gold", metavar="GOLD", help=".jsonl or .jsonl.gz: rows with id, text, and targets (start, end, polarity) or biased")
    tone.add_argument("--engine", choices=TONE_ENGINES, default=TONE_ENGINES[0], help="how tone is found")
    tone.add_argument("--level", type=float, default=0.95, help="level of the intervals, from 0.5 to below 1 (default .95)")
    tone.add_argument("--csv", metavar="FILE", help="also write every figure here (of biased sentences to FILE with -biased in its name)")
    tone.add_argument("--quiet", action="store_true", help="no progress; problems are still told")
    help = "every learned measure on the gold data of its card, against the figures that must not slip"
    gold = kinds.add_parser("gold", help=help, description=help)
    gold.set_defaults(command=_validate_gold)
    gold.add_argument("folder", metavar="DIR", help="folder with the gold files, as the cards name them")
    gold.add_argument("--engine", choices=TONE_ENGINES, default=TONE_ENGINES[0], help="how things are found")
    gold.add_argument("--csv", metavar="FILE", help="also write the table here")
    gold.add_argument("--quiet", action="store_true", help="no progress")


def _processes(given: str) -> int:
    if not (given == "-1" or (given.isdigit() and int(given) > 0)):
        raise argparse.ArgumentTypeError(f"a number of processes, or -1 for all cores; got {given!r}")
    return int(given)


def _days(given: str) -> int:
    if not given.isdigit():
        raise argparse.ArgumentTypeError(f"a number of days, 0 or more; got {given!r}")
    return int(given)


def _read(arguments: argparse.Namespace, *, progress: bool = False) -> Corpus:
    from framing.readers import read_corpus

    columns = {}
    for pair in arguments.column:
        field, equals, name = pair.partition("=")
        if not (field and equals and name):
            raise InputError(f"--column needs FIELD=NAME, such as text=Body, got {pair!r}")
        columns[field] = name
    source = arguments.input if len(arguments.input) > 1 else arguments.input[0]
    return read_corpus(source, outlet=arguments.outlet, columns=columns or None, progress=progress)


def _tell_corpus(corpus: Corpus, messages: Console, folder: Path | None = None) -> int:
    """Print the problems (all of them to ``problems.csv`` if there is a folder) and give the exit status they call for."""
    all_in = f"all in {folder / 'problems.csv'}" if folder else "framing analyze -o FOLDER writes all to problems.csv"
    return _tell_problems(corpus.problems, messages, EXIT_OK if len(corpus) else EXIT_LOST, all_in=all_in)


def _tell_problems(problems: Sequence[Problem], messages: Console, status: int, *, all_in: str = "") -> int:
    shown = sorted(problems, key=lambda p: not p.lost)[:20]
    for problem in shown:
        messages.print(f"{'left out' if problem.lost else 'note'}: {problem}", markup=False, soft_wrap=True)
    if more := len(problems) - len(shown):
        messages.print(f"... and {more} more{f' ({all_in})' if all_in else ''}", markup=False, soft_wrap=True)
    return EXIT_LOST if any(p.lost for p in problems) else status


def _screen() -> Console:
    """A console that leaves a closed pipe to :func:`main` (rich would end with status 1)."""
    from rich.console import Console

    class Screen(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return Screen(highlight=False)


def _show(arguments: argparse.Namespace, messages: Console) -> int:
    from framing.tables import analyze

    corpus = _read(arguments)
    screen = _screen()
    for number, article in enumerate(corpus):
        if number:
            screen.rule()
        screen.print(analyze(article, engine=arguments.engine))
    return _tell_corpus(corpus, messages)


@contextmanager
def _json_lines(target: str | None) -> Iterator[Callable[[Analysis], object] | None]:
    if target is None:
        yield None
        return
    if target != "-":
        Path(target).parent.mkdir(parents=True, exist_ok=True)
    stream = sys.stdout if target == "-" else open(target, "w", encoding="utf-8")  # noqa: SIM115 closed below, unless it is stdout

    def write(found: Analysis) -> None:
        stream.write(json.dumps(found.to_dict(), ensure_ascii=False, allow_nan=False) + "\n")

    try:
        yield write
    finally:
        if target != "-":
            stream.close()


def _analyze(arguments: argparse.Namespace, messages: Console) -> int:
    from framing.tables import analyze_corpus, problem_table
    from framing.tables.safe_writing import write_csv

    if not arguments.output and not arguments.jsonl:
        messages.print("framing analyze: say where the result goes: -o FOLDER for tables, --jsonl FILE for JSON lines, or both")
        return EXIT_USAGE
    folder = Path(arguments.output) if arguments.output else None
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
    corpus = _read(arguments, progress=not arguments.quiet)
    if len(corpus):
        with _json_lines(arguments.jsonl) as each:
            tables = analyze_corpus(corpus, engine=arguments.engine, n_jobs=arguments.jobs, progress=not arguments.quiet, each=each)
        if folder:
            tables.write(folder, format=arguments.format)
        if not arguments.quiet:
            messages.print(f"{corpus!r}\n{tables!r}", markup=False)
        if folder and not arguments.quiet:
            messages.print(f"tables in {folder}", markup=False)
    elif folder:
        write_csv(problem_table(corpus.problems), folder / "problems.csv")
    return _tell_corpus(corpus, messages, folder)


def _stories(arguments: argparse.Namespace, messages: Console) -> int:
    from framing.measuring.stories import find_stories
    from framing.tables.safe_writing import safe_cell

    corpus = _read(arguments)
    stories = find_stories(corpus, window_days=arguments.window).sort_values(kind="stable")
    print("story\tdate\toutlet\tarticle_id\theadline")
    for article_id, story in stories.items():
        article = corpus[str(article_id)]
        cells = (story, article.date or "", article.outlet or "", article.id, article.headline or "")
        print("\t".join(safe_cell(one_line(str(cell))) for cell in cells))
    return _tell_corpus(corpus, messages)


@contextmanager
def _fonts_that_matplotlib_ships() -> Iterator[None]:
    """Let matplotlib load without listing the machine's fonts in the user's home; a report is drawn in a font that it ships.

    Where matplotlib is loaded already, or told where its files go, nothing changes.
    """
    if "matplotlib" in sys.modules or "MPLCONFIGDIR" in os.environ:
        yield
        return
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="framing-") as folder:
        wanted = {"MPLCONFIGDIR": folder, "MPL_IGNORE_SYSTEM_FONTS": "1"}
        new = {name: value for name, value in wanted.items() if name not in os.environ}
        os.environ.update(new)
        try:
            yield
        finally:
            for name in new:
                del os.environ[name]


def _report(arguments: argparse.Namespace, messages: Console) -> int:
    with _fonts_that_matplotlib_ships():
        from framing.report import report_path, write_report

    report_path(arguments.output)
    corpus = _read(arguments, progress=not arguments.quiet)
    if len(corpus):
        options = {"engine": arguments.engine, "n_jobs": arguments.jobs, "progress": not arguments.quiet}
        path = write_report(corpus, arguments.output, title=arguments.title, **options)
        messages.print(
            f"report on {how_many(len(corpus), 'article')} of {how_many(len(corpus.outlets), 'outlet')}: {path}",
            markup=False,
            soft_wrap=True,
        )
    return _tell_corpus(corpus, messages)


def _validate_attribution(arguments: argparse.Namespace, messages: Console) -> int:
    from rich.progress import track

    from framing.compare.options import check_level
    from framing.evaluate import read_gold, score_attributions
    from framing.measuring.attribution import find_attributions

    check_level(arguments.level)
    rows, problems = read_gold(arguments.gold)
    predicted = {}
    for row in track(rows, "Finding attributions", disable=arguments.quiet, console=messages):
        predicted[row["id"]] = find_attributions(Article(id=row["id"], text=row["text"]), engine=arguments.engine)
    if rows:
        figures = score_attributions(rows, predicted, level=arguments.level)
        screen = _screen()
        screen.print(_who_said_what(figures), _role_words(figures))
        screen.print(
            f"{how_many(len(rows), 'article')}, engine {arguments.engine}; in brackets: {100 * arguments.level:g} % interval of F1 from "
            f"{figures.attrs['n_resamples']} resamples of whole articles, seed {figures.attrs['seed']}. n: coded by hand.",
            markup=False,
        )
        _write_figures(figures, arguments.csv)
    return _tell_problems(problems, messages, EXIT_OK if rows else EXIT_LOST)


def _validate_tone(arguments: argparse.Namespace, messages: Console) -> int:
    from rich.progress import track

    from framing.compare.options import check_level
    from framing.evaluate import read_gold, score_loaded, score_target_tones
    from framing.measuring.page import Page
    from framing.measuring.tone import loaded_language, tone_toward_each

    check_level(arguments.level)
    rows, problems = read_gold(arguments.gold, "tone")
    toward: dict[str, Sequence[TargetTone]] = {}
    loaded: dict[str, Loaded] = {}
    for row in track(rows, "Finding tone", disable=arguments.quiet, console=messages):
        page = Page(Article(id=row["id"], text=row["text"]), arguments.engine)
        spans = [Span(target["start"], target["end"]) for target in row.get("targets", ())]
        try:
            toward[row["id"]] = tone_toward_each(page, spans)
        except InputError as error:
            problems.append(Problem(arguments.gold, f"{error}; its targets count as neutral", article_id=row["id"]))
        if "biased" in row:
            loaded[row["id"]] = loaded_language(page)
    screen = _screen()
    told = [row for row in rows if row.get("targets")], [row for row in rows if "biased" in row]
    if told[0]:
        figures = score_target_tones(told[0], toward, level=arguments.level)
        screen.print(_toward_table(figures))
        _write_figures(figures, arguments.csv)
    if told[1]:
        figures = score_loaded(told[1], loaded, level=arguments.level)
        screen.print(_loaded_table(figures))
        path = Path(arguments.csv) if arguments.csv else None
        _write_figures(figures, path and path.with_name(f"{path.stem}-biased{path.suffix}"))
    if rows:
        screen.print(
            f"{how_many(len(rows), 'text')}, engine {arguments.engine}; in brackets: {100 * arguments.level:g} % interval of macro F1 from "
            "1000 resamples of whole texts, seed 0. n: coded by hand.",
            markup=False,
        )
    return _tell_problems(problems, messages, EXIT_OK if rows else EXIT_LOST)


def _validate_gold(arguments: argparse.Namespace, messages: Console) -> int:
    import pandas as pd
    from rich.progress import track
    from rich.text import Text

    from framing.evaluate import validate_gold

    def watch(rows: Any, what: str) -> Any:
        return track(rows, what, disable=arguments.quiet, console=messages)

    figures = validate_gold(arguments.folder, engine=arguments.engine, watch=watch)
    table = _table(
        f"Learned measures, engine {arguments.engine}, in per cent", ("n", "figure (95 %)", "baseline", "floor", "holds", "note")
    )
    for row in figures.to_dict("records"):
        value = "–" if math.isnan(row["value"]) else f"{100 * row['value']:.1f} ({100 * row['low']:.0f}–{100 * row['high']:.0f})"
        holds = "–" if pd.isna(row["holds"]) else "yes" if row["holds"] else "NO"
        n = "–" if pd.isna(row["n"]) else f"{row['n']:,}"
        name = Text(f"{row['measure']}: {row['figure']}\n{row['data']}")
        table.add_row(name, n, value, _percent(row["baseline"]), _percent(row["floor"]), holds, row["note"])
    _screen().print(table)
    _write_figures(figures, arguments.csv)
    return EXIT_OK if figures["holds"].fillna(True).all() else EXIT_LOST


def _write_figures(figures: pd.DataFrame, path: str | Path | None) -> None:
    if path:
        from framing.tables.safe_writing import write_csv

        Path(path).parent.mkdir(parents=True, exist_ok=True)
        write_csv(figures, path)


def _toward_table(figures: pd.DataFrame) -> Table:
    from framing.measuring.tone import LABELS

    table = _table("Tone toward targets, in per cent", ("n", "macro F1", "negative", "neutral", "positive", "right", "calibration\nerror"))
    for row in _methods(figures, table):
        classes = [_percent(row[f"f1_{label}"]) for label in LABELS]
        table.add_row(
            _method_name(row), f"{row['n']:,}", _macro(row), *classes, _percent(row["accuracy"]), _percent(row["calibration_error"])
        )
    return table


def _loaded_table(figures: pd.DataFrame) -> Table:
    table = _table("Texts found biased, in per cent", ("n", "biased", "macro F1", "P", "R", "AUC"))
    for row in _methods(figures, table):
        rest = [_percent(row[name]) for name in ("precision", "recall", "auc")]
        table.add_row(_method_name(row), f"{row['n']:,}", f"{row['n_biased']:,}", _macro(row), *rest)
    return table


def _methods(figures: pd.DataFrame, table: Table) -> Iterator[dict[str, Any]]:
    """Every method for all texts, then our own by outlet."""
    records = [{str(k): v for k, v in r.items()} for r in figures.to_dict("records")]
    yield from (row for row in records if row["by"] == "all")
    outlets = [row for row in records if row["by"] == "outlet" and row["method"] == "framing"]
    if outlets:
        table.add_section()
    yield from outlets


def _method_name(row: dict[str, Any]) -> Text:
    from rich.text import Text

    return Text(visible(row["group"] if row["by"] == "outlet" else row["method"]))


def _macro(row: dict[str, Any]) -> str:
    interval = "" if math.isnan(row["macro_f1_low"]) else f" ({100 * row['macro_f1_low']:.0f}–{100 * row['macro_f1_high']:.0f})"
    return _percent(row["macro_f1"]) + interval


def _percent(value: float) -> str:
    return f"{100 * value:.1f}" if math.isfinite(value) else "–"


def _who_said_what(figures: pd.DataFrame) -> Table:
    """A line for each part of the articles: how many attributions are coded, and how well they are found."""
    from rich.text import Text

    table = _table("Attributions found, in per cent", ("n", "who said\nwhat: P", "R", "F1", "content:\nP", "R", "F1"))
    rows = _by_part(figures)
    before = "all"
    for by, group in dict.fromkeys((by, group) for by, group, _ in rows):
        if (by, group, "content") not in rows:
            continue
        if by != before:
            table.add_section()
        before = by
        who, content = rows.get((by, group, "who said what")), rows[by, group, "content"]
        name = {"none": "no cue"}.get(group, f"{group} cue") if by == "cue" else group
        table.add_row(Text(visible(name)), f"{content['n_gold']:,}", *_percents(who), *_percents(content))
    return table


def _role_words(figures: pd.DataFrame) -> Table:
    from framing.evaluate import ROLES

    table = _table("Words found of each role, in per cent", ("n", "P", "R", "F1"))
    rows = _by_part(figures)
    for role in ROLES:
        row = rows["all", "all", f"{role} words"]
        table.add_row(role, f"{row['n_gold']:,}", *_percents(row))
    return table


def _table(title: str, columns: Sequence[str]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=box.SIMPLE, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("", overflow="fold")
    for name in columns:
        table.add_column(name, justify="right", no_wrap=True, vertical="bottom")
    return table


def _by_part(figures: pd.DataFrame) -> dict[tuple[str, str, str], dict[str, Any]]:
    return {
        (row["by"], row["group"], row["figure"]): row for row in ({str(k): v for k, v in r.items()} for r in figures.to_dict("records"))
    }


def _percents(row: dict[str, Any] | None) -> tuple[str, str, str]:
    """Precision, recall, and F1 with its interval; a dash where there was nothing to divide by."""
    if row is None:
        return "–", "–", "–"
    p, r, f1 = (_percent(row[name]) for name in ("precision", "recall", "f1"))
    interval = "" if math.isnan(row["f1_low"]) else f" ({100 * row['f1_low']:.0f}–{100 * row['f1_high']:.0f})"
    return p, r, f1 + interval
