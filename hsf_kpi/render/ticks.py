"""The numbers along a value axis that a chart writes itself, since its rows stand at pixels of their own."""

from __future__ import annotations

import math

from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.render.layout import LINES, nice_step
from hsf_kpi.swedish.numbers import MINUS, MOST_DECIMALS, SPACE, number


def ticks(low: float, high: float) -> list[float]:
    """Whole steps from low to high, about five; low < high."""
    step = nice_step((high - low) / LINES)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(i * step, 9) for i in range(first, last + 1)]


def tick_text(value: float, unit: UnitOfMeasure | None) -> str:
    """«25 %», «7:30», «8 min», «1 250»: as the axes of the other charts have it."""
    if unit is UnitOfMeasure.MINUTES and value % 1:
        minutes, seconds = divmod(round(abs(value) * 60), 60)
        return f"{MINUS if value < 0 else ''}{number(minutes, 0)}:{seconds:02d}"
    decimals = next((n for n in range(MOST_DECIMALS) if round(value, n) == round(value, 9)), MOST_DECIMALS)
    ends = {UnitOfMeasure.PERCENT: f"{SPACE}%", UnitOfMeasure.MINUTES: f"{SPACE}min"}
    return number(value, decimals) + (ends.get(unit, "") if unit else "")
