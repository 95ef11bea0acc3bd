"""The figures of the comparison drawn and written: constant specs, a ranking's marks in their places, every medium."""

from __future__ import annotations

import datetime as dt
import json
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.compare.types import NoFunnel, NoRanking
from hsf_kpi.figures.compare.funnel import funnel_figure
from hsf_kpi.figures.compare.ranking import ranking_figure
from hsf_kpi.figures.peers import NO_NAME, UNNAMED
from hsf_kpi.model.codes import Direction, UnitOfMeasure
from hsf_kpi.render import distribution_chart, funnel_chart, ranking_rows
from hsf_kpi.render.alt import alternative_text
from hsf_kpi.render.bars import LINE_HEIGHT as LINE
from hsf_kpi.render.csv import csv
from hsf_kpi.render.image import png, svg
from hsf_kpi.render.multiples_rows import LAYERS as SMALL_LAYERS
from hsf_kpi.render.names import file_name
from hsf_kpi.render.ranking_rows import BELOW, STEP, TOP, UNNAMED_STEP
from hsf_kpi.render.screen import chart, data, is_drawn, spec
from hsf_kpi.render.table import table
from tests.figures.compare_figure_samples import BAND, GOAL, HERE, LONG
from tests.figures.figure_samples import measure
from tests.render.compare_drawn import (
    EVERY,
    HALVES,
    OUTSIDE,
    PAIRS,
    layer,
    plain,
    ranked,
    small,
    spread,
    tratt,
)

DAY = dt.date(2023, 11, 14)


@pytest.mark.parametrize("kind", EVERY)
@pytest.mark.parametrize("dark", [False, True])
def test_specs_are_valid_and_hold_no_data(kind, dark):
    figure = EVERY[kind]()
    chart(figure, dark).to_dict(validate=True)
    text = json.dumps(spec(figure, dark), ensure_ascii=False)
    for word in ("Kirurg", "Median", "5,3", "patienter", LONG):
        assert word not in text
    assert is_drawn(figure.kind)


def test_a_spec_is_one_for_other_data():
    assert spec(ranked()) is spec(ranked(("15", "9.1", "4.0", "6.2", "7.0"), own=None, goal=BAND))
    assert spec(spread()) is spec(spread(("1", "2"), own=None))
    assert spec(tratt(*PAIRS)) is spec(tratt((1, 2), (3, 4), (5, 6), (7, 8), (9, 10), own=None))
    one, two = small(kir=[1, 2], ost=[3, None]), small(own=None, kir=[5] * 9, aht=[None] * 9)
    assert spec(one) is spec(two)


def test_every_layer_has_a_row_so_that_the_browser_does_not_warn():
    for figure, names in (
        (ranked(own=None, goal=None), ranking_rows.LAYERS),
        (spread(own=None, direction=Direction.NONE), distribution_chart.LAYERS),
        (tratt(*[(100, 6.0)] * 5, own=None), funnel_chart.LAYERS),
        (small(kir=[None, None]), SMALL_LAYERS),
    ):
        assert set(names) <= set(data(figure)["layer"])


# Ranking


def test_a_chart_is_as_high_as_its_rows_need():
    assert spec(ranked())["height"] == TOP + 4 * STEP + (2 * LINE + 8) + BELOW, "the long name has two lines"
    height = spec(ranked(("5.3",), unnamed=OUTSIDE))["height"]
    assert height == TOP + STEP + len(OUTSIDE) * UNNAMED_STEP + BELOW
    rows = layer(ranked(widths=HALVES), "name").sort_values("y")
    assert (rows["y"].diff().dropna() >= STEP).all()
    assert (rows["y2"].diff().dropna() > STEP).all(), "on a narrow screen a name stands over its dot"


def test_a_dot_its_interval_and_its_number_stand_on_one_line():
    figure = ranked(widths=(0.8, None, 0.5, 2.0, 1.0))
    dots, numbers = (layer(figure, name).sort_values("y") for name in ("dot", "number"))
    assert dots["y"].tolist() == numbers["y"].tolist()
    assert dots["x"].tolist() == [4.0, 5.3, 6.2, 7.0, 9.1]
    assert len(layer(figure, "interval")) == 4
    assert set(layer(figure, "interval")["y"]) < set(dots["y"])
    (own,) = layer(figure, "own_ring").to_dict("records")
    assert (own["x"], own["y"]) == (5.3, dots["y"].iloc[1])
    bold = layer(figure, "name").query("tone == 'data'")["text"]
    assert bold.tolist() == ["Kirurgkliniken"]


def test_those_apart_differ_by_tone_and_shape():
    figure = ranked(widths=HALVES)
    assert layer(figure, "dot").sort_values("x")["tone"].tolist() == [
        "better",
        "better",
        "grey",
        "grey",
        "worse",
    ]
    free = ranked(widths=HALVES, direction=Direction.NONE)
    assert layer(free, "dot").sort_values("x")["tone"].tolist() == ["data", "data", "grey", "grey", "data"]
    assert "'square'" in json.dumps(spec(figure))
    assert "'diamond'" in json.dumps(spec(figure))


