"""One measure over time: a curve for what is measured every month, dots for yearly measures and delår."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from hsf_kpi.analysis.types import Assessment, Outcome
from hsf_kpi.figures.captions import (
    caption,
    measure_words,
    missing_words,
    near_words,
    own_context,
    sentences,
    source_line,
    span_words,
    star_words,
    target_sources,
    view_words,
)
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Mark, Role, Value
from hsf_kpi.figures.findings import LAST_YEAR_KINDS, finding
from hsf_kpi.figures.marks import target_marks
from hsf_kpi.figures.phrases import (
    is_curve,
    latest_words,
    outcome_text,
    period_of,
    target_wording,
    verdict_word,
)
from hsf_kpi.figures.shape import as_float, latest_month, origins_of, slug
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.organisation import Reorganisation
from hsf_kpi.model.period import Month, Period, Window
from hsf_kpi.model.target import TargetKind
from hsf_kpi.swedish.dates import month_short
from hsf_kpi.swedish.numbers import value_text
from hsf_kpi.swedish.periods import is_moment, period_words

PATH_SEPARATOR = " › "
"""Between the names of a path; the whole's own path has none."""

_ZERO_KINDS = (Aggregation.AMOUNT, Aggregation.COUNT, Aggregation.MONTHLY_MEAN, Aggregation.LATEST_AMOUNT)


def trend(
    assessment: Assessment,
    outcomes: Sequence[Outcome],
    *,
    last_year: Sequence[Outcome] = (),
    national: Mapping[int, Fraction] | None = None,
    reorganisations: Sequence[Reorganisation] = (),
    context: Context,
) -> Figure:
    """The measure's own figure.

    outcomes: every period in time order, gaps included as missing outcomes; the last one is the latest shown.
    last_year: the outcomes of the same periods a year before, in any order (a thin grey line); () for none.
    national: year → the national value, drawn where an outcome spans what the national series spans, never in a curve.
    reorganisations: those that touch the unit; the ones inside the shown months are marked on the time axis.
    """
    measure = assessment.measure
    before = {o.period: o for o in last_year}
    shown = tuple(
        _row(o, before.get(o.period.a_year_before()), _national(national or {}, o), assessment)
        for o in outcomes
    )
    curve = is_curve(measure, outcomes)
    marks = target_marks(
        assessment, since=target_since(assessment, outcomes), own_budget=PATH_SEPARATOR in context.path
    )
    if curve:
        marks += _moves(reorganisations, outcomes)
    has_national = any(row[6] is not None for row in shown)
    everything = (*outcomes, *last_year)
    own = own_context(
        context,
        measure,
        outcomes or [assessment.outcome],
        period=period_of(assessment.outcome) if curve or not outcomes else span_words(outcomes),
    )
    return Figure(
        kind=FigureKind.TREND,
        slug=slug(measure.key),
        title=finding(assessment),
        caption=caption(
            measure_words(measure),
            context,
            period=span_words(outcomes) or period_of(assessment.outcome),
            view=view_words(measure, outcomes, context),
        ),
        context=own,
        columns=_columns(measure),
        rows=shown,
        sentence=_sentence(assessment, outcomes, context, curve),
        source=source_line(
            [measure], everything, targets=target_sources([assessment]), national=has_national
        ),
        origins=origins_of(everything),
        marks=marks,
        help=_help(assessment, outcomes, bool(before), has_national, marks),
        unit=measure.unit_of_measure,
        decimals=measure.decimals,
        empty="" if any(o.value is not None for o in outcomes) else _nothing(assessment, outcomes),
        options=_options(assessment, outcomes, curve, bool(before), has_national),
    )


def _columns(measure: Measure) -> tuple[Column, ...]:
    unit, decimals = measure.unit_of_measure, measure.decimals
    return (
        Column("period", "Period", Role.LABEL),
        Column("date", "Periodens första dag", Role.TIME),
        Column("outcome", "Utfall", Role.OUTCOME, unit, decimals),
        Column("outcome_text", "Utfall", Role.TEXT),
        Column("last_year", "Föregående år", Role.LAST_YEAR, unit, decimals),
        Column("last_year_text", "Föregående år", Role.TEXT),
        Column("national", "Riket", Role.NATIONAL, unit, decimals),
        Column("national_text", "Riket", Role.TEXT),
        Column("target_low", "Mål, lägst", Role.TARGET_LOW, unit, decimals),
        Column("target_high", "Mål, högst", Role.TARGET_HIGH, unit, decimals),
        Column("note", "Anmärkning", Role.NOTE),
    )


def _row(
    outcome: Outcome, before: Outcome | None, national: Fraction | None, a: Assessment
) -> tuple[Value, ...]:
    measure, latest = a.measure, outcome.period == a.outcome.period
    bound = a.bound if latest and outcome.value is not None else None
    low, high = (a.target.low, a.target.high) if a.target and _holds(a, outcome) else (None, None)
    return (
        period_words(measure, outcome.period),
        _month_drawn(outcome.period),
        as_float(outcome),
        outcome_text(outcome, bound),
        as_float(before),
        "" if before is None else outcome_text(before),
        None if national is None else float(national),
        "" if national is None else value_text(national, measure),
        None if low is None else float(low),
        None if high is None else float(high),
        outcome_text(outcome) if outcome.value is None else outcome.note,
    )


