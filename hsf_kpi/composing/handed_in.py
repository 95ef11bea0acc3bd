"""What has been handed in, as Min verksamhet shows it: what needs a word, åtgärder, own forecast, and for the superior who
has handed in below.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from hsf_kpi.analysis.deviating import Deviation
from hsf_kpi.composing.ask import KEPT, Ask
from hsf_kpi.composing.composed import Composed
from hsf_kpi.figures.dialogue.actions import actions_table
from hsf_kpi.figures.dialogue.deviations import deviations_table
from hsf_kpi.figures.dialogue.overview import overview_table
from hsf_kpi.figures.dialogue.tiles import forecast_tiles
from hsf_kpi.figures.words_tile import WordsTile
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.dialogue import HandIn


@lru_cache(maxsize=KEPT)
def deviations_of(ask: Ask) -> tuple[Deviation, ...]:
    return ask.dialogue.deviating(ask.scope, ask.selection)


@lru_cache(maxsize=KEPT)
def hand_in_of(ask: Ask) -> HandIn:
    return ask.dialogue.hand_in(ask.scope, ask.selection)


@lru_cache(maxsize=KEPT)
def deviations(ask: Ask) -> Composed:
    found = deviations_of(ask)
    figure = deviations_table(found, hand_in_of(ask), context=ask.context())
    return Composed(figure, measures=tuple(one.measure.key for one in found))


@lru_cache(maxsize=KEPT)
def actions(ask: Ask) -> Composed | None:
    found = hand_in_of(ask)
    if not found.actions:
        return None
    names = {one.measure: ask.catalogue.measure(one.measure).short_name for one in found.actions}
    figure = actions_table(found, names, context=ask.context(), origins=_origins(ask))
    return Composed(figure, keys=tuple(names))


def _origins(ask: Ask) -> frozenset[Origin]:
    """On demo data what has been handed in is demo too; on real data it is nobody's file."""
    return frozenset({Origin.DEMO}) if ask.workspace.state().kind == "demo" else frozenset()


def forecasts(ask: Ask) -> Sequence[WordsTile]:
    """Own forecast, the ledger's latest, the budget; nothing where the ledger may not be seen."""
    if not ask.economy.may_see(ask.scope, ask.selection.unit):
        return ()
    return forecast_tiles(ask.dialogue.forecasts(ask.scope, ask.selection))


@lru_cache(maxsize=KEPT)
def overview(ask: Ask) -> Composed | None:
    found = ask.dialogue.overview(ask.scope, ask.selection)
    if not found.rows:
        return None
    units = [row.unit for row in found.rows]
    names = {unit: ask.name(unit) for unit in units}
    figure = overview_table(found, names, context=ask.context(), origins=_origins(ask))
    # Below the units stand their sum and the chosen unit's own, which lead nowhere.
    leads = (*units, *[""] * (len(figure.rows) - len(units)))
    # No keys: how many figures deviate tells of every measure.
    return Composed(figure, units=leads)
