"""The chart specs: valid, constant for their kind, everything that varies in the data."""

from __future__ import annotations

import itertools
import json
import re
from fractions import Fraction

import pandas as pd
import pytest

from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.goals import goals
from hsf_kpi.figures.spark import spark
from hsf_kpi.figures.tables import units_table
from hsf_kpi.figures.trend import trend
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.codes import Missing, Status, UnitOfMeasure
from hsf_kpi.model.organisation import Reorganisation
from hsf_kpi.model.period import Month, Period, Window
from hsf_kpi.model.target import TargetKind
from hsf_kpi.render.frame import COLUMNS, UNSEEN, Row, arrow, frame
from hsf_kpi.render.points import PLOT_HEIGHT
from hsf_kpi.render.screen import chart, data, spec
from hsf_kpi.render.trend_labels import LINE_HEIGHT
from tests.figures.figure_samples import CONTEXT, assessment, measure, months, outcome, target, years

AT_MOST = target(TargetKind.AT_MOST, "2 %", high="2")


def curve_figure(values=("6.4", "6.2", "5.1"), *, unit=UnitOfMeasure.PERCENT, goal=AT_MOST, **more) -> Figure:
    m = measure(unit=unit)
    os = months(m, list(values), **more)
    return trend(assessment(os[-1], goal, Status.MISSED, bound="2"), os, context=CONTEXT)


def goal_figure(*counts: int) -> Figure:
    statuses = itertools.cycle(Status)
    areas = [
        (
            f"Målområde {i}",
            [assessment(outcome(measure(), "5"), AT_MOST, next(statuses)) for _ in range(count)],
        )
        for i, count in enumerate(counts)
    ]
    return goals(areas, context=CONTEXT)


def layer(figure: Figure, name: str) -> pd.DataFrame:
    rows = data(figure)
    return rows[(rows["layer"] == name) & (rows["tone"] != UNSEEN)].reset_index(drop=True)


def words(figure: Figure, name: str, column: str = "text") -> list[str]:
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in layer(figure, name)[column]]


def yearly() -> Figure:
    m = measure()
    os = years(m, {2020: "58", 2021: None, 2022: "63"})
    goal = target(TargetKind.AT_LEAST, "80%", low="80")
    return trend(
        assessment(os[-1], goal, Status.MISSED, bound="80"),
        os,
        national={2022: Fraction(66)},
        context=CONTEXT,
    )


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("unit", UnitOfMeasure)
def test_trend_specs_are_valid(unit, dark):
    for figure in (curve_figure(unit=unit), yearly()):
        chart(figure, dark).to_dict(validate=True)


@pytest.mark.parametrize("dark", [False, True])
def test_spark_and_goals_specs_are_valid(dark):
    m = measure()
    for os in (months(m, ["1", "2"]), years(m, {2021: "3"})):
        chart(spark(assessment(os[-1]), os, context=CONTEXT), dark).to_dict(validate=True)
    chart(goal_figure(3, 1), dark).to_dict(validate=True)


def test_the_spec_is_the_same_object_for_other_data():
    one = curve_figure(("6.4", None, "5.1"))
    two = curve_figure(("91", "92"), goal=None)
    assert spec(one) is spec(two)
    assert spec(one, True) is not spec(one)
    assert spec(one) is not spec(yearly())
    assert spec(goal_figure(8, 1)) is spec(goal_figure(2, 30))
    assert spec(goal_figure(8)) is not spec(goal_figure(8, 1))
    assert not {"data", "datasets", "description"} & set(spec(one))
    json.dumps(spec(one))


def test_nothing_of_the_data_is_in_the_spec():
    text = json.dumps(spec(curve_figure()), ensure_ascii=False)
    assert "5,1" not in text
    assert "Mål" not in text
    assert "oktober" not in json.dumps(spec(curve_figure())["layer"], ensure_ascii=False)


