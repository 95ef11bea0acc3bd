"""What must hold of delivered forecasts before anything is written.

A unit with others below it may have a forecast of what it books itself; what stands at it is the sum of all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import numpy as np

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import Problem
from hsf_kpi.store.ancestry import Ints
from hsf_kpi.store.checks import where
from hsf_kpi.store.ledger_arrays import groups, summed
from hsf_kpi.store.ledger_batch import ForecastRows
from hsf_kpi.store.ledger_checks import YEARS, at, unknown
from hsf_kpi.store.register_checks import NO_TEXT

_PLACE = "prognoser"
_AUTHOR_LENGTH = 120
_SHOWN = 5


def forecast_problems(rows: ForecastRows, catalogue: Catalogue) -> list[Problem]:
    """Everything that is wrong with the forecasts. Empty when they can be loaded."""
    if not len(rows):
        return []
    units = {key: place for place, key in enumerate(catalogue.organisation.units)}
    accounts = {account.id: place for place, account in enumerate(catalogue.ledger_accounts)}
    unit = rows.unit.coded(lambda name: units.get(name, -1))
    account = rows.account.coded(lambda name: accounts.get(name, -1))
    found = [*_rows(rows, unit, account, catalogue)]
    if not found:
        found.extend(_existence(rows, unit, catalogue))
        found.extend(_authors(rows, unit, catalogue))
        found.extend(_twice(rows, unit, account, catalogue))
    return found


def standing(month: int, year: int) -> Month:
    """The month whose organisation a forecast made in `month` (index) counts in: one made in January after the year
    is of the year's last month.
    """
    return Month(min(month, year * 12 + 11))


def _rows(rows: ForecastRows, unit: Ints, account: Ints, catalogue: Catalogue) -> Iterator[Problem]:
    todo = "Rätta namnet, eller lägg till det i definitionerna."
    yield from unknown(rows.unit, unit < 0, "Verksamheten", todo, _PLACE)
    yield from unknown(rows.account, account < 0, "Kontot", todo, _PLACE)
    only = [place for place, one in enumerate(catalogue.ledger_accounts) if one.budget_only]
    yield from at(
        np.isin(account, only),
        "Underskottsposten finns bara i budgeten och ingår inte i en prognos.",
        "Ta bort raderna.",
        _PLACE,
    )
    yield from at(rows.made == 0, "Prognosen saknar datum.", "Ange dagen då den lämnades.", _PLACE)
    yield from at(
        rows.author.holds(lambda name: not name),
        "Prognosen saknar uppgift om vems den är.",
        "Ange funktionen, till exempel verksamhetschef.",
        _PLACE,
    )
    yield from at(
        rows.author.holds(lambda name: len(name) > _AUTHOR_LENGTH or NO_TEXT in name),
        f"Uppgiften om vems prognosen är har fler än {_AUTHOR_LENGTH} tecken, eller kan inte sparas.",
        "Ange funktionen, till exempel verksamhetschef.",
        _PLACE,
    )
    yield from at(
        rows.wrong,
        "Beloppet är inte hela kronor, eller är för stort.",
        "Ange hela kronor, utan ören.",
        _PLACE,
    )
    yield from at(
        (rows.year < YEARS[0]) | (rows.year >= YEARS[1]),
        "Året kan inte tolkas.",
        "Ange det år som prognosen gäller.",
        _PLACE,
    )
    first = rows.year * 12
    yield from at(
        (rows.made > 0) & ((rows.month < first) | (rows.month > first + 12)),
        "Prognosen är lämnad ett annat år än det gäller.",
        "Ange en dag under året, eller i januari året efter.",
        _PLACE,
    )


def _existence(rows: ForecastRows, unit: Ints, catalogue: Catalogue) -> Iterator[Problem]:
    units = list(catalogue.organisation.units.values())
    (numbers, years, months), _ = summed((unit, rows.year, rows.month))
    for u, year, month in zip(numbers.tolist(), years.tolist(), months.tolist(), strict=True):
        if not units[u].exists_at(standing(month, year)):
            yield from at(
                (unit == u) & (rows.year == year) & (rows.month == month),
                f"Verksamheten ”{units[u].id}” fanns inte {standing(month, year).iso}.",
                "Rätta dagen, verksamheten eller verksamhetens giltighetstid.",
                _PLACE,
            )


def _authors(rows: ForecastRows, unit: Ints, catalogue: Catalogue) -> Iterator[Problem]:
    keys = list(catalogue.organisation.units)
    numbered = {name: place for place, name in enumerate(rows.author.names)}
    author = rows.author.coded(lambda name: numbered[name])
    (units, years, days, _), _ = summed((unit, rows.year, rows.made, author))
    again = np.flatnonzero((np.diff(units) == 0) & (np.diff(years) == 0) & (np.diff(days) == 0))
    for u, year, day in sorted({(int(units[i]), int(years[i]), int(days[i])) for i in again}):
        yield from at(
            (unit == u) & (rows.year == year) & (rows.made == day),
            f"”{keys[u]}” har två prognoser {dt.date.fromordinal(day).isoformat()}, av olika.",
            "Behåll den ena.",
            _PLACE,
        )


def _twice(rows: ForecastRows, unit: Ints, account: Ints, catalogue: Catalogue) -> Iterator[Problem]:
    keys = list(catalogue.organisation.units)
    order, starts = groups((unit, rows.year, rows.made, account))
    sizes = np.diff(np.r_[starts, len(order)])
    for group in np.flatnonzero(sizes > 1)[:_SHOWN]:
        same = order[starts[group] : starts[group] + sizes[group]]
        row = int(same[0])
        yield Problem(
            f"Prognosen för ”{keys[unit[row]]}”, ”{catalogue.ledger_accounts[account[row]].title}”, "
            f"{dt.date.fromordinal(int(rows.made[row])).isoformat()} förekommer {len(same)} gånger.",
            f"{_PLACE}, {where(same.tolist())}",
            "Behåll en rad.",
        )
