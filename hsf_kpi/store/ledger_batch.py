"""The ledger and the forecasts of a delivery on their way in, as arrays of small numbers whatever form they came in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from hsf_kpi.model.ledger import AmountKind, ForecastEntry, LedgerEntry
from hsf_kpi.model.problems import DataError, Problem
from hsf_kpi.store.ancestry import Bools, Ints

LARGEST = 10**12
"""Kronor of one entry (1 000 miljarder): as ten-thousandths in the derived measures they still fit."""
_WHOLE = "Ange hela kronor."
_LEDGER_COLUMNS = ("unit", "month", "account", "kind", "amount", "counterpart", "project", "cost_centre")
_FORECAST_COLUMNS = ("unit", "made", "year", "account", "amount", "author")


@dataclass(frozen=True)
class Named:
    """A column of texts: `number` is an index into `names` by row."""

    number: Ints
    names: tuple[str, ...]

    def coded(self, codes: Callable[[str], int]) -> Ints:
        """Each row's text as the number that `codes` gives for it."""
        return np.array([codes(name) for name in self.names], dtype=np.int64)[self.number]

    def holds(self, test: Callable[[str], bool]) -> Bools:
        return np.array([test(name) for name in self.names], dtype=np.bool_)[self.number]


@dataclass(frozen=True)
class LedgerRows:
    """Entries of a delivery, parallel arrays. counterpart: "" for none. wrong: amounts that are not whole kronor, or
    too large (0 in `amount`). row: in the file, 0 where it came with none.
    """

    unit: Named
    account: Named
    kind: Named
    counterpart: Named
    cost_centre: Named
    month: Ints
    amount: Ints
    project: Bools
    wrong: Bools
    row: Ints

    def __len__(self) -> int:
        return len(self.amount)

    def budget_years(self) -> tuple[int, ...]:
        """The years that have a budget here, uppdragsprojekt apart."""
        budget = self.kind.holds(lambda name: name == AmountKind.BUDGET.value) & ~self.project
        return tuple(np.unique(self.month[budget] // 12).tolist())


@dataclass(frozen=True)
class ForecastRows:
    """Forecasts of a delivery, parallel arrays. made: the ordinal of the day, 0 where there is none. row: as above."""

    unit: Named
    account: Named
    author: Named
    made: Ints
    year: Ints
    amount: Ints
    wrong: Bools
    row: Ints

    def __len__(self) -> int:
        return len(self.amount)

    @property
    def month(self) -> Ints:
        """The index of the month in which it was made (0 without a day)."""
        ordinals, place = np.unique(self.made, return_inverse=True)
        days = [dt.date.fromordinal(int(day)) if day else None for day in ordinals]
        return np.array([d.year * 12 + d.month - 1 if d else 0 for d in days], dtype=np.int64)[place]


def ledger_rows(given: Sequence[LedgerEntry] | pd.DataFrame) -> LedgerRows:
    """From entries, or from a frame with the columns of `LedgerEntry` where `kind` is its value and `month` is
    `Month.index`; `counterpart`, `project` and `cost_centre` may be left out. DataError when a column is lacking.
    """
    if not isinstance(given, pd.DataFrame):
        entries = list(given)
        given = pd.DataFrame(
            {
                "unit": _objects(e.unit for e in entries),
                "month": np.array([e.month.index for e in entries], dtype=np.int64),
                "account": _objects(e.account for e in entries),
                "kind": _objects(str(e.kind.value) for e in entries),
                "amount": _objects(e.amount for e in entries),
                "counterpart": _objects(e.counterpart or "" for e in entries),
                "project": np.array([e.project for e in entries], dtype=np.bool_),
                "cost_centre": _objects(e.cost_centre for e in entries),
            }
        )
    frame = _with_columns(given, _LEDGER_COLUMNS, optional=_LEDGER_COLUMNS[5:], what="huvudbok")
    amount, wrong = _whole(frame["amount"], LARGEST)
    month, no_month = _whole(frame["month"], 10**6)
    return LedgerRows(
        _named(frame["unit"]), _named(frame["account"]), _named(frame["kind"]), _named(frame["counterpart"]),
        _named(frame["cost_centre"]), np.where(no_month, 0, month), amount,
        frame["project"].fillna(False).to_numpy(dtype=np.bool_), wrong, _rows(frame),
    )  # fmt: skip


def forecast_rows(given: Sequence[ForecastEntry] | pd.DataFrame) -> ForecastRows:
    """From entries, or from a frame with the columns of `ForecastEntry`. DataError when a column is lacking."""
    if not isinstance(given, pd.DataFrame):
        entries = list(given)
        given = pd.DataFrame(
            {name: _objects(getattr(e, name) for e in entries) for name in _FORECAST_COLUMNS}
        )
    frame = _with_columns(given, _FORECAST_COLUMNS, optional=(), what="prognoser")
    amount, wrong = _whole(frame["amount"], LARGEST)
    year, no_year = _whole(frame["year"], 10**6)
    number, days = pd.factorize(frame["made"].astype(object))
    ordinals = np.array([_ordinal(day) for day in days] + [0], dtype=np.int64)
    return ForecastRows(
        _named(frame["unit"]), _named(frame["account"]), _named(frame["author"]), ordinals[number],
        np.where(no_year, 0, year), amount, wrong, _rows(frame),
    )  # fmt: skip


def _objects(values: Iterable[object]) -> pd.Series:
    return pd.Series(list(values), dtype=object)


def _with_columns(
    given: pd.DataFrame, columns: Sequence[str], *, optional: Sequence[str], what: str
) -> pd.DataFrame:
    lacking = [name for name in columns if name not in given.columns]
    if needed := [name for name in lacking if name not in optional]:
        raise DataError(Problem(f"Kolumnen ”{name}” saknas.", what, "Lägg till kolumnen.") for name in needed)
    return given.assign(**{name: False if name == "project" else "" for name in lacking}).reset_index(
        drop=True
    )


def _rows(frame: pd.DataFrame) -> Ints:
    if "row" not in frame.columns:
        return np.zeros(len(frame), dtype=np.int64)
    rows: Ints = frame["row"].to_numpy(dtype=np.int64)
    return rows


def _named(column: pd.Series) -> Named:
    number, names = pd.factorize(column)
    # What is empty comes as −1, the last name.
    texts = [*(str(getattr(name, "value", name)).strip() for name in names), ""]
    return Named(np.where(number < 0, len(texts) - 1, number).astype(np.int64), tuple(texts))


def _whole(column: pd.Series, largest: int) -> tuple[Ints, Bools]:
    """The numbers, and which of them are not whole or too large (0 there)."""
    if pd.api.types.is_integer_dtype(column.dtype) and not column.hasnans:
        wide = np.uint64 if pd.api.types.is_unsigned_integer_dtype(column.dtype) else np.int64
        given = column.to_numpy(dtype=wide)
        # Not by its absolute value: the least number has none.
        wrong = (given > largest) | (given < -largest)
        return np.where(wrong, 0, given).astype(np.int64), wrong
    exact = [_integer(value) for value in column.tolist()]
    lost = np.array([value is None or abs(value) > largest for value in exact], dtype=np.bool_)
    numbers = np.array([0 if gone else value for value, gone in zip(exact, lost, strict=True)], np.int64)
    return numbers, lost


def _integer(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    try:
        return int(value) if int(value) == value else None
    except (TypeError, ValueError, OverflowError, ArithmeticError):
        return None


def _ordinal(day: Any) -> int:
    """0 for what is no day."""
    if isinstance(day, dt.datetime):
        return day.date().toordinal()
    return day.toordinal() if isinstance(day, dt.date) else 0
