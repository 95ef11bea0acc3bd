"""What Vägen till −800 shows: the finding, the tiles, the path, the bridges, who deviates, and how the forecasts moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from hsf_kpi.analysis.economy.bridge import forecast_bridge, outcome_bridge, plan_bridge, year_bridge
from hsf_kpi.analysis.economy.types import Bridge, Trajectory
from hsf_kpi.composing.ask import KEPT, Ask
from hsf_kpi.composing.choices import BRIDGE, LEVEL
from hsf_kpi.composing.composed import Composed
from hsf_kpi.composing.economy import is_own_budget, ledger_of, months_of_view, phasing_of, yardstick_of
from hsf_kpi.figures.economy.bridge import bridge_figure
from hsf_kpi.figures.economy.contribution import contribution_figure, row_units
from hsf_kpi.figures.economy.history import forecast_history
from hsf_kpi.figures.economy.road import road_finding, road_tiles
from hsf_kpi.figures.economy.sources import PLAN_LINE, ledger_source
from hsf_kpi.figures.economy.trajectory import Undated, trajectory_figure
from hsf_kpi.figures.figure import Context
from hsf_kpi.figures.words_tile import WordsTile
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.ledger import AmountKind, months_of

PROVISION_TABLE = "underskottspost"
"""The plan's own bridge, −600 to −800."""
PLAN_YEAR = 2023
PLAN_BRIDGE = "Budgeterade kostnader växte 200 mnkr mer än intäkterna"
UNDATED = Undated(
    -1035, "prognos enligt intranätet, år ej angivet", "−1 035 ur intranätet för medarbetare, år ej angivet"
)


@lru_cache(maxsize=KEPT)
def trajectory_of(ask: Ask) -> Trajectory:
    return ask.economy.trajectory(ask.scope, ask.selection, phasing_of(ask))


def finding(ask: Ask) -> str:
    """What the rest of the year must give; why that can't be said, where it can't."""
    return road_finding(trajectory_of(ask), own_budget=_own(ask))


def tiles(ask: Ask) -> Sequence[WordsTile]:
    """Result to date, forecast, and what each month left must give for −800 and for 0 (or for the own budget)."""
    return road_tiles(trajectory_of(ask), yardstick_of(ask), own_budget=_own(ask))


@lru_cache(maxsize=KEPT)
def path_figure(ask: Ask) -> Composed:
    ledger = ledger_of(ask)
    whole = ask.selection.unit == ask.catalogue.organisation.root
    own = _own(ask)
    figure = trajectory_figure(
        trajectory_of(ask),
        yardstick_of(ask),
        context=ask.context(),
        own_budget=own,
        origins=ledger.origins,
        source=ledger_source(ledger, "" if own or ask.selection.month.year != PLAN_YEAR else PLAN_LINE),
        undated=UNDATED if whole and ask.selection.month.year == _latest_year(ask) else None,
    )
    handed_in = ask.dialogue.forecast_comments(ask.scope, ask.selection)
    return Composed(replace(figure, comments=handed_in), keys=(ask.economy.seen_with,))


def _latest_year(ask: Ask) -> int:
    """The year that the database has come to: what states no year is shown beside that one only."""
    latest = ask.workspace.state().latest
    return latest.year if latest is not None else ask.selection.month.year


def bridge_choices(ask: Ask) -> dict[str, Bridge]:
    """The bridges that can be made here, by code: the plan's only for the whole."""
    return dict(_bridges(ask))


@lru_cache(maxsize=KEPT)
def _bridges(ask: Ask) -> tuple[tuple[str, Bridge], ...]:
    ledger, months = ledger_of(ask), months_of_view(ask)
    latest = trajectory_of(ask).latest
    found = {
        "plan": plan_bridge(ask.catalogue.plan_table(PROVISION_TABLE)) if _plan_here(ask) else None,
        "fjol": year_bridge(ledger, months),
        "prognos": forecast_bridge(ledger, latest) if latest is not None else None,
        "utfall": outcome_bridge(ledger, months, yardstick_of(ask)),
    }
    return tuple((code, bridge) for code, bridge in found.items() if bridge is not None)


