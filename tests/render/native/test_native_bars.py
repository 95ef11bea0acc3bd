"""Contribution, måluppfyllelse and ranking as bars: the figure's own values, words, names and colours."""

from __future__ import annotations

import pytest

from hsf_kpi.figures.economy.contribution import contribution_figure
from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.goals import goals
from hsf_kpi.figures.peers import NO_NAME
from hsf_kpi.figures.shape import records
from hsf_kpi.model.codes import Direction, Status, UnitOfMeasure
from hsf_kpi.render.contribution_chart import MOST
from hsf_kpi.render.native import contribution as native_contribution
from hsf_kpi.render.native import goals as native_goals
from hsf_kpi.render.native import ranking as native_ranking
from hsf_kpi.render.native.types import Ink, Look, NativeChart, Shape, Symbol
from tests.figures.compare_figure_samples import BAND, GOAL
from tests.figures.figure_samples import CONTEXT, assessment, measure, outcome
from tests.render.compare_drawn import FIVE, HALVES, ranked
from tests.render.economy_samples import DEMO, HSF, NAMES, SOURCE, contribution
from tests.render.native.native_rules import by_name, check, plain


def of_goals(*areas: tuple[str, list[Status]]) -> NativeChart:
    m = measure()
    made = [
        (name, [assessment(outcome(m, "5"), GOAL, status, bound="2") for status in statuses])
        for name, statuses in areas
    ]
    (chart,) = native_goals.charts(goals(made, context=CONTEXT))
    check(chart)
    return chart


def makers(amounts: dict[str | None, int | None] | None = None, **more) -> Figure:
    made = contribution(amounts, **more)
    names = {**NAMES, **{str(key): str(key) for key in amounts or {} if key not in NAMES}}
    return contribution_figure(made, names, context=HSF, origins=DEMO, source=SOURCE, own_budget=True)


def of_makers(found: Figure) -> NativeChart:
    (chart,) = native_contribution.charts(found)
    check(chart)
    return chart


def of_ranking(*values, **more) -> NativeChart:
    (chart,) = native_ranking.charts(ranked(*values, **more))
    check(chart)
    return chart


def test_goals_are_counts_by_status_with_shape_and_number() -> None:
    met, near, missed, unknown = Status.MET, Status.NEAR, Status.MISSED, Status.NOT_ASSESSABLE
    chart = of_goals(("Första", [met, missed, met, unknown]), ("Andra", [near]))
    assert chart.categories == ("Första", "Andra")
    series = by_name(chart)
    assert {name: one.values for name, one in series.items()} == {
        "Uppnått": (2, 0),
        "Nära": (0, 1),
        "Ej uppnått": (1, 0),
        "Kan inte bedömas": (1, 0),
        "Etikett": (0, 0),
    }
    words = {name: [plain(text) for text in one.labels.values()] for name, one in series.items()}
    assert words == {
        "Uppnått": ["● 2"],
        "Nära": ["◆1"],
        "Ej uppnått": ["■1"],
        "Kan inte bedömas": ["○1"],
        "Etikett": ["2 av 3 bedömda", "0 av 1 bedömda"],
    }
    assert [one.ink for one in chart.series] == [Ink.BETTER, Ink.GREY, Ink.WORSE, Ink.DATA2, Ink.NONE]
    assert chart.value.high is not None
    assert chart.value.high > 4


def test_a_contribution_has_the_rows_amounts_and_the_colour_of_the_finding() -> None:
    found = makers()
    chart = of_makers(found)
    rows = list(records(found))
    (series,) = chart.series
    assert series.name == "Avvikelse"
    assert series.values == tuple(row["deviation"] for row in rows)
    assert chart.categories == tuple(row["name"] for row in rows)
    assert [series.labels[i] for i in range(len(rows))] == [row["deviation_text"] for row in rows]
    assert series.points == {i: Look(Ink.WORSE) for i, row in enumerate(rows) if row["mark"] == "worst"}
    assert plain(chart.value.title) == "0 = egen budget"


def test_the_deficit_provision_is_a_row_of_its_own() -> None:
    chart = of_makers(makers({"kir": -61_400, "fl": -700_000}, provision=-666_667))
    assert chart.categories[-1] == "Förvaltningsledning, underskottspost"
    assert chart.series[0].values[-1] == -666.667


def test_what_is_missing_is_said_where_the_bar_would_stand() -> None:
    chart = of_makers(makers({"kir": -61_400, "lab": None}, complete=False))
    (series,) = chart.series
    assert series.values == (-61.4, None)
    assert chart.categories[1] == "Laboratoriemedicin (saknas)"
    assert 1 not in series.labels


def test_very_many_are_drawn_as_on_the_screen() -> None:
    chart = of_makers(makers({f"Enhet {i}": -1_000 - 10 * i for i in range(60)}))
    assert len(chart.categories) == MOST
    assert sum(name.endswith("med mindre avvikelser") for name in chart.categories) == 1
    assert sum(float(value or 0) for value in chart.series[0].values) == pytest.approx(-77.7, abs=0.1)


