"""A table of the plan as it is printed: amounts to the printed digit, printed sums beside computed ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class ColumnKind(StrEnum):
    """What a column holds: amounts in the printed unit, or text."""

    MNKR = "mnkr"
    TKR = "tkr"
    PERCENT = "percent"
    TEXT = "text"

    @property
    def is_amount(self) -> bool:
        return self is not ColumnKind.TEXT

    @property
    def sums(self) -> bool:
        """Whether rows add up to a total: money does, percentages do not."""
        return self in (ColumnKind.MNKR, ColumnKind.TKR)


@dataclass(frozen=True, slots=True)
class PlanColumn:
    """`year` where the column is a year's amounts (the ramar are found by it)."""

    id: str
    title: str
    kind: ColumnKind
    year: int | None = None


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A printed row. `amounts` in the columns' units, with the printed decimals; None where the plan prints nothing.

    `unit`: the organisation's unit that the row is about. `part_of`: the row or total that this one is told apart
    within («varav»); it is then in no other sum.
    """

    id: str
    name: str
    amounts: Mapping[str, Decimal | None]
    texts: Mapping[str, str] = field(default_factory=dict)
    unit: str | None = None
    part_of: str | None = None


@dataclass(frozen=True, slots=True)
class PlanTotal:
    """A printed sum. `printed` as in a row; None in every column where the plan names the group but prints no sum.

    `by_ram`: what the ramar say that it should be (this year's ram minus last year's), by column, where they do.
    `source_errors`: the known errors behind its differences, by column.
    """

    id: str
    name: str
    printed: Mapping[str, Decimal | None]
    by_ram: Mapping[str, Decimal] = field(default_factory=dict)
    source_errors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Basis(StrEnum):
    """What a total is held against: the sum of its rows, or the change of the ram."""

    ROWS = "rows"
    RAM = "ram"


@dataclass(frozen=True, slots=True)
class PlanDifference:
    """A total that does not add up. `stated` is the printed sum, or that of the rows where none is printed."""

    total: str
    column: str
    basis: Basis
    stated: Decimal
    expected: Decimal
    source_errors: tuple[str, ...] = ()

    @property
    def amount(self) -> Decimal:
        return self.stated - self.expected


@dataclass(frozen=True, slots=True)
class PlanTable:
    """A table of the plan with its source. Columns, rows and totals in the printed order."""

    id: str
    title: str
    section: str
    columns: tuple[PlanColumn, ...]
    rows: tuple[PlanRow, ...]
    totals: tuple[PlanTotal, ...]
    source: str
    note: str = ""

    def counted(self, total: str) -> tuple[PlanRow, ...]:
        """The rows that a total is the sum of: those told apart within it, else all that are parts of nothing."""
        own = tuple(row for row in self.rows if row.part_of == total)
        return own or tuple(row for row in self.rows if row.part_of is None)

    def computed(self, total: str) -> Mapping[str, Decimal | None]:
        """The sum of the rows by column, blanks left out. None where all are blank, or percentages."""
        rows = self.counted(total)
        return {c.id: _sum(row.amounts.get(c.id) for row in rows) for c in self.columns if c.kind.sums}

    def differences(self) -> tuple[PlanDifference, ...]:
        """Every total that is not what its rows or the ramar say, in the printed order."""
        return tuple(difference for total in self.totals for difference in self._differences(total))

    def _differences(self, total: PlanTotal) -> Iterator[PlanDifference]:
        for column, rows in self.computed(total.id).items():
            printed = total.printed.get(column)
            stated = rows if printed is None else printed
            for basis, expected in ((Basis.ROWS, rows), (Basis.RAM, total.by_ram.get(column))):
                if stated is not None and expected is not None and stated != expected:
                    errors = total.source_errors.get(column, ())
                    yield PlanDifference(total.id, column, basis, stated, expected, errors)


def _sum(amounts: Iterator[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None
