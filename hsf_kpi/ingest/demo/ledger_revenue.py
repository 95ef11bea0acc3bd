"""What the units are paid by twelfths: the ram, statsbidrag, and ersättning ur regionstyrelsens anslag."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np

from hsf_kpi.ingest.demo.apportion import Floats, Ints
from hsf_kpi.ingest.demo.ledger_frame import MNKR, Frame, of_year, share, twelfth
from hsf_kpi.ingest.demo.ledger_settings import Grants, LedgerSettings
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.plan_table import PlanTable


@dataclass(frozen=True)
class _Ramar:
    """Kronor by unit and year, as printed: areas share the whole, inner ones lie within an area."""

    areas: Mapping[str, Mapping[int, int]]
    inner: Mapping[str, Mapping[int, int]]
    whole: Mapping[int, int]


def grants(frame: Frame, catalogue: Catalogue, settings: Grants, kind: AmountKind) -> Ints:
    """(units, months) in kronor: the year's amount by twelfths, shared by the settings' weights."""
    amounts = {
        int(year): int(value * MNKR)
        for year, value in (
            settings.budget if kind is AmountKind.BUDGET and settings.budget else settings.actual
        ).items()
    }
    if settings.table:
        printed = catalogue.plan_table(settings.table).totals[0].printed["hsf"]
        amounts[settings.table_year] = int((printed or Decimal(0)) * MNKR)
    whole = np.array([twelfth(of_year(amounts, month.year), month) for month in frame.months])
    on = frame.actual if kind is AmountKind.ACTUAL else frame.budget
    weights = np.where(on, frame.weights(settings.units), 0.0)
    whole = np.where(weights.sum(axis=0) > 0, whole, 0)
    parts: Ints = share(whole, weights.T).T
    return np.where(on, parts, 0)


def ram(frame: Frame, catalogue: Catalogue, settings: LedgerSettings, need: Floats) -> Ints:
    """(units, months) in kronor: each område's printed ram by twelfths, shared within it by what the units need.

    need: (units, months), what the ram has to pay of, the same in all months of a year.
    """
    ramar = _ramar(catalogue, settings)
    paid = np.zeros(frame.shape, dtype=np.int64)
    for t, month in enumerate(frame.months):
        if frame.booked[t] and ramar.whole:
            for unit, amount in _shared(frame, ramar, np.maximum(need[:, t], 1.0), t):
                paid[unit, t] += twelfth(amount, month)
            _settle(frame, ramar, paid, t)
    return paid


def _shared(frame: Frame, ramar: _Ramar, need: Floats, t: int) -> Iterator[tuple[int, int]]:
    """The row of each unit and its year's ram in kronor; the units of an område make the område's."""
    month = frame.months[t]
    for area, whole in _areas(ramar, month.year).items():
        rows = _rows(frame, area, t)
        fixed = {
            frame.units.index(unit): of_year(years, month.year)
            for unit, years in ramar.inner.items()
            if unit in frame.units and frame.units.index(unit) in rows
        }
        free = [row for row in rows if row not in fixed]
        yield from fixed.items()
        if free:
            rest = np.array(whole - sum(fixed.values()))
            yield from zip(free, map(int, share(rest, need[free])), strict=True)


def _settle(frame: Frame, ramar: _Ramar, paid: Ints, t: int) -> None:
    """Twelfths of parts may differ by some kronor from the twelfth of the whole: the largest unit takes them."""
    month = frame.months[t]
    for area, whole in _areas(ramar, month.year).items():
        rows = [row for row in _rows(frame, area, t) if frame.units[row] not in ramar.inner]
        if rows:
            everybody = _rows(frame, area, t)
            largest = max(rows, key=lambda row: (paid[row, t], -row))
            paid[largest, t] += twelfth(whole, month) - int(paid[everybody, t].sum())


def _rows(frame: Frame, area: str, t: int) -> list[int]:
    month = frame.months[t]
    below = frame.organisation.below(area, month)
    return [frame.units.index(unit) for unit in below if unit in frame.units]


def _areas(ramar: _Ramar, year: int) -> Mapping[str, int]:
    """Each område's ram of the year; without a printed one, as the nearest printed year shares the whole."""
    if all(year in years for years in ramar.areas.values()):
        return {area: years[year] for area, years in ramar.areas.items()}
    names = tuple(ramar.areas)
    weights = np.array([float(of_year(ramar.areas[name], year)) for name in names])
    parts = share(np.array(of_year(ramar.whole, year)), weights)
    return dict(zip(names, map(int, parts), strict=True))


def _ramar(catalogue: Catalogue, settings: LedgerSettings) -> _Ramar:
    table, decided = catalogue.plan_table("ram-per-omrade"), catalogue.plan_table("beslutad-ram")
    of_row = {row.id: row.unit for row in table.rows}
    areas = {row.unit: _years(table, row.amounts) for row in table.rows if row.unit and row.part_of is None}
    inner = {
        row.unit: _years(table, row.amounts)
        for row in table.rows
        if row.unit and row.part_of is not None and of_row.get(row.part_of) != row.unit
    }
    whole = {int(year): int(amount * MNKR) for year, amount in settings.ram.items()}
    root = catalogue.organisation.root
    for row in decided.rows:
        years = _years(decided, row.amounts)
        if row.unit == root:
            whole |= years
        elif row.unit in inner:
            inner[row.unit] = years | inner[row.unit]
    for total in table.totals:
        whole |= _years(table, total.printed)
    return _Ramar(areas, {unit: _all_years(years, whole) for unit, years in inner.items()}, whole)


def _all_years(years: Mapping[int, int], whole: Mapping[int, int]) -> Mapping[int, int]:
    """An inner ram in years without a printed one: its share of the whole in the nearest printed year."""

    def near(year: int) -> int:
        nearest = min(years, key=lambda y: abs(y - year))
        return round(Fraction(years[nearest] * whole[year], of_year(whole, nearest)))

    return {year: years[year] if year in years else near(year) for year in {*whole, *years}}


def _years(table: PlanTable, amounts: Mapping[str, Decimal | None]) -> dict[int, int]:
    return {
        column.year: int(amount * MNKR)
        for column in table.columns
        if column.year is not None and (amount := amounts.get(column.id)) is not None
    }
