"""The months of each unit of a group as a small curve, all on one scale, the own one first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from hsf_kpi.analysis.types import Outcome
from hsf_kpi.figures.captions import (
    caption,
    measure_words,
    own_context,
    sentences,
    source_line,
    span_words,
    star_words,
)
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Mark, Role, Value
from hsf_kpi.figures.findings import fitting, subjects
from hsf_kpi.figures.peers import OF_EVERYBODY
from hsf_kpi.figures.phrases import how_many, is_curve, outcome_text, period_of, units_words
from hsf_kpi.figures.shape import as_float, origins_of, slug, unique
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Period, View
from hsf_kpi.swedish.dates import period_short
from hsf_kpi.swedish.numbers import value_text
from hsf_kpi.swedish.sorting import swedish_key
from hsf_kpi.swedish.words import VIEW_WORD, comparative_for

MONTHS, OTHERS = 24, 8
"""Periods of a curve: months, and those of a measure with another cadence."""
MOST = 24
"""Curves drawn; the units after them are in the table."""
LEVELS = "levels"
"""What a figure's option «scale» says where its curves are values, and no changes from a common start at zero."""


def curves_figure(
    measure: Measure,
    curves: Mapping[str, Sequence[Outcome]],
    names: Mapping[str, str],
    *,
    own: str | None,
    context: Context,
) -> Figure:
    """A row for each unit, the own one first, then by name in Swedish order; two columns a period, oldest first. curves:
    unit id → its periods, oldest first. own: the chosen unit, where it has a curve.
    """
    unit, decimals = measure.unit_of_measure, measure.decimals
    ordered = sorted(curves, key=lambda u: (u != own, swedish_key(names.get(u, u))))
    periods = _periods(measure, curves)
    by_unit = {u: {o.period: o for o in curves[u]} for u in ordered}
    shown = [[by_unit[u].get(period) for period in periods] for u in ordered]
    drawn = [o for line in shown for o in line if o is not None]
    spanned = [next(o for o in drawn if o.period == period) for period in periods]
    here = own_context(context, measure, spanned, period=span_words(spanned) or context.period)
    if is_curve(measure, spanned):
        here = replace(here, view=VIEW_WORD[View.MONTH])
    marks = _target(measure, context)
    columns = [
        Column("unit", "Verksamhetens id", Role.SERIES),
        Column("name", "Verksamhet", Role.LABEL),
        Column("finding", "Egen", Role.STATUS),
    ]
    for key, period in zip(_keys(periods), periods, strict=True):
        columns.append(Column(f"{key}_value", period_short(period), Role.OUTCOME, unit, decimals))
        columns.append(Column(f"{key}_text", period_short(period), Role.TEXT))
    left_out = len(ordered) - MOST
    return Figure(
        kind=FigureKind.MULTIPLES,
        slug=f"{slug(measure.key)}-kurvor",
        title=fitting(iter(_titles(measure, list(curves.values()), periods[-1] if periods else None))),
        caption=caption(measure_words(measure), here),
        context=here,
        columns=tuple(columns),
        rows=tuple(_row(u, line, names, own) for u, line in zip(ordered, shown, strict=True)),
        sentence=_sentence(measure, ordered, shown, names),
        source=source_line([measure], drawn, targets=_target_source(measure, context) if marks else ()),
        origins=origins_of(drawn),
        marks=marks,
        help=sentences(
            "Alla bilder har samma skala.",
            f"Streckad linje: mål {marks[0].label}." if marks else "",
            "Kraftig och först: den valda verksamheten." if own in ordered else "",
            f"{MOST} verksamheter är ritade; {how_many(left_out)} till finns i tabellen."
            if left_out > 0
            else "",
            star_words([o for o in drawn if o.starred][-1:]),
        ),
        unit=unit,
        decimals=decimals,
        empty="" if any(o.value is not None for o in drawn) else "Det finns inga värden att rita.",
        options={
            "shown": ",".join(["name", *(f"{key}_text" for key in _keys(periods))]),
            "file": ",".join(["name", *(f"{key}_value" for key in _keys(periods))]),
            "month": periods[-1].end.iso if periods else "",
            "cadence": "months" if is_curve(measure, spanned) else "periods",
            "scale": LEVELS,
            "drawn": str(MOST),
        },
    )


