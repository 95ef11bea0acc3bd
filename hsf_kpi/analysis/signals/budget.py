"""Deviations from the budget that are large enough to tell, and the few of them that are told."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hsf_kpi.analysis.economy.deviations import deviation, months_in
from hsf_kpi.analysis.economy.types import Yardstick
from hsf_kpi.analysis.signals.types import Signal, SignalKind
from hsf_kpi.model.account_plan import Side
from hsf_kpi.model.ledger import AmountKind, UnitLedger
from hsf_kpi.model.period import Month, View

LEAST = Fraction(1, 100)
"""Of the budgeted cost. Smaller deviations are not told: our convention."""
WORSE, BETTER = 3, 1
"""So many are told of each."""


def budget_signal(ledger: UnitLedger, month: Month) -> Signal | None:
    """The result of the year so far against the unit's own budget, where the deviation is at least `LEAST` of the budgeted
    cost of the same months. The deficit provision is no unit's deviation, and taken out.

    None where it is smaller, or can't be judged.
    """
    months = months_in(View.YTD, month)
    amount = deviation(ledger, months, Yardstick.PROVISION).amount
    if not amount:
        return None
    cost = _budgeted_cost(ledger, months)
    if cost <= 0 or abs(amount) < cost * LEAST:
        return None
    return Signal(
        SignalKind.BUDGET,
        ledger.unit,
        month,
        0.0,
        better=amount > 0,
        amount=amount,
        share=float(Fraction(amount, cost)),
        origins=ledger.origins,
    )


def largest_deviations(found: Sequence[Signal]) -> list[Signal]:
    """The largest in kronor: at most `WORSE` that are worse than the budget, and `BETTER` that are better."""
    by_size = sorted(found, key=lambda signal: (-abs(signal.amount or 0), signal.unit))
    worse = [signal for signal in by_size if not signal.better]
    better = [signal for signal in by_size if signal.better]
    return [*worse[:WORSE], *better[:BETTER]]


def _budgeted_cost(ledger: UnitLedger, months: Sequence[Month]) -> int:
    """Of the months that have a budget: where the deviation is known, all that the unit has lived."""
    costs = [a.id for a in ledger.accounts if a.side is Side.COST and not a.budget_only]
    return sum(ledger.total(AmountKind.BUDGET, cost, months, eliminated=False) or 0 for cost in costs)
