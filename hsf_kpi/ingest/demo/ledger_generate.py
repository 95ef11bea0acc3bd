"""The demo's ledger: made so that the economy's measures follow from it, to the krona."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from hsf_kpi.ingest.demo.block import Block, exists, generator, reporting_units
from hsf_kpi.ingest.demo.economy import gross_of, provision_of
from hsf_kpi.ingest.demo.ledger_books import Given, actual_books, budget_books, budget_result
from hsf_kpi.ingest.demo.ledger_cost import external_cost, first_year
from hsf_kpi.ingest.demo.ledger_forecast import forecasts
from hsf_kpi.ingest.demo.ledger_frame import Frame
from hsf_kpi.ingest.demo.ledger_investments import investments
from hsf_kpi.ingest.demo.ledger_rows import ENTRIES, FORECASTS, entries
from hsf_kpi.ingest.demo.ledger_settings import LedgerSettings
from hsf_kpi.ingest.demo.ledger_trade import trade
from hsf_kpi.ingest.demo.registers import improvements_of, moves_of
from hsf_kpi.ingest.demo.settings import DemoSettings
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.period import Month, Period, Window
from hsf_kpi.model.register import Improvement, Move


@dataclass(frozen=True)
class DemoLedger:
    """entries, forecasts: columns as ledger_rows.ENTRIES and FORECASTS, amounts in whole kronor."""

    entries: pd.DataFrame
    forecasts: pd.DataFrame
    moves: tuple[Move, ...]
    improvements: tuple[Improvement, ...]


def generate_ledger(catalogue: Catalogue, settings: DemoSettings, blocks: Mapping[str, Block]) -> DemoLedger:
    """The ledger from which the blocks follow. Without settings for it, or without the measures, it is empty.

    DefinitionError (Swedish, all problems) when a unit's gross cost does not hold its staff cost.
    """
    economy = settings.economy
    needed = [economy.result, economy.growth, *([economy.ledger.staff] if economy.ledger else [])]
    moves, improvements = moves_of(settings.registers), improvements_of(settings.registers)
    if economy.ledger is None or not all(key in blocks for key in needed):
        empty = pd.DataFrame(columns=list(ENTRIES)), pd.DataFrame(columns=list(FORECASTS))
        return DemoLedger(*empty, moves, improvements)
    frame = _frame(catalogue, settings)
    rng = generator(settings.general.seed, "huvudbok")
    given = _given(frame, catalogue, settings, economy.ledger, blocks, rng)
    planned = budget_result(frame, given)
    actual = actual_books(frame, catalogue, economy.ledger, given, planned)
    budget = budget_books(frame, catalogue, economy.ledger, given, planned, actual, rng)
    books = {AmountKind.ACTUAL: actual, AmountKind.BUDGET: budget}
    for kind, amounts in investments(frame, catalogue, economy.ledger, blocks).items():
        books[kind] = {**books[kind], **amounts}
    made = entries(frame, economy.ledger, books, given.sales)
    expected = forecasts(frame, catalogue, settings, blocks.get(economy.forecast), books, given, planned)
    return DemoLedger(made, expected, moves, improvements)


def _frame(catalogue: Catalogue, settings: DemoSettings) -> Frame:
    general, organisation = settings.general, catalogue.organisation
    units = reporting_units(catalogue.measure(settings.economy.result), organisation)
    last = Month.of(general.last.year, 12)
    months = tuple(Month(i) for i in range(general.first.index, last.index + 1))
    first = settings.economy.segment[0].first
    return Frame(
        organisation,
        units,
        months,
        exists(organisation, units, [Period(month, Window.MONTH) for month in months]),
        np.array([month <= general.last for month in months]),
        np.array([month >= first for month in months]),
    )


def _given(
    frame: Frame,
    catalogue: Catalogue,
    settings: DemoSettings,
    ledger: LedgerSettings,
    blocks: Mapping[str, Block],
    rng: np.random.Generator,
) -> Given:
    economy = settings.economy
    result = blocks[economy.result]
    whole = gross_of(catalogue, settings, result, blocks.__getitem__)
    staff, hired = frame.lay(blocks[ledger.staff]), frame.lay(blocks.get(ledger.hired))
    gross = frame.lay(whole.block)
    gross = first_year(gross, frame, ledger, staff + hired)
    costs = external_cost(frame, gross, staff, hired, ledger, rng)
    table = catalogue.plan_table(ledger.trade_table) if ledger.trade_table else None
    sales = trade(frame, table, costs.total, ledger, rng)
    provision = np.array(
        [
            provision_of(settings, month) if on else 0
            for month, on in zip(frame.months, frame.booked, strict=True)
        ]
    )
    return Given(frame.lay(result), provision, frame.units.index(economy.provision_unit), costs, sales)
