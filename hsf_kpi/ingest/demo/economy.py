"""Result, change against last year and forecasts: whole kronor that sum exactly to what economy.toml says."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hsf_kpi.ingest.demo.apportion import Floats, Ints, signed_apportion
from hsf_kpi.ingest.demo.block import Block, generator, periods_of, reporting_units
from hsf_kpi.ingest.demo.flow import Other
from hsf_kpi.ingest.demo.gross import GrossCost, gross_cost
from hsf_kpi.ingest.demo.ledger import (
    MNKR,
    Ledger,
    block_of,
    cut,
    last_year,
    ledger_of,
)
from hsf_kpi.ingest.demo.ledger_frame import twelfth
from hsf_kpi.ingest.demo.settings import DemoSettings, Segment
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.organisation import Organisation
from hsf_kpi.model.period import Month, Period

_FORECAST_STEP = 100_000
"""Forecasts are submitted in tenths of mnkr."""


def economy_blocks(catalogue: Catalogue, settings: DemoSettings, other: Other) -> dict[str, Block]:
    """Key → block, for those of the four measures that the catalogue has. They are what the ledger is built to.

    other: gives the blocks of the staff costs that the ledger's settings name.
    """
    economy = settings.economy
    made: dict[str, Block] = {}
    if economy.result in catalogue.measures:
        measure = catalogue.measure(economy.result)
        ledger = ledger_of(measure, "fte", catalogue.organisation, settings)
        amounts = _result(ledger, settings)
        made[economy.result] = block_of(measure, ledger, amounts)
        if economy.against_last_year in catalogue.measures:
            change = catalogue.measure(economy.against_last_year)
            made[economy.against_last_year] = _against_last_year(
                change, ledger, amounts, catalogue.organisation
            )
        if economy.forecast in catalogue.measures:
            forecast = catalogue.measure(economy.forecast)
            made[economy.forecast] = _forecast(forecast, ledger, amounts, catalogue.organisation, settings)
    if economy.growth in catalogue.measures:
        gross = gross_of(catalogue, settings, made.get(economy.result), other)
        made[economy.growth] = gross.growth
    return made


def gross_of(catalogue: Catalogue, settings: DemoSettings, result: Block | None, other: Other) -> GrossCost:
    """The gross cost of every month, the first year too, of which the growth is made."""
    economy = settings.economy
    measure = catalogue.measure(economy.growth)
    deviation = staff = None
    units = reporting_units(measure, catalogue.organisation)
    months = periods_of(measure, economy.segment[0].first, settings.general.last)
    if result is not None:
        own = without_provision(result, settings)
        deviation = _laid(units, months, result, own)
    if economy.ledger is not None:
        keys = [key for key in (economy.ledger.staff, economy.ledger.hired) if key in catalogue.measures]
        costs = [_laid(units, months, block, block.numerator.sum(axis=2)) for block in map(other, keys)]
        staff = sum(costs, start=np.zeros((len(units), len(months)), dtype=np.int64))
    return gross_cost(measure, catalogue.organisation, settings, deviation, staff)


def _laid(units: Sequence[str], months: Sequence[Period], block: Block, amounts: Ints) -> Ints:
    """(units, months): the block's amounts, (its units, its periods), 0 where it has none."""
    laid = np.zeros((len(units), len(months)), dtype=np.int64)
    columns = [(t, block.periods.index(month)) for t, month in enumerate(months) if month in block.periods]
    for u, unit in enumerate(units):
        if unit in block.units:
            for t, column in columns:
                laid[u, t] = amounts[block.units.index(unit), column]
    return laid


def without_provision(result: Block, settings: DemoSettings) -> Ints:
    """(units, months): the units' deviations from their own budgets."""
    amounts = result.numerator[:, :, 0].copy()
    row = result.units.index(settings.economy.provision_unit)
    for t, period in enumerate(result.periods):
        amounts[row, t] -= provision_of(settings, period.end)
    return amounts


def provision_of(settings: DemoSettings, month: Month) -> int:
    """The provision of a month in kronor, not positive: its segment's, after the last segment that of its year."""
    found = 0
    for segment in settings.economy.segment:
        if segment.first <= month and (month <= segment.last or segment.last.year == month.year):
            found = provision_in(segment, month)
    return found


def provision_in(segment: Segment, month: Month) -> int:
    """The provision of one month in kronor. Twelve of them make the year's exactly."""
    return twelfth(int(segment.provision * MNKR), month)


def _result(ledger: Ledger, settings: DemoSettings) -> Ints:
    """(units, months) in kronor: each segment's total, and each listed unit's, to the krona."""
    rng = generator(settings.general.seed, settings.economy.result)
    amounts = np.zeros(ledger.weights.shape, dtype=np.int64)
    for segment in settings.economy.segment:
        columns = ledger.months(segment.first, segment.last)
        if not len(columns):
            continue
        provision = np.array([provision_in(segment, ledger.periods[t].end) for t in columns])
        total = int(segment.total * MNKR) - int(provision.sum())
        units = _unit_totals(ledger, columns, total, segment, rng)
        for u, amount in enumerate(units):
            amounts[u, columns] = _months_of(ledger, u, columns, int(amount), segment, rng)
        amounts[ledger.row(settings.economy.provision_unit), columns] += provision
    return amounts


