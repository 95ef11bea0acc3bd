"""How a year's amount is spread over its months: as loaded, evenly, or as earlier years' results have gone."""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate

from hsf_kpi.analysis.economy.known import budget_months, complete, result_in
from hsf_kpi.analysis.economy.types import Phasing, TargetPath, Yardstick
from hsf_kpi.model.ledger import AmountKind, UnitLedger, months_of
from hsf_kpi.model.period import Month

WHY_EVEN = (
    "Säsongsprofilen kan inte beräknas, eftersom det inte finns något tidigare helår med fullständigt resultat "
    "som skiljer sig tydligt från noll. I stället används jämn periodisering (1/12)."
)
_MOST_SHARE = 2
"""A year counts in the profile when no month's accumulated result is more than twice the year's own: around zero the
shares say nothing."""


def target_paths(ledger: UnitLedger, year: int, phasing: Phasing, until: Month) -> tuple[TargetPath, ...]:
    """The year's result by budget, with the provision and (where there is one) without. Empty unless all months have a
    budget (of a unit formed within the year: all from then on). `until`: the last month whose outcome may be used, for the
    profile of earlier years.
    """
    if not budget_months(ledger, year):
        return ()
    used, why = phasing, ""
    profile = _seasonal(ledger, year, until) if phasing is Phasing.SEASONAL else None
    if phasing is Phasing.SEASONAL and profile is None:
        used, why = Phasing.EVEN, WHY_EVEN
    yardsticks = [Yardstick.BUDGET, *([Yardstick.PROVISION] if ledger.has_provision(year) else [])]
    paths = []
    for yardstick in yardsticks:
        months = ledger.results(AmountKind.BUDGET, months_of(year), provision=yardstick is Yardstick.BUDGET)
        line = tuple(accumulate(amount or 0 for amount in months))
        if used is not Phasing.LOADED:
            line = spread(line[-1], profile or EVENLY)
        paths.append(TargetPath(yardstick, line[-1], line, used, why))
    return tuple(paths)


EVENLY: tuple[Fraction, ...] = tuple(Fraction(month, 12) for month in range(1, 13))
"""The part of a year's amount that has come by each month, when every month gives as much."""


def spread(total: int, profile: tuple[Fraction, ...]) -> tuple[int, ...]:
    """`total` accumulated by month in whole kronor: the rounded part of it by the end of each month, so that the months
    sum to it exactly when the profile ends in 1.
    """
    return tuple(round(total * part) for part in profile)


def _seasonal(ledger: UnitLedger, year: int, until: Month) -> tuple[Fraction, ...] | None:
    """The mean, over earlier years, of the part of the year's result that had come by each month."""
    if not ledger.months:
        return None
    shares: list[list[Fraction]] = []
    for earlier in range(ledger.months[0].year, year):
        months = tuple(months_of(earlier))
        if months[-1] > until or not complete(ledger, months):
            continue
        line = list(accumulate(result_in(ledger, AmountKind.ACTUAL, month) or 0 for month in months))
        if line[-1] and max(abs(amount) for amount in line) <= _MOST_SHARE * abs(line[-1]):
            shares.append([Fraction(amount, line[-1]) for amount in line])
    if not shares:
        return None
    return tuple(sum(column, Fraction(0)) / len(shares) for column in zip(*shares, strict=True))
