"""What a delivery brings of analyses, åtgärder, forecasts and «klar för dialog»: only into what is empty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, select

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.dialogue import HandIn, Written
from hsf_kpi.model.problems import DataError, Problem
from hsf_kpi.store import tables
from hsf_kpi.store.handin_checks import (
    action_problems,
    analysis_problems,
    forecast_problems_of,
    place_problems,
)
from hsf_kpi.store.handin_rows import lock_unit, next_number
from hsf_kpi.store.handin_text import clean_action, clean_analysis, clean_forecast
from hsf_kpi.store.handin_write import add_action, add_analysis, add_forecast, add_ready
from hsf_kpi.store.refresh import ids_of
from hsf_kpi.store.tables_dialogue import handin_action, handin_analysis, handin_forecast, handin_ready
from hsf_kpi.store.versions import Who

if TYPE_CHECKING:
    from hsf_kpi.store.delivery import Delivery


def take_handins(connection: Connection, catalogue: Catalogue, delivery: Delivery, _load_number: int) -> None:
    """Writes what the delivery has handed in, inside the load's transaction. Several analyses of one figure in it are
    versions of one; so are its forecasts of one unit and month.

    Left out is what the database has something of already, since people may have written it: an analysis or the
    åtgärder of a figure, the forecast or «klar för dialog» of a unit and month. DataError with every problem, before
    anything is written.
    """
    problems = [found for handed in delivery.handins for found in _problems(handed, catalogue)]
    if problems:
        raise DataError(problems)
    if delivery.handins:
        who = Who(delivery.by, delivery.source, dt.datetime.now(dt.UTC))
        writer = _Writer(connection, {handed.unit for handed in delivery.handins}, who)
        for handed in delivery.handins:
            writer.write(handed)


def _problems(handed: HandIn, catalogue: Catalogue) -> list[Problem]:
    found = place_problems(handed.unit, handed.month, catalogue)
    parts: list[Any] = [*handed.analyses, *handed.actions, handed.forecast, handed.ready]
    if any((part.unit, part.month) != (handed.unit, handed.month) for part in parts if part is not None):
        found.append(Problem("En del gäller en annan verksamhet eller månad.", "", "Lämna in den för sig."))
    if not found:
        found = [problem for one in handed.analyses for problem in analysis_problems(one, catalogue)]
        found += [problem for one in handed.actions for problem in action_problems(one, catalogue)]
        if handed.forecast is not None:
            found += forecast_problems_of(handed.forecast, catalogue)
    where = f"inlämnat, {handed.unit} {handed.month}"
    return [replace(one, where=f"{where}, {one.where}".removesuffix(", ")) for one in found]


class _Writer:
    """Knows what was there before the delivery."""

    def __init__(self, connection: Connection, units: Collection[str], who: Who) -> None:
        self._connection = connection
        self._who = who
        # Before what is there is read: nobody writes for these units until the load is done.
        self._units = {unit: lock_unit(connection, unit) for unit in sorted(units)}
        self._measures = ids_of(connection, tables.measure)
        self._filled: dict[Table, set[tuple[int, ...]]] = {
            handin_analysis: self._keys(handin_analysis, "measure"),
            handin_action: self._keys(handin_action, "measure"),
            handin_forecast: self._keys(handin_forecast),
            handin_ready: self._keys(handin_ready),
        }
        self._versions: dict[tuple[object, ...], int] = {}

    def _keys(self, table: Table, *also: str) -> set[tuple[int, ...]]:
        columns = [table.c[name] for name in ("unit", "month", *also)]
        return {tuple(row) for row in self._connection.execute(select(*columns).distinct())}

    def write(self, handed: HandIn) -> None:
        place = {"unit": self._units[handed.unit], "month": handed.month.index}
        for analysis in handed.analyses:
            key = {**place, "measure": self._measures[analysis.measure]}
            self._add(handin_analysis, add_analysis, clean_analysis(analysis), key)
        for action in handed.actions:
            key = {**place, "measure": self._measures[action.measure]}
            number = next_number(self._connection, place["unit"], handed.month)
            self._add(handin_action, add_action, replace(clean_action(action), number=number), key)
        if handed.forecast is not None:
            self._add(handin_forecast, add_forecast, clean_forecast(handed.forecast), place)
        if handed.ready is not None:
            self._add(handin_ready, add_ready, handed.ready, place)

    def _add(self, table: Table, add: Callable[..., object], one: Any, key: dict[str, int]) -> None:
        if tuple(key.values()) in self._filled[table]:
            return
        of = (table.name, *key.values())
        version = 1 if table is handin_action else self._versions.get(of, 0) + 1
        self._versions[of] = version
        given: Written | None = one.written
        who = Who(given.by, given.name, given.at) if given is not None else self._who
        add(self._connection, one, key, who.writes(version))