def test_the_spec_has_the_look():
    light, dark = spec(curve_figure()), spec(curve_figure(), True)
    assert light["config"]["background"] == "#FFFFFF"
    assert dark["config"]["background"] == "#101820"
    assert light["config"]["locale"]["number"]["decimal"] == ","
    assert light["config"]["locale"]["time"]["months"][0] == "januari"
    assert light["config"]["axis"]["labelFontSize"] >= 13
    assert light["width"] == "container"
    assert light["autosize"]["type"] == "fit-x"
    for description in ("Tidsaxel med månader", "Värdeaxel, procent"):
        assert description in json.dumps(light, ensure_ascii=False)
    assert "legend" not in json.dumps(light).replace('"legend": null', "")


def test_tables_are_not_charts():
    figure = units_table(measure(), [], context=CONTEXT)
    for wrong in (spec, data, chart):
        with pytest.raises(ValueError, match="not drawn as a chart"):
            wrong(figure)


def test_data_are_plain_and_always_have_their_columns():
    empty = trend(assessment(outcome(measure(), None)), [], context=CONTEXT)
    for figure in (curve_figure(), yearly(), goal_figure(2), empty, goal_figure()):
        rows = data(figure)
        assert tuple(rows.columns) == COLUMNS
        assert {str(dtype) for dtype in rows.dtypes} <= {"float64", "str"}


def test_end_labels_name_value_and_target():
    figure = curve_figure()
    assert words(figure, "end") == ["5,1 % oktober", "Mål 2 %"]
    assert words(figure, "end", "short") == ["5,1 %", "Mål 2 %"]
    assert list(layer(figure, "end")["tone"]) == ["data", "plum"]


def test_end_labels_never_cover_each_other():
    m = measure()
    os = months(m, ["6", "6.0"])
    before = months(m, ["6", "6.01"], last=Month.of(2022, 10))
    goal = target(TargetKind.AT_MOST, "6,0%", high="6.0")
    figure = trend(assessment(os[-1], goal, Status.MET, bound="6"), os, last_year=before, context=CONTEXT)
    rows = data(figure)
    corner = rows[rows["layer"] == "corner"]["y"]
    pixels = PLOT_HEIGHT / (corner.max() - corner.min())
    places = sorted(layer(figure, "end")["y"] * pixels)
    assert len(places) == 3
    assert min(b - a for a, b in itertools.pairwise(places)) >= LINE_HEIGHT - 1e-6
    assert words(figure, "end")[-1] == "Föregående år 6,0 %"
    assert words(figure, "end", "short")[-1] == "Fg år"


def test_the_line_breaks_at_a_gap_and_the_gap_is_named():
    figure = curve_figure(("6.4", None, "5.1", "5.0", None, None))
    line = layer(figure, "line")
    assert list(line["y"].isna()) == [False, True, False, False, True, True]
    assert len(layer(figure, "stem")) == 3
    assert words(figure, "note") == ["juni saknas", "sep–okt saknas"]
    assert list(layer(figure, "note")["align"]) == ["left", "right"] or "center" in set(
        layer(figure, "note")["align"]
    )
    assert words(figure, "end")[0] == "5,0 % augusti"
    assert layer(figure, "dot")["x"].iloc[-1] == Month.of(2023, 8).index


def test_a_lone_month_gets_a_dot_and_long_gaps_no_stems():
    figure = curve_figure(("6.4", *[None] * 14, "5.1"), missing=Missing.MASKED)
    assert len(layer(figure, "dot")) == 3
    assert layer(figure, "stem").empty
    assert words(figure, "note") == ["aug 2022–sep 2023 maskerat"]


def test_gap_labels_without_room_are_left_out():
    figure = curve_figure(["6", None] * 12 + ["5"])
    shown = [text for text in words(figure, "note") if text]
    assert 0 < len(shown) < 12


def test_a_star_stands_over_incomplete_months_and_in_the_last_label():
    figure = curve_figure(("6.4", "6.2", "5.1"), notes={0: "9 av 11", 2: "10 av 11"})
    assert words(figure, "note") == ["*"]
    assert words(figure, "end")[0] == "5,1 %* oktober"
    assert "oktober 2023: 5,1 %*, 10 av 11" in words(figure, "told", "tip")


def test_months_are_whole_numbers_that_the_axis_can_name():
    line = layer(curve_figure(), "line")
    assert list(line["x"]) == [Month.of(2023, n).index for n in (8, 9, 10)]


