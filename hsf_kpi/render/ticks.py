"""The numbers along a value axis that a chart writes itself, since its rows stand at pixels of their own."""

from __future__ import annotations

import math
from collections.abc import Iterable

from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.render.layout import LINES, nice_step
from hsf_kpi.swedish.numbers import MINUS, MOST_DECIMALS, SPACE, number


def ticks(low: float, high: float) -> list[float]:
    """Whole steps from low to high, about five; low < high."""
    step = nice_step((high - low) / LINES)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(i * step, 9) for i in range(first, last + 1)]


def tick_text(value: float, unit: UnitOfMeasure | None, decimals: int | None = None) -> str:
    """«25 %», «7:30», «8 min», «1 250»: as the axes of the other charts have it. decimals: as needed unless given."""
    if unit is UnitOfMeasure.MINUTES and value % 1:
        minutes, seconds = divmod(round(abs(value) * 60), 60)
        return f"{MINUS if value < 0 else ''}{number(minutes, 0)}:{seconds:02d}"
    if decimals is None or unit is UnitOfMeasure.MINUTES:
        decimals = decimals_of(value)
    ends = {UnitOfMeasure.PERCENT: f"{SPACE}%", UnitOfMeasure.MINUTES: f"{SPACE}min"}
    return number(value, decimals) + (ends.get(unit, "") if unit else "")


def tick_texts(values: Iterable[float], unit: UnitOfMeasure | None) -> list[str]:
    """The same of all the ticks of an axis, with as many decimals each."""
    found = list(values)
    decimals = max(map(decimals_of, found), default=0)
    return [tick_text(value, unit, decimals) for value in found]


def decimals_of(value: float) -> int:
    return next((n for n in range(MOST_DECIMALS) if round(value, n) == round(value, 9)), MOST_DECIMALS)
