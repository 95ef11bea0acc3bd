"""Small pictures and index drawn: valid and constant specs, marks in their places, names apart, lines that break."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.economy.production import STAFF, Production
from hsf_kpi.analysis.economy.types import IndexSeries
from hsf_kpi.figures.economy.multiples import MOST, Small, small_multiples
from hsf_kpi.figures.economy.production import index_figure
from hsf_kpi.figures.figure import Figure
from hsf_kpi.model.period import Month
from hsf_kpi.render.frame import UNSEEN
from hsf_kpi.render.image import svg
from hsf_kpi.render.index_chart import HEIGHT, LAYERS
from hsf_kpi.render.multiples_chart import CELL
from hsf_kpi.render.multiples_rows import LAYERS as SMALL_LAYERS
from hsf_kpi.render.screen import chart, data, spec
from hsf_kpi.render.trend_labels import LINE_HEIGHT
from tests.figures.assignment_samples import DEMO, SOURCE, months
from tests.figures.figure_samples import CONTEXT

Values = list[int | None]


def small(*lines: Values, target: int | None = None, finding: int = 0) -> Figure:
    pictures = [
        Small(
            f"u{k}",
            f"Enhet {k}",
            tuple(None if v is None else Fraction(v) for v in line),
            finding=k < finding,
        )
        for k, line in enumerate(lines)
    ]
    return small_multiples(
        pictures, months(len(lines[0])), slug="x", title="Två ökar", what="Antal", context=CONTEXT, origins=DEMO,
        source=SOURCE, target=None if target is None else Fraction(target),
    )  # fmt: skip


def index(**lines: Values) -> Figure:
    length = len(next(iter(lines.values())))
    every = tuple(Month.of(2019, 1) + i for i in range(length))
    series = []
    for key, line in lines.items():
        values = tuple(None if v is None else Fraction(v) for v in line)
        series.append(IndexSeries(key, key.capitalize(), 2019, every, values, values))
    return index_figure(
        Production(2019, tuple(series), (), (), ()), context=CONTEXT, origins=DEMO, source=SOURCE
    )


def layer(figure: Figure, name: str) -> pd.DataFrame:
    found = data(figure)
    return found[(found["layer"] == name) & (found["tone"] != UNSEEN)].reset_index(drop=True)


def test_specs_are_valid():
    chart(small([1, 2])).to_dict(validate=True)
    chart(index(arsarbetare=[100, 101]), True).to_dict(validate=True)


@pytest.mark.parametrize(("count", "height"), [(1, 1), (3, 2), (4, 2), (12, 6), (15, 6)])
def test_a_chart_is_as_high_as_its_pictures_need(count, height):
    assert spec(small(*([1, 2] for _ in range(count))))["height"] == height * CELL


def test_a_spec_holds_no_data_and_is_one_for_as_many_pictures():
    one, two = small([1, 2], [3, 4]), small([-9, 0], [None, 4], finding=1)
    assert spec(one) is spec(two)
    assert "Enhet" not in json.dumps(spec(one), ensure_ascii=False)
    assert spec(index(arsarbetare=[100, 101])) is spec(index(besok=[90, 80], arsarbetare=[1, 2]))


def test_every_layer_has_a_row_so_that_the_browser_does_not_warn():
    for figure, names in ((small([None, None]), SMALL_LAYERS), (index(besok=[None, 100]), LAYERS)):
        assert set(names) <= set(data(figure)["layer"])


def test_all_pictures_share_one_scale_and_zero_is_drawn_in_each():
    figure = small([0, 10], [0, -10], [5, 5], target=-5)
    line = layer(figure, "line")
    ends = line[line["x"] == 1].set_index("size")["y"]
    assert ends[0] - ends[2] == pytest.approx(ends[2] - (ends[0] + ends[1]) / 2)
    zero = layer(figure, "zero")
    assert zero["size"].tolist() == [0, 1, 2]
    assert zero["y"].nunique() == 1
    assert layer(figure, "target")["y"].nunique() == 1
    assert set(layer(figure, "tick")["text"]) == {"−10", "0", "10"}


def test_a_line_breaks_at_a_missing_month_and_a_lone_month_is_a_dot():
    figure = small([1, 2, None, 4, None, 6])
    line = layer(figure, "line")
    assert line.groupby("segment").size().tolist() == [2, 1, 1]
    assert sorted(round(x * 5) for x in layer(figure, "dot")["x"]) == [3, 5]
    ended = layer(small([1, 2, None]), "value")
    assert ended["text"].tolist() == ["+2 feb"]
    assert layer(small([None, None]), "value")["text"].tolist() == ["ingen uppgift"]


def test_what_the_title_is_about_differs_by_shape_too():
    figure = small([1, 2], [1, 2], finding=1)
    assert layer(figure, "strong")["size"].unique().tolist() == [0]
    assert layer(figure, "dot_strong")["size"].tolist() == [0]
    assert layer(figure, "value")["tone"].tolist() == ["orange", "data"]


def test_no_more_pictures_than_there_is_room_for():
    assert layer(small(*([1] for _ in range(MOST + 3))), "name")["text"].tolist()[-1] == f"Enhet {MOST - 1}"


@settings(max_examples=20, deadline=None)
@given(
    st.integers(1, 8).flatmap(
        lambda n: st.lists(
            st.lists(st.none() | st.integers(-50, 50), min_size=n, max_size=n), min_size=1, max_size=14
        )
    )
)
def test_marks_stay_inside_their_pictures_and_every_value_is_told(lines):
    figure = small(*lines)
    found = data(figure)
    places = found.loc[found["layer"] != "name", ["x", "y"]]
    assert places["x"].between(0, 1).all()
    assert places["y"].between(0, 1).all()
    told = layer(figure, "told")
    assert len(told) == sum(v is not None for line in lines[:MOST] for v in line)


# Index


def test_the_strong_line_differs_from_the_others_and_each_is_named_at_its_end():
    figure = index(besok=[100, 101], arsarbetare=[100, 104], operationer=[100, 98])
    assert layer(figure, "strong")["segment"].unique().tolist() == [STAFF]
    assert layer(figure, "other0")["segment"].unique().tolist() == ["besok"]
    assert layer(figure, "other1")["segment"].unique().tolist() == ["operationer"]
    end = layer(figure, "end")
    named = [text.replace("\N{NO-BREAK SPACE}", " ") for text in end["text"]]
    assert set(named) == {"101 Besok", "104 Arsarbetare", "98 Operationer", "2019 = 100"}
    assert layer(figure, "level")["y"].tolist() == [100]
    assert layer(figure, "dot")["y"].tolist() == [104]


def test_a_line_without_a_latest_value_says_when_it_ended():
    assert (
        "101 Besok (feb 2019)"
        in layer(index(besok=[100, 101, None], arsarbetare=[100] * 3), "end")["text"].tolist()
    )


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(st.integers(40, 260), min_size=3, max_size=3), min_size=1, max_size=8))
def test_names_never_overlap_and_each_is_joined_to_its_line(lines):
    figure = index(**{f"q{i}": line for i, line in enumerate(lines)})
    corners = layer(figure, "corner")["y"]
    scale = HEIGHT / (corners.max() - corners.min())
    at = sorted(layer(figure, "end")["y"] * scale)
    assert all(b - a >= LINE_HEIGHT - 1e-6 for a, b in pairwise(at))
    reach = layer(figure, "reach")
    assert sorted(reach["y"]) == sorted([*(float(line[-1]) for line in lines), 100.0])
    assert sorted(reach["y2"]) == sorted(layer(figure, "end")["y"])
    assert corners.min() <= min(min(line) for line in lines)
    assert corners.max() >= max(max(line) for line in lines)


def test_pictures_are_drawn():
    drawn = svg(small([0, 3], [0, None], finding=1)) + svg(
        index(besok=[100, 101], arsarbetare=[100, 104]), dark=True
    )
    for word in ("Enhet 0", "Enhet 1", "+3", "101 Besok", "104 Arsarbetare"):
        assert word in drawn
