"""Figures that are tables: the measures of a målområde, the units under a unit, the sexes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from hsf_kpi.analysis.types import Assessment
from hsf_kpi.figures.captions import (
    caption,
    measure_words,
    near_words,
    sentences,
    source_line,
    star_words,
    target_sources,
)
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.findings import finding, fitting
from hsf_kpi.figures.order import worst_first
from hsf_kpi.figures.phrases import (
    change_text,
    change_words,
    difference,
    how_many,
    outcome_text,
    sex_text,
    status_text,
    target_wording,
)
from hsf_kpi.figures.shape import as_float, latest_month, origins_of, slug
from hsf_kpi.model.codes import Sex, Status
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.target import Baseline
from hsf_kpi.swedish.dates import period_text
from hsf_kpi.swedish.words import UNIT_CAPTION, comparative


def status_table(area: str, assessments: Sequence[Assessment], *, context: Context) -> Figure:
    """One målområde: a row for each of its plan rows, in the order given."""
    met = sum(a.status is Status.MET for a in assessments)
    return Figure(
        kind=FigureKind.TABLE,
        slug=f"malvarden-{slug(area)}",
        title=fitting(_area_titles(met, len(assessments), area)),
        caption=caption(f"Målvärden och utfall i målområdet {area}", context),
        context=context,
        columns=(
            Column("measure", "Nyckeltal", Role.LABEL),
            Column("target", "Mål", Role.TEXT),
            Column("baseline", "Nuvärde", Role.TEXT),
            Column("outcome_text", "Utfall", Role.TEXT),
            Column("outcome", "Utfall", Role.OUTCOME),
            Column("unit", "Måttenhet", Role.TEXT),
            Column("period", "Period", Role.TEXT),
            Column("status", "Status", Role.STATUS),
            Column("change", "Förändring", Role.CHANGE),
            Column("change_text", "Förändring mot föregående år", Role.TEXT),
            Column("reason", "Varför", Role.NOTE),
        ),
        rows=tuple(_status_row(a) for a in assessments),
        sentence=_verdicts(f"Tabell över målvärden i målområdet {area}, {context.unit}", assessments),
        source=source_line(
            [a.measure for a in assessments],
            (a.outcome for a in assessments),
            targets=target_sources(assessments),
        ),
        origins=origins_of(a.outcome for a in assessments),
        help=sentences(near_words(assessments), star_words([a.outcome for a in assessments])),
        empty="" if assessments else "Det finns inga målvärden att visa.",
        options={
            "shown": "measure,target,baseline,outcome_text,period,status,change_text,reason",
            "file": "measure,target,baseline,outcome,unit,period,status,change,reason",
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
        title=fitting(_unit_titles(measure, ordered)),
        context=context,
        opening=f"Tabell över {len(rows)} verksamheter",
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
        title=fitting(_sex_titles(measure, assessments)),
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
    period = period_text(assessments[0].outcome.period) if assessments else ""
    before = f"Mot {period_text(assessments[0].last_year.period)}" if assessments else "Förändring"
    return Figure(
        kind=FigureKind.TABLE,
        slug=f"{slug(measure.key)}-{part}",
        title=title,
        caption=caption(measure_words(measure), context, period=period),
        context=context,
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
        source=source_line([measure], (a.outcome for a in assessments), targets=target_sources(assessments)),
        origins=origins_of(a.outcome for a in assessments),
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


def _status_row(a: Assessment) -> tuple[Value, ...]:
    return (
        a.measure.name,
        target_wording(a),
        _baseline_words(a.measure.baselines),
        outcome_text(a.outcome, a.bound),
        as_float(a.outcome),
        UNIT_CAPTION[a.measure.unit_of_measure],
        period_text(a.outcome.period),
        status_text(a.status),
        None if a.change is None else float(a.change),
        change_text(a),
        a.reason,
    )


def _plain_row(name: str, a: Assessment) -> tuple[Value, ...]:
    return (
        name,
        outcome_text(a.outcome, a.bound),
        as_float(a.outcome),
        period_text(a.outcome.period),
        None if a.change is None else float(a.change),
        change_words(a),
        status_text(a.status) if a.target else "",
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
    judged = sum(a.status is not Status.NOT_ASSESSABLE for a in assessments)
    valued = sum(a.outcome.value is not None for a in assessments)
    return f"{opening}. {valued} av {len(assessments)} har ett utfall; {met} av {judged} bedömda når målet."


def _area_titles(met: int, of: int, area: str) -> Iterator[str]:
    yield f"{met} av {of} målvärden nås i {area}"
    yield f"{met} av {of} målvärden nås"


def _unit_titles(measure: Measure, rows: Sequence[tuple[str, str, Assessment]]) -> Iterator[str]:
    judged = [a for _, _, a in rows if a.status is not Status.NOT_ASSESSABLE]
    valued = [row for row in rows if row[2].outcome.value is not None]
    if judged:
        met = sum(a.status is Status.MET for a in judged)
        subject = (
            f"{how_many(met, capital=True) if met else 'Ingen'} av {how_many(len(judged))} verksamheter når"
        )
        if len(judged) == 1:
            subject = f"Den enda verksamhet som kan bedömas når{'' if met else ' inte'}"
        wordings = list(dict.fromkeys(target_wording(a) for a in judged))
        if len(wordings) == 1:
            yield f"{subject} målet {wordings[0]}"
        yield f"{subject} målet"
    elif valued:
        highest = max(valued, key=lambda row: row[2].outcome.value or 0)
        for name in (measure.name, measure.short_name, "Utfallet"):
            yield f"{name} är högst i {highest[1]}: {outcome_text(highest[2].outcome)}"
        yield f"Utfallet är som högst {outcome_text(highest[2].outcome)}"
    else:
        yield f"{measure.short_name or measure.name} har inget utfall för någon verksamhet"
        yield "Det finns inget utfall för någon verksamhet"


def _sex_titles(measure: Measure, assessments: Mapping[Sex, Assessment]) -> Iterator[str]:
    women, men = assessments.get(Sex.WOMEN), assessments.get(Sex.MEN)
    value_w = women.outcome.value if women else None
    value_m = men.outcome.value if men else None
    if value_w is None or value_m is None:
        yield finding(next(iter(assessments.values())))
        return
    delta = value_w - value_m
    for name in (measure.name, measure.short_name, "Utfallet"):
        if delta == 0:
            yield f"{name} är lika för kvinnor och män"
        else:
            word = comparative(measure.unit_of_measure, delta > 0)
            yield f"{name} är {difference(abs(delta), measure)} {word} för kvinnor än för män"
