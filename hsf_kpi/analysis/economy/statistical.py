"""The statistical forecast of a year's result: what earlier months say of those left.

It goes by the monthly results alone. It knows nothing of what is decided, and is never mixed with a submitted forecast.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from threadpoolctl import threadpool_limits

from hsf_kpi.analysis.economy.backtest import WITHIN_50, WITHIN_80, Chosen, choose
from hsf_kpi.analysis.economy.forecast_models import NAIVE, YEAR, import_models
from hsf_kpi.analysis.economy.known import result_in
from hsf_kpi.analysis.economy.types import NoForecast, StatisticalForecast
from hsf_kpi.model.ledger import AmountKind, UnitLedger
from hsf_kpi.model.period import Month
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.swedish.numbers import SPACE, number

ENOUGH_MONTHS = 24
KEPT = 1024
"""Forecasts kept in a process: units × months."""
FIRST_RESULT = Month.of(2020, 1)
"""Results before it belong to other organisations, and are never one series with these."""

_NONE_LEFT = "Året är slut, så det finns inga månader kvar att göra en prognos för."
_NEEDED = f"En statistisk prognos kräver {ENOUGH_MONTHS}{SPACE}månader i följd"
_TOO_IRREGULAR = "Månadsresultaten räcker inte till för att göra en statistisk prognos."
_WIDENED = "intervallen är vidgade efter felen tidigare år"
_NOT_TRIED = "metoden har inte kunnat prövas på tidigare år"


def statistical(ledger: UnitLedger, month: Month) -> StatisticalForecast | NoForecast:
    """The year's result from the monthly results up to `month`, or why it is not made.

    The method that did best on earlier years is used (`backtest`). Deterministic: the spread of the sums is computed, not
    simulated. Rounded to kronor.
    """
    left = YEAR - month.number
    if not left:
        return NoForecast(_NONE_LEFT)
    results = _unbroken(ledger, month)
    if len(results) < ENOUGH_MONTHS:
        return NoForecast(_why_short(ledger, month, len(results)))
    chosen = _chosen(tuple(results), month)
    if chosen is None:
        return NoForecast(_TOO_IRREGULAR)
    return _told(chosen, sum(results[-month.number :]), month)


@lru_cache(maxsize=KEPT)
def _chosen(results: tuple[int, ...], month: Month) -> Chosen | None:
    """Kept by the results alone: everybody who may see a unit asks for the same."""
    # The matrices are tiny: threads of the linear algebra library would spend ten times the work waiting for each other.
    with threadpool_limits(limits=1, user_api="blas"):
        return choose(np.array(results, dtype=np.float64), month)


def warm_statistics() -> None:
    """Imports the library, which takes a second or two: done before the first one asks."""
    import_models()


def _told(chosen: Chosen, to_date: int, month: Month) -> StatisticalForecast:
    """The forecast in whole kronor, accumulated from January: what is known and the sums ahead."""
    sums, spread = chosen.ahead.sums, chosen.ahead.spread * chosen.widening

    def line(errors: float) -> tuple[int, ...]:
        return tuple(to_date + round(float(amount)) for amount in sums + errors * spread)

    words = [chosen.method.words]
    words += [_NOT_TRIED] if chosen.backtest is None else [_WIDENED] if chosen.widening > 1 else []
    return StatisticalForecast(
        month,
        tuple(month + n for n in range(1, YEAR - month.number + 1)),
        line(0.0),
        line(-WITHIN_80),
        line(WITHIN_80),
        line(-WITHIN_50),
        line(WITHIN_50),
        "; ".join(words),
        chosen.method is NAIVE,
        chosen.backtest,
    )


def _unbroken(ledger: UnitLedger, month: Month) -> list[int]:
    """The complete monthly results that follow on each other up to `month`, oldest first."""
    found: list[int] = []
    while month >= FIRST_RESULT and ledger.complete(month):
        result = result_in(ledger, AmountKind.ACTUAL, month)
        if result is None:
            break
        found.append(result)
        month -= 1
    return found[::-1]


def _why_short(ledger: UnitLedger, month: Month, known: int) -> str:
    """Why the unbroken months up to `month` are fewer than needed: one that is missing, or nothing before them."""
    ends = month - known
    has = ends >= FIRST_RESULT and result_in(ledger, AmountKind.ACTUAL, ends) is not None
    earlier = ledger.months[0] if ledger.months else ends
    gap = has or any(
        ledger.has(AmountKind.ACTUAL, Month(n)) for n in range(max(earlier, FIRST_RESULT).index, ends.index)
    )
    if not known and not gap:
        return f"Inget utfall är bokfört till och med {month_text(month)}."
    if gap:
        lacks = f"är inte komplett för {month_text(ends)}" if has else f"saknas för {month_text(ends)}"
        return f"{_NEEDED}, men utfallet {lacks}."
    return f"{_NEEDED}; här finns {number(known, 0)}, från {month_text(ends + 1)}."
