"""The observations of a file held against those that are live: a part of the file at a time, nothing written."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Select, func, select

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Origin, Sex
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Month, Period
from hsf_kpi.model.preview import Change
from hsf_kpi.model.scope import Scope
from hsf_kpi.store import tables
from hsf_kpi.store.ancestry import Bools, Ints
from hsf_kpi.store.batch import batch
from hsf_kpi.store.codes import ORIGIN, SEX_OF, WINDOW_OF, Form
from hsf_kpi.store.codes import SEX as SEX_CODE
from hsf_kpi.store.preview_arrived import Arrivals, exact
from hsf_kpi.store.preview_masked import (
    BITS,
    DOWN,
    FORM,
    MEASURE,
    MONTH,
    NOTHING,
    NUMBERS,
    ROW,
    SEX,
    UNIT,
    UP,
    WINDOW,
    few_rows,
    masked_today,
)
from hsf_kpi.store.preview_rows import FEW_UNITS, HELD, Sorted, ends, fetched, packed
from hsf_kpi.store.preview_scope import LARGEST_CHANGES, Concerned, Counted, Places
from hsf_kpi.store.preview_totals import Sums

_NO_ORIGIN: Final = 9


class Observed:
    """Add the frames one by one; then ask."""

    def __init__(
        self, connection: Connection, scope: Scope, catalogue: Catalogue, origin: Origin, concerned: Concerned
    ) -> None:
        self._connection, self._origin, self._code = connection, origin, ORIGIN[origin]
        self.concerned = concerned
        self.measures: tuple[Measure, ...] = tuple(catalogue.measures.values())
        self.measure_places = Places(connection, tables.measure, catalogue.measures)
        self.unit_places = Places(connection, tables.unit, catalogue.organisation.units)
        self.sums = Sums()
        self.counted = Counted()
        self.arrivals = Arrivals(self.measures, self.unit_places)
        self._catalogue = catalogue
        self._waiting: list[Ints] = []

    def add(self, frame: pd.DataFrame) -> None:
        """NotPermitted for a unit, measure or month outside the scope."""
        found = batch(frame, self._origin).frame
        for (unit, key), last in found.groupby(["unit", "measure"], sort=False)["month"].max().items():
            self._catalogue.measure(str(key))
            self.concerned.demand(str(unit), str(key), int(last))
        pairs = found[["unit", "month"]].drop_duplicates()
        for unit, month in zip(pairs["unit"], pairs["month"], strict=True):
            self.concerned.meet(str(unit), int(month))
        ready = found["ready"].notna().to_numpy()
        columns: list[Any] = [
            found["measure"].map(self.measure_places.at), found["window"], found["sex"],
            found["unit"].map(self.unit_places.at), found["month"],
            np.where(ready, int(Form.READY), int(Form.PARTS)),
            *(found[name].to_numpy(dtype=np.int64, na_value=NOTHING) for name in ("numerator", "denominator", "ready")),
            found["row"],
        ]  # fmt: skip
        self._waiting.append(np.column_stack([np.asarray(column, dtype=np.int64) for column in columns]))
        if sum(map(len, self._waiting)) >= HELD:
            self.hold()

    def hold(self) -> None:
        """Holds what has been added against the database."""
        if not self._waiting:
            return
        rows = np.concatenate(self._waiting)
        self._waiting = []
        before, known, other, others = self._before(rows)
        differs = known & (before[:, NUMBERS] != rows[:, NUMBERS]).any(axis=1)
        news = differs | ~known
        self.counted.count_many(known, differs, rows[:, MONTH])
        few = few_rows(self.measures, rows)
        replaces = differs | (~known & (other < _NO_ORIGIN))
        masked = masked_today(
            self._connection, self.measure_places, self.unit_places, self.measures, rows, replaces
        )
        hidden_before = masked | (known & few_rows(self.measures, before))
        self._remember_changes(rows, before, differs, few | hidden_before)
        shown = other >= self._code
        whole = (rows[:, SEX] == SEX_CODE[Sex.ALL]) & (rows[:, FORM] == Form.PARTS)
        summed = np.array([m.aggregation.sums_over_units for m in self.measures])[rows[:, MEASURE]]
        self.sums.add(
            rows[:, [MEASURE, WINDOW, MONTH]], rows[:, [UP, DOWN]],
            np.where(known[:, None], before[:, [UP, DOWN]], others),
            whole & summed & shown, hidden_before & replaces,
        )  # fmt: skip
        self.arrivals.keep(rows, news & shown, few)

    # Inside

    def _before(self, rows: Ints) -> tuple[Ints, Bools, Ints, Ints]:
        """What is live at the places of the rows: of the same origin (rows with its numbers, and whether there is one), and
        of the strongest other origin (its code, its parts, 0 where there is none).
        """
        keys = Sorted(packed([(rows[:, column], bits) for column, bits in BITS]))
        before, known = rows.copy(), np.zeros(len(rows), dtype=np.bool_)
        before[:, NUMBERS] = NOTHING
        other, others = np.full(len(rows), _NO_ORIGIN, dtype=np.int64), np.zeros((len(rows), 2), np.int64)
        for live in fetched(self._connection, self._live(rows), 10):
            live[:, MEASURE] = self.measure_places.of(live[:, MEASURE])
            live[:, UNIT] = self.unit_places.of(live[:, UNIT])
            live = live[(live[:, MEASURE] >= 0) & (live[:, UNIT] >= 0)]
            hit, at = keys.find(packed([(live[:, column], bits) for column, bits in BITS]))
            origin = live[hit, ROW]
            same = origin == self._code
            before[at[same], NUMBERS] = live[hit[same], NUMBERS]
            known[at[same]] = True
            for code in sorted(ORIGIN.values(), reverse=True):
                better = (origin == code) & ~same & (code < other[at])
                other[at[better]] = code
                others[at[better]] = live[hit[better], UP : DOWN + 1]
        return before, known, other, others

    def _live(self, rows: Ints) -> Select[Any]:
        o = tables.observation.c
        numbers = (func.coalesce(o[name], NOTHING) for name in ("numerator", "denominator", "ready"))
        units = np.unique(rows[:, UNIT]).tolist()
        query = select(o.measure, o.window, o.sex, o.unit, o.month, o.form, *numbers, o.origin).where(
            o.measure.in_(self.measure_places.numbers(np.unique(rows[:, MEASURE]).tolist())),
            o.window.in_(np.unique(rows[:, WINDOW]).tolist()),
            o.sex.in_(np.unique(rows[:, SEX]).tolist()),
            o.month.between(*ends(rows[:, MONTH])),
            o.superseded_by.is_(None),
        )
        return query.where(o.unit.in_(self.unit_places.numbers(units))) if len(units) <= FEW_UNITS else query

    def _remember_changes(self, rows: Ints, before: Ints, differs: Bools, masked: Bools) -> None:
        at = np.flatnonzero(differs)
        old, new = self._sizes(before[at]), self._sizes(rows[at])
        largest = np.maximum(np.abs(old), np.abs(new))
        shown = (largest > 0) & ~masked[at]
        weight = np.divide(np.abs(new - old), largest, out=np.zeros_like(new), where=shown)
        best = np.argsort(-weight, kind="stable")[:LARGEST_CHANGES]
        self.counted.remember(
            self._change(rows[place].tolist(), before[place].tolist(), size, bool(masked[place]))
            for place, size in zip(at[best].tolist(), weight[best].tolist(), strict=True)
        )

    def _sizes(self, rows: Ints) -> np.ndarray[Any, np.dtype[np.float64]]:
        """The values as floats, for weighing only: on any scale that is the same for a measure."""
        numbers = np.where(rows[:, NUMBERS] == NOTHING, 0, rows[:, NUMBERS]).astype(np.float64)
        up, down, ready = numbers.T
        has_below = np.array([m.aggregation.has_denominator for m in self.measures])[rows[:, MEASURE]]
        parts = np.where(has_below, np.divide(up, down, out=np.zeros_like(up), where=down != 0), up)
        found: np.ndarray[Any, np.dtype[np.float64]] = np.where(rows[:, FORM] == Form.READY, ready, parts)
        return found

    def _change(self, row: list[int], before: list[int], weight: float, masked: bool) -> Change:
        measure = self.measures[row[MEASURE]]
        return Change(
            unit=self.unit_places.names[row[UNIT]],
            key=measure.key,
            period=Period(Month(row[MONTH]), WINDOW_OF[row[WINDOW]]),
            before=None if masked else exact(measure, *before[NUMBERS]),
            after=None if masked else exact(measure, *row[NUMBERS]),
            weight=weight,
            sex=SEX_OF[row[SEX]],
            row=row[ROW],
            masked=masked,
        )
