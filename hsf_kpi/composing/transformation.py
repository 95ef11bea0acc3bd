"""HoS 2029 as figures: how far the transformation has come, what is to be done until then."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from hsf_kpi.analysis.transformation import ActivityState, activity_states
from hsf_kpi.composing import one_measure
from hsf_kpi.composing.ask import KEPT, Ask, ask_of
from hsf_kpi.composing.choices import ACTIVITY, EXTRAS, NONE_OPEN, ONE_MEASURE
from hsf_kpi.composing.composed import Composed
from hsf_kpi.composing.followed import followed_origins, history_table, standing_of, whole
from hsf_kpi.composing.seen import dated, for_most, seen_by_most
from hsf_kpi.figures.figure import Figure, Mark, Role
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.transformation import activities_table, numbered, picture_table, road_map
from hsf_kpi.figures.transformation_register import dependencies_grid, lines_table, risk_grid, risks_table
from hsf_kpi.figures.transformation_words import (
    decided_words,
    measure_tile,
    register_tiles,
    transformation_finding,
    trend_title,
)
from hsf_kpi.figures.words_tile import WordsTile
from hsf_kpi.model.codes import Sex
from hsf_kpi.model.follow_up import Entry, Subject
from hsf_kpi.model.period import View
from hsf_kpi.model.problems import NotFound
from hsf_kpi.model.target import Target
from hsf_kpi.model.transformation import TransformationPlan
from hsf_kpi.swedish.numbers import bound_text


def plan_of(ask: Ask) -> TransformationPlan:
    return ask.catalogue.transformation


@lru_cache(maxsize=KEPT)
def entries_of(ask: Ask) -> tuple[Entry, ...]:
    """The register as it stands in the chosen month."""
    return ask.promises.entries(ask.scope, ask.selection)


@lru_cache(maxsize=KEPT)
def states_of(ask: Ask) -> tuple[ActivityState, ...]:
    return activity_states(plan_of(ask), entries_of(ask), standing_of(ask), ask.selection.month)


def finding(ask: Ask) -> str:
    """The page's own sentence."""
    return transformation_finding(states_of(ask))


def decided_later(ask: Ask) -> bool:
    """Whether the chosen month is before the decision: what is shown was then not yet known."""
    decided = plan_of(ask).decided
    return decided is not None and ask.selection.month < decided


def introduction(ask: Ask) -> tuple[str, ...]:
    """For a report: the page's sentence, and that it was decided after the chosen month where it was."""
    return (finding(ask), *((decided_words(plan_of(ask)),) if decided_later(ask) else ()))


def tiles(ask: Ask) -> Sequence[WordsTile]:
    """Nothing where no plan is defined."""
    if not plan_of(ask).activities:
        return ()
    own = _measure_ask(ask)
    if own is None:
        return register_tiles(states_of(ask))
    return (*register_tiles(states_of(ask)), measure_tile(one_measure.assessment(own), _target(own)))


def activity_names(ask: Ask) -> dict[str, str]:
    """Activity → as people read it, «1 Närakut i Köping»."""
    return {one.id: numbered(at, one) for at, one in enumerate(plan_of(ask).activities, 1)}


@lru_cache(maxsize=KEPT)
def road(ask: Ask) -> Composed:
    figure = road_map(
        plan_of(ask),
        states_of(ask),
        now=ask.selection.month,
        context=whole(ask),
        origins=followed_origins(ask),
    )
    return for_most(ask, figure)[0]


@lru_cache(maxsize=KEPT)
def activities(ask: Ask) -> Composed:
    """Each leads to its register."""
    figure = activities_table(plan_of(ask), states_of(ask), context=whole(ask), origins=followed_origins(ask))
    opens = tuple(((ACTIVITY, one.activity.id),) for one in states_of(ask))
    return Composed(dated(ask, figure), keys=seen_by_most(ask), opens=opens)


@lru_cache(maxsize=KEPT)
def registered(ask: Ask) -> tuple[Composed, ...]:
    """What the activities depend on and their risks, where any are registered."""
    found = states_of(ask)
    make: list[Callable[..., Figure]] = []
    if any(one.dependencies for one in found):
        make.append(dependencies_grid)
    if any(one.risks for one in found):
        make += [risk_grid, risks_table]
    context, origins = whole(ask), followed_origins(ask)
    return for_most(ask, *(one(found, context=context, origins=origins) for one in make))


def trend(ask: Ask) -> Composed | None:
    """The nyckeltal of HoS 2029 for the whole förvaltning; None where there is none, or it may not be seen."""
    own = _measure_ask(ask)
    return None if own is None else _trend(own)


@lru_cache(maxsize=KEPT)
def picture(ask: Ask) -> Composed | None:
    if not plan_of(ask).picture:
        return None
    return Composed(picture_table(plan_of(ask), context=whole(ask)), keys=seen_by_most(ask))


@lru_cache(maxsize=KEPT)
def histories(ask: Ask) -> tuple[Composed, ...]:
    """Of the chosen activity: every version of its lines in the register, and of what has been said of it. Nothing while
    none is chosen that there is.
    """
    activity, names = ask.extra(ACTIVITY), activity_names(ask)
    if activity not in names:
        return ()
    found = ask.promises.activity_history(ask.scope, ask.selection, activity)
    figure = lines_table(
        found,
        activity,
        names[activity],
        names,
        context=whole(ask),
        origins=followed_origins(ask) if found else (),
    )
    return (
        *for_most(ask, figure),
        history_table(ask, Subject.ACTIVITY, activity, names[activity]),
    )


def figures(ask: Ask) -> tuple[Composed, ...]:
    """What the page frames, in its order. NotFound for an activity that there is not."""
    chosen, names = ask.extra(ACTIVITY), activity_names(ask)
    if chosen != NONE_OPEN and chosen not in names:
        raise NotFound(EXTRAS[ACTIVITY].unknown(chosen, names))
    framed = (road(ask), activities(ask), *registered(ask), trend(ask), picture(ask), *histories(ask))
    return tuple(one for one in framed if one is not None)


def measure_key(ask: Ask) -> str:
    """The nyckeltal of HoS 2029, where it may be seen; "" else."""
    key, root = plan_of(ask).measure, ask.catalogue.organisation.root
    return key if key and ask.scope.allows(root, key) else ""


def _measure_ask(ask: Ask) -> Ask | None:
    """What Nyckeltal is asked for the whole förvaltning by month: the same key, so that what it has composed is shared."""
    key = measure_key(ask)
    if not key:
        return None
    root = ask.catalogue.organisation.root
    own = replace(ask.selection, unit=root, view=View.MONTH, sex=Sex.ALL)
    return ask_of(ask.workspace, ask.scope, ONE_MEASURE, own, key)


def _target(own: Ask) -> Target | None:
    """The target of the plan's last year."""
    return own.catalogue.measure(own.measure or "").target_for(plan_of(own).last_year)


@lru_cache(maxsize=KEPT)
def _trend(own: Ask) -> Composed:
    """The curve of Nyckeltal with the last year's target beside it, which no value is judged against before that year."""
    found, target = one_measure.trend_figure(own), _target(own)
    figure = found.figure
    if target is not None and target.high is not None:
        high, measure = float(target.high), own.catalogue.measure(own.measure or "")
        mark = Mark(Role.TARGET_HIGH, f"Mål {target.year}: {bound_text(target.high, measure)}", high, high)
        figure = replace(figure, marks=(*figure.marks, mark))
        figure = replace(figure, title=fitting(iter([trend_title(one_measure.assessment(own), target)])))
    return Composed(figure, named=(own.selection.unit, *found.named), keys=(own.measure or "",))
