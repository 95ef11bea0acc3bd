"""What a head must say a word about: which figures, in which order, and when they are answered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.deviating import answered, deviating, is_answer, is_worse
from hsf_kpi.analysis.spc.types import Variation
from hsf_kpi.model.codes import Status
from hsf_kpi.model.dialogue import HandIn, YearEnd
from hsf_kpi.model.period import Month, Period, Window
from hsf_kpi.model.target import TargetKind
from tests.figures.dialogue_samples import NO_LIMITS, OCTOBER, UNIT, analysis, process
from tests.figures.figure_samples import assessment, measure, outcome, target

GOAL = target(TargetKind.AT_MOST, "6,0%", high="6.0")
WORSE = Variation.WORSE


def an(key="sjukfranvaro", status=Status.MISSED, *, row=1, goal=GOAL, period=None):
    m = replace(measure(key=key), row=row)
    o = outcome(m, "8.1", period or Period(OCTOBER, Window.YTD))
    return assessment(o, goal, status, reason=f"Därför {key}.")


def found(assessments, worse=(), **others):
    processes = {a.measure.key: process(a.measure, WORSE) for a in assessments if a.measure.key in worse}
    return deviating(
        assessments, processes | others, first="periodresultat", worse_words=lambda _: "Utanför övre gränsen"
    )


def test_missed_or_really_worse_and_nothing_else():
    every = [an(s.value, s, row=n) for n, s in enumerate(Status, 1)]
    assert [one.measure.key for one in found(every)] == ["missed"]
    told = found(every, worse=("met",))
    assert [(one.measure.key, one.missed, one.worse) for one in told] == [
        ("met", False, True),
        ("missed", True, False),
    ]
    assert told[0].why == "Verklig försämring: utanför övre gränsen"
    assert told[1].why == "Därför missed."


@pytest.mark.parametrize("variation", [v for v in Variation if v is not WORSE])
def test_other_variation_asks_for_nothing(variation):
    m = measure()
    assert not is_worse(process(m, variation))
    assert found([an(status=Status.MET)], sjukfranvaro=process(m, variation)) == ()


def test_what_has_been_worse_for_months_was_asked_about_when_it_began():
    m = measure()
    lasting = process(m, WORSE)
    point = lasting.latest
    assert point is not None
    assert point.new
    lasting = replace(lasting, points=(*lasting.points[:-1], replace(point, new=False)))
    assert found([an(status=Status.MET)], sjukfranvaro=lasting) == ()
    (one,) = found([an()], sjukfranvaro=lasting)
    assert (one.missed, one.worse) == (True, True)


def test_no_limits_and_a_month_without_value_say_nothing():
    assert not is_worse(None)
    assert not is_worse(NO_LIMITS)
    assert not is_worse(process(measure(), WORSE, value=False))
    (one,) = found([an()], sjukfranvaro=NO_LIMITS)
    assert one.process is NO_LIMITS
    assert one.why == "Därför sjukfranvaro."


def test_the_budget_first_then_what_is_both_then_the_plans_rows():
    every = [
        an("utanfor", row=None),
        an("a", row=12),
        an("b", row=3),
        an("bada", row=40),
        an("periodresultat", row=41),
        an("samre", Status.MET, row=20),
    ]
    told = found(every, worse=("bada", "samre"))
    assert [one.measure.key for one in told] == ["periodresultat", "bada", "b", "a", "samre", "utanfor"]


@given(st.permutations(range(6)), st.sets(st.integers(0, 5)))
@settings(max_examples=40)
def test_the_order_does_not_hang_on_the_order_given(order, worse):
    every = [an(f"k{n}", row=n + 1) for n in range(6)]
    keys = {f"k{n}" for n in worse}
    told = found([every[n] for n in order], worse=keys)
    assert told == found(every, worse=keys)
    assert [one.measure.key for one in told] == [
        *(f"k{n}" for n in range(6) if n in worse),
        *(f"k{n}" for n in range(6) if n not in worse),
    ]


def test_an_answer_is_a_text_and_where_there_is_a_target_a_judgement():
    assert not is_answer(None, to_target=False)
    assert not is_answer(analysis("  \n"), to_target=False)
    assert is_answer(analysis(), to_target=True)
    assert not is_answer(analysis(year_end=None), to_target=True)
    assert is_answer(analysis(year_end=None), to_target=False)


def test_answered_this_month():
    asked = found([an()])
    (one,) = answered(asked, [], OCTOBER)
    assert (one.answered, one.answer) == (False, None)
    half = analysis(year_end=None)
    (one,) = answered(asked, [HandIn(UNIT, OCTOBER, (half,))], OCTOBER)
    assert (one.answered, one.answer) == (False, half)
    whole = analysis(year_end=YearEnd.PARTLY)
    (one,) = answered(asked, [HandIn(UNIT, OCTOBER, (whole,))], OCTOBER)
    assert (one.answered, one.answer) == (True, whole)
    other = analysis(measure="hyrpersonal")
    (one,) = answered(asked, [HandIn(UNIT, OCTOBER, (other,))], OCTOBER)
    assert not one.answered
    # Asked anew without what was said: nothing of the earlier answer is kept.
    assert not answered(answered(asked, [HandIn(UNIT, OCTOBER, (whole,))], OCTOBER), [], OCTOBER)[0].answered


def test_what_has_no_target_needs_no_judgement():
    (one,) = found([an(status=Status.NOT_ASSESSABLE, goal=None)], worse=("sjukfranvaro",))
    (said,) = answered([one], [HandIn(UNIT, OCTOBER, (analysis(year_end=None),))], OCTOBER)
    assert said.answered


@pytest.mark.parametrize(
    ("end", "said_in", "counts"),
    [
        (OCTOBER, OCTOBER - 1, False),  # this month's value is answered this month
        (Month.of(2022, 12), Month.of(2023, 1), True),  # last year's, answered since it was known
        (Month.of(2022, 12), Month.of(2022, 12), False),
        (Month.of(2023, 4), Month.of(2023, 5), True),  # delår 1
        (Month.of(2023, 4), Month.of(2023, 4), False),
        (Month.of(2022, 12), OCTOBER, True),
        (Month.of(2022, 12), OCTOBER + 1, False),  # nothing later leaks in
    ],
)
def test_a_value_that_was_known_before_is_answered_once(end, said_in, counts):
    asked = found([an(period=Period(end, Window.YEAR))])
    earlier = [HandIn(UNIT, said_in, (analysis(month=said_in),))]
    assert answered(asked, earlier, OCTOBER)[0].answered is counts


def test_the_latest_word_counts_and_a_new_worsening_needs_a_new_one():
    old = HandIn(UNIT, OCTOBER - 2, (analysis("Först", month=OCTOBER - 2),))
    late = HandIn(UNIT, OCTOBER - 1, (analysis("Sedan", year_end=None, month=OCTOBER - 1),))
    asked = found([an(period=Period(Month.of(2022, 12), Window.YEAR))])
    (one,) = answered(asked, [old, late], OCTOBER)
    assert one.answer is not None
    assert (one.answer.text, one.answered) == ("Sedan", False)
    again = found([an(period=Period(Month.of(2022, 12), Window.YEAR))], worse=("sjukfranvaro",))
    assert answered(again, [old, late], OCTOBER)[0].answer is None
