"""Who has handed in for a month, unit by unit, and what their own forecasts sum to. Kronor; plus is better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from hsf_kpi.analysis.deviating import Deviation
from hsf_kpi.analysis.economy.known import budget_months, whole_sum
from hsf_kpi.model.dialogue import HandIn, OwnForecast, Ready
from hsf_kpi.model.ledger import AmountKind, Submitted, UnitLedger
from hsf_kpi.model.period import Month


class HandInState(StrEnum):
    READY = "ready"
    """Klar för dialog."""
    BEGUN = "begun"
    NOT_BEGUN = "not_begun"


@dataclass(frozen=True, slots=True)
class YearBudget:
    """A unit's budgeted result of the year in kronor, the deficit provision included. provision: what the provision makes
    of it, 0 but for the unit that carries it and those above.
    """

    result: int
    provision: int = 0


@dataclass(frozen=True, slots=True)
class UnitHandIn:
    """How far one unit has come. answered, needed: figures that deviate. ready: who said «klar», None when it is not.

    forecast: the unit's own. latest: the ledger's latest submitted one of the year. ledger: whether the ledger of the unit
    may be seen; forecasts and budget are None where it may not. below_ready, below: units with nothing under them that stand
    under this one, and may be seen.
    """

    unit: str
    state: HandInState
    answered: int
    needed: int
    forecast: OwnForecast | None = None
    budget: YearBudget | None = None
    latest: Submitted | None = None
    ready: Ready | None = None
    ledger: bool = True
    below_ready: int = 0
    below: int = 0

    @property
    def deviation(self) -> int | None:
        """The own forecast against the year's budget."""
        if self.forecast is None or self.budget is None:
            return None
        return self.forecast.result - self.budget.result

    @property
    def moved(self) -> int | None:
        """The own forecast against the ledger's latest, of a unit where nobody's is missing in that."""
        if self.forecast is None or self.latest is None or self.latest.units < self.latest.expected:
            return None
        return self.forecast.result - self.latest.result


@dataclass(frozen=True, slots=True)
class ForecastSum:
    """What the own forecasts sum to. handed_in of expected units have one; the amounts are of those alone, and None where
    one of them lacks it.
    """

    handed_in: int
    expected: int
    result: int | None
    budget: int | None
    provision: int
    deviation: int | None
    moved: int | None

    @property
    def complete(self) -> bool:
        return self.handed_in == self.expected


@dataclass(frozen=True, slots=True)
class Overview:
    """A month seen from above. own: the chosen unit itself. rows: the units below, in the order shown.

    all_seen: whether every unit that belongs here may be seen; else all that is counted and summed is of those seen.
    """

    month: Month
    own: UnitHandIn
    rows: tuple[UnitHandIn, ...]
    all_seen: bool = True

    @property
    def ready(self) -> int:
        return sum(row.state is HandInState.READY for row in self.rows)

    @property
    def total(self) -> ForecastSum:
        """The sum over the rows, exactly."""
        return forecast_sum(self.rows)


def forecast_sum(rows: Sequence[UnitHandIn]) -> ForecastSum:
    """Over the units whose ledger may be seen."""
    counted = [row for row in rows if row.ledger]
    given = [(row, row.forecast) for row in counted if row.forecast is not None]
    budgets = [row.budget for row, _ in given]
    return ForecastSum(
        handed_in=len(given),
        expected=len(counted),
        result=whole_sum([forecast.result for _, forecast in given]),
        budget=whole_sum([None if one is None else one.result for one in budgets]),
        provision=sum(one.provision for one in budgets if one is not None),
        deviation=whole_sum([row.deviation for row, _ in given]),
        moved=whole_sum([row.moved for row, _ in given]),
    )


def unit_hand_in(
    hand_in: HandIn,
    said: Sequence[Deviation],
    ledger: UnitLedger | None,
    latest: Submitted | None,
    below: Sequence[HandIn],
) -> UnitHandIn:
    """How far one unit has come in a month. said: what it must answer, with the answers. ledger: None where it may not be
    seen. below: the month of each unit under it with nothing below.
    """
    return UnitHandIn(
        hand_in.unit,
        state_of(hand_in),
        answered=sum(one.answered for one in said),
        needed=len(said),
        forecast=hand_in.forecast,
        budget=None if ledger is None else year_budget(ledger, hand_in.month.year),
        latest=latest,
        ready=hand_in.ready if hand_in.is_ready else None,
        ledger=ledger is not None,
        below_ready=sum(one.is_ready for one in below),
        below=len(below),
    )


def state_of(hand_in: HandIn) -> HandInState:
    """«Klar», begun where anything stands, else not begun."""
    if hand_in.is_ready:
        return HandInState.READY
    return HandInState.NOT_BEGUN if hand_in.empty else HandInState.BEGUN


def year_budget(ledger: UnitLedger, year: int) -> YearBudget | None:
    """The year's budgeted result; None unless every month that the unit exists in has a budget."""
    months = budget_months(ledger, year)
    whole = whole_sum(ledger.results(AmountKind.BUDGET, months))
    without = whole_sum(ledger.results(AmountKind.BUDGET, months, provision=False))
    if whole is None:
        return None
    return YearBudget(whole, whole - (without or 0))