def _holds(a: Assessment, outcome: Outcome) -> bool:
    """Whether the target is shown at an outcome: those of its own year, and the one that is held against it."""
    return a.target is not None and (
        outcome.period.end.year == a.target.year or outcome.period == a.outcome.period
    )


def target_since(a: Assessment, outcomes: Sequence[Outcome]) -> int | None:
    """The first dot that the target holds for; None for a curve, where it is one line, or where it holds for none."""
    if is_curve(a.measure, outcomes):
        return None
    return next((i for i, outcome in enumerate(outcomes) if _holds(a, outcome)), None)


def _national(national: Mapping[int, Fraction], outcome: Outcome) -> Fraction | None:
    """The national value that an outcome may be seen beside: one of the same span (a spring measurement is delår 1).

    A month has none: the year that it is part of is not known until it has ended.
    """
    spans = [x.window for x in outcome.measure.external if x.role == "outcome"] or [Window.YEAR]
    span = Window.YEAR if outcome.period.window is Window.TWO_YEARS else outcome.period.window
    return national.get(outcome.period.end.year) if span in spans else None


def _month_drawn(period: Period) -> Value:
    """A month of a curve stands at its own first day, whatever the view adds up; other periods at theirs."""
    monthly = period.window in (Window.MONTH, Window.YTD, Window.R12)
    return (period.end if monthly else period.start).first_day


def _moves(reorganisations: Iterable[Reorganisation], outcomes: Sequence[Outcome]) -> tuple[Mark, ...]:
    if not outcomes:
        return ()
    first, last = outcomes[0].period.end, outcomes[-1].period.end
    return tuple(
        Mark(Role.NOTE, r.text, at=r.month.first_day) for r in reorganisations if first <= r.month <= last
    )


def _options(
    a: Assessment, outcomes: Sequence[Outcome], curve: bool, before: bool, national: bool
) -> Mapping[str, str]:
    extra = [name for name, has in (("last_year", before), ("national", national)) if has]
    bounds = [
        name
        for name, value in (
            ("target_low", a.target and a.target.low),
            ("target_high", a.target and a.target.high),
        )
        if value is not None
    ]
    valued = [o for o in outcomes if o.value is not None]
    options = {
        "shown": ",".join(["period", "outcome_text", *(f"{name}_text" for name in extra), "note"]),
        "file": ",".join(["period", "date", "outcome", *extra, *bounds, "note"]),
        "month": outcomes[-1].period.end.iso if outcomes else latest_month([a]),
        "cadence": "months" if curve else "periods",
        "resets": "yes" if _resets(a, outcomes) else "",
        "zero": "yes" if has_zero(a.measure) else "",
        "latest": latest_words(valued[-1]) if valued else "",
    }
    return {name: text for name, text in options.items() if text}


def _resets(a: Assessment, outcomes: Sequence[Outcome]) -> bool:
    """Whether the curve starts again each January: what is accumulated, unless it is the latest value."""
    accumulated = bool(outcomes) and outcomes[-1].period.window is Window.YTD
    return accumulated and not a.measure.aggregation.takes_latest


def has_zero(measure: Measure) -> bool:
    """Amounts and counts start at zero; what swings little around a large number (årsarbetare) does not."""
    return measure.unit_of_measure is UnitOfMeasure.MNKR or measure.aggregation in _ZERO_KINDS


def _help(
    a: Assessment, outcomes: Sequence[Outcome], before: bool, national: bool, marks: tuple[Mark, ...]
) -> str:
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
        "Ackumulerade värden börjar om i januari." if _resets(a, outcomes) else "",
        near_words([a]),
        star_words(outcomes),
        missing_words(outcomes),
        _moved_words(marks),
    )


def _moved_words(marks: tuple[Mark, ...]) -> str:
    """What the vertical lines stand for, the reorganisations of one month together."""
    months: dict[Month, list[str]] = {}
    for mark in marks:
        if mark.at is not None:
            months.setdefault(Month.of(mark.at.year, mark.at.month), []).append(mark.label)
    return sentences(*(f"Omorganisation {month_short(m)}: {' '.join(texts)}" for m, texts in months.items()))


def _nothing(a: Assessment, outcomes: Sequence[Outcome]) -> str:
    last = outcomes[-1] if outcomes else a.outcome
    return (
        f"Det finns inget utfall att visa: {outcome_text(last)}."
        if last.value is None
        else ("Det finns inget utfall att visa för den valda perioden.")
    )


def _sentence(a: Assessment, outcomes: Sequence[Outcome], context: Context, curve: bool) -> str:
    """What a sighted reader takes in: kind of picture, from where to where, extremes, target and verdict."""
    kind = "Linjediagram" if curve else "Punktdiagram"
    valued = [o for o in outcomes if o.value is not None]
    start = f"{kind}. {measure_words(a.measure)}, {context.unit}."
    if not valued:
        return sentences(start, _nothing(a, outcomes))
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
