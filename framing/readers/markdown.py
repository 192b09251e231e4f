"""Markdown and text pages as people save them: headline, byline, date, captions, related links, notices, body."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from dataclasses import dataclass, field

from framing.article import Article, Paragraph, Role
from framing.errors import Problem
from framing.measuring.notices import whole_notice
from framing.readers.about import About, find_agency, notes, read_given_date
from framing.readers.blocks import Block, lines_of, split_blocks
from framing.readers.bylines import Byline, agency_name, read_byline, split_authors
from framing.readers.dates import EXAMPLES, find_date, is_date_line, note_order
from framing.readers.encoding import decode, note_mojibake
from framing.readers.files import Findings, Found, Options, Source
from framing.readers.frontmatter import FrontMatter, read_front_matter
from framing.readers.hosts import outlet_of
from framing.readers.markup import Markup, find_markup
from framing.readers.paragraphs import is_broken
from framing.readers.records import given_outlet
from framing.readers.roles import assign_roles
from framing.text import Span, blank

_SHORT = 1500  # only shorter paragraphs can be a byline, a caption, a link ...
_CREDIT_LENGTH = 8  # words in a credit that names neither a photographer nor an agency
_HEAD, _TAIL = 10, 4  # blocks from the top and from the end where bylines and dates stand

_URL = re.compile(r"<?(https?://[^\s<>]{3,2000}|www\.[^\s<>]{3,2000})>?")
_URL_LABEL = re.compile(
    r"(?:original(?:ly)? (?:url|link|article|source|published (?:at|on|in))|(?:canonical |article |source |page )?(?:url|link|permalink)"
    r"|(?:read )?(?:the )?(?:full |original )(?:story|article|text)(?: (?:at|on|here))?|source|saved from|retrieved from|available at"
    r"|archived (?:at|from)|via)\s*:?",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"(?:related(?: (?:articles?|stor(?:y|ies)|links?|news|coverage|content|reading|posts?|topics?))?|(?:also )?read (?:more|also|next|on)"
    r"|also read|read|see (?:also|more)|more (?:on|from|about|stories|news|coverage)\b[^:]{0,60}|further reading|keep reading"
    r"|what to read next|recommended(?: (?:stor(?:y|ies)|reading|for you))?|you (?:may|might) (?:also )?(?:like|be interested in)"
    r"|don[’']t miss|most (?:read|popular|viewed)|watch(?: (?:also|more|now))?|listen|explainer|in pictures|background|trending(?: now)?)",
    re.IGNORECASE,
)
_CREDIT_WORD = re.compile(
    r"(?:\b(?:photo(?:s|graph|grapher|graphy)?|images?|picture|courtesy|handout|getty|shutterstock|illustration|graphic|credit|file photo"
    r"|pool|stringer|screenshot|archive|alamy|wikimedia|flickr|istock|unsplash|epa|zuma)\b|©)",
    re.IGNORECASE,
)
_CREDIT_LABEL = re.compile(
    r"(?:photo(?:s|graph|graphy)?|image|picture|illustration|graphic|credit)s?(?: credit)?\s*(?::|by\b|/)", re.IGNORECASE
)
_CAPTION_LABEL = re.compile(r"(?:caption|file photo|photo caption|pictured|in (?:the|this) (?:photo|picture))\s*:", re.IGNORECASE)
_PERSON = r"[A-ZÀ-Þ][\w.'’-]{0,30}(?: [A-ZÀ-Þ][\w.'’-]{0,30}){0,4}"
_CREDIT_TAIL = re.compile(
    r"(?:[.!?][\"”’)]?|[)\]])\s{1,3}[(\[]?"
    r"(?:(?i:(?:file )?(?:photo|image|picture|photograph|illustration|credit)s?(?: by\b|:| credit:| courtesy| ?/))[^.]{2,80}"
    rf"|{_PERSON}(?:\s?[/|]\s?{_PERSON}){{1,3}}|©[^.]{{2,60}})[)\]]?\.?\Z"
)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*\Z")
_FOOTNOTE_STAR = re.compile(r"[\w.”\"’)]\*{1,3}(?=[\s.,;:!?)”\"’]|\Z)")


def read(source: Source, options: Options) -> Findings:
    """The article of one page. See :func:`read_page`."""
    decoded = decode(source.data)
    yield from decoded.problems(source.where)
    article, problems = read_page(decoded.text, where=source.where, article_id=source.stem, outlet=options.outlet)
    yield from problems
    if article is not None:
        yield Found(article)


@dataclass
class _Page:
    """A page while it is being read: its text, what each block is, and what the blocks told."""

    text: str
    blocks: list[Block]
    markup: Markup
    plain: str
    roles: list[Role | None] = field(default_factory=list)
    headline: str | None = None
    url: str | None = None
    date: dt.date | None = None
    date_doubt: str | None = None
    bylines: list[Byline] = field(default_factory=list)
    _words: dict[int, str] = field(default_factory=dict)

    def words(self, i: int) -> str:
        """The plain words of a short block; nothing of a long one."""
        if i not in self._words:
            span = self.blocks[i].span
            self._words[i] = " ".join(self.plain[span.start : span.end].split()) if len(span) <= _SHORT else ""
        return self._words[i]


def read_page(text: str, *, where: str, article_id: str, outlet: str | None = None) -> tuple[Article | None, list[Problem]]:
    """An article from the text of a Markdown or plain page, and the problems met.

    Parameters
    ----------
    text : str
        The page; ``Article.text`` is exactly this.
    where, article_id : str
        Name of the page in problems, and the id of its article unless its front matter has one.
    outlet : str, optional
        As the caller says; it wins over what the page says.

    Returns
    -------
    article : Article or None
        None if the page has no words.
    problems : list of Problem

    Notes
    -----
    Front matter wins over what stands in the page; the outlet is the caller's, else the front matter's, else the byline's, else the one
    of the page's url. A page without a date line has the date in the path of its url, if there is one. The span of a body paragraph
    holds an empty line where the page broke a sentence.

    Examples
    --------
    >>> page = "# Dockers return\\n\\nBy [CP](#)\\n\\nMarch 4, 2024\\n\\nDockers went back to work on Monday, the union said.\\n"
    >>> article, problems = read_page(page, where="page.md", article_id="page", outlet="The Sallow Tribune")
    >>> article.headline, article.agency, article.date.isoformat(), [p.role for p in article.paragraphs]
    ('Dockers return', 'CP', '2024-03-04', ['headline', 'byline', 'dateline', 'body'])
    """
    if not re.search(r"\w", text):
        return None, [Problem(where, "no words in it", article_id=article_id)]
    front = read_front_matter(text)
    page = _parse(text, front)
    _find_roles(page, front)
    paragraphs = _paragraphs(page, front)

    url = front.known.get("url") or page.url
    if url is None and str(front.known.get("outlet", "")).startswith("http"):
        url = front.known["outlet"]
    date, doubt = read_given_date(front.known.get("date"), None)
    date = date or page.date or read_given_date(None, url)[0]
    doubt = doubt or (page.date_doubt if date in (None, page.date) else None)
    if date is None and doubt is None:
        doubt = f"no date found; accepted are a line or a front matter field like {EXAMPLES}, or a url with the date in its path"
    authors, agency = split_authors([front.known["authors"]] if "authors" in front.known else [])
    for byline in page.bylines:
        authors = authors or byline.authors
        agency = agency or byline.agency
    given_agency = front.known.get("agency")
    agency = (agency_name(given_agency) or given_agency) if given_agency else agency or find_agency(page.plain, paragraphs)
    named = next((b.outlet for b in page.bylines if b.outlet), None)
    outlet = outlet or given_outlet(front.known.get("outlet"), "source") or named or outlet_of(url)
    headline = front.known.get("headline") or page.headline
    meta = front.other | ({"story": front.known["story"]} if "story" in front.known else {})
    about = About(headline, outlet, agency, authors, date, url, front.known.get("language"), meta)
    article = about.article(front.known.get("id") or article_id, text, paragraphs, markup=page.markup.marks)

    doubts = [doubt, note_mojibake(text)]
    if outlet is None:
        doubts.append(
            "no outlet found in the page and no url to take it from; give outlet=... (--outlet), or a front matter field 'outlet'"
        )
    if not article.spans():
        doubts.append("no paragraph of it is body text; the article is kept")
    return article, notes(where, [front.doubt], article.id, line=front.line) + notes(where, doubts, article.id)


def _parse(text: str, front: FrontMatter) -> _Page:
    blocks = split_blocks(text, front.span.end)
    markup = find_markup(text, (b.span for b in blocks if b.kind != "rule"))
    plain = blank(text, markup.marks)
    blocks = [piece for i, block in enumerate(blocks) for piece in _top_lines(text, plain, block, i)]
    block_marks: list[Span] = []
    stars_are_notes = bool(_FOOTNOTE_STAR.search(plain, front.span.end))
    for i, block in enumerate(blocks):
        alone = not any(0 <= j < len(blocks) and blocks[j].kind == "item" for j in (i - 1, i + 1))
        if block.kind == "item" and (alone or (stars_are_notes and text[block.span.start] == "*")):
            continue  # "* An extremist organisation banned in Calderra." is a footnote, and its star must stay to be seen
        block_marks += block.marks
    plain = blank(plain, block_marks)
    markup.marks = sorted(markup.marks + block_marks)
    blocks = _joined(plain, blocks)
    return _Page(text, blocks, markup, plain, roles=[None] * len(blocks))


def _top_lines(text: str, plain: str, block: Block, i: int) -> list[Block]:
    """A block as its single lines, if it stands at the top and one of them is a byline, a date or a web address."""
    if i > 3 or block.kind != "text" or len(block.span) > 800:
        return [block]
    lines = lines_of(text, block)
    words = [" ".join(line.span.of(plain).split()) for line in lines]
    if len(lines) > 1 and any(is_date_line(w) or _URL.fullmatch(w) or (len(w) <= 120 and read_byline(w)) for w in words):
        return lines
    return [block]


def _joined(plain: str, blocks: list[Block]) -> list[Block]:
    """Text and quote blocks put together where an empty line breaks a sentence."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        # Marks at the ends ("> ", "**") are blank in ``plain``; the sentence is judged without them.
        alike = last is not None and last.kind == block.kind and block.kind in ("text", "quote")
        if last and alike and is_broken(plain, last.span.trim(plain), block.span.trim(plain)):
            joined[-1] = Block(Span(last.span.start, block.span.end), block.kind)
        else:
            joined.append(block)
    return joined


