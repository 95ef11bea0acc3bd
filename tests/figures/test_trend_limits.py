"""A trend with control limits: columns, title, help and alternative text; without a process it is as it was."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.spc.types import Assurance, NoLimits, Process
from hsf_kpi.figures.figure import Figure, Role
from hsf_kpi.figures.findings import LONGEST
from hsf_kpi.figures.shape import keys, records
from hsf_kpi.figures.trend import trend
from hsf_kpi.figures.trend_held import ends, held_months
from hsf_kpi.figures.trend_limits import STEP
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.codes import Direction, Status, UnitOfMeasure
from hsf_kpi.model.measure import Counted, Measure
from hsf_kpi.model.organisation import Reorganisation
from hsf_kpi.model.period import Month, Window
from hsf_kpi.model.target import TargetKind
from tests.figures.figure_samples import CONTEXT, PLAN, assessment, measure, months, target, years
from tests.figures.spc_samples import (
    COMMON,
    GAP,
    NOISE,
    OUTSIDE,
    REFUSED,
    SEASONAL,
    SHIFT,
    TWO_PHASES,
    Values,
    judged,
)
from tests.figures.words_rules import right

M = measure()
GOAL = target(TargetKind.AT_MOST, "6,0%", high="6.0")


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def figure_of(values: Values, process: Process | NoLimits | None, m: Measure = M, **more) -> Figure:
    os = months(m, list(values))
    return trend(
        assessment(os[-1], GOAL, Status.MISSED, bound="6.0"), os, process=process, context=CONTEXT, **more
    )


def column(figure: Figure, key: str) -> list:
    return [row[key] for row in records(figure)]


def test_limits_and_signals_have_their_columns():
    figure = figure_of(SHIFT, judged(SHIFT))
    roles = [Role.MEAN, Role.LIMIT_LOW, Role.LIMIT_HIGH, Role.SIGNAL]
    assert all(figure.column(role) is not None for role in roles)
    process = judged(SHIFT)
    assert column(figure, "mean") == [float(process.phase.mean)] * 24
    assert column(figure, "signal") == [""] * 17 + ["better"] * 7
    assert column(figure, "signal_text")[17:] == ["Förbättring: 7 månader i rad under medel"] * 7
    assert keys(figure, "shown") == ("period", "outcome_text", "signal_text", "note")
    assert keys(figure, "file") == (
        "period", "date", "outcome", "target_high", "mean", "limit_low", "limit_high", "signal_text", "note"
    )  # fmt: skip
    assert figure.options["limits"] == "yes"
    assert plain(column(figure, "limit_high_text")[-1]) == "7,6 %"


def test_title_help_and_text_alternative_tell_the_change():
    figure = figure_of(SHIFT, judged(SHIFT))
    assert figure.title == "Sedan april 2023 ligger varje månad under medelvärdet"
    assert plain(figure.help).startswith("Större märken: ● förbättring. Styrgränser: medel ± 2,66 × medel")
    told = plain(figure.sentence)
    assert told.endswith(
        "Medel 6,5 %, styrgränser 5,5 % till 7,6 %. Senaste signal oktober 2023, förbättring: 7 månader i rad"
        " under medel. Signal även i 6 tidigare månader, den första apr 2023."
    )
    still = figure_of(COMMON, judged(COMMON))
    assert still.title == "Inga verkliga förändringar i oktober"
    assert still.sentence.endswith("Inga signaler om verklig förändring.")
    assert "märken" not in still.help
    once = figure_of(OUTSIDE, judged(OUTSIDE))
    assert once.sentence.endswith("Senaste signal oktober 2023, försämring: utanför övre styrgränsen.")
    twice = [*OUTSIDE[:5], 2.0, *OUTSIDE[6:]]
    assert "Signal även i 1 tidigare månad, den första apr 2022." in figure_of(twice, judged(twice)).sentence


def test_last_years_line_is_not_drawn_but_stays_in_the_table():
    before = months(M, [7.0] * 24, last=Month.of(2022, 10))
    figure = figure_of(COMMON, judged(COMMON), last_year=before)
    assert "Grå linje" not in figure.help
    assert "last_year_text" in keys(figure, "shown")
    assert "Grå linje" in figure_of(COMMON, REFUSED, last_year=before).help


def test_without_limits_the_reason_is_told_and_nothing_else_changes():
    bare, refused = figure_of(COMMON, None), figure_of(COMMON, REFUSED)
    assert refused.help.endswith(REFUSED.words)
    assert replace(refused, help=bare.help) == bare


def test_a_process_belongs_to_months_only():
    os = months(M, [6.0] * 24, window=Window.YTD)
    a = assessment(os[-1], GOAL, Status.MISSED, bound="6.0")
    assert trend(a, os, process=judged(COMMON), context=CONTEXT) == trend(a, os, context=CONTEXT)
    yearly = years(M, {2021: "5", 2022: "6"})
    a = assessment(yearly[-1])
    assert trend(a, yearly, process=judged(COMMON), context=CONTEXT) == trend(a, yearly, context=CONTEXT)
    empty = months(M, [None] * 12)
    a = assessment(empty[-1])
    assert trend(a, empty, process=judged(COMMON), context=CONTEXT).empty


def test_a_longer_process_is_cut_to_the_months_shown_and_a_shorter_one_leaves_the_rest_bare():
    process = judged(SHIFT)
    cut = figure_of(SHIFT[-6:], process)
    assert len(cut.rows) == 6
    assert column(cut, "signal") == ["better"] * 6
    assert "7 månader i rad" in column(cut, "signal_text")[0]
    longer = figure_of([6.0, 6.0, *SHIFT], process)
    assert column(longer, "mean")[:3] == [None, None, float(process.phase.mean)]
    assert column(longer, "phase")[:3] == ["", "", "1"]


def test_a_gap_has_the_limits_of_its_phase():
    figure = figure_of(GAP, judged(GAP))
    assert column(figure, "outcome")[9] is None
    assert len(set(column(figure, "mean"))) == 1
    seasonal: Values = [*SEASONAL[:9], None, *SEASONAL[10:]]
    process = judged(seasonal, seasonal=True)
    found = column(figure_of(seasonal, process), "mean")
    assert found[9] == found[21] != found[8], "the same month of the other year"
    lone: Values = [v for i, v in enumerate(SEASONAL) if i < 12]
    lone = [*lone[:3], None, *lone[4:], *SEASONAL[12:14]]
    assert column(figure_of(lone, judged(lone, seasonal=True)), "mean")[3] is None, "no like month: no limits"


def test_a_latest_month_without_value_keeps_the_verdicts_title():
    values = [*COMMON, None]
    figure = figure_of(values, judged(values))
    assert figure.title == "Sjukfrånvaro: värdet för oktober 2023 är inte rapporterat"
    assert figure.options["limits"] == "yes"


def test_phases_are_marked_where_they_begin_inside_what_is_shown():
    process = judged(TWO_PHASES, steps=[(12, "Ny mätmetod.")])
    figure = figure_of(TWO_PHASES, process)
    assert [(m.role, m.label, m.at) for m in figure.marks if m.at] == [
        (Role.MEAN, STEP, dt.date(2022, 11, 1))
    ]
    assert "Nya gränser från november 2022: Ny mätmetod." in figure.help
    assert column(figure, "phase") == ["1"] * 12 + ["2"] * 12
    assert "före de senaste nya gränserna medel 9,8 %." in plain(figure.sentence)
    cut = figure_of(TWO_PHASES[-12:], process)
    assert not [m for m in cut.marks if m.at]
    moved = [Reorganisation(Month.of(2022, 11), "A blir B.", frozenset(), PLAN)]
    both = figure_of(TWO_PHASES, process, reorganisations=moved)
    assert "Omorganisation nov 2022: A blir B." in both.help
    assert "Omorganisation nov 2022: Nya" not in both.help


def test_a_phase_with_too_few_months_has_no_limits():
    values = [*COMMON[:8], *COMMON[8:]]
    figure = figure_of(values, judged(values, steps=[(8, "Ny mätmetod.")]))
    assert column(figure, "mean")[:8] == [None] * 8
    assert "För november 2021–juni 2022 finns inga styrgränser." in figure.help
    short = figure_of(values[:8], judged(values, steps=[(8, "Ny mätmetod.")]))
    assert column(short, "mean")[0] is not None


def test_seasonal_limits_follow_the_months_and_say_so():
    figure = figure_of(SEASONAL, judged(SEASONAL, seasonal=True))
    assert len(set(column(figure, "mean"))) > 6
    assert "i den senaste månaden; de följer årets månader." in figure.sentence


LOW: Values = [0.3, 0.9, 0.1, 0.8, 0.2, 1.2, 0.4, 0.1, 0.9, 0.2, 1.4, 0.6, 0.1]
HIGH: Values = [100 - v for v in map(float, LOW)]


@pytest.mark.parametrize(
    ("m", "values", "floor", "ceiling"),
    [
        (measure(), LOW, 0, 100),
        (replace(measure(), counted=Counted.RATE), LOW, 0, None),
        (measure(), [*LOW, 101], 0, None),
        (measure(), [*LOW, -1], None, 100),
        (measure(aggregation=Aggregation.GROWTH), LOW, None, None),
        (measure(unit=UnitOfMeasure.MNKR, aggregation=Aggregation.AMOUNT), LOW, None, None),
        (measure(unit=UnitOfMeasure.COUNT, aggregation=Aggregation.COUNT), LOW, 0, None),
        (measure(unit=UnitOfMeasure.MINUTES), LOW, 0, None),
    ],
)
def test_limits_are_not_drawn_where_no_value_can_be(m, values, floor, ceiling):
    assert ends(judged(values, m)) == (floor, ceiling)


def test_a_cut_limit_is_told_and_the_judgement_stays():
    process = judged(LOW)
    figure = figure_of(LOW, process)
    latest = process.latest
    assert latest is not None
    assert latest.low is not None
    assert latest.low < 0
    assert set(column(figure, "limit_low")) == {0.0}
    assert "Undre styrgränsen ritas inte under 0 %." in plain(figure.help)
    high = figure_of(HIGH, judged(HIGH))
    assert set(column(high, "limit_high")) == {100.0}
    assert "Övre styrgränsen ritas inte över 100 %." in plain(high.help)
    counts = measure(unit=UnitOfMeasure.COUNT, aggregation=Aggregation.COUNT, decimals=0)
    assert "ritas inte under 0." in figure_of(LOW, judged(LOW, counts), counts).help
    assert "ritas" not in figure_of(COMMON, judged(COMMON)).help


def test_a_process_without_any_judged_month_is_drawn_bare():
    process = judged(COMMON)
    bare = replace(process, points=tuple(None for _ in process.points))
    figure = figure_of(COMMON, bare)
    assert set(column(figure, "mean")) == {None}
    assert "Medel" not in figure.sentence
    outside = replace(process, phases=(replace(process.phase, first=3),))
    assert held_months(outside)[process.months[0]].phase == 0


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.one_of(st.none(), st.integers(0, 60)), min_size=14, max_size=30).filter(
        lambda v: sum(x is not None for x in v) > 12 and len({x for x in v if x is not None}) > 1
    ),
    st.sampled_from(Direction),
    st.booleans(),
)
def test_any_series_is_told_rightly_and_no_drawn_limit_is_impossible(values, direction, seasonal):
    m = measure(direction=direction)
    try:
        process = judged(values, m, seasonal=seasonal, assurance=Assurance.EITHER, target=GOAL)
    except ZeroDivisionError:
        return
    figure = figure_of(values, process, m)
    right(figure.title, LONGEST)
    right(figure.sentence)
    right(figure.help)
    for row, point in zip(records(figure), process.points, strict=True):
        assert row["limit_low"] is None or row["limit_low"] >= 0
        assert row["limit_high"] is None or row["limit_high"] <= 100
        assert bool(row["signal"]) == bool(row["signal_text"])
        assert (row["signal"] or "common") == (point.variation.value if point else "common")
        if point is not None and point.mean is not None:
            assert Fraction(str(row["mean"])).limit_denominator(10**6) == point.mean.limit_denominator(10**6)


def test_the_sample_noise_is_noise():
    assert not judged(COMMON).hits
    assert len(NOISE) == 24
