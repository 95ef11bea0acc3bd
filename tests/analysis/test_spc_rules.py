"""The four rules, each on both sides of its boundary, worked out by hand.

The series begin with 0, 150 six times over, a base period: mean 75, limits −324 and 474, two thirds of the way −191 and 341.
The last of the base is 150: one point on the high side.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from hsf_kpi.analysis.spc.rules import found
from hsf_kpi.analysis.spc.types import Hit, Judged, Rule, Side
from tests.analysis.spc_samples import ALTERNATING, Value, a_process, a_rebase, after

OUT, TREND, SHIFT, TWO = Rule.OUTSIDE, Rule.TREND, Rule.SHIFT, Rule.TWO_OF_THREE
HIGH, LOW = Side.HIGH, Side.LOW
Said = tuple[Rule, Side, int, bool] | None


def said(point: Judged | None) -> Said:
    """Rule, side, run, new; None for common cause and for a gap."""
    if point is None or point.rule is None or point.side is None:
        return None
    return point.rule, point.side, point.run, point.new


def test_the_limits_of_the_base() -> None:
    points = [point for point in after([75]) if point]
    assert (points[0].mean, points[0].low, points[0].high) == (75, -324, 474)


CASES: list[tuple[str, list[Value], list[Said]]] = [
    ("on the upper limit", [474], [None]),
    ("above it", [475], [(OUT, HIGH, 1, True)]),
    ("on the lower limit", [-324], [None]),
    ("below it", [-325], [(OUT, LOW, 1, True)]),
    ("two outside", [475, 999], [(OUT, HIGH, 1, True), (OUT, HIGH, 2, False)]),
    ("outside on either side", [475, -325], [(OUT, HIGH, 1, True), (OUT, LOW, 1, True)]),
    ("outside, in, outside", [475, 0, -325], [(OUT, HIGH, 1, True), None, (OUT, LOW, 1, True)]),
    (
        "six on one side, the base's last among them",
        [100, 90, 100, 90, 100, 0],
        [None] * 6,
    ),
    (
        "seven on one side",
        [100, 90, 100, 90, 100, 90],
        [(SHIFT, HIGH, run, run == 7) for run in range(2, 8)],
    ),
    (
        "eight on one side: no longer new",
        [100, 90, 100, 90, 100, 90, 76],
        [(SHIFT, HIGH, run, run == 7) for run in range(2, 9)],
    ),
    (
        "a point exactly on the mean is on no side",
        [100, 90, 100, 90, 75, 90, 100, 90],
        [None] * 8,
    ),
    ("a gap ends a run", [100, 90, 100, None, 90, 100, 90, 100], [None] * 8),
    (
        "seven below after the base",
        [70, 60, 70, 60, 70, 60, 74],
        [(SHIFT, LOW, run, run == 7) for run in range(1, 8)],
    ),
    ("six rising", [20, 40, 60, 80, 100, 120, 90], [None] * 7),
    (
        "seven points rising, six steps",
        [20, 40, 60, 80, 100, 120, 140],
        [(TREND, HIGH, run, run == 7) for run in range(1, 8)],
    ),
    (
        "seven falling, the base's last among them",
        [140, 120, 100, 70, 60, 50],
        [(TREND, LOW, run, run == 7) for run in range(2, 8)],
    ),
    ("equal neighbours end it", [20, 40, 60, 80, 80, 100, 120, 140], [None] * 8),
    ("so does a gap", [20, 40, 60, 80, None, 100, 120, 140], [None] * 8),
    (
        "rising below the mean: the trend leads, and the low side too is new",
        [10, 20, 30, 40, 50, 60, 70],
        [(TREND, HIGH, run, run == 7) for run in range(1, 8)],
    ),
    ("two of three exactly at two thirds", [341, 0, 342], [None] * 3),
    ("two of three beyond", [342, 0, 342], [(TWO, HIGH, 1, False), None, (TWO, HIGH, 2, True)]),
    ("two of four", [342, 0, 0, 342], [None] * 4),
    ("two next to each other", [342, 342], [(TWO, HIGH, 1, False), (TWO, HIGH, 2, True)]),
    (
        "three of three",
        [342, 342, 342],
        [(TWO, HIGH, 1, False), (TWO, HIGH, 2, True), (TWO, HIGH, 3, False)],
    ),
    ("below", [-192, 0, -192], [(TWO, LOW, 1, False), None, (TWO, LOW, 2, True)]),
    ("exactly at two thirds below", [-191, 0, -192], [None] * 3),
    ("on either side", [342, 0, -192], [None] * 3),
    ("a gap among the three", [342, None, 342], [None] * 3),
    (
        "a point outside is beyond two thirds too; the second is new, for the point before had none",
        [475, 0, 342],
        [(OUT, HIGH, 1, True), None, (TWO, HIGH, 2, True)],
    ),
    (
        "outside and next to it: not new on that side",
        [475, 342],
        [(OUT, HIGH, 1, True), (TWO, HIGH, 2, False)],
    ),
    (
        "after a gap three points must be known",
        [None, 342, 342],
        [None] * 3,
    ),
    (
        "then the third tells it of the two before",
        [None, 342, 342, 0],
        [None, (TWO, HIGH, 1, False), (TWO, HIGH, 2, False), None],
    ),
    (
        "outside leads over the shift that it belongs to",
        [100, 90, 100, 90, 100, 475],
        [*((SHIFT, HIGH, run, False) for run in range(2, 7)), (OUT, HIGH, 1, True)],
    ),
]


@pytest.mark.parametrize(("tail", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_by_hand(tail: list[Value], expected: list[Said]) -> None:
    assert [said(point) for point in after(tail)] == expected


@pytest.mark.parametrize(("tail", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_by_hand_in_the_mirror(tail: list[Value], expected: list[Said]) -> None:
    """Around the mean 75: the base keeps its shape, and ends low instead of high."""
    values = [None if value is None else 150 - value for value in [*ALTERNATING, *tail]]
    points = a_process(values, rebases=[a_rebase(0, last=11)]).points[12:]
    other = {HIGH: LOW, LOW: HIGH}
    assert [said(point) for point in points] == [
        None if one is None else (one[0], other[one[1]], one[2], one[3]) for one in expected
    ]


def hits_of(deviations: Sequence[int | None], half: int = 300) -> list[Hit]:
    return list(found(deviations, half)[0])


def test_a_pattern_that_goes_on_is_one_hit() -> None:
    assert hits_of([5, 4] * 7) == [Hit(SHIFT, HIGH, 0, 13)]
    assert hits_of([400, 400, None, 400]) == [Hit(OUT, HIGH, 0, 1), Hit(OUT, HIGH, 3, 3)]
    assert hits_of([201, 0, 201, 0, 201]) == [Hit(TWO, HIGH, 0, 4)]
    assert hits_of([201, 0, 201, 0, 0, 201, 201]) == [Hit(TWO, HIGH, 0, 2), Hit(TWO, HIGH, 5, 6)]


def test_two_trends_share_their_turning_point_which_belongs_to_the_first() -> None:
    up, down = [-60, -40, -20, 0, 20, 40, 60], [30, 10, -10, -30, -50, -70]
    hits, flags = found([*up, *down], 300)
    assert hits == (Hit(TREND, HIGH, 0, 6), Hit(TREND, LOW, 6, 12))
    assert (flags[6].side, flags[6].run, flags[6].new) == (HIGH, 7, True)
    assert [(flags[at].side, flags[at].run, flags[at].new) for at in (7, 12)] == [
        (LOW, 2, False),
        (LOW, 7, True),
    ]


def test_new_is_by_side() -> None:
    """A falling trend that is completed while the points are still on the high side is new: another side."""
    deviations = [50, 60, 55, 60, 55, 60, 100, 90, 80, 70, 60, 50, 40]
    _, flags = found(deviations, 300)
    assert (flags[12].rule, flags[12].side, flags[12].new) == (TREND, LOW, True)
    # The first of them completed the shift, and that was new then.
    assert (flags[6].rule, flags[6].run, flags[6].new) == (TREND, 1, True)


def test_nothing_in_nothing() -> None:
    assert found([], 300) == ((), {})
    assert found([None, None], 300) == ((), {})
    assert found([0, 10, -10, 0], 300) == ((), {})