def _find_roles(page: _Page, front: FrontMatter) -> None:
    """What Markdown and its position tell of each block; the rest stays None. Each step leaves alone what an earlier one settled."""
    _addresses(page)
    _find_headline(page, front.known.get("headline"))
    _bylines_and_dates(page)
    _related_links(page)
    _captions(page)
    _pull_quotes(page)


def _addresses(page: _Page) -> None:
    bare: list[str] = []
    n = len(page.blocks)
    for i, block in enumerate(page.blocks):
        if block.kind == "rule":
            page.roles[i] = "metadata"
            continue
        words = page.words(i)
        label = _URL_LABEL.match(words)
        address = _URL.fullmatch(words[label.end() :].strip() if label else words)
        if address:
            page.roles[i] = "metadata"
            url = address.group(1).rstrip(".,;")
            if label or (i and page.roles[i - 1] == "metadata" and _URL_LABEL.fullmatch(page.words(i - 1))):
                page.url = page.url or url
            elif i < 5 or i >= n - 5:
                bare.append(url)
        elif label and label.end() == len(words):
            target = re.search(r"\]\((https?://[^\s()]{3,2000})", block.span.of(page.text))
            if target:
                page.roles[i], page.url = "metadata", page.url or target.group(1)
            elif i + 1 < n and _URL.fullmatch(page.words(i + 1)):
                page.roles[i] = "metadata"
    page.url = page.url or (bare[-1] if bare else None)


