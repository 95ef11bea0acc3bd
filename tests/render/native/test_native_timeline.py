"""A timeline as stacked bars: each row begins and ends where the figure says, and tells its status in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.timelines import Bar
from hsf_kpi.render.native import native
from hsf_kpi.render.native.parts import WORDS
from hsf_kpi.render.native.timeline import FOOT, MOST, NOW, PLAIN, charts
from hsf_kpi.render.native.types import Ink, NativeChart
from hsf_kpi.render.powerpoint import pptx
from hsf_kpi.render.timeline_lanes import year_at
from tests.render.native.native_rules import by_name, check, plain, seen
from tests.render.powerpoint.opened import Opened
from tests.render.timeline_samples import DAY, LATE, plan, road, timeline
from tests.render.timeline_samples import NOW as TODAY


def one(figure: Figure) -> NativeChart:
    (chart,) = native(figure)
    check(chart)
    return chart


def test_rows_are_the_line_of_now_the_headings_and_every_bar():
    chart = one(timeline())
    assert chart.categories == (
        "okt 2023",
        "OMSTÄLLNING",
        "A. Etablera sjukhusvård i hemmet",
        "F. Reviderat program",
        "F. Reviderat program",
        "HÄLSOFRÄMJANDE",
        "M. Seniorhälsovård",
    )
    assert [seen(chart, row) for row in (0, 1, 5)] == [[], [], []]
    assert [seen(chart, row)[0] for row in (2, 3, 4, 6)] == [
        pytest.approx(ends)
        for ends in ((2023, 2024), (2023, 2023 + 120 / 365), (2023, 2026), (2024 + 121 / 366, 2025))
    ]


def test_a_status_is_a_series_in_its_colour_and_words_at_the_bars_end():
    chart = one(timeline())
    series = by_name(chart)
    inks = {name: found.ink for name, found in series.items() if name not in (FOOT, WORDS)}
    assert inks == {
        "Ej påbörjad (år)": Ink.DATA2,
        "Pågår (år)": Ink.GREY,
        "Klar (år)": Ink.BETTER,
        "Försenad (år)": Ink.WORSE,
    }
    assert series[FOOT].values[0] == year_at(TODAY)
    assert {row: plain(text) for row, text in series[WORDS].labels.items()} == {
        0: NOW,
        2: "◆ pågår, AS, NV",
        3: "● klar, HSD",
        4: "■ försenad, HSD, NV",
        6: "○ ej påbörjad",
    }


def test_a_bar_that_nobody_has_told_is_late_is_not_said_to_be():
    late, passed = (Bar(name, "", DAY(2023, 1, 1), DAY(2023, 4, 30), LATE, "NV") for name in "AB")
    chart = one(timeline(late, replace(passed, word="tidplanen passerad")))
    series = by_name(chart)
    assert (series["Försenad (år)"].ink, series["Tidplanen passerad (år)"].ink) == (Ink.WORSE, Ink.WORSE)
    words = {row: plain(text) for row, text in series[WORDS].labels.items()}
    assert words == {0: NOW, 1: "■ försenad, NV", 2: "■ tidplanen passerad, NV"}


def test_what_happens_on_a_day_is_its_sign_where_it_is():
    chart = one(road())
    series = by_name(chart)
    assert set(series) == {FOOT, PLAIN, WORDS}
    labels = {row: plain(text) for row, text in series[WORDS].labels.items()}
    assert labels == {
        0: NOW,
        1: "◆ Beslut i regionfullmäktige",
        3: "● klar, delmål 1",
        4: "○ ej påbörjad, NV",
    }
    assert series[FOOT].values[1] == pytest.approx(2020 + 60 / 366)
    assert series[FOOT].values[4] == 2020, "without a time, at the beginning"


def test_the_axis_is_of_years_and_long_enough_for_the_words():
    chart = one(timeline())
    assert (chart.value.low, chart.value.years, chart.value.cell_format) == (2023, 1, "0.00")
    assert chart.value.high is not None
    assert chart.value.high > 2026.2
    assert chart.value.format.startswith("[<=2026]"), "no year is named where only words are"
    assert one(timeline(Bar("A", "", DAY(2000, 1, 1), DAY(2029, 12, 31), "", ""))).value.years == 3


def test_many_rows_are_several_charts_that_lose_none_and_keep_their_headings():
    found = charts(plan(27))
    assert len(found) > 2
    rows = [name for chart in found for name in chart.categories]
    assert all(len(chart.categories) <= MOST for chart in found)
    assert len({chart.value for chart in found}) == 1
    assert all(chart.categories[0] == "okt 2023" for chart in found)
    assert all(chart.categories[1].startswith("INSATSOMRÅDE") for chart in found)
    lanes = [name for name in rows if name[0].isdigit()]
    assert lanes == [str(row[1]) for row in plan(27).rows]
    assert len({chart.alt for chart in found}) == len(found)
    assert f"Del 2 av {len(found)}, från " in found[1].alt
    for chart in found:
        check(chart)


def test_each_of_several_has_a_slide_of_its_own_with_the_years_written():
    deck = Opened(pptx(plan(27), taken=TODAY))
    assert len(deck.slides) == len(deck.charts) == len(native(plan(27)))
    for chart in deck.charts:
        (axis,) = chart.find("//c:valAx")
        assert axis.find("c:tickLblPos", namespaces=axis.nsmap).get("val") != "none"
        assert axis.find("c:majorUnit", namespaces=axis.nsmap).get("val") == "1.0"