def _plan_here(ask: Ask) -> bool:
    """The plan's bridge is the whole förvaltning's, of the year of its budget."""
    return ask.selection.unit == ask.catalogue.organisation.root and ask.selection.month.year == PLAN_YEAR


@lru_cache(maxsize=KEPT)
def bridge(ask: Ask) -> Composed | None:
    """The chosen bridge, else the first that can be made; None where none can."""
    found = dict(_bridges(ask))
    if not found:
        return None
    code = ask.extra(BRIDGE) if ask.extra(BRIDGE) in found else next(iter(found))
    ledger = ledger_of(ask)
    is_plan = code == "plan"
    source = (
        f"Källa: {ask.catalogue.plan_table(PROVISION_TABLE).source}." if is_plan else ledger_source(ledger)
    )
    figure = bridge_figure(
        found[code],
        context=of_the_plan(ask) if is_plan else ask.context(),
        origins=frozenset({Origin.PUBLISHED}) if is_plan else ledger.origins,
        source=source,
        title=PLAN_BRIDGE if is_plan else "",
    )
    return Composed(figure, keys=(ask.economy.seen_with,))


def has_levels(ask: Ask) -> bool:
    """Whether there is more than one level below the chosen unit."""
    return ask.economy.parts(ask.scope, ask.selection) != ask.economy.parts(
        ask.scope, ask.selection, lowest=True
    )


@lru_cache(maxsize=KEPT)
def contribution(ask: Ask) -> Composed | None:
    lowest = ask.extra(LEVEL) == "lagst"
    units = ask.economy.parts(ask.scope, ask.selection, lowest=lowest)
    if not units:
        return None
    found = ask.economy.contribution(
        ask.scope, ask.selection, months_of_view(ask), yardstick_of(ask), lowest=lowest
    )
    ledger = ledger_of(ask)
    figure = contribution_figure(
        found,
        {unit: ask.name(unit) for unit in units},
        context=ask.context(),
        origins=ledger.origins,
        source=ledger_source(ledger),
        own_budget=True,
    )
    return Composed(
        figure,
        units=tuple(unit or ask.selection.unit for unit in row_units(figure)),
        keys=(ask.economy.seen_with,),
    )


@lru_cache(maxsize=KEPT)
def history(ask: Ask) -> Composed | None:
    submitted = ask.economy.submitted(ask.scope, ask.selection)
    if not submitted:
        return None
    ledger = ledger_of(ask)
    years = sorted({one.year for one in submitted})
    outcomes: dict[int, int | None] = {}
    provisions: dict[int, int] = {}
    for year in years:
        months = tuple(months_of(year))
        actual = ledger.results(AmountKind.ACTUAL, months)
        budget = ledger.results(AmountKind.BUDGET, months)
        plain_budget = ledger.results(AmountKind.BUDGET, months, provision=False)
        known = [(a, b) for a, b in zip(actual, budget, strict=True) if a is not None and b is not None]
        outcomes[year] = sum(a - b for a, b in known) if len(known) == len(months) else None
        if ledger.has_provision(year):
            provisions[year] = sum(
                p - b for p, b in zip(plain_budget, budget, strict=True) if p is not None and b is not None
            )
    figure = forecast_history(
        submitted,
        outcomes,
        provisions,
        context=ask.context(),
        origins=ledger.origins,
        source=ledger_source(ledger),
    )
    return Composed(figure, keys=(ask.economy.seen_with,))


def of_the_plan(ask: Ask) -> Context:
    """What the plan's own tables and bridge are of: the whole förvaltning, no chosen month."""
    root = ask.catalogue.organisation.root
    name = ask.name(root)
    return replace(ask.context(), unit_id=root, unit=name, path=name, period="", view="", sex="", state="")


def _own(ask: Ask) -> bool:
    return is_own_budget(ledger_of(ask), ask.selection.month.year)
