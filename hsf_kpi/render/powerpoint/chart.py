"""A native chart as PowerPoint holds it: ChartML, whose numbers lie in a workbook inside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil

from hsf_kpi.render.native.drawing import keyed
from hsf_kpi.render.native.types import Ink, NativeChart, Shape, Symbol
from hsf_kpi.render.powerpoint.axes import (
    FIRST_ID,
    SECOND_ID,
    SIZE,
    Drawn,
    Ends,
    across_ends,
    category_axis,
    text_look,
    value_axis,
    value_ends,
    words_width,
)
from hsf_kpi.render.powerpoint.ink import TEXT
from hsf_kpi.render.powerpoint.series import Along, Kind, series_xml
from hsf_kpi.render.powerpoint.text import LEADING, fitted, paragraph, run, width, wrapped
from hsf_kpi.render.powerpoint.workbook import Sheet

_NAMESPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
AIR = 8.0
LINE = SIZE * 1.3
NAMES_MOST = 0.38
"""Of the chart's width that the names of lying bars may take."""
WORDS_MOST = 0.35
"""Of the chart's width that the words at the end of the lines may take."""
LEAST_ROW = 13.5
"""Points between two names of lying bars, at the least, for text of the usual size."""
LEAST_SIZE = 9.0
FEW = 9
"""Categories that stand inside the plot, away from its edges."""


@dataclass(frozen=True, slots=True)
class Room:
    """Points of the frame that a chart is drawn in."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Margins:
    left: float
    top: float
    right: float
    bottom: float


def broken_names(chart: NativeChart, room: Room) -> NativeChart:
    """The names of lying bars on as many lines as they need beside the bars and have room for: not every program breaks them
    there itself.
    """
    if chart.shape is not Shape.BAR:
        return chart
    most = NAMES_MOST * room.width
    high = max(room.height / max(len(chart.categories), 1) * SIZE / LEAST_SIZE, SIZE * LEADING)
    names = (fitted(name, most, high, (SIZE,))[0] for name in chart.categories)
    return replace(chart, categories=tuple("\n".join(wrapped(name, most, SIZE)) for name in names))


def chart_xml(chart: NativeChart, sheet: Sheet, room: Room) -> bytes:
    """The chart's part, as UTF-8; `sheet`: where its numbers lie (`workbook.sheet_of`)."""
    legend = _legend(chart)
    values = value_ends(chart)
    margins = _margins(chart, values, room, legend=bool(legend))
    size = _names_size(chart, room.height - margins.top - margins.bottom)
    every = _every(chart, room.width - margins.left - margins.right)
    kind = Kind(
        chart.shape,
        chart.stacked,
        span=values.high - values.low,
        along=Along(
            len(chart.categories),
            margins.left,
            room.width - margins.left - margins.right,
            room.width,
            apart=_apart(chart),
        ),
    )
    drawn = "".join(
        series_xml(i, one, kind, sheet, places, chart.value.cell_format)
        for i, (one, places) in enumerate(zip(chart.series, sheet.places, strict=True))
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace {_NAMESPACES}>'
        '<c:date1904 val="0"/><c:lang val="sv-SE"/><c:roundedCorners val="0"/><c:chart>'
        f"{_title(chart.title, room)}<c:plotArea>{_layout(margins, room)}{_plot(chart, drawn, values, size, every)}"
        f'<c:spPr><a:noFill/></c:spPr></c:plotArea>{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/>'
        f"</c:chart><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{text_look()}</c:chartSpace>"
    ).encode()


def _legend(chart: NativeChart) -> str:
    """Below the chart, of the series that have no words of their own."""
    found = keyed(chart)
    if not found:
        return ""
    gone = "".join(
        f'<c:legendEntry><c:idx val="{i}"/><c:delete val="1"/></c:legendEntry>'
        for i in range(len(chart.series))
        if i not in found
    )
    return f'<c:legend><c:legendPos val="b"/>{gone}<c:overlay val="0"/>{text_look()}</c:legend>'


def _title(title: str, room: Room) -> str:
    if not title:
        return '<c:autoTitleDeleted val="1"/>'
    text, _ = fitted(title, room.width - AIR, LINE, (SIZE,), bold=True)
    words = paragraph(run(text, size=SIZE, bold=True, colour=TEXT))
    return (
        f"<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/>{words}</c:rich></c:tx><c:layout><c:manualLayout>"
        '<c:xMode val="edge"/><c:yMode val="edge"/><c:x val="0"/><c:y val="0"/></c:manualLayout></c:layout>'
        '<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/>'
    )


