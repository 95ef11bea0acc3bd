"""Whether two periods of a unit can be held against each other: the same composition, and equally long."""

from __future__ import annotations

from hsf_kpi.analysis.types import Outcome
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.cell import MeasureSeries
from hsf_kpi.model.codes import OrgView
from hsf_kpi.model.organisation import Organisation
from hsf_kpi.model.period import Month, Period, Window
from hsf_kpi.swedish.dates import month_text

_SIZED = frozenset(
    {
        Aggregation.AMOUNT,
        Aggregation.COUNT,
        Aggregation.STOCK,
        Aggregation.FTE,
        Aggregation.MONTHLY_MEAN,
        Aggregation.LATEST_AMOUNT,
    }
)
"""Values that grow with what the unit consists of."""

_ADDED_UP = frozenset({Aggregation.AMOUNT, Aggregation.COUNT})
"""Values that grow with the length of their period."""

_MEASURED_SPANS = (Window.TERTIAL_1, Window.TERTIAL_2, Window.YEAR, Window.TWO_YEARS)

UNEVEN = "perioderna är inte lika långa"


def why_not_compared(
    now: Outcome,
    then: Outcome,
    series: MeasureSeries | None,
    *,
    organisation: Organisation,
    org: OrgView,
) -> str:
    """The reason why two values of a unit say nothing of a change, «jämförs inte: omorganisation januari 2023»;
    "" when they can be compared.

    A move between units is never growth, and ten months are not held against seven.
    """
    kind = now.measure.aggregation
    if now.value is None:
        return ""
    if kind in _SIZED and org is OrgView.AS_WAS and now.unit in organisation.units:
        month = _moved(organisation, now.unit, then.period, now.period)
        if month is not None:
            return f"jämförs inte: omorganisation {month_text(month)}"
    if kind in _ADDED_UP:
        for outcome in (then, now):
            if _is_short(outcome):
                return _not_as_long(_began(series, outcome.period))
            if (first := _first_inside(organisation, outcome, org)) is not None:
                return _not_as_long(first)
    return ""


def _not_as_long(began: Month | None) -> str:
    if began is None:
        return UNEVEN
    return f"verksamheten började {month_text(began)}, så det finns inte en lika lång period att jämföra med"


def _is_short(outcome: Outcome) -> bool:
    """Whether the unit lived only a part of an accumulated period."""
    cell, period = outcome.cell, outcome.period
    if period.window is not Window.YTD or cell is None or cell.ready is not None or outcome.value is None:
        return False
    return cell.months_expected < period.end.index - period.start.index + 1


def _began(series: MeasureSeries | None, period: Period) -> Month | None:
    """The first month of the series, where it lies inside the period."""
    known = min(series.cells.get(period.window, ()), default=None) if series is not None else None
    return known if known is not None and period.start < known <= period.end else None


def _first_inside(organisation: Organisation, outcome: Outcome, org: OrgView) -> Month | None:
    """The month that a unit began inside a period measured as such, of which the months are not known.

    In today's organisation a successor has its predecessors' history, and so began before itself.
    """
    unit, period = organisation.units.get(outcome.unit), outcome.period
    if unit is None or unit.first is None or outcome.value is None or period.window not in _MEASURED_SPANS:
        return None
    if org is OrgView.TODAY and any(other.successor == unit.id for other in organisation.units.values()):
        return None
    return unit.first if period.start < unit.first <= period.end else None


def _moved(organisation: Organisation, unit: str, then: Period, now: Period) -> Month | None:
    """The latest month after the start of `then` and up to the end of `now` in which what the unit consists
    of changed by a move; None when it never did.
    """
    moves = _moves(organisation)
    inside = (month for month in sorted(moves, reverse=True) if then.start < month <= now.end)
    return next((month for month in inside if unit in moves[month]), None)


def _moves(organisation: Organisation) -> dict[Month, frozenset[str]]:
    """Month → the units whose composition became another with it: a successor took over, or a parent changed.

    A unit that is merely new moves nothing.
    """
    # Kept with the organisation, as its own tables are.
    cache: dict[Month, frozenset[str]] | None = vars(organisation).get("_moves_cache")
    if cache is None:
        placements = [p for unit in organisation.units.values() for p in unit.placements]
        months = {p.first for p in placements if p.first is not None}
        months |= {p.last + 1 for p in placements if p.last is not None}
        months |= {reorganisation.month for reorganisation in organisation.reorganisations}
        cache = {month: organisation.touched(month, (month - 1,)) for month in months}
        vars(organisation)["_moves_cache"] = cache
    return cache
