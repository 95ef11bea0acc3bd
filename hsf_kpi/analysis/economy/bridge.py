"""Bridges: from one result to another by steps that make the difference, to the krona."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hsf_kpi.analysis.economy.deviations import account_deviation, deviation
from hsf_kpi.analysis.economy.known import budget_months, months_text, whole_sum
from hsf_kpi.analysis.economy.types import Bridge, BridgeStep, Yardstick
from hsf_kpi.model.account_plan import Side
from hsf_kpi.model.ledger import MNKR, AmountKind, Submitted, UnitLedger
from hsf_kpi.model.period import Month
from hsf_kpi.model.plan_table import ColumnKind, PlanTable
from hsf_kpi.swedish.dates import date_text

MOST_STEPS = 10
_REST: Mapping[Side, str] = {Side.REVENUE: "Övrigt, intäkter", Side.COST: "Övrigt, kostnader"}
_UNMET = BridgeStep("interna-poster", "Interna poster som inte möts", 0)
_KRONOR = {ColumnKind.MNKR: MNKR, ColumnKind.TKR: 1_000}


@dataclass(frozen=True, slots=True)
class _Sided:
    """A step before it is known whether it is shown by itself. side None: always is."""

    step: BridgeStep
    side: Side | None


def make_bridge(
    bridge_id: str,
    start_title: str,
    start: int,
    steps: Sequence[BridgeStep],
    end_title: str,
    end: int,
) -> Bridge:
    """A bridge without the steps that are 0. ValueError when it does not reach its end."""
    reached = start + sum(step.amount for step in steps)
    if reached != end:
        raise ValueError(f"bridge {bridge_id}: {start} + steps = {reached}, not {end}")
    kept = tuple(step for step in steps if step.amount)
    return Bridge(bridge_id, start_title, start, kept, end_title, end)


def plan_bridge(table: PlanTable) -> Bridge:
    """A table of the plan that goes from its first row to its first total, printed amounts in kronor.

    ValueError when the printed rows don't sum to the printed total, or an amount isn't whole kronor.
    """
    column = next(c for c in table.columns if c.kind in _KRONOR)
    total = table.totals[0]
    first, *rest = table.counted(total.id)

    def kronor(amounts: Mapping[str, Decimal | None], what: str) -> int:
        printed = amounts.get(column.id)
        amount = None if printed is None else printed * _KRONOR[column.kind]
        if amount is None or amount != int(amount):
            raise ValueError(f"{table.id}: {what} is {printed} {column.kind.value}")
        return int(amount)

    return make_bridge(
        table.id,
        first.name,
        kronor(first.amounts, first.id),
        [BridgeStep(row.id, row.name, kronor(row.amounts, row.id)) for row in rest],
        total.name,
        kronor(total.printed, total.id),
    )


def year_bridge(ledger: UnitLedger, months: Sequence[Month]) -> Bridge | None:
    """From last year's result of the same months to this year's, by account. None unless both are complete."""
    return outcome_bridge(ledger, months, Yardstick.LAST_YEAR)


def outcome_bridge(ledger: UnitLedger, months: Sequence[Month], yardstick: Yardstick) -> Bridge | None:
    """From what the yardstick says to the outcome, by account. None unless the outcome can be judged by it."""
    whole = deviation(ledger, months, yardstick)
    if whole.amount is None or whole.against is None or whole.actual is None:
        return None
    accounts = [account for account in ledger.accounts if account.side.sign]
    amounts = {a: account_deviation(ledger, a, months, yardstick).amount or 0 for a in accounts}
    sided = [_Sided(BridgeStep(a.id, a.title, amount), a.side) for a, amount in amounts.items()]
    before = tuple(month - 12 for month in months)
    start_title = (
        f"Resultat {months_text(before)}"
        if yardstick is Yardstick.LAST_YEAR
        else f"{_budget_word(ledger, months[-1].year, yardstick)} {months_text(months)}"
    )
    return make_bridge(
        f"utfall-{yardstick.value}",
        start_title,
        whole.against,
        _closed(sided, whole.amount),
        f"Resultat {months_text(months)}",
        whole.actual,
    )


def forecast_bridge(ledger: UnitLedger, submitted: Submitted | None) -> Bridge | None:
    """From the year's budget, with the provision, to the forecast, by account. None without a forecast or a budget.

    Both are gross: a forecast doesn't tell what is internal in it.
    """
    year = () if submitted is None else budget_months(ledger, submitted.year)
    if submitted is None or not year:
        return None
    budget = whole_sum(ledger.results(AmountKind.BUDGET, year)) or 0
    sided = []
    for account in ledger.accounts:
        held = ledger.total(AmountKind.BUDGET, account.id, year, eliminated=False) or 0
        amount = account.side.sign * (submitted.amounts.get(account.id, 0) - held)
        sided.append(_Sided(BridgeStep(account.id, account.title, amount), account.side))
    return make_bridge(
        "prognos",
        f"{_budget_word(ledger, submitted.year, Yardstick.BUDGET)} {submitted.year}",
        budget,
        _closed(sided, submitted.result - budget),
        f"Lämnad prognos {date_text(submitted.made)}",
        submitted.result,
    )


def _budget_word(ledger: UnitLedger, year: int, yardstick: Yardstick) -> str:
    if not ledger.has_provision(year):
        return "Egen budget"
    return "Budget" if yardstick is Yardstick.BUDGET else "Budget utan underskottspost"


def _closed(sided: Sequence[_Sided], difference: int) -> list[BridgeStep]:
    """The steps that are shown, with what the lines leave of `difference`: internal amounts of which only one end is
    booked are taken out of a line and still are in the result.
    """
    found = _gathered([one for one in sided if one.step.amount])
    left = difference - sum(step.amount for step in found)
    return [*found, BridgeStep(_UNMET.id, _UNMET.title, left)]


def _gathered(sided: Sequence[_Sided]) -> list[BridgeStep]:
    """At most ten: when there are more, the smallest go together by side, last."""
    if len(sided) <= MOST_STEPS:
        return [one.step for one in sided]
    by_size = sorted(sided, key=lambda one: -abs(one.step.amount))
    kept = {one.step.id for one in by_size[: MOST_STEPS - len(_REST)]}
    steps = [one.step for one in sided if one.step.id in kept]
    for side, title in _REST.items():
        small = [one.step for one in sided if one.side is side and one.step.id not in kept]
        if len(small) == 1:
            steps += small
        elif small:
            steps.append(BridgeStep(f"ovrigt-{side.value}", title, sum(step.amount for step in small)))
    return steps
