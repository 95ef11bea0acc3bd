"""Förbättringsarbete, the fourth assignment: what the activities are expected to bring, have brought, and the gap."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from hsf_kpi.model.period import Month
from hsf_kpi.model.register import Effect, Improvement, Progress

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class MonthEffect:
    """One month, kronor. reported: how many activities have told what they brought, of `due` that should have.

    realised: of those that have reported, None where none has. expected_of_reported: what was expected of those alone,
    which is what `realised` may be held against.
    """

    month: Month
    expected: int
    realised: int | None
    expected_of_reported: int
    reported: int
    due: int

    @property
    def complete(self) -> bool:
        return self.reported >= self.due


@dataclass(frozen=True, slots=True)
class EffectSum:
    """Some activities over the chosen months, kronor. remaining: expected of the rest of the year, after them."""

    activities: int
    expected: int
    realised: int | None
    expected_of_reported: int
    remaining: int
    reported: int
    due: int

    @property
    def share(self) -> Fraction | None:
        """Realised in percent of what was expected of those that have reported; None without either."""
        if self.realised is None or self.expected_of_reported <= 0:
            return None
        return Fraction(self.realised * 100, self.expected_of_reported)


@dataclass(frozen=True)
class ImprovementTotals:
    """months: the chosen ones. by_unit, by_effect: each with its own sum; they sum to `whole`. All effects are kronor.

    gap: landing − target in kronor, plus is better; None where it is not known. stopped: activities that count nothing.
    """

    months: tuple[Month, ...]
    by_month: tuple[MonthEffect, ...]
    whole: EffectSum
    by_unit: Mapping[str, EffectSum]
    by_effect: Mapping[Effect, EffectSum]
    gap: int | None
    stopped: int = 0

    @property
    def covers(self) -> Fraction | None:
        """The rest of the year's expected effect in percent of the gap («räcker till 12 % av gapet»).

        None where there is no gap to fill, or none is known.
        """
        if self.gap is None or self.gap >= 0:
            return None
        return Fraction(self.whole.remaining * 100, -self.gap)


def totals(
    improvements: Iterable[Improvement], months: Sequence[Month], gap: int | None
) -> ImprovementTotals:
    """The activities of the year over `months` (January to the chosen one): those that have not ended before it, and begin
    in it at the latest. Those stopped count nothing, but as a number.

    Units in the order that the activities come in, effects in their own. ValueError without a month.
    """
    if not months:
        raise ValueError("the totals need a month")
    every = tuple(one for one in improvements if _of_year(one, months[-1].year))
    live = [one for one in every if one.status is not Progress.STOPPED]
    return ImprovementTotals(
        tuple(months),
        tuple(_in_month(live, month) for month in months),
        _summed(live, months),
        _by(live, months, lambda one: one.unit),
        {effect: _summed([one for one in live if one.effect is effect], months) for effect in Effect},
        gap,
        len(every) - len(live),
    )


def _of_year(one: Improvement, year: int) -> bool:
    if any(month.year == year for month in one.realised):
        return True
    return one.start.year <= year and (one.end is None or one.end.year >= year)


def _in_month(live: Sequence[Improvement], month: Month) -> MonthEffect:
    told = [one for one in live if month in one.realised]
    return MonthEffect(
        month,
        sum(one.expected_in(month) for one in live),
        sum(one.realised[month] for one in told) if told else None,
        sum(one.expected_in(month) for one in told),
        len(told),
        sum(_due(one, month) for one in live),
    )


def _due(one: Improvement, month: Month) -> bool:
    """Whether the activity should tell what it brought: something was expected, or it has told."""
    return one.expected_in(month) != 0 or month in one.realised


def _summed(live: Sequence[Improvement], months: Sequence[Month]) -> EffectSum:
    found = [_in_month(live, month) for month in months]
    realised = [one.realised for one in found if one.realised is not None]
    last = months[-1]
    left = [last + n for n in range(1, 13 - last.number)]
    return EffectSum(
        len(live),
        sum(one.expected for one in found),
        sum(realised) if realised else None,
        sum(one.expected_of_reported for one in found),
        sum(one.expected_in(month) for one in live for month in left),
        sum(one.reported for one in found),
        sum(one.due for one in found),
    )


def _by(
    live: Sequence[Improvement], months: Sequence[Month], key: Callable[[Improvement], Key]
) -> dict[Key, EffectSum]:
    keys = dict.fromkeys(key(one) for one in live)
    return {value: _summed([one for one in live if key(one) == value], months) for value in keys}
