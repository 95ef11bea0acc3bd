"""How the methods would have done: forecasts of earlier years, each made from what was known after a month of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from hsf_kpi.analysis.economy.forecast_models import METHODS, NAIVE, YEAR, Ahead, Floats, Method
from hsf_kpi.analysis.economy.types import Backtest
from hsf_kpi.model.period import Month

WITHIN_80 = NormalDist().inv_cdf(0.9)
"""Half the width of an 80 % interval, in standard errors."""
WITHIN_50 = NormalDist().inv_cdf(0.75)

YEARS = 2
"""So many of the latest whole years are tried, where enough is known before them."""
TOO_FEW_INSIDE = 0.7
ENOUGH_TRIALS = 5
MOST_TRIALS = 12
"""Of more months every second is tried: each costs a fit of every method."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One forecast of a year's result made in an earlier month: how wrong it was, and the spread it had told."""

    year: int
    error: float
    spread: float

    @property
    def missed_by(self) -> float:
        """The error in standard errors."""
        return abs(self.error) / self.spread

    @property
    def inside(self) -> bool:
        """Whether the outcome fell inside the 80 % interval."""
        return self.missed_by <= WITHIN_80


@dataclass(frozen=True, slots=True)
class Chosen:
    """The method that did best with its forecast, and how much wider its intervals must be (1: as they are).

    backtest: before widening; None where nothing could be tried.
    """

    method: Method
    ahead: Ahead
    backtest: Backtest | None
    widening: float = 1.0


def choose(known: Floats, last: Month) -> Chosen | None:
    """The method with the least mean error on earlier years; the naive one where none is better, or nothing can be tried.

    known: monthly results up to and with `last`, no December, without a gap. None where not even the naive one can be made.
    """
    ahead = NAIVE.make(known, last.number, YEAR - last.number)
    if ahead is None:
        return None
    methods, starts = _to_try(len(known), last)
    naive = _trials(NAIVE, known, last, starts) if starts else None
    if naive is None:
        return Chosen(NAIVE, ahead, None)
    best, best_trials = NAIVE, naive
    for method in methods if _error(naive) else ():
        trials = _trials(method, known, last, starts)
        if trials is None or _error(trials) >= _error(best_trials):
            continue
        made = method.make(known, last.number, YEAR - last.number)
        if made is not None:
            best, best_trials, ahead = method, trials, made
    told = Backtest(
        tuple(sorted({trial.year for trial in best_trials})),
        round(_error(best_trials)),
        round(_error(naive)),
        sum(trial.inside for trial in best_trials),
        len(best_trials),
    )
    return Chosen(best, ahead, told, widening(best_trials))


def widening(trials: Sequence[Trial]) -> float:
    """What the spread is multiplied by, where too few outcomes fell inside: so that four of five would have."""
    inside = sum(trial.inside for trial in trials)
    if len(trials) < ENOUGH_TRIALS or inside >= TOO_FEW_INSIDE * len(trials):
        return 1.0
    needed = float(np.quantile([trial.missed_by for trial in trials], 0.8, method="higher"))
    return max(needed / WITHIN_80, 1.0)


def _to_try(months: int, last: Month) -> tuple[tuple[Method, ...], tuple[Month, ...]]:
    """The methods, and the months that forecasts are made after: of the latest whole years that all methods can be tried
    on; where there are none, of those that some can.
    """
    first = last - (months - 1)
    before = [month for month in _whole_years(first, last) if month.number < YEAR]
    for least in sorted({method.least for method in METHODS}, reverse=True):
        starts = tuple(month for month in before if month.index - first.index + 1 >= least)
        if len(starts) >= ENOUGH_TRIALS:
            tried = starts if len(starts) <= MOST_TRIALS else starts[1::2]
            return tuple(method for method in METHODS if method.least <= least), tried
    return (), ()


def _whole_years(first: Month, last: Month) -> list[Month]:
    """Every month of the latest years that have ended and have twelve known months before them."""
    years = [year for year in range(last.year - YEARS, last.year) if Month.of(year, 1) - YEAR >= first]
    return [Month.of(year, number) for year in years for number in range(1, YEAR + 1)]


def _trials(method: Method, known: Floats, last: Month, starts: Sequence[Month]) -> tuple[Trial, ...] | None:
    """One for each start; None where the method fails on one of them, and so can't be compared."""
    found = []
    first = last.index - (len(known) - 1)
    for start in starts:
        size, left = start.index - first + 1, YEAR - start.number
        made = method.make(known[:size], start.number, left)
        if made is None:
            return None
        outcome = float(known[size : size + left].sum())
        found.append(Trial(start.year, float(made.sums[-1]) - outcome, float(made.spread[-1])))
    return tuple(found)


def _error(trials: Sequence[Trial]) -> float:
    """The mean absolute error in kronor."""
    return sum(abs(trial.error) for trial in trials) / len(trials)
