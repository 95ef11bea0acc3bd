"""Figures that are tables: the measures of a målområde, the units under a unit, the sexes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from hsf_kpi.analysis.types import Assessment
from hsf_kpi.figures.captions import (
    caption,
    measure_words,
    near_words,
    own_context,
    own_state,
    sentences,
    source_line,
    star_words,
    target_sources,
    view_words,
)
from hsf_kpi.figures.dialogue.year_end import IN_FILE, SHOWN, YEAR_END_COLUMNS, YEAR_END_HELP, year_end_cells
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.goals import judged, met_titles
from hsf_kpi.figures.order import worst_first
from hsf_kpi.figures.phrases import (
    change_text,
    change_words,
    outcome_text,
    period_of,
    sex_text,
    target_wording,
    units_words,
    verdict_text,
)
from hsf_kpi.figures.shape import as_float, latest_month, origins_of, slug, unique
from hsf_kpi.figures.table_titles import sex_titles, unit_titles
from hsf_kpi.model.codes import Sex, Status
from hsf_kpi.model.dialogue import Analysis
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.target import Baseline
from hsf_kpi.swedish.words import UNIT_CAPTION

FEW = 3
"""Periods that are listed; a table of more keeps the chosen month, and each row says its own."""


def status_table(
    area: str,
    assessments: Sequence[Assessment],
    *,
    context: Context,
    year_ends: Mapping[str, Analysis] = MappingProxyType({}),
) -> Figure:
    """One målområde: a row for each of its plan rows, in the order given. year_ends: measure → the manager's judgement of
    the year's end; without any for these rows the column is left out.
    """
    told = {a.measure.key: year_ends[a.measure.key] for a in assessments if a.measure.key in year_ends}
    outcomes = [a.outcome for a in assessments]
    own = replace(context, state=own_state(context, outcomes))
    if not any(a.measure.monthly for a in assessments):
        periods = unique(period_of(outcome) for outcome in outcomes)
        own = replace(own, view="", period=", ".join(periods) if 0 < len(periods) <= FEW else context.period)
    return Figure(
        kind=FigureKind.TABLE,
        slug=f"malvarden-{slug(area)}",
        title=fitting(met_titles(assessments, area, context)),
        caption=caption(f"Målvärden och utfall i målområdet {area}", own),
        context=own,
        columns=(
            Column("measure", "Nyckeltal", Role.LABEL),
            Column("status", "Status", Role.STATUS),
            Column("outcome_text", "Utfall", Role.TEXT),
            Column("outcome", "Utfall", Role.OUTCOME),
            Column("unit", "Måttenhet", Role.TEXT),
            Column("target", "Mål", Role.TEXT),
            Column("baseline", "Nuvärde", Role.TEXT),
            Column("period", "Period", Role.TEXT),
            Column("change", "Förändring", Role.CHANGE),
            Column("change_text", "Förändring", Role.TEXT),
            Column("reason", "Varför", Role.NOTE),
            *(YEAR_END_COLUMNS if told else ()),
            Column("goal", "Hör till målet", Role.TEXT),
        ),
        rows=tuple(_status_row(a, told) for a in assessments),
        sentence=_verdicts(f"Tabell över målvärden i målområdet {area}, {context.unit}", assessments),
        source=source_line(
            [a.measure for a in assessments],
            outcomes,
            targets=target_sources(assessments),
        ),
        origins=origins_of(outcomes),
        help=sentences(near_words(assessments), star_words(outcomes), YEAR_END_HELP if told else ""),
        empty="" if assessments else "Det finns inga målvärden att visa.",
        options={
            "shown": f"measure,status,outcome_text,target,baseline,period,change_text,reason{SHOWN if told else ''},goal",
            "file": f"measure,status,outcome,unit,target,baseline,period,change,reason{IN_FILE if told else ''},goal",
            "month": latest_month(assessments),
        },
    )


def units_table(measure: Measure, rows: Sequence[tuple[str, str, Assessment]], *, context: Context) -> Figure:
    """rows: (unit id, name, assessment). Sorted worst first by the measure's direction, missing last."""
    ordered = worst_first(measure, rows)
    assessments = [a for _, _, a in ordered]
    return _one_measure(
        measure,
        [(name, a) for _, name, a in ordered],
        heading="Verksamhet",
        part="verksamheter",
        title=fitting(unit_titles(measure, ordered)),
        context=context,
        opening=f"Tabell över {units_words(len(rows))}",
        assessments=assessments,
        empty="Det finns inga verksamheter under den valda.",
    )


