"""Wording as a measure: hedges, boosters, passives and nominalisations, counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from framing.measuring.measure import Column, Field, Measure, share
from framing.measuring.page import Page
from framing.measuring.wording import Kind, Wording, find_wording


def _without_agent(kind: Kind) -> Callable[[Wording], bool]:
    return lambda found: found.kind == kind and not found.agent


def _numbers(page: Page, found: Sequence[Wording]) -> dict[str, float]:
    passives = [w.agent for w in found if w.kind == "passive"]
    return {"share_passives_agentless": share(passives.count(False), len(passives))}


WORDING = Measure(
    name="wording",
    find=find_wording,
    row="a hedge, booster, passive or nominalisation",
    fields=(
        "kind",
        Field("agent"),
        Field("words", key=None),
        Field("voice", of=lambda page, w: page.voices_at([w.span.start])[0], key=None),
        Field("span", "place"),
        Field("sentence", "span", lambda page, w: page.sentence_at(w.span.start) or w.span, key=None),
    ),
    numbers=_numbers,
    columns=(
        Column(
            "hedges_per_1k",
            "Hedges per 1,000 words",
            "rate",
            "prints more hedges",
            "prints fewer hedges",
            report=True,
            count=_without_agent("hedge"),
            own_voice=("hedges more where it speaks itself", "hedges less where it speaks itself"),
            one="hedge",
        ),
        Column(
            "boosters_per_1k",
            "Boosters per 1,000 words",
            "rate",
            "prints more boosters",
            "prints fewer boosters",
            count=_without_agent("booster"),
            own_voice=("sounds more certain where it speaks itself", "sounds less certain where it speaks itself"),
            one="booster",
        ),
        Column(
            "agentless_passives_per_1k",
            "Passives without an agent per 1,000 words",
            "rate",
            "prints more passives without an agent",
            "prints fewer passives without an agent",
            report=True,
            count=_without_agent("passive"),
            own_voice=("leaves out who acts more often in passives of its own", "leaves out who acts less often in passives of its own"),
            one="agentless passive",
        ),
        Column(
            "nominalisations_per_1k",
            "Nominalisations without an agent per 1,000 words",
            "rate",
            "prints more deeds as nouns without an agent",
            "prints fewer deeds as nouns without an agent",
            count=_without_agent("nominalisation"),
            own_voice=(
                "tells more deeds as nouns without an agent where it speaks itself",
                "tells fewer deeds as nouns without an agent where it speaks itself",
            ),
            one="nominalisation",
        ),
        Column(
            "share_passives_agentless",
            "Share of passives without an agent",
            "fraction",
            "names who acts in fewer of its passives",
            "names who acts in more of its passives",
            axis="Passives without an agent (share of passives, from 0 to 1)",
        ),
    ),
)