def _find_headline(page: _Page, given: str | None) -> None:
    top = [i for i in range(min(8, len(page.blocks))) if page.roles[i] is None]
    body = next(
        (i for i in top if page.blocks[i].kind == "text" and len(page.blocks[i].span.of(page.plain)[:2000].split()) > 60), len(page.blocks)
    )
    top = [i for i in top if i < body]
    chosen = next((i for i in top if given and _same(page.words(i), given)), None)
    if chosen is None:
        headings = [
            i for i in top if page.blocks[i].kind == "heading" and page.words(i) and not _RELATED.fullmatch(page.words(i).rstrip(":"))
        ]
        chosen = min(headings, key=lambda i: (page.blocks[i].level, i), default=None)
    if chosen is None and given is None:
        chosen = _first_line(page, top)
    if chosen is None:
        return
    page.roles[chosen], page.headline = "headline", page.words(chosen)
    deck = chosen + 1
    if deck + 1 < len(page.blocks) and page.roles[deck] is None and (page.blocks[deck].kind == "heading" or _is_emphasised(page, deck)):
        beyond = page.words(deck + 1)
        if len(page.words(deck).split()) <= 60 and (is_date_line(beyond) or read_byline(beyond)) and not read_byline(page.words(deck)):
            page.roles[deck] = "headline"


