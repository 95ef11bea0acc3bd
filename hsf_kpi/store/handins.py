"""What the heads of units hand in: every version is kept, with who and when. The latest stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.dialogue import Analysis, HandIn, OwnForecast, PlannedAction, Ready
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DataError, Problem
from hsf_kpi.model.scope import Scope
from hsf_kpi.store import handin_write as write
from hsf_kpi.store import tables
from hsf_kpi.store.engine import reading
from hsf_kpi.store.handin_checks import (
    action_problems,
    analysis_problems,
    forecast_problems_of,
    place_problems,
)
from hsf_kpi.store.handin_rows import (
    action_of,
    analysis_of,
    count_rows,
    forecast_of,
    ready_of,
    standing,
)
from hsf_kpi.store.handin_text import clean_action, clean_analysis, clean_forecast
from hsf_kpi.store.refresh import ids_of
from hsf_kpi.store.tables_dialogue import handin_action, handin_analysis, handin_forecast, handin_ready
from hsf_kpi.store.versions import Who, changing, versions


@dataclass
class _Found:
    """What may be seen of one unit and month."""

    analyses: list[Analysis] = field(default_factory=list)
    actions: list[PlannedAction] = field(default_factory=list)
    forecast: OwnForecast | None = None
    ready: Ready | None = None


class HandInStore:
    """Every question takes a scope first. An analysis and an åtgärd are seen with their measure in the month, the own
    forecast with the ledger, «klar för dialog» with the unit.

    What changes: whether `by` (a login, with the `name` it is shown by) may is asked before, and the log is written
    after, by the caller. `written` of what is given is the version that the person saw, None for none. DataError with
    every problem, also when that version no longer stands or the month is «klar för dialog»; then nothing is written.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def version(self) -> int:
        """Another number after every change: what is kept of the answers belongs to one."""
        with reading(self._engine) as connection:
            return count_rows(connection)

    def read(
        self, scope: Scope, catalogue: Catalogue, units: Sequence[str], first: Month, last: Month
    ) -> tuple[HandIn, ...]:
        """Of each unit and month between the two, both included, the latest version of everything, by unit as given and
        then by month. What the scope does not reach is left out, and so is a unit and month where nothing is left.
        """
        seen = [unit for unit in dict.fromkeys(units) if scope.sees(unit)]
        if not seen:
            return ()
        with reading(self._engine) as connection:
            found = _read(connection, scope, catalogue, seen, first, last)
        order = {unit: place for place, unit in enumerate(seen)}
        plan = {key: place for place, key in enumerate(catalogue.measures)}
        return tuple(
            HandIn(
                unit,
                month,
                tuple(sorted(one.analyses, key=lambda analysis: plan[analysis.measure])),
                tuple(one.actions),
                one.forecast,
                one.ready,
            )
            for (unit, month), one in sorted(found.items(), key=lambda item: (order[item[0][0]], item[0][1]))
        )

    def history(
        self, scope: Scope, catalogue: Catalogue, unit: str, month: Month, measure: str
    ) -> tuple[Analysis, ...]:
        """Every version of the analysis, newest first. NotPermitted where the measure may not be seen at the unit,
        NotFound for an unknown one; nothing in a month that may not be seen.
        """
        scope.demand_measure(unit, measure)
        catalogue.measure(measure)
        if not scope.reaches_month(unit, measure, month):
            return ()
        with reading(self._engine) as connection:
            key = {
                "unit": ids_of(connection, tables.unit).get(unit, 0),
                "month": month.index,
                "measure": ids_of(connection, tables.measure).get(measure, 0),
            }
            rows = versions(connection, handin_analysis, **key)
        return tuple(analysis_of(row, unit, measure) for row in rows)

    def save_analysis(self, catalogue: Catalogue, analysis: Analysis, by: str, name: str) -> Analysis:
        """A new version of the analysis of a figure. The analysis as it then stands."""
        _demand(analysis_problems(analysis, catalogue))
        with changing(self._engine, "analysen", "analys") as connection:
            return write.save_analysis(connection, clean_analysis(analysis), Who.now(by, name))

    def save_action(self, catalogue: Catalogue, action: PlannedAction, by: str, name: str) -> PlannedAction:
        """A new åtgärd (without number), or a new version of one; `removed` withdraws it as it stands. The åtgärd as it
        then stands. NotFound for a number that the unit and month do not have for the figure.
        """
        find = place_problems(action.unit, action.month, catalogue)
        _demand(find if action.removed else action_problems(action, catalogue))
        with changing(self._engine, "åtgärden", "åtgärd") as connection:
            return write.save_action(connection, clean_action(action), Who.now(by, name))

    def save_forecast(self, catalogue: Catalogue, forecast: OwnForecast, by: str, name: str) -> OwnForecast:
        """A new version of the own forecast. The forecast as it then stands."""
        _demand(forecast_problems_of(forecast, catalogue))
        with changing(self._engine, "prognosen", "egen prognos") as connection:
            return write.save_forecast(connection, clean_forecast(forecast), Who.now(by, name))

    def set_ready(
        self, catalogue: Catalogue, unit: str, month: Month, ready: bool, seen: int, by: str, name: str
    ) -> Ready:
        """Marks the month «klar för dialog», or opens it again. seen: the version of the mark that the person saw, 0 for
        none. The mark as it then stands; without version where a month that was never marked is opened.
        """
        _demand(place_problems(unit, month, catalogue))
        who = Who.now(by, name)
        saw = who.writes(seen) if seen else None
        with changing(self._engine, "”klar för dialog”", "klar för dialog") as connection:
            return write.set_ready(connection, Ready(unit, month, ready, saw), who)


def _read(
    connection: Connection,
    scope: Scope,
    catalogue: Catalogue,
    seen: Sequence[str],
    first: Month,
    last: Month,
) -> dict[tuple[str, Month], _Found]:
    found: dict[tuple[str, Month], _Found] = {}

    def at(one: Analysis | PlannedAction | OwnForecast | Ready) -> _Found:
        return found.setdefault((one.unit, one.month), _Found())

    numbers = ids_of(connection, tables.unit)
    units = {numbers[unit]: unit for unit in seen if unit in numbers}
    # Of a measure that is no longer defined there is no page where it could be shown.
    measures = {
        number: key for key, number in ids_of(connection, tables.measure).items() if key in catalogue.measures
    }
    asked = (units, first, last)
    for row in standing(connection, handin_analysis, *asked):
        key = measures.get(row.measure)
        if key and scope.reaches_month(units[row.unit], key, Month(row.month)):
            analysis = analysis_of(row, units[row.unit], key)
            at(analysis).analyses.append(analysis)
    for row in standing(connection, handin_action, *asked):
        key = measures.get(row.measure)
        if key and not row.removed and scope.reaches_month(units[row.unit], key, Month(row.month)):
            action = action_of(row, units[row.unit], key)
            at(action).actions.append(action)
    for row in standing(connection, handin_forecast, *asked):
        if scope.reaches_month(units[row.unit], catalogue.ledger_seen_with, Month(row.month)):
            forecast = forecast_of(row, units[row.unit])
            at(forecast).forecast = forecast
    for row in standing(connection, handin_ready, *asked):
        if _sees_month(scope, units[row.unit], Month(row.month)):
            ready = ready_of(row, units[row.unit])
            at(ready).ready = ready
    return found


def _sees_month(scope: Scope, unit: str, month: Month) -> bool:
    """Whether anything of the unit, which is seen, may be seen in the month."""
    end = scope.until(unit)
    return end is None or month <= end


def _demand(problems: list[Problem]) -> None:
    if problems:
        raise DataError(problems)
