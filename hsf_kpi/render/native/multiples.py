"""Small pictures beside each other on one scale: a chart for each unit, with its name as title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hsf_kpi.figures.compare.multiples import LEVELS
from hsf_kpi.figures.figure import Column, Figure, Role
from hsf_kpi.figures.shape import records
from hsf_kpi.render.alt import readable
from hsf_kpi.render.multiples_rows import most
from hsf_kpi.render.native import along
from hsf_kpi.render.native.names import SMALL, Drawn, Name, named
from hsf_kpi.render.native.types import Ink, Look, NativeAxis, NativeChart, NativeSeries, Shape, Symbol
from hsf_kpi.render.points import Record, curve

NOTHING = "ingen uppgift"
LOWER, UPPER = "Mål, lägst", "Mål, högst"


@dataclass(frozen=True, slots=True)
class _Small:
    """One picture: the unit's name, its values with their words, whether it stands out."""

    name: str
    values: tuple[float | None, ...]
    words: tuple[str, ...]
    strong: bool


def charts(figure: Figure) -> tuple[NativeChart, ...]:
    """A chart for each unit that the screen draws, all with the same ends of the axis."""
    columns = [column for column in figure.columns if column.role is Role.OUTCOME]
    small = [_small(record, columns) for record in list(records(figure))[: most(figure)]]
    series = [tuple(_series(figure, one, columns)) for one in small]
    levels = figure.options.get("scale") == LEVELS
    axis = along.axis(
        (line for lines in series for line, _ in lines),
        figure.unit if levels else None,
        zero=not levels,
        more=() if levels else (0.0,),
    )
    assert axis.low is not None
    assert axis.high is not None
    return tuple(
        _chart(one, named(lines, axis.low, axis.high, SMALL), columns, axis)
        for one, lines in zip(small, series, strict=True)
    )


def _small(record: Record, columns: Sequence[Column]) -> _Small:
    keys = [column.key.removesuffix("_value") for column in columns]
    return _Small(
        str(record["name"]),
        tuple(along.finite(record[f"{key}_value"]) for key in keys),
        tuple(str(record[f"{key}_text"] or "") for key in keys),
        bool(record["finding"]),
    )


def _series(figure: Figure, one: _Small, columns: Sequence[Column]) -> Iterator[Drawn]:
    """The unit's line with its latest value, dots alone where periods are not joined; the targets after it. A target that is
    the only series without a name needs none; the reading help has its words.
    """
    levels = figure.options.get("scale") == LEVELS
    ink = Ink.GREY if not one.strong else Ink.DATA if levels else Ink.WORSE
    at = along.known(one.values)
    looks = along.alone(one.values, ink)
    symbol = Symbol.SQUARE if ink is Ink.WORSE else Symbol.CIRCLE
    looks |= {i: Look(ink, symbol, 7) for i in at[-1:]}
    joined = curve(figure)
    line = NativeSeries(
        one.name,
        one.values,
        ink=ink,
        width=(along.STRONG if one.strong else along.PLAIN) if joined else 0,
        symbol=Symbol.NONE if joined else symbol,
        points=looks,
    )
    yield line, tuple(Name((i,), _latest(one, i, columns)) for i in at[-1:])
    inside = tuple(range(1, len(columns) - 1)) or (0,)
    goals = [mark for mark in figure.marks if mark.low is not None]
    for mark, name in zip(goals, _goal_names(len(goals)), strict=True):
        assert mark.low is not None
        said = name == UPPER
        words = "Mål" if mark.label == "mål" else readable(f"Mål {mark.label}")
        yield along.level(name, mark.low, len(columns)), (Name(inside, words),) if said else ()


def _latest(one: _Small, at: int, columns: Sequence[Column]) -> str:
    """«6,1 %»; «5,8 % aug 2023» where that is not the last period."""
    return one.words[at] if at == len(columns) - 1 else f"{one.words[at]} {columns[at].title}"


def _goal_names(count: int) -> list[str]:
    """A band has two marks, the lower one first."""
    if count == 1:
        return ["Mål"]
    return [LOWER, UPPER] if count == 2 else [f"Mål {k}" for k in range(1, count + 1)]


def _chart(
    one: _Small, series: tuple[NativeSeries, ...], columns: Sequence[Column], axis: NativeAxis
) -> NativeChart:
    nothing = not along.known(one.values)
    return NativeChart(
        Shape.LINE,
        series,
        tuple(column.title for column in columns),
        title=f"{one.name}: {NOTHING}" if nothing else one.name,
        value=axis,
        every=max(1, len(columns) - 1),
        alt=readable(_told(one, columns)),
    )


def _told(one: _Small, columns: Sequence[Column]) -> str:
    """«Kirurgkliniken: 6,1 % okt 2023, 6,8 % nov 2021.», the latest value and the first."""
    at = along.known(one.values)
    if not at:
        return f"{one.name}: {NOTHING}."
    first = f", {one.words[at[0]]} {columns[at[0]].title}" if len(at) > 1 else ""
    return f"{one.name}: {one.words[at[-1]]} {columns[at[-1]].title}{first}."
