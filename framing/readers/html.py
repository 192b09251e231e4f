"""Saved web pages: the text by trafilatura, the metadata from JSON-LD and meta tags."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import re
from collections import deque
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from framing.article import Article, Paragraph, Role
from framing.errors import Problem, ReadingError
from framing.readers.about import About, find_agency, notes, read_given_date
from framing.readers.bylines import Byline, agency_name, read_byline, split_authors
from framing.readers.cells import as_list, as_words, parse_json
from framing.readers.dates import EXAMPLES, find_date, is_date_line, note_order, read_date
from framing.readers.encoding import decode, note_mojibake
from framing.readers.files import Findings, Found, Options, Source
from framing.readers.hosts import outlet_of
from framing.readers.roles import assign_roles
from framing.text import Span

_CHARSET = re.compile(
    rb"<meta[^<>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w.:-]{2,40})|<\?xml[^<>]{0,100}?encoding=[\"']([\w.:-]{2,40})", re.IGNORECASE
)
_SAVED_FROM = re.compile(r"<!--\s{0,5}saved from url=(?:\(\d{1,6}\))?(https?://[^\s<>]{3,2000})", re.IGNORECASE)
_ARTICLE_TYPES = re.compile(r"(?:Article|BlogPosting|Report|Review|NewsItem|Posting)$")
_HOLDERS = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart")
_PERIODICAL = frozenset(
    {"Newspaper", "Periodical", "NewsMediaOrganization", "WebSite", "PublicationIssue", "PublicationVolume", "CreativeWork", "Product"}
)
_DATES = (
    *(
        "article:published_time",
        "og:article:published_time",
        "datepublished",
        "date",
        "pubdate",
        "publishdate",
        "publish-date",
        "publish_date",
        "publication_date",
    ),
    *(
        "parsely-pub-date",
        "sailthru.date",
        "dc.date.issued",
        "dc.date",
        "dcterms.date",
        "dcterms.issued",
        "citation_publication_date",
        "cxenseparse:recs:publishtime",
    ),
)
_AUTHORS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "citation_author", "byl", "cxenseparse:author")
_OUTLETS = ("og:site_name", "citation_journal_title", "dc.publisher", "publisher", "application-name")
_MAX_DEPTH = 250  # trafilatura's parser drops what is nested deeper than 255
_MAX_INLINE = 3000  # in one element; trafilatura's time grows with the square of it
_INLINE = frozenset(
    {"a", "abbr", "b", "cite", "code", "del", "em", "font", "i", "ins", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u"}
)
_BELOW_HEADLINE = 40  # elements behind the h1 in which the lines with the date and the authors stand
_KEPT = frozenset({"body", "div", "th", "li", "section", "article", "main", "blockquote", "figcaption", "dd"})
_APART = frozenset({"nav", "header", "footer", "aside", "script", "style", "noscript", "form", "figure", "select", "template"})


def read(source: Source, options: Options) -> Findings:
    """The article of one web page. See :func:`read_page`."""
    charset = _CHARSET.search(source.data[:4096])
    declared = (charset.group(1) or charset.group(2)).decode("ascii") if charset else None
    decoded = decode(source.data, declared=declared)
    yield from decoded.problems(source.where)
    article, problems = read_page(decoded.text, where=source.where, article_id=source.stem, outlet=options.outlet)
    yield from problems
    if article is not None:
        yield Found(article)


def read_page(page: str, *, where: str, article_id: str, outlet: str | None = None) -> tuple[Article | None, list[Problem]]:
    """An article from the source of a web page, and the problems met.

    ``Article.text`` is the text trafilatura extracts, paragraphs parted by empty lines, and all offsets point into it, not into the
    page: tags, menus and captions are not in it. Where trafilatura finds nothing, JSON-LD's ``articleBody`` is taken, else all paragraphs
    of the page, with a problem that says so.

    Metadata come from JSON-LD (``headline``, ``datePublished``, ``author``, ``publisher``, ``isPartOf``), then meta tags, then the page
    itself (``h1``, ``time``, lines like "5 March 2024 by Max Penn" behind the ``h1``, ``link rel=canonical``). A newspaper or site
    named as ``isPartOf`` is the outlet before the publisher, which may be the firm that owns it.

    Returns
    -------
    article : Article or None
        None if no text was found.
    problems : list of Problem

    Raises
    ------
    ReadingError
        If the page holds no element at all.
    """
    tree = _parse(page)
    deepest, widest = _shape(tree)
    if deepest <= _MAX_DEPTH and widest <= _MAX_INLINE and _part_at_breaks(tree):
        page = etree.tostring(tree, encoding="unicode", method="html")
    linked = _linked_data(tree)
    about, doubt = _about(tree, page, linked, outlet)
    text, quotes = _extract(page) if widest <= _MAX_INLINE else ("", [])
    loose = None
    if not re.search(r"\w", text) and linked.get("body"):
        text, quotes = linked["body"], []
    elif not re.search(r"\w", text):
        text, quotes = _extract_all(tree)
        loose = "the main text could not be told from the rest of the page; all its paragraphs are taken"
    deep = f"tags are nested deeper than {_MAX_DEPTH}; what stands deeper may be missing" if deepest > _MAX_DEPTH else None
    if not re.search(r"\w", text):
        return None, [Problem(where, "no article text found in the page" + (f"; {deep}" if deep else ""), article_id=article_id)]
    paragraphs = _paragraphs(text, quotes, about.headline)
    if not about.authors:
        bylines = (read_byline(p.span.of(text)[:300]) for p in paragraphs[:6] if p.role == "byline")
        about.authors = next((byline.authors for byline in bylines if byline and byline.authors), ())
    about.agency = about.agency or linked.get("agency") or find_agency(text, paragraphs)
    nowhere = "no outlet found in JSON-LD, meta tags or a canonical url; give outlet=... (--outlet)" if about.outlet is None else None
    return about.article(article_id, text, paragraphs), notes(where, [doubt, loose, deep, note_mojibake(text), nowhere], article_id)


def _about(tree: Any, page: str, linked: dict[str, Any], outlet: str | None) -> tuple[About, str | None]:
    """What the page says of the article outside its text, and what to tell of the date. ``outlet`` as the caller says."""
    tags = _meta_tags(tree)
    headline = (
        linked.get("headline") or tags.get("og:title") or tags.get("twitter:title") or _first(tree, "//h1") or _first(tree, "//title")
    )
    canonical = next((href for href in tree.xpath("//link[@rel='canonical']/@href") if str(href).startswith("http")), None)
    saved = _SAVED_FROM.search(page[:5000])
    url = as_words(canonical or tags.get("og:url") or linked.get("url") or (saved.group(1) if saved else None))

    given = linked.get("date") or next((tags[name] for name in _DATES if name in tags), None)
    date, doubt = read_given_date(given, None)
    printed, printed_doubt = _below_headline(tree)
    date = date or _time_in_page(tree)
    if date is None and printed.date:
        date, doubt = printed.date, printed_doubt
    date = date or read_given_date(None, url)[0]
    if date is None and doubt is None:
        doubt = f"no date found in JSON-LD, meta tags, <time>, a line below the headline or the url; accepted are forms like {EXAMPLES}"
    authors, agency = split_authors(
        linked.get("authors") or [tags[name] for name in _AUTHORS if name in tags and "://" not in tags[name]][:1]
    )
    if not authors and not agency:
        authors, agency = printed.authors, printed.agency
    outlet = outlet or linked.get("outlet") or next((tags[name] for name in _OUTLETS if tags.get(name)), None) or outlet_of(url)
    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or linked.get("language") or tags.get("og:locale")
    meta = {name: value for name in ("section", "keywords") if (value := linked.get(name) or tags.get(f"article:{name}"))}
    return About(headline, outlet, agency, authors, date, url, language, meta), doubt


def _parse(page: str) -> Any:
    try:
        # As bytes: lxml refuses a str that declares an encoding.
        return lxml_html.document_fromstring(page.encode("utf-8", "replace"), parser=lxml_html.HTMLParser(encoding="utf-8", huge_tree=True))
    except (etree.LxmlError, ValueError) as error:
        raise ReadingError(f"not HTML ({error})") from error


def _shape(tree: Any) -> tuple[int, int]:
    """How deep the tags are nested, and the largest number of inline tags in one element."""
    deepest = widest = 0
    counts: list[int] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            if counts and element.tag in _INLINE:
                counts[-1] += 1
            counts.append(0)
            deepest = max(deepest, len(counts))
        else:
            widest = max(widest, counts.pop())
    return deepest, widest


def _part_at_breaks(tree: Any) -> bool:
    """Makes paragraphs of the lines that two line breaks part (``<br><br>``); whether there were any."""
    parents = {
        br.getparent(): None
        for br in tree.iter("br")
        if (after := br.getnext()) is not None and after.tag == "br" and not (br.tail or "").strip()
    }
    for parent in parents:
        for cell in itertools.chain([parent], parent.iterancestors("td", "tr", "tbody", "table")) if parent.tag not in _KEPT else ():
            cell.tag = "div"  # of a table, too: paragraphs in its cells mean that it is there for the layout
        children = list(parent)
        paragraph = etree.Element("p")
        paragraph.text, parent.text = parent.text, None
        paragraphs, breaks = [paragraph], 0
        for child in children:
            tail, child.tail = child.tail or "", None
            parent.remove(child)
            if child.tag == "br":
                breaks += 1
            if child.tag == "br" and not tail.strip():
                continue
            is_block = isinstance(child.tag, str) and child.tag not in _INLINE and child.tag not in ("br", "img", "time", "wbr")
            if is_block:
                paragraphs.append(child)
            if is_block or breaks > 1:
                paragraph = etree.Element("p")
                paragraphs.append(paragraph)
            elif breaks:
                etree.SubElement(paragraph, "br")
            breaks = 0
            if is_block or child.tag == "br":
                last = next(reversed(paragraph), None)
                if last is None:
                    paragraph.text = tail
                else:
                    last.tail = tail
            else:
                child.tail = tail
                paragraph.append(child)
        for piece in paragraphs:
            links = piece.findall("a") if piece.tag == "p" else []
            if len(links) > 1 and sum(len("".join(link.itertext())) for link in links) > 0.7 * len("".join(piece.itertext()).strip()):
                piece.tag = "nav"
            parent.append(piece)
    return bool(parents)


def _below_headline(tree: Any) -> tuple[Byline, str | None]:
    """Date and authors from the short lines behind the first ``h1``, and what to tell of the date."""
    behind = itertools.dropwhile(lambda element: element.tag != "h1", tree.iter())
    found = Byline()
    doubt = None
    for element in itertools.islice(behind, 1, _BELOW_HEADLINE):
        if not isinstance(element.tag, str) or not element.tag.isalnum() or len("".join(itertools.islice(element.itertext(), 60))) > 250:
            continue
        around = itertools.chain([element], itertools.islice(element.iterancestors(), _MAX_DEPTH))
        if any(near.tag in _APART and near.tag != "header" for near in around):
            continue
        for line in _words(element).split("\n"):
            byline = Byline(date=read_date(line)) if is_date_line(line) else read_byline(line) if "by " in line.lower()[:120] else None
            if byline:
                if found.date is None and byline.date:
                    at = find_date(line)
                    doubt = note_order(line[at[1] : at[2]] if at else line)
                found = Byline(found.authors or byline.authors, found.agency or byline.agency, date=found.date or byline.date)
    return found, doubt


def _first(tree: Any, path: str) -> str | None:
    for element in tree.xpath(path):
        words = " ".join("".join(element.itertext()).split())
        if words:
            return words
    return None


def _meta_tags(tree: Any) -> dict[str, str]:
    tags: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        content = " ".join((element.get("content") or "").split())
        if name and content:
            tags.setdefault(name, content)
    return tags


def _time_in_page(tree: Any) -> dt.date | None:
    for element in tree.iter("time"):
        date = read_date(element.get("datetime") or " ".join("".join(element.itertext()).split()))
        if date:
            return date
    return None


def _linked_data(tree: Any) -> dict[str, Any]:
    """What the page's JSON-LD says of the article, under the names used here."""
    objects = [found for script in tree.xpath("//script[contains(@type, 'ld+json')]") for found in _objects(script.text or "")]
    by_id = {found["@id"]: found for found in objects if isinstance(found.get("@id"), str) and len(found) > 1}
    article = next((found for found in objects if any(_ARTICLE_TYPES.search(kind) for kind in _types(found))), None)
    if article is None:
        return {}

    def whole(value: Any) -> Any:
        if isinstance(value, list):
            return [whole(item) for item in value]
        return by_id.get(value["@id"], value) if isinstance(value, dict) and isinstance(value.get("@id"), str) else value

    def name_of(value: Any) -> str | None:
        value = whole(value)
        if isinstance(value, list):
            return next((name for item in value if (name := name_of(item))), None)
        return as_words(value.get("name") if isinstance(value, dict) else value)

    publisher = name_of(article.get("publisher"))
    part_of = whole(article.get("isPartOf"))
    parts = part_of if isinstance(part_of, list) else [part_of]
    periodical = next((name_of(p) for p in parts if isinstance(p, dict) and _PERIODICAL.intersection(_types(p)) and name_of(p)), None)
    page = article.get("mainEntityOfPage")
    sources = (name_of(article.get(name)) for name in ("sourceOrganization", "provider", "copyrightHolder", "creditText"))
    found = {
        "headline": " ".join((as_words(article.get("headline") or article.get("name")) or "").split()),
        "date": as_words(article.get("datePublished") or article.get("dateCreated")),
        "authors": as_list(whole(article.get("author") or article.get("creator"))),
        "outlet": (None if periodical and periodical == article.get("headline") else periodical) or publisher,
        "agency": next((agency for name in sources if name and (agency := agency_name(name))), None),
        "url": as_words(article.get("url")) or as_words(page.get("@id") if isinstance(page, dict) else page),
        "language": as_words(article.get("inLanguage")) if isinstance(article.get("inLanguage"), str) else None,
        "section": as_words(article.get("articleSection")),
        "keywords": as_words(article.get("keywords")),
        "body": as_words(article.get("articleBody")),
    }
    return {name: value for name, value in found.items() if value}


