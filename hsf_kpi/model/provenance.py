"""Where a value comes from: the rows that it is made of, each with its file, row and load."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hsf_kpi.model.cell import Cell
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.period import Month, Period

MOST_ROWS = 200
"""Rows that are told one by one; the rest are one sum."""


@dataclass(frozen=True, slots=True)
class Came:
    """How a row came in. load: its number. row: in the file; None where it came without a file, or its row is not known.

    source: the text that the row itself states, else the load's. profile: the key of the source profile.
    """

    load: int
    origin: Origin
    source: str
    at: dt.datetime
    by: str
    file: str | None = None
    row: int | None = None
    profile: str | None = None


@dataclass(frozen=True, slots=True)
class Contribution:
    """One row that a value is made of, in the stored scale. A masked one carries no numbers."""

    unit: str
    month: Month
    numerator: int | None
    denominator: int | None
    ready: int | None
    came: Came
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """Rows summed without being told one by one, in the stored scale. rows: how many; None where that is not told.

    denominator: None where it is not added over units, or there is none.
    """

    numerator: int
    denominator: int | None
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Contributions:
    """What a value is made of. cell: the value as it is shown; its own numbers are gone where it is masked, and then no row
    is told.

    rows: within the scope, newest month first, in the order of the organisation. more: rows beyond `MOST_ROWS`. rest: what
    is left of the sum when all rows with numbers are taken away, outside the scope or masked, in one; None where nothing
    is. hidden: how many rows within the scope are masked. outside: whether units outside the scope are in the rest.
    """

    measure: str
    unit: str
    period: Period
    cell: Cell
    rows: tuple[Contribution, ...] = ()
    more: Parts | None = None
    rest: Parts | None = None
    hidden: int = 0
    outside: bool = False


@dataclass(frozen=True, slots=True)
class LedgerContribution:
    """One entry of the ledger, whole kronor. counterpart: the unit that it was bought from or sold to, where that may be
    seen; "" for none; None for one outside the scope.
    """

    unit: str
    month: Month
    amount: int
    cost_centre: str
    counterpart: str | None
    came: Came


@dataclass(frozen=True, slots=True)
class LedgerContributions:
    """What an amount of the ledger is made of, in whole kronor: rows + more + outside − eliminated = total.

    eliminated: what the units below have sold to each other, taken out of gross lines. outside: the sum of units outside
    the scope, None for none. more_rows, more: how many entries beyond `MOST_ROWS`, and their sum.
    """

    unit: str
    account: str
    kind: AmountKind
    rows: tuple[LedgerContribution, ...]
    more_rows: int
    more: int
    outside: int | None
    eliminated: int

    @property
    def total(self) -> int:
        gross = sum(row.amount for row in self.rows) + self.more + (self.outside or 0)
        return gross - self.eliminated
