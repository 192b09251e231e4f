"""How each outlet writes and lets others speak, and how it speaks of the same people: tone by voice, tone toward targets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from framing.choices import SOURCE_TYPES
from framing.compare.bootstrap import Floats, HasTables
from framing.compare.options import Design, Resampling, check_free
from framing.compare.ratios import Grouped, grouped, ratios_of, table_of
from framing.errors import UnknownNameError, check_names
from framing.measuring.tone import LABELS, OUTLET


def voice_profile(
    tables: HasTables,
    *,
    by: str = "outlet",
    stories: pd.Series[Any] | None = None,
    level: float = Resampling.level,
    n_resamples: int = Resampling.n_resamples,
    seed: int = Resampling.seed,
) -> pd.DataFrame:
    """Tone of each outlet's own words apart from that of its sources' words, by kind of source.

    Parameters
    ----------
    tables : Tables
    by, stories, level, n_resamples, seed
        See :func:`source_profile`.

    Returns
    -------
    pandas.DataFrame
        One row a group and ``voice`` that has a scored word: "outlet" (what is ascribed to nobody), "sources" (all of them), each kind
        of source. Columns: polarity (-1 to 1, mean over the scored words, news variant), low, high (its interval), subjectivity
        (0 to 1), n_scored (words), n_articles (with a scored word of this voice). ``attrs`` holds ``level``, ``n_resamples`` and ``seed``.

    Raises
    ------
    UnknownNameError
        If there is no column ``by``.
    InputError
        If an option is out of range, article ids repeat, or no article has a group.

    Notes
    -----
    Sources' words are those ascribed to them, directly or not. Words count, not articles: who is quoted at length weighs more. Intervals
    draw whole stories with replacement, as :func:`framing.compare_outlets` does with
    ``interval="percentile"``. The words behind a number: ``Analysis.voice_words``.

    Examples
    --------
    >>> from framing import Article, analyze_corpus
    >>> page = Article("h", "The winter was grim. “We had wonderful help,” said Karla Voss, the interior minister.", outlet="Herald")
    >>> voice_profile(analyze_corpus([page], engine="fast"))[["outlet", "voice", "polarity", "n_scored"]]
       outlet     voice  polarity  n_scored
    0  Herald    outlet      -1.0         1
    1  Herald   sources       1.0         1
    2  Herald  official       1.0         1
    """
    design, resampling = Design(by, "attributions", stories=stories), Resampling(level, n_resamples, seed)
    check_free(by, ["voice", *_VOICE_NUMBERS])
    data = grouped(tables, design)
    own = data.articles.assign(
        polarity=data.articles["news_polarity_outlet"],
        subjectivity=data.articles["news_subjectivity_outlet"],
        n_scored=data.articles["news_n_scored_outlet"],
        article_id=data.articles.index,
    )
    said = data.rows.rename(columns={f"content_{name}": name for name in ("polarity", "subjectivity", "n_scored")})
    voices = {OUTLET: own, "sources": said} | {kind: said[said["source_type"] == kind] for kind in SOURCE_TYPES}
    parts = []
    for order, (voice, rows) in enumerate(voices.items()):
        rows = rows[rows["n_scored"] > 0]
        if rows.empty:
            continue
        n = rows["n_scored"].to_numpy(dtype=float)[:, None]
        scored = rows[["polarity", "subjectivity"]].to_numpy(dtype=float) * n
        found = ratios_of(data, rows, scored, n, resampling)
        part = pd.DataFrame(
            {
                by: data.names,
                "voice": voice,
                "polarity": found.estimate[:, 0],
                "low": found.low[:, 0],
                "high": found.high[:, 0],
                "subjectivity": found.estimate[:, 1],
                "n_scored": data.sums("n_scored", rows),
                "n_articles": data.numbers("article_id", rows),
                "_order": np.arange(len(data.names)) * len(voices) + order,
            }
        )
        parts.append(part[part["n_articles"] > 0])
    return table_of(parts, [by, "voice"], _VOICE_NUMBERS, resampling)


def target_profile(
    tables: HasTables,
    *,
    targets: Sequence[str] | None = None,
    by: str = "outlet",
    stories: pd.Series[Any] | None = None,
    level: float = Resampling.level,
    n_resamples: int = Resampling.n_resamples,
    seed: int = Resampling.seed,
) -> pd.DataFrame:
    """How each outlet speaks of the same people, organisations and places.

    Parameters
    ----------
    tables : Tables
    targets : sequence of str, optional
        Names as in ``tables.mentions["target"]``; those of ``tables.targets`` if not given.
    by, stories, level, n_resamples, seed
        See :func:`source_profile`.

    Returns
    -------
    pandas.DataFrame
        One row a target and group that names it, the most often named target first. Columns: ``target``, ``kind``, the group, tone
        (mean over mentions of the probability of positive less that of negative, -1 to 1), low, high (its interval), tone_outlet (in the
        outlet's own words), tone_sources (in words ascribed to sources or between
        quotation marks), share_negative, share_neutral, share_positive (of mentions, by
        their most probable label), n_mentions, n_outlet (in its own words), n_articles, n_stories. ``attrs`` as above.

    Raises
    ------
    UnknownNameError
        If there is no column ``by``, or a target is named nowhere.
    InputError
        If an option is out of range, article ids repeat, or no article has a group.

    Notes
    -----
    Only mentions by name count, not "he" or "the mayor". A mean over few mentions says little about an outlet: read the sentences,
    ``tables.mentions`` holds them. How far the tone of one sentence can be trusted: see the card ``target_tone``.

    Examples
    --------
    >>> from framing import Article, analyze_corpus
    >>> page = Article("h", "Nadia Orlo betrayed the dockers. Orlo lied to them again.", outlet="Herald")
    >>> tones = target_profile(analyze_corpus([page], engine="fast"))
    >>> tones[["target", "outlet", "share_negative", "n_mentions"]]
           target  outlet  share_negative  n_mentions
    0  Nadia Orlo  Herald             1.0           2
    """
    design, resampling = Design(by, "mentions", stories=stories), Resampling(level, n_resamples, seed)
    check_free(by, ["target", "kind", *_TARGET_NUMBERS])
    asked = None if targets is None else check_names("targets", targets)
    data = grouped(tables, design)
    parts = []
    for order, target in enumerate(_named(data, tables, asked)):
        rows = data.rows[data.rows["target"] == target]
        if rows.empty:
            continue
        labels = (rows["label"].to_numpy(dtype=object)[:, None] == np.array(LABELS, dtype=object)[None, :]).astype(float)
        own = (rows["voice"] == OUTLET).to_numpy(dtype=float)[:, None]
        tone = rows[["tone"]].to_numpy(dtype=float)
        ones = np.ones_like(own)
        values: Floats = np.hstack([tone, labels, tone * own, tone * (1 - own)])
        wholes: Floats = np.hstack([ones] * 4 + [own, 1 - own])
        found = ratios_of(data, rows, values, wholes, resampling)
        columns: dict[str, Any] = {
            "target": target,
            "kind": rows["kind"].mode().iloc[0],
            by: data.names,
            "tone": found.estimate[:, 0],
            "low": found.low[:, 0],
            "high": found.high[:, 0],
            "tone_outlet": found.estimate[:, 4],
            "tone_sources": found.estimate[:, 5],
            **{f"share_{label}": found.estimate[:, 1 + place] for place, label in enumerate(LABELS)},
            "n_mentions": np.bincount(rows["group"], minlength=len(data.names)),
            "n_outlet": data.sums("own", rows.assign(own=own)),
            "n_articles": data.numbers("article_id", rows),
            "n_stories": data.numbers("cluster", rows),
            "_order": order * len(data.names) + np.arange(len(data.names)),
        }
        frame = pd.DataFrame(columns)
        parts.append(frame[frame["n_mentions"] > 0])
    return table_of(parts, ["target", "kind", by], _TARGET_NUMBERS, resampling)


_VOICE_NUMBERS = {**dict.fromkeys(("polarity", "low", "high", "subjectivity"), "float64"), "n_scored": "int64", "n_articles": "int64"}
_TARGET_NUMBERS = {
    **dict.fromkeys(("tone", "low", "high", "tone_outlet", "tone_sources", *(f"share_{label}" for label in LABELS)), "float64"),
    **dict.fromkeys(("n_mentions", "n_outlet", "n_articles", "n_stories"), "int64"),
}


def _named(data: Grouped, tables: HasTables, asked: Sequence[str] | None) -> list[str]:
    """The targets, the most often named first: those asked for, or those of the table of targets."""
    sizes = data.rows["target"].value_counts()
    if asked is not None and (unknown := [name for name in dict.fromkeys(asked) if name not in sizes.index]):
        known = ", ".join(map(str, sizes.index[:10])) or "(none)"
        raise UnknownNameError(f"no article names {', '.join(map(repr, unknown))}; the most named are {known}")
    wanted = set(getattr(tables, "targets")["target"] if asked is None else asked)  # noqa: B009
    return sorted(wanted, key=lambda name: (-int(sizes.get(name, 0)), name))
