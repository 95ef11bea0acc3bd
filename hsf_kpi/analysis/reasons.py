"""The Swedish sentence that gives a verdict its ground: one sentence, with the numbers that decided."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hsf_kpi.analysis.judge import COMPARISONS, STRICT, Verdict
from hsf_kpi.analysis.types import Outcome
from hsf_kpi.model.codes import Direction, Missing, Status, UnitOfMeasure
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.target import Target, TargetKind
from hsf_kpi.swedish.dates import period_text
from hsf_kpi.swedish.numbers import (
    MOST_DECIMALS,
    RATES,
    SPACE,
    bound_text,
    decimals_to_tell_apart,
    difference_text,
    number,
    range_text,
    value_text,
)
from hsf_kpi.swedish.words import comparative

MISSING_SHARE = 0.10
"""Units that stood for less than this share of last year's denominator may be missing from a judged share."""

NO_YEAR_TO_DATE = "Målet prövas på det ackumulerade utfallet, som inte är framtaget i denna vy"
NO_PLAN_SERIES = "Målet är enligt plan, men det finns ingen planserie att hålla utfallet mot"

_MISSING = {
    Missing.NOT_YET_REPORTED: "Utfallet för {period} är inte rapporterat än",
    Missing.LATE: "Utfallet för {period} är försenat",
    Missing.NOT_REPORTED: "Inget utfall är rapporterat för {period}",
    Missing.MASKED: "Utfallet för {period} är maskerat, eftersom det gäller få personer",
    Missing.NOT_MEASURED_HERE: "Nyckeltalet mäts inte på denna nivå",
    Missing.NOT_BY_SEX: "Nyckeltalet redovisas inte per kön",
    Missing.MEASURING_STARTED: "Mätningen är påbörjad, men det finns inget utfall än",
    Missing.ZERO_DENOMINATOR: "Det finns inget att dela med för {period}, och därför inget utfall",
    Missing.TOO_SHORT: "Serien är kortare än tolv månader, så något rullande värde finns inte för {period}",
    Missing.NOT_APPLICABLE: "Verksamheten fanns inte under {period}, så utfallet är ej tillämpligt",
}


def missing_reason(outcome: Outcome) -> str:
    """Why there is nothing to judge. KeyError for an outcome that has a value."""
    return _MISSING[outcome.missing].format(period=period_text(outcome.period))  # type: ignore[index]


def incomplete_reason(outcome: Outcome) -> str:
    """Why a value with parts missing is not judged."""
    share = outcome.cell.missing_share if outcome.cell else 1.0
    start = f"Utfallet bygger på {outcome.note}"
    if not outcome.measure.aggregation.judged_when_incomplete:
        return f"{start} och bedöms först när allt är med"
    if share >= 1:
        return f"{start}, och hur mycket som saknas går inte att säga"
    return (
        f"{start}, och det som saknas var {number(share * 100, 0)}{SPACE}% av nämnaren förra året "
        f"(gränsen är {number(MISSING_SHARE * 100, 0)}{SPACE}%)"
    )


def no_comparison_reason(compared: Outcome) -> str:
    """Why last year's value (or the fixed year's) can't be compared with."""
    period = period_text(compared.period)
    if compared.missing is None:
        return f"Jämförelsetalet för {period} är ofullständigt ({compared.note})"
    reason = missing_reason(compared)
    return f"Det finns inget utfall att jämföra med: {reason[0].lower()}{reason[1:]}"


def verdict_reason(
    target: Target,
    verdict: Verdict,
    outcome: Outcome,
    *,
    compared: Outcome | None = None,
    inherited_from: str | None = None,
    through: str = "",
) -> str:
    """The sentence for a verdict.

    outcome: the one that was judged. compared: the earlier outcome, for kinds that compare with one. through:
    its span, where that is another than the shown one's («jan–okt 2023»). ValueError for an outcome without a
    value.
    """
    measure, value = outcome.measure, outcome.value
    if value is None:
        raise ValueError("an outcome without a value has no verdict")
    decimals = decimals_to_tell_apart(value, verdict.bound, measure)
    subject = value_text(value, measure, decimals=decimals)
    asides = [f"ackumulerat {through}"] if through else []
    asides += [outcome.note] if outcome.note else []
    if asides:
        subject = f"{subject} ({', '.join(asides)})"
    said = _Said(target, verdict, measure, value, period_text(outcome.period), compared, decimals)
    sentence = f"{subject} {said.predicate()}"
    if verdict.status is Status.NEAR:
        sentence += f", vilket är nära enligt vår konvention ({_tolerance_text(measure)})"
    if inherited_from is None:
        return sentence
    return f"{sentence}{', ' if '; målet är' in sentence else '; målet är '}ärvt från {inherited_from}"


def no_target_reason(measure: Measure, year: int) -> str:
    """For a nyckeltal outside the plan, or a year that the plan's targets do not reach."""
    if not measure.targets:
        return "Nyckeltalet har inget målvärde"
    return f"Planen har inget målvärde för {year}"


