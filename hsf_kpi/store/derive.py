"""Observations made from the ledger at each load, so that a measure and the ledger behind it can't disagree.

A unit and month has a value where everything that it takes is booked, and else none: nothing is taken for 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from hsf_kpi.model.aggregation import FIXED
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Origin, Sex
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.measure import Derivation, Measure
from hsf_kpi.model.period import Month, Window
from hsf_kpi.store.batch import COLUMNS, NUMBERS
from hsf_kpi.store.derive_books import UNIT_MONTH, Books, last_year, live_hours, read_books, since_january

_SPANS: Final = {Window.TERTIAL_1: 4, Window.TERTIAL_2: 8, Window.YEAR: 12}
"""Window → how many months from January it covers; the last of them names it."""


@dataclass(frozen=True)
class _Source:
    """What a rule may read."""

    books: Books
    hours: Callable[[str], pd.Series]


def derived(connection: Connection, catalogue: Catalogue, origin: Origin) -> pd.DataFrame:
    """Every observation of the measures that are derived, from what counts in the ledger of that origin and of stronger
    ones: so the figures are those of the ledger's own sums where a month has several.

    Columns as `batch.COLUMNS` (the text of window and sex, month as index, components in ten-thousandths), sorted; empty
    where nothing is booked.
    """
    measures = [measure for measure in catalogue.measures.values() if measure.derived is not None]
    if not measures:
        return _frame([])
    books = read_books(connection, catalogue, origin)
    source = _Source(books, lambda key: live_hours(connection, key, origin))
    parts = [part for measure in measures for part in _observations(measure, source)]
    return _standing(_frame(parts), catalogue)


def _observations(measure: Measure, source: _Source) -> Iterator[pd.DataFrame]:
    """Frames with the columns of `COLUMNS`, one per window."""
    rule = measure.derived
    assert rule is not None
    windows = measure.measured if rule.rule == "accumulated" else (Window.MONTH,)
    for window in windows:
        if rule.rule == "accumulated":
            numerator, denominator = _accumulated(rule, source, window), None
        else:
            numerator, denominator = RULES[rule.rule](rule, source)
        rows = pd.DataFrame({"numerator": numerator.to_numpy() * FIXED}, index=numerator.index).reset_index()
        rows["denominator"] = pd.NA if denominator is None else denominator.to_numpy()
        if rule.first is not None:
            rows = rows[rows["month"] >= rule.first.index]
        yield rows.assign(measure=measure.key, window=window.value, sex=Sex.ALL.value, ready=pd.NA)


Parts = tuple[pd.Series, pd.Series | None]
"""Numerator in kronor and denominator in the stored scale, by the same (unit, month)."""


def _result_deviation(_rule: Derivation, source: _Source) -> Parts:
    actual, budget = source.books.result(AmountKind.ACTUAL), source.books.result(AmountKind.BUDGET)
    return _minus(actual, budget), None


def _result_change(_rule: Derivation, source: _Source) -> Parts:
    actual = source.books.result(AmountKind.ACTUAL)
    return _minus(actual, last_year(actual, source.books.catalogue.organisation)), None


def _forecast_deviation(_rule: Derivation, source: _Source) -> Parts:
    """The latest that was made in each month, against the whole year's budget."""
    frame = source.books.forecasts
    key = ["unit", "year", "month"]
    latest = frame.groupby(key)["made"].transform("max") if len(frame) else frame["made"]
    rows = frame[frame["made"] == latest]
    rows = rows.assign(result=rows["sign"] * rows["amount"])
    sums = rows.groupby(key, as_index=False)["result"].sum()
    sums = sums.merge(source.books.year_budgets(), on=["unit", "year"])
    return (sums["result"] - sums["budget"]).set_axis(pd.MultiIndex.from_frame(sums[UNIT_MONTH])), None


def _cost_growth(_rule: Derivation, source: _Source) -> Parts:
    now = source.books.external_cost
    then = last_year(now, source.books.catalogue.organisation)
    return now.loc[then.index], then * FIXED


def _account_ratio(rule: Derivation, source: _Source) -> Parts:
    above, below = source.books.accounts(rule.numerator), source.books.accounts(rule.denominator)
    return _with_base(above, below * FIXED)


def _cost_per_hour(rule: Derivation, source: _Source) -> Parts:
    cost, hours = source.books.accounts(rule.numerator), source.hours(rule.hours)
    both = cost.index.intersection(hours.index)
    return _with_base(cost.loc[both], hours.loc[both])


RULES: Final[dict[str, Callable[[Derivation, _Source], Parts]]] = {
    "result_deviation": _result_deviation,
    "result_change": _result_change,
    "forecast_deviation": _forecast_deviation,
    "cost_growth": _cost_growth,
    "account_ratio": _account_ratio,
    "cost_per_hour": _cost_per_hour,
}
"""The rules of monthly measures; «accumulated» has windows of its own."""


def _accumulated(rule: Derivation, source: _Source, window: Window) -> pd.Series:
    """The accounts from January to the window's last month."""
    return since_january(
        source.books.accounts(rule.numerator), _SPANS[window], source.books.catalogue.organisation
    )


def _minus(one: pd.Series, other: pd.Series) -> pd.Series:
    """The difference where both are known."""
    both = one.index.intersection(other.index)
    return one.loc[both] - other.loc[both]


def _with_base(numerator: pd.Series, denominator: pd.Series) -> Parts:
    """Without the months whose denominator is negative (reversals only): they have no share, and could not be loaded."""
    kept = denominator.to_numpy() >= 0
    return numerator[kept], denominator[kept]


def _standing(frame: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Without the months in which the unit does not stand in the organisation (any longer: definitions change)."""
    units, pairs = catalogue.organisation.units, frame[UNIT_MONTH].drop_duplicates()
    stands = {
        (unit, month)
        for unit, month in pairs.itertuples(index=False)
        if unit in units and units[unit].exists_at(Month(month))
    }
    if len(stands) == len(pairs):
        return frame
    kept = [pair in stands for pair in zip(frame["unit"], frame["month"], strict=True)]
    return frame[kept].reset_index(drop=True)


def _frame(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """The parts together, in the columns and types that `batch` takes."""
    kept = [part[list(COLUMNS)].astype(dict.fromkeys(NUMBERS, "Int64")) for part in parts if len(part)]
    if not kept:
        texts = {name: pd.Series(dtype=object) for name in COLUMNS}
        numbers = {name: pd.Series(dtype="Int64") for name in NUMBERS}
        return pd.DataFrame({**texts, "month": pd.Series(dtype=np.int64), **numbers})[list(COLUMNS)]
    frame = pd.concat(kept, ignore_index=True)
    return frame.sort_values(["measure", "window", "unit", "month"], ignore_index=True)
