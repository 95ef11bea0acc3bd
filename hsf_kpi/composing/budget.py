"""What Budget och ramar shows: budget against outcome by account and by unit, kostnadsställen, and the plan's tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from hsf_kpi.analysis.economy.bridge import plan_bridge
from hsf_kpi.analysis.economy.deviations import budget_lines, deviation
from hsf_kpi.analysis.economy.types import BudgetLine, Yardstick
from hsf_kpi.composing.ask import KEPT, Ask
from hsf_kpi.composing.choices import LEVEL, TABLE
from hsf_kpi.composing.composed import Composed
from hsf_kpi.composing.economy import is_own_budget, ledger_of, months_of_view, yardstick_of
from hsf_kpi.composing.road import PLAN_BRIDGE, PROVISION_TABLE, of_the_plan
from hsf_kpi.composing.seen import UNITS_SEEN
from hsf_kpi.figures.economy.bridge import bridge_figure
from hsf_kpi.figures.economy.budget import (
    UnitBudget,
    budget_table,
    units_budget_table,
    worst_deviation_first,
)
from hsf_kpi.figures.economy.budget_words import budget_finding, budget_tiles
from hsf_kpi.figures.economy.cost_centres import cost_centre_table, project_table
from hsf_kpi.figures.economy.plan_bars import plan_bars
from hsf_kpi.figures.economy.plan_tables import plan_table_figure
from hsf_kpi.figures.economy.sources import ledger_source
from hsf_kpi.figures.words_tile import WordsTile
from hsf_kpi.model.catalogue import SourceError
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.ledger import AmountKind, Submitted, UnitLedger, months_of
from hsf_kpi.model.plan_table import PlanTable


@lru_cache(maxsize=KEPT)
def _lines(ask: Ask) -> tuple[BudgetLine, ...]:
    submitted = [
        s for s in ask.economy.submitted(ask.scope, ask.selection) if s.year == ask.selection.month.year
    ]
    return budget_lines(
        ledger_of(ask), months_of_view(ask), yardstick_of(ask), submitted[-1] if submitted else None
    )


def finding(ask: Ask) -> str:
    """Which kinds of cost and revenue make the deviation."""
    return budget_finding(_lines(ask), yardstick_of(ask), own_budget=_own(ask))


def tiles(ask: Ask) -> Sequence[WordsTile]:
    return budget_tiles(_lines(ask), yardstick_of(ask), own_budget=_own(ask))


@lru_cache(maxsize=KEPT)
def lines(ask: Ask) -> Composed:
    ledger, found = ledger_of(ask), _lines(ask)
    figure = budget_table(
        found,
        yardstick_of(ask),
        context=ask.context(),
        origins=ledger.origins,
        source=ledger_source(ledger),
        own_budget=_own(ask),
    )
    return Composed(figure, keys=(ask.economy.seen_with,))


@lru_cache(maxsize=KEPT)
def units(ask: Ask) -> Composed | None:
    below = ask.economy.parts(ask.scope, ask.selection, lowest=ask.extra(LEVEL) == "lagst")
    if not below:
        return None
    found = ask.economy.ledgers(ask.scope, ask.selection, below)
    forecasts = ask.economy.latest_forecasts(ask.scope, ask.selection, below)
    rows = worst_deviation_first(
        [_unit_budget(ask, unit, found[unit], forecasts.get(unit)) for unit in below]
    )
    ledger, whole = ledger_of(ask), ask.selection.unit
    own = _unit_budget(
        ask, whole, ledger, ask.economy.latest_forecasts(ask.scope, ask.selection, (whole,)).get(whole)
    )
    all_seen = ask.workspace.sees_all_below(ask.scope, ask.selection, ask.economy.seen_with)
    figure = units_budget_table(
        rows,
        yardstick_of(ask),
        context=ask.context(),
        origins=ledger.origins,
        source=ledger_source(ledger),
        whole=own,
        note="" if all_seen else UNITS_SEEN,
    )
    return Composed(figure, units=(*(row.unit for row in rows), whole), keys=(ask.economy.seen_with,))


def _unit_budget(ask: Ask, unit: str, ledger: UnitLedger, forecast: Submitted | None) -> UnitBudget:
    """One unit's result against the yardstick, with its year."""
    year, yardstick, months = ask.selection.month.year, yardstick_of(ask), months_of_view(ask)
    held = yardstick is not Yardstick.PROVISION
    with_provision = yardstick is Yardstick.BUDGET and ledger.has_provision(year)
    budget = ledger.results(AmountKind.BUDGET, months_of(year), provision=held)
    known = [amount for amount in budget if amount is not None]
    plain_ = deviation(ledger, months, Yardstick.PROVISION).amount
    period = deviation(ledger, months, yardstick)
    part = period.amount - plain_ if with_provision and None not in (period.amount, plain_) else 0  # type: ignore[operator]
    return UnitBudget(
        unit=unit,
        name=ask.name(unit),
        period=period,
        year_budget=sum(known) if len(known) == len(budget) else None,
        year_forecast=None if forecast is None else forecast.result,
        last_year=deviation(ledger, months, Yardstick.LAST_YEAR).against,
        provision=with_provision,
        provision_part=part,
    )


@lru_cache(maxsize=KEPT)
def cost_centres(ask: Ask) -> Composed | None:
    found = ask.economy.cost_centres(ask.scope, ask.selection, months_of_view(ask))
    if not any(line.cost_centre for line in found):
        return None
    ledger = ledger_of(ask)
    figure = cost_centre_table(
        found,
        ask.catalogue.ledger_accounts,
        context=ask.context(),
        origins=ledger.origins,
        source=ledger_source(ledger),
    )
    return Composed(figure, keys=(ask.economy.seen_with,))


@lru_cache(maxsize=KEPT)
def projects(ask: Ask) -> Composed | None:
    ledger = ledger_of(ask)
    figure = project_table(
        ledger,
        months_of_view(ask),
        context=ask.context(),
        origins=ledger.origins,
        source=ledger_source(ledger),
    )
    return None if figure is None else Composed(figure, keys=(ask.economy.seen_with,))


def chosen_table(ask: Ask) -> PlanTable:
    """The plan's table that the link names; NotFound, in words, for one that there is not."""
    return ask.catalogue.plan_table(ask.extra(TABLE))


@lru_cache(maxsize=KEPT)
def plan_table(ask: Ask) -> Composed:
    errors: Mapping[str, SourceError] = {error.id: error for error in ask.catalogue.source_errors}
    figure = plan_table_figure(chosen_table(ask), context=of_the_plan(ask), errors=errors)
    return Composed(figure, keys=(ask.economy.seen_with,))


@lru_cache(maxsize=KEPT)
def plan_bars_figure(ask: Ask) -> Composed | None:
    """The chosen table as bars; None for one that says as much without, and for the bridge, which is drawn as one."""
    table = chosen_table(ask)
    figure = None if table.id == PROVISION_TABLE else plan_bars(table, context=of_the_plan(ask))
    return None if figure is None else Composed(figure, keys=(ask.economy.seen_with,))


@lru_cache(maxsize=KEPT)
def plan_bridge_figure(ask: Ask) -> Composed:
    table = ask.catalogue.plan_table(PROVISION_TABLE)
    figure = bridge_figure(
        plan_bridge(table),
        context=of_the_plan(ask),
        origins=frozenset({Origin.PUBLISHED}),
        source=f"Källa: {table.source}.",
        title=PLAN_BRIDGE,
    )
    return Composed(figure, keys=(ask.economy.seen_with,))


def _own(ask: Ask) -> bool:
    return is_own_budget(ledger_of(ask), ask.selection.month.year)
