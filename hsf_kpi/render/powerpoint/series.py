"""One series of a chart in ChartML: its line or bars, its single points, its labels, its bounds, where its cells lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hsf_kpi.render.characters import plain
from hsf_kpi.render.native.types import Ink, Look, NativeSeries, Number, Shape, Symbol
from hsf_kpi.render.office import HOLLOW, ON_DARK, STROKE, STROKE_LENGTH, SYMBOLS, WHITE, WORDS
from hsf_kpi.render.powerpoint.axes import SIZE
from hsf_kpi.render.powerpoint.ink import NONE, fill, line
from hsf_kpi.render.powerpoint.text import paragraph, run, safe, width
from hsf_kpi.render.powerpoint.workbook import Places, Sheet

_SHOWN = (
    '<c:showLegendKey val="0"/><c:showVal val="{shown}"/><c:showCatName val="0"/><c:showSerName val="0"/>'
    '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)


@dataclass(frozen=True, slots=True)
class Along:
    """Where the categories stand. start, width: of the plot, in points of a chart that is `whole` wide. apart: half a step
    from the plot's ends.
    """

    count: int
    start: float
    width: float
    whole: float
    apart: bool

    def shift(self, index: int, wide: float) -> float:
        """What words of that width, in the middle over or under a point, must be moved by so that they neither stand on the
        axis' numbers nor outside the chart: a share of its width.
        """
        step = self.width / max(self.count if self.apart else self.count - 1, 1)
        centre = self.start + step * (index + (0.5 if self.apart else 0.0))
        low, high = self.start + wide / 2, self.whole - wide / 2
        return (min(max(centre, low), max(high, low)) - centre) / self.whole


@dataclass(frozen=True, slots=True)
class Kind:
    """What a series is drawn in. span: of the value axis. size: of its words."""

    shape: Shape
    stacked: bool
    span: float
    along: Along
    size: float = SIZE


def series_xml(index: int, series: NativeSeries, kind: Kind, sheet: Sheet, places: Places, form: str) -> str:
    """In the order that CT_LineSer, CT_BarSer and CT_ScatterSer ask for."""
    head = f'<c:idx val="{index}"/><c:order val="{index}"/>{_name(series, sheet, places)}'
    points = "".join(_point(series, i, look, kind) for i, look in sorted(series.points.items()))
    labels = _labels(series, kind)
    values = numbers(sheet, places.values, form)
    if kind.shape is Shape.BAR:
        ground = NONE if series.symbol is Symbol.BAR else fill(series.ink)
        look = f'<c:spPr>{ground}<a:ln><a:noFill/></a:ln></c:spPr><c:invertIfNegative val="0"/>'
        data = f"{_bounds(series, kind, sheet, places)}{_names(sheet)}<c:val>{values}</c:val>"
        return f"<c:ser>{head}{look}{points}{labels}{data}</c:ser>"
    look = f"<c:spPr>{line(series.ink, series.width, series.dash)}</c:spPr>{_marker(series)}"
    bounds = _bounds(series, kind, sheet, places)
    if kind.shape is Shape.SCATTER:
        across = numbers(sheet, places.xs, "General")
        data = f"<c:xVal>{across}</c:xVal><c:yVal>{values}</c:yVal>"
    else:
        data = f"{_names(sheet)}<c:val>{values}</c:val>"
    return f'<c:ser>{head}{look}{points}{labels}{bounds}{data}<c:smooth val="0"/></c:ser>'


def numbers(sheet: Sheet, column: int, form: str) -> str:
    """The cells' values as they stand; an empty cell has no point, so that the line breaks."""
    cells: Sequence[Number | str] = sheet.columns[column].cells
    points = "".join(
        f'<c:pt idx="{i}"><c:v>{cell!r}</c:v></c:pt>' for i, cell in enumerate(cells) if cell is not None
    )
    return (
        f"<c:numRef><c:f>{sheet.cells(column)}</c:f><c:numCache><c:formatCode>{safe(form)}</c:formatCode>"
        f'<c:ptCount val="{len(cells)}"/>{points}</c:numCache></c:numRef>'
    )


def _name(series: NativeSeries, sheet: Sheet, places: Places) -> str:
    return (
        f"<c:tx><c:strRef><c:f>{sheet.heading(places.values)}</c:f><c:strCache>"
        f'<c:ptCount val="1"/><c:pt idx="0"><c:v>{safe(series.name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
    )


def _names(sheet: Sheet) -> str:
    cells = sheet.columns[0].cells
    points = "".join(f'<c:pt idx="{i}"><c:v>{safe(str(cell))}</c:v></c:pt>' for i, cell in enumerate(cells))
    return (
        f"<c:cat><c:strRef><c:f>{sheet.cells(0)}</c:f><c:strCache>"
        f'<c:ptCount val="{len(cells)}"/>{points}</c:strCache></c:strRef></c:cat>'
    )