def _plot(chart: NativeChart, drawn: str, values: Ends, size: float, every: int) -> str:
    ids = f'<c:axId val="{FIRST_ID}"/><c:axId val="{SECOND_ID}"/>'
    vary = '<c:varyColors val="0"/>'
    first, second = (FIRST_ID, SECOND_ID), (SECOND_ID, FIRST_ID)
    if chart.shape is Shape.BAR:
        grouping, overlap = (
            ("stacked", 100) if chart.stacked else ("clustered", 100 if _on_each_other(chart) else 0)
        )
        bars = (
            f'<c:barChart><c:barDir val="bar"/><c:grouping val="{grouping}"/>{vary}{drawn}'
            f'<c:gapWidth val="{chart.gap}"/><c:overlap val="{overlap}"/>{ids}</c:barChart>'
        )
        labelled = any(series.labels for series in chart.series)
        names = category_axis(Drawn("l", first, line=values.holds_zero, turned=True), every, size)
        seen = not labelled or values.years > 0
        along = Drawn("b", second, grid=seen, written=seen, at_end=True)
        return bars + names + value_axis(chart.value, values, along, between=True)
    if chart.shape is Shape.LINE:
        lines = (
            f'<c:lineChart><c:grouping val="standard"/>{vary}{drawn}<c:marker val="1"/>{ids}</c:lineChart>'
        )
        names = category_axis(Drawn("b", first, line=values.holds_zero), every, SIZE)
        return (
            lines
            + names
            + value_axis(chart.value, values, Drawn("l", second, grid=True), between=_apart(chart))
        )
    points = f'<c:scatterChart><c:scatterStyle val="lineMarker"/>{vary}{drawn}{ids}</c:scatterChart>'
    rows = not chart.value.is_written
    across = Drawn("b", first, grid=rows, line=not rows and values.holds_zero)
    upwards = Drawn("l", second, grid=not rows)
    ends = across_ends(chart)
    return (
        points
        + value_axis(chart.across, ends, across, between=False)
        + value_axis(chart.value, values, upwards, between=False)
    )


def _margins(chart: NativeChart, values: Ends, room: Room, *, legend: bool) -> _Margins:
    """What stands around the plot: title, names, numbers, and the words at the end of the lines."""
    titled = sum(LINE for axis in (chart.value, chart.across) if axis.title)
    top = AIR + (LINE + 4 if chart.title else 0)
    bottom = AIR + LINE + titled + (LINE + AIR if legend else 0)
    if chart.shape is Shape.LINE and chart.every == 1 and any(" " in name for name in chart.categories):
        bottom += LINE
    if chart.shape is Shape.BAR:
        lines = (line for name in chart.categories for line in name.split("\n"))
        left = min(max((width(line, SIZE) for line in lines), default=0.0), NAMES_MOST * room.width) + 2 * AIR
        if any(series.labels for series in chart.series) and not values.years:
            bottom -= LINE
        return _Margins(left, top, 2 * AIR, bottom)
    left = words_width(chart.value, values) + 2 * AIR
    if chart.shape is Shape.SCATTER:
        return _Margins(left, top, 3 * AIR, bottom)
    last = len(chart.categories) - 1
    words = [series.labels[last] for series in chart.series if last in series.labels]
    widest = max((width(part, SIZE) for text in words for part in text.split("\n")), default=0.0)
    right = min(widest, WORDS_MOST * room.width) + 2 * AIR
    if _apart(chart):
        right = max(2 * AIR, _beyond(right, room.width - left, len(chart.categories)))
    return _Margins(left, top, right, bottom)


def _beyond(words: float, wide: float, count: int) -> float:
    """What words that begin half a step inside the plot need right of it; `wide` is the plot and that together."""
    half = 1 / (2 * count)
    return (words - wide * half) / (1 - half)


def _layout(margins: _Margins, room: Room) -> str:
    """The plot's own box, as shares of the chart's."""
    x, y = margins.left / room.width, margins.top / room.height
    w = max(0.1, 1 - x - margins.right / room.width)
    h = max(0.1, 1 - y - margins.bottom / room.height)
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="{x:.4f}"/><c:y val="{y:.4f}"/><c:w val="{w:.4f}"/><c:h val="{h:.4f}"/>'
        "</c:manualLayout></c:layout>"
    )


def _names_size(chart: NativeChart, height: float) -> float:
    """Smaller names where lying bars are so many that they would stand on each other."""
    lines = max((name.count("\n") + 1 for name in chart.categories), default=1)
    row = height / max(len(chart.categories), 1) / lines
    return SIZE if row >= LEAST_ROW else max(LEAST_SIZE, row / LEAST_ROW * SIZE)


def _every(chart: NativeChart, wide: float) -> int:
    """A name at each so many categories: as asked, or as many times more as the names need beside each other. Where all are
    written they may be broken between words.
    """
    if chart.shape is not Shape.LINE or not chart.categories:
        return chart.every
    step = wide / len(chart.categories)
    word = max(width(part, SIZE) for name in chart.categories for part in name.split(" "))
    if chart.every == 1 and word + AIR / 2 <= step:
        return 1
    name = max(width(name, SIZE) for name in chart.categories)
    return chart.every * ceil((name + AIR) / (step * chart.every))


def _on_each_other(chart: NativeChart) -> bool:
    """Bars in one row where the others are strokes over it, or an unseen bar that words stand at."""
    return any(series.symbol is Symbol.BAR or series.ink is Ink.NONE for series in chart.series)


def _apart(chart: NativeChart) -> bool:
    """Whether the first and last point stand half a step inside the plot, as few do; else the lines end where their words
    begin.
    """
    return len(chart.categories) <= FEW
