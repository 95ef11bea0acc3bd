"""The charts of a workbook: native, drawn from its cells, with the colours, signs and words of the figure."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hsf_kpi.figures.figure import Figure
from hsf_kpi.render.alt import alternative_text
from hsf_kpi.render.excel import xlsx
from hsf_kpi.render.excel.colours import colour
from hsf_kpi.render.excel.fields import Field
from hsf_kpi.render.excel.standing import standing
from hsf_kpi.render.native import native
from hsf_kpi.render.native.types import Dash, Ink, NativeChart, NativeSeries, Shape, Symbol
from hsf_kpi.render.office import INKS, SCHEME, SYMBOLS, WORDS
from tests.render.excel.workbooks import DAY, KINDS, A, C, Opened, cached, curve, formula, series_of

_VALUES = {Shape.SCATTER: "yVal"}


def opened(figure: Figure) -> Opened:
    return Opened(xlsx(figure, taken=DAY))


def same(found, wanted) -> bool:
    """As far as a file holds a number: sixteen figures."""
    return len(found) == len(wanted) and all(
        one is None if other is None else one == pytest.approx(other, rel=1e-14)
        for one, other in zip(found, wanted, strict=True)
    )


def numbers(texts) -> list[float | None]:
    return [None if text is None else float(text) for text in texts]


@pytest.mark.parametrize("kind", KINDS)
def test_every_series_is_drawn_from_cells_that_hold_its_values(kind):
    figure = KINDS[kind]()
    found, wanted = opened(figure), native(figure)
    charts = found.charts()
    assert len(charts) == len(wanted) > 0
    for chart, native_chart in zip(charts, wanted, strict=True):
        made = series_of(chart)
        assert len(made) == len(native_chart.series)
        for element, series in zip(made, native_chart.series, strict=True):
            values = element.find(f"{C}{_VALUES.get(native_chart.shape, 'val')}")
            cells = found.referred(formula(values))
            assert same(cells, series.values)
            assert same(numbers(cached(values)), series.values)
            (name,) = found.referred(formula(element.find(f"{C}tx")))
            assert name.startswith(series.name)
            if native_chart.shape is Shape.SCATTER:
                assert same(found.referred(formula(element.find(f"{C}xVal"))), series.xs)
            else:
                assert found.referred(formula(element.find(f"{C}cat"))) == list(native_chart.categories)


@pytest.mark.parametrize("kind", KINDS)
def test_no_picture_stands_for_a_chart_and_each_has_its_alternative(kind):
    figure = KINDS[kind]()
    found = opened(figure)
    assert not [name for name in found.parts.namelist() if "media" in name]
    told = found.alternatives()
    assert len(told) == len(found.charts())
    if len(told) == 1:
        assert told == [alternative_text(figure)]
    else:
        assert len(set(told)) == len(told)
        for text, chart in zip(told, native(figure), strict=True):
            assert chart.title in text


def test_a_trend_goes_with_its_table():
    """The outcome is the table's own column; what else the chart needs stands beside it, and moves with it when sorted."""
    found = opened(curve())
    assert found.names == ["Figur", "Data", "Om"]
    headings, _ = found.table("Data")
    (chart,) = found.charts()
    outcome = series_of(chart)[0]
    at = headings.index("Utfall (procent)")
    letter = "ABCDEFGHIJ"[at]
    assert formula(outcome.find(f"{C}val")) == f"Data!${letter}$2:${letter}$5"
    assert found.column("Data", "Etikett i diagrammet") == ["juli 2023", "aug 2023", "sep 2023", "okt 2023"]


def test_a_month_without_a_value_is_a_gap():
    (chart,) = opened(curve()).charts()
    assert chart.find(f".//{C}dispBlanksAs").get("val") == "gap"
    assert cached(series_of(chart)[0].find(f"{C}val"))[1] is None


def test_words_never_stand_where_a_chart_reads_a_number():
    """A spreadsheet would draw the word as zero."""
    table = [Field("Namn", ("a", "b")), Field("Utfall", (1.0, None), "0", ("1", "maskerat"))]
    chart = NativeChart(Shape.LINE, (NativeSeries("Utfall", (1.0, None)),), ("a", "b"))
    assert standing(table, [chart], 0).written()[1].cells == (1.0, None)
    assert standing(table, [], 0).written()[1].cells == (1.0, "maskerat")


def test_what_does_not_go_row_by_row_stands_apart():
    found = opened(KINDS["goals"]())
    assert found.names == ["Figur", "Data", "Diagramdata", "Om"]
    (chart,) = found.charts()
    assert {formula(s.find(f"{C}val")).partition("!")[0] for s in series_of(chart)} == {"Diagramdata"}
    assert KINDS["goals"]().title in found.texts("Diagramdata")


