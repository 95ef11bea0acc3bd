"""A figure as charts that an office program draws itself (types.py): one module a kind, each with `charts(figure)`.

Knows no office program: PowerPoint (render/powerpoint) and Excel (render/excel) both draw what is made here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from hsf_kpi.figures.figure import Figure, FigureKind, Value
from hsf_kpi.render.native import (
    bridge,
    contribution,
    distribution,
    funnel,
    goals,
    history,
    index,
    lines,
    multiples,
    peers,
    ranking,
    timeline,
    trajectory,
    trend,
)
from hsf_kpi.render.native.types import NativeChart

__all__ = ["CHARTS", "finite", "native"]


def _none(figure: Figure) -> tuple[NativeChart, ...]:
    """A table is no chart, and a grid is a table where an office program draws it."""
    return ()


CHARTS: Mapping[FigureKind, Callable[[Figure], tuple[NativeChart, ...]]] = MappingProxyType(
    {
        FigureKind.TREND: trend.charts,
        FigureKind.SPARK: trend.charts,
        FigureKind.GOALS: goals.charts,
        FigureKind.PEERS: peers.charts,
        FigureKind.TRAJECTORY: trajectory.charts,
        FigureKind.HISTORY: history.charts,
        FigureKind.BRIDGE: bridge.charts,
        FigureKind.CONTRIBUTION: contribution.charts,
        FigureKind.MULTIPLES: multiples.charts,
        FigureKind.INDEX: index.charts,
        FigureKind.RANKING: ranking.charts,
        FigureKind.FUNNEL: funnel.charts,
        FigureKind.DISTRIBUTION: distribution.charts,
        FigureKind.LINES: lines.charts,
        FigureKind.TIMELINE: timeline.charts,
        FigureKind.GRID: _none,
        FigureKind.TABLE: _none,
    }
)
"""How each kind is drawn."""


def native(figure: Figure) -> tuple[NativeChart, ...]:
    """The figure's charts, several only for small multiples; () for a table, and for a figure with nothing to draw: one that
    says so, that has no rows, or of whose numbers none can be drawn.
    """
    if figure.empty or figure.kind is FigureKind.TABLE:
        return ()
    shown = finite(figure)
    if not any(_is_drawn(value) for row in shown.rows for value in row) and not _is_counted(shown):
        return ()
    charts = CHARTS[figure.kind](shown)
    return charts if any(chart.series for chart in charts) else ()


def _is_counted(figure: Figure) -> bool:
    """Whether its rows are what is drawn, not the numbers in them."""
    return figure.kind in (FigureKind.GOALS, FigureKind.TIMELINE) and bool(figure.rows)


def finite(figure: Figure) -> Figure:
    """The same without numbers that no axis has (NaN, infinite): a gap, and an open bound."""
    if all(_is_finite(value) for row in figure.rows for value in row) and all(
        _is_finite(bound) for mark in figure.marks for bound in (mark.low, mark.high)
    ):
        return figure
    rows = tuple(tuple(value if _is_finite(value) else None for value in row) for row in figure.rows)
    marks = tuple(replace(mark, low=_bound(mark.low), high=_bound(mark.high)) for mark in figure.marks)
    return replace(figure, rows=rows, marks=marks)


def _bound(value: float | None) -> float | None:
    return value if _is_finite(value) else None


def _is_drawn(value: Value) -> bool:
    return isinstance(value, int | float)


def _is_finite(value: Value) -> bool:
    return not isinstance(value, float) or math.isfinite(value)
