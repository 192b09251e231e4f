"""What each paragraph of a page is there for: headline, byline, caption, a link to another article, a notice ... or the report itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from framing.article import Paragraph, Role
from framing.measuring.notices.paragraphs import Surroundings
from framing.measuring.notices.whole_labels import whole_label
from framing.measuring.notices.wordings import MAX_CHARACTERS, Candidates, clean
from framing.readers.bylines import agency_credit
from framing.text import Span

FIRST, LAST = 6, 8  # paragraphs at either end where "first" and "ends" wordings of furniture.tsv may stand
_AGENCY_AMONG = 3  # an agency alone on a line stands among the first or last paragraphs
HEADLINE_AMONG = 3  # a headline repeated in the text stands among the first paragraphs
DECK_WORDS = 15  # words of a deck glued to it
HIGHLIGHTS = 4  # bullet points behind "Story highlights"
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\((?:[^()\s]|\([^()\s]{0,80}\)){0,600}\)")
_NOT_WORD = re.compile(r"[\W_]+")
_URL = re.compile(r"<?(?:https?://|www\.)\S+>?\Z")
_END = re.compile(r"[.!?…:;,][\"”’')\]*_]*\Z")


def assign_roles(text: str, blocks: Sequence[Span], *, headline: str | None = None) -> tuple[Paragraph, ...]:
    """What each block of a plain page or table cell is there for.

    Parameters
    ----------
    text : str
    blocks : sequence of Span
        Paragraphs of ``text``, in order, such as :func:`framing.text.paragraph_spans` gives.
    headline : str, optional
        The headline where it is known from elsewhere, so that its repetition in the text is known for what it is.

    Returns
    -------
    tuple of Paragraph
        One for each block, with the block's span.

    Notes
    -----
    Whatever no rule claims is body. Every rule needs a wording or a form that reports hardly have, since a body paragraph taken for
    furniture is lost to every measure, while furniture left in the body adds a few words. A note on the writer ("Ada Finn is a fellow
    at ...") is a ``notice`` (kind ``author_bio``), not a byline: it says who writes, but also what they do, at any length, and
    bylines are read for names. Words are known in English only; dates and addresses in other languages too.

    Examples
    --------
    >>> page = "By Mira Sand\\n\\nThe port reopened.\\n\\nRelated: Five quiet beaches\\n\\n(Reporting by Mira Sand)"
    >>> from framing.text import paragraph_spans
    >>> [p.role for p in assign_roles(page, paragraph_spans(page))]
    ['byline', 'body', 'related', 'notice']
    """
    authors: list[str] = []
    around = Surroundings(text, blocks, authors)
    furniture = Candidates(around.lowered, blocks, "measuring/notices/furniture", beginnings=around.candidates.beginnings)
    wanted = _plain(headline) if headline else ""
    roles: list[Role] = []
    highlights = 0
    at_head = True  # no body paragraph met yet
    for number, block in enumerate(blocks):
        role = _role(number, around, furniture, wanted, highlights, at_head=at_head)
        if role == "headline" and block.of(text)[:20].lower().startswith("story highlights"):
            highlights = HIGHLIGHTS
        else:
            highlights = highlights - 1 if role == "headline" else 0
        at_head = at_head and role != "body"
        if role == "byline":
            authors.append(block.of(text))
        roles.append(role)
    _find_headline(text, blocks, roles, known=bool(wanted))
    _find_pull_quotes(text, blocks, roles)
    return tuple(Paragraph(block, role) for block, role in zip(blocks, roles, strict=True))


def _role(number: int, around: Surroundings, furniture: Candidates, headline: str, highlights: int, *, at_head: bool) -> Role:
    block, n = around.spans[number], len(around.spans)
    if len(block) > MAX_CHARACTERS:
        return "body"
    raw = block.of(around.text)
    if not raw.strip():
        return "metadata"
    if headline and number < HEADLINE_AMONG and _repeats(raw, headline):
        return "headline"
    words = clean(_LINK.sub(r"\1", raw) if "](" in raw else raw)
    if highlights > 0 and not _END.search(words) and len(words.split()) <= 25:
        return "headline"
    if not words or _URL.fullmatch(words):
        return "metadata"
    lowered = words.lower()
    n_words = lowered.count(" ") + 1
    quoted = words[0] in '"“'
    for wording in furniture.of(number):
        edge = wording.edge
        if (edge == "first" and number >= FIRST) or (edge == "ends" and FIRST <= number < n - LAST):
            continue
        if quoted and wording.kind not in ("caption", "related"):
            continue
        if n_words <= wording.max_words and any(need in lowered for need in wording.needs) and wording.fits(words, n_words):
            role: Role = wording.kind  # type: ignore[assignment]
            return role
    if n_words <= 12 and (number < _AGENCY_AMONG or number >= n - _AGENCY_AMONG) and agency_credit(words):
        return "byline" if at_head else "credit"
    kind = around.kind(number)
    if kind is not None:
        return "promo" if kind == "promo" else "notice"
    label = whole_label(raw) if around.may_label else None
    if label and (label.set_apart or at_head or number < 2 or number >= n - 5):
        return "notice"
    return "body"


def _plain(words: str) -> str:
    return _NOT_WORD.sub(" ", words).casefold().strip()


def _repeats(raw: str, headline: str) -> bool:
    """Whether a block is the headline, alone or with a short deck behind it."""
    if len(raw) > 600:
        return False
    block = _plain(_LINK.sub(r"\1", raw))
    if block == headline:
        return True
    more = block[len(headline) :]
    return len(headline.split()) >= 4 and block.startswith(headline + " ") and len(more.split()) <= DECK_WORDS


def _find_headline(text: str, blocks: Sequence[Span], roles: list[Role], *, known: bool) -> None:
    """A first line marked as one ("# ..."), or one without a full stop right above a byline or date."""
    if "headline" in roles or not blocks:
        return
    for number, block in enumerate(blocks[:2]):
        raw = block.of(text) if len(block) < 400 else ""
        if roles[number] == "body" and re.match(r"\s{0,3}#{1,2}\s+\S", raw):
            roles[number] = "headline"
            return
    first = " ".join(blocks[0].of(text).split()) if len(blocks[0]) < 300 else ""
    if known or len(blocks) < 3 or roles[0] != "body" or not first:
        return
    if roles[1] in ("byline", "dateline") and len(first.split()) <= 25 and (not _END.search(first) or first[-1] in "?!'’\"”"):
        roles[0] = "headline"


def _find_pull_quotes(text: str, blocks: Sequence[Span], roles: list[Role]) -> None:
    """Short quotations set as paragraphs whose words the report has elsewhere too."""
    tried = 0
    for number, block in enumerate(blocks):
        if roles[number] != "body" or not 25 <= len(block) <= 300 or text[block.start] not in "\"“>'‘*":
            continue
        inner = block.of(text).strip(" \"“”'‘’>*_.,\n")
        if len(inner.split()) < 6 or '"' in inner or "”" in inner:
            continue
        tried += 1
        if tried > 30:
            return
        at = text.find(inner)
        while at >= 0 and block.start <= at < block.end:
            at = text.find(inner, block.end)
        if at >= 0:
            roles[number] = "pull_quote"