def test_intervals_are_error_bars_from_the_cells():
    figure = KINDS["ranking"]()
    found = opened(figure)
    (chart,) = native(figure)
    series = next(s for s in chart.series if s.bounds)
    element = series_of(found.charts()[0])[chart.series.index(series)]
    bars = element.find(f"{C}errBars")
    for side, sign in (("minus", -1), ("plus", 1)):
        reach = found.referred(formula(bars.find(f"{C}{side}")))
        for length, value, bounds in zip(reach, series.values, series.bounds, strict=True):
            bound = bounds[0 if sign < 0 else 1]
            if value is None or bound is None:
                assert length is None
            else:
                assert value + sign * length == pytest.approx(bound)


def test_points_labels_and_lines_look_as_in_the_figure():
    figure = KINDS["limits"]()
    (chart,) = native(figure)
    (made,) = opened(figure).charts()
    for element, series in zip(series_of(made), chart.series, strict=True):
        points = {int(p.find(f"{C}idx").get("val")): p for p in element.iter(f"{C}dPt")}
        assert set(points) == set(series.points)
        for i, look in series.points.items():
            symbol = series.symbol if look.symbol is None else look.symbol
            assert points[i].find(f".//{C}symbol").get("val") == SYMBOLS[symbol]
            slot = points[i].find(f".//{C}marker//{A}schemeClr").get("val")
            assert slot == INKS[look.ink].slot
        labels = {
            int(label.find(f"{C}idx").get("val")): "\n".join(t.text for t in label.iter(f"{A}t"))
            for label in element.iter(f"{C}dLbl")
        }
        assert labels == series.labels
        if series.dash is Dash.DASH:
            assert element.find(f"{C}spPr/{A}ln/{A}prstDash").get("val") == "dash"
    assert made.find(f"{C}lang").get("val") == "sv-SE"
    assert {run.get("lang") for run in made.iter(f"{A}rPr")} == {"sv-SE"}
    assert made.find(f".//{C}legend") is None


def test_bars_begin_at_the_top_and_their_numbers_stand_below():
    (chart,) = opened(KINDS["bridge"]()).charts()
    category, value = chart.find(f".//{C}catAx"), chart.find(f".//{C}valAx")
    assert category.find(f".//{C}orientation").get("val") == "maxMin"
    assert value.find(f"{C}crosses").get("val") == "max"
    assert chart.find(f".//{C}grouping").get("val") == "stacked"
    foot = series_of(chart)[0]
    assert foot.find(f"{C}spPr/{A}noFill") is not None
    assert all(s.find(f"{C}invertIfNegative").get("val") == "0" for s in series_of(chart))


def test_every_ink_is_of_the_look_and_of_the_theme():
    slots = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
    for paint in (*INKS.values(), *WORDS.values()):
        assert slots.get(paint.slot, paint.slot) in SCHEME
        assert colour(paint)._chart_scheme()[0] == paint.slot
    assert set(INKS) == set(Ink) - {Ink.NONE}
    assert set(SYMBOLS) == set(Symbol)


def test_a_title_is_no_reference():
    figure = KINDS["multiples"]()
    hostile = replace(
        figure,
        rows=tuple(tuple("Kir!A1" if v == "Kirurgkliniken" else v for v in row) for row in figure.rows),
    )
    charts = opened(hostile).charts()
    titles = ["".join(t.text for t in chart.find(f".//{C}title").iter(f"{A}t")) for chart in charts]
    assert "Kir!\N{WORD JOINER}A1" in titles
    assert all(chart.find(f".//{C}title//{C}f") is None for chart in charts)


values = st.none() | st.floats(-1e6, 1e6).map(lambda value: round(value, 3))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(values, min_size=1, max_size=8))
def test_any_series_is_read_back(found):
    figure = curve(tuple(None if value is None else str(value) for value in found))
    drawn = native(figure)
    for chart, wanted in zip(opened(figure).charts(), drawn, strict=True):
        for element, series in zip(series_of(chart), wanted.series, strict=True):
            assert same(numbers(cached(element.find(f"{C}val"))), series.values)


@pytest.mark.parametrize("periods", [("2021", "2022", "2023", "2024"), ("NaN", "inf", "1_000", "1e5")])
def test_names_that_look_like_numbers_are_the_texts_of_their_cells(periods):
    figure = curve(options={**curve().options, "cadence": "periods"})
    at = next(i for i, one in enumerate(figure.columns) if one.key == "period")
    rows = tuple(
        (*row[:at], period, *row[at + 1 :]) for row, period in zip(figure.rows, periods, strict=True)
    )
    found = Opened(xlsx(replace(figure, rows=rows), taken=DAY))
    (chart,) = found.charts()
    for series in series_of(chart):
        names = series.find(f"{C}cat")
        assert cached(names) == found.referred(formula(names)) == list(periods)
        assert names.find(f"{C}strRef") is not None
