"""Order and places held against a naive count; who is apart; that a mirrored measure gives a mirrored ranking."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.compare.ranking import comparable, method, ranking
from hsf_kpi.analysis.compare.types import Ranking, Uncertainty
from hsf_kpi.analysis.compare.words import no_value, too_few, why_missing
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.codes import Direction, Missing
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Window
from hsf_kpi.store.peers import as_printed
from tests.analysis.builders import MASKED, a_cell
from tests.analysis.compare_samples import a_group, a_mean, a_rate, a_share, parts, peer_values, reached

pairs = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
units = st.lists(pairs, min_size=5, max_size=9)
few = settings(max_examples=40, deadline=None)


def ranked(
    measure: Measure, shown: list[tuple[int, int]], unnamed: int = 0, own: str | None = "u0"
) -> Ranking:
    """«u0», «u1» … within the scope, and the last `unnamed` of them outside."""
    cells = {f"u{i}": parts(*pair) for i, pair in enumerate(shown)}
    printed = {u: as_printed(cell.value(measure) or Fraction(0), measure) for u, cell in cells.items()}
    names = list(cells)[: len(cells) - unnamed]
    values = peer_values(
        printed["u0"],
        {u: printed[u] for u in names if u != "u0"},
        [printed[u] for u in cells if u not in names],
    )
    assessments = {u: reached(measure, u, cells[u]) for u in names}
    return ranking(measure, a_group(names), values, assessments, {}, asked="u0", own=own)


@few
@given(units, st.sampled_from(Direction), st.integers(0, 4))
def test_order_places_and_middle_are_those_of_a_naive_count(
    shown: list[tuple[int, int]], direction: Direction, unnamed: int
) -> None:
    measure = a_share(direction=direction)
    found = ranked(measure, shown, unnamed)
    printed = [as_printed(Fraction(100 * count, size), measure) for count, size in shown]
    best_first = sorted(printed, reverse=direction is Direction.UP)
    assert [as_printed(Fraction(row.value), measure) for row in found.rows] == best_first
    for row in found.rows:
        own = as_printed(Fraction(row.value), measure)
        before = [v for v in printed if (v > own if direction is Direction.UP else v < own)]
        assert row.place == 1 + len(before)
    ordered, half = sorted(printed), len(printed) // 2
    middle = ordered[half] if len(printed) % 2 else (ordered[half - 1] + ordered[half]) / 2
    assert found.median == float(middle)
    assert found.quartiles is not None
    assert float(ordered[0]) <= found.quartiles[0] <= found.median <= found.quartiles[1] <= float(ordered[-1])
    assert sum(row.unit is None for row in found.rows) == unnamed
    assert (found.own, found.left_out, found.missing) == ("u0", 3, ())


@few
@given(units)
def test_an_interval_lies_around_its_value_and_decides_who_is_apart(shown: list[tuple[int, int]]) -> None:
    for measure in (a_share(), a_rate()):
        found = ranked(measure, shown)
        assert found.uncertainty is (Uncertainty.WILSON if measure == a_share() else Uncertainty.BYAR)
        for row in found.rows:
            assert row.low is not None
            assert row.high is not None
            assert row.low - 1e-9 <= row.value <= row.high + 1e-9
            assert row.apart == (row.low > found.median or row.high < found.median)


@few
@given(units)
def test_the_mirrored_measure_has_the_mirrored_ranking(shown: list[tuple[int, int]]) -> None:
    """The same patients, told as how many it went well for."""
    worse, better = a_share(decimals=4), a_share(decimals=4, direction=Direction.UP)
    one = ranked(worse, shown)
    other = ranked(better, [(size - count, size) for count, size in shown])
    assert one.median == pytest.approx(100 - other.median)
    first, second = ({row.unit: row for row in found.rows} for found in (one, other))
    for unit, row in first.items():
        mirrored = second[unit]
        assert row.value == pytest.approx(100 - mirrored.value)
        assert row.low == pytest.approx(100 - (mirrored.high or 0.0), abs=1e-9)
        # A half is rounded away from zero, so only values that are printed alike may part.
        exact = {Fraction(10**6 * c, n).denominator == 1 for c, n in shown}
        if exact == {True}:
            assert row.place == mirrored.place
            assert row.apart == mirrored.apart


@few
@given(units)
def test_turning_the_direction_turns_the_order(shown: list[tuple[int, int]]) -> None:
    down, up = ranked(a_share(), shown), ranked(a_share(direction=Direction.UP), shown)
    assert [row.value for row in down.rows] == pytest.approx(sorted(row.value for row in up.rows), abs=0.1)
    for row in down.rows:
        turned = next(other for other in up.rows if other.unit == row.unit)
        shared = sum(other.place == row.place for other in down.rows)
        assert turned.place == len(shown) + 2 - row.place - shared
        assert (turned.low, turned.high, turned.apart) == (row.low, row.high, row.apart)


def test_equal_printed_values_share_a_place_the_own_first_and_the_unnamed_last() -> None:
    found = ranked(a_share(), [(5, 100), (1, 100), (501, 10_000), (5, 100), (9, 100), (5, 100)], 1, own="u2")
    assert [(row.place, row.unit) for row in found.rows] == [
        (1, "u1"),
        (2, "u2"),
        (2, "u0"),
        (2, "u3"),
        (2, None),
        (6, "u4"),
    ]
    # The exact value is shown, and the printed one decides the place.
    assert found.rows[1].value == pytest.approx(5.01)


def test_a_unit_outside_the_scope_is_a_rounded_value_and_nothing_else() -> None:
    found = ranked(a_share(), [(1, 3), (2, 3), (1, 7), (2, 7), (3, 7), (1, 30)], 3)
    hidden = [row for row in found.rows if row.unit is None]
    assert [row.value for row in hidden] == [3.3, 28.6, 42.9]
    for row in hidden:
        assert (row.low, row.high, row.apart, row.assessment) == (None, None, False, None)


def test_units_without_a_value_are_told_with_why_and_those_outside_are_counted() -> None:
    measure = a_share()
    cells = {f"u{i}": parts(i, 10) for i in range(1, 6)}
    assessments = {unit: reached(measure, unit, cell) for unit, cell in cells.items()}
    assessments["m"] = reached(measure, "m", MASKED, Missing.MASKED)
    assessments["o"] = reached(measure, "o", parts(1, 9, months=9, months_expected=10, missing_share=0.3))
    values = peer_values(Fraction(10), {f"u{i}": Fraction(10 * i) for i in range(2, 6)})
    found = ranking(measure, a_group(cells), values, assessments, {}, asked="u1", own=None)
    assert found.missing == (("m", "maskerat"), ("o", "ofullständigt: 9 av 10 månader"))
    assert found.left_out == 1
    assert found.own is None


def test_an_outcome_of_another_period_is_not_taken_for_the_ranked_one() -> None:
    values = peer_values(Fraction(1), {f"u{i}": Fraction(i) for i in range(2, 6)})
    found = ranking(a_share(), a_group(["u1"]), values, {}, {}, asked="u1", own=None)
    assert [(row.unit, row.value, row.low, row.assessment) for row in found.rows][:2] == [
        ("u1", 1.0, None, None),
        ("u2", 2.0, None, None),
    ]
    assert found.uncertainty is Uncertainty.NONE


def test_months_give_an_interval_where_nothing_is_counted() -> None:
    measure = a_mean()
    cells = {f"u{i}": parts(i, 1) for i in range(1, 6)}
    assessments = {unit: reached(measure, unit, cell) for unit, cell in cells.items()}
    values = peer_values(Fraction(100), {f"u{i}": Fraction(100 * i) for i in range(2, 6)})
    months = {"u1": [Fraction(90), Fraction(110)] * 3, "u2": [Fraction(200)] * 5}
    found = ranking(measure, a_group(cells), values, assessments, months, asked="u1", own="u1")
    assert found.uncertainty is Uncertainty.MONTHS
    assert [row.low is not None for row in found.rows] == [True, False, False, False, False]
    assert found.rows[0].apart
    without = ranking(measure, a_group(cells), values, assessments, {}, asked="u1", own="u1")
    assert without.uncertainty is Uncertainty.NONE


def test_what_an_interval_is_made_of() -> None:
    assert method(a_share()) is Uncertainty.WILSON
    assert method(a_rate()) is Uncertainty.BYAR
    assert method(a_mean()) is Uncertainty.MONTHS
    assert method(a_mean(measured=(Window.YEAR,))) is Uncertainty.NONE
    assert method(a_share(measured=(Window.YEAR,))) is Uncertainty.WILSON


@pytest.mark.parametrize(
    ("fields", "compared"),
    [
        ({}, True),
        ({"months": 9, "months_expected": 10, "missing_share": 0.0999}, True),
        ({"months": 9, "months_expected": 10, "missing_share": 0.1}, False),
        ({"reported": 1, "expected": 2, "missing_share": 1.0}, False),
    ],
)
def test_a_share_may_lack_a_little(fields: dict[str, float], compared: bool) -> None:
    assert comparable(reached(a_share(), "u", parts(1, 2, **fields)).outcome) is compared
    flow = a_rate(aggregation=Aggregation.FLOW_PER_STOCK)
    assert comparable(reached(flow, "u", parts(1, 2, **fields)).outcome) is not bool(fields)


def test_what_is_missing_is_not_compared() -> None:
    assert not comparable(reached(a_share(), "u", MASKED, Missing.MASKED).outcome)
    finished = reached(a_share(), "u", a_cell("5")).outcome
    assert comparable(finished)
    assert not comparable(replace(finished, cell=None))


def test_the_reasons_in_words() -> None:
    masked = [reached(a_share(), unit, MASKED, Missing.MASKED).outcome for unit in ("a", "b")]
    assert no_value(masked) == "Utfallet för jan–okt 2023 är maskerat, eftersom det gäller få personer."
    late = reached(a_share(), "c", None, Missing.LATE).outcome
    assert no_value([*masked, late]) == "Ingen av verksamheterna i behörigheten har ett värde att jämföra."
    half = reached(a_share(), "d", parts(1, 9, months=9, months_expected=10, missing_share=0.3)).outcome
    assert no_value([half]).startswith("Utfallet bygger på 9 av 10 månader, och det som saknas var 30")
    assert why_missing(late) == "försenat"
    assert too_few(0, 5).endswith("här har ingen ett.")
    assert too_few(1, 5).endswith("här har en ett.")
    assert too_few(3, 5).endswith("här har 3 ett.")
