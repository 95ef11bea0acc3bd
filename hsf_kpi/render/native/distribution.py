"""A distribution: units as dots along a lying value axis, stacked where they meet, over the field of the middle half."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hsf_kpi.figures.figure import Figure, Role
from hsf_kpi.figures.peers import OTHER, OWN
from hsf_kpi.model.codes import Direction
from hsf_kpi.render.alt import readable
from hsf_kpi.render.native.formats import axis_format
from hsf_kpi.render.native.parts import OWN_DOT, OWN_UNIT, PLOT_WIDTH, value_ends, valued
from hsf_kpi.render.native.types import (
    UNWRITTEN,
    Dash,
    Ink,
    Look,
    NativeAxis,
    NativeChart,
    NativeSeries,
    Shape,
    Symbol,
)
from hsf_kpi.render.points import Record, number
from hsf_kpi.swedish.words import sentence_start

DOT, OTHER_DOT = 9, 5
"""Points across a dot within the scope and one outside it."""
FIELD = 1.0
"""Height of the field of the middle half; the dots stand over it."""
LEVELS = 7.0
"""Heights that there is room for at the least."""
FIELD_WIDTH = 12.0
MEDIAN = "Median"


def charts(figure: Figure) -> tuple[NativeChart, ...]:
    """One chart. Along the axis the values of the rows, in order; upwards only what keeps dots from covering each other."""
    found = valued(figure, "value")
    if not found:
        return ()
    values = [number(record["value"]) or 0.0 for record in found]
    low, high = value_ends(figure, values, zero=False, air=0.04)
    levels = [FIELD + level for level in heights(values, (high - low) * OWN_DOT / PLOT_WIDTH)]
    top = max([LEVELS, *levels]) + 1
    value = next(column for column in figure.columns if column.key == "value")
    dots = NativeSeries(
        value.title,
        tuple(levels),
        xs=tuple(values),
        ink=Ink.GREY,
        width=0,
        symbol=Symbol.CIRCLE,
        size=DOT,
        points={i: look for i, record in enumerate(found) if (look := _look(record)) is not None},
    )
    return (
        NativeChart(
            Shape.SCATTER,
            (dots, *_field(figure), *_own(found, values, levels, top)),
            value=NativeAxis(UNWRITTEN, 0.0, top + 1),
            across=NativeAxis(axis_format(figure.unit, low, high), low, high, title=_way(figure)),
        ),
    )


def heights(values: Sequence[float], apart: float) -> list[int]:
    """1, 2, 3 … for dots in order of their value: each as low as it may be with `apart` to the one before at that height."""
    latest: list[float] = []
    answer: list[int] = []
    for value in values:
        level = next((i for i, at in enumerate(latest) if value - at >= apart), len(latest))
        latest[level : level + 1] = [value]
        answer.append(level + 1)
    return answer


def _look(record: Record) -> Look | None:
    looks = {
        OWN: Look(Ink.DATA, Symbol.CIRCLE, OWN_DOT),
        OTHER: Look(Ink.GREY, Symbol.CIRCLE, OTHER_DOT),
    }
    return looks.get(str(record["whose"]))


def _field(figure: Figure) -> Iterator[NativeSeries]:
    """The middle half as a broad line, the median as a stroke across it."""
    for mark in figure.marks:
        if mark.low is None or mark.high is None:
            continue
        if mark.role is Role.MEDIAN:
            yield NativeSeries(
                MEDIAN, (FIELD - 0.5, FIELD + 0.5), xs=(mark.low, mark.low), ink=Ink.TEXT,
                dash=Dash.SOLID, labels={1: readable(mark.label)},
            )  # fmt: skip
        else:
            yield NativeSeries(
                sentence_start(mark.label), (FIELD, FIELD), xs=(mark.low, mark.high), ink=Ink.BAND,
                width=FIELD_WIDTH, labels={1: mark.label},
            )  # fmt: skip


def _own(
    found: Sequence[Record], values: Sequence[float], levels: Sequence[float], top: float
) -> Iterator[NativeSeries]:
    """A thin line up from the own dot to its name, value and place, over all the others."""
    for i, record in enumerate(found):
        if record["whose"] == OWN:
            words = f"{record['name']} {record['value_text']}, plats {record['place']}"
            yield NativeSeries(
                OWN_UNIT, (levels[i], top), xs=(values[i], values[i]), ink=Ink.DATA, width=1.0,
                labels={1: words},
            )  # fmt: skip


def _way(figure: Figure) -> str:
    """«Högre är bättre», under the axis; "" where no way is."""
    better = figure.options.get("better", "")
    return f"{'Högre' if better == Direction.UP.value else 'Lägre'} är bättre" if better else ""
