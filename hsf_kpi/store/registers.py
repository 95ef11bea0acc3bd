"""What has been decided and promised: the registers of moves and of improvement activities."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, Engine, func, select

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.organisation import Organisation
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DataError, NotFound, NotPermitted, Problem
from hsf_kpi.model.register import Improvement, Move, MovePart
from hsf_kpi.model.scope import Scope
from hsf_kpi.store import tables
from hsf_kpi.store.engine import reading, writing
from hsf_kpi.store.register_checks import improvement_problems, move_problems
from hsf_kpi.store.register_rows import (
    MOST_NUMBER,
    add_improvement,
    change_improvement,
    no_such,
    read_improvements,
    read_moves,
    write_moves,
)

if TYPE_CHECKING:
    from hsf_kpi.store.delivery import Delivery

MOVES_SEEN_WITH: Final = "antal-medarbetare"
"""The measure that a move is seen with at a unit: it says how many persons are employed there."""


DECIDED_OUTSIDE: Final = "Beslutet rör också en verksamhet utanför din behörighet"
FINANCED_OUTSIDE: Final = "Finansierad"
"""What is told of a move of which a part may not be seen: its own words might name the unit."""


class RegisterStore:
    """Every question takes a scope first. An improvement activity is seen with the ledger of its unit."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def version(self) -> int:
        """Another number after every change of the register of activities: what is kept of it belongs to one."""
        c = tables.improvement.c
        with reading(self._engine) as connection:
            found: int = connection.execute(select(func.coalesce(func.sum(c.version), 0))).scalar_one()
        return found

    def moves(self, scope: Scope, catalogue: Catalogue, units: Collection[str]) -> tuple[Move, ...]:
        """Those that touch one of `units` that may be seen in their month, newest first. A part at a unit outside the scope
        has unit «», and the move then none of the words that might name it.
        """
        with reading(self._engine) as connection:
            found = read_moves(connection)
        told = []
        for move in found:
            seen = {p.unit for p in move.parts if scope.reaches_month(p.unit, MOVES_SEEN_WITH, move.month)}
            if not seen.isdisjoint(units):
                told.append(_seen_part(move, seen, catalogue.organisation))
        return tuple(told)

    def moved(
        self, scope: Scope, catalogue: Catalogue, within: Mapping[str, Collection[str]]
    ) -> dict[str, dict[Month, int]]:
        """Persons by decided and financed moves at each unit of `within` (unit → those that count in it), by month: what
        moves inside it nets to zero, whoever asks. NotPermitted when antal medarbetare may not be seen at one of the units.
        """
        for unit in within:
            scope.demand_measure(unit, MOVES_SEEN_WITH)
        ends = {unit: scope.through(unit, MOVES_SEEN_WITH) for unit in within}
        with reading(self._engine) as connection:
            found = [move for move in read_moves(connection) if move.financed]
        sums: dict[str, dict[Month, int]] = {unit: {} for unit in within}
        for move in found:
            for unit, counted in within.items():
                net = sum(part.persons for part in move.parts if part.unit in counted)
                if net and ((end := ends[unit]) is None or move.month <= end):
                    sums[unit][move.month] = sums[unit].get(move.month, 0) + net
        return sums

    def improvements(
        self, scope: Scope, catalogue: Catalogue, units: Collection[str]
    ) -> tuple[Improvement, ...]:
        """Those of `units`, in the order of the units and then as they begin. What was realised after the last month that
        may be seen of a unit is left out. NotPermitted when the ledger of one of the units is outside the scope.
        """
        for unit in units:
            scope.demand_measure(unit, catalogue.ledger_seen_with)
        order = {unit: place for place, unit in enumerate(units)}
        if not order:
            return ()
        with reading(self._engine) as connection:
            found = read_improvements(connection, tables.unit.c.key.in_(order))
        found.sort(key=lambda one: (order[one.unit], one.start, one.number or 0))
        return tuple(_until(one, scope.through(one.unit, catalogue.ledger_seen_with)) for one in found)

    def improvement(self, scope: Scope, catalogue: Catalogue, number: int) -> Improvement:
        """One activity. NotFound where there is none of that number or it may not be seen, in the same words."""
        with reading(self._engine) as connection:
            found = (
                read_improvements(connection, tables.improvement.c.id == number)
                if 0 < number <= MOST_NUMBER
                else []
            )
        if not found:
            raise NotFound(no_such(number))
        one = found[0]
        if not scope.allows(one.unit, catalogue.ledger_seen_with):
            raise NotPermitted(no_such(number))
        return _until(one, scope.through(one.unit, catalogue.ledger_seen_with))

    def save_improvement(self, catalogue: Catalogue, improvement: Improvement, by: str) -> int:
        """Writes a new activity (without number), or the whole of a changed one, its realised months anew. Its number.

        DataError with every problem, or when it has been changed since the version that was read; NotFound when it is gone.
        Whether `by` may is asked before, and the log is written after, by the caller.
        """
        problems = improvement_problems(improvement, catalogue)
        if problems:
            raise DataError(problems)
        with writing(self._engine) as connection:
            if improvement.number is None:
                return add_improvement(connection, improvement, by)
            return change_improvement(connection, improvement, by)


def take_registers(
    connection: Connection, catalogue: Catalogue, delivery: Delivery, load_number: int
) -> None:
    """Writes the moves and improvement activities of a delivery, inside the load's transaction.

    A move that is known by its id is replaced. An activity that the unit already has (the same beginning and words) is
    left as it stands, since people may have changed it. DataError with every problem of both registers, before anything
    is written.
    """
    moves, improvements = tuple(delivery.moves), tuple(delivery.improvements)
    problems = move_problems(moves, catalogue)
    for row, one in enumerate(improvements, start=1):
        problems += [
            Problem(found.what, f"förbättringsarbete, rad {row}, {found.where}", found.todo)
            for found in improvement_problems(one, catalogue)
        ]
    if problems:
        raise DataError(problems)
    if moves:
        write_moves(connection, moves, load_number)
    if improvements:
        known = {(one.unit, one.start, one.what) for one in read_improvements(connection)}
        for one in improvements:
            key = (one.unit, one.start, one.what.strip())
            if key not in known:
                add_improvement(connection, one, delivery.by, load_number)
                known.add(key)


def _seen_part(move: Move, seen: Collection[str], organisation: Organisation) -> Move:
    hidden = [part.unit for part in move.parts if part.unit not in seen]
    if not hidden:
        return move
    parts = tuple(part if part.unit in seen else MovePart("", part.persons) for part in move.parts)
    names = [*hidden, *(organisation.units[unit].name for unit in hidden if unit in organisation.units)]
    named = any(name.casefold() in move.reference.casefold() for name in names)
    return replace(
        move,
        parts=parts,
        reference=DECIDED_OUTSIDE if named else move.reference,
        financed=FINANCED_OUTSIDE if move.financed else "",
        note="",
    )


def _until(one: Improvement, last: Month | None) -> Improvement:
    if last is None:
        return one
    return replace(one, realised={month: kr for month, kr in one.realised.items() if month <= last})
