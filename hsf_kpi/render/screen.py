"""A figure on the screen: a Vega-Lite spec that is constant for its kind, and the data that vary.

`st.vega_lite_chart(data(figure), dict(spec(figure, dark)), theme=None, alt=alternative_text(figure))`: only
the data travel when a filter changes, and the browser updates the picture in place. A spark keeps its size
(width="content"), the others follow their container (width="stretch").
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd
import pyarrow as pa

from hsf_kpi.figures.figure import Figure, FigureKind
from hsf_kpi.figures.shape import records
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.render.frame import Row, arrow, frame
from hsf_kpi.render.goals_chart import goals_chart, goals_rows
from hsf_kpi.render.peers_chart import peers_chart, peers_rows
from hsf_kpi.render.points import curve
from hsf_kpi.render.theme import config
from hsf_kpi.render.trend_data import trend_rows
from hsf_kpi.render.trend_spec import spark_chart, trend_chart

VARIANTS = 256
"""Specs kept: kinds × units of measure × cadences × light and dark are fewer."""


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


def _rows(figure: Figure) -> list[Row]:
    if figure.kind is FigureKind.GOALS:
        return goals_rows(figure)
    if figure.kind is FigureKind.PEERS:
        return peers_rows(figure)
    if figure.kind in (FigureKind.TREND, FigureKind.SPARK):
        return trend_rows(figure)
    raise ValueError(f"a {figure.kind} is not drawn as a chart")


def _key(figure: Figure) -> tuple[FigureKind, UnitOfMeasure | None, bool, int]:
    if figure.kind is FigureKind.GOALS:
        return figure.kind, None, False, len({record["area"] for record in records(figure)})
    if figure.kind is FigureKind.SPARK:
        return figure.kind, None, curve(figure), 0
    return figure.kind, figure.unit, curve(figure), 0


def _chart(
    kind: FigureKind, unit: UnitOfMeasure | None, is_curve: bool, lines: int, dark: bool
) -> alt.LayerChart:
    if kind is FigureKind.GOALS:
        built = goals_chart(lines, dark)
    elif kind is FigureKind.SPARK:
        built = spark_chart(is_curve, dark)
    elif kind is FigureKind.PEERS:
        built = peers_chart(unit, dark)
    elif kind is FigureKind.TREND:
        built = trend_chart(unit, is_curve, dark)
    else:
        raise ValueError(f"a {kind} is not drawn as a chart")
    return built.properties(config=alt.Config.from_dict(config(dark), validate=False))


@lru_cache(maxsize=VARIANTS)
def _spec(
    kind: FigureKind, unit: UnitOfMeasure | None, is_curve: bool, lines: int, dark: bool
) -> dict[str, Any]:
    built: dict[str, Any] = _chart(kind, unit, is_curve, lines, dark).to_dict(validate=False)
    for name in ("data", "datasets", "description"):
        built.pop(name, None)
    return built
