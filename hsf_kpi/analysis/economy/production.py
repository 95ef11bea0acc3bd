"""Production against staff and cost: as index of a base year, for each årsarbetare, and against what was agreed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hsf_kpi.analysis.economy.index import (
    BASE_YEAR,
    COST,
    DRG,
    STAFF,
    TITLE,
    TOTAL_STAFF,
    Amounts,
    base_of,
    index_series,
    per_staff,
    so_many,
    unknown_in,
    whole_sum,
)
from hsf_kpi.analysis.economy.types import IndexSeries
from hsf_kpi.analysis.types import Outcome
from hsf_kpi.model.account_plan import Side
from hsf_kpi.model.aggregation import FIXED
from hsf_kpi.model.ledger import AmountKind, UnitLedger
from hsf_kpi.model.period import Month

__all__ = [
    "AGREED",
    "BASE_YEAR",
    "COST",
    "DRG",
    "STAFF",
    "TITLE",
    "TOTAL_STAFF",
    "AgainstAgreed",
    "Amounts",
    "Production",
    "SinceBase",
    "against_agreed",
    "amounts_of",
    "gross_cost",
    "index_series",
    "production",
    "since_base",
]

AGREED: Mapping[str, str] = {
    "besok": "besok-overenskomna",
    "vardtillfallen": "vardtillfallen-overenskomna",
    "operationer": "operationer-overenskomna",
    DRG: "drg-overenskomna",
}
"""Production → the measure that tells what was agreed of it."""


Norms = Mapping[Month, Fraction]
NO_NORMS: Norms = {}


@dataclass(frozen=True, slots=True)
class AgainstAgreed:
    """Outcome and agreed over the same months. Each None where not known; `why_none` then says why, in Swedish.

    difference: outcome − agreed, plus is more than agreed. percent: outcome in percent of agreed.
    """

    key: str
    title: str
    outcome: Fraction | None
    agreed: Fraction | None
    why_none: str = ""

    @property
    def difference(self) -> Fraction | None:
        if self.outcome is None or self.agreed is None:
            return None
        return self.outcome - self.agreed

    @property
    def percent(self) -> Fraction | None:
        if self.outcome is None or not self.agreed:
            return None
        return self.outcome * 100 / self.agreed


@dataclass(frozen=True, slots=True)
class SinceBase:
    """The chosen months against the same months of the base year, so that seasons do not matter. Sums; staff as årsarbetare
    of the whole time (hours by norm hours). percent: the change; None with `why_none`.
    """

    key: str
    title: str
    base_year: int
    now: Fraction | None
    base: Fraction | None
    last_year: Fraction | None
    why_none: str = ""

    @property
    def percent(self) -> Fraction | None:
        return _growth(self.now, self.base)

    @property
    def percent_last_year(self) -> Fraction | None:
        """The change against the same months last year."""
        return _growth(self.now, self.last_year)


@dataclass(frozen=True)
class Production:
    """series: the quantities as index, in the order given. productivity: production's index by that of own årsarbetare
    (key «besok-per-arsarbetare»; 100 = as in the base year; amounts per årsarbetare). since: the same quantities over the
    chosen months. against: those that something can be agreed about.
    """

    base_year: int
    series: tuple[IndexSeries, ...]
    productivity: tuple[IndexSeries, ...]
    since: tuple[SinceBase, ...]
    against: tuple[AgainstAgreed, ...]


def production(
    amounts: Mapping[str, Amounts],
    months: Sequence[Month],
    chosen: Sequence[Month],
    agreed: Mapping[str, Amounts],
    *,
    norms: Norms = NO_NORMS,
    rolling: bool = False,
    base_year: int = BASE_YEAR,
) -> Production:
    """Everything of the page. amounts, agreed: key (of `TITLE`) → months; what is not in TITLE is left out.

    months: those drawn. chosen: those summed (`deviations.months_in`). norms: as in `since_base`. rolling: each index of the
    mean of twelve months.
    """
    keys = [key for key in amounts if key in TITLE]
    series = {
        key: index_series(
            key, amounts[key], months, agreed=agreed.get(key), rolling=rolling, base_year=base_year
        )
        for key in keys
    }
    made = [key for key in keys if key in AGREED]
    staff = series.get(STAFF)
    return Production(
        base_year,
        tuple(series.values()),
        tuple(per_staff(series[key], staff) for key in made) if staff is not None else (),
        tuple(since_base(key, amounts[key], chosen, base_year, norms) for key in keys),
        tuple(against_agreed(key, amounts[key], agreed.get(key, {}), chosen) for key in made),
    )


def against_agreed(key: str, amounts: Amounts, agreed: Amounts, chosen: Sequence[Month]) -> AgainstAgreed:
    """Both summed over the chosen months; neither is told where a month of it is not known."""
    lacks_outcome, lacks_agreed = unknown_in(amounts, chosen), unknown_in(agreed, chosen)
    why = ""
    if lacks_agreed == len(chosen):
        why = "Ingen överenskommen produktion finns för de valda månaderna."
    elif lacks_agreed:
        why = f"Överenskommen produktion saknas för {so_many(lacks_agreed, len(chosen))} valda månader."
    elif lacks_outcome:
        why = f"Utfall saknas för {so_many(lacks_outcome, len(chosen))} valda månader."
    return AgainstAgreed(key, TITLE[key], whole_sum(amounts, chosen), whole_sum(agreed, chosen), why)


def since_base(
    key: str,
    amounts: Amounts,
    chosen: Sequence[Month],
    base_year: int = BASE_YEAR,
    norms: Norms = NO_NORMS,
) -> SinceBase:
    """The chosen months against the same months of the base year, and of last year.

    norms: the norm hours of a month, by which staff of several months is weighed as everywhere else (Σ hours by Σ norm
    hours); months count alike where they are not known.
    """
    over = _staff_over if key in (STAFF, TOTAL_STAFF) else _sum_over
    then = [Month.of(base_year, month.number) for month in chosen]
    now, base = over(amounts, chosen, norms), over(amounts, then, norms)
    why = ""
    if now is None:
        why = f"Utfall saknas för {so_many(unknown_in(amounts, chosen), len(chosen))} valda månader."
    elif not base:
        why = base_of(amounts, base_year)[1] or f"Samma månader {base_year} är noll."
    last_year = over(amounts, [month - 12 for month in chosen], norms)
    return SinceBase(key, TITLE[key], base_year, now, base, last_year, why)


def _sum_over(amounts: Amounts, months: Sequence[Month], _norms: Norms) -> Fraction | None:
    return whole_sum(amounts, months)


def _staff_over(amounts: Amounts, months: Sequence[Month], norms: Norms) -> Fraction | None:
    known = all(month in norms for month in months)
    weights = {month: norms[month] if known else Fraction(1) for month in months}
    hours = {month: None if (one := amounts.get(month)) is None else one * weights[month] for month in months}
    total = whole_sum(hours, months)
    return None if total is None else total / sum(weights.values())


def gross_cost(ledger: UnitLedger, months: Iterable[Month]) -> dict[Month, Fraction | None]:
    """Every cost but the provision and the accounts that units of the förvaltning buy from each other on, kronor; None where
    not fully booked. So a klinik, which buys from others, is compared over the years as the whole is, which does not.
    """
    costs = [
        one.id
        for one in ledger.accounts
        if one.side is Side.COST and not one.budget_only and not one.may_be_internal
    ]
    return {
        month: Fraction(sum(ledger.amount(AmountKind.ACTUAL, account, month) or 0 for account in costs))
        if ledger.complete(month)
        else None
        for month in months
    }


def amounts_of(outcomes: Iterable[Outcome], *, numerator: bool = False) -> dict[Month, Fraction | None]:
    """Outcomes of single months as amounts, or their numerators (DRG-poäng). None where missing, masked or incomplete."""
    return {
        one.period.end: None if one.starred else _numerator(one) if numerator else one.value
        for one in outcomes
    }


def norms_of(outcomes: Iterable[Outcome]) -> dict[Month, Fraction]:
    """The norm hours behind årsarbetare of single months, where they are known."""
    return {
        one.period.end: Fraction(one.cell.denominator, FIXED)
        for one in outcomes
        if one.cell is not None and one.cell.denominator
    }


def _numerator(outcome: Outcome) -> Fraction | None:
    cell = outcome.cell
    if outcome.value is None or cell is None or cell.numerator is None:
        return None
    return Fraction(cell.numerator, FIXED)


def _growth(now: Fraction | None, then: Fraction | None) -> Fraction | None:
    return None if now is None or not then else (now / then - 1) * 100
