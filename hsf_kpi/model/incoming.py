"""What comes in with a file: what is wrong in it, told by row and column, and what was found in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from hsf_kpi.model.problems import DataError, Problem

FIRST_ROWS: Final = 5
"""So many rows of one fault are named; the rest are counted."""

LOOK: Final = "OBS:"
"""How a note begins that a person should look at before loading."""

Progress = Callable[[str, float], object]
"""Told as the work goes: a Swedish phrase («Läser raderna»), and how much of the whole is done, 0–1."""


class Holds(StrEnum):
    """What a file holds: one kind of rows."""

    OBSERVATIONS = "observations"
    LEDGER = "ledger"
    FORECASTS = "forecasts"
    MOVES = "moves"
    ACTIVITIES = "activities"
    EXTERNAL = "external"
    TARGETS = "targets"
    BASELINES = "baselines"
    UNITS = "units"

    @property
    def defines(self) -> bool:
        """Whether it holds definitions (what the new year brings) and not figures."""
        return self in (Holds.TARGETS, Holds.BASELINES, Holds.UNITS)

    @property
    def of_months(self) -> bool:
        """Whether it changes the figures of months, which may be final."""
        return self in (Holds.OBSERVATIONS, Holds.LEDGER)

    @property
    def for_everybody(self) -> bool:
        """Whether it concerns the whole förvaltning, whatever units it names."""
        return self.defines or self in (Holds.EXTERNAL, Holds.MOVES)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a file. what, expected: Swedish sentences.

    rows: the first rows that it concerns, as a spreadsheet numbers them (1 is the first line of the file); empty where it
    concerns the whole file. count: how many rows in all. column: the heading as it stands in the file; "" for none.
    value: what stands there, as text, cut to 80 characters; never anything like a person's number.
    """

    what: str
    expected: str
    rows: tuple[int, ...] = ()
    column: str = ""
    value: str = ""
    count: int = 0

    def problem(self, file: str) -> Problem:
        stands = f" Där står ”{self.value}”." if self.value and f"”{self.value}”" not in self.what else ""
        return Problem(self.what + stands, ", ".join(filter(None, (file, self.where()))), self.expected)

    def where(self) -> str:
        """«rad 3, 7 och 12 till, kolumn ”Period”»"""
        parts = []
        if self.rows:
            rest = max(self.count, len(self.rows)) - len(self.rows)
            named = ", ".join(str(row) for row in self.rows)
            parts.append(f"rad {named}" + (f" och {rest} till" if rest else ""))
        if self.column:
            parts.append(f"kolumn ”{self.column}”")
        return ", ".join(parts)


class FileRefused(DataError):
    """A file that can't be loaded. `faults` hold all that is wrong, `file` its name."""

    def __init__(self, file: str, faults: tuple[Fault, ...]) -> None:
        self.file, self.faults = file, faults
        super().__init__(fault.problem(file) for fault in faults)


@dataclass(frozen=True, slots=True)
class Contents:
    """What was found in a whole file: its number of rows, and which units, measures (or accounts) and months they concern.

    months: the first and last Month.index, None where it has none.
    """

    rows: int
    units: frozenset[str] = frozenset()
    measures: frozenset[str] = frozenset()
    months: tuple[int, int] | None = None
    notes: tuple[str, ...] = ()
    """What the reader decided («Hoppade över 3 summarader», «Tecknen är Windows-1252»), in Swedish."""
