"""The funnel as a figure: findings, limits at each unit's size, over-dispersion in words."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.compare.types import Funnel, FunnelLimit, NoFunnel
from hsf_kpi.figures.compare.funnel import LINE, funnel_figure, limits_at
from hsf_kpi.figures.compare.funnel_words import funnel_titles
from hsf_kpi.figures.figure import Figure, FigureKind
from hsf_kpi.figures.findings import LONGEST
from hsf_kpi.figures.shape import records
from hsf_kpi.model.codes import Direction
from hsf_kpi.model.period import Month, Period, Window
from hsf_kpi.swedish.sorting import swedish_key
from tests.figures.compare_figure_samples import HERE, LONG, NAMES, funnel
from tests.figures.figure_samples import measure
from tests.figures.words_rules import plain, right

ALIKE = ((100, 6.0), (400, 6.2), (900, 5.9), (2000, 6.1), (300, 6.0))
ONE_FAR = ((100, 6.0), (400, 20.0), (900, 5.9), (9000, 6.1), (300, 6.0))
TWO_FAR = ((100, 6.0), (400, 20.0), (900, 15.0), (200_000, 6.1), (300, 6.0))
NEAR = ((100, 6.0), (400, 9.0), (900, 5.9), (9000, 6.1), (300, 6.0))


def drawn(found: Funnel | NoFunnel) -> Figure:
    m = found.measure if isinstance(found, Funnel) else measure()
    return funnel_figure(found, m, NAMES, context=HERE)


def row(figure: Figure, unit: str) -> dict[str, object]:
    return next(record for record in records(figure) if record["unit"] == unit)


def test_the_title_tells_who_differs_by_more_than_chance():
    assert drawn(funnel(*ALIKE)).title == "Skillnaderna mellan de fem verksamheterna kan vara slump"
    spread = replace(funnel(*ALIKE), adjusted=True, dispersion=4.0)
    assert drawn(spread).title == "De fem verksamheterna skiljer sig mer än slumpen ger, men ingen sticker ut"
    assert drawn(funnel(*ONE_FAR)).title == ("En av fem är sämre än gruppen, mer än slumpen ger")
    assert (
        drawn(funnel(*TWO_FAR)).title == "Två av fem verksamheter skiljer sig från gruppen mer än slumpen ger"
    )
    assert plain(drawn(funnel(*NEAR)).title) == (
        "Ingen av fem ligger utanför 99,8 %-gränsen, en utanför 95 %-gränsen"
    )
    mine = funnel((400, 1.0), (9000, 6.1), (900, 6.2), (300, 6.0), (500, 6.0))
    assert drawn(mine).title == "Kirurgkliniken är bättre än gruppen, mer än slumpen ger"
    free = funnel(
        *((400, 1.0), (9000, 6.1), (900, 6.2), (300, 6.0), (500, 6.0)),
        measured=measure(direction=Direction.NONE),
    )
    assert drawn(free).title == "Kirurgkliniken är lägre än gruppen, mer än slumpen ger"


def test_a_long_name_gives_way_to_how_many_they_are():
    long = funnel_figure(funnel(*ONE_FAR), measure(), NAMES | {"lar": "Ä" * 60}, context=HERE)
    assert long.title == "En av fem är sämre än gruppen, mer än slumpen ger"
    many = funnel(*[(9000, 6.0)] * 60, *[(400, 90.0)] * 10)
    titles = list(funnel_titles(many, NAMES))
    assert [plain(title) for title in titles] == [
        "Tio av 70 verksamheter skiljer sig från gruppen mer än slumpen ger",
        "Tio av 70 skiljer sig från gruppen mer än slumpen ger",
    ]


def test_rows_stand_by_name_and_hold_numbers_and_words():
    figure = drawn(funnel(*ONE_FAR))
    names = [str(record["name"]) for record in records(figure)]
    assert names == sorted(names, key=swedish_key)
    far = row(figure, "lar")
    assert plain(far["zone_text"]) == "■ sämre, utanför 99,8 %-gränsen"
    assert (far["zone"], far["side"], far["whose"]) == ("outside_998", "worse", "named")
    assert plain(far["size_text"]) == "400 patienter"
    own = row(figure, "kir")
    assert (own["zone_text"], own["side"], own["whose"]) == ("innanför gränserna", "", "own")
    assert own["low_998"] <= own["low_95"] < own["high_95"] < own["high_998"]  # type: ignore[operator]
    assert "low_998" in figure.options["file"]
    assert "zone_text" in figure.options["file"]
    assert figure.options["size"] == "Antal patienter"
    assert drawn(funnel(*ALIKE, words="")).options["size"] == "Antal i nämnaren"


def test_help_and_sentence_tell_the_centre_the_shapes_and_over_dispersion():
    figure = drawn(funnel(*TWO_FAR, factor=1.5, left_out=1))
    assert "(φ = 2,3); gränserna är vidgade" in plain(figure.help)
    assert "En verksamhet är inte med" in figure.help
    assert "■ sämre." in plain(figure.help)
    assert "vidgade" not in drawn(funnel(*TWO_FAR)).help
    near = drawn(funnel(*NEAR))
    assert "■ sämre, ihålig mellan 95 % och 99,8 %." in plain(near.help)
    assert f"Utanför 95 %-gränsen, sämre: {LONG}." in plain(near.sentence)
    assert "Kirurgkliniken har 6,0 % av 100 patienter, innanför gränserna." in plain(near.sentence)
    free = drawn(funnel(*NEAR, measured=measure(direction=Direction.BAND), own=None))
    assert "◆ utanför gränserna, ihålig" in plain(free.help)
    assert "Ringad" not in free.help


def test_period_and_source_are_those_of_the_values():
    yearly = funnel(*ALIKE)
    period = Period(Month.of(2022, 12), Window.YEAR)
    found = drawn(replace(yearly, outcomes=tuple(replace(o, period=period) for o in yearly.outcomes)))
    assert found.context.period == "2022"
    assert found.options["month"] == "2022-12"
    assert found.source == "Källa: Demodata. Definition: Förvaltningsplan 2023–2025, avsnitt 7."
    bare = drawn(replace(yearly, outcomes=()))
    assert (bare.context, bare.options["month"]) == (HERE, "")


def test_no_funnel_is_told_in_words():
    figure = drawn(NoFunnel("Trattdiagrammet behöver minst 5 verksamheter."))
    assert figure.kind is FigureKind.FUNNEL
    assert figure.empty == "Trattdiagrammet behöver minst 5 verksamheter."
    right(figure.title, LONGEST)


def test_the_curve_of_the_limits_travels_as_an_option():
    found = funnel(*ALIKE)
    told = [tuple(map(float, at.split(","))) for at in drawn(found).options["curve"].split(";")]
    assert told == [tuple(getattr(at, key) for key in LINE) for at in found.limits]


@settings(max_examples=60)
@given(st.floats(20, 5000), st.floats(0.5, 40))
def test_limits_between_two_points_of_the_curve_follow_one_over_the_root(size, centre):
    def exact(n: float) -> FunnelLimit:
        away = 30 / n**0.5
        return FunnelLimit(n, centre - away, centre + away, centre - 2 * away, centre + 2 * away)

    curve = [exact(10 * 1.1**i) for i in range(80)]
    found = limits_at(curve, size)
    assert found.size in (size, curve[-1].size)
    want = exact(min(size, curve[-1].size))
    for key in LINE[1:]:
        assert getattr(found, key) == pytest.approx(getattr(want, key))
    assert limits_at(curve, 1) is curve[0]
    assert limits_at(curve[:1], 99) is curve[0]
    widths = [at.high_95 - at.low_95 for at in curve]
    assert all(a > b for a, b in pairwise(widths))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(5, 9000), st.integers(1, 99)), min_size=5, max_size=14),
    st.sampled_from(Direction),
    st.sampled_from([1.0, 2.0]),
    st.sampled_from([None, "kir"]),
)
def test_every_text_reads_right_whatever_the_units(pairs, direction, factor, own):
    figure = drawn(funnel(*pairs, measured=measure(direction=direction), factor=factor, own=own))
    right(figure.title, LONGEST)
    for text in (figure.caption, figure.help, figure.sentence):
        assert "None" not in text
        assert "  " not in text
    for record in records(figure):
        outside = not record["low_95"] <= record["value"] <= record["high_95"]  # type: ignore[operator]
        close = min(abs(record["value"] - record[k]) for k in ("low_95", "high_95")) < 0.05  # type: ignore[operator]
        assert close or outside == (record["zone"] != "inside")
