"""Uppdrag och åtgärder as figures: what the plan has promised, and how far its åtgärder have come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from hsf_kpi.analysis.promised import action_stands
from hsf_kpi.composing.ask import KEPT, Ask
from hsf_kpi.composing.choices import (
    BY_GOAL,
    BY_MISSION,
    EVERYTHING,
    EXTRAS,
    FOCUS,
    FOLLOWED,
    FUNCTION,
    NETWORK,
    NONE_OPEN,
    PROMISES,
)
from hsf_kpi.composing.composed import Composed
from hsf_kpi.composing.followed import followed_origins, history_table, standing_of, whole
from hsf_kpi.composing.seen import dated, for_most, seen_by_most
from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.missions import missions_table, plan_actions_table
from hsf_kpi.figures.missions_status import Followed
from hsf_kpi.figures.missions_words import action_name, function_names
from hsf_kpi.figures.promised import actions_timeline
from hsf_kpi.figures.promised_goals import goals_table, indicators_table
from hsf_kpi.figures.promised_links import links_table
from hsf_kpi.figures.promised_words import chosen_words, promised_finding, promised_tiles
from hsf_kpi.figures.shape import unique
from hsf_kpi.figures.words_tile import WordsTile
from hsf_kpi.model.catalogue import GoalArea
from hsf_kpi.model.follow_up import Subject
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.mission import MissionPlan
from hsf_kpi.model.problems import NotFound


def options(ask: Ask) -> Mapping[str, Mapping[str, str]]:
    """What each of the page's free choices can be: code → Swedish name, before «Alla»."""
    plan = ask.catalogue.missions
    return {
        FUNCTION: function_names(plan),
        FOCUS: {area.id: area.name for area in plan.focus_areas},
        FOLLOWED: {action.letter: action_name(action) for action in plan.actions},
    }


def known(ask: Ask) -> Ask:
    """The same with what the link chooses and there is not as it is before anything is chosen; the ask itself where all is
    there.
    """
    wrong = set(_unknown(ask))
    if not wrong:
        return ask
    return replace(
        ask, extras=tuple((name, EXTRAS[name].first if name in wrong else code) for name, code in ask.extras)
    )


def finding(ask: Ask) -> str:
    """How many åtgärder are late; what is promised, while nobody has told how it goes."""
    followed, plan = _followed(ask), _plan(ask)
    stands = [followed.stands[action.letter] for action in plan.actions]
    return promised_finding(ask.catalogue.missions, stands, ask.selection.month, followed.chosen)


def tiles(ask: Ask) -> Sequence[WordsTile]:
    followed, plan = _followed(ask), _plan(ask)
    stands = [followed.stands[action.letter] for action in plan.actions]
    return promised_tiles(plan, stands, ask.selection.month)


@lru_cache(maxsize=KEPT)
def figures(ask: Ask) -> tuple[Composed, ...]:
    """Those of the chosen part, then what has been told of the åtgärd that is chosen. NotFound for a function, an
    insatsområde or an åtgärd that there is not.
    """
    _demand(ask)
    part = ask.extra(PROMISES)
    found: tuple[Composed, ...]
    if part == NETWORK:
        found = for_most(ask, links_table(_plan(ask), _followed(ask), context=whole(ask)))
    elif part == BY_MISSION:
        found = (missions(ask),)
    elif part == BY_GOAL:
        found = (*for_most(ask, _goals(ask)), _indicators(ask))
    else:
        found = (timeline(ask), actions(ask))
    return (*found, *filter(None, (history(ask),)))


def whole_plan(ask: Ask) -> tuple[Composed, ...]:
    """For a report: when the åtgärder are to be done and how far they are, then the uppdrag and the åtgärder as tables.
    Nothing where the plan's are not defined.
    """
    if not ask.catalogue.missions.missions:
        return ()
    return (timeline(ask), missions(ask), actions(ask))


