"""Lines over years as an office program draws them."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.figures.figure import Mark, Role
from hsf_kpi.figures.lines import CHOSEN, LOOKS, OWN, Line
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.render.excel import xlsx
from hsf_kpi.render.native import native
from hsf_kpi.render.native.drawing import keyed
from hsf_kpi.render.native.types import Dash, Ink
from tests.render.lines_samples import POPULATION, REGIONS, TARGET, lines
from tests.render.native.native_rules import by_name, check, plain


def test_each_series_is_a_line_in_its_look_the_own_first():
    (chart,) = native(lines(*reversed(REGIONS)))
    check(chart)
    found = by_name(chart)
    assert chart.categories == ("2021", "2022", "2023")
    assert chart.series[0].name == "Västmanland"
    assert {name: (one.ink, one.dash) for name, one in found.items()} == {
        "Västmanland": (Ink.DATA, Dash.SOLID),
        "Riket": (Ink.TEXT, Dash.SHORT),
        "Örebro län": (Ink.GREY, Dash.SOLID),
        "Västra Götalandsregionen": (Ink.DATA2, Dash.SOLID),
        "Halland": (Ink.BETTER, Dash.SOLID),
        "Gotland": (Ink.BAND, Dash.SOLID),
    }
    assert found["Örebro län"].values == (58.0, None, 59.0), "a gap is a gap"
    assert found["Västmanland"].width > max(one.width for one in chart.series[1:])


def test_all_but_the_hairlines_have_their_names_in_the_picture_and_no_legend_lists_these():
    two = (*REGIONS, Line("Dalarna", "other", {2021: 1.0, 2022: 2.0}))
    (chart,) = native(lines(*two))
    found = by_name(chart)
    assert [plain(text) for text in found["Västmanland"].labels.values()] == ["52,4 % Västmanland"]
    assert all(one.labels for one in chart.series if one.name not in ("Gotland", "Dalarna"))
    assert not found["Gotland"].labels
    assert keyed(chart) == ()


def test_a_forecast_begins_in_the_own_line_and_the_own_value_is_told_where_it_ends():
    (chart,) = native(lines(*POPULATION, unit=UnitOfMeasure.COUNT, decimals=0))
    check(chart)
    own, forecast = chart.series
    assert forecast.values == (None, None, 281_158.0, 282_000.0, 283_000.0)
    assert forecast.dash is Dash.DOT
    assert {i: plain(text) for i, text in own.labels.items()} == {2: "281 158 Västmanlands län (2024)"}


@pytest.mark.parametrize(
    ("marks", "names"),
    [
        ((TARGET,), {"Mål": "Mål 60 %"}),
        ((Mark(Role.TARGET_LOW, "Mål 55–60 %", 55.0, 60.0),), {"Mål 1": "", "Mål 2": "Mål 55–60 %"}),
    ],
)
def test_targets_are_levels_with_their_words(marks, names):
    (chart,) = native(lines(marks=marks))
    check(chart)
    found = by_name(chart)
    assert {name: "".join(found[name].labels.values()) for name in names} == names
    assert all((found[name].ink, found[name].dash) == (Ink.DECIDED, Dash.DASH) for name in names)
    assert chart.value.high >= 60


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(LOOKS), st.dictionaries(st.integers(2000, 2030), st.floats(-1e6, 1e6), max_size=8)),
        max_size=12,
    )
)  # fmt: skip
def test_every_value_is_drawn_once_in_its_year(drawn):
    figure = lines(series=[Line(f"S{i}", look, values) for i, (look, values) in enumerate(drawn)])
    charts = native(figure)
    assert bool(charts) is any(values for _, values in drawn)
    for chart in charts:
        check(chart)
        found = by_name(chart)
        for i, (look, values) in enumerate(drawn):
            if values:
                at = dict(zip(chart.categories, found[f"S{i}"].values, strict=True))
                assert {year: at[str(year)] for year in values} == values
                joined = sum(value is not None for value in at.values()) - len(values)
                assert joined in ((0, 1) if look == "forecast" else (0,))


def test_without_the_columns_of_lines_there_is_no_chart():
    figure = lines()
    columns = tuple(replace(column, role=Role.TEXT) for column in figure.columns)
    assert native(replace(figure, columns=columns)) == ()


def test_a_workbook_has_the_table_by_year_with_numbers():
    book = openpyxl.load_workbook(
        io.BytesIO(xlsx(lines(Line("A", OWN, {2021: 50.1, 2022: 51.0}), Line("B", CHOSEN, {2022: 7.0}))))
    )
    cells = [[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()]
    held = [[value for value in row if value is not None] for row in cells]
    assert ["2021", 50.1] in held
    assert ["2022", 51.0, 7.0] in held
