"""What any program that draws a native chart must find out of it: which series need a key, how far error bars reach."""

from __future__ import annotations

import math
from collections.abc import Sequence

from hsf_kpi.render.native.types import Ink, NativeChart, NativeSeries, Number


def keyed(chart: NativeChart) -> tuple[int, ...]:
    """The places of the series that only a legend would name; () where there is none: fewer than two need no key, words at
    invisible bars name theirs, and one of several small charts has its title.
    """
    if chart.title or any(series.ink is Ink.NONE and series.labels for series in chart.series):
        return ()
    found = tuple(
        i
        for i, series in enumerate(chart.series)
        if series.ink is not Ink.NONE and not (series.labels or series.quiet)
    )
    return found if len(found) > 1 else ()


def finite(values: Sequence[Number]) -> tuple[Number, ...]:
    """The same with a gap for what is no number."""
    return tuple(value if value is not None and math.isfinite(value) else None for value in values)


def reaches(series: NativeSeries) -> tuple[tuple[Number, ...], tuple[Number, ...]]:
    """(down to the lower bound, up to the upper) of each value, never below zero; None where there is no value or no bound.
    ((), ()) for a series without bounds.
    """
    below: list[Number] = []
    above: list[Number] = []
    for value, (low, high) in zip(finite(series.values), series.bounds, strict=False):
        below.append(None if value is None or low is None else max(value - low, 0.0))
        above.append(None if value is None or high is None else max(high - value, 0.0))
    return tuple(below), tuple(above)
