"""Titles: what an assessment says, as a Swedish sentence of at most 75 characters with one new number."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from hsf_kpi.analysis.types import Assessment
from hsf_kpi.figures.phrases import change_text, difference, missing_finding, outcome_text, target_wording
from hsf_kpi.model.codes import Status
from hsf_kpi.model.target import Target, TargetKind
from hsf_kpi.swedish.dates import period_text
from hsf_kpi.swedish.words import STATUS_WORD, comparative

LONGEST = 75
"""Characters of a title. The richest wording that fits is taken."""

PLACEHOLDER = "Utfallet"
"""Instead of a measure's name that leaves no room; the page's heading names the measure."""

LAST_YEAR_KINDS = (TargetKind.MORE_THAN_LAST_YEAR, TargetKind.LESS_THAN_LAST_YEAR)
_WANTS_MORE = (TargetKind.MORE_THAN_LAST_YEAR,)
_COMPARED = (*LAST_YEAR_KINDS, TargetKind.LESS_THAN_FIXED_YEAR)


def finding(assessment: Assessment) -> str:
    """The title of a figure about one measure. Always at most LONGEST characters."""
    return fitting(_sentences(assessment))


def fitting(sentences: Iterator[str]) -> str:
    """The first sentence that is short enough; else the last one, cut at a word."""
    last = ""
    for last in sentences:
        if len(last) <= LONGEST:
            return last
    return f"{last[: LONGEST - 1].rsplit(' ', 1)[0]}…"


def _sentences(assessment: Assessment) -> Iterator[str]:
    measure = assessment.measure
    for name in (measure.name, measure.short_name, PLACEHOLDER):
        if name and (name != measure.name or len(name) <= 40):
            yield from _about(name, assessment)


def _about(name: str, a: Assessment) -> Iterator[str]:
    if a.outcome.value is None:
        yield missing_finding(name, a.outcome)
        return
    if a.target is None:
        yield from _without_target(name, a)
        return
    if a.status is Status.NOT_ASSESSABLE or a.bound is None:
        yield from _unjudged(name, a, a.target)
        return
    delta = a.outcome.value - a.bound
    kind = a.target.kind
    if kind in _COMPARED:
        yield from _against_earlier(name, a, a.target, delta)
    elif kind is TargetKind.BETTER_THAN_NATIONAL:
        yield from _against_national(name, a, delta)
    elif kind is TargetKind.ON_BUDGET:
        yield from _against_budget(name, a, delta)
    else:
        yield from _against_number(name, a, delta)


def _without_target(name: str, a: Assessment) -> Iterator[str]:
    if change := change_text(a):
        yield f"{name} är {change}" if a.change else f"{name} är oförändrat, {change}"
    value, period = outcome_text(a.outcome), period_text(a.outcome.period)
    yield f"{name} är {value}, {period}"


def _unjudged(name: str, a: Assessment, target: Target) -> Iterator[str]:
    value = outcome_text(a.outcome)
    if a.status is Status.NOT_ASSESSABLE:
        yield f"{name} är {value} och kan inte bedömas mot målet ”{target.wording}”"
        yield f"{name} är {value} och kan inte bedömas mot målet"
    else:
        yield f"{name} är {value}, målet är {STATUS_WORD[a.status]}"


def _against_number(name: str, a: Assessment, delta: Fraction) -> Iterator[str]:
    """A number in the plan: at least, above, at most, below, between, an amount."""
    side = "över" if delta > 0 else "under"
    for goal in (f"målet {target_wording(a)}", "målet"):
        if a.status is Status.MET:
            yield f"{name} når {goal} med {outcome_text(a.outcome, a.bound)}"
        elif delta == 0:
            yield f"{name} ligger precis på {outcome_text(a.outcome)} men når inte {goal}"
        elif a.status is Status.NEAR:
            yield f"{name} är nära {goal}, {difference(abs(delta), a.measure)} {side}"
        else:
            yield f"{name} ligger {difference(abs(delta), a.measure)} {side} {goal}"


def _against_earlier(name: str, a: Assessment, target: Target, delta: Fraction) -> Iterator[str]:
    unit = a.measure.unit_of_measure
    before = str(target.fixed_year) if target.fixed_year else period_text(a.last_year.period)
    wanted = comparative(unit, target.kind in _WANTS_MORE)
    if delta == 0:
        yield f"{name} är oförändrat mot {before}, målet är {wanted}"
        return
    moved = f"{name} är {difference(abs(delta), a.measure)} {comparative(unit, delta > 0)} än {before}"
    if a.status is Status.MET:
        yield f"{moved} och når målet"
    yield f"{moved}, målet är {wanted}"
    yield moved


def _against_national(name: str, a: Assessment, delta: Fraction) -> Iterator[str]:
    verdict = "och når målet" if a.status is Status.MET else "och når inte målet"
    if delta == 0:
        yield f"{name} är lika med rikssnittet {verdict}"
        return
    word = comparative(a.measure.unit_of_measure, delta > 0)
    size = difference(abs(delta), a.measure)
    yield f"{name} är {size} {word} än rikssnittet {verdict}"
    yield f"{name} är {size} {word} än rikssnittet"


def _against_budget(name: str, a: Assessment, delta: Fraction) -> Iterator[str]:
    if delta == 0:
        yield f"{name} följer budget och når målet"
        return
    size = difference(abs(delta), a.measure)
    yield f"{name} är {size} bättre än budget" if delta > 0 else f"{name} är {size} sämre än budget"
