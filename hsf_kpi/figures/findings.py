"""Titles: what an assessment says, as a Swedish sentence of at most 75 characters with one new number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from hsf_kpi.analysis.reasons import wanted_words
from hsf_kpi.analysis.types import Assessment
from hsf_kpi.figures.phrases import (
    change_text,
    difference,
    is_judged_frame,
    missing_finding,
    outcome_text,
    period_of,
    same_words,
    target_wording,
    used_text,
    verdict_word,
)
from hsf_kpi.figures.shape import unique
from hsf_kpi.model.codes import Status
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.target import Target, TargetKind
from hsf_kpi.swedish.numbers import bound_text
from hsf_kpi.swedish.words import comparative_for

LONGEST, LONGEST_HEADING = 75, 100
"""Characters of a title. The richest wording that fits is taken."""

PLACEHOLDER = "Utfallet"
"""Instead of a measure's name that leaves no room; the page's heading names the measure."""

LAST_YEAR_KINDS = (TargetKind.MORE_THAN_LAST_YEAR, TargetKind.LESS_THAN_LAST_YEAR)
_COMPARED = (*LAST_YEAR_KINDS, TargetKind.LESS_THAN_FIXED_YEAR)
_COPULAS = ("är", "ligger")
_STRICT = (TargetKind.ABOVE, TargetKind.BELOW)


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


def heading(sentences: Iterable[str]) -> str:
    """Over a page: the first that is short enough, else the last."""
    found = list(sentences)
    return next((one for one in found if len(one) <= LONGEST_HEADING), found[-1])


def _sentences(assessment: Assessment) -> Iterator[str]:
    measure = assessment.measure
    for name in subjects(measure):
        for sentence in _about(name, assessment):
            yield _as_heading(name, sentence) if measure.subject and name == measure.short_name else sentence


def _as_heading(name: str, sentence: str) -> str:
    """«Rimlig väntetid sjukhus: 4,8 procentenheter högre än …»: a short name is no subject of a sentence."""
    for verb in _COPULAS:
        if sentence.startswith(f"{name} {verb} "):
            return f"{name}: {sentence.removeprefix(f'{name} {verb} ')}"
    return sentence


def subjects(measure: Measure) -> list[str]:
    """How a sentence about the measure begins, the best first."""
    return unique((measure.in_sentence or measure.name, measure.short_name or measure.name, PLACEHOLDER))


def _about(name: str, a: Assessment) -> Iterator[str]:
    if a.target is not None and a.target.kind is TargetKind.ON_BUDGET and a.gap is not None:
        yield from _against_budget(name, a, a.gap)
        return
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
    elif is_judged_frame(a):
        yield from _against_frame(name, a, a.outcome.value, a.bound)
    else:
        yield from _against_number(name, a, delta)


def _without_target(name: str, a: Assessment) -> Iterator[str]:
    if change := change_text(a):
        yield f"{name} är {change}" if a.change else f"{name} är {outcome_text(a.outcome)}, {change}"
    value, period = outcome_text(a.outcome), period_of(a.outcome)
    yield f"{name} är {value}, {period}"


def _unjudged(name: str, a: Assessment, target: Target) -> Iterator[str]:
    value = outcome_text(a.outcome)
    if a.status is Status.NOT_ASSESSABLE:
        yield f"{name} är {value} och kan inte bedömas mot målet ”{target.wording}”"
        yield f"{name} är {value} och kan inte bedömas mot målet"
    else:
        yield f"{name} är {value}, målet är {verdict_word(a)}"


def _against_number(name: str, a: Assessment, delta: Fraction) -> Iterator[str]:
    """A number in the plan: at least, above, at most, below, between, an amount."""
    side = "över" if delta > 0 else "under"
    near = ", vilket är nära" if a.status is Status.NEAR else ""
    for goal in (f"målet {target_wording(a)}", "målet"):
        limit = _limit(a) if goal != "målet" else "gränsen" if a.target and a.target.kind in _STRICT else ""
        if a.status is Status.MET:
            yield f"{name} når {goal} med {outcome_text(a.outcome, a.bound)}"
        elif delta == 0:
            yield f"{name} ligger precis på {outcome_text(a.outcome)} men når inte {goal}"
        else:
            yield f"{name} ligger {difference(abs(delta), a.measure)} {side} {limit or goal}{near}"


def _limit(a: Assessment) -> str:
    """«gränsen 5 %» for a target that must be passed (<5%): one is not over «målet <5%»."""
    if a.target is None or a.target.kind not in _STRICT:
        return ""
    bound = a.target.low if a.target.low is not None else a.target.high
    return "" if bound is None else f"gränsen {bound_text(bound, a.measure)}"


def _against_frame(name: str, a: Assessment, value: Fraction, frame: Fraction) -> Iterator[str]:
    """Money that may be spent: how much of it is, and whether it is enough."""
    side = verdict_word(a)
    if frame > 0:
        yield f"{name}: {used_text(value / frame * 100)} av ramen, {side}"
    yield f"{name} är {outcome_text(a.outcome)}, {side}"


def _against_earlier(name: str, a: Assessment, target: Target, delta: Fraction) -> Iterator[str]:
    earlier = a.compared or a.last_year
    before = period_of(earlier) if a.compared or not target.fixed_year else str(target.fixed_year)
    wanted = wanted_words(target)
    if delta == 0:
        same = f"{name} är {outcome_text(a.outcome)}, {same_words(a)} {before}"
        yield f"{same}; målet är {wanted}"
        yield same
        return
    word = comparative_for(a.measure, delta > 0, a.outcome.period.window)
    moved = f"{name} är {difference(abs(delta), a.measure)} {word} än {before}"
    if a.status is Status.MET:
        yield f"{moved} och når målet"
    yield f"{moved}; målet är {wanted}"
    yield moved


def _against_national(name: str, a: Assessment, delta: Fraction) -> Iterator[str]:
    verdict = "och når målet" if a.status is Status.MET else "och når inte målet"
    if delta == 0:
        yield f"{name} är lika med rikssnittet {verdict}"
        return
    word = comparative_for(a.measure, delta > 0, a.outcome.period.window)
    size = difference(abs(delta), a.measure)
    yield f"{name} är {size} {word} än rikssnittet {verdict}"
    yield f"{name} är {size} {word} än rikssnittet"


def _against_budget(name: str, a: Assessment, gap: Fraction) -> Iterator[str]:
    """The year so far decides, in every view: where another value is shown, the title says «ackumulerat»."""
    through = "" if a.judged is None else period_of(a.judged)
    relation = f"{difference(abs(gap), a.measure)} {'bättre' if gap > 0 else 'sämre'} än budget"
    said = f"{name} är {relation}" if gap else f"{name} följer budget och når målet"
    if through:
        yield f"{said}, ackumulerat {through}"
        yield f"{said} ackumulerat"
        return
    yield said
