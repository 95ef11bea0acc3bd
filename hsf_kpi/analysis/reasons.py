"""The Swedish sentence that gives a verdict its ground: one sentence, with the numbers that decided."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hsf_kpi.analysis.judge import COMPARISONS, STRICT, Verdict
from hsf_kpi.analysis.types import Outcome
from hsf_kpi.model.codes import Direction, Missing, Status, UnitOfMeasure
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Period
from hsf_kpi.model.target import Target, TargetKind
from hsf_kpi.swedish.numbers import (
    MOST_DECIMALS,
    RATES,
    SPACE,
    bound_text,
    decimals_that_add_up,
    decimals_to_tell_apart,
    difference_text,
    number,
    range_text,
    value_text,
)
from hsf_kpi.swedish.periods import period_words
from hsf_kpi.swedish.words import MISSING_TEXT, comparative_for

_LESS_THAN = "mindre än"

MISSING_SHARE = 0.10
"""Units that stood for less than this share of last year's denominator may be missing from a judged share."""

NO_YEAR_TO_DATE = "Målet prövas på det ackumulerade utfallet, som inte är framtaget i denna vy"
NO_PLAN_SERIES = "Målet är enligt plan, men det finns ingen planserie att hålla utfallet mot"

_WANTED = {
    TargetKind.MORE_THAN_LAST_YEAR: "att öka",
    TargetKind.LESS_THAN_LAST_YEAR: "att minska",
    TargetKind.BETTER_THAN_NATIONAL: "bättre än riket",
}

_MISSING = {
    Missing.NOT_YET_REPORTED: "Utfallet för {period} är inte rapporterat än",
    Missing.LATE: "Utfallet för {period} är försenat",
    Missing.NOT_REPORTED: "Inget utfall är rapporterat för {period}",
    Missing.MASKED: "Utfallet för {period} är maskerat, eftersom det gäller få personer",
    Missing.NOT_MEASURED_HERE: "Nyckeltalet mäts inte på denna nivå",
    Missing.NOT_BY_SEX: "Nyckeltalet redovisas inte per kön",
    Missing.MEASURING_STARTED: "Mätningen är påbörjad, men det finns inget utfall än",
    Missing.ZERO_DENOMINATOR: "Nämnaren är noll för {period}, så värdet kan inte beräknas",
    Missing.TOO_SHORT: "Serien är kortare än tolv månader, så något rullande värde finns inte för {period}",
    Missing.NOT_RELEASED: "Utfallet för {period} är inte frisläppt än",
    Missing.NOT_APPLICABLE: "Verksamheten fanns inte under {period}; därför finns inget utfall",
}


def missing_reason(outcome: Outcome) -> str:
    """Why there is nothing to judge. KeyError for an outcome that has a value."""
    period = period_words(outcome.measure, outcome.period)
    return outcome.why or _MISSING[outcome.missing].format(period=period)  # type: ignore[index]


def missing_words(outcome: Outcome) -> str:
    """The same in a few words, for a table or a tile: «försenat», «gäller inte den här verksamheten».

    KeyError for an outcome that has a value.
    """
    if outcome.why:
        return outcome.why.removeprefix("Nyckeltalet ")
    return MISSING_TEXT[outcome.missing]  # type: ignore[index]


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
    period = period_words(compared.measure, compared.period)
    if compared.missing is None:
        return f"Jämförelsetalet för {period} är ofullständigt ({compared.note})"
    reason = missing_reason(compared)
    return f"Det finns inget utfall att jämföra med: {reason[0].lower()}{reason[1:]}"


def same_year_reason(outcome: Outcome) -> str:
    """For an outcome of the very year that the target compares with."""
    return (
        f"Utfallet gäller {period_words(outcome.measure, outcome.period)}, så det finns inget att jämföra med"
    )


def not_compared_reason(why: str) -> str:
    """For two values that say nothing of a change; `why` as `comparable.why_not_compared` gives it."""
    said = why if why.startswith("jämförs inte") else f"jämförs inte: {why}"
    return f"Utfallet {said}"


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
    stated = None if target.kind in COMPARISONS else _stated(target, verdict.bound)
    fitting = decimals_that_add_up(value, verdict.bound, measure, stated=stated)
    exact = fitting is not None
    decimals = fitting if fitting is not None else decimals_to_tell_apart(value, verdict.bound, measure)
    subject = value_text(value, measure, decimals=decimals)
    asides = [f"ackumulerat {through}"] if through else []
    asides += [outcome.note] if outcome.note else []
    if asides:
        subject = f"{subject} ({', '.join(asides)})"
    said = _Said(target, verdict, measure, value, outcome.period, compared, decimals, exact)
    sentence = f"{subject} {said.predicate()}"
    if verdict.status is Status.NEAR:
        sentence += f", vilket är nära enligt vår konvention ({_tolerance_text(measure)})"
    if inherited_from is None:
        return sentence
    return f"{sentence}{', ' if '; målet är' in sentence else '; målet är '}ärvt från {inherited_from}"