def _objects(script: str) -> Iterator[dict[str, Any]]:
    script = re.sub(r"^\s{0,1000}(?://\s?)?<!(?:\[CDATA\[|--)|(?://\s?)?(?:\]\]>|-->)\s{0,1000}$", "", script.strip()).strip()
    try:
        waiting = deque([parse_json(script, strict=False)])
    except (json.JSONDecodeError, RecursionError):
        return
    while waiting:
        value = waiting.popleft()
        if isinstance(value, list):
            waiting.extendleft(reversed(value))
        elif isinstance(value, dict):
            yield value
            waiting += [inner for name in _HOLDERS if isinstance(inner := value.get(name), (dict, list))]


def _types(found: dict[str, Any]) -> list[str]:
    kind = found.get("@type")
    return [kind] if isinstance(kind, str) else [k for k in kind if isinstance(k, str)] if isinstance(kind, list) else []


def _extract(page: str) -> tuple[str, list[Span]]:
    """The main text with its paragraphs parted by empty lines, and the spans of its block quotes."""
    from trafilatura import bare_extraction  # takes longer to import than all the rest

    document = bare_extraction(page, with_metadata=False, include_comments=False)
    body = getattr(document, "body", None)
    leaves: list[tuple[Any, bool]] = []
    for element in () if body is None else body:
        inner = element.findall(".//item") if element.tag == "list" else element.findall(".//row") if element.tag == "table" else []
        leaves += [(leaf, element.tag == "quote") for leaf in inner or [element]]
    return _join(leaves)


