"""A curve with control limits in its media: rows and spec, where words stand, and that nothing is cut off."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.spc.types import Rule, Side, Variation
from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.trend import trend
from hsf_kpi.model.codes import Direction, Status, UnitOfMeasure
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.organisation import Reorganisation
from hsf_kpi.model.period import Month
from hsf_kpi.model.target import TargetKind
from hsf_kpi.render.csv import csv
from hsf_kpi.render.frame import UNSEEN
from hsf_kpi.render.image import svg
from hsf_kpi.render.page import text_width
from hsf_kpi.render.points import PLOT_HEIGHT
from hsf_kpi.render.screen import chart, data, spec
from hsf_kpi.render.signal_note import NARROW, NARROW_LINE, WIDE, WIDE_LINE
from hsf_kpi.render.table import table
from hsf_kpi.render.theme import NAME_SIZE, SEMIBOLD, colours
from hsf_kpi.render.trend_labels import LINE_HEIGHT
from hsf_kpi.render.trend_limits import LIMIT_LAYERS
from tests.figures.figure_samples import CONTEXT, PLAN, assessment, measure, months, target
from tests.figures.spc_samples import (
    COMMON,
    GAP,
    OUTSIDE,
    RISING,
    SEASONAL,
    SHIFT,
    TWO_PHASES,
    Values,
    judged,
)
from tests.render.economy_samples import drawn

GOAL = target(TargetKind.AT_MOST, "6,0%", high="6.0")
FAR = target(TargetKind.AT_MOST, "2 %", high="2")
NONE = measure(direction=Direction.NONE)
STEP = [(12, "Ny mätmetod.")]


def figure_of(
    values: Values, m: Measure | None = None, *, goal=GOAL, moves=(), cut: int = 0, **more
) -> Figure:
    m = m or measure()
    os = months(m, list(values))[cut:]
    return trend(
        assessment(os[-1], goal, Status.MISSED, bound="6.0"),
        os,
        reorganisations=moves,
        process=judged(values, m, **more),
        context=CONTEXT,
    )


SAMPLES = {
    "common": figure_of(COMMON),
    "shift": figure_of(SHIFT),
    "outside": figure_of(OUTSIDE),
    "rising": figure_of(RISING, NONE),
    "seasonal": figure_of(SEASONAL, seasonal=True),
    "phases": figure_of(TWO_PHASES, steps=STEP),
    "gap": figure_of(GAP),
    "far": figure_of(SHIFT, goal=FAR),
    "one": figure_of(SHIFT, cut=23),
    "bare": figure_of([*COMMON[:9], *COMMON[9:]], steps=[(14, "Ny mätmetod.")], cut=14),
}


def layer(figure: Figure, name: str) -> pd.DataFrame:
    rows = data(figure)
    return rows[(rows["layer"] == name) & (rows["tone"] != UNSEEN)].reset_index(drop=True)


def words(figure: Figure, name: str, column: str = "text") -> list[str]:
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in layer(figure, name)[column] if text]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("unit", [UnitOfMeasure.PERCENT, UnitOfMeasure.MINUTES, UnitOfMeasure.MNKR])
def test_specs_are_valid(unit, dark):
    chart(figure_of(SHIFT, measure(unit=unit)), dark).to_dict(validate=True)


def test_the_spec_is_one_object_and_holds_no_data():
    one = spec(SAMPLES["common"])
    assert all(spec(figure) is one for figure in SAMPLES.values())
    os = months(measure(), [6.0, 6.1])
    assert spec(trend(assessment(os[-1]), os, context=CONTEXT)) is not one
    text = json.dumps(one["layer"], ensure_ascii=False)
    assert not [said for said in ("Övre", "Mål", "oktober", "Förbättring") if said in text]


@pytest.mark.parametrize("name", SAMPLES)
def test_each_layer_has_a_row_and_each_row_a_layer(name):
    figure = SAMPLES[name]
    named = set(re.findall(r"datum\.layer === '(\w+)'", json.dumps(spec(figure))))
    rows = data(figure)
    assert named <= set(rows[rows["y"].notna()]["layer"])
    assert set(rows["layer"]) <= named
    assert set(LIMIT_LAYERS) | {"corner"} == named


def test_points_of_special_cause_have_their_shape_and_the_others_are_grey_dots():
    shift = layer(SAMPLES["shift"], "signal")
    assert set(shift["tone"]) == {"better"}
    assert len(shift) == 7
    assert shift["size"].iloc[-1] > shift["size"].iloc[0] > layer(SAMPLES["shift"], "dot")["size"].max() / 2
    assert set(layer(SAMPLES["outside"], "signal")["tone"]) == {"worse"}
    assert set(layer(SAMPLES["rising"], "signal")["tone"]) == {"data"}
    assert layer(SAMPLES["common"], "signal").empty
    assert len(layer(SAMPLES["common"], "dot")) == 24
    assert len(layer(SAMPLES["shift"], "dot")) == 17
    found = json.dumps(spec(SAMPLES["shift"]))
    for shape in ("square", "circle", "diamond"):
        assert f"'{shape}'" in found


def test_names_at_the_edge_tell_limits_mean_target_and_latest_value():
    assert words(SAMPLES["far"], "end") == [
        "6,0 % oktober",
        "Övre gräns 7,6 %",
        "Medel 6,5 %",
        "Undre gräns 5,5 %",
        "Mål 2 %",
    ]
    assert words(SAMPLES["far"], "end", "short") == [
        "6,0 %",
        "Övre 7,6 %",
        "Medel 6,5 %",
        "Undre 5,5 %",
        "Mål 2 %",
    ]


@pytest.mark.parametrize("name", SAMPLES)
def test_names_at_the_edge_never_cover_each_other(name):
    rows = data(SAMPLES[name])
    corner = rows[rows["layer"] == "corner"]["y"]
    scale = PLOT_HEIGHT / (corner.max() - corner.min())
    places = sorted(layer(SAMPLES[name], "end")["y"] * scale)
    assert min(b - a for a, b in itertools.pairwise(places)) >= LINE_HEIGHT - 1e-6


def test_limits_break_between_phases_and_meet_at_the_line():
    figure = SAMPLES["phases"]
    limit = layer(figure, "limit")
    assert set(limit["segment"]) == {"0 under", "0 over", "1 under", "1 over"}
    step = layer(figure, "step")["x"].iloc[0]
    assert (
        limit[limit["segment"] == "0 over"]["x"].max()
        == limit[limit["segment"] == "1 over"]["x"].min()
        == step
    )
    assert step == Month.of(2022, 11).index - 0.5
    assert words(figure, "note") == ["Nya gränser"]
    field = layer(figure, "limits")
    assert (field["y"] < field["y2"]).all()


def test_a_reorganisation_in_the_same_month_is_line_enough():
    moves = [Reorganisation(Month.of(2022, 11), "A blir B.", frozenset(), PLAN)]
    both = figure_of(TWO_PHASES, steps=STEP, moves=moves)
    assert len(layer(both, "move")) == 1
    assert layer(both, "step").empty
    assert words(both, "note") == ["Omorganisation"]
    moves = [Reorganisation(Month.of(2022, 12), "A blir B.", frozenset(), PLAN)]
    near = figure_of(TWO_PHASES, steps=STEP, moves=moves)
    assert len(layer(near, "step")) == 1
    assert words(near, "note") == ["Omorganisation"], "two names would cover each other"


def test_limits_of_a_season_follow_the_months():
    assert layer(SAMPLES["seasonal"], "mean")["y"].nunique() > 6
    assert set(layer(SAMPLES["seasonal"], "mean")["segment"]) == {"0"}
    assert layer(SAMPLES["common"], "mean")["y"].nunique() == 1


def test_the_curve_breaks_at_a_gap_and_the_limits_go_on():
    figure = SAMPLES["gap"]
    assert layer(figure, "line")["y"].isna().sum() == 1
    assert len(layer(figure, "stem")) == 1
    assert len(layer(figure, "mean")) == 24
    assert "aug saknas" in words(figure, "note")


def test_months_outside_the_process_have_no_limits():
    m = measure()
    os = months(m, [6.5, 6.6, *COMMON])
    figure = trend(assessment(os[-1]), os, process=judged(COMMON), context=CONTEXT)
    assert len(layer(figure, "mean")) == 24
    assert len(layer(figure, "line")) == 26


def test_every_value_is_told_with_its_signal():
    tips = words(SAMPLES["outside"], "told", "tip")
    assert tips[-1] == "oktober 2023: 9,4 %, försämring: utanför övre styrgränsen"
    assert tips[0] == "november 2021: 6,6 %"


@pytest.mark.parametrize(
    ("name", "said", "tone"),
    [
        ("shift", "● Förbättring: 7 månader i rad under medel", "better"),
        ("outside", "■ Försämring: utanför övre styrgränsen", "worse_text"),
        ("rising", "◆ Högre värden: stigande 7 månader i rad", "data"),
    ],
)
def test_the_latest_run_says_its_rule_beside_it(name, said, tone):
    note = layer(SAMPLES[name], "note")
    assert " ".join(text for text in note["text"] if text) == said
    assert " ".join(text for text in note["short"] if text) == said
    assert set(note["tone"]) == {tone}


def test_a_long_rule_is_broken_at_its_comma():
    values = [*COMMON[:12], *COMMON[:12], *COMMON[:12], *[5.9] * 7, 5.0, 4.9]
    lines = words(figure_of(values), "note")
    assert lines == [
        "● Förbättring: 9 månader i rad under medel,",
        "de två senaste utanför undre styrgränsen",
    ]


def test_words_without_room_on_a_phone_are_the_first_one_alone():
    values = [*[1.0] * 6, *[9.0] * 6] * 4
    process = judged(values)
    last = process.latest
    assert last is not None
    told = replace(last, variation=Variation.WORSE, rule=Rule.TWO_OF_THREE, side=Side.HIGH, run=2)
    os = months(measure(), list(values))
    process = replace(process, points=(*process.points[:-1], told), hits=())
    figure = trend(assessment(os[-1]), os, process=process, context=CONTEXT)
    note = layer(figure, "note")
    assert [text for text in note["short"] if text] == ["■ Försämring"]
    assert (
        " ".join(text for text in note["text"] if text)
        == "■ Försämring: 2 av 3 månader nära övre styrgränsen"
    )


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.one_of(st.none(), st.integers(0, 60)), min_size=14, max_size=40).filter(
        lambda v: sum(x is not None for x in v) > 12 and len({x for x in v if x is not None}) > 1
    ),
    st.booleans(),
    st.booleans(),
)
def test_nothing_is_cut_off_and_the_words_stay_inside(values, seasonal, far):
    try:
        figure = figure_of(values, seasonal=seasonal, goal=FAR if far else GOAL)
    except ZeroDivisionError:
        return
    rows = data(figure)
    corner = rows[rows["layer"] == "corner"]
    low, high = corner["y"].min(), corner["y"].max()
    for name in ("limit", "mean", "line", "target", "signal", "end"):
        ys = layer(figure, name)["y"].dropna()
        assert ((ys >= low - 1e-9) & (ys <= high + 1e-9)).all(), name
    span = corner["x"].max() - corner["x"].min()
    note = layer(figure, "note")
    for column, plot, longest in (("text", WIDE, WIDE_LINE), ("short", NARROW, NARROW_LINE)):
        for row in note[note["tone"].isin(["better", "worse_text"]) & (note[column] != "")].itertuples():
            text = getattr(row, column)
            left = (row.x - corner["x"].min()) / span * plot + row.dx
            width = text_width(text, NAME_SIZE, SEMIBOLD)
            assert width <= longest
            assert -1e-6 <= left <= plot - width + 1e-6
            down = (high - row.y) / (high - low) * PLOT_HEIGHT + row.dy
            assert 0 <= down <= PLOT_HEIGHT


def test_the_table_and_the_file_hold_what_the_picture_shows():
    figure = SAMPLES["shift"]
    assert list(table(figure).columns) == ["Period", "Utfall", "Signal", "Anmärkning"]
    assert table(figure)["Signal"].iloc[-1] == "Förbättring: 7 månader i rad under medel"
    text = csv(figure).decode("utf-8-sig")
    assert "Medel (procent);Undre styrgräns (procent);Övre styrgräns (procent);Signal;Anmärkning" in text
    assert "Förklaring;Större märken: ●\N{NO-BREAK SPACE}förbättring. Styrgränser: medel" in text


@pytest.mark.parametrize("dark", [False, True])
def test_pictures_are_drawn_with_band_limits_and_signals(dark):
    c = colours(dark)
    wide = drawn(SAMPLES["shift"], 1232, dark=dark).upper()
    for colour in (c.secondary, c.axis, c.grey, c.blue, c.plum):
        assert colour in wide
    assert "MÅL 6,0%" in wide
    narrow = drawn(SAMPLES["outside"], 372, dark=dark)
    assert c.orange in narrow
    assert "Övre 8,3" in narrow
    assert "Övre gräns" not in narrow


def test_a_whole_picture_prints_the_help():
    document = svg(SAMPLES["phases"])
    assert "Nya gränser från november 2022" in document
    assert "<desc>Inga verkliga förändringar i oktober. Linjediagram." in document
