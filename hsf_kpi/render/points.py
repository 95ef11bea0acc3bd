"""What the rows of a trend are made from: the figure's points, their values and where they stand."""

from __future__ import annotations

import datetime as dt

from hsf_kpi.figures.figure import Figure, Mark, Value

PLOT_HEIGHT = 280
"""Pixels between the ends of the value axis; labels are moved apart in them."""
NARROW_ROOM = 6
"""Period names that have room beside each other on a narrow screen."""

Record = dict[str, Value]


def curve(figure: Figure) -> bool:
    return figure.options.get("cadence") != "periods"


def limited(figure: Figure) -> bool:
    """Whether a curve has control limits."""
    return figure.options.get("limits") == "yes"


def month_number(date: Value) -> float:
    assert isinstance(date, dt.date)
    return float(date.year * 12 + date.month - 1)


def number(value: Value) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def is_zero_line(figure: Figure, mark: Mark) -> bool:
    """A target of zero is the zero line itself: solid, so that it is never taken for another target."""
    return figure.options.get("zero") == "yes" and mark.low == mark.high == 0