def _extract_all(tree: Any) -> tuple[str, list[Span]]:
    """All paragraphs, headings, list items and quotes of a page that trafilatura cannot take, whatever they are there for."""
    leaves: list[tuple[Any, bool]] = []
    for element in tree.iter("p", "h1", "h2", "h3", "li", "blockquote"):
        around = {above.tag for above in itertools.islice(element.iterancestors(), _MAX_DEPTH)}
        if not around & _APART and next(element.iterchildren("p", "li", "ul", "ol"), None) is None:
            leaves.append((element, element.tag == "blockquote" or "blockquote" in around))
    return _join(leaves)


def _join(leaves: list[tuple[Any, bool]]) -> tuple[str, list[Span]]:
    pieces: list[str] = []
    quotes: list[Span] = []
    at = 0
    for leaf, is_quote in leaves:
        words = _words(leaf)
        if words:
            if is_quote:
                quotes.append(Span(at, at + len(words)))
            pieces.append(words)
            at += len(words) + 2
    return "\n\n".join(pieces), quotes


def _words(element: Any) -> str:
    pieces = []
    for inner in element.iter():
        pieces += ["\n" if inner.tag in ("lb", "br") else " " if inner.tag in ("cell", "p", "item") else "", inner.text or ""]
        if inner is not element:
            pieces.append(inner.tail or "")
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _paragraphs(text: str, quotes: list[Span], headline: str | None) -> tuple[Paragraph, ...]:
    at, spans = 0, []
    for piece in re.split(r"\n\n+", text):
        spans.append(Span(at, at + len(piece)))
        at += len(piece) + 2
    spans = [span for span in spans if len(span)]
    normal = {span: " ".join(re.findall(r"\w+", span.of(text).lower())) for span in quotes[:100]}
    body = " \n ".join(" ".join(re.findall(r"\w+", span.of(text).lower())) for span in spans if span not in normal) if normal else ""
    repeated = {span for span, words in normal.items() if len(words.split()) >= 4 and words in body}
    told = assign_roles(text, spans, headline=headline)
    top = {p.span: role for p in told[:6] if p.role == "body" and (role := _line_role(p.span.of(text)[:300]))}
    return tuple(Paragraph(p.span, "pull_quote" if p.span in repeated else top.get(p.span, p.role)) for p in told)


def _line_role(line: str) -> Role | None:
    return "dateline" if is_date_line(line) else "byline" if len(line) < 300 and read_byline(line) else None
