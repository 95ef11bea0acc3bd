"""Several lines in one chart, several charts on one scale, and where the names stand."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.economy.production import Production
from hsf_kpi.analysis.economy.types import IndexSeries
from hsf_kpi.figures.compare.multiples import MOST, curves_figure
from hsf_kpi.figures.economy.multiples import Small, small_multiples
from hsf_kpi.figures.economy.production import index_figure
from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.shape import records
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.model.period import Month, Window
from hsf_kpi.model.target import TargetKind
from hsf_kpi.render.native import native
from hsf_kpi.render.native.names import Name, named
from hsf_kpi.render.native.types import Ink, NativeSeries
from tests.figures.assignment_samples import DEMO, SOURCE
from tests.figures.assignment_samples import months as months_of_year
from tests.figures.figure_samples import CONTEXT, measure, months, target, years
from tests.render.native.native_rules import by_name, check

BAND = target(TargetKind.BETWEEN, "85‐90%", low="85", high="90")
NAMES = {"kir": "Kirurgkliniken", "aht": "AH-teamet", "ost": "Närsjukvård Öst"}


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def index(**lines: list[int | None]) -> Figure:
    length = len(next(iter(lines.values())))
    every = tuple(Month.of(2019, 1) + i for i in range(length))
    series = []
    for key, line in lines.items():
        values = tuple(None if v is None else Fraction(v) for v in line)
        series.append(IndexSeries(key, key.capitalize(), 2019, every, values, values))
    made = Production(2019, tuple(series), (), (), ())
    return index_figure(made, context=CONTEXT, origins=DEMO, source=SOURCE)


def since(*lines: list[int | None], target: int | None = None, finding: int = 0) -> Figure:
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
        pictures, months_of_year(len(lines[0])), slug="x", title="Två ökar", what="Antal", context=CONTEXT,
        origins=DEMO, source=SOURCE, target=None if target is None else Fraction(target),
    )  # fmt: skip


def levels(m=None, own: str | None = "kir", **lines: list[float | None]) -> Figure:
    m = m or measure()
    found = {unit: months(m, list(line)) for unit, line in lines.items()}
    return curves_figure(m, found, NAMES | {u: u for u in lines if u not in NAMES}, own=own, context=CONTEXT)


def test_an_index_is_its_lines_and_the_line_of_a_hundred():
    (chart,) = native(index(besok=[100, None, 104], arsarbetare=[100, 101, 102], kostnad=[100, 110, None]))
    check(chart)
    found = by_name(chart)
    assert chart.series[0].name == "Arsarbetare", "the strong line first"
    assert found["Besok"].values == (100.0, None, 104.0)
    assert (found["Arsarbetare"].ink, found["Besok"].ink) == (Ink.DATA, Ink.GREY)
    assert list(found["Arsarbetare"].labels.values()) == ["102 Arsarbetare"]
    assert list(found["Kostnad"].labels.values()) == ["110 Kostnad (feb 2019)"]
    assert found["2019\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}100"].values == (100.0,) * 3
    assert chart.value.low <= 100 <= chart.value.high
    looks = {(one.ink, one.dash) for one in chart.series}
    assert len(looks) == len(chart.series), "each line has a look of its own"


def test_changes_are_a_chart_a_unit_on_one_scale_that_holds_zero():
    charts = native(since([1, None, 3], [-8, -9, -10], target=-5, finding=1))
    for chart in charts:
        check(chart)
    assert [chart.title for chart in charts] == ["Enhet 0", "Enhet 1"]
    assert len({(c.value.low, c.value.high) for c in charts}) == 1
    assert charts[0].value.low <= -10
    assert charts[0].value.high >= 3
    first = charts[0].series[0]
    assert (first.name, first.values, first.ink) == ("Enhet 0", (1.0, None, 3.0), Ink.WORSE)
    assert plain(first.labels[2]) == "+3"
    assert by_name(charts[0])["Mål"].values == (-5.0,) * 3
    assert charts[1].series[0].ink is Ink.GREY
    assert charts[0].every == 2, "the first and the last month are named"
    assert charts[0].alt == "Enhet 0: +3 mars 2023, +1 jan 2023."


def test_levels_have_the_own_unit_first_and_strong():
    figure = levels(aht=[6.0, 7.0, None], kir=[6.1, 6.2, 6.3], ost=[None, None, None])
    charts = native(figure)
    assert [chart.title for chart in charts] == [
        "Kirurgkliniken",
        "AH-teamet",
        "Närsjukvård Öst: ingen uppgift",
    ]
    own, other, none = (chart.series[0] for chart in charts)
    assert (own.ink, other.ink) == (Ink.DATA, Ink.GREY)
    assert plain(own.labels[2]) == "6,3 %"
    assert plain(other.labels[1]) == "7,0 % sep 2023", "a line that ends early says when"
    assert not none.labels
    assert charts[2].alt == "Närsjukvård Öst: ingen uppgift."
    assert charts[0].value.low > 0, "levels need no zero"


def test_a_bands_upper_line_has_its_words_and_one_target_needs_none():
    (chart,) = native(levels(measure(targets=(BAND,)), kir=[80.0, 84.0, 88.0, 87.0]))
    found = by_name(chart)
    assert found["Mål, lägst"].values == (85.0,) * 4
    assert list(found["Mål, högst"].labels.values()) == ["Mål 85–90%"]
    assert not found["Mål, lägst"].labels
    goal = target(TargetKind.AT_MOST, "6,0%", high="6.0")
    (chart,) = native(levels(measure(targets=(goal,)), kir=[8.0, 8.4]))
    assert not by_name(chart)["Mål"].labels


def test_no_more_charts_than_the_screen_draws_and_years_are_points():
    many = {f"u{n}": [6.0, 7.0] for n in range(MOST + 3)}
    assert len(native(levels(own=None, **many))) == MOST
    m = measure("HME-index", unit=UnitOfMeasure.INDEX, measured=(Window.YEAR,))
    (chart,) = native(
        curves_figure(m, {"kir": years(m, {2021: 70, 2023: 72})}, NAMES, own="kir", context=CONTEXT)
    )
    assert chart.series[0].width == 0


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.lists(st.one_of(st.none(), st.integers(-50, 50)), min_size=5, max_size=5), min_size=1, max_size=4
    )
)
def test_every_unit_has_its_own_values(lines):
    figure = since(*lines, target=4)
    charts = native(figure)
    assert bool(charts) == (not figure.empty)
    for chart, line, record in zip(charts, lines, records(figure), strict=False):
        check(chart)
        assert chart.series[0].values == tuple(line)
        assert chart.series[0].name == record["name"]


def line(name: str, *values: float | None) -> NativeSeries:
    return NativeSeries(name, values)


def test_a_name_stands_at_its_lines_end_and_moves_aside_for_one_before_it():
    first, second = line("a", *[5.0] * 20), line("b", *[5.1] * 20)
    everywhere = tuple(reversed(range(20)))
    found = named(
        [(first, (Name((19,), "Först"),)), (second, (Name(everywhere, "6,1 Sedan", "Sedan"),))], 0, 10
    )
    assert found[0].labels == {19: "Först"}
    ((at, words),) = found[1].labels.items()
    assert at != 19
    assert words == "Sedan", "away from the end it tells no end's value"
    apart = named(
        [(first, (Name((19,), "Först"),)), (line("b", *[9.0] * 20), (Name(everywhere, "Sedan"),))], 0, 10
    )
    assert apart[1].labels == {19: "Sedan"}


def test_a_name_that_may_be_left_out_is_where_it_would_cover_another():
    one = line("a", 5.0, 5.0)
    for needed in (True, False):
        found = named([(one, (Name((1,), "Först"),)), (one, (Name((1,), "Sedan", needed=needed),))], 0, 10)
        assert bool(found[1].labels) == needed


def test_a_name_stands_under_its_point_where_the_line_falls_to_it():
    falling = line("a", *(float(9 - i) for i in range(6)), *[None] * 3)
    rising = line("b", *(float(i) for i in range(6)), *[None] * 3)
    words = (Name((5,), "2023: oktober −54,6"),)
    for drawn, under in ((falling, {5}), (rising, set())):
        (found,) = named([(drawn, words)], 0, 10)
        assert found.labels == {5: words[0].text}
        assert found.under == under


def test_a_name_without_a_place_is_not_written():
    assert named([(line("a", None, 1.0), (Name((0,), "x"), Name((), "y")))], 0, 1)[0].labels == {}
    assert named([], 0, 1) == ()
