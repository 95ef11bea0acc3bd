"""«Vad händer om …?»: levers with their assumptions, the landing recomputed."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from hsf_kpi.analysis.economy.scenario_text import parse_scenario
from hsf_kpi.analysis.economy.types import Scenario, WhatIf
from hsf_kpi.analysis.economy.whatif import what_if as recompute
from hsf_kpi.composing.ask import KEPT, Ask
from hsf_kpi.composing.choices import BASE, NO_SCENARIO, SCENARIO
from hsf_kpi.composing.composed import Composed
from hsf_kpi.composing.economy import ledger_of
from hsf_kpi.composing.road import trajectory_of
from hsf_kpi.figures.economy.sources import ledger_source
from hsf_kpi.figures.economy.whatif import whatif_figure
from hsf_kpi.model.period import Month

FTE = "arsarbetare"


@lru_cache(maxsize=KEPT)
def scenario_of(ask: Ask) -> Scenario:
    """DataError, with everything in it that can't be read."""
    text = ask.extra(SCENARIO)
    if text == NO_SCENARIO:
        return Scenario()
    return parse_scenario(text, ask.catalogue.levers, ask.selection.month)


@lru_cache(maxsize=KEPT)
def _what_if(ask: Ask) -> WhatIf | None:
    base = "submitted" if ask.extra(BASE) == "lamnad" else "statistical"
    levers = {lever.id: lever for lever in ask.catalogue.levers}
    fte: Fraction | None = None
    if FTE in ask.catalogue.measures and ask.scope.allows(ask.selection.unit, FTE):
        fte = ask.workspace.assessment(ask.scope, ask.selection, FTE).outcome.value
    return recompute(scenario_of(ask), levers, trajectory_of(ask), ledger_of(ask), base=base, fte=fte)


def figure(ask: Ask) -> Composed | None:
    """Where the year lands with what is pulled. None where nothing is, nothing can be said of it, or the year is over;
    DataError, with all that can't be read of the scenario.
    """
    return _figure(ask) if months_left(ask.selection.month) and scenario_of(ask).pulls else None


@lru_cache(maxsize=KEPT)
def _figure(ask: Ask) -> Composed | None:
    found = _what_if(ask)
    if found is None:
        return None
    ledger = ledger_of(ask)
    landing = whatif_figure(
        found, context=ask.context(), origins=ledger.origins, source=ledger_source(ledger)
    )
    return Composed(landing, keys=(ask.economy.seen_with, FTE))


def months_left(month: Month) -> tuple[Month, ...]:
    """Those of the year that come after."""
    return tuple(Month.of(month.year, n) for n in range(month.number + 1, 13))
