"""Several quantities as index of a base year: the line of 100, one strong line, each named at its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hsf_kpi.figures.figure import Column, Figure, Role
from hsf_kpi.figures.shape import records
from hsf_kpi.render.native import along
from hsf_kpi.render.native.names import Drawn, Name, named
from hsf_kpi.render.native.types import Dash, Ink, Look, NativeChart, NativeSeries, Shape, Symbol
from hsf_kpi.render.points import Record
from hsf_kpi.swedish.numbers import number

BASE = 100.0
AIR = 0.04
_LOOKS = tuple((ink, dash) for dash in (Dash.SOLID, Dash.SHORT, Dash.DOT) for ink in (Ink.GREY, Ink.DATA2))
"""How the lines differ besides the strong one; not by the long dash, which is a target's."""


def charts(figure: Figure) -> tuple[NativeChart, ...]:
    """One chart of lines over months."""
    points = list(records(figure))
    columns = [column for column in figure.columns if column.role is Role.SERIES]
    strong = figure.options.get("strong", "")
    columns.sort(key=lambda column: column.key != strong)
    drawn = [*_lines(columns, strong, points), *_base(figure, len(points))]
    axis = along.axis((series for series, _ in drawn), figure.unit, zero=False, air=AIR, more=(BASE,))
    assert axis.low is not None
    assert axis.high is not None
    return (
        NativeChart(
            Shape.LINE,
            named(drawn, axis.low, axis.high),
            tuple(along.month_name(point["date"]) for point in points),
            value=axis,
            every=along.every(len(points)),
        ),
    )


def _lines(columns: Sequence[Column], strong: str, points: Sequence[Record]) -> Iterator[Drawn]:
    others = 0
    for column in columns:
        found = along.values(points, column.key)
        at = along.known(found)
        if column.key == strong:
            ink, dash, width = Ink.DATA, Dash.SOLID, along.STRONG
        else:
            ink, dash = _LOOKS[others % len(_LOOKS)]
            width, others = along.PLAIN, others + 1
        looks = along.alone(found, ink)
        if column.key == strong:
            looks |= {i: Look(ink, Symbol.CIRCLE, 8) for i in at[-1:]}
        series = NativeSeries(column.title, found, ink=ink, width=width, dash=dash, points=looks)
        yield series, tuple(_names(column.title, points, found, at))


def _names(
    title: str, points: Sequence[Record], found: Sequence[float | None], at: Sequence[int]
) -> Iterator[Name]:
    """«104 Årsarbetare» at the latest value; a line that ends before the others says when."""
    if not at or (value := found[at[-1]]) is None:
        return
    when = "" if at[-1] == len(points) - 1 else f" ({points[at[-1]]['month']})"
    yield Name(tuple(reversed(at)), f"{number(value, 0)} {title}{when}", title)


def _base(figure: Figure, count: int) -> Iterator[Drawn]:
    for mark in figure.marks:
        if mark.low is not None:
            series = along.level(mark.label, mark.low, count, ink=Ink.TEXT, width=along.HAIR, dash=Dash.SOLID)
            yield series, (Name(tuple(range(count)), mark.label),)
