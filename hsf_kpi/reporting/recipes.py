"""What each kind of section is made of: the pages' own figures, one after another.

A recipe gives steps, each a figure or some of them, made when it is asked for: so that progress can be told, and one that
can't be made leaves the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

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
    quality,
    road,
    signals,
    standing,
    surroundings,
    transformation,
)
from hsf_kpi.composing.ask import Ask, ask_of
from hsf_kpi.composing.choices import (
    ASSIGNMENT,
    ASSIGNMENTS,
    BETTER_THAN_NATIONAL,
    BRIDGE,
    BUDGET,
    COMPARE,
    CONTROLS,
    EXTRAS,
    GOALS,
    MISSIONS,
    NEAR_CARE,
    ONE_MEASURE,
    OVERVIEW,
    OWN_UNIT,
    PRODUCTION,
    QUALITY,
    ROAD,
    SIGNALS,
    SURROUNDINGS,
    TRANSFORMATION,
    VGR,
    WITHOUT_SEX,
)
from hsf_kpi.composing.composed import Composed
from hsf_kpi.figures.economy.words import listed
from hsf_kpi.figures.report import LeftOut
from hsf_kpi.model.codes import Origin, Sex
from hsf_kpi.model.problems import HsfError
from hsf_kpi.model.scope import Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.model.template import SectionKind, SectionPlan
from hsf_kpi.swedish.words import STATUS_SHAPE, inside
from hsf_kpi.workspace import Workspace

Made = Composed | None | Iterable[Composed | None]
IMPROVEMENT = "forbattring"
VERDICTS = "".join(STATUS_SHAPE.values())


@dataclass(frozen=True, slots=True)
class Step:
    """what: its name, for progress and for what can't be made. measure: the one that it is about, where it is about one.
    said: whether what is said of the measure belongs to it.
    """

    what: str
    make: Callable[[], Made]
    measure: str | None = None
    said: bool = False


@dataclass(frozen=True)
class Kitchen:
    """Whose report, and of what. kinds: the kinds of all its sections, so that nothing is shown twice."""

    workspace: Workspace
    scope: Scope
    selection: Selection
    kinds: frozenset[SectionKind]

    def ask(self, page: str, measure: str | None = None, **extras: str) -> Ask:
        chosen = replace(self.selection, sex=Sex.ALL) if page in WITHOUT_SEX else self.selection
        return ask_of(self.workspace, self.scope, page, chosen, measure, **extras)


def intro(kitchen: Kitchen, plan: SectionPlan) -> tuple[str, ...]:
    """The finding of the page that the section is of, as sentences; () where it has none of its own."""
    if plan.kind is SectionKind.MEASURES:
        return tuple(_where_told(kitchen, plan))
    make = _INTRO.get(plan.kind)
    return () if make is None else tuple(sentence for sentence in make(kitchen) if sentence)


def steps(kitchen: Kitchen, plan: SectionPlan) -> Iterator[Step]:
    yield from _STEPS[plan.kind](kitchen, plan)


def unknown(kitchen: Kitchen, plan: SectionPlan) -> tuple[LeftOut, ...]:
    """What the template names and there is not."""
    known = kitchen.workspace.catalogue.measures
    return tuple(
        LeftOut(f"Nyckeltalet ”{key}”", "Mallen namnger det, men det finns inte.")
        for key in plan.measures
        if key not in known
    )


def _standing(kitchen: Kitchen, _plan: SectionPlan) -> Iterator[Step]:
    ask = kitchen.ask(OVERVIEW)
    yield Step("De viktigaste nyckeltalen", partial(standing.headline_table, ask))
    yield Step("Måluppfyllelse per målområde", partial(overview.goals_figure, ask))
    if kitchen.selection.unit != kitchen.workspace.catalogue.organisation.root:
        yield Step("Plats bland de andra", partial(own_unit.places, kitchen.ask(OWN_UNIT)))


def _goals(kitchen: Kitchen, _plan: SectionPlan) -> Iterator[Step]:
    ask = kitchen.ask(GOALS)
    if SectionKind.STANDING not in kitchen.kinds:
        yield Step("Måluppfyllelse per målområde", partial(overview.goals_figure, ask))
    yield Step("Målvärden", partial(goals.goal_tables, ask))
    yield Step("Verksamheterna och nyckeltalen", partial(goals.matrix_figure, ask))


def _road(kitchen: Kitchen, _plan: SectionPlan) -> Iterator[Step]:
    ask = kitchen.ask(ROAD)
    yield Step("Resultatets väg", partial(road.path_figure, ask))
    codes = EXTRAS[BRIDGE].codes or {}
    for code, name in codes.items():
        yield Step(f"Bryggan {name}", partial(_bridge, kitchen, code))
    yield Step("Vem som avviker", partial(road.contribution, ask))
    yield Step("Prognosernas väg", partial(road.history, ask))


def _bridge(kitchen: Kitchen, code: str) -> Composed | None:
    """That bridge and no other, where it can be made. Several stand after each other: so the title says what it starts from,
    but for the plan's, whose finding does.
    """
    ask = kitchen.ask(ROAD, brygga=code)
    bridge, made = road.bridge_choices(ask).get(code), road.bridge(ask)
    if bridge is None or made is None or Origin.PUBLISHED in made.figure.origins:
        return made if bridge is not None else None
    finding = ", ".join(made.figure.title.rsplit(": ", 1))
    title = f"Mot {inside(bridge.start_title)}: {inside(finding)}"
    return replace(made, figure=replace(made.figure, title=title))


def _budget(kitchen: Kitchen, _plan: SectionPlan) -> Iterator[Step]:
    ask = kitchen.ask(BUDGET)
    yield Step("Budget och utfall per konto", partial(budget.lines, ask))
    yield Step("Budget och utfall per verksamhet", partial(budget.units, ask))
    yield Step("Kostnadsställen", partial(budget.cost_centres, ask))
    yield Step("Projekt", partial(budget.projects, ask))


def _assignments(kitchen: Kitchen, _plan: SectionPlan) -> Iterator[Step]:
    for code, name in (EXTRAS[ASSIGNMENT].codes or {}).items():
        yield Step(name, partial(assignments.figures, kitchen.ask(ASSIGNMENTS, uppdrag=code)))


def _signals(kitchen: Kitchen, _plan: SectionPlan) -> Iterator[Step]:
    yield Step("Månadens signaler", partial(signals.table, kitchen.ask(SIGNALS)))


def _deviations(kitchen: Kitchen, _plan: SectionPlan) -> Iterator[Step]:
    ask = kitchen.ask(OWN_UNIT)
    yield Step("Avvikelserna", partial(handed_in.deviations, ask))
    for one in handed_in.deviations_of(ask):
        about = kitchen.ask(ONE_MEASURE, one.measure.key)
        yield Step(one.measure.short_name, partial(_curve, about), one.measure.key, said=True)


def _measures(kitchen: Kitchen, plan: SectionPlan) -> Iterator[Step]:
    told_later = _among_deviations(kitchen, plan)
    for key in _known(kitchen, plan):
        ask = kitchen.ask(ONE_MEASURE, key)
        name = kitchen.workspace.catalogue.measure(key).short_name
        if key not in told_later:
            yield Step(name, partial(_curve, ask), key, said=True)
        yield Step(f"{name} per verksamhet", partial(one_measure.units_figure, ask), key)
        yield Step(f"{name}, plats bland de andra", partial(peers.peers_figure, ask), key)


def _among_deviations(kitchen: Kitchen, plan: SectionPlan) -> tuple[str, ...]:
    """The measures of the section whose curve stands among the deviations, with what is said of it, and not twice."""
    if SectionKind.DEVIATIONS not in kitchen.kinds:
        return ()
    try:
        deviating = {one.measure.key for one in handed_in.deviations_of(kitchen.ask(OWN_UNIT))}
    except HsfError:
        # Then that section has none of them, and says why.
        return ()
    return tuple(key for key in _known(kitchen, plan) if key in deviating)


def _where_told(kitchen: Kitchen, plan: SectionPlan) -> Iterator[str]:
    names = [kitchen.workspace.catalogue.measure(key).short_name for key in _among_deviations(kitchen, plan)]
    if names:
        yield f"{listed(names)} står bland avvikelserna"


def _curve(ask: Ask) -> Composed:
    """The measure's curve with the verdict as its title, which is the heading of the measure's own page; what the curve's
    title says there stands first in the reading help.
    """
    made = one_measure.trend_figure(ask)
    figure, verdict = made.figure, one_measure.finding(ask)
    if verdict == figure.title:
        return made
    moved = f"{figure.title}. {figure.help}".strip()
    return replace(made, figure=replace(figure, title=verdict, help=moved))


def _compare(kitchen: Kitchen, plan: SectionPlan) -> Iterator[Step]:
    for key in _known(kitchen, plan):
        ask = kitchen.ask(COMPARE, key)
        name = kitchen.workspace.catalogue.measure(key).short_name
        yield Step(f"{name}, rangordning", partial(_ranked, ask), key)


def _ranked(ask: Ask) -> Made:
    """Nothing where the unit is in no group that may be seen."""
    if not ask.comparing.groups(ask.scope, ask.selection) or compare.group_id(ask) is None:
        return None
    return compare.ranking(ask), compare.distribution(ask), compare.funnel(ask), compare.curves(ask)


def _production(kitchen: Kitchen, _plan: SectionPlan) -> Iterator[Step]:
    ask = kitchen.ask(PRODUCTION)
    yield Step("Produktion, bemanning och kostnad", partial(production.index, ask))
    yield Step("Sedan 2019", partial(production.since, ask))
    yield Step("Överenskommen produktion", partial(production.agreed, ask))
    yield Step("Bemanning", partial(production.staff, ask))


def _missions(kitchen: Kitchen, _plan: SectionPlan) -> Iterator[Step]:
    ask = kitchen.ask(OWN_UNIT)
    yield Step("Åtgärder som verksamheten har planerat", partial(handed_in.actions, ask))
    if SectionKind.ASSIGNMENTS not in kitchen.kinds:
        improving = kitchen.ask(ASSIGNMENTS, uppdrag=IMPROVEMENT)
        yield Step("Förbättringsarbete", partial(assignments.figures, improving))
    yield Step("Planens uppdrag och åtgärder", partial(promised.whole_plan, kitchen.ask(MISSIONS)))


def _transformation(kitchen: Kitchen, _plan: SectionPlan) -> Iterator[Step]:
    yield Step("HoS 2029", partial(transformation.figures, kitchen.ask(TRANSFORMATION)))


def _near_care(kitchen: Kitchen, _plan: SectionPlan) -> Iterator[Step]:
    yield Step("Nära vård", partial(near_care.in_report, kitchen.ask(NEAR_CARE)))


def _controls(kitchen: Kitchen, _plan: SectionPlan) -> Iterator[Step]:
    yield Step("Intern kontroll", partial(controls.figures, kitchen.ask(CONTROLS)))


def _surroundings(kitchen: Kitchen, _plan: SectionPlan) -> Iterator[Step]:
    yield Step("Plats bland regionerna", partial(surroundings.in_report, kitchen.ask(SURROUNDINGS)))
    better = kitchen.ask(SURROUNDINGS, utblick=BETTER_THAN_NATIONAL)
    yield Step("Bättre än riket", partial(surroundings.figures, better))
    yield Step("VGR:s omställning", partial(surroundings.figures, kitchen.ask(SURROUNDINGS, utblick=VGR)))


def _quality(kitchen: Kitchen, _plan: SectionPlan) -> Iterator[Step]:
    yield Step("Fullständighet", partial(quality.figures, kitchen.ask(QUALITY)))


def _known(kitchen: Kitchen, plan: SectionPlan) -> Iterator[str]:
    return (key for key in plan.measures if key in kitchen.workspace.catalogue.measures)


_STEPS: Mapping[SectionKind, Callable[[Kitchen, SectionPlan], Iterator[Step]]] = {
    SectionKind.STANDING: _standing,
    SectionKind.GOALS: _goals,
    SectionKind.ROAD: _road,
    SectionKind.BUDGET: _budget,
    SectionKind.ASSIGNMENTS: _assignments,
    SectionKind.SIGNALS: _signals,
    SectionKind.DEVIATIONS: _deviations,
    SectionKind.MEASURES: _measures,
    SectionKind.COMPARE: _compare,
    SectionKind.PRODUCTION: _production,
    SectionKind.MISSIONS: _missions,
    SectionKind.TRANSFORMATION: _transformation,
    SectionKind.NEAR_CARE: _near_care,
    SectionKind.CONTROLS: _controls,
    SectionKind.SURROUNDINGS: _surroundings,
    SectionKind.QUALITY: _quality,
}


def _sees_ledger(kitchen: Kitchen) -> bool:
    ask = kitchen.ask(ROAD)
    return ask.economy.may_see(kitchen.scope, kitchen.selection.unit)


def _assignment_words(kitchen: Kitchen) -> Iterator[str]:
    """Each of the four as a sentence: «Hyrpersonal, 25,9 mnkr: följs inte. 1,1 mnkr högre än i september»."""
    ask = kitchen.ask(OWN_UNIT)
    for tile in own_unit.assignment_tiles(ask):
        value = f"{tile.value} {tile.unit}".strip()
        told = [line.lstrip(VERDICTS).strip().rstrip(".") for line in tile.lines if line.strip()]
        rest = "; ".join(line[:1].lower() + line[1:] for line in told)
        yield f"{tile.name}, {value}: {rest}." if rest else f"{tile.name}: {value}."


_INTRO: Mapping[SectionKind, Callable[[Kitchen], Iterable[str]]] = {
    SectionKind.STANDING: lambda k: (overview.finding(k.ask(OVERVIEW)),),
    SectionKind.GOALS: lambda k: (goals.finding(k.ask(GOALS)),),
    SectionKind.ROAD: lambda k: (road.finding(k.ask(ROAD)),) if _sees_ledger(k) else (),
    SectionKind.BUDGET: lambda k: (budget.finding(k.ask(BUDGET)),) if _sees_ledger(k) else (),
    SectionKind.ASSIGNMENTS: _assignment_words,
    SectionKind.SIGNALS: lambda k: (signals.finding(k.ask(SIGNALS)),),
    SectionKind.DEVIATIONS: lambda k: (own_unit.finding(k.ask(OWN_UNIT)),),
    SectionKind.PRODUCTION: lambda k: (production.finding(k.ask(PRODUCTION)),) if _sees_ledger(k) else (),
    SectionKind.TRANSFORMATION: lambda k: transformation.introduction(k.ask(TRANSFORMATION)),
    SectionKind.NEAR_CARE: lambda k: (near_care.finding(k.ask(NEAR_CARE)),),
    SectionKind.CONTROLS: lambda k: (controls.finding(k.ask(CONTROLS)),),
    SectionKind.SURROUNDINGS: lambda k: (surroundings.finding(k.ask(SURROUNDINGS)),),
    SectionKind.QUALITY: lambda k: (quality.finding(k.ask(QUALITY)),),
}
