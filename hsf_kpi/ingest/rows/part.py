"""Rows of observations as arrays: what a slice becomes before it is checked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from hsf_kpi.ingest.rows.cells import Bools, Chunk, Ints, Objects
from hsf_kpi.ingest.rows.numbers import Numbers
from hsf_kpi.ingest.rows.periods import WINDOWS
from hsf_kpi.model.codes import Sex

SEXES = tuple(Sex)
PARTS = ("numerator", "denominator", "ready")


@dataclass(frozen=True)
class Part:
    """measure, unit, window, month, sex: positions in the catalogue's measures and units, WINDOWS, Month.index, SEXES; −1
    where unknown. columns: where the numbers stand, by component. named: the distinct unit text of the file by row.
    """

    chunk: Chunk
    measure: Ints
    unit: Ints
    window: Ints
    month: Ints
    sex: Ints
    numbers: dict[str, Numbers]
    columns: dict[str, tuple[int, str]]
    source: Objects
    named: Ints

    def __len__(self) -> int:
        return len(self.chunk)

    @property
    def known(self) -> Bools:
        """Rows whose place in time and organisation is understood."""
        return (
            (self.measure >= 0) & (self.unit >= 0) & (self.window >= 0) & (self.month >= 0) & (self.sex >= 0)
        )

    @property
    def is_ready(self) -> Bools:
        return self.numbers["ready"].given

    def key(self) -> Ints:
        """One number for each measure, unit, window, month, form and sex; the sex last. Only for `known` rows."""
        key = self.measure
        for values, bits in (
            (self.unit, 20), (self.window, 3), (self.month, 15), (self.is_ready.astype(np.int64), 1), (self.sex, 2)
        ):  # fmt: skip
            key = (key << bits) | values
        return key

    def frame(self, rows: Bools, measures: tuple[str, ...], units: tuple[str, ...]) -> pd.DataFrame:
        """Columns as store/batch.py takes them, and `row`."""
        found = {
            "measure": taken(measures, self.measure[rows]),
            "unit": taken(units, self.unit[rows]),
            "window": taken(WINDOWS, self.window[rows]),
            "month": self.month[rows],
            "sex": taken(SEXES, self.sex[rows]),
        }
        for name in PARTS:
            numbers = self.numbers[name]
            found[name] = pd.arrays.IntegerArray(numbers.value[rows].copy(), ~numbers.given[rows])
        return pd.DataFrame({**found, "source": texts(self.source[rows]), "row": self.chunk.rows[rows]})


def unpacked(key: Ints) -> tuple[Ints, Ints, Ints, Ints, Ints, Ints]:
    """measure, unit, window, month, form and sex of keys."""
    found = []
    for bits in (2, 1, 15, 3, 20):
        found.append(key & ((1 << bits) - 1))
        key = key >> bits
    sex, form, month, window, unit = found
    return key, unit, window, month, form, sex


def objects(values: tuple[object, ...]) -> Objects:
    found = np.empty(len(values), dtype=object)
    found[:] = values
    return found


def texts(values: Objects) -> pd.Series:
    """A column of objects as they are: pandas would make plain texts of enums."""
    return pd.Series(values, dtype=object)


def taken(values: tuple[object, ...], at: Ints) -> pd.Series:
    """The values at the positions, as a column."""
    return texts(objects(values)[at])
