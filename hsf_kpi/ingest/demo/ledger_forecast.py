"""The forecasts that the units have submitted: by account the whole year, adding up to the measure's value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np
import pandas as pd

from hsf_kpi.ingest.demo.apportion import Floats, Ints
from hsf_kpi.ingest.demo.block import Block
from hsf_kpi.ingest.demo.ledger_books import Books, Given
from hsf_kpi.ingest.demo.ledger_cost import INVESTMENTS, PROVISION
from hsf_kpi.ingest.demo.ledger_frame import Frame, share
from hsf_kpi.ingest.demo.ledger_rows import FORECASTS, gross_books
from hsf_kpi.ingest.demo.settings import DemoSettings
from hsf_kpi.model.account_plan import Side
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.period import Month

_STEP = 100_000
"""Forecasts are written in tenths of mnkr; one account takes what is left over."""
_DAY = 20
_HEAD, _STAFF_HEAD, _DIRECTOR = "Verksamhetschef", "Stabschef", "Hälso- och sjukvårdsdirektör"


def forecasts(
    frame: Frame,
    catalogue: Catalogue,
    settings: DemoSettings,
    block: Block | None,
    books: Mapping[AmountKind, Books],
    given: Given,
    planned: Ints,
) -> pd.DataFrame:
    """Columns FORECASTS. Outcome so far and the budget of the rest, with costs that bring the year where it is expected."""
    signs = {a.id: a.side.sign for a in catalogue.ledger_accounts if a.side is not Side.INVESTMENT}
    whole = {kind: gross_books(frame, settings, books[kind], given.sales[kind]) for kind in books}
    names = [name for name in whole[AmountKind.BUDGET] if name not in (PROVISION, INVESTMENTS)]
    if block is None:
        return pd.DataFrame(columns=list(FORECASTS))
    expected, submitted = frame.lay(block), _submitted(frame, block)
    sign = np.array([signs[name] for name in names])
    force = _force(settings, names, sign)
    actual, budget = (
        np.stack([whole[kind][name] for name in names], axis=2)
        for kind in (AmountKind.ACTUAL, AmountKind.BUDGET)
    )
    parts: list[pd.DataFrame] = []
    for t in np.flatnonzero(submitted.any(axis=0)):
        rows, month = np.flatnonzero(submitted[:, t]), frame.months[int(t)]
        year = frame.year(month.year)
        past = year & (np.arange(len(frame.months)) <= t)
        base = actual[rows][:, past].sum(axis=1) + budget[rows][:, year & ~past].sum(axis=1)
        base = np.rint(base / _STEP).astype(np.int64) * _STEP
        wanted = planned[rows][:, year].sum(axis=1) + expected[rows, t]
        amounts = base - _in_steps((wanted - base @ sign), np.maximum(base, 0) * force)
        parts.append(_rows(frame, catalogue, settings, rows, month, names, amounts))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(FORECASTS))


def _submitted(frame: Frame, block: Block) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """(units, months): where the block has a value."""
    on = np.zeros(frame.shape, dtype=np.bool_)
    columns = {month: t for t, month in enumerate(frame.months)}
    for i, unit in enumerate(block.units):
        if unit in frame.units:
            for j, period in enumerate(block.periods):
                on[frame.units.index(unit), columns[period.end]] = block.present[i, j]
    return on


def _force(settings: DemoSettings, names: list[str], sign: Ints) -> Floats:
    overrun = settings.economy.ledger.overrun if settings.economy.ledger else {}
    return np.where(sign < 0, [overrun.get(name, 1.0) for name in names], 0.0)


def _in_steps(missing: Ints, weights: Floats) -> Ints:
    """(units, accounts) that sum to `missing`, in steps but for the largest account."""
    parts = share(missing // _STEP, weights) * _STEP
    largest = weights.argmax(axis=1)
    parts[np.arange(len(missing)), largest] += missing % _STEP
    return parts


def _rows(
    frame: Frame,
    catalogue: Catalogue,
    settings: DemoSettings,
    rows: Ints,
    month: Month,
    names: list[str],
    amounts: Ints,
) -> pd.DataFrame:
    at, account = np.nonzero(amounts)
    units = np.array(frame.units, dtype=object)[rows[at]]
    authors = {unit: _author(catalogue, settings, unit) for unit in set(units)}
    return pd.DataFrame(
        {
            "unit": units,
            "made": _made(month),
            "year": month.year,
            "account": np.array(names, dtype=object)[account],
            "amount": amounts[at, account],
            "author": [authors[unit] for unit in units],
        }
    )


def _made(month: Month) -> dt.date:
    """The 20th, or the weekday next to it."""
    day = dt.date(month.year, month.number, _DAY)
    return day + dt.timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))


def _author(catalogue: Catalogue, settings: DemoSettings, unit: str) -> str:
    if unit == settings.economy.provision_unit:
        return _DIRECTOR
    return _STAFF_HEAD if catalogue.organisation.units[unit].level == "stab" else _HEAD
