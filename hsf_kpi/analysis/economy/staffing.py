"""Total bemanning: own, hired and overtime in årsarbetare, so that hiring a former agency nurse shows as an exchange."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from hsf_kpi.analysis.economy.index import Amounts
from hsf_kpi.model.period import Month
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.swedish.numbers import SPACE, number

ENOUGH_MONTHS = 36
"""So many months on end must be known before the seasons can be told from the rest."""

_TOO_FEW = f"Säsongsrensning kräver {ENOUGH_MONTHS}{SPACE}månader i följd"
_SEASONAL = 13
"""How many years' worth of a month the season is smoothed over: a slow season, since there are few years."""
_PARTS = (None, "inhyrd personal", "övertid")

ALIKE = Fraction(1, 2)
EXCHANGE_RULE = (
    "Som byte räknas att inhyrda årsarbetare minskar och egna ökar med mellan hälften och en och en halv gång "
    "minskningen, jämfört med samma månad förra året. Det är vår egen gräns."
)


class Exchange(StrEnum):
    """What became of own and hired staff against the same month last year."""

    EXCHANGE = "exchange"
    """Hired fell and own rose by about as much."""
    MORE_OWN = "more_own"
    """Hired fell, and own rose by clearly more."""
    LESS_OWN = "less_own"
    """Hired fell, and own rose by clearly less: only a part was replaced."""
    BOTH_FELL = "both_fell"
    BOTH_ROSE = "both_rose"
    MORE_HIRED = "more_hired"
    """Own fell and hired rose."""
    UNCHANGED = "unchanged"
    """Neither moved against the other: one of them is as it was."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class StaffMonth:
    """Årsarbetare of a month. total: of those known, None where own staff is not; unknown: Swedish words for the others
    («inhyrd personal», «övertid»), which gives the total a star. change: the total against the same month last year,
    None unless the same parts are known in both.
    """

    month: Month
    own: Fraction | None
    hired: Fraction | None
    overtime: Fraction | None
    total: Fraction | None
    unknown: tuple[str, ...] = ()
    change: Fraction | None = None
    own_change: Fraction | None = None
    hired_change: Fraction | None = None
    overtime_change: Fraction | None = None
    exchange: Exchange = Exchange.UNKNOWN

    @property
    def starred(self) -> bool:
        return self.total is not None and bool(self.unknown)


@dataclass(frozen=True, slots=True)
class SeasonAdjusted:
    """Own årsarbetare with the seasons taken out, to a tenth. values, changes: one for each of `months`; a change is
    against the month before, None in the first. why_none: why there is nothing, as a Swedish sentence.
    """

    months: tuple[Month, ...] = ()
    values: tuple[Fraction, ...] = ()
    changes: tuple[Fraction | None, ...] = ()
    why_none: str = ""


@dataclass(frozen=True)
class Staffing:
    months: tuple[StaffMonth, ...]
    adjusted: SeasonAdjusted

    @property
    def totals(self) -> dict[Month, Fraction | None]:
        """Total bemanning by month, None unless all its parts are known: what an index may be made of."""
        return {one.month: None if one.starred else one.total for one in self.months}

    @property
    def latest(self) -> StaffMonth | None:
        return self.months[-1] if self.months else None


def staffing(own: Amounts, hired: Amounts, overtime: Amounts, months: Sequence[Month]) -> Staffing:
    """The months shown, each against the same month last year where `own` and the others reach back to it."""
    shown = tuple(_month(own, hired, overtime, month) for month in months)
    adjusted = season_adjusted(own, months[-1]) if months else SeasonAdjusted(why_none=_TOO_FEW)
    return Staffing(shown, adjusted)


def exchange_of(own_change: Fraction | None, hired_change: Fraction | None) -> Exchange:
    """What two changes mean together, by `EXCHANGE_RULE`."""
    if own_change is None or hired_change is None:
        return Exchange.UNKNOWN
    if not own_change or not hired_change:
        return Exchange.UNCHANGED
    if (own_change > 0) == (hired_change > 0):
        return Exchange.BOTH_ROSE if own_change > 0 else Exchange.BOTH_FELL
    if own_change < 0:
        return Exchange.MORE_HIRED
    share = own_change / -hired_change
    if share < 1 - ALIKE:
        return Exchange.LESS_OWN
    return Exchange.MORE_OWN if share > 1 + ALIKE else Exchange.EXCHANGE


def season_adjusted(own: Amounts, last: Month) -> SeasonAdjusted:
    """The unbroken months up to `last`, by statsmodels' STL (robust, period 12)."""
    months, known = _unbroken(own, last)
    if not known:
        return SeasonAdjusted(why_none=f"Antalet årsarbetare är inte känt för {month_text(last)}.")
    if len(known) < ENOUGH_MONTHS:
        found = f"här finns {number(len(known), 0)}, från {month_text(months[0])}"
        return SeasonAdjusted(why_none=f"{_TOO_FEW}; {found}.")
    # Imported here, since it takes a second or two.
    import numpy as np
    from statsmodels.tsa.seasonal import STL

    series = np.array([float(amount) for amount in known])
    seasonal = STL(series, period=12, seasonal=_SEASONAL, robust=True).fit().seasonal
    values = tuple(Fraction(round(float(amount) * 10), 10) for amount in series - seasonal)
    changes = (None, *(now - before for before, now in pairwise(values)))
    return SeasonAdjusted(months, values, changes)


def _month(own: Amounts, hired: Amounts, overtime: Amounts, month: Month) -> StaffMonth:
    now, then = ([part.get(m) for part in (own, hired, overtime)] for m in (month, month - 12))
    changes = [None if a is None or b is None else a - b for a, b in zip(now, then, strict=True)]
    total, before = _total(now), _total(then)
    alike = _unknown(now) == _unknown(then)
    return StaffMonth(
        month,
        *(now[0], now[1], now[2]),
        total,
        _unknown(now),
        total - before if total is not None and before is not None and alike else None,
        *(changes[0], changes[1], changes[2]),
        exchange_of(changes[0], changes[1]),
    )


def _total(parts: Sequence[Fraction | None]) -> Fraction | None:
    """What is known in all; None where own staff, the first of them, is not."""
    return None if parts[0] is None else sum((part for part in parts if part is not None), Fraction(0))


def _unknown(parts: Sequence[Fraction | None]) -> tuple[str, ...]:
    return tuple(word for word, part in zip(_PARTS, parts, strict=True) if word is not None and part is None)


def _unbroken(own: Amounts, last: Month) -> tuple[tuple[Month, ...], list[Fraction]]:
    """The known months that follow on each other up to `last`, oldest first."""
    known = []
    month = last
    while (amount := own.get(month)) is not None:
        known.append(amount)
        month -= 1
    return tuple(month + 1 + n for n in range(len(known))), known[::-1]
