"""What Jämför enheter shows: units of one kind side by side, for the nyckeltal chosen in the filter bar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from hsf_kpi.analysis.compare.types import NoFunnel, NoRanking, Ranking
from hsf_kpi.analysis.types import Assessment
from hsf_kpi.composing.ask import KEPT, Ask
from hsf_kpi.composing.choices import AREA, GROUP, OWN_GROUP
from hsf_kpi.composing.composed import Composed
from hsf_kpi.composing.defined import defined
from hsf_kpi.composing.order import order_of
from hsf_kpi.figures.compare.distribution import distribution_figure
from hsf_kpi.figures.compare.funnel import funnel_figure
from hsf_kpi.figures.compare.multiples import curves_figure
from hsf_kpi.figures.compare.ranking import ranking_figure
from hsf_kpi.figures.matrix import matrix
from hsf_kpi.model.comparison import ComparisonGroup
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.problems import NotFound, Problem

MOST = 8
"""Columns of the matrix before a målområde is chosen: as many as can be read at once."""
NO_GROUP = "Ingen jämförelsegrupp innehåller en verksamhet som du får se."
NO_SUCH_GROUP = "Gruppen i länken finns inte eller ingår inte i din behörighet."


@lru_cache(maxsize=KEPT)
def group_id(ask: Ask) -> str | None:
    """The group of the link; before one is chosen the unit's own, else the first."""
    groups = [group.id for group in ask.comparing.groups(ask.scope, ask.selection)]
    asked = ask.extra(GROUP)
    if asked != OWN_GROUP:
        return asked if asked in groups else None
    own = ask.comparing.own_group(ask.scope, ask.selection.unit)
    return own.id if own is not None and own.id in groups else next(iter(groups), None)


def group_of(ask: Ask) -> ComparisonGroup:
    """NotFound, in words, where there is none, or the link names one that there is not."""
    groups = ask.comparing.groups(ask.scope, ask.selection)
    if not groups:
        raise NotFound(Problem(NO_GROUP))
    asked = group_id(ask)
    chosen = next((group for group in groups if group.id == asked), None)
    if chosen is None:
        raise NotFound(Problem(NO_SUCH_GROUP, "", f"Välj {', '.join(group.id for group in groups)}."))
    return chosen


def finding(ask: Ask) -> str:
    """The ranking's own finding, over the page, with what is compared."""
    title, measure = ranking(ask).figure.title, ask.catalogue.measure(ask.measure or "")
    return f"{measure.short_name}: {title}"


@lru_cache(maxsize=KEPT)
def _found(ask: Ask) -> Ranking | NoRanking:
    return ask.comparing.ranking(ask.scope, ask.selection, ask.measure or "", group_of(ask).id)


@lru_cache(maxsize=KEPT)
def ranking(ask: Ask) -> Composed:
    found = _found(ask)
    units: Iterable[str | None] = ()
    if isinstance(found, Ranking):
        units = [*(row.unit for row in found.rows), *(unit for unit, _ in found.missing)]
    names = ask.names(units)
    measure = ask.catalogue.measure(ask.measure or "")
    figure = ranking_figure(found, measure, names, context=ask.context())
    return Composed(defined(figure, measure), named=tuple(names))


@lru_cache(maxsize=KEPT)
def distribution(ask: Ask) -> Composed | None:
    found = _found(ask)
    if isinstance(found, NoRanking):
        return None
    names = ask.names(row.unit for row in found.rows)
    figure = distribution_figure(found, names, context=ask.context())
    return Composed(defined(figure, ask.catalogue.measure(ask.measure or "")), named=tuple(names))


@lru_cache(maxsize=KEPT)
def funnel(ask: Ask) -> Composed:
    key = ask.measure or ""
    found = ask.comparing.funnel(ask.scope, ask.selection, key, group_of(ask).id)
    names = {} if isinstance(found, NoFunnel) else ask.names(point.unit for point in found.points)
    measure = ask.catalogue.measure(key)
    figure = funnel_figure(found, measure, names, context=ask.context())
    return Composed(defined(figure, measure), named=tuple(names))


@lru_cache(maxsize=KEPT)
def curves(ask: Ask) -> Composed | None:
    key = ask.measure or ""
    found = ask.comparing.curves(ask.scope, ask.selection, key, group_of(ask).id)
    if not found:
        return None
    names = ask.names(found)
    own = ask.selection.unit if ask.selection.unit in found else None
    measure = ask.catalogue.measure(key)
    figure = curves_figure(measure, found, names, own=own, context=ask.context())
    return Composed(defined(figure, measure), named=tuple(names))


def grid_measures(ask: Ask) -> dict[str, str]:
    """The nyckeltal of the matrix, which its units can stand in order of: key → name."""
    return {measure.key: measure.short_name for measure, _ in _columns(ask)}


Columns = tuple[tuple[Measure, Mapping[str, Assessment]], ...]


@lru_cache(maxsize=KEPT)
def _columns(ask: Ask) -> Columns:
    """Those of the chosen målområde; else the nyckeltal of the page and the ones that most units have a value of."""
    every = ask.comparing.grid(ask.scope, ask.selection, group_of(ask).id)
    area = ask.extra(AREA)
    if area in {one.id for one in ask.catalogue.goal_areas}:
        return tuple(column for column in every if column[0].goal_area == area)

    def shared(column: tuple[Measure, Mapping[str, Assessment]]) -> tuple[bool, int]:
        measure, by_unit = column
        known = sum(a.outcome.value is not None for a in by_unit.values())
        return measure.key != ask.measure, -known

    first = {measure.key for measure, _ in sorted(every, key=shared)[:MOST]}
    return tuple(column for column in every if column[0].key in first)


@lru_cache(maxsize=KEPT)
def grid(ask: Ask) -> Composed | None:
    """None where the group shares no nyckeltal at all."""
    columns = _columns(ask)
    every = ask.comparing.grid(ask.scope, ask.selection, group_of(ask).id)
    units = list(dict.fromkeys(unit for _, by_unit in every for unit in by_unit))
    if not units:
        return None
    names = ask.names(units)
    figure = matrix(
        [(unit, names[unit]) for unit in units], columns, context=ask.context(), order=order_of(ask)
    )
    if not columns:
        figure = replace(figure, empty="Verksamheterna har inget nyckeltal gemensamt i det här målområdet.")
    by_name = {name: unit for unit, name in names.items()}
    return Composed(
        figure,
        units=tuple(by_name[str(row[0])] for row in figure.rows),
        keys=tuple(measure.key for measure, _ in columns),
    )
