"""Who may hand in to the dialogue, and until when: the right at the unit, a month that may be seen and is still open."""

from __future__ import annotations

from hsf_kpi.access.rights import Rights
from hsf_kpi.model.organisation import Unit
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DataError, NotPermitted, Problem
from hsf_kpi.model.role import Permission
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.swedish.words import sentence_start


def closed(unit: Unit, month: Month, *, latest: Month | None, released: bool) -> str | None:
    """Why nobody can hand in for the unit and month, as a sentence; None while one can. latest: the last month with data."""
    name = month_text(month)
    if latest is None or month > latest:
        return f"Det finns inga utfall för {name} än, så inget kan lämnas."
    if not unit.exists_at(month):
        return f"{unit.name} fanns inte i {name}, så inget kan lämnas."
    if released:
        return f"{sentence_start(name)} är frisläppt, så inget mer kan lämnas eller ändras."
    return None


def demand_open(rights: Rights, unit: str, month: Month, why_closed: str | None) -> None:
    """NotPermitted without the right at the unit, or beyond the last month that the person may see anything of; DataError
    when nobody can hand in any more.
    """
    rights.scope.demand(unit)
    rights.demand(Permission.COMMENT, unit)
    horizon = rights.scope.horizon()
    if horizon is not None and month > horizon:
        raise NotPermitted(_outside(month))
    if why_closed is not None:
        raise DataError(Problem(why_closed, "månad", "Välj en månad som är öppen."))


def demand_measure_in(rights: Rights, unit: str, measure: str, month: Month) -> None:
    """NotPermitted unless the measure may be seen at the unit in that month."""
    rights.scope.demand_measure(unit, measure)
    if not rights.scope.reaches_month(unit, measure, month):
        raise NotPermitted(_outside(month))


def _outside(month: Month) -> Problem:
    return Problem(
        f"{sentence_start(month_text(month))} ingår inte i din behörighet.",
        "månad",
        "Välj en tidigare månad.",
    )
