"""Distribution, funnel and small curves drawn: dots stacked, limits named, values inside their pictures."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.figures.compare.multiples import curves_figure
from hsf_kpi.model.codes import Direction, UnitOfMeasure
from hsf_kpi.model.period import Window
from hsf_kpi.render import funnel_chart
from hsf_kpi.render.distribution_chart import CEILING, FLOOR, stacked
from hsf_kpi.render.multiples_rows import FOOT
from hsf_kpi.render.trend_labels import LINE_HEIGHT
from tests.figures.compare_figure_samples import HERE, LONG, names_of
from tests.figures.figure_samples import measure, years
from tests.render.compare_drawn import PAIRS, layer, plain, small, spread, tratt

# Distribution


@given(st.lists(st.floats(0, 100), min_size=1, max_size=60), st.floats(0.1, 10))
def test_stacked_dots_never_cover_each_other(values, apart):
    found = sorted(values)
    at = stacked(found, apart)
    for i, (value, y) in enumerate(zip(found, at, strict=True)):
        beside = [v for v, other in zip(found[:i], at[:i], strict=True) if other == y]
        assert all(value - v >= apart for v in beside)
    assert all(CEILING - 1e-9 <= y <= FLOOR for y in at)
    assert stacked(found, apart) == at


def test_equal_values_are_stacked_and_the_own_one_is_named():
    figure = spread(("5",) * 4 + ("7",))
    (own,) = layer(figure, "own").to_dict("records")
    named = layer(figure, "named")
    assert len(set(named[named["x"] == 5.0]["y"]) | {own["y"]}) == 4
    (name,) = layer(figure, "own_name").to_dict("records")
    assert plain(name["text"]) == "Kirurgkliniken 5,0 %, plats 1"
    assert plain(name["short"]) == "5,0 %, plats 1"
    (stem,) = layer(figure, "stem").to_dict("records")
    assert stem["y"] < stem["y2"] <= own["y"]


@pytest.mark.parametrize(("own", "align"), [("1", "left"), ("5", "center"), ("9", "right")])
def test_the_own_name_stays_inside(own, align):
    assert layer(spread((own, "1", "3", "7", "9")), "own_name")["align"].tolist() == [align]


def test_the_field_the_median_and_the_better_way():
    figure = spread(("1", "2", "3", "4", "9"))
    assert layer(figure, "field")[["x", "x2"]].to_numpy().tolist() == [[2.0, 4.0]]
    assert layer(figure, "median")["x"].tolist() == [3.0]
    (name,) = layer(figure, "median_name").to_dict("records")
    assert (name["x"], name["align"]) == (3.0, "center"), "at its own line, and at no other value"
    low, high = sorted(layer(figure, "corner")["x"])
    (way,) = layer(figure, "better").to_dict("records")
    assert (way["text"], way["x"], way["align"]) == ("Lägre är bättre", low, "left")
    (way,) = layer(spread(direction=Direction.UP), "better").to_dict("records")
    assert (way["text"], way["align"]) == ("Högre är bättre", "right")
    assert layer(spread(direction=Direction.BAND), "better").empty
    assert low <= 1 < 9 <= high
    late = spread(("1", "7", "8", "9", "9.5"))
    assert layer(late, "median_name")["align"].tolist() == ["right"]


# Funnel


def test_points_are_told_apart_by_layer_tone_and_name():
    figure = tratt((300, 6.0), (400, 20.0), (900, 5.9), (100_000, 6.1), (900, 8.2))
    assert layer(figure, "far")[["x", "y", "tone"]].to_numpy().tolist() == [[400, 20.0, "worse"]]
    assert layer(figure, "near")["tone"].tolist() == ["worse"]
    assert len(layer(figure, "inside")) == 3
    assert layer(figure, "own_ring")["x"].tolist() == [300]
    labels = layer(figure, "label")
    assert {text.replace("\n", " ") for text in labels["text"] if text} == {"Kirurgkliniken", LONG}
    assert {text.replace("\n", " ") for text in labels["short"] if text} == {"Kirurgkliniken", LONG}
    tips = [plain(tip) for tip in layer(figure, "told")["tip"]]
    assert f"{LONG}: 20,0 % av 400 patienter, sämre, utanför 99,8 %-gränsen" in tips
    assert "Kirurgkliniken: 6,0 % av 300 patienter, innanför gränserna" in tips


def test_the_limits_are_curves_named_at_their_ends():
    figure = tratt(*PAIRS)
    for name in ("limit_95", "limit_998"):
        assert layer(figure, name).groupby("segment").size().tolist() == [80, 80]
    corners = layer(figure, "corner")
    scale = funnel_chart.HEIGHT / (corners["y"].max() - corners["y"].min())
    ends = layer(figure, "end")
    assert [plain(text) for text in ends["text"]] == ["99,8 %-gräns", "95 %-gräns", "Alla 6,6 %"]
    assert [plain(text) for text in ends["short"]] == ["99,8 %", "95 %", "6,6 %"]
    at = sorted(ends["y"] * scale)
    assert all(b - a >= LINE_HEIGHT - 1e-6 for a, b in pairwise(at))
    assert layer(figure, "size_name")["text"].tolist() == ["Antal patienter"]
    bounds = pd.concat([layer(figure, name)["y"] for name in ("limit_998", "told")])
    assert bounds.between(corners["y"].min(), corners["y"].max()).all()


# Small curves


def test_levels_share_a_scale_around_the_values_and_the_own_one_is_strong():
    figure = small(measure(), kir=[80.0, 82.0, 81.0], aht=[90.0, 91.0, None])
    assert set(layer(figure, "own")["size"]) == {0}
    assert set(layer(figure, "line")["size"]) == {1}
    assert layer(figure, "dot_own")["x"].tolist() == [1.0]
    assert layer(figure, "zero").empty, "zero is far off the values"
    ticks = layer(figure, "tick").query("size == 0")["text"]
    assert [plain(text) for text in ticks] == ["80 %", "92 %"]
    values = layer(figure, "value").to_dict("records")
    assert [plain(value["text"]) for value in values] == ["81,0 %", "91,0 % sep 2023"]
    assert values[1]["align"] == "right", "an earlier month's value stays inside its picture"
    assert values[1]["y"] == FOOT
    assert layer(figure, "month")["short"].tolist()[:2] == ["2023", "2023"]
    assert layer(small(kir=[None], aht=[5.0]), "value").query("size == 0")["y"].tolist() == [FOOT]
    low = small(measure(), kir=[81.0, None], aht=[90.0, 91.0])
    assert layer(low, "value")["y"].tolist()[0] == 1 - FOOT


def test_years_are_dots_that_no_line_joins():
    m = measure(unit=UnitOfMeasure.MINUTES, measured=(Window.YEAR,))
    found = {u: years(m, {2020: 7.5, 2021: 8, 2022: 6.5}) for u in ("kir", "aht")}
    figure = curves_figure(m, found, names_of(40), own="kir", context=HERE)
    assert layer(figure, "own")["segment"].nunique() == 3
    assert len(layer(figure, "dot_own")) == len(layer(figure, "dot")) == 3
    assert layer(figure, "value")["text"].tolist() == ["6:30", "6:30"]
    assert set(layer(figure, "tick")["text"]) == {"6", "8"}
