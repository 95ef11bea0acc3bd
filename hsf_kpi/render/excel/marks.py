"""What the writing library has no words for: points with their own symbol, and words at some points only.

The charts are the library's own, with these elements written in their place in the XML (ECMA-376, DrawingML charts).
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from xlsxwriter.chart_bar import ChartBar
from xlsxwriter.chart_line import ChartLine
from xlsxwriter.chart_scatter import ChartScatter

from hsf_kpi.render.characters import plain
from hsf_kpi.render.native.types import Ink, Look, NativeChart, NativeSeries, Shape
from hsf_kpi.render.office import DASHES, HOLLOW, INKS, LANGUAGE, ON_DARK, SYMBOLS, TEXT, WHITE, WORDS, Paint

SIZE = 9
"""Points of a chart's text."""
_SHOWN = ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")


class _Marked:
    """`points` and `labels` of a series are ready XML."""

    def _write_lang(self) -> None:
        self.fh.write(f'<c:lang val="{LANGUAGE}"/>')  # type: ignore[attr-defined]

    def _write_disp_blanks_as(self) -> None:
        """Said outright: without it, the standard says that what is missing is zero."""
        self.fh.write('<c:dispBlanksAs val="gap"/>')  # type: ignore[attr-defined]

    def _get_data_type(self, data: list[object]) -> str:
        """A text that could be read as a number («2019», «NaN») is the text that its cell holds."""
        if any(isinstance(one, str) for one in data):
            return "str"
        return str(super()._get_data_type(data))  # type: ignore[misc]

    def _write_d_pt(self, points: str) -> None:
        self.fh.write(points or "")  # type: ignore[attr-defined]

    def _write_d_lbls(self, labels: str | None) -> None:
        self.fh.write(labels or "")  # type: ignore[attr-defined]


class _Line(_Marked, ChartLine):  # type: ignore[misc]
    pass


class _Bar(_Marked, ChartBar):  # type: ignore[misc]
    def _write_c_invert_if_negative(self, _invert: object) -> None:
        self.fh.write('<c:invertIfNegative val="0"/>')


class _Scatter(_Marked, ChartScatter):  # type: ignore[misc]
    pass


def empty_chart(chart: NativeChart) -> _Line | _Bar | _Scatter:
    """A chart of the library without series."""
    if chart.shape is Shape.BAR:
        return _Bar({"subtype": "stacked"} if chart.stacked else {"subtype": "clustered"})
    return _Scatter({"subtype": "straight_with_markers"}) if chart.shape is Shape.SCATTER else _Line()


def points_xml(chart: NativeChart, series: NativeSeries) -> str:
    """Every point that looks unlike its series."""
    drawn = _bar_point if chart.shape is Shape.BAR else _symbol_point
    return "".join(drawn(i, look, series) for i, look in sorted(series.points.items()))


def labels_xml(chart: NativeChart, series: NativeSeries) -> str:
    """The words at the points that have any, and none at the others."""
    found = [(i, text) for i, text in sorted(series.labels.items()) if text]
    if not found:
        return ""
    each = "".join(_label(chart, series, i, text) for i, text in found)
    return f"<c:dLbls>{each}{_shown(False)}</c:dLbls>"


def beside_the_end(chart: NativeChart) -> list[str]:
    """The lines of words that stand right of a line's last point."""
    if chart.shape is not Shape.LINE:
        return []
    last = len(chart.categories) - 1
    return [
        line for series in chart.series if last in series.labels for line in series.labels[last].split("\n")
    ]


def _solid(paint: Paint) -> str:
    return f"<a:solidFill>{paint.xml}</a:solidFill>"


def _fill(ink: Ink) -> str:
    return "<a:noFill/>" if ink is Ink.NONE else _solid(INKS[ink])


def _bar_point(index: int, look: Look, _series: NativeSeries) -> str:
    return (
        f'<c:dPt><c:idx val="{index}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
        f"<c:spPr>{_fill(look.ink)}</c:spPr></c:dPt>"
    )


def _symbol_point(index: int, look: Look, series: NativeSeries) -> str:
    """The line that leads to the point has the point's colour: LibreOffice takes the colour of the symbol from there."""
    symbol = series.symbol if look.symbol is None else look.symbol
    size = look.size or series.size
    inner = "<a:noFill/>" if symbol in HOLLOW else _fill(look.ink)
    return (
        f'<c:dPt><c:idx val="{index}"/><c:marker><c:symbol val="{SYMBOLS[symbol]}"/><c:size val="{size}"/>'
        f'<c:spPr>{inner}<a:ln w="15875">{_fill(look.ink)}</a:ln></c:spPr></c:marker><c:bubble3D val="0"/>'
        f"<c:spPr>{_line(series, look.ink)}</c:spPr></c:dPt>"
    )


def _line(series: NativeSeries, ink: Ink) -> str:
    if not series.width or ink is Ink.NONE:
        return "<a:ln><a:noFill/></a:ln>"
    dash = f'<a:prstDash val="{DASHES[series.dash]}"/>'
    return f'<a:ln w="{round(series.width * 12700)}">{_fill(ink)}{dash}</a:ln>'


def _label(chart: NativeChart, series: NativeSeries, index: int, text: str) -> str:
    ink = series.points[index].ink if index in series.points else series.ink
    place, paint = _place(chart, series, index, ink)
    run = f'<a:rPr lang="{LANGUAGE}" sz="{SIZE * 100}">{_solid(paint)}</a:rPr>'
    lines = "".join(
        f"<a:p><a:r>{run}<a:t>{escape(line)}</a:t></a:r></a:p>" for line in plain(text).split("\n")
    )
    return (
        f'<c:dLbl><c:idx val="{index}"/><c:layout/><c:tx><c:rich><a:bodyPr wrap="none"/><a:lstStyle/>'
        f'{lines}</c:rich></c:tx><c:dLblPos val="{place}"/>{_shown(True)}</c:dLbl>'
    )


def _place(chart: NativeChart, series: NativeSeries, index: int, ink: Ink) -> tuple[str, Paint]:
    """Where the words stand, and their colour."""
    words = WORDS[ink]
    if chart.shape is Shape.BAR:
        if not chart.stacked:
            return "outEnd", words
        inside = series.ink is not Ink.NONE
        return ("ctr", WHITE if ink in ON_DARK else TEXT) if inside else ("inBase", words)
    right = chart.shape is Shape.SCATTER or index == len(series.values) - 1
    return ("r" if right else "b" if index in series.under else "t"), words


def _shown(value: bool) -> str:
    return "".join(_flags(value))


def _flags(value: bool) -> Iterator[str]:
    for name in _SHOWN:
        yield f'<c:show{name} val="{int(value and name == "Val")}"/>'
