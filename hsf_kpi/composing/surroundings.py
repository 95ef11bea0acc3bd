"""Omvärlden as figures: Västmanland among the regions, and VGR beside us. The chosen month does not limit the years here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from hsf_kpi.analysis.regions import Standing, same_latest, standing
from hsf_kpi.composing.ask import KEPT, Ask
from hsf_kpi.composing.choices import BETTER_THAN_NATIONAL, KEY_FIGURE, ONE_KEY_FIGURE, OUTLOOK, PLACES, VGR
from hsf_kpi.composing.composed import Composed
from hsf_kpi.composing.road import of_the_plan
from hsf_kpi.composing.seen import for_most, seen_by_most
from hsf_kpi.composing.surroundings_chosen import area_of, chosen_regions, key_figure, surroundings_of
from hsf_kpi.figures.figure import Context
from hsf_kpi.figures.findings import heading
from hsf_kpi.figures.surroundings.about import About
from hsf_kpi.figures.surroundings.by_year import places_over_time
from hsf_kpi.figures.surroundings.national import Against, national_grid, national_titles
from hsf_kpi.figures.surroundings.one import one_titles, over_the_years
from hsf_kpi.figures.surroundings.order import ranking_bars
from hsf_kpi.figures.surroundings.other_plan import (
    actions_table,
    areas_grid,
    decisions_table,
    funding_bars,
    plan_titles,
)
from hsf_kpi.figures.surroundings.places import (
    Found,
    places_table,
    places_tiles,
    places_titles,
    told_table,
    worst_first,
)
from hsf_kpi.figures.words_tile import WordsTile
from hsf_kpi.model.surroundings import KeyFigure
from hsf_kpi.model.target import TargetKind
from hsf_kpi.regions import Values
from hsf_kpi.swedish.numbers import DASH

OUTCOME = "outcome"
NOT_DEFINED = "Omvärldens nyckeltal är inte definierade (omvarld.toml saknas)."
NO_PLAN = "Ingen annan regions plan är definierad"


def finding(ask: Ask) -> str:
    """The sentence of the chosen part. NotFound as `figures`."""
    around = surroundings_of(ask)
    if not around.figures:
        return NOT_DEFINED
    part = ask.extra(OUTLOOK)
    if part == ONE_KEY_FIGURE:
        return heading(one_titles(about_one(ask)))
    if part == BETTER_THAN_NATIONAL:
        return heading(national_titles(_against(ask)))
    if part == VGR:
        if around.plan is None:
            return NO_PLAN
        return heading(plan_titles(around.plan, ask.catalogue.missions.focus_areas))
    return heading(places_titles(_rows(ask), _region(ask)))


def figures(ask: Ask) -> tuple[Composed, ...]:
    """Those of the chosen part. NotFound, in words, for a key figure, a field or a region that there is not."""
    if not surroundings_of(ask).figures:
        return ()
    return _OF_PART[ask.extra(OUTLOOK)](ask)


@lru_cache(maxsize=KEPT)
def in_report(ask: Ask) -> tuple[Composed, ...]:
    """For a report: of the places only those that tell the most, since all of them take nine slides."""
    around, rows = surroundings_of(ask), _rows(ask)
    if not rows:
        return ()
    names = ask.regions.names(ask.scope, ask.selection)
    return for_most(ask, told_table(rows, around, names, context=_context_of(ask, rows)))


def tiles(ask: Ask) -> Sequence[WordsTile]:
    """Of the places; nothing in the other parts."""
    if not surroundings_of(ask).figures or ask.extra(OUTLOOK) != PLACES:
        return ()
    return places_tiles(_rows(ask))


# What is known


def _region(ask: Ask) -> str:
    around = surroundings_of(ask)
    return ask.regions.names(ask.scope, ask.selection).get(around.home, around.home)


def _context(ask: Ask) -> Context:
    """The region's own statistics: no unit of the förvaltning, no month."""
    region = f"Region {_region(ask)}"
    return replace(of_the_plan(ask), unit=region, path=region)


def _context_of(ask: Ask, rows: Sequence[Found]) -> Context:
    """With the years that the rows are of."""
    years = [year for _, found in rows for year in (found.year, *(found.first or ())[:1])]
    return replace(_context(ask), period=f"{min(years)}{DASH}{max(years)}" if years else "")