def _marker(series: NativeSeries, look: Look | None = None) -> str:
    ink = series.ink if look is None else look.ink
    symbol = series.symbol if look is None or look.symbol is None else look.symbol
    size = series.size if look is None or look.size is None else look.size
    if SYMBOLS[symbol] == "none" or ink is Ink.NONE:
        return '<c:marker><c:symbol val="none"/></c:marker>'
    inside = NONE if symbol in HOLLOW else fill(ink)
    return (
        f'<c:marker><c:symbol val="{SYMBOLS[symbol]}"/><c:size val="{min(max(size, 2), 72)}"/>'
        f"<c:spPr>{inside}{line(ink, 1.5 if symbol in HOLLOW else 0.75)}</c:spPr></c:marker>"
    )


def _point(series: NativeSeries, index: int, look: Look, kind: Kind) -> str:
    head = f'<c:dPt><c:idx val="{index}"/>'
    if kind.shape is Shape.BAR:
        return (
            f'{head}<c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
            f"<c:spPr>{fill(look.ink)}<a:ln><a:noFill/></a:ln></c:spPr></c:dPt>"
        )
    own = f"<c:spPr>{line(series.ink, series.width, series.dash)}</c:spPr>"
    return f'{head}{_marker(series, look)}<c:bubble3D val="0"/>{own}</c:dPt>'


def _labels(series: NativeSeries, kind: Kind) -> str:
    none = _SHOWN.format(shown=0)
    each = "".join(_label(series, i, text, kind) for i, text in sorted(series.labels.items()) if plain(text))
    return f"<c:dLbls>{each}<c:spPr>{NONE}<a:ln><a:noFill/></a:ln></c:spPr>{none}</c:dLbls>"


def _label(series: NativeSeries, index: int, text: str, kind: Kind) -> str:
    look = series.points.get(index)
    ink = series.ink if look is None else look.ink
    inside = kind.shape is Shape.BAR and kind.stacked and series.ink is not Ink.NONE
    colour = (WHITE if inside and ink in ON_DARK else WORDS[Ink.TEXT if inside else ink]).xml
    parts = plain(text).split("\n")
    words = "".join(paragraph(run(part, size=kind.size, colour=colour)) for part in parts)
    place = _place(series, index, kind)
    wide = max(width(part, kind.size) for part in parts)
    moved = kind.along.shift(index, wide) if kind.shape is Shape.LINE and place != "r" else 0.0
    layout = f'<c:layout><c:manualLayout><c:x val="{moved:.4f}"/><c:y val="0"/></c:manualLayout></c:layout>'
    return (
        f'<c:dLbl><c:idx val="{index}"/>{layout if moved else ""}<c:tx><c:rich><a:bodyPr wrap="none" lIns="38100"'
        f' tIns="19050" rIns="38100" bIns="19050" anchor="ctr"><a:spAutoFit/></a:bodyPr><a:lstStyle/>{words}</c:rich>'
        f'</c:tx><c:spPr>{NONE}<a:ln><a:noFill/></a:ln></c:spPr><c:dLblPos val="{place}"/>{_SHOWN.format(shown=1)}'
        "</c:dLbl>"
    )


def _place(series: NativeSeries, index: int, kind: Kind) -> str:
    if kind.shape is Shape.BAR:
        if not kind.stacked:
            return "outEnd"
        return "inBase" if series.ink is Ink.NONE else "ctr"
    if kind.shape is Shape.SCATTER:
        return "r"
    return "r" if index >= kind.along.count - 1 else "b" if index in series.under else "t"


def _bounds(series: NativeSeries, kind: Kind, sheet: Sheet, places: Places) -> str:
    """Error bars down and up to the bounds; of an upright stroke, the stroke itself."""
    lying = kind.shape is Shape.BAR
    stroke = series.symbol is Symbol.BAR
    if places.minus is not None and places.plus is not None:
        ends = (
            f'<c:errValType val="cust"/><c:noEndCap val="0"/>'
            f"<c:plus>{numbers(sheet, places.plus, 'General')}</c:plus>"
            f"<c:minus>{numbers(sheet, places.minus, 'General')}</c:minus>"
        )
    elif stroke:
        long = kind.span * STROKE_LENGTH if lying else STROKE
        ends = f'<c:errValType val="fixedVal"/><c:noEndCap val="{int(not lying)}"/><c:val val="{long:.6g}"/>'
    else:
        return ""
    ink = Ink.AXIS if lying and not stroke else series.ink
    look = f"<c:spPr>{line(ink, 2.25 if stroke else 1.25)}</c:spPr>"
    way = "" if lying else '<c:errDir val="y"/>'
    return f'<c:errBars>{way}<c:errBarType val="both"/>{ends}{look}</c:errBars>'