def _unit_totals(
    ledger: Ledger, columns: Ints, total: int, segment: Segment, rng: np.random.Generator
) -> Ints:
    """(units,) in kronor, summing to `total`: the listed ones as listed, the rest by weight and chance."""
    weights = ledger.weights[:, columns].mean(axis=1)
    listed = {ledger.row(unit): int(amount * MNKR) for unit, amount in segment.units.items()}
    free = np.array([u not in listed for u in range(len(ledger.units))]) & (weights > 0)
    chance = rng.normal(0.0, segment.spread * MNKR, len(weights)) * np.sqrt(weights / weights.max())
    chance = np.where(free, chance, 0.0)
    chance = np.where(free, chance - chance.sum() * weights / weights[free].sum(), 0.0)
    units = np.rint(chance).astype(np.int64)
    for u, amount in listed.items():
        units[u] = amount
    units[free] += signed_apportion(total - int(units.sum()), weights[free])
    return units


def _months_of(
    ledger: Ledger, unit: int, columns: Ints, amount: int, segment: Segment, rng: np.random.Generator
) -> Ints:
    """(columns,) in kronor, summing to `amount`, 0 in months when the unit does not exist."""
    on = ledger.present[unit, columns]
    noise = rng.normal(0.0, segment.spread * MNKR * 0.35, len(columns))
    if not on.any():
        return np.zeros(len(columns), dtype=np.int64)
    phase = np.where(on, segment.phase, 0.0)
    phase = phase / phase.sum() if abs(phase.sum()) > 1e-9 else on / on.sum()
    size = np.sqrt(ledger.weights[unit, columns].mean() / ledger.weights[:, columns].mean(axis=1).max())
    noise = np.where(on, noise * size, 0.0)
    noise = np.where(on, noise - noise.sum() / on.sum(), 0.0)
    months: Ints = np.rint(phase * amount + noise).astype(np.int64)
    months[int(np.flatnonzero(on)[-1])] += amount - int(months.sum())
    return months


def _against_last_year(measure: Measure, ledger: Ledger, amounts: Ints, organisation: Organisation) -> Block:
    change = np.zeros_like(amounts)
    for column in range(12, len(ledger.periods)):
        change[:, column] = amounts[:, column] - last_year(ledger, amounts, organisation, column)
    return cut(block_of(measure, ledger, change), 12)


def _forecast(
    measure: Measure, ledger: Ledger, amounts: Ints, organisation: Organisation, settings: DemoSettings
) -> Block:
    """(units, months): the landing of each month, to the krona, shared as the units' deviations of the
    year turn out. A unit without a budget of its own for the whole year follows the one it has.
    """
    rng = generator(settings.general.seed, measure.key)
    economy = settings.economy
    lead = ledger.row(economy.provision_unit)
    landing = {Month.parse(text): int(value * MNKR) for text, value in economy.landing.items()}
    forecast = np.zeros_like(amounts)
    present = ledger.present & np.array([p.end in landing for p in ledger.periods])
    months = [p.end for p in ledger.periods]
    whole_year = np.array([[_all_year(organisation, unit, m.year) for m in months] for unit in ledger.units])
    size = np.sqrt(ledger.weights / ledger.weights.max()) * economy.forecast_spread * MNKR
    lasting: dict[int, Floats] = {}
    for segment in economy.segment:
        for t in ledger.months(segment.first, segment.last):
            month, on = ledger.periods[t].end, present[:, t] & whole_year[:, t]
            if month not in landing:
                continue
            error = lasting.setdefault(month.year, rng.normal(0.0, 1.0, len(on)))
            error = (error + rng.normal(0.0, 0.15, len(on))) * size[:, t]
            provision = int(segment.provision * MNKR)
            total = landing[month] - provision
            year = _deviations_of(ledger, amounts, segment, month.year, lead)
            share = np.where(on, year, 0.0)
            whole = share.sum()
            weights = np.where(on, ledger.weights[:, t], 0.0)
            weights = weights / weights.sum()
            share = share / whole if abs(whole) > 10 * MNKR else weights
            wanted = np.where(on, share * total + error - error[on].sum() * weights, 0.0)
            forecast[:, t] = _in_steps(wanted, total, np.where(on, ledger.weights[:, t], 0.0))
            forecast[lead, t] += provision
    return block_of(measure, ledger, forecast, present)


def _all_year(organisation: Organisation, unit: str, year: int) -> bool:
    return all(organisation.units[unit].exists_at(Month.of(year, n)) for n in range(1, 13))


def _deviations_of(ledger: Ledger, amounts: Ints, segment: Segment, year: int, lead: int) -> Floats:
    """(units,): the year's deviation from the own budget as far as it is made, without the provision."""
    columns = ledger.months(Month.of(year, 1), Month.of(year, 12))
    own: Floats = amounts[:, columns].sum(axis=1).astype(float)
    own[lead] -= sum(provision_in(segment, ledger.periods[t].end) for t in columns)
    return own


def _in_steps(wanted: Floats, total: int, weights: Floats) -> Ints:
    """Whole steps of a tenth of a mnkr near `wanted`; what is left of `total` goes by weight."""
    steps = np.rint(wanted / _FORECAST_STEP).astype(np.int64)
    left, odd = divmod(total - int(steps.sum()) * _FORECAST_STEP, _FORECAST_STEP)
    amounts = (steps + signed_apportion(left, weights)) * _FORECAST_STEP
    amounts[int(weights.argmax())] += odd
    return amounts
