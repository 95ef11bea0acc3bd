"""The runs of sums that a change alters, against counting month by month."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.access.suppression import suppress
from hsf_kpi.access.suppression_cost import Running, runs
from hsf_kpi.access.suppression_system import History, Span, System

MONTHS = 36
MONTH = st.integers(0, MONTHS - 1)


def covers(span: Span, end: int) -> set[int]:
    start = {Span.POINT: end, Span.YEAR: end // 12 * 12, Span.TWELVE: end - 11}[span]
    return set(range(start, end + 1))


@given(span=st.sampled_from(Span), month=MONTH, other=MONTH | st.just(-1))
def test_runs_hold_the_sums_with_exactly_one_of_two_months(span: Span, month: int, other: int) -> None:
    if other == month:
        return
    first, end = runs((span,), MONTHS, np.array([month]), np.array([other]))
    found = [t for run in range(2) for t in range(int(first[0, run, 0]), int(end[0, run, 0]))]
    wanted = [
        t for t in range(MONTHS) if (month in covers(span, t)) != (other >= 0 and other in covers(span, t))
    ]
    assert sorted(found) == wanted
    weight = np.arange(MONTHS, dtype=np.int64)[None, None, None, :]
    total = Running(weight).over(0, np.array([[0]]), first, end)
    assert total.tolist() == [sum(wanted)]


def system(counts: list[list[int]], *, few: int = 5, history: History | None = None) -> System:
    """One total per unit and month, all units under one node."""
    amount = np.array(counts, dtype=np.int64)
    units, months = amount.shape
    both = np.concatenate([amount, amount.sum(axis=0, keepdims=True)])
    exists = np.zeros((3, 1, units + 1, months), np.bool_)
    exists[0] = True
    small = np.zeros((1, *exists.shape), np.bool_)
    small[0, 0, 0] = (both > 0) & (both < few)
    reported = np.zeros((3, units, months), np.bool_)
    reported[0] = True
    observed = np.zeros((1, 3, units, months), np.int64)
    observed[0, 0] = amount
    path = np.repeat(np.arange(units)[:, None], months, axis=1)
    paths = np.stack([np.arange(units), np.full(units, units)], axis=1)
    return System(reported, observed, path, paths, (Span.POINT,), exists, small, np.arange(units), history)


def hidden(one: System) -> list[tuple[int, int]]:
    return [(int(g), int(t)) for _, _, g, t in np.argwhere(suppress(one).hidden)]


def test_the_smallest_sibling_is_hidden_for_one_that_is_few() -> None:
    counts = [[3] + [20] * 11, [90] * 12, [30] * 12]
    assert hidden(system(counts)) == [(0, 0), (2, 0)]


def test_nothing_few_nothing_hidden() -> None:
    assert hidden(system([[20] * 12, [0] * 12])) == []


def test_a_lone_unit_takes_its_parent_with_it() -> None:
    assert hidden(system([[3] + [20] * 11])) == [(0, 0), (1, 0)]


@pytest.mark.parametrize("known", [True, False])
def test_who_was_seen_and_is_unchanged_is_no_partner(known: bool) -> None:
    one = system([[3] + [20] * 11, [90] * 12, [30] * 12])
    unchanged = np.zeros_like(one.amount, dtype=np.bool_)
    unchanged[0, 0, 1:] = known
    existed = np.zeros_like(one.reported)
    existed[0] = True
    nothing = np.zeros_like(one.exists)
    history = History(one.exists, nothing, nothing[None], existed, unchanged, one.amount)
    found = hidden(system([[3] + [20] * 11, [90] * 12, [30] * 12], history=history))
    assert found == ([(0, 0), (3, 0)] if known else [(0, 0), (2, 0)])