def test_a_single_month_still_has_a_time_axis():
    rows = layer(curve_figure(("5",)), "corner")
    assert rows["x"].max() > rows["x"].min()


def test_a_band_is_a_field_with_two_edges():
    goal = target(TargetKind.BETWEEN, "85‐90%", "85", "90")
    figure = curve_figure(("88", "89"), goal=goal)
    band = layer(figure, "band")
    assert (band["y"][0], band["y2"][0]) == (85, 90)
    assert list(layer(figure, "target")["y"]) == [85, 90]
    assert "Mål 85‐90%" in words(figure, "end")


def test_the_budget_is_the_zero_line_and_not_a_dashed_target():
    m = measure(unit=UnitOfMeasure.MNKR, aggregation=Aggregation.AMOUNT)
    os = months(m, ["-500", "-40"], last=Month.of(2023, 1), window=Window.YTD)
    budget = target(TargetKind.ON_BUDGET, "Noll i förhållande till budget")
    figure = trend(assessment(os[-1], budget, Status.MISSED, bound="0"), os, context=CONTEXT)
    assert list(layer(figure, "zero")["y"]) == [0]
    assert layer(figure, "target").empty
    assert words(figure, "end") == ["−40,0 mnkr januari", "Mål 0 mot budget"]
    assert words(figure, "end", "short") == ["−40,0 mnkr", "Mål 0 mot budget"]
    assert list(layer(figure, "line")["segment"]) == ["2022", "2023"]
    small = spark(assessment(os[-1], budget, Status.MISSED, bound="0"), os, context=CONTEXT)
    assert list(layer(small, "target")["y"]) == [0]


def test_a_forecast_keeps_zero_and_its_own_target():
    m = measure(unit=UnitOfMeasure.MNKR, aggregation=Aggregation.LATEST_AMOUNT)
    os = months(m, ["-510", "-978"])
    goal = target(TargetKind.AMOUNT_AT_LEAST, "‐800 mnkr", "-800")
    figure = trend(assessment(os[-1], goal, Status.MISSED, bound="-800"), os, context=CONTEXT)
    assert list(layer(figure, "zero")["y"]) == [0]
    assert list(layer(figure, "target")["y"]) == [-800]
    assert set(layer(figure, "line")["segment"]) == {""}


def test_dots_for_yearly_measures_with_values_names_and_national_rings():
    figure = yearly()
    assert layer(figure, "line").empty
    assert list(layer(figure, "dot")["x"]) == [0, 2]
    assert words(figure, "note") == ["58,0 %", "63,0 %", "saknas"]
    assert words(figure, "name") == ["2020", "2021", "2022"]
    assert list(layer(figure, "national")["y"]) == [66]
    assert words(figure, "end") == ["Mål 2023: 80%", "Riket 66,0 %"]
    assert words(figure, "end", "short") == ["Mål 2023: 80%", "Riket"]


def test_a_target_among_dots_begins_at_the_first_that_it_holds_for():
    figure = yearly()
    line = layer(figure, "target")
    assert list(zip(line["x"], line["x2"], line["y"], strict=True)) == [(1.6, 2.4, 80)]
    m = measure(measured=(Window.YEAR,))
    band = target(TargetKind.BETWEEN, "85‐90%", "85", "90")
    os = years(m, {2021: "88", 2022: "89"})
    a = assessment(os[-1], band, Status.MET, bound="90")
    for drawn in (trend(a, os, context=CONTEXT), spark(a, os, context=CONTEXT)):
        field = layer(drawn, "band")
        assert (field["x"][0], field["x2"][0], field["y"][0], field["y2"][0]) == (0.6, 1.4, 85, 90)
    curve = layer(curve_figure(), "target")
    assert curve["x"].isna().all()
    assert curve["x2"].isna().all()


def test_a_long_target_is_cut_at_a_comma_and_never_inside_a_number():
    goal = target(TargetKind.AT_MOST, "160,8 mnkr per år", high="160.8")
    assert words(curve_figure(goal=goal), "end", "short")[-1] == "Mål 160,8 mnkr per år"


