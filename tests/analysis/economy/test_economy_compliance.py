"""Who did as the assignments say: held against a second, naive reading of them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.economy.compliance import Known, headcount, hired, known_of
from hsf_kpi.analysis.economy.types import ComplianceRow, Verdict
from hsf_kpi.analysis.types import Outcome
from hsf_kpi.model.aggregation import FIXED
from hsf_kpi.model.cell import Cell
from hsf_kpi.model.codes import Missing, Sex, UnitOfMeasure
from hsf_kpi.model.period import Month, Period, Window
from tests.analysis.builders import MASKED, a_cell, a_measure

DECEMBER = Month.of(2022, 12)
MONTHS = tuple(DECEMBER + n for n in range(1, 11))
GOOD = (Verdict.COMPLIED, Verdict.MOVED)

amounts = st.lists(st.none() | st.integers(0, 6), min_size=11, max_size=11)
moves = st.dictionaries(st.sampled_from(MONTHS), st.integers(-3, 3), max_size=4)


def known(values: list[int | None]) -> dict[Month, Known]:
    """From December on; None has a reason."""
    return {
        DECEMBER + n: Known(None, f"saknas {n}") if value is None else Known(Fraction(value))
        for n, value in enumerate(values)
    }


def persons(
    values: list[int | None], moved: dict[Month, int] | None = None, *, falls: bool = False
) -> ComplianceRow:
    found = headcount("u", known(values), {}, MONTHS[: len(values) - 1], {"u": moved or {}}, falls=falls)
    return found.whole


def signs(row: ComplianceRow) -> str:
    return "".join(
        {"complied": "-", "broke": "+", "moved": "m", "unknown": "?"}[c.verdict] for c in row.cells
    )


@settings(max_examples=60)
@given(amounts, moves, st.booleans())
def test_headcount_is_as_a_naive_reading_says(
    values: list[int | None], moved: dict[Month, int], falls: bool
) -> None:
    row = persons(values, moved, falls=falls)
    run = broke = 0
    total: int | None = 0
    for n, cell in enumerate(row.cells, start=1):
        before, now, by_move = values[n - 1], values[n], moved.get(MONTHS[n - 1], 0)
        if before is None or now is None:
            assert cell.verdict is Verdict.UNKNOWN
            assert (cell.change, cell.own) == (None, None)
            assert cell.why == f"saknas {n if now is None else n - 1}"
            run, broke, total = 0, 0, None
            continue
        grew_itself = now - before - by_move
        good = grew_itself < 0 if falls else grew_itself <= 0
        assert (cell.verdict in GOOD) == good
        assert cell.change == now - before == cell.own + cell.moved  # type: ignore[operator]
        if cell.verdict is Verdict.MOVED:
            assert by_move != 0
        if good and now > before:
            assert cell.verdict is Verdict.MOVED
        if not by_move:
            assert cell.verdict is not Verdict.MOVED
        run, broke = (run + 1, 0) if good else (0, broke + 1)
        total = None if total is None else total + grew_itself
    assert (row.in_row, row.broke_in_row) == (run, broke)
    assert row.since == total
    length = max(run, broke)
    if length == len(row.cells):
        assert not row.ended_unknown
    else:
        assert row.ended_unknown == (row.cells[-1 - length].verdict is Verdict.UNKNOWN)


@settings(max_examples=40)
@given(amounts)
def test_hired_falls_strictly_or_is_nothing_after_nothing(values: list[int | None]) -> None:
    row = hired("u", known(values), {}, MONTHS).whole
    for n, cell in enumerate(row.cells, start=1):
        before, now = values[n - 1], values[n]
        if before is None or now is None:
            assert cell.verdict is Verdict.UNKNOWN
        elif now < before or (now == 0 and before == 0):
            assert cell.verdict is Verdict.COMPLIED
        else:
            assert cell.verdict is Verdict.BROKE
        assert cell.moved == 0


@settings(max_examples=30)
@given(st.lists(st.lists(st.integers(0, 9), min_size=11, max_size=11), min_size=1, max_size=4), st.data())
def test_moves_that_net_to_zero_leave_the_whole_as_it_is(units: list[list[int]], data: st.DataObject) -> None:
    """What the units did themselves sums to what the whole did, whatever was moved between them."""
    shifts = data.draw(st.lists(st.integers(-5, 5), min_size=len(units), max_size=len(units)))
    shifts[0] -= sum(shifts)
    moved = {f"u{i}": {MONTHS[3]: shift} for i, shift in enumerate(shifts)}
    whole = [sum(unit[n] for unit in units) for n in range(11)]
    parts = {f"u{i}": known([*unit]) for i, unit in enumerate(units)}
    found = headcount("hsf", known([*whole]), parts, MONTHS, moved, falls=True)
    for n in range(len(MONTHS)):
        own = [row.cells[n].own for row in found.rows]
        assert sum(one for one in own if one is not None) == found.whole.cells[n].own
    assert set(found.complied(MONTHS[3])) <= set(found.judged(MONTHS[3]))
    assert len(found.judged(MONTHS[3])) == len(units)


@pytest.mark.parametrize(
    ("before", "now", "moved", "verdict"),
    [
        (10, 10, 0, Verdict.COMPLIED),
        (10, 9, 0, Verdict.COMPLIED),
        (10, 11, 0, Verdict.BROKE),
        (10, 16, 6, Verdict.MOVED),
        (10, 15, 6, Verdict.MOVED),
        (10, 17, 6, Verdict.BROKE),
        (10, 4, -6, Verdict.MOVED),
        (10, 3, -6, Verdict.COMPLIED),
        (10, 6, -6, Verdict.BROKE),
        (10, 10, 6, Verdict.COMPLIED),
    ],
)
def test_a_move_excuses_as_much_as_it_moves(before: int, now: int, moved: int, verdict: Verdict) -> None:
    row = persons([before, now], {MONTHS[0]: moved})
    assert row.cells[0].verdict is verdict


def test_the_whole_must_fall_where_a_unit_may_stand_still() -> None:
    assert signs(persons([10, 10, 9, 9])) == "---"
    assert signs(persons([10, 10, 9, 9], falls=True)) == "+-+"


def test_rows_count_back_from_the_last_month_and_end_at_an_unknown_one() -> None:
    row = persons([5, 4, 6, None, 6, 5, 4])
    assert (signs(row), row.in_row, row.broke_in_row, row.ended_unknown) == ("-+??--", 2, 0, True)
    assert row.since is None
    broken = persons([5, 4, 5, 6])
    assert (broken.in_row, broken.broke_in_row, broken.since, broken.ended_unknown) == (
        0,
        2,
        Fraction(1),
        False,
    )
    last = persons([5, 4, None])
    assert (last.in_row, last.broke_in_row, last.ended_unknown) == (0, 0, True)


def test_an_incomplete_month_is_shown_but_neither_it_nor_the_next_is_judged() -> None:
    values = known([10, 9, 8])
    values[MONTHS[0]] = Known(Fraction(9), "bygger på 10 av 11", starred=True)
    row = headcount("u", values, {}, MONTHS[:2], {}, falls=True).whole
    assert signs(row) == "??"
    assert [(cell.value, cell.starred) for cell in row.cells] == [(Fraction(9), True), (Fraction(8), False)]
    assert {cell.why for cell in row.cells} == {"bygger på 10 av 11"}


def test_a_month_that_nobody_has_told_of_has_a_reason() -> None:
    row = hired("u", {DECEMBER: Known(Fraction(3))}, {}, MONTHS[:1]).whole
    assert row.cells[0].why == "Inget utfall är rapporterat för januari 2023"


def outcome(cell: Cell | None, missing: Missing | None = None, note: str = "") -> Outcome:
    measure = a_measure(UnitOfMeasure.PERCENT)
    value = None if cell is None or missing else cell.value(measure)
    period = Period(MONTHS[0], Window.MONTH)
    return Outcome(measure, "u", Sex.ALL, period, value, missing, note, cell)


def cost_of(one: Outcome) -> Known:
    return known_of([one], cost=True)[MONTHS[0]]


def test_the_cost_is_the_numerator_in_kronor() -> None:
    cell = a_cell(numerator=1_234_567 * FIXED, denominator=50_000_000 * FIXED)
    assert cost_of(outcome(cell)) == Known(Fraction(1_234_567))
    assert known_of([outcome(cell)], cost=False)[MONTHS[0]].value == Fraction(1_234_567, 50_000_000)


def test_the_cost_is_known_where_no_own_staff_is_paid() -> None:
    cell = a_cell(numerator=0, denominator=0)
    assert cost_of(outcome(cell, Missing.ZERO_DENOMINATOR)) == Known(Fraction(0))


def test_what_is_masked_late_or_incomplete_is_told_in_words() -> None:
    masked = cost_of(outcome(MASKED, Missing.MASKED))
    assert masked.value is None
    assert "maskerat" in masked.why
    assert "försenat" in cost_of(outcome(None, Missing.LATE)).why
    assert "bara andelen" in cost_of(outcome(a_cell("2.5"))).why
    cell = a_cell(numerator=5 * FIXED, denominator=100 * FIXED)
    starred = cost_of(outcome(cell, note="10 av 11 verksamheter"))
    assert (starred.value, starred.starred) == (Fraction(5), True)
    assert starred.why == (
        "Utfallet för januari 2023 bygger på 10 av 11 verksamheter och bedöms först när allt är med"
    )
    assert not starred.judged