def test_units_outside_the_scope_are_hollow_unnamed_and_lead_nowhere():
    figure = ranked(("5.3", "6.0"), widths=(0.5, 0.5), unnamed=OUTSIDE)
    hollow = layer(figure, "open")
    assert len(hollow) == len(OUTSIDE)
    assert set(hollow["goes"]) == {""}
    assert set(layer(figure, "dot")["goes"]) == {"kir", "lar"}
    tips = [plain(tip) for tip in layer(figure, "told")["tip"]]
    assert tips[0] == f"plats 1: {UNNAMED}, 4,2 %"
    assert tips[1] == "plats 2: Kirurgkliniken, 5,3 %, 95 %-intervall 4,8–5,8 %, bättre än medianen"
    names = layer(figure, "name")
    assert (names.query("text == '–'")["short"] == "").all()


def test_names_of_median_and_target_part_from_each_other():
    def sides(**more) -> dict[str, str]:
        rows = layer(ranked(**more), "line_name")
        return dict(zip(rows["tone"], rows["align"], strict=True))

    assert sides() == {"muted": "left", "plum": "right"}
    assert sides(values=("1", "2", "3", "4", "5")) == {"muted": "right", "plum": "left"}
    assert sides(values=("6",) * 5) == {"muted": "right", "plum": "left"}
    assert set(sides(goal=None)) == {"muted"}
    band = ranked(("86", "88", "91", "95", "70"), goal=BAND)
    assert layer(band, "band")[["x", "x2"]].to_numpy().tolist() == [[85, 90]]
    assert layer(band, "target")["x"].tolist() == [85, 90]


# Every medium


@pytest.mark.parametrize("kind", EVERY)
@pytest.mark.parametrize("dark", [False, True])
def test_pictures_are_drawn(kind, dark):
    document = svg(EVERY[kind](), taken=DAY, dark=dark)
    ElementTree.fromstring(document)
    assert "Kirurgkliniken" in document


def test_one_is_drawn_as_png():
    assert png(ranked(widths=HALVES), taken=DAY).startswith(b"\x89PNG")


def test_files_hold_numbers_and_words():
    text = csv(ranked(widths=HALVES), taken=DAY).decode("utf-8-sig")
    assert (
        "Plats;Verksamhet;Värde (procent);Intervall, lägst (procent);Intervall, högst (procent);Mot medianen;Mot målet\r\n"
        "1;Närsjukvård Öst;4;3,5;4,5;●\N{NO-BREAK SPACE}bättre;●\N{NO-BREAK SPACE}uppnått\r\n"
    ) in text
    text = csv(tratt(*PAIRS), taken=DAY).decode("utf-8-sig")
    assert "Verksamhet;Antal patienter;Värde (procent);" in text
    assert "Kirurgkliniken;400;20;" in text
    assert text.count("utanför 99,8\N{NO-BREAK SPACE}%-gränsen\r\n") == 1
    assert "Verksamhet;Värde (procent);Plats\r\n" in csv(spread(), taken=DAY).decode("utf-8-sig")
    assert file_name(spread(), "csv") == "hsf-nyckeltal_sjukfranvaro-fordelning_kir_2023-10.csv"
    curves = csv(small(kir=[5.0, 6.0]), taken=DAY).decode("utf-8-sig")
    assert "Verksamhet;sep 2023 (procent);okt 2023 (procent)\r\nKirurgkliniken;5;6\r\n" in curves


def test_what_cannot_be_shown_is_told_in_every_medium():
    m = measure()
    for figure in (
        ranking_figure(NoRanking("Färre än fem har ett värde."), m, {}, context=HERE),
        funnel_figure(NoFunnel("Färre än fem har ett värde."), m, {}, context=HERE),
    ):
        assert "Färre än fem har ett värde." in alternative_text(figure)
        assert "Färre än fem har ett värde." in svg(figure, taken=DAY)
        assert len(data(figure)) > 0
        assert len(table(figure)) == 0


numbers = st.decimals(-50, 150, places=1).map(str)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(numbers, min_size=2, max_size=14),
    st.lists(st.none() | st.floats(0, 40), max_size=14),
    st.lists(numbers, max_size=26),
    st.sampled_from(UnitOfMeasure),
    st.sampled_from(Direction),
    st.sampled_from([None, GOAL, BAND]),
)
def test_any_group_is_drawn_inside_its_axis(values, halves, unnamed, unit, direction, goal):
    more = {"widths": halves[: len(values)], "unnamed": unnamed, "unit": unit, "direction": direction}
    for figure in (ranked(values, goal=goal, **more), spread(values, goal=goal, **more)):
        assert len(table(figure)) == len(values) + len(unnamed)
        assert table(figure)["Verksamhet"].tolist().count(NO_NAME) == len(unnamed)
        low, high = sorted(layer(figure, "corner")["x"])
        for name in ("told", "interval", "median", "field"):
            assert layer(figure, name)["x"].dropna().between(low, high).all()
        assert alternative_text(figure)


@settings(max_examples=8, deadline=None)
@given(
    st.lists(st.tuples(st.integers(5, 9000), st.integers(1, 99)), min_size=5, max_size=40),
    st.sampled_from(Direction),
)
def test_any_funnel_is_drawn(pairs, direction):
    figure = tratt(*pairs, direction=direction)
    low, high = sorted(layer(figure, "corner")["y"])
    assert layer(figure, "told")["y"].between(low, high).all()
    assert layer(figure, "label").query("tone == 'data'").shape[0] == 2, "the own name on both screens"
    ElementTree.fromstring(svg(figure, taken=DAY))
