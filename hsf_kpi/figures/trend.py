"""One measure over time: a curve for what is measured every month, dots for yearly measures and delår."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from hsf_kpi.analysis.spc.types import NoLimits, Process
from hsf_kpi.analysis.types import Assessment, Outcome
from hsf_kpi.figures.captions import (
    caption,
    measure_words,
    own_context,
    sentences,
    source_line,
    span_words,
    target_sources,
    view_words,
)
from hsf_kpi.figures.figure import Context, Figure, FigureKind, Mark, Role
from hsf_kpi.figures.findings import finding
from hsf_kpi.figures.marks import target_marks
from hsf_kpi.figures.phrases import is_curve, latest_words, period_of
from hsf_kpi.figures.shape import latest_month, origins_of, slug
from hsf_kpi.figures.trend_limits import with_limits
from hsf_kpi.figures.trend_rows import NATIONAL, national_for, target_since, trend_columns, trend_row
from hsf_kpi.figures.trend_words import help_words, nothing_words, resets, sentence_words
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.organisation import Reorganisation
from hsf_kpi.model.period import Window

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
    process: Process | NoLimits | None = None,
    context: Context,
) -> Figure:
    """The measure's own figure.

    outcomes: every period in time order, gaps included as missing outcomes; the last one is the latest shown.
    last_year: the outcomes of the same periods a year before, in any order (a thin grey line); () for none.
    national: year → the national value, drawn where an outcome spans what the national series spans, never in a curve.
    reorganisations: those that touch the unit; the ones inside the shown months are marked on the time axis.
    process: of the same measure and unit, month by month; the figure then shows limits and signals, and no grey line.
    It is drawn over months only: in another view the figure is as without one. NoLimits: its words are told.
    """
    measure = assessment.measure
    judged = process if isinstance(process, Process) and _by_month(outcomes) else None
    before = {o.period: o for o in last_year}
    shown = tuple(
        trend_row(o, before.get(o.period.a_year_before()), national_for(national or {}, o), assessment)
        for o in outcomes
    )
    curve = is_curve(measure, outcomes)
    marks = target_marks(
        assessment, since=target_since(assessment, outcomes), own_budget=PATH_SEPARATOR in context.path
    )
    if curve:
        marks += _moves(reorganisations, outcomes)
    has_national = any(row[NATIONAL] is not None for row in shown)
    everything = (*outcomes, *last_year)
    own = own_context(
        context,
        measure,
        outcomes or [assessment.outcome],
        period=period_of(assessment.outcome) if curve or not outcomes else span_words(outcomes),
    )
    refused = process.words if isinstance(process, NoLimits) else ""
    figure = Figure(
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
        columns=trend_columns(measure),
        rows=shown,
        sentence=sentence_words(assessment, outcomes, context, curve),
        source=source_line(
            [measure], everything, targets=target_sources([assessment]), national=has_national
        ),
        origins=origins_of(everything),
        marks=marks,
        help=sentences(
            help_words(assessment, outcomes, bool(before) and judged is None, has_national, marks), refused
        ),
        unit=measure.unit_of_measure,
        decimals=measure.decimals,
        empty="" if any(o.value is not None for o in outcomes) else nothing_words(assessment, outcomes),
        options=_options(assessment, outcomes, curve, bool(before), has_national),
    )
    return figure if judged is None else with_limits(figure, judged, outcomes)


def _by_month(outcomes: Sequence[Outcome]) -> bool:
    return any(o.value is not None for o in outcomes) and all(
        o.period.window is Window.MONTH for o in outcomes
    )


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
        "resets": "yes" if resets(a, outcomes) else "",
        "zero": "yes" if has_zero(a.measure) else "",
        "latest": latest_words(valued[-1]) if valued else "",
    }
    return {name: text for name, text in options.items() if text}


def has_zero(measure: Measure) -> bool:
    """Amounts and counts start at zero; what swings little around a large number (årsarbetare) does not."""
    return measure.unit_of_measure is UnitOfMeasure.MNKR or measure.aggregation in _ZERO_KINDS