def wanted_words(target: Target) -> str:
    """What a comparing target asks for: «målet är» … «att öka», «att minska», «ett lägre värde än 2022»,
    «bättre än riket»; "" for the other kinds.
    """
    if target.kind is TargetKind.LESS_THAN_FIXED_YEAR:
        return f"ett lägre värde än {target.fixed_year}"
    return _WANTED.get(target.kind, "")


def next_target(measure: Measure, year: int) -> Target | None:
    """The first target of a later year, for a nyckeltal outside the plan. The plan's own hold for its year only."""
    later = (t for t in measure.targets if measure.row is None and t.year > year)
    return min(later, key=lambda t: t.year, default=None)


def no_target_reason(measure: Measure, year: int) -> str:
    """For a nyckeltal outside the plan, or a year that the plan's targets do not reach."""
    if not measure.targets:
        return "Nyckeltalet har inget målvärde"
    if (ahead := next_target(measure, year)) is not None:
        return f"Målet gäller {ahead.year}; inget målvärde för {year}"
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
    period: Period
    compared: Outcome | None
    decimals: int
    exact: bool
    """Whether the numbers shown add up; else the difference is told as «cirka»."""

    @property
    def above(self) -> bool:
        return self.value > self.verdict.bound

    @property
    def gap(self) -> str:
        text = _gap_text(self.verdict.gap, self.measure, self.decimals)
        return text if self.exact or text.startswith(_LESS_THAN) else f"cirka {text}"

    def predicate(self) -> str:
        kind, bound = self.target.kind, target_text(self.target, self.measure)
        if kind in COMPARISONS:
            return self._against_national() if self.compared is None else self._against(self.compared)
        if kind is TargetKind.ON_BUDGET:
            if not self.verdict.gap:
                return "är precis enligt budget (målet är noll)"
            return f"är {self.gap} {'bättre' if self.above else 'sämre'} än budget (målet är noll)"
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
        if kind in STRICT:
            limit = _bound_of(self.target, self.measure)
            wanted = f"målet är {_side(kind is TargetKind.ABOVE)} {limit}"
            if self.verdict.gap:
                return f"är {self.gap} {_side(self.above)} gränsen {limit}; {wanted}"
            return f"är precis på gränsen {limit}; {wanted}"
        if self.verdict.gap:
            return f"är {self.gap} {_side(self.above)} målet {bound}"
        return f"är precis målet {bound}"

    def _against_national(self) -> str:
        relation = f"är {self.gap} {_side(self.above)}" if self.verdict.gap else "är lika med"
        period = period_words(self.measure, self.period)
        return f"{relation} rikets {self._bound()} för {period}; målet är {wanted_words(self.target)}"

    def _against(self, earlier: Outcome) -> str:
        then = period_words(self.measure, earlier.period)
        word = comparative_for(self.measure, self.above, earlier.period.window)
        relation = f"{self.gap} {word} än" if self.verdict.gap else "oförändrat mot"
        return f"är {relation} {then} ({self._bound()}); målet är {wanted_words(self.target)}"

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


def _stated(target: Target, bound: Fraction) -> Decimal | None:
    """The number of the plan that decided, as printed; None for a budget, which is not printed."""
    return next((n for n in (target.low, target.high) if n is not None and n == bound), None)


def _side(above: bool) -> str:
    return "över" if above else "under"


def _gap_text(gap: Fraction, measure: Measure, decimals: int) -> str:
    """The distance without a sign; never «0,0» for one that is there."""
    whole = 60 if measure.unit_of_measure is UnitOfMeasure.MINUTES else 1
    least = Fraction(1, whole * 10**MOST_DECIMALS)
    if 0 < abs(gap) < least / 2:
        return f"{_LESS_THAN} {difference_text(least, measure, decimals=MOST_DECIMALS)}"
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
