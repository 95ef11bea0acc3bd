"""A bridge from top to bottom: totals from zero, steps from where the last one ended, plus blue and minus orange."""

from __future__ import annotations

import altair as alt

from hsf_kpi.figures.economy.bridge import TOTAL
from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.shape import records
from hsf_kpi.render.bars import Bar, bar_rows, bars_chart
from hsf_kpi.render.frame import Row
from hsf_kpi.render.points import Record, number

STEP = 34
"""Pixels of a line."""


def bridge_rows(figure: Figure) -> list[Row]:
    """As `bars.bar_rows`, in mnkr."""
    return bar_rows([_bar(record) for record in records(figure)], step=STEP, zero="0", linked=True)


def _bar(record: Record) -> Bar:
    amount = number(record["amount"]) or 0.0
    tone = "data" if record["kind"] == TOTAL else "better" if amount > 0 else "worse"
    start, end = number(record["from"]), number(record["to"])
    return Bar(str(record["title"]), str(record["amount_text"]), start, end, tone)


def bridge_chart(lines: int, dark: bool) -> alt.LayerChart:
    """`lines`: the number of rows, which decides the height."""
    return bars_chart(lines, STEP, dark)
