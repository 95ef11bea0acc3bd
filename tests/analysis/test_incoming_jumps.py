"""Which new months jump, which totals are odd: by the limits of the months before, told in the order of their weight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.analysis.incoming.bounds import RANGE, bounds
from hsf_kpi.analysis.incoming.jumps import KEPT, heaviest, is_judged, jumps
from hsf_kpi.analysis.incoming.totals import by_unit, held, is_odd, ordered
from hsf_kpi.analysis.spc.process import process
from hsf_kpi.analysis.spc.types import Process
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.period import Month, Period, Window
from hsf_kpi.model.preview import Bounds, Held, Jump, TotalMove, Vanished
from hsf_kpi.model.rebase import Rebase
from tests.figures.figure_samples import measure, outcome

START = Month.of(2021, 1)
MEASURE = measure()
EVEN = [Fraction(n) for n in (10, 11, 9, 10, 12, 11, 10, 9, 11, 10, 12, 9, 10, 10, 11, 12, 9, 11, 10, 10)]
BOUNDS = Bounds(Held.LIMITS, Fraction(8), Fraction(10), Fraction(12), 20)


def series(values: Sequence[Fraction | int | None], start: Month = START) -> dict[int, Fraction]:
    return {start.index + at: Fraction(value) for at, value in enumerate(values) if value is not None}


def after(values: Sequence[object]) -> Month:
    return START + len(values)


def limits_of(values: Sequence[Fraction]) -> tuple[Fraction, Fraction, Fraction]:
    """Low, mean and high as Nyckeltal draws them."""
    outcomes = [outcome(MEASURE, value, Period(START + at, Window.MONTH)) for at, value in enumerate(values)]
    found = process(MEASURE, outcomes, target_of=lambda _: None)
    assert isinstance(found, Process)
    point = found.points[-1]
    assert point is not None
    assert point.low is not None
    assert point.mean is not None
    assert point.high is not None
    return point.low, point.mean, point.high


def test_the_limits_are_those_that_the_months_before_are_drawn_with() -> None:
    values = [Fraction(n) for n in (10, 12, 9, 11, 10, 13, 10, 9, 12, 11, 10, 12, 9, 10)]
    low, mean, high = limits_of(values)
    found = bounds(series(values), after(values))
    assert found is not None
    reach = (high - mean) * RANGE
    assert (found.held, found.middle, found.months) == (Held.LIMITS, mean, 14)
    assert (found.low, found.high) == (min(low, values[-1] - reach), max(high, values[-1] + reach))


def test_the_new_month_and_later_ones_do_not_widen_their_own_limits() -> None:
    known = series(EVEN)
    alone = bounds(known, after(EVEN))
    assert alone is not None
    assert bounds({**known, after(EVEN).index: Fraction(500)}, after(EVEN)) == alone
    assert bounds({**known, after(EVEN).index + 4: Fraction(500)}, after(EVEN)) == alone
    assert not alone.holds(Fraction(500))
    assert alone.holds(Fraction(10))


def test_a_series_that_has_left_its_limits_goes_on_from_where_it_is() -> None:
    """A slow climb is special cause, and no jump: each month lies near the one before."""
    climb = [Fraction(100 + 2 * n + n % 2) for n in range(24)]
    found = bounds(series(climb), after(climb))
    assert found is not None
    assert found.holds(climb[-1] + 3)
    assert climb[-1] + 3 > limits_of(climb)[2]
    assert not found.holds(climb[-1] + 40)


def test_a_seasonal_series_is_held_against_its_own_calendar_month() -> None:
    noise = Random(5)
    values = [Fraction((200 if at % 12 == 6 else 100) + noise.randint(-3, 3)) for at in range(36)]
    july = bounds(series(values[:-6]), START + 30)
    other = bounds(series(values[:-5]), START + 31)
    assert july is not None
    assert other is not None
    assert july.seasonal
    assert july.holds(Fraction(200))
    assert not july.holds(Fraction(100))
    assert not other.holds(Fraction(200))
    assert other.holds(Fraction(100))


@pytest.mark.parametrize("values", [EVEN[:11], [5] * 20, [5, None] * 11], ids=["few", "constant", "gaps"])
def test_without_limits_the_median_decides(values: list[Fraction | int | None]) -> None:
    found = bounds(series(values), after(values))
    assert found is not None
    assert found.held is Held.MEDIAN
    assert (found.low, found.high) == (found.middle / 3, found.middle * 3)
    assert found.months == min(12, sum(value is not None for value in values))


@pytest.mark.parametrize(
    "values", [[], [5, 6], [0, 0, 0, 1], [-4, -5, -6]], ids=["none", "two", "zero", "minus"]
)
def test_too_little_is_not_judged(values: list[int]) -> None:
    assert bounds(series(values), after(values)) is None


def test_the_median_is_that_of_the_last_twelve() -> None:
    values = [900] * 5 + [None] * 8 + [9] * 6
    found = bounds(series(values), after(values))
    assert found is not None
    assert (found.held, found.middle) == (Held.MEDIAN, 9)


def test_a_decided_change_gives_limits_of_its_own() -> None:
    values = [*EVEN, *(value + 50 for value in EVEN)]
    rebase = Rebase(MEASURE.key, "hsf", START + 20, "Nytt arbetssätt", "Ledningen")
    found = bounds(series(values), after(values), (rebase,))
    assert found is not None
    assert (found.held, found.middle, found.months) == (Held.LIMITS, 50 + sum(EVEN) / 20, 20)
    now = replace(rebase, first=after(values))
    assert bounds(series(values), after(values), (now,)) is None
    assert bounds(series(values), after(values), (replace(now, first=now.first + 1),)) is not None


@given(
    values=st.lists(st.integers(1, 10**6), min_size=0, max_size=30),
    new=st.integers(0, 10**7),
    factor=st.sampled_from([Fraction(1, 10), Fraction(7), Fraction(1000)]),
)
def test_the_unit_of_measure_does_not_decide_what_jumps(
    values: list[int], new: int, factor: Fraction
) -> None:
    one = bounds(series(values), after(values))
    other = bounds(series([value * factor for value in values]), after(values))
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert one.low <= one.middle <= one.high
        assert one.holds(Fraction(new)) == other.holds(new * factor)


def test_a_file_of_several_months_is_judged_month_by_month() -> None:
    """The file's own months stand before its later ones: only the first at a new level is a jump."""
    new = after(EVEN).index
    arriving = {new: Fraction(30), new + 1: Fraction(30), new + 2: Fraction(10)}
    found = jumps(MEASURE, "hsf", series(EVEN), arriving, set(arriving), {new: 7})
    first, *others = found.jumps
    assert (first.month.index, first.value, first.row) == (new, 30, 7)
    assert new + 1 not in [one.month.index for one in others]
    assert found.judged


