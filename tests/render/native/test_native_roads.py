"""The economy's curves as an office program's charts: the road to −800, and how forecasts moved."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.economy.types import NoForecast, Yardstick
from hsf_kpi.figures.economy.history import forecast_history
from hsf_kpi.figures.economy.trajectory import trajectory_figure
from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.shape import records
from hsf_kpi.model.ledger import MNKR
from hsf_kpi.render.native import native
from hsf_kpi.render.native.types import Dash, Ink, NativeChart, NativeSeries, Symbol
from tests.render.economy_samples import (
    CLINIC,
    DEMO,
    HSF,
    KIR,
    MONTHLY,
    SOURCE,
    UNDATED,
    submitted,
    trajectory,
)
from tests.render.native.native_rules import by_name, check

EARLIER = submitted((-600, -575, -480), 2022)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\n", " ")


def words(series: NativeSeries) -> dict[int, str]:
    return {i: plain(text) for i, text in series.labels.items()}


def drawn(figure: Figure) -> NativeChart:
    (chart,) = native(figure)
    check(chart)
    return chart


def road(found=None, undated=None, yardstick=Yardstick.PROVISION) -> Figure:
    found = found or trajectory()
    own = found.unit != "hsf"
    return trajectory_figure(
        found,
        yardstick,
        context=KIR if own else HSF,
        own_budget=own,
        origins=DEMO,
        source=SOURCE,
        undated=undated,
    )


def column(figure: Figure, key: str) -> tuple[object, ...]:
    return tuple(record[key] for record in records(figure))


def test_every_line_of_the_road_is_a_column_of_the_figure():
    figure = road()
    chart = drawn(figure)
    found = by_name(chart)
    assert chart.categories[0] == "jan 2023"
    for key, name in (
        ("outcome", "Ackumulerat"),
        ("target", "Vägen till −800"),
        ("budget", "Budget (0)"),
        ("submitted", "Lämnad prognos"),
        ("middle", "Statistisk prognos"),
        ("low", "80 %, lägst"),
        ("high", "80 %, högst"),
    ):
        values = next(one.values for title, one in found.items() if plain(title) == name)
        assert values == column(figure, key), name
    path, forecast = found["Vägen till −800"], found["Statistisk prognos"]
    assert (path.ink, path.dash) == (Ink.DECIDED, Dash.DASH)
    assert forecast.dash is Dash.DOT
    assert forecast.bounds == tuple(zip(column(figure, "low50"), column(figure, "high50"), strict=True))
    assert found["Lämnad prognos"].symbol is Symbol.HOLLOW_DIAMOND
    assert found["Budget (0)"].dash is Dash.SOLID


def test_the_road_ends_where_the_year_lands_with_the_gap_to_the_target():
    found = by_name(drawn(road()))["Vid årets slut"]
    assert found.values == (*(None,) * 11, -978.0)
    assert found.bounds[11] == (-978.0, -800.0)
    assert (found.ink, words(found)) == (Ink.WORSE, {11: "−978 lämnad prognos, 178 mnkr under"})
    better = trajectory(forecasts=submitted((-790,)))
    assert by_name(drawn(road(better)))["Vid årets slut"].ink is Ink.BETTER


def test_a_forecast_without_a_year_stands_outside_the_time_axis():
    chart = drawn(road(undated=UNDATED))
    found = by_name(chart)
    assert chart.categories[:2] == ("år ej angivet", "jan 2023")
    assert found["Prognos utan år"].values == (-1035.0, *(None,) * 12)
    assert words(found["Prognos utan år"]) == {0: "−1 035 prognos enligt intranätet, år ej angivet"}
    assert all(one.values[0] is None for name, one in found.items() if name != "Prognos utan år")
    assert found["Ackumulerat"].values[1:] == by_name(drawn(road()))["Ackumulerat"].values
    assert chart.value.low <= -1035


def test_a_missing_month_is_a_gap_that_is_told():
    monthly = (*MONTHLY[:3], None, *MONTHLY[4:])
    found = by_name(drawn(road(trajectory(monthly))))["Ackumulerat"]
    assert found.values[3] is None
    assert "apr saknas" in words(found).values()


def test_a_year_that_has_ended_is_named_by_its_outcome_alone():
    year = (*MONTHLY, -50_000_000, -60_000_000)
    found = by_name(drawn(road(trajectory(year))))
    assert [text for one in found.values() for text in words(one).values() if "tfall" in text] == [
        words(found["Vid årets slut"])[11]
    ]
    assert found["Vid årets slut"].symbol is Symbol.CIRCLE


def test_every_submitted_forecast_is_there_also_of_one_month():
    one = submitted((-800, -850))
    twice = (*one, replace(one[1], result=-870 * MNKR, deviation=-870 * MNKR))
    figure = road(trajectory(forecasts=twice))
    found = by_name(drawn(figure))
    values = [
        v for n, s in found.items() if n.startswith("Lämnad prognos") for v in s.values if v is not None
    ]
    assert sorted(values) == [-870.0, -850.0, -800.0]


@pytest.mark.parametrize(
    "figure",
    [
        road(CLINIC, yardstick=Yardstick.BUDGET),
        road(yardstick=Yardstick.LAST_YEAR),
        road(trajectory(statistical=NoForecast("Få år."), forecasts=())),
        road(trajectory(forecasts=())),
        road(trajectory(targets=(), forecasts=())),
        road(trajectory((), targets=(), month=1)),
        road(trajectory((None, -5_000_000), statistical=NoForecast("Få år."))),
    ],
)
def test_roads_that_lack_something(figure):
    chart = drawn(figure)
    assert by_name(chart)["Ackumulerat"].values == column(figure, "outcome")
    if chart.series:
        assert chart.value.low <= 0 <= chart.value.high


def test_last_year_is_a_ring_where_it_is_the_yardstick():
    found = by_name(drawn(road(yardstick=Yardstick.LAST_YEAR)))["Samma period föregående år"]
    assert found.values[9] == -433.0
    assert words(found)[9].startswith("Samma period 2022")


def history(made=None, outcomes=None) -> Figure:
    return forecast_history(
        (*EARLIER, *submitted()) if made is None else made,
        {2022: -433 * MNKR} if outcomes is None else outcomes,
        {2023: -800 * MNKR},
        context=HSF,
        origins=DEMO,
        source=SOURCE,
    )


def test_each_year_is_a_line_over_the_months_of_submission():
    chart = drawn(history())
    found = by_name(chart)
    assert chart.categories == (
        "jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec", "utfall",
    )  # fmt: skip
    assert found["År 2022"].values == (-600.0, -575.0, -480.0, *(None,) * 9, -433.0)
    assert words(found["År 2022"])[12] == "2022 −433"
    assert found["År 2023"].values[:10] == (-800, -812, -834, -860, -880, -893, -900, -940, -950, -978)
    assert words(found["År 2023"]) == {0: "januari −800", 9: "2023: oktober −978"}
    assert found["År 2023"].symbol is Symbol.HOLLOW_DIAMOND
    assert found["Underskottspost 2023"].values == (-800.0,) * 13
    assert found["Budget"].values == (0.0,) * 13
    assert found["År 2023"].width > found["År 2022"].width


def test_a_forecast_made_outside_its_year_has_a_month_of_its_own():
    first = submitted((-800,))[0]
    early = replace(first, made=first.made.replace(year=2022, month=12))
    late = replace(first, made=first.made.replace(year=2024), result=-990 * MNKR, deviation=-990 * MNKR)
    chart = drawn(history((early, late), {}))
    assert chart.categories[0] == "dec året före"
    assert chart.categories[-1] == "jan året efter"
    assert by_name(chart)["År 2023"].values == (-800.0, *(None,) * 12, -990.0)


def test_a_year_without_outcome_says_so():
    chart = drawn(history(outcomes={}))
    assert "utfall" not in chart.categories
    assert "2022, utan utfall" in words(by_name(chart)["År 2022"]).values()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 12), st.integers(-2000, 500)), min_size=1, max_size=15))
def test_no_forecast_is_lost(made):
    first = submitted((-800,))[0]
    made = sorted(made)
    found = [
        replace(first, made=first.made.replace(month=month), result=amount * MNKR, deviation=amount * MNKR)
        for month, amount in made
    ]
    chart = drawn(history(found, {}))
    lines = [one for one in chart.series if one.name.startswith("År 2023")]
    assert sorted(v for one in lines for v in one.values if v is not None) == sorted(a for _, a in made)
    months = [(i + 1, v) for one in lines for i, v in enumerate(one.values) if v is not None]
    assert sorted(months) == made
