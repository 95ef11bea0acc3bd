"""What every native chart must keep, and a stack of bars read back as an office program draws it."""

from __future__ import annotations

import math
from collections.abc import Iterator

from hsf_kpi.render.native.types import Ink, NativeChart, NativeSeries, Shape, Symbol


def check(chart: NativeChart) -> None:
    """Names are unique and not empty; every list is as long as it must be; numbers are finite; labels stand at points."""
    names = [series.name for series in chart.series]
    assert all(name.strip() for name in names)
    assert len(set(names)) == len(names), names
    for series in chart.series:
        _check(chart, series)
    for axis in (chart.value, chart.across):
        assert axis.format
        if axis.low is not None and axis.high is not None:
            assert math.isfinite(axis.low)
            assert axis.low < axis.high < math.inf
    assert chart.every >= 1
    if chart.title:
        unnamed = [s.name for s in chart.series if not s.labels and any(v is not None for v in s.values)]
        assert len(unnamed) <= 1, "small charts have no legend"


def _check(chart: NativeChart, series: NativeSeries) -> None:
    count = len(series.values)
    assert count == (len(series.xs) if chart.shape is Shape.SCATTER else len(chart.categories))
    assert len(series.bounds) in (0, count)
    bounds = (bound for pair in series.bounds for bound in pair)
    assert all(v is None or math.isfinite(v) for v in (*series.values, *series.xs, *bounds))
    for i, words in series.labels.items():
        assert words.strip()
        assert series.values[i] is not None, (series.name, i)
    assert all(0 <= i < count for i in series.points)
    assert all(look.ink is not Ink.NONE for look in series.points.values())


def by_name(chart: NativeChart) -> dict[str, NativeSeries]:
    return {series.name: series for series in chart.series}


def seen(chart: NativeChart, row: int) -> list[tuple[float, float]]:
    """(from, to) of each coloured piece of a stacked bar: what is above zero goes right, what is below goes left."""
    return list(_pieces(chart, row))


def _pieces(chart: NativeChart, row: int) -> Iterator[tuple[float, float]]:
    right = left = 0.0
    for series in chart.series:
        value = series.values[row]
        assert series.symbol is Symbol.NONE
        if not value:
            continue
        start = right if value > 0 else left
        if value > 0:
            right += value
        else:
            left += value
        if series.ink is not Ink.NONE:
            yield min(start, start + value), max(start, start + value)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")
