"""A chart of the workbook's own, drawn from its cells in the colours of its theme; no legend where words do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_range_formula

from hsf_kpi.render.excel.axes import plot_room, set_axes, set_legend
from hsf_kpi.render.excel.colours import colour, ink_colour
from hsf_kpi.render.excel.fields import Field
from hsf_kpi.render.excel.marks import SIZE, empty_chart, labels_xml, points_xml
from hsf_kpi.render.excel.standing import Place, SeriesPlaces
from hsf_kpi.render.excel.texts import chart_title
from hsf_kpi.render.native.types import Dash, Ink, NativeChart, NativeSeries, Shape, Symbol
from hsf_kpi.render.office import HOLLOW, STROKE, STROKE_LENGTH, SYMBOLS, WHITE

_DASH: Mapping[Dash, str] = {
    Dash.SOLID: "solid",
    Dash.DASH: "dash",
    Dash.SHORT: "square_dot",
    Dash.DOT: "round_dot",
}


@dataclass(frozen=True, slots=True)
class Grid:
    """Columns as they stand on a sheet. top: the row of the headings, counted from 0."""

    sheet: str
    top: int
    left: int
    columns: tuple[Field, ...]

    def cells(self, index: int) -> list[str | int]:
        """The range of a column's values, as the library wants it."""
        rows = len(self.columns[index].cells)
        return [self.sheet, self.top + 1, self.left + index, self.top + rows, self.left + index]

    def name(self, index: int) -> list[str | int]:
        return [self.sheet, self.top, self.left + index]


def drawn(
    chart: NativeChart,
    places: tuple[SeriesPlaces, ...],
    table: Grid,
    block: Grid | None,
    size: tuple[int, int],
) -> Any:
    """The library's chart, `size` in pixels. places: where each series stands, in the table or in the block."""
    made = empty_chart(chart)
    for series, at in zip(chart.series, places, strict=True):
        _add(made, chart, series, _Cells(at, table, block))
    set_axes(made, chart)
    keyed = set_legend(made, chart)
    made.set_size({"width": size[0], "height": size[1]})
    made.set_chartarea({"border": {"none": True}, "fill": {"color": colour(WHITE)}})
    room = plot_room(chart, size, keyed)
    made.set_plotarea({"layout": room} if room else {})
    if chart.title:
        made.set_title(
            {
                "name": chart_title(chart.title),
                "name_font": {"size": SIZE + 1, "bold": True, "color": ink_colour(Ink.TEXT)},
                "overlay": False,
            }
        )
    else:
        made.set_title({"none": True})
    return made


@dataclass(frozen=True, slots=True)
class _Cells:
    """Where a series's cells are, and what they hold."""

    at: SeriesPlaces
    table: Grid
    block: Grid | None

    def grid(self, place: Place) -> Grid:
        return self.block if place.in_block and self.block is not None else self.table

    def range(self, place: Place) -> list[str | int]:
        return self.grid(place).cells(place.index)

    def data(self, place: Place) -> list[Any]:
        """What the program shows before it has read the cells."""
        return list(self.grid(place).columns[place.index].cells)


def _add(made: Any, chart: NativeChart, series: NativeSeries, cells: _Cells) -> None:
    options: dict[str, Any] = {
        "name": cells.grid(cells.at.values).name(cells.at.values.index),
        "name_data": [cells.grid(cells.at.values).columns[cells.at.values.index].heading],
        "values": cells.range(cells.at.values),
        "values_data": cells.data(cells.at.values),
        "categories": cells.range(cells.at.xs),
        "categories_data": cells.data(cells.at.xs),
    }
    if chart.shape is Shape.BAR:
        options |= _bar(chart, series)
    else:
        options |= _curve(series)
    if bars := _error_bars(chart, series, cells):
        options["y_error_bars"] = bars
    made.add_series(options)
    made.series[-1]["points"] = points_xml(chart, series)
    made.series[-1]["labels"] = labels_xml(chart, series)


def _bar(chart: NativeChart, series: NativeSeries) -> dict[str, Any]:
    seen = series.ink is not Ink.NONE and series.symbol is not Symbol.BAR
    return {
        "fill": {"color": ink_colour(series.ink)} if seen else {"none": True},
        "border": {"none": True},
        "gap": chart.gap,
        "overlap": 100,
    }


def _curve(series: NativeSeries) -> dict[str, Any]:
    return {"line": _line(series.ink, series.width, series.dash), "marker": _marker(series)}


def _line(ink: Ink, width: float, dash: Dash) -> dict[str, Any]:
    if not width or ink is Ink.NONE:
        return {"none": True}
    return {"color": ink_colour(ink), "width": width, "dash_type": _DASH[dash]}


def _marker(series: NativeSeries) -> dict[str, Any]:
    kind = SYMBOLS[series.symbol]
    if kind == "none" or series.ink is Ink.NONE:
        return {"type": "none"}
    ink = ink_colour(series.ink)
    return {
        "type": kind,
        "size": series.size,
        "fill": {"none": True} if series.symbol in HOLLOW else {"color": ink},
        "border": {"color": ink, "width": 1.25},
    }


def _error_bars(chart: NativeChart, series: NativeSeries, cells: _Cells) -> dict[str, Any]:
    if series.symbol is Symbol.BAR:
        return _stroke(chart, series)
    down, up = cells.at.down, cells.at.up
    if down is None or up is None:
        return {}
    return {
        "type": "custom",
        "plus_values": _formula(cells.range(up)),
        "plus_data": cells.data(up),
        "minus_values": _formula(cells.range(down)),
        "minus_data": cells.data(down),
        "end_style": 1,
        "line": {"color": ink_colour(Ink.TEXT), "width": 1},
    }


def _stroke(chart: NativeChart, series: NativeSeries) -> dict[str, Any]:
    """An upright stroke at each value, which no program has as a symbol: among bars the ends of one too short to see."""
    lying = chart.shape is Shape.BAR
    length = ((chart.value.high or 1.0) - (chart.value.low or 0.0)) * STROKE_LENGTH
    line = {"color": ink_colour(series.ink), "width": 2.25}
    return {"type": "fixed", "value": length if lying else STROKE, "end_style": int(lying), "line": line}


def _formula(cells: list[str | int]) -> str:
    return str(xl_range_formula(*cells))