def sexes_table(assessments: Mapping[Sex, Assessment], *, context: Context) -> Figure:
    """The measure for kvinnor, män and alla, as far as they are given. ValueError without any."""
    if not assessments:
        raise ValueError("no assessments")
    found = [(sex_text(sex), assessments[sex]) for sex in (Sex.WOMEN, Sex.MEN, Sex.ALL) if sex in assessments]
    measure = found[0][1].measure
    return _one_measure(
        measure,
        found,
        heading="Kön",
        part="kon",
        title=fitting(sex_titles(measure, assessments)),
        context=context,
        opening="Tabell per kön",
        assessments=[a for _, a in found],
        empty="",
    )


def _one_measure(
    measure: Measure,
    rows: Sequence[tuple[str, Assessment]],
    *,
    heading: str,
    part: str,
    title: str,
    context: Context,
    opening: str,
    assessments: Sequence[Assessment],
    empty: str,
) -> Figure:
    unit, decimals = measure.unit_of_measure, measure.decimals
    outcomes = [a.outcome for a in assessments]
    own = own_context(context, measure, [o for o in outcomes if o.value is not None] or outcomes)
    before = f"Mot {period_of(assessments[0].last_year)}" if assessments else "Förändring"
    return Figure(
        kind=FigureKind.TABLE,
        slug=f"{slug(measure.key)}-{part}",
        title=title,
        caption=caption(measure_words(measure), own, view=view_words(measure, outcomes, context)),
        context=own,
        columns=(
            Column("name", heading, Role.LABEL),
            Column("outcome_text", "Utfall", Role.TEXT),
            Column("outcome", "Utfall", Role.OUTCOME, unit, decimals),
            Column("period", "Period", Role.TEXT),
            Column("change", "Förändring", Role.CHANGE, unit, decimals),
            Column("change_text", before, Role.TEXT),
            Column("status", "Status", Role.STATUS),
            Column("note", "Anmärkning", Role.NOTE),
        ),
        rows=tuple(_plain_row(name, a) for name, a in rows),
        sentence=_verdicts(f"{opening}. {measure_words(measure)}, {context.unit}", assessments),
        source=source_line([measure], outcomes, targets=target_sources(assessments)),
        origins=origins_of(outcomes),
        help=sentences(_target_words(assessments), near_words(assessments)),
        unit=unit,
        decimals=decimals,
        empty="" if rows else empty,
        options={
            "shown": "name,outcome_text,change_text,status,note",
            "file": "name,outcome,period,change,status,note",
            "month": latest_month(assessments),
        },
    )


def _status_row(a: Assessment, told: Mapping[str, Analysis]) -> tuple[Value, ...]:
    return (
        a.measure.name,
        verdict_text(a),
        outcome_text(a.outcome, a.bound),
        as_float(a.outcome),
        UNIT_CAPTION[a.measure.unit_of_measure],
        target_wording(a),
        _baseline_words(a.measure.baselines),
        period_of(a.outcome),
        None if a.change is None else float(a.change),
        change_text(a) or a.not_compared,
        a.reason,
        *(year_end_cells(told.get(a.measure.key)) if told else ()),
        a.measure.goal,
    )


def _plain_row(name: str, a: Assessment) -> tuple[Value, ...]:
    return (
        name,
        outcome_text(a.outcome, a.bound),
        as_float(a.outcome),
        period_of(a.outcome),
        None if a.change is None else float(a.change),
        change_words(a) or a.not_compared,
        verdict_text(a) if a.target else "",
        outcome_text(a.outcome) if a.outcome.value is None else a.outcome.note,
    )


def _baseline_words(baselines: Sequence[Baseline]) -> str:
    """The plan's starting points as printed: the total's, or all of them where it has none for the total."""
    totals = [b for b in baselines if b.sex is Sex.ALL] or list(baselines)
    return ", ".join(b.wording for b in totals)


def _target_words(assessments: Sequence[Assessment]) -> str:
    wordings = list(dict.fromkeys(target_wording(a) for a in assessments if a.target))
    return f"Mål: {wordings[0]}." if len(wordings) == 1 else ""


def _verdicts(opening: str, assessments: Sequence[Assessment]) -> str:
    met = sum(a.status is Status.MET for a in assessments)
    valued = sum(a.outcome.value is not None for a in assessments)
    verdicts = f"; {met} av {len(found)} bedömda når målet" if (found := judged(assessments)) else ""
    return f"{opening}. {valued} av {len(assessments)} har ett utfall{verdicts}."
