"""Numbers as a reader sees them: with their unit, their sign and as many digits as they deserve."""

from __future__ import annotations

import math
from typing import Any

from framing.text import how_many

_FORMATS = {"words": ",.0f", "count": ".1f", "rate": ".1f"}  # of units; two decimals for all others


def show_number(value: float, unit: str) -> str:
    """A value in its unit: 0.412 as ``41 %`` for a share, ``+0.41`` for a polarity; a dash where it could not be measured."""
    if not math.isfinite(value):
        return "–"
    value = 0.0 if abs(value) < 0.005 and unit not in ("share", "count", "words") else value  # no "−0.00"
    if unit == "share":
        shown = f"{value * 100:.0f} %"
    elif unit == "polarity":
        shown = f"{value:+.2f}" if value else "0.00"
    else:
        shown = f"{value:{_FORMATS.get(unit, '.2f')}}"
    return shown.replace("-", "−")


def show_interval(low: float, high: float, unit: str) -> str:
    """The limits of a value: ``23 to 45 %``."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return "no interval"
    return f"{show_number(low, unit).removesuffix(' %')} to {show_number(high, unit)}"


def show_difference(value: float, unit: str) -> str:
    """A difference with its sign; between shares in percentage points."""
    if not math.isfinite(value):
        return "–"
    if unit == "share":
        shown = f"{value * 100:+.0f} points" if abs(value) >= 0.0095 or value == 0 else f"{value * 100:+.1f} points"
    else:
        shown = f"{value:+{_FORMATS.get(unit, '.2f')}}"
    return shown.replace("-", "−")


def show_between(low: float, high: float, unit: str) -> str:
    """The limits of a difference: ``+23 to +45 points``."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return "not known"
    return f"{show_difference(low, unit).removesuffix(' points')} to {show_difference(high, unit)}"


def show_size(value: float, unit: str) -> str:
    """How large a difference is, whatever its sign: ``12 points``."""
    return show_difference(abs(value), unit).removeprefix("+")


def show_count(n: Any, one: str) -> str:
    """``3 stories``; where the number is not known, the words for that."""
    if isinstance(n, float) and math.isnan(n):
        return f"an unknown number of {how_many(2, one).removeprefix('2 ')}"
    return how_many(int(n), one)
