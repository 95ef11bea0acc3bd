"""The summary of a report: what the meeting must know, in sentences that the figures after it prove."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from hsf_kpi.composing import (
    budget,
    controls,
    overview,
    own_unit,
    production,
    promised,
    road,
    signals,
    surroundings,
    transformation,
)
from hsf_kpi.composing.ask import Ask
from hsf_kpi.composing.choices import (
    BUDGET,
    CONTROLS,
    MISSIONS,
    OVERVIEW,
    OWN_UNIT,
    PRODUCTION,
    ROAD,
    SIGNALS,
    SURROUNDINGS,
    TRANSFORMATION,
)
from hsf_kpi.figures.economy.words import listed
from hsf_kpi.model.codes import Status
from hsf_kpi.model.problems import HsfError
from hsf_kpi.model.template import SectionKind
from hsf_kpi.reporting.recipes import Kitchen
from hsf_kpi.swedish.words import STATUS_SHAPE

SIGNALS_TOLD = 3


def findings(kitchen: Kitchen, kinds: Collection[SectionKind]) -> tuple[str, ...]:
    """The pages' own findings, of the sections that the report has; none twice."""
    found: list[str] = []
    for kind, make in _OF_KIND:
        if kind in kinds:
            found += _those_seen(make, kitchen)
    return tuple(dict.fromkeys(found))


def _those_seen(make: Callable[[Kitchen], Iterator[str]], kitchen: Kitchen) -> list[str]:
    try:
        return [one for one in make(kitchen) if one]
    except HsfError:
        # What may not be seen, or is not there, is told in its section.
        return []


def _standing(kitchen: Kitchen) -> Iterator[str]:
    yield overview.finding(kitchen.ask(OVERVIEW))


def _road(kitchen: Kitchen) -> Iterator[str]:
    ask = kitchen.ask(ROAD)
    path = road.path_figure(ask).figure
    if not path.empty:
        yield path.title
    yield road.finding(ask)


def _budget(kitchen: Kitchen) -> Iterator[str]:
    yield budget.finding(kitchen.ask(BUDGET))


def _assignments(kitchen: Kitchen) -> Iterator[str]:
    """«Av uppdragen följs antal medarbetare, men inte restriktivitet och hyrpersonal»: the section tells how much."""
    by_shape: dict[str, list[str]] = {STATUS_SHAPE[Status.MET]: [], STATUS_SHAPE[Status.MISSED]: []}
    for tile in own_unit.assignment_tiles(kitchen.ask(OWN_UNIT)):
        shape = next((line[:1] for line in tile.lines if line), "")
        by_shape.get(shape, []).append(tile.name[:1].lower() + tile.name[1:])
    followed, broken = by_shape.values()
    if followed and broken:
        yield f"Av uppdragen följs {listed(followed)}, men inte {listed(broken)}"
    elif followed:
        yield f"Uppdragen som kan bedömas följs: {listed(followed)}"
    elif broken:
        yield f"Inget av uppdragen som kan bedömas följs: {listed(broken)}"


def _signals(kitchen: Kitchen) -> Iterator[str]:
    ask = kitchen.ask(SIGNALS)
    yield signals.finding(ask)
    for _, words in signals.most_important(ask, count=SIGNALS_TOLD):
        yield words.headline


def _deviations(kitchen: Kitchen) -> Iterator[str]:
    yield own_unit.finding(kitchen.ask(OWN_UNIT))


def _production(kitchen: Kitchen) -> Iterator[str]:
    yield production.finding(kitchen.ask(PRODUCTION))


def _of_the_whole(make: Callable[[Ask], str], page: str) -> Callable[[Kitchen], Iterator[str]]:
    """The finding of a page about the whole förvaltning: it is the meeting's where the report is of it."""

    def found(kitchen: Kitchen) -> Iterator[str]:
        if kitchen.selection.unit == kitchen.workspace.catalogue.organisation.root:
            yield make(kitchen.ask(page))

    return found


_OF_KIND: tuple[tuple[SectionKind, Callable[[Kitchen], Iterator[str]]], ...] = (
    (SectionKind.STANDING, _standing),
    (SectionKind.ROAD, _road),
    (SectionKind.BUDGET, _budget),
    (SectionKind.DEVIATIONS, _deviations),
    (SectionKind.SIGNALS, _signals),
    (SectionKind.ASSIGNMENTS, _assignments),
    (SectionKind.PRODUCTION, _production),
    (SectionKind.MISSIONS, _of_the_whole(promised.finding, MISSIONS)),
    (SectionKind.TRANSFORMATION, _of_the_whole(transformation.finding, TRANSFORMATION)),
    (SectionKind.CONTROLS, _of_the_whole(controls.finding, CONTROLS)),
    (SectionKind.SURROUNDINGS, _of_the_whole(surroundings.finding, SURROUNDINGS)),
)
