"""A bridge as stacked bars: an invisible foot, then the total or the step.

An office program stacks what is above zero to the right and what is below it to the left. A step that crosses zero is
therefore two parts, one on each side; its end above zero and its end below it are what they reach to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hsf_kpi.figures.economy.bridge import TOTAL
from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.shape import records
from hsf_kpi.render.native.formats import axis_format
from hsf_kpi.render.native.parts import WORDS, room, value_ends
from hsf_kpi.render.native.types import Ink, NativeAxis, NativeChart, NativeSeries, Number, Shape
from hsf_kpi.render.points import Record, number

FOOT, SUM, UP, DOWN = "Fot", "Summa", "Ökning", "Minskning"
BELOW = ", del under noll"
"""After the name of a step: its part below zero, where it crosses zero."""
_INKS = {SUM: Ink.DATA, UP: Ink.BETTER, DOWN: Ink.WORSE}
GAP = 60


@dataclass(frozen=True, slots=True)
class _Stack:
    """foot: None for a bar that stands on zero. below: the part below zero of a bar that crosses it."""

    kind: str
    part: float
    foot: float | None = None
    below: float | None = None


def charts(figure: Figure) -> tuple[NativeChart, ...]:
    """One chart; the first row at the top."""
    found = list(records(figure))
    stacks = [_stack(record) for record in found]
    ends = [value for record in found for value in (_number(record["from"]), _number(record["to"]))]
    low, high = value_ends(figure, ends, zero=True)
    words = [str(record["amount_text"]) for record in found]
    return (
        NativeChart(
            Shape.BAR,
            tuple(_series(stacks, words)),
            categories=tuple(str(record["title"]) for record in found),
            value=NativeAxis(axis_format(figure.unit, low, high), low, high + room(words, high - low)),
            stacked=True,
            gap=GAP,
        ),
    )


def _stack(record: Record) -> _Stack:
    amount, start, end = (_number(record[key]) for key in ("amount", "from", "to"))
    if record["kind"] == TOTAL:
        return _Stack(SUM, amount)
    kind = DOWN if amount < 0 else UP
    first, last = min(start, end), max(start, end)
    if first < 0 < last:
        return _Stack(kind, last, below=first)
    nearest, way = (first, 1) if first >= 0 else (last, -1)
    return _Stack(kind, abs(amount) * way, foot=nearest or None)


def _series(stacks: Sequence[_Stack], words: Sequence[str]) -> Iterator[NativeSeries]:
    """The foot first: what comes after it stands on it. A kind that no row is of has no series."""
    yield NativeSeries(FOOT, tuple(stack.foot for stack in stacks), ink=Ink.NONE)
    for kind, ink in _INKS.items():
        parts = tuple(stack.part if stack.kind == kind else None for stack in stacks)
        below = tuple(stack.below if stack.kind == kind else None for stack in stacks)
        yield from _known(kind, parts, ink)
        yield from _known(f"{kind}{BELOW}", below, ink)
    yield NativeSeries(WORDS, (0.0,) * len(stacks), ink=Ink.NONE, labels=dict(enumerate(words)))


def _known(name: str, values: tuple[Number, ...], ink: Ink) -> Iterator[NativeSeries]:
    if any(value is not None for value in values):
        yield NativeSeries(name, values, ink=ink)


def _number(value: object) -> float:
    found = number(value)  # type: ignore[arg-type]
    return 0.0 if found is None else found
