"""The four rules for special cause, on one phase: the patterns met, and what each point is flagged by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hsf_kpi.analysis.spc.runs import Deviations, beyond, monotone, on_one_side, outside
from hsf_kpi.analysis.spc.types import Hit, Rule, Side

IN_A_ROW = 7
"""Points of a shift or a trend."""

_HIGH, _LOW = 1, 2


@dataclass(frozen=True, slots=True)
class Flag:
    """What one point is flagged by: the leading rule, its side, and how far the pattern had come at the point.

    new: whether a special cause was completed at the point on a side where none was at the point before.
    """

    rule: Rule
    side: Side
    run: int
    new: bool


def found(deviations: Deviations, half: int) -> tuple[tuple[Hit, ...], dict[int, Flag]]:
    """The patterns by their first point and the rules' order, and the flagged points by position.

    half: the distance from the mean to a limit on the scale of the deviations, above zero.
    """
    far = outside(deviations, half)
    trends = monotone(deviations)
    shifts = on_one_side(deviations)
    near = beyond(deviations, half)
    twos, completed = _two_of_three(deviations, near)
    hits = [
        *_stretches(Rule.OUTSIDE, far, 1),
        *_stretches(Rule.TREND, trends, IN_A_ROW),
        *_stretches(Rule.SHIFT, shifts, IN_A_ROW),
        *twos,
    ]
    if not hits:
        return (), {}
    for runs, least in ((far, 1), (trends, IN_A_ROW), (shifts, IN_A_ROW)):
        _complete(completed, runs, least)
    flags: dict[int, Flag] = {}
    for hit in hits:
        sign = 1 if hit.side is Side.HIGH else -1
        for at in range(hit.first, hit.last + 1):
            run = at - hit.first + 1
            if hit.rule is Rule.TWO_OF_THREE:
                if near[at] != sign:
                    continue
                run = _within_three(deviations, near, at)
            if at not in flags:
                before = completed[at - 1] if at else 0
                flags[at] = Flag(hit.rule, hit.side, run, bool(completed[at] & ~before))
    hits.sort(key=lambda hit: hit.first)
    return tuple(hits), flags


def _stretches(rule: Rule, runs: Sequence[int], least: int) -> Iterator[Hit]:
    """The longest stretches of a pattern that goes on from point to point."""
    if not runs or (max(runs) < least and min(runs) > -least):
        return
    for at, run in enumerate(runs):
        size = abs(run)
        goes_on = at + 1 < len(runs) and runs[at + 1] == (run + 1 if run > 0 else run - 1)
        if size >= least and not goes_on:
            yield Hit(rule, _side(run), at - size + 1, at)


def _complete(completed: list[int], runs: Sequence[int], least: int) -> None:
    """Notes the sides on which a pattern was complete with each point as its last, nothing after it being known."""
    for at, run in enumerate(runs):
        if run >= least:
            completed[at] |= _HIGH
        elif run <= -least:
            completed[at] |= _LOW


def _two_of_three(deviations: Deviations, near: Sequence[int]) -> tuple[list[Hit], list[int]]:
    """Two of three points next to each other that are far out on one side; what shares a point is one pattern.

    And the sides on which it was complete with each point as its last: the point must be one of the two, and known to be
    one of three.
    """
    hits: list[Hit] = []
    completed = [0] * len(near)
    for sign, bit in ((1, _HIGH), (-1, _LOW)):
        if near.count(sign) < 2:
            continue
        own: list[Hit] = []
        for start in range(len(near) - 2):
            three = near[start : start + 3]
            if three.count(sign) < 2 or None in deviations[start : start + 3]:
                continue
            first = start + (0 if three[0] == sign else 1)
            last = start + (2 if three[2] == sign else 1)
            if last == start + 2:
                completed[last] |= bit
            if own and first <= own[-1].last:
                first = own.pop().first
            own.append(Hit(Rule.TWO_OF_THREE, _side(sign), first, last))
        hits += own
    return hits, completed


def _within_three(deviations: Deviations, near: Sequence[int], at: int) -> int:
    """How many of the point and the two before it are as far out as it is, on its side."""
    run = 1
    for back in (at - 1, at - 2):
        if back < 0 or deviations[back] is None:
            break
        run += near[back] == near[at]
    return run


def _side(sign: int) -> Side:
    return Side.HIGH if sign > 0 else Side.LOW