def _same(words: str, other: str) -> bool:
    return bool(words) and _normal(words) == _normal(other)


def _normal(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.lower()))


def _first_line(page: _Page, top: list[int]) -> int | None:
    """The line that must be the headline of a page without headings: short, no sentence, above the byline or the body."""
    for i in top[:4]:
        words = page.words(i)
        if not words or is_date_line(words) or read_byline(words):
            continue
        beyond = page.words(i + 1) if i + 1 < len(page.blocks) else ""
        before_byline = is_date_line(beyond) or read_byline(beyond) is not None
        title_like = len(words) <= 200 and not words.endswith((".", ",", ";", ":")) and page.blocks[i].kind == "text"
        if title_like and i + 1 < len(page.blocks) and (before_byline or (len(words.split()) <= 30 and not _SENTENCE_END.search(words))):
            return i
        return None
    return None


def _bylines_and_dates(page: _Page) -> None:
    n = len(page.blocks)
    for i, block in enumerate(page.blocks):
        in_head, in_tail = i < _HEAD, i >= n - _TAIL
        if page.roles[i] or block.kind not in ("text", "heading") or not (in_head or in_tail):
            continue
        words = page.words(i)
        if is_date_line(words):
            page.roles[i] = "dateline"
            if (found := find_date(words)) and page.date is None:
                page.date, page.date_doubt = found[0], note_order(words[found[1] : found[2]])
        elif in_head and re.match(r"(?i)(?:date|published|posted)\s?(?:on\s?)?:", words) and len(words) <= 80:
            page.roles[i], page.date_doubt = "dateline", f"no date could be read from {words!r}; accepted are forms like {EXAMPLES}"
        elif len(words) <= 250 and (byline := read_byline(words)) and (in_head or words[:3].lower() == "by "):
            page.roles[i] = "byline"
            page.bylines.append(byline)
            page.date = page.date or byline.date


def _related_links(page: _Page) -> None:
    links = {link.span.start: link for link in page.markup.links}
    starts = sorted(links)
    under_label = False
    at = 0
    for i, block in enumerate(page.blocks):
        while at < len(starts) and starts[at] < block.span.start:
            at += 1
        mine = []
        while at < len(starts) and starts[at] < block.span.end:
            mine.append(links[starts[at]])
            at += 1
        words = page.words(i).lstrip("([»›→▶►•-–— ")
        if page.roles[i] or not words:
            under_label = under_label and page.roles[i] == "metadata"
            continue
        n_words = len(words.split())
        n_linked = sum(len(link.words.of(page.plain).split()) for link in mine)
        label = _RELATED.match(words)
        rest = words[label.end() :].lstrip() if label else words
        title_like = len(rest.split()) <= 25 and not _SENTENCE_END.search(rest)
        label_alone = label is not None and not rest.strip(":. ")
        labelled = label is not None and rest[:1] in tuple(":|–—-") and (n_linked >= 0.6 * len(rest.split()) or title_like)
        all_link = n_linked >= 0.9 * n_words and (n_words >= 3 or under_label or block.kind == "item")
        listed = under_label and block.kind in ("item", "text") and title_like
        if label_alone or labelled or all_link or listed:
            page.roles[i] = "related"
        under_label = label_alone or (under_label and page.roles[i] == "related")


