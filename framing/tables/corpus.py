"""A corpus as tidy tables that join on ``article_id``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
from joblib import Parallel, delayed

from framing.article import Article, Corpus, as_corpus
from framing.choices import FORMATS, Engine, Format
from framing.errors import InputError, Problem
from framing.measuring.measure import Measure
from framing.measuring.names import Name, joined_names
from framing.measuring.page import OUTLET, Page
from framing.measuring.stories import find_stories
from framing.measuring.tone import LABELS
from framing.measuring.topics import TopicModel
from framing.progress import track
from framing.tables.analysis import Analysis, analyze
from framing.tables.columns import checked
from framing.tables.safe_writing import write_csv
from framing.text import count_words
from framing.text.notebook import Rows, in_notebook


@dataclass(frozen=True, eq=False)
class Tables:
    """What was found in a corpus.

    Attributes
    ----------
    articles : DataFrame
        One row an article, indexed by ``article_id``: what is known about it and every measure.
    findings : mapping of str to DataFrame
        One table a measure that finds something, by its name: one row for each thing found, with ``article_id``, offsets and words. Each is
        an attribute too: ``attributions``, ``notices``, ``sentences`` (who says most of its words, how loaded it is), ``wording``,
        ``mentions`` (of names, with the tone of the sentence toward each and whose words these are), and those of your own measures.
    targets : DataFrame
        One row an article and target, where targets are the names that most articles of the corpus hold: mean tone over the
        mentions, apart for the outlet's own words, with the sentence that speaks worst and the one that speaks best of it.
    paragraphs : DataFrame
        One row a paragraph, with its role.
    problems : DataFrame
        What could not be read or measured; ``lost`` says whether an article was left out.
    """

    articles: pd.DataFrame
    findings: Mapping[str, pd.DataFrame]
    targets: pd.DataFrame
    paragraphs: pd.DataFrame
    problems: pd.DataFrame
    measures: tuple[Measure, ...] = ()

    def __getattr__(self, name: str) -> pd.DataFrame:
        findings = self.__dict__.get("findings", {})
        if name not in findings:
            raise AttributeError(f"no table {name!r}; there are {', '.join(self.all()) if findings else 'none'}")
        found: pd.DataFrame = findings[name]
        return found

    def all(self) -> dict[str, pd.DataFrame]:
        """Every table by its name."""
        return {
            "articles": self.articles,
            **self.findings,
            "targets": self.targets,
            "paragraphs": self.paragraphs,
            "problems": self.problems,
        }

    def write(self, folder: str | Path, *, format: Format = "csv") -> Path:
        """Write each table to ``folder`` as ``<name>.csv`` or ``<name>.parquet``; ``problems`` is always a CSV.

        In CSV files a text that a spreadsheet might run as a formula gets a leading ``'``
        (:func:`framing.tables.safe_writing.original_cell` takes it off again). Parquet files hold the text unchanged.

        Raises
        ------
        InputError
            If ``format`` is unknown.
        """
        if format not in FORMATS:
            raise InputError(f"format must be one of {', '.join(FORMATS)}, got {format!r}")
        target = Path(folder)
        target.mkdir(parents=True, exist_ok=True)
        for name, frame in self.all().items():
            if format == "parquet" and name != "problems":
                frame.to_parquet(target / f"{name}.parquet")
            else:
                write_csv(frame, target / f"{name}.csv", index=frame.index.name is not None)
        return target

    def __repr__(self) -> str:
        sizes = ", ".join(f"{name} {len(frame)}" for name, frame in self.all().items())
        return f"<Tables: {sizes}>"

    def _repr_html_(self) -> str:
        rows_of = _ROWS | {measure.table_name: measure.row for measure in self.measures}
        sizes = [(name, rows_of.get(name, ""), *frame.shape) for name, frame in self.all().items()]
        by_outlet = self.articles.groupby("outlet", dropna=False)
        told = [name for name in ("n_words", "n_attributions", "share_official", "polarity") if name in self.articles]
        means = by_outlet[told].mean()
        groups = zip(by_outlet.size().items(), means.to_numpy().tolist(), strict=True)
        rows = [[outlet if isinstance(outlet, str) else "(no outlet)", n, *(f"{v:.2f}" for v in values)] for (outlet, n), values in groups]
        caption = "Means of some measures by outlet" + (f" (the first 50 of {len(means):,})" if len(means) > 50 else "")
        return in_notebook(
            Rows(["table", "one row", "rows", "columns"], sizes, n_names=2),
            Rows(["outlet", "articles", *means.columns], rows[:50], caption=caption),
        )


_ROWS = {
    "articles": "an article: what is known of it, and every measure",
    "targets": "an article and one of the commonest names",
    "paragraphs": "a paragraph and what it is there for",
    "problems": "something that could not be read or measured",
}


def analyze_corpus(
    corpus: Corpus | Iterable[Article],
    *,
    stories: pd.Series | None = None,
    topics: TopicModel | None = None,
    engine: Engine = "encoder",
    measures: Iterable[Measure] | None = None,
    n_targets: int = 50,
    n_jobs: int = 1,
    progress: bool = False,
    each: Callable[[Analysis], object] | None = None,
) -> Tables:
    """Analyze every article and lay out what was found as tables.

    Parameters
    ----------
    corpus : Corpus or iterable of Article
    stories : Series, optional
        Story of each article, indexed by article id. :func:`find_stories` is asked if it is not given.
    topics : TopicModel, optional
        A fitted model. If not given, one is fitted on this corpus, with a topic for every third article and between 2 and 10
        in all; a corpus of fewer than six articles, or with fewer articles with known words than topics, gets none.
    engine : {"encoder", "fast", "rules"}, default "encoder"
        See :func:`framing.analyze`.
    measures : iterable of Measure, optional
        All of :func:`framing.measures` if not given. Add your own to them: each gives its columns and its table.
    n_targets : int
        Names that become targets: those that most articles hold. All names are in ``mentions``.
    n_jobs : int
        Processes; the result does not depend on it. -1 uses all cores.
    progress : bool
        Show a progress bar on standard error.
    each : callable, optional
        Called with every Analysis in corpus order, for example to write it out.

    Returns
    -------
    Tables

    Raises
    ------
    InputError
        If the corpus is empty or no corpus, ``stories`` lacks articles, ``n_targets`` is below 0, ``n_jobs`` is 0, or two measures have a
        name in common.
    """
    corpus = as_corpus(corpus)
    _check(corpus, n_targets, n_jobs)
    used = checked(measures)
    stories = _told_stories(corpus, stories)
    shares = _topic_shares(corpus, topics)
    shares_of: Any = shares.to_dict("index")
    doubts: dict[str | None, list[Problem]] = defaultdict(list)
    for problem in corpus.problems:
        doubts[problem.article_id].append(problem)

    met: list[Problem] = []  # in the articles, beside those of reading
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    named: dict[str, tuple[Name, ...]] = {}
    for analysis in track(_analyses(corpus, engine, used, n_jobs), "Analyzing", total=len(corpus), shown=progress):
        article = analysis.article
        story = stories[article.id]
        rows["articles"].append({**_about(analysis, story), **analysis.measures})
        keys = {"article_id": article.id, "outlet": article.outlet, "story": story}
        for measure in used:
            if measure.table_name:
                rows[measure.table_name] += [{**keys, **row} for row in measure.rows(analysis.page, analysis.found[measure.name])]
        named[article.id] = analysis.names
        doubts[article.id] += analysis.problems
        met += analysis.problems
        rows["paragraphs"] += _paragraph_rows(article)
        if each:
            told = {"topics": shares_of[article.id], "problems": tuple(doubts[article.id])}
            each(replace(analysis, **told, story=None if pd.isna(story) else str(story)))
    joined = joined_names(named)
    for table, column in JOINED.items():
        for row in rows[table]:
            one = joined[row["article_id"]].get(row[column])
            row[column], row[f"{column}_id"] = (one.name, one.id) if one else (row[column], None)
    articles = pd.DataFrame(rows["articles"]).set_index("article_id")
    articles["date"] = pd.to_datetime(articles["date"])
    findings = {measure.table_name: _frame(rows[measure.table_name], columns_of(measure)) for measure in used if measure.table_name}
    return Tables(
        articles=articles.join(shares),
        findings=findings,
        targets=_targets(findings["mentions"], n_targets) if "mentions" in findings else _frame([], _TARGET_COLUMNS),
        paragraphs=_frame(rows["paragraphs"], _PARAGRAPH_COLUMNS),
        problems=problem_table([*corpus.problems, *met]),
        measures=used,
    )


JOINED = {"mentions": "target", "attributions": "speaker"}
"""Columns that hold a name as the corpus knows it; beside each stands its id, which is the same for all its forms and in both tables."""


def columns_of(measure: Measure) -> dict[str, str]:
    """Columns of the table of a measure, with their types."""
    columns = _KEYS | measure.schema
    return columns | ({f"{JOINED[measure.table_name]}_id": "object"} if measure.table_name in JOINED else {})


def _check(corpus: Corpus, n_targets: int, n_jobs: int) -> None:
    if n_jobs == 0:
        raise InputError("n_jobs must be a number of processes, or -1 for all cores; got 0")
    if isinstance(n_targets, bool) or not isinstance(n_targets, int) or n_targets < 0:
        raise InputError(f"n_targets must be a whole number, 0 or more, got {n_targets!r}")
    if not len(corpus):
        lost = "; ".join(str(p) for p in corpus.problems[:3])
        raise InputError(f"{corpus.name} holds no article to analyze{f' ({lost})' if lost else ''}")


def _told_stories(corpus: Corpus, stories: pd.Series | None) -> pd.Series:
    """The story of every article: as given, else as found."""
    stories = find_stories(corpus) if stories is None else stories
    if missing := [a.id for a in corpus if a.id not in stories.index]:
        raise InputError(
            f"stories must name a story (or NaN) for every article; missing are {', '.join(missing[:3])} ({len(missing)} in all)"
        )
    return stories


def _topic_shares(corpus: Corpus, topics: TopicModel | None) -> pd.DataFrame:
    """Share of each topic by article; no column where there is no model and the corpus is too small for one."""
    if topics is None and len(corpus) >= 6:
        with suppress(InputError):  # too few words: nobody asked for topics
            topics = TopicModel(n_topics=min(10, max(2, len(corpus) // 3))).fit(corpus)
    return topics.transform(corpus) if topics is not None else pd.DataFrame(index=[a.id for a in corpus])


def _targets(mentions: pd.DataFrame, n_targets: int) -> pd.DataFrame:
    """Mentions of the names that most articles hold, summed up by article."""
    of_name = mentions.groupby("target").agg(n_articles=("article_id", "nunique"), n=("article_id", "size")).reset_index()
    most = of_name.sort_values(["n_articles", "n", "target"], ascending=[False, False, True])["target"].head(n_targets)
    mine = mentions[mentions["target"].isin(most)]
    rows = []
    for (article, target), here in mine.groupby(["article_id", "target"], sort=False):
        own = here[here["voice"] == OUTLET]
        worst, best = here.iloc[int(here["tone"].argmin())], here.iloc[int(here["tone"].argmax())]
        rows.append(
            {
                "article_id": article,
                "outlet": here["outlet"].iloc[0],
                "story": here["story"].iloc[0],
                "target": target,
                "kind": here["kind"].mode().iloc[0],
                "tone": here["tone"].mean(),
                "n_mentions": len(here),
                **{f"n_{label}": int((here["label"] == label).sum()) for label in LABELS},
                "tone_outlet": own["tone"].mean(),
                "n_outlet": len(own),
                "worst": worst["sentence"],
                "worst_start": worst["start"],
                "best": best["sentence"],
                "best_start": best["start"],
            }
        )
    return _frame(rows, _TARGET_COLUMNS)


def problem_table(problems: Iterable[Problem]) -> pd.DataFrame:
    """Problems as a table: where, line, article_id, reason, lost."""
    rows = [{"where": p.where, "line": p.line, "article_id": p.article_id, "reason": p.reason, "lost": p.lost} for p in problems]
    return _frame(rows, _PROBLEM_COLUMNS)


_KEYS = {"article_id": "object", "outlet": "object", "story": "object"}
_TARGET_COLUMNS = {
    **_KEYS,
    **dict.fromkeys(("target", "kind"), "object"),
    "tone": "float64",
    "n_mentions": "int64",
    **dict.fromkeys([f"n_{label}" for label in LABELS], "int64"),
    "tone_outlet": "float64",
    "n_outlet": "int64",
    "worst": "object",
    "worst_start": "int64",
    "best": "object",
    "best_start": "int64",
}
_PARAGRAPH_COLUMNS = {"article_id": "object", "number": "int64", "role": "object", "start": "int64", "end": "int64", "n_words": "int64"}
_PROBLEM_COLUMNS = {"where": "object", "line": "Int64", "article_id": "object", "reason": "object", "lost": "bool"}


def _frame(rows: list[dict[str, Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    """The same columns and types, whether or not there are rows."""
    return pd.DataFrame(rows, columns=list(columns)).astype(dict(columns))


def _analyses(corpus: Corpus, engine: Engine, used: Sequence[Measure], n_jobs: int) -> Iterator[Analysis]:
    if n_jobs == 1:
        yield from (analyze(article, engine=engine, measures=used) for article in corpus)
        return
    worked: Iterator[Worked] = Parallel(n_jobs=n_jobs, return_as="generator")(delayed(_worked)(article, engine, used) for article in corpus)
    yield from (Analysis(page, found, numbers, tuple(used), problems=page.problems()) for page, found, numbers in worked)


Worked = tuple[Page, Mapping[str, tuple[Any, ...]], dict[str, float]]


def _worked(article: Article, engine: Engine, measures: Sequence[Measure]) -> Worked:
    """An analysis as it is sent from process to process: without the measures."""
    done = analyze(article, engine=engine, measures=measures)
    return done.page, done.found, done.measures


def _about(analysis: Analysis, story: Any) -> dict[str, Any]:
    article = analysis.article
    return {
        "article_id": article.id,
        "outlet": article.outlet,
        "agency": article.agency,
        "headline": article.headline,
        "date": article.date,
        "url": article.url,
        "story": story,
        "language": article.language,
        "engine": analysis.engine,
        "first_source_type": analysis.first_source_type,
    }


def _paragraph_rows(article: Article) -> Iterator[dict[str, Any]]:
    for number, p in enumerate(article.paragraphs):
        yield {
            "article_id": article.id,
            "number": number,
            "role": p.role,
            "start": p.span.start,
            "end": p.span.end,
            "n_words": count_words(article.plain, p.span),
        }