def _periods(measure: Measure, curves: Mapping[str, Sequence[Outcome]]) -> list[Period]:
    """Every period that any of the units has, oldest first, as many as a curve holds."""
    outcomes = [o for line in curves.values() for o in line]
    found = sorted(unique(o.period for o in outcomes), key=lambda p: (p.end, p.window.value))
    return found[-MONTHS:] if is_curve(measure, outcomes) else found[-OTHERS:]


def _keys(periods: Sequence[Period]) -> list[str]:
    return [f"{period.window.value}-{period.end.iso}" for period in periods]


def _row(
    unit: str, line: Sequence[Outcome | None], names: Mapping[str, str], own: str | None
) -> tuple[Value, ...]:
    cells: list[Value] = [unit, names.get(unit, unit), "ja" if unit == own else ""]
    for outcome in line:
        cells.append(as_float(outcome))
        cells.append("" if outcome is None else _cell(outcome))
    return tuple(cells)


def _cell(outcome: Outcome) -> str:
    """The value, with its unit where that is short: the caption says it."""
    if outcome.value is None:
        return outcome_text(outcome)
    share = outcome.measure.unit_of_measure is UnitOfMeasure.PERCENT
    return value_text(outcome.value, outcome.measure, unit=share) + ("*" if outcome.starred else "")


def _target(measure: Measure, context: Context) -> tuple[Mark, ...]:
    """The plan's number for the chosen month's year, which holds for all where a target is inherited."""
    target = measure.target_for(int(context.year)) if context.year else None
    if target is None or target.kind not in OF_EVERYBODY or not measure.unit_of_measure.is_relative:
        return ()
    bounds = [float(bound) for bound in (target.low, target.high) if bound is not None]
    return tuple(Mark(Role.TARGET_LOW, target.wording, bound, bound) for bound in bounds)


def _target_source(measure: Measure, context: Context) -> list[str]:
    target = measure.target_for(int(context.year))
    return [] if target is None else [target.source]


def _titles(measure: Measure, lines: Sequence[Sequence[Outcome]], latest: Period | None) -> list[str]:
    """«Sjukfrånvaron är lägre än okt 2022 i sju av tolv verksamheter», and shorter ones."""
    known = [] if latest is None else [_since_last_year(line, latest) for line in lines]
    changes = [change for change in known if change is not None]
    if latest is None or not changes:
        return ["Ingen jämförelse med förra året är möjlig"]
    before = period_short(latest.a_year_before())
    counts = {more: sum(change > 0 if more else change < 0 for change in changes) for more in (True, False)}
    more = counts[True] >= counts[False]
    said = f"{_word(measure, more)} än {before}" if counts[more] else f"som {before}"
    units = _units(counts[more] or len(changes), len(changes))
    return [
        f"{name}{':' if measure.subject and name == measure.short_name else ' är'} {said} i {units}"
        for name in subjects(measure)
    ]


def _units(count: int, of: int) -> str:
    """«sju av tolv verksamheter», «alla tolv verksamheter», «båda verksamheterna»"""
    if count < of:
        return f"{how_many(count)} av {how_many(of)} verksamheter"
    few = {1: "den enda verksamheten", 2: "båda verksamheterna"}
    return few.get(of) or f"alla {how_many(of)} verksamheter"


def _since_last_year(line: Sequence[Outcome], latest: Period) -> Fraction | None:
    """From the same period a year earlier to the latest period of all curves; None where either is unknown."""
    values = {outcome.period: outcome.value for outcome in line}
    now, then = values.get(latest), values.get(latest.a_year_before())
    return None if now is None or then is None else now - then


def _word(measure: Measure, more: bool) -> str:
    """«högre», «kortare»; of what is counted the number is higher or lower."""
    if measure.unit_of_measure.is_relative:
        return comparative_for(measure, more)
    return "högre" if more else "lägre"


def _sentence(
    measure: Measure,
    units: Sequence[str],
    lines: Sequence[Sequence[Outcome | None]],
    names: Mapping[str, str],
) -> str:
    latest = []
    for unit, line in zip(units, lines, strict=True):
        known = [o for o in line if o is not None and o.value is not None]
        if known:
            latest.append(f"{names.get(unit, unit)} {outcome_text(known[-1])} ({period_of(known[-1])})")
    drawn = f"{units_words(len(units))} i varsitt linjediagram. {measure_words(measure)}."
    return f"{drawn} Senaste värde: {', '.join(latest) or 'inget'}."
