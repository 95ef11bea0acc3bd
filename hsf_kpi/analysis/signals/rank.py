"""All that was found, told once each and in order of weight. The weights are our convention: docs/signals.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hsf_kpi.analysis.signals.types import Signal, SignalKind
from hsf_kpi.analysis.spc.types import Side

TOLD = 40
"""Signals that are told; more of them are counted."""
KIND: Mapping[SignalKind, float] = {
    SignalKind.CAUSE: 25.0,
    SignalKind.TARGET: 35.0,
    SignalKind.BUDGET: 50.0,
    SignalKind.ASSIGNMENT: 15.0,
    SignalKind.MISSING: 0.0,
}
WORSE, NEITHER, BETTER = 30.0, 10.0, 0.0
HEIGHT = 40.0
"""At the chosen unit; half of it one level below, a third two levels below, and so on."""
PLAN = 10.0
"""For a measure with a row in the plan."""
SIZE = 30.0
"""For the largest: three limit widths from the mean, a tenth from the target, a tenth of the budgeted cost, ten late
units, and of breaches the largest of its assignment.
"""
_WIDTHS, _SHARE, _LATE = 3.0, 0.1, 10.0
_ORDER = list(SignalKind)


def collapsed(causes: Sequence[Signal], above: Mapping[str, Sequence[str]]) -> list[Signal]:
    """The same cause (measure, better or worse, side) at a unit and at units below it told once, at the topmost.

    above: unit → the units above it. Causes come in the order of the organisation, and so do the units of `also`.
    """
    units: dict[tuple[str, bool | None, Side | None], set[str]] = {}
    for cause in causes:
        units.setdefault(_same(cause), set()).add(cause.unit)
    below: dict[tuple[tuple[str, bool | None, Side | None], str], list[str]] = {}
    topmost: list[Signal] = []
    for cause in causes:
        same = _same(cause)
        over = next((unit for unit in above[cause.unit] if unit in units[same]), None)
        if over is None:
            topmost.append(cause)
        else:
            below.setdefault((same, over), []).append(cause.unit)
    return [replace(cause, also=tuple(below.get((_same(cause), cause.unit), ()))) for cause in topmost]


def ranked(found: Sequence[Signal], depth: Mapping[str, int]) -> list[Signal]:
    """With their weights, the heaviest first; of equal weight by kind, unit and measure. depth: steps below the chosen."""
    largest: dict[str, int] = {}
    for signal in found:
        amount = abs(signal.amount or 0)
        largest[signal.assignment] = max(largest.get(signal.assignment, 0), amount)
    weighed = [
        replace(signal, weight=_weight(signal, depth[signal.unit], largest[signal.assignment]))
        for signal in found
    ]
    return sorted(weighed, key=_place)


def _place(signal: Signal) -> tuple[float, int, str, str, str, int]:
    key = signal.measure.key if signal.measure else ""
    return -signal.weight, _ORDER.index(signal.kind), signal.unit, key, signal.assignment, signal.month.index


def _same(cause: Signal) -> tuple[str, bool | None, Side | None]:
    latest = cause.process.latest if cause.process else None
    return cause.measure.key if cause.measure else "", cause.better, latest.side if latest else None


def _weight(signal: Signal, depth: int, largest: int) -> float:
    weight = KIND[signal.kind] + HEIGHT / (1 + depth) + SIZE * min(1.0, _size(signal, largest))
    if signal.kind is not SignalKind.MISSING:
        weight += NEITHER if signal.better is None else BETTER if signal.better else WORSE
    if signal.measure is not None and signal.measure.row is not None:
        weight += PLAN
    return round(weight, 6)


def _size(signal: Signal, largest: int) -> float:
    """0 upwards; 1 is as large as it counts."""
    if signal.kind is SignalKind.MISSING:
        return len(signal.also) / _LATE
    if signal.kind is SignalKind.BUDGET:
        return abs(signal.share or 0.0) / _SHARE
    if signal.kind is SignalKind.ASSIGNMENT:
        return abs(signal.amount or 0) / largest if largest else 0.0
    if signal.kind is SignalKind.TARGET:
        return _from_target(signal)
    return _limit_widths(signal) / _WIDTHS


def _limit_widths(signal: Signal) -> float:
    """How far from the mean the latest point is, the way to a limit being one."""
    latest = signal.process.latest if signal.process else None
    if latest is None or latest.mean is None or latest.high is None or latest.high == latest.mean:
        return 0.0
    return float(abs(latest.value - latest.mean) / (latest.high - latest.mean))


def _from_target(signal: Signal) -> float:
    now = signal.now
    if now is None or now.gap is None or not now.bound:
        return 0.0
    return float(abs(now.gap / now.bound)) / _SHARE
