"""Adding a version of what is handed in, inside a transaction that the caller has begun.

The unit is locked first: then nobody else writes for it, and the version that stands is the latest.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from hsf_kpi.model.dialogue import Analysis, OwnForecast, PlannedAction, Ready, Written
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DataError, NotFound, Problem
from hsf_kpi.store.handin_rows import (
    action_of,
    analysis_of,
    forecast_of,
    lock_unit,
    measure_id,
    next_number,
    ready_of,
    standing,
)
from hsf_kpi.store.register_rows import MOST_NUMBER
from hsf_kpi.store.tables_dialogue import handin_action, handin_analysis, handin_forecast, handin_ready
from hsf_kpi.store.versions import Who, add, again, demand_few, demand_seen, following, newest
from hsf_kpi.swedish.dates import month_text


def save_analysis(connection: Connection, one: Analysis, who: Who) -> Analysis:
    unit = lock_unit(connection, one.unit)
    key = {"unit": unit, "month": one.month.index, "measure": measure_id(connection, one.measure)}
    row = newest(connection, handin_analysis, **key)
    stands = analysis_of(row, one.unit, one.measure) if row is not None else None
    before = stands.written if stands is not None else None
    if stands is not None and again(before, who) and replace(one, written=before) == stands:
        return stands
    refuse_when_ready(connection, unit, one.month)
    demand_seen(before, one.written, "analysen", "analys")
    demand_few(connection, handin_analysis, "Analysen", "analys", key)
    return add_analysis(connection, one, key, who.writes(following(before)))


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
        if again(before, who) and replace(one, written=before) == stands:
            return stands
    refuse_when_ready(connection, unit, one.month)
    demand_seen(before, one.written, "åtgärden", "åtgärd")
    if not one.removed:
        demand_few(connection, handin_action, "Åtgärderna", "åtgärd", key)
    return add_action(connection, one, key, who.writes(following(before)))


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
            if same and not found.removed and again(found.written, who):
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
    if stands is not None and again(before, who) and replace(one, written=before) == stands:
        return stands
    refuse_when_ready(connection, unit, one.month)
    demand_seen(before, one.written, "prognosen", "egen prognos")
    demand_few(connection, handin_forecast, "Prognosen", "egen prognos", key)
    return add_forecast(connection, one, key, who.writes(following(before)))


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
    if stands.ready == one.ready and (stands.written is None or again(stands.written, who)):
        return stands
    demand_seen(stands.written, one.written, "”klar för dialog”", "klar för dialog")
    if stands.ready == one.ready:
        return stands
    demand_few(connection, handin_ready, "”Klar för dialog”", "klar för dialog", key)
    return add_ready(connection, one, key, who.writes(following(stands.written)))


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


def no_such_action() -> Problem:
    return Problem("Åtgärden finns inte.", "åtgärd", "Ladda om sidan, och välj en åtgärd i listan.")
