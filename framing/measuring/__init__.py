"""What is found in an article: one room or module a measure, each with its word lists, weights and card."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from framing.measuring.measure import Measure


@cache
def measures() -> tuple[Measure, ...]:
    """Every measure of an article, in the order of their columns. Add yours: ``analyze(article, measures=[*measures(), mine])``.

    Examples
    --------
    >>> [measure.name for measure in measures()]
    ['length', 'notices', 'tone', 'attribution', 'tone_by_voice', 'loaded_language', 'wording', 'target_tone']
    """
    from framing.measuring.attribution.measure import ATTRIBUTION
    from framing.measuring.length import LENGTH
    from framing.measuring.notices.measure import NOTICES
    from framing.measuring.tone.measure import LOADED_LANGUAGE, TARGET_TONE, TONE, TONE_BY_VOICE
    from framing.measuring.wording.measure import WORDING

    return LENGTH, NOTICES, TONE, ATTRIBUTION, TONE_BY_VOICE, LOADED_LANGUAGE, WORDING, TARGET_TONE
