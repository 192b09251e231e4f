"""Rates of wording per thousand words."""

from __future__ import annotations

import math
from collections.abc import Iterable

from framing.errors import InputError
from framing.measuring.wording.types import KINDS, Wording


def wording_measures(found: Iterable[Wording], n_words: int) -> dict[str, float]:
    """Hedges, boosters, agentless passives and nominalisations per thousand words.

    Parameters
    ----------
    found : iterable of Wording
        From :func:`find_wording`.
    n_words : int
        Words of the text they were found in, without the words that were ``outside``.

    Returns
    -------
    dict of str to float
        ``hedges_per_1k``, ``boosters_per_1k``, ``agentless_passives_per_1k`` and ``nominalisations_per_1k``: 0 or more, NaN where
        ``n_words`` is 0; higher means more of them. ``share_passives_agentless``: of all passives, those that name no agent, from 0 to 1;
        NaN where there is no passive.

    Raises
    ------
    InputError
        If ``n_words`` is no whole number of 0 or more.

    Examples
    --------
    >>> from framing.measuring.wording import find_wording
    >>> text = "Mistakes were made. The boat was seized by the coast guard and may be sold."
    >>> wording_measures(find_wording(text), 16)["share_passives_agentless"]
    0.6666666666666666
    """
    if isinstance(n_words, bool) or not isinstance(n_words, int) or n_words < 0:
        raise InputError(f"n_words must be a whole number, 0 or more, got {n_words!r}")
    counts = dict.fromkeys(KINDS, 0)
    n_passives = 0
    for one in found:
        n_passives += one.kind == "passive"
        counts[one.kind] += not one.agent
    rate = 1000 / n_words if n_words else math.nan
    return {
        "hedges_per_1k": counts["hedge"] * rate,
        "boosters_per_1k": counts["booster"] * rate,
        "agentless_passives_per_1k": counts["passive"] * rate,
        "nominalisations_per_1k": counts["nominalisation"] * rate,
        "share_passives_agentless": counts["passive"] / n_passives if n_passives else math.nan,
    }
