"""Observations on their way in, as one frame whatever form they came in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from hsf_kpi.model.codes import Origin, Sex
from hsf_kpi.model.observation import Observation
from hsf_kpi.model.period import Window
from hsf_kpi.model.problems import DataError, Problem
from hsf_kpi.store.ancestry import Ints
from hsf_kpi.store.codes import ORIGIN, SEX, WINDOW

COLUMNS = ("measure", "unit", "window", "month", "sex", "numerator", "denominator", "ready")
NUMBERS = ("numerator", "denominator", "ready")
LARGEST = 10**16
"""Components may be this large in the stored scale (1 000 miljarder), so that a thousand of them still fit 64
bits.
"""


@dataclass(frozen=True)
class Batch:
    """`frame`: one row per observation with measure and unit as keys, window, sex and origin as codes (−1
    unknown),

    month as index, the three numbers as nullable integers, `source` as text («» means the load's own), and `row`: its
    row in the file, or its place from 1.
    `too_large`: whether a number does not fit; those are empty in the frame.
    """

    frame: pd.DataFrame
    too_large: pd.Series

    def __len__(self) -> int:
        return len(self.frame)


def batch(observations: Iterable[Observation] | pd.DataFrame, origin: Origin) -> Batch:
    """From observations, or from a frame with the columns of `COLUMNS` and perhaps `source` and `row`.

    In a frame `window` and `sex` are the enums or their values, `month` is `Month.index`, the numbers are
    whole ten-thousandths or empty. DataError when a column is lacking or a number is not whole.
    """
    if isinstance(observations, pd.DataFrame):
        return _from_frame(observations, origin)
    rows = list(observations)
    frame = pd.DataFrame(
        {
            "measure": pd.Series([o.measure for o in rows], dtype=object),
            "unit": pd.Series([o.unit for o in rows], dtype=object),
            "window": np.array([WINDOW[o.window] for o in rows], dtype=np.int64),
            "month": np.array([o.end.index for o in rows], dtype=np.int64),
            "sex": np.array([SEX[o.sex] for o in rows], dtype=np.int64),
            "origin": np.array([ORIGIN[o.origin] for o in rows], dtype=np.int64),
            "source": pd.Series([o.source for o in rows], dtype=object),
            "row": np.arange(1, len(rows) + 1, dtype=np.int64),
        }
    )
    too_large = pd.Series(False, index=frame.index)
    for name in NUMBERS:
        values = [getattr(o, name) for o in rows]
        large = [value is not None and abs(value) > LARGEST for value in values]
        too_large |= pd.Series(large, index=frame.index, dtype=bool)
        kept = [None if big else value for value, big in zip(values, large, strict=True)]
        frame[name] = pd.array(kept, dtype="Int64")
    return Batch(frame, too_large)


def _from_frame(given: pd.DataFrame, origin: Origin) -> Batch:
    lacking = [name for name in COLUMNS if name not in given.columns]
    if lacking:
        raise DataError(
            Problem(f"Kolumnen ”{name}” saknas.", "inläsning", "Lägg till kolumnen.") for name in lacking
        )
    frame = pd.DataFrame(
        {
            "measure": _texts(given["measure"]),
            "unit": _texts(given["unit"]),
            "window": _codes(given["window"], {window.value: code for window, code in WINDOW.items()}),
            "month": given["month"].to_numpy(dtype=np.int64),
            "sex": _codes(given["sex"], {sex.value: code for sex, code in SEX.items()}),
            "origin": np.full(len(given), ORIGIN[origin], dtype=np.int64),
            "source": _texts(given["source"]) if "source" in given.columns else "",
            "row": _rows(given),
        }
    )
    problems = []
    too_large = pd.Series(False, index=frame.index)
    for name in NUMBERS:
        try:
            frame[name] = given[name].astype("Int64").to_numpy(dtype=object)
            frame[name] = frame[name].astype("Int64")
        except (TypeError, ValueError, OverflowError):
            problems.append(
                Problem(
                    "Kolumnen innehåller annat än heltal.",
                    name,
                    "Ange tiotusendelar som heltal, eller lämna tomt.",
                )
            )
            continue
        # Not by its absolute value: the least number has none.
        large = (frame[name] > LARGEST) | (frame[name] < -LARGEST)
        too_large |= large.fillna(False).astype(bool)
    if problems:
        raise DataError(problems)
    return Batch(frame, too_large)


def _rows(given: pd.DataFrame) -> Ints:
    if "row" in given.columns:
        rows: Ints = given["row"].to_numpy(dtype=np.int64)
        return rows
    return np.arange(1, len(given) + 1, dtype=np.int64)


def _texts(column: pd.Series) -> object:
    """As text, with «» for what is empty."""
    return column.astype(object).where(column.notna(), "").to_numpy()


def _codes(column: pd.Series, codes: dict[str, int]) -> Ints:
    number, names = pd.factorize(column.astype(object))
    known = np.array([codes.get(str(_text(name)), -1) for name in names] + [-1], dtype=np.int64)
    found: Ints = known[number]
    return found


def _text(name: object) -> object:
    return name.value if isinstance(name, (Window, Sex)) else name
