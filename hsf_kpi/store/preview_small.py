"""Forecasts, moves, activities and public values of a file held against what is live: files that are small enough to be
held whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import pandas as pd
from sqlalchemy import Connection, select

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.observation import ExternalValue
from hsf_kpi.model.period import Month, Period, Window
from hsf_kpi.model.preview import Change
from hsf_kpi.model.register import Improvement, Move
from hsf_kpi.store import tables
from hsf_kpi.store.codes import ORIGIN
from hsf_kpi.store.ledger_batch import forecast_rows
from hsf_kpi.store.preview_ledger import rows_of
from hsf_kpi.store.preview_scope import Concerned, Counted
from hsf_kpi.store.register_rows import read_improvements, read_moves
from hsf_kpi.store.registers import MOVES_SEEN_WITH

_Forecast = dict[tuple[str, int, int, str], tuple[int, str]]
"""Unit, year, ordinal of the day, account → kronor, author."""


class Forecasts:
    """Add the frames one by one; then `finish`."""

    def __init__(
        self, connection: Connection, catalogue: Catalogue, origin: Origin, concerned: Concerned
    ) -> None:
        self._connection, self._catalogue, self._code = connection, catalogue, ORIGIN[origin]
        self._concerned = concerned
        self._found: _Forecast = {}
        self._rows: dict[tuple[str, int, int, str], int] = {}

    def add(self, frame: pd.DataFrame) -> None:
        """NotPermitted for a unit whose ledger, or the month that the forecast was made in, is outside the scope."""
        rows = forecast_rows(frame)
        units = (rows.unit.names[at] for at in rows.unit.number.tolist())
        accounts = (rows.account.names[at] for at in rows.account.number.tolist())
        authors = (rows.author.names[at] for at in rows.author.number.tolist())
        for unit, year, made, month, account, author, amount, row in zip(
            units, rows.year.tolist(), rows.made.tolist(), rows.month.tolist(), accounts, authors,
            rows.amount.tolist(), rows_of(frame).tolist(), strict=True,
        ):  # fmt: skip
            self._concerned.demand(unit, self._catalogue.ledger_seen_with, month)
            self._concerned.meet(unit, month)
            self._found[unit, year, made, account] = (amount, author)
            self._rows[unit, year, made, account] = row

    def finish(self) -> Counted:
        """A forecast of the same unit, year and day is replaced whole."""
        counted = Counted()
        if not self._found:
            return counted
        live = self._live()
        changes = []
        for key, (amount, author) in self._found.items():
            unit, year, _made, account = key
            before = live.pop(key, None)
            month = Month.of(year, 12)
            counted.count(before is not None, before != (amount, author), month.index)
            if before is not None and before[0] != amount:
                changes.append(
                    Change(
                        unit, account, Period(month, Window.YEAR), Fraction(before[0]), Fraction(amount),
                        float(abs(amount - before[0])), row=self._rows[key],
                    )
                )  # fmt: skip
        whole = {key[:3] for key in self._found}
        counted.gone = sum(key[:3] in whole for key in live)
        counted.remember(changes)
        return counted

    def _live(self) -> _Forecast:
        f, unit, account, load = (
            tables.forecast_entry.c, tables.unit.c, tables.ledger_account.c, tables.load.c,
        )  # fmt: skip
        query = (
            select(unit.key, f.year, f.made, account.key, f.amount, f.author)
            .join_from(tables.forecast_entry, tables.unit, unit.id == f.unit)
            .join(tables.ledger_account, account.id == f.account)
            .join(tables.load, load.id == f.load_id)
            .where(
                f.superseded_by.is_(None),
                load.origin == self._code,
                unit.key.in_({key[0] for key in self._found}),
                f.year.in_({key[1] for key in self._found}),
            )
        )
        return {
            (one, year, made.toordinal(), of): (amount, author)
            for one, year, made, of, amount, author in self._connection.execute(query)
        }


def count_moves(connection: Connection, concerned: Concerned, moves: Iterable[Move]) -> Counted:
    """By parts, a move of the same id replaced whole. NotPermitted for a unit outside the scope."""
    live = {move.id: move for move in read_moves(connection)}
    counted = Counted()
    for move in moves:
        before = live.get(move.id)
        then = {} if before is None else {part.unit: part.persons for part in before.parts}
        alike = before is not None and (move.month, move.reference, move.financed, move.note) == (
            before.month, before.reference, before.financed, before.note,
        )  # fmt: skip
        for part in move.parts:
            concerned.demand(part.unit, MOVES_SEEN_WITH, move.month.index)
            concerned.meet(part.unit, move.month.index)
            persons = then.pop(part.unit, None)
            counted.count(persons is not None, not alike or persons != part.persons, move.month.index)
        counted.gone += len(then)
    return counted


def count_activities(
    connection: Connection, concerned: Concerned, seen_with: str, activities: Iterable[Improvement]
) -> Counted:
    """One that the unit has already (the same beginning and words) stays as it is."""
    known = {(one.unit, one.start, one.what) for one in read_improvements(connection)}
    counted = Counted()
    for one in activities:
        concerned.demand(one.unit, seen_with, one.start.index)
        concerned.meet(one.unit, one.start.index)
        counted.count((one.unit, one.start, one.what.strip()) in known, False, one.start.index)
    return counted


def count_external(connection: Connection, values: Iterable[ExternalValue]) -> Counted:
    """Public values: no scope."""
    counted, held = Counted(), list(values)
    x = tables.external_value.c
    registers = {value.register for value in held}
    query = select(x.register, x.series, x.region_id, x.year, x.region, x.value).where(
        x.register.in_(registers), x.superseded_by.is_(None)
    )
    live = {tuple(row[:4]): tuple(row[4:]) for row in connection.execute(query)}
    for value in held:
        before = live.get((value.register, value.series, value.region_id, value.year))
        counted.count(
            before is not None, before != (value.region, value.value), Month.of(value.year, 12).index
        )
    return counted