@lru_cache(maxsize=KEPT)
def history(ask: Ask) -> Composed | None:
    """What has been told of the chosen åtgärd; None while none is chosen."""
    letter = ask.extra(FOLLOWED)
    if letter == NONE_OPEN:
        return None
    return history_table(ask, Subject.ACTION, letter, options(ask)[FOLLOWED][letter])


@lru_cache(maxsize=KEPT)
def timeline(ask: Ask) -> Composed:
    return for_most(ask, actions_timeline(_plan(ask), _followed(ask), context=whole(ask)))[0]


@lru_cache(maxsize=KEPT)
def actions(ask: Ask) -> Composed:
    """The åtgärder in a table for each insatsområde, as the plan's bilaga has them; each leads to its history."""
    plan = _plan(ask)
    areas = {area.id: area.name for area in plan.focus_areas}
    figure = plan_actions_table(plan, context=whole(ask), followed=_followed(ask))
    groups = tuple(areas.get(action.focus_area, "") for action in plan.actions)
    opens = tuple(((FOLLOWED, action.letter),) for action in plan.actions)
    return Composed(dated(ask, figure), groups=groups, opens=opens, keys=seen_by_most(ask))


@lru_cache(maxsize=KEPT)
def missions(ask: Ask) -> Composed:
    areas = ask.catalogue.goal_areas
    return for_most(ask, missions_table(_plan(ask), areas, context=whole(ask), followed=_followed(ask)))[0]


def _goals(ask: Ask) -> Figure:
    rows = tuple(ask.catalogue.plan_rows())
    return goals_table(_plan(ask), _areas(ask), rows, context=whole(ask), chosen=_chosen(ask))


def _indicators(ask: Ask) -> Composed:
    """Only those that may be seen at the unit: each leads to its own page."""
    areas, unit = _areas(ask), ask.selection.unit
    names = {area.id: area.name for area in areas}
    every = [m for m in ask.catalogue.plan_rows() if m.goal_area in names]
    seen: list[Measure] = [m for m in every if ask.scope.allows(unit, m.key)]
    source = "; ".join(unique(m.source for m in ask.catalogue.plan_rows() if m.source))
    year = ask.selection.month.year
    figure = indicators_table(areas, seen, year, context=whole(ask), source=source, every=len(every))
    return Composed(
        figure,
        measures=tuple(m.key for m in seen),
        groups=tuple(names[m.goal_area] for m in seen),
    )


def _areas(ask: Ask) -> tuple[GoalArea, ...]:
    """All of them; with a filter, those that what is left belongs to."""
    plan = _plan(ask)
    if plan is ask.catalogue.missions:
        return ask.catalogue.goal_areas
    left = {one.goal_area for one in plan.missions} | {one.goal_area for one in plan.answers}
    return tuple(area for area in ask.catalogue.goal_areas if area.id in left)


@lru_cache(maxsize=KEPT)
def _plan(ask: Ask) -> MissionPlan:
    """What the filters leave; the plan itself without any."""
    return ask.catalogue.missions.narrowed(_code(ask, FUNCTION), _code(ask, FOCUS))


@lru_cache(maxsize=KEPT)
def _followed(ask: Ask) -> Followed:
    plan, month = ask.catalogue.missions, ask.selection.month
    told = {key: one for (subject, key), one in standing_of(ask).items() if subject is Subject.ACTION}
    return Followed(plan, action_stands(plan, told, month), month, followed_origins(ask), _chosen(ask))


def _chosen(ask: Ask) -> str:
    return chosen_words(ask.catalogue.missions, _code(ask, FUNCTION), _code(ask, FOCUS))


def _code(ask: Ask, name: str) -> str | None:
    code = ask.extra(name)
    return None if code == EVERYTHING else code


def _unknown(ask: Ask) -> list[str]:
    """The free choices whose code is none of theirs."""
    return [
        name for name, codes in options(ask).items() if ask.extra(name) not in (EXTRAS[name].first, *codes)
    ]


def _demand(ask: Ask) -> None:
    problems = [EXTRAS[name].unknown(ask.extra(name), options(ask)[name]) for name in _unknown(ask)]
    if problems:
        raise NotFound(problems)
