"""Arithmetic of a chart: where the value axis begins and ends, and labels that are moved apart."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

LINES = 5
"""Grid steps aimed at, here and in the axis; four to six lines come out."""

LEAST_SPAN = 0.08
"""The axis spans at least this share of its values: a tenth of a percentage point must not fill it."""

_NEAR_ZERO = 1.2
"""Zero is taken in when it is nearer the values than this many times their spread."""


def value_range(
    values: Iterable[float], *, zero: bool, ceiling: float | None = None, air: float = 0.0
) -> tuple[float, float]:
    """(low, high) on whole grid steps around the values; (0, 1) without values.

    `zero` holds zero. Without it zero is taken in when near: an axis cut just above zero exaggerates.
    `ceiling` (100 for shares) is never passed unless a value does. `air`: a share of the spread left free
    above and below, for dots with words.
    """
    found = [value for value in values if math.isfinite(value)]
    if not found:
        return 0.0, 1.0
    least, most = min(found), max(found)
    low, high = least, most
    missing = LEAST_SPAN * max(abs(low), abs(high)) - (high - low)
    if missing > 0:
        low, high = low - missing / 2, high + missing / 2
    low, high = low - air * (high - low), high + air * (high - low)
    if zero or (least >= 0 and low < _NEAR_ZERO * (high - low)):
        low = 0.0 if least >= 0 else low
    if zero or (most <= 0 and -high < _NEAR_ZERO * (high - low)):
        high = 0.0 if most <= 0 else high
    if low == high:
        high = float(LINES)  # nothing but zeros: whole steps above the zero line
    low, high = _on_steps(low, high)
    if ceiling is not None and most <= ceiling < high:
        high = ceiling
    return low, high


def nice_step(raw: float) -> float:
    """The step that Vega's axis takes for a raw step > 0: 1, 2 or 5 × a power of ten, by its thresholds."""
    power = 10.0 ** math.floor(math.log10(raw))
    ratio = raw / power
    size = next((size for size, least in ((10, 50), (5, 10), (2, 2)) if ratio >= math.sqrt(least)), 1)
    return power * size


def _on_steps(low: float, high: float) -> tuple[float, float]:
    """Both ends moved out to whole steps; a wider span may take a larger step, so until it settles."""
    step = 0.0
    while (wanted := nice_step((high - low) / LINES)) != step:
        step = wanted
        low, high = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    return low, high


def spread(positions: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Positions moved as little as needed to be `gap` apart, inside [low, high] while they fit; order kept.

    Answers in the order given.
    """
    return spread_sized(positions, [gap] * len(positions), low, high)


def spread_sized(positions: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """The same for things of unlike sizes: the middles of two stand half of each apart."""
    order = sorted(range(len(positions)), key=lambda i: positions[i])
    before = [0.0, *accumulate((sizes[a] + sizes[b]) / 2 for a, b in pairwise(order))]
    # Without the room between them, places that only must not pass each other: each crowd shares its mean.
    crowds: list[tuple[float, int]] = []
    for i, taken in zip(order, before, strict=False):
        mean, count = positions[i] - taken, 1
        while crowds and crowds[-1][0] > mean:
            other, more = crowds.pop()
            mean, count = (other * more + mean * count) / (more + count), more + count
        crowds.append((mean, count))
    shared = [min(max(mean, low), high - before[-1]) for mean, count in crowds for _ in range(count)]
    answer = [0.0] * len(positions)
    for i, place, taken in zip(order, shared, before, strict=False):
        answer[i] = place + taken
    return answer
