"""Which source, cue and content belong together, where the spans are given."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from framing.english import sentences
from framing.measuring.attribution.linker import Linker, Roles
from framing.text import Span, paragraph_spans


def linked(marked: str) -> list[tuple[str, str, list[str]]]:
    """Attributions of a text whose sources are marked {so}, cues [so] and contents <so>."""
    text, roles, opened = "", Roles(), 0
    for letter in marked:
        if letter in "{[<":
            opened = len(text)
        elif letter in "}]>":
            span = Span(opened, len(text))
            {"}": roles.source, "]": roles.cue, ">": roles.content}[letter].append(span)
        else:
            text += letter
    linker = Linker(text, roles, [p.start for p in paragraph_spans(text)], [s.start for s in sentences(text)])
    return [
        (
            roles.source[a.source].of(text) if a.source >= 0 else "",
            roles.cue[a.cue].of(text),
            [roles.content[i].of(text) for i in a.contents],
        )
        for a in linker.link()
    ]


LINKS = [
    ("{Quill} [said] <the port was closed>.", [("Quill", "said", ["the port was closed"])]),
    ('<"The port is closed,"> [said] {Quill}.', [("Quill", "said", ['"The port is closed,"'])]),
    (
        '<"The port is safe,"> {Renk} [said], <"and it will stay safe.">',
        [("Renk", "said", ['"The port is safe,"', '"and it will stay safe."'])],
    ),
    (
        "{Renk} [said] <talks would go on>, [adding] <that no date was set>.",
        [("Renk", "said", ["talks would go on"]), ("Renk", "adding", ["that no date was set"])],
    ),
    ("[According to] {the union}, <wages fell>.", [("the union", "According to", ["wages fell"])]),
    ("<Wages fell>, [according to] {the union}.", [("the union", "according to", ["Wages fell"])]),
    (
        "{Renk} [denied] <the charge>. {Quill} [called] it <a scandal>.",
        [("Renk", "denied", ["the charge"]), ("Quill", "called", ["a scandal"])],
    ),
    (
        '<"No,"> {Renk} [said].\n\n<"Yes,"> {Quill} [said].',
        [("Renk", "said", ['"No,"']), ("Quill", "said", ['"Yes,"'])],
    ),
    ("It was [seen] as <a defeat>.", [("", "seen", ["a defeat"])]),
]


@pytest.mark.parametrize(("marked", "expected"), LINKS, ids=[row[0][:50] for row in LINKS])
def test_links(marked: str, expected: list[tuple[str, str, list[str]]]) -> None:
    assert linked(marked) == expected


def test_a_content_far_from_every_cue_belongs_to_none() -> None:
    assert linked("<The port was closed>." + "\n\nA ship came. A ship left." * 30 + "\n\n{Quill} [said] <no>.") == [
        ("Quill", "said", ["no"])
    ]


def test_hand_coded_spans_are_linked_as_coders_did(gold_dir: Path) -> None:
    """Share of the coded contents of PolNeAR dev that go to their own cue, and of cues to their own source."""
    with gzip.open(gold_dir / "polnear_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    hits = n = 0
    for row in rows:
        text, coded = row["text"], [a for a in row["attributions"] if a["cue"]]
        spans = {role: sorted({tuple(s) for a in coded for s in a[role]}) for role in ("source", "cue", "content")}
        roles = Roles(*([Span(*s) for s in spans[role]] for role in ("source", "cue", "content")))
        linker = Linker(text, roles, [p.start for p in paragraph_spans(text)], [s.start for s in sentences(text)])
        found = {
            (tuple(roles.cue[a.cue]), tuple(roles.source[a.source]) if a.source >= 0 else (), tuple(roles.content[i]))
            for a in linker.link()
            for i in a.contents
        }
        for a in coded:
            for content in a["content"]:
                n += 1
                hits += any((tuple(a["cue"][0]), tuple(s), tuple(content)) in found for s in a["source"] or [()])
    assert n > 2000
    assert hits / n >= 0.96
