"""The axes of a chart: where they end, what their numbers take room for, and how ChartML writes them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from hsf_kpi.render.layout import LINES, nice_step
from hsf_kpi.render.native.types import NativeAxis, NativeChart, Number, Shape
from hsf_kpi.render.powerpoint.ink import AXIS, GRID, MUTED, TEXT, rule
from hsf_kpi.render.powerpoint.text import paragraph, run, safe, width

SIZE = 12
"""Points of the text in a chart."""
FIRST_ID, SECOND_ID = 111111, 222222
LEVEL, UNBROKEN = "0", "1"
"""Turn of the names, in 60,000ths of a degree: level, on several lines where they must; and as good as level, on one line.
Where some are left out they are not broken: LibreOffice breaks level names into letters to have room for all of them.
"""
_LEAST = 1e-9
"""A shorter span is of values that are the same."""
_QUOTED = re.compile(r'"([^"]*)"')


@dataclass(frozen=True, slots=True)
class Ends:
    """low < high. step: between the lines of the axis. years: see `NativeAxis`."""

    low: float
    high: float
    years: int = 0

    @property
    def step(self) -> float:
        return float(self.years) if self.years else nice_step((self.high - self.low) / LINES)

    @property
    def holds_zero(self) -> bool:
        return self.low <= 0 <= self.high


def value_ends(chart: NativeChart) -> Ends:
    """As given; what is left open goes round all values, their bounds and, for bars, zero."""
    return _ends(chart.value, list(_values(chart)), zero=chart.shape is Shape.BAR)


def across_ends(chart: NativeChart) -> Ends:
    xs = [float(x) for series in chart.series for x in series.xs if x is not None and math.isfinite(x)]
    return _ends(chart.across, xs, zero=False)


def _values(chart: NativeChart) -> Iterator[float]:
    for series in chart.series:
        yield from (float(value) for value in series.values if value is not None and _is_number(value))
        yield from (float(b) for pair in series.bounds for b in pair if b is not None and _is_number(b))
    if chart.stacked:
        for i in range(len(chart.categories)):
            column = [float(s.values[i] or 0) for s in chart.series if _is_number(s.values[i] or 0)]
            yield sum(value for value in column if value > 0)
            yield sum(value for value in column if value < 0)


def _is_number(value: Number) -> bool:
    return value is not None and math.isfinite(value)


def _ends(axis: NativeAxis, values: list[float], *, zero: bool) -> Ends:
    found = [*values, *([0.0] if zero else [])] or [0.0, 1.0]
    low, high = min(found), max(found)
    span = high - low if high - low > _LEAST else max(abs(high), 1.0)
    step = nice_step(span / LINES)
    start = math.floor(low / step) * step if axis.low is None else axis.low
    stop = math.ceil(high / step) * step if axis.high is None else axis.high
    return Ends(start, stop if stop > start else start + step, axis.years)


def words_width(axis: NativeAxis, ends: Ends) -> float:
    """Points that the widest number of the axis takes, about."""
    if not axis.is_written:
        return 0.0
    form = axis.format.rpartition("]")[2].split(";")[0]
    decimals = form.partition(".")[2].count("0")
    unit = "".join(_QUOTED.findall(form))
    if form.startswith("General"):
        decimals = max(0, -math.floor(math.log10(ends.step)))
    return max(
        width(f"{end:,.{decimals}f}{unit}", SIZE) for end in (ends.low, ends.high, ends.low + ends.step)
    )


def text_look(size: float = SIZE, colour: str = MUTED, *, turn: str = LEVEL) -> str:
    return (
        f'<c:txPr><a:bodyPr rot="{turn}" vert="horz"/><a:lstStyle/><a:p><a:pPr><a:defRPr'
        f' sz="{round(size * 100)}" b="0"><a:solidFill>{colour}</a:solidFill></a:defRPr></a:pPr>'
        '<a:endParaRPr lang="sv-SE"/></a:p></c:txPr>'
    )


@dataclass(frozen=True, slots=True)
class Drawn:
    """How one axis is drawn. place: «l» or «b». cross: the ids of itself and of the other."""

    place: str
    ids: tuple[int, int]
    grid: bool = False
    written: bool = True
    line: bool = False
    turned: bool = False
    """The first value at the top."""
    at_end: bool = False
    """It stands at the other axis' last value."""


def category_axis(drawn: Drawn, every: int, size: float) -> str:
    """Names along the edge, wherever zero is; the line is the zero line of the values."""
    colour = TEXT if drawn.turned else MUTED
    return (
        f"<c:catAx>{_head(drawn, '')}"
        '<c:numFmt formatCode="General" sourceLinked="0"/>'
        f"{_marks('low')}{_line(drawn)}{text_look(size, colour, turn=LEVEL if every == 1 else UNBROKEN)}"
        f'<c:crossAx val="{drawn.ids[1]}"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/>'
        f'<c:lblOffset val="100"/><c:tickLblSkip val="{every}"/><c:tickMarkSkip val="{every}"/>'
        '<c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def value_axis(axis: NativeAxis, ends: Ends, drawn: Drawn, *, between: bool) -> str:
    scale = f'<c:max val="{ends.high!r}"/><c:min val="{ends.low!r}"/>'
    return (
        f"<c:valAx>{_head(drawn, scale)}{_grid(drawn)}{_title(axis.title)}"
        f'<c:numFmt formatCode="{safe(axis.format).replace(chr(34), "&quot;")}" sourceLinked="0"/>'
        f"{_marks('low' if drawn.written else 'none')}{_line(drawn)}{text_look()}"
        f'<c:crossAx val="{drawn.ids[1]}"/><c:crosses val="{"max" if drawn.at_end else "autoZero"}"/>'
        f'<c:crossBetween val="{"between" if between else "midCat"}"/>'
        f'<c:majorUnit val="{ends.step!r}"/></c:valAx>'
    )


def _head(drawn: Drawn, scale: str) -> str:
    way = "maxMin" if drawn.turned else "minMax"
    return (
        f'<c:axId val="{drawn.ids[0]}"/><c:scaling><c:orientation val="{way}"/>{scale}</c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{drawn.place}"/>'
    )


def _grid(drawn: Drawn) -> str:
    return f"<c:majorGridlines><c:spPr>{rule(GRID, 0.75)}</c:spPr></c:majorGridlines>" if drawn.grid else ""


def _marks(labels: str) -> str:
    return f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="{labels}"/>'


def _line(drawn: Drawn) -> str:
    return f"<c:spPr>{rule(AXIS, 1) if drawn.line else '<a:ln><a:noFill/></a:ln>'}</c:spPr>"


def _title(title: str) -> str:
    if not title:
        return ""
    words = paragraph(run(title, size=SIZE, colour=MUTED))
    return f'<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/>{words}</c:rich></c:tx><c:overlay val="0"/></c:title>'