def not_inherited_reason(measure: Measure, unit_name: str) -> str:
    """For an amount or a count below the unit that the plan's target is set for."""
    what = "ett belopp" if measure.unit_of_measure is UnitOfMeasure.MNKR else "ett antal"
    return f"Målet gäller {unit_name} som helhet och ärvs inte, eftersom det är {what}"


def is_frame(measure: Measure, target: Target) -> bool:
    """A sum of money that may be spent, as the investments: «inom ram» or «över ram», no achievement."""
    return (
        measure.unit_of_measure is UnitOfMeasure.MNKR
        and measure.direction is Direction.NONE
        and target.kind in (TargetKind.AT_MOST, TargetKind.BELOW)
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """What a sentence says of a value, after naming it."""

    target: Target
    verdict: Verdict
    measure: Measure
    value: Fraction
    period: str
    compared: Outcome | None
    decimals: int

    @property
    def above(self) -> bool:
        return self.value > self.verdict.bound

    @property
    def gap(self) -> str:
        return _gap_text(self.verdict.gap, self.measure, self.decimals)

    def predicate(self) -> str:
        kind, bound = self.target.kind, target_text(self.target, self.measure)
        if kind in COMPARISONS:
            return self._against_national() if self.compared is None else self._against(self.compared)
        if kind is TargetKind.ON_BUDGET:
            relation = _side(self.above) if self.verdict.gap else "precis"
            return f"är {relation} målet noll i förhållande till budget"
        if is_frame(self.measure, self.target) and self.verdict.bound > 0:
            used = _used_text(self.value / self.verdict.bound * 100)
            side = "inom ram" if self.verdict.status is Status.MET else "över ram"
            return f"är {used} av ramen {bound}, alltså {side}"
        if kind is TargetKind.BETWEEN:
            inside = self.verdict.gap >= 0
            return (
                f"ligger inom målets {bound}"
                if inside
                else f"är {self.gap} {_side(self.above)} målets {bound}"
            )
        if self.verdict.gap:
            return f"är {self.gap} {_side(self.above)} målet {bound}"
        if kind in STRICT:
            wanted = _side(kind is TargetKind.ABOVE)
            return f"är precis på gränsen, och målet är {wanted} {_bound_of(self.target, self.measure)}"
        return f"är precis målet {bound}"

    def _against_national(self) -> str:
        relation = f"är {self.gap} {_side(self.above)}" if self.verdict.gap else "är lika med"
        return f"{relation} rikets {self._bound()} för {self.period}; målet är bättre än riket"

    def _against(self, earlier: Outcome) -> str:
        unit, then = self.measure.unit_of_measure, period_text(earlier.period)
        wanted = comparative(unit, self.verdict.upwards)
        relation = f"{self.gap} {comparative(unit, self.above)} än" if self.verdict.gap else "oförändrat mot"
        return f"är {relation} {then} ({self._bound()}); målet är {wanted}"

    def _bound(self) -> str:
        named = self.measure.unit_of_measure not in RATES
        return value_text(self.verdict.bound, self.measure, unit=named, decimals=self.decimals)


def target_text(target: Target, measure: Measure) -> str:
    """The target's number in the plan's precision: «95 %», «>95 %», «85–90 %»; "" where it has none."""
    if target.kind is TargetKind.BETWEEN and target.low is not None and target.high is not None:
        return range_text(target.low, target.high, measure)
    sign = {TargetKind.ABOVE: ">", TargetKind.BELOW: "<"}.get(target.kind, "")
    return sign + _bound_of(target, measure)


def _bound_of(target: Target, measure: Measure) -> str:
    bound: Decimal | None = target.low if target.low is not None else target.high
    return bound_text(bound, measure) if bound is not None else ""


def _side(above: bool) -> str:
    return "över" if above else "under"


def _gap_text(gap: Fraction, measure: Measure, decimals: int) -> str:
    """The distance without a sign; never «0,0» for one that is there."""
    whole = 60 if measure.unit_of_measure is UnitOfMeasure.MINUTES else 1
    least = Fraction(1, whole * 10**MOST_DECIMALS)
    if 0 < abs(gap) < least / 2:
        return f"mindre än {difference_text(least, measure, decimals=MOST_DECIMALS)}"
    return difference_text(abs(gap), measure, decimals=decimals)


def _used_text(used: Fraction) -> str:
    """The degree of use in percent; «100,0» only when it is exactly that."""
    decimals = 1
    while decimals < MOST_DECIMALS and used != 100 and number(used, decimals) == number(100, decimals):
        decimals += 1
    return f"{number(used, decimals)}{SPACE}%"


def _tolerance_text(measure: Measure) -> str:
    assert measure.tolerance is not None
    amount = measure.tolerance.amount
    if measure.tolerance.relative:
        return f"inom {number(amount * 100, 0 if amount * 100 % 1 == 0 else 1)}{SPACE}%"
    return f"inom {difference_text(amount, measure)}"
