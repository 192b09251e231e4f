"""From files to articles. One file a format; :func:`read_article` and :func:`read_corpus` choose by the file's extension."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framing.article import Article, Corpus, content_id
from framing.errors import InputError, Problem, ReadingError
from framing.progress import track
from framing.readers import html, json_, markdown, tabular
from framing.readers.checks import checked
from framing.readers.files import (
    ACCEPTED,
    JSON,
    PAGES,
    WEB_PAGES,
    Findings,
    Found,
    Options,
    Source,
    extension_of,
    find_files,
    load,
    name_files,
    stem_of,
)
from framing.readers.records import WrongColumnError, check_columns
from framing.text.escaping import whole_characters

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["read_article", "read_corpus"]

_READERS: dict[str, Callable[[Source, Options], Findings]] = {
    **dict.fromkeys(PAGES, markdown.read),
    **dict.fromkeys(WEB_PAGES, html.read),
    **dict.fromkeys(JSON, json_.read_json_lines),
    ".json": json_.read_json,
    ".csv": tabular.read_csv,
    ".tsv": tabular.read_csv,
    ".parquet": tabular.read_parquet,
}


def read_article(
    path: str | os.PathLike[str],
    *,
    outlet: str | None = None,
    columns: Mapping[str, str] | None = None,
    problems: list[Problem] | None = None,
) -> Article:
    """The article in one file.

    Parameters
    ----------
    path : path
        A Markdown or text page, a saved web page, or a table or JSON file that holds one article; each also with ``.gz``.
    outlet : str, optional
        Who published it; wins over what the file says.
    columns : mapping, optional
        For a table: which column holds which field, as in :func:`read_corpus`.
    problems : list, optional
        Gets what was read with a doubt (no date, signs of a wrong encoding ...) appended.

    Returns
    -------
    Article
        Offsets point into ``Article.text``: the file's text as it stands, or for a web page the text extracted from it.

    Raises
    ------
    ReadingError
        If there is no such file, it cannot be read, or it holds several articles.
    InputError
        If ``columns`` names an unknown field.
    """
    file, name = Path(path), os.fspath(path)
    if not name or not file.is_file():
        raise ReadingError(f"no such file: {name!r}" + ("; it is a folder, use read_corpus" if name and file.is_dir() else ""))
    articles, found_problems = [], []
    for found in _read_file(file, stem_of(file), Options(outlet, check_columns(columns)), alone=True):
        if isinstance(found, Problem):
            found_problems.append(found)
        else:
            articles.append(found.article)
    lost = [problem for problem in found_problems if problem.lost]
    if len(articles) > 1:
        raise ReadingError(f"{file}: {len(articles):,} articles in it; read them with read_corpus")
    if lost or not articles:
        raise ReadingError(str(lost[0]) if lost else f"{file}: no article in it")
    if problems is not None:
        problems += found_problems
    return articles[0]


def read_corpus(
    source: str | os.PathLike[str] | pd.DataFrame | Iterable[str | os.PathLike[str] | pd.DataFrame],
    *,
    outlet: str | None = None,
    columns: Mapping[str, str] | None = None,
    name: str | None = None,
    progress: bool = False,
) -> Corpus:
    """The articles of a folder, a file, a pattern (``"herald/*.md"``), a DataFrame, or a list of these.

    Parameters
    ----------
    source : path, str, DataFrame or iterable of these
        Folders are read with all below them, in order of path; hidden files, READMEs and files of other types are passed over.
        Accepted are ``.md .txt .html .csv .tsv .json .jsonl .parquet``, each also with ``.gz``.
    outlet : str, optional
        Who published all of them; wins over what the files say.
    columns : mapping, optional
        For tables and JSON: which column holds which field, as in ``{"text": "Inhalt", "outlet": "Zeitung"}``. The fields are id, text,
        headline, outlet, agency, authors, date, url, language and story; those not given are guessed from the usual names. Columns that
        are no field go to ``Article.meta`` as text; so does ``story``.
    name : str, optional
        Of the corpus; by default that of the folder or file.
    progress : bool
        Show a bar on standard error while files are read.

    Returns
    -------
    Corpus
        With ``problems``: every file or row that was left out (``lost=True``), and every doubt about one that was read: no date, a date
        whose order of day and month is open, a language other than English, the same text twice under one outlet ...

    Raises
    ------
    ReadingError
        If a path is empty or does not exist, a pattern matches nothing, a folder holds no article file, or the source is a single file
        or DataFrame and has no column of a name in ``columns``, or a single DataFrame and has none with the text. Among several sources
        that is a problem of the one, unless nothing is left to read.
    InputError
        If ``columns`` names an unknown field, or ``source`` is none of these.

    Notes
    -----
    The id of a page is its front matter's or the name of its file (with as much of the path as tells it from another of that name); the
    id of a row is its id column's or the file's name and the row's number. A second article with an id already taken gets a number
    behind it, and a problem says so. Where nothing gives the language it is taken for ``en``; a text that is clearly not English by its
    words gets ``und``. Half a character (a lone surrogate, as broken JSON has them) becomes U+FFFD.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"text": ["Dockers went back to work."], "date": ["4 March 2024"], "paper": ["The Sallow Tribune"]})
    >>> read_corpus(frame, columns={"outlet": "paper"})
    <Corpus 'corpus': 1 article, 1 outlet, 2024-03-04 to 2024-03-04>
    """
    options = Options(outlet, check_columns(columns))
    paths: list[Path] = []
    frames: list[Any] = []
    problems: list[Problem] = []
    given = [source] if isinstance(source, (str, os.PathLike)) or _is_frame(source) else source
    if not isinstance(given, Iterable):
        raise InputError(f"expected a path, a DataFrame or a list of these, got {type(source).__name__}")
    sources = list(given)
    for single in sources:
        if _is_frame(single):
            frames.append(single)
        elif isinstance(single, (str, os.PathLike)):
            try:
                files, notes = find_files(single)
            except ReadingError as error:
                if len(sources) == 1:
                    raise
                files, notes = [], [Problem(os.fspath(single), str(error))]
            paths += files
            problems += notes
        else:
            raise InputError(f"expected a path or a DataFrame, got {type(single).__name__}")
    if not paths and not frames:
        raise ReadingError(f"nothing to read: {'; '.join(problem.reason for problem in problems) or 'the list is empty'}")

    gathered = _Gathered(problems)
    once = {os.path.realpath(path): path for path in reversed(paths)}  # the first name under which a file is given
    stems = name_files([path for path in dict.fromkeys(paths) if once[os.path.realpath(path)] == path])
    alone = len(stems) + len(frames) == 1
    for path in track(list(stems), "Reading", total=len(stems), shown=progress):
        gathered.add(str(path), _read_file(path, stems[path], options, alone=alone))
    for number, frame in enumerate(frames, start=1):
        where = "DataFrame" if len(frames) == 1 else f"DataFrame {number}"
        try:
            gathered.add(where, checked(where, tabular.read_frame(frame, options, where=where)))
        except ReadingError as error:
            if alone:
                raise
            gathered.problems.append(Problem(where, str(error)))
    gathered.tell_copies()
    if name is None:
        name = Path(source).name.split(".")[0] if isinstance(source, (str, os.PathLike)) and not set("*?[") & set(str(source)) else ""
    return Corpus(gathered.articles, problems=gathered.problems, name=whole_characters(name) or "corpus")


def _is_frame(source: object) -> bool:
    return hasattr(source, "itertuples") and hasattr(source, "columns")


def _read_file(path: Path, stem: str, options: Options, *, alone: bool) -> Findings:
    """Articles and problems of one file; one that cannot be read at all is a problem, unless it is the caller who named a wrong column
    of the only file."""
    return checked(str(path), _findings(path, stem, options, alone=alone))


def _findings(path: Path, stem: str, options: Options, *, alone: bool) -> Findings:
    try:
        if extension_of(path) not in _READERS:
            raise ReadingError(f"files of type {extension_of(path) or '(none)'!r} are not read; accepted are {ACCEPTED}")
        yield from _READERS[extension_of(path)](load(path, stem), options)
    except ReadingError as error:
        if alone and isinstance(error, WrongColumnError):
            raise ReadingError(f"{path}: {error}") from error
        yield Problem(str(path), str(error))


_COPIES_TOLD = 20


class _Gathered:
    """Articles with ids that differ, and the problems."""

    def __init__(self, problems: list[Problem]) -> None:
        self.articles: list[Article] = []
        self.problems = problems
        self._taken: dict[str, str] = {}
        self._copies: dict[str, int] = {}
        self._texts: dict[tuple[str | None, str], str] = {}
        self._same: list[Problem] = []

    def add(self, where: str, findings: Findings) -> None:
        for found in findings:
            if isinstance(found, Problem):
                self.problems.append(found)
            else:
                article = self._with_own_id(where, found)
                self.articles.append(article)
                self._note_copy(where, found.line, article)

    def _note_copy(self, where: str, line: int | None, article: Article) -> None:
        first = self._texts.setdefault((article.outlet, content_id(" ".join(article.text.split()))), article.id)
        if first != article.id:
            reason = f"same text as {first!r}, of the same outlet; both are kept and both count"
            self._same.append(Problem(where, reason, line=line, article_id=article.id, lost=False))

    def tell_copies(self) -> None:
        """Adds the texts met twice to the problems: the first twenty, and how many more there are."""
        self.problems += self._same[:_COPIES_TOLD]
        if more := self._same[_COPIES_TOLD:]:
            reason = f"{len(more):,} more articles have the same text as another of their outlet (this is the first of them)"
            self.problems.append(replace(more[0], reason=reason))

    def _with_own_id(self, where: str, found: Found) -> Article:
        article = found.article
        place = where if found.line is None else f"{where}:{found.line}"
        own = article.id
        while own in self._taken:
            self._copies[article.id] = self._copies.get(article.id, 1) + 1
            own = f"{article.id}-{self._copies[article.id]}"
        self._taken[own] = place
        if own == article.id:
            return article
        reason = f"the id {article.id!r} is already taken (by {self._taken[article.id]}); this article is kept as {own!r}"
        self.problems.append(Problem(where, reason, line=found.line, article_id=own, lost=False))
        return replace(article, id=own)
