"""The rows of what is handed in, read and added inside a transaction that the caller has begun."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from sqlalchemy import Connection, Row, Table, and_, func, select

from hsf_kpi.model.dialogue import Analysis, OwnForecast, PlannedAction, Ready, YearEnd
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DataError, Problem
from hsf_kpi.store import tables
from hsf_kpi.store.tables_dialogue import (
    HANDED_IN,
    handin_action,
    handin_analysis,
    handin_forecast,
    handin_ready,
)
from hsf_kpi.store.versions import count_all, written_of

KEY: Final[dict[Table, tuple[str, ...]]] = {
    handin_analysis: ("unit", "month", "measure"),
    handin_action: ("unit", "month", "number"),
    handin_forecast: ("unit", "month"),
    handin_ready: ("unit", "month"),
}
"""What a version is a version of."""


def count_rows(connection: Connection) -> int:
    """Of all four tables together."""
    return count_all(connection, HANDED_IN)


def lock_unit(connection: Connection, unit: str) -> int:
    """The unit's number. Whoever else writes for the unit waits until the transaction ends (PostgreSQL; SQLite's writers
    are alone anyway), so that what is read after this is what stands. DataError when the database lacks the unit.
    """
    c = tables.unit.c
    query = select(c.id).where(c.key == unit).with_for_update(key_share=True)
    return _known(connection.execute(query).scalar_one_or_none(), f"Verksamheten ”{unit}”", "verksamhet")


def measure_id(connection: Connection, key: str) -> int:
    """The measure's number. DataError when the database lacks it."""
    c = tables.measure.c
    found = connection.execute(select(c.id).where(c.key == key)).scalar_one_or_none()
    return _known(found, f"Nyckeltalet ”{key}”", "nyckeltal")


def _known(found: int | None, what: str, where: str) -> int:
    if found is None:
        raise DataError(
            Problem(
                f"{what} finns inte i databasen.", where, "Läs in definitionerna: python -m hsf_kpi build."
            )
        )
    return found


def next_number(connection: Connection, unit: int, month: Month) -> int:
    """Of an åtgärd that is new in the month: numbers of removed ones are not given again."""
    c = handin_action.c
    query = select(func.max(c.number)).where(c.unit == unit, c.month == month.index)
    return (connection.execute(query).scalar() or 0) + 1


def standing(
    connection: Connection, table: Table, units: Mapping[int, str], first: Month, last: Month
) -> Iterator[Row[Any]]:
    """The latest version of each in the units and months."""
    c = table.c
    key = KEY[table]
    there = and_(c.unit.in_(sorted(units)), c.month.between(first.index, last.index))
    latest = (
        select(*(c[name] for name in key), func.max(c.version).label("version"))
        .where(there)
        .group_by(*(c[name] for name in key))
        .subquery()
    )
    same = and_(*(c[name] == latest.c[name] for name in (*key, "version")))
    yield from connection.execute(select(table).join(latest, same).order_by(*(c[name] for name in key)))


def analysis_of(row: Row[Any], unit: str, measure: str) -> Analysis:
    return Analysis(
        unit,
        Month(row.month),
        measure,
        row.text,
        None if row.year_end is None else YearEnd(row.year_end),
        row.year_end_reason,
        written_of(row),
    )


def action_of(row: Row[Any], unit: str, measure: str) -> PlannedAction:
    return PlannedAction(
        unit=unit,
        month=Month(row.month),
        measure=measure,
        what=row.what,
        responsible=row.responsible,
        due=Month(row.due),
        effect=row.effect,
        amount=row.amount,
        number=row.number,
        removed=row.removed,
        written=written_of(row),
    )


def forecast_of(row: Row[Any], unit: str) -> OwnForecast:
    return OwnForecast(unit, Month(row.month), row.result, row.reason, written_of(row))


def ready_of(row: Row[Any], unit: str) -> Ready:
    return Ready(unit, Month(row.month), row.ready, written_of(row))
