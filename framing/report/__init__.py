"""The report: what a corpus says about its outlets, in one HTML file that opens anywhere."""

from __future__ import annotations

import os
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from framing.article import Article, Corpus, as_corpus
from framing.choices import Engine
from framing.compare import Resampling
from framing.errors import InputError
from framing.progress import track
from framing.report.draw import draw as draw_charts
from framing.report.show import page
from framing.report.summarise import summarise as summarise_corpus
from framing.tables import Analysis, Tables, analyze, analyze_corpus

__all__ = ["report_path", "write_report"]


def report_path(path: str | os.PathLike[str]) -> Path:
    """The path of a report that is still to be written; nothing is made.

    Raises
    ------
    InputError
        If no file can be written there: it is a folder, a part of it is a file, or the folder lets nothing be written.
    """
    if not isinstance(path, str | os.PathLike):
        raise InputError(f"path must be a file such as report.html, got {type(path).__name__}")
    name = str(os.fspath(path))
    target = Path(name)
    wanted = "path must be a file such as report.html"
    if "\0" in name:
        raise InputError(f"{wanted}, got one with a null character: {name!r}")
    if target.is_dir() or name.endswith(("/", os.sep)):
        raise InputError(f"{wanted}, got the folder {name or '.'}")
    above = next(folder for folder in target.absolute().parents if folder.exists())
    if not above.is_dir():
        raise InputError(f"{wanted}, got {name}, but {above} is a file and no folder")
    if not os.access(target if target.exists() else above, os.W_OK):
        raise InputError(f"{wanted} that can be written, got {name}: no permission to write there")
    return target


def write_report(
    corpus: Corpus | Iterable[Article],
    path: str | os.PathLike[str],
    *,
    tables: Tables | None = None,
    title: str | None = None,
    level: float = 0.95,
    n_resamples: int = 10_000,
    max_outlets: int = 12,
    seed: int = 0,
    engine: Engine = "encoder",
    n_jobs: int = 1,
    progress: bool = False,
) -> Path:
    """Write one HTML file that compares the outlets of a corpus and shows every article with what was found in it.

    The file holds everything it needs and asks nothing of the network. One small script of its own, and no other, may run in it: tables
    sort and filter, and a number opens the articles and sentences behind it. Without the script the same links lead to the articles.
    The same input gives the same bytes.

    Parameters
    ----------
    corpus : Corpus or iterable of Article
    path : str or Path
        Written; folders are made as needed.
    tables : Tables, optional
        Of this corpus, as :func:`framing.analyze_corpus` returns them; made if not given.
    title : str, optional
    level : float
        Of the intervals, between 0 and 1.
    n_resamples : int
        Of the bootstrap behind intervals and p values: so many that one difference among hundreds of comparisons can be found.
    max_outlets : int
        Outlets compared, those with the most articles; articles of all are shown.
    seed : int
        Of the bootstrap.
    engine, n_jobs
        As in :func:`framing.analyze_corpus`; passed over where ``tables`` are given.
    progress : bool
        Show progress on standard error.

    Returns
    -------
    Path
        Where the file is.

    Raises
    ------
    InputError
        If the corpus is empty or no corpus (a path: read it with ``read_corpus`` first), ``tables`` are of another corpus,
        an option is out of range, or no file can be written at ``path``, which is looked at before anything else.
    """
    target = report_path(path)
    corpus = as_corpus(corpus)
    Resampling(level, n_resamples, seed)  # checked before the long work, not after
    if max_outlets < 1:
        raise InputError(f"max_outlets must be at least 1, got {max_outlets}")
    analyses: list[Analysis] = []
    if tables is None:
        tables = analyze_corpus(corpus, engine=engine, n_jobs=n_jobs, progress=progress, each=analyses.append)
    else:
        if set(tables.articles.index) != {article.id for article in corpus}:
            raise InputError("tables must be of this corpus: their article ids differ from those of the corpus")
        engines = tables.articles["engine"]
        analyses = [
            analyze(article, engine=engines[article.id], measures=tables.measures or None)
            for article in track(corpus, "Colouring", total=len(corpus), shown=progress)
        ]
    analyses.sort(key=lambda a: (a.article.outlet is None, a.article.outlet or "", str(a.article.date or "9999"), a.article.id))
    anchors = {found.article.id: f"a{number}" for number, found in enumerate(analyses, 1)}
    summary = summarise_corpus(corpus, tables, title=title, level=level, n_resamples=n_resamples, max_outlets=max_outlets, seed=seed)
    compared = [row["outlet"] for row in summary["facts"]["outlets"]]
    shown = tables.articles[tables.articles["outlet"].isin(compared)]
    charts = draw_charts(summary, shown, links={article_id: f"#{anchor}" for article_id, anchor in anchors.items()})
    written = page(summary, charts, analyses, anchors=anchors, version=metadata.version("media-framing"))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(written, encoding="utf-8", errors="replace", newline="\n")
    return target