def test_a_dots_words_go_below_when_they_would_cover_the_target():
    m = measure()
    os = years(m, {2021: "70", 2022: "79.5"})
    goal = target(TargetKind.AT_LEAST, "80%", low="80")
    figure = trend(assessment(os[-1], goal, Status.NEAR, bound="80"), os, context=CONTEXT)
    assert [dy > 0 for dy in layer(figure, "note")["dy"]] == [False, True]
    os = years(m, {2021: "79.5", 2022: "79.5"})
    figure = trend(assessment(os[-1], goal, Status.NEAR, bound="80"), os, context=CONTEXT)
    assert [dy > 0 for dy in layer(figure, "note")["dy"]] == [False, True], "no target is drawn at 2021"


def test_many_periods_lose_words_on_a_narrow_screen_but_not_the_last():
    m = measure(measured=(Window.TERTIAL_1, Window.TERTIAL_2))
    os = [
        outcome(m, "5", Period(Month.of(year, end), window))
        for year in range(2018, 2024)
        for end, window in ((4, Window.TERTIAL_1), (8, Window.TERTIAL_2))
    ]
    figure = trend(assessment(os[-1]), os, context=CONTEXT)
    names = words(figure, "name", "short")
    assert words(figure, "name")[0] == "delår 1\n2018"
    assert [bool(name) for name in names] == [False, True] * 6
    assert [bool(text) for text in words(figure, "note", "short")] == [False] * 11 + [True]


def test_a_curve_has_no_national_values():
    os = months(measure(), ["6"] * 12)
    figure = trend(assessment(os[-1]), os, national={2022: Fraction(5), 2023: Fraction(4)}, context=CONTEXT)
    assert layer(figure, "national").empty
    assert not any("Riket" in text for text in data(figure)["text"])


def test_reorganisations_are_named_above_the_plot():
    m = measure()
    os = months(m, ["6"] * 12)
    moves = [
        Reorganisation(Month.of(year, month), "A blir B.", frozenset(), "x")
        for year, month in ((2022, 12), (2023, 9))
    ]
    figure = trend(assessment(os[-1]), os, reorganisations=moves, context=CONTEXT)
    assert len(layer(figure, "move")) == 2
    assert words(figure, "note") == ["Omorganisation"] * 2
    assert list(layer(figure, "note")["align"]) == ["left", "right"]


def test_every_layer_has_a_row_since_the_browser_warns_of_one_without():
    m = measure()
    os, ys = months(m, ["1", "2"]), years(m, {2021: "3", 2022: None})
    drawn = [kind(assessment(o[-1]), o, context=CONTEXT) for o in (os, ys) for kind in (trend, spark)]
    for figure in (*drawn, curve_figure(), yearly()):
        wanted = set(re.findall(r"datum\.layer === '(\w+)'", json.dumps(spec(figure))))
        rows = data(figure)
        assert wanted <= set(rows[rows["y"].notna()]["layer"])
        unseen = rows[rows["tone"] == UNSEEN]
        assert (unseen["y"] == unseen["y2"]).all()
        assert (unseen["x"] == unseen["x2"]).all()
        assert not "".join([*unseen["text"], *unseen["short"], *unseen["tip"]])
        assert (unseen["size"] == 0).all()


def test_every_value_is_told_to_a_screen_reader():
    assert words(curve_figure(), "told", "tip") == [
        "augusti 2023: 6,4 %",
        "september 2023: 6,2 %",
        "oktober 2023: 5,1 %",
    ]


def test_goals_have_a_mark_each_and_totals_last():
    figure = goal_figure(5, 30)
    marks = layer(figure, "mark")
    assert len(marks) == 35
    assert set(marks["tone"]) == {s.value for s in Status}
    assert words(figure, "total") == ["2 av 4 bedömda", "7 av 23 bedömda"]
    assert set(marks["size"]) == {30.0}
    assert set(layer(goal_figure(3), "mark")["size"]) == {26.0}, "one of one never looks like 25 of 25"


def test_the_arrow_table_holds_what_the_frame_holds() -> None:
    for rows in ([], [Row(layer="a", x=1.0, text="å"), Row(layer="b", y=None, text="b\x00")]):
        told, same = arrow(rows).to_pydict(), frame(rows)
        assert list(told) == list(same.columns)
        for name, values in told.items():
            expected = [None if pd.isna(value) else value for value in same[name]]
            assert values == expected, name
