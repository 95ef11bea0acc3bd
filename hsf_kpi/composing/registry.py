"""Every figure that a page shows, for those who show it elsewhere: the command line and the reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from hsf_kpi.composing import (
    assignments,
    budget,
    compare,
    controls,
    goals,
    handed_in,
    near_care,
    one_measure,
    overview,
    own_unit,
    peers,
    production,
    promised,
    provenance,
    quality,
    road,
    signals,
    surroundings,
    transformation,
    what_if,
)
from hsf_kpi.composing.ask import Ask
from hsf_kpi.composing.choices import (
    ACCOUNT,
    ASSIGNMENTS,
    BUDGET,
    COMPARE,
    CONTROLS,
    DIALOGUE,
    GOALS,
    MADE_OF,
    MISSIONS,
    MONEY,
    NEAR_CARE,
    NO_ACCOUNT,
    ONE_MEASURE,
    OVERVIEW,
    OWN_UNIT,
    PART,
    PRODUCTION,
    QUALITY,
    ROAD,
    SIGNALS,
    SURROUNDINGS,
    TITLES,
    TRANSFORMATION,
    YES,
)
from hsf_kpi.composing.composed import Composed
from hsf_kpi.model.problems import NotFound, Problem

Made = Iterable[Composed | None]


def figures_of(ask: Ask, page: str) -> tuple[Composed, ...]:
    """Every figure that the page frames for the ask, in its order; the small curves of the tiles are the tiles' own.

    ask: made by `ask_of` for the same page; it names a measure where the page is about one. NotFound for another page and
    for what is chosen and does not exist (a group, an account, a table), NotPermitted where the scope does not reach what
    the page is about, DataError for a scenario that can't be read.
    """
    make = _OF_PAGE.get(page)
    if make is None:
        raise NotFound(
            Problem(f"Sidan ”{page}” visar inga diagram eller tabeller.", page, f"Välj {', '.join(PAGES)}.")
        )
    return tuple(one for one in make(ask) if one is not None)


def _overview(ask: Ask) -> Made:
    return (overview.goals_figure(ask),)


def _signals(ask: Ask) -> Made:
    return (signals.table(ask),)


def _own_unit(ask: Ask) -> Made:
    part = ask.extra(PART)
    if part == DIALOGUE:
        return handed_in.overview(ask), handed_in.deviations(ask), handed_in.actions(ask)
    if part == MONEY:
        return own_unit.budget_figures(ask)
    return own_unit.places(ask), handed_in.deviations(ask)


def _road(ask: Ask) -> Made:
    yield road.path_figure(ask)
    yield road.bridge(ask)
    yield road.contribution(ask)
    yield road.history(ask)
    yield what_if.figure(ask)


def _budget(ask: Ask) -> Made:
    yield budget.lines(ask)
    if ask.extra(ACCOUNT) != NO_ACCOUNT:
        yield provenance.entries(ask)
    yield budget.units(ask)
    yield budget.cost_centres(ask)
    yield budget.projects(ask)
    yield budget.plan_table(ask)
    yield budget.plan_bars_figure(ask)
    yield budget.plan_bridge_figure(ask)


def _production(ask: Ask) -> Made:
    return production.index(ask), production.since(ask), production.agreed(ask), production.staff(ask)


def _goals(ask: Ask) -> Made:
    return overview.goals_figure(ask), *goals.goal_tables(ask), goals.matrix_figure(ask)


def _one_measure(ask: Ask) -> Made:
    yield one_measure.trend_figure(ask)
    if ask.extra(MADE_OF) == YES:
        yield provenance.rows(ask)
    yield one_measure.limits_figure(ask)
    yield one_measure.units_figure(ask)
    yield peers.peers_figure(ask)
    yield one_measure.sexes_figure(ask)


def _compare(ask: Ask) -> Made:
    return (
        compare.ranking(ask),
        compare.distribution(ask),
        compare.funnel(ask),
        compare.curves(ask),
        compare.grid(ask),
    )


_OF_PAGE: Mapping[str, Callable[[Ask], Made]] = {
    OVERVIEW: _overview,
    SIGNALS: _signals,
    OWN_UNIT: _own_unit,
    ROAD: _road,
    BUDGET: _budget,
    ASSIGNMENTS: assignments.figures,
    PRODUCTION: _production,
    GOALS: _goals,
    ONE_MEASURE: _one_measure,
    COMPARE: _compare,
    MISSIONS: promised.figures,
    TRANSFORMATION: transformation.figures,
    NEAR_CARE: near_care.figures,
    CONTROLS: controls.figures,
    SURROUNDINGS: surroundings.figures,
    QUALITY: quality.figures,
}
PAGES: Mapping[str, str] = {page: TITLES[page] for page in _OF_PAGE}
"""Page → title, of those that have figures."""
