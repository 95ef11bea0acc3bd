"""Rebases: where phases begin, which points their limits come from, and what is told of those not used."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.spc.phases import Span, spans
from hsf_kpi.analysis.spc.rebases import rebases_for
from hsf_kpi.analysis.spc.types import Hit, Rule, Side
from hsf_kpi.model.period import Month
from tests.analysis.spc_samples import ALTERNATING, START, Value, a_process, a_rebase, refused

NEXT: list[Value] = [1150, 1000] * 6
"""High in the months that are low in ALTERNATING: no season."""


def test_a_step_change_begins_new_limits() -> None:
    found = a_process([*ALTERNATING, *NEXT], rebases=[a_rebase(12, reason="Ny mottagning.")])
    one, two = found.phases
    assert (one.first, one.last, one.mean, one.reason, one.base) == (0, 11, 75, "", None)
    assert (two.first, two.last, two.mean, two.reason, two.base) == (12, 23, 1075, "Ny mottagning.", None)
    assert all(point.rule is None for point in found.points if point)
    assert {point.mean for point in found.points[12:] if point} == {Fraction(1075)}
    # Without it: all of the one below the mean, all of the other above.
    assert [hit.rule for hit in a_process([*ALTERNATING, *NEXT]).hits].count(Rule.SHIFT) == 2


def test_no_run_and_no_range_crosses_a_phase() -> None:
    # Six on the high side of 75, then six on the high side of 1075, together twelve.
    one: list[Value] = [0, 150, 0, 150, 0, 150, 0, 90, 90, 91, 90, 91, 90]
    two: list[Value] = [1090, 1091, 1090, 1091, 1090, 1091, 1000, 1150, 1000, 1150, 1000, 1150, 1000]
    found = a_process([*one, *two], rebases=[a_rebase(13)])
    assert found.hits == ()
    # The range across would be 1000.
    assert found.phase.moving_range < 150


def test_a_base_period_gives_the_limits_of_all_that_follows() -> None:
    found = a_process([*NEXT, *ALTERNATING, *[500] * 3], rebases=[a_rebase(12, last=23)])
    assert [phase.base for phase in found.phases] == [None, (12, 23)]
    assert found.phase.points == 12
    assert {point.high for point in found.points[12:] if point} == {Fraction(474)}
    assert found.hits[0] == Hit(Rule.OUTSIDE, Side.HIGH, 24, 26)
    assert {hit.first for hit in found.hits} == {24}


def test_a_base_period_that_reaches_the_end_is_the_whole_phase() -> None:
    found = a_process([*NEXT, *ALTERNATING], rebases=[a_rebase(12, last=40)])
    assert found.phase.base is None
    assert found.phase.reason == "Ny definition"


def test_a_base_period_from_the_first_month_or_before_it_belongs_to_the_first_phase() -> None:
    for first in (0, -5):
        found = a_process([*ALTERNATING, *NEXT], rebases=[a_rebase(first, last=11)])
        [phase] = found.phases
        assert (phase.base, phase.reason, phase.points) == ((0, 11), "Ny definition", 12)
        assert found.notes == ()


def test_an_older_phase_with_few_points_is_drawn_without_limits() -> None:
    found = a_process([*[1, 999, 1] * 3, *ALTERNATING], rebases=[a_rebase(9)])
    assert [(phase.limits, phase.points, phase.mean) for phase in found.phases] == [
        (False, 9, Fraction(6 + 3 * 999, 9)),
        (True, 12, 75),
    ]
    for point in found.points[:9]:
        assert point
        assert (point.mean, point.low, point.high, point.rule) == (None, None, None, None)


def test_an_older_phase_without_variation_too() -> None:
    found = a_process([*[7] * 15, *ALTERNATING], rebases=[a_rebase(15)])
    assert [phase.limits for phase in found.phases] == [False, True]


@pytest.mark.parametrize(
    ("at", "last", "note"),
    [
        (
            0,
            None,
            "Omräkningen av styrgränserna från januari 2020 används inte: serien har inget värde före den månaden.",
        ),
        (
            -3,
            None,
            "Omräkningen av styrgränserna från oktober 2019 används inte: serien har inget värde före den månaden.",
        ),
        (
            -30,
            -2,
            "Omräkningen av styrgränserna från juli 2017 används inte: serien har inget värde före den månaden.",
        ),
        (
            24,
            None,
            "Omräkningen av styrgränserna från januari 2022 används inte: serien har inget värde den månaden "
            "eller senare.",
        ),
    ],
)
def test_a_rebase_outside_the_series_is_told_and_changes_nothing(
    at: int, last: int | None, note: str
) -> None:
    plain = a_process([*ALTERNATING, *NEXT])
    found = a_process([*ALTERNATING, *NEXT], rebases=[a_rebase(at, last=last)])
    assert found.notes == (note,)
    assert (found.points, found.phases, found.hits) == (plain.points, plain.phases, plain.hits)


def test_before_the_first_value_counts_as_outside() -> None:
    found = a_process([None, None, *ALTERNATING], rebases=[a_rebase(2)])
    assert len(found.phases) == len(found.notes) == 1
    assert len(a_process([0, None, *ALTERNATING], rebases=[a_rebase(2)]).phases) == 2


def test_after_the_last_value_counts_as_outside() -> None:
    found = a_process([*ALTERNATING, None], rebases=[a_rebase(12)])
    assert len(found.phases) == len(found.notes) == 1


def test_a_rebase_at_the_last_value_leaves_one_month() -> None:
    assert "Sedan dess har 1 månad värde" in refused([*ALTERNATING, 0], rebases=[a_rebase(12)]).words


def test_a_phase_without_a_value_is_none() -> None:
    rebases = [a_rebase(12), a_rebase(14)]
    found = a_process([*ALTERNATING, None, None, *NEXT], rebases=rebases)
    assert [(phase.first, phase.last) for phase in found.phases] == [(0, 13), (14, 25)]
    assert found.notes == (
        "Omräkningen av styrgränserna från januari 2021 används inte: serien har inget värde mellan den och "
        "nästa omräkning.",
    )


def test_of_two_in_the_same_month_the_first_given_counts() -> None:
    rebases = [a_rebase(12, reason="En"), a_rebase(12, reason="Två")]
    assert [phase.reason for phase in a_process([*ALTERNATING, *NEXT], rebases=rebases).phases] == ["", "En"]


@given(
    values=st.lists(st.none() | st.just(1), min_size=1, max_size=20).filter(any),
    ats=st.lists(st.tuples(st.integers(-3, 23), st.none() | st.integers(0, 9)), max_size=4),
)
@settings(max_examples=80)
def test_phases_lie_end_to_end_and_each_has_a_value(
    values: list[int | None], ats: list[tuple[int, int | None]]
) -> None:
    rebases = [a_rebase(at, last=None if length is None else at + length) for at, length in ats]
    months = [START + at for at in range(len(values))]
    found, notes = spans(months, values, rebases)
    covered = [at for span in found for at in range(span.first, span.last + 1)]
    assert covered == list(range(len(values)))
    assert all(any(values[span.first : span.last + 1]) for span in found)
    assert all(span.first <= span.base[0] <= span.last for span in found)
    assert all(span.base[1] <= span.last for span in found)
    assert len(found) - 1 + len(notes) <= len(rebases)


def test_a_span_without_rebases() -> None:
    assert spans([START, START + 1], [1, None], []) == ((Span(0, 1, (0, 1)),), ())


PATH = ("hsf", "nara", "vardval")


def test_which_rebases_hold_at_a_unit() -> None:
    own = a_rebase(5, unit="vardval")
    handed_down = a_rebase(3, unit="hsf", below=True)
    kept = a_rebase(4, unit="nara")
    other = a_rebase(6, unit="vardval", measure="annat")
    elsewhere = a_rebase(7, unit="akut", below=True)
    everything = [own, handed_down, kept, other, elsewhere]
    assert rebases_for(everything, "matt", "vardval", PATH) == (handed_down, own)
    assert rebases_for(everything, "matt", "nara", PATH[:2]) == (handed_down, kept)
    assert rebases_for(everything, "matt", "hsf", PATH[:1]) == (handed_down,)
    assert rebases_for(everything, "annat", "vardval", PATH) == (other,)
    assert rebases_for([], "matt", "hsf", PATH[:1]) == ()


def test_the_nearest_holds_of_two_in_the_same_month() -> None:
    far, near = a_rebase(3, below=True, reason="Långt bort"), a_rebase(3, unit="nara", below=True)
    own = a_rebase(3, unit="vardval", last=20)
    for rebases in ([far, near, own], [own, near, far]):
        assert rebases_for(rebases, "matt", "vardval", PATH) == (own,)
        assert rebases_for(rebases, "matt", "nara", PATH[:2]) == (near,)
    assert rebases_for([far], "matt", "vardval", PATH)[0].first == Month.of(2020, 4)
