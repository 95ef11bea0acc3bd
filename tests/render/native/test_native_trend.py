"""A trend as an office program's chart: every value of the figure in its series, gaps as gaps, limits, signals, words."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.figures.figure import Figure, Mark, Role
from hsf_kpi.figures.shape import records
from hsf_kpi.figures.spark import spark
from hsf_kpi.figures.trend import trend
from hsf_kpi.model.codes import Missing, Status, UnitOfMeasure
from hsf_kpi.model.measure import ExternalSeries
from hsf_kpi.model.organisation import Reorganisation
from hsf_kpi.model.period import Month, Window
from hsf_kpi.model.target import TargetKind
from hsf_kpi.render.native import native
from hsf_kpi.render.native.types import Dash, Ink, NativeChart, NativeSeries, Shape, Symbol
from tests.figures.figure_samples import CONTEXT, assessment, measure, months, target, years
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
from tests.render.native.native_rules import by_name, check

M = measure()
GOAL = target(TargetKind.AT_MOST, "6,0%", high="6.0")
BAND = target(TargetKind.BETWEEN, "85‐90%", low="85", high="90")


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def curve(values: Values, goal=GOAL, *, m=M, window=Window.MONTH, notes=None, **more) -> Figure:
    os = months(m, list(values), window=window, notes=notes)
    return trend(assessment(os[-1], goal, Status.MET, bound="6.0"), os, context=CONTEXT, **more)


def with_limits(values: Values, m=M, **more) -> Figure:
    return curve(values, m=m, process=judged(values, m, **more))


def drawn(figure: Figure) -> NativeChart:
    (chart,) = native(figure)
    check(chart)
    assert chart.shape is Shape.LINE
    return chart


def words(series: NativeSeries) -> dict[int, str]:
    return {i: plain(text) for i, text in series.labels.items()}


def column(figure: Figure, key: str) -> tuple[object, ...]:
    return tuple(record[key] for record in records(figure))


def test_a_curve_is_the_figures_column_with_a_gap_where_a_month_is_missing():
    figure = curve(["6.4", None, "6.2", "5.1"], notes={2: "10 av 11 verksamheter"})
    chart = drawn(figure)
    outcome = by_name(chart)["Utfall"]
    assert outcome.values == (6.4, None, 6.2, 5.1)
    assert words(outcome)[3] == "5,1 % oktober"
    assert words(outcome)[2] == "*"
    assert words(outcome)[0] == "aug saknas"
    assert chart.categories == ("juli 2023", "aug 2023", "sep 2023", "okt 2023")
    assert outcome.points[0].symbol is Symbol.CIRCLE, "a month alone has no line to stand on"
    assert 1 not in outcome.points


def test_months_missing_at_the_end_are_told_with_the_latest_value():
    chart = drawn(curve(["6.4", "6.2", None, None]))
    assert words(by_name(chart)["Utfall"]) == {1: "6,2 % augusti, sep–okt saknas"}


def test_a_target_is_a_dashed_line_with_its_words_where_it_has_room():
    found = by_name(drawn(curve(["8.4", "7.2", "8.1"])))["Mål"]
    assert (found.values, found.ink, found.dash) == ((6.0,) * 3, Ink.DECIDED, Dash.DASH)
    assert list(words(found).values()) == ["Mål 6,0%"]


def test_a_band_is_two_lines_and_read_as_a_range():
    found = by_name(drawn(curve(["88", "84", "86"], BAND)))
    assert found["Mål, högst"].values == (90.0,) * 3
    assert found["Mål, lägst"].values == (85.0,) * 3
    assert list(words(found["Mål, högst"]).values()) == ["Mål 85–90%"]
    assert not found["Mål, lägst"].labels


def test_a_target_of_zero_is_the_zero_line():
    money = measure("Avvikelse", unit=UnitOfMeasure.MNKR)
    found = by_name(drawn(curve(["-3", "-4"], target(TargetKind.ON_BUDGET, "Noll"), m=money)))["Mål"]
    assert (found.dash, found.ink, found.values) == (Dash.SOLID, Ink.TEXT, (0.0, 0.0))


def test_a_yearly_measure_is_points_and_its_target_begins_where_it_holds():
    external = (ExternalSeries("Kolada", "U70446", "outcome"),)
    m = measure("HME-index", unit=UnitOfMeasure.INDEX, measured=(Window.YEAR,), external=external)
    os = years(m, {2020: "70", 2021: None, 2022: "72", 2023: "74"})
    figure = trend(
        assessment(os[-1], target(TargetKind.AT_LEAST, "76", low="76"), Status.MISSED, bound="76"),
        os,
        national={2022: Fraction(75)},
        context=CONTEXT,
    )
    chart = drawn(figure)
    found = by_name(chart)
    assert chart.categories == ("2020", "2021", "2022", "2023")
    assert (found["Utfall"].width, found["Utfall"].symbol) == (0, Symbol.CIRCLE)
    assert words(found["Utfall"]) == {0: "70,0", 2: "72,0", 3: "74,0"}
    assert found["Mål"].values == (None, None, None, 76.0)
    assert found["Riket"].values == (None, None, 75.0, None)
    assert words(found["Riket"]) == {2: "Riket 75,0"}


def test_last_year_is_a_thin_line_and_dots_where_the_year_starts_again():
    os = months(M, ["6", "7"])
    before = months(M, ["5", "6"], last=Month.of(2022, 10))
    found = by_name(drawn(trend(assessment(os[-1]), os, last_year=before, context=CONTEXT)))
    assert (found["Föregående år"].values, found["Föregående år"].width > 0) == ((5.0, 6.0), True)
    assert "Föregående år 6,0 %" in words(found["Föregående år"]).values()

    os, before = (months(M, ["6", "7"], window=Window.YTD, last=Month.of(year, 10)) for year in (2023, 2022))
    found = by_name(drawn(trend(assessment(os[-1]), os, last_year=before, context=CONTEXT)))
    assert (found["Föregående år"].width, found["Föregående år"].symbol) == (0, Symbol.CIRCLE)


def test_an_accumulated_value_is_a_line_for_each_year():
    found = by_name(drawn(curve([n / 10 for n in range(60, 82)], window=Window.YTD)))
    outcomes = {name: one.values for name, one in found.items() if name.startswith("Utfall")}
    assert list(outcomes) == ["Utfall 2022", "Utfall 2023"]
    assert [v for values in outcomes.values() for v in values if v is not None] == [
        n / 10 for n in range(60, 82)
    ]
    assert outcomes["Utfall 2022"][12:] == (None,) * 10
    assert "2022" in found["Utfall 2022"].labels.values()


def test_limits_are_the_figures_columns():
    figure = with_limits(COMMON)
    found = by_name(drawn(figure))
    for key, name in (("mean", "Medel"), ("limit_low", "Undre styrgräns"), ("limit_high", "Övre styrgräns")):
        assert found[name].values == column(figure, key)
        assert found[name].ink is Ink.AXIS
    assert found["Utfall"].ink is Ink.GREY
    assert not any(name.startswith("Signal") for name in found)
    assert {name for name, one in found.items() if not one.labels} == set(), "no line needs a key"


def test_limits_of_two_phases_are_not_joined():
    figure = with_limits(TWO_PHASES, steps=[(12, "Ny mätmetod.")])
    found = by_name(drawn(figure))
    first, second = found["Medel, fas 1"].values, found["Medel, fas 2"].values
    assert first[12:] == second[:12] == (None,) * 12
    assert (*first[:12], *second[12:]) == column(figure, "mean")
    assert any("Nya gränser" in text for text in found["Utfall"].labels.values())


def test_limits_that_only_begin_the_picture_have_no_names():
    whole = with_limits(TWO_PHASES, steps=[(12, "Ny mätmetod.")])
    found = by_name(drawn(replace(whole, rows=whole.rows[10:])))
    assert found["Medel, fas 1"].values[:2] != (None, None)
    assert not found["Medel, fas 1"].labels
    assert found["Medel, fas 2"].labels


@pytest.mark.parametrize(
    ("values", "name", "symbol", "ink", "told"),
    [
        (SHIFT, "Signal, förbättring", Symbol.CIRCLE, Ink.BETTER, "● Förbättring: 7 månader i rad under medel"),
        (OUTSIDE, "Signal, försämring", Symbol.SQUARE, Ink.WORSE, "9,4 % oktober ■ Försämring: utanför övre styrgränsen"),
    ],
)  # fmt: skip
def test_a_signal_is_told_by_shape_and_words(values, name, symbol, ink, told):
    figure = with_limits(values)
    found = by_name(drawn(figure))[name]
    flagged = [i for i, signal in enumerate(column(figure, "signal")) if signal]
    assert [i for i, value in enumerate(found.values) if value is not None] == flagged
    assert all(found.values[i] == column(figure, "outcome")[i] for i in flagged)
    assert (found.symbol, found.ink, found.width) == (symbol, ink, 0)
    assert [text.replace("\n", " ") for text in words(found).values()] == [told]
    assert found.points[23].size > found.size, "the latest is larger"


@pytest.mark.parametrize("values", [COMMON, SHIFT, OUTSIDE, RISING, GAP, SEASONAL])
def test_the_axis_holds_every_value(values):
    chart = drawn(with_limits(values, seasonal=values is SEASONAL))
    found = [value for one in chart.series for value in one.values if value is not None]
    assert chart.value.low <= min(found) <= max(found) <= chart.value.high


def test_a_reorganisation_is_named_at_its_month():
    move = Reorganisation(Month.of(2023, 9), "Två kliniker slogs ihop.", (), ())
    figure = curve(["6.4", "6.1", "6.3", "6.2"], reorganisations=(move,))
    assert words(by_name(drawn(figure))["Utfall"])[2] == "Omorganisation"
    late = replace(figure, marks=(Mark(Role.NOTE, "Senare.", at=dt.date(2030, 1, 1)),))
    assert "Omorganisation" not in by_name(drawn(late))["Utfall"].labels.values()


def test_a_small_trend_has_no_words():
    os = months(M, ["6.4", "6.2", "5.1"])
    chart = drawn(spark(assessment(os[-1], GOAL, Status.MET, bound="6.0"), os, context=CONTEXT))
    assert by_name(chart)["Utfall"].values == (6.4, 6.2, 5.1)
    assert all(not one.labels for one in chart.series)


@pytest.mark.parametrize(
    ("count", "every"), [(12, 1), (14, 1), (15, 2), (36, 3), (60, 6), (150, 12), (400, 29)]
)
def test_at_most_fourteen_months_are_written(count, every):
    chart = drawn(curve([6.0] * count))
    assert chart.every == every
    assert -(-count // chart.every) <= 14


def test_a_figure_without_values_has_no_chart():
    assert native(curve([None, None])) == ()


VALUE = st.one_of(st.none(), st.decimals(0, 100, places=3).map(str))


@settings(max_examples=60, deadline=None)
@given(
    values=st.lists(VALUE, min_size=1, max_size=40).filter(any),
    window=st.sampled_from([Window.MONTH, Window.YTD, Window.R12]),
    missing=st.sampled_from(list(Missing)),
    starred=st.booleans(),
)
def test_every_outcome_is_in_its_place(values, window, missing, starred):
    notes = dict.fromkeys(range(len(values)), "10 av 11 verksamheter") if starred else {}
    os = months(M, values, window=window, missing=missing, notes=notes)
    figure = trend(assessment(os[-1], GOAL, Status.MET, bound="6.0"), os, last_year=os, context=CONTEXT)
    chart = drawn(figure)
    series = [one for one in chart.series if one.name.startswith("Utfall")]
    found = {i: value for one in series for i, value in enumerate(one.values) if value is not None}
    assert sum(value is not None for one in series for value in one.values) == len(found)
    assert tuple(found.get(i) for i in range(len(values))) == column(figure, "outcome")


@settings(max_examples=30, deadline=None)
@given(
    st.lists(VALUE.filter(lambda v: v is None or float(v) < 50), min_size=14, max_size=30).filter(
        lambda v: sum(map(bool, v)) > 12
    )
)
def test_limits_and_signals_of_any_series(values):
    figure = with_limits(values)
    chart = drawn(figure)
    found = by_name(chart)
    assert found["Utfall"].values == column(figure, "outcome")
    flagged = {
        i: v
        for n, one in found.items()
        if n.startswith("Signal")
        for i, v in enumerate(one.values)
        if v is not None
    }
    kinds = column(figure, "signal")
    assert set(flagged) == {i for i, kind in enumerate(kinds) if kind and figure.rows[i][2] is not None}
