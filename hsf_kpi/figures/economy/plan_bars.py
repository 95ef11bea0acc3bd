"""A table of the plan as bars: its rows in the first column of amounts, the largest first, as printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from hsf_kpi.figures.economy.contribution_lines import OTHER
from hsf_kpi.figures.economy.plan_tables import printed
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Mark, Role
from hsf_kpi.figures.findings import fitting
from hsf_kpi.model.codes import Origin, UnitOfMeasure
from hsf_kpi.model.plan_table import ColumnKind, PlanColumn, PlanRow, PlanTable
from hsf_kpi.swedish.numbers import SPACE

FEWEST, MOST = 3, 24
"""Of fewer rows a table says as much; more have no room."""
VARAV = "Rader som planen särredovisar med ”varav” ingår i den rad som de hör till."


def plan_bars(table: PlanTable, *, context: Context) -> Figure | None:
    """None for a table without several rows of mnkr. Rows told apart within others («varav») are not drawn: they would be
    counted twice. The context is that of the page; the column's own year replaces its period.
    """
    column = next((c for c in table.columns if c.kind is ColumnKind.MNKR), None)
    if column is None:
        return None
    rows = [(row, amount) for row in table.rows if (amount := _whole(table, row, column)) is not None]
    if not FEWEST <= len(rows) <= MOST:
        return None
    rows.sort(key=lambda found: -abs(found[1]))
    unit = UnitOfMeasure.MNKR
    return Figure(
        kind=FigureKind.CONTRIBUTION,
        slug=f"plan-{table.id}-staplar",
        title=fitting(_titles(rows, column)),
        caption=f"{table.title}, {column.title}, mnkr. {table.source}, med planens siffror.",
        context=replace(context, period=str(column.year or "") or context.period, view="", state=""),
        columns=(
            Column("name", "Post", Role.LABEL),
            Column("unit", "Id", Role.NOTE),
            Column("deviation", column.title, Role.OUTCOME, unit, 1),
            Column("shown", column.title, Role.OUTCOME, unit, 1),
            Column("deviation_text", column.title, Role.TEXT),
            Column("mark", "Framhävd", Role.STATUS),
        ),
        rows=tuple(
            (row.name, "", float(amount), float(amount), printed(amount), OTHER) for row, amount in rows
        ),
        sentence=f"Stapeldiagram med {len(rows)} poster ur planen: {table.title}.",
        source=f"Källa: {table.source}.",
        origins=frozenset({Origin.PUBLISHED}),
        marks=(Mark(Role.BUDGET, "0", 0.0, 0.0),),
        help=VARAV if len(rows) < sum(row.amounts.get(column.id) is not None for row in table.rows) else "",
        unit=unit,
        decimals=1,
        options={"shown": "name,deviation_text", "file": "name,deviation"},
    )


def _whole(table: PlanTable, row: PlanRow, column: PlanColumn) -> Decimal | None:
    """The row's amount, where it is part of no other row."""
    inside = row.part_of is not None and any(other.id == row.part_of for other in table.rows)
    return None if inside else row.amounts.get(column.id)


def _titles(rows: list[tuple[PlanRow, Decimal]], column: PlanColumn) -> Iterator[str]:
    largest, amount = rows[0]
    told = f"{printed(amount)}{SPACE}mnkr"
    yield f"{largest.name} är den största posten: {told}"
    yield f"Den största posten är {told}, {column.title.lower()}"
    yield f"Den största posten är {told}"
