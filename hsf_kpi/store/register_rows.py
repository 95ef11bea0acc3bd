"""The rows of the two registers, read and written inside a transaction that the caller has begun."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select, update

from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DataError, NotFound, Problem
from hsf_kpi.model.register import Effect, Improvement, Move, MovePart, Progress
from hsf_kpi.store import tables
from hsf_kpi.store.refresh import ids_of

MOST_NUMBER: Final = 2**31 - 1
"""The largest number that the table can hold; a database refuses to look for a larger one."""
_U, _M, _I, _E = tables.unit.c, tables.staff_move.c, tables.improvement.c, tables.improvement_effect.c


def write_moves(connection: Connection, moves: Iterable[Move], load_number: int) -> None:
    """A move that is known by its id takes the place of the earlier one, which stays."""
    units = ids_of(connection, tables.unit)
    for move in moves:
        connection.execute(
            update(tables.staff_move)
            .where(_M.id == move.id, _M.superseded_by.is_(None))
            .values(superseded_by=load_number)
        )
        shared = {
            "id": move.id,
            "month": move.month.index,
            "reference": move.reference,
            "financed": move.financed,
            "note": move.note,
            "load_id": load_number,
        }
        rows = [{**shared, "unit": units[part.unit], "persons": part.persons} for part in move.parts]
        connection.execute(insert(tables.staff_move), rows)


def read_moves(connection: Connection) -> list[Move]:
    """Every move, newest first; of a move the parts that lose first, then by unit."""
    query = (
        select(_U.key, _M.id, _M.month, _M.persons, _M.reference, _M.financed, _M.note)
        .join_from(tables.staff_move, tables.unit)
        .where(_M.superseded_by.is_(None))
        .order_by(_M.month.desc(), _M.id, _M.persons, _U.key)
    )
    found: dict[str, Move] = {}
    for unit, number, month, persons, reference, financed, note in connection.execute(query):
        move = found.setdefault(number, Move(number, Month(month), reference, financed, (), note))
        found[number] = replace(move, parts=(*move.parts, MovePart(unit, persons)))
    return list(found.values())


def read_improvements(connection: Connection, *which: Any) -> list[Improvement]:
    query = select(_U.key, tables.improvement).join_from(tables.improvement, tables.unit)
    query = query.where(_I.withdrawn_by.is_(None), *which)
    rows = connection.execute(query.order_by(_I.id)).all()
    effects: dict[int, dict[Month, int]] = {}
    found = (
        select(tables.improvement_effect)
        .where(_E.improvement_id.in_([row.id for row in rows]))
        .order_by(_E.month)
    )
    for number, month, realised in connection.execute(found):
        effects.setdefault(number, {})[Month(month)] = realised
    return [
        Improvement(
            unit=row.key,
            what=row.what,
            effect=Effect(row.effect),
            expected=row.expected,
            start=Month(row.start),
            responsible=row.responsible,
            status=Progress(row.status),
            end=None if row.end is None else Month(row.end),
            realised=effects.get(row.id, {}),
            number=row.id,
            version=row.version,
            changed=row.changed,
            changed_by=row.changed_by,
        )
        for row in rows
    ]


def add_improvement(
    connection: Connection, improvement: Improvement, by: str, load_number: int | None = None
) -> int:
    """load_number: of the load that brought it, where one did."""
    values = _values(connection, improvement, by)
    made = connection.execute(
        insert(tables.improvement).values(**values, version=1, load_id=load_number).returning(_I.id)
    )
    number = int(made.scalar_one())
    _write_effects(connection, number, improvement)
    return number


def change_improvement(connection: Connection, improvement: Improvement, by: str) -> int:
    number = improvement.number
    assert number is not None
    version = None
    if 0 < number <= MOST_NUMBER:
        version = connection.execute(
            select(_I.version).where(_I.id == number, _I.withdrawn_by.is_(None)).with_for_update()
        ).scalar_one_or_none()
    if version is None:
        raise NotFound(no_such(number))
    if version != improvement.version:
        raise DataError(
            Problem(
                "Någon annan har ändrat förbättringsarbetet sedan du öppnade det.",
                "förbättringsarbete",
                "Ladda om sidan och gör om din ändring.",
            )
        )
    values = _values(connection, improvement, by)
    connection.execute(
        update(tables.improvement).where(_I.id == number).values(**values, version=version + 1)
    )
    connection.execute(delete(tables.improvement_effect).where(_E.improvement_id == number))
    _write_effects(connection, number, improvement)
    return number


def _values(connection: Connection, one: Improvement, by: str) -> dict[str, Any]:
    unit = connection.execute(select(_U.id).where(_U.key == one.unit)).scalar_one_or_none()
    if unit is None:
        raise DataError(
            Problem(
                f"Verksamheten ”{one.unit}” finns inte i databasen.",
                "verksamhet",
                "Läs in definitionerna: python -m hsf_kpi build.",
            )
        )
    return {
        "unit": unit,
        "what": one.what.strip(),
        "effect": one.effect.value,
        "expected": one.expected,
        "start": one.start.index,
        "end": None if one.end is None else one.end.index,
        "responsible": one.responsible.strip(),
        "status": one.status.value,
        "changed": dt.datetime.now(dt.UTC),
        "changed_by": by,
    }


def _write_effects(connection: Connection, number: int, one: Improvement) -> None:
    rows = [
        {"improvement_id": number, "month": month.index, "realised": amount}
        for month, amount in one.realised.items()
    ]
    if rows:
        connection.execute(insert(tables.improvement_effect), rows)


def no_such(number: int) -> Problem:
    return Problem(
        f"Förbättringsarbetet {number} finns inte eller ingår inte i din behörighet.",
        "förbättringsarbete",
        "Välj ett i listan.",
    )
