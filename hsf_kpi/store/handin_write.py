"""Adding a version of what is handed in, inside a transaction that the caller has begun.

The unit is locked first: then nobody else writes for it, and the version that stands is the latest. Saving what stands
already, by the same login, adds nothing: a second click on the same button is not a change by somebody else.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection, Table

from hsf_kpi.model.dialogue import Analysis, OwnForecast, PlannedAction, Ready, Written
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DataError, NotFound, Problem
from hsf_kpi.store.handin_rows import (
    action_of,
    add,
    analysis_of,
    count_of,
    forecast_of,
    lock_unit,
    measure_id,
    newest,
    next_number,
    ready_of,
    standing,
)
from hsf_kpi.store.register_rows import MOST_NUMBER
from hsf_kpi.store.tables_dialogue import handin_action, handin_analysis, handin_forecast, handin_ready
from hsf_kpi.swedish.dates import month_text

MOST_VERSIONS: Final = 200
"""Of an analysis, of all åtgärder about one figure together, of a forecast, and of «klar för dialog»: for one unit and
month. Against floods; nobody comes near it by working.
"""
_KEPT: Final = 200


@dataclass(frozen=True, slots=True)
class Who:
    """by: the login; name: as shown now; at: when, with its time zone."""

    by: str
    name: str
    at: dt.datetime

    def writes(self, version: int) -> Written:
        return Written(self.by[:_KEPT], self.name[:_KEPT], self.at, version)


def save_analysis(connection: Connection, one: Analysis, who: Who) -> Analysis:
    unit = lock_unit(connection, one.unit)
    key = {"unit": unit, "month": one.month.index, "measure": measure_id(connection, one.measure)}
    row = newest(connection, handin_analysis, **key)
    stands = analysis_of(row, one.unit, one.measure) if row is not None else None
    before = stands.written if stands is not None else None
    if stands is not None and _again(before, who) and replace(one, written=before) == stands:
        return stands
    refuse_when_ready(connection, unit, one.month)
    _demand_seen(before, one.written, "analysen", "analys")
    _demand_few(connection, handin_analysis, "Analysen", "analys", key)
    return add_analysis(connection, one, key, who.writes(_next(before)))


def add_analysis(connection: Connection, one: Analysis, key: dict[str, int], written: Written) -> Analysis:
    year_end = None if one.year_end is None else one.year_end.value
    values = {**key, "text": one.text, "year_end": year_end, "year_end_reason": one.year_end_reason}
    add(connection, handin_analysis, written, **values)
    return replace(one, written=written)


def save_action(connection: Connection, one: PlannedAction, who: Who) -> PlannedAction:
    unit = lock_unit(connection, one.unit)
    key = {"unit": unit, "month": one.month.index, "measure": measure_id(connection, one.measure)}
    if one.number is None:
        stands = _same_action(connection, one, key, who)
        if stands is not None:
            return stands
        if one.removed:
            raise NotFound(no_such_action())
        one = replace(one, number=next_number(connection, unit, one.month), written=None)
        before = None
    else:
        stands = _standing_action(connection, one, key)
        before = stands.written
        if one.removed:
            one = replace(stands, removed=True, written=one.written)
        if _again(before, who) and replace(one, written=before) == stands:
            return stands
    refuse_when_ready(connection, unit, one.month)
    _demand_seen(before, one.written, "åtgärden", "åtgärd")
    if not one.removed:
        _demand_few(connection, handin_action, "Åtgärderna", "åtgärd", key)
    return add_action(connection, one, key, who.writes(_next(before)))


def add_action(
    connection: Connection, one: PlannedAction, key: dict[str, int], written: Written
) -> PlannedAction:
    """`one` with its number."""
    values = {
        **key,
        "number": one.number,
        "what": one.what,
        "responsible": one.responsible,
        "due": one.due.index,
        "effect": one.effect,
        "amount": one.amount,
        "removed": one.removed,
    }
    add(connection, handin_action, written, **values)
    return replace(one, written=written)


def _same_action(
    connection: Connection, one: PlannedAction, key: dict[str, int], who: Who
) -> PlannedAction | None:
    """One that stands with the same words for the same figure, by the same login."""
    for row in standing(connection, handin_action, {key["unit"]: one.unit}, one.month, one.month):
        if row.measure == key["measure"]:
            found = action_of(row, one.unit, one.measure)
            same = replace(one, number=found.number, written=found.written) == found
            if same and not found.removed and _again(found.written, who):
                return found
    return None


def _standing_action(connection: Connection, one: PlannedAction, key: dict[str, int]) -> PlannedAction:
    number = one.number or 0
    row = None
    if 0 < number <= MOST_NUMBER:
        row = newest(connection, handin_action, unit=key["unit"], month=key["month"], number=number)
    if row is None or row.measure != key["measure"]:
        raise NotFound(no_such_action())
    return action_of(row, one.unit, one.measure)


def save_forecast(connection: Connection, one: OwnForecast, who: Who) -> OwnForecast:
    unit = lock_unit(connection, one.unit)
    key = {"unit": unit, "month": one.month.index}
    row = newest(connection, handin_forecast, **key)
    stands = forecast_of(row, one.unit) if row is not None else None
    before = stands.written if stands is not None else None
    if stands is not None and _again(before, who) and replace(one, written=before) == stands:
        return stands
    refuse_when_ready(connection, unit, one.month)
    _demand_seen(before, one.written, "prognosen", "egen prognos")
    _demand_few(connection, handin_forecast, "Prognosen", "egen prognos", key)
    return add_forecast(connection, one, key, who.writes(_next(before)))


def add_forecast(
    connection: Connection, one: OwnForecast, key: dict[str, int], written: Written
) -> OwnForecast:
    add(connection, handin_forecast, written, **key, result=one.result, reason=one.reason)
    return replace(one, written=written)


def set_ready(connection: Connection, one: Ready, who: Who) -> Ready:
    """`one.written`: what was seen. Nothing is added where it stands so already."""
    unit = lock_unit(connection, one.unit)
    key = {"unit": unit, "month": one.month.index}
    row = newest(connection, handin_ready, **key)
    stands = ready_of(row, one.unit) if row is not None else Ready(one.unit, one.month, False)
    if stands.ready == one.ready and (stands.written is None or _again(stands.written, who)):
        return stands
    _demand_seen(stands.written, one.written, "”klar för dialog”", "klar för dialog")
    if stands.ready == one.ready:
        return stands
    _demand_few(connection, handin_ready, "”Klar för dialog”", "klar för dialog", key)
    return add_ready(connection, one, key, who.writes(_next(stands.written)))


def add_ready(connection: Connection, one: Ready, key: dict[str, int], written: Written) -> Ready:
    add(connection, handin_ready, written, **key, ready=one.ready)
    return replace(one, written=written)


def refuse_when_ready(connection: Connection, unit: int, month: Month) -> None:
    """DataError when the month is «klar för dialog»: what the superior has been told stands."""
    row = newest(connection, handin_ready, unit=unit, month=month.index)
    if row is not None and row.ready:
        raise DataError(
            Problem(
                f"Det som har lämnats för {month_text(month)} är klarmarkerat för dialog.",
                "klar för dialog",
                "Öppna igen om något ska ändras.",
            )
        )


def changed(what: str, where: str) -> DataError:
    """Somebody else was there before."""
    return DataError(
        Problem(
            f"Någon annan har ändrat {what} sedan du öppnade sidan.",
            where,
            "Kopiera det du har skrivit, ladda om sidan och gör om din ändring.",
        )
    )


def no_such_action() -> Problem:
    return Problem("Åtgärden finns inte.", "åtgärd", "Ladda om sidan, och välj en åtgärd i listan.")


def _again(stands: Written | None, who: Who) -> bool:
    return stands is not None and stands.by == who.by[:_KEPT]


def _next(stands: Written | None) -> int:
    return 1 if stands is None else stands.version + 1


def _demand_seen(stands: Written | None, seen: Written | None, what: str, where: str) -> None:
    if (stands.version if stands else 0) != (seen.version if seen else 0):
        raise changed(what, where)


def _demand_few(connection: Connection, table: Table, what: str, where: str, key: dict[str, int]) -> None:
    if count_of(connection, table, **key) >= MOST_VERSIONS:
        raise DataError(
            Problem(
                f"{what} har ändrats {MOST_VERSIONS} gånger för månaden, och kan inte ändras fler gånger.",
                where,
                "Skriv det som är nytt i nästa månad.",
            )
        )