def _standing(figure: KeyFigure, values: Values, home: str) -> Standing | None:
    return standing(values.years, values.national, home, figure.direction)


@lru_cache(maxsize=KEPT)
def _every_row(ask: Ask) -> tuple[Found, ...]:
    around, values = surroundings_of(ask), ask.regions.values(ask.scope, ask.selection)
    found = ((one, _standing(one, values[one.id], around.home)) for one in around.figures if one.id in values)
    return tuple((figure, place) for figure, place in found if place is not None)


def _rows(ask: Ask) -> list[Found]:
    """Of the chosen field, worst place first."""
    area = area_of(ask)
    return worst_first([row for row in _every_row(ask) if area in ("", row[0].field)])


@lru_cache(maxsize=KEPT)
def about_one(ask: Ask) -> About:
    """All that is known of the chosen key figure."""
    around, figure = surroundings_of(ask), key_figure(ask)
    values = ask.regions.values(ask.scope, ask.selection).get(figure.id, Values())
    own = [
        (measure.short_name, x.role)
        for measure in ask.catalogue.measures.values()
        for x in measure.external
        if x.id == figure.id and ask.scope.allows(ask.selection.unit, measure.key)
    ]
    return About(
        figure=figure,
        home=around.home,
        names=ask.regions.names(ask.scope, ask.selection),
        years=values.years,
        national=values.national,
        found=_standing(figure, values, around.home),
        source=around.source,
        faults=values.faults,
        same=tuple(dict.fromkeys(name for name, role in own if role == OUTCOME)),
        beside=tuple(dict.fromkeys(name for name, role in own if role != OUTCOME)),
    )


def _against(ask: Ask) -> list[Against]:
    """The plan's measures with a target against the country, and a public series to hold it against."""
    values, around = ask.regions.values(ask.scope, ask.selection), surroundings_of(ask)
    found = []
    for measure in ask.catalogue.plan_rows():
        series = measure.outcome_series()
        target = next((t for t in measure.targets if t.kind is TargetKind.BETTER_THAN_NATIONAL), None)
        figure = None if series is None else around.figure(series)
        if target is not None and figure is not None and figure.id in values:
            known = values[figure.id]
            found.append(Against(measure, target, figure, known.of(around.home), known.national))
    return found


# The parts


@lru_cache(maxsize=KEPT)
def _places(ask: Ask) -> tuple[Composed, ...]:
    rows = _rows(ask)
    names, values = (
        ask.regions.names(ask.scope, ask.selection),
        ask.regions.values(ask.scope, ask.selection),
    )
    figure = places_table(
        rows,
        surroundings_of(ask),
        names,
        area=area_of(ask),
        context=_context_of(ask, rows),
        twins=same_latest({one.id: values[one.id].years for one, _ in rows}),
    )
    opens = tuple(((OUTLOOK, ONE_KEY_FIGURE), (KEY_FIGURE, row[0].id)) for row in rows)
    return (Composed(figure, keys=seen_by_most(ask), opens=opens),)


@lru_cache(maxsize=KEPT)
def _one(ask: Ask) -> tuple[Composed, ...]:
    about, chosen, context = about_one(ask), chosen_regions(ask), _context(ask)
    return for_most(
        ask,
        over_the_years(about, chosen, context=context),
        ranking_bars(about, context=context),
        places_over_time(about, context=context),
    )


@lru_cache(maxsize=KEPT)
def _national(ask: Ask) -> tuple[Composed, ...]:
    source = surroundings_of(ask).source
    return for_most(ask, national_grid(_against(ask), source, region=_region(ask), context=_context(ask)))


@lru_cache(maxsize=KEPT)
def _other_plan(ask: Ask) -> tuple[Composed, ...]:
    plan, areas, context = surroundings_of(ask).plan, ask.catalogue.missions.focus_areas, of_the_plan(ask)
    if plan is None:
        return ()
    return for_most(
        ask,
        funding_bars(plan, context=context),
        areas_grid(plan, areas, context=context),
        actions_table(plan, areas, context=context),
        decisions_table(plan, context=context),
    )


_OF_PART: Mapping[str, Callable[[Ask], tuple[Composed, ...]]] = {
    PLACES: _places,
    ONE_KEY_FIGURE: _one,
    BETTER_THAN_NATIONAL: _national,
    VGR: _other_plan,
}
