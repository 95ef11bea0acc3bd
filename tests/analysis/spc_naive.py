"""The control chart a second time, straight from its description, in fractions and without regard to time."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import mean

from scipy.stats import f_oneway

Values = Sequence[Fraction | None]
ORDER = ("outside", "trend", "shift", "two_of_three")


@dataclass(frozen=True)
class Point:
    mean: Fraction
    low: Fraction
    high: Fraction
    rule: str | None
    side: str | None
    run: int
    new: bool


def limits(values: Values) -> tuple[Fraction, Fraction, Fraction]:
    """low, mean, high"""
    ranges = [abs(b - a) for a, b in itertools.pairwise(values) if a is not None and b is not None]
    kept = [r for r in ranges if r <= Fraction("3.267") * mean(ranges)]
    if mean(kept) == 0:
        kept = ranges
    middle = mean(v for v in values if v is not None)
    width = Fraction("2.66") * mean(kept)
    return middle - width, middle, middle + width


def seasonal(values: Values, numbers: Sequence[int]) -> bool:
    """One phase. f_oneway wants two groups, and some group of two."""
    groups: dict[int, list[float]] = {}
    for value, number in zip(values, numbers, strict=True):
        if value is not None:
            groups.setdefault(number, []).append(float(value))
    n = sum(map(len, groups.values()))
    if n <= 12 or len(groups) < 2 or n == len(groups):
        return False
    return bool(f_oneway(*groups.values()).pvalue < 0.01)


def chart(values: Values, numbers: Sequence[int], *, by_month: bool) -> list[Point | None]:
    """One phase, all of whose points give its limits."""
    if not by_month:
        low, middle, high = limits(values)
        return _points(values, [(low, middle, high)] * len(values), values, (low, middle, high))
    means = {
        number: mean(v for v, n in zip(values, numbers, strict=True) if n == number and v is not None)
        for number in {n for v, n in zip(values, numbers, strict=True) if v is not None}
    }
    rest = [None if v is None else v - means[n] for v, n in zip(values, numbers, strict=True)]
    low, middle, high = limits(rest)
    assert middle == 0
    drawn = [(low + means.get(n, 0), Fraction(means.get(n, 0)), high + means.get(n, 0)) for n in numbers]
    return _points(values, drawn, rest, (low, middle, high))


Three = tuple[Fraction, Fraction, Fraction]


def _points(values: Values, drawn: Sequence[Three], rest: Values, bounds: Three) -> list[Point | None]:
    patterns = _patterns(rest, *bounds)
    found: list[Point | None] = []
    for at, value in enumerate(values):
        if value is None:
            found.append(None)
            continue
        low, middle, high = drawn[at]
        mine = [p for p in patterns if at in p[2]]
        if not mine:
            found.append(Point(middle, low, high, None, None, 0, False))
            continue
        rule, side, _members, _ = min(mine, key=lambda p: (ORDER.index(p[0]), min(p[2])))
        run = _run(rule, at, rest, side, bounds)
        new = bool(_ended(patterns, at) - _ended(patterns, at - 1))
        found.append(Point(middle, low, high, rule, side, run, new))
    return found


Pattern = tuple[str, str, tuple[int, ...], int]
"""Rule, side, the points flagged, and the last point that had to be known."""


def _patterns(rest: Values, low: Fraction, middle: Fraction, high: Fraction) -> list[Pattern]:
    """Every single window that a rule is met in: one point, three points, or seven."""
    found: list[Pattern] = []
    near_low, near_high = middle + (low - middle) * 2 / 3, middle + (high - middle) * 2 / 3
    for at, value in enumerate(rest):
        if value is None:
            continue
        if value > high:
            found.append(("outside", "high", (at,), at))
        if value < low:
            found.append(("outside", "low", (at,), at))
        seven = [v for v in rest[max(0, at - 6) : at + 1] if v is not None]
        where = tuple(range(at - 6, at + 1))
        if at >= 6 and len(seven) == 7:
            if all(v > middle for v in seven):
                found.append(("shift", "high", where, at))
            if all(v < middle for v in seven):
                found.append(("shift", "low", where, at))
            pairs = list(itertools.pairwise(seven))
            if all(b > a for a, b in pairs):
                found.append(("trend", "high", where, at))
            if all(b < a for a, b in pairs):
                found.append(("trend", "low", where, at))
        three = [v for v in rest[max(0, at - 2) : at + 1] if v is not None]
        if at >= 2 and len(three) == 3:
            far = tuple(at - 2 + i for i in range(3) if three[i] > near_high)
            if len(far) >= 2:
                found.append(("two_of_three", "high", far, at))
            far = tuple(at - 2 + i for i in range(3) if three[i] < near_low)
            if len(far) >= 2:
                found.append(("two_of_three", "low", far, at))
    return found


def _ended(patterns: Sequence[Pattern], at: int) -> set[str]:
    """The sides of what was met with the point as its last, as it could be known then."""
    return {side for _, side, members, end in patterns if members[-1] == at == end}


def _run(rule: str, at: int, rest: Values, side: str, bounds: Three) -> int:
    _low, middle, high = bounds
    sign = 1 if side == "high" else -1
    width = high - middle

    def holds(index: int) -> bool:
        value = rest[index]
        if value is None:
            return False
        away = (value - middle) * sign
        if rule == "outside":
            return away > width
        if rule == "shift":
            return away > 0
        after = rest[index + 1]
        return after is not None and (after - value) * sign > 0

    if rule == "two_of_three":
        window: list[int] = []
        for index in range(at, max(-1, at - 3), -1):
            if rest[index] is None:
                break
            window.append(index)
        return sum((rest[i] - middle) * sign * 3 > 2 * width for i in window)  # type: ignore[operator]
    run = 1
    while at - run >= 0 and holds(at - run):
        run += 1
    return run
