"""How sure a text sounds and whom it leaves out: hedges, boosters, passives without an agent, deeds turned into nouns.

A text is cut into words and what stands between them (``line``). What a word can start ("may", "no" of "no doubt", a form of "be", a noun
of action) depends on the word alone and is remembered, so that only those words are looked at with their neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence

from framing.article import Article
from framing.measuring.page import Page, as_page
from framing.measuring.wording.line import Line
from framing.measuring.wording.nominalisations import nominalisations
from framing.measuring.wording.passives import passives
from framing.measuring.wording.phrases import phrases
from framing.measuring.wording.types import KINDS, Kind, Wording
from framing.text import Span, merged, touched

__all__ = ["KINDS", "Kind", "Wording", "find_wording"]


def find_wording(article: Article | Page | str, *, outside: Sequence[Span] = ()) -> tuple[Wording, ...]:
    """Hedges, boosters, passives and nominalisations of the body, in text order.

    Parameters
    ----------
    article : Article, Page or str
        Of an article the body paragraphs are read.
    outside : sequence of Span, optional
        Stretches that do not count, such as quotations: what overlaps one is left out.

    Returns
    -------
    tuple of Wording
        One passage can have two ("is believed to": a hedge and a passive).

    Raises
    ------
    InputError
        If ``article`` is neither an Article nor a str.

    Notes
    -----
    *Hedge*: a word that withholds full commitment ("may", "reportedly", "about 20"). *Booster*: one that closes the question ("clearly",
    "no doubt"); "will" and the "must" of duty are none, "must have known" is. *Passive*: a form of "be" or "get", perhaps adverbs, and
    a past participle that tells of a deed; states ("was interested", "is based in", "were born") and participles without "be" ("the
    man shot by police") are left out. *Nominalisation*: a noun of action with its object behind "of" and nobody who does it: "the killing
    of", but neither "their killing of" nor "the killing of X by Y". Word lists in ``measuring/wording/*.tsv`` say what is in and why.

    The rules look at a few neighbours and know no grammar. Short texts contain few of any kind: rates over fewer than some thousand words
    are rough.

    References
    ----------
    Hyland (2005), Metadiscourse: exploring interaction in writing. Hedges and boosters; the lists differ from his as their heads say.
    Holmes (1984), Modifying illocutionary force.
    Fowler (1991), Language in the news: discourse and ideology in the press. Passives and nominalisations that leave out who acts.
    Fausey and Boroditsky (2010), Subtle linguistic cues influence perceived blame and financial liability.

    Examples
    --------
    >>> page = "Two dockers were shot. Mistakes were clearly made, and the killing of strikers may have been ordered by the ministry."
    >>> for one in find_wording(page):
    ...     print(one.kind, one.words, one.agent, sep=" | ")
    passive | were shot | False
    passive | were clearly made | False
    booster | clearly | None
    nominalisation | the killing of | None
    hedge | may | None
    passive | been ordered | True
    """
    page = as_page(article)
    text, out = page.text, merged(outside)
    line = Line(text, page.body)
    found = []
    for start, end, kind, agent in (*phrases(line), *passives(line), *nominalisations(line)):
        span = Span(line.starts[start], line.starts[end - 1] + len(line.words[end - 1]))
        if not touched(out, span):
            found.append(Wording(span, kind, " ".join(text[span.start : span.end].split()), agent))
    return tuple(sorted(found, key=lambda one: (one.span.start, one.span.end, one.kind)))
