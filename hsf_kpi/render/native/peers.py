"""The own place: a dot for each comparable unit in order, the own one large and named, those outside the scope small."""

from __future__ import annotations

from collections.abc import Sequence

from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.peers import OTHER, OWN
from hsf_kpi.render.native.beside import Named, Plot, words_series
from hsf_kpi.render.native.formats import axis_format
from hsf_kpi.render.native.parts import OWN_DOT, Reference, references, room, until, value_ends, valued
from hsf_kpi.render.native.types import Ink, Look, NativeAxis, NativeChart, NativeSeries, Shape, Symbol
from hsf_kpi.render.points import Record, number

MANY, VERY_MANY = 25, 80
"""Dots that are drawn smaller, so that neighbours can be told apart."""
NAMED_DOTS, OTHER_DOTS = (9, 8, 7), (5, 4, 3)
"""Points across a dot within the scope and one outside it, by how many there are."""
ORDER = "Verksamheter i ordning, plats 1 först"


def charts(figure: Figure) -> tuple[NativeChart, ...]:
    """One chart: 1, 2, 3 … along the axis, since equal values share a place; upwards the values. Unnamed units have no
    other trace than their value and place.
    """
    found = valued(figure, "value")
    if not found:
        return ()
    values = [number(record["value"]) or 0.0 for record in found]
    low, high = value_ends(figure, values, zero=False, air=0.12)
    held, last = list(references(figure)), len(found) + 0.5
    longest = last + room((one.label for one in held), last)
    dots = [(float(i), value) for i, value in enumerate(values, 1)]
    own = [
        Named(at, f"{record['name']} {record['value_text']}", Ink.DATA)
        for record, at in zip(found, dots, strict=True)
        if record["whose"] == OWN
    ]
    ends = [Named((last, one.at), one.label, one.ink) for one in held if one.label]
    words = words_series(Plot(0.0, longest, low, high), own, dots, ends)
    return (
        NativeChart(
            Shape.SCATTER,
            (_units(figure, found, values), *(_line(one, last) for one in held), words),
            value=NativeAxis(axis_format(figure.unit, low, high), low, high),
            across=NativeAxis(f'[<1]"";{until("0", last)}', 0.0, longest, title=ORDER),
        ),
    )


def _units(figure: Figure, found: Sequence[Record], values: Sequence[float]) -> NativeSeries:
    many = (len(found) > MANY) + (len(found) > VERY_MANY)
    looks = {
        OWN: Look(Ink.DATA, Symbol.CIRCLE, OWN_DOT),
        OTHER: Look(Ink.GREY, Symbol.CIRCLE, OTHER_DOTS[many]),
    }
    whose = [str(record["whose"]) for record in found]
    return NativeSeries(
        next(column.title for column in figure.columns if column.key == "value"),
        tuple(values),
        xs=tuple(range(1, len(found) + 1)),
        ink=Ink.GREY,
        width=0,
        symbol=Symbol.CIRCLE,
        size=NAMED_DOTS[many],
        points={i: looks[one] for i, one in enumerate(whose) if one in looks},
    )


def _line(one: Reference, last: float) -> NativeSeries:
    """The median or a bound of the target, over all dots."""
    width = 2.0 if one.ink is Ink.DECIDED else 1.5
    return NativeSeries(one.name, (one.at, one.at), xs=(0.5, last), ink=one.ink, width=width, dash=one.dash)
