"""A corpus as tidy tables that join on ``article_id``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal, get_args

import pandas as pd
from joblib import Parallel, delayed

from framing.article import Article, Corpus, as_corpus
from framing.english import sentence_at
from framing.errors import InputError, Problem
from framing.measuring.attribution import Engine, field_of
from framing.measuring.names import Name, join_names
from framing.measuring.stories import find_stories
from framing.measuring.tone import LABELS, UNSCORED, Tone, measure_tone
from framing.measuring.topics import TopicModel
from framing.progress import track
from framing.tables.analysis import Analysis, analyze, content_words
from framing.tables.safe_writing import write_csv
from framing.text import Span, count_words
from framing.text.escaping import html_table

Format = Literal["csv", "parquet"]


@dataclass(frozen=True, eq=False)
class Tables:
    """What was found in a corpus.

    Attributes
    ----------
    articles : DataFrame
        One row an article, indexed by ``article_id``: what is known about it and every measure.
    attributions, notices, paragraphs : DataFrame
        One row for each thing found, with ``article_id``, offsets and words.
    sentences : DataFrame
        One row a sentence of the body: who says most of its words (``voice``), how loaded it is and by which words.
    wording : DataFrame
        One row a hedge, booster, passive or nominalisation.
    mentions : DataFrame
        One row a mention of a target by name, with the tone of its sentence toward it and whose words these are (``voice``).
    targets : DataFrame
        One row an article and target, where targets are the names that most articles of the corpus hold: mean tone over the
        mentions, apart for the outlet's own words, with the sentence that speaks worst and the one that speaks best of it.
    problems : DataFrame
        What could not be read or measured; ``lost`` says whether an article was left out.
    """

    articles: pd.DataFrame
    attributions: pd.DataFrame
    notices: pd.DataFrame
    mentions: pd.DataFrame
    targets: pd.DataFrame
    sentences: pd.DataFrame
    wording: pd.DataFrame
    paragraphs: pd.DataFrame
    problems: pd.DataFrame

    def write(self, folder: str | Path, *, format: Format = "csv") -> Path:
        """Write each table to ``folder`` as ``<name>.csv`` or ``<name>.parquet``; ``problems`` is always a CSV.

        In CSV files a text that a spreadsheet might run as a formula gets a leading ``'``
        (:func:`framing.tables.safe_writing.original_cell` takes it off again). Parquet files hold the text unchanged.

        Raises
        ------
        InputError
            If ``format`` is unknown.
        """
        if format not in get_args(Format):
            raise InputError(f"format must be one of {', '.join(get_args(Format))}, got {format!r}")
        target = Path(folder)
        target.mkdir(parents=True, exist_ok=True)
        for table in fields(self):
            frame: pd.DataFrame = getattr(self, table.name)
            if format == "parquet" and table.name != "problems":
                frame.to_parquet(target / f"{table.name}.parquet")
            else:
                write_csv(frame, target / f"{table.name}.csv", index=frame.index.name is not None)
        return target

    def __repr__(self) -> str:
        sizes = ", ".join(f"{f.name} {len(getattr(self, f.name))}" for f in fields(self))
        return f"<Tables: {sizes}>"

    def _repr_html_(self) -> str:
        sizes = [(f.name, _ROWS[f.name], *getattr(self, f.name).shape) for f in fields(self)]
        shown = html_table(["table", "one row", "rows", "columns"], sizes, n_names=2)
        by_outlet = self.articles.groupby("outlet", dropna=False)
        means = by_outlet[["n_words", "n_attributions", "share_official", "polarity"]].mean()
        groups = zip(by_outlet.size().items(), means.to_numpy().tolist(), strict=True)
        rows = [[outlet if isinstance(outlet, str) else "(no outlet)", n, *(f"{v:.2f}" for v in values)] for (outlet, n), values in groups]
        caption = "Means of some measures by outlet" + (f" (the first 50 of {len(means):,})" if len(means) > 50 else "")
        return shown + html_table(["outlet", "articles", *means.columns], rows[:50], caption=caption)


_ROWS = {
    "articles": "an article: what is known of it, and every measure",
    "attributions": "somebody who is said to say something",
    "notices": "something printed that is not reported",
    "mentions": "a name in a sentence, with the tone toward it",
    "targets": "an article and one of the commonest names",
    "sentences": "a sentence of the body",
    "wording": "a hedge, booster, passive or nominalisation",
    "paragraphs": "a paragraph and what it is there for",
    "problems": "something that could not be read or measured",
}


def analyze_corpus(
    corpus: Corpus | Iterable[Article],
    *,
    stories: pd.Series | None = None,
    topics: TopicModel | None = None,
    engine: Engine = "encoder",
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
    engine : {"encoder", "fast", "rules"}
        See :func:`framing.analyze`.
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
        If the corpus is empty or no corpus, ``stories`` lacks articles, ``n_targets`` is below 0, or ``n_jobs`` is 0.
    """
    corpus = as_corpus(corpus)
    if n_jobs == 0:
        raise InputError("n_jobs must be a number of processes, or -1 for all cores; got 0")
    if isinstance(n_targets, bool) or not isinstance(n_targets, int) or n_targets < 0:
        raise InputError(f"n_targets must be a whole number, 0 or more, got {n_targets!r}")
    if not len(corpus):
        lost = "; ".join(str(p) for p in corpus.problems[:3])
        raise InputError(f"{corpus.name} holds no article to analyze{f' ({lost})' if lost else ''}")
    stories = find_stories(corpus) if stories is None else stories
    if missing := [a.id for a in corpus if a.id not in stories.index]:
        raise InputError(
            f"stories must name a story (or NaN) for every article; missing are {', '.join(missing[:3])} ({len(missing)} in all)"
        )
    if topics is None and len(corpus) >= 6:
        with suppress(InputError):  # too few words: nobody asked for topics
            topics = TopicModel(n_topics=min(10, max(2, len(corpus) // 3))).fit(corpus)

    shares = topics.transform(corpus) if topics is not None else pd.DataFrame(index=[a.id for a in corpus])
    shares_of: Any = shares.to_dict("index")
    doubts: dict[str | None, list[Problem]] = defaultdict(list)
    for problem in corpus.problems:
        doubts[problem.article_id].append(problem)

    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in ("articles", *_COLUMNS)}
    named: dict[str, tuple[Name, ...]] = {}
    analyses = _analyses(corpus, engine, n_jobs)
    for analysis in track(analyses, "Analyzing", total=len(corpus), shown=progress):
        story = stories[analysis.article.id]
        rows["articles"].append({**_about(analysis, story), **analysis.measures})
        keys = {"article_id": analysis.article.id, "outlet": analysis.article.outlet, "story": story}
        rows["attributions"] += [{**keys, **row} for row in _attribution_rows(analysis)]
        rows["notices"] += [{**keys, **row} for row in _notice_rows(analysis)]
        rows["mentions"] += [{**keys, **row} for row in _mention_rows(analysis)]
        rows["sentences"] += [{**keys, **row} for row in _sentence_rows(analysis)]
        rows["wording"] += [{**keys, **row} for row in _wording_rows(analysis)]
        named[analysis.article.id] = analysis.names
        rows["paragraphs"] += _paragraph_rows(analysis.article)
        if each:
            told = {"topics": shares_of[analysis.article.id], "problems": tuple(doubts[analysis.article.id])}
            each(replace(analysis, **told, story=None if pd.isna(story) else str(story)))
    articles = pd.DataFrame(rows["articles"]).set_index("article_id")
    articles["date"] = pd.to_datetime(articles["date"])
    joined = join_names(named)
    for row in rows["mentions"]:
        row["target"] = joined[row["article_id"]][row["target"]]
    found = {name: _frame(rows[name], columns) for name, columns in _COLUMNS.items()}
    return Tables(
        articles=articles.join(shares),
        targets=_targets(found["mentions"], n_targets),
        problems=problem_table(corpus.problems),
        **found,
    )


def _targets(mentions: pd.DataFrame, n_targets: int) -> pd.DataFrame:
    """Mentions of the names that most articles hold, summed up by article."""
    of_name = mentions.groupby("target").agg(n_articles=("article_id", "nunique"), n=("article_id", "size")).reset_index()
    most = of_name.sort_values(["n_articles", "n", "target"], ascending=[False, False, True])["target"].head(n_targets)
    mine = mentions[mentions["target"].isin(most)]
    rows = []
    for (article, target), here in mine.groupby(["article_id", "target"], sort=False):
        own = here[here["voice"] == "outlet"]
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
_ATTRIBUTION_COLUMNS = {
    **_KEYS,
    "number": "int64",
    **dict.fromkeys(("source", "cue", "content", "form", "speaker", "source_type", "expert_field"), "object"),
    "confidence": "float64",
    **dict.fromkeys(("stance", "side"), "object"),
    "metonym": "bool",
    **dict.fromkeys(("anonymity", "anonymity_reason"), "object"),
    "n_words": "int64",
    "content_polarity": "float64",
    "content_subjectivity": "float64",
    "content_n_scored": "int64",
    "start": "int64",
    "end": "int64",
    "sentence": "object",
}
_NOTICE_COLUMNS = {
    **_KEYS,
    **dict.fromkeys(("kind", "label", "subjects", "jurisdiction", "placement", "mandated"), "object"),
    "start": "int64",
    "end": "int64",
    "words": "object",
    "n_mentions": "int64",
}
_MENTION_COLUMNS = {
    **_KEYS,
    **dict.fromkeys(("target", "kind", "words"), "object"),
    "start": "int64",
    "end": "int64",
    **dict.fromkeys(("voice", "label"), "object"),
    **dict.fromkeys(("tone", *LABELS), "float64"),
    "sentence": "object",
}
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
_SENTENCE_COLUMNS = {
    **_KEYS,
    "number": "int64",
    "start": "int64",
    "end": "int64",
    "n_words": "int64",
    "voice": "object",
    "loaded": "float64",
    "loaded_words": "object",
    "sentence": "object",
}
_WORDING_COLUMNS = {
    **_KEYS,
    "kind": "object",
    "agent": "object",
    "words": "object",
    "voice": "object",
    "start": "int64",
    "end": "int64",
    "sentence": "object",
}
_PARAGRAPH_COLUMNS = {"article_id": "object", "number": "int64", "role": "object", "start": "int64", "end": "int64", "n_words": "int64"}
_COLUMNS = {
    "attributions": _ATTRIBUTION_COLUMNS,
    "notices": _NOTICE_COLUMNS,
    "mentions": _MENTION_COLUMNS,
    "sentences": _SENTENCE_COLUMNS,
    "wording": _WORDING_COLUMNS,
    "paragraphs": _PARAGRAPH_COLUMNS,
}
_PROBLEM_COLUMNS = {"where": "object", "line": "Int64", "article_id": "object", "reason": "object", "lost": "bool"}


def _frame(rows: list[dict[str, Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    """The same columns and types, whether or not there are rows."""
    return pd.DataFrame(rows, columns=list(columns)).astype(dict(columns))


def _analyses(corpus: Corpus, engine: Engine, n_jobs: int) -> Iterator[Analysis]:
    if n_jobs == 1:
        return (analyze(article, engine=engine) for article in corpus)
    found: Iterator[Analysis] = Parallel(n_jobs=n_jobs, return_as="generator")(delayed(analyze)(a, engine=engine) for a in corpus)
    return found


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


def _attribution_rows(analysis: Analysis) -> Iterator[dict[str, Any]]:
    article = analysis.article
    for number, a in enumerate(analysis.attributions):
        every = sorted(a.source + a.cue + a.content)
        yield {
            "number": number,
            "source": article.words_at(a.source),
            "cue": article.words_at(a.cue),
            "content": article.words_at(a.content),
            "form": a.form,
            "speaker": a.speaker,
            "source_type": a.source_type,
            "expert_field": field_of(article.words_at(a.source)) if a.source_type == "expert" else None,
            "confidence": a.confidence,
            "stance": a.stance,
            "side": a.side,
            "metonym": a.metonym,
            "anonymity": a.anonymity,
            "anonymity_reason": article.words_at(a.anonymity_reason) if a.anonymity_reason else None,
            "n_words": content_words(a, article),
            **_polarity(measure_tone(said, variant="news") if (said := article.words_at(a.content)) else UNSCORED),
            "start": every[0].start,
            "end": max(s.end for s in every),
            "sentence": article.words_at(sentence_at(analysis.sentences, (a.cue or a.content)[0].start) or Span(0, 0)),
        }


def _polarity(tone: Tone) -> dict[str, Any]:
    return {"content_polarity": tone.polarity, "content_subjectivity": tone.subjectivity, "content_n_scored": tone.n_scored}


def _mention_rows(analysis: Analysis) -> Iterator[dict[str, Any]]:
    article = analysis.article
    voices = analysis.voices_at([name.span.start for name in analysis.names])
    for name, target, voice in zip(analysis.names, analysis.targets, voices, strict=True):
        yield {
            "target": name.name,
            "kind": name.kind,
            "words": article.words_at(name.span),
            "start": name.span.start,
            "end": name.span.end,
            "voice": voice,
            "label": target.label,
            "tone": target.score,
            **{label: target.probabilities[label] for label in LABELS},
            "sentence": article.words_at(target.sentence),
        }


def _sentence_rows(analysis: Analysis) -> Iterator[dict[str, Any]]:
    article = analysis.article
    for number, sentence in enumerate(analysis.loaded.sentences):
        yield {
            "number": number,
            "start": sentence.span.start,
            "end": sentence.span.end,
            "n_words": count_words(article.plain, sentence.span),
            "voice": analysis.voice_of(sentence.span),
            "loaded": sentence.probability,
            "loaded_words": "; ".join(article.words_at(word) for word in sentence.words),
            "sentence": article.words_at(sentence.span),
        }


def _wording_rows(analysis: Analysis) -> Iterator[dict[str, Any]]:
    article = analysis.article
    voices = analysis.voices_at([w.span.start for w in analysis.wording])
    for w, voice in zip(analysis.wording, voices, strict=True):
        yield {
            "kind": w.kind,
            "agent": w.agent,
            "words": article.words_at(w.span),
            "voice": voice,
            "start": w.span.start,
            "end": w.span.end,
            "sentence": article.words_at(sentence_at(analysis.sentences, w.span.start) or w.span),
        }


def _notice_rows(analysis: Analysis) -> Iterator[dict[str, Any]]:
    for n in analysis.notices:
        yield {
            "kind": n.kind,
            "label": n.label,
            "subjects": "; ".join(n.subjects),
            "jurisdiction": n.jurisdiction,
            "placement": n.placement,
            "mandated": n.mandated,
            "start": n.span.start,
            "end": n.span.end,
            "words": analysis.article.words_at(n.span),
            "n_mentions": len(n.mentions),
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
