"""What if: levers pulled in the months left, and where the year's result would land. A worked example, no forecast.

Levers don't know of each other: their effects are added, and what two of them would do to the same cost is counted in both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hsf_kpi.analysis.economy.known import amount_in
from hsf_kpi.analysis.economy.types import (
    Pull,
    PullEffect,
    Scenario,
    StatisticalForecast,
    Trajectory,
    WhatIf,
    Yardstick,
)
from hsf_kpi.model.ledger import MNKR, AmountKind, UnitLedger
from hsf_kpi.model.lever import Lever, LeverKind
from hsf_kpi.model.period import Month
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.swedish.numbers import SPACE, number
from hsf_kpi.swedish.words import sentence_start

OWN_STAFF, HIRED_STAFF = "egen-personal", "inhyrd-personal"
"""The accounts that the share of hired staff is made of."""


_BASE_WORDS: Mapping[str, str] = {
    "submitted": "den lämnade prognosen",
    "statistical": "den statistiska prognosen",
}
OWN_TITLE = "Egen rad"
NO_FTE = "Antalet årsarbetare är inte känt för verksamheten."
NO_STAFF_COST = "Ingen kostnad för egen personal är bokförd i år."
NO_COST = "Kontona har ingen bokförd kostnad i år."
TWICE = "Andelen hyrpersonal är redan ändrad på en rad ovanför."


def what_if(
    scenario: Scenario,
    levers: Mapping[str, Lever],
    trajectory: Trajectory,
    ledger: UnitLedger,
    *,
    base: str,
    fte: Fraction | None,
) -> WhatIf | None:
    """The landing with the scenario's pulls. None where there is no forecast of that kind to begin from.

    base: "submitted" or "statistical". fte: årsarbetare at the unit now, None where that isn't known. ValueError for another
    base, or a lever that isn't among `levers` (`scenario_text.parse_scenario` has told of those).
    """
    if base not in _BASE_WORDS:
        raise ValueError(f"no such base: {base}")
    start = _base(trajectory, base)
    if start is None:
        return None
    ground = _Ground.of(ledger, trajectory, fte)
    effects: list[PullEffect] = []
    shares = 0
    for pull in scenario.pulls:
        lever = _lever(levers, pull)
        hired = lever is not None and lever.kind is LeverKind.HIRED_SHARE
        effects.append(_effect(pull, lever, ground, again=hired and shares > 0))
        shares += hired
    landing = start + sum(effect.total for effect in effects)
    path = trajectory.target(Yardstick.PROVISION)
    target = None if path is None else path.year_end
    return WhatIf(
        base=start,
        base_is=_BASE_WORDS[base],
        months=ground.left,
        effects=tuple(effects),
        landing=landing,
        target=target,
        gap=None if target is None else landing - target,
    )


@dataclass(frozen=True, slots=True)
class _Ground:
    """What pulls are computed from: the months left, and what a typical month of the year costs."""

    ledger: UnitLedger
    month: Month
    left: tuple[Month, ...]
    known: tuple[Month, ...]
    """The months of the year whose outcome is complete; where none is, those that have any."""
    fte: Fraction | None

    @classmethod
    def of(cls, ledger: UnitLedger, trajectory: Trajectory, fte: Fraction | None) -> _Ground:
        past = [month for month in trajectory.months if month <= trajectory.month]
        booked = [month for month in past if ledger.has(AmountKind.ACTUAL, month)]
        whole = [month for month in booked if ledger.complete(month)]
        left = tuple(month for month in trajectory.months if month > trajectory.month)
        return cls(ledger, trajectory.month, left, tuple(whole or booked), fte)

    def typical(self, accounts: Sequence[str]) -> Fraction | None:
        """What the accounts take from the result in an average month of this year, kronor. None where nothing is known."""
        if not self.known:
            return None
        total = 0
        for account in self.ledger.accounts:
            if account.id in accounts:
                booked = (amount_in(self.ledger, AmountKind.ACTUAL, account, month) for month in self.known)
                total -= account.side.sign * sum(amount or 0 for amount in booked)
        return Fraction(total, len(self.known))


def _base(trajectory: Trajectory, base: str) -> int | None:
    if base == "submitted":
        return None if trajectory.latest is None else trajectory.latest.result
    found = trajectory.statistical
    return found.landing if isinstance(found, StatisticalForecast) else None


def _lever(levers: Mapping[str, Lever], pull: Pull) -> Lever | None:
    if pull.lever is None:
        return None
    if pull.lever not in levers:
        raise ValueError(f"no such lever: {pull.lever}")
    return levers[pull.lever]


def _effect(pull: Pull, lever: Lever | None, ground: _Ground, *, again: bool) -> PullEffect:
    why = _out_of_time(pull, ground)
    monthly = Fraction(0)
    if not why:
        if again:
            why = TWICE
        elif lever is None:
            monthly = pull.value
        else:
            monthly, why = _full_effect(pull, lever, ground)
    months = 0 if lever is None else lever.months
    by_month = tuple(round(monthly * _ramp(pull.start, month, months)) for month in ground.left)
    return PullEffect(
        pull=pull,
        title=_title(pull, lever),
        assumption=_own_assumption(pull) if lever is None else lever.assumption,
        by_month=by_month,
        total=sum(by_month),
        why_nothing=why,
    )


def _out_of_time(pull: Pull, ground: _Ground) -> str:
    if not ground.left:
        return f"Inga månader är kvar av {ground.month.year}."
    if pull.start <= ground.month:
        return f"{sentence_start(month_text(pull.start))} har redan varit."
    if pull.start > ground.left[-1]:
        return f"{sentence_start(month_text(pull.start))} är efter årets slut."
    return ""


def _full_effect(pull: Pull, lever: Lever, ground: _Ground) -> tuple[Fraction, str]:
    """What the pull gives a month when it has full effect, kronor (plus is better), or why it gives nothing."""
    if lever.kind is LeverKind.ACCOUNTS:
        cost = ground.typical(lever.accounts)
        return (-cost * pull.value / 100 * lever.share, "") if cost else (Fraction(0), NO_COST)
    own = ground.typical((OWN_STAFF,))
    if own is None or own <= 0:
        return Fraction(0), NO_STAFF_COST
    if lever.kind is LeverKind.FTE:
        if not ground.fte or ground.fte < 0:
            return Fraction(0), NO_FTE
        if -pull.value > ground.fte:
            return Fraction(0), f"Det är fler än de {number(ground.fte, 0)} årsarbetare som finns."
        return -pull.value * own / ground.fte * lever.share, ""
    share = (ground.typical((HIRED_STAFF,)) or Fraction(0)) * 100 / own
    if share <= pull.value:
        return Fraction(0), f"Andelen hyrpersonal är redan {number(share, 1)}{SPACE}%."
    return own * (share - pull.value) / 100 * lever.share, ""


def _ramp(start: Month, month: Month, months: int) -> Fraction:
    """The part of the full effect in a month: it grows as much in each of `months` from `start` on. 0 before."""
    since = month.index - start.index + 1
    if since <= 0:
        return Fraction(0)
    return Fraction(1) if since >= months else Fraction(since, months)


def _title(pull: Pull, lever: Lever | None) -> str:
    """«Hyrpersonal till 2 %», «Årsarbetare −100», «Restriktivitet −25 %»."""
    if lever is None:
        return pull.title or OWN_TITLE
    value = plain_number(pull.value)
    if lever.kind is LeverKind.FTE:
        return f"{lever.title} {value}"
    return f"{lever.title} {'till ' if lever.kind is LeverKind.HIRED_SHARE else ''}{value}{SPACE}{lever.unit}"


def _own_assumption(pull: Pull) -> str:
    amount = f"{plain_number(pull.value / MNKR, sign=True)}{SPACE}mnkr"
    return f"Eget antagande: {amount} per månad från och med {month_text(pull.start)}."


def plain_number(value: Fraction, *, sign: bool = False) -> str:
    """As many decimals as it takes, at most four: «2», «−12,5»."""
    for decimals in range(4):
        if (value * 10**decimals).denominator == 1:
            return number(value, decimals, sign=sign)
    return number(value, 4, sign=sign)
