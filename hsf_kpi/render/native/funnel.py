"""A funnel: units by size and value, the limits of chance as curves named at their ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hsf_kpi.figures.compare.funnel import LINE
from hsf_kpi.figures.figure import Figure, Role
from hsf_kpi.figures.peers import OWN
from hsf_kpi.render.funnel_chart import funnel_curve
from hsf_kpi.render.native.beside import Named, Plot, Point, words_series
from hsf_kpi.render.native.formats import axis_format
from hsf_kpi.render.native.parts import (
    OWN_DOT,
    SIDE_INK,
    SIDE_SYMBOL,
    Reference,
    references,
    room,
    until,
    value_ends,
    valued,
)
from hsf_kpi.render.native.types import Dash, Ink, Look, NativeAxis, NativeChart, NativeSeries, Shape, Symbol
from hsf_kpi.render.points import Record, number
from hsf_kpi.swedish.numbers import SPACE

DOT, NEAR, FAR = 6, 7, 11
"""Points across a dot: within the limits, between them, outside both. Smaller and larger stand for the screen's hollow and
filled, since no office program has a hollow square of its own.
"""
CURVES = {"998": f"99,8{SPACE}%-gräns", "95": f"95{SPACE}%-gräns"}
"""Share in the keys of `LINE` → name."""
OUTSIDE = "outside_998"
SIZES = "#,##0"


def charts(figure: Figure) -> tuple[NativeChart, ...]:
    """One chart: the limits over all sizes, all units together, and each unit at its size and value. Named are the own one
    and those outside 99,8 %, of several as many as have room.
    """
    found, curve, held = valued(figure, "size", "value"), funnel_curve(figure), list(references(figure))
    if not found:
        return ()
    dots = [(number(record["size"]) or 0.0, number(record["value"]) or 0.0) for record in found]
    limits = [(at["size"], at[key]) for at in curve for key in LINE[1:]]
    low, high = value_ends(figure, [y for _, y in (*dots, *limits)], zero=False)
    first, last = min(x for x, _ in (*dots, *limits)), max(x for x, _ in (*dots, *limits))
    ends = [Named((last, one.at), one.label, Ink.GREY) for one in held]
    ends += [
        Named((last, curve[-1][f"high_{share}"]), name, Ink.GREY) for share, name in CURVES.items() if curve
    ]
    longest = last + room((end.words for end in ends), last)
    words = words_series(Plot(0.0, longest, low, high), _named(found, dots), dots, ends, limits)
    lines = (*_limits(curve), *(_centre(one, first, last) for one in held))
    return (
        NativeChart(
            Shape.SCATTER,
            (*lines, _units(figure, found, dots), words),
            value=NativeAxis(axis_format(figure.unit, low, high), low, high),
            across=NativeAxis(until(SIZES, last), 0.0, longest, title=figure.options.get("size", "")),
        ),
    )


def _limits(curve: Sequence[dict[str, float]]) -> Iterator[NativeSeries]:
    """Each limit as one series: the upper curve, a gap, the lower one."""
    sizes = tuple(at["size"] for at in curve)
    for share, name in CURVES.items() if curve else ():
        upper, lower = (tuple(at[f"{end}_{share}"] for at in curve) for end in ("high", "low"))
        yield NativeSeries(
            name,
            (*upper, None, *lower),
            xs=(*sizes, sizes[-1], *sizes),
            ink=Ink.AXIS,
            width=1.25 if share == "95" else 1.0,
            dash=Dash.SHORT if share == "95" else Dash.SOLID,
        )


def _centre(one: Reference, first: float, last: float) -> NativeSeries:
    """All units together."""
    return NativeSeries(one.name, (one.at, one.at), xs=(first, last), ink=Ink.GREY, width=1.5)


def _units(figure: Figure, found: Sequence[Record], dots: Sequence[Point]) -> NativeSeries:
    return NativeSeries(
        next(column.title for column in figure.columns if column.role is Role.OUTCOME),
        tuple(value for _, value in dots),
        xs=tuple(size for size, _ in dots),
        ink=Ink.GREY,
        width=0,
        symbol=Symbol.CIRCLE,
        size=DOT,
        points={i: look for i, record in enumerate(found) if (look := _look(record)) is not None},
    )


def _look(record: Record) -> Look | None:
    """In the shape and ink of its side, larger outside both limits; the own one largest."""
    side, own = str(record["side"]), record["whose"] == OWN
    if side:
        size = FAR if record["zone"] == OUTSIDE else NEAR
        return Look(SIDE_INK[side], SIDE_SYMBOL[side], OWN_DOT if own else size)
    return Look(Ink.DATA, Symbol.CIRCLE, OWN_DOT) if own else None


def _named(found: Sequence[Record], dots: Sequence[Point]) -> list[Named]:
    alone = sum(record["zone"] == OUTSIDE for record in found) == 1
    return [
        Named(
            at,
            str(record["name"]),
            SIDE_INK.get(str(record["side"]), Ink.DATA),
            must=alone or record["whose"] == OWN,
        )
        for record, at in zip(found, dots, strict=True)
        if record["whose"] == OWN or record["zone"] == OUTSIDE
    ]
