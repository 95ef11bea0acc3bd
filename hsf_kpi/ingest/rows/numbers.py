"""Numbers of a column, each distinct text understood once, on the scale that they are stored in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from typing import Final

import numpy as np
import numpy.typing as npt

from hsf_kpi.ingest.files.table import Cell
from hsf_kpi.ingest.files.values import parse_cell_number
from hsf_kpi.ingest.rows.cells import Bools, Coded, Ints
from hsf_kpi.model.profile import Decimals

LARGEST: Final = 10**16
"""In the stored scale (1 000 miljarder), as the store takes them."""
LARGEST_KRONOR: Final = 10**12
_TIME = re.compile(r"([0-9]{1,6}):([0-5][0-9])(?::([0-5][0-9]))?")


class State(IntEnum):
    """How a cell was understood."""

    GOOD = 0
    EMPTY = 1
    UNREADABLE = 2
    TOO_PRECISE = 3
    TOO_LARGE = 4
    DURATION = 5


@dataclass(frozen=True)
class Numbers:
    """value: 0 where the state is not GOOD; of a DURATION, whole seconds. Parallel to the rows of a chunk."""

    value: Ints
    state: npt.NDArray[np.int8]

    @property
    def given(self) -> Bools:
        return np.not_equal(self.state, State.EMPTY)

    @property
    def good(self) -> Bools:
        return np.equal(self.state, State.GOOD)

    def are(self, state: State) -> Bools:
        return np.equal(self.state, state)


def numbers(
    column: Coded, decimals: Decimals, scale: Fraction, fixed: int, largest: int, *, measured: bool = False
) -> Numbers:
    """Each cell times `scale`, as whole numbers of 1/`fixed`. measured: «18:31» is a DURATION, and «12,5 %» 12,5."""
    read = _reader(decimals, scale * fixed, largest, measured)
    found = [read(cell) for cell in column.cells]
    value = np.array([value for value, _ in found] + [0], dtype=np.int64)
    state = np.array([state for _, state in found] + [State.EMPTY], dtype=np.int8)
    return Numbers(value[column.number], state[column.number])


def nothing(rows: int) -> Numbers:
    """A column that the file does not have."""
    return Numbers(np.zeros(rows, dtype=np.int64), np.full(rows, State.EMPTY, dtype=np.int8))


def seconds_of(text: str) -> int | None:
    """«18:31» is minutes and seconds, «1:18:31» hours too. None for what is no duration."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    first, second, third = int(found[1]), int(found[2]), found[3]
    return first * 60 + second if third is None else first * 3600 + second * 60 + int(third)


def _exact(cell: Cell, decimals: Decimals, measured: bool) -> Fraction | None:
    """Where it is not decided how decimals are written, which the file is told of, no number is called unreadable for it."""
    ways = (Decimals.COMMA, Decimals.POINT) if decimals is Decimals.AUTO else (decimals,)
    found = (parse_cell_number(cell, way, percent=measured) for way in ways)
    return next((number for number in found if number is not None), None)


def _reader(
    decimals: Decimals, factor: Fraction, largest: int, measured: bool
) -> Callable[[Cell], tuple[int, State]]:
    whole = factor.numerator if factor.denominator == 1 else 0

    def read(cell: Cell) -> tuple[int, State]:
        if whole and isinstance(cell, str) and cell.isascii() and cell.isdigit() and len(cell) <= 12:
            scaled = int(cell) * whole
            return (scaled, State.GOOD) if abs(scaled) <= largest else (0, State.TOO_LARGE)
        if measured and isinstance(cell, str) and (seconds := seconds_of(cell)) is not None:
            return seconds, State.DURATION
        number = _exact(cell, decimals, measured)
        if number is None:
            return 0, State.UNREADABLE
        number *= factor
        if abs(number) > largest:
            return 0, State.TOO_LARGE
        return (int(number), State.GOOD) if number.denominator == 1 else (0, State.TOO_PRECISE)

    return read
