"""How high a chart will at least be when it is drawn, so that its place can be kept until then."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from hsf_kpi.figures.figure import Figure, FigureKind
from hsf_kpi.render.screen import spec

AROUND: Mapping[FigureKind, int] = {
    FigureKind.TREND: 52,
    FigureKind.SPARK: 4,
    FigureKind.GOALS: 4,
    FigureKind.PEERS: 35,
    FigureKind.TRAJECTORY: 52,
    FigureKind.HISTORY: 52,
    FigureKind.BRIDGE: 20,
    FigureKind.CONTRIBUTION: 20,
    FigureKind.MULTIPLES: 4,
    FigureKind.INDEX: 41,
    FigureKind.LINES: 41,
    FigureKind.RANKING: 8,
    FigureKind.DISTRIBUTION: 51,
    FigureKind.TIMELINE: 9,
    FigureKind.FUNNEL: 61,
}
"""Pixels that a kind's axes and margins take at least, besides the plot."""


def least_height(figure: Figure, data: pa.Table) -> int:
    """Pixels. data: `screen.arrow_data` of the figure. A grid is as high as what is written in it, which differs between
    widths: the lowest. ValueError for a figure that is a table.
    """
    if figure.kind is not FigureKind.GRID:
        return int(spec(figure)["height"]) + AROUND[figure.kind]
    lowest = data.group_by("segment").aggregate([("y", "max")])
    return int(min(y for y in lowest.column("y_max").to_pylist() if y is not None))
