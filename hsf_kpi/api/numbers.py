"""Numbers for machines."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

from hsf_kpi.render.csv import DECIMALS


def plain(value: Fraction | Decimal | float | None) -> float | None:
    """With as many decimals as files have, never −0. None for what is no number (NaN, infinity), which JSON can't hold."""
    if value is None or not math.isfinite(value):
        return None
    return round(float(value), DECIMALS) + 0.0