def _captions(page: _Page) -> None:
    ends: dict[int, Span] = {}
    for span in page.markup.emphasis:
        ends[span.end] = span if span.end not in ends or span.start < ends[span.end].start else ends[span.end]
    pictures = {image.span.start for image in page.markup.images}
    at_top = True  # until the first paragraph in plain type; a notice set in italics or capitals may stand before it
    for i, block in enumerate(page.blocks):
        words = page.words(i)
        if page.roles[i] or block.kind not in ("text", "picture", "quote"):
            continue
        under_headline = at_top and "headline" in page.roles[:i]
        at_top = at_top and i < _HEAD and (block.kind == "picture" or _is_emphasised(page, i) or words.isupper())
        if block.kind == "picture":
            page.roles[i] = "caption" if words else "metadata"
        elif not words or len(words.split()) > 120:
            continue
        elif _is_credit_line(words):
            page.roles[i] = "credit"
        elif (
            any(start in pictures for start in (block.span.start, block.span.start + 1))
            or _CAPTION_LABEL.match(words)
            or _CREDIT_TAIL.search(words[-200:])
            or _ends_in_credit(page, block, ends, under_headline=under_headline)
            or (i and page.blocks[i - 1].kind == "picture" and _is_emphasised(page, i))
        ) and whole_notice(words) is None:
            page.roles[i] = "caption"


def _is_credit_line(words: str) -> bool:
    """ "Photo: Jane Roe / CP" and the like, alone on its line."""
    return len(words) <= 100 and bool(_CREDIT_LABEL.match(words)) and not _SENTENCE_END.search(words.rstrip("."))


def _ends_in_credit(page: _Page, block: Block, ends: dict[int, Span], *, under_headline: bool = False) -> bool:
    """A sentence with an emphasised credit behind it: "Dockers at the gate on Monday. **Jane Roe / CP**".

    ``under_headline``: right below headline, byline and date, where any few emphasised words behind a sentence are a credit ("**Harbour
    Office press service**").
    """
    last = next((ends[end] for end in (block.span.end, block.span.end - 1) if end in ends), None)
    if last is None or last.start <= block.span.start:
        return False
    before = page.plain[block.span.start : last.start].strip()
    credit = " ".join(page.plain[last.start : last.end].split()).strip("()[]. ")
    if len(before.split()) < 3 or not credit or len(credit) > 120:
        return False
    if under_headline and len(credit.split()) <= _CREDIT_LENGTH and _SENTENCE_END.search(before) and not re.search(r"[.!?…:;]", credit):
        return True
    parts = re.split(r"\s*[/|,]\s*", credit)
    named = bool(re.fullmatch(_PERSON, credit)) and bool(_SENTENCE_END.search(before)) and len(credit.split()) >= 2
    return named or bool(_CREDIT_WORD.search(credit)) or any(agency_name(part) for part in parts) or ("/" in credit and len(parts) <= 4)


def _is_emphasised(page: _Page, i: int) -> bool:
    """Whether a block stands in emphasis as a whole."""
    span = page.blocks[i].span
    at = bisect_left(page.markup.emphasis, Span(span.start, span.start))
    return at < len(page.markup.emphasis) and page.markup.emphasis[at] == span


def _pull_quotes(page: _Page) -> None:
    """Quotes, headings and emphasised paragraphs that repeat words of the body."""
    open_blocks = [i for i, role in enumerate(page.roles) if role is None]
    candidates = [
        i
        for i in open_blocks
        if page.words(i) and (page.blocks[i].kind in ("quote", "heading") or (page.blocks[i].kind == "text" and _is_emphasised(page, i)))
    ][:100]  # a page with more is no article, and each costs a search through the page
    if not candidates:
        return
    chosen = set(candidates)
    body = " \n ".join(_normal(page.blocks[i].span.of(page.plain)) for i in open_blocks if i not in chosen)
    for i in candidates:
        words = _normal(re.sub(r"\s[–—-]{1,2}\s?[^–—-]{2,60}$", "", page.words(i)))
        if len(words.split()) >= 4 and words in body:
            page.roles[i] = "pull_quote"


def _paragraphs(page: _Page, front: FrontMatter) -> list[Paragraph]:
    told = assign_roles(page.text, [block.span for block in page.blocks], headline=page.headline)
    paragraphs = [Paragraph(front.span, "metadata")] if len(front.span) else []
    for paragraph, role in zip(told, page.roles, strict=True):
        paragraphs.append(Paragraph(paragraph.span, role) if role else paragraph)
        if (
            role is None
            and paragraph.role == "byline"
            and len(paragraph.span) <= 300
            and (byline := read_byline(paragraph.span.of(page.plain)))
        ):
            page.bylines.append(byline)
    return paragraphs
