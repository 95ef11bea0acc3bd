"""Who makes a deviation: a bar for each unit, those that the title is about in colour, the provision apart."""

from __future__ import annotations

import altair as alt

from hsf_kpi.figures.economy.contribution import APART, BEST, OTHER, OWN, WORST
from hsf_kpi.figures.figure import Figure, Role
from hsf_kpi.figures.shape import records
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.render.bars import Bar, bar_rows, bars_chart
from hsf_kpi.render.frame import Row
from hsf_kpi.render.points import Record, number
from hsf_kpi.swedish.numbers import number as written

STEP = 26
MOST = 24
"""Rows drawn; the middle ones of more are drawn as one, and told each in the table."""
_TONES = {WORST: "worse", BEST: "better", OTHER: "grey", APART: "grey", OWN: "data"}


def contribution_rows(figure: Figure) -> list[Row]:
    """As `bars.bar_rows`, in mnkr."""
    zero = next((mark.label for mark in figure.marks if mark.role is Role.BUDGET), "0")
    unit = "mnkr" if figure.unit is UnitOfMeasure.MNKR else ""
    return bar_rows(contribution_bars(figure), step=STEP, zero=zero, unit=unit)


def contribution_bars(figure: Figure) -> list[Bar]:
    """One for each row, in order; of more than `MOST` the middle ones are one."""
    found = list(records(figure))
    if len(found) <= MOST:
        return [_bar(record) for record in found]
    order = sorted(
        range(len(found)),
        key=lambda i: (
            found[i]["mark"] == OTHER,
            bool(found[i]["unit"]),
            -abs(number(found[i]["shown"]) or 0.0),
            i,
        ),
    )
    kept = sorted(order[: MOST - 1])
    rest = [found[i] for i in sorted(order[MOST - 1 :])]
    amount = sum(number(record["shown"]) or 0.0 for record in rest)
    last = [i for i in kept if not found[i]["unit"] or found[i]["mark"] == APART]
    together = Bar(f"{len(rest)} med mindre avvikelser", written(amount, 1, sign=True), 0.0, amount, "grey")
    return [
        *(_bar(found[i]) for i in kept if i not in last),
        together,
        *(_bar(found[i]) for i in last),
    ]


def _bar(record: Record) -> Bar:
    amount = number(record["deviation"])
    mark = str(record["mark"])
    start = None if amount is None else 0.0
    return Bar(
        str(record["name"]),
        str(record["deviation_text"]),
        start,
        amount,
        _TONES[mark],
        apart=mark == APART,
        goes=str(record["unit"]),
    )


def contribution_chart(lines: int, dark: bool) -> alt.LayerChart:
    """`lines`: the number of rows of the figure, which decides the height."""
    return bars_chart(min(lines, MOST), STEP, dark, clicked=True)
