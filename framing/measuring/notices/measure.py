"""Notices as a measure: what is printed with a report and not reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from framing.measuring.measure import Column, Field, Layer, Mark, Measure, Trail
from framing.measuring.notices.finder import find_notices
from framing.measuring.notices.wordings import Notice
from framing.measuring.page import Page
from framing.text.escaping import clip, label_of

_MOST = 160  # characters of a label that a trail shows


def notice_words(notice: Notice) -> str:
    """What a notice is, in words: its kind, label, subjects, law and who requires it."""
    pieces = [label_of(notice.kind)]
    if notice.label:
        pieces.append(label_of(notice.label))
    if notice.subjects:
        pieces.append("; ".join(notice.subjects))
    if notice.jurisdiction:
        pieces.append(notice.jurisdiction)
    if notice.mandated:
        pieces.append(f"required by {notice.mandated}")
    return ", ".join(pieces)


def notice_marks(page: Page, notices: Sequence[Notice]) -> Iterator[Mark]:
    for notice in notices:
        yield Mark(notice.span, "notice", f"notice: {notice_words(notice)}")
        yield from (Mark(span, "mention", f"named in a notice: {notice_words(notice)}") for span in notice.mentions)


def _is_legal_label(notice: Notice) -> bool:
    return notice.kind == "legal_label"


def _legal_labels(page: Page, notices: Sequence[Notice]) -> Iterator[tuple[int | str, ...]]:
    for notice in filter(_is_legal_label, notices):
        yield page.sentence_number(notice.span.start), clip(page.words_at(notice.span), _MOST)


NOTICES = Measure(
    name="notices",
    find=find_notices,
    row="something printed that is not reported",
    fields=(
        "kind",
        "label",
        Field("subjects", "names"),
        "jurisdiction",
        "placement",
        "mandated",
        Field("span", "place"),
        Field("words", "span", lambda page, notice: notice.span, key=None),
        Field("n_mentions", "count", lambda page, notice: len(notice.mentions), key=None),
        Field("mentions", "spans", table=False),
    ),
    columns=(
        Column("n_notices", "Notices per article", "count", "prints more notices", "prints fewer notices", count=bool),
        Column(
            "n_legal_labels",
            "Legal labels per article",
            "count",
            "prints more legal labels",
            "prints fewer legal labels",
            report=True,
            count=_is_legal_label,
            trail=Trail("legal_labels", "legal label", _legal_labels),
        ),
    ),
    layer=(Layer("notice", "small", "notices"), Layer("mention", "b", "named in a notice")),
    marks=notice_marks,
)
