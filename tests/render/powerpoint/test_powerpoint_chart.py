"""Native charts in a deck: their numbers, their workbook, their theme colours, and the order that the schema asks for."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from hsf_kpi.render.native.types import Dash, Ink, Look, NativeAxis, NativeChart, NativeSeries, Shape, Symbol
from hsf_kpi.render.powerpoint.deck import Deck
from hsf_kpi.render.powerpoint.shapes import Box
from hsf_kpi.render.powerpoint.template import FIGURE
from hsf_kpi.render.powerpoint.workbook import sheet_of
from tests.render.powerpoint.opened import NS, Chart, Opened

DAY = dt.date(2023, 11, 14)
BOX = Box(36, 130, 888, 340)
MONTHS = ("jan 2023", "feb 2023", "mars 2023", "apr 2023")
OUTCOME = NativeSeries(
    "Utfall",
    (6.123456789012345, None, -5.1, 5),
    points={2: Look(Ink.BETTER, Symbol.CIRCLE, 9)},
    labels={3: "5,0 % apr"},
    symbol=Symbol.SQUARE,
)
TARGET = NativeSeries("Mål 6,0 %", (6.0,) * 4, ink=Ink.DECIDED, dash=Dash.DASH, labels={3: "Mål 6,0 %"})
LINES = NativeChart(Shape.LINE, (OUTCOME, TARGET), MONTHS, value=NativeAxis('#,##0.0" %"'), every=2)
_SERIES = {
    "lineChart": "idx order tx spPr marker dPt dLbls trendline errBars cat val smooth extLst",
    "barChart": "idx order tx spPr invertIfNegative pictureOptions dPt dLbls trendline errBars cat val shape extLst",
    "scatterChart": "idx order tx spPr marker dPt dLbls trendline errBars xVal yVal smooth extLst",
}
"""CT_LineSer, CT_BarSer, CT_ScatterSer of ECMA-376: PowerPoint repairs a file that has another order."""
_DLBL = (
    "idx delete layout tx numFmt spPr txPr dLblPos"
    " showLegendKey showVal showCatName showSerName showPercent showBubbleSize"
)


def drawn(chart: NativeChart) -> Chart:
    deck = Deck("Rubrik", "", DAY)
    deck.page(FIGURE).chart(chart, BOX, "Vad som syns.")
    (found,) = Opened(deck.saved()).charts
    return found


def names(element) -> list[str]:
    return [child.tag.rpartition("}")[2] for child in element]


def in_order(found: list[str], order: str) -> bool:
    places = [order.split().index(name) for name in found]
    return places == sorted(places)


def test_values_of_the_chart_and_of_its_workbook_are_the_series_unrounded():
    chart = drawn(LINES)
    first, second = chart.series
    assert chart.cached(first, "val") == [6.123456789012345, None, -5.1, 5.0]
    assert chart.cells(first, "val") == [6.123456789012345, None, -5.1, 5]
    assert chart.cells(second, "val") == [6.0] * 4
    assert chart.cached(first, "cat") == chart.cells(first, "cat") == list(MONTHS)
    assert [chart.cells(s, "tx") for s in chart.series] == [["Utfall"], ["Mål 6,0 %"]]


def test_points_have_places_of_their_own_in_the_workbook():
    dots = NativeSeries("Kliniker", (3.5, 4.5), xs=(10.25, None), width=0, symbol=Symbol.CIRCLE)
    other = NativeSeries("Egen", (1.0,), xs=(7,), width=0, symbol=Symbol.DIAMOND)
    chart = drawn(NativeChart(Shape.SCATTER, (dots, other)))
    first, second = chart.series
    assert (chart.cells(first, "xVal"), chart.cells(first, "yVal")) == ([10.25, None], [3.5, 4.5])
    assert (chart.cached(second, "xVal"), chart.cached(second, "yVal")) == ([7.0], [1.0])


def test_a_gap_stays_a_gap():
    chart = drawn(LINES)
    assert chart.find("//c:dispBlanksAs/@val") == ["gap"]
    assert len(chart.series[0].findall("c:val//c:pt", NS)) == 3


def test_what_is_not_a_number_is_a_gap():
    chart = drawn(
        NativeChart(Shape.LINE, (NativeSeries("Utfall", (1.0, float("nan"), float("inf"))),), ("a", "b", "c"))
    )
    assert chart.cells(chart.series[0], "val") == [1, None, None]


def test_bounds_are_error_bars_with_their_cells():
    series = NativeSeries("Prognos", (10.0, 12.0, 9.0), bounds=((8.0, 13.0), (None, 14.0), (None, None)))
    chart = drawn(NativeChart(Shape.LINE, (series,), ("okt", "nov", "dec")))
    (bars,) = chart.find("//c:errBars")
    assert in_order(names(bars), "errDir errBarType errValType noEndCap plus minus val spPr")
    assert chart.cached(bars, "minus") == chart.cells(bars, "minus") == [2.0, None, None]
    assert chart.cached(bars, "plus") == chart.cells(bars, "plus") == [3.0, 2.0, None]


@pytest.mark.parametrize("shape", list(Shape))
@pytest.mark.parametrize("stacked", [False, True])
def test_the_parts_of_a_series_stand_in_the_order_of_the_schema(shape, stacked):
    xs = (1.0, 2.0, 3.0, 4.0) if shape is Shape.SCATTER else ()
    series = NativeSeries(
        "Utfall",
        (1.0, 2.0, 3.0, 4.0),
        xs=xs,
        points={0: Look(Ink.WORSE, Symbol.RING)},
        labels={0: "ett", 3: "fyra"},
        bounds=((0.5, 1.5),) * 4,
    )
    chart = drawn(NativeChart(shape, (series,), () if xs else MONTHS, stacked=stacked))
    (plot,) = (e for kind in _SERIES for e in chart.find(f"//c:{kind}"))
    assert in_order(names(chart.series[0]), _SERIES[plot.tag.rpartition("}")[2]])
    assert all(in_order(names(label), _DLBL) for label in chart.find("//c:dLbl"))
    assert all(
        in_order(names(point), "idx invertIfNegative marker bubble3D explosion spPr pictureOptions extLst")
        for point in chart.find("//c:dPt")
    )
    for axis in chart.find("//c:catAx | //c:valAx"):
        assert in_order(
            names(axis),
            "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark tickLblPos"
            " spPr txPr crossAx crosses crossBetween majorUnit auto lblAlgn lblOffset tickLblSkip tickMarkSkip"
            " noMultiLvlLbl",
        )


def test_every_colour_is_one_of_the_theme():
    inks = [ink for ink in Ink if ink is not Ink.NONE]
    series = tuple(
        NativeSeries(ink.value, (1.0, 2.0), ink=ink, symbol=Symbol.RING, labels={1: ink}) for ink in inks
    )
    chart = drawn(NativeChart(Shape.LINE, series, ("a", "b")))
    assert chart.find("//a:srgbClr") == []
    lines = [s.xpath("c:spPr/a:ln/a:solidFill/a:schemeClr/@val", namespaces=NS)[0] for s in chart.series]
    wanted = {
        Ink.DATA: "tx2",
        Ink.BETTER: "accent1",
        Ink.WORSE: "accent2",
        Ink.DECIDED: "accent3",
        Ink.TEXT: "tx1",
    }
    assert all(lines[inks.index(ink)] == colour for ink, colour in wanted.items())


def test_an_unseen_bar_has_no_ground_and_its_words_stand_where_it_ends():
    foot = NativeSeries("Fot", (5.0, None), ink=Ink.NONE)
    step = NativeSeries("Minskning", (2.0, 4.0), ink=Ink.WORSE)
    ends = NativeSeries("Etikett", (0.0, 0.0), ink=Ink.NONE, labels={0: "−2,0", 1: "−4,0"})
    chart = drawn(NativeChart(Shape.BAR, (foot, step, ends), ("Lön", "Summa"), stacked=True))
    grounds = [s.xpath("name(c:spPr/*[1])", namespaces=NS) for s in chart.series]
    assert grounds == ["a:noFill", "a:solidFill", "a:noFill"]
    assert chart.find("//c:overlap/@val") == ["100"]
    assert chart.find("//c:ser[3]//c:dLblPos/@val") == ["inBase", "inBase"]
    assert chart.find("//c:legend") == []


def test_the_first_bar_is_at_the_top_and_the_numbers_at_the_bottom():
    chart = drawn(NativeChart(Shape.BAR, (NativeSeries("Utfall", (1.0, 2.0)),), ("A", "B")))
    assert chart.find("//c:catAx/c:scaling/c:orientation/@val") == ["maxMin"]
    assert chart.find("//c:valAx/c:crosses/@val") == ["max"]
    assert chart.find("//c:barDir/@val") == ["bar"]
    assert [float(value) for value in chart.find("//c:valAx/c:scaling/c:min/@val")] == [0.0]


def test_a_stroke_over_bars_is_in_their_rows():
    bars = NativeSeries("Utfall", (1.0, 2.0), labels={0: "1", 1: "2"})
    median = NativeSeries("Median", (1.5, 1.5), ink=Ink.TEXT, width=0, symbol=Symbol.BAR)
    chart = drawn(NativeChart(Shape.BAR, (bars, median), ("A", "B")))
    assert chart.find("//c:overlap/@val") == ["100"]
    assert chart.find("//c:ser[2]/c:errBars/c:noEndCap/@val") == ["0"]
    assert chart.cells(chart.series[1], "val") == [1.5, 1.5]


def test_words_stand_right_of_a_line_that_ends_and_above_other_points():
    series = NativeSeries("Utfall", (1.0, 2.0, 3.0, 4.0), labels={1: "två", 3: "fyra"})
    chart = drawn(NativeChart(Shape.LINE, (series,), MONTHS))
    assert chart.find("//c:dLbl/c:dLblPos/@val") == ["t", "r"]
    assert chart.find("//c:dLbl//a:t/text()") == ["två", "fyra"]
    assert int(chart.find("//c:dLbl//a:rPr/@sz")[0]) >= 1200


def test_words_above_the_first_point_are_moved_off_the_numbers_of_the_axis():
    months = tuple(f"månad {i}" for i in range(12))
    series = NativeSeries(
        "Utfall", tuple(map(float, range(12))), labels={0: "Övre gräns 5,1 % till december"}
    )
    chart = drawn(NativeChart(Shape.LINE, (series,), months))
    (moved,) = chart.find("//c:dLbl/c:layout//c:x/@val")
    assert 0.05 < float(moved) < 0.3


def test_a_legend_only_where_nothing_else_names_the_series_and_without_the_unseen():
    two = tuple(NativeSeries(name, (1.0, 2.0)) for name in ("Kvinnor", "Män"))
    unseen = NativeSeries("Fot", (0.0, 0.0), ink=Ink.NONE)
    chart = drawn(NativeChart(Shape.LINE, (unseen, *two), ("a", "b")))
    assert chart.find("//c:legend/c:legendPos/@val") == ["b"]
    assert chart.find("//c:legendEntry[c:delete/@val='1']/c:idx/@val") == ["0"]
    assert drawn(LINES).find("//c:legend") == []


def test_a_category_is_named_at_each_so_many_and_rarer_where_there_is_no_room():
    assert drawn(LINES).find("//c:tickLblSkip/@val") == ["2"]
    many = NativeChart(
        Shape.LINE, (NativeSeries("Utfall", (1.0,) * 60),), tuple(f"september{i}" for i in range(60)), every=3
    )
    (skip,) = drawn(many).find("//c:tickLblSkip/@val")
    assert int(skip) > 3
    assert int(skip) % 3 == 0


def test_an_axis_keeps_its_ends_and_its_format():
    axis = NativeAxis('#,##0.0" %"', 2.0, 8.0, "procent")
    chart = drawn(NativeChart(Shape.LINE, (OUTCOME,), MONTHS, value=axis))
    assert chart.find("//c:valAx/c:scaling/*/@val") == ["minMax", "8.0", "2.0"]
    assert chart.find("//c:valAx/c:numFmt/@formatCode") == ['#,##0.0" %"']
    assert chart.find("//c:valAx/c:title//a:t/text()") == ["procent"]
    assert chart.sheet["B2"].number_format == '#,##0.0" %"'


@pytest.mark.parametrize(
    "name", ["=1+1", "+SUM(A1)", "-2+3", "@nu", '=HYPERLINK("http://x")', "http://x.se", "{=1}"]
)
def test_what_a_spreadsheet_would_run_is_text_in_the_workbook(name):
    series = NativeSeries(name, (1.0,))
    packed = sheet_of(NativeChart(Shape.LINE, (series,), (name,))).xlsx(DAY, "General")
    sheet = load_workbook(io.BytesIO(packed)).worksheets[0]
    for cell in (sheet["B1"], sheet["A2"]):
        assert (cell.value, cell.data_type, cell.hyperlink) == (name, "s", None)


def test_words_with_markup_and_signs_that_no_file_holds_are_text():
    name = "<script>alert(1)</script> & \x00\x0b\ud800😀\u202e"
    chart = drawn(NativeChart(Shape.LINE, (NativeSeries(name, (1.0, 2.0), labels={1: name}),), (name, "b")))
    kept = "<script>alert(1)</script> & 😀"
    assert [" ".join(t.split()) for t in chart.cached(chart.series[0], "tx")] == [kept]
    assert " ".join(" ".join(chart.find("//c:dLbl//a:t/text()")).split()) == kept


numbers = st.none() | st.floats(-1e12, 1e12) | st.integers(-(10**9), 10**9)


@settings(max_examples=15, deadline=None)
@given(
    st.sampled_from(Shape),
    st.booleans(),
    st.lists(st.tuples(numbers, numbers, numbers), min_size=1, max_size=6),
)
def test_any_numbers_come_back_as_they_were(shape, stacked, rows):
    xs, first, second = (tuple(column) for column in zip(*rows, strict=True))
    series = tuple(
        NativeSeries(name, values, xs=xs if shape is Shape.SCATTER else ())
        for name, values in (("A", first), ("B", second))
    )
    categories = () if shape is Shape.SCATTER else tuple(f"k{i}" for i in range(len(rows)))
    chart = drawn(NativeChart(shape, series, categories, stacked=stacked))
    kind = "yVal" if shape is Shape.SCATTER else "val"
    for element, values in zip(chart.series, (first, second), strict=True):
        assert chart.cached(element, kind) == list(values)
        written = chart.cells(element, kind)
        assert [cell is None for cell in written] == [value is None for value in values]
        assert [c for c in written if c is not None] == pytest.approx(
            [v for v in values if v is not None], rel=1e-15
        )
