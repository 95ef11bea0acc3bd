"""Plain sums over the demo's rows, straight from the leaves, to hold against the published values."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd

from hsf_kpi.model.aggregation import combine
from hsf_kpi.model.codes import Sex
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Period, Window


def rows_of(frame: pd.DataFrame, measure: Measure, sex: Sex, period: Period) -> pd.DataFrame:
    rows = frame[(frame["measure"] == measure.key) & (frame["sex"] == sex.value)]
    if not measure.monthly:
        return rows[(rows["end"] == period.end.index) & (rows["window"] == period.window.value)]
    first = period.end if measure.aggregation.takes_latest else period.start
    return rows[(rows["window"] == Window.MONTH.value) & rows["end"].between(first.index, period.end.index)]


def value_of(
    frame: pd.DataFrame, measure: Measure, sex: Sex, period: Period, unit: str | None = None
) -> Fraction | None:
    """HSF's value (or one unit's) by plain sums; a survey's is read at the unit, HSF's at hsf."""
    rows = rows_of(frame, measure, sex, period)
    if rows["ready"].notna().any():
        ready = rows.loc[rows["unit"] == (unit or "hsf"), "ready"]
        return Fraction(int(ready.iloc[0]), 10_000) if len(ready) else None
    if unit is not None:
        rows = rows[rows["unit"] == unit]
    if rows.empty:
        return None
    denominator = None
    if measure.aggregation.has_denominator:
        if measure.aggregation.shared_denominator:
            denominator = sum(int(x) for x in rows.groupby("end")["denominator"].first())
        else:
            denominator = sum(int(x) for x in rows["denominator"])
    numerator = sum(int(x) for x in rows["numerator"])
    return combine(measure.aggregation, numerator, denominator, rows["end"].nunique(), measure.scale)
