"""A figure on the screen: a Vega-Lite spec that is constant for its kind, and the data that vary.

`st.vega_lite_chart(data(figure), dict(spec(figure, dark)), theme=None, alt=alternative_text(figure))`: only
the data travel when a filter changes, and the browser updates the picture in place. A spark keeps its size
(width="content"), the others follow their container (width="stretch").
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd
import pyarrow as pa

from hsf_kpi.figures.figure import Figure, FigureKind, Role
from hsf_kpi.figures.shape import records
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.render.bridge_chart import bridge_chart, bridge_rows
from hsf_kpi.render.contribution_chart import contribution_chart, contribution_rows
from hsf_kpi.render.distribution_chart import distribution_chart, distribution_rows
from hsf_kpi.render.frame import Row, arrow, frame
from hsf_kpi.render.funnel_chart import funnel_chart, funnel_rows
from hsf_kpi.render.goals_chart import goals_chart, goals_rows
from hsf_kpi.render.grid_chart import grid_chart
from hsf_kpi.render.grid_rows import grid_rows
from hsf_kpi.render.history_chart import history_chart, history_rows
from hsf_kpi.render.index_chart import index_chart, index_rows
from hsf_kpi.render.lines_chart import lines_chart
from hsf_kpi.render.lines_rows import lines_height, lines_rows
from hsf_kpi.render.multiples_chart import multiples_chart
from hsf_kpi.render.multiples_rows import most, multiples_rows
from hsf_kpi.render.peers_chart import peers_chart, peers_rows
from hsf_kpi.render.points import curve, limited
from hsf_kpi.render.ranking_chart import ranking_chart
from hsf_kpi.render.ranking_rows import ranking_height, ranking_rows
from hsf_kpi.render.theme import config
from hsf_kpi.render.timeline_chart import timeline_chart
from hsf_kpi.render.timeline_rows import timeline_height, timeline_rows
from hsf_kpi.render.trajectory_chart import trajectory_chart, trajectory_rows
from hsf_kpi.render.trend_data import trend_rows
from hsf_kpi.render.trend_limits import limits_rows
from hsf_kpi.render.trend_limits_chart import limits_chart
from hsf_kpi.render.trend_spec import spark_chart, trend_chart

VARIANTS = 256
"""Specs kept: kinds × units of measure × cadences × light and dark are fewer."""


Shape = tuple[UnitOfMeasure | None, bool, int]
"""What a spec depends on besides its kind: the unit of measure, whether it is a curve, how many lines, small pictures or
pixels. Of a curve 1 where it has control limits."""


@dataclass(frozen=True)
class Drawing:
    """How a kind of figure becomes a picture: its rows, what its spec depends on, and the chart (shape, dark)."""

    rows: Callable[[Figure], list[Row]]
    shape: Callable[[Figure], Shape]
    chart: Callable[[Shape, bool], alt.LayerChart]


def spec(figure: Figure, dark: bool = False) -> dict[str, Any]:
    """The Vega-Lite spec, without data and description. ValueError for a figure that is a table.

    The same object for all figures of a kind: copy it before changing it.
    """
    return _spec(*_key(figure), dark)


def chart(figure: Figure, dark: bool = False) -> alt.LayerChart:
    """The Altair chart behind `spec`, built anew; for tests that validate it."""
    return _chart(*_key(figure), dark)


def data(figure: Figure) -> pd.DataFrame:
    """The rows that the spec draws (columns of `frame.Row`). ValueError for a figure that is a table."""
    return frame(_rows(figure))


def arrow_data(figure: Figure) -> pa.Table:
    """The same as an Arrow table, which a page sends without converting it at every rerun."""
    return arrow(_rows(figure))


def is_drawn(kind: FigureKind) -> bool:
    """Whether a figure of the kind is a picture; the others are tables."""
    return kind in _DRAWINGS


def _rows(figure: Figure) -> list[Row]:
    return _drawing(figure.kind).rows(figure)


def _key(figure: Figure) -> tuple[FigureKind, Shape]:
    return figure.kind, _drawing(figure.kind).shape(figure)


def _chart(kind: FigureKind, shape: Shape, dark: bool) -> alt.LayerChart:
    built = _drawing(kind).chart(shape, dark)
    return built.properties(config=alt.Config.from_dict(config(dark), validate=False))


def _drawing(kind: FigureKind) -> Drawing:
    try:
        return _DRAWINGS[kind]
    except KeyError:
        raise ValueError(f"a {kind} is not drawn as a chart") from None


@lru_cache(maxsize=VARIANTS)
def _spec(kind: FigureKind, shape: Shape, dark: bool) -> dict[str, Any]:
    built: dict[str, Any] = _chart(kind, shape, dark).to_dict(validate=False)
    for name in ("data", "datasets", "description"):
        built.pop(name, None)
    return built


def _trend_shape(figure: Figure) -> Shape:
    return figure.unit, curve(figure), int(limited(figure))


def _unit_shape(figure: Figure) -> Shape:
    return figure.unit, False, 0


def _areas_shape(figure: Figure) -> Shape:
    return None, False, len({record["area"] for record in records(figure)})


def _plain(
    chart: Callable[[UnitOfMeasure | None, bool], alt.LayerChart],
) -> Callable[[Shape, bool], alt.LayerChart]:
    return lambda shape, dark: chart(shape[0], dark)


def _lines(chart: Callable[[int, bool], alt.LayerChart]) -> Callable[[Shape, bool], alt.LayerChart]:
    return lambda shape, dark: chart(shape[2], dark)


def _rows_shape(figure: Figure) -> Shape:
    return None, False, len(figure.rows)


def _series_shape(figure: Figure) -> Shape:
    at = figure.column(Role.SERIES)
    return figure.unit, False, 0 if at is None else min(len({row[at] for row in figure.rows}), most(figure))


_DRAWINGS: dict[FigureKind, Drawing] = {
    FigureKind.TREND: Drawing(
        lambda figure: limits_rows(figure) if limited(figure) else trend_rows(figure),
        _trend_shape,
        lambda s, dark: limits_chart(s[0], dark) if s[2] else trend_chart(s[0], s[1], dark),
    ),
    FigureKind.SPARK: Drawing(trend_rows, _trend_shape, lambda s, dark: spark_chart(s[1], dark)),
    FigureKind.GOALS: Drawing(goals_rows, _areas_shape, _lines(goals_chart)),
    FigureKind.PEERS: Drawing(peers_rows, _unit_shape, _plain(peers_chart)),
    FigureKind.TRAJECTORY: Drawing(trajectory_rows, _unit_shape, _plain(trajectory_chart)),
    FigureKind.HISTORY: Drawing(history_rows, _unit_shape, _plain(history_chart)),
    FigureKind.BRIDGE: Drawing(bridge_rows, _rows_shape, _lines(bridge_chart)),
    FigureKind.CONTRIBUTION: Drawing(contribution_rows, _rows_shape, _lines(contribution_chart)),
    FigureKind.MULTIPLES: Drawing(multiples_rows, _series_shape, _lines(multiples_chart)),
    FigureKind.INDEX: Drawing(index_rows, _unit_shape, _plain(index_chart)),
    FigureKind.LINES: Drawing(
        lines_rows,
        lambda figure: (figure.unit, False, lines_height(figure)),
        lambda s, dark: lines_chart(s[0], s[2], dark),
    ),
    FigureKind.RANKING: Drawing(
        ranking_rows, lambda figure: (None, False, ranking_height(figure)), _lines(ranking_chart)
    ),
    FigureKind.GRID: Drawing(grid_rows, lambda figure: (None, False, 0), lambda s, dark: grid_chart(dark)),
    FigureKind.DISTRIBUTION: Drawing(distribution_rows, _unit_shape, _plain(distribution_chart)),
    FigureKind.TIMELINE: Drawing(
        timeline_rows, lambda figure: (None, False, timeline_height(figure)), _lines(timeline_chart)
    ),
    FigureKind.FUNNEL: Drawing(funnel_rows, _unit_shape, _plain(funnel_chart)),
}
"""How each kind that is a picture is drawn."""
