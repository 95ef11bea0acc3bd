"""What Min verksamhet shows of the unit: tiles, budget, the four assignments, its place, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from hsf_kpi.analysis.economy.compliance import HEADCOUNT, HIRED
from hsf_kpi.analysis.economy.types import Compliance, Yardstick
from hsf_kpi.analysis.peers import Standing
from hsf_kpi.analysis.types import Assessment
from hsf_kpi.composing import assignments, budget
from hsf_kpi.composing.ask import KEPT, Ask
from hsf_kpi.composing.choices import ASSIGNMENT, YARDSTICK
from hsf_kpi.composing.composed import Composed
from hsf_kpi.composing.overview import headlines
from hsf_kpi.composing.seen import assessed
from hsf_kpi.economy import HEADCOUNT as PERSONS
from hsf_kpi.economy import HIRED as HIRED_SHARE
from hsf_kpi.figures.dialogue.findings import own_page_finding
from hsf_kpi.figures.economy.four_assignments import four_assignments
from hsf_kpi.figures.places import places_table
from hsf_kpi.figures.words_tile import WordsTile

AMONG_SEEN = "Räknat på de verksamheter som ingår i behörigheten"
PLACES = 10
"""Measures in the table of places, at the most."""


def finding(ask: Ask) -> str:
    dialogue = ask.dialogue
    found = dialogue.deviating(ask.scope, ask.selection)
    return own_page_finding(found, dialogue.hand_in(ask.scope, ask.selection), ask.context())


def _sees_ledger(ask: Ask) -> bool:
    return ask.economy.may_see(ask.scope, ask.selection.unit)


def _with(ask: Ask, name: str, code: str) -> Ask:
    """The same question as another page asks it, with a choice that this page does not have."""
    return replace(ask, extras=(*ask.extras, (name, code)))


def _own_budget(ask: Ask) -> Ask:
    return _with(ask, YARDSTICK, Yardstick.BUDGET.value)


def budget_tiles(ask: Ask) -> Sequence[WordsTile]:
    """The own budget in short; nothing where the ledger may not be seen."""
    return budget.tiles(_own_budget(ask)) if _sees_ledger(ask) else ()


def budget_figures(ask: Ask) -> tuple[Composed, ...]:
    """The own budget down to cost type and kostnadsställe; nothing where the ledger may not be seen."""
    if not _sees_ledger(ask):
        return ()
    own = _own_budget(ask)
    return tuple(one for one in (budget.lines(own), budget.cost_centres(own)) if one is not None)


@lru_cache(maxsize=KEPT)
def assignment_tiles(ask: Ask) -> tuple[WordsTile, ...]:
    """Each assignment as far as it may be seen here: two are followed in the ledger, two by staff measures."""
    sees, unit = _sees_ledger(ask), ask.selection.unit

    def compliance(assignment: str, key: str) -> Compliance | None:
        if not ask.scope.allows(unit, key):
            return None
        return assignments.compliance(_with(ask, ASSIGNMENT, assignment))

    tiles = four_assignments(
        assignments.spending(ask) if sees else None,
        compliance(HEADCOUNT, PERSONS),
        compliance(HIRED, HIRED_SHARE),
        assignments.activities(ask) if sees else None,
    )
    if not sees or assignments.sees_all(ask):
        return tiles
    *others, activities = tiles
    return (*others, replace(activities, lines=(*activities.lines[:2], AMONG_SEEN)))


@lru_cache(maxsize=KEPT)
def places(ask: Ask) -> Composed:
    """The headline measures first, then the plan's others, as far as they can be compared."""
    rows: list[tuple[Assessment, Standing]] = []
    every = dict.fromkeys([*headlines(ask), *(a for a in assessed(ask) if a.measure.row is not None)])
    for a in every:
        if a.outcome.value is None or len(rows) == PLACES:
            continue
        found = ask.workspace.peers(ask.scope, ask.selection, a.measure.key)
        if isinstance(found, Standing):
            rows.append((a, found))
    figure = places_table(rows, context=ask.context())
    return Composed(figure, measures=tuple(a.measure.key for a, _ in rows))
