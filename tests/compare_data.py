"""What the tests of comparisons share."""

from __future__ import annotations

import pandas as pd

from framing.compare import Comparison


def row(comparison: Comparison, a: str, b: str) -> pd.Series:
    """The one difference of these two."""
    found = comparison.differences[(comparison.differences.a == a) & (comparison.differences.b == b)]
    assert len(found) == 1
    return found.iloc[0]