def test_amounts_on_both_sides_have_room_for_their_words() -> None:
    chart = of_makers(makers({"kir": -60_000, "med": 55_000}))
    assert chart.value.low is not None
    assert chart.value.high is not None
    assert chart.value.low < -60
    assert chart.value.high > 55


def test_a_ranking_has_its_values_and_intervals_under_median_and_target() -> None:
    found = ranked(widths=HALVES)
    chart = of_ranking(widths=HALVES)
    assert chart.shape is Shape.BAR
    rows = list(records(found))
    series = by_name(chart)
    assert list(series) == ["Värde", "Median", "Mål", "Etikett"]
    assert series["Värde"].values == (None, None, *(row["value"] for row in rows))
    assert series["Värde"].bounds[2:] == tuple((row["low"], row["high"]) for row in rows)
    assert series["Etikett"].ink is Ink.NONE
    assert chart.categories[:2] == ("Median", "Mål")
    assert [name.partition("\N{NO-BREAK SPACE}")[2] or name for name in chart.categories[2:]] == [
        row["name"] for row in rows
    ]
    assert [name for name in chart.categories if name.startswith("►")] == [
        "►\N{NO-BREAK SPACE}Kirurgkliniken"
    ]


def test_median_and_target_are_strokes_over_every_unit_named_on_their_rows() -> None:
    series = by_name(of_ranking(widths=HALVES))
    for name, row, at, words in (("Median", 0, 6.2, "6,2 %"), ("Mål", 1, 6.0, "6,0%")):
        one = series[name]
        assert one.values == (*(at if i == row else None for i in range(2)), *(at,) * 5)
        assert (one.symbol, one.width) == (Symbol.BAR, 0)
        assert {i: plain(text) for i, text in one.labels.items()} == {row: words}
    assert series["Mål"].ink is Ink.DECIDED


def test_a_target_with_two_bounds_is_two_series_on_one_row() -> None:
    chart = of_ranking(("80", "87", "92"), goal=BAND, direction=Direction.BAND)
    series = by_name(chart)
    assert series["Mål, lägst"].values[1:] == (85.0,) * 4
    assert series["Mål, högst"].values[1:] == (90.0,) * 4
    assert series["Mål, högst"].labels == {1: "85–90%"}
    assert not series["Mål, lägst"].labels


def test_what_differs_from_the_median_is_coloured_and_told() -> None:
    found = ranked(widths=HALVES)
    chart = of_ranking(widths=HALVES)
    series = by_name(chart)
    for i, row in enumerate(records(found), 2):
        inks = {"better": Ink.BETTER, "worse": Ink.WORSE, "": Ink.DATA if row["whose"] == "own" else None}
        look = series["Värde"].points.get(i)
        assert (look.ink if look else None) is inks[str(row["apart"])]
        words = series["Etikett"].labels[i]
        assert words == f"{row['value_text']}  {row['apart_text']}".rstrip()
    assert any(row["apart"] for row in records(found))


def test_words_stand_past_the_interval_and_never_on_a_stroke() -> None:
    chart = of_ranking(widths=HALVES)
    series = by_name(chart)
    assert chart.value.low is not None
    assert chart.value.high is not None
    for i, row in enumerate(records(ranked(widths=HALVES)), 2):
        start = series["Etikett"].values[i]
        assert start is not None
        assert start >= float(str(row["high"]))
        covered = (start, start + 0.1 * (chart.value.high - chart.value.low))
        assert not [at for at in (6.0, 6.2) if covered[0] < at < covered[1]]


def test_without_intervals_the_words_stand_at_the_values() -> None:
    series = by_name(of_ranking(("5.3", "9.1", "4.0"), goal=None))
    assert series["Värde"].bounds == ()
    assert series["Etikett"].values == (None, 4.0, pytest.approx(5.3, abs=0.1), 9.1)


def test_of_very_many_only_the_own_number_is_written() -> None:
    chart = of_ranking(tuple(str(5 + i / 10) for i in range(40)), own="kir", goal=None)
    assert chart.every == 2
    assert [plain(text) for text in by_name(chart)["Etikett"].labels.values()] == ["5,0 %"]


def test_nobody_outside_the_scope_gets_a_name() -> None:
    assert list(of_ranking(FIVE, unnamed=("5.0", "6.6")).categories).count(NO_NAME) == 2


def test_no_number_over_a_hundred_per_cent_is_written_on_the_axis() -> None:
    high = of_ranking(("95", "99", "90"), direction=Direction.UP, goal=None)
    assert high.value.high is not None
    assert high.value.high > 100
    assert high.value.format.startswith("[<=100]")
    assert not of_ranking(("5", "6", "7")).value.format.startswith("[")


def test_bars_begin_at_zero_and_hold_what_is_below_it() -> None:
    assert of_ranking(("80", "85", "90"), goal=None).value.low == 0
    below = of_ranking(("-4", "2", "3"), unit=UnitOfMeasure.MNKR, goal=None)
    assert below.value.low is not None
    assert below.value.low <= -4
