"""A figure as charts that an office program draws itself (types.py): one module a kind, each with `charts(figure)`.

Knows no office program: PowerPoint (render/powerpoint) and Excel (render/excel) both draw what is made here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from hsf_kpi.figures.figure import Figure, FigureKind
from hsf_kpi.render.native import (
    bridge,
    contribution,
    distribution,
    funnel,
    goals,
    history,
    index,
    multiples,
    peers,
    ranking,
    trajectory,
    trend,
)
from hsf_kpi.render.native.types import NativeChart

__all__ = ["CHARTS", "native"]


def _none(figure: Figure) -> tuple[NativeChart, ...]:
    """A table is no chart."""
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
        FigureKind.TABLE: _none,
    }
)
"""How each kind is drawn."""


def native(figure: Figure) -> tuple[NativeChart, ...]:
    """The figure's charts, several only for small multiples; () for a table and for a figure with nothing to draw."""
    return () if figure.empty else CHARTS[figure.kind](figure)
