"""Who makes a deviation, as bars: those that the title is about in colour, the provision as a bar of its own."""

from __future__ import annotations

from hsf_kpi.figures.figure import Figure, Role
from hsf_kpi.render.contribution_chart import contribution_bars
from hsf_kpi.render.native.formats import axis_format
from hsf_kpi.render.native.parts import on_step, room, value_ends
from hsf_kpi.render.native.types import Ink, Look, NativeAxis, NativeChart, NativeSeries, Shape
from hsf_kpi.swedish.numbers import SPACE

INKS = {"better": Ink.BETTER, "worse": Ink.WORSE, "grey": Ink.DATA2, "data": Ink.DATA}
"""By the tone of the screen's bar."""
GAP = 60


def charts(figure: Figure) -> tuple[NativeChart, ...]:
    """One chart, with the rows of the screen: the middle ones of very many are one. A row without an amount is named
    with what stands in its place («saknas»).
    """
    bars = contribution_bars(figure)
    values = tuple(bar.end for bar in bars)
    low, high = value_ends(figure, (value for value in values if value is not None), zero=True)
    heading = next(column.title for column in figure.columns if column.key == "deviation")
    series = NativeSeries(
        heading,
        values,
        ink=Ink.DATA2,
        points={i: Look(INKS[bar.tone]) for i, bar in enumerate(bars) if bar.tone != "grey"},
        labels={i: bar.number for i, bar in enumerate(bars) if bar.end is not None},
    )
    left = [bar.number for bar in bars if bar.end is not None and bar.end < 0]
    right = [bar.number for bar in bars if bar.end is not None and bar.end >= 0]
    return (
        NativeChart(
            Shape.BAR,
            (series,),
            categories=tuple(
                bar.name if bar.end is not None else f"{bar.name} ({bar.number})" for bar in bars
            ),
            value=NativeAxis(
                axis_format(figure.unit, low, high),
                on_step(low - room(left, high - low), high - low),
                high + room(right, high - low),
                title=_zero(figure),
            ),
            gap=GAP,
        ),
    )


def _zero(figure: Figure) -> str:
    """What the zero line is, «0 = egen budget»; "" where it is nothing but zero."""
    label = next((mark.label for mark in figure.marks if mark.role is Role.BUDGET), "0")
    return "" if label == "0" else f"0{SPACE}={SPACE}{label}"
