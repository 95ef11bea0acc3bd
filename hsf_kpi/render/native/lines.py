"""Several series over years: the own strong, the national dashed, the best blue, each named; the rest hairlines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.lines import BEST, CHOSEN, FORECAST, NATIONAL, OTHER, OWN
from hsf_kpi.render.alt import readable
from hsf_kpi.render.lines_rows import bounds, value_ends
from hsf_kpi.render.native import along
from hsf_kpi.render.native.formats import axis_format
from hsf_kpi.render.native.names import Drawn, Name, named
from hsf_kpi.render.native.types import (
    Dash,
    Ink,
    Look,
    NativeAxis,
    NativeChart,
    NativeSeries,
    Shape,
    Symbol,
)
from hsf_kpi.render.yearly import Yearly, joined, yearly, years

Line = tuple[Ink, Dash, float]
_LINES: Mapping[str, Line] = {
    OWN: (Ink.DATA, Dash.SOLID, along.STRONG),
    FORECAST: (Ink.DATA, Dash.DOT, along.PLAIN),
    NATIONAL: (Ink.TEXT, Dash.SHORT, along.PLAIN),
    BEST: (Ink.BETTER, Dash.SOLID, along.THIN),
    OTHER: (Ink.BAND, Dash.SOLID, along.HAIR),
}
_CHOSEN: tuple[Line, ...] = tuple(
    (ink, dash, along.PLAIN) for dash in (Dash.SOLID, Dash.SHORT, Dash.DOT) for ink in (Ink.GREY, Ink.DATA2)
)
"""How the chosen lines differ; not by the long dash, which is a target's."""
_ORDER = (OWN, FORECAST, NATIONAL, CHOSEN, BEST, OTHER)
"""In which the names are given their places; the lines too, so that the workbook begins with what is asked about."""
TARGET = "Mål"


def charts(figure: Figure) -> tuple[NativeChart, ...]:
    """One chart of lines over years; every year is a category, also one without values."""
    found = sorted(yearly(figure), key=lambda one: _ORDER.index(one.look))
    if not found:
        return ()
    every = years(found)
    low, high = value_ends(figure, found)
    drawn = [*_lines(found, every), *_targets(figure, len(every))]
    return (
        NativeChart(
            Shape.LINE,
            named(drawn, low, high),
            tuple(str(year) for year in every),
            value=NativeAxis(axis_format(figure.unit, low, high), low, high),
            every=along.every(len(every), months=False),
        ),
    )


def _lines(found: Sequence[Yearly], every: range) -> Iterator[Drawn]:
    chosen = 0
    for one in found:
        if one.look == CHOSEN:
            line, chosen = _CHOSEN[chosen % len(_CHOSEN)], chosen + 1
        else:
            line = _LINES[one.look]
        yield _series(one, joined(found, one), line, every), tuple(_names(one, every))


def _series(one: Yearly, drawn: Mapping[int, float], line: Line, every: range) -> NativeSeries:
    ink, dash, width = line
    values = tuple(drawn.get(year) for year in every)
    points = along.alone(values, ink)
    if one.look == OWN:
        points[every.index(one.last)] = Look(ink, Symbol.CIRCLE, 8)
    return NativeSeries(
        one.name, values, ink=ink, width=width, dash=dash, points=points, quiet=not one.is_named
    )


def _names(one: Yearly, every: range) -> Iterator[Name]:
    """«34,5 % Västmanland» at the latest value; a line that ends before the others says when. The own always there."""
    if one.is_named:
        places = tuple(i for i in reversed(range(len(every))) if every[i] in one.values)
        places = places[:1] if one.look == OWN else places
        when = "" if one.last == every[-1] else f" ({one.last})"
        yield Name(places, f"{one.texts[one.last]} {one.name}{when}", one.name)


def _targets(figure: Figure, count: int) -> Iterator[Drawn]:
    """A level for each bound; the last of a target has its words."""
    told = [(mark, bound) for mark in figure.marks for bound in bounds(mark)]
    for i, (mark, bound) in enumerate(told):
        name = TARGET if len(told) == 1 else f"{TARGET} {i + 1}"
        said = i + 1 == len(told) or told[i + 1][0] is not mark
        words = (Name(tuple(reversed(range(count))), readable(mark.label)),) if said else ()
        yield along.level(name, bound, count), words