def test_a_correction_takes_the_place_of_what_was_there() -> None:
    wrong = series([*EVEN[:-1], 400])
    last = after(EVEN).index - 1
    found = jumps(MEASURE, "hsf", wrong, {last: Fraction(11)}, {last}, {})
    assert found.jumps == ()
    assert found.judged


def test_only_news_are_judged_and_nothing_without_earlier_months() -> None:
    new = after(EVEN).index
    assert jumps(MEASURE, "hsf", series(EVEN), {new: Fraction(500)}, (), {}).jumps == ()
    first = jumps(MEASURE, "hsf", {}, {new: Fraction(500)}, {new}, {})
    assert (first.jumps, first.judged) == ((), False)


def test_forecasts_and_what_is_measured_more_seldom_are_not_judged() -> None:
    assert is_judged(MEASURE)
    assert not is_judged(measure(measured=(Window.YEAR,)))
    assert not is_judged(measure(aggregation=Aggregation.LATEST_AMOUNT))


@given(st.lists(st.integers(13, 10**6), max_size=80))
def test_the_farthest_out_come_first_and_none_is_lost(values: list[int]) -> None:
    found = [Jump("a", "hsf", START + at, Fraction(value), BOUNDS) for at, value in enumerate(values)]
    kept, more = heaviest(found)
    assert len(kept) + more == len(values)
    assert len(kept) == min(KEPT, len(values))
    assert [jump.value for jump in kept] == sorted(values, reverse=True)[:KEPT]


# Totals


def total(before: int | None, now: int | None, key: str = "a", **changes: object) -> TotalMove:
    plain = TotalMove(
        "hsf",
        key,
        Period(START + 30, Window.MONTH),
        None if before is None else Fraction(before),
        None if now is None else Fraction(now),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "now", "odd"),
    [(100, 110, False), (100, 111, True), (100, 89, True), (-100, -111, True), (0, 1, True), (0, 0, False),
     (None, 5, False), (100, None, False)],
)  # fmt: skip
def test_a_total_that_moves_more_than_a_tenth_is_odd(before: int | None, now: int | None, odd: bool) -> None:
    assert is_odd(total(before, now)) is odd


def test_a_new_total_is_held_against_its_own_months() -> None:
    known = series(EVEN, START + 10)
    assert is_odd(held(total(None, 500), known, incomplete=False))
    assert not is_odd(held(total(None, 10), known, incomplete=False))
    missing = total(None, 500, whole=False)
    assert not is_odd(held(missing, known, incomplete=False)), "a sum without all its units is simply smaller"
    assert is_odd(held(missing, known, incomplete=True))
    yearly = total(None, 500, period=Period(START + 30, Window.YEAR))
    assert not is_odd(held(yearly, known, incomplete=False))


def test_totals_that_stay_are_left_out_and_the_odd_ones_come_first() -> None:
    hidden = total(None, None, "hidden", masked=True)
    found = [
        total(5, 5, "same"),
        total(100, 101, "little"),
        hidden,
        total(None, 4, "new"),
        total(10, 30, "odd"),
    ]
    kept, more = ordered([*found, total(100, 150, "less odd")])
    assert [one.key for one in kept][:3] == ["odd", "less odd", "little"]
    assert {one.key for one in kept} == {"odd", "less odd", "little", "hidden", "new"}
    assert more == 0
    kept, more = ordered(total(100, 100 + n, str(n)) for n in range(1, 61))
    assert (len(kept), more) == (KEPT, 10)


def test_the_unit_that_lacks_most_comes_first() -> None:
    def lacks(unit: str, key: str) -> Vanished:
        return Vanished(unit, key, Period(START, Window.MONTH), START - 1)

    kept, more = by_unit([lacks("a", "x"), lacks("b", "x"), lacks("b", "y")])
    assert ([one.unit for one in kept], more) == (["b", "b", "a"], 0)
    assert by_unit(lacks("a", str(n)) for n in range(KEPT + 3))[1] == 3
