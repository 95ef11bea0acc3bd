"""The words under a trend and its text alternative: reading help, what is missing, from where to where."""

from __future__ import annotations

from collections.abc import Sequence

from hsf_kpi.analysis.types import Assessment, Outcome
from hsf_kpi.figures.captions import measure_words, missing_words, near_words, sentences, star_words
from hsf_kpi.figures.figure import Context, Mark, Role
from hsf_kpi.figures.findings import LAST_YEAR_KINDS
from hsf_kpi.figures.phrases import outcome_text, period_of, target_wording, verdict_word
from hsf_kpi.model.period import Month, Window
from hsf_kpi.model.target import TargetKind
from hsf_kpi.swedish.dates import month_short
from hsf_kpi.swedish.periods import is_moment


def resets(a: Assessment, outcomes: Sequence[Outcome]) -> bool:
    """Whether the curve starts again each January: what is accumulated, unless it is the latest value."""
    accumulated = bool(outcomes) and outcomes[-1].period.window is Window.YTD
    return accumulated and not a.measure.aggregation.takes_latest


def help_words(
    a: Assessment, outcomes: Sequence[Outcome], before: bool, national: bool, marks: tuple[Mark, ...]
) -> str:
    """The reading help. before, national: whether last year's line and the national values are drawn."""
    kind = a.target.kind if a.target else None
    last_year = national_words = ""
    if before:
        last_year = "Grå linje: samma period föregående år"
        last_year += ", som utfallet jämförs med." if kind in LAST_YEAR_KINDS else "."
    if national:
        national_words = "Ihåliga ringar: riket"
        national_words += ", som utfallet jämförs med." if kind is TargetKind.BETTER_THAN_NATIONAL else "."
    return sentences(
        last_year,
        national_words,
        f"Målet är ärvt från {a.inherited_from}." if a.inherited_from else "",
        "Ackumulerade värden börjar om i januari." if resets(a, outcomes) else "",
        near_words([a]),
        star_words(outcomes),
        missing_words(outcomes),
        _moved_words(marks),
    )


def _moved_words(marks: tuple[Mark, ...]) -> str:
    """What the vertical lines stand for, the reorganisations of one month together."""
    months: dict[Month, list[str]] = {}
    for mark in marks:
        if mark.at is not None and mark.role is Role.NOTE:
            months.setdefault(Month.of(mark.at.year, mark.at.month), []).append(mark.label)
    return sentences(*(f"Omorganisation {month_short(m)}: {' '.join(texts)}" for m, texts in months.items()))


def nothing_words(a: Assessment, outcomes: Sequence[Outcome]) -> str:
    """Why there is nothing to draw."""
    last = outcomes[-1] if outcomes else a.outcome
    return (
        f"Det finns inget utfall att visa: {outcome_text(last)}."
        if last.value is None
        else ("Det finns inget utfall att visa för den valda perioden.")
    )


def sentence_words(a: Assessment, outcomes: Sequence[Outcome], context: Context, curve: bool) -> str:
    """What a sighted reader takes in: kind of picture, from where to where, extremes, target and verdict."""
    kind = "Linjediagram" if curve else "Punktdiagram"
    valued = [o for o in outcomes if o.value is not None]
    start = f"{kind}. {measure_words(a.measure)}, {context.unit}."
    if not valued:
        return sentences(start, nothing_words(a, outcomes))
    alike = _as_long(valued)
    first, last = alike[0], alike[-1]
    low = min(valued, key=lambda o: o.value or 0)
    high = max(valued, key=lambda o: o.value or 0)
    course = f"{outcome_text(last)} {period_of(last)}."
    if first is not last:
        course = f"Från {outcome_text(first)} {period_of(first)} till {course}"
    if len(valued) > 1:
        course += (
            f" Lägst {outcome_text(low)} ({period_of(low)}), högst {outcome_text(high)} ({period_of(high)})."
        )
    verdict = f"Mål: {target_wording(a)}, {verdict_word(a)}." if a.target else ""
    return sentences(start, course, verdict, missing_words(outcomes))


def _as_long(valued: Sequence[Outcome]) -> list[Outcome]:
    """Those that span as long as the last one: the sum of ten months is not held against that of one."""
    last = valued[-1]

    def length(o: Outcome) -> int:
        if is_moment(o.measure, o.period.window):
            return 1
        return o.period.end.number if o.period.window is Window.YTD else o.period.window.length

    return [o for o in valued if length(o) == length(last)]
