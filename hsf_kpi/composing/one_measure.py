"""What Nyckeltal shows: the finding, four tiles, the curve with its limits, the units below, women and men."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from hsf_kpi.analysis.spc.refuse import refused_view
from hsf_kpi.analysis.spc.types import NoLimits, Process
from hsf_kpi.analysis.types import Assessment
from hsf_kpi.composing.ask import KEPT, Ask
from hsf_kpi.composing.composed import Composed
from hsf_kpi.composing.defined import defined
from hsf_kpi.composing.seen import with_units_seen
from hsf_kpi.figures.figure import Figure, Role
from hsf_kpi.figures.findings import finding as finding_of
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.order import worst_first
from hsf_kpi.figures.phrases import change_text, outcome_text
from hsf_kpi.figures.tables import sexes_table, units_table
from hsf_kpi.figures.trend import trend
from hsf_kpi.model.codes import Missing, Sex
from hsf_kpi.model.period import View
from hsf_kpi.swedish.words import inside

EARLIER_YEARS = 2
"""Whole years before the current one that a monthly curve shows."""


def finding(ask: Ask) -> str:
    return finding_of(assessment(ask))


def assessment(ask: Ask) -> Assessment:
    return ask.workspace.assessment(ask.scope, ask.selection, ask.measure or "")


def _process(ask: Ask) -> Process | NoLimits:
    return ask.signals.process(ask.scope, ask.selection, ask.measure or "")


@lru_cache(maxsize=KEPT)
def trend_figure(ask: Ask) -> Composed:
    view = ask.workspace.measure_view(ask.scope, ask.selection, ask.measure or "")
    monthly = view.assessment.measure.monthly
    shown, recent = ask.months(EARLIER_YEARS), ask.months(0)
    measure = view.assessment.measure
    found = (refused_view(measure, ask.selection.view) or _process(ask)) if monthly else None
    limits = isinstance(found, Process)
    figure = trend(
        view.assessment,
        view.outcomes[-shown:] if monthly else view.outcomes,
        last_year=view.outcomes[-recent - 12 : -12] if monthly and not limits else (),
        national=view.national,
        reorganisations=ask.workspace.reorganisations(ask.scope, ask.selection.unit),
        context=ask.context(),
        process=found,
    )
    comments = ask.dialogue.comments(ask.scope, ask.selection, measure.key)
    figure = replace(defined(figure, measure), comments=comments)
    named = _reorganised(ask, figure)
    if limits:
        return Composed(figure, named=named)
    moved = change_text(view.assessment)
    # The page's heading holds the verdict; the curve says how it has moved.
    title = f"{measure.short_name}: {moved}" if moved else figure.title
    return Composed(replace(figure, title=title), named=named)


def _reorganised(ask: Ask, figure: Figure) -> tuple[str, ...]:
    """The units that the reorganisations on the curve name: who takes it, or opens it frozen, must see them too."""
    told = {mark.label for mark in figure.marks if mark.role is Role.NOTE}
    found = ask.workspace.reorganisations(ask.scope, ask.selection.unit)
    named = (one.units for one in found if one.text in told and all(map(ask.scope.sees, one.units)))
    return tuple(sorted(frozenset().union(*named)))


@lru_cache(maxsize=KEPT)
def limits_figure(ask: Ask) -> Composed | None:
    """The months with their limits, below a curve of accumulated or rolling values, which have none; None where that
    curve has them itself, or there are none.
    """
    found = None if ask.selection.view is View.MONTH else _process(ask)
    if not isinstance(found, Process):
        return None
    by_month = replace(ask, selection=replace(ask.selection, view=View.MONTH))
    view = ask.workspace.measure_view(ask.scope, by_month.selection, ask.measure or "")
    figure = trend(
        view.assessment,
        view.outcomes[-by_month.months(EARLIER_YEARS) :],
        reorganisations=ask.workspace.reorganisations(ask.scope, ask.selection.unit),
        context=by_month.context(),
        process=found,
    )
    figure = replace(defined(figure, view.assessment.measure), slug=f"{figure.slug}-manad")
    return Composed(figure, named=_reorganised(ask, figure))


@lru_cache(maxsize=KEPT)
def units_figure(ask: Ask) -> Composed | None:
    found = ask.workspace.by_unit(ask.scope, ask.selection, ask.measure or "")
    rows = [
        (a.outcome.unit, ask.name(a.outcome.unit), a)
        for a in found
        if a.outcome.missing not in (Missing.NOT_APPLICABLE, Missing.NOT_MEASURED_HERE)
    ]
    if not rows:
        return None
    measure = ask.catalogue.measure(ask.measure or "")
    units = tuple(unit for unit, _, _ in worst_first(measure, rows))
    figure = units_table(measure, rows, context=ask.context())
    if not ask.workspace.sees_all_below(ask.scope, ask.selection, measure.key):
        figure = replace(with_units_seen(ask, figure, measure.key), title=_title_of_seen(rows, figure.title))
    return Composed(defined(figure, measure), units=units)


def _title_of_seen(rows: Sequence[tuple[str, str, Assessment]], title: str) -> str:
    """What is said of the units that are seen, never as if they were all."""
    if len(rows) > 1:
        return fitting(
            iter((f"Bland verksamheterna i behörigheten: {inside(title)}", "Verksamheterna i behörigheten"))
        )
    _, name, a = rows[0]
    return fitting(iter((f"{name}: {inside(finding_of(a))}", f"{name}: {outcome_text(a.outcome)}")))


@lru_cache(maxsize=KEPT)
def sexes_figure(ask: Ask) -> Composed | None:
    found = ask.workspace.by_sex(ask.scope, ask.selection, ask.measure or "")
    if not any(a.outcome.value is not None for a in found if a.outcome.sex is not Sex.ALL):
        return None
    figure = sexes_table({a.outcome.sex: a for a in found}, context=ask.context())
    return Composed(defined(figure, ask.catalogue.measure(ask.measure or "")))
