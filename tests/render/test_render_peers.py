"""The own place drawn and written: valid specs, one spec for all data, labels with room, and no name of those outside."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from fractions import Fraction
from xml.etree import ElementTree

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.peers import standing
from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.peers import NO_NAME, UNNAMED, peers, peers_withheld
from hsf_kpi.model.codes import Direction, Origin, Status, UnitOfMeasure
from hsf_kpi.model.peers import PeerValues, Withheld
from hsf_kpi.model.target import TargetKind
from hsf_kpi.render.alt import alternative_text
from hsf_kpi.render.csv import csv
from hsf_kpi.render.frame import UNSEEN
from hsf_kpi.render.image import png, svg
from hsf_kpi.render.names import file_name
from hsf_kpi.render.peers_chart import HEIGHT
from hsf_kpi.render.screen import chart, data, spec
from hsf_kpi.render.table import table
from hsf_kpi.render.trend_labels import LINE_HEIGHT
from tests.figures.figure_samples import CONTEXT, assessment, measure, outcome, target

DAY = dt.date(2023, 11, 14)
GOAL = target(TargetKind.AT_MOST, "6,0%", high="6.0")
BAND = target(TargetKind.BETWEEN, "85‐90%", "85", "90")
HERE = replace(CONTEXT, unit_id="kir", unit="Kirurgkliniken")


def figure(
    own: str = "5.3",
    named: tuple[str, ...] = ("5.0",),
    unnamed: tuple[str, ...] = ("4.2", "6.1", "7.0", "8.0", "9.1"),
    *,
    unit: UnitOfMeasure = UnitOfMeasure.PERCENT,
    direction: Direction = Direction.DOWN,
    goal=GOAL,
) -> Figure:
    m = measure(unit=unit, direction=direction)
    ids = {f"n{i}": f"Namngiven {i}" for i in range(len(named))}
    pairs = tuple((key, Fraction(v)) for key, v in zip(ids, named, strict=True))
    values = PeerValues(
        Fraction(own), pairs, tuple(sorted(map(Fraction, unnamed))), 0, frozenset({Origin.DEMO})
    )
    a = assessment(outcome(m, own), goal, Status.MET, bound="6.0")
    names = {"kir": "Kirurgkliniken", **ids}
    return peers(standing(m, "kir", "på nivån klinik", values), a, names, context=HERE)


def layer(found: Figure, name: str) -> pd.DataFrame:
    rows = data(found)
    return rows[(rows["layer"] == name) & (rows["tone"] != UNSEEN)].reset_index(drop=True)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("unit", UnitOfMeasure)
def test_specs_are_valid(unit, dark):
    chart(figure(unit=unit), dark).to_dict(validate=True)


def test_the_spec_is_the_same_for_all_data_and_holds_none_of_them():
    one, two = figure(), figure("80", (), ("70", "71", "72", "73", "74", "75"), goal=BAND)
    assert spec(one) is spec(two)
    assert spec(one, True) is not spec(one)
    text = json.dumps(spec(one), ensure_ascii=False)
    for word in ("Kirurg", "Namngiven", "Mål", "Median", "5,3"):
        assert word not in text


def test_every_unit_is_one_dot_and_the_own_one_is_marked_by_shape_and_label():
    found = figure()
    assert [len(layer(found, name)) for name in ("own", "own_ring", "named", "other")] == [1, 1, 1, 5]
    assert layer(found, "own_ring")["size"][0] > 2 * layer(found, "own")["size"][0]
    (text,) = layer(found, "label")["text"]
    assert text == "Kirurgkliniken 5,3\N{NO-BREAK SPACE}%"
    (short,) = layer(found, "label")["short"]
    assert short == "5,3\N{NO-BREAK SPACE}%"


def test_a_pointer_is_told_names_within_the_scope_only():
    tips = [tip.replace("\N{NO-BREAK SPACE}", " ") for tip in layer(figure(), "told")["tip"]]
    assert tips[:4] == [
        "plats 1: annan verksamhet, 4,2 %",
        "plats 2: Namngiven 0, 5,0 %",
        "plats 3: Kirurgkliniken, 5,3 %",
        "plats 4: annan verksamhet, 6,1 %",
    ]
    assert sum(UNNAMED in tip for tip in tips) == 5


def test_the_lines_are_named_at_the_edge_and_apart():
    found = figure(unnamed=("4.2", "6.0", "6.0", "8.0", "9.1"))
    labels = layer(found, "end")
    corners = data(found).query("layer == 'corner'")["y"]
    scale = HEIGHT / (corners.max() - corners.min())
    ys = sorted(labels["y"] * scale)
    assert ys[1] - ys[0] >= LINE_HEIGHT - 1e-6
    assert set(labels["tone"]) == {"muted", "plum"}
    assert len(layer(figure(goal=None), "end")) == 1


def test_a_band_is_a_field_with_two_edges():
    found = figure("86", ("88",), ("81", "84", "90", "95", "97"), goal=BAND)
    assert layer(found, "band")[["y", "y2"]].to_numpy().tolist() == [[85, 90]]
    assert layer(found, "target")["y"].tolist() == [85, 90]


@pytest.mark.parametrize("direction", [Direction.DOWN, Direction.UP])
@pytest.mark.parametrize("own", ["1", "5.3", "50"])
def test_the_own_label_stays_inside_and_off_the_neighbours(own, direction):
    """It goes towards the middle, on the side where an ordered strip has no dots."""
    found = figure(own, direction=direction)
    (row,) = layer(found, "label").to_dict("records")
    values = [
        float(v) for _, v in sorted(zip(layer(found, "told")["x"], layer(found, "told")["y"], strict=True))
    ]
    i = int(row["x"])
    towards = values[:i] if row["align"] == "right" else values[i + 1 :]
    assert towards, "the label points out of the picture"
    if row["dy"] < 0:
        assert all(value <= values[i] for value in towards)
    else:
        assert all(value >= values[i] for value in towards)


def test_places_under_the_plot_are_first_last_and_own():
    assert layer(figure(), "name")["text"].tolist() == ["plats 1", "plats 3", "plats 7"]
    assert layer(figure("1"), "name")["text"].tolist() == ["plats 1", "plats 7"]


def test_table_and_file_hold_place_name_and_value():
    found = figure()
    shown = table(found)
    assert list(shown.columns) == ["Plats", "Verksamhet", "Värde"]
    assert shown["Verksamhet"].tolist().count(NO_NAME) == 5
    text = csv(found, taken=DAY).decode("utf-8-sig")
    assert (
        "Plats;Verksamhet;Värde (procent)\r\n1;–;4,2\r\n2;Namngiven 0;5\r\n3;Kirurgkliniken;5,3\r\n" in text
    )
    assert file_name(found, "csv") == "hsf-nyckeltal_sjukfranvaro-plats_kir_2023-10.csv"


@pytest.mark.parametrize("dark", [False, True])
def test_pictures_are_drawn(dark):
    document = svg(figure(), taken=DAY, dark=dark)
    ElementTree.fromstring(document)
    assert "Kirurgkliniken har plats 3 av 7" in document
    assert document.count(UNNAMED) >= 1
    assert png(figure(), taken=DAY, dark=dark).startswith(b"\x89PNG")


def test_what_is_withheld_is_told_in_every_medium():
    m = measure()
    found = peers_withheld(Withheld.HIDDEN, assessment(outcome(m, "5.3"), GOAL), context=HERE)
    assert found is not None
    assert found.empty in alternative_text(found)
    assert "Platsen visas inte" in csv(found, taken=DAY).decode("utf-8-sig")
    ElementTree.fromstring(svg(found, taken=DAY))
    assert len(data(found)) > 0


numbers = st.decimals(-50, 150, places=1).map(str)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    numbers,
    st.lists(numbers, max_size=5),
    st.lists(numbers, min_size=5, max_size=90),
    st.sampled_from(UnitOfMeasure),
    st.sampled_from(Direction),
    st.sampled_from([None, GOAL, BAND]),
)
def test_any_group_renders_in_every_medium(own, named, unnamed, unit, direction, goal):
    found = figure(own, tuple(named), tuple(unnamed), unit=unit, direction=direction, goal=goal)
    assert len(table(found)) == len(found.rows) == 1 + len(named) + len(unnamed)
    rows = data(found)
    assert rows.loc[rows["layer"] == "told", "tip"].str.contains(UNNAMED).sum() == len(unnamed)
    low, high = rows.loc[rows["layer"] == "corner", "y"]
    assert rows.loc[rows["layer"] == "told", "y"].between(low, high).all()
    assert alternative_text(found)
    ElementTree.fromstring(svg(found, taken=DAY))


def test_on_a_narrow_screen_there_is_less_to_read():
    found = figure("6.0", ("5.0", "5.5"), unit=UnitOfMeasure.KR_PER_HOUR, goal=None)
    assert layer(found, "end")["short"].tolist() == ["Median"]
    early = figure("4.5", ("4.3", "8.5", "8.6", "8.7", "8.8"))
    assert layer(early, "name")["text"].tolist() == ["plats 1", "plats 3", "plats 11"]
    assert layer(early, "name")["short"].tolist() == ["plats 1", "", "plats 11"]
