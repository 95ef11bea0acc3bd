"""Funnel, distribution and own place as points: the figure's own values, lines with names, who stands out named."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.analysis.peers import standing
from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.peers import peers as peers_figure
from hsf_kpi.figures.shape import records
from hsf_kpi.model.codes import Direction, Origin, Status, UnitOfMeasure
from hsf_kpi.model.peers import PeerValues
from hsf_kpi.render.funnel_chart import funnel_curve
from hsf_kpi.render.native import distribution, funnel, peers
from hsf_kpi.render.native.beside import Named, Plot, words_series
from hsf_kpi.render.native.types import Dash, Ink, Look, NativeChart, Shape, Symbol
from tests.figures.compare_figure_samples import BAND, GOAL, HERE
from tests.figures.figure_samples import assessment, measure, outcome
from tests.render.compare_drawn import OUTSIDE, PAIRS, spread, tratt
from tests.render.native.native_rules import by_name, check, plain


def of_funnel(found: Figure) -> NativeChart:
    (chart,) = funnel.charts(found)
    check(chart)
    assert chart.shape is Shape.SCATTER
    return chart


def of_spread(found: Figure) -> NativeChart:
    (chart,) = distribution.charts(found)
    check(chart)
    assert chart.shape is Shape.SCATTER
    return chart


def own_place(named: int = 1, unnamed: int = 5, own: str = "5.3", goal=GOAL) -> Figure:
    m = measure()
    pairs = tuple((f"n{i}", Fraction(40 + i, 10)) for i in range(named))
    values = PeerValues(
        Fraction(own), pairs, tuple(Fraction(60 + i, 10) for i in range(unnamed)), 0, frozenset({Origin.DEMO})
    )
    names = {"kir": "Kirurgkliniken", **{f"n{i}": f"Namngiven {i}" for i in range(named)}}
    a = assessment(outcome(m, own), goal, Status.MET, bound="6.0")
    return peers_figure(standing(m, "kir", "på nivån klinik", values), a, names, context=HERE)


def of_place(found: Figure) -> NativeChart:
    (chart,) = peers.charts(found)
    check(chart)
    assert chart.shape is Shape.SCATTER
    return chart


def test_a_funnel_holds_every_unit_and_the_limits_over_all_sizes() -> None:
    found = tratt(*PAIRS)
    chart = of_funnel(found)
    series, rows, curve = by_name(chart), list(records(found)), funnel_curve(found)
    assert series["Värde"].values == tuple(row["value"] for row in rows)
    assert series["Värde"].xs == tuple(row["size"] for row in rows)
    for share, name, dash in (("95", "95 %-gräns", Dash.SHORT), ("998", "99,8 %-gräns", Dash.SOLID)):
        (line,) = [one for one in chart.series if plain(one.name) == name]
        upper, lower = (tuple(at[f"{end}_{share}"] for at in curve) for end in ("high", "low"))
        sizes = tuple(at["size"] for at in curve)
        assert line.values == (*upper, None, *lower)
        assert (line.xs[: len(sizes)], line.xs[len(sizes) + 1 :]) == (sizes, sizes)
        assert line.dash is dash
    centre = found.marks[0]
    assert series["Alla"].values == (centre.low, centre.low)


def test_limits_and_the_whole_are_named_at_their_ends_apart() -> None:
    chart = of_funnel(tratt(*PAIRS))
    words = by_name(chart)["Etikett"]
    ends = {plain(text): i for i, text in words.labels.items() if words.points[i].ink is Ink.GREY}
    assert list(ends) == ["Alla 6,6 %", "99,8 %-gräns", "95 %-gräns"]
    assert chart.value.high is not None
    assert chart.value.low is not None
    assert chart.across.high is not None
    heights = sorted(float(words.values[i] or 0) for i in ends.values())
    step = (chart.value.high - chart.value.low) / 20
    assert all(b - a > step for a, b in pairwise(heights))
    assert {words.xs[i] for i in ends.values()} == {by_name(chart)["Alla"].xs[1]}
    assert chart.across.high > float(by_name(chart)["Alla"].xs[1] or 0)


def test_units_outside_have_the_shape_and_ink_of_their_side_and_their_name() -> None:
    found = tratt(*PAIRS, (800, 1.0), (700, 3.9))
    chart = of_funnel(found)
    values, rows = by_name(chart)["Värde"], list(records(found))
    assert {row["zone"] for row in rows} == {"inside", "outside_95", "outside_998"}
    for i, row in enumerate(rows):
        look = values.points.get(i)
        if row["zone"] == "inside":
            assert look is None
            continue
        assert look is not None
        assert look.ink is {"better": Ink.BETTER, "worse": Ink.WORSE}[str(row["side"])]
        assert (look.symbol is Symbol.SQUARE) == (row["side"] == "worse")
        expected = 14 if row["whose"] == "own" else 11 if row["zone"] == "outside_998" else 7
        assert look.size == expected
    outside = {str(row["name"]) for row in rows if row["zone"] == "outside_998"}
    assert outside <= set(by_name(chart)["Etikett"].labels.values())


def test_the_own_unit_within_the_limits_is_dark_and_named() -> None:
    chart = of_funnel(tratt((400, 6.0), *PAIRS[1:]))
    values = by_name(chart)["Värde"]
    assert list(values.points.values()) == [Look(Ink.DATA, Symbol.CIRCLE, 14)]
    assert "Kirurgkliniken" in by_name(chart)["Etikett"].labels.values()


def test_where_no_way_is_better_what_is_outside_is_a_diamond() -> None:
    values = by_name(of_funnel(tratt(*PAIRS, (800, 1.0), direction=Direction.NONE)))["Värde"]
    assert {look.symbol for look in values.points.values()} == {Symbol.DIAMOND}
    assert {look.ink for look in values.points.values()} == {Ink.DATA}


def test_a_distribution_has_the_values_in_order_and_no_dot_on_another() -> None:
    found = spread(("4.0", "4.0", "4.01", "9.0"), own=None, goal=None)
    series = by_name(of_spread(found))
    assert series["Värde"].xs == tuple(row["value"] for row in records(found))
    assert series["Värde"].values == (2, 3, 4, 2)
    assert "Egen verksamhet" not in series


def test_the_own_unit_is_named_over_the_dots() -> None:
    chart = of_spread(spread(OUTSIDE, unnamed=("5.0", "6.1")))
    series = by_name(chart)
    own = series["Egen verksamhet"]
    assert own.xs == (4.2, 4.2)
    assert {i: plain(text) for i, text in own.labels.items()} == {1: "Kirurgkliniken 4,2 %, plats 1"}
    assert own.values[1] is not None
    assert own.values[1] > max(value or 0 for value in series["Värde"].values)
    looks = [series["Värde"].points[i] for i in sorted(series["Värde"].points)]
    assert [look.size for look in looks] == [14, 5, 5]
    assert chart.across.title == "Lägre är bättre"


def test_the_middle_half_and_the_median_are_the_figures() -> None:
    found = spread(OUTSIDE)
    series = by_name(of_spread(found))
    median, half = found.marks
    assert series["Median"].xs == (median.low, median.low)
    assert series["Median"].labels == {1: median.label}
    assert series["Mittersta hälften"].xs == (half.low, half.high)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=40), st.integers(1, 8))
def test_dots_at_one_height_are_apart(found: list[int], apart: int) -> None:
    values = sorted(map(float, found))
    levels = distribution.heights(values, float(apart))
    assert min(levels) == 1
    for level in set(levels):
        at = [value for value, on in zip(values, levels, strict=True) if on == level]
        assert all(b - a >= apart for a, b in pairwise(at))


@given(st.sampled_from(UnitOfMeasure), st.lists(st.integers(-500, 500), min_size=2, max_size=12))
def test_any_values_keep_the_rules(unit: UnitOfMeasure, found: list[int]) -> None:
    texts = tuple(str(value / 10) for value in found)
    of_spread(spread(texts, unit=unit, goal=None))


def test_the_own_place_is_the_large_dot_and_nobody_else_gets_a_name() -> None:
    found = own_place()
    chart = of_place(found)
    series = by_name(chart)
    assert series["Värde"].values == tuple(row["value"] for row in records(found))
    assert series["Värde"].xs == (1, 2, 3, 4, 5, 6, 7)
    own = Look(Ink.DATA, Symbol.CIRCLE, 14)
    assert series["Värde"].points == {1: own} | {i: Look(Ink.GREY, Symbol.CIRCLE, 5) for i in range(2, 7)}
    words = [plain(text) for text in series["Etikett"].labels.values()]
    assert words == ["Median 6,1 %", "Mål 6,0%", "Kirurgkliniken 5,3 %"]


def test_median_and_target_lie_over_all_dots() -> None:
    series = by_name(of_place(own_place()))
    assert series["Median"].xs == series["Mål"].xs == (0.5, 7.5)
    assert series["Median"].values == (6.1, 6.1)
    assert (series["Mål"].values, series["Mål"].ink, series["Mål"].dash) == (
        (6.0, 6.0),
        Ink.DECIDED,
        Dash.DASH,
    )


def test_a_target_with_two_bounds_is_two_lines_with_one_name() -> None:
    series = by_name(of_place(own_place(own="5.3", goal=BAND)))
    assert (series["Mål, lägst"].values, series["Mål, högst"].values) == ((85.0, 85.0), (90.0, 90.0))
    assert [text for text in series["Etikett"].labels.values() if "Mål" in text] == ["Mål 85–90%"]


def test_very_many_places_are_drawn_small() -> None:
    few, many = (by_name(of_place(own_place(named=2, unnamed=n)))["Värde"] for n in (10, 90))
    assert many.size < few.size


@given(
    st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), max_size=6, unique=True),
    st.lists(st.floats(0, 100), max_size=4),
)
def test_words_are_in_the_plot_and_every_line_has_its_name(
    dots: list[tuple[float, float]], ends: list[float]
) -> None:
    plot = Plot(0.0, 150.0, 0.0, 100.0)
    named = [Named(dot, f"Enhet {i}", must=True) for i, dot in enumerate(dots)]
    lines = [Named((100.0, y), f"Linje {i}") for i, y in enumerate(ends)]
    words = words_series(plot, named, dots, lines)
    assert set(words.labels.values()) == {one.words for one in (*named, *lines)}
    assert all(0 <= float(y or 0) <= 100 for y in words.values)
