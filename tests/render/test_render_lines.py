"""Lines over years on the screen: each in its look, broken where a year is missing, named at its end, in no other's way."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.figures.figure import Figure, FigureKind, Mark, Role
from hsf_kpi.figures.lines import BEST, CHOSEN, FORECAST, LOOKS, NATIONAL, OTHER, OWN, Line
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.render.csv import csv
from hsf_kpi.render.end_names import LINE, NARROW_NAME, WIDE_NAME
from hsf_kpi.render.frame import UNSEEN
from hsf_kpi.render.image import chart_size, chart_svg
from hsf_kpi.render.lines_chart import YEAR_ROOM
from hsf_kpi.render.lines_rows import HEIGHT, LAYERS, lines_height
from hsf_kpi.render.page import text_width
from hsf_kpi.render.screen import chart, data, spec
from hsf_kpi.render.table import table
from hsf_kpi.render.theme import NAME_SIZE, SEMIBOLD
from hsf_kpi.render.trend_labels import LINE_HEIGHT
from tests.render.lines_samples import POPULATION, REGIONS, TARGET, lines

NAMES = st.text("abcdefghijklmnoåäö ", min_size=1, max_size=60).filter(str.strip)
TENTHS = st.integers(-500, 1500).map(lambda tenths: tenths / 10)
MANY = st.lists(
    st.tuples(NAMES, st.sampled_from(LOOKS), st.dictionaries(st.integers(2016, 2025), TENTHS)),
    min_size=1,
    max_size=20,
    unique_by=lambda drawn: drawn[0],
)


def layer(figure: Figure, name: str) -> pd.DataFrame:
    found = data(figure)
    return found[(found["layer"] == name) & (found["tone"] != UNSEEN)].reset_index(drop=True)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def drawn(figure: Figure, name: str) -> list[tuple[float, float | None]]:
    return [
        (x, None if pd.isna(y) else y) for x, y in layer(figure, name)[["x", "y"]].itertuples(index=False)
    ]


def test_a_spec_is_valid_and_holds_no_data():
    chart(lines()).to_dict(validate=True)
    chart(lines(), True).to_dict(validate=True)
    other = lines(Line("Sörmland", OWN, {2016: 1.0}))
    assert spec(lines()) is spec(other)
    assert "Västmanland" not in json.dumps(spec(lines()), ensure_ascii=False)


def test_each_look_has_its_layer_and_the_chosen_one_each():
    figure = lines(marks=(TARGET,))
    found = data(figure)
    by_layer = found[found["segment"] != ""].groupby("layer")["segment"].unique().map(list).to_dict()
    assert by_layer == {
        "own": ["Västmanland"],
        "national": ["Riket"],
        "chosen0": ["Västra Götalandsregionen"],
        "chosen1": ["Örebro län"],
        "best": ["Halland"],
        "other": ["Gotland"],
    }
    assert layer(figure, "target")["y"].tolist() == [60]
    seven = [Line(f"R{i}", CHOSEN, {2023: i}) for i in range(7)]
    assert layer(lines(*seven), "chosen0")["segment"].unique().tolist() == ["R0", "R6"]


def test_every_layer_has_a_row_so_that_the_browser_does_not_warn():
    assert set(LAYERS) <= set(data(lines(Line("A", OTHER, {2023: 1.0})))["layer"])


def test_a_missing_year_breaks_the_line_and_a_lone_year_is_a_dot():
    figure = lines(Line("A", OWN, {2016: 1.0, 2017: 2.0, 2020: 3.0}), Line("B", CHOSEN, {2018: 5.0}))
    assert drawn(figure, "own") == [(2016, 1.0), (2017, 2.0), (2018, None), (2019, None), (2020, 3.0)]
    dots = layer(figure, "dot")
    assert [(x, tone) for x, tone in dots[["x", "tone"]].itertuples(index=False)] == [
        (2020, "data"),
        (2018, "grey"),
    ]
    assert dots["size"][0] > dots["size"][1]


def test_a_forecast_goes_on_from_the_own_line_only_where_no_year_is_between():
    figure = lines(*POPULATION, unit=UnitOfMeasure.COUNT, decimals=0)
    assert [v for v in drawn(figure, "forecast") if v[1] is not None] == [
        (2024, 281_158), (2025, 282_000), (2026, 283_000),
    ]  # fmt: skip
    assert not layer(figure, "told")["tip"].str.contains("Prognos, 2024").any(), (
        "what is joined is no value of it"
    )
    later = lines(POPULATION[0], Line("Prognos", FORECAST, {2030: 291_500, 2031: 292_000}))
    assert [v[0] for v in drawn(later, "forecast") if v[1] is not None] == [2030, 2031]
    alone = lines(Line("Prognos", FORECAST, {2030: 291_500}))
    assert layer(alone, "dot")["x"].tolist() == [2030]


def test_one_year_stands_in_the_middle():
    corners = layer(lines(Line("A", OWN, {2022: 5.0})), "corner")["x"]
    assert corners.tolist() == [2021.5, 2022.5]


def test_ends_are_named_with_their_values_and_others_are_not():
    figure = lines(*REGIONS, Line("Dalarna", CHOSEN, {2022: 40.0}), marks=(TARGET,))
    end = layer(figure, "end")
    named = {plain(text): tone for text, tone in end[["text", "tone"]].itertuples(index=False)}
    assert named == {
        "52,4 % Västmanland": "data",
        "56,0 % Riket": "text",
        "52,5 % Västra Götalandsregionen": "muted",
        "59,0 % Örebro län": "muted",
        "63,5 % Halland": "better",
        "40,0 % Dalarna (2022)": "muted",
        "Mål 60 %": "plum",
    }
    assert "Gotland, 2023: 48,0 %" in [plain(tip) for tip in layer(figure, "told")["tip"]], (
        "but they are told"
    )


def test_a_band_has_two_lines_and_one_name_and_an_open_target_one():
    figure = lines(
        marks=(
            Mark(Role.TARGET_LOW, "Mål 55–60 %", 55.0, 60.0),
            Mark(Role.TARGET_LOW, "Minst 40", 40.0),
            Mark(Role.NOTE, "Ingen nivå"),
        )
    )
    assert layer(figure, "target")["y"].tolist() == [55, 60, 40]
    assert sum(layer(figure, "end")["tone"] == "plum") == 2
    assert layer(figure, "corner")["y"].min() <= 40


@settings(max_examples=30, deadline=None)
@given(MANY)
def test_no_name_covers_another_on_a_wide_or_a_narrow_screen(series):
    figure = lines(*(Line(name, look, values) for name, look, values in series))
    if figure.empty:
        return
    height = lines_height(figure)
    corners = layer(figure, "corner")["y"]
    scale = height / (corners.max() - corners.min())
    end = layer(figure, "end")
    for column, down, widest in (("text", 0, WIDE_NAME), ("short", 1, NARROW_NAME)):
        # Pixels downwards from the top: the first line's middle, and the last's.
        tops = (corners.max() - end["y"]) * scale + end["dy"] * down
        words = [text.split("\n") for text in end[column]]
        boxes = sorted((top, top + LINE * (len(text) - 1)) for top, text in zip(tops, words, strict=True))
        assert all(b[0] - a[1] >= LINE_HEIGHT - 1e-6 for a, b in pairwise(boxes))
        assert all(text_width(line, NAME_SIZE, SEMIBOLD) <= widest for text in words for line in text)
        assert not boxes or boxes[0][0] >= -LINE_HEIGHT
        assert not boxes or boxes[-1][1] <= height + LINE_HEIGHT


@settings(max_examples=20, deadline=None)
@given(MANY)
def test_every_value_is_inside_the_axes_and_told(series):
    figure = lines(*(Line(name, look, values) for name, look, values in series))
    if figure.empty:
        return
    corners, told = layer(figure, "corner"), layer(figure, "told")
    assert len(told) == sum(len(values) for _, _, values in series)
    assert told["y"].between(corners["y"].min() - 1e-6, corners["y"].max() + 1e-6).all()
    assert told["x"].between(corners["x"].min(), corners["x"].max()).all()


def test_a_long_name_stands_under_its_value_on_a_narrow_screen():
    figure = lines(
        Line("Jönköpings län", BEST, {2023: 83.2}),
        Line("Riket", NATIONAL, {2023: 73.2}),
        Line("Västmanlands län", OWN, {2023: 77.6}),
    )
    assert sorted(plain(text) for text in layer(figure, "end")["short"]) == [
        "73,2 % Riket",
        "77,6 %\nVästmanlands län",
        "83,2 %\nJönköpings län",
    ]


def test_many_names_make_it_higher():
    few, many = lines(), lines(*(Line(f"Region {i}", BEST, {2023: 5.0}) for i in range(30)))
    assert lines_height(few) == HEIGHT == spec(few)["height"]
    assert spec(many)["height"] >= 30 * LINE_HEIGHT
    assert chart_size(chart_svg(many, 400))[1] >= spec(many)["height"]


@pytest.mark.parametrize(("width", "every"), [(900, 1), (420, 2), (330, 3)])
def test_years_are_named_as_there_is_room_and_the_last_always(width, every):
    figure = lines(Line("A", OWN, dict.fromkeys(range(2012, 2026), 5.0)))
    found = sorted(int(year) for year in re.findall(r">(20\d\d)<", chart_svg(figure, width)))
    assert found[-1] == 2025
    assert {b - a for a, b in pairwise(found)} == {every}
    assert len(found) * YEAR_ROOM <= width + YEAR_ROOM


def test_a_table_has_years_down_and_series_across_where_these_are_fewer():
    found = table(lines(*REGIONS[:2], Line("Gotland", OTHER, {2021: 49.0, 2023: 48.0})))
    assert list(found.columns) == ["År", "Västmanland", "Riket", "Gotland"]
    assert [plain(text) for text in found["Gotland"]] == ["49,0 %", "–", "48,0 %"]
    assert found["År"].tolist() == ["2021", "2022", "2023"]


def test_a_table_has_series_down_where_they_are_more_than_the_years():
    found = table(lines())
    assert list(found.columns) == ["Serie", "2021", "2022", "2023"]
    assert found["Serie"].tolist() == [one.name for one in REGIONS]
    assert [plain(text) for text in found["2022"]][3:] == ["–", "62,0 %", "–"]


def test_nothing_to_draw_is_the_table_as_it_is():
    assert table(lines(Line("A", NATIONAL, {}))).empty
    assert data(lines(Line("A", NATIONAL, {2020: None}))).query("layer == 'own'")["tone"].tolist() == [UNSEEN]


def test_a_file_has_a_line_for_each_series_and_year():
    text = csv(lines()).decode("utf-8-sig")
    assert "Serie;År;Värde (procent)\r\nVästmanland;2021;50,1\r\n" in text
    assert "Örebro län;2022;\r\n" in text


def test_a_figure_of_the_kind_without_its_columns_draws_nothing():
    bare = lines()
    without = Figure(
        FigureKind.LINES,
        "x",
        "T",
        "C",
        bare.context,
        bare.columns[:2],
        (("A", "2023"),),
        "S",
        "Källa: x.",
        bare.origins,
    )
    assert set(data(without)["tone"]) <= {UNSEEN, "muted"}
    assert table(without).to_dict("list") == {"Serie": ["A"], "År": ["2023"]}
