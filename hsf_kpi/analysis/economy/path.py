"""The path of a year's result: what is booked, month by month, against the budget's lines, and what is left to do."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hsf_kpi.analysis.economy.deviations import last_year
from hsf_kpi.analysis.economy.known import existing, known_sum, result_in
from hsf_kpi.analysis.economy.phasing import target_paths
from hsf_kpi.analysis.economy.types import (
    NoForecast,
    Phasing,
    RunRate,
    StatisticalForecast,
    TargetPath,
    Trajectory,
)
from hsf_kpi.model.ledger import AmountKind, Submitted, UnitLedger, months_of
from hsf_kpi.model.period import Month

__all__ = ["run_rate", "target_paths", "trajectory"]


def trajectory(
    ledger: UnitLedger,
    month: Month,
    *,
    submitted: Sequence[Submitted],
    statistical: StatisticalForecast | NoForecast,
    phasing: Phasing = Phasing.LOADED,
) -> Trajectory:
    """The path of `month`'s year, with no outcome after `month`. Of the forecasts those for the year are kept."""
    known = ledger.until(month)
    months = tuple(months_of(month.year))
    past = [one for one in months if one <= month]
    monthly = tuple(result_in(known, AmountKind.ACTUAL, one) for one in months)
    booked = [amount for amount in monthly if amount is not None]
    gaps = tuple(one for one in existing(known, past) if monthly[one.number - 1] is None)
    partial = tuple(one for one in past if monthly[one.number - 1] is not None and not known.complete(one))
    to_date = known_sum(monthly)
    targets = target_paths(known, month.year, phasing, month)
    return Trajectory(
        unit=ledger.unit,
        year=month.year,
        month=month,
        months=months,
        monthly=monthly,
        accumulated=_accumulated(monthly),
        to_date=to_date,
        average=None if to_date is None else Fraction(to_date, len(booked)),
        last_year_to_date=last_year(known, past),
        targets=targets,
        run_rates=_run_rates(targets, None if gaps or partial else to_date, 12 - month.number),
        submitted=tuple(one for one in submitted if one.year == month.year),
        statistical=statistical,
        gaps=gaps,
        partial=partial,
    )


def run_rate(actual: int, target: int, months_left: int) -> Fraction | None:
    """What each month left must give on average, kronor: actual + months left × it = target. None when none is left."""
    return Fraction(target - actual, months_left) if months_left > 0 else None


def _run_rates(targets: Sequence[TargetPath], to_date: int | None, months_left: int) -> tuple[RunRate, ...]:
    """For each target; `to_date` is None where the result to date is incomplete."""
    return tuple(
        RunRate(
            path.yardstick,
            path.year_end,
            months_left,
            None if to_date is None else run_rate(to_date, path.year_end, months_left),
        )
        for path in targets
    )


def _accumulated(monthly: Sequence[int | None]) -> tuple[int | None, ...]:
    """The sum so far of the months that are booked, None in one that is not."""
    line: list[int | None] = []
    total = 0
    for amount in monthly:
        total += amount or 0
        line.append(None if amount is None else total)
    return tuple(line)
